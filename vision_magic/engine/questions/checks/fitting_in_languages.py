"""Words of German, French, Spanish, Korean and Chinese questions that say which kind of answer they ask for."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions.language import Language

__all__ = ["ENDS", "NAMES", "PLACES", "SHARES", "STATED"]

ENDS: Final[dict[Language, tuple[str, str]]] = {
    "de": (
        r"(?<!\w)(?:am|zum) (?:ende|schluss)(?!\w| de[rs]\b)|(?<!\w)schlussendlich(?!\w)",
        r"(?<!\w)(?:am|zum) (?:anfang|beginn|start)(?!\w| de[rs]\b)|(?<!\w)zu (?:beginn|anfang)(?!\w| de[rs]\b)|"
        r"anfangs\b",
    ),
    "fr": (
        r"(?<!\w)à la (?:toute )?fin(?!\w| d[eu])|(?<!\w)au final(?!\w)",
        r"(?<!\w)au (?:tout )?(?:début|départ|commencement)(?!\w| d[eu])",
    ),
    "es": (r"(?<!\w)al final(?!\w| del?\b)", r"(?<!\w)al (?:principio|comienzo|inicio)(?!\w| del?\b)"),
    "ko": (r"마지막에(?!서)|최종적으로|맨 ?끝에|결국", r"처음에는?(?!서)|맨 ?처음에|초기에는?"),
    "zh": (r"最终|到最后|最后(?!.{0,4}[年月日天次个])", r"一开始|起初|刚开始|最初(?!.{0,4}[年月日天次个])"),
}
"""Words for the last place and for the first one."""

STATED: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "de": (
        (r"\bim (?:durch)?schnitt\b|\bim mittel\b|\bdurchschnittlich\b", r"mitt(?:el|ler)|median|durchschnitt"),
        (r"\b(?:statistisch )?signifikan\w*|\bstatistisch\b", r"signifikan|intervall|überschneid|überlapp"),
        (r"\bdauerhaft\b|\bendgültig\b|\bein für alle mal\b", r"von da an|von dort an"),
        (r"\bzusammen(?:gerechnet|genommen|gezählt)?\b", r"zusammen|summe|insgesamt|gesamt|mittel|anteil| \+ |%"),
        (r"\b(?:in folge|hintereinander|nacheinander|aufeinanderfolgend\w*)\b", r"in folge|hintereinander"),
    ),
    "fr": (
        (r"\ben moyenne\b", r"moyen|médian"),
        (r"\bsignificativ\w*|\bstatistique\w*", r"significativ|intervalle|recouvr"),
        (r"\bdéfinitivement\b|\bpour de bon\b|\bune fois pour toutes\b", r"à partir de là"),
        (r"\bréunie?s?\b|\bconfondue?s?\b|\bcumulée?s?\b", r"ensemble|total|somme|moyenne| \+ |%"),
        (r"\bd['’]affilée\b|\bconsécuti\w*|\bde suite\b", r"d'affilée|consécuti|de suite"),
    ),
    "es": (
        (r"\ben promedio\b|\bde media\b(?! hora)|\bpor término medio\b", r"medi[ao]|promedio"),
        (r"\bsignificativ\w*|\bestadístic\w*", r"significativ|intervalo|solap"),
        (r"\bdefinitivamente\b|\bpara siempre\b|\bde una vez por todas\b", r"a partir de ahí"),
        (r"\bjunt[oa]s\b|\bsumad[oa]s\b|\ben conjunto\b", r"junt|total|suma|medi[ao]| \+ |%"),
        (r"\bseguid[oa]s\b|\bconsecutiv\w*", r"seguid|consecutiv"),
    ),
    "ko": (
        (r"평균적으로|평균해서", r"평균|중앙값"),
        (r"유의(?:미)?[하한]|통계적", r"유의|구간|겹"),
        (r"완전히|영영|확실히 (?:넘|앞)", r"그 뒤로"),
        (r"연속|연달아|잇따라|연이어", r"연속"),
    ),
    "zh": (
        (r"平均(?:来看|来说|而言)", r"平均|中位"),
        (r"显著|顯著|统计学", r"显著|区间|重叠"),
        (r"彻底|永久", r"此后"),
        (r"连续|接连", r"连续"),
    ),
}
"""Qualifiers, and what an answer that takes them into account says."""

PLACES: Final[dict[Language, str]] = {
    "de": r"\bwann\b|\bwelche[mnrs]? (?:jahr|monat|woche|tag|quartal|stunde|uhrzeit|jahreszeit)\b",
    "fr": r"(?:^\W*(?:[\w'’-]+ ){0,3}|\b(?:depuis|jusqu['’]à|partir de|dès) )quand\b(?! [^?,]{3,40},)|\bquand\W*$|"
    r"\bquel(?:le)? (?:année|mois|semaine|jour|trimestre|heure|saison)\b",
    "es": r"\bcuándo\b|^\W*(?:\w+ ){0,2}cuando\b(?! [^?,]{3,40},)|\bqué (?:año|mes|semana|día|trimestre|hora)\b",
    "ko": r"언제|(?:어느|무슨|몇) ?(?:해|달|월|년도?|날|요일|분기)(?! ?(?:동안|간))",
    "zh": r"什么时候|何时|哪一?(?:年|个?月|天|周|个?季度)",
}
NAMES: Final[dict[Language, str]] = {
    "de": r"\bwelche\w*\b(?! (?:wert|richtung|unterschied|differenz|abstand|spanne))|\bwer\b",
    "fr": r"\bquel(?:le)?s? (?!valeur|écart|différence|est\b|sont\b|était\b|étaient\b|sens)|"
    r"\blequel\b|\blaquelle\b|\bqui\b",
    "es": r"\bqué (?!valor|diferencia|distancia|(?:l[aeo]s? |se )?(?:pas[aó]|ocurr|suced|hac|hizo))|"
    r"\bcuál\b(?! (?:es|son|fue|era)\b)|\bquién\b",
    "ko": r"어느|어떤|누가|어디",
    "zh": r"哪|谁",
}
SHARES: Final[dict[Language, str]] = {
    "de": r"\bwie ?viel prozent\b|\bwelche[rn]? (?:anteil|prozentsatz)\b|\bwie (?:hoch|groß) (?:ist|war) der anteil\b",
    "fr": r"\bquel(?:le)? (?:part|pourcentage|proportion)\b|\bcombien (?:de )?pour ?cent\b",
    "es": r"\bqué (?:porcentaje|proporción|fracción)\b|\bqué parte\b|\bcuánto por ?ciento\b",
    "ko": r"몇 ?(?:퍼센트|%|프로)(?!포인트|p)|비중[은이] 얼마|비율[은이] 얼마",
    "zh": r"百分之(?:几|多少)|占比|占了?多少",
}
