"""``%vision read``: the picture that it reads, the variable that it sets, and its slips."""

from __future__ import annotations

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.notebook.conftest import Run
from vision_magic.notebook.completer import completions

PLAIN = PILImage.new("RGB", (40, 30), "navy")


def test_a_picture_is_read_shown_and_kept(run: Run) -> None:
    run.shell.user_ns["fig"] = PLAIN
    run("%vision read fig -o data")
    assert isinstance(run.shell.user_ns["data"], vm.Chart)
    assert run.out.startswith("Chart: no axes were found")


def test_without_a_name_the_last_picture_is_read_and_what_is_shown_is_not_the_last(run: Run) -> None:
    run.shell.user_ns["fig"] = PLAIN
    run("display(fig)")
    for _ in range(2):
        run("%vision read -o data")
        chart = run.shell.user_ns.pop("data")
        assert (chart.image.width, chart.image.height) == (40, 30)


def test_an_expression_is_read(run: Run) -> None:
    run.shell.user_ns["figs"] = [PLAIN, PLAIN.resize((20, 10))]
    run("%vision read figs[1] --out data")
    assert run.shell.user_ns["data"].image.width == 20


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("%vision read", "none has been shown", id="no picture yet"),
        pytest.param("%vision read fgi", "did you mean fig?", id="a misspelled name"),
        pytest.param("%vision read fig fig", "expected one picture", id="two words"),
        pytest.param("%vision read figs", "holds 2 pictures", id="two pictures"),
        pytest.param("%vision read 'text'", "'text' is not a name", id="a string"),
        pytest.param("%vision read number", "got int", id="not a picture"),
        pytest.param("%vision read fig -o 1st", "-o got '1st'", id="not a name"),
        pytest.param("%vision read fig -o", "-o got no value", id="no name"),
        pytest.param("%vision read fig -m x", "%vision read takes --out", id="another option"),
    ],
)
def test_a_slip_is_one_line(run: Run, line: str, said: str) -> None:
    run.shell.user_ns.update(fig=PLAIN, figs=[PLAIN, PLAIN.resize((9, 9))], number=3)
    message = run.fails(line)
    assert said in message
    assert "\n" not in message


def test_tab_offers_pictures_and_the_option() -> None:
    names = {"fig": PLAIN, "count": 3}
    assert [text for text, _ in completions("read ", names, cell=False).candidates] == ["last", "fig"]
    assert [text for text, _ in completions("read fig --", names, cell=False).candidates] == ["--out"]


def test_the_help_names_the_command(run: Run) -> None:
    run("%vision help")
    assert "%vision read [PICTURE]" in run.out
    run("%vision help read")
    assert "%vision read [PICTURE] [-o, --out NAME]" in run.out
