"""Charts from the facts of a figure object, whose numbers are exact."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from vision_magic.engine.chart.data import (
    BARS,
    FLAT,
    STACKED,
    Chart,
    ChartAxis,
    ChartPanel,
    Kind,
    Place,
    Scale,
    Series,
    Steps,
    Summary,
    WhyNot,
)
from vision_magic.engine.chart.mathtext import without_markup
from vision_magic.engine.chart.plot import LegendEntry
from vision_magic.engine.chart.sequences import with_skipped
from vision_magic.engine.pixels import RGB
from vision_magic.images.figure_facts.values import AxesFacts, AxisFacts, Facts, SeriesFacts, Summary as SummaryFacts

__all__ = ["chart_of_facts", "is_complete"]

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("reference line", "reference line"),
    ("line segments", "other"),
    ("line", "line"),
    ("trail", "line"),
    ("steps", "step"),
    ("points", "points"),
    ("point", "points"),
    ("circle", "points"),
    ("square", "points"),
    ("tick", "points"),
    ("histogram", "histogram"),
    ("stairs", "histogram"),
    ("bar", "bars"),
    ("filled area", "area"),
    ("area", "area"),
    ("stems", "stems"),
    ("pie", "pie"),
    ("funnelarea", "pie"),
    ("image", "heat map"),
    ("coloured grid", "heat map"),
    ("heatmap", "heat map"),
    ("rect", "heat map"),
    ("box", "box plot"),
    ("violin", "violins"),
    ("contour", "contours"),
    ("hexagons", "hexagons"),
    ("arrows", "arrows"),
    ("wind barbs", "arrows"),
    ("faces", "surface"),
    ("surface", "surface"),
)
"""How kinds in facts begin, and the kind of the series."""

_SCALES: Final[dict[str, Scale]] = {
    "linear": "linear",
    "log": "log",
    "date": "date",
    "categories": "categories",
    "": "none",
}
_STEPS: Final = re.compile(r"steps,? (pre|mid|post)\b")
_SHAPES: Final[tuple[Kind, ...]] = ("violins", "arrows", "surface")
_COLOUR_BAR: Final = re.compile(r"colour bar “(.+)”$")
_AT: Final = re.compile(r"reference line at ([xy]) = (\S+)")


def chart_of_facts(facts: Facts) -> Chart:
    """Return the data that a figure object holds, its texts without markup; series without numbers say so."""
    plain: Facts = _without_markup(facts)
    facts = plain
    merged = {id(twin) for number in range(1, len(facts.axes) + 1) if (twin := _right_of(number, facts)) is not None}
    return Chart(
        title=facts.title,
        panels=tuple(
            _panel(axes, _right_of(number, facts))
            for number, axes in enumerate(facts.axes, 1)
            if not axes.role.startswith("secondary ") and id(axes) not in merged
        ),
    )


def _without_markup(value: Any) -> Any:
    """Return facts with all of their texts without the markup of formulas."""
    made: Any = value
    if isinstance(value, str):
        made = without_markup(value)
    elif isinstance(value, tuple):
        made = tuple(map(_without_markup, value)) if value and not isinstance(value[0], float | int) else value
    elif is_dataclass(value) and not isinstance(value, type):
        found = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        changed = {
            name: plain for name, old in found.items() if (plain := _without_markup(old)) is not old and plain != old
        }
        made = replace(value, **changed) if changed else value
    return made


def _right_of(number: int, facts: Facts) -> AxesFacts | None:
    """Return the axes that share x with others and have a y axis on their right; None if there are none, or several."""
    twins = [axes for axes in facts.axes if axes.role == f"twin of axes {number}"]
    return twins[0] if len(twins) == 1 and twins[0].x is None and twins[0].y is not None else None


def is_complete(facts: Facts) -> bool:
    """Whether facts have all axes and series of their figure, so that they can be counted and compared."""
    return bool(facts.axes) and not facts.left_out and not any(axes.unread for axes in facts.axes)


def _panel(axes: AxesFacts, twin: AxesFacts | None) -> ChartPanel:
    series, names = _series_in(axes), axes.legend
    right, legend_title = None, axes.legend_title
    if twin is not None:
        right, names = _axis(twin.y), (*names, *twin.legend)
        legend_title = legend_title or twin.legend_title
        series = (*_called(series, _axis(axes.y)), *_called(_series_in(twin), right, right=True))
    return ChartPanel(
        title=axes.title,
        x=_with_names(_axis(axes.x), series),
        y=_axis(axes.y),
        right=right,
        colour_bar=_colour_bar(axes),
        series=series,
        legend=tuple(LegendEntry(text=name, rgb=_colour_of(name, series)) for name in dict.fromkeys(names)),
        legend_title=legend_title,
        notes=(*axes.notes, *(twin.notes if twin is not None else ())),
    )


def _series_in(axes: AxesFacts) -> tuple[Series, ...]:
    drawn = [_as_course(made, one, axes) for one in axes.series if not _is_band(one, axes) for made in _series(one)]
    return _in_groups(_at_ticks(_whole(_with_names_of_points(drawn, axes)), axes.x))


_COUNT: Final = re.compile(
    r"number|count|frequen|densit|share|fraction|proportion|probab|anzahl|häufigk|dichte|anteil|nombre|effectif|"
    r"fréquen|part\b|número|cantidad|frecuen|proporc|개수|빈도|비율|인원|명\b|数量|频|次数|人数|占比|比例",
    re.IGNORECASE,
)
"""Labels of how many there are in each bin of a histogram, or which part of all."""


def _as_course(drawn: Series, series: SeriesFacts, axes: AxesFacts) -> Series:
    """Return stairs of a quantity with a unit, such as power in kW, as steps; those of counts are a histogram."""
    label = axes.y.label if axes.y is not None else ""
    measured = axes.y is not None and bool(axes.y.unit) and _COUNT.search(label) is None
    if series.kind != "stairs" or not measured or not drawn.extra.get("left"):
        return drawn
    left, right = drawn.extra["left"], drawn.extra["right"]
    return replace(drawn, kind="step", steps="post", x=left, extra={"right": right})


def _with_names_of_points(drawn: Sequence[Series], axes: AxesFacts) -> list[Series]:
    """Return series with the names of their points, each of which belongs to all series that have its point."""
    return [_with_names_at(one, axes.point_labels) if axes.point_labels else one for one in drawn]


def _with_names_at(series: Series, labels: Sequence[tuple[str, tuple[Any, Any]]]) -> Series:
    left: dict[tuple[Any, Any], list[str]] = {}
    for name, place in labels:
        left.setdefault(place, []).append(name)
    pairs = zip(series.x, series.y, strict=True)
    names = tuple(left[pair].pop(0) if left.get(pair) else "" for pair in pairs)
    return replace(series, names=names) if any(names) else series


def _in_groups(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Return bars that stand side by side around whole numbers at these numbers: 0.8 and 1.2 are both 1."""
    bars = [one for one in series if one.kind == "bars"]
    places = [[place for place in one.x if isinstance(place, float)] for one in bars]
    if len(bars) < 2 or any(len(known) != len(one.x) or not known for known, one in zip(places, bars, strict=True)):
        return series
    offsets = [{round(place - round(place), 6) for place in known} for known in places]
    alike = all(len(found) == 1 for found in offsets) and len({len(known) for known in places}) == 1
    shifts = [found.pop() for found in offsets] if alike else []
    if not shifts or len(set(shifts)) < len(shifts) or abs(sum(shifts)) > 1e-6 * len(shifts) or max(shifts) >= 0.5:
        return series
    return tuple(
        replace(one, x=tuple(float(round(float(place))) for place in one.x)) if one in bars else one for one in series
    )


def _called(series: Sequence[Series], axis: ChartAxis, *, right: bool = False) -> tuple[Series, ...]:
    """Return the series along one of two axes; the only one without a name has that of its axis."""
    name = (
        axis.label.removesuffix(f"({axis.unit})").removesuffix(f"（{axis.unit}）").strip() if len(series) == 1 else ""
    )
    return tuple(replace(one, name=one.name or name, right=right) for one in series)


def _at_ticks(series: Sequence[Series], axis: AxisFacts | None) -> tuple[Series, ...]:
    """Return series at the names of their places, as pandas draws lines over an index of names."""
    places = {place for one in series for place in one.x}
    names = _names_of(places, axis) if axis is not None and len(places) > 1 else {}
    if not names or any(one.kind != "line" for one in series):
        return tuple(series)
    return tuple(replace(one, x=tuple(names[place] for place in one.x)) for one in series)


def _names_of(places: Set[Place], axis: AxisFacts) -> dict[Place, str]:
    """Return the names of places whose ticks are texts; those of places without a tick tell between which they are.

    Only where a name stands at each place, or places are counted from 0, of which pandas labels every second or third.
    """
    texts = {place: text for place, text in axis.ticks if re.search(r"[^\W\d_]", text) and place in places}
    if len(texts) == len(places):
        return {place: text for place, text in texts.items() if place is not None}
    ticks = {place: text for place, text in texts.items() if isinstance(place, float)}
    if len(ticks) < 2 or places != set(map(float, range(len(places)))):
        return {}
    known = with_skipped(tuple(ticks.values()), tuple(ticks))
    names: dict[Place, str] = {float(round(place)): text for text, place in known}
    return {place: names.get(place) or _between(float(place), ticks) for place in places}


def _with_names(axis: ChartAxis, series: Sequence[Series]) -> ChartAxis:
    """Return an axis of numbers as one of categories if all that is drawn along it stands at names."""
    places = list(dict.fromkeys(place for one in series for place in one.x))
    names = tuple(place for place in places if isinstance(place, str))
    if axis.scale != "linear" or len(names) < max(len(places), 1) or any(one.kind != "line" for one in series):
        return axis
    return replace(axis, scale="categories", limits=None, categories=names)


def _between(place: float, ticks: Mapping[float, str]) -> str:
    """Return a name for a place without one: those of the ticks on both sides, with a dot for each step."""
    before = max((tick for tick in ticks if tick < place), default=-math.inf)
    after = min((tick for tick in ticks if tick > place), default=math.inf)
    dots = "…" * round(place - before if before in ticks else after - place)
    return f"{ticks.get(before, '')} {dots} {ticks.get(after, '')}"


def _colour_bar(axes: AxesFacts) -> ChartAxis | None:
    """Return the colour bar that the kind of a series names."""
    label = next((found[1] for one in axes.series if (found := _COLOUR_BAR.search(one.kind)) is not None), "")
    if not label:
        return None
    unit = re.search(r"[(（\[]([^)）\]]+)[)）\]]$", label)
    return ChartAxis(label=label, unit=unit[1] if unit else "")


def _colour_of(name: str, series: Sequence[Series]) -> RGB | None:
    return next((one.rgb for one in series if one.name == name), None)


def _whole(series: Sequence[Series]) -> tuple[Series, ...]:
    """Return series as people see them: bars of one place as a stack, and shapes without numbers as one.

    The lowest bars of stacks begin at zero, as others do. One bar at each place may float, but is not stacked.
    """
    stacked = {place for one in series if one.kind in STACKED for place in one.x}
    several = sum(1 for one in series if stacked & set(one.x)) > 1
    upright: Kind = "stacked bars" if several else "bars"
    flat: Kind = "stacked horizontal bars" if several else "horizontal bars"
    made = [
        replace(one, kind=flat if one.kind in FLAT else upright) if one.kind in BARS and stacked & set(one.x) else one
        for one in series
    ]
    first = {(one.kind, one.name): number for number, one in reversed(list(enumerate(made))) if not one.x}
    return tuple(
        one for number, one in enumerate(made) if one.kind not in _SHAPES or number == first[one.kind, one.name]
    )


_UNIT_NAMES: Final = (
    "kWh MWh GWh TWh Wh kW MW GW W °C °F K mm cm m km kg g t l hl ml ha km² km/h m/s mph Hz kHz MHz GHz "
    "hPa kPa MPa bar mmHg V A dB ppm ppb kcal kJ ms s min h € $ £ k€ M€ k$ % GB MB TB mg/l µg/m³ Mt kt Gt mol nM µM mM "
)
_UNITS: Final = frozenset(_UNIT_NAMES.split())
"""Labels that are nothing but a unit."""


def _is_unit(label: str) -> bool:
    """Return whether a label is nothing but a unit, with what it is one of if that is a formula: "Mt CO₂"."""
    unit, _, substance = label.partition(" ")
    return unit in _UNITS and re.fullmatch(r"(?:(?:[A-Z][a-z]?)[₀-₉]*)*(?:-?eq\.?)?", substance) is not None


_NO_UNIT: Final = re.compile(
    r"\d.*[^\W\d_]{3}|(?:the )?(?:number|count|total|amount|anzahl|menge|stückzahl|nombre|effectif|número|cantidad|"
    r"개수|수량|数量|个数|(?-i:n))",
    re.IGNORECASE,
)
"""What stands in brackets behind a label and is no unit: "(first 7 days)", "(number)"."""


def _axis(axis: AxisFacts | None) -> ChartAxis:
    if axis is None:
        return ChartAxis()
    unit = "" if _NO_UNIT.fullmatch(axis.unit) else axis.unit
    return ChartAxis(
        label=axis.label,
        unit=unit or (axis.label if _is_unit(axis.label) else ""),
        scale=_SCALES.get(axis.scale, "other"),
        limits=axis.limits,
        categories=axis.names,
    )


# --- series -----------------------------------------------------------------------------------------------------


def _is_band(series: SeriesFacts, axes: AxesFacts) -> bool:
    """Whether an area surrounds a line of its colour, and is not a series of its own."""
    area = series.kind == "filled area" and not series.count and series.colour
    lines = [one for one in axes.series if one.kind == "line" and one.colour == series.colour]
    return bool(area) and any(not series.name or one.errors for one in lines)


def _series(series: SeriesFacts) -> Iterator[Series]:
    """Yield a series of facts as a series of the chart; a heat map as one for each row."""
    kind = _kind_of(series)
    if series.rows:
        for place, values in series.rows:
            yield _made(series, kind, series.columns, values, name=_row_name(place))
        return
    if series.boxes:
        yield _boxes(series, kind)
        return
    x, y, extra = _points(series, kind)
    known = None if x else _known(series, kind)
    has_numbers = bool(x) or known is not None or kind == "reference line"
    yield _made(series, kind, x, y, known=known, extra=extra, why_not="" if has_numbers else WhyNot.NO_NUMBERS)


def _boxes(series: SeriesFacts, kind: Kind) -> Series:
    numbers = [[math.nan if value is None else value for value in values] for _, values in series.boxes]
    low, q1, median, q3, high = (tuple(column) for column in zip(*numbers, strict=True))
    extra = {"q1": q1, "q3": q3, "whisker_low": low, "whisker_high": high}
    places = [place for place, _ in series.boxes]
    far = [(value, float(places.index(at))) for at, values in series.outliers if at in places for value in values]
    if far:
        extra["outliers"] = tuple(math.nan if value is None else value for value, _ in far)
        extra["outlier_of"] = tuple(number for _, number in far)
    return _made(series, kind, places, median, extra=extra)


def _row_name(place: Any) -> str:
    return f"{place:g}" if isinstance(place, float) else "" if place is None else str(place)


def _made(series: SeriesFacts, kind: Kind, x: Sequence[Any], y: Sequence[Any], **more: Any) -> Series:
    pairs = [(_plain(place), math.nan if value is None else value) for place, value in zip(x, y, strict=False)]
    why_not = more.pop("why_not", "")
    return Series(
        kind=kind,
        x=tuple(place for place, _ in pairs),
        y=tuple(float(value) for _, value in pairs),
        source="figure",
        sure=not why_not,
        why_not=why_not,
        rgb=_rgb(series.colour),
        steps=_steps(series, kind),
        **{"name": series.name or _only_place(series), **more},
    )


def _steps(series: SeriesFacts, kind: Kind) -> Steps:
    """Return where the values of a line or an area of steps hold."""
    found = _STEPS.search(series.kind) if kind in ("step", "area") else None
    steps: Steps = "" if found is None else found[1]  # type: ignore[assignment]
    return steps


def _only_place(series: SeriesFacts) -> str:
    """Return the only name along x of points that all stand at it, spread a little; empty for others."""
    at = {series.y.low_at, series.y.high_at} if series.y is not None and series.kind.startswith("points") else set()
    place = at.pop() if len(at) == 1 and series.x is None and not series.named else None
    return place if isinstance(place, str) else ""


def _plain(place: Any) -> Place:
    return math.nan if place is None else place


def _kind_of(series: SeriesFacts) -> Kind:
    kind: Kind = next((kind for begin, kind in _KINDS if series.kind.startswith(begin)), "other")
    if kind != "bars":
        return kind
    stacked = "stacked" in series.kind
    if _is_flat(series):
        return "stacked horizontal bars" if stacked else "horizontal bars"
    return "stacked bars" if stacked else "bars"


def _is_flat(series: SeriesFacts) -> bool:
    """Whether values run along the x axis."""
    return ", horizontal" in series.kind or (series.y is None and series.x is not None)


def _points(series: SeriesFacts, kind: Kind) -> tuple[Sequence[Any], Sequence[Any], dict[str, tuple[float, ...]]]:
    """Return the places and values of a series, as far as they are stated one by one, and what else they have."""
    if series.percent:
        names = (name or str(number) for number, (name, _) in enumerate(series.percent, 1))
        return list(names), [value for _, value in series.percent], {}
    if series.heights:
        return _bins(series)
    at = _AT.match(series.kind)
    if at is not None:
        return _reference(at[1], at[2])
    errors = {"error": tuple(math.nan if one is None else one for one in series.errors)} if series.errors else {}
    if series.named:
        return [name for name, _ in series.named], [value for _, value in series.named], errors
    flat = kind in FLAT
    pairs = [(y, x) if flat else (x, y) for x, y in series.points]
    numbers = all(isinstance(value, float | int | None) for _, value in pairs)
    if not numbers or any(place is None for place, _ in pairs):
        return [], [], {}
    return [place for place, _ in pairs], [value for _, value in pairs], errors


def _bins(series: SeriesFacts) -> tuple[Sequence[Any], Sequence[Any], dict[str, tuple[float, ...]]]:
    """Return the middles of the bins of a histogram and their heights; of times, their beginnings."""
    starts, ends = series.edges[:-1], series.edges[1:]
    if not all(isinstance(edge, float) for edge in series.edges):
        return starts, series.heights, {}
    near = 1e-9 * abs(float(series.edges[-1]) - float(series.edges[0]))  # type: ignore[arg-type]
    left, right = (
        tuple(0.0 if abs(edge) < near else edge for edge in edges if isinstance(edge, float))
        for edges in (starts, ends)
    )
    middles = [float(f"{(a + b) / 2:.12g}") for a, b in zip(left, right, strict=True)]
    return middles, series.heights, {"left": left, "right": right}


def _reference(axis: str, text: str) -> tuple[Sequence[Any], Sequence[Any], dict[str, tuple[float, ...]]]:
    try:
        return ([0.0], [float(text)], {}) if axis == "y" else ([float(text)], [math.nan], {})
    except ValueError:
        return [], [], {}


def _known(series: SeriesFacts, kind: Kind) -> Summary | None:
    """Return the statistics of a series whose values are not stated one by one."""
    flat = kind in FLAT or (kind == "histogram" and _is_flat(series))
    found = series.z if kind in ("heat map", "contours", "hexagons") else series.x if flat else series.y
    if found is None or not isinstance(found.low, float | int):
        return None
    places = series.y if flat else series.x
    return Summary(
        count=found.count,
        missing=found.missing,
        low=_number(found.low),
        high=_number(found.high),
        first=_number(found.first),
        last=_number(found.last),
        mean=found.mean,
        low_at=found.low_at,
        high_at=found.high_at,
        first_at=_end(places, found, "first"),
        last_at=_end(places, found, "last"),
    )


def _end(places: SummaryFacts | None, values: SummaryFacts, name: str) -> Place | None:
    """Return where the first or last value is; unknown if a value is missing, which may be at the end."""
    if places is None or places.missing or values.missing or places.count != values.count:
        return None
    found: Place | None = getattr(places, name)
    return found


def _number(value: float | str | None) -> float | None:
    return None if isinstance(value, str) else value


def _rgb(colour: str) -> tuple[int, int, int] | None:
    if re.fullmatch("#[0-9a-f]{6}", colour) is None:
        return None
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
