"""Conversion of a parsed cell to a plan, before anything is read or sent."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.errors import CellError
from vision_magic.notebook.cell import parse
from vision_magic.notebook.display_history import DisplayHistory
from vision_magic.notebook.resolve import Plan, resolve
from vision_magic.notebook.state import ShellState
from vision_magic.session.prepare import Cell

FIG = PILImage.new("RGB", (4, 3))


@pytest.fixture
def state() -> ShellState:
    return ShellState(DisplayHistory(shell=None))


def planned(state: ShellState, line: str, question: str = "What?", **names: Any) -> Plan:
    return resolve(parse(line, question), {"fig": FIG, **names}, state, "cell-1", Cell("In [1]", "cell-1"))


def test_a_plan_says_what_is_asked_of_whom_and_where_the_answer_goes(state: ShellState) -> None:
    plan = planned(state, "peak << fig -m small -m large -t 0.5 --profile ollama", "Where in {year}?", year=1982)
    assert plan.parts == (FIG, "Where in 1982?")
    assert plan.options == {"model": ["small", "large"], "temperature": 0.5, "profile": "ollama"}
    assert (plan.models, plan.host) == ("small, large", "127.0.0.1:11434")
    assert (plan.variable, plan.cell_id) == ("peak", "cell-1")
    assert (plan.notes, plan.trace, plan.background, plan.dry_run) == ((), None, False, False)


def test_no_image_is_read_before_the_plan_is_carried_out(state: ShellState) -> None:
    class Broken:
        def __vision_image__(self) -> Any:
            raise RuntimeError("read")

    plan = planned(state, "broken", broken=Broken())
    with pytest.raises(vm.VisionError, match="read"):
        plan.prepare()


def test_a_plan_changes_no_conversation(state: ShellState) -> None:
    plan = planned(state, "fig --chat review")
    assert plan.conversation.name == "review"
    assert state.conversations.named == {}
    assert state.conversations.last is None


def test_teaching_modes_exclude_each_other(state: ShellState) -> None:
    with pytest.raises(CellError, match="--hint and --predict exclude each other; choose one of them"):
        planned(state, "fig --hint --predict")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("https://example.org/x.png", "vision_magic.url('https://example.org/x.png')", id="F18 an address"),
        pytest.param("'https://example.org/x'", "vision_magic.url('https://example.org/x')", id="a quoted address"),
        pytest.param("plots/x.heic", "Path('plots/x.heic')", id="F18 a file"),
        pytest.param("~/plots/x.png", "Path('~/plots/x.png')", id="a file at home"),
        pytest.param("../x.jp2", "Path('../x.jp2')", id="a file above"),
        pytest.param("word", "word is a string, which is never read as a file name", id="a string"),
    ],
)
def test_an_address_or_a_file_on_the_line_is_refused_with_the_way_to_pass_it(
    line: str, said: str, state: ShellState
) -> None:
    with pytest.raises(CellError) as caught:
        planned(state, line, word="x.png")
    assert said in str(caught.value)
