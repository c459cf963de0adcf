"""Answers about pictures that are no charts: photographs, scans, pages of text, logos."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from vision_magic.engine import facts as facts_module
from vision_magic.engine.chart.pies import find_pie
from vision_magic.engine.facts import Facts
from vision_magic.engine.picture_answers import describe_picture
from vision_magic.engine.texts import Text


def _noise(*, grey: bool) -> Image.Image:
    rng = np.random.default_rng(3)
    values = rng.integers(0, 256, (120, 160, 1 if grey else 3), dtype=np.uint8)
    return Image.fromarray(np.broadcast_to(values, (120, 160, 3)).copy())


def _described(image: Image.Image, texts: tuple[Text, ...], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(facts_module.reading, "read_text", lambda _: texts)
    return "\n".join(describe_picture(Facts(image), "en"))


def _text(words: str, top: int, confidence: float = 1.0) -> Text:
    return Text(text=words, box=(10, top, 150, top + 12), confidence=confidence)


@pytest.mark.parametrize(("grey", "said"), [(True, "shades of grey"), (False, "photograph: it has many colours")])
def test_many_shades_are_those_of_a_photograph(grey: bool, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said in _described(_noise(grey=grey), (), monkeypatch)


def test_what_looks_like_letters_in_a_photograph_is_not_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A saucer was read as "8" with a confidence of 0.88, a window as "0000"."""
    said = _described(_noise(grey=False), (_text("8", 20, 0.88), _text("0000", 60, 0.82)), monkeypatch)
    assert "8”" not in said
    assert "0000" not in said
    assert "no text in it that I can read with confidence" in said


def test_a_page_of_text_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = tuple(_text(f"these are the words of line {n}", 20 * n) for n in range(5))
    said = _described(Image.new("RGB", (200, 120), "white"), lines, monkeypatch)
    assert said.startswith("This is mostly text, 5 lines.")
    assert "words of line 4" in said
    assert "chart" not in said


def test_a_round_logo_is_not_a_pie() -> None:
    """Its two areas meet in a curve; the edges of wedges are straight."""
    image = Image.new("RGB", (300, 300), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 20, 280, 280), fill="#96c84b")
    draw.pieslice((20, 20, 280, 280), 0, 180, fill="#fd801b")
    assert find_pie(image, ()) is not None  # two halves with a straight edge
    draw.ellipse((20, 90, 150, 210), fill="#fd801b")
    draw.ellipse((150, 90, 280, 210), fill="#96c84b")
    assert find_pie(image, ()) is None
