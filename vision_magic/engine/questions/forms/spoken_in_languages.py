"""German, French and Spanish questions in the words that the rules read, before their names are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.patterns import compiled
from vision_magic.engine.questions.vocabulary.judging import is_of_durations

__all__ = ["spoken_plainly"]

_IN_ALL_OF_IT: Final = r"(?= (?:en|durante|a lo largo de) (?:tod[oa]|el conjunto)\b)(?!.* que )"
"""After "más" in Spanish, that it is no comparison, and that all places are meant."""
_SPOKEN: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "de": (
        (r"unterm strich|alles in allem|über alle \w+ (?:hinweg|gesehen)", "insgesamt"),
        (
            r"(?:tanzt|tanzen|tanzte|fällt|fallen|fiel|schlägt|schlagen) (?:(?:ein\w* )?(?P<noun>\w+) )?aus "
            r"(?:der reihe|dem rahmen|der art)",
            r"ist \g<noun> ein ausreißer",
        ),
        (r"(?:sticht|stechen|stach) (?:\w+ )?(?:heraus|hervor|ins auge)", "ist ein ausreißer"),
        (r"am weitesten (?:auseinander|voneinander entfernt)\w*", "mit dem größten abstand"),
        (r"am (?:ungleichsten|unterschiedlichsten|stärksten gestreut)", "am ungleichmäßigsten"),
        (r"(?:von|ab) (?P<whose>ihrem|seinem) (?P<peak>höch\w+|tief\w+|gipfel|maximum|minimum)", r"seit \1 \2"),
        (r"(?:ab|weg)(?:gerutscht|gesackt|gestürzt|gefallen)|eingebrochen", "gesunken"),
        (r"(?:am schlimmsten|am ärgsten)", "am schlechtesten"),
        (r"am meisten los|der meiste betrieb|am vollsten", "am höchsten"),
        (r"am wenigsten los|am leersten", "am niedrigsten"),
        (r"(mehr|weniger) los", r"\1"),
        (r"bis (?:zum )?\w*(?:ende|schluss)(?= \w+ ?\?| ?\?|$)", "bis zum ende"),
        (r"von anfang bis (?:zum )?(?:ende|schluss)", ""),
        (r"(?:gemessen|zu urteilen) (?:an|nach) (?:der |den )?(?:box|boxen|kästen|kasten)\w*", ""),
        (r"im (?:jahr|monat|quartal) (?:davor|zuvor|vorher)", "im Vorjahr"),
        (r"(?:kam|kommt|ging|geht|ist|war) (?:nie|niemals) über (?=[\w€$])", "lag immer höchstens bei "),
        (r"wie sehr", "um wie viel"),
        (r"um wie ?viel uhr", "wann"),
        (
            r"(?P<side>über|unter|oberhalb|unterhalb) de[rmn]? (?P<n>\d[\d.,]*)[ -]?(?P<unit>%|°\w?|[^\W\d_]*)[ -]?"
            r"(?:linie|marke|grenze|schwelle)",
            r"\g<side> \g<n> \g<unit>",
        ),
        (
            r"(?:liegt|lag|ist|war) (?P<a>[\ue000-\ue7ff]) (?P<far>(?:\S+ )*?)vor (?P<b>[\ue000-\ue7ff])",
            r"ist \g<a> höher als \g<b>",
        ),
        (r"(?:ins|im) ziel", ""),
        (r"(?:seine?n?|ihre?n?|die|den|das) (?:talsohle|tiefpunkt|tiefststand)", "sein Minimum"),
        (r"(?:seine?n?|ihre?n?|den|das) (?:höhepunkt|höchststand)", "sein Maximum"),
        (r"(?:der|die|das) eine\w? (?:echten|richtigen|eigenen) namen (?:hat|haben),?", ""),
        (r"(?:aber )?nicht (?:die |das |den )?(?P<others>sonstiges?|anderen?)", r"ohne \g<others>"),
        (r"ohne den rest", "ohne sonstige"),
    ),
    "fr": (
        (
            r"(?P<side>au-dess[uo]+s|dépass\w+|franchi\w*) (?:de )?(?:la |le |du )(?:ligne|barre|seuil|limite) "
            r"(?:de(?:s)? |d['’])(?=\d)",
            r"\g<side> de ",
        ),
        (
            r"(?:fini(?:t|ssent|ra)?|a fini|termin(?:e|ent|é|era)|a terminé) (?:par être )?"
            r"(?P<side>(?:l[ea] )?(?:plus|moins) \w+)(?! que)",
            r"est \g<side> à la fin",
        ),
        (
            r"jusqu['’]à (?:quel(?:le)?) (?P<what>\w+) (?P<who>.{2,30}?)(?: (?:est|a|était)-t?-?(?:il|elle))? "
            r"(?:descend\w*|tomb\w+|baiss\w+|chut\w+)(?:-t-(?:il|elle))?",
            r"quelle est la valeur minimale (\g<what>) de \g<who>",
        ),
        (
            r"jusqu['’]à (?:quel(?:le)?) (?P<what>\w+) (?P<who>.{2,30}?)(?: (?:est|a|était)-t?-?(?:il|elle))? "
            r"(?:mont\w*|grimp\w+|augment\w+)(?:-t-(?:il|elle))?",
            r"quelle est la valeur maximale (\g<what>) de \g<who>",
        ),
        (r"tout compris|au bout du compte|au final(?= \w+)", "au total"),
        (
            r"(?:le|la|les) plus (?:éloign|distant|écart|espac)\w* (?:l['’]une? de l['’]autre|entre (?:eux|elles))",
            "avec l'écart le plus grand",
        ),
        (r"sort(?:ent)? du lot|fait exception|se démarque\w*", "est aberrant"),
        (r"(?:à|a) (?:eux|elles) (?:deux|trois)", "en tout"),
        (r"cumul (?:des?|du|d['’]|annuel|total)", "total de"),
        (r"(?:l['’]usage|l['’]utilisation)(?= (?:d[eu]|des)\b| d['’])", ""),
        (r"de (?:début|bout) (?:à|en) (?:la )?(?:fin|bout)|du début à la fin", ""),
        (
            r"(?:touche\w*|atteint|a atteint|a touché)(?:-t-(?:il|elle)s?)? (?:le fond|son plancher|"
            r"son (?:point )?le plus bas|"
            r"son (?:niveau )?le plus bas)",
            "est au minimum",
        ),
        (
            r"(?:touche\w*|atteint|a atteint)(?:-t-(?:il|elle)s?)? (?:son plafond|son sommet|son pic|son (?:niveau )?"
            r"le plus haut)",
            "est au maximum",
        ),
        (
            r"(?:se retrouve|passe|est|se trouve|se place)(?:nt)?(?:-t-|-)?(?:il|elle|ils|elles)? devant",
            "dépasse",
        ),
        (r"prend(?:-(?:il|elle))? l['’]avantage sur", "dépasse"),
        (r",? ?(?:à en juger|si l['’]on en juge|à juger) (?:par|d['’]après) .{0,30}bo[iî]tes?", ""),
        (r"il y a(?:-t-il)? le plus de (?:monde|passage|trafic|affluence)", "est le plus haut"),
        (r"l['’]année (?:d['’]avant|précédente)", "l'année précédente"),
        (r"qui (?:a|ont) un vrai nom,?", ""),
        (r"(?:mais )?pas (?:les )?(?P<others>autres?)", r"sans \g<others>"),
        (r"sans le reste", "sans autres"),
        (r"(?:au fil|au fur et à mesure|tout au long)(?= d(?:e|es|u)\b| de l['’])", "au cours"),
        (r",? ?au fur et à mesure,?", ""),
        (
            r"(?:si (?:l['’])?on (?:regarde|considère|prend)|en regardant)"
            r"(?= (?:la |le )?(?:médiane|moyenne|total)\b)",
            "selon",
        ),
    ),
    "es": (
        (rf"(qu[eé]\b[^,;?]*?\w(?:ó|aron|ieron|[ae]n?)) más{_IN_ALL_OF_IT}", r"\1 al máximo"),
        (rf"(qu[eé]\b[^,;?]*?\w(?:ó|aron|ieron|[ae]n?)) menos{_IN_ALL_OF_IT}", r"\1 al mínimo"),
        (r"(?:fue|fueron|va|van|iba|iban|ha ido|han ido) a más(?: o a menos)?", "aumentó o disminuyó"),
        (r"(?:fue|fueron|va|van|iba|iban|ha ido|han ido) a menos(?: o a más)?", "disminuyó"),
        (
            r"((?:perd|gan|sub|baj|crec|aument|disminu|cambi|engord|adelgaz)\w+\b.{0,40}?),? ?"
            r"(?:de principio a fin|de punta a punta|de inicio a fin)",
            r"\1 desde el principio hasta el final",
        ),
        (r",? ?(?:de principio a fin|de punta a punta|de inicio a fin)", ""),
        (
            r"(?:se sale\w*|pasa\w*|excede\w*|sobrepasa\w*) (?:de )?(?:un |el )?(?:presupuesto|límite|tope|máximo) de"
            r"(?= \d)",
            "superan",
        ),
        (
            r"(?:termin(?:a|ó|aron|an)|acab(?:a|ó|aron|an)) (?:siendo )?"
            r"(?P<side>(?:el |la )?(?:más|menos) \w+)(?! que)",
            r"es \g<side> al final",
        ),
        (r"cuánto (?:me |nos )?sale(?: para)?", "cuánto es"),
        (r"toc[aó]\w* (?:fondo|su suelo|su mínimo)", "está en su mínimo"),
        (r"toc[aó]\w* (?:techo|su máximo)", "está en su máximo"),
        (r",? ?a juzgar por .{0,30}cajas?", ""),
        (r"hay más (?:gente|movimiento|tráfico|ambiente)", "es más alto"),
        (r"(?:va|está|se pone|pasa) por delante de(?=l? )", "supera a"),
        (r"que (?:tiene|tenga) un nombre (?:real|propio|de verdad),?", ""),
        (r"(?:pero )?no (?:los |las )?(?P<others>otr[oa]s)", r"sin \g<others>"),
        (r"sin el resto", "sin otros"),
        (
            r"si (?:miramos|nos fijamos en|tomamos|se mira|uno mira)"
            r"(?= (?:la |el )?(?:mediana|media|promedio|total)\b)",
            "según",
        ),
    ),
    "ko": ((r"나머지(?= ?(?:빼|제외|말고))", "기타"),),
}
_ORDINALS: Final = (
    ("zwei|2", "zweiter", "zweithöchste"),
    ("drei|3", "dritter", "dritthöchste"),
    ("vier|4", "vierter", "vierthöchste"),
    ("fünf|5", "fünfter", "fünfthöchste"),
)
_RANKS: Final = re.compile(r"\b(?:rank|position|place|platz|tabellenplatz|rang|classement|puesto)\b", re.IGNORECASE)
_HOURS: Final = "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_DIGITS: Final = _HOURS.title()


def spoken_plainly(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with words that the rules read in the place of others for the same.

    "On third place" is the third highest, unless places are what is measured; "litres" of rain are millimetres; German
    numbers stand as words for hours ("um acht") and for grades ("eine Fünf").
    """
    if language == "de":
        text = _with_ranks(text, panels)
        text = _with_numbers(text, panels)
    text = _with_ordinals(text, language, panels)
    text = _with_leader(text, language, panels)
    for words, plain in _SPOKEN.get(language, ()):
        text = compiled(rf"(?<!\w)(?:{words})(?!\w)", ignore_case=True).sub(plain, text)
    if any(axis.unit == "mm" for panel in panels for axis in (panel.x, panel.y)):
        text = re.sub(r"(?<=\d )(?:liter|litres?|litros?)\b(?! pro| par| por)", "mm", text, flags=re.IGNORECASE)
    return " ".join(text.split())


_ORDINAL_WORDS: Final[dict[Language, str]] = {
    "de": "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften",
    "fr": "premi[eè]re? (?:deuxième|"
    "seconde?) troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
    "douzième",
    "es": "primer[oa]? segund[oa] tercer[oa]? cuart[oa] quint[oa] sext[oa] séptim[oa] octav[oa] noven[oa] "
    "décim[oa] undécim[oa] "
    "duodécim[oa]",
}
_AT: Final[dict[Language, tuple[str, str]]] = {
    "de": (r"(?:nach|an|in|bei|zu) (?:dem|der)|am|im|beim|zum|zur", "bei"),
    "fr": (r"(?:après|à|en|dans|lors de|pendant) (?:la |le |l['’])?|au", "à"),
    "es": (r"(?:tras|en|durante|después de) (?:la |el )?|al", "en"),
}


def _with_ordinals(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a question with "at matchday 10" for "after the tenth matchday", of an axis of such numbers."""
    label = panels[0].x.label.split("(")[0].strip() if len(panels) == 1 else ""
    places = (place for panel in panels for one in panel.series[:1] for place in one.x[:1])
    numbered = any(isinstance(place, float | int) for place in places)
    if language not in _ORDINAL_WORDS or not numbered or not re.fullmatch(r"[^\W\d_]{3,}", label):
        return text
    before, plain = _AT[language]
    for number, words in enumerate(_ORDINAL_WORDS[language].split(), 1):
        said = rf"(?:{words}|{number}(?:\.|ᵉ|e|ère?|ème|[ªºa]))"
        pattern = rf"(?<!\w)(?:{before}) ?{said} {re.escape(label)}(?:s|es|n|en)?(?!\w)"
        text = re.sub(pattern, f"{plain} {label} {number}", text, flags=re.IGNORECASE)
    return text


# Who is ahead, and what it means of two and of several.
_AHEAD: Final[dict[Language, tuple[str, str, str]]] = {
    "fr": (
        r"(?:qui|lequel|laquelle)(?: des \w+)? (?:est|était|fut|arrive|se trouvait) devant(?: et (?:de|avec) combien)?"
        r"(?! (?:l[ea]s?|tou\w+)\b(?! (?:\w+ )?\d)| l['’])",
        "lequel est devant l'autre",
        "lequel est le plus haut",
    ),
    "es": (
        r"(?:quién|cuál)(?: de \w+ \w+)? (?:va|iba|está|estaba|fue) por delante(?: y (?:por|de|en) cuánto)?(?! del?\b)",
        "cuál es más alto que el otro",
        "cuál es el más alto",
    ),
}


def _with_leader(text: str, language: Language, panels: Sequence[ChartPanel]) -> str:
    """Return a French or Spanish question with "ahead of the other", or "the highest" of several, for "ahead"."""
    if language not in _AHEAD or len(panels) != 1 or is_of_durations(panels):
        return text
    words, of_two, of_several = _AHEAD[language]
    plain = of_two if len(drawn_series(panels)) == 2 else of_several
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", plain, text, flags=re.IGNORECASE)


def _with_ranks(text: str, panels: Sequence[ChartPanel]) -> str:
    if any(_RANKS.search(f"{panel.y.label} {panel.title}") for panel in panels):
        return text
    for number, ordinal, plain in _ORDINALS:
        words = rf"(?:auf |an )?(?:platz|rang|position) (?:{number})|an {ordinal} stelle"
        text = re.sub(rf"(?<!\w)(?:{words})(?!\w)", plain, text, flags=re.IGNORECASE)
    return text


def _with_numbers(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return a German question with figures for hours and for places that are small whole numbers."""
    places = [place for panel in panels for one in panel.series for place in one.x[:60]]
    if any(isinstance(place, str) and re.search(r"\d ?(?:Uhr|h|:00)", place) for place in places):
        for number, word in enumerate(_HOURS.split()):
            text = re.sub(rf"\b(um|gegen) {word}\b(?! uhr)", rf"\1 {number} Uhr", text, flags=re.IGNORECASE)
    numbers = {place for place in places if not isinstance(place, str)}
    if numbers and numbers <= set(map(float, range(13))):
        for number, word in enumerate(_DIGITS.split()):
            if number in numbers:  # a noun, unlike the number before another noun
                text = re.sub(rf"(?<!^)\b{word}(?:en)?\b", str(number), text)
    return text
