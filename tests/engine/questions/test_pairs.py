"""Questions about a series and its plan, and about confusion matrices."""

from __future__ import annotations

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.parse import parse_query

TEAMS = ("IT", "HR", "Sales", "Law")
ANIMALS = ("cat", "dog", "fox")
WEEKS = (2.0, 4.0, 6.0, 8.0)

CHARTS: dict[str, Chart] = {
    "budget": chart(
        "Spending",
        names("", *TEAMS),
        ChartAxis(label="k€", unit="k€", scale="linear"),
        one("bars", TEAMS, (120, 60, 200, 45), "Budget"),
        one("bars", TEAMS, (135, 55, 230, 45), "Actual"),
    ),
    "herd": chart(
        "Weight of the herd",
        ChartAxis(label="Age (weeks)", unit="weeks", scale="linear"),
        ChartAxis(label="Weight (kg)", unit="kg", scale="linear"),
        one("line", WEEKS, (12, 20, 31, 44), "ideal"),
        one("line", WEEKS, (11, 18, 27, 42), "measured"),
    ),
    "trees": chart(
        "Trees",
        names("", "Mitte", "Pankow"),
        ChartAxis(label="Trees", scale="linear"),
        one("bars", ("Mitte", "Pankow"), (110, 100), "planned"),
        one("bars", ("Mitte", "Pankow"), (100, 80), "planted"),
    ),
    "animals": chart(
        "Confusion matrix",
        names("Predicted", *ANIMALS),
        names("True", *ANIMALS),
        *(
            one("heat map", ANIMALS, row, name)
            for name, row in zip(ANIMALS, ((42, 3, 5), (4, 38, 8), (1, 9, 40)), strict=True)
        ),
    ),
}


def answer(name: str, question: str) -> str:
    return " ".join(answer_query(parse_query(question, [CHARTS[name]]), [CHARTS[name]]))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("budget", "Which team is furthest over budget?", "“Actual” at “Sales” (230 k€) is 30 k€ higher than “Budget”"),
        ("budget", "How many teams went over budget?", "above “Budget” at 2 of 4: “IT” (15 k€) and “Sales” (30 k€)"),
        ("budget", "Which teams are under budget?", "below “Budget” at 1 of 4: “HR” (5 k€)"),
        ("budget", "How much did we overspend in total?", "In total: “Actual” (465 k€) is 40 k€ higher"),
        ("budget", "By how much did IT exceed its budget?", "is 15 k€ higher than “Budget”"),
        ("budget", "Is HR under budget?", "Yes. “Actual” at “HR” (55 k€) is 5 k€ lower"),
        ("budget", "Is Law over budget?", "No. “Actual” at “Law” and “Budget” are equal"),
        ("budget", "Welche Teams liegen über dem Budget?", "in 2 von 4 Fällen über „Budget“"),
        ("budget", "Quelles équipes dépassent le budget ?", "au-dessus de « Budget » dans 2 cas sur 4"),
        ("budget", "¿Qué equipos superan el presupuesto?", "por encima de «Budget» en 2 de 4"),
        ("trees", "How many trees are we behind plan in total?", "In total: “planted” (180) is 30 lower"),
        (
            "trees",
            "What share of the planned trees in Pankow was planted?",
            "is 80 % of “planned” at “Pankow” (80 of 100)",
        ),
        ("herd", "At what age are the animals furthest behind the ideal?", "is 4 kg lower than “ideal” (31 kg)"),
        ("herd", "Is the measured weight always under the ideal?", "Yes. “measured” is below “ideal” at 4 of 4"),
        ("herd", "Is the measured weight ever above the ideal?", "No. “measured” is not above “ideal” at any of 4"),
        ("animals", "Which two animals are confused most often?", "“fox” is taken for “dog” most often: 9. Both ways"),
        ("animals", "How many cats were mistaken for dogs?", "“cat” is taken for “dog” 3 times."),
        ("animals", "What is the overall accuracy?", "120 of 150 are on the diagonal, that is right (80 %)"),
        ("animals", "What is the recall for fox?", "40 of 50 of “fox” are on the diagonal, that is right (80 %)"),
        ("animals", "What is the precision for dog?", "Of 50 predicted as “dog”, 38 are right (76 %)"),
        ("animals", "How many predictions were wrong?", "30 are wrong"),
        ("animals", "Which animal is recognised best?", "“cat” has the highest share on the diagonal: 84 %"),
        ("animals", "how many foxes were called dogs", "“fox” is taken for “dog” 9 times."),
        ("animals", "Which class has the most correct predictions?", "42 of 50 of “cat” are on the diagonal"),
        ("animals", "Bei welchem Tier sind die meisten richtig?", "42 von 50"),
        ("animals", "Welche Tiere werden am häufigsten verwechselt?", "„fox“ wird am häufigsten für „dog“ gehalten: 9"),
        ("animals", "정확도는 얼마인가요?", "150개 중 120개가 대각선"),
    ],
)
def test_what_is_measured_by_another_is_compared_with_it(name: str, question: str, words: str) -> None:
    assert words in answer(name, question)


def test_why_two_classes_are_confused_is_not_in_a_matrix() -> None:
    assert "cannot" in answer("animals", "Why is the fox taken for a dog so often?")


def test_a_matrix_with_the_predictions_along_y_is_read_the_other_way() -> None:
    rows = (one("heat map", ("a", "b"), row, name) for name, row in (("a", (8, 1)), ("b", (4, 7))))
    turned = chart("Confusion", names("True label", "a", "b"), names("Predicted label", "a", "b"), *rows)
    said = " ".join(
        answer_query(parse_query("What is the overall accuracy and which pair is confused?", [turned]), [turned])
    )
    assert "15 of 20" in said or "“a” is taken for “b” most often: 4" in said
