"""Images that gateways write into the text of an answer, as Markdown with a data URI or as nothing but a data URI.

Proxies for Gemini's image models do. Left in the text, a picture would be a million characters to show, and hundreds of
thousands of tokens to send back with the next question.
"""

from __future__ import annotations

import re
from typing import Final

from vision_magic.chat.output_images import MAX_OUTPUT_BYTES, OutputImages

__all__ = ["EmbeddedImages"]

_START: Final = "data:image/"
_LINK: Final = f"]({_START}"
_END: Final = re.compile(r"[^A-Za-z0-9+/=;:,._%-]")  # the first character that is not one of a data URI
_SHORTEST: Final = 200  # characters; a shorter data URI is an example in the text
_CUT_OFF: Final = 4_000  # characters of an unfinished one that are not shown as text
_LONGEST: Final = MAX_OUTPUT_BYTES * 4 // 3 + 1000  # characters


class EmbeddedImages:
    """Moves the images in a text that arrives in pieces to the images of the choice.

    Only what can be decoded as an image is taken out: any other text stays as it was written. A piece without a closing
    bracket need not be fed while nothing `waits`.

    Attributes
    ----------
    waits : bool
        Whether the next piece may belong to an image.
    """

    def __init__(self, images: OutputImages) -> None:
        self._images = images
        self.waits = True  # the text may begin with one
        self._bracket = False  # whether the text so far ends with "]"
        self._tail = ""  # the end of a piece, after such a bracket, that may become the start of a data URI
        self._uri: list[str] | None = None  # the pieces of a data URI that has begun
        self._length = 0

    def feed(self, piece: str, *, first: bool) -> str:
        """Take the next piece, the first of the text or not, and return the text that may be shown."""
        bracket = "]" if self._bracket or self._tail else ""
        shown = self._feed(f"{bracket}{self._tail}{piece}", first=first)
        self._bracket = piece.endswith("]")
        self.waits = self._bracket or bool(self._tail) or self._uri is not None
        return shown.removeprefix(bracket)  # which has been shown before

    def _feed(self, text: str, *, first: bool) -> str:
        shown: list[str] = []
        self._tail = ""
        while text:
            before, text = self._grow(text) if self._uri is not None else self._until_start(text, first=first)
            shown.append(before)
            first = False
        return "".join(shown)

    def end(self) -> str:
        """Return what was held back and is no image."""
        uri, tail = "".join(self._uri or ()), self._tail
        self._uri, self._tail = None, ""
        if self._takes(uri):
            return ""
        if len(uri) > _CUT_OFF:
            self._images.note_cut_off()
            return ""
        return uri + tail

    def _until_start(self, text: str, *, first: bool) -> tuple[str, str]:
        """Return the text before the start of a data URI, and the text from there on."""
        place = 0 if first and text.startswith(_START) else text.find(_LINK) + 2
        if place >= 2 or (first and text.startswith(_START)):
            self._uri, self._length = [], 0
            return text[:place], text[place:]
        place = text.rfind("](")
        if place >= 0 and _LINK.startswith(text[place:]):
            self._tail = text[place + 1 :]
            return text[: place + 1], ""
        return text, ""

    def _grow(self, text: str) -> tuple[str, str]:
        """Add to the data URI; return it if it has ended and is no image, and the text after it."""
        assert self._uri is not None
        end = _END.search(text)
        self._uri.append(text if end is None else text[: end.start()])
        self._length += len(self._uri[-1])
        if end is None and self._length <= _LONGEST:
            return "", ""
        uri, self._uri = "".join(self._uri), None
        return "" if self._takes(uri) else uri, "" if end is None else text[end.start() :]

    def _takes(self, uri: str) -> bool:
        return _SHORTEST <= len(uri) <= _LONGEST and self._images.take_embedded(uri)
