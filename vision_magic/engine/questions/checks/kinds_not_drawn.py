"""Kinds of things that a question asks for and a chart does not have: "which airline" of one of hours.

The highest value of a chart of hours is at an hour, whatever the question calls it, and that of models is a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.checks.persons_not_drawn import is_of_time
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import are_names_of_times, in_any_language, words_for_the_same
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.closed_classes import is_of_closed_class

__all__ = ["as_kind_not_drawn"]

_WHICH: Final[dict[Language, str]] = {
    "en": r"\bwhich (?:(?:single|particular|other|two|three|four|of the) )?(?P<noun>[a-z]{3,})"
    r"(?: (?P<head>compan(?:y|ies)|schools?|teams?|clubs?))?|"
    r"\bwhat (?P<what>[a-z]{3,}) (?:is|was|has|had|are|were|have|did|does|do|gave|got)\b",
    "de": r"\b[Ww]elche[rsnm]? (?:(?:zwei|drei|vier|andere[rsnm]?|"
    r"einzelne[rsnm]?) )?(?P<noun>[A-ZÄÖÜ][A-Za-zäöüß]{2,})",
    "fr": r"\bquel(?:le)?s? (?:deux |trois )?(?P<noun>[^\W\d_]{3,})",
    "es": r"\bqué (?:dos |tres )?(?P<noun>[^\W\d_]{3,})",
    "ko": r"(?:어느|어떤|무슨) (?P<noun>[가-힣]{2,6}?)(?:에서|[이가은는의을를])(?= |$)",
    "zh": r"哪一?[个家位名座支款所](?P<noun>[一-龥]{1,4}?)(?=的|最|在|有|是|[一-龥]得)",
}
"""Nouns of which a question asks which one it is."""
_ANY: Final[dict[Language, str]] = {
    "en": r"values?|points?|readings?|measure\w*|ones?|bars?|columns?|peaks?|results?|numbers?|figures?|records?|"
    r"entr\w+|"
    r"moments?|days?|weekdays?|weekends?|nights?|mornings?|afternoons?|evenings?|dates?|hours?|times?|weeks?|months?|"
    r"quarters?|years?|decades?|centur\w+|seasons?|terms?|periods?|phases?|stages?|stretch\w*|intervals?|parts?|half|"
    r"halves|end|editions?|vintages?|issues?|elections?|tournaments?|festivals?|cohorts?|generations?|harvests?|crops?|"
    r"laps?|trips?|runs?|sessions?|visits?|attempts?|tests?|trials?|steps?|waves?|minutes?|spring|summers?|autumn|winters?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|\w+day|"
    r"way|direction|kind|type|sort|things?|categor\w+|groups?|class\w*|options?|items?|marks?|\w+est|most|least|happen\w*",
    "de": r"\w*werte?|punkte?|\w*messung\w*|\w*tage?s?|\w*nacht|morgen|abend|datum|\w*stunden?|\w*zeit\w*|uhr\w*|"
    r"wochen?\w*|"
    r"\w*monate?s?|quartale?s?|\w*jahre?s?|\w*jahrzehnt\w*|jahrgang|jahrgänge|saison\w*|\w*abschnitt\w*|phasen?|teile?|hälfte|"
    r"ausgaben?|wahl\w*|turniere?|ernte\w*|runden?|fahrt\w*|\w*versuch\w*|tests?|schritte?|wellen?|minuten?|sommer|winter|"
    r"frühling|herbst|art|richtung|sorte|dinge?|kategorien?|gruppen?|klassen?|balken|stellen?|zeilen?|spalten?|"
    r"\w*termine?n?|zeiträume?n?|zeitpunkte?|momente?|einträge?|zahl\w*|\w*semester|spieltage?",
    "fr": r"valeurs?|points?|mesures?|relevés?|jours?|journées?|nuits?|matins?|soirs?|soirées?|dates?|heures?|"
    r"moments?|semaines?|"
    r"mois|trimestres?|semestres?|années?|ans?|décennies?|saisons?|périodes?|phases?|étapes?|intervalles?|partie|moitié|"
    r"éditions?|millésimes?|élections?|tournois?|récoltes?|tours?|sorties?|séances?|essais?|tests?|vagues?|minutes?|temps|"
    r"été|hiver|printemps|automne|type|genre|sorte|sens|choses?|catégories?|groupes?|barres?|tranches?|créneaux?|endroit|"
    r"est|sont|était|étaient|fut|a|ont|que",
    "es": r"valor(?:es)?|puntos?|medici\w+|medidas?|d[ií]as?|noches?|mañanas?|tardes?|fechas?|horas?|momentos?|"
    r"semanas?|mes(?:es)?|"
    r"trimestres?|semestres?|años?|décadas?|temporadas?|estaci\w+|periodos?|períodos?|fases?|etapas?|intervalos?|tramos?|"
    r"partes?|mitad|edici\w+|añadas?|elecci\w+|torneos?|cosechas?|vueltas?|salidas?|sesi\w+|intentos?|pruebas?|olas?|"
    r"minutos?|verano|invierno|primavera|otoño|tipo|clase|sentido|cosas?|categorías?|grupos?|barras?|franjas?|instantes?|"
    r"tiempo|es|fue|era|son|eran|fueron|hay|tiene\w*|tuvo|pas[aóo]\w*|ocurr\w+|está\w*|ha|han",
    "ko": r"날|날짜|요일|주|주말|달|월|해|년도|연도|분기|계절|시간|시간대|시각|시점|시기|때|순간|기간|구간|값|점|측정|"
    r"지점|단계|"
    r"회차|차수|항목|것|쪽|곳|부분|막대|방향|종류|주차|학기|시즌|대회|선거",
    "zh": r"天|日|月份?|年份?|周|星期|季度?|季节|小时|时间|时候|时段|时刻|时期|阶段|期|次|点|值|数据|区间|部分|项|类|"
    r"种|方向|学期|"
    r"赛季|晚上?|早上?|上午|下午|柱子?|组",
}
"""Times, what is named by times, such as vintages, and words for anything."""
_KINDS: Final[dict[str, str]] = {
    "places": r"countr\w+|cit(?:y|ies)|towns?|villages?|regions?|continents?|land|länder\w*|st[aä]dte?\w*|dorf|dörfer|"
    r"pays|"
    r"villes?|villages?|régions?|pa[ií]s(?:es)?|ciudad(?:es)?|pueblos?|regi[oó]n(?:es)?|나라|국가|도시|마을|지역|"
    r"国家|城市|地区|村",
    "airlines": r"airlines?|(?:flug|luft\w*)gesellschaft\w*|fluglinien?|compagnies? aériennes?|aerol[ií]neas?|항공사|"
    r"航空公司",
    "makers": r"compan(?:y|ies)|manufacturers?|suppliers?|banks?|firma|firmen|unternehmen|hersteller\w*|lieferanten?|"
    r"entreprises?|fabricants?|fournisseurs?|empresas?|fabricantes?|proveedor(?:es)?|bancos?|회사|기업|제조사|은행|"
    r"公司|企业|厂家|银行",
    "schools": r"schools?|universit\w+|schulen?|hochschulen?|écoles?|lycées?|escuelas?|colegios?|학교|대학교?|学校|"
    r"大学",
    "languages": r"languages?|sprachen?|langues?|idiomas?|lenguas?|언어|语言",
    "data": r"data ?sets?|corpora|corpus|datens[aä]tze?\w*|jeux? de données|conjuntos? de datos|데이터셋|数据集",
    "methods": r"models?|algorithms?|classifiers?|networks?|modelle?|algorithm(?:us|en)|modèles?|algorithmes?|modelos?|"
    r"algoritmos?|모델|알고리즘|模型|算法",
    "optimisers": r"optimi[sz]ers?|solvers?|optimierer|optimiseurs?|optimizador(?:es)?|옵티마이저|优化器",
    "animals": r"animals?|pets?|birds?|dogs?|cats?|tiere?|haustiere?|vögel|vogel|hunde?|katzen?|animaux|animal|"
    r"oiseaux?|"
    r"chiens?|chats?|animales|mascotas?|aves?|perros?|gatos?|동물|새|강아지|고양이|动物|宠物|鸟|狗|猫",
    "plants": r"plants?|trees?|flowers?|pflanzen?|b[aä]ume?|blumen?|plantes?|arbres?|fleurs?|plantas?|[aá]rboles|"
    r"[aá]rbol|"
    r"flores|식물|나무|꽃|植物|树|花",
    "works": r"books?|films?|movies?|songs?|albums?|bücher|buch|filme?|lieder|lied|livres?|chansons?|libros?|"
    r"películas?|"
    r"canci[oó]n(?:es)?|책|영화|노래|书|电影|歌曲?",
    "vehicles": r"cars?|vehicles?|trains?|bus(?:es)?|autos?|fahrzeuge?|züge?|zug|voitures?|véhicules?|coches?|"
    r"vehículos?|"
    r"tren(?:es)?|자동차|차량|기차|버스|汽车|车辆|火车|公交",
    "sports": r"sports?|teams?|clubs?|sportarten?|mannschaft(?:en)?|vereine?|équipes?|deportes?|equipos?|팀|구단|球队|"
    r"俱乐部",
    "illnesses": r"diseases?|illness(?:es)?|krankheit(?:en)?|maladies?|enfermedad(?:es)?|질병|질환|疾病",
    "subjects": r"subjects?|schulf[aä]ch\w*|matières?|asignaturas?|과목|科目",
    "houses": r"hotels?|restaurants?|museums?|shops?|stores?|geschäfte?|läden|musées?|magasins?|restaurantes?|tiendas?|"
    r"hoteles|museos?|swimming pools?|schwimmbäder|schwimmbad|piscines?|piscinas?|호텔|식당|가게|매장|박물관|수영장|"
    r"酒店|餐厅|商店|门店|博物馆|泳池",
}
"""Kinds of which none is another, in all languages."""
_RANKED: Final = frozenset(("maximum", "minimum"))


def as_kind_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for one of a kind that a chart does not have as one that names the kind, and is not answered.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if len(panels) != 1 or not query.operations or not set(query.operations) <= _RANKED:
        return query
    word = next(_asked(query, text, panels[0]), "")
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _asked(query: Query, text: str, panel: ChartPanel) -> Iterator[str]:
    """Yield the nouns for such kinds in a question."""
    written = text if query.language == "de" else text.lower()
    drawn = [one for one in drawn_series([panel]) if not query.series or one.name in query.series]
    if not drawn:
        return
    alone = len(drawn_series([panel])) == 1 and drawn[0].kind not in ("points", "histogram")
    named = replace(panel, title="") if alone else panel  # what a title speaks of is not what is told apart
    own = folded(own_words([named], []))
    along = panel.y if drawn[0].kind in FLAT else panel.x
    timed = len(drawn) == 1 and _has_times(drawn[0], label_without_unit(along))
    kind = _kind_of(label_without_unit(along).lower())
    plain = len(drawn) > 1 and _has_times(drawn[0], label_without_unit(along)) and all(map(_is_plain, drawn))
    told = alone and not drawn[0].names
    any_word = re.match if query.language == "zh" else re.fullmatch  # no space ends "月" of "哪个月出勤最差"
    for match in re.finditer(_WHICH[query.language], written):
        found = match.groupdict()
        noun = found.get("head") or found["noun"] or found.get("what") or ""  # "shipping company"
        word = noun.lower()
        if not word or is_of_closed_class(word, query.language) or any_word(_ANY[query.language], word):
            continue
        if _is_of_chart(word, own) or _is_measured(word, panel, query.language):
            continue
        other = _kind_of(word)
        if timed or (told and kind and other and kind != other) or (other in _PROPER and plain):
            yield noun


_PROPER: Final = frozenset(("airlines", "makers", "schools", "houses"))
"""Kinds of what has a name of its own, which is no word of everyday life."""


def _is_plain(one: Series) -> bool:
    """Return whether the name of a series is a word of everyday life."""
    return bool(in_any_language(one.name.lower()))


def _has_times(one: Series, label: str) -> bool:
    """Return whether the places of a series are times, such as months, hours or years."""
    names = [str(place) for place in one.x if isinstance(place, str)]
    if names:
        return are_names_of_times(names)
    return one.kind not in ("histogram", "points") and is_of_time(label)


def _kind_of(word: str) -> str:
    """Return the kind of which a noun is; empty if it is of none, or of several."""
    kinds = [kind for kind, words in _KINDS.items() if re.fullmatch(words, word)]
    return kinds[0] if len(kinds) == 1 else ""


def _is_of_chart(word: str, own: str) -> bool:
    """Return whether a noun, or another one that means the same, is among the words of a chart."""
    words = (word, *in_any_language(word), *words_for_the_same(word))
    return any(folded(one.lower())[: max(4, len(one) - 2)] in own for one in words if len(one) > 1 or not one.isascii())


def _is_measured(word: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether a noun is what one of the axes measures."""
    axes = (panel.x, *(panel.axis_of(one) for one in panel.series))
    patterns = (words_for(axis, language) for axis in axes)
    return any(words is not None and words.search(word) for words in patterns)
