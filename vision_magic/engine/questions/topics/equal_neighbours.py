"""Neighbouring places with one value: "which two years in a row had the same", "when did it not change?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import Located, in_order
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.plain_words import IN_A_ROW

__all__ = ["as_equal_neighbours", "equal_neighbours"]

_SAME: Final[dict[Language, str]] = {
    "en": r"\b(?:the |exactly the |precisely the )?same\b|\b(?:equal|identical|equally)\b|\bas (?:many|much|high)\b",
    "de": r"\b(?:gleich\w*|identisch\w*|derselbe\w*|dieselbe\w*|dasselbe|denselben|genauso)\b",
    "fr": r"\b(?:l[ae] même|les mêmes|mêmes?|identiques?|égales?|égaux|autant)(?!\w)",
    "es": r"\b(?:(?:el|la|los|las) mism[oa]s?|igual(?:es)?|idéntic[oa]s?)\b",
    "ko": r"같[은았습]\S*|동일\S*|똑같\S*",
    "zh": r"(?:一样|相同|相等|同样|持平)(?:多|高)?",
}
_UNCHANGED: Final[dict[Language, str]] = {
    "en": r"\b(?:did not|didn['’]t|does not|doesn['’]t) change\b|\b(?:nothing|no) change[sd]?\b|"
    r"\b(?:stay|remain)(?:s|ed)? (?:the same|unchanged|constant|level|flat)\b|\bunchanged\b",
    "de": r"\b(?:nicht|nichts) (?:ge)?änder\w*|\bänder\w* .*\bnicht\b|\bunverändert\b|\bgleich ?(?:ge)?blieb\w*|"
    r"\bblieb\w* .*\bgleich\b",
    "fr": r"\bn['’](?:a|ont) pas (?:changé|varié|bougé)\b|\bne (?:change|varie|bouge)\w* pas\b|\binchangée?s?(?!\w)|"
    r"\brest(?:e|é|ée|ait) (?:l[ae] même|stable|identique)\b",
    "es": r"\bno (?:se )?(?:cambi|vari|movi)\w*|\bsin cambios\b|\b(?:se mantuvo|permaneció|quedó) (?:igual|estable)\b",
    "ko": r"(?:변하|변화하|바뀌|달라지)지 ?않\S*|변화(?:가|는)? ?없\S*|그대로(?:였|인)\S*",
    "zh": r"没有?(?:发生)?变化?|没变|不变|保持不变|持平",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what|when|are there|were there|was there|is there|any)\b",
    "de": r"\b(?:welche\w*|wann|gab es|gibt es)\b",
    "fr": r"\b(?:quel(?:le)?s?|quand|y a-t-il|lesquel(?:le)?s)\b",
    "es": r"(?:\b(?:qué|cu[aá]l(?:es)?|cu[aá]ndo|hubo|hay)\b)",
    "ko": r"어느|어떤|언제|몇",
    "zh": r"哪|什么时候|何时|有没有",
}
_KINDS: Final = ("line", "area", "step", "bars", "stems", "points")


def as_equal_neighbours(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which two years in a row had the same" as a question for neighbouring places with one value.

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
    alone = len(panels) == 1 and len(drawn) == 1 and drawn[0].kind in _KINDS and is_ordered(drawn[0].x)
    kept = query.places or query.threshold or query.bounds or query.groups or query.then or query.amounts
    language, text = query.language, text.lower()
    if not alone or kept or re.search(_WHICH[language], text) is None:
        return query
    row, same = re.search(IN_A_ROW[language], text), re.search(_SAME[language], text)
    unchanged = re.search(_UNCHANGED[language], text)
    said = [match[0] for match in (row, same, unchanged) if match is not None]
    if not (unchanged or (row and same)):
        return query
    if "unheard" in query.operations and not any(query.unheard.lower() in part for part in said):
        return query
    if row is None and set(query.operations) & {"maximum", "minimum", "mean", "sum", "flattens"}:
        return query
    return replace(query, operations=("equal neighbours",), unheard="", statistic="", direction="", firm=True)


def equal_neighbours(task: Task) -> Iterator[str]:
    """Yield the neighbouring places of each series that have the same value."""
    for item in task.items[:4]:
        runs: list[list[Located]] = []
        for point in in_order(item.series):
            if runs and runs[-1][-1].value == point.value:
                runs[-1].append(point)
            else:
                runs.append([point])
        runs = [run for run in runs if len(run) > 1]
        if task.query.yes_no:
            yield task.say("yes" if runs else "no")
        if not runs:
            yield task.say("neighbours differ", series=task.name(item))
        for run in runs[:6]:
            names = join([item.place(point.place) for point in run], task.language)
            yield task.say("tied", names=names, value=item.value(run[0].value), at="")
