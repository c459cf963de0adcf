"""What is found in a question about a chart of one panel, whose values are 1, 2, 3, … times ten."""

from __future__ import annotations

from collections.abc import Sequence

from vision_magic.engine.chart.data import ChartAxis, ChartPanel, Kind, Place, Series
from vision_magic.engine.questions.marked import Marked
from vision_magic.engine.questions.parse import found_in
from vision_magic.engine.questions.query import Query


def panel(
    x: str, names: Sequence[Place], y: str, series: Sequence[str] = ("",), *, kind: Kind = "bars", title: str = ""
) -> ChartPanel:
    texts = tuple(name for name in names if isinstance(name, str))
    places = ChartAxis(label=x, unit=unit_of(x), scale="categories" if texts else "linear", categories=texts)
    return ChartPanel(
        title=title,
        x=places,
        y=ChartAxis(label=y, unit=unit_of(y)),
        series=tuple(
            Series(name=name, kind=kind, x=tuple(names), y=tuple(10.0 * n for n in range(len(names))), source="figure")
            for name in series
        ),
    )


def unit_of(label: str) -> str:
    return label[:-1].partition("(")[2] if label.endswith(")") else ""


def found(text: str, drawn: ChartPanel) -> Query:
    return both(text, drawn)[0]


def both(text: str, drawn: ChartPanel) -> tuple[Query, Marked]:
    return found_in(text, [drawn])
