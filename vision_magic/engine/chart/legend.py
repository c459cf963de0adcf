"""Which texts are legend entries, and what colour does each stand for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image as PILImage

from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.measure import RGB
from vision_magic.engine.reading import Text

__all__ = ["Entry", "Legend", "find_legends"]

STANDS_OUT = 52
"""A pixel of a sample differs from the ground of the legend by more than this in a channel (of 255).

A line behind a legend shines through it with a fifth of its colour, as matplotlib draws it: with 51 at most.
"""

EM = 0.72
"""Font size as a part of the height of the box that the reader gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its text, and the colour of the sample that stands left of it."""

    text: Text
    rgb: RGB
    sample: tuple[float, float]
    """Where the sample starts and ends (pixels across)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """Entries that stand together, in reading order, and what is written above them."""

    entries: tuple[Entry, ...]
    title: Text | None = None


def find_legends(picture: PILImage.Image, texts: Sequence[Text], line: float) -> tuple[Legend, ...]:
    """Find legends among texts that are nothing else.

    An entry has a sample of a line, a marker or a patch at its left, with clear ground on both sides of the sample.

    Parameters
    ----------
    picture : PIL.Image.Image
        RGB.
    texts : sequence of Text
        Candidates.
    line : float
        The usual height of a line of text in this picture (pixels): that of one word varies with its letters.

    Returns
    -------
    tuple of Legend
    """
    entries = [entry for text in texts if not text.rotated and (entry := _entry(picture, text, line)) is not None]
    legends = (_titled(group, texts) for group in _groups(entries))
    return tuple(legend for legend in legends if _plausible(legend))


def _entry(picture: PILImage.Image, text: Text, line: float) -> Entry | None:
    em = EM * (line if abs(text.height - line) < 0.4 * line else text.height)
    start, end = (
        max(0, round(text.box[0] - 3.5 * em)),
        round(text.box[0] + 0.1 * em),
    )  # the box has a margin of about 0.4 em
    middle = text.centre[1]
    if em < 4 or end - start < em:
        return None
    strip = picture.crop((start, round(middle - 0.55 * em), end, round(middle + 0.55 * em)))
    ground = _ground(strip)
    run = _sample_run(_occupied(strip, ground), em)
    if run is None:
        return None
    rgb = _commonest(strip.crop((run[0], 0, run[1], strip.height)), ground)
    return Entry(text=text, rgb=rgb, sample=(start + run[0], start + run[1])) if rgb is not None else None


def _ground(strip: PILImage.Image) -> RGB:
    """Return the colour of the gap between sample and text."""
    gap = strip.crop((max(0, strip.width - 3), 0, strip.width, strip.height))
    red, green, blue = max(_counts(gap))[1]
    return red, green, blue


def _counts(picture: PILImage.Image) -> list[tuple[int, RGB]]:
    counts: Any = picture.getcolors(max(1, picture.width * picture.height)) or [(1, (255, 255, 255))]
    return list(counts)


def _occupied(strip: PILImage.Image, ground: RGB) -> list[bool]:
    """Return for each column whether something stands in it; what fills its height is the border of the legend."""
    pixels: Any = strip.load()
    return [any(_apart(pixels[x, y], ground) > STANDS_OUT for y in range(strip.height)) for x in range(strip.width)]


def _apart(a: RGB, b: RGB) -> int:
    return max(abs(left - right) for left, right in zip(a, b, strict=True))


def _sample_run(occupied: list[bool], em: float) -> tuple[int, int] | None:
    """Return start and end of the sample; None where there is none, or no clear ground on both sides of it."""
    edge = len(occupied)
    while edge > len(occupied) - 0.4 * em and edge > 0 and occupied[edge - 1]:
        edge -= 1  # the first letter, where the box is tight
    end = edge
    while end > 0 and not occupied[end - 1]:
        end -= 1
    if end == 0 or edge - end < 0.12 * em:
        return None
    start = _start_of(_runs(occupied[:end]), em)
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


def _start_of(runs: list[tuple[int, int]], em: float) -> int:
    """Return where the sample starts: dashes of one sample are near, and the border of the legend is thin."""
    members = [runs[0]]
    for run in runs[1:]:
        if members[-1][0] - run[1] > 0.34 * em:
            break
        members.append(run)
    thin = members[-1][1] - members[-1][0] <= max(2.0, 0.12 * em)
    return members[-2][0] if thin and len(members) > 1 else members[-1][0]


def _commonest(sample: PILImage.Image, ground: RGB) -> RGB | None:
    counts: Counter[RGB] = Counter()
    for count, rgb in _counts(sample):
        if _apart(rgb, ground) > STANDS_OUT:
            counts[rgb] += count
    if not counts:
        return None
    # A patch with a border, a marker on a line: the coloured part names it, unless there is hardly any.
    vivid = {rgb: count * (1.5 if max(rgb) - min(rgb) > 40 else 1.0) for rgb, count in counts.items()}
    return max(vivid, key=lambda rgb: (vivid[rgb], rgb))


def _groups(entries: list[Entry]) -> Iterator[list[Entry]]:
    """Yield entries that stand below or beside each other."""
    left = sorted(entries, key=lambda entry: (entry.text.box[1], entry.text.box[0]))
    while left:
        group, left = [left[0]], left[1:]
        grown = True
        while grown:
            near = [entry for entry in left if any(_neighbours(entry, member) for member in group)]
            grown = bool(near)
            group += near
            left = [entry for entry in left if entry not in near]
        yield sorted(group, key=lambda entry: (entry.sample[0] // 8, entry.text.box[1]))


def _neighbours(a: Entry, b: Entry) -> bool:
    height = max(a.text.height, b.text.height)
    down = abs(a.text.centre[1] - b.text.centre[1])
    below = abs(a.text.box[0] - b.text.box[0]) <= 0.4 * height and down <= 3 * height
    gap = max(a.sample[0], b.sample[0]) - min(a.text.box[2], b.text.box[2])
    return below or (down <= 0.4 * height and gap <= 5 * height)


def _titled(group: list[Entry], texts: Sequence[Text]) -> Legend:
    """Return the legend with the text above its first entries, if it is as near as a line of it."""
    members = [entry.text for entry in group]
    top = min(text.box[1] for text in members)
    left, right = min(entry.sample[0] for entry in group), max(text.box[2] for text in members)
    height = max(text.height for text in members)
    for text in texts:
        inside = left - height <= text.box[0] and text.box[2] <= right + 2 * height
        if text not in members and not text.rotated and inside and -0.4 * height <= top - text.box[3] <= 0.6 * height:
            return Legend(entries=tuple(group), title=text)
    return Legend(entries=tuple(group))


def _plausible(legend: Legend) -> bool:
    """Return whether a lone entry has a sample as long as a legend draws it; two or more vouch for each other."""
    if len(legend.entries) > 1:
        return True
    entry = legend.entries[0]
    if number_of(entry.text.text) is not None:  # a tick label beside something
        return False
    length = (entry.sample[1] - entry.sample[0]) / (EM * entry.text.height)
    return length >= 1.3 or legend.title is not None
