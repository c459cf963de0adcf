"""Kinds of things, ages, opposite acts and other quantities that a chart does not have, beside those that it has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, named_points, told

_TOLD = ("From the figure", "Aus dem", "D'après l'objet", "Del objeto", "그림 객체에서", "来自图形对象")


def _bars(title: str, names: Sequence[str], values: Sequence[float], along: str, label: str) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, xlabel=along, ylabel=label).bar(names, values)
    return figure


def _lines(title: str, places: Sequence[object], along: str, label: str, **series: Sequence[float]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=along, ylabel=label)
    for name, values in series.items():
        axes.plot(places, values, label=name)
    axes.legend()
    return figure


def ferry() -> Figure:
    hours = list(range(6, 22, 2))
    return _lines(
        "Ferry port",
        hours,
        "Hour of day",
        "Ships",
        Departures=[3, 7, 5, 4, 4, 6, 8, 2],
        Arrivals=[1, 3, 4, 6, 7, 9, 4, 2],
    )


def greenhouse() -> Figure:
    hours = list(range(6, 22, 2))
    return _lines("Gewächshaus", hours, "Uhrzeit", "Temperatur (°C)", Innen=[14, 17, 22, 27, 31, 29, 24, 19])


def greenhouses(title: str, along: str, label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=along, ylabel=label)
    axes.plot(list(range(6, 22, 2)), [14, 17, 22, 27, 31, 29, 24, 19])
    return figure


def glass() -> Figure:
    return greenhouses("Invernadero", "Hora del día", "Temperatura (°C)")


def serre() -> Figure:
    return greenhouses("Serre", "Heure", "Température (°C)")


def warmhouse() -> Figure:
    return greenhouses("온실 온도", "시간", "온도 (°C)")


def hothouse() -> Figure:
    return greenhouses("温室气温", "时间", "气温 (°C)")


def translators() -> Figure:
    return _bars("Quality of translation", ["Small", "Medium", "Large"], [21.5, 26.3, 31.8], "Model", "BLEU score")


def rowers() -> Figure:
    years = list(range(2016, 2024))
    return _lines("Choir", years, "Year", "Members", Choir=[41, 44, 47, 43, 39, 45, 52, 56])


def choir(title: str, label: str) -> Figure:
    return _bars(title, ["A", "B", "C", "D"], [12, 25, 17, 31], "", label)


def chor() -> Figure:
    return choir("Chöre", "Mitglieder")


def chorale() -> Figure:
    return choir("Chorales", "Nombre de membres")


def coro() -> Figure:
    return choir("Coros", "Número de socios")


def choirs_in_korean() -> Figure:
    return choir("합창단", "회원 수 (명)")


def choirs_in_chinese() -> Figure:
    return choir("合唱团", "会员人数")


def handball() -> Figure:
    months = ["Sep", "Oct", "Nov", "Dec"]
    return _lines("Handball", months, "Month", "Goals", Foxes=[61, 74, 58, 69], Herons=[55, 49, 63, 71])


def tram() -> Figure:
    return _bars("Tram 9", ["Dock", "Mill", "Park"], [120, 85, 140], "Stop", "Passengers boarding")


def purchases() -> Figure:
    return _bars("Flour mill", ["May", "June", "July"], [12, 15, 11], "Month", "Grain purchased (t)")


def kiosks() -> Figure:
    points = {"Anchor": (0.4, 310), "Bollard": (1.1, 260), "Compass": (2.7, 190)}
    return named_points(points, title="Kiosks", xlabel="Distance to the harbour (km)", ylabel="Electricity bill (€)")


def acorns() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Acorns", xlabel="Length (mm)", ylabel="Number of acorns")
    axes.hist([21, 23, 24, 24, 26, 27, 27, 28, 31, 33], bins=[20, 24, 28, 32, 36])
    return figure


def kettles() -> Figure:
    minutes = [0, 5, 10, 15, 20]
    return _lines(
        "Tee", minutes, "Zeit (min)", "Teetemperatur (°C)", Becher=[90, 78, 69, 61, 55], Kanne=[90, 85, 81, 77, 74]
    )


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Which shipping company sails most often?", ferry),
        ("Welche Reederei legt am häufigsten ab?", ferry),
        ("Welche Stadt war am wärmsten?", greenhouse),
        ("¿Qué pueblo fue el más caluroso?", glass),
        ("Quelle ville était la plus chaude ?", serre),
        ("어느 도시가 가장 더웠나요?", warmhouse),
        ("哪个城市最热?", hothouse),
        ("Which language scores best?", translators),
        ("Which dataset was the hardest?", translators),
        ("Quelle langue a le meilleur score ?", translators),
        ("How many rows did the training data have?", translators),
        ("How many members are under 18?", rowers),
        ("How many of the members are over 65?", rowers),
        ("Wie viele Mitglieder sind unter 18?", chor),
        ("Wie viele Mitglieder sind unter 18 Jahre alt?", chor),
        ("Combien de membres ont moins de 18 ans ?", chorale),
        ("¿Cuántos socios son menores de 18 años?", coro),
        ("18세 미만 회원은 몇 명인가요?", choirs_in_korean),
        ("18岁以下的会员有多少人?", choirs_in_chinese),
        ("How many goals did the Foxes concede in October?", handball),
        ("Wie viele Tore haben die Foxes im Oktober kassiert?", handball),
        ("Combien de buts Foxes a-t-il encaissés en octobre ?", handball),
        ("¿Cuántos goles encajó Foxes en octubre?", handball),
        ("How many passengers got off at Mill?", tram),
        ("How much grain was sold in June?", purchases),
        ("How high is the heating bill of Bollard?", kiosks),
        ("How high is the rent of Bollard?", kiosks),
        ("How wide is Compass?", kiosks),
        ("¿Cuánto paga de alquiler Bollard?", kiosks),
        ("How wide were the acorns on average?", acorns),
        ("Which row of the orchard has the longest acorns?", acorns),
        ("Welches Gefäß war am teuersten?", kettles),
    ],
)
def test_what_a_chart_does_not_have_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in (*_TOLD, "There are", "px")), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("At which hour do most ships depart?", ferry, ("8",)),
        ("Welche Stunde war die wärmste?", greenhouse, ("31 °C", "14")),
        ("¿Qué hora fue la más calurosa?", glass, ("31 °C", "14")),
        ("Quel moment était le plus chaud ?", serre, ("31 °C", "14")),
        ("어느 시간에 가장 더웠나요?", warmhouse, ("31 °C", "14")),
        ("哪个时间最热?", hothouse, ("31 °C", "14")),
        ("Which model scores best?", translators, ("“Large”", "31.8")),
        ("Welches Modell hat den höchsten Wert?", translators, ("„Large“", "31,8")),
        ("How many models are there?", translators, ("3",)),
        ("In which year were there most members?", rowers, ("2023", "56")),
        ("In how many years were there over 50 members?", rowers, ("2",)),
        ("How many goals did the Foxes score in October?", handball, ("74",)),
        ("How many passengers got on at Mill?", tram, ("85",)),
        ("How much grain did they buy in June?", purchases, ("15 t",)),
        ("How high is the electricity bill of Bollard?", kiosks, ("260 €",)),
        ("How wide is the range of the bills?", kiosks, ("120 €",)),
        ("What was the average length of the acorns?", acorns, ("mm",)),
        ("Welches Gefäß war am wärmsten?", kettles, ("„Kanne“",)),
    ],
)
def test_what_a_chart_has_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
