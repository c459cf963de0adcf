"""Questions that were taken for others: their values first, then how they are asked in several languages."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.fitting import declines
from vision_magic.engine.questions.checks.unused import unused_in
from vision_magic.engine.questions.language import language_of
from vision_magic.engine.questions.parse import parse_query


def values(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear")


YEARS: Final = (2018.0, 2019.0, 2020.0, 2021.0)
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr")
CROPS: Final = ("고추", "마늘", "참깨")
AGES: Final = ("20대", "30대", "40대")
DAYS: Final = ("Mon", "Tue", "Wed")
CHARTS: Final[dict[str, Chart]] = {
    "crops": chart(
        "2024년 작물별 소득",
        names("작물", *CROPS),
        values("소득", "만원"),
        one("bars", CROPS, (420, 380, 100)),
    ),
    "clubs": chart(
        "동아리 회원 수",
        values("연도"),
        values("회원 수", "명"),
        one("line", YEARS, (35, 33, 27, 29), "농구"),
        one("line", YEARS, (18, 24, 25, 31), "배드민턴"),
    ),
    "checkup": chart(
        "연령대별 수검률",
        names("연령대", *AGES),
        values("수검률", "%"),
        one("bars", AGES, (52, 61, 70), "남성"),
        one("bars", AGES, (49, 63, 72), "여성"),
    ),
    "honey": chart(
        "Honigertrag",
        values("Jahr"),
        values("Honigertrag", "kg"),
        one("line", YEARS, (14, 17, 9, 21), "Frühtracht"),
        one("line", YEARS, (20, 15, 18, 24), "Sommertracht"),
    ),
    "on time": chart(
        "Deliveries",
        names("Month", *MONTHS),
        values("Delivered on time", "%"),
        one("bars", MONTHS, (96.1, 90.3, 97.2, 94.6)),
        one("reference line", (0.0,), (95.0,), "Target (95 %)"),
    ),
    "reaction": chart(
        "Groups", names("Group", "A", "B"), values("Reaction time", "ms"), one("bars", ("A", "B"), (350, 280))
    ),
    "electricity": chart(
        "Electricity",
        names("Month", *MONTHS),
        values("Consumption", "kWh"),
        one("bars", MONTHS, (412, 338, 301, 287)),
        one("reference line", (0.0,), (300.0,), "Target: 300 kWh"),
    ),
    "wheat": chart(
        "Prix moyen du blé tendre",
        names("Mois", *MONTHS),
        values("Prix", "€/t"),
        one("line", MONTHS, (281, 412, 378, 398)),
    ),
    "runs": chart(
        "Mes courses de 10 km",
        names("Mois de la course", *MONTHS),
        values("Temps", "min"),
        one("line", MONTHS, (54.5, 53.2, 49.4, 49.1)),
    ),
    "water": chart(
        "Water use",
        names("Day", *DAYS),
        values("Water", "litres"),
        one("stacked bars", DAYS, (120, 95, 130), "Shower"),
        one("stacked bars", DAYS, (85, 80, 90), "Laundry"),
    ),
    "eggs": chart(
        "Hen eggs",
        values("Egg weight", "g"),
        values("Number of eggs"),
        one("histogram", (47.5, 52.5, 57.5), (3, 9, 4)),
    ),
    "inflow": chart(
        "Inflow",
        names("Time of day", "00:00", "08:00", "16:00"),
        values("Inflow", "L/s"),
        one("line", ("00:00", "08:00", "16:00"), (88, 287, 250), "Mon"),
        one("line", ("00:00", "08:00", "16:00"), (97, 203, 190), "Tue"),
    ),
    "doses": chart(
        "Settling",
        values("Time", "min"),
        values("Volume", "mL"),
        one("line", (0.0, 2.0, 10.0), (1000, 950, 640), "2 mg/L"),
        one("line", (0.0, 2.0, 10.0), (1000, 880, 480), "4 mg/L"),
    ),
    "daily": chart(
        "Level", values("Day in May"), values("Level", "cm"), one("line", (2.0, 3.0, 4.0, 5.0), (15, 18, 20, 24))
    ),
    "pumps": chart(
        "Power",
        names("", "UV disinfection", "Mixing", "Inlet pumps"),
        values("Electricity", "MWh"),
        one("bars", ("UV disinfection", "Mixing", "Inlet pumps"), (33, 21, 64)),
    ),
    "slots": chart(
        "Customers",
        names("Slot", "A 7 to 9", "B 9 to 11", "C 11 to 13"),
        values("Customers"),
        one("bars", ("A 7 to 9", "B 9 to 11", "C 11 to 13"), (50, 80, 40)),
    ),
    "tickets": chart(
        "Tickets",
        names("Day", *DAYS),
        values("Tickets"),
        one("bars", DAYS, (4, 7, 2), "Critical"),
        one("bars", DAYS, (9, 5, 6), "Technical"),
    ),
    "running": chart(
        "Weekly distance",
        values("Week"),
        values("Distance", "km"),
        one("line", (1.0, 2.0, 3.0, 4.0), (42, 55, 60, 48)),
    ),
    "memory": chart(
        "Memory by batch size",
        values("Batch size"),
        values("Memory", "GB"),
        one("line", (8.0, 16.0, 32.0, 64.0), (3, 5, 9, 17), "bf16"),
        one("line", (8.0, 16.0, 32.0, 64.0), (5, 9, 17, 33), "fp32"),
    ),
    "ablation": chart(
        "Ablation",
        names("Method", "baseline", "mixup", "cutmix"),
        values("Accuracy", "%"),
        one("bars", ("baseline", "mixup", "cutmix"), (71, 73, 74)),
    ),
    "winters": chart(
        "Colonies",
        names("Winter", "2021/22", "2022/23"),
        values("Colonies"),
        one("bars", ("2021/22", "2022/23"), (20, 24), "Before winter"),
        one("bars", ("2021/22", "2022/23"), (15, 23), "In spring"),
    ),
    "sales": chart(
        "Test days",
        values("Day"),
        values("Revenue per visitor", "$"),
        one("line", (1.0, 2.0, 3.0, 4.0), (2.5, 2.8, 3.1, 3.4)),
    ),
    "budget": chart(
        "Our budget",
        names("", "Rent", "Groceries", "Leisure"),
        values("Share", "%"),
        one("pie", ("Rent", "Groceries", "Leisure"), (50, 30, 20)),
    ),
}


def answer(name: str, question: str) -> str:
    query = parse_query(question, [CHARTS[name]])
    if not query.operations or query.operations == ("cannot",):
        return ""
    sentences = list(answer_query(query, [CHARTS[name]]))
    text = " ".join(sentences)
    unused = unused_in(question, query, sentences, [CHARTS[name]])
    return "" if unused or declines(text, language_of(question)) else text


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        # 작 of 작물 is no word for little
        ("crops", "소득이 가장 높은 작물은?", ("420", "고추")),
        ("crops", "소득이 가장 낮은 작물은?", ("100", "참깨")),
        # what 보다 marks is the one compared with
        ("checkup", "남성보다 여성의 수검률이 높은 연령대는 몇 개인가요?", ("여성", "2개", "30대", "40대")),
        ("checkup", "여성이 남성보다 수검률이 낮은 연령대는?", ("1개", "20대")),
        ("clubs", "배드민턴 회원 수가 처음으로 농구보다 많아진 해는?", ("2021", "31", "29")),
        ("clubs", "배드민턴 회원 수가 농구 회원 수를 처음 넘은 해는?", ("2021", "31", "29")),
        ("honey", "In wie vielen Jahren war die Frühtracht niedriger als die Sommertracht?", ("3 von 4", "2018")),
        ("honey", "In welchen Jahren war die Frühtracht höher als die Sommertracht?", ("1 von 4", "2019")),
        ("honey", "Um wie viel ist die Frühtracht von 2020 auf 2021 gestiegen?", ("9 kg", "21 kg", "12 kg")),
        # on time is no time, and a reaction time is none on time
        ("on time", "Quel mois a été le pire ?", ("90,3",)),
        ("on time", "What was our best month?", ("97.2",)),
        ("reaction", "Which group is the slowest?", ("highest", "350")),
        # a target of what should be low is met from above
        ("electricity", "In wie vielen Monaten haben wir das Ziel erreicht?", ("1 von 4", "287")),
        ("electricity", "In how many months did we miss the target?", ("3 of 4", "412")),
        ("electricity", "목표를 달성한 달은 몇 개인가요?", ("4개 중 1개", "287")),
        ("on time", "In wie vielen Monaten haben wir das Ziel erreicht?", ("2 von 4", "97,2")),
        ("on time", "In how many months did we miss the target?", ("2 of 4", "90.3")),
        ("on time", "Haben wir das Ziel im Februar erreicht?", ("Nein", "90,3")),
        ("wheat", "Quel mois le prix du blé a-t-il été le plus élevé ?", ("412", "février")),
        ("wheat", "Quel était le prix du blé tendre en mars ?", ("378",)),
        ("runs", "De combien de minutes me suis-je amélioré entre janvier et avril ?", ("5,4 min",)),
        ("water", "How many litres did the shower take on Tuesday?", ("95 litres",)),
        ("crops", "전체 소득은 모두 얼마야?", ("900",)),
        ("clubs", "가장 크게 회원이 늘어난 동아리는?", ("배드민턴", "13 명")),
        ("honey", "En quelles années Frühtracht était-elle plus basse que Sommertracht ?", ("3 cas sur 4", "2018")),
        # names in another language
        ("budget", "Welcher Anteil entfällt auf Lebensmittel?", ("30 %", "Groceries")),
        ("budget", "식료품의 비중은 얼마인가요?", ("30 %", "Groceries")),
        ("clubs", "Wie viele Mitglieder hatte Badminton 2020?", ("25",)),
        ("water", "Combien de litres pour la douche le mardi ?", ("95 litres",)),
        # names with numbers, said in another form
        ("inflow", "How much comes in at 8 on Mon?", ("287",)),
        ("inflow", "Wie viel war es Tue um 8 Uhr?", ("203",)),
        ("inflow", "Tue 8시에는 얼마야?", ("203",)),
        ("doses", "Wie groß ist nach 10 Minuten der Unterschied zwischen 2 und 4 mg/L?", ("160",)),
        ("daily", "What was the level on the 4th?", ("20",)),
        ("pumps", "How much more does the UV use than the mixing?", ("12",)),
        # names that are alike in two languages
        ("tickets", "Wie viele kritische Tickets gab es am Dienstag?", ("Critical", "7")),
        ("tickets", "¿Cuántos tickets críticos hubo el martes?", ("Critical", "7")),
        # a unit in short, a currency, and a limit into which something fits
        ("running", "when did I first do 60k", ("Week 3", "60 km")),
        ("running", "weeks with more than 50k", ("2 of 4", "50 km")),
        ("sales", "first day that topped 3 dollars", ("above 3", "Day 2.67")),
        ("memory", "largest batch that fits into 10 GB with bf16", ("Batch size 32", "9 GB")),
        ("memory", "Welche größte Batch passt in 10 GB mit bf16?", ("32", "9 GB")),
        ("runs", "처음으로 50분 안에 들어온 게 언제야", ("49.4",)),
        # a name that sounds like something else, and a word of an axis that names no series
        ("ablation", "is cutmix better than mixup", ("Yes", "74 %", "73 %")),
        ("winters", "how many colonies in all winters", ("44", "38")),
    ],
)
def test_the_answer_is_to_the_question_that_is_asked(name: str, question: str, words: tuple[str, ...]) -> None:
    text = answer(name, question)
    assert [word for word in words if word not in text] == [], text


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("wheat", "Quel était le prix du maïs en mars ?"),
        ("wheat", "Quel était le prix du blé dur en mars ?"),
        ("water", "Combien d'eau chaude a-t-on utilisée mardi ?"),
        ("runs", "Combien de courses ai-je faites en tout ?"),
        ("runs", "Combien de kilomètres ai-je courus en tout ?"),
        ("runs", "Quelle était ma fréquence cardiaque en mars ?"),
        ("runs", "Quelle était ma vitesse en mars ?"),
        ("runs", "Quel temps faisait-il en mars ?"),
        ("runs", "Quel temps vais-je faire en mars ?"),
        ("water", "How many goats drank in total?"),
        ("water", "How much water will we use next Tuesday?"),
        ("water", "Wie viel Wasser brauchen wir nächsten Dienstag?"),
        ("clubs", "2020년 농구 동아리의 여학생은 몇 명이야?"),
        ("checkup", "70대의 수검률은 얼마인가요?"),
        ("eggs", "Wie viel wog das schwerste Ei?"),
        ("clubs", "Which club lost most members in 2020?"),
        ("water", "Um wie viele Liter wurde am Dienstag geduscht?"),
        ("honey", "Wie hoch war die Spannung 2020?"),
        # a bound of names that are spans
        ("slots", "how many customers come before 11"),
        # a time that is not drawn
        ("budget", "In which month did we spend most?"),
        ("reaction", "An welchem Wochentag war die Reaktionszeit am kürzesten?"),
        ("ablation", "En quelle année la précision était-elle la plus élevée ?"),
        ("crops", "소득이 가장 높은 건 무슨 요일이야?"),
    ],
)
def test_a_question_for_something_else_is_declined(name: str, question: str) -> None:
    assert answer(name, question) == ""
