"""What axes measure of things, and the adjectives that say that there is much or little of it: "heaviest", "cheapest".

The adjectives are stems of superlatives, of which the comparatives follow: "harder" of "hardest".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language

__all__ = ["DIMENSIONS", "Dimension", "comparatives", "dimensions_of", "superlatives"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What an axis measures, with the words for much and for little of it, as stems of superlatives."""

    labels: str
    much: dict[Language, str]
    little: dict[Language, str]
    plain: str = "(?!)"
    """Words of a question for its amount."""
    units: str = "(?!)"
    """Units that tell it where the label has no word for it."""
    unless: str = "(?!)"
    """Words of labels of which it is not said."""


_NOWHERE: Final[dict[Language, str]] = dict.fromkeys(LANGUAGES, "(?!)")
_TIMES: Final = (
    r"(?:m?s|min|h|hrs?|days?|weeks?|tagen?|tage|stunden|minuten|sekunden|jours|heures|minutes|secondes|días|horas|"
    r"minutos|segundos|hours|seconds|시간|분|초|일|小时|分钟|秒|天)(?: .+| ?/ ?\S+)?"
)
_SPENT: Final = (
    r"play|practi[cs]e|training|stud[iy]|learn|sleep|screen|per (?:day|week|month|night)|daily|weekly|light|"
    r"sunshine|spiel|"
    r"übung|lern|schlaf|bildschirm|wöchentlich|täglich|pro (?:tag|woche)|jeu|entraîn|étude|sommeil|écran|par (?:jour|"
    r"semaine)|juego|entrenam|estudio|sueño|pantalla|por (?:día|semana)|게임|연습|훈련|공부|수면|학습|하루|주당|"
    r"일주일|游戏|练习|"
    r"训练|学习|睡眠|每[天日周]"
)
"""Labels of times that are spent on something, of which nobody is faster who has less."""

DIMENSIONS: Final = (
    Dimension(
        r"length|distance|l[äa]nge|strecke|distanz|entfernung|longueur|longitud|distancia|길이|거리|长度|距离|里程",
        {
            "en": "longest|furthest|farthest",
            "de": "längst|weitest",
            "fr": "longue?s?",
            "es": "larg",
            "ko": "긴|길게|길었|길어|길면|길수록|먼",
            "zh": "长|远",
        },
        {"en": "shortest", "de": "kürzest", "fr": "courte?s?", "es": "cort", "ko": "짧", "zh": "短|近"},
        r"\bhow (?:long|far)\b|\bwie (?:lang|weit)\w*|quelle (?:longueur|distance)|얼마나 (?:길|멀)|多[长远]",
    ),
    Dimension(
        r"duration|\btimes?\b|\b(?:hours|minutes|days|weeks|stunden|minuten|tage|wochen|heures|jours|semaines|horas|"
        r"minutos|días|semanas)\b|일수|天数|\bperiod\b|\w*dauer|\w*zeit\b|durée|\btemps\b|période|duración|tiempo|"
        r"per[ií]odo|시간|기간|주기|时长|时间|周期",
        {
            "en": "longest",
            "de": "längst",
            "fr": "longue?s?|longtemps|longuement",
            "es": "larg|tiempo",
            "ko": "긴|길게|길었|길어|길면|길수록|오래(?!된)|오랜|오랫동안",
            "zh": "长|久",
        },
        {
            "en": "shortest|briefest",
            "de": "kürzest",
            "fr": "courte?s?|brève?s?|brefs?",
            "es": "cort|breve",
            "ko": "짧",
            "zh": "短",
        },
        r"\bhow long\b|\bwie lange?\b|quelle durée|combien de temps|cuánto tiempo|얼마나 (?:길|오래)|多[长久]",
        units=_TIMES,
    ),
    Dimension(
        r"distan|entfernung|abstand|\w*weg\b|\bwalk|gehzeit|fahrzeit|drive\b|driving time|commute|journey|"
        r"trajet|à pied|éloignement|trayecto|camino|caminando|a pie|거리|도보|통근|步行|距离|路程|车程|通勤",
        {
            "en": "furthest|farthest|most (?:remote|distant)",
            "de": "weitest|entferntest|abgelegenst|weitesten entfernt",
            "fr": "loin|éloignée?s?|lointaine?s?",
            "es": "lej|alejad|distant",
            "ko": "먼|멀리|멀",
            "zh": "远|偏远|偏",
        },
        {
            "en": "closest|nearest",
            "de": "nächst",
            "fr": "proches?|près",
            "es": "cerc|próxim",
            "ko": "가까|가깝",
            "zh": "近",
        },
        r"\bhow far\b|\bwie weit\b|à quelle distance|a qué distancia|얼마나 (?:멀|떨어)|몇 ?(?:km|킬로|미터) ?떨어|"
        r"多远",
    ),
    Dimension(
        r"width|breadth|diameter|breite|durchmesser|largeur|diamètre|anch[ou]|diámetro|너비|폭|지름|直径|宽",
        {"en": "widest|broadest", "de": "breitest", "fr": "larges?", "es": "anch", "ko": "넓은", "zh": "宽"},
        {"en": "narrowest", "de": "schmalst", "fr": "étroite?s?", "es": "estrech", "ko": "좁은", "zh": "窄"},
        r"\bhow (?:wide|broad)\b|\bwie breit\b|quelle (?:est la )?largeur|얼마나 넓|多宽",
    ),
    Dimension(
        r"thickness|\bdicke\b|épaisseur|grosor|espesor|두께|厚",
        {
            "en": "thickest",
            "de": "dickst",
            "fr": "épaisse?s?",
            "es": "grues|espes",
            "ko": "두꺼|두껍",
            "zh": "厚",
        },
        {
            "en": "thinnest",
            "de": "dünnst",
            "fr": "minces?|fine?s?",
            "es": "fin[oa]|delgad",
            "ko": "얇",
            "zh": "薄",
        },
        r"\bhow (?:thick|thin)\b|\bwie d(?:ick|ünn)\b|quelle (?:est l['’])?épaisseur|qué grosor|얼마나 두꺼|多厚",
    ),
    Dimension(
        r"height|höhe|größe|hauteur|taille|altura|estatura|높이|신장|(?<![가-힣])키|高|altitud|"
        r"(?<!gain in )elevation(?! gain)|(?:highest|top) point|summit|höchster punkt|gipfel|\bcota\b|"
        r"point culminant|sommet|punto más alto|cumbre|(?<!상승 )(?<!누적 )고도|해발|최고점|海拔|最高点",
        {**_NOWHERE, "en": "tallest"},  # the highest is that of any values
        {**_NOWHERE, "en": "shortest", "zh": "矮"},
        r"\bhow (?:tall|high)\b|what (?:height|altitude|elevation)|\bwie (?:hoch|groß)\b|"
        r"quelle (?:est (?:la |l['’]))?(?:hauteur|taille|altitude)|"
        r"a qué (?:altura|altitud)|얼마나 (?:높|크|컸)|해발 ?(?:몇|얼마)|多高|海拔多少",
    ),
    Dimension(
        r"hardness|härte|dureté|dureza|경도|硬度",
        {"en": "hardest", "de": "härtest", "fr": "dure?s?", "es": "dur[oa]", "ko": "단단|딱딱", "zh": "硬"},
        {"en": "softest", "de": "weichst", "fr": "tendres?|molle?s?", "es": "bland", "ko": "무른|부드러운", "zh": "软"},
        r"\bhow hard\b|\bwie hart\b|quelle (?:est la )?dureté|qué dureza|얼마나 단단|多硬",
    ),
    Dimension(
        r"density|dichte|densité|densidad|밀도|密度",
        {"en": "densest", "de": "dichtest", "fr": "denses?", "es": "dens[oa]", "ko": "밀도가? ?높은|조밀", "zh": "密"},
        {"en": "least dense", "de": "(?!)", "fr": "(?!)", "es": "(?!)", "ko": "밀도가? ?낮은", "zh": "疏"},
        r"\bhow dense\b|\bwie dicht\b|quelle (?:est la )?densité|qué densidad|얼마나 조밀|多密",
    ),
    Dimension(
        r"weight|\bmass\b|gewicht|\bmasse\b|poids|\bpeso|무게|체중|重",
        {
            "en": "heaviest",
            "de": "schwerst",
            "fr": "lourde?s?",
            "es": "pesad",
            "ko": "무거|무겁",
            "zh": "重",
        },
        {
            "en": "lightest",
            "de": "leichtest",
            "fr": "légers?|légères?",
            "es": "liger|livian",
            "ko": "가벼|가볍",
            "zh": "轻",
        },
        r"\bhow heavy\b|\bhow much \w+ weigh|\bwie schwer\b|combien pèse|cuánto pesa|얼마나 무거|多重",
    ),
    Dimension(
        r"\bcosts?\b|price|spend|budget|\brent\b|\bfares?\b|\bfees?\b|\w*kosten|\w*preis|ausgaben|miete|coût|prix|"
        r"dépense|loyer|"
        r"tarif|cost[eo]|precio|gasto|alquiler|비용|가격|월세|요금|임대료|费用|价格|成本|花费|支出|租金|房租|票价",
        {
            "en": "most expensive|priciest|costliest|dearest",
            "de": "teuerst|kostspieligst",
            "fr": "chers?|chères?|coûteu(?:x|se)s?|onéreu(?:x|se)s?",
            "es": "car[oa]|costos",
            "ko": "비싼|비싸|비쌌|비쌀",
            "zh": "贵",
        },
        {
            "en": "cheapest|least expensive|most affordable",
            "de": "billigst|günstigst|preiswertest",
            "fr": "abordables?|économiques?",
            "es": "barat|económic",
            "ko": "싼|싸|저렴|쌌",
            "zh": "便宜|划算",
        },
        r"\bhow (?:expensive|much .{0,20}\bcosts?)\b|\bwie teuer\b|combien .{0,20}coût|cuánto .{0,20}cost|多贵",
    ),
    Dimension(
        r"\bage\b|\balter\b|\bâge|edad|나이|연령|年龄",
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
    Dimension(
        r"\barea\b|floor ?space|\w*fläche\b|surface|superficie|면적|넓이|面积",
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
    Dimension(
        r"depth|tiefe|profondeur|profundidad|깊이|深度",
        {"en": "deepest", "de": "tiefst", "fr": "profonde?s?", "es": "profund", "ko": "깊은|깊게", "zh": "深"},
        {"en": "shallowest", "de": "flachst|seichtest", "fr": "(?!)", "es": "(?!)", "ko": "얕은|얕게", "zh": "浅"},
        r"\bhow deep\b|\bwie tief\b|quelle profondeur|얼마나 깊|多深",
    ),
    Dimension(
        r"speed|velocity|geschwindigkeit|\btempo\b|vitesse|velocidad|속도|속력|速度|速率|时速",
        {
            "en": "fastest|quickest|most quickly",
            "de": "schnellst",
            "fr": "rapides?|vite|rapidement",
            "es": "rápid|deprisa",
            "ko": "빠른|빠르|빨리|빨라|빨랐",
            "zh": "快",
        },
        {
            "en": "slowest|most slowly",
            "de": "langsamst",
            "fr": "lente?s?|lentement",
            "es": "lent|despacio",
            "ko": "느린|느리|천천히|느려|느렸",
            "zh": "慢",
        },
        r"\bhow (?:fast|quick)\b|\bwie schnell\b|quelle vitesse|à quelle vitesse|얼마나 빠|多快",
    ),
    Dimension(
        r"\bpace\b|\ballure\b|\britmo\b|\bmin/k?m\b|페이스|配速|\btimes?\b|\bperiod\b|\w*zeit\b|dauer|duration|"
        r"période|durée|"
        r"\btemps\b|per[ií]odo|tiempo|duración|시간|주기|기록|周期|时间|用时|耗时|成绩",
        {
            "en": "slowest|most slowly",
            "de": "langsamst",
            "fr": "lente?s?|lentement",
            "es": "lent|despacio",
            "ko": "느린|느리|천천히|느려|느렸",
            "zh": "慢",
        },
        {
            "en": "fastest|quickest|most quickly",
            "de": "schnellst",
            "fr": "rapides?|vite|rapidement",
            "es": "rápid|deprisa",
            "ko": "빠른|빠르|빨리|빨라|빨랐",
            "zh": "快",
        },
        r"\bwhat pace\b|\bwelche[sm]? tempo\b|quelle allure|qué ritmo",
        unless=rf"{_SPENT}|speed|velocity|geschwindigkeit|vitesse|velocidad|속도|속력|速度|速率",
    ),
    Dimension(
        r"angle|slope|gradient|incline|inclination|neigung|steigung|gefälle|winkel|pente|inclinaison|pendiente|"
        r"inclinación|ángulo|경사|기울기|각도|坡度|角度|倾",
        {
            "en": "steepest",
            "de": "steilst",
            "fr": "raides?|pentue?s?|inclinée?s?",
            "es": "empinad|inclinad",
            "ko": "가파른|가파르|가팔라",
            "zh": "陡",
        },
        {
            "en": "flattest|gentlest|shallowest",
            "de": "flachst",
            "fr": "plate?s?|douces?",
            "es": "llan[oa]|plan[oa]|suave",
            "ko": "완만",
            "zh": "缓|平缓",
        },
        r"\bhow steep\b|\bwie steil\b|quelle (?:est la )?(?:pente|inclinaison)|qué inclinación|얼마나 가파|多陡",
    ),
    Dimension(
        r"temp|°[CF]|\w*wärme|chaleur|calor|온도|기온|수온|温",
        {
            "en": "hottest|warmest",
            "de": "heißest|wärmst",
            "fr": "chaude?s?",
            "es": "calient|cálid|calor|caluros",
            "ko": "더[운워우웠울]|덥|뜨거|뜨겁|따뜻",
            "zh": "热|暖",
        },
        {
            "en": "coldest|coolest",
            "de": "kältest|kühlst",
            "fr": "froide?s?|fraîche?s?|frais",
            "es": "frí[oa]|fresc",
            "ko": "추[운워우웠울]|춥|차가|차갑|시원",
            "zh": "冷|凉",
        },
        r"\bhow (?:hot|warm|cold)\b|\bwie (?:heiß|warm|kalt)\b|quelle (?:est la )?température|qué temperatura|몇 "
        r"?도|多[热冷]",
    ),
    Dimension(
        r"noise|sound|loud|lautstärke|lärm|schall|bruit|sonore|ruido|sonid|소음|소리|噪|音量|\bdB\b",
        {
            "en": "loudest|noisiest",
            "de": "lautest",
            "fr": "bruyante?s?|forts?",
            "es": "ruidos",
            "ko": "시끄러",
            "zh": "吵|响",
        },
        {
            "en": "quietest",
            "de": "leisest|ruhigst",
            "fr": "silencieu(?:x|se)s?|calmes?",
            "es": "silencios|tranquil",
            "ko": "조용",
            "zh": "安静|静",
        },
    ),
    Dimension(
        r"brightness|illumin|\blux\b|light|helligkeit|beleuchtung|luminosité|éclairement|brillo|iluminación|luz|"
        r"밝기|조도|亮度|照度|光",
        {
            "en": "brightest",
            "de": "hellst",
            "fr": "claire?s?|lumineu(?:x|se)s?",
            "es": "luminos|brillant",
            "ko": "밝",
            "zh": "亮",
        },
        {
            "en": "darkest|dimmest",
            "de": "dunkelst",
            "fr": "sombres?",
            "es": "oscur",
            "ko": "어두|어둡",
            "zh": "暗",
        },
        unless=r"light[- ]?years?|lichtjahr|années[- ]lumière|años[- ]luz|광년|光年|magnitud|등급|星等|\bmag\b",
    ),
    Dimension(
        r"strength|force|stärke\b|kraft|résistance|fuerza|resistencia|힘|강도|强度|力",
        {
            "en": "strongest",
            "de": "stärkst",
            "fr": "fort(?:e|s|es)?|solides?",
            "es": "fuert|resistent",
            "ko": "강한|강해|센",
            "zh": "强",
        },
        {"en": "weakest", "de": "schwächst", "fr": "faibles?", "es": "débil", "ko": "약한|약해", "zh": "弱"},
    ),
    Dimension(
        r"income|wealth|\bgdp\b|salar|wage|einkommen|gehalt|vermögen|\bbip\b|revenu|salaire|\bpib\b|ingreso|sueldo|"
        r"소득|연봉|급여|"
        r"收入|工资|薪",
        {
            "en": "richest|wealthiest|best paid",
            "de": "reichst|wohlhabendst",
            "fr": "riches?",
            "es": "ric[oa]",
            "ko": "부유|잘사는",
            "zh": "富",
        },
        {"en": "poorest", "de": "ärmst", "fr": "pauvres?", "es": "pobre", "ko": "가난|못사는", "zh": "穷"},
    ),
    Dimension(
        r"humid|moist|rain|precip|feucht|niederschl|regen|pluie|humidité|précip|humedad|lluvi|습도|강수|수분|湿|雨|"
        r"降水|水分",
        {
            "en": "wettest|most humid|dampest|rainiest|moistest",
            "de": "feuchtest|nassest|regenreichst",
            "fr": "humides?|pluvieu(?:x|se)s?",
            "es": "húmed|lluvios",
            "ko": "습한|습해|축축",
            "zh": "湿|潮湿",
        },
        {
            "en": "driest|dryest",
            "de": "trockenst",
            "fr": "sec|sèches?|secs",
            "es": "sec[oa]",
            "ko": "건조|마른",
            "zh": "干|干燥",
        },
    ),
    Dimension(
        r"fuel|l/100|consumption|\w*verbrauch|consommation|consumo|연료|소비|油耗|耗",
        {
            "en": "thirstiest|most wasteful",
            "de": "durstigst",
            "fr": "gourmande?s?|gloutonn?e?s?",
            "es": "derrochador|gastador",
            "ko": "기름을? ?많이",
            "zh": "费油|耗油|费电|耗电",
        },
        {
            "en": "most (?:economical|frugal|efficient)",
            "de": "sparsamst|effizientest",
            "fr": "économes?|sobres?|économiques?",
            "es": "económic|eficient",
            "ko": "경제적|연비가? ?좋은",
            "zh": "省油|省电",
        },
    ),
    Dimension(
        r"\w*zucker|sugar|sucre|azúcar|설탕|당도|당분|糖",
        {"en": "sweetest", "de": "süßest", "fr": "sucrée?s?", "es": "dulce", "ko": "단|달콤|달", "zh": "甜"},
        _NOWHERE,
    ),
    Dimension(
        r"population|inhabitants|einwohner|bevölkerung|habitants|población|habitantes|인구|人口",
        {
            "en": "most populous|largest|biggest",
            "de": "bevölkerungsreichst|größt",
            "fr": "peuplée?s?|grande?s?",
            "es": "poblad|grande",
            "ko": "인구가? ?많은|큰",
            "zh": "大",
        },
        {
            "en": "least populous|smallest",
            "de": "bevölkerungsärmst|kleinst",
            "fr": "petite?s?",
            "es": "pequeñ",
            "ko": "인구가? ?적은|작은",
            "zh": "小",
        },
    ),
    Dimension(
        r"\byear (?:built|of)|\bbuilt\b|baujahr|année (?:de|du)|año de|건축 ?연도|제작 ?연도|建造年|年份",
        {
            "en": "newest|youngest|latest",
            "de": "neuest|jüngst",
            "fr": "récente?s?|neu(?:f|ve)s?",
            "es": "nuev|reciente",
            "ko": "새|최신",
            "zh": "新",
        },
        {
            "en": "oldest",
            "de": "ältest",
            "fr": "anciens?|anciennes?|vieux|vieille",
            "es": "viej|antigu",
            "ko": "오래된",
            "zh": "老|旧",
        },
    ),
)
"""Dimensions of things, what axes that measure them are labelled, and the stems of adjectives for them."""

_SUPERLATIVE: Final[dict[Language, str]] = {
    "en": r"\b(?:W)\b",
    "de": r"\b(?:W)\w{0,3}\b",
    "fr": r"\bplus (?:W)\b",
    "es": r"\bmás (?:W)\w*",
    "ko": r"(?:가장|제일) ?(?:W)",
    "zh": r"最(?:W)",
}
_COMPARATIVE: Final[dict[Language, str]] = {
    "en": r"\b(?:W)\b",
    "de": r"\b(?:W)(?:e[nrsm]?)?\b",
    "fr": r"(?<!\ble )(?<!\bla )(?<!\bles )\bplus (?:W)\b",
    "es": r"(?<!\bel )(?<!\bla )(?<!\blos )(?<!\blas )\bmás (?:W)\w*",
    "ko": r"더 ?(?:W)",
    "zh": r"更(?:W)",
}


def dimensions_of(label: str, unit: str = "") -> Iterator[Dimension]:
    """Yield the dimensions that an axis with a label, or else with a unit, measures."""
    lowered = label.lower()
    for one in DIMENSIONS:
        told = re.search(one.labels, lowered) is not None or (bool(unit) and re.fullmatch(one.units, unit) is not None)
        if told and re.search(one.unless, lowered) is None:
            yield one


def superlatives(words: str, language: Language) -> str:
    """Return a pattern of the superlatives of some stems."""
    return _SUPERLATIVE[language].replace("W", words)


def comparatives(words: str, language: Language) -> str:
    """Return a pattern of the comparatives of some stems of superlatives."""
    return _COMPARATIVE[language].replace("W", _compared(words, language))


def _compared(words: str, language: Language) -> str:
    if language == "en":
        return re.sub(r"est\b", "er", words.replace("most ", "more ").replace("least ", "less "))
    if language != "de":
        return words
    plain = re.sub(r"(?:e?st|(?<=ß)t)(?=\||$)", "er", words)
    return plain.replace("teuer", "teurer|teuer").replace("nächer", "näher").replace("dunkeler", "dunkler")
