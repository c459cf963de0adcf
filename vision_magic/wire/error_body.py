"""What the body of an error says: its message, its codes, and how long to wait.

Servers nest the same few names in many ways: a gateway puts the error of another server into a string of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.wire.retry import stated_wait, wait_in_words
from vision_magic.wire.server_json import loads

__all__ = ["ErrorBody", "dumps", "error_in", "message_of", "read"]

_MAX_CODE: Final = 400  # characters
_MAX_DEPTH: Final = 8  # of the search for the message in an error object
_MAX_NODES: Final = 400  # objects and lists that are searched for codes
_MAX_WORDS: Final = 4_000  # characters in which a refusal is recognised

_CODES: Final = ("code", "type", "status", "reason", "error_type", "error_code", "status_code")
_WAITS: Final = frozenset(
    {"retrydelay", "retryafter", "retry_after", "retry_after_seconds", "retry-after", "estimated_time"}
)
# A validator repeats what was sent: the words of the user's question say nothing about the refusal.
_ECHO: Final = re.compile(r"(?:['\"]input['\"]\s*:|\binput_value=).*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBody:
    """What an error says.

    Attributes
    ----------
    message : str
        The message, untrusted and of any length.
    code : str or None
        The server's own name for the error.
    codes : frozenset of str
        Every code at any depth, in lower case.
    words : str
        The message as far as a refusal is recognised in it.
    status : int
        The HTTP status that the body states; 0 if none.
    wait : float or None
        The pause that it asks for (seconds).
    """

    message: str
    code: str | None = None
    codes: frozenset[str] = frozenset()
    words: str = ""
    status: int = 0
    wait: float | None = None


def read(body: object) -> ErrorBody:
    """Return what an error says: a JSON value of any known shape, or text."""
    error = error_in(body)
    error = body if error is None else error
    message = message_of(error)
    nodes = list(_nodes(body)) + (list(_nodes(error)) if error is not body else [])
    codes = [str(node[name]) for node in nodes for name in _CODES if isinstance(node.get(name), (str, int))]
    words = _ECHO.sub("", " ".join(message[: 4 * _MAX_WORDS].split()))[:_MAX_WORDS]
    return ErrorBody(
        message=message,
        code=_code(error) or _code(body),
        codes=frozenset(code.lower() for code in codes),
        words=words,
        status=next((int(code) for code in codes if re.fullmatch(r"[45]\d\d", code)), 0),
        wait=max((wait for wait in (*map(_wait, nodes), wait_in_words(words)) if wait is not None), default=None),
    )


def _code(error: object) -> str | None:
    if not isinstance(error, Mapping):
        return None
    code = error.get("code") or error.get("type")
    return str(code) if code is not None else None


def _nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a value, also those in strings of JSON, the outer ones first."""
    waiting = [value]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, str) and node.lstrip()[:1] in ("{", "["):
            try:
                node = loads(node)
            except ValueError:
                continue
        if isinstance(node, Mapping):
            yield node
            waiting.extend(node[name] for name in node if name not in ("input", "ctx"))
        elif isinstance(node, list):
            waiting.extend(node)


def _wait(node: Mapping[str, Any]) -> float | None:
    """Return the pause that an object of an error asks for (seconds): Gemini's RetryInfo, OpenRouter's headers."""
    for name, value in node.items():
        if isinstance(value, Mapping):
            value = value.get("seconds")
        if isinstance(value, (str, int, float)) and not isinstance(value, bool):
            lower = str(name).lower()
            wait = stated_wait(str(value)) if lower in _WAITS or lower == "x-ratelimit-reset" else None
            if wait is not None:
                return wait
    return None


def error_in(body: object) -> object:
    """Return the error in a JSON body or chunk, or None if there is none."""
    if isinstance(body, list) and body:  # Gemini's compatible endpoint wraps it in a list (bytedance/deer-flow#1515)
        body = body[0]
    if not isinstance(body, dict):
        return None
    if body.get("error"):  # Foundry Local has "error": null in every chunk (microsoft/foundry-local#144)
        return body["error"]
    if blocked := _block_reason(body):
        return blocked
    if "choices" in body:
        return None
    # vLLM before 0.10.1 (vllm#12886), FastAPI and Mistral (avante.nvim#2347).
    is_error = "error" in (body.get("object"), body.get("type"), body.get("status"))
    return body if is_error or "detail" in body or ("message" in body and not _is_answer(body["message"])) else None


def _is_answer(message: object) -> bool:
    """Whether a field ``message`` is an answer in another format and not an error: Ollama's own interface."""
    return isinstance(message, dict) and "content" in message


def _block_reason(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the error of Gemini, which answers a question that it refuses with status 200 and no choice."""
    feedback = body.get("promptFeedback") or body.get("prompt_feedback")
    reason = feedback.get("blockReason") or feedback.get("block_reason") if isinstance(feedback, dict) else None
    if not reason or body.get("choices"):
        return None
    words = feedback.get("blockReasonMessage") if isinstance(feedback, dict) else None
    return {"message": words or f"the question was blocked ({reason})", "code": str(reason)[:_MAX_CODE]}


def message_of(error: object) -> str:
    """Return the message of an error: an object of any known shape, or text."""
    if isinstance(error, Mapping):
        return _message(error)
    return error if isinstance(error, str) else dumps(error)


def _message(error: Mapping[str, Any], depth: int = 0) -> str:
    """Return the message of an error object, under whichever key it is; OpenRouter adds the cause in ``metadata``."""
    for name in ("message", "detail", "msg", "error") if depth < _MAX_DEPTH else ():
        value = error.get(name)
        if isinstance(value, Mapping):
            return _message(value, depth + 1)
        if isinstance(value, list) and value:  # FastAPI: [{"loc": …, "msg": …}]
            return "; ".join(_located(item, depth + 1) for item in value[:5])
        if value:
            metadata = error.get("metadata")
            cause = metadata.get("raw") if isinstance(metadata, Mapping) else None
            message = _unwrapped(value, depth) if isinstance(value, str) else dumps(value)
            return f"{message} ({_unwrapped(cause, depth)})" if cause else message
    return dumps(error)


def _unwrapped(text: object, depth: int) -> str:
    """Return the message in a string of JSON; any other string as it is."""
    if not isinstance(text, str):
        return dumps(text)
    if text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        error = error_in(loads(text))
    except ValueError:
        return text
    return _message(error, depth + 1) if isinstance(error, Mapping) else error if isinstance(error, str) else text


def dumps(error: object) -> str:
    """Return an object that a server sent as JSON, for a message."""
    try:
        return json.dumps(error, ensure_ascii=False)
    except RecursionError:
        return "an error nested too deeply to be shown"


def _located(item: object, depth: int) -> str:
    """Return one of several error messages, preceded by the field that it is about."""
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) else dumps(item)
    place = item.get("loc")
    where = ".".join(str(step) for step in place) if isinstance(place, list) else ""
    return f"{where}: {_message(item, depth)}" if where else _message(item, depth)
