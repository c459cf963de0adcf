"""Questions about points that have names: which quantity of a point they ask for, and who has most of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import name_of_place, with_named_places, without_names
from vision_magic.engine.questions.names.quantities import is_quantity
from vision_magic.engine.questions.names.words_of_axes import SPEED, axis_meant, is_attribute
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.places.whole_spans import without_measured_length
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.closed_classes import LESS_THAN, MORE_THAN
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["have_names", "of_named_points"]

_Words = dict[Language, str]
_Axis = Literal["", "x", "y", "both"]

_OF_SPEED: Final[dict[Language, tuple[tuple[str, str], tuple[str, str]]]] = {
    "en": ((r"\b(?:faster|quicker)\b", "more"), (r"\bslower\b", "less")),
    "de": ((r"\bschneller\w*", "mehr"), (r"\blangsamer\w*", "weniger")),
    "fr": ((r"\bplus (?:rapides?|vite)\b", "plus"), (r"\bplus lente?s?\b", "moins")),
    "es": ((r"\bmás rápid\w+", "más"), (r"\bmás (?:lent\w+|despacio)", "menos")),
    "ko": ((r"(?:더 ?)?(?:빠[르른]|빨[리라랐])", "많"), (r"(?:더 ?)?느[리린려렸]", "적")),
    "zh": ((r"更?快", "多"), (r"更?慢", "少")),
}
"""Who is faster has more of a speed, but less of a time."""
_WHO: Final[_Words] = {
    "en": r"who|which|what|whose|where",
    "de": r"wer|wem|welche\w*|wo",
    "fr": r"qui|quel(?:le)?s?|lequel|laquelle|où",
    "es": r"quién(?:es)?|quien(?:es)?|qué|cuál(?:es)?|d[oó]nde",
    "ko": r"누가|누구|어느|어떤|무슨|어디|[은는]\s*\?",
    "zh": r"谁|哪",
}
_HOW: Final[_Words] = {
    "en": r"how|what|who|which|where|when|why",
    "de": r"wie|was|wer|welche\w*|wo|wann|warum|wieso|um wie ?viel",
    "fr": r"combien|qui|quel(?:le)?s?|où|quand|pourquoi|comment",
    "es": r"cu[aá]nt[oa]s?|qui[eé]n(?:es)?|qué|cuál(?:es)?|d[oó]nde|cu[aá]ndo|por qué|c[oó]mo",
    "ko": r"얼마|몇|누가|누구|어느|왜|차이",
    "zh": r"多少|几|谁|哪|为什么|多[高长大远重]",
}
"""Words of questions that want more than yes or no."""
_THAN: Final[_Words] = {
    "en": "than",
    "de": "als",
    "fr": "que|qu['’]",
    "es": "que",
    "ko": "보다",
    "zh": "比",
}
_COUNTED: Final[_Words] = {
    "en": r"how many",
    "de": r"wie ?viele",
    "fr": r"combien d(?:e|['’])",
    "es": r"cu[aá]nt[oa]s",
    "ko": r"몇",
    "zh": r"几|多少",
}
_AMOUNT: Final[_Words] = {
    "en": r"how (?:much|many|long|far|old|heavy|tall|high)|by how|what (?:height|altitude|elevation|distance|age)",
    "de": r"(?:um )?wie ?viele?|wie (?:lange?|weit|alt|schwer|hoch)|welche[rs]? (?:höhe|entfernung|alter|gewicht)",
    "fr": r"(?:de )?combien|quel(?:le)? (?:altitude|hauteur|distance|âge|poids)",
    "es": r"(?:en )?cu[aá]nt[oa]s?|qué (?:altura|altitud|distancia|edad|peso)",
    "ko": r"얼마|몇|며칠|차이",
    "zh": r"多少|几|差|多[长久远重高大]",
}
_LESS: Final[_Words] = {
    "en": r"less|fewer|lower|smaller|lighter|cheaper|shorter|younger|worse|closer|nearer",
    "de": r"weniger|niedriger\w*|kleiner\w*|leichter\w*|billiger\w*|kürzer\w*|jünger\w*|näher\w*",
    "fr": r"moins|inférieur\w*|plus (?:proches?|près)",
    "es": r"menos|menor(?:es)?|inferior\w*|más cerca\w*",
    "ko": r"낮|적|작|가벼|가볍|싼|싸|짧|덜|가까|가깝",
    "zh": r"低|少|小|轻|短|便宜|近",
}
_MORE: Final[_Words] = {
    "en": r"more|higher|larger|bigger|heavier|taller|longer|older|better|farther|further",
    "de": r"mehr|höher\w*|größer\w*|schwerer\w*|länger\w*|älter\w*|teurer\w*|besser\w*|weiter\w*",
    "fr": r"plus(?! (?:proches?|près))|supérieur\w*|mieux|meilleure?s?",
    "es": r"más(?! cerca)|mayor(?:es)?|superior\w*|mejor(?:es)?",
    "ko": r"높|많|큰|크|무거|무겁|비싸|비싼|길|긴|먼|멀|더(?! ?(?:낮|적|작|가벼|가볍|싸|싼|짧|가까|가깝))",
    "zh": r"高|多|大|重|长|贵|远",
}
_RELATIVE: Final[_Words] = {
    "en": r"for (?:its|his|her|their)|per|relative|compared|in relation|ratio",
    "de": r"für (?:sein|ihr)\w*|pro|je|im verhältnis|relativ|bezogen",
    "fr": r"pour (?:son|sa|leur)|par|par rapport|relati\w+|proportion\w*",
    "es": r"para su|por|en relación|relativ\w+|en proporción",
    "ko": r"대비|당|비해",
    "zh": r"相对|每|比例",
}
"""Words for one quantity in parts of another, which no axis has."""
_OF_ONE: Final[frozenset[Operation]] = frozenset(
    ("value", "compare", "difference", "choice", "ratio", "sum", "group", "mean", "share", "gap")
)
_OF_ALL: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "nearest", "threshold", "sort", "lookup"))
_OF_LIMITS: Final[frozenset[Operation]] = frozenset(("threshold", "reach", "count"))
_MISREAD: Final[frozenset[Operation]] = frozenset(
    ("range", "trend", "count", "limits", "axis", "rate", "slope", "step")
)
"""What words of an amount of one point are taken for: "to the beach", of its distance."""
_UNREAD: Final[frozenset[Operation]] = frozenset(("unheard", "cannot", "correlation", "maximum", "minimum", "trend"))


def have_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all that is drawn in the only panel are points or lines with names of points."""
    drawn = drawn_series(panels)
    return len(panels) == 1 and bool(drawn) and all(one.names for one in drawn)


def of_named_points(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about points with names as one for the quantity that it means: "how much does Luna weigh?".

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not have_names(panels) or query.has("why") or query.then is not None:
        return query
    said = without_names(without_measured_length(text, panels).lower(), panels)
    axis = axis_meant(said, panels[0], query.language)
    if axis in ("x", "y"):
        said = _in_plain_amounts(said, panels[0].x if axis == "x" else panels[0].y, query.language)
    year = _year_not_drawn(query, panels[0])
    if year:
        return replace(query, operations=("unheard",), unheard=year, firm=True)
    named = [place for place in query.places if name_of_place(place)]
    if named and len(named) == len(query.places):
        beyond = _beyond_one(query, said, axis, panels[0])
        return beyond or _which_of_named(query, said, axis) or _of_named(_compared(query, said), said, axis, panels[0])
    top = bool(query.unheard) and (query.top > 0 or _says_most_of(query.unheard, said))
    top = top and axis_meant(query.unheard.lower(), panels[0], query.language) == axis
    if top and len(query.words & {"maximum", "minimum"}) == 1:  # "name the three that eat most"
        query = replace(query, operations=("maximum" if "maximum" in query.words else "minimum",), unheard="")
    if query.threshold is not None and not query.places:
        return _beyond_limit(query, axis, panels[0])
    told = query.of_places and query.operations in (("maximum",), ("minimum",))
    if told and not _says(_RELATIVE, said, query.language):
        return query  # its adjective told the axis: "how heavy is the tallest"
    axis = axis_meant(said, panels[0], query.language, adjectives=False)  # an adjective was read before
    return _of_who(query, said, axis) if top or _says(_WHO, said, query.language) else query


def _says_most_of(noun: str, text: str) -> bool:
    """Return whether an English question asks for the most of a noun, and not for its most beautiful."""
    return re.search(rf"\b(?:most|least|fewest) {re.escape(noun.lower())}(?!\w)", text) is not None


def _in_plain_amounts(text: str, axis: ChartAxis, language: Language) -> str:
    """Return a question with "more" for "faster" of a speed, and with "less" of a time."""
    (faster, more), (slower, less) = _OF_SPEED[language]
    if re.search(SPEED, axis.label.lower()):
        return re.sub(slower, less, re.sub(faster, more, text))
    return re.sub(slower, more, re.sub(faster, less, text)) if is_quantity("duration", axis) else text


def _beyond_limit(query: Query, axis: _Axis, panel: ChartPanel) -> Query:
    """Return a question with a limit as one along the axis of which it speaks, or which alone has such values."""
    limit = query.threshold
    if limit is None or limit.of_values or limit.of_places or not set(query.operations) <= _OF_LIMITS:
        return query
    if not axis:
        along = [place for one in panel.series for place in one.x if not isinstance(place, str)]
        across = [value for one in panel.series for value in one.y]
        axis = "x" if _is_within(limit.limit, along) and not _is_within(limit.limit, across) else ""
    if axis not in ("x", "y"):
        return query
    asked: tuple[Operation, ...] = ("threshold",)
    return replace(query, operations=asked, of_places=axis == "x", of_series=False, unheard="", firm=True)


def _is_within(limit: float, values: Sequence[float]) -> bool:
    return min(values, default=math.inf) <= limit <= max(values, default=-math.inf)


def _beyond_one(query: Query, text: str, axis: _Axis, panel: ChartPanel) -> Query | None:
    """Return "who eats more than Luna" as a question for the points beyond this one; None for another question."""
    language = query.language
    less, more = _says(_LESS, text, language), _says(_MORE, text, language)
    asks = _says(_WHO, text, language) or _says(_COUNTED, text, language)
    if len(query.places) != 1 or not asks or less == more or not _says(_THAN, text, language):
        return None
    place, along = query.places[0], axis == "x"
    values = [value for one in panel.series for value in values_at(with_named_places(one), place)]
    if not values or isinstance(place, str):
        return None
    limit = Threshold(limit=float(place) if along else values[0], kind="below" if less else "above")
    asked: tuple[Operation, ...] = ("threshold",)
    return replace(query, operations=asked, threshold=limit, places=(), of_places=along, unheard="", firm=True)


def _which_of_named(query: Query, text: str, axis: _Axis) -> Query | None:
    """Return "who eats more, Rex or Luna" as their difference, and of more than two as the highest of these.

    None for another question.
    """
    language = query.language
    less, more = _says(_LESS, text, language), _says(_MORE, text, language)
    extremes = set(query.operations) & {"maximum", "minimum"}
    which = _says(_WHO, text, language) and not _says(_COUNTED, text, language) and not _says(_AMOUNT, text, language)
    if len(query.places) < 2 or not which or _says(_THAN, text, language) or not (less != more or extremes):
        return None
    if axis == "both" and _says(_RELATIVE, text, language):
        return replace(query, operations=("cannot",), firm=True)
    if axis not in ("x", "y") or not set(query.operations) <= _UNREAD | {"compare", "choice", "difference", "value"}:
        return None
    side: Operation = "minimum" if less or "minimum" in extremes else "maximum"
    asked: Operation = "difference" if len(query.places) == 2 else side
    known = replace(query, operations=(asked,), words=query.words | {asked}, unheard="", yes_no=False, statistic="")
    return replace(known, of_places=axis == "x", of_series=False, firm=True)


def _year_not_drawn(query: Query, panel: ChartPanel) -> str:
    """Return the year of a question about named points, which have none along either axis; else nothing."""
    named = any(map(name_of_place, query.places))
    years = [place for place in query.places if isinstance(place, float | int) and not name_of_place(place)]
    years = [year for year in years if year in _YEARS]
    largest = max((abs(float(one)) for axis in _VALUES for one in axis(panel)), default=0.0)
    return f"{years[0]:.0f}" if named and years and largest < _YEARS[0] else ""


_YEARS: Final = range(1900, 2101)
_VALUES: Final[tuple[Callable[[ChartPanel], list[Place]], ...]] = (
    lambda panel: [place for one in panel.series for place in one.x if not isinstance(place, str)],
    lambda panel: [value for one in panel.series for value in one.y],
)


def _of_named(query: Query, text: str, axis: _Axis, panel: ChartPanel) -> Query:
    """Return a question about named points along the axis that it means, if it says which."""
    two = len(query.places) == 2 and query.words & {"difference", "compare"}
    unread = query.operations == ("unheard",) and not query.firm and axis in ("x", "y")
    measured = panel.x if axis == "x" else panel.y
    if unread and is_attribute(query.unheard, text, measured, query.language):
        return replace(query, firm=True)  # "marathon time", of an axis of other times
    alone = len(query.places) == 1 and not query.firm and not query.yes_no and not query.statistic
    misread = _MISREAD | ({"maximum", "minimum"} if "limits" in query.words else set())  # "up to what height"
    if alone and axis in ("x", "y") and set(query.operations) <= misread and _says(_AMOUNT, text, query.language):
        query = replace(query, operations=("value",), direction="")
    if unread and (len(query.places) == 1 or query.statistic or two):
        asked: Operation = query.statistic or ("difference" if two else "value")
        query = replace(query, operations=(asked,), unheard="")
    if axis not in ("x", "y") or not query.operations or not set(query.operations) <= _OF_ONE:
        return query
    return replace(query, of_places=axis == "x", firm=True)


def _compared(query: Query, text: str) -> Query:
    """Return "does Zoe get more than Max" as a comparison of both, which has an answer of yes or no."""
    two = len(query.places) == 2 and _says(_THAN, text, query.language)
    if not two or _says(_HOW, text, query.language) or not re.search(r"[?？]\s*$|[吗嗎]", text):
        return query
    asked = not query.operations or set(query.operations) <= _UNREAD | {"compare", "difference", "value"}
    if not asked:
        return query
    less, more = _says(_LESS, text, query.language), _says(_MORE, text, query.language)
    if less != more and not (query.has("more") or query.has("less")):  # "faster", said of a speed
        query = replace(query, text=f"{query.text} {(LESS_THAN if less else MORE_THAN)[query.spoken]}")
    return replace(query, operations=("compare",), yes_no=True, unheard="", firm=True)


def _of_who(query: Query, text: str, axis: _Axis) -> Query:
    """Return "who eats most" as a question for the name of a point, if an axis has what it speaks of."""
    if axis == "both" and _says(_RELATIVE, text, query.language):
        return replace(query, operations=("cannot",), firm=True)
    extreme = _extreme_of_all(query, text)
    if extreme and axis in ("x", "y"):
        found = replace(query, operations=(extreme,), words=query.words | {extreme}, unheard="", yes_no=False)
        return replace(found, of_places=axis == "x", of_series=False, statistic="", firm=True)
    numbers = tuple(place for place in query.places if isinstance(place, float))
    if axis == "x" and not query.operations and len(numbers) == 1:
        return replace(query, operations=("lookup",), amounts=numbers, places=(), of_places=True, firm=True)
    unread = query.operations == ("cannot",) and axis and not query.firm
    if unread or (query.unheard and _says(_WHO, query.unheard.lower(), query.language)):
        extremes: tuple[Operation, ...] = ("maximum", "minimum")
        asked = tuple(one for one in extremes if one in query.words)
        query = replace(query, operations=asked, unheard="", firm=bool(asked)) if asked else query
    known = query.operations and set(query.operations) <= _OF_ALL and not query.threshold and not query.places
    return replace(query, of_places=axis == "x", of_series=False, firm=True) if known and axis in ("x", "y") else query


def _extreme_of_all(query: Query, text: str) -> Operation | Literal[""]:
    """Return which extreme is meant by "comes third" and "weighs more than all", where no word says so; or nothing."""
    language, unread = query.language, not query.operations or query.operations in (("cannot",), ("first",), ("last",))
    if not unread or query.places or query.threshold or query.amounts:
        return ""
    less, more = _says(_LESS, text, language), _says(_MORE, text, language)
    told: list[Operation] = [one for one in _EXTREMES if one in query.words]
    if query.rank > 1 and len(told) == 1 and query.operations not in (("first",), ("last",)):
        return told[0]  # "the second fastest" of times
    if query.rank > 1 or query.operations in (("first",), ("last",)):
        return "minimum" if less != (query.operations == ("last",)) else "maximum"
    alone = not _says(_THAN, text, language) and (language == "es" or _says(_OF_ALL_OF_THEM, text, language))
    return ("minimum" if less else "maximum") if less != more and alone else ""


_EXTREMES: Final[tuple[Operation, ...]] = ("maximum", "minimum")
_OF_ALL_OF_THEM: Final[_Words] = {
    "en": r"of (?:them )?all|of the lot|overall",
    "de": r"von allen|insgesamt|aller",
    "fr": r"de tous|de toutes|parmi tous",
    "es": r"de todos|de todas",
    "ko": r"중에서?|모두|전체",
    "zh": r"所有|全部|之?中",
}


_EAST: Final[tuple[Language, ...]] = ("ko", "zh")


def _says(words: _Words, text: str, language: Language) -> bool:
    own = words[language]
    return re.search(own if language in _EAST else rf"(?<!\w)(?:{own})(?!\w)", text) is not None
