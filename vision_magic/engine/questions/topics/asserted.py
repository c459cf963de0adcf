"""What a question for yes or no says of two things: that the first is more than the second, or less.

"Was the bus later on Thursday than on Tuesday?" is answered with yes or no, where the direction of its adjective is
known: by its own meaning, by that of what is measured, or because less of it is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.dimensions import comparatives, dimensions_of
from vision_magic.engine.questions.vocabulary.judging import is_better_lower, is_known_which_is_better
from vision_magic.engine.questions.vocabulary.words import PLACE, SERIES

__all__ = ["as_asserted", "asserted_by"]

_Side = Literal["", "up", "down"]
_THAN: Final[dict[Language, str]] = {
    "en": r"\bthan\b",
    "de": r"\bals\b",
    "fr": r"\bque\b|\bqu['’]",
    "es": r"\bque\b|\bde lo\b",
    "ko": "보다",
    "zh": "比",
}
_NO_ASSERTION: Final[dict[Language, str]] = {
    "en": r"\b(?:how|by|differ\w*|gap|twice|times|half|much|far|not|or)\b|n['’]t\b",
    "de": r"\b(?:um|wie|doppelt|mal|halb|viel|weit|nicht|oder|unterschied)\b",
    "fr": r"\b(?:de combien|combien|fois|double|moitié|beaucoup|pas|ou|écart|différence)\b",
    "es": r"\b(?:cuánto|veces|doble|mitad|mucho|no|o|diferencia)\b",
    "ko": r"얼마|배|절반|훨씬|않|차이|아니면",
    "zh": r"多少|倍|一半|得多|不|没有|还是|差",
}
"""Words for the size of a difference, for its absence, and for a choice of two."""
_MORE: Final[dict[Language, str]] = {
    "en": r"more|higher|larger|greater|bigger|fuller",
    "de": r"mehr|höher\w*|größer\w*|voller\w*",
    "fr": r"plus(?! (?:bas|faible|petit|vide|mauvais)\w*)|davantage|supérieure?s?",
    "es": r"m[aá]s(?! (?:baj|pequeñ|vací|mal)\w*)|mayor(?:es)?",
    "ko": r"(?:더 ?)?(?:높|많|큰|크|컸)\S*",
    "zh": r"更?(?:高|大|多)",
}
_LESS: Final[dict[Language, str]] = {
    "en": r"less|lower|smaller|fewer|emptier",
    "de": r"weniger|niedriger\w*|kleiner\w*|geringer\w*|leerer\w*",
    "fr": r"moins|plus (?:bas|faible|petit|vide)\w*|inférieure?s?",
    "es": r"menos|menor(?:es)?|m[aá]s (?:baj|pequeñ|vací)\w*",
    "ko": r"(?:더 ?)?(?:낮|적[은었어으]|작[은았아])\S*",
    "zh": r"更?(?:低|小|少)",
}
_LATER: Final = re.compile(r"delay|late|verspätung|retard|retraso|지연|延误|晚点")
_LATE: Final[dict[Language, tuple[str, str]]] = {
    "en": ("later|tardier", "earlier|more punctual"),
    "de": (r"später\w*|unpünktlicher\w*", r"früher\w*|pünktlicher\w*"),
    "fr": (r"plus tard|plus en retard", r"plus tôt|plus ponctuel\w*"),
    "es": (r"más tarde|más retrasad\w+", r"más temprano|más puntual\w*"),
    "ko": (r"늦\S*", r"일찍|빨리"),
    "zh": ("更?晚", "更?早|更?准时"),
}
"""Later and earlier, where delays are measured, and no times of day."""
_BETTER: Final[dict[Language, tuple[str, str]]] = {
    "en": ("better", "worse"),
    "de": (r"besser\w*", r"schlechter\w*|schlimmer\w*"),
    "fr": (r"meilleure?s?|mieux", r"pires?|moins bonne?s?|moins bien|plus mauvaise?s?"),
    "es": (r"mejor(?:es)?", r"peor(?:es)?"),
    "ko": (r"더 ?(?:좋|잘|나[았은])\S*", r"더 ?(?:나[빴쁘쁜]|못)\S*"),
    "zh": ("更?好", "更?[差糟]"),
}
_EAST: Final[tuple[Language, ...]] = ("ko", "zh")
_MARK: Final = f"{SERIES}|{PLACE}"


def as_asserted(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a comparison of two things with what it says of them, if it is one that yes or no answers.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    compared = query.operations in (("compare",), ("difference",)) and not (query.threshold or query.groups)
    side = asserted_by(query, text, panels) if compared else ""
    return replace(query, asserted=side) if side else query


def asserted_by(query: Query, text: str, panels: Sequence[ChartPanel]) -> _Side:
    """Return whether a question for yes or no says that the first of two things is more; empty if that is not clear."""
    language, said = query.language, text.lower()
    than = re.search(_THAN[language], query.text)
    if query.has("asks") or than is None or re.search(_NO_ASSERTION[language], said):
        return ""
    side = _side(said, panels, language)
    before, after = (re.findall(_MARK, part) for part in (query.text[: than.start()], query.text[than.end() :]))
    if not side or not after:
        return ""
    if language == "ko":
        flipped = bool(before)  # "than A" stands before B, of which more is said
    else:
        only = len(query.series) == 1 and len(query.places) < 2 and re.match(SERIES, after[0]) is not None
        flipped = only and query.series[0] == drawn_series(panels)[0].name  # the other one is not named
        if not before and not only:
            return ""
    return side if not flipped else "down" if side == "up" else "up"


def _side(text: str, panels: Sequence[ChartPanel], language: Language) -> _Side:
    """Return whether more or less is said of what is measured; empty where both are, or neither."""
    axes = [panel.axis_of(one) for panel in panels for one in drawn_series([panel])]
    labels = " ".join(f"{panel.title} {axis.label}" for panel in panels for axis in axes).lower()
    up, down = [_MORE[language]], [_LESS[language]]
    for dimension in dimensions_of(axes[0].label, axes[0].unit) if axes else ():
        up.append(comparatives(dimension.much[language], language))
        down.append(comparatives(dimension.little[language], language))
    for (much, little), known in ((_LATE[language], _LATER.search(labels)), (_judged(panels, text, language), True)):
        up += [much] if known and much else []
        down += [little] if known and little else []
    more, less = (_has("|".join(words), text, language) for words in (up, down))
    little_of_much = _has(_LESS[language], text, language)
    if more and less and little_of_much and not _has(_MORE[language], text, language):
        return "down"  # "less late"
    return "" if more == less else "up" if more else "down"


def _judged(panels: Sequence[ChartPanel], text: str, language: Language) -> tuple[str, str]:
    if not is_known_which_is_better(panels, text):
        return "", ""
    better, worse = _BETTER[language]
    return (worse, better) if is_better_lower(panels) else (better, worse)


def _has(words: str, text: str, language: Language) -> bool:
    return re.search(words if language in _EAST else rf"(?<!\w)(?:{words})(?!\w)", text) is not None
