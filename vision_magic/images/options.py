"""What may a caller decide about pictures? How large they are sent, and how numbers become brightness."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat, SupportsIndex

from vision_magic.errors import ImageError

__all__ = ["MAX_BYTES_SENT", "MAX_SIDE", "ImageOptions"]

MAX_SIDE = 2048
"""Longest side of a picture that is sent where nothing else was asked for (pixels): providers keep no more."""

MAX_BYTES_SENT = 5_000_000
"""Largest encoded picture that is sent where nothing else was asked for (bytes): the least of the providers' limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageOptions:
    """What was asked for; None where nothing was, so that the stated defaults hold.

    Attributes
    ----------
    max_side : int or None
        Longest side that is sent (pixels, 1 or more).
    max_bytes : int or None
        Largest encoded size that is sent (bytes, 1,000 or more).
    max_image_tokens : int or None
        Most tokens that one picture may cost, as estimated for `model` and `detail`.
    range : (float, float) or None
        The values of an array shown as black and white; what lies beyond is cut.
    percentile : (float, float), float or None
        The same by percentiles, 0 to 100; 2 stands for (2, 98).
    cmap : str, callable or None
        A colour map of matplotlib for an array of shape (H, W).
    model, detail : str
        Whose rule `max_image_tokens` is counted by.
    """

    max_side: int | None = None
    max_bytes: int | None = None
    max_image_tokens: int | None = None
    range: tuple[float, float] | None = None
    percentile: tuple[float, float] | float | None = None
    cmap: Any = None
    model: str = ""
    detail: str | None = None

    def __post_init__(self) -> None:
        _set(self, "max_side", _whole("max_side", self.max_side, 1, "pixels"))
        _set(self, "max_bytes", _whole("max_bytes", self.max_bytes, 1000, "bytes"))
        _set(self, "max_image_tokens", _whole("max_image_tokens", self.max_image_tokens, 1, "tokens"))
        _set(self, "range", _pair("range", self.range))
        _set(self, "percentile", _percentiles(self.percentile))
        if self.range is not None and self.percentile is not None:
            raise ImageError("range and percentile came together; expected one of the two.")
        if self.cmap is not None and not isinstance(self.cmap, str) and not callable(self.cmap):
            raise ImageError(f"cmap got {self.cmap!r}; expected the name of a colour map, such as 'viridis'.")

    @property
    def about_arrays(self) -> tuple[str, ...]:
        """The names of the options that were given and mean something for arrays only."""
        return tuple(name for name in ("range", "percentile", "cmap") if getattr(self, name) is not None)


def _set(options: ImageOptions, name: str, value: object) -> None:
    object.__setattr__(options, name, value)


def _whole(name: str, value: object, least: int, unit: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, SupportsIndex) or operator.index(value) < least:
        raise ImageError(f"{name} got {value!r}; expected a whole number of {unit} from {least} up.")
    return operator.index(value)


def _pair(name: str, value: object) -> tuple[float, float] | None:
    if value is None:
        return None
    numbers = [_number(item) for item in value] if isinstance(value, Sequence) and not isinstance(value, str) else []
    if len(numbers) != 2 or not all(map(math.isfinite, numbers)) or numbers[0] >= numbers[1]:
        raise ImageError(f"{name} got {value!r}; expected two numbers, the smaller first, such as (0, 4095).")
    return numbers[0], numbers[1]


def _percentiles(value: object) -> tuple[float, float] | None:
    if isinstance(value, SupportsFloat) and not isinstance(value, bool):
        value = (float(value), 100 - float(value))
    pair = _pair("percentile", value)
    if pair is not None and not 0 <= pair[0] < pair[1] <= 100:
        raise ImageError(f"percentile got {value!r}; expected two numbers from 0 to 100, such as (2, 98).")
    return pair


def _number(value: object) -> float:
    return math.nan if isinstance(value, bool | str) or not isinstance(value, SupportsFloat) else float(value)
