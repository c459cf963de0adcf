"""Pictures given by an https address or a data URI."""

from __future__ import annotations

import binascii
import re
from urllib.parse import SplitResult, urlsplit

import pybase64

from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image, RemoteImage

__all__ = ["url"]

_DATA = re.compile(r"data:image/[a-z0-9.+-]+(?:;[a-z-]+=[^;,]*)*;base64,", re.IGNORECASE)


def url(address: str, *, fetch: bool = False) -> Image | RemoteImage:
    """Return the picture at an address, to be used like any other picture.

    Parameters
    ----------
    address : str
        ``https://…``, or a data URI that contains a picture: ``data:image/png;base64,…``.
    fetch : bool
        Download the picture now, from this machine, and send its pixels. By default the address itself is sent, and
        the server that answers downloads it; the embedded reader and most local servers do not.

    Raises
    ------
    ImageError
        `address` is neither an https address nor a data URI with a picture; or, with `fetch`, the download is not a
        picture, is larger than 10 MB or takes longer than 10 seconds.

    Examples
    --------
    >>> import vision_magic as vm
    >>> vm.url("https://example.org/plot.png").address
    'https://example.org/plot.png'
    """
    if not isinstance(address, str):
        raise ImageError(f"url got a {type(address).__name__}; expected a string: 'https://…'.")
    if address[:5].lower() == "data:":
        return as_image(_decode(address))
    if fetch:
        from vision_magic.wire.fetch import fetch as download

        return as_image(download(address))
    parts = _split(address)
    if parts.scheme.lower() != "https" or not parts.hostname:
        raise ImageError(f"url got {_shown(address)}; expected an https address or a data URI.")
    if parts.username is not None or parts.password is not None:
        raise ImageError("url got an address with a user name or password, which the server would see. Leave them out.")
    return RemoteImage(address)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        raise ImageError(f"url got {_shown(address)}, which is not an address; expected 'https://…'.") from None


def _shown(address: str) -> str:
    """Return an address for a message, shortened and without its query, which may contain a key."""
    return repr(address.partition("?")[0][:80])


def _decode(uri: str) -> bytes:
    match = _DATA.match(uri)
    if match is None:
        raise ImageError(f"url got {uri[:40]!r}; expected the data of a picture: data:image/png;base64,….")
    try:
        return pybase64.b64decode(uri[match.end() :].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ImageError(f"The Base64 data of the data URI is damaged ({error}). Copy the whole data URI.") from None
