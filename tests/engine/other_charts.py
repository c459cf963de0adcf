"""Figures of seaborn, pandas and Altair with known data, for the tests of the reader.

`draw(library, kind, seed)` gives the same figure in every run.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

NAMES = ("plums", "pears", "apples", "figs", "limes", "grapes")
GROUPS = ("north", "south", "west")
TITLES = ("Harvest by fruit", "Yield of the orchard", "Deliveries in spring")


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChart:
    """A figure: its image, texts and series, each a mapping of places to values."""

    image: Image.Image
    title: str
    x_label: str
    y_label: str
    kind: str
    series: Mapping[str, Mapping[Any, float]]


Draw = Callable[[np.random.Generator], OtherChart]
CHARTS: dict[tuple[str, str], Draw] = {}


def chart(library: str, kind: str) -> Callable[[Draw], Draw]:
    def keep(function: Draw) -> Draw:
        CHARTS[library, kind] = function
        return function

    return keep


def draw(library: str, kind: str, seed: int) -> OtherChart:
    """Return a figure of a kind; each seed gives another one."""
    return CHARTS[library, kind](np.random.default_rng([seed, *map(ord, library + kind)]))


def _title(rng: np.random.Generator) -> str:
    return str(rng.choice(TITLES))


def _heights(rng: np.random.Generator, names: tuple[str, ...]) -> dict[str, float]:
    values = rng.choice(np.arange(8, 90), len(names), replace=False)
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _course(rng: np.random.Generator, count: int) -> list[float]:
    return [float(value) for value in np.round(40 + np.cumsum(rng.normal(0, 6, count)), 1)]


def picture_of(figure: Figure, dpi: int = 100) -> Image.Image:
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(dpi)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def _of_altair(picture: Any, scale: float = 2.0) -> Image.Image:
    import vl_convert

    png = vl_convert.vegalite_to_png(picture.to_json(), scale=scale)
    return Image.open(io.BytesIO(png)).convert("RGB")


# --- seaborn ----------------------------------------------------------------------------------------------------


@chart("seaborn", "bars")
def _seaborn_bars(rng: np.random.Generator) -> OtherChart:
    import seaborn as sns

    values, title = _heights(rng, NAMES), _title(rng)
    figure = Figure(figsize=(6.4, 4.4))
    axes = figure.add_subplot()
    table = pd.DataFrame({"fruit": list(values), "tonnes": list(values.values())})
    sns.barplot(table, x="fruit", y="tonnes", hue="fruit", legend=False, ax=axes, errorbar=None)
    for bars in axes.containers:
        axes.bar_label(bars)
    axes.set_title(title)
    sns.despine(figure)
    return OtherChart(
        image=picture_of(figure), title=title, x_label="fruit", y_label="tonnes", kind="bars", series={"": values}
    )


@chart("seaborn", "horizontal bars")
def _seaborn_horizontal(rng: np.random.Generator) -> OtherChart:
    import seaborn as sns

    values, title = _heights(rng, NAMES), _title(rng)
    figure = Figure(figsize=(6.4, 4.4), layout="tight")
    axes = figure.add_subplot()
    table = pd.DataFrame({"fruit": list(values), "tonnes": list(values.values())})
    sns.barplot(table, y="fruit", x="tonnes", color="#4c72b0", ax=axes, errorbar=None)
    axes.set_title(title, loc="left")
    sns.despine(figure, left=True)
    return OtherChart(
        image=picture_of(figure),
        title=title,
        x_label="tonnes",
        y_label="fruit",
        kind="horizontal bars",
        series={"": values},
    )


@chart("seaborn", "lines")
def _seaborn_lines(rng: np.random.Generator) -> OtherChart:
    import seaborn as sns

    title, years = _title(rng), list(range(2012, 2024))
    series = {name: dict(zip(years, _course(rng, len(years)), strict=True)) for name in GROUPS[:2]}
    table = pd.DataFrame(series).rename_axis("year")
    figure = Figure(figsize=(6.4, 4.4))
    axes = figure.add_subplot()
    sns.lineplot(table, ax=axes, dashes=False)
    axes.set_title(title)
    axes.set_ylabel("tonnes")
    axes.grid(visible=True, color="0.9")
    sns.despine(figure)
    return OtherChart(
        image=picture_of(figure), title=title, x_label="year", y_label="tonnes", kind="line", series=series
    )


# --- pandas -----------------------------------------------------------------------------------------------------


@chart("pandas", "grouped bars")
def _pandas_grouped(rng: np.random.Generator) -> OtherChart:
    title = _title(rng)
    series = {name: _heights(rng, NAMES[:4]) for name in GROUPS[:2]}
    figure = Figure(figsize=(7.0, 4.4), layout="tight")
    axes = figure.add_subplot()
    pd.DataFrame(series).plot.bar(ax=axes, rot=0, title=title, ylabel="tonnes")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return OtherChart(image=picture_of(figure), title=title, x_label="", y_label="tonnes", kind="bars", series=series)


@chart("pandas", "stacked bars")
def _pandas_stacked(rng: np.random.Generator) -> OtherChart:
    title = _title(rng)
    series = {name: _heights(rng, NAMES[:4]) for name in GROUPS}
    figure = Figure(figsize=(7.0, 4.4), layout="tight")
    axes = figure.add_subplot()
    pd.DataFrame(series).plot.bar(ax=axes, stacked=True, rot=45, title=title, ylabel="tonnes")
    for bars in axes.containers:
        axes.bar_label(bars, label_type="center", color="white")
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
    return OtherChart(
        image=picture_of(figure), title=title, x_label="", y_label="tonnes", kind="stacked bars", series=series
    )


@chart("pandas", "lines")
def _pandas_lines(rng: np.random.Generator) -> OtherChart:
    title = _title(rng)
    days = pd.date_range("2024-03-01", periods=12, freq="MS")
    series = {name: _course(rng, 12) for name in GROUPS[:2]}
    figure = Figure(figsize=(7.0, 4.4))
    axes = figure.add_subplot()
    pd.DataFrame(series, index=days).plot(ax=axes, title=title, ylabel="tonnes", grid=True)
    places = [str(day.date()) for day in days]
    return OtherChart(
        image=picture_of(figure),
        title=title,
        x_label="",
        y_label="tonnes",
        kind="line",
        series={name: dict(zip(places, values, strict=True)) for name, values in series.items()},
    )


# --- Altair -----------------------------------------------------------------------------------------------------


@chart("altair", "bars")
def _altair_bars(rng: np.random.Generator) -> OtherChart:
    import altair as alt

    values, title = _heights(rng, NAMES), _title(rng)
    table = pd.DataFrame({"fruit": list(values), "tonnes": list(values.values())})
    picture = (
        alt.Chart(table, title=title, width=360, height=260)
        .mark_bar()
        .encode(x=alt.X("fruit", sort=None, axis=alt.Axis(labelAngle=0)), y="tonnes")
    )
    return OtherChart(
        image=_of_altair(picture), title=title, x_label="fruit", y_label="tonnes", kind="bars", series={"": values}
    )


@chart("altair", "horizontal bars")
def _altair_horizontal(rng: np.random.Generator) -> OtherChart:
    import altair as alt

    values, title = _heights(rng, NAMES), _title(rng)
    table = pd.DataFrame({"fruit": list(values), "tonnes": list(values.values())})
    base = alt.Chart(table, title=title, width=360, height=220).encode(x="tonnes", y=alt.Y("fruit", sort=None))
    picture = base.mark_bar() + base.mark_text(align="left", dx=3).encode(text="tonnes")
    return OtherChart(
        image=_of_altair(picture),
        title=title,
        x_label="tonnes",
        y_label="fruit",
        kind="horizontal bars",
        series={"": values},
    )


@chart("altair", "lines")
def _altair_lines(rng: np.random.Generator) -> OtherChart:
    import altair as alt

    title, years = _title(rng), list(range(2012, 2024))
    series = {name: dict(zip(years, _course(rng, len(years)), strict=True)) for name in GROUPS[:2]}
    table = pd.DataFrame(series).rename_axis("year").reset_index().melt("year", var_name="coast", value_name="tonnes")
    picture = (
        alt.Chart(table, title=title, width=400, height=260)
        .mark_line()
        .encode(
            x=alt.X("year", axis=alt.Axis(format="d"), scale=alt.Scale(zero=False)),
            y=alt.Y("tonnes", scale=alt.Scale(zero=False)),
            color="coast",
        )
    )
    return OtherChart(
        image=_of_altair(picture), title=title, x_label="year", y_label="tonnes", kind="line", series=series
    )
