"""Labels with a letter and a number, such as Q1, Q2, Q3: OCR takes the letter for a digit, or loses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.calibrate import calibrate

__all__ = ["with_letters"]

_NUMBERED: Final = re.compile(r"(?P<letters>[A-Za-z]{1,5}[ -]?)(?P<number>\d{1,3})")
_FEWEST: Final = 3


def with_letters(labels: Sequence[str], places: Sequence[float], unread: Sequence[float]) -> list[tuple[str, float]]:
    """Return labels with their places: misread ones put right, and unread ones named, where the numbers are even.

    Parameters
    ----------
    labels : sequence of str
        The labels as they were read, such as Q1, 02, Q3.
    places : sequence of float
        Their places (pixels).
    unread : sequence of float
        The places of labels that were not read (pixels).
    """
    found = [_NUMBERED.fullmatch(label) for label in labels]
    letters = Counter(match["letters"] for match in found if match is not None)
    as_read = list(zip(labels, places, strict=True))
    usual, count = letters.most_common(1)[0] if letters else ("", 0)
    if count < _FEWEST:
        return as_read
    numbered = [
        (match["number"], place)
        for match, place in zip(found, places, strict=True)
        if match is not None and match["letters"] == usual
    ]
    scale = calibrate([number for number, _ in numbered], [place for _, place in numbered], ())
    if scale is None or scale.scale != "linear" or scale.agreeing < len(numbered):
        return as_read

    def number_at(place: float) -> str:
        value = scale.value(place)
        return str(round(value)) if round(value) >= 0 and abs(value - round(value)) < 0.12 else ""

    mended = [
        (f"{usual}{number}", place)
        if (number := number_at(place)) and _is_left_of(label, usual, number)
        else (label, place)
        for label, place in as_read
    ]
    mended = [pair for number, pair in enumerate(mended) if pair[0] not in {label for label, _ in mended[:number]}]
    known = {label for label, _ in mended}
    added = [(f"{usual}{number}", place) for place in unread if (number := number_at(place))]
    return mended + [(label, place) for label, place in added if label not in known]


def _is_left_of(label: str, letters: str, number: str) -> bool:
    """Return whether a label is what is left of letters and a number: one was lost, or both were read upside down."""
    lost = label.strip(" .,:;'_").endswith(number) or label == letters.strip()
    return lost or (label.isdigit() and len(label) <= len(letters + number))
