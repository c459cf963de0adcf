"""Pies of surveys: how many took part, how many chose something, and what was chosen most, in verbs of choosing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def pie(title: str, names: tuple[str, ...], parts: tuple[int, ...] = (72, 48, 24, 16)) -> Figure:
    figure = Figure()
    axes = figure.add_subplot()
    axes.pie(parts, labels=names, autopct="%.0f%%")
    axes.set_title(title)
    return figure


coffee = partial(pie, "How do you take your coffee? (n = 160)", ("Black", "With milk", "With sugar", "Not at all"))
pets = partial(pie, "Haustiere im Verein (160 Befragte)", ("Hund", "Katze", "Vogel", "Kein Tier"))
sport = partial(pie, "Sport préféré, enquête sur 160 élèves", ("Football", "Natation", "Danse", "Tennis"))
commute = partial(pie, "¿Cómo vienes al trabajo? (160 respuestas)", ("Coche", "Bicicleta", "A pie", "Tren"))
seasons = partial(pie, "좋아하는 계절 (160명 응답)", ("봄", "가을", "여름", "겨울"))
fruit = partial(pie, "最喜欢的水果(共160名学生)", ("苹果", "香蕉", "西瓜", "葡萄"))
guests = partial(pie, "Favourite pizza, 37 guests", ("Margherita", "Funghi", "Salami"), (50, 30, 20))
shelf = partial(pie, "Klassenbibliothek (160 Bücher)", ("Romane", "Sachbücher", "Comics", "Hefte"))
year = partial(pie, "Club survey 2024, members by age", ("young", "grown up", "old"), (50, 30, 20))
often = partial(pie, "Survey: how often do you run field tests?", ("Often", "Sometimes", "Seldom", "Never"))
market = partial(pie, "Achats au marché, mai 2024", ("Légumes", "Fruits", "Fromage", "Pain"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many people took part?", coffee, ("names 160 as the whole",)),
        ("Wie viele Leute haben mitgemacht?", pets, ("160",)),
        ("Combien d'élèves ont répondu ?", sport, ("160 élèves comme total",)),
        ("¿Cuántas personas respondieron?", commute, ("160 respuestas",)),
        ("몇 명이 응답했나요?", seasons, ("160",)),
        ("有多少人参加了调查?", fruit, ("160名",)),
        ("How many people drink their coffee black?", coffee, ("45 %", "that is 72")),
        ("How many said with milk or with sugar?", coffee, ("that is 72",)),
        ("Wie viele halten einen Hund?", pets, ("das 72",)),
        ("Combien ont choisi le tennis ?", sport, ("fait 16",)),
        ("¿Cuántos eligieron el tren?", commute, ("son 16",)),
        ("봄을 고른 사람은 몇 명인가요?", seasons, ("72명",)),
        ("多少名学生选了西瓜或葡萄?", fruit, ("40名",)),
        ("How many more people take it black than with milk?", coffee, ("24 higher",)),
        ("Wie viele mehr haben einen Hund als eine Katze?", pets, ("um 24 höher",)),
        ("Combien d'élèves de plus préfèrent le football à la danse ?", sport, ("48",)),
        ("¿Cuántas personas más vienen en coche que a pie?", commute, ("en 48",)),
        ("봄을 좋아하는 사람이 겨울보다 몇 명 더 많나요?", seasons, ("56 높습니다",)),
        ("喜欢苹果的比喜欢葡萄的多多少人?", fruit, ("高 56",)),
        ("How many guests chose Funghi?", guests, ("≈ 11",)),
        ("Which pizzas did more than 10 people choose?", guests, ("2 of 3", "“Margherita”")),
        ("Wie viele Bücher sind Comics?", shelf, ("24 Bücher",)),
    ],
)
def test_numbers_of_persons_are_parts_of_the_total(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which answer was given most often?", often, ("highest", "“Often”")),
        ("What share of the people say they never run field tests?", often, ("“Never” is 10 %",)),
        ("Welches Tier wird am häufigsten gehalten?", pets, ("höchste", "„Hund“")),
        ("Was haben die Befragten am seltensten?", pets, ("niedrigste", "„Kein Tier“")),
        ("Quel sport est le moins pratiqué, et quelle est sa part ?", sport, ("« Tennis »", "10 %")),
        ("Qu'achètent le plus les habitants ?", market, ("la plus élevée", "« Légumes »")),
        ("¿Qué usan más los empleados?", commute, ("más alto", "«Coche»")),
        ("사람들이 가장 많이 고른 계절은?", seasons, ("최댓값", "“봄”")),
        ("学生们选得最多的是什么?", fruit, ("最大值", "“苹果”")),
    ],
)
def test_verbs_of_choosing_ask_for_parts(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "never"),
    [
        ("How many women took part?", coffee, "as the whole"),
        ("How many cups do they drink a day?", coffee, "72"),
        ("Combien de filles ont participé ?", sport, "comme total"),
        ("여자는 몇 명인가요?", seasons, "합계"),
        ("How many children chose Salami?", guests, "≈"),
        ("Que préfèrent le plus les enfants ?", market, "Légumes »"),
        ("Quel légume est le plus acheté ?", market, "40 %"),
        ("How many members are old?", year, "2024 that"),
    ],
)
def test_other_persons_and_things_are_not_counted(question: str, draw: Callable[[], Figure], never: str) -> None:
    assert never not in asked(question, draw)


parts = ("Rent", "Food", "Books", "Travel")
colon = partial(pie, "Costs of the club, 2024: €16,000", parts)
brackets = partial(pie, "Haushalt 2024 (12.500 €)", ("Miete", "Essen", "Bücher", "Reisen"))
spaces = partial(pie, "Dépenses 2024 : 16 000 €", ("Loyer", "Repas", "Livres", "Voyages"))
millions = partial(pie, "Presupuesto 2024: 3,2 millones de euros", ("Alquiler", "Comida", "Libros", "Viajes"))
won = partial(pie, "동아리 지출 (320만 원)", ("임대료", "식비", "도서", "여행"))
yuan = partial(pie, "社团支出(总额 6400 元)", ("房租", "餐饮", "图书", "旅行"))
owls = partial(pie, "Where 160 owls were found", ("Barn", "Church", "Wood", "Quarry"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many euros went into food?", colon, ("€4800",)),
        ("Wie viele Euro gingen in Essen?", brackets, ("3750 €",)),
        ("Combien d'euros pour Repas ?", spaces, ("4800 €",)),
        ("¿Cuánto dinero se va en comida?", millions, ("0,96 millones de euros",)),
        ("식비는 금액으로 얼마인가요?", won, ("96만 원",)),
        ("餐饮花了多少元？", yuan, ("1920 元",)),
        ("How many of the 160 owls were found in a wood?", owls, ("24 owls",)),
        ("How many owls were found in a quarry?", owls, ("16 owls",)),
    ],
)
def test_a_title_tells_the_whole_in_other_forms(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def test_things_that_the_title_does_not_count_are_declined() -> None:
    answer = asked("How many bats were found in a wood?", owls)
    assert "bats" in answer, answer
    assert "24" not in answer, answer
