"""Facts as JSON: one object that conforms to a published schema, written image by image.

The schema is `facts.schema.json` in this folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.difference import DIFFERENCE_THRESHOLD, compare
from vision_magic.engine.facts import Facts, facts_of, texts_only_in

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = [
    "axis_row",
    "comparison_object",
    "json_answer",
    "legend_rows",
    "limits_list",
    "palette_rows",
    "panel_rows",
    "plot_object",
    "text_rows",
]

_LIMITS: Final = (
    "It measures and reads; it does not understand what a picture shows.",
    "It does not read values off curves, bars or points.",
    "It does not recognise objects, people or places.",
)


def json_answer(images: Sequence[PILImage.Image]) -> Iterator[str]:
    """Yield one JSON object of the facts, in pieces that are split between its keys.

    Parameters
    ----------
    images : sequence of PIL.Image.Image
        In the order in which they were sent.

    Yields
    ------
    str
        A piece; joined, the pieces are one valid JSON object.
    """
    facts = facts_of(images)
    yield '{"reader": "embedded-reader", "images": ['
    for number, each in enumerate(facts):
        yield from _image_members(each, before=", {" if number else "{")
        yield "}"
    yield '], "comparison": ' + _json(comparison_object(facts))
    yield ', "limits": ' + _json(limits_list(facts)) + "}"


def _image_members(facts: Facts, *, before: str) -> Iterator[str]:
    width, height = facts.size
    yield f'{before}"width": {width}, "height": {height}'
    found = facts.measurements
    palette = _json(palette_rows(facts))
    yield f', "kind": {_json(found.kind)}, "transparent": {found.transparent:.4f}, "palette": {palette}'
    yield f', "texts": {_json(None if facts.reading_error else text_rows(facts))}'
    yield f', "plot": {_json(plot_object(facts.plot))}'


def palette_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the main colours, the most common first."""
    return [
        {"name": colour.name, "hex": colour.hex, "share": round(colour.share, 4), "place": colour.place}
        for colour in facts.measurements.palette
    ]


def text_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the lines of text from top to bottom; a box is left, top, right, bottom in pixels."""
    return [{"text": text.text, "box": list(text.box), "confidence": text.confidence} for text in facts.texts]


def plot_object(plot: Plot | None) -> dict[str, Any] | None:
    """Return the members of a single panel; for several panels, the texts that they share and a list of them."""
    if plot is None:
        return None
    if len(plot.panels) == 1:
        return _panel(plot.panels[0])
    shared = {"title": plot.title, "x_label": plot.x_label, "y_label": plot.y_label}
    return shared | {"panels": panel_rows(plot)}


def panel_rows(plot: Plot) -> list[dict[str, Any]]:
    """Return a record for each pair of axes."""
    return [_panel(panel) for panel in plot.panels]


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
        "legend": legend_rows(panel),
        "notes": list(panel.notes),
        "box": list(panel.frame.sides),
    }


def legend_rows(panel: Panel) -> list[dict[str, Any]]:
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


def comparison_object(facts: Sequence[Facts]) -> dict[str, Any] | None:
    """Return how two images differ; None for any other number of images."""
    if len(facts) != 2:
        return None
    difference = compare(facts[0].image, facts[1].image)
    return {
        "same_size": difference.same_size,
        "identical": difference.identical,
        "differing_share": round(difference.share, 6),
        "threshold": DIFFERENCE_THRESHOLD,
        "regions": [{"box": list(region.box), "place": region.place} for region in difference.regions],
        "texts_only_in_first": texts_only_in(facts[0], facts[1]),
        "texts_only_in_second": texts_only_in(facts[1], facts[0]),
    }


def limits_list(facts: Sequence[Facts]) -> list[str]:
    """Return the reader's limitations as sentences."""
    return [*_LIMITS, *sorted({each.reading_error for each in facts if each.reading_error})]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
