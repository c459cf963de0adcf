"""The fold of a stream's chunks into a Reply."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vision_magic.chat.events import Event, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.reply import Choice, Reply, State
from vision_magic.chat.usage import Timing, Usage
from vision_magic.secrets import KeyFilter, without_keys

__all__ = ["ReplyBuilder"]

_PLAIN = frozenset({"content", "role"})
_HALF = re.compile("[\ud800-\udfff]")


class ReplyBuilder:
    """Folds the chunks of one call, in order, into a `Reply`. Pure: the time comes in with each chunk.

    Incoming chunks are read leniently: compatible servers omit, repeat and null fields.

    Parameters
    ----------
    reply : Reply
        What is known beforehand: host, images, the model that was asked.
    choices : int
        How many choices were asked for.
    on_chunk : callable, optional
        Sees each chunk and its time before it is folded.
    """

    def __init__(
        self,
        reply: Reply | None = None,
        *,
        choices: int = 1,
        on_chunk: Callable[[Mapping[str, Any], float], None] | None = None,
    ) -> None:
        self._reply = reply or Reply()
        self._on_chunk = on_chunk
        self.notes = self._reply.notes
        self._expected = choices
        self._choices: dict[int, _ChoiceBuilder] = {}
        self._usage: Mapping[str, Any] | None = None
        self._model = self._reply.model
        self._fingerprint: str | None = None
        self._first: float | None = None
        self._last = 0.0

    def add(self, chunk: Mapping[str, Any], at: float = 0.0) -> list[Event]:
        """Fold one chunk and return what it told.

        Parameters
        ----------
        chunk : mapping
            A ``chat.completion.chunk``, or a whole ``chat.completion``.
        at : float
            When it arrived, in seconds since the request was sent.
        """
        if self._on_chunk is not None:
            self._on_chunk(chunk, at)
        self._last = max(self._last, at)
        if (model := chunk.get("model")) and model != self._model:
            self._model = without_keys(_text(model)) or self._model
        if fingerprint := chunk.get("system_fingerprint"):
            self._fingerprint = without_keys(_text(fingerprint)) or self._fingerprint
        # Some servers send a running total with every chunk: the last one counts, they are never summed.
        self._usage = _counted(chunk) or self._usage
        choices = _mappings(chunk.get("choices"))
        if self._expected == 1:
            # Servers number the one choice 76, or 197, 198, …; the number says nothing then.
            # https://github.com/microsoft/foundry-local/issues/144
            events = self._choice(0).add(choices[0]) if choices else []
        else:
            events = [event for place, choice in enumerate(choices) for event in self._add_numbered(place, choice)]
        if events and self._first is None:
            self._first = at
        return events

    def _add_numbered(self, place: int, choice: Mapping[str, Any]) -> list[Event]:
        number = choice.get("index")
        return self._choice(number if isinstance(number, int) else place).add(choice)

    def _choice(self, index: int) -> _ChoiceBuilder:
        builder = self._choices.get(index)
        if builder is None:
            builder = self._choices[index] = _ChoiceBuilder(index)
        return builder

    def _numbers(self) -> list[int]:
        """Return which choices there are; one that has not begun keeps its place before a later one that has."""
        numbers = sorted(self._choices)
        if numbers and not self.finished and numbers[0] >= 0 and numbers[-1] < self._expected:
            return list(range(numbers[-1] + 1))
        return numbers

    def _build(self, number: int) -> Choice:
        return self._choices[number].build() if number in self._choices else Choice()

    def end(self) -> list[Event]:
        """Say that no more comes, and return what was held back until it was clear that it is no key."""
        return [event for choice in self._choices.values() for event in choice.end()]

    @property
    def finished(self) -> bool:
        """Whether every choice that was asked for has said why it ended."""
        ended = [choice for choice in self._choices.values() if choice.finish_reason]
        return bool(ended) and len(ended) == len(self._choices)

    @property
    def started(self) -> bool:
        """Whether anything of the answer has arrived."""
        return self._first is not None

    def snapshot(self, state: State = "complete", at: float | None = None) -> Reply:
        """Return the reply as far as it has come."""
        usage = _usage(self._usage) if self._usage else None
        total = self._last if at is None else at
        return Reply(
            choices=tuple(self._build(number) for number in self._numbers()) or (Choice(),),
            model=self._model,
            host=self._reply.host,
            state=state,
            request=self._reply.request,
            usage=usage,
            system_fingerprint=self._fingerprint,
            timing=Timing(
                time_to_first_token=self._first,
                total=total,
                tokens_per_second=_rate(usage, self._first, self._last),
            ),
            reproducible=self._reply.reproducible,
            notes=self.notes,
        )


class _ChoiceBuilder:
    """One choice while it grows: lists of pieces, joined only when they are looked at."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.finish_reason: str | None = None
        self._text = _Growing()
        self._reasoning = _Growing()
        self._refusal = _Growing()
        self._calls: list[_CallBuilder] = []
        self._logprobs: list[Mapping[str, Any]] = []

    def add(self, choice: Mapping[str, Any]) -> list[Event]:
        reason = _text(choice.get("finish_reason"))
        if reason and reason != "null":
            self.finish_reason = reason
        logprobs = choice.get("logprobs")
        if isinstance(logprobs, dict):
            self._logprobs.extend(_mappings(logprobs.get("content")))
        # A whole completion has "message" where a chunk has "delta".
        delta = choice.get("delta") or choice.get("message")
        if not isinstance(delta, dict):
            return []
        content = delta.get("content")
        if type(content) is str and delta.keys() <= _PLAIN:
            # Nearly every chunk is this one: a few words and nothing else.
            told = self._text.add(content)
            return [TextDelta(told, self.index)] if told else []
        return list(self._add_delta(delta))

    def _add_delta(self, delta: Mapping[str, Any]) -> Iterator[Event]:
        thought, words = _content(delta.get("content"))
        # Servers name it either way, some both ways at once: never both.
        thought = _text(delta.get("reasoning_content")) or _text(delta.get("reasoning")) or thought
        refusal = _text(delta.get("refusal"))
        if told := self._reasoning.add(thought):
            yield ReasoningDelta(told, self.index)
        if told := self._text.add(words):
            yield TextDelta(told, self.index)
        if told := self._refusal.add(refusal):
            yield RefusalDelta(told, self.index)
        for fragment in _mappings(delta.get("tool_calls")):
            yield self._add_call(fragment)

    def _add_call(self, fragment: Mapping[str, Any]) -> ToolCallDelta:
        function = fragment.get("function")
        function = function if isinstance(function, dict) else {}
        name, arguments = without_keys(_text(function.get("name"))), _arguments(function.get("arguments"))
        number = self._call_number(fragment.get("index"), _text(fragment.get("id")), name)
        told = self._calls[number].add(_text(fragment.get("id")), name, arguments)
        return ToolCallDelta(number, name, told, self.index)

    def _call_number(self, index: object, identity: str, name: str) -> int:
        """Return which call a fragment belongs to, making a new one where it belongs to none.

        The index decides where there is one; a server that numbers every call 0 (Ollama, SGLang) or none
        (Gemini) gives each call whole, with an id of its own. Among calls of the same number a fragment
        without an id is more of the one that came last.
        """
        for number, call in reversed(list(enumerate(self._calls))):
            if isinstance(index, int) and call.index == index and call.continues(identity, name):
                return number
        if not isinstance(index, int) and self._calls and self._calls[-1].continues(identity, name):
            return len(self._calls) - 1
        self._calls.append(_CallBuilder(index if isinstance(index, int) else None))
        return len(self._calls) - 1

    def end(self) -> Iterator[Event]:
        """Yield what was held back, for it might have become a key."""
        if told := self._reasoning.end():
            yield ReasoningDelta(told, self.index)
        if told := self._text.end():
            yield TextDelta(told, self.index)
        if told := self._refusal.end():
            yield RefusalDelta(told, self.index)
        for number, call in enumerate(self._calls):
            if told := call.arguments.end():
                yield ToolCallDelta(number, "", told, self.index)

    def build(self) -> Choice:
        return Choice(
            text=str(self._text),
            reasoning=str(self._reasoning),
            refusal=str(self._refusal),
            tool_calls=tuple(call.build() for call in self._calls),
            finish_reason=self.finish_reason,
            # Tokens spell what the text must not say.
            logprobs=() if self._text.hid else tuple(self._logprobs),
        )


class _Growing:
    """A text while it grows, without the keys of this process."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._keys = KeyFilter()

    def add(self, piece: str) -> str:
        """Take a piece and return what it tells: more or less, where it may be a part of a key."""
        told = self._keys.feed(piece) if piece else ""
        if told:
            self._pieces.append(told)
        return told

    def end(self) -> str:
        told = self._keys.end()
        self._pieces.append(told)
        return told

    @property
    def hid(self) -> bool:
        """Whether there was a key in it."""
        return self._keys.hid

    def __bool__(self) -> bool:
        return any(self._pieces)

    def __str__(self) -> str:
        return _joined(self._pieces)


class _CallBuilder:
    """One tool call while it grows: the last id and name that are not empty win, arguments append."""

    def __init__(self, index: int | None) -> None:
        self.index = index
        self._id = ""
        self._name = ""
        self.arguments = _Growing()

    def continues(self, identity: str, name: str) -> bool:
        """Whether a fragment with this id and name can be more of this call."""
        if identity and self._id:
            return identity == self._id
        if self.index is None:
            return not (name and self._name)
        # Servers that number every call 0 and give no ids: another name after arguments is another call.
        return not (name and self._name and name != self._name and self.arguments)

    def add(self, identity: str, name: str, arguments: str) -> str:
        self._id = identity or self._id
        self._name = name or self._name
        return self.arguments.add(arguments)

    def build(self) -> ToolCall:
        return ToolCall(id=self._id, name=self._name, arguments=str(self.arguments))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _arguments(value: object) -> str:
    """Return a call's arguments as the JSON text that they should be; some servers send the object itself."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) and value else _text(value)


def _mappings(value: object) -> list[Mapping[str, Any]]:
    # dict, not Mapping: chunks are parsed JSON, and asking an abstract class costs a microsecond.
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _joined(pieces: list[str]) -> str:
    """Join pieces; the two halves of a character that a server sent in two pieces become one again."""
    text = "".join(pieces)
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _content(value: object) -> tuple[str, str]:
    """Return (reasoning, text) of a content: a string, or Mistral's list of parts."""
    if not isinstance(value, list):
        return "", _text(value)
    parts = _mappings(value)
    words = "".join(_text(part.get("text")) for part in parts if part.get("type") == "text")
    thought = "".join(_thought(part.get("thinking")) for part in parts if part.get("type") == "thinking")
    return thought, words


def _thought(value: object) -> str:
    """Return the text of a thinking part: a string, or a list of text parts. No deeper: it is a stranger's JSON."""
    return _text(value) or "".join(_text(part.get("text")) for part in _mappings(value) if part.get("type") == "text")


def _counted(chunk: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the usage of a chunk; Groq's is in a field of its own."""
    usage = chunk.get("usage")
    if not usage and "x_groq" in chunk:
        own = chunk["x_groq"]
        usage = own.get("usage") if isinstance(own, dict) else None
    return usage if usage and isinstance(usage, dict) else None


def _usage(raw: Mapping[str, Any]) -> Usage:
    def count(name: str) -> int | None:
        value = raw.get(name)
        return value if isinstance(value, int) else None

    return Usage(
        prompt_tokens=count("prompt_tokens"),
        completion_tokens=count("completion_tokens"),
        total_tokens=count("total_tokens"),
        raw=dict(raw),
    )


def _rate(usage: Usage | None, first: float | None, last: float) -> float | None:
    if usage is None or not usage.completion_tokens or first is None or last <= first:
        return None
    return usage.completion_tokens / (last - first)
