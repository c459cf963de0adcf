"""Labels of months and days of the week that were not read or not printed: those beside them tell which they are."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Final

from vision_magic.engine.texts import Text

__all__ = ["with_skipped", "with_unread"]

_IN_ORDER: Final = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar märz april mai juni juli august september oktober november dezember
jan feb mär apr mai jun jul aug sep okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
monday tuesday wednesday thursday friday saturday sunday
mon tue wed thu fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag
mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lun mar mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo
"""
_SEQUENCES: Final = tuple(tuple(line.split()) for line in _IN_ORDER.strip().splitlines())
_FEWEST: Final = 4
_FEWEST_SKIPPED: Final = 3
_EVEN: Final = 0.2
"""How far labels may be from even distances (parts of one)."""


def with_unread(ticks: Sequence[Text], axis: int) -> tuple[Text, ...]:
    """Return labels with those put in that are missing between others.

    Parameters
    ----------
    ticks : sequence of Text
        The labels, in the order of their places.
    axis : {0, 1}
        Along which coordinate they stand.
    """
    names = [text.text.strip(".").casefold() for text in ticks]
    gaps = [abs(b.centre[axis] - a.centre[axis]) for a, b in pairwise(ticks)]
    step = median(gaps) if len(ticks) >= _FEWEST else 0.0
    if not step or any(abs(gap / step - round(gap / step)) > _EVEN for gap in gaps):
        return tuple(ticks)
    apart = [round(gap / step) for gap in gaps]
    if sorted(set(apart)) != [1, 2] or apart.count(2) > len(ticks) // _FEWEST:
        return tuple(ticks)
    for sequence in _SEQUENCES:
        if set(names) <= set(sequence) and _follow(names, apart, sequence):
            return tuple(_filled(ticks, apart, sequence, axis))
    return tuple(ticks)


@functools.lru_cache(maxsize=64)  # asked for each point of an axis
def with_skipped(labels: tuple[str, ...], places: tuple[float, ...]) -> tuple[tuple[str, float], ...]:
    """Return labels with their places, and those of a sequence of which only every second, third, … is printed.

    Parameters
    ----------
    labels : tuple of str
        The labels, in order.
    places : tuple of float
        Where they stand along the axis (pixels).
    """
    known = tuple(zip(labels, places, strict=False))
    gaps = [after - before for before, after in pairwise(places)]
    if len(known) < _FEWEST_SKIPPED or not gaps or any(abs(gap - gaps[0]) > _EVEN * abs(gaps[0]) for gap in gaps):
        return known
    names = [label.strip(".").casefold() for label in labels]
    sequence = next((one for one in _SEQUENCES if set(names) <= set(one)), ())
    if not sequence:
        return known
    numbers = [sequence.index(name) for name in names]
    steps = {(after - before) % len(sequence) for before, after in pairwise(numbers)}
    step = steps.pop()
    if steps or step < 2:
        return known
    # The first and the last label may be followed by fewer than `step` that are not printed.
    around = range(1 - step, step * (len(known) - 1) + step)
    each = (places[-1] - places[0]) / (step * (len(known) - 1))
    return tuple(
        known[at // step]
        if at % step == 0
        else (_spelled(sequence[(numbers[0] + at) % len(sequence)], labels[0]), places[0] + at * each)
        for at in around
    )


def _spelled(name: str, like: str) -> str:
    return name.capitalize() if like[:1].isupper() else name


def _follow(names: Sequence[str], apart: Sequence[int], sequence: Sequence[str]) -> bool:
    numbers = [sequence.index(name) for name in names]
    return all((b - a) % len(sequence) == steps for (a, b), steps in zip(pairwise(numbers), apart, strict=True))


def _filled(ticks: Sequence[Text], apart: Sequence[int], sequence: Sequence[str], axis: int) -> list[Text]:
    filled = [ticks[0]]
    for (before, after), steps in zip(pairwise(ticks), apart, strict=True):
        if steps == 2:
            name = sequence[(sequence.index(before.text.strip(".").casefold()) + 1) % len(sequence)]
            shift = round((after.centre[axis] - before.centre[axis]) / 2)
            left, top, right, bottom = before.box
            box = (
                (left + shift, top, right + shift, bottom) if axis == 0 else (left, top + shift, right, bottom + shift)
            )
            filled.append(replace(before, text=_spelled(name, before.text), box=box))
        filled.append(after)
    return filled
