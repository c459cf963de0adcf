"""Questions about all series: their order, which is lowest or within a limit everywhere, and how each changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def grouped(names: list[str], series: dict[str, list[float]], **labels: str) -> Figure:
    """Draw bars beside each other, with a legend."""
    figure = Figure()
    axes = figure.add_subplot(**labels)
    for number, (name, values) in enumerate(series.items()):
        axes.bar([place + 0.25 * (number - 1) for place in range(len(names))], values, 0.25, label=name)
    axes.set_xticks(range(len(names)), names)
    axes.legend()
    return figure


def clouds(series: dict[str, tuple[list[float], list[float]]], **labels: str) -> Figure:
    """Draw points, with a legend."""
    figure = Figure()
    axes = figure.add_subplot(**labels)
    for name, (x, y) in series.items():
        axes.scatter(x, y, label=name)
    axes.legend()
    return figure


def shops() -> Figure:
    sales = {"Hill": [40.0, 45, 39, 51], "Dock": [31.0, 33, 36, 40], "Park": [27.0, 24, 29, 28]}
    return grouped(["Q1", "Q2", "Q3", "Q4"], sales, title="Sales by shop", xlabel="Quarter", ylabel="Sales (k€)")


def teas() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Umsatz nach Teesorte", xlabel="Monat", ylabel="Umsatz (Tsd. €)")
    months, bottom = ["Jan", "Feb", "Mär"], [0, 0, 0]
    for name, values in {"Grüntee": [20, 25, 22], "Schwarztee": [15, 14, 18], "Früchtetee": [6, 7, 5]}.items():
        axes.bar(months, values, bottom=bottom, label=name)
        bottom = [a + b for a, b in zip(bottom, values, strict=True)]
    axes.legend()
    return figure


def mills() -> Figure:
    made = {"东厂": [40.0, 45, 39], "西厂": [31.0, 33, 36], "南厂": [27.0, 24, 29]}
    return grouped(["一季度", "二季度", "三季度"], made, title="各工厂产量", xlabel="季度", ylabel="产量(吨)")


def zones() -> Figure:
    sold = {"Norte": [40.0, 45, 31], "Sur": [31.0, 33, 20], "Centro": [27.0, 24, 18]}
    return grouped(["Ene", "Feb", "Mar"], sold, title="Ventas por zona", xlabel="Mes", ylabel="Ventas (unidades)")


def washes() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Wochentag", ylabel="Tageszeit")
    image = axes.imshow([[3, 2, 0, 4], [5, 6, 7, 2], [1, 0, 3, 2]])
    axes.set_xticks(range(4), ["Mo", "Di", "Mi", "Do"])
    axes.set_yticks(range(3), ["8–11 Uhr", "11–14 Uhr", "14–17 Uhr"])
    figure.colorbar(image, label="Waschgänge")
    return figure


def drying() -> Figure:
    series = {"indoors": ([30.0, 40, 50, 60], [3.0, 5, 7, 9.5]), "outdoors": ([35.0, 45, 55, 65], [2.0, 3, 4, 6])}
    return clouds(series, xlabel="Humidity (%)", ylabel="Drying time (h)")


def readers() -> Figure:
    series = {"甲班": ([1.0, 2, 3, 4], [60.0, 70, 80, 90]), "乙班": ([1.5, 2, 3, 5], [62.0, 66, 70, 74])}
    return clouds(series, xlabel="每周阅读(小时)", ylabel="语文成绩(分)")


def towns() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Temperature (°C)")
    axes.plot(["Jan", "Feb", "Mar"], [2, 6, 13], label="Lyon")
    axes.plot(["Jan", "Feb", "Mar"], [8, 9, 15], label="Nice")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Rank the shops by their sales for the whole year.", shops, ("summed up", "“Hill” (175 k€), “Dock” (140")),
        ("Sort the shops by total sales", shops, ("“Hill” (175 k€), “Dock” (140 k€) and “Park” (108 k€)",)),
        ("Rank the quarters by total sales", shops, ("“Q4” (119 k€), “Q3” (104",)),
        ("Rank the shops by sales in Q2", shops, ("“Q2”", "45 k€", "33 k€")),
        ("Sortiere die Teesorten nach ihrem Umsatz", teas, ("„Grüntee“ (67 Tsd. €), „Schwarztee“ (47",)),
        ("Sortiere die Monate nach Gesamtumsatz", teas, ("Februar (46 Tsd. €), März (45",)),
        ("Trie les zones par ventes totales", zones, ("« Norte » (116",)),
        ("Ordena las zonas por ventas totales", zones, ("«Norte» (116 unidades), «Sur» (84",)),
        ("按总产量给工厂排名", mills, ("“东厂” (124 吨)、“西厂” (100 吨)",)),
        ("工厂를 총합계 순으로 나열해 줘", mills, ("“东厂” (124",)),
        ("Sortiere die Tageszeiten nach Waschgängen", washes, ("„11–14 Uhr“ (20), „8–11 Uhr“ (9)",)),
        ("Rank the towns by average temperature", towns, ("“Nice” (10.67 °C) and “Lyon” (7 °C)",)),
    ],
)
def test_series_are_put_in_the_order_of_their_sums(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which shop consistently sells the least?", shops, ("“Park” is the lowest at 4 of 4",)),
        ("Welche Teesorte bringt durchweg am wenigsten ein?", teas, ("„Früchtetee“ ist an 3 von 3 Stellen",)),
        ("Quel est le groupe qui vend toujours le moins ?", zones, ("« Centro »", "3 endroits sur 3")),
        ("¿Qué zona vende siempre menos?", zones, ("«Centro»", "3 de 3")),
        ("哪个工厂的产量始终最低?", mills, ("“南厂”", "3 处最低")),
        ("항상 생산량이 가장 많은 공장은?", mills, ("“东厂”", "3개 중 3개")),
        ("Welche Tageszeit ist immer am vollsten?", washes, ("„11–14 Uhr“", "3 von 4", "„Do“")),
        ("Which shop sells the most consistently?", shops, ("“Park” varies least",)),
    ],
)
def test_the_series_that_is_always_lowest_is_told(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How far apart are the peaks of indoors and outdoors?", drying, ("9.5 h", "3.5 h higher", "6 h")),
        ("Compare the average drying time of the two", drying, ("6.125 h", "2.375 h higher", "3.75 h")),
        ("Um wie viel unterscheiden sich die Höchstwerte?", drying, ("9,5 h", "3,5 h höher", "6 h")),
        ("Wie groß ist der Unterschied zwischen den Tiefstwerten?", drying, ("3 h", "um 1 h höher", "2 h")),
        ("Quel est l'écart entre les maxima des deux ?", drying, ("9,5 h", "6 h", "de 3,5 h")),
        ("¿Cuánto se diferencian los máximos?", drying, ("9,5 h", "6 h", "en 3,5 h")),
        ("두 경우의 최댓값은 몇 시간 차이가 나나요?", drying, ("9.5 h", "6 h", "3.5 h 높")),
        ("比较一下两个班的平均分", readers, ("75 分", "68 分", "高 7 分")),
        ("Compare the highest temperature in Lyon with that in Nice", towns, ("13 °C", "2 °C lower", "15 °C")),
        ("甲班和乙班的最高分相差几分?", readers, ("90 分", "74 分", "高 16 分")),
        ("What is the maximum difference between Lyon and Nice?", towns, ("January", "by 6 °C")),
        ("Where is the gap between Lyon and Nice the highest?", towns, ("January", "by 6 °C")),
    ],
)
def test_how_far_extremes_and_means_are_apart(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def rooms(names: list[str], labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    for name, values in zip(names, ([480, 900, 1250], [430, 700, 910], [800, 1100, 1300]), strict=True):
        axes.plot(["8:00", "10:00", "12:00"], values, label=name)
    axes.legend()
    return figure


def classes() -> Figure:
    return rooms(["Class A", "Class B", "Class C"], ("Time", "CO2 (ppm)"))


def klassen() -> Figure:
    return rooms(["Klasse 5a", "Klasse 5b", "Klasse 5c"], ("Uhrzeit", "CO2 (ppm)"))


def classes_fr() -> Figure:
    return rooms(["Classe A", "Classe B", "Classe C"], ("Heure", "CO2 (ppm)"))


def clases() -> Figure:
    return rooms(["Clase A", "Clase B", "Clase C"], ("Hora", "CO2 (ppm)"))


def ban() -> Figure:
    return rooms(["1반", "2반", "3반"], ("시각", "CO2 (ppm)"))


def banji() -> Figure:
    return rooms(["甲班", "乙班", "丙班"], ("时间", "二氧化碳(ppm)"))


@pytest.mark.parametrize(
    ("question", "draw", "words", "other"),
    [
        ("Which class never exceeded 1000?", classes, ("“Class B” is always at most 1000", "430", "910"), "“Class A”"),
        ("Which class stayed below 1000 all day?", classes, ("“Class B” is always below 1000",), "“Class A”"),
        ("Which class never dropped below 600?", classes, ("“Class C” is always at least 600",), "“Class A”"),
        ("Which class never exceeded 500?", classes, ("3 of 3 values of “Class C”",), "always"),
        ("Welche Klasse lag den ganzen Tag unter 1000?", klassen, ("„Klasse 5b“ liegt immer unter 1000",), "5a"),
        ("Quelle classe n'a jamais dépassé 1000 ?", classes_fr, ("« Classe B » est toujours d'au plus 1000",), "A »"),
        ("¿Qué clase estuvo siempre por debajo de 1000?", clases, ("«Clase B» siempre está por debajo",), "Clase A"),
        ("1000을 한 번도 넘지 않은 반은?", ban, ("“2반”은 항상 1000 ppm 이하",), "1반"),
        ("哪个班一整天都没有超过1000?", banji, ("“乙班”始终不高于 1000",), "甲班"),
    ],
)
def test_series_that_are_always_within_a_limit(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...], other: str
) -> None:
    answer = asked(question, draw)
    assert [word for word in words if word not in answer] == [], answer
    assert other not in answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Did all shops rise from Q1 to Q4?", shops, ("Yes", "“Park” rises from 27 k€", "by 1 k€")),
        ("Did every shop fall from Q2 to Q3?", shops, ("No", "“Hill” falls", "“Dock” rises")),
        (
            "Sind alle Teesorten von Januar bis März gestiegen?",
            teas,
            ("Nein", "„Früchtetee“ fällt", "„Grüntee“ steigt"),
        ),
        ("Est-ce que toutes ont baissé entre février et mars ?", zones, ("Oui", "« Norte » diminue", "soit 14")),
        ("¿Bajaron todas las zonas de febrero a marzo?", zones, ("Sí", "«Norte» baja", "«Centro» baja")),
        # the first and the last place by what they are
        ("How much did Nice rise from the start to February?", towns, ("8 °C (January)", "9 °C (February)", "1 °C")),
        ("Lyon从2月到最后上升了多少?", towns, ("6 °C", "13 °C", "7 °C")),
        ("War Nice von Anfang bis Ende vorn?", towns, ("Ja", "3 von 3")),
        ("8:00부터 12:00까지 모든 반이 올랐어?", ban, ("네", "“1반”", "770 ppm")),
        ("从一季度到三季度所有工厂都增长了吗?", mills, ("不是", "“东厂”", "“西厂”")),
    ],
)
def test_how_series_moved_between_two_places(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
