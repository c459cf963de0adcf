"""The cell that asks, for usage and kept answers, in a real kernel and in a terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

SETUP = """
import itertools, threading
import httpx, vision_magic as vm
from PIL import Image
numbers = itertools.count(1)
def answer(request):
    words = '{"choices": [{"delta": {"content": "answer %d"}, "finish_reason": "stop"}]}' % next(numbers)
    return httpx.Response(200, content=b"data: " + words.encode() + b"\\n\\ndata: [DONE]\\n\\n")
vm.use(base_url="http://127.0.0.1:9/v1", model="m", transport=httpx.MockTransport(answer))
red, blue, green = (Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green"))
def booked():
    return {row.name: row.requests for row in vm.usage().cells}
"""


class Kernel:
    """A kernel whose cells have ids, as those of a front end."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "XDG_CACHE_HOME": str(home), "VISION_MAGIC_KEEP": "on"}
        self.manager, self.client = start_new_kernel(kernel_name="python3", env=environment)
        self.run("%load_ext vision_magic")
        self.run(SETUP)

    def run(self, code: str, cell: str = "", *, store_history: bool = True) -> tuple[int, str]:
        """Run a cell; return the number that the front end shows, and what the cell printed or displayed."""
        person = "--bg" in code  # a program, which cannot be asked for input, waits for the answer
        content = {"code": code, "silent": False, "store_history": store_history, "allow_stdin": person}
        message = self.client.session.msg("execute_request", content, metadata={"cellId": cell} if cell else {})
        self.client.shell_channel.send(message)
        number, words = 0, ""
        while True:
            reply: dict[str, Any] = self.client.get_iopub_msg(timeout=120)
            if reply["parent_header"].get("msg_id") != message["header"]["msg_id"]:
                continue
            kind, content = reply["msg_type"], reply["content"]
            if kind == "execute_input":
                number = content["execution_count"]
            elif kind == "stream":
                words += content["text"]
            elif kind in ("display_data", "execute_result"):
                words += content["data"].get("text/plain", "") + "\n"
            elif kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            elif kind == "status" and content["execution_state"] == "idle":
                return number, words

    def booked(self) -> dict[str, int]:
        """Return the number of requests for each cell."""
        made: dict[str, int] = json.loads(self.run("import json; print(json.dumps(booked()))")[1])
        return made

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    kernel = Kernel(tmp_path_factory.mktemp("home"))
    yield kernel
    kernel.stop()


@pytest.fixture
def kernel(running: Kernel) -> Kernel:
    running.run("from vision_magic.session.default import session; session.state.ledger.clear(); _ = vm.keep(None)")
    return running


def test_a8_a_cell_and_a_function_call_share_no_kept_answer_and_no_number(kernel: Kernel) -> None:
    number, first = kernel.run("%%vision red\nSame words?", "a")
    _, second = kernel.run("print(vm.ask('Same words?', blue).text)", "b")
    _, third = kernel.run("%%vision green\nSame words?", "c")
    answers = [words.split("\n")[0] for words in (first, second, third)]
    assert len(set(answers)) == 3
    later = int(kernel.run("1")[0]) - 1
    assert kernel.booked() == {f"In [{number}]": 1, "outside cells": 1, f"In [{later}]": 1}


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param("%%vision red\nA question?", id="in the cell"),
        pytest.param("%%vision --bg red\nA question?", id="in the background"),
        pytest.param("get_ipython().run_cell_magic('vision', 'red', 'A question?')", id="from Python"),
        pytest.param("get_ipython().run_cell('%%vision red\\nA question?')", id="from a cell in the cell"),
        pytest.param("%%vision -m x -m y red\nA question?", id="several models"),
    ],
)
@pytest.mark.parametrize("has_id", [True, False], ids=["with an id", "without an id"])
def test_a8_a_request_is_booked_on_the_cell_that_asked(kernel: Kernel, ask: str, has_id: bool) -> None:
    kernel.run("_ = vm.keep(False)")
    asked, _ = kernel.run(ask, ask if has_id else "")
    kernel.run("_vision.wait() if hasattr(_vision, 'wait') else None")
    assert kernel.booked() == {f"In [{asked}]": 2 if "-m y" in ask else 1}


def test_a8_an_answer_in_the_background_belongs_to_the_cell_that_asked(kernel: Kernel) -> None:
    kernel.run("held = threading.Event()\nslow = lambda request: held.wait(60) and answer(request)")
    kernel.run("session.configure(transport=httpx.MockTransport(slow))")
    asked, _ = kernel.run("%%vision --bg -o late red\nLate?", "a")
    kernel.run("1 + 1")
    kernel.run("held.set(); session.configure(transport=httpx.MockTransport(answer)); _ = late.wait(60)")
    assert kernel.booked() == {f"In [{asked}]": 1}


def test_a8_a_question_that_is_asked_again_is_booked_on_the_cell_that_asks_again(kernel: Kernel) -> None:
    kernel.run("_ = vm.keep(False)")
    first, _ = kernel.run("%%vision red\nOnce?", "a")
    again, _ = kernel.run("%vision retry", "b")
    assert kernel.booked() == {f"In [{first}]": 1, f"In [{again}]": 1}


def test_a8_a_cell_without_a_number_takes_that_of_no_other_cell(kernel: Kernel) -> None:
    kernel.run("%%vision red\nUnnumbered?", "a", store_history=False)
    assert kernel.booked() == {"outside cells": 1}


def test_a8_a_thread_that_a_cell_began_is_outside_cells(kernel: Kernel) -> None:
    kernel.run("thread = threading.Thread(target=vm.ask, args=('In a thread?', red)); thread.start()", "a")
    kernel.run("thread.join()", "b")
    assert kernel.booked() == {"outside cells": 1}


def test_a8_a_loop_in_a_cell_gets_an_answer_for_each_picture(kernel: Kernel) -> None:
    loop = "for picture in ({}):\n    get_ipython().run_cell_magic('vision', 'picture', 'In a loop?')"
    _, words = kernel.run(loop.format("red, blue, green"), "a")
    assert "has changed" not in words
    assert sum(kernel.booked().values()) == 3
    _, again = kernel.run(loop.format("red, red, green"), "a")
    assert sum(kernel.booked().values()) == 3
    assert [line for line in again.splitlines() if line.startswith("answer")] == [
        line for line in words.splitlines() if line.startswith("answer")
    ][:1] * 2 + [line for line in words.splitlines() if line.startswith("answer")][2:]


def test_a8_the_changed_figure_of_a_cell_is_still_pointed_out(kernel: Kernel) -> None:
    kernel.run("%%vision red\nChanged?", "a")
    assert "The figure has changed" in kernel.run("%%vision blue\nChanged?", "a")[1]
    assert "figure has changed" not in kernel.run("%%vision green\nChanged?", "b")[1]


def test_a8_in_a_terminal_the_number_is_that_of_the_prompt() -> None:
    """A terminal without its frills prints each prompt before it reads the line."""
    lines = [
        "%load_ext vision_magic",
        f"exec({SETUP!r})",
        "get_ipython().run_cell_magic('vision', 'red', 'First?')",
        "1 + 1",
        "%vision retry",
        "print(booked())",
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "IPython", "--simple-prompt", "--no-banner", "--colors=NoColor"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    prompts = [number for number in range(1, 9) if f"In [{number}]: " in ended.stdout]
    assert prompts == [1, 2, 3, 4, 5, 6, 7], ended.stdout + ended.stderr
    assert "{'In [3]': 1, 'In [5]': 1}" in ended.stdout, ended.stdout + ended.stderr
