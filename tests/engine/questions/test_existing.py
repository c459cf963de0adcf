"""Ties, values where another passes a limit, pass marks, both sides of a cell, and words that change nothing."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.forms.fillers import without_fillers
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class

_PEOPLE: Final = ("Anna", "Ben", "Cleo")
_HOURS: Final = ChartAxis(label="Stunden", unit="h", scale="linear")
_HOBBIES: Final = chart(
    "Freizeit",
    names("", *_PEOPLE),
    _HOURS,
    one("bars", _PEOPLE, (30.0, 25.0, 40.0), "Lesen"),
    one("bars", _PEOPLE, (30.0, 50.0, 20.0), "Sport"),
)
_RUN: Final = chart(
    "Run",
    ChartAxis(label="Epoch", scale="linear"),
    ChartAxis(label="Score", scale="linear"),
    one("line", (1.0, 2.0, 3.0, 4.0), (2.0, 1.5, 1.2, 1.1), "Loss"),
    one("line", (1.0, 2.0, 3.0, 4.0), (30.0, 50.0, 75.0, 80.0), "Accuracy"),
)
_EXAM: Final = chart(
    "Maths test",
    ChartAxis(label="Score", scale="linear"),
    ChartAxis(label="Pupils", scale="linear"),
    one("line", (1.0, 2.0, 3.0), (20.0, 60.0, 70.0)),
    one("reference line", (0.0,), (50.0,), "Pass mark"),
)


@pytest.mark.parametrize(
    ("on", "question", "expected"),
    [
        (_HOBBIES, "Are any two tied for Anna?", ("Yes. ", "“Lesen” and “Sport”", "30 h")),
        (_HOBBIES, "Sind bei Ben irgendwelche gleichauf?", ("Nein. ", "Keine zwei")),
        (_HOBBIES, "Gibt es etwas, wofür Ben weniger Zeit ausgibt als Anna?", ("Ja. ", "„Lesen“ (25 h, 30 h)")),
        (_RUN, "What was the loss by the time accuracy passed 70?", ("“Loss” at Epoch 3 is 1.2",)),
        (_RUN, "Wie hoch war Loss, als Accuracy erstmals über 70 lag?", ("„Loss“ bei Epoch 3 ist 1,2",)),
    ],
)
def test_what_exists_is_told(on: Chart, question: str, expected: tuple[str, ...]) -> None:
    answer = " ".join(answer_query(parse_query(question, [on]), [on]))
    assert all(part in answer for part in expected), answer


@pytest.mark.parametrize(
    ("question", "kind"),
    [("How many failed?", "below"), ("Wie viele haben bestanden?", "at least"), ("Combien ont échoué ?", "below")],
)
def test_failing_is_a_limit_where_a_pass_mark_is_drawn(question: str, kind: str) -> None:
    limit = parse_query(question, [_EXAM]).threshold
    assert limit is not None
    assert (limit.limit, limit.kind) == (50.0, kind)
    assert parse_query(question, [_RUN]).threshold is None


def test_words_that_change_nothing_are_known() -> None:
    assert is_of_closed_class("ihrem", "de")
    assert not is_of_closed_class("außerhalb", "de")
    assert without_fillers("Generally speaking, which is highest?", "en") == "which is highest?"
    assert without_fillers("En gros", "fr") == "En gros"
