"""What does a field of the request accept? One rule per field: the words, and the check behind them."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal

__all__ = ["Rule"]

Kind = Literal["number", "integer", "flag", "text", "texts", "json"]
"""How the value is written where there is only text, as in a magic's options."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one field accepts.

    Attributes
    ----------
    meaning : str
        What the field is for, in a few words.
    accepts : str
        What it accepts, in words, as errors and the help show it.
    kind : str
        How it is written as text.
    check : callable
        Returns the value to send; raises ``ValueError`` or ``TypeError`` for any other.
    """

    meaning: str
    accepts: str
    kind: Kind
    check: Callable[[Any], Any]


def number(low: float, high: float, *, meaning: str) -> Rule:
    """Return the rule for a number between two limits, both included."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError
        result = float(value)
        if not (math.isfinite(result) and low <= result <= high):
            raise ValueError
        return int(result) if result.is_integer() and not isinstance(value, float) else result

    return Rule(meaning=meaning, accepts=f"a number from {low:g} to {high:g}", kind="number", check=check)


def whole(low: int | None = None, high: int | None = None, *, meaning: str) -> Rule:
    """Return the rule for a whole number, with or without limits."""

    def check(value: object) -> int:
        if isinstance(value, bool):
            raise TypeError
        result = operator.index(value)  # type: ignore[arg-type]  # it raises the TypeError that we want
        if (low is not None and result < low) or (high is not None and result > high):
            raise ValueError
        return result

    if low is None:
        accepts = "a whole number"
    else:
        accepts = f"a whole number from {low} to {high}" if high is not None else f"a whole number from {low} up"
    return Rule(meaning=meaning, accepts=accepts, kind="integer", check=check)


def flag(*, meaning: str) -> Rule:
    """Return the rule for True or False."""
    return Rule(meaning=meaning, accepts="True or False", kind="flag", check=_is_bool)


def text(*, meaning: str) -> Rule:
    """Return the rule for a text that is not empty."""
    return Rule(meaning=meaning, accepts="a text that is not empty", kind="text", check=_is_text)


def texts(most: int, *, meaning: str) -> Rule:
    """Return the rule for one text or a list of them."""

    def check(value: object) -> str | list[str]:
        if isinstance(value, str):
            return str(_is_text(value))
        if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
            raise TypeError
        result = [_is_text(item) for item in value]
        if not 1 <= len(result) <= most:
            raise ValueError
        return result

    return Rule(meaning=meaning, accepts=f"one text, or a list of 1 to {most}", kind="texts", check=check)


def custom(check: Callable[[Any], Any], *, meaning: str, accepts: str) -> Rule:
    """Return a rule with its own check, for fields whose value is JSON."""
    return Rule(meaning=meaning, accepts=accepts, kind="json", check=check)


def plain_json(value: object) -> Any:
    """Return the value as JSON knows it; raise ``ValueError`` or ``TypeError`` where it does not."""
    return json.loads(json.dumps(value, allow_nan=False))


def json_object(value: object) -> dict[str, Any]:
    """Return a mapping as a plain JSON object."""
    if not isinstance(value, Mapping):
        raise TypeError
    result: dict[str, Any] = plain_json(dict(value))
    return result


def _is_bool(value: object) -> bool:
    if value is True or value is False:
        return value
    raise TypeError


def _is_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if not value:
        raise ValueError
    return str.__str__(value)  # the text itself: str() of an enumeration's member is its name
