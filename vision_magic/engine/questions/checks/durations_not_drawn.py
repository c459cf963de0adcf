"""Durations that a question asks for and a chart does not measure: "how long does an episode last" of its listeners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartAxis, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.asked_periods import has_times
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.named_points import name_of_place
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import WHOLE_CHART, Operation

__all__ = ["as_duration_not_drawn"]

_LASTING: Final[dict[Language, str]] = {
    "en": r"\bhow long (?:does|did|do|will|would|has|have|had|until|before|after|ago)\b|"
    r"\bhow many (?:seconds|minutes|hours)\b|"
    r"\bhow many (?:days|weeks|months|years) (?:does|did|do|has|have|had) .*\b(?:take|last|stay|wait|need|been)",
    "de": r"\bwie ?lange\b|\bwie ?viele (?:sekunden|minuten|stunden)\b|"
    r"\bwie ?viele (?:tage|wochen|monate|jahre) (?:dauer|brauch|bleib|blieb|wart)",
    "fr": r"\bcombien de temps\b|\bcombien (?:dur|a dur)\w*|\bdepuis combien\b|"
    r"\bcombien d(?:e |['’])(?:secondes|minutes|heures)\b|\bcombien de (?:jours|semaines|mois) (?:dur|rest|faut)",
    "es": r"\bcu[aá]nto tiempo\b|\bcu[aá]nto (?:ha )?(?:dur|tard)\w*|"
    r"\bcu[aá]nt[oa]s (?:segundos|minutos|horas)\b|\bcu[aá]nt[oa]s (?:días|semanas|meses) (?:dur|tard|se qued)",
    "ko": r"얼마나 ?(?:오래|걸[리려렸린])|얼마 ?동안|몇 ?(?:초|시간|분)(?![가-힣]*대| ?이 |께서|의|기)|"
    r"며칠 ?(?:동안|간|이나|걸|묵|머)",
    "zh": r"多久|多长时间|(?:多少|几)个?(?:分钟|小时|秒)|(?:用|花|住|待|等|耗)了?(?:多少|几)[天年]",
}
"""Questions for how long something takes or lasts."""
_SINCE: Final[dict[Language, str]] = {
    "en": r"\bsince when\b",
    "de": r"\bseit wann\b",
    "fr": r"\bdepuis quand\b",
    "es": r"\bdesde cu[aá]ndo\b",
    "ko": r"언제부터",
    "zh": r"从什么时候",
}
"""Questions for a time, which no duration answers."""
_LONG: Final[dict[Language, str]] = {
    "en": r"\bhow long (?:is|are|was|were)\b",
    "de": r"\bwie lang (?:ist|sind|war|waren)\b",
    "fr": r"\bquelle (?:est|était) la durée\b",
    "es": r"\bcuál (?:es|era) la duración\b",
    "ko": r"얼마나 ?(?:긴|길)",
    "zh": r"多长(?!时间)",
}
"""Questions for a duration or a length."""
_WHEN: Final[dict[Language, str]] = {
    "en": r"^\W*when (?:did|was|were|has|have)\b",
    "de": r"^\W*wann\b",
    "fr": r"^\W*quand\b",
    "es": r"^\W*cuándo\b",
    "ko": r"언제",
    "zh": r"什么时候|何时",
}
_DURATION: Final = re.compile(
    r"\btimes?\b|\w*time\b|duration|latenc|delay|\bwait|lifespan|lifetime|sleep|\b(?:second|minute|hour|day|week|"
    r"month|year)s\b|"
    r"dauer|zeit|wartez|verzöger|verspät|schlaf|sekunde|minute|stunde|\b(?:tage|wochen|monate|jahre)\b|"
    r"durée|temps\b|délai|attente|retard|sommeil|seconde|heure|\b(?:jours|semaines|mois|années|ans)\b|"
    r"duraci|tiempo|espera|retraso|sueño|segundo|horas?\b|\b(?:días|semanas|meses|años)\b|"
    r"시간|기간|소요|지연|수면|일수|일차|주차|개월|수명|时长|时间|耗时|用时|延迟|延误|睡眠|天数|年数|寿命|小时|分钟",
    re.IGNORECASE,
)
"""Labels of what is measured in time."""
_TIME: Final = re.compile(
    r"\btimes?\b|\w{3}time\b|duration|how long|dauer|zeit\b|wie lange|durée|temps\b|duraci|tiempo|cuánto dura|"
    r"시간|기간|소요|时长|时间|用时|多久",
    re.IGNORECASE,
)
"""Titles of charts of durations."""
_UNIT: Final = re.compile(
    r"(?:[mµn]?s|secs?|min|mins|h|hrs?|d|std|sek|seg|seconds?|minutes?|hours?|days?|weeks?|months?|years?|"
    r"sekunden?|minuten?|stunden?|tagen?|wochen?|monaten?|jahren?|secondes?|heures?|jours?|semaines?|mois|ans|"
    r"segundos?|minutos?|horas?|días?|semanas?|meses|años|일|초|분|시간|주|개월|년|일차|주차|秒|分钟?|小时|天|日|周|个?月|年)"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
"""Units of time at the beginning of a unit, such as "min/km"."""
_LENGTH: Final = re.compile(
    r"(?:\b[kcmµn]?m\b|\bft\b|\binch|\bmiles?\b|length|\blong|distan|width|height|läng|lang\b|streck|breite|höhe|"
    r"longueur|taille|longitud|altura|페이지|pages?\b|seiten|páginas|길이|거리|长|距离|页)",
    re.IGNORECASE,
)
_AGE: Final = re.compile(r"\bage\b|alter\b|\bâge|\bedad|나이|연령|年龄", re.IGNORECASE)
_IN_BRACKETS: Final = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_OF_VALUES: Final[frozenset[Operation]] = frozenset(("value", "mean", "median", "sum", "group", "share"))
"""Operations that tell amounts: along times, the other ones may tell how long something was so."""


def as_duration_not_drawn(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question for a duration that is not drawn as one that names it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    known = query.operations in ((), ("cannot",)) or set(query.operations) & (WHOLE_CHART - {"count"})
    if not panels or known or (query.firm and query.unheard) or query.then is not None:
        return query
    word = next(_asked(query, text.lower(), panels), "")
    return replace(query, operations=("unheard",), unheard=word, then=None, firm=True) if word else query


def _asked(query: Query, text: str, panels: Sequence[ChartPanel]) -> Iterator[str]:
    """Yield the words for a duration, or for when something was, that a chart cannot tell."""
    language = query.language
    timed = any(has_times(panel) and not _AGE.search(panel.x.label) for panel in panels)
    named = len(query.places) == 1 and (isinstance(query.places[0], str) or name_of_place(query.places[0]))
    since = re.search(_SINCE[language], text) if named and not timed else None
    if since is not None:
        yield since[0]
    amount = set(query.operations) <= _OF_VALUES
    if any(map(_is_of_time, _axes(panels))) or any(map(_may_be_of_time, panels)) or (timed and not amount):
        return
    lasting = re.search(_LASTING[language], text)
    if lasting is not None:
        yield lasting[0].strip()
    long = re.search(_LONG[language], text) if amount else None
    if long is not None and not any(map(_is_of_length, _axes(panels))):
        yield long[0].strip()
    when = re.search(_WHEN[language], text) if named and not timed else None
    if when is not None:
        yield when[0].strip()


def _axes(panels: Sequence[ChartPanel]) -> list[ChartAxis]:
    return [axis for panel in panels for axis in (panel.x, panel.y, panel.right, panel.colour_bar) if axis is not None]


def _is_of_time(axis: ChartAxis) -> bool:
    """Return whether an axis measures how long something is, and not how old."""
    label = _IN_BRACKETS.sub(" ", axis.label)
    if _AGE.search(label):
        return False
    return _DURATION.search(label) is not None or _UNIT.match(axis.unit) is not None


def _is_of_length(axis: ChartAxis) -> bool:
    return _LENGTH.search(f"{axis.label} {axis.unit}") is not None


def _may_be_of_time(panel: ChartPanel) -> bool:
    """Return whether no unit tells what values are, and they have no label, or the title is one of durations."""
    values = [panel.axis_of(one) for one in panel.series if one.kind not in ("pie", "reference line")]
    unlabelled = bool(values) and not any(axis.label or axis.unit for axis in values)
    return unlabelled or (not any(axis.unit for axis in values) and _TIME.search(panel.title) is not None)
