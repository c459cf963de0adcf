"""Bins of histograms themselves, stretches that are compared, and the ends of boxes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

WAITS = [3] * 20 + [12] * 40 + [25] * 15 + [31] * 9 + [44] * 6 + [57] * 4


def bins(labels: tuple[str, str], values: list[int] | None = None) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.hist(WAITS if values is None else values, bins=range(0, 61, 10))
    return figure


def boxes(labels: tuple[str, str], names: tuple[str, ...]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.boxplot([[60, 62, 64, 66, 70], [80, 85, 90, 95, 99], [104, 110, 130, 150, 160]])
    axes.set_xticks([1, 2, 3], names)
    return figure


waits = partial(bins, ("Waiting time (min)", "Number of callers"))
warten = partial(bins, ("Wartezeit (min)", "Anzahl der Anrufer"))
attente = partial(bins, ("Attente (min)", "Nombre d'appels"))
notas = partial(bins, ("Nota (puntos)", "Número de alumnos"))
gidarim = partial(bins, ("대기 시간 (분)", "고객 수"))
dengdai = partial(bins, ("等待时间(分)", "人数"))
even = partial(bins, ("Age (years)", "Number of members"), [5, 15, 15, 25, 25, 25, 35, 35, 35, 45, 45, 55])
pulse = partial(boxes, ("Activity", "Heart rate (beats per minute)"), ("Resting", "Singing", "Dancing"))
puls = partial(boxes, ("Tätigkeit", "Herzfrequenz (pro Minute)"), ("Ruhe", "Singen", "Tanzen"))
trajet = partial(boxes, ("Ligne", "Durée (min)"), ("Bus", "Tram", "Train"))
frutos = partial(boxes, ("Variedad", "Peso (g)"), ("Fuji", "Gala", "Reineta"))
eumryo = partial(boxes, ("음료", "반응 시간 (ms)"), ("커피", "물", "와인"))
yinliao = partial(boxes, ("饮料", "反应时间(毫秒)"), ("咖啡", "水", "红酒"))
drinks = partial(boxes, ("Drink", "Reaction time (ms)"), ("Coffee", "Water", "Wine"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How wide are the bins?", waits, ("6 bins is 10 min wide", "from 0 min to 60 min")),
        ("Wie breit sind die Balken?", warten, ("10 min breit",)),
        ("Quelle est la largeur de chaque classe ?", attente, ("10 min",)),
        ("¿Qué anchura tiene cada intervalo?", notas, ("10 puntos",)),
        ("막대 하나의 너비는 얼마인가요?", gidarim, ("10 분",)),
        ("每个区间的宽度是多少?", dengdai, ("每个宽 10 分",)),
        ("How many minutes does a single bar cover?", waits, ("10 min wide",)),
        ("What stretch of time does each bin span?", waits, ("10 min wide",)),
        ("Wie viele Minuten umfasst ein einzelner Balken?", warten, ("10 min breit",)),
        ("Über wie viele Minuten erstreckt sich jede Klasse?", warten, ("10 min breit",)),
        ("Combien de minutes couvre une seule barre ?", attente, ("10 min",)),
        ("Sur combien de minutes s'étend chaque classe ?", attente, ("10 min",)),
        ("¿Cuántos puntos abarca una sola barra?", notas, ("10 puntos",)),
        ("막대 하나가 몇 분을 아우르나요?", gidarim, ("10 분",)),
        ("每根柱子涵盖多少分钟?", dengdai, ("每个宽 10 分",)),
        ("What do the bars count?", waits, ("“Number of callers” in one bin of “Waiting time”",)),
        ("Was zählen die Balken?", warten, ("„Anzahl der Anrufer“",)),
        ("Que comptent les barres ?", attente, ("« Nombre d'appels »",)),
        ("¿Qué cuentan las barras?", notas, ("«Número de alumnos»",)),
        ("막대는 무엇을 나타내나요?", gidarim, ("“고객 수”",)),
        ("柱子表示什么?", dengdai, ("“人数”",)),
        ("Combien de barres y a-t-il ?", attente, ("6 classes",)),
        ("Is the distribution symmetric, or does it have a long tail?", waits, ("not symmetric", "on the right")),
        ("Is the distribution skewed to the left?", waits, ("No.", "on the right")),
        ("Is the distribution symmetric?", even, ("Yes.", "about symmetric")),
        ("Ist die Verteilung rechtsschief?", warten, ("Ja.", "rechtsschief")),
        ("La distribution est-elle symétrique ?", attente, ("Non.", "à droite")),
        ("¿La distribución es asimétrica?", notas, ("Sí.", "a la derecha")),
        ("분포가 대칭인가요?", gidarim, ("아니요.", "오른쪽")),
        ("分布是对称的还是右偏的?", dengdai, ("右偏",)),
    ],
)
def test_bins_are_told(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Do more callers wait under 10 minutes or 50 to 60 minutes?", waits, ("20 of 94", "4 are between", "more")),
        ("Are there fewer callers under 10 minutes than between 10 and 20?", waits, ("Yes.",)),
        ("Did more callers finish above 20 minutes or below?", waits, ("34 of 94", "60 are below")),
        ("Warteten mehr Anrufer über 20 Minuten oder darunter?", warten, ("34 von 94", "60")),
        ("Y a-t-il plus d'appels au-dessus de 20 minutes ou en dessous ?", attente, ("34 sur 94", "60")),
        ("¿Hay más alumnos por encima de 20 puntos o por debajo?", notas, ("34 de 94", "60")),
        ("20분 넘은 고객이 더 많나요, 20분 아래인 고객이 더 많나요?", gidarim, ("34개", "60개")),
        ("等不到10分的人多,还是50到60分的人多?", dengdai, ("20 个低于 10", "4 个在 50")),
        ("Are there more callers under 15 minutes or over 50?", waits, ("20–60 of 94", "10–20")),
        ("Wie viele Anrufer haben zwischen 20 und 30 Minuten geschafft?", warten, ("15 von 94",)),
        ("Combien d'appels atteignent entre 20 et 30 minutes ?", attente, ("15 sur 94",)),
        ("¿Cuántos alumnos consiguieron entre 20 y 30 puntos?", notas, ("15 de 94",)),
        ("20분에서 30분 사이를 기록한 고객은 몇 명인가요?", gidarim, ("15개",)),
        ("有多少人用了20到30分?", dengdai, ("15 个",)),
    ],
)
def test_stretches_of_bins_are_counted(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        (
            "Was the slowest heart rate while dancing faster than the fastest while singing?",
            pulse,
            ("Yes.", "104", "99"),
        ),
        ("Is the highest heart rate at rest below the lowest while dancing?", pulse, ("Yes.", "“Resting” (70")),
        ("Was the fastest reaction after wine slower than the slowest after coffee?", drinks, ("Yes.", "104", "70")),
        ("War der langsamste Puls beim Tanzen schneller als der schnellste beim Singen?", puls, ("Ja.", "104", "99")),
        ("Le trajet le plus court en train est-il plus long que le plus long en bus ?", trajet, ("Oui.", "104", "70")),
        ("¿Pesa el fruto más ligero de Reineta más que el más pesado de Fuji?", frutos, ("Sí.", "104", "70")),
        ("와인의 가장 빠른 값이 커피의 가장 느린 값보다 느린가요?", eumryo, ("네.", "104", "70")),
        ("红酒的最小值比咖啡的最大值还大吗?", yinliao, ("是的。", "104", "70")),
        ("La plus longue durée en bus dépasse-t-elle la plus courte en tram ?", trajet, ("Non.", "70", "80")),
        ("What was the slowest reaction after coffee?", drinks, ("70 ms",)),
        ("What was the fastest heart rate anyone had?", pulse, ("160", "“Dancing”")),
        ("By how much is the median while dancing higher than at rest?", pulse, ("66", "“Resting”")),
        ("¿Cuánto pesa más la mediana de Reineta que la de Fuji?", frutos, ("en 66 g",)),
        ("Which activity raises the heart rate least above resting?", pulse, ("“Singing” (90",)),
        ("Bei welcher Tätigkeit liegt der Puls am wenigsten über der Ruhe?", puls, ("„Singen“ (90",)),
        ("Which drink has the median closest to that of coffee?", drinks, ("“Water” (90",)),
        ("물과 가장 비슷한 음료는?", eumryo, ("“커피”(64",)),
        ("哪种饮料和水最接近?", yinliao, ("“咖啡”(64",)),
    ],
)
def test_ends_of_boxes_are_compared(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("How wide were the callers on average?", waits, "How wide"),
        ("Which minute of the day was the busiest?", waits, "minute"),
        ("Wie breit waren die Anrufer?", warten, "Wie breit"),
        ("它们有多宽?", dengdai, "多宽"),
        ("How wide is the glass?", drinks, "How wide"),
        ("Who snores the most?", pulse, "snores"),
        ("谁打呼噜最厉害?", yinliao, "打呼"),
    ],
)
def test_other_sizes_and_things_are_declined(question: str, draw: Callable[[], Figure], word: str) -> None:
    assert word in asked(question, draw)
