"""Questions how far apart two are, how much they change from one time to another, and which are ahead when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def beside(axes: Axes, names: Sequence[str], series: dict[str, list[float]]) -> None:
    """Draw bars beside each other, with a legend."""
    width = 0.8 / len(series)
    for number, (name, values) in enumerate(series.items()):
        shift = width * (number - (len(series) - 1) / 2)
        axes.bar([place + shift for place in range(len(names))], values, width, label=name)
    axes.set_xticks(range(len(names)), names)
    axes.legend()


def days(first: datetime.date, count: int, step: int = 1) -> list[datetime.date]:
    return [first + datetime.timedelta(days=step * number) for number in range(count)]


def cafes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Cups sold by the two cafés", xlabel="Month", ylabel="Cups")
    cups = {"Harbour": [400.0, 520, 610, 480], "Station": [350.0, 300, 590, 330]}
    beside(axes, ["Jan", "Feb", "Mar", "Apr"], cups)
    return figure


def tea() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="How fast does tea cool?", xlabel="Time (min)", ylabel="Temperature (°C)")
    heat = {"Glass cup": [90, 70, 56, 47, 40], "Clay pot": [90, 80, 71, 63, 57], "Thermos jug": [90, 86, 82, 79, 76]}
    for name, values in heat.items():
        axes.plot([0, 10, 20, 30, 40], values, marker="o", label=name)
    axes.legend()
    return figure


def pools() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Wassertemperatur der Becken", xlabel="Datum", ylabel="Temperatur (°C)")
    heat = {
        "Nordbad": [20, 21, 23, 22, 19, 21],
        "Südbad": [24, 25, 25.5, 26, 22, 20],
        "Waldbad": [18, 18.5, 19, 21, 23, 24],
    }
    for name, values in heat.items():
        axes.plot(days(datetime.date(2024, 5, 6), 6), values, marker="o", label=name)
    axes.legend()
    return figure


def olives() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Récolte d'olives par verger", xlabel="Année", ylabel="Récolte (t)")
    crops = {
        "Verger Sud": [30, 34, 33, 40, 44],
        "Verger Nord": [50, 47, 46, 41, 38],
        "Verger Est": [20, 25, 18, 26, 20],
    }
    for name, values in crops.items():
        axes.plot([2018, 2019, 2020, 2021, 2022], values, marker="o", label=name)
    axes.legend()
    return figure


def phones() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="各门店手机销量", xlabel="季度", ylabel="销量(台)")
    sold = {"东门店": [50.0, 70, 60, 90], "南门店": [40.0, 45, 60, 80], "北门店": [90.0, 80, 70, 65]}
    beside(axes, ["第一季度", "第二季度", "第三季度", "第四季度"], sold)
    return figure


def heat() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Fernwärme nach Quelle", xlabel="Jahr", ylabel="Wärme (GWh)")
    bottom = [0] * 4
    for name, values in {"Gas": [60, 55, 40, 30], "Holz": [20, 25, 28, 26], "Solar": [10, 14, 30, 33]}.items():
        axes.bar(["2019", "2020", "2021", "2022"], values, bottom=bottom, label=name)
        bottom = [a + b for a, b in zip(bottom, values, strict=True)]
    axes.legend()
    return figure


def nights() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Nächte nach Unterkunft", xlabel="Unterkunft", ylabel="Nächte (Tausend)")
    years = {"2021": [50.0, 30, 20], "2022": [55.0, 28, 25], "2023": [53.0, 24, 31]}
    beside(axes, ["Hotel", "Camping", "Hostel"], years)
    return figure


def water() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Water use of the school", ylabel="Water use (m³)")
    beside(axes, ["Gym", "Canteen", "Labs", "Library"], {"2022": [120.0, 90, 60, 20], "2023": [100.0, 95, 35, 18]})
    return figure


def harvests() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Apple harvest", xlabel="Home", ylabel="Harvest (kg)")
    beside(axes, ["Hill", "Brook", "Gate"], {"2021": [40.0, 25, 18], "2022": [32.0, 31, 22]})
    return figure


def ernten() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Apfelernte", xlabel="Obstwiese", ylabel="Ernte (kg)")
    beside(axes, ["Hang", "Bach", "Tor"], {"2021": [40.0, 25, 18], "2022": [32.0, 31, 22]})
    return figure


def podcasts() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Downloads per month, 2023", xlabel="Month", ylabel="Downloads (thousands)")
    heard = {
        "Night Talk": [20, 26, 33, 41, 50, 58],
        "Bird Hour": [30, 31, 28, 33, 30, 29],
        "Old Roads": [60, 57, 52, 47, 44, 40],
    }
    for name, values in heard.items():
        axes.plot([datetime.date(2023, month, 1) for month in range(1, 7)], values, marker="o", label=name)
    axes.legend()
    return figure


def queues() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(
        title="Waiting time at the registry", xlabel="Time of arrival", ylabel="Average wait (min)"
    )
    waits = {"Tuesday": [30, 42, 60, 50, 35], "Friday": [15, 25, 40, 55, 58], "Sunday": [20, 22, 30, 28, 25]}
    for name, values in waits.items():
        axes.plot([8, 10, 12, 14, 16], values, marker="o", label=name)
    axes.legend()
    return figure


def pulse() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Resting pulse", xlabel="Date", ylabel="Pulse (bpm)")
    axes.plot(days(datetime.date(2024, 3, 4), 6, 7), [80, 77, 76, 75, 73, 74], marker="o")
    return figure


def ward() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Belegung der Station", xlabel="Datum", ylabel="Anzahl Plätze")
    axes.plot(days(datetime.date(2025, 3, 3), 6), [30, 33, 35, 37, 34, 36], marker="o", label="Belegt")
    return figure


def dense() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time (s)", ylabel="Voltage (V)")
    axes.plot([number / 10 for number in range(101)], [number / 20 for number in range(101)])
    return figure


def badges() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Swimming badges by class", xlabel="Class", ylabel="Badges")
    terms = {"Spring": [30.0, 50, 44], "Summer": [42.0, 41, 60], "Autumn": [25.0, 20, 33]}
    beside(axes, ["Class 5", "Class 6", "Class 7"], terms)
    return figure


def fields() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="灌水量与玉米产量", xlabel="灌水量(毫米)", ylabel="玉米产量(公斤/亩)")
    axes.scatter([100, 150, 200, 250], [400, 460, 500, 490], label="沙土")
    axes.scatter([100, 150, 200, 250], [450, 520, 560, 530], label="黏土")
    axes.legend()
    return figure


def animals() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Weight and top speed", xlabel="Weight (kg)", ylabel="Top speed (km/h)")
    mammals, birds = {"Zebra": (350, 64), "Hare": (4, 72), "Horse": (500, 88)}, {"Ostrich": (110, 70)}
    for group, points in (("Mammals", mammals), ("Birds", birds)):
        axes.scatter([x for x, _ in points.values()], [y for _, y in points.values()], label=group)
    for name, place in (mammals | birds).items():
        axes.annotate(name, place)
    axes.legend()
    return figure


def sleep() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Schlafdauer nach Alter", xlabel="Altersgruppe (Jahre)", ylabel="Schlaf (h)")
    axes.boxplot([[8, 9, 10], [7, 7.5, 8], [6, 6.5, 7.5]], tick_labels=["10–19", "20–39", "40+"])
    return figure


def screens() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Screen time", xlabel="Age group", ylabel="Hours per day")
    axes.bar(["12-17", "18-29", "30-49", "50+"], [5, 4.5, 3, 2.5])
    return figure


def rivals() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Week", ylabel="Points")
    axes.plot([1, 2, 3, 4, 5, 6], [10, 12, 20, 31, 33, 30], marker="o", label="Rooks")
    axes.plot([1, 2, 3, 4, 5, 6], [9, 15, 26, 25, 27, 36], marker="o", label="Bishops")
    axes.legend()
    return figure


GAPS = [
    # the gap of two at two places
    (
        "Was the gap between the two cafés bigger in February or in April?",
        cafes,
        ("February: 220 (520 and 300)", "150"),
    ),
    ("Is the gap between Harbour and Station wider in February than in January?", cafes, ("Yes", "220", "50")),
    ("Were the two closer together in January or in March?", cafes, ("narrower in March: 20", "50")),
    ("War der Unterschied zwischen den beiden im Januar kleiner als im März?", cafes, ("Nein", "50", "20")),
    ("L'écart entre Harbour et Station était-il plus grand en février ou en avril ?", cafes, ("février : 220", "150")),
    ("¿Cuándo era menor la diferencia entre las dos, en enero o en marzo?", cafes, ("marzo: 20", "50")),
    ("Harbour와 Station의 차이는 2월과 4월 중 언제 더 컸어?", cafes, ("2월에 더 큽니다: 220", "150")),
    ("两家的差距在1月和3月哪个更小?", cafes, ("3月更小:20", "50")),
    ("Was the gap between January and February bigger at Harbour or at Station?", cafes, ("“Harbour”: 120", "50")),
    (
        "War der Abstand zwischen Januar und Februar bei Harbour oder bei Station größer?",
        cafes,
        ("120", "50 (350 und 300)"),
    ),
    ("Were the thermos jug and the clay pot further apart at 10 or at 30 minutes?", tea, ("30 min: 16 °C", "6 °C")),
    ("War der Abstand zwischen Nordbad und Südbad am 7. oder am 9. Mai größer?", pools, ("gleich", "4 °C")),
    # half an hour on an axis of minutes
    ("How far apart are the thermos jug and the clay pot at the half-hour mark?", tea, ("16 °C", "Time = 30 min")),
    ("半小时时Clay pot和Glass cup相差多少?", tea, ("16 °C", "30 min")),
    # from the lowest to the highest series at one place
    ("Wie weit liegen am letzten Tag das wärmste und das kälteste Becken auseinander?", pools, ("4 °C", "„Waldbad“")),
    ("Quel est l'écart entre la récolte la plus haute et la plus basse en 2020 ?", olives, ("28 t", "2020")),
    ("¿Qué diferencia hay en 2019 entre el más alto y el más bajo?", olives, ("22 t", "2019")),
    ("第四季度销量最高和最低的店相差多少?", phones, ("25 台", "“东门店”", "“北门店”")),
    # days of one month, which is said once
    ("Wie stark ist das Nordbad vom 8. auf den 10. Mai gefallen?", pools, ("23 °C (8. Mai", "19 °C (10. Mai", "um 4")),
    ("Um wie viel Grad hat sich das Südbad vom 9. auf den 10. Mai abgekühlt?", pools, ("26 °C", "um 4 °C")),
    ("By how much did Südbad drop from the 9th to the 10th of May?", pools, ("26 °C", "22 °C", "by 4 °C")),
    ("Was Waldbad warmer on 7 or 9 May?", pools, ("18.5 °C", "21 °C")),
    # from one series to another at a place, and from one number along the axis to another
    ("By how much did Class 7's badges rise from spring to summer?", badges, ("44", "60", "16")),
    ("By how much did Class 5's badges drop from summer to autumn?", badges, ("42", "25", "17")),
    ("沙土灌水从150毫米加到200毫米,产量变了多少?", fields, ("460", "500", "增加 40")),
    ("沙土灌水从200毫米提高到250毫米,产量变了多少?", fields, ("500", "490", "减少 10")),
]

MOVERS = [
    # which is lower, or higher, at one time than at another
    ("Which shows finished the period lower than they started it?", podcasts, ("falls at “Bird Hour”", "“Old Roads”")),
    ("Welche Becken waren am Ende kälter als am Anfang?", pools, ("„Südbad“ (24 °C → 20 °C)",)),
    ("Quels vergers récoltent moins à la fin qu'au début ?", olives, ("« Verger Nord » (50 t → 38 t)",)),
    ("¿Qué huertos tienen menos al final que al principio?", olives, ("«Verger Nord» (50 t → 38 t)",)),
    ("처음보다 마지막에 줄어든 것은?", heat, ("“Gas” (60 GWh → 30 GWh)",)),
    ("哪些热源最后比开始少?", heat, ("“Gas” (60 GWh → 30 GWh)",)),
    ("Which source gave less in 2022 than in 2021?", heat, ("“Gas” (40 GWh → 30 GWh)", "“Holz” (28 GWh → 26 GWh)")),
    ("Welche Quelle lieferte 2022 weniger als 2019?", heat, ("„Gas“ (60 GWh → 30 GWh)",)),
    ("Quel verger récolte moins en 2022 qu'en 2018 ?", olives, ("« Verger Nord » (50 t → 38 t)",)),
    ("Quel verger a produit plus en 2020 qu'en 2019 ?", olives, ("2019", "nulle part")),
    ("哪种来源2022年比2019年少?", heat, ("“Gas” (60 GWh → 30 GWh)",)),
    ("Welche Quelle war 2019 höher als 2022?", heat, ("„Gas“ (60 GWh → 30 GWh)",)),
    ("Which rooms used less in 2023 than in 2022?", water, ("“Gym”", "“Labs” (60 m³ → 35 m³)", "“Library”")),
    ("2021년보다 2023년에 많은 숙소는?", nights, ("“Hotel”", "“Hostel”")),
    # which changed most from one of two years to the other
    # which rises, or falls, from one time to another
    ("In which rooms did water use fall from 2022 to 2023?", water, ("“Gym” (120 m³ → 100 m³)", "“Labs”", "“Library”")),
    ("Bei welchen Unterkünften sind die Nächte von 2021 auf 2023 zurückgegangen?", nights, ("„Camping“ (30", "→ 24")),
    ("Quels hébergements ont baissé de 2021 à 2022 ?", nights, ("baisse à « Camping »",)),
    ("¿Qué alojamientos aumentaron entre 2021 y 2022?", nights, ("sube en «Hotel»", "«Hostel»")),
    ("2022년에서 2023년으로 줄어든 숙소는 어디인가요?", nights, ("“Hotel”", "“Camping”")),
    ("从2022年到2023年哪些项目减少了?", nights, ("“Hotel”", "“Camping”")),
    ("In welchen Becken ist die Temperatur vom 9. auf den 10. Mai gefallen?", pools, ("„Nordbad“", "„Südbad“")),
    ("Quels vergers ont reculé de 2021 à 2022 ?", olives, ("« Verger Nord » (41 t → 38 t)", "« Verger Est »")),
    ("¿Qué huerto aumentó más entre 2018 y 2022?", olives, ("«Verger Sud» creció más", "14 t")),
    # which was better or worse, where the axis tells what is good
    ("Which homes had a worse year in 2022 than in 2021?", harvests, ("falls at “Hill” (40 kg → 32 kg)",)),
    ("Which did better in 2022 than in 2021?", harvests, ("rises at “Brook” (25 kg → 31 kg)",)),
    ("Welche Obstwiesen waren 2022 schlechter als 2021?", ernten, ("„Hang“ (40 kg → 32 kg)",)),
    ("¿Qué tiendas fueron peor en el 第四季度 que en el 第三季度?", phones, ("«北门店» (70",)),
    # which changed most from one of two years to the other
    ("Where did water use drop the most between the two years?", water, ("“Labs”", "25 m³")),
    ("Wo ist der Verbrauch zwischen den beiden Jahren am stärksten gesunken?", water, ("„Labs“", "25 m³")),
    ("两年之间用水量下降最多的是哪里?", water, ("“Labs”", "25 m³")),
    # which rises, or falls, every time
    ("哪家店的销量一直在涨?", phones, ("每一步都上升的有:“南门店”", "45 台")),
    ("Which shop's sales fell in every quarter?", phones, ("Falling at every step: “北门店”",)),
    ("¿Qué tienda creció todos los trimestres?", phones, ("«南门店»",)),
    ("Quel hébergement recule d'année en année ?", nights, ("« Camping »", "28 Tausend")),
    ("Welche Unterkunft verliert von Jahr zu Jahr?", nights, ("„Camping“",)),
    ("해마다 줄어드는 숙소는?", nights, ("“Camping”",)),
    ("Which category grew every year?", nights, ("“Hostel”",)),
    ("Which show grew every month?", podcasts, ("Rising at every step: “Night Talk”",)),
    # at which places one is lower than at the place before
    # where it changed most in the unit of the values
    ("Where was the absolute drop in water use largest?", water, ("“Labs” fell most: by 25 m³",)),
    ("Wo war der Rückgang in absoluten Zahlen am größten?", water, ("„Labs“", "um 25 m³")),
    ("Où la baisse a-t-elle été la plus forte en valeur absolue ?", water, ("« Labs »", "25 m³")),
    ("¿Dónde bajó más en términos absolutos?", water, ("«Labs»", "25 m³")),
    ("절대 수치로 가장 많이 줄어든 곳은?", water, ("“Labs”", "25 m³")),
    ("按绝对数来看,哪里减少最多?", water, ("“Labs”", "25 m³")),
    # at which places one is lower than at the place before
    ("In which months did Station sell less than the month before?", cafes, ("2 of 3", "February", "April")),
    ("Wann ist Holz gegenüber dem Vorjahr gestiegen?", heat, ("2 von 3", "2020", "2021")),
    ("Wann ist die Gesamtmenge gegenüber dem Vorjahr gesunken?", heat, ("1 von 3", "2022 (98 GWh → 89 GWh)")),
    ("Quand le Verger Est a-t-il baissé par rapport à l'année précédente ?", olives, ("2020", "2022")),
    ("¿Cuándo bajó el Verger Est respecto al año anterior?", olives, ("2020", "2022")),
    ("Station이 전달보다 줄어든 달은?", cafes, ("2월", "4월")),
    ("Station哪几个月比上个月少?", cafes, ("2月 (350 → 300)", "4月 (590 → 330)")),
]


@pytest.mark.parametrize(("question", "draw", "words"), MOVERS)
def test_what_moves_from_one_time_to_another(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Which source had fewer complaints in 2022 than in 2019?", heat),
        ("Welche Quelle kostete 2022 weniger als 2019?", heat),
        ("Quel verger emploie moins de saisonniers en 2022 qu'en 2018 ?", olives),
        ("Which podcast gained sponsors every month?", podcasts),
        ("When did Harbour's sales drop compared with the year before?", cafes),
    ],
)
def test_what_is_not_drawn_does_not_move(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(words in answer for words in ("From the figure", "Aus dem", "D'après l'objet")), answer


@pytest.mark.parametrize(("question", "draw", "words"), GAPS)
def test_how_far_apart_two_are(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Was the gap in prices between the two cafés bigger in February or in April?", cafes),
        ("War der Abstand zwischen Nordbad und Hallenbad am 7. oder am 9. Mai größer?", pools),
    ],
)
def test_what_is_not_drawn_has_no_gap(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(words in answer for words in ("From the figure", "Aus dem", "来自图形对象")), answer


FIRST_TIMES = [
    # the first drawn point at which one line is above another, and where they cross
    ("At which of the times shown is Friday above Tuesday for the first time?", queues, ("first above", "arrival 14")),
    ("At what time does Friday first have a longer wait than Tuesday?", queues, ("arrival 14: 55 min", "50 min")),
    ("When did Night Talk first pass Old Roads?", podcasts, ("in May 2023: 50 thousands", "2023-04-16")),
    ("Wann hat Night Talk Old Roads überholt?", podcasts, ("zum ersten Mal im Mai 2023", "50 thousands")),
    ("Quand Night Talk a-t-il dépassé Bird Hour ?", podcasts, ("première fois au-dessus", "en mars 2023")),
    ("¿Cuándo superó Night Talk a Old Roads?", podcasts, ("por primera vez", "en mayo de 2023")),
    ("Night Talk가 언제 Old Roads를 추월했어?", podcasts, ("2023년 5월에 처음으로",)),
    ("Night Talk什么时候超过Old Roads?", podcasts, ("在2023年5月首次高于",)),
    # of several crossings, the one at which the first gets above the second
    ("When did Rooks overtake Bishops?", rivals, ("“Rooks” is first above “Bishops” at Week 4: 31",)),
    ("Wann hat Rooks Bishops überholt?", rivals, ("„Rooks“ liegt zum ersten Mal bei Week 4",)),
    ("Quand Rooks dépasse-t-il Bishops ?", rivals, ("« Rooks » est pour la première fois au-dessus", "Week 4")),
    ("¿Cuándo superó Rooks a Bishops?", rivals, ("«Rooks» está por primera vez", "Week 4")),
    ("Rooks가 언제 Bishops를 추월했어?", rivals, ("Week 4에서 처음으로",)),
    ("Rooks什么时候超过Bishops?", rivals, ("“Rooks”在Week 4首次高于",)),
    ("Ab welchem Jahr liefert Solar mehr als Holz?", heat, ("von da an", "2021")),
    # the first drawn point beyond a limit: a line that only reaches it is not beyond
    ("When was the pulse first below 75?", pulse, ("first below 75 bpm on 2024-04-01: 73 bpm",)),
    ("Wann lag der Puls zum ersten Mal unter 75?", pulse, ("1. April 2024 unter 75 bpm: 73 bpm",)),
    ("Quand le pouls est-il passé sous 75 pour la première fois ?", pulse, ("le 1er avril 2024 : 73 bpm",)),
    ("¿Cuándo bajó de 75 por primera vez?", pulse, ("el 1 de abril de 2024: 73 bpm",)),
    ("언제 처음으로 75보다 낮아졌어?", pulse, ("2024년 4월 1일에 처음으로", "73 bpm")),
    ("心率什么时候第一次低于75?", pulse, ("2024年4月1日首次低于 75 bpm:73 bpm",)),
    ("When was the pulse first below 73?", pulse, ("never below 73",)),
    ("When does the glass cup first read below 50 degrees?", tea, ("30 min: 47 °C", "26.7 min")),
    ("Wann fällt Glass cup unter 60 Grad?", tea, ("20 min unter 60 °C: 56 °C", "17,1 min")),
    # limits before a verb in the passive
    ("Wann wurden die 35 Plätze zum ersten Mal überschritten?", ward, ("6. März 2025 über 35: 37",)),
    ("When were 35 places exceeded for the first time?", ward, ("2025-03-06: 37",)),
    ("Quand les 35 places ont-elles été dépassées pour la première fois ?", ward, ("6 mars 2025 : 37",)),
    ("¿Cuándo fueron superadas las 35 plazas por primera vez?", ward, ("6 de marzo de 2025: 37",)),
]


@pytest.mark.parametrize(("question", "draw", "words"), FIRST_TIMES)
def test_what_is_beyond_for_the_first_time(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_the_points_of_a_dense_line_are_not_told() -> None:
    answer = asked("When does the voltage first exceed 2.02 V?", dense)
    assert "4.04 s" in answer, answer
    assert "first above" not in answer, answer


RANKS = [
    # in which interval it changes most, whatever the verb
    ("In which interval of ten minutes did the thermos jug cool fastest?", tea, ("0 min", "10 min", "4 °C")),
    ("Wann ist Nordbad am stärksten abgekühlt?", pools, ("9. Mai", "10. Mai", "3 °C")),
    ("¿Cuándo se enfrió más Südbad?", pools, ("4 °C",)),
    ("Durant quelles dix minutes Glass cup a-t-elle refroidi le plus vite ?", tea, ("20 °C",)),
    # orders of series at a place
    ("Put the three days in order at noon, longest wait first.", queues, ("“Tuesday”", "60 min (“Friday”", "“Sunday”")),
    ("Put the three days in order at noon, shortest wait first.", queues, ("“Sunday”", "30 min (“Friday”", "Tuesday")),
    ("Ordena los tres días a mediodía, de mayor a menor espera.", queues, ("«Tuesday»", "60 min («Friday»")),
    ("12시에 대기 시간이 긴 순서로 요일을 나열해줘.", queues, ("“Tuesday”", "60 min (“Friday”")),
    ("把12点的三天按等待时间从长到短排一下。", queues, ("“Tuesday”:60 min(“Friday”",)),
    # ranks of points with names, along the axis of which the question speaks
    ("Which animal comes third in speed?", animals, ("70 km/h", "“Ostrich”")),
    ("¿Qué animal queda tercero en velocidad?", animals, ("70 km/h", "«Ostrich»")),
    ("Quel animal arrive troisième en vitesse ?", animals, ("70 km/h", "« Ostrich »")),
    ("Wer ist bei der Geschwindigkeit Dritter?", animals, ("70 km/h", "„Ostrich“")),
    ("Which animal comes last in weight?", animals, ("4 kg", "“Hare”")),
    ("¿Y cuál pesa más de todos?", animals, ("500 kg", "«Horse»")),
    ("¿Quién pesa menos?", animals, ("4 kg", "«Hare»")),
    # after a place on lines, also the last one; what is asked for is no name
    ("Which cup is the coldest after 40 minutes?", tea, ("“Glass cup” is the lowest", "40 °C")),
    ("Welche Tasse ist nach 40 Minuten am kältesten?", tea, ("„Glass cup“", "40 °C")),
    ("Quel récipient est le plus chaud après 20 minutes ?", tea, ("« Thermos jug »", "82 °C")),
    ("¿Qué recipiente está más caliente después de 20 minutos?", tea, ("«Thermos jug»", "82 °C")),
    # the youngest and the oldest of groups of ages
    ("Um wie viele Stunden liegen die Mediane der jüngsten und der ältesten Gruppe auseinander?", sleep, ("um 2,5",)),
    ("How far apart are the medians of the youngest and the oldest group?", sleep, ("2.5 h", "“10–19”", "“40+”")),
    ("De combien d'heures diffèrent les médianes du groupe le plus jeune et du plus âgé ?", sleep, ("2,5 h",)),
    ("¿Cuánto se diferencian las medianas del grupo más joven y del más mayor?", sleep, ("2,5 h",)),
    ("가장 어린 집단과 가장 나이 많은 집단의 중앙값 차이는?", sleep, ("2.5 h",)),
    ("最年轻组和最年长组的中位数相差多少?", sleep, ("2.5 h",)),
    ("How many hours are it for the youngest?", screens, ("5", "12-17")),
]


@pytest.mark.parametrize(("question", "draw", "words"), RANKS)
def test_orders_ranks_and_ends(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Which animal comes third in intelligence?", animals),
        ("¿Qué animal queda tercero en altura?", animals),
    ],
)
def test_what_has_no_rank(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(words in answer for words in ("From the figure", "Del objeto")), answer


def fever(labels: tuple[str, str], names: tuple[str, str]) -> Figure:
    """Return two lines along eight days: from 39.5 to 36.8, and from 39.4 to 38.1."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.plot(range(1, 9), [39.5, 39.1, 38.6, 38.2, 37.8, 37.4, 37.0, 36.8], label=names[0])
    axes.plot(range(1, 9), [39.4, 39.3, 39.2, 39.0, 38.8, 38.7, 38.4, 38.1], label=names[1])
    axes.legend()
    return figure


def cure() -> Figure:
    return fever(("Day", "Fever (°C)"), ("drug", "placebo"))


def heilung() -> Figure:
    return fever(("Tag", "Fieber (°C)"), ("Wirkstoff", "Placebo"))


def remede() -> Figure:
    return fever(("Jour", "Fièvre (°C)"), ("traitement", "témoin"))


def remedio() -> Figure:
    return fever(("Día", "Fiebre (°C)"), ("fármaco", "control"))


def chiryo() -> Figure:
    return fever(("일차", "체온 (°C)"), ("신약", "위약"))


def yao() -> Figure:
    return fever(("天数", "体温（°C）"), ("新药", "安慰剂"))


def sprouts() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="주차별 평균 길이", xlabel="주차", ylabel="길이 (cm)")
    axes.errorbar(range(1, 7), [2, 3.5, 6.1, 9, 11.5, 13], yerr=[0.3] * 6, label="강낭콩")
    axes.errorbar(range(1, 7), [1, 2.5, 4.1, 6, 8.5, 10], yerr=[0.3] * 6, label="완두콩")
    axes.legend()
    return figure


def oven() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="烤箱功率", xlabel="温度（°C）", ylabel="功率（W）")
    axes.plot([100, 120, 140, 160, 180], [500, 620, 800, 760, 900], marker="o")
    return figure


def gauge(labels: tuple[str, str], name: str) -> Figure:
    """Return a line along days of March: up to 160 on the 13th, and down to 115."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.plot(days(datetime.date(2024, 3, 1), 10, 3), [100, 110, 125, 140, 160, 150, 141, 130, 121, 115], label=name)
    axes.axhline(155, ls="--", label="Max")
    axes.legend()
    return figure


def river() -> Figure:
    return gauge(("Date", "Water level (cm)"), "Level")


def fluss() -> Figure:
    return gauge(("Datum", "Pegel (cm)"), "Pegel")


def riviere() -> Figure:
    return gauge(("Date", "Niveau (cm)"), "Niveau de la rivière")


def rio() -> Figure:
    return gauge(("Fecha", "Nivel (cm)"), "Nivel del río")


def clubs() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Fréquentation", xlabel="Séance", ylabel="Participants (par séance)")
    axes.plot(range(1, 9), [10, 12, 14, 13, 15, 17, 18, 20], label="Échecs")
    axes.plot(range(1, 9), [22, 20, 21, 18, 17, 17, 15, 14], label="Poterie")
    axes.legend()
    return figure


def museums() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Entrées", xlabel="Mois", ylabel="Visiteurs (milliers)")
    months = [datetime.date(2023, month, 1) for month in range(1, 9)]
    axes.plot(months, [10, 12, 14, 18, 20, 22, 15, 11], label="Musée des trains")
    axes.plot(months, [12, 13, 13, 15, 17, 19, 18, 14], label="Musée du jouet")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # how long it took until a limit was passed
        ("How many days did it take for the drug to get below 38?", cure, ("first below 38 °C at Day 5",)),
        ("How many days until the drug was under 38 °C?", cure, ("first below 38 °C at Day 5",)),
        ("How many days was the drug below 38?", cure, ("4 of 8",)),
        ("Wie viele Tage hat es gedauert, bis der Wirkstoff unter 38 lag?", heilung, ("zuerst bei Tag 5",)),
        ("Wie viele Tage brauchte der Wirkstoff, um unter 38 zu fallen?", heilung, ("zuerst bei Tag 5",)),
        ("Combien de jours a-t-il fallu pour que le traitement passe sous 38 ?", remede, ("première fois", "Jour 5")),
        ("¿Cuántos días tardó el fármaco en bajar de 38?", remedio, ("primera vez", "Día 5")),
        ("신약이 38도 아래로 내려가는 데 며칠 걸렸어?", chiryo, ("일차 5에서 처음",)),
        ("新药花了多少天才降到38以下？", yao, ("天数 5首次",)),
        # an ordinal is no number of things
        ("강낭콩이 처음으로 9cm를 넘은 건 몇 주차야?", sprouts, ("주차 5에서 처음",)),
        ("新药第几天降到38以下？", yao, ("天数 5首次",)),
        ("新药有几天低于38？", yao, ("4",)),
        # from one place to another, in words for steps
        ("1주차부터 5주차까지 강낭콩의 평균 길이는?", sprouts, ("6.42 cm",)),
        ("2주차에서 6주차까지 완두콩은 몇 cm 자랐어?", sprouts, ("7.5 cm만큼",)),
        ("1주차부터 5주차까지 강낭콩은 평균 몇 cm 자랐나요?", sprouts, ("9.5 cm만큼",)),
        ("1주차부터 6주차까지 강낭콩은 일주일에 평균 몇 cm씩 자랐어?", sprouts, ("2.2 cm씩",)),
        ("강낭콩과 완두콩 중 어느 쪽이 더 많이 자랐어?", sprouts, ("“강낭콩”이 가장 많이 늘었습니다", "11 cm")),
        # the way between two places has the words of a limit
        ("温度从120升到160，功率增加了多少？", oven, ("620", "760", "140")),
        ("由120°C提高到180°C时功率上升多少？", oven, ("增加 280",)),
        ("从140降到100 °C，功率少了多少？", oven, ("高 300",)),
        ("功率什么时候升到800？", oven, ("达到 800",)),
        # before and after a day, with an article
        ("Après le 13 mars, le niveau est plutôt en hausse ou en baisse ?", riviere, ("160 cm", "115 cm")),
        ("À partir du 13 mars, le niveau monte ou descend ?", riviere, ("diminue", "45 cm")),
        ("Quel est le niveau moyen avant le 13 mars ?", riviere, ("118,8 cm",)),
        ("Después del 13 de marzo, ¿el nivel sube o baja?", rio, ("baja", "45 cm")),
        ("¿Cuál es el nivel medio hasta el 10 de marzo?", rio, ("118,8 cm",)),
        ("Wie hoch war der Pegel bis zum 10. März im Mittel?", fluss, ("118,8 cm",)),
        ("What was the mean level before March 13?", river, ("118.8 cm",)),
        # which way a course goes
        ("La poterie a-t-elle tendance à monter ou à baisser au fil de la saison ?", clubs, ("diminue", "14")),
        ("Au fur et à mesure, les échecs progressent-ils ?", clubs, ("Oui", "20")),
        # per cent is no money
        ("De combien de pour cent les échecs ont-ils augmenté au total ?", clubs, ("100 %",)),
        # from where on one is ahead that falls behind again
        (
            "À partir de quel mois le Musée des trains passe-t-il devant le Musée du jouet ?",
            museums,
            ("en mars 2023 :",),
        ),
    ],
)
def test_from_one_place_to_another(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


FIRST_AHEAD = [
    ("When did Bishops first lead Rooks?", ("“Bishops” is first above “Rooks” at Week 2: 15, against 12",)),
    ("When was Rooks first behind Bishops?", ("“Bishops” is first above “Rooks” at Week 2",)),
    ("Wann lag Bishops zum ersten Mal vor Rooks?", ("„Bishops“", "Week 2 über „Rooks“: 15 gegenüber 12")),
    ("Wann lag Rooks erstmals hinter Bishops?", ("„Bishops“", "Week 2 über „Rooks“")),
    ("Quand Bishops était-il devant Rooks pour la première fois ?", ("« Bishops »", "Week 2 : 15 contre 12")),
    ("¿Cuándo estuvo Bishops por delante de Rooks por primera vez?", ("«Bishops»", "Week 2: 15 frente a 12")),
    ("Rooks가 처음으로 Bishops에 뒤진 주는 언제야?", ("Week 2", "15", "12")),
    ("Rooks首次落后于Bishops是哪周?", ("“Bishops”在Week 2首次高于“Rooks”:15 对 12",)),
]


@pytest.mark.parametrize(("question", "words"), FIRST_AHEAD)
def test_who_is_in_front_first_is_higher_first(question: str, words: tuple[str, ...]) -> None:
    told(question, rivals, words)


def treatments() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Grip after the cast", xlabel="Week", ylabel="Grip (kg)")
    axes.plot([0, 2, 4, 6], [14, 16, 19, 21], marker="o", label="Bands")
    axes.plot([0, 2, 4, 6], [11, 17, 22, 27], marker="o", label="Putty")
    axes.legend(title="Group")
    return figure


@pytest.mark.parametrize(
    "question",
    [
        "Which group started out with the better grip?",
        "Which group was higher at the beginning?",
        "Which group began with the best grip?",
        "Welche Gruppe begann mit dem besseren Wert?",
        "Welche Gruppe startete am höchsten?",
        "Quel groupe avait la valeur la plus élevée au début ?",
        "¿Qué grupo empezó con mejor valor?",
        "어느 그룹이 시작할 때 더 높았나요?",
        "起初哪个组更高?",
    ],
)
def test_who_starts_ahead_is_ahead_at_the_first_place(question: str) -> None:
    answer = asked(question, treatments)
    assert all(word in answer for word in ("Bands", "14", "11")), answer
    assert "27" not in answer


def boats(labels: tuple[str, str]) -> Callable[[], Figure]:
    """Return a figure of the paces of two crews, of which one is the faster at first and the other one later."""

    def draw() -> Figure:
        figure = Figure()
        axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
        axes.plot([500, 1000, 1500], [97, 100, 98], marker="o", label="Alba")
        axes.plot([500, 1000, 1500], [98, 99, 96], marker="o", label="Brio")
        axes.legend()
        return figure

    return cache(draw)


CREWS = boats(("Distance (m)", "Split (s per 500 m)"))
BOOTE = boats(("Strecke (m)", "Tempo (s pro 500 m)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which crew was faster at 1000 m?", CREWS, ("“Brio” is the lowest", "99 s")),
        ("Which crew was slower at 1000 m?", CREWS, ("“Alba” is the highest", "100 s")),
        ("Which crew had the faster split at 1500 m?", CREWS, ("“Brio” is the lowest", "96 s")),
        ("Which crew had the better split at 500 m?", CREWS, ("“Alba” is the lowest", "97 s")),
        ("Which crew was fastest at 1500 m?", CREWS, ("“Brio” is the lowest", "96 s")),
        ("Which crew was worse at 1500 m?", CREWS, ("“Alba” is the highest", "98 s")),
        ("Welches Boot war bei 1000 m schneller?", BOOTE, ("„Brio“", "am niedrigsten: 99 s")),
        ("Welches Boot war bei 500 m langsamer?", BOOTE, ("„Brio“", "am höchsten: 98 s")),
        (
            "Quelle équipe était la plus rapide à 1500 m ?",
            boats(("Distance (m)", "Allure (s par 500 m)")),
            ("« Brio » est la plus basse",),
        ),
        (
            "¿Qué equipo fue más rápido a los 1500 m?",
            boats(("Distancia (m)", "Parcial (s por 500 m)")),
            ("«Brio» es la más baja",),
        ),
        ("1500米时哪个队伍更快?", boats(("距离 (m)", "分段 (秒/500米)")), ("最低的是“Brio”",)),
    ],
)
def test_the_faster_of_two_takes_less_time(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def takings() -> Figure:
    """Draw what a kiosk took in five months of two years."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Takings (€)")
    names = ["January", "February", "March", "April", "May"]
    beside(axes, names, {"2021": [40, 52, 61, 58, 47], "2022": [44, 50, 66, 55, 49]})
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("In which months were the takings of 2022 lower than in the same month of 2021?", ("February and April",)),
        ("In how many months were they higher in 2022 than in 2021 in the same month?", ("3 of 5",)),
        ("In which months did we take less than in the same month of the previous year?", ("February and April",)),
        ("In welchen Monaten war der Wert 2022 niedriger als im selben Monat 2021?", ("Februar und April",)),
        ("In welchen Monaten war der Wert niedriger als im gleichen Monat des Vorjahres?", ("Februar und April",)),
        ("Dans quels mois la valeur de 2022 était-elle plus basse qu'au même mois de 2021 ?", ("février et avril",)),
        ("¿En qué meses fue el valor de 2022 más bajo que en el mismo mes de 2021?", ("febrero y abril",)),
        ("2022년 값이 2021년 같은 달보다 낮았던 달은 언제인가요?", ("2월", "4월")),
        ("2022年哪些月份低于2021年同月？", ("2月", "4月")),
        ("In which months were 2021 and 2022 the same?", ("equal nowhere",)),
    ],
)
def test_the_same_month_of_another_year_is_no_word_for_equal_values(question: str, words: tuple[str, ...]) -> None:
    told(question, takings, words)


def ferries() -> Figure:
    """Draw how fast two ferries were at five full hours, of which one gets past the other twice."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="Hour", ylabel="Speed (knots)")
    axes.plot([8, 9, 10, 11, 12], [10, 12, 15, 13, 11], label="Dolphin")
    axes.plot([8, 9, 10, 11, 12], [12, 13, 13, 14, 14], label="Heron")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Between which hours did Dolphin get faster than Heron?", ("9.33", "Hour 10")),
        ("Between which hours did Dolphin overtake Heron?", ("9.33", "Hour 10")),
        ("Zwischen welchen vollen Stunden wurde Dolphin schneller als Heron?", ("9,33", "Hour 10")),
        ("Zwischen welchen Stunden wurde Heron langsamer als Dolphin?", ("9,33", "Hour 10")),
        ("Entre quelles heures Dolphin est-il devenu plus rapide que Heron ?", ("9,33", "Hour 10")),
        ("¿Entre qué horas se volvió Dolphin más rápido que Heron?", ("9,33", "Hour 10")),
        ("몇 시와 몇 시 사이에 Dolphin이 Heron보다 빨라졌나요?", ("9.33", "Hour 10")),
        ("Dolphin在哪两个小时之间变得比Heron快？", ("9.33", "Hour 10")),
    ],
)
def test_between_which_places_one_line_gets_above_another(question: str, words: tuple[str, ...]) -> None:
    told(question, ferries, words)
    assert "10.67" not in asked(question, ferries).replace(",", ".")
