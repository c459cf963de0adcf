"""How do arrays of all libraries become pictures? As NumPy's, their channels last, copied in their own way."""

from __future__ import annotations

from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import name_of
from vision_magic.images.registry import ConvertedImage, converts, converts_if
from vision_magic.images.safe import check_size

_CHANNELS: Final = frozenset({"band", "bands", "channel", "channels", "c", "rgb", "rgba", "colour", "color"})


def gives_array(obj: Any) -> bool:
    """Whether an object is an array of some library: it has a shape and a dtype and NumPy can read it."""
    kind = type(obj)
    return all(hasattr(kind, name) for name in ("shape", "dtype")) and any(
        hasattr(kind, name) for name in ("__array__", "__array_interface__", "__cuda_array_interface__", "__dlpack__")
    )


@converts("numpy.ndarray")
def _from_numpy(array: Any) -> ConvertedImage:
    _check_pixels(array)
    return ConvertedImage(pixels=array, source=f"array {array.shape} {array.dtype}")


@converts("torch.Tensor")
def _from_torch(tensor: Any) -> ConvertedImage:
    """PyTorch's pictures have their channels first, as its own functions for pictures expect."""
    _check_pixels(tensor)
    array = tensor.detach().cpu().resolve_conj().resolve_neg()
    if str(array.dtype) == "torch.bfloat16":  # which NumPy does not have
        array = array.float()
    values = array.numpy()
    source = f"torch.Tensor {tuple(tensor.shape)} {str(tensor.dtype).removeprefix('torch.')}"
    if values.ndim == 3 and values.shape[0] in (3, 4) and values.shape[2] not in (3, 4):
        return ConvertedImage(pixels=values.transpose(1, 2, 0), source=source, notes=("channels moved last",))
    return ConvertedImage(pixels=values, source=source)


@converts("xarray.DataArray")
def _from_xarray(array: Any) -> ConvertedImage:
    """Go by the names of the dimensions: they say which of them holds the colours."""
    _check_pixels(array)
    source = f"xarray.DataArray {dict(array.sizes)} {array.dtype}"
    first = str(array.dims[0]).lower() if array.dims else ""
    if array.ndim == 3 and first in _CHANNELS:
        moved = array.transpose(*array.dims[1:], array.dims[0])
        return ConvertedImage(pixels=moved.values, source=source, notes=(f"{array.dims[0]} moved last",))
    return ConvertedImage(pixels=array.values, source=source)


@converts("cupy.ndarray")
def _from_cupy(array: Any) -> ConvertedImage:
    _check_pixels(array)
    return ConvertedImage(pixels=array.get(), source=f"cupy.ndarray {array.shape} {array.dtype}")


@converts("builtins.memoryview")
def _from_memoryview(view: memoryview) -> object:
    """Take a view of one dimension for an encoded picture, one of more for pixels."""
    if view.ndim == 1:
        return bytes(view) if view.itemsize == 1 else _as_numpy(view)
    return _as_numpy(view)


@converts_if(gives_array)
def _from_any_array(array: Any) -> ConvertedImage:
    _check_pixels(array)
    values = array.get() if hasattr(type(array), "__cuda_array_interface__") else _as_numpy(array)
    return ConvertedImage(pixels=values, source=f"{name_of(array)} {tuple(array.shape)} {array.dtype}")


def _as_numpy(array: Any) -> Any:
    try:
        import numpy as np
    except ImportError:
        raise ImageError(f"A picture of {name_of(array)} needs NumPy: pip install numpy") from None
    return np.asarray(array)


def _check_pixels(array: Any) -> None:
    """Refuse what is too large from its shape alone: it may be on a GPU, or not computed yet."""
    shape = tuple(int(side) for side in array.shape)
    if len(shape) in (2, 3):
        sides = sorted(shape)[-2:]
        check_size((sides[1], sides[0]), fix=lambda step: f"Take fewer: a[::{step}, ::{step}].")
