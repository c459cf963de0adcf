"""Words for the marks of charts, and for what error bars and bands do, in each language."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.chart.data import Kind
from vision_magic.engine.questions.language import Language

__all__ = ["BANDS", "MEANT_BY_ERRORS", "NO_LONGER", "OVERLAP", "WORDS_OF_KINDS"]

OVERLAP: Final[dict[Language, str]] = {
    "en": r"overlap\w*|(?:error ?bars?|intervals?|bands?|whiskers?)\b.{0,60}\b(?:touch\w*|meet)\b",
    "de": r"überlapp\w*|überschneid\w*|(?:berühr\w*|treff\w*) .{0,30}(?:fehlerbalken|intervall\w*|bänder)\b|"
    r"(?:fehlerbalken|intervall\w*|bänder)\b.{0,60}\bberühr\w*",
    "fr": r"(?:se |s['’])?(?:chevauch\w*|recouvr\w*|superpos\w*)|"
    r"(?:barres|intervalles?|bandes)\b.{0,60}\bse touch\w*",
    "es": r"(?:se )?(?:solap\w*|traslap\w*|superpon\w*)|(?:barras|intervalos?|bandas)\b.{0,60}\bse toca\w*|"
    r"se toca\w* .{0,40}(?:barras|intervalos|bandas)\b",
    "ko": r"겹[치쳐친쳤칩]\S*|맞닿\S*",
    "zh": r"重叠|重疊|交叠|有重合",
}
"""Whether error bars, or bands, have values in common."""

BANDS: Final[dict[Language, str]] = {
    "en": r"\b(?:(?:error|confidence|uncertainty|shaded) )?(?:bands?|intervals?|areas?|regions?|whiskers?|ribbons?)\b|"
    r"\b(?:overlap|touch|separat|stop|ceas)\w*|\bmeet\b|\bany ?more\b",
    "de": r"\b\w*(?:bänder\w*|bands?|intervalle?n?|flächen?|bereiche?n?)\b|\baufhören\b",
    "fr": r"\b(?:bandes?|intervalles?|zones?|plages?)(?: d['’]\w+| de \w+)?\b|\bcessent\b",
    "es": r"\b(?:bandas?|intervalos?|zonas?|franjas?)(?: de \w+)?\b|\bdejan?\b",
    "ko": r"(?:신뢰 ?)?(?:구간|띠|영역|밴드)\S*|서로|더 ?이상",
    "zh": r"(?:置信)?(?:区间|带|阴影|区域)|还|不再",
}
"""Words for what overlaps, and that it no longer does, which only that answer understands."""

NO_LONGER: Final[dict[Language, str]] = {
    "en": r"no longer|not .{0,20}any ?more|stop\w*|cease\w*|n['’]t overlap|not overlap|separate\w*",
    "de": r"nicht mehr|kein\w* .{0,20}mehr|aufhör\w*|nicht",
    "fr": r"plus\b|cesse\w*|ne .{0,30}pas",
    "es": r"deja\w* de|ya no|no",
    "ko": r"더 ?이상|않|안",
    "zh": r"不再|不|没有",
}
"""Whether it asks where they have none."""

WORDS_OF_KINDS: Final[dict[Kind, dict[Language, str]]] = {
    "box plot": {
        "en": "box boxes whiskers quartiles",
        "de": "box boxen kasten kästen quartil quartile antennen whisker",
        "fr": "boîte boîtes moustaches quartile quartiles",
        "es": "caja cajas bigotes cuartil cuartiles",
        "ko": "상자 박스 수염 사분위수 사분위",
        "zh": "箱子 箱体 箱 须线 四分位数 四分位",
    },
    "violins": {"en": "violin violins", "de": "violine violinen", "fr": "violon violons", "es": "violín violines"},
    "histogram": {
        "en": "bin bins bracket brackets",
        "de": "bin bins intervall intervalle",
        "fr": "intervalle intervalles tranche tranches",
        "es": "intervalo intervalos tramo tramos",
        "ko": "구간",
        "zh": "区间",
    },
    "heat map": {
        "en": "cell cells squares rows columns",
        "de": "feld felder feldern zelle zellen kästchen zeilen spalten",
        "fr": "case cases cellule cellules carreaux lignes colonnes",
        "es": "casilla casillas celda celdas cuadros filas columnas",
        "ko": "칸 셀 격자",
        "zh": "格子 方格 单元格",
    },
    "pie": {
        "en": "slices wedges",
        "de": "stück stücke sektor sektoren",
        "fr": "part parts secteur secteurs",
        "es": "porción porciones sector sectores",
        "ko": "조각",
        "zh": "扇形 扇区",
    },
}
"""Words for the marks of each kind of chart."""
MEANT_BY_ERRORS: Final[dict[Language, str]] = {
    "en": r"\b(?:represent\w*|mean|stand for|indicate\w*|denote\w*)\b|what (?:are|is) .*(?:bars?|bands?|whiskers?)\W*$|"
    r"what (?:do|does) .* show",
    "de": r"bedeute\w*|stehen?\b|darstell\w*|stell\w* .* dar|zeig(?:en|t)\b|was sind",
    "fr": r"représent\w*|signifi\w*|indiqu\w*|veulent dire|montrent|correspond\w*",
    "es": r"representa\w*|significa\w*|indica\w*|muestran",
    "ko": r"의미|뜻|나타내|무엇을|뭘 ",
    "zh": r"代表|表示|意思|含义|是什么",
}
"""Words that ask what error bars stand for."""
