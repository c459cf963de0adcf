"""Advanced replies in a real JupyterLab: functions, typed answers, several models, probabilities, conversations."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.browser.lab import Lab
from tests.browser.seen import Seen
from tests.browser.test_answers import HOLD, SETUP, ask, slowly
from tests.servers import END, LoopbackServer, chunk

Open = Callable[..., Seen]

FUNCTIONS = """import vision_magic as vm
from PIL import Image

@vm.tool(safe=True)
def zoom(left: int, top: int) -> Image.Image:
    "Cut a part of the picture out, enlarged."
    return Image.new("RGB", (120, 80), "teal")

def forget(name: str) -> str:
    "Delete a series."
    return "gone: " + name"""


def calls(*called: tuple[str, dict[str, Any]]) -> Iterator[bytes]:
    """Stream calls as OpenAI does: name and id first, the arguments in fragments."""
    for number, (name, arguments) in enumerate(called):
        first = {
            "index": number,
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": name, "arguments": ""},
        }
        yield chunk(delta={"tool_calls": [first]})
        text = json.dumps(arguments)
        for start in range(0, len(text), 5):
            piece = {"index": number, "function": {"arguments": text[start : start + 5]}}
            yield chunk(delta={"tool_calls": [piece]})
            time.sleep(0.03)
    yield chunk(finish_reason="tool_calls") + b"data: [DONE]\n\n"


def with_functions(body: dict[str, Any]) -> Iterator[bytes]:
    if not any(message["role"] == "tool" for message in body["messages"]):
        yield chunk("Let me **look closer** first.\n\n")
        yield from calls(("zoom", {"left": 120, "top": 40}), ("forget", {"name": "north"}))
    else:
        yield from slowly("The *north* series falls in the second year.", pause=0.05)(body)


def test_functions_run_are_seen_and_the_person_is_asked(either: Lab, open_notebook: Open) -> None:
    folds = "all => all.map((fold) => fold.open)"
    with LoopbackServer(with_functions) as server:
        cell = ask(server, "-o reply", "--tools zoom forget")
        seen = open_notebook(either, SETUP, FUNCTIONS, cell, "[(c.name, c.outcome) for c in reply.tool_calls]")
        seen.run_all()
        seen.page.wait_for_selector(".jp-Stdin-input")
        assert "forget with" in seen.page.inner_text(".jp-Stdin-prompt")
        seen.waits_for("zoom(left=120, top=40)")
        seen.shot("functions-asking")
        seen.page.click("summary:has-text('zoom')")
        time.sleep(1.2)
        assert seen.page.eval_on_selector_all(".vision-magic-text details", folds) == [True]  # while it is read
        seen.page.fill(".jp-Stdin-input", "n")
        seen.page.keyboard.press("Enter")
        seen.waits_for("[('zoom', 'done'), ('forget', 'refused')]")
        assert "look closer" in seen.text()
        assert "falls in the second year" in seen.text()
        assert not seen.live()
        # Without widgets, the page cannot say what was unfolded.
        unfolded = [either.widgets, False, False]
        assert seen.page.eval_on_selector_all(".vision-magic-answer details", folds) == unfolded
        seen.shot("functions")
        roles = [message["role"] for message in server.requests[1]["messages"]]
        assert roles == ["user", "assistant", "tool", "tool", "user"]


RECORDS = {
    "value": [
        {"series": name, "peak": peak, "note": note}
        for name, peak, note in (
            ("north", 52.5, "rises all along"),
            ("south", 31.0, "falls after 2021"),
            ("west", 18.25, "no trend"),
        )
    ]
}


def test_a_typed_answer_fills_in_as_a_table(lab: Lab, open_notebook: Open) -> None:
    gate = threading.Semaphore(0)
    text = json.dumps(RECORDS).replace("}, {", f"}}, {HOLD}{{").replace("}]", f"}}{HOLD}]")
    with LoopbackServer(slowly(text, pause=0.01, size=4, gate=gate)) as server:
        shape = '--schema "[series, peak: float, note]"'
        seen = open_notebook(lab, SETUP, ask(server, "-o reply", shape), "reply.value[1].peak, reply.to_frame().shape")
        seen.run_all()
        rows = ".vision-magic-live tbody tr"
        for number in (1, 2, 3):  # a row after another
            seen.until(lambda number=number: len(seen.page.query_selector_all(rows)) == number)  # type: ignore[misc]
            gate.release()
        seen.waits_for("(31.0, (3, 3))")
        heads = seen.page.eval_on_selector_all(".vision-magic-text th", "all => all.map((cell) => cell.innerText)")
        assert heads == ["series", "peak", "note"]
        seen.shot("typed")


def by_model(gate: threading.Semaphore) -> Callable[[dict[str, Any]], Iterator[bytes]]:
    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        if body["model"] == "broken":
            yield b'data: {"error": {"message": "out of memory", "type": "server_error"}}\n\n'
            return
        text = f"I am **{body['model']}**, and I see three points that fall and rise.\n\n" * 3
        yield from slowly(text + HOLD, gate=gate)(body)

    return answer


def test_several_models_answer_in_columns_and_an_error_stays_in_its_own(lab: Lab, open_notebook: Open) -> None:
    gate = threading.Semaphore(0)
    with LoopbackServer(by_model(gate)) as server:
        cell = f"%%vision -m small -m large -m broken --base-url {server.url} -o reply\nWhat does it show?"
        seen = open_notebook(lab, SETUP, cell, "[(c.model, bool(c.error)) for c in reply.choices]")
        seen.run_all()
        seen.until(lambda: len(seen.page.query_selector_all(".vision-magic-live .vision-magic-choice")) == 3)
        seen.waits_for("out of memory")
        tops = "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
        assert len(set(seen.page.eval_on_selector_all(".vision-magic-live .vision-magic-choice", tops))) == 1
        seen.shot("columns-live")
        gate.release(2)
        seen.waits_for("('broken', True)")
        assert seen.text().count("I am small") == 3
        seen.shot("columns")


def sure(body: dict[str, Any]) -> Iterator[bytes]:
    for text, share, other in (
        ("The ", -0.01, "A "),
        ("peak ", -0.4, "line "),
        ("is ", -0.05, "lies "),
        ("2020", -1.6, "2021"),
    ):
        top = [{"token": text, "logprob": share}, {"token": other, "logprob": -2.0}]
        logprobs = {"content": [{"token": text, "logprob": share, "top_logprobs": top}]}
        yield chunk(text, logprobs=logprobs)
    yield END


def test_tokens_are_coloured_by_their_probability(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(sure) as server:
        seen = open_notebook(lab, SETUP, ask(server, "--logprobs --top-logprobs 2"))
        seen.run_all()
        seen.waits_for("Probabilities: 4 tokens")
        seen.page.click("summary:has-text('Probabilities')")
        title = seen.page.get_attribute("details span:has-text('2020')", "title")
        assert title == "20.2 %; most probable: '2020' 20.2 %, '2021' 13.5 %"
        seen.shot("probabilities")


def echo(body: dict[str, Any]) -> Iterator[bytes]:
    said = [message for message in body["messages"] if message["role"] == "user"]
    yield chunk(f"question {len(said)} of this conversation") + END


def test_a_cell_that_is_run_again_replaces_its_own_turn(lab: Lab, open_notebook: Open) -> None:
    with LoopbackServer(echo) as server:
        follow = ask(server, "-c", question="And then?")
        seen = open_notebook(lab, SETUP, ask(server), follow, follow.replace("then", "last"), "%vision history")
        seen.run_all()
        seen.waits_for("question 3 of this conversation")
        seen.waits_for("And last?")
        seen.run_all()  # every cell again: each in its own place
        seen.until(lambda: len(server.requests) == 6)
        seen.waits_for("3 turns")
        counts = [sum(message["role"] == "user" for message in body["messages"]) for body in server.requests]
        assert counts == [1, 2, 3, 1, 2, 3]


def test_the_wire_is_seen_as_it_comes(lab: Lab, open_notebook: Open) -> None:
    gate = threading.Semaphore(0)
    with LoopbackServer(slowly(f"The **peak** is in 2020.{HOLD}", gate=gate)) as server:
        seen = open_notebook(lab, SETUP, ask(server, "--wire"))
        seen.run_all()
        seen.waits_for("text + 'The **'")
        assert seen.live()  # while the answer is still being written
        gate.release()
        seen.waits_for("the reply is complete")
        assert "Picture 1 as it is sent" in seen.text()
        seen.shot("wire")
