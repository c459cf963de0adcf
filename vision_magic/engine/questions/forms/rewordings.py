"""Ways of saying things that the tables of words do not hold, put into words that they do.

Parts of a verb that stand apart ("fass … zusammen"), a negation before a verb ("안 팔린"), a half of a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import day_of, kind_of_names, translated
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = [
    "PARTS_OF_YEAR",
    "reworded",
    "with_days",
    "with_days_of_week",
    "with_hours",
    "with_hours_in_figures",
    "with_hours_since",
    "with_months",
    "without_same_place",
]

_Rewordings = tuple[tuple[str, str], ...]

_RAIN_EN: Final = r"(?:rain(?:fall)?|snow|precipitation|hail|water|[\ue000-\uf8ff])"
_RAIN_DE: Final = r"(?:regen|schnee|niederschlag|hagel|[\ue000-\uf8ff])"
_RAIN_FR: Final = r"(?:pluies?|neige|précipitations?|[\ue000-\uf8ff])"
_RAIN_ES: Final = r"(?:lluvia|nieve|precipitación|[\ue000-\uf8ff])"
"""What falls without becoming less: "how much rain falls in a year" asks for a sum. A name is a letter of its own."""

_REWORDINGS: Final[dict[Language, _Rewordings]] = {
    "en": (
        (
            rf"\b(how much {_RAIN_EN}(?!\w).{{0,20}}?)\b(?:falls?|fell|falling|has fallen|comes down|came down)\b",
            r"\1is there",
        ),
        (
            rf"\b(how much {_RAIN_EN}(?!\w).{{0,40}}?)\b(?:in|over) (?:the|a|one) (?:whole |entire |full )?year\b",
            r"\1in total",
        ),
        (r"\b(?:go(?:es|ne|ing)?|went) (?:up|down) (?=the [\ue000-\ue7ff])", "went into "),  # down the drain
        (r"\bon (?:the|a|its) (?:log-?log|semi-?log\w*|log\w*) (?:plot|chart|graph|figure)\b", ""),
    ),
    "de": (
        (rf"\b(wie ?viel {_RAIN_DE}(?!\w).{{0,20}}?)\b(?:fällt|fiel|fallen|gefallen)\b", r"\1gibt es"),
        (
            rf"\b(wie ?viel {_RAIN_DE}(?!\w).{{0,40}}?)\b(?:im|in einem|über das) (?:ganzen? |gesamten? )?jahr\b",
            r"\1insgesamt",
        ),
        (
            r"\b(?:im|in dem|auf dem) (?:doppelt )?(?:log-?log|\w*logarithmischen?)[ -](?:plot|diagramm|grafik|bild)\b",
            "",
        ),
        (r"\b((?:häufigst|wichtigst|größt|meistgenannt)\w*) (?:gr[uü]nde?|ursachen?)\b", r"\1"),
        (r"\b(?:markt)?führer\w*\b|\bvorreiter\b|\bführend\w*|\bführt\b", "höchster"),
        (
            r"\b(?:abstand|unterschied|differenz)\b(?: zwischen)? de[nr] (?:beiden|zwei) (?:größten|besten|höchsten|"
            r"stärksten|ersten)",
            "um wie viel höchster",
        ),
        (r"\bfass(?:e|en|t)?\b(.{0,60})\bzusammen\b", r"zusammenfassung \1"),
        (r"\b(?:geht|gehen|ging|gingen)\b(.{0,60})\b(?:nach oben|hoch|rauf|bergauf|aufwärts)\b", r"steigt \1"),
        (
            r"\b(?:geht|gehen|ging|gingen)\b(.{0,60})\b(?:nach unten|runter|bergab|abwärts|zurück|herunter)\b",
            r"sinkt \1",
        ),
        (r"\b(?:nahm|nahmen|nimmt|nehmen|legte?n?|legt)\b(.{0,60})\bzu\b", r"steigt \1"),
        (r"\b(?:nahm|nahmen|nimmt|nehmen)\b(.{0,60})\bab\b", r"sinkt \1"),
        (
            r"\b(?:lief|laufen|läuft|verkaufte?n?|ging|gingen|kam|kamen)\b(.{0,40})\bam besten\b|"
            r"\bam besten verkauft\b",
            r"\1 höchster",
        ),
        (
            r"\b(?:liegt|liegen|lagen|lag|ist|sind|war|steht|stehen) (?:\w+ )?(?:vorne?|in führung|an der spitze)\b",
            "höchster",
        ),
        (
            r"\bimmer (?:weniger|niedriger|kleiner|kürzer|kälter|billiger|günstiger|leichter|schwächer|seltener|"
            r"ärmer)\b",
            "sinkt stetig",
        ),
        (
            r"\bimmer (?:mehr|höher|größer|länger|wärmer|heißer|teurer|schwerer|stärker|beliebter|häufiger|öfter|"
            r"reicher)\b"
            r"(?! als\b)",
            "steigt stetig",
        ),
        (r"\b(?:abstand|unterschied) (?:zwischen den|der)(?: beiden)? quartilen?\b", "quartilsabstand"),
        (r"\bnegativ(?:es )?wachstum\w*|\bschrumpft\w*", "negativ"),
        (
            r"\bunbeliebtest\w*|\bschlusslicht\b|\bam schlechtesten verkauft\w*|\ban letzter stelle\b|"
            r"\b(?:auf|belegt|hat) (?:dem |den )?letzten (?:platz|rang)\b|"
            r"\b(?:ist|wird|wurde|war) letzte[rs]?(?= ?\W*$)",
            "niedrigster",
        ),
        (r"\bmeist(?:verkauft|gekauft|besucht|genutzt|gelesen|gefragt)\w*|\bspitzenreiter\b", "höchster"),
    ),
    "fr": (
        (rf"\b(combien de {_RAIN_FR}(?!\w).{{0,20}}?)\b(?:tombe|tombée?|est tombée?|tombait)\b", r"\1y a-t-il"),
        (
            rf"\b(combien de {_RAIN_FR}(?!\w).{{0,40}}?)\b(?:en une? an(?:née)?|(?:sur|dans) (?:l'|toute l')année)",
            r"\1en tout",
        ),
        (r"\b(?:raison|cause) (la plus|principale)\b", r"catégorie \1"),
        (r"\ble leader\b|\bleader\b|\bnuméro (?:un|1)\b|\bdomine\b", "le plus haut"),
        (
            r"\b(?:écart|différence) (?:y a-t-il )?entre les deux (?:premi\w+|plus \w+|principa\w+|meilleur\w+)",
            "de combien le plus haut",
        ),
        (r"\ble mieux\b|\ben tête\b", "le plus haut"),
        (
            r"\bde plus en plus (?:bas|petit|faible|froid|rare|court|léger|bon marché)\w*|\bde moins en moins\b",
            "diminue",
        ),
        (r"\bde plus en plus\b", "augmente"),
        (r"\bcroissance négative", "négatif"),
        (r"\ble moins bien\b|\bderni\w+ du classement\b", "le moins"),
        (
            r"\b(?:arrive|finit|termine|vient|se classe|se place|est|figure) (?:bon(?:ne)? )?"
            r"(?:en derni\w+(?: position| place)?|derni\w+(?= au | pour |\W*$)|à la derni\w+ place|"
            r"en queue(?: de peloton)?)|\bferme la marche\b",
            "a la valeur la plus basse",
        ),
        (r"\b(?:écart|distance|différence) entre (?:les|ses|leurs)(?: deux)? quartiles\b", "écart interquartile"),
        (r"\bquoi comme (?:type de |genre de )?(?=graphique|diagramme|graphe|figure)", "type de "),
        (r"\ben hausse\b|\bà la hausse\b", "augmente"),
        (r"\ben baisse\b|\bà la baisse\b", "diminue"),
    ),
    "es": (
        (r"\bde qué (mes|año|día|trimestre) a (?:qué|cuál)(?: \1)?\b", r"entre qué dos \1s"),
        (rf"\b(cuánta {_RAIN_ES}(?!\w).{{0,20}}?)\b(?:cae|cayó|ha caído)\b", r"\1hay"),
        (rf"\b(cuánta {_RAIN_ES}(?!\w).{{0,40}}?)\b(?:en (?:todo )?(?:el|un) año|en el año entero)\b", r"\1en total"),
        (r"\b(?:razón|causa) (más \w+|principal)\b", "categoría máxima"),
        (r"\blíder\w*|\bencabeza\b|\bnúmero uno\b", "máximo"),
        (
            r"\b(?:diferencia|distancia) (?:hay )?entre l[oa]s dos (?:primer\w+|mayores|más \w+|principales)",
            "por cuánto máximo",
        ),
        (r"\bmejor vendid\w+|\bmás vendid\w+", "más alto"),
        (r"\bse (\w+) más (?=(?:el|la|los|las) )", r"se \1 más alto "),
        (r"\bcada vez (?:menos|más (?:baj|pequeñ|barat|frí|cort|liger|débil|rar))\w*", "disminuye"),
        (
            r"\b(?:distancia|diferencia) entre (?:los|sus)(?: dos)? cuartiles\b|\brango intercuart[ií]l(?:ico)?\b",
            "dispersión",
        ),
        (r"\bcada vez más\b", "aumenta"),
        (r"\bcrecimiento negativo", "negativo"),
        (r"\b(?:va ganando|va en cabeza|va primer[oa]|lidera)\b", "es más alto"),
        (r"\bpeor vendid\w+|\bmenos vendid\w+", "más bajo"),
        (
            r"\b(?:queda|quedó|está|va|es|termina|acaba|ocupa) (?:en )?(?:el |la )?"
            r"(?:últim[oa](?: lugar| puesto| posición)?(?= en total|\W*$)|a la cola)",
            "es más bajo",
        ),
        (r"\bva(?:n)? (?:a más|hacia arriba|en aumento)\b", "aumenta"),
        (r"\bva(?:n)? (?:a menos|hacia abajo)\b", "disminuye"),
    ),
    "ko": (
        (r"((?:비|눈)[가는].{0,20}?)(?:내리나|내렸|오나|왔)", r"\1있"),
        (r"가장 (?:큰|많은|흔한|주된) (?:이유|원인)", "가장 많은 항목"),
        (r"에서 (?:그 ?|바로 ?){0,2}다음 ?(?:(?:주|날|달|해)인 )?(?=[\uec00-\uefff])", "에서 "),
        (
            r"1위와 2위(?:의| 사이의?)? ?(?:차이|격차)\w*|상위 두 \S+(?: 사이)?(?:의)? ?(?:차이|격차)\w*",
            "가장 높은 얼마나 차이",
        ),
        (r"(?:업계|시장) ?(?:선두|1위)|선두", "가장 높은"),
        (
            r"(?:가장|제일) ?(?:안|못|덜) ?(?:팔|나가|찾|쓰|마시|먹|오|온|가|간|읽|이용|사용)\S*"
            r"|(?:가장|제일) ?(?:인기 ?(?:가 )?없|적게)\S*",
            "가장 적은",
        ),
        (
            r"(?:인기 ?(?:가 )?(?:있|많|좋)|잘 ?팔|잘 ?나가|많이 ?팔)\S*",
            "많은",
        ),
        (r"점점 ?(?:더 ?)?(?:적|낮|작|싸|추|짧|가벼)\S*", "감소하"),
        (r"점점 ?(?:더 ?)?(?:많|높|크|커|비싸|더워|길|무거)\S*", "증가하"),
        (r"마이너스 ?성장|역성장", "음수"),
        (r"연교차|일교차|최고와 최저의 ?차이?", "범위"),
    ),
    "zh": (
        (r"^([^从由自]*)到([\uec00-\uefff])(?=的?时|的?时候)", r"\1在\2"),
        (r"最(?:常见|主要|大|多)的?(?:原因|理由)", "最多"),
        (r"(?:前两名|最大的?两[个家]|第一名?[和与]第二名?)\S{0,4}?(?:之间)?的?(?:差距|差)", "最高 领先多少"),
        (r"龙头|领头羊|老大|市场第一", "最高"),
        (r"(?:越来越|越來越)(?:低|少|小|便宜|冷|短|轻|差|弱)", "下降"),
        (r"(?:越来越|越來越)(?:高|多|大|贵|热|长|重|好|强|暖)", "上升"),
        (r"负增长|負增長", "负值"),
        (r"(?:谁|哪.{1,4})领先(?!多少)|排第一|排名第一|第一名", "最高"),
        (r"倒数第一", "最低"),
        (r"哪一?(天|日|周|个月|月|年)(?:份)?比(?:前|上)一?个?(?:天|日|周|月|年)(?=[涨跌升降增减多少])", r"哪两\1之间"),
        (r"卖得(?:更|比较)?好", "更高"),
        (r"卖得最(?:好|多)|最畅销|最受欢迎|最火|销量最好", "最高"),
        (r"卖得最(?:差|少)|最不受欢迎|最难卖|最冷门|销量最差", "最低"),
    ),
}


@cache
def _compiled(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs = _REWORDINGS[language]
    return tuple((re.compile(without_accents(words)), better) for words, better in pairs)


def reworded(text: str, language: Language) -> str:
    """Return a question in lower case in words that the tables hold."""
    for pattern, better in _compiled(language):
        text = pattern.sub(better, text)
    first = re.search(_FIRST_TIME[language], text)
    if first is None:
        return text
    return f"{first[0]} {text[: first.start()]}{text[first.end() :].lstrip()}"


_FIRST_TIME: Final[dict[Language, str]] = {
    "en": r"\bfor the first time\b",
    "de": r"\bzum ersten mal\b|\berstmals\b|\bdas erste mal\b",
    "fr": r"\bpour la première fois\b",
    "es": r"\bpor primera vez\b",
    "ko": r"처음(?:으로)?(?= ?\S*(?:넘|초과|도달|앞|내려|떨어|밑[도돈]|웃[도돈]|진입|돌파|[\uec00-\uefff]))",
    "zh": r"首次|第一次",
}
"""It stands apart from the verb and its limit, which belong together."""


# The first and second half of a year, its quarters, and how to say "from January to June".
PARTS_OF_YEAR: Final[dict[Language, tuple[tuple[str, ...], tuple[str, ...], str]]] = {
    "en": (
        (r"(?:in )?(?:the )?first half of the year", r"(?:in )?(?:the )?second half of the year"),
        (
            r"(?:in )?(?:the )?first quarter",
            r"(?:in )?(?:the )?second quarter",
            r"(?:in )?(?:the )?third quarter",
            r"(?:in )?(?:the )?(?:fourth|last) quarter",
        ),
        "from {} to {}",
    ),
    "de": (
        (
            r"(?:im |in der )?(?:erste[nrs]?|1\.) (?:halbjahr|jahreshälfte)(?:es)?",
            r"(?:im |in der )?(?:zweite[nrs]?|2\.) (?:halbjahr|jahreshälfte)(?:es)?",
        ),
        tuple(
            rf"(?:im |in )?(?:{word}|{number}\.) quartals?|(?:in )?q{number}"
            for number, word in enumerate((r"erste[ns]?", r"zweite[ns]?", r"dritte[ns]?", r"(?:vierte|letzte)[ns]?"), 1)
        ),
        "von {} bis {}",
    ),
    "fr": (
        (
            r"(?:au |du |le |pour le )?(?:premier|1er) semestre",
            r"(?:au |du |le |pour le )?(?:second|deuxième|2e|2ème) semestre",
        ),
        tuple(
            rf"(?:au |du |le |pour le )?(?:{word}|{number}(?:er|e|ème)) trimestre"
            for number, word in enumerate(("premier", "deuxième|second", "troisième", "quatrième|dernier"), 1)
        ),
        "de {} à {}",
    ),
    "es": (
        (
            r"(?:en el |del )?primer semestre|(?:en )?la primera mitad del año",
            r"(?:en el |del )?segundo semestre|(?:en )?la segunda mitad del año",
        ),
        tuple(
            rf"(?:en el |del )?(?:{word}) trimestre"
            for word in ("primer|1er", "segundo|2º", "tercer|3er", "cuarto|último|4º")
        ),
        "de {} a {}",
    ),
    "ko": (
        ("상반기(?:에|의)?", "하반기(?:에|의)?"),
        tuple(rf"(?<!\d){number} ?분기(?:에|의)?" for number in range(1, 5)),
        "{}부터 {}까지",
    ),
    "zh": (
        ("上半年", "下半年"),
        tuple(rf"第?[{number}{sign}]季度" for number, sign in enumerate("一二三四", 1)),
        "从{}到{}",
    ),
}


_WHOLE: Final[dict[Language, str]] = {
    "ko": "(?<!최근 )(?<!지난 )(?:1|한|일) ?(?:년|주일?|달|개월) ?(?:동안|간|내내)",
    "zh": "(?<!最近)(?<!过去)(?:一年|一周|一个月)(?:里|内|中|下来)",
}
"""All of a year or a week, which is no number of one."""


def with_months(text: str, language: Language, months: Iterable[int]) -> str:
    """Return a question with "from January to June" for "the first half of the year", where all months are drawn."""
    if language in _WHOLE:
        text = re.sub(_WHOLE[language], " ", text)
    halves, quarters, between = PARTS_OF_YEAR[language]
    known = set(months)
    for parts, length in ((halves, 6), (quarters, 3)):
        for number, words in enumerate(parts):
            first, last = number * length + 1, (number + 1) * length
            ends = (MONTHS[language][first - 1], MONTHS[language][last - 1])
            if {first, last} <= known:
                end = "" if language in ("ko", "zh") else r"(?!\w)"
                pattern = rf"(?<!\w)(?:{words}){end}" if end else words
                text = re.sub(without_accents(pattern), between.format(*ends), text, flags=re.IGNORECASE)
    for first, words in _SEASONS[language]:
        if {first, first + 1, first + 2} <= known and len(known) > 3:
            end = "" if language in ("ko", "zh") else r"(?!\w)"
            start = "" if language in ("ko", "zh") else r"(?<!\w)"
            ends = (MONTHS[language][first - 1], MONTHS[language][first + 1])
            span = f" {between.format(*ends)} "
            text = re.sub(without_accents(f"{start}(?:{words}){end}"), span, text, flags=re.IGNORECASE)
    return text


_SEASONS: Final[dict[Language, tuple[tuple[int, str], ...]]] = {
    "en": (),  # they are groups of places
    "de": (
        (3, r"(?:im |des |der )?frühlings?(?:monaten?)?|(?:im )?frühjahrs?"),
        (6, r"(?:im |des |den |die |der )?sommers?(?:monaten?)?"),
        (9, r"(?:im |des |den |die |der )?herbst(?:e?s|monaten?)?"),
    ),
    "fr": (
        (3, r"(?:au |le |du )?printemps"),
        (6, r"(?:en |pendant l['’]|durant l['’]|l['’]|cet )été|mois d['’]été"),
        (9, r"(?:en |l['’]|pendant l['’])automne"),
    ),
    "es": (
        (3, r"(?:en |la |durante la )?primavera"),
        (6, r"(?:en |el |durante el )?verano"),
        (9, r"(?:en |el |durante el )?otoño"),
    ),
    "ko": ((3, "봄(?:철|에는|에|의)?"), (6, "여름(?:철|에는|에|의)?"), (9, "가을(?:철|에는|에|의)?")),
    "zh": ((3, "春[天季]"), (6, "夏[天季]"), (9, "秋[天季]")),
}
"""The first month of each season, but of winter, which begins in one year and ends in the next."""


# The weekend, the days of work, and how days are joined. English questions take them as groups of places.
_WEEKS: Final[dict[Language, tuple[str, str, str]]] = {
    "de": (
        r"(?:am |an den |das )?wochenenden?",
        r"unter der woche|(?:an )?(?:werktage?n?s?|wochentagen|wochentags|arbeitstagen)",
        " und ",
    ),
    "fr": (r"(?:le |les |du |ce )?week-?ends?", r"en semaine|les jours ouvrés|les jours de semaine", " et "),
    "es": (
        r"(?:el |los |del |en el )?fin(?:es)? de semana",
        r"entre semana|(?:los )?días (?:laborables|laborales|hábiles)",
        " y ",
    ),
    "ko": ("주말", "평일", "과 "),
    "zh": ("周末|週末", "工作日|平日", "和"),
}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def with_days(text: str, language: Language, names: Sequence[str]) -> str:
    """Return a question with "Saturday and Sunday" for "the weekend", where the days of a week are drawn."""
    if language not in _WEEKS or len(names) < 7 or kind_of_names(names[:7]) != "day":
        return text
    weekend, working, joint = _WEEKS[language]
    days = [translated(day, language)[0] for day in _DAYS]
    for words, chosen in ((weekend, days[5:]), (working, days[:5])):
        pattern = words if language in ("ko", "zh") else rf"(?<!\w)(?:{words})(?!\w)"
        text = re.sub(pattern, f"{', '.join(chosen[:-1])}{joint}{chosen[-1]}", text, flags=re.IGNORECASE)
    return text


# Words for any day of the week, where it is asked which one or each is meant; else they may be days of work.
_DAY_OF_WEEK: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": ((r"\b((?:which|what|each|every|per)(?: of the)?) weekday(s?)\b", r"\1 day\2"),),
    "de": (
        (r"(?<!\w)(welchen?|allen?|meisten|wenigsten) Wochentage(n?)(?!\w)", r"\1 Tage\2"),
        (r"(?<!\w)Wochentag(?:es)?(?!\w)", "Tag"),
    ),
}


def with_days_of_week(text: str, language: Language, names: Sequence[str]) -> str:
    """Return a question with "which day" for "which weekday", where days of the week are drawn."""
    if language not in _DAY_OF_WEEK or sum(day_of(name) >= 0 for name in dict.fromkeys(names)) < 2:
        return text
    for words, plain in _DAY_OF_WEEK[language]:
        text = re.sub(words, plain, text, flags=re.IGNORECASE)
    return text


# At the place that was named before, of the second of two: "than Monday in the same slot".
_SAME_PLACE: Final[dict[Language, str]] = {
    "en": r" (?:at|in|during) the same (?:time(?: slot)?|hour|slot|time of (?:the )?day)\b",
    "de": r" (?:zur (?:selben|gleichen) (?:zeit|uhrzeit|stunde|tageszeit)|"
    r"im (?:selben|gleichen) (?:zeitraum|zeitfenster))\b",
    "fr": r" (?:à la même heure|au même moment|"
    r"(?:sur|dans|pour) (?:la même tranche|le même créneau)(?: horaire)?)(?!\w)",
    "es": r" (?:a la misma hora|en la misma franja(?: horaria)?|en el mismo (?:tramo|horario|momento))(?!\w)",
    "ko": r"(?:의)? ?(?:같은|동) ?(?:시간대?|시각)(?:에|의)?(?= ?보다)",
    "zh": r"的?(?:在)?同一?个?(?:时间段|时段|时间|时刻|钟点)(?:的)?",
}


def without_same_place(text: str, language: Language) -> str:
    """Return a question, in which names are letters, without "in the same slot" behind the second of two names."""
    named = "[\ue000-\ue3ff].{0,40}[\ue400-\ue7ff]"
    return re.sub(f"({named}){_SAME_PLACE[language]}", r"\1", text, flags=re.IGNORECASE)


_AFTERNOON: Final[dict[Language, str]] = {
    "en": r"(?<!\d)(\d{1,2}) ?p\.?m\b\.?",
    "de": r"(?<!\d)(\d{1,2}) uhr (?:abends|nachmittags|am abend|am nachmittag)",
    "fr": r"(?<!\d)(\d{1,2}) ?h(?:eures?)? (?:du soir|de l['’]après-midi)",
    "es": r"(?<!\d)(\d{1,2}) de la (?:tarde|noche)",
    "ko": r"(?:오후|저녁|밤) ?(\d{1,2}) ?(?=시)",
    "zh": r"(?:下午|晚上|傍晚) ?(\d{1,2}) ?(?=[点时點時])",
}
_FORENOON: Final = re.compile("(?:오전|새벽|아침|上午|早上|凌晨) ?(?=\\d)")
_TO_THEN: Final = re.compile(
    r"((?:오후|저녁|下午|晚上) ?\d{1,2} ?[시点时點時]?(?: ?(?:부터|에서|~|-|–|到|至) ?))(?=\d{1,2} ?[시点时點時])"
)
"""From an hour of the afternoon to another one, of which only the first is called so."""
# The hours of a clock in words, from one on, and where they stand for hours; in Chinese "一点" is also "a little".
_HOURS_IN_WORDS: Final[dict[Language, tuple[str, str]]] = {
    "en": ("one two three four five six seven eight nine ten eleven twelve", r"(?<!\w)({}) (?=o['’]?clock|[ap]\.?m\b)"),
    "de": (
        "ein|eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn "
        "siebzehn achtzehn neunzehn zwanzig",
        r"(?<!\w)({}) (?=uhr\b)",
    ),
    "fr": (
        "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
        "dix-neuf vingt",
        r"(?<=\bà )({}) (?=heures?\b)",
    ),
    "es": (
        "una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte",
        r"(?<=\ba las )({})(?!\w)",
    ),
    "ko": ("한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두", r"(?<![가-힣])({}) ?(?=시(?!간))"),
    "zh": (
        "一 二|两 三 四 五 六 七 八 九 十 十一 十二",
        r"(?<![一二三四五六七八九十第多少高低早晚同])({})(?=[点點时時])",
    ),
}


def with_hours_in_figures(text: str, language: Language) -> str:
    """Return a question with figures for hours in words: "um drei Uhr", "下午三点"."""
    words, pattern = _HOURS_IN_WORDS[language]
    numbers = {word: number for number, same in enumerate(words.split(), 1) for word in same.split("|")}
    said = pattern.format("|".join(sorted(numbers, key=len, reverse=True)))
    space = "" if language in ("ko", "zh", "es") else " "
    return re.sub(said, lambda found: f"{numbers[found[1].lower()]}{space}", text, flags=re.IGNORECASE)


_SINCE: Final[dict[Language, str]] = {
    "en": r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?) (?:after|into|later)",
    "de": r"(?:stunden?|minuten?|sekunden?|tagen?|tage|wochen?|monaten?|monate|jahren?|jahre) (?:nach|später|danach)",
    "fr": r"(?:heures?|minutes?|secondes?|jours?|semaines?|mois|ans?) (?:après|plus tard)",
    "es": r"(?:horas?|minutos?|segundos?|días?|semanas?|mes(?:es)?|años?) (?:después|más tarde|tras)",
}
"""What makes a numeral before it a place along an axis of time: "four hours after"."""


def with_hours_since(text: str, language: Language) -> str:
    """Return a question with figures in "four hours after"; others have their numerals in words read elsewhere."""
    if language not in _SINCE:
        return text
    numbers = enumerate(_HOURS_IN_WORDS[language][0].split(), 1)
    figures = {word: str(number) for number, same in numbers for word in same.split("|")}
    said = rf"(?<!\w)({'|'.join(figures)})(?= {_SINCE[language]}(?!\w))"
    return re.sub(said, lambda found: figures[found[1].lower()], text, flags=re.IGNORECASE)


_NOON: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": ((r"\b(?:at |by |around )?(?:noon|midday)\b", "at 12"), (r"\bat midnight\b", "at 0")),
    "de": ((r"\b(?:um zwölf uhr mittags|mittags|am mittag)\b", "um 12 Uhr"), (r"\bum mitternacht\b", "um 0 Uhr")),
    "fr": (
        (r"\b(?:à|vers) midi\b", "à 12 h"),
        (r"(?<!après[- ])\bmidi\b", "12"),
        (r"\bà minuit\b", "à 0 h"),
        (r"\bminuit\b", "0"),
    ),
    "es": (
        (r"\b(?:al|a|hacia el) mediodía\b", "a las 12"),
        (r"\b(?:el )?mediodía\b", "12"),
        (r"\ba (?:la )?medianoche\b", "a las 0"),
        (r"\b(?:la )?medianoche\b", "0"),
    ),
    "ko": (("(?:정오|낮) ?12시|정오", "12시"), ("자정(?: ?0시)?", "0시")),
    "zh": ((r"(?:中午|正午) ?12[点點时]|中午|正午", "12点"), (r"(?:午夜|半夜) ?(?:0|12)[点點时]|午夜|半夜", "0点")),
}


def with_hours(text: str, language: Language) -> str:
    """Return a question with the hours of the afternoon counted from midnight: "오후 9시" is 21."""
    text = _TO_THEN.sub(lambda found: found[1] + ("오후 " if language == "ko" else "下午"), text)
    text = _FORENOON.sub("", text)
    for words, number in _NOON[language]:
        text = re.sub(words, number, text, flags=re.IGNORECASE)

    def hour(match: re.Match[str]) -> str:
        number = int(match[1])
        return str(number + 12 if number < 12 else number)

    return re.sub(without_accents(_AFTERNOON[language]), hour, text, flags=re.IGNORECASE)
