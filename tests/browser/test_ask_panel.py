"""`AskPanel` in a real JupyterLab: a pasted picture, a question, the answer, and Stop."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from tests.browser.test_image_input import (
    FRAME,
    PICTURE,
    ROOT as IMAGE_INPUT,
    click,
    drag,
    give,
    picture,
    put_on_clipboard,
)
from tests.servers import LoopbackServer, chunk

Open = Callable[..., Seen]

ROOT = ".vision-magic-panel-root"
ANSWER = ".vision-magic-panel-answer"

CELL = """from vision_magic.notebook.widgets.ask_panel import AskPanel
panel = AskPanel(name="panel", profile="embedded")
panel"""


def opened(open_notebook: Open, lab: Lab, cell: str = CELL) -> Seen:
    seen = open_notebook(lab, cell)
    seen.run_all()
    seen.page.wait_for_selector(ROOT, timeout=60_000)
    return seen


def pasted(seen: Seen) -> None:
    put_on_clipboard(seen, picture(640, 400)[0])
    seen.page.click(FRAME)
    seen.page.keyboard.press("Control+V")
    seen.waits_for("640 × 400 pixels")


def test_a_pasted_picture_is_asked_about(open_notebook: Open, lab: Lab) -> None:
    seen = opened(open_notebook, lab)
    pasted(seen)
    seen.page.get_by_label("Question").fill("What size is it?")
    seen.page.keyboard.press("Control+Enter")
    seen.until(lambda: "640 × 400" in seen.page.inner_text(ANSWER))
    seen.until(lambda: seen.page.get_by_role("button", name="Ask", exact=True).is_visible())
    assert seen.page.locator(f"{ANSWER} summary").inner_text().startswith("Receipt")
    seen.shot("panel-light")
    click(seen, "Show as cell")
    text = seen.page.get_by_label("The same as a cell")
    seen.until(lambda: text.input_value() == "%%vision panel.images_input --profile embedded\nWhat size is it?")
    click(seen, "Copy the cell")
    seen.until(lambda: seen.page.evaluate("navigator.clipboard.readText()") == text.input_value())
    text.focus()
    cells = seen.page.locator(".jp-Cell").count()
    seen.page.keyboard.press("x")  # JupyterLab would cut the cell
    assert seen.page.locator(".jp-Cell").count() == cells
    assert seen.page.locator(ROOT).count() == 1
    seen.dark()
    seen.shot("panel-dark")
    seen.page.eval_on_selector(ROOT, "root => { root.parentElement.parentElement.style.width = '320px'; }")
    wide = seen.page.eval_on_selector(ROOT, "root => [root.scrollWidth, root.clientWidth]")
    assert wide[0] <= wide[1]
    seen.shot("panel-dark-320")


def test_what_is_missing_is_said_each_time(open_notebook: Open, lab: Lab) -> None:
    seen = opened(open_notebook, lab)
    seen.page.get_by_label("Question").fill("What is it?")
    for _ in range(2):  # the button comes back
        click(seen, "Ask")
        seen.until(lambda: "Ctrl+V" in seen.page.inner_text(f"{ROOT} [role=alert]"))
        seen.until(lambda: seen.page.get_by_role("button", name="Ask", exact=True).is_enabled())
    give(seen, ("noise.png", picture()[0]))
    seen.waits_for("120 × 90 pixels")
    click(seen, "Ask")
    seen.until(lambda: "120 × 90" in seen.page.inner_text(ANSWER))
    assert seen.page.inner_text(f"{ROOT} [role=alert]") == ""


def counting(body: dict[str, Any]) -> Iterator[bytes]:
    yield chunk(r"That \(x^2\) grows: ")
    for number in range(3000):
        yield chunk(f"word{number} ")
        time.sleep(0.01)


def test_a_model_is_suggested_and_what_is_marked_is_sent(open_notebook: Open, lab: Lab) -> None:
    seen = opened(open_notebook, lab)
    pasted(seen)
    seen.page.get_by_label("Question").fill("What size is it?")
    model = seen.page.get_by_label("Model")
    model.click()
    option = seen.page.locator(f"{ROOT} datalist option")
    seen.until(lambda: option.evaluate_all("all => all.map((one) => one.value)") == ["embedded-reader"])
    model.fill("embedded-reader")
    seen.page.wait_for_function(f"document.querySelector('{PICTURE}').naturalWidth > 0")
    drag(seen, (100, 50), (400, 250))
    seen.page.get_by_role("button", name="Ask", exact=True).click()  # at once
    part = seen.until(lambda: re.search(r"(\d+ × \d+) of 640 × 400 pixels", seen.page.inner_text(IMAGE_INPUT)))[1]
    seen.until(lambda: part in seen.page.inner_text(ANSWER))
    assert "640 × 400" not in seen.page.inner_text(ANSWER)
    seen.dark()
    seen.page.locator(f"{ROOT} input").first.hover()
    seen.shot("panel-marked-dark")


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(counting) as made:
        yield made


def test_stop_keeps_what_came_and_the_notebook_stays_free(
    open_notebook: Open, lab: Lab, server: LoopbackServer
) -> None:
    cell = CELL.replace('profile="embedded"', f'profile="vllm", base_url="{server.url}", model="m"')
    seen = opened(open_notebook, lab, cell)
    pasted(seen)
    seen.page.get_by_label("Question").fill("Count.")
    click(seen, "Ask")
    seen.until(lambda: "word40" in seen.page.inner_text(ANSWER))
    assert seen.page.evaluate("document.activeElement.textContent") == "Stop"
    seen.shot("panel-running")
    seen.page.keyboard.press("Enter")
    seen.until(lambda: "interrupted" in seen.page.inner_text(ANSWER))
    assert "word40" in seen.page.inner_text(ANSWER)
    assert seen.page.inner_text(f"{ROOT} [role=alert]") == ""
    assert server.hung_up.wait(5)
    seen.page.wait_for_selector(f"{ANSWER} mjx-container")
    seen.until(lambda: seen.page.evaluate("document.activeElement.textContent") == "Ask")
