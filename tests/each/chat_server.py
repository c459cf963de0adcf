"""A Chat Completions server on loopback for many rows: it counts, refuses for a while, waits, and notes who asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

__all__ = ["ChatServer"]


@dataclass
class ChatServer:
    """A server whose connections stay open; use it in a ``with`` block.

    Attributes
    ----------
    latency : float
        The time of each answer (seconds).
    counted : tuple of int
        The tokens of each question and answer.
    answer : callable
        Returns the text of the answer to a request.
    limit : float
        The most requests in a second, in a bucket of a second; 0 for no limit.
    unsupported : str
        A field that it refuses.
    """

    latency: float = 0.0
    counted: tuple[int, int] = (100, 20)
    answer: Callable[[dict[str, Any]], str] = lambda body: "It is blue."
    limit: float = 0.0
    unsupported: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    refused: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        outer = self
        self._lock = threading.Lock()
        self._at_once = 0
        self._bucket, self._filled = self.limit, time.monotonic()
        self.open = threading.Event()  # answers wait until it is set
        self.open.set()
        self.asked = threading.Semaphore(0)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = outer._respond(body, self.headers.get("Authorization", ""))
                data = json.dumps(answer).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: object, client_address: object) -> None:
                pass  # clients that are killed close no connection

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    @property
    def tokens(self) -> int:
        """The tokens of all answers."""
        return len(self.bodies) * sum(self.counted)

    def _respond(self, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        with self._lock:
            self.keys.append(key)
            if self.limit and not self._admits():
                self.refused += 1
                return 429, {"error": {"message": "Rate limit reached for requests", "code": "rate_limit_exceeded"}}
            if self.unsupported in body:
                self.refused += 1
                message = f"Unsupported parameter: '{self.unsupported}' is not supported with this model."
                return 400, {"error": {"message": message, "param": self.unsupported, "code": "unsupported_parameter"}}
            self.bodies.append(body)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self.asked.release()
        time.sleep(self.latency)
        self.open.wait(30)
        with self._lock:
            self._at_once -= 1
        prompt, completion = self.counted
        return 200, {
            "model": "model-1",
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": self.answer(body)},
                    "finish_reason": "stop",
                }
            ],
            "usage": {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion},
        }

    def _admits(self) -> bool:
        now = time.monotonic()
        self._bucket = min(self.limit, self._bucket + self.limit * (now - self._filled))
        self._filled = now
        if self._bucket < 1:
            return False
        self._bucket -= 1
        return True

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
