"""Times of day along an axis of moments: how a question names them, and how an answer does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

_OUTDOOR = [10, 12, 15, 19, 24, 30, 33, 35, 36, 34, 31, 29, 28, 27, 25, 24, 22, 20, 18, 17, 16, 15, 13, 12, 11, 9, 8]
_INDOOR = [20, 20, 21, 22, 22, 23, 24, 24, 25, 25, 26, 27, 27, 28, 28, 29, 29, 30, 30, 29, 28, 27, 26, 25, 24, 22, 21]


def _pools(label: str, values: str, outdoor: str, indoor: str) -> Figure:
    times = [datetime(2024, 6, 3, 7) + timedelta(minutes=30 * number) for number in range(27)]
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel=values)
    axes.plot(times, _OUTDOOR, label=outdoor)
    axes.plot(times, _INDOOR, label=indoor)
    axes.legend()
    return figure


def english() -> Figure:
    return _pools("Time", "Visitors", "Outdoor pool", "Indoor pool")


def german() -> Figure:
    return _pools("Uhrzeit", "Gäste", "Freibad", "Hallenbad")


def french() -> Figure:
    return _pools("Heure", "Baigneurs", "Piscine Nord", "Piscine Sud")


def spanish() -> Figure:
    return _pools("Hora", "Bañistas", "Piscina Norte", "Piscina Sur")


def korean() -> Figure:
    return _pools("시각", "이용자 (명)", "야외", "실내")


def chinese() -> Figure:
    return _pools("时间", "人数", "室外", "室内")


def _line(start: datetime, hours: int, values: list[float]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Zeit", ylabel="Temperatur (°C)")
    axes.plot([start + timedelta(hours=hours * number) for number in range(len(values))], values)
    return figure


def night() -> Figure:
    return _line(datetime(2024, 6, 3, 22), 1, [18, 17.5, 16, 15, 14.2, 13.5, 13.1, 13, 14, 16])


def days() -> Figure:
    return _line(datetime(2024, 6, 3), 6, [18, 17.5, 26, 15, 14.2, 13.5, 23.1, 13, 14, 16, 25, 17])


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many visitors were in the outdoor pool at 8 pm?", english, ("20:00", "8")),
        ("How many people were in the indoor pool at noon?", english, ("12:00", "26")),
        ("How much did the outdoor pool rise between 8 am and 10 am?", english, ("08:00", "10:00", "33", "18")),
        ("Which pool had more visitors at 18:30?", english, ("18:30", "25", "12")),
        ("Wie viele Gäste waren um 9:30 Uhr im Hallenbad?", german, ("um 09:30 Uhr", "23")),
        ("Welches Bad war abends um 7 Uhr voller?", german, ("um 19:00 Uhr", "24")),
        ("Wie groß ist der Unterschied zwischen beiden um 20 Uhr?", german, ("13",)),
        ("Wie hat sich das Freibad zwischen 8 und 10 Uhr entwickelt?", german, ("15", "33", "18")),
        ("Combien de baigneurs à la piscine Nord à 14 h ?", french, ("à 14 h", "25")),
        ("Quel est l'écart entre les deux piscines à midi ?", french, ("à 12 h", "5")),
        ("Laquelle avait le plus de baigneurs à 18h30 ?", french, ("à 18 h 30", "Sud", "25")),
        ("¿Cuántos bañistas había en la piscina Norte a las 14?", spanish, ("a las 14:00", "25")),
        ("¿Cuántos bañistas había en la piscina Sur a las 8 de la tarde?", spanish, ("a las 20:00", "21")),
        ("¿Cuánto aumentó la piscina Norte entre las 8 y las 10?", spanish, ("15", "33", "18")),
        ("오후 2시에 야외 이용자는 몇 명이야?", korean, ("14:00", "25")),
        ("8시부터 10시까지 야외 이용자는 얼마나 늘었어?", korean, ("15", "33", "18")),
        ("20点室内有多少人?", chinese, ("20:00", "21")),
        ("下午2点室外有多少人?", chinese, ("14:00", "25")),
        ("Wie kalt war es um 3 Uhr?", night, ("um 03:00 Uhr", "13,5")),
        ("Wie kalt war es um Mitternacht?", night, ("um 00:00 Uhr", "16")),
        ("Wie warm war es am 4. Juni um 12 Uhr?", days, ("4. Juni 2024, 12:00 Uhr", "23,1")),
    ],
)
def test_a_time_of_day_is_a_place(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("When was the outdoor pool fullest?", english, ("36, at 11:00",)),
        ("When did the indoor pool overtake the outdoor pool?", english, ("cross at 13:15", "at 13:30")),
        ("Wann war das Freibad am vollsten?", german, ("36, um 11:00 Uhr",)),
        ("À quelle heure la piscine Nord est-elle la plus fréquentée ?", french, ("36, à 11 h",)),
        ("¿A qué hora hubo más gente en la piscina Norte?", spanish, ("36, a las 11:00",)),
        ("야외 이용자가 가장 많은 시각은?", korean, ("11:00에",)),
        ("室外什么时候人最多?", chinese, ("11:00",)),
        ("Wann war es am kältesten?", night, ("13 °C, um 05:00 Uhr",)),
        ("Wann war es am wärmsten?", days, ("26 °C, am 3. Juni 2024, 12:00 Uhr",)),
    ],
)
def test_a_moment_is_told_as_a_time(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize("question", ["Wie warm war es um 12 Uhr?", "Wie warm war es am 4. Juni?"])
def test_a_time_of_several_days_or_a_day_of_several_times_is_no_place(question: str) -> None:
    assert "Das kann ich nicht beantworten" in asked(question, days)


def test_a_time_that_is_not_drawn_has_no_value() -> None:
    told("Wie viele Gäste waren um 23 Uhr im Freibad?", german, ("um 23:00 Uhr gibt es keinen Wert",))
