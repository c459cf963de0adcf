"""Whether an array is a stack of pictures, by its shape."""

from __future__ import annotations

from typing import Any, Final

from vision_magic.errors import RunError
from vision_magic.images.lazy_types import is_instance, type_name

__all__ = ["check_stack"]

_COLOURS: Final = (3, 4)


def check_stack(array: Any) -> None:
    """Raise an error if an array is not a stack of pictures along its first axis, or if that is not certain.

    A stack has the shape (N, H, W), (N, H, W, C) or (N, C, H, W).

    Raises
    ------
    RunError
        It is one picture, or could be one; the message says how a stack is passed.
    """
    shape = tuple(int(side) for side in array.shape)
    if problem := _problem(array, shape):
        raise RunError(f"ask_each got {type_name(array)} {shape}, {problem}")
    if shape[0] == 0:
        raise RunError(f"ask_each got {type_name(array)} {shape}, which is empty; expected at least one picture.")


def _problem(array: Any, shape: tuple[int, ...]) -> str:
    if len(shape) < 2:
        return "which is not a stack of pictures; expected (N, H, W) or (N, H, W, C)."
    if len(shape) == 2:
        return (
            "which is one picture; expected a stack (N, H, W) or (N, H, W, C). Put it into a list, or, if each row is "
            "a picture, use a.reshape(-1, height, width)."
        )
    if len(shape) > 4:
        return "which has too many axes; expected (N, H, W) or (N, H, W, C). Use a.reshape(-1, *a.shape[-3:])."
    return _problem_of_three(array, shape) if len(shape) == 3 else ""


def _problem_of_three(array: Any, shape: tuple[int, ...]) -> str:
    """Return why (A, B, C) is not certainly a stack; empty if it is: colours have 3 or 4 channels, first or last."""
    first, middle, last = shape
    each = "list(a)" if is_instance(array, "numpy.ndarray") else "(a[i] for i in range(len(a)))"
    if is_instance(array, "xarray.DataArray"):
        from vision_magic.images.converters.arrays import names_channels

        if names_channels(array.dims[0]):
            return f"which is one picture with its channels in {array.dims[0]!r}; put it into a list."
    if last <= 4:
        if last not in _COLOURS:
            return f"whose last axis has only {last}; expected (N, H, W) or (N, H, W, C): np.squeeze(a), a[..., 0]."
        return (
            "which is one picture; expected (N, H, W) or (N, H, W, C). Put it into a list; if it is a stack, pass "
            f"{each}."
        )
    if first in _COLOURS:
        return (
            f"which is either one picture with its {first} channels first, or a stack of {first} grey pictures. For "
            f"the picture pass [np.moveaxis(a, 0, -1)], for the stack {each}."
        )
    if first == middle != last:
        return (
            f"whose first two axes are alike: {last} pictures along the last axis are np.moveaxis(a, -1, 0). If there "
            f"are {first} along the first, pass {each}."
        )
    return ""
