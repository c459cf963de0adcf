"""Both drivers over real local sockets: broken connections, deadlines, interrupts, proxies, and the key."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import httpx2
import pytest
from hypothesis import given, strategies as st

import vision_magic as vm
from tests.servers import LoopbackServer, interrupt_main_thread
from tests.wire.conftest import IMAGE, Pieces, request
from tests.wire.held import AsyncHeld, Held
from vision_magic.chat.events import Event, Finished
from vision_magic.chat.messages import user_message
from vision_magic.chat.request import FIELDS
from vision_magic.errors import (
    ConnectionFailed,
    Interrupted,
    RequestError,
    ServerError,
    SettingsError,
    TruncatedReply,
    VisionError,
    WireError,
)
from vision_magic.secrets import Secret
from vision_magic.wire import connection
from vision_magic.wire.discovery import servers_up
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.timeouts import Timeouts

pytestmark = pytest.mark.usefixtures("short_pauses")

HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
KEY = "sk-CANARY-0123456789abcdef"
REMOTE = "https://api.example/v1"
SOON = 0.15  # seconds of a limit that a test waits for; a server that drips sends ten times within it

Script = Callable[[socket.socket], None]


class RawServer:
    """Answers each connection by a script of bytes; tells when the other side hung up."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"
        self.connections = 0
        self.hung_up = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                try:
                    _read_request(connection)
                    self._script(connection)
                except OSError:
                    self.hung_up.set()

    def wait_for_hang_up(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        if connection.recv(1) == b"":
            self.hung_up.set()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


def _read_request(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += _some(connection)


def _some(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("The other side hung up before its request was whole.")
    return data


@pytest.fixture
def serve() -> Iterator[Callable[[Script], RawServer]]:
    running: list[RawServer] = []

    def start(script: Script) -> RawServer:
        running.append(RawServer(script))
        return running[-1]

    yield start
    for server in running:
        server.close()


Ask = Callable[..., list[Event]]


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask an address and return the events; both drivers."""
    return _ask if request.param == "sync" else lambda *args, **kwargs: asyncio.run(_ask_async(*args, **kwargs))


def _ask(url: str, **endpoint: Any) -> list[Event]:
    with Held(Endpoint(url, **endpoint), request()) as events:
        return list(events)


async def _ask_async(url: str, **endpoint: Any) -> list[Event]:
    async with AsyncHeld(Endpoint(url, **endpoint), request()) as events:
        return [event async for event in events]


def asked(**options: Any) -> list[Event]:
    """Ask as a script does: the session makes an interrupt an error with what arrived."""
    return list(vm.stream("Hi", IMAGE, model="model-1", **options))


def head(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/event-stream", *lines, "", ""]).encode()


def chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


PLAIN, CHUNKED = head("Connection: close"), head("Transfer-Encoding: chunked")


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def cut_plain(connection: socket.socket) -> None:
    connection.sendall(PLAIN + HELLO)


def cut_chunked(connection: socket.socket) -> None:
    connection.sendall(CHUNKED + chunked(HELLO))


def cut_hard(connection: socket.socket) -> None:
    connection.sendall(CHUNKED + chunked(HELLO))
    time.sleep(0.1)  # what was sent must be read before the reset drops it
    reset(connection)


def cut_after_done(connection: socket.socket) -> None:
    """llama-cpp-python: [DONE], no finish reason, and a chunked body that never ends."""
    connection.sendall(CHUNKED + chunked(HELLO) + chunked(b"data: [DON")[:-4])


@pytest.mark.parametrize("script", [cut_plain, cut_chunked, cut_hard, cut_after_done], ids=lambda f: f.__name__)
def test_a_dropped_connection_is_truncated_and_keeps_what_came(
    ask: Ask, serve: Callable[[Script], RawServer], script: Script
) -> None:
    """A body that ends with its connection looks like a clean end: only the rule for the end tells."""
    with pytest.raises(TruncatedReply) as caught:
        ask(serve(script).url)
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hello"


def test_a_whole_answer_over_a_socket(ask: Ask, serve: Callable[[Script], RawServer]) -> None:
    events = ask(serve(lambda connection: connection.sendall(PLAIN + HELLO + END)).url)
    assert isinstance(events[-1], Finished)
    assert events[-1].reply.text == "Hello"


def test_the_connection_is_closed_at_done_though_the_server_keeps_it_open(
    ask: Ask, serve: Callable[[Script], RawServer]
) -> None:
    """F20."""

    def script(connection: socket.socket) -> None:
        connection.sendall(CHUNKED + chunked(HELLO + END))
        server.wait_for_hang_up(connection)

    server = serve(script)
    ask(server.url)
    assert server.hung_up.wait(5)


def drip(connection: socket.socket) -> None:
    connection.sendall(PLAIN)
    while True:
        connection.sendall(b": ping\n\n")
        time.sleep(SOON / 10)


def say_and_drip(connection: socket.socket) -> None:
    connection.sendall(PLAIN + HELLO)
    drip(connection)


def say_and_hold(connection: socket.socket) -> None:
    connection.sendall(PLAIN + HELLO)
    connection.settimeout(10)
    connection.recv(1)


def hold(connection: socket.socket) -> None:
    connection.sendall(PLAIN)
    connection.settimeout(10)
    connection.recv(1)


@pytest.mark.parametrize(
    ("script", "timeouts", "said"),
    [
        pytest.param(drip, Timeouts(first_token=SOON, idle=9), "no first token", id="comments before the first token"),
        pytest.param(hold, Timeouts(first_token=SOON, idle=9), "no first token", id="nothing before the first token"),
        pytest.param(say_and_drip, Timeouts(first_token=9, idle=SOON), "fell silent", id="comments after it"),
        pytest.param(say_and_hold, Timeouts(first_token=9, idle=SOON), "fell silent", id="nothing after it"),
        pytest.param(say_and_hold, Timeouts(total=SOON), "in total", id="the whole call"),
        pytest.param(drip, Timeouts(total=SOON), "in total", id="the whole call, with comments"),
    ],
)
def test_a_deadline_ends_the_call_though_bytes_still_come(
    ask: Ask, serve: Callable[[Script], RawServer], script: Script, timeouts: Timeouts, said: str
) -> None:
    """httpx's read time-out starts again with every byte."""
    started = time.monotonic()
    with pytest.raises(ConnectionFailed, match=said):
        ask(serve(script).url, timeouts=timeouts)
    assert time.monotonic() - started < 8  # not the nine seconds of the other clock


def test_a_deadline_leaves_no_thread_behind(serve: Callable[[Script], RawServer]) -> None:
    server = serve(say_and_hold)
    before = threading.active_count()
    with pytest.raises(ConnectionFailed):
        _ask(server.url, timeouts=Timeouts(idle=SOON))
    assert threading.active_count() == before


# -- before the head of a response --------------------------------------------------------------------------------


def interim(status: int) -> Script:
    """Return a server that sends interim responses without end, which httpx skips one by one."""

    def script(connection: socket.socket) -> None:
        while True:
            connection.sendall(f"HTTP/1.1 {status} Wait\r\n\r\n".encode())
            time.sleep(SOON / 10)

    return script


def dribble(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        connection.sendall(b"x")
        time.sleep(SOON / 10)


def silence(connection: socket.socket) -> None:
    connection.settimeout(10)
    connection.recv(1)


def fail_then_wait(connection: socket.socket) -> None:
    """Answer 503 and keep the connection, on which the next try is then sent."""
    connection.sendall(b"HTTP/1.1 503 No\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\n{}")
    _read_request(connection)
    interim(103)(connection)


def refuse_slowly(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 400 No\r\nContent-Length: 9999\r\n\r\n")
    while True:
        connection.sendall(b"x")
        time.sleep(SOON / 10)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(interim(103), id="B4 103 without end"),
        pytest.param(interim(100), id="B4 100 without end"),
        pytest.param(interim(102), id="B4 102 without end"),
        pytest.param(dribble, id="B4 a header byte by byte"),
        pytest.param(silence, id="B4 nothing"),
        pytest.param(fail_then_wait, id="B4 on a connection that is used again"),
    ],
)
@pytest.mark.parametrize(
    ("timeouts", "said"),
    [
        pytest.param(Timeouts(first_token=SOON, idle=30), r"no first token within 0\.\d s", id="first token"),
        pytest.param(Timeouts(first_token=30, idle=30, total=SOON), "longer than", id="total"),
    ],
)
def test_b4_the_clocks_hold_before_the_head_of_the_response(
    ask: Ask, serve: Callable[[Script], RawServer], script: Script, timeouts: Timeouts, said: str
) -> None:
    if script is fail_then_wait:
        timeouts = replace(timeouts, total=0.8 if timeouts.total else None)  # the pause before the second try
    server = serve(script)
    started, threads = time.monotonic(), threading.active_count()
    with pytest.raises(ConnectionFailed, match=said):
        ask(server.url, timeouts=timeouts)
    assert time.monotonic() - started < 10
    assert server.connections == 1
    assert threading.active_count() <= threads


def test_b4_the_clocks_hold_with_a_client_of_httpx2(serve: Callable[[Script], RawServer]) -> None:
    with httpx2.Client() as client, pytest.raises(ConnectionFailed, match="no first token"):
        _ask(serve(interim(103)).url, client=client, timeouts=Timeouts(first_token=SOON))


def test_b4_the_body_of_an_error_counts_towards_the_whole_call(ask: Ask, serve: Callable[[Script], RawServer]) -> None:
    started = time.monotonic()
    with pytest.raises(ServerError, match="400"):
        ask(serve(refuse_slowly).url, timeouts=Timeouts(total=SOON))
    assert time.monotonic() - started < 8


def dribble_bytes(connection: socket.socket) -> None:
    while True:  # the record header of TLS, then its content, byte by byte
        for byte in b"\x16\x03\x03\x40\x00" + b"\x00" * 1000:
            connection.sendall(bytes([byte]))
            time.sleep(SOON / 10)


@pytest.mark.parametrize("script", [pytest.param(silence, id="B4 silent"), pytest.param(dribble_bytes, id="B4 slow")])
@pytest.mark.parametrize(
    "timeouts",
    [Timeouts(total=SOON), Timeouts(first_token=SOON), Timeouts(connect=SOON)],
    ids=["total", "first", "connect"],
)
def test_b4_a_handshake_that_never_ends_is_ended(
    ask: Ask, handshakes: Callable[[Script], str], script: Script, timeouts: Timeouts
) -> None:
    url = handshakes(script)
    started = time.monotonic()
    with pytest.raises(ConnectionFailed):
        ask(url, timeouts=replace(timeouts, total=timeouts.total or 5))  # a lost connection is tried again
    assert time.monotonic() - started < 10


@pytest.fixture
def handshakes() -> Iterator[Callable[[Script], str]]:
    """Start a server that speaks before anything was requested, as in a handshake; return its https address."""
    listening: list[tuple[socket.socket, threading.Thread]] = []

    def start(script: Script) -> str:
        server = socket.create_server(("127.0.0.1", 0))

        def run() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    connection.recv(65536)
                    script(connection)

        listening.append((server, threading.Thread(target=run, daemon=True)))
        listening[-1][1].start()
        return f"https://127.0.0.1:{server.getsockname()[1]}/v1"

    yield start
    for server, thread in listening:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(30)


@pytest.mark.parametrize("script", [pytest.param(interim(103), id="B4 103"), pytest.param(silence, id="B4 silent")])
def test_b4_a_proxy_that_never_opens_the_tunnel_is_left(
    ask: Ask, serve: Callable[[Script], RawServer], script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", serve(script).url.removesuffix("/v1"))
    started = time.monotonic()
    with pytest.raises(ConnectionFailed, match="no first token"):
        ask("https://api.example/v1", timeouts=Timeouts(first_token=SOON))
    assert time.monotonic() - started < 8


def test_b4_a_server_that_accepts_no_connection_costs_no_more_than_the_whole_call(ask: Ask) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]  # they fill the queue, so that the next one is not accepted
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        started = time.monotonic()
        with pytest.raises(ConnectionFailed):
            ask(f"http://127.0.0.1:{full.getsockname()[1]}/v1", timeouts=Timeouts(total=SOON))
        assert time.monotonic() - started < 8
        for one in waiting:
            one.close()


@pytest.mark.parametrize("script", [pytest.param(interim(103), id="B4 103"), pytest.param(dribble, id="B4 dribble")])
def test_b4_lists_of_models_are_not_waited_for_without_end(
    serve: Callable[[Script], RawServer], script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_GET_SECONDS", SOON)
    server = serve(script)
    assert Endpoint(server.url).get("/models") is None
    assert servers_up({"it": server.url}) == ()


def test_b3_a_list_of_models_without_end_is_not_kept(
    serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_GET_BYTES", 10_000)

    def script(connection: socket.socket) -> None:
        connection.sendall(PLAIN + b'{"data": [')
        while True:
            connection.sendall(b'{"id": "m"},' * 1000)

    server = serve(script)
    assert Endpoint(server.url).get("/models") is None
    assert server.hung_up.wait(5)


def test_a_read_may_take_as_long_as_the_longer_clock_allows(ask: Ask, serve: Callable[[Script], RawServer]) -> None:
    """The transport's own limit for a read was that of the first token."""

    def script(connection: socket.socket) -> None:
        connection.sendall(PLAIN + HELLO)
        time.sleep(0.8)
        connection.sendall(END)

    events = ask(serve(script).url, timeouts=Timeouts(first_token=0.4, idle=30))
    assert isinstance(events[-1], Finished)


def test_no_server_is_a_clear_error_at_once(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ConnectionFailed, match=f"127.0.0.1:{port} could not be reached"):
        ask(f"http://127.0.0.1:{port}/v1")


def test_a_server_that_hangs_up_is_tried_three_times(ask: Ask, serve: Callable[[Script], RawServer]) -> None:
    server = serve(lambda connection: None)
    with pytest.raises(ConnectionFailed, match="closed the connection before it answered"):
        ask(server.url)
    assert server.connections == 3


def test_a_server_that_speaks_no_http_is_a_clear_error(ask: Ask, serve: Callable[[Script], RawServer]) -> None:
    with pytest.raises(WireError, match="an invalid HTTP response"):
        ask(serve(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH\r\n\r\n")).url)


def test_s7_a_refusal_before_the_whole_body_was_read_is_understood(
    ask: Ask, serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.wire.test_endpoint._read_request", lambda connection: connection.recv(1000))

    def refuse(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)  # as nginx does: closed at once, the answer could be lost with the rest
        while connection.recv(65536):
            pass

    with pytest.raises(ServerError, match="max-side"):
        ask(serve(refuse).url)


def test_an_interrupt_hangs_up_within_a_second_and_keeps_what_came(serve: Callable[[Script], RawServer]) -> None:
    def script(connection: socket.socket) -> None:
        connection.sendall(PLAIN + HELLO)
        server.wait_for_hang_up(connection)

    def stop() -> None:
        time.sleep(0.4)
        interrupt_main_thread()

    server = serve(script)
    stopper = threading.Thread(target=stop)
    stopper.start()
    with pytest.raises(Interrupted) as caught:
        asked(base_url=server.url)
    assert server.hung_up.wait(1)
    stopper.join()
    assert caught.value.partial is not None
    assert (caught.value.partial.text, caught.value.partial.state) == ("Hello", "interrupted")


def test_an_interrupt_ends_the_wait_before_a_retry() -> None:
    busy = httpx.MockTransport(lambda sent: httpx.Response(503, headers={"retry-after": "50"}))

    def stop() -> None:
        time.sleep(0.3)
        interrupt_main_thread()

    stopper = threading.Thread(target=stop)
    stopper.start()
    started = time.monotonic()
    with pytest.raises(Interrupted):
        asked(base_url="http://127.0.0.1:9/v1", transport=busy)
    stopper.join()
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
def test_a_cancelled_task_hangs_up_within_a_second(serve: Callable[[Script], RawServer], twice: bool) -> None:
    def script(connection: socket.socket) -> None:
        connection.sendall(PLAIN + HELLO)
        server.wait_for_hang_up(connection)

    async def cancel() -> str:
        stream = AsyncHeld(Endpoint(server.url), request())

        async def read() -> None:
            async for _ in stream:
                pass

        task = asyncio.create_task(read())
        await asyncio.sleep(0.4)
        for _ in range(1 + twice):
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return stream.reply.text

    server = serve(script)
    assert asyncio.run(cancel()) == "Hello"
    assert server.hung_up.wait(1)


def test_leaving_an_async_stream_early_hangs_up(serve: Callable[[Script], RawServer]) -> None:
    def script(connection: socket.socket) -> None:
        connection.sendall(PLAIN + HELLO)
        server.wait_for_hang_up(connection)

    async def peek() -> Event:
        async with AsyncHeld(Endpoint(server.url), request()) as events:
            return await anext(events)

    server = serve(script)
    asyncio.run(peek())
    assert server.hung_up.wait(1)


def test_a_proxy_of_the_environment_never_sees_what_is_meant_for_this_machine(
    ask: Ask, serve: Callable[[Script], RawServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = serve(lambda connection: connection.sendall(PLAIN))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
    ask(serve(lambda connection: connection.sendall(PLAIN + HELLO + END)).url)
    assert proxy.connections == 0


def test_a_socks_proxy_without_support_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("httpx")
    monkeypatch.setitem(__import__("sys").modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(VisionError, match=r"httpx\[socks\]"):
        _ask("https://api.example/v1")


# -- the key ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "sent"),
    [
        pytest.param("Authorization", f"Bearer {KEY}", id="bearer"),
        pytest.param("authorization", f"Bearer {KEY}", id="small"),
        pytest.param("api-key", KEY, id="Q11 Azure"),
    ],
)
def test_the_key_goes_into_one_header(header: str, sent: str) -> None:
    with LoopbackServer(lambda body: [HELLO, END]) as server:
        _ask(server.url, key=Secret(KEY, source="test"), key_header=header)
        headers = {name.lower(): value for name, value in server.headers[0].items()}
        assert [name for name, value in headers.items() if KEY in value] == [header.lower()]
        assert headers[header.lower()] == sent
        assert KEY not in json.dumps(server.requests)


def test_a_query_goes_behind_the_address() -> None:
    """Q11: Azure wants its api-version there."""
    seen: list[httpx.URL] = []

    def handler(sent: httpx.Request) -> httpx.Response:
        seen.append(sent.url)
        return httpx.Response(200, content=HELLO + END)

    _ask(
        "https://x.example/openai/deployments/d",
        query={"api-version": "2026-01-01"},
        transport=httpx.MockTransport(handler),
    )
    assert str(seen[0]) == "https://x.example/openai/deployments/d/chat/completions?api-version=2026-01-01"


def refuse_with_key(connection: socket.socket) -> None:
    body = json.dumps({"error": {"message": f"Incorrect API key {KEY} provided", "code": "invalid_api_key"}})
    connection.sendall(f"HTTP/1.1 401 No\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())


def garbage(connection: socket.socket) -> None:
    connection.sendall(f"\0{KEY}\r\n\r\n".encode())


def error_event_with_key(connection: socket.socket) -> None:
    connection.sendall(PLAIN + HELLO + f'data: {{"error": "{KEY}"}}\n\n'.encode())


@pytest.mark.parametrize(
    "script", [refuse_with_key, garbage, cut_hard, error_event_with_key, cut_plain], ids=lambda f: f.__name__
)
def test_neither_key_nor_picture_is_in_any_message_or_traceback(
    ask: Ask, serve: Callable[[Script], RawServer], script: Script
) -> None:
    with pytest.raises(WireError) as caught:
        ask(serve(script).url, key=Secret(KEY, source="test"))
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    shown += repr(caught.value) + str(vars(caught.value)) + repr(caught.value.partial)
    assert KEY not in shown
    assert IMAGE.data_uri.partition(",")[2][:40] not in shown


@pytest.mark.parametrize(
    ("key", "header"),
    [
        pytest.param(Secret("first-line\nCANARY-line", source="variable K"), "api-key", id="two lines"),
        pytest.param(Secret("CANARY-Schlüssel", source="variable K"), "Authorization", id="letters beyond ASCII"),
        pytest.param(Secret("CANARY\x1b[0m-key", source="variable K"), "Authorization", id="colours of a terminal"),
    ],
)
def test_a_key_that_no_header_can_carry_is_said_and_not_shown(
    ask: Ask, serve: Callable[[Script], RawServer], key: Secret, header: str
) -> None:
    """The transport's own error repeats the header, and with it the key."""
    server = serve(lambda connection: connection.sendall(PLAIN + HELLO + END))
    with pytest.raises(SettingsError, match="The key from variable K holds") as caught:
        ask(server.url, key=key, key_header=header)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "CANARY" not in shown


def test_an_interrupt_shows_neither_key_nor_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY_KEY", KEY)

    def stop(sent: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        asked(base_url=REMOTE, key_env="CANARY_KEY", transport=httpx.MockTransport(stop))
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert KEY not in shown
    assert IMAGE.data_uri.partition(",")[2][:40] not in shown
    assert isinstance(caught.value, KeyboardInterrupt)


@pytest.mark.parametrize("stream", [True, False], ids=["stream", "whole"])
def test_an_interrupt_inside_the_transport_closes_it_and_keeps_what_came(stream: bool) -> None:
    body = Pieces([HELLO, KeyboardInterrupt()])
    transport = httpx.MockTransport(lambda sent: httpx.Response(200, stream=body))
    with pytest.raises(Interrupted) as caught:
        asked(base_url=REMOTE, transport=transport, stream=stream)
    assert body.closed
    assert caught.value.partial is not None
    assert (caught.value.partial.text, caught.value.partial.state) == ("Hello", "interrupted")


def test_leaving_a_stream_early_closes_it_and_nothing_is_sent_before_it_is_read() -> None:
    sent: list[httpx.Request] = []
    body = Pieces([HELLO] * 1000)

    def handler(asked: httpx.Request) -> httpx.Response:
        sent.append(asked)
        return httpx.Response(200, stream=body)

    events = Held(Endpoint(REMOTE, transport=httpx.MockTransport(handler)), request())
    assert sent == []
    next(events)
    assert len(sent) == 1
    assert not body.closed
    events.close()
    assert body.closed
    assert (events.reply.text, events.reply.state) == ("Hello", "interrupted")
    assert list(events) == []


# -- what is sent -------------------------------------------------------------------------------------------

LOOK = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}

# Field, a good value, how it stands in the body, what else must be set, a bad value, and what is then accepted.
TABLE = [
    ("model", "m-2", "m-2", {}, "", "the id of a model"),
    ("stream", False, False, {}, "no", "True or False"),
    ("temperature", 0.5, 0.5, {}, 2.5, "a number from 0 to 2"),
    ("top_p", 0.5, 0.5, {}, -1, "a number from 0 to 1"),
    ("n", 2, 2, {}, 129, "an integer from 1 to 128"),
    ("stream_options", {"include_usage": True}, {"include_usage": True}, {}, True, "include_usage"),
    ("stop", ["a", "b"], ["a", "b"], {}, list("abcde"), "1 to 4"),
    ("max_tokens", 5, 5, {}, 0, "an integer of 1 or more"),
    ("max_completion_tokens", 5, 5, {}, 0, "an integer of 1 or more"),
    ("presence_penalty", -2, -2, {}, -2.5, "a number from -2 to 2"),
    ("frequency_penalty", 2, 2, {}, 2.5, "a number from -2 to 2"),
    ("logit_bias", {5: -100}, {"5": -100}, {}, {5: 101}, "from -100 to 100"),
    ("logprobs", True, True, {}, 1, "True or False"),
    ("top_logprobs", 20, 20, {"logprobs": True}, 21, "an integer from 0 to 20"),
    ("user", "u", "u", {}, 5, "a non-empty string"),
    ("response_format", "json_object", {"type": "json_object"}, {}, "xml", "text, json_object"),
    ("seed", 7, 7, {}, 1.5, "an integer"),
    ("tools", [LOOK], [LOOK], {}, ["look"], "tool schemas"),
    (
        "tool_choice",
        "look",
        {"type": "function", "function": {"name": "look"}},
        {"tools": [LOOK]},
        "a b",
        "none, auto, required",
    ),
    ("parallel_tool_calls", False, False, {"tools": [LOOK]}, "no", "True or False"),
    ("extra", {"reasoning_effort": "low"}, None, {}, {"a": float("nan")}, "JSON values"),
]


class Recorder:
    """A transport that answers well and keeps the bodies it was sent."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []

    def __call__(self, sent: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(sent.content))
        return httpx.Response(200, content=HELLO + END)


table = pytest.mark.parametrize(
    ("name", "good", "wire", "companions", "bad", "accepted"), [pytest.param(*row, id=row[0]) for row in TABLE]
)


@table
def test_every_field_reaches_the_wire(
    name: str, good: Any, wire: Any, companions: dict[str, Any], bad: Any, accepted: str
) -> None:
    recorder = Recorder()
    with Held(
        Endpoint(REMOTE, transport=httpx.MockTransport(recorder)), request(**{**companions, name: good})
    ) as events:
        list(events)
    [body] = recorder.bodies
    expected = good if name == "extra" else {name: wire}
    assert expected.items() <= body.items()
    counted = {"stream_options"} if body["stream"] else set()
    assert set(body) == {"model", "messages", "stream", *counted, *companions, *expected}


@table
def test_no_field_with_a_bad_value_reaches_the_wire(
    name: str, good: Any, wire: Any, companions: dict[str, Any], bad: Any, accepted: str
) -> None:
    recorder = Recorder()
    endpoint = Endpoint(REMOTE, transport=httpx.MockTransport(recorder))
    with pytest.raises(RequestError) as caught:
        list(Held(endpoint, request(**{**companions, name: bad})))
    said = str(caught.value)
    assert said.startswith(f"{name} got ")
    assert accepted in said.partition("; expected ")[2]
    assert recorder.bodies == []


def test_the_table_has_every_field_that_a_request_has() -> None:
    assert {row[0] for row in TABLE} == {*FIELDS, "model", "stream", "extra"}


@pytest.mark.parametrize("detail", [None, "auto", "low", "high", "original"])
def test_a_picture_and_its_detail_reach_the_wire(detail: Any) -> None:
    recorder = Recorder()
    message = user_message("Before:", IMAGE, "What changed?", detail=detail)
    list(Held(Endpoint(REMOTE, transport=httpx.MockTransport(recorder)), request(messages=(message,))))
    picture = {"url": IMAGE.data_uri} | ({"detail": detail} if detail else {})
    assert recorder.bodies[0]["messages"] == [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "Before:"},
                {"type": "image_url", "image_url": picture},
                {"type": "text", "text": "What changed?"},
            ],
        }
    ]


# -- whatever comes back ------------------------------------------------------------------------------------

BODIES = st.lists(
    st.binary(max_size=60)
    | st.sampled_from(
        [HELLO, END, b"data: ", b"data: [DONE]\n\n", b"{", b"[", b'{"error":', b"<html>", b"\n\n", b"\x1b"]
    ),
    max_size=6,
)


@given(BODIES, st.sampled_from([200, 201, 204, 206, 299, 300, 304, 307, 400, 401, 404, 422, 499, 501, 599]))
def test_whatever_comes_back_is_a_reply_or_an_error_of_ours(pieces: list[bytes], status: int) -> None:
    headers = {"x-should-retry": "false", "location": "https://else.example"}
    transport = httpx.MockTransport(lambda sent: httpx.Response(status, headers=headers, stream=Pieces(pieces)))
    events: list[Event] = []
    said = ""
    try:
        events.extend(Held(Endpoint(REMOTE, transport=transport), request()))
    except VisionError as error:
        said = str(error)
    assert said or isinstance(events[-1], Finished)
    assert "\x1b" not in said
    assert IMAGE.data_uri not in said


def test_a_long_list_of_models_is_read_to_its_end() -> None:
    """OpenRouter's is half a megabyte; of one that is cut nothing can be read."""
    names = [f"maker/model-{number}-{'x' * 200}" for number in range(2000)] + ["maker/wanted"]

    def handler(sent: httpx.Request) -> httpx.Response:
        if sent.method == "GET":
            return httpx.Response(200, json={"data": [{"id": name} for name in names]})
        return httpx.Response(404, json={"error": {"message": "model not found", "code": "model_not_found"}})

    with pytest.raises(ServerError, match="did you mean 'maker/wanted'"):
        list(Held(Endpoint(REMOTE, transport=httpx.MockTransport(handler)), request(model="maker/wantd")))


def test_a_whole_document_over_a_socket_counts_though_its_end_is_missing(
    ask: Ask, serve: Callable[[Script], RawServer]
) -> None:
    """All of the answer is there: asked for again, it would be paid for again."""
    whole = b'{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}'
    server = serve(lambda connection: connection.sendall(CHUNKED + chunked(whole)))
    events = ask(server.url)
    assert isinstance(events[-1], Finished)
    assert events[-1].reply.text == "Hello"
    assert server.connections == 1


def talk_in_pieces(connection: socket.socket) -> None:
    for piece in (PLAIN + HELLO, HELLO, END):
        connection.sendall(piece)
        time.sleep(0.1)


def test_a_listener_may_take_its_time_between_events(serve: Callable[[Script], RawServer]) -> None:
    """Stepping through a stream over several cells must not count as the server's silence."""
    timeouts = Timeouts(first_token=5, idle=0.3)

    def slowly() -> str:
        with Held(Endpoint(serve(talk_in_pieces).url, timeouts=timeouts), request()) as events:
            next(events)
            time.sleep(0.5)
            list(events)
            return events.reply.text

    async def slowly_async() -> str:
        async with AsyncHeld(Endpoint(serve(talk_in_pieces).url, timeouts=timeouts), request()) as events:
            await anext(events)
            await asyncio.sleep(0.5)
            async for _ in events:
                pass
            return events.reply.text

    assert slowly() == "HelloHello"
    assert asyncio.run(slowly_async()) == "HelloHello"
