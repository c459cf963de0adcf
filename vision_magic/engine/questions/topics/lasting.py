"""How long a course is at a level or beyond a limit, from when to when, and the jumps and levels of a line of steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.rates import each
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_derived, format_value, is_date, is_year_label
from vision_magic.engine.questions.operations import Level, has_jumps, in_order, is_joined, levels, position_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["all_levels", "as_lasting", "jumps_at", "lasts"]

_HOW_LONG: Final[dict[Language, str]] = {
    "en": r"\b(?:for )?how long\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b|"
    r"\bhow much (?:of the )?time\b",
    "de": r"\bwie ?lange\b|\bwie ?viele (?:sekunden|minuten|stunden|tage|wochen|monate|jahre)\b|\bwie ?viel zeit\b",
    "fr": r"\bcombien de temps\b|\bcombien d(?:e |['’])(?:secondes|minutes|heures|jours|semaines|mois|années|ans)\b",
    "es": r"\bcu[aá]nto tiempo\b|\bcu[aá]nt[oa]s (?:segundos|minutos|horas|días|semanas|meses|años)\b",
    "ko": r"얼마 ?동안|얼마나 ?(?:오래|지속|길게)|몇 ?(?:초|분|시간|주|달|개월|년) ?(?:동안|"
    r"간)?(?! ?[만뒤후에차째])|며칠",
    "zh": r"多久|多长时间|(?:多少|几)个?(?:秒钟?|分钟|小时|天|周|月|年)",
}
_FROM_TO: Final[dict[Language, str]] = {
    "en": r"\bfrom (?:when|what time|which (?:hour|day|year|month)) (?:to|until|till) "
    r"(?:when|what time|which (?:hour|day|year|month))\b|\bbetween (?:which|what) (?:hours|times|days|dates|years)\b|"
    r"\b(?:during|in) (?:which|what) (?:period|time|interval|stretch)\b",
    "de": r"\bvon wann bis wann\b|\bzwischen welchen (?:zeiten|stunden|tagen|jahren|zeitpunkten)\b|"
    r"\b(?:in|während) welche[mr] (?:zeit\w*|spanne)\b",
    "fr": r"\b(?:de|depuis) quand (?:à|jusqu['’]à) quand\b|\bde quelle heure à quelle heure\b|"
    r"\bentre quel(?:le)?s (?:heures|moments|dates|années)\b|\b(?:pendant|durant|sur) quelle (?:période|plage)\b",
    "es": r"\b(?:de|desde) cu[aá]ndo (?:a|hasta) cu[aá]ndo\b|\b(?:de|desde) qué hora (?:a|hasta) qué hora\b|"
    r"\bentre qué (?:horas|momentos|fechas|años)\b|\b(?:durante|en) qué (?:período|periodo|intervalo|franja)\b",
    "ko": r"언제부터 ?언제까지|몇 ?시(?:간)?부터 ?몇 ?시(?:간)?까지|어느 ?(?:기간|시간대|구간)(?:에|동안)?",
    "zh": r"从?(?:什么时候|何时|几点|第?几(?:个?小时)?)[到至](?:什么时候|何时|几点|第?几(?:个?小时)?)|"
    r"哪一?段(?:时间|期间)|"
    r"哪个时间段|什么时间段",
}
_WHEN: Final[dict[Language, str]] = {
    "en": r"\b(?:since |from )?when\b|\bat (?:what|which) (?:time|hour|point)\b|\bafter how (?:many|long)\b|"
    r"\bhow (?:many|long) .*\b(?:until|till|before)\b",
    "de": r"\b(?:ab |seit )?wann\b|\bnach wie ?viele\w*\b|\bum wie ?viel uhr\b|\bbis wann\b",
    "fr": r"\b(?:à partir de |depuis )?quand\b|\b(?:après|au bout de) combien\b|\bà quel(?:le)? (?:heure|moment)\b",
    "es": r"\b(?:desde |a partir de )?cu[aá]ndo\b|\b(?:después|al cabo|a partir) de cu[aá]nt\w+\b|\ba qué hora\b|"
    r"\ba l[oa]s cu[aá]nt\w+\b",
    "ko": r"언제|몇 ?(?:초|분|시간|일|주|개월|년) ?(?:만에|뒤|후)|몇 ?시에",
    "zh": r"(?:什么时候|何时)|(?:多少|几)个?(?:分钟|小时|天|周|月|年)(?:以|之)?后|几点",
}
_FULL: Final[dict[Language, str]] = {
    "en": r"\b(?:at|on|to) (?:its |the )?(?:full|maximum|max|top|highest|peak)(?: \w+)?|\b(?:flat out|fully on)\b",
    "de": r"\b(?:auf|mit|bei|unter) (?:der |ihrer |seiner )?(?:voll\w*|höchst\w*|maximal\w*|größt\w*) ?[\w]*|"
    r"\bauf hochtouren\b|\bvoll aufgedreht\b",
    "fr": r"\bà (?:sa |son )?(?:pleine?|plein|puissance maximale|régime maximal|fond)(?: \w+)?|\bau maximum\b",
    "es": r"\ba (?:su )?(?:plen[oa]|tod[oa]|máxim[oa]|pleno)(?: \w+)?|\bal máximo\b|\ba tope\b",
    "ko": r"(?:최대|최고|풀) ?(?:출력|전력|파워|가동|속도|세기|수준|로|치)?(?:로|으로|에서)?|전부하",
    "zh": r"满(?:负荷|功率|载|速)|全(?:功率|速|力|负荷)|最大(?:功率|值|负荷)?|最高(?:功率|档)",
}
_OFF: Final[dict[Language, str]] = {
    "en": r"\b(?:completely |fully |entirely )?(?:is|are|was|were|be|been|goes|went|gets?|turned|switched|shut|stays?|"
    r"stayed|completely|fully)(?: \S+){0,3}? (?:completely |fully |entirely |turned |switched |shut )*off\b|"
    r"\bturned off\b|\bswitched off\b",
    "de": r"\b(?:ganz |komplett |völlig |vollständig |wieder )*(?:aus(?:geschaltet|gestellt|gegangen)?|"
    r"ab(?:geschaltet|gestellt))\W*$",
    "fr": r"\b(?:complètement |entièrement |totalement )?(?:éteinte?s?|à l['’]arrêt|arrêtée?s?|coupée?s?)(?!\w)",
    "es": r"\b(?:completamente |totalmente |del todo )?(?:apagad[oa]s?|desconectad[oa]s?|parad[oa]s?|se apag\w+)\b",
    "ko": r"(?:완전히 |전부 |아예 )?(?:꺼[져졌지진]\S*|끄\S*|끕\S*|정지\S*)",
    "zh": r"(?:完全|彻底|全部)?(?:关闭|关掉|关了|停止|停机|停了|熄灭)",
}
_ON: Final[dict[Language, str]] = {
    "en": r"\b(?:(?:switched|turned) on|running|in operation)\b",
    "de": r"\b(?:eingeschaltet|angeschaltet|in betrieb)\b",
    "fr": r"\b(?:allumée?s?|en marche|en service)(?!\w)",
    "es": r"\b(?:encendid[oa]s?|en marcha|conectad[oa]s?)\b",
    "ko": r"켜[져졌지진]\S*|가동\S*|작동\S*|돌아\S*|유지\S*|지속\S*",
    "zh": r"开着|开启|运行|运转|维持|持续|保持",
}
"""That something is at work, which a level tells in more detail."""
_JUMPS: Final[dict[Language, str]] = {
    "en": r"\b(?:jump\w*|step\w*|ris\w+|rose|go\w*|went|increas\w*|climb\w*|drop\w*|fall\w*|fell|decreas\w*|chang\w*)"
    r"(?: up(?:wards?)?| down(?:wards?)?)?\b",
    "de": r"\b(?:spring\w*|sprang\w*|steig\w*|stieg\w*|fäll\w*|fiel\w*|sink\w*|sank\w*|änder\w*|erhöh\w*|nimm\w*)\b|"
    r"\bnach (?:oben|unten)\b|\b(?:hoch|rauf|runter|herunter)\W*$",
    "fr": r"\b(?:saut\w*|mont\w*|augment\w*|grimp\w*|baiss\w*|chut\w*|diminu\w*|chang\w*|vari\w*)|"
    r"\bvers le (?:haut|bas)\b",
    "es": r"\b(?:salt\w*|sub\w*|aument\w*|baj\w*|ca[eyí]\w*|disminu\w*|cambi\w*)|\bhacia (?:arriba|abajo)\b",
    "ko": r"뛰\S*|올[라랐르]\S*|오[르른]\S*|상승\S*|떨어\S*|내[려렸리]\S*|줄\S*|늘\S*|변\S*|바뀌\S*",
    "zh": r"跳\S{0,2}|[上下]?[升降涨跌](?:高|低|了)?|增加|减少|变化",
}
_HOW_MUCH: Final[dict[Language, str]] = {
    "en": r"\bby (?:how much|how many|what)\b|\bhow (?:much|many)\b|\bhow (?:big|large|high) (?:is|was) the (?:jump|"
    r"step)\b",
    "de": r"\b(?:um )?wie ?viele?\b|\bwie (?:groß|hoch) (?:ist|war) der sprung\b",
    "fr": r"\b(?:de )?combien\b",
    "es": r"\b(?:en )?cu[aá]nt[oa]s?\b",
    "ko": r"얼마나?|몇",
    "zh": r"多少|几",
}
_LEVELS: Final[dict[Language, str]] = {
    "en": r"\bhow many (?:different |distinct |separate )?(?:\w+ )?(?:steps|levels|stages|plateaus?|plateaux|jumps)\b",
    "de": r"\bwie ?viele (?:verschiedenen? |unterschiedlichen? )?\w*(?:stufen|sprünge|niveaus|plateaus)\b",
    "fr": r"\bcombien de (?:différents )?(?:paliers|marches|niveaux|sauts|plateaux)\b",
    "es": r"\bcu[aá]nt[oa]s (?:\w+ )?(?:escalones|niveles|peldaños|saltos|mesetas)\b",
    "ko": r"(?:단계|계단)[가는은이]? ?(?:모두 |총 )?몇|몇 ?(?:개의 ?)?(?:단계|계단)",
    "zh": r"(?:几|多少)个?(?:不同的?)?(?:台阶|阶段|阶梯|级|档|挡|水平)",
}
_NOT_LASTING: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "mean", "median", "sum", "difference", "share", "ratio", "percent", "range", "sort")
)


def as_lasting(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question how long, or from when to when, a course is at a level, or what its steps are, as such a one.

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
    kept = query.groups or query.then or query.sides or query.top or query.rank > 1 or query.without
    if len(panels) != 1 or not drawn or kept or not all(_has_course(one, panels[0]) for one in drawn):
        return query
    text = text.lower()
    return _as_levels(query, text, drawn) or _as_jump(query, text, drawn) or _as_span(query, text, drawn) or query


def _has_course(series: Series, panel: ChartPanel) -> bool:
    """Return whether a series has a value at each place between its first and its last, along a scale that is even."""
    even = "log" not in (panel.x.scale, panel.axis_of(series).scale)
    return (
        even and is_joined(series) and len(series.x) > 1 and all(position_of(place) is not None for place in series.x)
    )


def _is_of_steps(drawn: Sequence[Series]) -> bool:
    return all(map(has_jumps, drawn))


def _said(query: Query, words: Sequence[dict[Language, str]], text: str) -> str:
    """Return what a question says in words of some tables; empty if it leaves another word without a meaning."""
    said = " ".join(match[0] for table in words for match in re.finditer(table[query.language], text))
    unknown = "unheard" in query.operations and query.unheard.lower() not in said
    return "" if unknown or (query.firm and query.unheard) else said


def _as_levels(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return a question how many steps there are; None for others."""
    plain = not (query.places or query.bounds or query.threshold or query.amounts)
    if not _is_of_steps(drawn) or not plain or not _said(query, (_LEVELS,), text):
        return None
    return replace(query, operations=("levels",), unheard="", statistic="", yes_no=False, firm=True)


def _as_jump(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return a question by how much a line of steps jumps at a place; None for others."""
    asked = re.search(_HOW_MUCH[query.language], text) and re.search(_JUMPS[query.language], text)
    alone = len(drawn) == 1 and len(query.places) == 1 and not (query.bounds or query.threshold or query.amounts)
    if not asked or not alone or not _is_of_steps(drawn) or not _said(query, (_JUMPS, _HOW_MUCH), text):
        return None
    if not any(_is_at(before.end, query.places[0]) for before, _ in pairwise(levels(drawn[0]))):
        return None
    return replace(query, operations=("jumps at",), unheard="", statistic="", yes_no=False, firm=True)


def _as_span(query: Query, text: str, drawn: Sequence[Series]) -> Query | None:
    """Return a question how long, or from when to when, a course is at a level or beyond a limit; None for others."""
    language, steps, gaps = query.language, _is_of_steps(drawn), all(map(_has_gaps, drawn))
    if not (steps or gaps):
        return None
    span = re.search(_FROM_TO[language], text)
    lasting = span or re.search(_HOW_LONG[language], text)
    if not (lasting or (steps and re.search(_WHEN[language], text))) or query.yes_no or query.bounds:
        return None
    limit = query.threshold
    if limit is not None:
        plain = gaps and (span is not None or not query.has("from"))  # where they are counted, they are told one by one
        told = (
            plain and set(query.operations) <= {"threshold", "reach", "unheard", "count"} and not query.firm and lasting
        )
        known = math.isfinite(limit.limit) and not limit.of_places and _said(query, (_HOW_LONG, _FROM_TO), text)
        return replace(_plain(query), amounts=()) if told and known else None
    if not _said(query, (_HOW_LONG, _FROM_TO, _WHEN, _FULL, _OFF, _ON), text) or query.places:
        return None
    level = _level(query, text, drawn)
    return None if level is None else replace(_plain(query), amounts=(level,))


def _plain(query: Query) -> Query:
    return replace(query, operations=("lasts",), unheard="", statistic="", negated=False, direction="", firm=True)


def _level(query: Query, text: str, drawn: Sequence[Series]) -> float | None:
    """Return the value of the level that a question names, if the only series has it for a while: its highest, or 0."""
    language, one = query.language, drawn[0]
    if len(drawn) > 1:
        return None
    full, off = (re.search(words[language], text) is not None for words in (_FULL, _OFF))
    if len(query.amounts) == 1:
        found = None if set(query.operations) & _NOT_LASTING else query.amounts[0]
    elif full == off or query.amounts or not _is_of_steps(drawn):
        found = None
    else:
        found = max(point.value for point in in_order(one)) if full else 0.0
    held = found is not None and bool(_spans(one, lambda value: math.isclose(value, found, abs_tol=1e-12)))
    return found if held else None


def _has_gaps(series: Series) -> bool:
    """Return whether places are so far apart that a course passes a limit between them, and are not just counted."""
    places = [position for place in series.x if (position := position_of(place)) is not None]
    gaps = {round(b - a, 9) for a, b in pairwise(sorted(places))}
    return bool(gaps) and gaps != {1.0}


def _is_at(place: Place, other: Place) -> bool:
    a, b = position_of(place), position_of(other)
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9)


# --- answers ----------------------------------------------------------------------------------------------------


def lasts(task: Task) -> Iterator[str]:
    """Yield from where to where each series is at a level, or beyond a limit, and how long that is."""
    limit = task.query.threshold
    for item in task.items[:6] if limit is not None or task.query.amounts else ():
        if limit is not None:
            spans = _spans(item.series, limit.holds, limit.limit)
            than = task.say(limit.kind, limit=format_value(limit.limit, item.unit, derived=True))
        else:
            level = task.query.amounts[0]
            spans = _spans(item.series, lambda value, level=level: math.isclose(value, level, abs_tol=1e-12))  # type: ignore[misc]
            than = task.say("at level", value=item.value(level))
        if not spans:
            known = item.series.summary
            ends = {"low": item.value(known.low or 0.0), "high": item.value(known.high or 0.0)}
            yield task.say("never beyond", series=task.name(item), than=than, **ends)
            continue
        shown = join([_in_words(task, item, start, end) for start, end in spans], task.language)
        said = {"series": task.name(item), "than": than, "spans": shown}
        if len(spans) == 1:
            yield task.say("lasts", **said)
        else:
            whole = math.fsum(_apart(start, end) for start, end in spans)
            yield task.say("lasts in all", **said, length=_length(task, item, whole))


def _spans(series: Series, holds: Callable[[float], bool], limit: float | None = None) -> list[tuple[Place, Place]]:
    """Return from where to where the values of a course hold; of a line, between its points up to the limit."""
    if series.steps and series.kind == "step":
        parts = [(part.start, part.end) for part in levels(series) if holds(part.value)]
    else:
        parts = list(_held_between(series, holds, limit))
    found: list[tuple[Place, Place]] = []
    for start, end in parts:
        if found and _is_at(found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [span for span in found if series.steps or not _is_at(*span)]


def _held_between(series: Series, holds: Callable[[float], bool], limit: float | None) -> Iterator[tuple[Place, Place]]:
    """Yield the parts of a line between two neighbouring points at which its values hold."""
    for before, after in pairwise(in_order(series)):
        left, right = holds(before.value), holds(after.value)
        if left and right:
            yield before.place, after.place
        elif limit is not None and (left or right) and before.value != after.value:
            share = (limit - before.value) / (after.value - before.value)
            at = _between(before.place, after.place, share)
            yield (before.place, at) if left else (at, after.place)


def _between(a: Place, b: Place, share: float) -> Place:
    """Return the place at a share of the way from one place to another, rounded to a hundredth of it."""
    if share in (0.0, 1.0):
        return b if share else a
    start, end = position_of(a) or 0.0, position_of(b) or 0.0
    at = start + share * (end - start)
    if not isinstance(a, str):
        return round(at, 2 - math.floor(math.log10(end - start)))
    moment = datetime(1970, 1, 1) + timedelta(days=at)
    return moment.isoformat(timespec="minutes") if end - start < 1 else moment.date().isoformat()


def _in_words(task: Task, item: Item, start: Place, end: Place) -> str:
    if _is_at(start, end):
        return task.say("span on", start=_place(item, start))
    length = _length(task, item, _apart(start, end))
    return task.say("span", start=_place(item, start), end=_place(item, end), length=length)


def _place(item: Item, place: Place) -> str:
    """Return a place in words; a number with a unit without the label of its axis, which goes without saying."""
    if isinstance(place, str) or not item.places.unit:
        return item.place(place)
    return format_value(place, item.places.unit, derived=True)


def _apart(start: Place, end: Place) -> float:
    return (position_of(end) or 0.0) - (position_of(start) or 0.0)


_OF_HOURS: Final = re.compile(
    r"hours?\b|stunde|uhrzeit|heures?\b|horas?\b|time of day|시간|시각|小时|时刻|时间", re.IGNORECASE
)
_MINUTES: Final = 1440


def _length(task: Task, item: Item, length: float) -> str:
    """Return how long a part of the axis is, with its unit."""
    place = item.series.x[0]
    if isinstance(place, str) and is_date(place):
        hours = length < 2
        shown = format_derived(round(length * 24, 2) if hours else round(length, 1))
        return f"{shown} {task.say('hours' if hours else 'days')}"
    if item.places.unit:
        return format_value(length, item.places.unit, derived=True)
    if _OF_HOURS.search(item.places.label) and not is_year_label(item.places.label):
        return f"{format_derived(length)} {task.say('hours')}"
    return f"{format_derived(length)} {each(task, item, several=True)}"


def jumps_at(task: Task) -> Iterator[str]:
    """Yield from which value to which a line of steps jumps at a place, and by how much."""
    for item in task.items[:1]:
        for place in task.query.places[:3]:
            pair = next(
                (pair for pair in pairwise(levels(item.series)) if _is_at(pair[0].end, place)),
                None,
            )
            yield _jump(task, item, place, pair)


def _jump(task: Task, item: Item, place: Place, pair: tuple[Level, Level] | None) -> str:
    if pair is None:
        found = item.value_at(place)
        value = item.value(found[0]) if found is not None else ""
        return task.say("no jump", series=task.name(item), at=item.at(place), value=value)
    before, after = (part.value for part in pair)
    return task.say(
        "jumps up" if after > before else "jumps down",
        series=task.name(item),
        at=item.at(place),
        first=item.value(before),
        last=item.value(after),
        change=item.change(abs(after - before)),
    )


_MOST_LEVELS: Final = 12


def all_levels(task: Task) -> Iterator[str]:
    """Yield how often a line of steps changes, and its levels from left to right."""
    for item in task.items[:4]:
        parts = levels(item.series)
        if not parts:
            yield task.say("unknown", of=task.of(item))
            continue
        shown = [f"{item.value(part.value)} {_in_words(task, item, part.start, part.end)}" for part in parts]
        listed = join(shown, task.language, longest=_MOST_LEVELS)
        yield task.say("levels", series=task.name(item), jumps=len(parts) - 1, count=len(parts), parts=listed)
