"""Server errors: conversion of HTTP statuses and error bodies of any shape to a `ServerError` with a next step."""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import ServerError
from vision_magic.naming import near_miss
from vision_magic.secrets import redact
from vision_magic.text import clean_text, format_bytes

__all__ = [
    "MAX_BODY",
    "MAX_NESTING",
    "describe",
    "dumps",
    "error_in",
    "excerpt",
    "from_error",
    "from_response",
    "is_deep",
    "loads",
    "model_ids",
    "with_models",
]

MAX_BODY: Final = 64 * 1024
"""Largest part of an error's body that is read (bytes)."""

MAX_NESTING: Final = 64
"""Deepest nesting of JSON; the replies of servers stay far below it."""

_MAX_SHOWN: Final = 400  # characters
_PAGE: Final = 8 * 1024  # characters of a web page; on a hostile page, the patterns for tags take quadratic time
_MAX_DIGITS: Final = 18  # of an integer, including its sign
_MAX_DEPTH: Final = 8  # of the search for the message in an error object

_NEXT_STEP: Final[Mapping[int, str]] = {
    400: "Check the model and the options; --dry-run shows the request.",
    401: "Check the key: it comes from %vision login or from the environment variable that the profile names.",
    403: "The key has no access to this model, or the server refuses your region.",
    404: "Check the base URL and the model.",
    405: "Check the base URL.",
    408: "Run the cell again.",
    422: "The server does not support one of the options; leave it out.",
    429: "Too many requests for this key: wait a moment, then run the cell again.",
}

_SMALLER: Final = "send fewer pictures, or smaller ones with --max-side 1024"

# Messages of OpenAI, Azure, Gemini, Groq, Mistral, OpenRouter, Ollama, llama.cpp, LM Studio and vLLM, the most specific
# first. Messages change, so they only choose the advice.
_QUOTA: Final = re.compile(r"insufficient_quota|billing|credit balance|no credits|exceeded your current quota", re.I)
_CONTEXT: Final = re.compile(
    r"context_length_exceeded|context (?:length|window|size)|maximum context|exceeds? the (?:available )?context|"
    r"too many tokens|prompt is too long",
    re.I,
)
_TOO_MANY: Final = re.compile(r"at most \d+ images?|too many images?", re.I)
_TOO_LARGE: Final = re.compile(r"too large|entity too|payload|max(?:imum)? (?:image|request|file) size|megapixel", re.I)
_TEXT_ONLY: Final = re.compile(
    r"(?:not|n't|no) (?:\w+ )?(?:support|accept|take|have|allow)\w*\b.{0,40}\b(?:image|vision|multimodal)|"
    r"(?:image|vision|multimodal)\w*.{0,40}\bnot (?:\w+ )?(?:supported|enabled|available|allowed)|"
    r"not a (?:multimodal|vision)|only (?:supports? )?text|no endpoints found that support image|mmproj",
    re.I | re.S,
)
_NO_MODEL: Final = re.compile(
    r"model_not_found|no such model|unknown model|invalid model|"
    r"model\b.{0,80}\b(?:not found|not exist|does not exist|not available)",
    re.I | re.S,
)


def from_response(
    status: int, body: bytes, *, host: str, location: str = "", base_url: str = "", request_size: int = 0
) -> ServerError:
    """Return the error for an HTTP status that is not a success.

    Parameters
    ----------
    status : int
        HTTP status.
    body : bytes
        The start of the body, as far as it was read.
    host, base_url : str
        Name and address of the server.
    location : str
        Target of a redirect.
    request_size : int
        Size of the request (bytes).
    """
    if 300 <= status < 400:
        return ServerError(
            f"{host} answered {status}, a redirect to {_readable(location) or 'no address'}. Pictures and keys are not "
            "sent to another address; set base_url to the final one.",
            status=status,
        )
    text, code = describe(body[:MAX_BODY].decode("utf-8", errors="replace"))
    step = _advice(status, f"{code or ''} {text}", base_url, request_size)
    message = _compose(f"{host} answered {status}", text, step)
    # Messages of the embedded reader, which has this code, are complete: they name it and say what to do.
    return ServerError(text if code == "not_measured" else message, status=status, code=code, server_message=text)


def from_error(error: object, *, host: str) -> ServerError:
    """Return the error for an error object inside a reply."""
    text, code = _message_and_code(error)
    step = _advice(0, f"{code or ''} {text}", "", 0)
    message = _compose(f"{host} sent an error in its reply", text, step)
    return ServerError(message, code=code, server_message=text)


def _advice(status: int, text: str, base_url: str, request_size: int) -> str:
    """Return the next step, chosen by the text of the server or else by the status."""
    size = f"The request is {format_bytes(request_size)}: " if request_size else ""
    if _QUOTA.search(text):
        return "The account behind the key has no credit left; waiting does not help."
    if _CONTEXT.search(text):
        return f"The pictures and the question do not fit into the model's context: {_SMALLER}."
    if _TOO_MANY.search(text):
        return "The server limits the number of pictures per question: ask about fewer at a time."
    if _TEXT_ONLY.search(text):
        return "This model does not accept pictures; %vision models lists those that do, if the server says so."
    if status == 413 or (status in (400, 422) and _TOO_LARGE.search(text)):
        return f"{size}{_SMALLER}."
    if status in (404, 405) and not _NO_MODEL.search(text):
        return _address_advice(base_url) or _NEXT_STEP[status]
    return _NEXT_STEP.get(status, "The server failed; run the cell again." if status >= 500 else "")


def _address_advice(base_url: str) -> str:
    path = urlsplit(base_url).path.rstrip("/")
    if "/v1/v1" in path:
        return f"The base URL has /v1 twice; try {base_url.replace('/v1/v1', '/v1')}."
    if base_url and not re.search(r"/(?:api/)?(?:openai/)?v\d+|/deployments/|/openai$|/engines/", path):
        return f"Base URLs usually end in /v1; try {base_url.rstrip('/')}/v1."
    return ""


def is_unknown_model(error: ServerError) -> bool:
    """Return whether the server refused a request because it does not have the model."""
    return error.status in (400, 404) and bool(_NO_MODEL.search(f"{error.code or ''} {error.server_message}"))


def with_models(error: ServerError, model: str, models: Sequence[str]) -> ServerError:
    """Return the error with a list of the server's models, and the one whose name is nearest to `model`."""
    if not models:
        return error
    shown = ", ".join(models[:12]) + (f" and {len(models) - 12} more" if len(models) > 12 else "")
    hint = near_miss(model, models)
    error.args = (f"{error} The server offers these models{hint}: {shown}.",)
    return error


def model_ids(body: bytes) -> list[str]:
    """Return the ids in the body of ``GET /models``; none if it cannot be parsed."""
    try:
        listed = loads(body)
    except ValueError:
        return []
    items = listed.get("data") if isinstance(listed, Mapping) else listed
    ids = [item.get("id") for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return sorted(_readable(name) for name in ids if isinstance(name, str))


def with_wait(error: ServerError, longest: float) -> ServerError:
    """Return the error with the wait that the server asks for, if that is longer than `longest` (seconds)."""
    if error.retry_after is not None and error.retry_after > longest:
        error.args = (f"{error} The server asks you to wait {readable_seconds(error.retry_after)}.",)
    return error


def readable_seconds(seconds: float) -> str:
    """Return a duration in a suitable unit: ``45 s``, ``12 min``, ``3 h``, ``14 days``."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


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
    return body if is_error or "detail" in body or "message" in body else None


def _block_reason(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the error of Gemini, which answers a question that it refuses with status 200 and no choice."""
    feedback = body.get("promptFeedback") or body.get("prompt_feedback")
    reason = feedback.get("blockReason") or feedback.get("block_reason") if isinstance(feedback, dict) else None
    if not reason or body.get("choices"):
        return None
    words = feedback.get("blockReasonMessage") if isinstance(feedback, dict) else None
    return {"message": words or f"the question was blocked ({reason})", "code": str(reason)[:_MAX_SHOWN]}


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


# Numbers that Python, JSON or a database cannot hold become None, so that no later step needs to expect them.
_DECODER: Final = json.JSONDecoder(
    parse_constant=lambda name: None,
    parse_float=_finite,
    parse_int=lambda text: int(text) if len(text) <= _MAX_DIGITS else None,
)


def loads(text: str | bytes) -> Any:
    """Parse JSON; raise ``ValueError`` if it is invalid or nested too deeply.

    ``NaN``, infinities and integers of more than 18 digits become None.
    """
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "surrogatepass")
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("{") + text.count("[") > MAX_NESTING and is_deep(value):
        raise ValueError("nested too deeply")
    return value


def is_deep(value: object) -> bool:
    """Return whether a JSON value is nested so deeply that functions that call themselves could fail on it."""
    level = [value]
    for _ in range(MAX_NESTING):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in found if isinstance(inner, dict | list)]


def describe(text: str) -> tuple[str, str | None]:
    """Return the message and the code in the body of an error: JSON of any known shape, a web page, or text."""
    try:
        body = loads(text)
    except ValueError:
        return _readable(text), None
    error = error_in(body)
    return _message_and_code(body if error is None else error)


def _message_and_code(error: object) -> tuple[str, str | None]:
    if not isinstance(error, Mapping):
        return _readable(error if isinstance(error, str) else dumps(error)), None
    code = error.get("code") or error.get("type")
    return _readable(_message(error)), str(code) if code is not None else None


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
            message = value if isinstance(value, str) else dumps(value)
            return f"{message} ({cause})" if cause else message
    return dumps(error)


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


def _readable(text: str) -> str:
    """Return text, or the text of a web page, shortened, without secrets and control characters."""
    if re.search(r"<\s*(?:!doctype|html|head|body)\b", text[:_PAGE], re.IGNORECASE):
        text = text[:_PAGE]
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        page = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text)
        text = f"a web page: {html.unescape(title[1] if title else page)}"
    text = clean_text(redact(" ".join(text.split())))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _compose(start: str, text: str, step: str) -> str:
    """Return an error message: what happened, what the server said, and the next step."""
    message = f"{start}: {text}" if text else start
    return f"{message}{'' if message.endswith(('.', '!', '?', '…')) else '.'} {step}".rstrip()


def excerpt(data: object) -> str:
    """Return the start of data that cannot be parsed, for an error message."""
    return _readable(redact(str(data))[:200])  # redact before shortening: half of a key would not be recognised
