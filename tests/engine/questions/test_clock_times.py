"""Times of a clock along axes of hours that are numbers."""

from __future__ import annotations

from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

HOURS = [17, 17.5, 18, 18.5, 19, 19.5, 20, 20.5, 21]


def hall(label: str, values: str, *, steps: bool = True) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel=values)
    for name, numbers in (("Indoor", [2, 4, 6, 11, 16, 18, 17, 15, 9]), ("Outdoor", [3, 5, 9, 10, 8, 7, 4, 2, 1])):
        axes.plot(HOURS, numbers, drawstyle="steps-post" if steps else "default", label=name)
    axes.legend()
    return figure


courts = partial(hall, "Time of day", "Guests")
plain = partial(hall, "Time of day", "Guests", steps=False)
plaetze = partial(hall, "Uhrzeit", "Gäste")
salles = partial(hall, "Heure", "Clients")
pistas = partial(hall, "Hora", "Personas")
korean = partial(hall, "시각", "이용자 (명)")
chinese = partial(hall, "时刻", "人数")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many guests were indoor at a quarter past seven in the evening?", courts, ("19.25 is 16",)),
        ("How many guests were indoor at half past seven?", courts, ("19.5 is 18",)),
        ("How many guests were indoor at 7:15 pm?", courts, ("19.25 is 16",)),
        ("How many guests were indoor at 7 in the evening?", courts, ("19 is 16",)),
        ("How many guests were indoor at quarter to eight?", courts, ("19.75 is 18",)),
        ("How many guests were indoor at a quarter past seven?", plain, ("19.25 is about 17", "on the line")),
        ("At 18:45, how many more guests were indoor than outdoor?", courts, ("18.75 (11) is 1 higher",)),
        ("Which of the two had more guests at 18:15?", courts, ("“Outdoor”", "9", "6")),
        ("Wie viele Gäste waren um Viertel nach sieben Indoor?", plaetze, ("19,25 ist 16",)),
        ("Wie viele Gäste waren um halb acht Indoor?", plaetze, ("19,5 ist 18",)),
        ("Wie viele Gäste waren um 18 Uhr 15 Indoor?", plaetze, ("18,25 ist 6",)),
        ("Combien de clients étaient Indoor à sept heures et quart du soir ?", salles, ("19,25 est 16",)),
        ("Combien de clients étaient Indoor à 18 h 15 ?", salles, ("18,25 est 6",)),
        ("¿Cuántas personas había Indoor a las siete y media?", pistas, ("19,5 es 18",)),
        ("¿Cuántas personas había Indoor a las ocho menos cuarto?", pistas, ("19,75 es 18",)),
        ("저녁 일곱 시 반에 Indoor에는 몇 명이 있었나요?", korean, ("19.5", "18")),
        ("18시 15분에는 Indoor와 Outdoor 중 어디에 사람이 더 많았나요?", korean, ("18.25", "6", "9")),
        ("晚上七点半Indoor有多少人?", chinese, ("19.5", "18")),
        ("七点一刻Indoor有多少人?", chinese, ("19.25", "16")),
    ],
)
def test_times_of_a_clock_are_places_among_hours(question: str, draw: partial[Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("What was the value of Indoor at 18:15?", "Time since the start (h)"),
        ("Wie hoch war Indoor nach 18:15?", "Dauer (h)"),
    ],
)
def test_spans_of_time_are_no_times_of_a_clock(question: str, label: str) -> None:
    assert "18.25" not in asked(question, partial(hall, label, "Guests"))
