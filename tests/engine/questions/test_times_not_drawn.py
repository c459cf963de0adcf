"""Times in Korean and Chinese questions that a chart does not have, beside those that it has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

_TOLD = ("그림 객체에서", "来自图形对象")


def bakery() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="빵", ylabel="판매량 (개)", title="빵 판매량").bar(
        ["식빵", "크림빵", "베이글"], [40, 25, 31]
    )
    return figure


def grid(rows: list[str], columns: list[str], label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    image = axes.imshow([[10 * row + column for column in range(len(columns))] for row in range(1, len(rows) + 1)])
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    figure.colorbar(image, label=label)
    return figure


def gym() -> Figure:
    return grid(["월", "화", "수"], ["10시", "14시", "18시"], "이용자 수 (명)")


def canteen() -> Figure:
    return grid(["周一", "周二", "周六"], ["9–11点", "11–13点", "17–19点"], "人数(人)")


def noodles() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="面条", ylabel="销量(碗)").bar(["牛肉面", "凉面", "炒面"], [40, 25, 31])
    return figure


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("5월 둘째 주에는 베이글이 몇 개 팔렸나요?", bakery),
        ("지난주에 식빵은 몇 개 팔렸어?", bakery),
        ("월요일에 크림빵은 몇 개 팔렸어?", bakery),
        ("화요일 21시에는 몇 명이었어?", gym),
        ("수요일 오전 7시에는 이용자가 몇 명이야?", gym),
        ("周六晚上19点以后有多少人?", canteen),
        ("周二早上7点有多少人?", canteen),
        ("上周凉面卖了多少碗?", noodles),
        ("周三炒面卖了多少碗?", noodles),
        ("第二周牛肉面卖了多少碗?", noodles),
    ],
)
def test_a_time_that_is_not_drawn_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in _TOLD), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("베이글은 몇 개 팔렸나요?", bakery, ("31 개",)),
        ("화요일 14시에는 몇 명이었어?", gym, ("21 명",)),
        ("수요일 오후 6시에는 이용자가 몇 명이야?", gym, ("32 명",)),
        ("周六17点到19点有多少人?", canteen, ("32 人",)),
        ("凉面卖了多少碗?", noodles, ("25 碗",)),
    ],
)
def test_a_time_that_is_drawn_is_answered(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def nights(label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Night", ylabel=label)
    axes.plot([date(2024, 5, day) for day in range(1, 8)], [7.2, 6.8, 8.1, 6.5, 7.5, 6.9, 7.7], label="Ida")
    axes.plot([date(2024, 5, day) for day in range(1, 8)], [6.2, 5.8, 7.1, 7.5, 7.9, 8.9, 7.1], label="Jo")
    axes.legend()
    return figure


def sleep() -> Figure:
    return nights("Time asleep (hours)")


def bedtime() -> Figure:
    return nights("Time of waking")


def test_no_hour_along_days() -> None:
    assert "do not understand “What time”" in asked("What time did Ida go to bed on 3 May?", sleep)
    assert "What time" not in asked("What time did Ida wake up on 3 May?", bedtime)


def test_nights_along_nights() -> None:
    assert "3 of 7" in asked("How many nights did Ida get less than 7 hours?", sleep)
