"""Acts, events and conditions that a chart does not show: members who left in a chart of new ones, rain, another speed.

A verb is mostly left unread where a question says what it asks for otherwise. Some verbs and nouns mean another amount
than the one that is drawn, whatever else is said: how many meals were thrown away is not how many were served.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
        r"price|cost|\bpa(?:y|id)|\bfees?\b|\bspen[dt]|\brents?\b|\bbill|budget|money|preis|kost(?:en|et)|"
        r"ausgab|gebühr|miete|geld|prix|co[uû]t|dépens|loyer|tarif|precio|\bgastos?\b|cuota|alquiler|presupuesto|"
        r"factura|[€$£¥₩元]|[(/천만억] ?원|\beur\b|\busd\b|가격|비용|요금|价|费|钱|"
        r"租|expens|cheap|teuer|\bch(?:er|ère)s?\b|\bcar[oa]s?\b|barat|energ|kwh|strom|verbrauch|consom|electri|[ée]lectr|consum|전기|电",
    ),
    _Act(  # rents, beside other bills
        {
            "en": r"\brents?\b(?! (?:out|a))",
            "de": r"\b\w*mieten?\b",
            "fr": r"\bloyers?\b",
            "es": r"\balquiler(?:es)?\b",
            "ko": r"월세|임대료|집세",
            "zh": r"房租|租金",
        },
        r"\brent|miet|loyer|\blou[ée]|alquil|arriend|월세|임대|집세|租|cost|kost(?:en|et)|co[uû]t|spending|expens|budget|ausgab|"
        r"dépens|gasto|비용|지출|费用|支出|开销|housing|wohn|logement|vivienda|주거|住",
    ),
    _Act(  # heating, beside rents and other bills
        {
            "en": r"\bheating\b",
            "de": r"\bheiz(?:ung|kosten|ungen|kostenrechnung)\b",
            "fr": r"\bchauffage\b",
            "es": r"\bcalefacción\b",
            "ko": r"난방",
            "zh": r"暖气|供暖|取暖",
        },
        r"heat|heiz|chauff|calef|난방|暖|\bgas\b|gaz|energ|énerg|kwh|가스|燃气|能",
        of=r"\brents?\b|\bbills?\b|miete|rechnung|loyer|facture|alquiler|factura|월세|임대|고지서|租|账单",
    ),
    _Act(  # goals against, of goals scored
        {
            "en": r"\b(?:conced\w+|let in)\b",
            "de": r"\b(?:kassiert\w*|kassieren|gegentor\w*|gegentreffer\w*)\b",
            "fr": r"\bencaiss\w+",
            "es": r"\bencaj\w+",
            "ko": r"실점|골을? ?허용|먹힌|먹혔",
            "zh": r"失球|失分|丢球|丢了?(?:多少|几)[个分]?",
        },
        r"conced|against|gegen|encaiss|encaj|실점|허용|失|丢",
        of=r"\bgoals?\b|scor|points?\b|\btore?\b|treffer|punkt|\bbuts?\b|\bgol(?:es)?\b|puntos|득점|골|점수|进球|得分",
    ),
    _Act(  # matches lost, of what was scored
        {
            "en": r"\b(?:lost|loses?|lose) (?:the )?(?:(?:most|least) often|(?:most|fewest) (?:games|matches))\b|"
            r"\bdefeats?\b",
            "de": r"\bam (?:häufigsten|seltensten) verl(?:oren|iert)\b|\bverl(?:or|iert) am (?:häufigsten|"
            r"seltensten)\b|"
            r"\bniederlagen?\b",
            "fr": r"\bperd\w* le (?:plus|moins) souvent\b|\bdéfaites?\b",
            "es": r"\bperd\w+ (?:más|menos) veces\b|\bderrotas?\b",
            "ko": r"(?:가장|제일) ?(?:많이|자주) ?졌|패배",
            "zh": r"输得最[多少]|输的?次数|败场",
        },
        r"los[ts]|lose|defeat|verl|niederl|perd|défait|derrot|패|输|负|败|\bwins?\b|\bwon\b|siege|victoi|victori|승|胜",
        of=r"scor|points?\b|goals?\b|punkt|\btore?\b|\bbuts?\b|puntos|\bgol(?:es)?\b|득점|점수|골|得分|积分|进球",
    ),
    _Act(  # getting off, of those who get on
        {
            "en": r"\b(?:alight\w*|(?:got|get|gets|getting) off|disembark\w*)\b",
            "de": r"\b(?:aus(?:ge)?st[ie]{1,2}g\w*|steig\w* \w*(?: \w+)* aus)\b",
            "fr": r"\bdescend\w*",
            "es": r"\b(?:se )?baj(?:an|aron|ó|a)\b(?= (?:en|del?|aquí)\b)|\bbajad[oa]s del\b",
            "ko": r"하차|내[린렸리려]",
            "zh": r"下车|下客",
        },
        r"alight|\boff\b|disembark|aus(?:st|ge)|desce|bajad|하차|내린|下",
        of=r"\bboard(?:ed|ing|ings)\b|\bgetting on\b|einst[ie]{1,2}g|eingestieg|\bmontée?s?\b|\bsubid|승차|탑승|上车",
    ),
    _Act(  # getting on, of those who get off
        {
            "en": r"\b(?:boarded|boards?|(?:got|get|gets|getting) on)\b",
            "de": r"\bein(?:ge)?st[ie]{1,2}g\w*",
            "fr": r"\bmont(?:ent|aient|és|ées|és à bord)\b",
            "es": r"\b(?:se )?sub(?:en|ieron|ió|e)\b(?= (?:en|al?|aquí)\b)",
            "ko": r"승차|탑승",
            "zh": r"上车|上客",
        },
        r"board|\bon\b|einst|mont[ée]|subi|승차|탑승|上",
        of=r"\balight|\bgetting off\b|ausst[ie]{1,2}g|ausgestieg|\bdescen(?:te|due)|\bbajad|하차|下车",
    ),
    _Act(  # selling, of what is bought
        {
            "en": r"\b(?:sold|sell|sells|selling)\b",
            "de": r"\bverkauf\w*",
            "fr": r"\bvend(?:u\w*|ent|ons|ait|re)?\b",
            "es": r"\bvend\w+",
            "ko": r"판매|팔[린렸았]",
            "zh": r"卖|销售|售出",
        },
        r"s[oe]l[dl]|sales?\b|verk[aä]uf|vent|vend|판매|매출|卖|销|售",
        of=r"purchas|\bbought\b|einkauf|einkäuf|gekauft|\bachats?\b|acheté|\bcompras?\b|comprad|구매|구입|매입|购买|采购",
    ),
    _Act(  # dismissing, of who are engaged
        {
            "en": r"\b(?:fired|laid off|dismissed|sacked)\b",
            "de": r"\bentlass\w+",
            "fr": r"\blicenci\w+",
            "es": r"\bdesp[ie]{1,2}d\w+",
            "ko": r"해고",
            "zh": r"解雇|裁员|辞退",
        },
        r"fired|laid off|dismiss|layoff|entlass|licenci|desp[ie]{1,2}d|해고|解雇|裁|辞",
        of=r"\bhire[ds]?\b|\bhiring|recruit|\bnew\b|einstell|eingestellt|embauch|recrut|contrata|채용|신규|招聘|录用|入职",
    ),
    _Act(  # how high a thing gets
        {
            "en": r"\bhow high (?:can|do|does|did) (?:\w+ ){1,3}(?:fly|jump|grow)\b",
            "de": r"\bwie hoch (?:springt|fliegt|wächst|springen|fliegen|wachsen|sprang|flog|wuchs)\b",
            "fr": r"\bà quelle hauteur\b",
            "es": r"\ba qué altura\b",
            "ko": r"얼마나 ?높이",
            "zh": r"(?:飞|跳|长)(?:得|了)?多高",
        },
        r"height|altitude|high|jump|hoch|höhe|haut|altura|alto|높이|고도|키|高",
    ),
    _Act(  # how wide a thing is; bins, gaps and errors are as wide as they are drawn
        {
            "en": r"\bhow wide (?:is|are|was|were) (?!.*\b(?:bins?|bars?|gaps?|ranges?|spreads?|intervals?|bands?|"
            r"error|"
            r"boxe?s?|class(?:es)?|distribution|margin|each|columns?|picture|image|figure|chart|plot)\b)|"
            r"\b(?:widest|narrowest) (?!.*\b(?:bins?|gaps?|ranges?|spreads?|intervals?|bands?|error|boxe?s?|margin|"
            r"distribution|variation)\b)",
            "de": r"\bwie breit (?:ist|sind|war|waren) (?!.*\b\w*(?:klasse|balken|spanne|bereich|intervall|streu|band|"
            r"bild|"
            r"box|säule|grafik|abbildung|verteilung|fehler))|\bam (?:breitesten|schmalsten)\b(?! (?:gestreut|"
            r"verteilt))",
            "fr": r"\bquelle (?:est|était) la largeur (?!.*\b(?:classes?|barres?|intervalles?|boîtes?|bandes?|image|"
            r"figure))",
            "es": r"\b(?:qué ancho|cuánto mide[n]? de ancho|cuál (?:es|era) (?:el ancho|la anchura)) "
            r"(?!.*\b(?:intervalos?|barras?|clases?|cajas?|bandas?|imagen|figura))",
            "ko": r"(?<!구간 )(?<!막대 )(?<!계급 )(?:너비|폭)[은이가]? ?(?:얼마|몇)",
            "zh": r"(?<!区间)(?<!柱子)(?:有多宽|的?宽度(?:是|有)多少)",
        },
        r"\bwid(?:e|th)|\bbroad|breit|larg(?:eur|e)\b|\banch(?:[oa]s?|ura)\b|너비|폭|넓|宽|diameter|durchmesser|diamètre|diámetro|지름|直径",
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
    named = bool(query.places or query.series)
    open_ = ("cannot",), ("describe",), *(() if named else ((),))
    if not panels or query.operations in open_ or (query.firm and query.unheard):
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
    courses = [one for panel in panels for one in panel.series if one.kind != "points"]
    if any(not isinstance(place, str) for one in courses for place in one.x[:1]):
        own += " time"  # "fastest" may be said of a course along numbers
    acts = (re.search(act.words[language], text) for act in _acts_of(own))
    yield from (match[0].strip() for match in acts if match is not None)
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


@lru_cache(maxsize=16)
def _acts_of(own: str) -> tuple[_Act, ...]:
    """Return the acts that charts with these words may be asked for, and do not show."""
    return tuple(act for act in _ACTS if re.search(act.of, own) and re.search(act.drawn, own) is None)


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
