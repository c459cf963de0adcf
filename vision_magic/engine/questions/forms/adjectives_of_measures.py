"""Adjectives of what is measured, as the high and low values that they mean: "drier than" of moisture is "lower than".

"How loud was the hall?" asks for a level of sound, and "the most punctual line" for the lowest delay. They are put
plainly only where all values measure that quantity, and no name or label has the adjective itself: a "dry" wine may be
one of several. The magnitude of a star is the lower the brighter it is, so that "the brightest" is the lowest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import texts_of
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.dimensions import dimensions_of
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation, search

__all__ = ["with_plain_adjectives"]


@dataclass(frozen=True, slots=True)
class _Measure:
    """A quantity: how labels name it, and the adjectives for much and for little of it in each language."""

    labels: str
    high: dict[Language, str]
    low: dict[Language, str]
    behind: dict[Language, str] = field(default_factory=dict)
    """What is said of it behind an amount, which it changes in nothing: "10 minutes late"."""


_MAGNITUDE: Final = _Measure(
    r"(?:apparent|absolute|visual|limiting|stellar) magnitude|magnitude.*(?:bright|faint|stars?\b|nova)|\bmag\b|"
    r"magnitud(?:e|en)?\b.*(?:hell|brill|faible|débil)|magnitude (?:apparente|absolue|visuelle)|"
    r"magnitud (?:aparente|absoluta|visual)|(?:scheinbare|absolute|visuelle) (?:magnitude|helligkeit)|"
    r"(?:겉보기|절대|실시) ?등급|등급.*밝|星等",
    {
        "en": "faint dim dark weak",
        "de": "lichtschwach/lichtschwächer/lichtschwächst schwach/schwächer/schwächst dunkel/dunkler/dunkelst",
        "fr": "faibles? sombres? pâles?",
        "es": "débil(?:es)? tenues? oscur[oa]s? pálid[oa]s?",
        "ko": "어둡 희미하 약하",
        "zh": "昏暗 暗 弱",
    },
    {
        "en": "bright luminous",
        "de": "hell leuchtkräftig",
        "fr": "brillante?s? lumineu(?:x|ses?) claire?s?",
        "es": "brillantes? luminos[oa]s? clar[oa]s?",
        "ko": "밝 환하",
        "zh": "明亮 亮",
    },
)
"""Magnitudes of stars, of which the brightest has the lowest."""
_MEASURES: Final = (
    _MAGNITUDE,
    _Measure(
        r"moist|humid|damp|\brain|precip|feucht|niederschl|regen|nässe|pluie|précip|lluvi|humed|"
        r"수분|습도|강수|강우|湿|水分|雨|降水",
        {
            "en": "wet damp moist humid rainy",
            "de": "feucht nass regnerisch",
            "fr": "humides? mouillée?s? pluvieu(?:x|ses?) arrosée?s?",
            "es": "húmed[oa]s? mojad[oa]s? lluvios[oa]s?",
            "ko": "습하 축축하 촉촉하",
            "zh": "潮湿 湿润 多雨 湿",
        },
        {
            "en": "dry arid",
            "de": "trocken",
            "fr": "secs? sèches? arides?",
            "es": "sec[oa]s? árid[oa]s?",
            "ko": "건조하",
            "zh": "干燥 乾燥 干旱 干 乾",
        },
    ),
    _Measure(
        r"\bdelays?\b|lateness|verspätung|retard|retraso|지연|연착|延误|晚点|延迟",
        {
            "en": "late delayed unpunctual unreliable",
            "de": "verspätet unpünktlich unzuverlässig spät/später/spätest",
            "fr": "retardée?s? en.retard",
            "es": "retrasad[oa]s? impuntual(?:es)?",
            "ko": "늦 지연되",
            "zh": "晚点 误点 不准时",
        },
        {
            "en": "punctual reliable",
            "de": "pünktlich zuverlässig",
            "fr": "ponctuel(?:le)?s? fiables? à.l['’]heure",
            "es": "puntual(?:es)? fiables?",
            "ko": "정확하",
            "zh": "准时 准点 正点",
        },
        {
            "en": r"(?:too )?late|behind (?:schedule|time)|overdue|delayed",
            "de": r"(?:zu )?spät|verspätet|hinter dem fahrplan|über der zeit",
            "fr": r"(?:de|en) retard|trop tard",
            "es": r"(?:de|con) retraso|tarde",
        },
    ),
    _Measure(
        r"noise|sound|loud|\bdb\b|lärm|schall|laut|bruit|sonore|ruido|sonor|소음|소리|噪|音量|分贝|声级",
        {
            "en": "loud noisy",
            "de": "laut",
            "fr": "bruyante?s? sonores?",
            "es": "ruidos[oa]s?",
            "ko": "시끄럽 소란하 소란스럽",
            "zh": "嘈杂 吵闹 吵",
        },
        {
            "en": "quiet silent calm",
            "de": "leise/leiser/leisest ruhig still",
            "fr": "calmes? silencieu(?:x|ses?) tranquilles?",
            "es": "tranquil[oa]s? silencios[oa]s? callad[oa]s?",
            "ko": "조용하 고요하",
            "zh": "安静 安靜",
        },
    ),
    _Measure(
        r"illumin|\blux\b|brightness|\blight\b|helligkeit|beleuchtung|lichtstärke|éclair|luminos|ilumin|조도|밝기|照度|"
        r"亮度|光照",
        {
            "en": "bright",
            "de": "hell",
            "fr": "lumineu(?:x|ses?) claire?s? éclairée?s?",
            "es": "luminos[oa]s? iluminad[oa]s? clar[oa]s?",
            "ko": "밝 환하",
            "zh": "明亮 亮",
        },
        {
            "en": "dark dim gloomy",
            "de": "dunkel/dunkler/dunkelst düster finster",
            "fr": "sombres? obscure?s?",
            "es": "oscur[oa]s?",
            "ko": "어둡 캄캄하",
            "zh": "昏暗 黑暗 暗",
        },
    ),
    _Measure(
        r"\bwinds?\b|\bgusts?\b|windgeschw|windst|böen|\bvents?\b|rafale|viento|ráfaga|풍속|바람|风速|风力|风",
        {
            "en": "windy stormy gusty blustery strong",
            "de": "windig stürmisch stark/stärker/stärkst",
            "fr": "venteu(?:x|ses?) ventée?s? forte?s?",
            "es": "ventos[oa]s? fuertes?",
            "ko": "세 강하",
            "zh": "强 大",
        },
        {
            "en": "calm still weak sheltered",
            "de": "windstill ruhig schwach/schwächer/schwächst geschützt",
            "fr": "calmes? faibles? abritée?s?",
            "es": "calmad[oa]s? tranquil[oa]s? débil(?:es)? flojos?",
            "ko": "약하 잔잔하 고요하",
            "zh": "平静 弱 小",
        },
    ),
    _Measure(
        r"sunshine|sun(?:ny)? hours|hours of sun|sonnenschein|sonnenstunden|ensoleill|insolation|soleil|insolaci|"
        r"horas de sol|"
        r"일조|햇빛|日照",
        {
            "en": "sunny bright",
            "de": "sonnig heiter",
            "fr": "ensoleillée?s?",
            "es": "solead[oa]s?",
            "ko": "화창하 맑",
            "zh": "晴朗 阳光充足",
        },
        {
            "en": "cloudy gloomy dull overcast grey gray",
            "de": "trüb bewölkt wolkig grau",
            "fr": "nuageu(?:x|ses?) couverte?s? grise?s? maussades?",
            "es": "nublad[oa]s? gris(?:es)? cubiert[oa]s?",
            "ko": "흐리",
            "zh": "阴沉 多云",
        },
    ),
    _Measure(
        r"occup|visitors|\bvisits\b|attendance|passengers|guests|customers|seats taken|rooms taken|"
        r"besucher|gäste|kunden|"
        r"auslastung|beleg|visiteurs|voyageurs|clients|fréquentation|visitantes|pasajeros|clientes|ocupa|asistencia|"
        r"\bcalls?\b|anruf|appels|llamadas|\borders\b|bestellung|commandes|pedidos|"
        r"방문|이용객|승객|관람객|손님|점유|객실|입장|통화|전화|주문|客流|游客|乘客|访客|参观|入住|上座|来电|电话|订单",
        {
            "en": "crowded busy full packed",
            "de": "voll überfüllt belebt ausgelastet",
            "fr": "fréquentée?s? pleine?s? pleins bondée?s? chargée?s? animée?s?",
            "es": "concurrid[oa]s? llen[oa]s? abarrotad[oa]s? ocupad[oa]s?",
            "ko": "붐비 혼잡하 바쁘 북적이 복잡하",
            "zh": "拥挤 繁忙 热闹 忙碌 忙 挤",
        },
        {
            "en": "empty quiet deserted calm slow",
            "de": "leer ruhig still",
            "fr": "vides? calmes? désertes? tranquilles? creu(?:x|ses?)",
            "es": "vací[oa]s? tranquil[oa]s? desiert[oa]s?",
            "ko": "한산하 한가하 조용하",
            "zh": "冷清 清闲 空闲",
        },
    ),
    _Measure(
        r"prices?\b|\bcosts?\b|\bfares?\b|\brents?\b|\bfees?\b|preise?\b|kosten|\bmieten?\b|\bprix\b|coûts?\b|loyer|tarif|"
        r"precio|coste|alquiler|가격|요금|비용|월세|임대료|价格|房租|租金|费用",
        {
            "en": "expensive dear pricey costly",
            "de": "teuer/teurer/teuerst kostspielig",
            "fr": "chers? chères? coûteu(?:x|ses?) onéreu(?:x|ses?)",
            "es": "car[oa]s? costos[oa]s?",
            "ko": "비싸",
            "zh": "昂贵 贵",
        },
        {
            "en": "cheap affordable inexpensive",
            "de": "billig günstig preiswert",
            "fr": "bon.marché abordables? économiques?",
            "es": "barat[oa]s? económic[oa]s? asequibles?",
            "ko": "저렴하",
            "zh": "便宜 廉价",
        },
    ),
)
_SIDES: Final[tuple[Operation, Operation]] = ("maximum", "minimum")


def with_plain_adjectives(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "high" and "low" for the adjectives of what all values measure.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    measured = [panel.x if one.kind == "histogram" else panel.axis_of(one) for panel, one in drawn]
    axes = {(axis.label, axis.unit) for axis in measured}
    if any(_has_two_quantities(one) for _, one in drawn):  # they tell which axis is meant
        return _of_magnitudes_of_points(text, panels, language)
    if len(axes) != 1:
        return text
    if language == "en":
        text = _with_plain_amounts(text, *next(iter(axes)))
    label = " ".join(next(iter(axes)))
    titles = " ".join(panel.title for panel in panels)
    known = (one for named in (label, f"{label} {titles}") for one in _MEASURES if re.search(one.labels, named.lower()))
    measure = next(known, None)
    return text if measure is None else _in_plain_words(text, measure, panels, language)


def _of_magnitudes_of_points(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question about the brightness of points with "low" for "bright", and the name of the axis."""
    axes = [axis for panel in panels for axis in (panel.x, panel.y) if re.search(_MAGNITUDE.labels, axis.label.lower())]
    changing = any(re.search(words, text, re.IGNORECASE) for words, _ in _FAINTER_OR_BRIGHTER[language])
    plain = _in_plain_words(text, _MAGNITUDE, panels, language) if len(axes) == 1 and not changing else text
    if plain == text:  # also of one point, which has no course
        return text
    noun = label_without_unit(axes[0])
    if language == "zh":
        return f"{noun} {plain}"
    found = re.search(r"\s*[?？!.]*\s*$", plain)
    end = len(plain) if found is None else found.start()
    return f"{plain[:end]}{' in ' if language in ('en', 'de') else ', '}{noun}{plain[end:]}"


_EXPLAINED: Final = r"\([^()]*(?:=|\bis\b|\bist\b|\best\b|\bes\b)[^()]*\)"
"""What a label says of its values, as "smaller = brighter"."""
_BEFORE_NUMBER: Final = r"(?:the |der |die |la |el )?(?:magnituden?|magnitud|mag\.?) (?=[-−]?\d)"
_PEAK: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"(?:peak|maximum|greatest|highest) (?:brightness|luminosity)", "lowest magnitude"),
    "de": (r"(?:maximale|größte|höchste) (?:helligkeit|leuchtkraft)", "niedrigste Magnitude"),
    "fr": (r"(?:luminosité|brillance|éclat) (?:maximale?|la plus (?:forte|grande|élevée))", "magnitude la plus basse"),
    "es": (r"(?:brillo|luminosidad) (?:máxim[oa]|más alt[oa])|(?:mayor|máxim[oa]) brillo", "magnitud más baja"),
    "ko": (r"(?:최대|최고) ?(?:밝기|광도)", "최저 등급"),
    "zh": (r"(?:最大|最高)(?:的)?亮度", "最低星等"),
}
_FAINTER_OR_BRIGHTER: Final[dict[Language, tuple[tuple[str, str], tuple[str, str]]]] = {
    "en": (
        (r"(?:get|gets|got|getting|grow|grew|become|became) (?:fainter|dimmer|darker)|(?:fade|dim)", "go up"),
        (r"(?:get|gets|got|getting|grow|grew|become|became) brighter|brighten(?! by)", "go down"),
    ),
    "de": (
        (r"(?:licht)?(?:schwächer|dunkler) geworden|verblasst", "gestiegen"),
        (r"heller geworden|aufgehellt", "gefallen"),
    ),
    "fr": (
        (r"(?:devenue?|devient|est devenue?) plus (?:faible|sombre|pâle)|faibli|pâli", "augmenté"),
        (r"(?:devenue?|devient|est devenue?) plus (?:brillante?|lumineu(?:x|se))", "baissé"),
    ),
    "es": (
        (r"se (?:volvió|hizo|ha vuelto) más (?:débil|tenue|oscur[oa])|se (?:debilitó|apagó)", "subió"),
        (r"se (?:volvió|hizo|ha vuelto) más (?:brillante|luminos[oa])", "bajó"),
    ),
    "ko": ((r"(?:더 )?(?:어두워|희미해)졌(?=[나습는어])", "올랐"), (r"(?:더 )?밝아졌(?=[나습는어])", "내렸")),
    "zh": ((r"变暗了?", "上升了"), (r"变亮了?", "下降了")),
}
"""Courses of magnitudes: what gets fainter goes up."""


def _in_plain_words(text: str, measure: _Measure, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "high" and "low" for the adjectives of a measure that no name or label has."""
    own = re.sub(_EXPLAINED, "", texts_of(panels).lower())
    if language in measure.behind:
        text = re.sub(_BEHIND_AMOUNT.replace("W", measure.behind[language]), r"\g<amount>", text, flags=re.IGNORECASE)
    if measure is _MAGNITUDE:
        text = re.sub(_BEFORE_NUMBER, "", text, flags=re.IGNORECASE)
        for said, plain in (_PEAK[language], *_FAINTER_OR_BRIGHTER[language]):
            bounds = said if language in ("ko", "zh") else rf"(?<!\w)(?:{said})(?! than\b|\w)"
            text = re.sub(bounds, plain, text, flags=re.IGNORECASE)
    for side, words in enumerate((measure.high, measure.low)):
        for word in words[language].split():
            if not re.search(_in_names(word, language), own):
                text = _PLAINLY[language](text, word, side)
    return text


_AMOUNTS: Final = ("how deep", "how steep", "how wide", "how thick", "how heavy")
"""Questions for an amount in an adjective that the words for values do not have."""


def _with_plain_amounts(text: str, label: str, unit: str) -> str:
    """Return an English question with "how high" for "how deep" of a depth."""
    for dimension in dimensions_of(label, unit):
        known = (words for words in _AMOUNTS if re.search(dimension.plain, words))
        text = re.sub(rf"\b(?:{'|'.join(known) or '(?!)'})\b", "how high", text, flags=re.IGNORECASE)
    return text


def _has_two_quantities(series: Series) -> bool:
    """Return whether points have a quantity along each axis, unlike those above names, such as means with errors."""
    return series.kind == "points" and not all(isinstance(place, str) for place in series.x)


_BEHIND_AMOUNT: Final = (
    r"(?P<amount>\b(?:min\.?|minut\w*|\w*hours?|\w*stunden?|heures?|horas?|days?|tage?n?|jours?|días?)) (?:W)(?!\w)"
)


def _in_names(word: str, language: Language) -> str:
    """Return a pattern of an adjective among the names and labels of charts."""
    stem = word.split("/")[0].replace(".", " ")
    return stem if language in ("ko", "zh") else rf"(?<!\w){stem}"


def _sub(pattern: str, plain: str, text: str) -> str:
    return re.sub(rf"(?<!\w)(?:{without_accents(pattern)})(?!\w)", plain, text, flags=re.IGNORECASE)


def _is_read(side: int, language: Language, word: str) -> bool:
    """Return whether the words for extremes have a superlative already, and on the right side."""
    read = [search(OPERATION_WORDS[one][language], language, word) is not None for one in _SIDES]
    return read[side] and not read[1 - side]


def _english(text: str, word: str, side: int) -> str:
    low = side == 1
    more, most = f"{_english_stem(word)}er", f"{_english_stem(word)}est"
    text = _sub(f"most {word}", _of_side(low, "highest", "lowest"), text)
    text = _sub(f"least {word}", _of_side(low, "lowest", "highest"), text)
    text = _sub(f"more {word}", _of_side(low, "higher", "lower"), text)
    text = _sub(f"less {word}", _of_side(low, "lower", "higher"), text)
    if word == "late":  # "later than eight" and "the latest" are of times
        text = re.sub(r"\blate by\b", "", text, flags=re.IGNORECASE)
    else:
        text = _sub(rf"{more}(?= than\b| (?:in|on|at|or)\b|[?,])", _of_side(low, "higher", "lower"), text)
        text = _sub(rf"(?<=much ){more}", _of_side(low, "higher", "lower"), text)
        read = word not in _HIGH_BY_ENDING and _is_read(side, "en", most)
        text = text if read else _sub(most, _of_side(low, "highest", "lowest"), text)
    return _sub(rf"(?P<how>how) {word}(?= (?:is|are|was|were|did|does|it)\b|\W*$)", r"\g<how> high", text)


_HIGH_BY_ENDING: Final = ("faint", "dim")
"""Adjectives whose superlatives are read as high for nothing but "est", and are taken for low all the same."""


def _of_side(low: bool, much: str, little: str) -> str:
    return little if low else much


def _english_stem(word: str) -> str:
    """Return what "er" and "est" follow: "dri" of dry, "wett" of wet, "lat" of late."""
    if word.endswith("y"):
        return f"{word[:-2]}i" if word.endswith("ey") else f"{word[:-1]}i"
    if word.endswith("e"):
        return word[:-1]
    return f"{word}{word[-1]}" if re.fullmatch(r"[^aeiou]+[aeiou][^aeiouwxy]", word) else word


def _german(text: str, word: str, side: int) -> str:
    low = side == 1
    positive, more, most = word.split("/") if "/" in word else (word, f"{word}er", f"{word}e?st")
    end = r"(?P<end>e[nrsm]?)?"
    text = _sub(rf"am wenigsten {positive}", _of_side(low, "am niedrigsten", "am höchsten"), text)
    text = _sub(rf"weniger {positive}", _of_side(low, "niedriger", "höher"), text)
    text = _sub(rf"{more}(?= als\b| (?:in|im|am|an|um|bei|oder)\b|\W*$)", _of_side(low, "höher", "niedriger"), text)
    if not _is_read(side, "de", f"am {most.replace('e?', '')}en"):
        text = _sub(rf"{most}{end}", rf"{_of_side(low, 'höchst', 'niedrigst')}\g<end>", text)
    verbs = "ist|sind|war|waren|wird|es|kam|kamen|kommt|fuhr|fuhren"
    return _sub(rf"(?P<how>wie) {positive}(?= (?:{verbs})\b|\W*$)", r"\g<how> hoch", text)


def _french(text: str, word: str, side: int) -> str:
    low, word = side == 1, word.replace(".", " ")
    if word == "en retard":  # "de combien de minutes le bus était-il en retard": its delay, and no difference
        text = re.sub(r"(?i)\bde combien( de minutes| de temps)?\b(.{3,60}?) en retard(?!\w)", r"combien\1\2", text)
    text = _sub(rf"moins {word}", _of_side(low, "plus bas", "plus élevé"), text)
    text = _sub(rf"plus {word}", _of_side(low, "plus élevé", "plus bas"), text)
    return re.sub(rf"(?i)\b(à quel point\b.{{3,60}}?) {word}(?!\w)", r"\1 élevé", text)


def _spanish(text: str, word: str, side: int) -> str:
    low = side == 1
    text = _sub(rf"menos {word}", _of_side(low, "más bajo", "más alto"), text)
    text = _sub(rf"más {word}", _of_side(low, "más alto", "más bajo"), text)
    return _sub(rf"(?P<how>qué tan|cómo de|cuán) {word}", r"\g<how> alto", text)


_BEFORE_KO: Final = r"(?P<degree>가장|제일|젤|더|덜|얼마나|보다) ?(?P<less>(?:더|덜) ?)?"
_CONTRACTED: Final = {18: 0, 20: 6, 11: 10}
"""Numbers of Korean vowels, and what they are before the ending of the past: "바쁘" and "바빴", "붐비" and "붐볐"."""


def _korean(text: str, word: str, side: int) -> str:
    """Return a Korean question with "높" or "낮" for the stem of an adjective behind a word for a degree."""

    def said(found: re.Match[str]) -> str:
        flipped = "덜" in (found["degree"], (found["less"] or "").strip())
        low = (side == 1) != flipped and found["degree"] != "얼마나"
        degree = "더" if found["degree"] == "덜" else found["degree"]
        return f"{degree} {'더 ' if found['less'] else ''}{'낮' if low else '높'}{forms.get(found['form'], '')}"

    forms = dict(_forms_in_korean(word))
    return re.sub(rf"{_BEFORE_KO}(?P<form>{'|'.join(forms)})", said, text)


def _forms_in_korean(word: str) -> Iterator[tuple[str, str]]:
    """Yield the forms of an adjective, each with the ending that "high" has in its place; the bare stem is the last."""
    stem, last = word[:-1], word[-1]
    vowel, final = divmod(ord(last) - 0xAC00, 28)
    if last == "하":
        yield from ((f"{stem}{form}", end) for form, end in (("한", "은"), ("했", "았"), ("할", "을"), ("해", "아")))
    elif final == _FINAL_B:
        open_ = f"{stem}{chr(ord(last) - final)}"
        yield from ((f"{open_}{form}", end) for form, end in (("운", "은"), ("웠", "았"), ("울", "을"), ("워", "아")))
    elif final:
        yield from ((f"{word}{form}", end) for form, end in (("은", "은"), ("는", "은"), ("았", "았"), ("었", "았")))
    else:
        start, vowel = divmod(vowel, 21)
        past = chr(0xAC00 + (start * 21 + _CONTRACTED.get(vowel, vowel)) * 28 + _FINAL_SS)
        yield from ((f"{word}는", "은"), (f"{stem}{chr(ord(last) + _FINAL_N)}", "은"), (f"{stem}{past}", "았"))
    yield rf"{word}(?=[고지게다네나니던요습]|$)", ""


_FINAL_N, _FINAL_B, _FINAL_SS = 4, 17, 20
"""Numbers of the consonants that end Korean syllables."""


def _chinese(text: str, word: str, side: int) -> str:
    low = side == 1
    text = re.sub(rf"(?P<how>有多么?|多么?){word}(?!少)", r"\g<how>高", text)
    text = re.sub(rf"最不{word}", _of_side(low, "最低", "最高"), text)
    text = text if _is_read(side, "zh", f"最{word}") else re.sub(f"最{word}", _of_side(low, "最高", "最低"), text)
    more = rf"(?P<more>更|还要?|比[^比,，。？?]{{1,14}}?){word}"
    return re.sub(more, rf"\g<more>{_of_side(low, '高', '低')}", text)


_PLAINLY: Final = {
    "en": _english, "de": _german, "fr": _french, "es": _spanish, "ko": _korean, "zh": _chinese,
}  # fmt: skip
