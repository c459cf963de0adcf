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


def boxes(label: str, kind: str, names: list[str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel=label, xlabel=kind)
    axes.boxplot([[3, 5, 8, 9, 12], [6, 7, 9, 14, 20], [2, 3, 4, 6, 9]], tick_labels=names)
    return figure


def depots() -> Figure:
    return boxes("Delivery time (minutes)", "Depot", ["Ashford", "Milton", "Brook"])


def lager() -> Figure:
    return boxes("Lieferzeit (Minuten)", "Lager", ["Ahrensburg", "Mölln", "Bargteheide"])


def vehicules() -> Figure:
    return boxes("Durée de livraison (min)", "Véhicule", ["Camion", "Vélo", "Scooter"])


def vehiculos() -> Figure:
    return boxes("Tiempo de entrega (min)", "Vehículo", ["Camión", "Bicicleta", "Moto"])


def trucks_in_korean() -> Figure:
    return boxes("배송 시간 (분)", "차량", ["트럭", "자전거", "오토바이"])


def trucks_in_chinese() -> Figure:
    return boxes("配送时间(分钟)", "车辆", ["卡车", "自行车", "摩托车"])


def histogram(title: str, label: str, counts: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=label, ylabel=counts)
    axes.hist([11, 12, 12, 13, 13, 13, 14, 14, 15, 18], bins=[10, 12, 14, 16, 18, 20])
    return figure


def leaves() -> Figure:
    return histogram("Length of maple leaves measured in class", "Leaf length (cm)", "Number of leaves")


def anrufe() -> Figure:
    return histogram("Länge der Anrufe", "Dauer (Minuten)", "Anzahl Anrufe")


def consultations() -> Figure:
    return histogram("Durée des consultations", "Durée (minutes)", "Nombre de consultations")


def pulse() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Woche", ylabel="Ruhepuls (Schläge pro Minute)", title="Ruhepuls im Kurs")
    axes.plot([0, 2, 4, 6], [72, 70, 66, 64], marker="o")
    return figure


def named(kind: str, label: str, title: str, names: list[str], values: list[int]) -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel=kind, ylabel=label, title=title).bar(names, values)
    return figure


def goals() -> Figure:
    return named("Equipo", "Goles", "Goles en la liga, curso 2023-24", ["Rayo", "Unión", "Atlético"], [41, 38, 52])


def pupils() -> Figure:
    return named("Student", "Books read", "", ["Anna", "Tom", "Mia"], [4, 7, 5])


def scorers() -> Figure:
    return named("", "Goals", "", ["Anna", "Tom", "Mia"], [4, 7, 5])


def surgeries() -> Figure:
    return named("Praxis", "Patienten", "Patienten im Mai", ["Dr. Kern", "Dr. Lutz"], [41, 27])


def bathers() -> Figure:
    return named("Monat", "Gäste", "Gäste im Freibad", ["Mai", "Juni", "Juli"], [500, 800, 1200])


def cheese() -> Figure:
    return named("Month", "Sales (kg)", "Cheese sold (2024)", ["May", "June", "July"], [50, 80, 120])


def glass() -> Figure:
    return named("Quartier", "Verre trié (tonnes)", "", ["Gare", "Port", "Centre"], [5, 8, 12])


def foods() -> Figure:
    return named("Lebensmittel", "Energie (kcal je 100 g)", "", ["Nüsse", "Reis", "Quark"], [600, 130, 70])


def museums() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Visitors", xlabel="Day")
    axes.bar([0, 1, 2], [40, 50, 60], 0.4, label="Old Town")
    axes.bar([0.4, 1.4, 2.4], [30, 20, 70], 0.4, label="Seaside")
    axes.set_xticks([0.2, 1.2, 2.2], ["Mon", "Tue", "Wed"])
    axes.legend(title="Museum")
    return figure


def turnos() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Nota", xlabel="Horas de estudio")
    axes.scatter([1, 2, 3], [5, 6, 7], label="Turno de mañana")
    axes.scatter([1, 2, 3], [4, 6, 8], label="Turno de tarde")
    axes.legend()
    return figure


def waste() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Viertel", ylabel="Müll (Tonnen)")
    stack(axes, ["Mitte", "Hafen"], {"Glas": [15, 24], "Papier": [19, 32]})
    return figure


def bikes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time of day", ylabel="Day")
    image = axes.imshow([[9, 14, 30], [7, 12, 26]])
    axes.set_xticks(range(3), ["8:00", "12:00", "16:00"])
    axes.set_yticks(range(2), ["Mon", "Tue"])
    figure.colorbar(image, label="Bikes per hour")
    return figure


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        # a name that is not drawn, among names that are
        ("What is the median delivery time at Lakeside?", depots),
        ("Quelle est la durée médiane en train ?", vehicules),
        ("Was Seaside busier than the library on Monday?", museums),
        ("Combien de verre a été trié dans le quartier de la Plage ?", glass),
        ("¿Qué nota media tuvo el turno de noche?", turnos),
        ("Wie viele Gäste hatte das Hallenbad im Juni?", bathers),
        # its cost
        ("Was hat das Papier in Mitte gekostet?", waste),
        ("Was hat das Glas im Hafen gekostet?", waste),
        # times counted from today
        ("What was the median at Milton three years ago?", depots),
        ("Wie hoch war der Median in Mölln vor drei Jahren?", lager),
        ("Quelle était la médiane du vélo il y a cinq ans ?", vehicules),
        ("¿Cuál era la mediana de la moto hace dos años?", vehiculos),
        ("五年前卡车的中位数是多少?", trucks_in_chinese),
        ("¿Cuántos goles marcó el Rayo la temporada pasada?", goals),
        ("¿Qué nota media tuvo el turno de tarde el curso pasado?", turnos),
        # persons
        ("¿Quién fue el máximo goleador de la liga?", goals),
        ("Which student measured the longest leaf?", leaves),
        ("Wer hat den niedrigsten Puls?", pulse),
        ("Welcher Patient war am häufigsten da?", surgeries),
        ("Wie viele Patienten hat Dr. Weber?", surgeries),
        ("Which curator had the most visitors?", museums),
        ("Which visitor came most often?", museums),
        ("Who visited most often?", museums),
        # other things, and kinds of those that are drawn
        ("Pour quel motif vient-on le plus ?", consultations),
        ("How many oak leaves were measured?", leaves),
        ("How many books were borrowed at Seaside on Tuesday?", museums),
        # other measures of the same
        ("How long do visitors stay at Seaside on Tuesday?", museums),
        ("How fast do the bikes go on Monday at noon?", bikes),
        ("Quel quartier est le plus peuplé ?", glass),
        ("Quel quartier est le plus cher ?", glass),
        ("Welches Lebensmittel ist am gesündesten?", foods),
        ("Welches Lebensmittel schmeckt am besten?", foods),
        ("Wie viele Leute warten in Mölln?", lager),
    ],
)
def test_what_has_no_name_in_the_chart_is_not_told(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in _TOLD), answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What is the median delivery time at Milton?", depots, ("“Milton”", "9 minutes")),
        ("Quelle est la durée médiane en camion ?", vehicules, ("« Camion »", "8 min")),
        ("¿Cuál es la mediana en moto?", vehiculos, ("«Moto»", "4 min")),
        ("트럭의 중앙값은 얼마야?", trucks_in_korean, ("8 분",)),
        ("卡车的中位数是多少?", trucks_in_chinese, ("8 分钟",)),
        ("Was Seaside busier than Old Town on Monday?", museums, ("No", "10 lower")),
        ("Combien de verre a été trié dans le quartier du Port ?", glass, ("8 tonnes",)),
        ("¿Qué nota media tuvo el turno de tarde?", turnos, ("«Turno de tarde»", "6")),
        ("Wie viele Gäste hatte das Schwimmbad im Juni?", bathers, ("800",)),
        ("How much did we sell in July?", cheese, ("120 kg",)),
        ("¿Qué equipo marcó más goles?", goals, ("«Atlético»",)),
        ("Which student read the most books?", pupils, ("“Tom”",)),
        ("Who read the most books?", pupils, ("“Tom”",)),
        ("Which player scored the most goals?", scorers, ("“Tom”",)),
        ("Welche Dauer kommt am häufigsten vor?", anrufe, ("12–14",)),
        ("Quelle durée est la plus fréquente ?", consultations, ("12–14",)),
        ("How many leaves were measured?", leaves, ("10",)),
        ("How many maple leaves were measured?", leaves, ("10",)),
        ("How many bikes are there on Monday at noon?", bikes, ("14",)),
        ("In welcher Woche war der Puls am niedrigsten?", pulse, ("Woche 6",)),
        ("Wie hoch war der Puls in Woche 4?", pulse, ("66",)),
    ],
)
def test_what_has_a_name_in_the_chart_is_told(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)
