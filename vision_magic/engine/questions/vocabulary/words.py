"""The words that name an operation, in each language. They are searched for in the question in lower case.

Names of series are written as ``S`` in these patterns, places (names of categories, dates) as ``P``, numbers as ``N``:
the question is searched after they were replaced by one letter each (see `parse`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words_of_marks import OVERLAP

__all__ = [
    "COLOUR_WORDS",
    "CONTEXT_WORDS",
    "DERIVED",
    "HOW_MANY",
    "LEARNT",
    "MONTHS",
    "NUMBER_WORDS",
    "OPERATION_WORDS",
    "SERIES",
    "WHOLE_CHART",
    "Operation",
    "Word",
    "search",
    "search_whole",
]

Derived = Literal[
    "threshold",
    "reach",
    "lookup",
    "percent",
    "growth",
    "group",
    "groups",
    "happened",
    "change at",
    "equal at",
    "from limit",
    "times limit",
    "since extreme",
    "totals",
    "higher at",
    "nearest",
    "leads",
    "against",
    "confusion",
    "pair",
    "related",
    "reference",
    "sums",
    "same place",
    "first ahead",
    "sides",
    "ahead from",
    "rank at",
    "to extreme",
    "place within",
    "peaks",
    "choice",
    "change beyond",
    "sum beyond",
    "moves",
    "ties",
    "higher series",
    "unheard",
]
"""Operations that no words of their own ask for: they follow from the numbers of a question and its other words."""

Learnt = Literal[
    "turns",
    "flattens",
    "recovers",
    "pace",
    "gap trend",
    "multiple",
    "numbers",
    "quartiles",
    "gaps at",
    "movers",
    "steady movers",
    "all moved",
    "any moved",
    "always moved",
    "changed things",
    "moves of spans",
    "always within",
    "amount of whole",
    "lasts",
    "jumps at",
    "levels",
    "equal neighbours",
    "bin widths",
    "bars counted",
    "end of bins",
    "parts of boxes",
    "part of box",
    "empty bins",
    "skew",
    "stretches",
    "ends of boxes",
    "next box",
]
"""Operations that are no inputs of the classifier: it asks for them, or forms of whole questions that need it not."""

Operation = Literal[
    "cannot",
    "alt",
    "describe",
    "kind",
    "title",
    "legend",
    "axis",
    "limits",
    "scale",
    "crossing",
    "outlier",
    "correlation",
    "ratio",
    "share",
    "gap",
    "difference",
    "sum",
    "median",
    "mean",
    "maximum",
    "minimum",
    "range",
    "trend",
    "compare",
    "table",
    "count",
    "first",
    "last",
    "value",
    "colour",
    "size",
    "text",
    "sort",
    "error",
    "spread",
    "slope",
    "rate",
    "step",
    "overlap",
    Derived,
    Learnt,
]

DERIVED: Final[frozenset[Operation]] = frozenset(get_args(Derived))
LEARNT: Final[frozenset[Operation]] = frozenset(get_args(Learnt))

WHOLE_CHART: Final[frozenset[Operation]] = frozenset(
    ("alt", "describe", "title", "legend", "kind", "axis", "limits", "scale", "colour", "cannot", "size", "text")
)
"""Operations about a chart as a whole, which name what is not in it as well."""

SERIES: Final = "[\ue400-\ue7ff]"
PLACE: Final = "[\ue000-\ue3ff]"
NUMBER: Final = "[\uec00-\uefff]"

_NOT_HIGHEST: Final = (
    r"(?:lowest|smallest|least|fewest|laziest|calmest|coolest|emptiest|mildest|sparsest|softest|saddest|"
    r"quietest|coldest|driest|slowest|weakest|shortest|poorest|cheapest|darkest|lightest|"
    r"quietest|test|rest|forest|west|east|interest|latest|earliest|honest|harvest|invest|contest|protest|digest|"
    r"guest|"
    r"request|suggest|quest|chest|nest|oldest|youngest|closest|nearest|modest|arrest|crest|pest|vest|jest|midwest|"
    r"northwest|southwest|budapest|everest|lightest|narrowest|thinnest|rarest|worst|best|fastest)\b"
)
_COMPARATIVE: Final = (
    r"(?!other|rather|number|over|after|under|summer|winter|member|weather|water|power|order|paper|center|never|"
    r"whether|however|quarter|customer|user|per |corner|together|either|neither|ever|later|earlier)\w{3,}er\b(?= in |"
    r" on | at |,)"
)
_LOW_ZH: Final = (
    "低|小|少|弱|冷|凉|差|短|慢|干|乾|便宜|轻|輕|年轻|年輕|矮|窄|薄|浅|淺|安静|安靜|清闲|清閒|空|贫|穷|稀|淡|闲|糟|不"
)
_NOT_LAST_ZH: Final = f"最(?!{_LOW_ZH}|后|後|近|初|早|终|終|新|好|坏|壞|值)"
_LOW_KO: Final = (
    "(?:낮|작[은았아으을다게음나니지냐네]|적[은었어으을다게음나니지냐네]|짧|추[운웠우]|춥|건조|약[한하]|느린|느리|덜|(?<!비)싼|(?<!비)싸|저렴|시원|서늘|한가|한산|조용|가벼|"
    "가볍|"
    "어린|어리|젊|얇|좁|드문|드물|부족|나쁜|나빴|못|안 )"
)
_FUTURE_FR: Final = (
    r"(?:vais|va|vas|allons|allez|vont)-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles)\b|"
    r"quel (?:temps|[SP]) (?:fait|faisait|fera)-(?:t-)?il\b"
)
"""What is going to happen, and what the weather is like."""
_HIGH_KO: Final = (
    "(?:높[은았던]|많[은았던]|큰 |컸|긴 |길었|비싼|비쌌|더[운웠]|"
    "뜨거[운웠]|따뜻[한했]|무거[운웠]|빠른|빨랐|좋은|좋았|강[한했]|심[한했]|넓[은었]|"
    "깊[은었]|두꺼[운웠]|밝[은았]|오래|붐비|붐[빈볐]|바[쁜빴]|늙은)"
)
"""Words for much; a word for little after one of them, within the same superlative, is a part of the next noun."""
_TO_LOW_KO: Final = rf"(?:(?!{_HIGH_KO}).){{0,8}}(?:{_LOW_KO})"
_LOW_FR: Final = (
    r"(?:bas|basses?|petite?s?|faibles?|froide?s?|frais|fraîches?|secs?|sèches?|courte?s?|lente?s?|pauvres?|rares?|"
    r"calmes?|tranquilles?|jeunes?|légers?|légères?|économiques?|bon marché|abordables?|vides?|creux|creuses?|minces?|"
    r"étroite?s?|maigres?|modestes?|mauvaise?s?|peu)\b"
)
_LOW_ES: Final = (
    r"(?:(?:baj|pequeñ|frí|fresc|sec|cort|lent|barat|económic|tranquil|calmad|liger|vací|floj|estrech|delgad|modest|rar|"
    r"poc)(?:[oa]s?|ísim\w+)|débil(?:es)?|joven|jóvenes|pobres?|asequibles?)\b"
)
_LOW_DE: Final = (
    r"wenig|niedrig|klein|gering|tief|schwäch|kält|kühl|kürz|trocken|leicht|jüng|billig|günstig|ruhig|selten|leer|ärm|"
    r"dünn|schmal|schlecht|langsam|unbeliebt|flach|früh|spät|ehest"
)

# In the order in which they are tried: the words of the first ones hold words of later ones.
OPERATION_WORDS: Final[dict[Operation, dict[Language, str]]] = {
    "cannot": {
        "en": r"why\b|who (?:made|drew|is|was|are)|whose\b|forecasts?\b|predict\w*|next (?:year|month|week|quarter)|"
        r"will\b|should\b|reasons?\b|causes?\b|what caused|because|future\b|extrapolat\w*",
        "de": r"warum|wieso|weshalb|vorherzusagen|vorhersag\w*|prognos\w*|nächste[nrs]? (?:jahr|monat|woche|P)|zukunft|"
        r"sollte\w*|grund\b|gründe|ursache\w*|wer hat (?:das|dieses|diese|die) (?:diagramm|grafik|bild|abbildung)|"
        r"wer ist (?:das|der autor)\b",
        "fr": r"pourquoi|prévisions?|prédi\w*|prévoi\w*|prochaine?\b|sera\b|seront\b|avenir|raisons?\b|causes?\b|"
        rf"{_FUTURE_FR}|"
        r"qui a (?:fait|dessiné|créé|réalisé|produit)\b",
        "es": r"por ?qué|pronóstic\w*|predic\w*|predec\w*|próximo\w*|próxima|será\b|serán\b|futuro|razón(?! entre)|"
        r"causas?\b|"
        r"qué (?:tiempo|[SP]) (?:hace|hacía|hizo|hará)\b|"
        r"quién (?:hizo(?: (?:el|la|est[ea]) (?:gráfic|figura|diagrama|imagen)|\W*$)|es el autor|creó|dibujó)",
        "ko": r"왜|이유|원인|예측|예상|전망|내년|다음 ?(?:달|해|주|분기|P)|앞으로|누가 ?(?:만들|그렸|그린|작성)|미래",
        "zh": r"为什么|為什麼|为何|為何|原因|预测|預測|预计|預計|明年|下个月|下個月|"
        r"未来|未來|将来|谁(?:做|画|制作)的?",
    },
    "alt": {
        "en": r"alt(?:ernative)?[ -]?texts?\b|for (?:a |the )?(?:blind|visually impaired)|screen ?reader|accessib\w+",
        "de": r"alternativ-?text|alt-?text|für (?:eine[nr]? )?blinde\w*|barrierefrei\w*",
        "fr": r"textes? alternatif|alt(?:ernatif)?[ -]text|pour (?:un |les )?aveugles?|malvoyants?",
        "es": r"texto alternativo|para (?:un |los )?ciegos?|accesib\w+",
        "ko": r"대체 ?텍스트|시각 ?장애",
        "zh": r"替代文本|替代文字|盲人|视障|無障礙|无障碍",
    },
    "kind": {
        "en": r"(?:kind|type|sort) of (?:a )?(?:chart|plot|graph|diagram|figure|visuali[sz]ation)|(?:chart|plot|"
        r"graph) type|"
        r"is (?:this|it|that) an? (?:\w+ ){0,2}(?:bar|pie|line|scatter|box|stacked|grouped|histogram|heat ?map|area|"
        r"stem)",
        "de": r"(?:art|typ|sorte)(?: von)? (?:diagramm\w*|grafik|chart|abbildung|plot)|diagramm(?:art|typ)|"
        r"was für ein(?:e)? (?:diagramm|grafik|chart|abbildung|plot)|"
        r"ist (?:das|dies|es) ein\w* (?:\w+ )?\w*(?:diagramm|histogramm|boxplot|heatmap)",
        "fr": r"(?:type|genre|sorte) (?:de |d')(?:graphique|diagramme|figure|graphe)",
        "es": r"(?:tipo|clase) de (?:gráfico|grafico|gráfica|diagrama|figura)",
        "ko": r"(?:어떤|무슨) ?(?:종류|유형|차트|그래프)(?!가|에서)|(?:차트|그래프|도표)의? ?(?:종류|유형)",
        "zh": r"什么(?:类型的?)?(?:图|圖)|什麼(?:類型的?)?(?:图|圖)|哪种(?:图|圖)|哪種圖|(?:图|圖)表?(?:的)?(?:类型|"
        r"類型|种类|種類)",
    },
    "title": {
        "en": r"titles?\b|titled|heading|headline|called\b",
        "de": r"titel\w*|überschrift\w*",
        "fr": r"titres?\b|intitulé",
        "es": r"títulos?\b|titulos?\b",
        "ko": r"제목|타이틀",
        "zh": r"标题|標題|题目|題目",
    },
    "legend": {
        "en": r"legends?\b|colou?rs? (?:stand|mean|represent|show|encode)|colou?rs?.{0,20}(?:stand for|mean\b|"
        r"represent)",
        "de": r"legende\w*|farben?.{0,20}(?:bedeut\w*|stehen|steht|zeig\w*)",
        "fr": r"légendes?|couleurs?.{0,20}(?:représent\w*|signifi\w*)|(?:représent\w*|signifi\w*).{0,20}couleurs?",
        "es": r"leyendas?|colores.{0,20}(?:representa\w*|signific\w*)|(?:representa\w*|signific\w*).{0,20}colores",
        "ko": r"범례|색(?:상|깔)?.{0,12}(?:의미|뜻|나타)",
        "zh": r"图例|圖例|(?:颜色|顏色).{0,10}(?:代表|表示|意思|含义)|(?:代表|表示).{0,6}(?:颜色|顏色)",
    },
    "scale": {
        "en": r"log\b(?! (?:in|out))|logarithm\w*|log-?scale|linear\b",
        "de": r"logarithm\w*|log-?skala|linear\w*",
        "fr": r"logarithm\w*|échelle log|linéaires?",
        "es": r"logar[ií]tm\w*|escala log|lineal\w*",
        "ko": r"로그(?!인|아웃)|선형",
        "zh": r"对数|對數|线性|線性",
    },
    "outlier": {
        "en": r"outliers?|(?:doesn['’]t|does not|don['’]t|do not) fit|"
        r"anomal\w+|unusual\w*|odd(?:ities)?\b|stands? out|strange\w*|spikes?\b|deviat\w*|weird\w*|suspicious\w*|"
        r"out of (?:place|line|the ordinary)|looks? (?:off|wrong)|"
        r"f[au]rthest from the (?:line|trend)|off the (?:line|trend)",
        "de": r"weicht .{0,40}\bab\b|abweich\w*|ausreißer\w*|ausreisser\w*|anomal\w+|auffällig\w*|ungewöhnlich\w*|"
        r"aus (?:der reihe|dem rahmen)|außergewöhnlich\w*",
        "fr": r"s['’]écarte\w*|aberrant\w*|anomal\w+|atypiques?|inhabituel\w*|isolée?s?\b|détonn\w*|"
        r"(?:sort|sortent|sortant|hors) de l['’](?:ordinaire|habituel)|hors (?:du commun|norme)|anormal\w*",
        "es": r"se desv[ií]a\w*|at[ií]pic\w*|anomal\w+|anómal\w*|inusual\w*|"
        r"(?:se sale|se salen|se salía|se salió|fuera) de lo (?:normal|común|habitual|corriente)|anormal\w*",
        "ko": r"이상치|이상값|특이값|튀는|벗어난|이상한|비정상",
        "zh": r"异常|異常|离群|離群|偏离|反常|不正常",
    },
    "correlation": {
        "en": r"correlat\w*|r²|r2\b|r-squared|relationship|proportional\w*|relates?\b|"
        r"related\b|relation\b|depends? on|leads? to|"
        r"do(?:es)? (?:more |less |fewer )?\w{3,}er \w+ .{1,50}\b"
        r"(?:more|less|fewer|higher|lower|better|worse|longer)\b|"
        r"affect\w*|influenc\w*|associat\w*|linked\b|(?:any|an|have|has) (?:\w+ )?effect|"
        r"the more .{3,60} the |goes? (?:along )?with|"
        r"(?:tend|do|does) (?:\w+ ){1,8}(?:more|less|better|worse|higher|lower|longer|faster|slower)\W*$",
        "de": r"korrel\w*|r²|r2\b|bestimmtheitsmaß|zusammenhang|hängen .{0,40}zusammen|hängt .{0,40}(?:ab|zusammen)\b|"
        r"je (?:mehr|weniger|\w+er)\b.{0,40}(?:desto|umso|je) (?:mehr|weniger|\w+er)\b|"
        r"(?:desto|umso) .{3,60}\bje (?:mehr|weniger|\w+er)\b",
        "fr": r"corrél\w*|r²|r2\b|relation\b|liens?\b|liée?s?\b|(?:^|que )plus .{3,40}, ?(?:et )?plus\b",
        "es": r"correlaci\w*|r²|r2\b|relaci[oó]n\w*|relacionad\w*|cuanto (?:más|mayor|menos|menor) .{3,40}(?:más|"
        r"mayor)\b|(?:más|mayor|menos|menor) .{3,60}cuanto (?:más|mayor|menos|menor)",
        "ko": r"상관|r²|결정 ?계수|관련|관계가|[ㄱ-힣]수록",
        "zh": r"相关|r²|决定系数|相關|关系|關係|关联|越(?!来越).{1,8}越",
    },
    "ratio": {
        "en": r"how many times|times (?:as|more|higher|larger|bigger|greater|slower|faster|the)|ratio(?!n)|"
        r"factor\b|twice|double",
        "de": r"wie ?viel ?mal|wie ?vielmal|\w*mal so|verhältnis|doppelt|faktor|das wievielfache",
        "fr": r"combien de fois|fois plus|fois moins|rapport entre|ratio|double",
        "es": r"cuántas veces|veces más|veces mayor|razón entre|ratio|doble",
        "ko": r"몇 ?배|배수|두 ?배",
        "zh": r"几倍|幾倍|多少倍|比值|倍数|倍數",
    },
    "share": {
        "en": r"shares?\b(?! price)|%|percent\w*|proportions?|fraction|what part\b|portion|breakdown|makes? up",
        "de": r"anteile?\w*|prozent\w*|bruchteil|macht .{0,30} aus\b",
        "fr": r"parts?\b|pourcentages?|proportions?|pour ?cent|représente",
        "es": r"porcentajes?|proporci[oó]n|por ?ciento|qué parte|cuota|representa\b",
        "ko": r"비중|퍼센트(?!포인트)|백분율|몇 ?%(?!p)|비율|차지",
        "zh": r"占比|百分比|百分之|比例|份额|份額|占.{0,8}多少|占总",
    },
    "gap": {  # where two series are closest; where they are farthest apart is said by a superlative and "difference"
        "en": r"closest (?:to (?:each other|one another|S)|together)|most similar|closest\b|nearly equal|most alike",
        "de": r"am nächsten|am ähnlichsten|am dichtesten",
        "fr": r"plus proches?|plus semblables?|plus similaires?",
        "es": r"más cerca\w*|más parecid\w*|más similar\w*",
        "ko": r"(?:가장|제일) ?(?:비슷|가까|유사)",
        "zh": r"最接近|最相似|差距最小|差异最小",
    },
    "difference": {
        "en": r"differ(?:ence|ences|ent|s)?\b|"
        r"how many (?:\w+ ){0,2}(?:more|fewer|less|(?!other|number|after|over|under|summer|winter|"
        r"quarter|year|member|customer|user|ever|per|better|either)\w{2,}er) (?!than N)(?=.*\bthan\b)|"
        r"how much (?:\w+ )?(?:more|less|fewer|higher|lower|larger|smaller|"
        r"bigger|greater|taller|"
        r"warmer|colder|faster|slower|better|worse)\b|how much \w{2,}er\b.{1,60}\bthan\b|"
        r"gap\b|(?:more|less|fewer|higher|lower) .{1,40}\bthan\b(?! N)|"
        r"minus\b|"
        r"apart\b",
        "de": r"(?:spare?n?|spart)\b|vorsprung|rückstand|unterschied\w*|differenz\w*|"
        r"(?:um )?wie ?viel (?:\w+ )?(?:mehr|weniger|höher|"
        r"niedriger|größer|"
        r"kleiner)|wie ?viel \w{3,}er\b.{1,60}\bals\b|"
        r"abstand|minus\b|unterscheid\w*",
        "fr": r"diff[eéè]r\w*|économis\w*|avance (?:de|d['’]|a|sur)|différence|écart|combien (?:.{0,20})?de plus|"
        r"combien (?:.{0,20})?de moins|"
        r"de plus que|de moins que|"
        r"combien (?:.{0,20})?plus|combien (?:.{0,20})?moins",
        "es": r"difer\w*|difier\w*|ahorr(?:o|a|as|amos|ar)\b|ventaja|diferencia|cuánt\w+ (?:(?!\b(?:el|la|los|"
        r"las)\b).){0,30}\b(?:más|"
        r"menos)\b|brecha",
        "ko": r"차이|격차|벌어[졌지진]|(?:점수|득점|기온|온도|가격|매출) ?차[는이가]?|얼마나 ?(?:더 ?)?(?:많|적|"
        r"높|낮|크|큰|작)|"
        r"얼마 ?(?:더 ?)?(?:많|적|높|낮|크|작)",
        "zh": r"(?<!最)差(?!不多|的)|多多少|少多少|高多少|低多少|(?:多|高|大|少|低|小)了?(?:多少|几)",
    },
    "sum": {
        "en": r"total\w*|sum\b|plus\b|altogether|in all\b|overall (?:amount|harvest|value)|adds? up|added up|combined",
        "de": r"summe\w*|plus\b|insgesamt|gesamt\w*|zusammen\b|total\w*",
        "fr": r"tota(?:l|ux|le|les)\b|sur les (?:deux|trois|quatre) |sommes?\b(?!-)|en tout|ensemble\b|"
        r"cumul(?:é|ée|és|ées)?\b|réunie?s\b|additionnée?s\b",
        "es": r"total\w*|suma\w*|en conjunto",
        "ko": r"모두 ?얼마|합계|더하|총|모두 ?(?:합|더|몇 ?[명건잔권대통])|전체 ?(?:합|매출|양|수)|전체 \S{1,6} ?(?:수|"
        r"량|금액|매출)[는은]|"
        r"(?<![\uac00-\ud7a3])합[은이]|(?<![\uac00-\ud7a3])합[쳐치친하한해했]|다 더(?=[하해])|더했",
        "zh": r"总和|总[SP]|共(?:有|卖|计)|相加|總和|"
        r"总计|總計|合计|合計|总共|總共|总量|總量|总数|總數|总额|加起来|一共|总.{0,4}[量额数]|"
        r"总(?:销|收|雨|产)",
    },
    "median": {
        "en": r"medians?\b",
        "de": r"median\w*",
        "fr": r"médianes?\b",
        "es": r"medianas?\b",
        "ko": r"중앙값|중간값",
        "zh": r"中位数|中位數|中值",
    },
    "mean": {
        "en": r"averages?\b|averaged|mean\b(?! (?:by|to))|on average|typical(?:ly)?\b",
        "de": r"mittelwert\w*|\w*durchschnitt\w*|mittlere\w*|(?:jahres|monats|tages|wochen)mittel\w*|"
        r"im mittel|im schnitt|mittel\b",
        "fr": r"moyennes?\b|moyens?\b|en moyenne",
        "es": r"medias?\b|promedios?\b|medio\b",
        "ko": r"평균",
        "zh": r"平均|均值",
    },
    "maximum": {
        "en": rf"best-?sellers?\b|"
        rf"max(?:im\w+)?\b|peak\w*|concentrated|cluster\w*|leading\b|leaders?\b|dominant|favou?rite|"
        rf"top\b|most\b(?! recent)|(?!{_NOT_HIGHEST})\w{{3,}}est\b|record\b|ceiling|"
        rf"best\b|"
        r"worst\b|fastest\b|slowest\b",
        "de": r"\w*höchst\w*|lieblings\w*|häuf(?:t|en)\b|konzentrier\w*|"
        r"scheitel\w*|grö(?:ß|ss)t\w*|meisten\b|max(?:im\w+)?\b|spitzen\w*|gipfel\w*|stärkst\w*|wärmst\w*|oberste\w*|"
        r"vollst\w*|lautest\w*|sonnigst\w*|windigst\w*|feuchtest\w*|beliebtest\w*|steilst\w*|hellst\w*|rekord\w*|"
        rf"am (?!(?:{_LOW_DE}))\w+sten\b|"
        r"heißest\w*|schwerst\w*|ältest\w*|wärmst\w*|reichst\w*|dichtest\w*|breitest\w*|wichtigst\w*|beliebtest\w*|"
        r"längst\w*|"
        r"best\w{1,2}\b|schnellst\w*|langsamst\w*|schlechtest\w*|regenreichst\w*|nassest\w*|häufigst\w*|meiste\w*|"
        r"teuerst\w*",
        "fr": rf"(?:les? |la |où .{{0,20}})plus (?!{_LOW_FR}|tôt|tard|récent|proche|sembl|simil)\w+|"
        r"max(?:i|im\w+)?\b|concentr\w*|pics?\b|sommet|"
        r"au plus haut\b|culmin\w+|meilleure?s?\b|préférée?s?|favorite?s?|pires?\b|"
        rf"le plus\b(?! (?:{_LOW_FR}|bas|petit|court|lent|jeune|léger|faible|froid|sec|calme|frais))",
        "es": rf"m[aá]s ?[?]|más [SP](?! que\b)|m[aá]s (?!{_LOW_ES}|(?:que|de N|reciente|"
        r"rápid|en |de |el |"
        r"la |los |"
        r"las |por ))\w+\b(?! que\b)|m[aá]x(?:im\w+)?\b|mayor\b(?!.{0,6} que)|mayores\b(?!.{0,6} que)|"
        r"picos?\b|concentr\w*|cima|favorit\w*|preferid\w*|mejor\w*|peor\w*",
        "ko": rf"(?:가장|제일) ?(?!{_TO_LOW_KO}|최근|먼저|최신|처음|마지막|비슷|가까)|최고|최대|최댓값|정점|"
        rf"피크|최다|최장|선호하는|선두|상위|몰려|집중|"
        rf"\b1위|"
        r"높은 ?순|많은 ?순",
        "zh": rf"{_NOT_LAST_ZH}|集中|见顶|到顶|触顶|峰值|顶峰|頂峰|巅峰|前N|前[三五十两]|第[二三四五]高|"
        rf"第[二三四五]大|第[二三四五]多",
    },
    "minimum": {
        "en": r"laziest|calmest|coolest|emptiest|mildest|sparsest|softest|"
        r"min(?:im\w+)?\b|dip(?:s|ped)?\b|lowest|smallest|least\b(?! N)|fewest|coldest|driest|slowest|weakest|"
        r"shortest|poorest|cheapest|trough|bottom\b|quietest|rarest|lightest|narrowest|worst\b|best\b(?![- ]sell)|"
        r"fastest\b",
        "de": r"\w*niedrigst\w*|kleinst\w*|geringst\w*|wenigst\w*|minim\w+|tiefst\w*|tiefpunkt|"
        r"schwächst\w*|kältest\w*|langsamst\w*|kürzest\w*|trockenst\w*|billigst\w*|leichtest\w*|jüngst\w*|günstigst\w*|"
        r"schlechtest\w*|best\w{1,2}\b|schnellst\w*|kühlst\w*|ruhigst\w*|seltenst\w*|leerst\w*|ärmst\w*|dünnst\w*|"
        r"schmalst\w*|flachst\w*|schlusslicht|am (?:wenig|gering|selten)\w+sten",
        "fr": rf"plus {_LOW_FR}|"
        r"au plus bas\b|le moins\b|"
        r"les moins\b|la moins\b|minim\w+|creux\b|pires?\b|meilleure?s?\b",
        "es": rf"m[aá]s {_LOW_ES}\b(?! que\b)|m[ií]nim\w+|"
        r"menor\b(?!.{0,6} que)|menores\b(?!.{0,6} que)|"
        r"con menos|menos\b(?! que| de)|peor\w*|mejor\w*",
        "ko": rf"(?:가장|제일) ?{_TO_LOW_KO}|최저|최소|최솟값|하위|낮은 ?순|적은 ?순",
        "zh": rf"最(?:{_LOW_ZH}|好|坏|壞)|见底|触底|谷值|低谷|第[二三四五](?:低|小|少|差)",
    },
    "range": {
        "en": r"range\w*|spread\b|between which values|span\b|extent\b",
        "de": r"wertebereich\w*|bereich\w*|spannweite|spanne\b",
        "fr": r"plages?\b|étendue|intervalle|amplitude|fourchette",
        "es": r"rango\b|intervalo|amplitud|entre qué valores",
        "ko": r"범위",
        "zh": r"范围|範圍|区间|區間|极差",
    },
    "trend": {
        "en": r"warm\w* up|heat\w* up|cool\w* (?:down|off)|gain(?:s|ed)?\b|lost\b|los(?:e|es|ing)\b|trend\w*|"
        r"increas\w*|decreas\w*|ris(?:e|"
        r"es|ing|en)\b|rose\b|fall(?:s|ing|en)?\b|fell\b|grow\w*|grew\b|"
        r"declin\w*|slope\w*|go(?:es|ing)? (?:up|down)|went (?:up|down)|drop\w*|over time|chang(?:e|es|ed|ing)\b|"
        r"develop\w*|var(?:y|ies)\b|scal(?:e|es|ing)\b|evol\w*|shrink\w*|climb\w*",
        "de": r"eingespart|abgebaut|(?:ge)?schrumpf\w*|rückgang\w*|zurückgegangen|zurückgeht|zuwachs|"
        r"einbruch\w*|zugelegt|"
        r"erwärm\w*|abkühl\w*|kühl\w* .{0,30}\bab\b|"
        r"trend\w*|skalier\w*|steig\w*|gestiegen|stieg\b|sink\w*|"
        r"sank\b|gesunken|fällt\b|fallen\b|gefallen|wächs\w*|"
        r"wachs\w*|"
        r"gewachsen|zunehm\w*|zugenommen|nimmt .{0,40}(?:zu|ab)\b|abnehm\w*|abgenommen|steigung|entwick\w+|"
        r"verlauf\w*|"
        r"verändert\w*|ändert\w*",
        "fr": r"hausses?\b|grimp\w*|chut\w*|réduit\w*|accroiss\w*|perdue?s?\b|gagnée?s?\b|maigri\w*|grossi\w*|"
        r"réchauff\w*|chauff\w*|refroid\w*|tendances?|augment\w*|diminu\w*|baiss\w*|croît|croiss(?!ants\b)\w*|"
        r"progress\w*|recul(?:e|ent|é)\b|décroî\w*|pente|évolu\w*|(?:re)?mont(?:er|e|ent|ée?s?|ait|aient)\b|"
        r"descend\w*|chang(?:e|é)\w*",
        "es": r"adelgaz\w*|engord\w*|encogi\w*|merm[óa]\w*|perdid[oa]|ganado|caíd\w*|retroce\w*|"
        r"reduc\w*|redujo|incremento\w*|repunt\w*|se calient\w*|calent\w*|se enfr[ií]\w*|tendencias?|aument\w*|"
        r"disminu\w*|(?<!más )(?<!mas )baja(?:n|ndo|do|ron)?\b|"
        r"(?<!más )(?<!mas )bajó|sube\w*|subi\w+|crec\w*|decrec\w*|"
        r"pendiente|"
        r"evoluci\w*|cambi\w+|cae\b|cayendo",
        "ko": r"빠졌|빠진|뛰었|뛴|급증|급감|급락|뜨거워|따뜻해지|식[는었]|차가워|추세|증가|감소|늘[었어고나]|"
        r"줄[었어고]|"
        r"상승|하락|오르|올랐|올라|내리|내렸|떨어|"
        r"변화|변했|기울기|경향|"
        r"추이|성장|자라|자랐|자란",
        "zh": r"瘦|胖了?|长[高大了]|反弹|"
        r"减了|掉了|下滑|萎缩|升温|降温|变热|变冷|加热|冷却|趋势|趨勢|增加|减少|減少|上升|下降|"
        r"增长|增長|"
        r"变化|變化|变了(?=多|几)|斜率|走势|走勢|上涨|下跌|涨|跌",
    },
    "crossing": {
        "en": r"cross(?:es|ing|ings|ed|over)?\b|intersect\w*|overtak\w+|overtook|surpass\w*|meet\b|exceed\w* S|"
        rf"catch\w* up|(?:pass|passes|passed) (?:the )?{SERIES}|"
        r"(?:fall|fell|fallen|drop(?:s|ped)?|s[aiu]nk|slip(?:s|ped)?|dip(?:s|ped)?|r[io]se|risen|climb(?:s|ed)?|go|went|"
        r"mov(?:e|es|ed)|get|got) (?:below|beneath|above|past|ahead of) "
        rf"(?:that |those |the (?:one|rate|figure) )?(?:of |in |for )?(?:the )?{SERIES}",
        "de": r"kreuz\w*|schneid\w*|schnittpunkt\w*|überhol\w*|treffen sich|übersteig\w*",
        "fr": r"crois(?:e|ent|ement\w*)\b|se coupent|intersect\w*|dépass\w+",
        "es": r"cruz\w*|intersec\w*|se cortan|super(?:a|ó|e)\w*|adelant[aó]\w*|sobrepasa\w*",
        "ko": rf"교차|만나|추월|앞지르|앞질|역전|넘어서|뒤집|"
        rf"{SERIES}[^\ue400-\ue7ff]{{0,8}}[을를] (?:처음(?:으로)? )?넘[은는을어었]|"
        rf"{SERIES}[^\ue400-\ue7ff]{{0,4}}(?:아래|밑|위)로 ?(?:처음(?:으로)? )?(?:떨어|내려|올라)",
        "zh": r"交叉|相交|交点|交點|超过|超過|反超|赶超|超越|赶上|"
        rf"(?:跌|降|掉|落|升|涨)(?:到|至|破|过)了? ?{SERIES}",
    },
    "compare": {
        "en": r"compar\w*|versus|vs\.?\b|(?:higher|larger|lower|smaller|greater|bigger|better|more|less|above|below|"
        r"taller|older) "
        r"(?:\w+ ){0,3}(?:than\b|[SP])|against|beats?\b|outperform\w*|outsell\w*|higher\b|lower\b|larger\b|"
        r"smaller\b|bigger\b|greater\b|"
        rf"(?:first behind|lead|led|leads) (?:the )?{SERIES}|"
        rf"(?:above|below) [SP]|(?!other|rather)\w{{2,}}er than\b|{_COMPARATIVE}|ahead\b|equal\b|same\b",
        "de": r"(?:teurer|günstiger|billiger|wärmer|kälter|länger|kürzer|stärker|schwächer|älter|jünger|schwerer|"
        r"leichter|"
        r"nasser|trockener|beliebter|häufiger|öfter)\w*|liegt .{1,40}\bvor\b|"
        rf"(?:vor|hinter) (?:dem |der |den )?{SERIES}|"
        r"(?:über|unter) (?:dem |der |den )?[SP]|diesel\w+|gleich\w*|vergleich\w*|gegenüber|schlägt\b|"
        r"übertriff\w*|\w{3,}er als\b|höher\w*|größer\w*|niedriger\w*|kleiner\w*|mehr\b|weniger\b|"
        r"über [SP]|unter [SP]|gleich\b",
        "fr": rf"(?:devant|derrière) (?:la |le |les |l['’] ?)?{SERIES}|"
        r"toujours (?:plus|moins)|autant\b|(?:plus|moins|mieux) .{0,60}\bou\b|devanc\w*|mêmes?\b|compar\w*|"
        r"\bbat\b|dépass\w*|(?:plus|"
        r"moins) .{0,40}\bqu[e'’]|par rapport|au-dessus|"
        r"au-dessous|plus élevée?s?|"
        r"plus grande?s?|égal\w*|"
        r"supérieur\w*|inférieur\w*",
        "es": rf"(?:delante|detrás) del? (?:la |los |las )?{SERIES}|"
        r"siempre (?:más|menos)|(?:más|menos|mejor|mayor|menor) .{0,60}\bo\b|gan[óa]\w* a\b|mism[oa]s?\b|"
        r"compar\w*|gana a\b|supera\w*|"
        r"(?:m[aá]s|menos) .{0,40}\bque\b|frente a|por encima|"
        r"por debajo|mayor que|menor que|"
        r"igual\w*",
        "ko": r"비교|보다|동점|동일|똑같|더 ?[잘못]|이[긴겼기]|앞[선섰서]|뒤[진졌처쳐]|"
        r"제[치쳤친]|같[은아니습]|더 ?(?:높|많|크|큰|"
        r"낮|적|작|비싸|"
        r"비싼|싸|싼|"
        r"길|긴|짧|덥|더우|"
        r"더워|더운|춥|추우|추워|추운|따뜻|무겁|가볍|팔)",
        "zh": r"比较|比較|对比|對比|相同|持平|打平|[SP].{0,8}比|比.{1,14}(?:高|低|大|小|多|少|长|短|快|慢|贵|便宜)|"
        r"更(?:高|低|大|小|多|少|热|冷|暖|贵|便宜|长|短|快|慢|重|轻|好|差|强)|赢|领先|落后|谁(?:高|低|大|小|多|少)|高于|"
        r"低于|大于|小于|相等|一样",
    },
    "table": {
        "en": r"tables?\b|tabulate|list (?:all|the|of)\b|all (?:the )?(?:values|data|numbers)|csv|read off|"
        r"data ?points|"
        r"extract\w*|each (?:month|year|bar|value)|list\b",
        "de": r"tabelle\w*|alle (?:werte|daten|zahlen)|liste\b|csv|auflisten|datenpunkte",
        "fr": r"tableaux?\b|toutes les (?:valeurs|données)|listes?\b|csv|lister?",
        "es": r"tablas?\b|todos los (?:valores|datos)|listas?\b|csv|enumera",
        "ko": r"표로|표를|표 |모든 ?(?:값|데이터|수치)|목록|전부 ?(?:알려|보여|나열)|나열",
        "zh": r"表格|列表|所有.{0,6}(?:值|数据|數據)|列出|全部.{0,4}(?:值|数据)",
    },
    "count": {
        "en": r"how many|number of|count(?!r)\w*",
        "de": r"wie ?vielen?\b|anzahl|zähl\w*",
        "fr": r"combien (?:de |d['’]|y a)|nombre de|compt\w+",
        "es": r"cuánt[oa]s|cuant[oa]s|n[uú]mero de|cuenta\b|contar",
        "ko": r"몇 ?(?:개|가지|명|줄|번|곳|달|해|분기)|개수|갯수",
        "zh": r"多少(?:个|個|条|條|根|种|種)|几(?:个|条|根|种|组)|幾(?:個|條|種|組)|数量|數量|有几|有幾",
    },
    "first": {
        "en": r"first\b|start(?:s|ed|ing)?\b|begin\w*|initial\w*|earliest",
        "de": r"erste\w*|anfang\w*|beginn\w*|start(?!gebühr|geld|platz|plätz|nummer|seite|erlaubnis|liste|feld)\w*",
        "fr": r"premi\w+|début\w*|commenc\w*|initial\w*",
        "es": r"primer\w*|comienz\w*|empiez\w*|inicia\w*|inicio|al principio",
        "ko": r"첫|시작|처음|최초",
        "zh": r"第一个|第一個|开始|開始|起点|起始|初始|最初|最早",
    },
    "last": {
        "en": r"last\b|ends?\b|ended\b|ending\b|final\w*|latest|most recent|newest",
        "de": r"letzte\w*|ende\w*|schluss|zuletzt|jüngst\w*|neuest\w*",
        "fr": r"derni\w+|fin\b|finit|final\w*|plus récente?s?",
        "es": r"últim[oa]s?\b|final\w*|termina\w*|acaba\w*|más reciente",
        "ko": r"마지막|끝|최근|최신",
        "zh": r"最后|最後|终点|終點|末尾|结束|最近|最新|最终",
    },
    "value": {
        "en": r"values?\b|how (?:much|many|high|large|big|tall|long|low|often)|read at|what(?:'s| is| was|"
        r" were) .{0,60}\b(?:at|in|"
        r"for|of|on)\b",
        "de": r"werte?\b|wie ?(?:viele?|hoch|groß|lange?)\b|wie lautet|beträgt|betrug",
        "fr": r"valeurs?\b|combien\b",
        "es": r"valor(?:es)?\b|cu[aá]nt[oa]s?\b",
        "ko": r"값|얼마|수치|몇|어떻게 ?(?:되|돼|됩|됐)|어때",
        "zh": r"值|多少|数值|數值|几",
    },
    "axis": {
        "en": r"(?<!many )units?\b|unit of|(?<!were )(?<!was )measured in\b(?! total| all)|(?:is|are|was|"
        r"were) .{0,30}measured in\s*[?.]",
        "de": r"(?<!viele )einheit\w*",
        "fr": r"unité\b|(?<!d['’])unités\b",
        "es": r"unidad\b|(?<!cuántas )(?<!cuantas )unidades\b",
        "ko": r"단위",
        "zh": r"单位|單位",
    },
    "limits": {
        "en": r"limits?\b|ranges?\b|from where|start\w*|ends?\b|go(?:es)? (?:from|up)|run|span|extend|max\w*|min\w*|"
        r"highest|lowest|"
        r"cover\w*",
        "de": r"bereich|von wo|reicht|geht|beginn\w*|endet|grenze\w*|maxim\w*|minim\w*|"
        r"spannt\b|spannweite|spanne\b|umspannt\b",
        "fr": r"limites?|plage|étendue|intervalle|va\b|commence|finit|maxim\w*|minim\w*",
        "es": r"límites?|rango|intervalo|va\b|empieza|termina|máxim\w*|mínim\w*",
        "ko": r"범위|어디부터|부터|까지|최대|최소|한계",
        "zh": r"范围|範圍|区间|區間|从|到|最大|最小",
    },
    "describe": {
        "en": r"what (?:is|are) .{0,20}(?:chart|figure|plot|graph|picture|diagram|panel|subplot)s? "
        r"(?:showing|about|saying)|"
        r"what do .{0,20}(?:panels?|subplots?|charts?|figures?|plots?|graphs?|pictures?) show|"
        r"describe|description|summar\w*|explain\b|what (?:is|does|do|'s) (?:this|the|it|these) ?(?:chart|"
        r"figure|plot|graph|"
        r"picture|image|diagram)?s? ?(?:show|about|depict|say|tell|here)?\w*[?.! ]*$|what am i looking at|"
        r"what (?:do|can) (?:you|i|we) see|"
        r"what (?:is|are|can be) (?:shown|seen|displayed|depicted|drawn|plotted|visible|illustrated|pictured)"
        r"(?: here)?(?: [io]n (?:this|the) (?:picture|image|chart|figure|plot|graph|diagram))?[?.! ]*$|"
        r"tell me about|overview|what is (?:in|on) (?:this|the) "
        r"(?:picture|image|chart|figure|plot)",
        "de": r"beschreib\w*|zusammenfass\w*|fasse?\b|erklär\w*|was (?:zeigt|ist|sieht|siehst) .{0,30}(?:zu sehen|"
        r"diagramm|"
        r"grafik|bild|abbildung|das|hier|du)|überblick|worum geht|"
        r"was (?:sieht man|sehen wir|sehe ich|erkenn\w+ (?:man|du)|"
        r"(?:ist|wird) (?:hier |da )?(?:dargestellt|gezeigt|abgebildet|zu (?:sehen|erkennen)))\b",
        "fr": r"décri\w*|résum\w*|expliqu\w*|que (?:montre|voit|représente|vois)|qu['’]est-ce que c['’]est|"
        r"qu['’]est-ce (?:qui est (?:montré|représenté|affiché)|qu['’]on voit|que (?:tu vois|l['’]on voit|vous voyez))|"
        r"de quoi s['’]agit",
        "es": r"describ\w*|descríbe\w*|descripción|resum\w*|explica\w*|"
        r"qué (?:muestra|se (?:ve|muestra|observa|aprecia)|ves|hay en|representa|"
        r"es est)",
        "ko": r"설명|묘사|요약|무엇이 ?(?:보|그려)|보여 ?주는|"
        r"무엇을 ?(?:보여|나타)|뭘 ?(?:보여|나타)|무슨 ?(?:내용|그림)|"
        r"뭐가 ?(?:보|있)|어떤 ?(?:내용|그림)",
        "zh": r"描述|说明|說明|总结|總結|概括|概述|显示了?什么|顯示了?什麼|展示了?什么|表示什么|是什么(?:图片|"
        r"内容)?[??。 ]*$|讲了?什么|"
        r"看到了?什么|解释|解釋",
    },
    "colour": {
        "en": r"colou?rs?\b|colou?red\b|hues?\b|hex\b",
        "de": r"\w*farb\w*",
        "fr": r"couleurs?\b",
        "es": r"color(?:es)?\b",
        "ko": r"색(?!인)",
        "zh": r"颜色|顏色|色彩",
    },
    "size": {
        "en": r"(?:image|picture|figure|pixel) (?:size|dimensions?)|"
        r"(?:size|dimensions?|resolution) of (?:the|this) (?:image|picture|figure)",
        "de": r"bildgröße|auflösung|wie (?:groß|breit|hoch) ist (?:das|dieses) bild|pixel\w*",
        "fr": r"(?:taille|dimensions?) (?:de|fait|a|est) (?:l['’]image|la (?:figure|photo)|l['’]illustration)|"
        r"résolution|pixels?\b",
        "es": r"(?:tamaño|dimensiones) (?:de|es|tiene) (?:la |esta )?(?:imagen|figura|foto)|resolución|p[ií]xel\w*",
        "ko": r"(?:그림|이미지|사진)(?:의? ?크기|[은는이가]? ?얼마나 (?:큰|크|커))|해상도|픽셀",
        "zh": r"(?:图像|图片|圖片|照片)(?:的?(?:大小|尺寸)|有?多大)|分辨率|解析度|像素",
    },
    "text": {
        "en": r"transcri\w*|ocr\b",
        "de": r"welche[rn]? text|text (?:lesen|vorlesen|im bild|steht)|lies (?:den|allen|mir)|"
        r"was steht (?:da|dort|im|auf|in)\b|transkrib\w*",
        "fr": r"quels? textes?|lis le|textes? (?:de|dans|du)\b|transcri\w*|est écrit",
        "es": r"qué textos?|lee el|textos? (?:de|en)\b|transcrib\w*|qué (?:dice|pone)\b|está escrito",
        "ko": r"텍스트|글자|글씨|문구|(?:쓰여|적혀|써) ?(?:있|져)",
        "zh": r"文字|文本|写(?:了|着)什么|寫(?:了|著)什麼",
    },
    "sort": {
        "en": r"sort\w*|^(?:from )?(?:small|low|high|large|big|light|heavy|short|long)\w* to "
        r"(?:small|low|high|large|big|light|heav|short|long)\w*|(?:ascending|descending)\b|in order of|"
        r"(?:put|place|arrange|list|give|name|show)\b.{0,40}\bin (?:the right )?order\b|"
        r"order (?:the|them|these|all)|rank (?:the|all|them|"
        r"these)|(?:order|rank|list|arrange)\b.{0,20} from (?:the )?\w+est to|"
        r"from (?:the )?(?:highest|lowest|largest|smallest|biggest|lightest|heaviest|cheapest|shortest|longest|"
        r"slowest|fastest) to",
        "de": r"sortier\w*|der größe nach|reihenfolge|absteigend|aufsteigend|ordne\b|"
        r"vo[mn] (?:der |den )?\w+sten zu[mr]? (?:der |den )?\w+sten|von (?:klein|groß) (?:nach|zu|bis) (?:groß|klein)",
        "fr": r"tri(?:e|er|ez|és?|ées?)\b|class(?:er|ez)\b|classe(?:[- ](?:les|moi|par|tout|tous|toutes)\b)|"
        r"par ordre|(?:dé)?croissant\b|range[rz]?\b|(?:du|de la) (?:plus|moins) \w+ (?:au|à la) (?:plus|moins)\b",
        "es": r"ord[eé]n[ae]\w*|clasifica\b|de mayor a menor|de menor a mayor|de (?:menos a más|más a menos)",
        "ko": r"정렬|오름차순|내림차순|순위 ?[를을]? ?(?:알려|보여|매겨)|순위표|순서대로|"
        r"(?:[량액수출점률율값]|가격|비용|합계|평균|높이|무게|크기) ?순(?=으로|서|\W*$)|"
        r"(?:큰|높은|많은|작은|낮은|적은|가벼운|무거운|싼|비싼|짧은|긴|빠른|느린) ?순",
        "zh": r"从.{1,3}到.{1,3}排|排一下|排个序|排个名|[给对将把].{1,12}排名|"
        r"排序|排列|升序|降序|[从由](?:高[到至]低|大[到至]小|多[到至]少|低[到至]高|小[到至]大|少[到至]多|"
        r"轻[到至]重|重[到至]轻)",
    },
    "error": {
        "en": r"error ?bars?|uncertain\w*|standard (?:deviation|error)|margin of error|errors?\b|confidence",
        "de": r"fehler\w*|\w*unsicherheit\w*|standardabweichung\w*",
        "fr": r"barres? d['’]erreur|incertitudes?|écarts?[- ]types?|erreurs?\b",
        "es": r"barras? de error|incertidumbres?|desviaci\w+|errores?\b|error\b",
        "ko": r"오차|불확실|표준 ?편차|에러 ?바",
        "zh": r"误差|誤差|不确定|标准差",
    },
    "spread": {
        "en": r"var(?:y|ies|ied) (?:the )?(?:most|least|more|less)|most varied|variab\w*|volatil\w*|fluctuat\w*|"
        r"interquartile|iqr\b|(?:most|least) (?:stable|consistent|spread)|(?:largest|widest|biggest|smallest|"
        r"narrowest) "
        r"(?:spread|range|box)|dispers\w*",
        "de": r"(?:un)?gleichmäßigst\w*|(?:un)?regelmäßigst\w*|konstantest\w*|beständigst\w*|unberechenbarst\w*|"
        r"einheitlichst\w*|"
        r"streu(?:t|en|ung)\w*|schwank\w*|variier\w*|interquartil\w*|quartilsabstand\w*|stabilst\w*|"
        r"(?:größte\w*|breiteste\w*|kleinste\w*) (?:spannweite|box)",
        "fr": r"vari(?:e|ent|able|ables|abilité)(?:-(?:t-)?(?:ils?|elles?))? (?:le )?(?:plus|moins)|"
        r"dispers\w*|interquartile|fluctu\w*|"
        r"(?:plus|moins) (?:stable|variable|dispersé|inégal|hétérogène|étalé|disparate|(?:ir)?régulier|"
        r"régulière|irrégulière|homogène|constant|"
        r"(?:im)?prévisible)\w*|"
        r"variabilité",
        "es": r"var[ií]an? (?:más|menos)|variabilidad|dispers\w*|intercuart\w*|fluct[uú]\w*|"
        r"más (?:estable|variable|dispers|(?:ir)?regular|constante|homogéne|(?:im)?predecible|uniforme)\w*",
        "ko": r"변동(?!률)|산포|흩어|사분위|들쭉|안정적|(?<!표준)(?<!표준 )편차|균일|고르|고른|널뛰|퍼져|퍼짐|(?:상자|"
        r"박스)의? ?(?:폭|"
        r"높이|"
        r"길이|"
        r"크기)",
        "zh": r"波动|波動|离散|四分位|变异|分散|稳定",
    },
    "slope": {
        "en": r"(?:to|it|they) double\b|slopes?\b|gradients?\b|exponents?\b|growth rate|doubling|doubl(?:e|"
        r"es) (?:every|in)|"
        r"how (?:fast|quickly|rapidly|steep\w*)\b|rate of (?:change|increase|growth|decline)|scal(?:e|es|ing) with|"
        r"for (?:each|every)\b|per (?:extra|additional)",
        "de": r"steigung\w*|exponent\w*|wachstumsrate\w*|verdopp\w*|wie (?:schnell|rasch|steil)\b|skalier\w*|"
        r"(?:je|pro) (?:weitere|zusätzliche)\w*|"
        r"(?:steig|wachs|wächs|nimmt|zunehm|abnehm|fäll|sink|gewachsen|gestiegen|verlier|verliert|"
        r"entläd)\w*.{0,40}\bpro (?!punkt)\w+|"
        r"pro \w+ .{0,30}(?:steig|wachs|wächs|zunehm|abnehm|fäll|sink)\w*",
        "fr": r"pentes?\b|exposants?\b|taux de croissance|double(?:ment)?\b|à quelle vitesse|"
        r"pour chaque\b|par \w+ supplémentaire|"
        r"(?:augment|diminu|baiss|progress|grandi|croî|perd|gagn)\w*.{0,40}\bpar (?:an|mois|jour|semaine|heure|"
        r"minute)\b",
        "es": r"pendientes?\b|exponentes?\b|tasa de crecimiento|(?:se )?duplica\w*|(?:con|a) qué (?:rapidez|velocidad)|"
        r"por cada\b|"
        r"(?:aument|sub|crec|baj|disminu|pierd|gan)\w*.{0,40}\b(?:por|al|cada) (?:año|mes|semana|día|hora|minuto)\b",
        "ko": r"기울기|거듭제곱|증가율|성장률|두 ?배가? ?되|얼마나 ?(?:빨리|빠르게|가파르)|마다 ?(?:얼마|몇)|(?:매년|"
        r"매달|매주|매일) ?(?:평균 ?)?(?:얼마|몇)",
        "zh": r"斜率|幂次|增长率|翻倍|翻一番|多快|每(?:增加|多)|每(?:年|月|周|天)(?:平均)?(?:增长|增加|减少|下降)|"
        r"平均每(?:年|月|周|天)(?:增长|增加|减少|下降)",
    },
    "rate": {
        "en": r"faster\b|slower\b|steeper\b|quicker\b|fastest\b|slowest\b|steepest\b|more (?:quickly|rapidly|slowly|"
        r"steeply)|most (?:quickly|rapidly|slowly|steeply)|scal(?:e|es|ing) (?:better|worse|best|worst)",
        "de": r"schneller\b|langsamer\b|steiler\b|rascher\b|flacher\b|am (?:schnell|langsam|steil)sten|"
        r"skalier\w* (?:\w+ )?(?:besser|schlechter)",
        "fr": r"(?:plus|moins) (?:vite|rapid\w*|lent\w*|raide\w*)",
        "es": r"(?:más|menos) (?:rápid\w*|deprisa|lent\w*|despacio|empinad\w*)",
        "ko": r"빨리|빠르게|빠른|천천히|느리게|가파르|가파른",
        "zh": r"(?:更|较|最|比较)(?:快|慢|陡)|得快|得慢|快一些",
    },
    "step": {
        "en": r"between (?:which|what)\b(?! values)|(?:biggest|largest|greatest|sharpest|steepest|"
        r"strongest) (?:single )?"
        r"(?:jump|increase|drop|change|rise|fall|decrease|decline|gain|loss|growth)",
        "de": r"zwischen welche\w*|(?:größte\w*|stärkste\w*|steilste\w*|höchste\w*) (?:sprung|anstieg|rückgang|abfall|"
        r"zuwachs|zunahme|abnahme|änderung|veränderung)",
        "fr": r"entre quel(?:le)?s?\b|plus (?:forte|grande|grosse|fort|grand|gros) (?:hausse|baisse|augmentation|chute|"
        r"variation|saut|recul|croissance)",
        "es": r"entre qué\b(?! valores)|mayor (?:salto|aumento|subida|caída|bajada|cambio|descenso|crecimiento)",
        "ko": r"(?:어느|몇|무슨) ?\S{0,4} ?사이|가장 ?(?:크게|많이|급격\S*) ?(?:오르|올랐|오른|늘|"
        r"증가|상승|떨어|줄|감소|하락|변)",
        "zh": r"哪两个|(?:增长|增加|上升|涨|下降|减少|跌|变化|降)得?(?:最快|最多|最大|最猛|幅度最大)|"
        r"最大的?(?:增幅|涨幅|跌幅|降幅)",
    },
    "overlap": OVERLAP,
}

_ENDING: Final = r"(?:e[nrsm]?|s|lich\w*|farben\w*)?"
"""Endings of German colours: "schwarze", and not "Schwarzwald"."""

COLOUR_WORDS: Final[dict[str, dict[Language, str]]] = {
    "red": {
        "en": r"red",
        "de": rf"rot{_ENDING}",
        "fr": r"rouges?",
        "es": r"roj[oa]s?",
        "ko": r"빨간|빨강|붉은",
        "zh": r"红|紅",
    },
    "orange": {
        "en": r"orange",
        "de": rf"orangen?{_ENDING}",
        "fr": r"orangée?s?|oranges?",
        "es": r"naranjas?|anaranjad[oa]s?",
        "ko": r"주황|오렌지색",
        "zh": r"橙",
    },
    "brown": {
        "en": r"brown",
        "de": rf"braun{_ENDING}",
        "fr": r"brune?s?|marrons?",
        "es": r"marr[oó]n\w*",
        "ko": r"갈색",
        "zh": r"棕|褐",
    },
    "yellow": {
        "en": r"yellow",
        "de": rf"gelb{_ENDING}",
        "fr": r"jaunes?",
        "es": r"amarill[oa]s?",
        "ko": r"노란|노랑",
        "zh": r"黄|黃",
    },
    "green": {
        "en": r"green",
        "de": rf"grün{_ENDING}",
        "fr": r"verte?s?",
        "es": r"verdes?",
        "ko": r"초록|녹색",
        "zh": r"绿|綠",
    },
    "teal": {
        "en": r"teal",
        "de": rf"petrol{_ENDING}",
        "fr": r"sarcelle",
        "es": r"verde azulad\w*",
        "ko": r"청록",
        "zh": r"青绿",
    },
    "cyan": {
        "en": r"cyan",
        "de": rf"cyan{_ENDING}|türkis{_ENDING}",
        "fr": r"cyan",
        "es": r"cian",
        "ko": r"하늘색|시안",
        "zh": r"青色",
    },
    "blue": {
        "en": r"blue",
        "de": rf"blau{_ENDING}",
        "fr": r"bleue?s?",
        "es": r"azul(?:es)?",
        "ko": r"파란|파랑|푸른",
        "zh": r"蓝|藍",
    },
    "purple": {
        "en": r"purple|violet",
        "de": rf"lila|violett{_ENDING}",
        "fr": r"violette?s?",
        "es": r"morad[oa]s?|violetas?",
        "ko": r"보라",
        "zh": r"紫",
    },
    "pink": {
        "en": r"pink",
        "de": rf"rosa{_ENDING}|pink{_ENDING}",
        "fr": r"roses?",
        "es": r"ros(?:a|ad[oa])s?",
        "ko": r"분홍",
        "zh": r"粉",
    },
    "grey": {
        "en": r"gr[ea]y",
        "de": rf"grau{_ENDING}",
        "fr": r"grise?s?",
        "es": r"grises|gris",
        "ko": r"회색",
        "zh": r"灰",
    },
    "black": {
        "en": r"black",
        "de": rf"schwarz{_ENDING}",
        "fr": r"noire?s?",
        "es": r"negr[oa]s?",
        "ko": r"검은|검정",
        "zh": r"黑",
    },
}
"""Words by which people call a series by its colour; the names are those of `colour_name`."""

Word = Literal[
    "axis",
    "asks",
    "rank",
    "margin",
    "why",
    "up",
    "down",
    "always",
    "above average",
    "below average",
    "ever",
    "both",
    "series",
    "countable",
    "panel",
    "each",
    "picture",
    "above",
    "at least",
    "below",
    "at most",
    "between",
    "before",
    "until",
    "after",
    "since",
    "when",
    "state",
    "from",
    "part of",
    "again",
    "without",
    "together",
    "half",
    "slower",
    "duration",
    "day",
    "season",
    "time of day",
    "quarter",
    "rising",
    "steady",
    "change",
    "bins",
    "which",
    "more",
    "less",
    "significant",
    "which thing",
    "period",
    "straight",
    "end",
    "or beyond",
    "same",
    "stretch",
    "lately",
    "at place",
    "or",
]

# Words that say more about an operation.
_LEAST: Final = (
    r"(?:lowest|smallest|shortest|fewest|least|cheapest|youngest|lightest|slowest|coldest|weakest|poorest|earliest|"
    r"worst|thinnest|narrowest|nearest|closest)"
)
_STEP_KO: Final = r"(?:년도|월|주차|일차|회차|차시?|번째|교시|학년|분기|호|세|살|층|단계|시|년?도?)"
"""What a number of a place is called in Korean."""
_DAY_KO: Final = rf"(?:주(?!차)|일(?!차)|{_STEP_KO})"
"""The same, with the words for weeks and days, which are lengths of time before "ago"."""

CONTEXT_WORDS: Final[dict[Word, dict[Language, str]]] = {
    "why": {  # of the words for what a chart cannot tell, those that ask for it whatever else is said
        "en": r"why\b|reasons?\b|because|should\b|causes?\b|what caused|next (?:year|month|week|quarter)|"
        r"who (?:made|drew)|extrapolat\w*",
        "de": r"warum|wieso|weshalb|grund\b|gründe|ursache\w*|sollte\w*|nächste[nrs]? (?:jahr|monat|woche|P)",
        "fr": rf"pourquoi|raisons?\b|causes?\b|prochaine?\b|{_FUTURE_FR}",
        "es": r"por ?qué|razón(?! entre)|causas?\b|próximo\w*|próxima|qué (?:tiempo|[SP]) (?:hace|hacía|hizo|hará)\b",
        "ko": r"왜|이유|원인|내년|다음 ?(?:달|해|주|분기|P)",
        "zh": r"为什么|為什麼|为何|為何|原因|明年|下个月|下個月|下个?P",
    },
    "margin": {  # of the highest or lowest: how far it is from the next
        "en": r"by how many|by how much|by what margin|lead over",
        "de": r"um wie ?viel|mit welchem (?:abstand|vorsprung)",
        "fr": r"de combien|avec quel écart",
        "es": r"por cuánto|con qué (?:diferencia|margen)",
        "ko": r"얼마나 (?:더|차이)|몇 .{0,6}차이",
        "zh": r"(?:高|多|低|少|领先)(?:出)?多少",
    },
    "axis": {
        "en": r"ax[ei]s\b|[xy][ -]?(?:range|limits?|labels?|ticks?|scale)|scale\b",
        "de": r"(?:[xy]-?|zeit|wert|größen)?achsen?(?:beschriftung\w*|bereich\w*|\b)|skala",
        "fr": r"axes?\b|échelle",
        "es": r"ejes?\b|escala",
        "ko": r"(?:[xy]|가로|세로|수평|수직|보조|좌표|왼쪽|오른쪽) ?축|(?<![\uac00-\ud7a3])축(?=[은이을의에들 ]|$)",
        "zh": r"轴|軸",
    },
    "asks": {  # a question with one of these is not answered by yes or no
        "en": r"what\w*|which|when|where|who|whose|how|why|list|name|give|tell|show",
        "de": r"was\b|welch\w+|wann\b|wo(?:ran|mit|rauf|rin|von|nach|durch|hin|her)?\b|wer\b|wem\b|wen\b|wessen|"
        r"wie(?:so|viele?[nr]?|vielte\w*|weit|vielfache)?\b|warum|nenne|"
        r"zeige?",
        "fr": r"qu['’]est-ce|quel(?:le)?s?\b|lequel|laquelle|lesquel\w*|quoi|donnez?|dis-moi|quand|où|qui|comment|"
        r"combien|pourquoi|^que\b|(?<!est-ce )que (?:montr|voi|"
        r"di|vau|représent)\w*",
        "es": r"qué\b|^\W*que\b|cu[aá]l\w*|cu[aá]ndo|d[oó]nde|qui[eé]n|c[oó]mo|cu[aá]nt\w*",
        "ko": r"무엇|뭐|뭔|얼마|언제|어느|어떤|어떻|몇|어디|누구|누가|왜|무슨|며칠|알려|보여|말해",
        "zh": r"什么|什麼|哪|多少|多久|多长|多大|多高|多重|多远|多深|多宽|多快|几|幾|谁|誰|怎么|怎麼|如何|何时|何時",
    },
    "rank": {
        "en": r"rank\w*|place\b|position\b|compare to the (?:others|rest)",
        "de": r"stelle\b|position\b|rang\w*|platz\b",
        "fr": r"position\b|place\b|rang\b|classement",
        "es": r"lugar\b|posición\b|posicion\b|puesto|clasificación",
        "ko": r"몇 ?위|몇 ?번째(?:로|야|예요|이에요|입니까|일까|인가|이지|니|에 ?있)|순위",
        "zh": r"排第|第.{0,2}[名位的]|第[二三四五]是|排第几|第几|排名",
    },
    "up": {
        "en": r"warm\w* up|heat\w* up|gain(?:s|ed)?\b|increas\w*|ris(?:e|es|ing|en)\b|rose\b|grow\w*|grew\b|up\b|"
        r"climb\w*|upward\w*|positive|improv\w*",
        "de": r"erwärm\w*|steig\w*|gestiegen|gesteigert|stieg\b|wächs\w*|wachs\w*|gewachsen|"
        r"(?:nimmt|nahm|nehmen|nahmen|legt\w*)\b.{0,60}\bzu\b|zunehm\w*|"
        r"zugenommen|aufwärts|positiv\w*|anstiegs?\b|zuwachs|zunahme|sprung nach oben|gewinn\w*|mehr geworden",
        "fr": r"gagnée?s?\b|grossi\w*|grandi\w*|réchauff\w*|chauff\w*|augment\w*|croît|croiss(?!ants\b)\w*|progress\w*|"
        r"(?:re)?mont(?:er|e|ent|ée?s?|ait|aient)\b|"
        r"hausses?\b|positi\w*|"
        r"grimp\w*|bond\b|accroiss\w*",
        "es": r"engord\w*|ganado|gan[óé]\b|se calient\w*|calent\w*|aument\w*|sube\w*|subi\w+|crec\w*|alza|ascend\w*|"
        r"positiv\w*|incremento\w*|"
        r"sub[ií]da\w*|repunt\w*",
        "ko": r"뜨거워|따뜻해지|증가|늘[었어고나]|상승|오르|오른|올랐|올라|성장|자라|자랐|자란|"
        r"커지|양의|늘어|늘었|급증|뛰",
        "zh": r"升温|变热|加热|增加|上升|增长|增長|上涨|涨|升|长[高大了]|正相关|胖|反弹|回升",
    },
    "down": {
        "en": r"cool\w* (?:down|off)|cooled\b|cool (?=(?:the )?(?:fast|most|quick|by))|"
        r"lost\b|los(?:e|es|ing)\b|decreas\w*|fall(?:s|ing|en)?\b|fell\b|"
        r"declin\w*|down\b|drop\w*|shrink\w*|"
        r"shrank|shrunk|downward\w*|negative",
        "de": r"eingespart|abgebaut|(?:ge)?schrumpf\w*|(?:abkühl|abgekühlt|erkalt)\w*|kühl\w* .{0,30}\bab\b|sink\w*|"
        r"sank\b|gesunken|fällt\b|fallen\b|fiel\b|gefallen|"
        r"(?:nimmt|nahm|nehmen|nahmen)\b.{0,60}\bab\b|"
        r"abnehm\w*|abgenommen|abwärts|"
        r"negativ\w*|rückgang\w*|zurückgegangen|\babfall\w*|abnahme|einbruch\w*|einbrüche|"
        r"verlust\w*|verlor\w*|verlier\w*|weniger geworden",
        "fr": r"refroid\w*|diminu\w*|baiss\w*|décroî\w*|descend\w*|chut\w*|négati\w*|recul\w*|réduit\w*|réduction|"
        r"pertes?\b",
        "es": r"enfr[ií]\w*|encogi\w*|merm[óa]\w*|disminu\w*|(?<!más )(?<!mas )baja\w*|(?<!más )(?<!mas )bajó|"
        r"decrec\w*|cae\w*|"
        r"cay[eó]\w*|caíd\w*|descen[sd]\w*|negativ\w*|"
        r"retroce\w*|reduc\w*|redujo|pérdidas?\b|perdid[oa]\w*|perd(?:í|ió|ieron|imos)\b|adelgaz\w*",
        "ko": r"식[는었]|차가워|감소|줄어드|줄[었어고]|하락|내리|내린|내렸|떨어|음의|줄어|줄었|급감|급락",
        "zh": r"降温|变冷|冷却|降到|降至|跌破|减少|減少|下降|下跌|跌|降|负相关|下滑|萎缩|缩水|瘦|减了|掉了",
    },
    "always": {
        "en": r"always|steadily|constantly|continu\w+|every|monoton\w+|throughout|all the time|keeps?",
        "de": r"immer|stets|stetig|ständig|durchgehend|monoton|jede\w*",
        "fr": r"toujours|constamment|continu\w*|sans cesse|chaque",
        "es": r"siempre|constante\w*|continu\w*|cada",
        "ko": r"항상|계속|꾸준|늘 |매년|매번|언제나|줄곧|지속",
        "zh": r"一直|总是|總是|始终|始終|持续|持續|每",
    },
    "above average": {
        "en": r"(?:above|over|more than|higher than|greater than|exceed\w*) (?:the |than )?(?:average|mean)|"
        r"above-average",
        "de": r"über dem (?:durchschnitt|mittelwert|mittel)|überdurchschnittlich\w*",
        "fr": r"(?:au-dessus de|supérieure?s? à|dépass\w+|plus que) la moyenne",
        "es": r"(?:por encima|superior\w*|más) (?:de |a |que )?(?:la media\b|del promedio|al promedio|el promedio)",
        "ko": r"평균(?:보다 ?(?:더 ?)?(?:높|많|큰|크)| ?이상|을 ?넘| ?초과)",
        "zh": r"(?:高于|超过|大于|多于)平均|平均(?:值|水平)?以上",
    },
    "below average": {
        "en": r"(?:below|under|less than|lower than) (?:the )?(?:average|mean)|below-average",
        "de": r"unter dem (?:durchschnitt|mittelwert|mittel)|unterdurchschnittlich\w*",
        "fr": r"(?:au-dessous de|en dessous de|inférieure?s? à|sous|moins que) la moyenne",
        "es": r"(?:por debajo|inferior\w*|menos) (?:de |a |que )?(?:la media\b|del promedio|al promedio|el promedio)",
        "ko": r"평균(?:보다 ?(?:더 ?)?(?:낮|적|작)| ?이하| ?미만)",
        "zh": r"(?:低于|不到|小于|少于)平均|平均(?:值|水平)?以下",
    },
    "ever": {
        "en": r"ever\b|at any (?:point|time)|at some point|once\b|any\b|anyone\b|is there an?\b|"
        r"was there an?\b",
        "de": r"jemals|irgend\w*|je\b|einmal|g(?:ibt|ab) es eine?n?\b",
        "fr": r"jamais|une fois|à un moment|quelque part|une? seule?\b|y a-t-il une?\b|il y a une?\b",
        "es": r"alguna? vez|en algún momento|algun[oa]\b|algún\b|hay (?:un|una)\b|hubo (?:un|una)\b",
        "ko": r"(?:적|해|달|때|분기|날)[이가은는도]? ?있|한 ?번이라도",
        "zh": r"曾|过吗|過嗎|有没有|有過",
    },
    "both": {  # the two series are meant, though they are not named
        "en": r"lines\b|series\b|curves\b|them\b|both\b|the two\b|groups\b|they\b|each other",
        "de": r"linien|reihen|kurven|beide\w*|ihnen\b|gruppen",
        "fr": r"lignes|séries|courbes|deux\b|groupes|elles\b|ils\b",
        "es": r"líneas|lineas|series\b|curvas|dos\b|ambas|ambos|ellas|grupos",
        "ko": r"두 |둘|선들|계열|곡선|그룹",
        "zh": r"两|兩|二者|线|線|系列|曲线|组",
    },
    "series": {
        "en": r"(?:which|what) (?:of the )?(?:lines?|series|curves?|groups?|colou?rs?|models?|method|algorithm|one|"
        r"data ?set)\b",
        "de": r"welche[rsmn]? (?:linien?|reihen?|serien?|kurven?|gruppen?|datenreihen?|farbe|modell|verfahren)\b",
        "fr": r"quel(?:le)?s? (?:lignes?|séries?|courbes?|groupes?|couleurs?|modèles?)\b",
        "es": r"qué (?:líneas?|linea|series?|curvas?|grupos?|color|modelo)\b|cuál de",
        "ko": r"(?:어느|어떤) ?(?:선|계열|시리즈|그룹|쪽|도시|곡선)|어느 ?것",
        "zh": r"哪(?:一)?(?:条|條|个系列|個系列|组|組|种|個|个)",
    },
    "countable": {
        "en": r"bars?\b|categor\w+|points?\b|lines?\b|series\b|curves?\b|values?\b|panels?\b|subplots?\b|months?\b|"
        r"years?\b|"
        r"groups?\b|bins?\b|wedges?\b|slices?\b|boxes\b|dots?\b|markers?\b|countr\w+|cities|colou?rs?\b|items?\b|"
        r"rows?\b|"
        r"columns?\b|entries|data\b|days?\b|quarters?\b|charts?\b|plots?\b|axes\b|measurements?|samples?",
        "de": r"balken|säulen?|kategorien?|punkten?|punkte|linien|reihen|kurven|werte\w*|\w*diagramme?\b|monate\w*|"
        r"jahre\w*|"
        r"gruppen|länder\w*|städte\w*|datenpunkte|datenreihen|messwerte|sektoren|tage\w*|quartale\w*|panels?",
        "fr": r"barres?|catégories?|points?\b|lignes?|séries?|courbes?|valeurs?|panneaux|mois\b|années?\b|groupes?|"
        r"pays\b|"
        r"villes?|secteurs?|jours?\b|trimestres?|graphiques?|boîtes?",
        "es": r"barras?|categorías?|puntos?|líneas?|lineas?|series?\b|curvas?|valores|paneles|meses|años|grupos?|"
        r"países|"
        r"ciudades|sectores|días|trimestres|gráficos?|cajas?",
        "ko": r"막대|범주|항목|점[이은의 ]|점을|선[이은의 ]|계열|곡선|값|패널|개월|몇 ?달|몇 ?해|그룹|나라|국가|도시|"
        r"데이터|조각|분기|차트|그래프|곳",
        "zh": r"柱|类别|類別|点|點|线|線|系列|曲线|值|子图|子圖|月|年|组|組|国家|國家|城市|数据|數據|扇|天|季度|图|圖",
    },
    "panel": {
        "en": r"panels?\b|subplots?\b|sub-?figures?\b|charts?\b|plots?\b|graphs?\b",
        "de": r"teildiagramm\w*|panels?\b|diagramme?\b|teilbild\w*",
        "fr": r"panneaux?|sous-graphiques?|graphiques?",
        "es": r"paneles?|panel\b|subgráficos?|gráficos?",
        "ko": r"패널|서브플롯|하위 ?그래프|차트|그래프",
        "zh": r"子图|子圖|图表|面板|几.{0,2}图|幾.{0,2}圖",
    },
    "each": {
        "en": r"each|every|all\b|shares\b|proportions|percentages|parts|breakdown|distribut\w*",
        "de": r"jede\w*|alle\b|anteile\b|verteil\w*",
        "fr": r"chaque|chacun\w*|toutes?\b|tous\b|parts\b|pourcentages|proportions|répart\w*",
        "es": r"cada|todos|todas|porcentajes|distribu\w*|reparto",
        "ko": r"각각|각 |모든|별로|전부|분포",
        "zh": r"各|每|所有|分布|分别",
    },
    "picture": {  # about the picture itself, not about data
        "en": r"(?:big|large|wide|tall|high|small|dark|bright|kind of|sharp)\b.{0,20}\b(?:picture|image|photo|"
        r"figure)|"
        r"colou?rs?\b|coloured|colored|size\b|sized|pixels?\b|width|wide\b|height of (?:the|this) (?:image|picture|"
        r"figure)|"
        r"resolution|fonts?\b|texts?\b|words?\b|written|says?\b|background|logo|watermark|photo\w*|readable|blurry|"
        r"dark\b|"
        r"bright\w*|cats?\b|dogs?\b|persons?\b|people in|faces?\b|tilted|format\b|dpi\b|grid\b",
        "de": r"(?:groß|breit|hoch|dunkel).{0,20}(?:bild|abbildung|foto|grafik)|farben?\b|farbig|größe des bild\w*|"
        r"pixel\w*|breite?\b|auflösung|schriftart\w*|texte?\b|wörter|steht (?:da|dort|im bild|geschrieben)\b|"
        r"hintergrund\w*|logo|foto\w*|lesbar|unscharf|dunkel|hell\b|katzen?|hunde?\b|personen?\b|gesicht\w*|format\b",
        "fr": r"couleurs?|taille|pixels?|largeur|résolution|polices?|textes?|mots\b|écrit\w*|fond\b|logo|photos?|"
        r"lisible|"
        r"floue?|sombre|chats?\b|chiens?\b|visages?",
        "es": r"color(?:es)?\b|tamaño|píxel\w*|pixel\w*|ancho|resolución|fuente|texto\w*|palabras|escrit\w*|fondo|"
        r"logo|fotos?\b|"
        r"legible|borros\w*|oscur\w*|gatos?\b|perros?\b|caras?\b",
        "ko": r"색|크기|그림이? ?얼마나|픽셀|해상도|글꼴|글자|텍스트|글씨|배경|로고|사진|흐릿|어두|고양이|강아지|"
        r"얼굴|적혀|쓰여|써 ?있",
        "zh": r"颜色|顏色|(?:图片|圖片|图像).{0,4}(?:多大|大小)|图片大小|尺寸|像素|分辨率|字体|字體|文字|写着|寫著|"
        r"背景|照片|清晰|模糊|猫|貓|狗|人脸",
    },
    "above": {
        "en": r"(?:above|over|more than|(?!low|small|few|short|cold|cool|young|light|cheap|slow|thin|near|narrow|"
        r"weak|clos|quiet|soft|shallow|dri|calm)\w{3,}er "
        r"than|exceed\w*|beyond|surpass\w*|(?:ma[dk]e|makes|g[eo]ts?|last(?:s|ed)?) (?:it )?past|"
        r"br(?:eaks?|oke|each\w*)(?: through)?(?: the)?|>) ?N|"
        r"N(?: [^ ]+){0,3}? (?:exceeded|surpassed|above)(?= ?(?:[?.,!]|$|for\b|in\b|on\b))",
        "de": r"(?:über|mehr (?:[^ ]+ )?als|"
        r"(?!niedrig|klein|wenig|kürz|kält|jüng|leicht|billig|langsam|dünn|schwäch|näh|leis|ruhig|trocken|flach)"
        r"\w{3,}er als|"
        r"oberhalb(?: von)?|>) ?(?:die |der |den )?N|(?:übersteig\w*|überschreit\w*|überstieg\w*|"
        r"überschritt\w*)(?: [^ ]+){0,4}? N|"
        r"N(?: [^ ]+){0,5}? (?:überschritten|überstiegen|übertroffen)",
        "fr": r"(?:au-dessus de|plus (?:de|d['’])|supérieure?s? à|plus (?:grand|"
        r"élevé)e?s? que|>) ?(?:les? |la )?N|(?:dépass|franchi)\w*(?:-(?:t-)?(?:il|elle|"
        r"on)s?)?(?: [^ ]+){0,6}?(?<! en)(?<! depuis) N|"
        r"(?:pass\w*(?:-t-\w+)?|au-delà de) (?:la barre|le cap|le seuil) d\w+ N|"
        r"N(?: [^ ]+){0,5}? (?:dépassée?s?|franchie?s?)",
        "es": r"(?:por encima de|m[aá]s de|mayor(?:es)? (?:que|a|de)|"
        r"superior(?:es)? a|sobre|>) ?(?:el |la |los |las )?N|(?:supera\w*|sobrepasa\w*|super[oó]|rebas[aó]\w*|"
        r"franque[aó]\w*)"
        r"(?: [^ ]+){0,6}?(?<! en)(?<! desde) N|N(?: [^ ]+){0,5}? (?:superad|sobrepasad|rebasad)\w+|"
        r"(?:pasa\w*|pas[oó])(?: (?:el|la|los|las) [^ ]+)? +de (?:los |las |la |el )?N",
        "ko": r"N(?:(?!N|까지|배).){0,8}?(?:보다 ?(?:더 ?)?(?:큰|높|많|크|무거|길|긴|비싼|두꺼|넓)|"
        r"[을를이가]? ?(?:처음(?:으로)? ?)?넘|"
        r"초과|위로)",
        "zh": r"(?:超过|超過|超出|突破|高于|高於|高过|大于|大於|多于|多於|多过|>)了? ?N",
    },
    "at least": {
        "en": r"(?:at least|no less than|reach\w*|hits?\b|gets? to|got to|attain\w*|cross\w*|pass(?:es|ed)?|>=|≥) "
        r"?(?:the |about |\w+ of )?N|N [^ ]{0,8} ?(?:or|and) (?:more|above|over|longer|later|higher|older)",
        "de": r"(?:mindestens|wenigstens|≥|>=) ?N|(?:erreich|knack|reiß|schaff)\w*.{0,40}?(?<!unter) N|"
        r"N.{0,60}? (?:erreich\w*|geschafft\w*|geknackt\w*|gerissen|gebrochen|erfüllt\w*)|N [^ ]{0,8} ?(?:oder|"
        r"und) (?:mehr|länger|höher|darüber|älter|später)",
        "fr": r"(?:au moins|≥|>=) ?N|attei(?:nt|gn|nd)\w*.{0,40}? N|"
        r"N.{0,40}? (?:atteint\w*|rempli\w*)|N [^ ]{0,8} ?(?:ou|et) (?:plus|davantage|au-delà)",
        "es": r"(?:al menos|por lo menos|como mínimo|≥|>=) ?N|(?:alcan[zc]\w*|lleg\w* a|cumpl\w*).{0,40}? N|"
        r"N.{0,40}? (?:se )?(?:alcan[zc]\w*|cumpl\w*)|"
        r"N [^ ]{0,8} ?(?:o|y) más",
        "ko": r"N(?:(?!N).){0,8}?(?:이상|도달|달성|에 ?이르)",
        "zh": r"(?:至少|不低于|不少于|达到|达成|完成|达|升到|涨到|升至|≥|>=) ?N|N ?[^ ]{0,3}?以上",
    },
    "below": {
        "en": r"(?:below|under|less than|(?:few|low|small|short|cold|cool|young|light|cheap|slow|thin|narrow|"
        r"weak|small|clos|near|quiet|soft|shallow|dri|calm)(?:er|ler) than|"
        r"(?:before|without) (?:reaching|hitting|getting to)(?: the)?|"
        r"<) ?N|miss\w*(?: [^ ]+){0,4}? N|fall\w* short of N",
        "de": r"(?:unter|weniger als|(?:niedrig|klein|kürz|kält|jüng|leicht|billig|langsam|dünn|schwäch|näh|"
        r"leis|ruhig|trocken|flach)er als|"
        r"unterhalb(?: von)?|<) ?(?:die |der |den )?N|N(?: [^ ]+){0,5}? unterschritten|"
        r"N(?: [^ ]+){0,3}? verfehl\w*|ohne (?:die |den |"
        r"das )?N zu erreichen",
        "fr": r"(?:au-dessous de|en dessous de|sous|sous (?:la barre|le seuil|le cap) d\w+|moins (?:de|d['’])|"
        r"inférieure?s? à|plus (?:petit|bas|proche)\w* que|"
        r"<) ?(?:les? |la )?N",
        "es": r"(?:por debajo de|menos de|menor(?:es)? (?:que|a|de)|inferior(?:es)? a|bajo|"
        r"más (?:cerca|cercan[oa]s?) que|<) ?(?:el |"
        r"la |los |las )?N|(?:baj[aó]\w*|ca[eí]\w*|cay\w*|desc[ei]\w*)(?: [^ ]+){0,6}? del? N",
        "ko": r"N(?:(?!N).){0,8}?(?:보다 ?(?:더 ?)?(?:작|낮|적|가벼|짧|어린|젊|싼|얇|좁|가까|가깝)|미만|아래|밑|"
        r"[이가]? ?안 ?되)",
        "zh": r"(?:低于|低於|小于|小於|少于|少於|不到|跌破|降到|降至|跌到|<) ?N",
    },
    "at most": {
        "en": r"(?:at most|no more than|fits? (?:in|into|within|under|on)|(?<!add )(?<!adds )up to|"
        r"(?:drop|fall|sink|down)\w* to|<=|≤) ?N|"
        r"N [^ ]{0,8} ?or (?:less|fewer|below|under|younger|shorter|lower)",
        "de": r"(?:höchstens|maximal|(?:fällt|sinkt) auf|pass(?:t|en) (?:noch )?(?:in|auf)|≤|<=) ?N|"
        r"N [^ ]{0,8} ?(?:oder|und) (?:weniger|darunter|"
        r"kürzer|jünger)",
        "fr": r"(?:au plus|au maximum|(?:tien|rentr)\w* (?:dans|sur|en)|≤|<=) ?N|N [^ ]{0,8} ?(?:ou|et) moins",
        "es": r"(?:como máximo|a lo sumo|caben? en|≤|<=) ?N|N [^ ]{0,8} ?(?:o|y) menos",
        "ko": r"N(?:(?!N).){0,8}?(?:이하|이내|안[에으]로? ?(?:들|끝|마|완|도착|골인|맞))",
        "zh": r"(?:至多|最多|不超过|不高于|≤|<=) ?N|N ?[^ ]{0,3}?以下",
    },
    "between": {
        "en": r"(?:between|from|during) (?:\w+ )?E ?(?:and|to|until|till|thru|(?:up )?through|-|–) ?(?:\w+ )?E|"
        r"(?<!compare )(?<!compared )(?<!ratio of )(?<!relative )E ?(?:to|until|till|thru|through|[-–]) ?E",
        "de": r"(?:zwischen|vo[nm]) (?:\w+ )?E (?:und|bis|auf|zu[mr]?) (?:\w+ )?E|E ?[-–] ?E|E bis E",
        "fr": r"(?:(?:entre|de|du) |d['’])(?:\w+ )?E (?:et|à|au|jusqu['’]\w*) (?:\w+ )?E|E à E|E ?[-–] ?E",
        "es": r"(?:entre|del?|desde) (?:\w+ )?E (?:y|al?|hasta) (?:\w+ )?E|E (?:al?|hasta) E|E ?[-–] ?E",
        "ko": rf"E ?{_DAY_KO}(?:부터|에서|~|-) ?E ?{_DAY_KO}(?:까지|사이|동안)?|"
        rf"E{_DAY_KO}(?:와|과) ?E{_DAY_KO}의? ?사이",
        "zh": r"[从由自]第? ?E(?:(?!E)[^到至]){0,6}?(?:到|至|为)第? ?E|"
        r"从?E年? ?(?:到|至|-|~) ?E年?(?:之?间|之間|期间)?|E年?(?:和|与|跟) ?E年?(?:之?间|之間)",
    },
    "before": {
        "en": r"(?:before|prior to|earlier than) ?E",
        "de": r"vor (?:dem )?E",
        "fr": r"avant (?:E|le N)",
        "es": r"antes de(?: E|l N)",
        "ko": rf"E{_STEP_KO} ?(?:전에|전의|전 |전까지)",
        "zh": r"E年?(?:之?前|以前)",
    },
    "until": {
        "en": r"(?:until|till|(?<!add )(?<!adds )up to|through|by) ?E",
        "de": r"bis(?: einschließlich)? (?:E|zum N)",
        "fr": r"jusqu['’](?:à|en|au) E",
        "es": r"hasta (?:E|el N)",
        "ko": rf"E{_DAY_KO}까지|E{_DAY_KO} ?이전",
        "zh": r"(?:截至|直到|到)E年?|E年?为止",
    },
    "after": {
        "en": r"(?:after|later than) ?E",
        "de": r"nach (?:dem )?E",
        "fr": r"après (?:E|le N)",
        "es": r"después de(?: E|l N)",
        "ko": rf"E{_STEP_KO} ?(?:후에|후의|후 |다음에)",
        "zh": r"E年?(?:之后|之後)|(?<!超)过了?E",
    },
    "since": {
        "en": r"(?:since|from|starting in) ?E(?: on| onwards?)?",
        "de": r"(?:seit|ab) (?:E|dem N)",
        "fr": r"(?:depuis|à partir de|dès) E|(?:depuis le|à partir du|dès le) N",
        "es": r"(?:desde|a partir de) E|(?:desde el|a partir del) N",
        "ko": rf"E{_DAY_KO}(?:부터| ?이후)",
        "zh": r"(?:自从|自|从)E年?|E年?(?:以来|以來|以后|以後|起)",
    },
    "when": {
        "en": r"when\b|(?:at|on|in) (?:what|which)\b|(?:after|with) how many|"
        r"by when|from (?:what|which|when)\b|how (?:long|soon)\b|"
        r"(?:which|what) (?:year|month|day|time|hour|point|temperature|\w+) .{0,30}\bfirst\b",
        "de": r"wann\b|(?:bei|ab|in|an) welche\w*|(?:nach|mit|bei) wie ?viele\w*|wie lange|wie bald|seit wann|"
        r"erstmals|zum ersten mal",
        "fr": r"quand\b|(?:après|avec) combien|(?:à|de|dès|en) (?:quel|partir)\w*|au bout de combien|"
        r"pour la première fois",
        "es": r"cu[aá]ndo|(?:a|en|desde|hasta) (?:qu[eé]|partir)\b|(?:con|tras) cuánt\w+|cuánto (?:tiempo )?tarda|"
        r"por primera vez",
        "ko": r"언제|(?:몇|어느|어떤) ?\S{0,5}(?:부터|에서|에 |때)|얼마나 걸|처음(?:으로)?",
        "zh": r"什么时候|什麼時候|何时|何時|几点|(?:从|在)(?:哪|什么|何|几)|哪.{0,4}(?:开始|起)|多久|多长时间|首次|"
        r"第一次",
    },
    "state": {  # "when is it above": at which values, not where it passes the limit
        "en": r"(?:is|was|are|were|stays?|remains?)\b",
        "de": r"(?:ist|war|waren|sind|lag|lagen|liegt|liegen|bleibt|welchen (?:monaten|jahren|wochen|tagen|quartalen|"
        r"stunden))\b",
        "fr": r"(?:est(?!-(?:il|elle|on)\b)|était|sont|étaient|reste|quels (?:mois|jours|trimestres)|quelles (?:années|"
        r"semaines|heures))\b",
        "es": r"(?:es|está|estaba|era|son|están|hubo|qué (?:meses|años|días|semanas|trimestres|horas))\b",
        "ko": r"(?:이상인|이하인|높은|낮은) ?(?:때|시기|기간)",
        "zh": r"处于|保持在|一直|哪些|哪几",
    },
    "from": {  # the first place of those
        "en": r"from (?:what|which|when)\b|first\b|starting\b|by when|onwards?\b|earliest",
        "de": r"ab (?:wann|welche\w*|wo)\b|zuerst|zum ersten|seit wann|erstmals|frühesten",
        "fr": r"à partir d\w+|dès\b|pour la première fois|d['’]abord|depuis",
        "es": r"a partir de\b|desde\b|por primera vez|primero",
        "ko": r"부터|처음|최초",
        "zh": r"从|首次|第一次|最早|开始",
    },
    "part of": {  # "percent of" the whole, not of a change
        "en": r"(?:%|percent\w*|share|fraction|proportion|part|portion) of\b",
        "de": r"(?:prozent|anteil\w*) (?:von|des|der|am|an|davon)\b",
        "fr": r"(?:parts?|pourcentages?|pour ?cent) d[eu'’](?! ?(?:augment|hausse|baisse|diminu|croiss|progress|recul|"
        r"variation|réduc|différence))",
        "es": r"(?:parte|porcentaje|por ?ciento) del?\b(?! (?:aument|subid|baj|crec|disminu|variaci|reducci|"
        r"diferencia|caíd))",
        "ko": r"차지|비중",
        "zh": r"占",
    },
    "again": {
        "en": r"again\b|back (?:above|below|under|over|to)",
        "de": r"wieder\b|erneut",
        "fr": r"(?:de|à) nouveau|re(?:passe|descend|tombe|monte)\w*",
        "es": r"de nuevo|otra vez|vuelve\w* a",
        "ko": r"다시",
        "zh": r"再次|又|重新|再度",
    },
    "without": {
        "en": r"(?:without|excluding|except(?: for)?|leaving out|not counting|ignoring|apart from) (?:\w+ ){0,2}?"
        r"(?:E|[SP])(?:,? (?:and|or) (?:E|[SP]))?",
        "de": r"(?:ohne|außer|ausgenommen|abgesehen von) (?:\w+ ){0,3}?(?:E|[SP])(?! (?:\w+ )?zu\b)(?: (?:und|"
        r"oder) (?:E|"
        r"[SP]))?",
        "fr": r"(?:sans(?! \w+(?:er|ir|re)\b)|sauf|excepté|hormis|hors|(?:mis )?à part|en dehors de|sans compter|"
        r"en excluant|en laissant de côté|exception faite d[eu]|à l['’]exception d[eu]) (?:\w+ ){0,3}?(?:E|"
        r"[SP])(?: (?:et|ou|ni) (?:E|[SP]))?",
        "es": r"(?:sin(?! \w+[aei]r\b)|excepto|salvo|excluyendo|aparte de|quitando|sin contar|descontando|"
        r"dejando fuera|a excepción de) (?:\w+ ){0,3}?(?:E|[SP])(?: (?:y|o|ni) (?:E|[SP]))?",
        "ko": r"(?:E|[SP])년?(?:(?:[와과]|하고|이?랑|,) ?(?:E|[SP])년?)?[을를은는]? ?(?:제외|빼|뺀|말고)",
        "zh": r"(?:除了?|除去|不算|不包括|去掉|不含|扣除) ?(?:E|[SP])年?(?:[和与、] ?(?:E|[SP])年?)?(?:之?外|以外)?",
    },
    "together": {
        "en": r"together|combined|both\b|in total|jointly|sum\b|between them|taken as one|plus\b",
        "de": r"zusammen\w*|gemeinsam|insgesamt|beide\b|addiert|in summe|plus\b",
        "fr": r"ensemble\b|réuni\w*|à eux deux|à elles deux|au total|en tout|cumul\w*|additionn\w*|confondu\w*|"
        r"plus [SP]",
        "es": r"junt[oa]s|en conjunto|en total|sum(?:an|ando|ad[oa]s)\b|combinad[oa]s|entre (?:l[oa]s dos|ambos|ambas)",
        "ko": r"합쳐|합치|합친|합하|합해|합한|더하|더해|더한|더했|함께|모두|합계|(?<![\uac00-\ud7a3])합[은이]",
        "zh": r"一共|加起来|合计|总共|共占|合起来|一起",
    },
    "half": {
        "en": r"(?:a |one )?half\b(?! (?:an?|of the year))",
        "de": r"(?:die |der )?hälfte\b",
        "fr": r"(?:la )?moitié\b",
        "es": r"(?:la )?mitad\b",
        "ko": r"절반",
        "zh": r"一半",
    },
    "slower": {
        "en": r"slow\w*|scal\w+ (?:better|best)|less (?:quickly|rapidly|steeply)|flatter",
        "de": r"langsam\w*|flacher\w*|skalier\w* (?:\w+ )?besser",
        "fr": r"plus lent\w*|moins (?:vite|rapid\w*|raide\w*)",
        "es": r"más (?:lent\w*|despacio)|menos (?:rápid\w*|deprisa|empinad\w*)",
        "ko": r"천천히|느리",
        "zh": r"慢",
    },
    "duration": {  # of an axis: its values are times, so that what is faster is lower
        "en": r"(?:\w* )?(?:run-?)?time\b|duration|latency|seconds|minutes|hours",
        "de": r"\w*zeit\b|dauer\b|\w*dauer\b|sekunden|minuten|stunden",
        "fr": r"temps\b|durée|latence|secondes|minutes|heures",
        "es": r"tiempo\b|duración|latencia|segundos|minutos|horas",
        "ko": r"시간",
        "zh": r"时间|耗时|時間",
    },
    "day": {
        "en": r"days?\b|weekdays?\b",
        "de": r"\w*tage?n?\b|\w*tags\b",
        "fr": r"jours?\b",
        "es": r"d[ií]as?\b",
        "ko": r"요일|어느 ?날|무슨 ?날",
        "zh": r"天|星期几|日",
    },
    "season": {
        "en": r"seasons?\b",
        "de": r"\w*jahreszeit\w*|saison\w*",
        "fr": r"saisons?\b",
        "es": r"estaci[oó]n\w*|temporadas?\b",
        "ko": r"계절",
        "zh": r"季节|季節|季",
    },
    "time of day": {
        "en": r"times?\b|part of the day|when\b",
        "de": r"\w*tageszeit\w*|wann\b",
        "fr": r"moments?\b|quand\b|heures?\b",
        "es": r"momentos?\b|cu[aá]ndo\b|horas?\b",
        "ko": r"시간대|언제|때",
        "zh": r"时段|时候|何时",
    },
    "quarter": {
        "en": r"quarters?\b",
        "de": r"quartal\w*",
        "fr": r"trimestres?\b",
        "es": r"trimestres?\b",
        "ko": r"분기",
        "zh": r"季度",
    },
    "rising": {
        "en": rf"ascending|increasing order|{_LEAST} (?:ones? )?(?:to|first|up)\b|from (?:the )?{_LEAST}|"
        r"(?:low|small) to (?:high|large|big)|from the bottom",
        "de": r"aufsteigend|(?:vom|von|mit) (?:der |dem )?(?:klein|niedrig|gering|kürz|wenig|billig|"
        r"jüng|leicht|schwäch|langsam|kält|schlecht|wen)\w+|"
        r"von klein (?:nach|zu|bis) groß|"
        r"(?:klein|niedrig|gering|kürz|wenig|billig|günstig|jüng|leicht|schwäch)\w*ste\w* zuerst",
        "fr": r"ordre croissant|(?<!dé)croissante?s?\b|(?:du|de la|des|par les?|les?|la) "
        r"(?:plus (?:petit|bas|faible|court|jeune|léger|légèr|lent|froid)\w*|moins (?!bon)\w+) "
        r"(?:\w+ )?(?:au|à|aux|d['’]abord|en premier)|du moins|du plus (?:petit|bas|faible|court|jeune|léger)",
        "es": r"ascendente|de menor a mayor|"
        r"del? (?:la |los )?(?:\w+ )?más (?:corto|pequeñ|baj|barat|joven|liger|lent|fr[ií])\w*|de menos a más|"
        r"(?:menor|más (?:pequeñ|baj|barat|liger|cort)\w*) primero",
        "ko": r"오름차순|(?:작은|낮은|적은|짧은|싼|어린|가벼운|느린|가까운) ?(?:것|거|값)?(?:부터|순)",
        "zh": r"升序|从(?:低|小|少|短|轻|慢|便宜)到|由(?:低|小|少|短|轻)(?:到|至)|"
        r"从最?(?:低|小|少|轻)的?(?:开始|往上)",
    },
    "steady": {
        "en": r"stable|consistent|least|less\b|smallest|narrowest|lowest",
        "de": r"stabil\w*|wenigst\w*|geringst\w*|kleinst\w*|gleichmäßig\w*|regelmäßig\w*|konstant\w*|beständig\w*|"
        r"einheitlich\w*",
        "fr": r"stables?\b|le moins(?! (?:stable|régul|prévis|constant|homog))|"
        r"plus (?:petite?|faible|réguli|constant|homogène|prévisible)",
        "es": r"estables?\b|menos\b(?! (?:estable|regular|constante|predecible))|menor\b|"
        r"más (?:regular|constante|homogéne|predecible|uniforme)",
        "ko": r"안정|적은|작은|적게|작게|고르|고른|균일|일정|좁",
        "zh": r"稳定|最小|最少",
    },
    "change": {  # up or down
        "en": r"chang\w*|jump\w*|vari\w*",
        "de": r"änder\w*|veränder\w*|sprung|sprünge",
        "fr": r"chang\w*|variation|vari\w*|saut\b",
        "es": r"cambi\w*|salto|variaci\w*",
        "ko": r"변화|변했|변한|바뀌",
        "zh": r"变化|變化",
    },
    "bins": {
        "en": r"bins?\b|classes\b|intervals?\b|bars?\b",
        "de": r"klassen?\b|intervalle?\b|balken|säulen?",
        "fr": r"classes?\b|intervalles?|barres?\b",
        "es": r"clases?\b|intervalos?|barras?\b",
        "ko": r"구간|계급|막대",
        "zh": r"组|区间|柱",
    },
    "which": {
        "en": r"which|what|where|who\b",
        "de": r"(?:in )?welch\w+|was\b|wo\b|wer\b",
        "fr": r"(?:dans |à )?quel\w*|où\b|qui\b|lequel|laquelle",
        "es": r"(?:en )?qu[eé]\b|cu[aá]l\w*|d[oó]nde|qui[eé]n",
        "ko": r"어느|어떤|어디|무슨|뭐|무엇|누가",
        "zh": r"哪|什么|什麼|谁",
    },
    "more": {
        "en": r"more\b|higher\b|larger\b|greater\b|bigger\b|taller\b|warmer\b|hotter\b|wetter\b|older\b|heavier\b|"
        r"longer\b|above\b|exceed\w*|beats?\b",
        "de": r"mehr\b|höher\w*|größer\w*|wärmer\w*|heißer\w*|älter\w*|schwerer\w*|länger\w*|über\b|übersteig\w*|"
        r"teurer\w*|stärker\w*|häufiger\w*|"
        r"öfter\b|beliebter\w*|nasser\w*|voller\b|lauter\b",
        "fr": rf"(?<!non )plus\b(?! {_LOW_FR})|davantage\b|supérieur\w*|dépass\w*|au-dessus",
        "es": rf"m[aá]s\b(?! {_LOW_ES})|mayor(?:es)?\b|superior\w*|supera\w*|por encima",
        "ko": r"(?:더 ?)?(?:높(?!이[가는를의])|많|큰|크(?!기)|덥|더우|더워|따뜻|길(?!이)|무겁|비싸|비싼)|초과",
        "zh": r"高于|大于|多于|超过|(?:更|还)?(?:高|大|多|热|暖|长|重)吗|更(?:高|大|多|热|暖|长|重|贵)|贵吗",
    },
    "less": {
        "en": r"less\b|lower\b|smaller\b|fewer\b|shorter\b|colder\b|cooler\b|drier\b|younger\b|lighter\b|below\b|"
        rf"first behind (?:the )?{SERIES}",
        "de": r"weniger\b|niedriger\w*|kleiner\w*|kälter\w*|kühler\w*|jünger\w*|leichter\w*|kürzer\w*|unter\b|"
        r"billiger\w*|günstiger\w*|"
        r"schwächer\w*|seltener\w*|ruhiger\w*|trockener\w*|leerer\b|"
        rf"hinter (?:dem |der |den )?{SERIES}",
        "fr": rf"moins\b|plus {_LOW_FR}|inférieur\w*|au-dessous|derrière (?:la |le |les |l['’] ?)?{SERIES}",
        "es": rf"menos\b|menor(?:es)?\b|más {_LOW_ES}|inferior\w*|por debajo|detrás del? (?:la |los |las )?{SERIES}",
        "ko": r"(?:더 ?)?(?:낮|적[은었어으을다게음]|작[은았아으을다게음]|춥|추[운우워]|"
        r"짧|가볍|저렴|(?<!비)싸|(?<!비)싼)|미만|뒤[진졌처쳐]",
        "zh": r"低于|小于|少于|落后|更(?:低|小|少|冷|短|轻|便宜)|便宜吗|(?:还|要)?[低小少冷凉短轻矮]吗",
    },
    "significant": {
        "en": r"signific\w*",
        "de": r"signifikan\w*",
        "fr": r"significati\w*",
        "es": r"significativ\w*",
        "ko": r"유의",
        "zh": r"显著|顯著",
    },
    "which thing": {
        "en": r"which (?!is|was|are|were|has|had|of|one|value)\w+",
        "de": r"welche\w* (?!ist|war|sind|waren|hat|wert|werte)\w+",
        "fr": r"quel(?:le)?s? (?!est|sont|était|ont|valeur)\w+|quel(?:le)? est l[ae] (?!plus|valeur|max|min)\w+",
        "es": r"qué (?!es|fue|tiene|valor)\w+|cu[aá]l (?:es|fue) (?:el|la) (?!m[aá]s|mayor|menor|valor|m[aá]x|"
        r"m[ií]n)\w+",
        "ko": r"(?:어느|어떤) ?(?!것|게|값)\w+",
        "zh": r"哪(?:个|個|种|種|座|家|类)(?!值)\w",
    },
    "or beyond": {  # more names than the one that is said, in an order that no chart tells
        "en": r"P (?:or|and) (?:better|worse|higher|lower|above|below|more|less)\b",
        "de": r"P (?:oder|und) (?:besser|schlechter|höher|niedriger|mehr|weniger)\b",
        "fr": r"P (?:ou|et) (?:mieux|moins bien|plus|moins|au-dessus|au-dessous)\b",
        "es": r"P (?:o|y) (?:mejor|peor|más|menos|superior|inferior)\b",
        "ko": r"P ?(?:등급|학점)? ?(?:이상|이하)",
        "zh": r"P ?(?:及|或)?(?:以上|以下)",
    },
    "end": {  # the end of a course, not the latest peak
        "en": r"final\w*|end\b|ends\b|ended\b|latest|most recent|last (?!peak|max|min)\w+",
        "de": r"ende\b|schluss|final\w*|letzte\w* (?!maxim|minim|gipfel|spitze)\w+",
        "fr": r"fin\b|final\w*|derni\w+ (?!pic|max|min)\w+",
        "es": r"final\w*|últim\w+ (?!pico|máx|mín)\w+",
        "ko": r"최종|끝|마지막(?! ?(?:최|정점|피크))",
        "zh": r"最终|末|最后(?!.{0,4}(?:峰|到达|达到))",
    },
    "lately": {  # from the last value but one to the last
        "en": r"lately\b|recently\b",
        "de": r"zuletzt\b|in letzter zeit|in der letzten zeit|neuerdings",
        "fr": r"dernièrement|récemment|ces derniers temps",
        "es": r"últimamente|recientemente",
        "ko": r"최근에|요즘|최근 ?들어",
        "zh": r"最近|近来|近期",
    },
    "at place": {
        "en": r"(?:on|in|at|for) P",
        "de": r"(?:am|im|in|an) P",
        "fr": r"(?:en|le|au|à|pour) P",
        "es": r"(?:el|en|los) P",
        "ko": r"P(?:에|의)",
        "zh": r"P(?!占)",
    },
    "stretch": {  # the places between which it rises or falls
        "en": r"(?:in )?(?:which|what) (?:years?|months?|weeks?|quarters?|days?)\b|when\b",
        "de": r"(?:in |an )?welche[nmrs]? (?:jahr|monat|woche|quartal|tag)\w*|wann\b",
        "fr": r"quel(?:le)?s? (?:années?|mois|semaines?|trimestres?|jours?)\b|quand\b|"
        r"(?:mois|années?|jours?|semaines?|trimestres?) où",
        "es": r"qué (?:años?|mes(?:es)?|semanas?|trimestres?|días?)\b|cu[aá]ndo\b|(?:mes|año|día|semana) en (?:el|la|"
        r"los|las) que",
        "ko": r"[든은한진간른던] ?(?:달|해|날|주|분기|때|시기|시점|적)[이은는가도]?|언제|(?:어느|무슨|몇) ?(?:달|해|"
        r"월|년)",
        "zh": r"哪(?:一|几|些)?个?(?:年|月|天|季度|周|月份|年份)|第几(?:个月|周|天|年)|什么时候|何时",
    },
    "or": {  # asks for one of two, not for yes or no
        "en": r"or\b(?! not| more| less| fewer| above| below)",
        "de": r"oder\b(?! nicht| mehr| weniger)",
        "fr": r"ou\b(?! pas| non| plus| moins)",
        "es": r"o\b(?! no\b| más| menos)",
        "ko": r"아니면|혹은|또는|중 ?(?:에서? ?)?(?:어|누|뭐|무)",
        "zh": r"还是|還是",
    },
    "same": {  # as high as the other
        "en": r"same\b|equal\w*|tied?\b",
        "de": r"gleich (?:viel|hoch|groß|stark|lang|oft|teuer|warm)\w*|gleichauf|dassselbe|dasselbe|identisch",
        "fr": r"autant\b|égal\w*|à égalité|le même (?:nombre|niveau|prix|score)|la même (?:valeur|quantité)|"
        r"identiques?",
        "es": r"lo mismo|igual(?:es)?\b|empat\w*|el mismo (?:número|nivel|precio|valor)|la misma cantidad|idéntic\w*",
        "ko": r"같[은았이다]|똑같|동일|동점",
        "zh": r"一样(?:多|高|大|长|重)?|相等|相同|持平|打平",
    },
    "straight": {  # a line on a scale, not the scale
        "en": r"(?:linear|straight) .{0,20}\blog",
        "de": r"(?:linear|gerade) .{0,30}\blog",
        "fr": r"(?:linéaire|droite) .{0,30}\blog",
        "es": r"(?:lineal|recta) .{0,30}\blog",
        "ko": r"로그.{0,12}(?:선형|직선)",
        "zh": r"对数.{0,8}(?:线性|直线)",
    },
    "period": {
        "en": r"years?\b|months?\b|quarters?\b|days?\b|weekdays?\b|seasons?\b|times?\b|when\b",
        "de": r"\w*jahr\w*|\w*monat\w*|quartal\w*|tage?n?s?\b|\w*tag\b|\w*zeit\b|wann\b|teil\w* des jahres",
        "fr": r"(?:partie|période)s? de l[’']année|"
        r"années?\b|ans?\b|mois\b|trimestres?|jours?|saisons?|moments?|quand\b",
        "es": r"(?:parte|época)s? del año|"
        r"años?\b|mes(?:es)?\b|trimestres?|d[ií]as?\b|estaci[oó]n\w*|momentos?|cu[aá]ndo\b",
        "ko": r"해[가는의에]?\b|년|연도|달|월|분기|요일|날|계절|언제|때",
        "zh": r"年|月|季|天|日|时候|何时|星期",
    },
}

NUMBER_WORDS: Final[dict[Language, tuple[tuple[str, ...], ...]]] = {
    # cardinal words, then ordinal words, from two to five
    "en": (("two", "three", "four", "five"), ("second", "third", "fourth", "fifth")),
    "de": (("zwei", "drei", "vier", "fünf"), ("zweit", "dritt", "viert", "fünft")),
    "fr": (("deux", "trois", "quatre", "cinq"), ("deuxième", "troisième", "quatrième", "cinquième")),
    "es": (("dos", "tres", "cuatro", "cinco"), ("segund", "tercer", "cuart(?!il)", "quint")),
    "ko": (("두", "세", "네", "다섯"), ("두 번째", "세 번째", "네 번째", "다섯 번째")),
    "zh": (("两", "三", "四", "五"), ("第二", "第三", "第四", "第五")),
}

_MONTHS: Final[dict[Language, str]] = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ko": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
MONTHS: Final[dict[Language, tuple[str, ...]]] = {language: tuple(names.split()) for language, names in _MONTHS.items()}

HOW_MANY: Final[dict[Language, str]] = {
    "en": r"how many\b|how often\b|number of\b",
    "de": r"wie ?vielen?\b|wie oft\b|anzahl",
    "fr": r"combien\b(?! de temps)|nombre d",
    "es": r"cuánt[oa]s\b|número de\b",
    "ko": r"몇 ?(?:번(?!째)|개|명|곳|달|날|주(?!차)|해|칸|마리|건|가지|차례|군데|종류|채|권|그루|대(?!로))|개수|갯수",
    "zh": r"(?<!第)几(?![点月号度时])|多少|幾|数量",
}
"""Words for a number of things, whatever is counted."""


def search_whole(words: str, language: Language, text: str) -> re.Match[str] | None:
    """Return where whole words of a language are in a text, with or without their accents."""
    latin = language not in ("ko", "zh")
    pattern = rf"(?<!\w)(?:{without_accents(words)})(?!\w)" if latin else words
    return compiled(pattern, ignore_case=True).search(text)


def search(words: str, language: Language, text: str) -> re.Match[str] | None:
    """Return where words of a language are in a text in lower case whose names and numbers were replaced by letters."""
    return _compiled(words, language).search(text)


@lru_cache(maxsize=1024)
def _compiled(words: str, language: Language) -> re.Pattern[str]:
    """Return the pattern of words; N, P, S, E (a number or a place) stand for the letters of names and numbers."""
    for letter, letters in (("E", f"(?:{NUMBER}|{PLACE})"), ("N", NUMBER), ("P", PLACE)):
        words = re.sub(rf"(?<![\\\[A-Za-z]){letter}(?![A-Za-z])", letters, words)
    words = words.replace("[SP]", f"(?:{SERIES}|{PLACE})").replace("* S", f"* {SERIES}")
    return re.compile(words if language in ("ko", "zh") else rf"(?<!\w)(?:{without_accents(words)})")
