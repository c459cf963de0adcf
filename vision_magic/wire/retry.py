"""Rules for retries: whether to try a failed call again, and after what pause."""

from __future__ import annotations

import email.utils
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

__all__ = ["LONGEST_WAIT", "MAX_RETRIES", "may_retry", "retry_after", "retry_delay"]

MAX_RETRIES: Final = 2
_MAX_REQUESTED: Final = 366 * 86400.0  # seconds; a longer wait, such as one of a thousand years, means no more
LONGEST_WAIT: Final = 60.0
"""Longest pause that a server may ask for (seconds); if it asks for more, the call fails."""

# Timeouts, conflicts, rate limits, and servers that are temporarily down.
_RETRYABLE: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


def may_retry(status: int, headers: Mapping[str, str], code: str | None) -> bool:
    """Return whether to send a request again after an error response.

    Parameters
    ----------
    status : int
        HTTP status.
    headers : mapping
        Headers of the response; ``x-should-retry`` overrides the other rules.
    code : str or None
        The server's own code for the error. An account without credit is not tried again.
    """
    verdict = headers.get("x-should-retry", "").lower()
    if verdict in ("true", "false"):
        return verdict == "true"
    return status in _RETRYABLE and code not in ("insufficient_quota", "billing_hard_limit_reached")


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the pause that a server asks for (seconds), or None.

    The header is ``retry-after-ms``, or ``Retry-After`` in seconds or as a date.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return min(milliseconds / 1000, _MAX_REQUESTED)
    text = headers.get("retry-after", "").strip()
    seconds = _number(text)
    if seconds is None and text:
        seconds = _seconds_to(text, now or datetime.now(UTC))
    return None if seconds is None else min(seconds, _MAX_REQUESTED)


def _seconds_to(date: str, now: datetime) -> float | None:
    """Return the seconds until an HTTP date; 0 if it has passed, None if it is not a date that Python can hold."""
    try:
        moment = email.utils.parsedate_to_datetime(date)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_delay(attempt: int, requested: float | None, jitter: float | None = None) -> float:
    """Return the pause before the next attempt (seconds): exponential, with jitter.

    Parameters
    ----------
    attempt : int
        Number of attempts that have failed, from 1.
    requested : float or None
        Shortest pause, as requested by the server (seconds).
    jitter : float, optional
        From 0 to 1; a random number by default. It keeps many clients from retrying at the same time.
    """
    jitter = random.random() if jitter is None else jitter
    return max(requested or 0.0, 0.5 * 2.0 ** (attempt - 1) * (1 - jitter / 4))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
