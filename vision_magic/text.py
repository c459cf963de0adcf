"""String helpers: make untrusted strings safe to print, shorten them, format sizes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["TextCleaner", "clean_text", "format_bytes", "one_line"]

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 14.0 (the same in 15, 16 and 17): characters that
# nothing is drawn for. Invisible characters are not all of category Cf, and some of these are not assigned yet.
_IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# C0 controls except tab and newline, DEL and C1; line and paragraph separators; lone surrogates, which cannot be
# encoded; interlinear annotations.
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufff9-\ufffb"

# The flags of England, Scotland and Wales: a black flag and the letters of a region as tags.
_FLAG: Final = re.compile(
    "|".join(
        f"\U0001f3f4{''.join(chr(0xE0000 + ord(letter)) for letter in region)}\U000e007f"
        for region in ("gbeng", "gbsct", "gbwls")
    )
)
_FLAG_LENGTH: Final = 7
_HIDDEN: Final = re.compile(f"[{_CONTROLS}{_IGNORABLE}]")  # a set alone, which is searched for quickly
_INVISIBLE: Final = re.compile(f"[{_IGNORABLE}]")

_ZWNJ, _ZWJ, _TEXT_STYLE, _EMOJI_STYLE, _KEYCAP = "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u20e3"

# Blocks of the scripts whose letters join or stack, so that a joiner between them changes what is seen: Arabic,
# Syriac, N'Ko, Mandaic, the scripts of India and South-East Asia, Tibetan, Mongolian, and their later relatives.
_JOINING: Final = re.compile(
    "[\u0600-\u074f\u0750-\u077f\u07c0-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1aaf\u1b00-\u1c4f\u1cd0-\u1cff"
    "\ua840-\ua87f\ua8e0-\ua8ff\ua930-\ua9ff\uaa00-\uaaff\uabc0-\uabff\U00010ac0-\U00010aff\U00010d00-\U00010d3f"
    "\U00010f30-\U00010fdf\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
_MONGOLIAN: Final = re.compile("[\u1820-\u18aa]")  # letters
_ALSO_EMOJI: Final = frozenset("‼⁉ℹ↔◽◾⤴⤵〰〽")  # emoji that are not of category So
_SKIN_TONES: Final = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def clean_text(text: str) -> str:
    """Replace control, bidirectional and invisible characters by visible symbols.

    A terminal would interpret them: move the cursor, set the clipboard, show words in another order. Invisible ones can
    carry words that only a model reads. They stay where a script or an emoji needs them: a joiner after a letter of
    Arabic or Devanagari, a joiner between two emoji, a variation selector after an emoji.
    """
    return _HIDDEN.sub(_visible, text.replace("\r\n", "\n"))


def _visible(match: re.Match[str]) -> str:
    if _is_needed(match.string, match.start()):
        return match[0]
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\u27e8U+{code:04X}\u27e9"


def _is_needed(text: str, at: int) -> bool:
    """Whether an invisible character changes how the characters beside it look, as its script or emoji requires."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char in (_TEXT_STYLE, _EMOJI_STYLE):
        return _is_emoji(before) or (before != "" and before in "0123456789#*" and after == _KEYCAP)
    if char == _ZWJ and _is_emoji(after):
        styled = before == _EMOJI_STYLE and _is_emoji(text[at - 2 : at - 1])
        return styled or before in _SKIN_TONES or _is_emoji(before)
    if char in (_ZWNJ, _ZWJ):
        # Persian also writes it between a foreign word or a number and an ending.
        return _is_joining(before) or (before.isalnum() and _is_joining(after))
    if char >= "\U000e0000":
        flags = _FLAG.finditer(text, max(0, at - _FLAG_LENGTH + 1), at + _FLAG_LENGTH - 1)
        return any(flag.start() < at < flag.end() for flag in flags)
    return "\u180b" <= char <= "\u180f" and _MONGOLIAN.match(before) is not None


def _is_joining(char: str) -> bool:
    """Whether it is a letter, mark or number of a script that uses joiners."""
    return _JOINING.match(char) is not None and unicodedata.category(char)[0] in "LMN" and not _INVISIBLE.match(char)


def _is_emoji(char: str) -> bool:
    return char != "" and (char in _ALSO_EMOJI or unicodedata.category(char) == "So")


_MAX_HELD: Final = 8  # characters of a flag; longer runs of invisible characters are not held back
_OPEN_END: Final = re.compile(
    f"(?:\r|\U0001f3f4[\U000e0061-\U000e007a]*|[{_ZWNJ}{_ZWJ}{_TEXT_STYLE}{_EMOJI_STYLE}])\\Z"
)


class TextCleaner:
    """`clean_text` for text that arrives in pieces.

    The end of a piece is held back while the next one decides what is shown of it.
    """

    __slots__ = ("_before", "_held")

    def __init__(self) -> None:
        self._before = ""  # what was returned last, as far as the next piece depends on it
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take the next piece and return what may be shown."""
        text = self._held + piece
        open_end = _OPEN_END.search(text, max(0, len(text) - _MAX_HELD))
        self._held = text[open_end.start() :] if open_end else ""
        return self._clean(text.removesuffix(self._held))

    def end(self) -> str:
        """Return what was held back."""
        rest, self._held = self._held, ""
        return self._clean(rest)

    def _clean(self, text: str) -> str:
        if not text:
            return ""
        whole, known = self._before + text, len(clean_text(self._before))
        self._before = whole[-2:]  # an emoji with its variation selector
        return clean_text(whole)[known:]


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
