"""Download of a picture from an https address, with limits on size and time."""

from __future__ import annotations

from contextlib import aclosing
from typing import Final

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from vision_magic.errors import ImageError, VisionError
from vision_magic.text import format_bytes
from vision_magic.wire.tls import tls

__all__ = ["fetch"]

_SECONDS: Final = 10.0  # for everything, redirects included
_MAX_BYTES: Final = 10_000_000
_MAX_REDIRECTS: Final = 3
_MEDIA_TYPES: Final = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")
_HEADERS: Final = {
    "Accept": ", ".join(_MEDIA_TYPES),
    "Accept-Encoding": "identity",  # a few compressed bytes may expand to gigabytes
    "User-Agent": "vision_magic",
}
_EXPECTED: Final = "expected https://host/path"


def fetch(address: str) -> bytes:
    """Download the picture at an https address.

    The request carries no cookies and no credentials, and uses no proxy of the environment. The result is untrusted:
    pass it to `vision_magic.images.decode.decode_image`.

    Parameters
    ----------
    address : str
        ``https://host/path``, without a user name or password. It redirects at most three times, always to https.

    Raises
    ------
    ImageError
        The address is not an https address, or it did not give a picture of at most 10 MB within 10 seconds.
    """
    # The time limit and an interrupt can cancel a task at any point; its event loop needs a thread of its own, since
    # a notebook already runs one here. Only a slow look-up of the host name lasts until the system's resolver gives up.
    with start_blocking_portal() as portal:
        return portal.call(_fetch, address)


async def _fetch(address: str) -> bytes:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise _error(f"The address ({len(address)} characters) cannot be parsed; {_EXPECTED}") from None
    _check(url, "The address")
    try:
        with anyio.fail_after(_SECONDS):
            return await _download(url)
    except (TimeoutError, httpx.TimeoutException):
        raise _error(f"{_shown(url)} did not arrive in time; the limit is {_SECONDS:g} seconds") from None
    except VisionError:
        raise
    except (httpx.HTTPError, OSError, ValueError) as error:  # ValueError: a host name that DNS or TLS cannot hold
        raise _error(f"{_shown(url)} {_failure(error)}") from None


async def _download(url: httpx.URL) -> bytes:
    # The bare transport: a client would add cookies, credentials and proxies.
    async with httpx.AsyncHTTPTransport(verify=tls(), trust_env=False) as transport:
        for _ in range(_MAX_REDIRECTS + 1):
            # httpcore closes a connection whose handshake times out, but not one whose handshake is cancelled.
            limits = {"timeout": {"connect": _SECONDS / 2}}
            request = httpx.Request("GET", url, headers=_HEADERS, extensions=limits)
            async with aclosing(await transport.handle_async_request(request)) as response:
                if not response.has_redirect_location:
                    return await _body(response, _shown(url))
                url = _target(response, url)
    raise _error(f"{_shown(url)} redirects too often; the limit is {_MAX_REDIRECTS} redirects")


def _target(response: httpx.Response, url: httpx.URL) -> httpx.URL:
    try:
        target = url.join(response.headers["location"])
    except httpx.InvalidURL:
        raise _error(f"{_shown(url)} redirects to an address that cannot be parsed; {_EXPECTED}") from None
    _check(target, f"{_shown(url)} redirects to an address that")
    return target


async def _body(response: httpx.Response, shown: str) -> bytes:
    if response.status_code != 200:
        raise _error(f"{shown} was answered with status {response.status_code}; expected 200 and a picture")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        raise _error(f"{shown} has the content type {media_type[:80]!r}; expected {', '.join(_MEDIA_TYPES)}")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise _error(f"{shown} arrived compressed as {encoding[:80]!r}; expected no compression")
    body = bytearray()
    async for data in response.aiter_raw():
        body += data
        if len(body) > _MAX_BYTES:
            raise _error(f"{shown} is larger than {format_bytes(_MAX_BYTES)}, the limit for a download")
    return bytes(body)


def _check(url: httpx.URL, subject: str) -> None:
    if url.scheme != "https":
        raise _error(f"{subject} has the scheme {url.scheme[:20]!r}; {_EXPECTED}")
    if url.userinfo:
        raise _error(f"{subject} contains a user name or password; {_EXPECTED} without them")
    if not url.host:
        raise _error(f"{subject} has no host; {_EXPECTED}")


def _failure(error: Exception) -> str:
    """Describe a transport error without its own message, which may quote data from the server."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "has a certificate that is not trusted for its host; expected a valid one"
    if isinstance(error, httpx.ConnectError):
        return "could not be reached; check the host name and the network"
    return f"could not be downloaded ({type(error).__name__}); expected a complete picture over HTTP"


def _shown(url: httpx.URL) -> str:
    """Return an address without its query and user, which may hold secrets."""
    shown = f"{url.scheme}://{url.netloc.decode('ascii')}{url.path}"
    return repr(shown if len(shown) <= 200 else shown[:199] + "…")


def _error(message: str) -> ImageError:
    return ImageError(f"{message}. Download the picture yourself and pass pathlib.Path(…).")
