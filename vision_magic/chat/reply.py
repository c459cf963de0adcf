"""A reply and its choices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from vision_magic.chat.citations import Citation
from vision_magic.chat.display import mime_bundle
from vision_magic.chat.finish_reasons import meaning
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.provider_fields import ProviderFields
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

_THINK: Final = "<think>"
_END_THINK: Final = "</think>"

FinishReason = str
"""``stop``, ``length``, ``tool_calls``, ``content_filter``, or the server's own word, shortened and safe to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers to a request.

    Attributes
    ----------
    text, reasoning, refusal : str
        The answer; the reasoning before it, from a server that sends it; the refusal in place of an answer.
    tool_calls : tuple of ToolCall
        The calls that the model requests.
    finish_reason : str or None
        Why the choice ended; None if the server did not say.
    logprobs : tuple of dict
        One for each token, as the server sent them; empty if they were not requested.
    model : str
        The model that gave this answer, if several models were asked; else empty.
    usage : Usage or None
        The tokens of this choice, if several models were asked.
    error : str
        Why the choice is missing or incomplete, if several models were asked and this one failed.
    output_images : tuple of Image
        The images that the model made.
    image_addresses : tuple of str
        The addresses of images that the server did not send itself. They are never loaded.
    citations : tuple of Citation
        The pages that the server names as sources.
    provider_fields : ProviderFields or None
        Fields of this answer, such as signatures of thoughts, that only its server and model get back with the next
        question.
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
    output_images: tuple[Image, ...] = ()
    image_addresses: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    provider_fields: ProviderFields | None = field(default=None, compare=False, repr=False)

    @property
    def has_reasoning(self) -> bool:
        """Whether there is reasoning, in its own field or in a ``<think>`` tag of the text."""
        return bool(self.reasoning) or self.text.lstrip().startswith(_THINK)

    @property
    def has_images(self) -> bool:
        """Whether the model has made images, or named some by their addresses."""
        return bool(self.output_images or self.image_addresses)

    @property
    def is_empty(self) -> bool:
        """Whether the model has answered nothing: no text after its reasoning, no refusal, call or picture."""
        text = self.text.strip()
        if text.startswith(_THINK):
            text = text.partition(_END_THINK)[2].strip()
        return not (text or self.refusal or self.tool_calls or self.has_images or self.error)


class Caution(str):
    """A note without which the answer misleads: it is shown above the answer, and not in its status line."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A model's reply, complete or not.

    Attributes
    ----------
    choices : tuple of Choice
        At least one; more if ``n`` was above 1 or several models were asked.
    model : str
        The model that answered, as the server named it.
    host : str
        The server that answered.
    state : {"complete", "interrupted", "truncated"}
        Whether the reply is complete; if not, whether the user stopped it or the connection broke off.
    request : ChatRequest or None
        The request that was sent.
    usage : Usage or None
        Tokens as counted by the server; None if it did not count them.
    system_fingerprint : str or None
        The server's identifier of the configuration that answered; ``seed`` is reproducible only while it stays equal.
    timing : Timing
        Times in seconds.
    reproducible : bool
        Whether the same request always gives the same reply, as from the embedded reader or a recording.
    notes : tuple of str
        The changes to the request that this server required, such as ``max_tokens sent as max_completion_tokens``.
    rounds : tuple of Reply
        The earlier rounds of the same answer: replies that called functions or did not fit the schema.
    schema : Schema or None
        The schema of a typed answer.
    headers : tuple of str
        The headers that a setting added to the request, as in the receipt.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> reply = vm.ask("What size is it?", Image.new("RGB", (320, 200), "navy"), profile="embedded")
    >>> reply.text
    'The picture is 320 × 200 px.'
    >>> reply.finish_reason, reply.host, reply.images[0].width
    ('stop', 'in this process', 320)
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
    headers: tuple[str, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The text of the first choice, as the model wrote it."""
        return self.choices[0].text

    @property
    def reasoning(self) -> str:
        """The reasoning of the first choice; empty if the server sends none."""
        return self.choices[0].reasoning

    @property
    def refusal(self) -> str:
        """The refusal of the first choice; empty if the model did not refuse."""
        return self.choices[0].refusal

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """The calls of all rounds, in order; of several choices, those of the first that has any."""
        before = (call for earlier in self.rounds for call in earlier.choices[0].tool_calls)
        calls = next((choice.tool_calls for choice in self.choices if choice.tool_calls), ())
        return (*before, *calls)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The pages that the server names as sources, of all rounds and choices, each once."""
        choices = (*(earlier.choices[0] for earlier in self.rounds), *self.choices)
        return tuple({page.url: page for choice in choices for page in choice.citations}.values())

    @property
    def finish_reason(self) -> FinishReason | None:
        """The finish reason of the first choice."""
        return self.choices[0].finish_reason

    @property
    def has_answer(self) -> bool:
        """Whether the model has answered with text, a refusal, a tool call or an image, now or in an earlier round."""
        answered = (choice.text or choice.refusal or choice.tool_calls or choice.has_images for choice in self.choices)
        return bool(self.rounds) or any(answered)

    @property
    def has_content(self) -> bool:
        """Whether there is anything to show: an answer, or only reasoning so far."""
        return self.has_answer or any(choice.reasoning for choice in self.choices)

    @property
    def cautions(self) -> tuple[str, ...]:
        """The notes that are shown above the answer, such as that it is about an older version of the figure."""
        return tuple(note for note in self.notes if isinstance(note, Caution))

    @property
    def images(self) -> tuple[Image | RemoteImage, ...]:
        """The images that were sent, in order."""
        return self.request.images if self.request else ()

    @property
    def output_images(self) -> tuple[Image, ...]:
        """The images that the model made, of all rounds and choices, in order."""
        choices = (*(earlier.choices[0] for earlier in self.rounds), *self.choices)
        return tuple(image for choice in choices for image in choice.output_images)

    @property
    def receipt(self) -> Receipt:
        """The receipt: what was sent, to which server, and at what cost."""
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
            headers=self.headers,
        )

    @property
    def value(self) -> Any:
        """The text of the first choice as a value of the type that was passed as ``schema``.

        Raises
        ------
        BrokenReply
            The text does not fit the schema. The error's ``.partial`` holds the reply.
        RequestError
            No ``schema`` was passed.
        """
        return self.values[0]

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of all choices, as `value`."""
        if self.schema is None:
            raise RequestError(
                "The reply has no value, since it was requested without a schema; pass schema=…, or use reply.json()."
            )
        return tuple(self._value(choice) for choice in self.choices)

    def _value(self, choice: Choice) -> Any:
        assert self.schema is not None
        try:
            return self.schema.read(choice.text)
        except ValueError as error:
            failure = BrokenReply(_wrong_shape(self.schema, choice, error))
            failure.partial = self
            raise failure from None

    def to_frame(self) -> Any:
        """Return the value as a pandas ``DataFrame`` with one row for each record of a ``schema=list[…]``.

        A single record, or a single value, becomes a table of one row. pandas must be installed.
        """
        value = self.value  # before pandas, so that an error in the answer is reported first
        assert self.schema is not None
        try:
            import pandas as pd  # type: ignore[import-untyped]
        except ImportError:
            raise RequestError("to_frame needs pandas, which is not installed; run pip install pandas.") from None
        plain = self.schema.plain(value)
        rows = plain if isinstance(plain, list) else [plain]
        return pd.DataFrame([row if isinstance(row, dict) else {"value": row} for row in rows])

    def json(self) -> Any:
        """Return the text parsed as JSON, without a code fence around it.

        Raises
        ------
        BrokenReply
            The text is not JSON. The error's ``.partial`` holds the reply.
        """
        try:
            return json.loads(without_fence(self.text))
        except (ValueError, RecursionError) as error:
            failure = BrokenReply(
                f"The reply is not JSON ({error}); ask with response_format='json_object', or read reply.text."
            )
            failure.partial = self
            raise failure from None

    def __str__(self) -> str:
        return clean_text(self.text)

    def __repr__(self) -> str:
        text, model = (one_line(clean_text(part)) for part in (self.text, self.model))
        images = len(self.output_images)
        made = f", {images} picture{'' if images == 1 else 's'}" if images else ""
        return f"<Reply {text!r}{made}, {model or 'unknown model'}, {self.state}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(mime_bundle(self)["text/plain"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return mime_bundle(self)


def _wrong_shape(schema: Schema, choice: Choice, error: ValueError) -> str:
    reply, in_cell = schema.variable or "reply", bool(schema.variable)
    if choice.refusal:
        return f"The model refused to give a value of {schema.words}; {reply}.refusal says why."
    if meaning(choice.finish_reason) == "length":
        more = "--max-tokens NUMBER" if in_cell else "max_tokens=…"
        return f"The token limit cut the answer before {schema.words} was complete; allow more with {more}."
    repair = "--repair" if in_cell else "repair=True"
    return (
        f"The answer does not have the form {schema.words} ({error}); its text is in {reply}.text. "
        f"{repair} allows a correction."
    )
