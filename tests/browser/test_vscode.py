"""Answers in VS Code: saved ones, and one that grows in a front end without widgets."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_answers import HOLD, slowly
from tests.browser.vscode import Code, VSCodePage
from tests.servers import LoopbackServer
from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.reply import reply_bundle

TEXT = r"""
It rises from $x=2023$ by $\frac{1}{2}$; prices were $5 and $6.

$$
\begin{aligned} a &= b + c \\ &= \sqrt{2} \end{aligned}
$$

What is $\ce{H2O}$?

```python
def slope(years):  # per year
    return "x" + str(years[-1] - 2023)
```

| year | harvest |
|------|--------:|
| 2023 | 31 |
"""
LOOK = """answer => {
  const shown = (part) => part.getClientRects().length > 0 && getComputedStyle(part).visibility == 'visible';
  const style = (part) => getComputedStyle(answer.querySelector(part));
  return {
    said: answer.innerText,
    formulas: [...answer.querySelectorAll('math')].filter(shown).length,
    sources: [...answer.querySelectorAll('.vision-magic-tex')].filter(shown).map((part) => part.textContent),
    code: style('pre').backgroundColor, page: getComputedStyle(document.body).backgroundColor,
    keyword: style('pre span').color, text: style('pre').color,
    family: style('pre').fontFamily, cell: style('td').borderBottomWidth };
}"""


@pytest.fixture
def open_code(chromium: Any, code: Code, tmp_path: Path) -> Iterator[Callable[..., VSCodePage]]:
    """Return a function that opens a notebook in VS Code; with outputs, or run there."""
    pages = []

    def opening(*cells: str, outputs: Any = (), theme: str = "light") -> VSCodePage:
        written = [
            {"cell_type": "code", "id": f"c{n}", "metadata": {}, "source": cell, "execution_count": None, "outputs": []}
            for n, cell in enumerate(cells)
        ]
        written[-1]["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data} for data in outputs]
        about = {"language_info": {"name": "python"}}
        text = json.dumps({"cells": written, "metadata": about, "nbformat": 4, "nbformat_minor": 5})
        (tmp_path / ("saved.ipynb" if outputs else "run.ipynb")).write_text(text, encoding="utf-8")
        code.theme(theme)
        pages.append(chromium.new_page(viewport={"width": 1000, "height": 900}))
        return code.open(pages[-1], tmp_path)

    yield opening
    for page in pages:
        page.close()


def has_ended(said: str) -> bool:
    """Return whether a page shows the last row of `TEXT`, and the answer no longer grows."""
    return "31" in said and "waiting" not in said and "tokens/s" not in said


def assert_readable(seen: VSCodePage) -> None:
    """Assert that the mathematics, the code and the table of `TEXT` have a look."""
    [look] = seen.until(lambda: seen.outputs(LOOK))  # an output that grows is out of the page while it is replaced
    assert "prices were $5 and $6." in look["said"]
    assert look["formulas"] == 3
    assert look["sources"] == [r"$\ce{H2O}$"]
    assert look["code"] not in ("rgba(0, 0, 0, 0)", look["page"])
    assert look["keyword"] != look["text"]
    assert "monospace" in look["family"].lower()
    assert look["cell"] == "1px"


def test_a_saved_answer_is_readable_with_its_mathematics_code_and_tables(open_code: Callable[..., VSCodePage]) -> None:
    """VS Code typesets no mathematics in HTML: https://github.com/microsoft/vscode-jupyter/issues/12537."""
    reply = Reply(choices=(Choice(text=TEXT),), model="m", host="h")
    seen = open_code("%%vision fig\nWhat is it?", outputs=[reply_bundle(reply)])
    seen.until(lambda: "31" in seen.text())
    seen.shot("vscode-light")
    assert_readable(seen)


def test_an_answer_grows_without_widgets_and_is_readable_where_it_is_dark(
    open_code: Callable[..., VSCodePage],
) -> None:
    gate = threading.Semaphore(0)
    with LoopbackServer(slowly(TEXT.replace("What is", f"{HOLD}What is"), gate=gate)) as server:
        ask = f"%%vision --no-image --base-url {server.url} --model m\nWhat is it?"
        set_up = "import os\nos.environ['VISION_MAGIC_DISPLAY'] = 'updating'\n%load_ext vision_magic"
        seen = open_code(set_up, ask, theme="dark")
        seen.until(lambda: "It rises" in seen.text())
        assert "H2O" not in seen.text()
        gate.release()
        seen.until(lambda: has_ended(seen.text()))
        seen.shot("vscode-dark")
        assert_readable(seen)
