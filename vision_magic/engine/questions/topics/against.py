"""A series against the one that it is measured by: over budget, behind the plan, furthest below the ideal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import between, total
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.words import search_whole

__all__ = ["against", "as_against", "measure_of", "without_words_of_against"]

_MEASURES: Final = re.compile(
    r"plan(?:s|ned|ung|wert\w*|ificad\w*|ead\w*)?|"
    r"(?:\w+ )?budget\w*|(?:\w+ )?targets?|(?:\w+ )?goals?|ideal\w*|expect\w*|forecast\w*|references?|norms?|"
    r"standards?|benchmarks?|quotas?|capacit\w+|licen[sc]ed|allow\w+|permitted|required|nominal|rated|soll\w*|geplant|"
    r"zielwerte?|ziele?|vorgaben?|prognosen?|erwartet\w*|richtwerte?|"
    r"prevu\w*|previsions?|objectifs?|attendu\w*|reference|previst\w*|objetivos?|metas?|presupuest\w*|esperad\w*|"
    r"계획\w*|목표\w*|예산\w*|예상\w*|기준\w*|이상\w*|计划|目标|预算|预期|标准|理想"
)
"""Names of series by which others are measured."""

_Side = Literal["up", "down"]
_AS_MEASURED: Final = (
    r"(?= (?:\w+ ){0,3}(?:plan|budget|expect|forecast|target|allow|permit)\w*| (?:it|they|we|was|were|"
    r"had) (?:\w+ ){0,2}"
    "[\ue400-\ue7ff])"
)
_OVER: Final[dict[Language, str]] = {
    "en": rf"more (?:\w+ )?than{_AS_MEASURED}|over|above|exceed\w*|ahead of|beyond|surpass\w*|beat\w*|"
    rf"outperform\w*|overspen\w*|overr[au]n\w*|"
    r"overshoot\w*|overshot",
    "de": r"mehr (?:\w+ )?als (?:[\ue400-\ue7ff]|geplant|vorgesehen|budgetiert|veranschlagt|erwartet)|über|"
    r"oberhalb|überschr\w+|übertr[aio]\w+|überzogen|vor dem",
    "fr": r"plus (?:\w+ )?(?:que |qu['’])(?:[\ue400-\ue7ff]|prévu|budgété|planifié|attendu)|au-dessus|dépass\w*|"
    r"excéd\w*|supérieure?s?",
    "es": r"más (?:\w+ )?(?:de lo|que lo|de la|que el) (?:[\ue400-\ue7ff]|previsto|presupuestado|planeado|"
    r"planificado|esperado)|se pas\w+|por encima|super[ao]\w*|exced\w*|sobrepas\w*|rebas\w*|superior(?:es)?",
    "ko": "초과|넘[은는었]|웃도|웃돈|넘어",
    "zh": "超出|超过|超支|超|高于",
}
_UNDER: Final[dict[Language, str]] = {
    "en": rf"(?:less|fewer) (?:\w+ )?than{_AS_MEASURED}|under|below|behind|short of|beneath|underspen\w*|lag\w*|"
    rf"undersh[o]+t\w*|miss\w*|fall short",
    "de": r"weniger (?:\w+ )?als (?:[\ue400-\ue7ff]|geplant|vorgesehen|budgetiert|veranschlagt|erwartet)|unter|"
    r"unterhalb|unterschr\w+|hinter|verfehl\w*",
    "fr": r"moins (?:\w+ )?(?:que |qu['’])(?:[\ue400-\ue7ff]|prévu|budgété|planifié|attendu)|en dessous|"
    r"au-dessous|sous|en retard|derrière|inférieure?s?",
    "es": r"menos (?:\w+ )?(?:de lo|que lo|de la|que el) (?:[\ue400-\ue7ff]|previsto|presupuestado|planeado|"
    r"planificado|esperado)|por debajo|debajo|detrás|inferior(?:es)?|bajo",
    "ko": "미달|밑[도돌]|못 ?미|미치지|뒤처|아래|부족",
    "zh": "低于|落后|不足|未达|不到",
}
_MOST: Final[dict[Language, str]] = {
    "en": r"furthest|farthest|most|biggest|largest|worst|greatest|highest",
    "de": r"am weitesten|am meisten|am stärksten|am deutlichsten|\w*größte\w*",
    "fr": r"le plus|la plus|les plus",
    "es": r"más|mayor",
    "ko": "가장|제일",
    "zh": "最",
}
_IN_ALL: Final[dict[Language, str]] = {
    "en": r"in total|overall|altogether|all in all|in all|total|all together|combined|as a whole|on the whole",
    "de": r"insgesamt|gesamt\w*|zusammen|in summe",
    "fr": r"au total|en tout|globalement|ensemble",
    "es": r"en total|en conjunto|globalmente|total",
    "ko": "총|전체|모두|합계|전부",
    "zh": "总共|一共|总|合计|全部",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"which|what \w+s?|where|when|who|in how many|how many \w+",
    "de": r"welche\w*|wo|wann|wer|wie viele\w*",
    "fr": r"quel(?:le)?s?|où|quand|qui|combien",
    "es": r"qué|cuál(?:es)?|dónde|cuándo|quién(?:es)?|cuántos|cuántas",
    "ko": "어느|어떤|언제|어디|무슨|몇",
    "zh": "哪|什么时候|几",
}
_HOW_MUCH: Final[dict[Language, str]] = {
    "en": r"how much|by how (?:much|many)|how far|how many (?!(?:of|months|years|weeks|days|quarters)\b)",
    "de": r"um wie ?viel|wie ?viel|wie weit",
    "fr": r"de combien|combien",
    "es": r"cuánto",
    "ko": "얼마",
    "zh": "多少|多大",
}


def _search(words: dict[Language, str], query: Query, text: str) -> re.Match[str] | None:
    return search_whole(words[query.language], query.language, text)


def as_against(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question about the only two series as one of the first against the second, if it is one.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.threshold is not None or query.amounts or query.limits:
        return None
    text = marked.written.lower()
    side = _side_in(query, text)
    pair = _pair(marked, panels, text) if side else None
    if pair is None or not side:
        return None
    return replace(query, operations=("against",), series=pair, direction=side, text=text, bounds=None, of_series=False)


def _side_in(query: Query, text: str) -> _Side | Literal[""]:
    over, under = _search(_OVER, query, text), _search(_UNDER, query, text)
    if over is not None and under is not None:
        return "up" if over.start() < under.start() else "down"
    return "up" if over is not None else "down" if under is not None else ""


def _pair(marked: Marked, panels: Sequence[ChartPanel], text: str) -> tuple[str, str] | None:
    """Return the names of two series, that by which the other is measured last."""
    drawn = _comparable(panels)
    if len(drawn) != 2:
        return None
    names = [one.name for one in drawn]
    said = [name for name in marked.named_series() if name in names]
    measure = measure_of(names)
    if measure and (measure in said or not said or _MEASURES.search(folded(text))):
        return next(name for name in names if name != measure), measure
    return None


def measure_of(names: Sequence[str]) -> str:
    """Return the name of the only one of two series by which the other is measured: "plan" of "plan" and "actual"."""
    measures = [name for name in names if _MEASURES.fullmatch(folded(name.lower()).strip())]
    return measures[0] if len(names) == 2 and len(measures) == 1 else ""


def _comparable(panels: Sequence[ChartPanel]) -> list[Series]:
    """Return the series of the only panel, if all have values along one axis."""
    drawn = drawn_series(panels)
    plain = all(one.kind in ("line", "step", "bars", "horizontal bars", "area") and one.name for one in drawn)
    return drawn if len(panels) == 1 and plain and len({one.right for one in drawn}) == 1 else []


def without_words_of_against(query: Query, text: str) -> str:
    """Return a question without the words that only this answer understands."""
    for words in (_OVER, _UNDER, _MOST):
        while (match := _search(words, query, text.lower())) is not None:
            text = f"{text[: match.start()]} {text[match.end() :]}"
    kept = (word for word in re.split(r"(\W+)", text) if not _MEASURES.fullmatch(folded(word)))
    return "".join(kept)


# --- answers ----------------------------------------------------------------------------------------------------


def against(task: Task) -> Iterator[str]:
    """Yield where, and by how much, one of two series is above or below the other."""
    if len(task.items) != 2:
        yield two_needed(task)
        return
    first, second = task.items
    shared = between(first.series, second.series)
    places = [entry for entry in shared if entry[0] in task.query.places] if task.query.places else shared
    if not places:
        yield two_needed(task)
        return
    if task.query.places:
        yield from _at_places(task, first, second, places)
    elif (_search(_IN_ALL, task.query, task.query.text) and can_be_added(first)) or _is_of_all(task, first):
        yield from _in_all(task, first, second, shared)
    elif _search(_MOST, task.query, task.query.text) and _search(_WHICH, task.query, task.query.text):
        yield from _farthest(task, first, second, shared)
    else:
        yield from _where(task, first, second, shared)


def _percent(part: float) -> str:
    return f"{format_derived(float(f'{100 * abs(part):.3g}'))} %"


_Shared = Sequence[tuple[Place, float, float]]


def _is_of_all(task: Task, item: Item) -> bool:
    """Return whether it asks "how much", without saying where, of what can be added."""
    which = _search(_WHICH, task.query, task.query.text)
    asked = _search(_HOW_MUCH, task.query, task.query.text)
    return asked is not None and (which is None or which.start() == asked.start()) and can_be_added(item)


def _is_so(task: Task, gap: float) -> bool:
    return gap > 0 if task.query.direction == "up" else gap < 0


def _at_places(task: Task, first: Item, second: Item, shared: _Shared) -> Iterator[str]:
    if task.query.yes_no:
        yield task.say("yes" if all(_is_so(task, a - b) for _, a, b in shared) else "no")
    for place, a, b in shared:
        yield _at(task, first, second, (first.at(place), a, b))


def _at(task: Task, first: Item, second: Item, shown: tuple[str, float, float]) -> str:
    return " ".join(_parts_at(task, first, second, shown))


def _parts_at(task: Task, first: Item, second: Item, shown: tuple[str, float, float]) -> Iterator[str]:
    """Yield the difference in percent, if it is asked for, and by how much one is more than the other."""
    at, a, b = shown
    names = {"a": task.say("name at", name=task.name(first), at=at) if at else task.name(first), "b": task.name(second)}
    if a == b:
        yield task.say("equal", **names, value=first.value(a))
        return
    if "share" in task.query.words and b:
        yield task.say("by percent", value=_percent(a / b - 1))
    more = task.say("more" if a > b else "less")
    values = {"value": first.change(abs(a - b)), "a_value": first.value(a), "b_value": second.value(b)}
    yield task.say("difference", **names, **values, more=more)


def _in_all(task: Task, first: Item, second: Item, shared: _Shared) -> Iterator[str]:
    sums = total([a for _, a, _ in shared]), total([b for _, _, b in shared])
    if task.query.yes_no:
        yield task.say("yes" if _is_so(task, sums[0] - sums[1]) else "no")
    yield f"{task.say('in total')} {_at(task, first, second, ('', *sums))}"


def _farthest(task: Task, first: Item, second: Item, shared: _Shared) -> Iterator[str]:
    on_side = [entry for entry in shared if _is_so(task, entry[1] - entry[2])]
    if not on_side:
        yield from _where(task, first, second, shared)
        return
    place, a, b = max(on_side, key=lambda entry: abs(entry[1] - entry[2]))
    gap = abs(a - b)
    alike = [entry for entry in on_side if abs(abs(entry[1] - entry[2]) - gap) <= 1e-9 * max(1.0, gap)]
    for place, a, b in alike[:4]:
        yield _at(task, first, second, (first.at(place), a, b))


def _where(task: Task, first: Item, second: Item, shared: _Shared) -> Iterator[str]:
    """Yield at which places the first is on the side that is asked for."""
    on_side = [entry for entry in shared if _is_so(task, entry[1] - entry[2])]
    if task.query.yes_no:
        every = len(on_side) == len(shared)
        yield task.say("yes" if every or (on_side and task.query.has("ever")) else "no")
    said = {"a": task.name(first), "b": task.name(second), "total": len(shared)}
    side = "above" if task.query.direction == "up" else "below"
    if not on_side:
        yield task.say(f"{side} at none", **said)
        return
    shown = [f"{first.place(place)} ({first.change(abs(a - b))})" for place, a, b in on_side]
    yield task.say(f"{side} at some", **said, count=len(on_side), places=join(shown, task.language))
