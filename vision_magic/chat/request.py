"""A Chat Completions request, which is checked on construction and immutable."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat import field_rules
from vision_magic.chat.display import mime_bundle
from vision_magic.chat.field_rules import Rule
from vision_magic.chat.messages import DataUri, Message
from vision_magic.errors import RequestError
from vision_magic.images.image import Image, RemoteImage
from vision_magic.naming import near_miss

__all__ = ["FIELDS", "ChatRequest", "check_field"]

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def _stream_options(value: object) -> dict[str, Any]:
    result = field_rules.json_object(value)
    if not isinstance(result.get("include_usage", False), bool):
        raise TypeError
    return result


def _logit_bias(value: object) -> dict[str, float]:
    if not isinstance(value, Mapping) or not value:
        raise TypeError
    bias = field_rules.number(-100, 100, description="")
    return {_token_id(token): bias.check(amount) for token, amount in value.items()}


def _token_id(value: object) -> str:
    # Keys in JSON are strings; int() of a float would be the id of another token.
    return str(int(value) if isinstance(value, str) else field_rules.integer(description="").check(value))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None


def _response_format(value: object) -> dict[str, Any]:
    result = {"type": value} if isinstance(value, str) else field_rules.json_object(value)
    if result.get("type") == "json_schema":
        schema = result.get("json_schema")
        if not isinstance(schema, dict) or not _is_name(schema.get("name")):
            raise ValueError
    elif result.get("type") not in ("text", "json_object"):
        raise ValueError
    return result


def _tools(value: object) -> list[dict[str, Any]]:
    if isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, list | tuple) or not value:
        raise TypeError
    result = [field_rules.json_object(tool) for tool in value]
    for tool in result:
        if not isinstance(tool.get("type"), str):
            raise TypeError
        if tool["type"] == "function":
            _check_function(tool["function"])
    return result


def _check_function(function: Mapping[str, Any]) -> None:
    if not _is_name(function.get("name")):
        raise ValueError
    for name, kind in (("description", str), ("parameters", dict), ("strict", bool)):
        if not isinstance(function.get(name), kind | None):
            raise TypeError


def _tool_choice(value: object) -> str | dict[str, Any]:
    if isinstance(value, Mapping):
        result = field_rules.json_object(value)
        if not isinstance(result.get("type"), str):
            raise TypeError
        if result["type"] == "function" and not _is_name(result["function"].get("name")):
            raise ValueError
        return result
    if not isinstance(value, str) or not _is_name(value):
        raise ValueError
    if value in ("none", "auto", "required"):
        return value
    return {"type": "function", "function": {"name": value}}


FIELDS: Final[Mapping[str, Rule]] = {
    "temperature": field_rules.number(0, 2, description="sampling temperature"),
    "top_p": field_rules.number(0, 1, description="nucleus sampling"),
    "n": field_rules.integer(1, 128, description="choices per prompt"),
    "stop": field_rules.strings(4, description="sequences that end the text"),
    "max_tokens": field_rules.integer(1, description="token limit (older name)"),
    "max_completion_tokens": field_rules.integer(1, description="token limit, including reasoning"),
    "presence_penalty": field_rules.number(-2, 2, description="penalty for tokens that have occurred"),
    "frequency_penalty": field_rules.number(-2, 2, description="penalty for tokens that occur often"),
    "logit_bias": field_rules.custom(
        _logit_bias, description="token id to bias", expected="a mapping of token ids to numbers from -100 to 100"
    ),
    "logprobs": field_rules.boolean(description="log probabilities of the tokens"),
    "top_logprobs": field_rules.integer(0, 20, description="alternatives per token; needs logprobs"),
    "user": field_rules.string(description="end-user id"),
    "response_format": field_rules.custom(
        _response_format,
        description="shape of the answer",
        expected="text, json_object, or a mapping with type json_schema and a named json_schema",
    ),
    "seed": field_rules.integer(description="reproducible sampling"),
    "tools": field_rules.custom(
        _tools,
        description="functions the model may call",
        expected="tool schemas (mappings with type and function)",
    ),
    "tool_choice": field_rules.custom(
        _tool_choice,
        description="the tool that the model calls",
        expected="none, auto, required, or the name of one function",
    ),
    "parallel_tool_calls": field_rules.boolean(description="several tool calls at once"),
    "stream_options": field_rules.custom(
        _stream_options,
        description="options of the stream, such as include_usage",
        expected="a mapping with include_usage: True or False",
    ),
}
"""The optional fields of a request, in the order of the specification, with a rule for each."""

_REQUIRED = ("model", "messages", "stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRequest:
    """One request, checked on construction.

    Only `model` and `messages` are required. A field that is not set is not sent, since servers refuse different
    fields; except `stream_options`, since many servers count the tokens of a stream only on request. `FIELDS` says what
    each field accepts.

    Parameters
    ----------
    model : str
        The id of the model, as the server spells it. It is not checked against a list.
    messages : tuple of Message
        The conversation; at least one message.
    stream : bool
        Whether the answer arrives as server-sent events or as one JSON object.
    extra : mapping of str to JSON values
        Fields that are not in the specification; sent unchanged.

    Raises
    ------
    RequestError
        A field has a value that it does not accept; the message names the field, the value and what is expected.
    """

    model: str
    messages: tuple[Message, ...] = field(repr=False)
    stream: bool = True
    temperature: float | None = None
    top_p: float | None = None
    n: int | None = None
    stop: str | list[str] | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    logit_bias: Mapping[str, float] | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    user: str | None = None
    response_format: str | Mapping[str, Any] | None = None
    seed: int | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | Mapping[str, Any] | None = None
    parallel_tool_calls: bool | None = None
    stream_options: Mapping[str, Any] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._check_required()
        for name in FIELDS:
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, check_field(name, value))
        self._check_together()
        object.__setattr__(self, "extra", self._checked_extra())

    def _check_required(self) -> None:
        if not isinstance(self.model, str) or not self.model.strip():
            raise RequestError(f"model got {self.model!r}; expected the id of a model, such as -m MODEL.")
        if not isinstance(self.stream, bool):
            raise RequestError(f"stream got {self.stream!r}; expected True or False.")
        try:
            messages = tuple(self.messages)
        except TypeError:
            raise RequestError(
                f"messages got {_short(self.messages)}; expected a list of at least one Message."
            ) from None
        if not messages or not all(isinstance(message, Message) for message in messages):
            raise RequestError(f"messages got {_short(messages)}; expected at least one Message and nothing else.")
        object.__setattr__(self, "messages", messages)

    def _check_together(self) -> None:
        if self.top_logprobs is not None and not self.logprobs:
            raise RequestError(f"top_logprobs got {self.top_logprobs}, but logprobs is not set; set logprobs=True too.")
        if self.stream_options is not None and not self.stream:
            raise RequestError("stream_options is set, but stream is False; leave one of them out.")
        if self.tools is None and (self.tool_choice is not None or self.parallel_tool_calls is not None):
            raise RequestError("tool_choice or parallel_tool_calls is set, but tools is not; pass tools too.")

    def _checked_extra(self) -> dict[str, Any]:
        if not isinstance(self.extra, Mapping):
            raise RequestError(f"extra got {_short(self.extra)}; expected a mapping of names to JSON values.")
        known = [name for name in self.extra if name in FIELDS or name in _REQUIRED]
        if known:
            raise RequestError(f"extra got {known[0]!r}, which is a regular field; pass {known[0]}=… instead.")
        try:
            return field_rules.json_object(self.extra)
        except (TypeError, ValueError, RecursionError) as error:
            raise RequestError(f"extra got {_short(dict(self.extra))}; expected JSON values ({error}).") from None

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """All images in the request, in order."""
        return tuple(image for message in self.messages for image in message.images)

    def to_wire(self, data_uri: DataUri | None = None, *, server: str = "") -> dict[str, Any]:
        """Return the request as JSON, with the fields of `sent_fields` and `extra`; messages of the user are joined.

        Parameters
        ----------
        data_uri : callable, optional
            Returns the URL that is sent for an image; by default its data URI.
        server : str
            The server that it is sent to, which gets its own fields of earlier answers back; empty for none.
        """
        wire: dict[str, Any] = {
            "model": self.model,
            "messages": _alternating(
                [message.to_wire(data_uri, server=server, model=self.model) for message in self.messages]
            ),
            "stream": self.stream,
        }
        # A deep copy, since the body is changed for some servers and the request must not be.
        return wire | copy.deepcopy(self.sent_fields | dict(self.extra))

    @property
    def sent_fields(self) -> dict[str, Any]:
        """The optional fields that are sent: those that are set, and the request to count the tokens of a stream."""
        fields = {name: getattr(self, name) for name in FIELDS}
        if self.stream and self.stream_options is None:
            fields["stream_options"] = {"include_usage": True}
        return {name: value for name, value in fields.items() if value is not None}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


def _alternating(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join messages of the user that follow each other: templates of local models refuse them (Gemma, Mistral).

    The pictures of an answer are one, before the next question.
    """
    made: list[dict[str, Any]] = []
    for message in messages:
        if made and message["role"] == made[-1]["role"] == "user":
            made[-1] = {**made[-1], "content": [*_wire_parts(made[-1]), *_wire_parts(message)]}
        else:
            made.append(message)
    return made


def _wire_parts(message: Mapping[str, Any]) -> list[Any]:
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else list(content)


def check_field(name: str, value: object) -> Any:
    """Return the value of an optional field in the form in which it is sent.

    Raises
    ------
    RequestError
        There is no such field, or it does not accept the value.
    """
    rule = FIELDS.get(name)
    if rule is None:
        raise RequestError(f"Unknown request field {name!r}{near_miss(name, FIELDS)}.")
    try:
        return rule.check(value)
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError, RecursionError):
        raise RequestError(f"{name} got {_short(value)}; expected {rule.expected}.") from None


def _short(value: object) -> str:
    try:
        text = repr(list(value)) if isinstance(value, list | tuple) else repr(value)
    except RecursionError:
        text = f"a {type(value).__name__} nested too deeply"
    except ValueError:  # an integer of more than 4,300 digits
        text = f"a {type(value).__name__} that is too long"
    return f"{len(value)} values: {_cut(text)}" if isinstance(value, list | tuple) else _cut(text)


def _cut(text: str, max_length: int = 80) -> str:
    return text if len(text) <= max_length else text[: max_length - 1] + "…"
