"""API keys: where they come from, how they stay hidden, and how they are removed from other strings."""

from __future__ import annotations

import hmac
import os
import re
import weakref
from collections.abc import Callable, Mapping
from typing import NoReturn

__all__ = [
    "KeyFilter",
    "KeyStore",
    "Origin",
    "Secret",
    "key_from_environment",
    "redact",
    "without_keys",
]

Origin = tuple[str, str, int | None]
"""Scheme, host and port. A key belongs to one origin and is sent nowhere else."""

# Process-wide on purpose: redaction must recognise every key of the process, whichever session loaded it. Keys that are
# no longer in use disappear. Not a WeakSet: another thread may add a key while this one reads them, and only the
# references of a dictionary can be copied at once.
_known: weakref.WeakValueDictionary[int, Secret] = weakref.WeakValueDictionary()

HIDDEN = "****"

_MIN_LENGTH = 4
"""Length (characters) from which a key, or the beginning of one, is hidden; shorter strings occur in any text."""

_LOOKS_SECRET = re.compile(
    r"\b(?:sk|pk|gsk|xai)[-_][A-Za-z0-9_\-]{8,}|(?i:(?P<before>\bbearer[ \t]+)\S{6,})|\bAIza[A-Za-z0-9_\-]{20,}"
)
_DATA_URI = re.compile(r"(?i)\bdata:([\w.+-]+/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]*)*;base64,[A-Z0-9+/=_-]{16,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")  # an image without its prefix; longer than any hash


class Secret:
    """A key that is never printed, pickled or serialised; only `reveal` returns it.

    Attributes
    ----------
    source : str
        Where the key came from, such as ``"keyring"``.
    """

    __slots__ = ("__weakref__", "_reveal", "source")

    _reveal: Callable[[], str]

    def __init__(self, value: str, *, source: str) -> None:
        # Stored in a closure instead of an attribute: tracebacks and inspectors show the values of attributes.
        self._reveal = lambda: value
        self.source = source
        _known[id(self)] = self

    def reveal(self) -> str:
        """Return the key."""
        return self._reveal()

    @property
    def fits_header(self) -> bool:
        """Whether an HTTP header can carry the key: printable ASCII on one line."""
        return self.reveal().isascii() and self.reveal().isprintable()

    def __repr__(self) -> str:
        return f"<Secret from {self.source}>"

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        # Undecodable bytes of the environment become lone surrogates; an error about them would include the key.
        mine, theirs = (secret.reveal().encode("utf-8", "surrogatepass") for secret in (self, other))
        return hmac.compare_digest(mine, theirs)

    def __hash__(self) -> int:
        return id(self)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret is never pickled or copied; load the key again from its source instead.")


def key_from_environment(name: str, environ: Mapping[str, str] | None = None) -> Secret | None:
    """Return the key in an environment variable, or None if it is unset or empty."""
    value = (os.environ if environ is None else environ).get(name, "").strip()
    return Secret(value, source=f"environment variable {name}") if value else None


class KeyStore:
    """Keys that were typed by the user, in memory only, and the search for the key of an origin."""

    __slots__ = ("_keys",)

    def __init__(self) -> None:
        self._keys: dict[Origin, Secret] = {}

    def remember(self, origin: Origin, value: str) -> None:
        """Store a key for an origin; a later key replaces an earlier one."""
        self._keys[origin] = Secret(value, source="%vision login")

    def forget(self) -> None:
        """Remove all stored keys."""
        self._keys.clear()

    def find(self, name: str, origin: Origin | None, environ: Mapping[str, str] | None = None) -> Secret | None:
        """Return the key for an origin, or None if there is none.

        The first of these that has a key is used: this store, the environment variable, and the system's keyring
        (service ``vision_magic``, user ``https://host``) if the package ``keyring`` is installed.

        Parameters
        ----------
        name : str
            The environment variable; if empty, only this store is searched.
        origin : Origin or None
            The server's origin; None for the embedded reader, which has no key.
        environ : mapping, optional
            The environment; ``os.environ`` by default.
        """
        if origin is None:
            return None
        if (typed := self._keys.get(origin)) is not None:
            return typed
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
        return None  # no keyring on this machine, or a locked one: it is optional
    return Secret(value, source="keyring") if value else None


def without_keys(text: str) -> str:
    """Replace the keys of this process in a string by ``****``."""
    for value in _values():
        text = text.replace(value, HIDDEN)
    return text


class KeyFilter:
    """Hide the keys of this process in streamed text: a server may repeat a key that it received.

    The end of a piece is held back if it may be the beginning of a key, until the next piece decides.

    Attributes
    ----------
    active : bool
        Whether there is a key to hide; if not, every piece may be shown unchanged.
    found : bool
        Whether a key was hidden.
    """

    __slots__ = ("_before", "_held", "_keys", "active", "found")

    _keys: Callable[[], tuple[set[str], list[str]]]

    def __init__(self) -> None:
        keys = _values()
        heads = {key[:_MIN_LENGTH] for key in keys}
        self._keys = lambda: (heads, keys)  # in a closure, as in Secret
        self._before = ""  # the last characters that were returned, too few to identify a key
        self._held = ""
        self.active = bool(keys)
        self.found = False

    def feed(self, piece: str) -> str:
        """Take the next piece and return what may be shown."""
        heads, keys = self._keys()
        text = f"{self._before}{self._held}{piece}"
        for head in heads:
            if head in text:
                return self._hide(text, keys)
        self._before = text[1 - _MIN_LENGTH :]  # nothing was held back: a held part begins with a head
        return piece

    def _hide(self, text: str, keys: list[str]) -> str:
        """Hide complete keys in text that begins with `_before`; hold back its end if it may be part of a key."""
        returned = len(self._before)
        for key in keys:
            while (start := text.find(key)) >= 0:
                text = f"{text[: max(start, returned)]}{HIDDEN}{text[start + len(key) :]}"
                self.found = True
        end = max(returned, len(text) - max(_overlap(text, key) for key in keys))
        self._held, self._before = text[end:], text[max(0, end - _MIN_LENGTH + 1) : end]
        return text[returned:end]

    def end(self) -> str:
        """Return the text held back at the end of the stream; a large part of a key is hidden too."""
        rest, self._held = self._held, ""
        if len(rest) < 2 * _MIN_LENGTH:
            return rest
        self.found = True
        return HIDDEN


def _overlap(text: str, value: str) -> int:
    """Return how many characters at the end of `text` are the beginning of a key; 0 if fewer than `_MIN_LENGTH`."""
    sizes = range(min(len(text), len(value) - 1), _MIN_LENGTH - 1, -1)
    return next((size for size in sizes if text.endswith(value[:size])), 0)


def _values() -> list[str]:
    # Longest first: if a shorter key is a prefix of a longer one, replacing it first would leave the rest visible.
    secrets = (reference() for reference in _known.valuerefs())
    values = {secret.reveal() for secret in secrets if secret is not None}
    return sorted((value for value in values if len(value) >= _MIN_LENGTH), key=len, reverse=True)


def redact(text: str) -> str:
    """Remove keys and image data from an untrusted string, such as a server's error message.

    Keys of this process are replaced, and so are strings that look like keys. Base64 data is replaced by its length.
    """
    text = without_keys(text)
    text = _DATA_URI.sub(lambda match: f"data:{match[1]};base64,… ({len(match[0])} characters)", text)
    text = _BASE64.sub(lambda match: f"… ({len(match[0])} characters)", text)
    return _LOOKS_SECRET.sub(lambda match: f"{match['before'] or ''}{HIDDEN}", text)
