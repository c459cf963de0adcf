"""Courses asked for with both directions, or with none: "uphill or downhill?", "what happens above 40 °C?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.operations import Bounds
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.moves import is_ordered
from vision_magic.engine.questions.vocabulary.words import CONTEXT_WORDS, Operation

__all__ = ["as_either_course"]

_UP: Final[dict[Language, str]] = {
    "en": r"uphill|upwards?|better|improv\w*|go(?:es|ing)? up|went up",
    "de": r"bergauf|hinauf|hoch|nach oben|(?:ver)?besser\w*|zu\b",
    "fr": r"amélior\w*|mieux|ça monte|plus",
    "es": r"mejor\w*|a más|más|cuesta arriba|hacia arriba|sub[ea]\w*|subió",
    "ko": r"오르막|나아[졌지]\S*|좋아[졌지]\S*|커[졌지]\S*|많아[졌지]\S*|높아[졌지]\S*|빨라[졌지]\S*|더워[졌지]\S*|"
    r"길어[졌지]\S*|늘어\S*",
    "zh": r"上坡|变[好大高快多热长强]|好转|改善|升高|增多|更[好多高快大]",
}
_DOWN: Final[dict[Language, str]] = {
    "en": r"downhill|downwards?|worse(?:ned)?|worsen\w*|deteriorat\w*|go(?:es|ing)? down|went down",
    "de": r"bergab|hinunter|runter|nach unten|schlechter\w*|verschlechter\w*|ab\b",
    "fr": r"empir\w*|détérior\w*|dégrad\w*|pire|moins bien|moins|ça descend",
    "es": r"peor\w*|empeor\w*|a menos|menos|cuesta abajo|hacia abajo|baj[ao]\w*|bajó",
    "ko": r"내리막|나빠[졌지]\S*|못해[졌지]\S*|작아[졌지]\S*|적어[졌지]\S*|낮아[졌지]\S*|느려[졌지]\S*|추워[졌지]\S*|"
    r"짧아[졌지]\S*|줄[어었]\S*",
    "zh": r"下坡|变[差坏小低慢少冷短弱]|恶化|降低|减少|更[差少低慢小]",
}
"""Directions of a course beside those of the words for "up" and "down"."""
_OR: Final[dict[Language, str]] = {
    "en": r"(?:\s[^?.]{0,12}?|[,/]? ?)\bor (?:did |does |was |is |has )?(?:it |they |he |she )?(?:\w+ )?",
    "de": r"[^?.]{0,12}?\boder (?:\w+ ){0,2}",
    "fr": r"[^?.]{0,24}?\bou (?:bien )?(?:plutôt )?(?:\w+[- ]){0,2}",
    "es": r"[^?.]{0,12}?\b[ou] (?:se |la |lo |más bien )?(?:a )?",
    "ko": r"[^?.]{0,6}[?,]? ?(?:아니면 ?|혹은 ?|또는 ?)?",
    "zh": r".{0,4}?(?:还是|或是?|抑或)(?:是)?.{0,3}?",
}
"""What may stand between both directions."""
_COMPARATIVES: Final[dict[Language, str]] = {
    "en": r"\b(?:\w{2,}er|more|less|better|worse) (?:\w+ )?or (?:\w{2,}er|more|less|fewer|better|"
    r"worse)\b(?!.*\bthan\b)",
    "de": r"\b(?:\w{3,}er|mehr|weniger) (?:\w+ )?oder (?:\w{3,}er|mehr|weniger)\b(?!.*\bals\b)",
    "fr": r"\b(?:plus|moins)(?: \w+)? ou (?:plus|moins|mieux|pire)\b(?! ou)",
    "es": r"\b(?:más|menos|mayor|menor|mejor)(?: \w+)? o (?:más|menos|menor|mayor|peor)\b(?!.*\bque\b)",
    "ko": r"더 ?\S+ ?(?:아니면|혹은|또는) ?더 ?\S+",
    "zh": r"更.{1,3}还是更.{1,3}",
}
"""Two comparatives of which one is true, as long as nothing is named with which values are compared."""
_BECOMING: Final[dict[Language, str]] = {
    "en": r"\b(?:gets?|got|getting|gotten|becom\w*|became|grows?|grew|turn(?:s|ed)?)\b|"
    r"\bas (?:the |its |it )?[^?]{0,40}\b(?:went|goes|go|gets?|got|increas\w*|progress\w*|pass\w*|rises?|grows?|"
    r"climbs?)\b|\bover (?:the|time)\b|\bwith (?:more|increasing|growing|higher|rising)\b|\b(?:once|after|towards)\b",
    "de": r"\b(?:wird|wurde|werden|wurden|geworden)\b|\bim l(?:aufe?|auf) |\bmit (?:mehr|steigend\w*|zunehmend\w*|"
    r"wachsend\w*|der zeit)\b|\bje \w+er\b|\bwenn\b|\b(?:nach|ab)\b",
    "fr": r"\bdev(?:ien\w*|enu\w*)\b|\bau (?:cours|fil)\b|\b(?:quand|lorsqu\w*|à mesure)\b|\bavec (?:plus|davantage|"
    r"la |le |"
    r"l['’])|\b(?:après|à partir)\b",
    "es": r"\bse (?:vuelv\w*|volvi\w*|hizo|hace|pus\w*)\b|\ba lo largo\b|\bcon (?:el tiempo|más|la |el )|\ba medida\b|"
    r"\b(?:cuando|conforme)\b|\bfue(?:ron)?\b|\b(?:después|a partir)\b",
    "ko": r"수록|면서|동안|이후|갈수록|[아어여]지|[아어여]졌",
    "zh": r"随着?|越|以后|之后|当.*时|变",
}
"""That values become so, and do not only differ."""
_WHAT_HAPPENS: Final[dict[Language, str]] = {
    "en": r"\bwhat (?:happens|happened|is happening|becomes of|(?:does|did) [^?]{1,40}\bdo\b)(?: to| with)?|"
    r"\bhow (?:does|do|did) [^?]{1,40}\b(?:change|develop|behave|evolve|continue|react|respond|go on)\b",
    "de": r"\bwas (?:passier\w*|geschieht|geschah|macht)\b|\bwie (?:geht|ging|entwickel\w*|veränder\w*|änder\w*|"
    r"verhält|"
    r"verläuft|verlief|reagier\w*)\b",
    "fr": r"\bque se passe(?:-t-il)?\b|\bqu['’](?:est-ce qui se passe|arrive-t-il)\b|\bque (?:devient|fait)\b|"
    r"\bcomment (?:évolu|change|varie|se comport|réagi)\w*",
    "es": r"\bqué (?:le |les )?(?:pas[aó]|ocurr\w*|suced\w*|hace)\b|\bcómo (?:evolucion|cambi|var[ií]|se comport|sigue|"
    r"reaccion)\w*",
    "ko": r"어떻게 ?(?:되|됩|됐|변|바뀌|달라)\S*|무슨 ?일\S*",
    "zh": r"(?:会|又)?(?:怎么样|怎样|如何变化|怎么变化?|发生(?:了)?什么|有什么变化|变化如何)",
}
_AFTER: Final[dict[Language, str]] = {
    "en": r"\b(?:after|beyond|past|above|over|once|since|from|exceed\w*)\b",
    "de": r"\b(?:nach(?:dem)?|über|ab|oberhalb|jenseits|seit|sobald)\b",
    "fr": r"\b(?:après|au[- ]delà|à partir|passée?s?|au[- ]dessus|dépass\w*|dès)\b",
    "es": r"\b(?:después|a partir|más allá|tras|por encima|pasad[oa]s?|desde|supera\w*)\b",
    "ko": r"이후|넘\S*|지나\S*|부터|뒤|초과\S*|보다 ?\S+지면",
    "zh": r"以后|之后|后|超过|以上|高于|过了",
}
_BEFORE: Final[dict[Language, str]] = {
    "en": r"\b(?:before|below|under|until|up to|till)\b",
    "de": r"\b(?:vor|bis|unter|unterhalb|bevor)\b",
    "fr": r"\b(?:avant|jusqu\w*|sous|en[- ]dessous|au[- ]dessous)\b",
    "es": r"\b(?:antes|hasta|por debajo|bajo)\b",
    "ko": r"이전\S*|전에\S*|까지\S*|미만\S*|아래\S*",
    "zh": r"以前|之前|前|以下|低于|不到",
}
"""On which side of the only place that a question names a course is asked for."""
_AS: Final[dict[Language, str]] = {
    "en": r"\b(?:as|when|if|with|the) [^?]{0,40}\b(?:\w{2,}er|more|less|increas\w*|ris\w*|grow\w*|goes? up|goes? on|"
    r"went on|"
    r"climb\w*)\b",
    "de": r"\b(?:wenn|je|sobald|während) [^?]{0,40}\b(?:\w{3,}er|mehr|weniger|steig\w*|zunimmt|wächst)\b|"
    r"\bmit (?:steigend|zunehmend|wachsend|mehr|höher)\w*",
    "fr": r"\b(?:quand|lorsqu\w*|à mesure|si|plus) [^?]{0,40}\b(?:plus|moins|augment\w*|croît|mont\w*)\b",
    "es": r"\b(?:cuando|a medida|conforme|si|al) [^?]{0,40}\b(?:más|menos|aument\w*|crec\w*|sub\w*)\b",
    "ko": r"수록|[아어여]지면|늘면|늘어나면|오르면",
    "zh": r"随着?|越|当.{1,12}时",
}
"""That what is asked for follows the axis of places: "as the load grows"."""
_OTHER: Final[frozenset[Operation]] = frozenset(
    (
        "maximum", "minimum", "mean", "median", "sum", "crossing", "share", "count", "sort", "range", "outlier",
        "lasts", "levels", "jumps at", "equal neighbours", "describe", "sides", "multiple", "higher at", "numbers",
    )
)  # fmt: skip
_KINDS: Final = ("line", "area", "step", "points", "stems", "bars", "stacked bars")


def as_either_course(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "did it rise or fall" and "what happens above 40 °C" as questions for a course, which "no" cannot answer.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    drawn = [one for one in drawn_series(panels) if not query.series or one.name in query.series]
    text, language = text.lower(), query.language
    ordered = len(panels) == 1 and bool(drawn) and all(one.kind in _KINDS and len(one.x) > 1 for one in drawn)
    kept = query.groups or query.then or query.sides or query.amounts or query.top or query.limits
    if not ordered or kept or len(query.places) > 1:
        return query
    points = all(one.kind == "points" for one in drawn)
    if not points and not all(is_ordered(one.x) for one in drawn):
        return query
    either, happens = _either(text, language), re.search(_WHAT_HAPPENS[language], text)
    follows = re.search(_AS[language], text)
    told, sides = set(query.operations), {"maximum", "minimum"}
    if (either and sides <= told) or (happens and follows):
        told -= sides  # "more or less" is both, and "when one drives faster" neither
    if not (either or happens) or told & _OTHER:
        return query
    kept_to = _kept_to(query, text)
    if kept_to is None or (not either and kept_to.bounds is None and (follows is None or kept_to.places)):
        return query
    words = (_WHAT_HAPPENS, _AFTER, _BEFORE, _AS, _BECOMING)
    said = " ".join((either, *(match[0] for table in words for match in re.finditer(table[language], text))))
    if "unheard" in query.operations and (query.unheard.lower() not in said or query.firm):
        return query
    return _as_course(kept_to, points=points and kept_to.bounds is None)


def _as_course(query: Query, *, points: bool) -> Query:
    """Return a question for the course of series, for the change at a place, or for the tendency of points."""
    operation: Operation = "correlation" if points else "happened" if query.places else "trend"
    plain = replace(query, operations=(operation,), unheard="", direction="", yes_no=False, statistic="")
    words: frozenset[Operation] = frozenset((*(query.words - {"maximum", "minimum"}), "trend"))
    return replace(plain, words=words, threshold=None, rank=1, negated=False, of_places=False, firm=True)


def _either(text: str, language: Language) -> str:
    """Return the part of a question that offers two directions of a course; empty without one."""
    sides = [f"{CONTEXT_WORDS[side][language]}|{more[language]}" for side, more in (("up", _UP), ("down", _DOWN))]  # type: ignore[index]
    start = "" if language in ("ko", "zh") else r"(?<!\w)"
    for first, second in (sides, sides[::-1]):
        found = re.search(rf"{start}(?:{first})(?:{_OR[language]}){start}(?:{second})\S*", text)
        if found is not None and not (_is_compared(found[0], language) and not re.search(_BECOMING[language], text)):
            return found[0]
    found = re.search(_COMPARATIVES[language], text)
    return found[0] if found is not None and re.search(_BECOMING[language], text) else ""


def _is_compared(said: str, language: Language) -> bool:
    """Return whether both directions are comparatives, which may be said of two things too."""
    return re.search(_COMPARATIVES[language], said) is not None


def _kept_to(query: Query, text: str) -> Query | None:
    """Return a query with the part of the axis to which its course is kept; None where values are limited."""
    limit, language = query.threshold, query.language
    if limit is not None and not limit.of_places:
        return None
    if limit is not None:
        above = limit.kind in ("above", "at least")
        ends = Bounds(low=limit.limit) if above else Bounds(high=limit.limit)
        return replace(query, bounds=ends, threshold=None)
    if query.bounds is not None or not query.places:
        return query
    after, before = (re.search(words[language], text) is not None for words in (_AFTER, _BEFORE))
    if after == before:
        return query
    place = query.places[0]
    return replace(query, bounds=Bounds(low=place) if after else Bounds(high=place), places=())
