"""Export of a table's rows: to pandas and polars, to CSV and Parquet."""

from __future__ import annotations

import contextlib
import csv
import importlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.each.row import Key, Row
from vision_magic.each.table.columns import Fields, cells_of, columns_of
from vision_magic.errors import RunError
from vision_magic.reprs import short_repr

__all__ = ["to_csv", "to_pandas", "to_parquet", "to_polars"]

# The types of the columns besides the fields; the others are strings.
_TYPES: Final[Mapping[str, str]] = {
    "state": "category",
    "estimated": "boolean",
    "seconds": "Float64",
    **dict.fromkeys(
        ("prompt_tokens", "completion_tokens", "cached_tokens", "tries", "width", "height", "repeat"), "Int64"
    ),
}
_STATES: Final = ("done", "failed", "refused", "stopped")
_SCALARS: Final[Mapping[str, str]] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
}
_EMPTY_IS_MISSING: Final = frozenset(
    ("error", "doubt", "model", "system_fingerprint", "picture", "note", "worker", "corrected")
)


def to_pandas(
    rows: Iterable[Row],
    fields: Fields,
    key_names: Sequence[str],
    *,
    repeated: bool,
    corrected: bool,
) -> Any:
    """Return rows as a pandas ``DataFrame`` with nullable types.

    Parameters
    ----------
    rows : iterable of Row
        The rows.
    fields : Fields
        The fields of the answers.
    key_names : sequence of str
        The names of the index.
    repeated : bool
        Whether the pictures were asked about several times, so that there is a column ``repeat``.
    corrected : bool
        Whether labels replace the model's values.

    Raises
    ------
    RunError
        pandas is not installed.
    """
    pd = _imported("pandas", "to_pandas")
    names = columns_of(repeated=repeated, corrected=corrected)
    found: dict[str, list[Any]] = {name: [] for name in ("key", *(field.name for field in fields), *names)}
    for row in rows:
        cells = cells_of(row, fields.known, corrected=corrected)
        for name, column in found.items():
            column.append(cells[name])
    index = _index(pd, found.pop("key"), key_names)
    arrays = {field.name: _field_array(pd, found[field.name], field.kind, field.categories) for field in fields}
    arrays |= {name: _column_array(pd, name, found[name]) for name in names}
    return pd.DataFrame(arrays, index=index, columns=list(found))


def _imported(name: str, what: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise RunError(f"{what} needs {name}, which is not installed; run pip install {name}.") from None


def _index(pd: Any, keys: list[Key], names: Sequence[str]) -> Any:
    """Return the keys as an index: of tuples of one length with one level for each part."""
    if keys and all(isinstance(key, tuple) for key in keys) and len({len(key) for key in keys}) == 1:
        return pd.MultiIndex.from_tuples(keys, names=list(names) if len(names) == len(keys[0]) else None)
    return pd.Index(keys, name=names[0] if len(names) == 1 else "key", tupleize_cols=False)


def _field_array(pd: Any, values: list[Any], kind: str, categories: Sequence[Any]) -> Any:
    """Return the values of a field as an array of its type, or of objects where one does not fit."""
    known = [value for value in values if value is not None]
    if kind == "category" and all(value in categories for value in known):
        return pd.Categorical(values, categories=list(categories))
    dtype = _SCALARS.get(_kind_of(known))
    if dtype is None or (kind in _SCALARS and _SCALARS[kind] == "Float64" and dtype == "Int64"):
        dtype = _SCALARS.get(kind) if not known or dtype == "Int64" else dtype
    if dtype is not None:
        try:
            return pd.array(values, dtype=dtype)
        except (OverflowError, TypeError, ValueError):  # an integer of more than 64 bits
            pass
    return pd.Series(values, dtype=object).array


def _kind_of(values: Sequence[Any]) -> str:
    """Return the kind that all values have; an empty string if they have none in common."""
    kinds = {type(value) for value in values}
    if kinds == {float} or kinds == {int, float}:
        return "number"
    return {str: "string", int: "integer", bool: "boolean"}.get(kinds.pop(), "") if len(kinds) == 1 else ""


def _column_array(pd: Any, name: str, values: list[Any]) -> Any:
    if name == "at":
        return pd.to_datetime(pd.Series(values, dtype=object), utc=True).array
    if name == "label":
        return _field_array(pd, values, "unknown", ())
    if name == "state":
        return pd.Categorical(values, categories=_STATES)
    if name in _EMPTY_IS_MISSING:
        values = [value or None for value in values]
    return pd.array(values, dtype=_TYPES.get(name, "string"))


def to_polars(frame: Any) -> Any:
    """Return a frame of `to_pandas` as a polars ``DataFrame``, with lists and records as JSON.

    Raises
    ------
    RunError
        polars is not installed.
    """
    polars = _imported("polars", "to_polars")
    plain = _flat(frame).reset_index()
    objects = {name: plain[name].astype(object) for name in plain}
    return polars.DataFrame({name: column.where(column.notna(), None).tolist() for name, column in objects.items()})


def to_parquet(frame: Any, path: Path) -> Path:
    """Write a frame as Parquet; `pandas.read_parquet` reads the same types back.

    Lists and records are JSON, and categories that are integers become integers.

    Raises
    ------
    RunError
        pyarrow is not installed, or the file cannot be written.
    """
    pd = _imported("pandas", "to_parquet")
    _imported("pyarrow", "to_parquet")
    frame = _flat(frame)
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.CategoricalDtype) and frame[name].cat.categories.dtype == "int64":
            frame[name] = frame[name].astype("Int64")  # Parquet has only categories that are strings
    with _writing(path) as draft:
        _plain_index(pd, frame).to_parquet(draft)
    return path


def _flat(frame: Any) -> Any:
    """Return a frame whose lists and records are JSON."""
    pd = _imported("pandas", "to_parquet")
    frame = frame.copy(deep=False)
    for name in frame.columns:
        if frame[name].dtype == object:
            values = [None if value is None else _json(value) for value in frame[name]]
            frame[name] = pd.array(values, dtype="string")
    return frame


def _plain_index(pd: Any, frame: Any) -> Any:
    """Return a frame whose keys Parquet can hold: paths, and keys of several types, become strings."""
    import pyarrow  # type: ignore[import-untyped]

    try:
        pyarrow.Table.from_pandas(frame[[]])
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError):
        frame.index = pd.Index([str(key) for key in frame.index], name=frame.index.name or "key")
    return frame


def to_csv(rows: Iterable[Row], fields: Fields, path: Path, columns: Sequence[str], *, corrected: bool) -> Path:
    """Write rows as CSV in UTF-8, row by row; lists and records are JSON, and what is missing is empty.

    A text that a spreadsheet would take for a formula is written as it is; open the file as text columns where the
    answers are not to be trusted.

    Raises
    ------
    RunError
        The file cannot be written.
    """
    names = ["key", *columns]
    with _writing(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in rows:
            cells = cells_of(row, fields.known, corrected=corrected)
            writer.writerow([_cell(cells[name]) for name in names])
    return path


def _cell(value: Any) -> Any:
    """Return a value for CSV; None becomes an empty cell."""
    if isinstance(value, bool | dict | list):
        return _json(value)
    if isinstance(value, tuple):
        return _json([str(part) if not isinstance(part, str | int | float) else part for part in value])
    return value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[Path]:
    """Hand out another file in the same folder, which replaces the file at the end: half a file is never left."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        words = f"{short_repr(str(path))} could not be written ({error.strerror or type(error).__name__})"
        raise RunError(f"{words}. Check that its folder exists.") from None
    finally:
        draft.unlink(missing_ok=True)
