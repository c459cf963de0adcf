"""Questions about points that have names: which quantity of a point they ask for, and who has most of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import name_of_place, point_names, with_named_places
from vision_magic.engine.questions.names.quantities import is_quantity, words_for
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import values_at
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.closed_classes import LESS_THAN, MORE_THAN
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["axis_meant", "have_names", "of_named_points"]

_Words = dict[Language, str]
_Axis = Literal["", "x", "y", "both"]

_SPEED: Final = r"speed|\btempo\b|geschwindigkeit|vitesse|cadence|velocidad|\britmo\b|속도|速度"
_OF_SPEED: Final[dict[Language, tuple[tuple[str, str], tuple[str, str]]]] = {
    "en": ((r"\b(?:faster|quicker)\b", "more"), (r"\bslower\b", "less")),
    "de": ((r"\bschneller\w*", "mehr"), (r"\blangsamer\w*", "weniger")),
    "fr": ((r"\bplus (?:rapides?|vite)\b", "plus"), (r"\bplus lente?s?\b", "moins")),
    "es": ((r"\bmás rápid\w+", "más"), (r"\bmás (?:lent\w+|despacio)", "menos")),
    "ko": ((r"(?:더 ?)?(?:빠[르른]|빨[리라랐])", "많"), (r"(?:더 ?)?느[리린려렸]", "적")),
    "zh": ((r"更?快", "多"), (r"更?慢", "少")),
}
"""Who is faster has more of a speed, but less of a time."""
_DONE: Final[tuple[tuple[str, _Words], ...]] = (
    (
        r"distan|length|länge|strecke|entfernung|longueur|longitud|recorrido|거리|길이|距离|长度|里程|全长",
        {
            "en": r"short\w*|long(?:er|est)?|far|farther|farthest|further|furthest",
            "de": r"kürz\w*|kurz\w*|lang(?:e[rnms]?)?|läng\w*|weit\w*",
            "fr": r"courte?s?|longu?e?s?|loin|éloigné\w*",
            "es": r"cort[oa]s?|larg[oa]s?|lej\w+",
            "ko": r"짧|긴|길[어었고]|먼|멀[리었]",
            "zh": r"短|(?<![增成])长|远",
        },
    ),
    (
        r"ascent|climb|elevation gain|anstieg|höhenmeter|dénivel|desnivel|상승 ?고도|누적 ?고도|爬升",
        {
            "en": r"climb\w*|ascend\w*",
            "de": r"steigt|anstieg\w*|höhenmeter",
            "fr": r"mont(?:e|ent|ée)|grimp\w*|dénivelé",
            "es": r"sub(?:e|en|ida)|desnivel",
            "ko": r"오르",
            "zh": r"爬",
        },
    ),
    (
        r"food|feed|ration|calori|futter|nahrung|nourriture|croquette|comida|pienso|alimento|사료|먹이|식사|饲料|食物|粮",
        {
            "en": r"eats?|ate|eaten|eating|fed|food",
            "de": r"fr[ie]ss\w*|frisst|fraß|isst|aß|\w*futter|fütter\w*",
            "fr": r"mang\w*|nourri\w*",
            "es": r"com(?:e|en|ió|ieron)|comida|pienso",
            "ko": r"먹|사료|밥",
            "zh": r"吃|食|粮",
        },
    ),
    (
        r"weight|\bmass\b|gewicht|masse\b|poids|peso|무게|체중|重",
        {
            "en": r"lighter|lightest|heav\w+|weigh\w*",
            "de": r"leichte[rs]\w*|schwer\w*|wieg\w*|gewicht\w*",
            "fr": r"lég[eè]r\w*|lourd\w*|p[eè]s\w+|poids",
            "es": r"liger\w+|pes[aoó]\w*|livian\w+",
            "ko": r"가벼|가볍|무거|무겁|몸무게|체중",
            "zh": r"轻|重",
        },
    ),
    (
        _SPEED,
        {
            "en": r"fast\w*|quick\w*|slow\w*",
            "de": r"schnell\w*|langsam\w*",
            "fr": r"rapid\w*|vite|lent\w*",
            "es": r"rápid\w*|lent\w*|despacio",
            "ko": r"빠[르른]|빨[리라랐]|느[리린려렸]|천천히",
            "zh": r"快|慢",
        },
    ),
    (
        r"sleep|schlaf|sommeil|sueño|수면|睡眠",
        {
            "en": r"sle(?:ep|pt)\w*|asleep",
            "de": r"schl[aä]f\w*|schlief\w*|geschlafen",
            "fr": r"dor[mt]\w*|sommeil",
            "es": r"d[uo]e?rm\w*|sueño",
            "ko": r"수면|잠|잤|자는",
            "zh": r"睡",
        },
    ),
    (
        r"grade|mark\b|score|points|\bnote|nota\b|punkt|calific|성적|점수|成绩|分数",
        {
            "en": r"grades?|marks?|scor\w+",
            "de": r"noten?|punkte?\w*|abgeschnitten",
            "fr": r"notes?|noté\w*|points?",
            "es": r"notas?|sac[óoa]\w*|calific\w*|puntu\w*|aprob\w*|suspen\w*",
            "ko": r"성적|점수|점을",
            "zh": r"成绩|考",
        },
    ),
    (
        r"price|\bcost|\brent\b|\bfee|preis|kosten|miete|prix|coût|loyer|precio|coste|alquiler|가격|비용|월세|价格|费用|租金",
        {
            "en": r"pa(?:y|ys|id)|costs?|expensive|cheap\w*|pric\w+|rent",
            "de": r"zahl\w*|bezahl\w*|kost\w*|teu\w*r\w*|billig\w*|miete",
            "fr": r"pa[iy]\w*|coût\w*|ch(?:er|ère)s?|loyers?",
            "es": r"pag[aóu]\w*|cuest\w*|car[oa]s?|barat\w*|alquiler",
            "ko": r"비싸|비싼|싼",
            "zh": r"贵|便宜|付",
        },
    ),
)
"""What axes measure, and what those do who have much of it."""

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
    "en": r"how much|by how",
    "de": r"(?:um )?wie ?viel",
    "fr": r"(?:de )?combien",
    "es": r"(?:en )?cu[aá]nt[oa]s?",
    "ko": r"얼마|몇|차이",
    "zh": r"多少|几|差",
}
_LESS: Final[_Words] = {
    "en": r"less|fewer|lower|smaller|lighter|cheaper|shorter|younger|worse",
    "de": r"weniger|niedriger\w*|kleiner\w*|leichter\w*|billiger\w*|kürzer\w*|jünger\w*",
    "fr": r"moins|inférieur\w*",
    "es": r"menos|menor(?:es)?|inferior\w*",
    "ko": r"낮|적|작|가벼|가볍|싼|싸|짧|덜",
    "zh": r"低|少|小|轻|短|便宜",
}
_MORE: Final[_Words] = {
    "en": r"more|higher|larger|bigger|heavier|taller|longer|older|better",
    "de": r"mehr|höher\w*|größer\w*|schwerer\w*|länger\w*|älter\w*|teurer\w*|besser\w*",
    "fr": r"plus|supérieur\w*|mieux|meilleure?s?",
    "es": r"más|mayor(?:es)?|superior\w*|mejor(?:es)?",
    "ko": r"높|많|큰|크|무거|무겁|비싸|비싼|길|긴|더(?! ?(?:낮|적|작|가벼|가볍|싸|싼|짧))",
    "zh": r"高|多|大|重|长|贵",
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
    said = _without_names(text.lower(), panels)
    axis = axis_meant(said, panels[0], query.language)
    if axis in ("x", "y"):
        said = _in_plain_amounts(said, panels[0].x if axis == "x" else panels[0].y, query.language)
    named = [place for place in query.places if name_of_place(place)]
    if named and len(named) == len(query.places):
        beyond = _beyond_one(query, said, axis, panels[0])
        return beyond or _which_of_named(query, said, axis) or _of_named(_compared(query, said), axis)
    top = query.top and query.unheard and axis_meant(query.unheard.lower(), panels[0], query.language) == axis
    if top and len(query.words & {"maximum", "minimum"}) == 1:  # "name the three that eat most"
        query = replace(query, operations=("maximum" if "maximum" in query.words else "minimum",), unheard="")
    if query.threshold is not None and not query.places:
        return _beyond_limit(query, axis, panels[0])
    return _of_who(query, said, axis) if top or _says(_WHO, said, query.language) else query


def _in_plain_amounts(text: str, axis: ChartAxis, language: Language) -> str:
    """Return a question with "more" for "faster" of a speed, and with "less" of a time."""
    (faster, more), (slower, less) = _OF_SPEED[language]
    if re.search(_SPEED, axis.label.lower()):
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


def _of_named(query: Query, axis: _Axis) -> Query:
    """Return a question about named points along the axis that it means, if it says which."""
    two = len(query.places) == 2 and query.words & {"difference", "compare"}
    unread = query.operations == ("unheard",) and not query.firm and axis in ("x", "y")
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
    if query.rank > 1 or query.operations in (("first",), ("last",)):
        return "minimum" if less != (query.operations == ("last",)) else "maximum"
    alone = not _says(_THAN, text, language) and (language == "es" or _says(_OF_ALL_OF_THEM, text, language))
    return ("minimum" if less else "maximum") if less != more and alone else ""


_OF_ALL_OF_THEM: Final[_Words] = {
    "en": r"of (?:them )?all|of the lot|overall",
    "de": r"von allen|insgesamt|aller",
    "fr": r"de tous|de toutes|parmi tous",
    "es": r"de todos|de todas",
    "ko": r"중에서?|모두|전체",
    "zh": r"所有|全部|之?中",
}


# --- which axis -------------------------------------------------------------------------------------------------


def _without_names(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a question without the names of points, of which one may be "Max"."""
    for name in sorted(point_names(panels), key=len, reverse=True):
        text = re.sub(rf"(?<![a-zß-ÿ]){re.escape(name.lower())}", " ", text)
    return text


def axis_meant(text: str, panel: ChartPanel, language: Language) -> _Axis:
    """Return along which axis the quantity is of which a question speaks; empty if it speaks of neither."""
    along, across = (_speaks_of(axis, text, language) for axis in (panel.x, panel.y))
    return "both" if along and across else "x" if along else "y" if across else ""


def _speaks_of(axis: ChartAxis, text: str, language: Language) -> bool:
    known = words_for(axis, language)
    return (known is not None and known.search(text) is not None) or any(
        re.search(words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)
        for words in _words_of(axis, language)
    )


def _words_of(axis: ChartAxis, language: Language) -> Iterator[str]:
    """Yield patterns of words for what an axis measures: its own in other forms, those of a language, and verbs."""
    label = label_without_unit(axis).lower()
    yield from (words[language] for measured, words in _DONE if re.search(measured, label))
    if axis.unit in UNIT_WORDS:
        yield UNIT_WORDS[axis.unit]
    if "/" in axis.unit:
        yield from _counted_in(axis.unit.split("/")[0].strip(), language)
    for word in re.findall(r"[^\W\d_]{2,}", label):
        yield from (re.escape(other) for other in translated(word, language) if len(other) > 2 or language in _EAST)
        if _EASTERN.match(word):
            yield re.escape(word)
        elif len(word) >= _SHORTEST:
            yield re.escape(word[: max(_SHORTEST, len(word) - 3)]) + r"\w{0,4}"


def _counted_in(noun: str, language: Language) -> Iterator[str]:
    """Yield a pattern of the things of which an axis has so many per time: "boxes" of "boxes/hour", and "몇 건"."""
    if _EASTERN.match(noun):
        asked = r"\d" if re.fullmatch("명|人|名", noun) else r"(?:\d|몇|几|多少)"  # "몇 명" may ask for the points
        yield rf"{asked} ?{re.escape(noun)}"
    elif len(noun) >= _SHORTEST and noun.isalpha():
        yield re.escape(noun.removesuffix("s")) + r"\w{0,2}"


_EAST: Final[tuple[Language, ...]] = ("ko", "zh")
_EASTERN: Final = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
_SHORTEST: Final = 4
"""Letters of a word of a label that may stand in other forms in a question."""


def _says(words: _Words, text: str, language: Language) -> bool:
    own = words[language]
    return re.search(own if language in _EAST else rf"(?<!\w)(?:{own})(?!\w)", text) is not None
