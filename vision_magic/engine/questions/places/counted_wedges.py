"""Wedges of a pie whose counts their names or the title tell: a question for a count is asked of these.

The name tells it in "bus (40 people)", and the total in "how do you come to school? (240 pupils)".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.amounts_of_whole import asks_for_persons, total_of
from vision_magic.engine.questions.vocabulary.words import Operation
from vision_magic.engine.questions.vocabulary.words_of_surveys import ANSWERS, ANYBODY, PERSONS

__all__ = ["with_counts"]

_COUNT: Final = re.compile(
    r"(?:[(（\[:：,，–-]|\s)\s*(?:[nN]\s*=\s*)?(?P<sign>[€$£¥₩]\s?)?(?P<number>\d+(?:[.,   ]\d{3})*(?:[.,]\d+)?)"
    r"\s?(?P<unit>[^\W\d_]+\.?|[€$£¥₩])?\s*[)）\]]?$"
)
"""A count at the end of a name: "(437명)", ": 40 people", "(n = 12)", "($1,200)"."""
_NEAR: Final = 0.006
"""How far a count may be from the share that is drawn, in parts of the whole; counts may be rounded."""
_HOW_MANY: Final[dict[Language, str]] = {
    "en": r"\bhow (?:many|much)\b|\b(?:total|number)\b|\bin all\b",
    "de": r"\bwie ?viele?\b|\binsgesamt\b|\b(?:an)?zahl\b|\bsumme\b",
    "fr": r"\bcombien\b|\bau total\b|\ben tout\b|\bnombre\b",
    "es": r"\bcu[aá]nt[oa]s?\b|\ben total\b|\bnúmero\b",
    "ko": r"몇|얼마|모두|총|합계|수[는가를]",
    "zh": r"多少|几|一共|总共|总数|人数",
}
_OF_PARTS: Final = re.compile(
    r"%|per ?cent|prozent|pour ?cent|por ?ciento|퍼센트|프로|百分|share|proportion|fraction|anteil|"
    r"(?<!took )(?<!take )(?<!taken )(?<!taking )(?<!pris )(?<!prennent )\bpart\b|porción|"
    r"비율|비중|占比|比例|占|几成|half|hälfte|moitié|mitad|절반|一半|quarter|viertel",
    re.IGNORECASE,
)
"""Words for parts of the whole, which are what is drawn."""
_ASKED: Final[frozenset[Operation]] = frozenset(
    (
        "value",
        "sum",
        "group",
        "difference",
        "compare",
        "threshold",
        "reach",
        "lookup",
        "gap",
        "mean",
        "unheard",
        "cannot",
    )
)


def with_counts(chart: Chart, query: Query, text: str) -> tuple[Chart, str]:
    """Return a pie with counts for its values, and in words from which total, if a question is for a count.

    Parameters
    ----------
    chart : Chart
        The chart.
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    """
    drawn = chart.panels[0].series if len(chart.panels) == 1 else ()
    if len(drawn) != 1 or drawn[0].kind != "pie" or _OF_PARTS.search(text) or not set(query.operations) <= _ASKED:
        return chart, ""
    found = _counts(drawn[0])
    if found is None:
        return _with_parts_of_total(chart, query, text.lower())
    counts, unit = found
    own = bool(unit) and re.search(rf"\d ?{re.escape(unit.lower())}", text.lower()) is not None
    if not own and re.search(_HOW_MANY[query.language], text.lower()) is None:
        return chart, ""
    return _with_values(chart, counts, unit), ""


def _with_values(chart: Chart, counts: tuple[float, ...], unit: str, sigma: float = 0.0) -> Chart:
    panel = chart.panels[0]
    bars = replace(panel.series[0], kind="bars", y=counts, sigma=sigma)
    return replace(chart, panels=(replace(panel, y=ChartAxis(unit=unit), series=(bars,)),))


def _with_parts_of_total(chart: Chart, query: Query, text: str) -> tuple[Chart, str]:
    """Return a pie with parts of the persons in its title for its values, if a question is for a number of these."""
    panel, whole = chart.panels[0], total_of(chart.panels[0])
    limited = query.threshold is not None and re.search(_NUMBER_OF_PERSONS[query.language], text) is not None
    if whole is None or not (limited or asks_for_persons(text, panel, query.language)):
        return chart, ""
    shares = panel.series[0].y
    parts = [whole.number * share / sum(shares) for share in shares] if sum(shares) else []
    if not parts or not all(map(math.isfinite, parts)):
        return chart, ""
    exact = all(abs(part - round(part)) < _WHOLE_NUMBER for part in parts)
    made = _with_values(chart, tuple(float(round(part)) for part in parts), "", 0.0 if exact else 0.5)
    return made, say("parts of whole", query.language, total=whole.shown(whole.number))


_WHOLE_NUMBER: Final = 0.02
"""How far a part of persons may be from a whole number; the shares of a figure may be rounded."""
_NUMBER_OF_PERSONS: Final[dict[Language, str]] = {
    "en": rf"\d (?:{ANYBODY['en']}|{PERSONS['en']}|{ANSWERS['en']})\b",
    "de": rf"\d (?:{ANYBODY['de']}|{PERSONS['de']}|{ANSWERS['de']})\b",
    "fr": rf"\d (?:{ANYBODY['fr']}|{PERSONS['fr']}|{ANSWERS['fr']})\b",
    "es": rf"\d (?:{ANYBODY['es']}|{PERSONS['es']}|{ANSWERS['es']})\b",
    "ko": r"\d ?(?:명|표|가구)",
    "zh": r"\d ?[个名位]?(?:人|学生|员工|票)|\d ?[名位票]",
}


def _counts(pie: Series) -> tuple[tuple[float, ...], str] | None:
    """Return the counts in the names of all wedges and their unit, if they are those of the shares that are drawn."""
    matches = [_COUNT.search(str(name)) for name in pie.x]
    found = [match for match in matches if match is not None]
    units = {(match["sign"] or match["unit"] or "").strip() for match in found}
    if len(found) < max(2, len(pie.x)) or len(units) != 1 or "%" in units:
        return None
    counts = tuple(_number(match["number"]) for match in found)
    return (counts, units.pop()) if _are_shares(counts, pie.y) else None


def _number(written: str) -> float:
    thousands = re.sub(r"[.,   ](?=\d{3}(?!\d))", "", written)
    return float(thousands.replace(",", "."))


def _are_shares(counts: Sequence[float], shares: Sequence[float]) -> bool:
    whole, drawn = sum(counts), sum(shares)
    if not whole or not drawn or not math.isfinite(drawn):
        return False
    return all(abs(count / whole - share / drawn) < _NEAR for count, share in zip(counts, shares, strict=True))
