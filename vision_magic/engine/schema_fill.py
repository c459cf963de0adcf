"""Filling of a user's JSON Schema with facts, by the names of its properties; nothing is guessed.

A property that has the name of a fact gets that fact, converted to the type in the schema if nothing is lost by it: the
tick ``"2021"`` can become a number, and a colour its name. If a required property is not the name of a fact, the whole
schema is a mismatch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.facts import Facts, facts_of
from vision_magic.engine.facts_json import (
    axis_row,
    comparison_object,
    legend_rows,
    limits_list,
    palette_rows,
    panel_rows,
    plot_object,
    text_rows,
)
from vision_magic.engine.sentences import tone_sentence

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["SchemaMismatch", "fact_names", "fill_schema"]

MAX_DEPTH: Final = 12
"""Number of nested levels of a schema that are followed; it ends a schema that refers to itself."""


class SchemaMismatch(ValueError):
    """The facts do not fit the schema; the message says where and why."""


def fill_schema(images: Sequence[PILImage.Image], schema: Mapping[str, Any]) -> Any:
    """Return the facts in the shape of a JSON Schema.

    Parameters
    ----------
    images : sequence of PIL.Image.Image
        Names at the root are about the first image; the list ``images`` has a record about each.
    schema : mapping
        A schema with an object at its root. ``$ref`` (within it), ``type``, ``properties``, ``items``, ``anyOf``,
        ``oneOf``, ``enum`` and ``const`` are followed; other keywords are left to whoever validates the answer.

    Raises
    ------
    SchemaMismatch
        A required property is not measured, or a fact cannot be converted to the type in the schema.
    """
    return _SchemaFiller(schema).fill(_RootFacts(facts_of(images)), schema, "", 0)


def fact_names(images: Sequence[PILImage.Image]) -> list[str]:
    """Return the names that a schema may have at its root; a list of records may have any name."""
    return [name for name in _RootFacts(facts_of(images)) if name != _RECORDS]


# --- facts by name ----------------------------------------------------------------------------------------------


class _LazyFacts(Mapping[str, Any]):
    """Facts by name, each measured at its first use."""

    def __init__(self, functions: Mapping[str, Callable[[], Any]]) -> None:
        self._functions = functions
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            self._values[name] = self._functions[name]()
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


class _RootFacts(_LazyFacts):
    """The facts that a schema may have at its root."""

    def __init__(self, facts: list[Facts]) -> None:
        shared: dict[str, Callable[[], Any]] = {
            "reader": lambda: "embedded-reader",
            "images": lambda: [_ImageFacts(each) for each in facts],
            "comparison": lambda: comparison_object(facts),
            "limits": lambda: limits_list(facts),
            _RECORDS: lambda: _record_tables(facts),
        }
        super().__init__(_image_functions(facts[0]) | shared if facts else shared)


class _ImageFacts(_LazyFacts):
    """The facts that a schema may have in a record about one image."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(_image_functions(facts) | {"plot": lambda: plot_object(facts.plot)})


_RECORDS: Final = "value"
"""The property that holds a list of records, because the root of a schema is an object."""


def _image_functions(facts: Facts) -> dict[str, Callable[[], Any]]:
    """Return the functions that measure an image, by the names of their facts."""

    def of_plot(part: Callable[[Plot], Any]) -> Callable[[], Any]:
        return lambda: _plot_fact(facts, part)

    return {
        "title": of_plot(_title),
        "x_label": of_plot(lambda plot: plot.x_label or _only_panel(plot).x.label),
        "y_label": of_plot(lambda plot: plot.y_label or _only_panel(plot).y.label),
        "x_ticks": of_plot(lambda plot: _ticks(_only_panel(plot).x)),
        "y_ticks": of_plot(lambda plot: _ticks(_only_panel(plot).y)),
        "x_scale": of_plot(lambda plot: _only_panel(plot).x.kind),
        "y_scale": of_plot(lambda plot: _only_panel(plot).y.kind),
        "legend": of_plot(lambda plot: [row for panel in plot.panels for row in legend_rows(panel)]),
        "legend_title": of_plot(lambda plot: _only_panel(plot).legend_title),
        "notes": of_plot(lambda plot: [note for panel in plot.panels for note in panel.notes]),
        "panels": of_plot(panel_rows),
        "panel_count": of_plot(lambda plot: len(plot.panels)),
        "series_count": of_plot(lambda plot: sum(len(panel.legend) for panel in plot.panels)),
        "width": lambda: facts.size[0],
        "height": lambda: facts.size[1],
        "kind": lambda: facts.measurements.kind,
        "transparent": lambda: round(facts.measurements.transparent, 4),
        "palette": lambda: palette_rows(facts),
        "background": lambda: facts.measurements.palette[0].name,
        "area_count": lambda: _area_count(facts),
        "texts": lambda: _text_fact(facts, text_rows),
        "is_plot": lambda: _text_fact(facts, lambda each: each.plot is not None),
    }


def _area_count(facts: Facts) -> int:
    if facts.hides_areas:
        raise SchemaMismatch(tone_sentence(facts).rstrip("."))
    return facts.blobs.count


def _text_fact(facts: Facts, part: Callable[[Facts], Any]) -> Any:
    """Return a fact that needs the text of the image."""
    if facts.reading_error:
        raise SchemaMismatch(facts.reading_error.rstrip("."))
    return part(facts)


def _plot_fact(facts: Facts, part: Callable[[Plot], Any]) -> Any:
    """Return a part of the plot; None if the image is not a plot."""
    plot = _text_fact(facts, lambda each: each.plot)
    return None if plot is None else part(plot)


def _title(plot: Plot) -> str:
    return plot.title or (plot.panels[0].title if len(plot.panels) == 1 else "")


def _only_panel(plot: Plot) -> Panel:
    if len(plot.panels) > 1:
        raise SchemaMismatch(f"the figure has {len(plot.panels)} pairs of axes; ask for `panels`, a list of records")
    return plot.panels[0]


def _ticks(axis: Axis) -> list[str]:
    """Return the tick labels, with the factor printed at the end of the axis if there is one."""
    return [f"{tick} × {axis.offset}" if axis.offset else tick for tick in axis.ticks]


class _RecordTables(tuple[Sequence[Any], ...]):
    """Tables of records, for a schema that is a list of records: the first table whose records fit is used."""


def _record_tables(facts: list[Facts]) -> _RecordTables:
    plot = facts[0].plot if facts else None
    panels = plot.panels if plot else ()
    return _RecordTables(
        (
            [row for panel in panels for row in legend_rows(panel)],
            [axis_row(name, axis) for panel in panels for name, axis in (("x", panel.x), ("y", panel.y))],
            [_ImageFacts(each) for each in facts],
            palette_rows(facts[0]) if facts else [],
            [] if plot is None else panel_rows(plot),
            text_rows(facts[0]) if facts else [],
        )
    )


_SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "pictures": ("images",),
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


def _known_name(name: str, facts: Mapping[str, Any]) -> str | None:
    """Return the name of the fact that a property means: ``x_label`` for ``xLabel`` and ``X label``."""
    known = {_letters(each): each for each in facts}
    for candidate in (name, *_SYNONYMS.get(name.lower(), ())):
        if _letters(candidate) in known:
            return known[_letters(candidate)]
    return None


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


# --- into the schema --------------------------------------------------------------------------------------------


class _SchemaFiller:
    """Fills one JSON Schema with facts."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root

    def fill(self, value: Any, schema: Any, where: str, depth: int) -> Any:
        """Convert a fact to the form that a schema describes.

        Parameters
        ----------
        value : object
            The fact.
        schema : object
            The root or a part of it.
        where : str
            The path of the fact in the answer, for messages.
        depth : int
            Number of levels of the schema above this one.
        """
        if depth > MAX_DEPTH:
            raise SchemaMismatch(f"{_subject(where)} is nested more than {MAX_DEPTH} levels deep")
        if not isinstance(schema, Mapping):
            return _as_json(value)
        schema = self._resolve(schema)
        alternatives = _alternatives(schema)
        if alternatives:
            return self._fill_first_fitting(value, alternatives, where, depth)
        if isinstance(value, _RecordTables) and schema.get("type") != "array":
            raise SchemaMismatch("it asks for one value without a name, and facts are found by their names")
        if "enum" in schema or "const" in schema:
            return _one_of(value, schema, where)
        kind = schema.get("type") or ("object" if "properties" in schema else None)
        if kind == "object":
            return self._fill_object(value, schema, where, depth)
        if kind == "array":
            return self._fill_array(value, schema, where, depth)
        return _as_json(value) if kind is None else _as_scalar(value, str(kind), where)

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the schema to which a ``$ref`` refers."""
        for _ in range(MAX_DEPTH):
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                return schema
            target: Any = self._root
            for step in reference.removeprefix("#").strip("/").split("/"):
                target = target.get(step) if isinstance(target, Mapping) else None
            if not isinstance(target, Mapping):
                raise SchemaMismatch(f"the schema refers to {reference!r}, which is not in it")
            schema = target
        raise SchemaMismatch("the schema refers to itself endlessly")

    def _fill_first_fitting(self, value: Any, alternatives: Sequence[Any], where: str, depth: int) -> Any:
        """Return the fact in the first alternative that fits; null comes last, unless there is no fact."""
        reasons = []
        for schema in sorted(alternatives, key=lambda each: _is_null(each) is (value is not None and value != "")):
            try:
                return self.fill(value, schema, where, depth + 1)
            except SchemaMismatch as reason:
                reasons.append(str(reason))
        raise SchemaMismatch(reasons[0])

    def _fill_object(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> Any:
        if not isinstance(value, Mapping):
            raise SchemaMismatch(f"{_subject(where)} {_state(value)}; the schema wants an object")
        properties = schema.get("properties")
        if not isinstance(properties, Mapping) or not properties:
            return _as_json(value)
        required = schema.get("required")
        filled = {}
        for name, part in properties.items():
            path = f"{where}.{name}".lstrip(".")
            known = _known_name(str(name), value)
            if known is not None:
                filled[name] = self.fill(value[known], part, path, depth + 1)
            elif isinstance(required, list) and name in required:
                raise SchemaMismatch(f"{_subject(path)} is not something that is measured or read here")
        return filled

    def _fill_array(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> list[Any]:
        items = schema.get("items")
        if isinstance(value, _RecordTables):
            return self._fill_records(value, items, depth)
        if value is None:
            value = ()  # without a plot there are no ticks
        if not isinstance(value, list | tuple):
            raise SchemaMismatch(f"{_subject(where)} {_state(value)}; the schema wants a list")
        return [self.fill(each, items, f"{where}[{index}]", depth + 1) for index, each in enumerate(value)]

    def _fill_records(self, tables: _RecordTables, items: Any, depth: int) -> list[Any]:
        for table in tables:
            try:
                rows = [self.fill(row, items, "", depth + 1) for row in table]
            except SchemaMismatch:
                continue
            if rows:
                return rows
        raise SchemaMismatch(
            "the records fit none of the tables that are measured here: the legend (text, colour, hex), the axes "
            "(axis, label, scale, ticks, first, last), the palette (name, hex, share, place), the texts (text, box), "
            "or a record for each picture"
        )


def _alternatives(schema: Mapping[str, Any]) -> Sequence[Any]:
    """Return the alternatives of a schema; empty if it has none."""
    for keyword in ("anyOf", "oneOf"):
        if isinstance(schema.get(keyword), list):
            return list(schema[keyword])
    kinds = schema.get("type")
    return [{**schema, "type": kind} for kind in kinds] if isinstance(kinds, list) else ()


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _one_of(value: Any, schema: Mapping[str, Any], where: str) -> Any:
    allowed = schema["enum"] if isinstance(schema.get("enum"), list) else [schema.get("const")]
    plain = _as_json(value)
    if plain not in allowed:
        values = json.dumps(allowed, ensure_ascii=False)[:200]
        raise SchemaMismatch(f"{_subject(where)} {_state(value)}; the schema allows {values}")
    return plain


# --- values -----------------------------------------------------------------------------------------------------


def _as_scalar(value: Any, kind: str, where: str) -> Any:
    converted = _CONVERTERS[kind](value) if kind in _CONVERTERS else None
    if converted is None and kind != "null":
        raise SchemaMismatch(f"{_subject(where)} {_state(value)}; the schema wants {kind}")
    if kind == "null" and value not in (None, ""):
        raise SchemaMismatch(f"{_subject(where)} {_state(value)}; the schema wants null")
    return converted


def _as_string(value: Any) -> str | None:
    if value is None:
        return ""  # nothing is printed there
    if isinstance(value, Mapping):  # an entry of a legend or a palette is represented by its name
        return next((text for text in value.values() if isinstance(text, str)), None)
    if isinstance(value, list | tuple):
        parts = [_as_string(each) for each in value]
        return None if None in parts else ", ".join(str(part) for part in parts)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _as_number(value: Any) -> float | int | None:
    if isinstance(value, str):
        value = number_of(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _as_integer(value: Any) -> int | None:
    number = _as_number(value)
    return int(number) if number is not None and number == int(number) else None


_CONVERTERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "string": _as_string,
    "number": _as_number,
    "integer": _as_integer,
    "boolean": lambda value: value if isinstance(value, bool) else None,
}


def _as_json(value: Any) -> Any:
    """Return facts as plain JSON values."""
    if isinstance(value, Mapping):
        return {name: _as_json(each) for name, each in value.items()}
    if isinstance(value, _RecordTables):
        return next((_as_json(list(table)) for table in value if table), [])
    return [_as_json(each) for each in value] if isinstance(value, list | tuple) else value


def _subject(where: str) -> str:
    """Return the subject of a message about the fact at a path."""
    return f"`{where}`" if where else "the answer"


def _state(value: Any) -> str:
    """Return the verb of a message: what was found."""
    if value is None or value == "":
        return "was not found in the picture"
    if isinstance(value, Mapping):
        return "is a record"
    return f"is {json.dumps(_as_json(value), ensure_ascii=False)[:80]}"
