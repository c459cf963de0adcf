"""Texts at the edge of an image: which of them it cuts."""

from __future__ import annotations

import pytest
from PIL import Image as PILImage

from vision_magic.engine.cut_texts import without_cut_texts
from vision_magic.engine.pixels import Box
from vision_magic.engine.texts import Text

SIZE = (200, 100)
LETTERS = PILImage.new("RGB", (9, 9), "black")
LETTERS.paste("white", (1, 1, 8, 8))


def text_at(image: PILImage.Image, box: Box, words: str, confidence: float = 1.0, *, rotated: bool = False) -> Text:
    """Draw letters, and return the text that was read there; its box has a margin."""
    image.paste(LETTERS.resize((box[2] - box[0], box[3] - box[1])), box)
    wide = (max(0, box[0] - 4), max(0, box[1] - 4), min(SIZE[0], box[2] + 4), min(SIZE[1], box[3] + 4))
    return Text(text=words, box=wide, confidence=confidence, rotated=rotated)


@pytest.mark.parametrize(
    ("box", "words", "confidence", "rotated", "kept"),
    [
        pytest.param((80, 40, 120, 52), "Lagos", 0.9, False, True, id="inside"),
        pytest.param((160, 40, 199, 52), "Lago", 1.0, False, False, id="between two letters"),
        pytest.param((0, 40, 30, 52), "agos", 1.0, False, False, id="its first letter"),
        pytest.param((0, 40, 20, 52), "00", 1.0, False, True, id="a number, which the scale checks"),
        pytest.param((80, 92, 120, 100), "Lados", 0.9, False, False, id="its lower half"),
        pytest.param((80, 88, 120, 100), "Lagos", 1.0, False, True, id="whole, without a margin"),
        pytest.param((80, 86, 120, 98), "Lagos", 0.9, False, True, id="above the edge"),
        pytest.param((0, 20, 12, 60), "riders", 1.0, True, True, id="upwards, without a margin"),
        pytest.param((20, 0, 32, 40), "rider", 1.0, True, False, id="upwards, to the edge"),
    ],
)
def test_a_text_that_the_edge_cuts_is_left_out(
    box: Box, words: str, confidence: float, rotated: bool, kept: bool
) -> None:
    image = PILImage.new("RGB", SIZE, "white")
    text = text_at(image, box, words, confidence, rotated=rotated)
    assert without_cut_texts([text], image) == ((text,) if kept else ())


def test_what_cuts_one_text_of_a_row_cuts_all_of_them() -> None:
    image = PILImage.new("RGB", SIZE, "white")
    row = [
        text_at(image, (10, 92, 40, 100), "Oslo", 0.998),
        text_at(image, (60, 92, 95, 100), "Lados", 0.9),
    ]
    title = text_at(image, (60, 0, 140, 10), "Riders", 0.99)
    assert without_cut_texts([title, *row], image) == (title,)
