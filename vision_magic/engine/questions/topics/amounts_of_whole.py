"""Amounts of a whole that the title of a pie in percent names: the roads of a budget of "48 M€ in total".

The whole may be persons as well: those who cycle of "240 people in all".
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.checks.persons_not_drawn import is_called
from vision_magic.engine.questions.language import LANGUAGES, Language
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import known_points, total
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.summed import names_together
from vision_magic.engine.questions.topics.surveys import is_of_survey
from vision_magic.engine.questions.vocabulary.words_of_surveys import ANSWERS, ANYBODY, CHOSE, PERSONS, TOOK_PART

__all__ = ["Total", "amount_of_whole", "as_amount_of_whole", "asks_for_persons", "total_of"]

_WORD: Final = (
    r"(?:totale?|insgesamt|gesamt|summe|overall|in all|en tout|au total|en total|"
    r"总计|总额|合计|共计|总共|一共|共|총액|총|합계)"
)
_NUMBER: Final = r"(?P<sign>[€$£¥₩] ?)?(?P<number>\d+(?:[.,]\d+)?)(?![.,]?\d)"
_UNIT: Final = r"(?P<unit>(?: ?[^\W\d_]+\.?)?(?: (?:de |d['’])?[^\W\d_]+\.?){0,1}? ?[€$£¥₩]?)"
_TOTAL: Final = (
    re.compile(rf"(?<!\w){_WORD} ?[:=:]? ?{_NUMBER}{_UNIT}(?=\s*(?:[),;)），；]|$))", re.IGNORECASE),
    re.compile(rf"{_NUMBER}{_UNIT} (?:in total|in all|insgesamt|au total|en tout|en total)(?!\w)", re.IGNORECASE),
)
"""A total with its unit: "total : 48 M€", "60 Mio. € insgesamt"."""
_MONEY: Final = re.compile(r"[€$£¥₩]|\b(?:euros?|eur|dollars?|usd|chf|francs?|pounds?)\b|원|元|欧|美元", re.IGNORECASE)
_OF_MONEY: Final[dict[Language, str]] = {
    "en": r"\bhow (?:much money|much (?:is|was|are|were) spent|many (?:\w+ )?(?:millions?|billions?|thousands?|euros?|"
    r"dollars?|pounds?))\b|\bin (?:euros?|dollars?|pounds?|millions?)\b|\bwhat amount\b",
    "de": r"\bwie ?viele? (?:geld|millionen|milliarden|tausend|euro|mio|mrd|dollar|franken)\b|"
    r"\bin (?:euro|millionen|mio)\b|\bwelche[rn]? betrag\b",
    "fr": r"\bcombien d(?:e |['’])(?:millions?|milliards?|euros?|milliers?|argent|dollars?|francs?)\b|"
    r"\ben (?:euros?|millions?)\b|\bquel(?: est le)? montant\b|\bquelle somme\b",
    "es": r"\bcu[aá]nto dinero\b|\bcu[aá]nt[oa]s (?:millones|miles|euros|dólares)\b|\ben (?:euros|millones)\b|"
    r"\bqué (?:cantidad|importe|monto)\b",
    "ko": r"몇 ?(?:십|백|천|만|억|조)? ?(?:억|만|천|조)? ?(?:원|유로|달러)|얼마|금액",
    "zh": r"多少(?:亿|万|千|百万)?(?:元|钱|欧元|美元|块)|几(?:亿|万)|金额",
}
"""Questions for an amount of money."""
_WESTERN: Final = "|".join(
    words[language] for language in ("en", "de", "fr", "es") for words in (ANYBODY, PERSONS, ANSWERS)
)
_EASTERN: Final = "|".join(words[language] for language in ("ko", "zh") for words in (ANYBODY, PERSONS, ANSWERS))
_PERSONS: Final = re.compile(
    rf"^ ?(?:(?:[^\W\d_]+ )?(?:{_WESTERN})|(?:[명名位人份票个]|가구)?의? ?(?:{_EASTERN})?(?: ?응답| ?참여)?)$",
    re.IGNORECASE,
)
"""Units of a total of persons, or of their answers; a bare number is one of these where it is that of a sample."""
_THOUSANDS: Final = r"(?P<sign>[€$£¥₩] ?)?(?P<number>\d{1,3}(?:[.,\u202f\u00a0 '’]\d{3})+)(?![.,]?\d)"
_CURRENCY: Final = r"(?:[€$£¥₩]|euros?|eur|dollars?|usd|chf|francs?|pounds?|원|元|欧元|美元)"
_BARE_MONEY: Final = rf"(?P<unit> ?{_CURRENCY}?)"
_OF_MONEY_IN_FULL: Final = (
    re.compile(rf"(?<!\w){_WORD} ?[:=:]? ?{_THOUSANDS}{_BARE_MONEY}(?=\s*(?:[),;)），；]|$))", re.IGNORECASE),
    re.compile(
        rf"{_THOUSANDS}{_BARE_MONEY} (?:in total|in all|insgesamt|au total|en tout|en total)(?!\w)", re.IGNORECASE
    ),
    re.compile(rf"[:：(（,，–-] ?{_THOUSANDS}{_BARE_MONEY}\s*[)）]?$", re.IGNORECASE),
)
"""A total in money with groups of thousands, which no magnitude makes decimals: "total €800,000", "2023: 800 000 €"."""
_MAGNITUDE: Final = (
    r"(?:millions?|billions?|milliards?|millones|mil millones|mio\.?|mrd\.?|m|bn|k|tsd\.?|thousand|tausend|"
    r"[천백십]?[만억조천]|[千百十]?[万亿千])"
)
_AT_END: Final = re.compile(
    rf"[:：(（,，–-] ?(?P<sign>[€$£¥₩] ?)?(?P<number>\d+(?:[.,]\d{{1,2}})?)(?![.,]?\d)"
    rf"(?P<unit>(?: ?{_MAGNITUDE}(?![^\W\d_원元欧美]))?(?: ?(?:de |d['’])?{_CURRENCY})?)\s*[)）]?$",
    re.IGNORECASE,
)
"""An amount of money in brackets, or behind a colon, at the end of a title: "budget 2024: 1.2 million €"."""
_COUNT: Final = r"(?P<sign>)(?<![\d.,])(?P<number>\d{1,3}(?:[.,\u202f\u00a0 ]\d{3})+|\d+)(?![.,]?\d)"
_OF_SURVEY: Final = (
    re.compile(rf"(?<![^\W\d_])n ?[=＝:] ?{_COUNT}(?P<unit>)", re.IGNORECASE),
    re.compile(rf"{_COUNT}(?P<unit> (?:[^\W\d_]+ )?(?:{_WESTERN}))(?![^\W\d_])", re.IGNORECASE),
    re.compile(rf"{_COUNT}(?P<unit> ?(?:[명名位人份票]|个(?=人)|가구) ?(?:{_EASTERN})?)"),
)
"""How many were asked: "n = 240", "sur 80 élèves", "200 replies", "共240名学生", "120명 응답"."""
_OF_NOUNS: Final = (
    re.compile(rf"[(（](?:of |aus |sur |de |共|总共|총 ?)?{_COUNT}(?P<unit> ?[^\W\d_]{{2,}}(?: [^\W\d_]+)?)[)）]"),
    re.compile(rf"[(（,，:：–-] ?(?:共|总共|총 ?){_COUNT}(?P<unit>[^\W\d_]{{2,4}})[)）]?$"),
)
"""How many things there are in all: "(120 Bücher)"."""
_NAMED: Final = re.compile(
    r"(?<![\w.,€$£¥₩-])(?<!top )(?P<sign>)(?P<number>\d{2,6})(?P<unit> [^\W\d_]{3,})", re.IGNORECASE
)
"""A number of things within a title: "how 120 cats came to us"."""
_NO_THINGS: Final = re.compile(
    r"(?:hours?|minutes?|seconds?|days?|weeks?|months?|years?|ans?|stunden?|minuten?|tagen?|tage|wochen?|monaten?|"
    r"monate|jahren?|jahre|heures?|jours?|semaines?|mois|années?|horas?|minutos?|días?|semanas?|mes(?:es)?|años?|"
    r"시간|분|일|주|개월|월|년|小时|分钟|天|周|个?月|年|km|kg|ha|mm|cm|kwh|mwh|gwh|twh|mg|ml|degrees?|grad|prozent|"
    r"percent)(?:[ -].*)?",
    re.IGNORECASE,
)
"""Times and measures, which are no things that are counted."""
_RECENT: Final = range(2001, 2051)
"""Years of surveys, which are no numbers of persons: "survey 2024, participants by age"."""
_WHO: Final[dict[Language, str]] = {
    language: f"(?P<who>{ANYBODY[language]}|{ANSWERS[language]}|{PERSONS[language]}|{{unit}})" for language in LANGUAGES
}
_OF_PERSONS: Final[dict[Language, str]] = {
    "en": rf"\b(?:how many|number of) (?:more |fewer |less )?(?:of )?(?:the |these |those |your |"
    rf"our )?(?:\d+ )?{_WHO['en']}\b|"
    r"\bhow many (?:more |fewer |less )?(?:of (?:them|us|those|these|you) )?(?:who )?(?:have |had |also |usually |"
    r"would )?"
    rf"(?=(?:{CHOSE['en']})\b)",
    "de": r"\b(?:wie ?viele?|anzahl) (?:mehr |weniger )?(?:der |von den |von |unter den )?(?:\d+ )?"
    rf"(?:mehr |weniger )?{_WHO['de']}\b|"
    rf"\bwie ?viele? (?:(?:davon|von ihnen) )?(?:mehr |weniger )?(?=(?:{CHOSE['de']})\b)",
    "fr": rf"\b(?:combien|nombre) d(?:e |es |['’])(?:\d+ )?{_WHO['fr']}\b|"
    rf"\bcombien parmi les {_WHO['fr'].replace('who', 'of')}\b|"
    rf"\bcombien (?:d['’]entre (?:eux|elles) )?(?:en )?(?:de (?:plus|moins) )?(?=(?:{CHOSE['fr']})\b)",
    "es": rf"\b(?:cu[aá]nt[oa]s|número de) (?:más |menos )?(?:de l[oa]s )?(?:\d+ )?{_WHO['es']}\b|"
    rf"\bcu[aá]nt[oa]s (?:de ell[oa]s )?(?:más |menos )?(?:se |les? )?(?=(?:{CHOSE['es']})\b)",
    "ko": r"몇 ?(?:명|사람|표|가구)",
    "zh": rf"(?:多少|几)(?:个|名|位|份|票)?{_WHO['zh']}|(?:多少|几)[名位票]|(?:多少|几)个?(?=(?:{CHOSE['zh']}))",
}
"""Questions for a number of persons, who may be called as in the total."""
_IN_PERCENT: Final = re.compile(
    r"%|per ?cent|prozent|pour ?cent|por ?ciento|퍼센트|百分|share|anteil|"
    r"(?<!took )(?<!take )(?<!taken )(?<!taking )(?<!pris )(?<!prennent )\bpart\b|비율|占比"
)


@dataclass(frozen=True, slots=True)
class Total:
    """The total that a title names."""

    sign: str
    number: float
    unit: str

    def shown(self, number: float) -> str:
        """Return a number with the unit of the total."""
        return f"{self.sign}{format_derived(number)}{self.unit}"

    def counted(self, number: float) -> str:
        """Return a number with its unit, or with the counter of its language."""
        counter = re.match("[명名位人份票]|가구", self.unit)
        unit = self.unit if counter is None else counter[0]
        return replace(self, unit=unit).shown(number)

    def part(self, share: float) -> str:
        """Return a part of the total in words; a part of persons is rounded, and says so."""
        amount, whole = float(f"{self.number * share:.4g}"), float(round(self.number * share))
        if _PERSONS.match(self.unit) is None or math.isclose(amount, whole, abs_tol=0.01):
            return self.counted(amount)
        return f"≈ {self.counted(whole)}"


def total_of(panel: ChartPanel) -> Total | None:
    """Return the total that the title of a panel names; None where it names none."""
    found = next((match for form in _TOTAL if (match := form.search(panel.title)) is not None), None)
    grouped = found is not None and re.search(r"[.,]\d{3}$", found["number"]) is not None  # thousands, or decimals
    if found is not None and not grouped:
        number = float(found["number"].replace(",", "."))
        return Total(found["sign"] or "", number, found["unit"].rstrip()) if number else None
    full = next((match for form in _OF_MONEY_IN_FULL if (match := form.search(panel.title)) is not None), None)
    if full is not None and (full["sign"] or full["unit"].strip()):
        return Total(full["sign"] or "", float(re.sub(r"\D", "", full["number"])), full["unit"].rstrip())
    ended = _AT_END.search(panel.title)
    if ended is not None and _MONEY.search(f"{ended['sign'] or ''}{ended['unit']}"):
        number = float(ended["number"].replace(",", "."))
        return Total(ended["sign"] or "", number, ended["unit"].rstrip()) if number else None
    counts = [match for form in _OF_SURVEY for match in form.finditer(panel.title)]
    known = {int(re.sub(r"\D", "", match["number"])): match["unit"].rstrip() for match in reversed(counts)}
    known = {number: unit for number, unit in known.items() if number and (number not in _RECENT or not unit)}
    if known:
        return next(Total("", number, unit) for number, unit in known.items()) if len(known) == 1 else None
    things = next((match for form in _OF_NOUNS if (match := form.search(panel.title)) is not None), None)
    things = things or _things_of_wedges(panel)
    if things is None or _NO_THINGS.fullmatch(things["unit"].strip()):
        return None
    number = int(re.sub(r"\D", "", things["number"]))
    return Total("", number, things["unit"].rstrip()) if number and number not in _RECENT else None


def _things_of_wedges(panel: ChartPanel) -> re.Match[str] | None:
    """Return the only number of things in a title of which all wedges are whole parts: "how 120 cats came to us"."""
    found = [match for match in _NAMED.finditer(panel.title) if int(match["number"]) not in range(1900, 2051)]
    drawn = drawn_series([panel])
    if len(found) != 1 or len(drawn) != 1 or drawn[0].kind != "pie" or not total(drawn[0].y):
        return None
    number = int(found[0]["number"])
    parts = [number * share / total(drawn[0].y) for share in drawn[0].y]
    whole = number > 2 * len(parts) and all(math.isclose(part, round(part), abs_tol=0.02) for part in parts)
    return found[0] if whole else None


def as_amount_of_whole(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many million euros go to roads" of a pie in percent as a question for this part of the named total.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text = drawn_series(panels), text.lower()
    pie = len(panels) == 1 and len(drawn) == 1 and drawn[0].kind == "pie"
    if not pie or query.threshold or query.then or query.yes_no or _IN_PERCENT.search(text):
        return query
    whole = total_of(panels[0])
    if whole is not None and len(query.places) > 1:  # "how many of the 120 cats"
        query = replace(query, places=tuple(place for place in query.places if place != whole.number))
    if whole is None or not all(place in drawn[0].x for place in query.places):
        return query
    if not query.places:
        return _of_whole(query) if _asks_for_whole(query, text, whole, panels[0]) else query
    money = _MONEY.search(whole.sign + whole.unit) is not None
    asked = re.search(_OF_MONEY[query.language], text) if money else _counted(text, whole, panels[0], query.language)
    read = set(query.operations) <= {"value", "share", "count", "sum", "group"}
    read |= query.operations == ("unheard",) and asked is not None and query.unheard.lower() in asked[0]
    word = query.unheard if query.operations == ("unheard",) and money else ""
    read |= re.match(_OF_MONEY[query.language], word) is not None
    read |= not money and is_of_survey(query.text, panels, query.language)
    compared = set(query.operations) & {"difference", "compare", "ratio"} or query.has("more") or query.has("less")
    joined = re.search(_JOINED, query.text) is not None
    if not read or compared or asked is None or (len(query.places) > 1) != joined:
        return query
    return _of_whole(query)


def _of_whole(query: Query) -> Query:
    return replace(query, operations=("amount of whole",), statistic="", amounts=(), unheard="", firm=True)


def _asks_for_whole(query: Query, text: str, whole: Total, panel: ChartPanel) -> bool:
    """Return whether a question asks how many took part, and for nothing else."""
    kept = query.bounds or query.groups or query.amounts or query.series or query.top or query.rank > 1
    language = query.language
    counted = _counted(text, whole, panel, language) or re.search(_SIZE_OF_SAMPLE[language], text)
    took_part = re.search(rf"{TOOK_PART[language]}|{_IN_ALL[language]}", query.text) is not None
    own = not kept and counted is not None and took_part
    return own and not set(query.words) & {"maximum", "minimum"} and is_of_survey(query.text, [panel], language)


_SIZE_OF_SAMPLE: Final[dict[Language, str]] = {
    "en": r"sample size|size of the sample|how (?:big|large) (?:is|was) the (?:sample|survey|poll)",
    "de": r"stichprobengröße|wie groß (?:ist|war) die (?:stichprobe|umfrage)",
    "fr": r"taille de l['’]échantillon",
    "es": r"tamaño (?:de la muestra|muestral)",
    "ko": "표본 ?(?:크기|수)",
    "zh": "样本(?:量|大小|数)",
}
_IN_ALL: Final[dict[Language, str]] = {
    "en": r"(?:in all|in total|altogether|overall|are there|were there|does (?:the|this) (?:chart|pie|survey))",
    "de": r"(?:insgesamt|gesamt|zusammen|gibt es|gab es)",
    "fr": r"(?:en tout|au total|y a-t-il|y avait-il|il y a)",
    "es": r"(?:en total|hay|hubo|había)",
    "ko": "모두|전체|총|전부",
    "zh": "一共|总共|共有|总人数|共",
}
_JOINED: Final = (
    r"[\ue000-\ue3ff] ?(?:,|and|or|und|oder|et|ou|y|o|와|과|랑|하고|이?나|또는|혹은|和|与|跟|或者?|、)|"
    r"(?:\b(?:and|or|und|oder|et|ou|y)|와|과|랑|하고|나|또는|和|与|跟|或者?|、) ?(?:\w+ ){0,3}[\ue000-\ue3ff]"
)
"""A part beside another, so that both are asked for, whether both are known or not."""


def asks_for_persons(text: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether a question asks for a number of those of whom the title of a panel tells the total.

    Parameters
    ----------
    text : str
        The question in lower case.
    panel : ChartPanel
        The panel that it is about.
    language : Language
        Its language.
    """
    whole = total_of(panel)
    money = whole is not None and _MONEY.search(whole.sign + whole.unit) is not None
    return whole is not None and not money and _counted(text, whole, panel, language) is not None


def _counted(text: str, whole: Total, panel: ChartPanel, language: Language) -> re.Match[str] | None:
    """Return the words of a question for a number of what the total counts: persons, or the things that it names."""
    if _PERSONS.match(whole.unit) is None:
        things = re.search(_OF_THINGS[language], text)
        return things if things is not None and is_called(things["who"], whole.unit.lower()) else None
    unit = re.escape(whole.unit.strip().lower()) or "(?!)"
    found = re.search(_OF_PERSONS[language].replace("{unit}", unit), text)
    who = found.groupdict().get("who") if found is not None else None
    title = panel.title.lower()
    others = who is not None and not re.fullmatch(f"{ANYBODY[language]}|{ANSWERS[language]}|{unit}", who)
    named = re.search(rf"(?<![^\W\d_])(?:{_WESTERN})(?![^\W\d_])|{_EASTERN}", title) is not None
    return None if others and named and not is_called(str(who), title) else found


_OF_THINGS: Final[dict[Language, str]] = {
    "en": r"\bhow many (?:more |fewer )?(?:of (?:the|these|our) )?(?:\d+ )?(?P<who>[a-z]{3,})",
    "de": r"\bwie ?viele (?:mehr |weniger |der |von den )?(?:\d+ )?(?P<who>[a-zäöüß]{3,})",
    "fr": r"\bcombien (?:parmi les |sur les |d(?:e |['’]|es ))(?:\d+ )?(?P<who>[^\W\d_]{3,})",
    "es": r"\bcu[aá]nt[oa]s (?:más |de l[oa]s )?(?:\d+ )?(?P<who>[^\W\d_]{3,})",
    "ko": r"(?P<who>[가-힣]{1,4}?)[은는이가]? ?(?:모두 )?몇",
    "zh": r"(?:多少|几)[一-龥]?(?P<who>[一-龥]{1,2})",
}


def amount_of_whole(task: Task) -> Iterator[str]:
    """Yield the share of some parts, and the amount that this is of the total in the title."""
    item = task.items[0]
    whole = total_of(item.panel)
    points = known_points(item.series)
    parts = [point.value for point in points if point.place in task.query.places]
    if whole is not None and not task.query.places:
        yield task.say("size of whole", total=whole.shown(whole.number))
        return
    everything = total([point.value for point in points])
    if whole is None or len(parts) != len(task.query.places) or not everything:
        yield task.say("unknown", of="")
        return
    share = total(parts) / everything
    yield task.say(
        "amount of whole",
        name=names_together(task, item, task.query.places),
        share=f"{format_derived(float(f'{100 * share:.3g}'))} %",
        total=whole.counted(whole.number),
        value=whole.part(share),
    )
