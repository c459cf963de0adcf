"""Facts by name: tables of fields, from which the JSON of an answer and the schemas of users are filled.

What a figure object knows comes before what was measured. The JSON of an answer conforms to `facts.schema.json` in this
folder. A fact that could not be measured raises `SchemaMismatch` with the reason; in the JSON it is null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.plot import Plot
from vision_magic.engine.chart_facts import CHART_FIELDS, KIND, STATISTICS, named_value
from vision_magic.engine.difference import DIFFERENCE_THRESHOLD, compare
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.facts import Facts, facts_of, texts_only_in
from vision_magic.engine.fields import Field, Record, Table
from vision_magic.engine.measure import Colour
from vision_magic.engine.panel_facts import (
    PANEL,
    PanelFacts,
    axes_of,
    charts_of,
    check_read,
    legends_of,
    panels_of,
    series_of,
    title_of,
)
from vision_magic.engine.picture_answers import tone_sentence
from vision_magic.engine.point_table import PointTable
from vision_magic.engine.texts import Text
from vision_magic.images.figure_facts.values import Facts as FigureFacts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["IMAGE", "READER_FACTS", "json_answer", "plain", "record_tables"]

_LIMITS: Final = (
    "It measures and reads; it does not understand what a picture shows.",
    "It gives the values of a series only if they pass every check; otherwise `why_not` says what hinders.",
    "It does not recognise objects, people or places.",
)


def json_answer(images: Sequence[PILImage.Image], figures: Sequence[FigureFacts | None] = ()) -> Iterator[str]:
    """Yield one JSON object of the facts, in pieces that are split between its keys.

    Parameters
    ----------
    images : sequence of PIL.Image.Image
        In the order in which they were sent.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.

    Yields
    ------
    str
        A piece; joined, the pieces are one valid JSON object.
    """
    facts = facts_of(images, figures)
    yield '{"reader": "embedded-reader", "images": ['
    for number, each in enumerate(facts):
        record = Record(each, IMAGE)
        before = ", {" if number else "{"
        for name in IMAGE.published:
            yield f"{before}{_json(name)}: {_json(plain(record.or_none(name)))}"
            before = ", "
        yield "}"
    yield '], "comparison": ' + _json(_comparison(facts))
    yield ', "limits": ' + _json(_limits(facts)) + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Return facts as plain JSON values."""
    if isinstance(value, PointTable):
        return value.rows(None)
    if isinstance(value, Record):
        value = value.published()
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list | tuple) else value


# --- colours, texts and areas -----------------------------------------------------------------------------------

_PALETTE: Final = Table[Colour](
    Field("name", lambda one: one.name, "colour color text label"),
    Field("hex", lambda one: one.hex),
    Field("share", lambda one: round(one.share, 4)),
    Field("place", lambda one: one.place),
)

_TEXT: Final = Table[Text](
    Field("text", lambda one: one.text, "name label"),
    Field("box", lambda one: list(one.box)),  # left, top, right, bottom in pixels
    Field("confidence", lambda one: one.confidence),
)


def _palette(facts: Facts) -> list[Record[Colour]]:
    """Return the main colours, the most common first."""
    return [Record(colour, _PALETTE) for colour in facts.measurements.palette]


def _texts(facts: Facts) -> list[Record[Text]]:
    """Return the lines of text from top to bottom."""
    check_read(facts)
    return [Record(text, _TEXT) for text in facts.texts]


def _area_count(facts: Facts) -> int:
    if facts.hides_areas:
        raise SchemaMismatch(tone_sentence(facts, "en", facts.name).rstrip("."))
    return facts.blobs.count


# --- the image --------------------------------------------------------------------------------------------------


def _plot(facts: Facts) -> Plot | None:
    """Return the plot as it was read."""
    check_read(facts)
    return facts.plot


def _figure_title(facts: Facts) -> str | None:
    """Return the title of the figure, or of its only panel."""
    panels = charts_of(facts)
    if not panels:
        return None
    plot = _plot(facts) if facts.known is None else None
    title = plot.title if plot is not None else title_of(facts)
    return title or (panels[0].title if len(panels) == 1 else "")


def _shared_label(name: str) -> Callable[[Facts], Any]:
    """Return the label that all panels share, or that of the only one."""

    def fact(facts: Facts) -> Any:
        plot = _plot(facts) if facts.known is None else None
        return (getattr(plot, name) if plot is not None else "") or _of_only_panel(name)(facts)

    return fact


def _of_only_panel(name: str) -> Callable[[Facts], Any]:
    """Return a fact about the panel of a figure that has one; None if the image is not a plot."""

    def fact(facts: Facts) -> Any:
        panels = panels_of(facts)
        if len(panels) > 1:
            raise SchemaMismatch(f"the figure has {len(panels)} pairs of axes; ask for `panels`, a list of records")
        return Record(panels[0], PANEL)[name] if panels else None

    return fact


def _of_data(name: str) -> Callable[[Facts], Any]:
    """Return a fact about the points of the only panel; an empty list would say that there are none."""

    def fact(facts: Facts) -> Any:
        if not charts_of(facts):
            raise SchemaMismatch("no axes were found in the picture")
        return _of_only_panel(name)(facts)

    return fact


def _chart_kind(facts: Facts) -> str | None:
    kinds = [Record(panel, PANEL)["chart_kind"] for panel in panels_of(facts)]
    return " and ".join(dict.fromkeys(kinds)) if kinds else None


def _kind(facts: Facts) -> str:
    """Return the kind of chart; of another image, what its colours are like."""
    return _chart_kind(facts) or facts.measurements.kind


def _panel_records(facts: Facts) -> list[Record[PanelFacts]] | None:
    return [Record(panel, PANEL) for panel in panels_of(facts)] or None


def _plot_record(facts: Facts) -> Record[PanelFacts] | dict[str, Any] | None:
    """Return the members of a single panel; for several panels, the texts that they share and a list of them."""
    panels = _panel_records(facts)
    if panels is None:
        return None
    if len(panels) == 1:
        return panels[0]
    plot = facts.plot if facts.known is None else None
    x_label, y_label = (plot.x_label, plot.y_label) if plot is not None else ("", "")
    return {"title": _figure_title(facts), "x_label": x_label, "y_label": y_label, "panels": panels}


def _own(facts: Facts, name: str) -> Callable[[], Any] | None:
    """Return a function for a name that is printed in the chart: of a series, or of a category."""
    if facts.known is None and facts.reading_error:
        return None
    return named_value(facts.data, name)


IMAGE: Final = Table[Facts](
    Field("title", _figure_title),
    Field("x_label", _shared_label("x_label"), "xaxis xaxislabel"),
    Field("y_label", _shared_label("y_label"), "yaxis yaxislabel"),
    *(Field(name, _of_only_panel(name)) for name in ("x_unit", "y_unit", "x_ticks", "y_ticks", "x_scale", "y_scale")),
    Field("legend", legends_of),
    Field("legend_title", _of_only_panel("legend_title")),
    Field("notes", lambda facts: [note for panel in charts_of(facts) for note in panel.notes] or None),
    Field("panels", _panel_records, "axes subplots"),
    Field("panel_count", lambda facts: len(charts_of(facts)) or None, "numberofpanels"),
    Field("series", series_of, "lines curves"),
    Field("series_count", lambda facts: len(series_of(facts)), "numberofseries"),
    Field("chart_kind", _chart_kind, KIND),
    *(Field(field.name, _of_only_panel(field.name), field.others) for field in STATISTICS[1:]),
    *(Field(field.name, _of_data(field.name), field.others) for field in CHART_FIELDS),
    Field("width", lambda facts: facts.size[0]),
    Field("height", lambda facts: facts.size[1]),
    Field("kind", _kind, "type"),
    Field("image_kind", lambda facts: facts.measurements.kind),
    Field("transparent", lambda facts: round(facts.measurements.transparent, 4)),
    Field("palette", _palette, "colors colours"),
    Field("background", lambda facts: facts.measurements.palette[0].name),
    Field("area_count", _area_count),
    Field("texts", _texts, "text"),
    Field("is_plot", lambda facts: bool(charts_of(facts)), "ischart"),
    Field("plot", _plot_record),
    published="width height image_kind transparent palette texts plot",
    own=_own,
)
"""The facts of one image."""


def record_tables(facts: Sequence[Facts]) -> list[Callable[[], Any]]:
    """Return tables of records, for a schema that is a list of records: the first whose records fit is used."""
    first = facts[0]
    tables = [partial(table, first) for table in (legends_of, axes_of, _unnamed_points, series_of, _panel_records)]
    rest = [partial(find, first) for find in (_palette, IMAGE.fields["points"].find, _texts)]
    images = [lambda: [Record(each, IMAGE) for each in facts]]
    return [*tables, *images, *rest] if len(facts) == 1 else [*images, *tables, *rest]


def _unnamed_points(facts: Facts) -> Any:
    """Return the points of a chart whose series has no name, so that a name in a record is that of a point."""
    series = series_of(facts)
    return IMAGE.fields["points"].find(facts) if len(series) == 1 and not series[0]["name"] else None


# --- all images together ----------------------------------------------------------------------------------------

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
