"""What is measured, as JSON? One object in a published shape, written picture by picture.

The shape is `facts.schema.json` beside this module; every answer here fits it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.roles import Axis, Panel, Plot
from vision_magic.engine.facts import Facts, facts_of, texts_only_in
from vision_magic.engine.measure import DIFFERS, colour_name, compare, hex_of

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = [
    "answer_as_json",
    "axis_row",
    "comparison_of",
    "legend_of",
    "limits_of",
    "palette_of",
    "panels_of",
    "picture_of",
    "texts_of",
]

_LIMITS: Final = (
    "It measures and reads; it does not understand what is shown.",
    "It reads no values off curves, bars or points.",
    "It recognises no objects, people or places.",
)


def answer_as_json(pictures: Sequence[PILImage.Image]) -> Iterator[str]:
    """Yield one JSON object of the facts, in pieces that are cut between its keys.

    Parameters
    ----------
    pictures : sequence of PIL.Image.Image
        In the order in which they were sent.

    Yields
    ------
    str
        The pieces joined are one valid JSON object.
    """
    facts = facts_of(pictures)
    yield '{"reader": "embedded-reader", "pictures": ['
    for number, each in enumerate(facts):
        yield from _members(each, before=", {" if number else "{")
        yield "}"
    yield '], "comparison": ' + _json(comparison_of(facts))
    yield ', "limits": ' + _json(limits_of(facts)) + "}"


def picture_of(facts: Facts) -> dict[str, Any]:
    """Return all that is measured in one picture."""
    found: dict[str, Any] = json.loads("".join(_members(facts, before="{")) + "}")
    return found


def _members(facts: Facts, *, before: str) -> Iterator[str]:
    width, height = facts.size
    yield f'{before}"width": {width}, "height": {height}'
    seen = facts.look
    palette = _json(palette_of(facts))
    yield f', "kind": {_json(seen.kind)}, "transparent": {seen.transparent:.4f}, "palette": {palette}'
    yield f', "texts": {_json(None if facts.unread else texts_of(facts))}'
    yield f', "plot": {_json(_plot(facts.plot))}'


def palette_of(facts: Facts) -> list[dict[str, Any]]:
    """Return the main colours, the commonest first."""
    return [
        {"name": colour.name, "hex": colour.hex, "share": round(colour.share, 4), "place": colour.place}
        for colour in facts.look.palette
    ]


def texts_of(facts: Facts) -> list[dict[str, Any]]:
    """Return the lines of text from top to bottom; a box is left, top, right, bottom in pixels."""
    return [{"text": text.text, "box": list(text.box), "confidence": text.confidence} for text in facts.texts]


def panels_of(plot: Plot) -> list[dict[str, Any]]:
    """Return each pair of axes."""
    return [_panel(panel) for panel in plot.panels]


def legend_of(panel: Panel) -> list[dict[str, Any]]:
    """Return the entries of a legend, with the colours of their samples."""
    return [{"text": entry.text, "colour": colour_name(entry.rgb), "hex": hex_of(entry.rgb)} for entry in panel.legend]


def axis_row(name: str, axis: Axis) -> dict[str, Any]:
    """Return one axis as a record."""
    return {
        "axis": name,
        "label": axis.label,
        "scale": axis.kind,
        "ticks": list(axis.ticks),
        "first": axis.ticks[0] if axis.ticks else None,
        "last": axis.ticks[-1] if axis.ticks else None,
    }


def comparison_of(facts: Sequence[Facts]) -> dict[str, Any] | None:
    """Return how two pictures differ; None where there are not two."""
    if len(facts) != 2:
        return None
    found = compare(facts[0].picture, facts[1].picture)
    return {
        "same_size": found.same_size,
        "identical": found.identical,
        "differing_share": round(found.share, 6),
        "threshold": DIFFERS,
        "regions": [{"box": list(region.box), "place": region.place} for region in found.regions],
        "texts_only_in_first": texts_only_in(facts[0], facts[1]),
        "texts_only_in_second": texts_only_in(facts[1], facts[0]),
    }


def limits_of(facts: Sequence[Facts]) -> list[str]:
    """Return what the reader cannot do, in sentences."""
    return [*_LIMITS, *sorted({each.unread for each in facts if each.unread})]


def _plot(plot: Plot | None) -> dict[str, Any] | None:
    """Return the only panel's parts; where there are several, what they share and every panel."""
    if plot is None:
        return None
    if len(plot.panels) == 1:
        return _panel(plot.panels[0])
    shared = {"title": plot.title, "x_label": plot.x_label, "y_label": plot.y_label}
    return shared | {"panels": panels_of(plot)}


def _panel(panel: Panel) -> dict[str, Any]:
    return {
        "title": panel.title,
        "x_label": panel.x.label,
        "y_label": panel.y.label,
        "x_ticks": list(panel.x.ticks),
        "y_ticks": list(panel.y.ticks),
        "x_scale": panel.x.kind,
        "y_scale": panel.y.kind,
        "legend_title": panel.legend_title,
        "legend": legend_of(panel),
        "notes": list(panel.notes),
        "box": list(panel.frame.sides),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
