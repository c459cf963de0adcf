"""Parsing of Chat Completions requests: fields are checked and images opened. Nothing here depends on HTTP."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vision_magic.engine.errors import InvalidRequest
from vision_magic.engine.messages import NO_IMAGE, ToolResult, last_turn
from vision_magic.engine.tool_call import FunctionCall, requested_call
from vision_magic.engine.truncate import Limits
from vision_magic.errors import ImageError
from vision_magic.images.figure_facts.values import Facts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["CompletionRequest", "parse_request"]

MAX_IMAGES = 32
"""Images of one turn; each is measured and read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionRequest:
    """A checked request: the question, its images, and the form of the answer.

    Attributes
    ----------
    facts : tuple of Facts or None
        For each image, what its figure object knows of itself.
    filled : tuple of str or None
        The pieces of the whole answer if the request has a schema. It is measured first, to check that it fits.
    call : FunctionCall or None
        The function to call instead of answering.
    results : tuple of ToolResult
        The results of the functions that were called just before.
    """

    question: str
    images: tuple[PILImage.Image, ...]
    facts: tuple[Facts | None, ...] = ()
    stream: bool = False
    choices: int = 1
    as_json: bool = False
    filled: tuple[str, ...] | None = None
    call: FunctionCall | None = None
    results: tuple[ToolResult, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def pieces(self) -> Iterator[str]:
        """Yield the answer piece by piece, as its facts are measured."""
        # Imported here, because the transport is imported with the package, and Pillow must not be.
        from vision_magic.engine.answering import answer
        from vision_magic.engine.facts_json import json_answer

        if self.call is not None:
            return iter(())
        if self.filled is not None:
            return iter(self.filled)
        return (
            json_answer(self.images, self.facts)
            if self.as_json
            else answer(self.question, self.images, self.results, self.facts)
        )


def parse_request(body: object) -> CompletionRequest:
    """Check the body of a request and open its images.

    Parameters
    ----------
    body : object
        Decoded JSON.

    Returns
    -------
    CompletionRequest

    Raises
    ------
    InvalidRequest
        A field cannot be honoured, or an image cannot be opened.
    """
    if not isinstance(body, Mapping):
        raise InvalidRequest(f"The body is a JSON {type(body).__name__}; expected an object with `messages`.")
    turn = last_turn(body.get("messages"))
    images = _open_images(turn.urls)
    kind, schema = _response_format(body.get("response_format"))
    call = None if turn.results else requested_call(body, turn.question, images, turn.facts)
    return CompletionRequest(
        question=turn.question,
        images=images,
        facts=turn.facts,
        stream=body.get("stream") is True,
        choices=_positive_integer(body, "n", highest=128) or 1,
        as_json=kind == "json_object",
        filled=_fill(images, schema, turn.facts) if schema is not None and call is None else None,
        call=call,
        results=turn.results,
        limits=Limits(stop=_stop_sequences(body.get("stop")), words=_word_limit(body)),
    )


# --- the form of the answer -------------------------------------------------------------------------------------


def _response_format(value: object) -> tuple[str, Mapping[str, Any] | None]:
    """Return the type of ``response_format``, and its schema if it has one."""
    if value is None:
        return "text", None
    if not isinstance(value, Mapping):
        raise InvalidRequest(
            f"`response_format` got {value!r}; expected an object with `type`.", param="response_format"
        )
    kind = value.get("type", "text")
    if kind not in ("text", "json_object", "json_schema"):
        raise InvalidRequest(
            f"`response_format.type` got {kind!r}; expected text, json_object or json_schema.", param="response_format"
        )
    if kind != "json_schema":
        return str(kind), None
    named = value.get("json_schema")
    schema = named.get("schema") if isinstance(named, Mapping) else None
    if not isinstance(schema, Mapping):
        raise InvalidRequest(
            f"`response_format.json_schema.schema` got {schema!r}; expected an object.", param="response_format"
        )
    return "json_schema", schema


def _fill(
    images: tuple[PILImage.Image, ...], schema: Mapping[str, Any], figures: Sequence[Facts | None]
) -> tuple[str, ...]:
    """Return the facts in the shape of a schema, in pieces."""
    from vision_magic.engine.schema_fill import SchemaMismatch, fact_names, fill_schema

    if not images:
        raise InvalidRequest(f"`response_format` asks for facts of a picture. {NO_IMAGE}", param="messages")
    try:
        value = fill_schema(images, schema, figures)
    except SchemaMismatch as mismatch:
        # The message must not suggest that json_schema is not supported: clients would send the request without it.
        raise InvalidRequest(
            f"The embedded reader has no answer in this shape: {mismatch}. Choose a model with `%vision use NAME`, or "
            f"ask for what is measured: {', '.join(fact_names())}.",
            param="response_format",
            code="not_measured",
        ) from None
    return tuple(_json_pieces(value))


def _json_pieces(value: Any) -> Iterator[str]:
    """Yield a value as JSON, split between its members."""
    if not isinstance(value, Mapping) or not value:
        yield json.dumps(value, ensure_ascii=False)
        return
    before = "{"
    for name, member in value.items():
        yield f"{before}{json.dumps(name, ensure_ascii=False)}: {json.dumps(member, ensure_ascii=False)}"
        before = ", "
    yield "}"


def _positive_integer(body: Mapping[str, Any], field: str, *, highest: int | None = None) -> int | None:
    value = body.get(field)
    if value is None:
        return None
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if not fits or (highest is not None and value > highest):
        bounds = f"from 1 to {highest}" if highest else "of at least 1"
        raise InvalidRequest(f"`{field}` got {value!r}; expected an integer {bounds}.", param=field)
    return int(value)


def _word_limit(body: Mapping[str, Any]) -> int | None:
    return _positive_integer(body, "max_completion_tokens") or _positive_integer(body, "max_tokens")


def _stop_sequences(value: object) -> tuple[str, ...]:
    stops = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(stops, list) or len(stops) > 4 or not all(isinstance(stop, str) for stop in stops):
        raise InvalidRequest(f"`stop` got {value!r}; expected a string or a list of up to 4 strings.", param="stop")
    return tuple(stop for stop in stops if stop)


# --- images -----------------------------------------------------------------------------------------------------


def _open_images(urls: Sequence[tuple[str, object]]) -> tuple[PILImage.Image, ...]:
    if len(urls) > MAX_IMAGES:
        raise InvalidRequest(
            f"The turn has {len(urls)} pictures; the embedded reader takes {MAX_IMAGES} at most.",
            param="messages",
        )
    return tuple(_open_data_uri(url, where) for where, url in urls)


_DATA_URI = re.compile(r"data:image/[a-z0-9.+-]+(?:;[a-z-]+=[^;,]*)*;base64,", re.IGNORECASE)


def _open_data_uri(url: object, where: str) -> PILImage.Image:
    from vision_magic.images.decode import decode_image

    try:
        image, _ = decode_image(_decode_data_uri(url, where))
    except ImageError as error:
        raise InvalidRequest(str(error), param=where, code="invalid_image") from error
    return image


def _decode_data_uri(url: object, where: str) -> bytes:
    match = _DATA_URI.match(url) if isinstance(url, str) else None
    if not isinstance(url, str) or match is None:
        raise InvalidRequest(_not_a_data_uri(url), param=where, code="invalid_image_url")
    try:
        return base64.b64decode(url[match.end() :].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise InvalidRequest(
            f"The Base64 of a picture is broken ({error}); expected the standard alphabet, padded, on one line.",
            param=where,
            code="invalid_base64",
        ) from error


def _not_a_data_uri(url: object) -> str:
    """Return the message for a URL that is not a data URI of an image."""
    if isinstance(url, str) and url.lower().startswith(("http:", "https:")):
        return (
            "`image_url` is an address on the network, which the embedded reader never fetches. "
            "Pass the picture itself: its pixels are then sent as a data URI."
        )
    shown = repr(url[:40]) if isinstance(url, str) else type(url).__name__
    return f"`image_url` got {shown}; expected a data URI such as `data:image/png;base64,…`."
