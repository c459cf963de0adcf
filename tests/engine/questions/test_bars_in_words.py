"""Questions about bars in the words of their subject: what was done, by whom, and for each of what."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")


def _side_by_side(names: tuple[str, ...], values: dict[str, tuple[float, ...]], **labels: str) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    for number, (name, heights) in enumerate(values.items()):
        axes.bar([at + number * 0.3 for at in range(len(names))], heights, 0.3, label=name)
    axes.set_xticks([at + 0.15 for at in range(len(names))], names)
    axes.set(**labels)
    axes.legend()
    return figure


def _stacked(names: tuple[str, ...], values: dict[str, tuple[float, ...]], **labels: str) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    bottom = [0.0] * len(names)
    for name, heights in values.items():
        axes.bar(names, heights, bottom=bottom, label=name)
        bottom = [a + b for a, b in zip(bottom, heights, strict=True)]
    axes.set(**labels)
    axes.legend()
    return figure


def animals() -> Figure:
    values = {"Admissions": (4, 7, 3, 9, 6), "Discharges": (2, 5, 8, 4, 7)}
    return _side_by_side(_DAYS, values, title="Hedgehog rescue station, week 40", ylabel="Number of animals")


def stall() -> Figure:
    values = {"Revenue": (9.0, 8.0, 12.0, 15.0, 11.0, 10.0), "Costs": (7.0, 8.5, 8.0, 9.5, 9.0, 7.5)}
    return _side_by_side(_MONTHS, values, title="Kebab stall in 2024", ylabel="Amount (thousand €)")


def flat() -> Figure:
    values = {"Heating": (90, 80, 60, 30), "Lighting": (20, 18, 14, 10), "Computer": (15, 16, 15, 17)}
    return _stacked(_MONTHS[:4], values, title="Use in a shared flat", ylabel="Electricity (kWh)")


def market() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.bar(("Plums", "Grapes", "Figs"), (3.2, 4.5, 8.9))
    axes.set(title="Stall 12", ylabel="Price (€ per kg)")
    return figure


def offices() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.barh(("Bonn", "Graz", "Bern"), (14.5, 16.0, 31.0))
    axes.set(title="Büromieten", xlabel="Miete (€ pro m²)", ylabel="Stadt")
    return figure


def courses() -> Figure:
    values = {"Mornings": (30, 24, 15), "Evenings": (40, 33, 28)}
    return _stacked(("A", "B", "C"), values, title="Sign-ups by group and slot", xlabel="Group", ylabel="Sign-ups")


def rowers() -> Figure:
    values = {"Heat": (62.0, 60.5, 64.0), "Final": (61.0, 61.5, 63.0)}
    return _side_by_side(("Ada", "Bo", "Cleo"), values, title="Rowing, 200 m", ylabel="Time (s)")


def stops() -> Figure:
    values = {"2021": (300, 420, 250, 510), "2023": (340, 380, 280, 430)}
    return _side_by_side(("Station", "Market", "Lake", "School"), values, title="Rentals by station", ylabel="Rentals")


def lines() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.bar(("L1", "L2", "L3"), (9400, 12300, 2100))
    axes.set(title="Viajeros por línea", xlabel="Línea", ylabel="Viajeros por día")
    return figure


def quarters() -> Figure:
    values = {"North": (50, 44, 41, 60), "South": (30, 35, 38, 33)}
    return _side_by_side(("Q1", "Q2", "Q3", "Q4"), values, title="Sales in 2022", ylabel="Sales (k€)")


@pytest.mark.parametrize(
    ("draw", "question", "words"),
    [
        (animals, "How many animals were admitted on Thursday?", ("“Admissions”", "9")),
        (animals, "Wie viele Tiere wurden am Freitag entlassen?", ("„Discharges“", "7")),
        (animals, "Combien d'animaux sont sortis le mercredi ?", ("Discharges", "8")),
        (animals, "¿Cuántas altas más hubo el miércoles que el lunes?", ("en 6",)),
        (animals, "금요일에 입원한 동물은 몇 마리인가요?", ("Admissions", "6")),
        (animals, "星期三出院了多少只动物?", ("Discharges", "8")),
        (stall, "How much money did the stall take in in April?", ("“Revenue”", "15 thousand €")),
        (stall, "Wie viel wurde im März ausgegeben?", ("„Costs“", "8 Tsd. €")),
        (stall, "¿Cuánto se ingresó en marzo?", ("«Revenue»", "12 miles €")),
    ],
)
def test_a_verb_means_one_of_two_series(draw, question: str, words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was the profit in April?", ("5.5 thousand €",)),
        ("Wie hoch war der Gewinn im März?", ("4 Tsd. €",)),
        ("Quel a été le bénéfice en juin ?", ("2,5 milliers €",)),
        ("¿Cuál fue el beneficio en mayo?", ("2 miles €",)),
        ("4월 이익은 얼마였나요?", ("5.5",)),
        ("四月的利润是多少?", ("5.5",)),
        ("In which month was the profit highest?", ("April", "5.5 thousand €")),
    ],
)
def test_a_profit_is_what_income_and_costs_leave(question: str, words: tuple[str, ...]) -> None:
    told(question, stall, words)


def test_the_month_of_least_profit_is_not_that_of_the_narrowest_gap() -> None:
    assert "apart" not in asked("In which month was the profit lowest?", stall)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("De combien la consommation du chauffage a-t-elle baissé entre janvier et avril ?", ("60 kWh",)),
        ("Combien consomme l'ordinateur en avril ?", ("« Computer »", "17 kWh")),
        ("Wie viel Strom wurde im März verbraucht?", ("89 kWh",)),
        ("How much electricity did the family use in January?", ("125 kWh",)),
    ],
)
def test_a_noun_that_begins_like_a_verb_is_a_name_and_stacks_have_a_height(
    question: str, words: tuple[str, ...]
) -> None:
    told(question, flat, words)


def test_a_noun_that_is_not_drawn_is_named_though_it_begins_like_a_verb() -> None:
    assert "« chauffage »" in asked("Combien consomme le chauffage en mars ?", lambda: _without_heating())


def _without_heating() -> Figure:
    values = {"Lighting": (20, 18, 14, 10), "Computer": (15, 16, 15, 17)}
    return _stacked(_MONTHS[:4], values, title="Use in a shared flat", ylabel="Electricity (kWh)")


@pytest.mark.parametrize(
    ("draw", "question", "words"),
    [
        (offices, "Was zahlt man in Graz pro Quadratmeter?", ("16 €",)),
        (offices, "¿Dónde cuesta más de 15 euros el metro cuadrado?", ("Graz", "Bern")),
        (market, "Was kostet ein Kilo Feigen?", ("8,9 €",)),
        (market, "Combien coûte un kilo de raisin ?", ("4,5 €",)),
        (market, "If I buy one kilo each of plums, grapes and figs, what do I pay in total?", ("16.6 €",)),
        (market, "Si compro un kilo de ciruelas y un kilo de uvas, ¿cuánto pago en total?", ("7,7 €",)),
    ],
)
def test_the_unit_of_which_values_are_said_may_be_named(draw, question: str, words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize("question", ["How much are two kilos of figs?", "Was kosten drei Kilo Pflaumen?"])
def test_another_number_of_units_is_not_told(question: str) -> None:
    assert not {"8.9", "3,2"} & set(asked(question, market).split())


@pytest.mark.parametrize(
    ("draw", "question", "words"),
    [
        (courses, "Do the sign-ups get fewer from A to C?", ("70", "43")),
        (courses, "Werden es von A bis C immer weniger Anmeldungen?", ("Ja", "70", "43")),
        (courses, "Which slot is the most popular overall?", ("“Evenings”", "101")),
        (rowers, "Who was slower in the final than in the heat?", ("“Bo”", "1 of 3")),
        (rowers, "Wer war im Final langsamer als im Heat?", ("„Bo“",)),
        (rowers, "Who won the final?", ("“Ada”", "61 s")),
        (rowers, "Qui a gagné la finale ?", ("« Ada »",)),
        (stops, "Which station grew the most between 2021 and 2023?", ("“Station” grew most", "40")),
        (stops, "Which station shrank the most between 2021 and 2023?", ("“School” fell most", "80")),
        (stops, "Dans quelles stations a-t-on loué davantage en 2023 qu'en 2021 ?", ("Station", "Lake")),
        (stops, "¿En qué estaciones hubo menos alquileres en 2023 que en 2021?", ("Market", "School")),
        (
            quarters,
            "De combien les ventes de North ont-elles baissé entre le premier et le troisième trimestre ?",
            ("9 k€",),
        ),
        (quarters, "Um wie viel fiel North zwischen dem ersten und dem dritten Quartal?", ("9 k€",)),
        (lines, "Quelle ligne est la plus empruntée ?", ("12\u202f300", "L2")),
        (lines, "¿Cuál es la línea más usada y cuántos viajeros tiene?", ("12.300", "L2")),
    ],
)
def test_what_is_compared_follows_from_what_is_drawn(draw, question: str, words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_a_sum_that_is_not_asked_for_is_not_told() -> None:
    assert "suma" not in asked("¿Cuál es la línea menos usada y cuántos viajeros tiene?", lines)
