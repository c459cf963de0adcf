"""TLS contexts, shared by all calls, since loading the trusted certificates takes about 35 ms."""

from __future__ import annotations

import functools
import ssl

import httpx

__all__ = ["no_tls", "tls"]


@functools.cache
def tls() -> ssl.SSLContext:
    """Return the context for https; the variables ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` apply."""
    return httpx.create_ssl_context()


@functools.cache
def no_tls() -> ssl.SSLContext:
    """Return an empty context for http, which uses none: it loads no certificates."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
