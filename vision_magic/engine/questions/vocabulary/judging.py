"""Words that judge values: what is best or fastest of them, and what is a loss, follows from what the axis measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation, search

__all__ = [
    "CHANGES",
    "is_better_higher",
    "is_better_lower",
    "is_fast_high",
    "is_known_which_is_better",
    "is_low_first",
    "is_of_durations",
    "is_of_errors",
    "is_of_losses",
    "is_of_means",
    "is_undecided",
    "judged",
    "with_plain_speed",
    "without_judgement",
]

_Judgement = Literal["best", "worst", "fastest", "slowest"]

_JUDGEMENTS: Final[dict[_Judgement, dict[Language, str]]] = {
    "best": {
        "en": r"best\b(?![- ]sell)|easiest\b|safest\b|cleanest\b|healthiest\b|most (?:punctual|reliable|efficient)\b|"
        r"(?:shone|shines?|impress\w+) (?:the )?most\b",
        "de": r"(?:am )?best\w{1,2}\b|(?:am )?(?:einfachst|pünktlichst|zuverlässigst|sicherst|sauberst|gesündest|"
        r"effizientest|sparsamst)\w*|(?:glänz\w+|überzeug\w+) (?:\S+ ){0,3}?am meisten|am meisten (?:geglänzt|"
        r"überzeugt)",
        "fr": r"(?:le |la |les )?(?:meilleure?s?|mieux réussie?s?|"
        r"plus (?:faciles?|ponctuel(?:le)?s?|fiables?|sûre?s?|propres?|saine?s?|efficaces?|écologiques?|sobres?)|"
        r"le plus brillé|brill\w+ (?:\S+ ){0,3}?le plus)\b",
        "es": r"mejor\w*|más (?:fácil|puntual|fiable|segur|limpi|san[oa]|eficiente|ecológic|brill|destac|"
        r"luci)\w*|(?:brill|destac|luci)\w+ más",
        "ko": r"(?:가장|제일|젤) ?(?:좋|우수|뛰어|훌륭|잘|쉬[운웠울]|쉽|안전|깨끗|맑|청정|쾌적|상쾌|정확|효율|"
        r"빛[나났]|활약)\S*",
        "zh": r"最好|最佳|最优|最容易|最简单|最准时|最安全|最干净|最清[新洁澈]|最健康|最省|最环保|最高效|"
        r"最(?:出色|优秀|亮眼)",
    },
    "worst": {
        "en": r"worst\b|hardest\b|most difficult\b|(?:struggl\w+|flounder\w*|slump\w*) (?:the )?most\b",
        "de": r"(?:am )?(?:schlecht|schlimm)(?:e?st)\w*|(?:am )?(?:schwierigst|gefährlichst|unpünktlichst|"
        r"unzuverlässigst|"
        r"schmutzigst)\w*|schwächel\w+ (?:\S+ ){0,3}?am (?:meisten|stärksten)|am (?:meisten|stärksten) geschwächelt",
        "fr": r"(?:le |la |les )?(?:pires?|moins bonne?s?|moins réussie?s?|plus (?:difficiles?|dure?s?|mauvaise?s?|"
        r"dangereu(?:x|se)s?|sales?)|le plus (?:peiné|flanché|faibli|calé)|(?:pein|flanch|"
        r"faibli)\w+ (?:\S+ ){0,3}?le plus)\b",
        "es": r"peor\w*|más (?:difícil|peligros|suci|impuntual|floj|flaque)\w*|(?:floje|flaque|pinch)\w+ más",
        "ko": r"(?:가장|제일|젤) ?(?:나[쁘쁜빴빠]|못|어려|어렵|위험|더러|더럽|지저분|탁[하한했]|혼탁|부진|저조|"
        r"고전)\S*|최악\S*",
        "zh": r"最差|最坏|最壞|最难|最糟|最危险|最脏|最[浑混]浊|最(?:不理想|拉胯|失常)",
    },
    "fastest": {
        "en": r"fastest\b|quickest\b",
        "de": r"(?:am )?schnellst\w*",
        "fr": r"(?:le |la |les )?plus rapides?\b",
        "es": r"más rápid\w*",
        "ko": r"(?:가장|제일) ?[빠빨]\S*",
        "zh": r"最快",
    },
    "slowest": {
        "en": r"slowest\b",
        "de": r"(?:am )?langsamst\w*",
        "fr": r"(?:le |la |les )?plus lente?s?\b",
        "es": r"más lent\w*",
        "ko": r"(?:가장|제일) ?느\S*",
        "zh": r"最慢",
    },
}

_ADVERBS: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": ((r"\bmost (?:quickly|rapidly|swiftly)\b", "fastest"), (r"\bmost slowly\b", "slowest")),
    "de": ((r"\bam (?:raschesten|zügigsten|flottesten)\b", "am schnellsten"),),
    "fr": (
        (r"\ble plus (?:vite|rapidement)\b", "le plus rapide"),
        (r"\ble (?:plus lentement|moins vite)\b", "le plus lent"),
    ),
    "es": (
        (r"\bmás (?:deprisa|aprisa|rápidamente)\b", "más rápido"),
        (r"\bmás (?:despacio|lentamente)\b", "más lento"),
    ),
    "ko": ((r"(가장|제일) ?빨리", r"\1 빠르게"), (r"(가장|제일) ?천천히", r"\1 느리게")),
    "zh": (),
}
"""How fast something was done, of which durations tell the amount; of other values it may be said of changes."""
_WON: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"(?<=who )(?:has |had )?(?:won|wins?)(?! (?:more|most|against|over)\b)(?: (?:in )?(?=the\b))?",
        "was fastest in ",
    ),
    "de": (r"(?<=wer )(?:hat|hatte) (?P<in>.{0,40}?) ?\bgewonnen\b|(?<=wer )gewann\b", r"war am schnellsten in \g<in>"),
    "fr": (r"(?<=qui )(?:a |ont )?(?:gagné|remporté|gagne)\b", "a été le plus rapide dans"),
    "es": (r"(?<=quién )(?:ha )?gan(?:ó|ado|a)\b", "fue el más rápido en"),
    "ko": ("(?!)", ""),
    "zh": (r"(?:赢得?了|获胜了?|夺冠了?|得了第一)", "最快"),
}
"""That somebody won, where all are timed."""
_NTH: Final = r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th)"
_NTH_FR: Final = r"deuxième|second|seconde|troisième|quatrième|cinquième|sixième|\d+(?:e|ème)"
_CAME: Final = r"(?<=who )(?:came|comes|finished|finishes|was|placed|ended up|crossed the line)(?: in)?"
_FINISHED: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (rf"{_CAME} (?:last(?: place)?|bottom)(?=\W*$| (?:in|at|of|overall)\b)", "was slowest"),
        (rf"{_CAME} (?P<nth>{_NTH})(?: place)?(?=\W*$| (?:in|at|overall)\b)", r"was the \g<nth> fastest"),
        (r"^\W*(?:did|does|has) (?P<a>\S.*?) (?:beat|beaten|defeat|outrun) (?P<b>\S)", r"was \g<a> faster than \g<b>"),
    ),
    "de": (
        (r"(?<=wer )(?:wurde|war|kam|ist)(?: als)? letzte[rs]?\b(?: geworden)?", "war am langsamsten"),
        (r"^\W*hat (?P<a>\S+) (?P<b>\S.*?) (?:geschlagen|besiegt|bezwungen)", r"war \g<a> schneller als \g<b>"),
    ),
    "fr": (
        (
            r"(?<=qui )(?:a|est|s['’]est) (?:fini|terminé|arrivée?|classée?)(?: en)? (?:dernier|dernière)\b(?: place)?",
            "a été le plus lent",
        ),
        (
            rf"(?<=qui )(?:a|est|s['’]est) (?:fini|terminé|arrivée?|classée?)(?: en)? (?P<nth>{_NTH_FR})\b(?: place)?",
            r"a été le \g<nth> plus rapide",
        ),
        (r"^\W*(?P<a>\S.*?) a-t-(?:il|elle) battu (?P<b>\S)", r"\g<a> a-t-il été plus rapide que \g<b>"),
        (r"^\W*est-ce que (?P<a>\S.*?) a battu (?P<b>\S)", r"est-ce que \g<a> a été plus rapide que \g<b>"),
    ),
    "es": (
        (r"^\W*(?:le )?(?:ganó|venció|superó|derrotó) (?P<a>\S+) a (?P<b>\S)", r"fue \g<a> más rápido que \g<b>"),
        (r"^\W*(?P<a>[^\W\d]+) (?:le )?(?:ganó|venció|derrotó) a (?P<b>\S)", r"fue \g<a> más rápido que \g<b>"),
    ),
    "ko": ((r"(?P<b>\S+?)[을를] ?(?:이겼|제쳤|앞섰)", r"\g<b>보다 빨랐"),),
    "zh": (
        (r"(?:是|得了?|获得?了?)?(?:最后一名|倒数第一)", "最慢"),
        (r"(?:是|得了?|获得?了?)?(?P<nth>第[二三四五六七八九十])名", r"\g<nth>快"),
        (r"(?P<a>\S+?)(?:打败|战胜|击败|赢)了?(?P<b>[^\s吗了？?]+)了?吗", r"\g<a>比\g<b>快吗"),
    ),
}
"""That somebody came second or last, or beat another one, where all are timed."""

_COMPARED: Final[dict[_Judgement, dict[Language, str]]] = {
    "best": {
        "en": r"better\b",
        "de": r"besser\w*",
        "fr": r"(?!)",
        "es": r"(?!)",
        "ko": r"더 ?(?:좋|나은|나아)\S*",
        "zh": r"更好|更佳|更优",
    },
    "worst": {
        "en": r"worse\b",
        "de": r"schlechter\w*",
        "fr": r"(?:plus |moins )mauvaise?s?",
        "es": r"(?!)",
        "ko": r"더 ?(?:나쁜|나쁘|못)\S*",
        "zh": r"更差|更坏",
    },
    "fastest": {
        "en": r"(?:faster|quicker)\b",
        "de": r"(?:schneller|rascher)\w*",
        "fr": r"plus (?:vite|rapid\w*)",
        "es": r"más rápid\w*",
        "ko": r"더 ?[빠빨]\S*",
        "zh": r"更快|较快",
    },
    "slowest": {
        "en": r"slower\b",
        "de": r"langsamer\w*",
        "fr": r"plus lent\w*",
        "es": r"más (?:lent\w*|despacio)",
        "ko": r"더 ?(?:느|천천히)\S*",
        "zh": r"更慢|较慢",
    },
}
"""Of "which is better", without those that are compared."""

_LOW_IS_GOOD: Final = re.compile(
    r"error|\bloss|latency|runtime|duration|(?<!\bon )(?<!\bon-)(?<!life)(?<!up)time\b|fehler|verlust|"
    r"(?<!mahl)(?<!lebens)(?<!jahres)zeit\b|(?<!lebens)dauer\b|"
    r"erreur|\bperte|durée(?! de vie)|(?<!à )\btemps|pérdida|(?<!a )\btiempo|duración|"
    r"오차|오류|손실|시간(?!당)|误差|错误|损失|时间|耗时|delay|verspätung|retard|retraso|지연|延误|"
    r"attente|espera|\bdélais?\b|\bplazos?\b|lieferfrist|납기|交期|inflation|teuerung|inflaci|unfälle|accident|"
    r"unemploy|arbeitslos|chômage|"
    r"\bparo\b|desempleo|실업|失业|pollution|schulden|debt|dette|deuda|pm2\.5|미세먼지|co2|co₂|emission|\bminutes?\b|"
    r"minuten\b|minutos\b|sekunden\b|seconds\b|secondes\b|segundos\b|分钟|rmse|\bmse|\bmae|"
    r"\bcosts?\b|kosten\b|ausgaben\b|dépense|\bcoûts?\b|\bcostes?\b|\bcostos?\b|\bgastos?\b|비용|지출|成本|费用|支出|"
    r"consumption|verbrauch\b|consommation|\bconsumo\b|소비량|사용량|能耗|耗电|用电量|用水量|"
    r"suspended|\btss\b|turbidity|ammonium|phosphate|nitrate|contamin|impurit|"
    r"deaths|todesfälle|décès|muertes|사망|死亡|complaints|beschwerden|plaintes|quejas|불만|投诉|"
    r"\bwaste\b|abfall|déchets|residuos|쓰레기|폐기물|垃圾|defect|ausschuss|불량|次品|crime|고장|故障|"
    r"leak|\bbreaks?\b|\bbursts?\b|failures?\b|fault|outage|downtime|rejects?\b|rohrbr|ausfäll|störung|\bpannes?\b|"
    r"fuites?\b|"
    r"\bfugas?\b|averías?|누수|漏水|停机|absen[ct]|sick days|krankheit|fehltage|ausencias|"
    r"결석|缺勤|tickets?\b|infections?\b|"
    r"infektion|dioxide|stickstoff|dioxyde|dióxido|feinstaub|noise|lärm\b|\bbruit|\bruido|소음|噪音|churn|mortality|"
    r"sterblich",
    re.IGNORECASE,
)
_UNWANTED: Final = re.compile(
    r"\bmites?\b|varroa|\bpests?\b|aphid|\bslugs\b|\blice\b|parasit|\bweeds?\b|\bbugs?\b|incident|injur|"
    r"\bfalls\b(?! of)|\balarms?\b|emergenc|mistakes|typos|spills|\bthefts?\b|burglar|collisions|casualt|victims|"
    r"violations|\bfines\b|\bpollen|allerg|\bpain\b|illness|diseases?\b|cancell|no-shows|\bfires\b|"
    r"milben|schädling|blattl[aä]us|schnecken|unkr[aä]ut|wanzen|vorf[aä]ll|verletz|stürze\b|alarme?\b|notruf|"
    r"notf[aä]ll|"
    r"einbr[uü]ch|diebst[aä]hl|br[aä]nde\b|erkrank|schmerz|fehltritt|storn|"
    r"acarien|puceron|limace|mauvaises herbes|\bbogues?|bless(?:é|ure)|\bchutes\b(?! d)|alarmes|alertes|urgence|"
    r"cambriol|incendie|maladie|annul|douleur|"
    r"ácaro|\bplagas?\b|pulg[oó]n|babosa|maleza|malas hierbas|incidente|lesion|\bheridos|\bcaídas\b|alarma|emergencia|"
    r"\brobos\b|incendio|enfermedad|\bdolor|"
    r"진드기|응애|해충|잡초|벌레|버그|사건|부상|낙상|경보|응급|긴급|도난|화재|감염|질병|통증|"
    r"螨|害虫|蚜虫|杂草|漏洞|事故|受伤|伤害|跌倒|警报|急救|紧急|急诊|盗窃|火灾|疾病|感染|疼痛",
    re.IGNORECASE,
)
"""Words for what nobody wants to have: of pests, faults, emergencies and losses, the worst is the highest."""
_HIGH_IS_GOOD: Final = re.compile(
    r"score|conversion|konversion|conversión|전환율|转化率|salar|wage|\bpay\b|accuracy|precision|recall|profit|"
    r"revenue|sales|yield|points|speed|income|\bf1|auc|r²|"
    r"genauigkeit|gewinn|"
    r"umsatz|ertrag|punkte|geschwindigkeit|exactitude|bénéfice|ventes|vitesse|exactitud|beneficio|ganancia|ventas|"
    r"\bon[- ]time|rechtzeitig|à (?:l['’]heure|temps)|a tiempo|pünktlich|punctual|ponctual|puntual|정시|准点|准时|"
    r"\bsold\b|vendu|verkauft|vendid|판매|销量|卖出|downloads|téléchargements|descargas|"
    r"lifetime|uptime|lebens(?:dauer|zeit)|durée de vie|수명|寿命|"
    r"orders|bestellungen|commandes|pedidos|주문|订单|visitors|"
    r"besucher|visiteurs|visitantes|방문|游客|客流|votes|"
    r"stimmen|"
    r"goals|tore\b|\bbuts|goles|harvest|ernte|récolte|cosecha|수확|产量|velocidad|puntos|정확도|이익|매출|점수|속도|"
    r"准确率|利润|销售|得分|分数|速度|연비|효율|수율|efficien|\bmpg\b|km/l|mileage|效率|产率|"
    r"\battendance|anwesenheit|\bassiduité|\bprésences?\b|\basistencia|출석|출근율|出勤|出席|到课|"
    r"\bpass rate|bestehensquote|taux de réussite|tasa de aprobad|합격률|及格率|合格率|达标率|通过率|"
    r"(?<!dis)(?<!in)satisf|(?<!un)zufrieden|(?<!불)만족|(?<!不)满意",
    re.IGNORECASE,
)
_NO_DURATION: Final = re.compile(
    r"\b(?:on|over|with|against|vs\.?|real|full|part|first)[- ]time\b|\btime (?:series|of (?:the )?(?:day|year))\b|"
    r"au (?:fil|cours) du temps|dans le temps|à temps|a lo largo del tiempo|a tiempo|con el tiempo|"
    r"(?:mit|im lauf\w* der) zeit|시간(?:에 따른|대별|별)|제시간|随时间",
    re.IGNORECASE,
)
"""Words for time that measure no duration: "delivered on time", "visits over time"."""


@lru_cache(maxsize=256)  # a question asks several times for the same labels
def _is_low_good(labels: str) -> bool:
    """Return whether labels are those of errors, durations or costs, of which less is better."""
    return _LOW_IS_GOOD.search(_NO_DURATION.sub(" ", labels)) is not None or _UNWANTED.search(labels) is not None


@lru_cache(maxsize=256)
def _is_high_good(labels: str) -> bool:
    return _HIGH_IS_GOOD.search(labels) is not None


@lru_cache(maxsize=64)
def _is_unwanted(text: str) -> bool:
    return _UNWANTED.search(text) is not None


def judged(text: str, panels: Sequence[ChartPanel], language: Language, *, comparing: bool = False) -> set[Operation]:
    """Return the extremes that a question with words such as "best" asks for; nothing without such a word.

    The best of scores is the highest, and that of errors the lowest; where the axis does not tell, both are.
    `comparing`: "better" is read as "best", as the question names none of which it asks.
    """
    found: set[Operation] = set()
    for judgement, words in (*_JUDGEMENTS.items(), *(_COMPARED.items() if comparing else ())):
        match = search(words[language], language, text)
        if match is not None:
            text = f"{text[: match.start()]} {text[match.end() :]}"
            if match[0].endswith("er") and _is_of_pace(judgement, panels):
                continue
            of_clean = _CLEAN.search(match[0]) is not None
            found |= _of_clean(judgement, panels) if of_clean else _extremes_of(judgement, panels, text)
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    return (
        found | {side for side in sides if search(OPERATION_WORDS[side][language], language, text)} if found else found
    )


def without_judgement(text: str, language: Language) -> str:
    """Return a question without the words that judge: "better", "worst", "faster"."""
    words = "|".join(said[language] for table in (_JUDGEMENTS, _COMPARED) for said in table.values())
    start = "" if language in ("ko", "zh") else r"(?<!\w)"
    return re.sub(f"{start}(?:{words})", " ", text, flags=re.IGNORECASE)


_CLEAN: Final = re.compile(
    r"clean|sauber|schmutz|propre|sale|limpi|suci|맑|깨끗|청정|쾌적|상쾌|더러|더럽|지저분|탁|干净|清|脏|浊"
)
_POLLUTION: Final = re.compile(
    r"\bpm ?(?:2[.,]5|10)|먼지|오존|오염|탁도|스모그|배출|세균|pollut|particul|ozon|smog|dust|staub|turbid|trübung|"
    r"emission|aqi|\b[ns]o[x2₂]|\bco[2₂]|[µμ]g/m|bacteri|bakteri|cfu|污染|雾霾|颗粒|浊度|细菌",
    re.IGNORECASE,
)
_CLARITY: Final = re.compile(
    r"visib|sichtweite|sichttiefe|가시거리|시정|투명|일조|transparen|sunshine|sonnenschein|ensoleil|能见度|日照|透明",
    re.IGNORECASE,
)


def _of_clean(judgement: _Judgement, panels: Sequence[ChartPanel]) -> set[Operation]:
    """Return the extreme for "cleanest" and "clearest", only where what is measured tells which one it is."""
    drawn = [(panel, one, panel.axis_of(one)) for panel in panels for one in panel.series]
    labels = " ".join(f"{panel.title} {one.name} {axis.label} {axis.unit}" for panel, one, axis in drawn)
    low, high = (pattern.search(labels) is not None for pattern in (_POLLUTION, _CLARITY))
    if low == high:
        return {"cannot"}
    return {"maximum" if high == (judgement == "best") else "minimum"}


def _is_of_pace(judgement: _Judgement, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "faster" is said of the slopes of lines, as nothing tells that they are speeds or times."""
    drawn = [(panel.axis_of(one), one) for panel in panels for one in panel.series if one.kind != "reference line"]
    told = " ".join(f"{axis.label} {axis.unit}" for axis, _ in drawn)
    known = _is_low_good(told) or _HIGH_IS_GOOD.search(told) or re.search(r"km/h|m/s|\bms\b|\bs\b", told)
    lines = bool(drawn) and all(one.kind in ("line", "area", "step") for _, one in drawn)
    return judgement in ("fastest", "slowest") and lines and not known


CHANGES: Final = re.compile(
    r"\b(?:chang|ris[ei]|rose|grow|grew|increas|fall|fell|drop|declin|decreas|climb|shr[aiu]nk)|"
    r"wachs|wuchs|gewachs|steig|stieg|sink|sank|gesunken|\bfiel|gefallen|abgenommen|zugenommen|änder|"
    r"augment|baiss|diminu|progress|chut|mont|\bsub[ieí]|baj|cay|aument|disminu|cambi|creci|"
    r"증가|감소|늘|줄|올라|떨어|변|增|减|涨|跌|降|升|变"
)
"""Verbs of change: what fell fastest is no duration."""


def with_plain_speed(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "fastest" for "most quickly" where durations are measured, of which that is the lowest."""
    axes = [panel.axis_of(one) for panel in panels for one in panel.series if one.kind != "reference line"]
    timed = bool(axes) and all(axis.unit.lower() in _UNITS_OF_TIME for axis in axes)
    if not timed or not _is_low_good(" ".join(axis.label for axis in axes)) or CHANGES.search(text.lower()):
        return text
    named = re.search(_WON[language][0], " ".join(one.name for one in drawn_series(panels)), re.IGNORECASE)
    for adverb, plain in (*_ADVERBS[language], *_FINISHED[language], *(() if named else (_WON[language],))):
        text = re.sub(adverb, plain, text, flags=re.IGNORECASE)
    return text


_UNITS_OF_TIME: Final = (
    "s", "min", "h", "ms", "초", "분", "시간", "秒", "分", "分钟", "小时", "seconds", "minutes", "hours", "sekunden",
    "minuten", "stunden", "secondes", "heures", "segundos", "minutos", "horas",
)  # fmt: skip


_RATES: Final = re.compile(
    r"pulse?\b|heart ?(?:beat|rate)|herz(?:frequenz|schlag|rate)|\bbpm\b|\bbeats\b|pouls|(?:fréquence|"
    r"rythme) cardiaque|"
    r"pulso|pulsaci|latidos|frecuencia card|맥박|심박|脉搏|心率|心跳|\bspeed|velocit|geschwindigkeit|\btempo\b|vitesse|"
    r"velocidad|속도|속력|速度|速率|km/h|\bmph\b|\bm/s\b|mbit|mbps|\brpm\b",
    re.IGNORECASE,
)
"""Beats and ways per time, of which the fastest is the highest."""
_PACE: Final = re.compile(r"(?:s|sec|sek|min|h|초|분|秒|分钟?)\.? ?(?:/|per\b|pro\b|par\b|por\b|每)", re.IGNORECASE)
"""Times per way, of which the fastest is the lowest: "s per 500 m"."""


def is_fast_high(panels: Sequence[ChartPanel]) -> bool | None:
    """Return whether the fastest is the highest, as of speeds, or the lowest, as of times; None where nothing tells.

    Parameters
    ----------
    panels : sequence of ChartPanel
        The panels, of which all series must have the same quantity.
    """
    axes = [panel.axis_of(one) for panel in panels for one in panel.series if one.kind != "reference line"]
    if not axes:
        return None
    if all(_PACE.match(axis.unit) for axis in axes):
        return False
    if all(_RATES.search(f"{axis.label} {axis.unit}") for axis in axes):
        return True
    timed = all(
        axis.unit.lower() in (*_UNITS_OF_TIME, "毫秒", "밀리초", "millisekunden", "milliseconds") for axis in axes
    )
    return False if timed else None


def _extremes_of(judgement: _Judgement, panels: Sequence[ChartPanel], text: str = "") -> set[Operation]:
    drawn = [(panel, panel.axis_of(one)) for panel in panels for one in panel.series]
    fast = is_fast_high(panels) if judgement in ("fastest", "slowest") else None
    if fast is True:
        return {"maximum" if judgement == "fastest" else "minimum"}
    low, high = _which_is_good(panels, text)
    if not low and judgement in ("fastest", "slowest"):
        low = bool(drawn) and all(axis.unit.lower() in _UNITS_OF_TIME for _, axis in drawn)
    if low == high and all(one.kind == "pie" for panel in panels for one in panel.series):
        return {"maximum" if judgement in ("best", "fastest") else "minimum"}
    if low and high:
        return {"maximum", "minimum"}
    if not low and not high:
        return {"maximum" if judgement in ("best", "fastest") else "minimum"}
    return {"maximum" if high == (judgement in ("best", "fastest")) else "minimum"}


def is_known_which_is_better(panels: Sequence[ChartPanel], text: str = "") -> bool:
    """Return whether labels of axes, or else titles, or else a question, tell whether high or low values are good."""
    low, high = _which_is_good(panels, text)
    return low != high


def _which_is_good(panels: Sequence[ChartPanel], text: str = "") -> tuple[bool, bool]:
    """Return whether low values are good, and whether high ones are, by labels of axes, titles, or a question.

    Each of these counts only where those before it do not tell.
    """
    drawn = [(panel, panel.axis_of(one)) for panel in panels for one in panel.series]
    labels = " ".join(axis.label for _, axis in drawn)
    if not (_is_low_good(labels) or _is_high_good(labels)):
        labels = " ".join(panel.title for panel, _ in drawn)
    high = _is_high_good(labels)
    paces = bool(drawn) and all(_TIME_FOR_LENGTH.fullmatch(axis.unit) for _, axis in drawn)
    return paces or _is_low_good(labels) or (not high and _is_unwanted(text)), high


_TIME_FOR_LENGTH: Final = re.compile(
    r"(?:s|sec|min|h|초|분|秒|分钟?)\.? ?(?:/|per|pro|je|par|por|每) ?\d* ?(?:k?m|mi|miles?|yd|"
    r"kilomet\w+|met\w+|公里|米)\.?",
    re.IGNORECASE,
)
"""Units of paces: the time that a length takes, of which less is better."""


def is_undecided(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question for the best or the worst may mean the highest as well as the lowest.

    Of parts of a whole the best is the largest.
    """
    pies = all(one.kind == "pie" for panel in panels for one in panel.series)
    judgements: tuple[_Judgement, ...] = ("best", "worst")
    said = [match for one in judgements if (match := search(_JUDGEMENTS[one][language], language, text)) is not None]
    rest = text if not said else f"{text[: said[0].start()]} {text[said[0].end() :]}"
    sides: tuple[Operation, ...] = ("maximum", "minimum")
    told = any(search(OPERATION_WORDS[side][language], language, rest) is not None for side in sides)
    return len(said) == 1 and not told and not pies and not is_known_which_is_better(panels, text)


def is_better_higher(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether "better" is said of values that are no errors, times or costs, so that it means higher."""
    labels = " ".join(f"{panel.title} {panel.axis_of(one).label}" for panel in panels for one in panel.series)
    better = r"\b(?:better|besser\w*|mieux|meilleure?s?|mejor(?:es)?)\b"
    return re.search(better, text) is not None and not _is_low_good(labels)


def is_better_lower(panels: Sequence[ChartPanel]) -> bool:
    """Return whether less is better of what is measured: of errors and times, of debts, of rises in prices."""
    labels = " ".join(f"{panel.title} {panel.axis_of(one).label}" for panel in panels for one in panel.series)
    return re.search(r"물가|通胀", labels) is not None or _is_low_good(labels)


_LOSSES: Final[dict[Language, str]] = {
    "en": r"loss(?:es)?\b|lost\b|lose\b|in the red|negative",
    "de": r"\w*verlust\w*|verlor\w*|\bminus\b|negativ\w*",
    "fr": r"pertes?\b|perdu\w*|négati\w*|déficit\w*",
    "es": r"pérdidas?\b|perd(?:ió|ieron|ido|imos)\b|negativ\w*",
    "ko": r"손실|손해|적자|음수|잃",
    "zh": r"亏|虧|损失|損失|负(?:数|值|的)|負(?:數|值)",
}


def is_of_losses(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question is about values below zero, "the days with a loss", of which there are some."""
    match = search(_LOSSES[language], language, text)
    labels = " ".join(f"{panel.title} {panel.axis_of(one).label}" for panel in panels for one in panel.series).lower()
    if match is None or match[0] in labels:
        return False
    return any(value < 0 for panel in panels for one in panel.series for value in one.y if math.isfinite(value))


def is_of_errors(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the values are errors themselves, without error bars."""
    drawn = [(panel, one) for panel in panels for one in panel.series]
    if any("error" in one.extra for _, one in drawn):
        return False
    names = " ".join(f"{one.name} {panel.axis_of(one).label}" for panel, one in drawn).lower()
    return any(search(words, language, names) is not None for language, words in OPERATION_WORDS["error"].items())


_DURATIONS: Final = re.compile(
    r"elapsed|\btimes?\b|duration|seconds|minutes|latency|시간|기록|소요|경과|时间|用时|耗时|dauer|zeit|durée|temps|"
    r"tiempo",
    re.IGNORECASE,
)


def is_of_durations(panels: Sequence[ChartPanel]) -> bool:
    """Return whether values are times that something takes, so that who has the lowest is ahead."""
    axes = [panel.axis_of(one) for panel in panels for one in panel.series if one.kind != "reference line"]
    return bool(axes) and all(
        axis.unit in ("s", "min", "h", "ms", "초", "분") and _DURATIONS.search(axis.label) for axis in axes
    )


def is_of_means(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the values are means already, as a title, a label or the names of all series say."""
    texts = (text for panel in panels for text in (panel.title, panel.x.label, panel.y.label))
    names = [one.name for one in drawn_series(panels)]
    return _says_mean(" ".join(texts)) or (bool(names) and all(map(_says_mean, names)))


def _says_mean(text: str) -> bool:
    return any(search(OPERATION_WORDS["mean"][language], language, text.lower()) for language in LANGUAGES)


_LOW_FIRST: Final = re.compile(
    r"\brank|position|\bplace\b|\bgap\b|behind|deficit|delay|(?<!\bon )(?<!\bon-)\btime\b|duration|lap\b|platz|rang\b"
)


def is_low_first(panel: ChartPanel, series: Series) -> bool:
    """Return whether the lowest value comes first: of ranks, of times, of how far each is behind."""
    limits = panel.y.limits
    turned = limits is not None and all(isinstance(one, float | int) for one in limits) and limits[0] > limits[1]  # type: ignore[operator]
    label = _NO_DURATION.sub(" ", panel.axis_of(series).label.lower())
    return bool(turned) or _LOW_FIRST.search(label) is not None
