"""Matrices of correlations: what goes with what, in which direction, and which two go together most or least."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_correlations"]

_RELATED: Final[dict[Language, str]] = {
    "en": r"correlat\w*|relat\w*|associat\w*|link\w*|connect\w*|depend\w*|matter\w*|influenc\w*|affect\w*|impact\w*|"
    r"go(?:es)? (?:best |most |well |least )?(?:with|together)|to do with|driv\w+|tied",
    "de": r"zusammenh\w*|häng\w*|korrel\w*|beeinfluss\w*|einfluss|wichtig\w*|zähl\w*|verbunden|abhäng\w*|passt|geh\w+",
    "fr": r"corrél\w*|lié\w*|liens?|influen\w*|compte|importe|dépend\w*|rapport|vont|va\b|pèse",
    "es": r"correlac\w*|relaci\w*|influ\w*|importa\w*|depend\w*|vínculo|asocia\w*|van\b|va\b|pesa",
    "ko": r"상관\S*|관계\S*|관련\S*|영향\S*|중요\S*|연관\S*",
    "zh": r"相关性?|关系|影响|关联|联系|重要",
}
_MOST: Final[dict[Language, str]] = {
    "en": r"most|strong\w*|clos\w*|best|highest|biggest|largest|greatest|tight\w*",
    "de": r"meisten|stärkste\w*|engste\w*|größte\w*|höchste\w*|wichtigste\w*",
    "fr": r"plus",
    "es": r"más|mayor",
    "ko": r"가장|제일",
    "zh": r"最[强大紧高重]",
}
_LEAST: Final[dict[Language, str]] = {
    "en": r"least|weak\w*|loose\w*",
    "de": r"wenigsten|schwächste\w*|geringste\w*|kleinste\w*",
    "fr": r"moins|faible\w*",
    "es": r"menos|menor|débil\w*",
    "ko": r"약\S*|적은|적게|작은|없는",
    "zh": r"最[弱小少低]",
}
_WORSE: Final[dict[Language, str]] = {
    "en": r"negativ\w*|invers\w*|opposite|lowers?|hurts?|reduc\w*|harm\w*|bad|worse\w*|against",
    "de": r"negativ\w*|senk\w*|verschlechter\w*|schlecht\w*|schade\w*",
    "fr": r"négati\w*|baiss\w*|nui\w*|mauvais\w*",
    "es": r"negativ\w*|baja\w*|perjudic\w*|mal[oa]s?",
    "ko": r"음의|반대\S*|낮추\S*|나쁘?\S*|나빠\S*|해로\S*",
    "zh": r"负|降低|不好|坏",
}
_BETTER: Final[dict[Language, str]] = {
    "en": r"positiv\w*|rais\w*|helps?|improv\w*|good|boost\w*",
    "de": r"positiv\w*|heb\w*|verbesser\w*|gut",
    "fr": r"positi\w*|augment\w*|aide\w*|bon|bonne|amélior\w*",
    "es": r"positiv\w*|sube\w*|ayuda\w*|buen[oa]?|mejora\w*",
    "ko": r"양의|높이\S*|좋\S*|도움\S*",
    "zh": r"正|提高|有利|好",
}


def as_correlations(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return what a question asks of a matrix of correlations, in which each is 1 with itself.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for panel in panels for one in panel.series]
    kept = query.threshold or query.bounds or query.groups or query.without or query.then or query.has("why")
    if len(panels) != 1 or not _are_correlations(drawn) or kept:
        return query
    names = list(dict.fromkeys((*query.series, *map(str, query.places))))
    begun = dict(_begun(text.lower(), [one.name for one in drawn if one.name not in names]))
    names += [name for name in begun.values() if name not in names]
    said = {key: _said(words, text, query.language) for key, words in _SAID.items()}
    heard = " ".join((*begun, *filter(None, said.values())))
    if ("unheard" in query.operations and query.unheard.lower() not in heard) or len(names) > 2:
        return query
    if not (_is_of_pair(names, said) or _is_of_others(query, names, said)):
        return query
    least = said["least"] is not None
    words: frozenset[Operation] = frozenset(("minimum" if least else "maximum",))
    verdict = query.yes_no and len(names) == 2 and (said["worse"] is None) != (said["better"] is None)
    return replace(
        query,
        operations=("related",),
        series=tuple(names),
        places=(),
        words=words,
        direction="" if least else "down" if said["worse"] else "up" if _is_upward(said) else "",
        yes_no=verdict,
        unheard="",
        statistic="",
        rank=1,
        top=0,
        firm=True,
    )


_SAID: Final[dict[str, dict[Language, str]]] = {
    "related": _RELATED,
    "most": _MOST,
    "least": _LEAST,
    "worse": _WORSE,
    "better": _BETTER,
}


def _is_upward(said: dict[str, str | None]) -> bool:
    """Return whether only correlations above zero are meant: what goes best with it, and the highest."""
    return said["better"] is not None or said["most"] in ("best", "highest")


def _is_of_pair(names: Sequence[str], said: dict[str, str | None]) -> bool:
    """Return whether a question asks how two go together."""
    return len(names) == 2 and any(said[key] for key in ("related", "worse", "better"))


def _is_of_others(query: Query, names: Sequence[str], said: dict[str, str | None]) -> bool:
    """Return whether a question asks what goes most or least with one of them, or which two do."""
    if len(names) > 1 or (query.yes_no and not said["related"]):
        return False
    chosen = said["most"] or said["least"]
    signed = len(names) == 1 and bool(said["worse"] or said["better"])
    return bool((said["related"] and chosen) or signed or query.operations == ("maximum",))


def _are_correlations(drawn: Sequence[Series]) -> bool:
    """Return whether rows and columns have the same names, and each value is a correlation: 1 of each with itself."""
    names = {one.name for one in drawn}
    if len(drawn) < 3 or any(one.kind != "heat map" or set(one.x) != names for one in drawn):
        return False
    own = [one.y[one.x.index(one.name)] for one in drawn]
    values = [value for one in drawn for value in one.y if math.isfinite(value)]
    same = all(math.isclose(value, 1.0, abs_tol=1e-6) or math.isnan(value) for value in own)
    return same and any(map(math.isfinite, own)) and all(-1.0 <= value <= 1.0 for value in values)


_SHORTEST: Final = 5


def _begun(text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield words with which only one name begins: "bitter" of "Bitterness"."""
    for word in re.findall(rf"[^\W\d_]{{{_SHORTEST},}}", text):
        found = [name for name in names if name.lower().startswith(word)]
        if len(found) == 1:
            yield word, found[0]


def _said(words: dict[Language, str], text: str, language: Language) -> str | None:
    east = language in ("ko", "zh")
    match = re.search(words[language] if east else rf"(?<!\w)(?:{words[language]})(?!\w)", text.lower())
    return match[0] if match is not None else None
