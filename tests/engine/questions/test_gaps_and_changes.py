"""Questions how far apart two are, how much they change from one time to another, and which are ahead when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.engine.questions.live import asked


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
]


@pytest.mark.parametrize(("question", "draw", "words"), GAPS)
def test_how_far_apart_two_are(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    answer = asked(question, draw)
    assert [word for word in words if word not in answer] == [], answer


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
