"""Amounts of a whole that the title of a pie in percent names: the roads of a budget of "48 M€ in total"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import known_points, total
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.task import Task

__all__ = ["amount_of_whole", "as_amount_of_whole"]

_WORD: Final = (
    r"(?:totale?|insgesamt|gesamt|summe|overall|in all|en tout|au total|en total|总计|总额|合计|共计|总共|총액|총|합계)"
)
_NUMBER: Final = r"(?P<sign>[€$£¥₩] ?)?(?P<number>\d+(?:[.,]\d+)?)(?![.,]?\d)"
_UNIT: Final = r"(?P<unit>(?: ?[^\W\d_]+\.?)?(?: (?:de |d['’])?[^\W\d_]+\.?){0,1}? ?[€$£¥₩]?)"
_TOTAL: Final = (
    re.compile(rf"(?<!\w){_WORD} ?[:=:]? ?{_NUMBER}{_UNIT}(?=\s*(?:[),;)]|$))", re.IGNORECASE),
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
    read = set(query.operations) <= {"value", "share"}
    read |= query.operations == ("unheard",) and money is not None and query.unheard.lower() in money[0]
    if not read or len(query.places) != 1 or query.places[0] not in drawn[0].x:
        return query
    if whole is None or money is None or _MONEY.search(whole.sign + whole.unit) is None:
        return query
    return replace(query, operations=("amount of whole",), statistic="", amounts=(), unheard="", firm=True)


def amount_of_whole(task: Task) -> Iterator[str]:
    """Yield the share of a part, and the amount that this is of the total in the title."""
    item = task.items[0]
    whole = _total_of(item.panel)
    points = known_points(item.series)
    part = next((point.value for point in points if point.place in task.query.places), None)
    everything = total([point.value for point in points])
    if whole is None or part is None or not everything:
        yield task.say("unknown", of="")
        return
    share = part / everything
    yield task.say(
        "amount of whole",
        name=item.place(task.query.places[0]),
        share=f"{format_derived(float(f'{100 * share:.3g}'))} %",
        total=whole.shown(whole.number),
        value=whole.shown(float(f"{whole.number * share:.4g}")),
    )
