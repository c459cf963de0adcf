"""Forms of German, French and Spanish questions about a whole period, the one before, peaks, and two extremes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import higher_at, two_needed
from vision_magic.engine.questions.answers.task import Item, Task
from vision_magic.engine.questions.forms.everyday import are_times
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import between, in_order, ranked
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.judging import is_low_first
from vision_magic.engine.questions.vocabulary.words import Operation, search_whole

__all__ = ["FORMS_OF_TIME", "ahead_query", "first_ahead", "same_place", "words_of_time"]

_WHOLE: Final[dict[Language, str]] = {
    "de": r"(?:ubers?|uber das|im|in dem|das|des) (?:ganzen?|gesamten?) jahr\w*|ganzjahrig|ubers jahr(?: hinweg)?|"
    r"in (?:der|einer) (?:ganzen |gesamten )?woche|(?:die|der) (?:ganze|gesamte)n? (?:woche|saison|zeitraum)",
    "fr": r"(?:sur|dans|pendant|durant|au cours de) (?:toute )?(?:l'annee|la semaine|la saison)(?: entiere| complete)?|"
    r"de toute (?:l'annee|la semaine)|en un an|toute l'annee",
    "es": r"(?:en|durante|de|a lo largo de) (?:todo )?(?:el ano|la semana|la temporada)(?: enter[oa]| complet[oa])?|"
    r"en un ano|todo el ano|toda la semana",
}
_BEFORE: Final[dict[Language, str]] = {
    "de": r"(?:der |das |dem |des |die )?(?:vorsaison|vorjahre?s?|vorwoche|vormonat|vorquartal|vorperiode)|"
    r"im jahr (?:davor|zuvor)|(?:der |die )?saison (?:davor|zuvor)",
    "fr": r"(?:l'|de l'|la |du |le |de la )?(?:annee|saison|mois|semaine|session) (?:precedente?|d'avant)",
    "es": r"(?:el |la |del |al )?(?:ano|temporada|mes|semana) (?:anterior|pasad[oa]|previ[oa])",
}
_PEAK: Final[dict[Language, str]] = {
    "de": r"gipfel\w*|spitzen?(?:wert\w*)?|hochstwert\w*|hochststand\w*|maximum|maxim\w+|hohepunkt\w*",
    "fr": r"pics?|sommets?|maximum|maxim\w+|points? culminants?",
    "es": r"picos?|maxim\w+|cimas?|puntos? algidos?",
}
_TIMES: Final[dict[Language, str]] = {
    "de": r"vervielfach\w*|verdreifach\w*|um welchen faktor|um das wievielfache",
    "fr": r"multipli\w*",
    "es": r"multiplic\w*",
}
_SAME: Final[dict[Language, str]] = {
    "de": r"fall\w* .{0,60}\bzusammen|derselbe|dieselbe|dasselbe|der gleiche|die gleiche|zugleich|gleichzeitig|auch",
    "fr": r"coincid\w*|la meme|le meme|aussi|en meme temps",
    "es": r"coincid\w*|el mismo|la misma|tambien|a la vez",
    "ko": r"같은 ?(?:달|해|날|때|월)|일치|동시",
    "zh": r"同一个?[月年天]|一致|相同的?[月年天]|同时",
}
_PERIODS: Final = (
    r"monat\w*|jahr\w*|woche\w*|tag\w*|mois|annee\w*|semaine\w*|jour\w*|mes\b|ano\b|semana\w*|dia\b|"
    r"달|월|해|날|月|年|天"
)


def _search(words: dict[Language, str], query: Query, text: str) -> re.Match[str] | None:
    return search_whole(words[query.language], query.language, text) if query.language in words else None


def _of_whole(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "how many over the whole year" as a question for a sum, and "the mean of the year" for a mean."""
    if query.places or query.bounds or query.threshold or query.groups or _search(_WHOLE, query, text) is None:
        return None
    told = set(query.operations)
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    periods = bool(drawn) and all(period_of(one.x) or len(one.x) > 2 for one in drawn)
    named = any(_MEAN.search(folded(one.name)) for one in drawn if one.name in query.series)
    if named and told <= {"trend", "value"} and len(drawn) == 1:
        return replace(query, operations=("mean",), statistic="mean")
    if (
        query.language in _THING
        and told
        and told <= {"maximum", "minimum"}
        and not query.series
        and len(drawn_series(panels)) > 1
        and query.rank == 1
    ):
        which = re.search(_THING[query.language], text)
        thing = which is not None and re.match(_PERIODS, which["noun"]) is None
        return replace(query, of_series=True, statistic=query.statistic or "sum") if thing else None
    counted = re.search(_HOW_MANY.get(query.language, "(?!)"), text) is not None
    if periods and counted and told <= {"value", "count"} and all(one.kind != "points" for one in drawn):
        return replace(query, operations=("sum",), words=query.words | {"sum"})
    return None


_MEAN: Final = re.compile(r"\b(?:mittel\w*|durchschnitt\w*|mittlere\w*|moyenne?s?|medi[ao]s?|promedio|mean|average)\b")
_THING: Final[dict[Language, str]] = {
    "de": r"\bwelche\w* (?P<noun>\w+)",
    "fr": r"\bquel(?:le)?s? (?:est (?:la |le |l'))?(?P<noun>\w+)",
    "es": r"\b(?:que|cual es (?:el|la)) (?P<noun>\w+)",
}
_HOW_MANY: Final[dict[Language, str]] = {"de": "wie ?viel", "fr": "combien", "es": "cuant"}


def _with_previous(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query about a year or a season and "the one before" as one about the series of both."""
    drawn = drawn_series(panels)
    names = [one.name for one in drawn]
    if _search(_BEFORE, query, text) is None or len(query.series) != 1 or not names or not are_times(names):
        return None
    ordered = sorted(names)
    number = ordered.index(query.series[0]) if query.series[0] in ordered else 0
    if not number:
        return None
    pair = (query.series[0], ordered[number - 1])
    told = set(query.operations)
    if told and told <= {"value", "maximum", "minimum", "trend", "difference", "compare", "gap"}:
        compared = replace(query, series=pair, operations=("difference",) if not query.yes_no else ("compare",))
        return _of_peaks(compared, text, panels) or compared
    return None


def _of_peaks(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a comparison of the peaks of two series as one of their highest values."""
    told = set(query.operations)
    if len(query.series) != 2 or query.places or query.bounds or _search(_PEAK, query, text) is None:
        return None
    if not told <= {"difference", "compare", "gap", "maximum", "crossing"} or len(panels) != 1:
        return None
    if told == {"maximum"} and not {"difference", "compare"} & query.words:
        return None
    sides = tuple(Side(series=(name,), places=(), statistic="highest") for name in query.series)
    less = query.asks_less
    return replace(
        query,
        operations=("sides",),
        sides=(sides[0], sides[1]),
        series=(),
        direction="down" if less else "up",
        words=frozenset({"difference"}),
    )


def _of_multiplied(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "by how much has it multiplied" as a question for how many times the later value is the earlier one."""
    if _search(_TIMES, query, text) is None:
        return None
    places = query.places
    if query.bounds is not None and query.bounds.low is not None and query.bounds.high is not None:
        places = (query.bounds.low, query.bounds.high)
    one = [series for series in drawn_series(panels) if not query.series or series.name in query.series]
    if len(one) != 1:
        return None
    if not places and len(one[0].x) > 1:
        places = (one[0].x[0], one[0].x[-1])
    if len(places) != 2:
        return None
    return replace(query, operations=("ratio",), places=(places[1], places[0]), bounds=None, yes_no=False)


def _at_same_place(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "is the warmest month the driest too" as a question whether two extremes are at one place."""
    same = _search(_SAME, query, text)
    two = {"maximum", "minimum"} <= query.words and len(drawn_series(panels)) == 2
    if same is None or not query.yes_no or not two or query.places or len(panels) != 1:
        return None
    return replace(query, operations=("same place",), series=(), panels=()) if re.search(_PERIODS, text) else None


_FIRST_TIME: Final[dict[Language, str]] = {
    "de": r"zum ersten mal|erstmals|das erste mal|zuerst",
    "fr": r"pour la premiere fois|la premiere fois|d'abord",
    "es": r"por primera vez|la primera vez|primero",
    "ko": "처음|최초",
    "zh": "首次|第一次",
}
_FROM_WHERE: Final[dict[Language, str]] = {
    "de": r"ab (?:wann|welche[mrn]|wo)|seit (?:wann|welche[mr])|von wann an",
    "fr": r"a partir d[eu] (?:quel(?:le)?|quand)|depuis (?:quel(?:le)?|quand)|des quel(?:le)?",
    "es": r"a partir de (?:que|cuando|cual)|desde (?:que|cuando|cual)",
    "ko": r"(?:언제|몇 ?\S|어느 ?\S{1,3})부터",
    "zh": r"从(?:什么时候|何时|哪)\S{0,4}(?:开始|起)",
}


def _of_ahead(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "when was A above B for the first time", and "from when on", as questions for a place, not a crossing."""
    told = set(query.operations)
    compared = bool({"compare", "crossing", "difference"} & query.words)
    if len(query.series) != 2 or query.threshold or query.bounds or not compared or len(panels) != 1:
        return None
    first, on = (_search(words, query, text) is not None for words in (_FIRST_TIME, _FROM_WHERE))
    asked = re.search(_WHEN_OR_WHICH[query.language], text) if query.language in _WHEN_OR_WHICH else None
    if not (first or on) or asked is None or told & {"cannot", "threshold", "overlap", "growth"}:
        return None
    if _IN_FRONT.search(text) and any(is_low_first(panels[0], one) for one in drawn_series(panels)):
        return None
    return ahead_query(query, first=first)


def ahead_query(query: Query, *, first: bool) -> Query:
    """Return a query where one of two series is ahead of the other first, or from there on."""
    asked: Operation = "first ahead" if first else "ahead from"
    return replace(query, operations=(asked,), series=query.pair_from_above, places=(), yes_no=False)


_IN_FRONT: Final = re.compile(r"\b(?:vor|hinter|devant|derriere|delante|detras)\b|앞|뒤|领先|落后")
"""Words for who is ahead, who in a race is the one with the lowest time."""
_WHEN_OR_WHICH: Final[dict[Language, str]] = {
    "de": r"\b(?:wann|welche\w*|wo)\b",
    "fr": r"\b(?:quand|quel(?:le)?)\b",
    "es": r"\b(?:cuando|que|cual)\b",
    "ko": "언제|몇|어느|[은는던진른긴된한] ?(?:해|때|달|월|날|주|분기|연도|시점|시기)",
    "zh": "什么时候|何时|哪",
}


def first_ahead(task: Task) -> Iterator[str]:
    """Yield the first place at which one of two series is above the other."""
    items = {item.series.name: item for item in task.items}
    if len(task.items) != 2 or len(items) != 2 or set(task.query.series) != set(items):
        yield two_needed(task)
        return
    first, second = (items[name] for name in task.query.series)
    order = {point.place: number for number, point in enumerate(in_order(first.series))}
    shared = sorted(between(first.series, second.series), key=lambda entry: order.get(entry[0], 0))
    ahead = next(((place, a, b) for place, a, b in shared if a > b), None)
    if ahead is None:
        yield from higher_at(task, first, second, means=False)
        return
    place, a, b = ahead
    names = {"a": task.name(first), "b": task.name(second), "a_value": first.value(a), "b_value": second.value(b)}
    yield task.say("first ahead", **names, at=first.at(place))


def same_place(task: Task) -> Iterator[str]:
    """Yield whether two series have their extremes at one place: the first that is named its highest or lowest."""
    extremes = ((item, highest, ranked(item.series, highest=highest)) for item, highest in _extremes(task))
    found = [(item, highest, known[0]) for item, highest, known in extremes if known]
    if len(found) != 2:
        yield task.say("unknown", of="")
        return
    (_, _, first), (_, _, second) = found
    yield task.say("yes" if first.place == second.place else "no")
    for item, highest, point in found:
        key = "maximum" if highest else "minimum"
        yield task.say(key, of=task.of(item), value=item.value(point.value), at=item.at(point.place))


def _extremes(task: Task) -> Iterator[tuple[Item, bool]]:
    """Yield the two series in the order of their quantities in the question, with which extreme of each is meant."""
    from vision_magic.engine.questions.names.quantities import words_for
    from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, search

    language, text = task.language, task.query.text
    for item in task.items[:2]:
        words = words_for(item.values, language)
        own = next((match for match in words.finditer(text) if match), None) if words is not None else None
        if own is None:
            return
        around = text[max(0, own.start() - 12) : own.end()]
        low = search(OPERATION_WORDS["minimum"][language], language, around)
        high = search(OPERATION_WORDS["maximum"][language], language, around)
        yield item, high is not None and not (low is not None and own[0] in low[0])


FORMS_OF_TIME: Final = (_of_ahead, _of_whole, _with_previous, _of_peaks, _of_multiplied, _at_same_place)
"""Each returns what a question asks for where its words stand in this form; None if they do not."""


def words_of_time(text: str, language: Language) -> str:
    """Return a question without the words that only these forms understand."""
    for words in (_WHOLE, _BEFORE, _PEAK, _TIMES, _SAME, _FIRST_TIME, _FROM_WHERE):
        if language in words:
            pattern = rf"(?<!\w)(?:{words[language]})(?!\w)"
            while (match := re.search(pattern, folded(text))) is not None and len(folded(text)) == len(text):
                text = f"{text[: match.start()]} {text[match.end() :]}"
    return text
