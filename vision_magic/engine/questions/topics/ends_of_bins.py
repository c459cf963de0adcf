"""Questions for the ends of what a histogram counts, and for its empty bins: "the longest delay", "is there a gap?".

The highest of the values that bins are made of is not the highest bar: it lies in the last bin that is not empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import words_for
from vision_magic.engine.questions.names.words_of_axes import words_of_axis
from vision_magic.engine.questions.numbers import label_without_unit, quoted
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.asked_of_bins import MARKS_OF_BINS, are_bins, asking_only
from vision_magic.engine.questions.vocabulary.dimensions import dimensions_of, superlatives
from vision_magic.engine.questions.vocabulary.judging import judged
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_empty_bins", "as_end_of_bins", "empty_bins", "end_of_bins"]

_HIGHEST: Final[dict[Language, str]] = {
    "en": r"highest|longest|largest|biggest|greatest|tallest|maximum|max|top|latest",
    "de": r"(?:höchst|längst|größt|maximal|spätest)e?[nrsm]?",
    "fr": r"(?:le |la )?plus (?:élevée?|haute?|grande?|longue?|importante?|tardive?)|maximale?|maximum",
    "es": r"(?:el |la )?más (?:alt[oa]|larg[oa]|grande|elevad[oa]|tarde)|mayor|máxim[oa]",
    "ko": r"(?:가장|제일) ?(?:높은|긴|큰|늦은|많은)|최고|최대|최장",
    "zh": r"最[高长大久晚]的?",
}
_LOWEST: Final[dict[Language, str]] = {
    "en": r"lowest|shortest|smallest|minimum|min|least",
    "de": r"(?:niedrigst|kürzest|kleinst|geringst|minimal)e?[nrsm]?",
    "fr": r"(?:le |la )?plus (?:basse?|petite?|courte?|faible)|minimale?|minimum",
    "es": r"(?:el |la )?más (?:baj[oa]|cort[oa]|pequeñ[oa])|menor|mínim[oa]",
    "ko": r"(?:가장|제일) ?(?:낮은|짧은|작은|적은)|최저|최소",
    "zh": r"最[低短小]的?",
}
_SAID_OF: Final[dict[Language, tuple[str, ...]]] = {
    "en": (r"\b(?:S) (?:\w+ )?(?:N)", r"\b(?:N) (?:is|was) (?:the )?(?:S)\b"),
    "de": (r"\b(?:S) (?:\w+ )?(?:N)", r"\b(?:N) (?:ist|war) (?:am |die |der |das )?(?:S)\b"),
    "fr": (r"\b(?:S) (?:N)", r"(?:N) (?:\w+ )?(?:S)(?!\w)"),
    "es": (r"\b(?:S) (?:N)", r"(?:N) (?:\w+ )?(?:S)(?!\w)"),
    "ko": (r"(?:S) ?(?:N)", r"(?:N)[이가은는]? ?(?:S)"),
    "zh": (r"(?:S)(?:N)", r"(?:N)(?:S)"),
}
"""A superlative S that is said of a noun N."""
_OF_COUNTS: Final[dict[Language, str]] = {
    "en": r"\b(?:numbers?|counts?|frequency|common|frequent|most (?!(?:expensive|delayed|late))|fewest|"
    r"ranges?|groups?|brackets?)\b",
    "de": r"anzahl|häufig|meisten|wenigsten|bereich|spanne|gruppe",
    "fr": r"nombre|fréquen|courant|plage|fourchette|groupe",
    "es": r"número|frecuen|común|rango|franja|grupo",
    "ko": r"개수|빈도|흔한|많[은이]|구간|그룹|대[가는]",
    "zh": r"数量|频|常见|最多|最少|区间|组|段",
}
"""Words for how many there are in a bin, or for the bins themselves."""
_OTHERWISE: Final[dict[Language, str]] = {
    "en": r"^\W*(?:who|whose|where|when|why)\b|\bhow old\b|\b(?:who|where) (?:is|was|did)\b",
    "de": r"^\W*(?:wer|wessen|wem|wo|wohin|woher|wann|warum)\b|\bwie alt\b",
    "fr": r"^\W*(?:qui|où|quand|pourquoi)\b|\bquel âge\b",
    "es": r"^\W*(?:quién|dónde|cuándo|por qué)\b|\bcuántos años\b",
    "ko": r"누가|누구|어디|언제|왜|몇 ?살",
    "zh": r"谁|哪里|哪儿|何时|什么时候|为什么|几岁|多大",
}
"""Questions for a person, a place, a time or an age, which bins of something else do not tell."""
_AGE: Final = r"\bage\b|\balter\b|âge|edad|나이|연령|年龄"
_OTHER: Final[frozenset[Operation]] = frozenset(("cannot",))


def as_end_of_bins(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "the longest delay" of a histogram of delays as a question for its last bin, and not for its highest bar.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    kept = query.threshold or query.bounds or query.places or query.top or query.rank > 1 or query.then
    declined = query.firm and set(query.operations) & _OTHER
    if not are_bins(panels) or kept or declined or query.statistic:
        return query
    text = text.lower()
    marks = f"{MARKS_OF_BINS[query.language]}|{_OF_COUNTS[query.language]}"
    sides = set() if re.search(marks, text) else _sides(text, panels[0], query.language)
    unknown = query.operations == ("unheard",) and not _is_of_end(query.unheard, panels[0], query.language)
    if len(sides) != 1 or unknown:
        return query
    if re.search(_OTHERWISE[query.language], text) and not re.search(_AGE, panels[0].x.label.lower()):
        return replace(query, operations=("cannot",), firm=True)
    return replace(asking_only(query, "end of bins"), words=frozenset(sides), firm=False)


def _sides(text: str, panel: ChartPanel, language: Language) -> set[Operation]:
    """Return whether the highest, or the lowest, of the values in bins is asked for."""
    return {side for side, highest in _SIDES if re.search(_pattern(panel, language, highest=highest), text)} or _judged(
        text, panel, language
    )


_SIDES: Final[tuple[tuple[Operation, bool], ...]] = (("maximum", True), ("minimum", False))


def _pattern(panel: ChartPanel, language: Language, *, highest: bool) -> str:
    """Return a pattern of superlatives of what is binned: its own, such as "oldest", and plain ones before its noun."""
    own = [
        superlatives((one.much if highest else one.little)[language], language)
        for one in dimensions_of(panel.x.label, panel.x.unit)
    ]
    plain = (_HIGHEST if highest else _LOWEST)[language]
    said = [form.replace("S", plain).replace("N", _nouns(panel, language)) for form in _SAID_OF[language]]
    return "|".join((*own, *said))


def _nouns(panel: ChartPanel, language: Language) -> str:
    """Return a pattern of the nouns for what is binned, and for one of the things that are counted."""
    along = words_for(panel.x, language)
    counted = label_without_unit(panel.y).lower()
    one = [re.escape(counted.removesuffix("s")) + r"\b"] if counted.endswith("s") and language == "en" else []
    nouns = [along.pattern] if along is not None else []
    return "|".join((*nouns, *words_of_axis(panel.x, language, adjectives=False), *one)) or "(?!)"


def _judged(text: str, panel: ChartPanel, language: Language) -> set[Operation]:
    """Return the side of "the best score", where what is binned tells which one it is."""
    found = judged(text, [replace(panel, y=panel.x)], language)
    return found if re.search(_nouns(panel, language), text) else set()


def _is_of_end(word: str, panel: ChartPanel, language: Language) -> bool:
    """Return whether a word that is not understood is one for an end of what is binned."""
    sides = (_pattern(panel, language, highest=highest) for highest in (True, False))
    return any(re.search(side, word.lower()) for side in sides)


def end_of_bins(task: Task) -> Iterator[str]:
    """Yield the last, or the first, bin that is not empty."""
    item = task.items[0]
    filled = [(place, count) for place, count in zip(item.series.x, item.series.y, strict=True) if count > 0]
    if not filled:
        yield task.say("unknown", of="")
        return
    highest = "maximum" in task.query.words
    place, count = filled[-1 if highest else 0]
    label = label_without_unit(item.places)
    of = task.say("of name", name=quoted(label, task.language)) if label else ""
    yield task.say("last bin" if highest else "first bin", of=of, bin=item.bin_at(place), value=item.value(count))


# --- empty bins -------------------------------------------------------------------------------------------------

_STRETCH: Final[dict[Language, str]] = {
    "en": r"ranges?|groups?",
    "de": r"\w*bereiche?n?|\w*spannen?|\w*gruppen?",
    "fr": r"plages?|fourchettes?|groupes?",
    "es": r"rangos?|franjas?|grupos?",
    "ko": r"범위|대",
    "zh": r"范围|段",
}
_EMPTY: Final[dict[Language, str]] = {
    "en": r"\bempty\b|\bgaps?\b|\b(?:M)\b[^?]{0,40}\b(?:has|have|had|with|contains?|is there|are there|was there|were "
    r"there) (?:no|not (?:a single|any|one)|zero|nobody|no one)\b",
    "de": r"\bleere?[nrs]?\b|\blücken?\b|\b(?:M)\b[^?]{0,40}\b(?:keine?[nrsm]?|niemand\w*|nichts)\b",
    "fr": r"\bvides?\b|\btrous?\b|\blacunes?\b|\b(?:M)\b[^?]{0,40}\b(?:aucune?|personne|sans|pas d(?:e |['’]))",
    "es": r"\bvac[ií][oa]s?\b|\bhuecos?\b|\b(?:M)\b[^?]{0,40}\b(?:ningun[oa]?|ningún|nadie|sin|no hay|no hubo)\b",
    "ko": r"빈 ?(?:M)|(?:M)[^?]{0,8}(?:비어|비었)|(?:아무도|하나도|한 ?\S{1,2}도) ?없는 ?(?:M)|"
    r"(?:M)[^?]{0,12}(?:아무도|하나도) ?없",
    "zh": r"空的?(?:M)|(?:M)[^?？]{0,8}(?:是空|为空)|空档|空白|没有[^?？有]{1,6}的(?:M)|哪\S{0,2}(?:M)(?:里|中)?没有",
}
"""That there is nothing in a bin; M stands for the words for one."""


def as_empty_bins(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "is there a gap in the histogram" as a question for its empty bins.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not are_bins(panels) or query.threshold or query.bounds or query.places or query.amounts or query.then:
        return query
    mark = f"{MARKS_OF_BINS[query.language]}|{_STRETCH[query.language]}"
    if re.search(_EMPTY[query.language].replace("M", mark), text.lower()) is None:
        return query
    return replace(asking_only(query, "empty bins"), yes_no=query.yes_no)


def empty_bins(task: Task) -> Iterator[str]:
    """Yield which bins have a count of zero, after yes or no where it is asked whether there are any."""
    item = task.items[0]
    empty = [item.bin_at(place) for place, count in zip(item.series.x, item.series.y, strict=True) if count == 0]
    if task.query.yes_no:
        yield task.say("yes" if empty else "no")
    shown = join(empty, task.language, longest=20)
    yield task.say("empty bins", count=len(empty), bins=shown) if empty else task.say("no empty bins")
