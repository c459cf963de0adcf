"""Drawings as SVG: the confusion matrix and the Bland–Altman plot."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, strategies as st

from vision_magic.render.bland_altman import bland_altman_svg, nice_ticks
from vision_magic.render.confusion import confusion_svg
from vision_magic.render.svg import image_html


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def size(svg: str) -> tuple[int, int]:
    root = ElementTree.fromstring(svg)
    return int(root.attrib["width"]), int(root.attrib["height"])


def test_a_confusion_matrix_has_its_classes_and_its_counts() -> None:
    svg = confusion_svg(["pro", "meta"], [[12, 3], [0, 1500]])
    assert texts(svg) == ["answer →", "← label", "pro", "pro", "meta", "meta", "12", "3", "1,500"]
    titles = [title.text for title in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1] == "label pro, answer meta: 3 of 15"


@pytest.mark.parametrize("number", [1, 2, 7, 30])
def test_a_confusion_matrix_of_many_classes_is_no_larger_than_a_page(number: int) -> None:
    classes = [f"a class with a long name {at}" for at in range(number)]
    width, height = size(confusion_svg(classes, [[1] * number] * number))
    assert width < 1000
    assert height < 1000


def test_what_models_wrote_is_text_in_a_drawing_and_in_its_description() -> None:
    hostile = '"><script>alert(1)</script>\u202e\x00'
    svg = confusion_svg([hostile], [[1]], rows=hostile)
    assert "<script" not in svg
    assert ElementTree.fromstring(svg) is not None
    html = image_html(svg, hostile)
    assert "<script" not in html
    assert html.count('"') == 6


POINTS = st.lists(
    st.tuples(st.floats(-1e75, 1e75, allow_nan=False), st.floats(-1e75, 1e75, allow_nan=False)), min_size=1, max_size=5
)


@given(POINTS)
@example([(0.0, 5e-324)])
def test_every_pair_of_numbers_is_inside_the_plot(points: list[tuple[float, float]]) -> None:
    first, second = [one for one, _ in points], [two for _, two in points]
    bias = math.fsum(one - two for one, two in points) / len(points)
    svg = bland_altman_svg(first, second, bias, (math.nan, math.nan), names=("answer", "label"))
    width, height = size(svg)
    places = re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', svg)
    assert len(places) == len(points)
    assert all(0 < float(x) < width and 0 < float(y) < height for x, y in places)
    assert "nan" not in svg


def test_the_lines_of_a_plot_have_their_names_and_values() -> None:
    svg = bland_altman_svg([1, 2, 3], [1, 1, 1], 1.0, (-0.96, 2.96), names=("answer", "label"))
    assert [text for text in texts(svg) if text.startswith(("bias", "limit"))] == [
        "limit 2.96",
        "bias 1",
        "limit −0.96",
    ]
    assert {"mean of answer and label", "answer − label"} <= set(texts(svg))


def test_of_very_many_points_a_sample_is_drawn() -> None:
    numbers = [float(number) for number in range(5000)]
    svg = bland_altman_svg(numbers, numbers, 0.0, (0.0, 0.0), names=("answer", "label"))
    assert svg.count("<circle") == 2000
    assert len(svg) < 150_000


@given(st.floats(-1e75, 1e75, allow_nan=False), st.floats(-1e75, 1e75, allow_nan=False))
def test_ticks_are_few_and_enclose_both_ends(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    ticks = nice_ticks(low, high)
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(ticks)
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + 1e-6 * step
    assert ticks[-1] >= high - 1e-6 * step
