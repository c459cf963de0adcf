"""Points of which one is the widest or the most expensive: the axis that measures it tells which point is meant."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.conditions import CONDITIONS
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.dimensions import (
    DIMENSIONS,
    Dimension,
    comparatives,
    dimensions_of,
    superlatives,
)
from vision_magic.engine.questions.vocabulary.words import HOW_MANY, Operation

__all__ = ["as_extreme_point", "comparatives_of"]


_HEIGHT: Final = r"height|altitude|elevation|höhe(?!punkt)|hauteur|altura|altitud|elevación|높이|고도|해발|高度|海拔"
_HIGH: Final[dict[Language, str]] = {
    "en": "highest|lowest",
    "de": "höchst|tiefst|niedrigst|höchstgelegen",
    "fr": "hau(?:te?s?)|bas(?:se)?s?",
    "es": "alt[oa]|baj[oa]",
    "ko": "높|낮",
    "zh": "高|低",
}
"""What is said of things by their height, where that is measured, and of any values elsewhere."""
_OF_THING: Final[dict[Language, str]] = {
    "en": r"\W*which (?:of the )?(?P<noun>[a-z]+) (?:is|was|are|were|lies|sits|has been) (?:the )?Q\W*",
    "de": r"\W*welche[rs]? (?P<noun>[a-zäöüß]+) (?:ist|war|liegt|lag|wäre) (?:am |das |die |der )?Q(?:en?)?\W*",
    "fr": r"\W*(?:quel(?:le)?s? (?:est |sont |était )?(?:le |la |les |l['’] ?)?(?P<noun>[^\W\d_]+) "
    r"(?:est |sont |était )?(?:le |la |les )?Q)\W*",
    "es": r"\W*(?:qué|cuál es (?:el|la)) (?P<noun>[^\W\d_]+) (?:es |está |era )?(?:el |la )?Q\W*",
    "ko": r"\W*(?:(?:어느|어떤) ?(?P<noun>[가-힣]{1,6}?)[이가은는]? Q\S*|Q ?(?P<other>[가-힣]{1,6}?)[은는이가]? ?"
    r"(?:어디|무엇|뭐|어느 ?것|어떤 ?것)?\S*)\W*",
    "zh": r"\W*(?:哪(?:一?[个种座家间棵块])?(?P<noun>[一-龥]{1,5}?)(?:是)?Q的?|"
    r"Q的?(?P<other>[一-龥]{1,5}?)是哪一?[个种座家间棵块]?)\W*",
}
"""A question for the thing that is Q, a superlative, and for nothing else."""
_WHO: Final = r"\W*(?:who|wer|qui|quién|누가|누구|谁)"
"""Questions for a name, which most points do not have."""
_ASKED: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "value", "slope", "gap", "unheard", "cannot"))


def as_extreme_point(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how tall was the widest" as a question for the height of the point that is furthest along the other axis.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" and one.x for one in drawn)
    kept = (
        query.threshold or query.bounds or query.places or query.top or query.rank > 1 or query.statistic or query.then
    )
    asked = not query.operations or set(query.operations) <= _ASKED
    text = text.lower()
    if query.language in ("fr", "es") and re.search(CONDITIONS[query.language], text.replace("’", "'")):
        return query  # "quand on va plus vite" has no superlative
    nameless = re.match(_WHO, text) is not None and not all(one.names for one in drawn)
    counted = query.language != "zh" and re.search(HOW_MANY[query.language], text) is not None
    if not points or not asked or kept or query.yes_no or nameless or counted:
        return query
    panel = panels[0]
    measured = (
        (found, [_measures(axis, found[0]) for axis in (panel.x, panel.y)])
        for found in _superlatives(text, query.language, label_without_unit(panel.y).lower())
    )
    clear = next((pair for pair in measured if any(pair[1]) and not all(pair[1])), None)
    if clear is None:
        ranked = query.operations in (("maximum",), ("minimum",)) and re.search(_HEIGHT, panel.y.label.lower())
        return replace(query, firm=True) if ranked and _is_of_thing(text, query.language, panel, _HIGH) else query
    (dimension, rest, highest), (along, _) = clear
    extreme: Operation = "maximum" if highest else "minimum"
    of_one = replace(query, operations=(extreme,), of_places=along, unheard="", of_series=False)
    words = {one: f"{dimension.much[one]}|{dimension.little[one]}" for one in LANGUAGES}
    of_one = replace(of_one, firm=query.firm or _is_of_thing(text, query.language, panel, words))
    if not along or re.search(dimension.plain, rest) or not _speaks_of_height(rest, panel, query.language):
        return of_one
    place, series = _furthest(drawn, highest=highest)
    named = (series.name,) if series.name else ()
    return replace(query, operations=("value",), places=(place,), series=named, unheard="", of_places=False, firm=True)


def comparatives_of(label: str, language: Language, *, unit: str = "", only: str = "") -> Iterator[tuple[str, bool]]:
    """Yield patterns of comparatives that are said of what a label measures, each with whether it says more of it.

    `only`: those of a dimension that is called so, such as "price".
    """
    for dimension in dimensions_of(label, unit):
        if not only or re.search(dimension.labels, only):
            for words, more in ((dimension.much, True), (dimension.little, False)):
                yield comparatives(words[language], language), more


def _is_of_thing(text: str, language: Language, panel: ChartPanel, words: dict[Language, str]) -> bool:
    """Return whether a question asks which of the things that a chart shows is the hardest, and nothing else."""
    superlative = superlatives(words[language], language).removesuffix(r"\b")
    found = re.fullmatch(_OF_THING[language].replace("Q", f"(?:{superlative})"), text)
    if found is None:
        return False
    noun = folded(next((word for word in found.groupdict().values() if word), "")).removesuffix("s")
    shown = folded(f"{panel.title} {panel.x.label} {panel.y.label} {panel.legend_title}")
    return bool(noun) and noun in shown


def _measures(axis: ChartAxis, dimension: Dimension) -> bool:
    return dimension in dimensions_of(axis.label, axis.unit)


def _superlatives(text: str, language: Language, values: str) -> Iterator[tuple[Dimension, str, bool]]:
    """Yield the dimensions of which the most or the least is asked for, with the rest of the question.

    "The largest rent" is that of the values, which are called rent.
    """
    for dimension in DIMENSIONS:
        for words, highest in ((dimension.much, True), (dimension.little, False)):
            match = re.search(superlatives(words[language], language), text)
            following = re.match(r"\W*的?([^\W\d_]+)", text[match.end() :]) if match is not None else None
            of_values = following is not None and following[1][:5] in values and bool(values)
            if match is not None and not of_values:
                yield dimension, f"{text[: match.start()]} {text[match.end() :]}", highest


def _speaks_of_height(rest: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether the rest of a question names what the upright axis measures."""
    label = label_without_unit(panel.y).lower()
    words = words_for(panel.y, language)
    plain = (one.plain for one in dimensions_of(label))
    named = words is not None and words.search(rest) is not None
    return named or any(re.search(one, rest) for one in plain)


def _furthest(drawn: Sequence[Series], *, highest: bool) -> tuple[float, Series]:
    """Return the largest, or smallest, place of points, and their series."""
    places = [(float(place), one) for one in drawn for place in one.x if isinstance(place, float | int)]
    known = [pair for pair in places if math.isfinite(pair[0])]
    return (max if highest else min)(known, key=lambda pair: pair[0])
