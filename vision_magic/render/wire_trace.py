"""The traffic of an answer made visible, for teaching: each request, each event, and what the event adds to the reply.

Only those fields of an event are shown that the reply is built from. Ids, which differ from call to call, are left out,
and so are times if nobody is watching. Running a notebook again therefore gives the same outputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.chat.citations import CHUNK_FIELDS as CITATION_FIELDS, citations_in
from vision_magic.chat.events import Event, ImageReceived, ReasoningDelta, RefusalDelta, TextDelta, ToolCallDelta
from vision_magic.chat.provider_fields import CALL_FIELDS, MESSAGE_FIELDS
from vision_magic.chat.reply_builder import ReplyBuilder
from vision_magic.chat.request import ChatRequest
from vision_magic.images.image import Image
from vision_magic.render.markup import plain_html, safe_html
from vision_magic.render.theme import SMALL
from vision_magic.secrets import map_strings
from vision_magic.text import clean_text

__all__ = ["WireTrace", "code_block", "preview"]

_MAX_EVENTS: Final = 300  # shown for a request
_MAX_EVENT: Final = 400  # characters shown of an event
_MAX_URI: Final = 2_000  # characters shown of a data URI
_MAX_RETURNED: Final = 60  # characters of each string that a server gets back
_RETURNED: Final = frozenset((*MESSAGE_FIELDS, *CALL_FIELDS))
_FIELDS: Final = ("model", "system_fingerprint", "choices", "usage", "error", *CITATION_FIELDS)

_SMALL: Final = f"{SMALL};margin-top:8px"
_CELL: Final = "padding:1px 12px 1px 0;text-align:left;vertical-align:top;overflow-wrap:anywhere"
_CODE: Final = "font-family:var(--jp-code-font-family,monospace);white-space:pre-wrap"


@dataclass(slots=True)
class _Round:
    """One request and its chunks."""

    request: ChatRequest
    builder: ReplyBuilder
    events: list[tuple[float, str, str]] = field(default_factory=list)  # seconds, the chunk, what it adds


@dataclass(slots=True)
class WireTrace:
    """The requests and chunks of one answer.

    Parameters
    ----------
    host : str
        The server's host.
    head : tuple of str
        The first line of each request, and its headers, as they are shown.
    times : bool
        Whether the time of each event is shown.
    """

    host: str
    head: tuple[str, ...] = ()
    times: bool = True
    _rounds: list[_Round] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        """Whether a request was about to be sent."""
        return bool(self._rounds)

    def on_request(self, request: ChatRequest) -> None:
        """Add a request that is about to be sent."""
        self._rounds.append(_Round(request, ReplyBuilder(choices=request.n or 1)))

    def on_chunk(self, chunk: Mapping[str, Any], at: float) -> None:
        """Add a chunk of the last request, which arrived `at` seconds after it."""
        last = self._rounds[-1]
        shown = {name: chunk[name] for name in _FIELDS if name in chunk}
        data = json.dumps(shown, ensure_ascii=False, separators=(", ", ": "))
        last.events.append((at, _cut(data), _cut("; ".join(_added(last.builder, chunk)))))

    def html(self, *, done: bool = True) -> str:
        """Return the trace as HTML: for each request, a fold with its JSON and a fold with a table of its events.

        Parameters
        ----------
        done : bool
            Whether the last answer has ended.
        """
        last = len(self._rounds)
        return "".join(
            self._request_html(number, one.request) + self._events_html(one.events, ended=done or number < last)
            for number, one in enumerate(self._rounds, 1)
        )

    def _request_html(self, number: int, request: ChatRequest) -> str:
        name = f"Request {number}" if len(self._rounds) > 1 else "Request"
        first, *headers = self.head or (self.host,)
        title = plain_html(clean_text(f"{name}: {first}"))
        code = code_block(headers, preview(request, self.host))
        body = safe_html(code) + "".join(_data_uris(request))
        return f'<details style="{_SMALL}" open><summary>{title}</summary>{body}</details>'

    def _events_html(self, events: list[tuple[float, str, str]], *, ended: bool) -> str:
        rows = "".join(self._row(*event) for event in events[:_MAX_EVENTS]) + (self._end() if ended else "")
        more = f"<div>and {len(events) - _MAX_EVENTS:,} more</div>" if len(events) > _MAX_EVENTS else ""
        return (
            f'<details style="{_SMALL}" open><summary>Answer: {len(events):,} server-sent events</summary>'
            f'<table style="border-collapse:collapse;margin:4px 0">{rows}</table>{more}</details>'
        )

    def _row(self, at: float, data: str, added: str) -> str:
        when = f'<td style="{_CELL};text-align:right;white-space:nowrap">{at:.2f} s</td>' if self.times else ""
        event = plain_html(clean_text(f"data: {data}"))
        return (
            f'<tr>{when}<td style="{_CELL};{_CODE}">{event}</td>'
            f'<td style="{_CELL};min-width:10em">{plain_html(clean_text(added))}</td></tr>'
        )

    def _end(self) -> str:
        when = f'<td style="{_CELL}"></td>' if self.times else ""
        return (
            f'<tr>{when}<td style="{_CELL};{_CODE}">data: [DONE]</td>'
            f'<td style="{_CELL}">the reply is complete</td></tr>'
        )

    def text(self) -> str:
        """Return the trace as text, for a terminal."""
        return clean_text("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for one in self._rounds:
            yield "\n".join((*self.head, preview(one.request, self.host), ""))
            for at, data, added in one.events[:_MAX_EVENTS]:
                when = f"{at:6.2f} s  " if self.times else ""
                yield f"{when}data: {data}\n    → {added}"
            yield "data: [DONE]\n"


def code_block(head: Sequence[str], body: str) -> str:
    """Return the lines above a request, and the request as JSON, as Markdown."""
    above = "\n".join(("```text", *head, "```", "")) if head else ""
    return f"{above}```json\n{body}\n```"


def preview(request: ChatRequest, server: str = "") -> str:
    """Return a request as indented JSON, with each image reduced to its media type and length.

    What `server` gets back of its own earlier answers is shown too, and shortened.
    """

    def shorten(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: _shortened(item) if key in _RETURNED else shorten(item) for key, item in value.items()}
        if isinstance(value, list):
            return [shorten(item) for item in value]
        if isinstance(value, str) and value.startswith("data:image/"):
            head, _, data = value.partition(",")
            return f"{head},… ({len(data)} characters)"
        return value

    return json.dumps(shorten(request.to_wire(server=server)), indent=2, ensure_ascii=False)


def _shortened(value: Any) -> Any:
    return map_strings(value, lambda text: text if len(text) <= _MAX_RETURNED else f"{text[:_MAX_RETURNED]}…")


def _data_uris(request: ChatRequest) -> Iterator[str]:
    """Yield a fold for each image, with the beginning of its data URI."""
    for number, image in enumerate(request.images, 1):
        if isinstance(image, Image):
            uri = image.data_uri
            rest = f"… ({len(uri):,} characters in total)" if len(uri) > _MAX_URI else ""
            yield (
                f"<details><summary>Picture {number} as it is sent: Base64 of {len(image.data):,} bytes</summary>"
                f'<div style="{_CODE};overflow-wrap:anywhere">{uri[:_MAX_URI]}{rest}</div></details>'
            )


def _added(builder: ReplyBuilder, chunk: Mapping[str, Any]) -> list[str]:
    """Return what a chunk adds to the reply, in words."""
    added = [_event_text(event) for event in builder.add(chunk)]
    listed = chunk.get("choices")
    choices = [choice for choice in listed if isinstance(choice, dict)] if isinstance(listed, list) else []
    added.extend(f"finish_reason = {reason!r}" for choice in choices if (reason := choice.get("finish_reason")))
    if sources := len(citations_in(chunk)):
        added.append(f"{sources} source{'' if sources == 1 else 's'}")
    if chunk.get("usage"):
        added.append("usage: the token counts")
    return added or ["nothing yet, only the role"]


def _event_text(event: Event) -> str:
    number = getattr(event, "choice", 0)
    choice = f"choice {number}: " if number else ""
    match event:
        case TextDelta():
            return f"{choice}text + {event.text!r}"
        case ReasoningDelta():
            return f"{choice}reasoning + {event.text!r}"
        case RefusalDelta():
            return f"{choice}refusal + {event.text!r}"
        case ImageReceived():
            return f"{choice}a picture, {event.image.width} × {event.image.height}"
        case ToolCallDelta():
            name = f" {event.name}" if event.name else ""
            return f"{choice}call {event.call}{name}: arguments + {event.arguments!r}"
    raise AssertionError(event)  # a chunk has no other events


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_EVENT else f"{text[:_MAX_EVENT]}… ({len(text):,} characters)"
