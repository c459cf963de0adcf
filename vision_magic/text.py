"""String helpers: make untrusted strings safe to print, shorten them, format sizes."""

from __future__ import annotations

import re

__all__ = ["clean_text", "format_bytes", "one_line"]

# C0 controls except tab and newline, DEL and C1; bidirectional marks, which reorder text; lone surrogates, which cannot
# be encoded; "tag" characters. Also zero-width characters, which can hide words, except the two joiners and the two
# variation selectors that some scripts and emoji need.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f"
    "\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0100-\U000e01ef]"
)


def clean_text(text: str) -> str:
    """Replace control, bidirectional and invisible characters by visible symbols.

    A terminal would interpret them: move the cursor, set the clipboard, show words in another order.
    """
    return _CONTROLS.sub(_visible, text.replace("\r\n", "\n"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\u27e8U+{code:04X}\u27e9"


def one_line(text: str, max_length: int = 60) -> str:
    """Collapse white space to single spaces and cut the string to at most `max_length` characters."""
    words = " ".join(text.split())
    return words if len(words) <= max_length else words[: max_length - 1] + "…"


def format_bytes(count: int) -> str:
    """Format a number of bytes for people: ``812 B``, ``34 kB``, ``1.3 MB``."""
    if count < 1000:
        return f"{count} B"
    if count < 999_500:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"
