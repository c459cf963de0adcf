"""Pies: the shares of the wedges of a disc or a ring, by the colours around it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.engine.chart.data import Series, WhyNot
from vision_magic.engine.chart.masks import opened
from vision_magic.engine.colours import codes_of, commonest, rgb_of
from vision_magic.engine.reading import Text

__all__ = ["find_pie"]

_SMALLEST: Final = 40
"""A picture with a shorter side holds no pie that can be measured (pixels)."""

_ANGLES: Final = 2880
_RINGS: Final = (0.72, 0.76, 0.8, 0.84, 0.88, 0.92)
"""Where colours are looked at, as shares of the radius: outside the hole of a ring and the numbers in wedges."""

_SAME: Final = 24.0
_LEAST: Final = 0.004
"""A colour with a smaller share of the ring is an edge."""

_AGREE: Final = 1.5
"""Printed and measured shares agree when they differ by no more (percent)."""

_PERCENT: Final = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*%\s*")


@dataclass(frozen=True, slots=True)
class _Disc:
    x: float
    y: float
    radius: float


def find_pie(pixels: Any, texts: Sequence[Text]) -> Series | None:
    """Return the shares of a pie in percent, with the names of its wedges; None if there is no pie.

    Parameters
    ----------
    pixels : ndarray of uint8, (height, width, 3)
        The image.
    texts : sequence of Text
        The texts that were read, among them the names beside the wedges.
    """
    import numpy as np

    if min(pixels.shape[:2]) < _SMALLEST:
        return None
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    face = np.array(commonest(rim), np.int16)
    disc = _disc(np.abs(pixels.astype(np.int16) - face).max(axis=2) > 12)
    if disc is None:
        return None
    wedges = _wedges(_around(pixels, disc, _RINGS), face)
    outside = np.abs(_around(pixels, disc, (1.05,)).astype(np.int16) - face).max(axis=-1) <= 12
    if not 2 <= len(wedges) <= 24 or outside.mean() < 0.75:
        return None
    return _series(wedges, disc, texts)


def _disc(mask: Any) -> _Disc | None:
    """Return the largest round component."""
    import cv2
    import numpy as np

    image = cv2.morphologyEx(opened(mask).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(image, connectivity=8)
    if count < 2:
        return None
    number = 1 + int(stats[1:, 4].argmax())
    # Labels may touch the disc; the largest inscribed disc does not hold them.
    left, top, width, height, area = stats[number].tolist()
    part = (labels[top : top + height, left : left + width] == number).astype(np.uint8)
    part = cv2.morphologyEx(part, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if len(rows) < 40 or len(columns) < 40:
        return None
    width, height = int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)
    if not 0.96 <= width / height <= 1.04 or not 0.25 <= area / (width * height) <= 0.84:
        return None
    x, y = left + (columns[0] + columns[-1]) / 2, top + (rows[0] + rows[-1]) / 2
    return _Disc(float(x), float(y), (width + height) / 4)


def _around(pixels: Any, disc: _Disc, rings: Sequence[float]) -> Any:
    """Return the colours around a disc: angle by ring, from the right upwards."""
    import numpy as np

    angles = np.arange(_ANGLES) * (2 * math.pi / _ANGLES)
    radii = np.array(rings) * disc.radius
    x = np.rint(disc.x + np.cos(angles)[:, None] * radii).astype(int)
    y = np.rint(disc.y - np.sin(angles)[:, None] * radii).astype(int)
    return pixels[np.clip(y, 0, pixels.shape[0] - 1), np.clip(x, 0, pixels.shape[1] - 1)]


def _wedges(colours: Any, face: Any) -> list[tuple[float, float]]:
    """Return start and length of each wedge, in turns; edges between wedges are halved."""
    import numpy as np

    values, counts = np.unique(codes_of(colours), return_counts=True)
    palette: list[Any] = []
    for code in values[counts.argsort()[::-1]][:64].tolist():
        rgb = np.array(rgb_of(code), np.float32)
        share = counts[values == code][0] / colours[..., 0].size
        if share >= _LEAST and np.abs(rgb - face).max() > 12 and all(np.linalg.norm(rgb - p) > _SAME for p in palette):
            palette.append(rgb)
    if not palette:
        return []
    distance = np.linalg.norm(colours[:, :, None, :].astype(np.float32) - np.array(palette), axis=-1)
    nearest = np.where(distance.min(axis=2) <= _SAME, distance.argmin(axis=2), -1)
    votes = np.stack([(nearest == number).sum(axis=1) for number in range(len(palette))], axis=1)
    label = np.where(votes.max(axis=1) >= colours.shape[1] / 2, votes.argmax(axis=1), -1)
    if (label >= 0).mean() < 0.85:
        return []
    return _runs(label.tolist())


def _runs(label: list[int]) -> list[tuple[float, float]]:
    """Return start and length of the runs of equal labels around a circle; gaps are given to both sides."""
    count = len(label)
    changes = [n for n in range(count) if label[n] != label[n - 1]]
    if not changes:
        return [(0.0, 1.0)]
    pieces = [(a, ((b - a - 1) % count) + 1, label[a]) for a, b in zip(changes, changes[1:] + changes[:1], strict=True)]
    whole = [(start, length, kind) for start, length, kind in pieces if kind >= 0 and length >= 4]
    wedges: list[tuple[float, float]] = []
    for number, (start, length, _) in enumerate(whole):
        before_start, before_length, _ = whole[number - 1]
        after_start = whole[(number + 1) % len(whole)][0]
        gap_before = (start - before_start - before_length) % count
        gap_after = (after_start - start - length) % count
        wedges.append(((start - gap_before / 2) / count, (length + (gap_before + gap_after) / 2) / count))
    return wedges


def _series(wedges: Sequence[tuple[float, float]], disc: _Disc, texts: Sequence[Text]) -> Series:
    outside = [text for text in texts if _distance(disc, text) > 0.98 * disc.radius]
    names = [_name(start + length / 2, disc, outside) for start, length in wedges]
    shares = [100 * length for _, length in wedges]
    printed = [_printed(start, length, disc, texts) for start, length in wedges]
    why_not = ""
    if "" in names or len(set(names)) < len(names):
        why_not = WhyNot.WEDGES_UNCLEAR
    pairs = [(a, b) for a, b in zip(printed, shares, strict=True) if a is not None]
    if any(abs(a - b) > _AGREE for a, b in pairs):
        why_not = why_not or WhyNot.SHARES_DIFFER
    exact = len(pairs) == len(shares) and not why_not
    return Series(
        kind="pie",
        x=tuple(name or str(number) for number, name in enumerate(names, 1)),
        y=tuple(float(a) for a, _ in pairs) if exact else tuple(shares),
        sigma=0.05 if exact else 100 / (2 * math.pi * disc.radius) + 0.1,
        source="printed" if exact else "pixels",
        sure=not why_not,
        why_not=why_not,
        places=tuple(_middle(start + length / 2, disc) for start, length in wedges),
    )


def _middle(turn: float, disc: _Disc) -> tuple[float, float]:
    """Return where the ring of a wedge has its middle (pixels)."""
    angle = 2 * math.pi * turn
    return disc.x + 0.82 * disc.radius * math.cos(angle), disc.y - 0.82 * disc.radius * math.sin(angle)


def _distance(disc: _Disc, text: Text) -> float:
    """Return how far the middle of a text is from the middle of a disc."""
    return math.dist(text.centre, (disc.x, disc.y))


def _name(turn: float, disc: _Disc, texts: Sequence[Text]) -> str:
    """Return the text beside the middle of a wedge; empty if there is none near it."""
    x = disc.x + 1.1 * disc.radius * math.cos(2 * math.pi * turn)
    y = disc.y - 1.1 * disc.radius * math.sin(2 * math.pi * turn)

    def away(text: Text) -> float:
        left, top, right, bottom = text.box
        return math.hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom))

    near = min(texts, key=away, default=None)
    return near.text if near is not None and away(near) <= 0.2 * disc.radius + 6 else ""


def _printed(start: float, length: float, disc: _Disc, texts: Sequence[Text]) -> float | None:
    """Return the percentage printed in a wedge; None if there is none."""
    for text in texts:
        found = _PERCENT.fullmatch(text.text)
        if found is None or _distance(disc, text) > 0.98 * disc.radius:
            continue
        x, y = text.centre
        turn = math.atan2(disc.y - y, x - disc.x) / (2 * math.pi)
        if (turn - start) % 1.0 < length:
            return float(found[1].replace(",", "."))
    return None
