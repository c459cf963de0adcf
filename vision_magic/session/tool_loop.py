"""The rounds of one answer: a generator without I/O.

A round is one request and its reply. Another round follows if the model calls functions, or if its answer has the wrong
shape and a repair is allowed. The loop decides which calls run, and when the answer is complete.
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
from vision_magic.chat.tools import MAX_ARGUMENTS, Tool, ToolArgumentError, arguments_text
from vision_magic.chat.usage import Timing
from vision_magic.drive import Emit
from vision_magic.errors import BrokenReply
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image, RemoteImage
from vision_magic.session.turns import MADE

__all__ = ["AskApproval", "CallTool", "Limits", "SendRequest", "Step", "ToolLoop", "ToolOutcome", "messages_of"]

# The results of calls that did not run, for the model.
_REPEATED_CALL: Final = (
    "This call was already made with the same arguments; its result is above. Use that result, or call with other "
    "arguments."
)
_CALL_LIMIT_REACHED: Final = "No more function calls are allowed in this answer; answer with what you know."
_NOT_RUN: Final = "Not run: the answer was interrupted."


@dataclass(frozen=True, slots=True)
class SendRequest:
    """Send a request; the outcome is its `Reply`."""

    request: ChatRequest


@dataclass(frozen=True, slots=True)
class AskApproval:
    """Ask whether a call may run; the outcome is the reason why not, or an empty string."""

    call: ToolCall
    tool: Tool


@dataclass(frozen=True, slots=True)
class CallTool:
    """Call a function; the outcome is a `ToolOutcome`."""

    tool: Tool
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolOutcome:
    """The result of a function, as text and images for the model, or the description of its error."""

    text: str
    images: tuple[Image | RemoteImage, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one answer.

    Attributes
    ----------
    rounds : int
        Number of rounds in which the model may call functions.
    calls : int
        Number of function calls that may run, in all rounds together.
    repairs : int
        Number of times that an answer of the wrong shape is sent back to be corrected.
    """

    rounds: int = 5
    calls: int = 16
    repairs: int = 0


Step = SendRequest | AskApproval | CallTool | Emit
SendSteps = Callable[[ChatRequest], Generator[Any, Any, Reply]]
StepOutcome = Reply | ToolOutcome | str | None


@dataclass(slots=True)
class ToolLoop:
    """The rounds of one answer.

    Attributes
    ----------
    request : ChatRequest
        The first request.
    tools : mapping of str to Tool
        The functions that the model may call, by name.
    schema : Schema or None
        The shape that the answer must have.
    limits : Limits
        Limits of the answer.
    """

    request: ChatRequest
    tools: Mapping[str, Tool] = field(default_factory=dict)
    schema: Schema | None = None
    limits: Limits = field(default_factory=Limits)
    _rounds: list[Reply] = field(default_factory=list)  # complete, with the results of their calls
    _current: Reply | None = None  # the round whose calls are running
    _calls_made: set[tuple[str, str]] = field(default_factory=set)  # name and arguments
    _calls_run: int = 0
    _repairs: int = 0

    def steps(self, send: SendSteps | None = None) -> Generator[Any, Any, Reply]:
        """Yield the steps until the answer is complete, and return it.

        Parameters
        ----------
        send : callable, optional
            Takes a request, and returns a generator that yields the steps of sending it and returns the reply. By
            default, there is one step: `SendRequest`.
        """
        request, send = self.request, send or _send
        while True:
            reply = yield from send(request)
            reply = self._current = _with_call_ids(reply, len(self._rounds))
            if self._runs_calls(reply, request):
                yield from self._run_calls(reply)
                request = self._request_after_calls(request)
            elif fault := self._shape_fault(reply):
                if self._repairs >= self.limits.repairs:
                    raise _broken_reply(fault, self.so_far(reply))
                self._repairs += 1
                self._rounds.append(reply)
                self._current = None
                request = _with_messages(request, *_repair_messages(reply, fault))
            else:
                return self.so_far(reply)

    def continues_after(self, reply: Reply) -> bool:
        """Return whether functions are called, or a correction is asked for, after the complete reply of a round."""
        return self._runs_calls(reply, reply.request or self.request) or bool(self._shape_fault(reply))

    @property
    def begun(self) -> bool:
        """Whether the reply of a round is complete."""
        return bool(self._rounds) or self._current is not None

    def so_far(self, streaming: Reply | None = None) -> Reply:
        """Return the answer so far: the round that is being written (`streaming`), and those before it."""
        current = streaming or self._current
        rounds = self._rounds if current is None else [*self._rounds, current]
        *earlier, last = rounds or [Reply(request=self.request)]
        if not earlier:
            return last if self.schema is None else replace(last, schema=self.schema)
        usages = [one.usage for one in rounds if one.usage is not None]
        return replace(
            last,
            rounds=tuple(earlier),
            usage=sum(usages[1:], usages[0]) if len(usages) == len(rounds) else None,
            timing=_total_timing(rounds),
            notes=tuple(dict.fromkeys(note for one in rounds for note in one.notes)),
            schema=self.schema,
        )

    def _runs_calls(self, reply: Reply, request: ChatRequest) -> bool:
        calls = reply.choices[0].tool_calls
        return bool(calls) and self._can_answer(calls) and request.tool_choice != "none"

    def _can_answer(self, calls: tuple[ToolCall, ...]) -> bool:
        """Whether all calls are answered here. Those of a tool that was passed as a schema are left to the user."""
        described = {tool.get("function", {}).get("name") for tool in self.request.tools or ()}
        return bool(self.tools) and not any(call.name in described - self.tools.keys() for call in calls)

    def _run_calls(self, reply: Reply) -> Generator[Step, StepOutcome, None]:
        """Run the calls of a round, one after another. Each result is kept at once, so that an interrupt loses none."""
        calls = list(reply.choices[0].tool_calls)
        for number, call in enumerate(calls):
            calls[number], step = self._check(call)
            self._current = _with_calls(reply, calls)
            yield Emit([ToolStarted(calls[number])])
            calls[number] = yield from self._answer_call(calls[number], step)
            self._current = _with_calls(reply, calls)
            yield Emit([ToolFinished(calls[number])])
        self._rounds.append(self._current or reply)
        self._current = None

    def _check(self, call: ToolCall) -> tuple[ToolCall, CallTool | str]:
        """Return a call and the step that runs it, or the reason why it cannot run.

        The arguments of the call are those of the step. What the person is shown, what is kept, and what the function
        gets are therefore the same, however the model wrote it.
        """
        tool = self.tools.get(call.name)
        if tool is None:
            names = ", ".join(self.tools)
            return call, f"There is no function {call.name!r}; the functions are: {names}."
        try:
            arguments = tool.check(call.arguments)
        except ToolArgumentError as error:
            return call, str(error)
        checked = replace(call, arguments=arguments_text(arguments, call.arguments))
        if _key(checked) in self._calls_made:
            return checked, _REPEATED_CALL
        if self._calls_run >= self.limits.calls:
            return checked, _CALL_LIMIT_REACHED
        return checked, CallTool(tool, arguments)

    def _answer_call(self, call: ToolCall, step: CallTool | str) -> Generator[Step, StepOutcome, ToolCall]:
        """Run a checked call if it may run; return it with its result, or with the reason why it did not run."""
        if isinstance(step, str):
            return _with_result(call, "refused", step)
        if step.tool.safe is not True and (reason := (yield AskApproval(call, step.tool))):
            return _with_result(call, "refused", str(reason))
        self._calls_run += 1
        self._calls_made.add(_key(call))
        outcome = yield step
        assert isinstance(outcome, ToolOutcome)
        state: Outcome = "failed" if outcome.failed else "done"
        return replace(_with_result(call, state, outcome.text), images=outcome.images)

    def _request_after_calls(self, request: ChatRequest) -> ChatRequest:
        """Return the request of the next round, with the results of the calls."""
        request = _with_messages(request, *messages_of(self._rounds[-1]))
        rounds_with_calls = sum(bool(one.choices[0].tool_calls) for one in self._rounds)
        if rounds_with_calls >= self.limits.rounds or self._calls_run >= self.limits.calls:
            return replace(request, tool_choice="none")
        # A call that was required has been made; if it were required again, the rounds would never end.
        return replace(request, tool_choice=None) if request.tool_choice not in (None, "auto") else request

    def _shape_fault(self, reply: Reply) -> str:
        """Return what is wrong with the shape of an answer; empty if it is right, or if any shape is allowed."""
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
    """Yield the messages that a reply adds to the conversation: its text, the results of its calls, its pictures.

    The pictures that the model made and those that functions returned follow in a message of the user: servers refuse
    them in a message of the assistant (openai/openai-node#1030, epam/ai-dial-adapter-bedrock#306) or of a function.
    Of several choices, the first one without an error counts. A call that did not run has a result too, since servers
    refuse a conversation in which a call has none.
    """
    choice = next((choice for choice in reply.choices if not choice.error), reply.choices[0])
    text = _answer_text(choice, reply)
    calls = tuple(replace(call, arguments=_sendable(call.arguments)) for call in choice.tool_calls)
    # An interrupted answer is not what the server has signed.
    fields = choice.provider_fields if reply.state == "complete" else None
    yield Message(role="assistant", content=text, tool_calls=calls, provider_fields=fields)
    for call in choice.tool_calls:
        yield Message(role="tool", content=call.result or _NOT_RUN, tool_call_id=call.id)
    made = [(MADE, as_image(image)) for image in choice.output_images]  # as small as any picture that is sent
    returned = [(f"{call.name} returned this picture:", image) for call in choice.tool_calls for image in call.images]
    parts = [part for words, image in (*made, *returned) for part in (TextPart(words), ImagePart(image))]
    if parts:
        yield Message(role="user", content=tuple(parts))


def _sendable(arguments: str) -> str:
    """Return the arguments of a call as they are sent with the next questions; an empty object if they cannot be.

    Servers refuse a conversation with arguments that are not JSON, and very long ones would be sent again each time.
    """
    try:
        readable = len(arguments) <= MAX_ARGUMENTS and isinstance(json.loads(arguments or "{}"), dict)
    except (ValueError, RecursionError):
        readable = False
    return (arguments or "{}") if readable else "{}"


def _answer_text(choice: Choice, reply: Reply) -> str:
    """Return the text of an answer, marked if it is incomplete or empty: servers refuse a message without content."""
    text = choice.text or choice.refusal
    if reply.state == "complete":
        empty = "[This answer is a picture, which follows.]" if choice.output_images else "[This answer had no text.]"
        return text or ("" if choice.tool_calls else empty)
    return f"{text}\n[This answer was interrupted here.]".lstrip()


def _with_result(call: ToolCall, outcome: Outcome, result: str) -> ToolCall:
    return replace(call, outcome=outcome, result=result or "(empty)")


def _with_calls(reply: Reply, calls: list[ToolCall]) -> Reply:
    return replace(reply, choices=(replace(reply.choices[0], tool_calls=tuple(calls)), *reply.choices[1:]))


def _with_call_ids(reply: Reply, round_number: int) -> Reply:
    """Return a reply in which each call has its own id. Some servers omit or repeat ids, which results refer to."""
    calls = list(reply.choices[0].tool_calls)
    if not calls:
        return reply
    used: set[str] = set()
    for number, call in enumerate(calls):
        if not call.id or call.id in used:
            calls[number] = replace(call, id=f"call_{round_number}_{number}")
        used.add(calls[number].id)
    return _with_calls(reply, calls)


def _key(call: ToolCall) -> tuple[str, str]:
    """Return what two calls have in common if they do the same."""
    return call.name, json.dumps(json.loads(call.arguments, parse_float=_number), sort_keys=True)


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _with_messages(request: ChatRequest, *messages: Message) -> ChatRequest:
    return replace(request, messages=(*request.messages, *messages))


def _repair_messages(reply: Reply, fault: str) -> Iterator[Message]:
    fields = reply.choices[0].provider_fields
    yield Message(role="assistant", content=reply.text or "(nothing)", provider_fields=fields)
    yield Message(role="user", content=f"{fault}\nAnswer again with the corrected JSON and nothing else.")


def _broken_reply(fault: str, reply: Reply) -> BrokenReply:
    error = BrokenReply(fault)
    error.partial = reply
    return error


def _total_timing(rounds: list[Reply]) -> Timing:
    return Timing(
        time_to_first_token=rounds[0].timing.time_to_first_token,
        total=sum(one.timing.total for one in rounds),
        tokens_per_second=rounds[-1].timing.tokens_per_second,
    )
