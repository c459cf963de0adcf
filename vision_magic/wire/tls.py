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
    """Return a context for http, where none is used: it trusts no certificate and loads none."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
