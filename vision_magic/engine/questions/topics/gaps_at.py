"""Where the gap of two is the wider of two: "was the gap between A and B bigger in February or in May?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import are_alike, two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked, is_place
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import SERIES, search_whole

__all__ = ["as_gaps_at", "as_spread_at", "gaps_at"]

_GAP: Final[dict[Language, str]] = {
    "en": r"gaps?|differences?|distances?|margins?",
    "de": r"abst[aä]nde?s?|unterschiede?s?|differenz|lücke|vorsprung",
    "fr": r"écarts?|différences?|distance",
    "es": r"diferencias?|distancia|brecha",
    "ko": r"차이|격차|간격",
    "zh": r"差距|差异|差别|差值|相差|差",
}
_WIDER: Final[dict[Language, str]] = {
    "en": r"(?:bigg|larg|wid|great|high)er",
    "de": r"größer|höher|stärker|weiter",
    "fr": r"plus (?:grande?|large|important\w*|élevée?|marquée?|fort\w*)",
    "es": r"mayor|más (?:grande|ampli[oa]|alt[oa])",
    "ko": r"(?:더 ?)?(?:컸|큰|크|컷|벌어)\S*",
    "zh": r"更?大些?",
}
_NARROWER: Final[dict[Language, str]] = {
    "en": r"(?:small|narrow|low|tight)er",
    "de": r"kleiner|geringer|niedriger",
    "fr": r"(?:moins (?:grande?|large|important\w*|élevée?)|plus (?:petite?|faible|réduite?|serrée?))",
    "es": r"menor|más (?:pequeñ[oa]|estrech[oa]|reducid[oa]|baj[oa])",
    "ko": r"(?:더 ?)?(?:작|적|좁)\S*",
    "zh": r"更?小些?",
}
_FARTHER: Final[dict[Language, str]] = {
    "en": r"(?:further|farther|wider|more far) apart",
    "de": r"weiter (?:auseinander|voneinander entfernt)",
    "fr": r"plus (?:éloignée?s|loin l[’']une? de l[’']autre)",
    "es": r"más (?:lejos|separad[oa]s|alejad[oa]s)(?: entre sí)?",
    "ko": r"더 ?(?:멀|벌어)\S*",
    "zh": r"(?:相距|离得|差得)更?远",
}
_CLOSER: Final[dict[Language, str]] = {
    "en": r"(?:closer|nearer)(?: together| to each other)?",
    "de": r"(?:näher|dichter|enger) (?:beieinander|zusammen|beisammen|aneinander)",
    "fr": r"plus (?:proches?|près)(?: l[’']une? de l[’']autre)?",
    "es": r"más (?:cerca|próxim[oa]s|cercan[oa]s|juntos|juntas)(?: entre sí)?",
    "ko": r"더 ?(?:가까|비슷)\S*",
    "zh": r"更?(?:接近|靠近)",
}
_MARKS: Final = "[\ue000-\uf8ff]"


def as_gaps_at(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return "was the gap bigger in February or in May" as a question for the gaps there, and its other words.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    written, language, drawn = marked.written, query.language, drawn_series(panels)
    said = _said(written, language)
    if said is None or len(panels) != 1 or len(drawn) < 2 or query.groups or query.threshold:
        return None
    wide, words = said
    pair = query.series if len(query.series) == 2 else tuple(one.name for one in drawn) if len(drawn) == 2 else ()
    places = _places(marked, [one for one in drawn if one.name in pair])
    if not all(pair) or len(pair) != 2 or len(places) != 2:
        return None
    rest = written
    for found in sorted(words, key=lambda one: -one.start()):
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    plain = replace(query, operations=("gaps at",), series=pair, places=places, bounds=None, amounts=(), rank=1, top=0)
    plain = replace(plain, words=frozenset(("maximum",) if wide else ("minimum",)), direction="", unheard="")
    before = len(words) == 1 or language in ("ko", "zh")
    return replace(plain, of_series=_is_of_places(written, words[0], before=before), statistic="", firm=True), rest


def _said(written: str, language: Language) -> tuple[bool, list[re.Match[str]]] | None:
    """Return whether the wider of two gaps is asked for, with where it is said; None for another question."""
    for wide, apart in ((True, _FARTHER), (False, _CLOSER)):
        found = search_whole(apart[language], language, written)
        if found is not None:
            return wide, [found]
    gap = search_whole(_GAP[language], language, written)
    sides = [(wide, search_whole(words[language], language, written)) for wide, words in _WIDE]
    known = [(wide, found) for wide, found in sides if found is not None]
    if language == "fr" and len(known) == 2:
        known = [pair for pair in known if not pair[0]]  # "moins grand" has "grand"
    return (known[0][0], [gap, known[0][1]]) if gap is not None and len(known) == 1 else None


_WIDE: Final = ((True, _WIDER), (False, _NARROWER))


def _places(marked: Marked, drawn: Sequence[Series]) -> tuple[Place, ...]:
    """Return the places in a question, in its order, at which all series have a value."""
    said = [marked.place_of(letter) for letter in marked.written if is_place(letter)]
    return tuple(dict.fromkeys(place for place in said if all(place in one.x for one in drawn)))


def _is_of_places(written: str, gap: re.Match[str], *, before: bool) -> bool:
    """Return whether the gap is that between two places, which stand next to it, and not between two series."""
    marks = [re.findall(_MARKS, part) for part in (written[: gap.start()], written[gap.end() :])]
    near = marks[0][-2:] if before else marks[1][:2]
    return len(near) == 2 and not any(re.match(SERIES, letter) for letter in near) and len(marks[0] + marks[1]) > 3


def as_spread_at(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how far apart are the highest and the lowest in May" of several series as a question for this distance.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, extremes = drawn_series(panels), {"maximum", "minimum"} <= query.words
    apart = "difference" in query.words or search_whole(_GAP[query.language], query.language, text) is not None
    kept = query.series or query.bounds or query.groups or query.threshold or query.then or query.unheard
    asks = not query.yes_no or query.has("asks")
    if not (extremes and apart and asks) or kept or len(panels) != 1 or len(drawn) < 3:
        return query
    shared = [place for place in drawn[0].x if all(place in one.x for one in drawn)]
    ends = query.words & {"first", "last"}
    at = query.places or (tuple(shared[-1:] if "last" in ends else shared[:1]) if len(ends) == 1 else ())
    if len(at) != 1 or at[0] not in shared:
        return query
    return replace(query, operations=("difference",), places=at, rank=1, top=0, statistic="", yes_no=False, firm=True)


# --- answers ----------------------------------------------------------------------------------------------------


def gaps_at(task: Task) -> Iterator[str]:
    """Yield at which of two places two series are farther apart, or closer; of places, in which series these are."""
    gaps = _gaps(task)
    if len(gaps) != 2:
        yield two_needed(task)
        return
    wide = "maximum" in task.query.words
    if task.query.yes_no:
        size, than = gaps[0].size, gaps[1].size
        yield task.say("yes" if (size > than if wide else size < than) else "no")
    best, other = sorted(gaps, key=lambda gap: gap.size, reverse=wide)
    key = "gaps equal" if best.size == other.size else "gap wider" if wide else "gap narrower"
    (a, b), shown = best.between, {"at": best.at, "value": best.shown, "other_at": other.at, "other": other.shown}
    yield task.say(key, a=a, b=b, **shown)


@dataclass(frozen=True, slots=True)
class _Gap:
    """How far two values are apart, of what they are, and where."""

    size: float
    at: str
    shown: str
    between: tuple[str, str]


def _gaps(task: Task) -> list[_Gap]:
    """Return the gap of both series at each place, or that of both places in each series."""
    if len(task.items) != 2 or len(task.query.places) != 2 or not are_alike(*task.items):
        return []
    first, last = task.query.places
    names = (first, last)
    cells: list[tuple[list[tuple[Item, Place]], Item, Place | None]]
    if task.query.of_series:
        between = (task.items[0].place(first), task.items[0].place(last))
        cells = [([(item, place) for place in names], item, None) for item in task.items]
    else:
        between = (task.name(task.items[0]), task.name(task.items[1]))
        cells = [([(item, place) for item in task.items], task.items[0], place) for place in names]
    found = []
    for pairs, item, place in cells:
        values = [value for one, at in pairs for value in values_at(one.series, at)[:1]]
        if len(values) == 2:
            at = item.at(place) if place is not None else task.say("for series", name=task.name(item))
            size = abs(values[0] - values[1])
            both = join([item.value(value) for value in values], task.language)
            found.append(_Gap(size, at, f"{item.change(size)} ({both})", between))
    return found
