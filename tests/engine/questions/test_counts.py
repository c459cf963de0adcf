"""How many values, points or parts of stacks there are: of all series together, and of which of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from tests.engine.questions.test_plain_figures import bins


def table(rows: list[str], columns: list[str], values: list[list[float]], labels: tuple[str, str, str]) -> Figure:
    """Return a heat map, with the labels of its columns, its rows, and its colour bar."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    image = axes.imshow(values)
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    figure.colorbar(image, label=labels[2])
    return figure


VALUES: list[list[float]] = [[12, 40, 33], [15, 38, 61], [9, 52, 70]]


def calls() -> Figure:
    return table(["Mon", "Tue", "Wed"], ["8 am", "noon", "6 pm"], VALUES, ("Time", "Day", "Calls"))


def faults() -> Figure:
    return table(["Nord", "Süd", "West"], ["Jan", "Feb", "Mär"], VALUES, ("Monat", "Region", "Störungen"))


def walkers() -> Figure:
    labels = ("Moment", "Jour", "Passages")
    return table(["lundi", "mardi", "jeudi"], ["matin", "midi", "soir"], VALUES, labels)


def tours() -> Figure:
    return table(["lunes", "martes", "jueves"], ["mañana", "tarde", "noche"], VALUES, ("Franja", "Día", "Visitas"))


def guests() -> Figure:
    return table(["월", "화", "수"], ["오전", "오후", "저녁"], VALUES, ("시간대", "요일", "방문자 수 (명)"))


def crowds() -> Figure:
    values = [[value * 20 for value in row] for row in VALUES]
    return table(["周一", "周二", "周三"], ["9:00", "10:00", "18:00"], values, ("时间", "星期", "人数(人)"))


def offers() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Weight (kg)", ylabel="Price (€)")
    axes.scatter([1, 2, 3, 4], [10, 20, 30, 40], label="new")
    axes.scatter([1, 2, 3], [5, 9, 22], label="used")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many cells are above 50?", calls, ("In total, 3 of 9", "“Tue” 1 of 3 (“6 pm”: 61)", "“Wed” 2 of 3")),
        ("In how many cells are there more than 200 calls?", calls, ("None of all 9 values is above 200", "9 to 70")),
        ("In wie vielen Kästchen steht mehr als 50?", faults, ("Insgesamt liegen 3 von 9", "„West“ 2 von 3")),
        ("Wie viele Felder haben mindestens 40?", faults, ("Insgesamt liegen 4 von 9", "„Nord“ 1 von 3")),
        ("Combien de cases dépassent 50 ?", walkers, ("Au total, 3 des 9", "« mardi » 1 sur 3 (« soir » : 61)")),
        ("cuántas celdas están por debajo de 15", tours, ("En total, 2 de 9", "«lunes» 1 de 3", "«jueves» 1 de 3")),
        ("60명 이상인 칸의 개수는?", guests, ("모두 9개 값 중 2개", "“화” 3개 중 1개")),
        ("有多少个格子超过了1000人?", crowds, ("总共 9 个值中有 3 个高于 1000", "“周三”3 个中有 2 个")),
        ("How many cost more than 20 €?", offers, ("In total, 3 of 7", "“new” 2 of 4", "“used” 1 of 3")),
        ("20유로 넘는 건 몇 개야?", offers, ("모두 7개 값 중 3개",)),
        ("Wie viele kosten mehr als 100 €?", offers, ("Keiner von allen 7 Werten", "5 € bis 40 €")),
    ],
)
def test_values_of_several_series_are_counted_together(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)
    assert "never" not in asked(question, draw)


def stack(names: list[str], series: dict[str, list[float]], labels: tuple[str, str]) -> Figure:
    """Return bars on top of each other, with a legend."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    bottom = [0.0] * len(names)
    for name, values in series.items():
        axes.bar(names, values, bottom=bottom, label=name)
        bottom = [a + b for a, b in zip(bottom, values, strict=True)]
    axes.legend(title="Sorte")
    return figure


ICES: dict[str, list[float]] = {"Vanille": [70, 80, 90], "Zitrone": [60, 95, 50], "Nuss": [20, 25, 30]}


def cones() -> Figure:
    return stack(["Mo", "Di", "Mi"], ICES, ("Tag", "Kugeln (Stück)"))


def output() -> Figure:
    return stack(["1월", "2월", "3월"], {"본사": [40, 50, 60], "지사": [45, 40, 30]}, ("월", "생산량 (개)"))


def visits() -> Figure:
    return stack(["内科", "外科", "儿科"], {"上午": [320, 145, 240], "下午": [210, 98, 300]}, ("科室", "门诊量(人次)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("An wie vielen Tagen gingen mehr als 160 Kugeln über die Theke?", cones, ("2 von 3", "200", "170", "Summe")),
        ("On how many days were more than 180 scoops sold?", cones, ("1 of 3", "Total of all series", "200")),
        ("Which days had fewer than 160 scoops?", cones, ("1 of 3", "“Mo” (150")),
        ("Gab es einen Tag mit mehr als 190 Kugeln?", cones, ("Ja", "200")),
        ("Combien de jours dépasse-t-on 160 boules ?", cones, ("2 des 3", "200", "170")),
        ("¿Qué días se superaron las 180 bolas?", cones, ("1 de 3", "200")),
        ("생산량이 87을 넘은 달은 몇 개야?", output, ("2개", "90 개")),
        ("哪些科室的门诊量超过500?", visits, ("“内科” (530", "“儿科” (540")),
        # but of one of the parts, or of each
        ("An wie vielen Tagen wurden mehr als 75 Kugeln Vanille verkauft?", cones, ("2 von 3", "80", "90")),
        ("How many values are above 60?", cones, ("In total, 4 of 9",)),
        ("Which kinds had more than 80 scoops?", cones, ("“Vanille”", "“Mi” (90", "“Zitrone”", "“Di” (95")),
    ],
)
def test_of_stacks_the_whole_height_passes_a_limit(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def scattered(title: str, labels: tuple[str, str], names: tuple[str, str]) -> Figure:
    """Return four points of one series and three of another."""
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=labels[0], ylabel=labels[1])
    axes.scatter([1, 2, 3, 4], [10, 20, 30, 40], label=names[0])
    axes.scatter([1, 2, 3], [5, 9, 22], label=names[1])
    axes.legend()
    return figure


def bicycles() -> Figure:
    return scattered("Bicycles for sale", ("Weight (kg)", "Price (€)"), ("with basket", "no basket"))


def dwellings() -> Figure:
    return scattered("Angebotene Wohnungen", ("Fläche (m²)", "Miete (€)"), ("Altbau", "Neubau"))


def houses() -> Figure:
    return scattered("Maisons à vendre", ("Surface (m²)", "Prix (k€)"), ("Gare", "Port"))


def dogs() -> Figure:
    return scattered("Perros de la clínica", ("Edad del perro (años)", "Peso (kg)"), ("Hembras", "Machos"))


def pupils() -> Figure:
    return scattered("학생들의 키와 몸무게", ("키 (cm)", "몸무게 (kg)"), ("1반", "2반"))


def vehicles() -> Figure:
    return scattered("二手车", ("车龄(年)", "价格(万元)"), ("汽油车", "电动车"))


def libraries() -> Figure:
    return scattered("Libraries", ("Staff", "Books"), ("town", "village"))


def heat() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Month", ylabel="Temperature (°C)").bar(["Jan", "Feb", "Mar"], [3, 8, 11])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("how many bikes in total", bicycles, ("7 points in total", "“with basket” 4", "“no basket” 3")),
        ("How many bicycles are there in the chart?", bicycles, ("7 points in total",)),
        ("Wie viele Wohnungen gibt es insgesamt?", dwellings, ("insgesamt 7 Punkte", "„Altbau“ 4")),
        ("Combien de maisons sont à vendre en tout ?", houses, ("7 points en tout",)),
        ("cuántos perros hay en el gráfico en total", dogs, ("7 puntos en total", "«Machos» 3")),
        ("학생은 두 반 합쳐서 모두 몇 명이야?", pupils, ("모두 7개", "“1반” 4")),
        ("图上一共有几辆车?", vehicles, ("7 个点", "“电动车” 3")),
        ("Combien de maisons y a-t-il à Gare ?", houses, ("4 valeurs",)),
        # which are more
        ("Are there more bicycles with a basket or without one?", bicycles, ("more points of “with basket”", "1 more")),
        ("Are there fewer with basket than with no basket?", bicycles, ("fewer points of “no basket”",)),
        ("Gibt es mehr Altbau- oder mehr Neubauwohnungen?", dwellings, ("Von „Altbau“ gibt es mehr Punkte",)),
        ("Il y a plus de maisons à Gare ou à Port ?", houses, ("plus de points de « Gare »", "1 de plus")),
        ("¿Hay más machos o más hembras?", dogs, ("más puntos de «Hembras»",)),
        ("1반이 2반보다 몇 명 더 많아?", pupils, ("“1반”의 점이 더 많습니다", "1개")),
        ("汽油车和电动车哪种更多?", vehicles, ("“汽油车”的点更多",)),
        # what is measured is still added up where it can be, and what is counted
        ("How many books are there in total?", libraries, ("136",)),
        ("How many libraries are there in total?", libraries, ("7 points in total",)),
        ("Wie viele Euro kosten alle Wohnungen zusammen?", dwellings, ("136 €",)),
        ("¿Cuántos kilos pesan todos juntos?", dogs, ("136 kg",)),
        ("How many months are shown in total?", heat, ("3 categories",)),
    ],
)
def test_points_are_counted_and_not_summed(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How many cars are there in total?", bicycles),
        ("How many bicycles did they sell in total?", bicycles),
        ("Wie viele Mieter gibt es insgesamt?", dwellings),
        ("Wie viele Neubauwohnungen wurden verkauft?", dwellings),
        ("Combien de camions sont à vendre en tout ?", houses),
        ("¿Cuántos gatos hay en total?", dogs),
        ("선생님은 모두 몇 명이야?", pupils),
        ("一共有多少只猫?", vehicles),
    ],
)
def test_what_the_points_are_not_is_not_counted(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(number in answer for number in ("3", "7", "136")), answer


def motorbikes(title: str, labels: tuple[str, str]) -> Figure:
    """Return points of used motorbikes by their age, with prices in thousands."""
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=labels[0], ylabel=labels[1])
    axes.scatter([1, 2, 4, 8, 11], [14.5, 12, 9, 5, 2.5])
    return figure


def motos() -> Figure:
    return motorbikes("Motos de segunda mano", ("Edad de la moto (años)", "Precio (miles de €)"))


def occasions() -> Figure:
    return motorbikes("Motos d'occasion", ("Âge de la moto (ans)", "Prix (milliers d'euros)"))


def motorraeder() -> Figure:
    return motorbikes("Gebrauchte Motorräder", ("Alter des Motorrads (Jahre)", "Preis (Tausend €)"))


def used() -> Figure:
    return motorbikes("Used motorbikes", ("Age of the motorbike (years)", "Price (thousands of €)"))


def single(names: list[str], values: list[float], labels: tuple[str, str]) -> Figure:
    """Return bars of one series."""
    figure = Figure()
    figure.add_subplot(xlabel=labels[0], ylabel=labels[1]).bar(names, values)
    return figure


def goods() -> Figure:
    return single(["가전", "식품", "의류"], [1840, 2315, 610], ("상품군", "매출 (만 원)"))


def cities() -> Figure:
    return single(["서울", "부산", "대구"], [42.5, 12.1, 8.4], ("도시", "방문객 (천 명)"))


def riders() -> Figure:
    return single(["周一", "周二", "周三"], [86, 64, 38], ("星期", "客流量(百人次)"))


def shops() -> Figure:
    return single(["北店", "南店", "西店"], [42.5, 12.1, 8.4], ("分店", "销售额(万元)"))


def stations() -> Figure:
    values: list[list[float]] = [[86, 64, 38], [82, 61, 36]]
    return table(["周一", "周二"], ["7时", "9时", "12时"], values, ("时段", "星期", "客流量(百人次)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("¿Cuántas motos cuestan menos de 10.000 euros?", motos, ("3 de 5", "10 miles de €")),
        ("¿Cuántas motos valen más de 9.500 €?", motos, ("2 de 5", "9,5 miles de €")),
        ("¿Qué motos cuestan menos de 6000 euros?", motos, ("2 de 5", "6 miles de €")),
        ("¿Cuántas motos tienen menos de 5 años?", motos, ("3 de 5", "5 años")),
        ("Combien de motos coûtent plus de 9 500 euros ?", occasions, ("2 des 5",)),
        ("Wie viele Motorräder kosten weniger als 10.000 Euro?", motorraeder, ("3 von 5", "10 Tausend €")),
        ("How many motorbikes cost less than 10,000 euros?", used, ("3 of 5", "10 thousands of €")),
        ("How many motorbikes are older than 3 years?", used, ("3 of 5", "3 years")),
        ("매출이 2천 1백만 원을 넘는 상품군은?", goods, ("1개", "2100 만 원", "“식품”")),
        ("1만 2천 명보다 많이 온 도시는?", cities, ("2개", "12 천 명")),
        ("客流量超过5000人次的有几天?", riders, ("有 2 个高于 50",)),
        ("超过0.6万人次的有几天?", riders, ("有 2 个高于 60",)),
        ("超过12万5000元的是哪家?", shops, ("12.5 万元", "“北店”")),
        ("有几个格子超过8000人次?", stations, ("总共 6 个值中有 2 个高于 80",)),
    ],
)
def test_amounts_are_read_in_thousands_and_the_like(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


SCORES = [41, 44, 52, 55, 58, 61, 63, 64, 66, 67, 72, 75, 78, 79, 83, 85, 92]
NIGHTS = [5.2, 5.6, 6.1, 6.2, 6.4, 6.7, 7.1, 7.2, 7.3, 7.6, 8.1]


def histogram(values: list[float], edges: list[float], labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.hist(values, bins=edges)
    return figure


def scores() -> Figure:
    return histogram([*SCORES], [*range(40, 101, 10)], ("Score (points)", "Students"))


def punkte() -> Figure:
    return histogram([*SCORES], [*range(40, 101, 10)], ("Punkte", "Schüler"))


def notas() -> Figure:
    return histogram([*SCORES], [*range(40, 101, 10)], ("Nota (puntos)", "Alumnos"))


def jeomsu() -> Figure:
    return histogram([*SCORES], [*range(40, 101, 5)], ("점수 (점)", "학생 수 (명)"))


def heights() -> Figure:
    return histogram([score + 100 for score in SCORES], [*range(140, 201, 10)], ("키 (cm)", "학생 수 (명)"))


def fenshu() -> Figure:
    return histogram([*SCORES], [*range(40, 101, 10)], ("分数(分)", "人数(人)"))


def nights() -> Figure:
    edges = [5 + number / 2 for number in range(8)]
    return histogram(NIGHTS, edges, ("Durée de sommeil (h)", "Nombre d'élèves"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many students scored in the sixties?", scores, ("5 of 17", "60 points and 70 points")),
        ("How many more students scored in the 60s than in the 50s?", scores, ("(5)", "(3)", "2 higher")),
        ("Wie viele Schüler liegen in den Sechzigern?", punkte, ("5 von 17",)),
        ("Wie viele Schüler liegen im 70er-Bereich?", punkte, ("4 von 17",)),
        ("¿Hay más alumnos en los cincuenta o en los ochenta?", notas, ("(3)", "(2)")),
        ("60점대는 몇 명이야?", jeomsu, ("17 명 중 5 명", "60 점~70 점")),
        ("170cm대가 150cm대보다 몇 명 더 많아?", heights, ("4 명", "3 명", "1 명")),
        (
            "40점대와 90점대 중 어느 쪽이 더 많아?",
            lambda: histogram([*SCORES, 93], [*range(40, 101, 10)], ("점수 (점)", "명")),
            ("같습니다",),
        ),
        ("60多分的有几个人?", fenshu, ("17 人中有 5 人",)),
        ("七十多分的学生有多少?", fenshu, ("4 人",)),
        ("Combien d'élèves dorment entre 6 h et 6 h 30 ?", nights, ("3 sur 11", "6 h et 6,5 h")),
        ("Combien d'élèves dorment entre 6 h 30 et 7 h 30 ?", nights, ("4 sur 11",)),
    ],
)
def test_bins_are_named_by_their_decade(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    "question",
    [
        "How many bins have more than 2 members?",
        "How many bars are above 2?",
        "Wie viele Klassen haben mehr als 2?",
        "Combien de barres dépassent 2 ?",
        "¿Cuántas barras pasan de 2?",
        "2명보다 많은 구간은 몇 개야?",
        "有几个区间超过2人?",
    ],
)
def test_bins_are_counted_by_how_many_things_each_has(question: str) -> None:
    answer = asked(question, bins)
    assert "20–30" in answer
    assert "30–40" in answer
    assert all(count in answer for count in ("6", "2", "3", "4"))
    assert "10–20" not in answer


def test_what_the_bins_hold_is_compared_along_their_axis() -> None:
    assert "10 of 13" in asked("How many members are older than 20?", bins)
