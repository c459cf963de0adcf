"""Persons that a question asks for and a chart does not name: "which student measured most", "Dr Weber", "who".

A chart of days, of bins or of branches has no persons, however its values are those of visitors or of runners.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import FLAT, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import are_names_of_times, in_any_language, kind_of_names
from vision_magic.engine.questions.numbers import label_without_unit, period_of
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.accents import folded
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_person_not_drawn", "is_called", "is_drawn_person", "is_of_time", "words_for_persons"]

_PERSON: Final[dict[Language, str]] = {
    "en": r"person|child|boy|girl|m[ae]n|wom[ae]n|student|pupil|teacher|player|scorer|athlete|coach|runner|swimmer|"
    r"rider|driver|doctor|nurse|patient|customer|client|visitor|guest|tourist|barista|waiter|cook|chef|cashier|"
    r"sales ?(?:person|man|woman)|seller|agent|employee|worker|librarian|neighbou?r|resident|tenant|reader|reviewer|"
    r"author|user|member|farmer|gardener|vet|researcher|engineer|developer|colleague|friend|manager|technician|operator|participant|curator|"
    r"pilot|singer|artist|candidate|officer|"
    r"gardener|instructor|volunteer|owner",
    "de": r"person|kind|junge|mädchen|mann|frau|schüler(?:in)?|student(?:in)?|lehrer(?:in)?|spieler(?:in)?|"
    r"torschütze|"
    r"sportler(?:in)?|trainer(?:in)?|läufer(?:in)?|schwimmer(?:in)?|fahrer(?:in)?|arzt|ärztin|pfleger(?:in)?|"
    r"patient(?:in)?|kund(?:e|in)|besucher(?:in)?|gast|tourist(?:in)?|kellner(?:in)?|koch|köchin|kassierer(?:in)?|"
    r"verkäufer(?:in)?|vertreter(?:in)?|mitarbeiter(?:in)?|angestellter?|arbeiter(?:in)?|bibliothekar(?:in)?|"
    r"nachbar(?:in)?|bewohner(?:in)?|mieter(?:in)?|leser(?:in)?|autor(?:in)?|nutzer(?:in)?|mitglied|bauer|bäuerin|"
    r"ingenieur(?:in)?|entwickler(?:in)?|kolleg(?:e|in)|freund(?:in)?|techniker(?:in)?|gärtner(?:in)?|tier(?:arzt|ärztin)|forscher(?:in)?|teilnehmer(?:in)?",
    "fr": r"personne|enfant|garçon|fille|homme|femme|élève|étudiante?|professeure?|enseignante?|joueu(?:r|se)|buteur|"
    r"athlète|entraîneu(?:r|se)|coureu(?:r|se)|nageu(?:r|se)|cycliste|conduct(?:eur|rice)|chauffeur|médecin|docteur|"
    r"infirmi(?:er|ère)|patiente?|cliente?|visiteu(?:r|se)|touriste|serveu(?:r|se)|cuisini(?:er|ère)|"
    r"caissi(?:er|ère)|vendeu(?:r|se)|conseill(?:er|ère)|agente?|employée?|salariée?|ouvri(?:er|ère)|bibliothécaire|"
    r"voisine?|habitante?|résidente?|locataire|lect(?:eur|rice)|auteure?|utilisat(?:eur|rice)|adhérente?|membre|"
    r"agricult(?:eur|rice)|ingénieure?|développeu(?:r|se)|collègue|amie?|technicienn?e?|jardini(?:er|ère)|vétérinaire|participante?",
    "es": r"persona|niñ[oa]|chic[oa]|hombre|mujer|alumn[oa]|estudiante|profesora?|maestr[oa]|jugadora?|goleadora?|"
    r"atleta|entrenadora?|corredora?|nadadora?|ciclista|conductora?|médic[oa]|doctora?|enfermer[oa]|paciente|"
    r"clienta?|visitante|huésped|turista|camarer[oa]|cociner[oa]|cajer[oa]|vendedora?|comercial|agente|emplead[oa]|"
    r"trabajadora?|bibliotecari[oa]|vecin[oa]|habitante|inquilin[oa]|lectora?|autora?|usuari[oa]|soci[oa]|"
    r"agricultora?|ingenier[oa]|desarrolladora?|compañer[oa]|amig[oa]|técnic[oa]|jardiner[oa]|veterinari[oa]|participante",
    "ko": r"사람|아이|소년|소녀|남자|여자|학생|교사|선생님?|선수|감독|의사|간호사|환자|고객|손님|방문객|관광객|"
    r"바리스타|"
    r"점원|직원|사원|상담원|상담사|판매원|기사|사서|이웃|주민|입주민|세입자|독자|작가|회원|농부|개발자|정원사|수의사|연구원|동료|친구|"
    r"참가자",
    "zh": r"人|孩子|男孩|女孩|学生|同学|老师|教师|球员|选手|运动员|教练|医生|大夫|护士|病人|患者|顾客|客户|客人|游客|"
    r"读者|咖啡师|服务员|店员|员工|职员|客服|销售员|司机|馆员|管理员|邻居|居民|住户|租客|作者|会员|农民|工程师|园丁|兽医|研究员|同事|"
    r"朋友",
}
"""A single person, by what it does; several of them may be a group that is drawn: "which employees are happiest"."""
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?:(?:one|single) )?(?P<word>{})\b|"
    r"^\W*who (?:is|was) (?:the |our )?(?:\w+ )?\w+(?:est|most|best|top|worst) (?P<noun>{})\b|"
    r"^\W*who (?:is|was) (?:the |our )?(?:top|best|worst|biggest|main|leading) (?P<kind>{})\b",
    "de": r"\bwelche[rsnm]? (?:einzelne[rsn]? )?(?P<word>{})\b|"
    r"^\W*wer (?:ist|war) (?:de[rn]|die|das|unsere?) [a-zäöüß]+ste[rnms]? (?P<noun>{})\b",
    "fr": r"\bquel(?:le)? (?P<word>{})\b|"
    r"^\W*qui (?:est|était|a été) (?:le|la|notre) (?:meilleure?|pire|plus [^\W\d_]+) (?P<noun>{})\b|"
    r"^\W*qui (?:est|était|a été) (?:le|la|notre) (?P<kind>{}) (?:le|la) (?:plus|moins)\b",
    "es": r"\b(?:qué|cuál) (?P<word>{})\b|"
    r"^\W*quién (?:es|fue|era|ha sido) (?:el|la|nuestr[oa]) (?:máxim[oa]|mejor|peor|mayor|principal) (?P<noun>{})\b|"
    r"^\W*quién (?:es|fue|era|ha sido) (?:el|la|nuestr[oa]) (?P<kind>{}) (?:más|menos)\b",
    "ko": r"(?:어느|어떤|무슨) ?(?P<word>{})(?![가-힣]{3})",
    "zh": r"哪一?[位个名](?P<word>{})",
}
_SUBJECT: Final[dict[Language, str]] = {
    "en": "subject|people|patient",
    "de": r"proband(?:en|innen)|personen|patienten|teilnehmer",
    "fr": r"sujet|gens|patient",
    "es": r"sujeto|paciente|participante|voluntari[oa]",
    "ko": "피험자|대상자|환자",
    "zh": "受试者|患者|病人|被试|志愿者|参与者",
}
"""Persons on whom something is measured."""
_COUNTED: Final[dict[Language, str]] = {
    "en": r"\bhow many (?P<word>(?:{})s?)\b",
    "de": r"\bwie ?viele (?P<word>(?:{})(?:en|n|innen)?)\b",
    "fr": r"\bcombien de (?P<word>(?:{})s?)\b",
    "es": r"\bcu[aá]nt[oa]s (?P<word>(?:{})(?:es|s)?)\b",
    "ko": r"(?P<word>{})[은는이가]? ?(?:모두 |전부 |총 )?몇 ?명",
    "zh": r"(?:多少|几)[名位个]?(?P<word>{})(?!次|天|日)",
}
"""How many persons there are."""
_PHYSICAL: Final = (
    "mmHg", "°C", "°F", "K", "kg", "g", "mg", "t", "m", "cm", "mm", "km", "s", "ms", "min", "h",
    "kWh", "MWh", "W", "kW", "MW", "V", "A", "Hz", "dB", "dB(A)", "Pa", "hPa", "kPa", "bar", "L",
    "l", "ml", "mL", "mg/L", "km/h", "m/s", "ppm", "分钟", "小时", "秒", "千克", "公斤", "厘米", "毫米", "米",
    "公里", "분", "초", "시간",
)  # fmt: skip
"""Units in which no persons are counted."""


def _are_physical(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all values are in units in which no persons are counted, and none are counted in bins."""
    drawn = [(panel.axis_of(one).unit, one.kind) for panel in panels for one in drawn_series([panel])]
    return bool(drawn) and all(unit in _PHYSICAL and kind != "histogram" for unit, kind in drawn)


_RANKED: Final[frozenset[Operation]] = frozenset(("maximum", "minimum", "growth", "step", "unheard", "cannot"))
"""Operations that choose one of several, and what is left where nothing chooses."""
_TITLED: Final = re.compile(
    r"(?<!\w)(?:Dr|Prof|Mr|Mrs|Ms|Sra?|Dra|Mme|Mlle|Herrn?|Frau|Monsieur|Madame|Señora?|Doña?|Doktor|Doctora?|"
    r"Docteur|"
    r"Nurse|Uncle|Aunt|Onkel|Tante|Oncle|Tío|Tía)\.? (?P<word>[A-ZÀ-Þ][^\W\d_]+)"
)
"""A person by name."""
_HAS_TITLE: Final = re.compile(
    r"\b(?:dr|prof|mr|mrs|ms|sra?|dra|mme|mlle|herr|frau|monsieur|madame|nurse|uncle|aunt|onkel|tante|oncle|tío|"
    r"tía)\b|"
    r"선생|[님씨]$|老师|医生|先生|女士",
    re.IGNORECASE,
)
_OF_PERSONS: Final = re.compile(
    r"^(?:first |last |full )?name$|^(?:vor|nach)?namen?$|^(?:pré)?noms?$|^nombres?$|^이름$|^姓名$|^名字$|"
    r"famil|parent|eltern|kinder|enfants|hijos|가족|家庭|家人",
    re.IGNORECASE,
)
"""What names of persons are labelled, apart from what persons do."""
_WHO: Final[dict[Language, str]] = {
    "en": r"^\W*(?P<word>who)\b(?! of\b)",
    "de": r"^\W*(?P<word>wer)\b",
    "fr": r"^\W*(?P<word>qui)\b",
    "es": r"^\W*(?P<word>quién(?:es)?)\b",
    "ko": r"(?P<word>누가|누구)",
    "zh": r"(?P<word>谁)",
}
"""Persons, of whom series along times, numbers or bins have none."""
_HOW_MUCH: Final = re.compile(r"how (?:much|many|high|long)|wie ?(?:viel|hoch|lang)|combien|cuánt|얼마|몇|多少|几")
"""Words for an amount, which may be asked for with the person."""
_HOUR: Final = re.compile(
    r"\D{0,3}\d{1,2}(?:[:h.]\d\d)?(?: ?[–-] ?\d{1,2}(?:[:h.]\d\d)?)? ?(?:h|uhr|[ap]m|시|点|時|时)?\W*"
)


def as_person_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about a person that a chart does not name as one that names it, and is not answered.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not panels or query.operations == () or (query.operations == ("unheard",) and query.firm):
        return query
    word = next(_asked(query, text, panels), "")
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _asked(query: Query, text: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for such persons in a question."""
    own, language, lowered = own_words(panels, []), query.language, text.lower()
    for match in _TITLED.finditer(text):
        if match["word"].lower() not in own and match["word"].lower() in query.text:
            yield match["word"]
    which = re.search(_WHICH[language].replace("{}", _PERSON[language]), lowered)
    if which is not None:
        word = next(one for one in which.groups() if one)
        yield from [word] if not is_drawn_person(word, panels) else []
    counted = re.search(_COUNTED[language].replace("{}", f"{_PERSON[language]}|{_SUBJECT[language]}"), lowered)
    told = query.operations != ("count",) and query.threshold is None  # how many of them were measured
    if counted is not None and told and _are_physical(panels) and not is_called(counted["word"], own):
        yield counted["word"]
    doer = _doer(query, lowered, panels)
    if doer:
        yield doer
    who = re.search(_WHO[language], lowered)
    extreme = bool(query.operations) and set(query.operations) <= _RANKED
    points = all(one.kind == "points" and not one.names for one in drawn_series(panels))
    if who is not None and points and query.operations == ("value",) and not _HOW_MUCH.search(lowered):
        yield who["word"]  # the value at a place is nobody
    if (
        who is not None
        and extreme
        and (_is_timed(query, panels) or _have_no_names(panels) or _is_of_those_counted(lowered, panels))
    ):
        yield who["word"]


def words_for_persons(text: str, language: Language) -> list[str]:
    """Return the words of a question in lower case for persons, by what they do."""
    start, end = ("", "") if language in ("ko", "zh") else (r"(?<!\w)", r"(?:s|en|n|innen)?(?!\w)")
    words = f"{_PERSON[language]}|{_SUBJECT[language]}|{_ANYBODY}"
    return [match[0] for match in re.finditer(f"{start}(?:{words}){end}", text)]


_ANYBODY: Final = r"people|persons|kids|children|leute|kinder|gens|gente|niños"


def _doer(query: Query, text: str, panels: Sequence[ChartPanel]) -> str:
    """Return "who", or "shop" of "which shop gave most rice", where nothing but rice and its like is drawn.

    The highest of one series at the place that a question names is chosen from nothing.
    """
    one = len(drawn_series(panels)) == 1 and len(query.places) == 1 and isinstance(query.places[0], str)
    if not one or query.yes_no or query.bounds or query.operations not in (("maximum",), ("minimum",)):
        return ""
    if re.search(_LIKE, text):
        return ""
    who = re.search(_WHO[query.language], text)
    doer = re.search(_DOERS[query.language], text) if who is None else None
    own = own_words(panels, [])
    if who is None and (doer is None or any(is_called(word, own) for word in doer.groups() if word)):
        return ""
    return next(word for match in (who, doer) if match is not None for word in match.groups() if word)


_DOERS: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) (?P<word>(?!is|was|are|were|value|share|percentage|number|amount|of\b)[a-z]{3,})",
    "de": r"\bwelche[rsn]? (?P<word>(?!ist|war|wert|anteil|prozent|anzahl|menge|zahl)[a-zäöüß]{3,})",
    "fr": r"\bquel(?:le)?s? (?P<word>(?!est|sont|étai|valeur|part\b|pourcentage|nombre|quantité)[^\W\d_]{3,})",
    "es": r"\bqué (?P<word>(?!es|son|fue|era|valor|parte|porcentaje|número|cantidad)[^\W\d_]{3,})",
    "ko": r"(?:어느|어떤|무슨) ?(?P<word>[가-힣]{2,6}?)(?:에서|[이가은는])? |(?:한|간|린|은|는) (?P<noun>(?!것|곳|"
    r"값)[가-힣]{2,6})[은는이가] ?(?:누구|어디)",
    "zh": r"哪一?[位个家名所](?P<word>(?!月|年|天|季|值)[一-龥]{2})",
}
"""Nouns of which a question asks which one it is."""
_LIKE: Final = (
    r"\bthan\b|\bafter\b|\bnext to\b|\bals\b|\bnach\b|\bque\b|\bqu['’]|\baprès\b|\bdespués\b|보다|다음|比|之后|仅次"
)
"""Words that compare with the place that is named."""


def _names(panels: Sequence[ChartPanel]) -> list[list[str]]:
    """Return the names of series, and those along the axis, that are neither times nor numbers."""
    drawn = drawn_series(panels)
    series = [one.name for one in drawn if one.name] if len(drawn) > 1 else []
    places = list(dict.fromkeys(place for one in drawn for place in one.x[:60] if isinstance(place, str)))
    points = [name for one in drawn for name in one.names]
    return [names for names in (series, places, points) if names and not _are_times(names)]


def _are_times(names: Sequence[str]) -> bool:
    return are_names_of_times(names) or all(_HOUR.fullmatch(name.lower()) for name in names)


def _is_timed(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the highest or lowest of one series along days, months or other times is asked for."""
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    names = [str(place) for one in drawn for place in one.x if isinstance(place, str)]
    return len(drawn) == 1 and bool(period_of(names) or kind_of_names(names))


def _have_no_names(panels: Sequence[ChartPanel]) -> bool:
    """Return whether all that is drawn are bins, or values along times and numbers."""
    drawn = drawn_series(panels)
    return bool(drawn) and (all(one.kind == "histogram" for one in drawn) or not _names(panels))


def is_drawn_person(word: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the names of a chart may be those of persons of whom a question asks which.

    Those who are counted, of whom the label of the values speaks, have no names.
    """
    drawn = drawn_series(panels)
    if _have_no_names(panels):
        return not drawn or all(_is_unnamed_point(one) for one in drawn)
    along = [panel.y if one.kind in FLAT else panel.x for panel in panels for one in panel.series]
    kinds = [label_without_unit(axis) for axis in along] + [panel.legend_title for panel in panels]
    kinds = [label for label in dict.fromkeys(kinds) if label]
    if any(_is_person(label) or is_called(word, label) for label in kinds):
        return True
    values = " ".join(f"{axis.label} {axis.unit}" for panel in panels for axis in map(panel.axis_of, panel.series))
    if is_called(word, values):
        return False
    names = _names(panels)
    if any(_HAS_TITLE.search(name) for known in names for name in known):
        return True
    told = [label for label in kinds if not is_of_time(label)]
    return not told and any(all(map(_may_be_person, known)) for known in names)


def _is_unnamed_point(series: Series) -> bool:
    """Return whether each point may be a person without a name: of "which student" its values are told."""
    return series.kind == "points" and not series.names


def _is_person(label: str) -> bool:
    words = "|".join(_PERSON.values())
    return re.search(rf"(?<!\w)(?:{words})(?:s|n|en)?(?!\w)", label.lower()) is not None or (
        _OF_PERSONS.search(label) is not None
    )


_TIME: Final = re.compile(
    r"day|date|week|month|year|hour|time|season|quarter|tag|dat[ue]m|woche|monat|jahr|uhr|zeit|quartal|jour|semaine|"
    r"mois|année|heure|trimestre|saison|día|fecha|semana|\bmes|año|hora|요일|날|주|월|년|시간|시각|분기|日|周|月|年|"
    r"时|季|星期",
    re.IGNORECASE,
)


def is_of_time(label: str) -> bool:
    """Return whether a label is one of days, hours or other times."""
    return _TIME.search(label) is not None


def is_called(word: str, label: str) -> bool:
    """Return whether a label has a word, or another one that means the same."""
    label = folded(label.lower())
    words = (folded(one.lower()) for one in (word, *in_any_language(word)))
    return any(one[: max(4, len(one) - 2)] in label for one in words if len(one) > 1)


def _may_be_person(name: str) -> bool:
    """Return whether a name is written as one of a person, and is no word of everyday life, nor one of a group."""
    words = re.findall(r"[^\W\d_]+", name)
    written = bool(words) and all(word[0].isupper() or not word[0].isascii() for word in words)
    return written and not any(True for word in words for _ in in_any_language(word.lower()))


def _is_of_those_counted(text: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether the verb after "who" is that of those who are counted: "who visited" where visitors are."""
    verb = re.search(r"(?:who|wer|qui|quién)(?: (?:has|hat|a|ha))? (?P<verb>[^\W\d_]{4,})", text)
    if verb is None or any(_HAS_TITLE.search(name) for known in _names(panels) for name in known):
        return False
    labels = " ".join(f"{axis.label} {axis.unit}" for panel in panels for axis in map(panel.axis_of, panel.series))
    stem = re.sub(r"(?:ed|ing|es|s|e|t|en|té|é|an|a|ó)$", "", folded(verb["verb"]))
    doer = rf"(?<!\w){stem}(?:er|or|eur|euse|ador|edor|idor|ante|ent)(?:in|a|s|es|innen)?(?!\w)"
    return len(stem) > 3 and re.search(doer, folded(labels.lower())) is not None
