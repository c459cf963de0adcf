"""`ChatPanel` in a real JupyterLab: turns, a pasted picture, Stop, branches, approval, and a cell that continues it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from tests.browser.test_image_input import click, picture, put_on_clipboard
from tests.servers import END, LoopbackServer, chunk

Open = Callable[..., Seen]

ROOT = ".vision-magic-panel-root"
TURNS = ".vision-magic-panel-turn"
TROUBLE = f"{ROOT} .vision-magic-panel-error"

LOAD = """%load_ext vision_magic
import vision_magic as vm
from matplotlib import pyplot as plt
from PIL import Image

def double(number: int) -> int:
    "Double a number."
    return 2 * number
"""

LESSON = """chat = vm.Conversation(profile="embedded")
bars, axes = plt.subplots(figsize=(4, 2.5))
axes.bar(["north", "south", "east"], [12, 30, 21], color="seagreen")
axes.set_title("Rainfall by station")
plt.close()
chat.ask("What does it show?", bars)
vm.ChatPanel(chat)"""


def opened(open_notebook: Open, lab: Lab, *cells: str) -> Seen:
    seen = open_notebook(lab, LOAD, *cells)
    seen.run_all()
    seen.page.wait_for_selector(ROOT, timeout=60_000)
    return seen


def turns(seen: Seen) -> list[str]:
    return list(seen.page.eval_on_selector_all(TURNS, "all => all.map((turn) => turn.innerText)"))


def turn(seen: Seen, place: int) -> str:
    """Return what a turn says; nothing, where it is not there yet."""
    return next(iter(turns(seen)[place:]), "")


def ask(seen: Seen, words: str) -> None:
    seen.page.get_by_label("Question", exact=True).fill(words)
    seen.page.keyboard.press("Control+Enter")


def idle(seen: Seen) -> None:
    seen.until(lambda: seen.page.get_by_role("button", name="Ask", exact=True).is_visible())


def test_a_conversation_goes_on_by_clicking_and_in_a_cell(open_notebook: Open, lab: Lab) -> None:
    seen = opened(open_notebook, lab, LESSON)
    seen.until(lambda: len(turns(seen)) == 1)
    assert "What does it show?" in turn(seen, 0)
    put_on_clipboard(seen, picture(640, 400)[0])
    question = seen.page.get_by_label("Question", exact=True)
    question.click()
    seen.page.keyboard.press("Control+V")  # into the question, as one would: the picture goes into the frame
    seen.waits_for("640 × 400 pixels")
    assert question.input_value() == ""
    ask(seen, "What size is it?")
    seen.until(lambda: len(turns(seen)) == 2 and "640 × 400" in turn(seen, 1))
    idle(seen)
    assert question.input_value() == ""
    assert "640 × 400 pixels" not in seen.page.inner_text(".vision-magic-input-root")  # it stands in the turn now
    assert seen.page.locator(f"{TURNS} .vision-magic-panel-images img").count() == 2
    seen.shot("chat-light")
    # The cell below goes on with the same conversation, and the panel shows it.
    seen.page.click(".jp-Notebook .jp-Cell >> nth=1")
    seen.page.keyboard.press("Escape")
    seen.page.keyboard.press("b")
    seen.page.keyboard.press("Enter")
    seen.page.keyboard.type("%%vision -c\nWhich colours?")
    seen.page.keyboard.press("Shift+Enter")
    seen.until(lambda: len(turns(seen)) == 3)
    assert "Which colours?" in turn(seen, 2)
    seen.dark()
    seen.page.locator(ROOT).scroll_into_view_if_needed()
    seen.shot("chat-dark")
    seen.page.eval_on_selector(ROOT, "root => { root.parentElement.parentElement.style.width = '320px'; }")
    wide = seen.page.eval_on_selector(ROOT, "root => [root.scrollWidth, root.clientWidth]")
    assert wide[0] <= wide[1]
    seen.shot("chat-dark-320")


def counting(body: dict[str, Any]) -> Iterator[bytes]:
    asked = sum(message["role"] == "user" for message in body["messages"])
    if "Count." in str(body["messages"][-1]):
        for number in range(3000):
            yield chunk(f"word{number} ")
            time.sleep(0.01)
    yield chunk(f"Answer **{asked}** of {body['model']}.")
    yield END


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(counting) as made:
        yield made


def panel(server: LoopbackServer, more: str = "") -> str:
    return f'vm.ChatPanel(vm.Conversation(base_url="{server.url}", model="m"){more})'


def test_stop_edit_and_branches(open_notebook: Open, lab: Lab, server: LoopbackServer) -> None:
    seen = opened(open_notebook, lab, panel(server))
    ask(seen, "First?")
    seen.until(lambda: len(turns(seen)) == 1 and "Answer 1 of m." in turn(seen, 0))
    idle(seen)
    ask(seen, "Count.")
    seen.until(lambda: "word40" in turn(seen, 1))
    seen.shot("chat-running")
    # Pressed is enough: while it is let go, the answer that grows has moved it.
    seen.page.get_by_role("button", name="Stop").dispatch_event("mousedown", {"button": 0})
    seen.until(lambda: "interrupted" in turn(seen, 1))
    assert server.hung_up.wait(5)
    idle(seen)
    # Another question in the first one's place: a branch, and the way back.
    seen.page.locator(TURNS).first.get_by_role("button", name="Edit").click()
    text = seen.page.get_by_label("Edited question")
    assert text.input_value() == "First?"
    seen.page.keyboard.press("Escape")
    assert text.count() == 0
    assert seen.page.evaluate("document.activeElement.textContent") == "Edit"  # the focus comes back
    seen.page.keyboard.press("Enter")
    text.fill("Otherwise?")
    seen.shot("chat-edit")
    seen.page.get_by_label("Model").fill("other")
    click(seen, "Ask in a branch")
    seen.until(lambda: len(turns(seen)) == 1 and "Answer 1 of other." in turn(seen, 0))
    assert "Otherwise?" in turn(seen, 0)
    idle(seen)
    branch = seen.page.get_by_label("Branch")
    assert branch.evaluate("branch => branch.options[branch.selectedIndex].textContent") == "2 of 2"
    branch.select_option("1 of 2")
    seen.until(lambda: len(turns(seen)) == 2 and "First?" in turn(seen, 0))
    seen.page.locator(TURNS).first.get_by_role("button", name="Ask again").click()
    seen.until(lambda: len(turns(seen)) == 1 and "First?" in turn(seen, 0) and "of other." in turn(seen, 0))
    idle(seen)
    # A page that is loaded again shows the conversation where its kernel has it.
    seen.save()
    seen.page.reload()
    seen.page.wait_for_selector(TURNS, timeout=60_000)
    seen.until(lambda: "First?" in turn(seen, 0))
    assert seen.page.get_by_label("Branch").evaluate("branch => branch.options.length") == 3


def calling(go: threading.Event) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    """Return a server's answers: a call, and what it gave, which ends when the event is set."""

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        last = body["messages"][-1]
        if last["role"] == "tool":
            yield chunk(rf"It gave \(2 \cdot 21\), that is {last['content']}.")
            go.wait(120)
            yield END
            return
        function = {"name": "double", "arguments": '{"number": 21}'}
        yield chunk(delta={"tool_calls": [{"index": 0, "id": "c1", "type": "function", "function": function}]})
        yield chunk(finish_reason="tool_calls")
        yield b"data: [DONE]\n\n"

    return answer


def test_the_panel_asks_before_a_function_runs(open_notebook: Open, lab: Lab) -> None:
    go = threading.Event()
    with LoopbackServer(calling(go)) as server:
        seen = opened(open_notebook, lab, panel(server, ", tools=[double]"))
        ask(seen, "Double 21.")
        seen.until(lambda: "wants to run double with\n    number: 21" in seen.page.inner_text(ROOT))
        seen.shot("chat-approval")
        seen.page.get_by_role("button", name="Run it").click()
        seen.until(lambda: "that is 42." in turn(seen, 0))
        seen.page.click(f"{TURNS} summary:has-text('double')")
        go.set()
        idle(seen)
        # The turn that is kept takes the place of the answer that grew, unfolded as it was; its mathematics is set.
        seen.page.wait_for_selector(f"{TURNS} mjx-container")
        assert seen.page.locator(f"{TURNS} details").first.evaluate("fold => fold.open")
        assert not seen.page.get_by_role("button", name="Run it").is_visible()


def test_a_question_that_could_not_be_asked_comes_back(open_notebook: Open, lab: Lab) -> None:
    seen = opened(open_notebook, lab, 'vm.ChatPanel(vm.Conversation(base_url="http://127.0.0.1:9/v1", model="m"))')
    ask(seen, "Why?")
    seen.until(lambda: "127.0.0.1:9" in seen.page.inner_text(TROUBLE))
    seen.until(lambda: seen.page.get_by_label("Question", exact=True).input_value() == "Why?")
    seen.until(lambda: turns(seen) == [])
    seen.shot("chat-error")
