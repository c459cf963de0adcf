"""Words as pieces of words: the most probable ones of a list (a unigram language model, as SentencePiece has it)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

__all__ = ["UNKNOWN", "Pieces"]

UNKNOWN: Final = 0
"""The number of the piece that stands for a letter that no piece has."""
_BEGIN, _END = 1, 2
_SPACE: Final = "\u2581"
_UNLIKELY: Final = -30.0
"""The logarithm of the probability of an unknown letter: less than that of any piece."""


class Pieces:
    """A list of pieces with their probabilities.

    Parameters
    ----------
    pieces : sequence of str
        The pieces. The first three stand for an unknown letter, for the beginning and for the end.
    scores : sequence of float
        The logarithm of the probability of each.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces) if number > _END}
        self._scores = scores
        self._longest = max(map(len, self._numbers), default=1)

    def numbers(self, text: str) -> list[int]:
        """Return the numbers of the most probable pieces of a text, between those of the beginning and the end."""
        words = unicodedata.normalize("NFKC", text).split()
        return [_BEGIN, *self._best(_SPACE + _SPACE.join(words)), _END]

    def _best(self, text: str) -> list[int]:
        best = [0.0] + [float("-inf")] * len(text)
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                number = self._numbers.get(text[start:end])
                if number is None and end > start + 1:
                    continue
                score = best[start] + (_UNLIKELY if number is None else self._scores[number])
                if score > best[end]:
                    best[end], came[end] = score, (start, UNKNOWN if number is None else number)
        found = []
        end = len(text)
        while end:
            end, number = came[end]
            found.append(number)
        return found[::-1]
