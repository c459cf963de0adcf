"""What came back: a Reply and its choices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.schema import without_fence
from vision_magic.chat.usage import Timing, Usage
from vision_magic.errors import BrokenReply, RequestError
from vision_magic.text import clean_text, one_line

if TYPE_CHECKING:
    from vision_magic.chat.request import ChatRequest
    from vision_magic.chat.schema import Schema
    from vision_magic.images.image import Image, RemoteImage

__all__ = ["Choice", "FinishReason", "Reply", "State"]

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
        sent = receipt_of_request(self.request) if self.request else Receipt()
        return replace(
            sent,
            model=self.model,
            host=self.host,
            usage=self.usage,
            timing=None if self.reproducible else self.timing,
            finish_reasons=tuple(choice.finish_reason for choice in self.choices if choice.finish_reason),
            state=self.state,
            notes=self.notes,
            calls=self.tool_calls,
            requests=len(self.rounds) + 1,
        )

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
        return clean_text(self.text)

    def __repr__(self) -> str:
        words, model = (one_line(clean_text(text)) for text in (self.text, self.model))
        return f"<Reply {words!r}, {model or 'unknown model'}, {self.state}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(mime_bundle(self)["text/plain"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


def _wrong_shape(name: str, choice: Choice, error: ValueError) -> str:
    if choice.refusal:
        return f"The model declined to give a {name}; its words are in reply.refusal."
    if choice.finish_reason == "length":
        return f"The answer was cut by the token limit before its {name} was whole; allow more with max_tokens=…."
    return f"The answer is no {name} ({error}). Its text is in reply.text; ask again with repair=True for one more try."
