"""Server errors: conversion of HTTP statuses and error bodies of any shape to a `ServerError` with a next step."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urljoin, urlsplit

from vision_magic.addresses import base_of
from vision_magic.errors import ServerError
from vision_magic.naming import as_word, is_model_id, near_miss
from vision_magic.secrets import redact
from vision_magic.text import clean_text, format_bytes
from vision_magic.wire.error_body import ErrorBody, dumps, error_in, read
from vision_magic.wire.refusal_rules.next_steps import ASK_FOR_MODELS
from vision_magic.wire.refusals import Refusal, recognise
from vision_magic.wire.retry import is_temporary, limit_reset, may_retry, retry_after
from vision_magic.wire.server_json import loads

__all__ = [
    "MAX_BODY",
    "address_advice",
    "describe",
    "dumps",
    "error_in",
    "excerpt",
    "explain_functions",
    "from_error",
    "from_response",
    "is_unknown_model",
    "model_ids",
    "readable_seconds",
    "with_models",
]

MAX_BODY: Final = 64 * 1024
"""Largest part of an error's body that is read (bytes)."""

_KEY: Final = "it comes from %vision login or from the environment variable that the profile names"
_MAX_SHOWN: Final = 400  # characters
_PAGE: Final = 8 * 1024  # characters of a web page; on a hostile page, the patterns for tags take quadratic time

# What stands where no refusal is recognised.
_NEXT_STEP: Final[Mapping[int, str]] = {
    400: "Check the model and the options; --dry-run shows the request.",
    403: "Check the key: {key}. A key may have no access to this model, and a server may refuse your region.",
    404: "Check the base URL and the model.",
    405: "Check the base URL.",
    408: "Run the cell again.",
    422: "The server does not support one of the options; leave it out.",
}

# Codes of a refusal that some servers send with a status of 500 and more.
_REFUSED: Final = frozenset(
    {"invalid_request_error", "badrequesterror", "invalid_argument", "unprocessableentityerror"}
)


def from_response(
    status: int,
    body: bytes,
    *,
    host: str,
    headers: Mapping[str, str] | None = None,
    location: str = "",
    base_url: str = "",
    request_size: int = 0,
    key: str = "",
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
    headers : mapping, optional
        Headers of the response, with names in lower case: the server may ask for a pause there.
    location : str
        Target of a redirect.
    request_size : int
        Size of the request (bytes).
    key : str
        Which key was sent, and how another is named, after "Check the key: "; empty if that is not known.
    """
    if 300 <= status < 400:
        return ServerError(
            f"{host} answered {status}, a redirect to {_readable(location) or 'no address'}. Pictures and keys are not "
            f"sent to another address; set base_url to {_same_host(location, base_url) or 'the final one'}.",
            status=status,
        )
    said = _read(body[:MAX_BODY].decode("utf-8", errors="replace"))
    text, headers = _readable(said.message), headers or {}
    wait = max((wait for wait in (said.wait, retry_after(headers)) if wait is not None), default=None)
    refusal = recognise(status, said.codes, said.words, waits=wait is not None)
    if wait is None and status == 429 and (refusal is None or refusal.retry is not False):
        wait = limit_reset(headers)
    step = _step(refusal, said.words, wait) or _general_step(status, base_url)
    size = f"The request is {format_bytes(request_size)}: " if request_size else ""
    message = _compose(f"{host} answered {status}", text, step.replace("{size}", size).replace("{key}", key or _KEY))
    # Messages of the embedded reader, which has this code, are complete: they name it and say what to do.
    error = ServerError(text if said.code == "not_measured" else message, status=status, code=said.code)
    error.server_message, error.retry_after = text, wait
    error.retryable = may_retry(status, headers, _lasting(refusal, status, said))
    return error


def from_error(error: object, *, host: str) -> ServerError:
    """Return the error for an error object inside a reply."""
    said = read({"error": error})
    text = _readable(said.message)
    refusal = recognise(said.status, said.codes, said.words, waits=said.wait is not None)
    step = _step(refusal, said.words, said.wait) or _general_step(said.status, "")
    message = _compose(f"{host} sent an error in its reply", text, step.replace("{size}", "").replace("{key}", _KEY))
    result = ServerError(message, code=said.code, server_message=text)
    result.retry_after = said.wait
    result.retryable = may_retry(said.status, {}, _lasting(refusal, said.status, said))
    return result


def _read(text: str) -> ErrorBody:
    """Return what a body says: JSON, a web page, or text."""
    try:
        return read(loads(text))
    except ValueError:
        return read(_text_of_page(text))


def _lasting(refusal: Refusal | None, status: int, said: ErrorBody) -> bool | None:
    """Return whether the same request will fail again; None if the HTTP status decides."""
    if refusal is not None and refusal.retry is not None:
        return not refusal.retry
    if status >= 500 and (not said.codes.isdisjoint(_REFUSED) or "validation error" in said.words):
        return True
    return not is_temporary(said.status) if said.status else None


def _step(refusal: Refusal | None, words: str, wait: float | None) -> str:
    """Return the next step that follows from the refusal and from the pause that the server asks for."""
    pause = f"he server asks you to wait {readable_seconds(wait)}." if wait is not None and wait >= 1 else ""
    if refusal is None:
        return f"T{pause}" if pause else ""
    if pause and refusal.retry is not False:
        return f"{refusal.meaning[0].upper()}{refusal.meaning[1:]}: t{pause}"
    return f"{refusal.next_step(words)} T{pause}" if pause else refusal.next_step(words)


def _general_step(status: int, base_url: str) -> str:
    """Return the next step for a status, where no refusal is recognised."""
    if status in (404, 405):
        return address_advice(base_url) or _NEXT_STEP[status]
    return _NEXT_STEP.get(status, "The server failed; run the cell again." if status >= 500 else "")


def _same_host(location: str, base_url: str) -> str:
    """Return the base URL that a redirect of a question means, if it stays on the host; empty otherwise."""
    try:
        target = urljoin(f"{base_url}/chat/completions", location.partition("?")[0])
        stays = urlsplit(target).hostname == urlsplit(base_url).hostname
        found = base_of(target)
    except ValueError:
        return ""
    is_question = target.rstrip("/").endswith("/chat/completions")
    return _readable(found) if stays and is_question and found != base_url else ""


def address_advice(base_url: str) -> str:
    """Return a better base URL in words, if this one looks wrong; empty otherwise."""
    path = urlsplit(base_url).path.rstrip("/")
    if "/v1/v1" in path:
        return f"The base URL has /v1 twice; try {base_url.replace('/v1/v1', '/v1')}."
    if base_url and not re.search(r"/(?:api/)?(?:openai/)?v\d+|/deployments/|/openai$|/engines/", path):
        return f"Base URLs usually end in /v1; try {base_url.rstrip('/')}/v1."
    return ""


def is_unknown_model(error: ServerError) -> bool:
    """Return whether the server refused a request because it does not have the model."""
    if error.status not in (400, 404, 410):
        return False
    codes = {(error.code or "").lower()}
    refusal = recognise(error.status, codes, error.server_message, waits=error.retry_after is not None)
    return refusal is not None and refusal.meaning in ("unknown model", "the model was withdrawn")


def with_models(error: ServerError, model: str, models: Sequence[str]) -> ServerError:
    """Return the error with a list of the server's models, and the one whose name is nearest to `model`.

    A server that lists none is not to be asked for its list.
    """
    known = "." if models else "; the server does not list those that it has."
    error.args = (str(error).replace(ASK_FOR_MODELS, known),)
    if not models:
        return error
    shown = ", ".join(map(as_word, models[:12])) + (f" and {len(models) - 12} more" if len(models) > 12 else "")
    hint = near_miss(model, filter(is_model_id, models))
    error.args = (f"{error} The server offers these models{hint}: {shown}.",)
    return error


def explain_functions(error: ServerError, *, host: str, model: str) -> None:
    """Say in an error that the model takes functions in no form that Chat Completions has."""
    start = f"{host} answered {error.status}" if error.status else f"{host} sent an error in its reply"
    advice = (
        f"The functions were sent without reasoning, as it had asked, and refused again: {as_word(model)} takes them "
        "only in the Responses API, which vision_magic does not speak. Leave --tools out, or choose another model."
    )
    error.args = (_compose(start, error.server_message, advice),)


def model_ids(body: bytes) -> list[str]:
    """Return the ids in the body of ``GET /models``; none if it cannot be parsed."""
    try:
        listed = loads(body)
    except ValueError:
        return []
    items = listed.get("data") if isinstance(listed, Mapping) else listed
    ids = [item.get("id") for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return sorted(_readable(name) for name in ids if isinstance(name, str))


def readable_seconds(seconds: float) -> str:
    """Return a duration in a suitable unit: ``45 s``, ``12 min``, ``3 h``, ``14 days``."""
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{math.ceil(seconds)} s"


def describe(text: str) -> tuple[str, str | None]:
    """Return the message and the code in the body of an error: JSON of any known shape, a web page, or text."""
    said = _read(text)
    return _readable(said.message), said.code


def _text_of_page(text: str) -> str:
    """Return the text of a web page; any other text as it is."""
    if not re.search(r"<\s*(?:!doctype|html|head|body)\b", text[:_PAGE], re.IGNORECASE):
        return text
    text = text[:_PAGE]
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    page = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]+>", " ", text)
    return f"a web page: {html.unescape(title[1] if title else page)}"


def _readable(text: str) -> str:
    """Return text, or the text of a web page, shortened, without secrets and control characters."""
    text = clean_text(redact(" ".join(_text_of_page(text).split())))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _compose(start: str, text: str, step: str) -> str:
    """Return an error message: what happened, what the server said, and the next step."""
    message = f"{start}: {text}" if text else start
    return f"{message}{'' if message.endswith(('.', '!', '?', '…')) else '.'} {step}".rstrip()


def excerpt(data: object) -> str:
    """Return the start of data that cannot be parsed, for an error message."""
    return _readable(redact(str(data))[:200])  # redact before shortening: half of a key would not be recognised
