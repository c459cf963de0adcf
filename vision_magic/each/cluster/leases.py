"""Leases: the share of a cap that each chunk on a cluster may spend, so that all chunks together stay below the cap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vision_magic.each.budget import Cap

__all__ = ["Grant", "Leases", "whole_cap"]

_SPARE: Final = 1.5
"""A chunk gets so many times what it is expected to spend, as far as there is enough: pictures differ."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a chunk may do.

    Attributes
    ----------
    rows : int
        The rows that it may hold.
    amount : float or None
        What it may spend, in the unit of the cap; None without a cap.
    """

    rows: int
    amount: float | None


class Leases:
    """The account of a cap that several chunks spend from at once.

    What a chunk may spend is set aside when it leaves, and what it did not spend comes back with its rows. The sum of
    what is spent and set aside never exceeds the cap.

    Parameters
    ----------
    cap : float or None
        What may be spent in all, in tokens or money; None for no limit.
    """

    def __init__(self, cap: float | None) -> None:
        self._cap = cap
        self._leased = 0.0
        self._rows = 0
        self._counted = 0.0  # spent by the rows that came back
        self._lost = 0.0  # set aside for chunks that did not come back; nobody knows what they spent
        self._needed = 0.0  # what the next row must have at its disposal

    @property
    def spent(self) -> float:
        """What the rows that came back cost, and all that chunks which got lost may have spent."""
        return self._counted + self._lost

    @property
    def available(self) -> float | None:
        """What is neither spent nor set aside; None without a cap."""
        return None if self._cap is None else self._cap - self.spent - self._leased

    def grant(self, rows: int, free_slots: int = 1, concurrency: int = 1) -> Grant | None:
        """Set aside what a chunk may spend; None if too little is left for one row.

        Parameters
        ----------
        rows : int
            The rows that the chunk would hold.
        free_slots : int
            The number of chunks that could leave now, this one included: they share what is available.
        concurrency : int
            The requests that it may have in flight at once; for each, the longest possible answer is set aside.
        """
        available = self.available
        if available is None:
            return Grant(rows, None)
        amount = available / max(1, free_slots)
        mean = self._counted / self._rows if self._rows else 0.0
        if mean:
            amount = min(amount, _SPARE * rows * mean + concurrency * self._needed)
        if amount < max(self._needed, mean):
            amount = available  # too little for each of them: one chunk gets all
        if amount <= 0 or amount < max(self._needed, mean):
            return None
        self._leased += amount
        return Grant(max(1, min(rows, int(amount / mean))) if mean else rows, amount)

    def settle(self, grant: Grant, spent: float, rows: int, needed: float = 0.0) -> None:
        """Take back the lease of a chunk whose rows have come.

        Parameters
        ----------
        grant : Grant
            The lease.
        spent : float
            What was spent, in the unit of the cap.
        rows : int
            The rows that were asked.
        needed : float
            What a row must have at its disposal to be asked at all: the question and the longest possible answer; 0 if
            that is not known.
        """
        self._leased -= grant.amount or 0.0
        self._counted += spent
        self._rows += rows
        self._needed = needed

    def lose(self, grant: Grant) -> None:
        """Count the lease of a chunk as spent, since its worker died and nobody knows what it had spent."""
        self._leased -= grant.amount or 0.0
        self._lost += grant.amount or 0.0

    def write_off(self, grant: Grant) -> None:
        """Count what a chunk may have spent on a worker that died, while the engine runs the chunk again."""
        self._lost += grant.amount or 0.0

    def give_back(self, grant: Grant) -> None:
        """Take back the lease of a chunk that was never begun."""
        self._leased -= grant.amount or 0.0


def whole_cap(cap: Cap | None, most: int | None, used: int) -> Cap | None:
    """Return the cap of a run that the tokens of the session limit too.

    Parameters
    ----------
    cap : Cap or None
        The cap of the run.
    most, used : int or None, int
        The most tokens of the session, and those that are used.
    """
    from vision_magic.each.budget import Cap

    if most is None:
        return cap
    left = float(max(0, most - used))
    if cap is None:
        return Cap(amount=left)
    # Each token costs the cheaper price at least, so that fewer tokens than these are spent.
    return replace(cap, amount=min(cap.amount, left * min(cap.prompt, cap.completion)))
