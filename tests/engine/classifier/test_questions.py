"""The questions from which the classifier learns, as the documentation states them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from vision_magic.engine.classifier.labels import LABELS
from vision_magic.engine.questions.language import LANGUAGES

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "tools/classifier/questions").glob("*.jsonl"))
ENTRIES: list[dict[str, Any]] = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]
ASKED = [(entry["lang"], label, text) for entry in ENTRIES for label, text in entry["questions"]]


def test_each_question_has_a_label_that_the_classifier_knows() -> None:
    assert {label for _, label, _ in ASKED} == set(LABELS)
    assert {language for language, _, _ in ASKED} == set(LANGUAGES)
    assert all(isinstance(text, str) and text.strip() for _, _, text in ASKED)


def test_each_chart_has_the_words_that_a_question_can_name() -> None:
    for entry in ENTRIES:
        assert {"title", "kind", "x", "y", "names", "series"} <= set(entry["chart"])


def test_no_label_is_rare_and_a_part_cannot_be_answered() -> None:
    counted = Counter(label for _, label, _ in ASKED)
    assert min(counted.values()) > 100
    assert 0.15 < counted["none"] / len(ASKED) < 0.3


def test_the_number_of_questions_is_stated() -> None:
    for page in ("CONTRIBUTING.md", "docs/embedded.md"):
        stated = re.search(r"([\d,]{6,}) questions", (ROOT / page).read_text("utf-8"))
        assert stated is not None
        assert int(stated[1].replace(",", "")) == len(ASKED)
