"""What does a server turn out not to know? Learnt from its refusals, once, and remembered for this process.

OpenAI's reasoning models refuse ``max_tokens`` and want ``max_completion_tokens``; Mistral refuses the newer
name and ``stream_options`` (422); which is which is found out, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from vision_magic.chat.request import ChatRequest
from vision_magic.chat.schema import in_words
from vision_magic.errors import ServerError

__all__ = ["QuirkBook", "ServerQuirks"]

_OTHER_NAME: Final = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

# The second is the way of llama-cpp-python, Fireworks and Together.
_JSON_FORMATS: Final = ("json_schema", "json_object with a schema", "json_object")
_ABOUT_SHAPE: Final = ("response_format", "json_schema", "json_object", "schema")

# Words for "this field does not exist here"; a value out of range is another matter.
_UNKNOWN: Final = re.compile(
    r"unsupported|not supported|unknown|unrecogni[sz]ed|unexpected|extra (?:inputs|fields|parameters)|not permitted|"
    r"forbidden|cannot find field|not allowed|does not support|instead|input should be",
    re.IGNORECASE,
)


class ServerQuirks:
    """What one server wants differently for one model: fields under another name, or left out (None)."""

    def __init__(self) -> None:
        self._renamed: dict[str, str | None] = {}
        self._json_formats = list(_JSON_FORMATS)  # how a schema may be sent, the first if possible

    def changes(self, request: ChatRequest) -> dict[str, Any]:
        """Return the fields of a request that are sent differently, and how."""
        changed: dict[str, Any] = {}
        for name, other in self._concerning(request).items():
            changed[name] = None
            if other is not None:
                changed[other] = getattr(request, name)
        if self._knows_no_schema(request):
            changed["response_format"] = self._json_object(request)
        return changed

    def words(self, request: ChatRequest) -> str:
        """Return what is added to the question: the schema in words, where the server knows none."""
        if not self._knows_no_schema(request) or not isinstance(request.response_format, Mapping):
            return ""
        return in_words(request.response_format)

    def _json_object(self, request: ChatRequest) -> dict[str, Any] | None:
        if not self._json_formats:
            return None
        if self._json_formats[0] == "json_object" or not isinstance(request.response_format, Mapping):
            return {"type": "json_object"}
        return {"type": "json_object", "schema": request.response_format["json_schema"]["schema"]}

    def _knows_no_schema(self, request: ChatRequest) -> bool:
        return _has_schema(request) and "json_schema" not in self._json_formats

    def notes(self, request: ChatRequest) -> tuple[str, ...]:
        """Return what was changed, in words, for the receipt."""
        notes = [
            f"{name} sent as {other}" if other else f"{name} left out: this server does not know it"
            for name, other in self._concerning(request).items()
        ]
        if self._knows_no_schema(request):
            beside = f", with {self._json_formats[0]}" if self._json_formats else ""
            notes.append(f"schema sent in words{beside}: this server does not know json_schema")
        return tuple(notes)

    def _concerning(self, request: ChatRequest) -> dict[str, str | None]:
        return {name: other for name, other in self._renamed.items() if getattr(request, name) is not None}

    def learn(self, request: ChatRequest, error: ServerError) -> bool:
        """Return whether a refusal taught something, so that the request is worth sending once more."""
        if not _is_refusal(error) or not _UNKNOWN.search(error.words):
            return False
        for name in ("stream_options", "max_completion_tokens", "max_tokens"):
            if getattr(request, name) is None or name in self._renamed or not _names(error, name):
                continue
            other = _OTHER_NAME.get(name)
            # Refused under the one name because it is refused under the other: neither is known here.
            self._renamed[name] = None if other in self._renamed else other
            return True
        if _has_schema(request) and self._json_formats and _names_any(error, _ABOUT_SHAPE):
            self._json_formats.pop(0)
            return True
        return False


def _is_refusal(error: ServerError) -> bool:
    """Whether the request itself was refused; llama-cpp-python says so with a 500 (0.3.36, 2026)."""
    return error.status in (400, 422) or (error.status == 500 and "validation error" in error.words)


def _has_schema(request: ChatRequest) -> bool:
    return isinstance(request.response_format, Mapping) and request.response_format.get("type") == "json_schema"


def _names_any(error: ServerError, names: Iterable[str]) -> bool:
    return any(_names(error, name) for name in names)


def _names(error: ServerError, name: str) -> bool:
    return re.search(rf"(?<![\w]){name}(?![\w])", error.words) is not None


class QuirkBook:
    """What was learnt of servers, by address and model."""

    def __init__(self) -> None:
        self._quirks: dict[tuple[str, str], ServerQuirks] = {}

    def of(self, base_url: str, model: str) -> ServerQuirks:
        """Return what is known of a server and a model; the same object each time."""
        return self._quirks.setdefault((base_url, model), ServerQuirks())
