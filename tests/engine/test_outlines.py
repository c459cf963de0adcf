"""Outlines of histograms whose ends or low bins the edge of the axes hides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests.engine.drawn import read_of

FALLING = (326, 230, 146, 98, 68, 41, 19, 29, 16, 8, 6, 5, 2, 3, 2, 0, 0, 0, 0, 5)


def outline(counts: Sequence[int], **options: Any) -> Any:
    """Return a function that draws the outline of a histogram with bins from 0 on that are 10 wide."""

    def plot(axes: Any) -> None:
        axes.stairs(counts, np.arange(len(counts) + 1) * 10, linewidth=2, baseline=0)
        axes.set(**{"ylim": (0, 1.05 * max(counts)), **options})

    return plot


@pytest.mark.parametrize(
    ("counts", "options"),
    [
        pytest.param((7, 45, 190, 331, 286, 126, 13, 7), {}, id="ends that are hardly higher than the edge"),
        pytest.param(FALLING, {}, id="empty bins, and steps that are lower than the line is thick"),
        pytest.param(FALLING, {"xlim": (0, 210)}, id="a start along the side of the axes"),
        pytest.param((125, 46, 19, 3, 4, 1, 0, 2), {}, id="two steps that are seen"),
    ],
)
def test_each_bin_of_an_outline_has_its_value(counts: Sequence[int], options: dict[str, Any]) -> None:
    """They were read as steps or lines, whose corners are no bins, and said to be sure: seeds 9411 and 9414."""
    (series,) = read_of(outline(counts, **options))
    assert series.kind == "histogram"
    assert series.sure
    assert series.x == pytest.approx([10 * n + 5 for n in range(len(counts))], abs=1.5)
    assert series.y == pytest.approx(counts, abs=0.01 * max(counts) + 0.5)


def test_an_outline_of_which_a_top_is_hidden_is_not_sure() -> None:
    """The highest bin was cut into three empty ones: seed 502."""
    found = read_of(outline((4, 1, 8, 10, 29, 34, 28, 35, 23, 17, 9, 2), ylim=(0, 35)))
    assert not any(series.sure for series in found)


def test_a_step_line_that_does_not_come_down_is_no_outline() -> None:
    (series,) = read_of(lambda axes: axes.step(range(6), (40, 10, 30, 20, 35, 25)))
    assert series.kind == "step"
