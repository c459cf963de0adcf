"""What is a collection of pictures: for each kind, the number of pictures, their own keys, and how each is loaded."""

from __future__ import annotations

import functools
import mmap
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from vision_magic.each.pictures.folders import files_of
from vision_magic.each.pictures.loaders import (
    Blocks,
    CallLoader,
    FileLoader,
    Hdf5File,
    ItemLoader,
    Loader,
    MappedFile,
    ObjectLoader,
    Opened,
    Pages,
    ZarrFile,
)
from vision_magic.each.pictures.sizes import size_in_memory
from vision_magic.each.pictures.stacks import check_stack
from vision_magic.each.pictures.tables import Column, picture_column
from vision_magic.each.row import Key
from vision_magic.errors import RunError
from vision_magic.images.converters.arrays import is_array_like
from vision_magic.images.converters.tables import is_table
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.names import is_name_in_file
from vision_magic.images.registry import converter_for
from vision_magic.reprs import short_repr

__all__ = ["Endless", "Source", "source_of"]

_EXPECTED: Final = (
    "expected a list, dict, Series or column of pictures, a folder or a pattern as a Path, a stack of pictures as an "
    "array, or a generator"
)
_FUNCTIONS: Final = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, functools.partial)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Pictures whose number is known.

    Attributes
    ----------
    count : int
        How many there are.
    loader : callable
        Returns the loader of the picture at a position.
    item : callable or None
        Returns the picture at a position, for the function of `key`; None where this would read it from a disk.
    keys : sequence of Key or None
        Their own keys; None if these are their positions.
    key_names : tuple of str
        The names of the index or the dimension that the keys come from; empty if they have none.
    size : callable
        Returns the bytes of the pictures that are only in memory.
    left_out : str
        What was left out, in words; empty if nothing was.
    """

    count: int
    loader: Callable[[int], Loader]
    item: Callable[[int], object] | None
    keys: Sequence[Key] | None = None
    key_names: tuple[str, ...] = ()
    size: Callable[[], int] = lambda: 0
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Endless:
    """Pictures whose number is not known, each of which is taken when it is needed.

    Attributes
    ----------
    pictures : iterator
        The pictures.
    """

    pictures: Iterator[object]


def source_of(pictures: Any, key: object = None) -> tuple[Source | Endless, object]:
    """Return the pictures of a collection, and the keys that a column of a table gave in place of its name.

    Parameters
    ----------
    pictures : object
        The collection.
    key : object
        The argument of this name; a string is the name of a column of a table.

    Raises
    ------
    RunError
        It is not a collection of pictures.
    """
    if is_table(pictures) or is_instance(pictures, "datasets.arrow_dataset.Dataset"):
        column, keys = picture_column(pictures, key)
        is_lazy = is_instance(column.values, "datasets.arrow_dataset.Column")
        return _of_sequence(column.values) if is_lazy else _of_column(column), keys
    if isinstance(key, str):
        raise RunError(
            f"key got {key!r}, the name of a column, and the pictures are a {type_name(pictures)}, which has none."
        )
    for path, make in _BY_TYPE.items():
        if is_instance(pictures, path):
            return make(pictures), key
    if is_array_like(pictures):
        return _of_array(pictures), key
    _refuse_single(pictures)
    return _of_iterable(pictures), key


def loader_of(item: object) -> Loader:
    """Return the loader of one item of a collection."""
    if isinstance(item, Path):
        return FileLoader(item.expanduser().absolute())  # a worker has another working folder
    if isinstance(item, _FUNCTIONS):
        return CallLoader(item)
    if type(item) is dict and item.keys() <= {"bytes", "path"} and item:  # a picture in a Parquet file of Hugging Face
        data, path = item.get("bytes"), item.get("path")
        return ObjectLoader(bytes(data)) if data else FileLoader(Path(str(path)).absolute())
    return ObjectLoader(item)


# -- kinds -----------------------------------------------------------------------------------------------------------


def _of_path(path: Path) -> Source:
    if (pages := _pages_in(path)) is not None:
        return _of_sequence(pages)
    files = files_of(path)
    return Source(
        count=len(files.names),
        loader=lambda at: FileLoader(files.path(at)),
        item=files.path,
        keys=files.names,
        left_out=files.left_out,
    )


def _pages_in(path: Path) -> Pages | None:
    """Return the pages of a TIFF file with several, which is a stack of pictures; None for anything else."""
    if path.suffix.lower() not in (".tif", ".tiff") or not path.is_file():
        return None
    pages = Pages(path.absolute())
    try:
        return pages if len(pages) > 1 else None
    except Exception:  # Pillow raises many kinds of exceptions for damaged data; one file is refused in words
        return None


def _of_list(items: Sequence[object], keys: Sequence[Key] | None = None, kind: str = "list") -> Source:
    _check_items(items, kind)
    if keys is None and items and all(isinstance(item, Image) for item in items):
        keys = _names_of(items)
    return Source(
        count=len(items),
        loader=lambda at: loader_of(items[at]),
        item=items.__getitem__,
        keys=keys,
        size=lambda: sum(map(size_in_memory, items)),
    )


def _names_of(images: Sequence[Any]) -> Sequence[Key] | None:
    """Return the names of frames and pages as keys; None if other pictures are among them, or a name is there twice."""
    names = [image.source for image in images]
    return names if all(map(is_name_in_file, names)) and len(set(names)) == len(names) else None


def _of_mapping(items: Mapping[Any, object]) -> Source:
    return _of_list(list(items.values()), list(items), "dict")


def _of_column(column: Column) -> Source:
    values = column.values
    _check_items(values, column.name)
    return Source(
        count=len(values),
        loader=lambda at: loader_of(values[at]),
        item=values.__getitem__,
        keys=column.keys,
        key_names=column.key_names,
        size=lambda: sum(size_in_memory(values[at]) for at in range(len(values))),
    )


def _of_series(series: Any) -> Source:
    return _of_column(Column.of_series(series))


def _of_object_array(array: Any) -> Source:
    """Take each item of an array of objects, such as the axes of ``plt.subplots``, by its place."""
    keys = None if array.ndim == 1 else [tuple(map(int, index)) for index in _indices(array.shape)]
    return _of_list(list(array.flat), keys, "array")


def _indices(shape: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    import numpy as np

    return np.ndindex(*shape)


def _of_array(array: Any) -> Source:
    if getattr(getattr(array, "dtype", None), "kind", "") == "O":
        return _of_object_array(array)
    check_stack(array)
    if (file := _mapped_file(array)) is not None:
        loader = Blocks(Opened(array, file)).loader
        return Source(count=len(array), loader=loader, item=array.__getitem__)
    return Source(
        count=int(array.shape[0]),
        loader=lambda at: ItemLoader(array, at),
        item=array.__getitem__,
        size=lambda: size_in_memory(array),
    )


def _mapped_file(array: Any) -> MappedFile | None:
    """Return the file that an array of NumPy is mapped from; None for others, and for parts of such an array."""
    if not is_instance(array, "numpy.memmap") or not isinstance(array.base, mmap.mmap) or array.filename is None:
        return None
    order: Literal["C", "F"] = "C" if array.flags.c_contiguous else "F"
    path = str(Path(array.filename).absolute())
    return MappedFile(path, array.dtype.str, tuple(map(int, array.shape)), int(array.offset), order)


def _of_xarray(array: Any) -> Source:
    """Take the coordinates of the first dimension as keys, if it has any."""
    check_stack(array)
    first = array.dims[0]
    keys = list(array.indexes[first]) if first in array.indexes else None
    is_lazy = not getattr(array.variable, "_in_memory", True)  # computed by dask, or in a file
    return Source(
        count=int(array.shape[0]),
        loader=Blocks(Opened(array)).loader if is_lazy else (lambda at: ItemLoader(array, at)),
        item=array.__getitem__,
        keys=keys,
        key_names=() if keys is None else (str(first),),
        size=lambda: 0 if is_lazy else int(array.nbytes),
    )


def _of_dask(array: Any) -> Source:
    check_stack(array)
    return Source(count=int(array.shape[0]), loader=Blocks(Opened(array)).loader, item=array.__getitem__)


def _of_zarr(array: Any) -> Source:
    check_stack(array)
    root = getattr(array.store, "root", None)
    file = ZarrFile(str(Path(root).absolute()), array.path) if isinstance(root, Path) else None
    in_memory = is_instance(array.store, "zarr.storage.MemoryStore")
    return _of_stored(array, file, in_memory)


def _of_hdf5(dataset: Any) -> Source:
    check_stack(dataset)
    path = Path(dataset.file.filename)
    file = Hdf5File(str(path.absolute()), dataset.name) if path.is_file() else None
    return _of_stored(dataset, file, file is None)


def _of_stored(array: Any, file: ZarrFile | Hdf5File | None, in_memory: bool) -> Source:
    return Source(
        count=int(array.shape[0]),
        loader=(lambda at: ItemLoader(array, at)) if in_memory else Blocks(Opened(array, file)).loader,
        item=None,
        size=lambda: int(array.nbytes) if in_memory else 0,
    )


def _of_sequence(pictures: Any) -> Source:
    """Take each item when it is needed, such as from a dataset of PyTorch or a column of Hugging Face."""
    return Source(count=len(pictures), loader=lambda at: ItemLoader(pictures, at, alone=False), item=None)


def _of_iterable(pictures: Any) -> Source | Endless:
    if hasattr(type(pictures), "__next__"):
        return Endless(_one_by_one(pictures))
    if hasattr(type(pictures), "__len__") and hasattr(type(pictures), "__getitem__"):
        return _of_sequence(pictures)
    if isinstance(pictures, Iterable):
        return _of_list(list(pictures)) if hasattr(type(pictures), "__len__") else Endless(iter(pictures))
    raise RunError(f"ask_each got {short_repr(pictures)} ({type_name(pictures)}); {_EXPECTED}.")


def _one_by_one(pictures: Iterator[Any]) -> Iterator[object]:
    if is_instance(pictures, "PIL.ImageSequence.Iterator"):
        return (frame.copy() for frame in pictures)  # it yields the same image each time, moved on
    return pictures


# -- refusals --------------------------------------------------------------------------------------------------------


def _check_items(items: Any, kind: str) -> None:
    """Refuse what is a mistake at any place, before anything is sent; a missing picture is a failed row."""
    for at, item in enumerate(items):
        if isinstance(item, str):
            raise RunError(
                f"The {kind} holds the string {short_repr(item)} at position {at}, which is never read as a file name "
                "or an address. Pass pathlib.Path(…) for a file, vision_magic.url(…) for an address."
            )
        if isinstance(item, list | tuple | set):
            raise RunError(
                f"The {kind} holds a {type_name(item)} at position {at}; expected one picture. Pass one list of all "
                "pictures, or a dict of them with their names."
            )


def _refuse_single(pictures: Any) -> None:
    if isinstance(pictures, str):
        raise RunError(
            f"ask_each got the string {short_repr(pictures)}, which is never read as a file name; {_EXPECTED}: "
            f"pathlib.Path({short_repr(pictures, 60)})."
        )
    if isinstance(pictures, set | frozenset):
        raise RunError("ask_each got a set, which has no order; pass sorted(…), or a list.")
    if hasattr(type(pictures), "__anext__") or hasattr(type(pictures), "__aiter__"):
        raise RunError(
            f"ask_each got {type_name(pictures)}, which is asynchronous; {_EXPECTED}: "
            "[each async for each in pictures]."
        )
    if converter_for(pictures) is not None:
        raise RunError(
            f"ask_each got one picture, a {type_name(pictures)}; {_EXPECTED}. For one picture use vision_magic.ask, or "
            "put it into a list."
        )


def _refuse_group(kind: str, example: str) -> Callable[[Any], Source]:
    def refuse(group: Any) -> Source:
        names = ", ".join(map(repr, list(group)[:8]))
        raise RunError(
            f"ask_each got a {kind} with {names or 'nothing in it'}; pass one stack of it, such as {example}."
        )

    return refuse


def _refuse_dataset(dataset: Any) -> Source:
    raise RunError(
        f"ask_each got a {type_name(dataset)}; pass its column of pictures, such as "
        'dataset["train"]["image"], which is read picture by picture.'
    )


# The first that fits counts.
_BY_TYPE: Final[Mapping[str, Callable[[Any], Source | Endless]]] = {
    "pathlib.Path": _of_path,
    "pandas.Series": _of_series,
    "pandas.Index": _of_series,
    "polars.Series": _of_series,
    "xarray.Dataset": _refuse_group("Dataset", 'dataset["image"]'),
    "xarray.DataArray": _of_xarray,
    "h5py.Group": _refuse_group("group of HDF5", 'file["images"]'),
    "h5py.Dataset": _of_hdf5,
    "zarr.Group": _refuse_group("group of zarr", 'group["images"]'),
    "zarr.Array": _of_zarr,
    "dask.array.Array": _of_dask,
    "datasets.iterable_dataset.IterableDataset": _refuse_dataset,
    "datasets.dataset_dict.DatasetDict": _refuse_dataset,
    "datasets.dataset_dict.IterableDatasetDict": _refuse_dataset,
    "collections.abc.Mapping": _of_mapping,
    "collections.abc.ItemsView": lambda items: _of_mapping(dict(items)),
    "builtins.list": _of_list,
    "builtins.tuple": _of_list,
}
