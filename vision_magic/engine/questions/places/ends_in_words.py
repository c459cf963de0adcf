"""The start and the end of an axis as one of two places: "between the start and week 12", "from May to the end"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.topics.moves import is_ordered

__all__ = ["with_ends_named"]

_OF_ALL: Final[dict[Language, str]] = {
    "en": r"(?: of (?:the|this) (?:year|period|study|trial|season|series|experiment|chart|test|treatment|term|day|"
    r"week))?(?! of\b)",
    "de": r"(?: (?:des|der|dieses|dieser) (?:jahres|zeitraums|studie|saison|versuchs|messung(?:en)?|tages|woche))?"
    r"(?! (?:des|der|von)\b)",
    "fr": r"(?: (?:de l['’]|du |de la )(?:année|période|étude|essai|saison|suivi|expérience|journée|semaine))?"
    r"(?! d[eu]\b)",
    "es": r"(?: (?:del|de la|de este) (?:año|período|periodo|estudio|ensayo|temporada|seguimiento|día|semana))?"
    r"(?! del?\b)",
    "ko": "",
    "zh": "",
}
"""What the start and the end are those of, unless it is one place."""
_START: Final[dict[Language, str]] = {
    "en": r"the (?:very )?(?:start|beginning|outset)",
    "de": r"(?:dem |de[rm] )?(?:beginn|anfang|start)",
    "fr": r"(?:le |la |l['’])?(?:tout )?(?:début|départ|commencement)",
    "es": r"(?:el )?(?:principio|inicio|comienzo)",
    "ko": r"(?:맨 ?)?처음|시작|초기",
    "zh": r"(?:一|最|刚)?开始时?|最初|起初|开头",
}
_END: Final[dict[Language, str]] = {
    "en": r"the (?:very )?(?:end|finish)",
    "de": r"(?:dem |de[rm] |zum )?(?:ende|schluss)",
    "fr": r"(?:la )?(?:toute )?fin",
    "es": r"(?:el )?final",
    "ko": r"(?:맨 ?)?끝|마지막|종료",
    "zh": r"最后|结束时?|末尾|最终",
}
_FRAMES: Final[dict[Language, tuple[tuple[str, str, str], ...]]] = {
    "en": (("between ", " and ", ""), ("from ", " (?:up |through )?(?:to|until|till) ", "")),
    "de": (("zwischen ", " und ", ""), ("(?:vom|von|ab|seit) ", " bis (?:zu[mr]? )?", "")),
    "fr": (("entre ", " et ", ""), ("(?:de |du |depuis |d['’])", " (?:jusqu['’](?:à |au |en )|à |au |en )", "")),
    "es": (("entre ", " y ", ""), ("(?:desde |del? )", " (?:hasta |al? )", "")),
    "ko": (("", r"(?:부터|에서|과|와) ?", "(?:까지| ?사이)"),),
    "zh": (("(?:从|自)", "(?:到|至)", ""), ("", "(?:到|至|和|与)", "(?:之间|期间)?")),
}
"""What stands before two places, between and after them."""
_COUNTED: Final[dict[Language, str]] = {
    "en": r"(?P<before>(?:the )?[a-z]+ )?(?P<number>\d+)(?P<after>)(?!\w)",
    "de": r"(?P<before>(?:de[rmn] |die )?[a-zäöüß]+ )?(?P<number>\d+)(?P<after>)(?!\w)",
    "fr": r"(?P<before>(?:(?:la|le|les) |l['’])?[^\W\d_]+ )?(?P<number>\d+)(?P<after>)(?!\w)",
    "es": r"(?P<before>(?:(?:la|el) )?[^\W\d_]+ )?(?P<number>\d+)(?P<after>)(?!\w)",
    "ko": r"(?P<before>)(?P<number>\d+)(?P<after>[가-힣]{0,3}?)",
    "zh": r"(?P<before>第?)(?P<number>\d+)(?P<after>[一-龥]{0,2}?)",
}
"""A place of an axis of numbers, with the noun that counts it."""


def with_ends_named(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the first, or the last, place in the place of "the start" and "the end".

    Only beside another place: a question about the whole course may say both, and names none.
    """
    ends = _ends(panels)
    if ends is None:
        return text
    for word, place, first in ((_START, ends[0], True), (_END, ends[1], False)):
        for before, middle, after in _FRAMES[language]:
            own = f"(?P<own>(?:{word[language]}){_OF_ALL[language]})"
            other = f"(?P<other>{_other(place, panels, language)})"
            start = "" if language in ("ko", "zh") else r"(?<!\w)"
            form = (
                f"{start}{before}{own}{middle}{other}{after}"
                if first
                else f"{start}{before}{other}{middle}{own}{after}"
            )
            match = re.search(form, text, re.IGNORECASE)
            if match is not None:
                at, stop = match.span("own")
                return f"{text[:at]}{_named(place, match['other'], language)}{text[stop:]}"
    return text


def _ends(panels: Sequence[ChartPanel]) -> tuple[Place, Place] | None:
    """Return the first and the last place that all series have; None where they differ, or are in no order."""
    drawn = drawn_series(panels)
    if not drawn or not all(len(one.x) > 1 and is_ordered(one.x) for one in drawn):
        return None
    numbers = [[place for place in one.x if not isinstance(place, str)] for one in drawn]
    known = {
        (min(own), max(own)) if len(own) == len(one.x) else (one.x[0], one.x[-1])
        for one, own in zip(drawn, numbers, strict=True)
    }
    return known.pop() if len(known) == 1 else None


def _other(place: Place, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a pattern for the other place: a number as it is counted, or any word where places have names.

    It is not the other end: "from the start to the end" is said of the whole course.
    """
    if not isinstance(place, str):
        return _COUNTED[language]
    if language in ("ko", "zh"):
        names = sorted({str(one) for panel in panels for series in drawn_series([panel]) for one in series.x})
        return "|".join(
            (r"[\d一二三四五六七八九十]{1,3} ?(?:[月日号点时周年]|季度|[월일시주년]|분기)", *map(re.escape, names))
        )
    return rf"(?!{_START[language]}|{_END[language]})(?:(?:the|de[rmn]|l[ae]|el) )?(?!the\b|de\b)[\w.]+"


def _named(place: Place, other: str, language: Language) -> str:
    """Return a place in the form in which the question says the other one."""
    if isinstance(place, str):
        return place
    counted = re.fullmatch(_COUNTED[language], other, re.IGNORECASE)
    before, after = (counted["before"] or "", counted["after"] or "") if counted is not None else ("", "")
    return f"{before}{place:g}{after}"
