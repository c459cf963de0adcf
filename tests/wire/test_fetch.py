"""Pictures from addresses: what is fetched, what is refused, and that nothing else is ever asked."""

from __future__ import annotations

import contextlib
import gzip
import io
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from PIL import Image as PILImage

from tests.servers import interrupt_main_thread
from vision_magic.errors import ImageError
from vision_magic.images.image import Image
from vision_magic.session.url import url
from vision_magic.wire import fetch as fetch_module
from vision_magic.wire.fetch import fetch

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
PUBLIC = "93.184.216.34"
LOOPBACK = "127.0.0.1"

Answer = Callable[[str], Iterable[bytes]]


def answer(body: bytes = PICTURE, *, status: int = 200, length: int | None = None, **headers: str) -> bytes:
    """Return a whole response; a header's ``_`` is a ``-``."""
    given = {"Content_Type": "image/png", "Content_Length": str(len(body) if length is None else length), **headers}
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name.replace('_', '-')}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Site:
    """Answers on loopback as it is told, byte for byte, and counts who comes."""

    def __init__(self, answers: Answer | bytes = b"", *, tls: ssl.SSLContext | None = None) -> None:
        self._answers: Answer = answers if callable(answers) else lambda _path: [answers]
        self._tls = tls
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port = self._listener.getsockname()[1]
        self.hits = 0
        self.heads: list[str] = []
        self.hung_up = threading.Event()

    def url(self, path: str = "/picture.png") -> str:
        return f"http://{LOOPBACK}:{self.port}{path}"

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


class Names:
    """A table of hosts; each look-up takes the next answer, and the last one stays."""

    def __init__(self, **hosts: list[list[str]]) -> None:
        self._hosts = {name.replace("_", "."): answers for name, answers in hosts.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        answers = self._hosts.get(host, [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Net:
    """The internet of a test: connections to an IP address end at a site on loopback, or nowhere."""

    def __init__(self) -> None:
        self.sites: dict[str, Site] = {}
        self.connected: list[tuple[str, int]] = []
        self._connect = socket.create_connection

    def __call__(self, address: tuple[str, int], timeout: Any = None, **options: Any) -> socket.socket:
        self.connected.append(address)
        ipaddress.ip_address(address[0])  # a name here would be a second look-up
        if address[0] in self.sites:
            address = (LOOPBACK, self.sites[address[0]].port)
        elif address[0] != LOOPBACK:
            raise ConnectionRefusedError(f"no way to {address}")
        return self._connect(address, timeout, **options)


@pytest.fixture(autouse=True)
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    made = Net()
    monkeypatch.setattr(socket, "create_connection", made)
    return made


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch) -> float:
    """Give everything a third of a second: a busy machine connects in it."""
    monkeypatch.setattr(fetch_module, "_SECONDS", 0.3)
    return 0.3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate for ``pictures.test`` and its key."""
    program = shutil.which("openssl")
    if program is None:
        # A program and no library of ours; what does not need TLS is tested without it.
        pytest.skip("openssl, which makes the certificate, is not here")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    new = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=pictures.test", "-addext", "subjectAltName=DNS:pictures.test"]
    subprocess.run([program, *new, *name, "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@pytest.fixture
def server_tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the certificate, and check it as any other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certificate[0])
    monkeypatch.setattr(fetch_module, "tls", lambda: context)


def refused(address: str, match: str, **options: Any) -> str:
    """Return the words with which an address is refused."""
    with pytest.raises(ImageError, match=match) as caught:
        fetch(address, **options)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


def refused_here(site: Site, match: str, path: str = "/picture.png") -> str:
    return refused(site.url(path), match, allow_loopback_http=True)


# --- What is fetched


@pytest.mark.usefixtures("trusted")
def test_a_picture_comes_over_tls_from_the_address_that_was_judged(net: Net, server_tls: ssl.SSLContext) -> None:
    asked_for: list[str | None] = []
    server_tls.sni_callback = lambda _socket, name, _context: asked_for.append(name)
    names = Names(pictures_test=[[PUBLIC, "2606:4700::1111"]])
    with Site(answer(), tls=server_tls) as site:
        net.sites[PUBLIC] = site
        assert fetch("https://pictures.test/a.png?size=9#top", resolve=names) == PICTURE
    assert names.asked == ["pictures.test"]
    assert net.connected == [(PUBLIC, 443)]
    assert asked_for == ["pictures.test"]
    first, *fields = site.heads[0].rstrip().split("\r\n")
    assert first == "GET /a.png?size=9 HTTP/1.1"
    sent = dict(field.lower().split(": ", 1) for field in fields)
    assert sent.keys() == {"host", "accept", "accept-encoding", "user-agent", "connection"}
    assert (sent["host"], sent["accept-encoding"]) == ("pictures.test", "identity")


@pytest.mark.usefixtures("trusted")
def test_a_port_and_a_final_dot_and_capitals_change_nothing(net: Net, server_tls: ssl.SSLContext) -> None:
    names = Names(pictures_test_=[[PUBLIC]])
    with Site(answer(), tls=server_tls) as site:
        net.sites[PUBLIC] = site
        assert fetch("HTTPS://Pictures.Test.:8443/a.png", resolve=names) == PICTURE
    assert net.connected == [(PUBLIC, 8443)]
    assert "Host: pictures.test.:8443\r\n" in site.heads[0]


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(net: Net, server_tls: ssl.SSLContext) -> None:
    with Site(answer(), tls=server_tls) as site:
        net.sites[PUBLIC] = site
        refused("https://other.test/a.png", "certificate", resolve=Names(other_test=[[PUBLIC]]))
    assert site.heads == []


def test_a_certificate_that_nobody_signed_is_refused(net: Net, server_tls: ssl.SSLContext) -> None:
    with Site(answer(), tls=server_tls) as site:
        net.sites[PUBLIC] = site
        refused("https://pictures.test/a.png", "certificate", resolve=Names(pictures_test=[[PUBLIC]]))
    assert site.heads == []


@pytest.mark.parametrize(
    "kind", ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff", "Image/PNG; charset=x"]
)
def test_every_kind_of_picture_comes(kind: str) -> None:
    with Site(answer(Content_Type=kind)) as site:
        assert fetch(site.url(), allow_loopback_http=True) == PICTURE


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"])
def test_the_environments_proxies_and_passwords_are_not_used(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {LOOPBACK} login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Site(answer(b"from the proxy")) as proxy, Site(answer()) as site:
        monkeypatch.setenv(name, f"http://{LOOPBACK}:{proxy.port}")
        assert fetch(site.url(), allow_loopback_http=True) == PICTURE
    assert proxy.hits == 0
    assert "authorization" not in site.heads[0].lower()


@pytest.mark.usefixtures("trusted")
def test_what_is_fetched_is_opened_like_any_file(
    net: Net, server_tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "_look_up", lambda host, port: [PUBLIC])
    buffer = io.BytesIO()
    PILImage.new("RGB", (31, 17), "red").save(buffer, "PNG")
    with Site(lambda path: [answer(buffer.getvalue() if path == "/a.png" else b"none")], tls=server_tls) as site:
        net.sites[PUBLIC] = site
        image = url("https://pictures.test/a.png", fetch=True)
        assert isinstance(image, Image)
        assert (image.width, image.height) == (31, 17)
        with pytest.raises(ImageError, match="decoded as a picture"):
            url("https://pictures.test/b.png", fetch=True)


# --- Where nobody goes


def test_a_host_that_changes_its_mind_is_looked_up_once(net: Net) -> None:
    """DNS rebinding, as in https://nvd.nist.gov/vuln/detail/CVE-2026-41488."""
    names = Names(evil_test=[[PUBLIC], [LOOPBACK]])
    with Site(answer()) as site:
        refused(f"https://evil.test:{site.port}/a.png", "not reached", resolve=names)
    assert (names.asked, net.connected, site.hits) == (["evil.test"], [(PUBLIC, site.port)], 0)


@pytest.mark.usefixtures("trusted")
def test_a_host_that_changes_its_mind_at_a_redirect_is_judged_again(net: Net, server_tls: ssl.SSLContext) -> None:
    names = Names(pictures_test=[[PUBLIC], [LOOPBACK]])
    with (
        Site(answer()) as inside,
        Site(answer(status=302, Location=f"//pictures.test:{inside.port}/"), tls=server_tls) as site,
    ):
        net.sites[PUBLIC] = site
        refused("https://pictures.test/a.png", LOOPBACK, resolve=names)
    assert (names.asked, inside.hits) == (["pictures.test"] * 2, 0)


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0x7f000001",
        "0",
        "0.0.0.0",
        "169.254.169.254",
        "[::1]",
        "[::]",
        "[::ffff:169.254.169.254]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[fe80::1%251]",
        "%31%32%37.0.0.1",
        "127.0.0.1\\.pictures.test",
        "１２７.0.0.1",
        "",
        "[",
        "pictures.test:0",
        "pictures.test:65616",
    ],
)
@pytest.mark.parametrize("plain", [False, True], ids=["strict", "seam"])
def test_an_odd_spelling_of_a_number_is_refused(host: str, plain: bool, net: Net) -> None:
    """The system's own look-up reads these, without a network; `ipaddress` knows only some."""
    refused(f"https://{host}/", "public host|not found|no host or port|cannot be read", allow_loopback_http=plain)
    assert net.connected == []


@pytest.mark.parametrize("host", ["localhost", "localhost.", "LOCALHOST", "localhost。", "bücher.test", "faß.test"])
def test_a_name_of_this_machine_is_refused(host: str, net: Net) -> None:
    refused(f"https://{host}/", LOOPBACK, resolve=lambda host, port: [LOOPBACK])
    assert net.connected == []


@pytest.mark.parametrize(
    "ip",
    [
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "172.16.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1%1",
        "fec0::1",
        "ff0e::1",
    ],
)
def test_an_address_inside_is_refused_even_beside_a_public_one(ip: str, net: Net) -> None:
    for answers in ([ip], [PUBLIC, ip]):
        refused("https://evil.test/", "public host", resolve=Names(evil_test=[answers]))
    assert net.connected == []


@pytest.mark.parametrize("ip", [PUBLIC, "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_a_public_address_is_tried(ip: str, net: Net) -> None:
    refused("https://pictures.test/", "not reached", resolve=Names(pictures_test=[[ip]]))
    assert [ipaddress.ip_address(host) for host, _port in net.connected] == [ipaddress.ip_address(ip)]


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
    ],
)
def test_only_https_is_fetched(address: str, net: Net) -> None:
    names = Names()
    words = refused(address, r"expected https://host/path\..*pathlib\.Path", resolve=names)
    assert (names.asked, net.connected) == ([], [])
    assert "passwd" not in words
    assert "iVBOR" not in words


def test_the_seam_lets_only_loopback_pass(net: Net) -> None:
    names = Names(a_test=[[PUBLIC]], b_test=[["10.0.0.1"]], c_test=[[LOOPBACK, PUBLIC]])
    for name in ("a", "b", "c"):
        refused(f"http://{name}.test/", "public host", resolve=names, allow_loopback_http=True)
    assert net.connected == []


@pytest.mark.parametrize("user", ["me:secret", "secret", ":secret", "a.test\\"])
def test_an_address_with_a_user_is_refused_and_not_quoted(user: str) -> None:
    words = refused(f"https://{user}@pictures.test/a.png?key=secret", "user name or password", resolve=Names())
    assert "secret" not in words
    assert "https://pictures.test/a.png" in words


def nobody(host: str, port: int) -> list[str]:
    raise socket.gaierror(-2, "Name or service not known")


@pytest.mark.parametrize("resolve", [nobody, lambda host, port: [], lambda host, port: ["no address"]])
def test_a_host_that_is_not_found_says_so(resolve: Any) -> None:
    words = refused(
        "https://nowhere.test/a.png?token=hidden", "'https://nowhere.test/a.png' .*not found", resolve=resolve
    )
    assert "hidden" not in words


@pytest.mark.parametrize("host", [".pictures.test", "pictures..test", ".", f"{'a' * 64}.test", "a.test." + "b." * 130])
def test_a_name_that_cannot_stand_in_tls_is_refused_before_it_is_looked_up(host: str, net: Net) -> None:
    names = Names()
    refused(f"https://{host}/", "no host or port|cannot be read", resolve=names)
    assert (names.asked, net.connected) == ([], [])


# --- Redirects


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", status=status, Location=location)


@pytest.mark.parametrize(
    ("location", "match"),
    [
        pytest.param("https://169.254.169.254/latest/meta-data/", "169.254.169.254", id="metadata"),
        pytest.param("https://127.0.0.1/", "public host", id="loopback"),
        pytest.param("http://public.test/", "public host", id="http"),
        pytest.param("http://10.0.0.1/", "public host", id="http inside"),
        pytest.param("file:///etc/passwd", "'file:'", id="file"),
        pytest.param("data:image/png;base64,iVBOR", "'data:'", id="data"),
        pytest.param("https://me:secret@public.test/", "user name", id="user"),
        pytest.param("https://ⓛ.test/", "no address|no host|cannot", id="no address"),
        pytest.param("https://a\tb/", "no address|no host|broke off", id="control character"),
    ],
)
def test_a_redirect_is_judged_like_an_address(location: str, match: str, net: Net) -> None:
    with Site(redirect(location)) as site:
        names = Names(public_test=[[PUBLIC]])
        refused(site.url(), match, resolve=names, allow_loopback_http=True)
    assert net.connected == [(LOOPBACK, site.port)]


@pytest.mark.usefixtures("trusted")
def test_a_redirect_from_https_to_http_is_refused(net: Net, server_tls: ssl.SSLContext) -> None:
    names = Names(pictures_test=[[PUBLIC]])
    with Site(redirect("http://pictures.test/a.png"), tls=server_tls) as site:
        net.sites[PUBLIC] = site
        refused("https://pictures.test/a.png", "'http:'", resolve=names)
    assert (names.asked, site.hits) == (["pictures.test"], 1)


def test_a_circle_of_redirects_is_left() -> None:
    with Site(redirect("/picture.png")) as site:
        refused_here(site, "at most 3")
    assert site.hits == 4


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_three_redirects_are_followed_without_their_cookies(status: int) -> None:
    def answers(path: str) -> Iterator[bytes]:
        step = int(path[1:])
        given = {"Location": f"{step + 1}", "Set_Cookie": "track=me"}
        yield answer() if step == 3 else answer(b"", status=status, **given)

    with Site(answers) as site:
        assert fetch(site.url("/0"), allow_loopback_http=True) == PICTURE
    assert site.hits == 4
    assert "cookie" not in "".join(site.heads).lower()


# --- What arrives


@pytest.mark.parametrize(
    ("response", "match"),
    [
        pytest.param(answer(Content_Type="text/html"), "'text/html'", id="page"),
        pytest.param(answer(Content_Type="image/svg+xml"), "'image/svg", id="SVG"),
        pytest.param(answer(Content_Type="application/octet-stream"), "'application/octet-stream'", id="any bytes"),
        pytest.param(answer(Content_Type="text/html\r\nContent-Type: image/png"), "'text/html, image/png'", id="both"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "holds ''", id="no type"),
        pytest.param(answer(status=404), "status 404", id="not found"),
        pytest.param(answer(status=206), "status 206", id="a part"),
        pytest.param(answer(status=302), "status 302", id="redirect to nowhere"),
        pytest.param(answer(status=401, WWW_Authenticate="Basic"), "status 401", id="password wanted"),
        pytest.param(answer(gzip.compress(PICTURE), Content_Encoding="gzip"), "packed as 'gzip'", id="gzip"),
        pytest.param(answer(Content_Encoding="x-own"), "packed as 'x-own'", id="own packing"),
        pytest.param(answer(length=len(PICTURE) + 1), "broke off", id="truncated"),
        pytest.param(answer(b"3\r\nabc\r\n", Transfer_Encoding="chunked"), "broke off", id="truncated chunks"),
        pytest.param(b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "broke off", id="no HTTP"),
        pytest.param(b"", "broke off", id="nothing"),
        pytest.param(answer(length=12_000_000), "holds 12.0 MB; expected at most 10.0 MB", id="declared 12 MB"),
        pytest.param(answer(length=10**30), "MB|broke off", id="declared anything"),
        pytest.param(answer(length=-1), "broke off", id="declared less than nothing"),
    ],
)
def test_an_answer_that_is_no_picture_is_refused(response: bytes, match: str) -> None:
    with Site(response) as site:
        words = refused_here(site, match, "/picture.png?key=hidden")
    assert "/picture.png'" in words
    assert "hidden" not in words
    assert words.endswith("Download the picture yourself and pass pathlib.Path(…).")


def test_a_body_without_end_is_stopped_at_ten_megabytes() -> None:
    sent = 0

    def answers(_path: str) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
        while True:
            sent += 500_000
            yield bytes(500_000)

    with Site(answers) as site:
        refused_here(site, "more than 10.0 MB; expected at most 10.0 MB")
        assert site.hung_up.wait(1)
    assert sent < 30_000_000  # what the sockets' buffers took is among it


def test_ten_megabytes_come() -> None:
    with Site(answer(bytes(10_000_000))) as site:
        assert len(fetch(site.url(), allow_loopback_http=True)) == 10_000_000


# --- Time


def drip(*pieces: bytes) -> Answer:
    """Return an answer that goes on a byte at a time: no pause of it is long."""

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
@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_drip_is_stopped(
    answers: Answer, secure: bool, hurry: float, net: Net, request: pytest.FixtureRequest
) -> None:
    if secure:
        request.getfixturevalue("trusted")
    started = time.monotonic()
    with Site(answers, tls=request.getfixturevalue("server_tls") if secure else None) as site:
        net.sites[PUBLIC] = site
        address = "https://pictures.test/" if secure else site.url()
        refused(address, "in time", resolve=Names(pictures_test=[[PUBLIC]]), allow_loopback_http=True)
        assert hurry * 0.9 < time.monotonic() - started < 0.9
        assert site.hung_up.wait(1)
    assert no_thread_is_left()


def no_thread_is_left() -> bool:
    for thread in threading.enumerate():
        if thread.name == "vision_magic-fetch":
            thread.join(1)
    return not any(thread.name == "vision_magic-fetch" for thread in threading.enumerate())


@pytest.mark.usefixtures("hurry")
def test_a_look_up_that_hangs_is_left_and_nothing_follows_it(net: Net) -> None:
    let_go = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        let_go.wait(5)
        return [PUBLIC]

    refused("https://slow.test/", "in time", resolve=resolve)
    let_go.set()
    assert no_thread_is_left()
    assert net.connected == []


@pytest.mark.usefixtures("hurry")
def test_a_server_that_never_shakes_hands_is_left(net: Net) -> None:
    with Site(drip()) as site:  # it waits for a request, in vain
        net.sites[PUBLIC] = site
        refused("https://pictures.test/", "in time", resolve=Names(pictures_test=[[PUBLIC]]))
    assert no_thread_is_left()


@pytest.mark.usefixtures("hurry")
def test_redirects_share_one_time_limit() -> None:
    def answers(_path: str) -> Iterator[bytes]:
        time.sleep(0.12)
        yield redirect("/again")

    with Site(answers) as site:
        refused_here(site, "in time")
    assert site.hits < 4


def test_an_interrupt_stops_it() -> None:
    """A kernel's stop button is not kept waiting by a server."""
    with Site(drip(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n")) as site:
        timer = threading.Timer(0.1, interrupt_main_thread)
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            fetch(site.url(), allow_loopback_http=True)
        timer.join()
        assert site.hung_up.wait(1)
    assert no_thread_is_left()
