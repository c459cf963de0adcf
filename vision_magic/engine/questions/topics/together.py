"""Questions that take all values together: which series has more in all, how many were counted, what moves alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, STACKED, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item
from vision_magic.engine.questions.checks.roles import SOME_PEOPLE
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.nouns_of_places import asks_for_place, noun_of_places
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.places.rows_and_columns import asks_for_row
from vision_magic.engine.questions.places.whole_spans import with_whole_span
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.numbers_of_points import SOME_OF_THEM
from vision_magic.engine.questions.topics.summed import IN_ALL
from vision_magic.engine.questions.vocabulary.judging import is_better_lower
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = [
    "as_all_counted",
    "as_highest_sum",
    "as_mean_together",
    "as_moving_alike",
    "as_sum_at_each_place",
    "as_sum_of_each",
    "asks_how_far",
]

_ADDED: Final[dict[Language, str]] = {
    "en": r"\b(?:if|when) (?:i|we|you|one|they) (?:"
    r"(?:add|sum|total)(?:ed)? (?:up|together|all|everything|both|them|the)|"
    r"(?:count|put)(?:ed)?\b.{0,30}?\btogether)\b|"
    r"\badding (?:it |them )?(?:all |everything )?(?:up|together)\b|\b(?:all|everything) added (?:up|together)\b",
    "de": r"\b(?:wenn|falls) (?:man|ich|wir) .{0,30}?(?:zusammenzähl\w*|zusammenrechne\w*|addier\w*|aufsummier\w*|"
    r"zusammennehm\w*|zusammen nimmt)|\balles zusammen(?:gezählt|gerechnet|genommen)?\b",
    "fr": r"\ben (?:additionnant|sommant|cumulant|ajoutant)\b|\bsi (?:on|l['’]on|j['’]|nous) ?(?:additionn|somm|cumul|"
    r"ajout)\w*|\btout additionné\b",
    "es": r"\bsi (?:se )?(?:sum|añad|junt)\w+|\bsumando(?:lo)?\b|\bsumad[oa]s? tod[oa]s?\b",
    "ko": r"(?:다|모두|전부|전체를?|합계로) ?(?:더하|합치|합하|합산하)(?:면|자면|였을 때|ㄴ다면)",
    "zh": r"(?:全部|都|所有.{0,6}|总共)?(?:加起来|加在一起|相加|合起来|合计)",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"\b(?:which|what|who)\b(?! is the (?:total|sum))",
    "de": r"\b(?:welche[rsmn]?|wer|wo)\b",
    "fr": r"\b(?:quel(?:le)?s?|lequel|laquelle|qui)\b",
    "es": r"\b(?:qué|cuál|quién)\b",
    "ko": r"어느|어떤|누가|누구|무엇이|어디|몇 ?위",
    "zh": r"哪|谁",
}
_MORE: Final[dict[Language, str]] = {
    "en": r"\b(?:more|most|higher|highest|ahead|larger|largest|bigger|wins?|won|winner|better|best)\b",
    "de": r"\b(?:mehr|meisten?|höher\w*|höchste\w*|größer\w*|vorne?|besser|beste\w*|gewinnt|gewann|gewonnen|"
    r"siegt\w*|sieger\w*)\b",
    "fr": r"\b(?:plus|meilleur\w*|devant|gagn(?:e|é|ée|ait)|remport\w+|vainqueur|gagnante?)\b",
    "es": r"\b(?:más|mayor|mejor|gan[aóo]|ganaron|ganador\w*|venció|vencedor\w*)\b",
    "ko": r"더 ?많|가장 ?많|더 ?높|가장 ?높|제일 ?많|더 ?크|앞서|이[겼긴]|우승|[1일]등",
    "zh": r"更?多(?!少)|更高|最高|更大|最大|领先|赢|获胜|胜出|夺冠|冠军|第一名",
}
_WINS: Final = (
    r"\b(?:wins?|won|winner|ge[wv]ann|gewinnt|gewonnen|sieg\w+|gagn\w+|remport\w+|vainqueur|gan[aóo]|ganaron|ganador\w*|"
    r"venc\w+)\b|이[겼긴]|우승|[1일]등|赢|获胜|胜出|夺冠|冠军|第一名"
)
"""Words for winning among them, which those do who have the least of times."""
_LESS: Final[dict[Language, str]] = {
    "en": r"\b(?:less|fewer|least|fewest|lower|lowest|smaller|behind)\b",
    "de": r"\b(?:weniger|wenigsten?|niedriger\w*|kleiner\w*)\b",
    "fr": r"\bmoins\b",
    "es": r"\b(?:menos|menor)\b",
    "ko": r"더 ?적|가장 ?적|더 ?낮|제일 ?적|가장 ?낮|제일 ?낮",
    "zh": r"(?<!多)少|更低|最低",
}


def as_sum_of_each(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "if I add up all of them, which has more" as a question for the series with the highest sum.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language, text = drawn_series(panels), query.language, with_whole_span(text.lower(), panels)
    alike = len(panels) == 1 and len(drawn) > 1 and len({one.right for one in drawn}) == 1
    kinds = {one.kind for one in drawn}
    table = kinds == {"heat map"}
    if not alike or not (table or kinds <= {"line", "area", *BARS}) or query.places:
        return query
    row = asks_for_row(text, panels[0], drawn, language) or re.search(_WHO[language], text) is not None
    if table and not (row or asks_for_place(text, panels[0], drawn[0], language)):
        return query
    more, less = (re.search(words[language], text) is not None for words in (_MORE, _LESS))
    added = re.search(_ADDED[language], text) or (table and re.search(IN_ALL[language], text))
    added = added and re.search(_WHICH[language], text)
    if more and re.search(_WINS, text) and is_better_lower(panels):
        return query
    if not added or more == less or query.threshold or query.bounds or query.groups or len(query.series) == 1:
        return query
    series = row if table else not _adds_series(text, [one.name for one in drawn], len(drawn[0].x))
    extreme: Operation = "maximum" if more else "minimum"
    judged = query.operations in (("maximum",), ("minimum",)) and query.operations != (extreme,)
    if query.statistic == "mean" or judged:  # "the most punctual" of delays, on average
        return query
    query = replace(query, operations=(extreme,), statistic="sum", of_series=series)
    return replace(query, yes_no=False, unheard="", then=None, firm=True)


_EACH: Final[dict[Language, str]] = {
    "en": r"\b(?:each|every) (?:\w+ )?(?:{})s?\b",
    "de": r"\bjede\w* (?:\w+ )?(?:{})\w{{0,2}}\b",
    "fr": r"\bchaque (?:{})s?\b",
    "es": r"\bcada (?:{})s?\b",
    "ko": r"각 ?(?:{})|(?:{})(?:마다|별로)",
    "zh": r"[每各][个支家位名]?(?:{})",
}
_AMOUNT: Final[frozenset[Operation]] = frozenset(("sum", "value", "totals", "group"))


def as_sum_at_each_place(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many matches did each team play in total" of stacks as a question for the heights of all.

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
    stacks = len(panels) == 1 and len(drawn) > 1 and all(one.kind in STACKED for one in drawn)
    kept = query.series or query.places or query.threshold or query.bounds or query.groups or query.then
    asked = (
        bool(query.operations) and set(query.operations) <= _AMOUNT and not query.words & {"mean", "median", "share"}
    )
    if not stacks or kept or not asked or query.yes_no:
        return query
    nouns = noun_of_places(panels[0], drawn[0], query.language)
    if re.search(_EACH[query.language].format(nouns, nouns), text.lower()) is None:
        return query
    return replace(query, operations=("sort",), words=query.words | {"sum"}, statistic="sum", unheard="", firm=True)


_WHO: Final[dict[Language, str]] = {
    "en": r"\b(?:who|which one|which of (?:the|these|those|them|both))\b",
    "de": r"\b(?:wer|welche[rs]? (?:von|der) (?:den )?(?:beiden|zwei|drei|vier|ihnen))\b",
    "fr": r"\b(?:qui|lequel|laquelle)\b",
    "es": r"\b(?:quién|cuál(?: de)?)\b",
    "ko": r"누가|누구|어느 ?쪽|중 ?(?:어느|어디)",
    "zh": r"谁|哪一?个(?=[用消更多少])",
}
"""Words that ask for a series without saying what series are."""
_HOW_FAR: Final[dict[Language, str]] = {
    "en": r"\W*(?:and )?(?:by (?:how (?:much|many)|what margin)|(?:by )?how (?:much|many) (?:more|less|fewer)|"
    r"what(?:['’]s| is| was) the (?:difference|margin|gap))\b.*",
    "de": r"\W*(?:und )?(?:um wie ?viele?|wie ?viele? (?:mehr|weniger)|(?:wie (?:groß|hoch)|was) (?:ist|war) "
    r"(?:der|die) (?:unterschied|differenz|abstand))\b.*",
    "fr": r"\W*(?:et )?(?:de combien|combien (?:de )?(?:plus|moins)|"
    r"quel(?:le)? (?:est|était) (?:l['’]écart|la différence))\b.*",
    "es": r"\W*(?:y )?(?:(?:por |en )?cuánto(?: (?:más|menos))?|cuál (?:es|fue) la diferencia)\b.*",
    "ko": r"\W*(?:그리고 )?(?:차이는|얼마나|얼마|몇).*",
    "zh": r"\W*(?:多|少|差|相差|差距)(?:了|是|出)?(?:多少|几|多大).*",
}


def asks_how_far(text: str, language: Language) -> bool:
    """Return whether the second part of a question asks how far apart two amounts are: "and by how much"."""
    return re.fullmatch(_HOW_FAR[language], text.lower()) is not None


def as_highest_sum(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which office used more over the whole year" as a question for the sums of all series.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, language, text = drawn_series(panels), query.language, with_whole_span(text.lower(), panels)
    kinds = {one.kind for one in drawn}
    plain = len(panels) == 1 and len(drawn) > 1 and kinds <= {"line", "area", *BARS}
    every = len(drawn) > 2 and set(query.series) == {one.name for one in drawn} and query.has("or")
    some = bool(query.series) and not every
    kept = query.places or query.bounds or query.groups or query.threshold or some or query.yes_no or query.top
    if not plain or kept or "unheard" in query.operations or re.search(IN_ALL[language], text) is None:
        return query
    more, less = (re.search(words[language], text) is not None for words in (_MORE, _LESS))
    asked = every or asks_for_row(text, panels[0], drawn, language) or re.search(_WHO[language], text) is not None
    added = all(can_be_added(Item(one, panels[0], one.name, language)) and len(one.x) > 1 for one in drawn)
    if not (asked and added) or more == less or "trend" in query.words or "mean" in query.words:
        return query
    query = replace(query, direction="down" if less else "up", statistic="", then=None, unheard="", firm=True)
    return replace(query, operations=("totals",), series=())


_SUM_ITSELF: Final = re.compile(r"\bsums?\b|\btotals?\b|\bsumme\b|\bsommes?\b|\bsuma\b|합계|총합|总和|总计|之和")
_MEAN_OF: Final[dict[Language, str]] = {
    "en": r"\b(?:mean|average) (?:of|over|across|for)\b",
    "de": r"(?:mittelwert|mittel|durchschnitt)\w* (?:aller|von|über|der|für)\b",
    "fr": r"\bmoyenne (?:de|des|sur|pour)\b",
    "es": r"\b(?:media|promedio) (?:de|del|en|sobre|para)\b",
    "ko": r"(?:합친|합쳐서?|합해서?|합한|통틀어|전체의?|모두의?|다) ?평균",
    "zh": r"(?:合起来|加起来|放在一起|全部|总体)的?平均",
}


def as_mean_together(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "the mean of all ten weeks together" as a question for their mean, and not for their sum.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text = text.lower()
    of_one = len(drawn_series(panels)) == 1 or len(query.series) == 1
    both = query.operations == ("sum",) and {"mean", "sum"} <= query.words
    kept = query.places or query.groups or query.threshold or query.then or query.top
    if not (of_one and both) or kept or _SUM_ITSELF.search(text) or re.search(_MEAN_OF[query.language], text) is None:
        return query
    return replace(query, operations=("mean",), words=query.words - {"sum"}, statistic="mean", firm=True)


_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight")


def _adds_series(text: str, names: Sequence[str], places: int) -> bool:
    """Return whether as many are added as there are series, and not as there are places: "both sites"."""
    count = len(names)
    words = (
        str(count),
        _NUMBERS[count - 2] if count - 2 < len(_NUMBERS) else "(?!)",
        "both|beide" if count == 2 else "(?!)",
    )
    return count != places and re.search(rf"\b(?:{'|'.join(words)})\b", text) is not None


_COUNTED: Final[dict[Language, str]] = {
    "en": r"^\W*(?:so |and )?how many (?:[a-z]+ ){0,3}?(?:"
    r"(?:did (?:we|you|they|i) )?(?:measure|count|survey|sample|weigh|record|test|time|observe|catch|ask)(?:d|ed)?|"
    r"(?:sat|took|wrote|did|attempted|entered) (?:(?:the|this|that) )?(?:exam|test|quiz|paper|survey|course|"
    r"mid-?terms?|finals?|assessment|questionnaire)|took part|"
    r"participated|were (?:there|measured|counted|surveyed|sampled|weighed|recorded|tested|timed|observed|asked)|"
    r"are (?:there|shown|in (?:the |this )?(?:data|sample|histogram|chart))|in total|in all|altogether|overall)"
    r"(?: (?:in total|in all|altogether|overall|all told|that day|here|in the (?:data|sample|chart)))*\W*$",
    "de": r"^\W*wie ?viele? (?:\w+ ){0,3}?(?:(?:wurden|haben wir|sind) (?:\w+ ){0,2}?(?:gemessen|gezählt|befragt|"
    r"gewogen|erfasst|getestet|untersucht)|haben (?:\w+ ){0,3}?(?:mitgeschrieben|teilgenommen|mitgemacht|"
    r"(?:geschrieben|abgelegt))|(?:sind|waren|gab) es (?:\w+ )?(?:insgesamt|zusammen|überhaupt)|insgesamt)\W*$",
    "fr": r"^\W*combien (?:d(?:e |['’]))?(?:[\w-]+ ){0,4}?(?:(?:a-t-on|avons-nous|ont été|avez-vous) (?:\w+ )?"
    r"(?:mesur|compt|interrog|pes|enregistr|test)\w*|ont (?:passé|composé|participé)(?: [\w'’]+){0,2}|"
    r"au total|en tout)\W*$",
    "es": r"^\W*¿?cu[aá]nt[oa]s (?:\w+ ){0,4}?(?:(?:se )?(?:midieron|contaron|encuestaron|pesaron|registraron|"
    r"medimos|contamos)|(?:hicieron|se presentaron a|realizaron) (?:el |la )?\w+|participaron|en total|hay en total|"
    r"hubo en total)\W*$",
    "ko": r"(?:모두|전부|총|전체) ?(?:\S+ )?(?:\S+ )?몇 ?(?:명|개|건|마리|번|회)\S*\W*$|"
    r"몇 ?(?:명|개|건|마리)\S* ?(?:시험을 ?(?:봤|치|쳤)|측정|조사|쟀|응시|참가|참여)\S*\W*$",
    "zh": r"(?:总共|一共|共|总计)(?:有|测量?了?|统计了?|调查了?)?(?:多少|几)\S{0,8}\W*$|"
    r"(?:有)?多少(?:人|名?学生|名?考生|个)?(?:参加|测量|调查|统计)了?\S{0,6}\W*$|(?:测量?|调查|统计)了(?:多少|"
    r"几)\S{0,6}\W*$",
}
"""How many there are of what a histogram counts, whatever was done with them."""


def as_all_counted(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many students sat the exam" of a histogram as a question for the sum of its counts."""
    drawn = drawn_series(panels)
    histogram = len(drawn) == 1 and drawn[0].kind == "histogram"
    kept = query.threshold or query.bounds or query.places or query.groups or query.limits or re.search(r"\d", text)
    of_number = bool(query.operations) and set(query.operations) <= {"sum", "threshold", "share", "unheard"}
    if histogram and of_number and re.search(SOME_OF_THEM, text.lower()) is not None:
        return replace(query, operations=("cannot",), firm=True)
    counted = re.search(_COUNTED[query.language], text.lower())
    if not histogram or kept or counted is None or _counts_a_part(counted[0], query.language, panels):
        return query
    if _are_some_people(text.lower(), query.language, panels):
        return query
    if re.search(r"\b(?:bins?|bars?|peaks?|balken|klassen|barres|barras|clases)\b|막대|구간|柱|组", text.lower()):
        return query
    return replace(query, operations=("sum",), statistic="", unheard="", yes_no=False, then=None, firm=True)


def _are_some_people(text: str, language: Language, panels: Sequence[ChartPanel]) -> bool:
    """Return whether women, or teenagers, are counted, whom the chart does not name."""
    words = SOME_PEOPLE[language] if language in ("ko", "zh") else rf"(?<!\w)(?:{SOME_PEOPLE[language]})(?!\w)"
    found = re.search(words, text)
    labels = " ".join(f"{panel.title} {panel.x.label} {panel.y.label}" for panel in panels).lower()
    return found is not None and found[0][:4] not in labels


def _counts_a_part(counted: str, language: Language, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a word beside the noun for what is counted is none of the chart: "pea seeds" of bean seeds."""
    if language in ("ko", "zh"):
        return False
    beside = {
        "en": r"how many (?P<other>[a-z]{3,}) (?P<own>[a-z]{3,}) (?:were|are|did|in|sat|took|have)\b",
        "de": r"wie ?viele (?P<other>[a-zäöüß]{3,})e[nr]? (?P<own>[a-zäöüß]{3,}) (?:wurden|haben|sind|waren|gab)\b",
        "fr": r"combien d(?:e |['’])(?P<own>\w{3,}) (?:d(?:e |['’]|u ))?(?P<other>\w{3,}) (?:a-t-on|avons-nous|ont|"
        r"avez-vous)\b",
        "es": r"cu[aá]nt[oa]s (?P<own>\w{3,}) (?:de |del )?(?P<other>\w{3,}) (?:se |midieron|contaron|hicieron|"
        r"participaron)",
    }
    found = re.search(beside[language], counted)
    if found is None:
        return False
    labels = " ".join(f"{panel.title} {panel.x.label} {panel.y.label}" for panel in panels).lower()
    own, other = (found[name][: max(3, len(found[name]) - 2)] in labels for name in ("own", "other"))
    return own and not other and not is_common(found["other"], language)


_ALIKE: Final[dict[Language, str]] = {
    "en": r"\b(?:move|go|rise and fall|rise|change|run|develop|evolve)s? (?:together|in step|in tandem|hand in hand|"
    r"(?:in )?(?:the )?(?:same|opposite|different) (?:directions?|ways?))\b|\bin (?:the )?opposite directions?\b",
    "de": r"\b(?:gegenläufig|gleichläufig|im gleichschritt|hand in hand)\b|"
    r"\bin (?:die )?(?:gleiche|selbe|dieselbe|entgegengesetzte|verschiedene|unterschiedliche)n? richtung(?:en)?\b",
    "fr": r"\bdans le même sens\b|\ben sens (?:inverse|contraire|opposé)\b|\b(?:évolu|boug|vari|mont)\w+ ensemble\b|"
    r"\bdans des? (?:directions|sens) (?:opposée?s|contraires|différente?s)\b|\bde pair\b",
    "es": r"\ben (?:la misma dirección|direcciones opuestas|sentidos? (?:opuestos?|contrarios?)|sentido inverso|"
    r"el mismo sentido)\b|\b(?:se mueven|suben y bajan|evolucionan|cambian) (?:junt[oa]s|a la vez|a la par)\b",
    "ko": r"(?:함께|같이) ?(?:움직|오르내리|변하|증감)|(?:같은|반대|다른|서로 다른) ?방향|반대로 ?(?:움직|변)",
    "zh": r"(?:同向|反向|同步|同方向|反方向|相反方向|同升同降|此消彼长)|(?:相同|相反|不同)的?方向|"
    r"一起(?:变化|涨跌|变动)",
}


def as_moving_alike(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return whether two courses move in the same direction as a question for their correlation."""
    drawn = drawn_series(panels)
    two = len(drawn) == 2 or len(query.series) == 2
    courses = all(one.kind in ("line", "area", "step", "bars") for one in drawn)
    if not two or not courses or query.bounds or re.search(_ALIKE[query.language], text.lower()) is None:
        return query
    series = query.series if len(query.series) == 2 and len(drawn) > 2 else ()
    return replace(
        query, operations=("correlation",), series=series, panels=(), places=(), unheard="", yes_no=False, then=None
    )
