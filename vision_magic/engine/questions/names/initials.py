"""Names that a question calls by initials or in short: "AOV" for "Average order value", "Uni" for "Universität"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["with_full_names"]

_INITIALS: Final = re.compile(r"(?<![\w.&/-])[A-ZÄÖÜ]{2,6}(?![\w&/-]|\.\w)")
_CLIPPINGS: Final = (
    "uni=univers bib=biblioth biblio=biblioth|bibliotec gym=gymnas|gimnas lab=labor resto=restaur "
    "ciné=cinéma cine=cinema|cinéma frigo=réfrig|frigor fridge=refrig appart=appartem hbf=hauptbahnhof bhf=bahnhof "
    "kita=kindertages insti=institut poli=polidep mates=matemát mathe=mathemat maths=mathemat|mathémat math=mathemat "
    "bio=biolog info=informati philo=philoso filo=filosof tele=televis télé=télévis foto=fotogra photo=photogra "
    "auto=automobil bici=bicicl moto=motoc|motorrad bus=omnibus|autobús|autobus temp=temperat "
    "admin=administ deli=delicat rhino=rhinoc hippo=hippopot"
)
"""Short forms, and how the words begin for which they stand."""
_SHORT: Final[dict[str, str]] = dict(pair.split("=") for pair in _CLIPPINGS.split())
_WORDS: Final = "the a an of in on at for to by and or per der die das und von pro de du des la le et y"
_SMALL: Final = frozenset(_WORDS.split())


def with_full_names(text: str, names: Iterable[str]) -> str:
    """Return a question with the names in the place of their initials or short forms, where only one name has these.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and places, the labels of axes without their units, and the titles of panels.
    """
    names = list(names)
    text = _with_clipped(text, names)
    if _INITIALS.search(text) is None or text.isupper():
        return text
    owners: dict[str, set[str]] = {}
    words: set[str] = set()
    for name in names:
        words.update(re.findall(r"\w+", name))
        for initials in _initials_of(name):
            owners.setdefault(initials, set()).add(name)

    def full(match: re.Match[str]) -> str:
        own = owners.get(match[0], set())
        return next(iter(own)) if len(own) == 1 and match[0] not in words else match[0]

    return _INITIALS.sub(full, text)


def _with_clipped(text: str, names: Sequence[str]) -> str:
    """Return a question with the names in the place of short forms of one of their words."""
    known = {word.lower() for name in names for word in re.findall(r"\w+", name)}

    def full(match: re.Match[str]) -> str:
        words = _SHORT.get(match[0].lower())
        if words is None or match[0].lower() in known:
            return match[0]
        own = {name for name in names if re.search(rf"(?<!\w)(?:{words})", name, re.IGNORECASE)}
        return own.pop() if len(own) == 1 else match[0]

    return re.sub(r"(?<![\w-])[^\W\d_]{3,6}(?![\w-])", full, text)


def _initials_of(name: str) -> set[str]:
    """Return the initials of the words of a name, with those of its small words and without."""
    words = re.findall(r"[^\W\d_]+", name)
    told = [word for word in words if word.lower() not in _SMALL]
    return {"".join(word[0] for word in one).upper() for one in (words, told) if len(one) > 1}
