"""Rules that map arrays to 8-bit pixels; every rule that is applied is stated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.array_hints import Move, is_colour_range, range_ends, range_text, shape_hint, type_hint
from vision_magic.images.options import ImageOptions
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["array_to_pixels", "check_array"]

_EXPECTED: Final = "expected (H, W), (H, W, 3) or (H, W, 4)"
_MAX_LABEL: Final = 20  # integers from -1 to this are labels, not brightness
_FEW: Final = 64  # pixels; smaller arrays get no note on how much of their range is used
_DARK: Final = 1 / 8  # of the range; a picture whose values all lie below it is nearly black
_FLAT: Final = 1 / 16  # of the range; a picture whose values differ by no more is nearly one grey
_OUTLIERS: Final = 200  # one value of this many may be a hot pixel, or belong to a small spot
_HOT_PIXELS: Final = 5000  # no more than one value of this many is a hot pixel; more are a spot, or a drawing
_MOST_HOT_PIXELS: Final = 8  # that a range leaves out; a spot of 3 by 3 has more
_LEVEL: Final = 1 / 256  # of the range; a background that differs by less is noise
_SAMPLE: Final = 1_000_000  # values; of a larger array every second, third … row and column is looked at
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
    import numpy as np

    chosen = options or ImageOptions()
    check_array(array)
    masked = np.ma.getmaskarray(array) if np.ma.is_masked(array) else None
    values = np.asarray(array)
    pixels, notes = _mapped(values, masked, chosen) if chosen.array_options else _to_bytes(values, masked)
    return pixels, tuple(note for note in notes if note)


def check_array(array: NDArray[Any], move: Move | None = None) -> None:
    """Raise `ImageError` if an array is not an image by its shape and type.

    Parameters
    ----------
    array : ndarray
        The array.
    move : Move, optional
        How the array's own library moves channels to the end; by default NumPy's way.
    """
    got = f"as_image got an array of shape {array.shape} and dtype {array.dtype}"
    if array.dtype.kind not in "buif":
        raise ImageError(f"{got}; expected bool, integer or float values{type_hint(array)}.")
    if array.size == 0:
        raise ImageError(f"{got}, which has no pixels; {_EXPECTED}.")
    if array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4)):
        return
    raise ImageError(f"{got}; {_EXPECTED}{shape_hint(array, move) if move else shape_hint(array)}.")


def _to_bytes(array: NDArray[Any], masked: NDArray[np.bool_] | None) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    kind = array.dtype
    if kind not in (np.uint8, np.bool_) and kind.newbyteorder("=") != np.uint16:
        return _from_numbers(array, masked)
    notes = () if masked is None else _extent(array, masked)[3]
    if kind == np.uint8:
        return _blackened(np.ascontiguousarray(array), masked), (_usage(array, masked, 0, 255), *notes)
    if kind == np.bool_:
        return _blackened(array.astype(np.uint8) * np.uint8(255), masked), ("False is black, True is white", *notes)
    pixels = _blackened((array >> 8).astype(np.uint8), masked)
    return pixels, ("0 to 65535 shown as black to white", _usage(array, masked, 0, 65535), *notes)


def _blackened(pixels: NDArray[np.uint8], missing: NDArray[np.bool_] | None) -> NDArray[np.uint8]:
    """Return pixels whose missing values are black, and opaque if their transparency is missing."""
    if missing is None:
        return pixels
    pixels = pixels.copy()
    pixels[missing] = 0
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        pixels[missing[..., 3]] = (0, 0, 0, 255)
    return pixels


def _usage(array: NDArray[Any], masked: NDArray[np.bool_] | None, black: float, white: float) -> str:
    """Return a note if the values use so little of their range that the picture is nearly black, or nearly one grey.

    Nothing is stretched because of it. A few values far from all others, such as hot pixels, are left out.
    """
    import numpy as np

    found = _sample(array, masked)
    if found.size < _FEW or white <= black:
        return ""
    near_black = black + _DARK * (white - black)
    if array.dtype == "uint8":  # as below, in a tenth of the time: nearly every picture is lighter, in its middle too
        few, middle = max(1, found.size // _OUTLIERS), found.size // 2
        for some in (found[middle : middle + 4 * few], found):
            if np.count_nonzero(some > int(near_black)) > few:
                return ""
    if reach := _reach(array, found, black, white):
        return reach
    least, greatest = float(found.min()), float(found.max())
    low, high = _without_outliers(found, least, greatest)
    flat = high - low <= _FLAT * (white - black) and array.dtype != "uint8"
    if least == greatest or not (high <= near_black or flat) or (low == high and array.dtype == "uint8"):
        return ""
    light = white - low <= _DARK * (white - black)
    look = "nearly black" if high <= near_black else "nearly white" if light else "nearly one grey"
    values = f"are {low:g}" if low == high else f"lie between {low:g} and {high:g}"
    used = _share(high - low, white - black)
    return (
        f"nearly all values {values} ({used}), {look}{_more(array, *_helpful(found, least, greatest, white - black))}"
    )


def _reach(array: NDArray[Any], found: NDArray[Any], black: float, white: float) -> str:
    """Return a note if all values are so low that the picture is nearly black; empty otherwise."""
    if found.size < _FEW:
        return ""
    least, greatest = float(found.min()), float(found.max())
    if not black <= least < greatest <= black + _DARK * (white - black):
        return ""
    used = _share(greatest - black, white - black)
    return f"values reach only {greatest:g} of {white:g} ({used}), nearly black{_more(array, black, greatest)}"


def _more(array: NDArray[Any], low: float, high: float) -> str:
    """Return the range that shows more, which `shown_better` reads; empty if all but hot pixels have one value."""
    if low == high:
        return ""
    three = "a[..., :3] with " if array.ndim == 3 and array.shape[2] == 4 else ""
    lower, upper = range_ends(low, high)
    return f": {three}the range {lower} to {upper} shows more"


def _sample(array: NDArray[Any], masked: NDArray[np.bool_] | None) -> NDArray[Any]:
    """Return the finite values of an array, or of every few rows and columns; without transparency."""
    import numpy as np

    step = math.ceil(math.sqrt(array.size / _SAMPLE))
    kept = (slice(None, None, step), slice(None, None, step), *([slice(3)] if array.ndim == 3 else []))
    found = array[kept]
    if masked is None and array.dtype.kind != "f":
        return found.reshape(-1)
    present = np.isfinite(found) if masked is None else np.isfinite(found) & ~masked[kept]
    values: NDArray[Any] = found[present]
    return values


def _helpful(found: NDArray[Any], least: float, greatest: float, whole: float) -> tuple[float, float]:
    """Return the range that shows more of values of which nearly all look alike; an empty one if none does.

    It leaves out only hot pixels, so that a few bright spots on a dark background stay apart from it. If their
    brightness is what makes the rest black, they are left out too, unless that would show nothing but noise.
    """
    low, high = _without_outliers(found, least, greatest, max(_HOT_PIXELS, found.size // _MOST_HOT_PIXELS))
    if high - low <= _DARK * whole:
        return low, high
    low, high = _without_outliers(found, least, greatest)
    return (low, high) if high - low >= _LEVEL * whole else (low, low)


def _without_outliers(found: NDArray[Any], low: float, high: float, one_of: int = _OUTLIERS) -> tuple[float, float]:
    """Return the least and the greatest value after one of `one_of` has been left out at each end.

    At the upper end, only values above the least one count: a few stars on black are not outliers.
    """
    import numpy as np

    above, below = found[found > low], found[found < high]
    if above.size <= max(1, found.size // _HOT_PIXELS):
        return low, low
    few, many = (max(1, one.size // one_of) for one in (below, above))
    if few < below.size:
        low = float(np.partition(below, few)[few])
    if many < above.size:
        high = float(np.partition(above, -many - 1)[-many - 1])
    return low, high


def _share(used: float, whole: float) -> str:
    share = used / whole
    return f"{f'{100 * share:.0f} %' if share >= 0.01 else 'less than 1 %'} of the range is in use"


def _from_numbers(array: NDArray[Any], masked: NDArray[np.bool_] | None) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    import numpy as np

    present, low, high, notes = _extent(array, masked)
    labelled = _as_labels(array, present, low, high)
    if labelled is not None:
        return _blackened(labelled[0], masked), (*labelled[1], *notes)
    missing = ~present if any(notes) else None  # usually nothing is, and copies of a large array take long
    values = (array if missing is None else np.where(present, array, low)).astype(np.float64)
    scaled, rule, black, white = _scaled(values, low, high, array)
    pixels = np.rint(scaled).astype(np.uint8)
    return _blackened(pixels, missing), (rule, _usage(array, masked, black, white), *notes)


def _extent(
    array: NDArray[Any], masked: NDArray[np.bool_] | None
) -> tuple[NDArray[np.bool_], float, float, tuple[str, ...]]:
    """Return a mask of the values that are there, their minimum and maximum, and the notes about the others."""
    import numpy as np

    finite = np.isfinite(array)
    present = finite if masked is None else finite & ~masked
    if not present.any():
        what = "no finite value" if masked is None else "every value masked or not finite"
        raise ImageError(f"as_image got an array of shape {array.shape} with {what}; expected at least one value.")
    hidden = 0 if masked is None else int(masked.sum())
    missing = int(array.size - present.sum()) - hidden
    found = array[present] if missing or hidden else array
    notes = (
        f"{_count(missing, 'non-finite value')} shown as black" if missing else "",
        f"{_count(hidden, 'masked value')} shown as black" if hidden else "",
    )
    return present, float(found.min()), float(found.max()), notes


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _as_labels(
    array: NDArray[Any], present: NDArray[np.bool_], low: float, high: float
) -> tuple[NDArray[np.uint8], tuple[str, ...]] | None:
    """Colour an array of labels, one colour per label; return None if the values are brightness.

    Segmentations number their regions 0, 1, 2 …; as brightness, all of them would be almost black.
    """
    import numpy as np

    if array.ndim != 2 or array.dtype.kind not in "iu" or not (low >= -1 and high <= _MAX_LABEL and high > low):
        return None
    if low >= 0 and high == 1:
        return (np.where(present, array, 0) == 1).astype(np.uint8) * np.uint8(255), ("0 is black, 1 is white",)
    first = int(low)
    table = np.array([_rgb(number) for number in range(first, int(high) + 1)], dtype=np.uint8)
    labels = np.unique(array[present])
    # Only labels that occur are listed.
    named = ", ".join(str(label) for label in labels[:6]) + (", …" if len(labels) > 6 else "")
    return table[np.where(present, array, first).astype(np.int64) - first], (
        f"{len(labels)} labels ({named}), one colour each, 0 black",
    )


def _rgb(label: int) -> tuple[int, int, int]:
    text = "ffffff" if label < 0 else _COLOURS[label % len(_COLOURS)]
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _scaled(
    values: NDArray[Any], low: float, high: float, array: NDArray[Any]
) -> tuple[NDArray[Any], str, float, float]:
    """Scale values to 0 to 255; return the rule too, and the values that it shows as black and as white."""
    floats = array.dtype.kind == "f"
    if floats and low >= 0 and high <= 1:
        return values * 255, "0 to 1 shown as black to white", 0, 1
    if floats and array.ndim == 3 and is_colour_range(floats, low, high):
        rule = f"0 to 1 shown as black to white, data from {low:g} to {high:g} clipped"
        return values.clip(0, 1) * 255, rule, 0, 1
    if not floats and is_colour_range(floats, low, high):
        return values, "0 to 255 used unchanged", 0, 255
    if array.ndim == 3:
        raise ImageError(_beyond(array, low, high))
    if high == low:
        return values * 0 + 128, f"every value is {low:g}, shown as grey", low, high
    return _between(values, low, high) * 255, f"{low:g} to {high:g} shown as black to white", low, high


def _beyond(array: NDArray[Any], low: float, high: float) -> str:
    """Return the message for colours outside the conventional range; what it suggests is accepted as it stands."""
    expected = "0 to 1" if array.dtype.kind == "f" else "0 to 255"
    got = f"as_image got a colour array of dtype {array.dtype} from {low:g} to {high:g}; expected {expected}."
    # A range is only for three channels: what would it make of transparency?
    ranged = f"{'a[..., :3] with ' if array.shape[2] == 4 else ''}range={range_text(min(low, 0), high)}"
    return f"{got} Pass {ranged}." if low < 0 else f"{got} Scale it, such as a / {high:g}, or pass {ranged}."


def _between(values: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    """Return the relative position of each value between `low` and `high`, 0 to 1."""
    half = 0.5 if math.isinf(high - low) else 1.0  # high - low can overflow
    return (values * half - low * half) / (high * half - low * half)


def _mapped(
    array: NDArray[Any], masked: NDArray[np.bool_] | None, options: ImageOptions
) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Map an array by the options ``range``, ``percentile`` and ``cmap``."""
    import numpy as np

    if array.ndim == 3 and (array.shape[2] == 4 or options.cmap is not None):
        wanted = "(H, W): use a[..., 0]" if options.cmap is not None else "(H, W) or (H, W, 3): use a[..., :3]"
        raise ImageError(
            f"The option {options.array_options[0]} got an array of shape {array.shape}; expected {wanted}."
        )
    numbers = array.astype(np.float64)
    present, minimum, maximum, notes = _extent(numbers, masked)
    low, high, rule = _bounds(numbers[present], minimum, maximum, options)
    clipped = int((((numbers < low) | (numbers > high)) & present).sum())
    place = (
        _between(np.where(present, numbers, low).clip(low, high), low, high)
        if low < high
        else np.full(numbers.shape, 0.5)
    )
    chosen = options.range is not None or options.percentile is not None
    # A range that somebody chose may leave most values dark, but not all: those were scaled before.
    usage = _reach(array, _sample(array, masked), low, high) if chosen else _usage(array, masked, low, high)
    notes = (usage, *notes, f"{_count(clipped, 'value')} outside this range clipped" if clipped else "")
    if options.cmap is None:
        missing = None if present.all() else ~present
        return _blackened(np.rint(place * 255).astype(np.uint8), missing), (f"{rule} shown as black to white", *notes)
    colours, name = _coloured(place, options.cmap)
    colours[~present] = _MISSING
    notes = tuple(note.replace("shown as black", "shown as grey") for note in notes)
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
    try:
        colours = np.asarray(found(place))
    except Exception as error:  # the user's function may raise anything
        words = " ".join(str(error).split())[:200]
        raise ImageError(f"cmap={short_repr(cmap)} failed ({type(error).__name__}: {words}).") from error
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
