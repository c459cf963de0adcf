"""A question and the series that it is about, with the words for their names, values and places."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import (
    FLAT,
    WITHOUT_DATA,
    Chart,
    ChartAxis,
    ChartPanel,
    Kind,
    Place,
    Series,
    WhyNot,
    drawn_series,
)
from vision_magic.engine.colours import colour_name
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import name_of_place, names_at, point_names, with_named_places
from vision_magic.engine.questions.names.usual_names import day_of
from vision_magic.engine.questions.numbers import (
    Period,
    are_times_of_day,
    at_name,
    escape,
    format_at,
    format_derived,
    format_place,
    format_value,
    label_without_unit,
    measured_place,
    month_of,
    period_of,
    quoted,
)
from vision_magic.engine.questions.operations import Bounds, in_order, known_points, value_between, values_at, within
from vision_magic.engine.questions.phrases.reasons import reason_in
from vision_magic.engine.questions.phrases.sentences import PHRASES, say
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.places.scales_of_axes import scales_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["Item", "Task", "join", "row_name", "source_of", "task_of"]


_NUMBERED: Final = re.compile(r"(?P<before>\D*?)\d+(?P<after>\D*)")
"""A name with one number."""
_MOST_NUMBERED: Final = 60


@dataclass(frozen=True, slots=True)
class Item:
    """A series, the panel that it is in, and the name by which it is told from the others."""

    series: Series
    panel: ChartPanel
    name: str
    language: Language

    @property
    def flat(self) -> bool:
        """Whether values run along the x axis."""
        return self.series.kind in FLAT

    @property
    def values(self) -> ChartAxis:
        """The axis of values."""
        return self.panel.axis_of(self.series)

    @property
    def places(self) -> ChartAxis:
        """The axis of places."""
        return self.panel.y if self.flat else self.panel.x

    @property
    def _named_places(self) -> ChartAxis:
        """The axis of places; one without a label on which only years stand is one of years."""
        axis = self.places
        years = not axis.label and bool(self.series.x) and all(map(_is_year, self.series.x))
        return replace(axis, label="year") if years else axis

    @property
    def unit(self) -> str:
        """The unit of the values."""
        if self.series.kind == "pie":
            return "%"
        if self.series.kind == "heat map":  # its y axis has the names of its rows
            return self.panel.colour_bar.unit if self.panel.colour_bar is not None else ""
        words = _UNITS[self.language]
        own = re.fullmatch(rf"(?:[kKM]|Mio\. |Mrd\. |million |thousand )?[€$£]|{words}", self.values.label)
        return self.values.unit or (self.values.label if own else "")

    @property
    def colour(self) -> str:
        """The English name of the colour in which it is drawn, without its shade; empty if it is not known."""
        return colour_name(self.series.rgb).split()[-1] if self.series.rgb is not None else ""

    @property
    def measure(self) -> str:
        """What the values are, in the words of their axis; empty if it has no label."""
        if self.series.kind in ("pie", "heat map"):
            return ""
        return label_without_unit(self.values) or self.values.label

    def value(self, value: float, *, derived: bool = False) -> str:
        """Return a value in words, with its unit and its uncertainty."""
        return format_value(value, self.unit, self.sigma(value), derived=derived)

    def sigma(self, value: float) -> float:
        """Return the uncertainty of a value; what is printed is the value."""
        if self.series.source == "printed":
            return 0.0
        return self.series.sigma * abs(value) if self.values.scale == "log" else self.series.sigma

    def change(self, value: float, *, derived: bool = False) -> str:
        """Return a difference of two values in words; that of two percentages is in points."""
        if self.unit != "%":
            return self.value(value, derived=derived)
        number = self.value(value, derived=derived).removesuffix(" %")
        return f"{number} {say('percentage points', self.language)}"

    @property
    def period(self) -> Period:
        """What the places are, if all of them are months, years or times of a day."""
        found = period_of(self.series.x or self.places.categories)
        if found == "quarter of a year" and not _QUARTERS.search(f"{self.panel.title} {self.places.label}"):
            return "month of a year"  # what was measured in the first month of each quarter
        if found or not self.series.x:
            return found
        drawn = {place for one in drawn_series([self.panel]) for place in one.x}
        return "time of day" if are_times_of_day(tuple({*drawn, *self.series.x})) else ""

    def place(self, place: Place | None) -> str:
        """Return a place in words: the name of a point, a bin with its ends."""
        names = names_at(self.panel, place)
        if names:
            return join([quoted(name, self.language) for name in names], self.language)
        return self.without_name(place)

    def without_name(self, place: Place | None, longest: int = 20) -> str:
        """Return a place in words, without the name of its point; a label of the axis longer than that stays away."""
        letter = "y" if self.flat else "x"
        axis = self._named_places
        words = format_place(place, axis, self.language, letter=letter, period=self.period, longest=longest)
        return words + self._ends_of_bin(place)

    def at(self, place: Place | None) -> str:
        """Return a place in words, with its preposition; that of a named point after its name."""
        place = self._numbered_name(place)
        if names_at(self.panel, place):
            return at_name(f"{self.place(place)} ({self.without_name(place, _LONGEST_LABEL)})", self.language)
        letter = "y" if self.flat else "x"
        text = format_at(place, self._named_places, self.language, letter=letter, period=self.period)
        ends = self._ends_of_bin(place)
        return text.replace(self.place(place).removesuffix(ends), self.place(place)) if ends else text

    def _numbered_name(self, place: Place | None) -> Place | None:
        """Return "Round 8" for the number 8 beside places that are called "Round 1" to "Round 5"."""
        named = bool(self.series.x) and isinstance(self.series.x[0], str)
        if not named or len(self.series.x) > _MOST_NUMBERED or not isinstance(place, float | int):
            return place
        if place != int(place):
            return place
        found = [_NUMBERED.fullmatch(one) if isinstance(one, str) else None for one in self.series.x]
        forms = {match.group("before", "after") for match in found if match is not None}
        if len(forms) != 1 or None in found:
            return place
        before, after = forms.pop()
        return f"{before}{int(place)}{after}"

    def bin_at(self, place: Place | None) -> str:
        """Return the bin of a histogram around a place, from its left end to its right one."""
        return self._ends_of_bin(place).removeprefix(" (").removesuffix(")") or self.at(place)

    def _ends_of_bin(self, place: Place | None) -> str:
        left, right = self.series.extra.get("left", ()), self.series.extra.get("right", ())
        if self.series.kind != "histogram" or place not in self.series.x[: len(left)]:
            return ""
        number = self.series.x.index(place)
        unit = f" {escape(self.places.unit)}" if self.places.unit else ""
        return f" ({format_derived(left[number])}–{format_derived(right[number])}{unit})"

    def at_places(self, places: Sequence[Place]) -> Item:
        """Return the series kept to some places; as it is without any."""
        if not places or not self.series.x:
            return self
        points = [(place, value) for place in places for value in values_at(self.series, place)]
        x, y = tuple(place for place, _ in points), tuple(value for _, value in points)
        return replace(self, series=replace(self.series, x=x, y=y, extra={}, known=None))

    def left_without(self, places: Sequence[Place]) -> Item:
        """Return the series without some places."""
        kept = [number for number, place in enumerate(self.series.x) if place not in places]
        if len(kept) == len(self.series.x):
            return self
        x = tuple(self.series.x[number] for number in kept)
        y = tuple(self.series.y[number] for number in kept)
        return replace(self, series=replace(self.series, x=x, y=y, extra={}, known=None))

    def _measured_at(self, place: Place) -> list[float]:
        """Return the values of measured points whose place is said to be this one."""
        if self.series.source != "pixels" or self.places.calibration is None:
            return []
        return [point.value for point in known_points(self.series) if measured_place(point.place, self.places) == place]

    def value_at(self, place: Place) -> tuple[float, bool] | None:
        """Return the only value at a place, and whether it lies between two points of a line."""
        found = values_at(self.series, place) or self._measured_at(place)
        if found:
            return (found[0], False) if len(set(found)) == 1 else None
        log_x, log_y = self.places.scale == "log", self.values.scale == "log"
        value = value_between(self.series, place, log_x=log_x, log_y=log_y)
        return None if value is None else (value, not self.series.steps)


_LONGEST_LABEL: Final = 40
"""Characters of the label of an axis that may stand in brackets, after the name of a point."""

_UNITS: Final[dict[Language, str]] = {
    "en": "days|hours|minutes|seconds|weeks|years",
    "de": "Tage|Stunden|Minuten|Sekunden|Wochen|Jahre",
    "fr": "jours|heures|minutes|secondes|semaines|ans",
    "es": "días|horas|minutos|segundos|semanas|años",
    "ko": "일|시간|분|초|주|년",
    "zh": "天|小时|分钟|秒|周|年",
}
"""Labels of an axis that are only a unit; in a sentence of another language they stay away."""


def _is_year(place: Place) -> bool:
    return not isinstance(place, str) and math.isfinite(place) and place == int(place) and 1900 <= place <= 2100


@dataclass(frozen=True, slots=True)
class Task:
    """One operation of a query on the series that it is about."""

    query: Query
    items: Sequence[Item]
    panels: Sequence[ChartPanel]

    @property
    def language(self) -> Language:
        """The language of the question."""
        return self.query.language

    def say(self, key: str, **fields: object) -> str:
        """Return a sentence in the language of the question."""
        return say(key, self.language, **fields)

    def of(self, item: Item) -> str:
        """Return " of “north”", or nothing where there is only one series."""
        several = len(self.items) > 1 or bool(self.query.series) or bool(self.query.panels)
        return self.say("of", series=quoted(item.name, self.language)) if several and item.name else ""

    @property
    def sure(self) -> list[Item]:
        """The series that passed every check."""
        return [item for item in self.items if item.series.sure]

    def unsure(self) -> Iterator[str]:
        """Yield which series cannot be read, a sentence for each reason."""
        reasons = dict.fromkeys(item.series.why_not for item in self.items if not item.series.sure)
        for reason in reasons:
            names = [quoted(item.name, self.language) for item in self.items if item.series.why_not == reason]
            several = len(self.items) > 1 or bool(self.query.series)
            of = self.say("of", series=join(names, self.language)) if several else ""
            if reason == WhyNot.NO_NUMBERS:
                yield self.say("no numbers", of=of)
            else:
                yield self.say("unsure", of=of, reason=reason_in(self.language, reason))

    def name(self, item: Item) -> str:
        """Return the name of a series in quotation marks, or else that of its values, or "the series"."""
        name = item.name or item.measure
        return quoted(name, self.language) if name else self.say("the values")

    def groups(self) -> Iterator[Task]:
        """Yield a task for each axis of values, which cannot be compared with those of others."""
        keys = dict.fromkeys((id(item.panel), item.series.right) for item in self.items)
        for key in keys:
            yield replace(self, items=[item for item in self.items if (id(item.panel), item.series.right) == key])

    def several_panels(self) -> bool:
        """Return whether the series are in panels whose values differ in kind."""
        kinds = {(item.values.label, item.unit) for item in self.items}
        alike = len(kinds) == 1 and any(map(any, kinds))
        return len({(id(item.panel), item.series.right) for item in self.items}) > 1 and not alike


_QUARTERS: Final = re.compile("quarter|quartal|trimestr|분기|季", re.IGNORECASE)


def task_of(query: Query, charts: Sequence[Chart]) -> Task:
    """Return the series and panels that a question is about, kept to its bounds."""
    panels = [panel for chart in charts for panel in chart.panels]
    chosen = [panels[number] for number in query.panels if number < len(panels)] or panels
    if query.of_places:
        turned = [_turned(panel) for panel in chosen]
        query, chosen = replace(query, places=_turned_places(query.places, chosen, turned)), turned
    items = list(_items(chosen, query.language, several=len(panels) > 1))
    named = [item for name in query.series for item in items if item.series.name == name]
    kept = named or [item for item in items if item.colour in query.colours] or items
    kept = [item.left_without(query.without) for item in kept if item.series.name not in query.without]
    query = _in_unit(_year_as_bounds(query, kept), kept)
    if len(query.groups) == 1:
        kept = [item.at_places(query.groups[0].places) for item in kept]
    if query.bounds is not None and "trend" in query.operations:
        query = replace(query, bounds=replace(query.bounds, open_low=False))  # it rose after May: since May
    if query.bounds is not None and not _counts_in_bins(query, kept):
        cut = [_cut(item, query.bounds) for item in kept]
        both = query.bounds.low is not None and query.bounds.high is not None
        if both and not any(item.series.x for item in cut):  # between July and January: names in no order
            ends = replace(query.bounds, low=query.bounds.high, high=query.bounds.low)
            cut = [_around(item, query) or _cut(item, ends) for item in kept]
        kept = cut
    return Task(query, kept, chosen)


_IN_ANY_ORDER: Final[frozenset[Operation]] = frozenset(
    ("value", "sum", "group", "totals", "mean", "median", "maximum", "minimum", "range", "share", "count", "threshold")
)


def _around(item: Item, query: Query) -> Item | None:
    """Return months or weekdays over the end of an axis: "December to February" of one year; None for other places."""
    ends = query.bounds
    names = list(item.series.x)
    cyclic = all(isinstance(name, str) and (month_of(name) or day_of(name) >= 0) for name in names)
    if ends is None or not cyclic or not set(query.operations) <= _IN_ANY_ORDER or len(set(names)) < len(names):
        return None
    if ends.low not in names or ends.high not in names:
        return None
    return item.at_places((*names[names.index(ends.low) :], *names[: names.index(ends.high) + 1]))


def _turned_places(
    places: Sequence[Place], panels: Sequence[ChartPanel], turned: Sequence[ChartPanel]
) -> tuple[Place, ...]:
    """Return the places of named points along the other axis; others as they are."""
    known = point_names(turned)
    return tuple(known.get(name_of_place(place), place) for place in places)


def _turned(panel: ChartPanel) -> ChartPanel:
    """Return a panel of points with its axes exchanged, so that what stood along x are the values."""
    turned = [
        replace(one, x=one.y, y=tuple(map(float, one.x)), sigma=panel.x.sigma, extra={}, known=None)
        if not any(isinstance(place, str) for place in one.x)
        else one
        for one in panel.series
    ]
    return replace(panel, x=panel.y, y=panel.x, series=tuple(turned))


def _counts_in_bins(query: Query, items: Sequence[Item]) -> bool:
    """Return whether it asks how much of a histogram lies in bounds, which may cut its bins."""
    counted = set(query.operations) <= {"sum", "count", "value", "share"}
    return counted and len(items) == 1 and bool(items[0].series.extra.get("left"))


def _in_unit(query: Query, items: Sequence[Item]) -> Query:
    """Return a query whose limit is in the unit of the axis: 20000 visitors are 20 where the axis is in thousands."""
    limit = query.threshold.limit if query.threshold is not None else math.nan
    units = {item.unit.strip().casefold() for item in items}
    if query.threshold is None or not math.isfinite(limit) or len(units) != 1:
        return query
    unit = units.pop()
    scale = next(scales_of(unit), 1.0)
    largest = max((abs(point.value) for item in items for point in known_points(item.series)), default=0.0)
    if scale == 1.0 or abs(limit) < scale or abs(limit) <= 10 * largest:
        return query
    return replace(query, threshold=replace(query.threshold, limit=limit / scale))


def _year_as_bounds(query: Query, items: Sequence[Item]) -> Query:
    """Return the query with a year or month that holds several points as bounds."""
    place = query.places[0] if len(query.places) == 1 else None
    if not isinstance(place, str) or re.fullmatch(r"\d{4}(?:-\d{2})?", place) is None or query.bounds is not None:
        return query
    bounds = Bounds(low=place, high=place)
    if all(place not in item.series.x for item in items) and any(
        len(known_points(within(item.series, bounds))) > 1 for item in items
    ):
        return replace(query, places=(), bounds=bounds)
    return query


def _cut(item: Item, bounds: Bounds) -> Item:
    return replace(item, series=within(item.series, bounds)) if item.series.x else item


def _items(panels: Sequence[ChartPanel], language: Language, *, several: bool) -> Iterator[Item]:
    """Yield the series that have values, named after their panel where names are not unique."""
    pairs = [(series, panel) for panel in panels for series in panel.series if series.kind not in WITHOUT_DATA]
    names = Counter(series.name for series, _ in pairs)
    titles = Counter(panel.title for panel in panels)
    kinds = Counter(series.kind for series, _ in pairs) if len(pairs) > 1 else Counter[Kind]()
    used: set[str] = set()
    for number, (series, panel) in enumerate(pairs, 1):
        unique = bool(series.name) and names[series.name] == 1
        title = panel.title or panel.y.label
        parts = [series.name] if series.name else []
        if not unique and several and title and titles[title] <= 1:
            parts.append(title)
        if not unique and kinds[series.kind] == 1 and f"noun {series.kind}" in PHRASES:
            parts.append(say(f"noun {series.kind}", language))
        name = ", ".join(parts)
        if len(pairs) > 1 and (not name or name in used):
            name = f"{name} {number}" if name else f"{say('series', language)} {number}"
        used.add(name)
        yield Item(with_named_places(series), panel, name, language)


def join(parts: Sequence[str], language: Language, *, longest: int = 12) -> str:
    """Return parts as ``a, b and c`` in a language; of more than `longest`, the first ones and how many there are."""
    shown = list(parts[:longest])
    if len(parts) > longest:
        # Not `say`: the numbers of the parts would be put into the language twice.
        return PHRASES["and more"][language].format(
            parts=say("comma", language).join(shown), count=len(parts) - longest
        )
    if len(shown) < 2:
        return "".join(shown)
    return f"{say('comma', language).join(shown[:-1])}{say('and', language)}{shown[-1]}"


def has_points(item: Item) -> bool:
    """Return whether single values of a series are known."""
    return bool(known_points(item.series))


def source_of(task: Task, items: Sequence[Item]) -> str:
    """Return where the values of series come from, as the beginning of a sentence."""
    sources = {item.series.source for item in items}
    source = "pixels" if "pixels" in sources else "printed" if "printed" in sources else "figure"
    axis = next((item.values for item in items if item.series.source == "pixels"), items[0].values)
    if source != "pixels":
        return task.say(source, scope=_scope(task, items))
    if not axis.labels:
        return task.say("measured", scope=_scope(task, items))
    return task.say(source, scope=_scope(task, items), agreeing=axis.agreeing, labels=axis.labels)


def _scope(task: Task, items: Sequence[Item]) -> str:
    """Return from where to where values were taken, and without which, if the question keeps to a part of them."""
    return (
        _name_of_values(task, items)
        + task.query.grouped
        + _bounds_in_words(task, items)
        + _group_in_words(task, items[0])
        + _left_out(task, items[0])
    )


def _name_of_values(task: Task, items: Sequence[Item]) -> str:
    """Return what the values are called, if the question calls them otherwise."""
    names = dict.fromkeys(item.measure for item in items if item.measure)
    known = task.query.named_otherwise and len(names) == 1
    return f", {quoted(next(iter(names)), task.language)}" if known else ""


def _group_in_words(task: Task, item: Item) -> str:
    """Return which places a group has to which the question keeps."""
    if not task.query.groups:
        return ""
    if all(group.name.isdigit() for group in task.query.groups):  # years, as the answer says
        return ""
    if all(_tells_its_places(group, item) for group in task.query.groups):
        return ""
    shown = []
    for group in task.query.groups:
        places = [item.place(place) for place in group.places]
        listed = (
            join(places, task.language)
            if len(places) <= 4
            else task.say("places from to", first=places[0], last=places[-1])
        )
        shown.append(task.say("group", name=group.name, places=listed))
    return f", {join(shown, task.language)}"


def _tells_its_places(group: Group, item: Item) -> bool:
    """Return whether a group is called by its ends, or by all of its places."""
    places = [item.place(place) for place in group.places]
    return group.name in (f"{places[0]} – {places[-1]}", " + ".join(places))


def _left_out(task: Task, item: Item) -> str:
    series = {one.name for panel in task.panels for one in panel.series}
    names = [quoted(str(one), task.language) if one in series else item.place(one) for one in task.query.without]
    return task.say("left out", names=join(names, task.language)) if names else ""


def _bounds_in_words(task: Task, items: Sequence[Item]) -> str:
    item = next((item for item in items if known_points(item.series)), None)
    if task.query.bounds is None or item is None or _counts_in_bins(task.query, items):
        return ""
    points = in_order(item.series)
    return task.say("scope", first=item.without_name(points[0].place), last=item.without_name(points[-1].place))


def row_name(item: Item) -> str:
    """Return the name of a row of a heat map, or where it is."""
    try:
        return f"y = {format_derived(float(item.series.name))}"
    except ValueError:
        return quoted(item.series.name, item.language)
