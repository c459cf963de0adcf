"""Which of several courses ends or starts highest, where one turns, and extremes of values over a length."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
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
