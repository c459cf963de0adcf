"""Assembly of a reply from the chunks of a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from vision_magic.chat.call_builder import CallBuilders
from vision_magic.chat.citations import CHUNK_FIELDS, Citations
from vision_magic.chat.embedded_images import EmbeddedImages
from vision_magic.chat.events import Event, ImageReceived, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.filtered_text import FilteredText
from vision_magic.chat.finish_reasons import as_finish_reason, meaning
from vision_magic.chat.logprobs import token_of
from vision_magic.chat.output_images import OutputImages, OutputLimits
from vision_magic.chat.provider_fields import ProviderFieldsBuilder
from vision_magic.chat.received import as_message, content_of, details_text, dicts, string
from vision_magic.chat.reply import Choice, Reply, State
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.usage import Timing, Usage, usage_of
from vision_magic.secrets import without_keys_in

__all__ = ["MAX_CHARACTERS", "ReplyBuilder"]

MAX_CHARACTERS: Final = 16_000_000
"""Length of the longest answer, with its reasoning and the arguments of its calls; some four million tokens."""

_MAX_CHOICES: Final = 128  # the specification's limit for `n`
_MAX_CALLS: Final = 256  # in one choice
_MAX_LOGPROBS: Final = 1_000_000  # tokens and their alternatives, in one choice
_SHORTEST: Final = 0.1  # seconds; a speed over a shorter time means nothing
_MAX_NAME: Final = 200  # characters of a model's name

_TEXT_ONLY: Final = frozenset({"content", "role"})
_TEXT_FIELDS: Final = frozenset({"delta", "message", "text", "logprobs"})
_DELTA_FIELDS: Final = {TextDelta: "content", ReasoningDelta: "reasoning_content", RefusalDelta: "refusal"}
_CITATIONS: Final = frozenset(CHUNK_FIELDS)
_BAD: Final = frozenset({"length", "content_filter", "error"})


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
    server : str
        The server that gets its own fields of this answer back with the next request; empty if they are not kept.
    """

    def __init__(
        self,
        reply: Reply | None = None,
        *,
        choices: int = 1,
        on_chunk: Callable[[Mapping[str, Any], float], None] | None = None,
        server: str = "",
    ) -> None:
        self._server = server
        self._reply = reply or Reply()
        self._on_chunk = on_chunk
        self.notes = self._reply.notes
        self._expected = choices
        self.errors: list[object] = []  # that choices have reported, as the server sent them
        self._choices = _ChoiceBuilders(self.errors)
        self._usage: Mapping[str, Any] | None = None
        self._model = self._reply.model
        self._fingerprint: str | None = None
        self._citations = Citations()  # beside the choices
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
            self._model = string(model)[:_MAX_NAME] or self._model
        fingerprint = chunk.get("system_fingerprint")
        if fingerprint and fingerprint != self._fingerprint:
            self._fingerprint = string(fingerprint)[:_MAX_NAME] or self._fingerprint
        if chunk.get("usage") or "x_groq" in chunk:
            # Some servers send a running total with every chunk: only the last one counts.
            self._usage = _raw_usage(chunk) or self._usage
        if not _CITATIONS.isdisjoint(chunk):
            self._citations.add_chunk(chunk)
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
            chunk = {**chunk, "choices": [_without_text(choice) for choice in dicts(chunk.get("choices"))]}
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
            if len(choices) == 1 and isinstance(choices[0], dict):
                return self._choices[0].add(choices[0])
            first, *others = dicts(choices[:_MAX_CHOICES]) or [{}]
            events = self._choices[0].add(first) if first else []
            return events + [event for other in others for event in self._choices[0].add_other(other)]
        numbered = enumerate(dicts(choices[:_MAX_CHOICES]))
        return [event for place, choice in numbered for event in self._add_numbered(place, choice)]

    def _add_numbered(self, place: int, choice: Mapping[str, Any]) -> list[Event]:
        index = choice.get("index")
        return self._choices[index if type(index) is int and 0 <= index < _MAX_CHOICES else place].add(choice)

    def end(self) -> list[Event]:
        """End the stream, and return the events of text that was held back because it might have become a key."""
        events = [event for choice in self._choices.values() for event in choice.end()]
        self._report_events(events, self._last)
        return events

    @property
    def error_reason(self) -> str:
        """The finish reason that means that the server failed; empty if there is none."""
        return next((choice.error_reason for choice in self._choices.values() if choice.error_reason), "")

    @property
    def has_choice(self) -> bool:
        """Whether a choice has arrived, even an empty one."""
        return bool(self._choices)

    @property
    def length(self) -> int:
        """The characters of the answer that have arrived, with one for each call and each image."""
        return sum(choice.length + choice.calls + choice.images.count for choice in self._choices.values())

    @property
    def has_usage(self) -> bool:
        """Whether the server has counted the tokens."""
        return self._usage is not None

    def excess(self) -> str:
        """Return the limit that the answer exceeds, such as ``16,000,000 characters``; empty if it exceeds none."""
        choices = self._choices.values()
        if self.length > MAX_CHARACTERS:
            return f"{MAX_CHARACTERS:,} characters"
        if any(choice.calls > _MAX_CALLS for choice in choices):
            return f"{_MAX_CALLS} function calls"
        return f"{_MAX_LOGPROBS:,} log probabilities" if any(c.logprobs > _MAX_LOGPROBS for c in choices) else ""

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
        usage = usage_of(self._usage) if self._usage else None
        choices = tuple(self._build(number) for number in self._numbers()) or (Choice(),)
        return Reply(
            choices=choices,
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
            notes=(
                *self.notes,
                *self._image_notes(),
                *(_notes(choices, usage, state, self._reply.request) if self._choices else ()),
            ),
            headers=self._reply.headers,
        )

    def _image_notes(self) -> Iterator[str]:
        builders = list(self._choices.values())  # a copy, as above
        return (note for choice in builders for note in choice.images.notes())

    def _numbers(self) -> list[int]:
        """Return the numbers of the choices; one that has not begun keeps its place before a later one."""
        numbers = sorted(self._choices)
        if not numbers or len(numbers) == self._expected or self.finished:
            return numbers
        return list(range(numbers[-1] + 1)) if numbers[0] >= 0 and numbers[-1] < self._expected else numbers

    def _build(self, number: int) -> Choice:
        if number not in self._choices:
            return Choice()
        request = self._reply.request
        choice = self._choices[number].build(self._server, request.model if request is not None else "")
        cited = self._citations.build()
        return replace(choice, citations=(*cited, *choice.citations)) if cited else choice


class _ChoiceBuilder:
    """One choice while it is being written."""

    def __init__(self, index: int, errors: list[object], limits: OutputLimits) -> None:
        self.index = index
        self.finish_reason: str | None = None
        self.error_reason = ""
        self._errors = errors
        self.logprobs = 0  # tokens and alternatives
        self.images = OutputImages(limits)
        self._announced = 0  # images of which there was an event
        self._text = _AnswerText(self.images)
        self._reasoning = FilteredText()
        self._refusal = FilteredText()
        self._calls = CallBuilders()
        self._tokens: list[Mapping[str, Any]] = []
        self._provider_fields = ProviderFieldsBuilder()
        self._citations = Citations()

    @property
    def length(self) -> int:
        """The characters that have arrived."""
        calls = sum(call.arguments.length for call in self._calls)
        return self._text.length + self._reasoning.length + self._refusal.length + calls

    @property
    def calls(self) -> int:
        """The number of calls."""
        return len(self._calls)

    def add(self, choice: Mapping[str, Any]) -> list[Event]:
        if choice.get("finish_reason") or choice.get("native_finish_reason"):
            self._end_with(choice)
        if choice.get("logprobs"):
            self._add_logprobs(choice["logprobs"])
        delta = choice.get("delta")
        if type(delta) is dict and "message" not in choice and "error" not in choice:
            content = delta.get("content")
            if type(content) is str and (len(delta) == 1 or delta.keys() <= _TEXT_ONLY):
                shown = self._text.add(content)
                events: list[Event] = [TextDelta(shown, self.index)] if shown else []
                return [*events, *self._new_images()] if len(self.images.images) > self._announced else events
        return list(self._add_any(choice))

    def add_other(self, choice: Mapping[str, Any]) -> Iterator[Event]:
        """Add a further choice of a server that was asked for one.

        Some send the text and the calls of one answer as two choices (GitHub Copilot). Other text would be another
        answer, so a message counts only if there is none yet.
        """
        self._note_error(choice)
        content = choice.get("delta") or choice.get("message")
        if choice.get("message") and not self.length:
            yield from self.add(choice)
        elif isinstance(content, dict) and (content.get("tool_calls") or content.get("function_call")):
            self._end_with(choice)
            calls = {name: content.get(name) for name in ("tool_calls", "function_call")}
            yield from self._add_any({"delta" if choice.get("delta") else "message": calls})

    def _end_with(self, choice: Mapping[str, Any]) -> None:
        """Take the finish reason of a chunk; the reason of the server behind a gateway counts where it is worse."""
        reason = as_finish_reason(choice.get("finish_reason"))
        native = as_finish_reason(choice.get("native_finish_reason"))
        if native and meaning(native) in _BAD and meaning(reason) not in _BAD:  # pi#8511
            reason = native
        self.finish_reason = reason or self.finish_reason
        if meaning(reason) == "error":
            self.error_reason = reason or ""

    def _note_error(self, choice: Mapping[str, Any]) -> None:
        """Note an error of a choice, from a field of its own (OpenRouter, genkit#6079)."""
        for place in (choice, choice.get("delta"), choice.get("message")):
            if isinstance(place, dict) and place.get("error"):
                self._errors.append(place["error"])

    def _add_logprobs(self, logprobs: object) -> None:
        if isinstance(logprobs, dict):
            tokens = [token_of(token) for token in dicts(logprobs.get("content"))]
            self.logprobs += len(tokens) + sum(
                len(token["top_logprobs"]) for token in tokens if "top_logprobs" in token
            )
            self._tokens.extend(tokens)

    def _add_any(self, choice: Mapping[str, Any]) -> Iterator[Event]:
        """Yield the events of a choice in any form: a delta, a whole message, or the text of an old completion."""
        self._note_error(choice)
        delta, message = choice.get("delta"), choice.get("message")
        if delta:
            yield from self._add_content(as_message(delta), whole=False)
        if message:
            yield from self._add_content(as_message(message), whole=True)
        if not delta and not message and (shown := self._text.add(string(choice.get("text")))):
            yield TextDelta(shown, self.index)

    def _add_content(self, content: Mapping[str, Any], *, whole: bool) -> Iterator[Event]:
        """Yield the events of a delta, or of a message, which counts only where no delta brought anything."""
        parts = content.get("content")
        thinking, text, refusal = content_of(parts) if parts else ("", "", "")
        # Servers use either name; some send the same text under both, so only one is read.
        reasoning = string(content.get("reasoning_content")) or string(content.get("reasoning")) or thinking
        reasoning = reasoning or details_text(content.get("reasoning_details"))
        if reasoning and (shown := self._reasoning.take(reasoning, whole)):
            yield ReasoningDelta(shown, self.index)
        if text and (shown := self._text.take(text, whole)):
            yield TextDelta(shown, self.index)
        if shown := self._refusal.take(string(content.get("refusal")) or refusal, whole):
            yield RefusalDelta(shown, self.index)
        if type(parts) is list or "images" in content:
            self.images.add(content)
        yield from self._new_images()
        self._provider_fields.add(content, whole=whole)
        self._citations.add(content)
        calls = dicts(content.get("tool_calls"))
        if not calls and isinstance(content.get("function_call"), dict):  # deprecated in 2023, still sent
            calls = [{"function": content["function_call"]}]
        for number, name, arguments in self._calls.add(calls, whole=whole):
            yield ToolCallDelta(number, name, arguments, self.index)

    def _new_images(self) -> Iterator[ImageReceived]:
        """Yield the events of the images that have arrived since the last call."""
        new = self.images.images[self._announced :]
        self._announced += len(new)
        for image in new:
            yield ImageReceived(image, self.index)

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
        yield from self._new_images()
        for number, call in enumerate(self._calls):
            if shown := call.arguments.end():
                yield ToolCallDelta(number, "", shown, self.index)

    def build(self, server: str, model: str) -> Choice:
        """Return the choice; its own fields go back to this server and model."""
        reasoning = "" if self._reasoning.hides_key else str(self._reasoning)
        fields = [call.fields for call in self._calls]
        return Choice(
            text=str(self._text),
            reasoning=str(self._reasoning),
            refusal=str(self._refusal),
            tool_calls=tuple(call.build() for call in self._calls),
            finish_reason=self.finish_reason,
            logprobs=() if self._text.hides_key or self._logprobs_spell_key() else tuple(self._tokens),
            output_images=tuple(self.images.images),
            image_addresses=tuple(self.images.addresses),
            citations=self._citations.build(),
            provider_fields=self._provider_fields.build(server, model, reasoning, fields),
        )

    def _logprobs_spell_key(self) -> bool:
        """Return whether the tokens of the answer, or their bytes, are a key when they are joined."""
        if not self._tokens or not self._text.may_hide:
            return False
        tokens = "".join(string(entry.get("token")) for entry in self._tokens)
        numbers = [number for entry in self._tokens for number in entry.get("bytes") or ()]
        return bool(without_keys_in([tokens, numbers]) != [tokens, numbers])


class _AnswerText(FilteredText):
    """The text of an answer, also without the images that it has."""

    def __init__(self, images: OutputImages) -> None:
        super().__init__()
        self._embedded = EmbeddedImages(images)

    def add(self, piece: str) -> str:
        """Add a piece and return what may be shown now; the data of images is left out."""
        if piece and (self._embedded.waits or "]" in piece):
            text = self._embedded.feed(piece, first=not self.length)
            self._hidden |= text != piece
            piece = text
        return FilteredText.add(self, piece)  # a call of super would take a tenth of the time of a token

    def end(self) -> str:
        """Return what was held back."""
        return super().add(self._embedded.end()) + super().end()


class _ChoiceBuilders(dict[int, _ChoiceBuilder]):
    """The choices by index, each made when it is first looked up."""

    def __init__(self, errors: list[object]) -> None:
        self._errors = errors
        self._limits = OutputLimits()

    def __missing__(self, index: int) -> _ChoiceBuilder:
        builder = self[index] = _ChoiceBuilder(index, self._errors, self._limits)
        return builder


def _as_chunk(event: Event) -> dict[str, Any]:
    """Return a chunk that gives an event of text, of an image or of a call."""
    if isinstance(event, ToolCallDelta):
        function = {"name": event.name, "arguments": event.arguments}
        delta: dict[str, Any] = {"tool_calls": [{"index": event.call, "function": function}]}
    elif isinstance(event, ImageReceived):
        delta = {"images": [{"type": "image_url", "image_url": {"url": event.image.data_uri}}]}
    else:
        assert isinstance(event, TextDelta | ReasoningDelta | RefusalDelta)
        delta = {_DELTA_FIELDS[type(event)]: event.text}
    return {"choices": [{"index": event.choice, "delta": delta}]}


def _without_text(choice: Mapping[str, Any]) -> dict[str, Any]:
    """Return a choice of a chunk without its text and what spells it."""
    return {name: value for name, value in choice.items() if name not in _TEXT_FIELDS} | {"delta": {}}


def _raw_usage(chunk: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the usage of a chunk; Groq has its own field for it."""
    usage = chunk.get("usage")
    if not usage and isinstance(chunk.get("x_groq"), dict):
        usage = chunk["x_groq"].get("usage")
    return usage if usage and isinstance(usage, dict) else None


def _rate(usage: Usage | None, first: float | None, last: float) -> float | None:
    if usage is None or not usage.completion_tokens or first is None or last - first < _SHORTEST:
        return None
    return usage.completion_tokens / (last - first)


def _notes(
    choices: tuple[Choice, ...], usage: Usage | None, state: State, request: ChatRequest | None
) -> Iterator[str]:
    """Yield notes on what the reply does not show: calls of what was not offered, an answer without text."""
    if request is not None and not request.tools and any(choice.tool_calls for choice in choices):
        yield "The model called a function, but none was offered; pass functions with tools."
    empty = [number for number, choice in enumerate(choices, 1) if choice.is_empty]
    if state == "complete" and empty:
        where = "" if len(empty) == len(choices) else f" in choice {', '.join(map(str, empty))}"
        cut = all(meaning(choices[number - 1].finish_reason) == "length" for number in empty)
        reasoned = any(choices[number - 1].has_reasoning for number in empty) or bool(usage and usage.reasoning_tokens)
        why = ": the token limit was spent on reasoning; allow more with max_tokens" if cut and reasoned else ""
        yield f"The model sent no text{where}{why}."
