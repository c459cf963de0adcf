"""Answers to questions about images: templates over known and measured facts, one section at a time.

An answer contains only what figure objects know, or `Facts` measured. A section is a block of Markdown. Each is
composed on demand, so the first sections are shown while the text of the image is still being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from vision_magic.engine.chart.plot import LegendEntry, Plot
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.comparison import comparison_sections
from vision_magic.engine.data_answers import cannot_answer, data_sections
from vision_magic.engine.facts import Facts, facts_of
from vision_magic.engine.intent import Intent, Question, parse_question
from vision_magic.engine.messages import NO_IMAGE, ToolResult
from vision_magic.engine.sentences import (
    KIND_SENTENCES,
    all_text,
    axes_count,
    axis_sentence,
    blobs_sentences,
    labelled_panels,
    legend_sentence,
    other_axes_sentences,
    palette_lines,
    plot_section,
    shared_label_sentences,
    size_sentence,
    tone_sentence,
    transparency_sentence,
)
from vision_magic.engine.wording import count_noun, format_percent, quote, quote_list
from vision_magic.images.figure_facts.values import Facts as FigureFacts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["answer"]

NO_AXES = "I found no axes, so I do not read this as a plot."
NO_LEGEND = "I found axes, but no legend that I could read: no text has a clear colour sample beside it."
NO_VALUES = "I found no chart in the picture whose values I can read."

MAX_RESULT = 2000
"""Largest number of characters quoted from a function call and its result."""


def answer(
    question: str,
    images: Sequence[PILImage.Image],
    results: Sequence[ToolResult] = (),
    figures: Sequence[FigureFacts | None] = (),
) -> Iterator[str]:
    """Yield the answer to a question about images, section by section.

    Parameters
    ----------
    question : str
        The text of the user's turn.
    images : sequence of PIL.Image.Image
        In the order in which they were sent.
    results : sequence of ToolResult
        The results of the functions that were called for this question. They are the answer, unless a function
        returned an image; `question` is then empty.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.

    Yields
    ------
    str
        Markdown; joined, the sections are the whole answer.
    """
    before = ""
    for section in _answer(question, images, results, figures):
        yield before + section
        before = "\n\n"


def _answer(
    question: str,
    images: Sequence[PILImage.Image],
    results: Sequence[ToolResult],
    figures: Sequence[FigureFacts | None],
) -> Iterator[str]:
    yield from map(_quoted_result, results)
    if results and question:
        return
    if not images:
        yield NO_IMAGE
        return
    yield from _sections(parse_question(question), facts_of(images), figures)


def _quoted_result(result: ToolResult) -> str:
    """Quote a call and its result in a fence longer than any inside, so that it stays plain text."""
    text = f"{result.name} {result.arguments}\n\n{result.text}"
    text = text if len(text) <= MAX_RESULT else text[:MAX_RESULT] + " …"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"I called a function with what I measured. The call and its result:\n\n{fence}text\n{text}\n{fence}"


def _sections(question: Question, images: list[Facts], figures: Sequence[FigureFacts | None]) -> Iterator[str]:
    """Yield the sections: the answer from data, or else those of the intents in the order of the question."""
    intents = question.intents
    if question.phrase and not set(intents) - {"text", "describe", "title"}:
        yield from (_phrase_answer(facts, question.phrase) for facts in images)
        return
    comparing = "compare" in intents and len(images) > 1
    answered = False
    for section in data_sections(question, images, figures):
        answered = True
        yield section
    if answered and not comparing:
        return
    if question.needs_model or (not intents and question.text):
        yield cannot_answer(question.text)
        return
    if comparing:
        yield from comparison_sections(images)
    for intent in intents or ("describe",):
        if intent == "compare":
            if len(images) > 1:
                continue
            yield "A comparison needs two pictures, and only one arrived."
        yield from _intent_sections("describe" if intent == "compare" else intent, question, images)
    if len(images) == 2 and set(intents) <= {"describe"}:
        yield from comparison_sections(images)


def _intent_sections(intent: Intent, question: Question, images: list[Facts]) -> Iterator[str]:
    """Yield the answer to one intent for each image; a question about the reader itself has one answer."""
    if intent == "about":
        yield ABOUT
        return
    for facts in images:
        if len(images) > 1:
            yield f"**{facts.name}**"
        yield from _ANSWERS[intent](question, facts)


def _phrase_answer(facts: Facts, phrase: str) -> str:
    if facts.reading_error:
        return facts.reading_error
    wanted = phrase.casefold()
    lines = [text.text for text in facts.texts if wanted in text.text.casefold()]
    if lines:
        return f"{facts.name} has {quote(phrase)} in its text: {quote_list(lines)}."
    return f"I did not find {quote(phrase)} in the text of {facts.name.lower()}. {all_text(facts)}"


# --- one function per intent ------------------------------------------------------------------------------------

ABOUT = (
    "I run inside this Python process, without a network. I measure size, colours, separate areas and the difference "
    "between two pictures; I read text and name its role in a plot (title, labels, ticks, legend). "
    "I do not understand what a picture shows."
)


def _answer_describe(question: Question, facts: Facts) -> Iterator[str]:
    found = facts.measurements
    yield f"{size_sentence(facts)} {KIND_SENTENCES[found.kind]}"
    if tone := tone_sentence(facts):
        yield tone
    yield f"**Measured colours**\n\n{_palette_section(facts)}"
    yield _plot_or_text(facts)


def _answer_title(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_reason(facts)
    if plot is None:
        return
    titles = [panel.title for panel in plot.panels if panel.title]
    if plot.title:
        panels = f" The panels are titled {quote_list(titles)}." if titles else ""
        yield f"The title reads {quote(plot.title)}.{panels}"
    elif len(plot.panels) == 1 and titles:
        yield f"The title reads {quote(titles[0])}."
    elif titles:
        yield f"The panels are titled {quote_list(titles)}; I found no title above all of them."
    else:
        yield "I found axes, but no title that I could read above them."


def _answer_legend(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_reason(facts)
    if plot is None:
        return
    sentences = [f"{label}{legend_sentence(panel)}" for label, panel in labelled_panels(plot) if panel.legend]
    yield from sentences or [NO_LEGEND]


def _answer_axes(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_reason(facts)
    if plot is None:
        return
    wants_x = question.mentions("x", "x-axis", "horizontal", "xlabel", "x-label", "x-range")
    wants_y = question.mentions("y", "y-axis", "vertical", "ylabel", "y-label", "y-range")
    both = wants_x == wants_y
    for label, panel in labelled_panels(plot):
        sentences = [axis_sentence("x", panel.x)] if both or wants_x else []
        sentences += [axis_sentence("y", panel.y)] if both or wants_y else []
        sentences += list(other_axes_sentences(panel)) if both else []
        yield label + " ".join(sentences)
    yield from shared_label_sentences(plot)


def _answer_colour(question: Question, facts: Facts) -> Iterator[str]:
    named = [entry for entry in _legend_entries(facts, question) if question.mentions(entry.text)]
    if named:
        for entry in named:
            colour = f"{colour_name(entry.rgb)} ({hex_of(entry.rgb)})"
            yield f"{quote(entry.text)} is drawn in {colour}, according to its sample in the legend."
    elif question.mentions("transparent", "transparency", "alpha"):
        yield transparency_sentence(facts) or "I measured no transparent pixels."
    elif question.mentions("background"):
        first = facts.measurements.palette[0]
        colour = f"{first.name} ({first.hex})"
        yield f"The most common colour, taken as the background, is {colour}: {format_percent(first.share)}."
    else:
        yield f"I measured these main colours:\n\n{_palette_section(facts)}"


def _legend_entries(facts: Facts, question: Question) -> list[LegendEntry]:
    """Return the legend's entries if the question may name one; "Which colours?" does not need the text to be read."""
    if not question.mentions("line", "series", "curve", "bar", "bars", "of", "is", "drawn", "for"):
        return []
    return [entry for panel in facts.plot.panels for entry in panel.legend] if facts.plot else []


def _answer_size(question: Question, facts: Facts) -> Iterator[str]:
    yield size_sentence(facts)


def _answer_type(question: Question, facts: Facts) -> Iterator[str]:
    yield f"{size_sentence(facts)} {KIND_SENTENCES[facts.measurements.kind]}"
    if facts.reading_error:
        yield f"{facts.reading_error} Without its text I cannot tell whether a picture is a plot."
    elif facts.plot is None:
        yield NO_AXES
    else:
        yield f"It is a plot: I found {axes_count(facts.plot)}. I cannot tell which kind of plot."


def _answer_text(question: Question, facts: Facts) -> Iterator[str]:
    yield facts.reading_error or all_text(facts)


def _answer_values(question: Question, facts: Facts) -> Iterator[str]:
    yield facts.reading_error or NO_VALUES


def _answer_count(question: Question, facts: Facts) -> Iterator[str]:
    if question.mentions("colours", "colors", "colour", "color"):
        palette = facts.measurements.palette
        yield f"I measured {count_noun(len(palette), 'main colour')}:\n\n{palette_lines(palette)}"
    elif question.mentions("pixels", "megapixels"):
        yield size_sentence(facts)
    elif question.mentions("words", "texts", "labels", "lines of text", "letters"):
        yield facts.reading_error or f"I read {count_noun(len(facts.texts), 'line')} of text. {all_text(facts)}"
    elif question.mentions("panels", "subplots", "axes", "plots", "charts"):
        yield from _panel_count(facts)
    elif question.mentions("series", "lines", "curves", "groups", "entries", "categories", "bars"):
        yield from _series_count(facts)
    else:
        yield blobs_sentences(facts)


def _panel_count(facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_reason(facts)
    if plot is not None:
        yield f"I found {count_noun(len(plot.panels), 'panel')} with axes."


def _series_count(facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_reason(facts)
    if plot is None:
        return
    entries = [entry.text for panel in plot.panels for entry in panel.legend]
    axes = [axis for panel in plot.panels for axis in (panel.x, panel.y)]
    labels = [tick for axis in axes if axis.kind == "labels" for tick in axis.ticks]
    if entries:
        number = count_noun(len(entries), "entry", "entries")
        yield f"The legend has {number}: {quote_list(entries)}. I do not count what is drawn."
    elif labels:
        number = count_noun(len(labels), "category", "categories")
        yield f"The axis names {number}: {quote_list(labels)}. I do not count what is drawn."
    else:
        yield "I found no legend that names them, and I do not count what is drawn inside a plot."


# --- sections that several intents share ------------------------------------------------------------------------


def _palette_section(facts: Facts) -> str:
    transparency = transparency_sentence(facts)
    return palette_lines(facts.measurements.palette) + (f"\n\n{transparency}" if transparency else "")


def _plot_or_text(facts: Facts) -> str:
    """Return the section about the plot, or about all text if there is no plot."""
    return facts.reading_error or (plot_section(facts.plot) if facts.plot else f"{NO_AXES} {all_text(facts)}")


def _plot_or_reason(facts: Facts) -> Generator[str, None, Plot | None]:
    """Return the plot. If there is none, yield the reason first."""
    if facts.reading_error or facts.plot is None:
        yield _plot_or_text(facts)
        return None
    return facts.plot


_ANSWERS: Final[Mapping[Intent, Callable[[Question, Facts], Iterator[str]]]] = {
    "describe": _answer_describe,
    "title": _answer_title,
    "legend": _answer_legend,
    "axes": _answer_axes,
    "colour": _answer_colour,
    "size": _answer_size,
    "type": _answer_type,
    "text": _answer_text,
    "values": _answer_values,
    "count": _answer_count,
}
