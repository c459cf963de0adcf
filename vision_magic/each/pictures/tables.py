"""The column of pictures in a table, and the keys beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from vision_magic.each.row import Key
from vision_magic.errors import RunError
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.registry import converter_for
from vision_magic.naming import near_miss

__all__ = ["Column", "picture_column"]

_LOOKED_AT: Final = 20  # values of a column, until one is not missing
_SHOWN: Final = 8  # names of columns


@dataclass(frozen=True, slots=True)
class Column:
    """A column of pictures.

    Attributes
    ----------
    name : str
        What it is, for messages.
    values : sequence
        The pictures.
    keys : sequence of Key or None
        The labels of its rows; None if it has none.
    key_names : tuple of str
        The names of the levels of its index; empty if none has one.
    """

    name: str
    values: Any
    keys: Sequence[Key] | None
    key_names: tuple[str, ...] = ()

    @classmethod
    def of_series(cls, series: Any) -> Self:
        """Return a Series as a column; the index of pandas is its keys."""
        name = "Series" if series.name in (None, "") else f"column {series.name!r}"
        if is_instance(series, "pandas.Series"):
            return cls(name, series.array, list(series.index), _names_of(series.index))
        return cls(name, series.array if is_instance(series, "pandas.Index") else series, None)


def picture_column(table: Any, key: object) -> tuple[Column, object]:
    """Return the only column of a table that holds pictures, and its keys.

    Parameters
    ----------
    table : DataFrame or Dataset
        Of pandas, polars, or Hugging Face.
    key : object
        The name of the column of keys, or what else is a key; it is returned if it is not a name.

    Raises
    ------
    RunError
        No column holds pictures, or several do; there is no such column of keys.
    """
    columns = _columns(table)
    if columns is None:
        raise RunError(f"ask_each got a {type_name(table)}; pass its column of pictures as a list or a Series.")
    keys = key
    if isinstance(key, str):
        if key not in columns:
            raise RunError(f"key got {key!r}, and the table has {_listed(columns)}{near_miss(key, map(str, columns))}.")
        keys = list(table[key])
    found = [name for name in columns if name != key and _holds_pictures(table[name])]
    if len(found) == 1:
        if is_instance(table, "pandas.DataFrame"):
            return Column.of_series(table[found[0]]), keys
        return Column(f"column {found[0]!r}", table[found[0]], None), keys
    if found:
        raise RunError(
            f"ask_each got a table of which {_listed(found)} hold pictures; pass one of them, such as "
            f"df[{found[0]!r}], or df.set_index(…)[{found[0]!r}] with its keys."
        )
    raise RunError(
        f"ask_each got a table with {_listed(columns)}, none of which holds pictures; pass a column of them. File "
        'names become pictures by df["file"].map(pathlib.Path).'
    )


def _columns(table: Any) -> list[Any] | None:
    if is_instance(table, "pandas.DataFrame") or is_instance(table, "polars.DataFrame"):
        return list(table.columns)
    return list(table.column_names) if is_instance(table, "datasets.arrow_dataset.Dataset") else None


def _names_of(index: Any) -> tuple[str, ...]:
    names = tuple("" if name is None else str(name) for name in index.names)
    return names if any(names) else ()


def _listed(names: Iterable[Any]) -> str:
    known = list(names)
    shown = ", ".join(repr(name) for name in known[:_SHOWN])
    return f"the columns {shown}{', …' if len(known) > _SHOWN else ''}" if known else "no columns"


def _holds_pictures(column: Any) -> bool:
    """Whether the first value of a column that is not missing is a picture, as opposed to a number or a text."""
    for at in range(min(len(column), _LOOKED_AT)):
        value = column.iloc[at] if is_instance(column, "pandas.Series") else column[at]
        if value is None or value != value if isinstance(value, float | None) else False:
            continue
        return _is_picture(value)
    return False


def _is_picture(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and value.keys() <= {"bytes", "path"}
    if isinstance(value, str | int | float | complex) or is_instance(value, "numpy.generic"):
        return False
    return isinstance(value, Path | bytes) or converter_for(value) is not None
