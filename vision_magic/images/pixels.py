"""Rules that map arrays to 8-bit pixels; every rule that is applied is stated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.options import ImageOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["array_to_pixels"]

_EXPECTED: Final = "expected (H, W), (H, W, 3) or (H, W, 4)"
_MAX_LABEL: Final = 20  # integers from -1 to this are labels, not brightness
_FEW: Final = 64  # pixels; smaller arrays get no hint about dark values
_OVERSHOOT: Final = 1e-3  # rounding errors can leave colours slightly outside 0 to 1
_MISSING: Final = (128, 128, 128)  # grey: in a colour map, black and white can be values

_COLOURS: Final = (
    "000000", "1f77b4", "ff7f0e", "2ca02c", "d62728", "9467bd", "8c564b", "e377c2", "7f7f7f", "bcbd22", "17becf",
    "aec7e8", "ffbb78", "98df8a", "ff9896", "c5b0d5", "c49c94", "f7b6d2", "c7c7c7", "dbdb8d", "9edae5",
)  # fmt: skip  # black, then matplotlib's tab20, saturated colours first


def array_to_pixels(
    array: NDArray[Any], options: ImageOptions | None = None
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Map an array to 8-bit pixels.

    Parameters
    ----------
    array : ndarray, (H, W), (H, W, 3) or (H, W, 4)
        - bool: False is black, True is white;
        - uint8: unchanged;
        - uint16: 0 to 65535 as black to white;
        - other integers: labels if there is one channel and all values are in -1 to 20, unchanged if in 0 to 255;
        - float: 0 to 1 as black to white.

        Other values are scaled from minimum to maximum if there is one channel, otherwise refused.
    options : ImageOptions, optional
        ``range``, ``percentile`` and ``cmap`` override these rules.

    Returns
    -------
    pixels : ndarray of uint8, (H, W), (H, W, 3) or (H, W, 4)
    notes : tuple of str
        The rules that were applied.

    Raises
    ------
    ImageError
        The shape, type or range is not supported; the message says how to fix it.
    """
    chosen = options or ImageOptions()
    _check(array)
    return _mapped(array, chosen) if chosen.array_options else _to_bytes(array)


def _check(array: NDArray[Any]) -> None:
    got = f"as_image got an array of shape {array.shape} and dtype {array.dtype}"
    if array.dtype.kind not in "buif":
        raise ImageError(f"{got}; expected bool, integer or float values{_dtype_fix(array)}.")
    if _is_masked(array):
        raise ImageError(
            f"{got} with masked values; expected a value everywhere: use a.filled(0), or another fill value."
        )
    if array.size == 0:
        raise ImageError(f"{got}, which has no pixels; {_EXPECTED}.")
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4)):
        return
    raise ImageError(f"{got}; {_EXPECTED}{_shape_fix(array)}.")


def _is_masked(array: NDArray[Any]) -> bool:
    import numpy as np

    return bool(np.ma.is_masked(array))


def _dtype_fix(array: NDArray[Any]) -> str:
    return ": use np.abs(a) or np.angle(a)" if array.dtype.kind == "c" else ""


def _shape_fix(array: NDArray[Any]) -> str:
    if array.ndim == 1:
        return ": plot a one-dimensional array, or use a.reshape(height, width)"
    if array.ndim == 3 and array.shape[2] == 1:
        return ": use a[..., 0]"
    if array.ndim == 3 and array.shape[0] in (3, 4):
        return ": use np.moveaxis(a, 0, -1)"
    if array.ndim == 3 and array.shape[0] == 1:
        return ": use a[0]"
    if array.ndim == 3 and array.shape[2] == 2:
        return ": select one channel, a[..., 0], or pass each channel as a picture"
    if array.ndim == 3:
        return f": select three of the {array.shape[2]} channels, a[..., [2, 1, 0]], or one, a[..., 0]"
    if array.ndim == 4:
        return ": select one picture of the batch, a[0]"
    return ""


def _to_bytes(array: NDArray[Any]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    kind = array.dtype
    if kind == np.uint8:
        return np.ascontiguousarray(array), _dark(array, 255)
    if kind == np.bool_:
        return array.astype(np.uint8) * np.uint8(255), ("False is black, True is white",)
    if kind.newbyteorder("=") == np.uint16:
        notes = ("0 to 65535 shown as black to white", *_dark(array, 65535))
        return (array >> 8).astype(np.uint8), notes
    return _from_numbers(array)


def _dark(array: NDArray[Any], white: int) -> tuple[str, ...]:
    """Return a hint if the values use so little of their range that the image is almost black."""
    if array.size < _FEW:
        return ()
    high = int(array.max())
    return (f"values reach only {high} of {white}: range=(0, {high}) shows more",) if 0 < high <= white // 16 else ()


def _from_numbers(array: NDArray[Any]) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    finite, low, high, notes = _extent(array)
    labelled = _as_labels(array, low, high)
    if labelled is not None:
        return labelled
    values = np.where(finite, array, low).astype(np.float64)
    scaled, rule = _scaled(values, low, high, array)
    scaled[~finite] = 0
    return np.rint(scaled).astype(np.uint8), (rule, *notes)


def _extent(array: NDArray[Any]) -> tuple[NDArray[np.bool_], float, float, tuple[str, ...]]:
    """Return a mask of finite values, their minimum and maximum, and the note about the other values."""
    import numpy as np

    finite = np.isfinite(array)
    if not finite.any():
        raise ImageError(f"as_image got an array of shape {array.shape} with no finite value; expected at least one.")
    missing = int(array.size - finite.sum())
    found = array[finite] if missing else array
    notes = (f"{_count(missing, 'non-finite value')} shown as black",) if missing else ()
    return finite, float(found.min()), float(found.max()), notes


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _as_labels(array: NDArray[Any], low: float, high: float) -> tuple[NDArray[np.uint8], tuple[str, ...]] | None:
    """Colour an array of labels, one colour per label; return None if the values are brightness.

    Segmentations number their regions 0, 1, 2 …; as brightness, all of them would be almost black.
    """
    import numpy as np

    if array.ndim != 2 or array.dtype.kind not in "iu" or not (low >= -1 and high <= _MAX_LABEL and high > low):
        return None
    if low >= 0 and high == 1:
        return array.astype(np.uint8) * np.uint8(255), ("0 is black, 1 is white",)
    first = int(low)
    table = np.array([_rgb(number) for number in range(first, int(high) + 1)], dtype=np.uint8)
    labels = np.unique(array)
    # Only labels that occur are listed.
    named = ", ".join(str(label) for label in labels[:6]) + (", …" if len(labels) > 6 else "")
    return table[array.astype(np.int64) - first], (f"{len(labels)} labels ({named}), one colour each, 0 black",)


def _rgb(label: int) -> tuple[int, int, int]:
    text = "ffffff" if label < 0 else _COLOURS[label % len(_COLOURS)]
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _scaled(values: NDArray[Any], low: float, high: float, array: NDArray[Any]) -> tuple[NDArray[Any], str]:
    """Scale values to 0 to 255, and return the rule."""
    floats = array.dtype.kind == "f"
    if floats and low >= 0 and high <= 1:
        return values * 255, "0 to 1 shown as black to white"
    if floats and array.ndim == 3 and low >= -_OVERSHOOT and high <= 1 + _OVERSHOOT:
        return values.clip(0, 1) * 255, f"0 to 1 shown as black to white, data from {low:g} to {high:g} clipped"
    if not floats and low >= 0 and high <= 255:
        return values, "0 to 255 used unchanged"
    if array.ndim == 3:
        raise ImageError(
            f"as_image got a colour array of dtype {array.dtype} from {low:g} to {high:g}; expected "
            f"{'0 to 1' if floats else '0 to 255'}. Scale it, such as a / {high:g}, or pass range=(0, {high:g})."
        )
    if high == low:
        return values * 0 + 128, f"every value is {low:g}, shown as grey"
    return _between(values, low, high) * 255, f"{low:g} to {high:g} shown as black to white"


def _between(values: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    """Return the relative position of each value between `low` and `high`, 0 to 1."""
    half = 0.5 if math.isinf(high - low) else 1.0  # high - low can overflow
    return (values * half - low * half) / (high * half - low * half)


def _mapped(array: NDArray[Any], options: ImageOptions) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Map an array by the options ``range``, ``percentile`` and ``cmap``."""
    import numpy as np

    if array.ndim == 3 and (array.shape[2] == 4 or options.cmap is not None):
        wanted = "(H, W)" if options.cmap is not None else "(H, W) or (H, W, 3): use a[..., :3]"
        raise ImageError(
            f"The option {options.array_options[0]} got an array of shape {array.shape}; expected {wanted}."
        )
    numbers = array.astype(np.float64)
    finite, minimum, maximum, notes = _extent(numbers)
    low, high, rule = _bounds(numbers[finite], minimum, maximum, options)
    clipped = int(((numbers < low) | (numbers > high)).sum())
    place = (
        _between(np.where(finite, numbers, low).clip(low, high), low, high)
        if low < high
        else np.full(numbers.shape, 0.5)
    )
    notes = (*notes, f"{_count(clipped, 'value')} outside this range clipped" if clipped else "")
    if options.cmap is None:
        place[~finite] = 0
        return np.rint(place * 255).astype(np.uint8), (f"{rule} shown as black to white", *filter(None, notes))
    colours, name = _coloured(place, options.cmap)
    colours[~finite] = _MISSING
    notes = tuple(note.replace("shown as black", "shown as grey") for note in notes if note)
    return colours, (f"{rule} shown with the colour map {name}", *notes)


def _bounds(values: NDArray[Any], minimum: float, maximum: float, options: ImageOptions) -> tuple[float, float, str]:
    import numpy as np

    if options.range is not None:
        return *options.range, f"{options.range[0]:g} to {options.range[1]:g}"
    if isinstance(options.percentile, tuple):
        lower, upper = options.percentile
        low, high = (float(value) for value in np.percentile(values, (lower, upper)))
        return low, high, f"percentiles {lower:g} to {upper:g}, {low:g} to {high:g},"
    return minimum, maximum, f"{minimum:g} to {maximum:g}"


def _coloured(place: NDArray[Any], cmap: Any) -> tuple[NDArray[np.uint8], str]:
    """Apply a colour map to values from 0 to 1, and return the name of the map."""
    import numpy as np

    found = _colour_map(cmap) if isinstance(cmap, str) else cmap
    colours = np.asarray(found(place))
    if colours.shape not in ((*place.shape, 3), (*place.shape, 4)):
        raise ImageError(
            f"cmap returned shape {colours.shape} for {place.shape}; expected colours, (H, W, 3) or (H, W, 4)."
        )
    if colours.dtype != np.uint8:
        colours = np.rint(np.clip(colours, 0, 1) * 255).astype(np.uint8)
    return np.array(colours[..., :3]), str(getattr(found, "name", "that was passed"))


def _colour_map(name: str) -> Any:
    try:
        import matplotlib
    except ImportError:
        raise ImageError(f"cmap={name!r} needs matplotlib: pip install matplotlib, or pass a function.") from None
    if name not in matplotlib.colormaps:
        from vision_magic.naming import near_miss

        raise ImageError(
            f"Unknown colour map {name!r}{near_miss(name, list(matplotlib.colormaps))}; "
            "expected a name in matplotlib.colormaps."
        )
    return matplotlib.colormaps[name]
