"""Facts by name: one table, from which the JSON of an answer and the schemas of users are filled.

The JSON of an answer conforms to `facts.schema.json` in this folder. A fact that could not be measured raises
`SchemaMismatch` with the reason; in the JSON it is null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.data import Chart, ChartPanel
from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart_facts import CHART_FACTS, named_values, series_row
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.difference import DIFFERENCE_THRESHOLD, compare
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.facts import Facts, facts_of, texts_only_in
from vision_magic.engine.picture_answers import tone_sentence
from vision_magic.engine.point_table import PointTable

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["IMAGE_FACTS", "READER_FACTS", "axis_rows", "json_answer", "legend_rows", "own_fact", "palette_rows"]

_LIMITS: Final = (
    "It measures and reads; it does not understand what a picture shows.",
    "It gives the values of a series only if they pass every check; otherwise `why_not` says what hinders.",
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
        for first, name in zip((True, *(False,) * len(_PUBLISHED)), _PUBLISHED, strict=False):
            before = (", {" if number else "{") if first else ", "
            yield f"{before}{_json(name)}: {_json(_known(IMAGE_FACTS[name], each))}"
        yield "}"
    yield '], "comparison": ' + _json(_comparison(facts))
    yield ', "limits": ' + _json(_limits(facts)) + "}"


_PUBLISHED: Final = ("width", "height", "kind", "transparent", "palette", "texts", "plot")
"""The facts of an image in the JSON of an answer, the quickest first."""


def _known(fact: Callable[[Facts], Any], facts: Facts) -> Any:
    try:
        return fact(facts)
    except SchemaMismatch:
        return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- one image --------------------------------------------------------------------------------------------------


def palette_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the main colours, the most common first."""
    return [
        {"name": colour.name, "hex": colour.hex, "share": round(colour.share, 4), "place": colour.place}
        for colour in facts.measurements.palette
    ]


def _text_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the lines of text from top to bottom; a box is left, top, right, bottom in pixels."""
    _check_read(facts)
    return [{"text": text.text, "box": list(text.box), "confidence": text.confidence} for text in facts.texts]


def _check_read(facts: Facts) -> None:
    if facts.reading_error:
        raise SchemaMismatch(facts.reading_error.rstrip("."))


def _area_count(facts: Facts) -> int:
    if facts.hides_areas:
        raise SchemaMismatch(tone_sentence(facts, "en", facts.name).rstrip("."))
    return facts.blobs.count


# --- its plot ---------------------------------------------------------------------------------------------------


def _plot(facts: Facts) -> Plot | None:
    _check_read(facts)
    return facts.plot


def _of_plot(part: Callable[[Plot], Any]) -> Callable[[Facts], Any]:
    """Return a fact about the plot; None if the image is not a plot."""

    def fact(facts: Facts) -> Any:
        plot = _plot(facts)
        return None if plot is None else part(plot)

    return fact


def _chart(facts: Facts) -> Chart | None:
    _check_read(facts)
    return facts.chart if facts.chart.panels else None


def _of_chart(part: Callable[[Chart], Any]) -> Callable[[Facts], Any]:
    """Return a fact about the data of the image; None if it is not a chart."""

    def fact(facts: Facts) -> Any:
        chart = _chart(facts)
        return None if chart is None else part(chart)

    return fact


def _data(part: Callable[[Chart], Any]) -> Callable[[Facts], Any]:
    """Return the points of the chart; an empty list would say that it has none."""

    def fact(facts: Facts) -> Any:
        chart = _chart(facts)
        if chart is None:
            raise SchemaMismatch("no axes were found in the picture")
        return part(chart)

    return fact


def _plot_object(facts: Facts) -> dict[str, Any] | None:
    """Return the members of a single panel; for several panels, the texts that they share and a list of them."""
    plot = _plot(facts)
    if plot is None:
        return None
    panels = _panel_rows(facts)
    if len(panels) == 1:
        return panels[0]
    return {"title": plot.title, "x_label": plot.x_label, "y_label": plot.y_label, "panels": panels}


def _panel_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return a record for each pair of axes."""
    plot = facts.plot
    if plot is None:
        return []
    data = facts.chart.panels if len(facts.chart.panels) == len(plot.panels) else (ChartPanel(),) * len(plot.panels)
    return [_panel(panel, chart) for panel, chart in zip(plot.panels, data, strict=True)]


def _panel(panel: Panel, chart: ChartPanel) -> dict[str, Any]:
    return {
        "title": panel.title,
        "x_label": panel.x.label,
        "y_label": panel.y.label,
        "x_ticks": list(panel.x.ticks),
        "y_ticks": list(panel.y.ticks),
        "x_scale": panel.x.kind,
        "y_scale": panel.y.kind,
        "legend_title": panel.legend_title,
        "legend": _legend(panel),
        "series": [series_row(series, chart) for series in chart.series],
        "notes": list(panel.notes),
        "box": list(panel.frame.sides),
    }


def _legend(panel: Panel) -> list[dict[str, Any]]:
    return [{"text": entry.text, "colour": colour_name(entry.rgb), "hex": hex_of(entry.rgb)} for entry in panel.legend]


def legend_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return the entries of all legends, with the colours of their samples."""
    plot = _plot(facts)
    return [row for panel in (plot.panels if plot else ()) for row in _legend(panel)]


def _series_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return a record for each series; for an entry of the legend without one, a record of its text and colour."""
    if _chart(facts) is None:
        return []
    rows = [series_row(series, panel) for panel in facts.chart.panels for series in panel.series]
    named = {row["name"] for row in rows}
    legend = legend_rows(facts)
    if legend and not all(row["name"] for row in rows):
        return [{"name": row["text"], **row} for row in legend]
    return rows + [{"name": row["text"], **row} for row in legend if row["text"] not in named]


def axis_rows(facts: Facts) -> list[dict[str, Any]]:
    """Return a record for each axis."""
    plot = facts.plot
    panels = plot.panels if plot else ()
    return [_axis(name, axis) for panel in panels for name, axis in (("x", panel.x), ("y", panel.y))]


def _axis(name: str, axis: Axis) -> dict[str, Any]:
    return {
        "axis": name,
        "label": axis.label,
        "scale": axis.kind,
        "ticks": list(axis.ticks),
        "first": axis.ticks[0] if axis.ticks and axis.complete else None,
        "last": axis.ticks[-1] if axis.ticks and axis.complete else None,
    }


def _only_panel(plot: Plot) -> Panel:
    if len(plot.panels) > 1:
        raise SchemaMismatch(f"the figure has {len(plot.panels)} pairs of axes; ask for `panels`, a list of records")
    return plot.panels[0]


def _ticks(axis: Axis) -> list[str]:
    """Return the tick labels, with the factor printed at the end of the axis if there is one."""
    return [f"{tick} × {axis.offset}" if axis.offset else tick for tick in axis.ticks]


def own_fact(facts: Facts, name: str, letters: Callable[[str], str]) -> Callable[[], Any] | None:
    """Return a function for a name that is printed in the chart: of a series, or of a category."""
    if facts.reading_error:
        return None
    return named_values(facts.chart, name, letters)


# --- the table --------------------------------------------------------------------------------------------------

IMAGE_FACTS: Final[Mapping[str, Callable[[Facts], Any]]] = {
    "title": _of_plot(lambda plot: plot.title or (plot.panels[0].title if len(plot.panels) == 1 else "")),
    "x_label": _of_plot(lambda plot: plot.x_label or _only_panel(plot).x.label),
    "y_label": _of_plot(lambda plot: plot.y_label or _only_panel(plot).y.label),
    "x_ticks": _of_plot(lambda plot: _ticks(_only_panel(plot).x)),
    "y_ticks": _of_plot(lambda plot: _ticks(_only_panel(plot).y)),
    "x_scale": _of_plot(lambda plot: _only_panel(plot).x.kind),
    "y_scale": _of_plot(lambda plot: _only_panel(plot).y.kind),
    "legend": legend_rows,
    "legend_title": _of_plot(lambda plot: _only_panel(plot).legend_title),
    "notes": _of_plot(lambda plot: [note for panel in plot.panels for note in panel.notes]),
    "panels": lambda facts: _panel_rows(facts) if _plot(facts) else None,
    "panel_count": _of_plot(lambda plot: len(plot.panels)),
    "series_count": lambda facts: len(_series_rows(facts)),
    "series": _series_rows,
    **{name: (_data if name in ("x", "y") else _of_chart)(fact) for name, fact in CHART_FACTS.items()},
    "points": _data(PointTable),
    "width": lambda facts: facts.size[0],
    "height": lambda facts: facts.size[1],
    "kind": lambda facts: facts.measurements.kind,
    "transparent": lambda facts: round(facts.measurements.transparent, 4),
    "palette": palette_rows,
    "background": lambda facts: facts.measurements.palette[0].name,
    "area_count": _area_count,
    "texts": _text_rows,
    "is_plot": lambda facts: _plot(facts) is not None,
    "plot": _plot_object,
}
"""The facts of one image, by their names."""

READER_FACTS: Final[Mapping[str, Callable[[Sequence[Facts]], Any]]] = {
    "reader": lambda facts: "embedded-reader",
    "comparison": lambda facts: _comparison(facts),
    "limits": lambda facts: _limits(facts),
}
"""The facts of all images together."""


def _comparison(facts: Sequence[Facts]) -> dict[str, Any] | None:
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


def _limits(facts: Sequence[Facts]) -> list[str]:
    """Return the reader's limitations as sentences."""
    return [*_LIMITS, *sorted({each.reading_error for each in facts if each.reading_error})]
