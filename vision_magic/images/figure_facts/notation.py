"""Words, numbers and places in the text of facts, each read back as it was written.

Labels of a figure may contain anything, so that whatever could be taken for another part of the text is quoted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = [
    "Place",
    "Value",
    "joined",
    "read_number",
    "read_place",
    "read_word",
    "split",
    "write_number",
    "write_place",
    "write_quoted",
    "write_word",
]

Place = float | str | None
"""A number, a name or a time in ISO 8601; None where it is not known."""

Value = float | None
"""A number; None where it is missing."""

_QUOTED: Final = r"“(?:[^“”\\]|\\.)*”"
_WORD: Final = re.compile(r"[^\W_][\w.%°/()+-]*(?: [\w.%°/()+-]+)*")
_DATE: Final = re.compile(r"\d{4}-\d[\dT:.+-]*|\d{4}Q[1-4]")
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]{1,6})\}|\\(.)")


def write_quoted(text: str) -> str:
    """Return a string in quotation marks, on one line."""
    return f"“{''.join(map(_escape, text))}”"


def _escape(char: str) -> str:
    if char in "“”\\":
        return f"\\{char}"
    return char if char.isprintable() else f"\\u{{{ord(char):x}}}"


def write_word(text: str) -> str:
    """Return a string, in quotation marks unless it consists of plain words."""
    return text if _WORD.fullmatch(text) else write_quoted(text)


def read_word(text: str) -> str:
    """Return the string that was written as it is, or in quotation marks."""
    if text.startswith("“"):
        if re.fullmatch(_QUOTED, text) is None:
            raise ValueError(text)
        return _ESCAPED.sub(lambda found: found[2] or chr(int(found[1], 16)), text[1:-1])
    if not text or "”" in text:
        raise ValueError(text)
    return text


def write_number(value: Value) -> str:
    """Return a number with as many digits as it needs to be read back; ``none`` for None."""
    if value is None:
        return "none"
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return repr(float(value)).removesuffix(".0")


def read_number(text: str) -> Value:
    """Return the number that was written."""
    return None if text == "none" else float(text)


def write_place(place: Place) -> str:
    """Return a number or a time as it is, and a name in quotation marks."""
    if not isinstance(place, str):
        return write_number(place)
    return place if _DATE.fullmatch(place) else write_quoted(place)


def read_place(text: str) -> Place:
    """Return the number, time or name that was written."""
    return read_word(text) if text.startswith("“") or _DATE.fullmatch(text) else read_number(text)


def split(text: str, separator: str) -> list[str]:
    """Return the parts of a text between separators that are not in quotation marks."""
    return list(_split(text, separator))


def _split(text: str, separator: str) -> Iterator[str]:
    start = 0
    for found in re.finditer(f"{_QUOTED}|{re.escape(separator)}", text):
        if found[0] == separator:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def joined(parts: Iterable[str]) -> str:
    """Return parts separated by commas, without empty ones."""
    return ", ".join(part for part in parts if part)
