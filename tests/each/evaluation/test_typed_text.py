"""What a person types for a number."""

from __future__ import annotations

from typing import Any

import pytest

from vision_magic.each.evaluation.typed_text import value_of_text


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (" 12,5 ", "number", 12.5),
        ("0,125", "number", 0.125),
        ("1.234", "number", 1.234),
        ("1.200,5", "number", 1200.5),
        ("1,200.5", "number", 1200.5),
        ("1,200,000", "integer", 1_200_000),
        ("1.200.000", "number", 1_200_000),
        ("1\u202f200,5", "number", 1200.5),
        ("\u22123", "integer", -3),
        ("9007199254740993", "integer", 9007199254740993),
        ("No", "boolean", False),
        ("1,200", "number", "1200 or 1.200, since"),
        ("-1,200", "integer", "-1200 or -1.200, since"),
        ("1,20.5", "number", "a number"),
        ("nan", "number", "a number"),
        ("1e999", "number", "a number"),
        ("1.5", "integer", "an integer"),
        ("1", "boolean", "yes or no"),
    ],
)
def test_a_number_is_read_if_it_can_mean_only_one(text: str, kind: str, value: Any) -> None:
    if not isinstance(value, str):
        assert value_of_text(text, kind) == value
        return
    with pytest.raises(ValueError, match=f"^{value}"):
        value_of_text(text, kind)
