"""Questions about the monthly use of two households, of which only every second month is printed below the axis."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_USED = {
    "Miller": [412, 378, 341, 286, 243, 221, 238, 231, 249, 297, 356, 431],
    "Okafor": [298, 281, 270, 262, 259, 304, 371, 388, 312, 264, 271, 309],
}


def households(names: list[str] = _MONTHS) -> Figure:
    """Draw them as pandas draws lines over an index of names."""
    figure = Figure()
    axes = figure.add_subplot(title="Monthly electricity use", ylabel="kWh")
    for name, values in _USED.items():
        axes.plot(range(12), values, "o-", label=name)
    axes.set_xticks(range(0, 12, 2), names[::2])
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What is the highest value?", "431 kWh, in December"),
        ("How much did the Millers use in June?", "221 kWh"),
        ("What percentage of the Okafors' yearly use falls into June to August?", "30 % of the total of “Okafor”"),
        ("What was Miller's share from June to August?", "39 % of the total (690 kWh of 1753 kWh)"),
        ("What share of Miller's use was in June and August?", "12 % of the total of “Miller”"),
        ("Wie viel Prozent des Jahresverbrauchs der Okafors fällt auf Juni bis August?", "30 % der Summe von „Okafor“"),
        ("Wie viel Prozent des Jahresverbrauchs der Okafors fällt auf den Sommer?", "zusammen 30 %"),
        ("Quel pourcentage de la consommation annuelle des Okafor tombe en été ?", "30 % du total de « Okafor »"),
        ("¿Qué porcentaje del consumo anual de los Okafor corresponde a junio a agosto?", "30 % del total"),
        ("Okafor의 연간 합계 중 6월부터 8월까지가 차지하는 비율은?", "30 %"),
        ("Okafor全年总量中6月到8月占多少？", "30 %"),
        ("How much did Miller use from December to February?", "In all of “Miller” 1221 kWh"),
        ("In which quarter was the use lowest?", "718 kWh, at “3rd quarter (July to September)”"),
        ("In which quarter did both together use the most?", "1980 kWh, at “1st quarter (January to March)”"),
        ("In welcher Jahreszeit ist Okafor am höchsten?", "1063 kWh, bei „Sommer (Juni bis August)“"),
        ("Dans quel trimestre Miller est-il le plus bas ?", "718 kWh"),
        ("어느 분기에 Okafor가 가장 높았나요?", "1071 kWh"),
        ("Okafor哪个季度最高？", "1071 kWh"),
        ("In which week was the use lowest?", "“week”"),
        ("How much did Miller use on Tuesday in June?", "“Tuesday”"),
        ("How much did the Smiths use in June?", "“Smiths”"),
        ("Wie viel haben die Okafors von Juni bis August verbraucht?", "Insgesamt von „Okafor“ 1063 kWh"),
        ("Which household varies more?", "“Miller” varies most"),
        ("Which household used more in the second half?", "“Okafor” has more in all: 1915 kWh"),
        ("Wer hat im Januar weniger verbraucht?", "„Okafor“ ist im Januar am niedrigsten"),
        ("Qui a consommé plus de juin à août ?", "« Okafor » a plus au total"),
        ("How much did both households use together in December?", "740 kWh"),
        ("两家十二月一共用了多少？", "740 kWh"),
        ("Are the two households correlated?", "“Miller” and “Okafor” are not clearly related"),
        ("What does the y axis show?", "The y axis shows “kWh”, from"),
    ],
)
def test_the_answer_is_about_the_months_that_are_meant(question: str, words: str) -> None:
    assert words in asked(question, households)


def test_a_place_without_a_name_lies_between_two_names() -> None:
    assert "between “g” and “i”" in asked(
        "What is the highest value of Okafor?", lambda: households(list("abcdefghijkl"))
    )


def test_names_have_no_order_along_which_somebody_improves() -> None:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Points")
    for number, (name, points) in enumerate({"Maths": [3, 5, 9], "Art": [4, 6, 2]}.items()):
        axes.bar([place + 0.4 * number for place in range(3)], points, 0.4, label=name)
    axes.set_xticks([0.2, 1.2, 2.2], ["Ana", "Ben", "Cleo"])
    axes.legend()
    assert "grew" not in asked("Who improved most?", lambda: figure)
