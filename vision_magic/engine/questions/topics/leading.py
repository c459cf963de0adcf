"""Whether one of several series is ahead of all others at every place, and which is: "was she first all the way?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import known_points
from vision_magic.engine.questions.places.rows_and_columns import names_series
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import is_of_durations
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_always_leading", "as_leading", "leads"]

_ALWAYS: Final[dict[Language, str]] = {
    "en": r"always|throughout|all the way|the (?:whole|entire) (?:time|way|period|year|race|season)|"
    r"from (?:start|beginning|first) to (?:end|finish|last)|at every|in every|in each|at each|every single|"
    r"(?:in|on|at|during|for) all(?: of)?(?: the)? (?:\w+ )?(?:year|month|week|day|hour|quarter|season|round|time)s|"
    r"(?:every|each) (?:year|month|week|day|hour|quarter|season|round|time)|all (?:the time|along|year(?: round)?)",
    "de": r"immer|stets|durchgehend|durchweg|die ganze zeit|von anfang bis ende|in jede[mrs]?|bei jede[mrs]?|"
    r"(?:in|an|zu|bei) allen \w+|jede[ns]? (?:jahr|monat|woche|tag|stunde|quartal|saison|mal)|das ganze jahr(?: über)?",
    "fr": r"toujours|tout le temps|tout du long|du début à la fin|d['’]un bout à l['’]autre|chaque|tous les|toutes les",
    "es": r"siempre|todo el tiempo|de principio a fin|en todo momento|en cada|en todos|en todas",
    "ko": r"항상|내내|줄곧|계속|처음부터 ?끝까지|늘 |언제나|모든|매번|매[년월달해]|한 ?번도 빠짐없이|시종일관",
    "zh": r"一直|始终|从头到尾|自始至终|每[年月天个次]|都是?|总是|全程",
}
_FIRST: Final[dict[Language, str]] = {
    "en": r"first|in front|ahead of (?:all|everyone|the others)|in the lead|lead(?:s|ing)?|led|on top|"
    r"number one|highest|top",
    "de": r"vorn|vorne|erste[rs]?|an der spitze|in führung|führ(?:t|te|end)\w*|am höchsten|höchste[rs]?",
    "fr": r"en tête|premi[eè]re?s?|devant tous|la plus haute|le plus haut|la plus élevée|le plus élevé|domin\w+|mèn\w+",
    "es": r"en cabeza|primer[oa]?|por delante de todos|lider\w*|la más alta|el más alto|l[oa] mayor",
    "ko": r"(?:가장|제일) (?:높|많|크|컸|낮|적)\S*|1 ?위|1 ?등|선두|최고|가장 앞",
    "zh": r"第一|最[高多大好]|领先|居首|冠军|榜首|排首",
}


def as_leading(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question whether one series is always ahead of all others.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with letters in the place of names and numbers.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    text, plain = written.lower(), not (query.places or query.bounds or query.threshold or query.amounts)
    if (
        query.language == "en"
        or len(panels) != 1
        or len(query.series) != 1
        or len(drawn) < 3
        or not plain
        or not query.yes_no
    ):
        return None
    start, end = ("", "") if query.language in ("ko", "zh") else (r"(?<!\w)", r"(?!\w)")
    words = (_ALWAYS[query.language], _FIRST[query.language])
    if not all(re.search(f"{start}(?:{known}){end}", text) for known in words) or len({one.right for one in drawn}) > 1:
        return None
    low = is_of_durations(panels) or {"minimum"} == query.words & {"maximum", "minimum"}
    others = tuple(one.name for one in drawn if one.name != query.series[0])
    return replace(
        query, operations=("leads",), series=(*query.series, *others), direction="down" if low else "up", statistic=""
    )


_EVERYWHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:always|(?<!most )(?<!least )(?<!more )(?:consistently|constantly)|invariably|every time|"
    r"(?:in|at) (?:each|every)(?: single)?)\b",
    "de": r"\b(?:(?:immer|ständig)(?! (?:noch|wieder|mehr|weniger|\w+er)\b)|stets|durchgehend|durchwegs?|jedes mal|"
    r"(?:in|bei|zu) jede[mrs]|ausnahmslos)\b",
    "fr": r"\b(?:toujours|systématiquement|constamment|invariablement|(?:à|en) chaque|chaque fois)\b",
    "es": r"\b(?:siempre|sistemáticamente|constantemente|invariablemente|en cada|todas las veces)\b",
    "ko": r"항상|언제나|매번|줄곧|내내|시종일관|한결같이|늘 ",
    "zh": r"始终|一直|总是|一贯|自始至终|从头到尾|每(?:个|一)?(?:月|年|季度|季|天|日|次|周)都",
}
"""That something holds at every place, and not of all of them together."""


def as_always_leading(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which shop consistently sells the least" as a question for the series that is the lowest everywhere.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text = drawn_series(panels), text.lower()
    if query.yes_no and len(query.series) == 1:
        return _as_one_leading(query, text, panels)
    alike = len(panels) == 1 and len(drawn) > 1 and len({(one.kind, one.right, one.x) for one in drawn}) == 1
    kept = query.series or query.places or query.bounds or query.groups or query.threshold or query.then or query.top
    sides = query.words & {"maximum", "minimum"}
    extreme = set(query.operations) <= sides and len(sides) == 1
    if not alike or kept or not extreme or query.yes_no or query.rank > 1 or "mean" in query.words:
        return query
    plain = drawn[0].kind in ("line", "area", "step", "heat map", *BARS) and len(drawn[0].x) > 1
    everywhere = re.search(_EVERYWHERE[query.language], text) is not None
    if not (plain and everywhere and names_series(query, text, panels[0], drawn)):
        return query
    leads: tuple[Operation, ...] = ("leads",)
    query = replace(query, operations=leads, direction="down" if "minimum" in sides else "up", statistic="")
    return replace(query, firm=True)


def _as_one_leading(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "was Rome the warmest in all months" as a question whether it is ahead at every place."""
    drawn = drawn_series(panels)
    alike = len(panels) == 1 and len(drawn) > 1 and len({(one.kind, one.right, one.x) for one in drawn}) == 1
    kept = query.places or query.bounds or query.groups or query.threshold or query.then or query.top or query.without
    sides = query.words & {"maximum", "minimum"}
    told = len(sides) == 1 and set(query.operations) <= {"maximum", "minimum", "cannot"} and query.rank == 1
    if not alike or kept or not told or drawn[0].kind not in ("line", "area", "step", *BARS):
        return query
    start, end = ("", "") if query.language in ("ko", "zh") else (r"(?<!\w)", r"(?!\w)")
    if not re.search(f"{start}(?:{_ALWAYS[query.language]}){end}", text):
        return query
    others = tuple(one.name for one in drawn if one.name != query.series[0])
    leads: tuple[Operation, ...] = ("leads",)
    query = replace(query, operations=leads, series=(*query.series, *others), statistic="", firm=True)
    return replace(query, direction="down" if "minimum" in sides else "up")


def _ahead_most(task: Task, sign: float) -> Item | None:
    """Return the series that is ahead at most places."""
    ahead = [(len(known_points(item.series)) - len(_behind(task, item, sign)), item) for item in task.items]
    return max(ahead, key=lambda pair: pair[0])[1] if ahead else None


def _behind(task: Task, own: Item, sign: float) -> list[tuple[Place, Item]]:
    """Return the places at which another series is ahead of one, with the one that is."""
    behind: list[tuple[Place, Item]] = []
    for point in known_points(own.series):
        others = ((item.value_at(point.place), item) for item in task.items if item is not own)
        rivals = [(sign * at[0], item) for at, item in others if at is not None]
        best = max(rivals, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] > sign * point.value:
            behind.append((point.place, best[1]))
    return behind


def leads(task: Task) -> Iterator[str]:
    """Yield whether the first of several series is ahead at all places, and else where others are.

    Where none is named, it is the one that is ahead at most places.
    """
    sign = -1.0 if task.query.direction == "down" else 1.0
    named = task.query.series[:1]
    own = next((item for item in task.items if item.series.name in named), None)
    own = own if named else _ahead_most(task, sign)
    if own is None:
        yield task.say("unknown", of="")
        return
    behind, total = _behind(task, own, sign), len(known_points(own.series))
    if named:
        yield task.say("no" if behind else "yes")
    key = "leads lowest" if sign < 0 else "leads highest"
    yield task.say(key, name=task.name(own), count=total - len(behind), total=total)
    if behind:
        shown = [f"{own.place(place)} ({task.name(item)})" for place, item in behind]
        yield task.say("others lead", places=join(shown, task.language))
