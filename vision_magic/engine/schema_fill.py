"""Do the facts fit a shape that somebody else made up? By the names in its JSON Schema, never by a guess.

A name that is measured here is filled in, as the type that the schema wants where nothing is lost by it: ``"2021"``
read from a tick may be a number, a colour may be its name. A name that is not measured makes the whole shape unfit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.roles import Panel, Plot
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.facts import Facts, facts_of
from vision_magic.engine.facts_json import (
    axis_row,
    comparison_of,
    legend_of,
    limits_of,
    palette_of,
    panels_of,
    picture_of,
    texts_of,
)

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Unfit", "fitted", "names"]

_DEEPEST: Final = 12
"""Levels of a schema that are followed; one that refers to itself ends here."""


class Unfit(ValueError):
    """The facts do not fit the shape; the message says where and why."""


def fitted(pictures: Sequence[PILImage.Image], schema: Mapping[str, Any]) -> Any:
    """Return the facts in the shape of a JSON Schema.

    Parameters
    ----------
    pictures : sequence of PIL.Image.Image
        Names at the root are about the first; the list ``pictures`` is about each.
    schema : mapping
        An object at its root. ``$ref`` (within it), ``type``, ``properties``, ``items``, ``anyOf``, ``oneOf``, ``enum``
        and ``const`` are kept to; what else it says is left to whoever validates the answer.

    Raises
    ------
    Unfit
        A name that is not measured, or a fact that is not of the type.
    """
    return _Shape(schema).of(_World(facts_of(pictures)), schema, "", 0)


def names(pictures: Sequence[PILImage.Image]) -> list[str]:
    """Return what a shape may ask for by name; a list of records needs none."""
    return [name for name in _World(facts_of(pictures)) if name != _TABLE]


# --- the facts by name ------------------------------------------------------------------------------------------


class _Named(Mapping[str, Any]):
    """Facts by name, each measured at its first use."""

    def __init__(self, facts: Mapping[str, Callable[[], Any]]) -> None:
        self._facts = facts
        self._found: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._found:
            self._found[name] = self._facts[name]()
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


class _World(_Named):
    """What may stand at the root of a shape."""

    def __init__(self, facts: list[Facts]) -> None:
        more: dict[str, Callable[[], Any]] = {
            "reader": lambda: "embedded-reader",
            "pictures": lambda: [_Picture(each) for each in facts],
            "comparison": lambda: comparison_of(facts),
            "limits": lambda: limits_of(facts),
            _TABLE: lambda: _tables(facts),
        }
        super().__init__(_about(facts[0]) | more if facts else more)


class _Picture(_Named):
    """What may stand in a record about one picture."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(_about(facts) | {"plot": lambda: picture_of(facts)["plot"]})


_TABLE: Final = "value"  # the one member of a list of records on the wire


def _about(facts: Facts) -> dict[str, Callable[[], Any]]:
    """Return what is measured in a picture; what is read in it asks for the plot."""
    return {
        "title": lambda: _of_plot(facts, _title),
        "x_label": lambda: _of_plot(facts, lambda plot: plot.x_label or _only(plot).x.label),
        "y_label": lambda: _of_plot(facts, lambda plot: plot.y_label or _only(plot).y.label),
        "x_ticks": lambda: _of_plot(facts, lambda plot: _ticks(_only(plot).x)),
        "y_ticks": lambda: _of_plot(facts, lambda plot: _ticks(_only(plot).y)),
        "x_scale": lambda: _of_plot(facts, lambda plot: _only(plot).x.kind),
        "y_scale": lambda: _of_plot(facts, lambda plot: _only(plot).y.kind),
        "legend": lambda: _of_plot(facts, lambda plot: [row for panel in plot.panels for row in legend_of(panel)]),
        "legend_title": lambda: _of_plot(facts, lambda plot: _only(plot).legend_title),
        "notes": lambda: _of_plot(facts, lambda plot: [note for panel in plot.panels for note in panel.notes]),
        "panels": lambda: _of_plot(facts, panels_of),
        "panel_count": lambda: _of_plot(facts, lambda plot: len(plot.panels)),
        "series_count": lambda: _of_plot(facts, lambda plot: sum(len(panel.legend) for panel in plot.panels)),
        "width": lambda: facts.size[0],
        "height": lambda: facts.size[1],
        "kind": lambda: facts.look.kind,
        "transparent": lambda: round(facts.look.transparent, 4),
        "palette": lambda: palette_of(facts),
        "background": lambda: facts.look.palette[0].name,
        "area_count": lambda: facts.blobs.count,
        "texts": lambda: _read(facts, texts_of),
        "is_plot": lambda: _read(facts, lambda each: each.plot is not None),
    }


def _read(facts: Facts, what: Callable[[Facts], Any]) -> Any:
    if facts.unread:
        raise Unfit(facts.unread)
    return what(facts)


def _of_plot(facts: Facts, what: Callable[[Plot], Any]) -> Any:
    """Return a part of the plot; None where the picture is none."""
    plot = _read(facts, lambda each: each.plot)
    return None if plot is None else what(plot)


def _title(plot: Plot) -> str:
    return plot.title or (plot.panels[0].title if len(plot.panels) == 1 else "")


def _only(plot: Plot) -> Panel:
    if len(plot.panels) > 1:
        raise Unfit(f"the figure has {len(plot.panels)} pairs of axes; ask for `panels`, a list of records")
    return plot.panels[0]


def _ticks(axis: Any) -> list[str]:
    """Return the tick labels; with the factor beside the axis they are more than what is printed at the tick."""
    return [f"{tick} × {axis.offset}" if axis.offset else tick for tick in axis.ticks]


class _Tables(tuple[Sequence[Any], ...]):
    """Lists of records that a shape without a name for its list may mean: the first whose records fit is taken."""


def _tables(facts: list[Facts]) -> _Tables:
    plot = facts[0].plot if facts else None
    panels = plot.panels if plot else ()
    return _Tables(
        (
            [row for panel in panels for row in legend_of(panel)],
            [axis_row(name, axis) for panel in panels for name, axis in (("x", panel.x), ("y", panel.y))],
            [_Picture(each) for each in facts],
            palette_of(facts[0]) if facts else [],
            [] if plot is None else panels_of(plot),
            texts_of(facts[0]) if facts else [],
        )
    )


# --- into the shape ---------------------------------------------------------------------------------------------

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "colors": ("palette",),
    "colours": ("palette",),
    "series": ("legend", "text"),
    "text": ("texts", "name"),
    "name": ("text",),
    "label": ("text",),
    "color": ("colour", "name"),
    "colour": ("name",),
    "axes": ("panels",),
}
"""Other names for the same facts."""


class _Shape:
    """A JSON Schema, and the facts of a picture put into it."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    def of(self, value: Any, schema: Any, where: str, depth: int) -> Any:
        """Return a fact as the schema wants it."""
        if depth > _DEEPEST:
            raise Unfit(f"{_at(where)} is nested more than {_DEEPEST} levels deep")
        if not isinstance(schema, Mapping):
            return _plain(value)
        schema = self._followed(schema)
        ways = _ways(schema)
        if ways:
            return self._first(value, ways, where, depth)
        if isinstance(value, _Tables) and schema.get("type") != "array":
            raise Unfit("it asks for one value without a name, and facts go by names")
        if "enum" in schema or "const" in schema:
            return _listed(value, schema, where)
        kind = schema.get("type")
        if kind is None and "properties" in schema:
            kind = "object"
        if kind == "object":
            return self._object(value, schema, where, depth)
        if kind == "array":
            return self._array(value, schema, where, depth)
        return _plain(value) if kind is None else _scalar(value, str(kind), where)

    def _followed(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what a ``$ref`` within the schema stands for."""
        for _ in range(_DEEPEST):
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                return schema
            found: Any = self._root
            for step in reference.removeprefix("#").strip("/").split("/"):
                found = found.get(step) if isinstance(found, Mapping) else None
            if not isinstance(found, Mapping):
                raise Unfit(f"the schema refers to {reference!r}, which is not in it")
            schema = found
        raise Unfit("the schema refers to itself without end")

    def _first(self, value: Any, ways: Sequence[Any], where: str, depth: int) -> Any:
        """Return the fact in the first way that fits; as null only where there is no fact."""
        reasons = []
        for way in sorted(ways, key=lambda way: _is_null(way) is (value is not None and value != "")):
            try:
                return self.of(value, way, where, depth + 1)
            except Unfit as reason:
                reasons.append(str(reason))
        raise Unfit(reasons[0])

    def _object(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> Any:
        if not isinstance(value, Mapping):
            raise Unfit(f"{_at(where)} {_shown(value)}; the schema wants an object")
        members = schema.get("properties")
        if not isinstance(members, Mapping) or not members:
            return _plain(value)
        required = schema.get("required")
        made = {}
        for name, part in members.items():
            known = _known(str(name), value)
            if known is not None:
                made[name] = self.of(value[known], part, f"{where}.{name}".lstrip("."), depth + 1)
            elif isinstance(required, list) and name in required:
                raise Unfit(f"{_at(f'{where}.{name}'.lstrip('.'))} is not something that is measured or read here")
        return made

    def _array(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> list[Any]:
        items = schema.get("items")
        if isinstance(value, _Tables):
            return self._rows(value, items, depth)
        if value is None:
            value = ()  # no plot has no ticks
        if not isinstance(value, list | tuple):
            raise Unfit(f"{_at(where)} {_shown(value)}; the schema wants a list")
        return [self.of(each, items, f"{where}[{index}]", depth + 1) for index, each in enumerate(value)]

    def _rows(self, tables: _Tables, items: Any, depth: int) -> list[Any]:
        for table in tables:
            try:
                rows = [self.of(row, items, "", depth + 1) for row in table]
            except Unfit:
                continue
            if rows:
                return rows
        raise Unfit(
            "the records fit no table that is measured here: the legend (text, colour, hex), the axes (axis, label, "
            "scale, ticks, first, last), the palette (name, hex, share, place), the texts (text, box) or a record for "
            "each picture"
        )


def _ways(schema: Mapping[str, Any]) -> Sequence[Any]:
    """Return the alternatives of a schema; none where it has one way only."""
    for word in ("anyOf", "oneOf"):
        if isinstance(schema.get(word), list):
            return list(schema[word])
    kinds = schema.get("type")
    return [{**schema, "type": kind} for kind in kinds] if isinstance(kinds, list) else ()


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _known(name: str, facts: Mapping[str, Any]) -> str | None:
    """Return the fact that a name means: ``xLabel`` and ``X label`` are ``x_label``."""
    plain = {_letters(each): each for each in facts}
    for candidate in (name, *_ALSO.get(name.lower(), ())):
        if _letters(candidate) in plain:
            return plain[_letters(candidate)]
    return None


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _listed(value: Any, schema: Mapping[str, Any], where: str) -> Any:
    allowed = schema["enum"] if isinstance(schema.get("enum"), list) else [schema.get("const")]
    plain = _plain(value)
    if plain not in allowed:
        raise Unfit(f"{_at(where)} {_shown(value)}; the schema allows {json.dumps(allowed, ensure_ascii=False)[:200]}")
    return plain


def _scalar(value: Any, kind: str, where: str) -> Any:
    made = _SCALARS[kind](value) if kind in _SCALARS else None
    if made is None and kind != "null":
        raise Unfit(f"{_at(where)} {_shown(value)}; the schema wants {kind}")
    if kind == "null" and value not in (None, ""):
        raise Unfit(f"{_at(where)} {_shown(value)}; the schema wants null")
    return made


def _as_text(value: Any) -> str | None:
    if value is None:
        return ""  # nothing is printed there
    if isinstance(value, Mapping):  # an entry of a legend or a palette goes by its name
        return next((text for text in value.values() if isinstance(text, str)), None)
    if isinstance(value, list | tuple):
        parts = [_as_text(each) for each in value]
        return None if None in parts else ", ".join(str(part) for part in parts)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _as_number(value: Any) -> float | int | None:
    if isinstance(value, str):
        value = number_of(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _as_whole(value: Any) -> int | None:
    number = _as_number(value)
    return int(number) if number is not None and number == int(number) else None


_SCALARS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "string": _as_text,
    "number": _as_number,
    "integer": _as_whole,
    "boolean": lambda value: value if isinstance(value, bool) else None,
}


def _plain(value: Any) -> Any:
    """Return facts as plain JSON values."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, _Tables):
        return next((_plain(list(table)) for table in value if table), [])
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _at(where: str) -> str:
    return f"`{where}`" if where else "the answer"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "was not found in the picture"
    if isinstance(value, Mapping):
        return "is a record"
    return f"is {json.dumps(_plain(value), ensure_ascii=False)[:80]}"
