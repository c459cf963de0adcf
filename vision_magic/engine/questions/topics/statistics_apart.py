"""How far a statistic of two series is apart: "how much do the maxima of A and B differ", "compare both means"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.query import Query, Side
from vision_magic.engine.questions.vocabulary.words import Operation

__all__ = ["as_statistics_apart"]

_Statistic = Literal["mean", "median", "highest", "lowest"]

_APART: Final[dict[Language, str]] = {
    "en": r"\bhow far apart\b|\b(?:difference|gap|distance) (?:between|in|of)\b|\bcompar(?:e|ing|ison)\b|"
    r"\bhow (?:much|far) (?:do|does|did)\b.*\b(?:differ|diverge)\b|\bdiffer by\b|\bside by side\b",
    "de": r"\bunterscheide\w*|\bvergleich\w*|\bverglichen\b|\bauseinander\b|\bunterschied\b|\bdifferenz\b|\babstand\b",
    "fr": r"\bécarts?\b|\bdifférence\b|\bcompar\w+|\bdiff[èé]r(?:e|ent|aient)\b|\bsépar\w+",
    "es": r"\bdiferenci\w+|\bcompar\w+|\bdifieren\b|\bdistancia\b|\bsepara\w*",
    "ko": r"차이|비교|벌어",
    "zh": r"相差|差多少|差几|差距|差异|差别|之差|比较|对比|比一比",
}
_STATISTICS: Final[dict[_Statistic, dict[Language, str]]] = {
    "mean": {
        "en": r"\bmeans\b|\baverages\b|\b(?:mean|average) (?!diff|gap|dist)[a-z]+|\bthe (?:mean|average) of\b",
        "de": r"mittelwert\w*|\bmittel\b|durchschnitt(?:e|en|s\w+)?\b|\bdurchschnittliche[nrm]? (?!unter|diff|abst)\w+",
        "fr": r"\bmoyennes?\b",
        "es": r"\bmedias?\b|\bpromedios?\b|\b(?:nota|puntuación|tiempo) medi[oa]\b",
        "ko": r"평균(?! ?차이)",
        "zh": r"平均(?!差|相差)|均值|均分",
    },
    "median": {
        "en": r"\bmedians?\b",
        "de": r"\bmediane?\w*|zentralwert\w*",
        "fr": r"\bmédianes?\b",
        "es": r"\bmedianas?\b",
        "ko": r"중앙값|중위값|중간값",
        "zh": r"中位数|中值",
    },
    "highest": {
        "en": r"\bmaxima\b|\bmaximums\b|\bmaximum (?:values?|times?|of)\b|\bpeaks?\b|"
        r"\bhighest (?!diff|gap|dist|point)[a-z]+\b|\bhighs\b",
        "de": r"höchstwert\w*|maximalwert\w*|\bmaxima\b|\bmaximums?\b|spitzenwert\w*|\bspitzen\b|"
        r"\bhöchste[nr]? (?!unter|diff|abst)\w+",
        "fr": r"\bmaxima\b|\bmaximums?\b|\bvaleurs? maximales?\b|\bpics?\b|\bplus hautes? valeurs?\b|"
        r"\bvaleurs? les? plus (?:haute|élevée)s?\b",
        "es": r"\bmáximos?\b|\bvalor(?:es)? máximos?\b|\bpicos?\b|\bvalor(?:es)? más altos?\b",
        "ko": r"최댓값|최대값|최고값|최고치|최고점|최고 ?기록|(?:가장|제일) 높은 값",
        "zh": r"最大值|最高值|峰值|最高点|最高分",
    },
    "lowest": {
        "en": r"\bminima\b|\bminimums\b|\bminimum (?:values?|times?|of)\b|\blowest (?!diff|gap|dist|point)[a-z]+\b|"
        r"\btroughs?\b|\blows\b",
        "de": r"tiefstwert\w*|mindestwert\w*|minimalwert\w*|\bminima\b|\bminimums?\b|"
        r"\bniedrigste[nr]? (?!unter|diff|abst)\w+|\bkleinsten? werte?\b",
        "fr": r"\bminima\b|\bminimums?\b|\bvaleurs? minimales?\b|\bplus basses? valeurs?\b|"
        r"\bvaleurs? les? plus (?:basse|faible)s?\b",
        "es": r"\bmínimos?\b|\bvalor(?:es)? mínimos?\b|\bvalor(?:es)? más bajos?\b",
        "ko": r"최솟값|최소값|최저값|최저치|최저점|(?:가장|제일) 낮은 값",
        "zh": r"最小值|最低值|最低点|最低分|谷值",
    },
}
_OF_THE_GAP: Final = (
    r"\b(?:max|min)imum (?:\w+ )?(?:diff|gap|dist)|"
    r"\b(?:maximum|minimum|mean|average) (?:of|in) the (?:gap|difference|distance)\b|"
    r"(?:maximum|minimum|mittelwert|durchschnitt|wert) (?:der differenz|des unterschieds|des abstands)\b|"
    r"\b(?:écart|différence) (?:maxi|mini|moyen)|\b(?:maximum|minimum|moyenne) de (?:l['’]écart|la différence)\b|"
    r"\bdiferencia (?:máx|mín|medi|promedio)|\b(?:máximo|mínimo|media|promedio) de la (?:diferencia|distancia)\b|"
    r"(?:최대|최소|평균) ?차이|차이(?:의|가|는)? ?(?:최|평균|가장|제일)|"
    r"差(?:距|异|值)?的?(?:最|平均)|(?:最大|最小|平均)的?差"
)
"""An extreme, or the mean, of a difference itself."""
_WHICH: Final = (
    r"\b(?:when|where|who|which|wann|welche\w*|wer|quand|où|qui|quel(?:le)?s? (?!est|était|écart|diff)\w+|"
    r"cuándo|dónde|quién|qué (?!diferencia|distancia)\w+)\b|언제|어느|누가|어디|哪|谁|什么时候"
)
"""Words of questions for a time, or for one of both."""
_KEPT: Final[frozenset[Operation]] = frozenset(
    ("mean", "median", "maximum", "minimum", "range", "compare", "difference", "gap", "higher at", "value", "against")
)


def as_statistics_apart(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "how far apart are the peaks of A and B" as a comparison of the highest values of both.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language, drawn = text.lower(), query.language, drawn_series(panels)
    names = query.series or tuple(one.name for one in drawn)
    chosen = [one for one in drawn if one.name in names]
    two = len(panels) == 1 and len(names) == len(chosen) == 2 and len({one.right for one in chosen}) == 1
    kept = query.places or query.bounds or query.groups or query.threshold or query.then or query.top or query.yes_no
    measured = two and all(names) and not any(one.kind in ("box plot", "histogram", "pie") for one in chosen)
    if not measured or kept or query.rank > 1 or not set(query.operations) <= _KEPT:
        return query
    if any(re.search(words, text) for words in (_OF_THE_GAP, _WHICH)) or not re.search(_APART[language], text):
        return query
    said = [name for name, words in _STATISTICS.items() if re.search(words[language], text)]
    if len(said) != 1:
        return query
    words: frozenset[Operation] = frozenset(("difference",))
    sides = (Side(series=names[:1], statistic=said[0]), Side(series=names[1:], statistic=said[0]))
    query = replace(query, operations=("sides",), sides=sides, series=(), words=words, statistic="", direction="up")
    return replace(query, firm=True, amounts=())
