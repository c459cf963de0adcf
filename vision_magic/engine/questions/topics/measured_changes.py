"""Losses and gains of values that are changes themselves: the change in length of a glacier, the growth of a town.

The year in which most was lost is the one of the lowest value, growth is a value above zero, and what was lost from
one year to another is the sum of these years. The steps from one value to the next are changes of changes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import BARS, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import own_words
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.quantities import QUANTITIES
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.operations import Bounds, position_of
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.closed_classes import LESS_THAN, MORE_THAN
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_measured_change"]

_Words = dict[Language, str]
_Side = Literal["gain", "loss"]

_CHANGE: Final = re.compile(
    r"\bchanges?\b|\bvariation|\bnet (?:gain|loss|growth|inflow|flow|migration)|\bgrowth\b|"
    r"\bgains? ?(?:/|or|and) ?loss|änderung|zuwachs|wachstum|\bsaldo\b|zu-? ?(?:/|und) ?ab(?:nahme|gang)|"
    r"\bsolde\b|\bcroissance|\bévolution annuelle|\bvariaci[oó]n|\bcambio\b|\bcrecimiento|"
    r"증감|변화|변동|성장률|증가율|增减|变化|变动|增长|涨跌|增速",
    re.IGNORECASE,
)
"""Labels of values that are changes themselves."""
_OF_YEAR_BEFORE: Final = re.compile(
    r"(?:gegenüber|zum|versus|vs\.?|over|on|from|than|to) (?:dem |the )?(?:vorjahr\w*|vormonat\w*|vortag\w*|"
    r"previous \w+|prior \w+|last \w+)|vorjahr\w*|year[- ](?:on|over)[- ]year|(?:l['’]|au )?année précédente|"
    r"\bprécédente?\b|"
    r"\baño anterior|전년 ?(?:동월)? ?대비|전월 ?대비|전일 ?대비|[较比](?:上年|上月|前一?[年日天])|同比|环比",
    re.IGNORECASE,
)
_SINCE_START: Final = re.compile(
    r"\b(?:since|relative|compared|vs|versus|cumul\w+|baseline|anomal\w+|seit|gegenüber|kumul\w+|verglichen|depuis|"
    r"rapport|cumulé\w*|desde|respecto|acumul\w+)\b|대비|누적|이후|[较比]|累计|距平",
    re.IGNORECASE,
)
"""Labels of changes since one and the same time, which are a course."""

_LOSS: Final[_Words] = {
    "en": r"los(?:e|es|t|ing)|loss(?:es)?|shr[aiu]nk(?:en|ing|s|age)?|shorten(?:ed|ing)?|retreat(?:ed|ing)?|"
    r"reced(?:e|ed|ing)|declin(?:e|ed|ing)|decreas(?:e|ed|ing)|drop(?:ped)?|f[ae]ll(?:en)?|contract(?:ed)?|dwindled?|"
    r"(?:g[eo]t|become|became|grow|grew) (?:shorter|smaller)",
    "de": r"verl(?:or|ier)\w*|\w*verlust\w*|rückgang\w*|rückgänge\w*|zurückge(?:gangen|zogen)|ging \w+ zurück|"
    r"\w*schrumpf\w*|abnahmen?|abgenommen|nahm .{0,40}\bab|(?:kürzer|kleiner|weniger) (?:ge)?w[ou]rden?|"
    r"w[ui]rde? .{0,40}\b(?:kürzer|kleiner|weniger)|s[aiu]nk(?:t|en)?|gesunken|f[ai]e?l(?:en)?|gefallen|eingebüßt",
    "fr": r"perd\w*|pertes?|recul\w*|diminu\w*|baiss\w*|rétréci\w*|raccourci\w*|régress\w*|chut\w*|décliné?\w*|"
    r"décr[uû]\w*",
    "es": r"perd\w*|pérdidas?|reduj\w*|reducid\w*|reducci\w*|retroce\w*|disminu\w*|encog\w*|acort\w*|"
    r"baj(?:ó|aron|ado|ada)|cay(?:ó|eron)|caíd\w*|descen\w*|decrec\w*|mengu\w*",
    "ko": r"잃|줄어|줄었|줄은|감소|손실|짧아|후퇴|축소|하락|떨어",
    "zh": r"失去|减少|损失|缩短|缩小|退缩|后退|下降|减了|流失|萎缩|跌",
}
_GAIN: Final[_Words] = {
    "en": r"grow(?:s|n|ing|th)?|grew|gain(?:s|ed|ing)?|increas(?:e|ed|ing)|lengthen(?:ed|ing)?|advanc(?:e|ed|ing)|"
    r"expand(?:ed|ing)?|rose|risen?|(?:g[eo]t|become|became) (?:longer|larger|bigger)",
    "de": r"gewachsen|wuchs\w*|wächst|wachsen|zugenommen|zunahmen?|nahm .{0,40}\bzu|zugelegt|legte .{0,40}\bzu|"
    r"gewonnen|gewann\w*|zuwachs|zuwächse|(?:länger|größer) (?:ge)?w[ou]rden?|w[ui]rde? .{0,40}\b(?:länger|größer)|"
    r"vorgestoßen|"
    r"gestiegen|stieg\w*",
    "fr": r"grandi\w*|gagn\w*|augment\w*|progress\w*|crû|croît|avanc\w*|allong\w*|hausses?",
    "es": r"creci\w*|gan(?:ó|aron|ado|ada|ancia\w*)|aument\w*|avanz\w*|alarg\w*|sub(?:ió|ieron|ido|ida)|increment\w*",
    "ko": r"늘어|늘었|늘은|증가|자랐|자란|자라|성장|길어|커졌|커진|상승|올랐",
    "zh": r"增加|增长|变长|前进|扩大|上升|增了|增多|涨",
}
_CHANGED: Final[_Words] = {
    "en": r"chang(?:e|ed|es)",
    "de": r"(?:ver)?ändert?\w*|geändert|verändert",
    "fr": r"chang\w+|vari\w+|évolu\w+",
    "es": r"cambi\w+|vari\w+",
    "ko": r"변했|변한|변화|달라졌",
    "zh": r"变化|变了|改变",
}
_MOST: Final[_Words] = {
    "en": r"(?:the )?most\b|biggest|largest|greatest|worst|strongest|fastest|steepest|heaviest|furthest|highest",
    "de": r"am (?:meisten|stärksten|schnellsten|weitesten|größten|höchsten|heftigsten)|"
    r"(?:größt|höchst|stärkst|heftigst|meist)e[rsnm]?",
    "fr": r"le plus(?! de \d)|plus (?:grande?|grosse?|forte?)s?|pire",
    "es": r"más(?! de \d)|mayor(?:es)?(?! que| a)|peor",
    "ko": r"가장|제일|최대",
    "zh": r"最",
}
_LEAST: Final[_Words] = {
    "en": r"(?:the )?least\b(?<!at least)|smallest|slightest|lowest",
    "de": r"am (?:wenigsten|geringsten|kleinsten|schwächsten)|(?:kleinst|geringst|niedrigst|schwächst)e[rsnm]?",
    "fr": r"le moins|plus (?:petite?|faible)s?",
    "es": r"menos(?! de \d)|menor(?:es)?(?! que| a)",
    "ko": r"적게|적은|작은|덜 ",
    "zh": r"最少|最小|最慢",
}
_PACE: Final[_Words] = {
    "en": r"faster|quicker|slower|accelerat\w*|speed\w*|slow\w* down|more and more|less and less",
    "de": r"(?:immer )?(?:schneller|langsamer)|beschleunig\w*|verlangsam\w*|immer (?:mehr|weniger|stärker)",
    "fr": r"(?:plus|moins) vite|accélér\w*|ralenti\w*|de (?:plus|moins) en (?:plus|moins)",
    "es": r"más (?:rápido|despacio|lento)|aceler\w*|ralentiz\w*|cada vez (?:más|menos)",
    "ko": r"점점|더 ?빨리|더 ?빠르|가속|갈수록",
    "zh": r"越来越|加速|加快|放缓|更快|更慢",
}
"""Words for changes of changes."""
_THAN: Final[_Words] = {"en": "than", "de": "als", "fr": r"que|qu(?=['’])", "es": "que", "ko": "보다", "zh": "比"}
_HOW_MUCH: Final[_Words] = {
    "en": r"how (?:much|many|far)|by how|what (?:is|was) the|total|altogether|in all|overall",
    "de": r"wie ?viele?|wie (?:stark|sehr|weit)|um wie|wie (?:hoch|groß) (?:ist|war)|insgesamt|gesamt\w*",
    "fr": r"combien|quel(?:le)? (?:est|a été|était|fut)|au total|en tout",
    "es": r"cu[aá]nt[oa]s?|cu[aá]l (?:es|fue)|en total",
    "ko": r"얼마|몇|총|모두|합계",
    "zh": r"多少|几|总共|一共|合计",
}
_IN_ALL: Final[_Words] = {
    "en": r"total|altogether|in all|overall|between .* and|from .* to|over the (?:whole|entire)",
    "de": r"insgesamt|gesamt\w*|zusammen|zwischen .* und|von .* bis",
    "fr": r"au total|en tout|entre .* et|de .* à",
    "es": r"en total|entre .* y|de(?:sde)? .* (?:a|hasta)",
    "ko": r"총|모두|합계|합쳐|부터.*까지|에서.*까지|전체",
    "zh": r"总共|一共|合计|累计|从.*[到至]",
}


def as_measured_change(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return a question about losses or gains as one about the values, where these are changes; others are declined.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    if not _are_changes(panels) or query.has("why") or query.then is not None:
        return query
    said = text.lower()
    label = label_without_unit(panels[0].axis_of(drawn_series(panels)[0])).lower()
    side = _side_of(said, label, query.language)
    if not side and not _changed(said, label, query):
        return query
    plain = replace(query, words=query.words & {"count"}, unheard="", direction="", firm=True, statistic="")
    others = _speaks_of_others(said, panels, query.language)
    asked = None if others else _asked(plain, said, side, panels)
    return asked or replace(plain, operations=("cannot",))


def _are_changes(panels: Sequence[ChartPanel]) -> bool:
    """Return whether the only series are bars of changes, of which some are losses."""
    drawn = drawn_series(panels)
    if len(panels) != 1 or len(drawn) != 1 or drawn[0].kind not in BARS:
        return False
    label = _OF_YEAR_BEFORE.sub(" ", panels[0].axis_of(drawn[0]).label)
    return (
        _CHANGE.search(label) is not None
        and _SINCE_START.search(label) is None
        and any(value < 0 for value in drawn[0].y if math.isfinite(value))
    )


def _side_of(text: str, label: str, language: Language) -> _Side | Literal[""]:
    """Return whether a question speaks of losses or of gains; empty if of neither, of both, or of those of the label.

    "When did the growth fall most" is about what is drawn, and "when did the town grow most" is not.
    """
    word = _CHANGE.search(label)
    if word is not None and word[0] in text:
        return ""
    lost, gained = (_says(words, text, language) for words in (_LOSS, _GAIN))
    return "" if lost == gained else "loss" if lost else "gain"


def _changed(text: str, label: str, query: Query) -> bool:
    """Return whether a question asks how much something changed from one place to another."""
    word, verb = _CHANGE.search(label), re.search(r"\b(?:did|does|has|have|had)\b.*\bchanged?\b", text)
    named = word is not None and word[0] in text and verb is None
    return not named and _says(_CHANGED, text, query.language) and _has_ends(query)


def _has_ends(query: Query) -> bool:
    return len(query.places) == 2 or (query.bounds is not None and None not in (query.bounds.low, query.bounds.high))


def _speaks_of_others(text: str, panels: Sequence[ChartPanel], language: Language) -> bool:
    """Return whether a question is about a quantity that the chart does not have: the mass of what got shorter."""
    own = own_words(panels, [])
    found = (re.search(words[language], text) for name, words in QUANTITIES.items() if name in _KEPT)
    return any(match is not None and match[0][:4] not in own for match in found)


_KEPT: Final = ("weight", "temperature", "rain", "price", "revenue", "profit", "income", "sales", "height")
"""Quantities of which something may be lost, other than the one that is drawn."""


def _asked(query: Query, text: str, side: _Side | Literal[""], panels: Sequence[ChartPanel]) -> Query | None:
    """Return what is asked of the values; None if it cannot be told."""
    language = query.language
    how_much = _says(_HOW_MUCH, text, language)
    if query.amounts or query.groups or query.without:
        return None
    if query.threshold is not None and query.threshold.limit and math.isfinite(query.threshold.limit):
        return _beyond(query, query.threshold, side, panels)
    if _says(_PACE, text, language):
        return None
    if len(query.places) == 2 and _says(_THAN, text, language):
        return _compared(query, side, how_much=how_much)
    least, most = _says(_LEAST, text, language), _says(_MOST, text, language)
    if least or most:
        extreme: Operation = "minimum" if side == "loss" else "maximum"
        found = replace(query, operations=(extreme,), words=frozenset((extreme,)), threshold=None, yes_no=False)
        return None if least or query.places or not side else found
    if how_much and (_has_ends(query) or (not query.places and _says(_IN_ALL, text, language))):
        return _in_all(query, panels)
    if len(query.places) == 1 and not query.bounds and how_much and not query.yes_no:
        return replace(query, operations=("value",), threshold=None)
    if not side or (how_much and not query.words & {"count"}) or len(query.places) > 1:
        return None
    limit = Threshold(limit=0.0, kind="below" if side == "loss" else "above")
    return replace(query, operations=("threshold",), threshold=limit, of_series=False)


def _beyond(query: Query, limit: Threshold, side: _Side | Literal[""], panels: Sequence[ChartPanel]) -> Query | None:
    """Return losses, or gains, of more than an amount as values beyond it; None for those of less."""
    if limit.limit < 0 or limit.kind not in ("above", "at least") or not side or query.places:
        return None
    if side == "loss":
        limit = replace(limit, limit=-limit.limit, kind="below" if limit.kind == "above" else "at most")
    return replace(query, operations=("threshold",), threshold=replace(limit, turned=False))


def _compared(query: Query, side: _Side | Literal[""], *, how_much: bool) -> Query | None:
    """Return "was the loss of one year larger than that of another" as one whether its value is lower."""
    if not side:
        return None
    if how_much:
        return replace(query, operations=("difference",), threshold=None, yes_no=False)
    if query.has("asks"):
        return None
    less = query.asks_less != (side == "loss")
    text = (LESS_THAN if less else MORE_THAN)[query.spoken]
    return replace(query, operations=("difference",), text=text, threshold=None, yes_no=True)


def _in_all(query: Query, panels: Sequence[ChartPanel]) -> Query | None:
    """Return what was lost or gained from one place to another as the sum of all in between; not one of rates."""
    axis = panels[0].axis_of(drawn_series(panels)[0])
    if "%" in f"{axis.unit} {axis.label}" or re.search(r"同比|year[- ]o|동월|rate\b|률|增速", axis.label.lower()):
        return None
    bounds = query.bounds
    if len(query.places) == 2:
        low, high = query.places
        a, b = position_of(low), position_of(high)
        bounds = Bounds(low=low, high=high) if a is None or b is None or a <= b else Bounds(low=high, high=low)
    return replace(
        query,
        operations=("sum",),
        words=query.words | {"sum"},
        statistic="sum",
        bounds=bounds,
        places=(),
        threshold=None,
    )


def _says(words: _Words, text: str, language: Language) -> bool:
    own = words[language]
    return re.search(own if language in ("ko", "zh") else rf"(?<!\w)(?:{own})(?!\w)", text) is not None
