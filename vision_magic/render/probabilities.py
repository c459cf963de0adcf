"""How sure was the model of each word? Tokens coloured by their probability, as HTML and as text; for teaching."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from vision_magic.chat.reply import Choice
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import ACCENT, SMALL, TEXT
from vision_magic.text import clean_text

__all__ = ["chosen_html", "probabilities_html", "tokens_html"]

_MOST: Final = 2000  # tokens that are drawn; a page of spans is slow
_SHOWN: Final = 5  # alternatives for a token

_TRACK: Final = "var(--jp-border-color2,#8884)"


def probability(logprob: object) -> float | None:
    """Return a probability from 0 to 1, or None where there is none."""
    if isinstance(logprob, bool) or not isinstance(logprob, int | float) or math.isnan(logprob):
        return None
    return math.exp(min(0.0, logprob))


def tokens_html(logprobs: Sequence[Mapping[str, Any]]) -> str:
    """Return the tokens of an answer, each on a ground the stronger the less sure the model was of it.

    What else it might have said stands in the title of each; nothing is told by colour alone, since the underline
    grows with the colour.
    """
    spans = "".join(_token(token) for token in logprobs[:_MOST])
    more = f" … and {len(logprobs) - _MOST:,} more" if len(logprobs) > _MOST else ""
    return f'<div style="{TEXT};white-space:pre-wrap;line-height:1.9;overflow-wrap:anywhere">{spans}{more}</div>'


def probabilities_html(choice: Choice, style: str) -> str:
    """Return the tokens of a choice as a fold; nothing where there are none."""
    if not choice.logprobs:
        return ""
    sure = [share for token in choice.logprobs if (share := probability(token.get("logprob"))) is not None]
    mean = f", {sum(sure) / len(sure):.0%} sure in the mean" if sure else ""
    title = f"Probabilities: {len(choice.logprobs):,} tokens{mean}"
    return f'<details style="{style}"><summary>{plain_html(title)}</summary>{tokens_html(choice.logprobs)}</details>'


def _token(token: Mapping[str, Any]) -> str:
    text = token.get("token")
    words = clean_text(text) if isinstance(text, str) else "?"
    share = probability(token.get("logprob"))
    doubt = 0.0 if share is None else 1 - share
    title = _title(token, share)
    ground = f"background:rgba(230,120,20,{0.55 * doubt:.2f});" if doubt >= 0.01 else ""
    line = f"border-bottom:{1 + 2 * doubt:.0f}px solid rgba(230,120,20,{doubt:.2f});" if doubt >= 0.2 else ""
    return f'<span title="{html.escape(title)}" style="{ground}{line}">{plain_html(words)}</span>'


def _title(token: Mapping[str, Any], share: float | None) -> str:
    told = "no probability" if share is None else f"{share:.1%}"
    others = token.get("top_logprobs")
    if not isinstance(others, list):
        return told
    named = [one for one in others[:_SHOWN] if isinstance(one, dict)]
    words = [f"{clean_text(str(one.get('token')))!r} {_percent(one.get('logprob'))}" for one in named]
    return f"{told}; most probable: {', '.join(words)}" if words else told


def _percent(logprob: object) -> str:
    share = probability(logprob)
    return "?" if share is None else f"{share:.1%}"


def chosen_html(answer: str | None, probabilities: Mapping[str, float] | None, note: str) -> str:
    """Return given answers with a bar each, the chosen one first in weight."""
    rows = "".join(_bar(name, share, name == answer) for name, share in (probabilities or {}).items())
    table = f'<table style="border-collapse:collapse;margin:4px 0">{rows}</table>' if rows else ""
    return (
        f"<div><div><strong>{plain_html(clean_text(answer or 'no answer'))}</strong></div>{table}"
        f'<div style="{SMALL}">'
        f"{plain_html(clean_text(note))}</div></div>"
    )


def _bar(name: str, share: float, chosen: bool) -> str:
    cell = "padding:1px 12px 1px 0;text-align:left;border:0;background:none"
    weight = "600" if chosen else "400"
    bar = (
        f'<div style="width:160px;height:10px;background:{_TRACK}">'
        f'<div style="width:{160 * share:.0f}px;height:10px;background:{ACCENT}"></div></div>'
    )
    return (
        f'<tr><td style="{cell};font-weight:{weight}">{plain_html(clean_text(name))}</td>'
        f'<td style="{cell}">{bar}</td><td style="{cell};font-variant-numeric:tabular-nums">{share:.1%}</td></tr>'
    )
