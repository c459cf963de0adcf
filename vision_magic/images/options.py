"""Options of image conversion: size limits, and how array values map to brightness."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat

from vision_magic.errors import ImageError
from vision_magic.reprs import short_repr

__all__ = ["MAX_BYTES_SENT", "MAX_SIDE", "MAX_SIDE_ORIGINAL", "ImageOptions"]

MAX_SIDE = 2048
"""Default longest side of an image that is sent (pixels); a rule for a model may give another."""

MAX_SIDE_ORIGINAL = 6000
"""The same at the level of detail ``original``: the most that the first models with that level keep."""

MAX_BYTES_SENT = 5_000_000
"""Default size limit of an encoded image that is sent (bytes): the lowest limit among providers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageOptions:
    """Options of `as_image`; None selects the default.

    Attributes
    ----------
    max_side : int or None
        Longest side of the encoded image (pixels, at least 1). If None, 2048 or what `model` keeps.
    max_bytes : int or None
        Largest size of the encoded image (bytes, at least 1,000).
    max_image_tokens : int or None
        Largest estimated cost of one image (tokens, at least 1), by the rule for `model` and `detail`.
    range : (float, float) or None
        Array values that are shown as black and white; values outside are clipped.
    percentile : (float, float), float or None
        The same as percentiles, 0 to 100; 2 is short for (2, 98).
    cmap : str, callable or None
        Matplotlib colour map for an array of shape (H, W).
    model : str
        Model that determines how the cost in tokens is estimated, and how many pixels are of use.
    detail : str or None
        Detail level that is sent with the image, such as ``"high"`` or ``"original"``.
    format : {"jpeg", "png"} or None
        The format of every image. If None, PNG for flat colours and JPEG for photographs.
    """

    max_side: int | None = None
    max_bytes: int | None = None
    max_image_tokens: int | None = None
    range: tuple[float, float] | None = None
    percentile: tuple[float, float] | float | None = None
    cmap: Any = None
    model: str = ""
    detail: str | None = None
    format: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.model, str):
            raise ImageError(f"model got {short_repr(self.model)}; expected the id of a model.")
        if not isinstance(self.detail, str | None):
            raise ImageError(f"detail got {short_repr(self.detail)}; expected a level of detail, such as 'high'.")
        if self.format not in (None, "jpeg", "png"):
            raise ImageError(f"image_format got {short_repr(self.format)}; expected 'jpeg' or 'png'.")
        _set(self, "max_side", _whole_number("max_side", self.max_side, 1, "pixels"))
        _set(self, "max_bytes", _whole_number("max_bytes", self.max_bytes, 1000, "bytes"))
        _set(self, "max_image_tokens", _whole_number("max_image_tokens", self.max_image_tokens, 1, "tokens"))
        _set(self, "range", _pair("range", self.range))
        _set(self, "percentile", _percentiles(self.percentile))
        if self.range is not None and self.percentile is not None:
            raise ImageError("Both range and percentile were given; expected at most one of them.")
        if self.cmap is not None and not isinstance(self.cmap, str) and not callable(self.cmap):
            raise ImageError(
                f"cmap got {short_repr(self.cmap)}; expected the name of a colour map, such as 'viridis', "
                "or a function."
            )

    @property
    def array_options(self) -> tuple[str, ...]:
        """The names of the given options that apply to arrays only."""
        return tuple(name for name in ("range", "percentile", "cmap") if getattr(self, name) is not None)


def _set(options: ImageOptions, name: str, value: object) -> None:
    object.__setattr__(options, name, value)


def _whole_number(name: str, value: object, least: int, unit: str) -> int | None:
    if value is None:
        return None
    try:
        number = -1 if isinstance(value, bool) else operator.index(value)  # type: ignore[arg-type]  # or TypeError
    except TypeError:
        number = -1
    if number < least:
        raise ImageError(f"{name} got {short_repr(value)}; expected a whole number of {unit}, at least {least}.")
    return number


def _pair(name: str, value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    numbers = [_number(item) for item in value] if isinstance(value, Sequence) and not isinstance(value, str) else []
    if len(numbers) != 2 or not all(map(math.isfinite, numbers)) or numbers[0] >= numbers[1]:
        raise ImageError(
            f"{name} got {short_repr(value)}; expected two finite numbers, the smaller first, such as (0, 4095)."
        )
    return numbers[0], numbers[1]


def _percentiles(value: object) -> tuple[float, float] | None:
    if not math.isnan(share := _number(value)):
        value = (share, 100 - share)
    pair = _pair("percentile", value)
    if pair is not None and not 0 <= pair[0] < pair[1] <= 100:
        raise ImageError(
            f"percentile got {short_repr(value)}; expected two percentiles between 0 and 100, such as (2, 98)."
        )
    return pair


def _number(value: object) -> float:
    if isinstance(value, bool | str) or not isinstance(value, SupportsFloat):
        return math.nan
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):  # a class, an array, an integer of 400 digits
        return math.nan
