"""The functions of `re` that modules of this package use in its place: each pattern is compiled once.

The cache of `re` holds 512 patterns, fewer than one question needs, so that most were compiled again each time: two
thirds of what a question took.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from re import DOTALL, IGNORECASE, NOFLAG, Match, Pattern, RegexFlag, compile, escape
from typing import Any

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "NOFLAG",
    "Match",
    "Pattern",
    "RegexFlag",
    "compile",
    "compiled",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "search",
    "split",
    "sub",
    "subn",
]

_Replacement = str | Callable[[Match[str]], str]


@lru_cache(maxsize=8192)
def _kept(pattern: str, flags: int) -> Pattern[str]:
    return compile(pattern, flags)


def compiled(pattern: str, *, ignore_case: bool = False) -> Pattern[str]:
    """Return a compiled pattern."""
    return _kept(pattern, _IGNORE_CASE if ignore_case else 0)


_IGNORE_CASE = int(IGNORECASE)


def search(pattern: str, string: str, flags: int | RegexFlag = 0) -> Match[str] | None:
    """Return where a pattern is first found."""
    return _kept(pattern, int(flags)).search(string)


def match(pattern: str, string: str, flags: int | RegexFlag = 0) -> Match[str] | None:
    """Return what a pattern finds at the beginning."""
    return _kept(pattern, int(flags)).match(string)


def fullmatch(pattern: str, string: str, flags: int | RegexFlag = 0) -> Match[str] | None:
    """Return what a pattern finds if it is the whole text."""
    return _kept(pattern, int(flags)).fullmatch(string)


def findall(pattern: str, string: str, flags: int | RegexFlag = 0) -> list[Any]:
    """Return all texts that a pattern finds."""
    return _kept(pattern, int(flags)).findall(string)


def finditer(pattern: str, string: str, flags: int | RegexFlag = 0) -> Iterator[Match[str]]:
    """Yield where a pattern is found."""
    return _kept(pattern, int(flags)).finditer(string)


def sub(pattern: str, repl: _Replacement, string: str, count: int = 0, flags: int | RegexFlag = 0) -> str:
    """Return a text with what a pattern finds replaced."""
    return _kept(pattern, int(flags)).sub(repl, string, count)


def subn(pattern: str, repl: _Replacement, string: str, count: int = 0, flags: int | RegexFlag = 0) -> tuple[str, int]:
    """Return a text with what a pattern finds replaced, and how often it was."""
    return _kept(pattern, int(flags)).subn(repl, string, count)


def split(pattern: str, string: str, maxsplit: int = 0, flags: int | RegexFlag = 0) -> list[str | Any]:
    """Return the parts of a text between what a pattern finds."""
    return _kept(pattern, int(flags)).split(string, maxsplit)
