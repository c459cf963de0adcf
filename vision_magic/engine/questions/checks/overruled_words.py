"""Words that are not understood and that no likeness to other questions may overrule: they name something else.

The classifier knows the form of a question and not its words. "How many umbrellas were sold in July" has the form of
one for a value, whatever is sold. "The median by train" has that of one for all medians, though no train is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import quantities_in
from vision_magic.engine.questions.names.usual_names import are_names_of_times, day_of, in_any_language
from vision_magic.engine.questions.numbers import month_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["names_something_else"]

_AT: Final[dict[Language, str]] = {
    "en": r"\b(?:at|in|on|by|for|from) (?:(?:the|a|an|our|my) )?(?:\w+ )?U\b",
    "de": r"\b(?:bei|im|in|mit|per|am|an|auf|für|von|vom|beim|zur?)(?: de[rmn]| die| das| eine[mrn])? (?:\w+ )?U\b",
    "fr": r"(?:\b(?:en|à|au|aux|chez|dans|pour|par|sur)(?: la| le| les| une?)? |\b(?:à|dans) l['’])U\b",
    "es": r"\b(?:en|para|por|con|al?)(?: la| el| los| las| una?)? U\b",
    "ko": r"U(?:에서|에는|에|로|으로)",
    "zh": r"(?:在|坐|乘|骑|用)U|U[组班队部系级馆店站]",
}
"""A word U for where, or for what, something is."""
_THAN: Final[dict[Language, str]] = {
    "en": r"\bthan (?:(?:the|a|an|at|in|our|my) ){0,2}U\b",
    "de": r"\bals (?:(?:de[rmn]|die|das|im|in|bei|beim|am) ){0,2}U\b",
    "fr": r"\bqu(?:e |['’])(?:(?:à|au|en|chez|dans|le|la|les) |l['’]){0,2}U\b",
    "es": r"\bque (?:(?:en|el|la|los|las|al) ){0,2}U\b",
    "ko": r"U보다",
    "zh": r"比U",
}
"""A word U for what is compared with."""
_PER: Final[dict[Language, str]] = {
    "en": r"\b(?:per|each|every) U\b",
    "de": r"\b(?:pro|je|per) U\b",
    "fr": r"\b(?:par|au|à la) U\b",
    "es": r"\bpor U\b",
    "ko": r"U(?:당|마다)",
    "zh": r"(?:每|按)(?:个|名|位|平)?U",
}
"""A word U for what an amount would have to be divided by."""
_HOW_MUCH: Final[dict[Language, str]] = {
    "en": r"\bhow much U\b|\bhow (?:warm|cold|hot|big|heavy|long|high|tall) (?:is|was|are|were) the U (?:in|at|on)\b",
    "de": r"\bwie ?viel U\b",
    "fr": r"\bcombien d(?:e |['’])U\b|\b(?:quelle?|la|le) (?:est |était )?(?:la |le |l['’])?U (?:moyenn?e?|médiane?)\b",
    "es": r"\bcu[aá]nt[oa] U\b|\b(?:qué|cu[aá]l (?:es|era|fue)) (?:la |el )?U (?:medi[oa]|mediana|promedio)\b",
    "ko": r"U(?:은|는|이|가|을|를)? ?얼마나",
    "zh": r"多少U",
}
"""A word U for what there is so much of."""
_OF: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": "(?!)",
    "fr": r"[^\W\d_] (?:de |d['’]|du )U\b",
    "es": r"[^\W\d_] del? U\b",
    "ko": "(?!)",
    "zh": "(?!)",
}
"""A word U that tells one kind of what there is from others: "helado de chocolate"."""
_MOST: Final[dict[Language, str]] = {
    "en": r"\b(?:most|fewest|least) U\b|\bU (?:is|was) (?:the )?most\b",
    "de": r"\b(?:meisten|wenigsten) U\b|\bwelche[rsn]? U\b",
    "fr": r"\ble (?:plus|moins) (?:de |d['’])U\b|\bquel(?:le)? (?:est |était )?(?:la |le |l['’])?U\b",
    "es": r"\b(?:más|menos) U\b|\b(?:qué|cu[aá]l (?:es|era|fue)) (?:la |el )?U\b",
    "ko": r"U[이가을를은는]? ?(?:가장|제일)",
    "zh": r"U最|最[多少]的?U",
}
"""A word U for that of which there is most, or which is highest."""
_SUPERLATIVE: Final[dict[Language, str]] = {
    "en": r"\b(?:most|least) U\b|\b(?=\w+est\b)U\b",
    "de": r"\b(?=\w+ste[nrs]?\b)U\b",
    "fr": r"\b(?:plus|moins) U\b",
    "es": r"\b(?:más|menos) U\b",
    "ko": r"(?:가장|제일) ?U",
    "zh": r"最U",
}
"""A word U for what is highest, which may be either of the two quantities of points, or neither."""
_COSTS: Final = re.compile(
    r"^(?:ge)?kost(?:et|en|ete|eten)$|^cost(?:s|ed|ing)?$|^coût|^(?:cuest|cost)(?:a|an|ó|aba|aban|aron|ado)$|"
    r"비용|가격|价格|花费",
    re.IGNORECASE,
)
"""Words for what something costs, which are understood wherever a chart has money."""
_FEELINGS: Final = re.compile(
    r"^(?:un|dis)?(?:satisfied|happy)$|^(?:angry|disappointed|annoyed)$|^(?:un)?zufrieden|^(?:un)?glücklich|^verärgert|"
    r"^enttäuscht|^(?:in)?satisfaite?s?$|^(?:mé)?contente?s?$|^déçue?s?$|^(?:in)?satisfech|^(?:des)?content[oa]s?$|"
    r"^decepcionad|만족|불만|실망|满意|不满|失望",
    re.IGNORECASE,
)
"""Words for how somebody feels, of whom there is another number than of all."""
_ALL: Final[frozenset[Operation]] = frozenset(("median", "mean", "value", "quartiles", "first", "last"))
"""Operations that are told of each place where no place was read."""
_AMOUNTS: Final[frozenset[Operation]] = frozenset(
    ("value", "sum", "mean", "median", "group", "maximum", "minimum", "difference", "first", "last")
)


def names_something_else(read: Query, best: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a word that is not understood names a place, a thing or a measure that the charts do not have.

    Parameters
    ----------
    read : Query
        What the rules made of the question, with the word.
    best : Query
        What the classifier makes of it.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    word, language = read.unheard, read.language
    if not word:
        return read.operations == ("cannot",) and read.has("why")  # no reason is drawn
    if _COSTS.search(word) or _FEELINGS.search(word):
        return True
    if best.operations == ("count",) and _is_owner(word, read):
        return True
    timed = month_of(word) or day_of(word) >= 0
    if language in ("en", "fr", "es") and word[0].isupper() and not (timed or read.text.startswith(word.lower())):
        return re.search(rf"[.?!:,¿¡] ?{re.escape(word.lower())}", read.text) is None

    def stands(table: dict[Language, str]) -> bool:
        pattern = table[language].replace("U", re.escape(word.lower()))
        return re.search(pattern, read.text) is not None

    unplaced = not (best.places or best.groups or best.bounds or best.threshold)
    if set(best.operations) <= _ALL and unplaced and _have_places(panels) and stands(_AT):
        return True
    if stands(_THAN) or stands(_PER):
        return True
    if best.series and set(best.operations) <= {"maximum", "minimum"} and stands(_WHICH) and _have_times(panels):
        return True  # one of what, if the series is named, and the places are times
    if _are_points(panels) and set(best.operations) <= {"maximum", "minimum"} and stands(_SUPERLATIVE):
        return True
    noun = language != "de" or word[0].isupper()
    known = noun and set(best.operations) <= _AMOUNTS and not best.threshold and _is_known_thing(word, language)
    return known and (stands(_HOW_MUCH) or stands(_MOST) or stands(_OF))


_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) U\b",
    "de": r"\bwelche[rsmn]? U\b",
    "fr": r"\bquel(?:le)? U\b",
    "es": r"\bqué U\b",
    "ko": r"(?:어느|어떤|무슨) ?U",
    "zh": r"哪一?[个位名只家]U",
}
"""A word U for what is chosen from."""


_OWNS: Final[dict[Language, str]] = {
    "en": r"\b(?:do|does|did) (?:the |our |this )?(?:\w+ )?U\b|\b(?:in|of) (?:the |our )(?:\w+ )?U\b",
    "de": r"\bha(?:t|tte|ben|tten) (?:de[rn]|die|das) (?:\w+ )?U\b|\b(?:im|in de[rnm]|de[rs]) (?:\w+ )?U\b",
    "fr": r"\b(?:dans|du|des|de la|de l['’]|les?|la) ?(?:\w+ )?U\b",
    "es": r"\b(?:tienen?|tenían?|tuvo|en|del?) (?:el |la |los |las )?(?:\w+ )?U\b",
    "ko": "U(?:에|에는|의|은|는)",
    "zh": "U(?:里|中|有|的)",
}
"""A word U for what has the things that are counted: "how many rows did the training data have"."""


def _is_owner(word: str, read: Query) -> bool:
    pattern = _OWNS[read.language].replace("U", re.escape(word.lower()))
    return re.search(pattern, read.text) is not None


def _have_times(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all places are times of one kind."""
    names = [[str(place) for place in one.x] for one in drawn_series(panels)]
    return bool(names) and all(map(are_names_of_times, names))


def _is_known_thing(word: str, language: Language) -> bool:
    """Return whether a word has a meaning that is known, and is no word for how much there is of something."""
    word = word.lower()
    forms = {word, word.removesuffix("s"), word.removesuffix("es")}
    return not any(True for _ in quantities_in(word, language)) and not forms.isdisjoint(in_any_language(word))


def _are_points(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all that is drawn are points, of which both axes measure something."""
    return all(one.kind == "points" and not isinstance(one.x[0] if one.x else "", str) for one in drawn_series(panels))


def _have_places(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the places are names, one of which a question may mean by a word."""
    drawn = drawn_series(panels)
    return bool(drawn) and all(isinstance(place, str) for one in drawn for place in one.x)
