"""Which certificates are trusted? One context for all calls: loading the certificates takes about 35 ms."""

from __future__ import annotations

import functools
import ssl

import httpx

__all__ = ["no_tls", "tls"]


@functools.cache
def tls() -> ssl.SSLContext:
    """Return the context for https; it honours ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``."""
    return httpx.create_ssl_context()


@functools.cache
def no_tls() -> ssl.SSLContext:
    """Return the context for http: it trusts nobody and costs nothing."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
