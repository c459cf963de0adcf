"""Fields that a server does not support, learnt from its refusals and remembered by the session.

OpenAI's reasoning models refuse ``max_tokens`` and expect ``max_completion_tokens``; Mistral refuses the newer name and
``stream_options`` (422). Nothing is assumed about a server before it refuses, except that those in `_COUNT_UNASKED` are
not asked to count.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from vision_magic.chat.request import ChatRequest
from vision_magic.chat.schema import schema_instructions
from vision_magic.errors import ServerError

__all__ = ["Form", "QuirkBook", "ServerQuirks", "functions_are_refused"]

_OTHER_NAME: Final = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

# From the first to the last; llama-cpp-python, Fireworks and Together accept the second.
_JSON_FORMATS: Final[tuple[str, ...]] = ("json_schema", "json_object with a schema", "json_object")
_FORMAT_NAMES: Final = ("response_format", "json_schema", "json_object", "schema")

_STREAM_OPTIONS: Final = "stream_options"

_COUNT_UNASKED: Final = frozenset({"api.mistral.ai"})
"""Servers that count the tokens of each stream, and refuse `stream_options` (openai-agents-python#442)."""

_EFFORT: Final = "reasoning_effort"
# "Function tools with reasoning_effort are not supported for gpt-5.6-terra in /v1/chat/completions. To use function
# tools, use /v1/responses or set reasoning_effort to 'none'."
_WITHOUT_REASONING: Final = re.compile(
    r"tools? (?:with|and) reasoning_effort\b.{0,200}\bset reasoning_effort to ['\"`]?none", re.IGNORECASE
)

# Messages about a field that is not supported, as opposed to a value out of range.
_UNSUPPORTED: Final = re.compile(
    r"unsupported|not supported|unknown|unrecogni[sz]ed|unexpected|extra (?:inputs|fields|parameters)|not permitted|"
    r"forbidden|cannot find field|not allowed|does not support|instead|input should be",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Counting:
    """Whether a server may be asked to count the tokens of a stream; the same for all of its models."""

    unasked: bool = False  # it is not asked by default
    refused: bool = False


class Form(NamedTuple):
    """The form in which a request is sent to a server."""

    changes: Mapping[str, Any]  # fields with another value; None for those that are not sent
    schema_prompt: str
    left_out: frozenset[str]  # fields of earlier answers that are not sent back


class ServerQuirks:
    """Deviations of one server from the specification for one model: fields that it renames or does not support.

    Several calls may learn at once. What is known is replaced as a whole, so that each reads it as it was at one time.
    """

    def __init__(self, counting: _Counting | None = None) -> None:
        self._counting = counting or _Counting()
        self._renamed: Mapping[str, str | None] = {}  # None: the field is left out
        self._json_formats = _JSON_FORMATS  # those not refused so far; the first is sent
        self._functions_without_reasoning = False
        self._left_out: frozenset[str] = frozenset()  # fields of earlier answers that it does not take back
        self._lock = threading.Lock()

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_lock"}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock())

    def form(self, request: ChatRequest) -> Form:
        """Return the form in which a request is sent."""
        return Form(self.changes(request), self.schema_prompt(request), self._left_out)

    def changes(self, request: ChatRequest) -> dict[str, Any]:
        """Return the fields of a request that are sent with another value; None for those that are not sent."""
        changed: dict[str, Any] = {}
        for name, other in self._renamed_in(request).items():
            changed[name] = None
            if other is not None:
                changed[other] = request.sent_fields[name]
        if self._lacks_schema(request):
            changed["response_format"] = self._json_object(request)
        if self._functions_without_reasoning and _has_functions_alone(request):
            changed[_EFFORT] = "none"
        return changed

    def schema_prompt(self, request: ChatRequest) -> str:
        """Return the schema as an instruction to append to the question; empty if the server supports schemas."""
        if not self._lacks_schema(request) or not isinstance(request.response_format, Mapping):
            return ""
        return schema_instructions(request.response_format)

    def _json_object(self, request: ChatRequest) -> dict[str, Any] | None:
        formats = self._json_formats
        if not formats:
            return None
        if formats[0] == "json_object" or not isinstance(request.response_format, Mapping):
            return {"type": "json_object"}
        return {"type": "json_object", "schema": request.response_format["json_schema"]["schema"]}

    def _lacks_schema(self, request: ChatRequest) -> bool:
        return _has_schema(request) and "json_schema" not in self._json_formats

    def notes(self, request: ChatRequest) -> tuple[str, ...]:
        """Return descriptions of the changes, for the receipt."""
        notes = [
            f"{name} sent as {other}" if other else f"{name} left out: this server does not support it"
            for name, other in self._renamed_in(request).items()
            if getattr(request, name) is not None  # nobody misses what nobody has set
        ]
        if self._lacks_schema(request):
            formats = self._json_formats
            fallback = f", with {formats[0]}" if formats else ""
            notes.append(f"schema sent in the prompt{fallback}: this server does not support json_schema")
        if self._functions_without_reasoning and _has_functions_alone(request):
            notes.append("reasoning_effort sent as none: this model calls functions only without reasoning")
        return tuple(notes)

    def _renamed_in(self, request: ChatRequest) -> dict[str, str | None]:
        known = dict(self._renamed)
        if self._counting.refused or (self._counting.unasked and request.stream_options is None):
            known[_STREAM_OPTIONS] = None
        return {name: other for name, other in known.items() if name in request.sent_fields}

    def learn(self, request: ChatRequest, error: ServerError, sent: Form | None = None) -> bool:
        """Learn from a refusal; return whether the request should be sent again, changed accordingly.

        Parameters
        ----------
        request : ChatRequest
            The request.
        error : ServerError
            The refusal.
        sent : Form, optional
            The form in which the request was refused; by default the present one.
        """
        if not _is_refusal(error) or not _UNSUPPORTED.search(error.server_message):
            return False
        with self._lock:
            if sent is not None and sent != self.form(request):
                return True  # another call has learnt meanwhile; a second lesson from the same form would go too far
            return self._learn(request, error)

    def _learn(self, request: ChatRequest, error: ServerError) -> bool:
        sent = request.sent_fields.keys() - self._renamed_in(request).keys()
        if _STREAM_OPTIONS in sent and _mentions(error, _STREAM_OPTIONS, "include_usage"):
            self._counting.refused = True
            return True
        for name, other in _OTHER_NAME.items():
            if name in sent and _mentions(error, name):
                # Refused under both names: the server supports neither.
                self._renamed = {**self._renamed, name: None if other in self._renamed else other}
                return True
        if _has_schema(request) and self._json_formats and _mentions(error, *_FORMAT_NAMES):
            self._json_formats = self._json_formats[1:]
            return True
        if _has_functions_alone(request) and not self._functions_without_reasoning:
            self._functions_without_reasoning = _WITHOUT_REASONING.search(error.server_message) is not None
            return self._functions_without_reasoning
        for name in _fields_to_return(request) - self._left_out:
            if _mentions_returned(error, name):
                self._left_out |= {name}
                return True
        return False


def _is_refusal(error: ServerError) -> bool:
    """Return whether the request itself was refused.

    llama-cpp-python (0.3.36) answers 500 then, and so does LiteLLM before Bedrock (litellm#9916). An error without a
    status came inside a stream.
    """
    if error.status == 500:
        return re.search(r"validation error|extraneous key", error.server_message) is not None
    return error.status in (None, 400, 422)


def functions_are_refused(error: ServerError, sent: Form) -> bool:
    """Return whether a model refuses functions even without reasoning, as it had asked for (genkit-dart#423)."""
    return _is_refusal(error) and sent.changes.get(_EFFORT) == "none" and _mentions(error, _EFFORT)


def _fields_to_return(request: ChatRequest) -> frozenset[str]:
    fields = (message.provider_fields for message in request.messages)
    return frozenset().union(*(one.names for one in fields if one is not None))


def _mentions_returned(error: ServerError, name: str) -> bool:
    """Return whether an error names a field of a message; ``reasoning`` alone may be any reasoning."""
    if name != "reasoning":
        return _mentions(error, name)
    where = r"\bmessages?\b.{0,40}\.reasoning\b|\bproperty ['\"`]reasoning['\"`]"  # Groq (vercel/ai#8057)
    return re.search(where, error.server_message) is not None


def _has_functions_alone(request: ChatRequest) -> bool:
    """Return whether a request has functions, and its effort for reasoning is left to the server."""
    return bool(request.tools) and _EFFORT not in request.extra


def _has_schema(request: ChatRequest) -> bool:
    return isinstance(request.response_format, Mapping) and request.response_format.get("type") == "json_schema"


def _mentions(error: ServerError, *names: str) -> bool:
    return re.search(rf"\b(?:{'|'.join(names)})\b", error.server_message) is not None


class QuirkBook:
    """The known quirks of servers, by address and model."""

    def __init__(self) -> None:
        self._quirks: dict[tuple[str, str], ServerQuirks] = {}
        self._counting: dict[str, _Counting] = {}

    def of(self, base_url: str, model: str) -> ServerQuirks:
        """Return the quirks of a server and model; always the same object, which learns from refusals."""
        unasked = urlsplit(base_url).hostname in _COUNT_UNASKED
        counting = self._counting.setdefault(base_url, _Counting(unasked=unasked))
        return self._quirks.setdefault((base_url, model), ServerQuirks(counting))
