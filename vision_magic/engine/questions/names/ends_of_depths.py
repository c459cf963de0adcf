"""The surface and the bottom where depths are drawn: "at the surface" is the depth of 0, "en el fondo" the largest one.

Depths are the rows of a table or the series of a chart that their axis, legend or title says to be depths, or numbers
along an axis. A surface that is not drawn, and a name that has the word itself, stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.marked import texts_of

__all__ = ["with_ends_of_depths"]

_DEPTHS: Final = re.compile(r"\bdepths?\b|tiefe|profondeur|profundidad|깊이|수심|深度|水深", re.IGNORECASE)
_LENGTH: Final = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>m|cm|km|ft|meters?|metres?|mètres?|metros?|미터|米)?"
)
_UNIT: Final = re.compile(r"[(\[](?P<unit>[a-zμ]{1,6}|미터|米)[)\]]")
_SURFACE: Final[dict[Language, str]] = {
    "en": r"(?:at|on|near) (?:the |its )?(?:water['’]s )?surface(?: of the (?:water|lake|sea|ground))?|"
    r"(?:the |its )?surface(?: water)?",
    "de": r"(?:an|nahe|bei) der (?:wasser)?oberfläche|die (?:wasser)?oberfläche|(?:wasser)?oberfläche|"
    r"oberflächenwasser",
    "fr": r"(?:en|à la|près de la) surface(?: de l['’]eau)?|la surface(?: de l['’]eau)?",
    "es": r"(?:en|cerca de) la superficie(?: del agua)?|en superficie|la superficie(?: del agua)?",
    "ko": r"(?:수면|표면|표층)(?: ?위)?(?! ?아래|적)",
    "zh": r"(?:水|海|湖|地)面(?:上|处)?|表[面层](?:上|处)?",
}
_BOTTOM: Final[dict[Language, str]] = {
    "en": r"(?:at|on|near) (?:the |its )?(?:bottom|deepest (?:point|level|place))(?: of the (?:water|lake|sea|pond))?|"
    r"at the (?:greatest|largest|maximum) depth|(?:the )?deepest water|(?:the )?bottom water",
    "de": r"(?:am|auf dem|nahe dem) (?:grund|boden|seegrund|meeresgrund)|an der tiefsten stelle|"
    r"in der größten tiefe|ganz unten|"
    r"das tiefenwasser",
    "fr": r"au fond(?: de l['’]eau| du lac)?|au plus profond|à la plus grande profondeur",
    "es": r"en el fondo(?: del (?:agua|lago))?|en lo más profundo|a la mayor profundidad",
    "ko": r"(?:호수 ?)?바닥|가장 깊은 (?:곳|지점)",
    "zh": r"[水湖海]底|最深处|底部",
}
_AT: Final[dict[Language, str]] = {"en": "at ", "de": "in ", "fr": "à ", "es": "a ", "ko": "", "zh": ""}
_BARE: Final = re.compile(r"(?:the|its|la|die|das|wasserober|ober|deepest|bottom)", re.IGNORECASE)


def with_ends_of_depths(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with depths for the surface and for the bottom.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    depths = _depths(panels) if len(panels) == 1 else {}
    own = texts_of(panels).lower()
    if len(depths) < 2:
        return text
    ends = ((_SURFACE, depths.get(0.0, "")), (_BOTTOM, depths[max(depths)]))
    for words, name in ends:
        pattern = words[language] if language in ("ko", "zh") else rf"(?<!\w)(?:{words[language]})(?!\w)"
        if name and not re.search(pattern, own):
            text = _with_depth(text, pattern, name, language)
    return text


def _with_depth(text: str, words: str, name: str, language: Language) -> str:
    return re.sub(words, lambda said: _said(said[0], name, language), text, flags=re.IGNORECASE)


def _said(words: str, name: str, language: Language) -> str:
    """Return a depth in the place of words for it, with a preposition where they have one."""
    bare = language in ("ko", "zh") or _BARE.match(words) is not None or words.lower() == "surface"
    return name if bare else f"{_AT[language]}{name}"


def _depths(panels: Sequence[ChartPanel]) -> dict[float, str]:
    """Return the depths of a panel, each as a question says it; nothing where none are drawn."""
    panel, drawn = panels[0], drawn_series(panels)
    if not drawn:
        return {}
    rows = panel.y.label if drawn[0].kind == "heat map" else panel.legend_title
    names = [one.name for one in drawn]
    numbers = [place for one in drawn for place in one.x if not isinstance(place, str)]
    for label, said in ((rows, names), (panel.x.label, [str(place) for place in drawn[0].x])):
        found = _lengths(label, said)
        if found and len(said) > 1 and (numbers == [] or said is names):
            return found
    along = _DEPTHS.search(panel.x.label) is not None and bool(numbers) and drawn[0].kind != "points"
    return {float(one): f"{one:g} {panel.x.unit}".strip() for one in numbers} if along else {}


def _lengths(label: str, names: Sequence[str]) -> dict[float, str]:
    """Return names that are depths by a label, each with the unit that it or the label has."""
    found = [_LENGTH.fullmatch(name.strip().lower()) for name in names]
    if not _DEPTHS.search(label) or not all(found):
        return {}
    unit = _UNIT.search(label.lower())
    told = unit["unit"] if unit is not None else ""
    known = [(one, name) for one, name in zip(found, names, strict=True) if one is not None]
    said = {one["number"].replace(",", "."): name if one["unit"] else f"{name} {told}".strip() for one, name in known}
    return {float(number): name for number, name in said.items()}
