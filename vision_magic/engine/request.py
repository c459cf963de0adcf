"""How does a request become a completion? Its fields checked, its pictures opened, its answer cut where it asked.

The vocabulary is that of Chat Completions; nothing here knows HTTP.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vision_magic.engine.errors import Refused
from vision_magic.engine.messages import NO_PICTURE, Result, last_turn
from vision_magic.engine.tool_call import Call, called
from vision_magic.engine.truncate import Limits
from vision_magic.errors import ImageError

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Ask", "read_request"]

MAX_PICTURES = 32
"""Pictures looked at in one turn; each is measured and read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A checked request: what is asked, about which pictures, and how it is to be answered.

    Attributes
    ----------
    written : tuple of str or None
        The whole answer in pieces, where its shape was prescribed and so had to be measured beforehand.
    call : Call or None
        The function to be called instead of an answer.
    results : tuple of Result
        What functions gave that were called just before.
    """

    question: str
    pictures: tuple[PILImage.Image, ...]
    stream: bool = False
    choices: int = 1
    as_json: bool = False
    written: tuple[str, ...] | None = None
    call: Call | None = None
    results: tuple[Result, ...] = ()
    limits: Limits = field(default_factory=Limits)

    def pieces(self) -> Iterator[str]:
        """Yield the answer as it is measured."""
        # Imported here: the transport is imported with the package, Pillow is not.
        from vision_magic.engine.answering import answer
        from vision_magic.engine.facts_json import answer_as_json

        if self.call is not None:
            return iter(())
        if self.written is not None:
            return iter(self.written)
        return answer_as_json(self.pictures) if self.as_json else answer(self.question, self.pictures, self.results)


def read_request(body: object) -> Ask:
    """Check the body of a request and open its pictures.

    Parameters
    ----------
    body : object
        Decoded JSON.

    Returns
    -------
    Ask

    Raises
    ------
    Refused
        A field that cannot be honoured, or a picture that cannot be opened.
    """
    if not isinstance(body, Mapping):
        raise Refused(f"The body is a JSON {type(body).__name__}; expected an object with `messages`.")
    turn = last_turn(body.get("messages"))
    pictures = _opened(turn.urls)
    kind, schema = _wanted_shape(body.get("response_format"))
    call = None if turn.results else called(body, turn.question, pictures)
    return Ask(
        question=turn.question,
        pictures=pictures,
        stream=body.get("stream") is True,
        choices=_whole(body, "n", highest=128) or 1,
        as_json=kind == "json_object",
        written=_written(pictures, schema) if schema is not None and call is None else None,
        call=call,
        results=turn.results,
        limits=Limits(stop=_stops(body.get("stop")), words=_most_words(body)),
    )


def _wanted_shape(wanted: object) -> tuple[str, Mapping[str, Any] | None]:
    """Return the type of ``response_format``, and the schema where there is one."""
    if wanted is None:
        return "text", None
    if not isinstance(wanted, Mapping):
        raise Refused(f"`response_format` got {wanted!r}; expected an object with `type`.", param="response_format")
    kind = wanted.get("type", "text")
    if kind not in ("text", "json_object", "json_schema"):
        raise Refused(
            f"`response_format.type` got {kind!r}; expected text, json_object or json_schema.", param="response_format"
        )
    if kind != "json_schema":
        return str(kind), None
    named = wanted.get("json_schema")
    schema = named.get("schema") if isinstance(named, Mapping) else None
    if not isinstance(schema, Mapping):
        raise Refused("`response_format.json_schema.schema` is no object.", param="response_format")
    return "json_schema", schema


def _written(pictures: tuple[PILImage.Image, ...], schema: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the facts in a shape, in pieces cut between its names."""
    from vision_magic.engine.schema_fill import Unfit, fitted, names

    if not pictures:
        raise Refused(f"`response_format` asks for facts of a picture. {NO_PICTURE}", param="messages")
    try:
        found = fitted(pictures, schema)
    except Unfit as unfit:
        # No word of this may read as "json_schema is not known here": clients would then ask in another way.
        raise Refused(
            f"The embedded reader has no answer in this shape: {unfit}. Choose a model with `%vision use NAME`, or ask "
            f"for what is measured: {', '.join(names(pictures))}.",
            param="response_format",
            code="not_measured",
        ) from None
    return tuple(_in_pieces(found))


def _in_pieces(found: Any) -> Iterator[str]:
    if not isinstance(found, Mapping) or not found:
        yield json.dumps(found, ensure_ascii=False)
        return
    before = "{"
    for name, value in found.items():
        yield f"{before}{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
        before = ", "
    yield "}"


def _whole(body: Mapping[str, Any], field: str, *, highest: int | None = None) -> int | None:
    value = body.get(field)
    if value is None:
        return None
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if not fits or (highest is not None and value > highest):
        bounds = f"from 1 to {highest}" if highest else "of at least 1"
        raise Refused(f"`{field}` got {value!r}; expected a whole number {bounds}.", param=field)
    return int(value)


def _most_words(body: Mapping[str, Any]) -> int | None:
    return _whole(body, "max_completion_tokens") or _whole(body, "max_tokens")


def _stops(value: object) -> tuple[str, ...]:
    stops = [value] if isinstance(value, str) else [] if value is None else value
    if not isinstance(stops, list) or len(stops) > 4 or not all(isinstance(stop, str) for stop in stops):
        raise Refused(f"`stop` got {value!r}; expected a string or up to 4 of them.", param="stop")
    return tuple(stop for stop in stops if stop)


def _opened(urls: Sequence[tuple[str, object]]) -> tuple[PILImage.Image, ...]:
    if len(urls) > MAX_PICTURES:
        raise Refused(
            f"The turn has {len(urls)} pictures; the embedded reader looks at {MAX_PICTURES} at most.",
            param="messages",
        )
    return tuple(_open(url, where) for where, url in urls)


_DATA_URI = re.compile(r"data:(?P<kind>image/[a-z0-9.+-]+)(?:;[a-z-]+=[^;,]*)*;base64,", re.IGNORECASE)


def _open(url: object, where: str) -> PILImage.Image:
    from vision_magic.images.decode import decode_image

    try:
        picture, _ = decode_image(_decoded(url, where))
    except ImageError as error:
        raise Refused(str(error), param=where, code="invalid_image") from error
    return picture


def _decoded(url: object, where: str) -> bytes:
    match = _DATA_URI.match(url) if isinstance(url, str) else None
    if not isinstance(url, str) or match is None:
        raise Refused(_not_a_picture(url), param=where, code="invalid_image_url")
    try:
        return base64.b64decode(url[match.end() :].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Refused(
            f"The Base64 text of a picture is broken ({error}); expected the standard alphabet, padded, on one line.",
            param=where,
            code="invalid_base64",
        ) from error


def _not_a_picture(url: object) -> str:
    if isinstance(url, str) and url.lower().startswith(("http:", "https:")):
        return (
            "`image_url` is an address on the network, which the embedded reader never fetches. "
            "Pass the picture itself: its pixels then travel as a data URI."
        )
    shown = repr(url[:40]) if isinstance(url, str) else type(url).__name__
    return f"`image_url` got {shown}; expected a data URI such as `data:image/png;base64,…`."
