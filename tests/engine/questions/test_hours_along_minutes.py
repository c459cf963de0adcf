"""Hours in words as limits of a histogram of minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def waits(label: str) -> Figure:
    """Return a histogram of waiting times: 6 below 30 minutes, 9 from 30 to 60, 4 from 60 to 90, 2 from 90."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel="n")
    axes.hist([10] * 6 + [40] * 9 + [70] * 4 + [100] * 2, bins=range(0, 121, 30))
    return figure


def waits_german() -> Figure:
    return waits("Wartezeit (Minuten)")


def waits_korean() -> Figure:
    return waits("대기 시간(분)")


def waits_chinese() -> Figure:
    return waits("等待时间（分钟）")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Wie viele warten unter einer halben Stunde?", waits_german, ("6 von 21",)),
        ("Wie viele warten länger als anderthalb Stunden?", waits_german, ("2 von 21", "90")),
        ("한 시간 반 이상 기다린 사람은 몇 명인가요?", waits_korean, ("21개 중 2개", "90 분 이상")),
        ("等待一个小时以上的有几个人？", waits_chinese, ("21 个中有 6 个", "60 分钟")),
        ("等待超过一个半小时的有多少人？", waits_chinese, ("21 个中有 2 个", "90 分钟")),
        ("有多少人要等半个钟头以上？", waits_chinese, ("21 个中有 15 个", "30 分钟")),
    ],
)
def test_hours_along_minutes(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
