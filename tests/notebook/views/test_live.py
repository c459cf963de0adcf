"""The live view: what is sent to the browser, how often, and what remains at the end."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ipywidgets import Widget
from PIL import Image as PILImage

import vision_magic as vm
from tests.notebook.conftest import Run
from tests.notebook.views.conftest import Handle, Timer, reply_of
from tests.servers import END, LoopbackServer, chunk
from vision_magic.chat.events import ReasoningDelta, RetryScheduled, RetryStarted, TextDelta
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.reply import Choice, Reply
from vision_magic.images.convert import as_image
from vision_magic.notebook.interrupt import Stop
from vision_magic.notebook.views import choose, pacing
from vision_magic.notebook.views.live import LiveReply, LiveView


class Browser:
    """Applies the messages of a widget, as live.js does."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.choices: list[dict[str, Any]] = []
        self.ended: list[str] = []  # announcements for screen readers

    def take(self, message: dict[str, Any], buffers: object = None) -> None:
        if message["kind"] == "ended":
            self.ended.append(message["announcement"])
        if message["kind"] != "update":
            return
        self.messages.append(message)
        for index, grown in enumerate(message["choices"]):
            if index == len(self.choices):
                self.choices.append({"blocks": [], "open": "", "reasoning": "", "extra": ""})
            choice = self.choices[index]
            assert grown["first"] <= len(choice["blocks"])
            choice["blocks"][grown["first"] :] = grown["blocks"]
            choice["open"] = grown["open"]
            choice["extra"] = grown.get("extra", choice["extra"])
            choice["reasoning"] = choice["reasoning"][: grown["reasoning_at"]] + grown["reasoning"]

    def html(self, choice: int = 0) -> str:
        return "".join([*self.choices[choice]["blocks"], self.choices[choice]["open"]])


@pytest.fixture
def shown(
    monkeypatch: pytest.MonkeyPatch, run: Run, clock: list[float], timers: list[Timer]
) -> tuple[LiveView, Browser, Handle]:
    browser, handle = Browser(), Handle()
    monkeypatch.setattr(LiveReply, "send", lambda self, content, buffers=None: browser.take(content))
    monkeypatch.setattr("IPython.display.display", lambda *data, **about: handle)
    view = LiveView()
    view.begin("model-1 · example.org", lambda: None)
    return view, browser, handle


def test_the_first_words_go_out_at_once_and_the_rest_at_a_bounded_pace(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, _ = shown
    text = ""
    for _ in range(1000):  # a thousand tokens in ten seconds
        text += "word "
        view.event(TextDelta("word "), reply_of(text))
        clock[0] += 0.01
    assert browser.messages[0]["choices"][0]["open"] == "<p>word</p>\n"
    assert 100 <= len(browser.messages) <= 130


def test_what_waits_is_drawn_though_nothing_follows(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, _ = shown
    view.event(TextDelta("One"), reply_of("One"))
    view.event(TextDelta(" two"), reply_of("One two"))
    assert "two" not in browser.html()
    _, timer = Timer.waiting  # the first is the snapshot's
    clock[0] += timer.seconds
    timer.go()
    assert "One two" in browser.html()


def test_one_timer_draws_as_long_as_events_arrive(
    shown: tuple[LiveView, Browser, Handle], clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread for each drawing cost a tenth of what showing an answer does."""
    view, browser, _ = shown
    texts = ["One two three", "One two three four"]

    def sleep(seconds: float) -> None:
        clock[0] += seconds / 2
        if texts:
            view.event(TextDelta("…"), reply_of(texts.pop(0)))
        clock[0] += seconds / 2

    # Not the module itself, in which other threads may sleep.
    monkeypatch.setattr(pacing, "time", SimpleNamespace(monotonic=lambda: clock[0], sleep=sleep))
    view.event(TextDelta("One"), reply_of("One"))
    view.event(TextDelta(" two"), reply_of("One two"))
    snapshot, timer = Timer.waiting
    clock[0] += timer.seconds
    timer.go()
    assert [message["choices"][0]["open"].count(" ") for message in browser.messages] == [0, 1, 2, 3]
    assert [one for one in Timer.waiting if one not in (snapshot, timer)] == []
    view.event(TextDelta(" five"), reply_of("One two three four five"))  # now that it has ended, at once
    assert "five" in browser.html()


def test_a_picture_is_shown_small_and_sent_once(shown: tuple[LiveView, Browser, Handle], clock: list[float]) -> None:
    """It is in the answer of every update, and was as large as the rest of the traffic together."""
    view, browser, handle = shown
    made = as_image(PILImage.effect_noise((1500, 1000), 80).convert("RGB"))
    for number in range(20):
        clock[0] += 1
        view.event(TextDelta("a "), reply_of("a " * (number + 1), output_images=(made,) if number else ()))
    sizes = [message["choices"][0].get("extra") for message in browser.messages]
    assert sizes[0] is None
    assert [len(extra) < 200_000 for extra in sizes[1:] if extra] == [True]
    assert 'width="1024"' in browser.choices[0]["extra"], "as large as at the end, so that nothing jumps"
    assert view._widget is not None
    assert "<img" in view._widget.snapshot["choices"][0]["extra"], "for a page that missed it"
    view.end(reply_of("a", output_images=(made,))())
    assert "shown at 1024 × 683" in handle.updates[-1]["text/html"]
    assert len(handle.updates[-1]["text/html"]) > len(browser.choices[0]["extra"])


def test_what_the_page_missed_comes_again_though_nothing_follows(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, _, _ = shown
    view.event(TextDelta("One"), reply_of("One"))
    assert view._widget is not None
    assert view._widget.snapshot == {}
    [timer] = Timer.waiting
    clock[0] += timer.seconds
    timer.go()
    assert view._widget.snapshot["choices"][0]["open"] == "<p>One</p>\n"
    assert Timer.waiting == [timer], "once is enough until something comes"


def test_after_a_pause_the_line_says_that_it_was_asked_again(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, _ = shown
    view.event(RetryScheduled(2.0, "the server is busy"), reply_of(""))
    clock[0] += 2
    view.event(RetryStarted(), reply_of(""))
    assert browser.messages[-1]["status"] == "sent again, waiting for the first token"
    clock[0] += 1
    view.event(TextDelta("One"), reply_of("One"))
    assert browser.messages[-1]["status"] == "answering"


def test_finished_blocks_are_sent_once(shown: tuple[LiveView, Browser, Handle], clock: list[float]) -> None:
    view, browser, _ = shown
    text = "".join(f"Paragraph {number}.\n\n" for number in range(50))
    for end in range(0, len(text) + 10, 10):
        view.event(TextDelta("…"), reply_of(text[:end]))
        clock[0] += 0.06
    sent = [block for message in browser.messages for block in message["choices"][0]["blocks"]]
    assert len(sent) == len(set(sent)) >= 48
    assert "Paragraph 49." in browser.html()


def test_a_snapshot_brings_what_was_lost(shown: tuple[LiveView, Browser, Handle], clock: list[float]) -> None:
    view, browser, _ = shown
    text = ""
    for number in range(40):
        text += f"Paragraph {number}.\n\n"
        view.event(TextDelta("…"), reply_of(text))
        clock[0] += 0.1
    assert view._widget is not None
    [whole] = view._widget.snapshot["choices"]
    assert whole["first"] == 0
    assert whole["blocks"] == browser.choices[0]["blocks"][: len(whole["blocks"])]
    assert len(whole["blocks"]) >= 25


def test_thoughts_choices_calls_and_waiting_are_shown(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, _ = shown
    view.event(RetryScheduled(2.0, "the server is busy"), reply_of(""))
    assert browser.messages[-1]["status"] == "retrying in 2.0 s · the server is busy"
    clock[0] += 1
    view.event(ReasoningDelta("hm"), reply_of("", reasoning="hm\x1b[2J"))
    assert browser.messages[-1]["status"] == "reasoning"
    assert browser.choices[0]["reasoning"] == "hm␛[2J"
    clock[0] += 1
    view.event(TextDelta("a"), reply_of("a", "b", tool_calls=(ToolCall(name="look", arguments="{}"),)))
    assert browser.html(1) == "<p>b</p>\n"
    assert "Calls <code>look()</code>" in browser.messages[-1]["choices"][0]["extra"]
    clock[0] += 2
    view.event(TextDelta("c"), reply_of("ac", "b"))
    assert browser.messages[-1]["status"] == "≈ 1 tokens/s"


def test_thoughts_in_a_tag_are_folded_and_are_no_answer(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, _ = shown
    for text in ("<thi", "<think>Let me", "<think>Let me see.</think>\n\nIt is *blue*."):
        view.event(TextDelta("…"), reply_of(text))
        clock[0] += 1
    assert browser.choices[0]["reasoning"] == "Let me see."
    assert browser.html() == "<p>It is <em>blue</em>.</p>\n"


def test_the_end_is_the_static_answer_and_nothing_is_drawn_after_it(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, browser, handle = shown
    view.event(TextDelta("One"), reply_of("One"))
    view.event(TextDelta(" two"), reply_of("One two"))
    reply = reply_of("One two")()
    view.end(reply)
    assert handle.updates == [reply._repr_mimebundle_()]
    snapshot, drawing, closing = Timer.waiting
    assert snapshot.cancelled
    assert drawing.cancelled
    drawing.go()
    snapshot.go()
    assert view._widget is not None
    assert view._widget.snapshot == {}
    grown = [message["choices"][0]["open"] for message in browser.messages]
    assert grown == ["<p>One</p>\n", "<p>One two</p>\n"]  # the last words do not wait for the whole to be rendered
    # Closed before the page has made it, the widget would leave an error in the console.
    assert view._widget.comm is not None
    closing.go()
    assert view._widget.comm is None


def test_a_widget_that_the_page_has_made_is_closed_at_once(
    shown: tuple[LiveView, Browser, Handle], clock: list[float]
) -> None:
    view, _, _ = shown
    assert view._widget is not None
    view._widget._on_message(view._widget, {"kind": "hello", "page": "a"}, [])
    clock[0] += 5
    view.end(reply_of("One")())
    assert view._widget.comm is None
    assert Timer.waiting == []


def test_what_a_person_unfolds_is_open_at_the_end(shown: tuple[LiveView, Browser, Handle]) -> None:
    view, _, handle = shown
    assert view._widget is not None
    calls = tuple(ToolCall(name=name, arguments="{}", outcome="done", result="1") for name in ("look", "zoom"))
    reply = reply_of("<details>done</details>", reasoning="hm", tool_calls=calls)()
    for places in ([[0, 2]], [[1]], "12", [[True, "2", None, 1.0]], None):
        view._widget._on_message(view._widget, {"kind": "unfolded", "places": places}, [])
        view.end(reply)
    folds = [re.findall("<details( open)?", update["text/html"]) for update in handle.updates]
    none = [""] * 3
    assert folds == [[" open", "", " open"], ["", " open", ""], none, none, none]


def test_each_choice_has_folds_of_its_own(shown: tuple[LiveView, Browser, Handle]) -> None:
    view, _, handle = shown
    assert view._widget is not None
    sure = {"token": "a", "logprob": -0.1}  # whose colours are a fold too, which is there in the end only
    view._widget._on_message(view._widget, {"kind": "unfolded", "places": [[], [0], [0]]}, [])
    view.end(reply_of("a", "b", reasoning="hm", logprobs=(sure,))())
    folds = re.findall("<details( open)?[^>]*><summary[^>]*>(\\w+)", handle.updates[-1]["text/html"])
    assert folds == [("", "Reasoning"), ("", "Probabilities"), (" open", "Reasoning"), ("", "Probabilities")]


def test_an_error_takes_the_place_of_the_waiting_line(shown: tuple[LiveView, Browser, Handle]) -> None:
    view, _, handle = shown
    view.fail("No <connection>.\x1b")
    assert "No &lt;connection&gt;.␛" in handle.updates[0]["text/html"]
    assert not view.fail("")
    assert handle.updates[-1]["text/plain"] == "No answer."  # outside a cell, nothing can be cleared


def test_the_state_of_the_widget_holds_no_key_and_no_picture(run: Run) -> None:
    from ipywidgets import Widget

    widget = LiveReply(lambda: None, target="model-1 · example.org")
    state = Widget.get_manager_state(widgets=[widget])["state"]
    assert set(state[widget.model_id]["state"]) >= {"target", "kernel_id", "snapshot"}
    assert repr(widget) == "<LiveReply>"
    widget.close()


@pytest.mark.parametrize(("hellos", "pages"), [("aa", 1), ("aab", 2)])
def test_a_page_that_was_loaded_again_gets_the_answer_in_its_widget(
    shown: tuple[LiveView, Browser, Handle], hellos: str, pages: int
) -> None:
    view, _, handle = shown
    widget = view._widget
    assert widget is not None
    for page in hellos:
        widget._on_message(widget, {"kind": "hello", "page": page}, [])
    view.end(Reply(choices=(Choice(text="The end.", finish_reason="stop"),), model="model-1", host="example.org"))
    assert (widget.snapshot.get("html") == handle.updates[-1]["text/html"]) == (pages == 2)
    widget.close()


def test_the_button_stops_and_nothing_else_does(run: Run) -> None:
    stopped: list[bool] = []
    widget = LiveReply(lambda: stopped.append(True))
    for content in ({"kind": "start"}, "stop", None, {"kind": ["stop"]}):
        widget._on_message(widget, content, [])
    assert stopped == []
    widget._on_message(widget, {"kind": "stop"}, [])
    assert stopped == [True]
    widget.close()


def test_a_button_interrupts_its_own_cell_only_while_it_runs() -> None:
    stop = Stop()
    presser = threading.Timer(0.1, stop)
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        threading.Event().wait(10)
    presser.join()
    assert stop.pressed
    late = Stop()
    late.expire()
    late()
    assert not late.pressed


def test_the_button_of_a_subshell_interrupts_it_and_not_the_main_thread() -> None:
    """As where a second console of the same kernel asks while a cell of the notebook runs."""
    stopped, asking = threading.Event(), threading.Event()
    stops: list[Stop] = []

    def ask_beside() -> None:
        stops.append(Stop())
        try:
            asking.set()
            for _ in range(500):
                stopped.wait(0.02)
        except KeyboardInterrupt:
            stopped.set()

    beside = threading.Thread(target=ask_beside)
    beside.start()
    assert asking.wait(10)
    stops[0]()  # in the main thread a signal would be raised here
    assert stopped.wait(10)
    beside.join()


def test_a_widget_that_is_closed_leaves_nothing_behind(run: Run) -> None:
    before = set(Widget.get_manager_state()["state"])
    widget = LiveReply(lambda: None)
    assert len(set(Widget.get_manager_state()["state"]) - before) > 1  # it has a layout
    widget.close()
    assert set(Widget.get_manager_state()["state"]) == before


@pytest.fixture
def in_notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Handle]:
    """Let the magic believe that a person sits before a notebook."""
    handle = Handle()
    monkeypatch.setattr(choose, "choose_mode", lambda shell, wish: "live")
    monkeypatch.setattr("IPython.display.display", lambda *data, **about: handle)
    return handle


def test_in_the_background_the_cell_returns_and_the_variable_becomes_ready(run: Run, in_notebook: Handle) -> None:
    release = threading.Event()

    def answer(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("Half")
        release.wait(10)
        yield chunk(" more") + END

    with LoopbackServer(answer) as server:
        run(f"%%vision --no-image --bg -o late --base-url {server.url} -m m\nWhat?")
        background_reply = run.shell.user_ns["late"]
        assert not background_reply.done
        assert run("1 + 1").result == 2
        release.set()
        background_reply.wait(10)
        for _ in range(100):
            if isinstance(run.shell.user_ns["late"], Reply) and in_notebook.updates:
                break
            threading.Event().wait(0.05)
    assert run.shell.user_ns["late"].text == "Half more"
    assert run.shell.user_ns["_vision"] is run.shell.user_ns["late"]
    assert "Half more" in in_notebook.updates[-1]["text/html"]


def test_in_the_background_an_error_is_shown_where_the_answer_would_be(run: Run, in_notebook: Handle) -> None:
    with LoopbackServer(lambda body: [], status=404) as server:
        run(f"%%vision --no-image --bg -o late --base-url {server.url} -m m\nWhat?")
        for _ in range(100):
            if in_notebook.updates:
                break
            threading.Event().wait(0.05)
    assert "404" in in_notebook.updates[-1]["text/html"]


def test_whatever_ends_a_cell_takes_the_waiting_line_away(run: Run, in_notebook: Handle, tmp_path: Path) -> None:
    """What no recording holds is refused before anything is sent; the line above went on waiting."""
    tape = tmp_path / "empty.jsonl"
    tape.write_text("", encoding="utf-8")
    with vm.recording(tape, mode="replay"):
        assert "holds no answers yet" in run.fails("%%vision --no-image --base-url http://127.0.0.1:9/v1 -m m\nWhat?")
    assert [update["text/plain"] for update in in_notebook.updates] == ["No answer."]


def test_where_a_program_runs_the_notebook_the_answer_is_waited_for(run: Run) -> None:
    with LoopbackServer(lambda body: [chunk("Here."), END]) as server:
        run(f"%%vision --no-image --bg -o now --base-url {server.url} -m m\nWhat?")
    assert run.shell.user_ns["now"].text == "Here."
