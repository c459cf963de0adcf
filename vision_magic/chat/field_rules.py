"""Rules for the fields of a request: what each accepts, in words and as a check."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, Literal

__all__ = ["Rule"]

Kind = Literal["number", "integer", "boolean", "string", "strings", "json"]
"""The kind of a value, which determines how it is parsed from text, such as an option of a magic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The values that a field accepts.

    Attributes
    ----------
    description : str
        A short description of the field.
    expected : str
        The accepted values in words, for error messages and the help.
    kind : str
        The kind of its values.
    check : callable
        Returns the value to send; raises ``ValueError`` or ``TypeError`` for a value that is not accepted.
    """

    description: str
    expected: str
    kind: Kind
    check: Callable[[Any], Any]


def number(low: float, high: float, *, description: str) -> Rule:
    """Return the rule for a number between two limits, both included."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError
        result = float(value)
        if not (math.isfinite(result) and low <= result <= high):
            raise ValueError
        return int(result) if result.is_integer() and not isinstance(value, float) else result

    return Rule(description=description, expected=f"a number from {low:g} to {high:g}", kind="number", check=check)


def integer(low: int | None = None, high: int | None = None, *, description: str) -> Rule:
    """Return the rule for an integer, with or without limits, both included."""

    def check(value: object) -> int:
        if isinstance(value, bool):
            raise TypeError
        result = operator.index(value)  # type: ignore[arg-type]  # raises TypeError for anything else
        if (low is not None and result < low) or (high is not None and result > high):
            raise ValueError
        return result

    if low is None:
        expected = "an integer"
    else:
        expected = f"an integer from {low} to {high}" if high is not None else f"an integer of {low} or more"
    return Rule(description=description, expected=expected, kind="integer", check=check)


def boolean(*, description: str) -> Rule:
    """Return the rule for True or False."""
    return Rule(description=description, expected="True or False", kind="boolean", check=_check_bool)


def string(*, description: str) -> Rule:
    """Return the rule for a non-empty string."""
    return Rule(description=description, expected="a non-empty string", kind="string", check=_check_string)


def strings(max_count: int, *, description: str) -> Rule:
    """Return the rule for a string or a list of at most `max_count` strings, none of them empty."""

    def check(value: object) -> str | list[str]:
        if isinstance(value, str):
            return str(_check_string(value))
        if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
            raise TypeError
        result = [_check_string(item) for item in value]
        if not 1 <= len(result) <= max_count:
            raise ValueError
        return result

    return Rule(
        description=description,
        expected=f"a string, or a list of 1 to {max_count} strings",
        kind="strings",
        check=check,
    )


def custom(check: Callable[[Any], Any], *, description: str, expected: str) -> Rule:
    """Return a rule with its own check, for a field whose value is JSON."""
    return Rule(description=description, expected=expected, kind="json", check=check)


def to_json_value(value: object) -> Any:
    """Return a copy of a value that JSON can express; raise ``ValueError`` or ``TypeError`` for any other."""
    return json.loads(json.dumps(value, allow_nan=False))


def json_object(value: object) -> dict[str, Any]:
    """Return a mapping as a JSON object; raise ``ValueError`` or ``TypeError`` if JSON cannot express it."""
    if not isinstance(value, Mapping):
        raise TypeError
    result: dict[str, Any] = to_json_value(dict(value))
    return result


def _check_bool(value: object) -> bool:
    if value is True or value is False:
        return value
    raise TypeError


def _check_string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if not value:
        raise ValueError
    return str.__str__(value)  # not str(value), which returns the name of an enum member
