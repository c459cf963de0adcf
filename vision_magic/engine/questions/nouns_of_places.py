"""What questions call the places along an axis: "month" where they are months, or as their axis is labelled."""

from __future__ import annotations

import re
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names import kind_of_names, translated
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of

__all__ = ["noun_of_places"]

_PERIODS: Final[dict[str, dict[Language, str]]] = {
    "year": {"en": "year", "de": r"jahr\w*", "fr": "année|an", "es": "año", "ko": "해|년도|연도", "zh": "年"},
    "month": {"en": "month", "de": r"monat\w*", "fr": "mois", "es": "mes|meses", "ko": "달|월", "zh": "月"},
    "week": {"en": "week", "de": r"woche\w*", "fr": "semaine", "es": "semana", "ko": "주차?", "zh": "周|星期"},
    "day": {
        "en": "day|weekday",
        "de": r"(?:wochen)?tag\w*",
        "fr": "jour",
        "es": "día",
        "ko": "날|요일",
        "zh": "天|日|周几|星期几",
    },
    "quarter": {
        "en": "quarter",
        "de": r"quartal\w*",
        "fr": "trimestre",
        "es": "trimestre",
        "ko": "분기",
        "zh": "季度",
    },
    "season": {
        "en": "season",
        "de": r"jahreszeit\w*|saison",
        "fr": "saison",
        "es": "estación|temporada",
        "ko": "계절",
        "zh": "季",
    },
    "time of day": {
        "en": "time",
        "de": r"tageszeit\w*|uhrzeit\w*",
        "fr": "heure",
        "es": "hora",
        "ko": "시간대?|때",
        "zh": "时段|时候",
    },
}


def noun_of_places(panel: ChartPanel, series: Series, language: Language) -> str:
    """Return a pattern for what the places are called: by their kind, or in the label of their axis, in a language."""
    names = [str(place) for place in series.x]
    kind = (period_of(names) or kind_of_names(names) or "").removesuffix(" of a year")
    years = all(isinstance(place, float | int) and 1800 <= place <= 2100 for place in series.x)
    kind = kind or ("year" if years else "day" if names and all(map(is_date, names)) else "")
    axis = panel.y if series.kind == "horizontal bars" else panel.x
    label = label_without_unit(axis).lower().split(" (")[0]
    words = (_PERIODS.get(kind, {}).get(language, kind), re.escape(label), *map(re.escape, translated(label, language)))
    return "|".join(word for word in words if word) or "(?!)"
