"""The log: written only on request, in plain tables, without keys and pictures."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

import vision_magic as vm
from tests.servers import END, LoopbackServer, chunk
from tests.session.scripted import Scripted, says
from vision_magic.secrets import Secret
from vision_magic.session.default import session
from vision_magic.session.store.log import ExchangeLog

PICTURE = PILImage.new("RGB", (20, 10), "navy")
KEY = "sk-CANARY-0123456789"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The usual file, of this test."""
    usual = tmp_path / "data" / "log.sqlite"
    monkeypatch.setattr(session.state, "log", ExchangeLog(usual))
    yield usual
    vm.log(None)


def rows(file: Path, table: str = "exchanges") -> list[dict[str, Any]]:
    database = sqlite3.connect(file)
    database.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]
    finally:
        database.close()


def ask(words: str = "What size is it?", **options: Any) -> vm.Reply:
    return vm.ask(words, PICTURE, **{"profile": "embedded", **options})


def test_nothing_is_logged_that_nobody_asked_for(file: Path) -> None:
    ask()
    assert session.state.log.path is None
    assert session.state.log.status() == "Nothing is logged."
    assert not file.exists()


def test_an_exchange_is_a_row_that_anybody_can_read(file: Path) -> None:
    assert vm.log(True) == file
    reply = ask(system="Be brief.", temperature=0.5)
    (row,) = rows(file)
    assert (row["system"], row["question"], row["answer"]) == ("Be brief.", "What size is it?", reply.text)
    assert (row["model"], row["host"], row["state"]) == (reply.model, reply.host, "complete")
    assert json.loads(row["options"])["temperature"] == 0.5
    assert row["at"].startswith("2")
    assert "(1 so far)" in session.state.log.status()


def test_a_picture_is_a_row_with_its_hash_however_often_it_is_sent(file: Path) -> None:
    vm.log(True)
    ask()
    ask("Which colour?")
    image = vm.as_image(PICTURE)
    (picture,) = rows(file, "images")
    assert picture["hash"] == hashlib.sha256(image.data).hexdigest()
    assert (picture["width"], picture["height"], picture["bytes"]) == (20, 10, len(image.data))
    assert [row["image"] for row in rows(file, "exchange_images")] == [picture["hash"]] * 2
    assert b"base64" not in b"".join(part.read_bytes() for part in file.parent.iterdir())


def test_no_key_is_in_the_log(file: Path) -> None:
    held = Secret("canary-without-a-form", source="test")  # a key that looks like one is refused as an option
    vm.log(True)
    with LoopbackServer(lambda body: [chunk(f"It is {KEY} and {held.reveal()}."), END]) as server:
        ask(f"Is {held.reveal()} right?", profile=None, base_url=server.url, model="m", extra={"note": held.reveal()})
    written = b"".join(part.read_bytes() for part in file.parent.iterdir())
    assert KEY.encode() not in written
    assert b"canary" not in written
    assert rows(file)[0]["answer"] == "It is **** and ****."


def test_an_answer_that_broke_off_is_logged_as_such(file: Path) -> None:
    vm.log(True)
    with LoopbackServer(lambda body: [chunk("half")]) as server, pytest.raises(vm.TruncatedReply):
        ask(profile=None, base_url=server.url, model="m")
    (row,) = rows(file)
    assert row["answer"] == "half"
    assert row["state"] != "complete"


def test_a_question_that_failed_is_logged_too(file: Path) -> None:
    vm.log(True)

    def refuses(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"message": "no such key"}})

    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("nobody there", request=request)

    for answer in (refuses, nobody):
        with pytest.raises(vm.VisionError):
            ask(base_url="http://127.0.0.1:9/v1", model="m", profile=None, transport=httpx.MockTransport(answer))
    assert [(row["model"], row["state"], row["answer"]) for row in rows(file)] == [("m", "failed", "")] * 2
    assert [row["question"] for row in rows(file)] == ["What size is it?"] * 2


def test_a_question_that_a_cap_held_back_is_no_exchange(file: Path) -> None:
    vm.log(True)
    options = {"profile": None, **Scripted(says("Yes.")).options}
    with pytest.raises(vm.SpendingCapReached):
        ask(max_tokens_total=1, **options)
    assert not file.exists()


def test_an_answer_that_was_played_is_no_exchange(file: Path, tmp_path: Path) -> None:
    vm.log(True)
    for _ in range(2):
        with vm.recording(tmp_path / "tape.jsonl", speed=0):
            ask()
    assert len(rows(file)) == 1


def test_the_file_is_for_its_owner_alone(file: Path) -> None:
    vm.log(True)
    ask()
    assert {stat.S_IMODE(part.stat().st_mode) for part in file.parent.iterdir()} == {0o600}


def test_the_environment_names_a_file_and_a_choice_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISION_MAGIC_LOG", str(tmp_path / "mine.sqlite"))
    assert session.state.log.path == tmp_path / "mine.sqlite"
    ask()
    assert len(rows(tmp_path / "mine.sqlite")) == 1
    assert vm.log(False) is None


def test_a_relative_path_stays_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    vm.log("mine.sqlite")
    monkeypatch.chdir("elsewhere")
    ask()
    assert len(rows(tmp_path / "mine.sqlite")) == 1


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param({"choices": [{"index": 0, "delta": {"content": "half \ud83d"}}]}, id="half a letter"),
        pytest.param({"choices": [], "usage": {"prompt_tokens": 10**30, "completion_tokens": 1}}, id="a huge count"),
    ],
)
def test_whatever_a_server_says_costs_no_answer(file: Path, strange: dict[str, Any]) -> None:
    vm.log(True)
    pieces = [chunk("yes"), b"data: " + json.dumps(strange).encode() + b"\n\n", END]
    with LoopbackServer(lambda body: pieces) as server:
        assert "yes" in ask(profile=None, base_url=server.url, model="m").text
    assert rows(file)[0]["answer"].startswith("yes")


def test_a_file_that_cannot_be_used_is_named_and_the_answer_comes(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    vm.log(True)
    with pytest.warns(UserWarning, match=f"could not be logged in {file}"):
        assert "20 × 10" in ask().text
    assert "cannot be used" in session.state.log.status()
