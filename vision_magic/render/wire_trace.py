"""What travels on the wire? A request as it is sent, each event as it arrives, and what the deltas fold to; to teach.

Shown of an event is what a reply is folded from: names that differ from call to call are left out, and times where
nobody watches, so that a notebook that is run again keeps its outputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.events import ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image
from vision_magic.render.markup import plain_html, safe_html
from vision_magic.render.theme import SMALL
from vision_magic.secrets import without_keys
from vision_magic.text import clean_text

__all__ = ["WireTrace", "preview"]

_MOST: Final = 300  # events that are shown
_LONG: Final = 400  # characters of one event
_URI: Final = 2_000  # characters of a data URI that can be unfolded
_CHUNK: Final = ("model", "system_fingerprint", "choices", "usage", "error")

_SMALL: Final = f"{SMALL};margin-top:8px"
_CELL: Final = "padding:1px 12px 1px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere"
_CODE: Final = "font-family:var(--jp-code-font-family,monospace);white-space:pre-wrap"


@dataclass(slots=True)
class _Round:
    """One request, and the chunks that answered it."""

    request: ChatRequest
    builder: ReplyBuilder
    events: list[tuple[float, str, str]] = field(default_factory=list)  # seconds, as it came, what it folds to


@dataclass(slots=True)
class WireTrace:
    """A witness of one answer: it is told each request and each chunk, and shows them.

    Parameters
    ----------
    host : str
        Where the requests go.
    times : bool
        Whether it is told when each event came.
    """

    host: str
    times: bool = True
    _rounds: list[_Round] = field(default_factory=list)

    def sent(self, request: ChatRequest) -> None:
        """Take a request that is about to go."""
        self._rounds.append(_Round(request, ReplyBuilder(choices=request.n or 1)))

    def heard(self, chunk: Mapping[str, Any], at: float) -> None:
        """Take a chunk as it came, `at` seconds after its request."""
        last = self._rounds[-1]
        shown = {name: chunk[name] for name in _CHUNK if name in chunk}
        words = without_keys(json.dumps(shown, ensure_ascii=False, separators=(", ", ": ")))
        last.events.append((at, _short(words), _short("; ".join(_folded(last.builder, chunk)))))

    def html(self, *, done: bool = True) -> str:
        """Return what was seen as HTML: for each request a fold, and a table of its events."""
        return "".join(self._round_html(number, one, done) for number, one in enumerate(self._rounds, 1))

    def _round_html(self, number: int, one: _Round, done: bool) -> str:
        which = f"Request {number}" if len(self._rounds) > 1 else "Request"
        body = safe_html(f"```json\n{preview(one.request)}\n```")
        rows = "".join(self._row(*event) for event in one.events[:_MOST])
        more = f"<div>and {len(one.events) - _MOST:,} more</div>" if len(one.events) > _MOST else ""
        last = number == len(self._rounds)
        rows += self._end() if done or not last else ""
        title = f"{which}: POST {self.host} …/chat/completions"
        sent = body + "".join(_uris(one.request))
        return (
            f'<details style="{_SMALL}" open><summary>{plain_html(title)}</summary>{sent}</details>'
            f'<details style="{_SMALL}" open><summary>Answer: {len(one.events):,} server-sent events</summary>'
            f'<table style="border-collapse:collapse;margin:4px 0">{rows}</table>{more}</details>'
        )

    def _row(self, at: float, words: str, folded: str) -> str:
        when = f'<td style="{_CELL};text-align:right;white-space:nowrap">{at:.2f} s</td>' if self.times else ""
        event = plain_html(clean_text(f"data: {words}"))
        return (
            f'<tr>{when}<td style="{_CELL};{_CODE}">{event}</td>'
            f'<td style="{_CELL};min-width:10em">{plain_html(clean_text(folded))}</td></tr>'
        )

    def _end(self) -> str:
        when = f'<td style="{_CELL}"></td>' if self.times else ""
        return (
            f'<tr>{when}<td style="{_CELL};{_CODE}">data: [DONE]</td><td style="{_CELL}">the reply is whole</td></tr>'
        )

    def text(self) -> str:
        """Return the same as text, for a terminal."""
        return clean_text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for one in self._rounds:
            yield f"POST {self.host} …/chat/completions\n{preview(one.request)}\n"
            for at, words, folded in one.events[:_MOST]:
                when = f"{at:6.2f} s  " if self.times else ""
                yield f"{when}data: {words}\n    → {folded}"
            yield "data: [DONE]\n"


def preview(request: ChatRequest) -> str:
    """Return a request as indented JSON, each picture cut to its kind and size."""

    def shorten(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shorten(item) for key, item in value.items()}
        if isinstance(value, list):
            return [shorten(item) for item in value]
        if isinstance(value, str) and value.startswith("data:image/"):
            head, _, data = value.partition(",")
            return f"{head},… ({len(data)} characters)"
        return value

    return json.dumps(shorten(request.to_wire()), indent=2, ensure_ascii=False)


def _uris(request: ChatRequest) -> Iterator[str]:
    """Yield a fold for each picture, with the beginning of its data URI."""
    for number, image in enumerate(request.images, 1):
        if isinstance(image, Image):
            uri = image.data_uri
            rest = f"… ({len(uri):,} characters in all)" if len(uri) > _URI else ""
            yield (
                f"<details><summary>Picture {number} as it is sent: Base64 of {len(image.data):,} bytes</summary>"
                f'<div style="{_CODE};overflow-wrap:anywhere">{uri[:_URI]}{rest}</div></details>'
            )


def _folded(builder: ReplyBuilder, chunk: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a chunk adds to the reply, in words."""
    told = False
    for event in builder.add(chunk):
        told = True
        number = getattr(event, "choice", 0)
        which = f"choice {number}: " if number else ""
        if isinstance(event, TextDelta):
            yield f"{which}text + {event.text!r}"
        elif isinstance(event, ReasoningDelta):
            yield f"{which}reasoning + {event.text!r}"
        elif isinstance(event, RefusalDelta):
            yield f"{which}refusal + {event.text!r}"
        elif isinstance(event, ToolCallDelta):
            name = f" {event.name}" if event.name else ""
            yield f"{which}call {event.call}{name}: arguments + {event.arguments!r}"
    reasons = [choice.get("finish_reason") for choice in chunk.get("choices") or () if isinstance(choice, dict)]
    for reason in filter(None, reasons):
        told = True
        yield f"finish_reason = {reason!r}"
    if chunk.get("usage"):
        told = True
        yield "usage: the tokens are counted"
    if not told:
        yield "nothing yet: only who speaks"


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"{words[:_LONG]}… ({len(words):,} characters)"
