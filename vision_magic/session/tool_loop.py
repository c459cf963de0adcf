"""The rounds of one answer: a generator without I/O.

A round is one request. Another follows when the model calls functions, or when its answer has the wrong shape and a
repair was asked for. What runs, what does not, and when the answer ends is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from vision_magic.chat.events import ToolFinished, ToolStarted
from vision_magic.chat.messages import ImagePart, Message, Outcome, TextPart, ToolCall
from vision_magic.chat.reply import Choice, Reply
from vision_magic.chat.request import ChatRequest
from vision_magic.chat.schema import Schema
from vision_magic.chat.tools import MAX_ARGUMENTS, Tool, ToolArgumentError
from vision_magic.chat.usage import Timing
from vision_magic.drive import Emit
from vision_magic.errors import BrokenReply
from vision_magic.images.image import Image, RemoteImage

__all__ = ["AskApproval", "CallTool", "Limits", "SendRequest", "Step", "ToolLoop", "ToolOutcome", "messages_of"]

_AGAIN: Final = "This very call was made before; its result stands above. Answer with it, or call otherwise."
_ENOUGH: Final = "No more calls are possible in this answer; answer with what is known."
_NOT_RUN: Final = "Not run: the answer was interrupted."


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send a request; the outcome is its `Reply`."""

    request: ChatRequest


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask whether a call may run; the outcome is empty where it may, else the reason why not."""

    call: ToolCall
    tool: Tool


@dataclass(frozen=True, slots=True)
class CallTool:
    """Call a function; the outcome is a `ToolOutcome`."""

    tool: Tool
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """What a function returned, as text and images for the model, or how it failed."""

    text: str
    images: tuple[Image | RemoteImage, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far one answer may go.

    Attributes
    ----------
    rounds : int
        How often the model may call functions and be told their results.
    calls : int
        How many functions may run in all.
    repairs : int
        How often an answer of the wrong shape is sent back.
    """

    rounds: int = 5
    calls: int = 16
    repairs: int = 0


Step = SendRequest | AskApproval | CallTool | Emit
SendSteps = Callable[[ChatRequest], Generator[Any, Any, Reply]]
Answer = Reply | ToolOutcome | str | None


@dataclass(slots=True)
class ToolLoop:
    """The rounds of one answer: its request, the functions that may be called, and what has arrived."""

    request: ChatRequest
    tools: Mapping[str, Tool] = field(default_factory=dict)
    schema: Schema | None = None
    limits: Limits = field(default_factory=Limits)
    _rounds: list[Reply] = field(default_factory=list)
    _current: Reply | None = None
    _made: set[tuple[str, str]] = field(default_factory=set)
    _ran: int = 0
    _repaired: int = 0

    def steps(self, send: SendSteps | None = None) -> Generator[Any, Any, Reply]:
        """Yield the steps until the answer is complete, and return it.

        Parameters
        ----------
        send : callable, optional
            Takes a request; a generator of the steps that it takes, which returns the reply. By default there is one
            step, `SendRequest`.
        """
        request, send = self.request, send or _send
        while True:
            reply = yield from send(request)
            reply = _with_names(reply, len(self._rounds))
            calls = reply.choices[0].tool_calls
            if calls and self._takes(calls) and request.tool_choice != "none":
                self._current = reply
                yield from self._run(reply)
                request = self._after_calls(request)
            elif fault := self._fault(reply):
                if self._repaired >= self.limits.repairs:
                    raise _wrong(fault, self.so_far(reply))
                self._repaired += 1
                self._rounds.append(reply)
                request = _with_messages(request, *_repair(reply, fault))
            else:
                return self.so_far(reply)

    @property
    def begun(self) -> bool:
        """Whether a round has come to its end."""
        return bool(self._rounds) or self._current is not None

    def so_far(self, streaming: Reply | None = None) -> Reply:
        """Return the whole answer as far as it has come: the round that is being written, and those before it."""
        reply = streaming or self._current
        earlier = self._rounds
        if reply is None:
            reply, earlier = (
                (self._rounds[-1], self._rounds[:-1]) if self._rounds else (Reply(request=self.request), [])
            )
        if not earlier:
            return reply if self.schema is None else replace(reply, schema=self.schema)
        counts = [one.usage for one in (*earlier, reply)]
        known = [usage for usage in counts if usage is not None]
        notes = dict.fromkeys(note for one in (*earlier, reply) for note in one.notes)
        return replace(
            reply,
            rounds=tuple(earlier),
            usage=sum(known[1:], known[0]) if known and len(known) == len(counts) else None,
            timing=_together([*earlier, reply]),
            notes=tuple(notes),
            schema=self.schema,
        )

    def _takes(self, calls: tuple[ToolCall, ...]) -> bool:
        """Whether the calls are ours to answer: not those of a tool that was passed as a schema alone."""
        described = {tool.get("function", {}).get("name") for tool in self.request.tools or ()}
        return bool(self.tools) and not any(call.name in described - self.tools.keys() for call in calls)

    def _run(self, reply: Reply) -> Generator[Step, Answer, None]:
        """Run the calls of a round, one after another, each noted as soon as it has ended."""
        calls = list(reply.choices[0].tool_calls)
        for number, call in enumerate(calls):
            yield Emit([ToolStarted(call)])
            calls[number] = yield from self._answer(call)
            self._current = _with_calls(reply, calls)
            yield Emit([ToolFinished(calls[number])])
        assert self._current is not None
        self._rounds.append(self._current)
        self._current = None

    def _answer(self, call: ToolCall) -> Generator[Step, Answer, ToolCall]:
        tool = self.tools.get(call.name)
        if tool is None:
            return _told(call, "refused", f"There is no function {call.name!r}; there are: {', '.join(self.tools)}.")
        key = (call.name, _canonical(call.arguments))
        if key in self._made:
            return _told(call, "refused", _AGAIN)
        if self._ran >= self.limits.calls:
            return _told(call, "refused", _ENOUGH)
        try:
            arguments = tool.check(call.arguments)
        except ToolArgumentError as error:
            return _told(call, "refused", str(error))
        if not tool.safe:
            against = yield AskApproval(call, tool)
            if against:
                return _told(call, "refused", str(against))
        self._ran += 1
        self._made.add(key)
        ran = yield CallTool(tool, arguments)
        assert isinstance(ran, ToolOutcome)
        return replace(_told(call, "failed" if ran.failed else "done", ran.text), images=ran.images)

    def _after_calls(self, request: ChatRequest) -> ChatRequest:
        request = _with_messages(request, *messages_of(self._rounds[-1]))
        called = sum(bool(one.choices[0].tool_calls) for one in self._rounds)
        if called >= self.limits.rounds or self._ran >= self.limits.calls:
            return replace(request, tool_choice="none")
        # What had to be called has been: asked for again and again, it would never end.
        return replace(request, tool_choice=None) if request.tool_choice not in (None, "auto") else request

    def _fault(self, reply: Reply) -> str:
        """Return what is wrong with the shape of an answer; empty where nothing is, or nothing was asked for."""
        if self.schema is None or len(reply.choices) > 1 or reply.choices[0].tool_calls:
            return ""
        try:
            _ = replace(reply, schema=self.schema).value
        except BrokenReply as error:
            return str(error)
        return ""


def _send(request: ChatRequest) -> Generator[SendRequest, Any, Reply]:
    reply: Reply = yield SendRequest(request)
    return reply


def messages_of(reply: Reply) -> Iterator[Message]:
    """Yield what a reply adds to the conversation: the model's message, the results of its calls, their pictures.

    A call that was not run is answered too: servers refuse a conversation with an open one. Of several answers, it goes
    on with the first that is one.
    """
    choice = next((choice for choice in reply.choices if not choice.error), reply.choices[0])
    text = _marked(choice, reply)
    calls = tuple(replace(call, arguments=_sendable(call.arguments)) for call in choice.tool_calls)
    yield Message(role="assistant", content=text, tool_calls=calls)
    for call in choice.tool_calls:
        yield Message(role="tool", content=call.result or _NOT_RUN, tool_call_id=call.id)
    pictures = [(call.name, image) for call in choice.tool_calls for image in call.images]
    if pictures:
        # A function's message can hold text alone, so its pictures come in one of ours.
        parts: list[TextPart | ImagePart] = []
        for name, image in pictures:
            parts.extend([TextPart(f"{name} returned this picture:"), ImagePart(image)])
        yield Message(role="user", content=tuple(parts))


def _sendable(arguments: str) -> str:
    """Return the arguments of a call as they go along with the next question.

    Servers refuse a conversation whose arguments are no JSON, and megabytes of them would go along for ever.
    """
    try:
        readable = len(arguments) <= MAX_ARGUMENTS and isinstance(json.loads(arguments or "{}"), dict)
    except (ValueError, RecursionError):
        readable = False
    return (arguments or "{}") if readable else "{}"


def _marked(choice: Choice, reply: Reply) -> str:
    text = choice.text or choice.refusal
    if reply.state == "complete":
        return text
    return f"{text}\n[This answer was interrupted here.]".lstrip()


def _told(call: ToolCall, outcome: Outcome, words: str) -> ToolCall:
    return replace(call, outcome=outcome, result=words or "(empty)")


def _with_calls(reply: Reply, calls: list[ToolCall]) -> Reply:
    return replace(reply, choices=(replace(reply.choices[0], tool_calls=tuple(calls)), *reply.choices[1:]))


def _with_names(reply: Reply, before: int) -> Reply:
    """Return a reply whose calls each have an id of their own: results are told apart by it."""
    calls = list(reply.choices[0].tool_calls)
    if not calls:
        return reply
    used: set[str] = set()
    for number, call in enumerate(calls):
        if not call.id or call.id in used:
            calls[number] = replace(call, id=f"call_{before}_{number}")
        used.add(calls[number].id)
    return _with_calls(reply, calls)


def _canonical(arguments: str) -> str:
    try:
        return json.dumps(json.loads(arguments or "{}"), sort_keys=True)
    except (ValueError, RecursionError):
        return arguments


def _with_messages(request: ChatRequest, *messages: Message) -> ChatRequest:
    return replace(request, messages=(*request.messages, *messages))


def _repair(reply: Reply, fault: str) -> Iterator[Message]:
    yield Message(role="assistant", content=reply.text or "(nothing)")
    yield Message(role="user", content=f"{fault}\nAnswer again with the corrected JSON and nothing else.")


def _wrong(fault: str, reply: Reply) -> BrokenReply:
    failure = BrokenReply(fault)
    failure.partial = reply
    return failure


def _together(replies: list[Reply]) -> Timing:
    return Timing(
        time_to_first_token=replies[0].timing.time_to_first_token,
        total=sum(one.timing.total for one in replies),
        tokens_per_second=replies[-1].timing.tokens_per_second,
    )
