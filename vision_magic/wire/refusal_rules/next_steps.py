"""Next steps that repeat a number or a name in the words of a server."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from vision_magic.chat.request import FIELDS

__all__ = ["ASK_FOR_MODELS", "fewer", "leave_out", "smaller_bytes", "smaller_side"]

ASK_FOR_MODELS: Final = "; %vision models lists those of the server."
_UNITS: Final = {"k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_BYTES: Final = re.compile(
    r"(?<![\w.])(\d[\d,_]{0,15}(?:\.\d{1,6})?) ?(bytes?\b|([kmg])i?b(?:ytes?)?\b)", re.IGNORECASE
)
_PIXELS: Final = re.compile(
    r"(?<![\w.])(\d[\d,_]{0,15}(?:\.\d{1,3})?) ?(px\b|pixels?\b|mega ?pixels?\b|mpx?\b)", re.IGNORECASE
)
_BOX: Final = re.compile(r"(?<!\d)(\d{2,5}) ?[x×] ?(\d{2,5})(?!\d)", re.IGNORECASE)
_AREA: Final = 100_000  # pixels; more is not a side but a product of two
_COUNT: Final = re.compile(
    r"(?:at most|up to|max\w*(?: \w+){0,2}?(?: (?:is|of|are))?:?|limit(?: (?:is|of))?:?|more than|only(?:"
    + r" \w+)?|exceeds limit)"
    r" (\d{1,4}|one|a single|single)\b|\b(?:between \d+ and|exactly) (\d{1,4}|one)\b|accepts? (a single)\b",
    re.IGNORECASE,
)
_LIMIT: Final = re.compile(r"\b(?:max\w*|exceeds?|limit|at most|than)(?: [a-z]+){0,3}?:? (\d{3,9})\b", re.IGNORECASE)


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("_", ""))


def _byte_limit(words: str) -> str:
    # The smallest size is the limit: the size that was sent is larger. A picture grows by a third when it is sent, and
    # some servers count what was sent, so the advice leaves room for that.
    sizes = [_number(match[1]) * _UNITS.get((match[3] or "").lower(), 1) for match in _BYTES.finditer(words)]
    sizes = [size for size in sizes if 2_000 <= size < 1e12]
    return f"send fewer pictures, or smaller ones with --max-bytes {_rounded(min(sizes) * 0.75)}" if sizes else ""


def _rounded(number: float) -> int:
    """Round a number down to two digits."""
    unit: int = 10 ** (int(math.log10(number)) - 1)
    return int(number) // unit * unit


def smaller_bytes(words: str) -> str:
    """Return the advice to send fewer bytes than the limit; empty if the server states none."""
    step = _byte_limit(words)
    return f"{{size}}{step}." if step else ""


def smaller_side(words: str) -> str:
    """Return the advice to send fewer pixels than the limit; empty if the server states none."""
    found = [_number(match[1]) * (1e6 if match[2][0] in "mM" else 1) for match in _PIXELS.finditer(words)]
    found = found or [float(max(int(match[1]), int(match[2]))) for match in _BOX.finditer(words)]
    found += [float(match[1]) for match in _LIMIT.finditer(words)]
    found = [number for number in found if 50 <= number < 1e12]
    if not found:
        return ""
    limit = min(found)
    side = math.isqrt(int(limit)) if limit > _AREA else int(limit)
    return f"The picture has too many pixels for this server: shrink it with --max-side {side}."


def fewer(words: str) -> str:
    """Return the advice to send no more pictures than the limit; empty if the server states none."""
    match = _COUNT.search(words)
    count = next(filter(None, match.groups()), "0").lower() if match is not None else "0"
    if count in ("1", "one", "a single", "single") or re.search(r"multiple (?:images|pictures)", words, re.IGNORECASE):
        return _ONE
    if count == "0":
        return ""
    return (
        f"The server takes at most {count} pictures per question, those of earlier turns included: "
        "ask about fewer at a time, and leave the others out."
    )


_ONE: Final = "The server takes only one picture per question: ask about fewer at a time, and leave the others out."

# Fields with an option of their own; the rest goes by -p.
_OPTIONS: Final[Mapping[str, str]] = {
    **{name: f"--{name.replace('_', '-')}" for name in (*FIELDS, "detail")},
    "temperature": "-t",
    "reasoning_effort": "-p reasoning_effort=…",
}
_FIELD: Final = re.compile(r"([`'\"]?)\b([a-z_]+)\b")


def leave_out(words: str) -> str:
    """Return the option of the field that the server names first; short names are words too, unless they are quoted."""
    named = (name for quote, name in _FIELD.findall(words) if quote or "_" in name or name == "temperature")
    name = next((name for name in named if name in _OPTIONS), "")
    return f"The server does not support {name} here: leave {_OPTIONS[name]} out." if name else ""
