"""How do numbers become 8-bit pixels? By a few rules, each stated in words; nothing is stretched silently."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.options import ImageOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["from_array"]

_EXPECTED: Final = "expected (H, W), (H, W, 3) or (H, W, 4)"
_LABELS: Final = 20  # integers of no more kinds than this are labels, not brightness
_FEW: Final = 64  # pixels; so small an array is looked at number by number
_OVERSHOOT: Final = 1e-3  # arithmetic leaves colours a little outside of 0 to 1
_MISSING: Final = (128, 128, 128)  # grey, where a colour map leaves black and white to values

_COLOURS: Final = (
    "000000", "1f77b4", "ff7f0e", "2ca02c", "d62728", "9467bd", "8c564b", "e377c2", "7f7f7f", "bcbd22", "17becf",
    "aec7e8", "ffbb78", "98df8a", "ff9896", "c5b0d5", "c49c94", "f7b6d2", "c7c7c7", "dbdb8d", "9edae5",
)  # fmt: skip  # black, then the twenty of matplotlib's tab20, the strong ones first


def from_array(array: NDArray[Any], options: ImageOptions | None = None) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return an array as 8-bit pixels, with the rules that were applied.

    Parameters
    ----------
    array : ndarray, (H, W), (H, W, 3) or (H, W, 4)
        bool; uint8 in 0-255; other integers, taken as they are in 0-255, as labels where they are of few kinds;
        uint16 over its whole range; float in 0-1. Values beyond are mapped from their own range where there is one
        channel, else refused.
    options : ImageOptions, optional
        ``range``, ``percentile`` and ``cmap`` go before these rules.

    Raises
    ------
    ImageError
        Another shape or kind; the message names the fix.
    """
    chosen = options or ImageOptions()
    _check(array)
    return _mapped(array, chosen) if chosen.about_arrays else _to_bytes(array)


def _check(array: NDArray[Any]) -> None:
    got = f"as_image got an array of shape {array.shape} and type {array.dtype}"
    if array.dtype.kind not in "buif":
        raise ImageError(f"{got}; expected bool, integer or float values{_kind_fix(array)}.")
    if _is_masked(array):
        raise ImageError(f"{got}, with masked values; expected a value for each: take a.filled(0), or what suits.")
    if array.size == 0:
        raise ImageError(f"{got}, which holds no pixels; {_EXPECTED}.")
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4)):
        return
    raise ImageError(f"{got}; {_EXPECTED}{_shape_fix(array)}.")


def _is_masked(array: NDArray[Any]) -> bool:
    import numpy as np

    return bool(np.ma.is_masked(array))


def _kind_fix(array: NDArray[Any]) -> str:
    return ": take np.abs(a) or np.angle(a)" if array.dtype.kind == "c" else ""


def _shape_fix(array: NDArray[Any]) -> str:
    if array.ndim == 1:
        return ": one dimension is a list of numbers; plot it, or take a.reshape(height, width)"
    if array.ndim == 3 and array.shape[2] == 1:
        return ": take a[..., 0]"
    if array.ndim == 3 and array.shape[0] in (3, 4):
        return ": take np.moveaxis(a, 0, -1)"
    if array.ndim == 3 and array.shape[0] == 1:
        return ": take a[0]"
    if array.ndim == 3 and array.shape[2] == 2:
        return ": name one channel, a[..., 0], or give the second its own picture"
    if array.ndim == 3:
        return f": name three of the {array.shape[2]} channels, a[..., [2, 1, 0]], or one slice, a[..., 0]"
    if array.ndim == 4:
        return ": name one picture of the batch, a[0]"
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
    """Return a hint where values use so little of their range that hardly anything is seen."""
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
    """Return which values are finite, the least and greatest of those, and the note on the others."""
    import numpy as np

    finite = np.isfinite(array)
    if not finite.any():
        raise ImageError(f"as_image got an array of shape {array.shape} without a single finite value.")
    missing = int(array.size - finite.sum())
    found = array[finite] if missing else array
    notes = (f"{missing} values that are not finite shown black",) if missing else ()
    return finite, float(found.min()), float(found.max()), notes


def _as_labels(array: NDArray[Any], low: float, high: float) -> tuple[NDArray[np.uint8], tuple[str, ...]] | None:
    """Return a label image, each label in a colour of its own; None where the numbers are brightness.

    Segmentations number their regions 0, 1, 2 …: taken as brightness, all of them would be black.
    """
    import numpy as np

    if array.ndim != 2 or array.dtype.kind not in "iu" or not (low >= -1 and high <= _LABELS and high > low):
        return None
    if low >= 0 and high == 1:
        return array.astype(np.uint8) * np.uint8(255), ("0 is black, 1 is white",)
    first = int(low)
    table = np.array([_rgb(number) for number in range(first, int(high) + 1)], dtype=np.uint8)
    labels = np.unique(array)
    # Nothing is said of labels that do not occur.
    named = ", ".join(str(label) for label in labels[:6]) + (", …" if len(labels) > 6 else "")
    return table[array.astype(np.int64) - first], (f"{len(labels)} labels ({named}) in a colour each, 0 black",)


def _rgb(label: int) -> tuple[int, int, int]:
    text = "ffffff" if label < 0 else _COLOURS[label % len(_COLOURS)]
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _scaled(values: NDArray[Any], low: float, high: float, array: NDArray[Any]) -> tuple[NDArray[Any], str]:
    """Return values from 0 to 255 and the rule that made them."""
    floats = array.dtype.kind == "f"
    if floats and low >= 0 and high <= 1:
        return values * 255, "0 to 1 shown as black to white"
    if floats and array.ndim == 3 and low >= -_OVERSHOOT and high <= 1 + _OVERSHOOT:
        return values.clip(0, 1) * 255, f"0 to 1 shown as black to white, {low:g} to {high:g} cut to it"
    if not floats and low >= 0 and high <= 255:
        return values, "0 to 255 taken as they are"
    if array.ndim == 3:
        raise ImageError(
            f"as_image got a colour array of type {array.dtype} from {low:g} to {high:g}; expected "
            f"{'0 to 1' if floats else '0 to 255'}. Scale it, such as a / {high:g}, or say range=(0, {high:g})."
        )
    if high == low:
        return values * 0 + 128, f"every value is {low:g}, shown grey"
    return _between(values, low, high) * 255, f"{low:g} to {high:g} shown as black to white"


def _between(values: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    """Return where each value lies between two, 0 to 1."""
    half = 0.5 if math.isinf(high - low) else 1.0  # no float holds the widest range
    return (values * half - low * half) / (high * half - low * half)


def _mapped(array: NDArray[Any], options: ImageOptions) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Return an array by what was asked for: a range of values, or a colour map, or both."""
    import numpy as np

    if array.ndim == 3 and (array.shape[2] == 4 or options.cmap is not None):
        wanted = "(H, W)" if options.cmap is not None else "(H, W) or (H, W, 3): take a[..., :3]"
        raise ImageError(f"{options.about_arrays[0]} got an array of shape {array.shape}; expected {wanted}.")
    numbers = array.astype(np.float64)
    finite, least, most, notes = _extent(numbers)
    low, high, rule = _bounds(numbers[finite], least, most, options)
    cut = int(((numbers < low) | (numbers > high)).sum())
    place = (
        _between(np.where(finite, numbers, low).clip(low, high), low, high)
        if low < high
        else np.full(numbers.shape, 0.5)
    )
    notes = (*notes, f"{cut} values beyond cut" if cut else "")
    if options.cmap is None:
        place[~finite] = 0
        return np.rint(place * 255).astype(np.uint8), (f"{rule} shown as black to white", *filter(None, notes))
    colours, name = _coloured(place, options.cmap)
    colours[~finite] = _MISSING
    notes = tuple(note.replace("shown black", "shown grey") for note in notes if note)
    return colours, (f"{rule} shown in the colours of {name}", *notes)


def _bounds(values: NDArray[Any], least: float, most: float, options: ImageOptions) -> tuple[float, float, str]:
    import numpy as np

    if options.range is not None:
        return *options.range, f"{options.range[0]:g} to {options.range[1]:g}"
    if isinstance(options.percentile, tuple):
        below, above = options.percentile
        low, high = (float(value) for value in np.percentile(values, (below, above)))
        return low, high, f"percentiles {below:g} to {above:g}, {low:g} to {high:g},"
    return least, most, f"{least:g} to {most:g}"


def _coloured(place: NDArray[Any], cmap: Any) -> tuple[NDArray[np.uint8], str]:
    """Return 0 to 1 in the colours of a map, and the map's name."""
    import numpy as np

    found = _colour_map(cmap) if isinstance(cmap, str) else cmap
    colours = np.asarray(found(place))
    if colours.shape not in ((*place.shape, 3), (*place.shape, 4)):
        raise ImageError(
            f"cmap gave shape {colours.shape} for {place.shape}; expected colours, (H, W, 3) or (H, W, 4)."
        )
    if colours.dtype != np.uint8:
        colours = np.rint(np.clip(colours, 0, 1) * 255).astype(np.uint8)
    return np.array(colours[..., :3]), str(getattr(found, "name", "the given map"))


def _colour_map(name: str) -> Any:
    try:
        import matplotlib
    except ImportError:
        raise ImageError(f"cmap={name!r} needs matplotlib: pip install matplotlib; or give a function.") from None
    if name not in matplotlib.colormaps:
        from vision_magic.naming import near_miss

        raise ImageError(f"No colour map is called {name!r}{near_miss(name, list(matplotlib.colormaps))}.")
    return matplotlib.colormaps[name]
