"""Questions for a value at the place where another is extreme: "how warm was the soil in the driest month"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["value_at_extreme"]

_AT: Final[dict[Language, tuple[str, str]]] = {
    "de": (
        r"\b(?:im|am|in der|in dem|an dem|in den|beim) (?P<most>\w+st)en "
        r"(?:monat|tag|jahr|quartal|woche|stunde|jahreszeit|ort|stadt)\b",
        "Wann war es am {}en?",
    ),
    "fr": (
        r"\b(?:pendant|durant|au cours d[eu]|dans|en|lors d[eu]|au|à) ?(?:le |la |l['’])?"
        r"(?P<kind>mois|jour|année|trimestre|semaine|heure|saison) (?P<most>(?:le|la) (?:plus|moins) [\w-]+)",
        "Quand est-ce {} ?",
    ),
    "es": (
        r"\b(?:en|durante) (?:el|la) (?:mes|día|año|trimestre|semana|hora|estación) (?P<most>(?:más|menos) [\w-]+)",
        "¿Cuándo es {}?",
    ),
    "ko": (
        r"(?P<most>(?:가장|제일) ?\S+(?: \S+)?) ?(?:달|날|해|월|분기|주|시간|계절)(?:에는?|의|에서|에서는)? ?",
        "{} 때는 언제?",
    ),
    "zh": (
        r"(?:在)?(?P<most>最[^的月天日年]{1,3})的?(?:那?个?(?:月份?|天|日|年|季度|周|小时|季节))(?:里|中|的|时)?[，,]?",
        "什么时候{}？",
    ),
}


def value_at_extreme(text: str, language: Language) -> tuple[str, str] | None:
    """Return the question for the place, and the one for the value there; None for another question."""
    at, place = _AT.get(language, ("(?!)", ""))
    found = re.search(at, text, re.IGNORECASE)
    if found is None:
        return None
    rest = f"{text[: found.start()]}{text[found.end() :]}".strip()
    return (place.format(found["most"]), rest) if re.search(r"\w{2}", rest) else None
