"""Misspelt words of questions."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language

__all__ = ["mended"]

_WORDS: Final[dict[Language, str]] = {
    "en": "describe difference between average maximum minimum compare correlation outlier median total "
    "percentage increase decrease logarithmic trend",
    "de": "beschreibe unterschied zwischen durchschnitt mittelwert maximum minimum vergleiche "
    "korrelation ausreißer prozent steigung",
    "fr": "décris différence entre moyenne maximum minimum comparer corrélation médiane pourcentage tendance",
    "es": "describe diferencia entre promedio máximo mínimo compara correlación mediana porcentaje tendencia",
    "ko": "",
    "zh": "",
}
_OWN: Final[dict[Language, str]] = {
    "en": "creation decease inference indifference crease",
    "de": "wischen schreiben schreibe verschreiben ausreißen",
    "fr": "centre centres centré entrée entrées entrer entrent centrer attendance",
    "es": "compra compras comprar comprara comprará centre centro centros entren entré",
    "ko": "",
    "zh": "",
}
"""Words of their own that are nearly spelt as those: a purchase, "compra", is not compared."""

_CLOSE: Final = 0.84
"""One letter of eight may be wrong, left out or in another order."""

_SHORTEST: Final = 6


def mended(text: str, language: Language, own: str) -> str:
    """Return a question in lower case with words of operations that were nearly spelt right; not those of its chart."""
    known, own_words = _WORDS[language].split(), _OWN[language].split()

    def word(match: re.Match[str]) -> str:
        found = match[0]
        if len(found) < _SHORTEST or found in known or found[:-1] in own or any(found.startswith(one) for one in known):
            return found
        if found in own_words or any(True for _ in in_any_language(found)):
            return found
        return next(iter(get_close_matches(found, known, n=1, cutoff=_CLOSE)), found)

    return re.sub(r"[^\W\d_]+", word, text)
