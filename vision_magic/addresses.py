"""Addresses of servers: what people write for one, whether it is on this machine, and its origin."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

__all__ = ["MAX_LINK", "azure_address", "base_of", "is_loopback", "is_page", "ollama_address", "origin_of"]

MAX_LINK: Final = 4_000
"""Length (characters) of the longest link that is taken for one."""

_LISTENED_ON: Final = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "localhost.": "localhost"}
"""Hosts that a server prints when it listens, with what a client connects to."""


def base_of(url: str) -> str:
    """Return an address without slashes and ``/chat/completions`` at its end, and with a host that can be called.

    Raises
    ------
    ValueError
        The address cannot be parsed.
    """
    parts = urlsplit(url)
    _ = parts.port  # is parsed only here
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        raise ValueError
    path = re.sub(r"/+chat/+completions$", "", parts.path.rstrip("/")).rstrip("/")
    return urlunsplit(parts._replace(netloc=_netloc(url), path=path)) if parts.netloc else url


def _netloc(url: str) -> str:
    parts = urlsplit(url)
    host = _LISTENED_ON.get(_short(parts.hostname or ""))
    if host is None or "@" in parts.netloc:
        return parts.netloc
    return host if parts.port is None else f"{host}:{parts.port}"


def _short(host: str) -> str:
    """Return a host with an address of IPv6 in its shortest form: ``0:0:0:0:0:0:0:0`` is ``::``."""
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        return host
    return str(address.ipv4_mapped or address)


def is_page(url: str) -> bool:
    """Whether an address is one of http or https that names a host: a browser finds ``https:/logout`` on its own."""
    if len(url) > MAX_LINK:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:  # such as http://[
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine: localhost, ``::1``, 127.0.0.0/8, or what a server here listens on."""
    try:
        host = _short(urlsplit(url).hostname or "")
    except ValueError:  # such as http://[
        return False
    return host in ("localhost", "::1", *_LISTENED_ON) or _is_127(host)


def _is_127(host: str) -> bool:
    """Whether a host is an address in 127.0.0.0/8, possibly shortened; anything else would need a DNS lookup."""
    return re.fullmatch(r"127(\.[0-9]{1,3}){1,3}", host) is not None and all(int(n) <= 255 for n in host.split("."))


def origin_of(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port of an address, to which a key is bound."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or ""), parts.port or default


def ollama_address(host: str) -> str:
    """Return the address in ``OLLAMA_HOST`` as Ollama reads it: without a scheme, the default port is 11434."""
    if "://" in host:
        return host
    host, slash, path = host.partition("/")
    if host.count(":") > 1 and "[" not in host:
        host = f"[{host}]"
    host = f"127.0.0.1{host}" if host.startswith(":") else host
    host = host if re.search(r":\d+$", host) else f"{host}:11434"
    return f"http://{host}{slash}{path}"


def azure_address(endpoint: str) -> tuple[str, str]:
    """Return the base URL for ``AZURE_OPENAI_ENDPOINT``, and the deployment that it names, if any.

    The portal shows the address with different ends: without a path, with ``/openai``, with ``/openai/v1``, with
    ``/openai/deployments/NAME/chat/completions?api-version=…``, and with ``/models``, of its older inference interface.
    """
    address, _, query = endpoint.strip().partition("?")
    query = "&".join(pair for pair in query.split("&") if pair and not pair.startswith("api-version="))
    found = re.fullmatch(
        r"(.*?)(?:/+openai(?:/+v1(?:/.*)?|/+deployments(?:/+([^/]+)(?:/.*)?)?)?"
        r"|(?<=\.azure\.com)/+models(?:/+chat/+completions)?)?/*",
        address,
        re.IGNORECASE,
    )
    root, deployment = (found[1], found[2]) if found else (address, None)
    return f"{root}/openai/v1{'?' if query else ''}{query}", deployment or ""
