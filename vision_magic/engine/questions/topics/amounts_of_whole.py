"""Amounts of a whole that the title of a pie in percent names: the roads of a budget of "48 M€ in total".

The whole may be persons as well: those who cycle of "240 people in all".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import known_points, total
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.summed import names_together

__all__ = ["amount_of_whole", "as_amount_of_whole"]

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
_PERSONS: Final = re.compile(
    r"^ ?(?:people|persons?|respondents?|participants?|students?|pupils?|employees?|members?|guests?|visitors?|"
    r"personen|leute|befragte|teilnehmende|teilnehmer\w*|schüler\w*|studierende|mitarbeiter\w*|beschäftigte|mitglieder|"
    r"gäste|personnes|répondants|participants|élèves|étudiants|employés|salariés|membres|personas|encuestados|"
    r"participantes|alumnos|estudiantes|empleados|socios|명|人|名)$",
    re.IGNORECASE,
)
"""Units of a total of persons."""
_OF_PERSONS: Final[dict[Language, str]] = {
    "en": r"\bhow many (?:people|persons|respondents|participants|{unit})\b|"
    r"\bhow many (?:of (?:them|us) )?(?=(?:come|came|take|took|use|used|go|went|drive|drove|ride|travel|prefer|"
    r"like|chose|choose|say|said|voted|answered)\b)",
    "de": r"\bwie ?viele (?:personen|leute|menschen|{unit})\b|"
    r"\bwie ?viele (?:(?:davon|von ihnen) )?(?=(?:kommen|kamen|fahren|nehmen|nutzen|benutzen|reisen|bevorzugen|mögen|"
    r"wählen|wählten|sagen|sagten|antworteten)\b)",
    "fr": r"\bcombien de (?:personnes|gens|{unit})\b|"
    r"\bcombien (?:d['’]entre eux )?(?=(?:viennent|prennent|utilisent|préfèrent|choisissent|aiment|voyagent|ont)\b)",
    "es": r"\bcu[aá]ntas? personas\b|\bcu[aá]nt[oa]s {unit}\b|"
    r"\bcu[aá]nt[oa]s (?=(?:vienen|van|usan|utilizan|prefieren|eligen|toman|cogen|viajan)\b)",
    "ko": r"몇 ?(?:명|사람)",
    "zh": r"(?:多少|几)个?(?:人|名)",
}
"""Questions for a number of persons, who may be called as in the total."""
_IN_PERCENT: Final = re.compile(
    r"%|per ?cent|prozent|pour ?cent|por ?ciento|퍼센트|百分|share|anteil|\bpart\b|비율|占比"
)


@dataclass(frozen=True, slots=True)
class _Total:
    """The total that a title names."""

    sign: str
    number: float
    unit: str

    def shown(self, number: float) -> str:
        return f"{self.sign}{format_derived(number)}{self.unit}"


def _total_of(panel: ChartPanel) -> _Total | None:
    """Return the total that the title of a panel names; None where it names none."""
    found = next((match for form in _TOTAL if (match := form.search(panel.title)) is not None), None)
    if found is None:
        return None
    number = float(found["number"].replace(",", "."))
    grouped = re.search(r"[.,]\d{3}$", found["number"]) is not None  # thousands, or three decimals
    return None if grouped or not number else _Total(found["sign"] or "", number, found["unit"].rstrip())


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
    whole, money = _total_of(panels[0]), re.search(_OF_MONEY[query.language], text)
    if whole is None or not query.places or not all(place in drawn[0].x for place in query.places):
        return query
    asked = money if _MONEY.search(whole.sign + whole.unit) is not None else _of_persons(text, whole, query.language)
    read = set(query.operations) <= {"value", "share", "count", "sum"}
    read |= query.operations == ("unheard",) and asked is not None and query.unheard.lower() in asked[0]
    joined = re.search(_JOINED, query.text) is not None
    if not read or asked is None or (len(query.places) > 1) != joined:
        return query
    return replace(query, operations=("amount of whole",), statistic="", amounts=(), unheard="", firm=True)


_JOINED: Final = (
    r"[\ue000-\ue3ff] ?(?:,|and|or|und|oder|et|ou|y|o|와|과|랑|하고|和|与|跟|、)|"
    r"(?:\b(?:and|und|et|y)|와|과|랑|하고|和|与|跟|、) ?(?:\w+ )?[\ue000-\ue3ff]"
)
"""A part beside another, so that both are asked for, whether both are known or not."""


def _of_persons(text: str, whole: _Total, language: Language) -> re.Match[str] | None:
    """Return the words of a question for a number of persons, if these are what the total counts."""
    if _PERSONS.match(whole.unit) is None:
        return None
    return re.search(_OF_PERSONS[language].replace("{unit}", re.escape(whole.unit.strip().lower())), text)


def amount_of_whole(task: Task) -> Iterator[str]:
    """Yield the share of some parts, and the amount that this is of the total in the title."""
    item = task.items[0]
    whole = _total_of(item.panel)
    points = known_points(item.series)
    parts = [point.value for point in points if point.place in task.query.places]
    everything = total([point.value for point in points])
    if whole is None or len(parts) != len(task.query.places) or not everything:
        yield task.say("unknown", of="")
        return
    share = total(parts) / everything
    yield task.say(
        "amount of whole",
        name=names_together(task, item, task.query.places),
        share=f"{format_derived(float(f'{100 * share:.3g}'))} %",
        total=whole.shown(whole.number),
        value=whole.shown(float(f"{whole.number * share:.4g}")),
    )
