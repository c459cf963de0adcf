"""Reading of text in images."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image, ImageDraw

from tests.engine.pictures import as_picture, dots, noise, text_of, two_lines
from tests.engine.recorded import Readings
from vision_magic.engine import reading
from vision_magic.engine.plain_text import without_colours
from vision_magic.engine.quads import Quad, bounding_box, box_quad, crop_quad, join_upward_lines
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


@pytest.mark.slow
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
        pytest.param("le-6", "1e-6", id="factor of an axis"),
        pytest.param("Ie7", "1e7", id="large factor of an axis"),
        pytest.param("les 6", "les 6", id="French word"),
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


@pytest.mark.timeout(20)
def test_a_row_of_months_that_ends_with_something_else_is_soon_told() -> None:
    """The digits between two months belonged to either of them: there were millions of ways to try."""
    assert reading._TOUCHING_DATES.fullmatch("01 Apr01 Jul01 Oct01 Jan" * 3)
    assert reading._TOUCHING_DATES.fullmatch("' 01 Apr 01 Jul 01 Oct 01 Jan " * 4 + "ǐ") is None


class ReadsAs:
    """A backend that reads every line as one text."""

    def __init__(self, text: str, confidence: float = 1.0) -> None:
        self.reading = text, confidence

    def detect(self, image: Image.Image) -> list[Quad]:
        return []

    def recognise(self, line: Image.Image) -> tuple[str, float]:
        return self.reading


@pytest.mark.parametrize(
    ("read", "mark", "unmarked", "kept"),
    [
        pytest.param("101", (34, 38, 14, 16), "10", "10", id="a tick mark"),
        pytest.param("C -", (34, 38, 14, 16), "C", "C", id="as a dash"),
        pytest.param("B1", (34, 36, 0, 30), "B", "B", id="the axis"),
        pytest.param("101", (34, 37, 5, 25), "", "101", id="a digit"),
        pytest.param("108", (34, 38, 14, 16), "", "108", id="another digit"),
        pytest.param("Q1", (34, 38, 14, 16), "Q1", "Q1", id="a digit and a tick mark that was not read"),
        pytest.param("-21", (34, 38, 14, 16), "-21", "-21", id="a number and a tick mark that was not read"),
    ],
)
def test_a_tick_mark_or_the_axis_beside_a_label_is_no_letter(
    read: str, mark: tuple[int, int, int, int], unmarked: str, kept: str
) -> None:
    pixels = np.full((30, 44), 255, np.uint8)
    pixels[5:25, 4:12] = pixels[5:25, 16:28] = 0
    left, right, top, bottom = mark
    pixels[top:bottom, left:right] = 0
    assert reading._without_tick_mark(read, Image.fromarray(pixels).convert("RGB"), ReadsAs(unmarked)) == kept


@pytest.mark.parametrize(
    ("first", "wide", "kept"),
    [
        pytest.param(("valley", 0.96), ("Valley", 0.99), "Valley", id="surer with room"),
        pytest.param(("Valley", 0.96), ("valley", 0.93), "Valley", id="less sure with room"),
        pytest.param(("gamma", 0.94), ("gamm", 0.99), "gamma", id="without the letter that is cut"),
        pytest.param(("north/", 0.94), ("north", 0.99), "north", id="without a mark beside it"),
        pytest.param(("Valley", 0.99), ("valley", 1.0), "Valley", id="no doubt"),
        pytest.param(("1", 0.5), ("111", 0.97), "1", id="minor tick marks are no number"),
        pytest.param(("-", 0.8), ("-3", 0.9), "-", id="a minus sign apart from its number"),
    ],
)
def test_a_line_in_doubt_is_read_again_with_room_at_its_ends(
    first: tuple[str, float], wide: tuple[str, float], kept: str
) -> None:
    canvas = Image.new("RGB", (200, 60), "white")
    quad = box_quad(40, 20, 140, 40)
    backend = ReadsAs(*wide)
    assert reading._read_again(canvas, quad, crop_quad(canvas, quad), first, backend)[0] == kept


@pytest.mark.parametrize(
    ("first", "again", "kept"),
    [
        pytest.param(("minerai 2021", 0.995), ("mineral 2021", 0.999), "mineral 2021", id="surer with room"),
        pytest.param(("Lantern", 0.975), ("Lantem", 0.967), "Lantern", id="less sure with room"),
        pytest.param(("treate", 0.999), ("treated", 0.994), "treated", id="with the letter that was cut"),
        pytest.param(("ngine", 0.997), ("engine", 0.99), "engine", id="with the first letter"),
        pytest.param(("lanter engine", 0.997), ("lantern engine", 0.99), "lantern engine", id="with one inside"),
        pytest.param(("lantern engine", 0.99), ("lanter engine", 0.999), "lantern engine", id="without one"),
        pytest.param(("Traffic bridge", 0.99), ("Trafficbridge", 0.999), "Traffic bridge", id="without a space"),
        pytest.param(("alpha", 0.999), ("alphaj", 0.908), "alpha", id="with something unsure at its end"),
        pytest.param(("alpha", 0.999), ("alphal", 0.994), "alpha", id="with a spine at its end"),
    ],
)
def test_words_are_read_again_with_room_on_all_sides(
    first: tuple[str, float], again: tuple[str, float], kept: str
) -> None:
    canvas, quad = Image.new("RGB", (200, 60), "white"), box_quad(40, 20, 140, 40)
    assert reading._read_with_room(canvas, quad, first, False, ReadsAs(*again))[0] == kept


@pytest.mark.parametrize(
    ("boxes", "lines"),
    [
        pytest.param([(403, 517, 428, 541), (403, 506, 426, 525)], 1, id="two letters that run upwards"),
        pytest.param([(403, 517, 428, 541), (403, 493, 428, 518)], 2, id="two letters below each other"),
        pytest.param([(20, 38, 180, 62), (20, 20, 180, 46)], 2, id="two lines of a title"),
    ],
)
def test_boxes_of_letters_that_run_upwards_overlap(boxes: list[tuple[int, int, int, int]], lines: int) -> None:
    assert len(join_upward_lines([box_quad(*box) for box in boxes])) == lines


@pytest.mark.parametrize(
    ("sentence", "parts", "expected"),
    [
        pytest.param("Tunnel planet winter", ["Tun", "nel", "pla", "net", "wi", "nter"], True, id="a title"),
        pytest.param("Jan FebMar Apr", ["Jan", "Feb", "Mar", "Apr"], False, id="names that touch"),
        pytest.param("north south east", ["north", "south", "east"], False, id="names with gaps"),
        pytest.param("northsoutheast", ["north", "south", "east"], False, id="one word"),
        pytest.param("Tunnel planet", ["Tun", "nel", "plan"], False, id="other letters"),
    ],
)
def test_a_title_that_was_cut_inside_of_its_words_is_told_from_names(
    sentence: str, parts: list[str], expected: bool
) -> None:
    assert reading._cuts_words(sentence, parts) is expected


@pytest.mark.parametrize(
    ("confidence", "expected"), [pytest.param(0.99, 0.99, id="a digit"), pytest.param(0.8, 0.5, id="a marker")]
)
def test_what_is_hardly_text_is_text_where_a_second_reading_is_sure(confidence: float, expected: float) -> None:
    canvas, quad = Image.new("RGB", (200, 60), "white"), box_quad(40, 20, 60, 40)
    backend = ReadsAs("4", confidence)
    assert reading._read_again(canvas, quad, crop_quad(canvas, quad), ("4", 0.5), backend) == ("4", expected)


@pytest.mark.slow
def test_two_letters_that_run_upwards_are_read() -> None:
    """The names below the bars of pandas: their boxes are hardly higher than wide."""
    figure = Figure(figsize=(4, 3), dpi=100)
    axes = figure.add_subplot()
    axes.bar([f"Q{number}" for number in range(1, 7)], [3, 5, 2, 6, 4, 1])
    axes.tick_params(axis="x", rotation=90)
    assert {text.text for text in reading.read_text(as_picture(figure))} >= {f"Q{number}" for number in range(1, 7)}


@pytest.mark.parametrize(
    "colour",
    [pytest.param((85, 168, 104), id="vivid"), pytest.param((243, 212, 196), id="pale, behind a legend")],
)
def test_a_mark_is_painted_over_with_its_edge_and_letters_stay(colour: tuple[int, int, int]) -> None:
    ground, ink = np.array((234, 234, 242)), np.array((38, 38, 38))
    pixels = np.full((40, 120, 3), ground, np.uint8)
    pixels[8:32, 10:80:10] = pixels[8:12, 10:80] = ink
    pixels[8:32, 90:108] = (np.array(colour) + ground) // 2  # the edge of the mark is a mixture
    pixels[8:32, 92:106] = colour
    plain = without_colours(Image.fromarray(pixels))
    assert plain is not None
    assert np.abs(np.asarray(plain)[:, 85:].astype(int) - ground).max() <= 25
    assert (np.asarray(plain)[:, :85] == pixels[:, :85]).all()


def test_letters_in_the_blue_grey_of_a_style_are_no_marks() -> None:
    pixels = np.full((40, 120, 3), (253, 246, 227), np.uint8)
    pixels[8:32, 10:80:10] = pixels[8:12, 10:80] = (88, 110, 117)
    assert without_colours(Image.fromarray(pixels)) is None


PEAK_OF_DETECTION = """
import numpy as np
from PIL import Image
from vision_magic.engine.ocr import load_backend

backend = load_backend()
noise = np.random.default_rng(0)
for size in ((1056, 800), (1376, 800), (1568, 832), (800, 800), (1088, 800), (1568, 832)):
    backend.detect(Image.fromarray(noise.integers(0, 255, (*size[::-1], 3), np.uint8)))
print(max(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
def test_detection_gives_its_memory_back() -> None:
    """Pictures of several sizes left it in pieces: the process grew to 600 MB."""
    out = subprocess.run([sys.executable, "-c", PEAK_OF_DETECTION], capture_output=True, text=True, check=True).stdout
    assert int(out) < 450


@pytest.mark.parametrize(("size", "most"), [((2080, 800), 1_700_000), ((2080, 1408), 1_450_000)])
def test_lines_are_detected_in_a_smaller_copy_of_a_large_picture(size: tuple[int, int], most: int) -> None:
    """Detection in 1.7 million pixels takes 150 MB more than in 1.4 million."""
    seen: list[Image.Image] = []

    class Watched:
        def detect(self, image: Image.Image) -> list[Quad]:
            seen.append(image)
            return [box_quad(0, 0, image.width, image.height)]

        def recognise(self, line: Image.Image) -> tuple[str, float]:
            return "", 0.0

    (quad,) = reading._detect_in_small(Image.new("RGB", size), Watched())
    assert 0.75 * most <= seen[0].width * seen[0].height <= most
    assert bounding_box(quad) == pytest.approx((0, 0, *size), abs=1)


@pytest.mark.parametrize("labels", [2, 3])
def test_lines_are_detected_without_bars_where_a_side_of_the_axes_has_hardly_any_labels(labels: int) -> None:
    """Two of five numbers beside large bars were found, and so few are no axis."""
    picture = Image.new("RGB", (800, 600), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((100, 50, 760, 500), outline="black")
    for left in (140, 350, 560):
        pen.rectangle((left, 150, left + 160, 499), fill=(31, 119, 180))
    beside = [box_quad(60, y, 90, y + 20) for y in (60, 200, 340)]
    below = [box_quad(x, 510, x + 60, 530) for x in (190, 400, 610)]
    passes: list[bool] = []

    class HiddenByBars:
        def detect(self, image: Image.Image) -> list[Quad]:
            hidden = image.getpixel((200, 300)) != (255, 255, 255)
            passes.append(hidden)
            return [*(beside[:labels] if hidden else beside), *below]

        def recognise(self, line: Image.Image) -> tuple[str, float]:
            return "", 0.0

    assert sorted(reading._detect(picture, HiddenByBars())) == sorted([*beside, *below])
    assert passes == ([True, False] if labels == 2 else [True])
