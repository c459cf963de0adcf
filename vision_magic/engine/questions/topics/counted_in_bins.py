"""Questions whether there is any of what a histogram counts in a stretch, or more than a number of it.

"Does any flat cost between £800 and £900?" is answered by the counts of the bins there, and so is "are there more than
five flats under £700?", in which the first number is one of flats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.topics.asked_of_bins import (
    are_bins,
    asking_only,
    stretch_between,
    with_plain_amounts,
)
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_any_between", "as_statistic_beyond", "with_number_apart"]

_OF_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:all|every\w*|each|most|majority|hal[fv]\w*|only|none|no|no[- ]?one|nobody|more|less|fewer|exactly|"
    r"just|third|quarter|per ?cent|mean|average|median)\b|%",
    "de": r"\b(?:alle\w*|jede\w*|meisten|mehrheit|hälfte|nur|keine?[rnsm]?|niemand\w*|mehr|weniger|genau|drittel|"
    r"viertel|prozent|mittel\w*|durchschnitt\w*|median)\b|%",
    "fr": r"\b(?:tous|toutes|chaque|chacun\w*|plupart|majorité|moitié|seulement|que|aucune?|personne|plus|moins|"
    r"exactement|tiers|quart|moyenne|médiane?)\b|%",
    "es": r"\b(?:tod[oa]s|cada|mayoría|mitad|solo|sólo|ningun[oa]?|ningún|nadie|más|menos|exactamente|tercio|cuarto|"
    r"media|mediana)\b|%",
    "ko": r"모두|모든|전부|다 |대부분|절반|과반|[가-힣]만 |아무도|없|않|더 |정확히|평균|중앙|%|퍼센트",
    "zh": r"都|全|大多数|大部分|一半|过半|只有|(?<!有)没(?!有)|更|正好|平均|中位|%",
}
"""Words with which a question asks for more than whether there is any."""
_READ: Final[frozenset[Operation]] = frozenset(
    ("trend", "value", "sum", "group", "count", "cannot", "compare", "difference", "range", "threshold", "lookup")
)
"""What may be made of a question for yes or no with two numbers; nothing of it is asked for."""


def as_any_between(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "does any flat cost between 800 and 900" of a histogram as a question for the number there, and for yes.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = with_plain_amounts(text.lower()), query.language
    asked = are_bins(panels) and query.yes_no and not (query.threshold or query.then or query.firm)
    if not asked or not set(query.operations) <= _READ or re.search(_OF_ALL[language], text) is not None:
        return query
    ends = _numbers(query.bounds) or stretch_between(text, language)
    if ends is None or ends[0] >= ends[1]:
        return query
    return replace(
        asking_only(query, "sum"), bounds=Bounds(low=ends[0], high=ends[1]), words=frozenset(("sum",)), yes_no=True
    )


def _numbers(bounds: Bounds | None) -> tuple[float, float] | None:
    """Return both ends of bounds that are numbers."""
    low, high = (bounds.low, bounds.high) if bounds is not None else (None, None)
    return (float(low), float(high)) if isinstance(low, float | int) and isinstance(high, float | int) else None


_STATISTICS: Final[tuple[Operation, ...]] = ("mean", "median")


def as_statistic_beyond(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "is the mean over 50" of a histogram as a question for the mean of all, and not of those over 50.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    asked = [one for one in _STATISTICS if one in query.words]
    limit = query.threshold or _one_sided(query.bounds)
    if not are_bins(panels) or not query.yes_no or len(asked) != 1 or limit is None or query.then or query.number:
        return query
    plain = replace(asking_only(query, asked[0]), words=frozenset(asked), yes_no=True)
    return replace(plain, number=replace(limit, of_places=False))


def _one_sided(bounds: Bounds | None) -> Threshold | None:
    """Return bounds with one end, which is a number, as a limit."""
    low, high = (bounds.low, bounds.high) if bounds is not None else (None, None)
    if isinstance(low, float | int) and high is None:
        return Threshold(limit=float(low), kind="above")
    return Threshold(limit=float(high), kind="below") if isinstance(high, float | int) and low is None else None


# --- a number of what is counted --------------------------------------------------------------------------------

_Kind = Literal["above", "at least", "below", "at most"]
_COMPARED: Final[dict[Language, tuple[tuple[_Kind, str], ...]]] = {
    "en": (
        ("above", r"(?:more than|over)"),
        ("at least", r"(?:at least|no fewer than|no less than)"),
        ("below", r"(?:fewer than|less than|under)"),
        ("at most", r"(?:at most|no more than|up to)"),
    ),
    "de": (
        ("above", r"(?:mehr als|über)"),
        ("at least", r"(?:mindestens|wenigstens)"),
        ("below", r"(?:weniger als|unter)"),
        ("at most", r"(?:höchstens|maximal|nicht mehr als)"),
    ),
    "fr": (
        ("above", r"plus d(?:e |['’])"),
        ("at least", r"au moins"),
        ("below", r"moins d(?:e |['’])"),
        ("at most", r"au (?:plus|maximum)"),
    ),
    "es": (
        ("above", r"más de"),
        ("at least", r"(?:al menos|por lo menos|como mínimo)"),
        ("below", r"menos de"),
        ("at most", r"(?:como máximo|a lo sumo)"),
    ),
    "ko": (
        ("above", r"(?:넘|초과|보다 ?많)"),
        ("at least", r"이상"),
        ("below", r"(?:미만|안 ?되|보다 ?적)"),
        ("at most", r"이하"),
    ),
    "zh": (
        ("above", r"(?:超过|多于)"),
        ("at least", r"至少"),
        ("below", r"(?:不到|少于|不足)"),
        ("at most", r"(?:最多|至多)"),
    ),
}
_MORE_WORDS: Final[dict[Language, str]] = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "un dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
_PERSONS: Final[dict[Language, str]] = {
    "en": "people|persons|of them",
    "de": "leute|personen|menschen|davon|von ihnen",
    "fr": "personnes|d['’]entre eux",
    "es": "personas|de ellos",
    "ko": "명|개|대|채|건|마리|그루|권|사람|곳|번|회",
    "zh": "[个名位辆套列棵本条只次人]",
}
"""Persons who are counted; in Korean and Chinese, what stands behind a number of things."""
_ANY: Final[dict[Language, str]] = {"en": "any ", "de": "", "fr": "des ", "es": ""}
"""What stands in the place of the number, so that what is left asks whether there are any."""


def with_number_apart(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[str, Threshold | None]:
    """Return "are there more than five flats under £700" without its first number, and this as a limit for the count.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    if not are_bins(panels):
        return text, None
    for kind, words in _COMPARED[language]:
        found = re.search(_number_of_things(words, panels[0], language), text, re.IGNORECASE)
        if found is None:
            continue
        rest = f"{text[: found.start()]}{_ANY.get(language, '')}{found['thing']}{text[found.end() :]}"
        if re.search(r"\d|\bhalf an\b|halbe|\bdemi|\bmedia hora", rest) is not None:
            return rest, Threshold(limit=_amount(found["number"].lower(), language), kind=kind)
    return text, None


def _number_of_things(words: str, panel: ChartPanel, language: Language) -> str:
    """Return a pattern of a number that is compared, before the noun for what is counted."""
    counted = words_for(panel.y, language)
    label = label_without_unit(panel.y).lower()
    nouns = [counted.pattern] if counted is not None else []
    nouns += [re.escape(one) for word in label.split() for one in translated(word, language)]
    if language in ("ko", "zh"):
        thing = rf"(?P<thing>)(?P<number>\d+) ?(?:{_PERSONS[language]})"
        return rf"(?:이|가|은|는)? ?{thing} ?{words}[가-힣]*" if language == "ko" else rf"有?{words} ?{thing}"
    known = "|".join(_MORE_WORDS[language].split())
    article = {"en": r"(?:of the |of these )?", "de": r"(?:der |von den )?", "fr": r"(?:des |de ces )?", "es": ""}
    things = rf"(?P<thing>(?:{'|'.join((*nouns, _PERSONS[language]))})\w*)"
    return rf"(?<!\w){words} ?(?P<number>\d+|{known}) {article.get(language, '')}{things}(?!\w)"


def _amount(word: str, language: Language) -> float:
    return float(word) if word.isdigit() else 1.0 + _MORE_WORDS[language].split().index(word)
