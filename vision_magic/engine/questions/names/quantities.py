"""Quantities that questions mean without their names: "the coldest month" asks for temperature, not for rain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import ChartAxis
from vision_magic.engine.questions.language import LANGUAGES, Language, is_common
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.accents import without_accents

__all__ = ["QUANTITIES", "is_quantity", "quantities_in", "words_for"]

_Words = dict[Language, str]

QUANTITIES: Final[dict[str, _Words]] = {
    "temperature": {
        "en": r"warm\w*|cold\w*|hot\b|hott\w+|cool\w*|temperatures?",
        "de": r"warm\w*|wärm\w*|kalt\w*|kält\w*|heiß\w*|\w*temperatur\w*",
        "fr": r"chaud\w*|froid\w*|températures?",
        "es": r"calor\w*|calur\w+|cálid\w*|calient\w*|frí[oa]s?\b|temperaturas?",
        "ko": r"더운|더웠|덥|뜨거|따뜻|추운|추웠|춥|기온|온도",
        "zh": r"热|熱|冷|暖|气温|氣溫|温度",
    },
    "air": {
        "en": r"co2|co₂|pm ?2[.,]5|pm ?10|no2|no₂|ozone|"
        r"particulate|air\b(?! (?:temp|press|fr|con|trav))|stuff(?:y|ier|iest)\b",
        "de": r"co2|co₂|luft\b|stickig\w*|luftqualität|feinstaub",
        "fr": r"co2|co₂|l['’]air\b|qualité de l['’]air",
        "es": r"co2|co₂|el aire\b|calidad del aire",
        "ko": r"공기|미세먼지|이산화탄소",
        "zh": r"空气|二氧化碳|雾霾",
    },
    "rain": {
        "en": r"rain\w*|wet\w*|dry\b|drie\w+|precipitation",
        "de": r"(?:ge)?regne\w*|\w*regen\w*|\w*niederschl\w*|nass\w*|nässe\w*|trocken\w*",
        "fr": r"pluies?\b|pluvieu\w*|pleut\b|plu\b|précipitations?|secs?\b|sèches?\b|arrosée?s?\b",
        "es": r"lluvi\w*|llov\w*|llueve\w*|sec[oa]s?\b|precipitaci\w*",
        "ko": r"비[가는를] |비가|(?<![가-힣])비 ?(?:많이|적게|제일|가장|안 )|강수|강우|건조",
        "zh": r"雨|降水|干燥|乾燥",
    },
    "height": {
        "en": r"tall\w*|heights?\b",
        "de": r"körpergröße\w*|größe\b|höhe\b",
        "fr": r"tailles?\b|hauteurs?\b|personne la plus grande",
        "es": r"alturas?\b|estaturas?\b|personas? más (?:alt|baj)\w+",
        "ko": r"키[가는의를]|키\b|신장",
        "zh": r"身高|最高的人|最矮",
    },
    "weight": {
        "en": r"heav\w*|weigh\w*|lightest\b|(?:body )?mass\b",
        "de": r"gewicht\w*|schwer\b|schwerste\w*|schwerer\w*|wieg\w*|wog\w*|leichteste\w*",
        "fr": r"poids\b|lourd\w*|légers?\b|légères?\b|pèse\w*|pesai\w+|masse",
        "es": r"pesos?\b|pesan?\b|pesaban?\b|pesó\b|pesad\w*|masa",
        "ko": r"몸무게|무게|체중|무거|가벼",
        "zh": r"体重|體重|重量|最重|最轻",
    },
    "age": {
        "en": r"ages?\b|oldest|older|youngest|younger",
        "de": r"alter\b|älter\w*|älteste\w*|jünger\w*|jüngste\w*",
        "fr": r"âges?\b|âgée?s?\b|vieux|vieille\w*|jeunes?\b",
        "es": r"edad(?:es)?\b|viej[oa]s?\b|jóven\w*|joven",
        "ko": r"나이|연령|늙은|젊은|어린",
        "zh": r"年龄|年齡|年纪|岁|年轻|年长",
    },
    "price": {
        "en": r"prices?\b|pricey|expensive|cheap\w*|costs?\b",
        "de": r"preise?\w*|teuer\w*|teurer\w*|billig\w*|kosten?\b|kostet\w*",
        "fr": r"prix\b|chers?\b|chères?\b|coûte\w*|coûts?\b",
        "es": r"precios?\b|car[oa]s?\b|barat[oa]s?\b|cuestan?\b|costos?\b",
        "ko": r"가격|비싼|비싸|싼|저렴",
        "zh": r"价格|價格|价|贵|便宜",
    },
    "people": {
        "en": r"people|persons?\b|students?|pupils|participants?|respondents?|patients?|visitors?|customers?|"
        r"inhabitants|residents|passengers?",
        "de": r"leute|personen|menschen|\w*student\w*|schüler\w*|teilnehmer\w*|befragte?n?\b|patient\w*|besucher\w*|"
        r"kund\w+|einwohner\w*",
        "fr": r"gens\b|personnes?|étudiants?|élèves?|participants?|répondants?|patients?|visiteurs?|"
        r"clients?|habitants?",
        "es": r"gente|personas?|estudiantes?|alumn[oa]s|participantes?|encuestad[oa]s?|pacientes?|visitantes?|"
        r"clientes?|habitantes?",
        "ko": r"사람|명이|학생|참가자|응답자|환자|방문자|고객|주민|인구",
        "zh": r"人|学生|學生|参与者|受访者|患者|访客|顾客",
    },
    "duration": {
        "en": r"how long|longer|longest|takes?\b|took\b|faster|slower|fastest|slowest|times?\b|durations?",
        "de": r"(?:wie|so) lange?\b|\w*dauer\w*|länger\w*|längst\w*|kürzer\w*|kürzest\w*|schneller|langsamer|"
        r"schnellst\w*|langsamst\w*|\w*zeit\b",
        "fr": r"combien de temps|dure\w*|durée\w*|plus (?:rapide|lent|vite|long|court)\w*|temps\b",
        "es": r"cuánto tiempo|tarda\w*|duraci\w*|dura\b|más (?:rápid|lent|larg|cort)\w*|tiempos?\b",
        "ko": r"걸리|걸려|걸렸|오래|빠르|빨리|느리|시간",
        "zh": r"时间|時間|耗时|多久|更久|更快|更慢|最快|最慢",
    },
    "angle": {
        "en": r"angles?\b",
        "de": r"winkel\w*|auslenkung\w*",
        "fr": r"angles?\b",
        "es": r"ángulos?\b",
        "ko": r"각도",
        "zh": r"角度",
    },
    "speed": {
        "en": r"speeds?\b|velocit\w*|how fast (?:is|was|are|were)\b",
        "de": r"\w*geschwindigkeit\w*|\w*tempo\b",
        "fr": r"vitesses?\b",
        "es": r"velocidad(?:es)?\b",
        "ko": r"속도|속력",
        "zh": r"速度|速率",
    },
    "humidity": {
        "en": r"humid\w*|moist\w*",
        "de": r"\w*feucht\w*",
        "fr": r"(?:taux d['’])?humid\w*",
        "es": r"humed\w*|húmed\w*",
        "ko": r"습도|습한|습하|수분",
        "zh": r"湿度|潮湿|水分|湿润",
    },
    "noise": {
        "en": r"noise\b|sound levels?\b|loudness",
        "de": r"\w*lärm\w*|schallpegel\w*|lautstärke\w*|geräusch\w*",
        "fr": r"bruits?\b|(?:niveau )?sonores?\b|volume sonore",
        "es": r"ruidos?\b|(?:nivel )?sonor[oa]s?\b",
        "ko": r"소음|소리 ?크기",
        "zh": r"噪音|噪声|音量|声级|声音",
    },
    "delay": {
        "en": r"delays?\b|delayed\b|late\b|lateness",
        "de": r"\w*verspät\w*",
        "fr": r"retards?\b|retardé\w*",
        "es": r"retras\w*|demoras?\b",
        "ko": r"지연|연착|늦",
        "zh": r"延误|晚点|误点|延迟",
    },
    "light": {
        "en": r"illuminance|brightness|light levels?\b",
        "de": r"helligkeit\w*|beleuchtungsstärke\w*|lichtstärke\w*",
        "fr": r"éclairement|luminosité|lumière",
        "es": r"iluminaci\w*|luminosidad|luz\b",
        "ko": r"조도|밝기",
        "zh": r"照度|亮度|光照",
    },
    "wind": {
        "en": r"wind speeds?\b|winds?\b(?! (?:power|energy|farm|turbine))|gusts?\b",
        "de": r"windgeschwindigkeit\w*|windstärke\w*|wind(?:e?s)?\b|böen?\b",
        "fr": r"(?:(?:force|vitesse) (?:du|des) )?vents?\b|rafales?\b",
        "es": r"(?:(?:fuerza|velocidad) del )?vientos?\b|ráfagas?\b",
        "ko": r"풍속|바람",
        "zh": r"风速|风力|风(?!险|格|景|扇)",
    },
    "sunshine": {
        "en": r"sunshine|sunlight|hours of sun\b|sun hours",
        "de": r"sonnenschein\w*|sonnenstunden?\b|sonne\b",
        "fr": r"ensoleillement|(?:heures de )?soleil\b",
        "es": r"(?:horas de )?sol\b|insolaci\w*",
        "ko": r"일조|햇빛|햇볕",
        "zh": r"日照|阳光",
    },
    "sales": {
        "en": r"sales\b|sold\b|units\b",
        "de": r"absatz\w*|verkauf\w*|verkäuf\w*|stückzahl\w*",
        "fr": r"ventes?\b|vendue?s?\b",
        "es": r"ventas\b|vendid\w*|vendier\w*",
        "ko": r"판매|팔린|팔렸",
        "zh": r"销量|卖",
    },
    "revenue": {
        "en": r"revenues?\b|turnover|takings",
        "de": r"\w*umsatz\w*|umsätze\w*|erlös\w*|einnahme\w*",
        "fr": r"chiffres? d['’]affaires|recettes?\b",
        "es": r"ingresos\b|facturaci\w*|recaudaci\w*",
        "ko": r"매출|수입",
        "zh": r"销售额|营收|收入",
    },
    "profit": {
        "en": r"profits?\b|earnings",
        "de": r"gewinn\w*|profit\w*",
        "fr": r"bénéfices?\b|profits?\b",
        "es": r"beneficios?\b|ganancias?\b",
        "ko": r"이익|순익",
        "zh": r"利润|盈利",
    },
    "length": {
        "en": r"lengths?\b|longest\b|shortest\b",
        "de": r"länge\w*|längst\w*|kürzest\w*",
        "fr": r"longueurs?\b|longs?\b|longues?\b|courte?s?\b",
        "es": r"longitud\w*|larg[oa]s?\b|cort[oa]s?\b",
        "ko": r"길이|긴|짧은",
        "zh": r"长度|最长|最短",
    },
    "income": {
        "en": r"incomes?\b|earn\w*|salar\w+|rich\w*",
        "de": r"einkommen\w*|verdien\w*|gehälter|gehalt|reichste\w*",
        "fr": r"revenus?\b|salaires?\b|gagne\w*|riches?\b",
        "es": r"ingresos?\b|salarios?\b|ganan?\b|ric[oa]s?\b",
        "ko": r"소득|월급|연봉|급여",
        "zh": r"收入|工资|薪",
    },
}
"""What axes often measure, and the words that mean it."""

_UNITS: Final[dict[str, str]] = {
    **dict.fromkeys(("°C", "°F"), "temperature"),
    **dict.fromkeys(("ms", "s", "min", "h"), "duration"),
}


def is_quantity(quantity: str, axis: ChartAxis, name: str = "") -> bool:
    """Return whether an axis, or a series with this name, has values of a quantity."""
    if _UNITS.get(axis.unit) == quantity:
        return True
    return _is_named(quantity, f"{name} {label_without_unit(axis)}".lower())


@lru_cache(maxsize=1024)
def _is_named(quantity: str, own: str) -> bool:
    return any(
        compiled(words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})").search(own)
        for language, words in QUANTITIES[quantity].items()
    )


def quantities_in(text: str, language: Language) -> Iterator[str]:
    """Yield the quantities of which a question in lower case speaks."""
    for quantity, words in QUANTITIES.items():
        if compiled(_pattern(words[language], language)).search(text):
            yield quantity


_SHORT_NAME: Final = re.compile(r"(?=.?[A-Z])[A-Za-z]{2}$")
"""A label of two letters that is an abbreviation, and no article or preposition."""
_BEHIND_NOUN: Final = re.compile(
    r" (?:of|from|in|per|at|for|on|by|to|until|since|vo[nm]|de[rsnm]?|bis|seit|ab|i[nm]|a[nm]|auf|beim?|pro|für|über|"
    r"zu[mr]?|du|des|au|aux|en|par|pour|sur|dans|jusqu\S*|depuis|del|al|por|para|sobre|hasta|desde)\b| d['’]|,"
)
"""Where the noun of a label ends, and what says more of it begins."""


def words_for(axis: ChartAxis, language: Language) -> re.Pattern[str] | None:
    """Return a pattern of the words by which a question names what an axis measures; None if it has no label."""
    return _words_for(label_without_unit(axis), axis.unit, language)


@lru_cache(maxsize=256)
def _words_for(named: str, unit: str, language: Language) -> re.Pattern[str] | None:
    label = named.lower()
    known = (quantity for quantity in QUANTITIES if _UNITS.get(unit) == quantity or _is_named(quantity, f" {label}"))
    own = [QUANTITIES[quantity][language] for quantity in known]
    for name in {label, _BEHIND_NOUN.split(label)[0]}:  # "walking time" of "Walking time from the car park"
        if len(name) > 2:
            own.append(rf"{re.escape(name)}(?:s|es|n|en)?\b")
        elif _SHORT_NAME.match(named) and not any(is_common(name, one) for one in LANGUAGES):
            own.append(rf"{re.escape(name)}(?![a-z])")  # "pH"
    return compiled(_pattern("|".join(own), language)) if own else None


def _pattern(words: str, language: Language) -> str:
    return words if language in ("ko", "zh") else rf"(?<!\w)(?:{without_accents(words)})"
