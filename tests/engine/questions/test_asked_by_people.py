"""Questions that people asked of charts of their own, each with its siblings in other words and languages."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

import vision_magic as vm

_YEARS = [2018, 2019, 2020, 2021, 2022, 2023]


def _bars(title: str, x: list[str], y: list[float], x_label: str, y_label: str) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, xlabel=x_label, ylabel=y_label).bar(x, y)
    return figure


def _told(figure: Figure, question: str) -> str:
    return vm.ask(question, figure, profile="embedded").text


# --- the best and the worst -------------------------------------------------------------------------------------


def _mites() -> Figure:
    return _bars("Varroa in August", ["Orchard", "Village", "Lindens"], [5, 17, 3], "Apiary", "Mites per day")


def _driven() -> Figure:
    return _bars("Driven", ["Jan", "Feb", "Mar", "Apr"], [1420, 1510, 1785, 860], "Month", "Kilometres")


@pytest.mark.parametrize(
    "question",
    [
        "where are the mites worst?",
        "Wo ist es am schlimmsten?",
        "Où est-ce le pire ?",
        "¿Cuál es el peor lugar?",
        "진드기가 가장 심한 곳은?",
    ],
)
def test_the_worst_of_pests_is_the_highest(question: str) -> None:
    assert "17" in _told(_mites(), question)


@pytest.mark.parametrize("question", ["Welcher Monat war der beste?", "Quel mois était le pire ?", "哪个月最差？"])
def test_where_nothing_tells_what_is_good_both_ends_are_told(question: str) -> None:
    told = _told(_driven(), question)
    assert "1785" in told
    assert "860" in told
