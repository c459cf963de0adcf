"""Losses and gains of values that are changes themselves, and years that are compared with each other."""

from __future__ import annotations

from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told

YEARS = [2015, 2016, 2017, 2018, 2019, 2020]
CHANGES = [-4, -9, 2, -12, -3, -7]
RIDERS = [3, 4, 5, 2, 6, 7]


def _bars(title: str, x: str, y: str, values: list[int]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel=x, ylabel=y)
    axes.bar(YEARS, values)
    axes.set_xticks(YEARS)
    return figure


en = partial(_bars, "Ljósjökull", "Year", "Length change (m)", CHANGES)
de = partial(_bars, "Einwohner von Neustadt", "Jahr", "Veränderung (Personen)", CHANGES)
fr = partial(_bars, "Glacier des Bosses", "Année", "Variation de longueur (m)", CHANGES)
es = partial(_bars, "Glaciar Norte", "Año", "Variación de longitud (m)", CHANGES)
ko = partial(_bars, "해오름시 인구", "연도", "인구 증감 (명)", CHANGES)
zh = partial(_bars, "青山镇人口", "年份", "人口增减(人)", CHANGES)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("In which year did the glacier lose the most length?", en, ("lowest value is -12 m", "2018")),
        ("Which year had the second biggest loss?", en, ("-9 m", "2016")),
        ("Was there a year in which it grew?", en, ("Yes", "2017 (2 m)")),
        ("How much length did the glacier lose from 2016 to 2019 in total?", en, ("-22 m",)),
        ("How much did it change between 2016 and 2018?", en, ("-19 m",)),
        ("In how many years did it retreat by more than 5 m?", en, ("3 of 6", "below -5 m")),
        ("Was the loss in 2018 larger than in 2016?", en, ("Yes", "3 m lower")),
        ("Did the glacier grow in 2018?", en, ("No", "-12 m")),
        ("Wann hat die Stadt die meisten Einwohner verloren?", de, ("niedrigste Wert ist -12 Personen", "2018")),
        ("In welchen Jahren ist die Stadt gewachsen?", de, ("2017 (2 Personen)",)),
        ("Um wie viele Personen ist Neustadt von 2015 bis 2018 geschrumpft?", de, ("-23 Personen",)),
        ("War der Rückgang 2019 größer als 2020?", de, ("Nein",)),
        ("War der Verlust 2020 kleiner als 2018?", de, ("Ja",)),
        ("In wie vielen Jahren gingen mehr als 5 Einwohner verloren?", de, ("3 von 6",)),
        ("En quelle année le glacier a-t-il le plus reculé ?", fr, ("-12 m", "2018")),
        ("Combien de mètres a-t-il perdus entre 2016 et 2018 ?", fr, ("-19 m",)),
        ("Le recul de 2018 était-il plus grand que celui de 2016 ?", fr, ("Oui",)),
        ("¿En qué año retrocedió más el glaciar?", es, ("-12 m", "2018")),
        ("¿Perdió más en 2018 que en 2016?", es, ("Sí",)),
        ("인구가 가장 많이 줄어든 해는 언제야?", ko, ("-12 명", "2018")),
        ("2016년보다 2018년에 더 많이 줄었어?", ko, ("네",)),
        ("인구가 5명 넘게 줄어든 해는 몇 번이야?", ko, ("6개 중 3개",)),
        ("哪一年人口减少最多?", zh, ("-12 人", "2018")),
        ("2015年到2020年人口一共减少了多少?", zh, ("-33 人",)),
        ("2018年比2016年减少得更多吗?", zh, ("是的",)),
    ],
)
def test_losses_are_values_below_zero(question: str, draw: partial[Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    "question",
    [
        "In which year did the glacier lose the most mass?",
        "When did it shrink the least?",
        "Is it shrinking faster and faster?",
    ],
)
def test_what_the_changes_do_not_tell_is_declined(question: str) -> None:
    assert "I cannot answer that" in asked(question, en)


def test_the_course_of_what_is_drawn_stays() -> None:
    told("When did the length change fall the most?", en, ("2017 and 2018", "14 m"))


since = partial(_bars, "Warming", "Year", "Temperature change since 1900 (°C)", CHANGES)


def test_changes_since_one_time_are_not_summed() -> None:
    assert "sum is" not in asked("How much did it grow from 2016 to 2018?", since)


rides_de = partial(_bars, "Fahrgäste", "Jahr", "Fahrgäste (Mio.)", RIDERS)
rides_en = partial(_bars, "Riders", "Year", "Riders (M)", RIDERS)
rides_ko = partial(_bars, "승객", "연도", "승객 (만 명)", RIDERS)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("War 2018 höher als 2019?", rides_de, ("Nein", "4 Mio. niedriger")),
        ("Was 2018 higher than 2019?", rides_en, ("No", "4 M lower")),
        ("Which years were higher than 2018?", rides_en, ("5 of 6", "above 2 M")),
        ("In wie vielen Jahren war es weniger als 2016?", rides_de, ("2 von 6", "unter 4 Mio.")),
        ("In wie vielen Jahren waren es mehr als 4?", rides_de, ("3 von 6",)),
        ("2018년보다 2019년이 더 많아?", rides_ko, ("네", "4 만 명 높습니다")),
        ("2018년이 2019년보다 더 많아?", rides_ko, ("아니요",)),
    ],
)
def test_years_are_compared_with_years(question: str, draw: partial[Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)
