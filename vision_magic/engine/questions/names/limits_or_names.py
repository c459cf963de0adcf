"""Numbers that could be names or years and are amounts: "under 10" is none of "9 Mar" and "10 Mar".

"More than 2000 visits" is no year, though there are dates along the axis.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.places.units_of_axes import units_of, words_of_unit

__all__ = ["is_limit", "is_year"]

_BEFORE: Final = re.compile(
    r"(?:\b(?:more|less|fewer|longer|shorter) than|\b(?:above|over|under|below|past|at least|at most|exceed\w*|near)|"
    r"\b(?:mehr|weniger|länger|kürzer) als|\b(?:über|unter|mindestens|höchstens)|"
    r"(?<!\w)(?:plus|moins|dessus|dessous) de|(?<!\w)(?:sous|dépass[\w-]*)(?: les)?|"
    r"\b(?:más|menos|encima|debajo) de|\bsupera\w*(?: los| las)?|超过|低于|多于|少于|不到|达到) ?$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r" ?[\uac00-\ud7a3]{0,2} ?(?:이상|이하|미만|넘|초과)|(?:个|人|次|件)?(?:以上|以下)")
_YEARS: Final = range(1900, 2101)


def is_limit(text: str, match: re.Match[str], name: str) -> bool:
    """Return whether a number that was found as a name, or as the part of it, is one that values pass.

    Parameters
    ----------
    text : str
        The question.
    match : re.Match
        Where it was found.
    name : str
        The name, or the part of it.
    """
    if not name.isdigit() or int(name) in _YEARS:
        return False
    before, after = text[: match.start()], text[match.end() :]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


_REACHED: Final = re.compile(
    r"(?:\b(?:reach\w*|pass(?:es|ed)?|hit|hits|break\w*|broke|top(?:s|ped)?|cross\w*|surpass\w*)(?: the)?|"
    r"(?<!\w)(?:über(?:stieg\w*|steig\w*|schritt\w*|schreit\w*)(?: \w+)?(?: die)?|die|marke von)|"
    r"(?<!\w)(?:attei[\w-]+|franchi[\w-]*|(?:barre|cap|seuil) des?)(?: les)?|"
    r"(?<!\w)(?:alcanz\w+|lleg\w+ (?:\S+ ){0,2}a|rebas\w+|super\w+|pas\w+ de|marca de)(?: las| los)?|"
    r"(?:突破|达到过?|高于)) ?$",
    re.IGNORECASE,
)
"""Words before an amount that is reached."""
_IS_REACHED: Final = re.compile(
    r" (?:überschr|überst|übertr|erreich|geknackt|knack)| ?[에을를] ?(?:도달|돌파|찍)", re.IGNORECASE
)
"""Words behind an amount that is reached."""


def is_year(match: re.Match[str], panels: Sequence[ChartPanel]) -> bool:
    """Return whether a number of four figures, of a question about charts with dates, is a year and no amount.

    Parameters
    ----------
    match : re.Match
        Where the number stands.
    panels : sequence of ChartPanel
        The panels that the question is about.
    """
    if re.fullmatch(r"1[5-9]\d\d|2[01]\d\d", match[0]) is None:
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    if re.match(r" ?[년年]", after) is not None:
        return True
    if _has_word_of_values(after, panels):
        return False
    drawn = drawn_series(panels)
    values = [value for one in drawn for value in one.y if math.isfinite(value)]
    if not values or not min(values) / 2 <= float(match[0]) <= 2 * max(values):
        return True
    passed = _BEFORE.search(before) or _REACHED.search(before) or _AFTER.match(after) or _IS_REACHED.match(after)
    return passed is None


def _has_word_of_values(after: str, panels: Sequence[ChartPanel]) -> bool:
    """Return whether a number has the unit of the values behind it, or a word of their label, in any language."""
    units = set().union(*(units_of(panel)[0] for panel in panels)) - {""}
    if any(re.match(rf" ?(?:{words_of_unit(unit)})(?![A-Za-zÀ-ɏ])", after, re.IGNORECASE) for unit in units):
        return True
    said = re.match(r" ?([^\W\d_]{4,})", after)
    if said is None:
        return False
    labels = " ".join(panel.axis_of(one).label for panel in panels for one in panel.series[:1]).lower()
    return any(one.lower() in labels for one in (said[1].lower(), *in_any_language(said[1].lower())) if len(one) > 3)
