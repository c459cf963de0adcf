"""How many times one amount is another, against a limit: "is A more than half of what B is?", "twice as many"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from vision_magic.engine.chart.data import ChartPanel, drawn_series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.comparing import are_alike, ratio_of, sides_of, two_needed
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.numbers import format_derived
from vision_magic.engine.questions.operations import between
from vision_magic.engine.questions.places.periods import can_be_added
from vision_magic.engine.questions.query import Query, Threshold
from vision_magic.engine.questions.vocabulary.words import PLACE, SERIES, Operation

__all__ = ["as_multiple", "as_part_of_whole", "multiple", "unread_multiple"]

Kind = Literal["above", "at least", "below", "at most"]

_FACTORS: Final[dict[Language, tuple[tuple[str, float], ...]]] = {
    "en": (
        (r"twice|double|two times|2 times|2x", 2.0),
        (r"three times|triple|3 times|3x", 3.0),
        (r"four times|4 times|4x", 4.0),
        (r"five times|5 times|5x", 5.0),
        (r"ten times|10 times|10x", 10.0),
        (r"half(?= (?:of|as|the|what|that|those)\b)(?! of (?:the )?(?:year|month|time|all|them)\b)", 0.5),
        (r"(?:a|one) third(?= (?:of|as|the|what|that)\b)", 1 / 3),
        (r"(?:a|one) quarter(?= (?:of|as|the|what|that)\b)", 0.25),
        (r"two[- ]thirds(?= (?:of|as|the|what|that)\b)", 2 / 3),
    ),
    "de": (
        (r"doppelt(?= so)|das doppelte|(?:zwei|2) ?mal(?= so)|das zweifache", 2.0),
        (r"(?:drei|3) ?mal(?= so)|das dreifache", 3.0),
        (r"(?:vier|4) ?mal(?= so)|das vierfache", 4.0),
        (r"(?:fünf|5) ?mal(?= so)|das fünffache", 5.0),
        (r"(?:zehn|10) ?mal(?= so)|das zehnfache", 10.0),
        (r"(?:die|der) hälfte|halb(?= so)", 0.5),
        (r"ein(?:em|es)? drittels?", 1 / 3),
        (r"ein(?:em|es)? viertels?", 0.25),
        (r"zwei drittel[ns]?", 2 / 3),
    ),
    "fr": (
        (r"(?:le|du) double|(?:deux|2) fois", 2.0),
        (r"(?:le|du) triple|(?:trois|3) fois", 3.0),
        (r"(?:quatre|4) fois", 4.0),
        (r"(?:cinq|5) fois", 5.0),
        (r"(?:dix|10) fois", 10.0),
        (r"la moitié", 0.5),
        (r"(?:un|le|du) tiers", 1 / 3),
        (r"(?:un|le|du) quart", 0.25),
        (r"(?:les )?deux tiers", 2 / 3),
    ),
    "es": (
        (r"(?:el|del) doble|(?:dos|2) veces", 2.0),
        (r"(?:el|del) triple|(?:tres|3) veces", 3.0),
        (r"(?:cuatro|4) veces", 4.0),
        (r"(?:cinco|5) veces", 5.0),
        (r"(?:diez|10) veces", 10.0),
        (r"la mitad", 0.5),
        (r"un tercio|la tercera parte", 1 / 3),
        (r"un cuarto|la cuarta parte", 0.25),
        (r"dos tercios", 2 / 3),
    ),
    "ko": (
        (r"(?:두|2) ?배|갑절", 2.0),
        (r"(?:세|3) ?배", 3.0),
        (r"(?:네|4) ?배", 4.0),
        (r"(?:다섯|5) ?배", 5.0),
        (r"(?:열|10) ?배", 10.0),
        (r"절반", 0.5),
        (r"(?:3|삼)분의 ?(?:1|일)", 1 / 3),
        (r"(?:4|사)분의 ?(?:1|일)", 0.25),
        (r"(?:3|삼)분의 ?(?:2|이)", 2 / 3),
    ),
    "zh": (
        (r"[两2二]倍", 2.0),
        (r"[三3]倍", 3.0),
        (r"[四4]倍", 4.0),
        (r"[五5]倍", 5.0),
        (r"(?:十|10)倍", 10.0),
        (r"一半", 0.5),
        (r"三分之一", 1 / 3),
        (r"四分之一", 0.25),
        (r"三分之二", 2 / 3),
    ),
}
"""Multiples and parts of another amount; those that have others as a part of them, such as two thirds, stand last."""

_BEFORE: Final[dict[Language, tuple[tuple[str, Kind], ...]]] = {
    "en": (
        (r"at least|no less than", "at least"),
        (r"at most|no more than", "at most"),
        (r"(?:more|higher|larger|greater) than|over|above|exceed\w*", "above"),
        (r"(?:less|fewer|lower|smaller) than|under|below|not even", "below"),
    ),
    "de": (
        (r"mindestens|wenigstens", "at least"),
        (r"höchstens|maximal", "at most"),
        (r"(?:mehr|höher|größer) als|über", "above"),
        (r"(?:weniger|niedriger|kleiner) als|unter|nicht (?:ein)?mal", "below"),
    ),
    "fr": (
        (r"au moins|au minimum", "at least"),
        (r"au plus|au maximum", "at most"),
        (r"plus(?: de)?|dépass\w+", "above"),
        (r"moins(?: de)?|même pas", "below"),
    ),
    "es": (
        (r"al menos|por lo menos|como mínimo", "at least"),
        (r"como mucho|como máximo|a lo sumo", "at most"),
        (r"más(?: de(?: la)?)?|super\w+", "above"),
        (r"menos(?: de(?: la)?)?|ni siquiera", "below"),
    ),
    "ko": ((r"최소|적어도", "at least"), (r"최대|많아야", "at most")),
    "zh": (
        (r"至少(?:是|有)?|不少于", "at least"),
        (r"最多|不超过", "at most"),
        (r"超过|多于|大于|高于", "above"),
        (r"不到|不足|少于|低于", "below"),
    ),
}
_AFTER: Final[dict[Language, tuple[tuple[str, Kind], ...]]] = {
    "ko": (
        (r" ?이상", "at least"),
        (r" ?이하", "at most"),
        (r" ?미만|[이도가]? ?(?:안|못) ?|보다 ?(?:더 ?)?(?:적|작|낮)", "below"),
        (r"[이가을를도]? ?(?:넘|초과)|보다 ?(?:더 ?)?(?:많|크|큰|높|컸)", "above"),
    ),
    "zh": ((r"以上|多(?![少])", "at least"), (r"以下|以内", "at most")),
}


@dataclass(frozen=True, slots=True)
class _Multiple:
    """A factor in a question, the side of it that is asked for, and its words; no side is said of "twice as much"."""

    factor: float
    kind: Kind | None
    words: str

    def holds(self, ratio: float) -> bool:
        """Return whether a ratio is on the side that is asked for; of a part without a side, about as large."""
        if self.kind is None and self.factor < 1:
            return abs(ratio - self.factor) <= _ABOUT * self.factor
        return Threshold(limit=self.factor, kind=self.kind or "at least").holds(ratio)


_ABOUT: Final = 0.1


def _found_in(text: str, language: Language) -> _Multiple | None:
    east = language in ("ko", "zh")
    for words, factor in reversed(_FACTORS[language]):
        match = re.search(words if east else rf"(?<![\w.,])(?:{words})(?!\w)", text)
        if match is not None:
            return _Multiple(factor, _kind(text, match, language), match[0])
    return None


def _kind(text: str, match: re.Match[str], language: Language) -> Kind | None:
    for words, kind in _AFTER.get(language, ()):
        if re.match(words, text[match.end() :]):
            return kind
    for words, kind in _BEFORE[language]:
        if re.search(rf"(?:{words}){_BETWEEN.get(language, '')}[\s]*$", text[: match.start()]):
            return kind
    return None


_BETWEEN: Final[dict[Language, str]] = {
    "fr": r"(?:(?:-t)?-(?:ils?|elles?|on))?(?: de)?",
    "zh": r"(?:了|过)?(?:[^,，。]{0,8}的)?",
}
"""What may stand between words for a side and a part: "dépassent-ils un tiers", "超过总支出的一半"."""


_ANYWHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:any\w*|ever|somewhere|(?:is|are|was|were) there|where|when|which|how (?:many|often))\b",
    "de": r"\b(?:irgend\w*|jemals|je|g[ia]bt? es|wo|wann|welche\w*|wie (?:oft|vielen))\b",
    "fr": r"\b(?:quelque part|jamais|y a-t-il|où|quand|quel(?:le)?s?|combien)\b",
    "es": r"\b(?:alg[uú]n\w*|alguna vez|hay|dónde|cuándo|qué|cuáles|cuántos)\b",
    "ko": r"어디|언제|적이? ?있|곳이? ?있|때가 ?있|달이? ?있|어느|몇 ?(?:번|곳|달|개)",
    "zh": r"有没有|哪|曾|什么时候|任何|几个",
}
_EVERYWHERE: Final[dict[Language, str]] = {
    "en": r"\b(?:everywhere|always|every|each|all)\b",
    "de": r"\b(?:überall|immer|alle[nrs]?|jede[mnrs]?)\b",
    "fr": r"\b(?:partout|toujours|chaque|tous|toutes)\b",
    "es": r"\b(?:siempre|todos|todas|cada)\b",
    "ko": r"항상|모든|늘 |어디서나|매번",
    "zh": r"都|总是|一直|处处",
}
_HOW_MANY_TIMES: Final = (
    r"how many times|by what factor|wie ?viel ?mal|combien de fois|cuántas veces|몇 ?배|几倍|多少倍|ratio|verhältnis"
)
_NOT_DRAWN: Final = r"\b(?:if|would|should|will|wenn|würde|sollte|wird|si|serait|sería|debería)\b|[으라]면|如果"
_MULTIPLE: Final[tuple[Operation, ...]] = ("multiple",)


def as_multiple(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "is A more than half of what B is" as a question for the ratio of two amounts, and its limit.

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language = text.lower(), query.language
    found = _found_in(text, language)
    where = re.search(_ANYWHERE[language], text) is not None
    told = query.firm and query.operations in (("share",), ("sum beyond",))
    if found is None or told or re.search(_HOW_MANY_TIMES, text) or not (query.yes_no or where) or len(panels) != 1:
        return query
    two_series = len(query.series) == 2 and len(query.places) < 2
    of_one = len(query.series) == 1 or len(drawn_series(panels)) == 1
    kept = query.groups or query.bounds or query.without or query.sides or query.then or query.has("together")
    if not (two_series or (of_one and len(query.places) == 2)) or kept or not _is_heard(query, found):
        return query
    limit = Threshold(limit=found.factor, kind=found.kind or "at least")
    return replace(
        query,
        operations=_MULTIPLE,
        text=text,
        asked_in=None,
        series=query.pair,
        threshold=limit,
        amounts=(),
        unheard="",
        statistic="",
        firm=True,
    )


_JOINED: Final[dict[Language, str]] = {
    "en": "and|plus",
    "de": "und|sowie|plus",
    "fr": "et|plus",
    "es": "y|e|más",
    "ko": "와|과|이?랑|하고|및|그리고",
    "zh": "和|与|及|跟|加上?",
}
_NAME: Final = f"(?:{SERIES}|{PLACE})"
_ALL: Final[dict[Language, str]] = {
    "en": r"\b(?:total|all|whole|overall|everything|sum|entire)\b",
    "de": r"\b(?:gesamt\w*|aller?|ganzen?|insgesamt|summe|alles)\b|\bder \w+(?:en|ungen)\b",
    "fr": r"\b(?:total\w*|tou(?:t|te|s|tes)|ensemble|somme)\b|\bdes \w+s\b",
    "es": r"\b(?:total\w*|tod[oa]s?|conjunto|suma)\b|\bde l[oa]s \w+s\b",
    "ko": "전체|총|모든|전부",
    "zh": "总|全部|所有|全体",
}
"""Words for the whole of which something is a part."""


def _are_joined(text: str, language: Language) -> bool:
    """Return whether all names of a marked question stand in one list: "do A and B …", and none for itself."""
    east = language in ("ko", "zh")
    joint = (
        rf"(?:요일)? ?(?:{_JOINED[language]}) ?|、"
        if east
        else rf",? (?:{_JOINED[language]}) (?:\w+ |l['’])?|, (?:\w+ )?"
    )
    return re.fullmatch(rf"[^{_LETTERS}]*{_NAME}(?:(?:{joint}){_NAME})+[^{_LETTERS}]*", text) is not None


_LETTERS: Final = "\ue000-\ue7ff\uec00-\uefff"
_EACH: Final[dict[Language, str]] = {
    "en": r"\b(?:each|both|every|either|respectively)\b",
    "de": r"\b(?:jeweils|beide|jede\w*|je)\b",
    "fr": r"\b(?:chacune?|tou(?:s|tes) les deux|chaque)\b",
    "es": r"\b(?:cada|ambos|ambas)\b",
    "ko": "각각|둘 ?다|모두 다",
    "zh": "各自?|分别|都",
}


def as_part_of_whole(query: Query, text: str, panels: Sequence[ChartPanel]) -> Query:
    """Return "do A and B exceed half of the sales" as a question for their share of all, with its limit.

    Names that are joined are taken together, also where the limit is an amount: "do A and B have more than 40?".

    Parameters
    ----------
    query : Query
        What was read of the question.
    text : str
        The question as it was written.
    panels : sequence of ChartPanel
        The panels that it is about.
    """
    text, language, drawn = text.lower(), query.language, drawn_series(panels)
    kept = query.series or query.groups or query.bounds or query.without or query.sides or query.then
    alone = len(drawn) == len(panels) == 1 and query.yes_no and query.places and not kept
    if not alone or re.search(_EACH[language], text) or re.search(_HOW_MANY_TIMES, text):
        return query
    item = Item(drawn[0], panels[0], "", language)
    joined = len(query.places) > 1 and _are_joined(query.text, language)
    beside = re.search(rf"{_NAME} ?,? ?(?:{_JOINED[language]})|(?:{_JOINED[language]}) ?(?:\w+ )?{_NAME}", query.text)
    one = len(query.places) == 1 and beside is None  # and not "A and" something that is not drawn
    if not (item.series.kind == "pie" or can_be_added(item)) or not (joined or one):
        return query
    found = _found_in(text, language)
    whole = joined or re.search(_ALL[language], text) is not None
    if found is not None and found.factor < 1 and whole and _is_heard(query, found):
        limit = Threshold(limit=100 * found.factor, kind=found.kind or "at least")
        return replace(query, operations=("share",), threshold=limit, amounts=(), unheard="", statistic="", firm=True)
    if joined and query.threshold is not None and query.operations == ("threshold",):
        return replace(query, operations=("sum beyond",), words=query.words - {"percent"}, firm=True)
    return query


def _is_heard(query: Query, found: _Multiple) -> bool:
    """Return whether every word of a question was understood, apart from the multiple itself."""
    if "cannot" in query.operations and (query.has("why") or re.search(_NOT_DRAWN, query.text)):
        return False
    return "unheard" not in query.operations or query.unheard.lower() in found.words


def multiple(task: Task) -> Iterator[str]:
    """Yield whether one amount is so many times another; of two series, at which places they are."""
    query = task.query
    found = _found_in(query.text, task.language)
    every, where = (re.search(words[task.language], query.text) for words in (_EVERYWHERE, _ANYWHERE))
    if found is not None and len(task.items) == 2 and not query.places and (every or where):
        yield from _at_places(task, found, every=every is not None and where is None)
        return
    sides = sides_of(task)
    if found is None or sides is None:
        yield two_needed(task)
        return
    if sides.b.value:
        yield task.say("yes" if found.holds(sides.a.value / sides.b.value) else "no")
    yield ratio_of(task, sides)


def _at_places(task: Task, found: _Multiple, *, every: bool) -> Iterator[str]:
    """Yield at which places the first of two series is so many times the second; `every`: whether it is at all."""
    first, second = task.items
    shared = [(a / b, place) for place, a, b in between(first.series, second.series) if b > 0]
    if not shared or not are_alike(first, second):
        yield two_needed(task)
        return
    held = [(ratio, place) for ratio, place in shared if found.holds(ratio)]
    if task.query.yes_no:
        yield task.say("yes" if held and (not every or len(held) == len(shared)) else "no")
    factor = format_derived(float(f"{found.factor:.3g}"))
    times = task.say(f"times {found.kind or 'at least'}", factor=factor, b=task.name(second))
    told = held or [max(shared, key=lambda pair: pair[0])]
    shown = join(
        [f"{first.place(place)} ({format_derived(float(f'{ratio:.3g}'))})" for ratio, place in told], task.language
    )
    numbers = {"count": len(held), "total": len(shared)}
    yield task.say(
        "times at some" if held else "times at none", a=task.name(first), times=times, places=shown, **numbers
    )


_TOLD: Final = re.compile(
    r"\btimes\b|\btwice\b|doubl|\bhal[fv]|-fache|fois\b|veces|배|倍|verdoppel|\bdoble|moitié|mitad|절반|一半|分之"
)
_STRICTLY: Final[dict[Language, str]] = {
    "en": r"\b(?:twice|double|half|(?:two|three|four|five|ten|\d+) times) (?:as|what|that of|those of)\b|"
    r"\b(?:half|third|quarter|thirds) of what\b|\btwice the\b",
    "de": r"\b(?:doppelt|halb|\w+ ?mal) so\b|\bdas (?:doppelte|\w+fache)\b",
    "fr": r"\b(?:deux|trois|quatre|cinq|dix|\d+) fois (?:plus|moins|ce)\b|\b(?:le|du) (?:double|triple)\b",
    "es": r"\b(?:dos|tres|cuatro|cinco|diez|\d+) veces (?:más|menos|lo)\b|\b(?:el|del) (?:doble|triple)\b",
    "ko": r"(?:두|세|네|다섯|열|\d) ?배",
    "zh": r"[两三四五十\d]倍",
}
_READ: Final[frozenset[Operation]] = frozenset(
    ("ratio", "multiple", "sides", "change beyond", "sum beyond", "percent", "slope", "rate", "growth", "reach")
)


def unread_multiple(text: str, query: Query, answer: str) -> str:
    """Return the words for a multiple in a question, "twice as many", where its answer makes no use of it."""
    match = re.search(_STRICTLY[query.language], text.lower())
    read = set(query.operations) & _READ or _TOLD.search(answer) is not None
    return match[0] if match is not None and not read else ""
