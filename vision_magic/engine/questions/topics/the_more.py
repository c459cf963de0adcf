"""Whether values are expected to rise or fall with one another: "the heavier the car, the worse its mileage"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.names_of_numbers import are_in_order
from vision_magic.engine.questions.query import Query

__all__ = ["as_the_more", "is_of_little", "of_things"]

_NO_ARTICLE: Final = r"(?<!\bla )(?<!\ble )(?<!\bles )"
"""Before a French comparative, which behind an article is a superlative."""
_PAIRS: Final[dict[Language, str]] = {
    "en": r"\bthe (?P<a>(?:more|less|fewer|\w+er)\b.{0,60}?),? (?:do |does |is |are )?the (?P<b>(?:more|less|"
    r"fewer|\w+er|better|worse)\b.*)",
    "de": r"\bje (?P<a>.{1,60}?),? (?:desto|umso|je) (?P<b>.+)",
    "fr": rf"{_NO_ARTICLE}\b(?P<a>(?:plus|moins|mieux) .{{1,60}}?),? (?:et )?{_NO_ARTICLE}"
    r"(?P<b>(?:plus|moins|mieux|pire)\b.*)",
    "es": r"\b(?:cuant[oa]s?|a) (?P<a>(?:más|mas|menos|mayor|menor|mejor|peor)\b.{0,60}?),? (?P<b>(?:más|mas|"
    r"menos|mayor|menor|mejor|peor)\b.*)",
    "ko": r"(?P<a>.{0,30}수록)(?P<b>.+)",
    "zh": r"(?P<a>(?<!来)越(?!来).{1,12}?)[,,]? ?(?P<b>.{0,12}越.+)",
}
_LOW: Final[dict[Language, str]] = {
    "en": r"less|fewer|lower|smaller|shorter|lighter|cheaper|colder|younger|slower|weaker|thinner|narrower|"
    r"shallower|worse|poorer|drier",
    "de": r"weniger|niedriger\w*|geringer\w*|kleiner\w*|kürzer\w*|leichter\w*|billiger\w*|kälter\w*|jünger\w*|"
    r"langsamer\w*|schwächer\w*|"
    r"dünner\w*|schlechter\w*",
    "fr": r"moins|pire|plus (?:bas|petite?|faible|courte?|lég\w+|froide?|jeune|lente?|mince|mauvaise?|étroite?)s?",
    "es": r"menos|menor\w*|peor\w*|más (?:baj|pequeñ|cort|liger|barat|frí|joven|lent|débil|delgad)\w*",
    "ko": r"낮|적[을은어]|작[을은아]|짧|가벼|가볍|싸|싼|저렴|추[울운워]|어[릴린리]|젊|느[릴린리려]|약[할한해]|"
    r"얇|좁|나쁘|나쁜|나빠|못|안 ?좋|떨어|줄|"
    r"감소|내려|덜|짧아",
    "zh": r"低|少|小|短|轻|便宜|冷|年轻|慢|弱|薄|窄|差|坏|下降|减少",
}


def as_the_more(query: Query, written: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return a question that says "the more … the more" as one about a correlation, or about the course of a line.

    Parameters
    ----------
    query : Query
        What was read of the question.
    written : str
        The question, with letters in the place of names and numbers.
    panels : sequence of ChartPanel
        The panels that it is about: without an order of places, there is no such question.
    """
    if "sort" in query.words:
        return None  # "from the fastest to the slowest"
    sign = _expected_sign(written.lower(), query.language)
    both = _BOTH.match(written.lower()) if query.language == "en" else None
    if both is not None and re.search(_PAIRS["en"], written.lower()) is None and not _are_of_axes(both, panels):
        points = any(one.kind == "points" for panel in panels for one in panel.series)
        return replace(query, operations=("cannot",)) if points else None
    drawn = drawn_series(panels)
    ordered = all(not isinstance(place, str) for one in drawn for place in one.x[:1]) or (
        bool(drawn) and are_in_order([str(place) for place in drawn[0].x])
    )
    if not sign or len(panels) != 1 or not drawn or not ordered or query.threshold is not None:
        return None
    direction: Literal["up", "down"] = "up" if sign > 0 else "down"
    points = all(one.kind == "points" for one in drawn)
    plain = replace(query, places=(), bounds=None, of_places=False, direction=direction, yes_no=True, rank=1, top=0)
    if points:
        return replace(plain, operations=("correlation",), words=query.words | {"correlation"})
    plain = replace(plain, series=query.series or tuple(one.name for one in drawn if one.name), firm=True)
    return replace(
        plain, operations=("trend",), words=query.words | {"trend"}, text=f"{query.text} {_ALWAYS[query.language]}"
    )


_ADJECTIVES: Final = (
    ("heavier|lighter", r"weight|mass\b|\bkg\b|\bg\b"),
    ("longer|shorter", r"length|long|distance|duration|time|height|\b[cmk]?m\b"),
    ("taller|shorter", r"height|\b[cm]?m\b"),
    ("older|younger", r"\bage|years?\b"),
    ("faster|slower|quicker", r"speed|velocity|time|pace|km/h|m/s"),
    ("hotter|warmer|colder|cooler", "temp|°"),
    ("cheaper|dearer|pricier", r"price|cost|fare|rent|[€$£]"),
    ("richer|poorer|wealthier", "income|gdp|wealth|salar|wage"),
    ("wetter|drier", "rain|humid|precip|moist"),
    ("stronger|weaker", "strength|force|power|stress"),
    ("deeper|shallower", "depth"),
    ("brighter|darker|dimmer", "light|lumin|intensity|bright|irradiance"),
    ("wider|narrower|broader", "width"),
    ("thicker|thinner", "thick"),
    ("louder|quieter|noisier", r"noise|sound|\bdb\b|loud"),
)
"""Comparatives, and what an axis measures of which they are said."""

_OF_ANYTHING: Final = re.compile(r"more|less|fewer|better|worse|higher|lower|larger|greater|bigger|smaller")


def _are_of_axes(both: re.Match[str], panels: Sequence[ChartPanel]) -> bool:
    """Return whether both comparatives are said of what one of the axes measures, or of anything: "higher"."""
    labels = " ".join(axis.label for panel in panels for axis in (panel.x, panel.y)).lower()
    words = (both["a"].split()[0], both["b"])
    told = (word for word in words if _OF_ANYTHING.fullmatch(word) is None)
    return all(
        any(re.fullmatch(said, word) and re.search(measured, labels) for said, measured in _ADJECTIVES) for word in told
    )


def of_things(text: str) -> str:
    """Return the noun for the things of which an English question compares two values: "birds with longer wings"."""
    before = re.search(
        rf"\b(?:do|does|are|that) (\w+s) (?:with|that have|which have|having) (?:a )?{_COMPARATIVE}\b", text
    )
    after = re.match(rf"\W*(?:is it true that|do|does|are|is|did) {_COMPARATIVE} (\w+s)\b", text)
    found = before or after
    return found[1] if found is not None and _BOTH.match(text) else ""


_ALWAYS: Final[dict[Language, str]] = {
    "en": "always",
    "de": "immer",
    "fr": "toujours",
    "es": "siempre",
    "ko": "항상",
    "zh": "一直",
}


_COMPARATIVE: Final = (
    r"(?:more|less|fewer|better|worse|(?!other|over|after|under|never|ever|rather|whether|number|water|power|paper)"
    r"\w{3,}(?<![aou])er)"
)
_BOTH: Final = re.compile(
    rf"\W*(?:is it true that|do|does|are|is|did)\b(?! (?:there|"
    rf"the [\ue000-\uf8ff])).{{0,40}}?\b(?P<a>{_COMPARATIVE} \w+)\b"
    rf"(?!.*\bthan\b).{{1,40}}?\b(?P<b>{_COMPARATIVE})\b"
)
"""A question whose subject and predicate both compare: "do heavier cars need more fuel?"."""


def _expected_sign(text: str, language: Language) -> int:
    """Return 1 if a question expects two values to rise together, -1 if one falls, 0 if it does not say."""
    found = re.search(_PAIRS[language], text)
    if found is None and language == "en" and not re.search("[\ue000-\uf8ff]", text):
        found = _BOTH.match(text)
    if found is None:
        return 0
    return 1 if is_of_little(found["a"], language) == is_of_little(found["b"], language) else -1


def is_of_little(text: str, language: Language) -> bool:
    """Return whether a comparative says that there is less of something: "shorter", "lower"."""
    start, end = ("", "") if language in ("ko", "zh") else (r"(?<!\w)", r"(?!\w)")
    return re.search(f"{start}(?:{_LOW[language]}){end}", text) is not None
