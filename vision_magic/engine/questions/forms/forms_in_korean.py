"""Forms of Korean questions that follow from how their words stand together, and from what a chart has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.everyday import are_times
from vision_magic.engine.questions.forms.idioms_in_korean import PREVIOUS
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import Bounds, in_order, position_of, ranked
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.judging import is_of_durations
from vision_magic.engine.questions.vocabulary.korean_words import LOW
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_korean", "is_of_first_time"]

_PERIOD: Final = r"(?:달|해|년도?|연도|날|월|주|요일|분기|계절|시기|시점|때|시간대?|구간|건|것|게|언제)"
_CHANGED: Final = (
    r"(?:늘|증가|상승|오르|오른|올[라랐]|성장|자[라랐란]|커[졌진]|뛰|뛴|급증|[개향]선|좋아|발전|줄|감소|하락|떨어|"
    r"내[려렸린]|빠[졌진]|급감|나빠|변[했한하화]|바뀌|바뀐)"
)
_DOWN: Final = r"줄|감소|하락|떨어|내[려렸린리]|빠[졌진지]|급감|나빠|낮아|작아|적어"
_PERCENT: Final = r"퍼센트(?!포인트)|백분율|몇 ?%(?!p)|몇 ?프로|[률율](?![가-힣]{2})"
_FIRST_TIME: Final = r"처음(?:으로)?(?!에[는도]?\b|[에의은는])|최초로|첫 ?번째로"
"""An adverb of what happens for the first time, and no first place."""
_FIRST: Final = rf"(?!{_FIRST_TIME})(?:첫|처음|시작|맨 ?앞|최초)"
_LAST: Final = r"마지막|끝|최종|맨 ?뒤"


def is_of_first_time(text: str, language: Language) -> bool:
    """Return whether a question is about what happens for the first time, not about the first place."""
    return language == "ko" and re.search(_FIRST_TIME, text) is not None


def as_korean(query: Query, marked: Marked, panels: Sequence[ChartPanel]) -> Query | None:
    """Return what a Korean question asks for where its words stand in one of these forms; None if in none.

    Parameters
    ----------
    query : Query
        What was read of the question.
    marked : Marked
        The question with its names and numbers marked.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if query.language != "ko" or len(panels) != 1:
        return None
    drawn = drawn_series(panels)
    drawn = [one for one in drawn if not query.series or one.name in query.series]
    forms = (
        _against_limit,
        _past_half_of_first,
        _of_extremes_apart,
        _of_place_before,
        _of_ends,
        _of_span,
        _of_change_within,
        _of_points_of_percent,
        _of_most_changed,
        _of_first_past,
        _of_end_of_two,
        _of_two_sums,
        _of_two_means,
        _of_named_together,
        _of_steps,
        _of_ratio,
        _of_share_against,
        _of_two_at_place,
        _of_thing,
        _of_slope_in_label,
        _of_points_counted,
        _where_higher,
        _until,
    )
    text = marked.written.lower()
    return next((found for form in forms if (found := form(query, text, panels, drawn)) is not None), None)


def _of_extremes_apart(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "how far is the last from the first" of names as the difference of the lowest and the highest."""
    both = re.search(r"(?:최저|가장 낮|가장 작|가장 적|제일 낮|제일 작|제일 적|꼴찌|최소|최하)", text) and re.search(
        r"(?:최고|가장 높|가장 큰|가장 많|제일 높|제일 큰|제일 많|최대|최상)", text
    )
    percent = re.search(
        r"몇 ?(?:퍼센트|프로|%) ?더|몇 ?(?:퍼센트|프로|%)(?:나|쯤|정도)? ?(?:많|높|큰|크|비싸|길)", text
    )
    times = re.search(r"몇 ?배", text)
    apart = re.search("차이|격차|차", text) or percent or times
    if not both or not apart or len(drawn) != 1 or query.places or query.threshold:
        return None
    found = ranked(drawn[0], highest=True)
    if len(found) < 2 or not isinstance(found[0].place, str) or drawn[0].kind == "box plot":
        return None
    asked: Operation = "percent" if percent else "ratio" if times else "difference"
    low_first = asked == "difference" and text.find("최저") < text.find("최고") and "최저" in text
    ends = (found[-1].place, found[0].place) if low_first else (found[0].place, found[-1].place)
    words = (query.words | {asked}) - ({"trend"} if percent else set())
    return replace(query, operations=(asked,), places=ends, words=words, direction="", yes_no=False)


def _against_limit(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "how many times the limit is the highest" as one about its share of the line, and of a place."""
    if query.operations != ("ratio",) or not query.limits or not query.amounts or len(drawn) != 1:
        return None
    if (
        re.search(
            r"[\uec00-\uefff]\S{0,3}의 ?몇 ?배|[\uec00-\uefff]\S{0,3}(?:보다|에 ?비해|대비) ?(?:\S+ )?몇 ?배", text
        )
        is None
    ):
        return None
    if query.places:
        return replace(query, operations=("times limit",))
    most = {"maximum", "minimum"} & query.words
    if len(most) != 1 or query.bounds or query.groups or query.statistic:
        return None
    found = ranked(drawn[0], highest="maximum" in most)
    return replace(query, operations=("times limit",), places=(found[0].place,)) if found else None


def _past_half_of_first(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "when is it below half of its first value" as one about a limit; not without knowing which series."""
    found = re.search(_HALF_OF_FIRST, text)
    if found is None:
        return None
    points = in_order(drawn[0]) if len(drawn) == 1 else []
    if not points:
        return replace(query, operations=("cannot",))
    limit = Threshold(limit=points[0].value / 2, kind="at most" if found["side"] == "이하" else "below")
    words = query.words - {"first"}
    return replace(query, operations=("reach",), threshold=limit, places=(), amounts=(), words=words, yes_no=False)


_HALF_OF_FIRST: Final = (
    r"(?:처음|최초|초기|시작|초깃|원래)\S{0,4}(?: ?(?:값|양|농도|수치|방사능|때))?\S{0,2}의? ?(?:절반|반)"
    r"(?:으로|보다|에|이)? ?(?P<side>아래|이하|밑|미만|\S*줄|\S*떨|\S*내려)"
)


def _of_place_before(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "in May against the month before" as a change between two neighbouring places."""
    own = f"{panels[0].title} {panels[0].y.label}"
    if re.search(PREVIOUS, text) is None or re.search(r"전[년월일분]|대비", own) or len(query.places) != 1 or not drawn:
        return None
    places = [point.place for point in in_order(drawn[0])]
    number = next((number for number, place in enumerate(places) if _is_same(place, query.places[0])), 0)
    if not number:
        return None
    return _change(query, text, Bounds(low=places[number - 1], high=places[number]))


def _is_same(place: Place, asked: Place) -> bool:
    return place == asked or (isinstance(place, str) and isinstance(asked, str) and place.startswith(asked))


def _change(query: Query, text: str, bounds: Bounds | None) -> Query:
    """Return a query about the change between the ends of bounds: in percent, or as it is."""
    down = re.search(_DOWN, text) is not None
    operation: Operation = "percent" if re.search(_PERCENT, text) else "trend"
    others: frozenset[Operation] = query.words - {"difference", "first", "last"}
    told: frozenset[Operation] = frozenset(("trend",))
    return replace(
        query,
        operations=(operation,),
        words=others | told,
        places=(),
        amounts=(),
        bounds=bounds,
        direction=query.direction or ("down" if down else "up"),
        yes_no=False,
    )


def _of_ends(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "from the first day to the last" as the change of the whole."""
    ends = re.search(_FIRST, text) and re.search(_LAST, text)
    told = re.search(r"대비|비해|비하|까지|변화|변동|등락|증감|증가|감소|늘|줄|올[랐라]|오르|떨어|내[렸려]", text)
    if not ends or not told or query.places or query.threshold or query.yes_no or not _are_ordered(drawn):
        return None
    return _change(query, text, None)


def _are_ordered(drawn: Sequence[Series]) -> bool:
    """Return whether values follow each other along numbers, dates or names of times."""
    places = [place for one in drawn[:1] for place in one.x]
    named = [place for place in places if isinstance(place, str)]
    timed = not named or bool(period_of(named) or kind_of_names(named)) or all(position_of(one) for one in named)
    return bool(places) and (timed or all(one.kind in ("line", "area", "step") for one in drawn))


def _of_span(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "within 20 years", of an axis that has just these, as the change of the whole."""
    span = re.search(r"([\uec00-\uefff]) ?(?:년|개월|달|주|일|시간|분) ?(?:사이|동안|간|만)", text)
    if (
        span is None
        or not drawn
        or not (set(query.operations) & {"trend", "share", "value", "difference", "percent", "lookup"})
    ):
        return None
    places = [point.place for point in in_order(drawn[0])]
    ends = [_number(place) for place in (*places[:1], *places[-1:])]
    asked = next((number for number in (*query.amounts, *query.places) if isinstance(number, float | int)), None)
    if len(ends) < 2 or asked is None or ends[0] is None or ends[1] is None or not re.search(_CHANGED, text):
        return None
    recent = re.search(r"(?:최근|지난|마지막) ?[\uec00-\uefff]", text)
    if recent is not None and ends[1] - asked >= ends[0]:
        start = next((place for place in places if _number(place) == ends[1] - asked), None)
        return None if start is None else _change(query, text, Bounds(low=start, high=places[-1]))
    return _change(query, text, None) if ends[1] - ends[0] == asked else None


def _of_change_within(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "how much did it grow from week 1 to week 5" as the change between them.

    "On average" is said of the values where these are means, and otherwise of each step.
    """
    own = f"{panels[0].title} {panels[0].y.label}"
    of_steps = re.search("씩|마다|당 |매[년월주일]", text) or ("평균" in text and "평균" not in own)
    changed = query.direction and "trend" in query.words and re.search(rf"(?:얼마|몇).*{_CHANGED}", text)
    asked = set(query.operations) <= {"trend", "mean", "group"} and not (query.places or query.yes_no)
    if query.bounds is None or len(drawn) != 1 or not changed or not asked or of_steps:
        return None
    return replace(_change(query, text, query.bounds), statistic="", firm=True)


def _number(place: Place) -> float | None:
    if isinstance(place, str):
        return float(place[:4]) if re.match(r"\d{4}", place) else None
    return float(place)


def _of_points_of_percent(
    query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]
) -> Query | None:
    """Return "how much did the share fall" of lines of shares as one about their course."""
    lines = bool(drawn) and all(one.kind in ("line", "area", "bars", "step", "stacked bars") for one in drawn)
    if query.operations == ("percent",) and len(query.places) == 2 and re.search(r"%p|포인트", text):
        return replace(query, operations=("difference",), words=query.words - {"trend"}, direction="")
    if query.operations != ("share",) or panels[0].y.unit != "%" or not lines:
        return None
    if "trend" in query.words and not query.places:
        return replace(query, operations=("trend",))
    if query.places and len(drawn) == 1 and re.search(r"비중|비율|율|퍼센트|%", text):
        return replace(query, operations=("value",))
    return None


def _of_most_changed(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "which crop fell most" of several series as one about their changes, whatever they are called."""
    asked = re.search(rf"(?:가장|제일) ?(?:\S+ ){{0,2}}?\S*{_CHANGED}\S*(?: (?P<noun>\S+))?", text)
    whose = re.search(rf"{_CHANGED}\S* ?폭이 ?(?:가장|제일) ?(?:큰|컸던) (?P<noun>\S+)", text)
    found = whose or asked
    times = len(drawn) == 2 and are_times([one.name for one in drawn])
    lines = len(drawn) > 1 and (times or _are_ordered(drawn)) and all(one.kind != "points" for one in drawn)
    if found is None or not lines or query.series or query.places or query.threshold:
        return None
    noun = found["noun"] or ""
    if re.match(_PERIOD, noun) and not re.match("것|게|건", noun):
        return None
    direction: Literal["", "up", "down"] = "down" if re.search(_DOWN, found[0]) else "up"
    direction = "" if re.search(r"변[했한하화]|바뀌|바뀐", found[0]) else direction
    return replace(query, operations=("growth",), direction=direction, bounds=query.bounds, yes_no=False)


def _of_first_past(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "which falls below first" as one about the series that does so."""
    limit = query.threshold
    first = re.search(r"처음|먼저|최초", text)
    which = re.search(
        rf"(?:은|는|던|[가-힣]) (?!{_PERIOD})(?P<noun>[가-힣]+?)[은는이가]? ?(?:뭐|무엇|누구|어느|어디|"
        rf"어떤|\?|$)|누가|어느 ?(?!{_PERIOD})",
        text,
    )
    if limit is None or not first or which is None or len(drawn) < 2 or query.series or query.places:
        return None
    found = [(_past(one, limit.holds), one.name) for one in drawn]
    known = sorted((at, name) for at, name in found if at is not None)
    return replace(query, operations=("reach",), series=(known[0][1],), yes_no=False) if known else None


def _past(series: Series, holds: Callable[[float], bool]) -> float | None:
    points = in_order(series)
    return next((float(number) for number, point in enumerate(points) if holds(point.value)), None)


def _of_end_of_two(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "on the last day, is A above B" as their difference there."""
    compared = re.search(r"위에|아래에|높|낮|많|적|큰|크|작|앞서|앞섰|뒤[졌지]|더 |차이|격차", text)
    side = "last" if re.search(_LAST, text) else "first" if re.search(_FIRST, text) else ""
    if len(query.series) != 2 or not side or not compared or query.places or query.threshold or query.bounds:
        return None
    shared = [place for place in drawn[0].x if all(place in one.x for one in drawn)]
    if not shared or {"crossing", "maximum", "minimum", "trend"} & set(query.operations):
        return None
    at = shared[-1] if side == "last" else shared[0]
    words = query.words - {"mean", "sum"}
    return replace(
        query, operations=("difference",), places=(at,), words=words, statistic="", yes_no=_asks_one_side(text)
    )


def _asks_one_side(text: str) -> bool:
    return re.search(r"위에?.*아래|높.*낮|많.*적|얼마|몇|누가|어느", text) is None


def _of_two_sums(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "which of A and B has more in all" as one about their sums."""
    asked = re.search(r"쪽|어느|누가|더 (?:많|높|적|큰|크)", text)
    if len(query.series) == 2 and query.statistic == "sum" and asked and not query.places:
        return replace(query, operations=("totals",), yes_no=False)
    return None


def _of_two_means(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "which of both has the better mean" as a comparison of the means."""
    asked = re.search(r"더 |쪽|누가|어느|보다", text)
    if query.statistic != "mean" or len(drawn) != 2 or not asked or query.places or query.threshold:
        return None
    if set(query.operations) & {"trend", "sum", "crossing"}:
        return None
    return replace(query, operations=("mean",), words=query.words | {"compare"})


def _of_steps(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "the months in which it fell against the month before" as one about the course of a series."""
    changed = query.direction and "trend" in query.words and not {"maximum", "minimum"} & query.words
    if not changed or len(drawn) != 1 or query.places or query.threshold or re.search(PREVIOUS, text) is None:
        return None
    return replace(query, operations=("trend",), words=query.words - {"compare", "difference"})


def _of_ratio(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "against 2020, how many times is 2024" with the later one measured by the first."""
    base = re.search(r"(?P<a>[\ue000-\ue3ff\uec00-\uefff])\S{0,3} ?(?:대비|에 ?비해|에 ?비하면|보다|에서)", text)
    if query.operations != ("ratio",) or base is None or len(query.places) != 2 or len(query.series) > 1:
        return None
    first = re.search(r"[\ue000-\ue3ff\uec00-\uefff]", text)
    return replace(query, places=query.places[::-1]) if first is not None and first.start() == base.start("a") else None


def _of_share_against(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "which has the bigger share" as a difference, and "is its share above 20 %" as a limit, of a pie."""
    if query.operations != ("share",) or len(drawn) != 1 or drawn[0].kind != "pie":
        return None
    if len(query.places) == 2 and re.search(r"더 |어느 ?쪽|차이", text) and not query.has("together"):
        return replace(query, operations=("difference",), yes_no=query.yes_no and "어느" not in text)
    if len(query.places) == 1 and query.threshold is not None and query.yes_no:
        return replace(query, operations=("threshold",))
    return None


def _of_two_at_place(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "at one o'clock, which of A and B is busier" as their difference there."""
    two = (len(query.series) == 2 and len(query.places) == 1) or (len(query.places) == 2 and len(query.series) < 2)
    asked = re.search(r"(?:어디|누가|누구|어느 ?(?:쪽|\S+)|뭐|쪽)\S*.*더 |더 .*(?:쪽|곳)", text)
    if two and asked and set(query.operations) <= {"value", "trend", "first", "last"} and query.operations:
        return replace(query, operations=("difference",), yes_no=False)
    return None


def _of_thing(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "the branch with the highest" of series along months as one about a series, whatever it is called."""
    asked = re.search(
        r"(?:가장|제일) ?(?:\S+ )?\S+[은는던한된린긴운쁜른큰] (?P<noun>[가-힣]+?)[은는이가]?(?:$|[ ?.,!])", text
    )
    told = {"maximum", "minimum"} & set(query.operations)
    if (
        asked is None
        or not told
        or len(drawn) < 2
        or query.series
        or query.places
        or query.of_series
        or query.statistic
    ):
        return None
    noun, label = asked["noun"], panels[0].x.label
    times = [str(place) for place in drawn[0].x]
    if re.match(_PERIOD, noun) or (noun and noun in label) or not (period_of(times) or kind_of_names(times)):
        return None
    bars = all(one.kind in ("bars", "stacked bars") for one in drawn)
    return replace(query, of_series=True, statistic="sum") if bars else None


def _of_named_together(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "A and B together, where are they lowest" as one about the sums of the series that are named."""
    extreme = {"maximum", "minimum"} & set(query.operations) or {"maximum", "minimum"} & query.words
    if len(query.series) < 2 or not query.has("together") or not extreme or query.places or query.statistic == "mean":
        return None
    asked: Operation = "minimum" if "minimum" in extreme else "maximum"
    return replace(query, operations=(asked,), statistic="sum", of_series=False, yes_no=False)


def _of_slope_in_label(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return a question about values that are called a rate of growth themselves, not as one about a slope."""
    if query.operations != ("slope",) or re.search(r"성장률|증가율", f"{panels[0].y.label} {panels[0].title}") is None:
        return None
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    most = tuple(side for side in sides if side in query.words)
    changed = re.search(
        rf"전년|전월|직전|보다|{_CHANGED}(?!률)\S* (?:해|달|분기|때|년도)",
        text.replace("성장률", "").replace("증가율", ""),
    )
    if most and changed:
        return replace(query, operations=("step",), direction="down" if re.search(_DOWN, text) else "up")
    if most:
        return replace(query, operations=most, direction="")
    return replace(
        query, operations=("trend",) if re.search(r"추세|추이|변화|어떻게", text) else ("value",), direction=""
    )


def _of_points_counted(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "how many penguins are shown" of points as their number."""
    points = bool(drawn) and all(one.kind == "points" for one in drawn)
    counted = re.search(r"몇 ?(?:마리|명|대|개|그루|건|곳|점|채|가지)", text) and re.search(
        r"있|표시|나타|찍|총|모두|포함|인가|이야|예요|에요", text
    )
    limited = query.threshold or query.places or query.amounts or {"maximum", "minimum", "mean"} & query.words
    return replace(query, operations=("count",)) if points and counted and not limited else None


def _where_higher(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "the quarters in which A sold more than B" as one about the places where A is higher."""
    than = "|".join(
        (
            r"[\ue400-\ue7ff]\S*(?: \S+)? [\ue400-\ue7ff](?:\S*| \S+)보다",
            r"[\ue400-\ue7ff](?:\S*| \S+)보다 [\ue400-\ue7ff]\S*(?: \S+)?",
        )
    )
    asked = re.search(
        rf"(?:{than}) (?P<how>.{{1,20}}?)(?:은|는|던|[린긴진한난른운간선]) (?P<noun>[가-힣]+)",
        text,
    )
    if asked is None or len(query.series) != 2 or query.places or query.threshold or query.yes_no:
        return None
    if re.match("이유|까닭|차이|정도|만큼", asked["noun"]) or "얼마나" in text or re.search(_FIRST_TIME, text):
        return None
    pair = replace(query, text=asked[0]).pair_from_above
    return replace(query, operations=("higher at",), series=pair, direction="", text=re.sub(LOW, " ", query.text))


def _until(query: Query, text: str, panels: Sequence[ChartPanel], drawn: Sequence[Series]) -> Query | None:
    """Return "how long to 40 km" of times along a course as the value there."""
    bounds = query.bounds
    if bounds is None or bounds.low is not None or bounds.high is None or bounds.open_high:
        return None
    told = set(query.operations) <= {"value", "trend", "count"} and re.search("얼마|몇|걸", text)
    grows = is_of_durations(panels) or re.search(
        "누적|cumulative|elapsed|경과", f"{panels[0].y.label} {panels[0].title}".lower()
    )
    return replace(query, operations=("value",), bounds=None, places=(bounds.high,)) if told and grows else None
