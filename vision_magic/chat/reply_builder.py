"""Assembly of a reply from the chunks of a stream."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from vision_magic.chat.events import Event, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.reply import Choice, Reply, State
from vision_magic.chat.usage import Timing, Usage
from vision_magic.secrets import KeyFilter, without_keys_in

__all__ = ["ReplyBuilder"]

_TEXT_ONLY: Final = frozenset({"content", "role"})
_TEXT_FIELDS: Final = frozenset({"delta", "message", "text", "logprobs"})
_DELTA_FIELDS: Final = {TextDelta: "content", ReasoningDelta: "reasoning_content", RefusalDelta: "refusal"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class ReplyBuilder:
    """Builds a `Reply` from the chunks of one call, in order. The caller passes the time of each chunk.

    Chunks are read leniently, since compatible servers omit, repeat and null fields. They come without keys, except for
    keys that are cut into several chunks, which are hidden here. `add` and `_ChoiceBuilder.add` run for every token, so
    they test for the common case first.

    Parameters
    ----------
    reply : Reply
        The reply as known before the first chunk: host, request, requested model.
    choices : int
        The number of choices that were requested.
    on_chunk : callable, optional
        Called with each chunk and its time; in place of a chunk that holds a part of a key, with one that does not.
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
        self._choices = _ChoiceBuilders()
        self._usage: Mapping[str, Any] | None = None
        self._model = self._reply.model
        self._fingerprint: str | None = None
        self._first: float | None = None
        self._last = 0.0

    def add(self, chunk: Mapping[str, Any], at: float = 0.0) -> list[Event]:
        """Add one chunk and return its events.

        Parameters
        ----------
        chunk : mapping
            A ``chat.completion.chunk``, or a whole ``chat.completion``.
        at : float
            When it arrived, in seconds since the request was sent.
        """
        if at > self._last:
            self._last = at
        model = chunk.get("model")
        if model and model != self._model:
            self._model = _string(model) or self._model
        fingerprint = chunk.get("system_fingerprint")
        if fingerprint and fingerprint != self._fingerprint:
            self._fingerprint = _string(fingerprint) or self._fingerprint
        if chunk.get("usage") or "x_groq" in chunk:
            # Some servers send a running total with every chunk: only the last one counts.
            self._usage = _raw_usage(chunk) or self._usage
        choices = chunk.get("choices")
        events = self._add_choices(choices) if isinstance(choices, list) else []
        if events and self._first is None:
            self._first = at
        if self._on_chunk is not None:
            self._report(chunk, events, at)
        return events

    def _report(self, chunk: Mapping[str, Any], events: list[Event], at: float) -> None:
        """Pass a chunk to `on_chunk`; where it has parts of a key, its events instead, and what else it has."""
        hidden = [choice.take_hidden() for choice in self._choices.values()]
        if any(hidden):
            self._report_events(events, at)
            chunk = {**chunk, "choices": [_without_text(choice) for choice in _dicts(chunk.get("choices"))]}
        if self._on_chunk is not None:
            self._on_chunk(chunk, at)

    def _report_events(self, events: list[Event], at: float) -> None:
        for event in events:
            if self._on_chunk is not None:
                self._on_chunk(_as_chunk(event), at)

    def _add_choices(self, choices: list[Any]) -> list[Event]:
        if self._expected == 1:
            # The index means nothing here: servers number a single choice 76, or 197, 198, …
            # https://github.com/microsoft/foundry-local/issues/144
            for choice in choices:
                if isinstance(choice, dict):
                    return self._choices[0].add(choice)
            return []
        return [event for place, choice in enumerate(_dicts(choices)) for event in self._add_numbered(place, choice)]

    def _add_numbered(self, place: int, choice: Mapping[str, Any]) -> list[Event]:
        index = choice.get("index")
        return self._choices[index if isinstance(index, int) else place].add(choice)

    def end(self) -> list[Event]:
        """End the stream, and return the events of text that was held back because it might have become a key."""
        events = [event for choice in self._choices.values() for event in choice.end()]
        self._report_events(events, self._last)
        return events

    @property
    def finished(self) -> bool:
        """Whether every choice that has begun also has a finish reason."""
        choices = list(self._choices.values())  # a copy: another thread may take a snapshot while a choice begins
        return bool(choices) and all(choice.finish_reason for choice in choices)

    @property
    def started(self) -> bool:
        """Whether any part of the answer has arrived."""
        return self._first is not None

    def snapshot(self, state: State = "complete", at: float | None = None) -> Reply:
        """Return the reply as received so far."""
        usage = _usage(self._usage) if self._usage else None
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
                total=self._last if at is None else at,
                tokens_per_second=_rate(usage, self._first, self._last),
            ),
            reproducible=self._reply.reproducible,
            notes=self.notes,
            headers=self._reply.headers,
        )

    def _numbers(self) -> list[int]:
        """Return the numbers of the choices; one that has not begun keeps its place before a later one."""
        numbers = sorted(self._choices)
        if not numbers or len(numbers) == self._expected or self.finished:
            return numbers
        return list(range(numbers[-1] + 1)) if numbers[0] >= 0 and numbers[-1] < self._expected else numbers

    def _build(self, number: int) -> Choice:
        return self._choices[number].build() if number in self._choices else Choice()


class _ChoiceBuilder:
    """One choice while it is being written."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.finish_reason: str | None = None
        self._text = _FilteredText()
        self._reasoning = _FilteredText()
        self._refusal = _FilteredText()
        self._calls: list[_CallBuilder] = []
        self._logprobs: list[Mapping[str, Any]] = []

    def add(self, choice: Mapping[str, Any]) -> list[Event]:
        reason = choice.get("finish_reason")
        if reason and isinstance(reason, str) and reason != "null":
            self.finish_reason = reason
        logprobs = choice.get("logprobs")
        if logprobs and isinstance(logprobs, dict):
            self._logprobs.extend(_dicts(logprobs.get("content")))
        # A whole completion has "message" where a chunk has "delta".
        delta = choice.get("delta") or choice.get("message")
        if not isinstance(delta, dict):
            return []
        content = delta.get("content")
        if type(content) is str and (len(delta) == 1 or delta.keys() <= _TEXT_ONLY):
            shown = self._text.add(content)
            return [TextDelta(shown, self.index)] if shown else []
        return list(self._add_delta(delta))

    def _add_delta(self, delta: Mapping[str, Any]) -> Iterator[Event]:
        thinking, text = _content(delta.get("content"))
        # Servers use either name; some send the same text under both, so only one is read.
        reasoning = _string(delta.get("reasoning_content")) or _string(delta.get("reasoning")) or thinking
        if shown := self._reasoning.add(reasoning):
            yield ReasoningDelta(shown, self.index)
        if shown := self._text.add(text):
            yield TextDelta(shown, self.index)
        if shown := self._refusal.add(_string(delta.get("refusal"))):
            yield RefusalDelta(shown, self.index)
        for fragment in _dicts(delta.get("tool_calls")):
            yield self._add_call(fragment)

    def _add_call(self, fragment: Mapping[str, Any]) -> ToolCallDelta:
        function = fragment.get("function")
        function = function if isinstance(function, dict) else {}
        name, arguments = _string(function.get("name")), _arguments(function.get("arguments"))
        number = self._call_number(fragment.get("index"), _string(fragment.get("id")), name)
        shown = self._calls[number].add(_string(fragment.get("id")), name, arguments)
        return ToolCallDelta(number, name, shown, self.index)

    def _call_number(self, index: object, identity: str, name: str) -> int:
        """Return the number of the call to which a fragment belongs, making a new call if there is none.

        The index decides, if there is one. A server that gives every call the index 0 (Ollama, SGLang) or no index
        (Gemini) sends each call whole, with its own id. Among calls with the same index, a fragment without an id
        continues the last one.
        """
        for number, call in reversed(list(enumerate(self._calls))):
            if isinstance(index, int) and call.index == index and call.continues(identity, name):
                return number
        if not isinstance(index, int) and self._calls and self._calls[-1].continues(identity, name):
            return len(self._calls) - 1
        self._calls.append(_CallBuilder(index if isinstance(index, int) else None))
        return len(self._calls) - 1

    def take_hidden(self) -> bool:
        """Return whether the last chunk was not shown as it is, since it has a key or a part of one."""
        texts = [self._text, self._reasoning, self._refusal, *(call.arguments for call in self._calls)]
        hidden = [text.take_hidden() for text in texts]
        return any(hidden)

    def end(self) -> Iterator[Event]:
        """Yield the events of text that was held back because it might have become a key."""
        if shown := self._reasoning.end():
            yield ReasoningDelta(shown, self.index)
        if shown := self._text.end():
            yield TextDelta(shown, self.index)
        if shown := self._refusal.end():
            yield RefusalDelta(shown, self.index)
        for number, call in enumerate(self._calls):
            if shown := call.arguments.end():
                yield ToolCallDelta(number, "", shown, self.index)

    def build(self) -> Choice:
        return Choice(
            text=str(self._text),
            reasoning=str(self._reasoning),
            refusal=str(self._refusal),
            tool_calls=tuple(call.build() for call in self._calls),
            finish_reason=self.finish_reason,
            logprobs=() if self._text.hides_key or self._logprobs_spell_key() else tuple(self._logprobs),
        )

    def _logprobs_spell_key(self) -> bool:
        """Return whether the tokens of the answer, or their bytes, are a key when they are joined."""
        if not self._logprobs or not self._text.may_hide:
            return False
        tokens = "".join(_string(entry.get("token")) for entry in self._logprobs)
        numbers = [number for entry in self._logprobs for number in _list(entry.get("bytes"))]
        return bool(without_keys_in([tokens, numbers]) != [tokens, numbers])


class _ChoiceBuilders(dict[int, _ChoiceBuilder]):
    """The choices by index, each made when it is first looked up."""

    def __missing__(self, index: int) -> _ChoiceBuilder:
        builder = self[index] = _ChoiceBuilder(index)
        return builder


class _FilteredText:
    """Streamed text without the keys of this process. Pieces are joined only when the text is read."""

    def __init__(self) -> None:
        self._pieces: list[str] = []  # it only grows: another thread may read the text while a piece arrives
        self._joined = (0, "")  # how many pieces are joined, and the text that they make up
        self._keys = KeyFilter()
        self._hidden = False

    def add(self, piece: str) -> str:
        """Add a piece and return what may be shown now; the end of a piece is held back if it may begin a key."""
        if not piece:
            return ""
        shown = self._keys.feed(piece) if self._keys.active else piece
        self._hidden |= shown != piece
        if shown:
            self._pieces.append(shown)
        return shown

    def end(self) -> str:
        """Return what was held back."""
        shown = self._keys.end()
        if shown:
            self._pieces.append(shown)
        return shown

    def take_hidden(self) -> bool:
        """Return whether a piece since the last call was not shown as it is."""
        hidden, self._hidden = self._hidden, False
        return hidden

    @property
    def may_hide(self) -> bool:
        return self._keys.active

    @property
    def hides_key(self) -> bool:
        return self._keys.found

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def __str__(self) -> str:
        count, text = self._joined
        if pieces := self._pieces[count:]:
            added = "".join(pieces)
            text += added
            if not added.isascii() and _SURROGATE.search(added):
                text = _with_pairs_joined(text)
            self._joined = (count + len(pieces), text)
        return text


class _CallBuilder:
    """One tool call while it is being written: the last non-empty id and name win, arguments are appended."""

    def __init__(self, index: int | None) -> None:
        self.index = index
        self._id = ""
        self._name = ""
        self.arguments = _FilteredText()

    def continues(self, identity: str, name: str) -> bool:
        """Whether a fragment with this id and name can belong to this call."""
        if identity and self._id:
            return identity == self._id
        if self.index is None:
            return not (name and self._name)
        # Servers that give every call the index 0 and no id: another name after arguments begins another call.
        return not (name and self._name and name != self._name and self.arguments)

    def add(self, identity: str, name: str, arguments: str) -> str:
        self._id = identity or self._id
        self._name = name or self._name
        return self.arguments.add(arguments)

    def build(self) -> ToolCall:
        return ToolCall(id=self._id, name=self._name, arguments=str(self.arguments))


def _as_chunk(event: Event) -> dict[str, Any]:
    """Return a chunk that gives an event of text or of a call."""
    if isinstance(event, ToolCallDelta):
        function = {"name": event.name, "arguments": event.arguments}
        delta: dict[str, Any] = {"tool_calls": [{"index": event.call, "function": function}]}
    else:
        assert isinstance(event, TextDelta | ReasoningDelta | RefusalDelta)
        delta = {_DELTA_FIELDS[type(event)]: event.text}
    return {"choices": [{"index": event.choice, "delta": delta}]}


def _without_text(choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a choice of a chunk without its text and what spells it."""
    return {name: value for name, value in choice.items() if name not in _TEXT_FIELDS} | {"delta": {}}


def _with_pairs_joined(text: str) -> str:
    """Join the two surrogates of a character that a server sent in two pieces."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _dicts(value: object) -> list[Mapping[str, Any]]:
    # dict, not Mapping: chunks are parsed JSON, and testing for an abstract class costs a microsecond.
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _arguments(value: object) -> str:
    """Return a call's arguments as JSON text; some servers send the object itself."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, Mapping) and value else _string(value)


def _content(value: object) -> tuple[str, str]:
    """Return (reasoning, text) of a content: a string, or Mistral's list of parts."""
    if not isinstance(value, list):
        return "", _string(value)
    parts = _dicts(value)
    text = "".join(_string(part.get("text")) for part in parts if part.get("type") == "text")
    thinking = "".join(_thinking(part.get("thinking")) for part in parts if part.get("type") == "thinking")
    return thinking, text


def _thinking(value: object) -> str:
    """Return the text of a thinking part: a string, or a list of text parts. Deeper nesting is ignored."""
    return _string(value) or "".join(_string(part.get("text")) for part in _dicts(value) if part.get("type") == "text")


def _raw_usage(chunk: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the usage of a chunk; Groq has its own field for it."""
    usage = chunk.get("usage")
    if not usage and isinstance(chunk.get("x_groq"), dict):
        usage = chunk["x_groq"].get("usage")
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
