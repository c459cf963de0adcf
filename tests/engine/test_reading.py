"""Reading of text in images."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from tests.engine.pictures import as_picture, dots, noise, text_of, two_lines
from tests.engine.recorded import Readings
from vision_magic.engine import reading
from vision_magic.images.convert import as_image

pytestmark = pytest.mark.ocr

EXPECTED = ("Harvest by year", "Year of sowing", "Yield (t/ha)", "north", "south", "0", "2", "4", "6", "8", "10")


def test_a_plot_is_read_with_its_upward_label() -> None:
    texts = reading.read_text(two_lines())
    read = [text.text for text in texts]
    assert set(EXPECTED) <= set(read)
    label = next(text for text in texts if text.text == "Yield (t/ha)")
    left, top, right, bottom = label.box
    assert label.rotated
    assert bottom - top > 2 * (right - left)
    assert right < 40


@pytest.mark.slow
@pytest.mark.parametrize(
    "draw", [two_lines, lambda: two_lines("Harvest by month"), noise], ids=["plot", "other", "noise"]
)
def test_what_other_tests_remember_of_a_picture_is_still_what_is_read(draw: Callable[[], Image.Image]) -> None:
    """Where another matplotlib draws it otherwise, nothing is remembered."""
    remembered = Readings().of(draw())
    if remembered is None:
        pytest.skip("drawn by another matplotlib than the one of tests/engine/readings.json")
    texts = reading.read_text(draw())
    assert [text.text for text in texts] == [text.text for text in remembered]
    for now, before in zip(texts, remembered, strict=True):
        assert now.rotated == before.rotated
        assert max(abs(a - b) for a, b in zip(now.box, before.box, strict=True)) <= 2


def test_tick_labels_that_are_read_as_one_line_are_taken_apart() -> None:
    """On a small plot with close labels nothing was taken for axes: nine numbers were one text."""
    axes = Figure(figsize=(5, 3), dpi=100).add_subplot()
    axes.plot([1, 2, 3], [3, 1, 2])
    axes.set_title("Nightjar ledger 4417")
    picture = as_image(axes.figure).to_pil()
    labels = ["1.00", "1.25", "1.50", "1.75", "2.00", "2.25", "2.50", "2.75", "3.00"]
    found = [text for text in reading.read_text(picture) if text.text in labels and text.box[1] > 250]
    assert sorted(text.text for text in found) == labels
    places = [text.centre[0] for text in sorted(found, key=lambda text: text.text)]
    steps = [right - left for left, right in pairwise(places)]
    assert max(steps) - min(steps) < 4


def test_boxes_lie_inside_the_picture_and_texts_run_from_top_to_bottom() -> None:
    picture = two_lines()
    texts = reading.read_text(picture)
    assert [text.box[1] for text in texts] == sorted(text.box[1] for text in texts)
    for text in texts:
        left, top, right, bottom = text.box
        assert 0 <= left < right <= picture.width
        assert 0 <= top < bottom <= picture.height


def test_minus_signs_are_read_as_other_programs_write_them() -> None:
    figure = Figure()
    figure.add_subplot().plot([-3, 3], [-20, -10])
    read = {text.text for text in reading.read_text(as_picture(figure))}
    assert {"-3", "-2", "-1", "-20", "-10"} <= read


@pytest.mark.slow
@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(Image.new("RGB", (1, 1)), id="one pixel"),
        pytest.param(Image.new("RGB", (8, 8), "red"), id="icon"),
        pytest.param(Image.new("RGB", (1500, 9), "white"), id="flat strip"),
        pytest.param(Image.new("RGB", (9, 1500), "white"), id="narrow strip"),
        pytest.param(dots(), id="no text"),
        pytest.param(noise(64, 64), id="noise"),
    ],
)
def test_odd_pictures_are_read_without_trouble(picture: Image.Image) -> None:
    assert all(text.confidence >= reading.MIN_CONFIDENCE for text in reading.read_text(picture))


def test_the_same_pixels_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = two_lines()
    first = reading.read_text(picture)

    def fail(reader: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(reading.TextReader, "backend", property(fail))
    assert reading.read_text(picture.copy()) == first


def test_only_the_latest_readings_are_kept() -> None:
    reader = reading.TextReader(kept=2)
    for shade in range(4):
        reader.read(Image.new("RGB", (4, 4), (shade, 0, 0)))
    assert len(reader._readings) == 2


def test_reading_leaves_the_users_logging_alone_and_is_silent(capfd: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    reading.read_text(dots(5))
    assert (root.level, root.handlers[:]) == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("missing", ["rapidocr", "onnxruntime"])
def test_without_the_extra_it_says_so_and_still_measures(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)  # what an import of a missing library finds
    assert not reading.available()
    text = text_of("Describe", two_lines())
    assert 'I cannot read text here: `pip install "vision-magic[reader]"`.' in text
    assert "blue (#1f77b4, " in text
    assert "no chart" not in text
    assert '`pip install "vision-magic[reader]"`' in text_of("What is the title?", two_lines())


def test_a_reader_that_fails_is_said_and_the_answer_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(reader: object) -> None:
        raise RuntimeError("native trouble")

    monkeypatch.setattr(reading.TextReader, "backend", property(broken))
    text = text_of("Describe", dots(8, "teal"))
    assert "the OCR library failed (RuntimeError)" in text
    assert "400 × 300" in text
    assert "teal" in text


@pytest.mark.parametrize(
    ("read", "tidied"),
    [
        pytest.param("−0.25", "-0.25", id="minus sign"),
        pytest.param("– 5", "-5", id="dash before a number"),
        pytest.param("0.5 -", "0.5", id="tick mark after a number"),
        pytest.param("2020–2024", "2020–2024", id="dash between numbers stays"),
        pytest.param("(m)", "(m)", id="full-width brackets"),
        pytest.param(" 10⁴ ", "10⁴", id="exponent"),
        pytest.param("'control", "control", id="end of a dash before a word"),
        pytest.param("'old' and new", "'old' and new", id="quotation"),
    ],
)
def test_readings_are_tidied(read: str, tidied: str) -> None:
    assert reading._clean(read) == tidied


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("2023.002023.252023.50", ["2023.00", "2023.25", "2023.50"]),
        ("1.02.03.0", ["1.0", "2.0", "3.0"]),
        ("a b", ["a", "b"]),
        ("2023.00", ["2023.00"]),
        ("1.2.3", ["1.2.3"]),
    ],
)
def test_numbers_that_touch_are_told_apart_by_their_decimals(read: str, words: list[str]) -> None:
    assert reading._split_words(read) == words


@pytest.mark.slow
@pytest.mark.ocr
def test_names_in_the_corners_of_a_pie_are_read() -> None:
    """A pie has many colours, but it is no picture that fills a rectangle."""
    names = ["plums", "pears", "apples", "figs", "dates", "limes"]
    figure = Figure()
    figure.add_subplot().pie([3, 2, 4, 1, 2, 3], labels=names)
    assert {text.text for text in reading.read_text(as_picture(figure))} >= set(names)


@pytest.mark.parametrize(
    ("read", "mark", "kept"),
    [
        pytest.param("101", (34, 38, 14, 16), "10", id="a tick mark"),
        pytest.param("C -", (34, 38, 14, 16), "C", id="as a dash"),
        pytest.param("B1", (34, 36, 0, 30), "B", id="the axis"),
        pytest.param("101", (34, 37, 5, 25), "101", id="a digit"),
        pytest.param("108", (34, 38, 14, 16), "108", id="another digit"),
    ],
)
def test_a_tick_mark_or_the_axis_beside_a_label_is_no_letter(
    read: str, mark: tuple[int, int, int, int], kept: str
) -> None:
    pixels = np.full((30, 44), 255, np.uint8)
    pixels[5:25, 4:12] = pixels[5:25, 16:28] = 0
    left, right, top, bottom = mark
    pixels[top:bottom, left:right] = 0
    assert reading._without_tick_mark(read, Image.fromarray(pixels).convert("RGB")) == kept
