"""Refusal of tables, which have no pixels: the error message says what to do instead."""

from __future__ import annotations

from typing import Any, NoReturn

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_instance
from vision_magic.images.registry import converts

_TABLES = (
    "pandas.DataFrame",
    "pandas.io.formats.style.Styler",
    "polars.DataFrame",
    "polars.LazyFrame",
    "pyarrow.Table",
    "great_tables.GT",
)


def is_table(obj: object) -> bool:
    """Whether an object is a table; a table in a prompt is sent as text."""
    return any(is_instance(obj, path) for path in _TABLES)


def _refuse(table: Any) -> NoReturn:
    shape = getattr(table, "shape", None)
    size = f" of {shape[0]} rows and {shape[1]} columns" if isinstance(shape, tuple) and len(shape) == 2 else ""
    raise ImageError(
        f"as_image got a {type(table).__name__}{size}, which is not a picture. To ask about a chart of it, plot it and "
        "pass the result, such as df.plot(); to ask about its values, insert it into the question as text: {df}."
    )


for _path in _TABLES:
    converts(_path)(_refuse)
