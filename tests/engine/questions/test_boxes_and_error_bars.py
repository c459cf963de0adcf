"""Boxes and error bars: from where to where they go, which are the widest, and the values that boxes summarise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def boxes(names: list[str], labels: tuple[str, str]) -> Figure:
    """Return three boxes: from 15 to 45, from 29 to 38.5 with an outlier of 70, and from 8 to 12.5."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    values = [[3, 10, 20, 30, 40, 50, 52], [25, 28, 30, 35, 37, 40, 70], [5, 7, 9, 11, 12, 13, 15]]
    axes.boxplot(values, tick_labels=names)
    return figure


def clinics() -> Figure:
    return boxes(["North", "South", "West"], ("Clinic", "Waiting time (min)"))


def instruments() -> Figure:
    return boxes(["Geige", "Klavier", "Flöte"], ("Instrument", "Übungszeit (Minuten)"))


def runners() -> Figure:
    return boxes(["Lyon", "Nantes", "Lille"], ("Club", "Temps (s)"))


def purchases() -> Figure:
    return boxes(["Centro", "Norte", "Puerto"], ("Tienda", "Importe por compra (€)"))


def classes() -> Figure:
    return boxes(["1반", "2반", "3반"], ("반", "점수 (점)"))


def marks() -> Figure:
    return boxes(["甲班", "乙班", "丙班"], ("班级", "成绩(分)"))


def bars(names: list[str], labels: tuple[str, str], legend: str) -> Figure:
    """Return bars with error bars of ± 0.5, ± 0.9 and ± 0.3."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar(names, [6.2, 8.4, 5.1], yerr=[0.5, 0.9, 0.3], label=legend)
    axes.legend()
    return figure


def woods() -> Figure:
    return bars(["Ash", "Birch", "Cedar"], ("Wood", "Strength (MPa)"), "mean ± SD")


def hoelzer() -> Figure:
    return bars(["Esche", "Birke", "Zeder"], ("Holz", "Festigkeit (MPa)"), "Mittelwert ± SD")


def bois() -> Figure:
    return bars(["Frêne", "Bouleau", "Cèdre"], ("Bois", "Résistance (MPa)"), "moyenne ± écart-type")


def maderas() -> Figure:
    return bars(["Fresno", "Abedul", "Cedro"], ("Madera", "Resistencia (MPa)"), "media ± desviación típica")


def machines() -> Figure:
    return bars(["1호기", "2호기", "3호기"], ("기계", "생산량 (개/시간)"), "평균 ± 표준편차")


def materials() -> Figure:
    return bars(["甲", "乙", "丙"], ("材料", "强度(MPa)"), "平均值 ± 标准差")


def beans() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Dose d'engrais (g/L)", ylabel="Hauteur moyenne (cm)")
    axes.errorbar([0, 1, 2, 3, 4], [12, 15, 18.5, 22, 23], yerr=[1, 1, 1, 2, 2])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # the ends of a box
        ("What are the lower and upper quartiles of the North box?", clinics, ("15 min to 45 min",)),
        ("Between which values does the box for West lie?", clinics, ("8 min to 12.5 min",)),
        ("From where to where does the box of South go?", clinics, ("29 min to 38.5 min",)),
        ("Where do the middle 50 % of South lie?", clinics, ("29 min to 38.5 min",)),
        ("What's the 25th percentile in West?", clinics, ("8 min to 12.5 min",)),
        ("Zwischen welchen Werten liegt die Box bei der Flöte?", instruments, ("8 Minuten bis 12,5 Minuten",)),
        ("Was sind unteres und oberes Quartil beim Klavier?", instruments, ("29 Minuten bis 38,5 Minuten",)),
        ("In welchem Bereich liegt die mittlere Hälfte bei der Geige?", instruments, ("15 Minuten bis 45 Minuten",)),
        ("Quels sont les quartiles de Nantes ?", runners, ("29 s à 38,5 s",)),
        ("Entre quels temps se situe la moitié centrale à Lyon ?", runners, ("15 s à 45 s",)),
        ("¿Entre qué importes está la mitad central de las compras del Centro?", purchases, ("15 € a 45 €",)),
        ("¿Cuál es el cuartil superior de Puerto?", purchases, ("8 € a 12,5 €",)),
        ("1반의 상자는 몇 점부터 몇 점까지야?", classes, ("15 점부터 45 점",)),
        ("2반의 제1사분위수와 제3사분위수는?", classes, ("29 점부터 38.5 점",)),
        ("乙班的上四分位数和下四分位数是多少?", marks, ("29 分到 38.5 分",)),
        ("甲班中间一半的成绩在什么范围?", marks, ("15 分到 45 分",)),
        ("How much higher is the upper quartile of North than of South?", clinics, ("45 min", "38.5 min")),
        # the widest and the narrowest
        ("Which clinic has the tallest box?", clinics, ("“North” is spread most",)),
        ("Welches Instrument hat die schmalste Box?", instruments, ("„Flöte“ streut am wenigsten",)),
        ("Quel club a la boîte la plus étroite ?", runners, ("« Lille » est le moins dispersé",)),
        ("Quel club a la boîte la plus large ?", runners, ("« Lyon » est le plus dispersé",)),
        ("¿Qué tienda tiene la caja más estrecha?", purchases, ("«Puerto» es el menos disperso",)),
        ("상자가 가장 좁은 반은?", classes, ("“3반”",)),
        ("哪个班的箱子最窄?", marks, ("“丙班”", "8 分到 12.5 分")),
        ("How wide is the box of North?", clinics, ("range of 30 min",)),
        # the interquartile range of boxes that are named, and not their medians
        ("What is the IQR of South?", clinics, ("29 min to 38.5 min", "range of 9.5 min")),
        ("Which has the larger interquartile range, North or South?", clinics, ("range of 30 min", "range of 9.5 min")),
        ("Wie groß ist der Quartilsabstand beim Klavier?", instruments, ("Quartilsabstand von 9,5 Minuten",)),
        ("Wie hoch ist der Interquartilsabstand der Flöte?", instruments, ("Quartilsabstand von 4,5 Minuten",)),
        ("Quel est l'intervalle interquartile du club de Nantes ?", runners, ("écart interquartile de 9,5 s",)),
        ("¿Cuánto vale el rango intercuartílico de la tienda Norte?", purchases, ("intercuartílico de 9,5 €",)),
        ("¿Cuál es el recorrido intercuartílico de Puerto?", purchases, ("intercuartílico de 4,5 €",)),
        ("2반의 사분위 범위는 얼마인가요?", classes, ("사분위 범위는 9.5 점",)),
        ("乙班的四分位距是多少?", marks, ("四分位距为 9.5 分",)),
        # the term with its short form
        ("What's the interquartile range (IQR) of South?", clinics, ("range of 9.5 min",)),
        ("Wie groß ist der IQR (Interquartilsabstand) der Flöte?", instruments, ("Quartilsabstand von 4,5 Minuten",)),
        ("Quel est l'écart interquartile (EIQ) de Nantes ?", runners, ("écart interquartile de 9,5 s",)),
        ("¿Cuál es el rango intercuartílico (RIC) de Norte?", purchases, ("intercuartílico de 9,5 €",)),
        ("2반의 사분위 범위(IQR)는?", classes, ("사분위 범위는 9.5 점",)),
        ("乙班的四分位距（IQR）是多少？", marks, ("四分位距为 9.5 分",)),
        # single values, and those beyond the whiskers
        ("Dans quel club trouve-t-on le temps le plus court ?", runners, ("3 s", "« Lyon »")),
        ("¿Cuál es la compra más pequeña de todas?", purchases, ("3 €", "«Centro»")),
        ("Was ist die längste Übungszeit?", instruments, ("70 Minuten", "„Klavier“")),
        ("最高的成绩是多少?", marks, ("70 分", "“乙班”")),
        ("Quel club a le temps le plus court ?", runners, ("médiane", "« Lille »")),
        ("¿De cuánto es la compra que se sale de lo normal en Norte?", purchases, ("70 €",)),
        ("Quel temps sort de l'ordinaire à Nantes ?", runners, ("70 s",)),
        # error bars
        ("From where to where does the error bar of Birch go?", woods, ("7.5 MPa to 9.3 MPa", "± 0.9")),
        ("What's the upper end of the error bar for Ash?", woods, ("5.7 MPa to 6.7 MPa",)),
        ("Von welchem bis zu welchem Wert reicht der Fehlerbalken der Esche?", hoelzer, ("5,7 MPa bis 6,7 MPa",)),
        ("De combien à combien va la barre d'erreur du Bouleau ?", bois, ("7,5 MPa à 9,3 MPa",)),
        ("¿Entre qué valores está la barra de error del Fresno?", maderas, ("5,7 MPa a 6,7 MPa",)),
        ("1호기의 오차 막대는 몇에서 몇까지예요?", machines, ("5.7 개/시간부터 6.7 개/시간까지",)),
        ("乙的误差棒从多少到多少?", materials, ("7.5 MPa 到 9.3 MPa",)),
        ("Pour quel bois la barre d'erreur est-elle la plus large ?", bois, ("« Bouleau »", "± 0,9")),
        ("¿Qué madera tiene la barra de error más ancha?", maderas, ("«Abedul»", "± 0,9")),
        ("How long is the error bar of Ash?", woods, ("± 0.5 MPa (value 6.2 MPa)",)),
        # values that are means
        ("How many woods are above 6 MPa on average?", woods, ("2 of 3",)),
        ("Wie viele Hölzer liegen im Mittel über 6 MPa?", hoelzer, ("2 von 3",)),
        ("Combien de bois dépassent 6 MPa en moyenne ?", bois, ("2 des 3",)),
        ("¿Cuántas maderas superan los 6 MPa de media?", maderas, ("2 de 3",)),
        ("Combien de doses donnent une hauteur moyenne de plus de 18 cm ?", beans, ("3 des 5",)),
    ],
)
def test_boxes_and_error_bars_are_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def repairs(names: list[str], labels: tuple[str, str], title: str) -> Figure:
    """Return four boxes: the third has the highest value, the second the highest median, and it is the widest."""
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=labels[0], ylabel=labels[1])
    axes.boxplot([[1, 2, 3, 4, 5], [2, 6, 9, 12, 14], [1, 3, 4, 6, 40], [3, 4, 4.5, 5, 6]], tick_labels=names)
    return figure


def workshops() -> Figure:
    return repairs(["North", "East", "South", "West"], ("Workshop", "Time to repair (hours)"), "Repairs")


def werkstaetten() -> Figure:
    return repairs(["Nord", "Ost", "Süd", "West"], ("Werkstatt", "Dauer (Stunden)"), "Reparaturen")


def ateliers() -> Figure:
    return repairs(["Lyon", "Lille", "Metz", "Nice"], ("Atelier", "Durée (heures)"), "Réparations")


def talleres() -> Figure:
    return repairs(["Norte", "Oriente", "Sur", "Puerto"], ("Taller", "Duración (horas)"), "Reparaciones")


def garages() -> Figure:
    return repairs(["인천", "대구", "부산", "광주"], ("작업장", "수리 시간 (시간)"), "수리")


def workrooms() -> Figure:
    return repairs(["甲", "乙", "丙", "丁"], ("车间", "时长(小时)"), "维修")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How long did the slowest repair of all take, and at which workshop?", workshops, ("40 hours", "“South”")),
        ("How long did the fastest repair of all take?", workshops, ("1 hours", "“North”")),
        ("Which workshop is the slowest of all?", workshops, ("median is 9 hours", "“East”")),
        ("Wie lange hat die langsamste Reparatur von allen gedauert?", werkstaetten, ("40 Stunden", "„Süd“")),
        ("Combien de temps a duré la réparation la plus lente de toutes ?", ateliers, ("40 heures", "« Metz »")),
        ("¿Cuánto duró la reparación más lenta de todas?", talleres, ("40 horas", "«Sur»")),
        ("전체에서 가장 느린 수리는 얼마나 걸렸어?", garages, ("40 시간", "“부산”")),
        ("所有维修中最慢的一次用了多久?", workrooms, ("40 小时", "“丙”")),
        ("Which box is the tallest, i.e. where do the middle 50% vary the most?", workshops, ("“East”", "6 hours")),
        ("In which workshop are the middle 50 % closest together?", workshops, ("“West”", "1 hours")),
        ("Wo streuen die mittleren 50 % am stärksten?", werkstaetten, ("„Ost“", "6 Stunden")),
        ("Où la moitié centrale est-elle la plus dispersée ?", ateliers, ("« Lille »", "6 heures")),
        ("¿Dónde varía más el 50 % central?", talleres, ("«Oriente»", "6 horas")),
        ("가운데 50%가 가장 넓게 퍼진 작업장은?", garages, ("“대구”", "6 시간")),
        ("哪个车间中间50%的差异最大?", workrooms, ("“乙”", "6 小时")),
    ],
)
def test_single_values_and_middle_halves(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def pulse(labels: tuple[str, str], title: str = "") -> Figure:
    """Return means with error bars that fall but for one step."""
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=labels[0], ylabel=labels[1])
    axes.errorbar([0, 2, 4, 6, 8, 10], [80, 77, 74, 70, 72, 66], yerr=[5, 4, 6, 4, 4, 3], fmt="o-")
    return figure


def heart() -> Figure:
    return pulse(("Week", "Pulse (bpm)"), "Mean pulse")


def herz() -> Figure:
    return pulse(("Woche", "Puls (bpm)"))


def coeur() -> Figure:
    return pulse(("Semaine", "Pouls (bpm)"))


def corazon() -> Figure:
    return pulse(("Semana", "Pulso (bpm)"))


def maekbak() -> Figure:
    return pulse(("주차", "맥박 (bpm)"))


def maibo() -> Figure:
    return pulse(("周", "脉搏(次/分)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Wann hat der Puls am stärksten gestreut?", herz, ("Woche 4", "± 6")),
        ("Quand le pouls a-t-il le plus varié ?", coeur, ("Semaine 4", "± 6")),
        ("¿Cuándo varió menos el pulso?", corazon, ("Semana 10", "± 3")),
        ("Wie hoch ist der Mittelwert aller sechs Wochen zusammen?", herz, ("73,17 bpm",)),
        ("Quelle est la moyenne de toutes les semaines ensemble ?", coeur, ("73,17 bpm",)),
        ("¿Cuál es el promedio de todas las semanas en conjunto?", corazon, ("73,17 bpm",)),
        ("여섯 주 전체를 합친 평균은 얼마야?", maekbak, ("73.17 bpm",)),
        ("Did the mean go up again at some point?", heart, ("Yes", "1 of 5", "Week 8")),
        ("Ist der Mittelwert zwischendurch wieder gestiegen?", herz, ("Ja", "Woche 8")),
        ("Est-ce que la moyenne est remontée à un moment ?", coeur, ("Oui", "Semaine 8")),
        ("¿Subió la media en algún momento?", corazon, ("Sí", "Semana 8")),
        ("평균이 중간에 다시 오른 적이 있어?", maekbak, ("네", "주차 8")),
        ("平均值中途有没有回升过?", maibo, ("是", "周 8")),
        # the first and the last place by what they are
        ("By how much did the pulse fall between the start and week 8?", heart, ("80 bpm", "72 bpm", "by 8 bpm")),
        ("How much did it fall from week 4 to the end?", heart, ("74 bpm", "66 bpm", "by 8 bpm")),
        ("Um wie viel ist der Puls vom Anfang bis Woche 6 gesunken?", herz, ("80 bpm", "70 bpm", "um 10 bpm")),
        ("De combien le pouls a-t-il baissé entre le début et la semaine 6 ?", coeur, ("80 bpm", "70 bpm", "10 bpm")),
        ("¿Cuánto bajó de la semana 4 al final?", corazon, ("74 bpm", "66 bpm", "8 bpm")),
        ("처음부터 8주차까지 맥박이 얼마나 떨어졌어?", maekbak, ("80 bpm", "72 bpm", "8 bpm")),
        ("从开始到第6周脉搏下降了多少?", maibo, ("80 次/分", "70 次/分", "10 次/分")),
    ],
)
def test_means_with_error_bars(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Is the box of North wider than that of South?", clinics),
        ("Is the IQR of North larger than that of South?", clinics),
        ("What is the difference between the IQRs of North and South?", clinics),
        ("1반과 2반의 사분위 범위 차이는?", classes),
        ("La boîte de Lyon est-elle plus large que celle de Lille ?", runners),
        ("What are the quartiles of the nurses in North?", clinics),
        ("Combien de doses de médicament faut-il ?", beans),
    ],
)
def test_what_boxes_and_error_bars_do_not_tell_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not answer.startswith(("From the figure", "D'après", "L'image")), answer


def laps(names: list[str], labels: tuple[str, str]) -> Figure:
    """Return three boxes of times, of which the second has the lowest median."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.boxplot([[40, 41, 43, 45, 50], [30, 33, 35, 36, 37], [36, 37, 38, 41, 44]], tick_labels=names)
    return figure


def equipos() -> Figure:
    return laps(["Lince", "Tigre", "Zorro"], ("Equipo", "Tiempo (s)"))


def equipes() -> Figure:
    return laps(["Lynx", "Tigre", "Renard"], ("Équipe", "Temps (s)"))


def bandeul() -> Figure:
    return laps(["표범반", "호랑이반", "여우반"], ("반", "시간 (초)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("¿Qué equipo es el más rápido si miramos la mediana?", equipos, ("más baja es 35 s", "«Tigre»")),
        ("Si nos fijamos en la mediana, ¿qué equipo es el más lento?", equipos, ("más alta es 43 s", "«Lince»")),
        ("Si on regarde la médiane, quelle équipe est la plus rapide ?", equipes, ("plus basse est 35 s",)),
        ("중앙값으로 보면 어느 반이 가장 빨라?", bandeul, ("35 초", "“호랑이반”")),
        ("중앙값 기준으로 어느 반이 제일 느려?", bandeul, ("43 초", "“표범반”")),
    ],
)
def test_the_fastest_by_the_median(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def rides() -> Figure:
    return boxes(["Bus", "Rad", "Bahn"], ("Mittel", "Fahrdauer (min)"))


def trayectos() -> Figure:
    return boxes(["Bus", "Bici", "Tren"], ("Medio", "Duración del trayecto (min)"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Wo streuen die Fahrzeiten am wenigsten?", rides, ("„Bahn“ streut am wenigsten",)),
        ("Bei welchem Mittel streuen die Fahrzeiten am stärksten?", rides, ("„Bus“ streut am meisten",)),
        ("¿Qué medio tiene la menor dispersión?", trayectos, ("«Tren» es el menos disperso",)),
        ("Welches Mittel hat die kürzeste mittlere Fahrdauer (Median)?", rides, ("Der niedrigste Median", "„Bahn“")),
    ],
)
def test_spread_and_extremes_of_all_boxes(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
