"""Names that questions call by a part, words that mean all of them, and words of names that mean something else."""

from __future__ import annotations

from typing import Final

import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis, ChartPanel
from vision_magic.engine.data_answers import cannot_answer
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.other_things import describes_another_thing
from vision_magic.engine.questions.language import language_of
from vision_magic.engine.questions.parse import parse_query


def _bars(title: str, label: str, values: dict[str, float], unit: str = "") -> Chart:
    axis = ChartAxis(label=f"{label} ({unit})" if unit else label, unit=unit, scale="linear")
    return chart(title, names("", *values), axis, one("bars", tuple(values), tuple(values.values())))


def _pie(title: str, values: dict[str, float]) -> Chart:
    return chart(title, ChartAxis(), ChartAxis(), one("pie", tuple(values), tuple(values.values())))


_DAYS: Final = tuple(f"2024-11-{day}" for day in range(24, 31))
_PH: Final = (5.0, 6.0, 7.0)
_MONTHS: Final = ("Jan", "Feb", "Mar")
_MEASURES: Final = {"Average order value": (40.0, 42.0, 45.0), "Conversion rate": (2.1, 2.3, 2.2)}

_CHARTS: Final[dict[str, Chart]] = {
    "friday": chart(
        "Orders around Black Friday",
        ChartAxis(label="Date", scale="date"),
        ChartAxis(label="Orders", scale="linear"),
        one("line", _DAYS, (100.0, 110.0, 105.0, 120.0, 180.0, 420.0, 300.0), "Orders", rgb=(31, 119, 180)),
    ),
    "cross": _bars("Red Cross donations", "Donations", {"2020": 10.0, "2021": 20.0, "2022": 30.0}),
    "forest": _bars("Besucher im Schwarzwald", "Besucher", {"2020": 10.0, "2021": 20.0, "2022": 30.0}),
    "wine": _bars("Ventes de vin rouge", "Bouteilles", {"2020": 10.0, "2021": 20.0, "2022": 30.0}),
    "holidays": _bars("연도별 빨간 날", "일수", {"2020": 10.0, "2021": 20.0, "2022": 30.0}),
    "ways": _pie(
        "Zahlungsarten im Onlineshop",
        {"PayPal": 38.0, "Kreditkarte": 27.0, "Apple Pay": 8.0, "Rechnung": 20.0, "Lastschrift": 7.0},
    ),
    "pay": _pie("How customers pay", {"PayPal": 40.0, "Credit card": 30.0, "Apple Pay": 25.0, "Invoice": 5.0}),
    "fruits": _pie("Fruits vendus", {"Petits fruits": 15.0, "Pommes": 40.0, "Agrumes": 25.0, "Bananes": 20.0}),
    "goods": chart(
        "Merchandise",
        ChartAxis(label="Units sold", scale="linear"),
        names("", "Mug", "Tote bag", "Poster"),
        one("horizontal bars", ("Mug", "Tote bag", "Poster"), (250.0, 410.0, 120.0)),
    ),
    "enzymes": chart(
        "Enzyme activity",
        ChartAxis(label="pH", scale="linear"),
        ChartAxis(label="Relative activity (%)", unit="%", scale="linear"),
        one("line", _PH, (50.0, 90.0, 100.0), "Amylase"),
        one("line", _PH, (80.0, 40.0, 10.0), "Pepsin"),
        one("line", _PH, (20.0, 45.0, 70.0), "Urease"),
    ),
    "weights": _bars("Weights", "Weight", {"Mug": 25.0, "Bag": 41.0, "Cap": 32.0, "Box": 12.0}, "g"),
    "trial": chart(
        "Yield by treatment",
        names("", "A (control)", "B", "C", "D"),
        ChartAxis(label="Yield (t/ha)", unit="t/ha", scale="linear"),
        one(
            "bars",
            ("A (control)", "B", "C", "D"),
            (10.0, 12.0, 14.0, 7.0),
            extra={"error": (1.0, 1.0, 1.5, 0.5)},
        ),
    ),
    "panels": Chart(
        panels=tuple(
            ChartPanel(title=title, x=names("", *_MONTHS), y=ChartAxis(), series=(one("line", _MONTHS, values),))
            for title, values in _MEASURES.items()
        )
    ),
    "series": chart(
        "",
        names("", *_MONTHS),
        ChartAxis(),
        *(one("line", _MONTHS, values, name) for name, values in _MEASURES.items()),
    ),
    "crops": _bars(
        "Erträge",
        "Ertrag",
        {"Winterweizen": 70.0, "Zuckerrüben": 700.0, "Hülsenfrüchte": 30.0, "Mais": 90.0, "Personalkosten": 5.0},
        "dt/ha",
    ),
    "café": _bars("Income", "Euros", {"Beans to take home": 40.0, "High chairs": 50.0, "Pastries": 20.0}),
    "drinks": _bars(
        "Last week", "Cups sold", {"Espresso": 20.0, "Flat white": 90.0, "Filter coffee": 70.0, "Tea with milk": 12.0}
    ),
    "roots": _bars(
        "Rendements", "Rendement", {"Betteraves sucrières": 80.0, "Grandes surfaces": 5.0, "Maïs grain": 9.0}, "t/ha"
    ),
    "raíces": _bars("Rendimiento", "Rendimiento", {"Remolacha azucarera": 80.0, "Trigo blando": 5.0}, "t/ha"),
}


def _answer(name: str, question: str) -> str:
    drawn = [_CHARTS[name]]
    return " ".join(answer_query(parse_query(question, drawn), drawn))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("friday", "how many orders on Black Friday", "I do not see which place you mean"),
        ("friday", "What colour is Orders?", "is blue"),
        ("friday", "¿cuál es azul?", "azul"),
        ("friday", "which is blue?", "“Orders” is blue"),
        ("friday", "Is Orders the blue one?", "Yes"),
        ("cross", "how many Red Cross donations in 2021", "2021 is 20"),
        ("cross", "how many Red Cross donations in total?", "sum is 60"),
        ("friday", "how many orders on black friday", "I do not see which place you mean"),
        ("cross", "how many red cross donations in 2021", "2021 is 20"),
        ("cross", "how high were greenhouse emissions in 2021?", "“greenhouse”"),
        ("forest", "wie viel Rotwein 2021?", "„Rotwein“"),
        ("forest", "Wie viele Besucher im Schwarzwald 2021?", "2021 ist 20"),
        ("wine", "combien de vin rouge en 2021 ?", "2021 est 20"),
        ("holidays", "2021년 빨간 날은 며칠?", "20"),
        ("ways", "Wie viele Zahlungsarten liegen unter 10 %?", "2 von 5 Werten"),
        ("ways", "welche zahlungsart wird am seltensten genutzt", "„Lastschrift“"),
        ("ways", "Wie hoch ist der Anteil von Apple Pay?", "„Apple Pay“ macht 8 %"),
        ("pay", "which payment is least used?", "“Invoice”"),
        ("pay", "how many ways to pay are below 30%?", "2 of 4"),
        ("pay", "quel paiement est le moins utilisé ?", "« Invoice »"),
        ("pay", "¿qué pago es el menos usado?", "«Invoice»"),
        ("pay", "가장 적게 쓰는 결제 수단은?", "“Invoice”"),
        ("pay", "哪种支付方式用得最少?", "“Invoice”"),
        ("goods", "How many of these products sold fewer than 300 units?", "2 of 3 values are below 300"),
        ("enzymes", "how many enzymes are still above 50% at pH 7", "2 of 3 values at pH 7 are above 50 %: “Amylase”"),
        ("enzymes", "Wie viele Enzyme liegen bei pH 7 über 50 %?", "2 von 3 Werten bei pH 7 liegen über 50 %"),
        ("enzymes", "combien d'enzymes sont au-dessus de 50 % à pH 7 ?", "2 des 3 valeurs à pH 7"),
        ("enzymes", "cuántas enzimas superan el 50 % a pH 7", "2 de 3 valores en pH 7"),
        ("enzymes", "pH 7에서 50% 넘는 효소는 몇 개?", "값 3개 중 2개가"),
        ("enzymes", "pH 7时超过50%的酶有几个", "3 个值中有 2 个"),
        ("fruits", "part des petits fruits ?", "« Petits fruits » représente 15 %"),
        ("fruits", "pommes ?", "La valeur à « Pommes »"),
        ("crops", "Weizen?", "Der Wert bei „Winterweizen“ ist 70"),
        ("trial", "Do the confidence intervals of A and C overlap?", "No. The interval of “A (control)”"),
        ("trial", "Überlappen sich die Fehlerbalken von A und C?", "Nein. Das Intervall von „A (control)“"),
        ("trial", "Les barres d'erreur de A et C se chevauchent-elles ?", "Non. L'intervalle de « A (control) »"),
        ("trial", "how far is D below the control", "3 t/ha lower than “A (control)”"),
        ("trial", "A와 B의 차이는?", "“A (control)”"),
        ("panels", "AOV in March?", "45"),
        ("panels", "Wie hoch war CR im Februar?", "2,3"),
        ("series", "highest AOV", "“Average order value” is 45"),
        ("crops", "die Rüben", "„Zuckerrüben“ ist 700"),
        ("crops", "Ertrag der Früchte?", "„Hülsenfrüchte“ ist 30"),
        ("café", "bean sales", "“Beans to take home” is 40"),
        ("café", "how much did pastry bring in?", "“Pastries” is 20"),
        ("café", "how many values are under 45?", "2 of 3"),
        ("drinks", "which coffee sold least?", "“Tea with milk”"),
        ("drinks", "coffee?", "“Filter coffee” is 70"),
        ("drinks", "tea?", "“Tea with milk” is 12"),
        ("roots", "rendement des betteraves ?", "« Betteraves sucrières »"),
        ("roots", "quelles sont les plus grandes valeurs ?", "80 t/ha"),
        ("raíces", "¿cuánto la remolacha?", "«Remolacha azucarera»"),
    ],
)
def test_names_are_told_from_words_for_all_of_them_and_from_other_words(name: str, question: str, words: str) -> None:
    assert words in _answer(name, question)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("crops", "Wie hoch sind die Kosten?"),
        ("panels", "HOW HIGH WAS CR IN MAY?"),
        ("café", "what is the high?"),
        ("trial", "A quick look, what is the highest value?"),
    ],
)
def test_parts_that_say_nothing_about_one_name_are_not_taken_for_it(name: str, question: str) -> None:
    query = parse_query(question, [_CHARTS[name]])
    assert not {"Personalkosten", "High chairs", "A (control)"} & set(query.places)
    assert query.panels == ()


@pytest.mark.parametrize(
    "question",
    [
        "sort them, lightest first",
        "sort from the smallest up",
        "order from lightest to heaviest",
        "sortiere aufsteigend",
        "sortiere vom kleinsten zum größten",
        "sortiere von klein nach groß",
        "trie du plus petit au plus grand",
        "classe par ordre croissant",
        "ordena de menor a mayor",
        "ordénalos, el más ligero primero",
        "sort them, heaviest last",
        "small to large",
        "오름차순",
        "升序",
        "낮은 순으로 정렬해줘",
        "가벼운 것부터 정렬해줘",
        "从低到高排序",
        "从轻到重排序",
    ],
)
def test_an_ascending_order_begins_with_the_lowest(question: str) -> None:
    answer = _answer("weights", question)
    assert answer.index("Box") < answer.index("Mug") < answer.index("Cap") < answer.index("Bag")


@pytest.mark.parametrize(
    "question", ["sort them", "sort from heaviest to lightest", "sort, smallest last", "trie par ordre décroissant"]
)
def test_an_order_begins_with_the_highest_where_nothing_else_is_said(question: str) -> None:
    answer = _answer("weights", question)
    assert answer.index("Bag") < answer.index("Cap") < answer.index("Mug") < answer.index("Box")


_DRAWN: Final = "Germination of lettuce seed Temperature (°C) Germination (%)"


@pytest.mark.parametrize(
    ("question", "another"),
    [
        ("explain photosynthesis", True),
        ("tell me about the weather", True),
        ("erkläre mir Photosynthese", True),
        ("explique la photosynthèse", True),
        ("explica la fotosíntesis", True),
        ("광합성을 설명해줘", True),
        ("解释光合作用", True),
        ("explain this chart", False),
        ("describe germination", False),
        ("summarise in two sentences", False),
        ("describe", False),
        ("erkläre das Diagramm", False),
        ("décris l'évolution", False),
        ("explica la gráfica", False),
        ("이거 설명해줘", False),
        ("解释这张图", False),
    ],
)
def test_what_is_no_chart_is_not_described_as_one(question: str, another: bool) -> None:
    assert describes_another_thing(question, _DRAWN, language_of(question)) == another


@pytest.mark.parametrize("question", ["would it work the same with carrot seed?", "describe the taste"])
def test_a_question_that_a_live_figure_cannot_answer_gets_one_sentence(question: str) -> None:
    figure = Figure()
    axes = figure.add_subplot(title="Germination of lettuce seed", xlabel="Temperature (°C)", ylabel="Germination (%)")
    axes.bar(["10", "15", "20", "25"], [20, 60, 90, 70])
    assert vm.ask(question, figure, profile="embedded").text == cannot_answer(question)


WORK = chart(
    "Term",
    ChartAxis(label="Week", scale="linear"),
    ChartAxis(label="Hours", scale="linear"),
    one("line", (1.0, 2.0, 3.0), (3, 5, 4), "Shifts at the cinema"),
    one("line", (1.0, 2.0, 3.0), (9, 2, 7), "Studying in the library"),
    one("line", (1.0, 2.0, 3.0), (1, 2, 3), "Sun long run"),
)


@pytest.mark.parametrize(
    ("question", "series"),
    [
        ("which week did I study the least?", ("Studying in the library",)),
        ("how long was I at the library in week 2?", ("Studying in the library",)),
        ("total cinema shifts?", ("Shifts at the cinema",)),
        ("what was the Sunday long run in week 2?", ("Sun long run",)),
        ("how many hours in week 2?", ()),  # a word of a label names no series
    ],
)
def test_a_series_is_meant_by_any_word_that_no_other_has(question: str, series: tuple[str, ...]) -> None:
    assert parse_query(question, [WORK]).series == series
