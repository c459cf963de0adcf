"""Downloads of pictures: accepted and refused responses, and data that is never sent."""

from __future__ import annotations

import contextlib
import gzip
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import pytest
import trustme
from PIL import Image as PILImage

from tests.servers import interrupt_main_thread
from vision_magic.errors import ImageError, SettingsError
from vision_magic.images.image import Image
from vision_magic.session.url import url
from vision_magic.wire import fetch as fetch_module
from vision_magic.wire.fetch import fetch

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
LOOPBACK = "127.0.0.1"

Answer = Callable[[str], Iterable[bytes]]


def answer(body: bytes = PICTURE, *, status: int = 200, length: int | None = None, **headers: str) -> bytes:
    """Return a whole response; a header's ``_`` is a ``-``."""
    given = {"Content_Type": "image/png", "Content_Length": str(len(body) if length is None else length), **headers}
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", status=status, Location=location)


class Site:
    """Answers on loopback, byte for byte, and counts its visitors; `tls` is None for plain http."""

    def __init__(self, answers: Answer | bytes, tls: ssl.SSLContext | None) -> None:
        self._answers: Answer = answers if callable(answers) else lambda _path: [answers]
        self._tls = tls
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self.hits = 0
        self.heads: list[str] = []
        self.hung_up = threading.Event()

    def url(self, path: str = "/picture.png", *, scheme: str = "https", host: str = LOOPBACK) -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.hits += 1
                threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        try:
            with connection:
                if self._tls is None:
                    self._speak(connection)
                else:
                    with self._tls.wrap_socket(connection, server_side=True) as wrapped:
                        self._speak(wrapped)
        except OSError:
            self.hung_up.set()

    def _speak(self, connection: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            data = connection.recv(65536)
            if not data:
                return
            head += data
        self.heads.append(head.decode())
        for piece in self._answers(head.decode().split(" ")[1]):
            connection.sendall(piece)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # Linux wakes no accept for a close
        self._listener.close()
        self._thread.join(1)


MakeSite = Callable[[Answer | bytes], Site]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the authority of the sites, and check their certificates as any other."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    monkeypatch.setattr(fetch_module, "tls", lambda: context)


@pytest.fixture
def untrusted_site(authority: trustme.CA) -> MakeSite:
    """Make a site for https with a certificate for 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(LOOPBACK).configure_cert(context)
    return lambda answers: Site(answers, context)


@pytest.fixture
def https_site(untrusted_site: MakeSite, trusted: None) -> MakeSite:
    return untrusted_site


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> float:
    """Give everything a third of a second: a busy machine connects in it."""
    monkeypatch.setattr(fetch_module, "_SECONDS", 0.3)
    return 0.3


def refused(address: str, match: str) -> str:
    """Return the message with which an address is refused."""
    with pytest.raises(ImageError, match=match) as caught:
        fetch(address)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


# --- What is fetched


def test_a_picture_is_fetched_and_nothing_but_its_address_is_sent(https_site: MakeSite) -> None:
    with https_site(answer()) as site:
        assert fetch(site.url("/a.png?size=9#top")) == PICTURE
    first, *fields = site.heads[0].rstrip().split("\r\n")
    assert first == "GET /a.png?size=9 HTTP/1.1"
    sent = dict(field.lower().split(": ", 1) for field in fields)
    assert sent.keys() == {"host", "accept", "accept-encoding", "user-agent"}
    assert (sent["host"], sent["accept-encoding"]) == (f"{LOOPBACK}:{site.port}", "identity")


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(https_site: MakeSite) -> None:
    with https_site(answer()) as site:
        refused(site.url(host="localhost"), "certificate")
    assert site.heads == []


def test_a_certificate_that_nobody_signed_is_refused(untrusted_site: MakeSite) -> None:
    with untrusted_site(answer()) as site:
        refused(site.url(), "certificate")
    assert site.heads == []


@pytest.mark.parametrize(
    "kind", ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff", "Image/PNG; charset=x"]
)
def test_every_kind_of_picture_comes(kind: str, https_site: MakeSite) -> None:
    with https_site(answer(Content_Type=kind)) as site:
        assert fetch(site.url()) == PICTURE


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
def test_the_environments_proxies_and_passwords_are_not_used(
    name: str, https_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {LOOPBACK} login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Site(answer(b"from the proxy"), None) as proxy, https_site(answer()) as site:
        monkeypatch.setenv(name, proxy.url(scheme="http"))
        assert fetch(site.url()) == PICTURE
    assert proxy.hits == 0
    assert "authorization" not in site.heads[0].lower()


def test_what_is_fetched_is_opened_like_any_file(https_site: MakeSite) -> None:
    buffer = io.BytesIO()
    PILImage.new("RGB", (31, 17), "red").save(buffer, "PNG")
    with https_site(lambda path: [answer(buffer.getvalue() if path == "/a.png" else b"none")]) as site:
        image = url(site.url("/a.png"), fetch=True)
        assert isinstance(image, Image)
        assert (image.width, image.height) == (31, 17)
        with pytest.raises(ImageError, match="decoded as a picture"):
            url(site.url("/b.png"), fetch=True)


# --- Which addresses are refused


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://a.test/a.png",
        "gopher://a.test",
        "data:image/png;base64,iVBOR",
        "javascript:alert(1)",
        "a.test/a.png",
        "//a.test/a.png",
        " https://a.test/",
        "",
        "http://a.test/a.png",
        "http://127.0.0.1/",
        "https://",
        "https://a.test:port/",
        "https:///a.png",
    ],
)
def test_only_https_is_fetched(address: str) -> None:
    message = refused(address, r"expected https://host/path\..*pathlib\.Path")
    assert "passwd" not in message
    assert "iVBOR" not in message


def test_plain_http_is_not_asked() -> None:
    with Site(answer(), None) as site:
        refused(site.url(scheme="http"), "scheme 'http'")
    assert site.hits == 0


@pytest.mark.parametrize("user", ["me:secret", "secret", ":secret"])
def test_an_address_with_a_user_is_refused_and_not_quoted(user: str) -> None:
    message = refused(f"https://{user}@pictures.test/a.png?key=secret", "user name or password")
    assert "secret" not in message


@pytest.mark.parametrize(
    "host", ["nowhere.invalid", ".pictures.invalid", "pictures..invalid", f"{'a' * 64}.invalid", "a." + "b." * 130]
)
def test_a_host_that_is_not_found_says_so(host: str) -> None:
    message = refused(f"https://{host}/a.png?token=hidden", "could not be|cannot be parsed")
    assert "hidden" not in message


def test_a_server_that_is_not_there_says_so(https_site: MakeSite) -> None:
    with https_site(answer()) as site:
        pass
    refused(site.url(), "could not be reached; check the host name and the network")


# --- Redirects


@pytest.mark.parametrize(
    ("location", "match"),
    [
        pytest.param("http://public.test/", "redirects to an address that has the scheme 'http'", id="http"),
        pytest.param("file:///etc/passwd", "'file'", id="file"),
        pytest.param("data:image/png;base64,iVBOR", "'data'", id="data"),
        pytest.param("https://me:secret@public.test/", "user name", id="user"),
        pytest.param("https://ⓛ.test/", "cannot be parsed|could not be", id="no address"),
        pytest.param("https://a\tb/", "cannot be parsed|could not be", id="control character"),
    ],
)
def test_a_redirect_is_checked_like_an_address(location: str, match: str, https_site: MakeSite) -> None:
    with https_site(redirect(location)) as site:
        message = refused(site.url("/a.png?key=hidden"), match)
    assert site.hits == 1
    assert "secret" not in message
    assert "hidden" not in message


def test_a_redirect_from_https_to_http_is_refused(https_site: MakeSite) -> None:
    with Site(answer(), None) as plain, https_site(redirect(plain.url(scheme="http"))) as site:
        refused(site.url(), "scheme 'http'; expected https://host/path")
    assert (site.hits, plain.hits) == (1, 0)


def test_a_circle_of_redirects_is_left(https_site: MakeSite) -> None:
    with https_site(redirect("/picture.png")) as site:
        refused(site.url(), "the limit is 3")
    assert len(site.heads) == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_three_redirects_are_followed_without_their_cookies(status: int, https_site: MakeSite) -> None:
    def answers(path: str) -> Iterator[bytes]:
        step = int(path[1:])
        given = {"Location": f"{step + 1}", "Set_Cookie": "track=me"}
        yield answer() if step == 3 else answer(b"", status=status, **given)

    with https_site(answers) as site:
        assert fetch(site.url("/0")) == PICTURE
    assert len(site.heads) == 4
    assert "cookie" not in "".join(site.heads).lower()


# --- What arrives


@pytest.mark.parametrize(
    ("response", "match"),
    [
        pytest.param(answer(Content_Type="text/html"), "'text/html'", id="page"),
        pytest.param(answer(Content_Type="image/svg+xml"), "'image/svg", id="SVG"),
        pytest.param(answer(Content_Type="application/octet-stream"), "'application/octet-stream'", id="any bytes"),
        pytest.param(answer(Content_Type="text/html\r\nContent-Type: image/png"), "'text/html, image/png'", id="both"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "content type ''", id="no type"),
        pytest.param(answer(status=404), "status 404", id="not found"),
        pytest.param(answer(status=206), "status 206", id="a part"),
        pytest.param(answer(status=302), "status 302", id="redirect to nowhere"),
        pytest.param(answer(status=401, WWW_Authenticate="Basic"), "status 401", id="password wanted"),
        pytest.param(answer(gzip.compress(PICTURE), Content_Encoding="gzip"), "compressed as 'gzip'", id="gzip"),
        pytest.param(answer(Content_Encoding="x-own"), "compressed as 'x-own'", id="own packing"),
        pytest.param(answer(length=len(PICTURE) + 1), "could not be downloaded", id="truncated"),
        pytest.param(
            answer(b"3\r\nabc\r\n", Transfer_Encoding="chunked"), "could not be downloaded", id="truncated chunks"
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "could not be downloaded", id="no HTTP"),
        pytest.param(b"", "could not be downloaded", id="nothing"),
        pytest.param(answer(length=10**30), "could not be downloaded", id="declared anything"),
        pytest.param(answer(length=-1), "could not be downloaded", id="declared less than nothing"),
    ],
)
def test_an_answer_that_is_no_picture_is_refused(response: bytes, match: str, https_site: MakeSite) -> None:
    with https_site(response) as site:
        message = refused(site.url("/picture.png?key=hidden"), match)
    assert "/picture.png'" in message
    assert "hidden" not in message
    assert "OpenSSH" not in message
    assert message.endswith("Download the picture yourself and pass pathlib.Path(…).")


def test_a_body_without_end_is_stopped_at_ten_megabytes(https_site: MakeSite) -> None:
    sent = 0

    def answers(_path: str) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
        while True:
            sent += 500_000
            yield bytes(500_000)

    with https_site(answers) as site:
        refused(site.url(), "is larger than 10.0 MB")
        assert site.hung_up.wait(1)
    assert sent < 30_000_000  # what the sockets' buffers took is among it


def test_ten_megabytes_come(https_site: MakeSite) -> None:
    with https_site(answer(bytes(10_000_000))) as site:
        assert len(fetch(site.url())) == 10_000_000


# --- Time


def drip(*pieces: bytes) -> Answer:
    """Return an answer that continues a byte at a time: no pause of it is long."""

    def answers(_path: str) -> Iterator[bytes]:
        yield from pieces
        for _ in range(250):
            time.sleep(0.02)
            yield b"x"

    return answers


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\n"), id="body"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nX-Long: "), id="headers"),
    ],
)
def test_a_drip_is_stopped(answers: Answer, hurry: float, https_site: MakeSite) -> None:
    started = time.monotonic()
    with https_site(answers) as site:
        refused(site.url(), "in time")
        assert hurry * 0.9 < time.monotonic() - started < 0.9
        assert site.hung_up.wait(1)


@pytest.mark.usefixtures("hurry", "trusted")
def test_a_server_that_never_shakes_hands_is_left() -> None:
    with Site(b"", None) as site:  # it waits for a request, in vain
        refused(site.url(), "in time")


@pytest.mark.usefixtures("hurry")
def test_redirects_share_one_time_limit(https_site: MakeSite) -> None:
    def answers(_path: str) -> Iterator[bytes]:
        time.sleep(0.12)
        yield redirect("/again")

    with https_site(answers) as site:
        refused(site.url(), "in time")
    assert len(site.heads) < 4


def test_an_interrupt_stops_it(https_site: MakeSite) -> None:
    """The Stop button works while a server is slow."""
    with https_site(drip(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")) as site:
        threads = threading.active_count()

        def interrupt_when_asked() -> None:
            while not site.heads:  # before, an interrupt could meet an import or a finalizer
                time.sleep(0.01)
            interrupt_main_thread()

        thread = threading.Thread(target=interrupt_when_asked, daemon=True)
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            fetch(site.url())
        thread.join()
        assert site.hung_up.wait(1)
    assert threading.active_count() <= threads


def test_d8_a_variable_that_names_no_certificates_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/missing.pem")
    with pytest.raises(SettingsError, match=r"SSL_CERT_FILE names '/missing\.pem'"):
        fetch("https://127.0.0.1:9/a.png")
