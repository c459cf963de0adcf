"""Where does an answer end before it is complete? At a stop sequence, or after so many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["FinishReason", "Limits", "cut"]

FinishReason = Literal["stop", "length", "tool_calls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Where an answer ends before it is complete.

    Attributes
    ----------
    stop : tuple of str
        Sequences that end it; they are not part of it.
    words : int or None
        The most words it may have. The wire counts tokens; without a tokenizer this engine counts words.
    """

    stop: tuple[str, ...] = ()
    words: int | None = None


class Cut:
    """Pieces of text, cut at stop sequences and at a number of words; `reason` says how they ended.

    A stop sequence may begin in one piece and end in the next: what could be its beginning is held back, and nothing
    else, so the pieces still arrive as they are measured.
    """

    def __init__(self, pieces: Iterable[str], limits: Limits) -> None:
        self.reason: FinishReason = "stop"
        self._pieces = pieces
        self._limits = limits

    def __iter__(self) -> Iterator[str]:
        return self._counted(self._stopped())

    def _stopped(self) -> Iterator[str]:
        held = ""
        for piece in self._pieces:
            held += piece
            end = _first_stop(held, self._limits.stop)
            if end is not None:
                yield held[:end]
                return
            safe = len(held) - _possible_beginning(held, self._limits.stop)
            yield held[:safe]
            held = held[safe:]
        yield held

    def _counted(self, pieces: Iterable[str]) -> Iterator[str]:
        left, in_word = self._limits.words, False
        for piece in pieces:
            if left is None:
                yield piece
                continue
            kept, left, in_word, full = _fitting(piece, left, in_word)
            yield kept
            if full:
                self.reason = "length"
                return


def cut(pieces: Iterable[str], limits: Limits) -> Cut:
    """Return the pieces, ended where the request said; empty ones may be among them."""
    return Cut(pieces, limits)


def _first_stop(text: str, stops: Sequence[str]) -> int | None:
    found = [place for stop in stops if (place := text.find(stop)) >= 0]
    return min(found, default=None)


def _possible_beginning(text: str, stops: Sequence[str]) -> int:
    """Return how many characters at the end may be the beginning of a stop sequence."""
    longest = max((len(stop) for stop in stops), default=1) - 1
    for length in range(min(longest, len(text)), 0, -1):
        if any(stop.startswith(text[-length:]) for stop in stops):
            return length
    return 0


def _fitting(piece: str, left: int, in_word: bool) -> tuple[str, int, bool, bool]:
    """Return what of a piece fits, how many words are left, whether it ends inside one, and whether it was cut."""
    for match in re.finditer(r"\S+|\s+", piece):
        is_word = not match[0].isspace()
        if is_word and not in_word:
            if left == 0:
                return piece[: match.start()].rstrip(), 0, False, True
            left -= 1
        in_word = is_word
    return piece, left, in_word, False
