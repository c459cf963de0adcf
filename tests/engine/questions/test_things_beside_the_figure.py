"""Things, persons and reasons that a figure does not hold beside those that it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, named_points, told
from tests.engine.questions.test_plain_figures import stack


def racks() -> Figure:
    hours = [datetime(2024, 9, 9, hour) for hour in range(7, 15)]
    figure = Figure()
    axes = figure.add_subplot(title="Freie Roller", xlabel="Uhrzeit", ylabel="Freie Roller (Anzahl)")
    axes.plot(hours, [14, 11, 8, 5, 6, 9, 12, 13], label="Marktplatz")
    axes.plot(hours, [4, 6, 9, 13, 15, 12, 8, 7], label="Bibliothek")
    axes.axhline(20, label="Ladepunkte je Station")
    axes.legend()
    return figure


def dogs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="犬舍成年狗体重", xlabel="品种", ylabel="体重 (千克)")
    axes.boxplot([[8, 9, 10, 11, 13], [20, 23, 25, 27, 31], [28, 30, 33, 36, 41]])
    axes.set_xticks([1, 2, 3], labels=["柯基", "边牧", "金毛"])
    return figure


def doses() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Blutdruck", xlabel="Gruppe", ylabel="Senkung (mmHg)")
    axes.bar(["Placebo", "Niedrig", "Hoch"], [2.5, 6.1, 9.8])
    return figure


def joinery() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Monat", ylabel="Anzahl")
    stack(axes, ["Jan", "Feb", "Mär", "Apr"], {"Tische": [5, 8, 4, 6], "Regale": [9, 3, 7, 12]})
    return figure


def laps() -> Figure:
    points = {"Vuelta Larga": (18.0, 900), "Río": (6.2, 120), "Cumbre": (11.5, 1300), "Ermita": (4.1, 260)}
    return named_points(points, title="Rutas", xlabel="Distancia (km)", ylabel="Desnivel (m)")


def flowers() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Wochentag", ylabel="Verkauf (Bund)")
    days = ["Montag", "Dienstag", "Mittwoch", "Donnerstag"]
    stack(axes, days, {"Astern": [20, 25, 18, 60], "Lilien": [30, 31, 29, 33]})
    axes.get_legend().set_title("Sorte")
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Wie viele Roller standen um 9 Uhr an der Station Nordtor?", racks, ("„Nordtor“ verstehe ich hier nicht",)),
        ("Warum gab es um 10 Uhr am Marktplatz so wenige Roller?", racks, ("Das kann ich nicht beantworten",)),
        ("哈士奇的体重中位数是多少?", dogs, ("我不理解这里的“哈士奇”",)),
        ("一共称了多少只狗?", dogs, ("无法回答",)),
        ("Wie viele Patienten bekamen Placebo?", doses, ("„Patienten“ verstehe ich hier nicht",)),
        ("Welcher Lehrling hat die meisten Regale gebaut?", joinery, ("„Lehrling“ verstehe ich hier nicht",)),
    ],
)
def test_what_is_not_drawn_is_not_answered(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    answer = asked(question, draw)
    assert [word for word in words if word not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Höchster Wert an der Bib?", racks, ("„Bibliothek“ ist 15", "um 11:00 Uhr")),
        ("各品种的体重中位数是多少?", dogs, ("“柯基”: 10", "“金毛”: 33")),
        ("最重的那只边牧有多重?", dogs, ("31 千克",)),
        ("Welcher Monat hat die meisten Regale?", joinery, ("12", "April")),
        ("¿Cuál es la más corta de todas?", laps, ("4,1 km", "Ermita")),
        ("¿Cuál es la ruta más larga?", laps, ("18 km", "Vuelta Larga")),
        ("¿Las rutas más cortas tienen menos desnivel?", laps, ("Sí",)),
        ("¿Las rutas más largas suelen tener también más desnivel?", laps, ("Sí",)),
        ("Welche Sorte lief über die ganze Woche gesehen am besten?", flowers, ("Astern", "123")),
    ],
)
def test_what_is_drawn_beside_is_answered(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
