"""Questions about live figures, from the figure to the sentence: kinds in which fresh readers were once misled."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

import vision_magic as vm

MONTHS = ["Jan", "Feb", "Mar", "Apr"]


def visitors() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Visitors (thousands)")
    axes.bar(MONTHS, [12.4, 21.5, 15.8, 29.7])
    return figure


def marks() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Points", ylabel="Students")
    axes.hist([35, 42, 55, 58, 63, 71, 74, 78, 85, 91], bins=range(0, 101, 10))
    return figure


def rivers() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Length (km)")
    axes.barh(["Elbe", "Volga", "Rhine"], [1094, 3530, 1233])
    return figure


def visits() -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    image = axes.imshow([[10, 30], [96, 20]])
    axes.set_xticks([0, 1], ["0-6", "18-24"])
    axes.set_yticks([0, 1], ["Fr", "Sa"])
    figure.colorbar(image, label="Visits")
    return figure


def power() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel="Generation (TWh)")
    years = np.arange(2019, 2024)
    axes.plot(years, [171, 134, 165, 181, 126], label="Coal")
    axes.plot(years, [100, 110, 114, 124, 142], label="Wind")
    axes.legend()
    return figure


def climate() -> Figure:
    figure = Figure()
    left = figure.add_subplot(ylabel="Rain (mm)")
    left.bar(MONTHS, [50, 46, 60, 80])
    right = left.twinx()
    right.plot(MONTHS, [0, 2, 6, 11], "r")
    right.set_ylabel("Temperature (°C)")
    return figure


def sports() -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    for number, (name, values) in enumerate({"8A": [9, 6, 3], "8C": [5, 8, 8]}.items()):
        axes.bar(np.arange(3) + 0.4 * number, values, 0.4, label=name)
    axes.set_xticks([0.2, 1.2, 2.2], ["Football", "Swimming", "Dance"])
    axes.legend()
    return figure


def budget() -> Figure:
    figure = Figure()
    figure.add_subplot().pie([34, 22, 44 - 20, 20], labels=["rent", "food", "fun", "rest"])
    return figure


def groups() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Study time (h)", ylabel="Points")
    axes.scatter([1, 2, 3], [50, 60, 70], label="Morning")
    axes.scatter([1, 2, 3], [40, 50, 60], label="Evening")
    axes.legend()
    return figure


def days() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Level (m)")
    axes.plot([datetime.date(2025, 1, day) for day in range(1, 6)], [3, 5, 4, 2, 1])
    return figure


@pytest.mark.parametrize(
    ("figure", "question", "words"),
    [
        (visitors, "Combien de mois dépassent 20 000 visiteurs ?", "2 des 4 valeurs"),
        (visitors, "How many months are above 20000?", "2 of 4 values are above 20 thousands"),
        (marks, "How many students scored between 70 and 80 points?", "3 of 10"),
        (marks, "Quel pourcentage a moins de 50 points ?", "2 sur 10"),
        (rivers, "Sort the rivers from shortest to longest.", "“Elbe” (1094 km), “Rhine” (1233 km) and “Volga”"),
        (rivers, "Sort the rivers from longest to shortest.", "“Volga” (3530 km), “Rhine” (1233 km) and “Elbe”"),
        (rivers, "Wie viel länger ist Volga als Rhine?", "2297 km"),
        (rivers, "How much longer is Volga than Elbe?", "2436 km"),
        (visits, "When is it busiest?", "96 (row “Sa”, column “0-6”)"),
        (visits, "What do the colours mean?", "“Visits”"),
        (power, "In which year did wind overtake coal?", "between 2022 and 2023"),
        (climate, "Was zeigt die rechte Achse?", "Die rechte Achse zeigt „Temperature“ in °C"),
        (climate, "오른쪽 축은 무엇인가요?", "“Temperature”"),
        (sports, "In welchen Sportarten liegt 8C vor 8A?", "„Swimming“ und „Dance“"),
        (groups, "Which group has the higher mean?", "“Morning” has the highest mean: 60"),
        (groups, "Welche Gruppe hat den niedrigeren Mittelwert?", "„Evening“"),
        (groups, "哪一组的平均分更高?", "“Morning”"),
        (rivers, "¿Cuántos euros cuesta el Volga?", "No puedo responder"),
        (days, "1月2日的水位比1月4日高吗?", "是的"),
        (budget, "Welche zwei sind die größten, und wie viel machen sie zusammen aus?", "58"),
    ],
)
def test_the_answer_is_about_what_was_asked(figure: Callable[[], Figure], question: str, words: str) -> None:
    assert words in vm.ask(question, figure(), profile="embedded").text


def test_the_right_axis_is_the_only_one_that_is_told() -> None:
    assert (
        "axis"
        not in vm.ask("What does the right axis show?", climate(), profile="embedded").text.split("right axis")[1]
    )


def test_several_panels_are_described_from_the_figure_object() -> None:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot([1, 2], [3, 4])
    right.bar(["a", "b"], [1, 2])
    answer = vm.ask("What do the two panels show?", figure, profile="embedded").text
    assert answer.startswith("The figure has 2 panels.")
    assert "pixels" not in answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        *((f"What is {word}?", "This is a bar chart") for word in ("shown", "plotted")),
        ("What can you see?", "This is a bar chart"),
        ("Was siehst du?", "Das ist ein Balkendiagramm"),
        ("Qu'est-ce qui est montré ?", "C'est un"),
        ("¿Qué se muestra?", "Es un"),
        ("무엇이 보이나요?", "막대"),
    ],
)
def test_a_figure_is_described_from_its_object_however_that_is_asked(question: str, begins: str) -> None:
    answer = vm.ask(question, visitors(), profile="embedded").text
    assert answer.startswith(begins)
    assert "29" in answer


def test_a_line_stands_at_the_names_of_its_ticks() -> None:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Speed (km/h)")
    axes.plot([10, 20, 30], [3, 1, 2], label="boat")
    axes.plot([10, 20, 30], [5, 4, 6], label="ship")
    axes.set_xticks([10, 20, 30], ["low", "middle", "high"])
    axes.legend()
    assert "“middle”" in vm.ask("Where is the boat slowest?", figure).text
