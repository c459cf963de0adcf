"""German names that begin with an adjective, in the cases of a question: "auf nassem Asphalt" of "Nasser Asphalt"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vision_magic.engine.questions import patterns as re

__all__ = ["with_adjectives_of_names"]

_NAME: Final = re.compile(r"(?P<stem>[A-ZÄÖÜ]?[a-zäöüß]{2,})(?:e[rnms]?) (?P<noun>[A-ZÄÖÜ][a-zäöüß]+)")
_ENDINGS: Final = "(?:e[rnms]?)"


def with_adjectives_of_names(text: str, names: Iterable[str]) -> str:
    """Return a German question with such names as they are drawn.

    The noun may be said once for two of them, as in "auf nassem als auf trockenem Asphalt". "Kleiner als" compares.

    Parameters
    ----------
    text : str
        The question.
    names : iterable of str
        The names of series and of categories.
    """
    found = {name: match for name in dict.fromkeys(names) if (match := _NAME.fullmatch(name.strip()))}
    nouns = [match["noun"] for match in found.values()]
    for name, match in found.items():
        stem, noun = match["stem"].lower(), match["noun"]
        text = re.sub(rf"(?<!\w){stem}{_ENDINGS} {noun}(?!\w)", name, text, flags=re.IGNORECASE)
        shared = nouns.count(noun) > 1 and re.search(rf"(?<!\w){noun}(?!\w)", text, re.IGNORECASE) is not None
        alone = sum(one["stem"].lower() == stem for one in found.values()) == 1
        if shared and alone and name.lower() not in text.lower():
            text = re.sub(rf"(?<!\w)(?!{stem}er als){stem}{_ENDINGS}(?! [A-ZÄÖÜ]|\w)", name, text, flags=re.NOFLAG)
    return text
