"""What went wrong, and what is the next step? Statuses and error bodies to errors of our own."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from vision_magic.errors import ServerError
from vision_magic.secrets import redact

__all__ = ["MAX_BODY", "describe", "error_in", "from_error", "from_response"]

MAX_BODY = 64 * 1024
"""How much of an error's body is read (bytes)."""

_SHOWN = 400

_NEXT_STEP: Mapping[int, str] = {
    400: "Check the model and the options; the request is shown by --dry-run.",
    401: "Set the key in the environment variable that the profile names.",
    403: "The key may not use this model, or the region is refused.",
    404: "Check the base URL (it usually ends in /v1) and the model.",
    405: "Check the base URL (it usually ends in /v1).",
    408: "Run the cell again.",
    413: "The request is too large: send fewer pictures, or smaller ones with --max-side 1024.",
    422: "The server does not know one of the options; leave it out.",
    429: "Too many requests or no credit left: wait, or check the account.",
}


def from_response(status: int, body: bytes, *, host: str, location: str = "") -> ServerError:
    """Return the error for an HTTP status that is no success."""
    if 300 <= status < 400:
        return ServerError(
            f"{host} answered {status} and points to {redact(location) or 'nowhere'}. Pictures and keys are never "
            "sent on by a redirect; set base_url to the final address.",
            status=status,
        )
    text = body[:MAX_BODY].decode("utf-8", errors="replace")
    words, code = describe(text)
    step = _NEXT_STEP.get(status, "The server failed; run the cell again." if status >= 500 else "")
    return ServerError(_sentence(f"{host} answered {status}", words, step), status=status, code=code)


def from_error(error: object, *, host: str) -> ServerError:
    """Return the error for an error object that came inside a reply."""
    words, code = _words(error)
    return ServerError(_sentence(f"{host} sent an error in its reply", words, ""), code=code)


def error_in(body: object) -> object:
    """Return what a JSON body says went wrong; None where it says nothing of the kind."""
    if isinstance(body, list) and body:  # Gemini's compatible endpoint wraps it in a list
        body = body[0]
    if not isinstance(body, Mapping):
        return None
    if body.get("error"):  # "error": null stands on every good chunk of some servers
        return body["error"]
    if body.get("object") == "error" or ("detail" in body and "choices" not in body):
        return body
    return None


def describe(text: str) -> tuple[str, str | None]:
    """Return the words and the code of an error's body: JSON in any of its shapes, a page, or text."""
    try:
        body = json.loads(text)
    except ValueError:
        return _readable(text), None
    error = error_in(body)
    return _words(body if error is None else error)


def _words(error: object) -> tuple[str, str | None]:
    if not isinstance(error, Mapping):
        return _readable(error if isinstance(error, str) else json.dumps(error)), None
    code = error.get("code") or error.get("type")
    message = error.get("message") or error.get("detail") or error.get("msg")
    words = message if isinstance(message, str) else json.dumps(message or dict(error), ensure_ascii=False)
    return _readable(words), str(code) if code is not None else None


def _readable(text: str) -> str:
    """Return a text, or the words of a page, short and without secrets."""
    if re.search(r"<\s*(?:!doctype|html|head|body)\b", text, re.IGNORECASE):
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        page = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text)
        text = f"a web page: {html.unescape(title[1] if title else page)}"
    text = redact(" ".join(text.split()))
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _sentence(start: str, words: str, step: str) -> str:
    said = f"{start}: {words}" if words else start
    return f"{said}{'' if said.endswith(('.', '!', '?', '…')) else '.'} {step}".rstrip()


def excerpt(data: Any) -> str:
    """Return the start of something unreadable, for an error."""
    return _readable(str(data)[:200])
