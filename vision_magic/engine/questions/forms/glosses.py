"""Explanations inside questions: "when should we stop, i.e. at the lowest loss?" asks for the lowest loss."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["glosses_of"]

_GLOSS: Final = re.compile(
    r"(?P<main>.{6,}?)(?:,? (?:i\.e\.|that is|that means|in other words|meaning|namely|viz\.),? (?P<gloss>[^?]{6,}?)|"
    r" ?\((?:i\.e\.,? |that is,? )?(?P<inside>[^()]{6,})\))\W*$",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\W*(?:what|which|when|where|who|whose|how|in which|at which|on which|in what|at what|on what|is|are|do|"
    r"does|did)\b",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\W*(?P<wh>(?:(?:in|on|at|from|by|for) )?(?:what|which|whose|how many)(?: of the)? \w+|when|where|who|whose)\b",
    re.IGNORECASE,
)
_VERB: Final = re.compile(r"(?:have|has|had|is|are|was|were|do|did)\b", re.IGNORECASE)


def glosses_of(text: str) -> list[str]:
    """Return questions for what an explanation inside a question says, the likeliest first; none without one."""
    match = _GLOSS.match(text)
    if match is None:
        return []
    gloss = (match["gloss"] or match["inside"]).strip()
    if _ASKS.match(gloss) and not _VERB.match(gloss):
        return [f"{gloss}?"]
    asked = _ASKED.match(match["main"])
    if asked is None:
        return [f"{gloss}?"]
    first = "first " if re.search(r"\bfirst\b", match["main"]) and "first" not in gloss else ""
    if _VERB.match(gloss):
        return [f"{asked['wh']} {gloss}?"]
    return [f"{asked['wh']} {first}has the {gloss}?", f"{asked['wh']} was {gloss} {first}?", f"{gloss}?"]
