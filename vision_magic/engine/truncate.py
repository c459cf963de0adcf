"""Truncation of an answer at a stop sequence or at a number of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["FinishReason", "Limits", "TruncatedPieces"]

FinishReason = Literal["stop", "length", "tool_calls"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of an answer.

    Attributes
    ----------
    stop : tuple of str
        Sequences that end the answer; they are not part of it.
    words : int or None
        The largest number of words. The wire counts tokens; without a tokenizer this engine counts words.
    """

    stop: tuple[str, ...] = ()
    words: int | None = None


class TruncatedPieces:
    """Pieces of a text up to a stop sequence or a number of words; some pieces may be empty.

    A stop sequence may begin in one piece and end in the next. Only its possible beginning is held back, so each piece
    still arrives as soon as it is measured.

    Parameters
    ----------
    pieces : iterable of str
        The text.
    limits : Limits
        The stop sequences and the number of words.

    Attributes
    ----------
    reason : {"stop", "length"}
        Why the text ended; final after iteration over the pieces.
    """

    def __init__(self, pieces: Iterable[str], limits: Limits) -> None:
        self.reason: FinishReason = "stop"
        self._pieces = pieces
        self._limits = limits

    def __iter__(self) -> Iterator[str]:
        return self._up_to_word_limit(self._up_to_stop())

    def _up_to_stop(self) -> Iterator[str]:
        held = ""
        for piece in self._pieces:
            held += piece
            end = _first_stop(held, self._limits.stop)
            if end is not None:
                yield held[:end]
                return
            safe = len(held) - _partial_stop_length(held, self._limits.stop)
            yield held[:safe]
            held = held[safe:]
        yield held

    def _up_to_word_limit(self, pieces: Iterable[str]) -> Iterator[str]:
        remaining, in_word = self._limits.words, False
        for piece in pieces:
            if remaining is None:
                yield piece
                continue
            kept, remaining, in_word, cut = _take_words(piece, remaining, in_word)
            yield kept
            if cut:
                self.reason = "length"
                return


def _first_stop(text: str, stops: Sequence[str]) -> int | None:
    """Return where the first stop sequence starts, or None."""
    return min((start for stop in stops if (start := text.find(stop)) >= 0), default=None)


def _partial_stop_length(text: str, stops: Sequence[str]) -> int:
    """Return how many characters at the end may be the beginning of a stop sequence."""
    longest = max((len(stop) for stop in stops), default=1) - 1
    for length in range(min(longest, len(text)), 0, -1):
        if any(stop.startswith(text[-length:]) for stop in stops):
            return length
    return 0


def _take_words(piece: str, remaining: int, in_word: bool) -> tuple[str, int, bool, bool]:
    """Return the part of a piece that fits, the words left, whether it ends inside a word, and whether it was cut."""
    for match in re.finditer(r"\S+|\s+", piece):
        is_word = not match[0].isspace()
        if is_word and not in_word:
            if remaining == 0:
                return piece[: match.start()].rstrip(), 0, False, True
            remaining -= 1
        in_word = is_word
    return piece, remaining, in_word, False
