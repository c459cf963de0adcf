"""Intents of a question, found by keywords: which measurements answer it, and whether it needs a vision model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vision_magic.engine.questions import patterns as re

__all__ = ["Intent", "Question", "parse_question"]

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

_NOT_OF_DATA = "".join(
    f"(?<!{noun} )"
    for noun in [
        "batch",
        "sample",
        "effect",
        "step",
        "group",
        "class",
        "team",
        "family",
        "population",
        "household",
        "market",
        "shoe",
        "bin",
        "crowd",
    ]
)
"""Before "size", where it is not that of the picture."""

_OF_MARKS = (
    r" (?:is|are|was|were) (?:the|an?|each|these|those) (?:\w+ )?"
    r"(?:bins?|bars?|boxes|box|slices?|wedges?|steps?|gaps?|ranges?|intervals?|classes|groups?|brackets?)\b"
)
"""After "wide", where it is said of what is drawn: "how wide are the bins"."""

_KEYWORDS: tuple[tuple[Intent, str], ...] = (
    (
        "about",
        r"who are you|what (?:are|can) you(?! see)|your name|(?:which|what) (?:\w+ )?model (?:are|do) you|"
        r"^\W*(?:help|help me|can you help(?: me)?)(?=\W*$)",
    ),
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
    (
        "size",
        rf"{_NOT_OF_DATA}sizes?|dimensions?|resolution|pixels?|width|height|aspect|megapixels?|"
        rf"(?:wide|tall|large|big)(?!{_OF_MARKS})",
    ),
    (
        "count",
        r"how many(?! (?:\w+ )?(?:more|fewer|less|slower|faster|longer|shorter|higher|lower|larger)\b)|count\w*|"
        r"number of",
    ),
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
        r"describ\w*|summar\w*|overview|what (?:do|can) (?:you|we|i) see|"
        r"what(?: is|['’]s) (?:this|that|it|shown|in|on|here|there|"
        r"visible|happening|going on|the (?:picture|image|figure|chart|plot|graph|diagram|photo\w*|screenshot))|"
        r"what do(?:es)? (?:it|they|(?:this|that|these|the)(?: \w+){0,2}) show|look at|alt(?:ernative)? text|"
        r"tell me (?:about|what)|everything|details?",
    ),
)

# Causes, identities, objects and opinions, which no measurement can find. "mean" alone may ask for an average.
_NEEDS_MODEL = re.compile(
    r"\b(?:what(?:['’]s| is) wrong|"
    r"why|who(?:se|m)?|explain\w*|interpret\w*|recommend\w*|suggest\w*|advise?|should|opinion|think|feel\w*|"
    r"emotions?|moods?|because|causes?d?|meaning|what does (?:this|it|that) mean|predict\w*|forecast\w*|"
    r"persons?|people|man|men|woman|women|child(?:ren)?|faces?|cats?|dogs?|animals?|birds?|cars?|objects?|"
    r"things?|plants?|trees?|flowers?|foods?|houses?|buildings?|city|country|landmarks?|brands?|breed|species|"
    r"where was|when was|poems?|stor(?:y|ies)|jokes?|translat\w*|conclu\w+|hypothes\w+|code|diagnos\w*|beautiful|"
    r"good|better|best|nice)\b",
    re.IGNORECASE,
)

_COUNT_OF_ANYTHING = re.compile(r"\bhow many (?:objects?|things?)\b", re.IGNORECASE)
"""A count of unspecified objects, which the areas that stand out can answer."""

_QUOTED = re.compile(r"(?<!\w)[\"“«'‘]([^\"”»'’]{2,80})[\"”»'’](?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and what its keywords ask for.

    Attributes
    ----------
    text : str
        The question as it was written, with single spaces.
    intents : tuple of Intent
        What the question asks for, in the order of its keywords; empty without a known keyword.
    needs_model : bool
        Whether it has a word that asks for more than measurements, such as "who", "why" or "cat".
    phrase : str
        A quoted phrase to find in the text of the image: ``north`` in ``Does it say "north"?``.
    """

    text: str
    intents: tuple[Intent, ...]
    needs_model: bool = False
    phrase: str = ""

    def mentions(self, *words: str) -> bool:
        """Return whether one of the words is in the question as a whole word."""
        return any(re.search(rf"\b{re.escape(word)}\b", self.text, re.IGNORECASE) for word in words)


def parse_question(text: str) -> Question:
    """Return a question with its intents.

    Parameters
    ----------
    text : str
        The text of the user's last turn.

    Returns
    -------
    Question
    """
    plain = " ".join(text.split())
    quoted = _QUOTED.search(plain)
    unquoted = (
        _QUOTED.sub(" ", plain) if quoted else plain
    )  # quoted words are searched for in the image, and are not keywords
    intents = _without_weaker(_intents(unquoted))
    needs_model = _NEEDS_MODEL.search(_COUNT_OF_ANYTHING.sub("how many", unquoted)) is not None
    return Question(
        text=plain,
        intents=intents,
        needs_model=needs_model and "about" not in intents,
        phrase=quoted[1] if quoted else "",
    )


def _intents(text: str) -> tuple[Intent, ...]:
    matches = [
        (match.start(), intent)
        for intent, words in _KEYWORDS
        if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)) is not None
    ]
    return tuple(intent for _, intent in sorted(matches))


def _without_weaker(intents: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """Drop intents that a stronger one includes: "what does the legend say" asks for the legend, not for all text."""
    for stronger, weaker in _WEAKER:
        if stronger in intents:
            intents = tuple(intent for intent in intents if intent not in weaker)
    return intents if intents == ("describe",) else tuple(intent for intent in intents if intent != "describe")


# The answer to the stronger intent includes that to the weaker ones, or their keywords are only part of its question.
_WEAKER: tuple[tuple[Intent, tuple[Intent, ...]], ...] = (
    ("about", ("type", "title", "text", "legend", "values")),
    ("count", ("legend", "colour", "text", "size", "values", "type")),
    ("values", ("legend", "axes", "title", "text", "size", "type")),
    ("compare", ("values", "type")),
    ("title", ("text",)),
    ("legend", ("text",)),
    ("axes", ("text",)),
)
