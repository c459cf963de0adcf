"""Persons, marks and doses that questions ask for and charts do not have: "how many hours did my husband help?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.query import Query

__all__ = ["as_not_drawn"]

_PERSONS: Final[dict[Language, str]] = {
    "en": r"\b(?:my|our|his|her) (?P<word>husband|wife|son|daughter|sister|brother|mother|father|mum|mom|dad|boss|"
    r"colleague|"
    r"partner|friend|neighbou?r|kids?|children|parents)s?\b",
    "de": r"\b(?:mein|unser|sein|ihr)\w{0,2} (?P<word>mann|frau|sohn|tochter|schwester|bruder|mutter|vater|mama|papa|"
    r"chef\w*|"
    r"kolleg\w+|partner\w*|freund\w*|nachbar\w*|kinder|eltern)\b",
    "fr": r"\b(?:mon|ma|mes|notre|nos|son|sa) (?P<word>mari|femme|fils|fille|sœur|frère|mère|père|patron\w*|"
    r"collègues?|amie?s?|"
    r"voisine?s?|enfants?|parents)\b",
    "es": r"\b(?:mi|mis|nuestr[oa]s?|su) (?P<word>marido|esposa|mujer|hij[oa]s?|herman[oa]s?|madre|padres?|jef[ea]|"
    r"colegas?|"
    r"amig[oa]s?|vecin[oa]s?)\b",
    "ko": r"(?P<word>남편|아내|와이프|아들|딸|언니|누나|오빠|동생|엄마|아빠|사장님|동료|친구|이웃)",
    "zh": r"我(?:的)?(?P<word>丈夫|老公|妻子|老婆|儿子|女儿|姐姐|妹妹|哥哥|弟弟|妈妈|爸爸|老板|同事|朋友|邻居)",
}
_MARKS: Final[dict[Language, str]] = {
    "en": r"\b(?:what|which) (?P<word>marks?|grades?)\b(?! (?:is|are|was|at|on)\b)",
    "de": r"\bwelche (?P<word>(?:schul)?noten?)\b",
    "fr": r"\bquelle (?P<word>note)\b",
    "es": r"\bqué (?P<word>notas?|calificación)\b",
    "ko": r"(?P<word>성적|학점)[이을은]? ?(?:얼마|몇|뭐|어떻)",
    "zh": r"(?P<word>成绩)(?:是|有|怎)",
}
_DOSES: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<word>units|doses|tablets|pills|drops|injections) of (?![\ue000-\uf8ff])",
    "de": r"\bwie ?viele (?P<word>einheiten|dosen|tabletten|tropfen|spritzen) (?![\ue000-\uf8ff])",
    "fr": r"\bcombien d(?:e |['’])(?P<word>unités|doses|comprimés|gouttes|piqûres) d(?:e |es |u |['’])",
    "es": r"\bcu[aá]nt[oa]s (?P<word>unidades|dosis|pastillas|gotas|inyecciones) de ",
    "ko": r"(?P<word>인슐린|알약|주사)[을를은이]? ?몇 ?(?:단위|알|번|방)",
    "zh": r"(?:多少|几)个?(?P<word>单位|片|针|剂)的?\S",
}
_NEW: Final[dict[Language, str]] = {
    "en": r"\bor an? (?P<word>new|different|another)\b(?: one| \w+)",
    "de": r"\boder ein\w{0,2} (?P<word>neu|ander)\w{1,2}\b",
    "fr": r"\bou une? (?P<word>nouve(?:au|lle)|neu(?:f|ve)|autre)\b",
    "es": r"\bo un[oa]? (?P<word>nuev[oa]|distint[oa])\b",
    "ko": r"(?:아니면|이?나) (?P<word>새) ?(?:것|거|걸|제품)",
    "zh": r"还是(?P<word>新)的",
}
_WHICH: Final[dict[Language, str]] = {
    "ko": r"(?:어떤|무슨) ?"
    r"(?!구간|나이|연령|시간|범위|값|대\b|계급|정도|수준|그래프|차트|그림|막대)"
    r"(?P<word>[가-힣]{1,6}?)(?:으?로|[이가은는을를])? |"
    r" (?!구간|나이|연령|시간|범위|값|계급|정도|수준|시기|최[댓솟]값|평균|중앙값|단위|제목|축)"
    r"(?P<what>[가-힣]{1,6})[은는이가] ?(?:뭐|뭔|무엇)",
    "zh": r"哪(?:种|只|位|家)(?P<word>[一-龥]{1,3}?)(?:的|最|等|有)",
}
"""Things that a histogram does not tell apart, since it counts all of them."""
_KINDS: Final[dict[Language, str]] = {
    "en": r"^\W*(?:what|which) (?P<word>species|breed|brand|model|gender|sex)s? "
    r"(?:is|are|was|were|has|have|had)\b",
    "de": r"^\W*(?:welche[rsnm]?|was für eine?) "
    r"(?P<word>\w*(?:rasse|marke|modell|geschlecht|baumart|tierart)) (?:ist|sind|war|hat|haben)\b",
    "fr": r"^\W*(?:de )?quel(?:le)?s? (?P<word>espèce|race|marque|modèle|sexe)s? (?:est|sont|était|a|ont)\b",
    "es": r"^\W*(?:de )?qué (?P<word>especie|raza|marca|modelo|sexo)s? (?:es|son|era|tiene|tienen)\b",
    "ko": r"(?P<word>품종|견종|브랜드|기종|성별)(?:이|은|가)? ?(?:뭐|무엇|어떤|어떻)",
    "zh": r"什么(?P<word>品种|牌子|型号|性别)",
}
"""Kinds of things that points have no names for."""
_AGES: Final[dict[Language, str]] = {
    "en": r"\b(?P<word>how old)\b",
    "de": r"\b(?P<word>wie alt)\b",
    "fr": r"\b(?P<word>quel(?:s)? âges?)\b",
    "es": r"\b(?P<word>qué edad|cuántos años (?:tiene|cumple)n?)\b",
    "ko": r"(?P<word>몇 ?살|나이)",
    "zh": r"(?P<word>几岁|多大年[纪龄]|年龄)",
}
_OF_AGES: Final = (
    r"\bages?\b|\bold\b|alter|\bâge|edad|antigüedad|나이|연령|세\b|年龄|岁|"
    r"year|jahr|\bans?\b|année|años?\b|년|年"
)
_WHO: Final[dict[Language, str]] = {
    "en": r"^\W*(?P<word>who)\b(?! of\b)",
    "de": r"^\W*(?P<word>wer)\b",
    "fr": r"^\W*(?P<word>qui)\b",
    "es": r"^\W*(?P<word>quién(?:es)?)\b",
    "ko": r"(?P<word>누가|누구)",
    "zh": r"(?P<word>谁)",
}
"""Persons, of whom one series along times or numbers has none."""
_SCORES: Final = r"score|\bmarks?\b|grade|points?\b|\bnote|punkt|puntos|점수|성적|학점|成绩|分数|得分"


def as_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a person, a mark, a dose or a new thing that is not drawn as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not panels or query.operations == ("unheard",):
        return query
    own = own_words(panels, [])
    words = (word for word in _asked(query, text.lower(), own, panels) if word[: max(4, len(word) - 2)] not in own)
    word = next(words, "")
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _is_timed(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the highest or lowest of one series along days, months or other times is asked for."""
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    names = [str(place) for one in drawn for place in one.x if isinstance(place, str)]
    extreme = bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}
    return extreme and len(drawn) == 1 and bool(period_of(names) or kind_of_names(names))


def _asked(query: Query, text: str, own: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for such things in a question."""
    drawn = drawn_series(panels)
    tables = (
        (_PERSONS, text, True),
        (_DOSES, query.text, True),
        (_NEW, text, True),
        (_MARKS, text, re.search(_SCORES, own) is None),
        (_AGES, text, re.search(_OF_AGES, own) is None),
        (_WHICH, text, all(one.kind == "histogram" for one in drawn)),
        (_KINDS, text, len(drawn) == 1 and drawn[0].kind == "points" and not drawn[0].names),
        (_WHO, text, _is_timed(query, panels)),
    )
    for table, where in ((table, where) for table, where, possible in tables if possible):
        match = re.search(table.get(query.language, "(?!)"), where)
        if match is not None:
            yield match["word"] or match.groupdict().get("what", "")
