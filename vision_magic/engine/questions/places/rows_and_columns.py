"""Whether a question asks for a row or for a column: the noun after "which" is the label of one of two axes.

"Which module is best attended on average?" asks for a row where the axis of rows is called "Module", and "in which
week" for a column where the other is called "Teaching week", or its names are those of weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, FLAT, STACKED, Chart, ChartAxis, ChartPanel, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.nouns_of_places import COUNTED
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import in_any_language, kind_of_names, translated
from vision_magic.engine.questions.numbers import is_date, label_without_unit, month_of, period_of, quoted
from vision_magic.engine.questions.operations import mean, total
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.places.groups import months_of
from vision_magic.engine.questions.places.periods import is_amount, title_of_amount
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.summed import AMOUNT
from vision_magic.engine.questions.vocabulary.words import MONTHS

__all__ = [
    "as_row_or_column",
    "as_rows",
    "asks_for_row",
    "counts_series",
    "lists_series",
    "misread_noun",
    "names_series",
]

_KINDS: Final[dict[str, dict[Language, str]]] = {
    "day": {
        "en": r"(?:week)?days?",
        "de": r"(?:wochen)?tag(?:e?s|en?)?",  # the "Tageszeit" is none
        "fr": r"jours?",
        "es": r"días?",
        "ko": r"요일|날",
        "zh": r"一?天|日|星期几|周几|礼拜几",
    },
    "month": {"en": r"months?", "de": r"monat\w*", "fr": r"mois", "es": r"mes(?:es)?", "ko": r"달|월", "zh": r"月份?"},
    "year": {
        "en": r"years?",
        "de": r"jahr(?:e?s|en?)?",
        "fr": r"années?",
        "es": r"años?",
        "ko": r"해|연도|년도",
        "zh": r"年份?",
    },
    "quarter": {
        "en": r"quarters?|(?:parts?|times?) of (?:the )?year",
        "de": r"quartal\w*|(?:teil\w*|zeit|abschnitt\w*) (?:des jahres|im jahr)",
        "fr": r"trimestres?|(?:parties?|moments?|périodes?) de l['’]année",
        "es": r"trimestres?|(?:partes?|épocas?|momentos?) del año",
        "ko": r"분기|시기|때",
        "zh": r"季度|(?:一年中?的?)?(?:时候|时期)",
    },
    "season": {
        "en": r"seasons?",
        "de": r"jahreszeit\w*",
        "fr": r"saisons?",
        "es": r"estación|estaciones",
        "ko": r"계절",
        "zh": r"季节",
    },
    "week": {
        "en": r"weeks?",
        "de": r"(?:\w*kalender|\w*unterrichts)?wochen?",
        "fr": r"semaines?",
        "es": r"semanas?",
        "ko": r"주차?",
        "zh": r"一?周|星期(?!几)",
    },
    "time of day": {
        "en": r"hours?|times?(?: of (?:the )?day)?|time ?slots?|slots?",
        "de": r"uhrzeit\w*|tageszeit\w*|stunden?|zeit(?:fenster|raum|en)?",
        "fr": r"heures?|créneaux?|tranches? horaires?",
        "es": r"horas?|franjas?(?: horarias?)?|horarios?",
        "ko": r"시간대?|시각|시(?=인|에|야|예|이|가|[?？]|$)",
        "zh": r"时间段|时段|小时|(?<!什么)时候|(?<=哪个)时间",
    },
}
"""What the names of rows or columns are called by what they are."""
_HOURS: Final = re.compile(
    r"\d{1,2}(?::\d\d|[.:]00)?(?: ?(?:h|uhr|시|点|时|am|pm))?"
    r"(?: ?[-–~至] ?\d{1,2}(?::\d\d)?(?: ?(?:h|uhr|시|点|时|am|pm))?)?",
    re.IGNORECASE,
)
_PLAIN_NUMBER: Final = re.compile(r"\d+")
_WEEKS: Final = re.compile(r"(?:w|kw|wk|weeks?|woche|s|sem|semaine|semana)\.? ?\d+|第?\d+周|\d+주차?", re.IGNORECASE)

_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what)(?: of the)? (?:[\w-]+ )?(?:N)\b|"
    r"\b(?:which|what)(?:['’]s| is| was) the (?:[\w-]+ ){1,3}?(?:N)\b",
    "de": r"\b(?:welche[rsmn]?|was für ein\w*) (?:[\w-]+ )?(?:N)\b|"
    r"\b(?:welche[rs]?|was) (?:ist|war) (?:der|die|das) (?:[\w-]+ ){1,2}?(?:N)\b",
    "fr": r"\b(?:quel(?:le)?s?|laquelle des|lequel des) "
    r"(?:(?:est|était|a été) (?:le |la |l['’])(?:\w+ ){0,2}?)?(?:N)\b",
    "es": r"\b(?:qué|cuál (?:es|fue|ha sido) (?:el|la)(?: \w+){0,2}?|cuál de (?:los|las)) (?:N)\b",
    "ko": r"(?:어느|무슨|어떤|몇) ?(?:N)|(?:N)(?:은|는|이|가|을|를)?(?: ?(?:언제|어디|어느|무엇|뭐|뭔|누구)\S*)?\W*$",
    "zh": r"(?:哪一?个?|什么|几)(?:N)|(?:N)(?:是(?:哪|什么|几)\S*|呢)?\W*$",
}
_AND: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what) [\w-]+ and (?:(?:at|in|on) )?(?:which |what )?(?:N)\b",
    "de": r"\bwelche\w* [\w-]+ und (?:(?:zu|um|in|an) )?(?:welche\w* )?(?:N)\b",
    "fr": r"\bquel(?:le)?s? [\w-]+ et (?:(?:à|en|dans) )?(?:quel(?:le)?s? )?(?:N)\b",
    "es": r"\b(?:qué|cuál) [\w-]+ y (?:(?:a|en) )?(?:qué )?(?:N)\b",
    "ko": r"(?:N)(?:과|와|하고|이랑|랑) |(?:과|와|하고|이랑|랑) (?:N)",
    "zh": r"(?:N)(?:和|与|的?哪个)",
}
"""One of two nouns that are both asked for: "which day and hour"."""

_WHEN: Final[dict[Language, str]] = {
    "en": r"\bwhen\b",
    "de": r"\bwann\b",
    "fr": r"\bquand\b",
    "es": r"\bcu[aá]ndo\b",
    "ko": "언제",
    "zh": "什么时候|何时",
}
"""Words that ask for a time, whatever the times are."""

_AND_WHERE: Final[dict[Language, str]] = {
    "en": r"\bwhere,? and\b|\band (?:exactly )?where\b",
    "de": r"\bwo,? und\b|\bund (?:genau )?wo\b",
    "fr": r"\boù,? et\b|\bet où\b",
    "es": r"\bd[óo]nde,? y\b|\by d[óo]nde\b",
    "ko": "어디",
    "zh": "哪里|哪儿|何处",
}
"""Where something is, asked for beside one of two nouns."""
_SINGLE: Final[dict[Language, str]] = {
    "en": r"\bsingle (?:\w+ )?(?:value|cell|number|entry)\b|\b\w+est value (?:of|among) all\b",
    "de": r"\beinzelwert\w*|\beinzeln\w* wert\b|\bwert von allen\b|\baller werte\b",
    "fr": r"\bvaleurs? .{0,25}\bde toutes\b|\bvaleur isolée\b|\bvaleur individuelle\b",
    "es": r"\bvalor(?:es)? .{0,25}\bde todos\b|\bvalor individual\b",
    "ko": r"개별 ?값|값 ?중(?:에서?)? ?(?:가장|제일)|모든 ?값",
    "zh": r"单个(?:数值|值)|所有(?:数值|值|数据)(?:中|里|当中)",
}
"""One of all values, and no sum of them."""

_WHICH_OF: Final[dict[Language, str]] = {
    "en": r"\bwhich\b(?! is\b)|\b(?:on|at|in) what\b",
    "de": r"\bwelche[rsmn]?\b(?! ist\b)",
    "fr": r"\bquel(?:le)?s?\b(?! (?:est|sont)\b)",
    "es": r"\bqué\b(?! es\b)",
    "ko": "어느|무슨|어떤",
    "zh": "哪|(?:周|星期|礼拜)几",
}

_ACROSS: Final[dict[Language, str]] = {
    "en": r"\b(?:across|over|of|for) all\b|\ball (?:\w+ )?together\b|\boverall\b",
    "de": r"\büber alle\b|\balle \w+ zusammen|\binsgesamt\b",
    "fr": r"\btou(?:s|tes)(?: les)? \w+ (?:confondu\w+|ensemble|réuni\w+)|\bau total\b|\bsur (?:tous|toutes)\b",
    "es": r"\b(?:entre|de|sobre|en) tod[oa]s\b|\ben total\b|\ben conjunto\b",
    "ko": r"전체|모든|통틀어|합쳐|합해",
    "zh": r"所有|全部|总体|合计|加起来",
}


def as_row_or_column(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return the highest or lowest of all as that of rows or of columns, as the noun that the question asks for says.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    kinds = {one.kind for one in drawn}
    extreme = bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}
    if len(panels) != 1 or len(drawn) < 2 or len(kinds) != 1 or not extreme:
        return query
    kept = query.series or query.places or query.threshold or query.bounds or query.groups or query.colours
    if kept or query.top or query.yes_no or query.then:
        return query
    table = kinds == {"heat map"}
    across = re.search(_ACROSS[query.language], text.lower()) is not None
    bars = kinds <= {*BARS} and (query.statistic or across)
    if not (table or bars or kinds <= set(STACKED)):  # which stack is the highest
        return query
    rows = _is_asked(_nouns_of_rows(panels[0], drawn, query.language), text, query.language)
    columns = _is_asked(_nouns_of_columns(panels[0], drawn, query.language), text, query.language)
    rows = rows or (not columns and not table and _is_other_thing(text, panels[0], drawn, query.language))
    if rows != columns and re.search(_WHEN[query.language], text.lower()) is not None:
        other = [str(place) for place in drawn[0].x] if rows else [one.name for one in drawn]
        rows, columns = (True, True) if _kind("", other) else (rows, columns)  # "which room, and when"
    if rows != columns and re.search(_AND_WHERE[query.language], text.lower()) is not None:
        other = [str(place) for place in drawn[0].x] if rows else [one.name for one in drawn]
        rows, columns = (rows, columns) if _kind("", other) else (True, True)  # "where, and in which month"
    if table and re.search(_SINGLE[query.language], text.lower()) is not None:
        rows = columns = True
    if rows != columns and len(re.findall(_WHICH_OF[query.language], text.lower())) > 1:
        rows = columns = True  # "which hall on which day", of rooms
    if rows and columns:
        return replace(query, statistic="", of_series=False)
    if not (rows or columns):
        word = _noun_of_neither(text.lower(), query.language, panels[0], drawn) if table else ""
        return replace(query, operations=("unheard",), unheard=word, firm=True) if word else query
    return replace(query, of_series=rows, statistic=query.statistic or ("mean" if _is_of_shares(panels[0]) else "sum"))


_ASKED_FOR: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what)(?: one)?(?: of (?:the|these|those)(?: \w+)?)? (?P<noun>[a-z]{3,})s?\b(?! (?:of|and)\b)",
    "de": r"\bwelche[rsmn]?(?: (?:der|dieser)(?: \w+)?)? (?P<noun>[a-zäöüß]{3,})\b",
    "fr": r"\bquel(?:le)?s?(?: (?:des|de ces)(?: \w+)?)? (?P<noun>[^\W\d_]{3,})\b",
    "es": r"\b(?:qué|cuál(?:es)? de (?:l[oa]s|est[oa]s)(?: \w+)?) (?P<noun>[^\W\d_]{3,})\b",
    "ko": r"(?:어느|어떤|무슨) (?P<noun>[가-힣]{2,}?)(?:이|가|을|를|은|는|에|의)? ",
    "zh": r"哪(?:个|种|只|一个|一种)(?P<noun>[一-龥]{2})",
}
_PLACES: Final = re.compile(
    r"time|moment|part|period|slot|cell|value|combination|square|box|row|column|point|one|two|three|"
    r"zeit\w*|moment|teil|zelle|wert|kombination|feld|zeile|spalte|stelle|fall|ist|sind|war|hat|"
    r"moment|créneau|case|cellule|valeur|combinaison|ligne|colonne|période|plage|tranche|est|sont|était|a|ont|"
    r"momento|franja|celda|valor|combinación|fila|columna|período|periodo|parte|tramo|"
    r"때|시점|시기|칸|값|조합|부분|时候|时刻|时间|格子|组合|部分|数值|"
    r"lap|round|stage|split|step|distance|attempt|runde|etappe|schritt|strecke|versuch|tour|étape|essai|vuelta|etapa|"
    r"paso|intento|바퀴|구간|회차|단계|圈|轮|阶段"
)
"""What cells are called of any table, in all languages."""


def _noun_of_neither(text: str, language: Language, panel: ChartPanel, drawn: Sequence[Series]) -> str:
    """Return the noun after "which" that can mean neither rows nor columns, as both are times: which animal."""
    kinds = (_kind("", [one.name for one in drawn]), _kind("", [str(place) for place in drawn[0].x]))
    match = re.search(_ASKED_FOR[language], text)
    if not all(kinds) or match is None or _PLACES.fullmatch(match["noun"].removesuffix("s")):
        return ""
    own = " ".join((panel.x.label, panel.y.label)).lower()
    known = any(re.fullmatch(f"(?:{words[language]})", match["noun"]) for words in _KINDS.values())
    return "" if known or match["noun"][:4] in own or is_common(match["noun"], language) else match["noun"]


def as_rows(chart: Chart, query: Query, text: str) -> tuple[Chart, str]:
    """Return a chart of the sums, or means, of rows or columns, if one is said to be the highest of them.

    "Is Friday the quietest day?" of a heat map is about the sums of days, and so is how much more there was on one than
    on another. "Rank the shops by their sales" is about the sums of all series, whatever they are drawn as.
    The second value says in words what was made of the values; it is empty, and the chart as it was, where a question
    is about something else.
    """
    drawn = drawn_series(chart.panels)
    alike = len(drawn) > 1 and len({(one.kind, one.right, one.x) for one in drawn}) == 1
    kept = query.threshold or query.bounds or query.groups or query.top or query.rank > 1 or query.then or query.sides
    if len(chart.panels) != 1 or not alike or kept:
        return chart, ""
    panel = chart.panels[0]
    table, ordered = drawn[0].kind == "heat map", _is_order_of(query, text, panel, drawn)
    if not ordered and not (table and (_is_highest_of(query, text, panel, drawn) or _are_two_of_them(query, text))):
        return chart, ""
    added = not _is_of_shares(panel) and "mean" not in query.words
    made = total if added else mean
    of_rows = bool(query.series) or ordered == "row"
    names = [one.name for one in drawn] if of_rows else list(drawn[0].x)
    values = [one.y for one in drawn] if of_rows else list(zip(*(one.y for one in drawn), strict=True))
    bars = Series(kind="bars", x=tuple(names), y=tuple(map(made, values)), source=drawn[0].source)
    label = (panel.y.label if table else panel.legend_title) if of_rows else _axis_of_columns(panel, drawn).label
    measured = panel.axis_of(drawn[0])
    along = ChartAxis(label=label, scale="categories")
    joined = replace(panel, x=along, y=measured, right=None, colour_bar=None, series=(bars,))
    return replace(chart, panels=(joined,)), say("by period sums" if added else "by period means", query.language)


_ADDABLE: Final = ("line", "area", "heat map", *BARS)


def _is_order_of(query: Query, text: str, panel: ChartPanel, drawn: Sequence[Series]) -> Literal["row", "column", ""]:
    """Return whether a question puts series, or the places that all of them share, in the order of their sums."""
    if query.operations != ("sort",) or query.series or query.places or query.colours or drawn[0].kind not in _ADDABLE:
        return ""
    if query.firm and query.statistic == "sum":  # of each place
        return "column"
    noun = _first_noun(text.lower(), panel, drawn, query.language)
    if noun == "column" and drawn[0].kind in ("line", "area") and "sum" not in query.words:
        return ""  # each line has its own order of months
    return noun or ("row" if query.words & {"sum", "mean"} else "")


def _is_highest_of(query: Query, text: str, panel: ChartPanel, drawn: Sequence[Series]) -> bool:
    """Return whether a question says the noun for the only row or column that it names: "is Friday the best day"."""
    extreme = bool(query.operations) and set(query.operations) <= {"maximum", "minimum"}
    if not extreme or len(query.series) + len(query.places) != 1:
        return False
    rows, columns = (of(panel, drawn, query.language) for of in (_nouns_of_rows, _nouns_of_columns))
    nouns, others = (rows, columns) if query.series else (columns, rows)
    if _is_asked(others, text, query.language):
        return False  # "which bed is driest in week 4" asks for a bed
    return bool(nouns) and re.search(rf"(?<!\w)(?:{nouns})(?!\w)", query.text) is not None


def _are_two_of_them(query: Query, text: str) -> bool:
    """Return whether a question compares two columns, or asks how far apart two rows are, and names none of the other.

    Rows are compared place by place otherwise, as series are.
    """
    told = set(query.operations)
    means = "mean" in query.words or re.search(_EACH[query.language], text.lower()) is not None
    columns = len(query.places) == 2 and not query.series and told <= {"compare", "difference", "ratio", "choice"}
    amount = re.search(AMOUNT[query.language], text.lower()) is not None
    apart = told == {"difference"} or (told <= {"compare", "higher at"} and amount)
    rows = len(query.series) == 2 and not query.places and apart
    return bool(told) and not means and (columns or rows)


_EACH: Final[dict[Language, str]] = {
    "en": r"\b(?:each|every|per)\b",
    "de": r"\bjede\w*|\bpro\b|\bje\b",
    "fr": r"\bchaque\b|\bpar\b",
    "es": r"\bcada\b|\bpor\b",
    "ko": "각|마다|별로|당 ",
    "zh": "每|各",
}
"""Words for single values, of which no sum is made."""


def misread_noun(query: Query, text: str, answer: str, panels: Sequence[ChartPanel]) -> str:
    """Return the noun of a question for a column of a heat map of which the answer tells a row only, or the reverse."""
    drawn = drawn_series(panels)
    if (
        len(panels) != 1
        or len(drawn) < 2
        or any(one.kind not in ("heat map", *BARS) for one in drawn)
        or query.series
        or query.places
    ):
        return ""
    rows, columns = {one.name for one in drawn}, {str(place) for one in drawn for place in one.x}
    told = [
        {name for name in names if _is_said(name, answer, query.language)} for names in (rows - columns, columns - rows)
    ]
    nouns = [of(panels[0], drawn, query.language) for of in (_nouns_of_rows, _nouns_of_columns)]
    asked = [_is_asked(one, text, query.language) for one in nouns]
    for own, other in ((0, 1), (1, 0)):
        if asked[own] and not asked[other] and told[other] and not told[own]:
            found = re.search(nouns[own], text.lower())
            return found[0] if found is not None else ""
    return ""


def _is_said(name: str, answer: str, language: Language) -> bool:
    """Return whether an answer has a name: in quotation marks, or that of a month, which stands without, and whole."""
    month = month_of(name)
    words = rf"(?<!\w)(?:{re.escape(name)}|{re.escape(MONTHS[language][month - 1])})(?!\w)"
    return (month > 0 and re.search(words, answer, re.IGNORECASE) is not None) or quoted(name, language) in answer


def asks_for_row(text: str, panel: ChartPanel, drawn: Sequence[Series], language: Language) -> bool:
    """Return whether a question asks which series, by the noun for them or by a word that the names of all have."""
    columns = _nouns_of_columns(panel, drawn, language)
    known = _is_asked(_words_for_rows(panel, drawn, language), text, language)
    return (known or _is_other_thing(text, panel, drawn, language)) and not _is_asked(columns, text, language)


def _is_other_thing(text: str, panel: ChartPanel, drawn: Sequence[Series], language: Language) -> bool:
    """Return whether the noun after "which" is none for times or values, where all places are times: "which bird"."""
    places = list(drawn[0].x)
    numbers = all(isinstance(place, float | int) for place in places) and drawn[0].kind in ("line", "area", "step")
    timed = numbers or bool(_kind("", [str(place) for place in places])) or all(is_date(str(one)) for one in places)
    match = re.search(_ASKED_FOR[language], text.lower()) if timed and drawn[0].kind != "heat map" else None
    if match is None or _PLACES.fullmatch(match["noun"].removesuffix("s")) or is_common(match["noun"], language):
        return False
    noun = match["noun"]
    own = " ".join((panel.x.label, panel.axis_of(drawn[0]).label)).lower()
    own = " ".join((own, *translated(label_without_unit(panel.x).lower(), language)))
    measured = words_for(panel.axis_of(drawn[0]), language)
    known = any(re.fullmatch(f"(?:{words[language]})", noun) for words in _KINDS.values())
    return not (known or noun[: max(4, len(noun) - 2)] in own or (measured is not None and measured.search(noun)))


def _words_for_rows(panel: ChartPanel, drawn: Sequence[Series], language: Language) -> str:
    """Return patterns of the nouns for series, and of words that the names of all have."""
    east = language in ("ko", "zh")
    words = [set(re.findall(r"[^\W\d_]{2,}" if east else r"[^\W\d_]{3,}", one.name.lower())) for one in drawn]
    shared = "|".join(rf"{re.escape(word)}(?:e?s|e?n)?" for word in sorted(set.intersection(*words)))
    tail = _shared_tail([one.name for one in drawn]) if east and not shared else ""
    tail = rf"\w?{re.escape(tail)}" if tail else ""  # "工厂" is "厂"
    return "|".join(filter(None, (_nouns_of_rows(panel, drawn, language), shared, tail)))


_OF_TITLE: Final = (
    r"\b(?:by|per|nach|pro|je|par|selon|por|según) (?:the |der |dem |l['’])?(?P<noun>[^\W\d_]{4,})"
    r"(?:(?: [^\W\d_]+)? (?:and|und|et|y|e) (?:by |per |nach |pro |je |par |selon |por |según )?"
    r"(?:the |der |dem |l['’])?(?P<second>[^\W\d_]{4,}(?: (?:of|de) [^\W\d_]{4,})?))?|"
    r"(?:各|按|分)(?P<noun_zh>[一-龥]{2})(?:[和与及](?P<second_zh>[一-龥]{2,4}))?|"
    r"(?:(?P<noun_ko>[가-힣]{2,}?)(?:과|와| 및) )?(?P<second_ko>[가-힣]{2,}?)별"
)
"""What a title says that its values are kept apart by: "sales by region", "guests by month and room"."""


def _noun_of_title(panel: ChartPanel, drawn: Sequence[Series], language: Language) -> str:
    """Return patterns of what the title of a chart calls its series: regions of "sales by region, 2023"."""
    columns = _nouns_of_columns(panel, drawn, language)
    found: list[str] = []
    for match in re.finditer(_OF_TITLE, panel.title.lower()):
        for noun in filter(None, match.groups()):
            if not (columns and re.fullmatch(columns, noun)):
                found += _nouns(noun, (), language)
    return "|".join(found)


def _first_noun(
    text: str, panel: ChartPanel, drawn: Sequence[Series], language: Language
) -> Literal["row", "column", ""]:
    """Return whether the first noun of a question for rows or for columns is one for rows."""
    rows = "|".join(filter(None, (_words_for_rows(panel, drawn, language), _noun_of_title(panel, drawn, language))))
    columns = _nouns_of_columns(panel, drawn, language)
    start, end = ("", "") if language in ("ko", "zh") else (r"(?<!\w)", r"(?!\w)")
    row, column = (re.search(f"{start}(?:{nouns}){end}", text) if nouns else None for nouns in (rows, columns))
    if row is not None and (column is None or row.start() < column.start()):
        return "row"
    return "column" if column is not None and (row is None or column.start() < row.start()) else ""


def names_series(query: Query, text: str, panel: ChartPanel, drawn: Sequence[Series]) -> bool:
    """Return whether a question asks for a series: by a noun for them, also that of the title, or by "which"."""
    noun = _first_noun(text.lower(), panel, drawn, query.language)
    other = not noun and _is_other_thing(text, panel, drawn, query.language)
    return other or noun == "row" or (query.of_series and noun != "column")


_LISTED: Final[dict[Language, str]] = {
    "en": r"^\W*(?:which|what) (?:NOUN)s? (?:are|were|is|was) (?:there|shown|compared|included|drawn|listed|plotted)\b",
    "de": r"^\W*welche (?:NOUN)\w{0,2} (?:gibt es|sind (?:dargestellt|abgebildet|zu sehen)|"
    r"werden (?:gezeigt|verglichen|dargestellt))\b",
    "fr": r"^\W*quel(?:le)?s (?:NOUN)s? (?:y a-t-il|sont (?:comparée?s|représentée?s|montrée?s))(?!\w)",
    "es": r"^\W*qué (?:NOUN)(?:s|es)? (?:hay|aparecen|se (?:comparan|muestran))\b",
    "ko": r"(?:어떤|무슨) ?(?:NOUN)\S* ?(?:있|나와|나오|비교)|(?:NOUN) ?이름[을이]? ?(?:알려|말해|뭐|무엇)",
    "zh": r"有哪些(?:NOUN)|(?:NOUN)(?:都)?有哪些",
}
"""Which of something there are, which stands for NOUN."""


def lists_series(text: str, panel: ChartPanel, drawn: Sequence[Series], language: Language) -> bool:
    """Return whether a question wants the names of the series of a panel: "which flowers are there"."""
    nouns = _nouns_of_series(panel, drawn, language)
    return bool(nouns) and re.search(_LISTED[language].replace("NOUN", nouns), text.lower()) is not None


def _nouns_of_series(panel: ChartPanel, drawn: Sequence[Series], language: Language) -> str:
    """Return patterns of what series are called by the title of their legend, or of their chart."""
    return "|".join(filter(None, (_nouns_of_rows(panel, drawn, language), _noun_of_title(panel, drawn, language))))


def counts_series(text: str, panel: ChartPanel, drawn: Sequence[Series], language: Language) -> bool:
    """Return whether "how many" is said of the series of a panel, and of nothing else: "how many runners are there"."""
    nouns = _nouns_of_series(panel, drawn, language)
    found = re.search(COUNTED[language].replace("NOUN", nouns), text.lower()) if nouns else None
    label = panel.axis_of(drawn[0]).label.lower()
    if found is None or re.search(nouns, label):
        return False
    return re.fullmatch(_OF_EXISTING, text[found.end() :].lower()) is not None


_OF_EXISTING: Final = (
    r"(?:\W|\b(?:are|were|is|was|there|here|do|we|you|can|in|on|this|the|chart|plot|figure|all|"
    r"total|altogether|different|compare[ds]?|shown?|tested|drawn|included?|listed|plotted|studied|have|has|see|"
    r"gibt|gab|es|sind|waren|werden|wurden|hier|im|in|der|dem|diesem|diagramm|insgesamt|verglichen|dargestellt|gezeigt|"
    r"abgebildet|getestet|untersucht|zeigt|sieht|man|"
    r"y|a|t|il|sont|ont|été|étaient|on|dans|sur|le|ce|graphique|au|comparée?s?|représentée?s?|montrée?s?|testée?s?|"
    r"hay|había|hubo|son|fueron|se|en|el|este|gráfico|total|comparan?|compararon|muestran?|aparecen|probaron)\b|"
    r"[이가은는을를]|있\S*|나오\S*|나와\S*|비교\S*|모두|총|그래프에?|차트에?|몇|개|가지|명|곳|종류?|인가요|예요|이에요|"
    r"有|在|图|表|里|中|比较|显示|参加|了|一共|总共|被|的|吗|呢)*"
)
"""What may stand behind what is counted, where all of it is: "are compared here", "were there in all"."""


def _shared_tail(names: Sequence[str]) -> str:
    """Return the letters with which all names end: "厂" of "东厂" and "西厂"."""
    ends = takewhile(lambda letters: len(set(letters)) == 1, zip(*(reversed(name) for name in names), strict=False))
    return "".join(letters[0] for letters in ends)[::-1].strip()


def _is_of_shares(panel: ChartPanel) -> bool:
    """Return whether values are shares or rates, of which no sum is told."""
    axes = [axis for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None]
    labels = " ".join((title_of_amount(panel), *(axis.label for axis in axes)))
    return "%" in labels or not all(is_amount(labels, axis.unit) for axis in axes)


def _is_asked(nouns: str, text: str, language: Language) -> bool:
    found = (re.search(form[language].replace("N", nouns), text.lower()) for form in (_WHICH, _AND))
    weekday = any(word in text for word in ("星期几", "周几", "礼拜几") if word in nouns.split("|"))
    return bool(nouns) and (weekday or any(one is not None for one in found))


_GROUPS: Final[dict[Language, str]] = {
    "en": r"groups?|categor(?:y|ies)|series",
    "de": r"gruppen?|kategorien?",
    "fr": r"groupes?|catégories?",
    "es": r"grupos?|categorías?",
    "ko": "그룹|집단",
    "zh": "组|群体",
}
"""What series are called whose legend has no title."""


def _nouns_of_rows(panel: ChartPanel, drawn: Sequence[Series], language: Language) -> str:
    label = label_without_unit(panel.y) if drawn[0].kind == "heat map" else panel.legend_title
    if not label and drawn[0].kind != "heat map" and not period_of([one.name for one in drawn]):
        return "|".join(filter(None, (_GROUPS[language], _noun_of_title(panel, drawn, language))))
    return "|".join(_nouns(label, [one.name for one in drawn], language))


def _axis_of_columns(panel: ChartPanel, drawn: Sequence[Series]) -> ChartAxis:
    return panel.y if drawn[0].kind in FLAT else panel.x


def _nouns_of_columns(panel: ChartPanel, drawn: Sequence[Series], language: Language) -> str:
    label = label_without_unit(_axis_of_columns(panel, drawn))
    return "|".join(_nouns(label, [str(place) for place in drawn[0].x], language))


def _nouns(label: str, names: Sequence[str], language: Language) -> Iterator[str]:
    """Yield patterns of what names are called: by the label of their axis, in any language, and by what they are."""
    label = label.lower().strip(" :")
    kind = _kind(label, names)
    if kind:
        yield _KINDS[kind][language]
    east = re.search("[\u3040-\u9fff\uac00-\ud7a3]", label) is not None
    for word in dict.fromkeys((label, *label.split())):
        if len(word) < (2 if east and word != label else 1 if east else 4):
            continue
        yield rf"{re.escape(word)}(?:e?s|e?n)?" if not east else re.escape(word)
        yield from (re.escape(one.lower()) for one in in_any_language(word) if len(one) > 3 or not one.isascii())
        if not east and len(word) > 5:  # "Modul" of "Module", "transportista" of "Transporteur"
            yield rf"{re.escape(word[: max(5, len(word) - 3)])}\w{{0,3}}"


def _kind(label: str, names: Sequence[str]) -> str:
    """Return what names are: those of days, months, hours or weeks; else what the label of their axis says."""
    kind = (period_of(list(names)) or kind_of_names(names) or "").removesuffix(" of a year")
    if kind:
        return kind
    if names and all(map(_WEEKS.fullmatch, names)):
        return "week"
    if names and all(map(months_of, names)):
        return "quarter"
    if names and all(map(_HOURS.fullmatch, names)) and not all(map(_PLAIN_NUMBER.fullmatch, names)):
        return "time of day"
    told = (kind for kind, words in _KINDS.items() if any(_ends_with(label, one) for one in words.values()))
    return next(told, "")


def _ends_with(label: str, words: str) -> bool:
    return re.search(rf"(?:^|\s)(?:{words})$", label) is not None
