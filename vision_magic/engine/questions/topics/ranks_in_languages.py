"""Who is where at one place, in German, French and Spanish: "wer stand nach dem 10. Spieltag ganz oben"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import in_order
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.ranks import rank_query, ranked_series
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.judging import is_low_first
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, search

__all__ = ["as_rank_in", "without_order_clause", "without_words_of_ranks_in"]

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


_ORDER_CLAUSE: Final[dict[Language, str]] = {
    "en": r"^\W*(?:(?:if|when) (?:we|you|i|one|they) (?:sort|order|rank|arrange|list|put)\w*\b|"
    r"(?:sorted|ordered|ranked)\b|in descending order)[^,?]*, ?",
    "de": r"^\W*(?:(?:wenn|falls) (?:man|wir|ich) [^,]*(?:sortier|ordne|reih)\w*|absteigend (?:sortiert|geordnet)), ?",
    "fr": r"^\W*(?:(?:si|quand|lorsqu['’]) ?(?:on|l['’]on|nous|je|j['’]) ?(?:class|tri|ordonn|rang)\w*[^,]*|"
    r"(?:en|par) ordre décroissant), ?",
    "es": r"^\W*(?:(?:si|al|cuando) (?:se )?(?:l[oa]s )?(?:orden|clasific)\w*|ordenando|de mayor a menor)[^,]*, ?",
    "ko": r"^[^,?]*?(?:정렬|나열|줄 ?세우|순서대로 ?놓)\S*(?:면|때|서) ?,? ?",
    "zh": r"^\W*(?:如果|要是|若)?(?:按|从|由)[^,,?]*排[^,,?]{0,3}[,,] ?",
}
"""A part of a question that says in which order the rank is meant."""
_RISING: Final = re.compile(
    r"(?<!de)ascending|(?:least|fewest|lowest|smallest) to|small to|aufsteigend|klein\w* (?:nach|zu)|"
    r"(?:niedrigst|kleinst|wenigst)\w* zu|(?<!dé)croissant|moins .*au plus|menor a mayor|menos a más|ascendente|"
    r"오름차순|(?:낮|작|적)은 ?(?:것부터|순|쪽부터)|从[低小少]|升序",
    re.IGNORECASE,
)


def without_order_clause(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return "what place is A in" for "sorted from most to least, what place is A in": ranks are those from the top.

    A clause that names one of several series says of which values the rank is meant.
    """
    clause = re.match(_ORDER_CLAUSE[language], text.lower())
    drawn = drawn_series(panels)
    if clause is not None and len(drawn) > 1 and any(one.name and one.name.lower() in clause[0] for one in drawn):
        return text
    rest = text[clause.end() :] if clause is not None else ""
    ranked = search(CONTEXT_WORDS["rank"][language], language, rest.lower()) is not None
    return rest if clause is not None and ranked and not _RISING.search(clause[0]) else text


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
