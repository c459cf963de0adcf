"""Filling of a user's JSON Schema with facts, by the names of its properties; nothing is guessed.

A property that has the name of a fact gets that fact, converted to the type in the schema if nothing is lost by it: the
tick ``"2021"`` can become a number, and a colour its name. If a required property is not the name of a fact, the whole
schema is a mismatch.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.ticks import number_of
from vision_magic.engine.drawn import Measured, sigma_of, without_sigma
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.facts import Facts, facts_of
from vision_magic.engine.facts_json import IMAGE, READER_FACTS, plain, record_tables
from vision_magic.engine.fields import Record, letters
from vision_magic.engine.point_table import PointTable
from vision_magic.images.figure_facts.values import Facts as FigureFacts
from vision_magic.naming import near_miss

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["SchemaMismatch", "fact_names", "fill_schema"]

MAX_DEPTH: Final = 12
"""Number of nested levels of a schema that are followed; it ends a schema that refers to itself."""


def fill_schema(
    images: Sequence[PILImage.Image],
    schema: Mapping[str, Any],
    figures: Sequence[FigureFacts | None] = (),
    why_null: dict[str, str] | None = None,
) -> Any:
    """Return the facts in the shape of a JSON Schema.

    Parameters
    ----------
    images : sequence of PIL.Image.Image
        Names at the root are about the first image; the list ``images`` has a record about each.
    schema : mapping
        A schema with an object at its root. ``$ref`` (within it), ``type``, ``properties``, ``items``, ``anyOf``,
        ``oneOf``, ``enum`` and ``const`` are followed; other keywords are left to whoever validates the answer.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.
    why_null : dict of str to str, optional
        Takes the reason for each null that stands in place of a fact, by the path of its property. With it, null may
        stand where the schema does not allow it, so that one fact does not cost the others.

    Raises
    ------
    SchemaMismatch
        A required property is not measured, or a fact cannot be converted to the type in the schema.
    """
    return _SchemaFiller(schema, why_null).fill(_Root(facts_of(images, figures)), schema, "", 0)


def fact_names() -> list[str]:
    """Return the names that a schema may have at its root; a list of records may have any name."""
    return [name for name in (*IMAGE.fields, *READER_FACTS, "images") if name != "plot"]


class _Root(Mapping[str, Any]):
    """What a schema may have at its root: the facts of the first image, and those of all images."""

    def __init__(self, facts: list[Facts]) -> None:
        self._facts = facts
        self._first = Record(facts[0], IMAGE) if facts else None

    def __getitem__(self, name: str) -> Any:
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found()

    def __iter__(self) -> Iterator[str]:
        yield from (*(self._first or ()), *READER_FACTS, "images", _RECORDS)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def find(self, name: str) -> Callable[[], Any] | None:
        """Return a function for the fact that a property means; None if there is none."""
        shared = _SHARED.get(letters(name))
        if shared is not None:
            return partial(shared, self._facts)
        return self._first.find(name) if self._first is not None else None


class _RecordTables(tuple[Callable[[], Any], ...]):
    """Tables of records, for a schema that is a list of records: the first table whose records fit is used."""


def _images(facts: Sequence[Facts]) -> list[Record[Facts]]:
    return [Record(each, IMAGE) for each in facts]


_RECORDS: Final = "value"
"""The property that holds a list of records or a single value, because the root of a schema is an object."""

_SHARED: Final[Mapping[str, Callable[[Sequence[Facts]], Any]]] = {
    **READER_FACTS,
    "images": _images,
    "pictures": _images,
    _RECORDS: lambda facts: _RecordTables(record_tables(facts) if facts else ()),
}


# --- into the schema --------------------------------------------------------------------------------------------


class _SchemaFiller:
    """Fills one JSON Schema with facts; parameters as for `fill_schema`."""

    def __init__(self, root: Mapping[str, Any], why_null: dict[str, str] | None = None) -> None:
        self._root = root
        self._why_null = why_null

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
        """Return the fact in the first alternative that fits: of its own type, if there is one, and null at last."""
        reasons = []
        for schema in sorted(alternatives, key=lambda each: _remoteness(value, each)):
            try:
                return self.fill(value, schema, where, depth + 1)
            except SchemaMismatch as reason:
                reasons.append(str(reason))
        raise SchemaMismatch(reasons[0])

    def _fill_object(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> Any:
        others = schema.get("additionalProperties")
        if isinstance(value, _Root | Record) and isinstance(others, Mapping) and not schema.get("properties"):
            value = value["points"]  # dict[str, float]
        if isinstance(value, PointTable):
            return {
                name: self.fill(each, others, f"{where}.{name}", depth + 1) for name, each in value.by_place().items()
            }
        if not isinstance(value, Mapping):
            raise SchemaMismatch(_misfit(value, where, "an object"))
        properties = schema.get("properties")
        if not isinstance(properties, Mapping) or not properties:
            return _as_json(value)
        return self._fill_members(value, schema, properties, where, depth)

    def _fill_members(
        self, value: Mapping[str, Any], schema: Any, properties: Mapping[str, Any], where: str, depth: int
    ) -> dict[str, Any]:
        required = schema.get("required")
        filled: dict[str, Any] = {}
        reasons = []
        for name, part in properties.items():
            path = f"{where}.{name}".lstrip(".")
            find = _finder(value, str(name))
            try:
                if find is not None:
                    filled[name] = self.fill(self._found(find, part, properties, path), part, path, depth + 1)
                elif isinstance(required, list) and name in required:
                    raise _unknown(path, str(name), _names_of(value))
            except SchemaMismatch as mismatch:
                mismatch.path = mismatch.path or path
                reasons.append(mismatch)
                # A record whose names are unknown may fit another table.
                if self._why_null is None or (mismatch.is_unknown and path.startswith("[")):
                    raise
                self._why_null[path] = str(mismatch)
                filled[name] = None
        if reasons and len(reasons) == len(filled):
            raise reasons[0]  # nothing is left that an answer could be about
        return filled

    def _found(self, find: Callable[[], Any], part: Any, properties: Mapping[str, Any], path: str) -> Any:
        """Return a fact; None for one that is not sure, if null is allowed, or if the schema asks what is sure."""
        try:
            return find()
        except SchemaMismatch as mismatch:
            part = self._resolve(part) if isinstance(part, Mapping) else {}
            if any(map(_is_null, _alternatives(part))) or ("sure" in properties and part.get("type") == "array"):
                if self._why_null is not None:
                    self._why_null[path] = str(mismatch)
                return None
            raise

    def _fill_array(self, value: Any, schema: Mapping[str, Any], where: str, depth: int) -> list[Any]:
        items = schema.get("items")
        if isinstance(value, _RecordTables):
            return self._fill_records(value, items, depth)
        if isinstance(value, PointTable):
            value = value.rows(self._resolve(items) if isinstance(items, Mapping) else items)
        if value is None:
            value = ()  # without a plot there are no ticks
        if not isinstance(value, list | tuple):
            raise SchemaMismatch(_misfit(value, where, "a list"))
        return [self.fill(each, items, f"{where}[{index}]", depth + 1) for index, each in enumerate(value)]

    def _fill_records(self, tables: _RecordTables, items: Any, depth: int) -> list[Any]:
        reasons = []
        known = dict(self._why_null or {})
        for table in tables:
            try:
                found = table()
                rows: list[Any] = self._fill_array(found, {"items": items}, "", depth) if found else []
            except SchemaMismatch as reason:
                reasons.append(str(reason))
                if self._why_null is not None:
                    self._why_null.clear()
                    self._why_null.update(known)
                continue
            if rows:
                return rows
        # A chart has points, so that the reason why they do not fit helps most.
        words = ("column", "certainty", "box plot")
        points = next((f" (its points: {each})" for each in reasons if any(word in each for word in words)), "")
        raise SchemaMismatch(
            f"the records fit none of the tables that are measured here{points}: the legend (text, colour, hex), the "
            "axes (axis, label, scale, ticks, first, last), the palette (name, hex, share, place), the series (name, "
            "kind, x, y), their points (series, x, y), the texts (text, box), or a record for each picture"
        )


def _finder(value: Mapping[str, Any], name: str) -> Callable[[], Any] | None:
    """Return a function for the member that a property means; None if there is none."""
    found = _member(value, name)
    if found is not None:
        return found
    number = _member(value, own) if (own := without_sigma(name)) else None
    return None if number is None else lambda: sigma_of(number())


def _member(value: Mapping[str, Any], name: str) -> Callable[[], Any] | None:
    if isinstance(value, _Root | Record):
        return value.find(name)
    known = {letters(each): each for each in value}.get(letters(name))
    return None if known is None else lambda: value[known]


def _alternatives(schema: Mapping[str, Any]) -> Sequence[Any]:
    """Return the alternatives of a schema; empty if it has none."""
    for keyword in ("anyOf", "oneOf"):
        if isinstance(schema.get(keyword), list):
            return list(schema[keyword])
    kinds = schema.get("type")
    return [{**schema, "type": kind} for kind in kinds] if isinstance(kinds, list) else ()


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def _remoteness(value: Any, schema: Any) -> tuple[bool, bool]:
    """Return how far a schema is from a value: null from what was found, and another type from its own."""
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    own = ("number", "integer") if number else ("string",) if isinstance(value, str) else ()
    return _is_null(schema) is (value is not None and value != ""), kind not in own


def _one_of(value: Any, schema: Mapping[str, Any], where: str) -> Any:
    """Return the allowed value that a fact is: of words, also another one for the same."""
    allowed = schema["enum"] if isinstance(schema.get("enum"), list) else [schema.get("const")]
    own = _as_json(value)
    if own in allowed:
        return own
    words = (letters(own), *_SAME_WORDS.get(own, "").split()) if isinstance(own, str) else ()
    found = [each for word in words for each in allowed if isinstance(each, str) and letters(each) == word]
    if not found:
        values = json.dumps(allowed, ensure_ascii=False)[:200]
        raise SchemaMismatch(f"{_subject(where)} {_state(value)}, expected one of {values}")
    return found[0]


_SAME_WORDS: Final[Mapping[str, str]] = {
    "line": "lines linechart lineplot linegraph curve",
    "step": "steps stepplot",
    "points": "point scatter scatterplot scatterchart",
    "bars": "bar barchart barplot bargraph columns column columnchart",
    "horizontal bars": "horizontalbar horizontalbarchart barh bars bar barchart barplot bargraph",
    "stacked horizontal bars": "stackedhorizontalbar stackedhorizontalbarchart stackedbarh barh horizontalbar "
    "horizontalbarchart stackedbar stackedbarchart bars bar barchart barplot bargraph",
    "stacked bars": "stackedbar stackedbarchart bars bar barchart barplot bargraph",
    "histogram": "hist",
    "area": "areachart areaplot",
    "stems": "stem stemplot",
    "pie": "piechart",
    "heat map": "heatmap",
    "box plot": "boxplot box",
    "rising": "rise up upward upwards increasing increase growing",
    "falling": "fall down downward downwards decreasing decrease declining",
    "constant": "flat stable steady unchanged",
    "log": "logarithmic",
    "categories": "categorical",
    "grey": "gray",
}
"""Words that a schema may allow for a fact, by their letters, the nearest first."""


# --- values -----------------------------------------------------------------------------------------------------


def _as_scalar(value: Any, kind: str, where: str) -> Any:
    converted = _CONVERTERS[kind](value) if kind in _CONVERTERS else None
    if converted is None and kind != "null":
        raise SchemaMismatch(_misfit(value, where, _EXPECTED.get(kind, kind)))
    if kind == "null" and value not in (None, ""):
        raise SchemaMismatch(_misfit(value, where, "null"))
    return converted


_EXPECTED: Final[Mapping[str, str]] = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}


def _misfit(value: Any, where: str, expected: str) -> str:
    """Return that a fact is not what a schema expects there, and how to declare the property."""
    if value is None or value == "":
        return f"{_subject(where)} {_state(value)}"
    said = f"{_subject(where)} {_state(value)}, expected {expected}"
    own = next((kind.__name__ for kind in (bool, int, float, str) if isinstance(value, kind) and value != ""), "")
    return f"{said}; declare it as {own}" if own else said


def _as_string(value: Any) -> str | None:
    if value is None:
        return ""  # nothing is printed there
    if isinstance(value, Mapping):  # an entry of a legend or a palette is represented by its name
        return next((text for text in value.values() if isinstance(text, str)), None) or None
    if isinstance(value, list):
        parts = [_as_string(each) for each in value]
        return None if None in parts else ", ".join(str(part) for part in parts)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _as_number(value: Any) -> float | int | None:
    if isinstance(value, str):
        value = number_of(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _as_integer(value: Any) -> int | None:
    if isinstance(value, Measured):
        return value.as_integer()
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
    if isinstance(value, _RecordTables):
        return next((plain(found) for table in value if (found := table())), [])
    return plain(value)


_MEANT: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("where", "when", "at", "place", "position", "date", "time"), ("highest_at", "lowest_at")),
    **dict.fromkeys(("which", "who", "seriesname", "whichseries"), ("highest_series", "lowest_series")),
}
"""Names of facts, by the letters of a word that may mean them and also others: they are suggested, never filled in."""


def _names_of(value: Mapping[str, Any]) -> list[str]:
    return fact_names() if isinstance(value, _Root) else list(value)


def _unknown(path: str, name: str, known: Sequence[str]) -> SchemaMismatch:
    meant = [f"{each!r}" for each in _MEANT.get(letters(name), ()) if each in known]
    near = f" (did you mean {' or '.join(meant)}?)" if meant else near_miss(name, known)
    mismatch = SchemaMismatch(f"{_subject(path)} is not something that is measured or read here{near}")
    mismatch.is_unknown = True
    return mismatch


def _subject(where: str) -> str:
    """Return the subject of a message about the fact at a path."""
    return f"`{where}`" if where else "the answer"


def _state(value: Any) -> str:
    """Return the verb of a message: what was found."""
    if value is None or value == "":
        return "was not found in the picture"
    if isinstance(value, Mapping | PointTable):
        return "is a table" if isinstance(value, PointTable) else "is a record" if _as_string(value) else "has no name"
    return f"got {json.dumps(_as_json(value), ensure_ascii=False)[:80]}"
