"""Which words of a question that are not understood may be left: those that cannot change the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import BARS, ChartAxis, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.roles import Setting, can_be_left, role_of
from vision_magic.engine.questions.language import LANGUAGES, Language, is_common, language_of
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language, kind_of_names, translated
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS, without_time
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.consumption import is_electricity
from vision_magic.engine.questions.vocabulary.kinds_of_units import is_of_unit
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["asks_in_unit_of_rate", "counts_something_else", "may_be_left", "setting_of"]

_TOLD: Final[frozenset[Operation]] = frozenset(
    (
        "maximum",
        "minimum",
        "range",
        "mean",
        "median",
        "difference",
        "ratio",
        "percent",
        "share",
        "gap",
        "crossing",
        "threshold",
        "reach",
        "growth",
        "step",
        "rate",
        "first",
        "last",
        "groups",
        "group",
        "totals",
        "higher at",
        "from limit",
        "nearest",
        "leads",
        "sides",
        "ahead from",
        "rank at",
        "to extreme",
        "place within",
        "peaks",
        "choice",
        "change beyond",
        "sum beyond",
        "overlap",
        "sums",
        "same place",
        "first ahead",
        "change at",
        "happened",
        "ties",
        "higher series",
        "movers",
        "changed things",
    )
)
"""Operations that words or numbers of a question name outright, so that its verb may be any."""

_OF_ALL: Final[frozenset[Operation]] = frozenset(("sum", "count", "mean", "median", "share", "value"))
_GENERIC: Final = re.compile(
    r"(?:the )?(?:counts?|numbers?|values?|amounts?|totals?|frequency|frequenc(?:y|ies)|quantity|anzahl|menge|werte?|"
    r"nombre|valeurs?|quantité|effectif|número|cantidad|valor(?:es)?|frecuencia|개수|수량|값|빈도|수|数量|次数|数值|频数|"
    r"number of \w+|y|responses?|answers?|antworten|réponses|respuestas|votes?|stimmen)?",
    re.IGNORECASE,
)


_UNIT: Final = re.compile(
    r"(?:(?:tsd\.?|mio\.?|mrd\.?|thousands?|millions?|miles|milliers|천|만|千|万) ?)?"
    r"(?:[kMGTmµnc]?(?:m|g|l|s|W|Wh|V|A|J|Pa|Hz|t|h|€|\$)[²³]?|%|[°º][CF]|min|ppm|bpm|mmHg|dB|€|\$|£|¥|USD|EUR|"
    r"litres?|liters?|litros?|liter|tonn?e?s?|toneladas|tonnen|hours?|stunden|heures|horas|시간|분|명|원|건|톤|小时|吨|元|"
    r"\S{1,5}/\S{1,5})?",
    re.IGNORECASE,
)
"""A label that is only a unit, and leaves open what is measured in it."""


def may_be_left(
    word: str, start: int, text: str, setting: Setting, language: Language, is_own: Callable[[str], bool]
) -> bool:
    """Return whether a word that begins at a position of a question cannot change its answer."""
    return can_be_left(role_of(text, start, language, is_own), word, setting, language)


def setting_of(query: Query, text: str, panels: Sequence[ChartPanel], *, guessed: bool = False) -> Setting:
    """Return what a question says outright, and what its charts leave no choice about."""
    drawn = drawn_series(panels)
    told = set(query.operations)
    said = (
        bool(told & _TOLD) or ("sum" in told and "sum" in query.words) or ("trend" in told and "trend" in query.words)
    )
    said = said or (bool(told & {"value", "lookup"}) and bool(query.places or query.amounts) and not query.yes_no)
    single = len(drawn) == 1
    named = bool(query.places or query.bounds or query.groups or query.threshold)
    of_names = single and bool(told & _OF_ALL) and not named and _are_foreign_things(drawn[0], panels, query.language)
    at_place = bool(query.places) and bool(told & {"maximum", "minimum"})
    return Setting(
        told=said and not guessed,
        one=(single and not of_names) or bool(query.series) or query.of_series or "growth" in told or at_place,
        alone=single and not _are_things(drawn[0]),
        untitled=all(not panel.title or language_of(panel.title) != query.language for panel in panels),
        measured=_is_measured(text, panels, query.language),
        open=_is_open(panels, query.language) or "outlier" in told,
        two=len(query.series or drawn) == 2,
        things=_has_one_kind(panels, query),
        limited=bool(query.limits),
        whole=_is_of_whole(query, drawn),
        counts=_are_counts(panels),
        points=_are_points(drawn) and bool(told & {"threshold", "maximum", "minimum"}) and query.language != "en",
    )


def _is_of_whole(query: Query, drawn: Sequence[Series]) -> bool:
    """Return whether a question adds up, or averages, all that is drawn, or all series at one place."""
    told = set(query.operations)
    if not (query.places or query.bounds or query.groups):
        means = query.language != "en" and bool(told & {"mean", "median"}) and not query.series
        return bool(told & {"sum", "against", "sides", "share"}) or means
    return query.language != "en" and "sum" in told and len(drawn) > 1 and not query.series


def _are_counts(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all values count something, and are no amounts in a unit."""
    axes = [panel.axis_of(one) for panel in panels for one in drawn_series([panel])]
    return bool(axes) and not any(_NO_COUNT.fullmatch(axis.unit or axis.label) for axis in axes)


def _are_points(drawn: Sequence[Series]) -> bool:
    """Return whether points are drawn, with nothing but lines through them."""
    kinds = {one.kind for one in drawn}
    return "points" in kinds and kinds <= {"points", "line"}


_NO_COUNT: Final = re.compile(
    r"(?:%|°[CF]|[€$£¥]|USD|EUR|k€|원|만원|元|"
    r"[kcm]?m[²³]?|[km]?g|t|[mch]?[lL]|litres?|liters?|litros?|min|ms|[sh]|minutes?|hours?|[Mm]inuten|[Ss]tunden|heures|"
    r"minutos|horas|분|시간|分钟|小时|[kMGT]?Wh?|[hk]?Pa|m?bar|ha|dB|[kM]?Hz|"
    r"[^\s/]+/[^\s/]+)(?: (?:per|pro|par|por) .+)?"
)
"""Units of what is measured, not counted."""
_COUNTED: Final[dict[Language, str]] = {
    "en": r"how many (?!more|fewer|less|of)(?P<noun>[a-z]{3,})",
    "de": r"wie ?viele (?P<noun>[a-zäöüß]{3,})",
    "fr": r"combien d(?:e |['’])(?P<noun>[^\W\d_]{3,})",
    "es": r"cu[aá]nt[oa]s (?P<noun>[^\W\d_]{2,}s)\b",  # and no verb, as in "cuántos leen"
    "ko": "몇 ?(?P<noun>명|마리|그루|권|사람)",
    "zh": "(?:多少|几)个?(?P<noun>人|名|位|只|头|本|辆)",
}
_UNITS_OF_VALUES: Final = re.compile(
    r"percent\w*|per|points?|degrees?|euros?|dollars?|pounds?|thousand|million|kelvin|prozent\w*|punkte\w*|grad|pour|"
    r"degr[ée]s?|por|puntos?|grados?|d[oó]lares|times?|mal|fois|veces|months?|years?|weeks?|days?|hours?|monate?n?|"
    r"jahren?|wochen?|tagen?|stunden|mois|ans|ann[ée]es|semaines|jours|heures|meses|a[ñn]os|semanas|d[ií]as|horas|"
    r"values?|bars?|categories|werte|balken|valeurs|barres|valores|barras|quarters?|temps|tiempo|wert|standard"
)


def counts_something_else(query: Query, written: str, panels: Sequence[ChartPanel]) -> str:
    """Return "shares" of "how many shares" where values are prices or percentages, which count nothing."""
    drawn = [(one, panel.axis_of(one)) for panel in panels for one in panel.series if one.kind != "reference line"]
    prices = bool(drawn) and all(_NO_COUNT.fullmatch(axis.unit or axis.label) for _, axis in drawn)
    plain = all(one.kind in ("line", "area", "box plot", *BARS) for one, _ in drawn)
    asked = re.search(_COUNTED[query.language], written.lower())
    if asked is not None and query.language == "de" and _is_no_noun(asked["noun"], written):
        return ""
    if asked is not None and set(query.operations) & _CHANGES and asks_in_unit_of_rate(query, panels):
        return asked["noun"]
    if asked is not None and _counts_in_unit(query, asked["noun"], drawn):
        return asked["noun"]
    values = set(query.operations) <= {"value", "sum", "group"}
    if asked is not None and values and plain and query.language != "en" and _TIMES.fullmatch(asked["noun"]):
        own = " ".join(f"{axis.label} {axis.unit}" for _, axis in drawn).lower()
        return "" if _OF_TIME.search(own) or query.bounds or query.threshold else asked["noun"]
    if asked is not None and plain and values and _counts_other_things(query, asked["noun"], drawn, panels):
        return asked["noun"]
    points = bool(drawn) and all(one.kind == "points" for one, _ in drawn)
    values = (plain and values) or (points and set(query.operations) <= {"value", "maximum", "minimum", "mean"})
    if not (prices and values) or asked is None or _UNITS_OF_VALUES.match(asked["noun"]):
        return ""
    return "" if any(_is_said_of(asked["noun"], axis) for _, axis in drawn) else asked["noun"]


_CHANGES: Final[frozenset[Operation]] = frozenset(("happened", "trend", "step"))


def asks_in_unit_of_rate(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether metres are asked for of "m per year": what is drawn is then the change itself.

    Parameters
    ----------
    query : Query
        What was read of the question.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    asked = re.search(_COUNTED[query.language], query.text)
    axes = [panel.axis_of(one) for panel in panels for one in panel.series]
    rates = (axis for axis in axes if without_time(axis.unit) != axis.unit)
    return asked is not None and any(_is_said_of(asked["noun"], axis) for axis in rates)


def _counts_other_things(
    query: Query, noun: str, drawn: Sequence[tuple[Series, ChartAxis]], panels: Sequence[ChartPanel]
) -> bool:
    """Return whether an English question counts books or meals, which are words that it may have, of visitors."""
    if query.language != "en" or re.fullmatch(_THINGS, noun) is None:
        return False
    labels = [label_without_unit(axis).strip() for _, axis in drawn]
    names = [str(name) for one, _ in drawn for name in (one.name, *one.x)]
    texts = [text for panel in panels for text in (panel.title, panel.x.label, panel.y.label, panel.legend_title)]
    own = " ".join((*names, *texts)).lower()
    words = (word for word in (noun, noun.removesuffix("s"), *in_any_language(noun)) if len(word) > 2)
    told = all(label and not _GENERIC.fullmatch(label) for label in labels)
    return told and not any(re.search(rf"(?<![^\W\d_]){re.escape(word)}", own) for word in words)


_THINGS: Final = (
    r"books|drinks|fruits|animals|pets|products|items|meals|dishes|vehicles|courses|classes|shops|languages|sports|"
    r"companies|countries|cities|jobs|teams|brands|models|players"
)
"""Things of which any question may speak, where what is counted has no name."""


def _is_no_noun(word: str, written: str) -> bool:
    """Return whether a German word is written in small letters in a question that has capitals: "wie viele lesen"."""
    capitals = re.search(r"(?<!^)\b[A-ZÄÖÜ]", written) is not None
    return capitals and re.search(rf"\b{re.escape(word)}\b", written) is not None


def _is_said_of(noun: str, axis: ChartAxis) -> bool:
    """Return whether a noun after "how many" is the unit of an axis, or what it is labelled with."""
    own = without_time(axis.unit)
    units = (words for unit, words in UNIT_WORDS.items() if own == unit or re.fullmatch(words, own.lower()))
    if is_of_unit(noun, own) or is_electricity(noun, own) or any(re.fullmatch(words, noun) for words in units):
        return True
    label = label_without_unit(axis).lower()
    return any(word[: max(4, len(word) - 2)] in label for word in (noun, *in_any_language(noun)) if len(word) > 2)


def _counts_in_unit(query: Query, noun: str, drawn: Sequence[tuple[Series, ChartAxis]]) -> bool:
    """Return whether a sum would count things that are not those measured: "how many goats" in litres of milk."""
    summed = query.language == "en" and query.operations == ("sum",) and not _UNITS_OF_VALUES.match(noun)
    labels = [label for _, axis in drawn for label in (axis.label.lower(), axis.unit.lower())]
    measured = any(noun[: max(3, len(noun) - 2)] in label for label in labels) or _WORDS_FOR_UNITS.fullmatch(noun)
    return summed and not measured and bool(drawn) and all(_AMOUNT.fullmatch(axis.unit) for _, axis in drawn)


_AMOUNT: Final = re.compile(
    r"[kMGTmµnc]?(?:m|g|l|L|s|W|Wh|J|t|h)[²³]?|min|%|lit(?:er|re)s?|met(?:er|re)s?|grams?|tonn?e?s?|hours?|minutes?|"
    r"days?|miles?|k?cal"
)
"""The unit of an amount, in which no things are counted."""
_WORDS_FOR_UNITS: Final = re.compile(
    r"(?:kilo|centi|milli)?(?:met|lit)(?:er|re)s|kilos|(?:kilo)?(?:gram|calorie|watt)s?|tonn?e?s|hours|minutes|seconds|"
    r"days|miles|kwh|units|percent"
)


_TIMES: Final = re.compile(
    r"tage?n?|stunden?|minuten?|wochen?|monate?n?|jahre?n?|jours|heures|minutes|semaines|mois|années|ans|d[ií]as|horas|"
    r"minutos|semanas|meses|años"
)
_OF_TIME: Final = re.compile(
    r"\b(?:h|min|s|ms|d|hours?|minutes?|days?|weeks?|months?|years?|stunden?|minuten?|tage?|wochen?|monate?|jahre?|"
    r"dauer|"
    r"zeit|jours?|heures?|semaines?|mois|ann[ée]es?|ans|durée|temps|d[ií]as?|horas?|minutos?|semanas?|mes(?:es)?|años?|"
    r"tiempo|duración|time|duration)\b|\w+(?:tage|stunden|zeit|dauer)\b"
)


def _are_things(series: Series) -> bool:
    """Return whether the places of a series are names of things, not numbers or times."""
    names = [place for place in series.x if isinstance(place, str)]
    return bool(names) and not (period_of(names) or kind_of_names(names) or any(map(is_date, names)))


def _are_foreign_things(series: Series, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question may name one of the places of a series in another language than that of the chart."""
    words = " ".join((*(panel.title for panel in panels), *map(str, series.x[:40])))
    return _are_things(series) and language_of(words) != language


def _are_numbers(series: Series) -> bool:
    """Return whether the places of a series are numbers that are no years."""
    return bool(series.x) and all(isinstance(place, float | int) and not 1800 <= place <= 2100 for place in series.x)


def _labels(panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the labels of the axes of values."""
    for panel in panels:
        axes = {id(axis): axis for axis in map(panel.axis_of, panel.series)}
        yield from (label_without_unit(axis) for axis in axes.values())


def _is_measured(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question names what the values are, or says it by its adjective: of minutes, "longer"."""
    named = [words_for(panel.axis_of(one), language) for panel in panels for one in panel.series[:1]]
    if language != "en" and any(words is not None and words.search(text.lower()) for words in named):
        return True
    labels = " ".join((*_labels(panels), *(panel.title for panel in panels))).casefold()
    words = re.findall(r"[^\W\d_]{4,}", text.casefold())
    common = {word for word in words for name in LANGUAGES if is_common(word, name)}
    if any(word not in common and word[: max(4, len(word) - 2)] in labels for word in words):
        return True
    east = re.findall("[\uac00-\ud7a3\u4e00-\u9fff]{2,}", labels)
    return any(word in text for word in east)


def _is_open(panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether no label says in the language of the question what the values are."""
    labels = [one for one in map(str.strip, _labels(panels)) if not (_GENERIC.fullmatch(one) or _UNIT.fullmatch(one))]
    if not labels:
        return True
    words = [word for label in labels for word in re.findall(r"[^\W\d_]{4,}", label.lower())]
    if language != "en" and any(True for word in words for _ in translated(word, language)):
        return False  # what is measured is known by its name in this language, or in another one
    return all(language_of(f"{label} {panel.title}") != language for label in labels for panel in panels)


def _has_one_kind(panels: Sequence[ChartPanel], query: Query) -> bool:
    """Return whether only names of one kind are drawn: those of series, or those along the axis."""
    if len(panels) != 1:
        return False
    drawn = drawn_series(panels)
    names = [one.name for one in drawn if one.name]
    of_series = len(names) > 1 and not (period_of(names) or kind_of_names(names) or query.series)
    of_places = bool(drawn) and (_are_things(drawn[0]) or _are_numbers(drawn[0]))
    return not (of_places and _are_things(drawn[0])) if of_series else of_places
