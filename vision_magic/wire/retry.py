"""Rules for retries: whether to try a failed call again, and after what pause."""

from __future__ import annotations

import email.utils
import random
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

__all__ = [
    "LONGEST_WAIT",
    "MAX_RETRIES",
    "is_temporary",
    "limit_reset",
    "may_retry",
    "retry_after",
    "retry_delay",
    "stated_wait",
    "wait_in_words",
]

MAX_RETRIES: Final = 2
_MAX_REQUESTED: Final = 366 * 86400.0  # seconds; a longer wait, such as one of a thousand years, means no more
LONGEST_WAIT: Final = 60.0
"""Longest pause that a server may ask for (seconds); if it asks for more, the call fails."""
_FIRST_PAUSE: Final = 0.5  # seconds, before the second attempt

# Timeouts, conflicts, rate limits, and servers that are temporarily down, the last five as Cloudflare says it.
_RETRYABLE: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529, 520, 521, 522, 523, 524})

_YEAR: Final = 365 * 86400.0  # seconds; the longest pause that is believed
_EPOCH: Final = 1e9  # a larger number of seconds is a date
_DATE_IN_MS: Final = 1e12

_UNIT_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_PART: Final = (
    r"\d{1,12}(?:\.\d{1,12})? ?"
    r"(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?)(?![a-z])"
)
_DURATION: Final = re.compile(r"(\d{1,12}(?:\.\d{1,12})?) ?([a-z]+)", re.IGNORECASE)
_SPAN: Final = rf"{_PART}(?:(?:,? and |, | )?{_PART}){{0,3}}"
# "try again in 2m3.5s", "retry after 20 seconds", "Please wait 20 seconds", "resets in 1h2m".
_SAYS_WAIT: Final = re.compile(
    rf"\b(?:try again|retry|retrying|wait|resets?|available again)\b(?: \w+){{0,3}}? (?:(?:in|after|for|at least) )?"
    rf"(?:about |approximately |~)?({_SPAN})",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\bretry[ _-]?after['\"]?(?: ?[:=])? ?['\"]?(\d{1,12}(?:\.\d{1,12})?)['\"]?(?=\s*(?:$|[.,;)}\]](?!\d)))",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\b(?:again|retry|resets?|regain|available)\b.{0,30}?"
    r"(\d{4}-\d\d-\d\d)(?:T| at | )(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?: ?(?:UTC|Z|\+00:00))",
    re.IGNORECASE,
)


def may_retry(status: int, headers: Mapping[str, str], lasting: bool | None = None) -> bool:
    """Return whether to send a request again after an error response.

    Parameters
    ----------
    status : int
        HTTP status.
    headers : mapping
        Headers of the response; ``x-should-retry`` overrides the other rules.
    lasting : bool or None
        Whether the server's message means that the same request will fail again; None if that is not known.
    """
    verdict = headers.get("x-should-retry", "").lower()
    if verdict in ("true", "false"):
        return verdict == "true"
    return status in _RETRYABLE if lasting is None else not lasting


def is_temporary(status: int) -> bool:
    """Return whether a status means that the same request may succeed."""
    return status in _RETRYABLE


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the pause that a server asks for (seconds), or None.

    The header is ``retry-after-ms``, or ``Retry-After`` in seconds or as a date.
    """
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None:
        return min(milliseconds / 1000, _YEAR)
    return stated_wait(headers.get("retry-after", ""), now)


def limit_reset(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Return the time until the limits that are used up are renewed (seconds), or None.

    The headers are ``x-ratelimit-reset-requests`` and its like (OpenAI, Groq, OpenRouter, Anthropic). Servers send them
    with every response, so they matter only after status 429, and only for a limit of which nothing remains.
    """
    waits = []
    for name, value in headers.items():
        if "ratelimit" in name and "reset" in name:
            remaining = _number(headers.get(name.replace("reset", "remaining"), "0"))
            if remaining is None or remaining < 1:
                waits.append(stated_wait(value, now))
    return max((wait for wait in waits if wait is not None), default=None)


def stated_wait(text: str, now: datetime | None = None) -> float | None:
    """Return the pause that a value states (seconds): a number, a duration such as ``2m59.56s``, or a date."""
    text = text.strip()
    seconds = _number(text)
    if seconds is not None:
        return _until_epoch(seconds, now)
    if re.fullmatch(_SPAN, text, re.IGNORECASE):
        return _seconds(text)
    moment = _moment(text)
    return None if moment is None else min(_YEAR, max(0.0, (moment - (now or datetime.now(UTC))).total_seconds()))


def wait_in_words(words: str, now: datetime | None = None) -> float | None:
    """Return the longest pause that a message asks for (seconds): "Please try again in 2m3.5s"."""
    return max(_waits(words, now), default=None)


def _waits(words: str, now: datetime | None) -> Iterator[float]:
    yield from (_seconds(match[1]) for match in _SAYS_WAIT.finditer(words))
    yield from (_until_epoch(float(match[1]), now) for match in _FIELD.finditer(words))
    for match in _DATE.finditer(words):
        wait = stated_wait(f"{match[1]}T{match[2]}+00:00", now)
        if wait is not None:
            yield wait


def _seconds(duration: str) -> float:
    parts = _DURATION.findall(duration)
    return min(_YEAR, sum(float(number) * _unit(name.lower()) for number, name in parts))


def _unit(name: str) -> float:
    return _UNIT_SECONDS["ms" if name.startswith("mil") else name if name == "ms" else name[0]]


def _until_epoch(seconds: float, now: datetime | None) -> float:
    """Return a number of seconds; the time until it, if it is so large that it is a date."""
    if seconds < _EPOCH:
        return min(seconds, _YEAR)
    moment = seconds / 1000 if seconds >= _DATE_IN_MS else seconds
    return min(_YEAR, max(0.0, moment - (now.timestamp() if now else time.time())))


def _moment(text: str) -> datetime | None:
    for parse in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except (ValueError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
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
    return max(requested or 0.0, _FIRST_PAUSE * 2.0 ** (attempt - 1) * (1 - jitter / 4))


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
