"""Several places, or series, against others: "more on 6 and 7 July than on 13 and 14 July", in languages but English.

What can be added is compared by the sums of both sides, and what cannot by their means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked, is_place
from vision_magic.engine.questions.numbers import format_place
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.topics.summed import AMOUNT
from vision_magic.engine.questions.vocabulary.words import SERIES

__all__ = ["as_several_compared"]

_Name = TypeVar("_Name")

_THAN: Final[dict[Language, str]] = {
    "de": r"\bals\b|\bübertreffen\b|\bübersteigen\b",
    "fr": r"\bqu(?:e\b|['’])|\bdépass\w+",
    "es": r"\bque\b|\bsuperan?\b",
    "ko": r"보다",
    "zh": r"比|超过|多于|高于|少于|低于|赶上",
}
_DRAWN: Final = ("area", "line", "step", "pie", "heat map", "histogram", *BARS)
"""What has one value at each place, unlike points and boxes."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What both sides of a comparison name."""

    series: tuple[tuple[str, ...], tuple[str, ...]]
    places: tuple[tuple[Place, ...], tuple[Place, ...]]

    @property
    def of_series(self) -> bool:
        """Whether series are compared, at the same places or at all of them."""
        return not any(self.places)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many are on each side."""
        sides = self.series if self.of_series else self.places
        return len(sides[0]), len(sides[1])

    @property
    def are_apart(self) -> bool:
        """Whether the sides have nothing in common, and one of them is several."""
        first, second = self.series if self.of_series else self.places
        one = self.of_series or len({name for side in self.series for name in side}) < 2
        return one and bool(first and second) and len(first) + len(second) > 2 and not set(first) & set(second)

    @property
    def are_cells(self) -> bool:
        """Whether both sides name a series and places of their own."""
        return all(self.series) and all(self.places) and max(map(len, (*self.series, *self.places))) > 1


def as_several_compared(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "more in A and B than in C and D" as a comparison of the sums, or of the means, of both sides.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    kept = query.threshold or query.bounds or query.groups or query.operations == ("multiple",)
    than = re.finditer(_THAN[query.language], marked.text) if query.language in _THAN else ()
    match = next((one for one in than if re.search(_ANY, marked.text[: one.start()])), None)  # not "est-ce que"
    if match is None or kept or len(panels) != 1 or re.search(_WHICH[query.language], marked.written.lower()):
        return None
    if not (query.has("more") or query.has("less") or _says_side_in_chinese(match)):
        return None
    if not all(one.kind in _DRAWN for one in drawn_series(panels)):
        return None
    named = _sides(match, marked, query.language)
    joined = query.has("together") and query.yes_no
    apart = min(named.sizes) > 1 and len(_JOINED.findall(marked.text)) > 1
    added = _can_be_added(query.language, panels)
    if named.are_apart and not named.of_series and (joined or apart):
        return _of_places(query, named.places, panels, summed=joined or added)
    if (named.are_apart and (joined or apart) and len(query.places) < 2) or named.are_cells:
        return _of_series(query, named) if added else None
    return None


def _of_places(
    query: Query, sides: tuple[tuple[Place, ...], tuple[Place, ...]], panels: Sequence[ChartPanel], *, summed: bool
) -> Query:
    """Return a comparison of two sets of places of one series, or of each."""
    first, second = sides
    plain = replace(query, amounts=(), yes_no=not _asks_how_much(query), firm=True)
    if summed:
        return replace(plain, operations=("sums",), places=(*first, *second), top=len(first), statistic="sum")
    names = (" + ".join(format_place(one, panels[0].x, query.language) for one in side) for side in sides)
    groups = tuple(Group(name, side) for name, side in zip(names, sides, strict=True))
    return replace(plain, operations=("groups",), places=(), groups=groups)


def _of_series(query: Query, named: _Named) -> Query:
    """Return a comparison of two sets of series, at the places of each side or of both."""
    both = zip(named.series, named.places, strict=True)
    sides = tuple(Side(series=series, places=places or query.places, statistic="sum") for series, places in both)
    plain = replace(query, operations=("sides",), sides=sides, yes_no=not _asks_how_much(query), firm=True)
    down = query.has("less") and not query.has("more")
    plain = replace(plain, direction="down" if down else "up", words=frozenset(("difference",)))
    return replace(plain, series=(), places=(), amounts=(), statistic="")


def _asks_how_much(query: Query) -> bool:
    return re.search(AMOUNT[query.language], query.text) is not None


def _sides(than: re.Match[str], marked: Marked, language: Language) -> _Named:
    """Return what is named before and after "than"; in Korean it is the other way round."""
    parts = marked.text[: than.start()], marked.text[than.end() :]
    if language == "ko":
        parts = _in_korean(parts[0], parts[1])
    return _Named(
        _letters(parts, lambda letter: Marked(letter, series=marked.series).named_series()[0], _is_series),
        _letters(parts, marked.place_of, is_place),
    )


_WHICH: Final[dict[Language, str]] = {
    "de": r"\b(?:welche\w*|wann|wer|wo)\b",
    "fr": r"\b(?:quel\w*|quand|lequel|laquelle|où|qui)\b",
    "es": r"\b(?:qué|cuál\w*|cuándo|quién\w*|dónde)\b",
    "ko": r"어느|어떤|무슨|언제|누가|누구|어디",
    "zh": r"哪|谁|什么时候|何时",
}


def _says_side_in_chinese(than: re.Match[str]) -> bool:
    return than[0] == "比" and re.search("[多高大少低小]", than.string[than.end() :]) is not None


def _letters(
    parts: tuple[str, str], named: Callable[[str], _Name], is_name: Callable[[str], bool]
) -> tuple[tuple[_Name, ...], tuple[_Name, ...]]:
    """Return what each of two parts of a question names."""
    first, second = (tuple(dict.fromkeys(named(letter) for letter in part if is_name(letter))) for part in parts)
    return first, second


def _is_series(letter: str) -> bool:
    return re.fullmatch(SERIES, letter) is not None


def _can_be_added(language: Language, panels: Sequence[ChartPanel]) -> bool:
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    return all(can_be_added(Item(one, panel, one.name, language)) for panel, one in drawn)


_ANY: Final = "[\ue000-\ue7ff\uec00-\uefff]"
_JOINED: Final = re.compile(
    rf"{_ANY}(?: ?, ?| (?:und|et|y)(?: \w+)? |\S{{0,3}}?(?:와|과|랑|하고|및|그리고|더하기) ?|[、和与跟及]){_ANY}"
)
"""Two names joined with "and"."""
_JOINED_KO: Final = re.compile(rf"{_ANY}(?:\S{{0,3}}?(?:와|과|랑|하고|,|및|그리고|더하기) ?{_ANY})+")


def _in_korean(before: str, after: str) -> tuple[str, str]:
    """Return what is compared, and that with which it is, of the text before and after "보다".

    "보다" follows the name, or the names that are joined, with which the others are compared: "A랑 B를 합하면 C보다".
    """
    names = list(_JOINED_KO.finditer(before)) or list(re.finditer(_ANY, before))
    last = max((number for number, letter in enumerate(before) if re.match(_ANY, letter)), default=0)
    at = names[-1].start() if names and names[-1].end() > last else last
    return before[:at] + after, before[at:]
