"""Acts, events and conditions that a chart does not show: members who left in a chart of new ones, rain, another speed.

A verb is mostly left unread where a question says what it asks for otherwise. Some verbs and nouns mean another amount
than the one that is drawn, whatever else is said: how many meals were thrown away is not how many were served.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.checks.other_times import time_not_drawn
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.places.parts_of_time import hours_not_drawn
from vision_magic.engine.questions.query import Query

__all__ = ["as_act_not_drawn"]


@dataclass(frozen=True, slots=True)
class _Act:
    """Words for an act in each language, what a chart of it has among its words, and of which charts it matters."""

    words: dict[Language, str]
    drawn: str
    of: str = ""


_ACTS: Final = (
    _Act(  # leaving, of those who are new
        {
            "en": r"(?<!\bare )(?<!\bis )(?<!\bwere )(?<!\bbe )\bleft\b"
            r"(?! (?:axis|side|hand|over|bar|panel|of|in the))|"
            r"\b(?:quit|resigned|unsubscribed|dropped out|cancell?ed)\b",
            "de": r"\b(?:ausgetreten|gekündigt|abgemeldet|ausgeschieden)\b|\bverlassen\b",
            "fr": r"\b(?:partie?s?|quitt\w+|résili\w+|démissionn\w+)\b",
            "es": r"\bde baja\b|\b(?:abandon\w+|se fueron|se marcharon|renunci\w+)\b",
            "ko": r"탈퇴|그만[두둔뒀]|해지|떠[난나났]|퇴사",
            "zh": r"退会|退出|流失|离开|注销|退订",
        },
        r"leav|\bleft\b|quit|cancel|churn|austritt|kündig|départ|résili|baja|abandon|탈퇴|해지|이탈|퇴사|退|流失|离",
        of=r"\bnew\b|\bjoin|sign-?ups?|\bneue?|eintritt|beitritt|anmeld|nouve|inscri|nuev|\baltas\b|신규|가입|신입|"
        r"新|入会|加入",
    ),
    _Act(  # throwing away
        {
            "en": r"\b(?:threw|thrown|throw) (?:\w+ )?(?:away|out)\b|\b(?:wasted|discarded|binned|uneaten)\b",
            "de": r"\b(?:weggeworfen|weggeschmissen|entsorgt|verschwendet)\b",
            "fr": r"\b(?:jet[ée]\w*|gaspill\w+)\b",
            "es": r"\b(?:tir(?:aron|ad[oa]s?|an)|desperdici\w+|desech\w+)\b",
            "ko": r"버[려린렸]|폐기|버리",
            "zh": r"扔|浪费|丢弃|倒掉",
        },
        r"wast|thr[eo]w|discard|müll|abf[aä]ll|wegge|entsorg|déchet|gaspill|jet[ée]|residu|desperdic|"
        r"basura|desech|쓰레기|폐기|버려|垃圾|浪费|废|扔",
    ),
    _Act(  # sending back
        {
            "en": r"\b(?:returned|sent back|refunded)\b",
            "de": r"\b(?:zurückgeschickt|zurückgesendet|retourniert|umgetauscht|reklamiert)\b",
            "fr": r"\b(?:renvoyée?s?|retournée?s?|remboursée?s?)\b",
            "es": r"\b(?:devuelt[oa]s?|devolvieron|reembols\w+)\b",
            "ko": r"반품|환불|돌려보[낸냈]",
            "zh": r"退货|退回|退款|退了",
        },
        r"return|sent back|refund|retour|rück|umtausch|reklam|renvo|rembours|devol|devuel|reembols|반품|환불|반납|退|"
        r"还|lent|loan|borrow|verlieh|ausleih|prêt|emprunt|préstamo|대여|대출|借",
        of=r"sold|sales?\b|revenue|orders?\b|shop|umsatz|verk[aä]uf|bestell|vent|chiffre|command|pedido|ingresos|"
        r"factura|매출|"
        r"판매|주문|销|卖|订单|营业额|销售",
    ),
    _Act(  # rain and snow
        {
            "en": r"\b(?:rain(?:ed|s|ing|y)?|snow(?:ed|s|ing)?)\b",
            "de": r"\b(?:geregnet|regnete?n?|geschneit|schneite?|regenmenge|niederschl\w+)\b",
            "fr": r"\b(?:il pleut|plu|pleuvait|neig\w+|pluie)\b",
            "es": r"\b(?:llov\w+|llueve|nev(?:ó|ado|aba)|lluvia)(?!\w)",
            "ko": r"(?<![가-힣])비[가는] |(?<![가-힣])눈이 ?(?:왔|내|오)|강수|강우",
            "zh": r"下(?:了|过)?(?:多少|几毫米的?|多大的?)?[雨雪]|降雨|降水|降雪|雨量",
        },
        r"rain|precip|snow|regen|niederschl|schnee|pluie|plu[vi]|précip|neige|lluvi|precipit|nieve|강수|강우|"
        r"(?<![가-힣])비(?![가-힣])|눈|雨|降水|雪|"
        r"\bmm\b",
    ),
    _Act(  # temperature
        {
            "en": r"\btemperatures?\b",
            "de": r"\b\w*temperatur\w*\b",
            "fr": r"\btempératures?\b",
            "es": r"\btemperaturas?\b",
            "ko": r"온도|기온",
            "zh": r"温度|气温|体温",
        },
        r"temp|°|\bgrad\b|degr|온도|기온|체온|温|热|heat|warm|hot|cold|wärme|chaud|froid|calor|frío",
    ),
    _Act(  # the floor of a flat
        {
            "en": r"\b(?:which|what) (?:floor|storey|story)\b",
            "de": r"\b(?:welche[rnms]?|wievielten?) (?:stock\w*|etage)\b",
            "fr": r"\bquel étage\b",
            "es": r"\ben qué (?:planta|piso)\b",
            "ko": r"몇 ?층",
            "zh": r"几[楼层]|哪一?[层楼]",
        },
        r"floor|stor[ey]|stock|etage|étage|planta|piso|층|[楼层]",
    ),
    _Act(  # charging, of what runs on a charge
        {
            "en": r"\bto (?:fully )?(?:re)?charge\b|\b(?:re)?charging\b|\brecharged?\b",
            "de": r"\b(?:auf|ge)?laden\b|\baufgeladen\b|\bladezeit\b|\bladedauer\b",
            "fr": r"\b(?:re)?charger\b|\btemps de (?:re)?charge\b|\brecharg\w+",
            "es": r"\b(?:re)?cargar\w*|\btiempo de (?:re)?carga\b",
            "ko": r"충전하|충전되|충전에|완충|충전 ?시간",
            "zh": r"充满|充电(?:时间|需|要)|充一次",
        },
        r"charging|recharg|to charge|laden\b|lade(?:zeit|dauer)|aufgeladen|(?:re)?charger|temps de charge|cargar|"
        r"tiempo de carga|충전 ?시간|완충|充电时间|充满",
        of=r"run ?time|battery|laufzeit|akku|autonomie|batterie|autonomía|batería|사용 ?시간|배터리|续航|电池",
    ),
    _Act(  # what is dear or cheap
        {
            "en": r"\b(?:cheap(?:er|est)?|expensive|pricey|dearest)\b",
            "de": r"\b(?:am (?:billigsten|teuersten|günstigsten)|(?:billig|teuer|günstig|teur)(?:e|er|es|en|"
            r"ste\w*)?)\b",
            "fr": r"\b(?:plus|moins) ch(?:er|ère)s?\b|\bbon marché\b|\bonéreu\w+",
            "es": r"\b(?:más|menos) (?:car[oa]s?|barat[oa]s?|económic[oa]s?)\b",
            "ko": r"비싼|비싸|저렴|가장 싼|제일 싼",
            "zh": r"最贵|最便宜|更贵|更便宜",
        },
        r"price|cost|pay|paid|fee|spen[dt]|rent|bill|budget|money|preis|kost|ausgab|gebühr|miete|geld|prix|co[uû]t|"
        r"dépens|"
        r"loyer|tarif|precio|gast|cuota|alquiler|presupuesto|factur|[€$£¥₩원元]|\beur\b|\busd\b|가격|비용|요금|价|费|"
        r"钱|"
        r"租|expens|cheap|teuer|cher|caro|barat|energ|kwh|strom|verbrauch|consom|electri|[ée]lectr|consum|전기|电",
    ),
    _Act(  # money
        {
            "en": r"\b(?:revenues?|turnover|income|takings|earnings|fees?|fares?|prices?)\b|\bhow much (?:does|do|"
            r"did|is|was) .*\bcosts?\b",
            "de": r"\b\w*(?:gebühr(?:en)?|preise?s?|umsatz|umsätze|erlöse?|einnahmen|kosten)\b|\bkoste(?:t|te|n|"
            r"ten)\b",
            "fr": r"\bfrais d|\b(?:tarifs?|prix|coûts?|coût(?:e|ent|ait)|recettes|revenus|le revenu|quel revenu)\b|"
            r"\bchiffre d['’]affaires",
            "es": r"\b(?:tarifas?|precios?|costes?|ingresos|ingresó|facturaron|facturó|facturación|recaudó|"
            r"recaudaron|cuestan?|costó)\b|"
            r"\bgastos de\b",
            "ko": r"매출|요금|가격|비용|수수료|배달비|택배비|수입(?!품|산|량)|[을를] ?벌[었어]|얼마를? ?벌",
            "zh": r"营业额|销售额|收入|[送递运]费|运费|费用|价格|售价|多少钱|赚了",
        },
        r"revenue|turnover|income|takings|earning|fees?\b|fares?\b|price|cost|pay|paid|sp[ee]nd|spent|rent\b|bill|"
        r"budget|"
        r"money|salar|wage|profit|"
        r"\bsales\b(?! (?:team|rep|staff|force|person|people|manager|agent|department|assistant|unit)|"
        r" ?\((?:number|units?|pieces|items|count))|"
        r"[€$£¥₩]|\b(?:eur|usd|chf|krw|cny|rmb|euros?|dollars?)\b|[千万亿(（/]元|[천만억(/] ?원|\bcent\b|"
        r"gebühr|preis|umsatz|umsätze|erlös|einnahm|kost|ausgab|miete|geld|lohn|gehalt|gewinn|rechnung|"
        r"frais|tarif|prix|co[uû]t|recette|revenu|chiffre|dépens|loyer|salaire|factur|argent|"
        r"precio|coste|ingreso|gasto|alquiler|sueldo|presupuest|dinero|"
        r"(?<!equipo de )(?<!departamento de )venta(?!s? ?\((?:n|u))|"
        r"매출|요금|가격|비용|수수료|[달배]비|수입|지출|월세|금액|급여|연봉|예산|价|费|额|收入|钱|租|金额|工资|薪|"
        r"预算|成本",
    ),
    _Act(  # how it tastes, looks, or is thought of
        {
            "en": r"\btast(?:e|es|ed|iest)\b|\b(?:most )?(?:delicious|beautiful|famous|funniest|prettiest)\b|"
            r"\breputation\b",
            "de": r"\b(?:schmeck\w+|leckerst\w*|schönst\w*|lustigst\w*|berühmtest\w*)\b|\b(?:guten|besten|"
            r"schlechten) ruf\b",
            "fr": r"\b(?:goût|délicieu\w+|savoureu\w+|réputation|célèbres?|(?:plus|moins) (?:beau|belle|drôle)s?)\b",
            "es": r"\b(?:sabe|saben|sabía) (?:mejor|peor|bien|mal)\b|\b(?:delicios\w+|ric[oa]s? de sabor|reputación|"
            r"famos[oa]s?|"
            r"(?:más|menos) (?:bonit|guap|divertid)[oa]s?)\b",
            "ko": r"맛있|맛이 ?좋|유명|예쁜|평판",
            "zh": r"好吃|好喝|美味|口感|有名|漂亮|名声|口碑",
        },
        r"tast|flavo|rating|rated|score|review|stars|liked|favou?rit|popular|opinion|satisf|schmack|schmeck|bewert|"
        r"stern|"
        r"beliebt|zufried|goût|note\b|avis|préf[ée]r|sabor|valorac|opini|gust|맛|평점|평가|선호|만족|味|评分|评价|"
        r"满意|喜",
    ),
    _Act(  # what is good for one
        {
            "en": r"\bhealth(?:y|ier|iest)\b",
            "de": r"\b(?:am gesündesten|gesünde\w+|gesund)\b",
            "fr": r"\b(?:plus|moins) (?:sains?|saines?)\b|\bbons? pour la santé\b",
            "es": r"\b(?:más|menos) (?:san[oa]s?|saludables?)\b",
            "ko": r"건강에 ?좋|건강한",
            "zh": r"最健康|更健康",
        },
        r"health|gesund|sant[ée]|salud|건강|健康|disease|krank|malad|enferm",
    ),
    _Act(  # who lives there
        {
            "en": r"\b(?:many|most|fewest|more|fewer|number of|per) inhabitants?\b|\bpopulat(?:ed|ion)\b|"
            r"\bmost populous\b",
            "de": r"\b(?:viele|meisten|wenigsten|mehr|weniger|pro|je) einwohner\w*|\beinwohner(?:in|zahl)\w*|"
            r"\bbevölker\w+",
            "fr": r"\bpeuplée?s?\b|\b(?:combien|plus|moins|nombre) d['’]habitants?\b|\bpar habitants?\b",
            "es": r"\bpoblad[oa]s?\b|\b(?:cuántos|más|menos|número de|por) habitantes?\b",
            "ko": r"인구|주민 ?수",
            "zh": r"人口|居民数",
        },
        r"populat|inhabit|resident|people|person|capita|einwohner|bevölker|pro kopf|personen|leute|peupl|habit|gens|"
        r"poblac|"
        r"인구|주민|명\b|사람|人",
    ),
    _Act(  # what is meant to be reached
        {
            "en": r"\b(?:the|its|their|our) (?:\w+ )?target\b(?! (?:of|is) \d)",
            "de": r"\b(?:zielwert|zielvorgabe|sollwert|vorgabe)\w?\b|\blaut norm\b",
            "fr": r"\b(?:l['’]objectif|son objectif|leur objectif|la cible)\b",
            "es": r"\b(?:el|su|nuestro) objetivo\b",
            "ko": r"목표(?:치|량|는|가|를)",
            "zh": r"目标(?:是|值|为)",
        },
        r"target|goal|ziel|soll|vorgabe|norm|objecti|cible|objetivo|meta|목표|目标|limit|grenz|threshold|seuil|límite",
    ),
    _Act(  # speed, where nothing is measured in time or along it
        {
            "en": r"\bfast(?:est)?\b(?! forward)",
            "de": r"\bam schnellsten\b|\bwie schnell\b",
            "fr": r"\b(?:le plus|le moins|quelle) (?:vite|vitesse|rapide\w*)\b",
            "es": r"\bmás rápid\w+|\bqué velocidad\b",
            "ko": r"(?:가장|제일) ?(?:빠르|빨리|빠른)|얼마나 ?(?:빠르|빨리)",
            "zh": r"最快|多快",
        },
        r"speed|pace|veloc|time|duration|second|minute|\bmin\b|hour|day|week|month|year|date|wait|latency|\bm?s\b|"
        r"/ ?[sh]\b|"
        r"growth|schnell|tempo|zeit|dauer|sekund|stund|tag|woche|monat|jahr|wachs|vitesse|temps|durée|heure|jour|"
        r"semaine|"
        r"mois|année|croiss|rapid|velocidad|tiempo|hora|día|semana|\bmes|año|crec|속도|시간|분|초|일|월|년|주|速|时|"
        r"时间|分|秒|"
        r"日|月|年|周|天|(?:19|20)\d\d|age\b|alter|âge|edad|°|km|mph|fps|iter|epoch",
    ),
    _Act(  # the weight of what is not weighed
        {
            "en": r"\bhow heavy\b|\bhow much (?:does|do|did) .{1,30} weigh\b|\bweights?\b",
            "de": r"\bwie ?viel wieg\w+|\bwie schwer\b",
            "fr": r"\bpoids\b(?! (?:de|du|des|dans) )",
            "es": r"\bcuánto pesa\w*",
            "ko": r"무게|몸무게",
            "zh": r"多重|重量|体重",
        },
        r"weigh|mass|\bk?g\b|gram|kilo|\bt\b|tonn|pound|\blbs?\b|gewicht|schwer|masse|poids|pes[oa]|무게|体重|重|重量|"
        r"difficult|hard",
    ),
    _Act(  # what sleepers and the sick do besides
        {
            "en": r"\bsnor(?:e[sd]?|ing)\b|\bdream(?:s|ed|t|ing)?\b|\bcough(?:s|ed|ing)?\b|\bsneez(?:e[sd]?|ing)\b",
            "de": r"\bschnarch\w*|\bträum\w*|\bgeträumt\b|\b(?:ge)?hust\w+|\b(?:ge)?nies(?:t|en|te)\b",
            "fr": r"\bronfl\w+|\brêv(?:e|ent|é|ait)\b|\btouss\w+|\béternu\w+",
            "es": r"\bronc(?:a|an|ó|aron|aba)\b|\bsueñ(?:a|an)\b|\bsoñ(?:ó|aron|ado)\b|\btos(?:e|en|ió)\b|"
            r"\bestornud\w+",
            "ko": r"코를? ?(?:고[는니]|골)|코골이|꿈을? ?(?:꾸|꿨)|기침|재채기",
            "zh": r"打呼|打鼾|鼾声|做梦|咳嗽|打喷嚏",
        },
        r"snor|dream|cough|sneez|schnarch|traum|träum|hust|nies|ronfl|rêve|toux|touss|éternu|ronqu|sueño|tos\b|"
        r"estornud|"
        r"코골이|꿈|기침|재채기|鼾|呼噜|梦|咳|喷嚏",
    ),
)
_WITH_UNIT: Final = re.compile(
    r"(?<![\d.,])(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>km/h|mph|m/s|°c|bar|volt|watt|[kmgt]?w|hz|%|公里/小时)(?![a-z])"
)
"""An amount that may be a condition: the speed from which one brakes."""


def as_act_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about an act or a condition that is not drawn as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not panels or query.operations in ((), ("cannot",), ("describe",)) or (query.firm and query.unheard):
        return query
    own = own_words(panels, [])
    word = next(_asked(text, query.language, own, panels), "")
    if word and query.operations == ("unheard",):
        return replace(query, firm=True)  # another word is named, which is in the way in any case
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _asked(text: str, language: Language, own: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for such acts and conditions in a question."""
    written, text = text, text.lower()
    if any(one.kind == "reference line" for panel in panels for one in panel.series):
        own += " target limit"  # that is what such a line mostly is
    if any(not isinstance(place, str) for panel in panels for one in panel.series for place in one.x[:1]):
        own += " time"  # "fastest" may be said of a course along numbers
    for act in _ACTS:
        match = re.search(act.words[language], text) if re.search(act.of, own) else None
        if match is not None and re.search(act.drawn, own) is None:
            yield match[0].strip()
    yield from _other_conditions(text, own, panels)
    hours = hours_not_drawn(text, panels, language)
    if hours:
        yield hours
    time = time_not_drawn(written, language, panels)
    if time:
        yield time
    counted = re.search(_COUNTED[language], written) if language in _COUNTED else None
    if counted is not None and not _is_of_chart(counted["noun"].lower(), own, language):
        yield counted["noun"]


_COUNTED: Final[dict[Language, str]] = {
    "de": r"\b[Ww]ie ?viele? (?:Stücke?n?|Tassen?|Gläser|Flaschen|Teller|Portionen|Scheiben|Packungen|Kisten|Becher) "
    r"(?P<noun>[A-ZÄÖÜ][a-zäöüß]{2,})",
    "zh": r"(?:多少|几)(?:块|杯|碗|瓶|斤|公斤|盒|包|盘|双)(?P<noun>[一-龥]{2,4}?)(?=[?？了呢吗]|$)",
}
"""What there are so many pieces or cups of; in the other languages, its noun must be accounted for in any case."""


def _is_of_chart(noun: str, own: str, language: Language) -> bool:
    """Return whether a noun, or another word for it, is one of a chart; in Chinese, one of its characters."""
    if language == "zh":
        return any(letter in own for letter in noun)
    words = (noun, *in_any_language(noun))
    return any(word[: max(4, len(word) - 2)].lower() in own for word in words if len(word) > 2)


def _other_conditions(text: str, own: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield "100 km/h" where a title says that all that is drawn is at 50 km/h, and no axis has this unit."""
    titles = " ".join(panel.title for panel in panels).lower()
    axes = [axis for panel in panels for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None]
    units = {axis.unit.lower() for axis in axes}
    known = {(match["number"], match["unit"]) for match in _WITH_UNIT.finditer(titles)}
    for match in _WITH_UNIT.finditer(text):
        others = {number for number, unit in known if unit == match["unit"]}
        if match["unit"] not in units and len(others) == 1 and match["number"] not in others:
            yield match[0]
