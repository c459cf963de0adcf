"""Rendering of a reply as safe HTML and as plain text, for the live view, the notebook file and the terminal."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.finish_reasons import ending
from vision_magic.chat.reply import Choice, Reply
from vision_magic.render.citations import citations_html, citations_text
from vision_magic.render.markup import plain_html, plain_lines_html, safe_html
from vision_magic.render.output_images import output_images_html, output_images_text
from vision_magic.render.probabilities import probabilities_html
from vision_magic.render.reasoning import answer_text, reasoning_of_all_rounds
from vision_magic.render.receipt import receipt_html
from vision_magic.render.theme import ACCENT, BORDER, ERROR, GREY, SMALL, style_html
from vision_magic.render.tool_call import tool_call_html, tool_call_text
from vision_magic.render.value_table import is_quiz, quiz_text, value_html
from vision_magic.text import clean_text

__all__ = [
    "cautions_text",
    "choice_html",
    "choice_label",
    "error_html",
    "extras_html",
    "growing_html",
    "output_metadata",
    "reply_bundle",
    "reply_html",
    "reply_text",
    "status_line",
    "stored_answer_html",
    "typed_answer_html",
    "with_copy_buttons",
]

_BUTTON: Final = (
    "margin-left:12px;padding:0 8px;font:inherit;color:inherit;background:none;cursor:pointer;border-radius:2px;"
    f"border:1px solid {BORDER}"
)
_COPY_CODE: Final = (
    f'<button type="button" class="vision-magic-copy" hidden style="{_BUTTON};{SMALL};position:absolute;'
    'top:2px;right:2px;z-index:1">Copy</button>'
)
_READER: Final = "embedded-reader"  # its answers look like those of a model
_IN_PROCESS: Final = "in this process"  # also if the answer was recorded there
_COLUMNS: Final = "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(240px,100%),1fr));column-gap:24px"


@mime_bundle.register
def reply_bundle(reply: Reply, *, unfolded: Sequence[Collection[int]] = (), plain: bool = False) -> dict[str, str]:
    """Return the MIME bundle of a finished reply, for the notebook file.

    The bundle of a reproducible reply holds no times, so that running a notebook again gives the same outputs.
    """
    if plain:
        reply = replace(reply, notes=(*reply.notes, "shown as plain text"))
    return {"text/html": reply_html(reply, unfolded=unfolded, plain=plain), "text/plain": reply_text(reply)}


def output_metadata(reply: Reply) -> dict[str, object]:
    """Return the metadata of a notebook output: the receipt in machine-readable form."""
    return {"vision_magic": reply.receipt.to_dict()} if reply.request else {}


def reply_html(
    reply: Reply,
    *,
    status: str | None = None,
    live: bool = False,
    unfolded: Sequence[Collection[int]] = (),
    plain: bool = False,
) -> str:
    """Return a reply as HTML that is safe to show.

    Parameters
    ----------
    reply : Reply
        A complete reply, or the part that has arrived.
    status : str, optional
        The line above the answer; by default `status_line` of the reply.
    live : bool
        Whether the reply is still being written. The line on its left then has the theme's accent colour, and the
        receipt is left out.
    unfolded : sequence of collections of int
        For each choice, the positions of its open folds (reasoning, calls), counted from the top.
    plain : bool
        Whether the text is shown as it was written, without Markdown.
    """
    line = status_line(reply) if status is None else status
    opened = dict(enumerate(unfolded))
    choices = (_choice_html(reply, n, plain, live) for n in range(len(reply.choices)))
    answers = "".join(_unfold(html, opened.get(n, ())) for n, html in enumerate(choices))
    receipt = receipt_html(reply.receipt) if reply.request and not live else ""
    if len(reply.choices) > 1:
        answers = _in_columns(answers)
    button = "" if live else _copy_button(_source(reply))
    return _framed(f"{plain_html(line)}{button}", f"{_cautions_html(reply)}{answers}{receipt}", live=live)


def growing_html(line: str, choices: Sequence[str]) -> str:
    """Return an answer that is being written: the line above it, and the safe HTML of its choices (`choice_html`)."""
    answers = "".join(choices)
    return _framed(plain_html(line), _in_columns(answers) if len(choices) > 1 else answers, live=True)


def _cautions_html(reply: Reply) -> str:
    """Return what must be known before the answer is read, as HTML; empty for most replies."""
    return "".join(f"<p><strong>{plain_html(_sentence(caution))}</strong></p>" for caution in reply.cautions)


def cautions_text(reply: Reply) -> str:
    """Return what must be known before the answer is read, as text; empty for most replies."""
    return "\n".join(map(_sentence, reply.cautions))


def _sentence(caution: str) -> str:
    text = clean_text(caution)
    return f"{text[:1].upper()}{text[1:]}."


def stored_answer_html(choice: Choice, line: str) -> str:
    """Return safe HTML of an answer of which only the text and the images were stored."""
    answer = f'<div class="vision-magic-text">{with_copy_buttons(safe_html(choice.text))}{extras_html(choice)}</div>'
    return _framed(f"{plain_html(line)}{_copy_button(choice.text)}", answer)


def error_html(message: str) -> str:
    """Return an error as HTML in the notebook's error colour, for the output of a cell that has ended."""
    return f'<div style="{ERROR};white-space:pre-wrap">{plain_html(message)}</div>'


def with_copy_buttons(safe: str) -> str:
    """Return safe HTML with a copy button at each code block; a live view shows the buttons."""
    return safe.replace(
        "<pre>", f'<div class="vision-magic-code" style="position:relative;margin-bottom:1em">{_COPY_CODE}<pre>'
    ).replace("</pre>", "</pre></div>")


def extras_html(choice: Choice, *, live: bool = False) -> str:
    """Return the parts of a choice other than its text as HTML: a refusal, images, tool calls, sources, an error.

    Where `live`, the images are small copies.
    """
    refusal = f"<p>Refused: {plain_html(choice.refusal)}</p>" if choice.refusal else ""
    error = error_html(clean_text(choice.error)) if choice.error else ""
    calls = map(tool_call_html, choice.tool_calls)
    return "".join([refusal, output_images_html(choice, live=live), *calls, citations_html(choice), error])


def typed_answer_html(reply: Reply, number: int) -> str:
    """Return a typed answer, as far as it has arrived, as a table; empty without a schema or a value in the text."""
    if reply.schema is None:
        return ""
    return value_html(reply.schema.read_partial(answer_text(reply.choices[number])))


def choice_label(reply: Reply, number: int) -> str:
    """Return the line above one of several choices: its number, or its model and tokens; empty for a single choice."""
    choice = reply.choices[number]
    if len(reply.choices) == 1:
        return ""
    if not choice.model:
        return f"Choice {number + 1} of {len(reply.choices)}"
    tokens = choice.usage.completion_tokens if choice.usage else None
    parts = [choice.model, f"{tokens:,} tokens" if tokens else "", ending(choice.finish_reason)]
    return clean_text(" · ".join(part for part in parts if part))


def _choice_html(reply: Reply, number: int, plain: bool, live: bool) -> str:
    choice = reply.choices[number]
    rounds = "".join(_round_html(earlier, plain, live) for earlier in reply.rounds) if number == 0 else ""
    text = typed_answer_html(reply, number) or _answer_html(choice, plain)
    extras = extras_html(choice, live=live or plain)  # a plain answer must not take long
    return choice_html(
        choice_label(reply, number),
        reasoning_of_all_rounds(reply, number),
        f"{rounds}{text}{extras}",
        probabilities_html(choice, f"{SMALL};margin-top:8px"),
    )


def choice_html(label: str, reasoning: str, text: str, below: str = "") -> str:
    """Return one choice: the line above it, if it is one of several, its reasoning, and the safe HTML of the rest."""
    above = f'<div style="{SMALL};margin-top:8px">{plain_html(label)}</div>' if label else ""
    inner = f'{above}{_reasoning_html(reasoning)}<div class="vision-magic-text">{text}</div>{below}'
    return f'<div style="min-width:0">{inner}</div>' if label else inner


def _in_columns(choices: str) -> str:
    return f'<div style="{_COLUMNS}">{choices}</div>'


def _reasoning_html(reasoning: str) -> str:
    if not reasoning:
        return ""
    lines = plain_html(reasoning).replace("\n", "<br>")
    return f'<details><summary style="{SMALL}">Reasoning</summary><div style="{GREY}">{lines}</div></details>'


def _round_html(earlier: Reply, plain: bool, live: bool) -> str:
    choice = earlier.choices[0]
    return _answer_html(choice, plain) + extras_html(choice, live=live or plain)


def _answer_html(choice: Choice, plain: bool) -> str:
    text = answer_text(choice)
    return plain_lines_html(text) if plain else with_copy_buttons(safe_html(text))


def _unfold(safe: str, places: Collection[int]) -> str:
    """Open the folds at these positions. They are all this package's: a tag that the model wrote is shown as text."""
    numbers = itertools.count()
    return re.sub("<details", lambda fold: f"{fold[0]} open" if next(numbers) in places else fold[0], safe)


def _source(reply: Reply) -> str:
    """Return the answer for the clipboard as the model wrote it, with all rounds and choices."""
    rounds = (answer_text(earlier.choices[0]) for earlier in reply.rounds)
    return "\n\n".join(text for text in (*rounds, *map(answer_text, reply.choices)) if text)


def _copy_button(source: str) -> str:
    """Return the button that copies an answer. It is hidden until a live view enables it."""
    text = html.escape(clean_text(source)).replace("\n", "&#10;")  # a blank line would end HTML within Markdown
    return (
        f'<button type="button" class="vision-magic-copy" hidden style="{_BUTTON}" data-source="{text}">Copy</button>'
    )


def _framed(line: str, inner: str, *, live: bool = False) -> str:
    """Return an answer with the line above it and the rule on its left, in the accent colour while it is written."""
    growing, colour = (" vision-magic-growing", ACCENT) if live else ("", BORDER)
    return (
        f'{style_html()}<div class="vision-magic-answer{growing}" '
        f'style="border-left:2px solid {colour};padding-left:12px">'
        f'<div style="{SMALL};padding-bottom:4px">{line}</div>{inner}</div>'
    )


def reply_text(reply: Reply, *, status: str | None = None, first_is_above: bool = False) -> str:
    """Return a reply as plain text that a terminal can print; the status line is that of `reply_html`.

    `first_is_above` leaves out the text of the first choice and what is above it, which have been printed already.
    """
    blocks = [] if first_is_above else [cautions_text(reply)]
    blocks += (_choice_text(earlier.choices[0], "") for earlier in reply.rounds)
    for number, choice in enumerate(_without_quiz_answers(reply)):
        label = choice_label(reply, number)
        above = first_is_above and number == 0
        blocks.append(
            _choice_text(replace(choice, text=""), f"{label}: above") if above else _choice_text(choice, label)
        )
    return "\n\n".join([*filter(None, blocks), status_line(reply) if status is None else status])


def _without_quiz_answers(reply: Reply) -> Iterable[Choice]:
    """Return the choices, those with a quiz with its questions alone, since text has no folds."""
    for choice in reply.choices:
        schema = reply.schema
        value = schema.read_partial(answer_text(choice)) if schema is not None else None
        yield replace(choice, text=quiz_text(value, schema.variable)) if schema and is_quiz(value) else choice


def _choice_text(choice: Choice, label: str) -> str:
    calls = (tool_call_text(call) for call in choice.tool_calls)
    refusal = choice.refusal.strip()
    parts = (
        label,
        choice.text.strip(),
        f"Refused: {refusal}" if refusal else "",
        output_images_text(choice),
        *calls,
        citations_text(choice),
        choice.error,
    )
    return "\n".join(clean_text(part) for part in parts if part)


def status_line(reply: Reply) -> str:
    """Return the line above a reply: ``model · host · 2.1 s · cut by the token limit``, and its notes."""
    parts = [reply.model or "unknown model", reply.host]
    if reply.model == _READER and reply.host.endswith(_IN_PROCESS):
        parts.append("not a language model: %vision use NAME chooses one")
    if not reply.reproducible:
        parts.extend(_times(reply))
    parts.extend([_ending(reply), *(note for note in reply.notes if note not in reply.cautions)])
    return clean_text(" ".join(" · ".join(part for part in parts if part).split()))


def _times(reply: Reply) -> Iterator[str]:
    if reply.timing.total:
        yield f"{reply.timing.total:.1f} s"
    if reply.timing.tokens_per_second:
        yield f"{reply.timing.tokens_per_second:.0f} tokens/s"


def _ending(reply: Reply) -> str:
    if reply.state == "interrupted":
        return "interrupted"
    if reply.state == "truncated":
        return "incomplete"
    return ", ".join(dict.fromkeys(words for choice in reply.choices if (words := ending(choice.finish_reason))))
