"""A key and a picture in every failure that can happen, in a real kernel: neither may appear in any output or file."""

from __future__ import annotations

import base64
import contextlib
import copy
import io
import json
import os
import pickle
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from vision_magic.session.default import session

KEY = "sk-CANARY-7f3a9c0b5d2e8146"
HALF = "7f3a9c0b5d2e"

REFUSED = "http://127.0.0.1:9/v1"
TRIES = (
    ("refused", REFUSED),
    ("garbage", None),
    ("denied", None),
    ("page", None),
    ("cut", None),
    ("failing", None),
)


def noise() -> PILImage.Image:
    """Return a picture that nothing else looks like, the same each time."""
    return PILImage.frombytes("RGB", (96, 96), random.Random(1).randbytes(96 * 96 * 3))


def piece() -> str:
    """Return a long piece from the middle of the picture as it is sent."""
    data = base64.b64encode(vm.as_image(noise()).data).decode()
    return data[len(data) // 2 :][:64]


@contextlib.contextmanager
def servers() -> Iterator[dict[str, LoopbackServer]]:
    """One server for each way of failing, and one that answers."""
    wrong = {"message": f"no model for Bearer {KEY}", "code": 400}
    denied = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}.", "type": "auth"}}).encode()
    failing = b"data: " + json.dumps({"error": wrong}).encode() + b"\n\n"

    def echo(body: dict[str, Any]) -> list[bytes]:
        return [json.dumps({"error": {"message": f"{KEY} sent {json.dumps(body)}"}}).encode()]

    with contextlib.ExitStack() as stack:
        made = {
            "garbage": LoopbackServer(lambda body: [b"\x00\x01 garbage " + KEY.encode()]),
            "denied": LoopbackServer(lambda body: [denied], status=401),
            "page": LoopbackServer(lambda body: [f"<html><body>Oops {KEY}</body></html>".encode()], status=500),
            "cut": LoopbackServer(lambda body: [chunk("half an answer")]),
            "failing": LoopbackServer(lambda body: [failing]),
            "echo": LoopbackServer(echo, status=400),
            "good": LoopbackServer(
                lambda body: [chunk(f"Your key is {KEY}. "), chunk("The answer is "), chunk("forty-two."), END]
            ),
        }
        yield {name: stack.enter_context(server) for name, server in made.items()}


SETUP = """
import logging, random, threading, time
logging.basicConfig(filename="debug.log", level=logging.DEBUG, force=True)
%load_ext vision_magic
%xmode Verbose
import vision_magic as vm
from vision_magic.session.background import BackgroundReply
from vision_magic.wire import retry
retry._FIRST_PAUSE = 0.01
from PIL import Image
fig = Image.frombytes("RGB", (96, 96), random.Random(1).randbytes(96 * 96 * 3))
"""

WIDGETS = """
panel, photo = vm.AskPanel(), vm.ImageInput()
data = vm.as_image(fig).data
for one in (panel.images_input, photo):
    one._on_message(None, {"kind": "chunk", "id": "a", "index": 0, "total": len(data), "name": "shot.png"}, [data])
assert len(photo.images) == 1 and len(panel.images_input.images) == 1
def asked(words):
    panel._on_message(panel._form, {"kind": "ask", "prompt": words}, [])
    while panel._form.running:
        time.sleep(0.01)
asked("What is it in the panel?")
display(panel, photo)
"""


def failures(url: str) -> list[str]:
    """Return cells that meet one server in every way there is: the magic, a thread, the class, asynchronous code."""
    return [
        f"%vision use -m m --base-url {url} --key-env CANARY_KEY",
        "%%vision fig\nWhat is it?",
        "%tb Verbose",
        "%%vision fig --wire\nWhat is it?",
        "%%vision fig --bg -o later\nWhat is it?",
        'later = BackgroundReply(vm.astream("What?", fig))\nlater.start(lambda event, reply: None)\nlater.wait(10)',
        'vm.ask("What?", fig)',
        "%tb Verbose",
        'await vm.aask("What?", fig)',
        'thread = threading.Thread(target=vm.ask, args=("What?", fig))\nthread.start()\nthread.join()',
        'conversation = vm.Conversation()\nconversation.ask("What?", fig)',
        "asked('What?')" if "127.0.0.1:9/" not in url else "%vision",
    ]


def good(url: str) -> list[str]:
    """Return cells that are answered, with everything switched on that writes a file."""
    return [
        f"%vision use -m m --base-url {url} --key-env CANARY_KEY",
        "%vision",
        "%vision config",
        "%vision record tape.jsonl",
        "%%vision fig\nWhat is it?",
        "%vision replay tape.jsonl",
        "%%vision fig\nWhat is it?",
        "%%vision fig\nWhat else?",
        "%tb Verbose",
        "%vision replay off",
        "%vision keep on",
        "%%vision fig\nWhat is it?",
        "%%vision fig\nWhat is it?",
        "%%vision fig --wire\nWhat was sent?",
        "%%vision fig --dry-run\nWhat would be sent?",
        "%%vision fig --bg -o later\nWhat is it later?",
        "later",
        'conversation = vm.Conversation()\nreply = conversation.ask("What?", fig)\nreply',
        'conversation.save("conversation.json")',
        "reply.receipt",
        "(reply.request, conversation, vm.use)",
        "1 / 0",
        "%tb Verbose",
    ]


@dataclass
class Ran:
    """What a notebook left behind."""

    folder: Path
    notebook: Any
    met: dict[str, LoopbackServer]

    def cells(self) -> str:
        return json.dumps(self.notebook, ensure_ascii=False)


def environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "VISION_MAGIC_"))}
    places = {"XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "IPYTHONDIR": "ipython"}
    return {
        **own,
        **{name: str(folder / place) for name, place in places.items()},
        "VISION_MAGIC_CONFIG": str(folder / "no-config.toml"),
        "CANARY_KEY": KEY,
    }


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    folder = tmp_path_factory.mktemp("canary")
    with servers() as met, (folder / "stderr.txt").open("wb") as stderr:
        cells = [SETUP, "%vision log on", *good(met["good"].url), WIDGETS]
        for name in ("refused", "garbage", "denied", "page", "cut", "failing", "echo"):
            cells += failures(met[name].url if name in met else REFUSED)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        client = nbclient.NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=60,
            allow_errors=True,
            ipython_hist_file=str(folder / "history.sqlite"),
            resources={"metadata": {"path": str(folder)}},
        )
        client.execute(env=environment(folder), stderr=stderr)
        nbformat.write(notebook, folder / "run.ipynb")
        yield Ran(folder, notebook, met)


def everything(folder: Path) -> dict[str, bytes]:
    """Return all that was written, but for the pictures that a conversation keeps beside it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_key_and_the_picture_went_to_every_server(ran: Ran) -> None:
    for name, server in ran.met.items():
        assert len(server.requests) >= 6, name
        for headers in server.headers:
            assert headers["Authorization"] == f"Bearer {KEY}", name
        assert piece() in json.dumps(server.requests[0]), name


def test_everything_was_met_on_the_way(ran: Ran) -> None:
    said = ran.cells()
    for words in (
        "could not be reached",
        "answered 401",
        "answered 500",
        "half an answer",
        "forty-two",
        "ZeroDivisionError",
    ):
        assert words in said, words
    assert said.count('"output_type": "error"') > 20
    assert "Incorrect API key provided: ****" in said
    assert "has no answer to this question" in said
    assert "kept answer from" in said
    assert "widgets" in ran.notebook["metadata"]


def test_every_place_was_written_to(ran: Ran) -> None:
    names = everything(ran.folder)
    assert names["debug.log"]
    assert names["tape.jsonl"].count(b"\n") == 1
    assert names["conversation.json"]
    with contextlib.closing(sqlite3.connect(ran.folder / "history.sqlite")) as history:
        assert history.execute("SELECT COUNT(*) FROM history").fetchone()[0] > 50
    for name, table in (("log.sqlite", "exchanges"), ("answers.sqlite", "answers")):
        [file] = ran.folder.rglob(name)
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] >= 3, name


@pytest.mark.parametrize(
    "what", [KEY, HALF, base64.b64encode(KEY.encode()).decode()[:20]], ids=["whole", "half", "b64"]
)
def test_the_key_is_nowhere(ran: Ran, what: str) -> None:
    found = [name for name, content in everything(ran.folder).items() if what.encode() in content]
    assert found == []


def test_the_picture_is_nowhere(ran: Ran) -> None:
    found = [name for name, content in everything(ran.folder).items() if piece().encode() in content]
    assert found == []


# Objects of this process


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Every kind of object that a call with a key leaves behind."""
    monkeypatch.setenv("CANARY_KEY", KEY)
    with servers() as met:
        options = {"model": "m", "key_env": "CANARY_KEY"}
        settings = vm.use(base_url=met["good"].url, **options)
        conversation = vm.Conversation()
        objects: dict[str, Any] = {
            "settings": settings,
            "endpoint": session.endpoint(),
            "reply": conversation.ask("What?", noise()),
            "conversation": conversation,
            "turns": conversation.turns,
            "request": vm.prepare("What?", noise()),
            "receipt": session.receipt_for(vm.prepare("What?", noise())),
            "stream": vm.stream("What?", noise()),
            "usage": vm.usage(),
            "image": vm.as_image(noise()),
        }
        for name in ("garbage", "denied", "cut", "failing", "echo"):
            with pytest.raises(vm.VisionError) as caught:
                vm.ask("What?", noise(), base_url=met[name].url, **options)
            objects[name] = caught.value
        yield objects


def views(value: object) -> Iterator[str]:
    """Yield what an object gives away, each way that works for it."""
    yield from (repr(value), str(value), f"{value}", ascii(value))
    for name in ("_repr_html_", "_repr_markdown_", "_repr_pretty_", "_repr_mimebundle_", "_repr_json_"):
        if name != "_repr_pretty_" and hasattr(value, name):
            yield str(getattr(value, name)())
    with contextlib.suppress(TypeError):
        yield repr(vars(value))
    with contextlib.suppress(Exception):
        yield json.dumps(value, default=str)
    with contextlib.suppress(Exception):
        yield repr(copy.deepcopy(value))
    kept = io.BytesIO()
    with contextlib.suppress(Exception):
        pickle.dump(value, kept)
    yield kept.getvalue().decode("latin-1")  # what was written before it was refused, too
    if isinstance(value, BaseException):
        yield repr((value.args, value.__cause__, value.__context__ if not value.__suppress_context__ else None))


def test_no_object_gives_the_key_or_the_data_of_the_picture_away(held: dict[str, Any]) -> None:
    for name, value in held.items():
        shown = list(views(value))
        assert any(shown), name
        assert not [view for view in shown if KEY in view or HALF in view], name
        assert not [view for view in shown if piece() in view], name


def test_an_answer_that_repeats_the_key_brings_it_into_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_KEY", KEY)
    vm.log(tmp_path / "log.sqlite")
    try:
        with LoopbackServer(lambda body: [chunk(f"Your key is {KEY}."), END]) as server:
            vm.use(base_url=server.url, model="m", key_env="CANARY_KEY")
            conversation = vm.Conversation()
            with vm.recording(tmp_path / "tape.jsonl"):
                conversation.ask("What?", noise())
            conversation.save(tmp_path / "conversation.json")
    finally:
        vm.log(None)
    written = everything(tmp_path)
    for name in ("log.sqlite", "tape.jsonl", "conversation.json"):
        assert b"Your key is ****." in written[name], name
    assert [name for name, content in written.items() if HALF.encode() in content] == []
