"""Numbers that could be names and are limits: "under 10" is none of "9 Mar" and "10 Mar"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["is_limit"]

_BEFORE: Final = re.compile(
    r"(?:\b(?:more|less|fewer|longer|shorter) than|\b(?:above|over|under|below|past|at least|at most|exceed\w*|near)|"
    r"\b(?:mehr|weniger|länger|kürzer) als|\b(?:über|unter|mindestens|höchstens)|"
    r"(?<!\w)(?:plus|moins|dessus|dessous) de|(?<!\w)(?:sous|dépass[\w-]*)(?: les)?|"
    r"\b(?:más|menos|encima|debajo) de|\bsupera\w*(?: los| las)?|超过|低于|多于|少于|不到|达到) ?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r" ?[\uac00-\ud7a3]{0,2} ?(?:이상|이하|미만|넘|초과)|(?:个|人|次|件)?(?:以上|以下)")
_YEARS: Final = range(1900, 2101)


def is_limit(text: str, match: re.Match[str], name: str) -> bool:
    """Return whether a number that was found as a name, or as the part of it, is one that values pass.

    Parameters
    ----------
    text : str
        The question.
    match : re.Match
        Where it was found.
    name : str
        The name, or the part of it.
    """
    if not name.isdigit() or int(name) in _YEARS:
        return False
    before, after = text[: match.start()], text[match.end() :]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None
