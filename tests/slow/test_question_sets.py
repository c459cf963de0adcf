"""Kept questions about live figures: none fails, and most answers agree with what their authors expect."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.questions import SETS, agrees, verdict_of
from vision_magic.images.figure_facts.values import Facts

FEWEST = 33
"""Answers of 56 that agree, in each set: fewer than of any, so that only a loss of many is a failure."""


@pytest.mark.parametrize("file", sorted(SETS.glob("*.json")), ids=lambda file: file.stem)
def test_kept_questions_are_answered(file: Path) -> None:
    counts: Counter[str] = Counter()
    for figure in json.loads(file.read_text("utf-8")):
        facts = Facts.read(figure["facts"])
        for language, question, expected in figure["questions"]:
            counts[verdict_of(facts, language, question, expected)[0]] += 1
    assert counts.total() == 76
    assert counts["right"] >= FEWEST, counts
    assert counts["unanswerable answered"] <= 4, counts


@pytest.mark.parametrize(
    ("answer", "expected", "same"),
    [
        ("Del objeto figura: La suma es 11.200.", "11200 trips", True),
        ("D'après l'objet figure : 0,65 s", "0.65 s", True),
        ("From the figure object: The value is 12 min.", "11 min", False),
        ("From the figure object: Yes. “A” is 3 higher.", "yes (5 against 2)", True),
        ("Aus dem Figur-Objekt: Nein. „A“ ist niedriger.", "yes (5 against 2)", False),
        ("From the figure object: The highest value is in July.", "July", True),
        ("From the figure object: The highest value is in June.", "March", False),
    ],
)
def test_an_answer_agrees_by_number_verdict_or_name(answer: str, expected: str, same: bool) -> None:
    assert agrees(answer, expected) == same
