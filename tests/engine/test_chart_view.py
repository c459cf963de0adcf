"""A chart as HTML: the marks over the picture are where the values belong, and names are shown as text."""

from __future__ import annotations

import base64
import io
import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PIL import Image as PILImage

from tests.engine.charts_by_hand import bars, picture, scale, two_lines
from tests.render.hostile import HTML
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, Series
from vision_magic.engine.chart.view import chart_html, overlay_of
from vision_magic.images.image import Image


def drawn(chart: Chart) -> PILImage.Image:
    found = re.search(r'src="data:image/png;base64,([^"]+)"', chart_html(chart))
    assert found is not None
    return PILImage.open(io.BytesIO(base64.b64decode(found[1]))).convert("RGB")


def is_marked(image: PILImage.Image, x: float, y: float) -> bool:
    """Return whether a mark is within a pixel of a place."""
    near = [image.getpixel((round(x) + dx, round(y) + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return any(max(colour) - min(colour) > 60 for colour in near if isinstance(colour, tuple))


def test_a_line_is_drawn_where_its_values_belong_and_not_where_it_was_found() -> None:
    north = overlay_of(two_lines()).strokes[0]
    assert north.points == ((10.0, 80.0), (60.0, 20.0))
    image = drawn(two_lines())
    assert is_marked(image, 35, 50)
    assert not is_marked(image, 35, 90)


def test_bars_have_a_cap_at_their_value_and_a_line_from_zero() -> None:
    strokes = overlay_of(bars()).strokes
    assert ((50.0, 110.0), (50.0, 90.0)) in [stroke.points for stroke in strokes]
    caps = [stroke.points for stroke in strokes if stroke.points[0][1] == stroke.points[1][1] == 30.0]
    assert [(left[0] + right[0]) / 2 for left, right in caps] == [100.0]


def test_grouped_bars_are_drawn_where_each_was_found() -> None:
    chart = bars(places=((44.0, 90.0), (94.0, 30.0), (144.0, 70.0)))
    assert ((44.0, 110.0), (44.0, 90.0)) in [stroke.points for stroke in overlay_of(chart).strokes]


def test_horizontal_bars_are_drawn_along_x() -> None:
    x = ChartAxis(scale="linear", calibration=scale(1.0, -20.0))
    y = ChartAxis(scale="categories", ticks=("a", "b"), places=(80.0, 40.0))
    series = Series(kind="horizontal bars", x=("a", "b"), y=(30.0, 60.0))
    chart = Chart(panels=(ChartPanel(x=x, y=y, series=(series,)),))
    assert ((20.0, 80.0), (50.0, 80.0)) in [stroke.points for stroke in overlay_of(chart).strokes]


def test_error_bars_and_boxes_are_drawn_where_their_values_belong() -> None:
    """10 is at pixel 90, and 0 at pixel 110."""
    erring = bars(kind="points", extra={"error": (5.0, math.nan, 1.0)})
    strokes = [stroke.points for stroke in overlay_of(erring).strokes]
    assert ((50.0, 80.0), (50.0, 100.0)) in strokes
    assert not [points for points in strokes if points[0] == (100.0, 30.0)]
    quartiles = {"q1": (5.0,) * 3, "q3": (12.0,) * 3, "whisker_low": (0.0,) * 3, "whisker_high": (20.0,) * 3}
    strokes = [stroke.points for stroke in overlay_of(bars(kind="box plot", extra=quartiles)).strokes]
    assert {((50.0, 100.0), (50.0, 110.0)), ((50.0, 86.0), (50.0, 70.0))} <= set(strokes)
    assert ((38.0, 100.0), (62.0, 100.0), (62.0, 86.0), (38.0, 86.0), (38.0, 100.0)) in strokes


def test_the_table_says_how_far_a_pixel_reaches() -> None:
    assert "linear, 3 of 3 tick labels agree, 1 px is 0.5" in chart_html(bars())
    dates = ChartAxis(scale="date", agreeing=3, labels=3, calibration=scale(0.1, 0.0, "date"))
    panel = replace(bars().panels[0], x=dates)
    assert "1 px is 2.4 hours" in chart_html(Chart(panels=(panel,)))
    unread = ChartAxis(labels=7, why_not="its tick labels could not be read")
    assert "x: 0 of 7 tick labels agree;" in chart_html(Chart(panels=(replace(panel, x=unread),)))
    pie = ChartPanel(series=(Series(kind="pie", x=("a", "b"), y=(30.0, 70.0)),))
    assert "x:" not in chart_html(Chart(panels=(pie,)))


@pytest.mark.parametrize("kind", ["pie", "heat map"])
def test_values_that_are_colours_or_shares_are_not_drawn_on_an_axis(kind: str) -> None:
    chart = two_lines()
    series = Series(kind=kind, x=(10.0, 60.0), y=(20.0, 80.0))  # type: ignore[arg-type]
    panel = replace(chart.panels[0], series=(series, replace(series, places=((7.0, 8.0), (9.0, 8.0)))))
    assert [ring.point for ring in overlay_of(Chart(panels=(panel,))).rings] == [(7.0, 8.0), (9.0, 8.0)]
    assert overlay_of(Chart(panels=(panel,))).strokes == []


def test_what_is_not_sure_is_dashed_and_the_table_says_why() -> None:
    chart = two_lines(sure=False)
    assert [stroke.dashed for stroke in overlay_of(chart).strokes] == [False, True]
    html = chart_html(chart)
    assert "no: the legend hides part of it" in html
    row = [is_marked(drawn(chart), x, 50 + (x - 10) * 0.4) for x in range(16, 54)]
    assert any(row)
    assert not all(row)


def test_tick_labels_are_marked_by_whether_they_agree() -> None:
    marks = [
        stroke for stroke in overlay_of(bars()).strokes if stroke.points[0][1] == 110 and stroke.points[1][1] == 117
    ]
    assert [stroke.dashed for stroke in marks] == [False, False, True]
    assert marks[0].rgb != marks[2].rgb


def test_each_series_has_marks_of_another_colour_than_it_is_drawn_in() -> None:
    strokes = overlay_of(two_lines()).strokes
    assert strokes[0].rgb != strokes[1].rgb
    assert strokes[0].rgb != (31, 119, 180)


@pytest.mark.parametrize("size", [(200, 120), (4000, 3000), (900, 8), (1, 1)])
def test_the_picture_is_bounded(size: tuple[int, int]) -> None:
    image = drawn(replace(two_lines(), image=picture(*size)))
    assert max(image.size) <= 900
    assert len(chart_html(replace(two_lines(), image=picture(*size)))) < 200_000


def test_a_dark_picture_stays_dark() -> None:
    image = drawn(replace(two_lines(), image=picture(ground="black")))
    assert image.getpixel((150, 10)) == (0, 0, 0)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {(tag, name) for name, _ in attrs} | {(tag, "")}


@pytest.mark.parametrize("text", HTML)
def test_names_that_are_html_stay_text(text: str) -> None:
    def tags(text: str) -> set[tuple[str, str]]:
        chart = bars(name=text, sure=False, why_not=text)
        panel = replace(chart.panels[0], title=text, unread=(text,), x=replace(chart.panels[0].x, label=text))
        parser = _Tags()
        parser.feed(chart_html(replace(chart, panels=(panel, panel), title=text, unread=(text,))))
        return parser.seen

    assert tags(text) == tags("plain")


def test_a_chart_without_a_picture_is_a_table() -> None:
    html = chart_html(replace(two_lines(), image=None))
    assert "<img" not in html
    assert "north" in html
    broken = Image(data=b"no picture", media_type="image/png", width=9, height=9)
    assert "north" in chart_html(replace(two_lines(), image=broken))


def test_without_axes_the_reason_is_shown_below_the_picture() -> None:
    html = chart_html(Chart(unread=("No axes were found.",), image=picture()))
    assert "<img" in html
    assert "No axes were found." in html
    assert "<table" not in html


def test_thousands_of_series_and_points_stay_small() -> None:
    series = Series(name="n" * 10_000, x=tuple(map(float, range(20_000))), y=(1.0,) * 20_000)
    chart = Chart(panels=(replace(two_lines().panels[0], series=(series,) * 300),))
    assert len(chart_html(chart)) < 100_000
    assert "more rows" in chart_html(chart)
    assert len(str(chart).split("\n")) < 60


def test_values_that_are_not_finite_or_far_away_are_no_obstacle() -> None:
    series = Series(x=(1.0, float("inf"), 3.0, 1e300, 5.0), y=(float("nan"), 2.0, 1e300, -1e300, 1e9), sure=False)
    chart = replace(two_lines(), panels=(replace(two_lines().panels[0], series=(series,)),))
    assert drawn(chart).size == (200, 120)
