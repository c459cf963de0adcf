"""Answers about error bars: how long they are, which is the longest, how many there are, and what they stand for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vision_magic.engine.questions.answers.task import Item, Task, join
from vision_magic.engine.questions.numbers import quoted
from vision_magic.engine.questions.operations import Located
from vision_magic.engine.questions.topics.asked_of_boxes import asks_from_to
from vision_magic.engine.questions.vocabulary.words import search
from vision_magic.engine.questions.vocabulary.words_of_marks import MEANT_BY_ERRORS

__all__ = ["error_bars", "has_error_bars", "said_of_errors"]

_MOST: Final = 6
"""Of more error bars, only the shortest and the longest of each series are told."""


class _Bar(NamedTuple):
    """An error bar: half its length, and the value that it stands at."""

    error: float
    at: Located
    item: Item


def has_error_bars(item: Item) -> bool:
    """Return whether a series has an error bar, or a band, around a value."""
    return any(map(math.isfinite, item.series.extra.get("error", ())))


def error_bars(task: Task) -> Iterator[str]:
    """Yield the error bars that are asked for, or what they stand for, as far as the figure says so."""
    bars = [bar for item in task.items for bar in _bars_of(item)]
    if not bars:
        read = any(item.series.source == "pixels" for item in task.items)
        yield task.say("error bars unread") if read else task.say("no error bars", of="")
    elif search(MEANT_BY_ERRORS[task.language], task.language, _without_names(task)):
        said = said_of_errors(task)
        texts = join([quoted(text, task.language) for text in said], task.language)
        yield task.say("error bars are", texts=texts) if said else task.say("error bars unsaid")
    elif "count" in task.query.words:
        yield task.say("count error bars", count=len(bars))
    elif task.query.words & {"maximum", "minimum"}:
        yield from _extreme(task, bars)
    else:
        yield from _at_places(task, bars)


def _without_names(task: Task) -> str:
    """Return a question without the names of series, one of which may be "mean ± SD"."""
    text = task.query.text
    for item in task.items:
        text = text.replace(item.series.name.lower() or "\0", " ")
    return text


def _bars_of(item: Item) -> Iterator[_Bar]:
    for error, value, place in zip(item.series.extra.get("error", ()), item.series.y, item.series.x, strict=False):
        if math.isfinite(error) and math.isfinite(value):
            yield _Bar(error, Located((value, place)), item)


def _extreme(task: Task, bars: Sequence[_Bar]) -> Iterator[str]:
    """Yield the longest, or the shortest, error bar; for each axis of values if there are several."""
    choose = max if "maximum" in task.query.words else min
    bars = [bar for bar in bars if bar.at.place in task.query.places] or bars
    for key in dict.fromkeys((id(bar.item.panel), bar.item.series.right) for bar in bars):
        own = [bar for bar in bars if (id(bar.item.panel), bar.item.series.right) == key]
        yield _said(task, choose(own, key=lambda bar: bar.error))


def _at_places(task: Task, bars: Sequence[_Bar]) -> Iterator[str]:
    """Yield the error bars at the places that are named, or of each series from the shortest to the longest."""
    if task.query.places:
        named = [bar for bar in bars if bar.at.place in task.query.places]
        yield from (_said(task, bar) for bar in named) if named else [task.say("no error bars", of="")]
        return
    if len(bars) <= _MOST:
        yield from (_said(task, bar) for bar in bars)
        return
    for item in task.items:
        own = sorted(_bars_of(item), key=lambda bar: bar.error)
        if own:
            low, high = own[0], own[-1]
            ends = {"low_at": item.at(low.at.place), "high_at": item.at(high.at.place)}
            yield task.say("error bars", of=task.of(item), low=_length(low), high=_length(high), **ends)


def _length(bar: _Bar) -> str:
    return bar.item.change(bar.error).removeprefix("≈ ")


def _said(task: Task, bar: _Bar) -> str:
    at, value = bar.item.at(bar.at.place), bar.item.value(bar.at.value)
    if asks_from_to(task.query.text, task.query.spoken):
        ends = (bar.item.value(bar.at.value + side * bar.error, derived=True) for side in (-1.0, 1.0))
        shown = dict(zip(("low", "high"), ends, strict=True), value=value, error=_length(bar))
        return task.say("ends of error bar", of=task.of(bar.item), at=at, **shown)
    return task.say("error bar", of=task.of(bar.item), at=at, error=_length(bar), value=value)


# --- what they stand for ----------------------------------------------------------------------------------------

_KINDS: Final = re.compile(
    r"±|(?<![^\W\d_])(?:s\.?\s?d\.?|s\.?\s?e\.?(?:\s?m\.?)?|std|c\.?i\.?|ki|ic)(?![^\W\d_])|"
    r"standard (?:deviation|error)|confidence|interval|error|"
    r"standardabweichung|standardfehler|konfidenz|écart[- ]type|erreur|confiance|desviación|confianza|"
    r"표준 ?(?:편차|오차)|신뢰 ?구간|标准[差误]|置信",
    re.IGNORECASE,
)
"""How figures say what their error bars are: "mean ± SD", "95 % CI"."""


def said_of_errors(task: Task) -> list[str]:
    """Return the texts of a figure that say what its error bars stand for."""
    texts: list[str] = []
    for panel in task.panels:
        texts += [panel.title, panel.legend_title, panel.y.label, panel.x.label, *panel.notes]
        texts += [one.name for one in panel.series] + [entry.text for entry in panel.legend]
    return [text for text in dict.fromkeys(texts) if _KINDS.search(text)]
