"""Measurements of an image: size, kind, main colours and transparency.

They need only Pillow, so they work without the extra ``reader``. The thresholds are constants of this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from PIL import Image as PILImage

from vision_magic.engine.colours import chroma, colour_distance, colour_name, hex_of
from vision_magic.engine.pixels import RGB, colour_counts, has_alpha, on_white
from vision_magic.engine.places import place_of_counts

__all__ = ["SAME_COLOUR", "Colour", "Kind", "Measurements", "measure"]

Kind = Literal["flat", "photograph-like", "mixed"]

SAMPLE_SIDE = 256
"""Colours are counted in a sample whose longer side has at most this many pixels."""

MIN_SHARE_GREY, MIN_SHARE = 0.006, 0.001
"""Greys and colours with a smaller share of the image are not listed. A thin line covers 0.2 % of a figure."""

SAME_COLOUR = 9.0
"""Colours that are closer than this (CIE Lab distance) are listed as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """One colour of an image.

    Attributes
    ----------
    name : str
        The nearest plain English name.
    rgb : tuple of int
        Red, green, blue, 0 to 255.
    share : float
        Share of the pixels, 0 to 1.
    place : str
        The place of most of its pixels in words, such as ``"lower left"`` or ``"throughout"``.
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
class Measurements:
    """Size, kind, main colours and transparency of an image.

    Attributes
    ----------
    width, height : int
        Size in pixels.
    kind : {"flat", "photograph-like", "mixed"}
        Derived from the shares of the most common colours.
    palette : tuple of Colour
        The main colours, the most common first.
    transparent : float
        Share of the pixels that are fully transparent, 0 to 1.
    translucent : float
        Share of the pixels that are partly transparent, 0 to 1.
    """

    width: int
    height: int
    kind: Kind
    palette: tuple[Colour, ...]
    transparent: float = 0.0
    translucent: float = 0.0


def measure(image: PILImage.Image) -> Measurements:
    """Measure size, kind, main colours and transparency of an image.

    Parameters
    ----------
    image : PIL.Image.Image
        An image of any mode.

    Returns
    -------
    Measurements
    """
    sample = _sample(on_white(image))
    counts = colour_counts(sample)
    transparent, translucent = _transparency(image)
    kind = _kind(counts)
    return Measurements(
        width=image.width,
        height=image.height,
        kind=kind,
        palette=_palette(sample, counts, kind),
        transparent=transparent,
        translucent=translucent,
    )


def _sample(image: PILImage.Image) -> PILImage.Image:
    """Return a sample of at most `SAMPLE_SIDE` pixels per side, in which every pixel is one of the original."""
    ratio = SAMPLE_SIDE / max(image.size)
    if ratio >= 1:
        return image
    size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    return image.resize(size, PILImage.Resampling.NEAREST)


def _kind(counts: list[tuple[int, RGB]]) -> Kind:
    total = sum(count for count, _ in counts)
    first = counts[0][0] / total
    top = sum(count for count, _ in counts[:16]) / total
    if top > 0.75 or first > 0.45:
        return "flat"
    return "mixed" if top > 0.35 else "photograph-like"


def _transparency(image: PILImage.Image) -> tuple[float, float]:
    """Return the shares of the fully and of the partly transparent pixels."""
    if not has_alpha(image):
        return 0.0, 0.0
    histogram = image.convert("RGBA").getchannel("A").histogram()
    total = image.width * image.height
    return histogram[0] / total, sum(histogram[1:255]) / total


# --- main colours -----------------------------------------------------------------------------------------------


def _palette(sample: PILImage.Image, counts: list[tuple[int, RGB]], kind: Kind) -> tuple[Colour, ...]:
    """Return the main colours. Flat images keep their own colours; others are reduced to a dozen first."""
    if kind != "flat":
        sample = sample.quantize(colors=12, method=PILImage.Quantize.MEDIANCUT).convert("RGB")
        counts = colour_counts(sample)
    groups = _group_near_colours(counts, smoothed=kind == "flat")
    places = _places(sample, groups)
    total = sum(count for count, _ in counts)
    found = (
        Colour(name=colour_name(rgb), rgb=rgb, share=colours.total() / total, place=places[rgb])
        for rgb, colours in groups.items()
        if colours.total() / total >= (MIN_SHARE if chroma(rgb) > 25 else MIN_SHARE_GREY)
    )
    return tuple(sorted(found, key=lambda colour: -colour.share))[:8]


def _group_near_colours(counts: list[tuple[int, RGB]], *, smoothed: bool) -> dict[RGB, Counter[RGB]]:
    """Return groups of similar colours by their commonest one, with the count of each; rare colours are left out.

    If `smoothed`, the pixels of antialiased edges count as the colour that was drawn.
    """
    groups: dict[RGB, Counter[RGB]] = {}
    for count, rgb in counts[:400]:
        nearest = min(groups, key=lambda group: colour_distance(group, rgb), default=None)
        if nearest is not None and colour_distance(nearest, rgb) < SAME_COLOUR:
            groups[nearest][rgb] += count
        elif smoothed and (drawn := _colour_under_edge(rgb, groups)) is not None:
            groups[drawn][rgb] += count
        elif len(groups) < 24:
            paler = _paler_group(rgb, groups) if smoothed else None
            # A thin line has as many edge pixels as full ones; a pale area next to a line has many more.
            takes_over = paler is not None and count >= 0.3 * groups[paler].total()
            groups[rgb] = Counter({rgb: count}) + (groups.pop(paler) if paler is not None and takes_over else Counter())
    return groups


def _colour_under_edge(rgb: RGB, groups: Iterable[RGB]) -> RGB | None:
    """Return the group of which this colour is a mixture with the background: an antialiased edge."""
    background, *others = [*groups][:8] or [rgb]
    return next((other for other in others if _is_mixture(rgb, background, other)), None)


def _paler_group(rgb: RGB, groups: Iterable[RGB]) -> RGB | None:
    """Return a group that is a mixture of this colour and the background."""
    background, *others = [*list(groups)[:8], rgb]
    return next((other for other in others[:-1] if _is_mixture(other, background, rgb)), None)


def _is_mixture(rgb: RGB, background: RGB, drawn: RGB) -> bool:
    """Return whether a colour lies on the straight line between two others, within 4 of 255 in each channel."""
    span = [d - b for d, b in zip(drawn, background, strict=True)]
    length = sum(step * step for step in span)
    share = sum((c - b) * s for c, b, s in zip(rgb, background, span, strict=True)) / length
    on_line = all(abs(b + share * s - c) <= 4 for c, b, s in zip(rgb, background, span, strict=True))
    return on_line and 0.02 < share < 0.98


def _places(sample: PILImage.Image, groups: Mapping[RGB, Iterable[RGB]]) -> dict[RGB, str]:
    """Return the place of each group of colours in words, from its counts in the cells of a 3 × 3 grid."""
    cells = [Counter({rgb: count for count, rgb in colour_counts(cell)}) for cell in _grid_cells(sample)]
    areas = [sum(cell.values()) for cell in cells]
    return {
        rgb: place_of_counts([sum(cell[colour] for colour in colours) for cell in cells], areas)
        for rgb, colours in groups.items()
    }


def _grid_cells(image: PILImage.Image) -> Iterator[PILImage.Image]:
    width, height = max(3, image.width), max(3, image.height)
    for row in range(3):
        for column in range(3):
            yield image.crop(
                (width * column // 3, height * row // 3, width * (column + 1) // 3, height * (row + 1) // 3)
            )
