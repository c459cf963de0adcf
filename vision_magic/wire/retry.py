"""When a failed call is tried again, and after how long: rules without a clock."""

from __future__ import annotations

import email.utils
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

__all__ = ["LONGEST_WAIT", "MAX_RETRIES", "may_retry", "retry_after", "retry_delay"]

MAX_RETRIES: Final = 2
LONGEST_WAIT: Final = 60.0
"""A server that asks for a longer pause than this (seconds) is not waited for."""

# Worth another try: time-outs, conflicts, too early, too many, and a server that is down for a moment.
_PASSING: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


def may_retry(status: int, headers: Mapping[str, str], code: str | None) -> bool:
    """Whether a failed answer is worth another try.

    Parameters
    ----------
    status : int
        HTTP status.
    headers : mapping
        ``x-should-retry`` overrides everything: the server knows best.
    code : str or None
        The server's own name for the error; an empty account stays empty.
    """
    verdict = headers.get("x-should-retry", "").lower()
    if verdict in ("true", "false"):
        return verdict == "true"
    return status in _PASSING and code not in ("insufficient_quota", "billing_hard_limit_reached")


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the pause that a server asks for in seconds, or None where it does not.

    It is written as ``retry-after-ms``, or as ``Retry-After`` in seconds or as a date.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after", "").strip()
    seconds = _number(text)
    if seconds is not None or not text:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def retry_delay(attempt: int, asked: float | None, chance: float | None = None) -> float:
    """Return how long to wait before another try, in seconds.

    Parameters
    ----------
    attempt : int
        How many tries have failed, from 1.
    asked : float or None
        What the server asked for; never less than that.
    chance : float, optional
        From 0 to 1, in place of a random number: many clients must not come back at once.
    """
    spread = random.random() if chance is None else chance
    return max(asked or 0.0, 0.5 * 2.0 ** (attempt - 1) * (1 - spread / 4))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
