"""Answers from the data of charts: first that of figure objects, and where it does not answer, that in the pixels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from vision_magic.engine.chart.data import Chart, Series, Summary
from vision_magic.engine.chart.from_facts import chart_of_facts, is_complete
from vision_magic.engine.facts import Facts
from vision_magic.engine.intent import Intent, Question
from vision_magic.engine.questions.answer import answer_query
from vision_magic.engine.questions.language import language_of
from vision_magic.engine.questions.parse import Query, parse_query
from vision_magic.engine.questions.phrases import say
from vision_magic.engine.questions.words import Operation
from vision_magic.images.figure_facts.values import Facts as FigureFacts

__all__ = ["cannot_answer", "data_sections"]

_ABOUT_CHART: Final[frozenset[Operation]] = frozenset(
    ("describe", "alt", "title", "legend", "axis", "limits", "scale", "count", "kind")
)
"""Questions that titles, labels and names answer, without values."""

_FROM_STATISTICS: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "range", "mean", "first", "last", "trend", "compare")
)
_NO_DATA: Final = ("reference line", "other")
_PIXELS: Final = frozenset(("about", "size", "colour"))
_PIXEL_WORDS: Final = ("pixels", "megapixels", "colours", "colors", "words", "letters", "text", "texts", "written")


def cannot_answer(text: str) -> str:
    """Return the sentence that declines a question, in its language."""
    return say("cannot", language_of(text))


def data_sections(question: Question, images: Sequence[Facts], figures: Sequence[FigureFacts | None]) -> Iterator[str]:
    """Yield the answer from data, section by section; nothing if the question is not about data, or has no answer.

    Parameters
    ----------
    question : Question
        The question.
    images : sequence of Facts
        The images that it is about.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.
    """
    known = [chart_of_facts(figure) if figure is not None and is_complete(figure) else None for figure in figures]
    charts = [chart for chart in known if chart is not None and chart.panels]
    complete = len(charts) == len(images)
    query = _query(question, charts if complete else [], several=len(images) > 1)
    if not query.operations or _is_about_pixels(question, query):
        return
    if "cannot" in query.operations:
        yield cannot_answer(question.text)
        return
    sentences = list(answer_query(query, charts)) if complete else []
    if len(images) > 1 and "compare" in question.intents:
        sentences = [sentence for sentence in sentences if not _asks_for_two(sentence, query)]
        if complete:  # the pixels are compared anyway
            yield from sentences
            return
    if sentences and all(_holds(chart, query) for chart in charts):
        yield from sentences
        return
    yield from list(_measured(question, images, known)) or sentences


def _query(question: Question, charts: Sequence[Chart], *, several: bool) -> Query:
    query = parse_query(question.text, charts)
    if len(question.intents) > 1 and set(query.operations) <= _ABOUT_CHART:
        query = replace(query, operations=_several(question, query))
    elif question.mentions("title") and query.operations and not {"cannot", "title"} & set(query.operations):
        query = replace(query, operations=("title", *query.operations))
    if several and "compare" in question.intents and not {"difference", "ratio", "crossing"} & set(query.operations):
        return replace(query, operations=("compare",))
    return query


def _several(question: Question, query: Query) -> tuple[Operation, ...]:
    """Return the operations of a question that asks for several things, such as the title and the axes."""
    told = [_OPERATIONS[intent] for intent in question.intents if intent in _OPERATIONS]
    exact = next((one for one in query.operations if one in ("limits", "scale")), None)
    return tuple(dict.fromkeys(exact if exact and one == "axis" else one for one in told)) or query.operations


_OPERATIONS: Final[dict[Intent, Operation]] = {
    "title": "title",
    "legend": "legend",
    "axes": "axis",
    "type": "kind",
    "count": "count",
    "describe": "describe",
}


def _is_about_pixels(question: Question, query: Query) -> bool:
    """Whether a question with words for data asks for the size, the colours or the text of the picture itself."""
    if question.mentions(*_PIXEL_WORDS):
        return set(query.operations) <= _ABOUT_CHART
    return bool(_PIXELS & set(question.intents)) and set(query.operations) <= _ABOUT_CHART | {"cannot"}


def _holds(chart: Chart, query: Query) -> bool:
    """Whether a figure object holds the numbers that a question needs."""
    operations = set(query.operations) - _ABOUT_CHART
    if not operations:
        return True
    series = [one for one in chart.series if one.kind not in _NO_DATA]
    asked = [one for one in series if one.name in query.series] or series
    return bool(asked) and all(one.sure and (one.x or operations <= _FROM_STATISTICS) for one in asked)


def _measured(question: Question, images: Sequence[Facts], known: Sequence[Chart | None]) -> Iterator[str]:
    """Yield the answer from the pixels, with the data of those figures that hold it."""
    query = _query(question, [], several=len(images) > 1)
    if set(query.operations) <= _ABOUT_CHART and query.language == "en":
        return  # what is printed around the data has answers of its own, the first of which need no reading
    charts: list[Chart] = []
    for image, chart in zip(images, (*known, *[None] * len(images)), strict=False):
        held = chart is not None and all(map(_has_numbers, chart.series))
        measured = chart if held and chart is not None else image.chart
        if not measured.panels or (chart is not None and not _agrees(measured, chart)):
            return
        if chart is not None and not any(one.sure for one in measured):
            return  # then the figure object says more
        charts.append(measured)
    yield from answer_query(_query(question, charts, several=len(images) > 1), charts)


def _agrees(measured: Chart, known: Chart) -> bool:
    """Whether measurements agree with what the figure object knows: how series are drawn, and their statistics."""
    kinds = ({one.kind for one in chart.series if one.kind not in _NO_DATA} for chart in (measured, known))
    if len({frozenset(found) for found in kinds}) > 1:
        return False
    for one in known.series:
        same = [other for other in measured.series if other.name == one.name and other.x]
        if one.known is not None and len(same) == 1 and not _is_near(same[0], one.known):
            return False
    return True


def _is_near(measured: Series, known: Summary) -> bool:
    found = measured.summary
    values = (known.low, known.high), (found.low, found.high)
    places = (known.first_at, known.last_at), (found.first_at, found.last_at)
    return all(_are_near(*ends) for ends in (values, places))


def _are_near(known: tuple[Any, Any], found: tuple[Any, Any]) -> bool:
    """Whether two ends are within a twentieth of their distance; those that are not numbers are not compared."""
    if not all(isinstance(end, float | int) for end in (*known, *found)):
        return True
    most = abs(known[1] - known[0]) / 20
    return all(abs(a - b) <= most for a, b in zip(known, found, strict=True))


def _asks_for_two(sentence: str, query: Query) -> bool:
    """Whether a sentence only says that there is nothing to compare."""
    return say("two needed", query.language, names="\0").partition("\0")[0] in sentence


def _has_numbers(series: Series) -> bool:
    return bool(series.x) or series.kind in _NO_DATA
