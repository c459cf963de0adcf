"""Forms of questions in German, French, Spanish, Korean and Chinese that follow from what a chart has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.forms.everyday import are_times
from vision_magic.engine.questions.forms.forms_of_time import FORMS_OF_TIME
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language, kind_of_names
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of
from vision_magic.engine.questions.places.groups import Group
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.where_higher import as_where_higher
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.plain_words import CLASSES
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, search

__all__ = ["BACK", "as_meant", "asks_for_thing"]

_WHICH: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"(?<!\w)welche\w* (?:der |die |das )?",
    "fr": r"(?<!\w)quel(?:le)?s? (?:est l[ae] )?",
    "es": r"(?<!\w)(?:que|cual(?:es)?) (?:es (?:el|la) )?",
    "ko": "(?:어느|어떤|무슨) ?",
    "zh": "哪(?:一)?(?:个|家|种|些|款)?",
}
_MOST: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"am (?:meisten|starksten|schnellsten|kraftigsten|deutlichsten)|\w*(?:großt|grosst|starkst|hochst)\w*",
    "fr": r"le plus|la plus|plus (?:fort|grand)\w*",
    "es": r"mas|mayor",
    "ko": "가장|제일",
    "zh": "最",
}
_WHO: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"^\W*wer\b|welche\w* (?!jahr|monat|woche|tag|quartal)\w+",
    "fr": r"^\W*qui\b|quel(?:le)?s? (?!annee|mois|semaine|jour|trimestre)\w+",
    "es": r"^\W*quien(?:es)?\b|(?:que|cual) (?!ano|mes|semana|dia|trimestre)\w+",
    "ko": "누가",
    "zh": "谁",
}
"""Who, or which of the things along the axis, whatever they are called."""

_GROWN: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"verbessert\w*|gesteigert|hinzugewonnen|dazugewonnen|aufgeholt|gewachsen|wachs\w*|wuchs|gestiegen|"
    r"stieg\w*|zugelegt|zugenommen|wachstum|zuwachs|anstieg|steiger\w*",
    "fr": r"gagn[ée]\w*|ameliore\w*|grimp\w*|bondi\w*|progress\w*|augment\w*|grandi|croissance|hausse|cru\b",
    "es": r"mejor[oa]\w*|gan[oó]\b|ganado|progres\w*|avanz\w*|crecio|creci\w*|aument\w*|subi\w*|crecimiento|incremento",
    "ko": "성장|증가|늘|올랐|상승|자라|자랐|자란",
    "zh": "增长|增加|上升|涨|长[高大得了]",
}
_SHRUNK: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"gesunken|sank\w*|geschrumpft|schrumpft\w*|gefallen|fiel\w*|zuruckgegangen|ruckgang|verloren|verlor|"
    r"verliert|"
    r"eingespart|abgenommen|eingebrochen|eingebusst|nachgelassen|abgebaut|reduziert|gesenkt",
    "fr": r"baiss\w*|diminu\w*|recul\w*|chut\w*|perdu\w*|perd\w{0,3}\b|regress\w*|reduit\w*|degringol\w*|flechi\w*",
    "es": r"(?<!mas )baj[oa]\w*|cay\w*|caid\w*|disminu\w*|descen\w*|perdi\w*|pierde\w*|retroce\w*|reduj\w*|"
    r"reduc\w*|recort\w*",
    "ko": "감소|줄|하락|떨어",
    "zh": "下降|减少|下跌|降",
}
BACK: Final = (
    r"revenue?s? (?:au|a leur|a son) niveau|retrouve\w* (?:le|son|leur) niveau|wieder (?:auf|das) \w* ?niveau|"
    r"(?:vuelto|volvio|recuper\w*) (?:al?|el|su) nivel|수준(?:을|으로)? ?(?:회복|돌아)|恢复到|回到"
)
"""Whether values are again what they were."""

_PANEL: Final = r" +(?= )"
"""Two spaces, where a word of the title of a panel was taken out: "Region" of "Umsatz nach Region"."""

_SCALED: Final = re.compile(
    r"(?:thousands?|millions?|billions?|tsd\.?|mio\.?|mrd\.?|천|만|백만|千|万|百万|k|)(?: ?[명人€$元])?"
)
"""Units of what is counted, so that the sum of several values is that of the whole year."""


def as_meant(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query:
    """Return what a question asks for where this follows from the names and the places of a chart."""
    text = folded(written)
    own = (
        _of_happened,
        _of_change_at,
        as_where_higher,
        _of_growth,
        _of_lines_grown,
        _of_two_growths,
        _of_years,
        _of_places_above,
        _of_things,
    )
    for form in (*FORMS_OF_TIME, *own):
        changed = form(query, text, panels)
        if changed is not None:
            return changed
    return query


def asks_for_thing(text: str, language: Language) -> bool:
    """Return whether a folded text asks "which channel", of which the answer must name one."""
    return re.search(rf"{_WHICH[language]}(?:{CLASSES[language]}|{_PANEL})", text) is not None


def _of_growth(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "which region grew most" of bars in two years as a question about their differences."""
    thing = asks_for_thing(text, query.language) or re.search(_WHO[query.language], text) is not None
    if not thing or query.places or not re.search(_MOST[query.language], text):
        return None
    directions = (("up", _GROWN), ("down", _SHRUNK))
    asked = [name for name, words in directions if re.search(words[query.language], text)]
    for panel in panels:
        names = [one.name for one in panel.series]
        named = all(isinstance(place, str) and not is_date(place) for one in panel.series for place in one.x)
        if len(asked) == 1 and len(names) > 1 and named and are_times(names):
            direction: Literal["up", "down"] = "up" if asked == ["up"] else "down"
            chosen = [name for name in names if name in query.series] if len(query.series) == 2 else names
            ordered = sorted(chosen) if all(name.isdigit() for name in chosen) else chosen
            kept = (ordered[0], ordered[-1])
            return replace(query, operations=("growth",), series=kept, direction=direction, bounds=None)
    return None


def _of_happened(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "by how much did it fall in 2020" of one series as a question for the change from the place before."""
    drawn = [one for panel in panels for one in panel.series if one.kind in ("line", "area", "step", "bars")]
    asked = [one for one in drawn if one.name in query.series] or drawn
    place = query.places[0] if len(query.places) == 1 else None
    alone = len(asked) == 1 and place in asked[0].x[1:] and bool(query.direction)
    return replace(query, operations=("happened",)) if query.operations == ("trend",) and alone else None


def _of_change_at(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "by how much did A improve from 2022 to 2024" of bars for these years as a question for that change."""
    two = len(query.series) == 2 and are_times(query.series) and len(query.places) == 1 and len(panels) == 1
    changed = any(re.search(words[query.language], text) for words in (_GROWN, _SHRUNK))
    if not two or not changed or not set(query.operations) <= {"value", "trend", "difference", "compare"}:
        return None
    return replace(query, operations=("change at",), series=tuple(sorted(query.series)), bounds=None)


def _of_lines_grown(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "which kind grew most" of lines along time as a question about their changes, whatever the kind is."""
    directions = (("up", _GROWN), ("down", _SHRUNK))
    asked = [name for name, words in directions if re.search(words[query.language], text)]
    drawn = drawn_series(panels)
    lines = len(panels) == 1 and len(drawn) > 1 and all(one.kind in ("line", "area", "step") for one in drawn)
    which = re.search(rf"{_WHICH[query.language]}(?P<noun>\w+)", text)
    if not lines or len(asked) != 1 or which is None or query.places or query.series or query.threshold is not None:
        return None
    period = search(CONTEXT_WORDS["period"][query.language], query.language, which["noun"])
    most = re.search(_MOST[query.language], text) or (
        len(drawn) == 2 and query.operations != ("rate",) and re.search(_FASTER[query.language], text)
    )
    if period is not None or not most:
        return None
    direction: Literal["up", "down"] = "up" if asked == ["up"] else "down"
    return replace(query, operations=("growth",), direction=direction)


def _of_two_growths(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "does A grow faster than B" as a question about the changes of both, not about which is higher."""
    if len(query.series) != 2 or query.places or "compare" not in query.operations:
        return None
    if not re.search(_FASTER[query.language], text) or not re.search(_GROWN[query.language], text):
        return None
    return replace(query, operations=("growth",), direction="up", yes_no=False, firm=True)


_FASTER: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"schneller|starker|mehr|kraftiger",
    "fr": r"plus vite|plus rapide\w*|plus fort\w*|davantage|plus que",
    "es": r"mas rapido|mas deprisa|mas que|mas fuerte",
    "ko": "더 ?(?:빨리|빠르|많이|크게)",
    "zh": "更?[快多]",
}


def _of_years(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a comparison of two years of which several values are drawn as one of their sums, or of their means."""
    years = [str(place) for place in query.places if re.fullmatch(r"(?:19|20)\d\d", str(place))]
    if len(years) != 2 or len(query.places) != 2 or len(panels) != 1:
        return None
    dates = list(
        dict.fromkeys(place for one in panels[0].series for place in one.x if isinstance(place, str) and is_date(place))
    )
    groups = [Group(year, tuple(day for day in dates if day.startswith(year))) for year in years]
    if any(len(group.places) < 2 for group in groups):
        return None
    back = re.search(BACK, text) is not None
    groups = sorted(groups, key=lambda group: group.name, reverse=True) if back else groups
    counted = _SCALED.fullmatch(unit := panels[0].y.unit.strip().casefold()) is not None and unit not in ("€", "$")
    same = len({len(group.places) for group in groups}) == 1
    return replace(
        query,
        operations=("groups",),
        places=(),
        bounds=None,
        groups=tuple(groups),
        statistic="sum" if counted and same else "mean",
        yes_no=query.yes_no or back,
    )


def _of_places_above(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "more than 1000 employees" of points along an axis of employees as a limit of these."""
    panel = panels[0] if len(panels) == 1 else None
    limit = query.threshold
    if limit is None or limit.of_values or panel is None or any(one.kind != "points" for one in panel.series):
        return None
    if query.operations == ("reach",):  # "at what time does it pass 0.5" asks for the place
        return None
    own, other = (_is_named(label_without_unit(axis), text) for axis in (panel.x, panel.y))
    return replace(query, of_places=True) if own and not other else None


def _is_named(label: str, text: str) -> bool:
    words = [label, *re.findall(r"[^\W\d_]{3,}", label)]
    return any(folded(one) in text for word in words for one in (word, *in_any_language(word)) if len(one) > 1)


def _of_things(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "which channel" of series along quarters as a question for a series, not for a quarter."""
    if query.series or query.of_series or not {"maximum", "minimum"} & set(query.operations):
        return None
    if len(panels) != 1 or not asks_for_thing(text, query.language) or len(panels[0].series) < 2:
        return None
    places = [str(place) for place in panels[0].series[0].x]
    names = [one.name for one in panels[0].series]
    if not (period_of(places) or kind_of_names(places)) or are_times(names):
        return None
    summed = query.statistic or ("sum" if not query.places and len(places) > 1 else "")
    return replace(query, of_series=True, statistic=summed)
