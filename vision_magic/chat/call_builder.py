"""Function calls while they are being written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from vision_magic.chat.filtered_text import FilteredText
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.provider_fields import CALL_FIELDS, fields_of_call
from vision_magic.chat.received import string

__all__ = ["CallBuilder", "CallBuilders", "CallPiece"]

CallPiece = tuple[int, str, str]
"""What a fragment adds to a call: the number of the call, its name if it is new, and more of its arguments."""


class CallBuilders(list["CallBuilder"]):
    """The calls of a choice, in the order in which they began."""

    def add(self, fragments: list[Mapping[str, Any]], *, whole: bool) -> Iterator[CallPiece]:
        """Add the calls of a delta, or of a whole message, and yield what they add."""
        known = list(self)
        for place, fragment in enumerate(fragments):
            if not whole:
                yield self._add_call(fragment)
            elif (event := self._add_whole_call(fragment, known, place)) is not None:
                yield event

    def _add_whole_call(self, fragment: Mapping[str, Any], known: list[CallBuilder], place: int) -> CallPiece | None:
        """Add a call of a whole message, unless the deltas have brought it: by its id, or else by its place."""
        identity, name, arguments = _fragment(fragment)
        same = next((call for call in known if identity and call.id == identity), None)
        if same is None and place < len(known) and not (identity and known[place].id):
            same = known[place]
        if same is None:
            self.append(CallBuilder(None))
            same = self[-1]
        same.add_fields(fragment)
        is_new = not same.name
        shown = same.add(identity, name, arguments, whole=True)
        number = self.index(same)
        return (number, name if is_new else "", shown) if shown or is_new else None

    def _add_call(self, fragment: Mapping[str, Any]) -> CallPiece:
        identity, name, arguments = _fragment(fragment)
        number = self._call_number(fragment.get("index"), identity, name)
        shown = self[number].add(identity, name, arguments)
        self[number].add_fields(fragment)
        return number, name, shown

    def _call_number(self, index: object, identity: str, name: str) -> int:
        """Return the number of the call to which a fragment belongs, making a new call if there is none.

        The index decides, if there is one. A server that gives every call the index 0 (Ollama, SGLang) or no index
        (Gemini) sends each call whole, with its own id. Among calls with the same index, a fragment without an id
        continues the last one.
        """
        for number in reversed(range(len(self))):
            call = self[number]
            if isinstance(index, int) and call.index == index and call.continues(identity, name):
                return number
        if not isinstance(index, int) and self and self[-1].continues(identity, name):
            return len(self) - 1
        self.append(CallBuilder(index if isinstance(index, int) else None))
        return len(self) - 1


class CallBuilder:
    """One tool call while it is being written: the last non-empty id and name win, arguments are appended."""

    def __init__(self, index: int | None) -> None:
        self.index = index
        self.id = ""
        self.name = ""
        self.arguments = FilteredText()
        self.fields: dict[str, Any] = {}  # that its server wants back

    def continues(self, identity: str, name: str) -> bool:
        """Whether a fragment with this id and name can belong to this call."""
        if identity and self.id:
            return identity == self.id
        if self.index is None:
            return not (name and self.name)
        # Servers that give every call the index 0 and no id: another name after arguments begins another call.
        return not (name and self.name and name != self.name and self.arguments)

    def add(self, identity: str, name: str, arguments: str, *, whole: bool = False) -> str:
        """Add a fragment, and return what may be shown of its arguments."""
        self.id = identity or self.id
        self.name = name or self.name
        return self.arguments.take(arguments, whole)

    def add_fields(self, fragment: Mapping[str, Any]) -> None:
        """Add the fields of a fragment that its server wants back; Gemini may send them in a fragment of their own."""
        if any(name in fragment for name in CALL_FIELDS):
            self.fields = {**self.fields, **fields_of_call(fragment)}

    def build(self) -> ToolCall:
        """Return the call as written so far."""
        return ToolCall(id=self.id, name=self.name, arguments=str(self.arguments))


def _arguments(value: object) -> str:
    """Return a call's arguments as JSON text; some servers send the object itself."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) and value else string(value)


def _fragment(fragment: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return (id, name, arguments) of a call or a part of one."""
    function = fragment.get("function")
    function = function if isinstance(function, dict) else {}
    return (
        string(fragment.get("id")),
        string(function.get("name")),
        _arguments(function.get("arguments")),
    )
