"""Whether all, any or none of several courses move, whether one does at each step, and who is ahead throughout."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def cities() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Temperature (°C)")
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
    axes.plot(months, [8, 9, 11, 14, 19, 23], label="Rome")
    axes.plot(months, [5, 5, 8, 10, 13, 17], label="London")
    axes.plot(months, [-4, -5, 0, 5, 11, 15], label="Oslo")
    axes.legend()
    return figure


def club() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel="Members")
    axes.plot(range(2014, 2022), [150, 149, 163, 180, 196, 210, 170, 158])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Did all cities get warmer from May to June?", cities, ("Yes", "“Oslo” rises from 11 °C")),
        ("Did all cities get colder from January to February?", cities, ("No",)),
        ("Did any city get colder from January to February?", cities, ("Yes", "“Oslo” falls")),
        ("Did any city become colder between May and June?", cities, ("No",)),
        ("Which cities got colder from January to February?", cities, ("“Oslo” (-4 °C → -5 °C)",)),
        ("Wurde es von Mai bis Juni in allen Städten wärmer?", cities, ("Ja",)),
        ("Wurde es von Januar auf Februar in irgendeiner Stadt kälter?", cities, ("Ja",)),
        ("Toutes les villes sont-elles devenues plus chaudes de mai à juin ?", cities, ("Oui",)),
        ("¿Todas las ciudades se volvieron más cálidas de mayo a junio?", cities, ("Sí",)),
        ("5월에서 6월까지 모든 도시가 더 따뜻해졌나요?", cities, ("네",)),
        ("有没有城市从一月到二月变冷了？", cities, ("是的",)),
        ("Was Rome the warmest in all months?", cities, ("Yes", "6 of 6")),
        ("Was Oslo the coldest every month?", cities, ("Yes",)),
        ("Was London the coldest all year?", cities, ("No", "0 of 6")),
        ("War Rom in allen Monaten am wärmsten?", cities, ("Ja",)),
        ("Rome était-elle la plus chaude tous les mois ?", cities, ("Oui",)),
        ("로마가 모든 달에 가장 따뜻했나요?", cities, ("네",)),
        ("Did Rome get warmer every month?", cities, ("Yes", "never falls")),
        ("Did it grow every year?", club, ("No", "3 of 7")),
        ("Did the club grow each year?", club, ("No", "3 of 7")),
        ("Ist der Verein jedes Jahr gewachsen?", club, ("Nein", "3 von 7")),
        ("Le club a-t-il grandi chaque année ?", club, ("Non",)),
        ("¿Creció cada año?", club, ("No", "3 de 7")),
        ("매년 증가했나요?", club, ("아니요",)),
        ("每年都增长吗？", club, ("不是",)),
        ("In which years did it lose members?", club, ("3 of 7", "2015")),
        ("How many years did the membership fall?", club, ("3 of 7",)),
    ],
)
def test_every_step(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
