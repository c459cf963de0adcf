"""Which of several things are higher, lower or the same at the second of two times, how many of them, and whether all.

"Did everyone improve?" and "who lost more than 5 kg?" of bars that stand beside each other, one for each time. Each
word of such a question must be known: what is left over asks for something else, which other rules may read.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.checks.persons_not_drawn import is_drawn_person, words_for_persons
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.names.quantities import QUANTITIES, is_quantity, words_for
from vision_magic.engine.questions.names.stages import are_stages
from vision_magic.engine.questions.names.words_of_axes import words_of_axis
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.places.turned import are_periods
from vision_magic.engine.questions.query import Query, Side, Threshold
from vision_magic.engine.questions.topics.against import measure_of
from vision_magic.engine.questions.topics.summed import IN_ALL
from vision_magic.engine.questions.vocabulary.dimensions import comparatives, dimensions_of
from vision_magic.engine.questions.vocabulary.judging import is_better_lower, is_known_which_is_better, is_of_means
from vision_magic.engine.questions.vocabulary.quantifiers import Quantifier, holds_for
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation
from vision_magic.engine.questions.vocabulary.words_of_changes import (
    ALL,
    ANY,
    BEHIND_KO,
    BETTER,
    COUNT,
    DOWN,
    EAST,
    FILLERS,
    FIRST,
    ITEMS,
    LESS,
    LIMIT,
    MORE,
    MOST,
    MOSTLY,
    NONE,
    NOT,
    OTHERWISE,
    PERCENT,
    SAME,
    SECOND,
    SEX,
    TESTS,
    THAN,
    UNIT,
    UP,
    WHICH,
    WORSE,
    Words,
)

__all__ = ["as_change_of_things", "as_spent", "changed_things", "shows_two_times", "with_times_named"]

_Quantity = Literal["which", "count", "all", "any", "none", "most"]
_QUANTITIES: Final[tuple[tuple[_Quantity, Words], ...]] = (
    ("most", MOSTLY), ("none", NONE), ("all", ALL), ("any", ANY), ("count", COUNT), ("which", WHICH),
)  # fmt: skip
_Way = Literal["up", "down", "same"]


def shows_two_times(panels: Sequence[ChartPanel]) -> bool:
    """Return whether two bars stand at each name, one for each time, or one for what was planned."""
    drawn = drawn_series(panels)
    if len(panels) != 1 or len(drawn) != 2 or drawn[0].x != drawn[1].x or any(one.kind not in BARS for one in drawn):
        return False
    names = [one.name for one in drawn]
    return (are_periods(names) or measure_of(names) != "") and not are_periods(drawn[0].x)


def as_change_of_things(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "did everyone improve" as a question for the change of each thing from the first to the second time.

    None for other questions. The panels are known to show two times.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language = drawn_series(panels), query.language
    if query.places or query.groups or query.limits or query.top or query.then or query.colours:
        return None
    names = [one.name for one in drawn]
    measure = measure_of(names)
    names = sorted(names, key=lambda name: name != measure) if measure else names
    said = _with_times(f" {text.lower()} ".replace("’", "'"), names, language)
    said, limited = _take(LIMIT[language].replace("UNIT", UNIT), said, language) if query.threshold else (said, False)
    statistic = _of_statistic(query, said, names, panels)
    if statistic is not None or OTHERWISE.search(said):
        return statistic
    if measure:
        said, planned = _as_measured(said, language)
    asked, said = 1 if measure else _ends(said, language), said.translate({ord(mark): " " for mark in _MARKS})
    said, most = _take(MOST[language], said, language)
    quantity, said = _quantity(said, language)
    side, said = _side(said, panels, language)
    denied, said = _denied(said, language)
    negated = denied and quantity != "none"
    unclear = None in (quantity, side, asked) or (bool(measure) and not planned) or bool(query.threshold) != limited
    of_all = negated and quantity in ("all", "most") and not measure  # not all, or all not
    of_one = most and (quantity != "which" or limited or negated or bool(measure) or asked == 0)
    without_size = side == "same" and (limited or most)
    if unclear or of_all or of_one or without_size or (negated and limited) or _left(said, panels, language):
        return None
    if asked == 0 and side != "same":
        side = "down" if side == "up" else "up"
    direction: Literal["", "up", "down"] = "" if side is None or side == "same" else side
    words: frozenset[Operation] = frozenset(("growth", "maximum"))
    if most:
        return replace(_plain(query), operations=("growth",), words=words, direction=direction)
    parts = limited and re.search(rf"(?:{PERCENT})", text.lower()) is not None
    words = frozenset(("percent",)) if parts and panels[0].axis_of(drawn[0]).unit != "%" else frozenset()
    quantifier: Quantifier | None = quantity if quantity != "which" and quantity != "count" else None
    return replace(
        _plain(query), operations=("changed things",), words=words | ({"count"} if quantity == "count" else set()),
        series=(names[0], names[1]), direction=direction, negated=negated, threshold=query.threshold,
        yes_no=quantifier is not None, quantifier=quantifier or "any",
    )  # fmt: skip


def _plain(query: Query) -> Query:
    """Return a question with nothing but its words."""
    return Query(text=query.text, language=query.language, firm=True)


_HOW_MUCH: Final[Words] = {
    "en": r"(?:by )?how (?:much|many)",
    "de": r"(?:um )?wie ?viele?",
    "fr": r"(?:de )?combien(?: d[e'])?",
    "es": r"(?:en )?cu[aá]nt[oa]s?",
    "ko": r"얼마나|얼마만큼|몇",
    "zh": r"多少|几",
}
_STATISTICS: Final[tuple[Literal["mean", "median", "sum"], ...]] = ("mean", "median", "sum")


def _of_statistic(query: Query, said: str, names: Sequence[str], panels: Sequence[ChartPanel]) -> Query | None:
    """Return "did the average go up" as a question for the means at both times; None for another question."""
    language, planned = query.language, measure_of(names) != ""
    if planned:
        said, planned = _as_measured(said, language)
        if not planned:
            return None
    asked, said = 1 if planned else _ends(said, language), said.translate({ord(mark): " " for mark in _MARKS})
    said = re.sub(r"\bin all (?=[a-z])", "in every ", said)  # "in all categories" asks for no sum
    found = []
    for name in _STATISTICS:
        words = OPERATION_WORDS[name][language]
        words = f"{words}|{IN_ALL[language]}" if name == "sum" and _can_be_added(panels) else words
        said, told = _take(words, said, language)
        found += [name] if told else []
    said, how_much = _take(_HOW_MUCH[language], said, language)
    side, said = _side(said, panels, language)
    known = len(found) == 1 and asked is not None and side in ("up", "down") and query.yes_no != how_much
    if not known or query.threshold or _left(said, panels, language):
        return None
    first, second = (Side(series=(name,), statistic=found[0]) for name in names)
    sides = (second, first) if asked else (first, second)
    direction: Literal["up", "down"] = "up" if side == "up" else "down"
    return replace(_plain(query), operations=("sides",), sides=sides, direction=direction, yes_no=not how_much)


def _can_be_added(panels: Sequence[ChartPanel]) -> bool:
    """Return whether "overall" is said of a sum of values, unlike those of temperatures, shares and means."""
    axis = panels[0].axis_of(drawn_series(panels)[0])
    return axis.unit not in ("%", "°C", "°F") and not is_of_means(panels)


def with_times_named(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with the names of both series for "the second time" and "now", if they are such times.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = drawn_series(panels)
    names = [one.name for one in drawn]
    if len(panels) != 1 or len(drawn) != 2 or not are_stages(names) or not all(one.kind in BARS for one in drawn):
        return text
    for name, words in zip(names, (FIRST, SECOND), strict=True):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            continue
        said = words[language].replace("NOUN", f"(?:{TESTS[language]})")
        pattern = said if language in EAST else rf"(?<![\w-])(?:{said})(?![\w-])"
        text = re.sub(pattern, f" {name} " if language in EAST else name, text, count=1, flags=re.IGNORECASE)
    return text


def as_spent(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for what was spent as one about the series beside that of what was planned.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    names = [one.name for one in drawn_series(panels)]
    measure = measure_of(names) if len(panels) == 1 else ""
    told = set(query.operations) <= _AMOUNTS and bool(query.operations)
    if not measure or not told or query.series or not re.search(_ACTUALLY[query.language], text.lower()):
        return query
    if re.search(_PLANNED[query.language].removeprefix("①|"), text.lower()):
        return query
    return replace(query, series=tuple(name for name in names if name != measure))


_AMOUNTS: Final[frozenset[Operation]] = frozenset(
    ("value", "sum", "sums", "totals", "mean", "maximum", "minimum", "threshold")
)
_ACTUALLY: Final[Words] = {
    "en": r"\b(?:spent|(?:did|do) (?:\w+ )?(?:actually |really )?spend|actual\w*|really|cost|paid|sold)\b",
    "de": r"\b(?:ausgegeben|gekostet|tatsächlich\w*|wirklich|bezahlt|verkauft)\b",
    "fr": r"\b(?:dépensé\w*|réellement|coûté|payé|vendu\w*)(?!\w)",
    "es": r"\b(?:gast(?:ó|aron|ado)|realmente|cost(?:ó|aron)|pagad\w+|vendi\w+)(?!\w)",
    "ko": r"[썼쓴]|실제|지출했",
    "zh": r"花了|实际|用了",
}
"""That something was done, and not only planned."""


_MARKS: Final = ("①", "②")
"""Letters for the first and the second time."""


def _as_measured(text: str, language: Language) -> tuple[str, bool]:
    """Return "over budget" as "more", "within budget" as "not more", and whether a plan or its like is spoken of."""
    spoken = False
    for words, plain in ((_OVER, _MORE_PLAINLY), (_UNDER, _LESS_PLAINLY), (_WITHIN, _NOT_MORE)):
        pattern = words[language] if language in EAST else rf"(?<!\w)(?:{words[language]})(?!\w)"
        said = re.sub(pattern, f" {plain[language]} ", text)
        spoken, text = spoken or said != text, said
    text, planned = _take(_PLANNED[language], text, language)
    text, _ = _take(_SPENT[language], text, language)
    return text, spoken or planned


_OVER: Final[Words] = {
    "en": r"overspen[dt]\w*|(?:go |goes |going |gone |went )?over(?: the)? (?:budget|plan|①)|exceed(?:ed|s)?|"
    r"overshot",
    "de": r"überschritten|überzogen|über (?:dem |den )?(?:plan|budget|①)",
    "fr": r"dépass(?:é\w*|e\w*)|au-dessus d[ue]",
    "es": r"super(?:ó|aron|ado)|exced(?:ió|ieron|ido)|se pas(?:ó|aron) de|por encima de",
    "ko": r"초과\S*|넘[었은어긴]\S*",
    "zh": r"超出了?|超过了?|超支了?",
}
_UNDER: Final[Words] = {
    "en": r"underspen[dt]\w*|(?:stay(?:ed)? |go |went )?(?:under|below)(?: the)? (?:budget|plan|①)|"
    r"save[ds]?(?: money)?",
    "de": r"unterschritten|gespart|unter (?:dem |den )?(?:plan|budget|①)",
    "fr": r"économis(?:é\w*|e\w*)|en dessous d[ue]",
    "es": r"ahorr(?:ó|aron|ado)|por debajo de",
    "ko": r"절약\S*|아[꼈낀]\S*|덜(?= )",
    "zh": r"节省了?|节约了?|低于",
}
_WITHIN: Final[Words] = {
    "en": r"(?:stay(?:ed)?|ke(?:ep|pt)|remain(?:ed)?) (?:within|to|in)(?: the)? (?:budget|plan|①)|"
    r"stuck to(?: the)? (?:budget|plan|①)",
    "de": r"eingehalten",
    "fr": r"respect(?:é\w*|e\w*)",
    "es": r"respet(?:ó|aron|ado)|cumpl(?:ió|ieron|ido)",
    "ko": r"지[켰킨키]\S*",
    "zh": r"遵守了?",
}
_MORE_PLAINLY: Final[Words] = {
    "en": "more",
    "de": "mehr",
    "fr": "davantage",
    "es": "mayor",
    "ko": "더 많",
    "zh": "更多",
}
_LESS_PLAINLY: Final[Words] = {
    "en": "less",
    "de": "weniger",
    "fr": "moins",
    "es": "menos",
    "ko": "더 적",
    "zh": "更少",
}
_NOT_MORE: Final[Words] = {
    "en": "not more",
    "de": "nicht mehr",
    "fr": "pas davantage",
    "es": "no mayor",
    "ko": "안 더 많",
    "zh": "未更多",
}
_PLANNED: Final[Words] = {
    "en": r"①|(?:than )?(?:it was |they )?(?:planned|budgeted|expected)|plans?|budgets?|targets?",
    "de": r"①|(?:als )?(?:geplant|vorgesehen|veranschlagt|erwartet)|plan|budget",
    "fr": r"①|(?:que |qu'|l[ea] )?(?:prévue?s?|budget|plan|budgétée?s?)",
    "es": r"①|(?:de lo |el |lo )?(?:previsto|plan(?:ead[oa])?|presupuest\w+)",
    "ko": r"①|계획\S*|예산\S*|예상\S*",
    "zh": r"①|计划|预算|预期",
}
"""Words for what was planned."""
_SPENT: Final[Words] = {
    "en": r"spen[dt](?:ing)?|cost|pa(?:y|id)|used?|on|go|went",
    "de": r"ausgegeben|gekostet|für|bezahlt|verbraucht",
    "fr": r"dépens(?:é\w*|e\w*)|coût(?:é\w*|e\w*)|pour|sur|y",
    "es": r"gast(?:ó|aron|ado)|cost(?:ó|aron|ado)|en|pag(?:ó|aron)",
    "ko": r"[썼쓴]\S*|지출\S*|들[었인]\S*|돈",
    "zh": r"花费?了?|支出|用了?|钱",
}
"""What was done with money, or with something else that is planned."""


def _take(words: str, text: str, language: Language) -> tuple[str, bool]:
    """Return a text without all words of a pattern, and whether there were any."""
    pattern = f"(?:{words})" if language in EAST else rf"(?<!\w)(?:{words})(?!\w)"
    left = re.sub(pattern, " ", text)
    return left, left != text


def _with_times(text: str, names: Sequence[str], language: Language) -> str:
    """Return a question with letters for both times, which it may call by their names, or as the first and second."""
    for mark, name, words in zip(_MARKS, names, (FIRST, SECOND), strict=True):
        text = re.sub(rf"(?<![a-z\d])(?:the )?{re.escape(name.lower())}(?![a-z\d])", f" {mark} ", text)
        said = words[language].replace("NOUN", f"(?:{TESTS[language]})")
        text = re.sub(said if language in EAST else rf"(?<!\w)(?:{said})(?!\w)", f" {mark} ", text)
    return text


def _ends(text: str, language: Language) -> int | None:
    """Return which time something is said of, 1 for the second; None if that is not clear."""
    asked: set[int] = set()
    compared: set[int] = set()
    for number, mark in enumerate(_MARKS):
        for match in re.finditer(mark, text):
            before = text[: match.start()].rstrip()
            if language == "ko":
                than = BEHIND_KO.search(text[match.end() :].strip()) is not None
            else:
                than = re.search(rf"(?<!\w)(?:{THAN[language]})", before) is not None
            (compared if than else asked).add(number)
    if asked & compared or len(asked) > 1 or len(compared) > 1:
        return None
    return asked.pop() if asked else 1 - compared.pop() if compared else 1


def _quantity(text: str, language: Language) -> tuple[_Quantity | None, str]:
    """Return whether all, some, most or none are asked for, which ones or how many; and the rest of the question."""
    found: list[_Quantity] = []
    for name, words in _QUANTITIES:
        text, said = _take(words[language], text, language)
        found += [name] if said else []
    return (found[0] if len(found) == 1 else None), text


def _side(text: str, panels: Sequence[ChartPanel], language: Language) -> tuple[_Way | None, str]:
    """Return whether a question speaks of more, of less or of the same, and its rest; None where it is not clear."""
    text, same = _take(SAME[language], text, language)
    sides: list[_Way] = []
    judges = is_known_which_is_better(panels, text)
    lower = is_better_lower(panels)
    for words, side in ((WORSE, "up" if lower else "down"), (BETTER, "down" if lower else "up")):
        text, said = _take(words[language], text, language)
        if said and not judges:
            return None, text
        sides += [side] if said else []  # type: ignore[list-item]
    dimensions = [one for panel in panels for one in dimensions_of(panel.axis_of(panel.series[0]).label)]
    for side, verbs, words in (("up", UP, MORE), ("down", DOWN, LESS)):
        adjectives = [(one.much if side == "up" else one.little)[language] for one in dimensions]
        compared = "|".join((*(comparatives(stems, language) for stems in adjectives), words[language]))
        for pattern in (verbs[language], compared):
            text, said = _take(pattern, text, language)
            sides += [side] if said else []  # type: ignore[list-item]
    if same:
        return (None if sides else "same"), text
    return (sides[0] if len(sides) == 1 else None), text


def _denied(text: str, language: Language) -> tuple[bool, str]:
    text, denied = _take(NOT[language], text, language)
    return denied, text


def _left(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question has words left of which nothing is known."""
    drawn = drawn_series(panels)
    axis = panels[0].axis_of(drawn[0])
    persons = [
        word for word in words_for_persons(text, language) if is_drawn_person(word, panels) and not SEX.search(word)
    ]
    own = [word for word in re.findall(r"[^\W\d_]{3,}", own_words(panels, [])) if word not in drawn[0].x]
    known = words_for(axis, language)
    patterns = [
        *(re.escape(word) for word in persons),
        *(rf"{re.escape(word)}s?" for word in sorted(own, key=len, reverse=True)),
        rf"(?:{_with_plurals(noun_of_places(panels[0], drawn[0], language))})\w{{0,2}}",
        *(words[language] for name, words in QUANTITIES.items() if is_quantity(name, axis, drawn[0].name)),
        *words_of_axis(axis, language),
        ITEMS[language],
        UNIT,
        FILLERS[language],
    ]
    text = known.sub(" ", text) if known is not None else text
    for words in patterns:
        text, _ = _take(words, text, language) if words else (text, False)
    return re.search(r"\w", text) is not None


def _with_plurals(nouns: str) -> str:
    return re.sub(r"y(?=\||$)", "(?:y|ies)", nouns)


# --- answers ----------------------------------------------------------------------------------------------------


def changed_things(task: Task) -> Iterator[str]:
    """Yield which things are higher, lower or the same at the second time, and whether that is as asked."""
    query = task.query
    before, after = sorted(task.items[:2], key=lambda item: query.series.index(item.series.name))
    entries = [
        (before.place(place), a[0], b[0])
        for place in before.series.x
        if (a := values_at(before.series, place)) and (b := values_at(after.series, place))
    ]
    asked: _Way = query.direction or "same"
    sides: tuple[_Way, ...] = ("up", "down", "same")
    groups = {side: [entry for entry in entries if _side_of(entry) == side] for side in sides}
    limit = query.threshold
    if limit is not None:
        percent = "percent" in query.words
        groups = {asked: [entry for entry in groups[asked] if limit.holds(_size(entry, percent=percent))]}
    number = sum(len(found) for side, found in groups.items() if (side == asked) != query.negated)
    if query.yes_no:
        held = [True] * number + [False] * (len(entries) - number)
        yield task.say("yes" if holds_for(query.quantifier, held) else "no")
    ends = {"first": task.name(before), "last": task.name(after)}
    measured = measure_of(query.series) != ""
    whole = f"{len(entries)}" if limit is None else f"{len(entries)} ({_beyond(task, limit)})"
    if not number:
        yield task.say("changes nowhere", **ends)
    for side in (one for one in groups if groups[one] and (one == asked) != query.negated):
        shown = {"count": len(groups[side]), "total": whole, "places": _shown(groups[side], task)}
        shown |= {"a": ends["last"], "b": ends["first"]} if measured and side != "same" else ends
        yield task.say(_sentence(query, side, measured=measured), **shown)
    told = [entry for side, found in groups.items() if (side == asked) != query.negated for entry in found]
    others = [entry for entry in entries if entry not in told]
    if others and query.quantifier in ("all", "most", "none"):
        yield task.say("the others", others=_shown(others, task))


def _sentence(query: Query, side: _Way, *, measured: bool) -> str:
    """Return the sentence that names things on one side; how many of all they are, unless only which is asked."""
    if side == "same":
        return "same for"
    if measured:
        return "above at some" if side == "up" else "below at some"
    verb = "rises" if side == "up" else "falls"
    only_which = not query.yes_no and "count" not in query.words and query.threshold is None
    return f"{verb} at" if only_which else f"{verb} for"


def _size(entry: tuple[str, float, float], *, percent: bool) -> float:
    """Return how large a change is, in per cent of the first value where that is asked for."""
    _, before, after = entry
    change = abs(after - before)
    return change if not percent else 100 * change / abs(before) if before else math.inf


def _beyond(task: Task, limit: Threshold) -> str:
    shown = f"{limit.limit:g} %" if "percent" in task.query.words else task.items[0].value(limit.limit)
    return task.say(limit.kind, limit=shown)


def _shown(entries: Sequence[tuple[str, float, float]], task: Task) -> str:
    """Return things with their values at both times."""
    item = task.items[0]
    return join([f"{name} ({item.value(a)} → {item.value(b)})" for name, a, b in entries], task.language)


def _side_of(entry: tuple[str, float, float]) -> _Way:
    return "same" if entry[1] == entry[2] else "up" if entry[2] > entry[1] else "down"
