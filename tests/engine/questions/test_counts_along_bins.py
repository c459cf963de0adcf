"""What a histogram counts: whether there is any in a stretch, or so many, its ends, and its empty bins."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def _histogram(values: list[float], bins: list[float], x: str, y: str, title: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=x, ylabel=y, title=title)
    axes.hist(values, bins)
    return figure


def _delays() -> Figure:
    values = [1.0] * 13 + [3.0] * 14 + [5.0] * 11 + [7.0] * 7 + [9.0] * 5 + [11.0] * 4 + [13.0] * 2 + [17.0, 19.0]
    bins = [float(edge) for edge in range(0, 21, 2)]
    return _histogram(values, bins, "Delay (min)", "Trains", "Arrival delays, Monday")


def _rents() -> Figure:
    values = [650.0] * 3 + [750.0] * 6 + [850.0] * 5 + [950.0] * 4 + [1050.0] * 2 + [1150.0] * 2 + [1250.0, 1450.0]
    bins = [float(edge) for edge in range(600, 1501, 100)]
    return _histogram(values, bins, "Monthly rent (£)", "Flats", "Flats in Leeds")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many trains were over 10 minutes late?", ("8 of 58",)),
        ("Were there any trains between 14 and 16 minutes late?", ("No. 0 of 58",)),
        ("Was there a train that was 12 to 14 minutes late?", ("Yes. 2 of 58",)),
        ("Was any train more than 15 minutes late?", ("Yes. 2 of 58",)),
        ("Wie viele Züge kamen mehr als 10 Minuten zu spät?", ("8 von 58",)),
        ("Gab es Züge mit 14 bis 16 Minuten Verspätung?", ("Nein. 0 von 58",)),
        ("Un train a-t-il eu entre 14 et 16 minutes de retard ?", ("Non. 0 sur 58",)),
        ("14분에서 16분 사이로 늦은 기차가 있었나요?", ("아니요. 58개 중 0개",)),
        ("有没有火车晚点14到16分钟？", ("不是", "有 0 个")),
        ("Were fewer than 5 trains more than 12 minutes late?", ("Yes. 4 of 58",)),
        ("Did more than ten trains have a delay of over 10 minutes?", ("No. 8 of 58",)),
        ("Waren mindestens fünf Züge mehr als 12 Minuten zu spät?", ("Nein. 4 von 58",)),
        ("How late was the latest train?", ("highest", "18–20 min")),
        ("What was the longest delay?", ("highest", "18–20 min")),
        ("Which delay was most common?", ("commonest", "2–4 min")),
        ("Is there a gap in the histogram?", ("Yes. 1 bin is empty: 14–16 min",)),
        ("Welche Klassen sind leer?", ("14–16 min",)),
    ],
)
def test_delays(question: str, words: tuple[str, ...]) -> None:
    told(question, _delays, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Does any flat cost between £1,300 and £1,400?", ("No. 0 of 24",)),
        ("Kostet eine Wohnung zwischen 1300 und 1400 Pfund?", ("Nein. 0 von 24",)),
        ("Y a-t-il des appartements entre 1300 et 1400 livres ?", ("Non. 0 sur 24",)),
        ("¿Hay algún piso entre 1300 y 1400 libras?", ("No. 0 de 24",)),
        ("Are there any flats over £1,500?", ("No. 0 of 24", "1500 £")),
        ("Kostet irgendeine Wohnung mehr als 1.500 £?", ("Nein. 0 von 24", "1500 £")),
        ("Are there more than five flats under £700?", ("No. 3 of 24",)),
        ("Are more flats under £800 or over £1,000?", ("3 more are below 800 £",)),
        ("What is the highest rent?", ("highest", "1400–1500 £")),
        ("How much is the cheapest flat?", ("lowest", "600–700 £")),
        ("Which price range has the most flats?", ("commonest", "700–800 £")),
        ("Where is the cheapest flat?", ("cannot answer",)),
        ("Which area of Leeds is cheapest?", ("do not understand “area”",)),
        ("In which range are there no flats?", ("1 bin is empty: 1300–1400 £",)),
    ],
)
def test_rents(question: str, words: tuple[str, ...]) -> None:
    told(question, _rents, words)


def _ponds() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Temperature (°C)", title="Water temperature of two ponds")
    axes.plot(range(1, 7), [12, 13, 14, 15, 16, 15], label="Garden pond")
    axes.plot(range(1, 7), [10, 11, 12, 14, 17, 15], label="School pond")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which pond reached the highest temperature?", ("School pond", "17 °C")),
        ("Which pond got warmest?", ("School pond", "17 °C")),
        ("Welcher Teich erreichte die höchste Temperatur?", ("17 °C",)),
    ],
)
def test_reached_is_no_mean(question: str, words: tuple[str, ...]) -> None:
    told(question, _ponds, words)
