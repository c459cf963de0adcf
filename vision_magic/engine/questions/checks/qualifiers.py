"""Qualifiers of a question that its answer must take into account: "in summer", "except A", "the last three years".

They are looked for in what is left of the question after its names, limits and bounds were taken out. One that is still
there was read by nothing, so that the answer would be about something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.marked import mark, with_months_in_figures
from vision_magic.engine.questions.names.usual_names import day_of, days_in
from vision_magic.engine.questions.numbers import is_date, month_of, period_of
from vision_magic.engine.questions.places.groups import weekday_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import MONTHS, NUMBER_WORDS, Operation, search_whole

__all__ = [
    "left_clock",
    "left_time",
    "other_month",
    "other_period",
    "other_season",
    "other_weekday",
    "unused_qualifier",
    "weekday_of_no_date",
]

_EXCEPT: Final[dict[Language, str]] = {
    "de": r"außer|ausgenommen|abgesehen von|ohne(?! (?:\w+ ){0,4}zu\b)|nicht mit(?:ge)?(?:rechnet|zählt|"
    r"rechne\w*|zähl\w*)",
    "fr": r"sauf|excepté\w*|hormis|à part|en dehors de|en excluant|sans compter|hors (?=[\ue000-\uefff])",
    "es": r"excepto|salvo|aparte de|quitando|sin contar|excluyendo|descontando|a excepción de|dejando fuera",
    "ko": "제외|빼고|빼면|뺀|말고|이외",
    "zh": "除了|除去|除外|不算|不包括|去掉|不含|扣除|之外|以外",
}
_TIMES: Final[dict[Language, str]] = {
    "en": r"springtime|(?:in|during|over|this|last) (?:the )?spring|summer|autumn|winter|week-?ends?|weekdays?|"
    r"at night|nights?|mornings?|afternoons?|evenings?|christmas|easter",
    "de": r"(?:frühling|frühjahr|sommer|herbst|winter)s?|im (?:frühling|frühjahr|sommer|herbst|winter)|"
    r"\w*(?:wochenende|werktag)\w*|morgens|vormittags|mittags|nachmittags|abends|nachts|"
    r"am (?:morgen|vormittag|mittag|nachmittag|abend)|in der nacht|weihnachten|ostern|ferien",
    "fr": r"(?:en|cet|l['’]|d['’]|à l['’]) ?(?:été|hiver|automne)|printemps|week-?ends?|matin|matinée|"
    r"après-midi|soirée?|"
    r"noël|pâques|vacances|jours ouvrés",
    "es": r"primavera|verano|otoño|invierno|fin(?:es)? de semana|por la (?:mañana|tarde|noche)|de (?:día|noche)|"
    r"navidad|"
    r"vacaciones|días laborables",
    "ko": "봄|여름|가을|겨울|주말|평일|아침|점심|오전|오후|저녁|새벽|밤에|명절|추석|설날|크리스마스|연휴",
    "zh": "春天|春季|夏天|夏季|秋天|秋季|冬天|冬季|周末|週末|工作日|早上|上午|中午|下午|傍晚|晚上|夜里|春节|"
    "圣诞|假期|节假日",
}
_SPANS: Final[dict[Language, str]] = {
    "en": rf"(?:first|last|past|final) (?:[\uec00-\uefff]|{'|'.join(NUMBER_WORDS['en'][0])}) "
    r"(?:years|months|weeks|days|hours|minutes|seconds|quarters|decades)",
    "de": r"(?:letzten|vergangenen|ersten) (?:[\uec00-\uefff]|zwei|drei|vier|fünf) \w+",
    "fr": r"(?:[\uec00-\uefff]|deux|trois|quatre|cinq) (?:derni|premi)\w+",
    "es": r"(?:últim|primer)[oa]s (?:[\uec00-\uefff]|dos|tres|cuatro|cinco)\b|"
    r"(?:[\uec00-\uefff]|dos|tres|cuatro|cinco) (?:últim|primer)[oa]s",
    "ko": "(?:최근|지난|마지막|처음) ?(?:[\uec00-\uefff]|두|세|네|다섯) ?(?:개월|개|년|달|주|일|해|분기)",
    "zh": "(?:最近|最后|过去|前|头)的?(?:[\uec00-\uefff]|几|两|三|四|五)(?:个|年|月|周|天|季)",
}
_DOUBLED: Final[dict[Language, str]] = {
    "de": r"\w*verdoppel\w*|\w*verdreifach\w*",
    "fr": r"doubl(?:e|é|er|ent|ait)e?s?|tripl(?:e|é|er|ent)e?s?",
    "es": r"duplic\w*|triplic\w*",
    "ko": "갑절|두 ?배|세 ?배",
    "zh": "翻[倍番]|翻了?一?[倍番]",
}
_EQUAL: Final[dict[Language, str]] = {
    "de": r"bei gleiche[mnr] \w+",
    "fr": r"à \w+ égal\w*",
    "es": r"a igualdad de|a igual \w+",
    "ko": r"같은 ?\S+(?:에서|이?라면|일 ?때)|동일한 \S+에서",
    "zh": "(?:相同|同样|同等).{1,5}(?:下|时)",
}
"""Conditions under which values would have to be compared."""
_TWICE: Final[frozenset[Operation]] = frozenset(("ratio", "sides", "slope", "reach", "percent", "threshold", "growth"))


def _keeps_to_part(query: Query) -> bool:
    """Return whether a query keeps to a part of the places, or leaves some out."""
    return bool(query.places or query.bounds or query.groups or query.without or query.sides)


def _leaves_out(query: Query) -> bool:
    return bool(query.without or query.groups or query.sides or query.operations == ("against",) or query.negated)


_USED: Final[tuple[tuple[dict[Language, str], Callable[[Query], bool]], ...]] = (
    (_EXCEPT, _leaves_out),
    (_TIMES, lambda query: bool(query.groups)),
    (_DOUBLED, lambda query: bool(set(query.operations) & _TWICE)),
    (_EQUAL, lambda query: False),
    (_SPANS, lambda query: _keeps_to_part(query) or bool(query.top)),
)
"""Words of qualifiers, and whether a query takes them into account."""


_PERIODS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "de": (
        ("quarter", r"welche\w* quartal"),
        ("week", r"welche\w* (?:zwei |beiden )?wochen?"),
        ("year", r"welche\w* (?:zwei |beiden )?jahre?n?"),
        ("day", r"welche\w* (?:zwei |beiden )?tage?n?"),
    ),
    "fr": (
        ("quarter", r"quel trimestre"),
        ("week", r"quelles? (?:deux )?semaines?"),
        ("year", r"quelles? (?:deux )?années?"),
        ("day", r"quels? (?:deux )?jours?"),
    ),
    "es": (
        ("quarter", r"(?:qué|cuál) trimestre"),
        ("week", r"qué (?:dos )?semanas?"),
        ("year", r"qué (?:dos )?años?"),
        ("day", r"qué (?:dos )?días?"),
    ),
    "ko": (
        ("quarter", r"(?:어느|몇) ?분기"),
        ("week", r"(?:어느|몇) ?주(?!의)"),
        ("year", r"(?:어느|몇) ?(?:년도|해)"),
        ("day", r"(?:어느|무슨|어떤) ?(?:날|요일)"),
    ),
    "zh": (("quarter", r"哪一?个?季度"), ("week", r"哪一?周"), ("year", r"哪一?年"), ("day", r"哪一?[天日]")),
}
"""Periods that are asked for."""


def other_period(query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return the words that ask for a quarter, a week or a year where all places are months."""
    drawn = [one for panel in panels for one in panel.series if one.x]
    if not drawn or any(period_of(one.x) != "month" for one in drawn) or query.places or query.bounds:
        return ""
    asked = (search_whole(words, query.language, query.text) for _, words in _PERIODS.get(query.language, ()))
    return next((match[0] for match in asked if match is not None), "")


def other_month(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the month of which a question asks, beside a chart without times whose title or names are of others."""
    places = [place for panel in panels for one in panel.series for place in one.x]
    names = [name for panel in panels for one in panel.series for name in (one.name, *one.names)]
    names += map(str, places)
    titled = {number for text in (*(panel.title for panel in panels), *names) for number, _ in _months_in(text)}
    labels = " ".join(f"{panel.title} {panel.x.label} {panel.y.label} {panel.legend_title}" for panel in panels)
    timed = re.search(r"월|月|month|monat|mois|\bmes|date|day|일\b|日", labels, re.IGNORECASE) is not None
    untold = not titled and (timed or language not in ("ko", "zh"))
    if untold or period_of(places) or any(month_of(name) or is_date(name) for name in names):
        return ""
    before = _IN_MONTH.get(language, "")
    text = with_months_in_figures(text) if language == "zh" else text
    months = "|".join(MONTHS[language])
    east = language in ("ko", "zh")
    asked = re.findall(rf"(?<!\d)(?:{months})" if east else rf"(?<!\w){before}(?:{months})(?!\w)", text, re.IGNORECASE)
    return next((word for asked_for in asked for number, word in _months_in(asked_for) if number not in titled), "")


_IN_MONTH: Final[dict[Language, str]] = {
    "en": "(?:in|during|of|since|until|by) ",
    "de": "(?:im|seit|bis|vom) ",
    "fr": "(?:en|de|depuis) ",
    "es": "(?:en|de|desde) ",
}


def other_weekday(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return the day of the week of which a question asks, where other days of the week are drawn."""
    drawn = [one for panel in panels for one in panel.series]
    names = {str(name) for one in drawn for name in (one.name, *one.names, *one.x)}
    days = {number for name in names if (number := day_of(name)) >= 0}
    if len(days) < 2:
        return ""
    east = language in ("ko", "zh")
    for number, words in days_in(language):
        long = [word for word in words if len(word) > 3 or east]
        said = "|".join((*long, *(word.replace("星期", "周") for word in long)))
        whole = said if east else rf"(?<!\w)(?:{said})s?(?!\w)"
        found = re.search(whole, text, re.IGNORECASE) if number not in days else None
        if found is not None:
            return found[0]
    return ""


def weekday_of_no_date(text: str, query: Query) -> str:
    """Return the day of the week that a question says beside a date, if it is none of the dates that it names."""
    days = {weekday_of(place) for place in query.places if isinstance(place, str) and is_date(place)} - {-1}
    for number, words in days_in(query.language) if days else ():
        if query.language in ("ko", "zh"):
            said = "|".join((*words, *(word.replace("星期", "周") for word in words if word.startswith("星期"))))
            found = re.search(rf"[일日号] ?[(（]?({said})|({said})(?:인)? ?\d", text)
        else:
            said = "|".join(word for word in words if len(word) > 3)
            found = re.search(rf"(?<!\w)({said}),? (?:\w{{2,3}} )?(?:[^\W\d]+ )?\d", text, re.IGNORECASE)
        if found is not None and number not in days:
            return next(one for one in found.groups() if one)
    return ""


_SEASON: Final = r"(?<!\d)(?:19|20)\d\d[/–-]\d\d(?!\d)"


def other_season(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return the season, such as "2023/24", of which a question asks, where only other ones are drawn."""
    names = {str(name) for panel in panels for one in panel.series for name in (one.name, *one.x)}
    drawn = {name for name in names if re.fullmatch(_SEASON, name)}
    return next((one for one in re.findall(_SEASON, text) if one not in drawn), "") if drawn else ""


@lru_cache(maxsize=1024)  # each question asks for those in all names
def _months_in(text: str) -> tuple[tuple[int, str], ...]:
    """Return the numbers and the names of months in a text, of any language."""
    text = with_months_in_figures(text)
    return tuple(_months_found(text)) if re.search(_ANY_MONTH, text, re.IGNORECASE) else ()


_ANY_MONTH: Final = "|".join(name for names in MONTHS.values() for name in names)


def _months_found(text: str) -> Iterator[tuple[int, str]]:
    for language in LANGUAGES:
        for number, name in enumerate(MONTHS[language], 1):
            whole = rf"(?<!\d){name}" if language in ("ko", "zh") else rf"(?<![^\W_]){name}(?![^\W_])"
            found = re.search(whole, text, re.IGNORECASE)
            if found is not None and (name != "may" or found[0] != "may"):
                yield number, found[0]


def left_time(text: str, query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return a season or a part of the week or the day in a question that keeps to no part of the axis; or nothing.

    The classifier may take no notice of a word that is no name, no place and no group of places.
    """
    words, language = _TIMES[query.language], query.language
    found = None if _keeps_to_part(query) else search_whole(words, language, text.lower())
    drawn = (one for panel in panels for one in panel.series)
    labels = [part for panel in panels for part in (panel.title, panel.x.label, panel.y.label, panel.legend_title)]
    own = " ".join((*labels, *(f"{one.name} {one.x[:60]}" for one in drawn))).lower()
    if found is None or found[0].split()[-1].removesuffix("s") in own:  # "nights" along an axis of each night
        return ""
    left = search_whole(words, language, mark(text, panels)[0].written.lower())
    return re.sub("[\ue000-\uf8ff]", "", left[0]).strip() if left is not None else ""


_CLOCK: Final[dict[Language, str]] = {
    "en": r"\b(?:at|around|by|from|until|till|before|after) \d{1,2}(?::\d\d)? ?(?:o['’]clock|a\.?m\b|p\.?m\b|"
    r"in the (?:early )?(?:morning|afternoon|evening)\b|at night\b)",
    "de": r"\b(?:um|gegen|ab|bis|vor|nach|von) \d{1,2}(?:[:.]\d\d)? ?uhr\b",
    "fr": r"\bà \d{1,2} ?(?:h|heures)\b",
    "es": r"\ba las? \d{1,2}(?::\d\d)?(?: ?h\b| horas\b|\b)",
    "ko": r"\d{1,2}시(?=[에의 ?까부]|$)",
    "zh": r"\d{1,2}[点點](?![五十])",
}
"""Times of day."""


def left_clock(text: str, query: Query, panels: Sequence[ChartPanel]) -> str:
    """Return the time of day of a question that keeps to no part of the axis, unless a title or a label has it."""
    if _keeps_to_part(query) or query.threshold is not None:
        return ""
    found = re.search(_CLOCK[query.language], text, re.IGNORECASE)
    labels = [part for panel in panels for part in (panel.title, panel.x.label, panel.y.label)]
    hour = re.search(r"\d+", found[0]) if found is not None else None
    own = hour is None or any(re.search(rf"(?<!\d){hour[0]}(?!\d)", text) for text in (*labels, *query.series))
    return "" if found is None or own else found[0]


def unused_qualifier(query: Query) -> str:
    """Return the first qualifier of a question that its query does not take into account; empty if there is none."""
    for words, is_used in _USED:
        if query.language in words and (query.language != "en" or words is _SPANS) and not is_used(query):
            found = search_whole(words[query.language], query.language, query.text)
            if found is not None:
                return re.sub("[\ue000-\uf8ff]", "", found[0]).strip()
    return ""
