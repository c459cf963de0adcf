"""API keys: where they come from, how they stay hidden, and how they are removed from other strings."""

from __future__ import annotations

import bisect
import functools
import hmac
import html
import itertools
import os
import re
import sys
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from vision_magic.secret_rules import hide_forms

__all__ = [
    "KeyFilter",
    "KeyStore",
    "Origin",
    "Secret",
    "key_from_environment",
    "map_strings",
    "may_hold_key",
    "redact",
    "redact_in",
    "redact_keys",
    "without_keys",
    "without_keys_in",
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

_SCHEME = re.compile(r"(?i)^bearer\s+")
_DATA_URI = re.compile(r"(?i)\bdata:([\w.+-]+/[\w.+-]+)(?:;[\w.+-]+=[\w.+-]*)*;base64,[A-Z0-9+/=_-]{16,}")
_ESCAPE_MARKS = ("\\", "%", "&")
_ESCAPE = re.compile(
    r"(?<!\\)\\++(?:u00(?P<json>[2-7][0-9A-Fa-f])|x(?P<hex>[2-7][0-9A-Fa-f])|(?P<mark>[!-/:-@\[\]-`{-~]))"
    r"|%(?P<url>[2-7][0-9A-Fa-f])"
    r"|(?P<html>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,12});)"
)
"""A character that is written in another way; of several backslashes, as in JSON inside JSON, all belong to it."""

_BEGUN_ESCAPE = re.compile(r"(?:\\++(?:u[0-9A-Fa-f]{0,3}|x[0-9A-Fa-f]?)?|%[0-9A-Fa-f]?|&[#A-Za-z0-9]{0,12})\Z")
_MAX_ESCAPE = 32  # characters
_MAX_BEFORE = 12 * _MIN_LENGTH  # characters; an escape may have twelve
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")  # an image without its prefix; longer than any hash


class Secret:
    """A key that is never printed, pickled or serialised; only `reveal` and `reveal_token` return it.

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

    def reveal_token(self) -> str:
        """Return the key without ``Bearer``, with which some gateways hand it out."""
        return _SCHEME.sub("", self.reveal())

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
    """Replace the keys of this process in a string by ``****``, also where they are written with escapes."""
    return _hide_keys(_values(), text)


def without_keys_in(value: Any) -> Any:
    """Return a JSON value in which no string holds a key of this process, and no list of numbers spells one.

    Raises
    ------
    RecursionError
        The value is nested too deeply.
    """
    keys = _values()
    return map_strings(value, functools.partial(_hide_keys, keys)) if keys else value


def redact_in(value: Any) -> Any:
    """Return a JSON value with every string redacted."""
    return map_strings(value, redact)


def may_hold_key(text: str) -> bool:
    """Return whether JSON text may hold a key of this process, as it stands, with escapes or as bytes."""
    keys = _values()
    return bool(keys) and any(sign in text for sign in (*keys, *_ESCAPE_MARKS, '"bytes"'))


def _hide_keys(keys: Sequence[str], text: str) -> str:
    for sign in (*keys, *_ESCAPE_MARKS):
        if sign in text:
            break
    else:
        return text
    return _without(text, _spans(_readings(text), keys))


def map_strings(value: Any, function: Callable[[str], str]) -> Any:
    """Return a JSON value with a function applied to every string in it, names of members too."""
    if isinstance(value, str):
        return function(value)
    if isinstance(value, Mapping):
        return {map_strings(name, function): map_strings(item, function) for name, item in value.items()}
    if isinstance(value, list | tuple):
        items = [map_strings(item, function) for item in value]
        text = _as_text(items)  # the bytes of a token, which servers send with its probability
        return items if not text or function(text) == text else []
    return value


def _as_text(items: list[Any]) -> str:
    if len(items) < _MIN_LENGTH or not all(type(item) is int and 0 <= item < 256 for item in items):
        return ""
    return bytes(items).decode("latin-1")


class _Reading:
    """A string as it is read, and where each of its characters is in the original."""

    __slots__ = ("_escapes", "text")

    def __init__(self, text: str, escapes: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        self._escapes = escapes  # offset in `text` behind an escape; by how much the original is longer up to there

    def raw_offset(self, offset: int) -> int:
        """Return the offset in the original for one in `text`."""
        place = bisect.bisect_right(self._escapes, (offset, sys.maxsize))
        return offset + (self._escapes[place - 1][1] if place else 0)


def _readings(raw: str) -> list[_Reading]:
    """Return a string as it stands and, if it has escapes of JSON, URLs, HTML or Markdown, without these."""
    pieces: list[str] = []
    escapes: list[tuple[int, int]] = []
    size = at = 0
    for match in _ESCAPE.finditer(raw) if any(mark in raw for mark in _ESCAPE_MARKS) else ():
        if character := _character(match):
            pieces += raw[at : match.start()], character
            size += match.start() - at + 1
            at = match.end()
            escapes.append((size, at - size))
    unescaped = [_Reading("".join([*pieces, raw[at:]]), escapes)] if escapes else []
    return [_Reading(raw), *unescaped]


def _character(match: re.Match[str]) -> str:
    """Return the character that an escape stands for; empty if a key cannot contain it."""
    if code := match["json"] or match["hex"] or match["url"]:
        character = chr(int(code, 16))
    else:
        character = html.unescape(match["html"]) if match["html"] else match["mark"]
    return character if len(character) == 1 and character.isascii() and character.isprintable() else ""


def _spans(readings: Sequence[_Reading], keys: Sequence[str]) -> list[tuple[int, int]]:
    """Return where keys are in the original string, in order; keys that overlap are one place."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_places(readings, keys)):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _places(readings: Sequence[_Reading], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    for reading, key in itertools.product(readings, keys):
        start = reading.text.find(key)
        while start >= 0:
            yield reading.raw_offset(start), reading.raw_offset(start + len(key))
            start = reading.text.find(key, start + len(key))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a string with `HIDDEN` in place of each span."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += text[at:start], HIDDEN
        at = end
    return "".join([*pieces, text[at:]])


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

    _keys: Callable[[], tuple[tuple[str, ...], list[str]]]

    def __init__(self) -> None:
        keys = _values()
        heads = tuple({key[:_MIN_LENGTH] for key in keys})
        self._keys = lambda: (heads, keys)  # in a closure, as in Secret
        self._before = ""  # the last characters that were returned: at most the beginning of a key's head
        self._held = ""
        self.active = bool(keys)
        self.found = False

    def feed(self, piece: str) -> str:
        """Take the next piece and return what may be shown."""
        heads, keys = self._keys()
        text = f"{self._before}{self._held}{piece}"
        for sign in heads + _ESCAPE_MARKS:
            if sign in text:
                return self._hide(text, heads, keys)
        self._before = text[-_MAX_BEFORE:]  # nothing was held back: a held part contains a head
        return piece

    def _hide(self, text: str, heads: tuple[str, ...], keys: list[str]) -> str:
        """Hide complete keys in text that begins with `_before`; hold back its end if it may be part of a key."""
        returned, end, readings = len(self._before), len(text), _readings(text)
        if any(head in reading.text for head in heads for reading in readings):
            spans = [(max(start, returned), stop) for start, stop in _spans(readings, keys) if stop > returned]
            text, self.found = _without(text, spans), self.found or bool(spans)
            end = max(returned, _end_shown(text, keys))
        self._held, self._before = text[end:], text[max(0, end - _MAX_BEFORE) : end]
        return text[returned:end]

    def end(self) -> str:
        """Return the text held back at the end of the stream; a large part of a key is hidden too."""
        rest, self._held = self._held, ""
        if len(_readings(rest)[-1].text) < 2 * _MIN_LENGTH:
            return rest
        self.found = True
        return HIDDEN


def _end_shown(text: str, keys: Sequence[str]) -> int:
    """Return the offset from which text may be part of a key that the next piece completes."""
    begun = _BEGUN_ESCAPE.search(text, max(0, len(text) - _MAX_ESCAPE))
    readings = _readings(text[: begun.start()] if begun else text)
    if begun:
        readings.append(_Reading(text))
    ends = [
        reading.raw_offset(len(reading.text) - overlap)
        for reading, key in itertools.product(readings, keys)
        if (overlap := _overlap(reading.text, key))
    ]
    return min(ends, default=len(text))


def _overlap(text: str, value: str) -> int:
    """Return how many characters at the end of `text` are the beginning of a key; 0 if fewer than `_MIN_LENGTH`."""
    sizes = range(min(len(text), len(value) - 1), _MIN_LENGTH - 1, -1)
    return next((size for size in sizes if text.endswith(value[:size])), 0)


def _values() -> list[str]:
    # Longest first: if a shorter key is a prefix of a longer one, replacing it first would leave the rest visible.
    secrets = (reference() for reference in _known.valuerefs())
    values = {value for one in secrets if one is not None for value in (one.reveal(), one.reveal_token())}
    return sorted((value for value in values if len(value) >= _MIN_LENGTH), key=len, reverse=True)


def redact(text: str) -> str:
    """Remove keys and image data from an untrusted string, such as a server's error message.

    Keys of this process are replaced, and so are strings that look like keys. Base64 data is replaced by its length.
    """
    text = _without_data_uris(without_keys(text))
    text = _BASE64.sub(lambda match: f"… ({len(match[0])} characters)", text)
    return hide_forms(text)


def redact_keys(text: str) -> str:
    """Remove keys and data URIs from an untrusted string, but no other Base64: a signature is Base64 too."""
    return hide_forms(_without_data_uris(without_keys(text)))


def _without_data_uris(text: str) -> str:
    return _DATA_URI.sub(lambda match: f"data:{match[1]};base64,… ({len(match[0])} characters)", text)
