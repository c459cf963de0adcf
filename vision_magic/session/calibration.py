"""What servers count for a model, in relation to the estimates: it corrects those of the next requests."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["Calibration"]

_UNKNOWN_FACTOR: Final = 1.25  # of the estimated prompt, before the server has counted one
_UNKNOWN_ANSWER: Final = 64  # tokens, before there is an answer
_LONG: Final = 64  # tokens of a prompt; in a shorter one, what the server adds to each message decides
_LONG_ANSWER: Final = 16  # tokens, below which rounding decides
_MOST: Final = 4.0  # tokens for four characters of an answer; more are hidden, such as those of reasoning
_FORGOTTEN: Final = 1 / 32  # of the difference from the highest value, with each lower one


class Calibration:
    """Expectations for the requests to one model of one server.

    Each follows the highest value so far, which fades as lower ones are counted: a single long answer does not decide
    for ever. Without a lock; the ledger holds one.
    """

    __slots__ = ("_answer", "_factor", "_overhead", "_written")

    def __init__(self) -> None:
        self._factor: float | None = None
        self._overhead = 0.0
        self._written = 1.0
        self._answer: float | None = None

    def learn_prompt(self, estimated: int, counted: int) -> None:
        """Compare an estimated prompt with the count of the server (tokens)."""
        if estimated >= _LONG:
            self._factor = _highest(self._factor, counted / estimated)
        else:
            self._overhead = max(0.0, _highest(self._overhead, counted - estimated))

    def learn_answer(self, estimated: int, counted: int, visible: int) -> None:
        """Compare an estimated answer with the count of the server, in all and without hidden reasoning (tokens)."""
        self._answer = _highest(self._answer, counted)
        if estimated >= _LONG_ANSWER:
            self._written = min(_MOST, max(1.0, _highest(self._written, visible / estimated)))

    def prompt(self, estimated: int, *, unknown: float = 1.0) -> int:
        """Return the expected count of a prompt; `unknown` is its factor before the server has counted a long one."""
        return math.ceil(estimated * (unknown if self._factor is None else self._factor) + self._overhead)

    def largest_prompt(self, estimated: int) -> int:
        """Return the count of a prompt that is unlikely to be exceeded."""
        return self.prompt(estimated, unknown=_UNKNOWN_FACTOR)

    @property
    def written(self) -> float:
        """The tokens that a server counts for four characters of an answer."""
        return self._written

    @property
    def answer(self) -> int:
        """The tokens of a long answer without a limit."""
        return _UNKNOWN_ANSWER if self._answer is None else math.ceil(self._answer)


def _highest(before: float | None, value: float) -> float:
    return value if before is None else max(value, before + (value - before) * _FORGOTTEN)
