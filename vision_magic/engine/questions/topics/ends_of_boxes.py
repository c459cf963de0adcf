"""Boxes compared by their ends, or with one of them: "is the lowest of A above the highest, or the median, of B?".

The ends are those of all values: of the whiskers, or an outlier. "Least above A" is the box with the next median.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.boxes import ends_of_boxes
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import known_points, values_at
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.vocabulary.judging import is_better_lower, is_fast_high
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, search

__all__ = ["as_ends_of_boxes", "as_next_to_box", "compare_ends", "next_to_box"]

_HIGHEST: Final[dict[Language, str]] = {
    "en": r"\b(?:highest|largest|biggest|greatest|longest|heaviest|tallest|oldest|hottest|warmest|latest|maximum|"
    r"dearest|"
    r"most expensive|strongest)\b",
    "de": r"\b(?:höchst|größt|längst|schwerst|ältest|heißest|wärmst|spätest|teuerst|stärkst)\w*|\bmaxim\w+",
    "fr": r"\bl[ae]s? plus (?:haut|grand|élevé|long|lourd|âgé|chaud|tardi|ch[eè]r|fort)\w*|\bmaxim\w+",
    "es": r"\b(?:más (?:alt|grand|larg|pesad|viej|calient|tardí|car|fuert)\w*\b(?! que\b)|mayor(?! que\b)|máxim\w+)",
    "ko": r"(?:가장|제일) ?(?:높|큰|크|긴|길|무거|늙|뜨거|늦|비싼|비싸|강)\S*|최댓?값|최고\S*",
    "zh": r"最[高大长重老热晚贵强][的]?|最大值|最高值",
}
_LOWEST: Final[dict[Language, str]] = {
    "en": r"\b(?:lowest|smallest|least|shortest|lightest|youngest|coldest|coolest|earliest|minimum|cheapest|weakest|"
    r"worst)\b",
    "de": r"\b(?:niedrigst|kleinst|geringst|kürzest|leichtest|jüngst|kältest|frühest|billigst|schwächst|tiefst)\w*|"
    r"\bminim\w+",
    "fr": r"\bl[ae]s? plus (?:bas|petit|faible|court|léger|légère|jeune|froid|précoce)\w*|\bl[ae]s? moins (?:cher|"
    r"élevé|lourd)\w*|\bminim\w+",
    "es": r"\b(?:más (?:baj|pequeñ|cort|liger|jov|jóv|frí|barat|débil|temprana?)\w*\b(?! que\b)|menor(?! que\b)|"
    r"mínim\w+)",
    "ko": r"(?:가장|제일) ?(?:낮|작|짧|가벼|젊|차가|이른|싼|약)\S*|최솟?값|최저\S*",
    "zh": r"最[低小短轻冷早便弱](?:宜)?[的]?|最小值|最低值",
}
_FASTEST: Final[dict[Language, str]] = {
    "en": r"\b(?:fastest|quickest)\b",
    "de": r"\bschnellst\w*",
    "fr": r"\bl[ae]s? plus rapides?\b",
    "es": r"\bmás rápid[oa]s?\b(?! que\b)",
    "ko": r"(?:가장|제일) ?(?:빠른|빠르)\S*",
    "zh": r"最快的?",
}
_SLOWEST: Final[dict[Language, str]] = {
    "en": r"\bslowest\b",
    "de": r"\blangsamst\w*",
    "fr": r"\bl[ae]s? plus lente?s?\b",
    "es": r"\bmás lent[oa]s?\b(?! que\b)",
    "ko": r"(?:가장|제일) ?(?:느린|느리)\S*",
    "zh": r"最慢的?",
}
_HOW_MUCH: Final = r"\bhow (?:much|far|many)\b|\bwie ?viele?\b|\bcombien\b|\bcu[aá]nt\w+|얼마|몇|多少|几"
_BEST: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\bbest\b", r"\bworst\b"),
    "de": (r"\bbeste[rnsm]?\b", r"\b(?:schlechteste|mieseste)[rnsm]?\b"),
    "fr": (r"\bmeilleure?s?\b", r"\bpires?\b"),
    "es": (r"\bmejor(?:es)?\b(?! que\b)", r"\bpeor(?:es)?\b(?! que\b)"),
    "ko": (r"(?:가장|제일) ?(?:좋은|좋)\S*", r"(?:가장|제일) ?(?:나쁜|나쁘)\S*"),
    "zh": ("最好的?", "最差的?"),
}
_THAN: Final[dict[Language, str]] = {
    "en": r"\b(?P<more>higher|larger|bigger|greater|longer|heavier|taller|older|hotter|warmer|later|more|above|"
    r"exceeds?|stronger|dearer)"
    r"|(?P<less>lower|smaller|shorter|lighter|younger|colder|cooler|earlier|less|below|cheaper|weaker|under)"
    r"|(?P<fast>faster|quicker)|(?P<slow>slower)",
    "de": r"\b(?P<more>höher|größer|länger|schwerer|älter|heißer|wärmer|später|mehr|über\w*|teurer|stärker)"
    r"|\b(?P<less>niedriger|kleiner|kürzer|leichter|jünger|kälter|früher|weniger|unter|billiger|schwächer)"
    r"|\b(?P<fast>schneller)|\b(?P<slow>langsamer)",
    "fr": r"\bplus (?P<more>haut|grand|élevé|long|lourd|âgé|chaud|ch[eè]r|fort)|(?P<up>au-dessus|dépass\w+)"
    r"|\bplus (?P<less>bas|petit|faible|court|léger|jeune|froid)|(?P<down>au-dessous|en dessous|moins)"
    r"|\bplus (?P<fast>rapide)|\bplus (?P<slow>lent)",
    "es": r"\b(?P<more>más (?:alt|grand|larg|pesad|viej|calient|car)|mayor|encima|supera\w*|pesa\w* (?:[^?]* )?más)"
    r"|(?P<less>más (?:baj|pequeñ|cort|liger|jov|frí|barat)|menor|debajo|menos)"
    r"|más (?P<fast>rápid)|más (?P<slow>lent)",
    "ko": r"(?P<less>더 ?(?:낮|작|짧|가벼)|낮[은습나아]|작[은습나아]|짧[은습나아])|(?P<fast>빠[르른릅])|"
    r"(?P<slow>느[리린립])"
    r"|(?P<more>높[은습나아]|[큰크큽]|[긴길깁]|무거|무겁|넘[는나])",
    "zh": r"(?P<less>[还更]?[低小短轻])|(?P<fast>[还更]?快)|(?P<slow>[还更]?慢)|(?P<more>[还更要]?[高大长重]|超过)",
}


def _are_boxes(panels: Sequence[ChartPanel]) -> bool:
    drawn = drawn_series(panels)
    return len(panels) == 1 and len(drawn) == 1 and drawn[0].kind == "box plot"


def as_ends_of_boxes(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "is the slowest of A faster than the fastest of B" as a question for these ends, and not for medians.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    named = query.places or [place for side in query.sides for place in side.places]
    names = tuple(dict.fromkeys(place for place in named if isinstance(place, str)))
    if not _are_boxes(panels) or len(names) != 2 or query.then:
        return query
    if query.operations == ("median",) and not query.yes_no and query.has("more") != query.has("less"):
        return replace(query, operations=("difference",), words=query.words | {"difference"}, firm=True)
    text, language = text.lower(), query.language
    ends = _ends(text, language, panels)
    how_far = not query.yes_no and any(
        end[2] == "median" for end in ends
    )  # "the medians of the youngest and the eldest"
    if len(ends) != 2 or how_far:
        return query
    rest = "".join(" " if any(a <= n < b for a, b, _ in ends) else letter for n, letter in enumerate(text))
    than = re.search(_THAN[language], rest)
    up = _is_up(than, panels)
    if up is None:
        return query
    first, second = names
    if language == "ko" and ends[0][1] < text.find("보다") < ends[1][0]:  # "than" stands behind what it is said of
        first, second, ends = second, first, ends[::-1]
    sides = tuple(Side(places=(name,), statistic=end[2]) for name, end in zip((first, second), ends, strict=True))
    plain = replace(query, operations=("ends of boxes",), sides=sides, places=names, words=frozenset(), amounts=())
    asks = re.search(_HOW_MUCH, text) is None
    return replace(plain, direction="up" if up else "down", yes_no=asks, statistic="", unheard="", firm=True)


_End = Literal["highest", "lowest", "median"]


def _ends(text: str, language: Language, panels: Sequence[ChartPanel]) -> list[tuple[int, int, _End]]:
    """Return the superlatives of a question with the end that each of them means, and the words for a median."""
    fast = is_fast_high(panels)
    high, low = [_HIGHEST[language]], [_LOWEST[language]]
    if fast is not None:
        (high if fast else low).append(_FASTEST[language])
        (low if fast else high).append(_SLOWEST[language])
    best, worst = _BEST[language] if not is_better_lower(panels) else _BEST[language][::-1]
    high.append(best)
    low.append(worst)
    found: list[tuple[int, int, _End]] = []
    found += [(one.start(), one.end(), "highest") for words in high for one in re.finditer(words, text)]
    found += [(one.start(), one.end(), "lowest") for words in low for one in re.finditer(words, text)]
    if len(found) == 1:
        median = search(OPERATION_WORDS["median"][language], language, text)
        found += [(median.start(), median.end(), "median")] if median is not None else []
    return sorted(found)


def _is_up(than: re.Match[str] | None, panels: Sequence[ChartPanel]) -> bool | None:
    """Return whether a comparative means more of what is drawn; None if that is not known."""
    if than is None:
        return None
    found = {name for name, words in than.groupdict().items() if words}
    if found & {"more", "less", "up", "down"}:
        return bool(found & {"more", "up"})
    fast = is_fast_high(panels)
    return None if fast is None else fast == ("fast" in found)


def compare_ends(task: Task) -> Iterator[str]:
    """Yield whether one end of a box is beyond one end of another, with both ends."""
    found = [_end(task, side) for side in task.query.sides]
    if len(found) != 2 or found[0] is None or found[1] is None:
        yield task.say("unknown", of="")
        return
    (a, ours), (b, theirs) = found[0], found[1]
    item = task.items[0]
    if task.query.yes_no:
        yield task.say("yes" if (ours > theirs if task.query.direction == "up" else ours < theirs) else "no")
    shown = {"a": a[:1].upper() + a[1:], "b": b, "a_value": item.value(ours), "b_value": item.value(theirs)}
    if ours == theirs:
        yield task.say("equal", a=shown["a"], b=b, value=shown["a_value"])
    else:
        more = task.say("more" if ours > theirs else "less")
        yield task.say("difference", **shown, value=item.change(abs(ours - theirs)), more=more)


def _end(task: Task, side: Side) -> tuple[str, float] | None:
    if side.statistic == "median":
        middle = values_at(task.items[0].series, side.places[0])
        return (task.say("side median", of=task.items[0].place(side.places[0])), middle[0]) if middle else None
    highest = side.statistic == "highest"
    ends = ends_of_boxes(replace(task, query=replace(task.query, places=side.places)), highest=highest)
    name = task.say(f"side {side.statistic}", of=task.items[0].place(side.places[0]))
    return (name, max(ends) if highest else min(ends)) if ends else None


# --- the next box -----------------------------------------------------------------------------------------------

_LEAST_BEYOND: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        r"\b(?:least|smallest amount) (?:far )?(?:above|over|higher than) (?:in |at |the |that of |that in )*P",
        r"\b(?:least|smallest amount) (?:far )?(?:below|under|lower than) (?:in |at |the |that of |that in )*P",
        r"\b(?:closest|nearest|most similar) to (?:in |at |the |that |of |one |median )*P",
    ),
    "de": (
        r"\bam wenigsten (?:weit )?(?:über|oberhalb) (?:de[rmn] |die |das |von |in )*P",
        r"\bam wenigsten (?:weit )?(?:unter|unterhalb) (?:de[rmn] |die |das |von |in )*P",
        r"\bam nächsten (?:an |bei |zu )?(?:de[rmn] |die |das |von |in )*P|\bP am (?:nächsten|ähnlichsten)",
    ),
    "fr": (
        r"\ble moins au[ -]dessus (?:de |du |de la |d['’]|en |in |des )*P",
        r"\ble moins (?:au|en)[ -]dessous (?:de |du |de la |d['’]|en |in |des )*P",
        r"\bla? plus proche (?:de |du |de la |d['’]|celle |celui |des )*P",
    ),
    "es": (
        r"\bmenos por encima (?:de |del |la |el |los |en |in )*P",
        r"\bmenos por debajo (?:de |del |la |el |los |en |in )*P",
        r"\bmás cerca(?:n[oa])? (?:a |al |de |del |la |el )*P",
    ),
    "ko": (
        r"P\S{0,2}보다 ?(?:가장|제일) ?(?:조금|적게|덜) ?(?:높|올|증가|늘)",
        r"P\S{0,2}보다 ?(?:가장|제일) ?(?:조금|적게|덜) ?(?:낮|내려|감소|줄)",
        r"P(?:[와과에]|의 중앙값[과에]) ?(?:가장|제일) ?(?:가까|비슷)",
    ),
    "zh": (
        r"比P高(?:得|出)?最少|高出P最少",
        r"比P低(?:得|出)?最少|低于P最少",
        r"[和与跟离]P(?:的中位数)?最(?:接近|近|相近)|最接近P",
    ),
}
"""That a box is the next one above another, below it, or on either side."""


def as_next_to_box(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which is least above A" of boxes as a question for the next median above that of A.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    places = [place for one in drawn_series(panels) for place in one.x if isinstance(place, str)]
    if not _are_boxes(panels) or query.then or query.yes_no:
        return query
    named = [place for place in query.places if isinstance(place, str)] or [
        place for place in places if place.lower() in text.lower()
    ]
    if len(named) != 1:
        return query
    marked = re.sub(re.escape(named[0].lower()), "P", query.text if "P" in query.text else text.lower())
    marked = re.sub("[\ue000-\ue3ff]", "P", marked)
    for number, words in enumerate(_LEAST_BEYOND[query.language]):
        if re.search(words, marked) is not None:
            direction: Literal["up", "down", ""] = ("up", "down", "")[number]
            plain = replace(query, operations=("next box",), places=(named[0],), words=frozenset(), bounds=None)
            return replace(plain, direction=direction, statistic="", unheard="", amounts=(), of_series=False, firm=True)
    return query


def next_to_box(task: Task) -> Iterator[str]:
    """Yield the box whose median is the nearest to that of another one, on the side that is asked for."""
    item, place = task.items[0], task.query.places[0]
    points = known_points(item.series)
    own = next((point.value for point in points if point.place == place), None)
    others = [(point.place, point.value) for point in points if point.place != place] if own is not None else []
    if task.query.direction:
        above = task.query.direction == "up"
        others = [one for one in others if own is not None and (one[1] > own if above else one[1] < own)]
    if own is None or not others:
        yield task.say("unknown", of="")
        return
    nearest: tuple[Place, float] = min(others, key=lambda one: abs(one[1] - own))
    value = item.change(abs(nearest[1] - own))
    names = {"a": item.place(nearest[0]), "a_value": item.value(nearest[1]), "b": item.place(place)}
    more = task.say("more" if nearest[1] >= own else "less")
    yield task.say("medians") + " " + task.say("difference", **names, b_value=item.value(own), value=value, more=more)
