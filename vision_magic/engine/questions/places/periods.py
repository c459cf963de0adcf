"""Values of a longer time than the chart's own places: a year of quarters, a quarter of months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import Bounds, known_points, mean, total, within

__all__ = ["HALVES", "QUARTERS", "added_up", "can_be_added", "is_amount", "of_year", "title_of_amount", "yearly"]

QUARTERS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("1st quarter", "2nd quarter", "3rd quarter", "4th quarter"),
    "de": ("1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"),
    "fr": ("1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre"),
    "es": ("1.er trimestre", "2.º trimestre", "3.er trimestre", "4.º trimestre"),
    "ko": ("1분기", "2분기", "3분기", "4분기"),
    "zh": ("第一季度", "第二季度", "第三季度", "第四季度"),
}
HALVES: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("1st half", "2nd half"),
    "de": ("1. Halbjahr", "2. Halbjahr"),
    "fr": ("1er semestre", "2e semestre"),
    "es": ("1.er semestre", "2.º semestre"),
    "ko": ("상반기", "하반기"),
    "zh": ("上半年", "下半年"),
}
"""Names of the quarters and the halves of a year."""

_AVERAGES: Final = re.compile(
    r"average|\bmean\b|median|\brates?\b|price|temperature|index|speed|per (?!hour|day|week|month|quarter|year)|score|"
    r"level|ratio|\brents?\b|salar|wage|share|waiting|latency|response time|pressure|concentration|"
    r"durchschnitt|mittel|\brate\b|quote\b|preis|temperatur|geschwindigkeit|anteil|pegel|wartezeit|latenz|antwortzeit|"
    r"druck\b|gehalt\b|konzentration|"
    r"moyen|médian|\btaux\b|\bprix\b|température|indice|vitesse|attente|latence|pression|niveau|salaire|concentration|"
    r"promedi|\bmedia\b|mediana|\btasa\b|precio|índice|velocidad|espera|latencia|presión|nivel\b|salario|concentración|"
    r"평균|중앙값|비율|가격|온도|기온|지수|속도|대기 ?시간|지연|점수|농도|혈압|수위|"
    r"平均|中位|价格|单价|温度|气温|指数|速度|等待|候诊|延迟|评分|分数|浓度|水位|血压"
)
"""Words for what is no amount, so that its sum means nothing."""
_Period = Literal["year", "quarter", "month"]


def can_be_added(item: Item) -> bool:
    """Return whether the sum of values means something: of visitors, but not of temperatures."""
    return is_amount(f"{item.values.label} {title_of_amount(item.panel)}", item.unit or item.values.unit)


def title_of_amount(panel: ChartPanel) -> str:
    """Return the title of a panel without "per team" where teams are what it compares, and so no part of a rate."""
    compared = f"{panel.x.label} {panel.y.label} {panel.legend_title}".lower()

    def kept(per: re.Match[str]) -> str:
        return "" if per["noun"].lower()[:4] in compared else per[0]

    return re.sub(r"\bper (?P<noun>[a-z]{3,})\b", kept, panel.title, flags=re.IGNORECASE)


def is_amount(label: str, unit: str) -> bool:
    """Return whether what a label measures in a unit can be added."""
    return unit not in ("%", "°C", "°F", "K", "km/h", "ppm") and _AVERAGES.search(label.lower()) is None


def added_up(task: Task, item: Item, values: list[float], at: str = "") -> str:
    """Return the sum of values where they can be added, and their mean."""
    whole, average = item.value(total(values)), item.value(mean(values), derived=True)
    key = "group sum" if can_be_added(item) else "group mean"
    return task.say(key, of=f"{task.of(item)}{at and ' '}{at}", sum=whole, mean=average, count=len(values))


def of_year(item: Item, place: Place) -> list[float]:
    """Return the values within a year, or a month, if the series has several there."""
    if not isinstance(place, str) or re.fullmatch(r"\d{4}(?:-\d{2})?", place) is None or place in item.series.x:
        return []
    found = [point.value for point in known_points(within(item.series, Bounds(low=place, high=place)))]
    return found if len(found) > 1 else []


def _asked_period(task: Task) -> _Period | None:
    """Return the period for which an English question asks: "which year"."""
    found = re.search(r"\b(?:which|what) (year|quarter|month)\b", task.query.text)
    periods: tuple[_Period, ...] = ("year", "quarter", "month")
    return next((one for one in periods if task.language == "en" and found is not None and found[1] == one), None)


def _by_period(item: Item, period: _Period) -> Item | None:
    """Return a series with a value for each period, if its dates are those of parts of it."""
    groups: dict[str, list[float]] = {}
    for point in known_points(item.series):
        found = re.match(r"(\d{4})-(\d{2})", point.place) if isinstance(point.place, str) else None
        if found is None:
            return None
        quarter = f"{found[1]} Q{(int(found[2]) + 2) // 3}"
        name = {"year": found[1], "quarter": quarter, "month": found[0]}[period]
        groups.setdefault(name, []).append(point.value)
    if not groups or all(len(values) == 1 for values in groups.values()):
        return None
    function = total if can_be_added(item) else mean
    y = tuple(function(values) for values in groups.values())
    return replace(item, series=replace(item.series, x=tuple(groups), y=y, extra={}, known=None))


def yearly(task: Task, item: Item, *, highest: bool) -> Iterator[str]:
    """Yield which period has the highest, or lowest, sum or mean."""
    period = _asked_period(task)
    grouped = _by_period(item, period) if period is not None else None
    points = known_points(grouped.series) if grouped is not None else []
    if grouped is None or not points:
        return
    best = (max if highest else min)(points, key=lambda point: point.value)
    statistic = "sum" if can_be_added(item) else "mean"
    shown = item.value(best.value, derived=statistic == "mean")
    key = "highest of" if highest else "lowest of"
    name = f"{best.place} ({task.name(item)})" if task.of(item) else str(best.place)
    yield task.say(key, name=name, statistic=task.say(f"word {statistic}"), value=shown)
