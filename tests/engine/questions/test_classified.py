"""Questions in words that no rule knows, and those that rules take for something else."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from tests.engine.questions.charts import RAIN, YIELD
from vision_magic.engine.questions.agreement import is_about_something_else, is_unanswerable
from vision_magic.engine.questions.classified import Understood, classified
from vision_magic.engine.questions.parse import parse_query


def cooling() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Coffee", xlabel="Time (min)", ylabel="Temperature (°C)")
    axes.plot([0, 10, 20, 60], [85, 66, 55, 33], label="Ceramic mug")
    axes.plot([0, 10, 20, 60], [82, 70, 61, 38], label="Paper cup")
    axes.legend()
    return figure


def goals() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Goals this season", xlabel="Player", ylabel="Goals")
    axes.bar(["Okafor", "Lindqvist", "Moreno", "Janssen"], [74, 61, 58, 12])
    return figure


def cafe() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Cups sold")
    axes.plot(["Mon", "Tue", "Wed"], [90, 85, 95], label="Hot drinks")
    axes.plot(["Mon", "Tue", "Wed"], [30, 45, 40], label="Cold drinks")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("figure", "question", "words"),
    [
        (cooling, "By how many degrees did the paper cup cool down over the whole experiment?", ("82 °C", "38 °C")),
        (cooling, "Which of the containers was the warmest at the end of the experiment?", ("Paper cup", "38 °C")),
        (goals, "How far behind Lindqvist is Moreno?", ("3",)),
        (cafe, "In how many days did cold drinks beat hot ones?", ("Hot drinks",)),
    ],
)
def test_other_words_are_understood(figure: object, question: str, words: tuple[str, ...]) -> None:
    answer = vm.ask(question, figure(), profile="embedded").text  # type: ignore[operator]
    assert all(word in answer for word in words)


@pytest.mark.parametrize(
    "question",
    [
        "Will it rain more next spring?",
        "Why is July so wet?",
        "How many umbrellas were sold in July?",
        "Combien coûte l'eau en juillet ?",
        "¿Por qué llueve tanto en julio?",
        "Warum ist der Juli so nass?",
        "7월에 왜 이렇게 비가 많이 왔어?",
        "七月为什么下这么多雨？",
    ],
)
def test_what_a_chart_cannot_answer_is_told_from_what_it_can(question: str) -> None:
    assert classified(question, [RAIN]).none > 0.8


@pytest.mark.parametrize(
    ("question", "operation"),
    [
        ("When did it pour the most?", "maximum"),
        ("Wann hat's am wenigsten geschüttet?", "minimum"),
        ("Quel mois a été le plus arrosé ?", "maximum"),
        ("¿En qué mes cayó más agua?", "maximum"),
        ("비가 제일 많이 쏟아진 달은 언제야?", "maximum"),
        ("哪个月雨下得最大？", "maximum"),
    ],
)
def test_a_question_is_understood_in_each_language(question: str, operation: str) -> None:
    found = classified(question, [RAIN])
    assert found.query is not None
    assert found.query.operations == (operation,)
    assert found.chance >= 0.4


@pytest.mark.parametrize("question", ["How many umbrellas were sold in July?", "Combien de parapluies en juillet ?"])
def test_a_value_of_something_else_is_not_given(question: str) -> None:
    figure = Figure()
    figure.add_subplot(xlabel="Month", ylabel="Rain (mm)").bar(["Jun", "Jul", "Aug"], [80, 120, 110])
    assert "120" not in vm.ask(question, figure, profile="embedded").text


def test_the_probabilities_of_all_labels_are_one_together() -> None:
    assert sum(classified("How much rain fell?", [RAIN]).chances.values()) == pytest.approx(1, abs=1e-5)


def test_without_a_chart_nothing_is_understood() -> None:
    assert classified("When did it pour the most?", []) == Understood()


def test_a_rule_is_believed_where_the_classifier_speaks_for_it() -> None:
    query = parse_query("Which month has the highest rainfall?", [RAIN])
    assert not is_about_something_else(query, classified("Which month has the highest rainfall?", [RAIN]))


def test_a_rule_is_not_believed_where_everything_speaks_against_it() -> None:
    query = parse_query("What is the last value?", [YIELD])
    against = Understood(None, 0.0, 0.01, {**dict.fromkeys(classified("?", [YIELD]).chances, 0.0), "crossing": 0.99})
    assert query.operations == ("last",)
    assert is_about_something_else(query, against)
    assert not is_unanswerable(against)
