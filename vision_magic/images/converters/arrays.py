"""Converters for arrays: each is copied to NumPy by its own library's method, with channels last."""

from __future__ import annotations

import inspect
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.decode import check_size
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.pixels import check_array
from vision_magic.images.registry import ConvertedImage, converts, converts_if

_CHANNEL_NAMES: Final = frozenset({"band", "bands", "channel", "channels", "c", "rgb", "rgba", "colour", "color"})

_READABLE: Final = ("__array__", "__array_interface__", "__cuda_array_interface__", "__dlpack__")
_DESCRIBED: Final = ("shape", "dtype")


def is_array_like(obj: Any) -> bool:
    """Whether an object is an array of any library: it has a shape and a dtype, and NumPy can read it."""
    kind = type(obj)
    if not any(hasattr(kind, name) for name in _READABLE):
        return False
    # A class of one's own may set them in __init__; looked up without its __getattr__, by which a mock has all.
    return all(hasattr(kind, name) or inspect.getattr_static(obj, name, None) is not None for name in _DESCRIBED)


@converts("numpy.ndarray")
def _from_numpy(array: Any) -> ConvertedImage:
    _check_pixels(array)
    return ConvertedImage(pixels=array, source=f"array {array.shape} {array.dtype}")


@converts("torch.Tensor")
def _from_torch(tensor: Any) -> ConvertedImage:
    """Images in PyTorch usually have their channels first, as torchvision expects."""
    _check_pixels(tensor)
    array = tensor.detach().cpu().resolve_conj().resolve_neg()
    if str(array.dtype) == "torch.bfloat16":  # NumPy has no such dtype
        array = array.float()
    values = array.numpy()
    source = f"torch.Tensor {tuple(tensor.shape)} {str(tensor.dtype).removeprefix('torch.')}"
    if values.ndim == 3 and values.shape[0] in (3, 4) and values.shape[2] not in (3, 4):
        return ConvertedImage(pixels=values.transpose(1, 2, 0), source=source, notes=("channels moved last",))
    check_array(values, move=lambda expression: expression)  # moved here
    return ConvertedImage(pixels=values, source=source)


@converts("xarray.DataArray")
def _from_xarray(array: Any) -> ConvertedImage:
    """Move the channels last if the name of the first dimension says that it holds them."""
    _check_pixels(array)
    source = f"xarray.DataArray {dict(array.sizes)} {array.dtype}"
    notes: tuple[str, ...] = ()
    if array.ndim == 3 and names_channels(array.dims[0]):
        first, count = array.dims[0], array.shape[0]
        if count not in (1, 3, 4):
            raise ImageError(
                f"as_image got an array of {count} in {first!r}; expected 1, 3 or 4: select one, a[0], or three, "
                "a[[2, 1, 0]]."
            )
        # A file with a single band, as satellites' usually are, has no colours.
        array = array[0] if count == 1 else array.transpose(*array.dims[1:], first)
        notes = (f"the only {first}",) if count == 1 else (f"{first} moved last",)
    values = array.values
    check_array(values, move=lambda expression: _moved_by_name(expression, array.dims[-3]))
    return ConvertedImage(pixels=values, source=source, notes=notes)


def names_channels(dimension: object) -> bool:
    """Whether the name of a dimension says that it holds the channels of a picture."""
    return str(dimension).lower() in _CHANNEL_NAMES


def _moved_by_name(expression: str, dimension: object) -> str:
    return expression if names_channels(dimension) else f"{expression}.transpose(..., {dimension!r})"


@converts("cupy.ndarray")
def _from_cupy(array: Any) -> ConvertedImage:
    _check_pixels(array)
    return ConvertedImage(pixels=array.get(), source=f"cupy.ndarray {array.shape} {array.dtype}")


@converts("builtins.memoryview")
def _from_memoryview(view: memoryview) -> object:
    """Read a one-dimensional view as encoded data, others as pixels."""
    if view.ndim == 1:
        return bytes(view) if view.itemsize == 1 else _as_numpy(view)
    return _as_numpy(view)


@converts_if(is_array_like)
def _from_any_array(array: Any) -> ConvertedImage:
    _check_pixels(array)
    values = array.get() if hasattr(type(array), "__cuda_array_interface__") else _as_numpy(array)
    return ConvertedImage(pixels=values, source=f"{type_name(array)} {tuple(array.shape)} {array.dtype}")


def _as_numpy(array: Any) -> Any:
    try:
        import numpy as np
    except ImportError:
        raise ImageError(f"Converting {type_name(array)} to a picture needs NumPy: pip install numpy") from None
    if is_instance(array, "dask.array.Array"):
        return np.asanyarray(array.compute())  # its own conversion to NumPy would drop a mask
    return np.asarray(array)


def _check_pixels(array: Any) -> None:
    """Check the size by the shape alone: the data may be on a GPU, or not computed yet."""
    shape = tuple(int(side) for side in array.shape)
    if len(shape) in (2, 3):
        sides = sorted(shape)[-2:]
        check_size((sides[1], sides[0]), fix=lambda step: f"Use fewer: a[::{step}, ::{step}].")
