"""`ChatPanel` without a browser: its turns, its branches, the conversations it shares with cells, and its state."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.notebook.conftest import Run
from tests.notebook.widgets.test_ask_panel import png
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import Scripted, draws, picture
from vision_magic.chat.messages import ToolCall
from vision_magic.errors import CellError
from vision_magic.notebook.state import state_of
from vision_magic.notebook.widgets.chat import ChatPanel
from vision_magic.session.conversation import Conversation


class Page:
    """A page of the browser with one panel: sends messages and keeps those that it receives."""

    def __init__(self, conversation: Any = None, **options: Any) -> None:
        self.panel = ChatPanel(conversation, **options)
        self.received: list[dict[str, Any]] = []
        self.form = self.panel._form
        self.form.send = lambda content, buffers=None: self.received.append(content)
        self.send(kind="hello")

    def send(self, **content: Any) -> None:
        self.panel._on_message(self.form, content, [])

    def ask(self, prompt: str, **fields: Any) -> None:
        self.send(kind="ask", prompt=prompt, **fields)
        self.ends()

    def paste(self, width: int = 320, height: int = 200) -> None:
        data = png(width, height)
        content = {"kind": "chunk", "id": f"{width}-{time.monotonic_ns()}", "index": 0, "total": len(data)}
        self.panel.images_input._on_message(None, {**content, "name": "shot.png"}, [data])

    def until(self, test: Callable[[], Any]) -> Any:
        end = time.monotonic() + 20
        while not (found := test()):
            assert time.monotonic() < end, (self.received[-3:], self.form.error)
            time.sleep(0.005)
        return found

    def ends(self) -> None:
        self.until(lambda: not self.panel._busy and not self.form.running)

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The turns in the page, which keeps all that it received."""
        messages = [message for message in self.received if message["kind"] == "turns"]
        known = {turn["id"]: turn for message in messages for turn in message["turns"]}
        return [known[turn] for turn in messages[-1]["order"]]

    @property
    def branches(self) -> tuple[int, int]:
        last = next(message for message in reversed(self.received) if message["kind"] == "turns")
        return last["branch"], last["branches"]


@pytest.fixture
def page() -> Iterator[Page]:
    made = Page(Conversation(), profile="embedded")
    yield made
    made.panel.close()


def counting(body: dict[str, Any]) -> Iterator[bytes]:
    """Answer with the questions so far and the model."""
    asked = sum(message["role"] == "user" for message in body["messages"])
    yield chunk(f"answer {asked} of {body['model']}")
    yield END


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(counting) as running:
        yield running


@pytest.fixture
def chat(server: LoopbackServer) -> Iterator[Page]:
    made = Page(Conversation(base_url=server.url, model="m"))
    yield made
    made.panel.close()


def test_the_pictures_of_an_answer_are_shown_also_when_it_was_loaded(tmp_path: Path) -> None:
    server = Scripted(draws(picture(9), text="Here."))
    talk = Conversation(**server.options)
    talk.ask("Draw it.")
    for conversation in (talk, Conversation.load(talk.save(tmp_path / "talk.json"))):
        page = Page(conversation)
        [turn] = page.shown
        assert turn["images"] == "", "the question has none"
        assert "Here." in turn["html"]
        assert 'alt="Picture of the answer, 29 × 10 pixels"' in turn["html"]
        page.panel.close()


def test_questions_follow_one_another_and_the_frame_is_empty_again(page: Page) -> None:
    page.paste()
    page.ask("What size is it?")
    assert [turn["question"] for turn in page.shown] == ["What size is it?"]
    assert "320 × 200" in page.shown[0]["html"]
    assert "<img" in page.shown[0]["images"]
    assert page.panel.images_input.images == ()  # the picture stands in the conversation now
    page.ask("And which colours?")
    assert len(page.shown) == 2
    assert page.shown[1]["images"] == ""
    assert "navy" in page.shown[1]["html"].lower() or "#" in page.shown[1]["html"]
    assert page.panel.reply is not None
    assert page.panel.reply.state == "complete"


def test_a_picture_that_arrives_while_the_answer_is_written_stays_for_the_next_question() -> None:
    def slow(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("one ")
        released.wait(10)
        yield END

    released = threading.Event()
    with LoopbackServer(slow) as server:
        page = Page(Conversation(base_url=server.url, model="m"))
        page.paste(320)
        page.send(kind="ask", prompt="First?")
        page.until(lambda: any("one" in message.get("html", "") for message in page.received))
        page.paste(64, 64)
        released.set()
        page.ends()
        assert [image.size for image in page.panel.images_input.images] == [(64, 64)]
        page.panel.close()


def test_asking_again_continues_in_a_branch_and_nothing_is_lost(chat: Page) -> None:
    chat.ask("First?")
    chat.ask("Second?")
    first = chat.panel.conversation
    chat.send(kind="again", id=chat.shown[1]["id"], model="other")
    chat.ends()
    assert chat.branches == (1, 2)
    assert [turn["question"] for turn in chat.shown] == ["First?", "Second?"]
    assert "answer 2 of other" in chat.shown[1]["html"]
    assert "answer 2 of m" in first.turns[1].answer
    chat.send(kind="branch", number=0)
    assert chat.branches == (0, 2)
    assert chat.panel.conversation is first
    assert "answer 2 of m" in chat.shown[1]["html"]


def test_an_edited_question_keeps_its_pictures_and_drops_what_came_after(chat: Page, server: LoopbackServer) -> None:
    chat.paste()
    chat.ask("First?")
    chat.ask("Second?")
    chat.send(kind="edit", id=chat.shown[0]["id"], prompt="Otherwise?")
    chat.ends()
    assert [turn["question"] for turn in chat.shown] == ["Otherwise?"]
    sent = json.dumps(server.requests[-1]["messages"])
    assert "Otherwise?" in sent
    assert "First?" not in sent
    assert sent.count('"image_url": {') == 1


def test_the_order_of_words_and_pictures_stays_where_a_cell_is_asked_again(run: Run, server: LoopbackServer) -> None:
    picture = PILImage.new("RGB", (50, 40), "navy")
    conversation = Conversation(base_url=server.url, model="m")
    conversation.ask("Compare", picture, "with nothing.")
    page = Page(conversation)
    page.send(kind="again", id=page.shown[0]["id"])
    page.ends()
    content = server.requests[-1]["messages"][-1]["content"]
    assert [part["type"] for part in content] == [
        part["type"] for part in server.requests[-2]["messages"][-1]["content"]
    ]
    page.panel.close()


def test_a_question_without_an_answer_is_given_back_with_its_pictures() -> None:
    page = Page(Conversation(base_url="http://127.0.0.1:9/v1", model="m"))
    page.paste()
    page.ask("Why?")
    assert "127.0.0.1:9" in page.form.error
    assert {"kind": "restore", "prompt": "Why?"} in page.received
    assert len(page.panel.images_input.images) == 1
    assert page.shown == []
    page.panel.close()


def test_a_branch_that_nothing_was_answered_in_is_left_again(chat: Page, server: LoopbackServer) -> None:
    chat.ask("First?")
    before = chat.panel.conversation
    before.options["base_url"] = "http://127.0.0.1:9/v1"
    chat.send(kind="again", id=chat.shown[0]["id"])
    chat.ends()
    assert chat.branches == (0, 1)
    assert chat.panel.conversation is before
    assert [turn["question"] for turn in chat.shown] == ["First?"]


@pytest.mark.parametrize("prompt", ["", "   "])
def test_an_empty_question_is_refused_with_a_message(page: Page, prompt: str) -> None:
    page.paste()
    page.send(kind="ask", prompt=prompt)
    assert "question is empty" in page.form.error
    assert page.received[-1] == {"kind": "refused"}
    assert not page.panel._busy


def endless(body: dict[str, Any]) -> Iterator[bytes]:
    for number in range(2000):
        yield chunk(f"word{number} ")
        time.sleep(0.01)


def test_stop_keeps_what_arrived_as_a_turn_and_the_conversation_continues() -> None:
    with LoopbackServer(endless) as server:
        page = Page(Conversation(base_url=server.url, model="m"))
        page.send(kind="ask", prompt="Count.")
        page.until(lambda: any("word3" in message.get("html", "") for message in page.received))
        page.send(kind="ask", prompt="Again.")  # while one is running, there is no other
        page.send(kind="branch", number=0)
        page.send(kind="stop")
        page.ends()
        assert "interrupted" in page.shown[0]["html"]
        assert page.panel.conversation.turns[0].state == "interrupted"
        assert len(server.requests) == 1
        page.panel.close()


def test_a_cell_continues_where_the_panel_stopped_and_the_panel_where_the_cell_did(
    run: Run, server: LoopbackServer
) -> None:
    run.shell.user_ns["fig"] = PILImage.new("RGB", (50, 40), "navy")
    page = Page(base_url=server.url, model="m")
    page.paste()
    page.ask("First?")
    run("%%vision -c\nSecond?")
    assert "answer 2" in run.out
    assert [turn["question"] for turn in page.shown] == ["First?", "Second?"]  # at once, without a click
    page.ask("Third?")
    assert "answer 3" in page.shown[2]["html"]
    run("%vision history")
    assert "Third?" in run.out
    page.panel.close()
    run("%%vision -c\nFourth?")  # the conversation stays when the panel goes
    assert "answer 4" in run.out


def test_a_panel_takes_the_last_conversation_or_one_by_name(run: Run, server: LoopbackServer) -> None:
    vm.use(base_url=server.url, model="m")
    run.shell.user_ns["fig"] = PILImage.new("RGB", (50, 40), "navy")
    run("%%vision --chat lesson fig\nFirst?")
    run("%%vision fig\nElsewhere?")
    assert [turn["question"] for turn in Page().shown] == ["Elsewhere?"]
    named = Page("lesson")
    assert [turn["question"] for turn in named.shown] == ["First?"]
    named.send(kind="edit", id=named.shown[0]["id"], prompt="Otherwise?")
    named.ends()
    run("%vision history lesson")  # the name goes with the branch that is shown
    assert "Otherwise?" in run.out
    assert state_of(run.shell).conversations.named["lesson"] is named.panel.conversation


def test_a_value_that_is_not_a_conversation_is_refused() -> None:
    with pytest.raises(CellError, match="expected a vm\\.Conversation"):
        ChatPanel(7)  # type: ignore[arg-type]


def test_a_loaded_conversation_shows_its_turns(chat: Page, tmp_path: Path) -> None:
    chat.paste()
    chat.ask("First?")
    saved = chat.panel.conversation.save(tmp_path / "chat.json")
    again = Page(Conversation.load(saved))
    assert [turn["question"] for turn in again.shown] == ["First?"]
    assert "answer 1" in again.shown[0]["html"]
    assert "<img" in again.shown[0]["images"]
    again.panel.close()


def test_a_page_is_sent_each_turn_once_and_all_of_them_when_it_says_hello(chat: Page) -> None:
    chat.ask("First?")
    chat.ask("Second?")
    sent = [turn["id"] for message in chat.received if message["kind"] == "turns" for turn in message["turns"]]
    assert len(sent) == len(set(sent)) == 2
    chat.received.clear()
    chat.send(kind="hello")
    assert [turn["question"] for turn in chat.shown] == ["First?", "Second?"]


def calling(body: dict[str, Any]) -> Iterator[bytes]:
    """Call a function once, then answer with what it gave."""
    last = body["messages"][-1]
    if last["role"] == "tool":
        yield chunk(f"It gave {last['content']}.")
        yield chunk(finish_reason="stop")
    else:
        call = {
            "index": 0,
            "id": "c1",
            "type": "function",
            "function": {"name": "double", "arguments": '{"number": 21}'},
        }
        yield chunk(delta={"tool_calls": [call]})
        yield chunk(finish_reason="tool_calls")
    yield END


def double(number: int) -> int:
    """Double a number."""
    return 2 * number


@pytest.mark.parametrize(("run_it", "words"), [(True, "It gave 42."), (False, "not allow")])
def test_the_person_decides_in_the_panel_whether_a_function_runs(run_it: bool, words: str) -> None:
    with LoopbackServer(calling) as server:
        page = Page(Conversation(base_url=server.url, model="m"), tools=[double])
        page.send(kind="ask", prompt="Double 21.")
        asked = page.until(lambda: next((message for message in page.received if message.get("text")), None))
        assert asked == {"kind": "approval", "number": 1, "text": "The model wants to run double with\n    number: 21"}
        page.send(kind="hello")  # a page that is loaded again is asked too
        assert page.received[-1] == asked
        page.send(kind="approval", number=0, run=not run_it)  # about another call: no answer to this one
        page.send(kind="approval", number=1, run=run_it)
        page.ends()
        assert words in page.shown[0]["html"]
        assert page.received[-1] != asked
        page.panel.close()


async def allow(call: ToolCall) -> bool:
    return call.arguments == '{"number": 21}'


async def refuse(call: ToolCall) -> bool:
    return False


@pytest.mark.parametrize(
    ("approve", "words"),
    [(allow, "It gave 42."), (refuse, "not allow"), (lambda call: "no", "it returned &#x27;no&#x27;")],
)
def test_a1_only_true_from_the_function_of_a_panel_approves(approve: Any, words: str) -> None:
    with LoopbackServer(calling) as server:
        page = Page(Conversation(base_url=server.url, model="m"), tools=[double], approve=approve)
        page.send(kind="ask", prompt="Double 21.")
        page.ends()
        assert words in page.shown[0]["html"]
        page.panel.close()


@pytest.mark.parametrize("allowed", ["all", "ask"])
def test_what_a_cell_allowed_does_not_hold_in_the_panel(allowed: str) -> None:
    with LoopbackServer(calling) as server:
        page = Page(Conversation(base_url=server.url, model="m", tools=[double], approve=allowed))
        page.send(kind="ask", prompt="Double 21.")
        page.until(lambda: any(message.get("text") for message in page.received))
        page.send(kind="approval", number=1, run=False)
        page.ends()
        assert "not allow" in page.shown[0]["html"]
        page.panel.close()


def test_stop_while_the_person_is_asked_runs_nothing() -> None:
    ran: list[int] = []

    def double(number: int) -> int:
        """Double a number."""
        ran.append(number)
        return 2 * number

    with LoopbackServer(calling) as server:
        page = Page(Conversation(base_url=server.url, model="m"), tools=[double])
        page.send(kind="ask", prompt="Double 21.")
        page.until(lambda: any(message.get("text") for message in page.received))
        page.send(kind="stop")
        page.ends()
        assert ran == []
        page.panel.close()


def test_hostile_words_are_text(chat: Page) -> None:
    def hostile(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("<script>alert(1)</script><img src=x onerror=alert(1)>")
        yield END

    with LoopbackServer(hostile) as server:
        page = Page(Conversation(base_url=server.url, model="m"))
        page.ask("Read it.")
        assert "<script" not in page.shown[0]["html"]
        assert "<img src=x" not in page.shown[0]["html"]
        page.panel.close()


@pytest.mark.parametrize("content", [None, 7, {}, {"kind": "branch", "number": 9}, {"kind": "branch", "number": True}])
def test_other_messages_are_ignored(page: Page, content: Any) -> None:
    page.panel._on_message(None, content, [])
    assert page.branches == (0, 1)


def test_a_turn_that_is_gone_is_not_asked_again(page: Page) -> None:
    page.send(kind="again", id="gone")
    assert page.received[-1]["kind"] == "approval" or page.received[-1]["kind"] == "turns"
    assert not page.panel._busy


def test_the_models_of_the_conversation_are_suggested() -> None:
    page = Page(Conversation(profile="embedded"))
    page.send(kind="models")
    listed = page.until(lambda: [message for message in page.received if message["kind"] == "models"])
    assert listed == [{"kind": "models", "models": [("embedded-reader", "")], "note": ""}]


def test_the_state_holds_no_key_no_picture_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORK_KEY", "sk-not-for-the-state-0123456789")
    page = Page(Conversation(), profile="embedded", key_env="WORK_KEY")
    page.paste()
    page.ask("What size is it?")
    for widget in (page.panel, page.form, page.panel.images_input):
        state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css")}
        written = json.dumps(state, default=repr)
        assert "sk-not" not in written
        assert "320 × 200" not in written
        assert "base64" not in written
    page.panel.close()
