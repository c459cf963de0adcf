"""Names of others: suggestions for misspelled ones, and how a name is written on a line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

__all__ = ["as_word", "is_model_id", "near_miss", "near_option", "quoted"]

_MODEL_ID = re.compile(r"[A-Za-z0-9@~/.][A-Za-z0-9._:/@+~\\-]{0,199}(?<!\\)")
"""Ids of models: ``gpt-4o``, ``a/b:free``, ``llava:7b-v1.6-q4_K_M``, ``@cf/meta/x``, ``C:\\models\\x.gguf``.

A backslash at the end is none: it would continue the line.
"""

_PLAIN = re.compile(r"[\w@~/.][\w.:/@+~-]*")


def near_miss(name: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'fig'?)"`` if a known name is similar to `name`, otherwise an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def near_option(name: str, known: Iterable[str]) -> str:
    """Return the same as `near_miss` for an option, whose dashes and underscores say nothing.

    A name that is only a little similar is not one, but one that begins with the other is: ``temp``, ``system_prompt``.
    """
    bare, options = _bare(name), {_bare(option): option for option in known}
    close = difflib.get_close_matches(bare, options, n=1, cutoff=0.74)
    close = close or [one for one in options if min(len(one), len(bare)) > 2 and _either_begins(one, bare)]
    return f" (did you mean {options[close[0]]!r}?)" if close else ""


def _bare(option: str) -> str:
    return option.strip("-_:").replace("_", "-")


def _either_begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def is_model_id(name: str) -> bool:
    """Whether a name that a server chose can be offered as a model: it has no blank, quote, bracket or control.

    A longer text could be an instruction to whoever completes the line, or could break out of its place on it.
    """
    return _MODEL_ID.fullmatch(name) is not None


def as_word(name: str) -> str:
    """Return a name as it is written on a line of a magic: in quotes unless it is plain."""
    return name if _PLAIN.fullmatch(name) or is_model_id(name) else quoted(name)


def quoted(name: str, quote: str = '"') -> str:
    """Return a name as a quoted string on one line, without invisible characters."""
    return f"{quote}{''.join(_escaped(char, quote) for char in name)}{quote}"


def _escaped(char: str, quote: str) -> str:
    if char in (quote, "\\"):
        return f"\\{char}"
    return char if char.isprintable() else char.encode("unicode_escape").decode()
