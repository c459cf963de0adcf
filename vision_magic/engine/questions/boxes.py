"""Answers about box plots: their outliers, and the lowest and highest of all values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from vision_magic.engine.chart.data import Place
from vision_magic.engine.questions import patterns as re
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.task import Item, Task, join
from vision_magic.engine.questions.words import OPERATION_WORDS, search

__all__ = ["are_boxes_of_figures", "asks_for_single_values", "ends_of_boxes", "extreme_of_boxes", "outliers_of_boxes"]


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


def asks_for_single_values(task: Task) -> bool:
    """Return whether an extreme of boxes is that of all values, not that of the medians."""
    text = task.query.text
    if not task.items or any(item.series.kind != "box plot" for item in task.items):
        return False
    if task.language == "en":
        fastest = len(task.query.places) == 1 and re.search(_FASTEST, text) is not None
        if fastest and not task.query.yes_no and re.search(_OF_BOX, text) is None:
            return True
        return re.search(_SINGLE, text) is not None and re.search(_OF_BOX, text) is None
    if search(OPERATION_WORDS["median"][task.language], task.language, text) is not None:
        return False
    of_one = len(task.query.places) == 1 and not task.query.yes_no  # the highest of one box is that of its values
    return of_one or re.search(_SINGLE_IN_LANGUAGES[task.language], text) is not None


_SINGLE_IN_LANGUAGES: Final[dict[Language, str]] = {
    "en": "(?!)",
    "de": r"(?:höchste|niedrigste|größte|kleinste)\w* (?:\w+ )?wert\b|"
    r"\beinzeln\w*|überhaupt|\bhöchstwert|\btiefstwert|\bmaximalwert|\bminimalwert|\bausreißer",
    "fr": r"valeur (?:\w+ )?(?:est )?la plus \w+|plus (?:haute|grande|petite|basse|faible) valeur|"
    r"\bindividuel\w*|\bvaleur (?:maximale|minimale|extrême)|\babsolue?\b|\bune seule fois\b",
    "es": r"\bvalor (?:\w+ )?más \w+|\bindividual\w*|\bvalor (?:máximo|mínimo|extremo)|\babsolut[oa]\b",
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
