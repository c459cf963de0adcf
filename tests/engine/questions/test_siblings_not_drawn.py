"""Things that are named like those of a chart, and are not drawn, in Korean and Chinese."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def teams() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="팀", ylabel="통화 시간 (분)")
    axes.boxplot([[2, 3, 4], [6, 7, 8], [9, 10, 12]], tick_labels=["상담팀", "기술팀", "배송팀"])
    return figure


def canteens() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="分店", ylabel="客人(人)").bar(["城东店", "城西店", "车站店"], [40, 25, 31])
    return figure


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("회계팀의 통화 시간 중앙값은 얼마인가요?", teams),
        ("회계팀은 중앙값이 얼마야?", teams),
        ("城南店来了多少客人?", canteens),
        ("机场店有多少人?", canteens),
    ],
)
def test_a_sibling_that_is_not_drawn_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert "이해하지 못했" in answer or "不理解" in answer, answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("기술팀의 통화 시간 중앙값은 얼마인가요?", teams, ("7 분",)),
        ("중앙값이 가장 큰 팀은?", teams, ("“배송팀”",)),
        ("哪家分店客人最多?", canteens, ("“城东店”",)),
        ("车站店有多少人?", canteens, ("31 人",)),
        ("三家店一共多少客人?", canteens, ("96",)),
    ],
)
def test_what_is_drawn_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
