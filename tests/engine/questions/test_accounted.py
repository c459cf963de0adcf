"""Questions of analysts about live charts: each is answered about what it asks, or the word that hinders is named."""

from __future__ import annotations

import re

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.parse import parse_query

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
MONTHS = tuple(f"2023-{month:02}-01" for month in range(1, 13))
STARTS = tuple(f"{year}-{month:02}-01" for year in (2019, 2020, 2021) for month in (1, 4, 7, 10))
VARIABLES = ("price", "visits", "orders")


def axis(label: str = "", unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear", limits=(0.0, 1.0))


CHARTS: dict[str, Chart] = {
    "money": chart(
        "Revenue and costs",
        axis(),
        axis("k€"),
        one("line", MONTHS, (410, 395, 452, 470, 498, 515, 489, 476, 540, 582, 631, 705), "Revenue"),
        one("line", MONTHS, (430, 428, 440, 445, 460, 462, 470, 481, 495, 510, 524, 548), "Costs"),
    ),
    "channels": chart(
        "New customers by acquisition channel",
        names("2024", *QUARTERS),
        axis("customers"),
        one("stacked bars", QUARTERS, (120, 135, 150, 171), "organic"),
        one("stacked bars", QUARTERS, (90, 110, 95, 130), "paid"),
    ),
    "museum": chart(
        "Museum visitors per quarter",
        axis("quarter"),
        axis("visitors (thousand)", "thousand"),
        one("line", STARTS, (3.3, 4.8, 6.2, 4.2, 2.6, 0.3, 2.1, 0.9, 0.6, 1.7, 3.9, 2.8)),
    ),
    "churn": chart(
        "Why customers left",
        names("", "Price", "Feature", "Support", "Other"),
        axis("responses"),
        one("bars", ("Price", "Feature", "Support", "Other"), (148, 112, 97, 17)),
    ),
    "market": chart(
        "Market shares", axis(), axis(), one("pie", ("Nord", "Alpha", "Kontakt", "Rest"), (34.5, 27, 30, 8.5))
    ),
    "matrix": chart(
        "Correlation matrix",
        names("", *VARIABLES),
        names("", *VARIABLES),
        *(
            one("heat map", VARIABLES, row, name)
            for name, row in zip(VARIABLES, ((1, -0.38, -0.61), (-0.38, 1, 0.83), (-0.61, 0.83, 1)), strict=True)
        ),
    ),
    "funnel": chart(
        "Checkout funnel",
        names("stage", "Visited site", "Added to cart", "Paid"),
        axis("users"),
        one("bars", ("Visited site", "Added to cart", "Paid"), (12400, 2150, 980)),
    ),
    "suppliers": chart(
        "Size of suppliers",
        axis("employees"),
        axis("turnover (M€)", "M€"),
        one("points", (50.0, 1500.0, 3000.0), (900.0, 200.0, 4000.0)),
    ),
}


def answer(name: str, question: str) -> str:
    return " ".join(answer_query(parse_query(question, [CHARTS[name]]), [CHARTS[name]]))


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("museum", "Is there seasonality in this series?", "seasonality"),
        ("museum", "How resilient are the visitors?", "resilient"),
        ("channels", "What is the uplift of paid?", "uplift"),
        ("channels", "Which channel has the best conversion?", "conversion"),
        ("channels", "Which channel is the most profitable?", "profitable"),
        ("channels", "Which channel is the least effective?", "effective"),
        ("channels", "Do organic and paid compete with affiliates?", "compete"),
        ("money", "Which line has the highest volatility adjusted momentum?", "adjusted"),
        ("suppliers", "Which supplier is the most profitable?", "profitable"),
        ("funnel", "What is the dropout rate at checkout?", "dropout"),
        ("channels", "Which channel has the lowest cost?", "cost"),
    ],
)
def test_a_word_of_which_nothing_is_known_is_named(name: str, question: str, word: str) -> None:
    assert re.match(f"I do not understand “{word}” here", answer(name, question))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("money", "When did we become profitable for good?", "cross on 2023-08-04"),
        ("money", "What was the profit in December?", "157 k€ higher than “Costs” (548 k€)"),
        ("money", "What was the total profit in 2023?", "470 k€ more than “Costs”"),
        ("money", "In which month was the profit highest?", "in December 2023: by 157 k€"),
        ("money", "Compare the growth of revenue and costs.", "by 295 k€ (72 %)"),
        ("money", "Which quarter had the most revenue?", "2023 Q4 (“Revenue”) has the highest sum: 1918 k€"),
        (
            "channels",
            "Which channel brought in the most customers over the year?",
            "“organic” has the highest sum: 576",
        ),
        ("channels", "Which quarter had the most customers?", "“Q4” has the highest sum: 301"),
        ("channels", "Which channel grew most?", "“organic” grew most: by 51"),
        ("channels", "How many customers did paid bring?", "The sum of “paid” is 425"),
        ("museum", "What happened in 2020?", "The sum in 2020 is 5.9 thousand, against 18.5 thousand in 2019"),
        ("museum", "Which year had the most visitors?", "2019 has the highest sum: 18.5 thousand"),
        ("museum", "How many visitors were there in 2019?", "In all 18.5 thousand"),
        ("museum", "Which quarter had the most visitors?", "6.2 thousand, in Q3 2019"),
        ("churn", "What are the top three reasons for churn?", "“Price” (148), “Feature” (112) and “Support” (97)"),
        ("churn", "What share of all responses do the top three reasons make up?", "95 % of the total (357 of 374)"),
        ("churn", "What is the most common reason?", "148, at “Price”"),
        ("market", "Do the top two hold more than 60 percent of the market?", "Yes. “Nord” and “Kontakt” together"),
        ("market", "Do the top two hold more than 70 percent of the market?", "No. “Nord” and “Kontakt” together"),
        ("matrix", "Which two variables are most strongly correlated?", "“visits” and “orders” are related most: 0.83"),
        ("matrix", "Which variable has the strongest negative relationship with price?", "“price” and “orders”"),
        ("museum", "Compare 2019 and 2021.", "(18.5 thousand) is 9.5 thousand higher"),
        ("funnel", "What's the overall conversion?", "“Paid” is 7.9 % of “Visited site” (980 of 12,400)"),
        ("funnel", "What percentage of visitors paid?", "“Paid” is 7.9 % of “Visited site”"),
        ("suppliers", "How many suppliers have more than 1000 employees?", "2 of 3 values are above 1000"),
        ("suppliers", "How many suppliers have a turnover of more than 1000?", "1 of 3 values is above 1000"),
    ],
)
def test_the_question_of_an_analyst_is_answered(name: str, question: str, words: str) -> None:
    assert words in answer(name, question)


def test_a_label_in_tex_is_a_word_of_the_chart() -> None:
    co2 = chart("", ChartAxis(label="year"), ChartAxis(label="CO$_2$ (ppm)", unit="ppm"), one("line", (1, 2), (3, 4)))
    said = " ".join(answer_query(parse_query("By how many ppm has CO2 been rising?", [co2]), [co2]))
    assert "by 1 ppm" in said
