"""Questions about heat maps in which rows and columns have names: limits, sums, courses, adjectives, and classes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked


def table(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]], *labels: str) -> Figure:
    """Draw a heat map with a title, the labels of its columns and rows, and that of its colours."""
    figure = Figure()
    title, along, beside, measured = labels
    axes = figure.add_subplot(title=title, xlabel=along, ylabel=beside)
    image = axes.imshow(values, aspect="auto")
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    figure.colorbar(image, label=measured)
    return figure


def handball() -> Figure:
    values = [[9, 7, 6, 4, 3], [4, 5, 8, 9, 7], [2, 3, 5, 6, 8], [6, 6, 3, 2, 5]]
    months = ["Sep", "Oct", "Nov", "Dec", "Jan"]
    return table(
        ["Lena", "Mira", "Tess", "Joan"], months, values, "Goals per player", "Month", "Player", "Number of goals"
    )


def beds() -> Figure:
    values = [[38, 35, 30, 26], [34, 30, 27, 25], [28, 22, 19, 17], [30, 25, 18, 13]]
    weeks = [f"Week {number}" for number in range(1, 5)]
    beds = ["Straw", "Lawn", "Gravel", "Bare soil"]
    return table(beds, weeks, values, "Soil moisture in four beds", "Week", "Surface", "Moisture (%)")


def trams() -> Figure:
    values = [[3, 2, 4, 3, 5], [6, 7, 9, 8, 10], [2, 2, 3, 1, 4]]
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    return table(["Tram 1", "Tram 4", "Bus 12"], days, values, "Average delay", "Day", "Line", "Delay (min)")


def rooms() -> Figure:
    values = [[55, 60, 82], [70, 78, 61], [38, 42, 45]]
    return table(["Canteen", "Gym", "Library"], ["8:00", "10:00", "12:00"], values, "", "Time", "Room", "Noise (dB)")


def lamps() -> Figure:
    values = [[320, 520, 150], [450, 610, 90], [80, 120, 60]]
    return table(["Kitchen", "Office", "Hall"], ["8:00", "12:00", "20:00"], values, "", "Time", "Room", "Light (lux)")


def patch() -> Figure:
    values = [[0, 1.5, 3.2], [1.1, 2.0, 1.4], [0, 0, 2.5]]
    return table(["Peas", "Radishes", "Leeks"], ["April", "May", "June"], values, "", "Month", "Crop", "Harvest (kg)")


def sorter() -> Figure:
    values = [[44, 5, 1], [7, 52, 6], [2, 3, 80]]
    fruit = ["Apple", "Pear", "Plum"]
    return table(fruit, fruit, values, "Confusion matrix", "Predicted class", "True class", "Number of photos")


LIMITS = [
    (handball, "How many players scored more than six goals in January?", "2 of 4 values in January are above 6"),
    (handball, "Wie viele Spielerinnen haben im Januar mehr als sechs Tore geschossen?", "2 von 4 Werten im Januar"),
    (handball, "Combien de joueuses ont marqué plus de six buts en janvier ?", "2 des 4 valeurs"),
    (handball, "¿Cuántas jugadoras marcaron más de seis goles en enero?", "2 de 4 valores en enero"),
    (handball, "In how many months did Tess score fewer than five goals?", "2 of 5 values of “Tess” are below 5"),
    (beds, "How many surfaces were below 20 % in week 3?", "2 of 4 values at “Week 3” are below 20 %"),
    (trams, "How many lines were more than 4 minutes late on Friday?", "2 of 3 values at “Fri” are above 4 min"),
]
SUMS = [
    (handball, "Who scored the most goals over the five months taken together?", "“Mira” has the highest sum: 33"),
    (
        handball,
        "Wer hat über die fünf Monate zusammen die meisten Tore geschossen?",
        "„Mira“ hat die höchste Summe: 33",
    ),
    (handball, "Qui a marqué le plus de buts sur les cinq mois réunis ?", "« Mira » a la somme la plus élevée : 33"),
    (handball, "¿Quién marcó más goles en los cinco meses juntos?", "«Mira» tiene la suma más alta: 33"),
    (handball, "전체 기간에 골을 가장 적게 넣은 사람은 누구예요?", "“Joan”: 22"),
    (handball, "整个赛季谁进球最少？", "“Joan”:22"),
    (handball, "How many goals were scored in October altogether?", "21"),
    (beds, "What was the average soil moisture in the lawn?", "The mean of “Lawn” is 29 % (4 values)."),
    (beds, "草坪下土壤的平均湿度是多少？", "“Lawn”的平均值是 29 %"),
]
COURSES = [
    (handball, "Did Lena's scoring get better or worse as the season went on?", "“Lena” falls from 9"),
    (handball, "Wurde Lena im Laufe der Saison besser oder schlechter?", "„Lena“ fällt von 9"),
    (handball, "¿Lena mejoró o empeoró a lo largo de la temporada?", "«Lena» baja de 9"),
    (handball, "随着赛季进行，Lena的进球数变好了还是变差了？", "“Lena”从 9(9月)下降到 3(1月)"),
    (handball, "Did Tess get better over the season?", "Yes. “Tess” rises from 2"),
    (beds, "De combien l'humidité du sol nu a-t-elle baissé entre la semaine 1 et la semaine 4 ?", "soit 17 points"),
    (beds, "Um wie viel sank die Feuchtigkeit unter dem Stroh zwischen Woche 1 und Woche 4?", "um 12 Prozentpunkte"),
]
ADJECTIVES = [
    (beds, "Which surface was driest in week 4, and what was its moisture?", "“Bare soil” is the lowest at “Week 4”"),
    (beds, "¿En qué semanas estuvo la grava más seca que el suelo desnudo?", "en 2 de 4 casos"),
    (beds, "哪几周砾石比裸土更干燥？", "4 处中有 2 处“Bare soil”高于“Gravel”"),
    (beds, "How wet was the soil under the lawn in week 2?", "The value of “Lawn” at “Week 2” is 30 %."),
    (beds, "Wie feucht war der Rasen in Woche 2?", "„Lawn“ bei „Week 2“ ist 30 %"),
    (trams, "Which line is the most punctual over the whole week?", "“Bus 12” has the lowest sum"),
    (trams, "Which line is the least punctual overall?", "“Tram 4” has the highest sum"),
    (trams, "How late was Tram 4 on Wednesdays?", "is 9 min"),
    (rooms, "At what times was the gym quieter than the canteen?", "“Canteen” is higher than “Gym” at 1 of 3"),
    (rooms, "À quelles heures le gymnase était-il plus bruyant que la cantine ?", "dans 2 cas sur 3"),
    (rooms, "체육관이 도서관보다 더 시끄러웠던 시간은 언제인가요?", "“Gym”"),
    (lamps, "Welcher Raum ist um 20 Uhr am dunkelsten?", "„Hall“ ist bei „20:00“ am niedrigsten"),
    (lamps, "Quelle pièce est la plus sombre à 20 h ?", "« Hall » est la plus basse"),
    (lamps, "20시에 가장 어두운 방은 어디인가요?", "“Hall”이 가장 낮습니다"),
    (lamps, "20点哪个房间最暗？", "最低的是“Hall”"),
    (lamps, "How bright is the kitchen at 12:00?", "520 lux"),
]
NOTHING = [
    (patch, "Which crops were already giving a harvest in April?", "1 of 3 values in April is above 0 kg: “Radishes”"),
    (patch, "¿Qué verdura daba ya cosecha en abril?", "«Radishes» (1,1 kg)"),
    (patch, "Welches Gemüse brachte im Mai noch nichts?", "1 von 3 Werten im Mai"),
]
CLASSES = [
    (sorter, "How many pear photos were there in all?", "The sum of “Pear” (True class) is 65 (3 values)."),
    (sorter, "실제로 배 사진은 모두 몇 장인가요?", "“Pear” (True class)의 합계는 65입니다"),
    (sorter, "How many photos were predicted to be plums?", "The sum of “Plum” (Predicted class) is 87 (3 values)."),
    (sorter, "How many photos of melons are there in total?", "I do not understand “melons” here."),
]


@pytest.mark.parametrize(("figure", "question", "answer"), [*LIMITS, *SUMS, *COURSES, *ADJECTIVES, *NOTHING, *CLASSES])
def test_table_is_asked_by_the_names_of_rows_and_columns(
    figure: Callable[[], Figure], question: str, answer: str
) -> None:
    assert answer in asked(question, figure)


def valleys() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Rainfall (mm)")
    axes.bar(["Dry valley", "Wet valley"], [300, 900])
    return figure


def test_adjective_of_a_name_is_left_as_it_is() -> None:
    assert "Dry valley" in asked("How much rain fell in the dry valley?", valleys)
