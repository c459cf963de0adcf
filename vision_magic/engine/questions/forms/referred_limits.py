"""A limit that one part of a question tells and another refers to: "the pass mark is 40, how many were below that?"."""

from __future__ import annotations

from typing import Final

from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language

__all__ = ["with_referred_limit"]

_NUMBER: Final = (
    r"(?P<limit>\d+(?:[.,]\d+)*)(?P<unit> ?(?:%|°C?|€|\$|(?:[kmc]?m|k?g|mg|l|ms|s|h|min|t|k?Wh?|V)(?!\w)))?"
)
_TOLD: Final[dict[Language, str]] = {
    "en": r"\b(?:is|was|are|of|at|be|needs?|need|say|=)\b",
    "de": r"\b(?:ist|war|liegt|lag|sind|bei|von|beträgt|braucht)\b",
    "fr": r"\b(?:est|était|à|de|faut|vaut)\b",
    "es": r"\b(?:es|era|está|de|en|son|hace falta)\b",
    "ko": r"[은는이가]",
    "zh": r"是|为|在|线",
}
_REFERRED: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (
            r"\b(?P<side>below|under|above|over|beyond|past|(?:less|more|lower|higher) than) (?:that|this|it)\b",
            r"\g<side> {}",
        ),
        (r"\b(?:fell|fall|were|was|came|come) short(?: of (?:that|this|it))?\b", "were below {}"),
        (r"\b(?:reached|reach|met|made|passed|pass|hit) (?:that|this|it)\b", "reached {}"),
    ),
    "de": (
        (r"\bdarunter\b", "unter {}"),
        (r"\bdarüber\b", "über {}"),
    ),
    "fr": (
        (
            r"\b(?P<side>en dessous|au-dessous|au-dessus|en-dessous)(?: de (?:ça|cela|ce seuil))?(?=\W*$)",
            r"\g<side> de {}",
        ),
    ),
    "es": ((r"\b(?P<side>por debajo|por encima)(?: de (?:eso|ello|esa nota|ese valor))?(?=\W*$)", r"\g<side> de {}"),),
    "ko": (
        (r"(?:그보다|이보다|그것보다|그 ?점수보다)", "{}보다"),
        (r"(?:그|이) ?(?:아래|미만|이하)", "{} 미만"),
        (r"(?:그|이) ?(?:위|초과)(?=[인의])", "{} 초과"),
    ),
    "zh": (
        (r"(?P<side>低于|高于|超过|不到)(?:这个?|该|它|此)\w{0,2}?(?=的|[?？]|$)", r"\g<side>{}"),
        (r"在(?:这|此)(?:个?\w{0,2}?)?以?下", "低于{}"),
        (r"比(?:这个?|它|此)(?=[低高少多])", "比{}"),
    ),
}
_BETWEEN: Final = re.compile(r"[,;:](?=\s)|\.(?=\s)|[，。；：]|\s[—–-]\s|(?<=데)[,\s]")


def with_referred_limit(text: str, language: Language) -> str:
    """Return the second part of a question with the limit that its first part tells; the text if there is none."""
    first, *others = _BETWEEN.split(text.strip(), maxsplit=1)
    limits = list(re.finditer(_NUMBER, first))
    if not others or len(limits) != 1 or re.search(r"\d", others[0]) or not re.search(_TOLD[language], first.lower()):
        return text
    if re.fullmatch(r"(?:18|19|20)\d\d", limits[0]["limit"]) and not limits[0]["unit"]:
        return text  # a year
    limit = f"{limits[0]['limit']}{limits[0]['unit'] or ''}"
    for words, plain in _REFERRED[language]:
        found, count = re.subn(words, plain.format(limit), others[0], count=1, flags=re.IGNORECASE)
        if count:
            return found.strip()
    return text
