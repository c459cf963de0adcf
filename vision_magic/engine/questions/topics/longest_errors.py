"""Where values are most or least certain: "which setting is the most repeatable" of a series with error bars."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_longest_error"]

_SPREAD: Final[dict[Language, str]] = {
    "en": r"spread|scatter|variation|variability|uncertainty|deviation|sd",
    "de": r"streuung|schwankung|unsicherheit|abweichung|spanne|variation",
    "fr": r"dispersion|variation|variabilité|incertitude|fluctuation",
    "es": r"dispersión|variación|variabilidad|incertidumbre|fluctuación",
    "ko": r"편차|변동|산포|오차",
    "zh": r"波动|差异|误差|偏差|离散",
}
_EVEN: Final[dict[Language, str]] = {
    "en": r"repeatable|reproducible|consistent|reliable|certain|precise|stable|steady|even|uniform|predictable",
    "de": r"gleichmäßig|regelmäßig|konstant|beständig|zuverlässig|wiederholbar|genau|sicher|stabil|einheitlich",
    "fr": r"(?:régul|constant|fiable|stable|précis|reproductible|homogène|certain)\w*",
    "es": r"(?:constante|regular|fiable|precis|estable|repetible|uniforme|segur)\w*",
    "ko": r"일정|고르|고른|안정|균일|정확|믿을",
    "zh": r"稳定|一致|均匀|可靠|精确",
}
_UNEVEN: Final[dict[Language, str]] = {
    "en": r"variable|uneven|erratic|uncertain|scattered|inconsistent|unreliable|unsteady|volatile|unpredictable",
    "de": r"ungleichmäßig|unregelmäßig|unbeständig|unzuverlässig|unsicher|uneinheitlich|variabel",
    "fr": r"(?:variable|irrégul|inégal|dispersé|incertain|instable)\w*",
    "es": r"(?:variable|irregular|dispers|inciert|inestable)\w*",
    "ko": r"들쭉날쭉|불규칙|불안정|불확실|고르지 ?(?:않|못)|일정하지 ?(?:않|못)",
    "zh": r"不稳定|不规则|参差|不均匀|不确定|不一致",
}
_MOST: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"\bmost (?:U)\b",
        r"\bleast (?:E)\b",
        r"\b(?:var(?:y|ies|ied)|differ(?:s|ed)?|scatter(?:s|ed)?|spread) (?:the )?most\b",
        r"\b(?:largest|biggest|widest|greatest|highest|most) (?:S)\b",
    ),
    "de": (
        r"\bam (?:meisten|stärksten) (?:ge)?(?:streu|schwank|variier)\w+",
        r"(?:ge)?(?:streu|schwank|variier)\w+ .{0,20}\bam (?:meisten|stärksten)\b",
        r"(?:U)st\w*|\bam wenigsten (?:E)\b",
        r"\b(?:größte\w*|höchste\w*|stärkste\w*) (?:S)",
    ),
    "fr": (
        r"\b(?:vari|fluctu|dispers)\w+ le plus\b",
        r"\ble plus (?:vari|fluctu|dispers)\w+",
        r"\bplus (?:U)\b",
        r"\bmoins (?:E)\b",
        r"\bplus (?:grande|forte|de) (?:S)",
    ),
    "es": (
        r"\b(?:var[ií](?:a|ó|ar|aron|ado|aba)n?|fluctu\w+|dispers\w+) más\b",
        r"\bmás (?:U)\b",
        r"\bmenos (?:E)\b",
        r"\b(?:mayor|más) (?:S)",
    ),
    "ko": (
        r"(?:가장|제일) ?(?:많이|크게|심하게) ?(?:흔들|변동|퍼지|퍼진|흩어)",
        r"(?:가장|제일) ?(?:U)",
        r"(?:S)\S? ?(?:가장|제일) ?(?:크|큰|심)",
        r"(?:가장|제일) ?(?:S)\S? ?(?:크|큰|심)",
    ),
    "zh": (r"最(?:U)", r"(?:S)最大"),
}
_LEAST: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"\bmost (?:E)\b",
        r"\bleast (?:U)\b",
        r"\b(?:var(?:y|ies|ied)|differ(?:s|ed)?|scatter(?:s|ed)?|spread) (?:the )?least\b",
        r"\b(?:smallest|narrowest|lowest|least) (?:S)\b",
    ),
    "de": (
        r"\bam wenigsten (?:ge)?(?:streu|schwank|variier)\w+",
        r"(?:ge)?(?:streu|schwank|variier)\w+ .{0,20}\bam wenigsten\b",
        r"(?<!un)(?:E)st\w*",
        r"\b(?:kleinste\w*|geringste\w*|niedrigste\w*) (?:S)",
    ),
    "fr": (
        r"\b(?:vari|fluctu|dispers)\w+ le moins\b",
        r"\ble moins (?:vari|fluctu|dispers)\w+",
        r"\bplus (?:E)\b",
        r"\bmoins (?:U)\b",
        r"\b(?:plus (?:petite|faible)|moins de) (?:S)",
    ),
    "es": (
        r"\b(?:var[ií](?:a|ó|ar|aron|ado|aba)n?|fluctu\w+|dispers\w+) menos\b",
        r"\bmás (?:E)\b",
        r"\bmenos (?:U)\b",
        r"\b(?:menor|menos) (?:S)",
    ),
    "ko": (r"(?:가장|제일) ?(?:E)", r"(?:S)\S? ?(?:가장|제일) ?(?:작|적)", r"(?:가장|제일) ?(?:S)\S? ?(?:작|적)"),
    "zh": (r"最(?:E)", r"(?:S)最小"),
}


def as_longest_error(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which setting is the most repeatable" of a series with error bars as a question for the shortest.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    bars = len(drawn) == 1 and any(map(math.isfinite, drawn[0].extra.get("error", ())))
    kept = query.places or query.threshold or query.bounds or query.groups or query.without or query.then
    if len(panels) != 1 or not bars or kept or query.top or query.rank > 1:
        return query
    longest, shortest = (_said(words, text.lower(), query.language) for words in (_MOST, _LEAST))
    said = longest or shortest
    if (longest is None) == (shortest is None) or said is None or not _is_heard(query, said):
        return query
    words: frozenset[Operation] = frozenset(("error", "maximum" if longest else "minimum"))
    return replace(query, operations=_ERROR, words=words, text=text.lower(), unheard="", yes_no=False, firm=True)


_ERROR: Final[tuple[Operation, ...]] = ("error",)


def _said(forms: dict[Language, tuple[str, ...]], text: str, language: Language) -> str | None:
    """Return the words for the largest, or the smallest, spread in a question; None if it has none."""
    known = {"E": _EVEN, "U": _UNEVEN, "S": _SPREAD}
    for form in forms[language]:
        words = re.sub(r"\((?:\?:)([EUS])\)", lambda letter: f"(?:{known[letter[1]][language]})", form)
        match = re.search(words, text)
        if match is not None:
            return match[0]
    return None


def _is_heard(query: Query, said: str) -> bool:
    """Return whether every word of a question was understood, apart from those for a spread."""
    return "unheard" not in query.operations or query.unheard.lower() in said
