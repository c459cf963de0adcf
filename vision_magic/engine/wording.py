"""How are facts put into words? Quoted text that stays text, numbers with units, lists in sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

__all__ = ["counted", "listed", "percent", "quoted", "quoted_list"]

LONGEST = 80
"""Text from a picture is cut after this many characters."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$&!^{}])")
_LINKS = re.compile(r"(?i)(https?)(:)|(\bwww|[a-z0-9])([.@])(?=[a-z])")


def quoted(text: str) -> str:
    """Return text from a picture in quotation marks, on one line, without any power over the Markdown around it."""
    plain = " ".join("".join(_visible(character) for character in text).split())
    if len(plain) > LONGEST:
        plain = plain[: LONGEST - 1].rstrip() + "…"
    return f"“{_escaped(plain)}”"


def _visible(character: str) -> str:
    """Return the character; a space for controls and for marks that turn the direction of writing."""
    if character in "“”„«»":
        return "'"
    return " " if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    # An address must not become a link by itself, which some Markdown renderers do.
    return _LINKS.sub(lambda match: f"{match[1] or match[3]}\\{match[2] or match[4]}", escaped)


def quoted_list(texts: Sequence[str], *, longest: int = 12) -> str:
    """Return texts from a picture as ``“a”, “b” and 3 more``."""
    shown = [quoted(text) for text in texts[:longest]]
    return listed(shown, more=len(texts) - len(shown))


def listed(items: Iterable[str], *, more: int = 0) -> str:
    """Return items as ``a, b and c``; with `more`, as ``a, b and 3 more``."""
    words = list(items)
    if more:
        return f"{', '.join(words)} and {more} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 panel``, ``3 panels``, ``no panels``."""
    if number == 1:
        return f"1 {noun}"
    return f"{number or 'no'} {plural or noun + 's'}"


def percent(share: float) -> str:
    """Return a part of the whole as ``0.03 %``, ``1.2 %``, ``34 %``."""
    value = 100 * share
    if value == 0:
        return "0 %"
    if value < 0.01:
        return "less than 0.01 %"
    digits = 2 if value < 0.1 else 1 if value < 10 else 0
    if value < 100 <= round(value, digits):
        return "more than 99 %"
    return f"{value:.{digits}f} %"
