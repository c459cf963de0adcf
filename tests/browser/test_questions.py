"""Questions in JupyterLab and Notebook 7: they are text, while other cells keep the colours of Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import vision_magic as vm
from tests.browser.lab import EXTENSIONS
from tests.browser.seen import Seen

LOAD = "import vision_magic\n%load_ext vision_magic"
COLOURED = "all => all.map((cell) => cell.querySelector('span[class]') !== null)"


@pytest.mark.parametrize("server", ["lab", "classic"])
def test_a_question_is_text(open_notebook: Callable[..., Seen], request: pytest.FixtureRequest, server: str) -> None:
    question = "# a comment\n%%vision fig\nWhat's in it? Is it rising for long, and why?"
    seen = open_notebook(request.getfixturevalue(server), LOAD, question, "%%visions\nnot is")
    cells = seen.page.locator(".jp-CodeCell .cm-content")
    seen.until(lambda: cells.evaluate_all(COLOURED) == [True, False, True])
    seen.run_all()
    seen.waits_for("'fig' is not a name")
    assert cells.evaluate_all(COLOURED) == [True, False, True]
    seen.shot(f"question-{server}")
    cells.nth(2).click()
    for key in ("Control+Home", "End", "Backspace"):
        seen.page.keyboard.press(key)
    seen.until(lambda: cells.evaluate_all(COLOURED)[2] is False)
    seen.page.keyboard.type(" --dry")
    seen.page.keyboard.press("Tab")
    seen.page.get_by_text("--dry-run").click()
    seen.page.keyboard.press("Control+Home")
    seen.page.keyboard.type("x = ")
    seen.until(lambda: cells.evaluate_all(COLOURED)[2] is True)


def test_the_extension_has_the_version_of_the_package() -> None:
    """JupyterLab shows it in its list of extensions."""
    about = json.loads((EXTENSIONS / "vision-magic" / "package.json").read_text("utf-8"))
    assert about["version"] == vm.__version__
    assert Path(EXTENSIONS / "vision-magic" / about["jupyterlab"]["_build"]["load"]).exists()
