"""Pies: the shares of the wedges of a disc or a ring, by the colours around it.

Their names stand beside the wedges or in a legend, and a share that is printed in a wedge or at it is exact.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.data import ChartPanel, Series, WhyNot
from vision_magic.engine.chart.legend import find_legends
from vision_magic.engine.chart.masks import opened
from vision_magic.engine.chart.sectors import find_sectors
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.colours import codes_of, commonest, hex_of, rgb_of
from vision_magic.engine.pixels import RGB
from vision_magic.engine.texts import Text

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["find_pie"]

_SMALLEST: Final = 40
"""A picture with a shorter side holds no pie that can be measured (pixels)."""

_ANGLES: Final = 2880
_RINGS: Final = (0.72, 0.76, 0.8, 0.84, 0.88, 0.92)
"""Where colours are looked at, as shares of the radius: outside the hole of a ring and the numbers in wedges."""

_SAME: Final = 24.0
_LEAST: Final = 0.004
"""A colour with a smaller share of the ring is an edge."""

_INNER: Final = (0.3, 0.4)
_STRAIGHT: Final = 0.96
_STRAIGHT_INNER: Final = 0.85
"""So much of a wedge has its colour on every ring, since its edges are straight: 0.997 in drawn pies. In other round
pictures, such as a logo, areas end in curves. The inner rings may hold numbers, or the hole of a ring."""

_APART: Final = 0.04
"""The apexes of an exploded pie are further from each other, in radii; fitted ones of a whole pie by up to 0.033."""

_AGREE: Final = 1.5
"""Printed and measured shares agree when they differ by no more (percent)."""

_NEAR_COLOUR: Final = 40.0
"""The colour of a legend's sample is no further from that of its wedge."""

_DIVIDED: Final = 0.04
"""A number printed in a wedge hides no more of the circle (turns)."""

_PERCENT: Final = re.compile(r"\s*(?P<name>.*?)[\s:,;–-]*\(?(?P<share>\d+(?:[.,]\d+)?)\s*%\)?\s*")


@dataclass(frozen=True, slots=True)
class _Disc:
    x: float
    y: float
    radius: float

    def away(self, text: Text) -> float:
        """Return how far the middle of a text is from that of the disc."""
        return math.dist(text.centre, (self.x, self.y))


@dataclass(frozen=True, slots=True)
class _Wedge:
    """A wedge: its disc, where it starts and how long it is, in turns from the right upwards, and its colour."""

    disc: _Disc
    start: float
    length: float
    rgb: RGB

    def holds(self, text: Text) -> bool:
        """Return whether a text stands in the direction of the wedge."""
        x, y = text.centre
        turn = math.atan2(self.disc.y - y, x - self.disc.x) / (2 * math.pi)
        return (turn - self.start) % 1.0 < self.length


def find_pie(image: PILImage.Image, texts: Sequence[Text]) -> ChartPanel | None:
    """Return the shares of a pie in percent, with the names of its wedges and its title; None if there is no pie.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    texts : sequence of Text
        The texts that were read, among them the names beside the wedges.
    """
    import numpy as np

    pixels = np.asarray(image)
    if min(pixels.shape[:2]) < _SMALLEST:
        return None
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    face = np.array(commonest(rim), np.int16)
    wedges = _apart(pixels, face) or _of_disc(pixels, face)
    return _panel(image, wedges, texts) if wedges else None


def _of_disc(pixels: Any, face: Any) -> list[_Wedge]:
    """Return the wedges of the largest disc or ring; none if there is none."""
    import numpy as np

    disc = _disc(np.abs(pixels.astype(np.int16) - face).max(axis=2) > 12)
    if disc is None:
        return []
    wedges = _wedges(_around(pixels, disc, _RINGS + _INNER), face, disc)
    outside = np.abs(_around(pixels, disc, (1.05,)).astype(np.int16) - face).max(axis=-1) <= 12
    return wedges if 2 <= len(wedges) <= 24 and outside.mean() >= 0.75 else []


def _apart(pixels: Any, face: Any) -> list[_Wedge]:
    """Return the wedges of an exploded pie; none of a pie whose wedges have one apex."""
    found = [
        _Wedge(_Disc(one.x, one.y, one.radius), one.start, one.length, one.rgb) for one in find_sectors(pixels, face)
    ]
    apexes = [(wedge.disc.x, wedge.disc.y) for wedge in found]
    spread = max((math.dist(one, other) for one in apexes for other in apexes), default=0.0)
    return found if found and spread >= _APART * found[0].disc.radius else []


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


def _wedges(pixels: Any, face: Any, disc: _Disc) -> list[_Wedge]:
    """Return start and length of each wedge, in turns; edges between wedges are halved."""
    import numpy as np

    colours, inner = pixels[:, : len(_RINGS)], pixels[:, len(_RINGS) :]
    values, counts = np.unique(codes_of(colours), return_counts=True)
    palette: list[Any] = []
    for code in values[counts.argsort()[::-1]][:64].tolist():
        rgb = np.array(rgb_of(code), np.float32)
        share = counts[values == code][0] / colours[..., 0].size
        if share >= _LEAST and np.abs(rgb - face).max() > 12 and all(np.linalg.norm(rgb - p) > _SAME for p in palette):
            palette.append(rgb)
    if not palette:
        return []
    nearest = _nearest(colours, palette)
    votes = np.stack([(nearest == number).sum(axis=1) for number in range(len(palette))], axis=1)
    label = np.where(votes.max(axis=1) >= colours.shape[1] / 2, votes.argmax(axis=1), -1)
    if (label >= 0).mean() < 0.85 or (nearest == label[:, None])[label >= 0].mean() < _STRAIGHT:
        return []
    within = _nearest(inner, palette)
    if (within == label[:, None])[within >= 0].sum() < _STRAIGHT_INNER * (within >= 0).sum():
        return []
    return _runs(label.tolist(), [(int(colour[0]), int(colour[1]), int(colour[2])) for colour in palette], disc)


def _nearest(colours: Any, palette: Sequence[Any]) -> Any:
    """Return the number of the colour of the palette that each pixel has; -1 for none."""
    import numpy as np

    distance = np.linalg.norm(colours[:, :, None, :].astype(np.float32) - np.array(palette), axis=-1)
    return np.where(distance.min(axis=2) <= _SAME, distance.argmin(axis=2), -1)


def _runs(label: list[int], palette: Sequence[RGB], disc: _Disc) -> list[_Wedge]:
    """Return the wedges of the runs of equal labels around a circle; gaps are given to both sides."""
    count = len(label)
    changes = [n for n in range(count) if label[n] != label[n - 1]]
    if not changes:
        return [_Wedge(disc, 0.0, 1.0, palette[label[0]])]
    pieces = [(a, ((b - a - 1) % count) + 1, label[a]) for a, b in zip(changes, changes[1:] + changes[:1], strict=True)]
    whole = _joined([piece for piece in pieces if piece[2] >= 0 and piece[1] >= 4], count)
    wedges: list[_Wedge] = []
    for number, (start, length, kind) in enumerate(whole):
        before_start, before_length, _ = whole[number - 1]
        after_start = whole[(number + 1) % len(whole)][0]
        gap_before = (start - before_start - before_length) % count
        gap_after = (after_start - start - length) % count
        start_of, length_of = start - gap_before / 2, length + (gap_before + gap_after) / 2
        wedges.append(_Wedge(disc, start_of / count, length_of / count, palette[kind]))
    return wedges


def _joined(pieces: Sequence[tuple[int, int, int]], count: int) -> list[tuple[int, int, int]]:
    """Return pieces (start, length, colour) in which those of one colour that a number divides are one."""
    joined = [pieces[0]] if pieces else []
    for start, length, kind in pieces[1:]:
        first, before, last = joined[-1]
        if kind == last and (start - first - before) % count <= _DIVIDED * count:
            joined[-1] = (first, (start - first) % count + length, kind)
        else:
            joined.append((start, length, kind))
    return joined


# --- names, printed shares and the title --------------------------------------------------------------------------


def _panel(image: PILImage.Image, wedges: Sequence[_Wedge], texts: Sequence[Text]) -> ChartPanel:
    line = float(median(text.height for text in texts)) if texts else 12.0
    printed = [_printed(wedge, texts) for wedge in wedges]
    title = _title(max((wedge.disc for wedge in wedges), key=lambda disc: disc.radius - disc.y), texts, line)
    names, legend_title = _names_of_legend(image, wedges, texts, line)
    if "" in names:
        others = [text for text in texts if text not in title]
        names = [_name(wedge, others) for wedge in wedges]
    if not any(names):
        names = [hex_of(wedge.rgb) for wedge in wedges]
    series = _series(wedges, names, printed)
    return ChartPanel(title=" ".join(text.text for text in title), series=(series,), legend_title=legend_title)


def _series(wedges: Sequence[_Wedge], names: Sequence[str], printed: Sequence[float | None]) -> Series:
    shares = [100 * wedge.length for wedge in wedges]
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
        sigma=0.0 if exact else 100 / (2 * math.pi * wedges[0].disc.radius) + 0.1,
        source="printed" if exact else "pixels",
        sure=not why_not,
        why_not=why_not,
        places=tuple(_middle(wedge) for wedge in wedges),
    )


def _names_of_legend(
    image: PILImage.Image, wedges: Sequence[_Wedge], texts: Sequence[Text], line: float
) -> tuple[list[str], str]:
    """Return the name of each wedge in the legend, by its colour, and the legend's title; empty without a legend."""
    free = [text for text in texts if _PERCENT.fullmatch(text.text) is None]
    for legend in find_legends(image, free, line):
        names = []
        for wedge in wedges:
            nearest = min(legend.entries, key=lambda entry: math.dist(entry.rgb, wedge.rgb))
            names.append(nearest.text.text if math.dist(nearest.rgb, wedge.rgb) <= _NEAR_COLOUR else "")
        if "" not in names and len(set(names)) == len(names):
            return names, legend.title.text if legend.title else ""
    return [""] * len(wedges), ""


def _middle(wedge: _Wedge) -> tuple[float, float]:
    """Return where the ring of a wedge has its middle (pixels)."""
    disc, angle = wedge.disc, 2 * math.pi * (wedge.start + wedge.length / 2)
    return disc.x + 0.82 * disc.radius * math.cos(angle), disc.y - 0.82 * disc.radius * math.sin(angle)


def _title(disc: _Disc, texts: Sequence[Text], line: float) -> list[Text]:
    """Return the lines of the title: above everything else, centred over the disc or at the left edge of the texts."""
    above = [
        text
        for text in texts
        if text.box[3] < disc.y - disc.radius and not text.rotated and sum(map(str.isalpha, text.text)) > 2
    ]
    if not above:
        return []
    first = min(above, key=lambda text: text.box[1])
    lines = [text for text in above if text.box[1] - first.box[1] <= 2.4 * line and _are_stacked(text, first, line)]
    beside = [text for text in texts if text not in lines and abs(text.centre[1] - first.centre[1]) <= 0.6 * line]
    centred = abs(first.centre[0] - disc.x) <= 1.5 * line
    at_edge = first.box[0] <= min(text.box[0] for text in texts) + line
    near = disc.y - disc.radius - max(text.box[3] for text in lines) < 0.9 * line  # may be the name of the upper wedge
    return [] if beside or not (centred or at_edge) or (near and not centred) else lines


def _are_stacked(text: Text, first: Text, line: float) -> bool:
    return abs(text.centre[0] - first.centre[0]) <= line or abs(text.box[0] - first.box[0]) <= 0.5 * line


def _name(wedge: _Wedge, texts: Sequence[Text]) -> str:
    """Return the text beside the middle of a wedge, without its share; empty if there is none near it."""
    disc = wedge.disc
    turn = 2 * math.pi * (wedge.start + wedge.length / 2)
    x, y = disc.x + 1.1 * disc.radius * math.cos(turn), disc.y - 1.1 * disc.radius * math.sin(turn)

    def away(text: Text) -> float:
        left, top, right, bottom = text.box
        return math.hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom))

    outside = [text for text in texts if disc.away(text) > 0.98 * disc.radius and _without_share(text.text)]
    near = min(outside, key=away, default=None)
    if near is None or away(near) > 0.2 * disc.radius + 6:
        within = [text for text in texts if text not in outside and wedge.holds(text) and _without_share(text.text)]
        near = within[0] if len(within) == 1 else None
    return _without_share(near.text) if near is not None else ""


def _without_share(text: str) -> str:
    """Return the name in a label such as ``Apples (30 %)``; empty for a share or a number alone."""
    found = _PERCENT.fullmatch(text)
    name = found["name"] if found is not None else text
    return "" if number_of(name) is not None else name.strip()


def _printed(wedge: _Wedge, texts: Sequence[Text]) -> float | None:
    """Return the percentage printed in a wedge or at it; None if there is none."""
    disc = wedge.disc
    found = [
        (abs(disc.away(text) - disc.radius), match)
        for text in texts
        if disc.away(text) <= 1.6 * disc.radius
        and wedge.holds(text)
        and (match := _PERCENT.fullmatch(text.text)) is not None
    ]
    shares = [float(match["share"].replace(",", ".")) for _, match in sorted(found, key=lambda pair: pair[0])]
    return min(shares, key=lambda share: abs(share - 100 * wedge.length), default=None)
