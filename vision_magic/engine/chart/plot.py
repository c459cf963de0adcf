"""Plots as values: panels with their axes, legends and texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.sequences import with_skipped
from vision_magic.engine.pixels import RGB, Box
from vision_magic.images.figure_facts.values import unit_of

__all__ = ["Axis", "LegendEntry", "Panel", "Plot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis, with its texts as OCR read them.

    Attributes
    ----------
    label : str
        The axis label; empty if none was found.
    ticks : tuple of str
        The tick labels along the axis: from left to right, or from the bottom up.
    kind : {"linear", "log", "labels", "none"}
        Linear or logarithmic if the tick labels are numbers that agree with their positions; otherwise other labels,
        or no labels.
    offset : str
        The factor of the numbers, as printed at the end of the axis, such as ``"1e6"``.
    places : tuple of float
        The place of each tick label along the axis (pixels).
    calibration : Calibration or None
        The value at each pixel; None if the tick labels are not numbers or dates that agree with their places.
    complete : bool
        Whether every tick label was read, as far as the pixels tell: nothing is left unread among them.
    """

    label: str = ""
    ticks: tuple[str, ...] = ()
    kind: str = "none"
    offset: str = ""
    places: tuple[float, ...] = ()
    calibration: Calibration | None = None
    complete: bool = True

    @property
    def names(self) -> tuple[tuple[str, float], ...]:
        """The tick labels with their places, and those of a sequence, such as months, that are not printed."""
        return with_skipped(self.ticks, self.places)

    @property
    def unit(self) -> str:
        """The unit at the end of the label, in brackets or after a slash; empty if there is none."""
        return unit_of(self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One entry of a legend: its text, and the colour of its sample, if it has one."""

    text: str
    rgb: RGB | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes and the texts that belong to it.

    `right` and `top` are further axes on these sides; None if there are none. `legend_complete` is False if a text next
    to the legend may be one of its entries. `legend_box` surrounds the legend with its frame, and `colour_bar_box` is
    the strip of the colour bar (pixels).
    """

    frame: Frame
    title: str = ""
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    legend: tuple[LegendEntry, ...] = ()
    legend_title: str = ""
    legend_complete: bool = True
    legend_box: Box | None = None
    right: Axis | None = None
    top: Axis | None = None
    colour_bar: Axis | None = None
    colour_bar_box: Box | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """An image of a plot.

    Attributes
    ----------
    panels : tuple of Panel
        One or more pairs of axes, in reading order.
    title : str
        The title above several panels; empty if there is none.
    x_label, y_label : str
        Labels that several panels share.
    other : tuple of str
        Texts that belong to no panel.
    """

    panels: tuple[Panel, ...]
    title: str = ""
    x_label: str = ""
    y_label: str = ""
    other: tuple[str, ...] = ()
