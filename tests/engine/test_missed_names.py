"""Names of a legend that detection missed, found by the colour samples beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from PIL import Image

from tests.engine.drawn_legends import figure_with_axes, image_of, pixels_of, texts_of
from vision_magic.engine import reading
from vision_magic.engine.missed_names import missed_names
from vision_magic.engine.quads import Quad, box_quad
from vision_magic.engine.texts import Text

NAMES = ("steel", "paper", "wood and glass")


def draw(axes: Axes, *, bars: bool = False) -> Legend:
    for number, name in enumerate(NAMES):
        if bars:
            axes.bar([number], [number + 1], label=name)
        else:
            axes.plot([0, 1], [number, number + 1], label=name)
    axes.set_ylim(0, 40)
    return axes.legend(loc="upper center")


@pytest.mark.parametrize("bars", [False, True], ids=["lines", "patches"])
@pytest.mark.parametrize("missing", range(3))
def test_a_name_that_was_missed_is_found_by_its_sample(missing: int, bars: bool) -> None:
    figure, axes = figure_with_axes()
    legend = draw(axes, bars=bars)
    pixels, texts = pixels_of(figure), texts_of(legend)
    assert list(missed_names(pixels, texts)) == []
    (found,) = missed_names(pixels, [text for text in texts if text is not texts[missing]])
    assert found.box == pytest.approx(texts[missing].box, abs=5)
    assert found.parts == ()


def test_a_piece_of_a_name_is_replaced() -> None:
    figure, axes = figure_with_axes()
    legend = draw(axes)
    pixels, texts = pixels_of(figure), texts_of(legend)
    left, top, right, bottom = texts[1].box
    piece = replace(texts[1], box=(left, top + 4, right - 5, bottom - 7))
    (found,) = missed_names(pixels, [texts[0], piece, texts[2]])
    assert found.parts == (piece,)
    assert found.box == pytest.approx(texts[1].box, abs=5)


def test_a_sample_without_letters_beside_it_is_no_name() -> None:
    figure, axes = figure_with_axes()
    legend = draw(axes)
    pixels, texts = pixels_of(figure), texts_of(legend)
    left, top, right, bottom = texts[1].box
    pixels[top:bottom, left : right + 3] = 255
    assert list(missed_names(pixels, [texts[0], texts[2]])) == []


class _Missing:
    """An OCR library that detects all but the second of some texts, and reads what it is given."""

    def __init__(self, texts: list[Text], confidence: float) -> None:
        self._texts, self._confidence = texts, confidence
        self.read: list[str] = []

    def detect(self, image: Image.Image) -> list[Quad]:
        return [box_quad(*(side + reading.BORDER for side in self._texts[at].box)) for at in (0, 2)]

    def recognise(self, line: Image.Image) -> tuple[str, float]:
        self.read.append(NAMES[(0, 2, 1)[min(2, len(self.read))]])
        return self.read[-1], 1.0 if len(self.read) < len(NAMES) else self._confidence


@pytest.mark.parametrize(("confidence", "names"), [(0.99, set(NAMES)), (0.8, {NAMES[0], NAMES[2]})])
def test_a_missed_name_is_read_if_it_is_read_with_certainty(confidence: float, names: set[str]) -> None:
    figure, axes = figure_with_axes()
    figure.set_size_inches(8, 8)  # so large that the picture is not enlarged
    legend = draw(axes)
    image: Any = image_of(pixels_of(figure))
    texts = reading._read(image, _Missing(texts_of(legend), confidence))
    assert {text.text for text in texts} == names
