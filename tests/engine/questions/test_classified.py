"""Questions in words that no rule knows, and those that rules take for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from tests.engine.questions.charts import RAIN, YIELD
from vision_magic.engine.classifier.labels import LABELS, Label
from vision_magic.engine.questions.checks.agreement import (
    is_about_something_else,
    is_doubtful,
    is_opposite,
    is_same_answer,
)
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
        (cooling, "Which container kept its heat best at the end?", ("Paper cup", "38 °C")),
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
        ("When was it soggiest?", "maximum"),
        ("Wann hat's am wenigsten geschüttet?", "minimum"),
        ("Quel mois a été le plus arrosé ?", "maximum"),
        ("¿En qué mes cayó más agua?", "maximum"),
        ("비가 제일 많이 쏟아진 달은 언제야?", "maximum"),
        ("哪个月雨下得最大？", "maximum"),
    ],
)
def test_a_question_is_understood_in_each_language(question: str, operation: str) -> None:
    found = classified(question, [RAIN])
    assert found.best is not None
    assert found.best.operations == (operation,)
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


def _sure_of(label: Label, chance: float) -> dict[Label, float]:
    return {**dict.fromkeys(LABELS, 0.0), label: chance}


@pytest.mark.parametrize(
    ("question", "label", "chance", "doubtful"),
    [
        ("How did it end?", "crossing", 0.99, True),  # nothing speaks for a last value
        ("How did it end?", "last_value", 0.3, False),
        ("How did it end?", "none", 0.95, True),
        ("What is the median?", "none", 0.99, False),  # who uses a term of the reader means it
    ],
)
def test_a_rule_is_not_believed_where_everything_speaks_against_it(
    question: str, label: Label, chance: float, doubtful: bool
) -> None:
    query = replace(parse_query("What is the last value?", [YIELD]), text=question.lower())
    query = replace(query, operations=("median",)) if "median" in question else query
    none = chance if label == "none" else 0.01
    found = Understood(None, 0.0, sure=False, none=none, chances=_sure_of(label, chance))
    assert is_doubtful(query, found, YIELD.panels, differs=False) == doubtful


def test_what_is_better_follows_from_the_label_where_rule_and_classifier_disagree() -> None:
    high = replace(parse_query("zorp", [RAIN]), operations=("maximum",), text="worst month")
    low = Understood(replace(high, operations=("minimum",)), 0.8, sure=True, none=0.0, chances=_sure_of("min", 0.8))
    assert is_opposite(high, low)
    assert is_doubtful(high, low, RAIN.panels, differs=True)  # of rain nobody knows
    leaks = replace(RAIN.panels[0], y=replace(RAIN.panels[0].y, label="Leakage (l/day)"))
    assert not is_doubtful(high, low, [leaks], differs=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Yes. “a” (3) is 1 higher than “b” (2).", "“a” (3) is 1 higher than “b” (2).", True),
        ("“a” rises from 3 (2015) to 9 (2020), by 6.", "2015 (3) is 6 lower than 2020 (9).", True),
        ("The highest value is 9, in 2020.", "The lowest value is 3, in 2015.", False),
        ("The value of “a” is 3.", "The value of “b” is 3.", False),
    ],
)
def test_two_answers_are_the_same_where_they_tell_the_same(one: str, other: str, same: bool) -> None:
    assert is_same_answer([one], [other]) == same
