"""Names of a chart that an English question has in full, in short, or in another form of the word.

"Validation" stands for "val", "wild type" for "WT", "hydrogen" for "H lamp", "21/22" for "2021/22", and "the mutated
version" for "K87R mutant". The question is given the name as it is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.names.scenes import is_scene
from vision_magic.engine.questions.names.usual_names import day_of
from vision_magic.engine.questions.numbers import month_of

__all__ = ["with_names_as_drawn"]

_MOST_NAMES: Final = 60

_ELEMENTS: Final[dict[str, str]] = {
    "hydrogen": "H",
    "helium": "He",
    "lithium": "Li",
    "carbon": "C",
    "nitrogen": "N",
    "oxygen": "O",
    "fluorine": "F",
    "neon": "Ne",
    "sodium": "Na",
    "magnesium": "Mg",
    "aluminium": "Al",
    "aluminum": "Al",
    "silicon": "Si",
    "phosphorus": "P",
    "sulfur": "S",
    "sulphur": "S",
    "chlorine": "Cl",
    "argon": "Ar",
    "potassium": "K",
    "calcium": "Ca",
    "titanium": "Ti",
    "chromium": "Cr",
    "manganese": "Mn",
    "iron": "Fe",
    "cobalt": "Co",
    "nickel": "Ni",
    "copper": "Cu",
    "zinc": "Zn",
    "krypton": "Kr",
    "silver": "Ag",
    "tin": "Sn",
    "xenon": "Xe",
    "platinum": "Pt",
    "gold": "Au",
    "mercury": "Hg",
    "lead": "Pb",
    "uranium": "U",
}
_SHORT: Final = frozenset(
    [
        "val",
        "eval",
        "dev",
        "avg",
        "ref",
        "ctrl",
        "ops",
        "admin",
        "fin",
        "acc",
        "prec",
        "rec",
        "qty",
        "prod",
        "mfg",
        "mktg",
        "intl",
        "dept",
        "gov",
        "govt",
        "edu",
        "eng",
        "info",
        "agri",
        "bio",
        "chem",
        "phys",
        "hist",
        "geo",
        "econ",
        "stats",
        "trans",
        "comms",
        "corp",
        "maint",
        "util",
        "resid",
        "comm",
        "indus",
    ]
)
"""Beginnings of words that are written in their place."""

_ENDING: Final = re.compile(r"(?:ations?|ating|ates?|ated|ants?|ents?|ments?|ions?|ings?|ers?|ed|es|s|e)$")
_SMALL: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "by",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "did",
        "has",
        "have",
        "had",
        "as",
        "it",
        "its",
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "why",
        "will",
        "that",
        "this",
        "than",
        "with",
        "from",
    ]
)


def with_names_as_drawn(text: str, panels: Sequence[ChartPanel]) -> str:
    """Return an English question with names of the chart in the place of other forms of them."""
    names = list(dict.fromkeys(_names(panels)))
    if len(names) > _MOST_NAMES:
        return text
    of_axes = {_plain_word(word) for panel in panels for word in f"{panel.x.label} {panel.y.label}".split()}
    alone = len(drawn_series(panels)) == 1
    for name in names:
        if not _is_in(name, text):
            text = _with_name(text, name, names, of_axes, alone=alone)
    return text


def _plain_word(word: str) -> str:
    """Return a word in lower case without the "s" of a plural."""
    return word.casefold().strip("(),.").removesuffix("s")


def _names(panels: Sequence[ChartPanel]) -> Iterator[str]:
    for panel in panels:
        for series in panel.series:
            if series.kind != "reference line" and series.name:
                yield series.name
            yield from (place for place in series.x if isinstance(place, str) and place.strip())


def _is_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _with_name(text: str, name: str, names: Sequence[str], of_axes: Collection[str], *, alone: bool) -> str:
    """Return a question with a name in the place of another form of it; `alone`: its series is the only one."""
    for found in (
        _element(text, name, names),
        _years(text, name),
        _initials(text, name),
        _in_full(text, name),
    ):
        if found is not None:
            return _put(text, found, name)
    found = _other_form(text, name, names)
    if found is not None and alone and is_scene(text, found, name, "en"):
        return text
    # "winters" are the places of an axis of winters, and not "Before winter".
    return text if found is None or _plain_word(found[0]) in of_axes else _put(text, found, name)


def _put(text: str, found: re.Match[str], name: str) -> str:
    return f"{text[: found.start()]}{name}{text[found.end() :]}"


def _element(text: str, name: str, names: Sequence[str]) -> re.Match[str] | None:
    """Find "hydrogen" for the only name with the symbol H."""
    tokens = re.findall(r"[^\W\d_]+", name)
    if not tokens or tokens[0] not in _ELEMENTS.values() or sum(one.split()[0] == tokens[0] for one in names) > 1:
        return None
    words = "|".join(word for word, symbol in _ELEMENTS.items() if symbol == tokens[0])
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)


def _years(text: str, name: str) -> re.Match[str] | None:
    """Find "21/22" for "2021/22"."""
    years = re.fullmatch(r"(?:19|20)(\d\d)([/–-])(?:19|20)?(\d\d)", name)
    return None if years is None else re.search(rf"(?<![\d/]){years[1]} ?[/–-] ?{years[3]}(?![\d/])", text)


def _initials(text: str, name: str) -> re.Match[str] | None:
    """Find "wild type" for "WT", and "research and development" for "R&D"."""
    if re.fullmatch(r"[A-Z](?:&?[A-Z]){1,3}", name) is None:
        return None
    letters = name.replace("&", "")
    words = list(re.finditer(r"[^\W\d_]+", text))
    own = [word for word in words if word[0].lower() not in _SMALL]
    for number in range(len(own) - len(letters) + 1):
        run = own[number : number + len(letters)]
        between = text[run[0].start() : run[-1].end()]
        if "".join(word[0][0].upper() for word in run) == letters and len(between) > 2 * len(letters) + 1:
            apart = [word[0].lower() for word in words if run[0].start() < word.start() < run[-1].start()]
            apart = [word for word in apart if word in _SMALL]
            if set(apart) <= {"and", "of"} and not re.search(r"[,;.?!]", between):
                return re.compile(re.escape(between)).search(text)
    return None


def _in_full(text: str, name: str) -> re.Match[str] | None:
    """Find "validation" for "val", and "marketing" for "Mktg"."""
    lower = name.lower()
    if re.fullmatch(r"[a-z]{3,5}", lower) is None or month_of(name) or day_of(name) >= 0:
        return None  # "apart" is no April
    skeleton = re.search("[aeiouy]", lower[1:]) is None
    for word in re.finditer(r"[a-z]{5,}", text.lower()):
        longer = len(word[0]) >= len(lower) + 2
        begins = lower in _SHORT and word[0].startswith(lower)
        spelt = skeleton and re.match(".*?".join(lower), word[0]) is not None
        if longer and (begins or spelt):
            return re.compile(re.escape(text[word.start() : word.end()])).search(text, word.start())
    return None


def _other_form(text: str, name: str, names: Sequence[str]) -> re.Match[str] | None:
    """Find "the mutated version" for "K87R mutant", by the word that no other name has."""
    others = {word for one in names if one != name for word in re.findall(r"[a-z]{4,}", one.lower())}
    stems = {_stem(word) for word in re.findall(r"[a-z]{4,}", name.lower()) if word not in others}
    stems = {stem for stem in stems if len(stem) > 2 and stem not in {_stem(word) for word in others}}
    for word in re.finditer(r"(?<![\w-])[a-z]{5,}", text.lower()):
        if re.search(r"\b(?:which|what|how many) $", text[: word.start()], re.IGNORECASE):
            continue  # what all names are
        if month_of(word[0]) and _DAY_BESIDE.search(f"{text[: word.start()]}M{text[word.end() :]}"):
            continue  # "5 March" is not "3 March"
        if _stem(word[0]) in stems and len(name.split()) > 1:
            return re.compile(r"\w+(?: (?:version|variant|group|one|type|kind|form))?").match(text, word.start())
    return None


_DAY_BESIDE: Final = re.compile(r"\d(?:st|nd|rd|th)? (?:of )?M|M (?:the )?\d{1,2}(?!\d)")


def _stem(word: str) -> str:
    return _ENDING.sub("", word)
