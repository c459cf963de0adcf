"""Adverbs of how often that are names of a chart, and are none in a superlative: "most often" beside "Often"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["is_adverb"]

_DEGREES: Final = re.compile(
    r"(?:\b(?:most|least|more|less|how|so|as|too)|\b(?:wie|so|zu|am)|(?<!\w)(?:plus|moins|si|aussi|combien)|"
    r"(?<!\w)(?:más|menos|tan|qué tan)(?: con)?|가장|제일|더|얼마나|最|更|多) ?$",
    re.IGNORECASE,
)
_ADVERBS: Final = re.compile(
    r"often|frequently|commonly|rarely|seldom|regularly|häufig|oft|selten|souvent|fréquemment|rarement|(?:a )?menudo|"
    r"frecuentemente|raramente|자주|드물게|흔히|经常|常常|常|少见|很少"
)


def is_adverb(text: str, match: re.Match[str]) -> bool:
    """Return whether a name that was found is an adverb beside "most", "least" or "how", and does not stand for itself.

    Parameters
    ----------
    text : str
        The question.
    match : re.Match
        Where the name was found.
    """
    return _ADVERBS.fullmatch(match[0]) is not None and _DEGREES.search(text[: match.start()]) is not None
