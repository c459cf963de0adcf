"""Verbs of becoming with a comparative as rising and falling: "did all cities get warmer?" asks whether they rose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.accents import without_accents
from vision_magic.engine.questions.vocabulary.dimensions import comparatives, dimensions_of

__all__ = ["with_plain_becoming"]

_PLAIN: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:higher|bigger|larger|greater)\b", r"\b(?:lower|smaller)\b"),
    "de": (r"\b(?:höher|größer|mehr)\b", r"\b(?:niedriger|kleiner|geringer|weniger)\b"),
    "fr": (r"\bplus (?:élevée?|haute?|grande?)s?\b", r"\bplus (?:bas(?:se)?|faible|petite?)s?\b"),
    "es": (r"\bmás (?:alt[oa]|grande)s?\b", r"\bmás (?:baj[oa]|pequeñ[oa])s?\b"),
    "ko": ("높|많|커|커", "낮|적|작"),
    "zh": ("高|大|多", "低|小|少"),
}
"""Comparatives that may be said of anything: of much, and of little."""
_NOT_THAN: Final = r"(?<!보다)(?<!보다 )(?<!보다 더 )(?<!보다 더)"
_VERBS: Final[dict[Language, tuple[tuple[str, str, str], ...]]] = {
    "en": (
        (r"\b(?:get|become|turn|grow) (?:any |even |much )?C(?! than\b)", "rise", "fall"),
        (r"\b(?:gets|becomes|turns|grows) (?:even |much )?C(?! than\b)", "rises", "falls"),
        (r"\b(?:got|gotten|became|turned|grew|grown) (?:any |even |much )?C(?! than\b)", "rose", "fell"),
        (r"\b(?:getting|becoming|turning|growing) (?:any |even |much )?C(?! than\b)", "rising", "falling"),
    ),
    "de": (
        (r"C geworden\b", "gestiegen", "gesunken"),
        (r"\b(?:wurden?|wird|werden)\b(?P<between> [^?,.]{0,80}?) (?:noch )?C(?=\W*$)", "stieg", "sank"),
    ),
    "fr": (
        (r"\bdevenue?s? C(?! qu(?:e\b|['’]))", "augmenté", "baissé"),
        (r"\bdevien(?:t|nent) C(?! qu(?:e\b|['’]))", "augmente", "baisse"),
    ),
    "es": (
        (r"\bse (?:volvió|hizo|puso|ha vuelto|ha hecho) C(?! que\b)", "subió", "bajó"),
        (r"\bse (?:volvieron|hicieron|pusieron|han vuelto|han hecho) C(?! que\b)", "subieron", "bajaron"),
    ),
    "ko": (
        (rf"{_NOT_THAN}(?:더 ?)?(?:C)[가-힣]{{0,2}}?졌", "올랐", "내렸"),
        (rf"{_NOT_THAN}(?:더 ?)?(?:C)[가-힣]{{0,2}}?진", "오른", "내린"),
    ),
    "zh": ((r"变得?更?(?:C)了?", "上升了", "下降了"),),
}
"""Forms of becoming with C for a comparative, and what is said for more and for less."""
_CHANGING: Final[tuple[tuple[str, dict[Language, tuple[tuple[str, str], ...]]], ...]] = (
    (
        r"temp|°[CF]|wärme|chaleur|calor|온도|기온|温",
        {
            "en": (
                (r"(?P<lead>\b(?:did|does|do) (?:[^?,.]{0,40}? )?)cool(?: down| off)?\b(?! (?:is|was|it)\b)", "fall"),
                (r"\bcooled(?: down| off)?(?= (?:by|from|to|most|in|over|between|during)\b|\W*$)", "fell"),
                (r"(?P<lead>\b(?:did|does|do) (?:[^?,.]{0,40}? )?)(?:warm|heat)(?: up)?\b(?! (?:is|was|it)\b)", "rise"),
                (r"\b(?:warmed|heated)(?: up)?(?= (?:by|from|to|most|in|over|between|during)\b|\W*$)", "rose"),
            ),
        },
    ),
    (
        r"snow|ice\b|glacier|schnee|\beis|gletscher|neige|glace|nieve|hielo|glaciar|적설|눈|빙하|雪|冰",
        {
            "en": (
                (r"(?P<lead>\b(?:did|does|do) (?:[^?,.]{0,40}? )?)melt(?: away)?\b", "fall"),
                (r"\bmelted(?: away)?\b", "fell"),
            ),
            "de": ((r"\b(?:ab)?geschmolzen\b|\bgetaut\b", "gesunken"), (r"\bschmolz\b|\btaute\b", "sank")),
            "fr": ((r"(?<=\ba )fondu\b|(?<=-t-elle )fondu\b|(?<=-t-il )fondu\b", "baissé"),),
            "es": ((r"\bse derriti(?:ó|eron)\b|\bse fundi(?:ó|eron)\b", "bajó"),),
            "ko": (("녹았", "내렸"), ("녹은", "내린")),
            "zh": (("融化了?|化了", "下降了"),),
        },
    ),
)
"""Verbs of change that are said of what some axes measure, and what is said plainly for them."""
_COURSES: Final = ("line", "area", "step", "heat map", "bars")


def with_plain_becoming(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "rise" for "get warmer", where all values measure how warm something is.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = [(panel, one) for panel in panels for one in drawn_series([panel])]
    axes = {(panel.axis_of(one).label, panel.axis_of(one).unit) for panel, one in drawn}
    if len(axes) != 1 or any(one.kind not in _COURSES for _, one in drawn):
        return text
    label, unit = axes.pop()
    for side in (0, 1):
        for compared in _compared(label, unit, side, language):
            for pattern, *plain in _VERBS[language]:
                form = without_accents(pattern.replace("C", f"(?:{compared})"))
                text = _with(form, plain[side], text)
    titles = " ".join(panel.title for panel in panels)
    for labels, verbs in _CHANGING:
        if re.search(labels, f"{label} {unit} {titles}", re.IGNORECASE):
            for pattern, plainly in verbs.get(language, ()):
                text = _with(pattern, plainly, text)
    return text


def _with(form: str, plain: str, text: str) -> str:
    """Return a text with a verb of rising for a form, before what stands between the verb and its comparative."""

    def said(found: re.Match[str]) -> str:
        around = found.groupdict()
        return f"{around.get('lead') or ''}{plain}{around.get('between') or ''}"

    return re.sub(form, said, text, flags=re.IGNORECASE)


def _compared(label: str, unit: str, side: int, language: Language) -> Iterator[str]:
    """Yield patterns of comparatives for much, or for little, of what an axis measures; in the east, of their stems."""
    yield _PLAIN[language][side]
    for dimension in dimensions_of(label, unit):
        words = (dimension.much, dimension.little)[side][language]
        yield words if language in ("ko", "zh") else comparatives(words, language)
