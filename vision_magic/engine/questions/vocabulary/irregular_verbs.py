"""Forms of irregular verbs, of which a question has one and a chart another: "imprimió" of "hojas impresas"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["is_form_of_verb_in"]

_VERBS: Final[dict[Language, tuple[str, ...]]] = {
    "de": (
        r"(?:ge|aus|ver)?(?:trunken|trank(?:en)?|trink(?:en|t)|tranke?)|getrank\w*",
        r"(?:ge|vor)?(?:lesen|las(?:en)?|liest)",
        r"(?:ge|ver)?schrieb(?:en)?|schreib(?:en|t)",
        r"(?:ge|zuruckge)?(?:fahren|fuhr(?:en)?|fahrt(?:en)?)",
        r"(?:ge)?laufen|lief(?:en)?|lauft",
        r"geflogen|flog(?:en)?|flieg(?:en|t)|flug\w*",
        r"geschlafen|schlief(?:en)?|schlaft|schlaf\w*",
        r"geschwommen|schwamm(?:en)?|schwimm\w*",
        r"gewonnen|gewann(?:en)?|gewinn(?:en|t)",
        r"gefangen|fing(?:en)?|fangt|fang\w*",
        r"gemolken|molk(?:en)?|melk\w*",
    ),
    "fr": (
        r"vend(?:re|u\w*|ait|aient|ent|it|irent)?|ventes?",
        r"(?:lire|lue?s?|lit|lisent|lisait|lisaient|lectures?)",
        r"(?:boire|bue?s?|boit|boivent|buvait|buvaient)",
        r"(?:courir|courue?s?|court|courent|courait|couraient)",
        r"(?:cueilli\w*|cueille\w*|cueillette)",
        r"(?:perdu\w*|perd(?:re|ent|ait|aient)?|pertes?)",
    ),
    "es": (
        r"imprim\w+|impres(?:[oa]s?|ion(?:es)?)",
        r"escrib\w+|escrit[oa]s?",
        r"abr(?:e|en|io|ieron|ir|ia|ian)|abiert[oa]s?|aperturas?",
        r"devolv\w+|devuelv\w+|devuelt[oa]s?|devoluci\w+",
        r"resolv\w+|resuelv\w+|resuelt[oa]s?",
        r"produc\w+|produj\w+",
        r"conduc\w+|conduj\w+",
        r"inscrib\w+|inscrit[oa]s?|inscripci\w+",
        r"(?:rompi\w+|romp[ea]\w*|rot[oa]s?|roturas?)",
        r"(?:muer(?:e|en|t[oa]s?|tes?)|muri\w+)",
    ),
    "en": (),
    "ko": (),
    "zh": (),
}
"""Verbs, each as a pattern of its forms and its nouns, without accents."""


def is_form_of_verb_in(word: str, own: str, language: Language) -> bool:
    """Return whether a word is a form of an irregular verb of which the chart has another.

    Parameters
    ----------
    word : str
        The word of the question, without accents.
    own : str
        The words of the chart, without accents.
    language : Language
        The language of the question.
    """
    forms = next((one for one in _VERBS[language] if re.fullmatch(one, word)), None)
    return forms is not None and re.search(rf"(?<![^\W\d_])(?:{forms})(?![^\W\d_])", own) is not None
