"""What the rows of a table took, and what the rest of a run will take."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from vision_magic.session.usage import Counted, cost_at

__all__ = ["Rest", "TableUsage", "usage_of_rows"]


class Rest(Protocol):
    """What the pictures that have no row yet will take, as far as that is known; each of them if `rows` is None."""

    @property
    def rows(self) -> int | None: ...  # noqa: D102
    @property
    def tokens(self) -> float | None: ...  # noqa: D102
    @property
    def seconds(self) -> float | None: ...  # noqa: D102
    @property
    def cost(self) -> float | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUsage:
    """What the rows of a table took.

    Attributes
    ----------
    requests : int
        The number of requests that were sent, repeated ones included.
    prompt_tokens, completion_tokens : int
        Their tokens.
    cached_tokens : int
        Those of the prompts that were in the server's cache; their price is the third of the prices of a model.
    estimated : bool
        Whether a part of the tokens is estimated, since a server did not count them.
    cost : float or None
        Their cost by the prices of the settings; None if a price is missing.
    seconds : float
        The sum of the times of all answers (seconds). The run took less, since many were answered at once.
    """

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False
    cost: float | None = None
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """The tokens of the questions and the answers."""
        return self.prompt_tokens + self.completion_tokens


class _Part(Counted, Protocol):
    """A row, or the sums of several rows of one model."""

    @property
    def model(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def tries(self) -> int: ...
    @property
    def estimated(self) -> bool: ...


def usage_of_rows(parts: Iterable[_Part], prices: Mapping[str, Any], asked: str) -> TableUsage:
    """Return what rows took.

    Parameters
    ----------
    parts : iterable
        The rows, or their sums.
    prices : mapping
        The prices of the settings, by model.
    asked : str
        The model that was asked: a server may name it more exactly, and not at all where it failed.
    """
    parts = list(parts)
    costs = [_cost(part, prices.get(part.model, prices.get(asked))) for part in parts]
    return TableUsage(
        requests=sum(part.tries for part in parts),
        prompt_tokens=sum(part.prompt_tokens for part in parts),
        completion_tokens=sum(part.completion_tokens for part in parts),
        cached_tokens=sum(part.cached_tokens for part in parts),
        estimated=any(part.estimated for part in parts),
        cost=None if None in costs or not prices else math.fsum(cost or 0.0 for cost in costs),
        seconds=math.fsum(part.seconds for part in parts),
    )


def _cost(part: _Part, price: Any) -> float | None:
    if not part.prompt_tokens and not part.completion_tokens:
        return 0.0
    return None if price is None else cost_at(price, part)
