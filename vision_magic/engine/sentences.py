"""Sentences about the facts of one image, in Markdown; each states what was measured or read and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.facts import Facts
from vision_magic.engine.measure import Colour, Kind
from vision_magic.engine.wording import count_noun, format_percent, join_words, quote, quote_list

__all__ = [
    "KIND_SENTENCES",
    "all_text",
    "axes_count",
    "axis_sentence",
    "blobs_sentences",
    "labelled_panels",
    "legend_sentence",
    "other_axes_sentences",
    "palette_lines",
    "pixels",
    "plot_section",
    "shared_label_sentences",
    "size_sentence",
    "tone_sentence",
    "transparency_sentence",
]

KIND_SENTENCES: Final[Mapping[Kind, str]] = {
    "flat": "It is flat: a few colours fill most of it, as in a plot, a drawing or a screenshot.",
    "photograph-like": "It is photograph-like: it has many colours, and none of them dominates.",
    "mixed": "It is mixed: it has some flat areas and many other colours, as in a heat map or a collage.",
}

MAX_LINES = 60
"""Largest number of lines of text that are listed; the others are only counted."""


# --- pixels -----------------------------------------------------------------------------------------------------


def pixels(facts: Facts) -> str:
    """Return the size as ``640 × 480 px``."""
    width, height = facts.size
    return f"{width} × {height} px"


def size_sentence(facts: Facts) -> str:
    """Return a sentence with the size."""
    return f"{facts.name} is {pixels(facts)}."


def palette_lines(palette: Sequence[Colour]) -> str:
    """Return a list of colours with their shares and places."""
    return "\n".join(
        f"- {colour.name} (`{colour.hex}`), {format_percent(colour.share)}, {colour.place}" for colour in palette
    )


def transparency_sentence(facts: Facts) -> str:
    """Return a sentence about transparent pixels; empty if there are none."""
    found = facts.measurements
    if not found.transparent and not found.translucent:
        return ""
    return (
        f"{format_percent(found.transparent)} of the pixels are transparent and {format_percent(found.translucent)} "
        "are partly transparent; I measured the colours on white."
    )


def tone_sentence(facts: Facts, subject: str = "") -> str:
    """Return sentences about a picture of little contrast, and what helps; empty for others."""
    tone = facts.tone
    if tone is None:
        return ""
    like = "nearly one colour" if tone.kind == "even" else tone.kind
    reach = f"lie between {tone.low} and {tone.high}" if tone.low < tone.high else f"are {tone.low}"
    return (
        f"{subject or facts.name} is {like}: nearly all of its values {reach} of 255. "
        "If it was made from numbers, try `--percentile 2,98`."
    )


def blobs_sentences(facts: Facts) -> str:
    """Return sentences with the number of separate areas, and the limits of that count."""
    if facts.hides_areas:
        return f"{tone_sentence(facts)} I do not count areas in it: they would differ too little from the background."
    blobs = facts.blobs
    stand = "stands" if blobs.count == 1 else "stand"
    background = f"{colour_name(blobs.background)} background ({hex_of(blobs.background)})"
    sentences = [f"I counted {count_noun(blobs.count, 'separate area')} that {stand} out from the {background}."]
    if blobs.count:
        covers = "It covers" if blobs.count == 1 else "They cover"
        sentences.append(f"{covers} {format_percent(blobs.share)} of the picture.")
    if blobs.specks:
        sentences.append(f"I left out {count_noun(blobs.specks, 'smaller speck')}.")
    sentences.append("Areas that touch count as one; I cannot tell what they are.")
    if facts.measurements.kind != "flat":
        sentences.append("In a photograph this is not a count of objects.")
    if facts.tone is not None and (facts.tone.low < facts.tone.high or not blobs.count + blobs.specks):
        sentences.append(tone_sentence(facts, "Apart from that, the picture" if blobs.count else ""))
    return " ".join(sentences)


# --- text and plot ----------------------------------------------------------------------------------------------


def all_text(facts: Facts) -> str:
    """Return the text of an image as a list of lines."""
    if not facts.texts:
        return "I found no text in it."
    lines = "\n".join(f"- {quote(text.text)}" for text in facts.texts[:MAX_LINES])
    more = f"\n- and {len(facts.texts) - MAX_LINES} more" if len(facts.texts) > MAX_LINES else ""
    return f"The text, from top to bottom:\n\n{lines}{more}"


def axes_count(plot: Plot) -> str:
    """Return how many pairs of axes a plot has, in words."""
    return "one pair of axes" if len(plot.panels) == 1 else f"{len(plot.panels)} pairs of axes"


def plot_section(plot: Plot) -> str:
    """Return a heading and a list with everything that was read in a plot."""
    lines = [f"Title: {quote(plot.title)}"] if plot.title else []
    for label, panel in labelled_panels(plot):
        lines += [f"{label}{line}" for line in _panel_lines(panel)]
    lines += shared_label_sentences(plot)
    if plot.other:
        lines.append(f"Other text: {quote_list(plot.other)}")
    return f"**Plot, as read from its text** ({axes_count(plot)})\n\n" + "\n".join(f"- {line}" for line in lines)


def labelled_panels(plot: Plot) -> Iterator[tuple[str, Panel]]:
    """Yield a label for each panel, with which its lines begin, and the panel; a single panel has an empty label."""
    for number, panel in enumerate(plot.panels, start=1):
        yield (f"Panel {number}: " if len(plot.panels) > 1 else ""), panel


def _panel_lines(panel: Panel) -> Iterator[str]:
    if panel.title:
        yield f"Title: {quote(panel.title)}"
    yield axis_sentence("x", panel.x)
    yield axis_sentence("y", panel.y)
    yield from other_axes_sentences(panel)
    if panel.legend:
        yield legend_sentence(panel)
    if panel.notes:
        yield f"Text inside the axes: {quote_list(panel.notes)}"


def other_axes_sentences(panel: Panel) -> Iterator[str]:
    """Yield a sentence about each axis on the right and above, and about the colour bar."""
    for name, axis in (("right", panel.right), ("top", panel.top), ("colour", panel.colour_bar)):
        if axis is not None:
            yield axis_sentence(name, axis)


def axis_sentence(name: str, axis: Axis) -> str:
    """Return a sentence about the axis `name`: ``"x"``, ``"y"``, ``"right"``, ``"top"`` or ``"colour"``."""
    subject = "The colour bar" if name == "colour" else f"The {name} axis"
    label = f"is labelled {quote(axis.label)}" if axis.label else "has no label that I could read"
    return f"{subject} {label}; {_ticks_clause(axis)}."


def _ticks_clause(axis: Axis) -> str:
    if not axis.ticks:
        return "I read no tick labels"
    scale = ", on a logarithmic scale" if axis.kind == "log" else ""
    offset = f", times {quote(axis.offset)}" if axis.offset and axis.kind != "labels" else ""
    if not axis.complete:
        return f"among its ticks are {quote_list(axis.ticks)}{offset}{scale}, and others that I could not read"
    if axis.kind == "labels":
        return f"its ticks are {quote_list(axis.ticks)}"
    labels = count_noun(len(axis.ticks), "label")
    return f"its ticks run from {axis.ticks[0]} to {axis.ticks[-1]}{offset} ({labels}{scale})"


def legend_sentence(panel: Panel) -> str:
    """Return a sentence with the entries of a legend and their colours."""
    title = f" {quote(panel.legend_title)}" if panel.legend_title else ""
    entries = join_words(f"{quote(entry.text)} ({colour_name(entry.rgb)})" for entry in panel.legend)
    least = "" if panel.legend_complete else "at least "
    return f"The legend{title} names {least}{entries}."


def shared_label_sentences(plot: Plot) -> Iterator[str]:
    """Yield a sentence for each axis label that several panels share."""
    if plot.x_label:
        yield f"The panels share the x label {quote(plot.x_label)}."
    if plot.y_label:
        yield f"The panels share the y label {quote(plot.y_label)}."
