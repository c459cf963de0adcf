"""Boxes and error bars: from where to where they go, which are the widest, and the values that boxes summarise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked


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
    answer = asked(question, draw)
    assert [word for word in words if word not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Is the box of North wider than that of South?", clinics),
        ("La boîte de Lyon est-elle plus large que celle de Lille ?", runners),
        ("What are the quartiles of the nurses in North?", clinics),
        ("Combien de doses de médicament faut-il ?", beans),
    ],
)
def test_what_boxes_and_error_bars_do_not_tell_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not answer.startswith(("From the figure", "D'après", "L'image")), answer
