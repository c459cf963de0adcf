"""Answers of the kind that was asked for, with each qualifier, and questions that cannot be answered so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.engine.questions.charts import MONTHS, chart, names, one
from tests.engine.questions.live import asked
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.checks.fitting import is_of_another_kind, unheeded_in
from vision_magic.engine.questions.query import Query

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RENTALS = chart(
    "Rentals", names("Day", *DAYS), ChartAxis(label="Rentals"), one("bars", DAYS, (31, 32, 33, 31, 29, 8, 6))
)


def figure(draw: Callable[[Figure], object]) -> Figure:
    made = Figure()
    draw(made)
    return made


def dose() -> Figure:
    made = Figure()
    axes = made.add_subplot(xlabel="Dose (mg)", ylabel="Response (mean ± SD)")
    axes.errorbar([0, 5, 10, 20], [1, 2, 4, 6], yerr=[0.1, 0.2, 0.3, 0.5], fmt="o-", label="drug A")
    axes.errorbar([0, 5, 10, 20], [1, 1.5, 2, 3], yerr=[0.1, 0.2, 0.7, 0.3], fmt="s-", label="drug B")
    axes.legend()
    return made


def drinks() -> Figure:
    made = Figure()
    axes = made.add_subplot(ylabel="Sales (k€)")
    axes.plot(["Q1", "Q2", "Q3", "Q4"], [120, 135, 150, 170], label="Coffee")
    axes.plot(["Q1", "Q2", "Q3", "Q4"], [80, 95, 60, 110], label="Tea")
    axes.axhline(100, label="Target")
    axes.legend()
    return made


def words() -> Figure:
    made = Figure()
    made.add_subplot(title="Words", ylabel="Count").bar(["the", "is", "was", "of"], [120, 60, 45, 80])
    return made


def climate() -> Figure:
    made = Figure()
    left = made.add_subplot()
    left.plot(MONTHS, [2, 3, 7, 11, 16, 19, 22, 21, 17, 12, 6, 3], label="Temperature")
    left.set_ylabel("°C")
    right = left.twinx()
    right.bar(MONTHS, [40, 35, 45, 50, 70, 80, 60, 65, 55, 50, 45, 42], label="Rain")
    right.set_ylabel("mm")
    return made


def prices() -> Figure:
    made = Figure()
    days = np.arange("2024-01-01", "2024-03-01", dtype="datetime64[D]")
    made.add_subplot(ylabel="Price (€)").plot(days, np.arange(len(days)) + 100)
    return made


def spike() -> Figure:
    made = Figure()
    made.add_subplot(xlabel="Day", ylabel="Steps").plot(range(11), [10, 12, 13, 15, 40, 18, 19, 21, 22, 24, 25])
    return made


def cells() -> Figure:
    made = Figure()
    made.add_subplot(xlabel="Time (h)", ylabel="Cells").plot(range(5), [10, 20, 40, 80, 160])
    return made


def boxes() -> Figure:
    made = Figure()
    values = [[5, 9, 10, 11, 15], [8, 12, 14, 16, 20]]
    made.add_subplot(ylabel="Commute (min)").boxplot(values, tick_labels=["Bus", "Car"])
    return made


def survey() -> Figure:
    made = Figure()
    axes = made.add_subplot(ylabel="Employees (%)")
    axes.bar(["Pay", "Hours"], [20, 35], label="Satisfied")
    axes.bar(["Pay", "Hours"], [80, 65], bottom=[20, 35], label="Unhappy")
    axes.legend()
    return made


def survival() -> Figure:
    made = Figure()
    axes = made.add_subplot(xlabel="Months", ylabel="Proportion alive")
    axes.step([0, 5, 10, 15], [1, 0.8, 0.6, 0.4], where="post", label="Control")
    axes.step([0, 5, 10, 15], [1, 0.9, 0.8, 0.7], where="post", label="Drug")
    axes.legend()
    return made


@pytest.mark.parametrize(
    ("draw", "question", "said"),
    [
        (dose, "How many error bars are there?", "There are 8 error bars."),
        (
            dose,
            "What is the largest error bar of all?",
            "The error bar of “drug B” at Dose = 10 mg is ± 0.7 (value 2).",
        ),
        (dose, "What do the error bars represent?", "The figure says “Response (mean ± SD)”."),
        (dose, "How big are the error bars?", "The error bars of “drug A” go from ± 0.1 (at Dose = 0 mg) to ± 0.5"),
        (
            dose,
            "Is drug A significantly better than drug B at 10 mg?",
            "These intervals do not overlap. Whether that is",
        ),
        (dose, "Is drug A better at 10 mg?", "Yes. “drug A”"),
        (dose, "What kind of chart is this?", "This is a line chart."),
        (dose, "What does this figure show?", "The error bars go from ± 0.1 to ± 0.7."),
        (drinks, "What does this figure show?", "“Target” is at 100 k€."),
        (drinks, "Which was higher at the beginning?", "“Coffee” is the highest at “Q1”"),
        (drinks, "In which quarter did tea drop?", "by 35 k€, from 95 k€ to 60 k€"),
        (drinks, "Did coffee ever fall?", "No. “Coffee” never falls"),
        (drinks, "Did any drink stay below the target?", "Yes. 3 of 4 values of “Tea” are below 100 k€"),
        (drinks, "How many quarters was tea above the target?", "1 of 4 values of “Tea” is above 100 k€"),
        (drinks, "What was the average quarterly growth of tea?", "“Tea” rises by 10 k€ per step: from 80 k€"),
        (words, "How often does was occur?", "The value at “was” is 45."),
        (words, "Which word is most common?", "The highest value is 120, at “the”."),
        (words, "What are the values?", "The values are “the” 120, “is” 60, “was” 45 and “of” 80."),
        (climate, "Does it rain more when it is warm?", "cannot be compared"),
        (climate, "How warm is it in the wettest month?", "The value of “Temperature” in June is 19 °C."),
        (prices, "What was the average price in January?", "2024-01-01 to 2024-01-31: The mean is 115 € (31 values)."),
        (prices, "Was it higher at the end of the period than at the beginning?", "Yes. “Price” rises from 100 €"),
        (spike, "Does anything look weird?", "Yes. Far from the other values: 40 (Day 4)"),
        (cells, "What is the doubling time?", "It doubles every 1 h."),
        (spike, "What is the doubling time?", "does not grow exponentially"),
        (boxes, "Which is fastest?", "The lowest median is 10 min, at “Bus”."),
        (survival, "What is the median survival?", "“Control” is first at most 0.5 at Months 15: 0.4."),
    ],
)
def test_the_answer_is_what_was_asked_for(draw: Callable[[], Figure], question: str, said: str) -> None:
    assert said in asked(question, draw)


@pytest.mark.parametrize(
    ("draw", "question"),
    [
        (survey, "How many employees were asked?"),
        (survey, "Where are people least happy?"),
        (survey, "How many percent are at least satisfied with pay?"),
        (words, "What is 2+2?"),
        (words, "Which word is growing fastest?"),
        (boxes, "How many people take the bus?"),
        (boxes, "What is the mean commute by bus?"),
        (drinks, "How many consecutive quarters did coffee grow?"),
        (lambda: vm_figure(RENTALS), "Do rentals drop at the weekend?"),
        (spike, "Which day is best for good?"),
    ],
)
def test_what_would_be_another_answer_is_declined(draw: Callable[[], Figure], question: str) -> None:
    said = asked(question, draw)
    assert "I cannot answer that" in said or "I do not understand" in said


def vm_figure(drawn: Chart) -> Figure:
    made = Figure()
    axes = made.add_subplot(title=drawn.panels[0].title, ylabel="Rentals")
    axes.bar([str(place) for place in drawn.panels[0].series[0].x], drawn.panels[0].series[0].y)
    return made


@pytest.mark.parametrize(
    ("text", "answer", "word"),
    [
        ("which is highest at the end?", "The highest value is 33, at “Wed”.", "at the end"),
        ("which is highest at the end?", "The highest value is 6, at “Sun”.", ""),
        ("which is highest apart from Wed?", "The highest value is 33, at “Wed”.", "apart from"),
        ("which is highest apart from Wed?", "Without “Wed”: the highest value is 32, at “Tue”.", ""),
        ("how many on average?", "The sum is 170.", "on average"),
        ("how many on average?", "The mean is 24.3.", ""),
        ("does it vary from day to day?", "The range is 27.", "from day to day"),
    ],
)
def test_a_qualifier_that_an_answer_does_not_heed_is_found(text: str, answer: str, word: str) -> None:
    query = Query(text=text, language="en", operations=("maximum",))
    assert unheeded_in(text, query, [answer], [RENTALS]) == word


@pytest.mark.parametrize(
    ("text", "operation", "answer", "other"),
    [
        ("is it rising?", "trend", "Rentals falls.", True),
        ("is it rising?", "trend", "No. Rentals falls.", False),
        ("what share is on monday?", "value", "The value at “Mon” is 31.", True),
        ("what share is on monday?", "share", "“Mon” is 18 % of the total.", False),
        ("when did it rise?", "trend", "Rentals falls from 31 (“Mon”) to 6 (“Sun”).", True),
        ("when did it rise?", "first", "The value at “Mon” is 31.", False),
        ("which day is it?", "correlation", "r = 0.5", True),
    ],
)
def test_an_answer_of_another_kind_is_found(text: str, operation: str, answer: str, other: bool) -> None:
    query = Query(text=text, language="en", operations=(operation,), yes_no=text.startswith("is"))  # type: ignore[arg-type]
    assert is_of_another_kind(query, [answer], [RENTALS]) is other
