"""Streamed text without the keys of this process."""

from __future__ import annotations

import re
from typing import Final

from vision_magic.secrets import KeyFilter

__all__ = ["FilteredText"]

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class FilteredText:
    """Streamed text without the keys of this process. Pieces are joined only when the text is read."""

    def __init__(self) -> None:
        self._pieces: list[str] = []  # it only grows: another thread may read the text while a piece arrives
        self._joined = (0, "")  # how many pieces are joined, and the text that they make up
        self._keys = KeyFilter()
        self._hidden = False
        self.length = 0  # characters that have arrived
        self._of_messages = 0  # how many of them came in whole messages
        self._message = ""  # the last whole message; empty if messages bring pieces
        self._in_pieces = False

    def add(self, piece: str) -> str:
        """Add a piece and return what may be shown now; the end of a piece is held back if it may begin a key."""
        if not piece:
            return ""
        self.length += len(piece)
        shown = self._keys.feed(piece) if self._keys.active else piece
        self._hidden |= shown != piece
        if shown:
            self._pieces.append(shown)
        return shown

    def take(self, text: str, whole: bool) -> str:
        """Add a piece, or what a whole message has in addition to the messages before it.

        Some servers end a stream with the whole message (OpenBitFun#792), or repeat it in every chunk (Perplexity): it
        counts only if no piece has brought text. Others send pieces under the name of a message.
        """
        if not whole:
            return self.add(text)
        if not text or self.length != self._of_messages or (len(text) == self.length and text == str(self)):
            return ""
        continues = not self._in_pieces and text.startswith(self._message)
        shown = self.add(text[len(self._message) :] if continues else text)
        self._in_pieces = not continues
        self._message = text if continues else ""
        self._of_messages = self.length
        return shown

    def end(self) -> str:
        """Return what was held back."""
        shown = self._keys.end()
        if shown:
            self._pieces.append(shown)
        return shown

    def take_hidden(self) -> bool:
        """Return whether a piece since the last call was not shown as it is."""
        hidden, self._hidden = self._hidden, False
        return hidden

    @property
    def may_hide(self) -> bool:
        """Whether there is a key that it may have to hide."""
        return self._keys.active

    @property
    def hides_key(self) -> bool:
        """Whether a key was in it."""
        return self._keys.found

    def __bool__(self) -> bool:
        return bool(self._pieces)

    def __str__(self) -> str:
        count, text = self._joined
        if pieces := self._pieces[count:]:
            added = "".join(pieces)
            text += added
            if not added.isascii() and _SURROGATE.search(added):
                text = _with_pairs_joined(text)
            self._joined = (count + len(pieces), text)
        return text


def _with_pairs_joined(text: str) -> str:
    """Join the two surrogates of a character that a server sent in two pieces."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
