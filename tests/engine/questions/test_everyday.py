"""Everyday questions in English: what was asked is answered, in both its parts, or the word that hinders is named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pytest

from tests.engine.questions.charts import MONTHS, YEARS, chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.forms.parts import parts_of
from vision_magic.engine.questions.parse import parse_query


def axis(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear", limits=(0.0, 1.0))


DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
POWER: Final = (420, 390, 350, 300, 260, 240, 310, 330, 255, 290, 360, 430)
NUMBERS: Final = tuple(map(float, range(1, 6)))
LOGGED: Final = tuple(f"2024-03-{day:02}" for day in range(4, 18))

CHARTS: Final[dict[str, Chart]] = {
    "power": chart(
        "Household electricity use",
        names("Month", *MONTHS),
        axis("Use (kWh)", "kWh"),
        one("bars", MONTHS, POWER),
        one("reference line", (0.0,), (300.0,), "target"),
    ),
    "firms": chart(
        "Revenue of three companies",
        axis("Year"),
        axis("Revenue (M€)", "M€"),
        one("line", YEARS, (120, 135, 150, 148, 170, 190, 160, 210), "Acme"),
        one("line", YEARS, (200, 198, 205, 210, 208, 215, 180, 190), "Boreal"),
        one("line", YEARS, (50, 62, 80, 99, 120, 155, 150, 200), "Corvus"),
    ),
    "tickets": chart(
        "Support tickets",
        names("Quarter", "Q1", "Q2", "Q3", "Q4"),
        axis("Tickets"),
        one("bars", ("Q1", "Q2", "Q3", "Q4"), (30, 42, 25, 18), "Open"),
        one("bars", ("Q1", "Q2", "Q3", "Q4"), (28, 40, 33, 18), "Closed"),
    ),
    "study": chart(
        "Exam",
        axis("Hours studied"),
        axis("Exam score"),
        one("points", (1.0, 2.0, 4.0, 6.0, 9.5), (42, 50, 61, 95, 92)),
    ),
    "commute": chart(
        "How employees get to work",
        ChartAxis(),
        ChartAxis(),
        one("pie", ("Car", "Bus", "Bike", "Walk"), (45, 30, 15, 10)),
    ),
    "sales": chart(
        "Bakery sales", names("", *DAYS), axis("Sales ($)", "$"), one("bars", DAYS, (12, 11, 13, 12, 19, 24, 21))
    ),
    "run": chart(
        "Running log",
        ChartAxis(label="", scale="date"),
        axis("Distance (km)", "km"),
        one("line", LOGGED, (5, 0, 6, 0, 8, 12, 0, 5, 0, 7, 0, 8, 14, 3)),
    ),
    "media": chart(
        "Media use",
        names("", "Streaming", "Cinema", "Podcasts"),
        axis("Users (%)", "%"),
        one("bars", ("Streaming", "Cinema", "Podcasts"), (62, 45, 30), "2019"),
        one("bars", ("Streaming", "Cinema", "Podcasts"), (70, 38, 41), "2024"),
    ),
    "boxes": chart(
        "Delivery times",
        names("", "Pizza", "Sushi"),
        axis("Time (min)", "min"),
        one(
            "box plot",
            ("Pizza", "Sushi"),
            (28, 38),
            extra={
                "q1": (24.0, 35.0),
                "q3": (31.0, 40.0),
                "whisker_low": (20.0, 30.0),
                "whisker_high": (33.0, 44.0),
                "outliers": (60.0,),
                "outlier_of": (0.0,),
            },
        ),
    ),
    "medals": chart(
        "Winter games",
        names("", "Norway", "Germany", "Canada"),
        axis("Medals"),
        one("bars", ("Norway", "Germany", "Canada"), (10, 7, 3), "Gold"),
        one("bars", ("Norway", "Germany", "Canada"), (5, 8, 11), "Bronze"),
    ),
    "houses": chart(
        "House prices",
        names("City", "Munich", "Leipzig"),
        axis("Price (€)", "€"),
        one("bars", ("Munich", "Leipzig"), (950000, 340000)),
    ),
    "mass": chart(
        "Penguins",
        axis("Flipper (mm)", "mm"),
        axis("Mass (g)", "g"),
        one("points", (180.0, 190.0, 200.0, 210.0), (3500, 3900, 4200, 4700)),
    ),
}


def answer(name: str, question: str) -> str:
    return " ".join(answer_query(parse_query(question, [CHARTS[name]]), [CHARTS[name]]))


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("power", "What was our total consumption in summer?", "summer (June, July and August): The sum is 880 kWh"),
        (
            "power",
            "Is winter usage higher than summer usage?",
            "Yes. In all, winter has 1240 kWh, 360 kWh more than summer (880 kWh)",
        ),
        ("power", "In how many months did we stay below the target?", "4 of 12 values are below 300 kWh"),
        ("power", "What's the target?", "“target” is at 300 kWh."),
        ("power", "How far below the target was June?", "June is 240 kWh: 60 kWh below 300 kWh."),
        ("power", "What's the average excluding December?", "without December: The mean is 318.6 kWh"),
        (
            "power",
            "What is the mean, and which month is closest to it?",
            "Nearest to the mean (327.9 kWh): 330 kWh, in August.",
        ),
        ("power", "How much more in Dec than in Jun, in percent?", "79.2 % higher"),
        (
            "firms",
            "Which company grew the most?",
            "“Corvus” grew most: by 150 M€ (300 %), from 50 M€ (2015) to 200 M€ (2022).",
        ),
        (
            "firms",
            "What happened in 2021?",
            "“Acme” falls to 160 M€ in 2021, 30 M€ (15.8 %) less than in 2020; rank 4 of 8.",
        ),
        ("firms", "By how much did Acme fall in 2021?", "30 M€ (15.8 %) less than in 2020"),
        ("firms", "Which company was highest in 2022, and how much was it?", "“Acme” is the highest in 2022: 210 M€"),
        ("firms", "What was Boreal's biggest drop?", "falls most between 2020 and 2021: by 35 M€"),
        (
            "firms",
            "By how much did Boreal fall from its peak to the end?",
            "falls from 215 M€ (2020) to 190 M€ (2022), by 25 M€",
        ),
        ("tickets", "In which quarter did we close more tickets than were opened?", "at 1 of 4 shared places: “Q3”"),
        ("tickets", "Which quarter had as many open as closed tickets?", "equal at “Q4” (18)"),
        (
            "tickets",
            "Were there more open or closed tickets overall?",
            "“Closed” has more in all: 119, 4 more than “Open” (115).",
        ),
        ("study", "What did the student who studied longest score?", "The highest value is 9.5, at Exam score 92."),
        ("study", "Does studying more lead to better grades?", "Yes. “Exam score” tends to rise with “Hours studied”"),
        ("commute", "What share of employees drive?", "“Car” is 45 % of the total."),
        ("commute", "What percentage doesn't drive?", "“Bus”, “Bike” and “Walk” together are 55 % of the total."),
        (
            "commute",
            "what percentage comes by bike or on foot together?",
            "“Bike” and “Walk” together are 25 % of the total.",
        ),
        ("commute", "How much bigger is the share of cars than that of buses?", "15 percentage points higher"),
        (
            "sales",
            "How much did we sell at the weekend?",
            "“Sat” 24 \\$ and “Sun” 21 \\$. In all 45 \\$; 22.5 \\$ on average.",
        ),
        ("sales", "What are the average sales on weekdays?", "weekdays (“Mon” to “Fri”): The mean is 13.4 \\$"),
        (
            "sales",
            "Is Saturday more than twice as good as Tuesday?",
            "Yes. “Sat” (24 \\$) is 2.18 times “Tue” (11 \\$).",
        ),
        ("run", "How much did I run in the first week?", "first week (2024-03-04 to 2024-03-10): In all 31 km"),
        ("run", "Did I run more in the second week than in the first?", "Yes. In all, second week has 37 km"),
        ("run", "What's my average on weekends?", "The mean is 7.25 km (4 values)."),
        ("media", "Which medium grew the most?", "“Podcasts” grew most: by 11 percentage points"),
        ("media", "By how much did podcasts increase?", "“Podcasts” rises from 30 % (“2019”) to 41 % (“2024”)"),
        ("boxes", "Which restaurant has outliers?", "Beyond the whiskers (1): “Pizza” (60 min)."),
        ("boxes", "What's the longest delivery?", "The highest value is 60 min, at “Pizza”."),
        ("medals", "Which country has the most medals overall?", "“Norway” has the highest sum: 15."),
        ("medals", "Who got more bronze than gold?", "at 2 of 3 shared places: “Germany” and “Canada”"),
        (
            "houses",
            "How much more expensive is Munich than Leipzig?",
            "“Munich” (950,000 €) is 610,000 € higher than “Leipzig” (340,000 €).",
        ),
        ("mass", "How many penguins weigh over 4 kg?", "2 of 4 values are above 4000 g"),
    ],
)
def test_everyday_questions_are_answered(name: str, question: str, expected: str) -> None:
    assert expected in answer(name, question)


@pytest.mark.parametrize("question", ["What's the longest delivery?", "What is the lowest value?"])
def test_of_boxes_in_a_picture_the_points_beyond_the_whiskers_are_not_known(question: str) -> None:
    """The end of the highest whisker was said to be the highest value."""
    [panel] = CHARTS["boxes"].panels
    measured = Chart(panels=(replace(panel, series=tuple(replace(one, source="pixels") for one in panel.series)),))
    assert " ".join(answer_query(parse_query(question, [measured]), [measured])) == (
        "Measured in the picture: I cannot tell: only statistics are known, not each value."
    )


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("firms", "What was Acme's profit in 2019?", "profit"),
        ("power", "How much did we pay for electricity in January?", "pay"),
        ("power", "How much did we use if it rained?", "if"),
        ("tickets", "What's the backlog at the end of the year?", "backlog"),
        ("tickets", "In Q3, how many tickets were closed per day?", "per day"),
        ("run", "How many days did I rest?", "rest"),
        ("run", "How fast did I run on March 9?", "How fast"),
        ("medals", "How many medals did Sweden win?", "Sweden"),
        ("firms", "How much did Acme make in the evening?", "evening"),
        ("power", "How many dogs used power in May?", "dogs"),
    ],
)
def test_a_word_that_changes_the_question_and_that_nothing_explains_is_named(
    name: str, question: str, word: str
) -> None:
    assert re.match(rf"I do not understand “{word}” here\. You can ask about “", answer(name, question))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Which is highest and when?", ("Which is highest?", "")),
        ("Which month was wettest, and how much was it?", ("Which month was wettest?", "")),
        ("Which is coldest and which is driest?", ("Which is coldest?", "which is driest?")),
        ("What is the mean? And which month is closest to it?", ("What is the mean?", "which month is closest to it?")),
        ("How much did A and B grow?", ("How much did A and B grow?", "")),
        ("Who leads, and by how much?", ("Who leads, and by how much?", "")),
        ("Which series is orange, and which is blue?", ("Which series is orange, and which is blue?", "")),
    ],
)
def test_a_question_has_the_parts_that_are_not_answered_together(question: str, parts: tuple[str, str]) -> None:
    assert parts_of(question) == parts
