"""Points of which both axes measure something: which of the two a question means, and when it says neither."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, named_points, told


def waters() -> Figure:
    points = {"Moulin": (2.1, 18), "Gué": (4.4, 9), "Écluse": (14.9, 46), "Pont": (9.6, 53)}
    return named_points(points, title="Eau", xlabel="Turbidité à la source (NTU)", ylabel="Nitrates (mg/L)")


def huts() -> Figure:
    points = {"Alm": (0.8, 1180), "Seehaus": (2.8, 1890), "Grat": (4.1, 2310), "Tal": (2.0, 1500), "Joch": (3.0, 1600)}
    return named_points(points, title="Hütten", xlabel="Gehzeit vom Bahnhof (h)", ylabel="Höhe (m)")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Was ist der Median der Gehzeiten?", huts, ("2,8 h",)),
        ("Was ist der Median der Höhe?", huts, ("1600 m",)),
        ("Où la turbidité est-elle la plus forte ?", waters, ("14,9 NTU", "Écluse")),
        ("Où mesure-t-on le plus de nitrates ?", waters, ("53 mg/L", "Pont")),
    ],
)
def test_the_noun_of_a_label_names_its_axis(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize("question", ["Où l'eau est-elle la plus chaude ?", "Où l'eau est-elle la plus profonde ?"])
def test_an_adjective_of_neither_is_not_guessed(question: str) -> None:
    answer = asked(question, waters)
    assert "Je ne comprends pas" in answer, answer


def _packers(x: str) -> Figure:
    points = {"Anna": (12, 2.5), "Bob": (18, 1.0), "Cleo": (9, 3.0), "Dan": (25, 0.5)}
    return named_points(points, xlabel=x, ylabel="Errors (%)")


paces = partial(_packers, "Speed (boxes/hour)")
tempo = partial(_packers, "Tempo (Kisten/Stunde)")
speed_ko = partial(_packers, "속도 (건/시간)")
speed_zh = partial(_packers, "速度(件/小时)")
times = partial(_packers, "Time (min)")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many more boxes per hour does Dan pack than Anna?", paces, ("13 boxes/hour",)),
        ("How many boxes per hour does Bob do?", paces, ("18 boxes/hour",)),
        ("Is Dan faster than Anna?", paces, ("Yes", "13 boxes/hour")),
        ("Who is slower than Anna?", paces, ("Cleo", "below 12 boxes/hour")),
        ("Who is faster than Anna?", times, ("Cleo", "below 12 min")),
        ("Is Dan faster than Anna?", times, ("No", "13 min")),
        ("Wie viele schaffen mehr als 10 Kisten pro Stunde?", tempo, ("3 von 4", "über 10 Kisten/Stunde")),
        ("Wie viele Kisten pro Stunde schafft Dan mehr als Anna?", tempo, ("13 Kisten/Stunde",)),
        ("시간당 10건 넘게 처리하는 사람은 몇 명이야?", speed_ko, ("4개 중 3개", "10 건/시간")),
        ("Dan은 Anna보다 시간당 몇 건이나 더 처리해?", speed_ko, ("13 건/시간",)),
        ("谁每小时超过15件?", speed_zh, ("Bob", "Dan", "15 件/小时")),
    ],
)
def test_the_unit_tells_the_axis(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def springs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Wire length (cm)", ylabel="Resistance (Ω)")
    axes.plot([0, 100], [0, 5], label="model")
    axes.plot([20, 40, 60, 80], [1.1, 1.9, 3.1, 4.0], "o", label="measured")
    axes.legend()
    return figure


def test_how_many_were_measured_counts_the_places() -> None:
    told("How many lengths were measured?", springs, ("4 values of “measured”",))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Welche Hütte liegt höher, Alm oder Grat?", ("„Alm“ (1180 m)", "1130 m niedriger", "„Grat“ (2310 m)")),
        ("Zu welcher geht man länger, Seehaus oder Tal?", ("„Seehaus“ (2,8 h)", "0,8 h höher")),
    ],
)
def test_which_of_two_is_told(question: str, words: tuple[str, ...]) -> None:
    told(question, huts, words)


def cats(labels: tuple[str, str]) -> Figure:
    points = {"Mimi": (4, 210), "Tom": (6, 260), "Felix": (5, 300), "Puma": (3, 150)}
    return named_points(points, xlabel=labels[0], ylabel=labels[1])


def gatos() -> Figure:
    return cats(("Peso (kg)", "Comida al día (g)"))


def chats() -> Figure:
    return cats(("Poids (kg)", "Nourriture par jour (g)"))


def katzen() -> Figure:
    return cats(("Gewicht (kg)", "Futter pro Tag (g)"))


def pets() -> Figure:
    return cats(("Weight (kg)", "Food per day (g)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("¿Quién come más, Tom o Felix?", gatos, ("260 g", "300 g", "40 g")),
        ("¿Cuál pesa menos, Mimi o Puma?", gatos, ("4 kg", "3 kg", "1 kg")),
        ("Dime los dos animales que más comen", gatos, ("Felix", "Tom")),
        ("Qui mange le plus, Tom ou Mimi ?", chats, ("50 g",)),
        ("Wer frisst mehr, Puma oder Mimi?", katzen, ("60 g",)),
        ("Wer frisst am meisten: Puma, Mimi oder Tom?", katzen, ("260 g", "„Tom“")),
        ("Who eats the least, Tom, Mimi or Felix?", pets, ("210 g", "“Mimi”")),
    ],
)
def test_which_of_named_points(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_more_for_the_weight_is_not_told() -> None:
    assert "cannot answer" in asked("Who eats more for its weight, Tom or Mimi?", pets)


def passes() -> Figure:
    points = {"Furno": (2400, 38), "Albera": (2310, 27), "Gries": (1950, 44), "Sella": (2750, 19)}
    return named_points(points, title="Passes", xlabel="Highest point (m)", ylabel="Length of the road (km)")


def streams() -> Figure:
    points = {"Ase": (310, 62), "Bel": (120, 85), "Cor": (540, 41), "Dun": (220, 30)}
    return named_points(points, title="Streams", xlabel="Length (km)", ylabel="Discharge (m³/s)")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Jusqu'à quelle altitude monte-t-on à Albera ?", passes, ("est 2310 m",)),
        ("Wie hoch liegt Albera?", passes, ("ist 2310 m",)),
        ("¿A qué altitud llega Albera?", passes, ("es 2310 m",)),
        ("Albera은 해발 몇 미터인가요?", passes, ("값은 2310 m",)),
        ("Albera海拔多少米？", passes, ("值是 2310 m",)),
        ("Which stream carries the most water?", streams, ("85 m³/s", "Bel")),
        ("Welcher Bach führt am meisten Wasser?", streams, ("85 m³/s", "Bel")),
        ("Quelle rivière transporte le plus d'eau ?", streams, ("85 m³/s", "Bel")),
        ("¿Qué río lleva más agua?", streams, ("85 m³/s", "Bel")),
        ("哪条河的水量最大？", streams, ("85 m³/s", "Bel")),
    ],
)
def test_altitudes_and_waters_name_their_axis(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    "question",
    [
        "Who packs the fewest boxes per hour, and how many were there?",
        "Who packs the fewest boxes per hour, and how many boxes is that?",
    ],
)
def test_a_second_part_tells_no_amount_along_the_other_axis(question: str) -> None:
    answer = asked(question, paces)
    assert answer.count("Cleo") == 1, answer
    assert "9 boxes/hour" in answer, answer


@pytest.mark.parametrize(
    "question",
    [
        "Dan packs more boxes than Anna. Does she also make more errors?",
        "Dan packt mehr Kisten als Anna. Macht er auch mehr Fehler?",
        "Dan emballe plus de boîtes qu'Anna. Fait-il aussi plus d'erreurs ?",
        "Dan empaqueta más cajas que Anna. ¿Comete también más errores?",
        "Dan은 Anna보다 빠르다. 오류도 더 많은가요?",
        "Dan比Anna快。他的错误也更多吗？",
    ],
)
def test_a_statement_before_a_question_is_not_answered(question: str) -> None:
    answer = asked(question, paces)
    assert "boxes/hour" not in answer, answer
    assert "13" not in answer, answer


def test_a_question_with_names_is_answered_behind_a_statement() -> None:
    told("Dan packs more boxes than Anna. How many boxes per hour does Bob do?", paces, ("18 boxes/hour",))
