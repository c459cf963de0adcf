"""What came back? ReplyBuilder folds chunks into a Reply: choices, tool calls, usage, timing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from vision_magic.chat.events import Event, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.schema import without_fence
from vision_magic.errors import BrokenReply, RequestError
from vision_magic.secrets import KeyFilter, without_keys

if TYPE_CHECKING:
    from vision_magic.chat.receipt import Receipt
    from vision_magic.chat.request import ChatRequest
    from vision_magic.chat.schema import Schema
    from vision_magic.images.image import Image, RemoteImage

__all__ = ["Choice", "Reply", "ReplyBuilder", "Timing", "Usage"]

_PLAIN = frozenset({"content", "role"})
_HALF = re.compile("[\ud800-\udfff]")

State = Literal["complete", "interrupted", "truncated"]

FinishReason = str
"""``stop``, ``length``, ``tool_calls``, ``content_filter``, or what else a server says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers to one request.

    Attributes
    ----------
    text, reasoning, refusal : str
        What the model answered, thought (where the server tells), or declined with.
    tool_calls : tuple of ToolCall
        Functions it wants called.
    finish_reason : str or None
        Why it ended; None where the server did not say.
    logprobs : tuple of dict
        One per token, as the server sent them; empty where they were not asked for.
    model : str
        Which model gave it, where several were asked; else empty.
    usage : Usage or None
        What this one took, where several models were asked.
    error : str
        Why it is missing or not whole, where several models were asked and one failed.
    """

    text: str = ""
    reasoning: str = ""
    refusal: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: FinishReason | None = None
    logprobs: tuple[Mapping[str, Any], ...] = ()
    model: str = ""
    usage: Usage | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Tokens as the server counted them; None where it did not. Nothing here is estimated."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __add__(self, other: Usage) -> Usage:
        """Return both together; what only one of them counted is as unknown as the sum."""
        names = ("prompt_tokens", "completion_tokens", "total_tokens")
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in names}
        sums = {name: None if None in pair else sum(pair) for name, pair in pairs.items()}
        return Usage(**sums, raw={name: count for name, count in sums.items() if count is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long it took, in seconds from the moment of sending.

    Attributes
    ----------
    first_token : float or None
        Until the first text, reasoning, refusal or tool call; None where there was none.
    total : float
        Until the last byte.
    tokens_per_second : float or None
        Counted completion tokens over the time from first token to last; None without a count.
    """

    first_token: float | None = None
    total: float = 0.0
    tokens_per_second: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A model's reply, whole or as far as it came.

    Attributes
    ----------
    choices : tuple of Choice
        At least one; more where ``n`` was above 1.
    model : str
        The model that answered, as the server named it.
    host : str
        Where it was asked.
    state : {"complete", "interrupted", "truncated"}
        Whether all of it is here.
    request : ChatRequest or None
        What was asked.
    usage : Usage or None
        Tokens, where the server counted them.
    system_fingerprint : str or None
        The server's name for the configuration that answered, to go with ``seed``.
    timing : Timing
        First token and total, in seconds.
    reproducible : bool
        Whether the same request always gives the same reply (the embedded reader).
    notes : tuple of str
        What was changed on the way for this server, in words, such as ``max_tokens sent as max_completion_tokens``.
    rounds : tuple of Reply
        What came before, in the same answer: replies that called functions, or that had to be put right.
    schema : Schema or None
        Which shape the answer was to have.
    """

    choices: tuple[Choice, ...] = (Choice(),)
    model: str = ""
    host: str = ""
    state: State = "complete"
    request: ChatRequest | None = field(default=None, repr=False)
    usage: Usage | None = None
    system_fingerprint: str | None = None
    timing: Timing = field(default_factory=Timing)
    reproducible: bool = False
    notes: tuple[str, ...] = ()
    rounds: tuple[Reply, ...] = field(default=(), repr=False)
    schema: Schema | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The first choice's text, as the model wrote it."""
        return self.choices[0].text

    @property
    def reasoning(self) -> str:
        """What the model thought before the first choice, where the server tells."""
        return self.choices[0].reasoning

    @property
    def refusal(self) -> str:
        """The words with which the model declined, else empty."""
        return self.choices[0].refusal

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The functions that were called, or that the first choice wants called, in order."""
        before = (call for earlier in self.rounds for call in earlier.choices[0].tool_calls)
        return (*before, *self.choices[0].tool_calls)

    @property
    def finish_reason(self) -> FinishReason | None:
        """Why the first choice ended."""
        return self.choices[0].finish_reason

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """The pictures that were sent, in order."""
        return self.request.images if self.request else ()

    @property
    def receipt(self) -> Receipt:
        """What was sent, to whom, and what it took."""
        from vision_magic.chat.receipt import receipt_of

        return receipt_of(self)

    @property
    def value(self) -> Any:
        """The first choice's text as a value of the type that was asked for with ``schema``.

        Raises
        ------
        BrokenReply
            The text is no such value; it stays in ``.text`` and in the error's ``.partial``.
        """
        return self.values[0]

    @property
    def values(self) -> tuple[Any, ...]:
        """The value of each choice, as `value`."""
        if self.schema is None:
            raise RequestError(
                "The reply has no value, since no shape was asked for: ask with schema=…, or use .json()."
            )
        return tuple(self._value(choice) for choice in self.choices)

    def _value(self, choice: Choice) -> Any:
        assert self.schema is not None
        try:
            return self.schema.read(choice.text)
        except ValueError as error:
            failure = BrokenReply(_wrong_shape(self.schema.name, choice, error))
            failure.partial = self
            raise failure from None

    def to_frame(self) -> Any:
        """Return the records that were asked for with ``schema=list[…]`` as a pandas table, a row each.

        One record, or one value, is a table of one row. Needs pandas.
        """
        value = self.value  # first: what is wrong with the answer comes before what is wrong with the machine
        assert self.schema is not None
        try:
            import pandas as pd  # type: ignore[import-untyped]
        except ImportError:
            raise RequestError("to_frame needs pandas, which is not installed: pip install pandas.") from None
        plain = self.schema.plain(value)
        rows = plain if isinstance(plain, list) else [plain]
        return pd.DataFrame([row if isinstance(row, dict) else {"value": row} for row in rows])

    def json(self) -> Any:
        """Return the text read as JSON; a fence around it is taken off.

        Raises
        ------
        BrokenReply
            The text is no JSON; it stays in ``.text`` and in the error's ``.partial``.
        """
        try:
            return json.loads(without_fence(self.text))
        except (ValueError, RecursionError) as error:
            failure = BrokenReply(
                f"The reply is no JSON ({error}); ask with response_format='json_object', or read reply.text."
            )
            failure.partial = self
            raise failure from None

    def __str__(self) -> str:
        from vision_magic.chat.markup import clean_text

        return clean_text(self.text)

    def __repr__(self) -> str:
        from vision_magic.chat.markup import clean_text

        words, model = (_one_line(clean_text(text)) for text in (self.text, self.model))
        return f"<Reply {words!r}, {model or 'unknown model'}, {self.state}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        from vision_magic.chat.render import reply_text

        printer.text(reply_text(self))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from vision_magic.chat.render import bundle

        return bundle(self)


class ReplyBuilder:
    """Folds the chunks of one call, in order, into a `Reply`. Pure: the time comes in with each chunk.

    Incoming chunks are read leniently: compatible servers omit, repeat and null fields.

    Parameters
    ----------
    reply : Reply
        What is known beforehand: host, images, the model that was asked.
    choices : int
        How many choices were asked for.
    witness : callable, optional
        Sees each chunk and its time before it is folded.
    """

    def __init__(
        self,
        reply: Reply | None = None,
        *,
        choices: int = 1,
        witness: Callable[[Mapping[str, Any], float], None] | None = None,
    ) -> None:
        self._reply = reply or Reply()
        self._witness = witness
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
        if self._witness is not None:
            self._witness(chunk, at)
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
                first_token=self._first,
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


def _one_line(text: str, most: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"


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


def _wrong_shape(name: str, choice: Choice, error: ValueError) -> str:
    if choice.refusal:
        return f"The model declined to give a {name}; its words are in reply.refusal."
    if choice.finish_reason == "length":
        return f"The answer was cut by the token limit before its {name} was whole; allow more with max_tokens=…."
    return f"The answer is no {name} ({error}). Its text is in reply.text; ask again with repair=True for one more try."
