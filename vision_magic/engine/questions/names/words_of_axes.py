"""Words by which a question speaks of what an axis measures: those of its label in any language, verbs, adjectives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartAxis, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.places.units_of_axes import UNIT_WORDS
from vision_magic.engine.questions.vocabulary.dimensions import comparatives, dimensions_of, superlatives

__all__ = ["SPEED", "axis_meant", "is_attribute", "speaks_of", "words_of_axis"]

_Words = dict[Language, str]
_Axis = Literal["", "x", "y", "both"]

SPEED: Final = r"speed|\btempo\b|geschwindigkeit|vitesse|cadence|velocidad|\britmo\b|속도|速度"
_DONE: Final[tuple[tuple[str, _Words], ...]] = (
    (
        r"distan|length|länge|strecke|entfernung|longueur|longitud|recorrido|거리|길이|距离|长度|里程|全长",
        {
            "en": r"short\w*|long(?:er|est)?|far|farther|farthest|further|furthest|clos(?:e|er|est)|near(?:er|est)?|"
            r"away",
            "de": r"kürz\w*|kurz\w*|lang(?:e[rnms]?)?|läng\w*|weit\w*|nahe?|näher\w*|nächst\w*|entfernt\w*",
            "fr": r"courte?s?|longu?e?s?|loin|éloigné\w*|proches?|près",
            "es": r"cort[oa]s?|larg[oa]s?|lej\w+|cerca\w*",
            "ko": r"짧|긴|길[어었고]|먼|멀[리었]|떨어[져진]|가까[운이워]|가깝",
            "zh": r"短|(?<![增成])长|远|近",
        },
    ),
    (
        r"ascent|climb|elevation gain|anstieg|höhenmeter|dénivel|desnivel|상승 ?고도|누적 ?고도|爬升",
        {
            "en": r"climb\w*|ascend\w*",
            "de": r"steigt|anstieg\w*|höhenmeter",
            "fr": r"mont(?:e|ent|ée)|grimp\w*|dénivelé",
            "es": r"sub(?:e|en|ida)|desnivel",
            "ko": r"오르",
            "zh": r"爬",
        },
    ),
    (
        r"food|feed|ration|calori|futter|nahrung|nourriture|croquette|comida|pienso|alimento|사료|먹이|식사|饲料|"
        r"食物|粮",
        {
            "en": r"eats?|ate|eaten|eating|fed|food",
            "de": r"fr[ie]ss\w*|frisst|fraß|isst|aß|\w*futter|fütter\w*",
            "fr": r"mang\w*|nourri\w*",
            "es": r"com(?:e|en|ió|ieron)|comida|pienso",
            "ko": r"먹|사료|밥",
            "zh": r"吃|食|粮",
        },
    ),
    (
        r"weight|\bmass\b|gewicht|masse\b|poids|peso|무게|체중|重",
        {
            "en": r"lighter|lightest|heav\w+|weigh\w*",
            "de": r"leichte[rs]\w*|schwer\w*|wieg\w*|gewicht\w*",
            "fr": r"lég[eè]r\w*|lourd\w*|p[eè]s\w+|poids",
            "es": r"liger\w+|pes[aoó]\w*|livian\w+",
            "ko": r"가벼|가볍|무거|무겁|몸무게|체중",
            "zh": r"轻|重",
        },
    ),
    (
        SPEED,
        {
            "en": r"fast\w*|quick\w*|slow\w*",
            "de": r"schnell\w*|langsam\w*",
            "fr": r"rapid\w*|vite|lent\w*",
            "es": r"rápid\w*|lent\w*|despacio",
            "ko": r"빠[르른]|빨[리라랐]|느[리린려렸]|천천히",
            "zh": r"快|慢",
        },
    ),
    (
        r"\btimes?\b|duration|\w*dauer\b|\w*zeit\b|\btemps\b|durée|tiempo|duración|시간|기록|时间|用时|耗时|period\b",
        {
            "en": r"takes?|took|lasts?|lasted|needs?|needed",
            "de": r"brauch\w*|gebraucht|dauer\w*|benötig\w*",
            "fr": r"met(?:tent)?|mis|dur(?:e|ent|ait|é)|prend|pris",
            "es": r"tard\w+|dur(?:a|ó|an|aron)",
            "ko": r"걸[리려렸린]",
            "zh": r"用了|花了|耗时|要花|需要",
        },
    ),
    (
        r"\bdays\b|\btage\b|jours|\bdías\b|일수|天数",
        {
            "en": r"how many days|how long|days",
            "de": r"wie viele tage|wie lange|tagen?",
            "fr": r"combien de (?:jours|temps)|jours",
            "es": r"cuántos días|cuánto tiempo|días",
            "ko": r"며칠|일 ?동안|얼마나 오래",
            "zh": r"(?:几|多少)天|多久|天",
        },
    ),
    (
        r"\bplay|spiel|\bjeu|\bjou|\bjueg|\bjug|게임|놀이|游戏|玩",
        {
            "en": r"play\w*",
            "de": r"\w*spiel\w*",
            "fr": r"jou\w+",
            "es": r"j[uú]e?g\w+",
            "ko": r"게임|놀[아았]|노는",
            "zh": r"玩|打游戏",
        },
    ),
    (
        r"practi[cs]|train(?:ing|ed)|exerci|\bübung|übezeit|entraîn|práctica|ensayo|entrenam|연습|훈련|练习|训练|锻炼",
        {
            "en": r"practi[cs]\w*|train\w*|exercis\w*|rehears\w*",
            "de": r"üb(?:t|te|en|ung)\w*|geübt|trainier\w*|training\w*",
            "fr": r"entraîn\w*|répèt\w*|exerc\w*",
            "es": r"practic\w*|ensay\w*|entren\w*",
            "ko": r"연습|훈련|운동",
            "zh": r"练|训练|锻炼",
        },
    ),
    (
        r"stud[iy]|learning|revision|lernzeit|lern|étude|révision|estudio|공부|학습|复习|学习",
        {
            "en": r"stud[iy]\w*|learn\w*|revis\w*",
            "de": r"lern\w*|gelernt",
            "fr": r"étudi\w*|révis\w*|appri\w*|travaill\w*",
            "es": r"estudi\w*|repas\w*",
            "ko": r"공부|학습",
            "zh": r"学习|学了|复习",
        },
    ),
    (
        r"working|\bwork\b|arbeit|travail|trabajo|근무|노동|工作",
        {
            "en": r"work\w*",
            "de": r"arbeit\w*|gearbeitet",
            "fr": r"travaill\w*",
            "es": r"trabaj\w*",
            "ko": r"일하|일한|일했|근무",
            "zh": r"工作|上班",
        },
    ),
    (
        r"fuel|consumption|\w*verbrauch|consommation|consumo|gasto|연료|소비|소모|油耗|能耗|耗电",
        {
            "en": r"consum\w+|uses?|used|burn\w*|guzzl\w*|thirst\w*|economical",
            "de": r"verbrauch\w*|braucht?e?|schluck\w*|sparsam\w*",
            "fr": r"consomm\w+|gourmand\w*|sobre\w*|économe\w*",
            "es": r"consum\w+|gast\w+",
            "ko": r"소비|소모|연비|기름",
            "zh": r"耗|费油|省油|用电",
        },
    ),
    (
        r"\bwater(?:ing)?\b|wasser|bewässer|\beau\b|arros|\bagua\b|riego|물의? ?양|급수|관수|水量|浇水|灌溉",
        {
            "en": r"water\w*|irrigat\w*",
            "de": r"gie(?:ß|ss)\w*|gegossen|bewässer\w*|wasser\w*",
            "fr": r"arros\w+|l'eau|d'eau",
            "es": r"rieg\w+|reg(?:ar|ó|amos|aron|ada?s?|ado)|agua",
            "ko": r"물을? ?[주준줬]|물 ?많이|급수",
            "zh": r"浇|灌溉|水量",
        },
    ),
    (
        r"\bflow\b|discharge|streamflow|abfluss|durchfluss|\bdébit|caudal|유량|유수량|流量|径流",
        {
            "en": r"water|flows?|discharg\w*",
            "de": r"wasser (?:führ\w+|fließ\w+)|(?:führ\w+|fließt) .{0,20}\bwasser|wasserreichst\w*|abfluss\w*",
            "fr": r"(?:port|charri|transport|roul)\w+ .{0,20}\beau|débits?|écoul\w+",
            "es": r"llev\w+ .{0,20}\bagua|transport\w+ .{0,20}\bagua|caudal\w*",
            "ko": r"물이? ?(?:가장 |제일 )?많|유량|흘러|흐르",
            "zh": r"水量|流量|水最[多少]",
        },
    ),
    (
        r"ventilat|airing|lüft|aération|ventilación|환기|通风|换气",
        {
            "en": r"ventilat\w*|air(?:s|ed|ing)",
            "de": r"\w*lüft\w*",
            "fr": r"aér\w+|ventil\w+",
            "es": r"ventil\w+",
            "ko": r"환기",
            "zh": r"通风|换气",
        },
    ),
    (
        r"growth|growing|wachstum|croissance|crecimiento|재배|생육|성장|生长|种植",
        {
            "en": r"gr[eo]w\w*",
            "de": r"w[aäu]chs\w*|gewachsen|reif\w*",
            "fr": r"pouss\w+|croî\w+|croiss\w+|grandi\w*",
            "es": r"cre(?:c|z)\w+",
            "ko": r"자[라란랐]|재배|키우",
            "zh": r"长了|生长|种",
        },
    ),
    (
        r"sleep|schlaf|sommeil|sueño|수면|睡眠",
        {
            "en": r"sle(?:ep|pt)\w*|asleep",
            "de": r"schl[aä]f\w*|schlief\w*|geschlafen",
            "fr": r"dor[mt]\w*|sommeil",
            "es": r"d[uo]e?rm\w*|sueño",
            "ko": r"수면|잠|잤|자는",
            "zh": r"睡",
        },
    ),
    (
        r"grade|mark\b|score|points|\bnote|nota\b|punkt|calific|성적|점수|成绩|分数",
        {
            "en": r"grades?|marks?|scor\w+",
            "de": r"noten?|punkte?\w*|abgeschnitten",
            "fr": r"notes?|noté\w*|points?",
            "es": r"notas?|sac[óoa]\w*|calific\w*|puntu\w*|aprob\w*|suspen\w*",
            "ko": r"성적|점수|점을",
            "zh": r"成绩|考",
        },
    ),
    (
        r"price|\bcost|\brent\b|\bfee|preis|kosten|miete|prix|coût|loyer|precio|coste|alquiler|가격|비용|월세|价格|"
        r"费用|租金",
        {
            "en": r"pa(?:y|ys|id)|costs?|expensive|cheap\w*|pric\w+|rent",
            "de": r"zahl\w*|bezahl\w*|kost\w*|teu\w*r\w*|billig\w*|miete",
            "fr": r"pa[iy]\w*|coût\w*|ch(?:er|ère)s?|loyers?",
            "es": r"pag[aóu]\w*|cuest\w*|car[oa]s?|barat\w*|alquiler",
            "ko": r"비싸|비싼|싼",
            "zh": r"贵|便宜|付",
        },
    ),
)
"""What axes measure, and what those do who have much of it."""


def axis_meant(text: str, panel: ChartPanel, language: Language, *, adjectives: bool = True) -> _Axis:
    """Return along which axis the quantity is of which a question speaks; empty if it speaks of neither."""
    along, across = (speaks_of(axis, text, language, adjectives=adjectives) for axis in (panel.x, panel.y))
    return "both" if along and across else "x" if along else "y" if across else ""


def speaks_of(axis: ChartAxis, text: str, language: Language, *, adjectives: bool = True) -> bool:
    """Return whether a question in lower case speaks of what an axis measures."""
    known = words_for(axis, language)
    return (known is not None and known.search(text) is not None) or any(
        re.search(words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)
        for words in words_of_axis(axis, language, adjectives=adjectives)
    )


def is_attribute(word: str, text: str, axis: ChartAxis, language: Language) -> bool:
    """Return whether a word stands at the noun for what an axis measures, and makes another thing of it.

    So "marathon" of "marathon time", "chauffage" of "frais de chauffage".
    """
    if language == "de" and word[:1].isupper():
        return False  # it would be one word with the noun
    word, end = word.lower(), "" if language in _EAST else r"(?!\w)"
    behind = (
        rf" d(?:e la |e l'|es |u |e |el |')(?:los |las )?{re.escape(word)}{end}" if language in ("fr", "es") else "(?!)"
    )
    before = "" if language in _EAST else "(?!)" if language in ("fr", "es") else r"(?<!\w)"
    nouns = [words_of_noun for words_of_noun in words_of_axis(axis, language) if words_of_noun]
    own = words_for(axis, language)
    nouns += [own.pattern] if own is not None else []
    return any(
        re.search(rf"{before}{re.escape(word)}[ -]?(?:{noun}){end}|(?:{noun}){behind}", text, re.IGNORECASE)
        for noun in nouns
    )


def words_of_axis(axis: ChartAxis, language: Language, *, adjectives: bool = True) -> Iterator[str]:
    """Yield patterns of words for what an axis measures: its own in other forms, those of a language, and verbs.

    `adjectives`: those as well that may be said of the other axis, such as "longest".
    """
    label = label_without_unit(axis).lower()
    yield from (words[language] for measured, words in _DONE if re.search(measured, label))
    for dimension in dimensions_of(axis.label, axis.unit) if adjectives else ():
        yield rf"(?:{dimension.plain})\w*"
        for words in (dimension.much[language], dimension.little[language]):
            yield from (superlatives(words, language), comparatives(words, language))
    if axis.unit in UNIT_WORDS:
        yield UNIT_WORDS[axis.unit]
        if len(axis.unit) >= _SHORTEST_UNIT:
            yield rf"(?<![a-z]){re.escape(axis.unit.lower())}(?![a-z])"
    if "/" in axis.unit:
        yield from _counted_in(axis.unit.split("/")[0].strip(), language)
    for word in re.findall(r"[^\W\d_]{2,}", label):
        yield from (re.escape(other) for other in translated(word, language) if len(other) > 2 or language in _EAST)
        if _EASTERN.match(word):
            yield re.escape(word)
        elif len(word) >= _SHORTEST:
            yield re.escape(word[: max(_SHORTEST, len(word) - 3)]) + r"\w{0,4}"


def _counted_in(noun: str, language: Language) -> Iterator[str]:
    """Yield a pattern of the things of which an axis has so many per time: "boxes" of "boxes/hour", and "몇 건"."""
    if _EASTERN.match(noun):
        asked = r"\d" if re.fullmatch("명|人|名", noun) else r"(?:\d|몇|几|多少)"  # "몇 명" may ask for the points
        yield rf"{asked} ?{re.escape(noun)}"
    elif len(noun) >= _SHORTEST and noun.isalpha():
        yield re.escape(noun.removesuffix("s")) + r"\w{0,2}"


_SHORTEST_UNIT: Final = 2
_EAST: Final[tuple[Language, ...]] = ("ko", "zh")
_EASTERN: Final = re.compile("[\u3400-\u9fff\uac00-\ud7a3]")
_SHORTEST: Final = 4
"""Letters of a word of a label that may stand in other forms in a question."""
