"""One axis from its tick labels: their values and places, misreadings mended, unread ones filled in.

What OCR left unread is seen as ink among the labels. On a calibrated axis its place tells its number; otherwise the
axis is not complete, and no answer may say where it begins or ends.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median
from typing import Any, Final

from vision_magic.engine.chart.axes import fit_tick_texts, tick_position
from vision_magic.engine.chart.calibrate import Calibration, Side, all_marks, calibrate, parse_offset, tick_marks
from vision_magic.engine.chart.covered_dates import uncovered, uncovered_by_ends
from vision_magic.engine.chart.covered_numbers import uncovered_numbers
from vision_magic.engine.chart.dates import are_months, date_readings, printed_like
from vision_magic.engine.chart.decades import decades_between, power_at
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.numbered import with_letters
from vision_magic.engine.chart.plot import Axis
from vision_magic.engine.chart.samples import EM
from vision_magic.engine.chart.signs import without_marks
from vision_magic.engine.chart.superscripts import as_raised, exponent_of, with_powers
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.texts import GUESSED, Text

__all__ = ["is_speck", "read_axis"]

_INK: Final = 70
"""A pixel of a label differs at least this much from the ground (of 255)."""

_FITS: Final = 4.0
"""A label that was misread or unread stands at most this far from the place of its number (pixels)."""

_UNEVEN: Final = 2.0
"""Distances between slanted labels differ by so much because of how they are read (pixels)."""

_DIGITS_MISREAD: Final = str.maketrans("OoQDlIi|TtSsZzBbg", "00001111115522889")
_NUMBER: Final = re.compile(r"-?\d[\d,.]*|-?\.\d+")


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of one axis, in order along it, and what is needed to read them."""

    texts: tuple[Text, ...]
    labels: tuple[str, ...]
    places: tuple[float, ...]
    side: Side

    @property
    def level(self) -> bool:
        return self.side in ("bottom", "top")


def read_axis(
    pixels: Any,
    frame: Frame,
    side: Side,
    texts: Sequence[Text],
    line_height: float,
    *,
    label: str = "",
    offset: str = "",
    unread_at_end: bool = False,
    goes_on: bool = False,
) -> Axis:
    """Return an axis: its labels as printed, their places, and the value of each pixel.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    frame : Frame
        The axes, or the strip of a colour bar.
    side : {"bottom", "left", "top", "right"}
        Where the labels are.
    texts : sequence of Text
        The tick labels, from left to right or from the bottom up.
    line_height : float
        The usual height of a line of text (pixels).
    label, offset : str
        The axis label, and what is printed at the end of the axis.
    unread_at_end : bool
        Whether something is printed at the end of the axis that was not read: it may be a factor.
    goes_on : bool
        Whether something is printed in the place of a further label.
    """
    if not texts:
        return Axis(label=label)
    marks = tick_marks(pixels, frame, side)
    near = max(6.0, 0.4 * line_height)
    found = _without_lone_sign(_labels(pixels, texts, side, marks, line_height, near))
    fit = _calibration(found, marks, near, offset)
    if fit is None or not fit.sure:
        fit, found = _by_minor_marks(found, fit, all_marks(pixels, frame, side), near)
    fit, found = _mended(found, fit, marks, near, offset)
    if fit is None or not fit.sure:
        fit, found = _with_covered_labels(found, fit, marks, near)
    if fit is None and any(map(_is_joined, found.labels)):
        return Axis(label=label, complete=False)  # several numbers or dates that touch are no name
    found = _without_junk(found, fit, offset)
    ink, start = _ink_along(pixels, frame, found, line_height)
    unread = _unread_places(ink, start, found, line_height)
    unread += [
        place
        for place, inside in _missing_places(frame, found, fit, offset, line_height)
        if not _is_any_near(place, unread)
        and (_has_ink(ink, place - start, 0.3 * line_height) and (inside or not marks or _is_any_near(place, marks)))
    ]
    if fit is not None:  # beyond the axes are the labels of the other axis
        low, high = _ends(frame, found)
        unread = [place for place in unread if low - _FITS <= place <= high + _FITS]
    found, left = _filled(found, fit, unread, offset)
    if fit is None:
        found = _with_even_places(found, marks, near)
    if fit is not None and unread_at_end and not fit.why_not:
        fit = replace(fit, why_not="something at its end was not read, which may be a factor")
    touching = any(text.confidence <= GUESSED for text in texts)
    if fit is not None and touching:
        fit = replace(fit, why_not=fit.why_not or _TOUCHING)
    return Axis(
        label=label,
        ticks=found.labels,
        kind=_kind(found, fit),
        offset=offset,
        places=found.places,
        calibration=fit,
        complete=not (
            (goes_on and len(found.labels) <= len(texts))
            or left
            or touching
            or _doubtful(found, fit, offset)
            or _has_gaps(found, fit)
            or _leaves_out(found, fit, offset)
        ),
    )


def _kind(found: _Labels, fit: Calibration | None) -> str:
    numbers = sum(number_of(label) is not None for label in found.labels)
    if fit is not None and fit.scale == "linear" and not fit.sure and 2 * numbers < len(found.labels):
        return "labels"  # those that agree with a scale are parts of names, as the 3 of "Q3"
    if fit is not None:
        return "labels" if fit.scale == "date" else fit.scale
    powers = sum(label.startswith("10") and label[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" for label in found.labels)
    if powers >= 2 and powers >= 0.6 * len(found.labels):
        return "log"  # their exponents were not all read, but powers of ten stand at even distances on no other scale
    rough = fit_tick_texts(found.texts, 0 if found.level else 1)
    return rough.scale if rough is not None else "labels"


def _doubtful(found: _Labels, fit: Calibration | None, offset: str) -> bool:
    """Return whether the first or the last label of a scale is no number, or not the one of its place."""
    if not found.labels:
        return True
    if fit is None:
        return False
    gap = abs(found.places[-1] - found.places[0]) / max(1, len(found.places) - 1)
    far = max(2 * _FITS, 0.25 * gap)
    return not any(
        all((value := values[end]) is not None and abs(fit.pixel(value) - found.places[end]) <= far for end in (0, -1))
        for values in _values(found, fit, offset)
    )


def _values(found: _Labels, fit: Calibration, offset: str) -> Iterator[Sequence[float | None]]:
    """Yield the values of labels: numbers, or dates in each way in which they can be read."""
    if fit.scale == "date":
        yield from (dates.days for dates in date_readings(found.labels, offset))
        return
    factor, shift = parse_offset(offset) or (1.0, 0.0)
    numbers = map(number_of, found.labels)
    yield [None if number is None else number * factor + shift for number in numbers]


def _has_gaps(found: _Labels, fit: Calibration | None) -> bool:
    """Return whether names stand at uneven distances, as if one between them was not read, or several were joined."""
    if fit is not None:
        return False
    if len(set(found.labels)) < len(found.labels):
        return True  # one of two equal labels was misread
    if _run_together(found):
        return True
    gaps = sorted(abs(after - before) for before, after in pairwise(found.places))
    return any(map(_is_joined, found.labels)) or (len(gaps) > 1 and gaps[-1] > 1.4 * gaps[(len(gaps) - 1) // 2])


def _leaves_out(found: _Labels, fit: Calibration | None, offset: str) -> bool:
    """Return whether a number between two labels of an even scale is not among them."""
    step = _step(found, fit, offset) if fit is not None and fit.scale == "linear" else None
    if fit is None or step is None:
        return False
    factor, _ = parse_offset(offset) or (1.0, 0.0)
    gap = abs(step * factor / fit.slope)
    return any(abs(after - before) > 1.5 * gap for before, after in pairwise(found.places))


def _run_together(found: _Labels) -> bool:
    """Return whether labels with digits and letters touch and are of several forms: dates that cover one another."""
    boxes = [text.box for text in found.texts]
    touching = sum(after[0] <= before[2] for before, after in pairwise(boxes))
    forms = [re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "0", label)) for label in found.labels]
    mixed = [form for form in forms if "0" in form and "a" in form]
    several = len(set(mixed)) > 1
    return found.level and several and min(touching, len(mixed)) >= len(boxes) / 2


def _is_joined(label: str) -> bool:
    digits, letters = sum(map(str.isdigit, label)), sum(map(str.isalpha, label))
    return len(label) > 15 and digits > 9 and (letters < 3 or digits > 2 * letters)


def _by_minor_marks(
    found: _Labels, fit: Calibration | None, marks: Sequence[float], near: float
) -> tuple[Calibration | None, _Labels]:
    """Return the logarithmic scale that minor tick marks show, and the labels with misread powers put right."""
    scale = decades_between(found.labels, found.places, marks, near)
    if scale is None or (fit is not None and not scale.sure):
        return fit, found
    labels = tuple(
        power_at(scale, place) or label if exponent_of(label) is not None else label
        for label, place in zip(found.labels, found.places, strict=True)
    )
    return scale, replace(found, labels=labels)


def _calibration(found: _Labels, marks: Sequence[float], near: float, offset: str) -> Calibration | None:
    """Return the scale through the tick marks; through the labels alone if the marks are those of something else."""
    factor, shift = parse_offset(offset) or (1.0, 0.0)

    def through(marks: Sequence[float]) -> Calibration | None:
        return calibrate(
            found.labels, found.places, marks, factor=factor, shift=shift, near=near, printed_at_end=offset
        )

    fit = through(marks)
    if fit is None and are_months(found.labels):
        return fit
    alone = through(())
    if fit is not None and fit.sure:
        return alone if alone is not None and _are_of_others(found, fit, alone) else fit
    better = alone is not None and (alone.sure or fit is None or alone.agreeing > fit.agreeing)
    return alone if better else fit


def _are_of_others(found: _Labels, at_marks: Calibration, alone: Calibration) -> bool:
    """Return whether labels drift away from the marks beside them: those of the axis on the other side."""
    if alone.scale != at_marks.scale or not alone.sure or alone.agreeing < at_marks.agreeing:
        return False
    return any(
        abs(at_marks.pixel(alone.value(place)) - place) > _DRIFT for place in (found.places[0], found.places[-1])
    )


_DRIFT: Final = 3.0
"""Labels and their own marks are nowhere farther apart than this along the axis (pixels)."""


# --- labels and their places ------------------------------------------------------------------------------------


def _labels(
    pixels: Any, texts: Sequence[Text], side: Side, marks: Sequence[float], line_height: float, near: float
) -> _Labels:
    texts = without_marks(pixels, texts, side)
    level = side in ("bottom", "top")
    centres = [_ink_centre(pixels, text, 0 if level else 1) for text in texts]
    places = _anchored(texts, centres, marks, near, line_height) if level else centres
    return _Labels(texts, tuple(with_powers(pixels, texts)), tuple(places), side)


def _without_lone_sign(found: _Labels) -> _Labels:
    """Return the labels without a degree sign or a full stop that one of them has, such as a 0 of the axis beside it.

    10° may be a power.
    """
    lone = [place for place, label in enumerate(found.labels) if re.fullmatch(r"-?\d[\d.,]*[°º.]", label)]
    others = [label for label in found.labels if label[-1:] not in ("°", "º", ".")]
    plain = len(others) > 1 and all(map(_NUMBER.fullmatch, others))
    if len(lone) != 1 or not plain or re.fullmatch("10.*[°º]", found.labels[lone[0]]):
        return found
    return replace(found, labels=tuple(label.rstrip("°º.") for label in found.labels))


def _ink_centre(pixels: Any, text: Text, axis: int) -> float:
    """Return the middle of what is printed in a box along x (`axis` 0) or y: the box itself is a few pixels off."""
    import numpy as np

    middle = text.centre[axis] - 0.5
    reach = round(0.3 * text.height)  # the box may cut a letter
    left, top, right, bottom = text.box
    low, high = (left, right) if axis == 0 else (top, bottom)
    start = max(0, low - reach)
    rows = slice(start, high + reach)
    inset = round(0.15 * text.height) if axis == 0 and not text.rotated else 1
    part = pixels[top + inset : bottom - inset, rows] if axis == 0 else pixels[rows, left:right].transpose(1, 0, 2)
    if min(part.shape[:2]) < 4 or text.slant:
        return middle
    part = part.astype(np.int16)
    ink = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2)
    ink[(ink > _INK).mean(axis=1) > 0.9] = 0  # a spine or a grid line along the label
    strong = ink.max(axis=0)
    strong[(ink > _INK).mean(axis=0) > 0.9] = 0  # or across it
    span = _span_around(strong > 0.5 * max(_INK, int(strong.max())), low - start, high - start, 0.4 * text.height)
    if span is None:
        return middle
    found = start + (span[0] + span[1]) / 2
    return float(found) if abs(found - middle) <= 0.35 * text.height + 2 else middle


def _span_around(ink: Any, low: int, high: int, gap: float) -> tuple[int, int] | None:
    """Return first and last place with ink of the groups that lie in a box or reach into it."""
    import numpy as np

    places = np.flatnonzero(ink)
    if not len(places):
        return None
    groups = np.split(places, np.flatnonzero(np.diff(places) > gap) + 1)
    inside = [group for group in groups if low <= (group[0] + group[-1]) / 2 <= high]
    return (int(inside[0][0]), int(inside[-1][-1])) if inside else None


def _anchored(
    texts: Sequence[Text], centres: Sequence[float], marks: Sequence[float], near: float, line_height: float
) -> list[float]:
    """Return the places of labels below an axis: slanted ones hang by their middle or by one of their ends.

    The way is chosen in which they stand at the marks, or else at even distances.
    """
    if not any(text.slant for text in texts):
        guessed = [tick_position(text, line_height) for text in texts]
        return [
            centre if abs(guess - text.centre[0]) < 1 else guess
            for guess, centre, text in zip(guessed, centres, texts, strict=True)
        ]
    inset = 0.2 * median(text.height for text in texts)  # the margin that OCR leaves around a line
    ways = [
        [tick_position(text, line_height) + (-inset if text.slant > 0 else inset) for text in texts],
        [text.box[2] - inset for text in texts],
        [text.centre[0] - 0.5 for text in texts],
        [text.box[0] + inset for text in texts],
    ]
    if len(marks) >= len(texts):
        return min(ways, key=lambda places: _distance_to_marks(places, marks, near))
    marked = [places for places in ways if _marked(places, marks) >= _FEWEST_MARKED]
    if marked and all(abs(a - b) < 1 for places in marked for a, b in zip(places, marked[0], strict=True)):
        return marked[0]  # bars hide the other grid lines
    shift = median(
        tick_position(text, line_height) - text.centre[0] + (-2.5 if text.slant > 0 else 2.5) * inset for text in texts
    )
    widths = [text.box[2] - text.box[0] for text in texts]
    if max(widths) - min(widths) <= 0.3 * max(widths):  # the middles of labels of one length are more exact
        return [text.centre[0] + shift for text in texts]
    ends = [tick_position(text, line_height) + (-2.5 if text.slant > 0 else 2.5) * inset for text in texts]
    best = min(ways, key=_unevenness)
    # Labels of one length stand evenly whichever way they hang; where there are no tick marks, most hang by their end.
    return ends if _unevenness(ends) <= _unevenness(best) + _UNEVEN else best


_FEWEST_MARKED: Final = 2
_AT_MARK: Final = 3.0
"""So many slanted labels within so many pixels of a mark tell how they hang."""


def _unevenness(places: Sequence[float]) -> float:
    """Return the mean difference between a gap and the median gap (pixels)."""
    gaps = [after - before for before, after in pairwise(places)]
    return sum(abs(gap - median(gaps)) for gap in gaps) / len(gaps) if gaps else 0.0


def _marked(places: Sequence[float], marks: Sequence[float]) -> int:
    """Return how many labels stand at a mark."""
    return sum(any(abs(place - mark) <= _AT_MARK for mark in marks) for place in places)


def _distance_to_marks(places: Sequence[float], marks: Sequence[float], near: float) -> tuple[int, float]:
    """Return how many labels have no mark, and how far the others are from theirs (pixels).

    Where labels are twice as long as they are apart, their middles stand at the marks of others, but not all of them.
    """
    distances = [min(abs(place - mark) for mark in marks) for place in places]
    return sum(each > near for each in distances), sum(each for each in distances if each <= near)


# --- misreadings ------------------------------------------------------------------------------------------------


def _mended(
    found: _Labels, fit: Calibration | None, marks: Sequence[float], near: float, offset: str
) -> tuple[Calibration | None, _Labels]:
    """Return the labels with misread digits and signs put right where their places tell what they are."""
    if fit is not None and fit.scale == "date":
        return _mended_dates(found, fit, marks, near, offset)
    if fit is None or fit.agreeing < max(3, 0.5 * fit.labels):
        return fit, found
    expected = [_printed(found, fit, place, offset) for place in found.places]
    labels = [
        right if right and right != label and _is_misreading(label, right) else label
        for label, right in zip(found.labels, expected, strict=True)
    ]
    if any(new != old and new in found.labels for new, old in zip(labels, found.labels, strict=True)):
        return fit, found  # 2016, 2018, 2019: a year was left out, and none was misread
    if tuple(labels) == found.labels:
        return fit, found
    mended = replace(found, labels=tuple(labels))
    again = _calibration(mended, marks, near, offset)
    least = fit.agreeing + (0 if fit.scale == "log" else 1)  # 10 for 10¹ agrees as well
    return (again, mended) if again is not None and again.agreeing >= least else (fit, found)


def _mended_dates(
    found: _Labels, fit: Calibration, marks: Sequence[float], near: float, offset: str
) -> tuple[Calibration, _Labels]:
    """Return the labels with those put right that cover each other, where the others tell what they resemble."""
    nearest = [min(marks, key=lambda mark: abs(mark - place), default=place) for place in found.places]
    around = [{printed_like(found.labels, fit.value(place + off)) for off in (-1, 0, 1)} for place in nearest]
    dates = [same.pop() if len(same) == 1 else "" for same in around]
    labels = tuple(
        date if date and SequenceMatcher(None, date, label).ratio() >= _RESEMBLES else label
        for date, label in zip(dates, found.labels, strict=True)
    )
    if labels == found.labels or len(set(labels)) < len(labels):
        return fit, found
    again = _calibration(replace(found, labels=labels), marks, near, offset)
    if again is None or again.agreeing < fit.agreeing or again.misfit > fit.misfit + 0.5:
        return fit, found
    return again, replace(found, labels=labels)


def _with_covered_labels(
    found: _Labels, fit: Calibration | None, marks: Sequence[float], near: float
) -> tuple[Calibration | None, _Labels]:
    """Return the dates or the numbers of labels that cover each other, each at the middle of its tick mark."""
    nearest = [min(marks, key=lambda mark: abs(mark - place), default=math.inf) for place in found.places]
    off = [abs(mark - place) for mark, place in zip(nearest, found.places, strict=True)]
    # The middle of an outer label is not seen: nothing covers its outer end.
    at_marks = max(off) <= 2 * near and max(off[1:-1], default=0.0) <= near
    if not found.level or not at_marks or len(set(nearest)) < len(nearest):
        return fit, found
    letters = _letters_of_each(found.texts, nearest)
    labels, certain = uncovered(found.labels, nearest, letters), True
    if labels is None:
        certain = False
        nearest, labels = _with_touching(found, nearest, marks, letters)
    if labels is None:
        return fit, found
    found = replace(found, labels=tuple(labels), places=tuple(nearest))
    again = _calibration(found, marks, near, "")
    return (again if again is None or certain else replace(again, why_not=_TOUCHING)), found


def _with_touching(
    found: _Labels, nearest: list[float], marks: Sequence[float], letters: float
) -> tuple[list[float], list[str] | None]:
    """Return the places of labels that touch, and what they are by their ends; one or two of the dates are not read."""
    places = [mark for mark in marks if nearest[0] <= mark <= nearest[-1]]
    unread = len(places) - len(nearest)
    touching = sum(a.box[2] >= b.box[0] - 1 for a, b in pairwise(found.texts))
    if touching < len(nearest) - 1 - unread or unread > _UNREAD * len(places):
        return nearest, None
    at = dict(zip(nearest, found.labels, strict=True))
    dates = uncovered_by_ends([at.get(place, "") for place in places], places, letters)
    if dates is not None:
        return places, dates
    return nearest, None if unread else uncovered_numbers(found.labels, nearest)


_UNREAD: Final = 0.2


def _letters_of_each(texts: Sequence[Text], places: Sequence[float]) -> float:
    """Return how many digits each of the labels in a row has room for, by how far the outer ones reach outwards."""
    height = median(text.height for text in texts)
    width = texts[-1].box[2] - texts[0].box[0] - (places[-1] - places[0]) - _MARGINS * height
    return width / (_DIGIT * EM * height)


_TOUCHING: Final = "its tick labels touch each other"
_MARGINS: Final = 0.3
_DIGIT: Final = 0.62
"""Width of the margins of a box (as a share of its height), and of a digit (em)."""

_RESEMBLES: Final = 0.66
"""How much of a label that is partly covered by its neighbours is as it was printed."""


def _is_misreading(label: str, expected: str) -> bool:
    """Return whether a label differs from the expected one by its sign, by letters for digits, or by one character."""
    plain = re.sub(r"[^\d⁰¹²³⁴⁵⁶⁷⁸⁹]", "", label.translate(_DIGITS_MISREAD))
    digits = re.sub(r"[^\d⁰¹²³⁴⁵⁶⁷⁸⁹]", "", expected)
    if expected[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return label.startswith("10")
    if number_of(label) is not None and number_of(label) == number_of(expected):
        return False
    if plain == digits or (len(digits) > 1 and digits in plain and len(plain) > len(digits)):
        return True
    if len(digits) == 1 and label.isdecimal() and re.fullmatch(f"{digits}[1347]", label):
        return True  # the tick mark or the spine behind a digit
    return (
        len(digits) > 1 and len(plain) == len(digits) and sum(a != b for a, b in zip(plain, digits, strict=True)) == 1
    )


def _without_junk(found: _Labels, fit: Calibration | None, offset: str) -> _Labels:
    """Return the labels of a sure scale without those that are no numbers: minor tick marks read as letters.

    A number that is on the scale elsewhere is a piece of a label that was read twice, and one digit may be no digit.
    """
    if fit is None or fit.scale == "date" or fit.agreeing < max(3, 0.5 * fit.labels):
        return found
    at_place = [_is_on(fit, *pair, offset) for pair in zip(found.labels, found.places, strict=True)]
    spans = [(text.box[0], text.box[2]) if found.level else (text.box[1], text.box[3]) for text in found.texts]
    taken = [span for span, on_scale in zip(spans, at_place, strict=True) if on_scale]
    known = {number_of(label) for label, on_scale in zip(found.labels, at_place, strict=True) if on_scale}
    kept = [
        bool(re.search(r"\d", label))
        and (on_scale or not (number_of(label) in known or is_speck(text) or _is_within(span, taken)))
        for label, on_scale, text, span in zip(found.labels, at_place, found.texts, spans, strict=True)
    ]
    chosen = [index for index, keep in enumerate(kept) if keep]
    return replace(
        found,
        labels=tuple(found.labels[index] for index in chosen),
        places=tuple(found.places[index] for index in chosen),
    )


def _is_within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    cut = max(_CUT[0], _CUT[1] * (span[1] - span[0]))
    return any(start - cut <= span[0] and span[1] <= stop + cut for start, stop in others)


_CUT: Final = (2, 0.25)
"""The box of a piece that was read twice reaches so far beyond that of the whole label: pixels, share of the piece."""


def is_speck(text: Text) -> bool:
    """Return whether a text may be the end of a line or a mark that was read as a digit."""
    return len(text.text) == 1 and text.confidence < _SURE_DIGIT


_SURE_DIGIT: Final = 0.85


def _is_on(fit: Calibration, label: str, place: float, offset: str) -> bool:
    """Return whether a label stands where its number is."""
    number = number_of(label)
    factor, shift = parse_offset(offset) or (1.0, 0.0)
    return number is not None and abs(fit.pixel(number * factor + shift) - place) <= 2 * _FITS


# --- numbers at places ------------------------------------------------------------------------------------------


def _printed(found: _Labels, fit: Calibration, place: float, offset: str) -> str:
    """Return how the number at a place would be printed as a label of this axis; empty where no label would stand."""
    if fit.scale == "log":
        return _printed_power(found, fit, place)
    step = _step(found, fit, offset)
    factor, shift = parse_offset(offset) or (1.0, 0.0)
    if step is None:
        return ""
    value = (fit.value(place) - shift) / factor
    first = next((number for label in found.labels if (number := number_of(label)) is not None), 0.0)
    nearest = first + step * round((value - first) / step)
    if abs(nearest - value) * factor > _FITS * abs(fit.slope):
        return ""
    return _like(found.labels, nearest)


def _step(found: _Labels, fit: Calibration, offset: str) -> float | None:
    """Return the difference between neighbouring labels: all of those on the scale differ by multiples of it."""
    numbers = [
        number
        for label, place in zip(found.labels, found.places, strict=True)
        if (number := number_of(label)) is not None and _is_on(fit, label, place, offset)
    ]
    steps = [abs(after - before) for before, after in pairwise(numbers) if after != before]
    step = min(steps, default=0.0)
    even = all(abs(each / step - round(each / step)) < 0.02 for each in steps) if step else False
    return step if even and len(steps) > 1 else None


def _like(labels: Sequence[str], value: float) -> str:
    """Return a number with the decimals, the separator of thousands, and the unit of other labels."""
    matches = [match for label in labels if (match := _NUMBER.search(label)) is not None]
    texts = [match[0] for match in matches]
    decimals = max((len(text.rpartition(".")[2]) for text in texts if "." in text), default=0)
    grouped = any(re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) for text in texts)
    before = _commonest([match.string[: match.start()] for match in matches])
    after = _commonest([match.string[match.end() :] for match in matches])
    if after.strip().lower() in ("k", "m", "g", "b"):
        value /= {"k": 1e3, "m": 1e6, "g": 1e9, "b": 1e9}[after.strip().lower()]
    plain = f"{value:,.{decimals}f}" if grouped else f"{value:.{decimals}f}"
    return before + (plain.replace("-", "") if float(plain.replace(",", "")) == 0 else plain) + after


def _commonest(texts: Sequence[str]) -> str:
    return max(set(texts), key=texts.count, default="")


def _printed_power(found: _Labels, fit: Calibration, place: float) -> str:
    power = fit.slope * place + fit.offset
    whole = abs(power - round(power)) <= _FITS * abs(fit.slope)
    powers = sum(label.startswith("10") and label[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹" for label in found.labels)
    return "10" + as_raised(str(round(power))) if whole and powers >= 2 else ""


# --- unread labels ----------------------------------------------------------------------------------------------


def _filled(
    found: _Labels, fit: Calibration | None, unread: Sequence[float], offset: str
) -> tuple[_Labels, list[float]]:
    """Return the labels with the unread ones whose numbers their places tell, and the places of the others."""
    if fit is None:
        pairs = with_letters(found.labels, found.places, unread)
        named = [place for _, place in pairs]
        return _in_order(found, pairs), [place for place in unread if place not in named]
    if not fit.sure or fit.scale == "date":
        return found, list(unread)
    texts, left = list(zip(found.labels, found.places, strict=True)), []
    for place in unread:
        expected = _printed(found, fit, place, offset)
        if expected and expected not in found.labels:
            texts.append((expected, place))
        else:
            left.append(place)
    return _in_order(found, texts), left


def _ends(frame: Frame, found: _Labels) -> tuple[float, float]:
    """Return from where to where there are labels (pixels along the axis)."""
    low, high = (frame.left, frame.right) if found.level else (frame.top, frame.bottom)
    return min(low, *found.places), max(high, *found.places)


def _in_order(found: _Labels, pairs: Sequence[tuple[str, float]]) -> _Labels:
    """Return the labels with other texts and places, in order along the axis."""
    pairs = sorted(pairs, key=lambda pair: pair[1], reverse=not found.level)
    return replace(found, labels=tuple(label for label, _ in pairs), places=tuple(place for _, place in pairs))


def _missing_places(
    frame: Frame, found: _Labels, fit: Calibration | None, offset: str, line_height: float
) -> list[tuple[float, bool]]:
    """Return where labels belong that were not found, and whether one must be there: beyond the ends in the axes."""
    step = _step(found, fit, offset) if fit is not None and fit.sure and fit.scale == "linear" else None
    if fit is None or step is None:
        return []
    factor, _ = parse_offset(offset) or (1.0, 0.0)
    gap = abs(step * factor / fit.slope)
    low, high = (frame.left, frame.right) if found.level else (frame.top, frame.bottom)
    first, last = min(found.places), max(found.places)
    ends = [place for place in (first - gap, last + gap) if low - 3 <= place <= high + 3]
    most = round((high - low) / gap)
    beyond = [end + way * number * gap for end, way in ((first, -1), (last, 1)) for number in range(2, most + 1)]
    between = [first + number * gap for number in range(1, round((last - first) / gap))]
    between += [place for place in beyond if low - 3 <= place <= high + 3]
    free = [place for place in between if not _is_any_near(place, found.places)]
    edge = 0.4 * line_height  # a frame may reach to the ends of tick marks
    return [(place, low + edge <= place <= high - edge) for place in ends] + [(place, False) for place in free]


def _has_ink(ink: Any, place: float, reach: float) -> bool:
    """Return whether something as large as a digit is printed around a place."""
    around = ink[max(0, round(place - reach)) : max(0, round(place + reach))]
    return int((around > 0).sum()) >= reach and int(around.sum()) >= 8


def _is_any_near(place: float, others: Sequence[float]) -> bool:
    return any(abs(place - other) <= 2 * _FITS for other in others)


def _with_even_places(found: _Labels, marks: Sequence[float], near: float) -> _Labels:
    """Return names with the places of their tick marks, or else at even distances: letters are no exact places."""
    at_marks = [min(marks, key=lambda mark: abs(mark - place), default=math.inf) for place in found.places]
    if all(abs(mark - place) <= near for mark, place in zip(at_marks, found.places, strict=True)):
        return replace(found, places=tuple(at_marks)) if len(set(at_marks)) == len(at_marks) else found
    if len(found.places) < _FEWEST_EVEN:
        return found
    start, gap = _even(found.places)
    even = tuple(start + number * gap for number in range(len(found.places)))
    off = max(abs(place - other) for place, other in zip(found.places, even, strict=True))
    return replace(found, places=even) if off <= near else found


_FEWEST_EVEN: Final = 4


def _even(places: Sequence[float]) -> tuple[float, float]:
    """Return start and distance of the even places that are nearest to others (least squares)."""
    middle = (len(places) - 1) / 2
    spread = sum((number - middle) ** 2 for number in range(len(places)))
    gap = sum((number - middle) * place for number, place in enumerate(places)) / spread
    return sum(places) / len(places) - gap * middle, gap


def _ink_along(pixels: Any, frame: Frame, found: _Labels, line_height: float) -> tuple[Any, int]:
    """Return how much is printed at each pixel along an axis where its labels are, and which pixel is the first."""
    import numpy as np

    low, high = _band(frame, found)
    start, stop = (frame.left, frame.right) if found.level else (frame.top, frame.bottom)
    start, stop = max(0, round(start - 0.6 * line_height)), round(stop + 0.6 * line_height)
    band = pixels[low:high, start:stop] if found.level else pixels[start:stop, low:high].transpose(1, 0, 2)
    if band.shape[0] < 5 or band.shape[1] < 5:
        return np.zeros(1, np.int64), start
    inset = round(0.2 * band.shape[0]) if found.level else 1
    band = band[inset : band.shape[0] - inset].astype(np.int16)
    away = np.abs(band - np.median(band.reshape(-1, 3), axis=0)).max(axis=2)
    return (away > min(_INK, max(30, 0.4 * float(np.quantile(away, 0.97))))).sum(axis=0), start


def _unread_places(ink: Any, start: int, found: _Labels, line_height: float) -> list[float]:
    """Return the middles of what is printed among the labels of an axis and belongs to none of them."""
    ink, texts, axis = ink.copy(), found.texts, 0 if found.level else 1
    for text in texts:
        ink[max(0, text.box[axis] - start - 2) : max(0, text.box[axis + 2] - start + 2)] = 0
    if any(text.slant for text in texts):  # their boxes overlap: only what is beyond them is told apart
        ink[min(text.box[axis] for text in texts) - start : max(text.box[axis + 2] for text in texts) - start] = 0
    return [start + place for place in _clusters(ink, 0.7 * line_height, 0.18 * line_height)]


def _band(frame: Frame, found: _Labels) -> tuple[int, int]:
    """Return where the labels of an axis begin and end across it, outside of the frame."""
    across = 1 if found.level else 0
    low = [text.box[across] for text in found.texts]
    high = [text.box[across + 2] for text in found.texts]
    if found.level:
        low, high = [round(median(low))], [round(median(high))]
    return {
        "bottom": (max(frame.bottom + 4, min(low)), max(high)),
        "top": (min(low), min(frame.top - 3, max(high))),
        "left": (min(low), min(frame.left - 3, max(high))),
        "right": (max(frame.right + 4, min(low)), max(high)),
    }[found.side]


def _clusters(ink: Any, gap: float, widest_speck: float) -> list[float]:
    """Return the middles of the groups of inked columns that are wide and heavy enough for a digit."""
    import numpy as np

    columns = np.flatnonzero(ink)
    if not len(columns):
        return []
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > gap) + 1)
    return [
        float((group[0] + group[-1]) / 2)
        for group in groups
        if group[-1] - group[0] + 1 >= max(2.0, widest_speck) and ink[group].sum() >= 8
    ]
