"""What the parts of a box plot mean, quarters of what a box sums up, and what error bars and thin lines mean."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told


def _sprints() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Class", ylabel="Time for 100 m (s)", title="100 m sprint times by class")
    times = [
        [13.2, 13.9, 14.1, 14.6, 15.0, 15.4, 16.2],
        [12.8, 13.1, 13.6, 13.9, 14.2, 14.5, 15.1],
        [12.1, 12.6, 12.9, 13.3, 13.8, 14.4, 17.0],
        [11.9, 12.2, 12.4, 12.7, 12.9, 13.1, 13.4],
    ]
    axes.boxplot(times)
    axes.set_xticklabels(["7a", "8b", "9a", "10c"])
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does the line in the box mean?", ("median", "quartile")),
        ("What do the whiskers show?", ("whiskers reach",)),
        ("Was zeigen die Antennen?", ("Antennen reichen",)),
        ("Que signifie le trait dans la boîte ?", ("médiane",)),
        ("상자 안의 선은 무엇을 뜻하나요?", ("중앙값",)),
        ("箱子里的线表示什么？", ("中位数",)),
        ("Were half the students of 8b faster than 14 seconds?", ("Yes.", "13.9 s")),
        ("Did a quarter of 9a need more than 14.5 seconds?", ("No.", "14.1 s")),
        ("War mindestens die Hälfte der 8b schneller als 14 Sekunden?", ("Ja.", "13,9 s")),
        ("Ist jemand schneller als 12 Sekunden gelaufen?", ("Ja.", "11,9 s")),
        ("12초보다 빨리 달린 사람이 있나요?", ("네.", "11.9 s")),
        ("Is the fastest of 7a faster than the median of 8b?", ("Yes.", "13.2 s", "13.9 s")),
        ("Order the classes from fastest to slowest.", ("lowest to the highest: “10c”",)),
        ("Classe les classes de la plus rapide à la plus lente.", ("« 10c » (12,7 s), « 9a »",)),
        ("What is the range of 7a?", ("13.2 s to 16.2 s",)),
    ],
)
def test_boxes(question: str, words: tuple[str, ...]) -> None:
    told(question, _sprints, words)


def _plants() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Fertiliser", ylabel="Height (cm)", title="Bean plants after six weeks")
    axes.bar(["Peat", "Compost", "Manure"], [22.5, 31, 28.4], yerr=[1.8, 2.5, 3.1], capsize=4)
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What do the error bars mean?", ("does not say what its error bars stand for",)),
        ("What do the black lines on the bars mean?", ("does not say what its error bars stand for",)),
        ("Was bedeuten die dünnen Striche?", ("wofür ihre Fehlerbalken stehen",)),
        ("¿Qué significan las barras de error?", ("no dice qué representan",)),
        ("What is the highest value including the error bar?", ("cannot answer",)),
    ],
)
def test_error_bars(question: str, words: tuple[str, ...]) -> None:
    told(question, _plants, words)


def _tomatoes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Shop", ylabel="Price of a kilo (€)", title="Tomato prices in three shops")
    axes.errorbar(["Lidl", "Edeka", "Rewe"], [2.2, 2.9, 2.8], yerr=[0.2, 0.3, 0.4], fmt="o")
    return figure


def test_comparative_of_means_above_names() -> None:
    told("Is it cheaper at Rewe than at Edeka?", _tomatoes, ("Yes.", "2.8 €", "2.9 €"))


def _ponds() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Temperature (°C)", title="Water temperature of two ponds")
    axes.errorbar(range(1, 7), [12, 13, 14, 15, 16, 15], yerr=0.4, label="Garden pond")
    axes.errorbar(range(1, 7), [10, 11, 12, 14, 17, 16], yerr=0.6, label="School pond")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was the school pond ever more than 2 degrees warmer than the garden pond?", ("cannot answer",)),
        ("From which day on was the school pond warmer?", ("Day 5",)),
        ("Was it ever hotter than 62 °F?", ("Yes.", "School pond", "16.67 °C")),
    ],
)
def test_two_courses(question: str, words: tuple[str, ...]) -> None:
    told(question, _ponds, words)


def _scores() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Score", ylabel="Students", title="Maths test")
    counts = [1, 1, 2, 3, 4, 5, 5, 3, 2, 1]
    axes.hist([10 * number + 5 for number, count in enumerate(counts) for _ in range(count)], range(0, 101, 10))
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was the mean over 40?", ("Yes.", "54 ± 5")),
        ("Was the mean over 50?", ("54 ± 5",)),
        ("La moyenne est-elle supérieure à 70 ?", ("Non.",)),
        ("Hat jemand weniger als 10 Punkte erreicht?", ("Ja. 1 von 27",)),
        ("Quelqu'un a-t-il eu plus de 90 points ?", ("Oui. 1 sur 27",)),
        ("How many students gave up?", ("cannot answer",)),
        ("50점 넘은 학생이 20명 이상인가요?", ("아니요",)),
    ],
)
def test_scores(question: str, words: tuple[str, ...]) -> None:
    told(question, _scores, words)
