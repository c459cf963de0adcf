"""Limits in other words than those of the axis: signs of currencies, thousands in full, hours of minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told

RENTS = [180, 210, 220, 260, 270, 310, 340, 380, 390, 420, 430, 460, 510, 540, 620]


def rents_in(label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel="Flats")
    axes.hist(RENTS, range(150, 700, 50))
    return figure


def in_pounds() -> Figure:
    return rents_in("Rent (£)")


def in_thousands() -> Figure:
    return rents_in("Price (thousand £)")


def films() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Film", ylabel="Running time (min)")
    axes.bar(["The Last Orchard", "Salt and Snow", "Mint", "Long Bridge"], [131, 124, 95, 142])
    return figure


@pytest.mark.parametrize(
    ("draw", "question", "words"),
    [
        (in_pounds, "How many flats went for more than £400?", "6 of 15"),
        (in_pounds, "How many were let for less than £250?", "3 of 15"),
        (in_thousands, "How many went for more than £400,000?", "6 of 15"),
        (in_thousands, "How many were sold for more than £400k?", "6 of 15"),
        (in_thousands, "40만 파운드보다 비싼 집은 몇 채인가요?", "15개 중 6개"),
        (in_thousands, "有多少房子卖了超过40万英镑？", "15 个中有 6 个"),
        (in_pounds, "Did any flat cost over £600?", "Yes. 1 of 15"),
        (in_pounds, "Were there flats above £700?", "No. 0 of 15"),
        (in_pounds, "Gab es Wohnungen über 600 £?", "Ja. 1 von 15"),
        (in_pounds, "Y a-t-il des appartements à plus de 600 £ ?", "Oui. 1 sur 15"),
        (in_pounds, "600파운드보다 비싼 집이 있나요?", "네. 15개 중 1개"),
    ],
)
def test_limit_along_the_bins(draw: Callable[[], Figure], question: str, words: str) -> None:
    told(question, draw, (words,))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many films are longer than two hours?", "3 of 4"),
        ("Welche Filme dauern länger als zwei Stunden?", "3 von 4"),
        ("Quels films durent plus de deux heures ?", "3 des 4"),
        ("¿Cuántas películas duran más de dos horas?", "3 de 4"),
        ("2시간이 넘는 영화는 몇 편인가요?", "4개 중 3개"),
        ("哪些电影超过两个小时？", "4 个值中有 3 个"),
    ],
)
def test_hours_where_the_axis_has_minutes(question: str, words: str) -> None:
    told(question, films, (words,))


def rain() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Rainfall (mm)")
    axes.bar(["Jan", "Feb", "Mar", "Apr"], [92, 40, 70, 85])
    axes.axhline(66, linestyle="--", label="Long-term monthly mean (66 mm)")
    axes.legend()
    return figure


@pytest.mark.parametrize("name", ["long-term mean", "long-term average", "long-term monthly mean"])
def test_a_line_whose_name_is_said_in_short(name: str) -> None:
    told(f"How many months had more rain than the {name}?", rain, ("3 of 4", "66 mm"))
