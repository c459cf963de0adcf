"""Words of questions that mean what is drawn in other words: error bars, a pass mark, a pH of what is acidic."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_number, label_without_unit
from vision_magic.engine.questions.patterns import compiled

__all__ = ["with_acidity", "with_error_bars", "with_growth", "with_pass_mark", "with_precision", "with_rain"]

_PRECISE: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"\bhow (?:precise|accurate|exact|certain|uncertain|sure|reliable) (?:is|was|are|were)\b|"
        r"\bhow (?:precisely|accurately|exactly|reliably) (?:is|was|are|were) (?=.*\b(?:known|measured|determined)\b)|"
        r"\bwhat(?: is|['’]s| was) the (?:precision|accuracy) of\b",
        "how large is the uncertainty of",
    ),
    "de": (
        r"\bwie (?:genau|präzise|exakt|sicher|unsicher|ungenau|zuverlässig) (?:ist|war|sind|waren|kennt man)\b|"
        r"\bwie groß ist die (?:genauigkeit|präzision|messgenauigkeit)\b",
        "wie groß ist die Unsicherheit von",
    ),
    "fr": (
        r"\bquelle (?:est|était) la (?:précision|exactitude)\b|\bavec quelle (?:précision|exactitude)\b|"
        r"\bà quel point (?:est|sont)\b(?=.*\b(?:précis|exact|fiable|sûr|incertain))",
        "quelle est l'incertitude",
    ),
}
_MEASURED: Final = re.compile(r"accura|precis|genauigk|präzis|précis|exactitud|reliab", re.IGNORECASE)


def with_precision(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "uncertainty" for "how precise", unless precision is what is measured."""
    drawn = [one for panel in panels for one in panel.series]
    labels = " ".join(
        (*(f"{panel.title} {panel.x.label} {panel.y.label}" for panel in panels), *(one.name for one in drawn))
    )
    if language not in _PRECISE or not drawn or _MEASURED.search(labels):
        return text
    words, plain = _PRECISE[language]
    return compiled(words, ignore_case=True).sub(plain, text)


_LINES_AT_POINTS: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?:(?:vertical|upright|thin|little|small|short|black|grey|gray|whisker-like) )*"
        r"(?:bars?|lines?|strokes?|whiskers?|sticks?|caps|t-shapes?|antennae) "
        r"(?:(?:that )?(?:go(?:es|ing)?|stick(?:s|ing)?|drawn|attached|extend(?:s|ing)?|running) )?(?:out )?"
        r"(?:around|at|on|above and below|up and down from|on top of|out of|attached to) "
        r"(?:(?:each|every|the|all|these|those|single|of|data|plotted|individual) ?)*"
        r"(?:points?|markers?|dots?|circles?|symbols?|means?|bars?|columns?)|"
        r"(?:(?:vertical|upright|thin|little|small|whisker-like) )+(?:lines?|strokes?|whiskers?|sticks?|t-shapes?)",
        "error bars",
    ),
    "de": (
        r"(?:(?:senkrechte|vertikale|dünne|kleine|kurze|schwarze|graue)[nrs]? )*"
        r"(?:striche?|linien?|balken|antennen|stäbe|t-striche?) "
        r"(?:um|an|bei|über und unter|ober- und unterhalb) (?:(?:den|die|dem|jeden|jedem|allen|alle|einzelnen|"
        r"der) )*(?:\w*punkte?n?|\w*marker[ns]?|kreise?n?|symbole?n?|mittelwerte?n?|balken|säulen?)|"
        r"(?:(?:senkrechte|vertikale|dünne|kleine)[nrs]? )+(?:striche?|linien?|antennen)",
        "fehlerbalken",
    ),
    "fr": (
        r"(?:petite?s? )?(?:barres?|traits?|lignes?|segments?|moustaches?)"
        r"(?: (?:verticale?s?|verticaux|fine?s?|noire?s?))* "
        r"(?:autour|au-dessus et (?:en dessous|au-dessous)|sur|de part et d['’]autre) "
        r"(?:(?:de|des|du|chaque|les|le|chacun) ?)*(?:points?|marqueurs?|ronds?|cercles?|symboles?|moyennes?|barres?)|"
        r"(?:petits? )?(?:traits?|lignes?|segments?)(?: (?:verticale?s?|verticaux|fine?s?))+",
        "barres d'erreur",
    ),
    "es": (
        r"(?:pequeñas )?(?:barras?|líneas?|rayas?|rayitas?|segmentos?|trazos?|bigotes)"
        r"(?: (?:verticale?s?|fin[oa]s?|negr[oa]s?))* "
        r"(?:alrededor|por encima y por debajo|encima y debajo|en|sobre) "
        r"(?:(?:de|del|los|el|cada|un[oa]|cada uno) ?)*(?:puntos?|marcador(?:es)?|círculos?|símbolos?|medias|barras?)|"
        r"(?:líneas?|rayas?|rayitas?|trazos?)(?: (?:verticale?s?|fin[oa]s?))+",
        "barras de error",
    ),
    "ko": (
        r"(?:각 ?)?(?:점|표시|마커|동그라미)(?:들)?(?:마다|의|에|위아래로|위아래의|주위의)"
        r"(?: ?(?:있는|그려진|붙은|달린|위아래|위아래로|주위의|뻗은))* ?"
        r"(?:(?:세로|수직|얇은|가는) ?)*(?:막대|선|줄|수염)",
        "오차 막대",
    ),
    "zh": (
        r"(?:每个?|各个?|这些)?(?:数据)?(?:点|标记|圆圈)(?:上下|周围|两侧|上面|旁边|上|处)(?:方)?的?"
        r"(?:细|短|黑色?)?的?(?:竖线|垂直线|竖条|线段|竖杠|短线|线)",
        "误差线",
    ),
}
"""Lines at points, which are error bars where there are any, and what these are called."""


def with_error_bars(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "error bars" for "the vertical bars around each point", where there are error bars."""
    drawn = [one for panel in panels for one in panel.series]
    if not any(map(math.isfinite, (length for one in drawn for length in one.extra.get("error", ())))):
        return text
    words, plain = _LINES_AT_POINTS[language]
    edge = "" if language in ("ko", "zh") else r"(?!\w)"
    return compiled(f"{words}{edge}", ignore_case=True).sub(plain, text, count=1)


_PASS_MARK: Final = re.compile(
    r"besteh|bestanden|\bpass(?:ing|ed)?\b|pass[ -]?mark|réussite|admission|de passage|reçu|admis", re.IGNORECASE
)
_FAILED: Final[dict[Language, tuple[str, str, str, str]]] = {
    "en": (
        r"(?:failed|flunked|(?:did not|didn['’]t) (?:pass|make it|get through))",
        "are below",
        r"(?:passed|made it|got through)",
        "are at least",
    ),
    "de": (
        r"(?:(?:sind |ist |wären )?durchgefallen|durchgerasselt|(?:haben |hat )?nicht bestanden|fielen durch|"
        r"fallen durch|(?:sind )?durchgeflogen)",
        "sind unter",
        r"(?:haben |hat )?bestanden",
        "sind mindestens",
    ),
    "fr": (
        r"(?:(?:ont|a) échoué|(?:n['’]ont|n['’]a) pas (?:réussi|eu la moyenne)|(?:ont été|sont) (?:recalés?|collés?))",
        "sont sous",
        r"(?:(?:ont|a) réussi|(?:ont été|sont) (?:reçus?|admis))",
        "sont au moins",
    ),
}


def _ends(line: Series) -> Iterator[float]:
    """Yield where a line across the values is, or one across the places."""
    yield from (float(value) for value in (*line.y[:1], *line.x[:1]) if not isinstance(value, str))


def with_pass_mark(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "below 50" for "failed", where a line at 50 is called the pass mark."""
    lines = [one for panel in panels for one in panel.series if one.kind == "reference line"]
    marks = [one for one in lines if _PASS_MARK.search(one.name)]
    ends = [next(filter(math.isfinite, _ends(one)), math.nan) for one in marks]
    values = [value for value in ends if math.isfinite(value)]
    if language not in _FAILED or len(values) != 1:
        return text
    failed, below, passed, above = _FAILED[language]
    for words, plain in ((failed, below), (passed, above)):
        match = compiled(rf"(?<!\w){words}(?!\w)", ignore_case=True).search(text)
        if match is not None:
            return f"{text[: match.start()]}{plain} {format_number(values[0])}{text[match.end() :]}"
    return text


_OF_GROWTH: Final = re.compile(
    r"growth rate|rate of growth|wachstumsrate|zuwachsrate|taux de croissance|tasa de crecimiento|성장률|"
    r"증가율|增长率|增速",
    re.IGNORECASE,
)
_GROWTH: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"growth rate\b", "value"),
    "de": (r"die (?:wachstums|zuwachs)rate\b", "der wert"),
    "fr": (r"le taux de croissance\b", "la valeur"),
    "es": (r"la tasa de crecimiento\b", "el valor"),
    "ko": ("성장률(?:이|은)?|증가율(?:이|은)?", "값은"),
    "zh": ("增长率|增速", "值"),
}


def with_growth(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "value" for "growth rate", where this is what is measured, and no change of it."""
    if not panels or any(_OF_GROWTH.search(panel.y.label) is None for panel in panels):
        return text
    words, plain = _GROWTH[language]
    return compiled(words, ignore_case=True).sub(plain, text)


_RAIN: Final = re.compile(r"précipitation|pluie|rain|precipitation|niederschl|regen", re.IGNORECASE)
_WATER: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"(?<=more |less |most )water\b|(?<=much )water\b", "rain"),
    "de": (r"(?<=mehr )wasser\b|(?<=viel )wasser\b|(?<=weniger )wasser\b|(?<=meiste )wasser\b", "regen"),
    "fr": (r"(?<=plus )d['’]eau\b|(?<=moins )d['’]eau\b|(?<=combien )d['’]eau\b", "de pluie"),
}


def with_rain(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "rain" for "water", where rain is what is measured."""
    labels = " ".join(f"{panel.title} {panel.y.label}" for panel in panels)
    if language not in _WATER or _RAIN.search(labels) is None:
        return text
    words, plain = _WATER[language]
    return compiled(words, ignore_case=True).sub(plain, text)


_ACIDITY: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"(?:most acid(?:ic)?|sourest|most sour|least (?:alkaline|basic))", "lowest in pH"),
        (r"(?:least (?:acidic|acid|sour)|most (?:alkaline|basic))", "highest in pH"),
        (r"(?:more (?:acidic|acid)|less (?:alkaline|basic)) than", "lower in pH than"),
        (r"(?:less (?:acidic|acid)|more (?:alkaline|basic)) than", "higher in pH than"),
    ),
    "de": (
        (r"am (?:sau(?:e?rsten)|wenigsten (?:basisch|alkalisch))", "im pH am niedrigsten"),
        (r"am (?:wenigsten sauer|(?:basisch|alkalisch)sten)", "im pH am höchsten"),
        (r"(?:saurer|weniger (?:basisch|alkalisch)) als", "im pH niedriger als"),
        (r"(?:weniger sauer|(?:basisch|alkalisch)er) als", "im pH höher als"),
    ),
    "fr": (
        (r"(?:plus acides?|moins (?:basique|alcalin)e?s?) qu(?:e |['’])", "plus bas en pH que "),
        (r"(?:moins acides?|plus (?:basique|alcalin)e?s?) qu(?:e |['’])", "plus haut en pH que "),
        (r"l(?:e|a|es) (?:plus acides?|moins (?:basique|alcalin)e?s?)", "le plus bas en pH"),
        (r"l(?:e|a|es) (?:moins acides?|plus (?:basique|alcalin)e?s?)", "le plus haut en pH"),
    ),
    "es": (
        (r"(?:más ácid[oa]s?|menos (?:básic|alcalin)[oa]s?)", "más bajo en pH"),
        (r"(?:menos ácid[oa]s?|más (?:básic|alcalin)[oa]s?)", "más alto en pH"),
    ),
    "ko": (
        (
            r"(?:가장|제일) ?(?:강한 )?산성(?:이|인|을)?(?: ?강한| ?띠는)?|"
            r"산성도?[이가] ?(?:가장|제일) ?(?:강|높)은",
            "pH가 가장 낮은",
        ),
        (r"(?:가장|제일) ?(?:강한 )?(?:알칼리성|염기성)(?:이|인|을)?(?: ?강한| ?띠는)?", "pH가 가장 높은"),
    ),
    "zh": (
        (r"最酸|酸性最[强高大]|酸度最[高大]", "pH最低"),
        (r"最碱|碱性最[强高大]|酸性最[弱低小]", "pH最高"),
    ),
}


def with_acidity(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "lowest in pH" for "most acidic", where pH is measured along one axis."""
    axes = [label_without_unit(axis) for panel in panels for axis in (panel.x, panel.y)]
    if sum(re.search(r"\bpH\b", label) is not None for label in axes) != 1:
        return text
    for words, plain in _ACIDITY[language]:
        text = compiled(words, ignore_case=True).sub(plain, text)
    return text
