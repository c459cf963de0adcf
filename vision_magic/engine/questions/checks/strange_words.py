"""Words that nothing accounts for, in questions that the classifier takes for ones that charts cannot answer.

A rule may leave a word unread where it hardly changes the answer: "the heating costs in Sendling" of a chart of rents
has a word for costs and a place. Where the classifier, which reads the whole question, doubts that the chart answers
it, such a word is the likely reason, and is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import Chart, ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import are_from_figures, own_words, unaccounted
from vision_magic.engine.questions.checks.accounts_in_languages import unaccounted_in
from vision_magic.engine.questions.checks.roles import Role, role_of
from vision_magic.engine.questions.classified import Understood
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.parse import found_in
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["may_have_strange_word", "strange_word"]

_DOUBTED: Final = 0.3
"""How probable it is at least that nothing answers a question, so that no noun of it may be left unread."""
_DOUBTED_IN_CHINESE: Final = 0.5
"""The same of Chinese, in which a part of a word may be taken for one."""
_DENIED: Final = 0.9
"""How probable it is at least, so that no word may be, which is mostly a verb."""


def may_have_strange_word(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a rule may have left a word unread, so that the classifier has to be asked."""
    return not query.firm and set(query.operations) <= _OPERATIONS and are_from_figures(panels)


def strange_word(text: str, query: Query, found: Understood, charts: Sequence[Chart]) -> str:
    """Return a word of a question that nothing accounts for, if the classifier doubts that it can be answered.

    Parameters
    ----------
    text : str
        The question as it was written.
    query : Query
        What a rule read of it, for which `may_have_strange_word` holds.
    found : Understood
        What the classifier says of it.
    charts : sequence of Chart
        The charts that it is about.
    """
    panels = [panel for chart in charts for panel in chart.panels]
    doubted = _DOUBTED_IN_CHINESE if query.language == "zh" else _DOUBTED
    if found.sure or found.none < doubted:
        return ""
    _, marked = found_in(text, panels)
    if query.language == "en":
        points = all(one.kind == "points" for panel in panels for one in panel.series)
        word = unaccounted(marked.written, charts, negated=query.negated, things=points)
    else:
        word = unaccounted_in(query, marked.written, charts)
    if any(part in own_words(panels, []) for part in _parts(word.lower(), query.language)):
        return ""  # "Puls" of "Ruhepuls"
    role = _role(word, marked, query.language, panels)
    if not word or role == "done":  # "la plus empruntée" of loans
        return ""
    return word if found.none >= _DENIED or _is_noun(word, role, query.language) else ""


_OPERATIONS: Final[frozenset[Operation]] = frozenset(
    (
        "value",
        "maximum",
        "minimum",
        "sum",
        "mean",
        "median",
        "group",
        "lookup",
        "threshold",
        "difference",
        "first",
        "last",
        "end of bins",
    )
)
"""Operations that ask for amounts, which a noun may say to be others than those drawn."""


def _parts(word: str, language: Language) -> Iterator[str]:
    """Yield what may stand in a longer word of a chart: a word, or two of its Chinese characters."""
    if language == "zh":
        yield from (word[at : at + 2] for at in range(len(word) - 1))
    elif len(word) > 3 or (language == "ko" and len(word) > 1):
        yield word


def _role(word: str, marked: Marked, language: Language, panels: Sequence[ChartPanel]) -> Role | None:
    """Return the role of a word; None in Korean and Chinese, and of a word that is not found as it is written."""
    at = marked.written.find(word)
    if language in ("ko", "zh") or at < 0:
        return None
    own = own_words(panels, [])
    return role_of(marked.written, at, language, lambda one: one.lower() in own)


def _is_noun(word: str, role: Role | None, language: Language) -> bool:
    """Return whether a word is, or may be, a noun or what describes one, and no verb."""
    if language == "ko":
        return re.search(_VERB_IN_KOREAN, word) is None
    if role is None or (language == "de" and word[:1].islower()):
        return language != "de"
    return role not in _ROLES


_ROLES: Final[tuple[Role, ...]] = ("verb", "adverb", "thing")
"""What is no other quantity: a verb, and the noun after "which", for things of which the names are drawn."""
_VERB_IN_KOREAN: Final = r"(?:[다요까죠]|[았었였했]\S*|[는은한된린진]|[을를] ?때)$"
"""Endings of Korean verbs and adjectives."""
