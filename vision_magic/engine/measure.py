"""What do the pixels say? Size, kind, colours, separate blobs, and the difference of two pictures.

Pillow only: these facts are there without the extra ``reader``. Every threshold that decides something is a constant
here, and the answers state it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from PIL import Image as PILImage
from PIL import ImageChops

__all__ = [
    "Blobs",
    "Box",
    "Colour",
    "Difference",
    "Kind",
    "Look",
    "Region",
    "colour_name",
    "compare",
    "count_blobs",
    "hex_of",
    "look_at",
    "on_white",
    "place_in_words",
]

RGB = tuple[int, int, int]
Box = tuple[int, int, int, int]
Kind = Literal["flat", "photograph-like", "mixed"]

SAMPLE_SIDE = 256
"""Colour statistics are taken on a sample of at most this side (pixels)."""

BLOB_SIDE = 640
"""Blobs are counted on a picture of at most this side (pixels)."""

SPECK = 12
"""Blobs below this area are specks (pixels of the shrunk picture)."""

MIN_SHARE_GREY, MIN_SHARE = 0.006, 0.001
"""Greys and colours below these shares of the picture are not listed: a thin line has 0.2 % of a figure."""

SAME_COLOUR = 9.0
"""Colours nearer than this (CIE Lab distance) are listed as one."""

DIFFERS = 16
"""Pixels differ when a channel is further apart than this (of 255)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """One colour of a picture.

    Attributes
    ----------
    name : str
        The nearest plain name.
    rgb : tuple of int
        Red, green, blue, 0 to 255.
    share : float
        Part of the picture, 0 to 1.
    place : str
        Where most of it is, in words: ``"lower left"``, ``"throughout"``.
    """

    name: str
    rgb: RGB
    share: float
    place: str

    @property
    def hex(self) -> str:
        """The colour as ``#1f77b4``."""
        return hex_of(self.rgb)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one glance at the colours gives.

    Attributes
    ----------
    width, height : int
        Pixels.
    kind : {"flat", "photograph-like", "mixed"}
        From the number of different colours and the area of the commonest.
    palette : tuple of Colour
        The main colours, the commonest first.
    transparent : float
        Part of the pixels that are fully transparent, 0 to 1.
    translucent : float
        Part of the pixels that are partly transparent, 0 to 1.
    """

    width: int
    height: int
    kind: Kind
    palette: tuple[Colour, ...]
    transparent: float = 0.0
    translucent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blobs:
    """Separate areas that stand out from the background.

    Attributes
    ----------
    count : int
        How many; areas that touch count as one.
    specks : int
        How many smaller ones were left out.
    background : tuple of int
        The colour they stand out from.
    share : float
        Part of the picture that they cover, 0 to 1.
    """

    count: int
    specks: int
    background: RGB
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the picture: its box in pixels and its place in words."""

    box: Box
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How two pictures differ.

    Attributes
    ----------
    same_size : bool
        Else the second was scaled to the size of the first before it was compared.
    identical : bool
        Every pixel is the same.
    share : float
        Part of the pixels that differ by more than `DIFFERS` in a channel, 0 to 1.
    regions : tuple of Region
        Where, the largest first, in pixels of the first picture.
    more_regions : int
        How many smaller regions are not listed.
    only_first, only_second : tuple of Colour
        Main colours that the other has not.
    """

    same_size: bool
    identical: bool
    share: float
    regions: tuple[Region, ...]
    more_regions: int
    only_first: tuple[Colour, ...]
    only_second: tuple[Colour, ...]


# Several anchors may carry one name: the nearest in CIE Lab wins. The saturated middle rows are the colours that
# plotting libraries use by default, so that a person reads the name they would use.
_ANCHORS: tuple[tuple[str, int], ...] = (
    ("white", 0xFFFFFF),
    ("light grey", 0xD3D3D3),
    ("light grey", 0xEAEAF2),
    ("light grey", 0xE5E5E5),
    ("grey", 0x9A9A9A),
    ("grey", 0x7F7F7F),
    ("dark grey", 0x4A4A4A),
    ("black", 0x000000),
    ("black", 0x151515),
    ("red", 0xFF0000),
    ("red", 0xD62728),
    ("dark red", 0x8B0000),
    ("light red", 0xFF9896),
    ("orange", 0xFF7F0E),
    ("orange", 0xFFA500),
    ("light orange", 0xFFBB78),
    ("brown", 0x8C564B),
    ("brown", 0x7B4A12),
    ("beige", 0xE8D9B5),
    ("yellow", 0xFFFF00),
    ("yellow", 0xFDE725),
    ("gold", 0xE0B020),
    ("olive", 0xBCBD22),
    ("olive", 0x808000),
    ("green", 0x2CA02C),
    ("green", 0x00A000),
    ("green", 0x55A868),
    ("dark green", 0x0B5A0B),
    ("light green", 0x98DF8A),
    ("light green", 0x00FF00),
    ("teal", 0x008080),
    ("teal", 0x21918C),
    ("cyan", 0x17BECF),
    ("cyan", 0x00FFFF),
    ("light blue", 0xAEC7E8),
    ("light blue", 0x87CEEB),
    ("blue", 0x1F77B4),
    ("blue", 0x0000FF),
    ("blue", 0x4C72B0),
    ("blue", 0x3B82F6),
    ("dark blue", 0x00008B),
    ("dark blue", 0x14213D),
    ("purple", 0x9467BD),
    ("purple", 0x800080),
    ("purple", 0x8172B2),
    ("dark purple", 0x440154),
    ("light purple", 0xC5B0D5),
    ("magenta", 0xFF00FF),
    ("pink", 0xE377C2),
    ("pink", 0xFFC0CB),
)


def hex_of(rgb: RGB) -> str:
    """Return a colour as ``#1f77b4``."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


@lru_cache(maxsize=4096)
def colour_name(rgb: RGB) -> str:
    """Return the plain name that is nearest to a colour."""
    here = _lab(rgb)
    return min(_anchor_points(), key=lambda anchor: _squared(anchor[1], here))[0]


@lru_cache(maxsize=1)
def _anchor_points() -> tuple[tuple[str, tuple[float, float, float]], ...]:
    return tuple((name, _lab((code >> 16, code >> 8 & 255, code & 255))) for name, code in _ANCHORS)


@lru_cache(maxsize=4096)
def _lab(rgb: RGB) -> tuple[float, float, float]:
    """Return sRGB as CIE Lab (D65): equal distances look about equally different."""
    red, green, blue = (_linear(channel / 255) for channel in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(channel: float) -> float:
    return float(((channel + 0.055) / 1.055) ** 2.4) if channel > 0.04045 else channel / 12.92


def _squared(a: Iterable[float], b: Iterable[float]) -> float:
    return sum((left - right) ** 2 for left, right in zip(a, b, strict=True))


def colour_distance(a: RGB, b: RGB) -> float:
    """Return the CIE Lab distance of two colours: about 2 is just visible, 100 is black from white."""
    return float(_squared(_lab(a), _lab(b)) ** 0.5)


def _chroma(rgb: RGB) -> float:
    """Return how far a colour is from grey (CIE Lab): 0 for grey, above 25 a person names its hue."""
    _, a, b = _lab(rgb)
    return float((a * a + b * b) ** 0.5)


def on_white(picture: PILImage.Image) -> PILImage.Image:
    """Return the picture as RGB, transparent parts on white, as a notebook shows it."""
    if picture.mode == "RGB":
        return picture
    if picture.mode in ("I", "F", "I;16"):
        return _sixteen_bits(picture).convert("RGB")
    if not _has_alpha(picture):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = PILImage.new("RGBA", layered.size, (255, 255, 255, 255))
    return PILImage.alpha_composite(ground, layered).convert("RGB")


def _sixteen_bits(picture: PILImage.Image) -> PILImage.Image:
    """Return 16-bit grey as 8-bit grey by range, where Pillow would cut everything above 255."""
    lowest, highest = _extrema(picture)
    scale = 255.0 / max(highest - lowest, 1e-9)
    return picture.convert("F").point(lambda value: value * scale - lowest * scale).convert("L")


def _extrema(picture: PILImage.Image) -> tuple[float, float]:
    extrema: Any = picture.getextrema()
    return float(extrema[0]), float(extrema[1])


def _has_alpha(picture: PILImage.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def look_at(picture: PILImage.Image) -> Look:
    """Measure size, kind, colours and transparency of a picture.

    Parameters
    ----------
    picture : PIL.Image.Image
        Any mode.

    Returns
    -------
    Look
    """
    flat = on_white(picture)
    sample = _sampled(flat)
    counts = _colour_counts(sample)
    transparent, translucent = _transparency(picture)
    kind = _kind(counts)
    return Look(
        width=picture.width,
        height=picture.height,
        kind=kind,
        palette=_palette(flat, sample, counts, kind),
        transparent=transparent,
        translucent=translucent,
    )


def _sampled(picture: PILImage.Image) -> PILImage.Image:
    """Return at most `SAMPLE_SIDE` pixels a side, each a pixel of the original: no mixed colours appear."""
    ratio = SAMPLE_SIDE / max(picture.size)
    if ratio >= 1:
        return picture
    size = (max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio)))
    return picture.resize(size, PILImage.Resampling.NEAREST)


def _colour_counts(picture: PILImage.Image) -> list[tuple[int, RGB]]:
    """Return how often each colour occurs, the commonest first; ties by colour."""
    counts: Any = picture.getcolors(picture.width * picture.height) or []
    return sorted(counts, key=lambda pair: (-pair[0], pair[1]))


def _kind(counts: list[tuple[int, RGB]]) -> Kind:
    total = sum(count for count, _ in counts)
    first = counts[0][0] / total
    top = sum(count for count, _ in counts[:16]) / total
    if top > 0.75 or first > 0.45:
        return "flat"
    return "mixed" if top > 0.35 else "photograph-like"


def _transparency(picture: PILImage.Image) -> tuple[float, float]:
    if not _has_alpha(picture):
        return 0.0, 0.0
    histogram = picture.convert("RGBA").getchannel("A").histogram()
    total = picture.width * picture.height
    return histogram[0] / total, sum(histogram[1:255]) / total


def _palette(
    flat: PILImage.Image, sample: PILImage.Image, counts: list[tuple[int, RGB]], kind: Kind
) -> tuple[Colour, ...]:
    """Return the main colours; a flat picture has its own, a photograph is reduced to a dozen first."""
    if kind != "flat":
        sample = sample.quantize(colors=12, method=PILImage.Quantize.MEDIANCUT).convert("RGB")
        counts = _colour_counts(sample)
    groups = _grouped(counts, smoothed=kind == "flat")
    places = _places(sample, groups)
    total = sum(count for count, _ in counts)
    colours = (
        Colour(name=colour_name(rgb), rgb=rgb, share=count / total, place=places[rgb])
        for rgb, count in groups.items()
        if count / total >= (MIN_SHARE if _chroma(rgb) > 25 else MIN_SHARE_GREY)
    )
    return tuple(sorted(colours, key=lambda colour: -colour.share))[:8]


def _grouped(counts: list[tuple[int, RGB]], *, smoothed: bool) -> dict[RGB, int]:
    """Return the colours with their near ones (antialiased edges) counted in; the rare ones are left out."""
    groups: dict[RGB, int] = {}
    for count, rgb in counts[:400]:
        nearest = min(groups, key=lambda seen: colour_distance(seen, rgb), default=None)
        if nearest is not None and colour_distance(nearest, rgb) < SAME_COLOUR:
            groups[nearest] += count
        elif smoothed and (drawn := _blended(rgb, groups)) is not None:
            groups[drawn] += count
        elif len(groups) < 24:
            paler = _paler(rgb, groups) if smoothed else None
            # A thin line has as many smoothed pixels as full ones; a pale area beside a line has many more.
            takes_over = paler is not None and count >= 0.3 * groups[paler]
            groups[rgb] = count + (groups.pop(paler) if paler is not None and takes_over else 0)
    return groups


def _paler(rgb: RGB, groups: dict[RGB, int]) -> RGB | None:
    """Return a listed colour that is a mixture of this one and the commonest."""
    ground, *others = [*list(groups)[:8], rgb]
    return next((other for other in others[:-1] if _between(other, ground, rgb)), None)


def _blended(rgb: RGB, groups: dict[RGB, int]) -> RGB | None:
    """Return the colour that was drawn on the commonest one, where this is a mixture of the two: an edge, smoothed."""
    if len(groups) < 2:
        return None
    ground, *others = list(groups)[:8]
    return next((other for other in others if _between(rgb, ground, other)), None)


def _between(rgb: RGB, ground: RGB, drawn: RGB) -> bool:
    """Return whether a colour lies on the straight line between two others, to 4 of 255 in each channel."""
    span = [d - g for d, g in zip(drawn, ground, strict=True)]
    length = sum(part * part for part in span)
    part = sum((c - g) * s for c, g, s in zip(rgb, ground, span, strict=True)) / length
    on_line = all(abs(g + part * s - c) <= 4 for c, g, s in zip(rgb, ground, span, strict=True))
    return on_line and 0.02 < part < 0.98


def _places(sample: PILImage.Image, groups: dict[RGB, int]) -> dict[RGB, str]:
    """Return for each colour where it is, from its counts in the nine parts of the picture."""
    cells = [Counter({rgb: count for count, rgb in _colour_counts(cell)}) for cell in _nine_parts(sample)]
    areas = [sum(cell.values()) for cell in cells]
    return {rgb: _place([cell[rgb] for cell in cells], areas) for rgb in groups}


def _nine_parts(picture: PILImage.Image) -> Iterator[PILImage.Image]:
    width, height = max(3, picture.width), max(3, picture.height)
    for row in range(3):
        for column in range(3):
            yield picture.crop(
                (width * column // 3, height * row // 3, width * (column + 1) // 3, height * (row + 1) // 3)
            )


_CELLS = (
    "upper left",
    "upper middle",
    "upper right",
    "left",
    "centre",
    "right",
    "lower left",
    "lower middle",
    "lower right",
)
_THIRDS = {
    (0, 1, 2): "upper third",
    (3, 4, 5): "middle, from left to right",
    (6, 7, 8): "lower third",
    (0, 3, 6): "left third",
    (1, 4, 7): "middle, from top to bottom",
    (2, 5, 8): "right third",
}


_NEARLY_ALL = 0.9  # of a colour: less of it is "mostly" there


def _place(counts: list[int], areas: list[int]) -> str:
    total = sum(counts)
    if total == 0 or len(counts) != 9:
        return "throughout"
    densities = [count / max(area, 1) for count, area in zip(counts, areas, strict=True)]
    if min(densities) > 0.35 * max(densities):
        return "throughout"
    most = max(counts) / total
    if most >= 0.6:
        words = _CELLS[counts.index(max(counts))]
        return words if most >= _NEARLY_ALL else f"mostly {words}"
    shares = {words: sum(counts[cell] for cell in third) / total for third, words in _THIRDS.items()}
    words = max(shares, key=lambda third: shares[third])
    if shares[words] >= 0.8:
        return words if shares[words] >= _NEARLY_ALL else f"mostly the {words}"
    return _spread(counts, total)


def _spread(counts: list[int], total: int) -> str:
    """Return in words a colour that is in several parts: the rim, or the heaviest half."""
    if counts[4] < 0.02 * total:
        return "around the rim"
    top, bottom = sum(counts[:3]), sum(counts[6:])
    left, right = sum(counts[0::3]), sum(counts[2::3])
    sides = {"upper half": top - bottom, "lower half": bottom - top}
    sides |= {"left half": left - right, "right half": right - left}
    side, excess = max(sides.items(), key=lambda item: item[1])
    return f"mostly the {side}" if excess > 0.4 * total else "throughout"


def place_in_words(box: Box, size: tuple[int, int]) -> str:
    """Return where a box lies in a picture: ``"upper left"``, ``"centre"``, ``"across the picture"``."""
    left, top, right, bottom = box
    width, height = size
    wide, high = (right - left) > 0.7 * width, (bottom - top) > 0.7 * height
    if wide and high:
        return "across the picture"
    column = 1 if wide else min(2, int(3 * (left + right) / 2 / width))
    row = 1 if high else min(2, int(3 * (top + bottom) / 2 / height))
    if wide:
        return ("along the top", "across the middle", "along the bottom")[row]
    if high:
        return ("along the left side", "down the middle", "along the right side")[column]
    return _CELLS[3 * row + column]


def count_blobs(picture: PILImage.Image) -> Blobs:
    """Count the separate areas that stand out from the background.

    The background is the commonest colour of the rim; what differs from it by more than Otsu's threshold stands out.
    Exact on separate blobs; those that touch count as one.

    Parameters
    ----------
    picture : PIL.Image.Image
        Any mode.

    Returns
    -------
    Blobs
    """
    flat = _shrunk(on_white(picture), BLOB_SIDE)
    background = _rim_colour(flat)
    distance = _largest_channel(ImageChops.difference(flat, PILImage.new("RGB", flat.size, background)))
    threshold = _otsu(distance.histogram())
    areas = [area for area, _ in components(distance.point(lambda value: 255 if value > threshold else 0))]
    smallest = max(SPECK, 0.02 * max(areas, default=0))
    blobs = [area for area in areas if area >= smallest]
    return Blobs(
        count=len(blobs),
        specks=len(areas) - len(blobs),
        background=background,
        share=sum(blobs) / (flat.width * flat.height),
    )


def _shrunk(picture: PILImage.Image, side: int) -> PILImage.Image:
    """Return the picture with at most this side (pixels); the one given stays as it is."""
    if max(picture.size) <= side:
        return picture
    small = picture.copy()
    small.thumbnail((side, side), PILImage.Resampling.BOX)
    return small


def _rim_colour(picture: PILImage.Image) -> RGB:
    """Return the commonest colour of the outermost pixels; in steps of 8, so that noise does not split it."""
    width, height = picture.size
    edges = [(0, 0, width, 1), (0, height - 1, width, height), (0, 0, 1, height), (width - 1, 0, width, height)]
    counts: Counter[RGB] = Counter()
    for edge in edges:
        for count, (red, green, blue) in _colour_counts(picture.crop(edge)):
            counts[red & 0xF8, green & 0xF8, blue & 0xF8] += count
    red, green, blue = max(counts, key=lambda rgb: (counts[rgb], rgb))
    return red | 4 if red < 0xF8 else 255, green | 4 if green < 0xF8 else 255, blue | 4 if blue < 0xF8 else 255


def _largest_channel(picture: PILImage.Image) -> PILImage.Image:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _otsu(histogram: list[int]) -> int:
    """Return the level that parts a histogram best (largest variance between the two classes), at least 24."""
    total, weighted = sum(histogram), sum(level * count for level, count in enumerate(histogram))
    best, best_level, below, mean_below = -1.0, 24, 0, 0
    for level, count in enumerate(histogram):
        below += count
        mean_below += level * count
        if 0 < below < total:
            gap = mean_below / below - (weighted - mean_below) / (total - below)
            between = below * (total - below) * gap * gap
            if between > best:
                best, best_level = between, level
    return max(best_level, 24)


_RUN = re.compile(rb"\xff+")


def components(mask: PILImage.Image) -> list[tuple[int, Box]]:
    """Return area and box of every connected area of 255 in an 8-bit mask; corners connect.

    Runs of each row are joined with the touching runs of the row above (union-find): work grows with the number of
    runs, not of pixels.
    """
    width, data = mask.width, mask.tobytes()
    parents: list[int] = []
    runs: list[tuple[int, int, int]] = []
    above: list[int] = []
    for row in range(mask.height):
        here = []
        for match in _RUN.finditer(data, row * width, (row + 1) * width):
            runs.append((row, match.start() - row * width, match.end() - row * width))
            parents.append(len(parents))
            here.append(len(parents) - 1)
        _join_rows(runs, parents, above, here)
        above = here
    return _gathered(runs, parents)


def _join_rows(runs: list[tuple[int, int, int]], parents: list[int], above: list[int], here: list[int]) -> None:
    """Join the touching runs of two neighbouring rows; both lists run from left to right."""
    i = j = 0
    while i < len(above) and j < len(here):
        _, a_start, a_end = runs[above[i]]
        _, b_start, b_end = runs[here[j]]
        if a_start <= b_end and b_start <= a_end:
            parents[_root(parents, here[j])] = _root(parents, above[i])
        if a_end < b_end:
            i += 1
        else:
            j += 1


def _root(parents: list[int], run: int) -> int:
    while parents[run] != run:
        parents[run] = parents[parents[run]]
        run = parents[run]
    return run


def _gathered(runs: list[tuple[int, int, int]], parents: list[int]) -> list[tuple[int, Box]]:
    found: dict[int, tuple[int, Box]] = {}
    for run, (row, start, end) in enumerate(runs):
        root = _root(parents, run)
        area, (left, top, right, bottom) = found.get(root, (0, (start, row, end, row + 1)))
        found[root] = (area + end - start, (min(left, start), top, max(right, end), max(bottom, row + 1)))
    return list(found.values())


def compare(first: PILImage.Image, second: PILImage.Image) -> Difference:
    """Measure how two pictures differ.

    Parameters
    ----------
    first, second : PIL.Image.Image
        Any mode and size; where the sizes differ, the second is scaled to the size of the first.

    Returns
    -------
    Difference
    """
    a, b = on_white(first), on_white(second)
    same_size = a.size == b.size
    scaled = b if same_size else b.resize(a.size, PILImage.Resampling.BICUBIC)
    apart = _largest_channel(ImageChops.difference(a, scaled))
    mask = apart.point(lambda value: 255 if value > DIFFERS else 0)
    regions = _regions(mask)
    palettes = look_at(a).palette, look_at(b).palette
    return Difference(
        same_size=same_size,
        identical=same_size and apart.getbbox() is None,
        share=mask.histogram()[255] / (a.width * a.height),
        regions=regions[:5],
        more_regions=max(0, len(regions) - 5),
        only_first=_missing(palettes[0], palettes[1]),
        only_second=_missing(palettes[1], palettes[0]),
    )


def _regions(mask: PILImage.Image) -> tuple[Region, ...]:
    """Return where the mask is set: neighbouring spots, less than about 3 % of the side apart, are one region."""
    block = max(1, max(mask.size) // 32)
    coarse = mask.reduce(block).point(lambda value: 255 if value > 0 else 0)
    boxes = []
    for _, (left, top, right, bottom) in components(coarse):
        area = (left * block, top * block, min(right * block, mask.width), min(bottom * block, mask.height))
        inner = mask.crop(area).getbbox()
        if inner is not None:
            boxes.append(
                (area[0] + inner[0], area[1] + inner[1], area[0] + inner[2], area[1] + inner[3]),
            )
    boxes.sort(key=lambda box: (-(box[2] - box[0]) * (box[3] - box[1]), box))
    return tuple(Region(box=box, place=place_in_words(box, mask.size)) for box in boxes)


def _missing(palette: tuple[Colour, ...], other: tuple[Colour, ...]) -> tuple[Colour, ...]:
    """Return the colours that have no near one in the other palette."""
    return tuple(
        colour for colour in palette if all(colour_distance(colour.rgb, seen.rgb) > 2 * SAME_COLOUR for seen in other)
    )
