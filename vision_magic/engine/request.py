"""Parsing of Chat Completions requests: fields are checked and images opened. Nothing here depends on HTTP."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from vision_magic.engine.errors import InvalidRequest, SchemaMismatch
from vision_magic.engine.messages import NO_IMAGE, ToolResult, Turn, Undrawn, last_turn
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
    undrawn : tuple of Undrawn
        The figures that came without a picture.
    filled : tuple of str or None
        The pieces of the whole answer if the request has a schema. It is measured first, to check that it fits.
    reasoning : str
        Why facts are null in it, if the request has ``"partial": true``; else they are refused.
    call : FunctionCall or None
        The function to call instead of answering.
    results : tuple of ToolResult
        The results of the functions that were called just before.
    """

    question: str
    images: tuple[PILImage.Image, ...]
    facts: tuple[Facts | None, ...] = ()
    undrawn: tuple[Undrawn, ...] = ()
    stream: bool = False
    choices: int = 1
    as_json: bool = False
    filled: tuple[str, ...] | None = None
    reasoning: str = ""
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
            else answer(self.question, self.images, self.results, self.facts, self.undrawn)
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
    _check_drawn(turn, kind, body.get("tools"))
    call = None if turn.results else requested_call(body, turn.question, images, turn.facts)
    why_null: dict[str, str] | None = {} if body.get("partial") is True else None
    filled = _fill(images, schema, turn.facts, why_null) if schema is not None and call is None else None
    return CompletionRequest(
        question=turn.question,
        images=images,
        facts=turn.facts,
        undrawn=turn.undrawn,
        stream=body.get("stream") is True,
        choices=_positive_integer(body, "n", highest=128) or 1,
        as_json=kind == "json_object",
        filled=filled,
        reasoning=_reasons(why_null or {}),
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


def _check_drawn(turn: Turn, kind: str, tools: object) -> None:
    """Refuse to fill fields for a figure without a picture, in which they are measured."""
    if turn.undrawn and not turn.results and (kind != "text" or tools):
        raise InvalidRequest(
            f"Fields are filled from pictures, and this figure has none. {turn.undrawn[0].reason}", param="messages"
        )


def _fill(
    images: tuple[PILImage.Image, ...],
    schema: Mapping[str, Any],
    figures: Sequence[Facts | None],
    why_null: dict[str, str] | None,
) -> tuple[str, ...]:
    """Return the facts in the shape of a schema, in pieces."""
    from vision_magic.engine.schema_fill import fill_schema

    if not images:
        raise InvalidRequest(f"`response_format` asks for facts of a picture. {NO_IMAGE}", param="messages")
    try:
        value = fill_schema(images, schema, figures, why_null)
    except SchemaMismatch as mismatch:
        # The message must not suggest that json_schema is not supported: clients would send the request without it.
        raise InvalidRequest(_refusal(mismatch), param="response_format", code="not_measured") from None
    return tuple(_json_pieces(value))


def _reasons(why_null: Mapping[str, str]) -> str:
    """Return why facts are null, each reason once."""
    paths: dict[str, list[str]] = {}
    for path, why in why_null.items():
        paths.setdefault(why.removeprefix(f"`{path}` "), []).append(path)
    return "; ".join(f"{', '.join(names)}: {why}" for why, names in paths.items())


_SUCH_AS: Final = "title, kind, unit, x_label, series, highest, highest_at, lowest, mean, trend, x, y and points"


def _refusal(mismatch: SchemaMismatch) -> str:
    """Return why there is no answer in the shape of a schema, and what helps: another name, null, or a model."""
    why, place = str(mismatch), f"`{mismatch.path}`"
    why = why if place in why or not mismatch.path else f"{place}: {why}"
    is_null = "let it be null, as in `float | None`"
    helps = f"ask for what it knows, such as {_SUCH_AS}" if mismatch.is_unknown else is_null
    return (
        f"The embedded reader has no answer in this shape: {why}. {helps[0].upper()}{helps[1:]}, or choose a "
        "model with `%vision use NAME`."
    )


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
