"""Answers from the data of charts: first that of figure objects, and where it does not answer, that in the pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Final

from vision_magic.engine.chart.agreement import agrees, has_numbers
from vision_magic.engine.chart.data import WITHOUT_DATA, Chart, drawn_series
from vision_magic.engine.chart.from_facts import chart_of_facts, is_complete
from vision_magic.engine.facts import Facts
from vision_magic.engine.intent import Intent, Question
from vision_magic.engine.picture_answers import describe_picture, reading_sentence
from vision_magic.engine.questions.answers.answer import answer_query, asks_for_another_measure, describe
from vision_magic.engine.questions.checks.agreement import (
    as_judged,
    as_undecided,
    is_at_place,
    is_doubtful,
    is_finer,
    is_likely_despite,
    is_mean_of_label,
    is_rank_from_top,
    is_same_answer,
    is_settled,
    overrules,
)
from vision_magic.engine.questions.checks.fitting import declines, is_of_another_kind, unheeded_in
from vision_magic.engine.questions.checks.other_things import describes_another_thing
from vision_magic.engine.questions.checks.strange_words import may_have_strange_word, strange_word
from vision_magic.engine.questions.checks.unused import as_typed, unused_in
from vision_magic.engine.questions.classified import classified
from vision_magic.engine.questions.forms.adjectives_of_measures import with_plain_adjectives
from vision_magic.engine.questions.forms.becoming import with_plain_becoming
from vision_magic.engine.questions.forms.better_or_worse import with_plain_progress
from vision_magic.engine.questions.forms.fillers import (
    without_only,
    without_same_period,
    without_shown_period,
    without_title_marks,
)
from vision_magic.engine.questions.forms.meant_by_marks import with_acidity
from vision_magic.engine.questions.forms.per_unit import asks_for_several_units, without_unit_of_rate
from vision_magic.engine.questions.forms.taken_together import with_plain_total
from vision_magic.engine.questions.language import Language, language_of
from vision_magic.engine.questions.marked import texts_of
from vision_magic.engine.questions.names.ends_of_depths import with_ends_of_depths
from vision_magic.engine.questions.names.named_parts import of_named_part
from vision_magic.engine.questions.names.tails_of_names import has_tail_of
from vision_magic.engine.questions.names.titles_of_legends import with_titles_of_legends
from vision_magic.engine.questions.names.verbs_of_names import with_names_of_verbs
from vision_magic.engine.questions.names.wins_and_losses import with_results_named
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.places.by_period import as_extreme, by_period
from vision_magic.engine.questions.places.clock_times import with_hours_of_names
from vision_magic.engine.questions.places.conversions import in_celsius
from vision_magic.engine.questions.places.counted_from_ends import with_places_from_ends
from vision_magic.engine.questions.places.counted_wedges import with_counts
from vision_magic.engine.questions.places.rows_and_columns import as_rows
from vision_magic.engine.questions.places.small_coins import with_whole_currency
from vision_magic.engine.questions.places.small_multiples import as_series
from vision_magic.engine.questions.places.times_along_axes import with_times_of_axis
from vision_magic.engine.questions.places.times_of_titles import with_whole_season, without_times_of_title
from vision_magic.engine.questions.places.turned import as_turned, is_between_times, with_rows_as_places
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.asserted import asserted_by
from vision_magic.engine.questions.topics.means_of_totals import with_totals_to_average
from vision_magic.engine.questions.topics.neighbouring_places import without_neighbours
from vision_magic.engine.questions.topics.totals import about_total
from vision_magic.engine.questions.topics.two_times import with_times_named
from vision_magic.engine.questions.vocabulary.words import WHOLE_CHART, Operation
from vision_magic.images.figure_facts.values import Facts as FigureFacts

__all__ = ["cannot_answer", "chart_sections", "data_sections", "descriptions", "known_sections", "measures_text"]

_ABOUT_CHART: Final[frozenset[Operation]] = frozenset(
    (
        "describe",
        "alt",
        "title",
        "legend",
        "axis",
        "limits",
        "scale",
        "count",
        "kind",
        "colour",
        "size",
        "text",
        "unheard",
    )
)
"""Questions that titles, labels and names answer, without values."""

_FROM_STATISTICS: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "range", "mean", "first", "last", "trend", "compare")
)
_PIXELS: Final = frozenset(("about", "size", "colour"))
_PIXEL_WORDS: Final = ("pixels", "megapixels", "colours", "colors", "words", "letters", "text", "texts", "written")


_SIZE: Final = re.compile(
    r"\W*(?:what|how)(?:['’]s| is| are)? ?(?:the )?(?:size|resolution|dimensions?|big|large|wide|tall|high)\b"
    r"(?: (?:is|are|of|in|it|this|that|the|pixels?|picture|image|figure|photo|screenshot))*\W*",
    re.IGNORECASE,
)
"""Questions for the size of the picture, and nothing else."""


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
    charts = [with_titles_of_legends(chart) for chart in known if chart is not None and chart.panels]
    complete = len(charts) == len(images)
    question = _without_what_is_clear(question, charts) if complete else question
    query = _query(question, charts if complete else [], several=len(images) > 1)
    if _SIZE.fullmatch(question.text) and not complete:  # known before anything is read
        return
    if complete:
        charts, query = _as_asked(question, charts, query)
    unclear = query.operations in ((), ("colour",)) and not question.needs_model and bool(question.text)
    unclear |= query.operations == ("cannot",) and not query.has("why") and "about" not in question.intents
    if unclear and not complete:  # the names of series and categories are read in the picture
        query = _query(question, [image.chart for image in images], several=len(images) > 1)
    declined = _is_declined(query)
    other = _otherwise(question, query, charts if complete else [image.chart for image in images]) if declined else []
    if other:
        yield from other
    elif query.operations and not _is_about_pixels(question, query):
        yield from _answers(question, query, images, known, charts if complete else ())


def _answers(
    question: Question,
    query: Query,
    images: Sequence[Facts],
    known: Sequence[Chart | None],
    charts: Sequence[Chart],
) -> Iterator[str]:
    """Yield the answer from charts, if they are those of all images; where they lack the numbers, from the pixels."""
    complete = len(charts) == len(images)
    if "cannot" in query.operations:
        yield say("cannot", query.language)
        return
    sentences = _answered(question, query, charts) if complete else []
    if len(images) > 1 and "compare" in question.intents:
        sentences = [sentence for sentence in sentences if not _asks_for_two(sentence, query)]
        if complete:  # the pixels are compared anyway
            yield from sentences
            return
    if sentences and all(_holds(chart, query) for chart in charts):
        yield from sentences
    elif query.operations == ("describe",):
        yield from descriptions(images, known, query.language)
    else:
        yield from list(_measured(question, images, known)) or sentences


def _without_what_is_clear(question: Question, charts: Sequence[Chart]) -> Question:
    """Return a question without what goes without saying, such as the period shown, and in words of the chart."""
    panels = [panel for chart in charts for panel in chart.panels]
    language = language_of(question.text, texts_of(panels))
    text = in_celsius(without_title_marks(question.text, texts_of(panels)), panels)
    text = with_whole_season(without_times_of_title(text, panels, language), panels, language)
    text = with_places_from_ends(with_times_of_axis(text, panels, language), panels, language)
    text = with_whole_currency(text, panels, language)
    text = without_same_period(without_only(without_shown_period(text)), language)
    text = without_unit_of_rate(without_neighbours(text, language), panels, language)
    text = with_plain_total(text, language)
    text = with_hours_of_names(with_ends_of_depths(text, panels, language), panels, language)
    text = with_results_named(text, panels, language)
    text = with_names_of_verbs(text, panels, language)
    text = with_plain_adjectives(with_acidity(text, language, panels), panels, language)
    text = with_plain_becoming(with_plain_progress(text, panels, language), panels, language)
    text = with_times_named(text, panels, language)
    return question if text == question.text else replace(question, text=text)


def names_drawn(figure: FigureFacts, phrase: str) -> bool:
    """Return whether a phrase names a series, a place or a point of a figure, and is no text to be looked for in it."""
    drawn = [one for panel in chart_of_facts(figure).panels for one in panel.series]
    names = (name for one in drawn for name in (one.name, *one.names, *one.x) if isinstance(name, str))
    return any(name.strip().casefold() == phrase.strip().casefold() for name in names)


def _as_asked(question: Question, charts: list[Chart], query: Query) -> tuple[list[Chart], Query]:
    """Return charts as a question takes them, and what it asks for, if they measure that."""
    charts, query = _rearranged(question, charts, query)
    panels = [panel for chart in charts for panel in chart.panels]
    if asks_for_another_measure(query, charts) or asks_for_several_units(question.text, panels, query.language):
        query = replace(query, operations=("cannot",), then=None, firm=True)
    return charts, query


def _rearranged(question: Question, charts: list[Chart], query: Query) -> tuple[list[Chart], Query]:
    """Return charts as a question takes them: small multiples as one panel, places as series, the sum of series."""
    joined = [as_series(chart) for chart in charts]
    if joined != charts and not set(query.operations) & WHOLE_CHART:
        charts, query = joined, _query(question, joined, several=len(charts) > 1)
    if len(charts) > 1:
        return charts, query
    counted, of_total = with_counts(charts[0], query, question.text)
    if counted is not charts[0]:
        return [counted], replace(_query(question, [counted], several=False), grouped=of_total)
    turned = [as_turned(charts[0], query)]
    if turned != charts:
        return turned, _query(question, turned, several=False)
    turned = [with_rows_as_places(charts[0], query)]
    if turned != charts and (asked := _query(question, turned, several=False)).groups:
        return turned, asked
    chart, grouped = by_period(charts[0], question.text, query.language)
    if grouped:
        charts, query = [chart], as_extreme(_query(question, [chart], several=False))
    totals = with_totals_to_average(charts[0], query, question.text)
    if totals is not charts[0]:
        name = totals.panels[0].series[0].name
        said = "" if name else say("by period sums", query.language)
        asked = replace(query, operations=("mean",), statistic="", series=(name,) if name else (), firm=True)
        return [totals], replace(asked, grouped=said)
    rows, summed = as_rows(charts[0], query, question.text)
    if summed:
        each = query.firm and query.operations == ("sort",)  # said of each place, which no word for an order tells
        query = (
            replace(query, statistic="", words=query.words - {"sum"})
            if each
            else _query(question, [rows], several=False)
        )
        charts, grouped = [rows], summed
    charts, query = _about_total(question, charts, query)
    return charts, replace(query, grouped=grouped)


def _about_total(question: Question, charts: list[Chart], query: Query) -> tuple[list[Chart], Query]:
    """Return the chart of the sum of all series, and what is asked of it, if a question is about this sum."""
    if query.firm and query.operations in (("totals",), ("sides",)):
        return charts, query  # the sums of all series, and not that of all together
    alone = not (query.series or query.panels or query.statistic == "mean")
    operations = set(query.operations) if alone else set()
    amount = len(query.places) < 2 and bool(operations) and operations <= {"value", "sum", "group", "totals"}
    ends = query.bounds is not None and None not in (query.bounds.low, query.bounds.high)
    apart = {"trend"} if ends and not query.places else {"difference", "compare", "ratio"}
    changes = operations == {"sum"} and "trend" in query.words and len(query.places) == 2
    compared = changes or ((ends or len(query.places) == 2) and bool(operations) and operations <= apart)
    named = query.series or query.panels or query.colours or query.places or query.of_series
    beyond = query.threshold is not None and not named
    told = {"amount": amount and not query.yes_no, "compared": compared, "beyond": beyond}
    chart, text = about_total(charts[0], question.text, query.language, **told)
    if chart is charts[0]:
        return charts, query
    asked = parse_query(text, [chart])
    agree = asked.operations == query.operations and operations <= {"maximum", "minimum", *apart}
    return [chart], replace(asked, series=(chart.panels[0].series[0].name,), firm=asked.firm or agree)


def known_sections(question: Question, figures: Sequence[FigureFacts]) -> Iterator[str]:
    """Yield the answer from what figure objects know; nothing if they do not know enough."""
    charts = [with_titles_of_legends(chart_of_facts(figure)) for figure in figures if is_complete(figure)]
    if len(charts) < len(figures) or not all(chart.panels for chart in charts):
        return
    question = _without_what_is_clear(question, charts)
    charts, query = _as_asked(question, charts, _query(question, charts, several=len(charts) > 1))
    sentences = _otherwise(question, query, charts) if _is_declined(query) else []
    if sentences:
        yield from sentences
        return
    if _is_about_pixels(question, query):
        return
    if "cannot" in query.operations:
        yield say("cannot", query.language)
    elif query.operations == ("describe",):
        yield from describe(charts, query.language)
    elif query.operations:
        yield from _answered(question, query, charts)


_TEXT_MEASURED: Final = re.compile(
    r"\b(?:words?|letters?|sentences?|texts?|pages?|reading|writing|written|spelling)\b|"
    r"w[öo]rter|buchstaben|geschrieben|\bmots\b|lettres|palabras|letras|단어|글자|字数|单词",
    re.IGNORECASE,
)


def measures_text(figure: FigureFacts) -> bool:
    """Return whether a figure shows numbers of words or letters, so that these are not those in the picture."""
    return _TEXT_MEASURED.search(texts_of(chart_of_facts(figure).panels)) is not None


def _is_declined(query: Query) -> bool:
    """Return whether no rule understands a question, and none knows that it cannot be answered."""
    return set(query.operations) <= {"cannot", "unheard"} and not query.firm


def _otherwise(question: Question, query: Query, charts: Sequence[Chart]) -> list[str]:
    """Return the answer to a question as the classifier understands it; nothing if it is not sure, or does not fit."""
    pixels = _PIXELS & set(question.intents) and not _is_of_label(question, charts)
    if not question.text or pixels or question.mentions(*_PIXEL_WORDS):
        return []
    if _is_of_another_thing(question.text, charts, query.language):
        return []
    panels = [panel for chart in charts for panel in chart.panels]
    names = [name for panel in panels for one in panel.series for name in (one.name, *one.x)]
    if query.language == "de" and has_tail_of(query.unheard, [name for name in names if isinstance(name, str)]):
        return []
    found = classified(question.text, charts, query)
    return _understood(question, found.best, query, charts) if is_likely_despite(found, query, panels) else []


def _understood(question: Question, query: Query | None, read: Query, charts: Sequence[Chart]) -> list[str]:
    """Return the answer to a query of the classifier; nothing if it declines, or leaves out a part of the question.

    `read` is what the rules make of the question: where it asks whether what it names is the highest, the highest value
    of that is not the answer.
    """
    if query is None or _is_another_question(query, read):
        return []
    if read.direction and query.direction and query.operations == ("step",):
        query = replace(query, direction=read.direction)  # the verb says which, where the noun is not known
    if read.of_places and set(query.operations) <= {"maximum", "minimum"}:
        query = replace(query, of_places=True)  # the rules know along which axis the points are compared
    panels = [panel for chart in charts for panel in chart.panels]
    query = as_judged(of_named_part(query, question.text, panels), question.text, panels)
    if query.operations == ("sort",) and len(charts) == 1:
        rows, summed = as_rows(charts[0], query, question.text)
        charts, query = [rows], replace(query, grouped=summed or query.grouped)
    part = query.operations == ("share",) and len(query.series) == len(query.places) == 1
    if query.operations == ("sort",) or part:  # its words say where the order begins, and what is the whole
        query = replace(query, text=read.text, asked_in=read.asked_in, words=query.words | read.words)
    if query.operations in (("compare",), ("difference",)):
        query = replace(query, asserted=asserted_by(read, question.text, panels))
    if len(drawn_series(panels)) == 1 and not query.series:
        query = replace(query, series=read.series)  # the answer says where it is about the sum of all series
    sentences = list(answer_query(query, charts))
    asked = replace(query, text=read.text, asked_in=read.asked_in)  # a query of the classifier has no words of its own
    left_out = declines(" ".join(sentences), query.language) or _left_out(question, asked, sentences, charts)
    return [] if left_out or is_of_another_kind(asked, sentences, charts) else sentences


def _is_another_question(query: Query, read: Query) -> bool:
    """Return whether a query of the classifier ignores what the rules read for certain."""
    extreme = set(query.operations) <= {"maximum", "minimum"} and not query.statistic
    if read.yes_no and extreme and (query.series or query.places):
        return True
    if read.bounds is not None and query.operations == ("value",) and query.bounds is None:
        return True  # the value at 15 is not what there was after 15
    return query.operations == ("gap trend",) and len(read.series) == 1  # its course is not that of a distance


def _left_out(question: Question, query: Query, sentences: Sequence[str], charts: Sequence[Chart]) -> str:
    """Return a part of a question of which its answer makes no use; empty if there is none."""
    unused = unused_in(question.text, query, sentences, charts)
    return unused or unheeded_in(question.text, query, sentences, charts)


def _answered(question: Question, query: Query, charts: Sequence[Chart]) -> list[str]:
    """Return the answer to a question: that of the classifier where it is sure, or else that of the rules.

    What the rules say is not said where the classifier takes the question for another one, or for one that charts
    cannot answer. Then the answer says which part of the question it would leave out, or that it cannot be given.
    """
    sentences = list(answer_query(query, charts))
    unused = _left_out(question, query, sentences, charts)
    fits = not unused and not is_of_another_kind(query, sentences, charts)
    told = sentences if fits and not declines(" ".join(sentences), query.language) else []
    about_chart = set(query.operations) <= _ABOUT_CHART - {"count"} and (told or "unheard" in query.operations)
    if fits and (len(charts) > 1 or about_chart):
        return sentences  # the classifier learns from questions about single charts
    panels = [panel for chart in charts for panel in chart.panels]
    doubtful = bool(told) and may_have_strange_word(query, panels)
    found = classified(question.text, charts, query) if doubtful else None
    strange = strange_word(question.text, query, found, charts) if found is not None else ""
    if strange:
        return _unheard(query, strange, question, charts)
    if told and (
        is_settled(query)
        or is_at_place(query, panels)
        or is_mean_of_label(query, panels)
        or is_rank_from_top(query, panels)
        or is_between_times(query, panels)
    ):
        return told
    beyond = say("nothing in bounds", query.language, of="")
    if fits and not told and any(beyond in sentence for sentence in sentences):
        return sentences  # what the classifier reads would be told of all that is drawn
    found = found or classified(question.text, charts, query)
    both = as_undecided(query, found, panels) if told else None
    if both is not None:
        return list(answer_query(both, charts))
    other = [] if told and is_finer(query, found) else _understood(question, found.best, query, charts)
    same = bool(told and other) and is_same_answer(told, other)
    differs = bool(other) and not same
    if differs and (overrules(query, found) if told else found.sure):
        return other
    if told and not is_doubtful(query, found, panels, differs=differs, same=same):
        return told
    if fits and not told:  # it says why it does not answer
        return sentences
    if fits or not unused:
        return [say("cannot", query.language)]
    return _unheard(query, unused, question, charts)


def _unheard(query: Query, word: str, question: Question, charts: Sequence[Chart]) -> list[str]:
    """Return the answer that names a part of a question that is not understood."""
    named = replace(query, operations=("unheard",), unheard=as_typed(word, question.text), then=None)
    return list(answer_query(named, charts))


def descriptions(images: Sequence[Facts], known: Sequence[Chart | None], language: Language) -> Iterator[str]:
    """Yield a description of each image: of the chart in it, or else of the picture."""
    for image, chart in _with_known(images, known):
        if len(images) > 1:
            yield f"**{image.name}**"
        if chart is not None and chart.panels:
            yield from describe([chart], language)
            continue
        yield reading_sentence(image, language)  # before the text is read, which takes longest
        yield from describe([image.chart], language) if image.chart.panels else describe_picture(image, language)


def _with_known(images: Sequence[Facts], known: Sequence[Chart | None]) -> Iterator[tuple[Facts, Chart | None]]:
    """Return each image with what its figure object knows; None where there is no figure object."""
    return zip(images, chain(known, repeat(None)), strict=False)


def _query(question: Question, charts: Sequence[Chart], *, several: bool) -> Query:
    query = parse_query(question.text, charts)
    if not query.operations and question.intents == ("describe",) and not question.needs_model:
        query = replace(query, operations=("describe",))
    if query.operations == ("describe",) and charts and _is_of_another_thing(question.text, charts, query.language):
        return replace(query, operations=("cannot",))
    if query.operations == ("describe",) and question.intents == ("describe",):
        return query
    if query.operations == ("unheard",) and query.firm:
        return query
    if len(question.intents) > 1 and set(query.operations) <= _ABOUT_CHART and not query.firm:
        query = replace(query, operations=_several(question, query))
    elif question.mentions("title") and query.operations and not {"cannot", "title"} & set(query.operations):
        query = replace(query, operations=("title", *query.operations))
    if several and "compare" in question.intents and not {"difference", "ratio", "crossing"} & set(query.operations):
        return replace(query, operations=("compare",))
    return query


def _is_of_another_thing(text: str, charts: Sequence[Chart], language: Language) -> bool:
    """Return whether a question wants something described that the charts do not show."""
    return describes_another_thing(text, texts_of([panel for chart in charts for panel in chart.panels]), language)


def chart_sections(question: Question, intent: Intent, image: Facts) -> Iterator[str]:
    """Yield what the chart in an image says to one of several intents; nothing if no chart was found in it."""
    if intent in _OPERATIONS and image.chart.panels:
        query = replace(parse_query(question.text, [image.chart]), operations=(_OPERATIONS[intent],))
        yield from answer_query(query, [image.chart])


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


_SIZE_WORDS: Final = re.compile(r"heights?|widths?|sizes?|resolutions?|dimensions?", re.IGNORECASE)


def _is_of_label(question: Question, charts: Sequence[Chart]) -> bool:
    """Whether a word for a size is that of a label: "the height" of trees is not that of the picture."""
    labels = texts_of([panel for chart in charts for panel in chart.panels]).lower()
    words = [match[0].lower().rstrip("s") for match in _SIZE_WORDS.finditer(question.text)]
    return bool(words) and all(word in labels for word in words)


def _is_about_pixels(question: Question, query: Query) -> bool:
    """Whether a question with words for data asks for the size, the colours or the text of the picture itself."""
    if {"alt", "legend"} & set(query.operations) or query.series or query.colours:
        return False
    if question.mentions(*_PIXEL_WORDS):
        return set(query.operations) <= _ABOUT_CHART
    asked = set(query.operations) - {"unheard"}
    return bool(_PIXELS & set(question.intents)) and bool(asked) and asked <= _ABOUT_CHART | {"cannot"}


def _holds(chart: Chart, query: Query) -> bool:
    """Whether a figure object holds the numbers that a question needs."""
    operations = set(query.operations) - _ABOUT_CHART
    if not operations:
        return True
    series = [one for one in chart.series if one.kind not in WITHOUT_DATA]
    asked = [one for one in series if one.name in query.series] or series
    return bool(asked) and all(one.sure and (one.x or operations <= _FROM_STATISTICS) for one in asked)


def _measured(question: Question, images: Sequence[Facts], known: Sequence[Chart | None]) -> Iterator[str]:
    """Yield the answer from the pixels, with the data of those figures that hold it."""
    charts: list[Chart] = []
    for image, chart in _with_known(images, known):
        held = chart is not None and all(map(has_numbers, chart.series))
        measured = chart if held and chart is not None else image.chart
        if not measured.panels or (chart is not None and not agrees(measured, chart)):
            return
        if chart is not None and not any(one.sure for one in measured):
            return  # then the figure object says more
        charts.append(measured)
    yield from _answered(question, _query(question, charts, several=len(images) > 1), charts)


def _asks_for_two(sentence: str, query: Query) -> bool:
    """Whether a sentence only says that there is nothing to compare."""
    return say("two needed", query.language, names="\0").partition("\0")[0] in sentence
