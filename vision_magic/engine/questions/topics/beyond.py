"""Whether a change or a sum is beyond a limit: "did it rise by more than 15 kg", "do A and B make up over half"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.courses import course
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.operations import in_order, total, values_at
from vision_magic.engine.questions.places.groups import have_order
from vision_magic.engine.questions.query import Query, Threshold

__all__ = ["as_beyond", "change_beyond", "sum_beyond"]

_BY: Final = (
    r"\b(?:rise|rose|risen|grow|grew|grown|increased?|gain(?:ed)?|climb(?:ed)?|improved?|fall|fell|fallen|drop(?:ped)?|"
    r"declined?|decreased?|lose|lost|shrink|shrunk|shrank|change[d]?|go up|went up|go down|went down|reduced?)\b"
    r"(?: \S+){0,6}? by (?:more|less|fewer|over|under|at least|at most)\b"
)
_TIMES: Final = (
    r"(?P<more>\bmore than )?\b(?P<times>doubled?|tripled?|trebled?|quadrupled?|halved?|"
    r"twice(?= (?:its|their|his|her|the)))\b"
)
_DOWN: Final = re.compile(r"f[ae]ll|drop|declin|decreas|los[et]|shr[aiu]nk|down|reduc")
_PERCENT: Final = r"\d ?(?:%|percent\b|per ?cent\b)"


def as_beyond(query: Query, marked: Marked, panels: Sequence[ChartPanel], text: str) -> Query | None:
    """Return a query about a change, or about several places together, that is compared with a limit."""
    if query.language != "en" or not query.yes_no or len(panels) != 1:
        return None
    written = marked.written.lower()
    drawn = drawn_series(panels[:1])
    times = re.search(_TIMES, written)
    course = all(one.kind != "pie" and (len(one.x) < 3 or have_order(one.x)) for one in drawn)
    if times is not None and course and (len(drawn) == 1 or len(query.series) == 1) and len(query.places) < 2:
        factor = {"dou": 2.0, "tri": 3.0, "tre": 3.0, "qua": 4.0, "hal": 0.5, "twi": 2.0}[times["times"][:3]]
        kind = "above" if times["more"] else "at least"
        down = factor < 1
        limit = Threshold(limit=(100 * (1 - factor) if down else 100 * (factor - 1)), kind=kind)  # type: ignore[arg-type]
        return replace(
            query,
            operations=("change beyond",),
            direction="down" if down else "up",
            threshold=limit,
            words=query.words | {"percent"},
            places=(),
        )
    if query.threshold is None:
        return None
    by = re.search(_BY, written)
    if by is not None and (len(drawn) == 1 or len(query.series) == 1) and not query.places:
        percent = re.search(_PERCENT, text.lower()) is not None
        down = _DOWN.search(by[0]) is not None
        return replace(
            query,
            operations=("change beyond",),
            direction="down" if down else "" if "change" in by[0] else "up",
            words=query.words | {"percent"} if percent else query.words - {"percent"},
        )
    joined = re.search(r"[\ue000-\ue3ff],? and (?:\w+ )?[\ue000-\ue3ff]", written)
    each = re.search(r"\b(?:each|both|all|every|either)\b", written)
    pie = all(one.kind == "pie" for one in drawn)
    if joined and each is None and len(query.places) > 1 and (pie or len(drawn) == 1 or len(query.series) == 1):
        return replace(query, operations=("sum beyond",), words=query.words - {"percent"})
    return None


def change_beyond(task: Task) -> Iterator[str]:
    """Yield whether a series changes by more, or less, than a limit from its first to its last value."""
    limit = task.query.threshold
    for item in task.items[:1]:
        points = in_order(item.series)
        if limit is None or len(points) < 2 or ("percent" in task.query.words and points[0].value <= 0):
            yield task.say("too few", of=task.of(item))
            continue
        change = points[-1].value - points[0].value
        if "percent" in task.query.words and item.unit != "%":
            change *= 100 / points[0].value
        signed = {"up": change, "down": -change}.get(task.query.direction, abs(change))
        yield task.say("yes" if signed > 0 and limit.holds(signed) else "no")
        yield from course(task, item)


def sum_beyond(task: Task) -> Iterator[str]:
    """Yield whether the sum of the values at several places is beyond a limit; of a pie, their share."""
    limit = task.query.threshold
    for item in task.items[:1]:
        found = [values[0] for place in task.query.places if (values := values_at(item.series, place))]
        if limit is None or len(found) != len(task.query.places):
            yield task.say("unknown", of=task.of(item))
            continue
        whole = total(found)
        yield task.say("yes" if limit.holds(whole) else "no")
        names = " + ".join(item.place(place) for place in task.query.places)
        yield task.say("line at", name=names, value=item.value(whole))
