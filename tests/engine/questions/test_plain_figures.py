"""Questions as people type them about figures of everyday life, from the question to the sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def stack(axes: Axes, names: list[str], series: dict[str, list[int]]) -> None:
    """Draw bars on top of each other, with a legend."""
    bottom = [0] * len(names)
    for name, values in series.items():
        axes.bar(names, values, bottom=bottom, label=name)
        bottom = [a + b for a, b in zip(bottom, values, strict=True)]
    axes.legend()


def pool() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Swimmers", xlabel="Time of day", ylabel="Day")
    image = axes.imshow([[9, 14, 30, 22], [7, 12, 26, 18], [12, 18, 41, 25], [4, 8, 15, 6]])
    axes.set_xticks(range(4), ["8 am", "10 am", "12 pm", "3 pm"])
    axes.set_yticks(range(4), ["Mon", "Tue", "Wed", "Fri"])
    figure.colorbar(image, label="Swimmers")
    return figure


def queues() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="时段", ylabel="星期")
    image = axes.imshow([[30, 50, 20, 10], [20, 44, 16, 12]])
    axes.set_xticks(range(4), ["9点", "10点", "14点", "15点"])
    axes.set_yticks(range(2), ["周一", "周二"])
    figure.colorbar(image, label="等待时间(分钟)")
    return figure


def air() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="时间", ylabel="教室")
    image = axes.imshow([[480, 900, 1250], [430, 700, 910]])
    axes.set_xticks(range(3), ["8:00", "10:00", "12:00"])
    axes.set_yticks(range(2), ["甲班", "乙班"])
    figure.colorbar(image, label="二氧化碳(ppm)")
    return figure


def herds() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Tier", ylabel="Anzahl")
    for number, (year, values) in enumerate({"2021": [40, 90, 30], "2022": [46, 80, 33], "2023": [51, 85, 24]}.items()):
        axes.bar([place + 0.25 * (number - 1) for place in range(3)], values, 0.25, label=year)
    axes.set_xticks(range(3), ["Kühe", "Schafe", "Ziegen"])
    axes.legend()
    return figure


def blood() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel="Bags")
    stack(axes, ["2021", "2022", "2023"], {"苹果": [50, 60, 70], "梨": [20, 25, 30]})
    return figure


def bins() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Age (years)", ylabel="Members")
    axes.hist([5, 15, 16, 22, 25, 28, 33, 34, 35, 36, 45, 47, 58], bins=range(0, 70, 10))
    return figure


def trips() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Trajet (min)", ylabel="Élèves")
    axes.hist([10, 20, 35, 40, 50, 70, 80, 100], bins=range(0, 121, 20))
    return figure


def rowers() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Training (km)", ylabel="5-km-Zeit (min)")
    axes.scatter([5, 10, 20, 30], [30, 28, 24, 21])
    return figure


def rooms() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time", ylabel="CO2 (ppm)")
    times = ["08:00", "08:30", "09:00", "09:30"]
    axes.plot(times, [500, 900, 1100, 700], label="Room 101")
    axes.plot(times, [480, 600, 800, 660], label="Room 204")
    axes.plot(times, [700, 1010, 1300, 640], label="Lab")
    axes.legend()
    return figure


def grades() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="年级", ylabel="人数")
    axes.plot(["一年级", "二年级", "三年级"], [10, 20, 30], label="男生")
    axes.plot(["一年级", "二年级", "三年级"], [12, 19, 35], label="女生")
    axes.legend()
    return figure


def waste() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Müll", xlabel="Monat", ylabel="Menge (kg)")
    stack(axes, ["Jan", "Feb", "Mär"], {"Restmüll": [60, 50, 40], "Bioabfall": [20, 30, 40], "Papier": [20, 20, 20]})
    return figure


def classes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Klasse", ylabel="Punkte")
    axes.boxplot([[10, 20, 30, 40, 50], [25, 30, 35, 37, 40]], tick_labels=["10a", "10b"])
    return figure


def seedlings() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Height (cm)")
    axes.plot([0, 3, 6], [1, 4, 9], label="oats")
    axes.plot([0, 3, 6], [1, 3, 5], label="rye")
    axes.legend()
    return figure


def hives() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Woche", ylabel="Gewicht (kg)")
    axes.plot([1, 2, 3, 4], [28, 40, 61, 60], label="Lindenhof")
    axes.plot([1, 2, 3, 4], [30, 38, 50, 52], label="Waldrand")
    axes.legend()
    return figure


def entries() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Jour", ylabel="Entrées")
    stack(
        axes,
        ["lundi", "mercredi", "jeudi"],
        {"Adultes": [70, 80, 90], "Enfants": [60, 95, 50], "Seniors": [20, 25, 30]},
    )
    return figure


def greenhouse() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Hour", ylabel="Temperature (°C)")
    axes.plot([6, 10, 14], [12, 23, 34], label="Inside")
    axes.plot([6, 10, 14], [8, 14, 20], label="Outside")
    axes.legend()
    return figure


def dormitories() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="宿舍楼", ylabel="用水量(吨)")
    axes.bar([-0.2, 0.8], [320, 295], 0.4, label="3月")
    axes.bar([0.2, 1.2], [345, 380], 0.4, label="4月")
    axes.set_xticks(range(2), ["梅园", "松园"])
    axes.legend()
    return figure


def clubs() -> Figure:
    figure = Figure()
    figure.add_subplot().pie([45, 30, 15, 10], labels=["football", "chess", "choir", "art"], autopct="%d %%")
    return figure


def heaps() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Temperature (°C)")
    for name, values in {"Heap A": [18, 55, 34], "Heap B": [17, 41, 44], "Outdoor air": [11, 9, 12]}.items():
        axes.plot([1, 4, 8], values, "o-", label=name)
    axes.legend()
    return figure


def clinic() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="科室", ylabel="门诊量(人次)")
    stack(axes, ["内科", "外科", "儿科"], {"上午": [320, 145, 240], "下午": [210, 98, 300]})
    return figure


def flats() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Wohnfläche (m²)", ylabel="Heizkosten (€ pro Jahr)")
    axes.scatter([38, 60, 84, 120], [420, 640, 860, 1210])
    return figure


def recycling() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="재활용품 구성 (%)")
    axes.pie([50, 26, 13, 11], labels=["종이", "플라스틱", "유리병", "캔"], autopct="%d%%")
    return figure


def crops() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Art", ylabel="Anzahl")
    for number, (year, values) in enumerate({"2022": [46, 80, 30, 6], "2023": [51, 85, 24, 7]}.items()):
        axes.bar([place + 0.4 * number for place in range(4)], values, 0.4, label=year)
    axes.set_xticks(range(4), ["Kühe", "Schafe", "Ziegen", "Roggen"])
    axes.legend()
    return figure


def trees() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Trunk diameter (cm)", ylabel="Height (m)")
    axes.scatter([12, 22, 31, 45, 64], [5.2, 8.1, 11.5, 14, 17.6])
    return figure


def waits() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Espera (min)", ylabel="Pacientes")
    axes.hist([5, 10, 20, 35, 50], bins=[0, 15, 30, 45, 60])
    return figure


def calls() -> Figure:
    figure = Figure()
    names = ["Mot de passe", "Messagerie", "Imprimante", "Réseau"]
    figure.add_subplot(title="Appels (%)").pie([40, 24, 18, 18], labels=names, autopct="%d %%")
    return figure


def power() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="월", ylabel="발전량 (MWh)")
    stack(axes, ["1월", "2월", "3월"], {"태양광": [40, 50, 60], "풍력": [45, 40, 30], "수력": [20, 25, 28]})
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # rows and columns, and the hours that these are
        ("When is it busiest?", pool, ("41", "“Wed”", "“12 pm”")),
        ("Which day is busiest overall, adding up all the hours?", pool, ("“Wed”", "96")),
        ("Is Friday really the quietest day?", pool, ("summed up", "Yes", "33")),
        ("¿Es el lunes el día más tranquilo?", pool, ("No", "33")),
        ("How many swimmers were there on Tuesday at 3 pm?", pool, ("“Tue”", "“3 pm”", "18")),
        ("How many more swimmers came at noon on Wednesday than at noon on Monday?", pool, ("41", "11 higher")),
        ("Combien de nageurs le mercredi à midi ?", pool, ("41",)),
        ("什么时候等的时间最短?", queues, ("10", "“周一”行“15点”列")),
        ("周一10点要等多久", queues, ("50",)),
        ("上午和下午比,哪边等得更久?", queues, ("36", "14.5", "21.5")),
        # the course of places over the years that the series are
        ("Sind die Kühe jedes Jahr mehr geworden?", herds, ("„Kühe“", "nie")),
        ("How did Schafe develop?", herds, ("“Schafe”", "90", "85", "80")),
        ("Les Ziegen ont-elles augmenté ?", herds, ("« Ziegen »", "30", "24")),
        # sums of series
        ("2023年比2021年一共多多少", blood, ("100", "70", "30")),
        ("How many more bags in total in 2022 than in 2021?", blood, ("85", "70", "15")),
        ("average apple bags per year?", blood, ("mean of “苹果”", "60")),
        ("In wie vielen Monaten lag die Gesamtmenge über 95 Kilo?", waste, ("3 von 3", "100 kg")),
        # bins
        ("What percentage is younger than 30?", bins, ("46.2 %", "6 of 13")),
        ("How many are in the 30-40 group?", bins, ("4 of 13",)),
        ("How many more are in the 30-40 bin than in the 40-50 one?", bins, ("2 more", "4 of 13", "2 are")),
        ("20에서 30 사이는 몇 명", bins, ("3",)),
        ("40살도 안 되는 사람 비율이 몇 퍼센트야?", bins, ("76.9 %", "10")),
        ("Quelle part des élèves met moins d'une heure ?", trips, ("62,5 %",)),
        ("What percentage gets here in less than half an hour?", trips, ("2",)),
        # lengths that a label has
        ("Wie viele schaffen die 5 km in unter 25 Minuten?", rowers, ("2 von 4", "24 min", "21 min")),
        ("quel est le temps moyen sur 5 km ?", rowers, ("25,75 min",)),
        ("wie viele sind da eingezeichnet?", rowers, ("4",)),
        # times, and names by their numbers
        ("At what time did 101 first go over 1000?", rooms, ("“Room 101”", "first above 1000 ppm", "“09:00”")),
        ("Did 204 ever get above 1000 ppm?", rooms, ("No", "“Room 204”", "800 ppm")),
        ("what happens between 8:30 and 9?", rooms, ("“08:30”", "“09:00”", "1100 ppm")),
        ("When was the air worst in the lab?", rooms, ("1300 ppm", "“09:00”")),
        # names in order
        ("男生从几年级开始超过15?", grades, ("“二年级”", "20")),
        ("Wie hoch ist der Durchschnitt bei den Mädchen?", grades, ("„女生“", "22")),
        ("人数是不是年级越高越高?", grades, ("“男生”", "10", "30")),
        # compounds
        ("Welchen Anteil hatte der Biomüll im Februar?", waste, ("„Bioabfall“", "30 %")),
        # boxes
        ("Was war der höchste gemessene Wert?", classes, ("50", "„10a“")),
        ("Wie weit liegen die Mediane von 10a und 10b auseinander?", classes, ("30", "35", "um 5")),
        # the last day is the end of the axis, not the day before
        ("What's the gap between oats and rye on the last day?", seedlings, ("4 cm", "Day 6")),
        # of one series, of one of two, of all
        ("hat Lindenhof irgendwann auch mal abgenommen?", hives, ("1 von 3", "61 kg → 60 kg")),
        ("Was it ever colder inside than outside?", greenhouse, ("No",)),
        ("Sur toute la semaine, quel groupe vient le moins souvent ?", entries, ("« Seniors »", "75")),
        ("Quels jours les enfants sont-ils plus nombreux que les adultes ?", entries, ("1 cas sur 3", "« mercredi »")),
        ("跟三月比,变化最大的是哪栋楼", dormitories, ("“松园”", "85 吨")),
        ("Which building used the least water in March?", dormitories, ("“松园”", "295")),
        ("4월에 물을 가장 많이 쓴 건물은?", dormitories, ("“松园”", "380")),
        ("What's the highest value in the whole plot, and which class is it?", classes, ("50", "“10a”")),
        ("Où les points sont-ils les plus dispersés ?", classes, ("« 10a »",)),
        ("30보다 어린 사람은 몇 명이야?", bins, ("6",)),
        # hours are no parts of larger numbers, and noon is twelve o'clock however it is said
        ("哪个班没有超过1000?", air, ("“乙班”", "910")),
        ("中午12点乙班是多少?", air, ("12:00", "910")),
        # parts of a whole
        ("Does any club have more than a third?", clubs, ("Yes", "“football”", "45 %")),
        ("Est-ce qu'un club a plus d'un tiers ?", clubs, ("Oui", "45 %")),
        ("3분의 1 넘는 게 있어?", clubs, ("45 %",)),
        ("有没有哪个占到三分之一以上?", clubs, ("45 %",)),
        ("유리병이 캔보다 몇 %p 더 많지?", recycling, ("“유리병”", "“캔”", "2 %p")),
        ("Um wie viele Prozentpunkte liegt football vor chess?", clubs, ("„football“", "höher als „chess“")),
        # one year against the other
        ("Bei welchen Tieren ist die Zahl gegenüber dem Vorjahr gesunken?", crops, ("„Ziegen“", "30 → 24")),
        ("2023年黑麦收了多少?", crops, ("“Roggen”", "7")),
        # the height of trees is not that of the picture
        ("Is there a link between trunk diameter and height?", trees, ("r = ", "“Height”")),
        ("¿cuántos pacientes esperan menos de un cuarto de hora?", waits, ("2 de 5",)),
        ("De combien de points la messagerie dépasse-t-elle l'imprimante ?", calls, ("6 points",)),
        ("Which source generated the most overall?", power, ("“태양광”", "150")),
        ("quel moyen varie le moins d'un jour à l'autre ?", entries, ("« Seniors »",)),
        # letters of names, beside a name of another kind
        ("How much warmer was A than B on day 4?", heaps, ("14 °C", "“Heap B”")),
        ("Wie hat sich die Temperatur in Haufen A entwickelt?", heaps, ("„Heap A“", "von 18 °C", "zu 34 °C")),
        # stacked bars are as high as their sums
        ("哪个科室病人最多?", clinic, ("“儿科”", "540")),
        ("内科占全院门诊量的百分之几?", clinic, ("40 %", "1313")),
        # a number with the unit of places is one, and "max" is the highest
        ("Was kostet das Heizen bei der 60-m²-Wohnung?", flats, ("640 €",)),
        ("¿A qué precio sale la de 84 m²?", flats, ("860 €",)),
        ("C'est quoi le max ?", flats, ("1210 €",)),
        # of boxes, "ever" is about all their values, and of several series those that are beyond
        ("Did 10b ever get more than 60?", classes, ("No", "“10b”")),
        ("Is there a day with more than 40 at noon?", pool, ("Yes", "1 of 4", "41")),
    ],
)
def test_a_plain_question_is_answered(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How many swimmers were there on Sunday at 3 pm?", pool),
        ("周六上午要等多久?", queues),
        ("Wie viel Plastikmüll kam im Februar zusammen?", waste),
        ("어떤 동물이 제일 많았어?", bins),
        ("处理一张平均要多久?", clubs),
        ("Quel âge ont les visiteurs en moyenne ?", entries),
        ("¿cuánto dura de media un baño?", pool),
        ("¿Cuántos nadadores habrá el miércoles que viene a las 10?", pool),
        ("what species is the tallest tree?", trees),
        ("Who sold the most children's tickets?", entries),
        ("Wie viele Leute wohnen in der größten Wohnung?", flats),
    ],
)
def test_what_is_not_drawn_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in ("From the figure", "Aus dem", "그림 객체에서", "来自图形对象")), answer


def cement() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Festigkeit", xlabel="Alter (Tage)", ylabel="Festigkeit (MPa)")
    axes.errorbar([3, 7, 14, 28, 56], [10, 18, 26, 36, 40], yerr=[1, 2, 2, 3, 2], label="Mittelwert", capsize=3)
    axes.legend()
    return figure


def sprouts() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Average height of sprouts", xlabel="Day", ylabel="Height (cm)")
    axes.plot([0, 7, 14, 21], [1, 4, 9, 15])
    return figure


def lentils() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Altura de las lentejas", xlabel="Día", ylabel="Altura (cm)")
    axes.plot([0, 7, 14, 21], [1, 4, 9, 15])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # after some days, of values that are means
        ("Wie hoch war die Festigkeit im Mittel nach 14 Tagen?", cement, ("Alter = 14 Tage", "26 MPa")),
        ("Wie hoch war nach 14 Tagen die mittlere Festigkeit?", cement, ("Alter = 14 Tage", "26 MPa")),
        ("How tall were they on average after 7 days?", sprouts, ("Day 7", "4 cm")),
        ("Quelle est la hauteur moyenne après 7 jours ?", sprouts, ("Day 7", "4 cm")),
        ("¿Qué altura tienen de media después de 7 días?", sprouts, ("Day 7", "4 cm")),
        ("7일 후 평균 키는 얼마야?", sprouts, ("Day 7", "4 cm")),
        ("7天之后平均多高?", sprouts, ("Day 7", "4 cm")),
        # and not of others
        ("¿Cuál es la altura media después de 7 días?", lentils, ("12 cm",)),
        ("What is the mean height after 7 days?", lentils, ("12 cm",)),
    ],
)
def test_a_mean_after_some_days_is_one_value_of_means(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def downloads() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Date", ylabel="Downloads per day")
    days = [date(2024, 6, 3) + timedelta(days=number) for number in range(8)]
    axes.plot(days, [900, 1400, 1980, 2050, 1700, 1210, 1650, 2100], label="Desktop")
    axes.plot(days, [700, 800, 1100, 1200, 1300, 1340, 1200, 1500], label="Tablet")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # amounts that look like years
        ("When does Desktop first exceed 2000 downloads?", downloads, ("first above 2000", "2024-06-06")),
        ("On how many days was Desktop above 2000?", downloads, ("2 of 8",)),
        ("Wann hat Desktop 2000 überschritten?", downloads, ("6. Juni 2024",)),
        ("Hat Tablet jemals 2000 Downloads erreicht?", downloads, ("Nein", "1500")),
        ("À quelle date Desktop dépasse-t-il 2000 pour la première fois ?", downloads, ("6 juin 2024",)),
        ("¿Cuántos días estuvo Desktop por encima de 2000?", downloads, ("2 de 8",)),
        ("Desktop가 처음으로 2000을 넘은 날은 언제야?", downloads, ("2024년 6월 6일",)),
        ("Desktop有几天超过2000?", downloads, ("2 个",)),
        # the day of the week beside a date
        ("How many downloads on Saturday, 8 June?", downloads, ("1210", "1340")),
        ("Le samedi 8 juin, qui était devant et de combien ?", downloads, ("1210", "1340", "130")),
        ("Combien de downloads le samedi 8 juin ?", downloads, ("1210", "1340")),
        ("Wie hoch war Tablet am Samstag, dem 8. Juni?", downloads, ("1340",)),
        ("¿Quién iba por delante el sábado 8 de junio?", downloads, ("«Tablet»", "1340", "1210")),
        ("6월 8일 토요일에 Tablet은 얼마야?", downloads, ("1340",)),
        ("6月8日星期六Tablet是多少?", downloads, ("1340",)),
    ],
)
def test_numbers_and_days_beside_dates(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    "question",
    [
        "How many downloads were there in 2023?",
        "Wie viele Downloads gab es 2023?",
        "How many downloads on Sunday, 8 June?",
        "Le dimanche 8 juin, qui était devant ?",
        "Wie hoch war Tablet am Sonntag, dem 8. Juni?",
        "6월 8일 일요일에 Tablet은 얼마야?",
        "6月8日星期日Tablet是多少?",
    ],
)
def test_a_time_that_is_not_drawn_has_no_value(question: str) -> None:
    answer = asked(question, downloads)
    assert not any(value in answer for value in ("1210", "1340", "900")), answer


def teams() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Section", ylabel="Number of members")
    for number, (name, values) in enumerate({"Children": [50, 90, 20], "Parents": [85, 60, 30]}.items()):
        axes.bar([place + 0.4 * number for place in range(3)], values, 0.4, label=name)
    axes.set_xticks(range(3), ["Judo", "Dance", "Chess"])
    axes.legend()
    return figure


def fortnight() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="날짜", ylabel="주문 (건)")
    days = [date(2024, 6, 3) + timedelta(days=number) for number in range(14)]
    axes.plot(days, range(10, 24), label="앱")
    axes.plot(days, range(30, 44), label="전화")
    axes.legend()
    return figure


def lid() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="온도 (°C)", ylabel="시간 (분)")
    axes.scatter([10, 20, 30], [9, 8, 7], label="덮개 사용")
    axes.scatter([12, 22, 32], [19, 18, 17], label="덮개 없음")
    axes.legend()
    return figure


def candles() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Fecha", ylabel="Peso (g)")
    days = [date(2024, 6, 3) + timedelta(weeks=number) for number in range(3)]
    axes.plot(days, [90, 70, 58], label="Vela de cera")
    axes.plot(days, [95, 85, 81], label="Vela de soja")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # all groups are the series
        ("Counting both age groups, what is our second biggest section?", teams, ("“Judo”", "135", "second")),
        ("Adding up both groups, which section is the biggest?", teams, ("“Dance”", "150")),
        # the whole of an axis of days in weeks
        ("2주 동안 앱 주문을 전부 합하면 몇 건이야?", fortnight, ("231 건", "14개")),
        # what is used or not
        ("덮개를 썼을 때 시간의 평균은?", lid, ("“덮개 사용”의 평균은 8 분",)),
        ("덮개를 쓰지 않았을 때 시간의 평균은?", lid, ("“덮개 없음”의 평균은 18 분",)),
        # from the first to the last, and the same place
        ("¿Cuántos gramos perdió la de soja de principio a fin?", candles, ("95 g", "81 g", "14 g")),
        ("周二9点比周一同一时段少等几分钟?", queues, ("30", "20", "10")),
        (
            "How many more swimmers on Wednesday at 10 am than on Monday at the same time?",
            pool,
            ("18", "14", "4 higher"),
        ),
    ],
)
def test_what_is_meant_is_the_series_or_the_axis(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def lake() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="日期", ylabel="水温（℃）")
    days = [date(2024, 7, 1) + timedelta(days=number) for number in range(6)]
    axes.plot(days, [21, 23, 26, 27, 25.5, 22], label="实测水温")
    axes.axhline(25, color="red", linestyle="--", label="禁渔水温 25 ℃")
    axes.legend()
    return figure


def ways_to_work() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="通勤方式调查")
    axes.pie([40, 25, 20, 10, 5], labels=["步行", "班车", "骑车", "地铁", "私家车"], autopct="%.0f%%")
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # the name of a line of reference without that of the axis
        ("一共有几天水温在禁渔以上？", lake, ("6 个值中有 3 个", "25")),
        ("哪天第一次超过禁渔？", lake, ("2024年7月3日", "首次")),
        # past a day is after it
        ("过了7月4日，水温是在升还是在降？", lake, ("2024年7月4日到2024年7月6日", "下降")),
        # the highest is first in an order
        ("排在第二位的上班方式是什么？", ways_to_work, ("第 2 高", "“班车”")),
    ],
)
def test_lines_days_and_ranks_are_understood_in_chinese(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def bottles() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Lieu", ylabel="Masse (tonnes)")
    stack(axes, ["Nord", "Port", "Gare"], {"Verre": [5, 2, 4], "Papier": [9, 3, 5]})
    return figure


def vereine() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Verein", ylabel="Punkte").bar(["Union", "Rot-Weiß", "Eintracht"], [45, 12, 30])
    return figure


def equipos() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Equipo", ylabel="Puntos").bar(["Rayo", "Racing", "Real"], [45, 12, 30])
    return figure


def rides() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Fahrzeit (Minuten)", ylabel="Fahrten")
    axes.hist([12] * 4 + [17] * 9 + [22] * 6 + [27] * 1, bins=[10, 15, 20, 25, 30])
    return figure


def calls_in_korean() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="팀", ylabel="통화 시간 (분)")
    axes.boxplot([[2, 3, 4], [6, 7, 8], [9, 10, 12]], tick_labels=["상담팀", "기술팀", "배송팀"])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # last in a ranking, and not at the end of the axis
        ("Quel lieu arrive en dernier pour le total ?", bottles, ("La valeur la plus basse", "5 tonnes", "« Port »")),
        ("Welcher Verein steht an letzter Stelle?", vereine, ("niedrigste", "„Rot-Weiß“")),
        ("¿Qué equipo queda el último?", equipos, ("más bajo", "«Racing»")),
        ("¿Quién va a la cola?", equipos, ("más bajo", "«Racing»")),
        # faster is less time
        ("Wie viele waren schneller als 15 Minuten?", rides, ("4 von 20", "unter 15 Minuten")),
        ("Wie viele waren langsamer als 25 Minuten?", rides, ("1 von 20", "über 25 Minuten")),
        # bins have many names
        ("Welche Zeitspanne kommt am häufigsten vor?", rides, ("15–20 Minuten", "mit 9")),
        # the side of a limit is what the words say
        ("중앙값이 8분보다 짧은 팀은 몇 개예요?", calls_in_korean, ("3개 중 2개", "미만")),
    ],
)
def test_ranks_and_limits_are_on_the_side_that_is_said(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def seedlings(language: str) -> Figure:
    label, along, names = {
        "en": ("Height (cm)", "Week", ("Outside", "Inside")),
        "de": ("Höhe (cm)", "Woche", ("Draußen", "Drinnen")),
        "fr": ("Hauteur (cm)", "Semaine", ("Dehors", "Dedans")),
        "es": ("Altura (cm)", "Semana", ("Fuera", "Dentro")),
        "ko": ("높이 (cm)", "주", ("밖", "안쪽")),
        "zh": ("高度(cm)", "周", ("室外", "室内")),
    }[language]
    figure = Figure()
    axes = figure.add_subplot(xlabel=along, ylabel=label)
    axes.errorbar([1, 2, 3, 4], [4, 6, 9, 13], yerr=[0.5, 0.9, 0.6, 0.4], label=names[0])
    axes.errorbar([1, 2, 3, 4], [5, 9, 16, 19], yerr=[0.4, 0.7, 1.5, 0.8], label=names[1])
    axes.legend()
    return figure


def journeys(language: str) -> Figure:
    label, names = {
        "de": ("Dauer (Minuten)", ["Rad", "Bus", "Auto"]),
        "fr": ("Durée (min)", ["Vélo", "Bus", "Voiture"]),
        "es": ("Duración (min)", ["Bici", "Bus", "Coche"]),
    }[language]
    figure = Figure()
    axes = figure.add_subplot(ylabel=label)
    axes.boxplot([[10, 12, 14, 16, 18], [20, 26, 33, 40, 44], [15, 18, 21, 23, 26]], tick_labels=names)
    return figure


def stall(language: str) -> Figure:
    label, along, months = {
        "en": ("Jars sold", "Month", ["May", "June", "July", "August"]),
        "de": ("Verkaufte Gläser", "Monat", ["Mai", "Juni", "Juli", "August"]),
        "fr": ("Pots vendus", "Mois", ["mai", "juin", "juillet", "août"]),
        "es": ("Ventas (tarros)", "Mes", ["mayo", "junio", "julio", "agosto"]),
        "zh": ("销量(罐)", "月份", ["5月", "6月", "7月", "8月"]),
    }[language]
    figure = Figure()
    figure.add_subplot(xlabel=along, ylabel=label).plot(months, [10, 14, 31, 29])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # how far values lie apart at a place is what error bars say, and not how far series are apart
        ("In which week was the spread of Inside largest?", lambda: seedlings("en"), ("“Inside”", "± 1.5 cm")),
        ("In welcher Woche ist die Streuung bei Drinnen am größten?", lambda: seedlings("de"), ("± 1,5 cm",)),
        ("In welcher Woche streuten die Höhen bei Draußen am wenigsten?", lambda: seedlings("de"), ("± 0,4 cm",)),
        # the gap between the quartiles
        (
            "Pour quel transport l'écart entre les quartiles est-il le plus grand ?",
            lambda: journeys("fr"),
            ("« Bus »", "14 min"),
        ),
        ("¿Dónde es mayor la distancia entre los cuartiles?", lambda: journeys("es"), ("«Bus»", "14 min")),
        ("Wo ist der Abstand zwischen den Quartilen am größten?", lambda: journeys("de"), ("„Bus“", "14 Minuten")),
        # from one place to the next
        ("Between which two months in a row did the jars sold jump most?", lambda: stall("en"), ("June", "July", "17")),
        ("Between which two consecutive months did they fall most?", lambda: stall("en"), ("July", "August", "2")),
        (
            "Zwischen welchen zwei aufeinanderfolgenden Monaten stieg es am meisten?",
            lambda: stall("de"),
            ("Juli", "17"),
        ),
        ("Entre quels deux mois consécutifs les pots vendus ont-ils le plus augmenté ?", lambda: stall("fr"), ("17",)),
        ("¿De qué mes a qué mes crecieron más las ventas?", lambda: stall("es"), ("junio y julio", "17")),
        ("销量哪个月比上个月涨得最多？", lambda: stall("zh"), ("7月", "17")),
    ],
)
def test_spreads_and_steps_are_found_at_their_places(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def homes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Fläche (m²)", ylabel="Miete (€)")
    axes.scatter([35, 60, 90], [600, 900, 1300], label="Mitte")
    axes.scatter([40, 70, 120], [450, 700, 1100], label="Rand")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Wie groß ist die kleinste Wohnung?", homes, ("35 m²", "„Mitte“")),
        ("Was kostet die größte Wohnung?", homes, ("120 m²", "1100 €")),
        ("Wie hoch ist die größte Miete?", homes, ("1300 €",)),
        ("Wer vermietet die Wohnung mit 60 m²?", homes, ("„Wer“ verstehe ich hier nicht",)),
        ("How many e-Judo members are there?", teams, ("e-Judo", "do not understand")),
    ],
)
def test_sizes_are_areas_and_a_value_is_nobody(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def river(language: str) -> Figure:
    label, along = {"en": ("Level (cm)", "Date"), "fr": ("Niveau (cm)", "Date"), "zh": ("水位(厘米)", "日期")}[language]
    figure = Figure()
    days = [date(2024, 3, 4) + timedelta(days=number) for number in range(6)]
    figure.add_subplot(xlabel=along, ylabel=label).plot(days, [210, 214, 233, 240, 221, 219])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # what is said of the place before adds nothing to the largest change
        ("Which day rose most compared with the day before?", lambda: river("en"), ("2024-03-05", "2024-03-06", "19")),
        ("Which day dropped the most over the previous day?", lambda: river("en"), ("2024-03-07", "2024-03-08", "19")),
        ("Quel jour a le plus augmenté par rapport à la veille ?", lambda: river("fr"), ("6 mars 2024", "19 cm")),
        ("哪一天比前一天涨得最多？", lambda: river("zh"), ("3月6日", "19")),
        ("哪一天较前一日下降最多？", lambda: river("zh"), ("3月8日", "19")),
        ("¿En qué mes bajaron más las ventas respecto al mes anterior?", lambda: stall("es"), ("julio y agosto", "2")),
        ("Von welchem auf welchen Monat fiel der Verkauf am meisten?", lambda: stall("de"), ("Juli und August", "2")),
        # but to no other question
        (
            "Which two consecutive days had the highest level?",
            lambda: river("en"),
            ("do not understand “consecutive”",),
        ),
        ("Which week rose most compared with the week before?", lambda: river("en"), ("do not understand “week”",)),
        ("Von welchem auf welchen Tag fiel der Verkauf am meisten?", lambda: stall("de"), ("„Tag“ verstehe ich",)),
    ],
)
def test_neighbours_are_those_between_which_values_change(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def rink() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Rink", xlabel="Date", ylabel="Skaters")
    axes.plot([date(2024, 12, 2) + timedelta(days=number) for number in range(12)], [10 * n for n in range(20, 32)])
    return figure


def frost() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Datum", ylabel="Temperatur (°C)")
    axes.plot([date(2024, 12, 2) + timedelta(days=number) for number in range(6)], [1, 3, 4, 6, 5, 9])
    return figure


def fuels() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Jahr", ylabel="Verbrauch (t)")
    stack(axes, ["2021", "2022", "2023"], {"Holz": [5, 6, 7], "Gas": [9, 8, 6], "Öl": [4, 4, 3], "Torf": [3, 2, 2]})
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # two spans of days, of which the month may be said once
        ("Did more skaters come from 2 to 4 December or from 5 to 7 December?", rink, ("630", "720", "90")),
        ("Did more skaters come from December 2 to 4 or from December 5 to 7?", rink, ("630", "720", "90")),
        ("Kamen vom 2. bis 4. Dezember mehr Leute oder vom 5. bis 7. Dezember?", rink, ("630", "720", "90")),
        ("Um wie viel mehr Leute kamen vom 5. bis 7. Dezember als vom 2. bis 4.?", rink, ("630", "720", "90")),
        ("Y a-t-il eu plus de monde du 2 au 4 décembre ou du 5 au 7 décembre ?", rink, ("630", "720", "90")),
        ("¿Hubo más gente del 2 al 4 de diciembre que del 5 al 7?", rink, ("630", "720", "90")),
        ("12월 2일부터 4일까지와 5일부터 7일까지 중 언제 사람이 더 많았어?", rink, ("630", "720", "90")),
        ("12月2日到4日和12月5日到7日，哪段时间人更多？", rink, ("630", "720", "90")),
        # several places against others: sums of what can be added, and means of what cannot
        ("War am 2. und 3. Dezember mehr los als am 4. und 5. Dezember?", rink, ("Nein", "410", "450", "40")),
        ("Um wie viel mehr Leute kamen am 4. und 5. Dezember als am 2. und 3. Dezember?", rink, ("450", "410", "40")),
        ("Y avait-il moins de monde les 2 et 3 décembre que les 4 et 5 décembre ?", rink, ("Oui", "410", "450")),
        ("12월 4일과 5일을 합치면 2일과 3일을 합친 것보다 많아?", rink, ("네", "450", "410")),
        ("12月4日和5日加起来比2日和3日多吗？", rink, ("是的", "450", "410")),
        (
            "War es am 2. und 3. Dezember wärmer als am 4. und 5. Dezember?",
            frost,
            ("Nein", "Im Mittel", "5 °C", "2 °C"),
        ),
        # several series against others
        ("Ist der Verbrauch von Holz und Gas höher als der von Öl und Torf?", fuels, ("Ja", "41 t", "18 t")),
        ("Est-ce que Holz et Torf dépassent Gas et Öl ?", fuels, ("Non", "25 t", "34 t")),
        ("Holz와 Gas를 합치면 Öl과 Torf를 합친 것보다 많아?", fuels, ("네", "41 t", "18 t")),
        ("Hat Holz 2021 und 2022 mehr als Gas 2021 und 2022?", fuels, ("Nein", "11 t", "17 t")),
    ],
)
def test_several_are_compared_with_several(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def whole(title: str, names: list[str]) -> Callable[[], Figure]:
    def draw() -> Figure:
        figure = Figure()
        figure.add_subplot(title=title).pie([40, 35, 25], labels=names, autopct="%d%%")
        return figure

    return draw


COMMUTERS = whole("How we come to work (240 people in total)", ["Bus", "Bike", "Car"])
PENDLER = whole("Wie wir kommen (insgesamt 240 Personen)", ["Bus", "Rad", "Auto"])
TRAJETS = whole("Trajets (240 personnes au total)", ["Bus", "Vélo", "Voiture"])
VIAJES = whole("Cómo venimos (total: 240 personas)", ["Bus", "Bici", "Coche"])
TONGGEUN = whole("출근 방법 (총 240명)", ["버스", "자전거", "자동차"])
SHANGBAN = whole("上班方式（共240人）", ["公交", "自行车", "汽车"])
JIATING = whole("家庭支出（总计8000元）", ["房租", "食品", "教育"])


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many people come by bike?", COMMUTERS, ("35 %", "84 people")),
        ("How many take the bus?", COMMUTERS, ("96 people",)),
        ("How many people take the bus or the bike?", COMMUTERS, ("75 %", "180 people")),
        ("Wie viele Leute fahren mit dem Bus?", PENDLER, ("40 %", "96 Personen")),
        ("Combien de personnes viennent à vélo ?", TRAJETS, ("84 personnes",)),
        ("¿Cuántas personas van en bus o en bici?", VIAJES, ("180 personas",)),
        ("자전거로 오는 사람은 몇 명이야?", TONGGEUN, ("84명",)),
        ("骑自行车来的一共有多少人？", SHANGBAN, ("84人",)),
        ("教育花了多少钱？", JIATING, ("2000元",)),
        ("食品和教育一共花了多少钱？", JIATING, ("4800元",)),
        # what the total does not count, and what is not drawn
        ("How many women come by bike?", COMMUTERS, ("do not understand “women”",)),
        ("Wie viele Männer kommen mit dem Rad?", PENDLER, ("„Männer“ verstehe ich",)),
        ("走路的有多少人？", SHANGBAN, ("我不理解",)),
        ("交通和教育一共花了多少钱？", JIATING, ("我不理解这里的“交通”",)),
        ("教育花了多少美元？", JIATING, ("我不理解",)),
    ],
)
def test_parts_of_a_total_in_the_title_are_amounts(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def reviews() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="지점", ylabel="대기 시간 (분)")
    axes.boxplot([[5, 6, 8, 9, 11], [4, 9, 15, 22, 30], [7, 8, 8, 9, 9]], tick_labels=["강남", "종로", "부산"])
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("사분위 범위가 가장 넓은 지점은?", ("종로", "13 분")),
        ("사분위 범위가 제일 좁은 지점은 어디야?", ("부산", "1 분")),
        ("상자가 가장 긴, 즉 사분위 범위가 가장 넓은 지점은?", ("종로", "13 분")),
        ("가장 오래 기다리는, 다시 말해 중앙값이 가장 높은 지점은?", ("종로", "15 분")),
        ("직원이 가장 많은, 즉 사분위 범위가 가장 넓은 지점은?", ("“직원”",)),
    ],
)
def test_boxes_are_described_twice(question: str, words: tuple[str, ...]) -> None:
    told(question, reviews, words)


def stones(language: str) -> Callable[[], Figure]:
    """Return a figure of stones with names, of which density and hardness are measured, and how high they lie."""
    title, density, hardness = {
        "en": ("Stones of the quarry", "Density (kg/m³)", "Hardness (HV)"),
        "de": ("Steine im Bruch", "Dichte (kg/m³)", "Vickershärte (HV)"),
        "fr": ("Pierres de la carrière", "Densité (kg/m³)", "Dureté (HV)"),
        "es": ("Piedras de la cantera", "Densidad (kg/m³)", "Dureza (HV)"),
        "ko": ("채석장 암석", "밀도 (kg/m³)", "경도 (HV)"),
        "zh": ("采石场石头", "密度 (kg/m³)", "硬度 (HV)"),
    }[language]

    @cache
    def draw() -> Figure:
        return named_points(title, density, hardness)

    return draw


def named_points(title: str, along: str, values: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=along, ylabel=values)
    points = {"Alba": (2300, 310), "Brun": (2650, 720), "Cino": (2800, 540)}
    axes.scatter([x for x, _ in points.values()], [y for _, y in points.values()])
    for name, place in points.items():
        axes.annotate(name, place, xytext=(4, 4), textcoords="offset points")
    return figure


def summits() -> Figure:
    return named_points("Gipfel am See", "Gehzeit (min)", "Höhe (m)")


def passes() -> Figure:
    return named_points("Passes of the range", "Distance (m)", "Elevation (m)")


@pytest.mark.parametrize(
    ("question", "draw", "name"),
    [
        ("Which stone is the hardest?", stones("en"), "Brun"),
        ("Which stone is densest?", stones("en"), "Cino"),
        ("Welcher Stein ist am härtesten?", stones("de"), "Brun"),
        ("Welcher Stein ist der weichste?", stones("de"), "Alba"),
        ("Welcher Stein ist am dichtesten?", stones("de"), "Cino"),
        ("Quelle pierre est la plus dure ?", stones("fr"), "Brun"),
        ("¿Qué piedra es la más dura?", stones("es"), "Brun"),
        ("어느 암석이 가장 단단한가요?", stones("ko"), "Brun"),
        ("哪种石头最硬?", stones("zh"), "Brun"),
        ("Welcher Gipfel liegt am höchsten?", summits, "Brun"),
        ("Which pass lies highest?", passes, "Brun"),
    ],
)
def test_the_adjective_of_an_axis_is_said_of_things(question: str, draw: Callable[[], Figure], name: str) -> None:
    answer = asked(question, draw)
    assert [one for one in ("Alba", "Brun", "Cino") if one in answer] == [name], answer


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Welcher Stein aus Island ist am härtesten?", stones("de")),
        ("Welcher Stein ist am teuersten?", stones("de")),
        ("Sind dichtere Steine teurer?", stones("de")),
        ("Welcher Baum ist am höchsten?", stones("de")),
    ],
)
def test_an_adjective_of_no_axis_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    assert not asked(question, draw).startswith("Aus dem")


@pytest.mark.parametrize(
    ("question", "draw", "verdict"),
    [
        ("Are denser stones harder?", stones("en"), "Yes. “Hardness” tends to rise with “Density”"),
        ("Are denser stones softer as a rule?", stones("en"), "No. “Hardness” tends to rise"),
        ("Sind dichtere Steine in der Regel auch härter?", stones("de"), "Ja. „Vickershärte“ steigt"),
        ("Sind dichtere Steine weicher?", stones("de"), "Nein. „Vickershärte“ steigt"),
        ("Les pierres plus denses sont-elles plus dures ?", stones("fr"), "Oui. « Dureté » tend à augmenter"),
        ("¿Las piedras más densas son más duras?", stones("es"), "Sí. «Dureza» tiende a subir"),
        ("密度大的石头更硬吗?", stones("zh"), "是的"),
        ("Does hardness tend to rise when density rises?", stones("en"), "Yes. “Hardness” tends to rise"),
        ("Does hardness fall when density goes up?", stones("en"), "No. “Hardness” tends to rise"),
        ("Sinkt die Härte, wenn die Dichte steigt?", stones("de"), "Nein. „Vickershärte“ steigt"),
        ("Est-ce que la dureté a tendance à augmenter quand la densité augmente ?", stones("fr"), "Oui. « Dureté »"),
        ("Quand la densité augmente, la dureté baisse-t-elle ?", stones("fr"), "Non. « Dureté »"),
        ("¿La dureza tiende a bajar cuando sube la densidad?", stones("es"), "No. «Dureza» tiende a subir"),
        ("밀도가 증가하면 경도도 증가하나요?", stones("ko"), "네. “경도”"),
        ("密度增加时硬度会下降吗?", stones("zh"), "不是。 “硬度”"),
    ],
)
def test_one_axis_rises_with_the_other(question: str, draw: Callable[[], Figure], verdict: str) -> None:
    told(question, draw, (verdict,))


def turbine(label: str, title: str = "") -> Callable[[], Figure]:
    """Return a line of seven days, of which the sum is 28."""

    @cache
    def draw() -> Figure:
        figure = Figure()
        axes = figure.add_subplot(title=title, xlabel="", ylabel=label)
        axes.plot(range(1, 8), [3, 4, 5, 6, 5, 4, 1])
        return figure

    return draw


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How much electricity did we get in total?", turbine("Yield (kWh)"), ("28 kWh",)),
        ("Wie viel Strom kam in den 7 Tagen zusammen?", turbine("Ertrag (kWh)"), ("28 kWh",)),
        ("Combien d'électricité au total ?", turbine("Production (kWh)"), ("28 kWh",)),
        ("¿Cuánta electricidad hubo en total?", turbine("Producción (kWh)"), ("28 kWh",)),
        ("전기는 모두 얼마인가요?", turbine("발전량 (kWh)"), ("28 kWh",)),
        ("总共发了多少电?", turbine("发电量 (kWh)"), ("28 kWh",)),
        ("Wie hoch war der mittlere Ertrag im dargestellten Zeitraum?", turbine("Ertrag (kWh)"), ("4 kWh",)),
        ("Wann war der Ertrag im abgebildeten Zeitraum am größten?", turbine("Ertrag (kWh)"), ("6 kWh",)),
    ],
)
def test_kilowatt_hours_are_of_electricity(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Wie viel Strom kam insgesamt zusammen?", turbine("Wärme (kWh)")),
        ("How much electricity did we use in total?", turbine("Use (kWh)", "Gas boiler")),
        ("Wie viel Gas kam insgesamt zusammen?", turbine("Ertrag (kWh)")),
        ("Wie viel Strom kam insgesamt zusammen?", turbine("Ertrag (kg)")),
    ],
)
def test_other_energy_is_no_electricity(question: str, draw: Callable[[], Figure]) -> None:
    assert not asked(question, draw).startswith(("Aus dem", "From the")), asked(question, draw)


def guests(title: str, days: list[str], rooms: list[str], label: str) -> Callable[[], Figure]:
    @cache
    def draw() -> Figure:
        figure = Figure()
        axes = figure.add_subplot(title=title, ylabel=label)
        stack(axes, days, dict(zip(rooms, [[10, 20, 30], [5, 15, 10]], strict=True)))
        return figure

    return draw


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        (
            "¿Cuántos días pasamos de 30 huéspedes contando todos los tipos?",
            guests("Huéspedes", ["lunes", "martes", "jueves"], ["Adultos", "Menores"], "Huéspedes"),
        ),
        (
            "An wie vielen Tagen waren es mehr als 30 Gäste, alle Arten mitgezählt?",
            guests("Gäste", ["Montag", "Dienstag", "Freitag"], ["Erwachsene", "Jugend"], "Gäste"),
        ),
        (
            "所有类型加起来超过30位的有几天?",
            guests("客人", ["周一", "周二", "周五"], ["成人", "儿童"], "人数 (位)"),
        ),
    ],
)
def test_all_kinds_counted_are_their_sum(question: str, draw: Callable[[], Figure]) -> None:
    told(question, draw, ("35", "40"))
