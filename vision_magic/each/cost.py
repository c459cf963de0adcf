"""The cost of rows, and what the rest of a run will cost by the rows so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vision_magic.each.progress.progress import Counts
from vision_magic.each.row import Row
from vision_magic.session.usage import cost_at

__all__ = ["Estimate", "cost_of", "estimate_rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What the rest of a run will take, by the average of the rows so far.

    Attributes
    ----------
    rows : int or None
        The rows that are missing; None if the pictures were not counted.
    tokens : int or None
        Their tokens; None if the number of rows is not known.
    seconds : float or None
        Their time at the pace so far (seconds); None if the number of rows is not known.
    cost : float or None
        Their cost in the unit of the prices; None without prices.
    """

    rows: int | None
    tokens: int | None = None
    seconds: float | None = None
    cost: float | None = None


def estimate_rest(counts: Counts) -> Estimate | None:
    """Return what the rest will take; None if nothing is missing, or no row of this run has been answered.

    Parameters
    ----------
    counts : Counts
        The counts of the run so far.
    """
    asked = counts.done + counts.failed + counts.refused
    if not asked or not (counts.done + counts.refused):
        return None
    if counts.total is None:
        return Estimate(rows=None)
    rest = counts.total - counts.finished
    if rest <= 0:
        return None
    share = rest / asked
    return Estimate(
        rows=rest,
        tokens=round(share * (counts.prompt_tokens + counts.completion_tokens)),
        seconds=share * counts.seconds,
        cost=None if counts.cost is None else share * counts.cost,
    )


def cost_of(row: Row, prices: Mapping[str, Any], model: str) -> float | None:
    """Return the cost of a row by the prices of a million tokens; None if its model has none.

    Parameters
    ----------
    row : Row
        The row.
    prices : mapping
        The prices of the settings.
    model : str
        The model of the settings, where the server names another one, such as one with a date.
    """
    price = prices.get(row.model) or prices.get(model)
    return None if price is None else cost_at(price, row)
