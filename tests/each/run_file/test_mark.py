"""How two marks of a run differ, in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from vision_magic.each.run_file.mark import differences

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
MARKS = st.dictionaries(st.text(max_size=3), VALUES, max_size=4)


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, []),
        ({"a": [1, 2]}, {"a": (1, 2)}, []),
        ({"model": "a"}, {"model": "b"}, ["model: 'a' → 'b'"]),
        ({"a": None, "b": {}}, {}, []),
        ({"a": True}, {"a": 1}, ["a: True → 1"]),
        ({}, {"seed": 3}, ["seed: not set → 3"]),
        ({"detail": "high"}, {"detail": None}, ["detail: 'high' → not set"]),
        ({"o": {"t": 0, "p": 1}}, {"o": {"t": 0.5, "p": 1}}, ["o.t: 0 → 0.5"]),
        ({"o": {"t": 0}}, {"o": {}}, ["o.t: 0 → not set"]),
        ({"schema": {"properties": {"n": {"type": "integer"}}}}, {"schema": None},
         ["schema: {n: int} → not set"]),
        ({"schema": {"type": "object", "properties": {"n": {"type": "integer"}, "t": {"type": "string"}}}},
         {"schema": {"type": "object", "properties": {
             "n": {"anyOf": [{"type": "number"}, {"type": "null"}]}, "k": {"enum": ["a", "b"]},
             "l": {"type": "array", "items": {"$ref": "#/$defs/P"}}},
             "$defs": {"P": {"properties": {"x": {"type": "number"}}}}}},
         ["schema.n: int → float | None", "schema.t: str → not set", "schema.k: not set → 'a' | 'b'",
          "schema.l: not set → list[{x: float}]"]),
        ({"schema": {"properties": {"value": {"enum": ["a", "b"]}}}},
         {"schema": {"properties": {"value": {"enum": ["a", "b", "c"]}}}},
         ["schema: 'a' | 'b' → 'a' | 'b' | 'c'"]),
        ({"schema": {"properties": {"n": {"type": "integer", "description": "old"}}}},
         {"schema": {"properties": {"n": {"type": "integer", "description": "new"}}}},
         ["schema.properties.n.description: 'old' → 'new'"]),
        ({"q": "a" * 100 + "species?"}, {"q": "a" * 100 + "genus?"},
         [f"q: '…{'a' * 20}species?' → '…{'a' * 20}genus?'"]),
        ({"q": "What is it?"}, {"q": "What is it? Be short."}, ["q: 'What is it?' → 'What is it? Be short.'"]),
        ({"q": "x" * 200}, {"q": "y" * 200}, [f"q: '{'x' * 60}…' → '{'y' * 60}…'"]),
        ({str(at): at for at in range(10)}, {}, [*(f"{at}: {at} → not set" for at in range(8)), "and 2 more"]),
    ],
)  # fmt: skip
def test_each_item_that_differs_has_a_line(old: dict[str, Any], new: dict[str, Any], lines: list[str]) -> None:
    assert differences(old, new) == lines


@given(MARKS, MARKS)
def test_marks_that_differ_have_lines_and_others_have_none(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert not differences(old, old)
    assert bool(differences(old, new)) == bool(differences(new, old))
