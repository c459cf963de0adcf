"""Points of which each axis has a quantity: which of both is asked for, and within which limit of the other one.

"At which angle was the marble fastest" asks for the place of the shortest time; "the cheapest hotel within 10 minutes
of the beach" for the lowest price of some of the points; "what happens to humidity when one airs longer" for a course.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import unaccounted
from vision_magic.engine.questions.checks.accounts_in_languages import accounted_in
from vision_magic.engine.questions.checks.weighing import setting_of
from vision_magic.engine.questions.language import Language, language_of
from vision_magic.engine.questions.marked import texts_of
from vision_magic.engine.questions.names.named_points import name_of_place, without_names
from vision_magic.engine.questions.names.quantities import quantities_in
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.names.words_of_axes import speaks_of, words_of_axis
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.places.units_of_axes import words_of_unit
from vision_magic.engine.questions.places.whole_spans import without_measured_length
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.dimensions import dimensions_of, superlatives
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, Operation, search

__all__ = ["is_within_limit", "nouns_of_label", "of_two_quantities", "stray_word"]

_Side = Literal["x", "y"]
_OTHER: Final[dict[_Side, _Side]] = {"x": "y", "y": "x"}
_EAST: Final[tuple[Language, ...]] = ("ko", "zh")


@dataclass(frozen=True, slots=True)
class _Limit:
    """The part of an axis within a limit, and where the question says it."""

    axis: _Side
    bounds: Bounds
    said: str


def of_two_quantities(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for the highest or lowest of points along the axis that it means, within a limit of the other.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" for one in drawn)
    points &= not any(isinstance(place, str) for one in drawn for place in one.x)
    named = any(name_of_place(place) for place in query.places) or (query.firm and "correlation" in query.operations)
    kept = named or query.groups or query.sides or query.without or query.then is not None or query.has("why")
    kept = kept or (query.of_places and query.operations in (("maximum",), ("minimum",)) and not query.bounds)
    asks = search(CONTEXT_WORDS["asks"][query.language], query.language, text.lower()) is not None
    if not points or kept or (query.yes_no and not asks) or not set(query.operations) <= _READ_OTHERWISE:
        return query
    said = without_names(without_measured_length(text, panels).lower().replace("’", "'"), panels)
    return _as_number(query, said, panels) or _as_extreme(query, said, panels) or query


def is_within_limit(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether a question is one for the highest or lowest of points within a limit, as this module reads it."""
    drawn = drawn_series([panel for chart in charts for panel in chart.panels])
    points = bool(drawn) and all(one.kind == "points" for one in drawn)
    return points and query.firm and query.bounds is not None and query.operations in (("maximum",), ("minimum",))


_READ_OTHERWISE: Final[frozenset[Operation]] = frozenset(
    (
        "maximum",
        "minimum",
        "unheard",
        "cannot",
        "slope",
        "step",
        "value",
        "threshold",
        "nearest",
        "correlation",
        "trend",
        "reach",
        "place within",
        "lookup",
        "mean",
        "rate",
        "gap",
        "range",
        "count",
    )
)
"""What the words of such a question are taken for."""


# --- numbers of places ------------------------------------------------------------------------------------------

_TRIED: Final[dict[Language, str]] = {
    "en": r"how many (?:different |various |of the )?N (?:were|was|are|did|do|have) (?:\w+ )?(?:\w+ )?"
    r"(?:tried|tested|measured|used|examined|investigated|compared|checked|there|try|test|measure|use|been \w+)(?: "
    r"out)?",
    "de": r"wie ?viele (?:verschiedene[nr]? |unterschiedliche[nr]? )?N (?:wurden|hat|haben|sind|waren|gibt|gab) "
    r"(?:man |sie |wir |es )?"
    r"(?:\w+ )?(?:probiert|ausprobiert|getestet|gemessen|untersucht|verwendet|benutzt|verglichen|eingestellt)?",
    "fr": r"combien d(?:e |')N(?: différente?s| distincte?s)? (?:a-t-on|ont été|avez-vous|avons-nous|y a-t-il|"
    r"ont-ils|sont) ?"
    r"(?:été )?(?:essayée?s?|testée?s?|mesurée?s?|utilisée?s?|étudiée?s?|comparée?s?)?",
    "es": r"cuánt[oa]s N(?: diferentes| distint[oa]s)? (?:se |han |hemos |hay|fueron )(?:\w+ )?"
    r"(?:probaron|probad[oa]s?|midieron|medid[oa]s?|ensayaron|usaron|utilizaron|utilizad[oa]s?|compararon|estudiaron)?",
    "ko": r"N[은는이가를을]? ?(?:모두 |총 )?몇 ?(?:가지|개|종류|번)\S* ?(?:나 )?(?:시험|실험|측정|사용|비교|써|해 "
    r"?봤|테스트|시도)\S*|"
    r"몇 ?(?:가지|개|종류)의? ?N[을를]? ?(?:시험|실험|측정|사용|비교|써|테스트|시도)\S*",
    "zh": r"(?:一共|总共)?(?:测试|试|测量|用|实验|比较|测)了?(?:过)?(?:多少|几)(?:种|个)(?:不同的)?N",
}
"""How many places were tried: N stands for what the axis of places measures."""


def _as_number(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how many lengths were tried" as a question for the number of points; None for another one."""
    language = query.language
    if query.threshold is not None or query.bounds is not None or query.places or query.words & {"maximum", "minimum"}:
        return None
    beside = _BESIDE[language] if _is_foreign(panels[0].x, language) else ("", "")
    nouns = "|".join(f"{beside[0]}{noun}{beside[1]}" for noun in nouns_of_label(panels[0].x, language))
    found = re.search(_TRIED[language].replace("N", f"(?:{nouns})"), text) if nouns else None
    if found is None or len(re.findall(r"\w+", text.replace(found[0], " "))) > _FEW:
        return None
    return replace(query, operations=("count",), statistic="", unheard="", yes_no=False, of_places=False, firm=True)


_FEW: Final = 3
"""So many words there may be beside: "in all", "in winter"."""


# --- the highest and lowest -------------------------------------------------------------------------------------


def _as_extreme(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question for the place of the highest or lowest, or for it within a limit; None for another one."""
    panel, language = panels[0], query.language
    limit = _limit_of(query, text, panel)
    if limit is None and (query.threshold is not None or query.bounds is not None):
        return None
    rest = text.replace(limit.said, " ") if limit is not None else text
    found = _extreme_in(rest, panel, language)
    if found is None:
        return None
    words, sides = found
    asked = _axis_asked(rest, words, panel, language)
    if limit is None and asked is None and len(sides) < len(_SIDES):
        return None  # the adjective tells the axis
    axis: _Side | None = _OTHER[limit.axis] if limit is not None else _OTHER[asked[0]] if asked else None
    axis = axis or _axis_beside(rest, words, panel, language)
    axis = axis or (_axis_named(rest.replace(words, " "), panel, language) if len(sides) > 1 else None)
    if axis is None or axis not in sides or (limit and asked and limit.axis != asked[0]):
        return None
    side: Operation = "maximum" if sides[axis] > 0 else "minimum"
    left = rest.replace(words, " ").replace(asked[1], " ") if asked else rest.replace(words, " ")
    if query.unheard and language == "en" and re.search(rf"(?<!\w){re.escape(query.unheard.lower())}(?!\w)", left):
        return None  # what the superlative is said of
    plain = replace(query, operations=(side,), words=query.words | {side}, places=(), amounts=(), threshold=None)
    plain = replace(plain, bounds=limit.bounds if limit else None, of_places=axis == "x", of_series=False)
    plain = replace(plain, statistic="", unheard="", direction="", yes_no=False, firm=True)
    stray = stray_word(plain, left, panels)
    if stray and limit is None and query.operations in (("maximum",), ("minimum",), ("value",)):
        return None
    return replace(query, operations=("unheard",), unheard=stray, firm=True) if stray else plain


_MUCH: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"\b(?:the )?(?:most|highest|greatest|largest|biggest|maximum)\b",
        r"\b(?:the )?(?:least|lowest|smallest|fewest|minimum)\b",
    ),
    "de": (
        r"\b(?:am |die |den |das )?(?:meisten?|höchst\w*|größt\w*|stärksten)\b",
        r"\b(?:am |die |den |das )?(?:wenigst\w*|niedrigst\w*|geringst\w*|kleinst\w*|schwächsten)\b",
    ),
    "fr": (
        r"\b(?:le|la|les) plus (?:élevée?s?|hauts?|hautes?|grande?s?|fort(?:e|s|es)?|importante?s?)\b|\ble plus\b",
        r"\b(?:le|la|les) plus (?:bas(?:se)?s?|petite?s?|faibles?)\b|\ble moins\b",
    ),
    "es": (
        r"\bmás (?:alt|grand|elevad)\w+|\bmayor(?:es)?\b|\bmáxim\w+|\bmás\b(?! (?:que|de)\b)",
        r"\bmás (?:baj|pequeñ|reducid)\w+|\bmenor(?:es)?\b|\bmínim\w+|\bmenos\b(?! (?:que|de)\b)",
    ),
    "ko": (r"(?:가장|제일) ?(?:많|높|큰|크|컸)[가-힣]*", r"(?:가장|제일) ?(?:적|낮|작)[가-힣]*"),
    "zh": (r"最(?:多|高|大)", r"最(?:少|低|小)"),
}
"""The most and the least of anything."""
_LEAST_OF: Final[dict[Language, tuple[str, str]]] = {
    "en": ("(?!)", ""),
    "de": (r"\bam wenigsten (?=\w)", "am meisten "),
    "fr": (r"\b(le|la|les) moins (?=\w)", r"\1 plus "),
    "es": (r"\bmenos (?=\w+[oa]s?\b)", "más "),
    "ko": (r"(?:가장|제일) ?덜 ?", "가장 "),
    "zh": ("最不", "最"),
}
"""The least of an adjective, and its most: "le moins cher"."""


def _extreme_in(text: str, panel: ChartPanel, language: Language) -> tuple[str, dict[_Side, int]] | None:
    """Return the words for the highest or lowest, and of which axes they can be said, each with 1 for the highest.

    None where there are no such words, or several.
    """
    told = list(_told_extremes(text, panel, language))
    if told:
        words = max((one for one, _, _ in told), key=len)
        apart = any(one not in words for one, _, _ in told)
        return None if apart else (words, {axis: sign for _, axis, sign in told})
    found = [(match[0], sign) for sign, match in _plain_extremes(text, language)]
    if len(found) != 1:
        return None
    return found[0][0], {"x": found[0][1], "y": found[0][1]}


_BESIDE_WORDS: Final[dict[Language, str]] = {
    "en": r"W (?:\w+ )?N|N (?:is |was |are |were )?(?:the )?W",
    "de": r"W N|N (?:ist |war |sind |waren )?(?:am |die |der |das )?W",
    "fr": r"N (?:est|était|sont)?(?:-elle|-il)? ?W|W N",
    "es": r"N (?:es |fue |era |son )?(?:el |la )?W|W N",
    "ko": r"N(?:이|가|은|는|의)? ?W",
    "zh": r"N ?W|W的?N",
}
"""A superlative W, and the noun N of which it is said."""


def _axis_beside(text: str, words: str, panel: ChartPanel, language: Language) -> _Side | None:
    """Return the only axis whose noun stands where the superlative is said of it: "the longest period"."""
    found: list[_Side] = []
    for side in _SIDES:
        nouns = "|".join(nouns_of_label(_axis(panel, side), language))
        pattern = _BESIDE_WORDS[language].replace("W", re.escape(words)).replace("N", f"(?:{nouns})")
        if nouns and re.search(pattern, text):
            found.append(side)
    return found[0] if len(found) == 1 else None


def _axis_named(text: str, panel: ChartPanel, language: Language) -> _Side | None:
    """Return the only axis of which a verb or a noun of a question speaks: "who trains longest" of hours and a time."""
    start, end = ("", "") if language in _EAST else (r"(?<!\w)", r"(?!\w)")
    found = [
        side
        for side in _SIDES
        if any(
            re.search(f"{start}(?:{words}){end}", text)
            for words in words_of_axis(_axis(panel, side), language, adjectives=False)
        )
    ]
    return found[0] if len(found) == 1 else None


def _told_extremes(text: str, panel: ChartPanel, language: Language) -> Iterator[tuple[str, _Side, int]]:
    """Yield superlatives that are said of what an axis measures, each with the axis and 1 for the highest."""
    least, most = _LEAST_OF[language]
    for turned, said in ((1, text), (-1, re.sub(least, most, text) if re.search(least, text) else "")):
        for axis in _SIDES:
            for dimension in dimensions_of(_axis(panel, axis).label, _axis(panel, axis).unit):
                for stems, sign in ((dimension.much, turned), (dimension.little, -turned)):
                    match = re.search(superlatives(stems[language], language), said)
                    if match is not None:
                        yield (match[0] if turned > 0 else match[0].split()[-1]), axis, sign


def _plain_extremes(text: str, language: Language) -> Iterator[tuple[int, re.Match[str]]]:
    for words, sign in zip(_MUCH[language], (1, -1), strict=True):
        match = re.search(words, text)
        if match is not None:
            yield sign, match


_SIDES: Final[tuple[_Side, _Side]] = ("x", "y")


def _axis(panel: ChartPanel, side: _Side) -> ChartAxis:
    return panel.x if side == "x" else panel.y


# --- which place ------------------------------------------------------------------------------------------------

_AT_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?P<at>(?:at|for|with|after|under|by|in|from) )?(?:which|what|how (?:many|much)) (?:of the )?(?:\w+ )??N",
    "de": r"\b(?P<at>(?:bei|ab|nach|mit|für|unter|in|von|zu) )?(?:welche[rnms]?|wie ?viele?[nmr]?) (?:\w+ )??N",
    "fr": r"(?P<at>(?:à|pour|avec|sous|au bout de|après|en|sur|dans|de) )?(?:quel(?:le)?s?|combien d(?:e |'))(?: "
    r"\w+)?? ?N",
    "es": r"(?P<at>(?:a|con|para|en|tras|bajo|de|después de) )?(?:qué|cuál(?:es)?|cuánt[oa]s?) (?:\w+ )??N",
    "ko": r"(?:어느|어떤|무슨|몇) ?(?:정도 ?)?(?:의 ?)?N(?P<at>에서|일 ?때|에 ?서|로|에)?",
    "zh": r"(?P<at>在|以|当|用|到)?(?:哪一?个|哪种|什么样的|什么|多少|多大的?|几)N",
}
"""A question for a place along an axis: N stands for what it measures."""


def _axis_asked(text: str, extreme: str, panel: ChartPanel, language: Language) -> tuple[_Side, str] | None:
    """Return along which axis a question asks for a place, with its words; None if along neither, or both."""
    found: dict[_Side, tuple[re.Match[str], bool]] = {}
    for side in _SIDES:
        axis = _axis(panel, side)
        nouns = "|".join((*_units_of(axis, language), *nouns_of_label(axis, language)))
        match = re.search(_AT_WHICH[language].replace("N", f"(?:{nouns})"), text) if nouns else None
        if match is not None and extreme not in match[0]:
            found[side] = (match, match["at"] is not None)
    if not found or len({match.end() for match, _ in found.values()}) < len(found):
        return None
    side, (match, at) = min(found.items(), key=lambda one: one[1][0].end())  # "at which angle does it take"
    rest = text.replace(match[0], " ").replace(extreme, " ")
    return (side, match[0]) if at or speaks_of(_axis(panel, _OTHER[side]), rest, language) else None


def _nouns(axis: ChartAxis, language: Language) -> list[str]:
    """Return patterns of what an axis measures in, and of the words of its label in a language."""
    end = "" if language in _EAST else r"(?!\w)"
    others = [f"(?:{one}){end}" for one in (*words_of_axis(axis, language), *_named(axis, language)) if one]
    return [*_units_of(axis, language), *others]


def _units_of(axis: ChartAxis, language: Language) -> list[str]:
    end = "" if language in _EAST else r"(?!\w)"
    return [f"(?:{words_of_unit(_plain_unit(axis))}){end}"] if axis.unit else []


def _plain_unit(axis: ChartAxis) -> str:
    """Return the unit of an axis without what it is per: "min" of "min per day"."""
    return axis.unit.split("/")[0].split(" ")[0]


def nouns_of_label(axis: ChartAxis, language: Language) -> list[str]:
    """Return patterns of the nouns of a label in a language, without units and verbs."""
    label = label_without_unit(axis).lower()
    words = re.findall(r"[^\W\d_]{2,}", label)
    own = [
        re.escape(word.removesuffix("s")) + (r"\w{0,3}" if word.isascii() else "") for word in words if len(word) > 3
    ]
    others = [re.escape(other) for word in words for other in translated(word, language)]
    end = "" if language in _EAST else r"(?:s|es|n|en|e)?(?!\w)"
    return [f"(?:{one}){end}" for one in (*own, *others, *_named(axis, language))]


def _named(axis: ChartAxis, language: Language) -> Iterator[str]:
    """Yield patterns of what axes of the same dimension are called, in any language."""
    for dimension in dimensions_of(axis.label):
        if dimension.units == "(?!)" and language not in _EAST:
            yield rf"(?:{dimension.labels})(?:s|es|n|en)?"
        elif dimension.units == "(?!)":
            yield from re.findall("[가-힣]{2,}|[一-龥]{2,}", dimension.labels)


# --- limits of the other axis -----------------------------------------------------------------------------------

_WITHIN: Final[dict[Language, str]] = {
    "en": r"\b(?:within(?: a radius of)?|inside|no (?:further|farther|longer|more) than|not (?:further|farther|"
    r"more) than|"
    r"less than|at most|up to|in under) N",
    "de": r"\b(?:innerhalb von|im umkreis von|in einem umkreis von|höchstens|maximal|bis(?: zu)?|nicht (?:weiter|"
    r"mehr) als) N",
    "fr": r"(?<!\w)(?:dans un rayon de|à moins de|à (?:au plus|maximum)|au plus|au maximum|pas plus de|jusqu'à) N",
    "es": r"\b(?:a menos de|en un radio de|como máximo(?: a)?|a lo sumo|no más de|hasta) N",
    "ko": r"N ?(?:[가-힣]{1,2} )?(?:이내|안에|안쪽|이하|반경)",
    "zh": r"N(?:以内|之内|以下|范围内|内)|(?:不超过|至多|最多)N",
}
_BEYOND: Final[dict[Language, str]] = {
    "en": r"\b(?:more than|over|above|beyond|at least|older than|longer than|farther than|further than|after|since) N",
    "de": r"\b(?:mehr als|über|mindestens|länger als|weiter als|älter als|ab|nach|seit) N",
    "fr": r"(?<!\w)(?:plus de|à plus de|au moins|au-delà de|au-dessus de|après|depuis) N",
    "es": r"\b(?:más de|a más de|al menos|por encima de|por lo menos|después de|desde) N",
    "ko": r"N ?(?:을|를|보다)? ?(?:넘|이상|초과|더|이후)",
    "zh": r"N(?:以上|之外|以外|之后|以后|后)|(?:超过|至少|多于|大于)N",
}
_BELOW: Final[dict[Language, str]] = {
    "en": r"\b(?:under|below|less than|fewer than|younger than|shorter than|lighter than|cheaper than|before) N",
    "de": r"\b(?:unter|weniger als|jünger als|kürzer als|leichter als|billiger als|vor) N",
    "fr": r"(?<!\w)(?:moins de|en dessous de|sous|au-dessous de|avant) N",
    "es": r"\b(?:menos de|por debajo de|bajo|antes de) N",
    "ko": r"N ?(?:을|를|보다)? ?(?:미만|아래|안 ?되|작|적|이전|전에)",
    "zh": r"N(?:以下|之前|以前|前)|(?:低于|少于|小于|不到)N",
}
_NUMBER: Final = r"\d[\d.,'\u202f\u00a0]*"
_UNIT: Final = r"(?: ?[^\W\d_]+[²³]?(?:/\w+)?| ?[%€$£°][CF]?)?"


def _limit_of(query: Query, text: str, panel: ChartPanel) -> _Limit | None:
    """Return the only limit of a question and the axis along which it is, by its unit or by what lies there."""
    language = query.language
    unit = _COUNTERS if language in _EAST else _UNIT
    for words, kind in ((_BELOW, "below"), (_WITHIN, "at most"), (_BEYOND, "above")):
        match = re.search(words[language].replace("N", _NUMBER + unit), text)
        figures = re.search(_NUMBER, match[0]) if match is not None else None
        number = _figures(figures[0], language) if figures is not None else None
        if match is None or figures is None or number is None:
            continue
        axis = _axis_of_limit(query, number, text[match.start() + figures.end() :], panel)
        if axis is None:
            return None
        bounds = (
            Bounds(low=number, open_low=True) if kind == "above" else Bounds(high=number, open_high=kind == "below")
        )
        if re.search(_INCLUDED, match[0]):
            bounds = replace(bounds, open_low=False)
        return _Limit(axis, bounds, match[0])
    return None


_COUNTERS: Final = r"(?: ?[a-z%€$£°][a-z²³/]*| ?[가-힣]{1,4}?| ?[一-龥]{1,2}?)?"
_INCLUDED: Final = (
    r"at least|since|mindestens|\bab\b|seit|au moins|depuis|al menos|por lo menos|desde|이상|이후|以上|至少"
)


def _figures(text: str, language: Language) -> float | None:
    plain = re.sub(r"['\u202f\u00a0]", "", text.rstrip(".,"))
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain)
    comma = language in ("de", "fr", "es")
    if grouped and (("," in plain) != comma or plain.count(".") + plain.count(",") > 1):
        plain = re.sub(r"[.,]", "", plain)
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def _axis_of_limit(query: Query, limit: float, behind: str, panel: ChartPanel) -> _Side | None:
    """Return along which axis a limit is: that of the unit behind it, or the only one with values around it."""
    known: list[_Side] = []
    for side in _SIDES:
        words = words_of_unit(_plain_unit(_axis(panel, side))) if _axis(panel, side).unit else "(?!)"
        if re.match(rf"(?:{words.lower()})(?![a-zß-ÿ])", behind.strip()):
            known.append(side)
    if len(known) == 1:
        return known[0]
    told = [side for side in _SIDES if speaks_of(_axis(panel, side), behind[:24], query.language)]
    if len(told) == 1 and not known:
        return told[0]
    within = [side for side in _SIDES if min(_values(panel, side)) <= limit <= max(_values(panel, side))]
    return within[0] if len(within) == 1 else None


def _values(panel: ChartPanel, side: _Side) -> list[float]:
    drawn = (zip(one.x, one.y, strict=True) for one in panel.series)
    pairs = [(x, y) for one in drawn for x, y in one if not isinstance(x, str)]
    return [float(x if side == "x" else y) for x, y in pairs] or [0.0]


# --- words that nothing explains --------------------------------------------------------------------------------


def stray_word(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a word of a question that neither its chart nor what it asks for explains; empty if there is none.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        What is left of it without the words that say what is asked for.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    language = query.language
    for side in _SIDES:
        beside = _BESIDE[language] if _is_foreign(_axis(panels[0], side), language) else ("", "")
        for noun in _nouns(_axis(panels[0], side), language):
            start = beside[0] if beside[0] or language in _EAST else r"(?<!\w)"
            text = re.sub(f"{start}{noun}{beside[1]}", " ", text)
    stray = _unexplained(query, text, panels)
    if not stray or language == language_of(texts_of(panels)) or any(True for _ in quantities_in(stray, language)):
        return stray
    start = "" if language in _EAST else r"(?<!\w)"  # one noun may be the thing that the title names
    return _unexplained(query, re.sub(f"{start}{re.escape(stray)}", " ", text, flags=re.IGNORECASE), panels)


def _unexplained(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    charts = [Chart(panels=tuple(panels))]
    if query.language == "en":
        return unaccounted(text, charts, things=True, setting=setting_of(query, text, panels))
    found = accounted_in(replace(query, text=text), text, charts)
    return found.unheard if found.operations == ("unheard",) else ""


_BESIDE: Final[dict[Language, tuple[str, str]]] = {
    "en": ("", ""),
    "de": (r"(?<!\w)\w*", r"(?: (?:des|der|vom) \w+)?"),
    "fr": ("", r"(?: d(?:e la |e l'|es |u |e |')\w+)?"),
    "es": ("", r"(?: de(?:l| la| los| las)? \w+)?"),
    "ko": (r"(?:(?<![가-힣])[가-힣]{1,4}(?:의)? ?)?", ""),
    "zh": (r"[一-龥]{0,2}的?", ""),
}
"""What may stand before and behind the noun for a label of several words in another language: "longueur de fil"."""


def _is_foreign(axis: ChartAxis, language: Language) -> bool:
    """Return whether a label has more than one word and is not in the language of the question."""
    label = label_without_unit(axis)
    return len(re.findall(r"[^\W\d_]{3,}", label)) > 1 and language_of(label) != language
