"""Names of two or more times at which the same is measured: "before" and "after", "first test" and "second test"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["are_stages"]

_STAGES: Final = re.compile(
    r"(?:before|after|then|now|start|end|baseline|pre|post|pre-?test|post-?test|mid-?terms?|finals?|old|new|"
    r"vorher|nachher|davor|danach|anfang|ende|beginn|früher|heute|"
    r"avant|après|début|fin|maintenant|aujourd['’]hui|"
    r"antes|después|inicio|final|ahora|hoy|"
    r"전|후|이전|이후|시작|끝|처음|마지막|지금|"
    r"之前|之后|以前|以后|前|后|开始|结束|现在)"
)
_MEASURED: Final = (
    r"(?:tests?|exams?|quiz|rounds?|attempts?|tr(?:y|ial)|match|visits?|surveys?|sessions?|runs?|laps?|heats?|terms?|"
    r"semesters?|seasons?|years?|months?|weeks?|days?|time|measurements?|weigh-?ins?|mocks?|checks?|checkups?|"
    r"klausur|prüfung|runde|versuch|durchgang|lauf|messung|besuch|halbjahr|jahr|monat|woche|tag|saison|"
    r"examen|contrôle|épreuve|manche|essai|tour|visite|mesure|trimestre|semestre|année|mois|semaine|jour|saison|"
    r"prueba|control|ronda|intento|vuelta|visita|medición|año|mes|semana|día|temporada|"
    r"시험|고사|검사|라운드|시도|측정|학기|주차?|개월|일차|회차?|차|"
    r"次?(?:考试|测验|测试|测量|检查)|轮|次|学期|周|月|天|年)"
)
"""Nouns of what is done again and again, unlike those of groups and machines, which are numbered too."""
_ORDINALS: Final = (
    r"first|1st|second|2nd|third|3rd|fourth|4th|last|erste[rsn]?|zweite[rsn]?|dritte[rsn]?|letzte[rsn]?|"
    r"premi(?:er|ère)|1(?:er|re|ère)|deuxième|seconde?|2e|troisième|3e|dernière?|primer[oa]?|segund[oa]|tercer[oa]?|"
    r"últim[oa]|첫 ?번째|두 ?번째|세 ?번째|첫|第?[一二三四五]|\d{1,2}\.?"
)
_NUMBERED: Final = re.compile(rf"(?:{_ORDINALS}) ?(?P<noun>{_MEASURED})|(?P<first>{_MEASURED}) ?\d{{1,2}}")


def are_stages(names: Sequence[str]) -> bool:
    """Return whether names are those of times at which the same is measured again, such as tests of one kind."""
    texts = [name.casefold().strip() for name in names]
    if texts and all(map(_STAGES.fullmatch, texts)):
        return True
    found = [match for text in texts if (match := _NUMBERED.fullmatch(text)) is not None]
    nouns = {match["noun"] or match["first"] for match in found}
    return len(found) == len(texts) > 1 and len(nouns) == 1
