"""Who is where at one place, in German, French and Spanish: "wer stand nach dem 10. Spieltag ganz oben"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.accents import without_accents
from vision_magic.engine.questions.judging import is_low_first
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.ranks import rank_query, ranked_series

__all__ = ["as_rank_in", "without_words_of_ranks_in"]

_FRONT: Final[dict[Language, str]] = {
    "de": r"ganz oben|ganz vorne?|an der (?:tabellen)?spitze|in führung|spitzenreiter\w*|tabellenführer\w*|führte|"
    r"(?:auf )?(?:platz|rang) (?:eins|\uec00)|(?<!am )(?<!zum )erste[rn]?(?= ?\?|$)|vorne?|gewann|gewonnen|sieger\w*",
    "fr": r"en tête|tout en haut|(?:à la )?première place|premi[eè]re?(?= ?\?|$)|leader|gagné|gagne|vainqueur|"
    r"a remporté|remporte",
    "es": r"en cabeza|a la cabeza|primer(?:o|a)?(?: puesto| lugar)?(?= ?\?|$)|en primer(?:a posición| lugar)|"
    r"líder|ganó|"
    r"arriba del todo|ganador\w*",
}
_REAR: Final[dict[Language, str]] = {
    "de": r"ganz unten|ganz hinten|schlusslicht|(?<!am )letzte[rn]?(?= ?\?|$)|am tabellenende|auf dem letzten platz",
    "fr": r"en queue|tout en bas|derni[eè]re?(?= ?\?|$)|lanterne rouge|dernière place",
    "es": r"a la cola|abajo del todo|últim[oa](?= ?\?|$)|colista|en último lugar",
}
_NTH: Final[dict[Language, tuple[str, ...]]] = {
    "de": tuple(
        rf"(?:auf )?(?:platz|rang) {number}|{ordinal}e[rn]?(?= ?\?|$)"
        for number, ordinal in (("zwei", "zweit"), ("drei", "dritt"), ("vier", "viert"), ("fünf", "fünft"))
    ),
    "fr": tuple(
        rf"(?:à la |en )?{ordinal}(?: place| position|(?= ?\?|$))"
        for ordinal in ("(?:deuxième|seconde?)", "troisième", "quatrième", "cinquième")
    ),
    "es": tuple(
        rf"(?:en )?{ordinal}(?: lugar| puesto| posición|(?= ?\?|$))"
        for ordinal in ("segund[oa]", "tercer[oa]?", "cuart[oa]", "quint[oa]")
    ),
}
_WHO: Final[dict[Language, str]] = {
    "de": r"^\W*(?:und |wer\b|welche[rs]?\b|welchen\b)(?:wer\b)?",
    "fr": r"^\W*(?:qui\b|quel\w*\b|lequel|laquelle)",
    "es": r"^\W*(?:quién\w*\b|quien\b|qué (?!año|mes|día|semana)|cuál\b)",
}
_OFTEN: Final[dict[Language, str]] = {
    "de": r"wie oft|wie viele[nr]?|wann|in welche\w*|an welche\w*|bei welche\w*",
    "fr": r"combien|quand|à quel\w*|en quel\w*",
    "es": r"cuánt[oa]s|cuándo|en qué|en cuánt[oa]s",
}
_END: Final[dict[Language, str]] = {
    "de": r"am (?:ende|schluss)|zum schluss|zuletzt|im ziel|am saisonende",
    "fr": r"à la (?:toute )?fin|à l['’]arrivée|finalement|au final|au bout du compte",
    "es": r"al final|en la meta|finalmente|al acabar",
}
_START: Final[dict[Language, str]] = {
    "de": r"am anfang|zu beginn|anfangs",
    "fr": r"au (?:tout )?début|au départ",
    "es": r"al (?:principio|inicio|comienzo)",
}


def as_rank_in(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a query about the series of a rank at a place, or about the places where a series has it.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with one letter of Unicode's private use area for each name and number.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn, text = ranked_series(panels), written.lower()
    if query.language not in _FRONT or len(drawn) < 2 or query.threshold or query.statistic or query.bounds:
        return None
    rank = _rank_in(text, query.language)
    if rank is None:
        return None
    low, place = is_low_first(panels[0], drawn[0]), _place(query, text, drawn)
    if not query.series and place is not None and _find(_WHO[query.language], text):
        return rank_query(query, low, amounts=(float(rank),), places=(place,), yes_no=False)
    if len(query.series) != 1:
        return None
    if place is None and not query.places and _find(_OFTEN[query.language], text):
        return rank_query(query, low, amounts=(float(rank),), places=(), yes_no=False)
    if query.yes_no and (place is not None or not query.places):
        return rank_query(query, low, amounts=(float(rank),), places=() if place is None else (place,))
    return None


def _find(words: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w)(?:{without_accents(words)})(?!\w)" if not words.startswith("^") else words, text)


def _rank_in(text: str, language: Language) -> int | None:
    for rank, words in enumerate(_NTH[language], 2):
        if _find(words, text):
            return rank
    return 1 if _find(_FRONT[language], text) else -1 if _find(_REAR[language], text) else None


def _place(query: Query, text: str, drawn: Sequence[Series]) -> Place | None:
    if len(query.places) == 1:
        return query.places[0]
    points = in_order(drawn[0])
    if query.places or not points:
        return None
    if _find(_START[query.language], text):
        return points[0].place
    return points[-1].place if _find(_END[query.language], text) else None


def without_words_of_ranks_in(text: str, language: Language) -> str:
    """Return a question without the words that only this answer understands."""
    for words in (*_NTH[language], _FRONT[language], _REAR[language], _END[language], _START[language]):
        match = _find(words, text.lower())
        text = f"{text[: match.start()]} {text[match.end() :]}" if match is not None else text
    return text
