"""Pictures in a collection: its items, and the one figure behind what a plotting function returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from vision_magic.errors import ImageError
from vision_magic.images.converters.holders import figure_behind
from vision_magic.images.lazy_types import is_instance, type_name

__all__ = ["images_in", "is_collection", "leaves_of"]

_MAX_IMAGES: Final = 64  # in one request; providers accept even fewer
_MAX_DEPTH: Final = 16  # of lists in lists; a list that contains itself has no end

_MAX_RESULTS: Final = 8  # of one plotting function


def images_in(obj: object) -> list[object]:
    """Return the objects to convert for one argument: the object itself, or the items of a collection.

    A collection is a list, a tuple, an array or Series of objects, or what a plotting function returns, such as a
    dict of axes. It may be nested. Several axes or artists of one figure stand for that figure.

    Raises
    ------
    ImageError
        The collection is empty, or has more than 64 items.
    """
    if not is_collection(obj):
        return [obj]
    figures: list[tuple[object, object]] = []
    others = 0
    for leaf in leaves_of(obj):
        figure = figure_behind(leaf)
        figures.append((leaf, figure))
        others += figure is None
        if others > _MAX_IMAGES:
            raise _too_many(obj)
    found = _each_figure_once(figures, alone=not others)
    if not found:
        raise ImageError(f"The {type_name(obj)} is empty; expected at least one picture.")
    if len(found) > _MAX_IMAGES:
        raise _too_many(obj)
    return found


def _too_many(obj: object) -> ImageError:
    return ImageError(f"The {type_name(obj)} has more than {_MAX_IMAGES} pictures; pass fewer, such as x[:8].")


def _each_figure_once(leaves: list[tuple[object, object]], *, alone: bool) -> list[object]:
    """Return objects, each of which has its figure or None beside it, without repetitions of what one figure shows.

    Several parts of a figure become the figure if nothing but figures is there (`alone`), or if the figure itself is
    among them; otherwise they are cut out of it one by one.
    """
    parts: dict[int, dict[int, object]] = {}
    for leaf, figure in leaves:
        parts.setdefault(id(figure), {})[id(leaf)] = leaf
    found: list[object] = []
    seen: set[int] = set()
    for leaf, figure in leaves:
        if figure is None:
            found.append(leaf)
            continue
        together = parts[id(figure)]
        chosen = figure if len(together) > 1 and (alone or id(figure) in together) else leaf
        if id(chosen) not in seen:
            seen.add(id(chosen))
            found.append(chosen)
    return found


def is_collection(obj: object) -> bool:
    """Whether an object stands for the items in it."""
    return _items(obj) is not None


def leaves_of(obj: object, depth: int = _MAX_DEPTH) -> Iterator[object]:
    """Yield the items of a collection and of the collections in it."""
    items = _items(obj)
    if items is None:
        yield obj
        return
    if depth == 0:
        raise ImageError(f"The {type_name(obj)} contains itself, or is nested too deeply; pass a list of pictures.")
    for item in items:
        yield from leaves_of(item, depth - 1)


def _items(obj: object) -> Iterable[object] | None:
    """Return the items of a collection, or None if the object is not a collection of pictures."""
    children = _children(obj)
    if children is None:
        return None
    if isinstance(obj, dict):
        return children if _holds_only_artists(obj) else None
    if isinstance(obj, tuple) and _is_plot_result(obj):
        # The counts and edges that plt.hist(…) returns beside its bars. In other collections, no item is dropped.
        return [item for item in obj if not _is_numbers(item)]
    return children


def _children(obj: Any) -> Iterable[object] | None:
    """Return the items of a list, tuple, dict, or array or Series of objects; None for anything else."""
    kind = type(obj)  # isinstance would use the object's own __class__, which may fail
    if issubclass(kind, dict):
        return list(obj.values())
    if issubclass(kind, list | tuple) and not is_instance(obj, "matplotlib.container.Container"):
        return obj  # type: ignore[no-any-return]
    if _holds_objects(obj):
        return list(getattr(obj, "flat", obj))  # an array or a Series
    return None


def _holds_objects(obj: object) -> bool:
    """Whether an array or a Series holds Python objects, such as axes or images."""
    if not is_instance(obj, "numpy.ndarray") and not is_instance(obj, "pandas.Series"):
        return False
    return getattr(getattr(obj, "dtype", None), "kind", "") == "O"


def _is_plot_result(items: tuple[object, ...]) -> bool:
    """Whether a tuple has artists beside vectors of numbers, as those of ``hist`` and ``specgram``."""
    return len(items) <= _MAX_RESULTS and any(map(_is_vector, items)) and any(map(_holds_only_artists, items))


def _is_numbers(item: Any) -> bool:
    """Whether an item is an array of numbers, or the list of them that ``hist`` returns for several series."""
    if issubclass(type(item), list):
        return bool(item) and all(map(_is_vector, item))
    return is_instance(item, "numpy.ndarray") and not _holds_objects(item)


def _is_vector(item: Any) -> bool:
    return _is_numbers(item) and getattr(item, "ndim", 1) == 1


def _holds_only_artists(obj: object) -> bool:
    """Whether an object is an artist, or a collection of artists and nothing else."""
    artists = _artists_in(obj, _MAX_DEPTH)
    return next(artists, False) and all(artists)


def _artists_in(obj: object, depth: int) -> Iterator[bool]:
    """Yield whether each item of a collection is an artist or a container of artists."""
    children = _children(obj)
    if children is None or depth == 0:
        yield is_instance(obj, "matplotlib.artist.Artist") or is_instance(obj, "matplotlib.container.Container")
        return
    for item in children:
        yield from _artists_in(item, depth - 1)
