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
from vision_magic.engine.answering import ABOUT
from vision_magic.engine.data_answers import cannot_answer
from vision_magic.render.reply import status_line

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


DECLINED = cannot_answer("Is it?")


def _figure() -> Figure:
    figure = Figure()
    figure.add_subplot(title="Harvest").plot([1, 2, 48, 7], label="north")
    return figure


def _figure_says(question: str, words: str) -> Callable[[], bool]:
    return lambda: words in vm.ask(question, _figure(), profile="embedded").text


def _sends_facts(*, facts: bool | None) -> Callable[[], bool]:
    def sends() -> bool:
        reply = vm.ask("How large is the picture?", _figure(), profile="embedded", facts=facts)
        return bool(reply.receipt.images[0].facts) == (facts is None)

    return sends


def _line_says_so() -> bool:
    return "not a language model" in status_line(vm.ask("Hello", dots(), profile="embedded"))


def _declines_violins() -> bool:
    figure = Figure()
    figure.add_subplot().violinplot([[1, 2, 3], [4, 5, 6]])
    answer = vm.ask("What is the highest value?", figure, profile="embedded").text
    return "The figure object does not hold the numbers" in answer and not re.search(r"\d", answer)


def _says_what_hinders() -> bool:
    figure = Figure(dpi=100)
    figure.add_subplot(xticks=range(5), yscale="symlog").plot([-100, 5, 2, 800, 3])
    answer = vm.ask("What is the highest value?", figure, profile="embedded", facts=False).text
    return "tick labels agree with one scale" in answer and "value is" not in answer


CLAIMS: dict[str, list[Callable[[], bool]]] = {
    "measure size, colours, background, transparency": [
        says("What size is it?", dots(), words="400 × 300 px"),
        says("Which colours?", dots(), words="white"),
        says("What is the background?", dots(), words="white (#ffffff)"),
        says("Is it transparent?", Image.new("RGBA", (9, 9)), words="100 % of the pixels are transparent"),
    ],
    "say what a photograph shows": [says("Is there a cat in it?", dots(), words=DECLINED)],
    "count and measure areas that stand out from the background, also in a half or a quarter of the picture": [
        says("How many dots?", dots(), words="12 separate areas")
    ],
    "of a picture that is nearly black, white or even, it says so": [
        says("How many dots?", EVEN, words="nearly one colour")
    ],
    "kind, title, axis labels, tick labels, scale, legend, and the values of its marks": [
        says("What kind of plot is it?", PLOT, words="a line chart"),
        says("What is the title?", PLOT, words="“Harvest by year”"),
        says("What are the axes?", PLOT, words="“Year of sowing”, with tick labels from 0 to 10"),
        says("Is the y axis logarithmic?", PLOT, words="No."),
        says("What does the legend say?", PLOT, words="“north” (blue) and “south” (orange)"),
        says("What is the highest value of north?", PLOT, words="Measured in the picture ("),
    ],
    "Series are called by their names, or by their colours": [
        says("What is the highest value of the blue line?", PLOT, words="Measured in the picture (")
    ],
    "the answer has the language of the question": [says("Was ist der Titel?", PLOT, words="Der Titel lautet")],
    "Otherwise the sentence says what hinders, and gives no number": [_says_what_hinders],
    "answer from the data of a live figure, exactly": [
        _figure_says("What is the highest value?", "From the figure object: The highest value is 48, at x = 2."),
        _figure_says("Was ist der niedrigste Wert?", "1"),
        _figure_says("최댓값은?", "48"),
        _figure_says("Describe it.", "This is a line chart, titled “Harvest”."),
    ],
    "state numbers that neither the figure object holds nor the pixels show clearly": [_declines_violins],
    "`--no-facts` (`facts=False`) sends only pixels": [_sends_facts(facts=None), _sends_facts(facts=False)],
    "explain, advise, predict, conclude": [says("Why does it rise?", PLOT, words=DECLINED)],
    "compare pictures: what changed, and where": [says("What changed?", dots(3), dots(4), words="differ")],
    "give a typed answer (`--schema`) whose names it measures": [_typed],
    "fill in a name that is not measured": [_refuses_a_peak],
    "the same question gets the same answer, whatever `-t` says": [_same_answer],
    "where the axis\nitself begins and ends is not measured": [
        says("What is the range of the x axis?", PLOT, words="with tick labels from 0 to 10")
    ],
    "the line above each of its answers says so": [_line_says_so],
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
