"""Things other than a chart that a question wants described or explained, such as photosynthesis."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.usual_names import in_any_language
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.accents import folded

__all__ = ["describes_another_thing"]

_ASKED: Final[dict[Language, str]] = {
    "en": r"(?:explain|describe|summari[sz]e|tell (?:me|us) (?:more )?about|details? (?:on|about|of)|overview of) "
    r"(?:to )?(?:me |us )?(?P<what>.+)",
    "de": r"(?:erklär|beschreib)\w* (?:mir |uns |bitte |mal )*(?P<what>.+)",
    "fr": r"(?:expliqu|décri|résum)\w*(?:[- ](?:moi|nous))? (?P<what>.+)",
    "es": r"(?:expl[ií]c|descr[ií]b|resum)\w* (?P<what>.+)",
    "ko": r"(?P<what>.+?)(?:[을를]|에 ?(?:대해|관해)서?)? ?(?:설명|묘사|요약)\S*",
    "zh": r"(?:请|帮我|给我)*(?:解释|描述|总结|说明)一?下?(?P<what>.+)",
}
_OF_CHARTS: Final[dict[Language, str]] = {
    "en": r"chart|plot|figure|graph|picture|image|diagram|data|result|trend|value|number|ax[ei]s|label|legend|series|"
    r"line|bar|curve|course|develop|pattern|finding|main|key|point|messag|stor(?:y|ies)|relat|differ|everything|shape|"
    r"distribut|content|detail|screenshot|photos?\b|drawing|panel|subplot|this|that|what|how|why|which|see|show|look|"
    r"brief|short|quick|simpl|plain|statistic|insight|takeaway|visual|outlier|peak|change|increas|ris|fall|drop|"
    r"happen|mean|colou?r|sentence|word|perform|evol|mov|behav|overall|general|situation|table|slice|pie|map|box",
    "de": r"diagramm|grafik|graph|bild|abbildung|plot|daten|ergebnis|trend|wert|zahl|achse|beschrift|legende|reihe|"
    r"linie|balken|säule|kurve|verlauf|entwicklung|muster|wichtig|punkt|aussage|zusammenhang|unterschied|alles|form|"
    r"verteil|inhalt|detail|dies|das|was|wie|warum|welch|hier|kurz|einfach|ausreißer|spitze|änder|anstieg|rückgang|"
    r"farb|satz|sätze|wort|worten|lage|tabelle|torte|karte|fläche|\w*(?:diagramm|grafik|bild|kurve|verlauf)",
    "fr": r"graphi|figure|image|diagramme|courbe|donnée|résultat|tendance|valeur|nombre|chiffre|axe|légende|série|"
    r"ligne|barre|évolution|cours|motif|essentiel|princip|point|message|relation|différence|tout|forme|distribution|contenu|"
    r"détail|cela|ceci|ça|ce|que|quoi|comment|pourquoi|bref|brièvement|simple|pic|chang|hausse|baisse|couleur|phrase|"
    r"mot|situation|tableau|camembert|carte|boîte|visuel",
    "es": r"gr[aá]fic|figura|imagen|diagrama|curva|dato|resultado|tendencia|valor|número|cifra|eje|leyenda|serie|línea|"
    r"barra|evolución|curso|patrón|principal|punto|mensaje|relación|diferencia|todo|forma|distribución|contenido|"
    r"detalle|est[eoa]|eso|qué|que|cómo|por|breve|simple|sencill|pico|cambio|subida|bajada|color|frase|palabra|"
    r"situación|tabla|mapa|caja|visual",
    "ko": r"차트|그래프|그림|도표|이거|이것|이걸|여기|내용|전체|결과|데이터|자료|추세|추이|변화|"
    r"값|수치|축|범례|선|막대|곡선|흐름|관계|차이|분포|모양|특징|요점|핵심|상황|이미지|사진|뭐|무엇|간단|짧게|표|^이$|쉽게|자세",
    "zh": r"图|表|数据|结果|趋势|变化|数值|数字|轴|图例|线|柱|曲线|走势|关系|差异|区别|分布|"
    r"形状|特征|要点|重点|情况|内容|这|那|什么|怎么|为什么|整体|全部|一切|简单|简要",
}
"""Beginnings of words for what is drawn in a chart and how it is told."""

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_MOST: Final = 4
"""Of more words, a request is too long to be told from one about the chart."""


def describes_another_thing(text: str, drawn: str, language: Language) -> bool:
    """Return whether a question wants something described or explained that is neither a chart nor in it.

    Parameters
    ----------
    text : str
        The question.
    drawn : str
        The titles, labels and names of the charts.
    language : Language
        The language of the question.
    """
    asked = compiled(rf"\W*(?:{_BEFORE[language]}){_ASKED[language]}", ignore_case=True).fullmatch(text)
    if asked is None:
        return False
    what = asked["what"].lower()
    if language in ("ko", "zh"):
        words = re.findall("[\uac00-\ud7a3]{2,}|[\u4e00-\u9fff]{2,}|[a-z]{3,}", what)
        known = re.search(_OF_CHARTS[language], what) is not None
        return bool(words) and not known and not any(_is_drawn(word, word[:2], drawn) for word in words)
    words = [word for word in _WORD.findall(what) if not is_common(word, language)]
    known = any(
        re.match(_OF_CHARTS[language], word) or _is_drawn(word, word[:4], drawn) for word in _WORD.findall(what)
    )
    return 0 < len(words) <= _MOST and not known


def _is_drawn(word: str, stem: str, drawn: str) -> bool:
    """Return whether labels have a word that begins alike, or the same word in another language."""
    labels = folded(drawn)
    return folded(stem) in labels or any(len(one) > 2 and folded(one) in labels for one in in_any_language(word))


_BEFORE: Final[dict[Language, str]] = {
    "en": r"(?:please |could you |can you |give me |some |more |a |an |the )*",
    "de": r"(?:bitte |kannst du |können sie )*",
    "fr": r"(?:peux-tu |pouvez-vous |s'il te plaît )*",
    "es": r"(?:por favor,? |puedes |¿)*",
    "ko": "",
    "zh": "",
}
"""What may stand before the verb."""
