"""Where does a key live? In a Secret: never printed, pickled or serialised; and redact() for every foreign text."""

from __future__ import annotations

import hmac
import os
import re
import weakref
from collections.abc import Callable, Mapping
from typing import NoReturn

__all__ = [
    "KeyFilter",
    "Secret",
    "find_key",
    "forget_keys",
    "key_from_environment",
    "redact",
    "remember_key",
    "without_keys",
]

Origin = tuple[str, str, int | None]
"""Scheme, host and port: what a key belongs to, and where alone it is sent."""

_remembered: dict[Origin, Secret] = {}

_known: weakref.WeakSet[Secret] = weakref.WeakSet()

HIDDEN = "****"

_TELLING = 4
"""Letters by which a key is known; fewer are found in every text."""

_LOOKS_SECRET = re.compile(
    r"\b(?:sk|pk|gsk|xai)[-_][A-Za-z0-9_\-]{8,}|(?i:(?P<before>\bbearer[ \t]+)\S{6,})|\bAIza[A-Za-z0-9_\-]{20,}"
)
_DATA_URI = re.compile(r"(?i)\bdata:([\w.+-]+/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]*)*;base64,[A-Z0-9+/=_-]{16,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")  # a picture without its prefix; no hash is as long


class Secret:
    """A key. It shows itself as ``****`` in every way that Python knows; `reveal` gives it, to one caller."""

    __slots__ = ("__weakref__", "_reveal", "source")

    _reveal: Callable[[], str]

    def __init__(self, value: str, *, source: str) -> None:
        # Held in a closure, not in an attribute: tracebacks and inspectors show the values of attributes.
        self._reveal = lambda: value
        self.source = source
        _known.add(self)

    def reveal(self) -> str:
        """Return the key itself."""
        return self._reveal()

    @property
    def fits_header(self) -> bool:
        """Whether a header can carry it: printable ASCII on one line."""
        return self.reveal().isascii() and self.reveal().isprintable()

    def __repr__(self) -> str:
        return f"<Secret from {self.source}>"

    def __str__(self) -> str:
        return "****"

    def __format__(self, spec: str) -> str:
        return "****"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        # The environment may hold bytes that are no text; an encoding error would carry the key.
        mine, theirs = (secret.reveal().encode("utf-8", "surrogatepass") for secret in (self, other))
        return hmac.compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return id(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret is never pickled or copied; name its source instead.")


def key_from_environment(name: str, environ: Mapping[str, str] | None = None) -> Secret | None:
    """Return the key in an environment variable, or None where it is unset or empty."""
    value = (os.environ if environ is None else environ).get(name, "").strip()
    return Secret(value, source=f"environment variable {name}") if value else None


def remember_key(origin: Origin, value: str) -> None:
    """Keep a key in memory for one origin, until this process ends."""
    _remembered[origin] = Secret(value, source="%vision login")


def forget_keys() -> None:
    """Forget every key that `remember_key` kept."""
    _remembered.clear()


def find_key(name: str, origin: Origin, environ: Mapping[str, str] | None = None) -> Secret | None:
    """Return the key for an origin, or None where there is none.

    Asked in this order: what ``%vision login`` took for this very origin, the environment variable `name`, the
    system's keyring (service ``vision_magic``, user ``https://host``), where the extra of that name is installed.
    """
    if origin in _remembered:
        return _remembered[origin]
    if not name:
        return None
    return key_from_environment(name, environ) or _key_from_keyring(origin)


def _key_from_keyring(origin: Origin) -> Secret | None:
    try:
        import keyring
    except ImportError:
        return None
    scheme, host, port = origin
    user = f"{scheme}://{host}" + ("" if port in (80, 443, None) else f":{port}")
    try:
        value = keyring.get_password("vision_magic", user)
    except Exception:
        return None  # no keyring on this machine, or a locked one: it is a place to look, not a promise
    return Secret(value, source="keyring") if value else None


def without_keys(text: str) -> str:
    """Return text without the keys of this process, and otherwise as it is."""
    for value in _values():
        text = text.replace(value, HIDDEN)
    return text


class KeyFilter:
    """Hides the keys of this process in a text that arrives in pieces: a server may repeat what it was sent.

    The end of a piece is held back if it may be the beginning of a key, until the next piece decides.
    """

    __slots__ = ("_before", "_held", "_keys", "found")

    _keys: Callable[[], tuple[set[str], list[str]]]

    def __init__(self) -> None:
        keys = _values()
        heads = {key[:_TELLING] for key in keys}
        self._keys = lambda: (heads, keys)  # in a closure, as in Secret
        self._before = ""  # the last letters that were returned, too few to identify a key
        self._held = ""
        self.found = False

    def feed(self, piece: str) -> str:
        """Take the next piece and return what may be shown."""
        heads, keys = self._keys()
        if not heads:
            return piece
        text = f"{self._before}{self._held}{piece}"
        for head in heads:
            if head in text:
                return self._hide(text, keys)
        self._before = text[1 - _TELLING :]  # nothing was held, for that would have contained a head
        return piece

    def _hide(self, text: str, keys: list[str]) -> str:
        """Hide whole keys in a text that begins with `_before`; hold back its end if it may be part of a key."""
        given = len(self._before)
        for key in keys:
            while (start := text.find(key)) >= 0:
                text = f"{text[: max(start, given)]}{HIDDEN}{text[start + len(key) :]}"
                self.found = True
        end = max(given, len(text) - max(_overlap(text, key) for key in keys))
        self._held, self._before = text[end:], text[max(0, end - _TELLING + 1) : end]
        return text[given:end]

    def end(self) -> str:
        """Return what was held back, since the text has ended; a large part of a key is hidden too."""
        rest, self._held = self._held, ""
        if len(rest) < 2 * _TELLING:
            return rest
        self.found = True
        return HIDDEN


def _overlap(text: str, value: str) -> int:
    """Return how many letters at the end of a text are the beginning of a key; 0 where they are too few to tell."""
    sizes = range(min(len(text), len(value) - 1), _TELLING - 1, -1)
    return next((size for size in sizes if text.endswith(value[:size])), 0)


def _values() -> list[str]:
    # The longest first: of a key that begins like another, the rest would stay.
    values = {secret.reveal() for secret in list(_known)}
    return sorted((value for value in values if len(value) >= _TELLING), key=len, reverse=True)


def redact(text: str) -> str:
    """Return text from elsewhere without keys, and with pictures cut to their size.

    What is a loaded key goes exactly; what looks like one goes too: servers like to repeat them in errors.
    """
    text = without_keys(text)
    text = _DATA_URI.sub(lambda match: f"data:{match[1]};base64,… ({len(match[0])} characters)", text)
    text = _BASE64.sub(lambda match: f"… ({len(match[0])} characters)", text)
    return _LOOKS_SECRET.sub(lambda match: f"{match['before'] or ''}****", text)
