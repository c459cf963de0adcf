"""Names that a question calls by the initials of their words: "AOV" for "Average order value"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["with_full_names"]

_INITIALS: Final = re.compile(r"(?<![\w.&/-])[A-ZÄÖÜ]{2,6}(?![\w&/-]|\.\w)")
_WORDS: Final = "the a an of in on at for to by and or per der die das und von pro de du des la le et y"
_SMALL: Final = frozenset(_WORDS.split())


def with_full_names(text: str, names: Iterable[str]) -> str:
    """Return a question with the names in the place of their initials, where only one name has these.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and places, the labels of axes without their units, and the titles of panels.
    """
    if _INITIALS.search(text) is None or text.isupper():
        return text
    owners: dict[str, set[str]] = {}
    words: set[str] = set()
    for name in names:
        words.update(re.findall(r"\w+", name))
        for initials in _initials_of(name):
            owners.setdefault(initials, set()).add(name)

    def full(match: re.Match[str]) -> str:
        own = owners.get(match[0], set())
        return next(iter(own)) if len(own) == 1 and match[0] not in words else match[0]

    return _INITIALS.sub(full, text)


def _initials_of(name: str) -> set[str]:
    """Return the initials of the words of a name, with those of its small words and without."""
    words = re.findall(r"[^\W\d_]+", name)
    told = [word for word in words if word.lower() not in _SMALL]
    return {"".join(word[0] for word in one).upper() for one in (words, told) if len(one) > 1}
