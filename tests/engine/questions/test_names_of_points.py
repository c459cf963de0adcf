"""Questions about points that have names, in the words of people, and the names in their answers."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from vision_magic.engine.chart.data import Chart
from vision_magic.engine.chart.from_facts import chart_of_facts
from vision_magic.engine.data_answers import known_sections
from vision_magic.engine.drawn import Drawn
from vision_magic.engine.intent import parse_question
from vision_magic.engine.point_table import PointTable
from vision_magic.engine.questions.names.named_points import NamedPlace
from vision_magic.engine.questions.parse import parse_query
from vision_magic.images.figure_facts.values import Facts


def scatter(names: str, x: list[float], y: list[float], labels: tuple[str, str, str]) -> Facts:
    axes = Figure(figsize=(4, 3), dpi=100).add_subplot()
    axes.scatter(x, y)
    for name, place, value in zip(names.split(), x, y, strict=True):
        axes.annotate(name, (place, value), xytext=(4, 4), textcoords="offset points")
    axes.set(title=labels[0], xlabel=labels[1], ylabel=labels[2])
    return vm.facts(axes.figure)


CHARTS = {
    "dogs": scatter(
        "Bella Max Luna Daisy Duke Zoe",
        [8, 25, 12, 5, 45, 28],
        [150, 350, 210, 100, 560, 330],
        ("Dogs at the shelter", "Body weight (kg)", "Dry food per day (g)"),
    ),
    "tied": scatter(
        "Ana Ben Cleo Dora Emil",
        [3, 3, 5, 7, 7],
        [10, 14, 12, 20, 18],
        ("Training and score", "Training (h)", "Score (points)"),
    ),
    "exam": scatter(
        "Ana Hugo Inés Lola Mario",
        [5, 7.3, 7.5, 8.4, 9],
        [4.5, 8.8, 7.1, 9.2, 7.8],
        ("Horas de sueño y nota", "Sueño la noche anterior (h)", "Nota (0–10)"),
    ),
    "rents": scatter(
        "Lille Lyon Nantes Paris",
        [12, 20, 35, 50],
        [800, 1200, 1500, 2400],
        ("Loyer des appartements", "Surface (m²)", "Loyer (€)"),
    ),
    "cities": scatter(
        "서울 부산 대구 인천", [20, 35, 50, 62], [3.1, 4, 4.6, 2.8], ("도시별 소득", "소득 (만원)", "만족도 (점)")
    ),
    "lakes": scatter(
        "Waldsee Moorsee Bergsee Talsee",
        [6.8, 4.6, 7.9, 7.4],
        [8.1, 5.0, 9.4, 7.2],
        ("", "pH", "Sauerstoff (mg/L)"),
    ),
    "pupils": scatter(
        "小明 小红 李雷 韩梅梅", [1, 2.5, 4, 6], [62, 70, 85, 91], ("成绩", "学习时间(小时)", "成绩(分)")
    ),
}


def answer(chart: str, question: str) -> str:
    return " ".join(known_sections(parse_question(question), [CHARTS[chart]]))


@pytest.mark.parametrize(
    ("chart", "question", "words"),
    [
        ("dogs", "How much food does Luna get a day?", "“Luna” (Body weight = 12 kg) is 210 g"),
        ("dogs", "Which dog eats the most?", "560 g, at “Duke” (Body weight = 45 kg)"),
        ("dogs", "difference between Luna and Max", "“Luna” (210 g) is 140 g lower than “Max” (350 g)"),
        ("dogs", "who gets 330 g?", "“Zoe”"),
        ("dogs", "what is the max?", "560 g, at “Duke”"),
        ("dogs", "Wie viel Futter bekommt Luna?", "„Luna“ (Body weight = 12 kg) ist 210 g"),
        ("dogs", "Welcher Hund frisst am meisten?", "560 g, bei „Duke“"),
        ("exam", "¿Quién sacó la mejor nota?", "9,2, en «Lola» (Sueño la noche anterior = 8,4 h)"),
        ("exam", "¿quién se quedó más cerca del 7?", "7,1, en «Inés»"),
        ("rents", "Quel est le loyer à Lyon ?", "« Lyon » (Surface = 20 m²) est 1200 €"),
        ("rents", "Qui paie le plus ?", "2400 €, à « Paris »"),
        ("cities", "누가 가장 만족도가 높아?", "“대구”"),
        ("cities", "서울의 만족도는 얼마야?", "3.1 점"),
        ("pupils", "谁的成绩最高?", "91 分,出现在“韩梅梅”"),
        ("pupils", "李雷考了多少分?", "85 分"),
    ],
)
def test_a_point_is_asked_for_and_told_by_its_name(chart: str, question: str, words: str) -> None:
    assert words in answer(chart, question)


@pytest.mark.parametrize(
    ("chart", "question", "words"),
    [
        ("dogs", "Does Zoe get more food than Max?", "No. “Zoe” (330 g)"),
        ("dogs", "Bekommt Zoe mehr Futter als Max?", "Nein. „Zoe“ (330 g)"),
        ("dogs", "Luna mange-t-elle plus que Max ?", "Non. « Luna » (210 g)"),
        ("exam", "¿Sacó Mario mejor nota que Lola?", "No. «Mario» (7,8)"),
        ("cities", "부산이 대구보다 만족도가 높아?", "아니요. “부산”(4 점)"),
        ("pupils", "小红的成绩比李雷高吗?", "不是。 “小红”(70 分)"),
    ],
)
def test_two_points_are_compared_and_not_correlated(chart: str, question: str, words: str) -> None:
    assert words in answer(chart, question)


@pytest.mark.parametrize(
    ("chart", "question", "words"),
    [
        ("dogs", "How much does Daisy weigh?", "“Daisy” (Dry food per day = 100 g) is 5 kg"),
        ("dogs", "Who is the heaviest?", "45 kg, at “Duke”"),
        ("dogs", "lightest dog and its weight please", "5 kg, at “Daisy”"),
        ("dogs", "who is lighter, Max or Zoe", "“Max” (25 kg)"),
        ("dogs", "which dog weighs 28 kg?", "“Zoe”"),
        ("dogs", "Ist Zoe schwerer als Max?", "Ja. „Zoe“ (28 kg)"),
        ("dogs", "Combien pèse Luna ?", "12 kg"),
        ("exam", "¿Quién durmió más?", "9 h, en «Mario»"),
        ("exam", "¿Cuánto durmieron Hugo y Lola en total?", "15,7 h"),
        ("rents", "Quelle est la surface à Paris ?", "50 m²"),
        ("cities", "인천의 소득은 얼마야?", "62 만원"),
        ("pupils", "小明学习了多长时间?", "1 小时"),
        ("lakes", "What's the difference in pH between Bergsee and Moorsee?", "3.3"),
        ("lakes", "Which lake is the most acidic?", "4.6, at “Moorsee”"),
        ("lakes", "Wie groß ist der pH-Unterschied zwischen Talsee und Waldsee?", "0,6"),
        ("lakes", "Welcher See ist am sauersten?", "4,6, bei „Moorsee“"),
        ("lakes", "Quelle différence de pH y a-t-il entre le Bergsee et le Talsee ?", "0,5"),
        ("lakes", "Où l'eau est-elle la plus basique ?", "7,9, à « Bergsee »"),
        ("lakes", "¿Qué lago es el más ácido?", "4,6, en «Moorsee»"),
        ("lakes", "가장 산성인 호수는 어디야?", "4.6"),
        ("lakes", "哪个湖最酸？", "4.6"),
    ],
)
def test_the_quantity_along_x_is_told_where_it_is_meant(chart: str, question: str, words: str) -> None:
    assert words in answer(chart, question)


@pytest.mark.parametrize(
    ("chart", "question", "words"),
    [
        ("dogs", "which dogs eat more than Max?", "1 of 6 values is above 350 g: “Duke” (560 g)"),
        ("dogs", "how many dogs are lighter than Luna?", "2 of 6 values are below 12 kg: “Bella” (8 kg) and “Daisy”"),
        ("dogs", "Welche Hunde fressen mehr als Max?", "über 350 g: „Duke“"),
        ("exam", "¿Quién sacó más que Hugo?", "«Lola» (9,2)"),
        ("rents", "Qui paie plus que Lyon ?", "« Nantes » (1500 €) et « Paris »"),
        ("cities", "부산보다 소득이 높은 도시는?", "“대구” (50 만원)"),
        ("pupils", "谁的成绩比小红高?", "“李雷” (85 分)"),
    ],
)
def test_a_point_is_a_limit_for_the_others(chart: str, question: str, words: str) -> None:
    assert words in answer(chart, question)


def test_points_at_the_same_place_are_told_apart() -> None:
    assert "“Ana” (10 points) is 4 points lower than “Ben” (14 points)" in answer(
        "tied", "Difference between Ana and Ben"
    )
    assert "“Ben” (Training = 3 h) is 14 points" in answer("tied", "How much did Ben score?")
    assert "20 points, at “Dora” (Training = 7 h)" in answer("tied", "Who has the highest score?")
    assert "“Ana” and “Ben” (Training = 3 h): 10 points and 14 points" in answer(
        "tied", "What is the score at 3 hours?"
    )


def test_both_quantities_of_a_point_are_told_in_two_parts() -> None:
    told = answer("dogs", "how much does Luna weigh and how much does she eat?")
    assert "is 12 kg" in told
    assert "is 210 g" in told


@pytest.mark.parametrize(
    ("chart", "question"),
    [
        ("dogs", "Which dog eats the most for its weight?"),
        ("dogs", "How old is Luna?"),
        ("dogs", "who has the best coat?"),
        ("dogs", "Why does Duke eat so much?"),
        ("dogs", "How much food does Buddy get?"),
        ("exam", "por qué Mario sacó menos que Lola si durmió más?"),
        ("exam", "¿Qué tendría que hacer Ana para aprobar la próxima vez?"),
    ],
)
def test_what_the_points_do_not_tell_is_not_answered(chart: str, question: str) -> None:
    told = answer(chart, question)
    assert "cannot" in told or "understand" in told or "No puedo" in told or "No entiendo" in told


def test_a_table_of_points_begins_with_their_names() -> None:
    table = answer("dogs", "table please")
    assert "|  | Body weight (kg) | Dry food per day (g) |" in table
    assert "| Luna | 12 | 210 g |" in table


def test_spans_of_places_are_told_in_numbers() -> None:
    told = answer("dogs", "what is the average food of dogs over 20 kg?")
    assert "Body weight = 25 kg to Body weight = 45 kg" in told


def chart_of(name: str) -> Chart:
    return chart_of_facts(CHARTS[name])


def test_names_are_part_of_the_data() -> None:
    (series,) = chart_of("dogs")
    assert series.names == ("Bella", "Max", "Luna", "Daisy", "Duke", "Zoe")
    assert series.to_dict()["names"] == list(series.names)
    assert list(chart_of("dogs").to_frame().name) == list(series.names)


def test_a_name_in_a_question_is_the_place_of_its_point() -> None:
    (place,) = parse_query("How much food does Luna get?", [chart_of("dogs")]).places
    assert place == 12.0
    assert copy.deepcopy(place) == NamedPlace(12.0, "Luna")
    assert NamedPlace(12.0, "Luna") != NamedPlace(12.0, "Max")


def rows_of(schema: Any) -> Any:
    (panel,) = chart_of("dogs").panels
    return PointTable(panel, [Drawn(panel.series[0], panel)]).rows({"properties": schema})


def test_records_have_the_names_of_points() -> None:
    rows = rows_of({"dog": {"type": "string"}, "food_g": {"type": "number"}})
    assert rows[2] == {"dog": "Luna", "food_g": 210.0}
