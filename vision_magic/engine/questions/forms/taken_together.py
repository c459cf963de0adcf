"""Clauses that all series are to be taken together: "If I add up both kinds, …" asks for a total."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["with_plain_total"]

_ADDING: Final = r"(?:tak|add|count|combin|putt?|summ?)(?:e|ing)?(?: up)?"
_BUY: Final = r"(?:buy|bought|take|took|order|ordered|get|got|choose|chose|rent|rented)"
_CLAUSES: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            rf"^(?:if|when|suppose) (?:i|we|you|someone) {_BUY} (?P<things>[^,?]+(?:, [^,?]+)*),? "
            r"(?:what|how much) (?:do|does|did|would|will|must|should) (?:i|we|you|they|he|she|it|that|this|the \w+) "
            r"(?:have to |need to )?(?:pay|spend|cost|come to)(?: for (?:that|them|it|everything))?"
            r"(?: in total| altogether| in all| together)?(?=\W*$)",
            r"What do \g<things> cost together",
        ),
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
            r"^wenn (?:ich|man|wir) (?P<things>[^?]+?) (?:kauf|nehm|nimm|bestell|miet)\w*, (?:so |dann )?"
            r"(?:was|wie ?viel) (?:zahle|bezahle|zahlt|bezahlt|kostet|muss|kosten)\w*(?: (?:ich|man|wir|das|es))?"
            r"(?: (?:dann|dafür|insgesamt|zusammen|alles|zahlen|bezahlen))*(?=\W*$)",
            r"Was kosten \g<things> zusammen",
        ),
        (
            r"^(?:wenn (?:ich|man|wir) )?(?:beides?|die beiden|alles?)"
            r"(?: (?:arten|sorten|gruppen|reihen|wege|formen|linien))? "
            r"zusammen(?:nehme|nimmt|nehmen|zähle|zählt|zählen|rechne|rechnet|rechnen)[,:] ?",
            "Insgesamt: ",
        ),
    ),
    "fr": (
        (
            r"^si (?:j['’]|je |on |nous )(?:ach[eè]t|pren|command|lou)\w* (?P<things>[^?]+?), combien "
            r"(?:est-ce que |dois-je |vais-je |faut-il )?(?:je |on |nous |ça |cela )?"
            r"(?:pai\w*|pay\w*|coûte\w*|dépens\w*)(?:-je|-t-on|-t-il|-nous)?(?: au total| en tout| ensemble)?"
            r"(?=\W*$)",
            r"Combien coûtent \g<things> ensemble",
        ),
        (
            r"^(?:si (?:j['’]|je |on |nous )\w+|en \w+ant) (?:les deux|tou(?:te)?s les|tout)"
            r"(?: (?:types|sortes|modes|façons|groupes|catégories|séries))?(?: d(?:e |['’])\w+)?(?: ensemble)?[,:] ?",
            "Au total, ",
        ),
    ),
    "es": (
        (
            r"^si (?:compr|tom|pid|pido|alquil)\w* (?P<things>[^?¿]+?), ¿?cu[aá]nto (?:tengo que |debo |hay que )?"
            r"(?:pag|cuest|gast)\w*(?: en total| en conjunto| por todo)?(?=\W*$)",
            r"¿Cuánto cuestan \g<things> en total",
        ),
        (
            r"^(?:si (?:junt|sum|tom|cont)\w+|(?:sum|junt|cont|tom)ando) (?:l[oa]s dos|amb[oa]s|todo)"
            r"(?: (?:tipos|clases|formas|grupos|categorías|series|modalidades))?(?: de \w+)?(?: junt[oa]s)?[,:] ?",
            "En total, ",
        ),
    ),
    "ko": (
        (
            r"^(?P<things>[^?]+?)[을를] (?:모두 |다 |각각 )?(?:사|구입하|주문하)면 (?:모두 |총 |전부 |"
            r"다 해서 )?얼마\S*",
            r"\g<things>의 합은 얼마인가요",
        ),
    ),
    "zh": (
        (
            r"^(?:如果|要是)?(?:我|我们)?(?:买|各买|购买|点)(?P<things>[^,,?？]+?)[,,]? ?(?:总共|一共|合计|共)(?:要)?"
            r"(?:付|花|是|需要)?多少钱?",
            r"\g<things>合计是多少",
        ),
    ),
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
