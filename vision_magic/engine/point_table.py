"""Points of a chart as rows, under the names that a schema gives to their columns.

A name is accepted if it is a usual one (``x``, ``label``, ``value``), if it is printed on the axis or in the title, or
if it fits what the places are: ``month`` for names of months. Otherwise the schema is a mismatch, since a share is not
a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from vision_magic.engine.chart.data import FLAT, ChartPanel
from vision_magic.engine.drawn import DATE_WORDS, Drawn, Measured, calendar_words, sigma_of, without_sigma
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.fields import letters

__all__ = ["PointTable"]

_X: Final = ("x", "label", "name", "category", "key", "item", "place", "position", "tick", "bar")
_Y: Final = ("y", "value", "amount", "quantity", "height", "level", "result", "measurement")
_SERIES: Final = ("series", "line", "curve", "legend")
_COLOUR: Final = ("colour", "color")
_SIGMA: Final = ("sigma", "uncertainty")
_NAME: Final = ("name", "label", "key", "item")
_OTHERS: Final = ("panel", "kind", "source", "sure", "hex")
_SIGMAS: Final = {"x": "x_sigma", "y": "sigma"}
_OF_BOXES: Final = {"median": "y", "q1": "q1", "q3": "q3", "whiskerlow": "whisker_low", "whiskerhigh": "whisker_high"}

_CALENDAR: Final = {*DATE_WORDS, "weekday", "quarter", "year", "hour"}


class PointTable:
    """The points of series of one panel.

    Parameters
    ----------
    panel : ChartPanel
        The panel.
    series : sequence of Drawn
        Series, each of which must have passed every check.
    """

    def __init__(self, panel: ChartPanel, series: Sequence[Drawn]) -> None:
        for one in series:
            one.check()
        self._panel = panel
        self._series = series
        self._title = series[0].title

    def rows(self, schema: object) -> list[dict[str, Any]]:
        """Return a record for each point, or for each place if the columns are named after the series.

        Parameters
        ----------
        schema : object
            The schema of a record; any other schema gets the columns series, x and y.

        Raises
        ------
        SchemaMismatch
            A column has no meaning here.
        """
        properties = schema.get("properties") if isinstance(schema, Mapping) else None
        if not isinstance(properties, Mapping) or not properties:
            return self._long({"series": "series", "x": "x", "y": "y"})
        by_series = self._series_columns(properties)
        if by_series:
            return self._wide(properties, by_series)
        columns = {str(name): self._column(str(name), part) for name, part in properties.items()}
        self._check(columns)
        return self._long(columns)

    def by_place(self) -> dict[str, Measured | None]:
        """Return the value at each place, of the only series."""
        if len(self._series) > 1:
            raise SchemaMismatch(f"the chart has {len(self._series)} series; ask for a list of records")
        series = self._series[0]
        return dict(zip(map(_as_key, series.places), series.single_values, strict=True))

    # --- rows

    def _long(self, columns: Mapping[str, str]) -> list[dict[str, Any]]:
        return [
            {name: point[column] for name, column in columns.items()}
            for series in self._series
            for point in self._points(series)
        ]

    def _points(self, drawn: Drawn) -> list[dict[str, Any]]:
        series = drawn.series
        shared = {
            "series": series.name,
            "panel": self._panel.title,
            "kind": series.kind,
            "colour": drawn.colour,
            "hex": drawn.hex,
            "source": series.source,
            "sure": series.sure,
        }
        boxes = {name: drawn.extra(name) for name in _OF_BOXES.values() if name in series.extra}
        pairs = enumerate(zip(drawn.places, drawn.values, strict=True))
        return [
            {
                **shared,
                "x": x,
                "y": y,
                "name": series.names[number] if series.names else "",
                "sigma": 0.0 if y is None else y.sigma,
                "x_sigma": 0.0 if isinstance(x, str) else sigma_of(x),
                **{name: values[number] for name, values in boxes.items()},
            }
            for number, (x, y) in pairs
        ]

    def _series_columns(self, properties: Mapping[str, Any]) -> dict[str, Drawn]:
        """Return the series that columns are named after; empty unless all columns but one are."""
        known = {letters(one.series.name): one for one in self._series if one.series.name}
        found = {str(name): known[letters(str(name))] for name in properties if letters(str(name)) in known}
        return found if len(found) == len(properties) - 1 else {}

    def _wide(self, properties: Mapping[str, Any], by_series: Mapping[str, Drawn]) -> list[dict[str, Any]]:
        place = next(str(name) for name in properties if str(name) not in by_series)
        if self._column(place, properties[place]) != "x":
            raise SchemaMismatch(f"`{place}` is not a column of this chart")
        places = [series.places for series in by_series.values()]
        if any(each != places[0] for each in places):
            raise SchemaMismatch("its series were not measured at the same places; ask for the columns series, x and y")
        values = {name: series.values for name, series in by_series.items()}
        return [
            {place: x, **{name: column[number] for name, column in values.items()}}
            for number, x in enumerate(places[0])
        ]

    # --- columns

    def _check(self, columns: Mapping[str, str]) -> None:
        meanings = list(columns.values())
        twice = next((name for name, column in columns.items() if meanings.count(column) > 1), None)
        if twice is not None:
            raise SchemaMismatch(f"`{twice}` is one of two names for the same column")
        if "y" not in meanings and "x" not in meanings:
            raise SchemaMismatch("it names neither the places nor the values of the points")
        if len(self._series) > 1 and "series" not in meanings:
            raise SchemaMismatch(f"the chart has {len(self._series)} series, and the records no column `series`")

    def _column(self, name: str, part: object) -> str:
        """Return which column a name means."""
        plain = letters(name)
        if self._names_points(plain, part):
            return "name"
        boxed = any(one.series.kind == "box plot" for one in self._series)
        if boxed and plain in _OF_BOXES:
            return _OF_BOXES[plain]
        usual = _usual(plain)
        if boxed and usual == "y" and plain != "y":
            self._series[0].single_values  # noqa: B018  # refuses
        if usual:
            return usual
        if number := without_sigma(name):
            column = self._column(number, part)
            if column in _SIGMAS:
                return _SIGMAS[column]
        places, values = (self._panel.y, self._panel.x) if self._lying else (self._panel.x, self._panel.y)
        if _is_printed(name, self._panel.legend_title):
            return "series"
        if _is_printed(name, places.label) or self._fits_places(plain, part):
            return "x"
        if _is_printed(name, values.label) or (_is_numeric(part) and _is_printed(name, self._title)):
            return "y"
        raise SchemaMismatch(f"`{name}` is not printed on an axis or in the title; call the columns x and y")

    @property
    def _lying(self) -> bool:
        return any(one.series.kind in FLAT for one in self._series)

    def _names_points(self, name: str, part: object) -> bool:
        """Whether a name means the names of points: a usual one, or that of texts."""
        named = any(one.series.names for one in self._series)
        return named and (name in _NAME or (_is_string(part) and not _usual(name)))

    def _fits_places(self, name: str, part: object) -> bool:
        """Whether a name fits what the places are; of plain names, any word that is not of the calendar."""
        places = [place for one in self._series for place in one.series.x]
        calendar = calendar_words(places)
        if name in _CALENDAR or calendar:
            return name in calendar
        return all(isinstance(place, str) for place in places) and _is_string(part)


def _usual(name: str) -> str:
    if name in _OTHERS:
        return name
    columns = {"x": _X, "y": _Y, "series": _SERIES, "colour": _COLOUR, "sigma": _SIGMA}
    return next((column for column, names in columns.items() if name in names), "")


def _is_printed(name: str, printed: str) -> bool:
    """Whether all words of a name are in a printed text, in these or longer forms: ``rain_mm`` in “Rainfall (mm)”."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower())
    there = re.findall(r"[^\W\d_]+", printed.lower())
    return bool(words) and all(any(_is_same_word(word, other) for other in there) for word in words)


def _is_same_word(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short)) or long == f"{short}s"


def _as_key(place: str | float) -> str:
    return place if isinstance(place, str) else f"{place:.12g}"


def _types(part: object) -> set[str]:
    kinds = part.get("type") if isinstance(part, Mapping) else None
    return {kinds} if isinstance(kinds, str) else set(kinds) if isinstance(kinds, list) else set()


def _is_numeric(part: object) -> bool:
    return bool(_types(part) & {"number", "integer"})


def _is_string(part: object) -> bool:
    return "string" in _types(part)
