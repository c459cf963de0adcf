"""Answers about box plots: their outliers, and the lowest and highest of all values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vision_magic.engine.chart.data import ChartPanel, Place, Series
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.language import Language, is_common
from vision_magic.engine.questions.names.nouns_of_places import noun_of_places
from vision_magic.engine.questions.numbers import label_without_unit
from vision_magic.engine.questions.vocabulary.words import OPERATION_WORDS, search

__all__ = [
    "are_boxes_of_figures",
    "asks_for_single_values",
    "ends_of_boxes",
    "extreme_of_boxes",
    "has_quartiles",
    "is_of_all",
    "outliers_of_boxes",
    "quartiles",
    "spread_of_boxes",
]


def _outliers(item: Item) -> list[tuple[Place, list[float]]]:
    """Return the names of boxes that have outliers, with these."""
    extra = item.series.extra
    pairs = list(zip(extra.get("outliers", ()), extra.get("outlier_of", ()), strict=False))
    found = [(place, [value for value, box in pairs if box == number]) for number, place in enumerate(item.series.x)]
    return [(place, values) for place, values in found if values]


def outliers_of_boxes(task: Task, item: Item) -> Iterator[str]:
    """Yield the values beyond the whiskers of boxes, of those that are named or of all."""
    asked = task.query.places
    found = [(place, values) for place, values in _outliers(item) if not asked or place in asked]
    if item.series.source != "figure":
        yield task.say("unknown", of=task.of(item))
        return
    if task.query.yes_no:
        yield task.say("yes" if found else "no")
    if not found:
        yield task.say("no box outliers")
        return
    shown = [
        f"{item.place(place)} ({join([item.value(one) for one in values], task.language)})" for place, values in found
    ]
    yield task.say("box outliers", count=sum(len(values) for _, values in found), places=join(shown, task.language))


_SINGLE: Final = (
    r"\b(?:longest|shortest|single|individual|ever|overall|absolute|maximum|minimum|max|min|outlier|whisker|"
    r"biggest|smallest|tallest|highest|lowest|largest|most expensive|cheapest|heaviest|lightest|oldest|youngest)\b"
)
_FASTEST: Final = r"\b(?:slowest|fastest|quickest|latest|earliest|worst|best)\b"
"""Of one box that is named, those of its values."""
_OF_BOX: Final = (
    r"\bmedian|typical|usual|average|on average|in general|generally|"
    r"(?<!and )\b(?:which|who|what) \w+ (?:is|was|has|had|have)\b"
)


_OF_ALL: Final[dict[Language, str]] = {
    "en": r"\bof (?:them )?all\b|\b(?:out )?of all (?:the )?\w+\b|\bin all of\b|\b(?:anyone|anybody|anywhere)\b",
    "de": r"\b(?:von|unter|aus|bei) (?:\w+ )?allen\b|\baller (?!zeiten)\w+|"
    r"\b(?:irgend)?jemand(?:e[nm])?\b|\birgendwer\b",
    "fr": r"\b(?:de|parmi|entre) tou(?:te)?s\b|\b(?:quelqu['’]un|quiconque)\b",
    "es": r"\b(?:de|entre) tod[oa]s\b|\b(?:alguien|cualquiera|nadie)\b",
    "ko": r"누군가|누구든|(?:사람|학생|선수|손님|환자|아이)[이은]? ?있|"
    r"(?:모든|전체) ?(?:\S{1,6} )?(?:중|가운데)|전체에서|통틀어",
    "zh": r"(?:所有|全部)(?:的)?[一-龥]{0,6}[中里]|任何人|有(?:没有)?人|(?:那|这)[一1]?[次趟回]",
}
"""That the highest or lowest is that of all, each of which a box sums up."""


_SECOND_PART: Final = re.compile(r"[,，;]| (?:and|und|et|y) |그리고|并且")


def is_of_all(text: str, panel: ChartPanel, series: Series, language: Language) -> bool:
    """Return whether a question is about all that boxes sum up: the slowest of all tickets, and not of the channels."""
    first = _SECOND_PART.split(text)[0]
    nouns = noun_of_places(panel, series, language)
    of_boxes = re.search(rf"(?<![^\W_])(?:{nouns})", first) is not None
    median = search(OPERATION_WORDS["median"][language], language, text) is not None
    return not (of_boxes or median) and re.search(_OF_ALL[language], first) is not None


def asks_for_single_values(task: Task) -> bool:
    """Return whether an extreme of boxes is that of all values, not that of the medians."""
    text = task.query.text
    if not task.items or any(item.series.kind != "box plot" for item in task.items):
        return False
    if is_of_all(text, task.items[0].panel, task.items[0].series, task.language):
        return True
    if task.language == "en":
        fastest = len(task.query.places) == 1 and re.search(_FASTEST, text) is not None
        if fastest and not task.query.yes_no and re.search(_OF_BOX, text) is None:
            return True
        return re.search(_SINGLE, text) is not None and re.search(_OF_BOX, text) is None
    if search(OPERATION_WORDS["median"][task.language], task.language, text) is not None:
        return False
    of_one = len(task.query.places) == 1 and not task.query.yes_no  # the highest of one box is that of its values
    return of_one or re.search(_SINGLE_IN_LANGUAGES[task.language], text) is not None or _ranks_measure(task)


def _ranks_measure(task: Task) -> bool:
    """Return whether "the shortest time" is asked for, and not which group is the fastest, or has it."""
    item, language = task.items[0], task.language
    of_places = label_without_unit(item.places).lower()
    words = re.findall(r"[^\W\d_]{2,}", label_without_unit(item.values).lower())
    words = [re.escape(word) for word in words if word not in of_places and not is_common(word, language)]
    usual, which = _OF_BOX_IN_LANGUAGES[language]
    if not words or language not in _RANKED or re.search(f"{usual}|{which}", task.query.text):
        return False
    return re.search(_RANKED[language].replace("M", f"(?:{'|'.join(words)})"), task.query.text) is not None


_RANKED: Final[dict[Language, str]] = {
    "de": r"\b\w+ste[nrsm]? \w*M",
    "fr": r"\bl[ea] (?:plus|moins) \w+ Ms?\b|\bMs? (?:\w+ )?(?:est )?l[ea] (?:plus|moins) \w+",
    "es": r"\bMs? (?:más|menos) \w+|\b(?:mayor|menor|mejor|peor) M\b",
    "ko": r"(?:가장|제일) ?[가-힣]+ M|최[고저대소] ?M",
    "zh": r"最[\u4e00-\u9fff]{1,2}的M|最[高低长短大小]M",
}
"""A superlative of what is measured; M stands for its words."""
_OF_BOX_IN_LANGUAGES: Final[dict[Language, tuple[str, str]]] = {
    "en": ("(?!)", "(?!)"),
    "de": (
        r"typisch|üblich|gewöhnlich|normalerweise|im allgemeinen|im (?:durch)?schnitt|im mittel|generell",
        r"\bwelche\w* \w+ (?:hat|haben|hatte|ist|sind)\b",
    ),
    "fr": (
        r"typique|habitue|généra|d'habitude|en moyenne|normalement",
        r"\bquel(?:le)?s? \w+ (?:a|ont|avait|obtient|affiche)\b",
    ),
    "es": (
        r"típic|habitual|normalmente|suele|en general|de media|en promedio",
        r"\b(?:qué|cuál) \w+ (?:tiene|tienen|tuvo|presenta|muestra)\b",
    ),
    "ko": ("보통|대체로|일반적|평균|대개", "(?!)"),
    "zh": ("一般|通常|典型|平均|总体", "(?!)"),
}
"""Words for what is usual, and questions for the group that has something: these are about the medians."""


_SINGLE_IN_LANGUAGES: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"(?:höchste|niedrigste|größte|kleinste)\w* (?:\w+ )?wert\b|"
    r"\beinzeln\w*|überhaupt|\bhöchstens\b|\bmindestens\b|\blängstens\b|\bhöchstwert|\btiefstwert|\bmaximalwert|\bminimalwert|\bausreißer",
    "fr": r"valeur (?:\w+ )?(?:est )?la plus \w+|plus (?:haute|grande|petite|basse|faible) valeur|"
    r"\bindividuel\w*|\bvaleur (?:maximale|minimale|extrême)|\babsolue?\b|\bune seule fois\b|"
    r"\bau (?:plus|maximum|minimum|moins)\b(?! \d)",
    "es": r"\bvalor (?:\w+ )?más \w+|\bindividual\w*|\bvalor (?:máximo|mínimo|extremo)|\babsolut[oa]\b|"
    r"\bcomo (?:máximo|mínimo|mucho)\b",
    "ko": r"최댓값|최솟값|개별|한 ?(?:명|사람|마리|건)|(?:가장|제일) \S+ (?:사람|학생|개체|값|경우|공|기록)|최고점|"
    r"최저점|최고 ?기록|수염 ?끝|한 ?번의",
    "zh": r"的(?:那|这)?一[次趟回个]|最大值|最小值|单个|個別|个别|最高分|最低分|最[高低长短大小]的(?:人|学生|值|一个)",
}


def are_boxes_of_figures(task: Task) -> bool:
    """Return whether all that is asked about are boxes whose outliers are known, which are not read in a picture."""
    return bool(task.items) and all(
        item.series.kind == "box plot" and item.series.source == "figure" for item in task.items
    )


def ends_of_boxes(task: Task, *, highest: bool) -> list[float]:
    """Return the ends of the whiskers on one side, and the outliers, of boxes that are named or of all."""
    return [value for value, _ in _extremes(task, highest=highest)]


def extreme_of_boxes(task: Task, *, highest: bool) -> Iterator[str]:
    """Yield the highest or lowest value of boxes: an outlier, or the end of a whisker."""
    found = _extremes(task, highest=highest) if are_boxes_of_figures(task) else []
    if not found:
        yield task.say("unknown", of="")
        return
    value, at = (max if highest else min)(found, key=lambda pair: pair[0])
    yield task.say("maximum" if highest else "minimum", of="", value=task.items[0].value(value), at=at)


def _extremes(task: Task, *, highest: bool) -> list[tuple[float, str]]:
    """Return the values that may be the highest or the lowest of boxes, and where each is."""
    choose = max if highest else min
    found: list[tuple[float, str]] = []
    for item in task.items:
        ends = item.series.extra.get("whisker_high" if highest else "whisker_low", ())
        named = task.query.places
        found += [
            (end, item.at(place))
            for place, end in zip(item.series.x, ends, strict=False)
            if not named or place in named
        ]
        found += [(choose(values), item.at(place)) for place, values in _outliers(item) if not named or place in named]
    return found


# --- boxes ------------------------------------------------------------------------------------------------------

_MOST_BOXES: Final = 6


def _boxes(task: Task) -> Iterator[tuple[Item, Place, float, float]]:
    """Yield the boxes, each with its lower and its upper quartile."""
    for item in task.items:
        ends = (item.series.extra.get(name, ()) for name in ("q1", "q3"))
        if item.series.kind == "box plot":
            yield from ((item, *box) for box in zip(item.series.x, *ends, strict=False))


def has_quartiles(task: Task) -> bool:
    """Return whether the quartiles of any box are known."""
    return any(True for _ in _boxes(task))


def quartiles(task: Task) -> Iterator[str]:
    """Yield from where to where boxes go, those that are named or all: their lower and upper quartiles."""
    boxes = list(_boxes(task))
    named = [box for box in boxes if box[1] in task.query.places]
    if not boxes or (task.query.places and not named):
        yield task.say("unknown", of="")
    yield from (_box(task, "box", box) for box in (named or boxes)[:_MOST_BOXES])


def spread_of_boxes(task: Task) -> Iterator[str]:
    """Yield how wide the boxes are that are named, or which is the widest, or the narrowest, of all."""
    boxes = sorted(_boxes(task), key=lambda box: box[3] - box[2], reverse=not task.query.has("steady"))
    named = [box for box in boxes if box[1] in task.query.places]
    key = "box" if named else "box least" if task.query.has("steady") else "box most"
    yield from (_box(task, key, box) for box in named or boxes[:1])


def _box(task: Task, key: str, box: tuple[Item, Place, float, float]) -> str:
    item, place, q1, q3 = box
    shown = {"q1": item.value(q1), "q3": item.value(q3), "span": item.change(q3 - q1)}
    return task.say(key, name=item.place(place), **shown)
