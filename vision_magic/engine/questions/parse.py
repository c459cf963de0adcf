"""What a question about a chart asks for: an operation, series, and places along the axis."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Chart, ChartPanel, Place, Series
from vision_magic.engine.questions.accounts_in_languages import accounted_in
from vision_magic.engine.questions.everyday import are_plain_names, as_everyday
from vision_magic.engine.questions.forms_in_languages import as_meant
from vision_magic.engine.questions.judging import is_of_errors, is_of_losses, judged
from vision_magic.engine.questions.language import LANGUAGES, Language, is_common, language_of
from vision_magic.engine.questions.marked import Marked, is_place, mark
from vision_magic.engine.questions.misspelt import mended
from vision_magic.engine.questions.names import kind_of_names
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of
from vision_magic.engine.questions.operations import Bounds, between, position_of
from vision_magic.engine.questions.parts import parts_of, refers_back
from vision_magic.engine.questions.plainly import put_plainly
from vision_magic.engine.questions.quantities import is_quantity, quantities_in, words_for
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.rules import Clues, operations_of
from vision_magic.engine.questions.words import (
    COLOUR_WORDS,
    CONTEXT_WORDS,
    NUMBER_WORDS,
    OPERATION_WORDS,
    SERIES,
    Operation,
    Word,
    search,
)

__all__ = ["parse_query"]


_GROUPED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")
"""A space between the thousands of a number."""


def parse_query(text: str, charts: Sequence[Chart]) -> Query:
    """Return what a question asks for, with the names of the charts' series and categories that it contains.

    Parameters
    ----------
    text : str
        The question, in any of the languages.
    charts : sequence of Chart
        The charts that it is about.
    """
    english = language_of(text) == "en"
    if english:
        text = put_plainly(text, [panel for chart in charts for panel in chart.panels])
    first, second = parts_of(text) if english else (text, "")
    query = _parsed(first, charts)
    then = _second(query, second, charts) if second and query.operations else None
    if second and then is None:  # one question after all
        return _parsed(text, charts)
    return replace(query, then=then)


def _parsed(text: str, charts: Sequence[Chart]) -> Query:
    panels = [panel for chart in charts for panel in chart.panels]
    marked, language = mark(_GROUPED.sub("", text), panels)
    marked.text = mended(marked.text, language)
    marked.written = mended(marked.written, language)
    query = _query(marked, panels, language, text)
    if not panels:
        return query
    if language == "en":
        return as_everyday(query, marked, panels, charts, text)
    return accounted_in(as_meant(query, marked.written, panels), marked.written, charts)


def _second(first: Query, text: str, charts: Sequence[Chart]) -> Query | None:
    """Return what the second part of a question asks for, with the series and the bounds of the first."""
    text, own = refers_back(text), text
    query = _parsed(text, charts)
    if not query.operations or query.operations == ("cannot",):
        return None
    elliptic = re.match(r"(?:and )?(?:who|which|what|where)\b(?: \w+)? (?:in|at|on)\b", own, re.IGNORECASE)
    if elliptic and {"maximum", "minimum"} & set(first.operations) and query.operations in (("value",), ("trend",)):
        query = replace(query, operations=first.operations)
    if not (query.series or query.colours or query.panels):
        query = replace(query, series=first.series, colours=first.colours, panels=first.panels)
    if not (query.bounds or query.places or query.groups):
        query = replace(query, bounds=first.bounds, groups=first.groups)
    if query.operations == ("nearest",) and re.search(r"to (?:it|that|this)\b", own) and "median" in first.operations:
        query = replace(query, statistic="median")
    return replace(query, refers_back=text != own)


# --- what is asked for ------------------------------------------------------------------------------------------


def _query(marked: Marked, panels: Sequence[ChartPanel], language: Language, text: str) -> Query:
    without = _without(marked, language)
    colours = _colours(marked.text, language)
    if not colours:
        _choose_by_quantity(marked, panels, language)
    series = marked.named_series()
    whole = marked.text
    threshold = _threshold(marked, language) or _relative(marked, language)
    rank, top = _rank(marked, language)
    two = {name for name in _TWO if search(OPERATION_WORDS[name][language], language, marked.text)}
    whole_of = any(search(OPERATION_WORDS[name][language], language, marked.text) for name in _OF_ALL)
    bounds = _bounds(marked, language, bool(two), at=not whole_of, plain=are_plain_names(panels))
    amounts = _amounts(marked, panels)
    places = _places(marked, panels)
    found = {name for name, words in OPERATION_WORDS.items() if search(words[language], language, marked.text)}
    if (rank > 1 or top) and not found & {"maximum", "minimum"}:
        found |= _extreme_of(whole)
        if rank > 1 and not found & {"maximum", "minimum"} and search(CONTEXT_WORDS["rank"][language], language, whole):
            found.add("maximum")
    chosen = [panels[number] for number in sorted(set(marked.panels))] or panels
    as_places = _that_are_places(series, chosen)
    series, places = tuple(name for name in series if name not in as_places), (*as_places, *places)
    comparing = "trend" not in found and not places and len(series) < 2
    found = _as_measured(found, marked.text, chosen, language, comparing=comparing)
    if threshold is None and is_of_losses(marked.text, panels, language):
        found, threshold = _of_losses(found)
    if threshold is not None and bounds is None and found & _OF_ALL and not found & {"count"}:
        bounds, threshold = (_as_bounds(threshold), None) if _on_places(threshold, panels) else (None, threshold)
    found -= _in_labels(found, marked.text, language, panels) if places else set()
    if not places and len(series) == 2 and _are_rows_and_columns(panels, series):
        series, places = series[:1], series[1:]
    elif not places and len(series) < 3:
        places = _place_of_end(
            found, chosen, series, which=comparing and threshold is None and _is_at_end(marked.text, language)
        )
    of_places = not bounds and not threshold and _asks_for_places(marked.text, found, panels, language)
    clues = Clues(
        found=found,
        language=language,
        text=marked.text,
        named=len(series),
        places=len(places),
        amounts=len(amounts),
        panels=len(set(marked.panels)) or len(panels),
        duration=_is_duration(panels),
        joined=_are_joined(panels, series),
        ordered=_are_joined(panels, series) or _are_in_years(panels, series),
        kinds=frozenset(one.kind for panel in panels for one in panel.series),
        several=sum(len(panel.series) for panel in panels) > 1,
        bounds=bounds is not None,
        threshold=threshold is not None,
        labels=[label for panel in panels for label in _nouns(panel)],
        counted=_are_counted(marked.text, panels, language),
        all_of_them=_are_all(marked.text, panels, language),
        measures=[label_without_unit(panel.y).lower() for panel in panels],
        colours=bool(colours),
        of_points=bool(panels) and all(one.kind == "points" for panel in panels for one in panel.series),
        of_names=_are_names([place for panel in panels for series in panel.series for place in series.x]),
    )
    has = clues.has
    rows = not places and _asks_for_rows(panels, clues)
    statistics = [name for name in ("mean", "median", "sum") if name in found]
    return Query(
        text=marked.text,
        language=language,
        operations=operations_of(clues),
        words=frozenset(found),
        series=series,
        colours=colours,
        places=places,
        amounts=amounts,
        without=without,
        panels=tuple(sorted(set(marked.panels))),
        bounds=bounds,
        threshold=threshold,
        rank=rank,
        top=top,
        statistic=statistics[0] if statistics else "sum" if rows and _are_summed(panels) else "",
        axis=_axis(marked.text, language),
        direction="up" if has("up") and not has("down") else "down" if has("down") and not has("up") else "",
        yes_no=_is_yes_no(marked.text, text, has("asks")) and not has("or"),
        of_series=has("series") or rows,
        of_places=of_places,
    )


def _as_measured(
    found: set[Operation], text: str, panels: Sequence[ChartPanel], language: Language, *, comparing: bool
) -> set[Operation]:
    """Return what words ask for where it follows from what is measured: the best of errors is the lowest."""
    comparing = comparing and search(CONTEXT_WORDS["which"][language], language, text) is not None
    extremes = judged(text, panels, language, comparing=comparing)
    if not extremes and comparing:
        extremes = _of_pair(text, panels, language)
    if extremes:
        found = (found - {"maximum", "minimum"}) | extremes
    return found - {"error"} if is_of_errors(panels) else found


def _of_pair(text: str, panels: Sequence[ChartPanel], language: Language) -> set[Operation]:
    """Return the extreme for "which takes longer", said of the only two bars."""
    drawn = [one for panel in panels for one in panel.series]
    if len(drawn) != 1 or len(drawn[0].x) != 2 or not isinstance(drawn[0].x[0], str):
        return set()
    more, less = (search(CONTEXT_WORDS[word][language], language, text) is not None for word in _SIDES)
    return {"maximum" if more else "minimum"} if more != less else set()


_SIDES: Final[tuple[Word, Word]] = ("more", "less")


def _of_losses(found: set[Operation]) -> tuple[set[Operation], Threshold | None]:
    """Return the lowest for "the largest loss", and values below zero for "days with a loss"."""
    if found & {"maximum", "minimum"}:
        return (found - {"maximum", "step", "trend"}) | {"minimum"}, None
    return found, None if found & {"trend", "correlation", "sum"} else Threshold(limit=0.0, kind="below")


def _are_rows_and_columns(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether two names are both those of rows and of columns, as in a matrix of correlations."""
    rows = [one for panel in panels for one in panel.series]
    return bool(rows) and all(one.kind == "heat map" and set(names) <= set(one.x) for one in rows)


def _choose_by_quantity(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Name the series, or else the panels, of the quantity that a question means: temperature in "the coldest"."""
    names = marked.named_series()
    told = marked.panels or (names and len(panels) < 2)
    own = _quantities_of_extremes(marked.text, language) if told and not marked.panels else []
    asked = own if told else list(quantities_in(marked.text, language))
    drawn = [(number, series) for number, panel in enumerate(panels) for series in panel.series]
    for quantity in asked:
        chosen = [
            (number, one) for number, one in drawn if is_quantity(quantity, panels[number].axis_of(one), one.name)
        ]
        known = {name for _, one in chosen for name in (one.name, *one.x)}
        if own and known and known.isdisjoint(names) and _differ_in_quantity(panels, drawn):
            marked.text = re.sub(SERIES, " ", marked.text)  # "when is it coldest, and how much does it rain then?"
            names = ()
        if not (0 < len(chosen) < len(drawn) and known.issuperset(names)) or not _differ_in_quantity(panels, drawn):
            continue
        numbers = {number for number, _ in chosen}
        if len({number for number, _ in drawn}) > len(numbers):
            marked.panels.extend(sorted(numbers))
        elif not names and all(one.name for _, one in chosen):
            marked.name_series(one.name for _, one in chosen)
        return


def _quantities_of_extremes(text: str, language: Language) -> list[str]:
    """Return the quantities of which the highest or lowest is asked for in one word, such as "coldest"."""
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    matches = (search(OPERATION_WORDS[side][language], language, text) for side in sides)
    return [quantity for match in matches if match is not None for quantity in quantities_in(match[0], language)]


def _differ_in_quantity(panels: Sequence[ChartPanel], drawn: Sequence[tuple[int, Series]]) -> bool:
    axes = [panels[number].axis_of(one) for number, one in drawn]
    return len({(axis.label, axis.unit) for axis in axes}) > 1


def _that_are_places(names: Sequence[str], panels: Sequence[ChartPanel]) -> tuple[str, ...]:
    """Return the names that are series of other panels only, and places of these."""
    drawn = [one for panel in panels for one in panel.series]
    return tuple(
        name for name in names if all(one.name != name for one in drawn) and any(name in one.x for one in drawn)
    )


def _is_at_end(text: str, language: Language) -> bool:
    words: tuple[Word, ...] = ("end", "which")
    return all(search(CONTEXT_WORDS[word][language], language, text) is not None for word in words)


def _place_of_end(
    found: set[Operation], panels: Sequence[ChartPanel], names: Sequence[str], *, which: bool
) -> tuple[Place, ...]:
    """Return the last, or first, place that two series share, if a question compares them "at the end"."""
    ends = found & {"first", "last"}
    drawn = [one for panel in panels for one in panel.series if not names or one.name in names]
    compared = bool(found & {"difference", "ratio"}) and not found & _OF_ALL - {"trend"}
    final = which and "last" in ends and len(found & {"maximum", "minimum"}) == 1 and _are_joined(panels, names)
    if len(ends) != 1 or len(drawn) != 2 or not (compared or final):
        return ()
    shared = [place for place, _, _ in between(drawn[0], drawn[1])]
    return (shared[-1] if "last" in ends else shared[0],) if shared else ()


_STATISTICS: Final[tuple[Operation, ...]] = ("maximum", "minimum", "mean", "median", "range")


def _asks_for_places(text: str, found: set[Operation], panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a statistic of points is one of what their x axis measures: "the mean height" by weight."""
    panel = panels[0] if len(panels) == 1 else None
    if panel is None or not all(one.kind == "points" for one in panel.series):
        return False
    ours, others = words_for(panel.x, language), words_for(panel.y, language)
    wanted = [OPERATION_WORDS[name][language] for name in _STATISTICS if name in found]
    at = next((match for words in wanted if (match := search(words, language, text))), None)
    near = min((_apart(match, at) for match in ours.finditer(text)), default=None) if ours and at else None
    if near is None or at is None:
        return False
    far = min((_apart(match, at) for match in others.finditer(text)), default=None) if others else None
    return near < far if far is not None else search(CONTEXT_WORDS["when"][language], language, text) is None


def _apart(a: re.Match[str], b: re.Match[str]) -> int:
    """Return the number of letters between two words; 0 if they overlap."""
    return max(0, a.start() - b.end(), b.start() - a.end())


def _in_labels(found: set[Operation], text: str, language: Language, panels: Sequence[ChartPanel]) -> set[Operation]:
    """Return statistics whose words are those of a title or an axis: the average price in 2015, of average prices."""
    labels = " ".join(part for panel in panels for part in (panel.title, panel.x.label, panel.y.label)).lower()
    statistics: tuple[Operation, ...] = ("mean", "median", "sum")
    matches = ((name, search(OPERATION_WORDS[name][language], language, text)) for name in statistics if name in found)
    return {name for name, match in matches if match is not None and match[0] in labels}


def _colours(text: str, language: Language) -> tuple[str, ...]:
    found = ((search(words[language], language, text), name) for name, words in COLOUR_WORDS.items())
    return tuple(name for _, name in sorted((match.start(), name) for match, name in found if match is not None))


_TWO: Final[tuple[Operation, ...]] = ("difference", "ratio")
_OF_ALL: Final[frozenset[Operation]] = frozenset(("mean", "median", "sum", "maximum", "minimum", "trend"))


def _extreme_of(text: str) -> set[Operation]:
    """Return the extreme of "두 번째로 높은" and "le deuxième plus grand", whose superlative is the ordinal."""
    if re.search(r"낮|적은|작은|低|小|少|plus (?:bas|petit|faible)|más (?:baj|pequeñ)", text):
        return {"minimum"}
    return {"maximum"} if re.search(r"높|많|큰|高|大|多|plus |más |\btop\b|상위|前", text) else set()


def _on_places(threshold: Threshold, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a limit is one of places, as in "the mean weight above 170 cm", and not of values."""
    places = [place for panel in panels for series in panel.series for place in series.x]
    values = [value for panel in panels for series in panel.series for value in series.y]
    if not places or any(isinstance(place, str) for place in places):
        return False
    numbers = [place for place in places if isinstance(place, float | int)]
    return min(numbers) <= threshold.limit <= max(numbers) and not min(values) <= threshold.limit <= max(values)


def _nouns(panel: ChartPanel) -> Iterator[str]:
    for axis in (panel.x, panel.y):
        if axis.scale == "categories" or axis.categories:
            yield label_without_unit(axis).lower()
    yield panel.legend_title.lower()


def _are_names(drawn: Sequence[Place]) -> bool:
    return bool(drawn) and all(isinstance(place, str) and not is_date(place) for place in drawn)


def _places(marked: Marked, panels: Sequence[ChartPanel]) -> tuple[Place, ...]:
    """Return the places that are left in the text, in its order; a month of several years is each of them.

    A year is left out if all places of the charts are names: it says when they were counted, as their title does.
    """
    drawn = [place for panel in panels for series in panel.series for place in series.x]
    named = _are_names(drawn)
    years = any(isinstance(place, str) and re.search(r"\b(?:19|20)\d\d\b", place) for place in drawn)
    places = [marked.place_of(letter) for letter in marked.text if is_place(letter)]
    if named and not years:
        places = [place for place in places if isinstance(place, str) or not 1800 <= place <= 2100]
    return tuple(dict.fromkeys(places))


def _amounts(marked: Marked, panels: Sequence[ChartPanel]) -> tuple[float, ...]:
    """Take the numbers that are values out of the text: by their unit, or as they are no places but could be values."""
    places = [place for panel in panels for series in panel.series for place in series.x]
    values = [value for panel in panels for series in panel.series for value in series.y if math.isfinite(value)]
    numbered = [place for place in places if isinstance(place, float | int) and math.isfinite(place)]
    found: list[float] = []
    for letter in filter(is_place, marked.text):
        number = marked.place_of(letter)
        if isinstance(number, str) or marked.is_position(letter):
            continue
        may_be = bool(values) and min(values) <= number <= max(values)
        is_no_place = not min(numbered) <= number <= max(numbered) if numbered else number not in _YEARS
        if marked.is_amount(letter) or (is_no_place and may_be):
            found.append(float(number))
            marked.text = marked.text.replace(letter, " ")
    return tuple(found)


_YEARS: Final = range(1800, 2101)


def _without(marked: Marked, language: Language) -> tuple[Place, ...]:
    """Take "without July" out of the text; return what is left out."""
    match = search(CONTEXT_WORDS["without"][language], language, marked.text)
    if match is None:
        return ()
    names: list[Place] = [marked.place_of(letter) for letter in match[0] if is_place(letter)]
    names += Marked(match[0], series=marked.series).named_series()
    marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
    return tuple(names)


def _is_duration(panels: Sequence[ChartPanel]) -> bool:
    """Return whether values are times, so that what is faster is lower."""
    words = CONTEXT_WORDS["duration"]
    labels = [panel.y.label.lower() for panel in panels if panel.y.unit in ("ms", "s", "µs", "ns", "min", "h", "")]
    return any(search(words[language], language, label) is not None for label in labels for language in LANGUAGES)


def _are_joined(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether the series that are asked for are lines along an axis of numbers or dates."""
    asked = [one for panel in panels for one in panel.series if not names or one.name in names]
    return bool(asked) and all(
        one.kind in ("line", "area") and any(isinstance(place, float | int) or is_date(place) for place in one.x[:1])
        for one in asked
    )


def _are_counted(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question speaks of what the values count: of persons, of an axis of respondents."""
    words = [words_for(panel.axis_of(one), language) for panel in panels for one in panel.series[:1]]
    return any(word is not None and word.search(text) is not None for word in words)


_COUNTED_HOW: Final = re.compile(
    r"(?:there|total|all|altogether|surveyed|asked|counted|questioned|interviewed|took|take|part|participated?|"
    r"answered|respond\w*|measured|recorded|included|shown|live[sd]?|they|insgesamt|befragt\w*|gezählt\w*|"
    r"teilgenommen|nahmen|teil|gemessen|leben|wohnen|gab|gibt|zusammen|alle\w*|sie|tout|interrogée?s?|comptée?s?|"
    r"participé|répondu|vivent|ensemble|ils|elles|hay|hubo|preguntó|preguntaron|preguntad\w*|encuestad\w*|contad\w*|participaron|respondieron|viven)$"
)
"""Words of a question for all that was counted."""


_COUNTED_EAST: Final[dict[str, str]] = {
    "ko": "총|모두|전체|전부|다 (?:해|합)|응답|조사|설문|참여|참가|있[어나습니는]|살[고아]|거주",
    "zh": "一共|总共|共有|总|全部|调查|参加|参与|回答|有(?:几|多少)|多少人$|几个人$",
}


def _are_all(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether "how many students were asked" has no other word, such as "failed", that means some of them."""
    if language in ("ko", "zh"):
        return re.search(_COUNTED_EAST[language], text) is not None
    parts = (f"{panel.title} {panel.x.label} {panel.y.label} {panel.legend_title}" for panel in panels)
    labels = " ".join(parts).lower()
    for panel in panels:
        for one in panel.series[:1]:
            known = words_for(panel.axis_of(one), language)
            text = known.sub(" ", text) if known is not None else text
    words = re.findall(r"[^\W\d_]+", text)
    return all(is_common(word, language) or _COUNTED_HOW.match(word) or word[:4] in labels for word in words)


def _are_in_years(panels: Sequence[ChartPanel], names: Sequence[str]) -> bool:
    """Return whether the series that are asked for are bars of years, which follow each other as points of a line."""
    asked = [one for panel in panels for one in panel.series if not names or one.name in names]
    return bool(asked) and all(
        one.kind in ("bars", "stacked bars") and len(one.x) > 2 and _has_years(one) for one in asked
    )


def _has_years(series: Series) -> bool:
    numbers = [place for place in series.x if not isinstance(place, str)]
    return period_of(series.x) == "year" or (
        len(numbers) == len(series.x) and all(place in _YEARS for place in numbers)
    )


def _are_summed(panels: Sequence[ChartPanel]) -> bool:
    return all(series.kind in ("heat map", "stacked bars") for panel in panels for series in panel.series)


def _has_periods(panel: ChartPanel) -> bool:
    """Return whether several series share months, years, days or seasons, so that "which city" asks for one of them."""
    places = [str(place) for series in panel.series[:1] for place in series.x[:400]]
    years = any(_has_years(series) for series in panel.series[:1])
    return len(panel.series) > 1 and bool(years or period_of(places) or kind_of_names(places))


def _asks_for_rows(panels: Sequence[ChartPanel], clues: Clues) -> bool:
    """Return whether "which day" asks for a series, as their names are those of days."""
    words: dict[str, Word] = {"day": "day", "season": "season", "time of day": "time of day", "quarter": "quarter"}
    if clues.has("which thing") and not clues.has("period") and any(_has_periods(panel) for panel in panels):
        return True
    for panel in panels:
        kind = kind_of_names([series.name for series in panel.series])
        along = kind_of_names([str(place) for series in panel.series[:1] for place in series.x])
        if kind in words and clues.has(words[kind]) and not (along in words and clues.has(words[along])):
            return True
    return False


def _is_yes_no(marked: str, text: str, asks: bool) -> bool:
    verb = re.match(r"(?:is|are|was|were|does|do|did|has|have|can|ist|sind|war|hat|gibt|steigt|sinkt)\b", marked)
    if verb is not None:
        return True
    if re.search(r"[은는] ?\?\s*$", text[-50:]):  # "the month that is above 20?"
        return False
    return not asks and re.search(r"[?？吗嗎]\s*$|[어요까지나니]\s*[?.]?\s*$", text[-50:]) is not None


_RIGHT: Final[dict[Language, str]] = {
    "en": r"right(?:-hand)? (?:\w+ )?axis|second(?:ary)? (?:y )?axis|axis on the right",
    "de": r"rechte\w* (?:y-?)?achse|zweite\w* (?:y-?)?achse",
    "fr": r"axe (?:y )?(?:de )?droite?\b|axe secondaire|(?:second|deuxième) axe",
    "es": r"eje (?:y )?(?:derecho|secundario)|segundo eje",
    "ko": r"오른쪽 ?(?:y ?)?축|보조 ?축",
    "zh": r"右(?:侧|边)?(?:的)? ?(?:y ?)?轴|次坐标轴|副轴",
}


def _axis(text: str, language: Language) -> Literal["", "x", "y", "right"]:
    if re.search(_RIGHT[language], text):
        return "right"
    upright = {
        "en": r"vertical axis",
        "de": r"senkrechte|vertikale|ordinate",
        "fr": r"ordonnées|axe vertical",
        "es": r"vertical|ordenadas",
        "ko": r"세로 ?축|수직 ?축",
        "zh": r"纵轴|縱軸|竖轴",
    }
    flat = {
        "en": r"horizontal axis",
        "de": r"waagrechte|waagerechte|horizontale|abszisse",
        "fr": r"abscisses?|axe horizontal",
        "es": r"horizontal|abscisas",
        "ko": r"가로 ?축|수평 ?축",
        "zh": r"横轴|橫軸",
    }
    if (re.search(r"(?<![a-z])y(?![a-z])", text) and language != "es") or re.search(r"eje y\b", text):
        return "y"
    if re.search(r"(?<![a-z])x(?![a-z])", text):
        return "x"
    return "y" if re.search(upright[language], text) else "x" if re.search(flat[language], text) else ""


def _rank(marked: Marked, language: Language) -> tuple[int, int]:
    """Take "second" and "top 3" out of the text; return the rank, and how many are asked for."""
    cardinals, ordinals = NUMBER_WORDS[language]
    for rank, word in enumerate(ordinals, 2):
        match = re.search(rf"(?:{word}\w*|(?<!\d){rank}(?:nd|rd|th)\b)", marked.text)
        if match is not None and not re.match(rf"(?:{word})(?:s\b)", match[0]):
            rest = re.sub(rf"^(?:{word}(?:e[rsnm]?|o|a)?|\d..)", " ", match[0])
            marked.text = marked.text[: match.start()] + rest.replace("-", " ") + marked.text[match.end() :]
            return rank, 0
    cards = "|".join(cardinals)
    for pattern in _TOPS[language]:
        match = re.search(pattern.replace("N", f"[\uec00-\uefff]|{cards}"), marked.text)
        number = None if match is None else _count_of(match[1], marked, cardinals)
        if match is not None and number is not None:
            letter = match.start(1)
            marked.text = f"{marked.text[:letter]} {marked.text[letter + len(match[1]) :]}"
            return 1, number
    return _korean_rank(marked) if language == "ko" else (1, 0)


def _korean_rank(marked: Marked) -> tuple[int, int]:
    match = re.search("([\uec00-\uefff])(?:번째|위)", marked.text)
    number = None if match is None else _count_of(match[1], marked, ())
    if match is None or number is None:
        return 1, 0
    marked.text = marked.text[: match.start()] + " 최고 " * ("위" in match[0]) + marked.text[match.end() :]
    return number, 0


_TOPS: Final[dict[Language, tuple[str, ...]]] = {
    "en": (
        r"(?:top|best|bottom|highest|lowest|largest|smallest|biggest) (N)(?!\w)",
        r"(?<!\w)(N) (?:\w+ ){0,3}(?:\w{3,}est|best|most|least)\b",
    ),
    "de": (r"(?:top|die|welche) (N)(?!\w)", r"(?<!\w)(N) \w+sten\b"),
    "fr": (
        r"(?:top|quels|quelles) (N)(?!\w)",
        r"(?<!à )les (N)(?= (?:\w+ ){0,2}(?:plus|moins|premi|meilleur|pire|derni|mieux))",
        r"les (N)(?= plus)",
    ),
    "es": (
        r"(?:top|qué) (N)(?!\w)",
        r"(?<!a )(?:los|las) (N)(?= (?:\w+ ){0,2}(?:m[aá]s|menos|mejor|peor|mayor|menor|primer|últim))",
    ),
    "ko": (
        r"(?:상위|하위|top) ?(N)",
        r"(?:가장|제일) ?\w+ (?:\w+ )?(N) ?(?:개|곳|달|명|가지)",
        r"(N) ?(?:개|곳|달)의? ?(?:가장|제일)",
    ),
    "zh": (r"前(N)", r"最\w{1,3}的(N)", r"(N)(?:个|個)最"),
}


def _count_of(word: str, marked: Marked, cardinals: Sequence[str]) -> int | None:
    if word in cardinals:
        return cardinals.index(word) + 2
    known = len(word) == 1 and is_place(word) and not marked.is_amount(word) and word not in marked.with_unit()
    value = marked.place_of(word) if known else None
    return int(value) if isinstance(value, float) and 1 <= value <= 50 and value == int(value) else None


def _threshold(marked: Marked, language: Language) -> Threshold | None:
    kinds: tuple[Literal["at least", "at most", "above", "below"], ...] = ("at least", "at most", "above", "below")
    for kind in kinds:
        match = search(CONTEXT_WORDS[kind][language], language, marked.text)
        letter = None if match is None else re.search("[\uec00-\uefff]", match[0])
        if match is None or letter is None:
            continue
        limit = marked.place_of(letter[0])
        if isinstance(limit, str):
            continue
        marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
        return Threshold(limit=float(limit), kind=kind)
    return None


def _relative(marked: Marked, language: Language) -> Threshold | None:
    """Return "above average" as a threshold whose limit is each series' mean."""
    for word, kind in _RELATIVE:
        match = search(CONTEXT_WORDS[word][language], language, marked.text)
        if match is not None:
            marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
            return Threshold(limit=math.nan, kind=kind)
    return None


_RELATIVE: Final[tuple[tuple[Word, Literal["above", "below"]], ...]] = (
    ("above average", "above"),
    ("below average", "below"),
)


def _as_bounds(threshold: Threshold) -> Bounds:
    if threshold.kind in ("above", "at least"):
        return Bounds(low=threshold.limit, open_low=threshold.kind == "above")
    return Bounds(high=threshold.limit, open_high=threshold.kind == "below")


def _bounds(marked: Marked, language: Language, two: bool, *, at: bool, plain: bool) -> Bounds | None:
    """Take "between 2010 and 2015" or "before May" out of the text; `two`: both are compared, so they are places.

    `at`: no course or statistic is asked for, so that "after 5 hours" is a place of an axis of hours. `plain`: the
    places are plain names, so that "by bike" is one.
    """
    words: tuple[Word, ...] = ("between", "before", "after", "until", "since")
    for word in words:
        match = search(CONTEXT_WORDS[word][language], language, marked.text)
        if match is None or (word == "between" and two):
            continue
        if plain and language == "en" and word in ("until", "since"):  # "by bike"
            continue
        if word == "after" and at and any(letter in marked.with_unit() for letter in match[0]):
            continue
        ends = [marked.place_of(letter) for letter in match[0] if is_place(letter)]
        if word in ("until", "since") and language in ("en", "de") and not _is_end(ends[0]):
            continue
        marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
        return _BOUNDS[word](ends)
    return None


def _is_end(place: Place) -> bool:
    """Return whether a place may be an end: "by 2015", but not "by 5"."""
    return isinstance(place, str) or place >= 100


def _between(ends: Sequence[Place]) -> Bounds:
    low, high = ends[0], ends[1]
    a, b = position_of(low), position_of(high)
    return Bounds(low=high, high=low) if a is not None and b is not None and a > b else Bounds(low=low, high=high)


_BOUNDS: Final[dict[Word, Callable[[Sequence[Place]], Bounds]]] = {
    "between": _between,
    "before": lambda ends: Bounds(high=ends[0], open_high=True),
    "until": lambda ends: Bounds(high=ends[0]),
    "after": lambda ends: Bounds(low=ends[0], open_low=True),
    "since": lambda ends: Bounds(low=ends[0]),
}
