"""Hints for arrays that are not images: expressions that select an image from them, each of which works as written."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Move", "is_colour_range", "range_ends", "range_text", "shape_hint", "shown_better", "type_hint"]

Move = Callable[[str], str]
"""Returns the expression that moves the channels, the first dimension of an array, to the end."""

_SHOWN_BETTER: Final = re.compile(r"(nearly [a-z ]+): (a\[\.\.\., :3\] with )?the range (\S+) to (\S+) shows more")
_OVERSHOOT: Final = 1e-3  # rounding errors can leave colours slightly outside 0 to 1
_LEAST_SIDE: Final = 4  # pixels; fewer numbers in a row are not a flattened square image


def _move_by_numpy(expression: str) -> str:
    return f"np.moveaxis({expression}, 0, -1)"


def shape_hint(array: NDArray[Any], move: Move = _move_by_numpy) -> str:
    """Return the end of a message on the shape of an array of numbers called ``a``."""
    if array.ndim == 0:
        return ": write a single number into the question, as {a}"
    if array.ndim == 1:
        side = math.isqrt(array.size)
        is_square = side >= _LEAST_SIDE and side * side == array.size
        reshaped = f", or use np.reshape(a, ({side}, {side}))" if is_square else ""
        return f": plot a one-dimensional array, plt.plot(a){reshaped}"
    return f": {_selection('a', array, move)}"


def type_hint(array: NDArray[Any]) -> str:
    """Return the end of a message on the type of the values of an array called ``a``; empty if no other type helps."""
    found = _as_numbers("a", array)
    if found is None or found[1].size == 0:
        return ""
    expression, numbers = found
    if numbers.ndim < 2 or _is_image(numbers.shape):
        usable = numbers.ndim < 3 or _has_colours(numbers)
        return f": use {expression if usable else _in_range(expression, numbers)}" + (
            " or np.angle(a)" if expression == "np.abs(a)" and usable else ""
        )
    return f": {_selection(expression, numbers, _move_by_numpy)}"


def is_colour_range(floats: bool, low: float, high: float) -> bool:
    """Whether the values of a colour array are in the conventional range."""
    return low >= -_OVERSHOOT and high <= 1 + _OVERSHOOT if floats else low >= 0 and high <= 255


def range_text(low: float, high: float) -> str:
    """Return the value of the option ``range`` for values from `low` to `high`, which may be equal."""
    return f"({', '.join(range_ends(low, high))})"


def range_ends(low: float, high: float) -> tuple[str, str]:
    """Return the numbers of a range of values from `low` to `high`, which may be equal."""
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    short = f"{low:g}", f"{high:g}"
    # Six digits may round the two to the same number.
    return short if float(short[0]) < float(short[1]) else (repr(low), repr(high))


def shown_better(note: str, *, cell: bool) -> str:
    """Return the advice in the note on an image that shows little of its values; empty if there is none.

    Parameters
    ----------
    note : str
        The note, in which `array_to_pixels` has named a range.
    cell : bool
        Whether the option is written on the line of a cell, or in a call.
    """
    found = _SHOWN_BETTER.search(note)
    if found is None:
        return ""
    look, expression, low, high = found.groups("")
    option = f"--range {low},{high}" if cell else f"range=({low}, {high})"
    return f"{look}: {expression.replace(', ', ',') if cell else expression}{option} shows more"


def _is_image(shape: tuple[int, ...]) -> bool:
    return len(shape) == 2 or (len(shape) == 3 and shape[2] in (3, 4))


def _selection(name: str, array: NDArray[Any], move: Move) -> str:
    """Return how an image is selected from an array with at least three dimensions."""
    if array.ndim > 3:
        inner = f"{name}[0]" + "[0]" * (array.ndim - 4)
        return f"select one picture of the batch, {_one_picture(inner, array[(0,) * (array.ndim - 3)], move)}"
    count, _, channels = array.shape
    if channels == 1 or count == 1 or _are_channels(count, channels):
        one = f", or one of them, {name}[0]" if channels != 1 and count != 1 else ""
        return f"use {_one_picture(name, array, move)}{one}"
    if _is_stack(array.shape):
        return f"select one of the {count} slices, {name}[0], or their maximum, {name}.max(axis=0)"
    if channels == 2:
        return f"select one channel, {name}[..., 0], or pass each channel as a picture"
    three = f"{name}[..., [2, 1, 0]]"
    coloured = three if _has_colours(array) else _in_range(three, array)
    return f"select three of the {channels} channels, {coloured}, or one, {name}[..., 0]"


def _one_picture(name: str, array: NDArray[Any], move: Move) -> str:
    """Return the expression of one picture in an array with three dimensions."""
    count, _, channels = array.shape
    if channels in (3, 4):
        return name if _has_colours(array) else _in_range(name, array)
    if channels == 1:
        return f"{name}[..., 0]"
    if _are_channels(count, channels):
        moved = move(name)
        return moved if _has_colours(array) else _in_range(moved, array, count)
    return f"{name}[0]" if count == 1 or _is_stack(array.shape) else f"{name}[..., 0]"


def _are_channels(count: int, channels: int) -> bool:
    return count in (3, 4) and channels not in (3, 4)


def _is_stack(shape: tuple[int, ...]) -> bool:
    """Whether the first dimension counts pictures, and not the last one channels: two equal sides are a picture's."""
    first, middle, last = shape
    if (first == middle) != (middle == last):
        return middle == last
    return first <= last


def _has_colours(array: NDArray[Any]) -> bool:
    """Whether the values are in the range of colours, so that no option is needed."""
    import numpy as np

    if array.dtype.kind == "b" or array.dtype.newbyteorder("=") in (np.uint8, np.uint16):
        return True
    low, high = _limits(array)
    return is_colour_range(array.dtype.kind == "f", low, high)


def _in_range(expression: str, array: NDArray[Any], channels: int = 0) -> str:
    """Return an expression of colours with the option that shows them; a fourth channel has no range."""
    four = (channels or array.shape[-1]) == 4
    return f"{expression}{'[..., :3]' if four else ''} with range={range_text(*_limits(array))}"


def _limits(array: NDArray[Any]) -> tuple[float, float]:
    import numpy as np

    finite = np.ma.masked_invalid(array).compressed()
    return (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)


def _as_numbers(name: str, array: NDArray[Any]) -> tuple[str, NDArray[Any]] | None:
    """Return the expression that makes numbers of the values of an array, and its result; None if there is none."""
    if array.dtype.kind in "buif":
        return name, array
    if array.dtype.names:
        field = array.dtype.names[0]
        return _as_numbers(f"{name}[{field!r}]", array[field])
    try:
        return _converted(name, array)
    except (TypeError, ValueError):  # objects or strings that are not numbers, and spans of months
        return None


def _converted(name: str, array: NDArray[Any]) -> tuple[str, NDArray[Any]]:
    import numpy as np

    second = np.timedelta64(1, "s")
    if array.dtype.kind == "c":
        return f"np.abs({name})", np.abs(array)
    if array.dtype.kind == "m":
        return f'{name} / np.timedelta64(1, "s")', array / second
    if array.dtype.kind == "M":
        seconds = (array - np.datetime64(0, "s")) / second
        return f'({name} - np.datetime64(0, "s")) / np.timedelta64(1, "s")', seconds
    return f"{name}.astype(float)", array.astype(float)
