"""Legends: groups of texts with a colour sample beside each of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

from PIL import Image as PILImage

from vision_magic.engine.chart.axes import TextPool
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.legend_checks import (
    has_unread_sample,
    is_doubtful,
    is_marker,
    start_of_letters,
    without_faint_marker,
)
from vision_magic.engine.chart.samples import (
    EM,
    Sample,
    colour_within,
    drawn_colour,
    find_patch,
    find_sample,
    find_stroke,
)
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import chroma, commonest
from vision_magic.engine.pixels import RGB, Box
from vision_magic.engine.texts import Text

__all__ = ["Entry", "Legend", "find_legends", "take_legends"]

_USUAL_LENGTH: Final = 1.3
"""Length of the sample of a line or a patch, at least (em); a letter or a marker is shorter."""

_LONG: Final = 1.7
"""Length of the sample of a line without a hue above the axes, where tick marks stand as well, at least (em)."""

_HUE: Final = 25.0
"""Tick marks have less chroma than this."""

_DISTINCT: Final = 60.0
"""The colours of entries that are numbers are further apart."""

_LENGTH_IN_LEGENDS: Final = (1.8, 2.3)
"""Length of the sample of a line as matplotlib prints it, with the error of a text's height (em)."""

_LARGEST_GAP: Final = 1.1
"""Distance between such a sample and its text, at most (em)."""

_WHOLE_SAMPLE: Final = 2.0
"""Length of the sample of a line with its dashes (em)."""

_GAP_OF_NARROW: Final = 0.8
"""A single narrow sample, such as an error bar, stands in the middle of the room for one: so far from its text (em)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its text, and the sample beside it."""

    text: Text
    rgb: RGB
    sample: tuple[int, int]
    """Start and end of the sample from left to right (pixels)."""
    mirrored: bool = False
    """Whether the sample is on the right of the text."""
    clear: bool = True
    """Whether there is clear background on both sides of the sample."""
    level: bool = True
    """Whether the sample is at the same height at both of its ends; a piece of a curve rises or falls."""

    @property
    def edge(self) -> int:
        """Where the text begins on the side of the sample; the entries of a column have it in common."""
        return self.text.box[2] if self.mirrored else self.text.box[0]

    @property
    def start(self) -> int:
        """Where the sample begins; what ends near its text may be the last dash of a longer one."""
        whole = self.sample[1] - round(_WHOLE_SAMPLE * EM * self.text.height)
        return self.sample[0] if self.mirrored or self.gap > _LARGEST_GAP else min(self.sample[0], whole)

    @property
    def reach(self) -> float:
        """Distance between the text and the middle of the sample (pixels)."""
        return abs(self.edge - (self.sample[0] + self.sample[1]) / 2)

    @property
    def gap(self) -> float:
        """Distance between sample and text (em), without the margin of the text's box."""
        near = self.sample[0] - self.text.box[2] if self.mirrored else self.text.box[0] - self.sample[1]
        return near / (EM * self.text.height)

    @property
    def length(self) -> float:
        """Length of the sample (em)."""
        return (self.sample[1] - self.sample[0]) / (EM * self.text.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """A group of entries in reading order, and the title above them."""

    entries: tuple[Entry, ...]
    title: Text | None = None
    complete: bool = True
    """Whether every entry was read, as far as the pixels tell."""
    kept_back: tuple[Entry, ...] = ()
    """Entries that may be misread: they are not stated, but take up room in the legend."""

    @property
    def drawn(self) -> tuple[Entry, ...]:
        """The entries with those kept back."""
        return self.entries + self.kept_back

    @property
    def texts(self) -> list[Text]:
        """The texts of the entries, and the title."""
        return [entry.text for entry in self.drawn] + ([self.title] if self.title else [])

    def may_have(self, text: Text) -> bool:
        """Return whether a text without a role stands where an entry would, as large as the entries."""
        height = self.drawn[0].text.height
        left = min(min(entry.sample[0], entry.text.box[0]) for entry in self.drawn)
        right = max(max(entry.sample[1], entry.text.box[2]) for entry in self.drawn)
        down = min(abs(text.centre[1] - entry.text.centre[1]) for entry in self.drawn)
        aside = max(left - text.box[2], text.box[0] - right)
        alike = abs(text.height - height) <= 0.3 * height and sum(letter.isalpha() for letter in text.text) > 2
        return alike and down <= 2.2 * height and aside <= 4 * height

    def may_go_on(self, text: Text) -> bool:
        """Return whether a text without a role outside of the axes stands in a row of entries."""
        height = self.drawn[0].text.height
        in_row = any(abs(text.centre[1] - entry.text.centre[1]) <= 0.35 * height for entry in self.drawn)
        return in_row and not text.rotated and self.may_have(text)

    def box(self, line_height: float) -> Box:
        """Return the box around the legend, with the frame that may be drawn around it."""
        margin, texts = round(0.6 * line_height), self.texts
        return (
            min([entry.start for entry in self.drawn] + [text.box[0] for text in texts]) - margin,
            min(text.box[1] for text in texts) - margin,
            max([entry.sample[1] for entry in self.drawn] + [text.box[2] for text in texts]) + margin,
            max(text.box[3] for text in texts) + margin,
        )


def take_legends(image: PILImage.Image, frames: Sequence[Frame], pool: TextPool) -> list[Legend | None]:
    """Return for each of the frames the largest legend inside it, or nearest to it; their texts are taken."""
    import numpy as np

    pixels = np.asarray(image)
    legends: list[Legend | None] = [None] * len(frames)
    pool.free = [without_faint_marker(pixels, text) for text in pool.free]
    pool.free = [
        replace(text, box=(start_of_letters(pixels, text), *text.box[1:])) if len(text.text) > 2 else text
        for text in pool.free
    ]
    inside = {text for text in pool.free if any(frame.contains(*text.centre) for frame in frames)}
    free = [text for text in pool.free if text in inside or not _is_beside_number(text, pool.everything)]
    found = find_legends(image, free, pool.line_height, frames)
    for legend in sorted(found, key=lambda legend: (-len(legend.entries), legend.title is None)):
        x, y = legend.entries[0].text.centre
        nearest = min(range(len(frames)), key=lambda index: _distance(frames[index], x, y))
        if legends[nearest] is None and not _is_heading(legend, frames[nearest], pool.line_height):
            legends[nearest] = _with_drawn_colours(
                _without_axes_text(legend, frames[nearest], pixels, pool), pixels, frames[nearest]
            )
    for each in legends:
        if each is not None:
            pool.take(text for text in each.texts if text in pool.free)
    legends = [None if each is None else _without_doubtful(each, pixels) for each in legends]
    for each in legends:
        if each is not None:  # a sample that was read as a letter
            pool.take([text for text in pool.free if _is_sample(text, each.drawn)])
    return legends


def _without_doubtful(legend: Legend, pixels: Any) -> Legend | None:
    """Return the legend with the entries that may be misread kept back; None if it may be no legend at all."""

    def is_sure(text: Text) -> bool:
        others = [other for other in legend.texts if other is not text]
        return not is_doubtful(pixels, text, others, mirrored=legend.entries[0].mirrored)

    kept = tuple(entry for entry in legend.entries if is_sure(entry.text))
    doubtful = tuple(entry for entry in legend.entries if entry not in kept)
    if len(doubtful) > 1 and len(doubtful) >= len(kept):  # what hides most of them may have changed the others too
        kept, doubtful = (), legend.entries
    if not kept and len(doubtful) == 1 and not _is_as_printed(doubtful[0]):
        return None
    title = legend.title if legend.title is not None and is_sure(legend.title) else None
    unread = has_unread_sample(pixels, [(entry.text, entry.sample) for entry in legend.entries])
    return replace(legend, entries=kept, kept_back=doubtful, title=title, complete=not (doubtful or unread))


def _is_beside_number(text: Text, everything: Sequence[Text]) -> bool:
    """Return whether there is a tick label where the sample would be: the text is a title at the left end."""
    return number_of(text.text) is None and any(
        len(other.text) > 2
        and other is not text
        and -0.5 * text.height <= text.box[0] - other.box[2] <= 1.2 * text.height
        and abs(other.centre[1] - text.centre[1]) <= 0.7 * text.height
        and number_of(other.text) is not None
        for other in everything
    )


def _distance(frame: Frame, x: float, y: float) -> float:
    return max(frame.left - x, x - frame.right, 0) + max(frame.top - y, y - frame.bottom, 0)


def _is_heading(legend: Legend, frame: Frame, line: float) -> bool:
    """Return whether "entries" are the title of the axes, beside a tick mark, a label or the end of a colour bar."""
    if any(entry.text.box[3] > frame.top + 0.5 * line for entry in legend.entries):
        return False
    entry = legend.entries[0]
    narrow = chroma(entry.rgb) > _HUE and entry.clear and entry.gap >= _GAP_OF_NARROW  # an error bar
    is_sample = narrow or entry.length >= (_USUAL_LENGTH if chroma(entry.rgb) > _HUE else _LONG)
    return entry.mirrored or (len(legend.entries) == 1 and not is_sample)


def _without_axes_text(legend: Legend, frame: Frame, pixels: Any, pool: TextPool) -> Legend:
    """Return the legend without the title above the axes, or the label below them, that stands next to it."""
    title, entry = legend.title, legend.entries[0].text
    if title is None:
        return legend
    above = title.centre[1] < frame.top < entry.centre[1]
    below = title.centre[1] > frame.bottom and (
        not _have_same_ground(pixels, title, entry) or _is_first_below(title, frame, pool)
    )
    return replace(legend, title=None) if above or below else legend


def _is_first_below(title: Text, frame: Frame, pool: TextPool) -> bool:
    """Return whether a text stands where the label of the axis does, and no other does."""
    near = title.box[1] - frame.bottom <= 3 * pool.line_height
    ticks = [text.box[3] for text in pool.everything if _is_between(text, frame, title)]
    apart = bool(ticks) and title.box[1] - max(ticks) > pool.line_height  # the label stands close to the tick labels
    middle = (frame.left + frame.right) / 2
    others = (
        text
        for text in pool.free
        if frame.bottom < text.centre[1] < title.box[1] and abs(text.centre[0] - middle) <= 0.12 * frame.width
    )
    return near and not apart and next(others, None) is None


def _is_between(text: Text, frame: Frame, title: Text) -> bool:
    return frame.bottom < text.centre[1] < title.box[1] and frame.left <= text.centre[0] <= frame.right


def _have_same_ground(pixels: Any, *texts: Text) -> bool:
    grounds = [commonest(pixels[text.box[1] : text.box[3], text.box[0] : text.box[2]]) for text in texts]
    return all(abs(a - b) <= 8 for a, b in zip(*grounds, strict=True))


def _with_drawn_colours(legend: Legend, pixels: Any, frame: Frame) -> Legend:
    left, top, right, bottom = legend.entries[0].text.box
    below = commonest(pixels[top:bottom, left:right])
    entries = tuple(replace(entry, rgb=drawn_colour(pixels, frame, entry.rgb, below)) for entry in legend.entries)
    return replace(legend, entries=entries)


def _is_sample(text: Text, entries: Sequence[Entry]) -> bool:
    """Return whether a text of a letter or two is the sample of one of the entries."""
    return len(text.text) <= 2 and any(
        entry.sample[0] - 3 <= text.centre[0] <= entry.sample[1] + 3
        and abs(text.centre[1] - entry.text.centre[1]) <= 0.8 * entry.text.height
        for entry in entries
    )


def find_legends(
    image: PILImage.Image, texts: Sequence[Text], line_height: float, frames: Sequence[Frame] = ()
) -> tuple[Legend, ...]:
    """Find legends among texts that have no other role.

    An entry has a sample of a line, a marker or a patch beside it, with clear background on both sides of the sample.
    A text in line with such entries is an entry too, even if something behind the legend hides the ends of its sample.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    texts : sequence of Text
        The lines of text without a role.
    line_height : float
        The usual height of a line of text in this image (pixels). The height of a single word varies with its letters.
    frames : sequence of Frame
        The axes: no legend is half inside.

    Returns
    -------
    tuple of Legend
    """
    import numpy as np

    pixels = np.asarray(image)
    level = [text for text in texts if not (text.rotated or text.slant or is_marker(pixels, text))]
    legends: list[Legend] = []
    for mirrored in (False, True):
        found = [entry for text in level if (entry := _as_entry(pixels, text, line_height, mirrored)) is not None]
        entries = [entry for entry in found if not (_is_across_side(entry, frames) or _is_word_beside(entry, level))]
        groups = map(_in_line, _groups(_without_letters(entries)))
        completed = [entry for group in groups for entry in _completed(group, level, pixels, frames)]
        for group in _groups(list({entry.text: entry for entry in completed[::-1]}.values())):  # columns of one legend
            legend = _with_title(_in_reading_order(group), level)
            if _is_plausible(legend):
                legends.append(legend)
    return tuple(_without_shared(legends))


def _without_shared(legends: Sequence[Legend]) -> Iterator[Legend]:
    """Yield the legends of which no two have texts in common: those of different colours first, and most clear samples.

    A curve beside several names gives them the same colour.
    """
    seen: set[Text] = set()

    def rank(legend: Legend) -> tuple[int, int, bool, bool]:
        reaches = [entry.reach for entry in legend.entries]
        uneven = max(reaches) - min(reaches) > _OUT_OF_LINE * EM * legend.entries[0].text.height
        alike = len(legend.entries) - len({entry.rgb for entry in legend.entries})
        clear = sum(entry.clear and entry.level for entry in legend.entries)
        return alike, -clear, uneven, legend.entries[0].mirrored

    for legend in sorted(legends, key=rank):
        if not seen & {entry.text for entry in legend.entries}:
            seen |= set(legend.texts)
            yield legend


def _as_entry(pixels: Any, text: Text, line_height: float, mirrored: bool) -> Entry | None:
    usual = line_height if abs(text.height - line_height) < 0.4 * line_height else text.height
    # Some styles print legends larger than tick labels, by which the usual height goes.
    sizes = [EM * usual, EM * text.height] if text.height > _LARGER * usual else [EM * usual]
    samples = (find_sample(pixels, text, em, mirrored=mirrored) for em in sizes)
    sample = next(filter(None, samples), None) or (None if mirrored else find_patch(pixels, text, sizes[0]))
    if sample is not None:
        return _entry(text, sample, mirrored)
    stroke = None if mirrored else next(filter(None, (find_stroke(pixels, text, em) for em in sizes)), None)
    return None if stroke is None else replace(_entry(text, stroke, mirrored), clear=False)


_LARGER: Final = 1.1


def _is_across_side(entry: Entry, frames: Sequence[Frame]) -> bool:
    """Return whether a side of the axes is between text and sample, or at its end: a tick label, or a tick mark."""
    x, y = entry.text.centre
    start, end = entry.sample
    return any(
        frame.contains(x, y) != frame.contains((start + end) / 2, y)
        or (frame.contains(x, y) and (start <= frame.left + 1 or end >= frame.right - 1))
        for frame in frames
    )


def _is_word_beside(entry: Entry, texts: Sequence[Text]) -> bool:
    """Return whether what was taken for a sample is the next word of a line: "bu" and "dget" were read apart."""
    middle = (entry.sample[0] + entry.sample[1]) / 2
    return any(
        text.box[0] <= middle <= text.box[2]
        and text.box[1] <= entry.text.centre[1] <= text.box[3]
        and sum(map(str.isalnum, text.text)) > 1
        for text in texts
        if text is not entry.text
    )


def _entry(text: Text, sample: Sample, mirrored: bool) -> Entry:
    return Entry(text=text, rgb=sample.rgb, sample=(sample.start, sample.end), mirrored=mirrored, level=sample.level)


def _without_letters(entries: list[Entry]) -> list[Entry]:
    """Return the entries without those whose text is the sample of another one, or a marker beside it."""

    def is_marker_in_row(entry: Entry) -> bool:
        return len(entry.text.text) == 1 and any(
            other.sample == entry.sample and len(other.text.text) > 1
            for other in entries
            if abs(other.text.centre[1] - entry.text.centre[1]) <= 0.5 * entry.text.height
        )

    others = [entry for entry in entries if not is_marker_in_row(entry)]
    return [entry for entry in others if not _is_sample(entry.text, [each for each in others if each is not entry])]


def _in_line(group: list[Entry]) -> list[Entry]:
    """Return the entries without those whose text is at another distance from the middle of its sample than usual."""
    if len(group) < _FEWEST_TO_COMPARE:
        return group
    usual = median(entry.reach for entry in group)
    kept = [entry for entry in group if abs(entry.reach - usual) <= _OUT_OF_LINE * EM * entry.text.height]
    aligned = {entry.sample for entry in kept}  # a curve hides the first letter of a name, not where its sample is
    return [entry for entry in group if entry in kept or entry.sample in aligned] or group


_FEWEST_TO_COMPARE: Final = 3
_OUT_OF_LINE: Final = 0.45
"""The distances between texts and samples differ by less than this in a legend (em): the boxes of texts do so."""


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
        yield group


def _are_neighbours(a: Entry, b: Entry) -> bool:
    height = max(a.text.height, b.text.height)
    if abs(a.text.height - b.text.height) > 0.5 * height:
        return False
    down = abs(a.text.centre[1] - b.text.centre[1])
    # What hides the first letter of a name moves its edge, and not its sample.
    in_column = abs(a.edge - b.edge) <= 0.4 * height or (a.sample == b.sample and a.mirrored == b.mirrored)
    below = in_column and down <= 2.2 * height
    left, right = sorted((a, b), key=lambda entry: entry.text.centre[0])
    gap = min(right.sample[0], right.text.box[0]) - max(left.sample[1], left.text.box[2])
    as_long = min(a.length, b.length) >= 1 and abs((a.sample[1] - a.sample[0]) - (b.sample[1] - b.sample[0])) <= 1
    beside = -0.3 * height <= gap <= 5 * height
    return below or (beside and down <= (2.2 if as_long else 0.4) * height)


def _completed(group: list[Entry], texts: Sequence[Text], pixels: Any, frames: Sequence[Frame]) -> list[Entry]:
    """Return the entries with those whose sample was not clear: their texts stand in line with the others."""
    entries = list(group)
    grown = True
    while grown:
        grown = False
        members = {entry.text for entry in entries}
        for text in texts:
            model = (
                None
                if text in members or _is_sample(text, entries)
                else next((each for each in entries if _is_next(text, each, frames)), None)
            )
            rgb = (
                None if model is None else colour_within(pixels, text, model.sample, _face_around(pixels, text, frames))
            )
            if model is not None and rgb is not None:
                entries.append(Entry(text=text, rgb=rgb, sample=model.sample, mirrored=model.mirrored, clear=False))
                grown = True
                break
    return entries


def _in_reading_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.sample[0] // 8, entry.text.box[1]))


def _face_around(pixels: Any, text: Text, frames: Sequence[Frame]) -> RGB | None:
    """Return the commonest colour of the axes in which a text stands; None outside of all axes."""
    frame = next((frame for frame in frames if frame.contains(*text.centre)), None)
    return None if frame is None else commonest(pixels[frame.top : frame.bottom : 3, frame.left : frame.right : 3])


def _is_next(text: Text, entry: Entry, frames: Sequence[Frame]) -> bool:
    """Return whether a text stands in the line above or below an entry, aligned with it and in the same axes."""
    if any(frame.contains(*text.centre) != frame.contains(*entry.text.centre) for frame in frames):
        return False
    smaller, larger = sorted((entry.text.height, text.height))  # a curve across a text makes its box higher
    edge = text.box[2] if entry.mirrored else text.box[0]
    down = abs(text.centre[1] - entry.text.centre[1])
    aligned = abs(edge - entry.edge) <= max(3.0, 0.2 * larger)
    return aligned and 0.5 * larger <= down <= 1.7 * larger and larger - smaller <= 0.4 * larger


def _with_title(group: list[Entry], texts: Sequence[Text]) -> Legend:
    """Return the legend; the text above its first entries is its title if it is as close as another line would be."""
    members = [entry.text for entry in group]
    top = min(text.box[1] for text in members)
    left = min(min(entry.sample[0], entry.text.box[0]) for entry in group)
    right = max(max(entry.sample[1], entry.text.box[2]) for entry in group)
    height = max(text.height for text in members)
    for text in texts:
        inside = left - height <= text.box[0] and text.box[2] <= right + 2 * height
        close = -0.4 * height <= top - text.box[3] <= 0.6 * height
        if text not in members and inside and close and sum(letter.isalpha() for letter in text.text) > 1:
            return Legend(entries=tuple(group), title=text)
    return Legend(entries=tuple(group))


def _is_row_of_colours(entries: Sequence[Entry]) -> bool:
    """Return whether entries stand in one row, with samples of one length and of different colours."""
    heights, lengths = [entry.text.centre[1] for entry in entries], [entry.length for entry in entries]
    level = max(heights) - min(heights) <= 0.3 * entries[0].text.height
    alike = max(lengths) - min(lengths) <= 0.3 and min(lengths) >= 0.5
    colours = [entry.rgb for entry in entries]
    distinct = all(math.dist(a, b) > _DISTINCT for n, a in enumerate(colours) for b in colours[:n])
    return len(entries) >= 3 and level and alike and distinct


def _is_plausible(legend: Legend) -> bool:
    """Return whether a group is a legend: two entries or more, or one with a title or a sample of the usual length.

    Numbers with something beside them are tick labels or values printed at marks, unless they stand in one column with
    samples of one length.
    """
    entries = legend.entries
    numbers = sum(not any(letter.isalpha() for letter in entry.text.text) for entry in entries)
    if numbers > 0.5 * len(entries) and _is_row_of_colours(entries):
        return True
    if numbers > 0.5 * len(entries):
        edges, lengths = [entry.edge for entry in entries], [entry.length for entry in entries]
        in_line = max(edges) - min(edges) <= 3 and max(lengths) - min(lengths) <= 0.5
        alike = in_line and min(lengths) >= 0.5 and not entries[0].mirrored
        return len(entries) > 1 and alike and len({entry.rgb for entry in entries}) > 1  # unlike bars with their values
    if len(entries) > 1:
        return True
    return _is_single_entry(entries[0], has_title=legend.title is not None)


def _is_single_entry(entry: Entry, *, has_title: bool) -> bool:
    if not (entry.level and entry.clear) or not any(map(str.isalpha, entry.text.text)):
        return False
    as_printed = _is_as_printed(entry)
    if len(entry.text.text) < 2 or as_printed:
        return as_printed
    if entry.mirrored:
        return has_title and entry.length >= _USUAL_LENGTH
    return entry.length >= _USUAL_LENGTH or entry.gap >= _GAP_OF_NARROW or has_title


def _is_as_printed(entry: Entry) -> bool:
    """Return whether a sample is as long and as near to its text as matplotlib prints that of a line or a patch."""
    low = len(entry.text.text) == 1  # the box of a small letter is lower than that of a line
    least, most = _LENGTH_IN_LEGENDS
    return least <= entry.length <= (1.4 * most if low else most) and entry.gap < _LARGEST_GAP
