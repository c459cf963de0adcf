"""Coordinates along an axis: numbers, times of matplotlib and of pandas, and the names on the ticks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import dates
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator

import vision_magic as vm
from tests.images.figure_facts.plain import plain
from vision_magic.images.figure_facts.values import AxisFacts, SeriesFacts, Summary

TOKYO = ZoneInfo("Asia/Tokyo")
HOURS = [datetime.datetime(2024, 7, 1, 9, tzinfo=TOKYO) + datetime.timedelta(hours=hour) for hour in range(4)]


def axes(**more: Any) -> Any:
    return Figure(figsize=(4, 3), dpi=100).add_subplot(**more)


def x_axis(one: Any) -> AxisFacts:
    found = vm.facts(one).axes[0].x
    assert found is not None
    return found


def first_x(one: Any) -> Summary:
    found = vm.facts(one).axes[0].series[0].x
    assert found is not None
    return found


# --- F1: periods of pandas --------------------------------------------------------------------------------------

FREQUENCIES = {
    "2h": ("2024-02-05T09:00:00", "2024-02-05T17:00:00"),
    "h": ("2024-02-05T09:00:00", "2024-02-05T13:00:00"),
    "15min": ("2024-02-05T09:00:00", "2024-02-05T10:00:00"),
    "min": ("2024-02-05T09:00:00", "2024-02-05T09:04:00"),
    "s": ("2024-02-05T09:00:00", "2024-02-05T09:00:04"),
    "ms": ("2024-02-05T09:00:00", "2024-02-05T09:00:00.004000"),
    "D": ("2024-02-05", "2024-02-09"),
    "3D": ("2024-02-05", "2024-02-17"),
    "B": ("2024-02-05", "2024-02-09"),
    "W-SUN": ("2024-02-05/2024-02-11", "2024-03-04/2024-03-10"),
    "W-WED": ("2024-02-01/2024-02-07", "2024-02-29/2024-03-06"),
    "ME": ("2024-02", "2024-06"),
    "MS": ("2024-03", "2024-07"),
    "BME": ("2024-02", "2024-06"),
    "QE": ("2024Q1", "2025Q1"),
    "QS": ("2024Q2", "2025Q2"),
    "YE": ("2024", "2028"),
    "YE-MAR": ("2024", "2028"),
    "YS": ("2025", "2029"),
}
PERIODS = {"ME": "M", "MS": "M", "BME": "M", "QE": "Q", "QS": "Q", "YE": "Y", "YE-MAR": "Y-MAR", "YS": "Y"}


def regular(frequency: str) -> Any:
    """Return five times; those of a day or longer begin at midnight, without which pandas draws them as usual dates."""
    pandas = pytest.importorskip("pandas")
    within_a_day = "h" in frequency or "min" in frequency or frequency in ("s", "ms")
    start = "2024-02-05 09:00" if within_a_day else "2024-02-05"
    return pandas.date_range(start, periods=5, freq=frequency)


@pytest.mark.parametrize("frequency", list(FREQUENCIES))
@pytest.mark.parametrize("indexed", ["times", "periods"])
def test_f1_regular_times_of_pandas_have_their_dates(frequency: str, indexed: str) -> None:
    """pandas draws the ordinals of periods: hours since 1970, quarters since 1970 (pandas#26253)."""
    pandas = pytest.importorskip("pandas")
    index = regular(frequency)
    if indexed == "periods":
        if frequency == "B":
            # Tests make warnings errors; pandas has deprecated such periods.
            pytest.skip("pandas warns of periods of business days")
        if frequency in ("2h", "15min", "3D") and int(pandas.__version__.split(".")[0]) < 3:
            # The dates of the ticks are then right, and others than the ones that this test expects.
            pytest.skip("pandas 2 draws such periods at their end, with ticks that say so")
        index = index.to_period(PERIODS.get(frequency, frequency))
    one = axes()
    pandas.Series([1.0, 5, 2, 4, 3], index=index).plot(ax=one)
    found, (first, last) = first_x(one), FREQUENCIES[frequency]
    assert (found.low, found.high, found.first, found.last) == (first, last, first, last)
    assert x_axis(one).scale == "date"
    assert str(x_axis(one).limits[0]).startswith(first[:4])  # type: ignore[index]


@pytest.mark.parametrize("frequency", list(FREQUENCIES))
def test_f1_the_same_times_drawn_as_usual_dates(frequency: str) -> None:
    pandas = pytest.importorskip("pandas")
    index = regular(frequency)
    one = axes()
    pandas.Series(range(5), index=index).plot(ax=one, x_compat=True)
    first = index[0].isoformat().removesuffix("T00:00:00")
    assert first_x(one).first == first


def test_f1_a_frame_with_a_second_axis_and_shared_axes() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": [1, 2, 3], "b": [4, 5, 6]}, pandas.period_range("2024-01", periods=3, freq="M"))
    one = axes()
    table.plot(ax=one, secondary_y="b")
    assert [series.x.last for part in vm.facts(one).axes for series in part.series if series.x] == ["2024-03"] * 2
    figure = Figure()
    table.plot(ax=figure.subplots(2, sharex=True), subplots=True)
    assert [part.series[0].x.first for part in vm.facts(figure).axes if part.series[0].x] == ["2024-01"] * 2


def test_f1_a_formatter_of_ones_own_does_not_change_the_dates() -> None:
    pandas = pytest.importorskip("pandas")
    one = axes()
    pandas.Series(range(5), index=regular("h")).plot(ax=one)
    one.xaxis.set_major_formatter(dates.DateFormatter("%H:%M"))
    assert first_x(one).first == "2024-02-05T09:00:00"


@pytest.mark.parametrize(
    "index",
    [
        pytest.param(lambda pandas: pandas.timedelta_range("1h", periods=3, freq="h"), id="durations"),
        pytest.param(lambda pandas: [datetime.time(hour) for hour in (1, 2, 3)], id="times of day"),
    ],
)
def test_f1_seconds_and_nanoseconds_that_the_ticks_do_not_show_are_not_stated(index: Callable[[Any], Any]) -> None:
    pandas = pytest.importorskip("pandas")
    one = axes()
    pandas.Series([1, 2, 3], index=index(pandas)).plot(ax=one)
    found = vm.facts(one).axes[0]
    assert found.series[0].x is None
    assert found.x is not None
    assert found.x.limits is None
    assert found.series[0].y == Summary(count=3, low=1, high=3, first=1, last=3, mean=2)


# --- F2: zones --------------------------------------------------------------------------------------------------


def _plot_hours(one: Any) -> None:
    one.plot(HOURS, range(4))


@pytest.mark.parametrize(
    ("draw", "zone", "first"),
    [
        pytest.param(_plot_hours, "Asia/Tokyo", "2024-07-01T09:00:00+09:00", id="zoneinfo"),
        pytest.param(
            lambda one: one.plot([hour.astimezone(datetime.UTC) for hour in HOURS], range(4)),
            "UTC",
            "2024-07-01T00:00:00+00:00",
            id="utc",
        ),
        pytest.param(
            lambda one: one.plot(
                [hour.astimezone(datetime.timezone(datetime.timedelta(hours=5.5))) for hour in HOURS], range(4)
            ),
            "UTC+05:30",
            "2024-07-01T05:30:00+05:30",
            id="offset",
        ),
        pytest.param(
            lambda one: (one.plot(dates.date2num(HOURS), range(4)), one.xaxis_date("America/New_York")),
            "America/New_York",
            "2024-06-30T20:00:00-04:00",
            id="zone of the axis",
        ),
        pytest.param(
            lambda one: (_plot_hours(one), one.xaxis.set_major_formatter(dates.DateFormatter("%H:%M"))),
            "UTC",
            "2024-07-01T00:00:00+00:00",
            id="formatter without the zone",
        ),
        pytest.param(
            lambda one: (_plot_hours(one), one.xaxis.set_major_formatter(dates.DateFormatter("%H", tz="Europe/Rome"))),
            "Europe/Rome",
            "2024-07-01T02:00:00+02:00",
            id="formatter with another zone",
        ),
        pytest.param(lambda one: one.scatter(HOURS, range(4)), "Asia/Tokyo", "2024-07-01T09:00:00+09:00", id="points"),
        pytest.param(
            lambda one: one.bar(HOURS, range(1, 5), width=0.01), "Asia/Tokyo", "2024-07-01T09:00:00+09:00", id="bars"
        ),
        pytest.param(
            lambda one: one.errorbar(HOURS, range(4), yerr=1),
            "Asia/Tokyo",
            "2024-07-01T09:00:00+09:00",
            id="error bars",
        ),
        pytest.param(lambda one: one.stem(HOURS, range(4)), "Asia/Tokyo", "2024-07-01T09:00:00+09:00", id="stems"),
    ],
)
def test_f2_zoned_times_are_those_of_the_ticks_with_their_zone(draw: Any, zone: str, first: str) -> None:
    one = axes()
    draw(one)
    assert first_x(one).first == first
    limits = x_axis(one).limits
    assert limits is not None
    assert x_axis(one).scale == "date"
    assert x_axis(one).zone.startswith("UTC" if zone.startswith("UTC") else zone)
    assert str(limits[0])[-6:] == first[-6:]


def test_f2_the_ticks_show_what_the_facts_say() -> None:
    one = axes()
    one.plot(HOURS, range(4))
    one.set_xticks(HOURS[:1])
    one.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m-%dT%H:%M:%S%z", tz=TOKYO))
    FigureCanvasAgg(one.figure).draw()
    assert str(first_x(one).first).replace("+09:00", "+0900") == one.get_xticklabels()[0].get_text()


def test_f2_zoned_times_of_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    times = pandas.date_range("2024-07-01 09:00", periods=3, freq="h", tz="Europe/Berlin")
    one = axes()
    one.plot(times, [1, 2, 3])
    assert first_x(one).first == "2024-07-01T09:00:00+02:00"
    one = axes()
    pandas.Series([1, 2, 3], times).plot(ax=one)  # its ticks have the local times, without the zone
    assert first_x(one).first == "2024-07-01T09:00:00"


def test_f2_times_without_a_zone_have_none_unless_the_ticks_are_drawn_in_another() -> None:
    one = axes()
    one.plot([datetime.datetime(2024, 7, 1, 9), datetime.datetime(2024, 7, 2)], [1, 2])
    assert (first_x(one).first, first_x(one).last) == ("2024-07-01T09:00:00", "2024-07-02")
    assert x_axis(one).scale == "date"
    with mpl.rc_context({"timezone": "Asia/Tokyo"}):
        one = axes()
        one.plot([datetime.datetime(2024, 7, 1, 9), datetime.datetime(2024, 7, 2)], [1, 2])
        assert first_x(one).first == "2024-07-01T18:00:00+09:00"


def test_f2_a_reference_line_on_an_axis_of_times() -> None:
    one = axes()
    one.plot(HOURS, range(4))
    one.axvline(HOURS[1])
    assert vm.facts(one).axes[0].series[1].kind == "reference line at x = 2024-07-01T10:00:00+09:00"


# --- F4: names on ticks -----------------------------------------------------------------------------------------


def _heat_map(one: Any) -> None:
    one.imshow(np.eye(2))
    one.set_xticks([0, 1], ["cat", "dog"])


def _seaborn_heat_map(one: Any) -> None:
    seaborn, pandas = pytest.importorskip("seaborn"), pytest.importorskip("pandas")
    seaborn.heatmap(pandas.DataFrame([[1, 2], [3, 4]], columns=["cat", "dog"]), ax=one, cbar=False)


def _pandas_bars(one: Any) -> None:
    pytest.importorskip("pandas").Series([3, 4], index=["cat", "dog"]).plot.bar(ax=one)


def _grouped_bars(one: Any) -> None:
    one.bar(np.arange(2) - 0.2, [1, 2], 0.4)
    one.bar(np.arange(2) + 0.2, [3, 4], 0.4)
    one.set_xticks(range(2), ["cat", "dog"])


def _fixed_formatter(one: Any) -> None:
    one.bar([1, 2], [3, 4])
    one.xaxis.set_major_locator(FixedLocator([1, 2]))
    one.xaxis.set_major_formatter(FixedFormatter(["cat", "dog"]))


def _function(one: Any) -> None:
    one.bar([0, 1], [3, 4])
    one.set_xticks([0, 1])
    one.xaxis.set_major_formatter(lambda at, _: ["cat", "dog"][int(at)])
    FigureCanvasAgg(one.figure).draw()


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(_heat_map, id="imshow with names"),
        pytest.param(_seaborn_heat_map, id="heat map of seaborn"),
        pytest.param(_pandas_bars, id="bars of pandas"),
        pytest.param(_grouped_bars, id="grouped bars"),
        pytest.param(lambda one: one.bar(["cat", "dog"], [3, 4]), id="names of matplotlib"),
        pytest.param(lambda one: one.plot(["cat", "dog"], [3, 4]), id="line over names"),
        pytest.param(
            lambda one: (one.bar(["a", "b"], [3, 4]), one.set_xticks([0, 1], ["cat", "dog"])), id="renamed names"
        ),
        pytest.param(
            lambda one: (one.boxplot([[1, 2, 3], [2, 3]]), one.set_xticks([1, 2], ["cat", "dog"])), id="box plot"
        ),
        pytest.param(_fixed_formatter, id="fixed formatter"),
        pytest.param(_function, id="function, drawn"),
    ],
)
def test_f4_names_on_the_ticks_are_told_and_their_positions_are_not(draw: Any) -> None:
    one = axes()
    draw(one)
    assert x_axis(one).names == ("cat", "dog")
    assert x_axis(one).limits is None
    assert all(series.x is None for series in vm.facts(one).axes[0].series)


@pytest.mark.parametrize("draw", [_pandas_bars, _fixed_formatter, _function])
def test_f4_values_stand_beside_their_names(draw: Any) -> None:
    one = axes()
    draw(one)
    assert vm.facts(one).axes[0].series[0].named == (("cat", 3), ("dog", 4))
    assert "cat 3, dog 4" in str(vm.facts(one))


def test_f4_the_matrix_of_a_classifier_names_both_axes() -> None:
    one = axes(xlabel="predicted", ylabel="true")
    one.imshow([[5, 1], [0, 7]])
    one.set(xticks=[0, 1], yticks=[0, 1], xticklabels=["cat", "dog"], yticklabels=["cat", "dog"])
    text = str(vm.facts(one))
    assert "x axis: “predicted”, categories cat, dog\ny axis: “true”, categories cat, dog" in text


def test_f4_years_as_names_are_not_their_positions() -> None:
    one = axes()
    one.bar([0, 1], [5, 6])
    one.set_xticks([0, 1], ["2019", "2020"])
    assert x_axis(one).names == ("2019", "2020")
    assert vm.facts(one).axes[0].series[0].named == (("2019", 5), ("2020", 6))


def test_f4_some_names_on_a_scale_of_numbers_are_told_with_their_positions() -> None:
    one = axes()
    one.plot([0, 1.5, 3.14159], [1, 2, 3])
    one.set_xticks([0, np.pi], ["none", "π"])
    assert x_axis(one).ticks == ((0, "none"), (np.pi, "π"))
    assert first_x(one).high == 3.14159


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda one: one.set_xticks([1, 2], ["1", "2"]), id="the same numbers"),
        pytest.param(lambda one: one.set_xticks([1, 2], ["", ""]), id="empty"),
        pytest.param(lambda one: one.set_xticks([]), id="none"),
        pytest.param(lambda one: one.xaxis.set_major_formatter("{x:.1f} s"), id="format"),
        pytest.param(lambda one: one.xaxis.set_major_formatter(lambda at, _: f"{at:.0%}"), id="function of numbers"),
    ],
)
def test_f4_ticks_that_are_numbers_leave_the_scale_as_it_is(change: Any) -> None:
    one = axes()
    one.plot([1, 2], [3, 4])
    change(one)
    FigureCanvasAgg(one.figure).draw()
    assert x_axis(one).scale == "linear"
    assert first_x(one).high == 2


def test_f4_twins_share_the_names() -> None:
    one = axes()
    one.bar(["cat", "dog"], [1, 2])
    one.twinx().plot([0, 1], [100, 200])
    assert tuple(map(plain, vm.facts(one).axes[1].series)) == (
        SeriesFacts(
            kind="line",
            count=2,
            y=Summary(count=2, low=100, high=200, first=100, last=200, mean=150),
            named=(("cat", 100), ("dog", 200)),
        ),
    )


# --- units and formatters of others -----------------------------------------------------------------------------


def _raise(*_: Any) -> str:
    raise RuntimeError("not for you")


def test_a_formatter_that_fails_and_one_that_counts_are_not_called() -> None:
    calls: list[float] = []
    one = axes()
    one.plot([1, 2], [3, 4])
    one.xaxis.set_major_formatter(_raise)
    one.yaxis.set_major_formatter(lambda at, _: calls.append(at) or "")  # type: ignore[func-returns-value]
    assert first_x(one).high == 2
    assert not calls


def test_values_of_unknown_units_are_told_only_where_the_ticks_are_plain_numbers() -> None:
    from matplotlib import units
    from matplotlib.ticker import FuncFormatter

    class Length:
        def __init__(self, metres: float) -> None:
            self.metres = metres

    class Converter(units.ConversionInterface):
        formatter: Any = None

        @staticmethod
        def convert(value: Any, unit: Any, axis: Any) -> Any:
            return [item.metres for item in value] if isinstance(value, list | np.ndarray) else value

        @classmethod
        def axisinfo(cls, unit: Any, axis: Any) -> units.AxisInfo:
            return units.AxisInfo(majfmt=cls.formatter)

    units.registry[Length] = Converter()
    try:
        lengths = np.array([Length(1), Length(5)])
        one = axes()
        one.plot(lengths, [1, 2])
        assert first_x(one).high == 5
        Converter.formatter = FuncFormatter(lambda at, _: f"{at * 3.28:.0f} ft")
        one = axes()
        one.plot(lengths, [1, 2])
        assert vm.facts(one).axes[0].series[0].x is None
    finally:
        del units.registry[Length]


def test_f4_the_names_around_a_radar_chart_are_stated() -> None:
    one = axes(projection="polar")
    one.plot([0, 2, 4, 0], [1, 2, 3, 1])
    one.set_xticks([0, 2, 4], ["speed", "power", "cost"])
    assert (x_axis(one).scale, x_axis(one).names) == ("polar", ("speed", "power", "cost"))
    assert x_axis(axes(projection="polar")).scale == "polar"
