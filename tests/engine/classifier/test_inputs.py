"""What the classifier is told of words: which of them mean the values, the places, or the title of a chart."""

from __future__ import annotations

import pytest

from tests.engine.questions.charts import RAIN, chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.classifier.inputs import inputs_of
from vision_magic.engine.questions.parse import found_in

_MARKS = str.maketrans({"\uf000": "values:", "\uf400": "places:", "\uf700": "title:"})

WARMTH = chart(
    "Alps",
    names("", "Mo", "Di", "Mi"),
    ChartAxis(label="Temperatur (°C)", unit="°C", scale="linear"),
    one("line", ("Mo", "Di", "Mi"), (10, 12, 14)),
)
SALES = chart(
    "Stalls",
    names("Market", "Lindau", "Wangen"),
    ChartAxis(label="Takings (€)", unit="€", scale="linear"),
    one("bars", ("Lindau", "Wangen"), (10, 12)),
)


@pytest.mark.parametrize(
    ("drawn", "question", "marked"),
    [
        (RAIN, "Which month had the most rain in Bergen?", ("places: month", "values: rain", "title: bergen")),
        (RAIN, "In welchem Monat hat es am meisten geregnet?", ("places: monat",)),
        (RAIN, "C'est quel mois ?", ("places: mois",)),
        (RAIN, "가장 비가 많이 온 달은?", ("places: 달은", "values: 비가")),
        (WARMTH, "An welchem Tag war es am wärmsten?", ("places: tag", "values: wärmsten")),
        (WARMTH, "how many degrees was it?", ("values: degrees",)),
        (SALES, "combien ont rapporté les euros ?", ("values: euros",)),
        (SALES, "who was there today?", ()),
    ],
)
def test_words_of_axes_are_marked_in_every_language(drawn: Chart, question: str, marked: tuple[str, ...]) -> None:
    found, words = found_in(question, drawn.panels)
    told = inputs_of(words, found, found, drawn.panels).words.translate(_MARKS).lower()
    assert [mark for mark in marked if mark not in told] == []
    assert marked or ":" not in told
