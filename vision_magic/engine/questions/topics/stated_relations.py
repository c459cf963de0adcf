"""Relations that a question states with a comparative on both sides: "people who run more are faster, right?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import Chart, ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.checks.accounts import unaccounted
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query
from vision_magic.engine.questions.topics.paces import is_of_pace
from vision_magic.engine.questions.topics.the_more import is_of_little

__all__ = ["as_stated_relation"]

_EN: Final = (
    r"(?:more|less|fewer|better|worse|(?!other|over|after|under|never|ever|rather|whether|runner|number|water|paper|"
    r"power|"
    r"summer|winter|quarter|order|cent|however|together|further)\w{3,}er)"
)
_DE: Final = (
    r"(?:mehr|weniger|öfter|besser\w*|schlechter\w*|(?:schnell|langsam|größ|klein|läng|kürz|höh|niedrig|schwer|"
    r"leicht|teur|"
    r"billig|ält|jüng|wärm|kält|heiß|stärk|schwäch|breit|schmal|dick|dünn|tief|hell|dunkl|laut|leis|reich|ärm|trocken|"
    r"gesünd)er(?:e[nrs]?)?)"
)
_STATED: Final[dict[Language, str]] = {
    "en": rf"\b(?:who|that|which|with)\b(?P<a>[^,?]{{0,30}}?\b{_EN}\b[^,?]{{0,30}}?),? (?:\w+ ){{0,3}}(?P<b>{_EN})\b",
    "de": rf"\b(?:wer|die|der|das|mit)\b (?P<a>(?:\w+ ){{0,2}}{_DE}\b[^,?]{{0,30}}?),? (?:\w+ ){{0,3}}(?P<b>{_DE})\b",
    "fr": r"\bqui (?P<a>[^,?]{1,30}?\b(?:plus|moins)\b[^,?]{0,30}?),? (?:\w+ ){0,3}?(?P<b>(?:plus|moins|mieux) [^,?]+)",
    "es": r"\b(?:los|las|el|la|quien(?:es)?) (?:que )?(?P<a>[^,?]{1,30}?\b(?:más|menos)\b[^,?]{0,30}?),? (?:\w+ ){0,3}?"
    r"(?P<b>(?:más|menos|mejor\w*|peor\w*)\b[^,?]*)",
    "ko": r"(?P<a>(?:더|많이|적게|오래|자주) ?\S+[는은]) ?(?:사람|개|차|것)\S* (?P<b>(?:더 ?)?\S+)",
    "zh": r"(?P<a>\S{1,8}[多少高低大小长短快慢重轻贵冷热])的\S{0,3}?(?P<b>更\S+)",
}
_WHEN: Final[dict[Language, str]] = {
    "en": rf"\b(?P<b>{_EN})\b [^,?]{{0,20}}?(?:when|if|while|as) (?P<a>[^,?]*\b{_EN})\b",
    "de": rf"\b(?P<b>{_DE})\b,? [^,?]{{0,20}}?(?:wenn|sobald) (?P<a>[^,?]*\b{_DE})\b",
    "fr": r"\b(?P<b>plus \w+) [^,?]{0,20}?(?:quand|si|lorsqu[e'’]) ?(?P<a>[^,?]*\bplus \w+)",
    "es": r"\b(?P<b>más \w+) [^,?]{0,20}?(?:cuando|si) (?P<a>[^,?]*\bmás \w+)",
    "ko": "(?!)",
    "zh": "(?!)",
}
_THAN: Final[dict[Language, str]] = {
    "en": r"\bthan\b|^\W*(?:which|who|what|how|when|where)\b",
    "de": r"\bals\b|^\W*(?:welche\w*|wie|wann|wo)\b",
    "fr": r"\b(?:plus|moins) [^,?]{1,20}\bqu(?:e\b|['’])|^\W*(?:quel|lequel|combien|quand)",
    "es": r"\b(?:más|menos) [^,?]{1,20}\bque\b(?! (?:más|menos))|^\W*¿?(?:qué|cuál|cuánt|cuándo)",
    "ko": r"보다|누가|어느|몇|얼마",
    "zh": r"比|谁|哪|多少|几",
}
_FAST: Final = r"fast|quick|slow|schnell|rasch|langsam|rapide|vite|lent|rápid|despacio|빠|빨|느|快|慢"
_MOVING: Final = (
    r"r[au]n\w*|train\w*|courent|courir|entraînent|corren|entrenan|laufen|läuft|trainier\w*|뛰\S*|달리\S*|跑\S*"
)
_MOVED: Final = r"distance|training|run|\bkm\b|strecke|lauf|course|entraînement|distancia|거리|훈련|距离|训练"
_OF_AGE: Final[dict[Language, str]] = {
    "en": r"\b(?:old|older|elderly|young|younger)\b(?! (?:than|one))",
    "de": r"\b(?:alte|ältere|junge|jüngere)[nrs]?\b",
    "fr": r"\b(?:vieux|vieilles?|âgée?s|jeunes)\b",
    "es": r"\b(?:viej[oa]s|jóvenes|mayores)\b",
    "ko": r"노견|늙은|나이 ?(?:든|많은)|어린|젊은",
    "zh": r"年老|老年|年轻|年幼",
}
_TAG: Final = re.compile(r",? (?:do|are|is|does|wo)n['’]t (?:they|it|he|she|i|you|we)\W*$")
"""What asks for agreement at the end of a statement."""
_AGES: Final = r"\bages?\b|\byears?\b|\bold|alter\b|jahre|\bâge|\bans\b|edad|años|나이|연령|년|年龄|岁"


def as_stated_relation(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "people who run more are faster" of points as a question whether values rise or fall together.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language, drawn = text.lower(), query.language, drawn_series(panels)
    points = len(panels) == 1 and bool(drawn) and all(one.kind == "points" for one in drawn)
    if not points or query.threshold is not None or query.places or query.top or query.then is not None:
        return query
    axes = (panels[0].x, panels[0].y)
    aged = re.search(_OF_AGE[language], text)
    if aged is not None and not query.series and not any(re.search(_AGES, axis.label.lower()) for axis in axes):
        return replace(query, operations=("unheard",), unheard=aged[0], firm=True)
    match = re.search(_STATED[language], text) or re.search(_WHEN[language], text)
    if match is None or re.search(_THAN[language], text) or not _is_of_axes(query, panels):
        return query
    sides = (match["a"], match["b"])
    timed = any(map(is_of_pace, axes))
    turned = sum(timed and re.search(_FAST, side) is not None for side in sides)
    sign = (-1) ** (sum(is_of_little(side, language) for side in sides) + turned)
    direction: Literal["up", "down"] = "up" if sign > 0 else "down"
    query = replace(query, operations=("correlation",), words=query.words | {"correlation"}, direction=direction)
    return replace(query, yes_no=True, bounds=None, of_places=False, rank=1, unheard="", statistic="", firm=True)


def _is_of_axes(query: Query, panels: Sequence[ChartPanel]) -> bool:
    """Return whether each word of a question is known, or one for moving where distances are drawn."""
    labels = " ".join((panels[0].title, panels[0].x.label, panels[0].y.label)).lower()
    charts = [Chart(panels=tuple(panels))]
    english = query.language == "en" and not query.unheard
    unknown = (
        unaccounted(_TAG.sub("", query.text), charts, guessed=True, things=True) if english else query.unheard.lower()
    )
    moving = re.fullmatch(_MOVING, unknown) is not None and re.search(_MOVED, labels) is not None
    return not unknown or moving
