"""Words for what changes from one time to another, in which direction, and for how many of several things it does."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = [
    "ALL",
    "ANY",
    "BEHIND_KO",
    "BETTER",
    "COUNT",
    "DOWN",
    "EAST",
    "FILLERS",
    "FIRST",
    "ITEMS",
    "LESS",
    "LIMIT",
    "MORE",
    "MOST",
    "MOSTLY",
    "NONE",
    "NOT",
    "OTHERWISE",
    "PERCENT",
    "SAME",
    "SECOND",
    "SEX",
    "TESTS",
    "THAN",
    "UNIT",
    "UP",
    "WHICH",
    "WORSE",
    "Words",
]

Words = dict[Language, str]
EAST: Final[tuple[Language, ...]] = ("ko", "zh")

UP: Final[Words] = {
    "en": r"(?:go|goes|going|gone|went) up|r[io]sen?|rising|increas(?:e[ds]?|ing)|gr[eo]wn?|gain(?:s|ed|ing)?|"
    r"climb(?:s|ed)?|(?:put|putting) on",
    "de": r"gestiegen|stieg\w*|zugenommen|zugelegt|gewachsen|(?:sich )?erhöht|nahm\w*(?= .*\bzu\b)|zu(?=\W*$)",
    "fr": r"augment(?:é\w*|e\w*|a)|mont(?:é\w*|e\w*)|grossi\w*|pris|gagn(?:é\w*|e\w*)|(?:en )?hausse",
    "es": r"subi(?:ó|eron|do)|aument(?:ó|aron|ado)|creci(?:ó|eron|do)|engord(?:ó|aron|ado)|gan(?:ó|aron|ado)",
    "ko": r"올[랐라]\S*|오[른르]\S*|늘[었어은]\S*|증가\S*|상승\S*|쪘\S*|찐",
    "zh": r"上升|提高|增加|上涨|增长|变重|变高|变多|长胖|胖了",
}
DOWN: Final[Words] = {
    "en": r"(?:go|goes|going|gone|went|come|came) down|f[ae]ll(?:en|s)?|drop(?:s|ped)?|decreas(?:e[ds]?|ing)|"
    r"declin(?:e[ds]?|ing)|lose[s]?|losing|lost|s[aiu]nk|shr[aiu]nk",
    "de": r"gefallen|fiel\w*|gesunken|sank\w*|abgenommen|verloren|zurückgegangen|(?:sich )?verringert|"
    r"nahm\w*(?= .*\bab\b)|ab(?=\W*$)",
    "fr": r"baiss(?:é\w*|e\w*)|diminu(?:é\w*|e\w*)|perdu\w*|chut(?:é\w*|e\w*)|maigri\w*|recul(?:é\w*|e\w*)|"
    r"descendu\w*|(?:en )?baisse",
    "es": r"baj(?:ó|aron|ado)|disminuy(?:ó|eron)|disminuido|perdi(?:ó|eron|do)|adelgaz(?:ó|aron|ado)|cay(?:ó|eron)",
    "ko": r"떨어[졌진지]\S*|내[렸린려]\S*|줄[었어은]\S*|감소\S*|하락\S*|빠[졌진지]\S*",
    "zh": r"下降|降低|减少|下跌|减轻|变轻|变低|变少|瘦了|掉了",
}
BETTER: Final[Words] = {
    "en": r"improv(?:e[ds]?|ing|ements?)|(?:ma[dk]e )?progress(?:ed)?|better",
    "de": r"verbessert\w*|besser",
    "fr": r"progress(?:é\w*|e\w*)|amélior(?:é\w*|e\w*)|mieux|meilleure?s?",
    "es": r"mejor(?:ó|aron|ado)?|progres(?:ó|aron|ado)",
    "ko": r"나아[졌진지]\S*|좋아[졌진지]\S*|향상\S*|발전\S*|더 ?잘",
    "zh": r"进步|变好|更好|提升|改善",
}
WORSE: Final[Words] = {
    "en": r"worse(?:n(?:ed|s)?)?|deteriorat(?:ed?|es)|slipp?(?:ed)?(?: back)?",
    "de": r"verschlechtert\w*|schlechter|nachgelassen",
    "fr": r"régress(?:é\w*|e\w*)|empir(?:é\w*|e\w*)|moins bien|pires?|détérior(?:é\w*|e\w*)",
    "es": r"empeor(?:ó|aron|ado)|peor",
    "ko": r"나빠[졌진지]\S*|악화\S*|더 ?못",
    "zh": r"退步|变差|更差|恶化",
}
MORE: Final[Words] = {
    "en": r"more|higher|larger|bigger|greater",
    "de": r"mehr|höher\w*|größer\w*",
    "fr": r"plus(?: (?:hauts?|hautes?|élevée?s?|grande?s?))?|davantage",
    "es": r"más(?: alt[oa]s?)?|mayor",
    "ko": r"더 ?(?:많|높|크|큰|커)\S*",
    "zh": r"更?[多高大]",
}
LESS: Final[Words] = {
    "en": r"less|fewer|lower|smaller",
    "de": r"weniger|niedriger\w*|tiefer\w*|kleiner\w*|geringer\w*",
    "fr": r"moins(?: (?:hauts?|hautes?|élevée?s?|grande?s?))?|plus (?:bas(?:ses?)?|faibles?)",
    "es": r"menos|más baj[oa]s?|menor",
    "ko": r"더 ?(?:적|낮|작)\S*",
    "zh": r"更?[少低小]",
}
SAME: Final[Words] = {
    "en": r"(?:stay(?:ed|s)?|remain(?:ed|s)?|keep|kept|weigh(?:ed)?|g[eo]t|ha[ds]|have|score[d]?)?(?: exactly)?"
    r"(?: at)?(?: the)? same|unchanged|exactly (?:what|as)(?: was| it was| they)?|(?:not|n't|n’t) change[ds]?",
    "de": r"gleich(?:geblieben)?|unverändert|nicht verändert|(?:das|den|die|der)?selben?",
    "fr": r"inchangée?s?|stables?|n['’]a pas changé|n['’]ont pas changé|(?:les? |la )?mêmes?",
    "es": r"igual(?:es)?|(?:el |la |lo )?mism[oa]s?|no (?:ha )?cambi(?:ó|ado)",
    "ko": r"그대로\S*|변하지 않\S*|변화가? 없\S*|똑?같\S*|동일\S*",
    "zh": r"没有?变化?|不变|保持不变|一样|相同",
}
WHICH: Final[Words] = {
    "en": r"who|whose|which(?: one?s?)?|what|where",
    "de": r"wer|wessen|welche[rsnm]?|wo(?:für|rauf)?|bei wem",
    "fr": r"qui|lesquel(?:le)?s|quel(?:le)?s?|où",
    "es": r"quién(?:es)?|qué|cuál(?:es)?|dónde",
    "ko": r"누가|누구\S*|어느|어떤|어디\S*|무엇\S*",
    "zh": r"谁|哪[些个位]?|哪里",
}
COUNT: Final[Words] = {
    "en": r"how many",
    "de": r"wie ?vielen?",
    "fr": r"combien(?: d(?:e\b|['’]))?",
    "es": r"cu[aá]nt[oa]s",
    "ko": r"몇 ?(?:명|곳|개|군데)\S*",
    "zh": r"几[个位名座]?|多少[个位名]?",
}
ALL: Final[Words] = {
    "en": r"all|every(?:one|body|where)?|each|both(?! (?:years|tests|times|months|weeks|rounds))",
    "de": r"alle[nr]?|jede[rnsm]?|überall|sämtliche|beide",
    "fr": r"tous|toutes|tout le monde|chacune?|chaque|partout|les deux",
    "es": r"tod[oa]s|cada|en todas partes|todo el mundo|amb[oa]s",
    "ko": r"모두|모든|전부|전원|다들|다(?= )|둘 ?다",
    "zh": r"所有|每个?|全部|全都|都|大家",
}
ANY: Final[Words] = {
    "en": r"any(?:one|body|where)?|some(?:one|body|where)|at least one",
    "de": r"jemand(?:en|em)?|irgend\w+|bei einem",
    "fr": r"quelqu['’]un|quelque part|au moins une?",
    "es": r"alguien|algún|algun[oa]s?|al menos un[oa]?",
    "ko": r"누군가|한 ?(?:명|곳)이?라도|(?:적|사람|학생|곳)이? ?있\S*|있(?:나요|습니까|었나요|어요)",
    "zh": r"有没有人?|有(?=人)|有任何",
}
NONE: Final[Words] = {
    "en": r"nobody|no[ -]one|none|nowhere|no",
    "de": r"niemand(?:en|em)?|nirgend(?:s|wo)|keine[rnsm]?|kein",
    "fr": r"personne(?= n)|nulle part|aucune?",
    "es": r"nadie|ningun[oa]|ningún|en ninguna parte",
    "ko": r"아무도|한 ?(?:명|곳)도",
    "zh": r"(?<!有)没有?任?何?(?=人)",
}
MOSTLY: Final[Words] = {
    "en": r"(?<!the )most(?! often)(?= \w)|(?:the|a) majority|more than half",
    "de": r"(?:die|den) meisten|(?:die |eine )?mehrheit|mehr als die hälfte",
    "fr": r"la plupart|la majorité|plus de la moitié",
    "es": r"la mayoría|más de la mitad",
    "ko": r"대부분\S*|절반 ?이상\S*|과반\S*",
    "zh": r"大多数|多数|大部分|一半以上|超过一半",
}
NOT: Final[Words] = {
    "en": r"not|n['’]t",
    "de": r"nicht",
    "fr": r"ne|n['’]|pas",
    "es": r"no",
    "ko": r"않\S*|안(?= )|못(?= )",
    "zh": r"没有?|未",
}
OTHERWISE: Final = re.compile(
    r"\b(?:least|smallest|only|twice|half|double|row|why|when|how much|by how|"
    r"am wenigsten|geringste\w*|nur|warum|wann|um wie|le moins|seulement|pourquoi|quand|de combien|lo menos|"
    r"sólo|solo|por qué|cuándo|l[ea]s? (?:meilleure?|pire|mieux)s?|(?:el|l[ao]s?|los) (?:mejor|peor)(?:es)?)\b|"
    r"얼마|언제|왜|가장 적|最[少小]|只|什么时候|多少分|为什么"
)
"""Words by which something else is asked for, or the one that changes least."""
MOST: Final[Words] = {
    "en": r"(?:the |by far )?most(?=\W*$| (?:weight|points|from|between|in|at|over|after)\b)|the (?:biggest|"
    r"largest|greatest)",
    "de": r"am (?:meisten|stärksten|deutlichsten)|(?:die|den|das) größten?",
    "fr": r"le plus(?! \w+ qu)|la plus (?:grande|forte)",
    "es": r"(?:lo )?más(?= |\W*$)(?! \w+ que)|(?:el|la) mayor",
    "ko": r"(?:가장|제일)(?: ?많이| ?크게)?",
    "zh": r"最(?:多|大|快)?",
}
FIRST: Final[Words] = {
    "en": r"(?:the )?(?:first|1st) (?:time|NOUN)(?: round)?|beforehand|before(?: NOUN)?|previously|"
    r"at (?:the (?:start|beginning)|first)|"
    r"(?<=than )(?:in )?the first(?: one)?|(?<=from )the first",
    "de": r"(?:beim|im|in der|am|als) erste[rnm](?: NOUN| mal)?|(?:vo[mn]|der|dem) erste[nr] NOUN|vorher|zuvor|"
    r"davor|früher|am anfang",
    "fr": r"(?:au|du|à la|le|la|lors du) premi(?:er|ère)(?: NOUN| fois)?|avant|auparavant|au début",
    "es": r"(?:en )?(?:el|la) primer[oa]?(?: NOUN| vez)?|antes|al principio",
    "ko": r"(?:첫 ?번째|첫|1차|처음) ?(?:NOUN)?(?:에서?는?)?|(?:이전|전)(?:에는?)?(?=보다)",
    "zh": r"第一(?:次|轮|回)?(?:NOUN)?(?:时|中)?|之前|以前|开始时",
}
SECOND: Final[Words] = {
    "en": r"(?:the )?(?:second|2nd) (?:time|NOUN)(?: round)?|afterwards?|after(?: NOUN)?|now|today|later|"
    r"in the end|at the end|this time|"
    r"(?<=in )the second(?: one)?|(?<=to )the second",
    "de": r"(?:beim|im|in der|am|als|zum|zur) zweite[rnm](?: NOUN| mal)?|(?:der|dem) zweite[nr] NOUN|nachher|"
    r"danach|hinterher|jetzt|heute|"
    r"am ende",
    "fr": r"(?:au|à la|le|la|lors du) (?:deuxième|seconde?)(?: NOUN| fois)?|après|ensuite|maintenant|à la fin",
    "es": r"(?:en )?(?:el|la|al) segund[oa](?: NOUN| vez)?|después|ahora|al final",
    "ko": r"(?:두 ?번째|2차) ?(?:NOUN)?(?:에서?는?)?|이후(?:에는?)?|나중에|지금은?|끝난? ?뒤에?",
    "zh": r"第二(?:次|轮|回)?(?:NOUN)?(?:时|中)?|之后|以后|后来|现在",
}
TESTS: Final[Words] = {
    "en": r"tests?|exams?|quiz|rounds?|attempts?|visits?|surveys?|sessions?|runs?|terms?|measurements?",
    "de": r"tests?|prüfung|klausur|arbeit|runde|versuch|durchgang|lauf|messung|besuch|halbjahr",
    "fr": r"tests?|examen|contrôle|épreuve|manche|essai|tour|visite|mesure|trimestre|semestre",
    "es": r"test|examen|prueba|control|ronda|intento|vuelta|visita|medición",
    "ko": r"시험|테스트|고사|검사|라운드|시도|측정|학기",
    "zh": r"考试|测验|测试|测量|检查",
}
THAN: Final[Words] = {
    "en": r"(?:than|from|since|compared (?:to|with)|against|between)(?: \w+)?(?: the)?$",
    "de": r"(?:als|vo[nm]|seit|gegenüber|zwischen|(?:verglichen mit|im vergleich zu[mr]?))(?: de[rm])?$",
    "fr": r"(?:qu['’]|que|depuis|par rapport|entre|de|du|d['’])(?: ?(?:à|au|en|l[ea]))*$",
    "es": r"(?:que|desde|respecto|entre|del?)(?: (?:en|el|la|al?))*$",
    "zh": r"(?:比|从|与|和|较|相比)在?$",
}
BEHIND_KO: Final = re.compile(r"^\S{0,3}?(?:년도?|월|일)?(?:에서|보다|에 ?비해|부터|대비)")
FILLERS: Final[Words] = {
    "en": r"did|do|does|done|doing|has|have|had|is|are|was|were|be|been|the|an?|of|in|on|at|to|for|by|it|its|they|"
    r"them|their|there|than|as|with|during|actually|really|score[ds]?|get|gets|got|getting|ma[dk]e|show(?:s|ed)?|"
    r"perform(?:ed)?|become|became|compared|from|since|between|and(?= T)|both(?= T)|points?|results?|grades?|"
    r"marks?|time|"
    r"these|those|(?:the )?(?:two|both) (?:years|tests|times|months|weeks|rounds|measurements)|s|ever|also|there",
    "de": r"haben?|hat|hatten?|ist|sind|war|waren|wurden?|geworden|worden|sich|der|die|das|den|dem|des|im|in|am|"
    r"an|bei|"
    r"beim|es|von|vom|zu|zum|zur|als|seit|und(?= T)|punkte?n?|ergebnis\w*|note\w*|um|ein|eine|denn|auch|dort|"
    r"ihr\w*|geblieben",
    "fr": r"est-ce qu(?:e|['’])|a|ont|est|sont|s['’]|se|était|étaient|été|fait|eu|t|il|elle|ils|elles|on|le|la|les|"
    r"l['’]|un|une|du|de|des|d['’]|en|à|au|aux|qu[e'’]|dans|sur|entre|et(?= T)|points?|résultats?|notes?|scores?|"
    r"son|leur|leurs|devenue?s?|obtenu|y|chez|pour|rest(?:é\w*|e\w*)",
    "es": r"ha|han|se|es|son|fue|fueron|era|el|la|los|las|un|una|de|del|en|a|al|que|su|sus|y(?= T)|puntos?|"
    r"resultados?|notas?|puntuaci[oó]n(?:es)?|hubo|quedó|sac(?:ó|aron)|tuv(?:o|ieron)|desde|entre|hecho|hizo",
    "ko": r"점수|성적|결과|점|중에?서?|에서|에는?|보다|비해|이|가|은|는|을|를|의|도|더|된|한|사람|살|값|인가요|"
    r"입니까|나요|까요|"
    r"했\S*|있는|됐\S*|되었\S*|받은|년도?|요|까지|부터|으로|로|졌\S*|것",
    "zh": r"了|的|吗|呢|人|比|得|考|分数|成绩|结果|分|在|从|到|和|与|更|是|有|里|中|年|月|过|变|相比",
}
LIMIT: Final[Words] = {
    "en": r"(?:by )?(?:more than|over|at least|less than|under|fewer than|at most|up to) \S+(?: UNIT)?",
    "de": r"(?:um )?(?:mehr als|über|mindestens|weniger als|unter|höchstens) \S+(?: UNIT)?",
    "fr": r"(?:de )?(?:plus|moins|au moins|au plus) (?:de |d['’])?\S+(?: UNIT)?",
    "es": r"(?:en )?(?:más de|menos de|al menos|como máximo) \S+(?: UNIT)?",
    "ko": r"\d\S*(?: UNIT)? ?(?:이상|넘게|이하|미만)|\d\S*보다 (?:더|많이)",
    "zh": r"(?:超过|多于|至少|不到|少于)了?\d+(?:UNIT)?|\d+(?:UNIT)?以[上下]",
}
"""Limits of changes."""
PERCENT: Final = r"%|per ?cent|prozent|pour ?cent|por ciento|퍼센트|프로(?=\W)|百分点?"
UNIT: Final = (
    r"(?:points?|punkte?n?|puntos|점|분|kg|kilos?|kilograms?|킬로\S{0,2}|公斤|cm|mm|minutes?|minuten|minutos|"
    r"min|seconds?|"
    r"sekunden|secondes|segundos|초|秒|分|euros?|dollars?|원|元|"
    rf"{PERCENT})"
)
ITEMS: Final[Words] = {
    "en": r"categor(?:y|ies)|items?|things?|ones?|cases?|them",
    "de": r"kategorien?|posten|dinge?|fälle?n?|davon|von ihnen",
    "fr": r"catégories?|postes?|choses?|cas|d['’]entre (?:eux|elles)",
    "es": r"categorías?|cosas?|casos?|de (?:ellos|ellas)",
    "ko": r"항목|경우|것",
    "zh": r"项目?|类别|种",
}
"""Words for the things along an axis, whatever they are."""
SEX: Final = re.compile(
    r"boy|girl|m[ae]n$|wom[ae]n|junge|mädchen|mann|frau|garçon|fille|homme|femme|chic|niñ|hombre|mujer|"
    r"[남여소][자년녀]|[男女]"
)
"""Persons that are only some of those that are drawn."""
