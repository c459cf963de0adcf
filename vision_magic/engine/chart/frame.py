"""Points of a chart as a pandas DataFrame, with a type for each column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from vision_magic.errors import RequestError

__all__ = ["frame_of_rows"]

_COLUMNS: Final = ("panel", "series", "kind", "x", "y", "sigma", "x_sigma", "sure", "source")
_NAMES: Final = ("panel", "series", "kind", "source", "name")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")


def frame_of_rows(rows: Sequence[Mapping[str, Any]], *, order: Sequence[str] = ()) -> Any:
    """Return a DataFrame with a row for each point.

    Parameters
    ----------
    rows : sequence of mapping
        The points, as `Chart.rows` yields them.
    order : sequence of str
        The names of categories, in the order in which they are drawn.

    Raises
    ------
    RequestError
        pandas is not installed.
    """
    try:
        import pandas as pd  # type: ignore[import-untyped]
    except ImportError:
        raise RequestError("to_frame needs pandas, which is not installed; run pip install pandas.") from None
    extras = tuple(dict.fromkeys(name for row in rows for name in row if name not in _COLUMNS))
    columns = {name: [row.get(name) for row in rows] for name in (*_COLUMNS, *extras)}
    for name, values in columns.items():
        if name == "x":
            columns[name] = _places(pd, values, order)
        elif name in _NAMES:
            columns[name] = pd.Categorical(
                values, categories=list(dict.fromkeys(one for one in values if one is not None))
            )
        else:
            columns[name] = pd.Series(values, dtype=bool if name == "sure" else float)
    return pd.DataFrame(columns)


def _places(pd: Any, values: Sequence[Any], order: Sequence[str]) -> Any:
    """Return places as numbers, dates or categories, whichever they all are; mixed ones, of several panels, as is."""
    if all(isinstance(value, int | float) for value in values):
        return pd.Series(values, dtype=float)
    if not all(isinstance(value, str) for value in values):
        return pd.Series(values, dtype=object)
    if all(_DATE.fullmatch(value) for value in values):
        return pd.Series(pd.to_datetime([value.replace("T", " ") for value in values], format="mixed"))
    known = [name for name in order if name in values]
    return pd.Categorical(values, categories=list(dict.fromkeys((*known, *values))))
