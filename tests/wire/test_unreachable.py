"""Connections that fail: the certificate, the proxy, the name or the port is named, with the next step.

Real sockets and certificates on loopback; names outside are reached through a proxy of the test.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.servers import END, chunk
from tests.wire.conftest import request
from tests.wire.held import AsyncHeld, Held
from vision_magic.errors import ConnectionFailed, SettingsError, VisionError, WireError
from vision_magic.wire.endpoint import Endpoint
from vision_magic.wire.steps import TransportFailure
from vision_magic.wire.unreachable import as_failure, error_for

Handler = Callable[[socket.socket], None]
Serve = Callable[..., int]
Ask = Callable[[str], str]

GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + chunk("Hello") + END
HOST = "api.example"
PASSWORD = "hunter2hunter2"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a function that starts a server on loopback and returns its port; with a context, it speaks TLS."""
    listeners: list[socket.socket] = []

    def start(handler: Handler, context: ssl.SSLContext | None = None) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=_accept, args=(listener, handler, context), daemon=True).start()
        return int(listener.getsockname()[1])

    yield start
    for listener in listeners:
        listener.close()


def _accept(listener: socket.socket, handler: Handler, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_handle, args=(connection, handler, context), daemon=True).start()


def _handle(connection: socket.socket, handler: Handler, context: ssl.SSLContext | None) -> None:
    try:
        connection.settimeout(10)
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        handler(connection)
    except OSError:
        pass
    finally:
        connection.close()


def received(connection: socket.socket) -> bytes:
    """Return a request: its head, and a body of the length that it states."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < sum(sizes):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answers(data: bytes) -> Handler:
    def handler(connection: socket.socket) -> None:
        received(connection)
        connection.sendall(data)

    return handler


def tunnel_to(port: int, seen: list[bytes] | None = None) -> Handler:
    """Return a proxy that connects every CONNECT to a port of this machine."""

    def handler(connection: socket.socket) -> None:
        head = received(connection)
        if seen is not None:
            seen.append(head)
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as target:
            back = threading.Thread(target=_copy, args=(target, connection), daemon=True)
            back.start()
            _copy(connection, target)
            back.join(10)

    return handler


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def tls_for(authority: trustme.CA, *names: str, **more: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **more).configure_cert(context)
    return context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA(organization_name="A Company")


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "company.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture(params=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Ask:
    return _ask if request.param == "sync" else _ask_async


def _ask(url: str) -> str:
    with Held(Endpoint(url), request()) as events:
        list(events)
        return events.reply.text


def _ask_async(url: str) -> str:
    async def run() -> str:
        async with AsyncHeld(Endpoint(url), request()) as events:
            async for _ in events:
                pass
            return events.reply.text

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vision_magic.wire.exchange.retry_delay", lambda *_: 0.0)


def failed(ask: Ask, url: str, *phrases: str) -> WireError:
    with pytest.raises(ConnectionFailed) as caught:
        ask(url)
    said = str(caught.value)
    assert "\n" not in said
    assert PASSWORD not in said
    for phrase in phrases:
        assert phrase in said
    return caught.value


# -- certificates ----------------------------------------------------------------------------------------------


def test_d8_a_certificate_of_a_company_is_named_and_trusted_once_a_variable_names_it(
    ask: Ask, serve: Serve, authority: trustme.CA, trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://127.0.0.1:{serve(answers(GOOD), tls_for(authority, '127.0.0.1'))}/v1"
    error = failed(ask, url, "certificate", "not trusted", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
    assert not error.retryable
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, trusted)  # in the same session, after the first call
        assert ask(url) == "Hello"
        monkeypatch.delenv(name)
        failed(ask, url, "certificate")


def test_d8_the_variable_that_is_in_force_is_named(
    ask: Ask, serve: Serve, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    url = f"https://127.0.0.1:{serve(answers(GOOD), tls_for(authority, '127.0.0.1'))}/v1"
    failed(ask, url, "Trusted now is what REQUESTS_CA_BUNDLE names")


def test_d8_a_certificate_of_another_host_is_named(
    ask: Ask, serve: Serve, authority: trustme.CA, trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    url = f"https://127.0.0.1:{serve(answers(GOOD), tls_for(authority, 'other.example'))}/v1"
    error = failed(ask, url, "belongs to another host", "base URL")
    assert "SSL_CERT_FILE" not in str(error)


def test_d8_an_expired_certificate_is_named(
    ask: Ask, serve: Serve, authority: trustme.CA, trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    past = datetime.now(UTC) - timedelta(days=3)
    context = tls_for(authority, "127.0.0.1", not_before=past - timedelta(days=3), not_after=past)
    failed(ask, f"https://127.0.0.1:{serve(answers(GOOD), context)}/v1", "has expired", "clock")


def test_d8_a_variable_that_names_no_file_is_an_error_of_ours(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/missing.pem")
    with pytest.raises(SettingsError, match=r"SSL_CERT_FILE names '/missing.pem', which does not exist"):
        ask("https://127.0.0.1:9/v1")


# -- http and https --------------------------------------------------------------------------------------------


def test_d8_https_at_a_port_of_http_is_named(ask: Ask, serve: Serve) -> None:
    def refuse(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.0 400 Bad request syntax\r\n\r\n")

    error = failed(
        ask, f"https://127.0.0.1:{serve(refuse)}/v1", "does not speak https", "begin the base URL with http://"
    )
    assert not error.retryable
    failed(
        ask,
        f"https://127.0.0.1:{serve(lambda connection: connection.recv(65536))}/v1",
        "https",
        "begin the base URL with http://",
    )


def test_d8_http_at_a_port_of_https_is_named(ask: Ask, serve: Serve, authority: trustme.CA) -> None:
    failed(
        ask,
        f"http://127.0.0.1:{serve(answers(GOOD), tls_for(authority, '127.0.0.1'))}/v1",
        "begin the base URL with https://",
    )


def test_d8_a_tls_alert_in_answer_to_http_is_named(ask: Ask, serve: Serve) -> None:
    url = f"http://127.0.0.1:{serve(answers(bytes([21, 3, 3, 0, 2, 2, 70])))}/v1"
    with pytest.raises(WireError, match="begin the base URL with https://"):
        ask(url)


# -- names and ports -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("port", "starter"),
    [(11434, "ollama serve"), (1234, "lms server start"), (8080, "llama-server"), (8000, "vllm serve")],
)
def test_d8_a_local_server_that_is_not_running_is_named_by_what_starts_it(port: int, starter: str) -> None:
    failure = TransportFailure("connect", "Connection refused", "refused")
    error = error_for(failure, host=f"127.0.0.1:{port}", base_url=f"http://127.0.0.1:{port}/v1", waited=0)
    assert f"`{starter}" in str(error)
    assert "Is the server running" in str(error)
    assert not error.retryable


def test_d8_a_port_where_nobody_listens_is_named(ask: Ask) -> None:
    said = ("127.0.0.1:9 could not be reached (connection refused)", "one that %vision shows, with %vision use NAME")
    failed(ask, "http://127.0.0.1:9/v1", *said)


def test_d8_a_name_that_does_not_exist_is_named(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failed(ask, "https://api.exmaple/v1", "api.exmaple", "cannot be resolved", "spelling")


# -- proxies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], str]:
    """Return a function that sets the proxy for https to a port of this machine, with a password."""

    def use(port: int) -> str:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PASSWORD}@127.0.0.1:{port}")
        return f"https://{HOST}/v1"

    return use


def test_d8_a_proxy_is_used_with_its_password(
    ask: Ask,
    serve: Serve,
    authority: trustme.CA,
    trusted: str,
    through: Callable[[int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    seen: list[bytes] = []
    target = serve(answers(GOOD), tls_for(authority, HOST))
    url = through(serve(tunnel_to(target, seen)))
    assert ask(url) == "Hello"
    assert seen[0].startswith(b"CONNECT api.example:443")
    assert b"proxy-authorization: basic" in seen[0].lower()


def test_d8_a_variable_that_is_changed_after_the_first_call_is_read_anew(
    ask: Ask,
    serve: Serve,
    authority: trustme.CA,
    trusted: str,
    through: Callable[[int], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    url = through(9)
    failed(ask, url, "proxy")
    through(serve(tunnel_to(serve(answers(GOOD), tls_for(authority, HOST)))))
    assert ask(url) == "Hello"


def test_d8_a_proxy_that_is_down_is_named(ask: Ask, through: Callable[[int], str]) -> None:
    failed(ask, through(9), "The proxy http://127.0.0.1:9 of HTTPS_PROXY could not be reached", "NO_PROXY")


def test_d8_a_proxy_that_wants_a_password_is_named(ask: Ask, serve: Serve, through: Callable[[int], str]) -> None:
    refusal = answers(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    error = failed(ask, through(serve(refusal)), "HTTPS_PROXY asks for a user name and password", "407")
    assert not error.retryable


@pytest.mark.parametrize("status", ["403 Forbidden", "502 Bad Gateway", "503 Service Unavailable"])
def test_d8_a_proxy_that_refuses_is_named(ask: Ask, serve: Serve, through: Callable[[int], str], status: str) -> None:
    refusal = answers(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    error = failed(ask, through(serve(refusal)), "refused to connect to api.example", status, "HTTPS_PROXY")
    assert error.retryable is (status[0] == "5")


@pytest.mark.parametrize(
    "handler",
    [
        pytest.param(lambda connection: None, id="closes"),
        pytest.param(answers(b"SSH-2.0-OpenSSH\r\n\r\n"), id="another protocol"),
        pytest.param(answers(b""), id="says nothing"),
        pytest.param(tunnel_to(9), id="target is down"),
    ],
)
def test_d8_a_proxy_that_breaks_off_is_an_error_of_ours(
    ask: Ask, serve: Serve, through: Callable[[int], str], handler: Handler
) -> None:
    url = through(serve(handler))
    with pytest.raises(WireError) as caught:
        ask(url)
    assert "HTTPS_PROXY" in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_d8_a_certificate_that_a_proxy_shows_is_named(
    ask: Ask, serve: Serve, authority: trustme.CA, through: Callable[[int], str]
) -> None:
    url = through(serve(tunnel_to(serve(answers(GOOD), tls_for(authority, HOST)))))
    failed(ask, url, "through the proxy", "HTTPS_PROXY", "company's proxy", "SSL_CERT_FILE")


def test_d8_an_address_in_no_proxy_goes_past_the_proxy(
    ask: Ask, through: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    through(9)
    monkeypatch.setenv("NO_PROXY", "::1,[::1],fe80::/10,127.0.0.0/8,.invalid")

    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failed(ask, "https://host.invalid/v1", "host.invalid cannot be resolved")  # the name was looked up here
    failed(ask, f"https://{HOST}/v1", "proxy")


@pytest.mark.parametrize("address", ["ftp://me:hunter2hunter2@x", "http://me:hunter2hunter2@x:port", "http://["])
def test_d8_what_is_not_a_proxy_is_an_error_of_ours(ask: Ask, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address)
    with pytest.raises(SettingsError, match="HTTPS_PROXY holds") as caught:
        ask(f"https://{HOST}/v1")
    assert PASSWORD not in str(caught.value)
    monkeypatch.setenv("NO_PROXY", HOST)
    with pytest.raises(VisionError) as caught_again:
        ask(f"https://{HOST}:9/v1")
    assert "HTTPS_PROXY" not in str(caught_again.value).replace("set HTTPS_PROXY", "")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_d8_a_socks_proxy_without_its_package_is_named(ask: Ask, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", f"{scheme}://me:{PASSWORD}@127.0.0.1:9")
    with pytest.raises(SettingsError, match=r"ALL_PROXY is a SOCKS proxy.*httpx\[socks\]") as caught:
        ask(f"https://{HOST}/v1")
    assert PASSWORD not in str(caught.value)


# -- classification --------------------------------------------------------------------------------------------


def test_d8_the_cause_is_found_below_groups_and_chains() -> None:
    inner = ConnectionRefusedError(111, "Connection refused")
    outer = OSError("All connection attempts failed")
    outer.__cause__ = ExceptionGroup("attempts", [OSError("unreachable"), inner])
    assert as_failure(outer).cause == "refused"
    loop = OSError("")
    loop.__context__ = OSError("")
    loop.__context__.__context__ = loop
    assert as_failure(loop) == TransportFailure("cut", "OSError")


@pytest.mark.parametrize("kind", ["connect", "timeout", "cut", "garbled"])
@pytest.mark.parametrize("cause", ["", "certificate", "plain", "tls", "host", "refused", "proxy"])
@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9 of HTTPS_PROXY", "https://p.example of https_proxy"])
def test_d8_every_failure_is_one_line_with_a_next_step(kind: Any, cause: Any, proxy: str) -> None:
    failure = TransportFailure(kind, "words\nof sk-abcdefgh12345678", cause, proxy)
    for url in ("https://api.example/v1", "http://127.0.0.1:8000/v1"):
        said = str(error_for(failure, host="api.example", base_url=url, waited=1))
        assert "\n" not in said
        assert "sk-abcdefgh" not in said
        assert said.endswith((".", "?"))
