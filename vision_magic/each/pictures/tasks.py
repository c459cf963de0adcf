"""Tasks of a collection of pictures: a key and a loader for each, in order, made when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from vision_magic.each.pictures.keys import check_key, encode_key
from vision_magic.each.pictures.loaders import Loader
from vision_magic.each.pictures.sources import Endless, Source, loader_of, source_of
from vision_magic.each.pictures.task import Task
from vision_magic.each.row import Key
from vision_magic.errors import RunError
from vision_magic.reprs import short_repr

__all__ = ["Tasks", "tasks_of"]

_MAX_REPEAT: Final = 1000

_PLAIN: Final = frozenset({str, int})


class Tasks:
    """The tasks of a collection of pictures, which are made when they are needed.

    A known number of pictures can be iterated over again; a generator goes on where it stopped.

    Attributes
    ----------
    total : int or None
        The number of tasks, repeats included; None for a generator.
    key_names : tuple of str
        The names of the index, the column or the dimension that the keys come from; empty if they have none.
    left_out : str
        What was left out, in words; empty if nothing was.
    """

    def __init__(
        self,
        source: Source | Endless,
        keys: Sequence[Key] | Callable[..., Key] | None,
        repeat: int,
        key_names: tuple[str, ...] = (),
    ) -> None:
        self._source = source
        self._keys = keys
        self._repeat = repeat
        self._rest: Iterator[Task] | None = None
        self._seen = _Seen()  # the keys that a function gave
        self._places: dict[str, int] | None = None
        self.total = source.count * repeat if isinstance(source, Source) else None
        self.key_names = key_names
        self.left_out = source.left_out if isinstance(source, Source) else ""

    @property
    def size_in_memory(self) -> int:
        """The bytes of the pictures that are only in memory; 0 for a generator, whose pictures are not known yet."""
        return self._source.size() if isinstance(self._source, Source) else 0

    def find(self, key: Key) -> Task | None:
        """Return the first task of a picture; None if there is no such picture, or a generator has passed it."""
        if not isinstance(self._source, Source):
            return None
        at = self._position(check_key(key), self._source.count)
        return None if at is None else Task(key, self._source.loader(at))

    def _position(self, key: Key, count: int) -> int | None:
        if self._keys is None:
            return key if type(key) is int and 0 <= key < count else None
        if callable(self._keys):
            return self._seen.position(key)
        if self._places is None:
            self._places = {encode_key(each): at for at, each in enumerate(self._keys)}
        return self._places.get(encode_key(key))

    def __iter__(self) -> Iterator[Task]:
        if isinstance(self._source, Source):
            return self._tasks(self._known(self._source))
        if self._rest is None:
            self._rest = self._tasks(self._unknown(self._source))
        return self._rest

    def _tasks(self, pairs: Iterator[tuple[Key, Loader]]) -> Iterator[Task]:
        for key, load in pairs:
            for repeat in range(self._repeat):
                yield Task(key, load, repeat)

    def _known(self, source: Source) -> Iterator[tuple[Key, Loader]]:
        for at in range(source.count):
            load = source.loader(at)
            if callable(self._keys):
                key = self._seen.checked(self._keys(at, load()), at)
            else:
                key = at if self._keys is None else self._keys[at]
            yield key, load

    def _unknown(self, source: Endless) -> Iterator[tuple[Key, Loader]]:
        for at, picture in enumerate(source.pictures):
            yield self._seen.checked(self._keys(at, picture), at) if callable(self._keys) else at, loader_of(picture)


def tasks_of(pictures: object, *, key: Any = None, repeat: int = 1) -> Tasks:
    """Return the tasks of a collection of pictures.

    Parameters
    ----------
    pictures : object
        - a list, tuple or other sequence: keys are the positions from 0, or the names of `frames` and `pages`;
        - a dict: its keys;
        - a pandas Series, or a DataFrame of which one column holds pictures: the index; of polars: the positions;
        - a folder, or a pattern such as ``Path("moths/*.jpg")``: the paths of its files in it, in natural order;
        - a stack of shape (N, H, W) or (N, H, W, C), of any array library, zarr or HDF5: the positions; of xarray: the
          coordinates of its first dimension;
        - a generator or iterator: the positions.

        A picture is what `as_image` accepts, or a function without arguments that returns it.
    key : callable, sequence or str, optional
        The keys instead of these: a function of the position and the picture, one key for each picture, or the name of
        a column of the DataFrame.
    repeat : int
        How many times each picture is asked (at least 1).

    Raises
    ------
    RunError
        It is not a collection of pictures, is empty, or two pictures have the same key.
    """
    if isinstance(repeat, bool) or not isinstance(repeat, int) or not 1 <= repeat <= _MAX_REPEAT:
        raise RunError(f"repeat got {short_repr(repeat)}; expected a number of times from 1 to {_MAX_REPEAT:,}.")
    source, keys = source_of(pictures, key)
    if isinstance(source, Endless):
        if keys is not None and not callable(keys):
            raise RunError("key got keys for a generator, whose length is not known; expected a function.")
        return Tasks(source, keys, repeat)
    if source.count == 0:
        raise RunError(f"The {type(pictures).__name__} is empty; expected at least one picture.")
    names = source.key_names if keys is None else (key,) if isinstance(key, str) else ()
    return Tasks(source, _keys_of(source, keys), repeat, names)


def _keys_of(source: Source, key: Any) -> Sequence[Key] | Callable[..., Key] | None:
    """Return the keys of pictures whose number is known; a function that needs the pixels is called later."""
    if key is None:
        return None if source.keys is None else _checked(source.keys)
    if callable(key):
        item = source.item
        return key if item is None else _checked([key(at, item(at)) for at in range(source.count)])
    keys = _as_list(key)
    if len(keys) != source.count:
        raise RunError(f"key got {len(keys):,} keys for {source.count:,} pictures; expected one for each.")
    return _checked(keys)


def _as_list(key: Any) -> list[Any]:
    if isinstance(key, str | bytes | dict | set) or not hasattr(type(key), "__iter__"):
        raise RunError(
            f"key got {short_repr(key)}; expected a function of the position and the picture, one key for each "
            "picture, or the name of a column of a DataFrame."
        )
    return list(key)


def _checked(keys: Sequence[Any]) -> list[Key]:
    """Return keys as plain values; raise an error if one is there twice."""
    found = []
    for at, key in enumerate(keys):
        try:
            found.append(key if type(key) in _PLAIN else check_key(key))
        except RunError as error:
            raise RunError(f"Position {at}: {error}") from None
    if len(set(found)) < len(found):  # 1 and True are equal, and two keys
        seen = _Seen()
        for at, key in enumerate(found):
            seen.checked(key, at)
    return found


class _Seen:
    """The keys so far, of which only a hash is kept: a generator may have millions."""

    def __init__(self) -> None:
        self._positions: dict[int, int] = {}

    def position(self, key: Key) -> int | None:
        """Return the position of a key; None if it was not there."""
        return self._positions.get(hash(encode_key(key)))

    def checked(self, key: object, at: int) -> Key:
        """Return a key as a plain value; raise an error if it was there at another position."""
        plain = check_key(key)
        first = self._positions.setdefault(hash(encode_key(plain)), at)
        if first != at:
            raise RunError(
                f"The key {short_repr(plain)} is given twice, at the positions {first} and {at}; each picture needs "
                "its own. Pass key=, such as a function of the position and the picture."
            )
        return plain
