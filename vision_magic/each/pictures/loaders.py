"""Loaders of pictures: small objects that can be pickled, each of which returns one picture when it is called.

What travels to a worker is a path, or a place in an array on a disk. Pixels travel only where they are nowhere but in
memory, and then those of one picture.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from vision_magic.errors import ImageError
from vision_magic.images.decode import check_size
from vision_magic.images.lazy_types import is_instance

__all__ = [
    "BlockLoader",
    "Blocks",
    "CallLoader",
    "FileLoader",
    "Hdf5File",
    "ItemLoader",
    "Loader",
    "MappedFile",
    "ObjectLoader",
    "Opened",
    "Pages",
    "ZarrFile",
]

Loader = Callable[[], object]
"""Returns a picture, as any object that `as_image` accepts."""

_MAX_BLOCK: Final = 64_000_000  # bytes of a block that is read at once


@dataclass(frozen=True, slots=True)
class ObjectLoader:
    """Returns the picture itself."""

    picture: object

    def __call__(self) -> object:
        """Return the picture."""
        return self.picture


@dataclass(frozen=True, slots=True)
class FileLoader:
    """Returns the path of a file, which is read when it is converted."""

    path: Path

    def __call__(self) -> Path:
        """Return the path."""
        return self.path


@dataclass(frozen=True, slots=True)
class CallLoader:
    """Returns what a function returns."""

    function: Callable[[], object]

    def __call__(self) -> object:
        """Call the function."""
        return self.function()


@dataclass(frozen=True, slots=True)
class ItemLoader:
    """Returns one item of an array or a sequence.

    Attributes
    ----------
    source : array or sequence
        What the item is in.
    index : int or tuple of int
        Its place.
    alone : bool
        Whether the item alone is pickled, and not its source.
    """

    source: Any
    index: Any
    alone: bool = True

    def __call__(self) -> object:
        """Return the item."""
        return self.source[self.index]

    def __reduce__(self) -> tuple[Any, ...]:
        if self.alone:
            return ObjectLoader, (self(),)
        return ItemLoader, (self.source, self.index, False)


@dataclass(frozen=True, slots=True)
class ZarrFile:
    """An array of a zarr store on a disk.

    Attributes
    ----------
    path : str
        The folder of the store.
    name : str
        The path of the array in it; empty for the store's own.
    """

    path: str
    name: str = ""

    def open(self) -> Any:
        """Open the array for reading."""
        import zarr

        return zarr.open_array(self.path, path=self.name, mode="r")


@dataclass(frozen=True, slots=True)
class Hdf5File:
    """A dataset of an HDF5 file.

    Attributes
    ----------
    path : str
        The file.
    name : str
        The dataset.
    """

    path: str
    name: str

    def open(self) -> Any:
        """Open the dataset for reading; its file is closed when it is no longer used."""
        import h5py

        return h5py.File(self.path, "r")[self.name]


@dataclass(frozen=True, slots=True)
class MappedFile:
    """An array of NumPy in a file that is mapped into memory, such as ``np.load(path, mmap_mode="r")`` returns.

    Attributes
    ----------
    path : str
        The file.
    dtype : str
        The type of its values.
    shape : tuple of int
        Its shape.
    offset : int
        Where it begins in the file (bytes).
    order : {"C", "F"}
        The order of its values.
    """

    path: str
    dtype: str
    shape: tuple[int, ...]
    offset: int
    order: Literal["C", "F"]

    def open(self) -> Any:
        """Map the array for reading."""
        import numpy as np

        return np.memmap(self.path, self.dtype, "r", self.offset, self.shape, self.order)


class Opened:
    """An array that is open, or is opened when it is needed first; it is pickled as the file that it is in.

    Parameters
    ----------
    array : array, optional
        The array, if it is open. It has ``shape``, ``nbytes``, and perhaps ``chunks``.
    file : ZarrFile, Hdf5File, MappedFile, optional
        Where it is on a disk; None if the array itself can be pickled.
    """

    def __init__(self, array: Any = None, file: ZarrFile | Hdf5File | MappedFile | None = None) -> None:
        self._array = array
        self._file = file

    def __reduce__(self) -> tuple[Any, ...]:
        return Opened, ((None, self._file) if self._file else (self._array,))

    def array(self) -> Any:
        """Return the array."""
        # A dataset of h5py is false once its file was closed, as after a with block.
        is_closed = self._array is None or (is_instance(self._array, "h5py.Dataset") and not self._array)
        if is_closed:
            if self._file is None:
                raise ImageError("The array was closed, and is in no file that could be opened again; pass it open.")
            self._array = self._file.open()
        return self._array


class Block:
    """Pictures of an array that are read together, since they are stored or computed together.

    The loaders of its pictures share it, also when those of one chunk are pickled together.

    Parameters
    ----------
    opened : Opened
        The array.
    start, stop : int
        The first picture, and the one behind the last.
    """

    def __init__(self, opened: Opened, start: int, stop: int) -> None:
        self.opened = opened
        self.start = start
        self.stop = stop
        self._lock = threading.Lock()
        self._pictures: Any = None
        self._taken = 0

    def __reduce__(self) -> tuple[Any, ...]:
        if self._is_computed():
            return Block, (Opened(_culled(self._lazy())), 0, self.stop - self.start)
        return Block, (self.opened, self.start, self.stop)

    def picture(self, index: int) -> object:
        """Return a picture by its place in the block."""
        with self._lock:  # the others wait for the block, which they need too
            if self._pictures is None:
                self._pictures = self._lazy().compute() if self._is_computed() else self._lazy()
            picture: object = self._pictures[index]
            self._taken += 1
            if self._taken % (self.stop - self.start) == 0:  # the last one
                self._pictures = None
        return picture

    def _lazy(self) -> Any:
        return self.opened.array()[self.start : self.stop]

    def _is_computed(self) -> bool:
        return hasattr(type(self.opened.array()), "__dask_graph__")


@dataclass(frozen=True, slots=True)
class BlockLoader:
    """Returns one picture of a block.

    Attributes
    ----------
    block : Block
        The block.
    index : int
        The place of the picture in it.
    """

    block: Block
    index: int

    def __call__(self) -> object:
        """Return the picture, and read its block if that was not read yet."""
        return self.block.picture(self.index)


class Blocks:
    """The loaders of an array that is on a disk, or is computed.

    Parameters
    ----------
    opened : Opened
        The array.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._count = int(opened.array().shape[0])
        self._length = _block_length(opened.array())
        self._last: Block | None = None

    def loader(self, at: int) -> Loader:
        """Return the loader of the picture at a position; pictures that follow each other share a block."""
        start = at - at % self._length
        block = self._last  # a name of its own, since other threads may ask too
        if block is None or block.start != start:
            block = self._last = Block(self._opened, start, min(start + self._length, self._count))
        return BlockLoader(block, at - start)


class Pages:
    """The pages of a TIFF file, which is opened once and read page by page.

    Parameters
    ----------
    path : Path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._image: Any = None
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[Any, ...]:
        return Pages, (self.path,)

    def __len__(self) -> int:
        with self._lock:
            return int(getattr(self._opened(), "n_frames", 1))

    def __getitem__(self, index: int) -> object:
        with self._lock:  # one position in the file
            image = self._opened()
            image.seek(index)
            check_size(image.size)
            return image.copy()

    def __del__(self) -> None:
        if self._image is not None:
            self._image.close()

    def _opened(self) -> Any:
        if self._image is None:
            from PIL import Image as PILImage

            self._image = PILImage.open(self.path, formats=("TIFF",))
        return self._image


def _culled(array: Any) -> Any:
    """Return an array of dask, or an object that holds one, without the tasks that it does not need."""
    graph = array.__dask_graph__()
    if graph is None:  # of xarray, in a file; dask need not be there
        return array
    from dask.core import flatten
    from dask.optimization import cull

    tasks, _ = cull(dict(graph), list(flatten(array.__dask_keys__())))
    rebuild, values = array.__dask_postpersist__()
    return rebuild(tasks, *values)


def _block_length(array: Any) -> int:
    """Return the number of pictures of a block along the first axis."""
    chunks = getattr(array, "chunks", None)
    # xarray without dask knows the chunks of the file by the names of its dimensions.
    stored = getattr(array, "encoding", {}).get("preferred_chunks", {}) if not chunks else {}
    first = chunks[0] if chunks else stored.get(array.dims[0], 1) if stored else 1
    length = int(first if isinstance(first, int) else max(first))  # dask and xarray state the length of each chunk
    picture = int(array.nbytes) // max(1, int(array.shape[0]))
    return max(1, min(length, _MAX_BLOCK // max(1, picture)))
