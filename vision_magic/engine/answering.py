"""Which sentences answer a question? Templates over measured facts, one section at a time.

Nothing here knows more than `Facts` measured. A section is a block of Markdown that ends in a blank line; the next one
is not begun before the last was taken, so the first stands in the notebook while the text is still being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vision_magic.engine.chart.roles import Axis, Panel, Plot
from vision_magic.engine.facts import Facts, facts_of, texts_only_in
from vision_magic.engine.intent import Intent, Question, understand
from vision_magic.engine.measure import DIFFERS, Colour, Difference, colour_name, compare, hex_of
from vision_magic.engine.messages import NO_PICTURE, Result
from vision_magic.engine.wording import counted, listed, percent, quoted, quoted_list

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["HEADER", "answer"]

HEADER = (
    "*The embedded reader: it measures the picture and reads its text; it is not a language model. "
    "`%vision use NAME` chooses one.*"
)
BEYOND = "I cannot answer that: it needs a vision model. What follows is only what I measured and read."
UNKNOWN = "I found no word in the question that names something I measure, so this is everything I measured and read."
_LONGEST_RESULT = 2000  # characters of a call and what it gave

NO_AXES = "I found no axes, so I do not read this as a plot."
NO_VALUES = (
    "Reading values off curves, bars or points is not something I do yet, so I cannot answer from the data: "
    "that needs a vision model. What I can tell is what is printed around them."
)


def answer(question: str, pictures: Sequence[PILImage.Image], results: Sequence[Result] = ()) -> Iterator[str]:
    """Yield the answer to a question about pictures, section by section.

    Parameters
    ----------
    question : str
        The words of the user's turn.
    pictures : sequence of PIL.Image.Image
        In the order in which they were sent.
    results : sequence of Result
        What functions gave that were called for this question: they are the answer, unless one gave a picture.

    Yields
    ------
    str
        Markdown; the sections joined are the whole answer.
    """
    yield HEADER
    for result in results:
        yield "\n\n" + _given(result)
    if results and question:
        return
    if not pictures:
        yield "\n\n" + NO_PICTURE
        return
    for section in _sections(understand(question), facts_of(pictures)):
        yield "\n\n" + section


def _given(result: Result) -> str:
    """Quote a call and what it gave, without any power over the Markdown around it."""
    text = f"{result.name} {result.arguments}\n\n{result.text}"
    text = text if len(text) <= _LONGEST_RESULT else text[:_LONGEST_RESULT] + " …"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"I called a function with what I measured, and quote what it gave:\n\n{fence}text\n{text}\n{fence}"


def _sections(question: Question, pictures: list[Facts]) -> Iterator[str]:
    """Yield the sections: what cannot be answered first, then what was asked for, in the order of the question."""
    intents = question.intents
    if question.beyond:
        yield BEYOND
    elif not intents and not question.phrase and question.text:
        yield UNKNOWN
    if question.phrase and not set(intents) - {"text", "describe", "title"}:
        yield from (_finds(facts, question.phrase) for facts in pictures)
        return
    if "compare" in intents and len(pictures) > 1:
        yield from _comparison(pictures)
    for intent in intents or ("describe",):
        if intent == "compare":
            if len(pictures) == 1:
                yield "Comparing needs two pictures; one arrived."
                intent = "describe"
            else:
                continue
        yield from _about_each(intent, question, pictures)
    if len(pictures) == 2 and set(intents) <= {"describe"}:
        yield from _comparison(pictures)


def _about_each(intent: Intent, question: Question, pictures: list[Facts]) -> Iterator[str]:
    for facts in pictures if intent != "about" else pictures[:1]:
        if len(pictures) > 1 and intent != "about":
            yield f"**{facts.name}**"
        yield from _ANSWERS[intent](question, facts)


# --- one function per intent ------------------------------------------------------------------------------------


def _about(question: Question, facts: Facts) -> Iterator[str]:
    yield (
        "I run inside this Python process, without network. I measure size, colours, separate blobs and the difference "
        "of two pictures; I read text and say which part it plays in a plot (title, labels, ticks, legend). "
        "I do not understand what a picture shows."
    )


def _describe(question: Question, facts: Facts) -> Iterator[str]:
    yield f"{_size(facts)} {_KINDS[facts.look.kind]}"
    yield f"**Colours, measured**\n\n{_palette(facts.look.palette)}" + _transparency(facts)
    if facts.unread:
        yield facts.unread
    elif facts.plot is not None:
        yield from _plot_sections(facts.plot)
    else:
        yield f"{NO_AXES} {_all_text(facts)}"


def _title(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_excuse(facts)
    if plot is None:
        return
    titles = [panel.title for panel in plot.panels if panel.title]
    if plot.title:
        below = f" The panels are titled {quoted_list(titles)}." if titles else ""
        yield f"The title reads {quoted(plot.title)}.{below}"
    elif len(plot.panels) == 1 and titles:
        yield f"The title reads {quoted(titles[0])}."
    elif titles:
        yield f"The panels are titled {quoted_list(titles)}; I found no title over all of them."
    else:
        yield "I found axes, but no title over them."


def _legend(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_excuse(facts)
    if plot is None:
        return
    found = False
    for place, panel in _placed(plot):
        if panel.legend:
            found = True
            yield f"{place}{_legend_sentence(panel)}"
    if not found:
        yield "I found axes, but no legend: no text with a sample of colour at its left."


def _axes(question: Question, facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_excuse(facts)
    if plot is None:
        return
    wants_x = question.mentions("x", "x-axis", "horizontal", "xlabel", "x-label", "x-range")
    wants_y = question.mentions("y", "y-axis", "vertical", "ylabel", "y-label", "y-range")
    both = wants_x == wants_y
    for place, panel in _placed(plot):
        lines = [_axis_sentence("x", panel.x)] if both or wants_x else []
        lines += [_axis_sentence("y", panel.y)] if both or wants_y else []
        if panel.colour_bar is not None and both:
            lines.append(_axis_sentence("colour", panel.colour_bar))
        yield place + " ".join(lines)
    yield from _shared_labels(plot)


def _colour(question: Question, facts: Facts) -> Iterator[str]:
    named = [entry for entry in _legend_entries(facts, question) if question.mentions(entry.text)]
    if named:
        for entry in named:
            name = colour_name(entry.rgb)
            yield f"{quoted(entry.text)} is drawn in {name} ({hex_of(entry.rgb)}), by its sample in the legend."
        return
    if question.mentions("transparent", "transparency", "alpha"):
        yield _transparency(facts).strip() or "No pixel is transparent, measured."
        return
    if question.mentions("background"):
        first = facts.look.palette[0]
        yield f"The commonest colour, taken as the background, is {first.name} ({first.hex}), {percent(first.share)}."
        return
    yield f"The main colours, measured:\n\n{_palette(facts.look.palette)}" + _transparency(facts)


def _legend_entries(facts: Facts, question: Question) -> list[Any]:
    """Return the legend's entries, where the question names something: a plain "which colours" needs no reading."""
    if not question.mentions("line", "series", "curve", "bar", "bars", "of", "is", "drawn", "for"):
        return []
    return [entry for panel in facts.plot.panels for entry in panel.legend] if facts.plot else []


def _size_answer(question: Question, facts: Facts) -> Iterator[str]:
    yield _size(facts)


def _type(question: Question, facts: Facts) -> Iterator[str]:
    yield f"{_size(facts)} {_KINDS[facts.look.kind]}"
    if facts.unread:
        yield f"{facts.unread} Without its text I cannot tell a plot from other pictures."
    elif facts.plot is None:
        yield NO_AXES
    else:
        yield f"It is a plot: I found {_axes_found(facts.plot)}. Which kind of plot, I cannot tell."


def _text(question: Question, facts: Facts) -> Iterator[str]:
    yield facts.unread or _all_text(facts)


def _values(question: Question, facts: Facts) -> Iterator[str]:
    yield NO_VALUES
    if facts.unread:
        yield facts.unread
    elif facts.plot is None:
        yield f"{NO_AXES} {_all_text(facts)}"
    else:
        yield from _plot_sections(facts.plot)


def _count(question: Question, facts: Facts) -> Iterator[str]:
    if question.mentions("colours", "colors", "colour", "color"):
        yield f"I measured {counted(len(facts.look.palette), 'main colour')}:\n\n{_palette(facts.look.palette)}"
    elif question.mentions("pixels", "megapixels"):
        yield _size(facts)
    elif question.mentions("words", "texts", "labels", "lines of text", "letters"):
        yield facts.unread or f"I read {counted(len(facts.texts), 'line')} of text. {_all_text(facts)}"
    elif question.mentions("panels", "subplots", "axes", "plots", "charts"):
        yield from _count_panels(facts)
    elif question.mentions("series", "lines", "curves", "groups", "entries", "categories", "bars"):
        yield from _count_series(facts)
    else:
        yield _count_blobs(facts)


def _count_panels(facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_excuse(facts)
    if plot is not None:
        yield f"I found {counted(len(plot.panels), 'panel')} with axes."


def _count_series(facts: Facts) -> Iterator[str]:
    plot = yield from _plot_or_excuse(facts)
    if plot is None:
        return
    entries = [entry.text for panel in plot.panels for entry in panel.legend]
    labels = [
        tick for panel in plot.panels for axis in (panel.x, panel.y) if axis.kind == "labels" for tick in axis.ticks
    ]
    if entries:
        yield f"The legend names {len(entries)}: {quoted_list(entries)}. I do not count what is drawn."
    elif labels:
        names = counted(len(labels), "category", "categories")
        yield f"The axis names {names}: {quoted_list(labels)}. I do not count what is drawn."
    else:
        yield "I found no legend that names them, and I do not count what is drawn inside a plot."


def _count_blobs(facts: Facts) -> str:
    blobs = facts.blobs
    specks = f" {counted(blobs.specks, 'smaller speck')} left out." if blobs.specks else ""
    ground = f"{colour_name(blobs.background)} background ({hex_of(blobs.background)})"
    caveat = " In a photograph this is no count of things." if facts.look.kind != "flat" else ""
    return (
        f"I counted {counted(blobs.count, 'separate area')} that stand out from the {ground}, "
        f"{percent(blobs.share)} of the picture.{specks} Areas that touch count as one; what they are, I cannot tell."
        f"{caveat}"
    )


_ANSWERS: dict[Intent, Callable[[Question, Facts], Iterator[str]]] = {
    "about": _about,
    "describe": _describe,
    "compare": _describe,
    "title": _title,
    "legend": _legend,
    "axes": _axes,
    "colour": _colour,
    "size": _size_answer,
    "type": _type,
    "text": _text,
    "values": _values,
    "count": _count,
}

# --- sentences --------------------------------------------------------------------------------------------------

_KINDS = {
    "flat": "It is flat: a few colours fill most of it, as in a plot, a drawing or a screenshot.",
    "photograph-like": "It is photograph-like: many colours, none of them dominant.",
    "mixed": "It is mixed: some flat areas and many other colours, as in a heat map or a collage.",
}


def _size(facts: Facts) -> str:
    width, height = facts.size
    return f"{facts.name} is {width} × {height} px."


def _palette(palette: Sequence[Colour]) -> str:
    return "\n".join(f"- {colour.name} (`{colour.hex}`), {percent(colour.share)}, {colour.place}" for colour in palette)


def _transparency(facts: Facts) -> str:
    seen = facts.look
    if not seen.transparent and not seen.translucent:
        return ""
    return (
        f"\n\n{percent(seen.transparent)} of the pixels are transparent and {percent(seen.translucent)} partly so; "
        "I looked at them on white."
    )


def _plot_or_excuse(facts: Facts) -> Generator[str, None, Plot | None]:
    """Return the plot; where there is none, yield why first."""
    if facts.unread:
        yield facts.unread
        return None
    if facts.plot is None:
        yield f"{NO_AXES} {_all_text(facts)}"
    return facts.plot


def _all_text(facts: Facts) -> str:
    if not facts.texts:
        return "I found no text in it."
    lines = "\n".join(f"- {quoted(text.text)}" for text in facts.texts[:60])
    more = f"\n- and {len(facts.texts) - 60} more" if len(facts.texts) > 60 else ""
    return f"The text, as read from top to bottom:\n\n{lines}{more}"


def _plot_sections(plot: Plot) -> Iterator[str]:
    yield f"**Plot, read from its text** ({_axes_found(plot)})\n\n{_plot_lines(plot)}"


def _axes_found(plot: Plot) -> str:
    if len(plot.panels) == 1:
        return "one pair of axes"
    return f"{len(plot.panels)} pairs of axes"


def _plot_lines(plot: Plot) -> str:
    lines = [f"- Title: {quoted(plot.title)}"] if plot.title else []
    for place, panel in _placed(plot):
        lines += [f"- {place}{line}" for line in _panel_lines(panel)]
    lines += [f"- {line}" for line in _shared_labels(plot)]
    if plot.other:
        lines.append(f"- Other text: {quoted_list(plot.other)}")
    return "\n".join(lines)


def _placed(plot: Plot) -> Iterator[tuple[str, Panel]]:
    """Yield each panel with what its lines begin with: nothing where there is only one."""
    for number, panel in enumerate(plot.panels, start=1):
        yield (f"Panel {number}: " if len(plot.panels) > 1 else ""), panel


def _panel_lines(panel: Panel) -> Iterator[str]:
    if panel.title:
        yield f"Title: {quoted(panel.title)}"
    yield _axis_sentence("x", panel.x)
    yield _axis_sentence("y", panel.y)
    if panel.colour_bar is not None:
        yield _axis_sentence("colour", panel.colour_bar)
    if panel.legend:
        yield _legend_sentence(panel)
    if panel.notes:
        yield f"Text inside the axes: {quoted_list(panel.notes)}"


def _axis_sentence(name: str, axis: Axis) -> str:
    subject = "The colour bar" if name == "colour" else f"The {name} axis"
    label = f"is labelled {quoted(axis.label)}" if axis.label else "has no label that I could read"
    return f"{subject} {label}; {_ticks_sentence(axis)}."


def _ticks_sentence(axis: Axis) -> str:
    if not axis.ticks:
        return "I read no tick labels"
    if axis.kind == "labels":
        return f"its ticks are {quoted_list(axis.ticks)}"
    scale = ", on a logarithmic scale" if axis.kind == "log" else ""
    offset = f", times {quoted(axis.offset)}" if axis.offset else ""
    return (
        f"its ticks run from {axis.ticks[0]} to {axis.ticks[-1]}{offset} ({counted(len(axis.ticks), 'label')}{scale})"
    )


def _legend_sentence(panel: Panel) -> str:
    title = f" {quoted(panel.legend_title)}" if panel.legend_title else ""
    entries = listed(f"{quoted(entry.text)} ({colour_name(entry.rgb)})" for entry in panel.legend)
    return f"The legend{title} names {entries}."


def _shared_labels(plot: Plot) -> Iterator[str]:
    if plot.x_label:
        yield f"The panels share the x label {quoted(plot.x_label)}."
    if plot.y_label:
        yield f"The panels share the y label {quoted(plot.y_label)}."


def _finds(facts: Facts, phrase: str) -> str:
    if facts.unread:
        return facts.unread
    wanted = phrase.casefold()
    lines = [text.text for text in facts.texts if wanted in text.text.casefold()]
    if lines:
        return f"{facts.name} has {quoted(phrase)} in its text: {quoted_list(lines)}."
    return f"I did not read {quoted(phrase)} in the text of {facts.name.lower()}. {_all_text(facts)}"


# --- two pictures -----------------------------------------------------------------------------------------------


def _comparison(pictures: list[Facts]) -> Iterator[str]:
    """Yield the first picture against each of the others."""
    first = pictures[0]
    for other in pictures[1:]:
        difference = compare(first.picture, other.picture)
        yield f"**{first.name} and {other.name.lower()}, compared**\n\n{_difference(first, other, difference)}"
        if difference.identical:
            continue
        colours = _colour_difference(first, other, difference)
        if colours:
            yield colours
        yield _text_difference(first, other)


def _difference(first: Facts, other: Facts, found: Difference) -> str:
    if found.identical:
        return f"Both are {_pixels(first)} and every pixel is the same."
    if found.same_size:
        size = f"Both are {_pixels(first)}."
    else:
        size = (
            f"{first.name} is {_pixels(first)}, {other.name.lower()} {_pixels(other)}; "
            "I scaled the second to the size of the first."
        )
    share = f"{percent(found.share)} of the pixels differ, by more than {DIFFERS} of 255 in a channel."
    return f"{size} {share}{_regions(found)}"


def _pixels(facts: Facts) -> str:
    return "{} × {} px".format(*facts.size)


def _regions(found: Difference) -> str:
    if not found.regions:
        return ""
    lines = [
        f"- {region.place}: x {region.box[0]} to {region.box[2]}, y {region.box[1]} to {region.box[3]} px"
        for region in found.regions
    ]
    more = [f"- and {counted(found.more_regions, 'smaller region')}"] if found.more_regions else []
    return " They differ here, measured from the upper left corner:\n\n" + "\n".join(lines + more)


def _colour_difference(first: Facts, other: Facts, found: Difference) -> str:
    sentences = [
        f"Only {facts.name.lower()} has {listed(f'{colour.name} (`{colour.hex}`)' for colour in colours)}."
        for facts, colours in ((first, found.only_first), (other, found.only_second))
        if colours
    ]
    return " ".join(sentences)


def _text_difference(first: Facts, other: Facts) -> str:
    if first.unread or other.unread:
        return first.unread or other.unread
    gone, added = texts_only_in(first, other), texts_only_in(other, first)
    if not gone and not added:
        return "I read the same text in both." if first.texts else "I read no text in either."
    sentences = [
        f"Text only in {facts.name.lower()}: {quoted_list(texts)}."
        for facts, texts in ((first, gone), (other, added))
        if texts
    ]
    return " ".join(sentences)
