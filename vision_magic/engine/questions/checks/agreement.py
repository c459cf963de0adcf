"""Whether the classifier agrees with what a rule read from one or two words of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.classifier.labels import Label
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.overruled_words import names_something_else
from vision_magic.engine.questions.classified import Understood
from vision_magic.engine.questions.labelled import LABELLED, MEAN, labels_of
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import NUMBER_LETTERS
from vision_magic.engine.questions.names.named_points import name_of_place
from vision_magic.engine.questions.names.quantities import is_quantity, quantities_in
from vision_magic.engine.questions.numbers import are_times_of_day
from vision_magic.engine.questions.operations import value_between
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.judging import (
    is_known_which_is_better,
    is_low_first,
    is_undecided,
    judged,
)
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, SERIES, Operation, Word

__all__ = [
    "as_judged",
    "as_undecided",
    "is_about_something_else",
    "is_at_place",
    "is_doubtful",
    "is_finer",
    "is_likely_despite",
    "is_mean_of_label",
    "is_opposite",
    "is_rank_from_top",
    "is_same_answer",
    "is_settled",
    "overrules",
]

_EXTREMES: Final[tuple[Label, ...]] = (
    "max", "min", "max_series", "min_series", "max_total", "min_total", "max_mean_series", "min_mean_series", "top",
    "bottom", "rank", "rank_low", "rank_of", "sort", "peaks", "nearest", "outlier", "steepest_rise", "steepest_fall",
    "biggest_jump", "series_rose_most", "series_fell_most", "most_variable_series", "steadiest_series", "gap_max",
    "gap_min", "compare_groups", "range", "turning",
)  # fmt: skip
_COURSES: Final[tuple[Label, ...]] = (
    "trend", "change", "change_percent", "difference", "percent_change", "rate", "always_rising", "turning", "plateau",
    "recovered", "correlation", "gap_trend", "peaks", "steepest_rise", "steepest_fall", "biggest_jump", "diff_series",
    "compare_groups", "series_rose_most", "series_fell_most", "compare_places", "describe",
)  # fmt: skip
_LABELS: Final[dict[Operation, tuple[Label, ...]]] = {
    "maximum": _EXTREMES,
    "minimum": _EXTREMES,
    "trend": _COURSES,
    "step": _COURSES,
    "value": (
        "value", "lookup", "first_value", "last_value", "rank_of", "share", "group_mean", "mean", "median", "table",
        "above", "below",
    ),
    "last": ("last_value", "value", "first_value", "total_at", "change"),
    "first": ("first_value", "value", "last_value", "total_at", "change"),
    "lookup": ("lookup", "nearest", "value", "equal", "to_reference"),
    "group": ("group_mean", "group_sum", "sum_of", "sum", "mean", "value", "compare_groups", "total_at"),
    "compare": (
        "compare_places", "compare_series", "diff_series", "difference", "ever_ahead", "always_ahead", "count_ahead",
        "crossing", "max_series", "min_series", "max_mean_series", "min_mean_series", "gap_max", "gap_min", "gap_trend",
        "max_total", "min_total", "compare_groups", "equal", "series_rose_most",
    ),
    "sum": ("sum", "sum_of", "total_at", "group_sum", "max_total", "min_total", "share_together", "count_places"),
    "count": ("count_series", "count_places", "series_names", "sum", "above", "below", "peaks"),
}  # fmt: skip
"""The labels that mean about the same as an operation which a rule takes from a single word."""

_OF_CHART: Final[tuple[Label, ...]] = (
    "kind", "title", "x_axis", "y_axis", "series_names", "colour_of", "series_of_colour", "is_log", "x_range",
    "y_range", "describe", "alt", "table", "none",
)  # fmt: skip
"""Labels that say nothing against an operation: a word for a colour or an axis names what it is about."""

_NEVER: Final = 0.05
"""Labels that are less probable together do not speak for an operation."""
_OTHERWISE: Final = 0.6
"""How probable all other labels are then, apart from that nothing answers the question."""
_OF_WORDS: Final[frozenset[Operation]] = frozenset(("value", "sum", "mean", "count", "lookup", "first", "last"))
"""Operations that a question for something else has the words of."""


def is_about_something_else(query: Query, found: Understood) -> bool:
    """Return whether a question asks for something else than a rule took it for: "went over the counter" is no limit.

    Parameters
    ----------
    query : Query
        What a rule read.
    found : Understood
        What the classifier says of the same question.
    """
    meant = _LABELS.get(query.operations[0]) if len(query.operations) == 1 and query.then is None else None
    if meant is None or not found.chances:
        return False
    if query.bounds is not None and query.operations in (("sum",), ("count",)):
        meant = (*meant, "value", "difference")  # how much is in a bin, or "between 20 and 30"
    agreeing = sum(found.chances[label] for label in meant)
    others = sum(chance for label, chance in found.chances.items() if label not in _OF_CHART)
    return agreeing < _NEVER and others - agreeing >= _OTHERWISE


_ALMOST_KNOWN: Final[frozenset[Operation]] = frozenset(("ahead from", "change at", "group", "slope"))
"""Operations without a label of their own, but with one that asks for nearly the same."""
_TERMS: Final[dict[Operation, str]] = {
    "maximum": r"\bmax(?:imum|imal\w*)?\b|highest value|höchste[rn]? wert|valeur (?:maximale|la plus (?:haute|élevée))|"
    r"valor (?:máximo|más alto)|최댓값|최대값|最大值|最高值",
    "minimum": r"\bmin(?:imum|imal\w*)?\b|lowest value|niedrigste[rn]? wert|valeur (?:minimale|la plus basse)|"
    r"valor (?:mínimo|más bajo)|최솟값|최소값|最小值|最低值",
    "value": r"\bhow often\b|\bwie oft\b|\bcombien de fois\b|"
    r"\bvalues?\b|\bwerte?\b|\bvaleurs?\b|\bvalor(?:es)?\b|값|数值|值",
    "sum": r"\btotal\b|\binsgesamt\b|\ben tout\b|총|总共|\bsum\b|\bsumme\b|\bsomme\b|\bsuma\b|합계|总和|總和",
    "mean": r"\bmean\b|\bmittelwert\b|평균값|平均值",
    "median": r"\bmedian\w*|médian\w*|\bmediana\b|중앙값|中位数",
    "reach": r"\bmedian\b",
    "count": r"\bpanels?\b",
    "crossing": r"\bcross\w*|\bintersect\w*|schneiden|schnittpunkt|crois\w+|\bcruz\w+|\bcruces?\b|교차|交叉|相交",
    "correlation": r"\bcorrelat\w*|korrel\w*|corrél\w*|correlac\w*|상관|相关",
    "trend": r"\bwhat happen(?:s|ed)\b|\bwas passiert\w*|\bque se passe|\bqué (?:pasa|pasó)\b|发生了什么|"
    r"\bat the (?:end|start|beginning)\b.{0,40}\bthan\b.{0,40}\bat the (?:start|beginning|end)\b|"
    r"\bam (?:ende|anfang)\b.{0,40}\bals\b.{0,40}\bam (?:anfang|ende)\b|"
    r"\bà la fin\b.{0,40}\bqu['’]au début\b|\bau début\b.{0,40}\bqu['’]à la fin\b",
    "slope": r"\bslope\b|\bsteigung\b|\bpente\b|\bpendiente\b|기울기|斜率",
    "share": r"\bper ?cent(?:age)? of\b|\bprozent de[sr]\b|\bpourcentage d|\bporcentaje de\b|"
    r"\bshare\b|\banteil\w*|비율|비중|占比|比例",
}
"""The terms by which the sentences of the reader call its operations; who uses them means them."""


def _is_in_terms(query: Query) -> bool:
    two = query.bounds is not None or len(query.places) == 2
    boxes = query.operations == ("median",) and two  # "how far apart are the medians of A and B"
    known = re.search(_TERMS.get(query.operations[0], "(?!)"), query.text) if len(query.operations) == 1 else None
    return known is not None and not boxes


_HOW_MUCH: Final[dict[Language, str]] = {
    "en": r"\bhow (?:much|many|long|high|big|far|often|full|hot|warm|cold|fast)\b",
    "de": r"\bwie ?(?:viele?|lange|hoch|groß|weit|oft|voll|warm|kalt|schnell|schwer)\b|"
    r"\bwas kostet\w*\b",
    "fr": r"\bcombien\b|\bque coût\w+\b",
    "es": r"\bcuánt[oa]s?\b|\bqué (?:precio|cuesta)\b",
    "ko": r"얼마|몇 ?\S|[가-힣] ?걸[리렸]",
    "zh": r"多少|几[个人次分小]|多[久长高大远]",
}


def _is_cell(query: Query) -> bool:
    """Return whether a question for an amount names a series and a place of it, by a name or as "at 8"."""
    if query.operations != ("value",) or len(query.series) != 1 or len(query.places) != 1:
        return False
    named = isinstance(query.places[0], str) or re.search(_AT_NUMBER[query.language], query.text) is not None
    return named and re.search(_HOW_MUCH[query.language], query.text) is not None


_AT_NUMBER: Final[dict[Language, str]] = {
    "en": rf"\bat {NUMBER_LETTERS}",
    "de": rf"\b(?:um|bei) {NUMBER_LETTERS}",
    "fr": rf"\bà {NUMBER_LETTERS}",
    "es": rf"\b(?:a las|en) {NUMBER_LETTERS}",
    "ko": rf"{NUMBER_LETTERS} ?(?:에|에서|일 ?때)",
    "zh": rf"(?:在|到) ?{NUMBER_LETTERS}|{NUMBER_LETTERS} ?[的时]",
}
"""A number that is a place."""


def is_at_place(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question asks how much the only series has at a number along its axis, such as "at 20 °C".

    At a name or a date it does where it says what is measured. The mean of several series at a place, too, is one for
    which the classifier has no label.
    """
    drawn = drawn_series(panels)
    if query.operations == ("mean",) and len(query.places) == 1 and len(drawn) > 1 and not query.series:
        return True
    place = query.places[0] if len(query.places) == 1 and query.operations == ("value",) else ""
    if len(drawn) != 1 or (place not in drawn[0].x and value_between(drawn[0], place) is None):
        return False
    if isinstance(place, str):
        whole_day = not are_times_of_day(drawn[0].x)
        of_day = whole_day and sum(str(one).startswith(place) for one in drawn[0].x) > 1  # and not its midnight
        return not of_day and _names_measure(query, panels)
    if name_of_place(place) and not query.firm:
        return _names_measure(query, panels)  # unlike "how many hours does Finn sleep" of marks
    asked = re.search(_HOW_MUCH[query.language], query.text) or query.series or _names_measure(query, panels)
    return not 1900 <= float(place) <= 2100 and bool(asked)


_OF_TIME: Final = frozenset(("s", "min", "h"))
"""Units of which many things have some: hours of work, of sleep."""


def _names_measure(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question says what the values are, in a word of their label, their quantity or their unit."""
    axes = [(panel.axis_of(one), one.name) for panel in panels for one in drawn_series([panel])]
    quantities = quantities_in(query.text, query.language)
    if any(is_quantity(quantity, *axis) for quantity in quantities for axis in axes):
        return True
    units = {axis.unit.split()[0] for axis, _ in axes if axis.unit} & UNIT_WORDS.keys()  # "kcal" of "kcal per serving"
    if any(re.search(rf"(?<!\w)(?:{UNIT_WORDS[unit]})(?!\w)", query.text) for unit in units - _OF_TIME):
        return True
    labels = [panel.axis_of(one).label.lower() for panel in panels for one in drawn_series([panel])]
    words = [word for label in labels for word in re.findall(r"[a-zà-ɏ]{4,}", label)]
    east = [
        run[at : at + 2]
        for label in labels
        for run in re.findall("[가-힣一-龥]{2,}", label)
        for at in range(len(run) - 1)
    ]
    return any(word[:6] in query.text for word in words) or any(pair in query.text for pair in east)


def is_mean_of_label(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question has a word for the mean and the first word of the label of the values."""
    labels = (panel.axis_of(one).label.lower() for panel in panels for one in drawn_series([panel]))
    words = [words[0] for label in labels if (words := re.findall(r"[^\W\d_]{4,}", label))]
    mean = query.operations == ("mean",) and MEAN.search(query.text) is not None
    return mean and any(word[:6] in query.text for word in words)


_IN_ORDER: Final = re.compile(r"排(?:在|行|名)?|\brank(?:ed|s)?\b|\brang\b|순위")


def is_rank_from_top(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a question has a word for an order and a rank in it, of values of which the highest is first."""
    ranked = query.operations == ("maximum",) and query.rank > 1 and _IN_ORDER.search(query.text) is not None
    return ranked and not any(is_low_first(panel, one) for panel in panels for one in drawn_series([panel]))


def _is_ahead_from(query: Query) -> bool:
    """Return whether a question names both of two series and asks from where on the first is above the other."""
    return query.operations == ("ahead from",) and len(re.findall(SERIES, query.text)) == 2


def _is_of_either_course(query: Query) -> bool:
    """Return whether a question offers both directions of a course: "does it tend to rise or to fall?"."""
    return query.operations == ("trend",) and all(query.has(word) for word in _EITHER)


def _is_order_of_all(query: Query) -> bool:
    """Return whether an order is asked for with both of its ends: "rank them from the most to the least"."""
    return query.operations == ("sort",) and {"maximum", "minimum"} <= query.words


def _is_extreme_of_medians(query: Query) -> bool:
    """Return whether a question has both a superlative and the median: "the fastest, if we look at the median"."""
    return query.statistic == "median" and query.operations in (("maximum",), ("minimum",))


_EITHER: Final[tuple[Word, ...]] = ("up", "down", "or")


def is_settled(query: Query) -> bool:
    """Return whether the classifier need not be asked about what a rule read.

    A rule knows whole forms of questions, questions in two parts, the terms of the reader, amounts of one series at one
    place, and operations that have no label such as the overlap of error bars.
    """
    forms = (_is_cell, _is_ahead_from, _is_of_either_course, _is_order_of_all, _is_extreme_of_medians, _is_sum_of_part)
    if any(form(query) for form in forms):
        return True
    known = set(query.operations) <= LABELLED | _ALMOST_KNOWN
    return query.firm or query.then is not None or _is_in_terms(query) or not known


def _is_sum_of_part(query: Query) -> bool:
    """Return whether a question counts in a part of the axis of one series: "how many came after 15 on Monday"."""
    plain = query.bounds is not None and query.threshold is None and not query.places
    return plain and query.operations == ("sum",) and len(query.series) == 1 and "count" in query.words


_PASSES: Final = re.compile(
    r"cross|overt[ao]k|pass|\bfirst\b|becom|became|\bg[eo]t\b|start|schneid|überhol|"
    r"\bab wann|erstmals|zuerst|wird|wurde|"
    r"crois|dépass|devien|devenu|à partir|premi|cruz|super|adelant|primer|a partir|만나|교차|추월|앞지|역전|처음|부터|"
    r"交叉|相交|超过|反超|第一次|首次|开始|何时起"
)
"""Words for where one series passes another."""


def is_finer(query: Query, found: Understood) -> bool:
    """Return whether a rule read more of a question than the classifier, though it asks for the same.

    A rule knows the direction of a crossing, parts of the axis such as "in winter", what is least consistent, on which
    side of a limit values are, and that the values along the places are meant: "the warmest moment" of points along an
    axis of temperatures.
    """
    best = found.best
    if best is not None and query.operations == ("group",):
        return best.operations in (("sum",), ("mean",))
    if best is not None and query.operations == ("higher at",) and best.operations == ("crossing",):
        return query.text != "" and _PASSES.search(query.text) is None  # where it is, not where that begins
    if best is None or query.operations != best.operations:
        return False
    parted = (query.groups or query.bounds) and not (best.groups or best.bounds)
    ours, its = query.threshold, best.threshold
    turned = ours is not None and its is not None and ours.limit == its.limit and ours.kind != its.kind
    return query.operations in (("crossing",), ("spread",)) or query.of_places or turned or bool(parted)


_OPPOSITE: Final = frozenset((("maximum",), ("minimum",)))
_CERTAIN: Final = 0.9


def is_opposite(query: Query, found: Understood) -> bool:
    """Return whether a rule and the classifier read opposite extremes, and the classifier is not certain of its own."""
    best = found.best
    opposite = best is not None and {query.operations, best.operations} == _OPPOSITE
    return opposite and found.chance < _CERTAIN


_KIN: Final[dict[Operation, tuple[Label, ...]]] = {
    "trend": _COURSES,
    "threshold": ("first_above", "first_below", "last_above", "duration_above", "sum_of", "group_sum"),
    "step": ("change", "series_rose_most", "series_fell_most"),
    "compare": ("count_ahead", "ever_ahead", "always_ahead"),
    "growth": ("steepest_rise", "steepest_fall", "gap_max", "gap_min"),
    "moves": ("steepest_rise", "steepest_fall", "series_rose_most", "series_fell_most", "trend", "first_below"),
}
"""Labels that do not speak against an operation, though others have it."""
_JUDGED: Final = re.compile(
    r"\b(?:best|worst|better|worse)\b|\b(?:beste\w*|schlecht\w*|schlimm\w*)|meilleur|\bpires?\b|\bmejor|\bpeor|좋|나쁘|나빴|심|最好|最差"
)
"""Words for the highest or the lowest, as is better: rules know which from the label of the axis."""
_ALLOWS: Final = 0.2
"""How probable the operation of a rule is at least where the classifier would answer something else, or nothing."""
_MARGIN: Final = 0.75
"""How probable it is at least, in parts of what the classifier would answer."""
_UNANSWERABLE: Final = 0.9
"""How probable it must be that a question cannot be answered, so that a less probable operation is not answered."""


def is_doubtful(
    query: Query, found: Understood, panels: Sequence[ChartPanel], *, differs: bool, same: bool = False
) -> bool:
    """Return whether the classifier speaks against what a rule read, without being sure of something else.

    Parameters
    ----------
    query : Query
        What a rule read.
    found : Understood
        What the classifier says of the same question.
    panels : sequence of ChartPanel
        The panels that it is about.
    differs : bool
        Whether its most probable query has another answer.
    same : bool
        Whether that has the same answer.
    """
    if not found.chances or is_settled(query) or not set(query.operations) <= LABELLED:
        return False
    if is_opposite(query, found) and not same:
        return not (_JUDGED.search(query.text) and is_known_which_is_better(panels, query.text))
    meant = {label for one in query.operations for label in (*labels_of(one), *_KIN.get(one, ()))}
    if query.places and len(drawn_series(panels)) == 2 and set(query.operations) <= {"maximum", "minimum"}:
        meant.add("compare_series")  # the higher of two is the highest
    agreeing = sum(found.chances[label] for label in meant)
    unanswerable = found.none >= _UNANSWERABLE and agreeing < _ALLOWS
    if same:
        return unanswerable
    less_likely = differs and agreeing < max(_MARGIN * found.chance, _ALLOWS)
    return unanswerable or less_likely or is_about_something_else(query, found)


_EXTREME: Final[dict[Operation, tuple[Label, ...]]] = {
    "maximum": ("max", "max_series", "max_total", "max_mean_series", "top"),
    "minimum": ("min", "min_series", "min_total", "min_mean_series", "bottom"),
}
_DECIDED: Final = 0.85
"""How probable an extreme is at least, so that it is the best or the worst where no label tells which is good."""

_LIKELY_EXTREME: Final = 0.6
"""How probable the highest and the lowest are together then, at least."""


def as_judged(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a query of the classifier for the best or the worst with the extreme that the labels make of it."""
    if set(query.operations) not in ({"maximum"}, {"minimum"}) or not is_known_which_is_better(panels, text.lower()):
        return query
    found = judged(text.lower(), panels, query.language)
    return replace(query, operations=tuple(found), words=frozenset(found)) if len(found) == 1 else query


def as_undecided(query: Query, found: Understood, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question for both extremes, if it asks for the best and nothing tells whether that is the highest."""
    side = query.operations[0] if len(query.operations) == 1 else "unheard"
    if side not in _EXTREME or not found.chances or query.then is not None or found.none >= _UNANSWERABLE:
        return None
    either = {one: sum(found.chances[label] for label in labels) for one, labels in _EXTREME.items()}
    unclear = sum(either.values()) >= _LIKELY_EXTREME and either[side] < _DECIDED
    if not unclear or query.rank > 1 or query.top or not is_undecided(query.text, panels, query.spoken):
        return None
    return replace(query, operations=("maximum", "minimum"))


_OVERRULES: Final = 0.5


def overrules(query: Query, found: Understood) -> bool:
    """Return whether the classifier is sure enough of another answer than that of a rule, which gives one."""
    return found.sure and found.chance >= _OVERRULES and not is_opposite(query, found)


_LIKELY_OF_WORDS: Final = 0.9
_ANSWERABLE: Final = 0.05
"""How probable it is at most that nothing answers a question with a word that the charts do not have."""


_MOST_OF: Final[dict[Language, str]] = {
    "en": r"(?:fewest|least|most|lowest|highest|largest|smallest|biggest)(?: number of| amount of)?",
    "de": r"(?:wenigsten?|meisten?|niedrigsten?|höchsten?|größten?|kleinsten?)(?: anzahl(?: an)?)?",
    "fr": r"(?:le plus|le moins) (?:de|d['’])",
    "es": r"(?:más|menos|mayor número de|menor número de)",
    "ko": "(?!)",
    "zh": "最[多少高低]的?",
}


def is_likely_despite(found: Understood, read: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether what the classifier found may be answered, though the charts have nothing for a word of it.

    "How many umbrellas were sold in July" has the form of a question for a value, a sum or a mean, and "who needed
    fewest steps" is about steps.

    Parameters
    ----------
    found : Understood
        What the classifier says of the question.
    read : Query
        What the rules made of it, with the word.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if found.best is not None and names_something_else(read, found.best, panels):
        return False
    word = re.escape(read.unheard.lower())
    of_thing = bool(word) and re.search(rf"(?<!\w){_MOST_OF[read.language]} ?{word}", read.text) is not None
    if (of_thing and found.chance < _LIKELY_OF_WORDS) or (word and _is_statistic_of(word, read)):
        return False
    of_words = found.best is not None and set(found.best.operations) <= _OF_WORDS | {"outlier"}
    return found.sure and (not of_words or found.chance >= _LIKELY_OF_WORDS or found.none <= _ANSWERABLE)


_OF: Final[dict[Language, str]] = {
    "en": r"{stat} (?:of|for|among|at) (?:the )?{word}",
    "de": r"{stat} (?:von|bei|für|der|des)(?: de[nrm])? {word}",
    "fr": r"{stat} (?:de |des |du |d['’]|chez |pour |à )(?:la |les |l['’])?{word}",
    "es": r"{stat} (?:de|del|para|en)(?: la| los| las| el)? {word}",
    "ko": r"{word}(?:의|에서|은|는)? ?{stat}",
    "zh": r"{word}的?{stat}",
}


def _is_statistic_of(word: str, read: Query) -> bool:
    """Return whether a question asks for the median, the mean or the range of something that the charts do not have."""
    kinds: tuple[Operation, ...] = ("median", "mean", "range", "spread")
    stats = "|".join(OPERATION_WORDS[kind][read.language] for kind in kinds)
    return re.search(_OF[read.language].format(stat=f"(?:{stats})", word=word), read.text, re.IGNORECASE) is not None


_VERDICT: Final = re.compile(
    r"^(?:Yes|No|Ja|Nein|Oui|Non|Sí|예|네|아니요|是的?|不是?|否|对|对的)\b[^.。]{0,40}[.。]\s*", re.IGNORECASE
)
_TOLD: Final = re.compile(r"[“„«][^”“»]*[”“»]|\d+(?:[.,\u202f]\d+)*")
"""Names and numbers in an answer."""
_FEW: Final = 3


def is_same_answer(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two answers tell the same names and numbers, or one of them is a part of the other."""
    a, b = (_VERDICT.sub("", " ".join(answer).strip()) for answer in (one, other))
    if a in b or b in a:
        return True
    told, told_by_other = (set(_TOLD.findall(text)) for text in (a, b))
    numbers, numbers_of_other = ({one for one in names if one[0].isdigit()} for names in (told, told_by_other))
    same_numbers = numbers == numbers_of_other and len(numbers) >= _FEW
    return bool(told) and (told == told_by_other or same_numbers)
