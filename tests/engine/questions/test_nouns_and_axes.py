"""Questions of which a noun, a unit or a superlative says which row, column, series, panel or point is meant.

They are put to the rules alone, so that no classifier answers for them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from vision_magic.engine.chart.from_facts import chart_of_facts
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.fitting import unheeded_in
from vision_magic.engine.questions.parse import parse_query
from vision_magic.images.figure_facts.facts import facts

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]


def attendance() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Attendance (%)", xlabel="Teaching week", ylabel="Module")
    axes.imshow([[80, 75, 70, 60], [90, 85, 60, 70], [50, 65, 55, 45]])
    axes.set_xticks(range(4), ["W1", "W2", "W3", "W4"])
    axes.set_yticks(range(3), ["Algebra", "Optics", "Logic"])
    return figure


def visitors(title: str, *names: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title)
    axes.imshow([[3, 8, 5], [4, 12, 7], [1, 6, 9]])
    axes.set_xticks(range(3), names[:3])
    axes.set_yticks(range(3), names[3:])
    return figure


def visitors_in_german() -> Figure:
    return visitors("Besucher", "8-10", "10-12", "12-14", "Montag", "Dienstag", "Mittwoch")


def visitors_in_korean() -> Figure:
    return visitors("방문자 수", "9시", "12시", "15시", "월", "화", "수")


def visitors_in_chinese() -> Figure:
    return visitors("客流量", "9点", "12点", "15点", "周一", "周二", "周三")


def customers() -> Figure:
    figure = visitors("", "9h", "12h", "15h", "lun", "mar", "mié")
    figure.colorbar(figure.axes[0].images[0], label="Clientes")
    return figure


def soil() -> Figure:
    figure = Figure()
    left = figure.add_subplot(ylabel="Rainfall (mm)")
    left.bar(MONTHS, [60, 45, 30, 12, 25, 50], label="Rainfall")
    right = left.twinx()
    right.plot(MONTHS, [3, 4, 8, 11, 15, 18], "r", label="Soil temperature")
    right.set_ylabel("Soil temperature (°C)")
    return figure


def shells() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Width (mm)", ylabel="Height (mm)")
    axes.scatter([10, 20, 30], [5, 9, 12], label="Whelk")
    axes.scatter([15, 25, 40], [7, 14, 11], label="Cockle")
    axes.legend()
    return figure


def campaigns() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Cost (€)", ylabel="Revenue (€)").scatter([100, 250, 400, 800], [900, 1500, 1300, 1250])
    return figure


def rides() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Distance (km)", ylabel="Speed (km/h)").scatter([12, 25, 48, 60], [25, 31, 22, 24])
    return figure


def shop() -> Figure:
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.plot(MONTHS[:5], [1.2, 1.5, 1.9, 2.1, 2.4])
    left.set(title="Conversion rate", ylabel="Conversion (%)")
    right.plot(MONTHS[:5], [60, 58, 50, 48, 41])
    right.set(title="Average order value", ylabel="€")
    return figure


def tank() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Day", ylabel="Level (l)").plot(range(5), [500, 460, 430, 390, 340])
    return figure


def marks() -> Figure:
    figure = Figure()
    figure.add_subplot(ylabel="Marks").bar(["Ann", "Ben", "Cat", "Dan"], [35, 62, 38, 80])
    return figure


def sites() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Plants")
    axes.bar(np.arange(4) - 0.2, [5, 8, 2, 9], 0.4, label="Mown lawn")
    axes.bar(np.arange(4) + 0.2, [12, 7, 6, 3], 0.4, label="Unmown strip")
    axes.set_xticks(range(4), ["Daisy", "Clover", "Yarrow", "Dock"])
    axes.legend()
    return figure


def exam() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Exam mark", ylabel="Students")
    axes.hist([31, 35, 42, 44, 48, 51, 52, 55, 57, 63, 66, 71, 78, 85], bins=6)
    return figure


def deliveries() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Transporteur", ylabel="Délai de livraison (h)")
    values = [[20, 24, 26, 28, 35], [30, 31, 32, 33, 34], [15, 22, 29, 40, 50, 80]]
    axes.boxplot(values, tick_labels=["Colis+", "Rapido", "Velox"])
    return figure


def answer(figure: Figure, question: str) -> str:
    charts = [chart_of_facts(facts(figure))]
    return " ".join(answer_query(parse_query(question, charts), charts))


@pytest.mark.parametrize(
    ("figure", "question", "words", "never"),
    [
        # The label of an axis, or what its names are, tells rows from columns.
        (attendance, "Which module is best attended on average?", "“Optics” has the highest mean: 76.25", "W2"),
        (attendance, "which module has the lowest attendance", "“Logic”", "W4"),
        (attendance, "In which week was it worst across all modules?", "“W4” has the lowest mean: 58.33", "Logic"),
        (attendance, "Which week had the lowest attendance?", "“W4”", "Logic"),
        (attendance, "Which module and week has the lowest attendance?", "45 (row “Logic”, column “W4”)", "mean"),
        (attendance, "where is attendance lowest", "45 (row “Logic”, column “W4”)", "mean"),
        (attendance, "Quelle semaine est la pire en moyenne ?", "« W4 »", "Logic"),
        (attendance, "¿Qué semana tiene la media más baja?", "«W4»", "Logic"),
        (
            visitors_in_german,
            "An welchem Wochentag ist am meisten los?",
            "„Dienstag“ hat die höchste Summe: 23",
            "10-12",
        ),
        (visitors_in_german, "Zu welcher Uhrzeit ist am wenigsten los?", "„8-10“ hat die niedrigste Summe: 8", "tag"),
        (
            visitors_in_german,
            "Welcher Wochentag und welche Uhrzeit hat die meisten Besucher?",
            "Zeile „Dienstag“",
            "Summe",
        ),
        (visitors_in_korean, "방문자가 가장 많은 요일은?", "“화”: 23", "12시"),
        (visitors_in_korean, "방문자가 가장 많은 시간대는?", "“12시”: 26", "화"),
        (visitors_in_korean, "방문자가 가장 많은 요일과 시간대는?", "“화” 행, “12시” 열", "23"),
        (visitors_in_chinese, "哪一天的客流量最高？", "“周二”:23", "12点"),
        (visitors_in_chinese, "哪个时段客流最多？", "“12点”:26", "周二"),
        (customers, "¿Qué día hay más clientes?", "«mar» tiene la suma más alta: 23", "entiendo"),
        (customers, "¿A qué hora hay menos clientes?", "«9h» tiene la suma más baja: 8", "entiendo"),
        # The value of one series where another is extreme.
        (soil, "How warm was the soil in the driest month?", "“Soil temperature” in April is 11 °C", "January"),
        (soil, "Wie warm war der Boden im trockensten Monat?", "im April ist 11 °C", "Januar"),
        (soil, "Combien de pluie est tombée pendant le mois le plus chaud ?", "en juin est 50 mm", "avril"),
        (soil, "¿Qué temperatura tenía el suelo en el mes más seco?", "en abril es 11 °C", "enero"),
        (soil, "가장 건조한 달의 토양 온도는?", "11 °C", "18 °C"),
        (soil, "最干燥的月份土壤温度是多少？", "11 °C", "18 °C"),
        # A superlative is one of the axis that measures it.
        (shells, "How tall was the widest shell of all?", "“Cockle” at Width = 40 mm is 11 mm", "14"),
        (shells, "Wie hoch ist die breiteste Muschel?", "11 mm", "14"),
        (shells, "how wide is the widest shell", "40 mm", "14"),
        (campaigns, "how much revenue came from the most expensive campaign", "Cost = 800 € is 1250 €", "1500"),
        (campaigns, "what was the revenue of the cheapest campaign", "Cost = 100 € is 900 €", "1250"),
        (campaigns, "Wie viel Umsatz brachte die teuerste Kampagne?", "1250 €", "1500"),
        (rides, "how long was my longest ride", "60 km", "31"),
        (rides, "Wie lang war meine längste Fahrt?", "60 km", "31"),
        (rides, "how fast was I on my longest ride", "24 km/h", "31"),
        (rides, "which ride was fastest", "31 km/h", "60"),
        # A unit chooses the axis, and a part of a name the panel.
        (soil, "Which was the first month with the soil above 10 degrees?", "April: 11 °C", "Rainfall"),
        (soil, "In welchen Monaten war es über 15 Grad?", "Juni (18 °C)", "Rainfall"),
        (soil, "Quels mois dépassent 10 degrés ?", "11 °C", "Rainfall"),
        (soil, "¿En qué meses superó los 10 grados?", "11 °C", "Rainfall"),
        (soil, "10도를 넘은 달은?", "11 °C", "Rainfall"),
        (soil, "哪几个月超过10度？", "11 °C", "Rainfall"),
        (shop, "when did it go above 50 €", "January (60 €)", "Conversion"),
        (shop, "which months were above 2 percent", "2.1 %", "order"),
        (shop, "In welchen Monaten lag der Wert unter 50 Euro?", "April (48 €)", "Conversion"),
        (shop, "when was the order value highest", "60 €, in January", "Conversion"),
        (shop, "¿Cuándo fue más alta la conversión?", "2,4 %, en mayo", "order"),
        # Whether two courses move alike.
        (shop, "Do conversion and order value move together or in opposite directions?", "r = -0.99", "understand"),
        (shop, "Bewegen sich beide in dieselbe Richtung?", "r = -0,99", "verstehe"),
        (shop, "两者是同向变化还是反向变化？", "r = -0.99", "不理解"),
        # The last value against the first.
        (tank, "By how much is the last reading below the first?", "by 160 l", "understand"),
        (tank, "how much has it dropped compared with the start", "by 160 l", "understand"),
        (tank, "Um wie viele Liter lag der letzte Messwert unter dem ersten?", "um 160 l", "verstehe"),
        (tank, "Wie viel ist seit Beginn verloren gegangen?", "um 160 l", "verstehe"),
        (tank, "De combien la dernière mesure est-elle inférieure à la première ?", "160 l", "comprends"),
        (tank, "¿Cuánto ha bajado la última medición respecto a la primera?", "160 l", "entiendo"),
        (tank, "마지막 측정값은 첫 측정값보다 얼마나 낮아요?", "160 l", "이해하지"),
        (tank, "最后一次读数比第一次低多少？", "160 l", "不理解"),
        (tank, "How many days lie between the first and the last reading?", "", "by 160 l"),
        (tank, "Wie viele Tage liegen zwischen der ersten und der letzten Messung?", "", "um 160 l"),
        (tank, "when was the first reading below 400", "390 l", "160"),
        # A limit that another clause tells.
        (marks, "pass mark is 40, how many were below that?", "2 of 4 values are below 40", "62"),
        (marks, "The pass mark is 40. How many fell short?", "2 of 4 values are below 40", "62"),
        (marks, "Die Bestehensgrenze liegt bei 40, wie viele waren darunter?", "2 von 4", "62"),
        (marks, "La note de passage est 40, combien sont en dessous ?", "2 des 4", "62"),
        (marks, "El aprobado es 40, ¿cuántos están por debajo?", "2 de 4", "62"),
        (marks, "합격점은 40점인데, 그보다 낮은 사람은 몇 명이에요?", "4개 중 2개", "62"),
        (marks, "及格线是40，有多少人低于这个？", "4 个值中有 2 个", "62"),
        # All values together.
        (
            sites,
            "If I add up all four species, which site has more?",
            "“Unmown strip” has the highest sum: 28",
            "Daisy",
        ),
        (sites, "If I add up both sites, which species has most?", "“Daisy” has the highest sum: 17", "strip"),
        (sites, "Wenn man alle Arten zusammenzählt, welcher Standort hat mehr?", "„Unmown strip“", "Daisy"),
        (sites, "En additionnant tout, quel site en a le plus ?", "« Unmown strip »", "Daisy"),
        (sites, "Si sumamos todo, ¿qué sitio tiene menos?", "«Mown lawn»", "Daisy"),
        (sites, "다 더하면 어느 쪽이 더 많아요?", "“Unmown strip”", "Daisy"),
        (sites, "全部加起来哪个更多？", "“Unmown strip”", "Daisy"),
        (exam, "how many students sat the exam", "The sum is 14", "understand"),
        (exam, "how many orders in total that day", "The sum is 14", "understand"),
        (exam, "how many students failed", "“failed”", "14"),
        (exam, "Wie viele haben mitgeschrieben?", "Die Summe ist 14", "verstehe"),
        (exam, "Combien d'élèves ont passé l'examen ?", "14", "comprends"),
        (exam, "¿Cuántos alumnos hicieron el examen?", "14", "entiendo"),
        (exam, "시험을 본 학생은 모두 몇 명이에요?", "14", "이해하지"),
        (exam, "一共有多少学生？", "14", "不理解"),
        # Boxes: their spread, and the end of one of them.
        (deliveries, "Chez quel transporteur les délais varient-ils le moins ?", "« Rapido »", "Colis"),
        (deliveries, "Quel transporteur a le délai médian le plus long ?", "34,5 h, à « Velox »", "80"),
        (deliveries, "What was Velox's slowest delivery?", "80 h, at “Velox”", "median"),
        (deliveries, "Velox의 가장 느린 배송은 몇 시간이에요?", "80 h", "중앙값"),
        (deliveries, "¿Cuál fue la entrega más lenta de Velox?", "80 h", "mediana"),
        (deliveries, "which carrier is slowest", "The highest median is 34.5 h", "80"),
    ],
)
def test_the_noun_or_the_axis_decides(figure: Callable[[], Figure], question: str, words: str, never: str) -> None:
    told = answer(figure(), question)
    assert words in told
    assert never not in told


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Which week had the lowest attendance?", "“Logic” has the lowest mean: 53.75.", "week"),
        ("Which module had the lowest attendance?", "“W4” has the lowest mean: 58.33.", "module"),
        ("Which week had the lowest attendance?", "“W4” has the lowest mean: 58.33.", ""),
        ("Which week had the lowest attendance?", "The lowest value is 45 (row “Logic”, column “W4”).", ""),
    ],
)
def test_a_row_is_no_answer_to_a_question_for_a_column(question: str, told: str, left_out: str) -> None:
    charts = [chart_of_facts(facts(attendance()))]
    assert unheeded_in(question, parse_query(question, charts), [told], charts) == left_out
