"""The mean of totals: "how much waste on an average day" of stacked bars asks for the mean of whole stacks.

Of a table of days by hours it asks for the mean of the sums of days, and not for that of all cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import STACKED, Chart, ChartAxis, ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.names.usual_names import kind_of_names, translated
from vision_magic.engine.questions.numbers import label_without_unit, period_of
from vision_magic.engine.questions.operations import total
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.places.periods import is_amount
from vision_magic.engine.questions.query import Query

__all__ = ["with_totals_to_average"]

_FOR_EACH: Final[dict[Language, str]] = {
    "en": r"\b(?:a|an|per|each|every|average|typical|normal|usual) (?:N)\b|\b(?:N)ly\b|\bdaily\b",
    "de": r"(?:pro|je|am|im|jede\w*|durchschnittlich\w*|normal\w*|typisch\w*) (?:N)|\b(?:N)lich\w*|\btäglich\w*",
    "fr": r"(?:par|chaque) (?:N)\b|(?:N)s? (?:moyen|normal|typique)\w*|journali\w+|quotidien\w*|mensuel\w*|"
    r"hebdomadaire",
    "es": r"(?:por|cada|al) (?:N)\b|(?:N) (?:medio|promedio|normal|típico|cualquiera)|diari[oa]|mensual\w*|semanal\w*",
    "ko": r"하루|매일|일 ?평균|한 ?달|매달|월 ?평균|매주|주 ?평균|평균적인 (?:N)|(?:N)당|(?:N)마다",
    "zh": r"每一?个?(?:N|天|日|月|周)|[日月周]均|平均(?:一个?)?(?:N)",
}
"""For each place, or for the average one, where N stands for the noun of the places."""
_IN_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:totals?|in all|all in all|altogether|together|combined|overall)\b",
    "de": r"\b(?:insgesamt|zusammen|gesamt\w*|in summe|alles in allem|summen?)\b",
    "fr": r"\b(?:au total|en tout|tou(?:s|tes) \w+ confondu\w+|totau?x?|totales?|ensemble)\b",
    "es": r"\b(?:en total|total(?:es)?|en conjunto|junt[oa]s)\b",
    "ko": r"총|합계|전체|모두|합쳐",
    "zh": r"总|一共|合计|加起来",
}
_PARTS: Final = (
    r"\b(?:each|every|per|by|pro|je|jede\w*|par|chaque|por|cada) "
    r"(?!day|week|month|year|hour|tag|woche|monat|jahr|stunde|"
    r"jour|semaine|mois|an\b|année|heure|día|semana|mes\b|año|hora)\w{3,}|(?:종류|제품|품목|사람)별|각각|每种|各"
)
"""Words for the parts of totals, one by one."""


def with_totals_to_average(chart: Chart, query: Query, text: str) -> Chart:
    """Return a chart of whole stacks, or of the sums of days, where their mean is asked for; else the chart as it is.

    Parameters
    ----------
    chart : Chart
        The chart.
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    """
    lowered, panels = text.lower(), chart.panels
    named = query.series or query.places or query.groups or query.bounds or query.threshold or query.colours
    averaged = query.operations in (("mean",), ("sum",)) and "mean" in query.words and not query.then
    drawn = drawn_series(panels)
    alike = len(panels) == 1 and len(drawn) > 1 and len({(one.kind, one.right, one.x) for one in drawn}) == 1
    if named or not averaged or not alike or re.search(_PARTS, lowered):
        return chart
    axis = panels[0].axis_of(drawn[0])
    if not is_amount(axis.label, axis.unit) or "%" in axis.label:
        return chart
    language, own = query.language, _FOR_EACH[query.language]
    if drawn[0].kind in STACKED:
        kinds = (panels[0].legend_title.lower(), *translated(panels[0].legend_title, language))
        nouns = noun_of_places(panels[0], drawn[0], language)
        asked = re.search(own.replace("N", f"(?:{nouns})"), lowered) or re.search(_IN_ALL[language], lowered)
        if asked is None or any(len(word) > _SHORT and word[:-1] in lowered for word in kinds):
            return chart
        return _of_sums(chart, panels[0], drawn, language)
    rows = [one.name for one in drawn]
    if drawn[0].kind == "heat map" and _are_days(rows) and _are_hours(panels[0], drawn[0].x):
        sums = _of_rows(chart, panels[0], drawn)
        nouns = noun_of_places(sums.panels[0], sums.panels[0].series[0], language)
        if re.search(own.replace("N", f"(?:{nouns})"), lowered) is not None:
            return sums
    return chart


_SHORT: Final = 3


def _are_days(names: Sequence[str]) -> bool:
    return (period_of(list(names)) or kind_of_names(list(names)) or "").startswith("day")


def _are_hours(panel: ChartPanel, places: Sequence[Place]) -> bool:
    label = label_without_unit(panel.x).lower()
    said = re.search(r"\bhours?\b|\btime\b|stunde|uhrzeit|heure|\bhora|시간|시각|시$|小时|时", label) is not None
    return said or all(re.fullmatch(r"\d{1,2}(?::\d\d| ?(?:h|uhr|시|点|时|am|pm))", str(one).lower()) for one in places)


def _of_sums(chart: Chart, panel: ChartPanel, drawn: Sequence[Series], language: Language) -> Chart:
    """Return a chart of bars as high as stacks."""
    values = tuple(total([one.y[number] for one in drawn]) for number in range(len(drawn[0].x)))
    kind = "horizontal bars" if drawn[0].kind == "stacked horizontal bars" else "bars"
    joined = replace(drawn[0], name=say("total of all", language), y=values, kind=kind, extra={}, known=None)  # type: ignore[arg-type]
    return replace(chart, panels=(replace(panel, series=(joined,)),))


def _of_rows(chart: Chart, panel: ChartPanel, drawn: Sequence[Series]) -> Chart:
    """Return a chart of the sums of rows."""
    values = tuple(total(one.y) for one in drawn)
    bars = Series(kind="bars", x=tuple(one.name for one in drawn), y=values, source=drawn[0].source)
    along = ChartAxis(label=panel.y.label, scale="categories")
    joined = replace(panel, x=along, y=panel.axis_of(drawn[0]), right=None, colour_bar=None, series=(bars,))
    return replace(chart, panels=(joined,))
