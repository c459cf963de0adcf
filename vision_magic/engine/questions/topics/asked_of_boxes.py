"""Questions for boxes and error bars: from where to where one goes, and which is the widest or the narrowest.

The words that say so are taken out of the question, so that what is left of it must be known as in any other one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.boxes import is_of_all
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation, search
from vision_magic.engine.questions.vocabulary.words_of_marks import MEANT_BY_ERRORS

__all__ = ["as_of_boxes", "as_of_error_bars", "asks_from_to"]

_BOX: Final[dict[Language, str]] = {
    "en": r"\b(?:box(?:es)?)\b",
    "de": r"\b(?:box(?:en)?|kasten|kästen)\b",
    "fr": r"\bbo[iî]tes?\b",
    "es": r"\bcajas?\b",
    "ko": "사분위 ?(?:간 ?)?범위|상자|박스",
    "zh": "箱子|箱体|箱",
}
_WIDE: Final[dict[Language, str]] = {
    "en": r"(?:widest|tallest|longest|biggest|largest)",
    "de": r"(?:breiteste|größte|längste)\w?",
    "fr": r"(?:plus (?:large|grande|longue|étendue|étirée)s?)",
    "es": r"(?:más (?:ancha|grande|larga|amplia|alargada)|mayor)",
    "ko": r"(?:가장|제일) ?(?:넓|큰|크|긴|길)[가-힣]{0,3}",
    "zh": "最(?:宽|大|长)的?",
}
_NARROW: Final[dict[Language, str]] = {
    "en": r"(?:narrowest|shortest|smallest|thinnest|slimmest|tightest)",
    "de": r"(?:schmalste|kleinste|engste|kürzeste)\w?",
    "fr": r"(?:plus (?:étroite|petite|courte|resserrée|fine|mince)s?)",
    "es": r"(?:más (?:estrecha|pequeña|corta|angosta|compacta|chica)|menor)",
    "ko": r"(?:가장|제일) ?(?:좁|작|짧)[가-힣]{0,3}",
    "zh": "最(?:窄|小|短)的?",
}
_BETWEEN: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\W+(?:(?:is|are|has|was|the|which|that) ){0,3}(?:the )?", r"\W+(?:of the )?"),
    "de": (r"\W+(?:(?:ist|sind|am|die|der) ){0,3}", r"\W+"),
    "fr": (r"\W+(?:(?:est|sont|elle|la|les|est-elle) ){0,3}", r"\W+"),
    "es": (r"\W+(?:(?:es|son|está|la|las) ){0,3}", r"\W+"),
    "ko": (r"[가이는은]? ?", r" ?"),
    "zh": (r"(?:是|的)?", r"(?:个|的)?"),
}
"""What may stand between a box and how wide it is, and between that and the box."""

_SIDES: Final[dict[Language, str]] = {
    "en": r"(?:both|two|lower|upper|bottom|top|first|third|1st|3rd)",
    "de": r"(?:beide|obere|untere|erste|dritte)[snrm]?",
    "fr": r"(?:deux|premier|troisième|1er|3e)",
    "es": r"(?:dos|primer|tercer)",
    "ko": r"(?:위쪽|아래쪽|위|아래|상위|하위|제? ?[13\ue000-\uf8ff]|첫 ?번?째|세 ?번째)",
    "zh": r"(?:上|下|第?[一三13\ue000-\uf8ff])",
}
_QUARTILES: Final[dict[Language, str]] = {
    "en": r"(?:\bS(?: and (?:the )?S)? )?\bquartiles?\b|"
    r"(?:\b25|\b75|[\ue000-\uf8ff])(?:th)?(?: and (?:the )?(?:75|25|[\ue000-\uf8ff])(?:th)?)? percentiles?\b",
    "de": r"(?:\bS(?: und (?:das )?S)? )?(?<!\w)quartile?n?\b",
    "fr": r"(?:\bS(?: et (?:le )?S)? )?(?<!\w)quartiles?\b"
    r"(?: (?:supérieur|inférieur)s?(?: et (?:supérieur|inférieur))?)?",
    "es": r"(?:\bS(?: y (?:el )?S)? )?(?<!\w)cuartil(?:es)?\b"
    r"(?: (?:superior|inferior|primero|tercero)(?:es)?(?: (?:y|e) (?:superior|inferior|tercero))?)?",
    "ko": r"(?:S(?:[와과]|하고|랑|,)? ?)?사분위(?:수|값)(?:[와과]|하고|랑)?",
    "zh": r"(?:S个?)?四分位(?:数|点|值)",
}
"""The ends of a box; S stands for a side."""
_MIDDLE: Final[dict[Language, str]] = {
    "en": r"\b(?:middle|central|inner) (?:half|fifty|(?:50|[\ue000-\uf8ff]) ?(?:%|per ?cent))",
    "de": r"\b(?:mittlere[nr]?|innere[nr]?) (?:hälfte|(?:50|[\ue000-\uf8ff]) ?(?:%|prozent))",
    "fr": r"\bmoitié (?:centrale|du milieu|médiane)|(?:50|[\ue000-\uf8ff]) ?% (?:centraux|du milieu)",
    "es": r"\bmitad (?:central|del medio)|(?:50|[\ue000-\uf8ff]) ?% (?:central|del medio)",
    "ko": r"(?:가운데|중간|중앙) ?(?:절반|(?:50|[\ue000-\uf8ff]) ?(?:%|퍼센트))",
    "zh": r"中间的?(?:一半|(?:50|[\ue000-\uf8ff]) ?%|百分之五十)",
}
"""What lies in a box."""
_FROM_TO: Final[dict[Language, str]] = {
    "en": r"\b(?:from|between) (?:which|what|where)(?: (?!do\b|does\b|is\b|are\b)\w+){0,2}"
    r"(?: (?:to|and|until) (?:which|what|where)(?: values?)?)?|\b(?:in )?(?:what|which) range|\bwhere (?=do|is|are)",
    "de": r"\bzwischen welche\w* \w+|\bvon wo bis wo\b|\bvon welche\w* (?:\w+ )?bis (?:zu )?welche\w*(?: wert\w*)?|"
    r"\bin welche\w* (?:bereich|spanne|intervall)|\bvon wie ?viel\w* bis wie ?viel\w*|^\W*wo\b",
    "fr": r"\bentre quel(?:le)?s \w+|\bde combien à combien\b|\bd['’]où à où\b|\bd['’]où jusqu['’]où\b|"
    r"\bde quelle? \w+ à quelle? \w+|\bdans quel(?:le)? (?:plage|intervalle|fourchette)|^\W*où\b",
    "es": r"\bentre qué \w+|\bde cu[aá]nto a cu[aá]nto\b|\bde dónde a dónde\b|\bdesde (?:dónde|cu[aá]nto) hasta "
    r"(?:dónde|cu[aá]nto)\b|\ben qué (?:rango|intervalo)|^\W*dónde\b",
    "ko": r"몇 ?\S{0,3}?(?:에서|부터) ?몇 ?\S{0,3}?까지\S*|얼마(?:에서|부터) ?얼마까지\S*|"
    r"어디(?:에서|서|부터) ?어디까지\S*|몇 ?\S{0,3} ?사이\S*|(?:무슨|어떤|어느) ?범위\S*",
    "zh": r"从?多少(?:分|元|秒)?[到至]多少|从哪[里儿]?到哪[里儿]?|在?什么(?:范围|区间)|在?哪(?:两个|些)?\S{0,3}之间|"
    r"介于什么之间",
}
_LIES: Final[dict[Language, str]] = {
    "en": r"\b(?:lies?|lying|sits?|falls?|goes?|extends?|reach(?:es)?|covers?|located)\b",
    "de": r"\b(?:liegt|liegen|reicht|geht|erstreckt|befindet|befinden) ?(?:sich)?\b",
    "fr": r"\b(?:se )?(?:situe|trouve|étend)\w*(?:-(?:t-)?(?:elle|il))?|\bva\b",
    "es": r"\b(?:se )?(?:sitúa|encuentra|extiende|abarca|queda|cae)\b",
    "ko": r"있[가-힣]{1,4}|걸쳐\S*|뻗\S*",
    "zh": "落在|位于|分布",
}
"""That it is somewhere."""
_MOST_SPREAD: Final[dict[Language, str]] = {
    "en": r"\b(?:var(?:y|ies|ied)|spread(?: out)?|scattered|differs?|dispersed|apart)(?: the)? most\b|"
    r"\bmost (?:spread(?: out)?|varied|variable|scattered|dispersed|stretched(?: out)?)\b|\b(?:widest|broadest)\b|"
    r"\b(?:furthest|farthest) apart\b",
    "de": r"\bam (?:meisten|stärksten|weitesten|breitesten|ungleichmäßigsten)\b",
    "fr": r"\bvari\w*(?:-(?:t-)?\w+)? le plus\b|\bplus (?:dispers|étal|étend|vari|large)\w*",
    "es": r"\bvar[ií]a\w* más\b|\bmás (?:se )?var[ií]a\w*|\bmás (?:dispers|ampli|anch|extendid|variable|repartid)\w*",
    "ko": r"(?:가장|제일) ?(?:[넓크]게|많이|멀리)? ?(?:퍼|흩어|벌어|다양|들쭉날쭉)[가-힣]{0,3}|"
    r"(?:편차|차이|변동|폭|산포|범위)[가이]? ?(?:가장|제일) ?(?:큰|크|심|넓)[가-힣]{0,2}",
    "zh": r"(?:差异|波动|离散|分散|跨度|范围|差距|变化)(?:程度|幅度)?最[大宽广]|最(?:分散|离散)",
}
_LEAST_SPREAD: Final[dict[Language, str]] = {
    "en": r"\b(?:var(?:y|ies|ied)|spread(?: out)?|scattered|differs?|dispersed|apart)(?: the)? least\b|"
    r"\bleast (?:spread(?: out)?|varied|variable|scattered|dispersed|stretched(?: out)?)\b|\b(?:narrowest|tightest)\b|"
    r"\bclosest(?: together)?\b|\bmost (?:compact|concentrated|consistent)\b",
    "de": r"\bam (?:wenigsten|engsten|schmalsten|dichtesten|gleichmäßigsten)\b",
    "fr": r"\bvari\w*(?:-(?:t-)?\w+)? le moins\b|\bmoins (?:dispers|étal|étend|vari)\w*|"
    r"\bplus (?:resserr|serr|concentr|homog|étroit)\w*",
    "es": r"\bvar[ií]a\w* menos\b|\bmenos (?:se )?var[ií]a\w*|\bmenos (?:dispers|extendid|variable)\w*|"
    r"\bmás (?:concentrad|estrech|compact|junt|homogéne)\w*",
    "ko": r"(?:가장|제일) ?(?:좁게|적게)? ?(?:촘촘|몰려|모여|모인|고르|고른|밀집)[가-힣]{0,3}|"
    r"(?:편차|차이|변동|폭|산포|범위)[가이]? ?(?:가장|제일) ?(?:작|적|좁)[가-힣]{0,2}",
    "zh": r"(?:差异|波动|离散|分散|跨度|范围|差距|变化)(?:程度|幅度)?最[小窄]|最(?:集中|紧凑|一致)",
}
"""How far apart what lies in a box is."""
_SPREADS: Final[dict[Language, str]] = {
    "en": r"\b(?:var(?:y|ies|ied)|spread(?: out)?|scattered)\b",
    "de": r"\b(?:streu\w*|gestreut|schwank\w*|variier\w*|auseinander\w*|beieinander\w*|unterscheide\w*|verteilt)\b",
    "fr": r"(?!)",
    "es": r"(?!)",
    "ko": r"퍼진|퍼져",
    "zh": r"(?!)",
}
_KEPT: Final[tuple[Operation, ...]] = (
    "difference", "compare", "ratio", "count", "sum", "share", "outlier", "maximum", "minimum", "mean", "median",
)  # fmt: skip
"""Operations that ask for something else of a box, where words for them are left."""
_OTHER: Final = re.compile(
    r"inter-?quartil|intercuart|사분위 ?(?:간 ?)?(?:범위|간)(?![가은는이] ?(?:가장|제일))|四分位距|"
    r"second quartile|zweite\w* quartil|deuxième quartile|segundo cuartil"
)
"""How wide a box is, and its median."""


_INTERQUARTILE: Final[dict[Language, str]] = {
    "en": r"\b(?:inter-?quartile (?:range|distance|spread)s?|iqrs?|midspreads?)\b",
    "de": r"\b(?:inter-?quartils?-?(?:abst[aä]nd|bereich|spann|breite|range)\w*|quartilsabst[aä]nd\w*|iqrs?)\b",
    "fr": r"\b(?:écarts?|intervalles?|étendues?|distances?) inter-?quartiles?\b|\b(?:eiq|iqr)\b",
    "es": r"\b(?:rangos?|recorridos?|amplitud|distancias?|intervalos?) inter-?cuart[ií]l\w*|\b(?:ric|iqr)\b",
    "ko": r"사분위수? ?(?:간 ?)?범위|사분위 ?간|iqr",
    "zh": r"四分位(?:数)?(?:间)?(?:距离?|差|极差|范围)|iqr",
}
"""How wide a box is."""


_WHISKER: Final = re.compile(r"whisker|antennen?\b|moustache|bigote|수염|触须|须线|胡须")
_NOT_OF_WHISKERS: Final[frozenset[Operation]] = frozenset(
    ("value", "median", "mean", "quartiles", "range", "spread", "first", "last", "reach", "lookup")
)
"""Operations that tell nothing of where a whisker ends."""


def _of_whiskers_or_medians(query: Query, text: str) -> Query | None:
    """Return a question for an extreme of medians as such, and decline one for the end of a whisker."""
    if _WHISKER.search(text) and query.operations and set(query.operations) <= _NOT_OF_WHISKERS:
        return replace(query, operations=("cannot",), firm=True)
    if _is_extreme_of_medians(query):
        return replace(query, words=query.words - {"mean"}, statistic="median")
    return None


def as_of_boxes(query: Query, written: str, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return a question for the box itself, and its text without the words that say so; None for another one.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text, language = drawn_series(panels), written.lower(), query.language
    kept = query.threshold or query.bounds or query.groups or query.then or query.top
    if kept or not drawn or any(one.kind != "box plot" for one in drawn):
        return None
    plain = _of_whiskers_or_medians(query, text)
    if plain is not None:
        return plain, written
    width = re.search("(?:{0})(?: ?[(（](?:the )?(?:{0})[)）])?".format(_INTERQUARTILE[language]), text)
    names = tuple(place for place in query.places if isinstance(place, str))
    if width is not None and names:
        return _of_interquartile(query, text, width, names)
    if _OTHER.search(text):
        return None
    extreme_of_all = query.operations in (("maximum",), ("minimum",)) and not (query.yes_no or query.places)
    if extreme_of_all and len(drawn) == 1 and is_of_all(text, panels[0], drawn[0], language):
        return replace(query, firm=True), written
    compared = _compared(query, text)
    if compared is not None or query.yes_no:
        return compared
    extreme = _extreme_box(text, language) or _extreme_middle(text, language)
    if extreme is not None and query.rank == 1 and not _asks_otherwise(extreme[1], language):
        word, left = extreme
        plain = replace(query, operations=_SPREAD, words=frozenset(_SPREAD), text=word, asked_in="en", places=())
        return replace(plain, amounts=(), yes_no=False, statistic="", of_series=False, firm=True), left
    if _is_extreme_spread(query):
        return replace(query, firm=True), written
    ends = _ends_of_box(text, language)
    if ends is None or _asks_otherwise(ends, language):
        return None
    names = tuple(place for place in query.places if isinstance(place, str))
    plain = replace(query, operations=_ENDS, places=names, amounts=(), statistic="", rank=1, yes_no=False, firm=True)
    return replace(plain, words=frozenset(_ENDS)), ends


def _is_extreme_of_medians(query: Query) -> bool:
    """Return whether a question asks for an extreme of means, but says that these are medians."""
    extreme = query.operations in (("maximum",), ("minimum",)) and not (query.places or query.yes_no)
    return extreme and {"mean", "median"} <= query.words


def _is_extreme_spread(query: Query) -> bool:
    """Return whether a question asks which of all boxes is spread most, or least, and nothing else."""
    sides = query.words & {"maximum", "minimum"}
    one = query.operations == _SPREAD and len(sides) == 1 and not (query.places or query.yes_no)
    return one and query.rank == 1 and not query.words & (set(_KEPT) - sides)


def _of_interquartile(query: Query, text: str, width: re.Match[str], names: tuple[str, ...]) -> tuple[Query, str]:
    """Return a question for the widths of boxes that are named; a comparison of these has no answer here.

    That of their medians would be another one. Which of two is wider is told with both of them.
    """
    language = query.language
    left = f"{text[: width.start()]} {text[width.end() :]}"
    counted = any(search(OPERATION_WORDS[one][language], language, left) for one in _COUNTED)
    which_of_two = len(names) == 2 and query.has("which") and not counted
    other = query.yes_no or (_asks_otherwise(left, language) and not which_of_two)
    asked: tuple[Operation, ...] = ("unheard",) if other else _SPREAD
    plain = replace(query, operations=asked, words=frozenset(asked), places=names, unheard=width[0].strip() * other)
    return replace(plain, amounts=(), yes_no=False, statistic="", of_series=False, firm=True), left


_COUNTED: Final[tuple[Operation, ...]] = ("difference", "ratio", "sum", "share", "mean", "count")
_SPREAD: Final[tuple[Operation, ...]] = ("spread",)
_ENDS: Final[tuple[Operation, ...]] = ("quartiles",)


_WIDER: Final[dict[Language, str]] = {
    "en": r"\b(?:wider|narrower|taller|longer|shorter|bigger|larger|smaller)\b",
    "de": r"\b(?:breiter|schmaler|schmäler|größer|kleiner|länger|kürzer|enger)\w*\b",
    "fr": r"\bplus (?:large|étroite|grande|petite|longue|courte)s?\b",
    "es": r"\bmás (?:ancha|estrecha|grande|pequeña|larga|corta)s?\b",
    "ko": r"더 ?(?:넓|좁|크|큰|작|길|긴|짧)[가-힣]{0,3}",
    "zh": r"更(?:宽|窄)|比.{1,8}(?:宽|窄)",
}
_HOW_WIDE: Final[dict[Language, str]] = {
    "en": r"\bhow (?:wide|tall|long|big|large)\b|\b(?:width|length|size) of\b",
    "de": r"\bwie (?:breit|groß|lang)\b|\b(?:breite|länge|größe)\b",
    "fr": r"\b(?:largeur|longueur|taille)\b",
    "es": r"\b(?:anchura|ancho|tamaño|longitud)\b|\bcómo de (?:ancha|grande|larga)\b|\bcu[aá]nto mide\b",
    "ko": r"(?:폭|너비|크기|길이)[은는이가]?",
    "zh": r"多(?:宽|长|大)|宽度|长度",
}


def _compared(query: Query, text: str) -> tuple[Query, str] | None:
    """Return a question how wide one box is, or which of two is wider, or how far their ends are apart.

    Whether one is wider than another has no answer here: that of their medians would be another one.
    """
    language = query.language
    box = re.search(_BOX[language], text) is not None
    names = tuple(place for place in query.places if isinstance(place, str))
    wider, how_wide = (re.search(words[language], text) for words in (_WIDER, _HOW_WIDE))
    ends = len(names) == 2 and _ends_of_box(text, language)
    if not names or not (ends or (box and (how_wide or (wider and len(names) == 2)))):
        return None
    plain = replace(query, places=names, amounts=(), statistic="", yes_no=False, of_series=False, firm=True)
    if query.yes_no and how_wide is None:
        word = wider[0] if wider is not None else _word_of_ends(text, language)
        return replace(plain, operations=("unheard",), unheard=word), text
    for words in (_WIDER, _HOW_WIDE, _BOX):
        text = re.sub(words[language], " ", text)
    asked = _ENDS if ends else _SPREAD
    return replace(plain, operations=asked, words=frozenset(asked), text="most", asked_in="en"), ends or text


def _word_of_ends(text: str, language: Language) -> str:
    found = re.search(f"{_quartiles(language)}|{_MIDDLE[language]}|{_BOX[language]}", text)
    return found[0].strip() if found is not None else ""


_ENDS_OF_BAR: Final[dict[Language, str]] = {
    "en": r"\b(?:upper|lower|top|bottom) (?:end|limit|bound)s?\b|\bends?\b",
    "de": r"\b(?:obere|untere)[snrm]? (?:ende|grenze)n?\b|\bende\b",
    "fr": r"\b(?:limites?|bornes?|extrémités?|bout)(?: (?:supérieure?|inférieure?|haute?|basse?)s?)?\b",
    "es": r"\b(?:límites?|extremos?)(?: (?:superior|inferior)(?:es)?)?\b",
    "ko": r"(?:위쪽|아래쪽|위|아래) ?끝|상한|하한|범위\S*",
    "zh": "上限|下限|上端|下端|范围",
}


_SPREAD_AT: Final[dict[Language, str]] = {
    "en": r"\b(?:spread|scatter|variation|variability|var(?:y|ies|ied)|uncertainty)\b",
    "de": r"\b(?:streu\w*|gestreut|schwank\w*|variier\w*|unsicherheit)\b",
    "fr": r"\b(?:dispersion|variabilité|varie\w*|fluctue\w*|incertitude)\b",
    "es": r"\b(?:dispersión|variabilidad|var[ií]a\w*|fluctúa\w*|incertidumbre)\b",
    "ko": r"편차|산포|흩어[진짐]|퍼[진짐]|변동(?:이|폭)?",
    "zh": r"波动|离散|分散|误差|不确定",
}
"""How far the single values lie apart at a place, of which the error bars are a measure."""


def asks_from_to(text: str, language: Language) -> bool:
    """Return whether a question asks from where to where something goes, or for one of its ends."""
    return re.search(f"{_FROM_TO[language]}|{_ENDS_OF_BAR[language]}", text) is not None


def as_of_error_bars(query: Query, written: str, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return a question for the ends of an error bar, or for the widest one, and its text without the words for that.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = written.lower(), query.language
    errors = any(map(math.isfinite, (one for series in drawn_series(panels) for one in series.extra.get("error", ()))))
    kept = query.threshold or query.bounds or query.groups or query.then or query.top or query.rank > 1
    named = "error" in query.words and query.operations in (("error",), ("unheard",), ("range",))
    spread = len(query.series) == 1 and re.search(_SPREAD_AT[language], text) is not None
    meant = "error" in query.words and re.search(MEANT_BY_ERRORS[language], text) is not None
    meant &= language != "en" or re.search(_WHAT_DOES, text) is not None
    if errors and "error" in query.words and re.search(_INCLUDED[language], text) is not None:
        return replace(query, operations=("cannot",), firm=True), written
    if errors and meant and not (kept or query.places):
        rest = re.sub(rf"(?:{MEANT_BY_ERRORS[language]})\w*", " ", text)
        return replace(query, operations=_ERROR, words=frozenset(_ERROR), unheard="", yes_no=False, firm=True), rest
    if not errors or kept or not (named or spread):
        return None
    sides = ((_WIDE, _MOST_SPREAD), (_NARROW, _LEAST_SPREAD))
    wide, narrow = (
        any(re.search(rf"(?:{words[language]})(?!\w)", text) for words in (side if spread else side[:1]))
        for side in sides
    )
    if spread and not named and wide == narrow:
        return None
    if wide == narrow and not asks_from_to(text, language):
        return None
    asked: frozenset[Operation] = frozenset(("maximum",) if wide else ("minimum",) if narrow else ())
    for words in (_FROM_TO, _ENDS_OF_BAR, _WIDE, _NARROW, _LIES, *((_MOST_SPREAD, _LEAST_SPREAD, _SPREAD_AT) * spread)):
        text = re.sub(words[language], " ", text)
    return replace(query, operations=_ERROR, words=asked | frozenset(_ERROR), yes_no=False, firm=True), text


_WHAT_DOES: Final = r"\bwhat (?:do|does|did)\b"
"""That "mean" is a verb."""
_INCLUDED: Final[dict[Language, str]] = {
    "en": r"\b(?:includ\w+|inclusive|incl|counting|taking into account)\b",
    "de": r"\b(?:einschließlich|inklusive|inkl|mitsamt|samt|mitgerechnet|eingerechnet)\b",
    "fr": r"\b(?:y compris|compris\w*|inclu\w*|en comptant)\b",
    "es": r"\b(?:inclu\w+|contando)\b",
    "ko": "포함|합쳐|감안",
    "zh": "包括|包含|算上|计入",
}
"""That the value with its error bar is meant, of which nothing is told."""
_ERROR: Final[tuple[Operation, ...]] = ("error",)


def _asks_otherwise(text: str, language: Language) -> bool:
    """Return whether the rest of a question asks for something else: how much higher a quartile is than another."""
    return any(search(OPERATION_WORDS[one][language], language, text) for one in _KEPT)


def _extreme_box(text: str, language: Language) -> tuple[str, str] | None:
    """Return "most" or "least" for the widest or the narrowest box, and the text without it."""
    after, before = _BETWEEN[language]
    box = f"(?:{_BOX[language]})"
    for words, word in ((_WIDE, "most"), (_NARROW, "least")):
        said = rf"{box}{after}{words[language]}|{words[language]}{before}{box}"
        if re.search(said, text) is not None:
            return word, re.sub(said, " ", text)  # it may be said twice: "the longest box, that is, the widest range"
    return None


def _extreme_middle(text: str, language: Language) -> tuple[str, str] | None:
    """Return "most" or "least" for where the middle half is the most or the least spread, and the text without it."""
    middle = re.search(_MIDDLE[language], text)
    spread = [re.search(words[language], text) for words in (_MOST_SPREAD, _LEAST_SPREAD)]
    if middle is None or (spread[0] is None) == (spread[1] is None):
        return None
    for words in (_MIDDLE, _MOST_SPREAD, _LEAST_SPREAD, _SPREADS):
        text = re.sub(words[language], " ", text)
    return "most" if spread[0] is not None else "least", text


def _quartiles(language: Language) -> str:
    return _QUARTILES[language].replace("S", _SIDES[language])


def _ends_of_box(text: str, language: Language) -> str | None:
    """Return a question for the ends of a box without the words for these; None for another one."""
    quartiles = _quartiles(language)
    inside = re.search(f"{quartiles}|{_MIDDLE[language]}", text)
    box, ends = re.search(_BOX[language], text), re.search(_FROM_TO[language], text)
    if inside is None and (box is None or ends is None):
        return None
    others = (_MIDDLE, _FROM_TO, _BOX, _LIES)
    for words in (quartiles, *(one[language] for one in others)):
        text = re.sub(words, " ", text)
    return text
