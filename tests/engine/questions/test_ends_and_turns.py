"""Which of several courses ends or starts highest, where one turns, and extremes of values over a length."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.charts import chart, names, one
from tests.engine.questions.live import told
from vision_magic.engine.chart.data import ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.classified import classified
from vision_magic.engine.questions.parse import parse_query

_MINUTES: Final = (0.0, 1.0, 2.0, 3.0, 4.0)
_ROAST: Final = chart(
    "Roasts",
    ChartAxis(label="Time (min)", unit="min", scale="linear"),
    ChartAxis(label="Temperature (°C)", unit="°C", scale="linear"),
    one("line", _MINUTES, (185.0, 180.0, 190.0, 200.0, 205.0), "Guji"),
    one("line", _MINUTES, (190.0, 92.0, 120.0, 170.0, 219.0), "Sumatra"),
    one("line", _MINUTES, (170.0, 95.0, 130.0, 160.0, 190.0), "Santos"),
)
_MARKS: Final = ("5", "10", "15", "20")
_RACES: Final = chart(
    "My races: time for each 5 km",
    names("Kilometre mark", *_MARKS),
    ChartAxis(label="Split time (min)", unit="min", scale="linear"),
    one("line", _MARKS, (25.2, 25.0, 26.0, 28.0), "Seoul"),
    one("line", _MARKS, (25.4, 24.9, 24.4, 25.5), "Gyeongju"),
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Which one ends up hottest?", "219"),
        ("Which one starts out coldest?", "170"),
        ("Welcher ist am Ende am heißesten?", "219"),
        ("Lequel finit le plus chaud ?", "219"),
    ],
)
def test_an_extreme_at_an_end_is_no_mean(question: str, value: str) -> None:
    best = classified(question, [_ROAST]).best
    assert best is not None
    assert value in " ".join(answer_query(best, [_ROAST]))


@pytest.mark.parametrize(
    "question",
    [
        "How cold was Sumatra at the turning point?",
        "Wie kalt war Sumatra am Wendepunkt?",
        "Quelle était la température de Sumatra au point de retournement ?",
        "¿Qué temperatura tenía Sumatra en el punto de giro?",
        "Sumatra의 전환점 온도는 몇 도야?",
        "Sumatra在拐点时多少度？",
    ],
)
def test_a_turning_point_is_where_a_course_turns(question: str) -> None:
    query = parse_query(question, [_ROAST])
    assert query.operations == ("turns",)
    assert "92 °C" in " ".join(answer_query(query, [_ROAST]))


@pytest.mark.parametrize(
    "question",
    [
        "Fastest 5k of all, where was it",
        "Schnellste 5 km?",
        "Quels 5 km les plus rapides ?",
        "가장 빠른 5킬로는 언제야?",
    ],
)
def test_the_length_over_which_each_value_is_measured_is_no_place(question: str) -> None:
    query = parse_query(question, [_RACES])
    assert not query.places
    assert not query.yes_no
    assert "24" in " ".join(answer_query(query, [_RACES]))


def test_a_length_that_is_not_chosen_is_a_place() -> None:
    assert parse_query("What was the time at 5 km in Seoul?", [_RACES]).places == ("5",)


@pytest.mark.parametrize("question", ["Höchster Wert?", "Highest value of Guji?", "Mejor valor?", "Pire valeur ?"])
def test_an_extreme_without_a_verb_is_no_question_for_yes_or_no(question: str) -> None:
    assert not parse_query(question, [_ROAST]).yes_no


def rooms(names: tuple[str, str], labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.plot(range(9), [20, 14, 9, 6, 8, 11, 13, 15, 17], label=names[0])
    axes.plot(range(9), [22, 17, 12, 9, 5, 7, 10, 12, 14], label=names[1])
    axes.legend()
    return figure


def fridges() -> Figure:
    return rooms(("Fridge A", "Fridge B"), ("Hour", "Temperature (°C)"))


def haus() -> Figure:
    return rooms(("Keller", "Dachboden"), ("Stunde", "Temperatur (°C)"))


def maison() -> Figure:
    return rooms(("Cave", "Grenier"), ("Heure", "Température (°C)"))


def casa() -> Figure:
    return rooms(("Sótano", "Desván"), ("Hora", "Temperatura (°C)"))


def jip() -> Figure:
    return rooms(("지하실", "다락방"), ("시간", "온도 (°C)"))


def fangzi() -> Figure:
    return rooms(("地下室", "阁楼"), ("小时", "温度 (°C)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which fridge finished warmer, and by how many degrees?", fridges, ("Fridge A", "Hour 8", "3 °C")),
        ("Which fridge wound up colder?", fridges, ("Fridge B", "Hour 8", "14 °C")),
        ("How much colder did Fridge B finish than Fridge A?", fridges, ("Hour 8", "3 °C")),
        ("Quelle pièce termine la plus chaude, et de combien ?", maison, ("Cave", "Heure 8", "3 °C")),
        ("¿Cuál terminó más caliente, y por cuántos grados?", casa, ("Sótano", "Hora 8", "3 °C")),
        ("어느 쪽이 더 높게 끝났고, 몇 도 차이야?", jip, ("지하실", "시간 8", "3 °C")),
    ],
)
def test_who_finishes_higher_is_told_at_the_end(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("At what hour does the Fridge B curve bottom out?", fridges, ("5 °C", "Hour 4")),
        ("Where does Fridge A top out?", fridges, ("20 °C", "Hour 0")),
        ("What's the lowest temperature the Fridge A batch dropped to?", fridges, ("6 °C", "Hour 3")),
        ("Wann erreicht der Dachboden seine Talsohle?", haus, ("5 °C", "Stunde 4")),
        ("Jusqu'à quelle température la cave est-elle descendue ?", maison, ("6 °C", "Heure 3")),
        ("¿Cuál es la temperatura más baja a la que bajó el sótano?", casa, ("6 °C", "Hora 3")),
        ("지하실은 최저 몇 도까지 떨어졌어?", jip, ("6 °C",)),
        ("地下室最低降到多少度？", fangzi, ("6 °C",)),
        ("Between which two hours does Fridge A overtake Fridge B?", fridges, ("cross", "3.5")),
    ],
)
def test_the_bottom_of_a_curve_is_its_lowest_value(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize("question", ["整体来看哪个房间更热？", "从整体上看哪个房间温度更高？"])
def test_the_whole_course_has_a_mean(question: str) -> None:
    told(question, fangzi, ("平均值最高", "地下室"))


def audience() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="주 시작일", ylabel="관객 수 (명)")
    weeks = [date(2023, 5, 1) + timedelta(days=7 * number) for number in range(8)]
    axes.plot(weeks, [420, 398, 512, 318, 296, 305, 447, 460])
    return figure


@pytest.mark.parametrize(
    "question",
    [
        "5월 15일 주에서 그다음 5월 22일 주로 넘어가면서 관객이 몇 명이나 빠졌어?",
        "5월 15일에서 다음 주인 5월 22일로 가면서 관객이 몇 명 줄었어?",
    ],
)
def test_from_one_week_to_the_next_is_a_way(question: str) -> None:
    told(question, audience, ("194",))
