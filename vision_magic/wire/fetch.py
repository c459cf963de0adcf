"""How is a picture fetched from an address without being led astray? To public hosts only, and under caps.

Whoever names the address may be a model or a page, and what it names may be a router or a cloud's metadata service.
So a host is looked up once, every answer is judged, and the connection goes to an answer that was judged: a second
look-up could say something else (DNS rebinding, as in CVE-2026-41488).
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any, Final, TypeAlias

import httpx

from vision_magic.errors import ImageError
from vision_magic.text import format_bytes
from vision_magic.wire.tls import no_tls, tls

__all__ = ["Resolver", "fetch"]

Resolver: TypeAlias = Callable[[str, int], Iterable[str]]
"""Takes a host and a port and returns the IP addresses of that host, as text; raises OSError if there are none."""

_IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_SECONDS: Final = 10.0  # for everything: look-up, redirects, and the last byte
_MAX_BYTES: Final = 10_000_000
_MAX_REDIRECTS: Final = 3
_KINDS: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")

# One plain spelling: letters of other scripts have become "xn--" by now, and "%" would be a second way to write any.
# An empty or long label is nothing for TLS, which would say so only when the connection stands, and leave it open.
_HOST: Final = re.compile(r"(?!.{255})[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]*:[0-9a-f:.]*")

_V6_PUBLIC: Final = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out for public use
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        # What `is_global` lets pass: wholly, or in Pythons before https://github.com/python/cpython/issues/113171.
        "192.0.0.0/24",  # a cloud's metadata service is in here
        "192.88.99.0/24",
        "168.63.129.16/32",  # public by its number; inside Azure it is the host of the machine
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
    )
)


def fetch(address: str, *, resolve: Resolver | None = None, allow_loopback_http: bool = False) -> bytes:
    """Return the bytes of the picture at an https address.

    Nothing but the address is sent: no cookies, no credentials, and no proxy of the environment is asked. The bytes
    are as foreign as before: they are for `vision_magic.images.decode.decode_image`.

    Parameters
    ----------
    address : str
        ``https://host/path``, without a user's name or password; the host must be public.
    resolve : callable, optional
        For tests: looks up hosts in place of the system.
    allow_loopback_http : bool
        For tests: also take ``http://`` addresses, of this machine only.

    Raises
    ------
    ImageError
        The address may not be visited, or what it holds is no picture of at most 10 MB within 10 seconds.
    """
    url = _parsed(address)
    errand = _Errand(resolve or _look_up, allow_loopback_http=allow_loopback_http)
    outcome: Future[bytes] = Future()
    # In a thread, since a look-up knows no time-out, and httpx's own ones start again with every byte. Not in an
    # executor's, since Python would wait for that before it exits.
    threading.Thread(target=_settle, args=(outcome, errand, url), name="vision_magic-fetch", daemon=True).start()
    try:
        return outcome.result(_SECONDS)
    except TimeoutError:
        raise _late(url) from None
    finally:
        errand.stop()


def _settle(outcome: Future[bytes], errand: _Errand, url: httpx.URL) -> None:
    try:
        outcome.set_result(errand.run(url))
    except BaseException as error:
        outcome.set_exception(error)


class _Errand:
    """One fetch with its redirects; `stop` ends it from another thread."""

    def __init__(self, resolve: Resolver, *, allow_loopback_http: bool) -> None:
        self._resolve = resolve
        self._allow_loopback_http = allow_loopback_http
        self._until = time.monotonic() + _SECONDS
        self._lock = threading.Lock()
        self._stopped = False
        self._socket: socket.socket | None = None

    def run(self, url: httpx.URL) -> bytes:
        """Return the picture, wherever the redirects lead."""
        for _ in range(_MAX_REDIRECTS + 1):
            found = self._visit(url)
            if isinstance(found, bytes):
                return found
            url = found
        raise _refusal(url, f"is one redirect too many; expected at most {_MAX_REDIRECTS}")

    def stop(self) -> None:
        """Hang up; a look-up that is under way ends by itself, and nothing follows it."""
        with self._lock:
            self._stopped = True
            self._shut_down()

    def _visit(self, url: httpx.URL) -> bytes | httpx.URL:
        """Return the picture at an address, or where that redirects to."""
        request = self._request(url, self._judged(url))
        context = tls() if url.scheme == "https" else no_tls()
        try:
            # The bare transport: it has no cookies, credentials, proxies, redirects or unpacking to be switched off.
            with (
                httpx.HTTPTransport(verify=context, trust_env=False) as transport,
                contextlib.closing(transport.handle_request(request)) as response,
            ):
                return _target(response, url) or _picture(response, url)
        except ImageError:
            raise
        except (httpx.HTTPError, OSError, ValueError) as error:  # ValueError: a name that cannot stand in TLS
            raise _lost(url, error) from None

    def _request(self, url: httpx.URL, ip: str) -> httpx.Request:
        """Return the request that goes to an IP address and speaks to the host by its name."""
        left = self._until - time.monotonic()
        if self._stopped or left <= 0:
            raise _late(url)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Accept": ", ".join(_KINDS),
            "Accept-Encoding": "identity",  # what is packed small may be large
            "User-Agent": "vision_magic",
            "Connection": "close",
        }
        extensions = {
            "timeout": dict.fromkeys(("connect", "read", "write", "pool"), left),
            "sni_hostname": _host(url).removesuffix("."),  # the certificate is checked for it too; none has the dot
            "trace": self._trace,
        }
        return httpx.Request("GET", url.copy_with(host=ip), headers=headers, extensions=extensions)

    def _judged(self, url: httpx.URL) -> str:
        """Return the IP address to connect to, after a look at all that the host has."""
        _check(url, plain=self._allow_loopback_http)
        try:
            answers = list(self._resolve(_host(url), _port(url)))
            ips = [ipaddress.ip_address(answer) for answer in answers]
        except (OSError, ValueError):  # UnicodeError is a ValueError: a label that is too long
            ips = []
        if not ips:
            raise _refusal(url, "has a host that was not found; expected one that the network knows")
        for ip in ips:
            if not (ip.is_loopback if url.scheme == "http" else _is_public(ip)):
                raise _refusal(url, f"leads to {ip}, inside this machine or its network; expected a public host")
        return str(ips[0])  # the system sorts those first that it has a way to

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        """Keep the socket of the connection: first the plain one, then the one of TLS that takes its place."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._stopped:
                    self._shut_down()

    def _shut_down(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it may be closed already
                # Not TLS's own method: that takes the TLS state away from under the thread that reads.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _look_up(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _parsed(address: str) -> httpx.URL:
    # httpx's own parser also builds the request: two parsers may disagree on where the host is (CVE-2026-45400).
    try:
        return httpx.URL(address)
    except httpx.InvalidURL:
        raise ImageError(f"An address of {len(address)} characters cannot be read; {_EXPECTED} {_NEXT}") from None


def _check(url: httpx.URL, *, plain: bool) -> None:
    """Refuse an address for what it looks like."""
    if url.scheme != "https" and not (plain and url.scheme == "http"):
        # Only the scheme is shown: all the rest of a "data:" is data.
        raise ImageError(f"An address that begins with {url.scheme[:20] + ':'!r} is not fetched; {_EXPECTED} {_NEXT}")
    if url.userinfo:
        raise _refusal(url, "came with a user name or password, which are not sent; expected none")
    if not _HOST.fullmatch(_host(url)) or not 0 < _port(url) < 65536:
        raise _refusal(url, f"has no host or port that can be used; {_EXPECTED.removesuffix('.')}")


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii")


def _port(url: httpx.URL) -> int:
    return url.port if url.port is not None else 443 if url.scheme == "https" else 80


def _is_public(ip: _IP) -> bool:
    """Tell whether an address is of the public internet, with the IPv4 address inside an IPv6 one in its place."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (_low_half(ip) if ip in _NAT64 else None)
        if inner is not None:
            return _is_public(inner)
        if ip not in _V6_PUBLIC:
            return False
    odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or any(ip in network for network in _NOT_PUBLIC)
    return ip.is_global and not odd


def _low_half(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL | None:
    """Return where a response redirects to; None if it does not."""
    if not response.has_redirect_location:
        return None
    try:
        return url.join(response.headers["location"])
    except httpx.InvalidURL:
        raise _refusal(url, "redirects to something that is no address; expected a picture") from None


def _picture(response: httpx.Response, url: httpx.URL) -> bytes:
    """Return the body of a response that says it is a picture, as long as it is not too long."""
    if response.status_code != 200:
        raise _refusal(url, f"was answered with status {response.status_code}; expected 200 and a picture")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise _refusal(url, f"holds {kind[:80]!r}; expected {', '.join(_KINDS)}")
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity"):
        raise _refusal(url, f"came packed as {packed[:80]!r}; expected the picture as it is")
    return _body(response, url)


def _body(response: httpx.Response, url: httpx.URL) -> bytes:
    declared = int(response.headers.get("content-length", 0))  # h11 has checked that it is one number
    held = bytearray()
    pieces = response.iter_raw()
    while max(declared, len(held)) <= _MAX_BYTES:
        piece = next(pieces, None)
        if piece is None:
            return bytes(held)
        held += piece
    much = format_bytes(declared) if declared else f"more than {format_bytes(_MAX_BYTES)}"
    raise _refusal(url, f"holds {much}; expected at most {format_bytes(_MAX_BYTES)}")


_EXPECTED: Final = "expected https://host/path."
_NEXT: Final = "Download the picture yourself and pass pathlib.Path(…)."


def _shown(url: httpx.URL) -> str:
    """Return an address for people: without its query and user, where secrets are."""
    shown = f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"
    return repr(shown if len(shown) <= 200 else shown[:199] + "…")


def _refusal(url: httpx.URL, why: str) -> ImageError:
    return ImageError(f"{_shown(url)} {why}. {_NEXT}")


def _late(url: httpx.URL) -> ImageError:
    return _refusal(url, f"did not arrive in time; expected the whole picture within {_SECONDS:g} seconds")


def _lost(url: httpx.URL, error: Exception) -> ImageError:
    """Return what a transport's error means, without its words: they may quote what the server sent."""
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return _late(url)
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return _refusal(url, "showed a certificate that is not trusted for its name; expected a valid one")
    if isinstance(error, httpx.ConnectError):
        return _refusal(url, "was not reached (the connection failed); expected a server that answers")
    return _refusal(url, f"broke off ({type(error).__name__}); expected a whole picture")
