"""Log probabilities that servers return, as `choose` has found out from their refusals."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from typing import Final

from vision_magic.errors import ServerError
from vision_magic.settings import Settings

__all__ = ["LogprobsBook", "fewer_after"]

_TOPS: Final = (20, 5)
"""Alternatives to a token that are asked for: the most that the specification allows, then the limit of Azure, of older
versions of vLLM, and of GPT-5.4 and later without reasoning.
"""

# "Invalid value for 'top_logprobs': must be less than or equal to 5."
# "Requested sample logprobs of 20, which is greater than max allowed: 5"
_TOO_MANY: Final = re.compile(r"less than or equal|greater than|at most|max(?:imum)? allowed", re.IGNORECASE)


class LogprobsBook:
    """The number of alternatives to each token that a server returns for a model; 0 if it returns none."""

    def __init__(self) -> None:
        self._most: dict[Hashable, int] = {}

    def tops(self, settings: Settings) -> tuple[int, ...]:
        """Return the numbers to ask for, one after the other; empty if the server returns no log probabilities."""
        most = self._most.get(_key(settings), _TOPS[0])
        return tuple(top for top in _TOPS if top <= most)

    def learn(self, settings: Settings, most: int) -> None:
        """Remember the number for a server and model."""
        self._most[_key(settings)] = most


def _key(settings: Settings) -> Hashable:
    # OpenAI's models refuse log probabilities unless reasoning_effort is "none", which is an extra field.
    return settings.base_url, settings.model, json.dumps(settings.extra, sort_keys=True, default=str)


def fewer_after(error: ServerError, asked: int) -> int | None:
    """Return the number of alternatives to ask for after a refusal: 0 for none; None if it is about something else."""
    words = error.server_message
    if error.status not in (400, 403, 404, 422, 500, 501) or "logprobs" not in words.lower():
        return None
    return _TOPS[1] if asked > _TOPS[1] and _TOO_MANY.search(words) else 0
