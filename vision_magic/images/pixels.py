"""How do numbers become 8-bit pixels? By a few rules, each stated in words; nothing is stretched silently."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from vision_magic.errors import PictureError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image as PILImage

__all__ = ["from_array"]

_EXPECTED = "expected (H, W), (H, W, 3) or (H, W, 4)"


def from_array(array: NDArray[Any]) -> tuple[PILImage.Image, tuple[str, ...]]:
    """Return an array as a Pillow image, with the rules that were applied.

    Parameters
    ----------
    array : ndarray, (H, W), (H, W, 3) or (H, W, 4)
        bool; uint8 in 0-255; other integers, taken as they are in 0-255; uint16 over its whole range;
        float in 0-1. Values beyond are mapped from their own range where there is one channel, else refused.

    Raises
    ------
    PictureError
        Another shape or kind; the message names the fix.
    """
    from PIL import Image as PILImage

    _check(array)
    values, notes = _to_bytes(array)
    return PILImage.fromarray(values), notes


def _check(array: NDArray[Any]) -> None:
    got = f"as_image got an array of shape {array.shape} and type {array.dtype}"
    if array.dtype.kind not in "buif":
        raise PictureError(f"{got}; expected bool, integer or float values{_kind_fix(array)}.")
    if _is_masked(array):
        raise PictureError(f"{got}, with masked values; expected a value for each: take a.filled(0), or what suits.")
    if array.size == 0:
        raise PictureError(f"{got}, which holds no pixels; {_EXPECTED}.")
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4)):
        return
    raise PictureError(f"{got}; {_EXPECTED}{_shape_fix(array)}.")


def _is_masked(array: NDArray[Any]) -> bool:
    import numpy as np

    return bool(np.ma.is_masked(array))


def _kind_fix(array: NDArray[Any]) -> str:
    return ": take np.abs(a) or np.angle(a)" if array.dtype.kind == "c" else ""


def _shape_fix(array: NDArray[Any]) -> str:
    if array.ndim == 3 and array.shape[2] == 1:
        return ": take a[..., 0]"
    if array.ndim == 3 and array.shape[0] in (3, 4):
        return ": take np.moveaxis(a, 0, -1)"
    if array.ndim == 4:
        return ": name one picture of the batch, a[0]"
    return ""


def _to_bytes(array: NDArray[Any]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    kind = array.dtype
    if kind == np.uint8:
        return np.ascontiguousarray(array), ()
    if kind == np.bool_:
        return array.astype(np.uint8) * np.uint8(255), ("False is black, True is white",)
    if kind.newbyteorder("=") == np.uint16:
        return (array >> 8).astype(np.uint8), ("0 to 65535 shown as black to white",)
    return _from_numbers(array)


def _from_numbers(array: NDArray[Any]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    finite = np.isfinite(array)
    if not finite.any():
        raise PictureError(f"as_image got an array of shape {array.shape} without a single finite value.")
    low, high = float(array[finite].min()), float(array[finite].max())
    missing = int(array.size - finite.sum())
    notes = (f"{missing} values that are not finite shown black",) if missing else ()
    values = np.where(finite, array, low).astype(np.float64)
    scaled, rule = _scaled(values, low, high, array)
    scaled[~finite] = 0
    return np.rint(scaled).astype(np.uint8), (rule, *notes)


def _scaled(values: NDArray[Any], low: float, high: float, array: NDArray[Any]) -> tuple[NDArray[Any], str]:
    """Return values from 0 to 255 and the rule that made them."""
    if array.dtype.kind == "f" and low >= 0 and high <= 1:
        return values * 255, "0 to 1 shown as black to white"
    if array.dtype.kind != "f" and low >= 0 and high <= 255:
        return values, "0 to 255 taken as they are"
    if array.ndim == 3:
        raise PictureError(
            f"as_image got a colour array of type {array.dtype} from {low:g} to {high:g}; expected "
            f"{'0 to 1' if array.dtype.kind == 'f' else '0 to 255'}. Scale it, such as a / {high:g}."
        )
    if high == low:
        return values * 0 + 128, f"every value is {low:g}, shown grey"
    half = 0.5 if math.isinf(high - low) else 1.0  # no float holds the widest range
    return (values * half - low * half) / (high * half - low * half) * 255, (
        f"{low:g} to {high:g} shown as black to white"
    )
