"""Whether an answer is of the kind that its question asks for, and takes each of its qualifiers into account.

"Is it higher?" is answered by yes or no, "what share" by a percentage, "when" by a place. "At the end" must have led to
the last place, and "on average" to a mean. An answer that does not fit is one to another question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from vision_magic.engine.chart.data import Chart
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import task_of
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.checks.fitting_in_languages import ENDS, NAMES, PLACES, SHARES, STATED
from vision_magic.engine.questions.labelled import MEAN
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.usual_names import kind_of_names
from vision_magic.engine.questions.numbers import period_of
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.phrases.sentences import PHRASES, say
from vision_magic.engine.questions.places.rows_and_columns import misread_noun
from vision_magic.engine.questions.places.turned import is_between_times
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.asked_of_boxes import asks_from_to
from vision_magic.engine.questions.vocabulary.judging import is_of_means
from vision_magic.engine.questions.vocabulary.plain_words import IN_A_ROW
from vision_magic.engine.questions.vocabulary.words import WHOLE_CHART, Operation
from vision_magic.engine.questions.vocabulary.words_of_marks import MEANT_BY_ERRORS

__all__ = ["LASTING", "declines", "is_of_another_kind", "unheeded_in"]

# --- qualifiers -------------------------------------------------------------------------------------------------

_ENDS: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        r"\b(?:at|by|in|towards?) the (?:very )?end\b(?! of (?!the (?:day|week|month|year|season|term|trial)\b))|"
        r"\bended up\b|\bfinally\b|"
        r"\b(?:once|after|when) (?:the |its |our )?\w+ (?:is|was|has) (?:over|done|finished|complete|ended)\b",
        r"\b(?:at|in|from) the (?:very )?(?:start|beginning|outset)\b(?! of\b)|\binitially\b|\bat first\b|"
        r"\bto begin with\b",
    ),
    **ENDS,
}
"""Words for the last place and for the first one."""

LASTING: Final = r"\b(?:for good|permanently|once and for all|for the last time)\b"
_STATED: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"\bon average\b|\bon the whole\b", r"mean|average|median|estimated"),
        (r"(?<!above )(?<!below )(?<!median )\bmean\b(?! by)", r"mean|average|estimated|diff|higher|lower"),
        (r"\b(?:average|mean) (?:\w+ ){0,2}(?:growth|increase|decrease|rise|decline|drop|change)\b", r"\bper\b|slope"),
        (
            r"\bsignificantly\b|\bstatistical\w*\b|\bsignificant (?:difference|effect|improvement)\b",
            r"significant|interval|overlap",
        ),
        (
            r"\b(?:apart|aside) from\b|\bexcept(?: for)?\b|\bexcluding\b|\bbut not\b|\bignoring\b|\bdisregarding\b|"
            r"\bnot counting\b|\bleaving (?:out|aside)\b|\bother than\b",
            r"\bwithout\b",
        ),
        (rf"{LASTING}|\bfrom (?:then|there|that point) on\b", r"\bfrom .* on\b"),
        (r"\bfrom (\w+) to (?:the next )?\1\b", r"(?!)"),
        (r"\bin a row\b|\bconsecutive\b|\bin succession\b|\bback-to-back\b|\brunning\b", r"in a row|every|always"),
        (r"\bcombined\b|\b(?:put|taken|added) together\b", r"together|sum|total|in all|combined| \+ |mean"),
        (
            r"\bat (?:least|most) (?!\d|once\b|one\b|twice\b|half\b|a\b)(?=[a-z])",
            r"at least|at most|sum|together|never",
        ),
        (r"\bin relative terms\b|\bproportionally\b|\bpercentage-wise\b", r"%|times|share"),
    ),
    **STATED,
}
"""Qualifiers, and what an answer that takes them into account says."""


def unheeded_in(text: str, query: Query, sentences: Sequence[str], charts: Sequence[Chart]) -> str:
    """Return a qualifier of a question that its answer does not take into account; empty if there is none.

    Parameters
    ----------
    text : str
        The question as it was written.
    query : Query
        How it was read.
    sentences : sequence of str
        Its answer.
    charts : sequence of Chart
        The charts that it is about.
    """
    answer = " ".join(sentences)
    if not sentences or set(query.operations) & WHOLE_CHART or declines(answer, query.language):
        return ""
    panels = [panel for chart in charts for panel in chart.panels]
    noun = misread_noun(query, text, answer, panels)
    if noun:
        return noun
    own = own_words(panels, [chart.title for chart in charts])
    of_means = MEAN.search(own) is not None or is_of_means(panels)  # "above 7 hours on average" of bars that are means
    of_means |= query.operations == ("error",) and re.search(_VERB_OF_MEANING, text.lower()) is not None
    found = _qualifiers(text.lower(), query, answer, charts)
    return next((words for words in found if words not in own and not (of_means and MEAN.search(words))), "")


_VERB_OF_MEANING: Final = r"\bwhat (?:do|does|did)\b.*\bmean\b"


def _qualifiers(text: str, query: Query, answer: str, charts: Sequence[Chart]) -> Iterator[str]:
    for words, said in _STATED.get(query.language, ()):
        match = re.search(words, text)
        heeded = match is not None and _is_heeded(query, text[match.start() :])
        if match is not None and not heeded and re.search(said, answer, re.IGNORECASE) is None:
            yield match[0]
    for words, end in zip(_ENDS.get(query.language, ()), (-1, 0), strict=False):
        match = re.search(words, text)
        ends = list(_ends(query, charts, end)) if match is not None else []
        if match is not None and ends and not any(place in answer for place in ends):
            yield match[0]


def _is_heeded(query: Query, words: str) -> bool:
    """Return whether a query takes a qualifier into account that its answer does not repeat."""
    if query.operations in (("error",), ("quartiles",)):
        return words.startswith("from ")  # "which month differs most from colony to colony"
    if query.operations in (("lasts",), ("equal neighbours",)):
        return re.match(rf"from |running|{IN_A_ROW[query.language]}", words) is not None
    return query.operations == ("reach",) and re.match(LASTING, words) is not None


def _ends(query: Query, charts: Sequence[Chart], end: int) -> Iterator[str]:
    """Yield the last, or the first, place of each series in words."""
    for item in task_of(replace(query, bounds=None), charts).items:
        points = in_order(item.series)
        if points:
            yield item.place(points[end].place)


# --- the kind of answer -----------------------------------------------------------------------------------------

_OPENING: Final = r"(?:^|[,;:.?!–-] )(?:(?:and|so|but|well|ok|okay|then|in|on|at|from|by|since|until|during|for) )*"

_YES_NO: Final = _OPENING + r"(?:is|are|was|were|does|do|did|has|have|had|can)\b(?! (?:you|we) (?:tell|show|see|know))"
_PLACES: Final[dict[Language, str]] = {
    "en": _OPENING + r"(?:when\b|(?:which|what) (?:time|year|month|week|day|date|hour|quarter|season|weekday)\b)",
    **PLACES,
}
_NAMES: Final[dict[Language, str]] = {"en": _OPENING + r"(?:which|who)\b(?! (?:way|value|direction))", **NAMES}
_SHARES: Final[dict[Language, str]] = {
    "en": r"\b(?:what|which) (?:rough |approximate )?(?:percentage|percent|fraction|proportion|share)\b|"
    r"\bhow many percent\b|\bas a (?:percentage|fraction|proportion|share)\b",
    **SHARES,
}
_NO_PLACES: Final[frozenset[Operation]] = frozenset(
    ("trend", "mean", "sum", "slope", "spread", "range", "error", "median")
)
"""Operations that find no place, though some of them mention the ends of an axis."""
_NO_NAMES: Final[frozenset[Operation]] = frozenset(("trend", "value", "count", "correlation", "range", "error"))
"""Operations that choose none of several."""


def is_of_another_kind(query: Query, sentences: Sequence[str], charts: Sequence[Chart]) -> bool:
    """Return whether a question asks for yes or no, a share, a place or one of several, and its answer is none.

    Parameters
    ----------
    query : Query
        How the question was read.
    sentences : sequence of str
        Its answer.
    charts : sequence of Chart
        The charts that it is about.
    """
    answer, told = " ".join(sentences), set(query.operations)
    if query.number is not None and told <= {"mean", "median"}:
        return False  # within half a bin of the limit, there is no verdict
    if query.firm and told == {"count"}:
        return False  # the names themselves are asked for, and told with their number
    if not sentences or told & WHOLE_CHART or query.then is not None or declines(answer, query.language):
        return False
    if query.yes_no and len(query.groups) == 1 and told == {"trend"} and not query.firm:
        return True  # "does it drop at the weekend?" compares it with the other days
    if query.yes_no and _has_verb(query) and not _has_verdict(answer, query.language):
        return True
    if query.firm and told == {"correlation"}:
        return False  # it tells what happens, whatever else stands in the condition
    if _is_in(_SHARES, query) and not re.search(r"%|percent|fois|veces|fache|배|倍", answer):
        panels = [panel for chart in charts for panel in chart.panels]
        return (
            re.search(
                r"share|fraction|proportion|ratio|anteil|part\b|proporci|비율|비중|比例|占比", own_words(panels, ())
            )
            is None
        )
    meant = re.search(MEANT_BY_ERRORS[query.spoken], query.text) is not None
    if told == {"error"} and (meant or query.words & _RANKED or asks_from_to(query.text, query.spoken)):
        return False
    if is_between_times(query, [panel for chart in charts for panel in chart.panels]):
        return False  # it tells the places
    return not _has_verdict(answer, query.language) and _names_none(query, answer, charts)


def _names_none(query: Query, answer: str, charts: Sequence[Chart]) -> bool:
    """Return whether a question asks for a place or for one of several, and its answer names none."""
    told = set(query.operations)
    if _is_in(_PLACES, query) and (told <= _NO_PLACES or (told <= _RANKED and not _has_place(answer, query, charts))):
        return True
    if not _is_in(_NAMES, query):
        return False
    unnamed = told <= _TOTALS and not (_has_name(answer, query, charts) or _is_of_measure(query, charts))
    return unnamed or told <= (_NO_NAMES if query.words & _RANKED else _NO_NAMES - {"value"})


_RANKED: Final[frozenset[Operation]] = frozenset(("maximum", "minimum"))
_TOTALS: Final[frozenset[Operation]] = frozenset(("sum", "mean", "median"))


def _has_place(answer: str, query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether an answer has a place, or the name of a series that is a time, such as a year."""
    items = task_of(query, charts).items
    names = [item.series.name for item in items if item.series.name]
    timed = bool(period_of(names) or kind_of_names(names)) or all(any(map(str.isdigit, name)) for name in names)
    places = (item.place(place) for item in items for place in item.series.x[:_MOST_PLACES])
    return any(place in answer for place in places) or (timed and any(name in answer for name in names))


_NOUN: Final = re.compile(r"\b(?:which|welche\w*|quel(?:le)?s?|qué|cuál) (\w{4,})")


def _is_of_measure(query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether "which" is said of what is measured, "which height", or of a bin."""
    noun = _NOUN.search(query.text)
    drawn = [(panel.axis_of(one), one) for chart in charts for panel in chart.panels for one in panel.series]
    if all(one.kind == "histogram" for _, one in drawn):
        return True  # a median of bins tells the bin
    if noun is None:
        return False
    known = [words for axis, _ in drawn if (words := words_for(axis, query.language)) is not None]
    return any(noun[1][:5] in axis.label.lower() for axis, _ in drawn) or any(words.search(noun[1]) for words in known)


def _has_name(answer: str, query: Query, charts: Sequence[Chart]) -> bool:
    """Return whether an answer has the name of a series or of a place."""
    drawn = [item.series for item in task_of(query, charts).items]
    names = {name for one in drawn for name in (one.name, *one.x[:_MOST_PLACES]) if isinstance(name, str) and name}
    return any(name in answer for name in names)


_MOST_PLACES: Final = 400


_NOUNS: Final[frozenset[Operation]] = frozenset(
    ("slope", "mean", "median", "sum", "maximum", "minimum", "range", "value", "trend", "first", "last")
)
_SHORT: Final = 6
_NAMED: Final = (
    r"\W*(?:l[ae] |l['’]|die |der |das )?(?:total|somme|cumul|moyenne|médiane|nombre|écart|différence|maximum|minimum|"
    r"\w*summe|\w*durchschnitt\w*|mittelwert|median|anzahl|gesamt\w*|differenz|unterschied)\b"
)
"""A question that begins with the noun for what it asks for."""


def _has_verb(query: Query) -> bool:
    """Return whether a question with a question mark is one for yes or no, unlike "mean temperature of the year?"."""
    if query.language == "en":
        return re.search(_YES_NO, query.text) is not None
    words = len(query.text.split())
    named = re.match(_NAMED, query.text) is not None
    short = set(query.operations) <= _NOUNS and not query.threshold and words <= (2 * _SHORT if named else _SHORT)
    return query.language in ("ko", "zh") or not short


def _is_in(words: dict[Language, str], query: Query) -> bool:
    return query.language in words and re.search(words[query.language], query.text) is not None


_VERDICTS: Final = ("yes", "no", "partly", "in part", "significance")


def _has_verdict(answer: str, language: Language) -> bool:
    return any(re.search(rf"(?:^|[ :]){re.escape(say(key, language))}", answer) for key in _VERDICTS)


# --- answers that decline ---------------------------------------------------------------------------------------

_DECLINING: Final = (
    "cannot",
    "unheard",
    "which",
    "which place",
    "no place",
    "two needed",
    "other axes",
    "unknown",
    "no numbers",
    "unsure",
    "no data",
    "course only",
    "too few",
    "binned",
    "no shares",
    "no error bars",
    "nothing in bounds",
)
"""Sentences that say why there is no answer."""


def declines(answer: str, language: Language) -> bool:
    """Return whether an answer says that there is none."""
    return any(_longest_part(PHRASES[key][language]) in answer for key in _DECLINING)


@lru_cache(maxsize=256)
def _longest_part(template: str) -> str:
    """Return the longest part of a sentence that stands between its fields."""
    return max(re.split(r"\{[^}]*\}", template), key=len)
