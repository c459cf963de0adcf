"""Phrases of spoken questions that change nothing of them: "generally speaking", "en gros"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled

__all__ = ["without_fillers"]

_FILLERS: Final[dict[Language, str]] = {
    "en": r"(?:generally|broadly|roughly|strictly|honestly|practically|relatively|comparatively|realistically) "
    r"speaking|"
    r"(?:to be (?:honest|fair|precise|exact)|in general|in short|in a nutshell|all things considered|"
    r"as a rule(?: of thumb)?|at a (?:rough )?guess|by and large|more or less|if anything|for the record|"
    r"out of curiosity|just (?:curious|wondering|to be sure)|by the way|as far as (?:you|we|i) can (?:tell|see)|"
    r"(?:just )?by (?:the )?looks? of (?:it|things)|from the looks of (?:it|things)|"
    r"(?:judging|going) (?:by|from) the (?:\w+ )?(?:curves?|lines?|points?|dots?|data)|"
    r"if i (?:read|see|understand) (?:this|that|it) (?:right|correctly)|tell me|let me know|do you know|"
    r"can you (?:tell|show) me|could you (?:please )?tell me|i(?:['’]d| would) like to know|i wonder|i was wondering|"
    r"quick question|remind me)",
    "de": r"(?:ehrlich gesagt|mal ehrlich|kurz gesagt|genau genommen|genaugenommen|im großen und ganzen|grob gesagt|"
    r"grob geschätzt|über den daumen gepeilt|so ungefähr|im allgemeinen|in der regel|im prinzip|im grunde|"
    r"(?:allgemein|grundsätzlich) gesprochen|soweit (?:man|ich) (?:das )?sehen kann|wenn ich das richtig sehe|"
    r"was mich interessiert|mich (?:würde )?interessiert|kannst du mir sagen|können sie mir sagen|weißt du|"
    r"sag mal|nebenbei|der vollständigkeit halber)",
    "fr": r"(?:en gros|grosso modo|à vrai dire|pour être honnête|en fait|en réalité|du coup|au juste|au fait|"
    r"dis-moi|dites-moi|dis donc|en général|d['’]une manière générale|de manière générale|en somme|en bref|"
    r"tout compte fait|tout bien considéré|à vue (?:de nez|d['’](?:œ|oe)il)|si je (?:lis|vois|comprends) bien|"
    r"sais-tu|savez-vous|peux-tu me dire|pouvez-vous me dire|je me demande|par curiosité|d['’]après ce graphique)",
    "ko": r"(?:즉|다시 말해서?|말하자면)",
}
_TAILS: Final[dict[Language, str]] = {
    "en": r", or (?:is there nothing(?: going on)?(?: there)?|not(?: really)?|is that (?:just )?(?:chance|noise)|"
    r"am i (?:imagining|wrong)\w*(?: \w+)?|what)(?=\W*$)",
    "de": r", oder (?:nicht|etwa nicht|doch nicht|täusche ich mich|was)(?=\W*$)",
    "fr": r", (?:ou (?:pas|non|bien)|n['’]est-ce pas|hein)(?=\W*$)",
}
"""Alternatives that deny the question, which no or yes answers as well."""


def without_fillers(text: str, language: Language) -> str:
    """Return a question without phrases that change nothing of it."""
    if language not in _FILLERS:
        return text
    left = compiled(rf"(?:^|(?<=\s))(?:{_FILLERS[language]})(?!\w),? ?", ignore_case=True).sub("", text)
    left = compiled(_TAILS.get(language, "(?!)"), ignore_case=True).sub("", left)
    left = re.sub(r"\s+,", ",", left).strip(" ,")
    return left if re.search(r"\w", left) else text
