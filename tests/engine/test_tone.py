"""Tone of pictures of little contrast, and what the reader says of them instead of counting nothing."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

import vision_magic as vm
from tests.engine.pictures import dots, noise, text_of, two_lines
from vision_magic.engine.facts import Facts
from vision_magic.engine.schema_fill import SchemaMismatch, fill_schema
from vision_magic.engine.tone import Tone, find_tone


def cells(low: int, high: int, *, hot: int = 0) -> Image.Image:
    """Return five squares of one grey on another, with some white pixels."""
    levels = np.full((200, 300), low, dtype=np.uint8)
    for left in range(20, 270, 50):
        levels[80:110, left : left + 30] = high
    levels.ravel()[:hot] = 255
    return Image.fromarray(levels)


@pytest.mark.parametrize(
    ("picture", "tone"),
    [
        pytest.param(cells(0, 19), Tone(kind="dark", low=0, high=19), id="dark"),
        pytest.param(cells(0, 19, hot=1), Tone(kind="dark", low=0, high=19), id="F17 dark with a hot pixel"),
        pytest.param(cells(255, 240), Tone(kind="light", low=240, high=255), id="light"),
        pytest.param(cells(120, 130), Tone(kind="even", low=120, high=130), id="even"),
        pytest.param(cells(120, 130).convert("RGBA"), Tone(kind="even", low=120, high=130), id="even with alpha"),
        pytest.param(Image.new("RGB", (50, 50)), Tone(kind="dark", low=0, high=0), id="black"),
        pytest.param(Image.new("L", (1, 1), 255), Tone(kind="light", low=255, high=255), id="one white pixel"),
        pytest.param(Image.new("RGB", (9, 9), "blue"), Tone(kind="even", low=0, high=255), id="blue"),
        pytest.param(cells(0, 80), None, id="contrast"),
        pytest.param(dots(), None, id="dots"),
        pytest.param(dots(9, "white", "black"), None, id="white on black"),
        pytest.param(two_lines(), None, id="plot"),
        pytest.param(noise(), None, id="noise"),
    ],
)
def test_f17_pictures_of_little_contrast_have_a_tone(picture: Image.Image, tone: Tone | None) -> None:
    assert find_tone(picture) == tone


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (cells(0, 19, hot=1), "The picture is dark: nearly all of its values lie between 0 and 19 of 255."),
        (cells(255, 240), "The picture is light: nearly all of its values lie between 240 and 255 of 255."),
        (cells(120, 130), "The picture is nearly one colour: nearly all of its values lie between 120 and 130 of 255."),
    ],
    ids=["dark", "light", "even"],
)
def test_f17_what_hardly_differs_is_said_instead_of_counting_nothing(picture: Image.Image, said: str) -> None:
    counted = text_of("How many cells are there?", picture)
    assert f"{said} I do not count areas in it" in counted
    assert "I counted" not in counted
    assert said in text_of("Describe it.", picture)
    with pytest.raises(SchemaMismatch, match="of 255"):
        fill_schema([picture], {"type": "object", "properties": {"area_count": {"type": "integer"}}})


def test_f17_areas_that_stand_out_are_counted_and_the_rest_is_described() -> None:
    bright = cells(0, 10)
    bright.paste(255, (5, 5, 9, 9))
    found = text_of("How many cells are there?", bright)
    assert "I counted 1 separate area that stands out" in found
    assert "Apart from that, the picture is dark: nearly all of its values lie between 0 and 10 of 255." in found


@pytest.mark.parametrize("picture", [dots(), dots(9, "white", "black"), two_lines()], ids=["dots", "black", "plot"])
def test_f17_a_picture_with_contrast_is_not_called_dark(picture: Image.Image) -> None:
    for question in ("How many areas are there?", "Describe it."):
        assert "of 255" not in text_of(question, picture)
    assert not Facts(picture).hides_areas


def test_f17_a_picture_of_one_colour_has_no_areas() -> None:
    white = Image.new("RGB", (50, 50), "white")
    found = text_of("How many areas are there?", white)
    assert "I counted no separate areas" in found
    assert "The picture is light: nearly all of its values are 255 of 255." in found
    assert fill_schema([white], {"type": "object", "properties": {"area_count": {"type": "integer"}}}) == {
        "area_count": 0
    }


def test_f17_the_range_that_a_note_names_helps() -> None:
    """Sixteen bits with values to 5,000 and one hot pixel: five cells."""
    levels = np.zeros((200, 300), dtype=np.uint16)
    for left in range(20, 270, 50):
        levels[80:110, left : left + 30] = 5000
    levels[0, 0] = 65535
    question = "How many cells are there?"
    dark = vm.ask(question, levels, profile="embedded")
    assert "The picture is dark" in dark.text
    assert dark.notes == ("nearly black: range=(0, 5000) shows more",)
    assert "I counted 5 separate areas" in vm.ask(question, levels, profile="embedded", range=(0, 5000)).text
