"""How is a reply shown? Reply to safe HTML and to plain text; the same for a live view, a file and a terminal."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Collection, Iterable, Sequence

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.messages import ToolCall
from vision_magic.chat.receipt import Receipt
from vision_magic.chat.reply import Choice, Reply
from vision_magic.images.image import Image, RemoteImage
from vision_magic.render.markup import plain_html, safe_html
from vision_magic.render.probabilities import probabilities_html
from vision_magic.render.theme import ACCENT, BORDER, ERROR, GREY, SMALL
from vision_magic.render.value_table import value_html
from vision_magic.text import clean_text, one_line

__all__ = [
    "bundle",
    "call_html",
    "call_text",
    "choice_extra",
    "error_html",
    "metadata",
    "place_of",
    "reasoning_of",
    "receipt_bundle",
    "receipt_html",
    "reply_html",
    "reply_text",
    "status_line",
    "text_html",
    "text_of",
    "thumbnails_html",
    "typed_html",
    "whole_reasoning",
    "with_copy_buttons",
]

_CELL = "padding:1px 12px 1px 0;text-align:left;vertical-align:top;border:0;background:none"
_PLAIN_IMAGE = f"height:64px;margin:4px 8px 0 0;display:inline-block;border:1px solid {BORDER}"
_BUTTON = (
    "margin-left:12px;padding:0 8px;font:inherit;color:inherit;background:none;cursor:pointer;border-radius:2px;"
    f"border:1px solid {BORDER}"
)
_COPY_CODE = (
    f'<button type="button" class="vision-magic-copy" hidden style="{_BUTTON};{SMALL};position:absolute;'
    'top:2px;right:2px;z-index:1">Copy</button>'
)
_THUMBNAIL = 64  # pixels high
_THUMBNAILS = 12  # of more pictures than that, only the words are shown

_COLUMNS = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(240px,100%),1fr));column-gap:24px"
_LINE = 120  # characters of what a call gave
_LONG = 300  # characters of a call; longer ones unfold

_ENDINGS = {
    "length": "cut by the token limit",
    "content_filter": "stopped by the server's content filter",
}


@mime_bundle.register
def bundle(reply: Reply, *, unfolded: Sequence[Collection[int]] = ()) -> dict[str, str]:
    """Return the MIME bundle of a finished reply, for the notebook's file.

    A reproducible reply's bundle holds no times, so that a notebook run again gives the same outputs.
    """
    return {"text/html": reply_html(reply, unfolded=unfolded), "text/plain": reply_text(reply)}


def metadata(reply: Reply) -> dict[str, object]:
    """Return what stands in the metadata of the output: the receipt, for programs to read."""
    return {"vision_magic": reply.receipt.to_dict()} if reply.request else {}


def reply_html(
    reply: Reply, *, status: str | None = None, live: bool = False, unfolded: Sequence[Collection[int]] = ()
) -> str:
    """Return a reply as HTML that is safe to show.

    Parameters
    ----------
    reply : Reply
        Whole, or as far as it has come.
    status : str, optional
        The line above the answer; made from the reply where it is not given.
    live : bool
        Whether it is still being written: the rule at its left is then in the theme's accent.
    unfolded : sequence of collections of int
        Which folds (thoughts, calls) of each choice, counted from its top, are open: those that a person looks at.
    """
    line = status_line(reply) if status is None else status
    opened = dict(enumerate(unfolded))
    answers = "".join(_unfold(_choice_html(reply, n), opened.get(n, ())) for n in range(len(reply.choices)))
    colour = ACCENT if live else BORDER
    receipt = receipt_html(reply.receipt) if reply.request and not live else ""
    if len(reply.choices) > 1:
        answers = f'<div style="{_COLUMNS}">{answers}</div>'
    button = "" if live else _copy_button(_source(reply))
    return _framed(f"{plain_html(line)}{button}", f"{answers}{receipt}", colour)


def _unfold(safe: str, places: Collection[int]) -> str:
    """Open the folds at these places; a model's own tags are text, and none of them."""
    numbers = itertools.count()
    return re.sub("<details", lambda fold: f"{fold[0]} open" if next(numbers) in places else fold[0], safe)


def text_html(text: str, line: str) -> str:
    """Return an answer of which only the text was kept, as HTML that is safe to show."""
    answer = f'<div class="vision-magic-text">{with_copy_buttons(safe_html(text))}</div>'
    return _framed(f"{plain_html(line)}{_copy_button(text)}", answer, BORDER)


def _source(reply: Reply) -> str:
    """Return an answer as it was written, all its rounds and choices: what a copy of it holds."""
    rounds = (text_of(earlier.choices[0]) for earlier in reply.rounds)
    return "\n\n".join(text for text in (*rounds, *map(text_of, reply.choices)) if text)


def _copy_button(source: str) -> str:
    """Return the button that copies an answer; hidden where no live view has made it work."""
    text = html.escape(clean_text(source)).replace("\n", "&#10;")  # a blank line would end HTML within Markdown
    return (
        f'<button type="button" class="vision-magic-copy" hidden style="{_BUTTON}" data-source="{text}">Copy</button>'
    )


def _framed(line: str, inner: str, colour: str) -> str:
    return (
        f'<div class="vision-magic-answer" style="border-left:2px solid {colour};padding-left:12px">'
        f'<div style="{SMALL};padding-bottom:4px">{line}</div>{inner}</div>'
    )


def error_html(message: str) -> str:
    """Return an error as HTML, for an output whose cell has ended: in the notebook's colour for errors."""
    return f'<div style="{ERROR};white-space:pre-wrap">{plain_html(message)}</div>'


def with_copy_buttons(safe: str) -> str:
    """Return safe HTML with a button at each block of code; hidden where no live view has made them work."""
    return safe.replace(
        "<pre>", f'<div class="vision-magic-code" style="position:relative;margin-bottom:1em">{_COPY_CODE}<pre>'
    ).replace("</pre>", "</pre></div>")


def reasoning_of(choice: Choice) -> str:
    """Return what the model thought first: in a field of its own, or, as many local servers do it, in a tag."""
    return choice.reasoning or _apart(choice)[0]


def text_of(choice: Choice) -> str:
    """Return what the model answered, without the thoughts in a tag before it."""
    return _apart(choice)[1]


def _apart(choice: Choice) -> tuple[str, str]:
    """Return thoughts and answer of a text that begins with ``<think>``; all is thought until the tag is closed."""
    start = choice.text.lstrip()
    if not start.startswith("<think>"):
        may_become_it = choice.finish_reason is None and start and "<think>".startswith(start)
        return "", "" if may_become_it else choice.text
    thought, _, answer = start.removeprefix("<think>").partition("</think>")
    return thought.strip("\n"), answer.lstrip("\n")


def choice_extra(choice: Choice) -> str:
    """Return as HTML what is no text: words with which the model declines, the calls that it wants, an error."""
    declined = f"<p>Declined: {plain_html(choice.refusal)}</p>" if choice.refusal else ""
    failed = error_html(clean_text(choice.error)) if choice.error else ""
    return declined + "".join(call_html(call) for call in choice.tool_calls) + failed


def call_html(call: ToolCall) -> str:
    """Return the call of a function as a line that unfolds: with which arguments, and what came of it."""
    name = f"<code>{plain_html(_call(call))}</code>"
    if not call.outcome:
        return f"<p>Calls {name}</p>"
    words = {"done": "", "failed": "failed: ", "refused": "not run: "}[call.outcome]
    told = plain_html(one_line(f"{words}{clean_text(_result(call))}", _LINE))
    pictures = "".join(_thumbnail(image, number, len(call.images)) for number, image in enumerate(call.images, 1))
    return (
        f'<details style="margin:4px 0"><summary>{name} → {told}</summary>'
        f'<div style="{GREY};white-space:pre-wrap;overflow-wrap:anywhere">{plain_html(clean_text(call.arguments))}\n'
        f"{plain_html(clean_text(call.result))}</div>{pictures}</details>"
    )


def _result(call: ToolCall) -> str:
    """Return what a call gave, for a person: of pictures how many, since they can be seen."""
    if not call.images:
        return call.result
    return "a picture" if len(call.images) == 1 else f"{len(call.images)} pictures"


@mime_bundle.register
def receipt_bundle(receipt: Receipt) -> dict[str, str]:
    """Return the MIME bundle of a receipt, unfolded."""
    return {"text/html": receipt_html(receipt, opened=True), "text/plain": str(receipt)}


def receipt_html(receipt: Receipt, *, opened: bool = False) -> str:
    """Return a receipt as a fold: thumbnails in the order sent, then what there is to say in words."""
    thumbnails = thumbnails_html([sent.image for sent in receipt.pictures])
    rows = "".join(
        f'<tr><td style="{_CELL};white-space:nowrap">{plain_html(name)}</td>'
        f'<td style="{_CELL}">{plain_html(clean_text(words))}</td></tr>'
        for name, words in receipt.table_rows()
    )
    title = f"Receipt: {receipt.summary}" if receipt.state != "not sent" else f"Not sent: {receipt.summary}"
    return (
        f'<details style="{SMALL};margin-top:8px"{" open" if opened else ""}><summary>{plain_html(title)}</summary>'
        f"<div>{thumbnails}</div>"
        f'<table style="margin:4px 0;border-collapse:collapse">{rows}</table></details>'
    )


def thumbnails_html(pictures: Sequence[Image | RemoteImage]) -> str:
    """Return pictures as small ones, in their order; of many, the first ones."""
    thumbnails = "".join(_thumbnail(image, number, len(pictures)) for number, image in enumerate(pictures, 1))
    left_out = f"<div>and {len(pictures) - _THUMBNAILS} more</div>" if len(pictures) > _THUMBNAILS else ""
    return f"{thumbnails}{left_out}"


def _thumbnail(image: Image | RemoteImage, number: int, count: int) -> str:
    if number > _THUMBNAILS or isinstance(image, RemoteImage):
        return ""  # an address is never loaded by an output
    try:
        small = image.thumbnail(_THUMBNAIL)
    except (OSError, ValueError):  # an Image that somebody made of other bytes: the answer is shown all the same
        return ""
    alt = html.escape(clean_text(f"Picture {number} of {count}: {image.source}, {image.width}×{image.height} pixels"))
    return f'<img src="{small}" alt="{alt}" height="{_THUMBNAIL}" style="{_PLAIN_IMAGE}">'


def reply_text(reply: Reply) -> str:
    """Return a reply as plain text that a terminal can print."""
    blocks = [_choice_text(earlier.choices[0], "") for earlier in reply.rounds]
    blocks.extend(_choice_text(choice, place_of(reply, number)) for number, choice in enumerate(reply.choices))
    return "\n\n".join([*filter(None, blocks), status_line(reply)])


def _choice_text(choice: Choice, place: str) -> str:
    calls = (call_text(call) for call in choice.tool_calls)
    refusal = choice.refusal.strip()
    said = (place, choice.text.strip(), f"Declined: {refusal}" if refusal else "", *calls, choice.error)
    return "\n".join(clean_text(words) for words in said if words)


def call_text(call: ToolCall) -> str:
    """Return the call of a function as a line: with which arguments, and what came of it."""
    words = {"": "", "done": "", "failed": "failed: ", "refused": "not run: "}[call.outcome]
    told = f" → {one_line(f'{words}{_result(call)}', _LINE)}" if call.outcome else ""
    return clean_text(f"calls {_call(call)}{told}")


def status_line(reply: Reply) -> str:
    """Return who answered and how it ended: ``model · host · 2.1 s · cut by the token limit``.

    What was sent otherwise for this server stands there too.
    """
    parts = [reply.model or "unknown model", reply.host]
    if not reply.reproducible:
        parts.extend(_times(reply))
    parts.extend([_ending(reply), *reply.notes])
    return clean_text(" ".join(" · ".join(part for part in parts if part).split()))


def _times(reply: Reply) -> Iterable[str]:
    if reply.timing.total:
        yield f"{reply.timing.total:.1f} s"
    if reply.timing.tokens_per_second:
        yield f"{reply.timing.tokens_per_second:.0f} tokens/s"


def _ending(reply: Reply) -> str:
    if reply.state == "interrupted":
        return "interrupted"
    if reply.state == "truncated":
        return "incomplete"
    reasons = {choice.finish_reason for choice in reply.choices}
    return ", ".join(words for reason, words in _ENDINGS.items() if reason in reasons)


def place_of(reply: Reply, number: int) -> str:
    """Return which of several choices it is, in words: its model and what it took; empty where there is only one."""
    choice = reply.choices[number]
    if len(reply.choices) == 1:
        return ""
    if not choice.model:
        return f"Choice {number + 1} of {len(reply.choices)}"
    tokens = choice.usage.completion_tokens if choice.usage else None
    words = [choice.model, f"{tokens:,} tokens" if tokens else "", _ENDINGS.get(choice.finish_reason or "", "")]
    return clean_text(" · ".join(part for part in words if part))


def _choice_html(reply: Reply, number: int) -> str:
    choice, place = reply.choices[number], plain_html(place_of(reply, number))
    parts = [f'<div style="{SMALL};margin-top:8px">{place}</div>'] if place else []
    if reasoning := whole_reasoning(reply, number):
        thought = plain_html(reasoning).replace("\n", "<br>")
        fold = f'<details><summary style="{SMALL}">Reasoning</summary>'
        parts.append(f'{fold}<div style="{GREY}">{thought}</div></details>')
    before = "".join(_round_html(earlier) for earlier in reply.rounds) if number == 0 else ""
    text = before + (typed_html(reply, number) or with_copy_buttons(safe_html(text_of(choice))))
    parts.append(f'<div class="vision-magic-text">{text}{choice_extra(choice)}</div>')
    parts.append(probabilities_html(choice, f"{SMALL};margin-top:8px"))
    return f'<div style="min-width:0">{"".join(parts)}</div>' if place else "".join(parts)


def _round_html(earlier: Reply) -> str:
    choice = earlier.choices[0]
    return with_copy_buttons(safe_html(text_of(choice))) + choice_extra(choice)


def whole_reasoning(reply: Reply, number: int = 0) -> str:
    """Return what the model thought in all rounds of a choice."""
    rounds = reply.rounds if number == 0 else ()
    thoughts = (*(reasoning_of(earlier.choices[0]) for earlier in rounds), reasoning_of(reply.choices[number]))
    return "\n\n".join(thought for thought in thoughts if thought)


def typed_html(reply: Reply, number: int) -> str:
    """Return what there is of a typed answer as a table; empty where no shape was asked for, or the text has none."""
    if reply.schema is None:
        return ""
    return value_html(reply.schema.read_partial(text_of(reply.choices[number])))


def _call(call: ToolCall) -> str:
    """Return a call as Python writes it, where its arguments can be read and are short; else as the model wrote it."""
    try:
        arguments = json.loads(call.arguments or "{}")
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict) or len(call.arguments) > _LONG:
        return one_line(f"{call.name}({call.arguments})", _LONG)
    return f"{call.name}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"
