"""Where values are most or least certain, by the error bars of a series; and bands, of which nothing is known."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, one
from vision_magic.engine.chart.data import ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.parse import parse_query

_GRIND: Final = chart(
    "Extraction",
    ChartAxis(label="Setting", scale="linear"),
    ChartAxis(label="Yield (%)", unit="%", scale="linear"),
    one("line", (4.0, 5.0, 6.0, 7.0), (23.0, 22.0, 20.0, 18.0), "yield", extra={"error": (0.9, 0.4, 0.7, 1.3)}),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Most repeatable setting?", "0.4"),
        ("Which setting is the least consistent?", "1.3"),
        ("At which setting does it vary most?", "1.3"),
        ("Bei welchem Setting streut es am meisten?", "1,3"),
        ("Welches Setting ist am wenigsten konstant?", "1,3"),
        ("Quel réglage est le plus régulier ?", "0,4"),
        ("¿En qué ajuste hay más variación?", "1,3"),
        ("가장 일정한 설정은 뭐야?", "0.4"),
        ("제일 들쭉날쭉한 설정은 뭐야?", "1.3"),
        ("哪个设置波动最大？", "1.3"),
    ],
)
def test_the_steadiest_place_has_the_shortest_error_bar(question: str, expected: str) -> None:
    query = parse_query(question, [_GRIND])
    assert query.operations == ("error",)
    assert f"± {expected}" in " ".join(answer_query(query, [_GRIND]))


def test_the_highest_value_is_no_error_bar() -> None:
    assert parse_query("Which setting has the highest yield?", [_GRIND]).operations == ("maximum",)


_SOIL: Final = chart(
    "Soil",
    ChartAxis(label="Depth (cm)", unit="cm", scale="linear"),
    ChartAxis(label="Moisture (%)", unit="%", scale="linear"),
    one("line", (5.0, 10.0, 20.0, 40.0), (23.0, 22.0, 20.0, 18.0), "mean ± SD, 4 plots", extra={"error": (1, 2, 3, 1)}),
)


@pytest.mark.parametrize(
    "question",
    [
        "What do the vertical bars around each point stand for?",
        "What do the lines above and below the points mean?",
        "Was bedeuten die senkrechten Striche an den Punkten?",
        "Was bedeuten die Fehlerbalken?",
        "Que représentent les traits verticaux autour des points ?",
        "점마다 있는 세로 막대는 무엇을 뜻하나요?",
        "每个点上下的竖线代表什么?",
    ],
)
def test_lines_at_points_are_error_bars(question: str) -> None:
    query = parse_query(question, [_SOIL])
    assert "mean ± SD, 4 plots" in " ".join(answer_query(query, [_SOIL]))


_HEAP: Final = chart(
    "Heap",
    ChartAxis(label="Time after mixing (h)", unit="h", scale="linear"),
    ChartAxis(label="Temperature (°C)", unit="°C", scale="linear"),
    one("line", (0.0, 1.0, 2.0, 4.0), (20.0, 24.0, 31.0, 38.5), "mean ± SD", extra={"error": (1, 2, 3, 1)}),
)


@pytest.mark.parametrize(
    "question",
    [
        "What was the average temperature four hours after mixing?",
        "Quelle était la température moyenne quatre heures après le mélange ?",
        "¿Cuál era la temperatura media cuatro horas después de mezclar?",
    ],
)
def test_hours_in_words_after_an_event_are_a_place(question: str) -> None:
    assert parse_query(question, [_HEAP]).places == (4.0,)
