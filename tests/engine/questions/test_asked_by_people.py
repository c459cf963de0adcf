"""Questions that people asked of charts of their own, each with its siblings in other words and languages."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked

_YEARS = [2018, 2019, 2020, 2021, 2022, 2023]


def _bars(title: str, x: list[str], y: list[float], x_label: str, y_label: str) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, xlabel=x_label, ylabel=y_label).bar(x, y)
    return figure


# --- the best and the worst -------------------------------------------------------------------------------------


def _mites() -> Figure:
    return _bars("Varroa in August", ["Orchard", "Village", "Lindens"], [5, 17, 3], "Apiary", "Mites per day")


def _driven() -> Figure:
    return _bars("Driven", ["Jan", "Feb", "Mar", "Apr"], [1420, 1510, 1785, 860], "Month", "Kilometres")


@pytest.mark.parametrize(
    "question",
    [
        "where are the mites worst?",
        "Wo ist es am schlimmsten?",
        "Où est-ce le pire ?",
        "¿Cuál es el peor lugar?",
        "진드기가 가장 심한 곳은?",
    ],
)
def test_the_worst_of_pests_is_the_highest(question: str) -> None:
    assert "17" in asked(question, _mites)


@pytest.mark.parametrize(
    "question", ["Welcher Monat war der schlechteste?", "Quel mois était le pire ?", "가장 좋은 달은?"]
)
def test_where_nothing_tells_what_is_good_both_ends_are_told(question: str) -> None:
    told = asked(question, _driven)
    assert "1785" in told
    assert "860" in told


# --- from a place to an extreme, and against the place before ---------------------------------------------------


def _channels() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Revenue by channel", xlabel="Year", ylabel="Revenue (k€)")
    axes.plot(_YEARS, [40, 44, 31, 38, 47, 58], label="Online")
    axes.plot(_YEARS, [60, 58, 35, 45, 46, 44], label="Shop")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("how much did the shop lose between 2018 and the low point", "25 k€"),
        ("by how much did the shop recover from its low to now", "9 k€"),
        ("Wie viel hat der Laden von 2018 bis zum Tiefpunkt verloren?", "25 k€"),
        ("combien Shop a perdu entre 2018 et son point le plus bas ?", "25 k€"),
        ("¿cuánto perdió Shop desde 2018 hasta su punto más bajo?", "25 k€"),
        ("Shop은 2018년부터 최저점까지 얼마나 줄었어?", "25 k€"),
        ("Shop从2018年到最低点减少了多少？", "25 k€"),
    ],
)
def test_the_change_from_a_place_to_an_extreme(question: str, change: str) -> None:
    assert change in asked(question, _channels)


@pytest.mark.parametrize(
    "question",
    [
        "how many km less in April than the month before",
        "Wie viel weniger war es im April als im Monat davor?",
        "combien de moins en avril que le mois précédent ?",
        "¿cuánto menos fue en abril que el mes anterior?",
        "4월은 전달보다 얼마나 적어?",
        "4月比上个月少多少？",
    ],
)
def test_a_place_against_the_one_before_it(question: str) -> None:
    assert "925" in asked(question, _driven)


def test_before_the_first_place_there_is_none() -> None:
    assert "than the month before" in asked("how much less in January than the month before?", _driven)


# --- nothing, one odd value, and what is lost -------------------------------------------------------------------


def _written() -> Figure:
    return _bars("Words written per week", ["W1", "W2", "W3", "W4"], [1200, 800, 0, 1500], "Week", "Words")


@pytest.mark.parametrize(
    "question",
    [
        "in which week did I write nothing",
        "was there a week without writing",
        "In welcher Woche habe ich nichts geschrieben?",
        "quelle semaine je n'ai rien écrit ?",
        "¿en qué semana no escribí nada?",
        "하나도 안 쓴 주가 있어?",
        "哪一周一个字也没写？",
    ],
)
def test_nothing_is_a_value_of_zero(question: str) -> None:
    assert "W3" in asked(question, _written)


def test_where_there_is_always_something_the_lowest_is_told() -> None:
    told = asked("was there a month without driving", _driven)
    assert "No." in told
    assert "860" in told


def _operations() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Operations", xlabel="Operation", ylabel="Minutes")
    axes.boxplot([[28, 31, 34, 36, 38], [92, 98, 105, 112, 195]])
    axes.set_xticks([1, 2], ["Spay", "Fracture"])
    return figure


@pytest.mark.parametrize(
    "question",
    [
        "that one really long fracture, how many minutes was it",
        "that fracture way up there, what did it take",
        "la fracture qui a duré très longtemps, c'était combien ?",
        "유난히 오래 걸린 Fracture 하나는 몇 분이야?",
    ],
)
def test_one_odd_value_of_a_box_is_its_outlier(question: str) -> None:
    assert "195" in asked(question, _operations)


def test_a_box_without_outliers_has_no_odd_value() -> None:
    assert "36" not in asked("that one odd spay, how long did it take?", _operations)


def _winters() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Colonies through the winter", xlabel="Winter", ylabel="Colonies")
    for shift, name, values in ((-0.2, "Before winter", [22, 21, 26]), (0.2, "Alive in spring", [21, 15, 19])):
        axes.bar([place + shift for place in range(3)], values, 0.4, label=name)
    axes.set_xticks(range(3), ["2020/21", "2021/22", "2022/23"])
    axes.legend()
    return figure


@pytest.mark.parametrize(
    "question",
    [
        "how many colonies did I lose in 2022/23?",
        "Wie viele Völker habe ich 2022/23 verloren?",
        "combien de colonies ai-je perdues en 2022/23 ?",
        "2022/23에는 몇 통이 죽었어?",
    ],
)
def test_what_is_lost_is_the_difference_of_before_and_after(question: str) -> None:
    assert " 7 " in asked(question, _winters).replace("7.", "7 ")


def test_a_sum_of_what_was_before_is_no_loss() -> None:
    assert "69" not in asked("how many colonies did I lose in all three winters?", _winters)


# --- relations and paces ----------------------------------------------------------------------------------------


def _races() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Training", xlabel="Weekly distance (km)", ylabel="10 km time (min)")
    axes.scatter([20, 30, 40, 50, 60, 70], [58, 55, 54, 50, 47, 46])
    return figure


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("people who run more are faster, right?", "Yes"),
        ("the ones that train more run faster, don't they", "Yes"),
        ("people who run more are slower, right?", "No"),
        ("Wer mehr läuft, ist schneller, oder?", "Ja"),
        ("ceux qui courent plus sont plus rapides, non ?", "Oui"),
        ("los que corren más son más rápidos, ¿no?", "Sí"),
        ("더 많이 뛰는 사람이 더 빠르지?", "네"),
        ("跑得多的人更快吗？", "是"),
    ],
)
def test_a_stated_relation_is_a_correlation(question: str, verdict: str) -> None:
    told = asked(question, _races)
    assert verdict in told
    assert "r = " in told


def test_a_relation_to_what_is_not_drawn_is_declined() -> None:
    assert "r = " not in asked("people who smoke more are slower, right?", _races)
    assert "old" in asked("do old people need longer?", _races)


def _runs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Runs", xlabel="Pace (min/km)", ylabel="Heart rate (bpm)")
    axes.scatter([4.2, 4.6, 5.3, 5.8, 6.4], [172, 160, 150, 141, 131])
    return figure


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many runs were faster than 5 min per km", "2 of 5"),
        ("how many runs were slower than 6 min/km", "1 of 5"),
        ("Wie viele Läufe waren schneller als 5 min pro km?", "2 von 5"),
        ("combien de sorties plus rapides que 5 min/km ?", "2 des 5"),
        ("Quelle est ma sortie la plus lente ?", "6,4"),
        ("what was my fastest run?", "4.2"),
        ("5분보다 빠른 러닝은 몇 번이야?", "5개 중 2개"),
    ],
)
def test_the_faster_of_paces_is_the_lower(question: str, told: str) -> None:
    assert told in asked(question, _runs)


# --- what is not drawn ------------------------------------------------------------------------------------------


def _spent() -> Figure:
    names = ["Salaries", "Rent", "Vehicle", "Other"]
    return _bars("Expenses", names, [168.4, 24, 19.6, 5], "Item", "Amount (k€)")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("how much are the taxes and the rent together?", "taxes"),
        ("is the rent or the insurance higher?", "insurance"),
        ("Was kosten Strom und Miete zusammen?", "Strom"),
        ("L'électricité et le loyer ensemble, c'est combien ?", "électricité"),
        ("¿cuánto suman la luz y el alquiler?", "luz"),
        ("월세랑 전기세 합치면 얼마야?", "전기세"),
        ("how much did my husband spend?", "husband"),
        ("which item is best, ours or a new one", "new"),
    ],
)
def test_what_is_not_drawn_is_named(question: str, word: str) -> None:
    told = asked(question, _spent)
    assert word in told
    assert "24" not in told


@pytest.mark.parametrize(
    "question",
    [
        "the lowest that has a real name, not other",
        "the lowest without the rest",
        "der niedrigste Wert, nicht Sonstige",
        "la valeur la plus basse, pas autres",
        "el valor más bajo, no otros",
        "나머지 빼고 제일 낮은 건?",
    ],
)
def test_the_rest_is_left_out(question: str) -> None:
    assert "Vehicle" in asked(question, _spent)


def _grind() -> Figure:
    return _bars("Grind", ["4", "5", "6"], [23.1, 22.4, 21.2], "Grinder setting (higher = coarser)", "Yield (%)")


def _apples() -> Figure:
    return _bars("Apples", ["Gala", "Topaz"], [252, 131], "Sort", "Kisten (je 15 kg)")


def test_what_a_label_explains_is_no_unit() -> None:
    assert "coarser" not in asked("which setting has the highest yield?", _grind)
    assert "383 (" in asked("Wie viele Kisten insgesamt?", _apples)
