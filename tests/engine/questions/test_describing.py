"""Descriptions of live figures of many kinds: what a person would say first, and nothing that is not so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from vision_magic.engine.chart.from_facts import chart_of_facts
from vision_magic.engine.questions.answers.describing import describe
from vision_magic.engine.questions.language import LANGUAGES

ANGLES = np.linspace(0, 30, 200)


def _draw(draw: Callable[[Any], object], rows: int = 1) -> list[str]:
    figure = Figure()
    axes = figure.subplots(1, rows) if rows > 1 else figure.add_subplot()
    draw(axes)
    return list(describe([chart_of_facts(vm.facts(figure))], "en"))


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        pytest.param(
            lambda a: a.boxplot([[1, 2, 3, 4, 5]]), "The medians are x = 1 3 (quartiles 2 and 4).", id="boxes"
        ),
        pytest.param(
            lambda a: a.hist([1, 1, 2, 3], bins=[1, 2, 3, 4, 5, 6, 7]),
            "There are 6 bins from 1 to 7, 4 in all. The highest, from 1 to 2, has 2.",
            id="histogram",
        ),
        pytest.param(
            lambda a: (a.imshow([[1, 9], [4, 4]]), a.set_xticks([0, 1], ["p", "q"]), a.set_yticks([0, 1], ["r", "s"])),
            "The highest value is 9 (row “r”, column “q”), the lowest 1 (row “r”, column “p”).",
            id="cells",
        ),
        pytest.param(lambda a: a.imshow([[0, 0], [0, 5]]), "the lowest 0 (in 3 cells)", id="equal cells"),
        pytest.param(lambda a: a.contour([[0, 1], [2, 5]]), "The values go from 0 to 5.", id="contours"),
        pytest.param(
            lambda a: (a.plot(ANGLES, np.sin(ANGLES), label="a"), a.plot(ANGLES, np.cos(ANGLES), label="b")),
            "“a” and “b” cross 10 times.",
            id="many crossings",
        ),
        pytest.param(lambda a: a.quiver([1, 2], [3, 4]), "The figure object does not hold the numbers.", id="arrows"),
        pytest.param(
            lambda a: (a.plot([0, 4], [0, 8]), a.scatter([1, 2, 3], [2, 5, 6])),
            "This is a scatter plot with a line chart.",
            id="a line through points",
        ),
        pytest.param(
            lambda a: (a.plot([0, 4], [0, 8]), a.scatter([1, 2, 3], [2, 5, 6])), "“line” rises", id="without names"
        ),
        pytest.param(lambda a: None, "Nothing is drawn in the axes.", id="nothing"),
        pytest.param(
            lambda a: a.plot(np.arange(600), -((np.arange(600) - 300.0) ** 2)),
            "The highest value is 0, at x = 300.",
            id="more points than facts hold",
        ),
    ],
)
def test_a_description_says_what_a_person_would_say(draw: Callable[[Any], object], said: str) -> None:
    assert said in " ".join(_draw(draw))


def test_numbers_that_are_written_in_cells_are_not_told_twice() -> None:
    def draw(axes: Any) -> None:
        axes.imshow([[1.234, 2.345]])
        axes.text(0, 0, "1.23")
        axes.text(1, 0, "2.3")
        axes.text(0.5, 0, "p < 0.05")

    assert "“p \\< 0.05”" in _draw(draw)[-1]
    assert "1.23”" not in _draw(draw)[-1]


def test_empty_panels_are_counted_but_not_described() -> None:
    sentences = _draw(lambda axes: axes[1].plot([1, 2], [3, 4]), rows=2)
    assert sentences[0] == "The figure has 2 panels."
    assert sentences[1].startswith("Panel 2 is a line chart.")
    assert len(sentences) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_described_in_every_language(language: Any) -> None:
    draws: list[Callable[[Any], object]] = [
        lambda a: a.boxplot([[1, 2, 3]]),
        lambda a: a.hist(range(50)),
        lambda a: a.imshow([[1, 2], [3, 4]]),
        lambda a: a.violinplot([1, 2, 3]),
        lambda a: a.hexbin([1, 2], [3, 4]),
    ]
    for draw in draws:
        figure = Figure()
        draw(figure.add_subplot())
        sentences = list(describe([chart_of_facts(vm.facts(figure))], language))
        assert len(sentences) >= 2
        assert not any("{" in sentence for sentence in sentences)
