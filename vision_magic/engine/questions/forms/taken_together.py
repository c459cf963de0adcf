"""Clauses that all series are to be taken together: "If I add up both kinds, …" asks for a total."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["with_plain_total"]

_ADDING: Final = r"(?:tak|add|count|combin|putt?|summ?)(?:e|ing)?(?: up)?"
_CLAUSES: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            rf"^(?:so )?(?:if (?:i|we|you) )?{_ADDING} (?:both|the two|all(?: the)?)"
            r"(?: (?:of (?:them|these)|kinds|types|sorts|ways|groups|categories|series|lines|bars|columns|methods|"
            r"sources))?"
            r"(?: of \w+(?: \w+)?)?(?: together| up)?[,:] ?",
            "In total, ",
        ),
        (r"^taken (?:all )?together, ", "In total, "),
        (
            rf",? {_ADDING} both(?: of them| kinds| types| sorts| ways| groups| categories)?(?: together)?(?=\W*$)",
            " in total",
        ),
    ),
    "de": (
        (
            r"^(?:wenn (?:ich|man|wir) )?(?:beides?|die beiden|alles?)"
            r"(?: (?:arten|sorten|gruppen|reihen|wege|formen|linien))? "
            r"zusammen(?:nehme|nimmt|nehmen|zähle|zählt|zählen|rechne|rechnet|rechnen)[,:] ?",
            "Insgesamt: ",
        ),
    ),
    "fr": (
        (
            r"^(?:si (?:j['’]|je |on |nous )\w+|en \w+ant) (?:les deux|tou(?:te)?s les|tout)"
            r"(?: (?:types|sortes|modes|façons|groupes|catégories|séries))?(?: d(?:e |['’])\w+)?(?: ensemble)?[,:] ?",
            "Au total, ",
        ),
    ),
    "es": (
        (
            r"^(?:si (?:junt|sum|tom|cont)\w+|(?:sum|junt|cont|tom)ando) (?:l[oa]s dos|amb[oa]s|todo)"
            r"(?: (?:tipos|clases|formas|grupos|categorías|series|modalidades))?(?: de \w+)?(?: junt[oa]s)?[,:] ?",
            "En total, ",
        ),
    ),
    "ko": (),
    "zh": (),
}


def with_plain_total(text: str, language: Language) -> str:
    """Return a question with "in total" in the place of such a clause.

    Parameters
    ----------
    text : str
        The question.
    language : Language
        Its language.
    """
    for clause, total in _CLAUSES[language]:
        text = re.sub(clause, total, text.strip(), flags=re.IGNORECASE)
    return text
