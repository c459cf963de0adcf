"""Questions about live figures: a figure is drawn and its facts are read once for all questions about it.

Drawing takes ten times as long as answering. `test_live_figures.py` asks from the figure to the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from matplotlib.figure import Figure

import vision_magic as vm
from vision_magic.engine.data_answers import known_sections
from vision_magic.engine.intent import parse_question
from vision_magic.images.figure_facts.values import Facts

_Draw = Callable[[], Figure]


@cache
def facts_of(draw: _Draw) -> Facts:
    return vm.facts(draw())


def asked(question: str, draw: _Draw) -> str:
    """Return the answer from the figure's data; what these do not answer is measured in the picture."""
    told = "\n".join(known_sections(parse_question(question), [facts_of(draw)]))
    return told or vm.ask(question, draw(), profile="embedded").text


def told(question: str, draw: _Draw, words: tuple[str, ...]) -> None:
    """Assert that the answer has all of some words."""
    answer = asked(question, draw)
    assert [word for word in words if word not in answer] == [], answer


def named_points(points: Mapping[str, tuple[float, float]], **labels: str) -> Figure:
    """Return a scatter plot with a name beside each point; labels are those of `add_subplot`."""
    figure = Figure()
    axes = figure.add_subplot(**labels)
    axes.scatter(*zip(*points.values(), strict=True))
    for name, at in points.items():
        axes.annotate(name, at)
    return figure
