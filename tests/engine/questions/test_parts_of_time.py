"""Quarters such as "Apr–Jun" and columns such as "0–6 h", by the seasons and the hours that a question names."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.unused import unused_in
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.query import Query

_QUARTERS: Final = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
_VISITS: Final = chart(
    "Visits",
    names("", *_QUARTERS),
    ChartAxis(label="Visits", scale="linear"),
    one("bars", _QUARTERS, (40.0, 90.0, 30.0, 50.0), "Dogs"),
    one("bars", _QUARTERS, (20.0, 60.0, 25.0, 10.0), "Cats"),
)
_SLOTS: Final = ("0–6 h", "6–12 h", "12–18 h", "18–24 h")
_CALLS: Final = chart(
    "Calls",
    names("Time of day", *_SLOTS),
    names("Month", "Jan", "Feb", "Mar"),
    one("heat map", _SLOTS, (1.0, 5.0, 6.0, 3.0), "Jan"),
    one("heat map", _SLOTS, (2.0, 7.0, 8.0, 4.0), "Feb"),
    one("heat map", _SLOTS, (4.0, 9.0, 6.0, 5.0), "Mar"),
)
_AGES: Final = chart(
    "Members by age",
    names("Age", "0–6", "6–12", "12–18"),
    ChartAxis(label="Members", scale="linear"),
    one("bars", ("0–6", "6–12", "12–18"), (4.0, 9.0, 6.0)),
)


def _told(question: str, on: Chart) -> str:
    return " ".join(answer_query(parse_query(question, [on]), [on]))


@pytest.mark.parametrize(
    "question",
    [
        "Dogs vs Cats in spring, what's the gap?",
        "Wie groß ist der Unterschied zwischen Dogs und Cats im Frühling?",
        "Quelle est la différence entre Dogs et Cats au printemps ?",
        "¿Cuál es la diferencia entre Dogs y Cats en primavera?",
        "봄에 Dogs와 Cats의 차이는 얼마야?",
        "春天Dogs和Cats相差多少？",
    ],
)
def test_a_season_is_the_quarter_that_has_most_of_its_months(question: str) -> None:
    answer = _told(question, _VISITS)
    assert all(part in answer for part in ("Apr–Jun", "90", "60", "30")), answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Total night calls, midnight to six", "7"),
        ("How many calls came in the evening in total?", "12"),
        ("Wie viele Anrufe kamen nachts insgesamt?", "7"),
        ("Combien d'appels entre minuit et 6 h au total ?", "7"),
        ("¿Cuántas llamadas hubo en total después de las 18 h?", "12"),
        ("새벽에 전화가 총 몇 건이야?", "7"),
        ("凌晨一共有多少电话？", "7"),
    ],
)
def test_hours_are_columns_of_which_all_rows_are_added(question: str, expected: str) -> None:
    answer = _told(question, _CALLS)
    assert expected in answer.partition(": ")[2], answer
    assert "Jan" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "What share of calls comes after 6 pm?",
        "Welcher Anteil der Anrufe kommt abends nach 18 Uhr?",
        "Quelle part des appels arrive après 18 h ?",
    ],
)
def test_a_share_of_a_heat_map_is_one_of_all_rows(question: str) -> None:
    answer = _told(question, _CALLS)
    assert "18–24 h" in answer
    assert "20" in answer
    assert "12" in answer
    assert "60" in answer


def test_ages_are_no_hours() -> None:
    assert parse_query("How many are there in the morning?", [_AGES]).groups == ()


@pytest.mark.parametrize("word", ["at the weekend", "in the morning"])
def test_a_time_that_is_left_is_named(word: str) -> None:
    query = Query(text="", language="en", operations=("difference",), series=("Dogs", "Cats"))
    question = f"Dogs vs Cats {word}, what is the gap?"
    assert unused_in(question, query, list(answer_query(query, [_VISITS])), [_VISITS]) in word


@pytest.mark.parametrize(
    "question",
    [
        "Which part of the year has the highest total?",
        "In welchem Teil des Jahres ist die Summe am höchsten?",
        "Quelle partie de l'année a le total le plus élevé ?",
    ],
)
def test_a_part_of_the_year_is_a_quarter(question: str) -> None:
    answer = _told(question, _VISITS)
    assert "Apr–Jun" in answer
    assert "150" in answer


def _days(language: str) -> Chart:
    days, rows, label, noun = {
        "en": ("Mon Tue Wed Thu Fri Sat Sun", ("morning", "evening"), "Day", "Guests"),
        "de": ("Mo Di Mi Do Fr Sa So", ("morgens", "abends"), "Tageszeit", "Gäste"),
        "zh": ("周一 周二 周三 周四 周五 周六 周日", ("上午", "晚上"), "时段", "客人"),
    }[language]
    along = tuple(days.split())
    counts = ((5.0, 6.0, 7.0, 8.0, 9.0, 30.0, 20.0), (4.0, 3.0, 9.0, 9.0, 9.0, 22.0, 2.0))
    made = [one("heat map", along, values, name) for name, values in zip(rows, counts, strict=True)]
    return chart(noun, names("Tag" if language == "de" else label, *along), names(label, *rows), *made)


@pytest.mark.parametrize(
    ("question", "language", "words"),
    [
        ("Which weekday has the most guests overall?", "en", ("“Sat”", "52")),
        ("On which weekday are there the fewest guests in the morning?", "en", ("“Mon”", "5")),
        ("How many guests come on weekdays in total?", "en", ("69",)),
        ("An welchem Wochentag kommen insgesamt die meisten Gäste?", "de", ("„Sa“", "52")),
        ("Welcher Wochentag hat morgens die meisten Gäste?", "de", ("„Sa“", "30")),
        ("Welche Wochentage haben abends mehr als 20 Gäste?", "de", ("„Sa“", "22")),
        ("Wie viele Gäste kommen an Wochentagen insgesamt?", "de", ("69",)),
        ("Wie viele Gäste kommen unter der Woche insgesamt?", "de", ("69",)),
        ("星期几客人总共最多?", "zh", ("“周六”", "52")),
        ("工作日一共有多少客人?", "zh", ("“周五”", "69")),
    ],
)
def test_a_day_of_the_week_may_be_one_of_the_weekend(question: str, language: str, words: tuple[str, ...]) -> None:
    answer = _told(question, _days(language))
    assert [word for word in words if word not in answer] == [], answer
