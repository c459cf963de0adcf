"""Matrices of correlations: which two go together, in which direction, and what goes most with one of them."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.parse import parse_query

_NAMES: Final = ("Aroma", "Body", "Bitterness", "Score")
_VALUES: Final = ((1.0, 0.12, -0.22, 0.7), (0.12, 1.0, 0.35, 0.3), (-0.22, 0.35, 1.0, -0.63), (0.7, 0.3, -0.63, 1.0))
_MATRIX: Final = chart(
    "Correlations",
    names("", *_NAMES),
    names("", *_NAMES),
    *(one("heat map", _NAMES, row, name) for name, row in zip(_NAMES, _VALUES, strict=True)),
)


def _told(question: str, on: Chart = _MATRIX) -> str:
    return " ".join(answer_query(parse_query(question, [on]), [on]))


@pytest.mark.parametrize(
    "question",
    [
        "What matters most for the score?",
        "Was hängt am stärksten mit dem Score zusammen?",
        "Qu'est-ce qui compte le plus pour le Score ?",
        "¿Qué influye más en Score?",
        "Score에 가장 큰 영향을 주는 건 뭐야?",
        "什么对Score影响最大？",
    ],
)
def test_what_matters_most_is_another_than_itself(question: str) -> None:
    answer = _told(question)
    assert "Aroma" in answer
    assert "0.7" in answer.replace(",", ".")


@pytest.mark.parametrize(
    "question",
    [
        "How do Body and Aroma go together?",
        "Wie hängen Body und Aroma zusammen?",
        "Quel est le rapport entre Body et Aroma ?",
        "¿Qué relación hay entre Body y Aroma?",
        "Body와 Aroma는 어떤 관계야?",
        "Body和Aroma有什么关系？",
    ],
)
def test_two_go_together_by_their_cell(question: str) -> None:
    assert "0.12" in _told(question).replace(",", ".")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is bitter bad for the score?", "Yes."),
        ("Is bitterness good for the score?", "No."),
        ("Ist Bitterness schlecht für den Score?", "Ja."),
        ("Is aroma bad for the score?", "No."),
    ],
)
def test_what_is_bad_has_a_negative_correlation(question: str, expected: str) -> None:
    assert expected in _told(question)


@pytest.mark.parametrize(
    "question",
    [
        "Which two things have the weakest link of all?",
        "Welche zwei hängen am wenigsten zusammen?",
        "¿Qué dos están menos relacionadas?",
        "가장 관계가 약한 두 가지는 뭐야?",
        "哪两个相关性最弱？",
    ],
)
def test_the_weakest_link_is_closest_to_zero(question: str) -> None:
    answer = _told(question)
    assert "Aroma" in answer
    assert "Body" in answer


def test_a_word_that_nothing_explains_is_named() -> None:
    assert "unheard" in parse_query("Which customers like the score most?", [_MATRIX]).operations
