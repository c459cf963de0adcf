"""The parts of an English question that asks for two things: "which is highest, and what is the mean?"."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["parts_of", "refers_back"]

_ASKS: Final = (
    r"(?:what|which|when|where|who|whose|how|by how|by what|in (?:which|what)|on (?:which|what)|at (?:which|what)|"
    r"is|are|was|were|did|does|do|has|have|can)\b"
)
_JOINT: Final = re.compile(
    rf"(?:\?+|[,;.]|,? and|,? but|,? also)\s+(?:and |but |also |then |if so,? )*(?={_ASKS})", re.IGNORECASE
)

_TOLD: Final = re.compile(
    r"(?:and )?(?:how (?:much|many|high|low|hot|cold|warm|big|large|long|tall|fast|old|expensive|far|strong|bad|good)|"
    r"what|when|where|who|(?:in|on|at) (?:what|which) \w+|"
    r"which (?:one|year|month|day|city|country)|"
    r"(?:what|which) (?:value|amount|number|level|score|price|year|month|day|hour|time|date|was the value))"
    r"(?: \w{1,12})?(?: (?:is|was|were|are|did|does|do|has|had|have))?"
    r"(?: (?:it|that|this|they|there|then|the value|its value|the values?|the amount|the number|the figure|the score|"
    r"the price|the temperature|he|she|we|you))?(?: (?:happen|occur|be|have|get|reach|cost|then|there|"
    r"at that (?:time|point)|"
    r"that (?:year|month|day)|sell|make|use|score))?\W*",
    re.IGNORECASE,
)
"""A second part that the answer to the first tells already, as it names a place and a value."""

_TOGETHER: Final = re.compile(
    r"by how (?:much|many)|by what (?:margin|percent\w*)|how much (?:more|less|higher|lower|bigger|larger)",
    re.IGNORECASE,
)
"""A second part that is answered with the first in one sentence."""


_COLOUR: Final = re.compile(
    r"(?:which|what)(?: one| line| series| bar)? (?:is|are)(?: the)? (?:dark |light )?"
    r"(?:blue|orange|green|red|purple|violet|brown|pink|gr[ae]y|yellow|black|white|cyan|teal)(?: one)?\W*",
    re.IGNORECASE,
)
"""A second part that asks for one more colour, which is answered with the first."""


def parts_of(text: str) -> tuple[str, str]:
    """Return the first part of a question, and the second one; the second is empty if there is only one."""
    for match in _JOINT.finditer(text):
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        if not re.match(rf"(?:\w+,? )?{_ASKS}|\w+", first) or len(first.split()) < 3:
            continue
        if _TOLD.fullmatch(second) and not _BACK.search(second):
            return f"{first}?", ""
        if (
            _TOGETHER.match(second)
            or _COLOUR.fullmatch(second)
            or not re.search(rf"(?<!\w){_ASKS}", first, re.IGNORECASE)
        ):
            continue
        return f"{first}?", second
    return text, ""


_BACK: Final = re.compile(
    r"(?<!\w)(?:then|there|(?:in|on|at|during) (?:that|this|the same) \w+|"
    r"that (?:year|month|day|time|point)|at the time)(?!\w)",
    re.IGNORECASE,
)


def refers_back(text: str) -> str:
    """Return the second part of a question without the words that mean the place of the first, if it has any."""
    return _BACK.sub(" ", text)
