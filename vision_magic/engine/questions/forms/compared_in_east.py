"""Comparisons in Korean and Chinese of two places or two series: by how much, or whether, one of them is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import is_quantity, quantities_in
from vision_magic.engine.questions.places.periods import is_amount
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.vocabulary.judging import is_of_means

__all__ = ["as_compared_in_east"]

_HOW_MUCH: Final[dict[Language, str]] = {
    "ko": r"보다.*(?:몇|얼마)",
    "zh": r"[比较].*(?:多少|几(?!乎))",
}
"""That an amount is asked for by which one is more than the other."""
_THAN_PLACE: Final[dict[Language, str]] = {
    "ko": r"[\ue000-\ue3ff\uec00-\uefff]\S{0,4}보다",
    "zh": r"[比较] ?[\ue000-\ue3ff\uec00-\uefff]",
}
"""That one of two places is the one with which the other is compared."""
_MORE: Final = "热暖贵重长高深宽多大快"
_LESS: Final = "冷凉轻短矮浅窄少小慢"
_ADJECTIVE: Final = re.compile(
    rf"[\ue000-\ue7ff\uec00-\uefff]\S{{0,4}}?[比较]\S{{0,3}}?[\ue000-\ue7ff\uec00-\uefff]\S{{0,6}}?"
    rf"(?:更|还|要|来得|的?天气)*(?P<adjective>便宜|暖和|凉快|[{_MORE}{_LESS}])(?:一些|一点|些)?[吗嘛么呢??]"
)
"""One place or series "than" another, and an adjective, of which it is asked whether it is so."""


def as_compared_in_east(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a Korean or Chinese question that compares two things as one for their difference, or whether it is so.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.language not in ("ko", "zh") or len(panels) != 1 or query.then or query.firm:
        return query
    if _is_plain_amount(query, panels):
        return replace(query, firm=True)
    forms = (_of_means_themselves, _from_limit, _at_several_places, _by_how_much, _whether_more)
    return next((found for form in forms if (found := form(query, panels)) is not None), query)


def _of_means_themselves(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "the months with a mean temperature above 20" of values that are means as one about these values."""
    if query.operations != ("threshold",) or query.statistic != "mean" or query.yes_no or not is_of_means(panels):
        return None
    return replace(query, statistic="", words=query.words - {"mean"}, firm=len(drawn_series(panels)) == 1)


_SHORT_OF: Final[dict[Language, str]] = {
    "ko": r"(?:\s|[\uec00-\uefff])(?:보다|까지|에서|에 ?비해).*(?:몇|얼마)",
    "zh": r"[离距比较](?: |[\uec00-\uefff]).{0,4}(?:差|少|多|低|高|缺).{0,2}(?:多少|几)",
}
"""By how much a value is short of a line of reference, of which the words were taken out, or beyond it."""


def _from_limit(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how many shops is Chengdu short of the target" as a question how far its value is from the line."""
    one = len(query.series) == 1 or len(drawn_series(panels)) == 1
    chosen = bool({"maximum", "minimum"} & query.words)
    operations = {"difference", "compare", "value", "maximum", "minimum", "trend"}
    asked = set(query.operations) <= operations and not chosen and len(query.places) == 1
    amounts = tuple(amount for amount in query.amounts if amount not in query.places)
    short = one and asked and len(query.limits) == len(amounts) == 1 and query.threshold is None
    said = short and re.search(_SHORT_OF[query.language], query.text) is not None
    return replace(query, operations=("from limit",), amounts=amounts, yes_no=False, firm=True) if said else None


def _is_of_how_much(query: Query) -> bool:
    than = re.search(_HOW_MUCH[query.language], query.text) is not None
    return than and query.operations in (("compare",), ("difference",), ("value",))


def _at_several_places(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how much more A than B was sold at the weekend" as the difference of the sums of both series there."""
    of_group = len(query.groups) == 1 and not query.places
    places = query.groups[0].places if of_group else query.places
    place = r"[\ue000-\ue3ff\uec00-\uefff]"
    joined = re.search(rf"{place}(?:와|과|이랑|하고|및|和|与|、|,) ?{place}", query.text) is not None
    than = re.search(_HOW_MUCH[query.language], query.text) is not None
    asked = query.operations in (("compare",), ("difference",), ("value",), ("group",))
    several = len(query.series) == 2 and len(places) > 1 and (joined or of_group) and than and asked
    shared = all(place in one.x for one in drawn_series(panels) for place in places)
    axes = [(panel.axis_of(one), panel.title) for panel in panels for one in drawn_series([panel])]
    added = all(is_amount(f"{axis.label} {title}", axis.unit) for axis, title in axes)
    if not several or not shared or not added:
        return None
    sides = tuple(Side(series=(name,), places=places, statistic="sum") for name in query.pair)
    plain = replace(query, operations=("sides",), sides=sides, series=(), places=(), groups=(), statistic="")
    return replace(plain, direction="up", words=frozenset(("difference",)), yes_no=False, firm=True)


def _by_how_much(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how many more cups were sold on Friday than on Thursday" as the difference of two places of a series."""
    one = len(query.series) == 1 or (len(drawn_series(panels)) == 1 and not query.series)
    two = len(query.places) == 2 and not (query.bounds or query.groups or query.threshold or query.statistic)
    than = re.search(_THAN_PLACE[query.language], query.text) is not None
    asked = one and two and than and _is_of_how_much(query)
    return replace(query, operations=("difference",), firm=True) if asked else None


def _whether_more(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "is October colder than April" as a comparison of the two, if its adjective fits what is drawn."""
    found = _ADJECTIVE.search(query.text) if query.language == "zh" else None
    two = (len(query.places) == 2 and len(query.series) < 2) or (len(query.series) == 2 and len(query.places) == 1)
    if found is None or not two or query.operations not in ((), ("value",), ("compare",)) or query.threshold:
        return None
    meant = set(quantities_in(found["adjective"], "zh"))
    axes = [panel.axis_of(one) for panel in panels for one in panel.series]
    if meant and not any(is_quantity(one, axis) for one in meant for axis in axes):
        return None
    less = found["adjective"][0] in f"{_LESS}便凉"
    text = query.text.replace(found["adjective"], "低" if less else "高")
    return replace(query, operations=("compare",), text=text, yes_no=True, words=query.words | {"compare"})


_PLAIN_AMOUNT: Final[dict[Language, str]] = {
    "ko": r"^\W*(?:[\ue000-\uf8ff]\S{0,3} ){1,2}(?:[가-힣]{1,6} )?(?:모두 |전부 |총 )?(?:몇 ?\S{1,3}|얼마나?) ?"
    r"(?:팔[리렸려린]|있|였|이었|인가|예요|이에요|이야|되|됐|나왔|나오|왔)\S*$",
    "zh": r"^\W*(?:[\ue000-\uf8ff][年月日号]?份?的?){1,2}(?:[一-龥]{0,3}(?:卖|有|是|来)[出到]?了?)"
    r"(?:多少|几)[一-龥]{0,4}\W*$",
}
"""How many there were at one place, and no other word: verbs of selling, of being there and of coming."""


def _is_plain_amount(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the amount at one place is asked for in plain words, each of which the chart accounts for."""
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    one = len(drawn) == 1 and len(query.places) == 1 and query.places[0] in drawn[0].x
    asked = one and query.operations == ("value",) and not query.yes_no
    return asked and re.search(_PLAIN_AMOUNT[query.language], query.text.strip()) is not None
