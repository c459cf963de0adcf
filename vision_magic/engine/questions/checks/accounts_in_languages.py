"""The words of questions in German, French, Spanish, Korean and Chinese that nothing accounts for.

Every word of such a question must be one of the reader (an operation, a number, a time), one of the chart (a name, a
label, a unit, or a translation of one), or one that changes nothing, such as an article. Any other is a reason to
decline: "Wie viele Lieferanten haben mehr als 1000 Mitarbeiter?" must not be answered with what is above 1000.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import are_from_figures, own_words
from vision_magic.engine.questions.checks.accounts_in_korean import has_one_quantity, unaccounted_in_korean
from vision_magic.engine.questions.checks.roles import Role, Setting, can_be_left, role_of
from vision_magic.engine.questions.checks.spans import words_taken, words_understood
from vision_magic.engine.questions.checks.weighing import counts_something_else, setting_of
from vision_magic.engine.questions.forms.forms_in_languages import BACK
from vision_magic.engine.questions.forms.forms_of_time import words_of_time
from vision_magic.engine.questions.language import Language, is_common, language_of
from vision_magic.engine.questions.names.nouns_like_verbs import is_noun_like_verb
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import EVERYDAY_NAMES, day_of, in_any_language, kind_of_names
from vision_magic.engine.questions.names.words_of_axes import axis_meant
from vision_magic.engine.questions.numbers import month_of, period_of
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS, is_of_day, without_time
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.against import without_words_of_against
from vision_magic.engine.questions.topics.ranks_in_languages import without_words_of_ranks_in
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class
from vision_magic.engine.questions.vocabulary.consumption import CONSUMED, is_of_consumption, words_for_electricity
from vision_magic.engine.questions.vocabulary.grammar import is_opposite_of_own
from vision_magic.engine.questions.vocabulary.irregular_verbs import is_form_of_verb_in
from vision_magic.engine.questions.vocabulary.plain_words import (
    CLASSES,
    COSTS,
    COUNTED,
    COUNTS,
    GLUE,
    LOSSES,
    MEASURES,
    PEOPLE,
    PER,
    PER_LABEL,
    PRICES,
    PROFITS,
)
from vision_magic.engine.questions.vocabulary.words import (
    COLOUR_WORDS,
    CONTEXT_WORDS,
    MONTHS,
    NUMBER_WORDS,
    OPERATION_WORDS,
    WHOLE_CHART,
    search,
)
from vision_magic.engine.questions.vocabulary.words_of_marks import BANDS, WORDS_OF_KINDS

__all__ = ["accounted_in", "unaccounted_in"]

_SHORTEST: Final[dict[Language, int]] = {"de": 3, "fr": 3, "es": 3, "ko": 2, "zh": 2}
_OTHER_YEAR: Final[dict[Language, str]] = {
    "de": r"\b(?:letzte|vergangene|vorige)[ns]? jahr(?:es)?\b",
    "fr": r"\bl'an(?:née)? (?:dernier|dernière|passée?)\b",
    "es": r"\baño (?:pasado|anterior)\b",
    "ko": r"작년|지난해",
    "zh": r"去年",
}
"""The year before this one, which only a figure with years can tell."""
_MARKS: Final = "\ue000-\uf8ff"
_ALL_MARKS: Final = "".join(map(chr, range(0xE000, 0xEC00)))


def accounted_in(query: Query, written: str, charts: Sequence[Chart]) -> Query:
    """Return a query as it is, or one that says which of its words is not understood."""
    if not query.operations or set(query.operations) <= WHOLE_CHART | {"confusion"}:
        return query
    if query.operations == ("against",):
        written = without_words_of_against(query, written)
    if query.operations == ("overlap",):
        written = re.sub(BANDS[query.language], " ", written, flags=re.IGNORECASE)
    if query.operations == ("rank at",) and query.language not in ("ko", "zh"):
        written = without_words_of_ranks_in(written, query.language)
    if query.operations == ("minimum",) and query.language == "es":
        written = re.sub(r"\ba la cola\b", " ", written, flags=re.IGNORECASE)  # behind all others, and no drink
    if not are_from_figures(panel for chart in charts for panel in chart.panels):
        return query
    leading = _leading_name(query, written, charts)
    if leading:
        return replace(query, operations=("unheard",), unheard=leading, then=None, firm=True)
    read: set[str] = set()
    word = _unaccounted(query, written, charts, read)
    word = word or _of_neither_axis(query, charts, read)
    word = word or next((one for one in read if _is_named_place(one, written, query)), "")
    if word:
        return replace(query, operations=("unheard",), unheard=word)
    return replace(query, named_otherwise=bool(read))


_NOTHING_TOLD: Final = Setting(
    told=False, one=False, alone=False, untitled=False, measured=False, open=False, two=False, things=False
)
"""That of a question of which no word may be left unread."""


def unaccounted_in(query: Query, written: str, charts: Sequence[Chart]) -> str:
    """Return the first word of a question that nothing accounts for, whatever its role; empty if there is none.

    Parameters
    ----------
    query : Query
        What was read of the question, which is not English.
    written : str
        The question as it was written, with one letter of Unicode's private use area for each name and number.
    charts : sequence of Chart
        The charts that it is about.
    """
    return _unaccounted(query, written, charts, set(), _NOTHING_TOLD)


_AT_KIND: Final[dict[Language, str]] = {
    "de": r"(?-i:\b(?:an|in|bei|auf|von|für)(?: de[rmn]| die| das)? [A-ZÄÖÜ]\w+ [A-ZÄÖÜ])",
    "fr": r"(?-i:\b(?:à|dans|de|pour|sur) (?:la |le |l['’])?\w+ [A-ZÀ-Þ])",
    "es": r"(?-i:\b(?:en|de|para) (?:la |el )\w+ [A-ZÀ-Þ])",
}


def _is_named_place(word: str, written: str, query: Query) -> bool:
    """Return whether a word that was read as what is measured is a name behind its kind: "an der Station Nordtor"."""
    if query.series or query.language not in _AT_KIND:
        return False
    named = rf"{_AT_KIND[query.language]}(?i:(?<={re.escape(word[0])}){re.escape(word[1:])})(?!\w)"
    return re.search(named, written, re.IGNORECASE) is not None


def _of_neither_axis(query: Query, charts: Sequence[Chart], read: Collection[str]) -> str:
    """Return a word that was read as what points have, where it could be either of two quantities; or nothing."""
    panels = [panel for chart in charts for panel in chart.panels]
    points = all(one.kind == "points" for one in drawn_series(panels))
    ranked = bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}
    if not (read and points and ranked) or query.of_places:
        return ""
    told = any(axis_meant(query.text, panel, query.language) for panel in panels)
    return "" if told else max(read, key=query.text.rfind)


def _unaccounted(
    query: Query, text: str, charts: Sequence[Chart], read: set[str], setting: Setting | None = None
) -> str:
    """Return the first word of a question that nothing accounts for.

    Parameters
    ----------
    query : Query
        What was read of the question, which is not English.
    text : str
        The question as it was written, with one letter of Unicode's private use area for each name and number.
    charts : sequence of Chart
        The charts that it is about.
    read : set of str
        To it are added the words that were read as what the charts have.
    setting : Setting, optional
        What makes some words harmless, if that is not what the question and the charts say.
    """
    language = query.language
    panels = [panel for chart in charts for panel in chart.panels]
    own = own_words(panels, [chart.title for chart in charts])
    if not own:
        return ""
    kinds = {one.kind for panel in panels for one in panel.series}
    own = " ".join((own, *(words.get(language, "") for kind, words in WORDS_OF_KINDS.items() if kind in kinds)))
    own = f"{own} {words_for_electricity(own, panels, language)}".strip()
    other_year = re.search(_OTHER_YEAR[language], text, re.IGNORECASE)
    if other_year is not None and re.search(r"\b(?:19|20)\d\d\b", own) is None:
        return other_year[0].strip()
    rate = re.search(PER[language], text, re.IGNORECASE)
    if rate is not None and re.search(PER_LABEL, own) is None:
        return rate[0].strip()
    counted = _counted_in_title(text, panels, language)
    if counted:
        return counted
    other = counts_something_else(query, text, panels)
    if other:
        return other
    text = re.sub(BACK, " ", text, flags=re.IGNORECASE)
    text = _without_words_of_chart(text, query, own, panels)
    if _is_of_time(query):
        text = words_of_time(text, language)
    setting = setting or setting_of(query, text, panels)
    if language == "ko":
        measure = re.search(MEASURES[language], _without_chart(text, own, panels, language))
        meant = re.compile(_meant(own, panels, language))
        return measure[0] if measure is not None else unaccounted_in_korean(query, text, own, panels, setting, meant)
    if language == "zh":
        one = has_one_quantity(query, panels)
        runs = (run for run in _runs_left(text, own, panels) if not _may_be_left_in_chinese(run, text, setting, one))
        return next(runs, "")
    return next(_words_left(text, own, panels, language, setting, words_taken(text, query.text), read), "")


def _without_words_of_chart(text: str, query: Query, own: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question without the words for what was used, and for a year, where a chart shows these."""
    months = [place for panel in panels for one in panel.series[:1] for place in one.x]
    if "share" in query.operations and period_of(months) == "month":
        text = re.sub(r"\bannuel(?:le)?s?\b|\banual(?:es)?\b|\bjährlich\w*", " ", text, flags=re.IGNORECASE)
    needed = re.search(_IN_UNIT[query.language], text, re.IGNORECASE)
    if needed is not None and re.fullmatch(_words_of_units(panels), folded(needed["unit"])):
        text = re.sub(_NEEDED[query.language], " ", text, flags=re.IGNORECASE)
    if is_of_consumption(own, panels):
        text = re.sub(CONSUMED[query.language], " ", text, flags=re.IGNORECASE)
    return text


_IN_UNIT: Final[dict[Language, str]] = {
    "de": r"\bwie ?viele? (?P<unit>\w+)",
    "fr": r"\bcombien d(?:e |['’])(?P<unit>\w+)",
    "es": r"\bcu[aá]nt[oa]s (?P<unit>\w+)",
    "ko": r"(?!)(?P<unit>)",
    "zh": r"(?!)(?P<unit>)",
}
_NEEDED: Final[dict[Language, str]] = {
    "de": r"\b(?:ge)?brauch(?:t|en|ten?)\b|\bbenötig\w+",
    "fr": r"\b(?:faut|fallait|fallu)(?:-il)?\b|\bnécessite\w*",
    "es": r"\b(?:se )?necesit\w+|\bhacen? falta\b",
    "ko": "(?!)",
    "zh": "(?!)",
}
"""Verbs beside an amount in the unit of the values, which are what is needed then: "wie viele Meter braucht man"."""


def _is_of_time(query: Query) -> bool:
    """Return whether it may have been read by the words of `forms_of_time`."""
    return bool(
        set(query.operations) & {"sum", "mean", "difference", "compare", "sides", "ratio", "same place", *_AHEAD}
    )


_AHEAD: Final = ("ahead from", "first ahead")


def _has_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether charts have names of things: those of series, or places that are no times."""
    names = [[one.name for one in panel.series if one.name] for panel in panels]
    places = [[place for place in one.x if isinstance(place, str)] for panel in panels for one in panel.series[:1]]
    return any(known and not period_of(known) and not kind_of_names(known) for known in (*names, *places))


def _axes(panels: Sequence[ChartPanel]) -> Iterator[ChartAxis]:
    for panel in panels:
        yield from (axis for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None)


def _counted_in_title(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return "clients" of "le plus de clients" where only the title names them, and the values are something else."""
    if any(one.kind == "points" for panel in panels for one in panel.series):
        return ""
    labels = folded(" ".join(f"{axis.label} {axis.unit}" for axis in _axes(panels)))
    names = folded(" ".join(str(name) for panel in panels for one in panel.series for name in (one.name, *one.x)))
    if not any(axis.label for axis in _axes(panels)) or re.search(COUNTS, labels):
        return ""
    for match in re.finditer(rf"(?<!\w){COUNTED[language]}", text.lower().replace("’", "'")):
        price = re.fullmatch(COSTS[language], folded(match[1])) is not None  # "más cara"
        if not price and _is_measure(match[1], language) and not _is_of_chart(match[1], f"{labels} {names}", language):
            return match[1]
    return ""


# --- languages that are written with spaces between words ------------------------------------------------------


def _words_left(
    text: str,
    own: str,
    panels: Sequence[ChartPanel],
    language: Language,
    setting: Setting,
    taken: frozenset[str],
    read: set[str],
) -> Iterator[str]:
    text = text.replace("’", "'")
    plain = folded(own)
    meant = _meant(own, panels, language)
    units = _words_of_units(panels)
    quantities = [words for axis in _axes(panels) if (words := words_for(axis, language)) is not None]

    def role_at(start: int) -> Role:
        return role_of(text, start, language, lambda one: _is_of_chart(one, plain, language))

    def is_left(word: str, start: int) -> bool:
        role = role_at(start)
        left = can_be_left(role, word, setting, language) and not is_opposite_of_own(word, own.lower())
        left = left and not (role == "noun" and language_of(own) == language and _is_another_thing(word, plain))
        if left and role in _NAMING:
            read.add(word)
        return left

    rows = (
        _nouns_of_rows(text, language) if all(one.kind == "points" for panel in panels for one in panel.series) else ()
    )
    named = {word for words in quantities for found in words.finditer(text.lower()) for word in found[0].split()}
    understood = words_understood(text.lower(), language) | taken | named
    for match in re.finditer(rf"(?<![\w{_MARKS}-])[^\W\d_]+(?![\w{_MARKS}])", text):
        word = match[0].lower()
        if len(word) < _SHORTEST[language] or _is_of_chart(word, plain, language):
            continue
        if (
            word in rows
            or any(words.search(word) for words in quantities)
            or re.fullmatch(f"{meant}|{units}", folded(word))
            or _is_asked_in_title(word, panels, language)
        ):
            continue
        beside = re.match(r" ?\((?P<own>[^()]*)\)", text[match.end() :])
        if beside is not None and (
            not beside["own"].strip(f" {_ALL_MARKS}") or _is_of_chart(beside["own"], plain, language)
        ):
            continue  # the name, or the label, follows in brackets
        plainly = word in understood or _is_plain(word, language)
        plainly = plainly and (_is_small(word, language) or not is_noun_like_verb(text, match.start(), word, language))
        if plainly and language in _SMALL_LETTERS and _is_name(match[0], text[: match.start()]):
            plainly = False
        measured = _is_measure(word, language) and not (setting.told and role_at(match.start()) == "actor")
        if measured or not (plainly or is_left(match[0], match.start())):
            yield match[0]


def _is_another_thing(word: str, own: str) -> bool:
    """Return whether a noun has a meaning of its own, and is no last part of a word of the charts: "Lack"."""
    stem = _stem(folded(word))
    tail = re.search(rf"{re.escape(stem)}(?:e|en|er|es|n|s)?(?![^\W\d_])", own)
    heads = (stem[number:] for number in range(4, len(stem) - 4))  # a hive is weighed by a "Stockwaage"
    shared = any(re.search(rf"(?<![^\W\d_]){re.escape(head)}[^\W\d_]{{4}}", own) for head in heads)
    return tail is None and not shared and any(True for _ in in_any_language(word))


_SMALL_LETTERS: Final = frozenset(("fr", "es"))
"""Languages in which only names begin with a capital."""


def _is_name(word: str, before: str) -> bool:
    """Return whether a word with a capital stands within a sentence, and is a name: "le quartier de la Plage"."""
    within = re.search(r"[^\W\d_][^.?!:¿¡]*$", before) is not None
    capitals = word[:1].isupper() and not word.isupper()
    return within and capitals and not (month_of(word) or day_of(word) >= 0)


_OF_VERBS: Final[dict[Language, str]] = {
    "fr": r"(?:e?nt|ez|ons|e?s|e|t|er|ir|re)$",
    "es": r"(?:[aei](?:n|s|mos|r)?|[oóé]|[aei]ron|áis|éis)$",
}
"""Endings of verbs."""


def _is_asked_in_title(word: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a word is a form of one in a title that is a question, as those of surveys are: "¿Lee usted…?"."""
    ends = _OF_VERBS.get(language)
    titles = [panel.title.lower() for panel in panels if "?" in panel.title]
    if ends is None or not titles or re.search(ends, word) is None:
        return False
    stem = re.sub(ends, "", word)
    known = (one for title in titles for one in re.findall(r"[^\W\d_]{3,}", title) if re.search(ends, one))
    return len(stem) > 1 and any(re.sub(ends, "", one) == stem for one in known)


_ROWS: Final[dict[Language, str]] = {
    "de": r"(?:wie ?viele|anzahl(?: der)?|von den|unter den|bei den|(?:diese|alle)[rn]?) (?P<row>[A-ZÄÖÜ][a-zäöüß]+)"
    r"(?= (?:gibt|sind|waren|wurden|hat|haben|aus|vom|von|der|im|in|auf|mit)\b)",
    "fr": r"(?:combien de |nombre de |(?:les|des|ces|chez les|parmi les) )(?P<row>[^\W\d_]{3,})"
    r"(?= (?:des?|du|d['’]|de la|dans|sur|a-t|sont|ont|y a)\b)",
}


def _nouns_of_rows(text: str, language: Language) -> frozenset[str]:
    """Return nouns for what the points of a chart are, which it does not name: "chez les souris des prés"."""
    found = re.finditer(rf"(?<!\w){_ROWS.get(language, '(?!)(?P<row>)')}", text)
    return frozenset(match["row"].lower() for match in found)


_NAMING: Final = frozenset(("measured", "ranked", "noun", "whole"))
"""Roles of nouns for what is drawn."""


def _words_of_units(panels: Sequence[ChartPanel]) -> str:
    """Return a pattern of the words for the units of charts: "centimètres" for cm, and for their squares."""
    units = (without_time(axis.unit) for axis in _axes(panels))
    known = {unit.rstrip("²³").strip() for unit in units} - {""}
    words = [folded(UNIT_WORDS[unit]) for unit in known if unit in UNIT_WORDS]
    points = [r"prozentpunkten?|punkten?|points?|puntos?"] if "%" in known else []
    pieces = [_PIECES] if any(re.fullmatch(_PIECES, folded(unit)) for unit in known) else []
    clock = ["uhr"] if any(axis.unit == "h" and is_of_day(axis) for axis in _axes(panels)) else []
    return "|".join((*words, *points, *pieces, *clock)) or "(?!)"


_PIECES: Final = (
    r"stuck(?:e|en)?|st|exemplaren?|copies|units?|items?|pieces?|exemplaires?|unites?|ejemplares|unidades|piezas"
)
"""Units of things that are counted, without accents; each is said for any other."""


_MONEY: Final = re.compile(r"[€$£¥₩원元円块]|\b(?:euros?|usd|eur|won|krw|yuan|rmb|cny|yen|jpy|chf)\b")


def _meant(own: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a pattern of the words that are known for what a chart has: names of things, a unit of money, a count."""
    points = all(one.kind == "points" for panel in panels for one in panel.series)
    known = [CLASSES[language]] if points or _has_names(panels) else []
    if (_MONEY.search(own) or re.search(PRICES, folded(own))) and (
        re.search(COSTS[language], folded(own)) or not re.search(MEASURES[language], folded(own))
    ):
        known.append(COSTS[language])
    if re.search(rf"{COUNTS}|bevolkerung|einwohner|population|habitant|poblacion|people|person", folded(own)):
        known.append(PEOPLE[language])
    if re.search(PROFITS, folded(own)):
        known.append(LOSSES)
    return "|".join(known) or "(?!)"


def _is_measure(word: str, language: Language) -> bool:
    pupils = language == "fr" and _PUPILS.fullmatch(word) is not None
    return pupils or re.match(MEASURES[language], folded(word)) is not None


_PUPILS: Final = re.compile(r"[ée]l[eè]ves?")
"""French pupils, who but for their accents are written as "élevés", high."""


@cache
def _is_plain(word: str, language: Language) -> bool:
    """Return whether a word changes nothing, or is one by which questions say what they ask for."""
    if language == "de" and re.match(r"(?:zweit|dritt|viert)\w+[sß]te[nrs]?$", word):
        word = re.sub("^(?:zweit|dritt|viert)", "", word)
    if _is_small(word, language) or word in MONTHS[language]:
        return True
    context = (words for name, words in CONTEXT_WORDS.items() if name != "picture")
    groups = (*OPERATION_WORDS.values(), *context, *COLOUR_WORDS.values())
    return any(
        (match := search(words[language], language, word)) is not None and len(match[0]) == len(word)
        for words in groups
    )


def _is_small(word: str, language: Language) -> bool:
    """Return whether a word is one of those that change nothing of any question."""
    known = is_common(word, language) or is_of_closed_class(word, language)
    return known or word in GLUE[language].split() or (word.isascii() and word in _glue(language))


@cache
def _glue(language: Language) -> frozenset[str]:
    return frozenset(folded(GLUE[language]).split())


def _is_of_chart(word: str, own: str, language: Language) -> bool:
    """Return whether a word is one of the chart in another form, as part of a compound, or translated."""
    word = folded(word)
    if any(_is_in(folded(one), own) for one in in_any_language(word) if len(one) > 1):
        return True
    stem = _stem(word)
    known = re.findall(r"[^\W\d_]{3,}", own)
    if any(one.startswith(stem) or (len(one) > 3 and word.startswith(_stem(one))) for one in known):
        return True
    if any(_are_cognates(word, one) for one in known) or is_form_of_verb_in(word, own, language):
        return True
    tails = (word[number:] for number in range(3, len(word) - 5)) if language == "de" else ()
    if any(len(tail) > 6 and _are_cognates(tail, one) for tail in tails for one in known):
        return True  # "Restkapazität" of "capacity"
    lasting = re.fullmatch(r"([^\W\d_]{4,}?)(?:zeit(?:en)?|dauern?)", word) if language == "de" else None
    if lasting is not None and re.search(rf"(?<![^\W\d_]){lasting[1]}(?:zeit|dauer)", own) is not None:
        return True  # "Fahrzeiten" of "Fahrdauer"
    return language == "de" and any(
        (len(one) > 4 and re.search(rf"^{_stem(one)}|{_stem(one)}(?:e|en|er|es|n|s)?$", word) is not None)
        or (len(stem) > 4 and stem in one)
        for one in known
    )


def _are_cognates(word: str, known: str) -> bool:
    """Return whether two words without accents are spelt nearly alike: "reponse" and "response"."""
    if min(len(word), len(known)) < 6 or word[0].replace("k", "c") != known[0].replace("k", "c"):
        return False
    word, known = (one.replace("k", "c").replace("z", "c").replace("y", "i") for one in (word, known))
    shared = next((n for n, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    return shared >= _SHARED * max(len(word), len(known)) or SequenceMatcher(None, word, known).ratio() >= _COGNATES


_COGNATES: Final = 0.87
_SHARED: Final = 0.7
"""How alike two words are at least in all, or which part of the longer one they begin with."""


def _is_in(word: str, own: str) -> bool:
    """Return whether a word, or a compound with it, stands in the words of a chart; "rain" is no part of "train"."""
    if word not in own:
        return False
    return len(word) > 5 or not word.isascii() or re.search(rf"(?<![^\W\d_]){re.escape(word)}", own) is not None


def _stem(word: str) -> str:
    short = re.sub(r"(?:iones|ionen|aux|eur|euse|en|er|es|em|ern|as|os|s|e|n|a|o|x)$", "", word)
    return short if len(short) > 3 else word


# --- languages that are not ------------------------------------------------------------------------------------


def _without_chart(text: str, own: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question without the words of its charts."""
    left = text.lower()
    for axis in _axes(panels):
        words = words_for(axis, language)
        left = words.sub(" ", left) if words is not None else left
    names = {
        name.lower() for panel in panels for one in panel.series for name in (one.name, *one.x) if isinstance(name, str)
    }
    for known in sorted({*re.findall(r"[^\W\d_]+", own), *names}, key=len, reverse=True):
        left = left.replace(known, " ") if len(known) > 1 else left
        for one in sorted(in_any_language(known), key=len, reverse=True):
            left = left.replace(one, " ") if not one.isascii() and len(one) > 1 else left
    if language == "zh":
        for same in _synonyms_in_chinese():
            if any(word in own for word in same):
                left = re.sub("|".join(same), " ", left)
    return re.sub(_meant(own, panels, language), " ", left)


@cache
def _synonyms_in_chinese() -> tuple[tuple[str, ...], ...]:
    """Return Chinese words that mean the same, longer ones first; Chinese has no spaces that would part labels."""
    rows = (sorted((word for word in row["zh"] if len(word) > 1), key=len, reverse=True) for row in EVERYDAY_NAMES)
    return tuple(tuple(words) for words in rows if len(words) > 1)


def _runs_left(text: str, own: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    left = _without_chart(text, own, panels, "zh")
    measure = re.search(MEASURES["zh"], left)
    if measure is not None:
        yield measure[0]
    yield from (run for run in re.findall("[\u4e00-\u9fff]{2,}", _plain_chinese().sub(" ", left)) if run not in own)


_CLASSIFIED: Final = (
    r"(?:哪|几|多少|两|三|四|这|每)(?:一|几)?(?:种|类|个|家|款|位|段|条|只|座|门|台|支|项|组|名|所|颗|株|层|"
    r"场|天|站|周|批|届)?(?:的)?"
)
_COVERBS: Final = "坐乘搭骑开用由被从对给跟在按据"
"""Characters before a condition: by what, for whom, where."""
_QUANTITIES_ZH: Final = re.compile(
    r"[量率度费价额数值性力温速重龄薪压]|收入|成本|时间|时长|质量|效果|原因|营养|口味|安全|健康"
)


_AMOUNTS: Final = frozenset(("value", "mean", "sum", "median", "share", "count", "range", "group"))
_LEADING: Final = re.compile(
    r"^\W*(?:请问|那么?|在)?(?P<name>[\u4e00-\u9fff]{1,6}?)(?:的|每[天周月年次人]|平均|一共|总共|共|大约|有|是)+"
    r"[\u4e00-\u9fff]{0,8}(?:多少|几|多[长久重高大])"
)
"""A noun before an amount, where the name of a place stands."""
_OF_GROUPS: Final = re.compile(r"(?<!分)(?<!小)[组队班团部科系社队院站厅店]$")
"""Ends of names of groups, of people or other things."""


def _asks_for_one_amount(query: Query) -> bool:
    """Return whether an amount is asked for of which nothing in the question names the place or the series."""
    named = query.series or query.places or query.groups or query.bounds or query.threshold or query.limits
    return set(query.operations) <= _AMOUNTS and not (named or query.without or query.sides)


def _leading_name(query: Query, text: str, charts: Sequence[Chart]) -> str:
    """Return a Chinese noun where a name stands that is none of the chart: a mean of all would be of something else."""
    panels = [panel for chart in charts for panel in chart.panels]
    asked = query.language == "zh" and _asks_for_one_amount(query) and _has_names(panels)
    found = _LEADING.search(text) if asked else None
    if found is None:
        return ""
    name, own = found["name"], own_words(panels, [chart.title for chart in charts])
    left = _plain_chinese().sub(" ", _without_chart(name, own, panels, "zh")).strip()
    known = len(left) < 2 or left in own or _QUANTITIES_ZH.search(name) or re.search(r"[哪各每全所总这那谁]", name)
    return "" if known else name


def _is_another_thing_in_chinese(run: str) -> bool:
    """Return whether characters are a word for a thing, not for people, alone or as that of a group: "合唱队"."""
    if run[-1] in "人众者员生客友民":
        return False
    return any(True for word in (run, _OF_GROUPS.sub("", run)) if len(word) > 1 for _ in in_any_language(word))


_LIMITED: Final = r"超过|超出|达到|不足|不到|低于|高于|多于|少于|至少|[\uec00-\uefff]"
"""What follows a verb of what is measured: "练习超过12小时"."""
_BY_SKILL: Final = r"(?:得|起来)?最(?:厉害|严重|凶|棒|牛|拿手|擅长|出色|好听|好看|好吃|漂亮)"
"""Superlatives that say of no amount that it is the highest."""


def _may_be_left_in_chinese(run: str, text: str, setting: Setting, one: bool) -> bool:
    """Return whether characters name what is asked for, or the only quantity there is, and no other one."""
    first = re.search(rf"(?:^\W*|[比和与、]){re.escape(run)}", text) is not None  # where names stand, and no verbs
    if (first and _is_another_thing_in_chinese(run)) or re.search(rf"{re.escape(run)}{_BY_SKILL}", text):
        return False
    if _QUANTITIES_ZH.search(run) or re.search(MEASURES["zh"], run) or re.search(rf"[不没未无非别]|^[{_COVERBS}]", run):
        return False
    if re.search(rf"{re.escape(run)}[组班队部系级馆店站]", text):
        return False  # "打击乐组", one of those among which the answer is
    kind = re.search(rf"{_CLASSIFIED}{re.escape(run)}", text) is not None
    if kind:
        return setting.things or setting.two
    said = re.escape(run)
    after = rf"(?:最|得|了|过|有?多少|几|{_LIMITED})"
    measured = re.search(rf"(?:[\ue000-\uf8ff]的?|^){said}|{said}{after}", text)
    return one and setting.told and measured is not None


@cache
def _plain_chinese() -> re.Pattern[str]:
    """Return a pattern of the parts of words that are known; longer ones first."""
    groups = (*OPERATION_WORDS.values(), *CONTEXT_WORDS.values(), *COLOUR_WORDS.values())
    known = {part for words in groups for part in _alternatives(words["zh"]) if _HAS_WILDS.search(part) is None}
    words = {*GLUE["zh"].split(), *known, *NUMBER_WORDS["zh"][0], *NUMBER_WORDS["zh"][1]}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_HAS_WILDS: Final = re.compile(r"\\w|\.\{|\.\*|\.\+|\\S|N|P|S|E|\$|\^")


def _alternatives(pattern: str) -> Iterator[str]:
    """Yield the alternatives of a pattern that are not within brackets."""
    depth, start = 0, 0
    for position, letter in enumerate(f"{pattern}|"):
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            yield pattern[start:position]
            start = position + 1
