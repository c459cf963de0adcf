"""The claims of docs/embedded.md, each of them tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

import vision_magic as vm
from tests.engine.pictures import dots, text_of, two_lines
from vision_magic.engine.answering import ABOUT, NEEDS_MODEL, NO_VALUES

PAGE = (Path(__file__).parents[2] / "docs/embedded.md").read_text("utf-8")
PLOT = two_lines()
EVEN = Image.new("RGB", (60, 60), (120, 120, 120))
EVEN.paste((130, 130, 130), (10, 10, 30, 30))


def says(question: str, *pictures: Image.Image, words: str) -> Callable[[], bool]:
    return lambda: words in text_of(question, *pictures)


def _refuses_a_peak() -> bool:
    with pytest.raises(vm.VisionError, match="peak"):
        vm.ask("Read it.", dots(), profile="embedded", schema="peak: float")
    return True


def _typed() -> bool:
    value = vm.ask("Read it.", dots(), profile="embedded", schema="width: int, height: int").value
    return dict(value) == {"width": 400, "height": 300}


def _same_answer() -> bool:
    return len({vm.ask("Which colours?", dots(), profile="embedded", temperature=heat).text for heat in (0, 1.5)}) == 1


def _ignores_facts() -> bool:
    figure = Figure()
    figure.add_subplot().plot([1, 2, 48])
    return NO_VALUES in vm.ask("What is the highest value?", figure, facts=True, profile="embedded").text


CLAIMS: dict[str, list[Callable[[], bool]]] = {
    "measure size, colours, background, transparency": [
        says("What size is it?", dots(), words="400 × 300 px"),
        says("Which colours?", dots(), words="white"),
        says("What is the background?", dots(), words="white (#ffffff)"),
        says("Is it transparent?", Image.new("RGBA", (9, 9)), words="100 % of the pixels are transparent"),
    ],
    "say what a photograph shows": [says("Is there a cat in it?", dots(), words=NEEDS_MODEL)],
    "count areas that stand out from the background": [says("How many dots?", dots(), words="12 separate areas")],
    "of a picture that is nearly black, white or even, it says so and names `--percentile`": [
        says("How many dots?", EVEN, words="--percentile")
    ],
    "title, axis labels, tick labels, scale, legend with the colours of its samples": [
        says("What is the title?", PLOT, words="“Harvest by year”"),
        says("What are the axes?", PLOT, words="labelled “Year of sowing”; its ticks run from 0 to 10"),
        says("What does the legend say?", PLOT, words="“north” (blue) and “south” (orange)"),
    ],
    "read values off curves, bars, points or axes": [
        says("What is the highest value of north?", PLOT, words=NO_VALUES),
        says("What is the value at x = 4?", PLOT, words=NO_VALUES),
    ],
    "name the kind of chart": [says("What kind of plot is it?", PLOT, words="I cannot tell which kind of plot")],
    "explain, advise, predict, conclude": [says("Why does it rise?", PLOT, words=NEEDS_MODEL)],
    "compare pictures: what changed, and where": [says("What changed?", dots(3), dots(4), words="differ")],
    "give a typed answer (`--schema`) whose names it measures": [_typed],
    "fill in a name that is not measured": [_refuses_a_peak],
    "the same question gets the same answer, whatever `-t` says": [_same_answer],
    "Facts of\na figure object (`--facts`) are for language models": [_ignores_facts],
    "where the axis itself begins and ends is not measured": [
        says("What is the range of the x axis?", PLOT, words="its ticks run from 0 to 10 (6 labels)")
    ],
    "and each of its answers says so": [says("Hello", dots(), words="It is not a language model")],
    "names the next step": [says("Hello", dots(), words="`%vision use NAME`")],
}


@pytest.mark.parametrize("claim", list(CLAIMS))
def test_a9_each_claim_of_the_page_is_so(claim: str) -> None:
    assert claim in PAGE
    for index, holds in enumerate(CLAIMS[claim]):
        assert holds(), index


def test_a9_no_page_says_that_values_are_read_off_the_picture() -> None:
    assert "values" not in ABOUT
    for page in (Path(__file__).parents[2] / "docs").glob("*.md"):
        assert not re.search(r"reader[^.|]* reads? (the )?values", page.read_text("utf-8")), page.name
