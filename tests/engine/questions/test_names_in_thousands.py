"""Names of places that are large numbers, and places as a whole where several series stand beside each other."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def sorting() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Elements", ylabel="Run time (ms)")
    for shift, name, values in ((-0.2, "Merge sort", [60, 130, 270]), (0.2, "Heap sort", [75, 150, 350])):
        axes.bar([at + shift for at in range(3)], values, 0.4, label=name)
    axes.set_xticks(range(3), ["100 000", "200 000", "400 000"])
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long does merge sort take for 200,000 elements?", ("130 ms",)),
        ("Welches Verfahren braucht für 400 000 Elemente am längsten?", ("Heap sort", "350 ms")),
        ("Combien de temps prend Merge sort pour 200 000 éléments ?", ("130 ms",)),
        ("Merge sort는 400000에서 몇 ms인가요?", ("270 ms",)),
    ],
)
def test_numbers_as_names_have_them(question: str, words: tuple[str, ...]) -> None:
    told(question, sorting, words)


def library() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Loans")
    for shift, name, values in ((-0.2, "Fiction", [120, 110, 140, 100]), (0.2, "Non-fiction", [80, 70, 60, 55])):
        axes.bar([at + shift for at in range(4)], values, 0.4, label=name)
    axes.set_xticks(range(4), ["Jan", "Feb", "Mar", "Apr"])
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which month was the busiest?", ("January", "200")),
        ("Which month was the quietest?", ("April", "155")),
        ("Welcher Monat war am ruhigsten?", ("April", "155")),
        ("Quel mois a été le plus calme ?", ("avril", "155")),
        ("가장 한산했던 달은 언제인가요?", ("4월", "155")),
        ("Which month was quietest for non-fiction?", ("55", "April")),
        ("In which month were the two furthest apart?", ("March", "80")),
    ],
)
def test_a_place_as_a_whole(question: str, words: tuple[str, ...]) -> None:
    told(question, library, words)
