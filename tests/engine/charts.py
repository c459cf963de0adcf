"""Random matplotlib figures with known data, their true axes and calibrations: the reader's tests and benchmark.

`draw(kind, seed)` gives the same figure in every run. Seeds 0 to 999 are for development, 1000 to 1999 for tests.
"""

from __future__ import annotations

import datetime
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import matplotlib
import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from vision_magic.engine.chart.calibrate import Calibration
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.plot import Axis, LegendEntry, Panel, Plot
from vision_magic.engine.texts import Text

STYLES = (
    "default",
    "ggplot",
    "seaborn-v0_8",
    "dark_background",
    "classic",
    "bmh",
    "fivethirtyeight",
    "Solarize_Light2",
)
SIZES = ((6.4, 4.8), (5.0, 3.6), (8.0, 4.5), (4.5, 4.5), (10.0, 5.0))
NAMES = ("north", "south", "east", "west", "centre", "coast")
WORDS = ("plums", "pears", "apples", "figs", "dates", "limes", "kiwis", "grapes", "cherries", "quinces")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueSeries:
    """A series as it was drawn; `x`, `y` and `extra` as those of `vision_magic.engine.chart.data.Series`."""

    kind: str
    x: tuple[Any, ...]
    y: tuple[float, ...]
    name: str = ""
    rgb: tuple[int, int, int] = (0, 0, 0)
    extra: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A figure: its image, and what is true about it, so that no test of marks needs to read texts."""

    kind: str
    seed: int
    image: Image.Image
    panel: Panel
    texts: tuple[Text, ...]
    series: tuple[TrueSeries, ...]

    @property
    def plot(self) -> Plot | None:
        """The plot as a perfect reader of texts finds it; None for a pie, which has no axes."""
        return None if self.kind == "pie" else Plot(panels=(self.panel,))


Draw = Callable[[np.random.Generator, Any], list[TrueSeries]]
KINDS: dict[str, Draw] = {}


def kind(name: str) -> Callable[[Draw], Draw]:
    def add(draw: Draw) -> Draw:
        KINDS[name] = draw
        return draw

    return add


def draw(name: str, seed: int) -> Drawn:
    """Return a figure of a kind (a key of `KINDS`)."""
    rng = np.random.default_rng([seed, sorted(KINDS).index(name) if name in KINDS else 0])
    style = STYLES[int(rng.integers(len(STYLES)))]
    with matplotlib.style.context(style):
        figure = Figure(
            figsize=SIZES[int(rng.integers(len(SIZES)))],
            dpi=int(rng.choice([72, 80, 100, 120, 150])),
            layout="constrained",
        )
        canvas = FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        series = KINDS[name](rng, axes)
        if name not in {"pie", "heat map", "heat map printed"}:
            axes.set(title="A title", xlabel="Abscissa", ylabel="Ordinate (t)")
            if rng.random() < 0.2:
                axes.grid(True)
            if rng.random() < 0.2:
                axes.spines[["top", "right"]].set_visible(False)
        named = [one for one in series if one.name and one.kind != "heat map"]
        if named:
            axes.legend(loc="best")
        canvas.draw()
        image = Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3].copy())
        return Drawn(
            kind=name,
            seed=seed,
            image=image,
            panel=panel_of(figure, axes, named),
            texts=tuple(_texts(axes, image.height)),
            series=tuple(series),
        )


def panel_of(figure: Figure, axes: Any, named: list[TrueSeries]) -> Panel:
    """Return the axes of a drawn figure as a perfect reader of texts finds them."""
    box, height = axes.get_window_extent(), figure.canvas.get_width_height(physical=True)[1]
    frame = Frame(left=round(box.x0), right=round(box.x1), top=round(height - box.y1), bottom=round(height - box.y0))
    legend = axes.get_legend()
    return Panel(
        frame=frame,
        x=_axis(axes, "x", height),
        y=_axis(axes, "y", height),
        legend=tuple(LegendEntry(text=one.name, rgb=one.rgb) for one in named),
        legend_box=None if legend is None else _box(legend.get_window_extent(), height, grow=2),
        colour_bar=_colour_bar(figure, axes, height),
    )


def _box(extent: Any, height: int, grow: int = 0) -> tuple[int, int, int, int]:
    return (
        round(extent.x0) - grow,
        round(height - extent.y1) - grow,
        round(extent.x1) + grow,
        round(height - extent.y0) + grow,
    )


def _texts(axes: Any, height: int) -> list[Text]:
    """Return the texts inside the axes, as OCR would box them; of the legend, too."""
    legend = axes.get_legend()
    found = [*axes.texts, *(legend.get_texts() if legend is not None else [])]
    return [
        Text(text=one.get_text(), box=_box(one.get_window_extent(), height, grow=1)) for one in found if one.get_text()
    ]


def _axis(axes: Any, which: str, height: int) -> Axis:
    axis = axes.xaxis if which == "x" else axes.yaxis
    low, high = sorted(axis.get_view_interval())
    ticks = [
        (place, label.get_text())
        for place, label in zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
    ]
    ticks = [(float(place), text) for place, text in ticks if low <= place <= high and text]

    def pixel(value: float) -> float:
        x, y = axes.transData.transform((value, axes.get_ylim()[0]) if which == "x" else (axes.get_xlim()[0], value))
        return float(x - 0.5 if which == "x" else height - y - 0.5)

    texts, places = tuple(text for _, text in ticks), tuple(pixel(place) for place, _ in ticks)
    log = axis.get_scale() == "log"
    formatter = axis.get_major_formatter()
    date = isinstance(formatter, matplotlib.dates.AutoDateFormatter | matplotlib.dates.ConciseDateFormatter)
    if texts and not log and not date and not any(text.lstrip("−-$")[:1] in string.digits for text in texts):
        return Axis(ticks=texts, kind="labels", places=places)
    a, b = (np.log10(low), np.log10(high)) if log else (low, high)
    slope = (b - a) / (pixel(high) - pixel(low))
    calibration = Calibration(
        scale="log" if log else "date" if date else "linear",
        slope=slope,
        offset=a - slope * pixel(low),
        agreeing=5,
        labels=5,
        misfit=0.2,
    )
    return Axis(ticks=texts, kind="log" if log else "linear", places=places, calibration=calibration)


def _colour_bar(figure: Figure, axes: Any, height: int) -> Axis | None:
    others = [one for one in figure.axes if one is not axes]
    return _axis(others[0], "y", height) if others else None


def _rgb(colour: Any, alpha: float | None = None, ground: Any = None) -> tuple[int, int, int]:
    values = np.array(to_rgb(colour))
    if alpha is not None and alpha < 1:
        values = alpha * values + (1 - alpha) * np.array(to_rgb(ground))
    red, green, blue = np.rint(255 * values).astype(int).tolist()
    return red, green, blue


def _floats(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _course(rng: np.random.Generator, count: int) -> Any:
    """Return a random course: a walk, a wave, a trend, a growth or noise."""
    t = np.linspace(0, 1, count)
    shapes = (
        lambda: np.cumsum(rng.normal(size=count)),
        lambda: rng.uniform(1, 3) * np.sin(rng.uniform(3, 18) * t + rng.uniform(0, 6)),
        lambda: rng.uniform(-5, 5) * t + rng.normal(size=count) * 0.3,
        lambda: np.exp(rng.uniform(1, 3) * t),
        lambda: rng.normal(size=count),
        lambda: np.where(rng.random(count) < 0.06, rng.uniform(3, 6), 0) + rng.normal(size=count) * 0.1,
        lambda: np.full(count, rng.uniform(1, 5)) + 0.0 * t,
    )
    weights = np.array([4, 3, 3, 2, 2, 1, 0.5])
    scale = 10.0 ** rng.integers(-2, 5)
    return scale * shapes[int(rng.choice(len(shapes), p=weights / weights.sum()))]() + scale * rng.uniform(0, 6)


def _places(rng: np.random.Generator, count: int) -> Any:
    start, step = rng.choice([0, 1, 10, 1990, 2005]), rng.choice([0.1, 1, 1, 5])
    x = start + step * np.arange(count)
    if rng.random() < 0.25:
        x = np.sort(start + step * count * rng.random(count))
    return x.astype(float)


def _line(rng: np.random.Generator, axes: Any, *, what: str = "line", count: int = 0, **options: Any) -> TrueSeries:
    count = count or int(rng.choice([5, 8, 12, 20, 40, 80, 200]))
    x, y = options.pop("x", None), options.pop("y", None)
    x = _places(rng, count) if x is None else x
    y = _course(rng, len(x)) if y is None else y
    if rng.random() < 0.5:
        options.setdefault("linewidth", float(rng.uniform(0.8, 4)))
    line = axes.plot(x, y, **options)[0]
    label = options.get("label", "")
    return TrueSeries(kind=what, name=label, x=_floats(x), y=_floats(y), rgb=_rgb(line.get_color()))


@kind("line")
def _one_line(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    options = {"color": str(rng.choice(["black", "0.3", "navy", "crimson"]))} if rng.random() < 0.25 else {}
    return [_line(rng, axes, **options)]


@kind("line with gaps")
def _gaps(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([30, 60, 120]))
    y = _course(rng, count)
    start = int(rng.integers(5, count - 10))
    y[start : start + int(rng.integers(2, 6))] = np.nan
    return [_line(rng, axes, x=_places(rng, count), y=y)]


@kind("lines with legend")
def _lines(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([6, 10, 20, 60]))
    x = _places(rng, count)
    scale = 10.0 ** rng.integers(-1, 4)
    series = []
    for name in NAMES[: int(rng.integers(2, 6))]:
        y = scale * (rng.uniform(0, 4) + np.cumsum(rng.normal(size=count)) / np.sqrt(count) * 2)
        series.append(_line(rng, axes, x=x, y=y, label=name))
    return series


@kind("dashed")
def _dashed(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([6, 10, 20, 50]))
    x = _places(rng, count)
    names = NAMES[: int(rng.integers(1, 4))]
    styles = rng.permutation(["--", ":", "-."])
    return [
        _line(
            rng,
            axes,
            x=x,
            y=np.cumsum(rng.normal(size=count)) + 2 * k,
            linestyle=styles[k],
            label=name if len(names) > 1 else "",
        )
        for k, name in enumerate(names)
    ]


@kind("with markers")
def _marked(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([5, 8, 12, 20]))
    x = _places(rng, count)
    names = NAMES[: int(rng.integers(1, 4))]
    return [
        _line(
            rng,
            axes,
            x=x,
            y=_course(rng, count) if len(names) == 1 else rng.normal(size=count) + 4 * k,
            marker=str(rng.choice(["o", "s", "D", "^", "o", "o"])),
            markersize=float(rng.uniform(4, 9)),
            linewidth=float(rng.uniform(0.8, 2.2)),
            linestyle=str(rng.choice(["-", "-", "--"])),
            label=name if len(names) > 1 else "",
        )
        for k, name in enumerate(names)
    ]


@kind("step")
def _step(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    where = str(rng.choice(["post", "mid", "pre"]))
    count = int(rng.choice([6, 10, 20]))
    return [
        _line(rng, axes, what="step", x=_places(rng, count), y=rng.normal(size=count) * 5, drawstyle=f"steps-{where}")
    ]


@kind("log y")
def _log(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([6, 12, 30]))
    x = _places(rng, count)
    names = NAMES[: int(rng.integers(1, 4))]
    series = []
    for name in names:
        y = 10 ** (np.linspace(0, rng.uniform(1.5, 4), count) * rng.choice([-1, 1]) + rng.normal(size=count) * 0.1)
        series.append(_line(rng, axes, x=x, y=y, label=name if len(names) > 1 else ""))
    axes.set_yscale("log")
    return series


@kind("dates")
def _dates(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([12, 40, 150]))
    start = np.datetime64(datetime.date(int(rng.integers(1990, 2024)), int(rng.integers(1, 12)), 1))
    x = start + np.arange(count) * np.timedelta64(int(rng.choice([1, 7, 30])), "D")
    line = _line(rng, axes, x=matplotlib.dates.date2num(x), y=_course(rng, count))
    axes.xaxis_date()
    return [line]


@kind("reference line")
def _reference(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    series = [_line(rng, axes, label="north")]
    low, high = min(series[0].y), max(series[0].y)
    at = float(rng.uniform(low, high + 0.1 * (high - low) + 1e-3))
    line = axes.axhline(at, color="crimson", linestyle=str(rng.choice(["-", "--"])), label="limit")
    return [*series, TrueSeries(kind="reference line", name="limit", x=(0.0,), y=(at,), rgb=_rgb(line.get_color()))]


def _bar_options(rng: np.random.Generator) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if rng.random() < 0.25:
        options |= {"edgecolor": str(rng.choice(["black", "white"])), "linewidth": float(rng.uniform(0.5, 1.5))}
    if rng.random() < 0.1:
        options |= {"hatch": str(rng.choice(["//", "xx", ".."])), "edgecolor": "black"}
    return options


def _bars_of(bars: Any, what: str, x: Any, y: Any, name: str = "") -> TrueSeries:
    return TrueSeries(kind=what, name=name, x=tuple(x), y=_floats(y), rgb=_rgb(bars[0].get_facecolor()))


@kind("bars")
def _bars(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(2, 11))
    x: Any = WORDS[:count] if rng.random() < 0.6 else _floats(2000 + np.arange(count))
    y = rng.uniform(0, 1, count) * 10.0 ** rng.integers(0, 5)
    if rng.random() < 0.15:
        y[int(rng.integers(count))] = 0.0
    bars = axes.bar(x, y, width=float(rng.uniform(0.3, 0.95)), **_bar_options(rng))
    if rng.random() < 0.3:
        axes.bar_label(bars, fmt="%.3g")
    return [_bars_of(bars, "bars", x, y)]


@kind("negative bars")
def _negative(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(3, 11))
    y = rng.normal(size=count) * 10.0 ** rng.integers(0, 4)
    bars = axes.bar(WORDS[:count], y, **_bar_options(rng))
    if rng.random() < 0.5:
        axes.axhline(0, color="black", linewidth=0.8)
    return [_bars_of(bars, "bars", WORDS[:count], y)]


@kind("many bars")
def _many(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(20, 60))
    x, y = _floats(np.arange(count) + 1.0), rng.uniform(1, 9, count)
    return [_bars_of(axes.bar(x, y, width=float(rng.uniform(0.4, 0.8))), "bars", x, y)]


@kind("grouped")
def _grouped(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count, groups = int(rng.integers(3, 7)), int(rng.integers(2, 4))
    width, scale, options = 0.8 / groups, 10.0 ** rng.integers(0, 4), _bar_options(rng)
    series = []
    for k in range(groups):
        y = rng.uniform(0, 1, count) * scale
        bars = axes.bar(np.arange(count) + k * width, y, width, label=NAMES[k], **options)
        series.append(_bars_of(bars, "bars", WORDS[:count], y, NAMES[k]))
    axes.set_xticks(np.arange(count) + width * (groups - 1) / 2, WORDS[:count])
    return series


@kind("stacked")
def _stacked(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count, scale, options = int(rng.integers(3, 8)), 10.0 ** rng.integers(0, 4), _bar_options(rng)
    base = np.zeros(count)
    series = []
    for k in range(int(rng.integers(2, 5))):
        y = rng.uniform(0.05, 1, count) * scale
        bars = axes.bar(WORDS[:count], y, bottom=base, label=NAMES[k], **options)
        series.append(_bars_of(bars, "stacked bars", WORDS[:count], y, NAMES[k]))
        base += y
    return series


@kind("horizontal")
def _horizontal(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(3, 10))
    y = rng.uniform(0 if rng.random() < 0.8 else -1, 1, count) * 10.0 ** rng.integers(0, 5)
    bars = axes.barh(WORDS[:count], y, **_bar_options(rng))
    if rng.random() < 0.3:
        axes.bar_label(bars, fmt="%.3g")
    return [_bars_of(bars, "horizontal bars", WORDS[:count], y)]


def _sample(rng: np.random.Generator) -> Any:
    count = int(rng.choice([60, 200, 1000]))
    return rng.normal(50, 12, count) if rng.random() < 0.6 else rng.exponential(8, count)


@kind("histogram")
def _histogram(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    options = _bar_options(rng)
    y, edges, bars = axes.hist(_sample(rng), bins=int(rng.choice([8, 10, 15, 25])), **options)
    return [_bars_of(bars, "histogram", _floats((edges[1:] + edges[:-1]) / 2), y)]


@kind("histogram outline")
def _outline(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    y, edges, found = axes.hist(
        _sample(rng), bins=int(rng.choice([8, 12, 20])), histtype="step", linewidth=float(rng.uniform(1, 2.5))
    )
    return [
        TrueSeries(
            kind="histogram", x=_floats((edges[1:] + edges[:-1]) / 2), y=_floats(y), rgb=_rgb(found[0].get_edgecolor())
        )
    ]


def _cloud(rng: np.random.Generator, axes: Any, count: int, name: str = "") -> TrueSeries:
    x = rng.uniform(0, 10, count)
    y = rng.uniform(-1, 1) * x + rng.normal(size=count) * 2
    alpha = float(rng.choice([1, 1, 0.7]))
    size = float(rng.uniform(12, 60))
    dots = axes.scatter(x, y, s=size, alpha=alpha, marker=str(rng.choice(["o", "o", "s", "^"])), label=name or None)
    order = np.argsort(x)
    rgb = _rgb(dots.get_facecolor()[0], alpha, axes.get_facecolor())
    return TrueSeries(kind="points", name=name, x=_floats(x[order]), y=_floats(y[order]), rgb=rgb)


@kind("scatter")
def _scatter(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    return [_cloud(rng, axes, int(rng.choice([8, 15, 30, 60, 150])))]


@kind("scatter of groups")
def _groups(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    return [_cloud(rng, axes, int(rng.choice([8, 15, 30])), name) for name in NAMES[: int(rng.integers(2, 4))]]


@kind("error bars")
def _errors(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(5, 13))
    x, y = _places(rng, count), rng.uniform(2, 9, count)
    x = x[0] + (np.arange(count) * 1.0)
    error = rng.uniform(0.3, 1.2, count)
    line = str(rng.choice(["none", "-", "none"]))
    drawn = axes.errorbar(x, y, yerr=error, fmt="o", linestyle=line, capsize=float(rng.choice([0, 3, 5])))
    what = "points" if line == "none" else "line"
    return [
        TrueSeries(
            kind=what, x=_floats(x), y=_floats(y), extra={"error": _floats(error)}, rgb=_rgb(drawn[0].get_color())
        )
    ]


@kind("area")
def _area(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.choice([10, 30, 80]))
    x, y = _places(rng, count), np.abs(_course(rng, count))
    alpha = float(rng.choice([1, 0.5, 0.4]))
    area = axes.fill_between(x, y, alpha=alpha)
    rgb = _rgb(area.get_facecolor()[0], alpha, axes.get_facecolor())
    if rng.random() < 0.5:
        rgb = _rgb(axes.plot(x, y)[0].get_color())
    axes.set_ylim(bottom=0)
    return [TrueSeries(kind="area", x=_floats(x), y=_floats(y), rgb=rgb)]


@kind("stem")
def _stem(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(6, 25))
    x, y = np.arange(count) + 1.0, rng.normal(size=count) * 4 + float(rng.choice([0, 10]))
    drawn = axes.stem(x, y)
    return [TrueSeries(kind="stems", x=_floats(x), y=_floats(y), rgb=_rgb(drawn.markerline.get_color()))]


@kind("box plot")
def _boxes(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    names = list(WORDS[: int(rng.integers(2, 7))])
    data = [rng.normal(rng.uniform(20, 60), rng.uniform(3, 10), 60) for _ in names]
    filled = bool(rng.random() < 0.5)
    drawn = axes.boxplot(data, tick_labels=names, patch_artist=filled)
    extra = {
        "q1": _floats(np.quantile(values, 0.25) for values in data),
        "q3": _floats(np.quantile(values, 0.75) for values in data),
        "whisker_low": _floats(line.get_ydata()[1] for line in drawn["whiskers"][::2]),
        "whisker_high": _floats(line.get_ydata()[1] for line in drawn["whiskers"][1::2]),
    }
    return [TrueSeries(kind="box plot", x=tuple(names), y=_floats(np.median(values) for values in data), extra=extra)]


@kind("pie")
def _pie(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    count = int(rng.integers(2, 8))
    values = rng.uniform(0.5, 5, count)
    options: dict[str, Any] = {"autopct": "%.1f%%"} if rng.random() < 0.4 else {}
    if rng.random() < 0.3:
        options["wedgeprops"] = {"edgecolor": "white", "width": float(rng.choice([0.4, 1.0]))}
    axes.pie(values, labels=WORDS[:count], startangle=float(rng.choice([0, 90])), **options)
    return [TrueSeries(kind="pie", x=tuple(WORDS[:count]), y=_floats(100 * values / values.sum()))]


def _cells(rng: np.random.Generator, axes: Any) -> tuple[Any, Any, list[TrueSeries]]:
    rows, columns = int(rng.integers(3, 9)), int(rng.integers(3, 9))
    values = rng.uniform(0, 1, (rows, columns)) * 10.0 ** rng.integers(0, 3)
    cmap = str(rng.choice(["viridis", "plasma", "Blues", "magma", "coolwarm"]))
    picture = axes.imshow(values, cmap=cmap, aspect="auto", interpolation="nearest")
    axes.grid(False)
    axes.set_xticks(range(columns), WORDS[:columns])
    axes.set_yticks(range(rows), [f"{NAMES[row % 6]} {'ab'[row // 6]}" for row in range(rows)])
    names = [label.get_text() for label in axes.get_yticklabels()]
    series = [
        TrueSeries(kind="heat map", name=name, x=tuple(WORDS[:columns]), y=_floats(row))
        for name, row in zip(names, values, strict=True)
    ]
    return picture, values, series


@kind("heat map")
def _heat(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    picture, _, series = _cells(rng, axes)
    axes.figure.colorbar(picture)
    return series


@kind("heat map printed")
def _printed(rng: np.random.Generator, axes: Any) -> list[TrueSeries]:
    picture, values, series = _cells(rng, axes)
    for row, column in np.ndindex(values.shape):
        dark = sum(picture.to_rgba(values[row, column])[:3]) < 1.5
        text = f"{values[row, column]:.3g}"
        axes.text(column, row, text, ha="center", va="center", color="white" if dark else "black")
    return [replace(one, y=_floats(f"{value:.3g}" for value in row)) for one, row in zip(series, values, strict=True)]
