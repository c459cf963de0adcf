"""Failed connections: what caused them, and what to do about each."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from vision_magic.addresses import is_loopback
from vision_magic.errors import BrokenReply, ConnectionFailed, WireError
from vision_magic.secrets import redact
from vision_magic.text import one_line
from vision_magic.wire.proxies import Proxy
from vision_magic.wire.steps import TransportFailure
from vision_magic.wire.tls import trust_source

__all__ = ["as_failure", "error_for"]

Cause = Literal["", "certificate", "plain", "tls", "host", "refused", "proxy"]

_KINDS: Final[Mapping[str, Any]] = {
    # By name, since httpx and httpx2 define the same errors; the nearest base class decides.
    "ConnectError": "connect",
    "ConnectTimeout": "connect",
    "PoolTimeout": "connect",
    "ProxyError": "connect",
    "TimeoutException": "timeout",
    "NetworkError": "cut",
    "StreamError": "cut",
    "OSError": "cut",
}

# What OpenSSL says when the other side does not speak TLS.
_NOT_TLS: Final = (
    "WRONG_VERSION_NUMBER",
    "UNKNOWN_PROTOCOL",
    "HTTP_REQUEST",
    "RECORD_LAYER_FAILURE",
    "PACKET_LENGTH_TOO_LONG",
)

# The commands that start the usual server at a port.
_STARTERS: Final = {
    11434: "ollama serve",
    1234: "lms server start",
    8080: "llama-server -m MODEL.gguf",
    8000: "vllm serve MODEL",
    30000: "python -m sglang.launch_server",
    4000: "litellm --config FILE",
}


def as_failure(error: Exception, proxy: Proxy | None = None) -> TransportFailure:
    """Classify an exception of a transport."""
    cause, shown = _cause(error), str(proxy) if proxy is not None else ""
    words = _words(error, cause)
    if "disconnected" in words or "closed connection" in words or "incomplete chunked read" in words:
        return TransportFailure("cut", words, cause, shown)
    kinds = (_KINDS[base.__name__] for base in type(error).__mro__ if base.__name__ in _KINDS)
    return TransportFailure(next(kinds, "garbled"), words, cause, shown)


def _words(error: Exception, cause: Cause) -> str:
    """Return what an exception says; asyncio's wording tells less than that of the system."""
    if cause == "refused":
        return "connection refused"
    if type(error).__name__.endswith("Timeout"):
        return "timed out"
    return next((str(each) for each in _causes(error) if str(each)), type(error).__name__)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception, and those that it was raised from."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        waiting.extend(current.exceptions if isinstance(current, BaseExceptionGroup) else ())
        waiting.extend(cause for cause in (current.__cause__, current.__context__) if cause is not None)


def _cause(error: Exception) -> Cause:
    if type(error).__name__ == "ProxyError":
        return "proxy"
    if type(error).__name__.endswith("Timeout"):
        return ""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "certificate"
        if isinstance(cause, ssl.SSLError):
            return "plain" if cause.reason in _NOT_TLS else "tls"
        if isinstance(cause, socket.gaierror):
            return "host"
        if isinstance(cause, ConnectionRefusedError):
            return "refused"
    return ""


def error_for(failure: TransportFailure, *, host: str, base_url: str, waited: float) -> WireError:
    """Return the error for a failed connection, with what to do next.

    Parameters
    ----------
    failure : TransportFailure
        What the transport reported.
    host, base_url : str
        The server's name in messages, and its address.
    waited : float
        Time since the request was sent (seconds).
    """
    words = one_line(redact(failure.words), 200)
    via = f" through the proxy {failure.proxy}" if failure.proxy else ""
    hint = _other_scheme(base_url)
    make = _BY_CAUSE.get(failure.cause, _not_reached if failure.kind == "connect" else None)
    if make is not None:
        return make(failure, host, base_url, words)
    if failure.kind == "timeout":
        return ConnectionFailed(f"{host} did not answer within {waited:.0f} s{via}.")
    if failure.kind == "garbled":
        return BrokenReply(f"{host} sent an invalid HTTP response ({words}){via}. Check the base URL.{hint}")
    return _retried(f"{host} closed the connection before it answered ({words}){via}.{hint}")


def _other_scheme(base_url: str) -> str:
    """Return the advice to try the other scheme, for a connection that breaks without a word."""
    if base_url.startswith("http:") and _port(base_url) not in _STARTERS:
        return " If it speaks https, begin the base URL with https://."
    if base_url.startswith("https:") and is_loopback(base_url):
        return " If it speaks http, begin the base URL with http://."
    return ""


def _retried(message: str) -> ConnectionFailed:
    error = ConnectionFailed(message)
    error.retryable = True
    return error


def _not_reached(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    if failure.proxy:
        return _proxy_down(failure, host, base_url, words)
    starter = _STARTERS.get(_port(base_url) or 0)
    hint = " Start it, or choose one that %vision shows, with %vision use NAME." if is_loopback(base_url) else ""
    hint = f" What usually answers at this port is started by `{starter}`." if starter else hint
    error = _retried(f"{host} could not be reached ({words}). Is the server running, and is the base URL right?{hint}")
    error.retryable = not is_loopback(base_url)  # a local server that is not running will not start within the pause
    return error


def _port(base_url: str) -> int | None:
    try:
        return urlsplit(base_url).port
    except ValueError:
        return None


def _proxy_down(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    return _retried(
        f"The proxy {failure.proxy} could not be reached ({words}), so {host} was not called. Start the proxy, correct "
        f"the variable or unset it, or add {urlsplit(base_url).hostname or host} to NO_PROXY."
    )


def _unknown_host(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    if failure.proxy:
        return _proxy_down(failure, host, base_url, words)
    message = (
        f"The name {urlsplit(base_url).hostname or host} cannot be resolved ({words}). Check the spelling of the base "
        "URL and the network; behind a company's proxy, set HTTPS_PROXY."
    )
    return _retried(message)


def _proxy_refused(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    proxy = failure.proxy or "of the client"
    if words.startswith("407"):
        return ConnectionFailed(
            f"The proxy {proxy} asks for a user name and password ({words}): put them into the variable, as "
            "http://USER:PASSWORD@HOST:PORT."
        )
    error = _retried(
        f"The proxy {proxy} refused to connect to {host} ({words}). Ask who runs it, or add "
        f"{urlsplit(base_url).hostname or host} to NO_PROXY."
    )
    error.retryable = words[:3] in ("502", "503", "504")
    return error


_WHY: Final = {
    "self-signed": "Something between you and the server, such as a company's proxy, or the server itself, shows a "
    "certificate that is not trusted",
    "expired": "The certificate has expired; check the clock of this machine, or tell who runs the server",
    "not yet valid": "The certificate is not valid yet; check the clock of this machine",
    "mismatch": "The certificate belongs to another host; check the host in the base URL",
}


def _bad_certificate(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    via = f" (through the proxy {failure.proxy})" if failure.proxy else ""
    why = next((why for key, why in _WHY.items() if key in words), "")
    if why and "not trusted" not in why:
        return ConnectionFailed(f"The certificate of {host}{via} was refused: {words}. {why}.")
    source = trust_source()
    trusted = f" Trusted now is what {source} names." if source else ""
    return ConnectionFailed(
        f"The certificate of {host}{via} was refused: {words}. {_WHY['self-signed']}: name the file with its "
        f"certificate in SSL_CERT_FILE or REQUESTS_CA_BUNDLE, and run the cell again.{trusted}"
    )


def _not_tls(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    if failure.proxy.startswith("https:"):
        return ConnectionFailed(
            f"The proxy {failure.proxy} does not speak https ({words}): let its address begin with http://."
        )
    via = f" (through the proxy {failure.proxy})" if failure.proxy else ""
    return ConnectionFailed(
        f"{host}{via} does not speak https at this port ({words}). If it speaks http, begin the base URL with "
        "http://, or check the port."
    )


def _bad_tls(failure: TransportFailure, host: str, base_url: str, words: str) -> ConnectionFailed:
    via = f" through the proxy {failure.proxy}" if failure.proxy else ""
    return ConnectionFailed(
        f"The https connection to {host}{via} could not be set up ({words}). Check the base URL and its port; if the "
        "server speaks http, begin the base URL with http://."
    )


_BY_CAUSE: Final[Mapping[str, Callable[[TransportFailure, str, str, str], ConnectionFailed]]] = {
    "certificate": _bad_certificate,
    "plain": _not_tls,
    "tls": _bad_tls,
    "host": _unknown_host,
    "refused": _not_reached,
    "proxy": _proxy_refused,
}
