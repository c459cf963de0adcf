"""How does a request become a completion? Its fields checked, its pictures opened, its answer cut where it asked.

The vocabulary is that of Chat Completions; nothing here knows HTTP.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from vision_magic.errors import PictureError, VisionError
from vision_magic.images.knowledge.values import HEAD

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Ask", "FinishReason", "Limits", "Refused", "cut", "read_request"]

FinishReason = Literal["stop", "length"]

MAX_PICTURES = 32
"""Pictures looked at in one turn; each is measured and read."""


class Refused(VisionError):
    """A request that the embedded reader cannot honour, as OpenAI's error shape says it.

    Attributes
    ----------
    param : str or None
        The field.
    code : str or None
        A short name for the error.
    status : int
        The HTTP status.
    """

    def __init__(self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status

    def to_wire(self) -> dict[str, Any]:
        """Return the error as JSON."""
        error = {
            "message": str(self),
            "type": "invalid_request_error",
            "param": self.param,
            "code": self.code,
        }
        return {"error": error}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where an answer ends before it is complete.

    Attributes
    ----------
    stop : tuple of str
        Sequences that end it; they are not part of it.
    words : int or None
        The most words it may have. The wire counts tokens; without a tokenizer this engine counts words.
    """

    stop: tuple[str, ...] = ()
    words: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A checked request: what is asked, about which pictures, and how it is to be answered."""

    question: str
    pictures: tuple[PILImage.Image, ...]
    stream: bool = False
    choices: int = 1
    as_json: bool = False
    limits: Limits = Limits()

    def pieces(self) -> Iterator[str]:
        """Yield the answer as it is measured."""
        # Imported here: the transport is imported with the package, Pillow is not.
        from vision_magic.engine.answering import answer, answer_as_json

        return answer_as_json(self.pictures) if self.as_json else answer(self.question, self.pictures)


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
    _refuse_what_needs_a_model(body)
    turn, pictures = _last_turn(body.get("messages"))
    return Ask(
        question=turn,
        pictures=pictures,
        stream=body.get("stream") is True,
        choices=_whole(body, "n", highest=128) or 1,
        as_json=_wants_json(body.get("response_format")),
        limits=Limits(stop=_stops(body.get("stop")), words=_most_words(body)),
    )


def _refuse_what_needs_a_model(body: Mapping[str, Any]) -> None:
    if body.get("tools") or body.get("functions"):
        field = "tools" if body.get("tools") else "functions"
        raise Refused(
            f"`{field}` lets a model call functions; the embedded reader is not a model and calls none. "
            "Choose a model with `%vision use NAME`, or send the request without it.",
            param=field,
            code="unsupported_parameter",
        )


def _wants_json(wanted: object) -> bool:
    kind = wanted.get("type", "text") if isinstance(wanted, Mapping) else "text"
    if wanted is not None and not isinstance(wanted, Mapping):
        raise Refused(f"`response_format` got {wanted!r}; expected an object with `type`.", param="response_format")
    if kind == "json_schema":
        raise Refused(
            "`response_format` of type `json_schema` asks for answers in a shape of your own; the embedded reader has "
            "one shape, given by `json_object`. Ask for that, or choose a model with `%vision use NAME`.",
            param="response_format",
            code="unsupported_value",
        )
    if kind not in ("text", "json_object"):
        raise Refused(f"`response_format.type` got {kind!r}; expected text or json_object.", param="response_format")
    return bool(kind == "json_object")


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


# --- messages ---------------------------------------------------------------------------------------------------


def _last_turn(messages: object) -> tuple[str, tuple[PILImage.Image, ...]]:
    """Return the words of the last user message, and its pictures or those of the latest turn that has some."""
    if not isinstance(messages, list) or not messages:
        raise Refused("`messages` is empty; expected at least one message.", param="messages")
    turns = [(index, each) for index, each in enumerate(messages) if _is_user(each)]
    if not turns:
        raise Refused("`messages` has no user message; expected one with a question.", param="messages")
    question = _words(turns[-1][1]["content"])
    for index, turn in reversed(turns):
        urls = list(_urls(turn["content"], f"messages[{index}].content"))
        if urls:
            return question, _opened(urls)
    return question, ()


def _is_user(message: object) -> bool:
    return isinstance(message, Mapping) and message.get("role") == "user" and message.get("content") is not None


def _words(content: object) -> str:
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = (part.get("text") for part in parts if isinstance(part, Mapping) and part.get("type") == "text")
    # Facts of a figure object are no words of the user's: this reader goes by the picture.
    return " ".join(text for text in texts if isinstance(text, str) and not text.startswith(HEAD))


def _urls(content: object, where: str) -> Iterator[tuple[str, object]]:
    for index, part in enumerate(content if isinstance(content, list) else []):
        if isinstance(part, Mapping) and part.get("type") == "image_url":
            image_url = part.get("image_url")
            yield f"{where}[{index}]", image_url.get("url") if isinstance(image_url, Mapping) else image_url


def _opened(urls: Sequence[tuple[str, object]]) -> tuple[PILImage.Image, ...]:
    if len(urls) > MAX_PICTURES:
        raise Refused(
            f"The turn has {len(urls)} pictures; the embedded reader looks at {MAX_PICTURES} at most.",
            param="messages",
        )
    return tuple(_open(url, where) for where, url in urls)


_DATA_URI = re.compile(r"data:(?P<kind>image/[a-z0-9.+-]+)(?:;[a-z-]+=[^;,]*)*;base64,", re.IGNORECASE)


def _open(url: object, where: str) -> PILImage.Image:
    from vision_magic.images.safe import open_picture

    try:
        picture, _ = open_picture(_decoded(url, where))
    except PictureError as error:
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


# --- cutting ----------------------------------------------------------------------------------------------------


class Cut:
    """Pieces of text, cut at stop sequences and at a number of words; `reason` says how they ended.

    A stop sequence may begin in one piece and end in the next: what could be its beginning is held back, and nothing
    else, so the pieces still arrive as they are measured.
    """

    def __init__(self, pieces: Iterable[str], limits: Limits) -> None:
        self.reason: FinishReason = "stop"
        self._pieces = pieces
        self._limits = limits

    def __iter__(self) -> Iterator[str]:
        return self._counted(self._stopped())

    def _stopped(self) -> Iterator[str]:
        held = ""
        for piece in self._pieces:
            held += piece
            end = _first_stop(held, self._limits.stop)
            if end is not None:
                yield held[:end]
                return
            safe = len(held) - _possible_beginning(held, self._limits.stop)
            yield held[:safe]
            held = held[safe:]
        yield held

    def _counted(self, pieces: Iterable[str]) -> Iterator[str]:
        left, in_word = self._limits.words, False
        for piece in pieces:
            if left is None:
                yield piece
                continue
            kept, left, in_word, full = _fitting(piece, left, in_word)
            yield kept
            if full:
                self.reason = "length"
                return


def cut(pieces: Iterable[str], limits: Limits) -> Cut:
    """Return the pieces, ended where the request said; empty ones may be among them."""
    return Cut(pieces, limits)


def _first_stop(text: str, stops: Sequence[str]) -> int | None:
    found = [place for stop in stops if (place := text.find(stop)) >= 0]
    return min(found, default=None)


def _possible_beginning(text: str, stops: Sequence[str]) -> int:
    """Return how many characters at the end may be the beginning of a stop sequence."""
    longest = max((len(stop) for stop in stops), default=1) - 1
    for length in range(min(longest, len(text)), 0, -1):
        if any(stop.startswith(text[-length:]) for stop in stops):
            return length
    return 0


def _fitting(piece: str, left: int, in_word: bool) -> tuple[str, int, bool, bool]:
    """Return what of a piece fits, how many words are left, whether it ends inside one, and whether it was cut."""
    for match in re.finditer(r"\S+|\s+", piece):
        is_word = not match[0].isspace()
        if is_word and not in_word:
            if left == 0:
                return piece[: match.start()].rstrip(), 0, False, True
            left -= 1
        in_word = is_word
    return piece, left, in_word, False
