"""Points of which one is the widest or the most expensive: the axis that measures it tells which point is meant."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.words import HOW_MANY, Operation

__all__ = ["as_extreme_point", "comparatives_of"]


@dataclass(frozen=True, slots=True)
class _Dimension:
    """What an axis measures, with the words for much and for little of it, as stems of superlatives."""

    labels: str
    much: dict[Language, str]
    little: dict[Language, str]
    plain: str
    """Words of a question for its amount."""


_NOWHERE: Final[dict[Language, str]] = dict.fromkeys(LANGUAGES, "(?!)")

_DIMENSIONS: Final = (
    _Dimension(
        r"length|distance|duration|\btime\b|l[äa]nge|strecke|distanz|entfernung|dauer|longueur|durée|longitud|"
        r"distancia|duración|길이|거리|시간|长度|距离|时长|里程",
        {
            "en": "longest|furthest|farthest",
            "de": "längst|weitest",
            "fr": "longue?s?",
            "es": "larg",
            "ko": "긴|먼",
            "zh": "长|远",
        },
        {"en": "shortest", "de": "kürzest", "fr": "courte?s?", "es": "cort", "ko": "짧은", "zh": "短|近"},
        r"\bhow (?:long|far)\b|\bwie (?:lang|weit)\w*|quelle (?:longueur|distance|durée)|얼마나 (?:길|멀)|多[长远]",
    ),
    _Dimension(
        r"width|breadth|diameter|breite|durchmesser|largeur|diamètre|anch[ou]|diámetro|너비|폭|지름|直径|宽",
        {"en": "widest|broadest", "de": "breitest", "fr": "larges?", "es": "anch", "ko": "넓은", "zh": "宽"},
        {"en": "narrowest", "de": "schmalst", "fr": "étroite?s?", "es": "estrech", "ko": "좁은", "zh": "窄"},
        r"\bhow (?:wide|broad)\b|\bwie breit\b|quelle (?:est la )?largeur|얼마나 넓|多宽",
    ),
    _Dimension(
        r"height|höhe|größe|hauteur|taille|altura|estatura|높이|신장|(?<![가-힣])키|高",
        {**_NOWHERE, "en": "tallest"},  # the highest is that of any values
        {**_NOWHERE, "en": "shortest", "zh": "矮"},
        r"\bhow (?:tall|high)\b|\bwie (?:hoch|groß)\b|quelle (?:est la )?(?:hauteur|taille)|얼마나 (?:높|크|컸)|多高",
    ),
    _Dimension(
        r"hardness|härte|dureté|dureza|경도|硬度",
        {"en": "hardest", "de": "härtest", "fr": "dure?s?", "es": "dur[oa]", "ko": "단단|딱딱", "zh": "硬"},
        {"en": "softest", "de": "weichst", "fr": "tendres?|molle?s?", "es": "bland", "ko": "무른|부드러운", "zh": "软"},
        r"\bhow hard\b|\bwie hart\b|quelle (?:est la )?dureté|qué dureza|얼마나 단단|多硬",
    ),
    _Dimension(
        r"density|dichte|densité|densidad|밀도|密度",
        {"en": "densest", "de": "dichtest", "fr": "denses?", "es": "dens[oa]", "ko": "밀도가? ?높은|조밀", "zh": "密"},
        {"en": "least dense", "de": "(?!)", "fr": "(?!)", "es": "(?!)", "ko": "밀도가? ?낮은", "zh": "疏"},
        r"\bhow dense\b|\bwie dicht\b|quelle (?:est la )?densité|qué densidad|얼마나 조밀|多密",
    ),
    _Dimension(
        r"weight|\bmass\b|gewicht|masse|poids|peso|무게|체중|重",
        {"en": "heaviest", "de": "schwerst", "fr": "lourde?s?", "es": "pesad", "ko": "무거운", "zh": "重"},
        {"en": "lightest", "de": "leichtest", "fr": "léger|légère", "es": "liger|livian", "ko": "가벼운", "zh": "轻"},
        r"\bhow heavy\b|\bhow much \w+ weigh|\bwie schwer\b|combien pèse|cuánto pesa|얼마나 무거|多重",
    ),
    _Dimension(
        r"\bcosts?\b|price|spend|budget|kosten|preis|ausgaben|coût|prix|dépense|cost[eo]|precio|gasto|비용|가격|费用|价格|"
        r"成本|花费|支出",
        {
            "en": "most expensive|priciest|costliest|dearest",
            "de": "teuerst",
            "fr": "chère?s?|coûteu(?:x|se)s?",
            "es": "car[oa]|costos",
            "ko": "비싼",
            "zh": "贵",
        },
        {
            "en": "cheapest|least expensive",
            "de": "billigst|günstigst",
            "fr": "(?!)",
            "es": "barat",
            "ko": "싼|저렴한",
            "zh": "便宜",
        },
        r"\bhow (?:expensive|much .{0,20}\bcosts?)\b|\bwie teuer\b|combien .{0,20}coût|cuánto .{0,20}cost|多贵",
    ),
    _Dimension(
        r"\bage\b|alter|âge|edad|나이|연령|年龄",
        {
            "en": "oldest",
            "de": "ältest",
            "fr": "âgée?s?|vieux|vieille",
            "es": "viej|mayor",
            "ko": "나이 ?많은|오래된",
            "zh": "老|年长",
        },
        {
            "en": "youngest|newest",
            "de": "jüngst",
            "fr": "jeunes?",
            "es": "joven|jóven",
            "ko": "어린|젊은",
            "zh": "年轻",
        },
        r"\bhow old\b|\bwie alt\b|quel âge|몇 ?살|多大",
    ),
    _Dimension(
        r"\barea\b|floor ?space|fläche|surface|superficie|면적|넓이|面积",
        {
            "en": "largest|biggest|roomiest",
            "de": "größt|geräumigst",
            "fr": "grande?s?|spacieu(?:x|se)s?",
            "es": "grande|espacios",
            "ko": "넓은|큰",
            "zh": "大",
        },
        {"en": "smallest|tiniest", "de": "kleinst", "fr": "petite?s?", "es": "pequeñ", "ko": "좁은|작은", "zh": "小"},
        r"\bhow (?:big|large)\b|\bwie groß\b|quelle (?:est la )?(?:surface|taille|superficie)|"
        r"cuánto mide|qué superficie|얼마나 (?:넓|크)|多大",
    ),
    _Dimension(
        r"depth|tiefe|profondeur|profundidad|깊이|深度",
        {"en": "deepest", "de": "tiefst", "fr": "profonde?s?", "es": "profund", "ko": "깊은", "zh": "深"},
        {"en": "shallowest", "de": "flachst|seichtest", "fr": "(?!)", "es": "(?!)", "ko": "얕은", "zh": "浅"},
        r"\bhow deep\b|\bwie tief\b|quelle profondeur|얼마나 깊|多深",
    ),
    _Dimension(
        r"speed|velocity|geschwindigkeit|tempo|vitesse|velocidad|속도|속력|速度|速率",
        {"en": "fastest|quickest", "de": "schnellst", "fr": "rapides?", "es": "rápid", "ko": "빠른", "zh": "快"},
        {"en": "slowest", "de": "langsamst", "fr": "lente?s?", "es": "lent", "ko": "느린", "zh": "慢"},
        r"\bhow (?:fast|quick)\b|\bwie schnell\b|quelle vitesse|à quelle vitesse|얼마나 빠|多快",
    ),
    _Dimension(
        r"\bpace\b|\ballure\b|\britmo\b|\bmin/k?m\b|페이스|配速",
        {"en": "slowest", "de": "langsamst", "fr": "lente?s?", "es": "lent", "ko": "느린", "zh": "慢"},
        {"en": "fastest|quickest", "de": "schnellst", "fr": "rapides?", "es": "rápid", "ko": "빠른", "zh": "快"},
        r"\bwhat pace\b|\bwelche[sm]? tempo\b|quelle allure|qué ritmo",
    ),
)
_HEIGHT: Final = r"height|altitude|elevation|höhe(?!punkt)|hauteur|altura|altitud|elevación|높이|고도|해발|高度|海拔"
_HIGH: Final[dict[Language, str]] = {
    "en": "highest|lowest",
    "de": "höchst|tiefst|niedrigst|höchstgelegen",
    "fr": "hau(?:te?s?)|bas(?:se)?s?",
    "es": "alt[oa]|baj[oa]",
    "ko": "높|낮",
    "zh": "高|低",
}
"""What is said of things by their height, where that is measured, and of any values elsewhere."""
_OF_THING: Final[dict[Language, str]] = {
    "en": r"\W*which (?:of the )?(?P<noun>[a-z]+) (?:is|was|are|were|lies|sits|has been) (?:the )?Q\W*",
    "de": r"\W*welche[rs]? (?P<noun>[a-zäöüß]+) (?:ist|war|liegt|lag|wäre) (?:am |das |die |der )?Q(?:en?)?\W*",
    "fr": r"\W*(?:quel(?:le)?s? (?:est |sont |était )?(?:le |la |les |l['’] ?)?(?P<noun>[^\W\d_]+) "
    r"(?:est |sont |était )?(?:le |la |les )?Q)\W*",
    "es": r"\W*(?:qué|cuál es (?:el|la)) (?P<noun>[^\W\d_]+) (?:es |está |era )?(?:el |la )?Q\W*",
    "ko": r"\W*(?:(?:어느|어떤) ?(?P<noun>[가-힣]{1,6}?)[이가은는]? Q\S*|Q ?(?P<other>[가-힣]{1,6}?)[은는이가]? ?"
    r"(?:어디|무엇|뭐|어느 ?것|어떤 ?것)?\S*)\W*",
    "zh": r"\W*(?:哪(?:一?[个种座家间棵块])?(?P<noun>[一-龥]{1,5}?)(?:是)?Q的?|"
    r"Q的?(?P<other>[一-龥]{1,5}?)是哪一?[个种座家间棵块]?)\W*",
}
"""A question for the thing that is Q, a superlative, and for nothing else."""
_WHO: Final = r"\W*(?:who|wer|qui|quién|누가|누구|谁)"
"""Questions for a name, which most points do not have."""
_SUPERLATIVE: Final[dict[Language, str]] = {
    "en": r"\b(?:W)\b",
    "de": r"\b(?:W)\w{0,3}\b",
    "fr": r"\bplus (?:W)\b",
    "es": r"\bmás (?:W)\w*",
    "ko": r"(?:가장|제일) ?(?:W)",
    "zh": r"最(?:W)",
}


_ASKED: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "value", "slope", "gap", "unheard", "cannot"))


def as_extreme_point(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how tall was the widest" as a question for the height of the point that is furthest along the other axis.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" and one.x for one in drawn)
    kept = (
        query.threshold or query.bounds or query.places or query.top or query.rank > 1 or query.statistic or query.then
    )
    asked = not query.operations or set(query.operations) <= _ASKED
    nameless = re.match(_WHO, text.lower()) is not None and not all(one.names for one in drawn)
    counted = query.language != "zh" and re.search(HOW_MANY[query.language], text.lower()) is not None
    if not points or not asked or kept or query.yes_no or nameless or counted:
        return query
    text, panel = text.lower(), panels[0]
    measured = (
        (found, [_measures(axis, found[0]) for axis in (panel.x, panel.y)])
        for found in _superlatives(text, query.language, label_without_unit(panel.y).lower())
    )
    clear = next((pair for pair in measured if any(pair[1]) and not all(pair[1])), None)
    if clear is None:
        ranked = query.operations in (("maximum",), ("minimum",)) and re.search(_HEIGHT, panel.y.label.lower())
        return replace(query, firm=True) if ranked and _is_of_thing(text, query.language, panel, _HIGH) else query
    (dimension, rest, highest), (along, _) = clear
    extreme: Operation = "maximum" if highest else "minimum"
    of_one = replace(query, operations=(extreme,), of_places=along, unheard="", of_series=False)
    words = {one: f"{dimension.much[one]}|{dimension.little[one]}" for one in LANGUAGES}
    of_one = replace(of_one, firm=query.firm or _is_of_thing(text, query.language, panel, words))
    if not along or re.search(dimension.plain, rest) or not _speaks_of_height(rest, panel, query.language):
        return of_one
    place, series = _furthest(drawn, highest=highest)
    named = (series.name,) if series.name else ()
    return replace(query, operations=("value",), places=(place,), series=named, unheard="", of_places=False, firm=True)


_COMPARATIVE: Final[dict[Language, str]] = {
    "en": r"\b(?:W)\b",
    "de": r"\b(?:W)(?:e[nrsm]?)?\b",
    "fr": r"(?<!\ble )(?<!\bla )(?<!\bles )\bplus (?:W)\b",
    "es": r"(?<!\bel )(?<!\bla )(?<!\blos )(?<!\blas )\bmás (?:W)\w*",
    "ko": r"더 ?(?:W)",
    "zh": r"更(?:W)",
}


def comparatives_of(label: str, language: Language, *, only: str = "") -> Iterator[tuple[str, bool]]:
    """Yield patterns of comparatives that are said of what a label measures, each with whether it says more of it.

    `only`: those of a dimension that is called so, such as "price".
    """
    for dimension in _DIMENSIONS:
        if re.search(dimension.labels, label.lower()) and (not only or re.search(dimension.labels, only)):
            for words, more in ((dimension.much, True), (dimension.little, False)):
                yield _COMPARATIVE[language].replace("W", _compared(words[language], language)), more


def _compared(words: str, language: Language) -> str:
    """Return the comparatives of superlatives: "harder" of "hardest", "härter" of "härtest"."""
    if language == "en":
        return re.sub(r"est\b", "er", words.replace("most ", "more ").replace("least ", "less "))
    return re.sub(r"e?st(?=\||$)", "er", words).replace("teuer", "teurer|teuer") if language == "de" else words


def _is_of_thing(text: str, language: Language, panel: ChartPanel, words: dict[Language, str]) -> bool:
    """Return whether a question asks which of the things that a chart shows is the hardest, and nothing else."""
    superlative = _SUPERLATIVE[language].replace("W", words[language]).removesuffix(r"\b")
    found = re.fullmatch(_OF_THING[language].replace("Q", f"(?:{superlative})"), text)
    if found is None:
        return False
    noun = folded(next((word for word in found.groupdict().values() if word), "")).removesuffix("s")
    shown = folded(f"{panel.title} {panel.x.label} {panel.y.label} {panel.legend_title}")
    return bool(noun) and noun in shown


def _measures(axis: ChartAxis, dimension: _Dimension) -> bool:
    return re.search(dimension.labels, axis.label.lower()) is not None


def _superlatives(text: str, language: Language, values: str) -> Iterator[tuple[_Dimension, str, bool]]:
    """Yield the dimensions of which the most or the least is asked for, with the rest of the question.

    "The largest rent" is that of the values, which are called rent.
    """
    for dimension in _DIMENSIONS:
        for words, highest in ((dimension.much, True), (dimension.little, False)):
            match = re.search(_SUPERLATIVE[language].replace("W", words[language]), text)
            following = re.match(r"\W*的?([^\W\d_]+)", text[match.end() :]) if match is not None else None
            of_values = following is not None and following[1][:5] in values and bool(values)
            if match is not None and not of_values:
                yield dimension, f"{text[: match.start()]} {text[match.end() :]}", highest


def _speaks_of_height(rest: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether the rest of a question names what the upright axis measures."""
    label = label_without_unit(panel.y).lower()
    words = words_for(panel.y, language)
    plain = (one.plain for one in _DIMENSIONS if re.search(one.labels, label))
    named = words is not None and words.search(rest) is not None
    return named or any(re.search(one, rest) for one in plain)


def _furthest(drawn: Sequence[Series], *, highest: bool) -> tuple[float, Series]:
    """Return the largest, or smallest, place of points, and their series."""
    places = [(float(place), one) for one in drawn for place in one.x if isinstance(place, float | int)]
    known = [pair for pair in places if math.isfinite(pair[0])]
    return (max if highest else min)(known, key=lambda pair: pair[0])
