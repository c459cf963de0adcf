"""Points of which each axis has a quantity: extremes within a limit of the other, places asked for, and relations."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, named_points, told


def campsites() -> Figure:
    points = {"Alder": (3, 34), "Birch": (8, 29), "Cedar": (12, 18), "Elm": (21, 22), "Fir": (30, 12)}
    return named_points(points, title="Camp sites", xlabel="Walk to the lake (min)", ylabel="Price per night (€)")


def tortoises() -> Figure:
    points = {"Ada": (4, 0.9), "Bo": (11, 2.4), "Cleo": (25, 4.8), "Dot": (40, 3.9), "Ed": (18, 3.1)}
    return named_points(points, title="Tortoises", xlabel="Age (years)", ylabel="Weight (kg)")


def skaters() -> Figure:
    points = {"Ines": (4, 71.5), "Jan": (9, 58.2), "Kim": (6, 66.0), "Lou": (13, 55.4)}
    return named_points(points, title="Skating club", xlabel="Hours trained per week (h)", ylabel="500 m race time (s)")


def kites() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Kites", xlabel="Wind speed (km/h)", ylabel="Pulling force (N)")
    axes.scatter([10, 20, 30, 40], [5, 9, 16, 24], label="Box kite")
    axes.scatter([12, 22, 32, 42], [14, 11, 8, 6], label="Town kite")
    axes.legend()
    return figure


def slides() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Sledge on a slope", xlabel="Slope angle (°)", ylabel="Sliding time (s)")
    axes.errorbar([5, 10, 20, 30, 40], [4.1, 2.9, 2.1, 1.6, 1.4], yerr=[0.3, 0.2, 0.2, 0.1, 0.1], fmt="o")
    return figure


def springs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Spring", xlabel="Wire length (cm)", ylabel="Period (s)")
    axes.errorbar([10, 20, 30, 40], [0.4, 0.55, 0.7, 0.8], yerr=[0.02] * 4, fmt="o")
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which site within 12 minutes of the lake is cheapest?", campsites, ("18 €", "“Cedar”")),
        ("Welcher Platz unter 20 Euro liegt am nächsten am See?", campsites, ("12 min", "„Cedar“")),
        ("Welcher Platz bis 30 Euro liegt am nächsten am See?", campsites, ("8 min", "„Birch“")),
        ("Quel est l'endroit le moins cher à moins de 10 minutes du lac ?", campsites, ("29 €", "« Birch »")),
        ("¿Qué sitio a menos de 10 minutos del lago es el más barato?", campsites, ("29 €", "«Birch»")),
        ("호수에서 12분 이내에서 가장 싼 곳은 어디인가요?", campsites, ("18 €", "“Cedar”")),
        ("离湖12分钟以内，哪里最便宜？", campsites, ("18 €", "“Cedar”")),
        ("Of those older than 15 years, who is the lightest?", tortoises, ("3.1 kg", "“Ed”")),
        ("Who is the oldest tortoise under 3 kg?", tortoises, ("11 years", "“Bo”")),
        ("每周训练超过5小时的人里，谁最慢？", skaters, ("66 s", "“Kim”")),
    ],
)
def test_the_highest_within_a_limit_of_the_other_quantity(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("At which angle was the sledge fastest?", slides, ("1.4 s", "40 °")),
        ("Bei welchem Winkel war der Schlitten am langsamsten?", slides, ("4,1 s", "5 °")),
        ("¿Con qué inclinación tardó más el trineo?", slides, ("4,1 s", "5 °")),
        ("Pour quelle longueur de fil la période est-elle la plus courte ?", springs, ("0,4 s", "10 cm")),
        ("Bei welcher Drahtlänge ist die Periode am längsten?", springs, ("0,8 s", "40 cm")),
        ("주기가 가장 긴 철사의 길이는 몇 cm인가요?", springs, ("0.8 s", "40 cm")),
        ("周期最短时线长是多少？", springs, ("0.4 s", "10 cm")),
        ("¿A qué velocidad es menor la fuerza?", kites, ("5 N", "10 km/h")),
    ],
)
def test_a_place_is_asked_for_by_the_noun_of_its_axis(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("谁每周训练最久？", skaters, ("13 h", "“Lou”")),
        ("누가 일주일에 가장 오래 훈련하나요?", skaters, ("13 h", "“Lou”")),
        ("Who was quicker over 500 m, Jan or Kim?", skaters, ("58.2 s", "66 s")),
        ("Which is closer to the lake, Elm or Birch?", campsites, ("21 min", "8 min")),
        ("Fir는 호수에서 몇 분 떨어져 있나요?", campsites, ("30 min",)),
        ("Wie weit ist Cedar vom See entfernt?", campsites, ("12 min",)),
        ("Elm离湖多远？", campsites, ("21 min",)),
        ("À combien de minutes du lac est Elm ?", campsites, ("21 min",)),
        ("Whose tortoise is the oldest?", tortoises, ("40 years", "“Dot”")),
    ],
)
def test_verbs_and_adjectives_tell_the_axis(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Does the sledge slide more slowly when the slope is flatter?", slides, ("Yes",)),
        ("Braucht der Schlitten länger, wenn der Winkel größer ist?", slides, ("Nein",)),
        ("La luge glisse-t-elle plus vite quand la pente est plus raide ?", slides, ("Oui",)),
        ("¿El trineo tarda menos cuando la pendiente es más empinada?", slides, ("Sí",)),
        ("경사가 가파르면 썰매가 더 빨리 내려가나요?", slides, ("네",)),
        ("Is the period shorter when the wire is longer?", springs, ("No",)),
        ("What happens to the force of the box kite when the wind gets faster?", kites, ("“Box kite” tends to rise",)),
        ("En ville, la force augmente-t-elle quand le vent est plus rapide ?", kites, ("Non", "« Town kite »")),
    ],
)
def test_relations_are_told_in_any_words(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "count"),
    [
        ("How many angles were tested?", slides, "5"),
        ("Wie viele Winkel wurden ausprobiert?", slides, "5"),
        ("Combien de longueurs de fil différentes a-t-on essayées ?", springs, "4"),
        ("¿Cuántos ángulos se probaron?", slides, "5"),
        ("각도는 몇 가지를 시험했나요?", slides, "5"),
        ("一共测试了几种角度？", slides, "5"),
    ],
)
def test_how_many_were_tried_counts_the_points(question: str, draw: Callable[[], Figure], count: str) -> None:
    told(question, draw, (count,))


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("What is Jan's marathon time?", skaters, "marathon"),
        ("How high are the parking costs at Elm?", campsites, "parking"),
        ("2031年Elm的价格会是多少？", campsites, "2031"),
        ("How tall is Cleo?", tortoises, "tall"),
    ],
)
def test_other_quantities_and_times_are_not_drawn(question: str, draw: Callable[[], Figure], word: str) -> None:
    answer = asked(question, draw)
    assert word in answer, answer
    assert "figure object" not in answer, answer
    assert "图形对象" not in answer, answer
