"""English questions put into words that the reader knows, where the chart says what they mean.

"When did we become profitable?" of lines of revenue and costs asks when one crosses the other, "the uplift of B" how
much higher it is, and "B" stands for the bar "B (new button)".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import WITHOUT_DATA, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.full_names import with_names_as_drawn
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, period_of
from vision_magic.engine.questions.vocabulary.judging import is_of_durations
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = ["put_plainly"]

_SPREADS: Final = (
    (
        r"\b(?:least (?:predictable|consistent|reliable|steady)|"
        r"most (?:unpredictable|inconsistent|unreliable|erratic))\b",
        "most variable",
    ),
    (r"\b(?:most (?:predictable|reliable|steady)|least (?:unpredictable|erratic))\b", "most stable"),
)
_UPLIFT: Final = (
    r"\b(?:how (?:big|large|high|much) (?:is|was)|what(?:['’]s| is| was)) the (?:relative )?(?:uplift|lift) "
    r"(?:of|for|from) (?P<a>.+?) (?:over|against|versus|vs\.?|compared (?:to|with)|relative to) (?:the )?(?P<b>[^,?]+)"
)
_AT_EXTREME: Final = (
    r"^\W*(?P<asked>how (?:much|many|warm|hot|cold|high|low|wet|dry|tall|big|long)\b.{2,40}?|"
    r"what (?:is|was) the [\w ]{3,30}?) "
    r"(?:in|on|at|during) the (?P<most>\w{3,}est|most \w+) (?P<kind>month|day|year|week|quarter|hour|season)\W*$"
)
"""A value at the place where another is highest: "how much does it rain in the warmest month?"."""
_HAPPENED_AT_EXTREME: Final = (
    r"^\W*what (?:happened to|was|is|were) (?P<asked>the [\w -]{3,40}?) (?:in|on|at|during) the "
    r"(?P<kind>month|day|year|week|quarter|hour|season) (?:with|of|that had|which had) "
    r"(?P<most>the (?:most|fewest|least|highest|lowest|largest|smallest) [\w -]{3,40}?)\W*$"
)
"""A value at the place where another is highest: "what was the rate in the month with the most visits?"."""
_HEIGHT: Final = re.compile(r"\b(?:height|altitude|elevation)\b", re.IGNORECASE)
_HOW_HIGH: Final = r"^\W*how high (?:up )?(?:does|did|do) (.{1,40}?) (?:get|go|rise|climb|fly|reach)\b(?=\W*$)"
_ROLE: Final = (
    r"^(?P<kept>\W*(?:which|what) [\w ]{2,30}?(?:is|was) the (?:\w+est|(?:most|least) \w+)) "
    r"(?:visitor|guest|choice|option|one|performer|contributor)\b"
)
"""A noun behind a superlative that says no more than that one of several is meant: "the rarest visitor"."""


def put_plainly(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with what its chart says about some of its words in their place."""
    for words, plain in _SPREADS:
        text = re.sub(words, plain, text, flags=re.IGNORECASE)
    text = _with_whole_names(with_names_as_drawn(text, panels), panels)
    text = _without_parts_of_others(text, panels)
    if panels and all(one.kind == "histogram" for panel in panels for one in panel.series):
        text = re.sub(r"\bwithin (?=\d)", "at most ", text, flags=re.IGNORECASE)
    if any(_are_numbered_months(panel) for panel in panels):
        text = _with_numbers_of_months(text)
    for one in (one for panel in panels for one in panel.series if one.kind == "reference line" and " " in one.name):
        text = re.sub(r"[ -]".join(map(re.escape, one.name.split())), one.name, text, flags=re.IGNORECASE)
    if any("‰" in str(place) for panel in panels for one in panel.series for place in (*one.x[:60], one.name)):
        text = re.sub(r" ?\bper ?mill?e?\b", " ‰", text, flags=re.IGNORECASE)
    text = _with_ends(_with_axes(text, panels), panels)
    if len(panels) > 1 and sum(_HEIGHT.search(panel.y.label) is not None for panel in panels) == 1:
        text = re.sub(_HOW_HIGH, r"What was the maximum height of \1", text, flags=re.IGNORECASE)
    text = re.sub(_AT_EXTREME, r"Which \g<kind> is \g<most>, and \g<asked> then?", text, flags=re.IGNORECASE)
    at_extreme = r"Which \g<kind> has \g<most>, and how high is \g<asked> then?"
    text = re.sub(_HAPPENED_AT_EXTREME, at_extreme, text, flags=re.IGNORECASE)
    if is_of_durations(panels):
        text = re.sub(r",? and in (?:what|how much) time\b", ", and how long did it take", text, flags=re.IGNORECASE)
    text = re.sub(_ROLE, r"\g<kept>", text, flags=re.IGNORECASE)
    return re.sub(_UPLIFT, r"How much higher is \g<a> than \g<b>", text, flags=re.IGNORECASE)


def _are_numbered_months(panel: ChartPanel) -> bool:
    """Return whether the places of a panel are the months of a year, by their numbers."""
    places = [place for one in panel.series if one.kind not in WITHOUT_DATA for place in one.x]
    numbers = all(isinstance(place, float | int) and place in range(1, 13) for place in places)
    return bool(places) and numbers and re.fullmatch(r"month(?: of (?:the )?year)?", panel.x.label.lower()) is not None


def _with_numbers_of_months(text: str) -> str:
    for number, name in enumerate(MONTHS["en"], 1):
        short = rf"|{name[:3]}\b\.?" if name[:3].lower() not in ("mar", "may") else ""
        text = re.sub(rf"\b(?:{name}{short})(?!\w)", f"month {number}", text, flags=0 if number == 5 else re.IGNORECASE)
    return text


def _with_whole_names(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "B (new button)" for "B", where every name begins with a letter of its own."""
    places = [place for panel in panels for one in panel.series for place in one.x]
    names = {found[1]: found[0] for place in places if (found := re.match(r"([A-Z]) \(.+\)$", str(place)))}
    if len(names) < 2 or len(names) < len(set(places)):
        return text
    for letter, name in names.items():
        text = re.sub(rf"(?<=\w )(?:variant |version |group )?{letter}(?![\w’'(-])(?! \()", lambda _, n=name: n, text)  # type: ignore[misc]
    return text


def _with_axes(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "x axis" for "the horizontal axis", or for "the strain axis" where strain is along it."""
    text = re.sub(r"\bhorizontal ax(?=[ei]s\b)", "x ax", text, flags=re.IGNORECASE)
    text = re.sub(r"\bvertical ax(?=[ei]s\b)", "y ax", text, flags=re.IGNORECASE)
    if len(panels) != 1:
        return text
    named = re.search(r"\b([a-z]{3,}) axis\b", text.lower())
    own = [
        letter for letter, axis in (("x", panels[0].x), ("y", panels[0].y)) if named and named[1] in axis.label.lower()
    ]
    return (
        re.sub(rf"\b{named[1]} axis", f"{own[0]} axis", text, flags=re.IGNORECASE) if named and len(own) == 1 else text
    )


_OTHER_FIRST: Final = (
    r"of|in|with|when|where|that|which|to|at which|on which|"
    r"(?:(?:is|was|it|we|they) )?(?:above|below|over|under|beyond|exceeding|reaching)"
)
"""After "the first month", words that tell of which months it is the first: "the first month above 10 degrees"."""


def _with_ends(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "Q1" for "the first quarter", where the places are quarters."""
    places = [place for panel in panels for one in panel.series[:1] for place in one.x]
    names = [place for place in places if isinstance(place, str)]
    kind = (period_of(names) or kind_of_names(names) or "") if len(names) == len(places) else ""
    if not kind or len(panels) > 1 or any(map(is_date, names)):
        return text
    ends = rf"\b(first|initial) (to|until|and) (?:the )?(last|final) {kind}\b"
    text = re.sub(ends, rf"\1 {kind} \2 \3 {kind}", text, flags=re.IGNORECASE)
    for words, name in (("first|initial|opening", names[0]), ("last|final|closing", names[-1])):
        text = re.sub(rf"\b(?:the )?(?:{words}) {kind}\b(?! (?:{_OTHER_FIRST})\b)", name, text, flags=re.IGNORECASE)
    return text


def _without_parts_of_others(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "transport" for "cars, trucks and other transport", if that is drawn."""
    names = {str(name) for panel in panels for one in panel.series for name in (one.name, *one.x[:200]) if name}
    for name in names:
        if len(name) > 2 and name.lower() in text.lower():
            text = re.sub(
                rf"(?:\b[\w-]+, )*\b[\w-]+,? (?:and|or) other (?P<own>{re.escape(name)})(?!\w)",
                r"\g<own>",
                text,
                flags=re.IGNORECASE,
            )
    return text
