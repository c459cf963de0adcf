"""How many things are drawn as points, in all and of each series: "how many flats are there", "more of A or of B".

Each point of a scatter chart is one thing: a flat with its size and its rent. Its values are measured, so that "how
many flats are there in total" must not be answered with the sum of all rents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.nouns_of_places import counts_measured
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import known_points
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import HOW_MANY, Operation, search

__all__ = ["SOME_OF_THEM", "adds_what_is_measured", "are_all", "as_number_of_points", "count_in_all", "numbers"]

_COUNTED_HOW: Final = re.compile(
    r"(?:there|total|all|altogether|surveyed|asked|counted|questioned|interviewed|took|take|part|participated?|"
    r"answered|respond\w*|measured|recorded|included|shown|live[sd]?|they|insgesamt|befragt\w*|gezählt\w*|"
    r"teilgenommen|nahmen|teil|gemessen|leben|wohnen|gab|gibt|zusammen|alle\w*|sie|tout|interrogée?s?|comptée?s?|"
    r"participé|répondu|vivent|ensemble|ils|elles|hay|hubo|preguntó|preguntaron|preguntad\w*|encuestad\w*|contad\w*|participaron|respondieron|viven)$"
)
"""Words of a question for all that was counted."""
SOME_OF_THEM: Final = (
    r"\b(?:(?:on|in|ahead of|behind) (?:time|schedule)|g[ai]ve up|given up|dropped out|made it|got (?:in|through|away)|"
    r"turned (?:up|back|away)|came (?:back|late|first|last)|left (?:early|over)|à l['’]heure|a tiempo)\b"
)
"""What only some of those who are counted do, in words that mean nothing by themselves."""
_COUNTED_EAST: Final[dict[str, str]] = {
    "ko": "총|모두|전체|전부|다 (?:해|합)|응답|조사|설문|참여|참가|있[어나습니는]|살[고아]|거주",
    "zh": "一共|总共|共有|总|全部|调查|参加|参与|回答|有(?:几|多少)|多少人$|几个人$",
}


def are_all(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
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
    if re.search(SOME_OF_THEM, text) is not None:
        return False
    return all(is_common(word, language) or _COUNTED_HOW.match(word) or word[:4] in labels for word in words)


# --- numbers of points ------------------------------------------------------------------------------------------

_DRAWN: Final[dict[Language, str]] = {
    "en": r"many|often|of|number|points?|dots?|markers?|things?|ones?|chart|graph|plot|figure|picture|diagram|drawn|"
    r"plotted|displayed|appear|see|can|here|overall|both|together|combined|groups?|with|without|or|than|more|fewer|"
    r"which|compared?|classes|kinds?|types?|listed|offered|exist|larger|greater|smaller|higher|lower|that",
    "de": r"viele?n?|punkten?|punkte|dinge|diagramm|grafik|abbildung|bild|eingezeichnet|dargestellt|gezeichnet|"
    r"abgebildet|gezeigt|enthalten|zeigt|werden|wurden|wird|hat|haben|beide\w*|größer|kleiner|höher|gruppen?|mehr|weniger|oder|als|ohne|mit|davon|gibt|waren|wovon",
    "fr": r"combien|points?|choses?|graphique|figure|dessinée?s?|représentée?s?|affichée?s?|montrée?s?|visibles?|"
    r"deux|groupes?|plus|moins|ou|avec|qu|que|compte|grand|petit|élevé|sans|total|sont|été|ont|a-t-il|il|voit|on|compte|nombre",
    "es": r"cuánt[oa]s|puntos?|cosas?|gráfic[oa]|figura|dibujad[oa]s?|representad[oa]s?|aparecen|muestran?|se|ven|"
    r"amb[oa]s|dos|grupos?|más|menos|que|mayor|menor|con|sin|total|son|en|número",
}
"""Words for points and for what they are drawn in, and those that compare their numbers."""
_TRADED: Final = re.compile(
    r"\b(?:sold|sells?|bought|buys?|rented|verkauft\w*|gekauft\w*|vermietet\w*|vendue?s?|achetée?s?|louée?s?|vendid[oa]s?|"
    r"vendieron|comprad[oa]s|alquilad[oa]s)\b|팔[렸린았]|샀|卖[了出掉]|买了"
)
"""Words for what was done with some of the things that are offered."""
_NOT: Final = re.compile(r"\b(?:not|no|never|nicht|kein\w*|pas|aucun\w*|sin|sans|without|ohne)\b|[않안못없]|[不没未]")

_MORE: Final[dict[Language, str]] = {
    "en": r"\b(?:are|were) there (?:more|fewer|less|the most|the fewest)\b|"
    r"\b(?:more|fewer|most|fewest) (?:points|dots)\b|\bthere (?:are |were )?(?:more|fewer|less) of\b|"
    r"\bhow many (?:more|fewer)\b|\bnumber of .{0,40}\b(?:larger|greater|smaller|higher|lower)\b",
    "de": r"\b(?:gibt|gab|sind|waren) (?:es |dort |da |hier )?(?:mehr|weniger)\b|\b(?:mehr|weniger) punkte\b|"
    r"\b(?:wovon|von welche\w* \w+) (?:gibt|gab) es (?:mehr|weniger|am meisten|die meisten)\b|"
    r"\bwie ?viele (?:\w+ )?(?:mehr|weniger)\b|\banzahl .{0,40}\b(?:größer|kleiner|höher)\b",
    "fr": r"\by a-t-il (?:plus|moins) d|\bil y a (?:plus|moins) d|\bcombien d\S* ?\w+ de (?:plus|moins)\b|"
    r"\b(?:plus|moins) de points\b|\bnombre d.{0,40}\bplus (?:grand|petit|élevé)\b",
    "es": r"\b(?:hay|había|hubo) (?:más|menos)\b|\bcuánt[oa]s (?:\w+ )?(?:más|menos)\b|\b(?:más|menos) puntos\b|"
    r"\bnúmero de .{0,40}\b(?:mayor|menor)\b",
    "ko": r"[이가은는] ?(?:더|가장|제일) ?(?:많|적)|몇 ?(?:개|명|마리|대|채|권|그루|건)\S* ?(?:더 )?(?:많|적)",
    "zh": r"[多少]还是|(?:更|最)[多少]|[多少](?:几|多少)[个名只位人条棵家辆套]",
}
"""Which series has more things, not higher values."""
_FEWER: Final = re.compile(
    r"\b(?:fewer|fewest|less|weniger|wenigsten|moins|menos)\b|더 ?적|가장 ?적|제일 ?적|少还是|[更最]少"
)

_MEASURED: Final = re.compile(
    r"(?:[kcm]?m[²³]?|[kmµ]?g|t|ha|[mch]?[lL]|min|ms|[sh]|[kMGT]?Wh?|[hk]?Pa|m?bar|dB|[kM]?Hz|%|°[CF]|USD|EUR|"
    r".*[€$£¥].*|(?:만 ?|백만 ?)?원|万?元|점|分|kcal|\S+/\S+|years?|jahre?|ans|años|[세살岁]|시간|小时|hours?|stunden|"
    r"heures|horas)"
)
"""Units of what is measured of a thing, of which no number of things is the sum."""


def as_number_of_points(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many flats are there" of points as a question for their number, and not for the sum of their values.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language, lowered = drawn_series(panels), query.language, text.lower().replace("’", "'")
    of_one = query.operations == ("value",) and len(query.series) == 1 and not (query.places or query.bounds)
    if of_one and counts_measured(lowered, query.series[0], panels, language):
        return replace(query, operations=("count",), firm=True)
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" for one in drawn)
    kept = query.threshold or query.bounds or query.places or query.amounts or query.groups or query.limits
    if not points or kept or query.then or query.without or query.has("why") or "unheard" in query.operations[1:]:
        return query
    counts = search(HOW_MANY[language], language, re.sub("[是为]多少", "", lowered)) is not None
    label = label_without_unit(panels[0].y).lower() if points else ""
    measured = label in lowered or query.statistic or query.words & {"mean", "median"}
    more = len(drawn) > 1 and not measured and re.search(_MORE[language], lowered) is not None
    if not (counts or more) or _asks_for_values(lowered, panels[0], language):
        return query
    traded = _TRADED.search(lowered)
    sold = traded[0] if traded is not None and traded[0][:5] not in _own_words(panels[0]) else ""
    left = sold or _words_left(lowered, query, panels[0])
    plain: Query = replace(query, yes_no=False, statistic="", unheard="", top=0, rank=1, firm=True)
    if more and len(query.series) != 1 and not left:
        return replace(plain, operations=_NUMBERS)
    denied = _NOT.search(_without_names(lowered, panels[0])) is not None
    if not (left or more or denied):
        return replace(plain, operations=("count",)) if _is_of_all(query, lowered) else query
    other = set(query.operations) <= {"sum", "count"} and ("sum" in query.operations or bool(sold))
    other = counts and bool(left) and (other or more)  # neither values nor their sums answer it
    return replace(query, operations=("unheard",), unheard=left, firm=True) if other else query


def adds_what_is_measured(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the sum of points would be that of rents or weights where a question asks how many there are."""
    points = len(panels) == 1 and all(one.kind == "points" for one in drawn_series(panels))
    counts = search(HOW_MANY[query.language], query.language, query.text) is not None
    return points and counts and not _asks_for_values(query.text, panels[0], query.language)


_NUMBERS: Final[tuple[Operation, ...]] = ("numbers",)
_COUNTS: Final[frozenset[Operation]] = frozenset(("sum", "count", "cannot", "value", "unheard", "compare", "mean"))


def _is_of_all(query: Query, text: str) -> bool:
    """Return whether a question counts all things, or all of a series, and asks for nothing else."""
    if not set(query.operations) <= _COUNTS or query.words & {"maximum", "minimum", "mean", "median", "range"}:
        return False
    east = query.language in ("ko", "zh")
    summed = "sum" in query.words or query.statistic == "sum"
    return not east or bool(query.series) or summed or re.search(_COUNTED_EAST[query.language], text) is not None


_MONEY: Final = re.compile(r"[€$£¥원元円]|USD|EUR")
_PAID: Final = re.compile(r"钱|块|元|얼마|비용|원(?![가-힣])")


def _asks_for_values(text: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether a question speaks of what is measured: "how many euros", or "how many visitors" of an axis."""
    if _MONEY.search(panel.y.unit) and _PAID.search(text):
        return True
    units = [UNIT_WORDS[unit] for unit in re.findall(r"[^\W\d_]+|[€$£%]|°[CF]", panel.y.unit) if unit in UNIT_WORDS]
    units += [re.escape(panel.y.unit.lower())] if panel.y.unit else []
    unit = rf"(?:{HOW_MANY[language]})\W*(?:d[e'] ?)?(?:{'|'.join(units)})" if units else "(?!)"
    if re.search(unit, text):
        return True
    quantity = words_for(panel.y, language)
    if quantity is not None and quantity.search(text):
        return True
    if _MEASURED.fullmatch(panel.y.unit):
        return False
    label = label_without_unit(panel.y).lower()
    words = re.findall(r"[^\W\d_]{4,}", text)
    others = [*words, *(other for word in words for other in in_any_language(word))]
    east = [word for word in re.findall("[\uac00-\ud7a3]{2,}|[\u4e00-\u9fff]{2,}", label) if word in text]
    return bool(east) or any(word[: max(4, len(word) - 2)] in label for word in others)


def _without_names(text: str, panel: ChartPanel) -> str:
    names = (one.name.lower() for one in panel.series if len(one.name) > 2 or not one.name.isascii())
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def _own_words(panel: ChartPanel) -> str:
    """Return the words of a panel in lower case, without the plain names of what its axes measure."""
    labels = (label_without_unit(axis) for axis in (panel.x, panel.y))
    names = (one.name for one in panel.series)
    return " ".join((panel.title, panel.legend_title, *(one for one in labels if " " in one.strip()), *names)).lower()


def _words_left(text: str, query: Query, panel: ChartPanel) -> str:
    """Return the first word of a question that is neither of the chart, nor one that counts; empty if there is none."""
    language = query.language
    if language == "ko":
        return query.unheard if "unheard" in query.operations else ""
    text, own = _without_names(text, panel), _own_words(panel)
    if language == "zh":
        return _thing_left(text, f"{own} {panel.x.label} {panel.y.label}")

    def is_known(word: str) -> bool:
        if is_common(word, language) or re.fullmatch(_DRAWN[language], word) or _COUNTED_HOW.match(word):
            return True
        return any(one[: max(4, len(one) - 2)] in own for one in (word, *in_any_language(word)) if len(one) > 2)

    return next((word for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text) if not is_known(word)), "")


_CLASSIFIERS_ZH: Final = "[个名位只条棵家辆套间座]"
_COUNTED_ZH: Final = rf"(?:多少|几)(?:{_CLASSIFIERS_ZH}|(?!{_CLASSIFIERS_ZH}))"
_BESIDE_ZH: Final = r"(?:图中|图里|图上|这里|一共|总共|共有|有)+"


def _thing_left(text: str, own: str) -> str:
    """Return the noun that a Chinese question counts if its chart does not have it."""
    after = re.search(rf"{_COUNTED_ZH}([\u4e00-\u9fff]{{1,4}})", text)
    before = re.search(rf"([\u4e00-\u9fff]{{2,6}}?){_BESIDE_ZH}{_COUNTED_ZH}", text)
    found = after or before
    noun = "" if found is None else re.sub(rf"^{_BESIDE_ZH}|{_BESIDE_ZH}$", "", found[1])
    return "" if not noun or noun in own or re.fullmatch("数据点|散点|东西|[点个人]", noun) else noun


# --- answers ----------------------------------------------------------------------------------------------------


def count_in_all(task: Task) -> Iterator[str]:
    """Yield how many points there are in all, and of each of several series."""
    counts = [(task.name(item), len(known_points(item.series))) for item in task.items]
    parts = join([f"{name} {count}" for name, count in counts], task.language)
    yield task.say("count points in all", count=sum(count for _, count in counts), parts=parts)


def numbers(task: Task) -> Iterator[str]:
    """Yield of which series there are more points, or fewer, and how many of each."""
    fewer = _FEWER.search(task.query.text) is not None
    counts = sorted(((len(known_points(item.series)), task.name(item)) for item in task.items), key=lambda one: one[0])
    counts = counts if fewer else counts[::-1]
    parts = join([f"{name} {count}" for count, name in counts], task.language)
    if len(counts) < 2 or counts[0][0] == counts[1][0]:
        yield task.say("as many points", parts=parts)
        return
    difference = abs(counts[0][0] - counts[1][0])
    yield task.say("fewer points" if fewer else "more points", name=counts[0][1], parts=parts, count=difference)
