"""The language of a question, told by its letters and its commonest words."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, get_args

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.vocabulary.accents import folded

__all__ = ["LANGUAGES", "Language", "is_common", "language_of", "localised"]

Language = Literal["en", "de", "fr", "es", "ko", "zh"]
"""English, German, French, Spanish, Korean, Chinese."""

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_LISTS: Final[dict[Language, str]] = {
    "en": "the a an is are was were what what's which how many much of in at does did do and than there this that it "
    "when where why who on for from by to has have with not me you all give show list describe between over under "
    "month year value values chart will would be been next",
    "de": "der die das den dem des ein eine einer ist sind war wie was welche welcher welches welchem wo wann viel "
    "viele hat haben im am und oder zu zur zum von mit auf für nach nicht gibt es zeigt diagramm bild achse wert "
    "gibts wieviel prozent macht aus siehst sieht sehen erkennst erkennt "
    "steht stehen stand an lagen war waren gibt noch schon "
    "warum wer als zwischen bis um steigt unterschied beschreibe höher in welchen keine ich mir man wird wurden bei "
    "nimmt nahm nehmen steigen sinkt sinken fällt fallen ab ohne wieder liegt lag "
    "sollen sollten soll müssen muss darf dürfen kann können könnte würde würden lohnt "
    "hats wars ums gabs hatte hatten waren wurde welches um "
    "insgesamt gesamt seit vor unter über mehr weniger jahr monat monate monaten summe nenne zeige alle "
    "sich nur auch fielen",
    "fr": "le la les un une des est sont était quel quelle quels quelles combien où de du au aux en et ou dans sur "
    "par pour y a-t-il il elle ce cette graphique axe valeur que quand pourquoi entre plus moins avec qui décris "
    "c'est quoi pas ne se son sa ses mois année somme donne montre tous toutes sous ont à sans "
    "lequel laquelle où ont a-t-elle a-t-on était fut tout chaque depuis pendant jusqu'à au-dessus je moi "
    "dépasse atteint augmente baisse diminue monte descend part parts",
    "es": "el la los las un una es son era qué cuál cuáles cuánto cuánta cuántos cuántas dónde de del al en y o por "
    "para hay este esta gráfico eje valor que cual cuantos cuándo cuando entre más menos con quién describe "
    "se su sus mes año suma muestra todos sobre bajo hubo tiene sin "
    "ha han desde hasta fue fueron estuvo estaba lo le me mejor peor mayor menor donde cada durante "
    "supera aumenta sube baja crece disminuye cuánto cuesta parte partes",
    "ko": "",
    "zh": "",
}
_WORDS: Final[dict[Language, frozenset[str]]] = {
    name: frozenset((*words.split(), *folded(words).split())) for name, words in _LISTS.items()
}
_STEMS: Final[dict[Language, re.Pattern[str]]] = {
    "de": re.compile(
        r"(?:durchschnitt|mittelwert|gesamt|höchst|niedrigst|größt|kleinst|meist|wenigst|teuerst|billigst|unterschied|"
        r"anteil|anzahl|summe|überblick|zusammenfass|alternativtext|beschreib|erklär|vergleich|zeig|nenn|sag|jahr|"
        r"monat|woche|stunde|titel|legende|achse|verlauf|einheit|entwicklung|umsatz|preis|kosten|verkauf|regen|bitte|"
        r"sortier|aufsteigend|absteigend)"
        r"|\w{4,}(?:ung|ungen|schaft|keit|heit|sten|ster|ste)$"
    ),
    "fr": re.compile(
        r"(?:moyen|combien|quel|lequel|laquelle|résum|décri|année|jour|semaine|heure|ville|mieux|pire|augment|diminu|"
        r"baiss|hausse|écart|différence|depuis|pendant|coût|titre|légende|élev|évolu|tendance|dépens|vend|ventes|prix|"
        r"classe|trie|svp|merci)"
    ),
    "es": re.compile(
        r"(?:cuant|cuánt|cual|cuál|promedio|media(?!n\b)|mayor|menor|mejor|peor|diferencia|subi|bajó|bajaron|precio|ventas|"
        r"ciudad|mes|semana|hora|porcentaje|título|titulo|leyenda|gráfic|grafic|dime|dame|ordena|resum[ei]|estuvo|"
        r"fue|hubo|había|vendi|barat|car[oa]s?$|gast|tendencia)"
    ),
}
"""Beginnings of words that tell a language where none of its commonest words is there: "Durchschnittstemperatur?"."""
_LETTERS: Final[dict[Language, str]] = {"de": "äöüß", "fr": "éèêàùçœîôâû", "es": "ñáíóúé"}

_HANGUL: Final = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+")
_HAN: Final = re.compile("[\u4e00-\u9fff\u3400-\u4dbf]+")
_SCRIPTS: Final[dict[Language, re.Pattern[str]]] = {"ko": _HANGUL, "zh": _HAN}
_KANA: Final = re.compile("[\u3040-\u30ff]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_common(word: str, language: Language) -> bool:
    """Return whether a word is one of the commonest of a language, or of one letter."""
    return len(word) == 1 or word in _WORDS[language]


@lru_cache(maxsize=64)  # each form of a question is looked at several times
def language_of(text: str, context: str = "") -> Language:
    """Return the language of a question; English where nothing tells.

    Parameters
    ----------
    text : str
        The question.
    context : str
        The title, labels and names of the charts that it is about, which tell only where the question itself does not:
        if it is as much one language as another, or nothing but names.
    """
    words = _WORD.findall(text.casefold())
    scores: dict[Language, int] = {name: sum(word in known for word in words) for name, known in _WORDS.items()}
    for name, stems in _STEMS.items():
        scores[name] += sum(bool(stems.match(word)) for word in words)
    for name, letters in _LETTERS.items():
        scores[name] += sum(any(letter in word for letter in letters) for word in words)
    scores["fr"] += 2 * bool(re.search(r"-(?:t-)?(?:il|elle)s?\b|qu['’]", text))
    scores["es"] += 2 * ("¿" in text)
    best = max(scores, key=lambda name: (scores[name], name == "en"))
    leading = [name for name in scores if scores[name] == scores[best]]
    if context and len(leading) > 1 and (scores[best] or all(folded(word) in folded(context) for word in words)):
        own = language_of(context)
        best = own if own in leading else best
    # A Korean or Chinese name in a question of another language does not make it Korean or Chinese.
    for name, script in _SCRIPTS.items():
        runs = len(script.findall(text))
        if runs and (scores[best] < 2 or runs >= scores[best]):
            return name if not _KANA.search(text) else "en"
    return best


def localised(text: str, language: Language) -> str:
    """Return a sentence with the decimal comma of its language, names in quotation marks left as they are."""
    if language in _THOUSANDS:
        text = _SCALE.sub(lambda match: _THOUSANDS[language].get(match["scale"] or "", match[0]), text)
    if language == "ko":
        return text.replace("”에서 값은", "”의 값은")
    if language == "zh":
        return _WIDE.sub(lambda match: match[0] if match[0].strip() else "", text)
    if language not in ("de", "fr", "es"):
        return text
    if language == "fr":
        text = _COLON.sub(lambda match: f"{match['before']} :" if match["before"] else match[0], text)
    between = "\u202f" if language == "fr" else "."

    def number(match: re.Match[str]) -> str:
        if match["grouped"]:
            return match[0].replace(".", "\0").replace(",", between).replace("\0", ",")
        return match[0].replace(".", ",") if match["number"] else match[0]

    return _DECIMAL.sub(number, text).replace("Tsd..", "Tsd.").replace("Mio..", "Mio.").replace("Mrd..", "Mrd.")


_SCALE: Final = re.compile(r"„[^“]*“|«[^»]*»|“[^”]*”|`[^`]*`|(?<=\d )(?P<scale>thousand|million|billion)(?![A-Za-z])")
_THOUSANDS: Final[dict[Language, dict[str, str]]] = {
    "de": {"thousand": "Tsd.", "million": "Mio.", "billion": "Mrd."},
    "fr": {"thousand": "milliers", "million": "millions", "billion": "milliards"},
    "es": {"thousand": "miles", "million": "millones", "billion": "miles de millones"},
    "ko": {"thousand": "천", "million": "백만", "billion": "십억"},
    "zh": {"thousand": "千", "million": "百万", "billion": "十亿"},
}
"""Units of axes whose labels are English, in answers in other languages."""

_DECIMAL: Final = re.compile(
    r"„[^“]*“|«[^»]*»|“[^”]*”|`[^`]*`|"
    r"(?P<grouped>(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w|,\d))|"
    r"(?P<number>(?<![\w.,])(?:(?<=≈ )|[-−]|)\d+\.\d+(?![\w]*[.]\d)(?:e[+-]?\d+)?)"
)
_COLON: Final = re.compile(r"(?P<before>«[^»]*»|[^\s:]):(?=\s|$)|«[^»]*»|`[^`]*`")
"""A colon, before which French has a space."""

_WIDE: Final = re.compile(
    r"“[^”]*”|`[^`]*`|(?<=[\u4e00-\u9fff。,:;、”]) (?=[“\u4e00-\u9fff])|(?<=”) (?=[\u4e00-\u9fff])|"
    r"(?<=[\u4e00-\u9fff]) (?=[。,;]|\d{4}年)"
)
"""Names and code, or a space between Chinese characters, which have none."""
