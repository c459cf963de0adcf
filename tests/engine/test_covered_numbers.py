"""Numbers of a crowded axis that cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from vision_magic.engine.chart.covered_numbers import uncovered_numbers
from vision_magic.engine.chart.frames import Frame
from vision_magic.engine.chart.scales import read_axis
from vision_magic.engine.reading import _split_numbers
from vision_magic.engine.texts import GUESSED, Text

QUARTERS = ("1990.0D", "D990.25", "5990.51", "D990.75", "5991.01", "D991.25", "5991.51", "D991.75")
HALVES = ("2005.0", "005.", ".2006.Q0", "006.", ".5007.Q0", "007.", ".2008.Q0", "008.", "5009.0")


@pytest.mark.parametrize(
    ("labels", "first", "last"),
    [
        pytest.param(QUARTERS, "1990.00", "1991.75", id="the ends of each are covered"),
        pytest.param(HALVES, "2005.0", "2009.0", id="every second lost both ends"),
    ],
)
def test_numbers_are_told_by_their_middles_and_even_steps(labels: Sequence[str], first: str, last: str) -> None:
    found = uncovered_numbers(labels, [70.5 * number for number in range(len(labels))])
    assert found is not None
    assert (found[0], found[-1], len(found)) == (first, last, len(labels))


@pytest.mark.parametrize(
    ("labels", "gap"),
    [
        pytest.param(("D0", "D0", "D0", "D0"), 0.0, id="hardly a digit is left"),
        pytest.param(("pl", "m.", "ap", "fi"), 0.0, id="names"),
        pytest.param(("1990.0D", "x", "y", "z", "D9"), 0.0, id="too little is left"),
        pytest.param(QUARTERS, 9.0, id="marks at uneven distances"),
    ],
)
def test_numbers_that_cannot_be_told_are_left(labels: Sequence[str], gap: float) -> None:
    assert uncovered_numbers(labels, [70.5 * number + gap * (number > 3) for number in range(len(labels))]) is None


def test_an_axis_of_covered_numbers_is_read_and_not_sure() -> None:
    """Three of eight labels agreed with a scale that began at 5990: seed 9514."""
    pixels = np.full((200, 700, 3), 255, np.uint8)
    texts = [Text(text=label, box=(20 + 70 * n, 110, 91 + 70 * n, 130)) for n, label in enumerate(QUARTERS)]
    for number in range(len(texts)):
        pixels[100:106, 55 + 70 * number] = 0
    axis = read_axis(pixels, Frame(left=30, top=10, right=560, bottom=100), "bottom", texts, 20.0)
    assert axis.calibration is not None
    assert axis.calibration.value(55) == pytest.approx(1990, abs=0.01)
    assert axis.calibration.value(55 + 70 * 7) == pytest.approx(1991.75, abs=0.01)
    assert not axis.calibration.sure


def test_numbers_that_touch_stand_at_even_distances_where_the_first_one_is_cut() -> None:
    """They were cut at gaps between digits, so hardly any agreed with a scale: seed 9417."""
    numbers = ["999.5", *(f"{2000 + n / 2:.1f}" for n in range(8))]
    line = Text(text="".join(numbers), box=(38, 10, 761, 60))
    parts = _split_numbers(line, Image.new("RGB", (768, 80), "white"))
    assert [part.text for part in parts] == numbers
    gaps = {after.centre[0] - before.centre[0] for before, after in pairwise(parts[1:])}
    assert max(gaps) - min(gaps) <= 2
    assert all(part.confidence == GUESSED for part in parts)
