"""Fields of an answer that its server wants back with the next request: its reasoning, and signatures of thoughts.

Gemini refuses a function call that comes back without its thought signature, DeepSeek one without its reasoning. They
mean something only to the server and the model that wrote them, so they go nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.received import dicts
from vision_magic.secrets import without_keys_in

__all__ = [
    "CALL_FIELDS",
    "MAX_RETURNED",
    "MESSAGE_FIELDS",
    "SIGNED_FIELDS",
    "ProviderFields",
    "ProviderFieldsBuilder",
    "fields_of_call",
]

CALL_FIELDS: Final = ("extra_content", "provider_specific_fields")  # Gemini; LiteLLM before it
_REASONING: Final = ("reasoning_content", "reasoning")  # DeepSeek, Moonshot, vLLM; Groq, Ollama, OpenRouter
_DETAILS: Final = "reasoning_details"  # OpenRouter, MiniMax
_SIGNED: Final = "extra_content"  # Gemini's signature of a text
MESSAGE_FIELDS: Final = (*_REASONING, _DETAILS, _SIGNED)

SIGNED_FIELDS: Final = frozenset((_DETAILS, *CALL_FIELDS))
"""The fields that hold signatures, which are refused if a character is missing."""

MAX_RETURNED: Final = 1_000_000
"""Length (characters of JSON) up to which the fields of a message, or of one call, are sent back."""

_PIECES: Final = frozenset({"text", "summary"})  # of an entry of the details: they stream, and are joined
_NAMES: Final = frozenset(MESSAGE_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFields:
    """The fields of one answer that go back to the server and the model that wrote it.

    Attributes
    ----------
    server, model : str
        The host and port of the server, and the model as it was requested.
    message : mapping
        Fields of the message, by the names of `MESSAGE_FIELDS`.
    calls : tuple of mappings
        Fields of each of its calls, by the names of `CALL_FIELDS`.
    """

    server: str
    model: str
    message: Mapping[str, Any] = field(default_factory=dict, repr=False)
    calls: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The names of all fields."""
        return frozenset(self.message).union(*self.calls)

    def add_to(self, wire: Mapping[str, Any], server: str, model: str) -> dict[str, Any]:
        """Return a message with these fields, if it goes to the server and the model that wrote them."""
        if (self.server, self.model) != (server, model):
            return dict(wire)
        added = {**wire, **self.message}
        if "tool_calls" in wire:
            fields = [*self.calls, *[{}] * len(wire["tool_calls"])]
            added["tool_calls"] = [{**call, **more} for call, more in zip(wire["tool_calls"], fields, strict=False)]
        return added

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain JSON values."""
        return {
            "server": self.server,
            "model": self.model,
            "message": dict(self.message),
            "calls": [dict(call) for call in self.calls],
        }

    @classmethod
    def from_dict(cls, value: object) -> ProviderFields | None:
        """Return the fields that `to_dict` has given; None for anything else, and for what is too large."""
        if not isinstance(value, Mapping) or not _fits(value):
            return None
        server, model, message, calls = (value.get(name) for name in ("server", "model", "message", "calls"))
        if not isinstance(server, str) or not isinstance(model, str) or not isinstance(message, Mapping):
            return None
        return cls(
            server=server,
            model=model,
            message=_only(MESSAGE_FIELDS, message),
            calls=tuple(_only(CALL_FIELDS, call) for call in dicts(calls)),
        )


class _Details:
    """The entries of ``reasoning_details`` while they are written. The pieces of their texts are joined when read."""

    def __init__(self) -> None:
        self._entries: list[tuple[dict[str, Any], dict[str, list[str]]]] = []  # the fields, and the pieces of the texts
        self._size = 0
        self._built: tuple[int, list[dict[str, Any]]] = (0, [])

    def add(self, pieces: Iterable[Mapping[str, Any]], *, whole: bool) -> None:
        """Add pieces of entries, or whole ones; nothing of what is too large is kept."""
        for piece in pieces:
            self._size += len(json.dumps(piece))
            if self._size > MAX_RETURNED:
                self._entries = []
                return
            if whole or not self._continues(piece):
                self._entries.append(({}, {}))
            fields, texts = self._entries[-1]
            for name, value in piece.items():
                if name in _PIECES and isinstance(value, str):
                    texts.setdefault(name, []).append(value)
                elif value is not None or name not in fields:
                    fields[name] = value

    def _continues(self, piece: Mapping[str, Any]) -> bool:
        """Whether a piece continues the last entry: of the same type, index and id, without data of its own."""
        last = self._entries[-1][0] if self._entries else {}
        same = bool(last) and all(piece.get(name) == last.get(name) for name in ("type", "index"))
        return same and last.get("data") is None and (piece.get("id") is None or last.get("id") in (None, piece["id"]))

    def build(self) -> list[dict[str, Any]]:
        """Return the entries; none if they hold a key, which may have been cut into pieces."""
        size, built = self._built
        if size != self._size:
            texts = ({name: "".join(pieces) for name, pieces in list(texts.items())} for _, texts in self._entries)
            built = [{**fields, **joined} for (fields, _), joined in zip(list(self._entries), texts, strict=False)]
            built = built if without_keys_in(built) == built else []
            self._built = (self._size, built)
        return built


class ProviderFieldsBuilder:
    """Collects the fields of an answer from its deltas, or from a whole message if no delta brings any."""

    def __init__(self) -> None:
        self._reasoning_name = ""
        self._details = _Details()
        self._in_deltas = False
        self._signed: Mapping[str, Any] = {}

    def add(self, content: Mapping[str, Any], *, whole: bool) -> None:
        """Add the fields of a delta or of a whole message."""
        if _NAMES.isdisjoint(content):
            return
        if not self._reasoning_name:
            self._reasoning_name = next((name for name in _REASONING if content.get(name)), "")
        signed = content.get(_SIGNED)
        if isinstance(signed, dict) and _is_signed(signed) and _fits(signed):
            self._signed = signed
        details = dicts(content.get(_DETAILS))
        if not details or (whole and self._in_deltas):
            return
        self._in_deltas |= not whole
        if whole:
            self._details = _Details()
        self._details.add(details, whole=whole)

    def build(
        self, server: str, model: str, reasoning: str, calls: Sequence[Mapping[str, Any]]
    ) -> ProviderFields | None:
        """Return the fields; None if there are none, or if no server is named.

        Parameters
        ----------
        server, model : str
            The server that answers, and the model as it was requested.
        reasoning : str
            The text of the reasoning.
        calls : sequence of mappings
            The fields of each call.
        """
        message: dict[str, Any] = {}
        if details := self._details.build():
            message[_DETAILS] = details
        elif self._reasoning_name and 0 < len(reasoning) <= MAX_RETURNED:
            message[self._reasoning_name] = reasoning
        if self._signed:
            message[_SIGNED] = self._signed
        if not server or not (message or any(calls)):
            return None
        return ProviderFields(server=server, model=model, message=message, calls=tuple(calls))


def fields_of_call(call: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a call, or of a part of one, that go back with it."""
    return {name: call[name] for name in CALL_FIELDS if isinstance(call.get(name), dict) and _fits(call[name])}


def _only(names: Sequence[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _fits(value: Mapping[str, Any]) -> bool:
    """Whether a value is JSON of limited size, and not empty."""
    try:
        return 2 < len(json.dumps(value, allow_nan=False)) <= MAX_RETURNED
    except (TypeError, ValueError, RecursionError):
        return False


def _is_signed(value: object) -> bool:
    """Whether a value holds a signature; Gemini also marks the text of thoughts, which must not come back marked."""
    if not isinstance(value, dict):
        return False
    return "thought_signature" in value or any(_is_signed(inner) for inner in value.values())
