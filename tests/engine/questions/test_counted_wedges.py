"""Counts in the names of wedges: what is asked of them, and what of the shares."""

from __future__ import annotations

from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

COUNTS = [80, 60, 50, 10]


def _pie(names: tuple[str, ...], form: str, counts: tuple[int, ...] = (80, 60, 50, 10)) -> Figure:
    figure = Figure()
    labels = [form.format(name, count) for name, count in zip(names, counts, strict=True)]
    figure.add_subplot().pie(COUNTS, labels=labels, autopct="%.1f%%")
    return figure


en = partial(_pie, ("bus", "bike", "car", "foot"), "{} ({} people)")
de = partial(_pie, ("Bus", "Rad", "Auto", "Fuß"), "{} (n = {})")
fr = partial(_pie, ("bus", "vélo", "auto", "pied"), "{} : {} personnes")
ko = partial(_pie, ("버스", "자전거", "자동차", "도보"), "{} ({}명)")
zh = partial(_pie, ("公交", "骑车", "开车", "步行"), "{}({}人)")
money = partial(_pie, ("Rent", "Food", "Fun", "Gas"), "{} (${},000)")
other = partial(_pie, ("bus", "bike", "car", "foot"), "{} (line {})", (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many people take the bus?", en, ("is 80 people",)),
        ("How many people are there in total?", en, ("200 people",)),
        ("How many more people take the bus than the bike?", en, ("20 people higher",)),
        ("What share takes the bike?", en, ("30 % of the total",)),
        ("Which has more than 28%?", en, ("above 28 %",)),
        ("Wie viele nehmen Bus oder Rad?", de, ("140 (80 + 60)",)),
        ("Wie viel Prozent fahren Rad?", de, ("30 %",)),
        ("Combien de personnes en tout ?", fr, ("200 personnes",)),
        ("버스는 자동차보다 몇 명 더 많아?", ko, ("30 명 높습니다",)),
        ("55명 넘는 수단은?", ko, ("4개 중 2개", "55 명 초과")),
        ("坐公交的有多少人?", zh, ("80 人",)),
        ("骑车占百分之几?", zh, ("30 %",)),
        ("How much is the rent?", money, ("80,000",)),
    ],
)
def test_counts_of_names_are_told(question: str, draw: partial[Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_numbers_that_are_no_counts_are_left() -> None:
    assert "40 %" in asked("How much is the bus?", other)
