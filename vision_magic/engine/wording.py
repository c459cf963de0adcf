"""Wording of facts: quoted text, numbers with units, and lists in sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["count_noun", "format_percent", "join_words", "quote", "quote_list"]

MAX_QUOTE = 80
"""Number of characters after which text from an image is cut."""

_SPECIAL = re.compile(r"([\\`*\[\]<>#|~$]|&(?=#?\w+;)|!(?=\[)|(?<![^\W_])_|_(?![^\W_]))")
"""Characters that Markdown reads; an underscore inside a word, as in ``total_bill``, is none of them."""
_LINKS = re.compile(r"(?i)(https?)(:)|(\bwww|[a-z0-9])([.@])(?=[a-z]{2})")


def quote(text: str) -> str:
    """Return text from an image in quotation marks, on one line, escaped so that it stays plain text in Markdown."""
    plain = " ".join("".join(_printable(character) for character in text).split())
    if len(plain) > MAX_QUOTE:
        plain = plain[: MAX_QUOTE - 1].rstrip() + "…"
    return f"“{_escape_markdown(plain)}”"


def _printable(character: str) -> str:
    """Return the character, or a space for controls and for marks that change the direction of writing."""
    if character in "“”„«»":
        return "'"
    return " " if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def _escape_markdown(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    # Some Markdown renderers turn a plain address into a link.
    return _LINKS.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", escaped)


def quote_list(texts: Sequence[str], *, longest: int = 12) -> str:
    """Return texts from an image as ``“a”, “b” and 3 more``."""
    quotes = [quote(text) for text in texts[:longest]]
    return join_words(quotes, more=len(texts) - len(quotes))


def join_words(items: Iterable[str], *, more: int = 0) -> str:
    """Return items as ``a, b and c``; with `more`, as ``a, b and 3 more``."""
    words = list(items)
    if more:
        return f"{', '.join(words)} and {more} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count_noun(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun: ``1 panel``, ``3 panels``, ``no panels``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number or 'no'} {plural or noun + 's'}"


def format_percent(share: float) -> str:
    """Return a share of 0 to 1 as ``0.03 %``, ``1.2 %``, ``34 %``."""
    value = 100 * share
    if value == 0:
        return "0 %"
    if value < 0.01:
        return "less than 0.01 %"
    digits = 2 if value < 0.1 else 1 if value < 10 else 0
    if value < 100 <= round(value, digits):
        return "more than 99 %"
    return f"{value:.{digits}f} %"
