"""What is found in a question is kept for all who ask for it, and each of them may change what it got."""

from __future__ import annotations

from tests.engine.questions.charts import RAIN
from vision_magic.engine.questions.parse import found_in


def test_what_one_changes_of_a_marked_question_no_other_sees() -> None:
    text = "How much did it rain in Rome in March?"
    query, marked = found_in(text, RAIN.panels)
    before = (marked.written, [*marked.places], [*marked.series])

    marked.written = ""
    marked.places.append("elsewhere")
    marked.series.append("another")
    again, fresh = found_in(text, RAIN.panels)

    assert again == query
    assert (fresh.written, fresh.places, fresh.series) == before


def test_the_same_question_is_read_anew_for_another_chart() -> None:
    text = "How much did it rain in March?"

    _, with_months = found_in(text, RAIN.panels)
    _, without_chart = found_in(text, [])

    assert with_months.places == ["Mar"]
    assert not without_chart.places
