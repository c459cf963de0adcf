"""What went wrong, and what is the next step? Statuses, error bodies and transports' troubles to errors of our own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from vision_magic.errors import ServerError
from vision_magic.naming import near_miss
from vision_magic.secrets import redact
from vision_magic.text import clean_text, format_bytes

__all__ = [
    "MAX_BODY",
    "describe",
    "error_in",
    "excerpt",
    "from_error",
    "from_response",
    "loads",
    "model_ids",
    "with_models",
]

MAX_BODY: Final = 64 * 1024
"""How much of an error's body is read (bytes)."""

_SHOWN: Final = 400
_PAGE: Final = 8 * 1024  # of a page, the start: what takes a page apart is slow on one that is made for it
_LEVELS: Final = 8  # in which an error's words are looked for

_NEXT_STEP: Final[Mapping[int, str]] = {
    400: "Check the model and the options; --dry-run shows the request.",
    401: "Check the key: the environment variable that the profile names, or %vision login.",
    403: "The key may not use this model, or the region is refused.",
    404: "Check the base URL and the model.",
    405: "Check the base URL.",
    408: "Run the cell again.",
    422: "The server does not know one of the options; leave it out.",
    429: "Too many requests for this key: wait a little, then run the cell again.",
}

_SMALLER: Final = "send fewer pictures, or smaller ones with --max-side 1024"

# What servers say, most telling first. Each was seen at one of OpenAI, Azure, Gemini, Groq, Mistral, OpenRouter,
# Ollama, llama.cpp, LM Studio, vLLM; they are words, so they are only ever used to choose the advice.
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
    """Return the error for an HTTP status that is no success.

    Parameters
    ----------
    status : int
        The status.
    body : bytes
        As much of the body as was read.
    host, base_url : str
        Who was asked, and under which address.
    location : str
        Where a redirect points.
    request_size : int
        How much was sent (bytes).
    """
    if 300 <= status < 400:
        return ServerError(
            f"{host} answered {status} and points to {_readable(location) or 'nowhere'}. Pictures and keys are never "
            "sent on by a redirect; set base_url to the final address.",
            status=status,
        )
    words, code = describe(body[:MAX_BODY].decode("utf-8", errors="replace"))
    step = _advice(status, f"{code or ''} {words}", base_url, request_size)
    message = _sentence(f"{host} answered {status}", words, step)
    # The embedded reader, whose code this is, says who it is and what to do; nobody has to look for its status.
    return ServerError(words if code == "not_measured" else message, status=status, code=code, words=words)


def from_error(error: object, *, host: str) -> ServerError:
    """Return the error for an error object that came inside a reply."""
    words, code = _words(error)
    step = _advice(0, f"{code or ''} {words}", "", 0)
    return ServerError(_sentence(f"{host} sent an error in its reply", words, step), code=code, words=words)


def _advice(status: int, said: str, base_url: str, request_size: int) -> str:
    """Return the next step: what the server's words tell first, then its status."""
    size = f"The request holds {format_bytes(request_size)}: " if request_size else ""
    if _QUOTA.search(said):
        return "The account behind the key has no credit left; waiting does not help."
    if _CONTEXT.search(said):
        return f"The pictures and the question do not fit into the model's context: {_SMALLER}."
    if _TOO_MANY.search(said):
        return "The server limits pictures per question: ask about fewer at a time."
    if _TEXT_ONLY.search(said):
        return "This model takes no pictures; %vision models lists those that do, where the server says so."
    if status == 413 or (status in (400, 422) and _TOO_LARGE.search(said)):
        return f"{size}{_SMALLER}."
    if status in (404, 405) and not _NO_MODEL.search(said):
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
    """Whether a server refused because it does not know the model."""
    return error.status in (400, 404) and bool(_NO_MODEL.search(f"{error.code or ''} {error.words}"))


def with_models(error: ServerError, asked: str, models: Sequence[str]) -> ServerError:
    """Return the error with what the server does have, the nearest first, where it told."""
    if not models:
        return error
    shown = ", ".join(models[:12]) + (f" and {len(models) - 12} more" if len(models) > 12 else "")
    hint = near_miss(asked, models)
    error.args = (f"{error} The server has{hint}: {shown}.",)
    return error


def model_ids(body: bytes) -> list[str]:
    """Return the ids in the body of ``GET /models``; none where it cannot be read."""
    try:
        listed = loads(body)
    except ValueError:
        return []
    items = listed.get("data") if isinstance(listed, Mapping) else listed
    ids = [item.get("id") for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return sorted(_readable(name) for name in ids if isinstance(name, str))


def with_wait(error: ServerError, longest: float) -> ServerError:
    """Return the error with how long the server asks to wait, where that is too long to do so."""
    if error.retry_after is not None and error.retry_after > longest:
        error.args = (f"{error} The server asks to wait {readable_seconds(error.retry_after)}.",)
    return error


def readable_seconds(seconds: float) -> str:
    """Return a duration as people say it: ``45 s``, ``12 min``, ``3 h``, ``14 days``."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def error_in(body: object) -> object:
    """Return what a JSON body says went wrong; None where it says nothing of the kind."""
    if isinstance(body, list) and body:  # Gemini's compatible endpoint wraps it in a list (bytedance/deer-flow#1515)
        body = body[0]
    if not isinstance(body, dict):
        return None
    if body.get("error"):  # "error": null stands on every good chunk of Foundry Local (microsoft/foundry-local#144)
        return body["error"]
    if "choices" in body:
        return None
    # vLLM before 0.10.1 (vllm#12886), FastAPI and Mistral (avante.nvim#2347).
    return body if body.get("object") == "error" or "detail" in body or "message" in body else None


def loads(text: str | bytes) -> Any:
    """Parse JSON; what is nested deeper than Python can follow is none either, and a ``ValueError``."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def describe(text: str) -> tuple[str, str | None]:
    """Return the words and the code of an error's body: JSON in any of its shapes, a page, or text."""
    try:
        body = loads(text)
    except ValueError:
        return _readable(text), None
    error = error_in(body)
    return _words(body if error is None else error)


def _words(error: object) -> tuple[str, str | None]:
    if not isinstance(error, Mapping):
        return _readable(error if isinstance(error, str) else _dumps(error)), None
    code = error.get("code") or error.get("type")
    return _readable(_said(error)), str(code) if code is not None else None


def _said(error: Mapping[str, Any], level: int = 0) -> str:
    """Return the words of an error object, whichever key holds them; OpenRouter hides the cause one level deeper."""
    for name in ("message", "detail", "msg", "error") if level < _LEVELS else ():
        value = error.get(name)
        if isinstance(value, Mapping):
            return _said(value, level + 1)
        if isinstance(value, list) and value:  # FastAPI: [{"loc": …, "msg": …}]
            return "; ".join(_located(item, level + 1) for item in value[:5])
        if value:
            metadata = error.get("metadata")
            cause = metadata.get("raw") if isinstance(metadata, Mapping) else None
            words = value if isinstance(value, str) else _dumps(value)
            return f"{words} ({cause})" if cause else words
    return _dumps(error)


def _dumps(error: object) -> str:
    try:
        return json.dumps(error, ensure_ascii=False)
    except RecursionError:
        return "an error nested too deeply to be shown"


def _located(item: object, level: int) -> str:
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) else _dumps(item)
    place = item.get("loc")
    where = ".".join(str(step) for step in place) if isinstance(place, list) else ""
    return f"{where}: {_said(item, level)}" if where else _said(item, level)


def _readable(text: str) -> str:
    """Return a text, or the words of a page, short, without secrets and safe to print."""
    if re.search(r"<\s*(?:!doctype|html|head|body)\b", text[:_PAGE], re.IGNORECASE):
        text = text[:_PAGE]
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        page = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text)
        text = f"a web page: {html.unescape(title[1] if title else page)}"
    # A terminal obeys the control characters in an error as it does those in an answer.
    text = clean_text(redact(" ".join(text.split())))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _sentence(start: str, words: str, step: str) -> str:
    said = f"{start}: {words}" if words else start
    return f"{said}{'' if said.endswith(('.', '!', '?', '…')) else '.'} {step}".rstrip()


def excerpt(data: object) -> str:
    """Return the start of something unreadable, for an error."""
    return _readable(redact(str(data))[:200])  # in this order: of a key that is cut in two, the half is not known
