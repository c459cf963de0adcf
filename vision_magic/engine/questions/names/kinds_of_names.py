"""Words for all names of a chart, which mean none of them: "payment" of PayPal, credit card and Apple Pay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.vocabulary.accents import folded

__all__ = ["is_for_all"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\b(?:how many|which|what)(?: (?:of the|of these|kinds? of|types? of|ways? to|\w+))? $",
    "de": r"\b(?:wie ?viele?[rn]?|welche[rsnm]?|was für(?: eine?)?)(?: (?:der|dieser))? $",
    "fr": r"\b(?:combien (?:de |d['’])|quel(?:le)?s? |quels? (?:types?|modes?|moyens?) de )(?:ces )?$",
    "es": r"\b(?:cu[aá]nt[oa]s|qu[eé]|cu[aá]l(?:es)?)(?: de (?:est)?[oa]s)? $",
    "ko": r"(?:어떤|어느|무슨|몇 ?(?:개|가지)의?) ?$",
    "zh": r"(?:哪[种个些一]{1,2}|多少[种个]|几[种个]|什么) ?$",
}
"""What asks which of all it is, or how many of them there are."""


_HOW_MANY: Final = re.compile(r"how|wie|combien|cu[aá]nt|몇|多少|几", re.IGNORECASE)
"""Of the words before, those after which the very word of a name may mean this name: "how many north stores"."""


def is_for_all(
    text: str, match: re.Match[str], word: str, others: Sequence[str], labels: str, language: Language
) -> bool:
    """Return whether a word that could mean one name by a part of it stands for what all names are.

    Parameters
    ----------
    text : str
        The question.
    match : re.Match
        Where the word stands in it.
    word : str
        The part of the name.
    others : sequence of str
        The parts by which the other names are known.
    labels : str
        The titles and labels of the chart.
    language : Language
        The language of the question.
    """
    another = folded(match[0]) != folded(word)
    asked = re.search(_ASKED[language], text[: match.start()], re.IGNORECASE)
    if asked is not None and (another or (len(word) > 3 and not _HOW_MANY.match(asked[0]))):
        return True
    told = {match[0], word, *in_any_language(word)} if another or len(word) > 2 else set()
    return any(_is_in(one, labels) for one in told) and not any(_is_in(one, labels) for one in others)


def _is_in(word: str, labels: str) -> bool:
    """Return whether a word, or one that begins with it, stands in labels."""
    if len(word) < 3 and word.isascii():
        return False
    start = r"(?<!\w)" if word[0].isalpha() and ord(word[0]) < 0x3000 else ""
    return re.search(start + re.escape(folded(word)), folded(labels)) is not None
