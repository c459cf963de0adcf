"""What the parts of a box plot stand for, and whether half or a quarter of what a box sums up is beyond a limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.courses import value
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.query import Query

__all__ = ["as_part_of_box", "as_parts_of_boxes", "part_of_box", "parts_of_boxes"]

_PARTS: Final[dict[Language, str]] = {
    "en": r"(?:box(?:es)?|rectangles?|whiskers?|antennas?|caps?|circles?|dots?|points?|rings?|(?:\w+ )?lines?|"
    r"stripes?|strokes?|bars?)",
    "de": r"(?:box(?:en)?|kästen|kasten|rechtecke?|antennen?|whiskers?|kreise?|punkte?|ringe?|(?:\w+ )?linien?|"
    r"striche?|balken)",
    "fr": r"(?:bo[iî]tes?|rectangles?|moustaches?|cercles?|points?|ronds?|traits?|lignes?|barres?)",
    "es": r"(?:cajas?|rectángulos?|bigotes?|círculos?|puntos?|líneas?|rayas?|barras?)",
    "ko": r"(?:상자|박스|수염|동그라미|원|점|선|막대)",
    "zh": r"(?:箱子?|箱体|须线?|圆圈|圆点|点|线|横线|竖线)",
}
_MEANT: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"\bwhat (?:do|does|did) (?:the |each |these |those |that |this |a )?(?:(?:\w+ ){0,3}?)P\b.{0,40}\b"
        r"(?:mean|show|stand for|represent|indicate|tell|denote|signify)\b(?! (?:at|of|in|for)\b)",
        r"\bwhat(?: is| are|['’]s) (?:the |these |those |that |this )(?:\w+ ){0,2}P(?: (?:in|inside|on|above|below|of|"
        r"across|at) .{0,30})?\W*$",
        r"\bmeaning of (?:the )?(?:\w+ ){0,2}P\b",
    ),
    "de": (
        r"\b(?:was|wofür) (?:bedeute[nt]*|zeig(?:t|en)|stell(?:t|en)|steh(?:t|en)|ist|sind|gibt|geben) "
        r"(?:der |die |das |diese[rs]? |jede[rs]? )(?:\w+ )?P\b",
    ),
    "fr": (
        r"\b(?:que|qu['’]est-ce que) (?:signifi\w+|représent\w+|montr\w+|indiqu\w+|veut dire|veulent dire) "
        r"(?:le |la |les |l['’]|ce |ces |cette )(?:\w+ )?P\b",
        r"\bqu['’]est-ce que (?:le |la |les )P\b.{0,30}\b(?:signifi|représent|montr|indiqu)",
        r"\bà quoi correspond\w* (?:le |la |les )(?:\w+ )?P\b",
    ),
    "es": (
        r"\bqué (?:significan?|representan?|muestran?|indican?|es|son) (?:el |la |los |las |est[aeo]s? )(?:\w+ )?P\b",
    ),
    "ko": (r"P[^?.]{0,8}(?:무엇|뭘|뭐|무얼|무슨 뜻|의미|나타내|뜻)",),
    "zh": (r"P[^?。?]{0,6}(?:表示|代表|意思|是什么|指的)",),
}
"""What a part P of a box stands for."""


def _are_boxes(panels: Sequence[ChartPanel]) -> bool:
    drawn = drawn_series(panels)
    return bool(drawn) and all(one.kind == "box plot" for one in drawn)


def as_parts_of_boxes(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "what does the line in the box mean" as a question for what the parts of a box plot stand for.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    forms = (form.replace("P", _PARTS[query.language]) for form in _MEANT[query.language])
    lowered = text.lower()
    if not _are_boxes(panels) or query.threshold or not any(re.search(form, lowered) for form in forms):
        return query
    plain = replace(query, operations=("parts of boxes",), words=frozenset(), places=(), colours=(), amounts=())
    return replace(plain, series=(), statistic="", unheard="", bounds=None, yes_no=False, then=None, firm=True)


def parts_of_boxes(task: Task) -> Iterator[str]:
    """Yield what the line, the box, the whiskers and the single points of a box plot stand for."""
    yield task.say("parts of boxes")


# --- half, or a quarter, of what a box sums up ------------------------------------------------------------------

_SHARES: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        r"\bthree[- ]quarters\b|\b75 ?(?:%|per ?cent)",
        r"\b(?:hal[fv]\w*|most)\b|\b50 ?(?:%|per ?cent)",
        r"\b(?:a|one|the) quarter\b(?! of an hour)|\b25 ?(?:%|per ?cent)",
    ),
    "de": (
        r"\bdrei ?viertel\b|\b75 ?(?:%|prozent)",
        r"\b(?:hälfte|die meisten|den meisten)\b|\b50 ?(?:%|prozent)",
        r"\bein(?:em)? viertel\b|\b25 ?(?:%|prozent)",
    ),
    "fr": (
        r"\btrois quarts\b|\b75 ?%",
        r"\b(?:moitié|plupart)\b|\b50 ?%",
        r"\b(?:un|le) quart\b(?! d['’]heure)|\b25 ?%",
    ),
    "es": (
        r"\btres cuartos\b|\b75 ?%",
        r"\b(?:mitad|mayoría)\b|\b50 ?%",
        r"\b(?:un|el) cuarto\b(?! de hora)|\b25 ?%",
    ),
    "ko": (
        r"(?:4|사) ?분의 ?(?:3|삼)|75 ?(?:%|퍼센트)",
        r"절반|과반|대부분|50 ?(?:%|퍼센트)",
        r"(?:4|사) ?분의 ?(?:1|일)|25 ?(?:%|퍼센트)",
    ),
    "zh": (r"四分之三|75 ?%", r"一半|半数|大多数|50 ?%", r"四分之一|25 ?%"),
}
"""Three quarters, half and a quarter."""


def as_part_of_box(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did half of A take less than 14 s" of boxes as a question that the median, or a quartile, of A answers.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    named = [place for place in query.places if isinstance(place, str)]
    asked = _are_boxes(panels) and query.yes_no and query.threshold is not None and "median" not in query.words
    if not asked or len(_shares(text, query.language)) != 1:
        return query
    if len(named) != 1:  # the farthest of all values tells nothing of half of them
        return replace(query, operations=("cannot",), firm=True)
    return replace(query, operations=("part of box",), words=frozenset(), text=text.lower(), statistic="", firm=True)


def _shares(text: str, language: Language) -> list[int]:
    """Return how many quarters of all a question speaks of."""
    three, half, one = (re.search(words, text.lower()) is not None for words in _SHARES[language])
    return [3] if three else [2] * half + [1] * one


def part_of_box(task: Task) -> Iterator[str]:
    """Yield whether half, or a quarter, of what a box sums up is beyond a limit, as its median and quartiles tell."""
    limit, item, places = task.query.threshold, task.items[0], task.query.places
    quarters = _shares(task.query.text, task.language)
    if limit is None or len(quarters) != 1 or len(places) != 1 or not values_at(item.series, places[0]):
        yield task.say("unknown", of="")
        return
    below = limit.kind in ("below", "at most")
    mark = (None, "q1", "median", "q3")[quarters[0] if below else 4 - quarters[0]]
    at = item.series.x.index(places[0])
    reached = item.series.y[at] if mark == "median" else item.series.extra[mark or ""][at]
    if reached != limit.limit:
        yield task.say("yes" if limit.holds(reached) else "no")
    yield from value(replace(task, query=replace(task.query, threshold=None, yes_no=False)))
