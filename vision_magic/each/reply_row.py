"""The row that a reply becomes: its state, its typed value, its tokens and what speaks against it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vision_magic.chat.finish_reasons import ending, meaning
from vision_magic.chat.json_types import Misfit
from vision_magic.chat.reply import Reply
from vision_magic.each.row import Key, Row
from vision_magic.errors import BrokenReply
from vision_magic.session.usage import completion_tokens, estimate_tokens
from vision_magic.text import one_line

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema

__all__ = ["Tokens", "fault_of", "row_of_reply", "tokens_of"]

_MAX_WORDS: Final = 300  # characters of a refusal


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one or more attempts.

    Attributes
    ----------
    prompt, completion : int
        Those of the question and of the answer.
    estimated : bool
        Whether the server did not count a part of them.
    cached : int
        Those of the question that were in the server's cache.
    """

    prompt: int = 0
    completion: int = 0
    estimated: bool = False
    cached: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.estimated or other.estimated,
            self.cached + other.cached,
        )


def tokens_of(reply: Reply) -> Tokens:
    """Return the tokens of a reply, as counted or else estimated; those of the embedded reader are 0."""
    usage = reply.usage
    prompt = None if usage is None else usage.prompt_tokens
    completion = None if usage is None else usage.written_tokens
    if prompt is not None and completion is not None:
        return Tokens(prompt, completion, cached=(usage.cached_tokens or 0) if usage is not None else 0)
    if reply.reproducible or reply.request is None:
        return Tokens(prompt or 0, completion or 0)
    return Tokens(
        estimate_tokens(reply.request) if prompt is None else prompt,
        completion_tokens(reply) if completion is None else completion,
        estimated=True,
    )


def fault_of(schema: Schema | None, reply: Reply) -> str:
    """Return what is wrong with the shape of an answer, for the model; empty if it is right or refused."""
    if schema is None or _refusal(reply):
        return ""
    try:
        schema.read(reply.text)
    except ValueError as error:
        return f"The answer does not have the form {schema.words} ({error})."
    return ""


def row_of_reply(
    schema: Schema | None,
    reply: Reply,
    *,
    key: Key,
    repeat: int = 0,
    picture: str = "",
    width: int = 0,
    height: int = 0,
    note: str = "",
    seconds: float = 0.0,
    tries: int = 1,
    at: float | None = None,
    tokens: Tokens | None = None,
    repaired: bool = False,
    embedded: bool = False,
    worker: str = "",
) -> Row:
    """Return the row of a complete reply.

    Parameters
    ----------
    schema : Schema or None
        The shape that the answer must have.
    reply : Reply
        The reply; its request is not needed if the server counted the tokens.
    key, repeat, picture, width, height, note, seconds, tries, worker
        As those of `Row`.
    at : float, optional
        When the row is written (seconds since 1970); now by default.
    tokens : Tokens, optional
        The tokens of all attempts; by default those of the reply.
    repaired : bool
        Whether the answer was sent back once.
    embedded : bool
        Whether the embedded reader answered, which says why facts are null.
    """
    counted = tokens_of(reply) if tokens is None else tokens
    known: dict[str, Any] = {
        "key": key,
        "repeat": repeat,
        "text": reply.text,
        "model": reply.model,
        "system_fingerprint": reply.system_fingerprint or "",
        "prompt_tokens": counted.prompt,
        "completion_tokens": counted.completion,
        "cached_tokens": counted.cached,
        "estimated": counted.estimated,
        "seconds": seconds,
        "tries": tries,
        "picture": picture,
        "width": width,
        "height": height,
        "note": note,
        "at": time.time() if at is None else at,
        "worker": worker,
    }
    if refusal := _refusal(reply):
        return Row(state="refused", error=refusal, **known)
    if nothing := _nothing(reply):
        return Row(state="failed", error=nothing, **known)
    if schema is None:
        return Row(state="done", doubt=ending(reply.finish_reason), **known)
    doubts = ["repaired once"] if repaired else []
    if embedded and reply.choices[0].reasoning:  # why facts are null
        doubts.append(one_line(reply.choices[0].reasoning, _MAX_WORDS))
    try:
        value, nulls = _value(schema, reply.text)
    except (ValueError, BrokenReply) as error:
        return Row(state="failed", error=_wrong_shape(schema, reply, error, repaired=repaired), **known)
    if embedded and not _holds_anything(value):
        # A model may say by null that something is absent; the reader says by it that it found nothing.
        names = ", ".join(value) if isinstance(value, dict) and value else schema.name
        why = "; ".join((f"No value for {names} was found in the picture", *doubts))
        return Row(state="failed", error=f"{one_line(why, _MAX_WORDS)}.", **known)
    if not embedded and (missing := nulls or _all_null(value)):
        doubts.append(f"no value for {', '.join(missing)}")
    return Row(state="done", value=value, doubt="; ".join(doubts), **known)


def _value(schema: Schema, text: str) -> tuple[Any, tuple[str, ...]]:
    """Return the typed answer as plain values, and the fields that are null although they must not be.

    A null does not cost the other fields, unless there are none.

    Raises
    ------
    ValueError
        The answer does not fit in another way.
    """
    try:
        return schema.plain(schema.read(text)), ()
    except Misfit as misfit:
        value = schema.parse(text) if misfit.nulls else None
        if not _holds_anything(value):
            raise
        return value, misfit.nulls


def _all_null(value: Any) -> tuple[str, ...]:
    """Return the fields of a record that has several, if each is null.

    One null is an answer where the schema allows it; nothing but nulls is what a model says that saw nothing.
    """
    is_record = isinstance(value, dict) and len(value) > 1
    return tuple(value) if is_record and all(item is None for item in value.values()) else ()


def _holds_anything(value: Any) -> bool:
    """Whether there is a value that is not null in records and lists."""
    if isinstance(value, dict | list):
        return any(map(_holds_anything, value.values() if isinstance(value, dict) else value))
    return value is not None


def _refusal(reply: Reply) -> str:
    choice = reply.choices[0]
    if choice.refusal:
        return f"The model refused: {one_line(choice.refusal, _MAX_WORDS)}"
    if meaning(choice.finish_reason) == "content_filter" and choice.is_empty:
        return "The server's content filter stopped the answer."
    return ""


def _nothing(reply: Reply) -> str:
    """Return why a reply holds no answer; empty if it holds one."""
    choice = reply.choices[0]
    if choice.tool_calls:
        return "The model called a function in place of an answer, and rows call none; ask it with vm.ask."
    if not choice.is_empty:
        return ""
    if meaning(choice.finish_reason) == "length":
        return "The token limit cut the answer before its first word; allow more with max_tokens=…."
    return "The model answered nothing."


def _wrong_shape(schema: Schema, reply: Reply, error: Exception, *, repaired: bool) -> str:
    if meaning(reply.finish_reason) == "length":
        return f"The token limit cut the answer before {schema.words} was complete; allow more with max_tokens=…."
    again = ", also after it was sent back once" if repaired else "; repair=True allows a correction"
    return f"The answer does not have the form {schema.words} ({error}){again}."
