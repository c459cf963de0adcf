"""Names in Korean letters that are asked for in others, years of a Korean legend, and the year before."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.names.loanwords import original_in
from vision_magic.engine.questions.parse import parse_query

_BEANS: Final = ("에티오피아", "콜롬비아", "브라질", "디카페인")
_PIE: Final = chart(
    "원두 판매 비중",
    names("", *_BEANS),
    ChartAxis(scale="linear"),
    one("pie", _BEANS, (40.0, 30.0, 20.0, 10.0)),
)
_MONTHS: Final = ("7월", "8월", "9월")
_VISITS: Final = chart(
    "방문자",
    names("월", *_MONTHS),
    ChartAxis(label="방문자 (명)", unit="명", scale="linear"),
    one("bars", _MONTHS, (100.0, 200.0, 150.0), "2023년"),
    one("bars", _MONTHS, (90.0, 260.0, 170.0), "2024년"),
)


def _told(question: str, on: Chart) -> str:
    return " ".join(answer_query(parse_query(question, [on]), [on]))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How big is decaf", "10 %"),
        ("What is the share of Ethiopia?", "40 %"),
        ("La différence entre la Colombie et le Brésil, c'est combien ?", "10 points"),
        ("Wie groß ist der Anteil von Kolumbien?", "30 %"),
        ("¿Qué porcentaje es Etiopía?", "40 %"),
    ],
)
def test_korean_names_are_known_in_other_languages(question: str, value: str) -> None:
    assert value in _told(question, _PIE)


def test_a_loanword_is_known_by_its_sound() -> None:
    assert original_in("how many filters did we use", "필터") is not None
    assert original_in("how many people came", "필터") is None


@pytest.mark.parametrize(
    "question",
    [
        "How many more people in August 2024 than in August 2023?",
        "Wie viele mehr waren es im August 2024 als im August 2023?",
        "Quelle est la différence entre août 2024 et août 2023 ?",
    ],
)
def test_a_year_is_a_series_and_a_month_may_be_said_twice(question: str) -> None:
    query = parse_query(question, [_VISITS])
    assert query.places == ("8월",)
    assert query.series == ("2024년", "2023년")
    assert "60" in " ".join(answer_query(query, [_VISITS]))


@pytest.mark.parametrize(
    "question",
    [
        "Which months were worse than the year before?",
        "In welchen Monaten waren es weniger als im Vorjahr?",
        "Quels mois ont eu moins de visiteurs que l'année précédente ?",
        "¿Qué meses fueron peores que el año anterior?",
        "작년보다 손님이 적었던 달은 언제야?",
        "哪些月份比去年少？",
    ],
)
def test_the_year_before_is_the_other_series(question: str) -> None:
    query = parse_query(question, [_VISITS])
    assert query.series == ("2023년", "2024년")
    answer = " ".join(answer_query(query, [_VISITS]))
    assert "8" not in answer.replace("2024년", "").partition(": ")[2].partition("3년")[0]
    assert "1" in answer


def test_the_calmest_day_is_not_the_busiest_too() -> None:
    days = ("Monday", "Tuesday", "Saturday")
    calm = chart("", names("", *days), ChartAxis(label="Visits", scale="linear"), one("bars", days, (27.0, 20.0, 14.0)))
    assert parse_query("Quel jour est le plus tranquille ?", [calm]).operations == ("minimum",)
