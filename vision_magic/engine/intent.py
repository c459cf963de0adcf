"""What does a question ask for? Key words, not understanding: which measurements answer it, and what none can."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Intent", "Question", "understand"]

Intent = Literal[
    "about",
    "compare",
    "title",
    "legend",
    "axes",
    "colour",
    "size",
    "count",
    "values",
    "text",
    "type",
    "describe",
]

_WORDS: tuple[tuple[Intent, str], ...] = (
    ("about", r"who are you|what (?:are|can) you|your name|which model|what model|help"),
    (
        "compare",
        r"compar\w*|differ\w*|chang(?:e|es|ed)|(?:un)?equal|identical|same|versus|vs\.?|before and after|side by side",
    ),
    ("title", r"titles?|heading|headline|caption|titled|called"),
    ("legend", r"legends?|series|labelled|keys?"),
    (
        "axes",
        r"ax[ei]s|x-?(?:axis|label|range)|y-?(?:axis|label|range)|ticks?|labels?|units?|range|limits?|"
        r"horizontal|vertical|scale|log(?:arithmic)?",
    ),
    ("colour", r"colou?r(?:s|ed|ing)?|hues?|palette|hex|rgb|background|transparen\w*|dark|bright\w*"),
    ("size", r"sizes?|dimensions?|resolution|pixels?|width|wide|height|tall|large|big|aspect|megapixels?"),
    ("count", r"how many|count\w*|number of"),
    (
        "values",
        r"trends?|values?|maxim\w+|max|minim\w+|min|peaks?|highest|lowest|largest|smallest|averages?|mean(?:s value)?|"
        r"median|slope|increas\w*|decreas\w*|ris(?:e|es|ing)|fall(?:s|ing)?|grow\w*|outliers?|correlat\w*|data|"
        r"breaks?|cross(?:es|ing)?|extrem\w+|fastest|slowest|steepest|jump\w*|anomal\w*",
    ),
    ("text", r"texts?|words?|reads?|says?|written|writing|ocr|transcribe|spell\w*|letters?|sentences?"),
    (
        "type",
        r"(?:what|which) (?:kind|type|sort)|(?:kind|type|sort) of|is (?:this|it|that) an? "
        r"(?:plot|chart|figure|graph|photo\w*|screenshot|picture|drawing)",
    ),
    (
        "describe",
        r"describ\w*|summar\w*|overview|what do you see|what is (?:this|that|it|shown|in)|what's|"
        r"what do(?:es)? (?:it|they|(?:this|that|these|the)(?: \w+){0,2}) show|look at|alt(?:ernative)? text|"
        r"tell me (?:about|what)|everything|details?",
    ),
)

# What no measurement here can tell: causes, identities, things, opinions. "mean" alone may ask for an average.
_BEYOND = re.compile(
    r"\b(?:why|who(?:se|m)?|explain\w*|interpret\w*|recommend\w*|suggest\w*|advise?|should|opinion|think|feel\w*|"
    r"emotions?|moods?|because|causes?d?|meaning|what does (?:this|it|that) mean|predict\w*|forecast\w*|"
    r"persons?|people|man|men|woman|women|child(?:ren)?|faces?|cats?|dogs?|animals?|birds?|cars?|objects?|"
    r"things?|plants?|trees?|flowers?|foods?|houses?|buildings?|city|country|landmarks?|brands?|breed|species|"
    r"where was|when was|poems?|stor(?:y|ies)|jokes?|translat\w*|conclu\w+|hypothes\w+|code|diagnos\w*|beautiful|"
    r"good|better|best|nice)\b",
    re.IGNORECASE,
)

_COUNTED = re.compile(r"\bhow many (?:objects?|things?)\b", re.IGNORECASE)
"""What is not named can be counted: areas that stand out."""

_QUOTED = re.compile(r"[\"“«'‘]([^\"”»'’]{2,80})[\"”»'’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, as far as key words carry.

    Attributes
    ----------
    text : str
        As it was asked.
    intents : tuple of Intent
        What it asks for, in the order of its words; empty where no key word was known.
    beyond : bool
        It holds a word that asks for more than measurements: who, why, a cat.
    phrase : str
        A quoted part: ``Does it say "north"?`` asks for that.
    """

    text: str
    intents: tuple[Intent, ...]
    beyond: bool = False
    phrase: str = ""

    def mentions(self, *words: str) -> bool:
        """Return whether one of the words is in the question, as a word."""
        return any(re.search(rf"\b{re.escape(word)}\b", self.text, re.IGNORECASE) for word in words)


def understand(text: str) -> Question:
    """Return what a question asks for.

    Parameters
    ----------
    text : str
        The words of the user's last turn, without the pictures.

    Returns
    -------
    Question
    """
    plain = " ".join(text.split())
    quoted = _QUOTED.search(plain)
    asked = _QUOTED.sub(" ", plain) if quoted else plain  # what is quoted is looked for, not obeyed
    intents = _without_shadows(_found(asked))
    return Question(
        text=plain,
        intents=intents,
        beyond="about" not in intents and _BEYOND.search(_COUNTED.sub("how many", asked)) is not None,
        phrase=quoted[1] if quoted else "",
    )


def _found(text: str) -> tuple[Intent, ...]:
    places = [
        (match.start(), intent)
        for intent, words in _WORDS
        if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)) is not None
    ]
    return tuple(intent for _, intent in sorted(places))


def _without_shadows(intents: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """Drop what another key word already says: "what does the legend say" asks for one thing, "what is" for all."""
    for stronger, weaker in _SHADOWS:
        if stronger in intents:
            intents = tuple(intent for intent in intents if intent not in weaker)
    return intents if intents == ("describe",) else tuple(intent for intent in intents if intent != "describe")


# The answer to the first holds what is to be said about the others, or they are only words of its question.
_SHADOWS: tuple[tuple[Intent, tuple[Intent, ...]], ...] = (
    ("about", ("type", "title", "text", "legend", "values")),
    ("count", ("legend", "colour", "text", "size", "values", "type")),
    ("values", ("legend", "axes", "title", "text", "size", "type")),
    ("compare", ("values", "type")),
    ("title", ("text",)),
    ("legend", ("text",)),
    ("axes", ("text",)),
)
