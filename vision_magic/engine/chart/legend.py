"""Legends: groups of texts with a colour sample on their left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image as PILImage

from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.pixels import RGB, colour_counts
from vision_magic.engine.reading import Text

__all__ = ["Entry", "Legend", "find_legends"]

STANDS_OUT = 52
"""A pixel belongs to a sample when a channel differs from the legend's background by more than this (of 255).

matplotlib's legends let a fifth of the colour of a line behind them through, which is 51 at most.
"""

EM = 0.72
"""Font size as a share of the height of the box that OCR gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its text, and the colour of the sample on its left."""

    text: Text
    rgb: RGB
    sample: tuple[float, float]
    """Start and end of the sample from left to right (pixels)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """A group of entries in reading order, and the title above them."""

    entries: tuple[Entry, ...]
    title: Text | None = None


def find_legends(image: PILImage.Image, texts: Sequence[Text], line_height: float) -> tuple[Legend, ...]:
    """Find legends among texts that have no other role.

    An entry has a sample of a line, a marker or a patch on its left, with clear background on both sides of the sample.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    texts : sequence of Text
        The lines of text without a role.
    line_height : float
        The usual height of a line of text in this image (pixels). The height of a single word varies with its letters.

    Returns
    -------
    tuple of Legend
    """
    entries = [
        entry for text in texts if not text.rotated and (entry := _as_entry(image, text, line_height)) is not None
    ]
    legends = (_with_title(group, texts) for group in _groups(entries))
    return tuple(legend for legend in legends if _is_plausible(legend))


def _as_entry(image: PILImage.Image, text: Text, line_height: float) -> Entry | None:
    em = EM * (line_height if abs(text.height - line_height) < 0.4 * line_height else text.height)
    start = max(0, round(text.box[0] - 3.5 * em))
    end = round(text.box[0] + 0.1 * em)  # the box has a margin of about 0.4 em
    middle = text.centre[1]
    if em < 4 or end - start < em:
        return None
    strip = image.crop((start, round(middle - 0.55 * em), end, round(middle + 0.55 * em)))
    background = _gap_colour(strip)
    span = _sample_span(_occupied_columns(strip, background), em)
    if span is None:
        return None
    rgb = _sample_colour(strip.crop((span[0], 0, span[1], strip.height)), background)
    return Entry(text=text, rgb=rgb, sample=(start + span[0], start + span[1])) if rgb is not None else None


def _gap_colour(strip: PILImage.Image) -> RGB:
    """Return the colour of the gap between sample and text."""
    gap = strip.crop((max(0, strip.width - 3), 0, strip.width, strip.height))
    return max(colour_counts(gap))[1]


def _occupied_columns(strip: PILImage.Image, background: RGB) -> list[bool]:
    """Return for each column whether one of its pixels differs from the background."""
    pixels: Any = strip.load()
    return [
        any(_channel_distance(pixels[x, y], background) > STANDS_OUT for y in range(strip.height))
        for x in range(strip.width)
    ]


def _channel_distance(a: RGB, b: RGB) -> int:
    return max(abs(left - right) for left, right in zip(a, b, strict=True))


def _sample_span(occupied: list[bool], em: float) -> tuple[int, int] | None:
    """Return start and end of the sample, or None if there is none with clear background on both sides."""
    edge = len(occupied)
    while edge > len(occupied) - 0.4 * em and edge > 0 and occupied[edge - 1]:
        edge -= 1  # the first letter, if the box is tight
    end = edge
    while end > 0 and not occupied[end - 1]:
        end -= 1
    if end == 0 or edge - end < 0.12 * em:
        return None
    start = _sample_start(_runs(occupied[:end]), em)
    clear = start > 0.12 * em and not any(occupied[max(0, start - 2) : start])
    return (start, end) if clear and 0.25 * em <= end - start <= 2.6 * em else None


def _runs(occupied: list[bool]) -> list[tuple[int, int]]:
    """Return start and end of each run of occupied columns, from right to left."""
    runs: list[tuple[int, int]] = []
    for column in range(len(occupied) - 1, -1, -1):
        if not occupied[column]:
            continue
        if runs and runs[-1][0] == column + 1:
            runs[-1] = (column, runs[-1][1])
        else:
            runs.append((column, column + 1))
    return runs


def _sample_start(runs: list[tuple[int, int]], em: float) -> int:
    """Return where the sample starts: its dashes are near each other, and the border of the legend is thin."""
    members = [runs[0]]
    for run in runs[1:]:
        if members[-1][0] - run[1] > 0.34 * em:
            break
        members.append(run)
    thin = members[-1][1] - members[-1][0] <= max(2.0, 0.12 * em)
    return members[-2][0] if thin and len(members) > 1 else members[-1][0]


def _sample_colour(sample: PILImage.Image, background: RGB) -> RGB | None:
    """Return the most common colour of a sample, preferring vivid ones; None if all of it is background."""
    counts: Counter[RGB] = Counter()
    for count, rgb in colour_counts(sample):
        if _channel_distance(rgb, background) > STANDS_OUT:
            counts[rgb] += count
    if not counts:
        return None
    # A patch has a border, a line has a marker: the vivid part gives the colour, unless there is very little of it.
    weights = {rgb: count * (1.5 if max(rgb) - min(rgb) > 40 else 1.0) for rgb, count in counts.items()}
    return max(weights, key=lambda rgb: (weights[rgb], rgb))


def _groups(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Yield groups of entries that are adjacent, vertically or horizontally."""
    remaining = sorted(entries, key=lambda entry: (entry.text.box[1], entry.text.box[0]))
    while remaining:
        group, remaining = [remaining[0]], remaining[1:]
        grown = True
        while grown:
            near = [entry for entry in remaining if any(_are_neighbours(entry, member) for member in group)]
            grown = bool(near)
            group += near
            remaining = [entry for entry in remaining if entry not in near]
        yield sorted(group, key=lambda entry: (entry.sample[0] // 8, entry.text.box[1]))


def _are_neighbours(a: Entry, b: Entry) -> bool:
    height = max(a.text.height, b.text.height)
    down = abs(a.text.centre[1] - b.text.centre[1])
    below = abs(a.text.box[0] - b.text.box[0]) <= 0.4 * height and down <= 3 * height
    gap = max(a.sample[0], b.sample[0]) - min(a.text.box[2], b.text.box[2])
    return below or (down <= 0.4 * height and gap <= 5 * height)


def _with_title(group: list[Entry], texts: Sequence[Text]) -> Legend:
    """Return the legend; the text above its first entries is its title if it is as close as another line would be."""
    members = [entry.text for entry in group]
    top = min(text.box[1] for text in members)
    left, right = min(entry.sample[0] for entry in group), max(text.box[2] for text in members)
    height = max(text.height for text in members)
    for text in texts:
        inside = left - height <= text.box[0] and text.box[2] <= right + 2 * height
        if text not in members and not text.rotated and inside and -0.4 * height <= top - text.box[3] <= 0.6 * height:
            return Legend(entries=tuple(group), title=text)
    return Legend(entries=tuple(group))


def _is_plausible(legend: Legend) -> bool:
    """Return whether there are two entries or more, or a single one with a title or a sample of the usual length."""
    if len(legend.entries) > 1:
        return True
    entry = legend.entries[0]
    if number_of(entry.text.text) is not None:  # a tick label with a coloured object on its left
        return False
    length = (entry.sample[1] - entry.sample[0]) / (EM * entry.text.height)
    return length >= 1.3 or legend.title is not None
