"""JSON from servers: parsed leniently, within limits, and without the keys that a server may repeat.

Everything that a server sends is parsed here, so no later part of the program sees a key in it, a number that cannot
be stored, or a value nested too deeply. A key that is cut into several chunks is found where the chunks are joined, in
`chat/reply_builder.py`.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable, Iterable
from typing import Any, Final

from vision_magic.secrets import may_hold_key, without_keys_in

_fast: Callable[[str], Any] | None = None
with contextlib.suppress(ImportError):  # installed by the extra [fast]
    from orjson import loads as _fast

__all__ = ["loads"]

_MAX_NESTING: Final = 64
"""Deepest nesting of JSON; the replies of servers stay far below it."""

_MAX_DIGITS: Final = 18  # of an integer, including its sign


def loads(data: str | bytes) -> Any:
    """Parse JSON from a server, and hide the keys of this process in its strings.

    ``NaN``, infinities and integers of more than 18 digits become None.

    Raises
    ------
    ValueError
        It is not JSON, or is nested too deeply.
    """
    text = data if isinstance(data, str) else data.decode(json.detect_encoding(data), "surrogatepass")
    try:
        value = _parsed(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if text.count("{") + text.count("[") > _MAX_NESTING and _is_deep(value):
        raise ValueError("nested too deeply")
    return without_keys_in(value) if may_hold_key(text) else value


def _parsed(text: str) -> Any:
    if _fast is not None:
        with contextlib.suppress(ValueError):
            return _fast(text)
    return _DECODER.decode(text)  # accepts lone surrogates and odd numbers, which orjson does not


def _finite(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


# Numbers that Python, JSON or a database cannot hold become None, so that no later step needs to expect them.
_DECODER: Final = json.JSONDecoder(
    parse_constant=lambda name: None,
    parse_float=_finite,
    parse_int=lambda text: int(text) if len(text) <= _MAX_DIGITS else None,
)


def _is_deep(value: object) -> bool:
    """Return whether a JSON value is nested so deeply that functions that call themselves could fail on it."""
    level = [value]
    for _ in range(_MAX_NESTING):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[Any]:
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in found if isinstance(inner, dict | list)]
