"""Halves and quarters of a year against each other, and ordinals that share a noun."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told
from vision_magic.engine.questions.forms.repeated_nouns import with_repeated_nouns
from vision_magic.engine.questions.language import Language

RAIN = [62, 48, 55, 40, 71, 88, 93, 79, 60, 52, 66, 74]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def rain() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="Month", ylabel="Rainfall (mm)").bar(MONTHS, RAIN)
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("War es im ersten Halbjahr nasser als im zweiten?", ("Nein.", "424 mm", "364 mm")),
        ("Fiel im ersten Quartal mehr Regen als im dritten?", ("Nein.", "232 mm", "165 mm")),
        ("A-t-il plus plu au premier semestre qu'au second ?", ("Non.", "424 mm", "364 mm")),
        ("Le premier trimestre a-t-il été plus pluvieux que le deuxième ?", ("Non.", "199 mm", "165 mm")),
        ("Quelle moitié de l'année a été la plus pluvieuse ?", ("2e semestre", "424 mm")),
        ("¿Llovió más en el primer semestre que en el segundo?", ("424 mm", "60 mm")),
        ("상반기에 하반기보다 비가 더 많이 왔나요?", ("아니요.", "424 mm")),
        ("上半年比下半年雨水多吗？", ("不是。", "424 mm")),
        ("Wie stark hat es im Juni geregnet?", ("88 mm",)),
        ("Wie viel regnete es im ersten Halbjahr?", ("364 mm",)),
    ],
)
def test_parts_of_a_year(question: str, words: tuple[str, ...]) -> None:
    told(question, rain, words)


def weeks() -> Figure:
    figure = Figure()
    figure.add_subplot(ylabel="Visitors").bar(["Week 1", "Week 2", "Week 3", "Week 4"], [12, 18, 9, 22])
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Kamen in der ersten Woche mehr Besucher als in der dritten?", "Ja. „Week 1“ (12)"),
        ("Y a-t-il eu plus de visiteurs la première semaine que la deuxième ?", "Non. « Week 1 » (12)"),
        ("첫째 주보다 둘째 주에 방문객이 더 많았나요?", "네. “Week 2”(18)"),
        ("第一周比第二周多吗？", "不是。 “Week 1”(12)"),
        ("Wie viele Besucher kamen in der ersten Woche?", "12"),
    ],
)
def test_two_ordinals_of_which_one_is_the_first(question: str, words: str) -> None:
    told(question, weeks, (words,))


@pytest.mark.parametrize(
    ("language", "text", "completed"),
    [
        ("de", "War der erste Lauf schneller als der zweite?", "War der erste Lauf schneller als der zweite Lauf?"),
        ("fr", "Plus la première année que la dernière ?", "Plus la première année que la dernière année ?"),
        ("es", "¿Más en la primera semana que en la segunda?", "¿Más en la primera semana que en la segunda semana?"),
        ("de", "Wer war in der ersten Woche der zweite?", "Wer war in der ersten Woche der zweite?"),
        ("en", "More in the first week than in the second?", "More in the first week than in the second?"),
    ],
)
def test_with_repeated_nouns(language: Language, text: str, completed: str) -> None:
    assert with_repeated_nouns(text, language) == completed
