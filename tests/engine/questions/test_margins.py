"""Which of two series has more, and by how much: both are told, in all languages."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import told

_SHOPS = {
    "en": ("Sales (kg)", "Month", ("May", "June", "July"), ("North shop", "South shop")),
    "de": ("Verkauf (kg)", "Monat", ("Mai", "Juni", "Juli"), ("Nordladen", "Südladen")),
    "fr": ("Ventes (kg)", "Mois", ("mai", "juin", "juillet"), ("Magasin nord", "Magasin sud")),
    "es": ("Ventas (kg)", "Mes", ("mayo", "junio", "julio"), ("Tienda norte", "Tienda sur")),
    "ko": ("판매량 (kg)", "월", ("5월", "6월", "7월"), ("북점", "남점")),
    "zh": ("销量(kg)", "月份", ("5月", "6月", "7月"), ("北店", "南店")),
}


def shops(language: str) -> Figure:
    label, along, months, names = _SHOPS[language]
    figure = Figure()
    axes = figure.add_subplot(xlabel=along, ylabel=label)
    for number, (name, values) in enumerate(zip(names, ((120, 150, 160), (100, 170, 200)), strict=True)):
        axes.bar([place + 0.4 * number for place in range(3)], values, 0.4, label=name)
    axes.set_xticks(range(3), months)
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("en", "Which shop sold more in total and by how much?", ("South", "470 kg", "40 kg")),
        ("en", "Which shop was ahead in May and by how much?", ("North", "20 kg")),
        ("en", "Which shop had the higher average, and by how much?", ("“South shop” (156.7 kg)", "13.33 kg higher")),
        ("de", "Welcher Laden hat insgesamt mehr verkauft und wie viel mehr?", ("Südladen", "470 kg", "40 kg")),
        ("de", "Welcher Laden hat im Mai mehr verkauft und um wie viel?", ("Nordladen", "20 kg höher")),
        ("de", "Welcher Laden lag im Schnitt höher, und um wie viel?", ("„Südladen“ (156,7 kg)", "13,33 kg höher")),
        ("fr", "Quel magasin a vendu le plus au total, et de combien ?", ("sud", "470 kg", "40 kg")),
        ("fr", "Quel magasin a vendu le plus en mai et de combien ?", ("nord", "plus élevé", "20 kg")),
        ("es", "¿Qué tienda vendió más en total y cuánto más?", ("sur", "470 kg", "40 kg")),
        ("es", "¿Qué tienda vendió más en mayo y cuánto más?", ("norte", "mayor", "20 kg")),
        ("ko", "5월에는 어느 지점이 얼마나 더 많이 팔았어?", ("북점", "20 kg")),
        ("zh", "哪家店总共卖得更多，多多少？", ("南店", "470 kg", "40 kg")),
        ("zh", "5月哪家店卖得更多，多多少？", ("北店", "20 kg")),
    ],
)
def test_the_one_that_is_ahead_is_told_with_the_difference(
    language: str, question: str, words: tuple[str, ...]
) -> None:
    told(question, lambda: shops(language), words)
