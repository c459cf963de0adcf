"""Questions about depths, magnitudes, hours, races, and totals of tables and stacks that are averaged or ranked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import named_points, told

_HOURS = ("9", "12", "15", "16")
_VISITORS = ((12, 22, 41, 52), (10, 20, 38, 60), (14, 24, 45, 48))


def _table(rows: tuple[str, ...], columns: tuple[str, ...], values: object, *, x: str, y: str, colours: str) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    drawn = axes.imshow(np.asarray(values), aspect="auto")
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.set(xlabel=x, ylabel=y)
    figure.colorbar(drawn, label=colours)
    return figure


def _lake() -> Figure:
    values = ((3, 11, 19, 20), (4, 8, 15, 17), (5, 6, 8, 10))
    months, depths = ("Feb", "May", "Jul", "Aug"), ("0", "10", "20")
    return _table(depths, months, values, x="Month", y="Depth (m)", colours="Water temperature (°C)")


def _library() -> Figure:
    return _table(("Mon", "Tue", "Wed"), _HOURS, _VISITORS, x="Hour", y="Day", colours="Visitors")


def _rain() -> Figure:
    values = ((190, 106, 148), (42, 54, 56), (37, 52, 15))
    return _table(
        ("Bergen", "Berlin", "Madrid"), ("Jan", "May", "Jul"), values, x="Month", y="City", colours="Rainfall (mm)"
    )


def _waste() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    days, paper, glass = ("Mon", "Tue", "Wed"), np.array([20, 25, 18]), np.array([10, 8, 13])
    axes.bar(days, paper, label="Paper")
    axes.bar(days, glass, bottom=paper, label="Glass")
    axes.set(xlabel="Day", ylabel="Waste (kg)")
    axes.legend()
    return figure


def _nova() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2, 3, 4, 5], [9.2, 7.1, 4.8, 5.6, 6.7])
    axes.set(xlabel="Night", ylabel="Magnitude (smaller = brighter)", title="Nova")
    return figure


def _stars() -> Figure:
    points = {"Sirius": (8.6, -1.46), "Vega": (25, 0.03), "Deneb": (2600, 1.25), "Polaris": (430, 1.98)}
    return named_points(points, xlabel="Distance (light years)", ylabel="Apparent magnitude (smaller = brighter)")


def _runners() -> Figure:
    points = {"Ada": (31, 42.5), "Ben": (54, 38.2), "Cleo": (22, 55.1), "Dan": (40, 47.9)}
    return named_points(points, xlabel="Training per week (km)", ylabel="10 km time (min)")


def _race() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.bar(["Ada", "Ben", "Cleo", "Dan"], [42.5, 38.2, 55.1, 47.9])
    axes.set(ylabel="Time (min)", title="10 km race")
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("In August, how many degrees colder was the water at 20 m than at the surface?", ("10 °C lower",)),
        ("When was the surface coldest?", ("of “0” is 3 °C", "February")),
        ("Was the surface ever above 20 degrees?", ("No.", "“0” is never")),
        ("Wie warm war das Wasser im August an der Oberfläche?", ("„0“", "20 °C")),
        ("En quel mois l'eau était-elle la plus froide en surface ?", ("« 0 »", "3 °C", "février")),
        ("¿En qué mes estaba más caliente el agua en la superficie?", ("«0»", "20 °C", "agosto")),
        ("8월에 표면 온도는 몇 도였나요?", ("“0”", "20 °C")),
        ("八月水面的温度是多少？", ("“0”", "20 °C")),
    ],
)
def test_the_surface_is_the_depth_of_zero(question: str, words: tuple[str, ...]) -> None:
    told(question, _lake, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("On which night was it brightest?", ("lowest", "4.8", "Night 3")),
        ("When was it faintest?", ("highest", "9.2", "Night 1")),
        ("Did it get brighter from night 1 to night 3?", ("Yes.", "falls")),
        ("Was it ever brighter than magnitude 5?", ("Yes.", "below 5")),
        ("What was its peak brightness?", ("4.8",)),
        ("In welcher Nacht war sie am schwächsten?", ("höchste", "9,2")),
        ("Quelle nuit était-elle la plus brillante ?", ("4,8",)),
        ("¿Qué noche fue la más brillante?", ("4,8",)),
        ("가장 밝았던 밤은 언제인가요?", ("4.8",)),
        ("哪一晚最亮？", ("4.8",)),
    ],
)
def test_the_brightest_magnitude_is_the_lowest(question: str, words: tuple[str, ...]) -> None:
    told(question, _nova, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which star is brightest?", ("-1.46", "Sirius")),
        ("Which star is the faintest?", ("1.98", "Polaris")),
        ("Is Sirius brighter than Vega?", ("Yes.",)),
        ("How many stars are brighter than magnitude 1?", ("2 of 4", "Sirius", "Vega")),
        ("Which stars are closer than 30 light years?", ("below 30", "Sirius", "Vega")),
        ("Welche Sterne sind näher als 30 Lichtjahre?", ("unter 30", "Sirius")),
        ("Quelle étoile est la plus brillante ?", ("-1,46", "Sirius")),
        ("最亮的星是哪一颗？", ("-1.46", "Sirius")),
    ],
)
def test_bright_points_have_low_magnitudes(question: str, words: tuple[str, ...]) -> None:
    told(question, _stars, words)


@pytest.mark.parametrize("draw", [_runners, _race])
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who came last?", ("55.1", "Cleo")),
        ("Who came second?", ("42.5", "Ada")),
        ("Who finished third?", ("47.9", "Dan")),
        ("Who was the second fastest?", ("42.5", "Ada")),
        ("Did Ben beat Ada?", ("Yes.",)),
        ("Did Ada beat Ben?", ("No.",)),
        ("Wer wurde Letzter?", ("55,1", "Cleo")),
        ("Hat Ben Ada geschlagen?", ("Ja.",)),
        ("Qui a fini dernier ?", ("55,1", "Cleo")),
        ("¿Ganó Ben a Ada?", ("Sí.",)),
        ("Ben이 Ada를 이겼나요?", ("네.",)),
        ("谁是第二名？", ("42.5", "Ada")),
    ],
)
def test_the_lowest_time_comes_first(question: str, words: tuple[str, ...], draw: Callable[[], Figure]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much waste is there on an average day, all in all?", ("31.33 kg",)),
        ("How much waste a day on average?", ("31.33 kg",)),
        ("How much paper on an average day?", ("“Paper” is 21 kg",)),
        ("Wie viel Kilo waren es im Schnitt pro Tag insgesamt?", ("31,33 kg",)),
        ("En moyenne, combien de déchets par jour au total ?", ("31,33 kg",)),
        ("¿Cuántos kilos se tiran al día en total, de media?", ("31,33 kg",)),
        ("하루 평균 쓰레기 총량은 얼마인가요?", ("31.33 kg",)),
        ("平均每天总共有多少垃圾？", ("31.33 kg",)),
        ("What was the second best day?", ("second", "31 kg")),
    ],
)
def test_stacks_are_averaged_and_ranked_as_a_whole(question: str, words: tuple[str, ...]) -> None:
    told(question, _waste, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many people come on an average day?", ("each summed up", "128.7")),
        ("Wie viele Besucher kommen im Schnitt pro Tag?", ("128,7",)),
        ("How many people were there on Tuesday at 4 pm?", ("60",)),
        ("How many came after 12 on Monday?", ("“15” to “16”", "93")),
        ("How many visitors were there before noon on Tuesday?", ("10",)),
        ("화요일 오후 4시에 몇 명이 왔나요?", ("60",)),
    ],
)
def test_days_of_a_table_are_summed_and_its_hours_read(question: str, words: tuple[str, ...]) -> None:
    told(question, _library, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which is the second driest city?", ("sum", "152 mm", "Berlin")),
        ("Welche ist die zweitnasseste Stadt?", ("Summe", "152 mm")),
        ("Quelle est la deuxième ville la plus sèche ?", ("somme", "152 mm")),
        ("What is the second driest month in Madrid?", ("37 mm", "January")),
    ],
)
def test_rows_of_a_table_are_ranked_by_their_sums(question: str, words: tuple[str, ...]) -> None:
    told(question, _rain, words)
