"""Questions for the commonest bin of a histogram, however they call it: "the bulk of", "the busiest bracket"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.vocabulary.words import search_whole

__all__ = ["as_bins_beyond", "as_commonest_bin"]

_COMMONEST: Final[dict[Language, str]] = {
    "en": r"most (?:common|frequent|usual|typical|popular|populated)(?:ly)?|commonest|modal|fullest|busiest|tallest|"
    r"highest|(?:the )?(?:bulk|majority) of(?: the)?(?: \w+)?|most (?:of the )?\w+",
    "de": r"(?:am )?(?:häufigst|meistbesetzt|vollst|typischst|größt|höchst)\w*|am stärksten besetzt\w*|"
    r"(?:der großteil|das gros|die mehrheit)(?: (?:der|des|von) \w+)?|die meisten(?: \w+)?",
    "fr": r"(?:la |le |les )?plus (?:fréquent|courant|représenté|nombreu|peuplé|rempli|haut|garni)\w*|"
    r"mieux représentée?|"
    r"(?:(?:revient|apparaît|se produit|se présente) )?le plus (?:souvent|de \w+)|"
    r"(?:le )?gros (?:du|des|de la) \w+|(?:la plupart|la majorité) (?:des|du|de la) \w+",
    "es": r"(?:(?:se repite|aparece|se da) )?(?:con )?más (?:frecuen(?:te|cia)|a menudo|común|habitual|"
    r"representad|poblad|numeros|alt)\w*|el grueso del? (?:las? |los? )?\w+|"
    r"la mayoría(?: de (?:l[ao]s )?\w+)?|más \w+",
    "ko": r"(?:가장|제일) ?(?:흔|많|빈번|자주)\S*|대부분\S*",
    "zh": r"最常见|最多|大多数|大部分",
}
_BIN: Final[dict[Language, str]] = {
    "en": r"(?:which|what)(?: \w+){0,3}? (?:brackets?|ranges?|bands?|intervals?|bins?|class|groups?|category|bar)\b",
    "de": r"(?:in |im |bei )?welche\w* \w*(?:klasse|gruppe|bereich|spanne|intervall|fenster|raum|kategorie|"
    r"balken|stufe|bin)\b",
    "fr": r"quel(?:le)?s?(?: est l[ae])? (?:tranche|plage|intervalle|classe|fourchette|catégorie|"
    r"barre)(?: d[e'’] ?\w+)?",
    "es": r"(?:qu[eé]|cu[aá]l es (?:el|la)) (?:tramo|franja|rango|intervalo|clase|grupo|barra)(?: de \w+)?",
    "ko": r"(?:어느|어떤|몇) ?\S{0,6}(?:구간|대|계급)\S*",
    "zh": r"哪(?:个|一|段)?\S{0,4}(?:区间|组|段|范围)",
}
_WHICH: Final[dict[Language, str]] = {
    "en": r"which|what|where|when",
    "de": r"welche\w*|wo|wann",
    "fr": r"quel(?:le)?s?|où|quand",
    "es": r"qué|cuál|dónde|cuándo",
    "ko": r"어느|어떤|몇|언제|구간",
    "zh": r"哪|什么",
}


def as_commonest_bin(query: Query, written: str, panels: Sequence[ChartPanel]) -> tuple[Query, str] | None:
    """Return a question for the commonest bin as one for the highest, and its text without the words that say so.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = drawn_series(panels)
    if len(drawn) != 1 or drawn[0].kind != "histogram":
        return None
    limited = query.threshold or query.bounds or query.places or query.amounts or query.top or query.rank > 1
    if limited or set(query.operations) & {"cannot", "minimum", "share", "mean", "median", "sum", "axis", "limits"}:
        return None
    language = query.language
    found = search_whole(_COMMONEST[language], language, written)
    if found is None or search_whole(_WHICH[language], language, written) is None:
        return None
    named = search_whole(_BIN[language], language, written) is not None
    for words in (_BIN[language], _COMMONEST[language]):
        match = search_whole(words, language, written)
        written = f"{written[: match.start()]} {written[match.end() :]}" if match is not None else written
    return replace(query, operations=("maximum",), words=query.words | {"maximum"}, firm=named or query.firm), written


# --- bins compared with a limit ---------------------------------------------------------------------------------

_BINS: Final[dict[Language, str]] = {
    "en": r"\b(?:how many|which|what)(?: \w+){0,2} (?:bins?|bars?|ranges?|brackets?|intervals?|classes|groups?)\b",
    "de": r"\b(?:wie ?viele|welche\w*)(?: \w+)? \w*(?:klassen?|balken|säulen?|bereiche?n?|intervalle?n?|gruppen?)\b",
    "fr": r"\b(?:combien de|quel(?:le)?s?)(?: \w+)? (?:classes?|barres?|tranches?|intervalles?)\b",
    "es": r"(?:cu[aá]nt[oa]s|qué)(?: \w+)? (?:clases?|barras?|intervalos?|tramos?|rangos?)\b",
    "ko": r"(?:구간|막대|계급)[은는이가]? ?(?:\W|모두|몇|어)",
    "zh": r"(?:几|多少|哪[几些]?)个?(?:区间|组|分段)|[几多少哪]+根?柱|(?:区间|柱子?)有(?:几|多少)",
}
"""Bins that are counted, or asked for: how many things each has is compared with a limit, and not where it is."""


def as_bins_beyond(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how many bins have more than 5" as a question about how many things each has, and not where they are."""
    drawn, limit = drawn_series(panels), query.threshold
    if len(drawn) != 1 or drawn[0].kind != "histogram" or query.operations != ("threshold",) or limit is None:
        return query
    unit = re.escape(panels[0].x.unit)
    along = bool(unit) and re.search(rf"\d ?{unit}(?!\w)", text) is not None
    if along or re.search(_BINS[query.spoken], query.text) is None:
        return query
    return replace(query, threshold=replace(limit, of_values=True), firm=True)
