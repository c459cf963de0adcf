"""What a person types for a number or for yes or no, as a value: one rule for `set_label` and for the review."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

__all__ = ["EXPECTED", "value_of_text"]

EXPECTED: Final[Mapping[str, str]] = {"integer": "an integer", "number": "a number", "boolean": "yes or no"}
"""What is expected, by the kind of a field whose texts are read here."""

_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_PLAIN: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPS: Final = re.compile(r"([+-]?\d{1,3})((?:[ \u00a0\u2009\u202f'\u2019]\d{3})+)(?=[.,]|$)", re.ASCII)
_EITHER: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_GROUPED: Final = (  # several separators, of which only the last can be the decimal one
    (re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII), ",", "."),
    (re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII), ".", ","),
)


def value_of_text(text: str, kind: str) -> Any:
    """Return the value that a text says: a number with a point or a comma, with groups of three digits or without.

    Parameters
    ----------
    text : str
        What was typed.
    kind : {"integer", "number", "boolean"}
        The kind of the field.

    Raises
    ------
    ValueError
        It says none, or two; its words are what was expected.
    """
    said = text.strip().replace("\u2212", "-")
    if kind == "boolean":
        if said.casefold() not in _YES:
            raise ValueError(EXPECTED[kind])
        return _YES[said.casefold()]
    if _EITHER.fullmatch(said):
        grouped, decimal = said.replace(",", ""), said.replace(",", ".")
        raise ValueError(f"{grouped} or {decimal}, since a comma before three digits can be either")
    plain = _without_groups(said)
    if not _PLAIN.fullmatch(plain) or abs(number := float(plain)) == float("inf"):
        raise ValueError(EXPECTED[kind])
    if kind == "number":
        return number
    if not number.is_integer():
        raise ValueError(EXPECTED[kind])
    return int(plain) if plain.lstrip("+-").isdigit() else int(number)


def _without_groups(said: str) -> str:
    """Return a number with a decimal point and without separators of groups."""
    said = _GROUPS.sub(lambda found: found[1] + re.sub(r"\D", "", found[2]), said)
    for form, group, decimal in _GROUPED:
        if form.fullmatch(said):
            return said.replace(group, "").replace(decimal, ".")
    return said.replace(",", ".") if said.count(",") == 1 and "." not in said else said
