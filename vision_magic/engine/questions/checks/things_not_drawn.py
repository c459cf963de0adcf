"""Persons, marks, doses and origins that questions ask for and charts do not have: "how long did my husband help?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.query import Query

__all__ = ["as_not_drawn"]

_PERSONS: Final[dict[Language, str]] = {
    "en": r"\bthe (?P<neighbour>neighbou?rs?)\b|\b(?:my|our|his|her) (?P<word>husband|wife|son|daughter|sister|"
    r"brother|mother|father|mum|mom|dad|boss|"
    r"colleague|"
    r"partner|friend|neighbou?r|kids?|children|parents)s?\b",
    "de": r"\bde(?:r|n|m) (?P<neighbour>nachbar\w*)\b|\b(?:mein|unser|sein|ihr)\w{0,2} (?P<word>mann|frau|sohn|"
    r"tochter|schwester|bruder|mutter|vater|mama|papa|"
    r"chef\w*|"
    r"kolleg\w+|partner\w*|freund\w*|nachbar\w*|kinder|eltern)\b",
    "fr": r"\b(?:le|la|les) (?P<neighbour>voisine?s?)\b|\b(?:mon|ma|mes|notre|nos|son|sa) (?P<word>mari|femme|fils|"
    r"fille|sœur|frère|mère|père|patron\w*|"
    r"collègues?|amie?s?|"
    r"voisine?s?|enfants?|parents)\b",
    "es": r"\b(?:el|la|los|las) (?P<neighbour>vecin[oa]s?)\b|\b(?:mi|mis|nuestr[oa]s?|su) (?P<word>marido|esposa|"
    r"mujer|hij[oa]s?|herman[oa]s?|madre|padres?|jef[ea]|"
    r"colegas?|"
    r"amig[oa]s?|vecin[oa]s?)\b",
    "ko": r"(?P<word>남편|아내|와이프|아들|딸|언니|누나|오빠|동생|엄마|아빠|사장님|동료|친구|이웃)",
    "zh": r"我(?:的)?(?P<word>丈夫|老公|妻子|老婆|儿子|女儿|姐姐|妹妹|哥哥|弟弟|妈妈|爸爸|老板|同事|朋友|邻居)",
}
_MARKS: Final[dict[Language, str]] = {
    "en": r"\b(?:what|which) (?P<word>marks?|grades?)\b(?! (?:is|are|was|at|on)\b)",
    "de": r"\bwelche (?P<word>(?:schul)?noten?)\b",
    "fr": r"\bquelle (?P<word>note)\b",
    "es": r"\bqué (?P<word>notas?|calificación)\b",
    "ko": r"(?P<word>성적|학점)[이을은]? ?(?:얼마|몇|뭐|어떻)",
    "zh": r"(?P<word>成绩)(?:是|有|怎)",
}
_DOSES: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<word>units|doses|tablets|pills|drops|injections) of (?![\ue000-\uf8ff])",
    "de": r"\bwie ?viele (?P<word>einheiten|dosen|tabletten|tropfen|spritzen) (?![\ue000-\uf8ff])",
    "fr": r"\bcombien d(?:e |['’])(?P<word>unités|doses|comprimés|gouttes|piqûres) d(?:e |es |u |['’])",
    "es": r"\bcu[aá]nt[oa]s (?P<word>unidades|dosis|pastillas|gotas|inyecciones) de ",
    "ko": r"(?P<word>인슐린|알약|주사)[을를은이]? ?몇 ?(?:단위|알|번|방)",
    "zh": r"(?:多少|几)个?(?P<word>单位|片|针|剂)的?\S",
}
_NEW: Final[dict[Language, str]] = {
    "en": r"\bor an? (?P<word>new|different|another)\b(?: one| \w+)",
    "de": r"\boder ein\w{0,2} (?P<word>neu|ander)\w{1,2}\b",
    "fr": r"\bou une? (?P<word>nouve(?:au|lle)|neu(?:f|ve)|autre)\b",
    "es": r"\bo un[oa]? (?P<word>nuev[oa]|distint[oa])\b",
    "ko": r"(?:아니면|이?나) (?P<word>새) ?(?:것|거|걸|제품)",
    "zh": r"还是(?P<word>新)的",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<word>reason|cause|purpose|topic|motive|disease|illness|product|brand|department)s? ",
    "de": r"\bwelche[rsnm]? (?P<word>(?!\w*(?:klasse|bereich|gruppe|spanne|intervall|bin|balken|stufe|abschnitt|band|"
    r"wert|"
    r"anteil|anzahl|größe|länge|dauer|zeit|höhe|alter|gewicht|zahl|menge|form|art|einheit|achse|seite|fall|fälle)"
    r"\w{0,3} )[a-zäöüß]{4,}) ",
    "fr": r"\b(?:pour|de|par|à|avec|quel|dans)? ?quel(?:le)? (?P<word>motif|raison|cause|sujet|thème|maladie|produit|"
    r"marque|"
    r"service|page|métier) ",
    "es": r"\b(?:por |para |de )?qué (?P<word>motivo|razón|causa|tema|asunto|enfermedad|producto|marca|"
    r"departamento) ",
    "ko": r"(?:어떤|무슨) ?"
    r"(?!구간|나이|연령|시간|범위|값|대\b|계급|정도|수준|그래프|차트|그림|막대)"
    r"(?P<word>[가-힣]{1,6}?)(?:으?로|[이가은는을를])? |"
    r" (?!구간|나이|연령|시간|범위|값|계급|정도|수준|시기|최[댓솟]값|평균|중앙값|단위|제목|축)"
    r"(?P<what>[가-힣]{1,6})[은는이가] ?(?:뭐|뭔|무엇)",
    "zh": r"哪(?:种|只|位|家)(?P<word>[一-龥]{1,3}?)(?:的|最|等|有)",
}
"""Things that a histogram does not tell apart, since it counts all of them."""
_IN_BINS: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?:[a-z]+ )?(?P<word>(?!(?:\w+ )?(?:ranges?|bins?|intervals?|bars?|groups?|class(?:es)?|"
    r"brackets?|bands?|categor\w+|buckets?|values?|numbers?|shares?|percentage|proportion|fraction|sides?|ends?|parts?|"
    r"portions?|shape|kind|type|units?|axis|colou?r|title|stretch|slots?|one)\b)"
    r"(?!is|are|was|were|does|do|did|has|have|way|of|about|per|the|an?\b)[a-z]{3,}) "
    r"(?:(?:of|in|from|on) (?:the |this |that |our )?[a-z]+ )?(?:do|does|did|is|are|was|were|has|have|had|gets?|got|"
    r"sells?|sold|[a-z]{3,}ed(?= (?:the )?(?:most|least|fewest|longest|shortest)))\b",
    "de": "(?!)",
    "fr": r"\bquel(?:le)?s? (?P<word>(?!tranche|class|intervalle|plage|barre|groupe|catégorie|valeur|nombre|part\b|"
    r"pourcentage|proportion|côté|fourchette|durée|temps|âge|taille|poids|unité|type|couleur|titre|forme|"
    r"est\b|sont\b|étai)[^\W\d_]{3,})",
    "es": r"\bqué (?P<word>(?!intervalo|rango|clase|barra|grupo|categoría|franja|tramo|valor|número|parte|porcentaje|"
    r"proporción|lado|cantidad|duración|tiempo|edad|altura|peso|unidad|tipo|color|título|forma|es\b|fue\b|son\b|"
    r"era\b)"
    r"[^\W\d_]{3,}) ",
    "ko": "(?!)",
    "zh": r"哪一?(?:种|只|位|家|款|部|本|首|台|门|支|个|类)(?P<word>(?![一-龥]{0,3}(?:区间|段|范围|组|档|柱|条|值|"
    r"数)|时长|年龄|最)[一-龥]{1,4}?)"
    r"(?:的|最|等|有|卖|玩|$|[??!])",
}
"""Things that a histogram counts without telling them apart, also where its labels speak of them: "which game"."""
_OF_BINS: Final = re.compile(r"(?:구간|범위|계급|대|층|급|군|그룹|段|区间|范围|组|档|间)$")
"""Ends of Korean and Chinese words for bins: "점수대", "分数段"."""
_ORIGINS: Final[dict[Language, str]] = {
    "en": r"\b(?P<word>where) (?:do|does|did|are|is|was|were)\b.{1,60}\b(?:from|originate)\b(?! (?:the|an?) )",
    "de": r"\b(?P<word>woher)\b",
    "fr": r"\b(?P<word>d['’]où)\b",
    "es": r"\b(?P<word>de dónde)\b",
    "ko": r"(?P<word>어디(?:에서|서)?) ?(?:왔|오|온 |출신)",
    "zh": r"(?P<word>从哪里?儿?来|来自哪)",
}
"""Questions for where a thing that is named comes from."""
_COUNTRIES: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<word>country|countries|nationality|continent)\b",
    "de": r"\b(?:aus welche[mn]|welches) (?P<word>land|ländern|staat)\b|\bwelche (?P<noun>nationalität|"
    r"staatsangehörigkeit)\b",
    "fr": r"\b(?:de )?quel(?:le)?s? (?P<word>pays|nationalité|continent)s?\b",
    "es": r"\b(?:de )?(?:qué|cuál) (?P<word>país|países|nacionalidad|continente)\b",
    "ko": r"(?:어느|어떤|무슨) ?(?P<word>나라|국가|국적|대륙)|(?P<noun>나라|국가|국적)[는은이가] ?(?:어디|뭐|무엇)",
    "zh": r"哪一?个?(?P<word>国家|国籍|国的?人|大洲)",
}
_COMING: Final = re.compile(
    r"\b(?:come|comes|came|coming|originates?|immigrat\w*)\b|\b(?:komm\w+|kam(?:en)?|stamm\w+)\b|\bv(?:ien|en)\w+\b|"
    r"provien\w+|provenai\w+|\bvien\w+\b|\bvin(?:o|ieron)\b|[왔온오]|사람|출신|来|的人|客"
)
"""Words for where somebody comes from, beside a country."""
_OF_ORIGINS: Final = (
    r"countr|nation|origin|contin|land\b|länder|staat|herkunft|pays|provenance|país|paises|procedencia|orig[ei]n|"
    r"나라|국가|국적|대륙|출신|国|洲|来源"
)
_KNOWN_COUNTRIES: Final = ("germany", "france", "spain", "italy", "switzerland", "china", "japan", "usa", "uk", "india")
"""Countries of which at least one is among those that are drawn, in whatever language."""


_OTHER_THINGS: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<word>disease|illness|book|page|machine|reason|cause|motive|exhibition|painting|song|"
    r"dish|vaccine|medicine|variety|breed|brand)s? (?:is|was|are|were|has|had|did|do|does|came|got)\b",
    "de": r"\bwelche[rsnm]? (?P<word>krankheit|buch|seite|maschine|grund|ursache|ausstellung|gemälde|lied|impfstoff|"
    r"medikament|sorte|rasse|marke|abteilung) (?:ist|war|hat|hatte|wurde|wird|kam)\b",
    "fr": r"\bquel(?:le)? (?P<word>maladie|livre|page|machine|raison|cause|motif|exposition|tableau|chanson|plat|"
    r"vaccin|"
    r"médicament|variété|race|marque|ville) (?:est|était|a|avait|tombe|vient|revient|dépense)\b",
    "es": r"\bqué (?P<word>enfermedad|libro|página|máquina|razón|causa|motivo|exposición|cuadro|canción|plato|vacuna|"
    r"medicamento|variedad|raza|marca) (?:es|fue|era|tiene|tuvo|ha|había)\b|"
    r"\bcuál (?:es|fue|era) (?:la|el) (?P<noun>enfermedad|libro|página|máquina|causa|motivo|exposición|"
    r"variedad) más\b",
}
"""Things of which one is asked for, where names of another kind are drawn."""
_KINDS: Final[dict[Language, str]] = {
    "en": r"^\W*(?:what|which) (?P<word>species|breed|brand|model|gender|sex)s? "
    r"(?:is|are|was|were|has|have|had)\b",
    "de": r"^\W*(?:welche[rsnm]?|was für eine?) "
    r"(?P<word>\w*(?:rasse|marke|modell|geschlecht|baumart|tierart)) (?:ist|sind|war|hat|haben)\b",
    "fr": r"^\W*(?:de )?quel(?:le)?s? (?P<word>espèce|race|marque|modèle|sexe)s? (?:est|sont|était|a|ont)\b",
    "es": r"^\W*(?:de )?qué (?P<word>especie|raza|marca|modelo|sexo)s? (?:es|son|era|tiene|tienen)\b",
    "ko": r"(?P<word>품종|견종|브랜드|기종|성별)(?:이|은|가)? ?(?:뭐|무엇|어떤|어떻)",
    "zh": r"什么(?P<word>品种|牌子|型号|性别)",
}
"""Kinds of things that points have no names for."""
_OF_THINGS: Final = (
    r" (?:is|are|was|were|do|does|did)\b(?! (?:the |an? |each |every |these |those )?(?:\w+ )?(?:bin|bar|box|class|"
    r"interval|"
    r"range|bucket|bracket|column|band|slice|wedge|gap|spread|distribution|iqr|interquartile|whisker|margin|error|"
    r"step))"
)
_ROWS: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<word>rows)\b",
    "de": r"\bwie ?viele (?P<word>zeilen)\b",
    "fr": r"\bcombien de (?P<word>lignes) (?:compt|contien|contenai|comport)",
    "es": r"\bcu[aá]ntas (?P<word>filas)\b",
    "ko": r"(?P<word>행)[은이가]? ?(?:몇 ?개|모두)",
    "zh": r"(?:多少|几)(?P<word>行)",
}
"""Rows, which only a table of cells has."""
_AGES: Final[dict[Language, str]] = {
    "en": r"\b(?P<word>how old)\b",
    "de": r"\b(?P<word>wie alt)\b",
    "fr": r"\b(?P<word>quel(?:s)? âges?)\b",
    "es": r"\b(?P<word>qué edad|cuántos años (?:tiene|cumple)n?)\b",
    "ko": r"(?P<word>몇 ?살|나이)",
    "zh": r"(?P<word>几岁|多大年[纪龄]|年龄)",
}
_OF_AGES: Final = (
    r"\bages?\b|\bold\b|alter|\bâge|edad|antigüedad|나이|연령|세\b|年龄|岁|"
    r"year|jahr|\bans?\b|année|años?\b|년|年"
)
_WIDTHS: Final[dict[Language, str]] = {
    "en": rf"\b(?P<word>how (?:wide|broad|thick)){_OF_THINGS}",
    "de": r"\b(?P<word>wie (?:breit|dick)) (?:ist|sind|war|waren|wird|werden)\b(?! \w+ (?:\w*(?:klasse|balken|box|"
    r"kasten|"
    r"kästen|bin|intervall|säule|streuung|spann|abstand|antenne)|abstände))",
    "fr": r"\bquelle (?:est|était|fut) (?P<word>la (?:largeur|épaisseur))\b(?! (?:de |des |d['’]une )(?:chaque |la |"
    r"l['’])?"
    r"(?:class|barr|boît|interval|tranch|colonn|étendu|écart))",
    "es": r"\b(?P<word>(?:qué|cómo de|cu[aá]n) (?:tan )?(?:anch|gruesa?|grues)[oa]?s?) (?:es|son|era|eran|fue|fueron)\b"
    r"(?! (?:cada |las? |los |el )?(?:intervalo|clase|barra|caja|tramo|rango|columna))",
    "ko": r"(?P<word>너비|두께)[은는이가] ?(?:얼마|몇)",
    "zh": r"(?P<word>多(?:宽|厚))",
}
_OF_WIDTHS: Final = (
    r"wid|broad|thick|breit|dick|larg|épais|anch|grosor|grues|너비|폭|두께|宽|厚|diamet|durchmess|diámet|diamèt|지름|"
    r"直径|"
    r"size|größe|taille|tamaño|크기|尺寸"
)
"""Of things; how wide bins and boxes are is asked otherwise."""
_ROWS_DRAWN: Final = re.compile(r"\brows?\b|zeile|\blignes?\b|\bfilas?\b|행|行")
_SCORES: Final = r"score|\bmarks?\b|grade|points?\b|\bnote|punkt|puntos|점수|성적|학점|成绩|分数|得分"


_WORTH: Final[dict[Language, str]] = {
    "en": r"\b(?:most|least) (expensive|costly|pricey)\b|\b(cheapest|priciest)\b",
    "de": r"\b(teuerste[rsnm]?|billigste[rsnm]?|preiswerteste[rsnm]?)\b",
    "fr": r"\b(?:plus|moins) (chers?|chères?|coûteu(?:x|se)s?)(?!\w)",
    "es": r"\b(?:más|menos) (car[oa]s?|barat[oa]s?|costos[oa]s?)\b",
    "ko": r"(?:가장|제일) ?(비싼|비싸|싼|저렴)",
    "zh": r"最(贵|便宜)",
}
_OF_MONEY: Final = (
    r"[$€£¥₩元]|원\b|\b(?:eur|usd|gbp|chf)\b|euro|dollar|pound|cents?\b|price|preis|prix|precio|cost|kost|coût|\brents?\b|"
    r"miete|loyer|alquiler|\bfees?\b|\bfares?\b|gebühr|tarif|budget|salar|lohn|gehalt|wage|salaire|revenue|umsatz|spen[dt]|"
    r"ausgab|dépens|gasto|rechnung|\bbills?\b|가격|비용|요금|임대|월세|지출|매출|价|费|租|薪|支出"
)
_OLDEST: Final[dict[Language, str]] = {
    "en": r"\b(oldest|youngest)\b",
    "de": r"\b(älteste[rsnm]?|jüngste[rsnm]?)\b",
    "fr": r"\bplus (âgée?s?|vieux|vieilles?|jeunes?)(?!\w)",
    "es": r"\bmás (viej[oa]s?|j[óo]ven(?:es)?)\b",
    "ko": r"(?:가장|제일) ?(늙은|늙었|젊은|어린|나이)",
    "zh": r"最(年轻|年长|老)(?!师)",
}
_OF_YEARS: Final = (
    r"\bage|alter|âge|edad|나이|연령|년|살\b|세\b|年|岁|year|jahr|\bans?\b|année|\baños?|date|datum|fecha|birth|born|built|found|"
    r"gebaut|gegründet|(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
)
"""Words and numbers of charts that may tell what is dear, or old."""


def as_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a person, a mark, a dose or a new thing that is not drawn as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not panels or (query.operations == ("unheard",) and query.firm):
        return query
    own = own_words(panels, [])
    words = (word for word in _asked(query, text.lower(), own, panels) if not _is_of_chart(word, own))
    word = next(words, "") or next(_counted_in_bins(query, text.lower(), panels), "") or _origin(query, text, panels)
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _is_of_chart(word: str, own: str) -> bool:
    """Return whether a word, or another one that means the same, is one of a chart."""
    return any(one[: max(4, len(one) - 2)].lower() in own for one in (word, *in_any_language(word)) if len(one) > 1)


def _counted_in_bins(query: Query, text: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the word for things that a histogram counts, of which a question asks which one it is.

    The label of the bins may have the word, "game" of "game time", beside the quantity that they measure.
    """
    if not panels or not all(one.kind == "histogram" for one in drawn_series(panels)):
        return
    axes = [panel.x for panel in panels]
    labels = " ".join(f"{axis.label} {axis.unit}" for axis in axes).lower()
    units = " ".join(axis.unit for axis in axes).lower()
    quantities = [words for axis in axes if (words := words_for(axis, query.language)) is not None]
    for table in (_WHICH, _IN_BINS):
        match = re.search(table[query.language], text)
        word = next((one for one in match.groups() if one), "") if match is not None else ""
        if _OF_BINS.search(word):
            continue
        measured = any(words.search(word) for words in quantities) or (bool(word) and word in units)
        measured = measured or (not quantities and _is_of_chart(word, labels))
        if word and not measured:
            yield word


def _origin(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return the words of a question for where something comes from, if no name of its charts may be an origin."""
    own, lowered = own_words(panels, []), text.lower()
    if re.search(_OF_ORIGINS, own):
        return ""
    named = set(query.operations) <= {"value"} and len(query.places) == 1
    where = re.search(_ORIGINS[query.language], lowered) if named else None
    if where is not None:
        return where["word"]
    country = re.search(_COUNTRIES[query.language], lowered) if _COMING.search(lowered) else None
    if country is None:
        return ""
    known = any(one in own for name in _KNOWN_COUNTRIES for one in in_any_language(name) if len(one) > 2)
    return "" if known else next(word for word in country.groups() if word)


def _says_what_is_named(panel: ChartPanel) -> bool:
    """Return whether a label or a title says of what kind all names of a panel are: "Clinic", "Month"."""
    drawn = drawn_series([panel])
    series = len([one for one in drawn if one.name]) > 1 and all(one.kind != "heat map" for one in drawn)
    labels = [panel.legend_title] if series else []
    labels += [panel.y.label if any(one.kind in FLAT for one in drawn) else panel.x.label]
    return bool(drawn) and all(labels) and not any(one.names or one.kind == "points" for one in drawn)


_MARKS_IN_EAST: Final = "막대|구간|계급|기둥|상자|박스|区间|柱|条|箱|分组"


def _labels_of(panels: Sequence[ChartPanel]) -> str:
    return " ".join(f"{panel.x.label} {panel.y.label}" for panel in panels).lower()


def _asked(query: Query, text: str, own: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for such things in a question."""
    drawn = drawn_series(panels)
    if query.language == "en":
        names = "|".join(re.escape(str(name).lower()) for one in drawn for name in (one.name, *one.x[:60]) if name)
        yield from (
            match[0] for match in re.finditer(rf"\b(?:e|audio|non|mini|micro|half)-(?:{names or '(?!)'})\b", text)
        )
    sums = all(one.kind in ("histogram", "box plot") for one in drawn) and not re.search(_MARKS_IN_EAST, text)
    tables = (
        (_PERSONS, text, True),
        (_DOSES, query.text, True),
        (_NEW, text, True),
        (_WORTH, text, re.search(_OF_MONEY, own) is None),
        (_OLDEST, text, re.search(_OF_YEARS, own) is None),
        (_MARKS, text, re.search(_SCORES, own) is None),
        (_AGES, text, re.search(_OF_AGES, own) is None),
        (_WIDTHS, text, sums and re.search(_OF_WIDTHS, _labels_of(panels)) is None),
        (_ROWS, text, _ROWS_DRAWN.search(own) is None and all(one.kind != "heat map" for one in drawn)),
        (_OTHER_THINGS, text, all(map(_says_what_is_named, panels))),
        (_WHICH, text, all(one.kind == "histogram" for one in drawn)),
        (_KINDS, text, len(drawn) == 1 and drawn[0].kind == "points" and not drawn[0].names),
    )
    for table, where in ((table, where) for table, where, possible in tables if possible):
        match = re.search(table.get(query.language, "(?!)"), where)
        if match is not None:
            yield next(word for word in match.groups() if word)
