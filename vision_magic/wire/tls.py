"""TLS contexts, shared by all calls, since loading the trusted certificates takes about 35 ms."""

from __future__ import annotations

import functools
import os
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from vision_magic.errors import SettingsError

__all__ = ["no_tls", "tls", "trust_source"]

# As OpenSSL, requests and curl name them. The first file that is set counts, together with the folders.
_FILES: Final = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_FOLDERS: Final = "SSL_CERT_DIR"

_Source = tuple[str, str, int]  # variable, path, time of the last change


def tls() -> ssl.SSLContext:
    """Return the context for https, with the certificates that the environment names now.

    Raises
    ------
    SettingsError
        A variable names something else than certificates.
    """
    return _context(_sources(os.environ))


def trust_source() -> str:
    """Return the variables that name the trusted certificates; empty if none does."""
    return " and ".join(dict.fromkeys(name for name, _, _ in _sources(os.environ)))


@functools.lru_cache(maxsize=4)
def _context(sources: tuple[_Source, ...]) -> ssl.SSLContext:
    if not sources:
        return httpx.create_ssl_context(trust_env=False)
    context = None
    for name, path, _ in sources:
        cafile, capath = (None, path) if _is_folder(path) else (path, None)
        try:
            if context is None:
                context = ssl.create_default_context(cafile=cafile, capath=capath)
            else:
                context.load_verify_locations(cafile, capath)
        except ssl.SSLError:
            raise _error(name, path, "which holds no certificates") from None
        except OSError as error:
            raise _error(name, path, f"which cannot be read ({error.strerror})") from None
    assert context is not None
    return context


def _sources(environ: Mapping[str, str]) -> tuple[_Source, ...]:
    """Return what names the certificates; it changes when a variable or a file does."""
    files = [(name, environ[name]) for name in _FILES if environ.get(name)][:1]
    folders = [(_FOLDERS, path) for path in environ.get(_FOLDERS, "").split(os.pathsep) if path]
    existing = [place for place in folders if _is_folder(place[1])]  # systems list folders that may be missing
    places = files + (existing if files or existing else folders)
    return tuple((name, path, _changed(name, path)) for name, path in places)


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):  # a path that is too long, or that no system accepts
        return False


def _changed(name: str, path: str) -> int:
    try:
        return Path(path).stat().st_mtime_ns
    except (OSError, ValueError) as error:
        reason = "which does not exist" if isinstance(error, FileNotFoundError) else "which cannot be read"
        raise _error(name, path, reason) from None


def _error(name: str, path: str, reason: str) -> SettingsError:
    return SettingsError(
        f"The environment variable {name} names {path[:200]!r}, {reason}; expected a file or folder of certificates "
        "in PEM format. Correct the variable, or unset it."
    )


@functools.cache
def no_tls() -> ssl.SSLContext:
    """Return an empty context for http, which uses none: it loads no certificates."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
