"""Boxes of names with more in them than letters are cut to the letters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engine.drawn_legends import figure_with_axes, image_of, pixels_of, texts_of
from vision_magic.engine.chart.legend import find_legends
from vision_magic.engine.loose_boxes import cut_to_letters

NAMES = ("steel", "paper", "Madrid")


@pytest.mark.parametrize("extra", [(-30, 0, 0, 0), (0, 0, 30, 0), (-8, -16, 6, 16)], ids=["sample", "right", "slope"])
def test_a_loose_box_is_cut_to_its_letters(extra: tuple[int, int, int, int]) -> None:
    figure, axes = figure_with_axes()
    for number, name in enumerate(NAMES):
        axes.plot([0, 1], [number, number + 1], label=name)
    axes.set_ylim(0, 40)
    legend = axes.legend(loc="upper center")
    pixels, texts = pixels_of(figure), texts_of(legend)
    loose = replace(texts[2], box=tuple(side + more for side, more in zip(texts[2].box, extra, strict=True)))
    cut = cut_to_letters(pixels, [*texts[:2], loose])
    assert cut[:2] == texts[:2]
    assert cut[2].box == pytest.approx(texts[2].box, abs=8)
    (found,) = find_legends(image_of(pixels), cut, texts[0].height)
    assert [entry.text.text for entry in found.entries] == list(NAMES)


def test_the_box_of_a_number_or_of_a_turned_label_stays() -> None:
    figure, axes = figure_with_axes()
    legend = axes.legend(handles=axes.plot([0, 1], label="maize"), loc="upper center")
    pixels, (text,) = pixels_of(figure), texts_of(legend)
    left, top, right, bottom = text.box
    others = [
        replace(text, text="250", box=(left - 30, top, right, bottom)),
        replace(text, box=(left - 30, top, right, bottom), rotated=True),
    ]
    assert cut_to_letters(pixels, others) == others
