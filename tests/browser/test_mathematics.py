"""Formulas of a saved answer in JupyterLab: its own typesetter sets them, and nothing is shown twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.reply import reply_bundle

TEXT = "So $x=2024$ by $\\frac{1}{2}$, or $\\ce{H2O}$.\n\n$$\n\\begin{aligned} a &= b \\end{aligned}\n$$\n\nThe end."
SHOWN = """() => { const text = document.querySelector('.jp-OutputArea .vision-magic-text');
  const shown = (part) => part.getClientRects().length > 0 && getComputedStyle(part).visibility == 'visible';
  const ours = [...text.querySelectorAll('*')].filter((part) => part.closest('.vision-magic-tex + *') && shown(part));
  return { set: text.querySelectorAll('.vision-magic-tex > mjx-container').length, ours: ours.length }; }"""


@pytest.mark.parametrize("is_trusted", [True, False])
def test_a_saved_formula_is_shown_once_by_the_pages_typesetter(
    is_trusted: bool, lab: Lab, open_file: Callable[..., Seen]
) -> None:
    """An untrusted output is sanitized: without MathML and style sheets, but with the letters of formulas."""
    name = f"mathematics-{is_trusted}"
    data: Any = reply_bundle(Reply(choices=(Choice(text=TEXT),), model="m"))
    lab.notebook(name, "%%vision")
    notebook = lab.saved(name)
    assert notebook is not None
    notebook["cells"][0]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}]
    (lab.root / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    seen = open_file(lab, name)
    if is_trusted:
        seen.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:trust')")
        seen.page.click(".jp-Dialog .jp-mod-accept")
        seen.use_up()
    seen.waits_for("The end.")
    seen.until(lambda: seen.page.evaluate(SHOWN)["set"] == 4)
    seen.until(lambda: seen.page.query_selector("mjx-container mjx-mtable"))
    assert seen.page.evaluate(SHOWN)["ours"] == 0
    seen.shot(f"lab-{name}")
