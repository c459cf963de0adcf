"""`AskPanel` without a browser: its messages, its errors, and the content of its state."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.servers import LoopbackServer, chunk
from vision_magic.chat.detail import DETAILS
from vision_magic.notebook.cell import parse, pieces
from vision_magic.notebook.widgets import ask_panel
from vision_magic.notebook.widgets.ask_panel import AskPanel, _Fields, as_cell
from vision_magic.notebook.widgets.image_input import ImageInput


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    PILImage.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


class Page:
    """A page of the browser with one panel: sends messages and keeps those that it receives."""

    def __init__(self, **options: Any) -> None:
        self.panel = AskPanel(**options)
        self.received: list[dict[str, Any]] = []
        self.form = self.panel._form
        self.form.send = lambda content, buffers=None: self.received.append(content)

    def send(self, **content: Any) -> None:
        self.panel._on_message(self.form, content, [])

    def paste(self, width: int = 320, height: int = 200) -> None:
        data = png(width, height)
        content = {"kind": "chunk", "id": f"{len(self.panel.images_input.images)}", "index": 0, "total": len(data)}
        self.panel.images_input._on_message(None, {**content, "name": "shot.png"}, [data])

    def until(self, test: Callable[[], Any]) -> None:
        end = time.monotonic() + 20
        while not test():
            assert time.monotonic() < end, (self.received[-3:], self.form.error)
            time.sleep(0.005)

    def ends(self) -> str:
        self.until(lambda: not self.form.running)
        return "".join(message["html"] for message in self.received if message["kind"] == "answer")[-20_000:]


@pytest.fixture
def page() -> Iterator[Page]:
    made = Page(profile="embedded")
    yield made
    made.panel.close()


def test_a_question_is_answered_below(page: Page) -> None:
    page.paste()
    page.send(kind="ask", prompt="What size is it?")
    assert "320 × 200" in page.ends()
    assert page.panel.reply is not None
    assert page.panel.reply.state == "complete"
    assert page.form.error == ""


def test_all_pictures_are_sent(page: Page) -> None:
    page.paste()
    page.paste(64, 64)
    page.send(kind="ask", prompt="What size is it?")
    page.ends()
    assert page.panel.reply is not None
    assert [(sent.image.width, sent.image.height) for sent in page.panel.reply.receipt.images] == [
        (320, 200),
        (64, 64),
    ]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param({"prompt": "  "}, "question is empty", id="no question"),
        pytest.param({}, "question is empty", id="nothing"),
        pytest.param({"prompt": "Why?", "temperature": "warm"}, "temperature", id="words for a number"),
        pytest.param({"prompt": "Why?", "temperature": "99"}, "temperature", id="number too high"),
    ],
)
def test_errors_are_shown_in_the_panel(page: Page, asked: dict[str, str], words: str) -> None:
    page.paste()
    page.send(kind="ask", **asked)
    assert words in page.form.error
    assert page.received == [{"kind": "refused"}]
    assert not page.form.running


def test_without_a_picture_it_says_how_to_give_one(page: Page) -> None:
    page.send(kind="ask", prompt="Why?")
    assert "Ctrl+V" in page.form.error


def test_an_error_of_the_server_is_shown_and_nothing_is_left_running() -> None:
    page = Page(base_url="http://127.0.0.1:9/v1", model="m", profile="vllm")
    page.paste()
    page.send(kind="ask", prompt="Why?")
    page.ends()
    assert "127.0.0.1:9" in page.form.error


def endless(body: dict[str, Any]) -> Iterator[bytes]:
    for number in range(2000):
        yield chunk(f"word{number} ")
        time.sleep(0.01)


def test_stop_ends_the_call_and_keeps_what_arrived() -> None:
    with LoopbackServer(endless) as server:
        page = Page(base_url=server.url, model="m", profile="vllm")
        page.paste()
        page.send(kind="ask", prompt="Count.")
        page.until(lambda: any("word3" in message.get("html", "") for message in page.received))
        page.send(kind="ask", prompt="Again.")  # while one is running, there is no other
        page.send(kind="stop")
        assert "interrupted" in page.ends()
        assert page.panel.reply is not None
        assert page.panel.reply.state == "interrupted"
        assert page.panel.reply.text.startswith("word0 word1 ")
        assert page.form.error == ""
        assert len(server.requests) == 1


def test_it_draws_at_most_twenty_times_a_second() -> None:
    def quick(body: dict[str, Any]) -> Iterator[bytes]:
        for number in range(400):
            yield chunk(f"{number} ")
            time.sleep(0.002)
        yield chunk(finish_reason="stop")
        yield b"data: [DONE]\n\n"

    with LoopbackServer(quick) as server:
        page = Page(base_url=server.url, model="m", profile="vllm")
        page.paste()
        begun = time.monotonic()
        page.send(kind="ask", prompt="Count.")
        html = page.ends()
        assert "399" in html
        assert len(page.received) <= 20 * (time.monotonic() - begun) + 3


def test_hostile_words_are_text(page: Page) -> None:
    def hostile(body: dict[str, Any]) -> Iterator[bytes]:
        yield chunk("<script>alert(1)</script><img src=x onerror=alert(1)>")
        yield chunk(finish_reason="stop")
        yield b"data: [DONE]\n\n"

    with LoopbackServer(hostile) as server:
        page = Page(base_url=server.url, model="m", profile="vllm")
        page.paste()
        page.send(kind="ask", prompt="Read it.")
        html = page.ends()
    assert "<script" not in html
    assert "<img src=x" not in html


def test_the_state_holds_no_key_no_picture_and_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORK_KEY", "sk-not-for-the-state-0123456789")
    page = Page(profile="embedded", key_env="WORK_KEY")
    page.paste()
    page.send(kind="ask", prompt="What size is it?", model="", temperature="0.2")
    page.ends()
    for widget in (page.panel, page.form, page.panel.images_input):
        state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css")}
        text = json.dumps(state, default=str)
        assert "sk-not" not in text
        assert "320 × 200" not in text
        assert "data:image" not in text


def suggested(page: Page) -> dict[str, Any]:
    page.send(kind="models")
    page.until(lambda: [message for message in page.received if message["kind"] == "models"])
    return page.received[-1]


def server(status: int, body: Any) -> dict[str, Any]:
    """Return the options of a panel whose server answers requests for the list of its models like this."""

    def handler(sent: httpx.Request) -> httpx.Response:
        listed = sent.url.path == "/v1/models"
        return httpx.Response(status if listed else 404, json=body if listed else {})

    return {"base_url": "http://127.0.0.1:9/v1", "model": "m", "transport": httpx.MockTransport(handler)}


def test_the_models_of_the_server_are_suggested(monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-not-for-the-page-0123456789"
    monkeypatch.setenv("WORK_KEY", key)
    names = [("t", False), ("v", True), ("x", None), ("odd\u202e", True), (key, True)]
    cards = [{"id": name, "capabilities": {"vision": vision}} for name, vision in names]
    page = Page(**server(200, {"data": cards}), key_env="WORK_KEY")
    listed = suggested(page)
    assert listed["note"] == ""
    pictures = "accepts pictures"
    assert listed["models"] == [("****", pictures), ("v", pictures), ("x", ""), ("t", "text only")]
    assert key not in json.dumps([listed, page.form.get_state()], default=str)
    page.received.clear()
    assert suggested(page) == listed  # each time the field gets the focus


@pytest.mark.parametrize(
    ("options", "note"),
    [
        pytest.param(server(200, {"data": []}), "127.0.0.1:9 lists no models; type the name of one.", id="empty"),
        pytest.param(server(404, {}), "127.0.0.1:9 lists no models; type the name of one.", id="no list"),
        pytest.param(server(401, {"error": {"message": "no"}}), "Check the key", id="no key"),
        pytest.param({"base_url": "http://127.0.0.1:9/v1"}, "Is the server running", id="nothing there"),
        pytest.param({"profile": "openai"}, "%vision login openai", id="no variable"),
        pytest.param({"profile": "embedded", "model": "gpt-4o"}, "Choose a server with %vision use", id="no server"),
    ],
)
def test_without_a_list_the_panel_says_what_to_do(options: dict[str, Any], note: str) -> None:
    listed = suggested(Page(**options))
    assert listed["models"] == []
    assert note in listed["note"]


def test_a_key_typed_as_a_model_does_not_stay_in_the_state(page: Page) -> None:
    page.form.set_state({"model": "sk-proj-0123456789abcdefghijABCDEFGHIJ"})
    assert "0123456789" not in json.dumps(page.form.get_state(), default=str)
    page.form.set_state({"model": "org/model:free"})
    assert page.form.model == "org/model:free"


def test_a_page_that_is_loaded_again_gets_the_answer(page: Page) -> None:
    page.paste()
    page.send(kind="ask", prompt="What size is it?")
    page.ends()
    page.received.clear()
    page.send(kind="hello")
    assert "320 × 200" in page.received[0]["html"]


@pytest.mark.parametrize("junk", [None, 3, "ask", [], {}, {"kind": 3}, {"kind": "stop"}])
def test_junk_does_nothing(page: Page, junk: Any) -> None:
    page.panel._on_message(page.form, junk, [])
    assert page.received == []
    assert page.panel.reply is None


def test_a_name_that_cannot_be_a_variable_is_refused() -> None:
    with pytest.raises(ValueError, match="name of the variable"):
        AskPanel(name="my panel")


def test_show_as_cell_gives_the_text_of_a_cell(page: Page) -> None:
    page.paste()
    page.send(kind="cell", prompt="What is it?", model="gpt", temperature="0,2", detail="high")
    assert page.received[-1]["text"] == (
        "%%vision panel.images_input --profile embedded -m gpt -t 0.2 --detail high\nWhat is it?"
    )
    page.paste(10, 10)
    page.send(kind="cell", prompt="What is it?")
    assert page.received[-1]["text"].startswith("%%vision panel.images_input.images --profile embedded\n")


@pytest.mark.parametrize(
    "prompt",
    [
        "What is it?",
        "Is {fig} in {axes[0]} larger than {x.y}?",
        "{ } and {} and {a b} and }{",
        "two\nlines",
        "quotes \" and ' and -m",
    ],
)
def test_the_cell_asks_the_same_question(prompt: str) -> None:
    text, note = as_cell(_Fields(prompt, "org/model:free", "1", "low"), "panel.images_input", {})
    line, _, body = text.removeprefix("%%vision ").partition("\n")
    cell = parse(line, body)
    assert "".join(str(piece) for piece in pieces(cell.prompt)) == prompt
    assert cell.images == ("panel.images_input",)
    assert dict(cell.options) == {"model": "org/model:free", "temperature": "1.0", "detail": "low"}
    assert note == ""


def test_the_cell_quotes_what_needs_it_and_says_what_it_leaves_out() -> None:
    options = {"system": 'Say "yes" or\nno', "model": "-odd name", "stream": False, "transport": object()}
    text, note = as_cell(_Fields("Why?", "", "", ""), "p", options)
    cell = parse(text.removeprefix("%%vision ").partition("\n")[0], "")
    assert dict(cell.options) == {"system": 'Say "yes" or\nno', "model": "-odd name", "stream": False}
    assert note == "The cell leaves out: transport."


def test_a_note_says_where_a_cell_would_read_the_question_differently() -> None:
    assert "braces" in as_cell(_Fields("What is {{x}}?", "", "", ""), "p", {})[1]
    assert "question below" in as_cell(_Fields("", "", "", ""), "p", {})[1]


def test_closing_it_closes_what_is_in_it() -> None:
    panel = AskPanel()
    assert isinstance(panel.images_input, ImageInput)
    panel.close()
    assert panel.images_input.comm is None


def test_the_panel_offers_every_known_level_of_detail() -> None:
    script = (Path(ask_panel.__file__).parent / "ask_panel.js").read_text("utf-8")
    assert json.dumps(["", *DETAILS]) in script
