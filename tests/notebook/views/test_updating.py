"""The updating view, alone and where the live view finds no widgets: what replaces the output, and how often."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher

from tests.notebook.conftest import Run
from tests.notebook.views.conftest import Handle, Timer, reply_of
from vision_magic.chat.events import ReasoningDelta, RetryScheduled, TextDelta, ToolStarted
from vision_magic.chat.messages import ToolCall
from vision_magic.errors import SettingsError
from vision_magic.notebook.state import ShellState, state_of
from vision_magic.notebook.views.choose import choose_mode
from vision_magic.notebook.views.live import LiveReply, LiveView
from vision_magic.notebook.views.updating import UpdatingView

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def view(handle: Handle) -> UpdatingView:
    view = UpdatingView()
    view.begin("model-1 · example.org", lambda: None)
    return view


def lines(handle: Handle) -> list[str]:
    """Return what stood above the answer, without what stays the same."""
    found = [re.search(r"example\.org · (.*?)</div>", update["text/html"]) for update in handle.updates]
    return [line[1].replace("\xa0", " ") for line in found if line]


def fire(timers: list[Timer], seconds: float, clock: list[float]) -> None:
    """Let the timers of this length go that were not cancelled."""
    clock[0] += seconds
    for timer in [one for one in timers if one.seconds == seconds and not one.cancelled]:
        timers.remove(timer)
        timer.go()


def test_the_output_is_replaced_a_few_times_a_second_however_fast_the_answer_comes(
    view: UpdatingView, handle: Handle, clock: list[float]
) -> None:
    text = ""
    for _ in range(1000):  # a thousand tokens in ten seconds
        text += "word "
        view.event(TextDelta("word "), reply_of(text))
        clock[0] += 0.01
    assert "<p>word</p>" in handle.updates[1]["text/html"]  # at once
    assert 20 <= len(handle.updates) <= 42


def test_a_long_answer_is_replaced_less_often(view: UpdatingView, handle: Handle, clock: list[float]) -> None:
    text = "".join(f"Paragraph {number} of many.\n\n" for number in range(5000))
    for number in range(100):
        view.event(TextDelta("x"), reply_of(text + "x" * number))
        clock[0] += 0.1
    sent = sum(len(part) for update in handle.updates for part in update.values())
    assert len(handle.updates) >= 3
    assert sent < 100_000 * 10 + 2 * len(handle.updates[-1]["text/html"])


def test_each_update_is_a_whole_answer_whose_finished_blocks_stay_as_they_are(
    view: UpdatingView, handle: Handle, clock: list[float]
) -> None:
    text = "# Title\n\nThe *north* rises.\n\n```python\nx\n```\n\n"
    for end in ("The", "The **so", "The **south** falls."):
        clock[0] += 1
        view.event(TextDelta("…"), reply_of(text + end))
    _, first, second, third = (update["text/html"] for update in handle.updates)
    finished = first[first.index("<h1>") : first.index("<p>The</p>")]
    assert "<em>north</em>" in finished
    assert "vision-magic-code" in finished
    assert finished in second
    assert finished in third
    assert "<strong>so</strong>" in second
    assert "vision-magic-growing" in third
    assert "The **south** falls." in handle.updates[-1]["text/plain"]


def test_the_line_says_what_is_happening_and_for_how_long(
    view: UpdatingView, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    clock[0] += 0.1
    view.sent()
    fire(timers, 1.0, clock)  # though nothing arrives
    fire(timers, 1.0, clock)
    call = ToolCall(name="look", arguments="{}")
    for event, reply in (
        (RetryScheduled(2.0, "the server is busy"), reply_of("")),
        (ReasoningDelta("hm"), reply_of("", reasoning="hm")),
        (TextDelta("a"), reply_of("a", reasoning="hm")),
        (ToolStarted(call), reply_of("a", reasoning="hm", tool_calls=(call,))),
    ):
        clock[0] += 1
        view.event(event, reply)
    assert lines(handle) == [
        "reading the picture · 0.0 s",
        "waiting for the first token · 0.1 s",
        "waiting for the first token · 1.1 s",
        "waiting for the first token · 2.1 s",
        "retrying in 2.0 s · the server is busy · 3.1 s",
        "reasoning · 4.1 s",
        "answering · 5.1 s",
        "calling look · 6.1 s",
    ]
    assert "<summary" in handle.updates[-1]["text/html"]  # of its reasoning
    assert "Calls <code>look()</code>" in handle.updates[-1]["text/html"]


def test_several_choices_stand_in_columns(view: UpdatingView, handle: Handle) -> None:
    view.event(TextDelta("a"), reply_of("north", "south"))
    html = handle.updates[-1]["text/html"]
    assert "grid-template-columns" in html
    assert html.index("Choice 1 of 2") < html.index("north") < html.index("Choice 2 of 2") < html.index("south")


def test_the_end_is_the_static_answer_and_nothing_is_drawn_after_it(
    view: UpdatingView, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    view.event(TextDelta("One"), reply_of("One"))
    view.event(TextDelta(" two"), reply_of("One two"))
    reply = reply_of("One two")()
    view.end(reply)
    assert handle.updates[-1] == reply._repr_mimebundle_()
    drawn = len(handle.updates)
    clock[0] += 5
    for timer in list(timers):
        assert timer.cancelled
        timer.go()
    view.event(TextDelta(" three"), reply_of("One two three"))
    assert len(handle.updates) == drawn


def test_an_error_takes_the_place_of_the_line(view: UpdatingView, handle: Handle) -> None:
    view.fail("No <connection>.\x1b")
    assert "No &lt;connection&gt;.␛" in handle.updates[-1]["text/html"]


def begun_live(state: ShellState | None) -> tuple[LiveView, LiveReply]:
    view = LiveView(state)
    view.begin("model-1 · example.org", lambda: None)
    assert view._widget is not None
    return view, view._widget


def say_hello(widget: LiveReply) -> None:
    widget._on_message(widget, {"kind": "hello", "page": "a"}, [])


def test_where_no_page_says_hello_the_live_view_goes_on_without_its_widget(
    run: Run, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    view, _ = begun_live(state_of(run.shell))
    view.event(TextDelta("One"), reply_of("One"))
    [first] = handle.updates
    assert WIDGET in first  # and for pages that cannot show it, the line above the answer
    assert "reading the picture" in first["text/html"]
    fire(timers, 1.5, clock)
    assert "<p>One</p>" in handle.updates[-1]["text/html"]
    clock[0] += 1
    view.event(TextDelta(" two"), reply_of("One two"))
    assert "<p>One two</p>" in handle.updates[-1]["text/html"]
    assert not any(WIDGET in update for update in handle.updates[1:])
    reply = reply_of("One two")()
    view.end(reply)
    assert handle.updates[-1] == reply._repr_mimebundle_()
    assert state_of(run.shell).page_shows_widgets is False


def test_where_a_page_says_hello_the_output_is_left_alone(
    run: Run, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    view, widget = begun_live(state_of(run.shell))
    say_hello(widget)
    fire(timers, 1.5, clock)
    view.event(TextDelta("One"), reply_of("One"))
    assert len(handle.updates) == 1
    view.end(reply_of("One")())
    assert len(handle.updates) == 2


def test_a_late_page_gets_the_widget_with_everything_in_the_same_output(
    run: Run, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    view, widget = begun_live(state_of(run.shell))
    fire(timers, 1.5, clock)
    clock[0] += 1
    view.event(TextDelta("One"), reply_of("One"))
    assert widget.snapshot == {}
    say_hello(widget)
    assert WIDGET in handle.updates[-1]
    assert widget.snapshot["choices"][0]["open"] == "<p>One</p>\n"
    drawn = len(handle.updates)
    clock[0] += 1
    view.event(TextDelta(" two"), reply_of("One two"))
    fire(timers, 1.0, clock)  # the clock of the updating view
    assert len(handle.updates) == drawn
    view.end(reply_of("One two")())
    assert len(handle.updates) == drawn + 1
    assert WIDGET not in handle.updates[-1]
    say_hello(widget)  # after the end, it changes nothing
    assert len(handle.updates) == drawn + 1


def test_what_the_page_of_the_last_answer_did_is_expected_of_the_next(
    run: Run, handle: Handle, clock: list[float], timers: list[Timer]
) -> None:
    """Some kernels, such as ipykernel 6 and those of VS Code, hear no page while a cell runs."""

    def updates(after: float) -> int:
        handle.updates.clear()
        view, widget = begun_live(state_of(run.shell))
        fire(timers, after, clock)
        count = len(handle.updates) - 1
        view.end(reply_of("One")())
        widgets.append(widget)
        return count

    widgets: list[LiveReply] = []
    assert updates(0) == 0  # too short to tell
    assert updates(1.5) == 1
    assert updates(0) == 1  # it has been silent
    say_hello(widgets[-1])  # heard after the cell
    assert updates(0) == 0
    assert updates(1.5) == 0
    assert updates(0) == 1  # it has been silent again


def test_who_wants_the_live_view_gets_no_other(handle: Handle, clock: list[float], timers: list[Timer]) -> None:
    view, _ = begun_live(None)
    assert timers == []
    view.event(TextDelta("One"), reply_of("One"))
    assert len(handle.updates) == 1


PAGE = "41a7f0a2-9c5e-4a9c-8f0e-5a0c2f5e7d11"  # a message of JupyterLab
PYTHON = "9f3c2a10-5b6c7d8e9f0a1b2c3d4e5f60_4242_7"  # of a client in Python


@pytest.mark.parametrize(
    ("wanted", "message", "stdin", "cell", "mode"),
    [
        pytest.param("auto", PAGE, True, True, "auto", id="JupyterLab, VS Code"),
        pytest.param("auto", PAGE, True, False, "auto", id="a page without ids of cells"),
        pytest.param("auto", PYTHON, True, True, "auto", id="cells that a server runs for a page"),
        pytest.param("auto", PYTHON, True, False, "terminal", id="jupyter console, qtconsole"),
        pytest.param("auto", PYTHON, False, False, "static", id="nbclient"),
        pytest.param("live", PYTHON, False, False, "live", id="as wished: live"),
        pytest.param("updating", PYTHON, False, False, "updating", id="as wished: updating"),
        pytest.param("static", PAGE, True, True, "static", id="as wished: static"),
    ],
)
def test_the_view_is_chosen_by_what_the_client_sends_and_by_what_is_wished(
    wanted: str, message: str, stdin: bool, cell: bool, mode: str
) -> None:
    request = {
        "header": {"msg_id": message},
        "metadata": {"cellId": "1"} if cell else {},
        "content": {"allow_stdin": stdin},
    }
    shell = SimpleNamespace(kernel=SimpleNamespace(get_parent=lambda: request), display_pub=None)
    assert choose_mode(shell, wanted) == mode
    shell.display_pub = CapturingDisplayPublisher()
    assert choose_mode(shell, wanted) == "static"  # %%capture would keep every update
    assert choose_mode(SimpleNamespace(), wanted) == "terminal"


def test_another_wish_is_refused() -> None:
    with pytest.raises(SettingsError, match="'rich'; expected auto, live, updating or static"):
        choose_mode(SimpleNamespace(), "rich")
