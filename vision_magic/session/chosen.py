"""The answer to a question with given answers, and its numbers, from log probabilities or from counted replies."""

from __future__ import annotations

import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from vision_magic.chat.reply import Choice, Reply
from vision_magic.text import clean_text

__all__ = ["LETTERS", "Chosen", "from_logprobs", "from_samples", "logprob_shares", "named_answer"]

LETTERS: Final = string.ascii_uppercase
"""The letters of the answers, in order."""

_Z: Final = 1.96  # of a 95 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The answer that a model chose, and the probability of each answer.

    Attributes
    ----------
    answer : str or None
        The most probable answer. Without probabilities, the answer that the model named; None if it named none.
    probabilities : mapping of str to float, or None
        The probability of each answer (0 to 1; their sum is 1); None if there are none.
    intervals : mapping of str to (float, float), or None
        The 95 % interval of each probability (0 to 1), if they were counted; otherwise None.
    coverage : float or None
        The share of the model's probability (0 to 1) that lay on the letters of the answers, or the share of the
        samples that named one of them. A small share means that the model would rather have answered something else.
    method : {"logprobs", "samples", "text"}
        Where the probabilities come from: from the log probabilities of the model's first token, or counted in several
        replies. ``"text"`` if there are none, and `answer` is what the only reply names.
    note : str
        How the probabilities were computed, or why there are none.
    replies : tuple of Reply
        The replies, one for each request.
    """

    answer: str | None
    probabilities: Mapping[str, float] | None = None
    intervals: Mapping[str, tuple[float, float]] | None = None
    coverage: float | None = None
    method: Literal["logprobs", "samples", "text"] = "text"
    note: str = ""
    replies: tuple[Reply, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        listed = ", ".join(f"{name} {shown}" for name, _, shown in self._shares())
        return clean_text(f"{self.answer or 'no answer'}{f' ({listed})' if listed else ''}\n{self.note}")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        from vision_magic.render.probabilities import chosen_html

        return {"text/html": chosen_html(self.answer, self._shares(), self.note), "text/plain": str(self)}

    def _shares(self) -> list[tuple[str, float, str]]:
        """Return each answer with its probability, and the same with its interval in words."""
        intervals = self.intervals or {}
        return [
            (name, share, f"{_percent(share)}{f' [{_range(*intervals[name])}]' if name in intervals else ''}")
            for name, share in (self.probabilities or {}).items()
        ]


def logprob_shares(choice: Choice, order: Sequence[str]) -> dict[str, float] | None:
    """Return the probability of each answer, from the first token that is one of the letters; None without any.

    If no token is a letter, the alternatives to the first token count. Their share, and so the coverage, is then small.
    """
    letters = dict(zip(LETTERS, order, strict=False))
    tokens = (token for token in choice.logprobs if _letter(token.get("token")) in letters)
    token = next(tokens, choice.logprobs[0])
    shares = dict.fromkeys(order, 0.0)
    for alternative in token.get("top_logprobs") or [token]:
        name = letters.get(_letter(alternative.get("token")))
        logprob = alternative.get("logprob")
        if name is not None and isinstance(logprob, int | float):
            shares[name] += math.exp(min(0.0, logprob))
    return shares if sum(shares.values()) > 0 else None


def _letter(token: object) -> str:
    """Return a token without the spaces and punctuation that models write around a letter."""
    return token.strip(" \n\t\"'*().:▁Ġ").upper() if isinstance(token, str) else ""


def named_answer(text: str, order: Sequence[str]) -> str | None:
    """Return the answer that a model named by its letter or in full."""
    text = text.strip()
    letter = _letter(text.split()[0]) if text else ""
    if len(letter) == 1 and letter in LETTERS[: len(order)]:
        return order[LETTERS.index(letter)]
    matching = [name for name in order if name.lower() == text.strip(" .\"'").lower()]
    return matching[0] if matching else None


def from_logprobs(names: Sequence[str], measured: Sequence[Mapping[str, float]], replies: Sequence[Reply]) -> Chosen:
    """Return the answer that is the most probable on average over the orders."""
    sums = {name: sum(shares[name] for shares in measured) for name in names}
    total = sum(sums.values())
    coverage = min(1.0, total / len(measured))
    return Chosen(
        answer=max(sums, key=lambda name: sums[name]),
        probabilities={name: share / total for name, share in sums.items()},
        coverage=coverage,
        method="logprobs",
        note=f"Probabilities of the first token, averaged over {_orders(len(measured))} of the answers; "
        f"{_percent(coverage)} of the probability lay on their letters.",
        replies=tuple(replies),
    )


def from_samples(
    orders: Sequence[Sequence[str]], named: Sequence[str | None], replies: Sequence[Reply], caveat: str = ""
) -> Chosen:
    """Return the answer that replies named most often; None in `named` stands for a reply that named none."""
    counts = {name: named.count(name) for name in orders[0]}
    total = sum(counts.values())
    unnamed = len(named) - total
    notes = (
        f"Counted in {len(named)} samples over {_orders(min(len(named), len(orders)))} of the answers, since there are "
        "no log probabilities; in brackets the 95 % intervals.",
        f"{unnamed} of the samples named none of the answers." if unnamed else "",
        caveat,
    )
    return Chosen(
        answer=max(counts, key=lambda name: counts[name]) if total else None,
        probabilities={name: count / total for name, count in counts.items()} if total else None,
        intervals={name: _interval(count, total) for name, count in counts.items()} if total else None,
        coverage=total / len(named),
        method="samples",
        note=" ".join(filter(None, notes)),
        replies=tuple(replies),
    )


def _interval(count: int, total: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share, which also holds for few samples and for shares of 0 and 1."""
    middle = (count + _Z**2 / 2) / (total + _Z**2)
    half = _Z * math.sqrt(count * (total - count) / total + _Z**2 / 4) / (total + _Z**2)
    return max(0.0, middle - half), min(1.0, middle + half)


def _orders(count: int) -> str:
    return "one order" if count == 1 else f"{count} orders"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _range(low: float, high: float) -> str:
    return f"{100 * low:.0f} to {100 * high:.0f} %"
