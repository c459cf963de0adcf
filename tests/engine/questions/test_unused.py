"""Answers that would leave out a number, a name or a limit of their question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked

YEARS = [f"Q{quarter} {year}" for year in (2022, 2023) for quarter in (1, 2, 3, 4)]


def cells() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Cycle", ylabel="Capacity (%)")
    axes.plot([0, 100, 200, 300], [100, 97, 91, 82], label="NMC")
    axes.plot([0, 100, 200, 300], [100, 99, 98, 96], label="LFP")
    axes.legend()
    return figure


def budget() -> Figure:
    figure = Figure()
    figure.add_subplot().pie([36, 26, 20, 18], labels=["Rent", "Food", "Travel", "Other"], autopct="%d%%")
    return figure


def prices() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Price (EUR/MWh)")
    for name, values in {"France": [90, 80, 70, 60], "Germany": [85, 82, 75, 50]}.items():
        axes.plot(["Jan", "Feb", "Mar", "Apr"], values, label=name)
    axes.legend()
    return figure


def profit() -> Figure:
    figure = Figure()
    figure.add_subplot(ylabel="Profit (M€)").bar(YEARS, [-1, -2, 1, 2, 3, -1, 2, 4])
    return figure


def counts() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time (h)", ylabel="CFU/mL", yscale="log")
    axes.plot([0, 4, 8, 12], [1e5, 2e6, 6e7, 5e8])
    return figure


def days() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="time (h)", ylabel="OD600")
    axes.plot([0, 12, 24, 36, 48], [1, 3, 4, 7, 9])
    return figure


@pytest.mark.parametrize(
    ("draw", "question", "words"),
    [
        (cells, "How many cycles until the LFP cell is down to 80 %?", "never at most 80 %"),
        (cells, "NMC가 90% 아래로 떨어지는 건 몇 사이클이야?", "90 % 아래로 내려갑니다"),
        (budget, "Rent랑 Food를 합치면 절반이 넘나요?", "네."),
        (prices, "In how many months did France pay more than Germany?", "at 2 of 4 shared places"),
        (profit, "What was the total profit in 2024?", "2024"),
        (counts, "When did it first exceed 10^8?", "above 100,000,000"),
        (prices, "Did any month have lower prices in France than in Germany?", "Yes. “Germany” is higher"),
        (prices, "In which month did Germany first have higher prices than France?", "in February"),
        (days, "What was the value at 36 h?", "is 7"),
        (days, "Wie hoch wird der Wert nach 72 h sein?", "kann ich nicht beantworten"),
        (days, "Wie hoch war der Wert nach 48 h?", "ist 9"),
    ],
)
def test_every_part_of_a_question_counts(draw: Callable[[], Figure], question: str, words: str) -> None:
    assert words in asked(question, draw)


@pytest.mark.parametrize(
    ("draw", "question", "word"),
    [
        (profit, "Quelle est la somme pour l'année 2023 ?", "« 2023 »"),
        (budget, "Est-ce que Rent dépasse Food, mais pas Travel ?", "« Travel »"),
    ],
)
def test_what_an_answer_would_leave_out_is_named(draw: Callable[[], Figure], question: str, word: str) -> None:
    assert f"Je ne comprends pas {word} ici." in asked(question, draw)
