"""Mistakes that people make on their first day: each gets an answer that says what to write instead."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.notebook.conftest import Run

KEY = "sk-proj-aB3dE6fG7hI8jK9lM0nO1pQ2"


@pytest.fixture(autouse=True)
def _names(run: Run) -> None:
    figure = Figure(figsize=(3, 2))
    figure.subplots().plot([1, 3, 2])
    run.shell.user_ns |= {"fig": figure, "bb": figure, "plt": plt}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        pytest.param("%vision use gpt-4o", "%vision use openai -m gpt-4o", id="N14 a model as a profile"),
        pytest.param("%vision use gpt5", "%vision use openai -m gpt5", id="a model without its dash"),
        pytest.param("%%vision fig --system be brief\nWhat?", '--system "…"', id="a value without its quotes"),
        pytest.param("%vision help rang", "did you mean '--range'?", id="help on a misspelt option"),
        pytest.param("%vision use claude", "%vision use anthropic -m claude", id="a family of models"),
        pytest.param(
            "%vision fig What is the title?", "begin a cell with %%vision fig,", id="N14 a question to %vision"
        ),
        pytest.param("%vision What is the title?", "begin a cell with %%vision,", id="without a picture"),
        pytest.param("x = 1\n%vision fig What is it?", "begin a cell with %%vision fig,", id="below other code"),
        pytest.param("%vision histry", "did you mean 'history'?", id="a misspelt command"),
        pytest.param("%%vision fig --temprature 1\nWhat?", "did you mean '--temperature'?", id="a misspelt option"),
        pytest.param("%%vision fig --max-token 9\nWhat?", "did you mean '--max-tokens'?", id="a letter short"),
        pytest.param("%%vision {fig}\nWhat?", "braces are for the question; on the line, write fig.", id="braces"),
        pytest.param("%%vision plt\nWhat?", "%%vision got the module matplotlib.pyplot", id="the module"),
        pytest.param("%%vision plt.gcf\nWhat?", "the function gcf; expected a picture: call it", id="not called"),
        pytest.param("%%vision None\nWhat?", "%%vision got None; expected a picture.", id="None"),
        pytest.param("%%vision plt.figure()\nWhat?", "The figure is empty", id="an empty figure"),
        pytest.param('%%vision "https://x.org/a.png"\nWhat?', "vision_magic.url('https://x.org/a.png')", id="a URL"),
        pytest.param("%%vision fig.png\nWhat?", "Path('fig.png')", id="a path"),
        pytest.param("%%vision fig What is it?\n", "on the lines below %%vision", id="the question on the line"),
        pytest.param("%%vision fig", "The cell has no question", id="no question"),
    ],
)
def test_a_mistake_is_answered_with_what_to_write_instead(run: Run, cell: str, said: str) -> None:
    try:
        assert said in run.fails(cell)
    finally:
        plt.close("all")


class _Shot:
    """A picture of a kind of one's own, which takes an index."""

    def __init__(self, data: np.ndarray) -> None:
        self.data = data

    def __getitem__(self, index: Any) -> _Shot:
        return _Shot(self.data[index])

    def __vision_image__(self) -> np.ndarray:
        return self.data


class _Misspelt:
    def _vision_image_(self) -> np.ndarray:
        return np.zeros((8, 8), np.uint8)


@pytest.fixture
def shot(run: Run) -> _Shot:
    run.shell.user_ns |= {"shot": _Shot(np.eye(120, 160, dtype=np.uint8) * 255), "odd": _Misspelt()}
    run("shot")
    return run.shell.user_ns["shot"]


@pytest.mark.usefixtures("shot")
@pytest.mark.parametrize(
    "cell",
    [
        "%%vision last[:60,:80]\nWhat size is it?",
        "%%vision\nWhat size is {last[:60, :80]}?",
        "%%vision\nWhat is the size of the picture {last[:60,:80]}?",
    ],
)
def test_a_part_of_the_picture_shown_last_is_cut_out(run: Run, cell: str) -> None:
    run(cell)
    assert "80×60" in run.out


@pytest.mark.usefixtures("shot")
def test_an_expression_in_braces_is_never_sent_silently_as_text(run: Run) -> None:
    assert "is not filled in" in run.fails("%%vision\nWhat is {last * 2}?")
    run("%%vision\nWhat is in {zzz[:60,:80]}?")
    assert "{zzz[:60,:80]} is sent as text: 'zzz' is not a name" in run.out
    run("fig")
    assert "takes no index" in run.fails("%%vision last[:60,:80]\nWhat size is it?")


@pytest.mark.usefixtures("shot")
@pytest.mark.parametrize(
    ("shown", "said"),
    [("odd", "_vision_image_ would have to be called __vision_image__"), ("[shot, shot]", "a list of 2 pictures")],
)
def test_what_is_passed_over_as_the_last_picture_is_named(run: Run, shown: str, said: str) -> None:
    run(shown)
    run("%%vision\nWhat size is it?")
    assert said in run.out
    run("shot")
    run("%%vision\nWhat size is it?")
    assert "shown last" not in run.out


def test_a_table_is_answered_with_the_two_things_that_can_be_done(run: Run) -> None:
    pandas = pytest.importorskip("pandas")
    run.shell.user_ns["df"] = pandas.DataFrame({"a": [1, 2], "b": [3, 4]})
    message = run.fails("%%vision df\nWhat is the highest value?")
    assert "df.plot()" in message
    assert "{df}" in message
    run("%%vision df.plot()\nWhat is the highest value?")
    assert "The highest value of “b” is 4" in run.shell.user_ns["_vision"].text
    plt.close("all")


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(f"%%vision fig {KEY}\nWhat?", id="on the line"),
        pytest.param(f"%%vision fig --api-key {KEY}\nWhat?", id="as an option"),
        pytest.param(f"%%vision fig\nMy key is {KEY}. What is the title?", id="in the question"),
        pytest.param(f"%vision login {KEY}", id="at login"),
        pytest.param(f"%vision {KEY}", id="as a command"),
    ],
)
def test_a_key_in_a_cell_is_not_sent_and_the_way_to_pass_one_is_named(run: Run, cell: str) -> None:
    message = run.fails(cell)
    assert "%vision login" in message
    assert "--key-env NAME" in message
    assert KEY not in run.out + run.err
    assert "_vision" not in run.shell.user_ns


def test_a_line_that_looks_like_a_key_only_in_part_is_read_as_usual(run: Run) -> None:
    run.shell.user_ns["scans"] = {"sk-aB3dE6fG7hI8jK9lM0nO1pQ2": run.shell.user_ns["fig"]}
    assert run('%%vision scans["sk-aB3dE6fG7hI8jK9lM0nO1pQ2"]\nWhat is it?').success, run.out
    message = run.fails('%%vision vm.url("https://x.org/a.png?sig=aB3dE6fG7hI8")\nWhat?')
    assert "vm" in message  # the name that is missing, and not the signature


@pytest.mark.parametrize(("name", "meant"), [("bbb", "bb"), ("fgi", "fig"), ("figg", "fig")])
def test_n13_a_misspelt_picture_in_the_question_is_noted(run: Run, name: str, meant: str) -> None:
    run(f"%%vision fig\nIs it like {{{name}}}?")
    assert f"{{{name}}} is not a name in the notebook and is sent unchanged (did you mean {meant}?)" in run.out


def test_a_profile_without_a_model_says_how_to_find_one(run: Run) -> None:
    run("%vision use anthropic")
    assert "%vision models anthropic lists them" in run.out
    assert "%vision login anthropic" in run.out
    message = run.fails("%%vision fig\nWhat?")
    assert "%vision use anthropic -m MODEL (%vision models anthropic lists them)" in message
    run("%vision use")


def test_the_lines_of_plot_and_a_closed_figure_are_pictures(run: Run) -> None:
    run("import matplotlib.pyplot as plt; lines = plt.plot([1, 5, 2]); closed = plt.gcf(); plt.close(closed)")
    for name in ("lines", "closed"):
        run(f"%%vision {name}\nWhat is the highest value?")
        assert "The highest value is 5" in run.shell.user_ns["_vision"].text
