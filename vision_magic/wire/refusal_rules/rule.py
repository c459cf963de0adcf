"""One kind of refusal, and the words that several kinds have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

__all__ = ["END", "NOT_SUPPORTED", "REQUEST_ERRORS", "SMALLER", "Refusal", "any_of"]

SMALLER: Final = "send fewer pictures, or smaller ones with --max-side 1024"
# What follows ends the clause, or names the model: "image formats", "images larger than" and "images in" are about
# something else.
END: Final = (
    r"(?=\s*(?:$|[.,;:!)\]}'\"`(-]|that you provided|please"
    r"|(?:for|by|with|on) (?:(?:this|the|that|your|any) )?(?:\w+ )?"
    r"(?:model|provider|server|endpoint|deployment|backend)\b|by \S+$))"
)
NOT_SUPPORTED: Final = r" ?(?:is|are|was|were)? ?(?:not|n't) (?:currently |yet )?(?:supported|enabled|accepted)"
REQUEST_ERRORS: Final = frozenset({0, 400, 403, 404, 410, 422})


def any_of(*patterns: str) -> str:
    """Return a pattern that matches what one of the patterns matches."""
    return "|".join(patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One kind of refusal.

    Attributes
    ----------
    meaning : str
        What the server means, as a short phrase.
    advice : str
        The next step.
    detailed : callable or None
        Takes the words of the server and returns a next step that repeats a number in them; empty if there is none.
    codes : frozenset of str
        Codes that mean this, in lower case.
    within : str
        Pattern of words that must accompany a code; for refusals that share their code with others.
    words : str
        Pattern of words that mean this without a code.
    shared_codes : frozenset of str
        Codes that mean this if no words are known: servers use them for several refusals.
    statuses : frozenset of int
        HTTP statuses that mean this if the codes and words are not known.
    only : frozenset of int
        HTTP statuses with which the words mean this; any if empty.
    unless_wait : bool
        Whether the refusal is another one if the server says how long to wait.
    retry : bool or None
        Whether the same request may succeed; None if the HTTP status decides.
    """

    meaning: str
    advice: str
    detailed: Callable[[str], str] | None = None
    codes: frozenset[str] = frozenset()
    within: str = ""
    words: str = ""
    shared_codes: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()
    only: frozenset[int] = frozenset()
    unless_wait: bool = False
    retry: bool | None = False

    def next_step(self, words: str) -> str:
        """Return what to do, with the number that the server's words state."""
        return (self.detailed(words) if self.detailed is not None else "") or self.advice
