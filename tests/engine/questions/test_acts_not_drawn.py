"""Acts, events, conditions and things that a chart does not show, beside like ones that it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from tests.engine.questions.test_names_as_said import braking
from tests.engine.questions.test_plain_figures import bins, classes, flats, pool, rooms, stack

_TOLD = ("From the figure", "Aus dem", "D'après l'objet", "Del objeto", "그림 객체에서", "来自图形对象")


def bars(label: str, names: list[str], values: list[int]) -> Figure:
    figure = Figure()
    figure.add_subplot(ylabel=label, title=label).bar(names, values)
    return figure


def arrivals() -> Figure:
    return bars("New members", ["Jan", "Feb", "Mar"], [64, 58, 47])


def beitritte() -> Figure:
    return bars("Neue Mitglieder", ["Jan", "Feb", "Mär"], [64, 58, 47])


def altas() -> Figure:
    return bars("Nuevos socios", ["enero", "febrero", "marzo"], [64, 58, 47])


def adhesions() -> Figure:
    return bars("Nouveaux adhérents", ["janvier", "février", "mars"], [64, 58, 47])


def signups() -> Figure:
    return bars("신규 회원 수 (명)", ["1월", "2월", "3월"], [64, 58, 47])


def joined() -> Figure:
    return bars("新增会员(人)", ["1月", "2月", "3月"], [64, 58, 47])


def canteen() -> Figure:
    figure = Figure()
    stack(figure.add_subplot(ylabel="Repas servis"), ["lundi", "jeudi"], {"Viande": [131, 128], "Poisson": [28, 25]})
    return figure


def drinks() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Verkaufte Tassen (Stück)", title="Verkaufte Heißgetränke")
    stack(axes, ["Fr", "Sa", "So"], {"Kaffee": [84, 79, 91], "Tee": [32, 35, 28]})
    return figure


def teahouse() -> Figure:
    figure = Figure()
    stack(figure.add_subplot(ylabel="销量(杯)"), ["周五", "周六"], {"咖啡": [84, 79], "茶": [32, 35]})
    return figure


def weather(label: str, towns: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel=label)
    days = [date(2024, 5, day) for day in range(14, 18)]
    axes.plot(days, [15, 16, 17, 18], label=towns[0])
    axes.plot(days, [12, 13, 14, 15], label=towns[1])
    axes.legend()
    return figure


def wetter() -> Figure:
    return weather("Temperatur (°C)", ("München", "Hamburg"))


def clima() -> Figure:
    return weather("Temperatura (°C)", ("Cádiz", "Lugo"))


def tianqi() -> Figure:
    return weather("气温(°C)", ("北京", "上海"))


def nalssi() -> Figure:
    return weather("기온 (°C)", ("서울", "부산"))


def mathe() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Ergebnisse der Mathearbeit", xlabel="Punkte", ylabel="Anzahl")
    axes.hist([43, 51, 54, 62, 66, 71, 75, 81], bins=range(40, 91, 10))
    return figure


def maths() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Maths exam results", xlabel="Score (points)", ylabel="Students")
    axes.hist([43, 51, 54, 62, 66, 71, 75, 81], bins=range(40, 91, 10))
    return figure


def viewing() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="하루 동영상 시청 시간", xlabel="시청 시간 (분)", ylabel="응답자 수 (명)")
    axes.hist([10, 20, 35, 50, 62, 75, 80, 95, 110], bins=range(0, 121, 30))
    return figure


def cleaners() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Model", ylabel="Run time on one charge (min)")
    axes.boxplot([[28, 30, 35, 40], [38, 42, 44, 48]], tick_labels=["Aero", "Brisk"])
    return figure


def skid() -> Figure:
    figure = Figure()
    figure.add_subplot(title="Bremsweg aus 50 km/h", ylabel="Bremsweg (m)").bar(["Kies", "Eis"], [19.5, 68])
    return figure


def speeds() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Peso (kg)", ylabel="Velocidad máxima (km/h)")
    for name, x, y in (("Tigre", 220, 62), ("Lobo", 40, 60)):
        axes.scatter(x, y)
        axes.annotate(name, (x, y))
    return figure


def reading(days: list[str], hours: list[str], labels: tuple[str, str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    image = axes.imshow([[40, 55, 60], [35, 50, 41]])
    axes.set_xticks(range(3), hours)
    axes.set_yticks(range(2), days)
    figure.colorbar(image, label=labels[2])
    return figure


def library() -> Figure:
    hours = ["14–16 Uhr", "16–18 Uhr", "18–20 Uhr"]
    return reading(["Samstag", "Sonntag"], hours, ("Uhrzeit", "Tag", "Besucher"))


def readers() -> Figure:
    return reading(["周六", "周日"], ["14–16时", "16–18时", "18–20时"], ("时段", "星期", "读者人数"))


def zoo() -> Figure:
    return reading(["Lundi", "Mardi"], ["10 h", "12 h", "14 h"], ("Heure", "Jour", "Nombre de visiteurs"))


def beds() -> Figure:
    figure = Figure()
    days = [date(2025, 3, day) for day in range(3, 17)]
    figure.add_subplot(ylabel="Belegte Betten").plot(days, [30, 32, 35, 36, 38, 40, 41, 39, 37, 36, 38, 40, 42, 41])
    return figure


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How many members left in March?", arrivals),
        ("Wie viele Mitglieder sind im Februar ausgetreten?", beitritte),
        ("¿Cuántos socios se dieron de baja en marzo?", altas),
        ("Combien d'adhérents ont quitté le club en mars ?", adhesions),
        ("3월에 탈퇴한 회원은 몇 명인가요?", signups),
        ("3月流失了多少会员?", joined),
        ("Combien de repas a-t-on jetés jeudi ?", canteen),
        ("Combien de repas ont été gaspillés lundi ?", canteen),
        ("Wie viele Stücke Kuchen haben wir am Samstag verkauft?", drinks),
        ("周六卖了多少块蛋糕?", teahouse),
        ("Wie viel hat es am 15. Mai in München geregnet?", wetter),
        ("Hat es am 15. Mai in Hamburg geschneit?", wetter),
        ("¿Cuánto llovió en Cádiz el 15 de mayo?", clima),
        ("5月15日北京下了多少雨?", tianqi),
        ("5월 15일 서울에 비가 얼마나 왔나요?", nalssi),
        ("Which room had the highest temperature at 9:00?", rooms),
        ("Wie war der Durchschnitt in der Englischarbeit?", mathe),
        ("What was the average in the physics exam?", maths),
        ("사람들이 가장 자주 보는 동영상 앱은 뭐야?", viewing),
        ("How long does the Brisk take to charge fully?", cleaners),
        ("Wie lang ist der Bremsweg aus 100 km/h auf Eis?", skid),
        ("In welchem Stock liegt die 60-m²-Wohnung?", flats),
        ("¿Cuántos años vive un tigre?", speeds),
        ("Quel animal plaît le plus aux visiteurs ?", zoo),
        ("Which animal do the swimmers like most?", pool),
        ("周日晚上20点以后还有多少人?", readers),
        ("晚上20点以后还有多少人?", readers),
        ("Wie viele Tassen Kaffee wurden im Mai zurückgeschickt?", drinks),
        ("How many of these still have a ticket?", bins),
        ("Quelle est la médiane de Marseille ?", classes),
        ("What's the median for the veterans?", classes),
        ("Wie viele Betten werden Ende März belegt sein?", beds),
        ("Warum waren Mitte März so viele Betten belegt?", beds),
    ],
)
def test_what_is_not_drawn_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    nothing = ("keine Werte", "没有值")
    assert not any(word in answer for word in _TOLD) or any(word in answer for word in nothing), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many members joined in March?", arrivals, ("47",)),
        ("3월에 가입한 회원은 몇 명인가요?", signups, ("47",)),
        ("Wie viele Tassen Kaffee haben wir am Samstag verkauft?", drinks, ("79",)),
        ("周六卖了多少杯咖啡?", teahouse, ("79",)),
        ("Wie warm war es am 15. Mai in München?", wetter, ("16 °C",)),
        ("What was the average in the maths exam?", maths, ("≈",)),
        ("가장 많은 응답자가 있는 구간은 뭐야?", viewing, ("60–90",)),
        ("How long does the Brisk run?", cleaners, ("43 min",)),
        ("Wie lang ist der Bremsweg aus 50 km/h auf Eis?", skid, ("68 m",)),
        ("Wie lang ist der Bremsweg auf Eis?", braking, ("68 m",)),
        ("¿Cuántos kilos pesa un lobo?", speeds, ("40 kg",)),
        ("Quel jour attire le plus de visiteurs ?", zoo, ("« Lundi »", "155")),
        ("周日18点以后有多少人?", readers, ("41",)),
        ("Wie viele Besucher waren am Sonntag nach 18 Uhr da?", library, ("41",)),
        ("Wie viele Betten waren Mitte März im Schnitt belegt?", beds, ("39",)),
        ("How many are in the 30-40 bin?", bins, ("4 of 13",)),
        ("Quelle est la médiane de 10a ?", classes, ("« 10a »",)),
    ],
)
def test_what_is_drawn_is_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
