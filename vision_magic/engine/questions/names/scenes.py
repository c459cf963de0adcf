"""Words of the scene of a question that are a part of a name: "where in the city is it loudest?" beside "City park"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.names.usual_names import translated
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, Operation, search

__all__ = ["is_scene"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"\b(?:which|where|who|when)\b|\bwhat(?:['’]s| is| was) the (?:rarest|commonest|"
    r"(?:most|least) (?:common|frequent|popular|usual|likely|typical))",
    "de": r"\b(?:welche\w*|wo|wer|wann)\b|"
    r"\bwas (?:ist|war) (?:de[rn]|die|das) (?:seltenste|häufigste|beliebteste|üblichste)",
    "fr": r"\b(?:où|qui|quand|lequel|laquelle)\b|\bquel(?:le)? (?!est|était|a été)|"
    r"\bquel(?:le)? (?:est|était|a été) .*\b(?:plus|moins) (?:rare|fréquent|courant|répandu|populaire|commun)",
    "es": r"\b(?:dónde|quién|cuándo)\b|\bqué (?!es|fue|era)|"
    r"\bcu[aá]l (?:es|era|fue) .*\b(?:más|menos) (?:rar|frecuente|común|habitual|popular|usual)",
    "ko": r"어디|언제|누구|누가|어느|어떤|(?:드문|흔한|흔하지|인기)",
    "zh": r"哪|谁|什么时候|(?:少见|常见|罕见|受欢迎)",
}
"""That a place is asked for, and not its value."""
_WITHIN: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?:in|to|at|into|inside|within|around|across|from) (?:the|our|my|this|their|your) $", ""),
    "de": (r"\b(?:(?:in|an|auf|bei|aus|zu) (?:de[rmn]|die|das|unser\w*|dies\w*)|im|ins|am|zum|zur|beim) $", ""),
    "fr": (r"\b(?:(?:dans|en|à|chez) (?:l[ae] |les |l['’]|notre |ce(?:tte)? )|(?:au|aux|en|à) )$", ""),
    "es": (r"\b(?:(?:en|a|por) (?:el|la|los|las|nuestr[oa]|est[ea])|al|en) $", ""),
    "ko": ("", r"^.(?:에서?|으?로|[ ]?안에서?|내에서?)"),
    "zh": (r"(?:在|到|去|来) ?$", r"^.?[里中内]"),
}
"""What stands before or behind a word for where something is."""
_ENDS: Final[tuple[Operation, ...]] = ("maximum", "minimum")


def is_scene(text: str, match: re.Match[str], name: str, language: Language) -> bool:
    """Return whether a part of a name says where all places are, of which the highest or lowest is asked for.

    Parameters
    ----------
    text : str
        The question, in which names that were found are letters of Unicode's private use area.
    match : Match
        Where it has a word of a name.
    name : str
        The name, of one of the places of a single series.
    language : Language
        The language of the question.
    """
    said, text = match[0].lower(), text.lower()
    whole = len(re.findall(r"\w{3,}", name)) < 2 or said == name.lower() or said in translated(name, language)
    asked = re.search(_ASKED[language], text) is not None
    extreme = any(search(OPERATION_WORDS[side][language], language, text) for side in _ENDS)
    if whole or not asked or not extreme:
        return False
    before, behind = _WITHIN[language]
    words = text[: match.start()] + re.sub(r"\w+$", "", said)  # "in der Stadt" may be the word itself
    return bool(before and re.search(before, words)) or bool(
        behind and re.search(behind, said[-1] + text[match.end() :])
    )
