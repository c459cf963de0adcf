"""Series by the noun that says what they are: the title of their legend, that of their chart, or none for times."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

_Values = Mapping[str, Sequence[float]]


def lines(x: Sequence[object], series: _Values, legend: str = "", **labels: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(**labels)
    for name, values in series.items():
        axes.plot(x, values, label=name)
    axes.legend(title=legend)
    return figure


def stacks(x: Sequence[str], series: _Values, legend: str = "", **labels: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(**labels)
    below = [0.0] * len(x)
    for name, values in series.items():
        axes.bar(x, values, bottom=below, label=name)
        below = [a + b for a, b in zip(below, values, strict=True)]
    axes.legend(title=legend)
    return figure


def rowers() -> Figure:
    times = {"Ines": [91.0, 92.5, 94.0, 97.1], "Karl": [98.4, 97.0, 95.2, 93.8], "Olga": [95.5, 95.1, 96.9, 99.0]}
    return lines([1, 2, 3, 4], times, "Rower", title="Training on the river", xlabel="Round", ylabel="Lap time (s)")


def jars() -> Figure:
    warm = {"Clay": [20.0, 22, 25, 27], "Steel": [20.0, 26, 31, 33], "Cork": [20.0, 23, 24, 24]}
    return lines([0, 1, 2, 3], warm, "Behälter", title="Kompost", xlabel="Zeit (h)", ylabel="Temperatur (°C)")


def herbs() -> Figure:
    bunches = {"Basil": [10.0, 14, 9], "Thyme": [5.0, 9, 7], "Sage": [3.0, 1, 2]}
    return stacks(["April", "May", "June"], bunches, "Herb:", xlabel="Month", ylabel="Number of bunches")


def owls() -> Figure:
    seen = {"Barn owl": [3.0, 4, 6], "Tawny owl": [5.0, 8, 9], "Merlin": [4.0, 1, 3]}
    return stacks(["Jan", "Feb", "Mar"], seen, xlabel="Month", ylabel="Sightings", title="Sightings in the wood")


def classes() -> Figure:
    people = {"Tanz": [20.0, 18, 12], "Judo": [9.0, 8, 4]}
    names = ["Stufe 1", "Stufe 2", "Stufe 3"]
    return stacks(names, people, title="Teilnehmer nach Stufe und Sportart", xlabel="Stufe", ylabel="Teilnehmer")


def rates() -> Figure:
    found = {"Lyon": [8.0, 7, 6, 5, 4], "Turin": [5.0, 5.5, 5.8, 6.2, 6.5], "Porto": [9.0, 9, 8.5, 8.7, 8]}
    return lines([2018, 2019, 2020, 2021, 2022], found, xlabel="Year", ylabel="Vacancy rate (%)")


@pytest.mark.parametrize(
    ("figure", "question", "words"),
    [
        (rowers, "How many rowers are there?", ("3", "Ines", "Karl", "Olga")),
        (rowers, "Which rowers are compared?", ("Rower", "Ines", "Karl", "Olga")),
        (jars, "Wie viele Behälter gibt es?", ("3", "Clay", "Steel", "Cork")),
        (herbs, "Which herbs are there?", ("Herb", "Basil", "Thyme", "Sage")),
        (classes, "Wie viele Sportarten gibt es?", ("2", "Tanz", "Judo")),
    ],
)
def test_series_are_counted_and_listed_by_their_noun(
    figure: Callable[[], Figure], question: str, words: tuple[str, ...]
) -> None:
    told(question, figure, words)


@pytest.mark.parametrize(
    ("figure", "question", "words", "never"),
    [
        (rowers, "Which rower was fastest at the end?", ("Karl", "93.8 s"), ""),
        (rowers, "Which rower was quicker at the end than at the start?", ("Karl", "98.4 s", "93.8 s"), "Olga"),
        (rowers, "Which rowers got slower?", ("Ines", "Olga"), "Karl"),
        (rowers, "Which rower improved the most?", ("“Karl” fell most",), ""),
        (rowers, "Welche Ruderin war am Ende am schnellsten?", ("Karl", "93,8 s"), ""),
        (rowers, "¿Qué remero fue más rápido al final que al principio?", ("Karl", "98,4 s"), "Olga"),
        (rowers, "Quel rameur est le plus rapide à la fin ?", ("Karl", "93,8 s"), ""),
        (rowers, "마지막에 가장 빠른 선수는 누구인가요?", ("Karl", "93.8 s"), ""),
        (jars, "In which container was it still the coolest at the end?", ("Cork", "24 °C"), "highest"),
        (jars, "In welchem Behälter war es am Ende noch am wärmsten?", ("Steel", "33 °C"), ""),
        (jars, "In which of the three containers was it warmest after 2 hours?", ("Steel", "31 °C"), "33 °C"),
        (jars, "Which containers are still under 26 °C at the end?", ("1 of 3", "Cork", "24 °C"), "Clay"),
        (owls, "Which birds became more common?", ("Barn owl", "Tawny owl"), "Merlin"),
        (owls, "Which bird was the rarest visitor over all three months together?", ("Merlin", "8"), ""),
        (classes, "Welche Sportart ist insgesamt am beliebtesten?", ("Tanz", "50"), "Stufe 1"),
    ],
)
def test_one_of_several_is_asked_for_by_its_noun(
    figure: Callable[[], Figure], question: str, words: tuple[str, ...], never: str
) -> None:
    answer = asked(question, figure)
    assert all(word in answer for word in words), answer
    assert not never or never not in answer.partition("(“")[0], answer


@pytest.mark.parametrize(
    "question",
    [
        "When did Lyon fall below Turin?",
        "When did the rate in Turin rise above that in Lyon?",
        "Wann fiel Lyon unter Turin?",
        "Quand Lyon est-il passé sous Turin ?",
        "¿Cuándo cayó Lyon por debajo de Turin?",
        "Lyon은 언제 Turin 아래로 떨어졌나요?",
        "Lyon什么时候跌到Turin以下?",
    ],
)
def test_falling_below_another_is_a_crossing(question: str) -> None:
    answer = asked(question, rates)
    assert "2021" in answer, answer
    assert "2022" not in answer, answer


@pytest.mark.parametrize(
    ("figure", "question", "words"),
    [
        (classes, "Werden es von Stufe 1 bis Stufe 3 immer weniger Teilnehmer?", ("29", "16")),
        (classes, "Wie viele Teilnehmer mehr waren es auf Stufe 1 als auf Stufe 3?", ("29", "16", "13")),
    ],
)
def test_stacks_are_compared_as_a_whole(figure: Callable[[], Figure], question: str, words: tuple[str, ...]) -> None:
    told(question, figure, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long did Ines need for the first 2 rounds in total?", ("183.5 s",)),
        ("What is the difference between the fastest and the slowest lap of Karl?", ("4.6 s",)),
        ("¿Qué diferencia hay entre la vuelta más rápida y la más lenta de Karl?", ("4,6 s",)),
        ("Who rowed the slowest lap of the whole race?", ("Olga", "99 s")),
        ("Qui a ramé le plus lentement ?", ("Olga", "99 s")),
        ("¿Quién hizo la vuelta más lenta de toda la carrera y en cuánto tiempo?", ("Olga", "99 s")),
    ],
)
def test_laps_are_the_values_of_a_series(question: str, words: tuple[str, ...]) -> None:
    told(question, rowers, words)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Which rower is the youngest?", "youngest"),
        ("Welche Ruderin ist am ältesten?", "ältesten"),
        ("Quel bateau est le moins cher ?", "cher"),
        ("¿Qué bote es el más caro?", "caro"),
        ("가장 비싼 배는 어느 것인가요?", "비싼"),
        ("哪条船最贵?", "贵"),
    ],
)
def test_a_superlative_of_what_is_not_measured_is_named(question: str, word: str) -> None:
    answer = asked(question, rowers)
    assert word in answer, answer
    assert "99" not in answer, answer


def test_the_legend_is_told_with_its_title() -> None:
    told("What does the legend show?", rowers, ("The legend “Rower” names “Ines”",))
    told("Describe it", rowers, ("The legend “Rower” names “Ines”",))
