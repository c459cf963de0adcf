"""Forms of English questions: two sides, ranks, limits of changes, names in another form, totals, and explanations."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel
from vision_magic.engine.chart.mathtext import without_markup
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.weighing import setting_of
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.places.small_multiples import as_series
from vision_magic.engine.questions.topics.totals import about_total


def axis(label: str, unit: str = "", limits: tuple[float, float] = (0.0, 1.0)) -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear", limits=limits)


QUARTERS: Final = ("Q1", "Q2", "Q3", "Q4")
WEEKS: Final = (0.0, 2.0, 4.0, 6.0, 8.0)
KM: Final = (5.0, 10.0, 20.0, 30.0)
WEIGHTS: Final = tuple(900.0 + 50.0 * number for number in range(12))

CHARTS: Final[dict[str, Chart]] = {
    "depots": chart(
        "Depots 2024",
        names("", *QUARTERS),
        axis("Parcels shipped (thousand)", "thousand"),
        one("stacked bars", QUARTERS, (120, 135, 150, 210), "Leeds"),
        one("stacked bars", QUARTERS, (80, 70, 95, 130), "York"),
        one("stacked bars", QUARTERS, (60, 75, 55, 90), "Hull"),
    ),
    "squad": chart(
        "Season",
        names("", "Okoye", "Brandt", "Silva", "Perez"),
        axis("Goals"),
        one("bars", ("Okoye", "Brandt", "Silva", "Perez"), (14, 9, 21, 3)),
    ),
    "drugs": chart(
        "",
        axis("Week"),
        axis("Grip strength (kg)", "kg"),
        one("line", WEEKS, (40, 46, 55, 63, 68), "Drug A"),
        one("line", WEEKS, (41, 43, 47, 50, 52), "Drug B"),
    ),
    "race": chart(
        "Cross-country race",
        axis("Distance (km)", "km"),
        axis("Gap to leader (s)", "s"),
        one("line", KM, (0, 4, 9, 20), "Weber"),
        one("line", KM, (3, 0, 0, 6), "Rossi"),
        one("line", KM, (5, 6, 2, 0), "Ilves"),
    ),
    "wards": chart(
        "",
        names("", "Surgery", "Cardiology", "Oncology"),
        axis("Beds"),
        one("bars", ("Surgery", "Cardiology", "Oncology"), (28, 34, 22), "occupied"),
        one("bars", ("Surgery", "Cardiology", "Oncology"), (30, 30, 26), "licensed"),
    ),
    "lamps": chart(
        "Discharge",
        axis("Wavelength (nm)", "nm"),
        axis("Intensity (counts)", "counts"),
        one("line", tuple(map(float, range(400, 411))), (0, 9, 90, 9, 0, 8, 40, 8, 0, 2, 0), "H lamp"),
        one("line", tuple(map(float, range(400, 411))), (0, 0, 0, 70, 0, 0, 0, 0, 30, 0, 0), "He lamp"),
    ),
    "loss": chart(
        "",
        axis("epoch"),
        axis("loss"),
        one("line", (1.0, 2.0, 3.0, 4.0), (2.0, 1.0, 0.5, 0.25), "train"),
        one("line", (1.0, 2.0, 3.0, 4.0), (2.1, 1.2, 0.8, 1.0), "val"),
    ),
    "server": chart(
        "",
        axis("Batch size"),
        axis("Latency (ms)", "ms"),
        one("line", (1.0, 2.0, 4.0, 8.0, 16.0), (11, 20, 41, 80, 150)),
    ),
    "cars": chart(
        "",
        axis("Kerb weight (kg)", "kg"),
        axis("Mileage (km/L)", "km/L"),
        one("points", WEIGHTS[:6], tuple(22.0 - number for number in range(6)), "hatchback"),
        one("points", WEIGHTS[6:], tuple(15.0 - number for number in range(6)), "saloon"),
    ),
    "budget": chart(
        "Costs",
        names("", "IT", "HR", "R&D"),
        axis("k€", "k€"),
        one("bars", ("IT", "HR", "R&D"), (420, 180, 650), "Plan"),
        one("bars", ("IT", "HR", "R&D"), (465, 172, 660), "Actual"),
    ),
    "clinic": chart(
        "",
        names("", "North", "East"),
        axis("Patients"),
        one("bars", ("North", "East"), (60, 20), "vaccinated"),
        one("bars", ("North", "East"), (40, 30), "unvaccinated"),
    ),
}


def answer(name: str, question: str) -> str:
    charts = [CHARTS[name]]
    return " ".join(answer_query(parse_query(question, charts), charts))


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("depots", "Does Leeds ship more than York and Hull combined?", "No. The sum of “Leeds” (615 thousand) is 40"),
        ("depots", "How many more parcels did Leeds handle in Q4 than York and Hull together?", "10 thousand lower"),
        (
            "depots",
            "Was York's best quarter better than Leeds's worst quarter?",
            "Yes. The highest value of “York” (130",
        ),
        ("depots", "By how much did Hull grow from the first to the last quarter?", "by 30 thousand"),
        ("squad", "How many times more goals did Silva and Okoye score than Perez?", "(35) is 11.7 times “Perez” (3)"),
        ("squad", "Who scored more, Brandt or Okoye?", "“Okoye” (14) is 5 higher than “Brandt” (9)"),
        ("squad", "Did Okoye and Brandt score more than 25 goals?", "No. “Okoye” + “Brandt” is at 23."),
        ("squad", "How many goals did the whole team score?", "The sum is 47"),
        ("squad", "Who came second?", "The second highest value is 14, at “Okoye”"),
        ("drugs", "Did the patients on drug B improve by more than 15 kg?", "No. “Drug B” rises from 41 kg"),
        ("drugs", "How much did drug A raise grip strength by week 4?", "by 15 kg"),
        ("drugs", "Which drug improved grip strength more?", "“Drug A” grew most: by 28 kg"),
        ("drugs", "From which week on is drug A ahead of drug B?", "at Week 2 (46 kg and 43 kg)"),
        ("drugs", "Did drug A double?", "No. “Drug A” rises"),
        ("race", "Who was in front at 20k?", "“Rossi” is number 1 of 3 at Distance = 20 km, with 0 s."),
        ("race", "who crossed the line first?", "“Ilves” is number 1 of 3 at Distance = 30 km"),
        ("race", "How many seconds separated second and third place at the end?", "14 s lower than “Weber” (20 s)"),
        ("race", "Who fell furthest behind?", "The highest value of “Weber” is 20 s"),
        ("race", "Was Weber ever in the lead?", "Yes. “Weber” is number 1 at 1 of 4 places"),
        ("race", "When did Rossi first overtake Weber?", "cross at Distance = 7.14 km"),
        ("wards", "Which wards are overcrowded, i.e. have more occupied than licensed beds?", "1 of 3 shared places"),
        ("wards", "Is the clinic as a whole over its licensed capacity?", "No. In total: “occupied” (84) is 2 lower"),
        ("lamps", "At which wavelength does helium shine brightest?", "“He lamp” is 70 counts, at Wavelength = 403 nm"),
        ("lamps", "How many hydrogen peaks rise above 30 counts?", "Peaks of “H lamp”: 2"),
        ("loss", "At which epoch should I have stopped, i.e. lowest validation loss?", "“val” is 0.8, at epoch 3"),
        ("loss", "How many times larger is the validation loss than the training loss at the end?", "4 times"),
        (
            "server",
            "What's the biggest batch I can run and still answer in under 100 ms?",
            "Batch size 8 is the largest",
        ),
        ("cars", "Do heavier vehicles get fewer kilometres out of a litre?", "Yes. “Mileage” tends to fall"),
        ("cars", "Is it true that cars with a higher weight have more mileage?", "No. “Mileage” tends to fall"),
        ("budget", "All in all, did the company spend more than it had planned?", "Yes. In total: “Actual” (1297 k€)"),
        ("budget", "Did research and development overspend?", "“R&D”"),
        ("squad", "Do Silva and Perez together score more than the rest?", "Yes. “Silva” + “Perez” (24) is 1 higher"),
        ("drugs", "Did drug B gain more than drug A?", "No. “Drug A” grew most: by 28 kg"),
        ("server", "How much has the latency risen after a batch size of 8?", "by 69 ms"),
        ("clinic", "What percentage of patients in the North were vaccinated?", "60 % of the total at “North”"),
    ],
)
def test_a_form_of_a_question_is_answered(name: str, question: str, expected: str) -> None:
    assert expected in answer(name, question)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("squad", "How many assists did Silva have?"),
        ("depots", "Is York more profitable than Leeds and Hull combined?"),
        ("depots", "How many parcels were returned?"),
        ("drugs", "Who was the doctor in week 4?"),
        ("cars", "Do newer cars get better mileage?"),
        ("cars", "Are heavier cars safer?"),
        ("clinic", "Which region has the lowest vaccination rate?"),
        ("race", "What was the winning time?"),
        ("depots", "How many of them are over 900?"),
        ("server", "How many users were there at a batch size of 4 (on average)?"),
    ],
)
def test_what_is_not_drawn_is_not_answered_with_what_is(name: str, question: str) -> None:
    assert not any(letter.isdigit() for letter in answer(name, question).split("You can ask about")[0])


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("In which quarter did all three together ship the least?", "The lowest value is 260 thousand, at “Q1”."),
        ("What was the weakest quarter overall?", "The lowest value is 260 thousand, at “Q1”."),
        ("Was Parcels shipped in total higher in Q4 than in Q3?", "130 thousand higher"),
    ],
)
def test_what_is_asked_of_the_sum_is_asked_of_one_series(question: str, left: str) -> None:
    total, text = about_total(CHARTS["depots"], question, "en")
    assert [one.name for one in total.panels[0].series] == ["Total of all series"]
    assert left in " ".join(answer_query(parse_query(text, [total]), [total]))


def test_a_question_about_a_part_keeps_all_series() -> None:
    assert about_total(CHARTS["depots"], "Which depot shipped most in total?", "en")[0] is CHARTS["depots"]


def test_panels_of_the_same_are_series_of_one() -> None:
    places, y = names("", *QUARTERS), axis("Visitors")
    panels = tuple(
        ChartPanel(
            title=title, x=places, y=y if not number else replace(y, label=""), series=(one("bars", QUARTERS, values),)
        )
        for number, (title, values) in enumerate((("North", (1, 2, 3, 4)), ("South", (5, 6, 7, 8))))
    )
    joined = as_series(Chart(panels=panels))
    assert [(one.name, sum(one.y)) for one in joined.panels[0].series] == [("North", 10), ("South", 26)]
    other = replace(panels[1], y=axis("Sales"))
    assert len(as_series(Chart(panels=(panels[0], other))).panels) == 2


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Mt CO$_2$", "Mt CO₂"),
        ("V$^2$/Hz", "V²/Hz"),
        (r"$\mu$mol m$^{-2}$ s$^{-1}$", "µmol m⁻² s⁻¹"),
        (r"$\Delta T$ ($^\circ$C)", "ΔT (°C)"),
        (r"10 \$", r"10 $"),
        ("5 $ a day", "5 $ a day"),
    ],
)
def test_formulas_in_texts_are_plain(text: str, plain: str) -> None:
    assert without_markup(text) == plain


def test_a_setting_knows_a_named_limit() -> None:
    query = parse_query("Was it below the limit?", [CHARTS["squad"]])
    assert not setting_of(query, "", CHARTS["squad"].panels).limited
