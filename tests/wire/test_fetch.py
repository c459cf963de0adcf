"""A picture is fetched from public addresses only, and from nowhere else by any detour."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from vision_magic.errors import PictureError
from vision_magic.wire import fetch as room
from vision_magic.wire.fetch import Reach, fetch, is_public

trustme = pytest.importorskip("trustme")

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """A real TLS server on this machine, whose certificate is for example.test."""

    def __init__(self, folder: Path) -> None:
        self.hits: list[str] = []
        self.hosts: list[str] = []
        self.answer: Answer = picture(b"PNG data")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.hits.append(self.path)
                outer.hosts.append(self.headers["Host"])
                with contextlib.suppress(OSError):
                    outer.answer(self)

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        authority = trustme.CA()
        certificate = authority.issue_cert("example.test")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self.trust = ssl.create_default_context()
        authority.configure_trust(self.trust)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *arguments: None  # type: ignore[method-assign]  # who hangs up is no error
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"https://example.test:{self._server.server_port}"

    def reach(self, **more: Any) -> Reach:
        """Let the test reach this server under any name, as if 127.0.0.1 were public."""
        known: dict[str, Any] = {
            "resolve": lambda host, port: ["127.0.0.1"],
            "public": lambda address: address == "127.0.0.1",
            "verify": self.trust,
            "seconds": 5.0,
        }
        return Reach(**(known | more))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def picture(
    data: bytes, *, status: int = 200, kind: str = "image/png", length: int | None = None, **more: str
) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        if length != -1:
            handler.send_header("Content-Length", str(len(data) if length is None else length))
        for name, value in more.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def redirect(place: str) -> Answer:
    return picture(b"", status=302, Location=place)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    yield made
    made.close()


def test_a_picture_is_fetched_by_name_with_its_certificate_checked(site: Site) -> None:
    assert fetch(f"{site.url}/x.png?size=2", site.reach()) == b"PNG data"
    assert site.hits == ["/x.png?size=2"]
    assert site.hosts == [site.url.removeprefix("https://")]
    with pytest.raises(PictureError, match="could not be asked"):
        fetch(site.url.replace("example.test", "other.test"), site.reach())
    with pytest.raises(PictureError, match="could not be asked"):
        fetch(site.url, site.reach(verify=None))


def test_a_host_is_looked_up_once_and_the_connection_goes_where_it_was_looked_at(site: Site) -> None:
    """DNS rebinding: the second answer would lead into this machine."""
    answers = iter([["203.0.113.9"], ["127.0.0.1"]])
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with pytest.raises(PictureError):
        fetch(site.url, site.reach(resolve=resolve, public=lambda address: True, seconds=0.3))
    assert asked == ["example.test"]
    assert site.hits == []


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
        ),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "240.0.0.1", "255.255.255.255"),
        *("::ffff:169.254.169.254", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "not an address", ""),
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.1", "2130706433", "0x7f.1", "localhost", "localhost.", "[::1]", "[::ffff:127.0.0.1]", "0"]
)
def test_no_spelling_of_this_machine_is_fetched(host: str, site: Site) -> None:
    port = site.url.rpartition(":")[2]
    with pytest.raises(PictureError, match="not on the public network|could not be found"):
        fetch(f"https://{host}:{port}/", Reach(seconds=2))
    assert site.hits == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(site: Site) -> None:
    with pytest.raises(PictureError, match=r"evil\.test is at 127\.0\.0\.1"):
        fetch("https://evil.test/", Reach(resolve=lambda host, port: ["8.8.8.8", "127.0.0.1"]))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://example.org/x.png", "only https"),
        ("file:///etc/passwd", "only https"),
        ("ftp://example.org/x", "only https"),
        ("gopher://example.org", "only https"),
        ("data:image/png;base64,AAAA", "only https"),
        ("https://user:word@example.org/", "user or password"),
        ("https://example.org:0/", "port 0"),
        ("https://example.org:99999/", "no address"),
        ("https://[", "no address"),
        ("//example.org", "only https"),
        ("", "only https"),
    ],
)
def test_an_address_of_another_kind_is_refused_before_anything_is_asked(address: str, said: str) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(PictureError, match=said):
        fetch(address, Reach(resolve=resolve))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("https://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("http://example.test/", "only https"),
        ("file:///etc/passwd", "only https"),
        ("/again", "redirected more than 3 times"),
    ],
)
def test_a_redirection_is_checked_like_the_first_address(place: str, said: str, site: Site) -> None:
    site.answer = redirect(place)

    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "example.test" else [host]

    with pytest.raises(PictureError, match=said):
        fetch(site.url, site.reach(resolve=resolve))
    assert len(site.hits) == (4 if place == "/again" else 1)


def test_a_redirection_to_a_good_place_is_followed(site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        (picture(b"there") if handler.path == "/there" else redirect("/there"))(handler)

    site.answer = answer
    assert fetch(f"{site.url}/here", site.reach()) == b"there"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(picture(b"x", status=404), "status 404", id="not there"),
        pytest.param(picture(b"x", kind="text/html"), "is text/html; expected", id="a page"),
        pytest.param(picture(b"x", kind="application/octet-stream"), "octet-stream; expected", id="bytes"),
        pytest.param(picture(b"x", kind="image/svg+xml"), "svg", id="SVG"),
        pytest.param(picture(b"x", Content_Encoding="gzip"), "packed", id="gzip"),
        pytest.param(picture(b"x", length=10**9), "over 10.0 MB", id="says it is too large"),
        pytest.param(picture(b"x" * 12_000_000, length=-1), "over 10.0 MB", id="is too large"),
        pytest.param(picture(b"x", length=500), "could not be asked", id="breaks off"),
    ],
)
def test_an_answer_that_is_no_picture_is_refused(answer: Answer, said: str, site: Site) -> None:
    site.answer = answer
    with pytest.raises(PictureError, match=said):
        fetch(f"{site.url}/x.png?token=secret", site.reach())


def test_a_server_that_drips_is_stopped(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        picture(b"", length=5000)(handler)
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    site.answer = drip
    started = time.monotonic()
    with pytest.raises(PictureError, match="in time"):
        fetch(site.url, site.reach(seconds=0.5))
    assert time.monotonic() - started < 3


def test_a_look_up_that_hangs_is_left_behind() -> None:
    released = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        released.wait(5)
        return []

    with pytest.raises(PictureError, match="could not be found in time"):
        fetch("https://example.test", Reach(resolve=resolve, seconds=0.1))
    released.set()


def test_no_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert fetch(site.url, site.reach()) == b"PNG data"


def test_what_is_fetched_is_opened_like_any_file(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from PIL import Image

    import vision_magic as vm

    buffer = io.BytesIO()
    Image.new("RGB", (31, 17), "red").save(buffer, "PNG")
    site.answer = picture(buffer.getvalue())
    monkeypatch.setattr(room, "Reach", site.reach)
    image = vm.url(site.url, fetch=True)
    assert isinstance(image, vm.Image)
    assert (image.width, image.height) == (31, 17)
    site.answer = picture(b"no picture")
    with pytest.raises(PictureError, match="not a picture"):
        vm.url(site.url, fetch=True)
