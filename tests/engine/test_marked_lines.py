"""Lines with markers, as people plot them most: the points are those that were drawn, also where lines cross."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.engine.drawn import read_of

TIMES = np.arange(1.0, 11.0)
FIRST = np.array([1.1, 3.0, 2.4, 4.9, 5.2, 6.8, 6.1, 8.9, 9.4, 11.0])
SECOND = np.array([10.2, 9.1, 8.4, 6.6, 6.0, 5.1, 4.4, 2.2, 2.9, 1.0])
PIXEL = 0.06
"""More than a pixel of the axis: markers are drawn in whole pixels, half a pixel off at most."""


def lines(*formats: str, **options: Any) -> Any:
    def plot(axes: Any) -> None:
        for values, one in zip((FIRST, SECOND), formats, strict=False):
            axes.plot(TIMES, values, one, **options)

    return plot


@pytest.mark.parametrize(
    ("formats", "options"),
    [
        (("o-", "s--"), {}),
        (("^-", "v:"), {}),
        (("o-", "D-"), {"markersize": 9, "linewidth": 3}),
        (("o-", "s-"), {"markerfacecolor": "white"}),
        (("ko-",), {}),
    ],
    ids=["circles and squares", "triangles", "large", "hollow", "black"],
)
def test_lines_that_cross_are_read_at_their_markers(formats: tuple[str, ...], options: dict[str, Any]) -> None:
    found = sorted(read_of(lines(*formats, **options), size=(6, 4)), key=lambda series: series.y[0])
    assert [(series.kind, series.sure, series.sampled) for series in found] == [("line", True, False)] * len(formats)
    for series, values in zip(found, (FIRST, SECOND), strict=False):
        assert list(series.x) == pytest.approx(list(TIMES), abs=0.03)
        assert list(series.y) == pytest.approx(list(values), abs=PIXEL)


def test_markers_below_those_of_another_line_are_found_where_their_lines_meet() -> None:
    other = FIRST + np.array([0, 1, 1, 0, -1, -1, 0, -1, -1, 0])

    def plot(axes: Any) -> None:
        axes.plot(TIMES, FIRST, "o-")
        axes.plot(TIMES, other, "s-")

    found = sorted(read_of(plot, size=(6, 4)), key=lambda series: series.y[1])
    assert [series.sure for series in found] == [True, True]
    assert list(found[0].y) == pytest.approx(list(FIRST), abs=0.15)
    assert list(found[1].y) == pytest.approx(list(other), abs=PIXEL)


def test_a_missing_value_is_a_gap_between_markers() -> None:
    values = np.where(TIMES == 5, np.nan, FIRST)
    (series,) = read_of(lambda axes: axes.plot(TIMES, values, "o-"), size=(6, 4))
    assert series.sure
    assert list(series.x) == pytest.approx(list(TIMES), abs=0.03)
    assert list(series.y) == pytest.approx(list(values), abs=PIXEL, nan_ok=True)


def test_markers_on_a_logarithmic_axis_with_a_grid_are_read() -> None:
    def plot(axes: Any) -> None:
        axes.semilogy(TIMES, 10 ** (-TIMES / 3), "o-")
        axes.grid(True, which="both")

    (series,) = read_of(plot, size=(6, 4))
    assert series.sure
    assert list(series.y) == pytest.approx(list(10 ** (-TIMES / 3)), rel=0.02)


@pytest.mark.ocr  # an older matplotlib places the legend otherwise
def test_a_marker_that_a_legend_hides_leaves_its_line_unsure() -> None:
    def plot(axes: Any) -> None:
        axes.plot(TIMES, FIRST, "o-", label="a name")
        axes.legend(loc="upper right")

    (series,) = read_of(plot, size=(6, 4))
    assert not series.sure
    assert "hidden" in series.why_not


def test_points_below_the_line_that_is_fitted_to_them_are_whole() -> None:
    def plot(axes: Any) -> None:
        axes.plot(TIMES, FIRST, "o")
        axes.plot(TIMES, np.polyval(np.polyfit(TIMES, FIRST, 1), TIMES), "-")

    points = next(series for series in read_of(plot, size=(6, 4)) if series.kind == "points")
    assert points.sure
    assert list(points.y) == pytest.approx(list(FIRST), abs=PIXEL)


def test_an_area_begins_where_it_was_drawn() -> None:
    values = np.array([0.0, 9.0, 4.0, 6.0, 5.0])
    (series,) = read_of(lambda axes: axes.fill_between(range(5), values), size=(6, 4))
    assert series.sure
    assert series.summary.first == pytest.approx(0, abs=0.1)
    assert series.summary.last == pytest.approx(5, abs=0.1)
