"""The proxy of a request: which variable of the environment names it, and for which hosts there is none.

httpx has rules of its own, which end in an error for an IPv6 address in ``NO_PROXY`` and do not know networks.
"""

from __future__ import annotations

import ipaddress
import os
import re
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from vision_magic.addresses import is_loopback
from vision_magic.errors import SettingsError
from vision_magic.secrets import HIDDEN, redact

__all__ = ["Proxy", "proxy_for"]

_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
_PORTS: Final = {"http": 80, "https": 443}
_SYSTEM: Final = "the system's proxy settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy.

    Attributes
    ----------
    url : str
        Its address, without user and password.
    source : str
        The variable that names it.
    auth : (str, str) or None
        User and password.
    """

    url: str
    source: str
    auth: tuple[str, str] | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.url} of {self.source}"


def proxy_for(url: str, environ: Mapping[str, str] | None = None) -> Proxy | None:
    """Return the proxy for requests to an address, or None.

    A server on this machine has none: a proxy would see data that must stay here.

    Parameters
    ----------
    url : str
        The address of the server.
    environ : mapping, optional
        The environment; ``os.environ`` by default, and then also the settings of macOS and Windows.

    Raises
    ------
    SettingsError
        The variable does not hold the address of a proxy.
    """
    target = urlsplit(url)
    if is_loopback(url) or not target.hostname:
        return None
    found = _from_environment(target.scheme, os.environ if environ is None else environ)
    if found is None and environ is None:
        found = _from_system(target)
    if found is None or _is_exempt(target, os.environ if environ is None else environ):
        return None
    return _parsed(*found)


def _from_environment(scheme: str, environ: Mapping[str, str]) -> tuple[str, str] | None:
    for name in (f"{scheme}_proxy", "all_proxy"):
        for variable in (name, name.upper()):
            # In a CGI script, HTTP_PROXY holds a header that the client sent.
            if variable == "HTTP_PROXY" and "REQUEST_METHOD" in environ:
                continue
            if variable in environ:
                if environ[variable].strip():
                    return environ[variable].strip(), variable
                break  # empty: the lower-case name turns the other one off
    return None


def _from_system(target: SplitResult) -> tuple[str, str] | None:
    if sys.platform not in ("darwin", "win32") or urllib.request.proxy_bypass(target.hostname or ""):
        return None
    proxies = urllib.request.getproxies()
    url = proxies.get(target.scheme) or proxies.get("all")
    return (url, _SYSTEM) if url else None


def _parsed(text: str, source: str) -> Proxy:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _invalid(text, source) from None
    if parts.scheme not in _SCHEMES or not re.fullmatch(r"[^\s/?#@\[\]]+", host):
        raise _invalid(text, source)
    address = f"[{host}]" if ":" in host else host
    url = f"{parts.scheme}://{address}" + (f":{port}" if port is not None else "")
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username is not None else None
    return Proxy(url=url, source=source, auth=auth)


def _invalid(text: str, source: str) -> SettingsError:
    scheme = re.match(r"[a-z][a-z0-9]{1,9}://|", text, re.IGNORECASE)
    _, at, after = text.rpartition("@")  # what precedes may hold a password
    shown = (f"{scheme[0] if scheme else ''}{HIDDEN}@{after}" if at else text)[:80]
    return SettingsError(
        f"{source} holds {redact(shown)!r}, which is not the address of a proxy; expected http://HOST:PORT. "
        "Correct the variable, or unset it."
    )


# -- hosts without a proxy -------------------------------------------------------------------------------------


def _is_exempt(target: SplitResult, environ: Mapping[str, str]) -> bool:
    """Return whether ``NO_PROXY`` names the host: as *, name, .suffix, address, network, each perhaps with a port."""
    listed = environ.get("no_proxy", environ.get("NO_PROXY", ""))
    host = (target.hostname or "").rstrip(".").lower()
    port = target.port or _PORTS.get(target.scheme)
    return any((wanted is None or wanted == port) and _matches(host, pattern) for pattern, wanted in _entries(listed))


def _entries(listed: str) -> Iterator[tuple[str, int | None]]:
    for entry in re.split(r"[,\s]+", listed.lower()):
        pattern = entry.partition("://")[2] or entry
        match = re.fullmatch(
            r"\[([^\]]*)\](?::(\d+))?|([^:]*)(?::(\d+))?", pattern
        )  # anything else is a bare IPv6 address
        if match is not None:
            yield match[1] or match[3] or "", int(match[2] or match[4]) if match[2] or match[4] else None
        else:
            yield pattern, None


def _matches(host: str, pattern: str) -> bool:
    if not pattern or pattern == "*":
        return pattern == "*"
    address, network = _address(host), _network(pattern)
    if address is not None and network is not None:
        return address in network
    name = pattern.removeprefix("*").removeprefix(".").rstrip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _network(pattern: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(pattern.partition("%")[0], strict=False)
    except ValueError:
        return None
