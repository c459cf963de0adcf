"""Random figures whose texts and axes are known: matplotlib in many styles, seaborn themes and pandas.

`figure_of(seed)` gives the same figure in every run. Seeds below 1000 and from 5000 to 5999 are for development,
others for measurement.
"""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.dates as mdates
import matplotlib.style
import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

STYLES = (
    "default",
    "classic",
    "ggplot",
    "seaborn-v0_8",
    "bmh",
    "dark_background",
    "fivethirtyeight",
    "Solarize_Light2",
    "seaborn-v0_8-whitegrid",
    "tableau-colorblind10",
)
WORDS = [
    "harvest",
    "yield",
    "river",
    "copper",
    "signal",
    "engine",
    "market",
    "garden",
    "winter",
    "sensor",
    "budget",
    "traffic",
    "protein",
    "voltage",
    "salary",
    "forest",
    "mineral",
    "planet",
    "battery",
    "cotton",
    "glacier",
    "radar",
    "tunnel",
    "valley",
    "bridge",
    "turbine",
    "lantern",
    "compass",
    "harbor",
]
NAMES = [
    "north",
    "south",
    "east",
    "west",
    "alpha",
    "beta",
    "gamma",
    "delta",
    "apples",
    "pears",
    "plums",
    "cherries",
    "control",
    "treated",
    "baseline",
    "Berlin",
    "Madrid",
    "Oslo",
    "Lima",
    "Quito",
    "Cairo",
    "steel",
    "wood",
    "glass",
    "paper",
    "wheat",
    "barley",
    "maize",
]
UNITS = ("kg", "t/ha", "ms", "%", "m", "V", "GB", "s", "kWh", "mm", "°C", "€")


@dataclass
class Known:
    """What is known about one axis: texts, scale, and pairs of value and pixel at both ends."""

    label: str = ""
    scale: str = "linear"
    ticks: tuple[str, ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    offset: str = ""
    names: tuple[tuple[str, float], ...] = ()
    side: str = ""


@dataclass
class KnownPanel:
    """What is known about one panel."""

    title: str = ""
    x: Known = field(default_factory=Known)
    y: Known = field(default_factory=Known)
    right: Known | None = None
    top: Known | None = None
    bar: Known | None = None
    bar_box: tuple[float, float, float, float] | None = None
    legend: tuple[str, ...] = ()
    legend_title: str = ""
    colours: dict[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass
class KnownFigure:
    """A picture and what is known about it."""

    kind: str
    picture: Image.Image
    panels: list[KnownPanel]
    title: str = ""
    words: list[str] = field(default_factory=list)
    about: str = ""


Draw = Callable[[Figure, random.Random], None]
KINDS: dict[str, Draw] = {}


def kind(draw: Draw) -> Draw:
    KINDS[draw.__name__] = draw
    return draw


def figure_of(seed: int, name: str = "", style: str = "", dpi: int = 0) -> KnownFigure:
    """Return the figure of a seed."""
    r = random.Random(seed)
    name = name or list(KINDS)[seed % len(KINDS)]
    style = style or r.choice(STYLES)
    dpi = dpi or r.choice((72, 80, 100, 120, 150))
    tight = r.random() < 0.5
    with matplotlib.style.context([style, {"font.family": "DejaVu Sans"}]):
        figure = Figure(figsize=(r.uniform(5, 8), r.uniform(3.6, 5.5)), dpi=dpi)
        KINDS[name](figure, r)
        return _render(figure, name, f"{name} {style} {dpi}{' tight' if tight else ''}", tight)


def _render(figure: Figure, name: str, about: str, tight: bool) -> KnownFigure:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    tight = tight or _is_cut(figure)
    x0, top, box = 0.0, figure.bbox.height, None
    if tight:
        box = figure.get_tightbbox(canvas.get_renderer()).padded(0.1)  # type: ignore[no-untyped-call]
        x0, top = box.x0 * figure.dpi, box.y1 * figure.dpi
    buffer = io.BytesIO()
    panels = _panels(figure, x0, top)
    words = _words(figure, panels)
    figure.savefig(buffer, format="png", dpi=figure.dpi, bbox_inches=box)
    picture = Image.open(buffer).convert("RGB")
    title = figure.get_suptitle() or getattr(figure, "heading", "")
    if len(panels) == 1 and title and not panels[0].title:
        panels[0].title, title = title, ""
    return KnownFigure(name, picture, panels, _plain(title), words, about)


def _is_cut(figure: Figure) -> bool:
    """Return whether a label or a title reaches over the edge of the figure."""
    from matplotlib.text import Text

    labels = [axis.get_label() for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    titles = [axes.title for axes in figure.axes]
    ticks = [label for axes in figure.axes for label in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    texts: list[Text] = [text for text in (*labels, *titles, *ticks) if text.get_text().strip() and text.get_visible()]
    return any(
        (box := text.get_window_extent()).x0 < 1
        or box.y0 < 1
        or box.x1 > figure.bbox.x1 - 1
        or box.y1 > figure.bbox.y1 - 1
        for text in texts
    )


def _words(figure: Figure, panels: list[KnownPanel]) -> list[str]:
    """Return the words that are drawn: those of tick labels only inside the limits, and no powers of ten."""
    from matplotlib.axis import Tick
    from matplotlib.text import Text

    of_ticks = {id(text) for tick in figure.findobj(Tick) for text in tick.findobj(Text)}
    texts = [text for text in figure.findobj(Text) if id(text) not in of_ticks and text.get_visible()]
    axes = [each for panel in panels for each in (panel.x, panel.y, panel.right, panel.top, panel.bar) if each]
    drawn = [text.get_text() for text in texts] + [tick for axis in axes for tick in axis.ticks]
    return [word for text in drawn for word in _plain(text).split() if "^" not in text]


def _plain(text: str) -> str:
    for before, after in (
        ("\N{MINUS SIGN}", "-"),
        ("\\mathdefault", ""),
        ("\\times", "×"),
        ("$", "" if text.count("$") > 1 else "$"),
    ):
        text = text.replace(before, after)
    return " ".join(text.replace("{", "").replace("}", "").split())


def _panels(figure: Figure, x0: float, top: float) -> list[KnownPanel]:
    main = [axes for axes in figure.axes if not hasattr(axes, "_colorbar") and not hasattr(axes, "is_twin")]
    return [_panel(axes, figure, x0, top) for axes in main]


def _panel(axes: Any, figure: Figure, x0: float, top: float) -> KnownPanel:
    titles = [axes.get_title(loc) for loc in ("left", "center", "right")]
    panel = KnownPanel(
        title=_plain(" ".join(title for title in titles if title)),
        x=_known(axes, "x", x0, top),
        y=_known(axes, "y", x0, top),
    )
    for other in figure.axes:
        if getattr(other, "is_twin", None) == (axes, "right"):
            panel.right = _known(other, "y", x0, top)
        if getattr(other, "is_twin", None) == (axes, "top"):
            panel.top = _known(other, "x", x0, top)
        if hasattr(other, "_colorbar") and getattr(other._colorbar.mappable, "axes", None) is axes:
            panel.bar = _known(other, "y", x0, top)
            box = other.get_window_extent()
            panel.bar_box = (box.x0 - x0, top - box.y1, box.x1 - x0, top - box.y0)
    legend = axes.get_legend() or next(
        (o.get_legend() for o in figure.axes if getattr(o, "is_twin", None) and o.get_legend()), None
    )
    legend = legend or (figure.legends[0] if figure.legends and axes is figure.axes[0] else None)
    if legend is not None:
        panel.legend = tuple(_plain(text.get_text()) for text in legend.get_texts())
        panel.legend_title = _plain(legend.get_title().get_text())
        panel.colours = {
            name: colour
            for name, handle in zip(panel.legend, legend.legend_handles, strict=False)
            if (colour := _colour(handle))
        }
    return panel


def _colour(handle: Any) -> tuple[int, int, int] | None:
    for getter in ("get_facecolor", "get_color"):
        try:
            rgb = to_rgb(
                np.atleast_2d(getattr(handle, getter)())[0] if getter == "get_facecolor" else handle.get_color()
            )
        except (AttributeError, ValueError, IndexError):
            continue
        if getter == "get_color" or handle.get_alpha() in (None, 1):
            return tuple(round(255 * channel) for channel in rgb)  # type: ignore[return-value]
    return None


def _known(axes: Any, which: str, x0: float, top: float) -> Known:
    axis = getattr(axes, f"{which}axis")

    def pixel(value: float) -> float:
        place = axes.transData.transform((value, value))
        return float(place[0] - x0 - 0.5 if which == "x" else top - place[1] - 0.5)

    low, high = axis.get_view_interval()
    ticks, names = [], []
    for tick in axis.get_major_ticks():
        place, text = tick.get_loc(), (tick.label1 if tick.label1.get_visible() else tick.label2)
        inside = min(low, high) - 1e-9 <= place <= max(low, high) + abs(high - low) * 1e-9
        if inside and text.get_visible() and text.get_text().strip():
            ticks.append(_plain(text.get_text()))
            names.append((_plain(text.get_text()), pixel(place)))
    scale = {"linear": "linear", "log": "log"}.get(axis.get_scale(), "other")
    # matplotlib before 3.10 has the attribute alone.
    converter = axis.get_converter() if hasattr(axis, "get_converter") else axis.converter
    if isinstance(converter, mdates._SwitchableDateConverter | mdates.DateConverter):
        scale = "date"
    elif any(not _number(tick) for tick in ticks) and scale == "linear":
        scale = "labels"
    return Known(
        label=_plain(axis.get_label_text()) if axis.get_label().get_visible() else "",
        scale=scale if ticks else "none",
        ticks=tuple(ticks),
        ends=((float(low), pixel(low)), (float(high), pixel(high))),
        offset=_plain(axis.get_offset_text().get_text()),
        names=tuple(names),
    )


def _number(text: str) -> bool:
    try:
        float(text.replace(",", "").replace("%", "").replace("k", "").replace("$", "").replace("M", ""))
    except ValueError:
        return "10^" in text
    return True


# --- parts of figures -------------------------------------------------------------------------------------------


def words(r: random.Random, low: int = 2, high: int = 4) -> str:
    return " ".join(r.sample(WORDS, r.randint(low, high))).capitalize()


def label(r: random.Random) -> str:
    name = r.choice(WORDS).capitalize()
    return r.choice((f"{name} ({r.choice(UNITS)})", f"{name} [{r.choice(UNITS)}]", name, words(r, 2, 2)))


def names(r: random.Random, count: int) -> list[str]:
    return r.sample(NAMES, count)


def decorate(axes: Any, r: random.Random, legend: bool = False) -> None:
    if r.random() < 0.8:
        title = words(r)
        if r.random() < 0.25:
            title += f"\nin {words(r, 1, 2)} {r.choice(('trials', '2021', 'by region'))}"
        axes.set_title(title, loc=r.choice(("center", "center", "left", "right")))
    if r.random() < 0.85:
        axes.set_xlabel(label(r))
    if r.random() < 0.85:
        axes.set_ylabel(label(r))
    if legend:
        add_legend(axes, r)


def add_legend(axes: Any, r: random.Random) -> None:
    count = len(axes.get_legend_handles_labels()[1])
    where = r.choice(("best", "upper right", "upper left", "lower right", "outside", "below", "best", "above"))
    title = r.choice(("", "", words(r, 1, 1)))
    options: dict[str, Any] = {"title": title or None}
    if where == "outside":
        axes.legend(bbox_to_anchor=(1.02, 1), loc="upper left", **options)
        axes.figure.tight_layout()
    elif where == "below":
        axes.legend(bbox_to_anchor=(0.5, -0.2), loc="upper center", ncols=count, **options)
        axes.figure.tight_layout()
    elif where == "above" and not any(axes.get_title(loc) for loc in ("left", "center", "right")):
        axes.legend(bbox_to_anchor=(0.5, 1.02), loc="lower center", ncols=count, **options)
    else:
        place = where if where not in ("above",) else "best"
        framed = r.choice((True, True, False))
        axes.legend(loc=place, frameon=framed, markerfirst=r.random() > 0.12, ncols=r.choice((1, 1, 2)), **options)


def curve(r: random.Random, count: int, low: float, high: float) -> Any:
    steps = np.random.default_rng(r.randrange(10**6)).normal(size=count).cumsum()
    steps = (steps - steps.min()) / max(float(np.ptp(steps)), 1e-9)
    return low + (high - low) * steps


def scale_of(r: random.Random) -> tuple[float, float]:
    low = r.choice((0.0, r.uniform(-50, 100), r.uniform(0, 3)))
    return low, low + 10 ** r.uniform(-0.5, 4)


# --- kinds of figures -------------------------------------------------------------------------------------------


@kind
def lines(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    x0, x1 = scale_of(r)
    low, high = scale_of(r)
    count = r.randint(2, 5)
    for name in names(r, count):
        style = r.choice(("-", "-", "--", ":", "-."))
        axes.plot(np.linspace(x0, x1, 30), curve(r, 30, low, high), style, marker=r.choice(("", "", "o")), label=name)
    decorate(axes, r, legend=True)


@kind
def loglog(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    x = np.logspace(r.randint(-3, 0), r.randint(2, 5), 12)
    for name in names(r, r.randint(1, 3)):
        axes.loglog(x, x ** r.uniform(0.5, 1.8) * 10 ** r.uniform(-2, 2), marker="o", label=name)
    decorate(axes, r, legend=r.random() < 0.7)


@kind
def semilogy(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    x = np.linspace(0, r.uniform(5, 500), 30)
    for name in names(r, r.randint(1, 3)):
        axes.semilogy(x, 10 ** curve(r, 30, r.uniform(-4, 0), r.uniform(2, 6)), label=name)
    decorate(axes, r, legend=r.random() < 0.7)


@kind
def bars(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    count = r.randint(3, 7)
    bars = axes.bar(names(r, count), [round(r.uniform(5, 90), 1) for _ in range(count)], color=r.choice((None, "teal")))
    if r.random() < 0.6:
        axes.bar_label(bars, fontweight=r.choice(("bold", "normal")), fontsize=r.choice((7, 9)))
    axes.tick_params(axis="x", rotation=r.choice((0, 30, 45, 90)))
    if r.random() < 0.5:
        figure.tight_layout()
    decorate(axes, r)


@kind
def year_bars(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    first, count = r.randint(1990, 2010), r.randint(6, 16)
    bars = axes.bar(range(first, first + count), np.linspace(r.uniform(10, 40), r.uniform(10, 40), count).round(1))
    axes.bar_label(bars, fontweight="bold", fontsize=7)
    decorate(axes, r)


@kind
def barh(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    count = r.randint(3, 8)
    rows = [f"{name} {r.choice(WORDS)}" if r.random() < 0.3 else name for name in names(r, count)]
    bars = axes.barh(rows, [round(r.uniform(5, 4000)) for _ in range(count)])
    if r.random() < 0.6:
        axes.bar_label(bars, padding=3)
    decorate(axes, r)
    figure.tight_layout()


@kind
def statista(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    count = r.randint(4, 9)
    rows = [f"{name.title()} {r.choice(WORDS).title()}" for name in names(r, count)]
    values = sorted(round(r.uniform(500, 9000)) for _ in range(count))
    bars = axes.barh(rows, values, color="#2f69bf")
    axes.bar_label(bars, [f"{value:,}".replace(",", " ") for value in values], padding=3, fontweight="bold")
    axes.spines[["top", "right", "left", "bottom"]].set_visible(False)
    axes.grid(axis="x", color="0.85", linestyle=":")
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.set_xlabel(label(r))
    figure.tight_layout()


@kind
def grouped(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    groups, series = names(r, 4), r.sample(WORDS, r.randint(2, 3))
    for number, name in enumerate(series):
        bars = axes.bar(np.arange(4) + 0.25 * number, [r.uniform(2, 60) for _ in groups], 0.25, label=name)
        if r.random() < 0.4:
            axes.bar_label(bars, fmt="%.0f", fontsize=7)
    axes.set_xticks(np.arange(4) + 0.12, groups)
    decorate(axes, r, legend=True)


@kind
def histogram(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    data = np.random.default_rng(r.randrange(10**6)).normal(r.uniform(100, 400), r.uniform(20, 90), 500)
    axes.hist(data, bins=r.randint(8, 25), range=r.choice((None, (0, 800))))
    decorate(axes, r)


@kind
def scatter(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    for name in names(r, r.randint(2, 3)):
        x, y = np.random.default_rng(r.randrange(10**6)).normal(size=(2, 25))
        axes.scatter(x * 10, y, marker=r.choice("os^D"), label=name)
    decorate(axes, r, legend=True)


@kind
def errorbars(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    for name in ("mean ± s.d.", *names(r, r.randint(0, 2))):
        axes.errorbar(
            range(8),
            curve(r, 8, 0, 50),
            yerr=r.uniform(1, 6),
            fmt=r.choice(("o", "s-", "none", "-o")),
            capsize=3,
            label=name,
        )
    decorate(axes, r, legend=True)


@kind
def twin(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    x = np.linspace(0, 20, 30)
    axes.plot(x, curve(r, 30, *scale_of(r)), label="left", color="C0")
    decorate(axes, r)
    other = axes.twinx()
    other.is_twin = (axes, "right")  # type: ignore[attr-defined]
    other.plot(x, curve(r, 30, *scale_of(r)), color="C1")
    other.set_ylabel(label(r))
    other.grid(visible=False)


@kind
def top_axis(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    axes.plot(np.linspace(0, r.uniform(5, 300), 20), curve(r, 20, *scale_of(r)))
    axes.set_xlabel(label(r))
    axes.set_ylabel(label(r))
    other = axes.twiny()
    other.is_twin = (axes, "top")  # type: ignore[attr-defined]
    other.set_xlim(0, r.uniform(5, 300))
    other.set_xlabel(label(r))
    other.grid(visible=False)


@kind
def heat_map(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    data = np.random.default_rng(r.randrange(10**6)).uniform(0, 10 ** r.uniform(0, 3), (12, 16))
    picture = axes.imshow(data, aspect=r.choice(("auto", "equal")), cmap=r.choice(("viridis", "magma", "coolwarm")))
    axes.grid(visible=False)
    figure.colorbar(picture, ax=axes, label=label(r))
    decorate(axes, r)


@kind
def coloured_points(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    x, y, z = np.random.default_rng(r.randrange(10**6)).uniform(0, 60, size=(3, 40))
    figure.colorbar(axes.scatter(x, y, c=z), ax=axes, label=r.choice(("", label(r))))
    decorate(axes, r)


@kind
def dates(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    start = dt.date(r.randint(2005, 2024), r.randint(1, 12), 1)
    days = [start + dt.timedelta(days=round(r.choice((1.0, 7.0, 30.0)) * step)) for step in range(40)]
    axes.plot(sorted(days), curve(r, 40, *scale_of(r)))  # type: ignore[arg-type]
    form = r.choice(("", "concise", "%Y-%m-%d", "%b %Y", "%d %b", "%b %d"))
    if form == "concise":
        axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    elif form:
        axes.xaxis.set_major_formatter(mdates.DateFormatter(form))
    decorate(axes, r)
    if r.random() < 0.7 and form != "concise":
        figure.autofmt_xdate()


@kind
def offset(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    power = r.choice((6, 7, 9, -5, -6, 8))
    axes.plot(np.linspace(0, 10, 20), curve(r, 20, 0, r.uniform(2, 9)) * 10.0**power)
    if r.random() < 0.4:
        axes.ticklabel_format(useMathText=True)
    decorate(axes, r)


@kind
def offset_below(figure: Figure, r: random.Random) -> None:
    axes = figure.add_subplot()
    power = r.choice((6, 7, 9, -5, -6, 8))
    axes.plot(np.linspace(0, r.uniform(2, 9), 20) * 10.0**power, curve(r, 20, *scale_of(r)))
    if r.random() < 0.4:
        axes.ticklabel_format(useMathText=True)
    decorate(axes, r)


@kind
def panels(figure: Figure, r: random.Random) -> None:
    rows, columns = r.choice(((1, 2), (2, 1), (2, 2), (1, 3)))
    figure.set_size_inches(4.2 * columns, 3.2 * rows)
    shared = r.choice(("none", "none", "all"))
    grid = figure.subplots(rows, columns, squeeze=False, sharex=shared == "all", sharey=shared == "all")
    for axes in grid.flat:
        axes.plot(np.linspace(0, 10, 20), curve(r, 20, *scale_of(r)))
        axes.set_title(words(r, 1, 2))
        if r.random() < 0.6 and shared == "none":
            axes.set_xlabel(label(r))
    if r.random() < 0.5:
        figure.suptitle(words(r, 2, 3))
    figure.tight_layout()


@kind
def heading(figure: Figure, r: random.Random) -> None:
    text = words(r, 3, 4)
    axes = figure.add_subplot()
    axes.set_position((0.13, 0.14, 0.62, 0.68))
    figure.text(0.02, 0.94, text, fontsize=15)
    figure.heading = text  # type: ignore[attr-defined]
    axes.set_facecolor("#E5ECF6")
    axes.grid(color="white")
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    for name in names(r, r.randint(2, 4)):
        axes.plot(range(20), curve(r, 20, 0, 100), label=name)
    axes.legend(bbox_to_anchor=(1.02, 1), loc="upper left", frameon=False, title=r.choice(("", words(r, 1, 1))))
    axes.set_xlabel(label(r))
    axes.set_ylabel(label(r))


@kind
def behind(figure: Figure, r: random.Random) -> None:
    """Curves run behind the legend."""
    axes = figure.add_subplot()
    for name in names(r, r.randint(2, 4)):
        axes.plot(range(50), curve(r, 50, 0, 100), label=name)
    decorate(axes, r)
    axes.legend(loc=r.choice(("upper right", "center", "upper left", "lower right")))


@kind
def seaborn_theme(figure: Figure, r: random.Random) -> None:
    import seaborn as sns  # type: ignore[import-untyped]

    style, context = r.choice(("darkgrid", "whitegrid", "white", "ticks", "dark")), r.choice(("notebook", "talk"))
    with sns.axes_style(style), sns.plotting_context(context):
        axes = figure.add_subplot()
        data = {"value": [], "group": [], "step": []}  # type: dict[str, list[Any]]
        for name in names(r, 3):
            data["value"] += list(curve(r, 15, 0, r.uniform(5, 80)))
            data["group"] += [name] * 15
            data["step"] += list(range(15))
        if r.random() < 0.5:
            sns.lineplot(data=data, x="step", y="value", hue="group", ax=axes)
        else:
            sns.scatterplot(data=data, x="step", y="value", hue="group", style="group", ax=axes)
        axes.set_title(words(r))
        figure.tight_layout()


@kind
def pandas_plot(figure: Figure, r: random.Random) -> None:
    import pandas as pd  # type: ignore[import-untyped]

    axes = figure.add_subplot()
    columns = names(r, 3)
    frame = pd.DataFrame({name: curve(r, 6, 1, 50) for name in columns}, index=[f"Q{n}" for n in range(1, 7)])
    frame.plot(ax=axes, kind=r.choice(("line", "bar", "barh", "area")), title=words(r), ylabel=label(r))
    figure.tight_layout()


@kind
def formatted(figure: Figure, r: random.Random) -> None:
    from matplotlib.ticker import FuncFormatter

    axes = figure.add_subplot()
    axes.plot(np.linspace(0, 10, 20), curve(r, 20, 0, 10 ** r.uniform(1, 5)))
    form = r.choice(("{:,.0f}", "{:.0f}%", "${:,.0f}", "{:.2f}", "{:.0f} km"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: form.format(value)))
    if r.random() < 0.3:
        axes.invert_yaxis()
    decorate(axes, r)
