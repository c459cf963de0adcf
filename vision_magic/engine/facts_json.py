"""Facts by name: tables of fields, from which the JSON of an answer and the schemas of users are filled.

What a figure object knows comes before what was measured. The JSON of an answer conforms to `facts.schema.json` in this
folder. A fact that could not be measured raises `SchemaMismatch` with the reason; in the JSON it is null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.chart.agreement import WITHOUT_DATA
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Series
from vision_magic.engine.chart.plot import Axis, Panel, Plot
from vision_magic.engine.chart_facts import CHART_FIELDS, KIND, SERIES, STATISTICS, named_value
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.difference import DIFFERENCE_THRESHOLD, compare
from vision_magic.engine.drawn import Drawn
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.facts import Facts, facts_of, texts_only_in
from vision_magic.engine.fields import Field, Record, Table, letters
from vision_magic.engine.measure import Colour
from vision_magic.engine.picture_answers import tone_sentence
from vision_magic.engine.pixels import RGB
from vision_magic.engine.point_table import PointTable
from vision_magic.engine.reading import Text
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
    _check_read(facts)
    return [Record(text, _TEXT) for text in facts.texts]


def _check_read(facts: Facts) -> None:
    if facts.reading_error:
        raise SchemaMismatch(facts.reading_error.rstrip("."))


def _area_count(facts: Facts) -> int:
    if facts.hides_areas:
        raise SchemaMismatch(tone_sentence(facts, "en", facts.name).rstrip("."))
    return facts.blobs.count


# --- panels and their axes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel as data, and what is printed around it, which is read only if it is needed."""

    facts: Facts
    number: int
    data: ChartPanel

    @property
    def printed(self) -> Panel | None:
        """The panel as it was read; None if it is not known which one it is."""
        plot = self.facts.plot
        if plot is None or len(plot.panels) != len(_charts(self.facts)):
            return None
        panel = plot.panels[self.number]
        if self.facts.known is None:
            return panel
        titles = {letters(title) for title in (panel.title, self.data.title) if title}
        return panel if len(titles) < 2 else None

    @property
    def measured(self) -> ChartPanel:
        """The panel with single values, which are measured if the figure object does not hold them."""
        return self.data if self.facts.known is None else self.facts.data.panels[self.number]


@dataclass(frozen=True, slots=True)
class _AxisOf:
    """One axis of a panel."""

    panel: _Panel
    name: str

    @property
    def data(self) -> ChartAxis:
        return self.panel.data.x if self.name == "x" else self.panel.data.y

    @property
    def printed(self) -> Axis:
        """The axis as it was read."""
        panel = self.panel.printed
        return Axis() if panel is None else panel.x if self.name == "x" else panel.y

    @property
    def scale(self) -> str:
        """Its scale; labels that are neither numbers nor dates are names."""
        if self.data.scale == "none" and self.panel.facts.known is None:
            return "categories" if self.printed.kind == "labels" else self.printed.kind
        return self.data.scale

    @property
    def ticks(self) -> list[str]:
        """The tick labels, with the factor printed at the end of the axis if there is one."""
        factor = f" × {self.printed.offset}" if self.printed.offset else ""
        return [tick + factor for tick in self.printed.ticks]

    def end(self, number: int) -> str | None:
        """Return the first tick label (0) or the last one (-1), if all were read."""
        ticks = self.printed.ticks
        return ticks[number] if ticks and self.printed.complete else None


_AXIS: Final = Table[_AxisOf](
    Field("axis", lambda axis: axis.name, "name"),
    Field("label", lambda axis: axis.data.label, "text"),
    Field("unit", lambda axis: axis.data.unit, "units"),
    Field("scale", lambda axis: axis.scale),
    Field("ticks", lambda axis: axis.ticks),
    Field("first", lambda axis: axis.end(0)),
    Field("last", lambda axis: axis.end(-1)),
)


def _axes(facts: Facts) -> list[Record[_AxisOf]]:
    """Return a record for each axis."""
    return [Record(_AxisOf(panel, name), _AXIS) for panel in _panels(facts) for name in ("x", "y")]


def _charts(facts: Facts) -> Sequence[ChartPanel]:
    """Return the panels as data; those that were read but not measured are without series."""
    if facts.known is not None:
        return facts.known.panels
    _check_read(facts)
    if facts.plot is None or len(facts.chart.panels) == len(facts.plot.panels):
        return facts.chart.panels
    return [
        ChartPanel(
            title=panel.title,
            x=ChartAxis(label=panel.x.label, unit=panel.x.unit),
            y=ChartAxis(label=panel.y.label, unit=panel.y.unit),
            legend_title=panel.legend_title,
            notes=panel.notes,
            box=panel.frame.sides,
        )
        for panel in facts.plot.panels
    ]


def _panels(facts: Facts) -> list[_Panel]:
    return [_Panel(facts, number, panel) for number, panel in enumerate(_charts(facts))]


def _box(panel: _Panel) -> list[int] | None:
    """Return the box of the axes: left, top, right, bottom in pixels."""
    box = panel.printed.frame.sides if panel.printed is not None else panel.data.box
    return list(box) if box is not None else None


# --- legends and series -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a legend: its text, and the colour of its sample if it is known."""

    text: str
    rgb: RGB | None


_LEGEND: Final = Table[_Entry](
    Field("text", lambda entry: entry.text, "series name label"),
    Field("colour", lambda entry: colour_name(entry.rgb) if entry.rgb is not None else None, "color"),
    Field("hex", lambda entry: hex_of(entry.rgb) if entry.rgb is not None else None),
)


def _entries(panel: _Panel) -> list[_Entry]:
    """Return the entries of the legend of a panel."""
    if panel.facts.known is None:
        printed = panel.printed
        return [_Entry(entry.text, entry.rgb) for entry in (printed.legend if printed is not None else ())]
    colours = {one.name: one.rgb for one in panel.data.series}
    figure = panel.facts.figure
    axes = [axes for axes in figure.axes if not axes.role.startswith("secondary ")] if figure is not None else []
    return [_Entry(text, colours.get(text)) for text in axes[panel.number].legend]


def _legend(panel: _Panel) -> list[Record[_Entry]]:
    return [Record(entry, _LEGEND) for entry in _entries(panel)]


def _legends(facts: Facts) -> list[Record[_Entry]]:
    """Return the entries of all legends."""
    return [entry for panel in _panels(facts) for entry in _legend(panel)]


_NOT_FOUND: Final = "it stands in the legend, but it was not found between the axes"


def _drawn(panel: _Panel, *, legend: bool = True) -> list[Record[Drawn]]:
    """Return a record for each series; also for an entry of the legend that was not found, if `legend`."""
    title = f"{_title(panel.facts)} {panel.data.title}"
    series = [one for one in panel.measured.series if one.name or one.kind not in WITHOUT_DATA]
    if legend and panel.facts.known is None:
        names = {one.name for one in series}
        missing = [
            Series(name=entry.text, kind="other", sure=False, why_not=_NOT_FOUND, rgb=entry.rgb)
            for entry in _entries(panel)
            if entry.text not in names
        ]
        # A series without a name may be one of those that the legend names.
        series = [one for one in series if one.name or not missing] + missing
    return [Record(Drawn(one, panel.measured, title), SERIES) for one in series]


def _series(facts: Facts) -> list[Record[Drawn]]:
    return [row for panel in _panels(facts) for row in _drawn(panel)]


def _statistic(find: Callable[[Chart], Any]) -> Callable[[_Panel], Any]:
    """Return a fact about the data of a panel that needs no single values."""
    return lambda panel: find(Chart(title=_title(panel.facts), panels=(panel.data,)))


def _points(find: Callable[[Chart], Any]) -> Callable[[_Panel], Any]:
    """Return a fact about the single values of a panel."""
    return lambda panel: find(Chart(title=_title(panel.facts), panels=(panel.measured,)))


def _title(facts: Facts) -> str:
    """Return the title of the whole figure."""
    return facts.known.title if facts.known is not None else facts.chart.title


_PANEL: Final = Table[_Panel](
    Field("title", lambda panel: panel.data.title, "name"),
    Field("x_label", lambda panel: panel.data.x.label, "xaxis xname"),
    Field("y_label", lambda panel: panel.data.y.label, "yaxis yname"),
    Field("x_unit", lambda panel: panel.data.x.unit),
    Field("y_unit", lambda panel: panel.data.y.unit),
    Field("x_ticks", lambda panel: _AxisOf(panel, "x").ticks),
    Field("y_ticks", lambda panel: _AxisOf(panel, "y").ticks),
    Field("x_scale", lambda panel: _AxisOf(panel, "x").scale),
    Field("y_scale", lambda panel: _AxisOf(panel, "y").scale),
    Field("legend_title", lambda panel: panel.data.legend_title),
    Field("legend", _legend),
    Field("series", lambda panel: _drawn(panel, legend=False), "lines curves"),
    Field("series_count", lambda panel: len(_drawn(panel)), "numberofseries"),
    *(Field(field.name, _statistic(field.find), field.others) for field in STATISTICS),
    *(Field(field.name, _points(field.find), field.others) for field in CHART_FIELDS),
    Field("notes", lambda panel: list(panel.data.notes)),
    Field("box", _box),
    published="title x_label y_label x_ticks y_ticks x_scale y_scale legend_title legend series notes box",
)


# --- the image --------------------------------------------------------------------------------------------------


def _plot(facts: Facts) -> Plot | None:
    """Return the plot as it was read."""
    _check_read(facts)
    return facts.plot


def _figure_title(facts: Facts) -> str | None:
    """Return the title of the figure, or of its only panel."""
    panels = _charts(facts)
    if not panels:
        return None
    plot = _plot(facts) if facts.known is None else None
    title = plot.title if plot is not None else _title(facts)
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
        panels = _panels(facts)
        if len(panels) > 1:
            raise SchemaMismatch(f"the figure has {len(panels)} pairs of axes; ask for `panels`, a list of records")
        return Record(panels[0], _PANEL)[name] if panels else None

    return fact


def _of_data(name: str) -> Callable[[Facts], Any]:
    """Return a fact about the points of the only panel; an empty list would say that there are none."""

    def fact(facts: Facts) -> Any:
        if not _charts(facts):
            raise SchemaMismatch("no axes were found in the picture")
        return _of_only_panel(name)(facts)

    return fact


def _chart_kind(facts: Facts) -> str | None:
    kinds = [Record(panel, _PANEL)["chart_kind"] for panel in _panels(facts)]
    return " and ".join(dict.fromkeys(kinds)) if kinds else None


def _kind(facts: Facts) -> str:
    """Return the kind of chart; of another image, what its colours are like."""
    return _chart_kind(facts) or facts.measurements.kind


def _panel_records(facts: Facts) -> list[Record[_Panel]] | None:
    return [Record(panel, _PANEL) for panel in _panels(facts)] or None


def _plot_record(facts: Facts) -> Record[_Panel] | dict[str, Any] | None:
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
    Field("legend", _legends),
    Field("legend_title", _of_only_panel("legend_title")),
    Field("notes", lambda facts: [note for panel in _charts(facts) for note in panel.notes] or None),
    Field("panels", _panel_records, "axes subplots"),
    Field("panel_count", lambda facts: len(_charts(facts)) or None, "numberofpanels"),
    Field("series", _series, "lines curves"),
    Field("series_count", lambda facts: len(_series(facts)), "numberofseries"),
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
    Field("is_plot", lambda facts: bool(_charts(facts)), "ischart"),
    Field("plot", _plot_record),
    published="width height image_kind transparent palette texts plot",
    own=_own,
)
"""The facts of one image."""


def record_tables(facts: Sequence[Facts]) -> list[Callable[[], Any]]:
    """Return tables of records, for a schema that is a list of records: the first whose records fit is used."""
    first = facts[0]
    tables = [partial(table, first) for table in (_legends, _axes, _unnamed_points, _series, _panel_records)]
    rest = [partial(find, first) for find in (_palette, IMAGE.fields["points"].find, _texts)]
    images = [lambda: [Record(each, IMAGE) for each in facts]]
    return [*tables, *images, *rest] if len(facts) == 1 else [*images, *tables, *rest]


def _unnamed_points(facts: Facts) -> Any:
    """Return the points of a chart whose series has no name, so that a name in a record is that of a point."""
    series = _series(facts)
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
