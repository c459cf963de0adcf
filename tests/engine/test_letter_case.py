"""Small letters and capitals of one shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from vision_magic.engine.letter_case import in_their_case, may_be_told


def ink(height: int) -> Any:
    """Return a white box with black ink of a height."""
    box = np.full((30, 20), 255, np.uint8)
    box[5 : 5 + height, 5:15] = 0
    return box


@pytest.mark.parametrize(
    ("read", "heights", "told"),
    [
        pytest.param(["X", "10", "20"], [15, 20, 20], "x", id="small"),
        pytest.param(["X", "10", "20"], [20, 20, 20], "X", id="capital"),
        pytest.param(["x", "10", "20"], [20, 20, 20], "X", id="capital read as small"),
        pytest.param(["coS", "10", "20"], [15, 20, 20], "cos", id="a word"),
        pytest.param(["Cos", "10", "20"], [20, 20, 20], "Cos", id="a word with a capital"),
        pytest.param(["X", "10", "20"], [18, 20, 20], "x", id="small, of a larger label"),
        pytest.param(["X", "10", "20"], [24, 20, 20], "X", id="capital of a larger label"),
        pytest.param(["X", "10", "20"], [14, 15, 15], "X", id="in between"),
        pytest.param(["X", "10", "20", "1"], [15, 20, 20, 8], "x", id="a tick mark read as 1"),
        pytest.param(["X", "10", "20", "Total"], [15, 20, 20, 15], "X", id="letters of two sizes"),
        pytest.param(["X", "10", "20", "Total"], [15, 20, 20, 26], "x", id="a larger title"),
        pytest.param(["A", "10", "20"], [15, 20, 20], "A", id="another letter"),
        pytest.param(["X", "a", "b"], [15, 20, 20], "X", id="no digits"),
        pytest.param(["X", "10", "20"], [0, 20, 20], "X", id="no ink"),
    ],
)
def test_the_height_tells_the_case(read: list[str], heights: list[int], told: str) -> None:
    assert in_their_case(read, [ink(height) for height in heights]) == [told, *read[1:]]


def test_heights_are_measured_only_where_they_tell_something() -> None:
    assert may_be_told(["v", "10", "20"])
    assert not may_be_told(["v", "10", "b"])
    assert not may_be_told(["velocity", "10", "20"])
