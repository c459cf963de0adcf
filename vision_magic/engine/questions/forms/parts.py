"""The parts of an English question that asks for two things: "which is highest, and what is the mean?"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["parts_in_east", "parts_in_europe", "parts_of", "refers_back"]

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


_ASKS_IN_EUROPE: Final = (
    r"(?:um |in |an |bei |mit |de |à |en |dans |con |por |a )?"
    r"(?:wie ?viele?|wie \w+|was|wann|wo|wer|welche\w*|combien|quel\w*|quand|où|qui|comment|"
    r"cu[aá]nt\w+|cu[aá]l\w*|cu[aá]ndo|d[oó]nde|qu[eé]|qui[eé]n)\b"
)
_JOINT_IN_EUROPE: Final = re.compile(
    rf"(?:\? *¿?(?=\w)|,? (?:und|et|y) +(?={_ASKS_IN_EUROPE})|, (?={_ASKS_IN_EUROPE}))", re.IGNORECASE
)


def parts_in_europe(text: str) -> tuple[str, str]:
    """Return both parts of a German, French or Spanish question, or the whole and nothing."""
    for match in _JOINT_IN_EUROPE.finditer(text):
        first, second = text[: match.start()].strip(), text[match.end() :].strip()
        if len(first.split()) > 2 and re.search(_ASKS_IN_EUROPE, first, re.IGNORECASE) and len(second.split()) > 2:
            return f"{first}?", f"¿{second}" if text.startswith("¿") else second
    return text, ""


_JOINT_IN_EAST: Final = re.compile(
    r"[?？] *(?=\S)|고,? +(?=그 ?(?:때|달|해|날)(?:에|의)? )|[，,] *(?=(?:那时|当时|那个?(?:月|年|天))\S)"
)
_STEADY_OR_NOT: Final = re.compile(
    r"(?P<steady>.*(?:꾸준히|계속|줄곧|내내|항상).*(?:늘|줄|오르|올[랐라]|떨어|내[려렸]|증가|감소|상승|하락)\S*?"
    r"(?: (?:건|거|것)\S{0,3}?)?(?:요|까|야|어|지|죠|[나가]))[,?]? ?"
    r"(?P<ko>아니면|혹은) .*(?:꺾|줄|늘|떨어|내[려리렸린]|오르|올[라랐]|주춤|반대|출렁).*|"
    r"(?P<steady_zh>.*(?:一直|持续|稳步|不断).*?(?:涨|跌|升|降|增|减)\S*?)[,，]?(?P<zh>还是|還是).*(?:降|跌|落|波动|起伏|反复|升|涨|增|减).*"
)
"""Whether it rose at every step, or fell at some: the first holds, or the second does."""
_TOLD_IN_EAST: Final = re.compile(
    r"(?:그리고 ?)?(?:그때|그 ?값은?|그건|그게|몇|언제|얼마|어디|누구|뭐|무슨|어느|어떤)\S{0,8}(?: \S{1,8}){0,2}\W*|"
    r"(?:那?是|那时候?|当时|在|分别是)?(?:哪|什么|多少|几|谁)[^?？]{0,18}\W*"
)
"""A second part that the answer to the first tells already, as it names a place and a value."""


def parts_in_east(text: str) -> tuple[str, str]:
    """Return both parts of a Korean or Chinese question that has a question mark within, or the whole and nothing."""
    steady = _STEADY_OR_NOT.match(text)
    if steady is not None:
        return (f"{steady['steady']}?" if steady["ko"] else f"{steady['steady_zh']}吗？"), ""
    match = _JOINT_IN_EAST.search(text)
    if match is None or len(text[: match.start()]) < 5 or len(text[match.end() :]) < 5:
        return text, ""
    first, second = text[: match.end()].strip(), text[match.end() :].strip()
    asks = re.search(r"가장|제일|최고|최저|最|언제|처음|首次", first)
    return first, "" if asks and _TOLD_IN_EAST.fullmatch(second) else second


_BACK_IN: Final[dict[Language, str]] = {
    "de": r"(?<!\w)(?:dann|da|dabei|damals|zu (?:dem|diesem) zeitpunkt|in (?:dem|diesem) (?:monat|jahr)|"
    r"an diesem tag)(?!\w)",
    "fr": r"(?<!\w)(?:à ce moment(?:-là)?|alors|ce (?:mois|jour)-là|cette année-là)(?!\w)",
    "es": r"(?<!\w)(?:entonces|en ese (?:momento|mes|año|día))(?!\w)",
    "ko": r"그 ?(?:때|달|해|날)(?:에|의)?",
    "zh": r"那时候?|当时|那个?(?:月|年|天)",
}
_BACK: Final = re.compile(
    r"(?<!\w)(?:then|there|(?:in|on|at|during) (?:that|this|the same) \w+|"
    r"that (?:year|month|day|time|point)|at the time)(?!\w)",
    re.IGNORECASE,
)


def refers_back(text: str, language: Language = "en") -> str:
    """Return the second part of a question without the words that mean the place of the first, if it has any."""
    return re.sub(_BACK_IN.get(language, _BACK.pattern), " ", text, flags=re.IGNORECASE)
