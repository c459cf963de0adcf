"""Strings from elsewhere, made safe to print."""

from __future__ import annotations

import re

__all__ = ["clean_text", "one_line"]

# C0 but tab and newline, DEL, C1; marks that reorder text; halves of a character, which no encoder takes; "tag"
# characters. And what has no width, in which words can be hidden: not the two joiners and the two selectors (of emoji)
# that scripts and emoji need.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f"
    "\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0100-\U000e01ef]"
)


def clean_text(text: str) -> str:
    """Return the text with control, bidirectional and invisible tag characters made visible.

    A terminal would obey them: move the cursor, set the clipboard, show words in another order.
    """
    return _CONTROLS.sub(_visible, text.replace("\r\n", "\n"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\u27e8U+{code:04X}\u27e9"


def one_line(text: str, most: int = 60) -> str:
    """Return the text on one line, its white space folded, cut to at most `most` characters."""
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"
