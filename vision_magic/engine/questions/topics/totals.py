"""The sum of all series at each place, as a series of its own, where a question is about it.

"In which year was the total lowest?" asks of the sum what other questions ask of a series: so its chart is given with
the sum in the place of the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import BARS, STACKED, WITHOUT_DATA, Chart, ChartPanel, Kind, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.names.usual_names import in_any_language, translated
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import total
from vision_magic.engine.questions.phrases.sentences import say
from vision_magic.engine.questions.places.periods import is_amount
from vision_magic.engine.questions.places.units_of_axes import words_of_unit
from vision_magic.engine.questions.query import Query

__all__ = ["about_total", "as_busiest_place", "as_whole_stack"]

_NUMBERS: Final = r"two|three|four|five|six|seven|eight|nine|ten|\d+"
_WHOLE: Final[dict[Language, str]] = {
    "en": r"combined total|grand total|overall total|total|altogether|in all|combined|taken together|"
    r"put together|(?<!close )(?<!closest )(?<!closer )(?<!near )(?<!nearest )(?<!apart )together|"
    rf"(?:all )?(?:the )?(?:{_NUMBERS})(?: of them)?(?: \w+)? (?:together|combined)|"
    r"of (?:both|all)(?: the)? \w+|"
    rf"(?:across|over|of|from|by) (?:all|both)(?: of)?(?: the)?(?: {_NUMBERS})?(?: (?!in\b|on\b|"
    rf"at\b)\w+(?: and \w+ (?:together|combined))?)?|"
    rf"all (?:{_NUMBERS})(?: \w+)?|overall",
    "de": r"(?:die )?(?:gesamtsumme|gesamtzahl|gesamtmenge|gesamtwert|summe)(?: (?:aller|der) \w+)?|"
    r"(?:alle[rsn]?|beide[rsn]?|die)(?: (?:zwei|drei|vier|fünf|sechs|\d+))?(?: \w+)? (?:zusammen(?:genommen|"
    r"gerechnet)?|insgesamt)|"
    r"insgesamt|zusammen(?:genommen|gerechnet)?|in summe|alles in allem|"
    r"über alle(?: (?:zwei|drei|vier|fünf|sechs|\d+))? \w+(?: und (?:alle )?\w+)?(?: hinweg| zusammen)?|"
    r"gesamt(?:e[rsn]?)?|"
    r"(?:die |der |das |den )?gesamt(?!en\b|er\b|es\b|em\b|heit)[a-zäöüß]{3,}",
    "fr": r"(?:le |la )?(?:total(?:e)?|somme)(?: (?:des|de tou(?:s|tes) les)(?: (?:deux|trois|quatre|cinq|six|"
    r"\d+))? \w+)?|"
    r"au total|en tout|tou(?:s|tes)(?: (?:les )?\w+(?: et \w+)?)? (?:confondu\w+|ensemble|réuni\w+)|ensemble|"
    r"cumulée?s?|"
    r"(?:les )?(?:deux|trois|quatre|cinq|six|\d+)(?: \w+)? (?:confondu\w+|ensemble|réuni\w+|cumulée?s?)",
    "es": r"(?:el |la )?(?:total|suma)(?: de (?:tod[oa]s )?(?:l[oa]s )?(?:dos |tres |cuatro |cinco |seis |\d )?"
    r"[^\W\d]+(?! (?:a|al|hasta)\b))?|"
    r"en total|en conjunto|sumad[oa]s|sumando(?:lo)? tod[oa]s?|tod[oa]s junt[oa]s|junt[oa]s|entre tod[oa]s|"
    r"(?:l[oa]s )?(?:dos|tres|cuatro|cinco|seis|\d+)(?: \w+)? junt[oa]s",
}
_SUMS: Final = re.compile(r"total$|summe|gesamt(?:zahl|menge|wert|\w{5,})|somme|suma\b", re.IGNORECASE)
"""Nouns among them, which are the subject of their sentence."""
_VALUE: Final[dict[Language, str]] = {"en": "value", "de": "der Wert", "fr": "la valeur", "es": "el valor"}
_WHEN: Final[dict[Language, str]] = {
    "en": r"\bwhen\b|\b(?:what|which) time\b|\bwhich (?:of the )?{0}|\bwhat {0}|\bhow (?:many (?:{0}|times\b)|often\b)|"
    r"\bwhat(?:['’]s| is| was| were) the \w+(?: \w+)? {0}",
    "de": r"\bwann\b|\bum wie ?viel uhr\b|\bzu welche[rm] (?:uhrzeit|stunde|zeit\w*)\b|"
    r"\bwelche\w* {0}|\bwie (?:viele\w* {0}|oft\b)|"
    r"\b(?:was|welche[sr]?) (?:ist|war) (?:das|der|die) (?:\w+ )?{0}",
    "fr": r"\bquand\b|\bà quel(?:le heure| moment)\b|"
    r"\bquel(?:le)?s? (?:(?:est|était|fut|a été) (?:le |la |l['’])(?:plus |moins )?)?{0}|"
    r"\bcombien d(?:e (?!fois)|['’]){0}|\bcombien de fois\b",
    "es": r"\bcuándo\b|\b(?:a qué hora|en qué momento)\b|"
    r"\bqué {0}|\bcuál (?:es |fue |ha sido )?(?:el |la ){0}|\bcuánt[oa]s (?:{0}|veces\b)",
}
_COURSE: Final[dict[Language, str]] = {
    "en": r"\W*(?:did|has|have|is|was|does) (?:the )?(?:combined |overall |grand )?(?:total|sum)\b|"
    r"\W*how (?:did|has|does) the (?:combined |overall )?(?:total|sum)\b|"
    r"\W*(?:by )?how much (?:did|has|have) the (?:combined |overall )?(?:total|sum)\b|"
    r"\W*(?:did|has|have|(?:by )?(?:how much|what percent\w*) (?:did|has|have)|how (?:did|has)) (?:the )?"
    r"(?:combined|overall|total) \w+",
    "de": r"\W*(?:ist|hat|wie hat sich|um wie ?viel ist) d(?:ie|er|as) (?:gesamt(?!e)\w+|summe)\b",
    "fr": r"\W*(?:le total|la somme) (?:a|est|augmente|baisse)\b|\W*de combien (?:le total|la somme)\b",
    "es": r"\W*(?:ha |cuánto (?:ha )?)?(?:aument\w*|sub\w*|crec\w*|baj\w*|disminu\w*) (?:el total|la suma)\b",
}
_ALONE: Final[dict[Kind, Kind]] = {
    "stacked bars": "bars",
    "stacked horizontal bars": "horizontal bars",
    "area": "line",
}
"""How the sum of all series is drawn where nothing stands on anything else."""
_PLAIN: Final = frozenset(("line", "area", "step", *BARS))


def about_total(
    chart: Chart, text: str, language: Language, *, amount: bool = False, compared: bool = False, beyond: bool = False
) -> tuple[Chart, str]:
    """Return a chart with the sum of its series in their place, and the question without words for the sum.

    Both are returned as they are if the question is about something else, or the series cannot be added. `amount`: it
    asks for the value at a place, or in a part of the axis, which is the sum where it says "both together". `compared`:
    it compares two places, of which it means the sums where it says "in total". `beyond`: it asks at which places, or
    at how many, a limit is passed, which stacks do with their whole height.
    """
    panel = chart.panels[0] if len(chart.panels) == 1 and language in (*_WHOLE, *_EAST) else None
    drawn = [] if panel is None else [one for one in panel.series if one.kind not in WITHOUT_DATA]
    if panel is None or len(drawn) < 2 or not _can_be_added(panel, drawn):
        return chart, text
    lowered = text.lower()
    if beyond and _asks_for_stacks(panel, drawn, lowered, language):
        return _with_total(chart, panel, drawn, language), text
    if compared and _compares_stacks(panel, drawn, lowered, language):
        return _with_total(chart, panel, drawn, language), re.sub(_ALL_EAST, " ", text)
    if language in _EAST:
        nouns = noun_of_places(panel, drawn[0], language)
        left = _in_east(lowered, _EAST[language], nouns, [one.name for one in drawn])
        both = re.search(_BOTH[language], lowered) if amount else None
        left = re.sub(_ALL_OF[language], "", lowered) if both is not None else left
        in_all = rf"{_EAST[language]}|{_IN_ALL_IN_EAST[language]}"
        if compared and re.search(in_all, lowered) is not None:
            left = re.sub(in_all, "", lowered)
        return (chart, text) if left is None else (_with_total(chart, panel, drawn, language), left)
    if any(re.search(rf"(?<!\w){re.escape(one.name.lower())}(?!\w)", lowered) for one in drawn if one.name):
        return chart, text
    whole = re.search(rf"(?<!\w)(?:{_WHOLE[language]})(?!\w)", lowered)
    compound = _GESAMT.search(lowered) if language == "de" else None
    if compound is not None and not _is_measured(compound["noun"], panel, drawn[0]):
        return chart, text
    noun = rf"(?:\w+ ){{0,1}}(?:{noun_of_places(panel, drawn[0], language)})s?\b"
    asked = re.search(_WHEN[language].format(noun), lowered) or re.match(_COURSE[language], lowered)
    stacks = _is_of_stacks(panel, drawn, lowered, language)
    together = whole is not None and (compared or (amount and re.search(_BOTH[language], lowered) is not None))
    if (whole is None or asked is None) and not stacks and not together:
        return chart, text
    return _with_total(chart, panel, drawn, language), _without(
        text, language, together=together, measure=panel.axis_of(drawn[0]).label.lower()
    )


def _with_total(chart: Chart, panel: ChartPanel, drawn: list[Series], language: Language) -> Chart:
    """Return a chart with the sum of its series in their place."""
    values = [total([one.y[number] for one in drawn]) for number in range(len(drawn[0].x))]
    kind = _ALONE.get(drawn[0].kind, drawn[0].kind)
    joined = replace(drawn[0], name=say("total of all", language), y=tuple(values), kind=kind, extra={}, known=None)
    limits = [one for one in panel.series if one.kind in WITHOUT_DATA]
    return replace(chart, panels=(replace(panel, series=(joined, *limits)),))


_EAST: Final[dict[Language, str]] = {
    "ko": r"(?:(?:두|세|네|다섯|여섯|모든|전체|\d+) ?(?:\w+[을를의]? ?)?)?(?:다 |모두 |전부 )?"
    r"(?:합치면|합하면|합쳐서|합해서|합쳐|합해|더하면|더해서|합산하면|합산한|합친|합한|"
    r"더한)(?: ?(?:총합|합계|값)[은이]?)?|"
    r"총합계?[은이의]?|합계[가는의]?|합산 ?|통틀어|총(?= ?\w)|전체(?:적으로)? (?!\w*의 몇)",
    "zh": r"(?:(?<![周期拜])[两三四五六\d所有全部各]{1,2}[个种类家项座]?\w{0,3}?)?(?:加起来|加在一起|合计|合起来|总共|"
    r"一共)的?|总(?=\w{0,4}[量数额产销和计率])|总和|总计",
}
"""Words for the sum."""


def _in_east(text: str, words: str, nouns: str, names: list[str]) -> str | None:
    """Return a Korean or Chinese question about the sum at a place without the words for it; None for another one."""
    whole = re.search(words, text)
    asked = re.search(
        rf"언제|몇 ?시(?!간)|什么时[候间]|何时|几点|"
        rf"(?:어느|무슨|몇|哪一?[个些]?|几|多少个?) ?(?:{nouns})|몇 ?번|几次|多少次|"
        rf"[은는던한된린긴운] ?(?:{nouns})[은는이가]?(?:\W|$| )",
        text,
    )
    if whole is None or asked is None or any(name and name.lower() in text for name in names):
        return None
    return re.sub(words, " ", text, count=1).strip()


_OF_STACKS: Final[dict[Language, str]] = {
    "en": r"\W*(?:is|was|were|are|did|does|do|has|have|(?:by )?how much (?:did|has|higher|lower|more|less)|"
    r"by what percent\w* did)\b",
    "de": r"\W*(?:ist|sind|war|waren|hat|haben|wird|werden|wurden?|gab es|gibt es|stieg\w*|steig\w*|s[aiu]nk\w*|"
    r"fiel\w*|"
    r"fäll\w*|nimmt|nahm\w*|nehmen|um wie ?viel)\b",
    "fr": r"\W*(?:est-ce que|y a-t-il|l[ae]s? [\w' ]+ (?:a|ont|est|sont|augmente\w*|baisse\w*|diminue\w*)(?:-t)?-|"
    r"de combien)",
    "es": r"\W*(?:es|son|fue|fueron|hay|hubo|ha|han|aument\w*|sub\w*|baj\w*|disminu\w*|crec\w*|cay\w*|"
    r"en cuánto|cuánto (?:ha|han|sub|baj|aument|disminu|crec|cay)\w*)\b",
}
"""How a question begins that asks whether, or by how much, the whole height of stacks changes."""


def _is_of_stacks(panel: ChartPanel, drawn: list[Series], text: str, language: Language) -> bool:
    """Return whether a question about stacks names what they measure and no part of them: "was revenue higher?"."""
    stacked = all(one.kind in STACKED for one in drawn)
    return (
        stacked
        and _names_measure(panel, drawn, text, language)
        and re.match(_OF_STACKS[language], text) is not None
        and not re.search(_OF_PARTS, text)
    )


_ALL_EAST: Final = r"(?:모두|전부|다 ?합쳐서?|다 ?합해서?)(?= )|总共|一共|合计"
_PARTS_MEANT: Final = (
    r"\b(?:which|who|what|where|any|each|every|welche\w*|wer|wo|alle[rn]?|quel(?:le)?s?|lequel|qui|où|tou(?:s|tes)|"
    r"qué|quién|cuál|dónde|tod[oa]s|all)\b|어느|어떤|누가|어디|각|哪|谁|各|每"
)


def _compares_stacks(panel: ChartPanel, drawn: list[Series], text: str, language: Language) -> bool:
    """Return whether a question compares two stacks by what they measure, and speaks of no part of them."""
    stacked = all(one.kind in STACKED for one in drawn)
    if not stacked or language == "en" or _PARTS.search(text) or re.search(_PARTS_MEANT, text):
        return False
    names = [one.name.lower() for one in drawn if one.name]
    names += [word for name in names for word in translated(name, language)]
    label = re.findall(r"[^\W\d_]{3,}|[가-힣]{2,}|[一-龥]{2,}", label_without_unit(panel.axis_of(drawn[0])).lower())
    label += [word.removesuffix("s") for word in label]
    measure = [*label, *(one.lower() for word in label for one in in_any_language(word))]
    said = any(one in text for one in measure if len(one) > 3 or not one.isascii())
    return said and not any(name in text for name in names)


def as_whole_stack(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how high were the sales on Friday" of stacks of sales as a question for the sum, told with its parts.

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
    kept = query.series or query.bounds or query.groups or query.threshold or query.statistic or query.then
    amount = query.operations == ("value",) and len(query.places) == 1 and not (kept or query.yes_no)
    stacked = len(panels) == 1 and len(drawn) > 1 and all(one.kind in STACKED for one in drawn)
    if not (amount and stacked) or not _can_be_added(panels[0], drawn) or re.search(_OF_PARTS, text.lower()):
        return query
    kinds = (panels[0].legend_title.lower(), *translated(panels[0].legend_title, query.language))
    if any(len(word) > _ARTICLE and word[:-1] in text.lower() for word in kinds):
        return query
    named = _names_measure(panels[0], drawn, text.lower(), query.language)
    return replace(query, operations=("sum",), words=query.words | {"sum"}) if named else query


_BUSY: Final[dict[Language, str]] = {
    "en": r"\b(?:busiest|quietest|fullest|emptiest)\b|\b(?:most|least) (?:busy|crowded|lively|popular)\b",
    "de": r"\b(?:ruhigste\w*|belebteste\w*|vollste\w*|leerste\w*)\b|\bam (?:ruhigsten|vollsten|leersten|meisten los)\b|"
    r"\bam wenigsten los\b",
    "fr": r"\b(?:plus|moins) (?:calmes?|chargée?s?|fréquentée?s?|animée?s?)\b|\b(?:plus|moins) de monde\b",
    "es": r"\b(?:más|menos) (?:tranquil[oa]s?|concurrid[oa]s?|ajetread[oa]s?|llen[oa]s?)\b|\b(?:más|menos) gente\b",
    "ko": r"붐비|붐[빈볐]|한산|바[쁜빴]|한가",
    "zh": r"繁忙|最忙|冷清|清闲|热闹|拥挤",
}
"""Words for how much there is of everything at a place, and not of one of its parts."""


def as_busiest_place(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "which month was the quietest" of several series of amounts as a question for the sum at each place.

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
    kept = query.series or query.places or query.groups or query.threshold or query.statistic or query.then
    extreme = query.operations in (("maximum",), ("minimum",)) and not (kept or query.top or query.of_series)
    several = len(panels) == 1 and len(drawn) > 1 and len({one.x for one in drawn}) == 1
    if not (extreme and several) or not all(one.kind in (*BARS, "line") for one in drawn):
        return query
    if not _can_be_added(panels[0], drawn) or re.search(_BUSY[query.language], text.lower()) is None:
        return query
    return replace(query, statistic="sum", of_series=False, firm=True)


def _names_measure(panel: ChartPanel, drawn: list[Series], text: str, language: Language) -> bool:
    """Return whether a question has the word for what is measured, in its language."""
    measure = label_without_unit(panel.axis_of(drawn[0])).lower()
    words = [word for word in (measure, *translated(measure, language)) if len(word) > _ARTICLE]
    unit = words_of_unit(panel.axis_of(drawn[0]).unit) if panel.axis_of(drawn[0]).unit else "(?!)"
    if re.search(rf"(?<!\w){_AMOUNT_OF[language]}(?:{unit})(?!\w)", text) is not None:
        return True
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)


_AMOUNT_OF: Final[dict[Language, str]] = {
    "en": "how many ",
    "de": "wie ?viele? ",
    "fr": "combien d(?:e |['’])",
    "es": "cu[aá]nt[oa]s ",
    "ko": "(?!)",
    "zh": "(?!)",
}
"""What stands before the unit in which an amount is asked for."""
_OF_PARTS: Final = (
    r"\b(?:any|each|every|all|respectively|jede\w*|jeweils|alle\w*|einzeln\w*|chaque|chacune?|respectiv\w*|"
    r"tou(?:s|tes)|cada|tod[oa]s)\b(?! (?:time|mal|jahr)\b)"
)
"""Words for the parts of stacks, one by one."""
_STACKS_BEYOND: Final[dict[Language, str]] = {
    "en": r"\bwhen\b|\b(?:how many|which|what)(?: of the)? (?:{0}|bars?|stacks?|columns?)s?\b|"
    r"\bthere (?:an?|any|ever an?) {0}s?\b",
    "de": r"\bwann\b|\b(?:welche\w*|wie ?viele\w*) (?:{0}|balken|säulen?|stapel)\w{{0,2}}\b|"
    r"\b(?:gab|gibt) es (?:\w+ )?(?:ein\w*|irgendein\w*) {0}\w{{0,2}}\b",
    "fr": r"\bquand\b|\b(?:quel(?:le)?s?|combien d(?:e |['’])) ?(?:{0}|barres?|colonnes?)s?\b|"
    r"\by a-t-il (?:eu )?(?:un|une|des) {0}s?\b",
    "es": r"\bcuándo\b|\b(?:qué|cuánt[oa]s) (?:{0}|barras?|columnas?)s?\b|"
    r"\b(?:hay|hubo|había) (?:un|una|algún|alguna) {0}s?\b",
    "ko": r"언제|(?:어느|무슨|어떤|몇) ?(?:{0}|막대)|며칠|몇 ?[일번]|"
    r"[은는던한된린긴운] ?(?:{0}|막대)[은는이가]?(?:\W|$| )",
    "zh": r"什么时候|何时|(?:哪|几|多少)[一几些]?个?(?:{0}|根?柱)|(?:{0}|柱子?)(?:有|是)?(?:几|多少|哪)",
}
"""Which places, or stacks, or how many."""
_PARTS: Final = re.compile(
    r"\b(?:each|every|single|individual|parts?|segments?|jede\w*|einzeln\w*|teile?|chaque|chacun\w*|seule?|parties?|"
    r"cada|sol[oa]|partes?)\b|각각|하나|개별|부분|每|各|单个|部分"
)
"""Words for the parts of which stacks are made."""


def _asks_for_stacks(panel: ChartPanel, drawn: list[Series], text: str, language: Language) -> bool:
    """Return whether a question asks which stacks, or how many, pass a limit, and speaks of no part of them."""
    nouns = noun_of_places(panel, drawn[0], language)
    title = panel.legend_title.lower()
    kinds = [word[:-1] if len(word) > 4 else word for word in (title, *translated(title, language)) if word]
    named = [*(one.name.lower() for one in drawn if one.name), *kinds]
    stacked = all(one.kind in STACKED for one in drawn)
    asked = re.search(_STACKS_BEYOND[language].format(f"(?:{nouns})"), text) is not None
    return stacked and asked and _PARTS.search(text) is None and not any(name in text for name in named)


def _is_measured(noun: str, panel: ChartPanel, series: Series) -> bool:
    """Return whether the noun of "Gesamternte" is one for amounts, or one of the labels."""
    return _AMOUNTS.fullmatch(noun) is not None or noun[:5] in f"{panel.axis_of(series).label} {panel.title}".lower()


def _without(text: str, language: Language, *, together: bool, measure: str) -> str:
    """Return a question without the words for the sum; a noun stays, as the subject."""
    if together:
        text = re.sub(_ALL_THINGS, " ", text, count=1, flags=re.IGNORECASE)

    def subject(found: re.Match[str]) -> str:
        compound = _GESAMT.fullmatch(found[0])
        if compound is not None and compound["noun"].lower()[:5] in measure:
            return f"{compound['article']}{compound['noun']}"  # "die Ernte" of "die Gesamternte"
        before = text[: found.start()].split()[-1:]
        adjective = found[0] == "total" and bool(before) and len(before[0]) > _ARTICLE  # "la cosecha total"
        noun = _SUMS.search(found[0]) and not _IN_ALL.match(found[0]) and not adjective
        return _VALUE[language] if noun else " "

    return re.sub(rf"(?<!\w)(?:{_WHOLE[language]})(?!\w)", subject, text, flags=re.IGNORECASE)


_GESAMT: Final = re.compile(
    r"(?P<article>(?:die |der |das |den )?)\bgesamt(?!(?:e[nrsm]?|heit)\b)(?P<noun>\w+)", re.IGNORECASE
)
_AMOUNTS: Final = re.compile(
    r"(?:summe|zahl|menge|wert|verbrauch|umsatz|produktion|erzeugung|absatz|einnahmen|ausgaben|kosten|niederschlag|"
    r"ertrag)(?:e?s)?"
)
"""Nouns for amounts of any kind."""
_ARTICLE: Final = 3
"""Letters of the longest article before "total"."""


_BOTH: Final[dict[Language, str]] = {
    "en": r"\b(?:both|all|they|the two|the three|the four)\b(?: \w+){0,4} (?:together|combined|in total|in all)\b|"
    r"\b(?:together|combined)\b(?: \w+){0,3} (?:both|all|they)\b|\bcombined\b|\btogether\b",
    "de": r"\b(?:beide|alle|sie|die zwei|die drei)\w*\b(?: \w+){0,4} (?:zusammen|gemeinsam|insgesamt)|\bzusammen\b",
    "fr": r"\b(?:deux|trois|tous|toutes|ils|elles)\b(?: \w+){0,4} "
    r"(?:ensemble|réuni\w+|confondu\w+|au total)|\bensemble\b",
    "es": r"\b(?:ambos|ambas|dos|tres|todos|todas)\b(?: \w+){0,4} "
    r"(?:junt[oa]s|en total|en conjunto)|\bjunt[oa]s\b",
    "ko": r"(?:둘|두 ?\w+|모두|전부|셋)[을를이가의은는]? ?(?:다 )?"
    r"(?:합쳐서?|합해서?|합치면|합하면|더하면|합한|합친|합쳐|함께)",
    "zh": r"(?:两\w?|二者|他们|三\w?|所有|全部)(?:\w{0,4}?)(?:一共|加起来|合计|总共|合起来|一起)",
}
"""All series together."""
_IN_ALL_IN_EAST: Final[dict[Language, str]] = {
    "ko": r"(?<![가-힣])(?:모두|전부|다 ?해서|통틀어|총)(?= )",
    "zh": r"一共|总共|总的|合计|全部|共(?=[多少比])",
}
"""Adverbs for the sum, where two places are compared."""
_ALL_OF: Final[dict[Language, str]] = {
    "ko": _BOTH["ko"],
    "zh": r"一共|加起来|合计|总共|合起来|一起|两[家个者位户人]|二者|他们|所有|全部",
}
_ALL_THINGS: Final = (
    rf"\b(?:both|all|the (?:{_NUMBERS}))(?: of)?(?: the)? (?!of\b|together\b|combined\b|in\b|use|used)[a-z]+s\b|"
    r"\bbeiden? (?!zusammen)[A-ZÄÖÜ]\w+|\bdie (?:zwei|drei) [A-ZÄÖÜ]\w+|\bles deux (?!ont|ensemble)\w+s\b|"
    r"\b(?:los|las) dos (?!juntos|juntas)\w+s\b"
)
"""All series by the kind of thing that they are: "both households"."""
_IN_ALL: Final = re.compile(r"(?:in|au|en|im)\b", re.IGNORECASE)


def _can_be_added(panel: ChartPanel, drawn: list[Series]) -> bool:
    alike = all(one.kind in _PLAIN and one.x == drawn[0].x and one.right == drawn[0].right for one in drawn)
    axis = panel.axis_of(drawn[0])
    return alike and is_amount(axis.label, axis.unit) and all(one.source == "figure" for one in drawn)
