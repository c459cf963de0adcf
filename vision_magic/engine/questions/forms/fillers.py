"""Phrases of spoken questions that change nothing of them: "generally speaking", "en gros"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled

__all__ = [
    "without_absolutely",
    "without_fillers",
    "without_only",
    "without_same_period",
    "without_shown_period",
    "without_title_marks",
]

_FILLERS: Final[dict[Language, str]] = {
    "en": r"(?:generally|broadly|roughly|strictly|honestly|practically|relatively|comparatively|realistically) "
    r"speaking|"
    r"(?:to be (?:honest|fair|precise|exact)|in general|in short|in a nutshell|all things considered|"
    r"as a rule(?: of thumb)?|at a (?:rough )?guess|by and large|more or less|if anything|for the record|"
    r"out of curiosity|just (?:curious|wondering|to be sure)|by the way|as far as (?:you|we|i) can (?:tell|see)|"
    r"(?:just )?by (?:the )?looks? of (?:it|things)|from the looks of (?:it|things)|"
    r"(?:judging|going) (?:by|from) the (?:\w+ )?(?:curves?|lines?|points?|dots?|data)|"
    r"if i (?:read|see|understand) (?:this|that|it) (?:right|correctly)|tell me|let me know|do you know|"
    r"(?:can|could) you (?:please )?(?:tell|show|give|list|name)(?: me| us)?|"
    r"(?<=, )in order(?= ?[,.?!]|$)|i(?:['’]d| would) like to know|i wonder|i was wondering|"
    r"quick question|remind me)",
    "de": r"(?:ehrlich gesagt|mal ehrlich|kurz gesagt|genau genommen|genaugenommen|im großen und ganzen|grob gesagt|"
    r"grob geschätzt|über den daumen gepeilt|so ungefähr|im allgemeinen|in der regel|im prinzip|im grunde|"
    r"(?:allgemein|grundsätzlich) gesprochen|soweit (?:man|ich) (?:das )?sehen kann|wenn ich das richtig sehe|"
    r"was mich interessiert|mich (?:würde )?interessiert|kannst du mir sagen|können sie mir sagen|weißt du|"
    r"(?:nenn|gib|zeig)e? (?:mir|uns)(?: (?:bitte|mal|bitte mal))?|nennen sie (?:mir|uns)(?: bitte)?|"
    r"sag mal|nebenbei|der vollständigkeit halber)",
    "fr": r"(?:en gros|grosso modo|à vrai dire|pour être honnête|en fait|en réalité|du coup|au juste|au fait|"
    r"dis-moi|dites-moi|dis donc|en général|d['’]une manière générale|de manière générale|en somme|en bref|"
    r"tout compte fait|tout bien considéré|à vue (?:de nez|d['’](?:œ|oe)il)|si je (?:lis|vois|comprends) bien|"
    r"sais-tu|savez-vous|je me demande|par curiosité|d['’]après ce graphique|"
    r"(?:(?:est-ce que )?(?:tu (?:peux|pourrais)|vous (?:pouvez|pourriez))|(?:peux|pourrais)-tu|"
    r"(?:pouvez|pourriez)-vous)(?: s['’]il (?:te|vous) pla[iî]t)? (?:me|nous) "
    r"(?:dire|donner|citer|indiquer|lister|nommer)|"
    r"(?<=, )dans l['’]ordre(?= ?[,.?!]|$)|"
    r"(?:donne|dis|cite|indique|liste)(?:s|z)?-(?:moi|nous)|(?:j['’]aimerais|je voudrais) (?:savoir|connaître))",
    "es": r"(?:(?:me |nos )?(?:puedes|podr[ií]as|puede|podr[ií]a)(?: por favor)? (?:decir|dar|indicar|nombrar|listar)"
    r"(?:me|nos)?|me gustar[ií]a saber|quisiera saber|quiero saber|sabes|"
    r"(?:puedes|podr[ií]as|puede|podr[ií]a) (?:decir|dar|indicar|nombrar|listar)(?:me|nos)|"
    r"(?<=, )en orden(?= ?[,.?!]|$))",
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
    left = compiled(rf"(?:^|(?<=[\s¿]))(?:{_FILLERS[language]})(?!\w),? ?", ignore_case=True).sub("", text)
    left = compiled(_TAILS.get(language, "(?!)"), ignore_case=True).sub("", left)
    left = re.sub(r"\s+,", ",", left).strip(" ,")
    return left if re.search(r"\w", left) else text


def without_title_marks(text: str, drawn: str) -> str:
    """Return a question without the marks around titles, as in 《长夏》, unless they are drawn as well."""
    return text if _TITLE_MARKS.search(drawn) else _TITLE_MARKS.sub("", text)


_TITLE_MARKS: Final = re.compile("[《》〈〉「」『』]")
_ABSOLUTELY: Final[dict[Language, str]] = {
    "en": r",? ?\b(?:in|by) absolute (?:terms|numbers|figures|values?)\b|\babsolute (?=(?:increase|decrease|rise|drop|"
    r"growth|decline|fall|gain|loss|change|difference|gap)\b)",
    "de": r",? ?\bin absoluten (?:zahlen|werten|größen)\b|\babsolut (?:gesehen|betrachtet|gerechnet)\b|"
    r"\babsolute[nrs]? (?=(?:zuw[aä]chs|zunahme|abnahme|anstieg|rückg[aä]ng|differenz|unterschied|abstand|änderung|"
    r"veränderung))",
    "fr": r",? ?\ben (?:chiffres|nombres?|valeurs?|termes) absolue?s?\b|\bdans l['’]absolu\b",
    "es": r",? ?\ben (?:números|cifras|términos|valores|valor) absolut[oa]s?\b",
    "ko": r"절대(?:적인)? ?(?:수치|값|숫자|수|량|치)(?:로는?|으로는?|상으로|상)? ?",
    "zh": r"[,,]?(?:按|从|以)?绝对(?:数[量值]?|值|量)(?:上|来看|来说|上看|计算?)?[,,]?",
}
"""That a change is meant in the unit of the values, and not in per cent."""
_OF_CHANGES: Final = re.compile(
    r"increas|decreas|\bris[ei]|\brose\b|grow|grew|\bf[ae]ll|drop|declin|\bgain|\blos[et]|chang|differ|\bgap\b|"
    r"zuw[aä]chs|zunahme|zugenommen|abnahme|abgenommen|stieg|steig|rückg|gewachs|gefallen|\bfiel|sank|gesunken|änder|"
    r"differenz|unterschied|abstand|augment|hauss|baiss|progress|recul|diminu|chut|écart|différen|vari|aument|"
    r"crec|subi|baj[aó]|caíd|caída|disminu|descen|diferenc|increment|증가|감소|늘|줄|올[랐라]|오른|떨어|변[화했]|차이|"
    r"增|减|涨|跌|升|降|变|差",
    re.IGNORECASE,
)


def without_absolutely(text: str, panels: Sequence[ChartPanel], language: Language) -> str:
    """Return a question for a change without "in absolute numbers", as the reader tells it in the unit of the values.

    Of values in per cent, the numbers behind them may be meant, which are not drawn.
    """
    drawn = [(panel.axis_of(one), one) for panel in panels for one in drawn_series([panel])]
    shares = any("%" in f"{axis.unit} {axis.label}" or one.kind == "pie" for axis, one in drawn)
    left = re.sub(_ABSOLUTELY[language], " ", text, flags=re.IGNORECASE)
    return left if drawn and not shares and _OF_CHANGES.search(left) else text


_SHOWN: Final = (
    r",? ?\b(?:in|over|during|within|across|for|throughout) (?:the )?(?:whole |entire )?(?:(?:shown|displayed|depicted|"
    r"plotted|recorded|covered|observed) period|period (?:that is )?(?:shown|displayed|depicted|plotted|covered|"
    r"recorded|observed)(?: here)?)\b|"
    r",? ?\b(?:im|in dem|über den|während des|innerhalb des) (?:ganzen |gesamten )?(?:hier )?(?:gezeigten|"
    r"dargestellten|abgebildeten|angezeigten|betrachteten|erfassten|aufgezeichneten|beobachteten) "
    r"(?:zeitraums?|zeitabschnitts?)\b|"
    r",? ?\b(?:sur|pendant|durant|au cours de|dans) (?:toute )?la période (?:affichée|représentée|montrée|étudiée|"
    r"observée|considérée|couverte)\b|"
    r",? ?\b(?:en|durante|a lo largo de) (?:todo )?el per[ií]odo (?:mostrado|representado|analizado|observado|"
    r"considerado|que se muestra)\b|"
    r"(?:(?:그래프|그림|차트)에 ?)?(?:표시된|나온|보이는|나타난|그려진) 기간(?: ?동안|에서|에|의|중)? ?|"
    r"(?:图[中上里])?(?:所示|显示的?|展示的?)(?:的)?(?:期间|时间段|时段|时期)[内里中]?的?"
)


def without_shown_period(text: str) -> str:
    """Return a question without "over the period shown", which is that of any question that names no other."""
    return re.sub(_SHOWN, " ", text, flags=re.IGNORECASE).strip()


_MONTHS: Final[dict[Language, str]] = {
    "en": r"(?:calendar )?(?:months?|years?|weeks?|quarters?|days?|weekday|seasons?|period)",
    "de": r"(?:kalender)?(?:monats?|jahre?s?|woche|quartals?|tage?s?|wochentage?s?|zeitraums?|saison)",
    "fr": r"(?:mois|années?|semaine|trimestre|jour|saison|période)",
    "es": r"(?:mes|año|semana|trimestre|día|temporada|estación|per[ií]odo)",
    "ko": r"(?:달|월|분기|주|요일|날|계절|기간|시기)",
    "zh": r"(?:一?个?(?:月份?|季度?|周|星期|天|日|期|时期))",
}
_SAME_PERIOD: Final[dict[Language, tuple[str, str]]] = {
    "en": (r"\b(?P<than>than(?: (?:it|they) (?:was|were|did|had))?)", r" (?:(?:in|on|during|for|at|of) )?the same U"),
    "de": (
        r"\b(?P<than>als|wie)",
        r" (?:(?:im|am|zum) (?:jeweils )?(?:selben|gleichen)|in de[mr](?:selben| (?:selben|gleichen))) U",
    ),
    "fr": (
        r"\b(?P<than>que\b|qu['’])",
        r" ?(?:(?:dans|pendant|durant|sur|pour|lors d[eu]|au cours d[eu]) ?)?(?:(?:le|la|au|à la) )?même U",
    ),
    "es": (r"\b(?P<than>que)", r" (?:(?:en|durante|para) )?(?:el mismo|la misma) U"),
}
"""The word before the second that is compared, and that it is meant at the place of the first."""
_OF_PERIOD: Final[dict[Language, str]] = {
    "en": r" (?:of|in|during|from)(?= )",
    "de": r" (?:des vorjahre?s|im vorjahr)| (?:des jahres|im jahre?|von|in)(?= \d)",
    "fr": r" (?:de|en|à)(?: l['’]an(?:née)?)?(?= \d)| (?:de|d['’])(?= ?l['’]an)",
    "es": r" (?:del?(?: año)?|en)(?= \d)| del(?= año)",
}
"""What joins the second to this period."""
_WITHOUT_PERIOD: Final[dict[Language, tuple[str, str]]] = {
    "en": ("than in", "than in"),
    "de": ("als", "als im Vorjahr"),
    "fr": ("qu'en", "que"),
    "es": ("que en", "que el"),
}
"""How the second is said without it: a year in figures, and one in words."""


def without_same_period(text: str, language: Language) -> str:
    """Return "lower than in the same month of 2023" without "the same month", which is no word for equal values."""
    unit = _MONTHS[language]
    if language == "ko":
        return re.sub(rf"(?:의)? ?(?:같은|동일한|동) ?{unit}(?:의|에)?(?= ?(?:보다|에 ?비해|과 ?비교))", "", text)
    if language == "zh":
        return re.sub(rf"(?<=\d年)的?(?:同|相同){unit}", "", text) if re.search(r"比|于|超过|不如|不及", text) else text
    than, same = (words.replace("U", unit) for words in _SAME_PERIOD[language])

    def second(found: re.Match[str]) -> str:
        if not found["of"]:
            return found["than"]
        in_figures = language == "de" or re.match(r" ?\d", text[found.end() :]) is not None
        return _WITHOUT_PERIOD[language]["vorjahr" in found["of"].lower() or not in_figures]

    left = re.sub(rf"{than}{same}(?P<of>{_OF_PERIOD[language]})?(?!\w)", second, text, flags=re.IGNORECASE)
    return re.sub(rf"({than}\b[^,.?]{{1,50}}?){same}(?=\W*$)", r"\1", left, flags=re.IGNORECASE)


def without_only(text: str) -> str:
    """Return a Korean or Chinese question without "the only", as its answer tells how many there are."""
    return re.sub(r"유일(?:한|하게) ?|唯一(?:的?一[个家种类天]|的)?", "", text)
