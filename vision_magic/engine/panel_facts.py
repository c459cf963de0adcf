"""Facts of the panels of a figure by name: their axes, legends and series.

What a figure object knows comes before what was measured; the picture is read only for what the figure object does not
know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.engine.chart.data import WITHOUT_DATA, Chart, ChartAxis, ChartPanel, Series
from vision_magic.engine.chart.plot import Axis, Panel
from vision_magic.engine.chart_facts import CHART_FIELDS, SERIES, STATISTICS
from vision_magic.engine.colours import colour_name, hex_of
from vision_magic.engine.drawn import Drawn
from vision_magic.engine.errors import SchemaMismatch
from vision_magic.engine.facts import Facts
from vision_magic.engine.fields import Field, Record, Table, letters
from vision_magic.engine.pixels import RGB

__all__ = [
    "PANEL",
    "PanelFacts",
    "axes_of",
    "charts_of",
    "check_read",
    "legends_of",
    "panels_of",
    "series_of",
    "title_of",
]

# --- panels and their axes --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """A panel as data, and what is printed around it, which is read only if it is needed."""

    facts: Facts
    number: int
    data: ChartPanel

    @property
    def printed(self) -> Panel | None:
        """The panel as it was read; None if it is not known which one it is."""
        plot = self.facts.plot
        if plot is None or len(plot.panels) != len(charts_of(self.facts)):
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

    panel: PanelFacts
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


def axes_of(facts: Facts) -> list[Record[_AxisOf]]:
    """Return a record for each axis."""
    return [Record(_AxisOf(panel, name), _AXIS) for panel in panels_of(facts) for name in ("x", "y")]


def check_read(facts: Facts) -> None:
    """Raise `SchemaMismatch` if the text of the image could not be read."""
    if facts.reading_error:
        raise SchemaMismatch(facts.reading_error.rstrip("."))


def charts_of(facts: Facts) -> Sequence[ChartPanel]:
    """Return the panels as data; those that were read but not measured are without series."""
    if facts.known is not None:
        return facts.known.panels
    check_read(facts)
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


def panels_of(facts: Facts) -> list[PanelFacts]:
    """Return the panels of a figure, in reading order."""
    return [PanelFacts(facts, number, panel) for number, panel in enumerate(charts_of(facts))]


def _box(panel: PanelFacts) -> list[int] | None:
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


def _entries(panel: PanelFacts) -> list[_Entry]:
    """Return the entries of the legend of a panel."""
    printed = panel.printed if panel.facts.known is None else panel.data
    return [_Entry(entry.text, entry.rgb) for entry in (printed.legend if printed is not None else ())]


def _legend(panel: PanelFacts) -> list[Record[_Entry]]:
    return [Record(entry, _LEGEND) for entry in _entries(panel)]


def legends_of(facts: Facts) -> list[Record[_Entry]]:
    """Return the entries of all legends."""
    return [entry for panel in panels_of(facts) for entry in _legend(panel)]


_NOT_FOUND: Final = "it stands in the legend, but it was not found between the axes"


def _drawn(panel: PanelFacts, *, legend: bool = True) -> list[Record[Drawn]]:
    """Return a record for each series; also for an entry of the legend that was not found, if `legend`."""
    title = f"{title_of(panel.facts)} {panel.data.title}"
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


def series_of(facts: Facts) -> list[Record[Drawn]]:
    """Return a record for each series of all panels."""
    return [row for panel in panels_of(facts) for row in _drawn(panel)]


def _statistic(find: Callable[[Chart], Any]) -> Callable[[PanelFacts], Any]:
    """Return a fact about the data of a panel that needs no single values."""
    return lambda panel: find(Chart(title=title_of(panel.facts), panels=(panel.data,)))


def _points(find: Callable[[Chart], Any]) -> Callable[[PanelFacts], Any]:
    """Return a fact about the single values of a panel."""
    return lambda panel: find(Chart(title=title_of(panel.facts), panels=(panel.measured,)))


def title_of(facts: Facts) -> str:
    """Return the title of the whole figure."""
    return facts.known.title if facts.known is not None else facts.chart.title


PANEL: Final = Table[PanelFacts](
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
