"""A server with files and batches that keeps its state, as a mock transport or on loopback, and breaks on demand."""

from __future__ import annotations

import json
import random
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from tests.servers import OnLoopback

Line = dict[str, Any]


def completion(text: str, **fields: Any) -> dict[str, Any]:
    """Return a whole chat completion."""
    message = {"role": "assistant", "content": text}
    return {
        "object": "chat.completion",
        "model": "model-1-2026",
        "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 105},
        **fields,
    }


def answered(line: Line, text: str = "A moth.", status: int = 200, **fields: Any) -> Line:
    """Return the line of an output file that answers a line of an input file."""
    response = {"status_code": status, "request_id": "req_1", "body": completion(text, **fields)}
    return {"id": "batch_req_1", "custom_id": line["custom_id"], "response": response, "error": None}


def refused(line: Line, code: str, message: str, status: int | None = None) -> Line:
    """Return the line of an error file for a line of an input file."""
    response = None if status is None else {"status_code": status, "body": {"error": {"message": message}}}
    error = {"code": code, "message": message} if status is None else None
    return {"id": "batch_req_2", "custom_id": line["custom_id"], "response": response, "error": error}


class BatchServer:
    """A server with files and batches; call it with a request of httpx.

    Attributes
    ----------
    answer : callable
        Returns the line of the output or the error file for an input line; None leaves it out of both.
    finish : callable
        Changes the lines of the output file: adds, doubles, shuffles.
    outcome : str
        The state in which batches end, after `polls` polls.
    """

    def __init__(self, answer: Callable[[Line], Line | None] = answered) -> None:
        self.answer = answer
        self.finish: Callable[[list[Line]], list[Line]] = lambda lines: random.Random(1).sample(lines, len(lines))
        self.outcome = "completed"
        self.outcomes: list[str] = []  # of the batches in turn, before `outcome`
        self.errors: list[dict[str, Any]] = []  # of a batch that fails
        self.polls = 1
        self.max_bytes = 10**9
        self.unknown_for = 0  # creations for which a new file is not found
        self.missing: set[str] = set()  # the operations that this server does not have
        self.lost: Counter[str] = Counter()  # the operations whose answers are lost, and how often
        self.limited: Counter[str] = Counter()  # those refused with 429, and how often
        self.hold: Callable[[str], None] = lambda operation: None  # called after each operation, before its answer
        self.files: dict[str, tuple[str, bytes]] = {}
        self.deleted: list[str] = []
        self.batches: dict[str, dict[str, Any]] = {}
        self.polled: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self.asked_live: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.urls: list[str] = []
        self._lock = threading.Lock()

    @property
    def transport(self) -> httpx.MockTransport:
        """This server as a transport."""
        return httpx.MockTransport(self)

    @property
    def options(self) -> dict[str, Any]:
        """The options that send a question to this server."""
        return {"base_url": "http://127.0.0.1:9/v1", "model": "model-1", "transport": self.transport}

    def lines(self, number: int = -1) -> list[Line]:
        """Return the input lines of a batch."""
        batch = list(self.batches.values())[number]
        return [json.loads(line) for line in batch["input"].splitlines()]

    def paid(self) -> Counter[str]:
        """Return how often each line was answered, by its content: a second batch with the same line counts."""
        return Counter(line for batch in self.batches.values() for line in batch["input"].decode().splitlines())

    def __call__(self, request: httpx.Request) -> httpx.Response:
        operation, found = self._operation(request.method, re.sub(r"^.*?/v1", "", request.url.path))
        with self._lock:
            self.calls[operation] += 1
            self.headers.append(dict(request.headers))
            self.urls.append(str(request.url))
            if operation in self.missing:
                return _error(404, f"Invalid URL ({request.method} {request.url.path})")
            if self.limited[operation] > 0:
                self.limited[operation] -= 1
                return _error(429, "Slow down.", headers={"retry-after": "1"})
            response: httpx.Response = getattr(self, f"_{operation}")(request, found)
        self.hold(operation)
        if self.lost[operation] > 0:
            self.lost[operation] -= 1
            raise httpx.ReadError("connection reset")
        return response

    @staticmethod
    def _operation(method: str, path: str) -> tuple[str, str]:
        for operation, verb, pattern in _ROUTES:
            match = re.fullmatch(pattern, path)
            if verb == method and match:
                return operation, match[1] if match.groups() else ""
        return "nothing", path

    def _nothing(self, request: httpx.Request, found: str) -> httpx.Response:
        return _error(404, f"Invalid URL ({request.method} {found})")

    def _upload(self, request: httpx.Request, found: str) -> httpx.Response:
        request.read()
        boundary = request.headers["content-type"].partition("boundary=")[2].encode()
        parts = {}
        name = ""
        for part in request.content.split(b"--" + boundary)[1:-1]:
            head, _, body = part[2:-2].partition(b"\r\n\r\n")
            field = re.search(rb'name="(\w+)"', head)
            assert field is not None
            parts[field[1].decode()] = body
            if filename := re.search(rb'filename="([^"]+)"', head):
                name = filename[1].decode()
        assert parts["purpose"] == b"batch"
        if len(parts["file"]) > self.max_bytes:
            return _error(413, "Request Entity Too Large")
        file_id = f"file-{len(self.files) + 1}"
        self.files[file_id] = (name, parts["file"])
        return httpx.Response(200, json=self._file(file_id))

    def _file(self, file_id: str) -> dict[str, Any]:
        name, data = self.files[file_id]
        return {"id": file_id, "object": "file", "bytes": len(data), "filename": name, "purpose": "batch"}

    def _list_files(self, request: httpx.Request, found: str) -> httpx.Response:
        return _page([self._file(file_id) for file_id in reversed(self.files) if file_id not in self.deleted], request)

    def _content(self, request: httpx.Request, found: str) -> httpx.Response:
        if found not in self.files or found in self.deleted:
            return _error(404, f"No such File object: {found}")
        return httpx.Response(200, content=self.files[found][1])

    def _delete(self, request: httpx.Request, found: str) -> httpx.Response:
        self.deleted.append(found)
        return httpx.Response(200, json={"id": found, "deleted": True})

    def _create(self, request: httpx.Request, found: str) -> httpx.Response:
        body = json.loads(request.read())
        if self.unknown_for > 0:
            self.unknown_for -= 1
            return _error(400, f"Invalid file: No such File object: {body['input_file_id']}")
        assert body["completion_window"] == "24h"
        batch_id = f"batch_{len(self.batches) + 1}"
        batch = {"id": batch_id, "object": "batch", "status": "validating", "created_at": 1700000000, **body}
        self.batches[batch_id] = {**batch, "input": self.files[body["input_file_id"]][1]}
        return httpx.Response(200, json=batch)

    def _list_batches(self, request: httpx.Request, found: str) -> httpx.Response:
        return _page([self._shown(batch) for batch in reversed(list(self.batches.values()))], request)

    def _retrieve(self, request: httpx.Request, found: str) -> httpx.Response:
        if found not in self.batches:
            return _error(404, f"No such batch: {found}")
        batch = self.batches[found]
        self.polled[found] += 1
        if batch["status"] in ("validating", "in_progress", "cancelling"):
            self._advance(batch)
        return httpx.Response(200, json=self._shown(batch))

    def _cancel(self, request: httpx.Request, found: str) -> httpx.Response:
        self.batches[found]["status"] = "cancelling"
        return httpx.Response(200, json=self._shown(self.batches[found]))

    def _advance(self, batch: dict[str, Any]) -> None:
        lines = [json.loads(line) for line in batch["input"].splitlines()]
        if batch["status"] == "cancelling":
            self._end(batch, "cancelled", lines[: len(lines) // 2])
        elif self.polled[batch["id"]] < self.polls:
            batch |= {"status": "in_progress", "request_counts": {"total": len(lines), "completed": 1, "failed": 0}}
        else:
            outcome = self.outcomes.pop(0) if self.outcomes else self.outcome
            self._end(batch, outcome, {"failed": [], "expired": lines[: len(lines) // 2]}.get(outcome, lines))

    def _end(self, batch: dict[str, Any], outcome: str, lines: list[Line]) -> None:
        made = [line for line in map(self.answer, lines) if line is not None]
        good = [line for line in made if line["response"] and line["response"]["status_code"] == 200]
        bad = [line for line in made if line not in good]
        for name, found in (("output_file_id", self.finish(good)), ("error_file_id", bad)):
            if found:
                batch[name] = f"file-{len(self.files) + 1}"
                self.files[batch[name]] = ("out.jsonl", "".join(json.dumps(line) + "\n" for line in found).encode())
        counts = {"total": len(lines), "completed": len(good), "failed": len(bad)}
        batch |= {"status": outcome, "request_counts": counts}
        if outcome == "failed":
            batch["errors"] = {"object": "list", "data": self.errors}

    @staticmethod
    def _shown(batch: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in batch.items() if name != "input"}

    def _ask(self, request: httpx.Request, found: str) -> httpx.Response:
        body = json.loads(request.read())
        self.asked_live.append(body)
        line = self.answer({"custom_id": "live", "body": body})
        assert line is not None
        return httpx.Response(200, json=line["response"]["body"])


_ROUTES = (
    ("upload", "POST", "/files"),
    ("list_files", "GET", "/files"),
    ("content", "GET", "/files/([^/]+)/content"),
    ("delete", "DELETE", "/files/([^/]+)"),
    ("create", "POST", "/batches"),
    ("list_batches", "GET", "/batches"),
    ("retrieve", "GET", "/batches/([^/]+)"),
    ("cancel", "POST", "/batches/([^/]+)/cancel"),
    ("ask", "POST", "/chat/completions"),
)


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(status, json={"error": {"message": message}}, headers=headers)


def _page(items: list[dict[str, Any]], request: httpx.Request) -> httpx.Response:
    """Return a page of at most two objects, so that paging is always tested."""
    query = dict(parse_qsl(urlsplit(str(request.url)).query))
    ids = [item["id"] for item in items]
    start = ids.index(query["after"]) + 1 if query.get("after") in ids else 0
    page = items[start : start + 2]
    return httpx.Response(200, json={"object": "list", "data": page, "has_more": start + 2 < len(items)})


class Loopback(OnLoopback):
    """A `BatchServer` on loopback, which outlives the processes that ask it; use it in a ``with`` block."""

    def __init__(self, server: BatchServer) -> None:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                request = httpx.Request(
                    self.command, f"http://host{self.path}", headers=dict(self.headers), content=body
                )
                response = server(request)
                self.send_response(response.status_code)
                self.send_header("Content-Length", str(len(response.content)))
                self.end_headers()
                self.wfile.write(response.content)

            do_GET = do_POST = do_DELETE = answer  # noqa: N815

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                if not isinstance(sys.exception(), ConnectionError):  # clients are killed
                    super().handle_error(request, client_address)

        super().__init__(Server(("127.0.0.1", 0), Handler))
