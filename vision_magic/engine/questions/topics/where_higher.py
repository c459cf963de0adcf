"""Where one of two series is higher, in German, French and Spanish: "pour quelles fleurs A dépasse-t-il B ?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query

__all__ = ["as_where_higher"]

_S: Final = "[\ue400-\ue7ff]"
_ASKED: Final[dict[Language, str]] = {
    "de": r"(?<!\w)(?:welche\w*|einzige\w*|wo|wann|(?:in |an |bei )?wie viele\w*)(?!\w)",
    "fr": r"(?<!\w)(?:quel(?:le)?s?|seule?s?|ou|quand|combien de)(?!\w)",
    "es": r"(?<!\w)(?:que|cual(?:es)?|unic[oa]s?|donde|cuando|cuant[oa]s)(?!\w)",
}
_BETWEEN: Final[dict[Language, str]] = {
    "de": r"(?<!\w)(?:mehr|weniger|minder|\w{3,}er)(?: \w+){0,3} als (?:\w+ ){0,2}",
    "fr": r"(?<!\w)(?:plus|moins|meilleure?s?|mieux|pires?|superieure?s?|inferieure?s?)"
    r"(?: \w+){0,3}? ?(?:que|qu['’]|a)? ?(?:en |pour )?(?:l[ae] |les |l['’]|au? )?",
    "es": r"(?<!\w)(?:mas|menos|mejor(?:es)?|peor(?:es)?|mayor(?:es)?|menor(?:es)?|superior(?:es)?)"
    r"(?: \w+){0,3}? ?(?:que|a)? ?(?:en |para )?(?:el |la |los |las |al )?",
}
"""What stands between the names of both."""
_BEFORE: Final[dict[Language, tuple[str, str]]] = {
    "de": (r"(?<!\w)(?:mehr|weniger) ", r" als "),
    "fr": (r"(?<!\w)(?:plus|moins) (?:de |d['’])", r" que (?:de |d['’])?"),
    "es": (r"(?<!\w)(?:mas|menos) ", r" que "),
}
"""What stands before the name of the first, and between both: "mehr Einsteiger als Aussteiger"."""
_LESS: Final = (
    r"(?<!\w)(?:weniger|niedriger|kleiner|geringer|kurzer|schlechter|moins|pires?|inferieure?s?|menos|menor\w*|peor\w*|"
    r"(?:plus (?:bas(?:se)?s?|petite?s?|faibles?|courte?s?)|mas (?:baj|pequen|cort)[oa]s?)(?!\w))"
)
_HOW_MUCH: Final = (
    r"um wie ?viel|wie ?viele? (?:mehr|weniger)|combien (?:de \w+ )?de (?:plus|moins)|de combien|"
    r"cuant[oa]s? (?:\w+ )?(?:mas|menos)|zuerst|erstmals|ersten mal|premiere fois|primera vez"
)


def as_where_higher(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query | None:
    """Return "where is A higher than B" as a question for the places where it is; None if it is no such one.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question without accents, in lower case, with letters in the place of names.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    kept = query.places or query.bounds or query.threshold or query.groups
    if query.language not in _ASKED or len(query.series) != 2 or kept or re.search(_HOW_MUCH, text):
        return None
    between = re.search(rf"{_S}[^\ue000-\uf8ff]*?(?P<words>{_BETWEEN[query.language]}){_S}", text)
    before, than = _BEFORE[query.language]
    between = between or re.search(rf"(?P<words>{before}){_S}{than}{_S}", text)
    if between is None or re.search(_ASKED[query.language], text) is None:
        return None
    pair = query.series[::-1] if re.search(_LESS, between["words"]) else query.series
    plain = re.sub(_LESS, " ", text)
    return replace(query, operations=("higher at",), series=pair, text=plain, direction="", statistic="", firm=True)
