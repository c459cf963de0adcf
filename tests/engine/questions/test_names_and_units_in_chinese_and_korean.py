"""Names and units that other words are part of: 千克 is no thousand, and 0시 stands in no other hour."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def hives() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="蜂箱", xlabel="月份", ylabel="重量(千克)")
    axes.plot(["4月", "5月", "6月", "7月"], [27.2, 32.4, 40.5, 42.6])
    return figure


def buses() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="심야버스", xlabel="시간대", ylabel="노선")
    image = axes.imshow([[62, 48, 31, 19], [75, 69, 40, 22], [88, 71, 52, 30]])
    axes.set_xticks(range(4), ["0시", "1시", "2시", "3시"])
    axes.set_yticks(range(3), ["N13", "N26", "N61"])
    figure.colorbar(image, label="승객 수 (명)")
    return figure


def films() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="电影社", xlabel="影片", ylabel="评分(分)")
    axes.bar(["长夏", "渔港", "灯塔"], [8.8, 7.9, 6.1])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("超过40千克的有几个月?", hives, ("2 个", "40 千克", "42.6")),
        ("N61 노선은 0시부터 3시까지 승객이 모두 몇 명인가요?", buses, ("241 명",)),
        ("3시에 승객이 25명보다 적은 노선은 몇 개예요?", buses, ("3개 중 2개", "“N13”", "“N26”")),
        ("N13은 몇 시에 승객이 가장 적나요?", buses, ("19 명", "“3시”")),
        ("《长夏》的评分比《灯塔》高多少?", films, ("高 2.7 分",)),
    ],
)
def test_a_part_of_a_name_or_a_unit_is_neither(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def waits() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Zona", ylabel="Humedad (%)")
    axes.boxplot([[60, 63, 66, 69, 72], [70, 75, 78, 81, 85]], tick_labels=["Tomates", "Pepinos"])
    return figure


def test_the_end_of_a_whisker_is_not_the_median() -> None:
    assert "No puedo responder" in asked("¿Hasta qué valor llega el bigote superior de los tomates?", waits)


def repairs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Repair café", xlabel="Kind", ylabel="Items")
    axes.bar([0.8, 1.8, 2.8], [48, 39, 27], 0.4, label="Brought in")
    axes.bar([1.2, 2.2, 3.2], [43, 22, 16], 0.4, label="Fixed")
    axes.set_xticks([1, 2, 3], ["Bicycles", "Laptops", "Toasters"])
    axes.legend()
    return figure


def test_a_part_is_one_of_the_series_that_is_nowhere_less() -> None:
    told("What percentage of the bicycles that came in got fixed?", repairs, ("90 %", "43 of 48"))
