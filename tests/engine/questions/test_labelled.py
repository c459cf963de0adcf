"""What becomes of a question whose label is known: the names and numbers in it decide whether it is answered."""

from __future__ import annotations

import pytest

from tests.engine.questions.charts import ENERGY, RAIN, SALES, YIELD, chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.classifier.labels import LABELS, Label
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.labelled import as_labelled
from vision_magic.engine.questions.parse import found_in

STACK = chart(
    "Costs",
    names("Quarter", "Q1", "Q2", "Q3"),
    ChartAxis(label="Cost (€)", unit="€", scale="linear"),
    one("stacked bars", ("Q1", "Q2", "Q3"), (10, 20, 30), "feed"),
    one("stacked bars", ("Q1", "Q2", "Q3"), (50, 5, 10), "fuel"),
)

GROWTH = chart(
    "Bean",
    ChartAxis(label="Day", scale="linear"),
    ChartAxis(label="Height (cm)", unit="cm", scale="linear"),
    one("line", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), (2, 8, 15, 19.8, 20, 19.9), "height"),
)
CONSTANT = chart(
    "Stone",
    ChartAxis(label="Day", scale="linear"),
    ChartAxis(label="Height (cm)", unit="cm", scale="linear"),
    one("line", (1.0, 2.0, 3.0, 4.0), (5, 5, 5, 5), "height"),
)
ABOVE_EACH_OTHER = chart(
    "Beans of one day",
    ChartAxis(label="Day", scale="linear"),
    ChartAxis(label="Height (cm)", unit="cm", scale="linear"),
    one("points", (3.0, 3.0, 3.0), (5, 6, 8), "height"),
)
VISITS = chart(
    "Visits",
    ChartAxis(label="Year", scale="linear"),
    ChartAxis(label="Visits", scale="linear"),
    one("line", (2015.0, 2016.0, 2017.0, 2018.0, 2019.0), (100, 40, 70, 105, 90), "visits"),
)


def answer(label: Label, question: str, drawn: Chart) -> str:
    """Return the answer; empty if there is none. The words of the questions are those that no rule knows."""
    found, _ = found_in(question, drawn.panels)
    query = as_labelled(label, found, [drawn])
    return "" if query is None else " ".join(answer_query(query, [drawn]))


@pytest.mark.parametrize(
    ("label", "drawn", "question", "words"),
    [
        ("max", RAIN, "zorp?", "120 mm, in July"),
        ("max_series", RAIN, "zorp?", "120 mm, in July"),  # there is only one
        ("min", YIELD, "zorp north?", "“north” is 10 t/ha, in 2015"),
        ("max_series", YIELD, "zorp in 2016?", "“south” is the highest in 2016: 28 t/ha"),
        ("min_mean_series", YIELD, "zorp?", "“north” has the lowest mean"),
        ("max_total", STACK, "zorp?", "“Q1” has the highest sum: 60 €"),
        ("top", RAIN, "zorp 2?", "July (120 mm) and August (110 mm)"),
        ("rank", RAIN, "zorp?", "second highest value is 110 mm"),
        ("rank_of", RAIN, "zorp June?", "is number 4 of 12"),
        ("value", RAIN, "zorp June?", "80 mm"),
        ("lookup", RAIN, "zorp 75 mm?", "in October"),
        ("first_value", YIELD, "zorp south?", "30 t/ha"),
        ("last_value", YIELD, "zorp south?", "11 t/ha"),
        ("sum", RAIN, "zorp?", "860 mm"),
        ("sum_of", RAIN, "zorp Jan and Feb?", "90 mm"),
        ("total_at", STACK, "zorp Q2?", "25 €"),
        ("mean", RAIN, "zorp?", "71.67 mm"),
        ("median", RAIN, "zorp?", "67.5 mm"),
        ("range", RAIN, "zorp?", "80 mm"),
        ("nearest", RAIN, "zorp 100 mm?", "Nearest to 100 mm: 110 mm"),
        ("difference", RAIN, "zorp Jan Jul?", "70 mm"),
        ("spread", RAIN, "zorp?", "a span of 80 mm"),
        ("turning", YIELD, "zorp?", "“south”"),
        ("percent_change", YIELD, "zorp north 2015 2022?", "210 %"),
        ("ratio", RAIN, "zorp Jul times Feb?", "3 times"),
        ("diff_series", YIELD, "zorp 2015?", "20 t/ha"),
        ("compare_places", RAIN, "zorp Jan Jul?", "70 mm"),
        ("compare_series", YIELD, "zorp in 2015?", "20 t/ha"),
        ("share", ENERGY, "zorp wind?", "30 %"),
        ("share_together", ENERGY, "zorp wind solar?", "50 %"),
        ("change", YIELD, "zorp north?", "by 21 t/ha"),
        ("change_percent", YIELD, "zorp north?", "210 %"),
        ("above", RAIN, "zorp 100 mm?", "2 of 12 values are above 100 mm"),
        ("below", RAIN, "zorp 50 mm?", "2 of 12 values are below 50 mm"),
        ("any_above", RAIN, "zorp 130 mm?", "No."),
        ("any_below", RAIN, "zorp 45 mm?", "Yes."),
        ("all_above", RAIN, "zorp 30 mm?", "Yes."),
        ("all_below", RAIN, "zorp 100 mm?", "No."),
        ("first_above", YIELD, "zorp north 20 t/ha?", "20 t/ha"),
        ("last_above", RAIN, "zorp 70 mm?", "last above 70 mm in October"),
        ("above_mean", RAIN, "zorp?", "above 71.67 mm"),
        ("equal", RAIN, "zorp?", "No"),
        ("trend", YIELD, "zorp north?", "rises"),
        ("steepest_rise", RAIN, "zorp?", "between June and July"),
        ("steepest_fall", RAIN, "zorp?", "between August and September"),
        ("biggest_jump", RAIN, "zorp?", "between June and July"),
        ("series_rose_most", YIELD, "zorp?", "“north” grew most"),
        ("series_fell_most", YIELD, "zorp?", "“south” fell most"),
        ("steadiest_series", YIELD, "zorp?", "varies least"),
        ("always_rising", RAIN, "zorp?", "falls at 6 of 11 steps"),
        ("crossing", YIELD, "zorp?", "cross"),
        ("ever_ahead", YIELD, "zorp north?", "Yes."),
        ("always_ahead", YIELD, "zorp north?", "No."),
        ("count_ahead", YIELD, "zorp north?", "“north” is higher than “south” at 4 of 8"),
        ("gap_max", YIELD, "zorp?", "farthest apart in"),
        ("gap_min", YIELD, "zorp?", "closest"),
        ("count_ahead", YIELD, "zorp north less than south?", "“south” is higher than “north” at 4 of 8"),
        ("gap_trend", YIELD, "zorp?", "The gap between “north” and “south” is the same at 2015 and at 2022: 20 t/ha"),
        ("gap_trend", YIELD, "zorp until 2018?", "shrinks: from 20 t/ha (2015) to 4 t/ha (2018)"),
        ("turning", RAIN, "zorp?", "turns in July: it is highest there, at 120 mm"),
        ("turning", YIELD, "zorp north?", "does not turn"),
        ("plateau", GROWTH, "zorp?", "is flat from Day 4 on: it stays between 19.8 cm and 20 cm"),
        ("plateau", YIELD, "zorp north?", "does not flatten"),
        ("plateau", CONSTANT, "zorp?", "is flat from Day 1 on: it stays between 5 cm and 5 cm"),
        ("rate", ABOVE_EACH_OTHER, "zorp?", "I cannot answer that"),  # all at one place: no change per day
        ("recovered", VISITS, "zorp?", "is back at its first value (100) in 2018: 105, after 40 (2016)"),
        ("recovered", YIELD, "zorp south?", "is not back at its first value (30 t/ha, 2015): it ends at 11 t/ha"),
        ("rate", YIELD, "zorp north?", "“north” rises by 3 t/ha per year: from 10 t/ha (2015) to 31 t/ha (2022)"),
        ("rate", RAIN, "zorp?", "rises by 0.4545 mm per step"),
        ("top", RAIN, "two zorp?", "The 2 highest values are July (120 mm) and August (110 mm)"),
        ("lookup", VISITS, "zorp 105?", "2018"),
        ("value", GROWTH, "zorp after 3 days?", "15 cm"),
        ("kind", RAIN, "zorp?", "bar chart"),
        ("title", RAIN, "zorp?", "Rainfall in Bergen"),
        ("x_axis", RAIN, "zorp?", "“Month”"),
        ("y_axis", RAIN, "zorp?", "“Rain” in mm"),
        ("series_names", YIELD, "zorp?", "“north”"),
        ("series_of_colour", YIELD, "zorp orange?", "“south” (orange)"),
        ("count_series", YIELD, "zorp?", "2"),
        ("count_places", RAIN, "zorp?", "12"),
        ("colour_of", YIELD, "zorp north?", "blue"),
        ("is_log", RAIN, "zorp?", "not logarithmic"),
        ("y_range", RAIN, "zorp?", "126"),
        ("sort", SALES, "zorp 2023?", "“plums” (48)"),
        ("table", RAIN, "zorp?", "| Month |"),
    ],
)
def test_a_label_is_answered_about_what_was_found(label: Label, drawn: Chart, question: str, words: str) -> None:
    assert words in answer(label, question, drawn)


@pytest.mark.parametrize(
    ("label", "drawn", "question"),
    [
        ("none", RAIN, "zorp?"),
        ("max", RAIN, "zorp June?"),  # of one place there is no highest value
        ("max", RAIN, "zorp above 100 mm?"),
        ("value", RAIN, "zorp?"),  # of which place
        ("difference", RAIN, "zorp June?"),  # from which other
        ("diff_series", RAIN, "zorp?"),  # of which two
        ("above", RAIN, "zorp?"),  # above what
        ("ever_ahead", YIELD, "zorp?"),  # which of them
        ("to_reference", RAIN, "zorp?"),  # no line is drawn
        ("lookup", RAIN, "zorp 40 and 50 mm?"),
        ("gap_trend", RAIN, "zorp?"),
    ],
)
def test_a_label_that_lacks_something_is_not_answered(label: Label, drawn: Chart, question: str) -> None:
    assert answer(label, question, drawn) == ""


def test_the_answer_is_in_the_language_of_the_question() -> None:
    assert answer("max", "Wie war das denn so?", RAIN).startswith("Aus dem Figur-Objekt: Der höchste Wert")


def test_every_label_is_known_once() -> None:
    assert len(set(LABELS)) == len(LABELS)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("zorp, wann denn?", "dreht im Juli"),
        ("zorp, quand est-ce ?", "se retourne en juillet"),
        ("zorp, ¿cuándo?", "cambia de sentido en julio"),
        ("zorp 언제예요?", "7월에 방향이 바뀝니다"),
        ("zorp 是什么时候？", "发生转折"),
    ],
)
def test_where_a_course_turns_is_said_in_each_language(question: str, words: str) -> None:
    assert words in answer("turning", question, RAIN)
