"""What a server says of a batch: its state, the answers in its lines, and the reasons why there are none."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.reply import Reply
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.errors import BrokenReply, ConnectionFailed, ServerError, WireError
from vision_magic.wire import failures
from vision_magic.wire.response_parser import ResponseParser

__all__ = [
    "ENDED",
    "ServerBatch",
    "batch_in",
    "id_in",
    "is_size_refusal",
    "line_error",
    "may_be_created",
    "reply_in",
    "text_of",
]

ENDED: Final = frozenset({"completed", "failed", "expired", "cancelled"})
"""The states that a batch never leaves."""

_MAX_TEXT: Final = 400  # characters of an id or a message
_MAX_ERRORS: Final = 20
_SIZE: Final = re.compile(
    r"too (?:large|big|many (?:requests|lines|records))|(?:exceed|above|over)\w*.{0,60}\b(?:size|bytes?|[mg]i?b|limit|"
    r"cap|requests|lines)\b|(?:max\w*|limit).{0,30}\b(?:size|bytes|[mg]i?b)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerBatch:
    """A batch as its server describes it.

    Attributes
    ----------
    id, input_file, output_file, error_file : str
        The ids of the batch and its files; empty for a file that does not exist (yet).
    status : str
        ``validating``, ``in_progress``, ``finalizing``, ``cancelling``, or one of `ENDED`.
    total, completed, failed : int
        The counts of its lines; 0 if the server has not counted.
    errors : tuple of (str, str)
        Codes and messages of why it failed as a whole.
    metadata : mapping of str to str
        What the creator has set.
    """

    id: str
    status: str
    input_file: str = ""
    output_file: str = ""
    error_file: str = ""
    total: int = 0
    completed: int = 0
    failed: int = 0
    errors: tuple[tuple[str, str], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """Whether the state is final."""
        return self.status in ENDED


def batch_in(made: Any, host: str) -> ServerBatch:
    """Return the batch that a server sent; raise `BrokenReply` if it has no id."""
    batch_id = id_in(made, "a batch", host)
    counts = made.get("request_counts")
    counts = counts if isinstance(counts, Mapping) else made
    metadata = made.get("metadata")
    status = text_of(made.get("status")).lower()
    return ServerBatch(
        id=batch_id,
        status="cancelled" if status == "canceled" else status,
        input_file=text_of(made.get("input_file_id")),
        output_file=text_of(made.get("output_file_id")),
        error_file=text_of(made.get("error_file_id")),
        total=_count(counts.get("total")),
        completed=_count(counts.get("completed")),
        failed=_count(counts.get("failed")),
        errors=_errors(made.get("errors")),
        metadata={str(k): str(v) for k, v in metadata.items()} if isinstance(metadata, Mapping) else {},
    )


def id_in(made: Any, what: str, host: str) -> str:
    """Return the id of an object that a server sent; raise `BrokenReply` if it has none."""
    found = text_of(made.get("id")) if isinstance(made, Mapping) else ""
    if not found:
        raise BrokenReply(
            f"{host} sent {failures.excerpt(failures.dumps(made))}; expected {what} with an id. Check the base URL."
        )
    return found


def is_size_refusal(error: WireError) -> bool:
    """Return whether a server refused a file because it is too large or has too many lines."""
    if not isinstance(error, ServerError):
        return False
    return error.status == 413 or (error.status in (400, 422) and bool(_SIZE.search(error.server_message)))


def may_be_created(error: WireError) -> bool:
    """Return whether a batch may exist although its creation failed: the answer was lost, or the server broke down."""
    if isinstance(error, ServerError):
        return error.status is None or error.status >= 500
    return isinstance(error, ConnectionFailed | BrokenReply)


def reply_in(body: Any, *, host: str) -> Reply:
    """Return the reply in the body of a line of answers: a whole chat completion.

    Raises
    ------
    WireError
        It is an error, or not a reply.
    """
    builder = ReplyBuilder(Reply(host=host))
    parser = ResponseParser(builder, host=host)
    parser.feed(json.dumps(body).encode(), 0.0)
    parser.end(0.0)
    if parser.failure is not None:
        raise parser.failure
    return builder.snapshot()


def line_error(status: int, body: Any, *, host: str) -> str:
    """Return why a line of a batch has no answer, and what to do.

    Parameters
    ----------
    status : int
        The HTTP status of this line; 0 if there is none.
    body : JSON value
        The error, in any known shape.
    host : str
        The server's name.
    """
    text = failures.dumps(body).encode("utf-8", "replace") if body else b""
    if 300 <= status < 600:
        return str(failures.from_response(status, text, host=host))
    return str(failures.from_error(body, host=host)) if body else f"{host} gave no answer and no reason."


def _errors(found: Any) -> tuple[tuple[str, str], ...]:
    """Return the codes and messages of a failed batch; the list is ``{"data": […]}``, or plain, or one message."""
    items = found.get("data", found) if isinstance(found, Mapping) else found
    items = items if isinstance(items, list) else [items] if items else []
    made = []
    for item in items[:_MAX_ERRORS]:
        message, code = failures.describe(failures.dumps({"error": item}))
        line = item.get("line") if isinstance(item, Mapping) else None
        where = f" (line {line})" if isinstance(line, int) else ""
        made.append((str(code or "")[:_MAX_TEXT], f"{message}{where}"))
    return tuple(made)


def text_of(value: object) -> str:
    """Return an id or a word; empty if it is not a string, or too long for one."""
    return value if isinstance(value, str) and len(value) <= _MAX_TEXT else ""


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 10**9 else 0
