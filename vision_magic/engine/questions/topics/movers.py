"""Which of several things is lower at one time than at another, and which rises or falls every time.

The things are the series along an axis of times, or the places where the series are times: bars of each year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, ChartPanel, Place, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked, is_place
from vision_magic.engine.questions.operations import in_order, values_at
from vision_magic.engine.questions.places.turned import are_periods
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.judging import is_known_which_is_better, judged, without_judgement
from vision_magic.engine.questions.vocabulary.words import Operation, search_whole

__all__ = ["EVERY", "PERIOD", "as_movers", "movers", "steady_movers"]

_Direction = Literal["up", "down"]
_COURSES: Final = ("line", "area", "step", *BARS)
_MARK: Final = "[\ue000-\uf8ff]"

_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:who|which|what)\b",
    "de": r"\b(?:wer|welche\w*)\b",
    "fr": r"\b(?:qui|lesquel(?:le)?s|lequel|laquelle|quel(?:le)?s?)\b",
    "es": r"(?:\bquién(?:es)?|\bcuál(?:es)?|\bqué)\b",
    "ko": r"누가|누구|어느|어떤|무슨|[은는] ?(?:뭐|무엇|어디)?\S*\s*\??$",
    "zh": r"谁|哪",
}
PERIOD: Final[dict[Language, str]] = {
    "en": r"(?:year|month|week|day|quarter|season|term|semester|hour|round|time|step)",
    "de": r"(?:jahr|monat|woche|tag|quartal|saison|halbjahr|stunde|runde|mal|schritt)",
    "fr": r"(?:ann[ée]e|an|mois|semaine|jour|trimestre|saison|semestre|heure|fois|étape)",
    "es": r"(?:año|mes|semana|día|trimestre|temporada|semestre|hora|vez|paso)",
}
EVERY: Final[dict[Language, str]] = {
    "en": r"(?:in |at )?(?:every|each)(?: single)? P|P (?:after|by|on|over|upon) P|from (?:one )?P to (?:the next|P)|"
    r"always|steadily|continuously|constantly|continually|without exception|all the time|at every turn",
    "de": r"(?:in |bei |an )?jede[smnr]?(?: einzelnen?)? P(?:e?s)?|P (?:für|um|zu) P|von P zu P|immer|stets|stetig|"
    r"ständig|durchgehend|kontinuierlich|laufend|ausnahmslos|jedes mal",
    "fr": r"(?:à )?chaque P|d['’] ?P en P|de P en P|P après P|tou(?:te)?s les P[sx]?|sans cesse|constamment|toujours|"
    r"continuellement|régulièrement|systématiquement|sans exception",
    "es": r"(?:en )?cada P|P (?:tras|a) P|de P en P|tod[oa]s l[oa]s P(?:e?s)?|siempre|constantemente|continuamente|"
    r"sin parar|sin excepción",
    "ko": r"해마다|매년|매달|매월|매주|매일|매번|매 ?분기|(?:년|분기|달|월|주|날)마다|"
    r"마다|(?:매|모든) ?(?:분기|달|해)(?:에|마다)?|"
    r"계속(?:해서)?|꾸준히|줄곧|항상|언제나|한 ?번도 빠짐없이",
    "zh": r"每一?个?(?:季度?|年|个?月|周|天|次)|逐[年月季周日]|一?年(?:比|又|接)一?年|一直|持续|始终|不断|连续|都在?",
}
_THAN: Final[dict[Language, str]] = {
    "en": rf"than(?: (?:in|on|at|for|during|it was in|they did in))?(?: the)? (?P<than>{_MARK})",
    "de": rf"als(?: noch)?(?: (?:im|in|am|an|um|zu|bei|dem|der))*(?: jahr)? (?P<than>{_MARK})",
    "fr": rf"(?:qu['’] ?|que )(?:en |à |au |le |la |l['’]|pendant )*(?P<than>{_MARK})",
    "es": rf"que (?:en |a |al |el |la |durante )*(?P<than>{_MARK})",
    "ko": rf"(?P<than>{_MARK})(?:년도?|월|일|분기)?(?:에)? ?(?:보다|에 ?비해|대비)",
    "zh": rf"比(?P<than>{_MARK})",
}
_BEGAN: Final = r"(?:started|began|begin|start|opened)"
_SPAN: Final = r"(?: (?:the|a) (?:whole )?(?:year|period|season|month|week|term|quarter|day|race|series|course))?"
_FROM_TO: Final[dict[Language, str]] = {
    "en": rf"(?:from|between)(?: the)? {_MARK}(?: \w+)? (?:to|and|until|through)(?: the)? {_MARK}",
    "de": rf"(?:vo[nm]|zwischen)(?: jahr)? {_MARK} (?:auf|zu[mr]?|bis(?: zu[mr]?)?|und)(?: de[nmr])? {_MARK}",
    "fr": rf"(?:de |d['’] ?|du |depuis |entre )(?:l['’] ?)?{_MARK} (?:à|au|et|jusqu['’] ?(?:à|en)) {_MARK}",
    "es": rf"(?:del?|desde|entre)(?: el)? {_MARK} (?:al?|y|hasta)(?: el)? {_MARK}",
    "ko": rf"{_MARK}(?:년도?|월|일|분기)?(?:에서|부터|와|과) ?{_MARK}",
    "zh": rf"[从由自]?{_MARK}[年月日]?(?:到|至|和){_MARK}",
}
"""Two times, between which something changes."""
_CHANGES: Final[dict[Language, str]] = {
    "en": r"(?:(?:the|an?|any|no|total|overall|what|which|\w+est) )(?:increase|decrease|rise|drop|change|growth|"
    r"decline|fall|gain|loss|reduction)\b",
    "de": r"zuwachs|zuwächs|zunahme|abnahme|rückg[aä]ng\w*|anstieg\w*|änderung|verlust|wachstum",
    "fr": r"(?<!en )(?:hausse|baisse|augmentation|diminution|progression|recul\b|chute|variation|évolution|croissance)",
    "es": r"aumento|incremento|subida|bajada|caída|descenso|disminución|crecimiento|cambio\b|variación",
    "ko": r"증가[율폭량]|감소[율폭량]|상승[률폭]|하락[률폭]|변화|얼마나|몇",
    "zh": r"[增涨降跌减]幅|增长率|增量|变化|多少|几",
}
"""Nouns for changes and words for amounts: how large one is, and not which things change."""
_AT_ENDS: Final[dict[Language, str]] = {
    "en": rf"(?:finish\w*|end(?:s|ed)?(?: up)?|closed){_SPAN}(?= \w+)(?=.*\bthan\b.*\b{_BEGAN})|"
    rf"(?:at|by|in) the (?:very )?end(?! of)(?=.*\bthan at the (?:start|beginning))|"
    rf"(?<=than )(?:it|they|he|she|each) (?:had )?{_BEGAN}(?: it|{_SPAN})|at the (?:very )?(?:start|beginning)|"
    r"on the (?:last|first) (?:day|date)",
    "de": r"(?:am|zum) (?:ende|schluss)|am anfang|zu (?:beginn|anfang)|am letzten(?: \w*tag)?|am ersten(?: \w*tag)?|"
    r"(?:endet|schloss|beendet)\w*|(?:begann|startet|anfing|begonnen|gestartet)\w*",
    "fr": r"à la (?:toute )?fin|au (?:tout )?début|au départ|le (?:dernier|premier) jour|"
    r"fini\w*|termin\w*|commenc\w*|débuté?\w*",
    "es": r"al final|al (?:principio|inicio|comienzo)|el (?:último|primer) día|termin\w+|acab\w+|empez\w+|comenz\w+",
    "ko": r"마지막(?:에|날)?|끝(?:에|이|나)\S*|처음|시작(?:할 때)?|첫날",
    "zh": r"最后(?:一[天次年月])?|末|年底|最初|一?开始时?|年初|第一[天次年月]",
}
_MORE_ZH: Final = r"比.*(?:多|高|大|重|热|暖|长|贵)"
_LESS_ZH: Final = r"比.*(?:少|低|小|轻|冷|凉|短|便宜)"


def as_movers(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return "which is less in May than in March", or "which grew every year", as a question for things that move.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    written, drawn = marked.written, drawn_series(panels)
    kept = query.groups or query.threshold or query.limits or query.top or query.rank > 1
    kept = kept or query.statistic in query.words  # stacks are added up without a word for it
    plain = len(drawn) > 1 and all(one.kind in _COURSES and one.name for one in drawn)
    paced = replace(query, words=query.words - {"rate"})  # "slower" may be said of times, and of how fast values fall
    if len(panels) != 1 or not plain or kept or len({one.x for one in drawn}) > 1:
        return None
    are_series = is_ordered(drawn[0].x) and not are_periods([one.name for one in drawn])
    are_places = are_periods([one.name for one in drawn]) and not are_periods(drawn[0].x)
    if are_places and query.language == "es":  # "estaciones" are no seasons then
        paced = replace(paced, text=re.sub(r"\bestaci[oó]n\w*", "sitios", paced.text))
    if not _asks_which(paced, written):
        return None
    if len({one.right for one in drawn}) > 1:
        return None
    if not (are_series or are_places):
        return _judged_between(query, marked, panels)
    if "rate" in query.words and not judged(written.lower(), panels, query.language, comparing=True):
        return None
    plainly = replace(query, bounds=None, amounts=(), words=frozenset(("trend",)), unheard="", yes_no=False, firm=True)
    plainly = replace(plainly, statistic="")
    return _steady(plainly, query, written) or _between(plainly, query, marked, panels, of_series=are_series)


def _asks_which(query: Query, written: str) -> bool:
    """Return whether a question asks for one or more of several things, and not when or how much."""
    asked = re.search(_WHICH[query.language], written, re.IGNORECASE) is not None
    east = query.language in ("ko", "zh")
    if not east:  # "in which shops" asks for things, unlike "in which month"
        of_things = _IN_WHICH[query.language].replace("P", PERIOD[query.language])
        query = replace(query, text=re.sub(of_things, "", query.text))
    when = re.search(_WHEN_EAST, written) is not None if east else query.has("when")
    return asked and not (when or query.has("stretch")) and not query.words & {"rate", "count", "share"}


_IN_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:in|at|on|for|with) (?=(?:which|what) (?!P|one\b)[a-z])",
    "de": r"\b(?:bei|in|an|auf|für) (?=welche\w* (?!\w*P)[a-zäöüß])",
    "fr": r"\b(?:dans|à|en|pour|chez) (?=quel(?:le)?s? (?!P)[^\W\d_])",
    "es": r"\b(?:en|a|para|con) (?=(?:qu[eé]|cu[aá]les) (?!P)[^\W\d_])",
}
_WHEN_EAST: Final = "언제|什么时候|何时|几时"


def _steady(plain: Query, query: Query, written: str) -> tuple[Query, str] | None:
    """Return "which grows year after year" as a question for what rises every time; None for another question."""
    language = query.language
    every = EVERY[language].replace("P", PERIOD.get(language, "(?!)"))
    found = search_whole(every, language, written)
    named = query.series or query.places or query.words & {"maximum", "minimum", "compare", "difference"}
    if found is None or not query.direction or named:
        return None
    rest = f"{written[: found.start()]} {written[found.end() :]}"
    return replace(plain, operations=("steady movers",), direction=query.direction), rest


def _between(
    plain: Query, query: Query, marked: Marked, panels: Sequence[ChartPanel], *, of_series: bool
) -> tuple[Query, str] | None:
    """Return "which is less in May than in March" as a question for what falls from March to May, or None."""
    written, drawn = marked.written, drawn_series(panels)
    more, rest = _is_better(written, panels, query.language)  # "plus rapide" of times is less
    if more is None:
        more = _is_more(query, written)
    ordered: list[Place] = [point.place for point in in_order(drawn[0])] if of_series else [one.name for one in drawn]
    times = _times(query, marked, ordered, of_series=of_series)
    if times is None and _is_told_in_verb(query, written):
        times, more = _said_times(query, marked, ordered, of_series=of_series), query.direction == "up"
    if times is None and of_series and not query.places and not query.series:
        times, rest = _ends(query, rest, ordered)
        became = re.search(_BECAME[query.language], written, re.IGNORECASE) if times is None else None
        if became is not None and not re.search(_MOST_CHANGED, written, re.IGNORECASE):
            times, rest = _span_of(query, ordered), rest.replace(became[0], " ", 1)
    if more is None or times is None or (of_series and query.series):
        return None
    asked, other = times
    if asked not in ordered or other not in ordered or asked == other:
        return None
    first, last = sorted((asked, other), key=ordered.index)
    up = more == (last == asked)
    moved = replace(plain, operations=("movers",), direction="up" if up else "down")
    if of_series:
        return replace(moved, places=(first, last), series=()), rest
    return replace(moved, series=(str(first), str(last)), places=()), rest


def _span_of(query: Query, ordered: Sequence[Place]) -> tuple[Place, Place] | None:
    """Return the last and the first time of all, or those that a question names; None if it names but one of these."""
    if query.bounds is None:
        return ordered[-1], ordered[0]
    low, high = query.bounds.low, query.bounds.high
    return (high, low) if low is not None and high is not None else None


def _judged_between(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return "who was slower in A than in B" of two series as a question for where one of them is higher, or None."""
    names = [one.name for one in drawn_series(panels)]
    if len(names) != 2 or set(query.series) != set(names) or query.places or query.bounds:
        return None
    more, rest = _is_better(marked.written, panels, query.language)
    times = _times(query, marked, names, of_series=False)
    if more is None or times is None or _is_more(query, marked.written) is not None:
        return None
    first, second = map(str, times if more else times[::-1])
    found = replace(query, operations=("higher at",), series=(first, second), words=frozenset(), unheard="", firm=True)
    return replace(found, direction="", statistic="", text=without_judgement(query.text, query.language)), rest


def _is_more(query: Query, written: str) -> bool | None:
    """Return whether more is asked for, and not less; None where neither is, or both are."""
    if query.language == "zh":
        more, less = (re.search(words, written) is not None for words in (_MORE_ZH, _LESS_ZH))
    else:
        more, less = query.has("more"), query.has("less")
    if more == less and query.language in ("ko", "zh") and query.direction:
        return query.direction == "up"
    return more if more != less else None


def _is_better(written: str, panels: Sequence[ChartPanel], language: Language) -> tuple[bool | None, str]:
    """Return whether "better" or "worse" asks for more, where the axis tells, and the question without that word."""
    sides = judged(written.lower(), panels, language, comparing=True)
    if len(sides) != 1 or not is_known_which_is_better(panels, written.lower()):
        return None, written
    return sides == {"maximum"}, without_judgement(written, language)


def _is_told_in_verb(query: Query, written: str) -> bool:
    """Return whether a question asks what rises, or falls, from one time to another: "which fell from May to June"."""
    plain = bool(query.direction) and "trend" in query.words and not query.words & _OTHERWISE and not query.yes_no
    of_change = re.search(_CHANGES[query.language], written, re.IGNORECASE)
    between = re.search(_FROM_TO[query.language], written, re.IGNORECASE)
    most = re.search(_MOST, written, re.IGNORECASE)
    return plain and of_change is None and most is None and between is not None


_MOST: Final = (
    r"\b(?:most|least|best|worst|(?!\w*(?:forest|west|east))\w{2,}est|more|less|am \w+sten|mehr|weniger|"
    r"plus|moins|más|menos|mayor|menor|only|nur|seule?s?|solo)\b|가장|제일|더|最|更"
)
"""Words by which one of those that rise is meant, or some of them."""
_OTHERWISE: Final[frozenset[Operation]] = frozenset(
    ("maximum", "minimum", "difference", "sum", "mean", "median", "step", "slope", "colour", "gap", "sort", "ratio")
)


def _said_times(
    query: Query, marked: Marked, ordered: Sequence[Place], *, of_series: bool
) -> tuple[Place, Place] | None:
    """Return the second and the first of two times that a question names; None if it names other things as well."""
    letters = [letter for letter in marked.written if is_place(letter)]
    said = [marked.place_of(letter) for letter in letters] if of_series else list(query.series)
    times = [place for place in dict.fromkeys(said) if place in ordered]
    return (times[1], times[0]) if len(times) == 2 and (of_series or not query.places) else None


def _times(query: Query, marked: Marked, ordered: Sequence[Place], *, of_series: bool) -> tuple[Place, Place] | None:
    """Return the time of which something is said, and that with which it is compared."""
    than = re.search(_THAN[query.language], marked.written, re.IGNORECASE)
    if than is None:
        return None
    said: list[Place]
    if of_series:
        letters = [letter for letter in marked.written if is_place(letter)]
        said, other = [marked.place_of(letter) for letter in letters], than["than"]
        compared: Place = marked.place_of(other) if is_place(other) else ""
    else:
        said, compared = list(query.series), (Marked(than["than"], series=marked.series).named_series() or ("",))[0]
    known = [place for place in dict.fromkeys(said) if place in ordered]
    others = [place for place in known if place != compared]
    return (others[0], compared) if len(known) == 2 and len(others) == 1 else None


def _ends(query: Query, written: str, ordered: Sequence[Place]) -> tuple[tuple[Place, Place] | None, str]:
    """Return the last and the first time, if a question compares both ends, and its other words."""
    words = rf"(?<!\w)(?:{_AT_ENDS[query.language]})(?!\w)" if query.language not in ("ko", "zh") else ""
    found = list(re.finditer(words or _AT_ENDS[query.language], written, re.IGNORECASE))
    if len(found) != 2:
        return None, written
    late = [re.search(_LATE, one[0], re.IGNORECASE) is not None for one in found]
    rest = f"{written[: found[0].start()]} {written[found[0].end() : found[1].start()]} {written[found[1].end() :]}"
    if late[0] == late[1]:
        return None, written
    last_first = late[0] != (query.language == "ko")  # "than at the beginning" stands first in Korean
    return ((ordered[-1], ordered[0]) if last_first else (ordered[0], ordered[-1])), rest


_COMPARED_EN: Final = r"(?:\w+er|worse|(?:more|less) \w+(?:[aei]nt|ive|al|ous|ed|ful|mon|lar|able|ing))"
_BECAME: Final[dict[Language, str]] = {
    "en": r"\b(?:became|become|becoming|got|gotten|getting|turned|grown)\b"
    rf"(?= (?:\w+ )?{_COMPARED_EN}(?:\W*$| (?:over|during|in|with|by|from|since|as|and|between|through)\b))",
    "de": r"\b(?:wurden?|wird|werden)\b(?= (?:\S+ ){0,4}?(?:\w+er|mehr)\W*$)|(?<=er )geworden\b",
    "fr": r"\b(?:(?:est|sont|a|ont) devenue?s?|devien\w+)\b(?=.*\b(?:plus|moins|meilleure?s?|pires?)\b)",
    "es": r"\bse (?:(?:ha |han )?vuelto|(?:ha |han )?hecho|volvi\w+|vuelven?|hizo|hicieron)\b"
    r"(?=.*\b(?:más|menos|mejor|peor)\w*)",
    "ko": r"(?<=[아어해려워러라커])(?:졌|진|지[고는])\S*",
    "zh": r"变得?(?=更)",
}
"""That something became more, or less, from the first time to the last; without "got more votes"."""
_MOST_CHANGED: Final = (
    r"\b(?:most|least|fastest|when|am \w+sten|wann|quand|cuándo)\b|\ble (?:plus|moins)\b|\blo más\b|"
    r"가장|제일|언제|最|什么时候"
)


_LATE: Final = (
    r"finish|\bend|closed|\blast|schl[uo]ss|ende|letzt|fin\b|fini|termin|dernier|final|acab|últim|마지막|끝|最后|末|底"
)


# --- answers ----------------------------------------------------------------------------------------------------


def movers(task: Task) -> Iterator[str]:
    """Yield which series are higher, or lower, at the second of two places; or which places in the second series."""
    up = task.query.direction == "up"
    found = list(_changes(task))
    if not found:
        yield two_needed(task)
        return
    _, item, *_ = found[0]
    first, last = (
        (item.place(place) for place in task.query.places)
        if task.query.places
        else (task.name(one) for one in task.items[:2])
    )
    moved = [entry for entry in found if (entry[3] > entry[2] if up else entry[3] < entry[2])]
    shown = [f"{name} ({one.value(a)} → {one.value(b)})" for name, one, a, b in moved]
    if not shown:
        yield task.say("changes nowhere", first=first, last=last)
        return
    yield task.say("rises at" if up else "falls at", places=join(shown, task.language), first=first, last=last)


def _changes(task: Task) -> Iterator[tuple[str, Item, float, float]]:
    """Yield each thing with its values at both times."""
    if len(task.query.places) == 2:
        first, last = task.query.places
        for item in task.items:
            before, after = values_at(item.series, first)[:1], values_at(item.series, last)[:1]
            if before and after:
                yield task.name(item), item, before[0], after[0]
    elif len(task.items) == 2:
        for place in task.items[0].series.x:
            before, after = (values_at(item.series, place)[:1] for item in task.items)
            if before and after:
                yield task.items[0].place(place), task.items[0], before[0], after[0]


def steady_movers(task: Task) -> Iterator[str]:
    """Yield which things rise, or fall, at every step."""
    up = task.query.direction == "up"
    moved = []
    for name, item, values in _courses(task):
        if len(values) > 2 and all(b > a if up else b < a for a, b in pairwise(values)):
            shown = values if len(values) <= _MOST_SHOWN else (values[0], values[-1])
            moved.append(f"{name} ({' → '.join(item.value(value) for value in shown)})")
    key = "steady" if moved else "steady none"
    yield task.say(f"{key} {'up' if up else 'down'}", **({"places": join(moved, task.language)} if moved else {}))


_MOST_SHOWN: Final = 8


def _courses(task: Task) -> Iterator[tuple[str, Item, Sequence[float]]]:
    """Yield each thing with its values in the order of times."""
    if are_periods([item.series.name for item in task.items]):
        for place in task.items[0].series.x:
            values = [value for item in task.items for value in values_at(item.series, place)[:1]]
            if len(values) == len(task.items):
                yield task.items[0].place(place), task.items[0], values
        return
    for item in task.items:
        yield task.name(item), item, [point.value for point in in_order(item.series)]
