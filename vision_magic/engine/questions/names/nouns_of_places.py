"""What questions call the places along an axis: "month" where they are months, or as their axis is labelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.names.usual_names import kind_of_names, translated
from vision_magic.engine.questions.numbers import is_date, label_without_unit, period_of

__all__ = ["COUNTED", "asks_for_place", "counted_places", "counts_measured", "counts_places", "noun_of_places"]

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


_NOUNS: Final = """
market; markt|märkte; marché; mercado; 시장; 市场
region; region|gegend; région; región; 지역; 地区
country; land|länder; pays; país; 나라|국가; 国家
city; stadt|städte; ville; ciudad; 도시; 城市
town; stadt|ort; ville; pueblo|ciudad; 도시|마을; 城镇
village; dorf|dörfer; village; pueblo; 마을; 村
class; klasse; classe; clase; 반|학급; 班
team; mannschaft|team; équipe; equipo; 팀; 队
department; abteilung; service|département; departamento; 부서; 部门
category; kategorie; catégorie; categoría; 종류|분류; 类别
species; art|arten; espèce; especie; 종|품종; 种类
variety; sorte; variété; variedad; 품종; 品种
player; spieler; joueu; jugador; 선수; 球员|选手
method; methode|verfahren; méthode|technique; método; 방법|기법; 方法
origin; herkunft; origine; origen; 원산지|산지; 产地
group; gruppe; groupe; grupo; 그룹|집단|군; 组
brand; marke; marque; marca; 브랜드; 品牌
branch; filiale|zweigstelle; agence|succursale|filiale; sucursal; 지점; 分店
room; raum|zimmer; pièce|salle; sala|habitación; 방|교실; 房间
machine; maschine; machine; máquina; 기계|설비; 机器
subject; fach|fächer; matière; asignatura|materia; 과목; 科目
race; rennen|lauf; course; carrera; 대회|경주; 比赛
line; linie; ligne; línea; 노선; 线路
route; strecke|linie; itinéraire|ligne; ruta|línea; 노선; 路线
course; kurs; cours; curso; 강의|과목; 课程
book; buch|bücher; livre; libro; 책; 书
film; film; film; película; 영화; 电影
shift; schicht; équipe|poste; turno; 조|근무; 班次
"""
"""What axes of names are labelled, in English, and what their places are called in each language."""


def _rows() -> dict[str, dict[Language, str]]:
    rows = ([part.strip() for part in line.split(";")] for line in _NOUNS.strip().splitlines())
    return {row[0]: dict(zip(LANGUAGES, row, strict=True)) for row in rows}


_BY_LABEL: Final = _rows()

_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what)(?: \w+)?? (?:{})s?\b|^\W*(?:the )?(?:\w+(?:est|st)|most|least)(?: \w+)? (?:{})\b",
    "de": r"\bwelche\w*(?: \w+)?? (?:{})\w{0,2}\b",
    "fr": r"\bquel(?:le)?s?(?: \w+)?? (?:{})s?\b",
    "es": r"\bqué(?: \w+)?? (?:{})(?:s|es)?\b",
    "ko": r"(?:무슨|어느|어떤|몇) ?(?:{})|(?:한|운|은|는|던) (?:{})대?[은는이가]",
    "zh": r"哪[一个些]*(?:{})",
}


_YEAR_IN_EAST: Final = re.compile(r"(?:19|20)\d\d ?(?:년도?|年度?)")


def asks_for_place(text: str, panel: ChartPanel, series: Series, language: Language) -> bool:
    """Return whether a question asks which place, by the noun for the places: "which month", and not which series."""
    return re.search(_WHICH[language].replace("{}", noun_of_places(panel, series, language)), text.lower()) is not None


def noun_of_places(panel: ChartPanel, series: Series, language: Language) -> str:
    """Return a pattern for what the places are called: by their kind, or in the label of their axis, in a language."""
    names = [str(place) for place in series.x]
    kind = (period_of(names) or kind_of_names(names) or "").removesuffix(" of a year")
    years = all(isinstance(place, float | int) and 1800 <= place <= 2100 for place in series.x)
    years = years or (bool(names) and all(map(_YEAR_IN_EAST.fullmatch, names)))
    kind = kind or ("year" if years else "day" if names and all(map(is_date, names)) else "")
    axis = panel.y if series.kind in FLAT else panel.x
    label = panel.legend_title.lower() if series.kind == "pie" else label_without_unit(axis).lower().split(" (")[0]
    others = (_BY_LABEL.get(label, {}).get(language, ""), *map(re.escape, translated(label, language)))
    words = (_PERIODS.get(kind, {}).get(language, kind), re.escape(label), *others)
    return "|".join(word for word in words if word) or "(?!)"


COUNTED: Final[dict[Language, str]] = {
    "en": r"how many (?:different |of the )?(?:NOUN)s?\b",
    "de": r"wie ?viele (?:\w+ )?(?:NOUN)\w{0,2}\b",
    "fr": r"combien d(?:e |['’])(?:NOUN)s?\b",
    "es": r"cu[aá]nt[oa]s (?:NOUN)(?:s|es)?\b",
    "ko": r"몇 ?(?:NOUN)(?! ?(?:동안|간|사이|새))|(?:NOUN)[은는이가]? ?(?:모두|총|전부|다) ?몇 ?(?:개|곳|가지|종류)",
    "zh": r"(?<![这這那前后後近头])(?:多少|几)个?(?:NOUN)|(?:NOUN)(?:一共|总共)?有?(?:多少|几)个?\W*$",
}
"""How many of something there are, which stands for NOUN."""


def counts_places(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether "how many" is said of the places along the axis: of months, not of what is measured in them."""
    drawn = drawn_series(panels)
    if len(panels) != 1 or not drawn or drawn[0].kind == "points":
        return False
    nouns = noun_of_places(panels[0], drawn[0], language)
    return re.search(COUNTED[language].replace("NOUN", nouns), text) is not None


_MEASURED: Final = (
    r"measured|observed|recorded|tested|data|measurements?|gemessene?|messungen?|messwerte?|beobachtet|mesurée?s?|mesures?|"
    r"medid[oa]s?|mediciones|측정값?|실측|测量值?|实测"
)
"""Names of series of what was measured, beside a theory."""


def counts_measured(text: str, name: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question asks how many of the places were measured, where a series is called so.

    The places may be called by the noun of a longer label: "lengths" of strings.
    """
    drawn = [one for one in drawn_series(panels) if one.name == name]
    if len(panels) != 1 or len(drawn) != 1 or not re.fullmatch(_MEASURED, name.lower()):
        return False
    label = label_without_unit(panels[0].x).lower().split()
    nouns = [noun_of_places(panels[0], drawn[0], language), *map(re.escape, (*label[:1], *label[-1:]))]
    counted = re.search(COUNTED[language].replace("NOUN", "|".join(nouns)), text.lower())
    return counted is not None and len(re.findall(r"\w+", text[counted.end() :])) <= _FEW


_FEW: Final = 3
"""How many words there may be behind what is counted: "were measured", "did we measure"."""


def counted_places(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return how a question says how many of the places there are, if these are not what is measured; else nothing."""
    drawn = drawn_series(panels)
    if not counts_places(text, panels, language):
        return ""
    nouns = noun_of_places(panels[0], drawn[0], language)
    measured = re.search(nouns, panels[0].axis_of(drawn[0]).label.lower()) is not None
    found = re.search(COUNTED[language].replace("NOUN", nouns), text)
    return found[0] if found is not None and not measured else ""
