"""Words of questions in other languages than English that are read by their place, and qualifiers that must be used."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.fitting import is_of_another_kind, unheeded_in
from vision_magic.engine.questions.checks.unused import unused_in
from vision_magic.engine.questions.parse import parse_query


def _axis(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear")


_PLOTS: Final = ("Control", "NPK", "Compost")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SALES: Final = tuple(map(float, (4, 5, 7, 9, 12, 20, 30, 25, 11, 8, 6, 5)))
_DOSES: Final = (0.1, 1.0, 10.0)

_CHARTS: Final[dict[str, Chart]] = {
    "animals": chart(
        "",
        _axis("Flipper length (mm)", "mm"),
        _axis("Body mass (g)", "g"),
        one("points", (180.0, 190.0, 225.0), (3500.0, 3900.0, 6000.0), "Gentoo"),
        one("points", (170.0, 185.0), (3100.0, 3300.0), "Adelie"),
    ),
    "flats": chart(
        "",
        _axis("Area (m²)", "m²"),
        _axis("Rent (€)", "€"),
        one("points", (20.0, 30.0, 60.0), (400.0, 480.0, 900.0), "Offers"),
        one("line", (15.0, 70.0), (350.0, 1000.0), "Linear fit"),
    ),
    "yield": chart("", names("", *_PLOTS), _axis("Yield (t/ha)", "t/ha"), one("bars", _PLOTS, (4.0, 6.0, 8.0))),
    "sales": chart("", names("", *_MONTHS), _axis("Units sold"), one("bars", _MONTHS, _SALES)),
    "doses": chart(
        "",
        _axis("Concentration (µM)", "µM"),
        _axis("Response (%)", "%"),
        one("line", _DOSES, (10.0, 60.0, 95.0), "AZ"),
        one("line", _DOSES, (5.0, 20.0, 70.0), "BX"),
    ),
}


def _answer(name: str, question: str) -> str:
    """Return the answer to a question about a chart; empty if it is declined."""
    drawn = [_CHARTS[name]]
    query = parse_query(question, drawn)
    sentences = list(answer_query(query, drawn))
    unused = unused_in(question, query, sentences, drawn) or unheeded_in(question, query, sentences, drawn)
    declined = query.operations in (("unheard",), ("cannot",)) or is_of_another_kind(query, sentences, drawn)
    return "" if unused or declined else " ".join(sentences)


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("animals", "Wie schwer ist der schwerste Pinguin?", "„Body mass“: Der höchste Wert von „Gentoo“ ist 6000 g"),
        ("animals", "¿Cuánto pesa el pingüino más pesado?", "6000 g"),
        ("flats", "Combien de logements sont sous la barre des 500 euros ?", "2 des 3 valeurs"),
        ("yield", "Wie hoch ist der Ertrag im Durchschnitt über alle Behandlungen?", "6 t/ha"),
        ("yield", "Quelle est la moyenne de toutes les parcelles ?", "« Yield » : La moyenne est 6 t/ha"),
        ("sales", "Wie viel wurde im Sommer insgesamt verkauft?", "75"),
        ("sales", "¿Cuál fue la media de los últimos tres meses?", "6,33"),
        ("sales", "最后三个月的平均值是多少?", "6.33"),
        ("sales", "7월과 8월을 제외하면 가장 높은 달은?", "20"),
        ("doses", "Wie groß ist der Unterschied bei der höchsten Konzentration?", "um 25 Prozentpunkte höher"),
        ("doses", "Quelle est la réponse d'AZ à la plus faible concentration ?", "10 %"),
        ("doses", "제일 높은 농도에서 두 물질의 차이는?", "25 %p"),
        (
            "doses",
            "Wann war AZ am höchsten, und wie hoch war BX dann?",
            "Der Wert von „BX“ bei Concentration = 10 µM ist 70 %",
        ),
        ("sales", "Um wie viel ist der Wert seit dem Höchststand gefallen?", "um 25"),
        ("sales", "从最高点到最后下降了多少?", "25"),
    ],
)
def test_a_word_is_read_by_its_place(name: str, question: str, words: str) -> None:
    assert words in _answer(name, question)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("doses", "Ist AZ signifikant gestiegen?"),
        ("doses", "AZ는 유의하게 증가했어?"),
        ("sales", "Wie hoch war der Wert nachts im Juli?"),
        ("sales", "¿Qué trimestre fue el más alto?"),
        ("sales", "Wie viele Kilometer waren es im Juli?"),
        ("sales", "7月卖了多少公斤?"),
        ("yield", "A igualdad de riego, ¿cuál es el más alto?"),
        ("yield", "Combien de femmes pour NPK ?"),
        ("yield", "NPK에서 여성은 얼마야?"),
        ("yield", "Combien met-on en train pour NPK ?"),
        ("yield", "Wie hoch ist der Wert für 60 Quadratmeter bei NPK?"),
    ],
)
def test_what_no_answer_can_take_into_account_declines(name: str, question: str) -> None:
    assert _answer(name, question) == ""
