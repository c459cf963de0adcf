"""Whether one of several series is ahead of all others at every place: "was she first all the way?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.judging import is_of_durations
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import known_points
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.task import Item, Task, join

__all__ = ["as_leading", "leads"]

_ALWAYS: Final[dict[Language, str]] = {
    "en": r"always|throughout|all the way|the (?:whole|entire) (?:time|way|period|year|race|season)|"
    r"from (?:start|beginning|first) to (?:end|finish|last)|at every|in every|in each|at each|every single",
    "de": r"immer|stets|durchgehend|durchweg|die ganze zeit|von anfang bis ende|in jede[mrs]?|bei jede[mrs]?",
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


def leads(task: Task) -> Iterator[str]:
    """Yield whether the first of several series is ahead at all places, and else where others are."""
    sign = -1.0 if task.query.direction == "down" else 1.0
    own = next((item for item in task.items if item.series.name in task.query.series[:1]), None)
    if own is None:
        yield task.say("unknown", of="")
        return
    behind: list[tuple[Place, Item]] = []
    points = known_points(own.series)
    for value, place in points:
        rivals = [(sign * at[0], item) for item in task.items if item is not own and (at := item.value_at(place))]
        best = max(rivals, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] > sign * value:
            behind.append((place, best[1]))
    yield task.say("no" if behind else "yes")
    ahead = len(points) - len(behind)
    key = "leads lowest" if sign < 0 else "leads highest"
    yield task.say(key, name=task.name(own), count=ahead, total=len(points))
    if behind:
        shown = [f"{own.place(place)} ({task.name(item)})" for place, item in behind]
        yield task.say("others lead", places=join(shown, task.language))
