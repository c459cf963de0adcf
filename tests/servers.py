"""A Chat Completions server on loopback that sends scripted answers and stores the requests."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


def chunk(text: str = "", **choice: Any) -> bytes:
    """Return one event of a stream: a chunk with text, or with other fields of a choice."""
    body = {"model": "model-1", "choices": [{"index": 0, "delta": {"content": text} if text else {}, **choice}]}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


END = chunk(finish_reason="stop") + b"data: [DONE]\n\n"

Answer = Callable[[dict[str, Any]], Iterable[bytes]]


class OnLoopback:
    """A server that listens as long as its ``with`` block."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class LoopbackServer(OnLoopback):
    """A server that streams the pieces that `answer` yields; use it in a ``with`` block."""

    def __init__(self, answer: Answer, *, status: int = 200) -> None:
        outer = self
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.hung_up = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.requests.append(body)
                outer.headers.append(dict(self.headers))
                self.send_response(status)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                try:
                    for piece in answer(body):
                        self.wfile.write(piece)
                except OSError:
                    outer.hung_up.set()

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"data": []}')

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), Handler))


def interrupt_main_thread() -> None:
    """Interrupt the main thread as a kernel's stop button does: by a signal, which also ends a wait."""
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
