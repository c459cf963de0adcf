"""Rendering of the probabilities of tokens and of given answers as HTML, for teaching."""

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

_MAX_TOKENS: Final = 2000  # drawn tokens; many spans make a page slow
_MAX_ALTERNATIVES: Final = 5  # per token

_TRACK: Final = "var(--jp-border-color2,#8884)"


def probability(logprob: object) -> float | None:
    """Convert a log probability to a probability, from 0 to 1; None if it is not a number."""
    if isinstance(logprob, bool) or not isinstance(logprob, int | float) or math.isnan(logprob):
        return None
    return math.exp(min(0.0, logprob))


def tokens_html(logprobs: Sequence[Mapping[str, Any]]) -> str:
    """Return the tokens of an answer as text; the less probable a token was, the stronger its background.

    The tooltip of a token lists its alternatives. The underline gets thicker with the colour, for readers who cannot
    see colours.
    """
    spans = "".join(_token(token) for token in logprobs[:_MAX_TOKENS])
    more = f" … and {len(logprobs) - _MAX_TOKENS:,} more" if len(logprobs) > _MAX_TOKENS else ""
    return f'<div style="{TEXT};white-space:pre-wrap;line-height:1.9;overflow-wrap:anywhere">{spans}{more}</div>'


def probabilities_html(choice: Choice, style: str) -> str:
    """Return the tokens of a choice as a fold; empty if the choice has no log probabilities."""
    if not choice.logprobs:
        return ""
    shares = [share for token in choice.logprobs if (share := probability(token.get("logprob"))) is not None]
    mean = f", {_percent(sum(shares) / len(shares), 0)} sure on average" if shares else ""
    title = f"Probabilities: {len(choice.logprobs):,} tokens{mean}"
    return f'<details style="{style}"><summary>{plain_html(title)}</summary>{tokens_html(choice.logprobs)}</details>'


def _token(token: Mapping[str, Any]) -> str:
    text = token.get("token")
    words = clean_text(text) if isinstance(text, str) else "?"
    share = probability(token.get("logprob"))
    doubt = 0.0 if share is None else 1 - share
    title = _title(token, share)
    background = f"background:rgba(230,120,20,{0.55 * doubt:.2f});" if doubt >= 0.01 else ""
    line = f"border-bottom:{1 + 2 * doubt:.0f}px solid rgba(230,120,20,{doubt:.2f});" if doubt >= 0.2 else ""
    return f'<span title="{html.escape(title)}" style="{background}{line}">{plain_html(words)}</span>'


def _title(token: Mapping[str, Any], share: float | None) -> str:
    own = "no probability" if share is None else _percent(share)
    others = token.get("top_logprobs")
    if not isinstance(others, list):
        return own
    named = [one for one in others[:_MAX_ALTERNATIVES] if isinstance(one, dict)]
    words = [f"{clean_text(str(one.get('token')))!r} {_percent(probability(one.get('logprob')))}" for one in named]
    return f"{own}; most probable: {', '.join(words)}" if words else own


def _percent(share: float | None, digits: int = 1) -> str:
    return "?" if share is None else f"{100 * share:.{digits}f} %"


def chosen_html(answer: str | None, shares: Sequence[tuple[str, float, str]], note: str) -> str:
    """Return the given answers with a bar for the probability of each; the chosen one is bold.

    Parameters
    ----------
    answer : str or None
        The chosen answer.
    shares : sequence of (str, float, str)
        Each answer, its probability (0 to 1), and the probability in words.
    note : str
        What is said below.
    """
    rows = "".join(_bar(name, share, shown, name == answer) for name, share, shown in shares)
    table = f'<table style="border-collapse:collapse;margin:4px 0">{rows}</table>' if rows else ""
    return (
        f"<div><div><strong>{plain_html(clean_text(answer or 'no answer'))}</strong></div>{table}"
        f'<div style="{SMALL}">'
        f"{plain_html(clean_text(note))}</div></div>"
    )


def _bar(name: str, share: float, shown: str, chosen: bool) -> str:
    cell = "padding:1px 12px 1px 0;text-align:left;border:0;background:none"
    weight = "600" if chosen else "400"
    bar = (
        f'<div style="width:160px;height:10px;background:{_TRACK}">'
        f'<div style="width:{160 * share:.0f}px;height:10px;background:{ACCENT}"></div></div>'
    )
    return (
        f'<tr><td style="{cell};font-weight:{weight}">{plain_html(clean_text(name))}</td><td style="{cell}">{bar}</td>'
        f'<td style="{cell};font-variant-numeric:tabular-nums">{plain_html(clean_text(shown))}</td></tr>'
    )
