"""The beginning, the middle and the end of a month, of an axis of days: "how many at the end of March"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_part_of_month"]

_PARTS: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        r"(?:the )?(?:beginning|start) of|early(?: in)?",
        r"mid[- ]?|(?:the )?middle of",
        r"(?:the )?end of|late(?: in)?",
    ),
    "de": (r"anfang(?: des)?|zu beginn des", r"mitte(?: des)?", r"ende(?: des)?"),
    "fr": (
        r"(?:au )?début(?: d[eu'’])?|(?:au )?commencement de",
        r"(?:à la )?mi-?|au milieu de",
        r"(?:à la )?fin(?: d[eu'’])?",
    ),
    "es": (r"(?:a )?(?:principios|comienzos|inicios) de", r"(?:a )?mediados de", r"(?:a )?(?:finales|fines) de"),
    "ko": (r" ?초(?:순|에|의)?", r" ?중순(?:에|의)?", r" ?(?:말|하순)(?:에|의|경)?"),
    "zh": (r"初|上旬", r"中旬", r"底|末|下旬"),
}
_DAYS: Final = (range(1, 11), range(11, 21), range(21, 32))
_STATISTICS: Final[tuple[Operation, ...]] = ("maximum", "minimum", "mean", "median", "range")
_LETTER: Final = "[\ue000-\ue3ff\uec00-\uefff]"


def as_part_of_month(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a part of a month as one about its days, or as one that names it where none is drawn.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    month = query.places[0] if len(query.places) == 1 else None
    drawn = [str(place) for one in drawn_series(panels)[:1] for place in one.x]
    daily = bool(drawn) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", place) for place in drawn)
    if not daily or not isinstance(month, str) or re.fullmatch(r"\d{4}-\d\d", month) is None or query.firm:
        return query
    if query.operations in ((), ("cannot",), ("unheard",)):
        return query
    for words, days in zip(_PARTS[query.language], _DAYS, strict=True):
        east = query.language in ("ko", "zh")
        pattern = rf"{_LETTER}월?月?(?P<part>{words})" if east else rf"(?<!\w)(?P<part>{words}) ?{_LETTER}"
        match = re.search(pattern, query.text)
        if match is None:
            continue
        chosen = tuple(place for place in drawn if place.startswith(month) and int(place[8:]) in days)
        said = re.search(rf"\d+[월月](?:{words})" if east else rf"(?<!\w)(?:{words}) ?[^\W\d_]+", text.lower())
        name = said[0].strip() if said is not None else match["part"].strip()
        if not chosen:
            return replace(query, operations=("unheard",), unheard=name, firm=True)
        query = replace(query, places=(), groups=(Group(name, chosen),), firm=True)
        told = [one for one in _STATISTICS if one in query.operations or one in query.words]
        return replace(query, operations=tuple(told[:1]) or ("group",))
    return query
