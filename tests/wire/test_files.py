"""Files and batches of a server: what is sent, what is tried again, and what each error says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.each.batch_server import BatchServer, completion
from vision_magic.errors import BrokenReply, ConnectionFailed, ServerError, WireError
from vision_magic.secrets import Secret
from vision_magic.wire.batch_answers import is_size_refusal, line_error, may_be_created, reply_in
from vision_magic.wire.client import ClientFactory
from vision_magic.wire.files import FileServer
from vision_magic.wire.timeouts import Timeouts

LINE = {"custom_id": "a-0", "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m"}}


class Pauses(list[float]):
    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def files_of(
    handler: Callable[[httpx.Request], httpx.Response], pauses: Pauses | None = None, **options: Any
) -> FileServer:
    made: dict[str, Any] = {"key": None, "key_header": "Authorization", "query": {}, "headers": {}, **options}
    clients = ClientFactory(
        "https://host.test/v1", client=None, transport=httpx.MockTransport(handler), timeouts=Timeouts(), **made
    )
    return FileServer(clients, host="host.test", pause=Pauses() if pauses is None else pauses)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(LINE) + "\n")
    return path


def test_a_file_is_uploaded_a_batch_created_polled_and_downloaded(path: Path, tmp_path: Path) -> None:
    server = BatchServer()
    files = files_of(server)
    file_id = files.upload(path, "a.jsonl")
    assert server.files[file_id] == ("a.jsonl", path.read_bytes())
    batch = files.create(file_id, "/v1/chat/completions", {"vision_magic": "a"})
    assert (batch.status, batch.input_file, batch.metadata) == ("validating", file_id, {"vision_magic": "a"})
    ended = files.batch(batch.id)
    assert (ended.status, ended.ended, ended.total, ended.completed) == ("completed", True, 1, 1)
    files.download(ended.output_file, tmp_path / "out")
    assert json.loads((tmp_path / "out").read_text())["custom_id"] == "a-0"
    assert files.delete(file_id)
    assert server.deleted == [file_id]


def test_the_key_and_the_query_of_the_settings_go_with_every_request(path: Path) -> None:
    server = BatchServer()
    azure = {
        "key": Secret("azure-key-0123456789", source="test"),
        "key_header": "api-key",
        "query": {"api-version": "1"},
    }
    files = files_of(server, **azure)
    file_id = files.upload(path, "a.jsonl")
    files.create(file_id, "/chat/completions", {"vision_magic": "a"})
    assert files.find_batch({"vision_magic": "a"}) is not None
    assert {headers["api-key"] for headers in server.headers} == {"azure-key-0123456789"}
    assert all("api-version=1" in url for url in server.urls)
    assert "limit=100" in server.urls[-1]


def test_files_and_batches_are_found_again_on_later_pages(path: Path) -> None:
    server = BatchServer()
    files = files_of(server)
    ids = [files.upload(path, f"{number}.jsonl") for number in range(5)]
    made = [files.create(file_id, "/v1/chat/completions", {"vision_magic": file_id}) for file_id in ids]
    assert files.find_file("0.jsonl", path.stat().st_size) == ids[0]
    assert files.find_file("0.jsonl", 7) == files.find_file("9.jsonl") == ""
    found = files.find_batch({"vision_magic": ids[1]})
    assert found is not None
    assert found.id == made[1].id
    assert files.find_batch({"vision_magic": "other"}) is None


def test_a_list_that_drops_metadata_is_searched_by_the_input_file(path: Path) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": [{"id": "batch_7", "input_file_id": "file-3"}]})

    found = files_of(handler).find_batch({"vision_magic": "a"}, "file-3")
    assert found is not None
    assert found.id == "batch_7"


def test_a_file_that_is_not_found_right_after_its_upload_is_waited_for(path: Path) -> None:
    server = BatchServer()
    server.unknown_for = 3
    pauses = Pauses()
    files = files_of(server, pauses)
    assert files.create(files.upload(path, "a"), "/v1/chat/completions", {}).id == "batch_1"
    assert len(pauses) == 3
    assert server.calls["create"] == 4


def test_a_creation_is_not_sent_again_when_its_answer_is_lost(path: Path) -> None:
    server = BatchServer()
    server.lost["create"] = 1
    files = files_of(server)
    file_id = files.upload(path, "a")
    with pytest.raises(ConnectionFailed) as caught:
        files.create(file_id, "/v1/chat/completions", {"vision_magic": "a"})
    assert may_be_created(caught.value)
    assert len(server.batches) == 1


@pytest.mark.parametrize("operation", ["create", "retrieve", "content", "list_batches"])
def test_a_rate_limit_is_waited_for(operation: str, path: Path, tmp_path: Path) -> None:
    server = BatchServer()
    server.limited[operation] = 2
    pauses = Pauses()
    files = files_of(server, pauses)
    batch = files.batch(files.create(files.upload(path, "a"), "/v1/chat/completions", {}).id)
    files.download(batch.output_file, tmp_path / "out")
    files.find_batch({"vision_magic": "a"})
    assert len(pauses) == 2
    assert all(pause >= 1 for pause in pauses)


def test_a_broken_download_begins_anew(tmp_path: Path) -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"half"
            raise httpx.ReadError("reset")

    answers = [httpx.Response(200, stream=Broken()), httpx.Response(200, content=b"whole")]
    files_of(lambda request: answers.pop(0)).download("file-1", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"whole"


@pytest.mark.parametrize("operation", ["upload", "create"])
def test_a_server_without_batches_is_said_with_what_to_do(operation: str, path: Path) -> None:
    server = BatchServer()
    server.missing.add(operation)
    files = files_of(server)
    with pytest.raises(ServerError, match=r"no Batch API .*OpenAI, Azure.*write\('in.jsonl'\)"):
        files.create(files.upload(path, "a"), "/v1/chat/completions", {})


@pytest.mark.parametrize(
    ("status", "message", "is_size"),
    [
        (413, "Request Entity Too Large", True),
        (400, "File is too large.", True),
        (400, "File content exceeds the 10485760 byte cap", True),
        (400, "The file exceeds the maximum of 50000 requests", True),
        (400, "Maximum allowed size is 200 MB", True),
        (400, "Invalid file format for Batch API. Must be .jsonl", False),
        (401, "Incorrect API key provided", False),
    ],
)
def test_a_refusal_for_the_size_is_told_from_others(status: int, message: str, is_size: bool, path: Path) -> None:
    files = files_of(lambda request: httpx.Response(status, json={"error": {"message": message}}))
    with pytest.raises(ServerError) as caught:
        files.upload(path, "a")
    assert is_size_refusal(caught.value) == is_size


@pytest.mark.parametrize(
    "errors",
    [
        {"object": "list", "data": [{"code": "token_limit_exceeded", "message": "Enqueued limit", "line": 3}]},
        [{"code": "token_limit_exceeded", "message": "Enqueued limit", "line": 3}],
    ],
)
def test_the_reasons_of_a_failed_batch_are_read(errors: Any) -> None:
    body = {"id": "batch_1", "status": "FAILED", "errors": errors}
    batch = files_of(lambda request: httpx.Response(200, json=body)).batch("batch_1")
    assert batch.errors == (("token_limit_exceeded", "Enqueued limit (line 3)"),)
    assert batch.ended


@pytest.mark.parametrize("body", [b"<html>login</html>", b"[]", b'{"id": 7}', b'{"object": "file"}'])
def test_an_answer_that_is_no_object_with_an_id_is_said(body: bytes, path: Path) -> None:
    with pytest.raises(BrokenReply, match=r"host\.test sent .*; expected"):
        files_of(lambda request: httpx.Response(200, content=body)).upload(path, "a")


def test_a_redirect_is_not_followed(path: Path) -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(307, headers={"location": "https://evil.test/files"})

    with pytest.raises(ServerError, match="not sent to another address"):
        files_of(handler).upload(path, "a")
    assert seen == ["host.test"]


def test_ids_from_a_server_cannot_leave_the_path() -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(200, json={"id": "x", "status": "completed"})

    files_of(handler).batch("../files?x=1")
    assert seen == ["/v1/batches/..%2Ffiles%3Fx%3D1"]


def test_a_reply_is_read_from_a_line() -> None:
    reply = reply_in(completion("A moth."), host="h")
    assert (reply.text, reply.model, reply.system_fingerprint, reply.state) == (
        "A moth.",
        "model-1-2026",
        "fp_1",
        "complete",
    )
    assert reply.usage is not None
    assert reply.usage.prompt_tokens == 100


@pytest.mark.parametrize("body", [None, {}, [], "text", {"choices": []}, {"error": {"message": "No."}}])
def test_a_line_without_a_reply_is_an_error(body: Any) -> None:
    with pytest.raises(WireError):
        reply_in(body, host="h")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (429, {"error": {"message": "Rate limit reached."}}, "h answered 429: Rate limit reached."),
        (0, {"code": "batch_expired", "message": "It expired."}, "h sent an error in its reply: It expired."),
        (0, None, "h gave no answer and no reason."),
        (500, None, "h answered 500"),
    ],
)
def test_the_error_of_a_line_is_said_in_words(status: int, body: Any, words: str) -> None:
    assert line_error(status, body, host="h").startswith(words)
