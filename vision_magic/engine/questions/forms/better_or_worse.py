"""Verbs of getting better and worse as rising and falling, where what is measured tells which of both is good.

"Did Lena's scoring get better or worse?" asks whether goals went up or down, and "did the delays get worse?" whether
they went up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.vocabulary.judging import is_better_lower, is_known_which_is_better

__all__ = ["with_plain_progress"]

_GOT: Final = r"(?:get|gets|got|gotten|getting|become|became|becoming|grow|grew|turn|turned) "
_OR: Final[dict[Language, tuple[str, str]]] = {
    "en": (
        rf"{_GOT}(?:better or worse|worse or better)|(?:improve or (?:decline|worsen|deteriorate))",
        "go up or down",
    ),
    "de": (
        r"(?:besser oder (?:doch )?schlechter|schlechter oder (?:doch )?besser)(?: geworden)?|"
        r"verbessert oder verschlechtert",
        "gestiegen oder gefallen",
    ),
    "fr": (
        r"(?:se sont-elles |s['’]est-elle |se sont-ils |s['’]est-il |se sont |s['’]est )?"
        r"amélioré\w* ou (?:dégradé|détérioré)\w*|(?:meilleure?s?|mieux) ou (?:pires?|moins bien|moins bonne?s?)",
        "augmenté ou baissé",
    ),
    "es": (
        r"mejor(?:ó|aron|ado|aba) o (?:ha )?empeor(?:ó|aron|ado|aba)|a mejor o a peor|mejor o peor",
        "subió o bajó",
    ),
    "ko": (
        r"(?:좋아|나아)[졌지]\S*?,? (?:아니면 )?나빠[졌지](?=[나습는어])|"
        r"향상[됐되]\S*?,? (?:아니면 )?악화[됐되](?=[나습는었어])",
        "올랐나요, 내렸",
    ),
    "zh": (r"变?得?(?:更|越来越)?好了?,?还是变?得?(?:更|越来越)?(?:差|坏)了?|改善还是恶化", "上升还是下降"),
}
"""One or the other, and what is asked then."""
_BETTER: Final[dict[Language, tuple[str, str]]] = {
    "en": (rf"{_GOT}better|improved?", "go up"),
    "de": (r"besser geworden|verbessert", "gestiegen"),
    "fr": (r"amélioré\w*", "augmenté"),
    "es": (r"mejoró|mejoraron|mejorado", "subió"),
    "ko": (r"(?:좋아|나아)졌(?=[나습는어])", "올랐"),
    "zh": (r"变好了?|改善了?", "上升了"),
}
_WORSE: Final[dict[Language, tuple[str, str]]] = {
    "en": (rf"{_GOT}worse|worsened?|deteriorated?", "go down"),
    "de": (r"schlechter geworden|verschlechtert", "gefallen"),
    "fr": (r"(?:dégradé|détérioré|empiré)\w*", "baissé"),
    "es": (r"empeoró|empeoraron|empeorado", "bajó"),
    "ko": (r"나빠졌(?=[나습는어])", "내렸"),
    "zh": (r"变差了?|变坏了?|恶化了?", "下降了"),
}
_COURSES: Final = ("line", "area", "step", "heat map", "bars")


def with_plain_progress(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question with "go up" for "get better", or with "go down" where less is better.

    Parameters
    ----------
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    language : Language
        Its language.
    """
    drawn = drawn_series(panels)
    if not drawn or any(one.kind not in _COURSES for one in drawn) or not is_known_which_is_better(panels):
        return text
    lower = is_better_lower(panels)
    better, worse = _BETTER[language], _WORSE[language]
    sides = ((better[0], worse[1] if lower else better[1]), (worse[0], better[1] if lower else worse[1]))
    start, end = ("", "") if language in ("ko", "zh") else (r"(?<!\w)", r"(?! than\b|\w)")
    for words, plain in (_OR[language], *sides):
        text = re.sub(f"{start}(?:{words}){end}", plain, text, flags=re.IGNORECASE)
    return text
