"""Names and numbers in a question, replaced by one letter each, so that its words can be searched for.

The letters are of Unicode's private use area: they are no letters of words, and no question has them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar

from vision_magic.engine.chart.data import ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.idioms_in_korean import with_new_ones, with_plain_idioms, with_purposes
from vision_magic.engine.questions.forms.meant_by_marks import (
    with_error_bars,
    with_growth,
    with_pass_mark,
    with_precision,
    with_rain,
)
from vision_magic.engine.questions.forms.rewordings import (
    reworded,
    with_days,
    with_days_of_week,
    with_hours,
    with_hours_in_figures,
    with_hours_since,
    with_months,
    without_same_place,
)
from vision_magic.engine.questions.forms.spoken import plain_spoken
from vision_magic.engine.questions.forms.spoken_in_languages import spoken_plainly
from vision_magic.engine.questions.language import Language, is_common, language_of
from vision_magic.engine.questions.names.adjectives_of_names import with_adjectives_of_names
from vision_magic.engine.questions.names.adverbs_as_names import is_adverb
from vision_magic.engine.questions.names.dated_names import with_dated_names
from vision_magic.engine.questions.names.initials import with_full_names
from vision_magic.engine.questions.names.kinds_of_names import is_for_all
from vision_magic.engine.questions.names.limits_or_names import is_limit, is_year
from vision_magic.engine.questions.names.loanwords import original_in
from vision_magic.engine.questions.names.named_days import DAY_OF_MONTH, with_named_days
from vision_magic.engine.questions.names.named_points import point_names
from vision_magic.engine.questions.names.names_of_numbers import with_names_of_numbers
from vision_magic.engine.questions.names.nouns_like_verbs import is_noun_like_verb
from vision_magic.engine.questions.names.ordinals_as_names import (
    find_undrawn,
    with_noun_of_both,
    with_ordinals_as_names,
)
from vision_magic.engine.questions.names.parts_of_names import find_part
from vision_magic.engine.questions.names.reference_lines import find_limit
from vision_magic.engine.questions.names.scenes import is_scene
from vision_magic.engine.questions.names.states import with_states_named
from vision_magic.engine.questions.names.tails_of_names import (
    find_cognate,
    find_first_word,
    find_head,
    find_own_word,
    find_tail,
    find_written_out,
)
from vision_magic.engine.questions.names.usual_names import (
    day_of,
    days_in,
    distinct_words,
    is_like,
    kind_of_names,
    translated,
    words_for_the_same,
)
from vision_magic.engine.questions.names.with_or_without import find_zero, with_names_of_having
from vision_magic.engine.questions.numbers import is_date, label_without_unit, month_of, period_of
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.places.ages import with_ages
from vision_magic.engine.questions.places.clock_times import with_clock_times
from vision_magic.engine.questions.places.conversions import UNITS, in_units_of
from vision_magic.engine.questions.places.days_of_month import with_month_at_each_day, without_month_of_axis
from vision_magic.engine.questions.places.durations import with_durations
from vision_magic.engine.questions.places.ends_of_axes import find_axis_end
from vision_magic.engine.questions.places.groups import Group, groups_in, weekday_of
from vision_magic.engine.questions.places.groups_in_languages import groups_in_language
from vision_magic.engine.questions.places.limits_in_words import with_limits_in_words
from vision_magic.engine.questions.places.numbered_periods import with_numbered_periods
from vision_magic.engine.questions.places.parts_of_time import hours_in
from vision_magic.engine.questions.places.places_in_words import with_places_in_words
from vision_magic.engine.questions.places.ranges import range_of_name, with_ranges, words_of_range
from vision_magic.engine.questions.places.scales_of_axes import scaled, scales_of_values
from vision_magic.engine.questions.places.spelled import with_fractions, with_numbers
from vision_magic.engine.questions.places.times_of_day import with_days_of_times, with_times
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS, units_of, words_of_unit
from vision_magic.engine.questions.places.units_of_rates import without_unit_of_label
from vision_magic.engine.questions.vocabulary.accents import folded, may_have, without_accents
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class
from vision_magic.engine.questions.vocabulary.words import (
    CONTEXT_WORDS,
    MONTHS,
    NUMBER_WORDS,
    OPERATION_WORDS,
    PLACE,
    search,
)

__all__ = ["NUMBER_LETTERS", "Marked", "is_place", "mark", "texts_of", "with_months_in_figures"]

_Known = TypeVar("_Known")

_LONGEST: Final = 4000
"""Of a longer question, the beginning and the end are read."""


def mark(text: str, panels: Sequence[ChartPanel]) -> tuple[Marked, Language]:
    """Return a question in lower case with letters in the place of names and numbers, and its language."""
    marked = Marked(with_full_names(_plain(text), _all_names(panels)))
    drawn = texts_of(panels)
    first = language_of(marked.text, drawn)
    marked.text = with_hours_since(with_error_bars(marked.text, first, panels), first)
    marked.text = with_durations(spoken_plainly(with_ages(marked.text, panels, first), first, panels), first, panels)
    if first == "en":
        marked.text = in_units_of(plain_spoken(marked.text, _all_names(panels)), panels)
    if first == "zh":
        marked.text = with_months_in_figures(marked.text)
    if first == "ko":
        marked.text = with_new_ones(with_purposes(_with_whole_months(marked.text)), texts_of(panels))
    marked.text = without_unit_of_label(marked.text, panels, first)
    marked.text = without_month_of_axis(marked.text, panels, first)
    marked.text = with_growth(marked.text, first, panels)
    marked.text = with_rain(with_pass_mark(with_precision(marked.text, first, panels), first, panels), first, panels)
    marked.alone = len(drawn_series(panels)) == 1
    known = list(_series_and_categories(panels))
    names = [name for name, _ in known]
    if first == "de":
        marked.text = with_adjectives_of_names(marked.text, names)
    marked.text = with_noun_of_both(marked.text, first)
    marked.text = with_ordinals_as_names(marked.text, names, _labels_in(panels), first)
    marked.text = with_times(marked.text, panels, first, marked.letter_of_place)
    marked.text = with_clock_times(marked.text, panels, first, marked.letter_of_place)
    marked.text = with_dated_names(with_places_in_words(marked.text, panels, first), names, first)
    marked.text = with_states_named(with_named_days(marked.text, names, first), names)
    marked.text = _with_named_hours(marked.text, names, first)
    marked.text = with_names_of_having(with_names_of_numbers(marked.text, names, panels, first), names, first)
    _take_limits(marked, panels, first)
    marked.text, hours = hours_in(marked.text, panels, first)
    marked.take(known, first)
    _drop_words_for_days(marked)
    undrawn = find_undrawn(marked.text, names, _labels_in(panels), first)
    if undrawn is not None:
        marked.replace(undrawn, _FIRST_PLACE, marked.places, undrawn[0])
    # "Was bedeutet die gepunktete Linie?" has hardly a word left without the line.
    language = first if marked.limits else language_of(marked.words(), drawn)
    if not marked.words().strip(" ?.!"):
        language = first
    marked.text = with_days(with_days_of_week(marked.text, language, names), language, names)
    marked.text = with_numbered_periods(marked.text, panels, language, marked.letter_of_place)
    _take_other_words(marked, panels, language)
    if language == "ko":
        marked.text = with_plain_idioms(marked.text, panels)
    _take_end_of_axis(marked, panels, language)
    _take_zero(marked, panels, language)
    _take_panels(marked, panels, language)
    _take_weekdays(marked, panels, language)
    if language == "en":
        marked.text, marked.groups = groups_in(marked.text, panels)
    else:
        marked.text, marked.groups = groups_in_language(marked.text, panels, language)
    marked.groups = (*hours, *marked.groups)
    _take_days(marked, panels, language)
    marked.text = with_days_of_times(marked.text, panels, marked.place_of, marked.letter_of_place)
    if any(isinstance(one, float | int) and 12 < one <= 24 for one in _numbers_along(panels)):
        figures = with_hours_in_figures(marked.text, language) if language == "zh" else marked.text
        marked.text = with_hours(figures, language)
    marked.text = with_months(marked.text, language, _months_in(panels))
    _take_months(marked, panels, language)
    points = point_names(panels)
    marked.places = [points.get(str(place), place) for place in marked.places]
    _take_again(marked, language)
    _take_half(marked, panels, language)
    marked.text = without_same_place(marked.text, language)
    marked.text = with_limits_in_words(_with_figures(marked.text, language), panels, language)
    marked.text = with_numbers(marked.text, language)
    _take_numbers(marked, panels, language)
    _drop_weekdays_of_dates(marked, language)
    marked.text, ranges = with_ranges(marked.text, panels, language, marked.place_of, marked.letter_of_place)
    marked.groups = (*(one for one in marked.groups if not set(one.places) <= set(marked.places)), *ranges)
    same = re.compile(f"({NUMBER_LETTERS}) ?[의的인]? ?({NUMBER_LETTERS})")
    marked.text = same.sub(lambda two: two[2] if _is_said_twice(marked, two) else two[0], marked.text)
    article = rf"(?<!\w)(?:{_ONE.get(language, '(?!)')}) (?=[\uec00-\uefff](?! ?[a-zA-Z]))"
    marked.text = re.sub(article, "", marked.text, flags=re.IGNORECASE)
    marked.written = marked.text
    marked.text = reworded(marked.text.lower(), language)
    return marked, language


def _drop_words_for_days(marked: Marked) -> None:
    """Leave out what completes the short name of a day: "요일" of "월요일", and "周" of "周一"."""

    def short(found: re.Match[str]) -> str:
        letter = found["after"] or found["before"]
        return letter if day_of(str(marked.place_of(letter))) >= 0 else found[0]

    named = f"(?P<before>{PLACE})요일|(?:周|星期|礼拜)(?P<after>{PLACE})"
    marked.text = re.sub(named, short, marked.text)


def _with_named_hours(text: str, names: Sequence[str], language: Language) -> str:
    """Return a question with the hours that it says as those of a day, in figures, where names are hours."""
    if any(map(_HOUR.search, names)):
        text = with_hours_in_figures(text, language)
    return with_hours(text, language) if any(map(_AFTERNOON.search, names)) else text


def _is_said_twice(marked: Marked, two: re.Match[str]) -> bool:
    """Return whether a number stands before the line of reference at which it is: "the 200 ms target"."""
    return bool(marked.limits) and marked.place_of(two[1]) == marked.place_of(two[2])


def with_months_in_figures(text: str) -> str:
    """Return a Chinese text with "3月" for "三月", and "12月31日" for "十二月三十一日"."""
    digits = "一二三四五六七八九十"
    month = r"(?:十[一二]?|[一二三四五六七八九])(?=月(?!底|初))"
    text = re.sub(month, lambda found: str(sum(digits.index(one) + 1 for one in found[0])), text)

    def day(found: re.Match[str]) -> str:
        tens, ten, ones = found.groups()
        return str((digits.index(tens or "一") + 1) * 10 * bool(ten) + (digits.index(ones) + 1 if ones else 0))

    return re.sub(
        r"(?<=\d月)(?=[一二三四五六七八九十])(?:([二三])?(十))?([一二三四五六七八九])?(?=[日号號])", day, text
    )


def _with_whole_months(text: str) -> str:
    """Return a Korean question with "6월~8월" for "여름(6~8월)"."""
    return re.sub(r"(?:(?:봄|여름|가을|겨울)철? ?\()?(?<!\d)(\d{1,2}) ?[~-] ?(\d{1,2}월)\)?", r"\1월~\2", text)


_ONE: Final[dict[Language, str]] = {"en": "an?", "de": "eine?[rmns]?", "fr": "une?", "es": "una?"}
"""Articles, which people put before a mark: "less than a 5"."""
_HOUR: Final = re.compile(r"\d ?(?:시|点|點|时|時|h\b|:00|Uhr|[ap]m\b)", re.IGNORECASE)
"""A name of an hour."""
_AFTERNOON: Final = re.compile(r"(?<!\d)(?:1[3-9]|2[0-4]) ?(?:시|点|时|點|時|h\b|:00|Uhr)")
"""A name of an hour that is counted from midnight."""


def _numbers_along(panels: Sequence[ChartPanel]) -> Iterator[Place]:
    """Yield the places of the first series with data of each panel."""
    for panel in panels:
        for one in drawn_series([panel])[:1]:
            yield from one.x[:400]


def _months_in(panels: Sequence[ChartPanel]) -> Iterator[int]:
    """Yield the months of one year that are drawn; those of several years are no part of "the first half"."""
    places = list(dict.fromkeys(_named_places(panels)))
    if len({place[:4] for place in places if is_date(place)}) < 2:
        yield from (int(place[5:7]) if is_date(place) else month_of(place) for place in places)


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} {text[-_LONGEST // 2 :]}"
    return " ".join(re.sub("[\ue000-\uf8ff]", " ", text).split())


def _take_limits(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take a line of reference across the values, such as a target, as the number at which it is drawn."""
    found = find_limit(marked.text, panels, language)
    if found is not None:
        marked.limits = (found.name,)
        marked.amounts.add(len(marked.numbers))
        marked.numbers.append(found.value)
        letter = chr(_FIRST_NUMBER + len(marked.numbers) - 1)
        marked.text = f"{marked.text[: found.start]}{found.left}{letter}{marked.text[found.end :]}"


def _take_end_of_axis(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take "at the highest concentration" as the number at the end of an axis of concentrations."""
    found = find_axis_end(marked.text, panels, language)
    if found is not None:
        letter = marked.letter_of_place(found.value)
        before = _AT.get(language, "")
        marked.text = f"{marked.text[: found.start]}{before}{letter}{marked.text[found.end :]}"


def _take_zero(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take "without fertiliser" as zero of an axis of doses of it."""
    found = find_zero(marked.text, panels, language)
    if found is not None:
        letter = marked.letter_of_place(0.0)
        before, after = _AT.get(language, ""), "에서" if language == "ko" else ""
        marked.text = f"{marked.text[: found.start()]}{before}{letter}{after}{marked.text[found.end() :]}"


_AT: Final[dict[Language, str]] = {"en": "at ", "de": "bei ", "fr": "à ", "es": "en "}
_FIRST_PLACE, _FIRST_SERIES, _FIRST_PANEL, _FIRST_NUMBER, _END = 0xE000, 0xE400, 0xE800, 0xEC00, 0xF000


@dataclass(slots=True)
class Marked:
    """A question in which names and numbers are replaced by one letter each, of Unicode's private use area."""

    text: str
    places: list[Place] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    panels: list[int] = field(default_factory=list)
    numbers: list[Place] = field(default_factory=list)
    amounts: set[int] = field(default_factory=set)
    """Which of the numbers have the unit of values, so that they are no places."""

    positions: set[int] = field(default_factory=set)
    """Which of the numbers have the unit of places."""

    groups: tuple[Group, ...] = ()
    """Groups of places in the question, such as those of the summer."""

    limits: tuple[str, ...] = ()
    """What the question calls the lines of reference whose values stand for them."""

    alone: bool = False
    """Whether a single series is drawn, so that the highest of all places is that of none of them."""

    written: str = ""
    """The text with its capitals, and without the names and numbers that were found."""

    def copied(self) -> Marked:
        """Return the same, to be changed apart from this one."""
        return replace(
            self,
            places=[*self.places],
            series=[*self.series],
            panels=[*self.panels],
            numbers=[*self.numbers],
            amounts={*self.amounts},
            positions={*self.positions},
        )

    def words(self) -> str:
        """Return the text without letters of names."""
        return re.sub("[\ue000-\uf8ff]", " ", self.text)

    def named_series(self) -> tuple[str, ...]:
        """Return the names of series in the text, in its order."""
        letters = (ord(letter) for letter in self.text if _FIRST_SERIES <= ord(letter) < _FIRST_PANEL)
        return tuple(dict.fromkeys(self.series[letter - _FIRST_SERIES] for letter in letters))

    def name_series(self, names: Iterable[str]) -> None:
        """Add series that a question means without naming them."""
        for name in names:
            self.series.append(name)
            self.text += f" {chr(_FIRST_SERIES + len(self.series) - 1)}"

    def replace(self, match: re.Match[str], first: int, known: list[_Known], value: _Known) -> None:
        """Put a letter in the place of what was found."""
        if len(known) < 0x400:
            known.append(value)
            self.text = self.text[: match.start()] + chr(first + len(known) - 1) + self.text[match.end() :]

    def take(self, names: Iterable[tuple[str, bool]], language: Language) -> None:
        """Take names of series and of categories; longer ones first, so that “north east” is not “north”."""
        known = dict.fromkeys(names)
        lowered = self.text.lower()
        for name, is_series in sorted(known, key=lambda pair: (-len(pair[0]), pair[0], not pair[1])):
            if not _may_be_in(lowered, name):
                continue
            match = _find(self.text, name, language)
            if match is not None and (is_limit(self.text, match, name) or is_adverb(self.text, match)):
                continue
            if match is not None and not is_series and _is_kind_asked(self.text, match, name):
                continue
            if match is not None and is_series:
                self.replace(match, _FIRST_SERIES, self.series, name)
                self.take_again(match[0], chr(_FIRST_SERIES + len(self.series) - 1))
            elif match is not None:
                self.replace(match, _FIRST_PLACE, self.places, name)
                self.take_again(match[0], chr(_FIRST_PLACE + len(self.places) - 1))
        self._take_first_words(known, language)

    def take_again(self, said: str, letter: str) -> None:
        """Put the letter of a name also where it stands in the same words once more."""
        if len(said) < 2 or said not in self.text:
            return
        east = re.search("[\uac00-\ud7a3\u4e00-\u9fff]", said) is not None
        self.text = re.sub(re.escape(said) if east else rf"(?<!\w){re.escape(said)}(?!\w)", letter, self.text)

    def _take_first_words(self, known: Iterable[tuple[str, bool]], language: Language) -> None:
        """Take names of which only the first word is in the text, if no other name begins with it."""
        places = [name for name, is_series in known if not is_series and " " in name.strip()]
        firsts = Counter(name.split()[0].lower().rstrip(",.") for name in places)
        for name in places:
            first = name.split()[0].rstrip(",.")
            if name in self.places or (len(first) < 4 and not (first.isupper() and len(first) > 1)):
                continue
            match = _find(self.text, first, language) if firsts[first.lower()] == 1 else None
            if match is not None and match[0][0].isupper() and first.lower() not in _COMMON:
                self.replace(match, _FIRST_PLACE, self.places, name)

    def is_amount(self, letter: str) -> bool:
        """Return whether a letter stands for a number with the unit of values."""
        return ord(letter) - _FIRST_NUMBER in self.amounts

    def is_position(self, letter: str) -> bool:
        """Return whether a letter stands for a name, a date, or a number with the unit of places."""
        number = ord(letter) - _FIRST_NUMBER
        return number < 0 or number in self.positions or isinstance(self.numbers[number], str)

    def letter_of_place(self, place: Place) -> str:
        """Return a new letter for a place along an axis of numbers."""
        self.positions.add(len(self.numbers))
        self.numbers.append(place)
        return chr(_FIRST_NUMBER + len(self.numbers) - 1)

    def with_unit(self) -> str:
        """Return the letters of the numbers that have the unit of places."""
        return "".join(chr(_FIRST_NUMBER + number) for number in self.positions)

    def place_of(self, letter: str) -> Place:
        """Return the place or number for which a letter stands."""
        code = ord(letter)
        return self.places[code - _FIRST_PLACE] if code < _FIRST_SERIES else self.numbers[code - _FIRST_NUMBER]


def texts_of(panels: Sequence[ChartPanel]) -> str:
    """Return the titles, labels and names of panels in one text."""
    names = [name for name, _ in _series_and_categories(panels)]
    return " ".join((_labels_in(panels), *dict.fromkeys(names[:_MOST_NAMES])))


def _all_names(panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the names of series and places, the labels of axes without their units, and the titles of panels."""
    yield from (name for name, _ in _series_and_categories(panels))
    for panel in panels:
        axes = (panel.x, panel.y, panel.right)
        yield from (label_without_unit(axis) for axis in axes if axis is not None)
        if len(panels) > 1:
            yield panel.title


def _series_and_categories(panels: Sequence[ChartPanel]) -> Iterator[tuple[str, bool]]:
    for panel in panels:
        for name in (*panel.x.categories, *panel.y.categories):
            yield name, any(series.name == name for series in panel.series)
        for series in panel.series:
            if series.kind != "reference line":
                yield series.name, True
            yield from ((place, False) for place in series.x if isinstance(place, str) and not is_date(place))
            yield from ((name, False) for name in series.names if name)


def _may_be_in(lowered: str, name: str) -> bool:
    """Return quickly whether a name, in the singular, could be in a text."""
    if not name.strip():
        return False
    if ends := range_of_name(name):
        return str(ends[0]) in lowered
    word = name.lower().split()[0].removesuffix("ies")
    if word.isascii() or _EAST_ASIAN.search(word):
        return (word[:-1] if len(word) > 3 else word) in lowered
    return re.split(r"[^!-~]", word, maxsplit=1)[0] in lowered  # its accents may be left out


_EAST_ASIAN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


_ALONE: Final = (
    r"(?:(?<=[周週])|(?<=星期)|(?<=礼拜)|(?<![\uac00-\ud7a3周週期拜一二三四五六七八九十]))"
    r"{}(?!率)(?=요일|보다|이랑|까지|부터|처럼|[은는이가의와과을를도에랑하만 ,?]|$|[\u4e00-\u9fff])"
)
"""A name of one syllable, which is a part of many words."""

_NUMBER_OF: Final = "(?:(?=수요일)|(?<![\uac00-\ud7a3][\uac00-\ud7a3] ))"
"""What does not stand before a name: "수" is Wednesday, but the number of something after a noun, as in "손님 수"."""

_NOT_COUNTED: Final = r"(?<![몇한두세네여러각\d]\s)(?<![몇\d])"
"""What does not stand before a name that is a counter as well: "가지" is an aubergine, and "몇 가지" how many kinds."""

_NOTE: Final = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
"""A note in brackets at the end of a name."""

_COMMON_WORDS: Final = (
    "may mar sun sat all other others no yes none will us it can most more less total average mean high low both and "
    "is in on at of to by as or an the max min sum value values year month time date count number which what"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
"""Names like these are found only as they are written, for they are words of questions as well."""


_FUNCTIONS: Final = (
    "is was are were be been has had have do does did in on at of to by as or an the no not and it that this for with "
    "from he she they we you his her but if"
)
_FUNCTION_WORDS: Final = frozenset(_FUNCTIONS.split())
"""Words that are in most questions: a name that is one of them is found only where it can be no other word."""
_BEFORE_NAMES: Final = (
    *("and", "or", "than", "of", "is", "are", "was", "does", "do", "did", "has", "between", "for"),
    *("the word", "the line", "the curve", "the series", "the bar", "the column", "the class"),
)
_AFTER_NAMES: Final = (
    r"(?:and|or|than|is|are|was|at|vs|versus|above|below|higher|lower|more|less|bigger|larger|smaller|cross\w*|meet\w*|"
    r"overtak\w*|exceed\w*|ris\w*|fall\w*|grow\w*|reach\w*|occur\w*|appear\w*|start\w*|end\w*)"
)


_ARTICLE: Final = re.compile(rf"A (?!{_AFTER_NAMES}\b|(?:ist|war|liegt|und|oder|est|était|et|ou|es|era|y|o)\b)[a-zß-ÿ]")
"""An article, or a Spanish preposition, with which a question begins."""


def _find_mentioned(text: str, name: str) -> re.Match[str] | None:
    """Return where a name that is a word of questions is quoted, or stands between two words as names do."""
    quoted = re.search(rf"(?<=[\"“„«'‘]){re.escape(name)}(?=[\"”“»'’])", text)
    known = rf"(?<!\w)(?<={{}} ){re.escape(name)}(?= {_AFTER_NAMES}\b| ?[?.,;!]|$)"
    found = (re.search(known.format(word), text, re.IGNORECASE if len(name) > 1 else 0) for word in _BEFORE_NAMES)
    return quoted or next((match for match in found if match is not None), None)


def _find_letter(text: str, name: str, words: str) -> re.Match[str] | None:
    """Return where a name of one letter stands: "a" is an article, and "A" or "b" the name of a bar."""
    if name in "xyéà":  # words of some language, or names of axes
        return None
    if name == "A" and _ARTICLE.match(text):
        return None
    return re.search(rf"(?<![A-Za-z0-9_.'’]){words}(?![A-Za-z0-9_.'’])", text)


_OF_STATISTICS: Final = "중앙값|중간값|최고값|최저값|평균값"
"""Korean words for statistics that begin as names do: "중앙" is a branch in the centre."""


def _find(text: str, name: str, language: Language) -> re.Match[str] | None:
    """Return where a name stands, in the singular or the plural."""
    if said := words_of_range(name):
        return re.search(rf"(?<![A-Za-zÀ-ɏ0-9_.,])(?:{said})", text, re.IGNORECASE)
    if not _may_be_found(text, name):
        return None
    words = r"\s+".join(without_accents(re.escape(word)) for word in name.split())
    if len(name.strip()) == 1 and _EAST_ASIAN.search(name):
        return re.search(f"{_NUMBER_OF if name.strip() == '수' else ''}{_ALONE.format(name.strip())}", text)
    if name in _FUNCTION_WORDS or name in ("a", "e", "i", "o", "u"):
        return _find_mentioned(text, name)
    if len(name.strip()) == 1 and not name.isdigit():
        return _find_letter(text, name, words)
    if _EAST_ASIAN.search(name):
        start = r"(?<!\d)" if name[0].isdigit() else r"(?<![\uac00-\ud7a3])"
        return re.search(rf"{start}(?!{_OF_STATISTICS}){words}", text)
    if re.fullmatch(r"\d[\d.,]* [A-Za-zµ%°/]+", name):  # "10mg" is "10 mg"
        words = words.replace(r"\s+", r"\s*")
    exact = rf"(?:{words}|(?<=[dl]['’]){words.lower()})"  # "d'or" is gold
    if len(name.strip()) == 2 and name.isalpha():  # "Do" is a day, and "do" is not
        return re.search(rf"(?<![A-Za-zÀ-ɏ0-9_.])(?!^){exact}(?![A-Za-zÀ-ɏ0-9_])", text)
    plural = "" if name[-1:].isdigit() or name.lower() == "mai" else "(?:s|es|n|en|['’]s)?"  # "mais" is "but"
    singular = words[:-1] if len(name) > 3 and name.endswith("s") and not name.endswith("ss") else words
    if name.endswith("ies"):
        singular = f"(?:{singular}|{words[:-3]}y)"
    flags = re.IGNORECASE if name.lower() not in _COMMON else re.NOFLAG
    words = exact if flags == re.NOFLAG else words
    # No letter of Latin script after it; Korean particles and Chinese words may follow at once.
    form = rf"(?<![A-Za-zÀ-ɏ0-9_.])(?:{words}{plural}|{singular})(?![A-Za-zÀ-ɏ0-9_]|\.\d)"
    return _first_form(re.finditer(form, text, flags), name.lower(), language)


def _may_be_found(text: str, name: str) -> bool:
    """Return quickly whether a name, in the singular or the plural, could be in a text."""
    return may_have(text, name[: -3 if name.endswith("ies") else -1] if name.endswith("s") else name)


def _first_form(found: Iterable[re.Match[str]], name: str, language: Language) -> re.Match[str] | None:
    """Return where a form of a name stands first that is no word of questions: "median" is none of "media"."""

    def is_another(form: str) -> bool:
        if form == name or _is_vocabulary(name, language, of_names=True):
            return False
        known = _is_vocabulary(form, language, of_names=True)
        return known or is_common(form, language) or is_of_closed_class(form, language)

    return next((match for match in found if not is_another(match[0].lower())), None)


_MOST_NAMES: Final = 300
"""Of more names, those in other words are not looked for."""


def _take_other_words(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take names that the question has in its language, in another spelling, or without what all have."""
    known = list(dict.fromkeys(_series_and_categories(panels)))
    if len(known) > _MOST_NAMES or len(marked.text) > _LONGEST // 4:
        return
    _take_without_notes(marked, known, language)
    places = [name for name, is_series in known if not is_series]
    days, months = kind_of_names(places) == "day", period_of(places) == "month"
    own: dict[str, str] = {}
    for kind in (False, True):  # "A" of "Class A" and "Class B", whatever stands along the axis
        own |= dict(distinct_words([name for name, is_series in known if is_series == kind]))
    of_axes = set(re.findall(r"[^\W\d_]{4,}", " ".join(_labels_of(panels)).casefold()))
    own = {name: word for name, word in own.items() if word.casefold() not in of_axes}  # "winters" are all of them
    owners, labels = _owners([name for name, _ in known], language), _labels_in(panels)
    for name, is_series in known * 2:  # twice: after "Sonntag", the second word of "Sonntagabend" stands alone
        if name in marked.places or name in marked.series or not name.strip():
            continue
        match = _find_other(
            marked.text, own.get(name, name), language, whole=name not in own, short=days, owners=owners
        )
        others = [own.get(one, one) for one, _ in known if one != name]
        if match is not None and _means_none(marked.text, match, name, own, others, labels, language):
            match = None
        if match is not None and marked.alone and is_scene(marked.text, match, name, language):
            match = None
        if match is None and name in own and language != "en":
            match = _find_other(marked.text, name, language, whole=True)
        if match is not None and months and day_of(match[0]) >= 0 and not month_of(match[0]):
            continue  # a Tuesday, "mar." in French, is no March
        _take_name(marked, match, name, is_series=is_series)
    _take_in_languages(marked, known, panels, language)


def _means_none(
    text: str,
    match: re.Match[str],
    name: str,
    own: Mapping[str, str],
    others: Sequence[str],
    labels: str,
    language: Language,
) -> bool:
    """Return whether a word of a name is a number that values pass, or one for what all names are, or what is asked."""
    if is_limit(text, match, own.get(name, name)):
        return True
    if name in own and match[0].islower() and _ASKED_OF_WHICH.search(text[: match.start()]):
        return True
    if name in own and match[0].islower() and _MORE.search(text[: match.start()]):
        return True  # "la más larga" is not "Cresta Larga"
    return name in own and is_for_all(text, match, own[name], others, labels, language)


def _take_without_notes(marked: Marked, known: Sequence[tuple[str, bool]], language: Language) -> None:
    """Take names of which the text has what stands before a note in brackets: "A" of "A (control)"."""
    heads = [(name, is_series, _NOTE.sub("", name).strip()) for name, is_series in known]
    counts = Counter(head.lower() for _, _, head in heads)
    for name, is_series, head in heads:
        told = head in (name, "") or name in marked.places or name in marked.series
        if told or counts[head.lower()] > 1 or _is_vocabulary(head.lower(), language):
            continue
        _take_name(marked, _find(marked.text, head, language), name, is_series=is_series)


def _take_in_languages(
    marked: Marked, known: Sequence[tuple[str, bool]], panels: Sequence[ChartPanel], language: Language
) -> None:
    """Take names by their parts, words, forms and stems, as a language has them."""
    if language in ("ko", "zh"):
        _take_parts(marked, known, panels, language)
    _take_in_forms(marked, known, panels, language)
    if language not in ("ko", "zh"):
        _take_ends(marked, known, panels, language)
        _take_in_letters(marked, known, language)


_YEAR: Final = re.compile(r"((?:19|20)\d\d) ?(?:년도?|年度?)")


def _take_in_letters(marked: Marked, known: Sequence[tuple[str, bool]], language: Language) -> None:
    """Take Korean and Chinese names that are in a question in Latin letters or in figures: "2024" for "2024년"."""
    for name, is_series in known:
        if name in marked.places or name in marked.series or not _EAST_ASIAN.search(name):
            continue
        year = _YEAR.fullmatch(name.strip())
        if year is not None:
            _take_name(
                marked, re.search(rf"(?<![\d.,/-]){year[1]}(?![\d/-]|[.,]\d)", marked.text), name, is_series=is_series
            )
            continue
        match = original_in(marked.text, name.replace(" ", ""))
        common = match is not None and (
            is_common(match[0].lower(), language) or _is_vocabulary(match[0].lower(), language)
        )
        known_otherwise = any(True for _ in translated(name, language))  # it is no loanword then
        if match is not None and not common and not known_otherwise:
            _take_name(marked, match, name, is_series=is_series)


def _take_again(marked: Marked, language: Language) -> None:
    """Take months that were found once where a question has them again: "in August 2024 than in August 2023"."""
    for number, month in enumerate(MONTHS[language], 1):
        place = next((place for place in marked.places if _is_month(str(place), number)), None)
        match = _find_month(marked.text, month, language) if place is not None else None
        if match is not None and place is not None:
            marked.replace(match, _FIRST_PLACE, marked.places, place)


def _take_ends(
    marked: Marked, known: Sequence[tuple[str, bool]], panels: Sequence[ChartPanel], language: Language
) -> None:
    """Take names of which the first word, or the last part of a German compound, stands for the whole."""
    names, labels = [name for name, _ in known], _labels_in(panels)
    for name, is_series in known[:_MOST_IN_PARTS]:
        if name in marked.places or name in marked.series:
            continue
        match = find_first_word(marked.text, name, names, labels, language)
        if match is None and language == "de":
            match = find_tail(marked.text, name, names, labels) or find_head(marked.text, name, names, labels)
        if match is None and is_series:
            match = find_own_word(marked.text, name, names, " ".join(_labels_of(panels)), language)
            match = None if match is not None and _is_noun_of_title(match[0], panels) else match
        if match is None and language == "en":
            match = find_written_out(marked.text, name)
        if match is None and language != "en":
            match = find_cognate(marked.text, name, names, labels, language)
        if match is not None and _is_word_of_labels(match[0], name, labels):
            continue  # "Verbrauch" is what is measured, and not "Vertrieb"
        asked = match is not None and _ASKED_OF_WHICH.search(marked.text[: match.start()]) is not None
        scene = match is not None and marked.alone and is_scene(marked.text, match, name, language)
        if match is not None and not (asked or scene or _is_vocabulary(match[0].lower(), language)):
            _take_name(marked, match, name, is_series=is_series)


def _is_word_of_labels(word: str, name: str, labels: str) -> bool:
    """Return whether a word stands in titles or labels as it is, and not in the name."""
    alone = rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.search(alone, labels, re.IGNORECASE) is not None and word.lower() not in name.lower()


_MORE: Final = re.compile(r"\b(?:plus|moins|más|menos|most|least) $", re.IGNORECASE)
"""Words before an adjective in the superlative."""
_ASKED_OF_WHICH: Final = re.compile(
    r"(?<!\w)(?:which|what|welche[rsnm]?|quel(?:le)?s?|qué|cuál(?:es)?)(?: (?:of the|of these|de los|de las))? $",
    re.IGNORECASE,
)
"""Before a noun for what is asked: "which cup" is none of a paper cup, a mug and a flask."""


def _is_noun_of_title(word: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a word in small letters is so in a title: "station" in "NO2 by station" is no "Station Square"."""
    titles = " ".join(f"{panel.title[:1].lower()}{panel.title[1:]}" for panel in panels)
    return word.islower() and re.search(rf"(?<!\w){re.escape(word.removesuffix('s'))}s?(?!\w)", titles) is not None


def _labels_in(panels: Sequence[ChartPanel]) -> str:
    """Return the titles and labels of panels in one text."""
    titles = (text for panel in panels for text in (panel.title, panel.legend_title))
    return " ".join((*titles, *_labels_of(panels)))


def _take_in_forms(
    marked: Marked, known: Sequence[tuple[str, bool]], panels: Sequence[ChartPanel], language: Language
) -> None:
    """Take names that are in the question in other forms, or by one of their words."""
    if language != "en":
        _take_by_words(marked, known, _labels_in(panels), language)
    _take_forms(marked, known, language)
    if language in ("de", "fr", "es"):
        _take_by_stems(marked, known)


def _labels_of(panels: Sequence[ChartPanel]) -> Iterator[str]:
    for panel in panels:
        yield from (axis.label for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None)


def _take_parts(
    marked: Marked, known: Sequence[tuple[str, bool]], panels: Sequence[ChartPanel], language: Language
) -> None:
    """Take names of which a part is in the question that no other name of their kind has, nor any label."""
    labels = _labels_in(panels)
    table = any(one.kind == "heat map" for panel in panels for one in panel.series)
    measured = (labels,) if table else ()  # soil in "soil moisture" is no "bare soil"
    for name, is_series in known[:_MOST_IN_PARTS]:
        if name in marked.places or name in marked.series or not name.strip():
            continue
        names = [one for one, other in known if other == is_series]
        match = find_part(marked.text, name, [*names, *measured], language)
        if match is None or _is_vocabulary(match[0], language) or (match[0] in labels and match[0] in name):
            continue
        if marked.alone and is_scene(marked.text, match, name, language):
            continue
        if is_series:
            marked.replace(match, _FIRST_SERIES, marked.series, name)
        else:
            marked.replace(match, _FIRST_PLACE, marked.places, name)


_MOST_IN_PARTS: Final = 60


_ENDINGS: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": "(?:er|isch|ische|ischen|ischer)",
    "fr": "(?:ien|ienne|iens|iennes|ais|aise|aises|ois|oise|oises)",
    "es": "(?:és|esa|eses|ense|enses|eño|eña|ino|ina)",
    "ko": "(?!)",
    "zh": "(?!)",
}


def _take_forms(marked: Marked, known: Sequence[tuple[str, bool]], language: Language) -> None:
    """Take adjectives of names: "parisien" for Paris, "Hamburger" for Hamburg."""
    for name, is_series in known:
        if len(name) < 4 or not name.isalpha() or name in marked.places or name in marked.series:
            continue
        match = None
        if language in ("de", "fr", "es") and may_have(marked.text, name[:-1]):
            stem = re.escape(name[:-1]) + f"(?:{name[-1]})?"
            match = re.search(rf"(?<!\w){stem}{_ENDINGS[language]}(?!\w)", marked.text, re.IGNORECASE)
        plain = folded(marked.text)
        inside = language in ("de", "fr", "es") and folded(name) in plain
        if match is None and inside and len(plain) == len(marked.text):  # "hôtels" is Hotel
            accented = re.search(rf"(?<!\w){re.escape(folded(name))}(?:s|es|n|en)?(?!\w)", plain)
            match = accented and re.compile(re.escape(marked.text[accented.start() : accented.end()])).search(
                marked.text
            )
        if match is not None and not _is_vocabulary(match[0].lower(), language):
            _take_name(marked, match, name, is_series=is_series)


def _take_by_words(marked: Marked, known: Sequence[tuple[str, bool]], labels: str, language: Language) -> None:
    """Take names of several words of which one is in the question in its language: "precio" for "Price too high"."""
    words = {name: set(re.findall(r"[^\W\d_]{3,}", name.casefold())) for name, _ in known}
    counts = Counter(word for own in words.values() for word in own)
    measured = set(re.findall(r"[^\W\d_]{3,}", labels.casefold()))
    for name, is_series in known:
        if len(words[name]) < 2 or name in marked.places or name in marked.series:
            continue
        own = [
            word for word in sorted(words[name], key=len, reverse=True) if counts[word] == 1 and word not in measured
        ]
        rest = [one for one, _ in known if one != name]
        match = next(
            (
                match
                for word in own
                for other in translated(word, language)
                if not _is_vocabulary(other, language)
                and (match := _find_translated(marked.text, other, language))
                and not is_for_all(marked.text, match, word, rest, labels, language)
                and not (marked.alone and is_scene(marked.text, match, name, language))
            ),
            None,
        )
        if match is not None and is_series:
            marked.replace(match, _FIRST_SERIES, marked.series, name)
        elif match is not None:
            marked.replace(match, _FIRST_PLACE, marked.places, name)


def _is_kind_asked(text: str, match: re.Match[str], name: str) -> bool:
    """Return whether a form of a name stands after "which": "which stations" asks for all, not for "Station"."""
    return match[0] != name and _ASKED_OF_WHICH.search(text[: match.start()]) is not None


def _take_name(marked: Marked, match: re.Match[str] | None, name: str, *, is_series: bool) -> None:
    """Put the letter of a series or a place where it was found, and where the same words stand again."""
    if match is not None and (
        is_adverb(marked.text, match) or (not is_series and _is_kind_asked(marked.text, match, name))
    ):
        return
    if match is not None and is_series:
        marked.replace(match, _FIRST_SERIES, marked.series, name)
        marked.take_again(match[0], chr(_FIRST_SERIES + len(marked.series) - 1))
    elif match is not None:
        marked.replace(match, _FIRST_PLACE, marked.places, name)
        marked.take_again(match[0], chr(_FIRST_PLACE + len(marked.places) - 1))


def _take_by_stems(marked: Marked, known: Sequence[tuple[str, bool]]) -> None:
    """Take names of two words or more whose words stand in the question in other forms: "insuffisants rénaux"."""
    for name, is_series in known:
        words = re.findall(r"[^\W\d_]{4,}", name)
        if len(words) < 2 or name in marked.places or name in marked.series:
            continue
        text = list(re.finditer(r"[^\W\d_]{3,}", marked.text))
        for number in range(len(text) - len(words) + 1):
            run = text[number : number + len(words)]
            if all(_are_forms(one[0], word) for one, word in zip(run, words, strict=True)):
                match = re.compile(re.escape(marked.text[run[0].start() : run[-1].end()])).search(marked.text)
                _take_name(marked, match, name, is_series=is_series)
                break


def _are_forms(word: str, name: str) -> bool:
    """Return whether two words begin alike, up to their endings."""
    a, b = folded(word), folded(name)
    alike = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return alike >= max(4, min(len(a), len(b)) - 3)


def _owners(names: Sequence[str], language: Language) -> dict[str, str]:
    """Return, for each word that translates several names, the name that has the fewest: "noche" is night first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name in dict.fromkeys(names):
        words = set(translated(name, language))
        for word in words:
            found.setdefault(word, []).append((len(words), name))
    return {word: min(entries)[1] for word, entries in found.items() if len(entries) > 1}


def _find_other(
    text: str,
    name: str,
    language: Language,
    *,
    whole: bool,
    short: bool = False,
    owners: Mapping[str, str] = MappingProxyType({}),
) -> re.Match[str] | None:
    """Return where a name is in other words; `whole`: it is not in the text as it is; `short`: it may be "Mo"."""
    if not whole and (len(name) == 1 or not _is_vocabulary(name.lower(), language)):
        match = _find(text, name, language)
        if match is not None:
            return match
    others = (
        *translated(name, language, short=short),
        *(word for word in words_for_the_same(name) if language == "en" and word not in _OF_AMOUNTS),
    )
    for word in sorted((one for one in others if owners.get(one, name) == name), key=len, reverse=True):
        match = _find_translated(text, word, language)
        if match is None or not _is_vocabulary(word, language):
            found = match
        else:
            found = match if is_noun_like_verb(text, match.start(), word, language) else None
        if found is not None:
            return found
    if whole and language == "de" and len(name) > 3 and name.isalpha():
        match = _find_translated(text, name, language)
        if match is not None:
            return match
    spelt = (match for match in re.finditer(r"[^\W\d_]{3,40}", text) if match[0][0].isupper() and match.start())
    told = (match for match in spelt if match[0] != name and not _is_vocabulary(match[0].lower(), language))
    return next((match for match in told if is_like(match[0], name, language)), None)


_OF_AMOUNTS: Final = frozenset(
    [
        "output",
        "production",
        "generation",
        "generated",
        "produced",
        "demand",
        "usage",
        "use",
        "used",
        "results",
        "result",
        "points",
        "marks",
        "numbers",
    ]
)
"""Words for amounts of any kind, which mean no name."""

_SECOND_PARTS: Final = (
    "(?:gerichte?|menüs?|produkte?|sorten?|kraft|energie|strom|verbrauch|preis|umsatz|absatz|verkauf|verkäuf|zahl|"
    "anteil|menge|temperatur|wert|ausgabe|kosten|schicht|gruppe|klasse|abteilung|region|werk|team|station|linie|filiale|"
    "variante|patient|probe|anlage|bereich|sektor|markt|land|stadt|viertel|kurve|reihe|lauf|fach|unterricht|tarif|modell|"
    "bezirk|kreis|halle|haus|seite|kanal|kunde|kundschaft|packung|kekse?|brote?|getränke?|tag|arm|kohorte|stufe)"
    r"\w*"
)
"""Second parts of German compounds that say nothing about the first: "Windkraft" is wind."""


def _find_translated(text: str, word: str, language: Language) -> re.Match[str] | None:
    if language in ("ko", "zh"):
        return _find_in_east(text, word, language) if word in text else None
    if not may_have(text, word):
        return None
    # A German word may be the first of a compound: "Sonntagabend".
    end = r"(?![a-z])" if language != "de" or len(word) < 6 else ""
    compound = rf"(?:{_SECOND_PARTS})?" if language == "de" else ""
    end = end if not end else rf"(?:s|n|en|es|e)?{compound}(?![A-Za-zÀ-ɏ])"
    found = re.finditer(rf"(?<![A-Za-zÀ-ɏ0-9_]){without_accents(re.escape(word))}{end}", text, re.IGNORECASE)
    return _first_form(found, word.lower(), language)


def _find_in_east(text: str, word: str, language: Language) -> re.Match[str] | None:
    if language == "zh":
        start, end = (r"(?<!\d)" if word[:1].isdigit() else "", r"(?!\d)" if word[-1:].isdigit() else "")
        return re.search(rf"{start}{re.escape(word)}{end}", text)
    end = (
        "(?=[은는이가의와과를을도에로 ?]|보다|이?랑|까지|부터|만큼|하고|처럼|인 ?(?:사진|이미지|그림|경우|것)|$)"
        if len(word) == 1
        else ""
    )
    start = _NUMBER_OF if word == "수" else _NOT_COUNTED if len(word) == 1 or word == "가지" else ""
    return re.search(rf"{start}(?<![\uac00-\ud7a3\d]){re.escape(word)}{end}", text)


_OF_NAMES: Final = ("duration", "day", "season", "time of day", "quarter", "period", "which thing", "picture")
"""Groups of words that are those of axes and names."""


@lru_cache(maxsize=2048)
def _is_vocabulary(word: str, language: Language, *, of_names: bool = False) -> bool:
    """Return whether a word is one by which questions say what they ask for; `of_names`: or of what axes have."""
    context = (words for group, words in CONTEXT_WORDS.items() if of_names or group not in _OF_NAMES)
    groups = (*OPERATION_WORDS.values(), *context)
    return any((match := search(words[language], language, word)) and len(match[0]) == len(word) for words in groups)


def _take_panels(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    if len(panels) < 2:
        return
    names: dict[str, list[int]] = {}
    for number, panel in enumerate(panels):
        for name in {panel.title, label_without_unit(panel.y)} - {""}:
            names.setdefault(name, []).append(number)
    for name in sorted(names, key=len, reverse=True):
        match = _find(marked.text, name, language) if len(name) > 1 else None
        if match is not None and len(names[name]) < len(panels):
            for number in names[name]:
                marked.panels.append(number)
            marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"
    _take_other_panels(marked, [panel.title for panel in panels], " ".join(_labels_of(panels)), language)
    if not marked.panels:
        _take_ordinal(marked, len(panels), language)


def _take_other_panels(marked: Marked, titles: Sequence[str], labels: str, language: Language) -> None:
    """Take panels by a word that only their title has, or by their title in the language of the question."""
    own = dict(distinct_words(titles))
    for number, title in enumerate(titles):
        if number in marked.panels or not title.strip() or titles.count(title) > 1:
            continue
        match = _find_other(marked.text, own.get(title, title), language, whole=title not in own)
        match = match or _find_first_word(marked.text, title, titles, language)
        match = match or find_own_word(marked.text, title, titles, labels, language)
        if match is not None:
            marked.panels.append(number)
            marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"


def _find_first_word(text: str, title: str, titles: Sequence[str], language: Language) -> re.Match[str] | None:
    """Return where the first word of a title is that no other title begins with: "IBEX" of "IBEX 35"."""
    first = title.split()[0]
    told = len(first) > 3 and first != title and sum(first in other for other in titles) == 1
    match = _find(text, first, language) if told else None
    return match if match is not None and match[0][0].isupper() else None


# The first panel, the last one, and words for panels.
_ORDINAL_PANEL: Final[dict[Language, tuple[str, str, str]]] = {
    "en": (
        "first|left(?:most)?|top|upper",
        "last|right(?:most)?|bottom|lower",
        "panel|subplot|chart|plot|figure|picture|image|graph",
    ),
    "de": (
        r"erste\w*|linke\w*|obere\w*",
        r"letzte\w*|rechte\w*|untere\w*",
        r"panel|teildiagramm|diagramm|bild|abbildung|grafik",
    ),
    "fr": (r"premi\w+|gauche", r"derni\w+|droite", r"panneau|graphique|figure|image"),
    "es": (r"primer\w*|izquierd\w*", r"últim\w*|derech\w*", r"panel|gráfico|figura|imagen"),
    "ko": (r"첫 ?번째|왼쪽|위쪽", r"마지막|오른쪽|아래쪽", r"패널|그래프|차트|그림"),
    "zh": (r"第一(?:个|張|张|幅)?|左边的?|上面的?", r"最后一?(?:个|张|幅)?|右边的?|下面的?", r"子图|子圖|图|圖|面板"),
}


def _take_ordinal(marked: Marked, count: int, language: Language) -> None:
    first, last, nouns = _ORDINAL_PANEL[language]
    later = NUMBER_WORDS[language][1]
    for number, words in (*enumerate((first, *later)), (count - 1, last)):
        before, after = rf"(?:{words})\w* ?(?:{nouns})", rf"(?:{nouns}) (?:de |à |a la )?(?:{words})"
        match = re.search(rf"{before}|{after}|(?:panel|subplot) {number + 1}\b", marked.text.lower())
        if match is not None and number < count:
            marked.panels.append(number)
            marked.text = f"{marked.text[: match.start()]} {marked.text[match.end() :]}"


_CHINESE_NUMBERS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_KOREAN_NUMBERS: Final = ("일", "이", "삼", "사", "오", "유", "칠", "팔", "구", "시", "십일", "십이")
_KOREAN_MONTH: Final = re.compile("(?<![\uac00-\ud7a3\\d])(십[일이]|[일이삼사오유칠팔구시])월(?!요일)")
_CHINESE_MONTH: Final = re.compile("(十[一二]?|[一二三四五六七八九])月")


def _take_months(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take months that the question writes out, or in its language: "July" for "Juli", "7월" for "Jul"."""
    known = list(dict.fromkeys(_named_places(panels)))
    year = re.search(r"(?<!\d)(1[5-9]|20|21)\d\d(?!\d)", marked.text)
    if language == "zh":
        marked.text = _CHINESE_MONTH.sub(lambda match: f"{_CHINESE_NUMBERS.index(match[1]) + 1}月", marked.text)
    if language == "ko" and any(_is_month(place, number) for place in known for number in range(1, 13)):
        marked.text = _KOREAN_MONTH.sub(lambda match: f"{_KOREAN_NUMBERS.index(match[1]) + 1}월", marked.text)
    if language == "de":
        marked.text = re.sub(r"(?<!\w)jänner(?!\w)", "Januar", marked.text, flags=re.IGNORECASE)
    for number, name in enumerate(MONTHS[language], 1):
        match = _find_month(marked.text, name, language)
        if match is None:
            continue
        places = [
            place
            for place in known
            if place not in marked.places and _is_month(place, number) and (not year or _has_year(place, year[0]))
        ]
        if len(places) > len({place[:7] for place in places}) and all(map(is_date, places)):  # days: the whole month
            months = list(dict.fromkeys(place[:7] for place in places))
            marked.replace(match, _FIRST_NUMBER, marked.numbers, months[0] if len(months) == 1 else months[-1])
            places = places[:1]
            continue
        for place in reversed(places[:6]):  # a month of several years is each of them
            marked.replace(match, _FIRST_PLACE, marked.places, place)
            match = re.compile("").match(marked.text, match.start())
            assert match is not None
        if year and places and is_date(places[0]):
            marked.text = re.sub(rf"(?<!\d){year[0]}년?(?!\d)", " ", marked.text)


def _take_days(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take days such as "July 7" as dates, where the places have this day once, or of the year that is said."""
    drawn = [place for place in _named_places(panels) if re.match(r"\d{4}-\d{2}-\d{2}", place)]
    days = {place[5:10] for place in drawn}
    for number, name in enumerate(MONTHS[language], 1) if drawn else ():
        latin = language not in ("ko", "zh")
        short = rf"|{name[: 4 if language == 'fr' else 3]}\.?" if latin else ""
        end = r"(?!\w|\.\d)" if latin else r"(?!\d|\.\d)"  # Korean particles and Chinese words follow at once
        marked.text = with_month_at_each_day(marked.text, f"(?:{name}{short})", number, language, days)
        for words in DAY_OF_MONTH[language]:
            day = words.replace("M", f"(?:{name}{short})").replace("D", r"(?P<day>\d{1,2})")
            said = rf"(?<![\d.]){day}{end}(?:,? (?:de )?(?P<year>\d{{4}}))?"
            matches = re.finditer(said, marked.text, re.IGNORECASE)
            for match in reversed(list(matches)):
                day = f"{number:02}-{int(match['day']):02}"
                year = match["year"] or _year_of(day, drawn)
                if year:
                    marked.replace(match, _FIRST_NUMBER, marked.numbers, f"{year}-{day}")


def _year_of(day: str, drawn: Sequence[str]) -> str:
    """Return the only year in which a day is among dates, or, if it is in none, that of the first one after them."""
    first, last = min(drawn)[:10], max(drawn)[:10]
    years = range(int(first[:4]), int(last[:4]) + 1)
    within = [str(year) for year in years if first <= f"{year}-{day}" <= last]
    if len(years) == 1 or len(within) == 1:
        return (within or [first[:4]])[0]
    return "" if within else next((str(year) for year in years if f"{year}-{day}" > last), "")


_BEFORE_MONTHS: Final = "|".join(
    rf"(?<=\b{word} )"
    for word in ("in", "to", "until", "till", "since", "from", "by", "of", "during", "before", "after")
)


def _find_month(text: str, name: str, language: Language) -> re.Match[str] | None:
    if language in ("ko", "zh"):
        return compiled(rf"(?<!\d){name}").search(text)
    if name == "may":  # "may" in lower case is a verb
        return re.search(rf"(?<!\w)(?:May|MAY|(?:{_BEFORE_MONTHS})may(?! (?:i|we|you)\b))(?!\w)", text)
    short = f"{name[:3]}t?" if name == "september" else name[:3]
    words = rf"{name}|{short}\.?" if language == "en" else name
    return compiled(rf"(?<!\w)(?:{without_accents(words)})(?!\w)", ignore_case=True).search(text)


def _has_year(place: str, year: str) -> bool:
    return not is_date(place) or place.startswith(year)


def _named_places(panels: Sequence[ChartPanel]) -> Iterator[str]:
    for panel in panels:
        yield from panel.x.categories
        yield from panel.y.categories
        for series in panel.series:
            yield from (place for place in series.x if isinstance(place, str))
            named = [name for name in series.names if name]  # of points that are months or days
            yield from named if period_of(named) == "month" or kind_of_names(named) == "day" else ()


def _is_month(place: str, number: int) -> bool:
    """Return whether a category or a date is a month of the year."""
    date = re.match(r"\d{4}-(\d{2})(?:-|$)", place)
    if date is not None:
        return int(date[1]) == number
    return month_of(place) == number


_DATE: Final = re.compile(r"(?<!\d)(\d{4})[-./年](?:\s?)(\d{1,2})(?:[-./月](?:\s?)(\d{1,2})日?)?(?!\d)")
_KOREAN_DATE: Final = re.compile(r"(?<!\d)(\d{4})년 ?(\d{1,2})월(?: ?(\d{1,2})일)?")
_NUMBER: Final = re.compile(
    r"(?<![A-Za-zÀ-ɏ0-9_.])(?<![A-Za-zÀ-ɏ]-)(?:(?<![\uec00-\uefffA-Za-zÀ-ɏ])[-−])?(?:\d{1,3}(?:[.,]\d{3}){1,100}(?:[.,]\d{1,300})?|\d{1,300}(?:[.,]\d{1,300})?)"
    r"(?:e[+-]?\d{1,3})?(?![A-Za-z0-9_]*\d)(?!(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)


def _take_weekdays(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take days of the week in the language of the question, where the names are days in another, or short."""
    names = list(dict.fromkeys(_named_places(panels)))
    known = [place for place in names if day_of(place) >= 0] if period_of(names) != "month" else []
    if kind_of_names(known) != "day":
        return
    for number, words in days_in(language):
        place = next((place for place in known if day_of(place) == number and place not in marked.places), None)
        said = "|".join(words) if language in ("ko", "zh") else rf"(?<!\w)(?:{'|'.join(words)})s?(?!\w)"
        match = re.search(said, marked.text, re.IGNORECASE) if words and place else None
        if match is not None and place is not None:
            marked.replace(match, _FIRST_PLACE, marked.places, place)


def _take_half(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Read "half" as 50 % where values are shares."""
    if not panels or not all(units_of(panel)[0] == {"%"} for panel in panels):
        return
    marked.text = with_fractions(marked.text, language)
    match = search(CONTEXT_WORDS["half"][language], language, marked.text.lower())
    if match is not None:
        marked.text = " ".join(f"{marked.text[: match.start()]} 50 % {marked.text[match.end() :]}".split())


def _take_unit(marked: Marked, start: int, panels: Sequence[ChartPanel]) -> None:
    """Take the unit after the last number: it tells whether the number is a value or a place."""
    rest = marked.text[start:]
    number = len(marked.numbers) - 1
    values, places = (set().union(*(units[side] for units in map(units_of, panels))) - {""} for side in (0, 1))
    for units, known in ((values - places, marked.amounts), (places - values, marked.positions)):
        for unit in units:
            words = words_of_unit(unit)
            match = re.match(rf"[ -]?(?:{words})(?![A-Za-zÀ-ɏ])", rest, re.IGNORECASE)
            if match is not None:
                known.add(number)
                marked.text = marked.text[:start] + rest[match.end() :]
                return
    for known, own in ((marked.amounts, values), (marked.positions, places)):
        if _convert_unit(marked, start, own, known):
            return
    word = re.match(r" ?([^\W\d_]{4,})", rest)
    if word is not None and word[1].lower() in _words_of_values(panels):
        marked.amounts.add(number)  # "0.70 absorbance"


def _words_of_values(panels: Sequence[ChartPanel]) -> set[str]:
    """Return the words of the labels of values that are not those of places."""

    def words(label: str) -> set[str]:
        return set(re.findall(r"[^\W\d_]{4,}", label.lower()))

    values = {word for panel in panels for one in panel.series[:1] for word in words(panel.axis_of(one).label)}
    return values - {word for panel in panels for word in words(panel.x.label)}


_KINDS_OF_UNITS: Final = tuple({unit: kind[unit] for unit in kind if unit in UNIT_WORDS} for kind in UNITS)
"""Units that have words in every language, those of one dimension together, each with its size."""


def _convert_unit(marked: Marked, start: int, values: set[str], known: set[int]) -> bool:
    """Take the last number as one of a unit of an axis where it has another of the same kind: 4 m are 400 cm."""
    number, rest = len(marked.numbers) - 1, marked.text[start:]
    amount = marked.numbers[number]
    for kind in _KINDS_OF_UNITS:
        same = values & set(kind)
        for own in same if len(same) == 1 else ():
            for unit in kind.keys() - {own}:
                match = re.match(rf"(.?) ?(?:{re.escape(unit)}|{UNIT_WORDS[unit]})(?![A-Za-zÀ-ɏ])", rest, re.IGNORECASE)
                if match is not None and match[0].strip() != "分" and isinstance(amount, float | int):  # a mark too
                    marked.numbers[number] = amount * kind[unit] / kind[own]
                    known.add(number)
                    marked.text = marked.text[:start] + rest[: match.end(1)] + rest[match.end() :]
                    return True
    return False


def _take_numbers(marked: Marked, panels: Sequence[ChartPanel], language: Language) -> None:
    """Take the numbers and dates of a question; on an axis of dates, a year is a year."""
    dated = any(panel.x.scale == "date" or panel.y.scale == "date" for panel in panels) or any(
        isinstance(place, str) and is_date(place)
        for panel in panels
        for series in panel.series
        for place in series.x[:3]
    )
    if dated:
        for pattern in (_KOREAN_DATE, _DATE):
            while (match := pattern.search(marked.text)) is not None and len(marked.numbers) < 0x400:
                parts = (match[1], match[2].zfill(2), *([match[3].zfill(2)] if match[3] else []))
                marked.replace(match, _FIRST_NUMBER, marked.numbers, "-".join(parts))
    start = 0
    while (match := _NUMBER.search(marked.text, start)) is not None and len(marked.numbers) < 0x3FF:
        start = match.start() + 1
        number = _number(match, language, panels, dated=dated)
        marked.replace(match, _FIRST_NUMBER, marked.numbers, number)
        if isinstance(number, float):
            rest, factor = _scale_after(marked.text[start:], panels)
            marked.text = marked.text[:start] + rest
            marked.numbers[-1], side = scaled(number * factor, panels)
            if side:
                (marked.amounts if side == "value" else marked.positions).add(len(marked.numbers) - 1)
            _take_unit(marked, start, panels)


def _drop_weekdays_of_dates(marked: Marked, language: Language) -> None:
    """Leave out the day of the week beside a date that is one: "Saturday, 16 March 2024"; another day stays."""
    for number, place in enumerate(marked.numbers):
        if not isinstance(place, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", place):
            continue
        day = weekday_of(place)
        letter = chr(_FIRST_NUMBER + number)
        words = next(("|".join(words) for own, words in days_in(language) if own == day), "(?!)")
        if language == "zh":
            words = "|".join((words, words.replace("星期", "周"), words.replace("星期", "礼拜")))
        short = "|".join(words[:2] for words in words.split("|")) if language in ("de", "es") else "(?!)"
        said = rf"(?:{words}|{short})" if language not in ("ko", "zh") else f"(?:{words})"
        before = rf"(?<![^\W\ue000-\uf8ff]){said}\.?(?:인|이던|였던)?,?(?: (?:the|de[mnr]|le|el))? ?(?={letter})"
        after = rf"(?<={letter})(?:,? ?\({said}\)|,? ?(?:a |an |ein |un )?{said}(?![a-zß-ÿ]))"
        marked.text = re.sub(f"{before}|{after}", "", marked.text, flags=re.IGNORECASE)


_SCALES: Final[dict[str, float]] = {
    **dict.fromkeys(("thousand", "thousands", "k", "tausend", "mille", "mil", "천", "千"), 1e3),
    **dict.fromkeys(("만", "万", "萬"), 1e4),
    **dict.fromkeys(("million", "millions", "millionen", "millón", "millones", "mio", "백만", "百万"), 1e6),
    **dict.fromkeys(("억", "亿", "億"), 1e8),
    **dict.fromkeys(("billion", "billions", "milliarde", "milliarden", "milliard", "milliards", "mrd", "십억"), 1e9),
}
_SCALE: Final = re.compile(
    rf" ?({'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![A-Za-z])(?<!千(?=[克米瓦赫卡帕升字]))", re.IGNORECASE
)


# "A million and a half": the words for 1 to 5, those for a half before and after "million", and "million".
_SPELT: Final[dict[Language, tuple[str, str, str, str]]] = {
    "en": ("an? |two |three |four |five ", "half an? ", " and a half", "thousand|millions?|billions?"),
    "de": (
        "eine? |zwei |drei |vier |fünf ",
        "(?:eine )?halbe ",
        "(?!)",
        "tausend|million(?:en)?|milliarden?",
    ),
    "fr": ("une? |deux |trois |quatre |cinq ", "un demi[- ]", " et demie?", "mille|millions?|milliards?"),
    "es": ("un |dos |tres |cuatro |cinco ", "medio ", " y medio", "mil|millón|millones"),
}


def _with_figures(text: str, language: Language) -> str:
    """Return a question with figures for "a million and a half", before words such as "million"."""
    if language not in _SPELT:
        return text
    ones, half_before, half_after, scales = _SPELT[language]
    if language == "de":
        text = re.sub(r"(?<!\w)(?:anderthalb|eineinhalb) (?=millionen|milliarden)", "1.5 ", text, flags=re.IGNORECASE)
    words = [f"{word}$" for word in ones.split("|")]
    if language == "en":
        text = re.sub(r"(?<!\w)a quarter of a (?=million|billion)", "0.25 ", text, flags=re.IGNORECASE)
        text = re.sub(rf"(?<!\w)one (?={half_after.strip()} |{scales})", "a ", text, flags=re.IGNORECASE)

    def figure(match: re.Match[str]) -> str:
        if match["half"]:
            return f"0.5 {match['scale']}"
        number = 1 + next(n for n, word in enumerate(words) if re.match(word, match["one"], re.IGNORECASE))
        return f"{number + 0.5 * bool(match['between'] or match['after']):g} {match['scale']}"

    before = rf"(?P<half>{half_before})|(?P<one>{ones})(?P<between>{half_after.strip()} )?"
    pattern = rf"(?<!\w)(?:{before})(?P<scale>{scales})(?P<after>{half_after})?(?!\w)"
    return re.sub(pattern, figure, text, flags=re.IGNORECASE)


def _scale_after(text: str, panels: Sequence[ChartPanel]) -> tuple[str, float]:
    """Return the rest of a text after "million" or "만", and the factor: 1 where the axis counts in millions."""
    match = _SCALE.match(text)
    if match is None:
        return text, 1.0
    word = match[1].lower()
    own = re.search(r"\bk[mg]\b", " ".join(axis.unit for panel in panels for axis in (panel.x, panel.y)))
    if word == "k" and own is not None:  # runners say "60k"
        return f" {own[0]}{text[match.end() :]}", 1.0
    labels = " ".join(axis.label for panel in panels for axis in (panel.x, panel.y)).lower()
    same = [re.escape(known) for known, factor in _SCALES.items() if factor == _SCALES[word]]
    counted = re.search(rf"(?<![a-z])(?:{'|'.join(same)})(?![a-z])", labels) is not None
    return text[match.end() :], 1.0 if counted else _SCALES[word]


def _number(match: re.Match[str], language: Language, panels: Sequence[ChartPanel], *, dated: bool) -> Place:
    if dated and is_year(match, panels):
        return match[0]
    return float(_with_point(match[0].replace("−", "-"), language, panels))


def _with_point(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a number with a decimal point and without marks between thousands: 1.234,5 and 1,234.5 are the same."""
    marks = re.findall("[.,]", text)
    if len(set(marks)) == 2:
        return text.replace(marks[0], "").replace(marks[-1], ".")
    whole, decimal = re.sub("[.,]", "", text), text.replace(",", ".")
    if len(marks) > 1 or not marks:
        return whole
    if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", text) is None:
        return decimal
    drawn = [one for panel in panels for series in panel.series for one in (*series.y, *series.x)]
    known = [one for one in drawn if isinstance(one, float | int) and math.isfinite(one)]
    scales = [1.0, *(scale for panel in panels for scale in scales_of_values(panel))]
    usual = (text[-4] == ".") == (language in ("de", "fr", "es"))
    reach = _BEYOND if usual else 1.0
    fits = [
        bool(known) and any(min(known) <= float(reading) / scale <= max(known) * beyond for scale in counted)
        for reading, counted, beyond in ((whole, scales, reach), (decimal, [1.0], 1.0))
    ]
    if fits[0] != fits[1]:
        return whole if fits[0] else decimal
    return whole if usual else decimal


_BEYOND: Final = 2.0
"""How many times the highest number that is drawn a limit in thousands may be: "over 1,500" where 1450 is the most."""


def is_place(letter: str) -> bool:
    """Return whether a letter stands for a place or a number."""
    return _FIRST_PLACE <= ord(letter) < _FIRST_SERIES or _FIRST_NUMBER <= ord(letter) < _END


NUMBER_LETTERS: Final = "[\uec00-\uefff]"
