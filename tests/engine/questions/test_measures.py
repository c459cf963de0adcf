"""What is measured decides what is asked: its unit in heat maps, its name beside like ones, values, and which way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told
from tests.engine.questions.test_plain_figures import queues


def paper() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Abteilung", ylabel="Verbrauch (Blatt)")
    axes.bar(["Vertrieb", "Einkauf", "Personal"], [48, 36, 30])
    return figure


def rooms_used() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="시작 시각", ylabel="요일")
    image = axes.imshow([[40, 82, 61], [35, 69, 71]])
    axes.set_xticks(range(3), ["9시", "10시", "14시"])
    axes.set_yticks(range(2), ["월", "화"])
    figure.colorbar(image, label="이용률 (%)")
    return figure


def orchard() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="나무 나이 (년)", ylabel="수확량 (kg)")
    axes.scatter([3, 5, 8, 12], [12, 20, 31, 36], label="홍로")
    axes.scatter([2, 6, 9], [15, 40, 58], label="부사")
    axes.legend()
    return figure


def surgery() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Wochentag", ylabel="Wartezeit (Minuten)")
    axes.boxplot([[20, 25, 28, 30, 35], [10, 12, 19, 37, 48]], tick_labels=["Montag", "Donnerstag"])
    return figure


def pulse() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Trainingswoche", ylabel="Ruhepuls (Schläge pro Minute)")
    axes.plot([0, 2, 4, 6, 8], [74, 73, 71, 67, 66], "o-")
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("周一14点要等几分钟?", queues, ("20 分钟",)),
        ("Wo wartet man am längsten?", queues, ("50 分钟",)),
        ("화요일 14시 이용률은 몇 퍼센트예요?", rooms_used, ("71 %",)),
        ("Wie hoch war der durchschnittliche Verbrauch pro Abteilung?", paper, ("Mittelwert", "38")),
        ("Wie viel hat der Vertrieb verbraucht?", paper, ("48 Blatt",)),
        ("부사와 홍로 중 평균 수확량이 더 많은 쪽은?", orchard, ("“부사”", "37.67 kg")),
        ("부사와 홍로 중 나무가 더 많은 쪽은?", orchard, ("“홍로” 4", "“부사” 3")),
        ("Wie lange hat man höchstens gewartet?", surgery, ("48 Minuten", "„Donnerstag“")),
        ("Zwischen welchen zwei Messungen fiel der Puls am stärksten?", pulse, ("fällt", "Trainingswoche 6")),
    ],
)
def test_what_is_measured_decides(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
