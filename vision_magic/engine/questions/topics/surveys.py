"""Questions about pies of surveys and the like, in verbs of choosing: "which answer was given most often?".

Such a question is understood where each of its words is a person, an answer, a verb of choosing, a word of the title or
a small word: "who do women vote for most" is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.persons_not_drawn import is_called
from vision_magic.engine.questions.language import Language, is_common, language_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class
from vision_magic.engine.questions.vocabulary.words import Operation
from vision_magic.engine.questions.vocabulary.words_of_surveys import ANSWERS, ANYBODY, CHOSE, PERSONS, TOOK_PART

__all__ = ["as_most_chosen", "is_of_survey"]

_SMALL: Final[dict[Language, str]] = {
    "en": r"category|categories|options?|kinds?|types?|things?|items?|choices?|ones?|overall|altogether|total|people|"
    r"survey|poll|questionnaire|study|chart|pie|diagram|graph|question|all|at|often|frequently|popular|common(?:ly)?|"
    r"likely|more|fewer|less|share|percentage|number|proportion|by|here|there|their|up",
    "de": r"kategorien?|optionen?|arten?|sorten?|dinge?|auswahl|insgesamt|umfrage|diagramm|kreisdiagramm|frage|so|mehr|"
    r"weniger|anteil|anzahl|hier|dort|es|sie|ihnen|davon|dabei|worden|ihre[rnms]?|denn",
    "fr": r"catégories?|options?|types?|sortes?|choses?|choix|en|tout|total|enquête|sondage|diagramme|graphique|"
    r"camembert|question|plus|moins|part|nombre|ici|y|qu|l|d|n|est-ce|leurs?|ils|elles|t-on|on|ayant|qui",
    "es": r"categorías?|opci[oó]n(?:es)?|tipos?|clases?|cosas?|elección|total|encuesta|sondeo|diagrama|gráfico|"
    "pregunta|"
    r"más|menos|parte|proporción|número|aquí|sus?|ell[oa]s|hay|les?|l[oa]s|hacia|allí",
    "ko": r"무엇\S*|뭐\S*|뭔가요|뭘|무얼|어느|어떤|어디\S*|것\S*|항목\S*|종류\S*|몇|명\S*|얼마\S*|모두|전부|전체|총|"
    r"비율\S*|"
    r"사람들?\S*|수[는가를]?|설문\S*|조사\S*|그래프\S*|차트\S*|인가요|입니까|인지|있\S*|됐\S*|되\S*|된|더|많\S*|적\S*|"
    r"이\S{0,3}|"
    r"라고|고|또는|이나|나|의|을|를|은|는|가|도|중에서?|가운데",
    "zh": r"什么|哪|种|类|个|项|一|的|了|是|有|得|过|在|把|被|们|几|多少|共|总|吗|呢|中|里|次数|人数|名|位|份|人|比|"
    "多|少|更|"
    r"和|或者?|与|跟|说|自己|这|图|表|饼图|占|他|大家|来|去|都|这些|答案|选项|类别",
}
"""Words that change nothing beside these, apart from the commonest ones of a language."""
_NOT: Final[dict[Language, str]] = {
    "en": r"\b(?:not|never|no|nor|neither|without|\w+n['’]t)\b",
    "de": r"\b(?:nicht|nie|kein\w*|weder|ohne)\b",
    "fr": r"\b(?:pas|jamais|ni|aucune?|sans)\b|\bne\b(?! .*\bque\b)|\bn['’](?!est-ce)",
    "es": r"\b(?:no|nunca|ni|ningun\w*|ningún|sin)\b",
    "ko": r"않|못|없|안 ",
    "zh": r"不|没|无|未",
}


def is_of_survey(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether each word of a question is one of surveys, of the titles, or a small one.

    Parameters
    ----------
    text : str
        The question in lower case, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    title = " ".join(panel.title for panel in panels).lower()
    if re.search(_NOT[language], text):
        return False
    ours = (ANYBODY[language], ANSWERS[language], CHOSE[language], TOOK_PART[language], _SMALL[language])
    if language in ("ko", "zh"):
        return _is_of_survey_in_east(text, title, language, ours)
    persons = () if _names_persons(title, language) else (PERSONS[language],)
    known = re.compile("|".join(f"(?:{words})" for words in (*ours, *persons)))
    for word in re.findall(r"[^\W\d_\ue000-\uf8ff]+(?:-[^\W\d_\ue000-\uf8ff]+)*", text):
        small = is_common(word, language) or is_of_closed_class(word, language)
        named = len(word) > 2 and is_called(word, title)
        if not (small or named or (known.fullmatch(word) and not re.fullmatch(_SOME[language], word))):
            return False
    return True


def _names_persons(title: str, language: Language) -> bool:
    """Return whether a title says who they are; any other persons are then some of them, or others."""
    return any(
        re.search(words if one in ("ko", "zh") else rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", title) is not None
        for one, words in PERSONS.items()
        if one in (language, language_of(title))
    )


_SOME: Final[dict[Language, str]] = {
    "en": r"children|kids|teen\w*|adults?|famil\w+|teachers?|tourists?|drivers?|staff|owners?|athletes?|runners?|"
    "tenants?",
    "de": r"kindern?|jugendlichen?|erwachsenen?|familien|lehrern?|tourist\w+|fahr\w+|pendler\w*|mietern?",
    "fr": r"enfants|jeunes|adultes|familles|professeurs|enseignant\w+|touristes|locataires",
    "es": r"niñ[oa]s|jóvenes|adult[oa]s|familias|profesor[ea]s|turistas|inquilin[oa]s",
    "ko": "어린이|아이|성인|청소년|가족|교사|관광객|주부",
    "zh": "孩子|成年人|青少年|家庭|老师|教师",
}
"""Persons who are only some of all, if a title does not name them."""


def _is_of_survey_in_east(text: str, title: str, language: Language, ours: Sequence[str]) -> bool:
    for word in sorted(set(re.findall(r"[^\W\d_]{2,}", title)), key=len, reverse=True):
        text = text.replace(word, " ")
    anyone = not _names_persons(title, language)
    persons = "|".join(
        one
        for one in PERSONS[language].split("|")
        if is_called(one, title) or (anyone and not re.fullmatch(_SOME[language], one))
    )
    after = r"[가-힣]*" if language == "ko" else ""
    words = "|".join(f"(?:{one}){after}" for one in (*ours[:4], persons) if one)
    return re.search(r"[가-힣一-龥]", re.sub(f"{words}|{ours[4]}", " ", text)) is None


_MOST: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"\bmost(?: (?:often|frequently|popular|commonly|common|likely))?\b|\bfavou?rite\b",
        r"\bleast(?: (?:often|frequently|popular|commonly|common|likely))?\b|\bfewest\b|\brarest\b",
    ),
    "de": (
        r"\bam (?:aller)?(?:häufigsten|meisten|öftesten|liebsten|beliebtesten)\b|\b(?:beliebt|häufig)ste[nrsm]?\b|"
        r"\bmeist(?:gewählt|genannt|gekauft|genutzt|gegeben)\w*|\bdie meisten\b",
        r"\bam (?:seltensten|wenigsten|unbeliebtesten)\b|\b(?:unbeliebt|selten)ste[nrsm]?\b|\bdie wenigsten\b",
    ),
    "fr": (
        r"\bl[ea]s? plus(?: (?:souvent|fréquemment|populaires?|courante?s?|fréquente?s?))?\b|\bpréférée?s?\b",
        r"\bl[ea]s? moins(?: (?:souvent|fréquemment|populaires?|courante?s?|fréquente?s?))?\b",
    ),
    "es": (
        r"\bmás(?: (?:a menudo|veces|frecuentemente|populares?|comun(?:es)?|común|frecuentes?))?\b|"
        r"\bcon más frecuencia\b|\bpreferid[oa]s?\b|\bfavorit[oa]s?\b",
        r"\bmenos(?: (?:a menudo|veces|frecuentemente|populares?|comunes|común|frecuentes?))?\b|"
        r"\bcon menos frecuencia\b",
    ),
    "ko": (r"(?:가장|제일) ?(?:많[이은]|자주|흔[히한]|인기\S*)", r"(?:가장|제일) ?(?:적[게은]|드물게|드문|덜)"),
    "zh": (r"最(?:多|常|经常|受欢迎|喜欢|爱|普遍)", r"最(?:少|不受欢迎|不喜欢|不爱|不常)"),
}
"""That something was chosen more, or less, often than anything else."""
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what)\b",
    "de": r"\b(?:welche\w*|was|wofür|womit)\b",
    "fr": r"\b(?:quel(?:le)?s?|que|qu|quoi|laquelle|lequel)\b",
    "es": r"\b(?:qué|cuál(?:es)?)\b",
    "ko": r"무엇|무얼|뭐|뭔|뭘|어느|어떤|어디|[은는]\W*$",
    "zh": r"什么|哪",
}


def as_most_chosen(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "what do they borrow most" of a pie as a question for its largest part, or the smallest for "least".

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language = drawn_series(panels), query.language
    kept = query.places or query.series or query.bounds or query.threshold or query.groups or query.top or query.amounts
    if len(drawn) != 1 or drawn[0].kind != "pie" or kept or query.rank > 1 or query.then:
        return query
    lowered = query.text
    most, least = (re.search(words, lowered) for words in _MOST[language])
    if (most is None) == (least is None) or re.search(_WHICH[language], lowered) is None:
        return query
    for words in _MOST[language]:
        lowered = re.sub(words, " ", lowered)
    if not is_of_survey(lowered, panels, language):
        return query
    side: Operation = "maximum" if most is not None else "minimum"
    asked = replace(query, operations=(side,), words=frozenset((side,)), unheard="", statistic="")
    return replace(asked, yes_no=False, firm=True)
