"""Typed answers as tables, complete and while being written; hostile text is shown as text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.render.hostile import HTML
from tests.render.pages import TAGS, Page, assert_harmless
from vision_magic.render.value_table import value_html, value_text

STYLES = {"overflow-x", "border-collapse", "margin", "padding", "text-align", "vertical-align", "margin-left"}


def page(value: Any) -> Page:
    return assert_harmless(value_html(value), tags=TAGS | {"details", "summary"}, styles=STYLES)


def words(value: Any) -> list[str]:
    return [one.text for one in page(value).words]


def test_records_are_a_table_with_a_row_each() -> None:
    rows = [{"series": "north", "peak": 3.5}, {"series": "south", "note": ["a", 1]}]
    assert words(rows) == ["series", "peak", "note", "north", "3.5", "south", '["a", 1]']
    assert [tag.name for tag in page(rows).tags].count("tr") == 3


def test_numbers_stand_at_the_right_and_truths_at_the_left() -> None:
    cells = [tag["style"] for tag in page([{"count": 3, "sure": True}]).tags if tag.name == "td"]
    assert cells[0].endswith("text-align:right")
    assert cells[1].endswith("text-align:left")


def test_one_record_is_names_and_values() -> None:
    assert words({"title": "Rainfall", "panels": 2}) == ["title", "Rainfall", "panels", "2"]


def test_a_list_of_plain_values_is_a_column_and_one_value_stands_out() -> None:
    assert words(["a", None, 3]) == ["a", "null", "3"]
    assert "strong" in [tag.name for tag in page("yes").tags]


def test_questions_unfold_to_their_answers() -> None:
    quiz = [{"question": "What rises?", "answer": "The tide."}, {"question": "What falls?"}]
    assert [tag.name for tag in page(quiz).tags].count("details") == 2
    assert "The tide." in words(quiz)


@pytest.mark.parametrize("value", [None, {}, []])
def test_nothing_yet_is_nothing(value: Any) -> None:
    assert value_html(value) == ""


def test_a_table_that_is_still_being_written_may_have_gaps() -> None:
    rows = [{"series": "north", "peak": 3}, {"series": "so"}, "text", None]
    assert words(rows) == ["series", "peak", "north", "3", "so"]
    assert [tag.name for tag in page(rows).tags].count("td") == 8


def test_of_many_rows_the_first_are_drawn() -> None:
    rows = [{"number": number} for number in range(1203)]
    assert words(rows)[-1] == "and 1,003 more"
    assert [tag.name for tag in page(rows).tags].count("tr") == 201


@pytest.mark.parametrize("hostile", HTML)
def test_hostile_words_are_words(hostile: str) -> None:
    for value in ([{hostile: hostile}], {hostile: hostile}, [hostile], hostile, [{"question": hostile}]):
        page(value)


def test_as_text_it_is_json_without_control_characters() -> None:
    assert json.loads(value_text([{"a": "é"}])) == [{"a": "é"}]
    assert "\x1b" not in value_text({"a": "\x1b[31mred"})


def test_records_that_all_have_other_names_do_not_make_a_table_without_end() -> None:
    """Two hundred records with a thousand names of their own each would be forty million cells."""
    rows = [{f"name{row}_{name}": 0 for name in range(1_000)} for row in range(200)]
    assert len(value_html(rows)) < 5_000_000
    assert words(rows[:1] + rows[1:2])[-1] == "and 1,900 more columns"
