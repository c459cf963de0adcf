"""The budget of a run: a cap in tokens or money that is never passed, however many requests are under way."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.errors import RequestError
from vision_magic.reprs import short_repr

__all__ = ["Budget", "Cap", "Reservation", "parse_cap"]

_UNKNOWN_FACTOR: Final = 2.0  # of the estimated prompt, before the server has counted one
_UNKNOWN_PROMPT: Final = 4000  # tokens; what most models count for a large picture
_UNKNOWN_ANSWER: Final = 1024  # tokens, before there is an answer
_LONGER: Final = 1.5  # an answer may be so much longer than the longest so far
_LONGER_BY: Final = 16  # tokens

_AMOUNT: Final = re.compile(
    r"(?P<before>[^\d\s.,-]*)\s*(?P<number>\d[\d_,]*(?:\.\d+)?)\s*(?P<times>[kM]\b)?\s*(?P<unit>\D*)"
)
_TOKENS: Final = frozenset({"", "token", "tokens", "tok"})
_TIMES: Final[Mapping[str | None, int]] = {None: 1, "k": 1_000, "M": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most that a run may spend.

    Attributes
    ----------
    amount : float
        The number of tokens, or of units of the prices.
    unit : str
        ``"tokens"``, or the unit of the prices as it was named, such as ``"EUR"``.
    prompt, completion : float
        What a token of the question and one of the answer count.
    """

    amount: float
    unit: str = "tokens"
    prompt: float = 1.0
    completion: float = 1.0

    def __str__(self) -> str:
        amount = f"{self.amount:,.0f}" if self.unit == "tokens" else f"{self.amount:,.2f}"
        return f"{amount} {self.unit}".rstrip()


def parse_cap(cap: object, prices: Mapping[str, Any], model: str) -> Cap | None:
    """Return a cap that was given as tokens (``200_000``, ``"2M"``) or as money (``"20 EUR"``).

    Parameters
    ----------
    cap : int, str, Cap or None
        The most that may be spent; None for no limit.
    prices : mapping
        The prices of the settings, for a million tokens. Money is in their unit, whatever it is called here.
    model : str
        The model whose prices count.

    Raises
    ------
    RequestError
        The cap cannot be read or is not above 0, or money was named and the model has no prices.
    """
    if cap is None or isinstance(cap, Cap):
        return cap
    if isinstance(cap, int) and not isinstance(cap, bool) and cap > 0:
        return Cap(amount=float(cap))
    match = _AMOUNT.fullmatch(cap.strip()) if isinstance(cap, str) else None
    amount = float(match["number"].replace(",", "").replace("_", "")) * _TIMES[match["times"]] if match else 0.0
    if match is None or amount <= 0 or (match["before"] and match["unit"]):
        raise RequestError(
            f"cap got {short_repr(cap)}; expected a number of tokens, such as 200_000, or an amount of money in the "
            'unit of your prices, such as "20 EUR".'
        )
    unit = (match["unit"] or match["before"]).strip()
    if unit.lower() in _TOKENS:
        return Cap(amount=amount)
    price = prices.get(model)
    if price is None:
        raise RequestError(
            f"cap got {short_repr(cap)}, and there are no prices for {model!r}. Set them for a million tokens of the "
            f'question and the answer: prices={{"{model}": (prompt, completion)}}; or cap tokens: cap=200_000.'
        )
    return Cap(amount=amount, unit=unit, prompt=float(price[0]) / 1e6, completion=float(price[1]) / 1e6)


@dataclass(slots=True, eq=False)
class Reservation:
    """What is set aside for a request until its answer is counted."""

    amount: float
    estimate: int  # of the prompt (tokens)


class Budget:
    """What a run has spent and set aside. All methods are called in one thread.

    What the server counts corrects the estimates: those of questions by the largest factor so far, those of answers
    without a limit by the longest so far and half as much again. An answer that is longer than that can pass the cap by
    the difference; with ``max_tokens`` nothing can.

    Parameters
    ----------
    cap : Cap or None
        The most that may be spent; None for no limit.
    elsewhere : callable, optional
        Returns the tokens that are left by another limit, such as ``max_tokens_total``; None for no limit.
    factor, longest
        What is known from before.
    """

    def __init__(
        self,
        cap: Cap | None = None,
        *,
        elsewhere: Callable[[], int | None] | None = None,
        factor: float | None = None,
        longest: int | None = None,
    ) -> None:
        self._cap = cap
        self._elsewhere = elsewhere
        self.factor = factor
        """The largest factor of a counted question to its estimate so far; None before the first."""
        self.longest = longest
        """The longest answer so far (tokens); None before the first."""
        self.needed = 0.0
        """What was to be set aside last, granted or not, in the unit of the cap."""
        self._reserved = 0.0
        self._in_flight = 0
        self.spent = 0.0
        """What was spent, in the unit of the cap."""
        self.tokens = 0
        """The tokens that were spent."""

    @property
    def is_limited(self) -> bool:
        """Whether there is a cap or another limit."""
        return self._cap is not None or self._elsewhere is not None

    @property
    def in_flight(self) -> int:
        """The number of requests for which something is set aside."""
        return self._in_flight

    @property
    def available(self) -> float:
        """What is neither spent nor set aside, in the unit of the cap; infinite without one."""
        return math.inf if self._cap is None else self._cap.amount - self.spent - self._reserved

    def reserve(self, prompt: int, limit: int | None = None) -> Reservation | None:
        """Set aside what a request may take; None if that is not available.

        Parameters
        ----------
        prompt : int
            The estimated tokens of the question.
        limit : int, optional
            The most tokens of the answer, if the request limits them.
        """
        amount = self._needed(prompt, limit, self._in_flight + 1)
        if amount is None:
            return None
        self._reserved += amount
        self._in_flight += 1
        return Reservation(amount, prompt)

    def enlarge(self, reservation: Reservation, prompt: int, limit: int | None = None) -> bool:
        """Set aside more for another request of the same row, as `reserve`; return whether it was available."""
        amount = self._needed(prompt, limit, self._in_flight)
        if amount is None:
            return False
        self._reserved += amount
        reservation.amount += amount
        return True

    def _needed(self, prompt: int, limit: int | None, requests: int) -> float | None:
        """Return what a request may take; None if that is not available."""
        tokens = max(_UNKNOWN_FACTOR * prompt, _UNKNOWN_PROMPT) if self.factor is None else prompt * self.factor
        answer = self._answer(limit)
        amount = self._price(tokens, answer)
        if self.factor is None and not self._in_flight and self._price(prompt, limit or 0) <= self.available:
            amount = min(amount, self.available)  # a small cap: a single request finds out what the others take
            tokens, answer = min(tokens, prompt), min(answer, limit or 0)
        self.needed = amount
        left = None if self._elsewhere is None else self._elsewhere()
        # The other limit knows nothing of what is set aside here, so that counts as if each request took as much.
        if amount > self.available or (left is not None and (tokens + answer) * requests > left):
            return None
        return amount

    def settle(self, reservation: Reservation, prompt: int, completion: int, *, counted: bool = True) -> None:
        """Count what a request took in place of what was set aside for it.

        Parameters
        ----------
        reservation : Reservation
            What was set aside; it must not be used again.
        prompt, completion : int
            The tokens of all attempts.
        counted : bool
            Whether the server counted them in one attempt, so that they correct the estimates.
        """
        self._reserved -= reservation.amount
        self._in_flight -= 1
        if not self._in_flight:
            self._reserved = 0.0  # without what rounding left
        self.spend(prompt, completion)
        if counted:
            self.factor = max(self.factor or 0.0, prompt / max(1, reservation.estimate))
            self.longest = max(self.longest or 0, completion)

    def spend(self, prompt: int, completion: int) -> None:
        """Count tokens for which nothing was set aside."""
        self.spent += self._price(prompt, completion)
        self.tokens += prompt + completion

    def _price(self, prompt: float, completion: float) -> float:
        if self._cap is None:
            return prompt + completion
        return prompt * self._cap.prompt + completion * self._cap.completion

    def _answer(self, limit: int | None) -> float:
        if limit is not None:
            return limit
        return _UNKNOWN_ANSWER if self.longest is None else self.longest * _LONGER + _LONGER_BY
