"""Connections that the calls of an event loop pass on: never two calls at once, and none when no call is under way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import vision_magic as vm
from tests.servers import END, chunk
from vision_magic.wire import open_connections
from vision_magic.wire.open_connections import OpenConnections

DONE = b"data: [DONE]\n\n"


def chunked(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n" % len(piece) + piece + b"\r\n" for piece in pieces)


class KeepAliveServer:
    """A server in the event loop of the test that keeps connections open; they are numbered in order."""

    def __init__(self, *, end: bytes = b"0\r\n\r\n", closes: bool = False, cookie: str = "") -> None:
        self.end = end
        self.closes = closes
        self.cookie = cookie
        self.used: list[int] = []  # the number of the connection of each request
        self.heads: list[bytes] = []
        self.open = 0
        self.wait: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0.01)
        self._count = 0

    async def start(self) -> dict[str, Any]:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return {"base_url": f"http://127.0.0.1:{port}/v1", "model": "m"}

    async def stop(self) -> None:
        self._server.close()
        for _ in range(200):
            if not self.open:
                return
            await asyncio.sleep(0.01)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._count += 1
        self.open += 1
        number = self._count
        try:
            while head := await self._request(reader):
                self.used.append(number)
                self.heads.append(head[0])
                await self.wait()
                writer.write(self._answer(json.loads(head[1])))
                await writer.drain()
                if self.closes:
                    break
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self.open -= 1

    async def _request(self, reader: asyncio.StreamReader) -> tuple[bytes, bytes] | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return None
        length = next(int(line.split(b":")[1]) for line in head.lower().splitlines() if b"content-length" in line)
        return head, await reader.readexactly(length)

    def _answer(self, body: dict[str, Any]) -> bytes:
        cookie = f"Set-Cookie: {self.cookie}\r\n".encode() if self.cookie else b""
        if body.get("stream"):
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
            return head + cookie + b"\r\n" + chunked(chunk("Yes."), END) + self.end
        message = {"role": "assistant", "content": "Yes."}
        whole = json.dumps({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(whole)
        return head + cookie + b"\r\n" + whole


def during(server: KeepAliveServer, use: Callable[[dict[str, Any]], Awaitable[object]]) -> None:
    async def main() -> None:
        options = await server.start()
        try:
            await use(options)
        finally:
            await server.stop()

    asyncio.run(main())


async def at_once(count: int, questions: int, options: dict[str, Any]) -> None:
    numbers = iter(range(questions))

    async def worker() -> None:
        for number in numbers:
            assert (await vm.aask(f"Question {number}?", **options)).text == "Yes."

    await asyncio.gather(*(worker() for _ in range(count)))


@pytest.mark.parametrize("stream", [False, True])
def test_calls_at_once_pass_their_connections_on_and_close_them_in_the_end(stream: bool) -> None:
    server = KeepAliveServer()
    during(server, lambda options: at_once(4, 24, {**options, "stream": stream}))
    assert len(server.used) == 24
    assert len(set(server.used)) <= 8
    assert server.open == 0


def test_one_call_after_another_has_a_connection_of_its_own() -> None:
    server = KeepAliveServer()
    during(server, lambda options: at_once(1, 3, options))
    assert server.used == [1, 2, 3]


def test_a_stream_that_is_done_but_never_ends_delays_nothing_and_is_hung_up() -> None:
    server = KeepAliveServer(end=b"")
    during(server, lambda options: at_once(2, 6, options))
    assert len(set(server.used)) == 6
    assert server.open == 0


def test_a_connection_that_the_server_has_closed_is_not_used_again() -> None:
    server = KeepAliveServer(closes=True)
    during(server, lambda options: at_once(4, 12, {**options, "stream": False}))
    assert sorted(server.used) == list(range(1, 13))


def test_a_cookie_of_one_call_is_not_sent_by_another() -> None:
    server = KeepAliveServer(cookie="account=1")
    during(server, lambda options: at_once(3, 12, {**options, "stream": False}))
    assert len(set(server.used)) < 12
    assert not any(b"cookie" in head.lower() for head in server.heads)


def test_the_connection_of_a_call_that_was_cancelled_is_not_passed_on() -> None:
    server = KeepAliveServer()

    async def use(options: dict[str, Any]) -> None:
        held, reached = asyncio.Event(), asyncio.Event()

        async def wait() -> None:
            reached.set()
            await held.wait()

        server.wait = wait
        long = asyncio.create_task(vm.aask("Long?", **options, stream=False))
        await reached.wait()
        reached.clear()
        cancelled = asyncio.create_task(vm.aask("Cancelled?", **options, stream=False))
        await reached.wait()
        cancelled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cancelled
        held.set()
        await at_once(1, 1, {**options, "stream": False})
        await long

    during(server, use)
    assert server.used[:2] == [1, 2]
    assert server.used[2] != 2


def test_a_new_event_loop_begins_with_new_connections() -> None:
    for _ in range(2):
        server = KeepAliveServer()
        during(server, lambda options: at_once(3, 6, options))
        assert server.open == 0


class Transport:
    def __init__(self) -> None:
        self.is_closed = False

    async def handle_async_request(self, request: object) -> object:
        raise OSError("no connection")

    async def aclose(self) -> None:
        self.is_closed = True
        raise OSError("it was closed already")


def test_another_server_proxy_or_trust_gets_another_transport(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_connections, "_IDLE", 1)

    async def main() -> None:
        connections, made = OpenConnections(), list[Transport]()

        def make() -> Transport:
            made.append(Transport())
            return made[-1]

        async with connections.during_call():
            first, second, third = (connections.transport(server, make) for server in ("a", "b", "a"))
            await first.aclose()
            await first.aclose()  # twice changes nothing
            again, other = connections.transport("a", make), connections.transport("b", make)
            assert len(made) == 4, "one of a was idle, and none of b"
            for one in (second, other, again):
                await one.aclose()
            assert [one.is_closed for one in made].count(True) == 2, "one may be idle"
            with pytest.raises(OSError, match="no connection"):
                await third.handle_async_request(None)
            await third.aclose()
        assert all(one.is_closed for one in made)
        assert isinstance(connections.transport("a", make), Transport), "no call is under way"

    asyncio.run(main())


def test_the_rounds_of_a_call_share_a_connection() -> None:
    server = KeepAliveServer()

    async def use(options: dict[str, Any]) -> None:
        with pytest.raises(vm.BrokenReply):
            await vm.aask("How many?", **options, stream=False, schema=int, repair=True)

    during(server, use)
    assert server.used == [1, 1]
