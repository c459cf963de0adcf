"""Questions with a verb for what a series counts, such as boardings, sold items and games won."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def pair(labels: tuple[str, str], places: list[str], first: str, second: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar([place - 0.2 for place in range(4)], [120, 45, 80, 30], 0.4, label=first)
    axes.bar([place + 0.2 for place in range(4)], [40, 95, 110, 25], 0.4, label=second)
    axes.set_xticks(range(4), places)
    axes.legend()
    return figure


def ferry() -> Figure:
    return pair(("Pier", "Passengers"), ["Market", "School", "Harbour", "Museum"], "Boardings", "Alightings")


def bahn() -> Figure:
    return pair(("Haltestelle", "Fahrgäste"), ["Markt", "Schule", "Hafen", "Museum"], "Einsteiger", "Aussteiger")


def navette() -> Figure:
    return pair(("Arrêt", "Passagers"), ["Marché", "École", "Port", "Musée"], "Montées", "Descentes")


def autobus() -> Figure:
    return pair(("Parada", "Viajeros"), ["Mercado", "Escuela", "Puerto", "Museo"], "Subidas", "Bajadas")


def maeul() -> Figure:
    return pair(("정류장", "승객 수 (명)"), ["시장", "학교", "항구", "박물관"], "승차", "하차")


def flea() -> Figure:
    return pair(("Goods", "Items"), ["Books", "Toys", "Lamps", "Records"], "Sold", "Unsold")


def floh() -> Figure:
    return pair(("Ware", "Stück"), ["Bücher", "Spiele", "Lampen", "Platten"], "Verkauft", "Übrig")


def brocante() -> Figure:
    return pair(("Article", "Objets"), ["Livres", "Jouets", "Lampes", "Disques"], "Vendus", "Invendus")


def rastro() -> Figure:
    return pair(("Artículo", "Unidades"), ["Libros", "Juguetes", "Lámparas", "Discos"], "Vendidos", "Sin vender")


def market() -> Figure:
    return pair(("品类", "数量 (件)"), ["旧书", "玩偶", "台灯", "唱片"], "已售出", "待售")


def jangteo() -> Figure:
    return pair(("품목", "개수 (개)"), ["책", "인형", "조명", "음반"], "판매", "재고")


def league() -> Figure:
    return pair(("Team", "Games"), ["Lions", "Bears", "Hawks", "Foxes"], "Wins", "Losses")


def liansai() -> Figure:
    return pair(("球队", "场数 (场)"), ["雄狮队", "飞鹰队", "海豚队", "猎豹队"], "胜", "负")


def fluege() -> Figure:
    return pair(("Stunde", "Flüge"), ["8 Uhr", "9 Uhr", "10 Uhr", "11 Uhr"], "Ankünfte", "Abflüge")


def library() -> Figure:
    return pair(("Weekday", "Books"), ["Monday", "Tuesday", "Thursday", "Friday"], "Loans", "Returns")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many people get off at School?", ferry, ("Alightings", "95")),
        ("Where do most people get on?", ferry, ("120", "Market")),
        ("How many more people got off than on at Harbour?", ferry, ("30",)),
        ("Where do more people get off than get on?", ferry, ("School", "Harbour")),
        ("Wo steigen die meisten Leute aus?", bahn, ("110", "Hafen")),
        ("Wie viele Fahrgäste steigen am Hafen ein?", bahn, ("80",)),
        ("Wo steigen mehr Leute ein als aus?", bahn, ("Einsteiger", "Markt", "Museum")),
        ("Combien de passagers montent à l'arrêt Port ?", navette, ("Montées", "80")),
        ("À quel arrêt descend-on le plus ?", navette, ("Descentes", "110", "Port")),
        ("¿Dónde bajan más viajeros?", autobus, ("110", "Puerto")),
        ("¿Cuántos viajeros suben en Escuela?", autobus, ("45",)),
        ("어디서 가장 많이 내려?", maeul, ("하차", "110", "항구")),
        ("학교에서 몇 명이 탔어?", maeul, ("승차", "45")),
        ("How many lamps are left?", flea, ("Unsold", "110")),
        ("How many toys were not sold?", flea, ("Unsold", "95")),
        ("How many items didn't we sell in total?", flea, ("270",)),
        ("Wie viele Spiele wurden nicht verkauft?", floh, ("Übrig", "95")),
        ("Wovon haben wir am meisten verkauft?", floh, ("120", "Bücher")),
        ("Combien de lampes n'ont pas été vendues ?", brocante, ("Invendus", "110")),
        ("Combien de jouets reste-t-il ?", brocante, ("Invendus", "95")),
        ("¿Cuántas lámparas no se vendieron?", rastro, ("Sin vender", "110")),
        ("玩偶卖出去多少件？", market, ("已售出", "45")),
        ("所有品类加在一起，还有多少件没卖掉？", market, ("待售", "270")),
        ("台灯比玩偶多卖了几件？", market, ("35",)),
        ("哪一类待售的最少？", market, ("待售", "25", "唱片")),
        ("안 팔린 책은 몇 개야?", jangteo, ("재고", "40")),
        ("인형은 몇 개 팔렸어?", jangteo, ("판매", "45")),
        ("Which team lost the fewest games?", league, ("25", "Foxes")),
        ("How many more games did the Lions win than the Bears?", league, ("75",)),
        ("海豚队赢了几场？", liansai, ("胜", "80")),
        ("哪个队输得最多？", liansai, ("负", "110", "海豚队")),
        ("Wie viele Flüge kommen um 9 Uhr an?", fluege, ("Ankünfte", "45")),
        ("Wann fliegen die meisten ab?", fluege, ("Abflüge", "110", "10 Uhr")),
        ("On which day were the most books returned?", library, ("110", "Thursday")),
        ("How many fewer books came back than were borrowed on Monday?", library, ("80",)),
    ],
)
def test_a_verb_means_its_series(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How many people didn't get off at School?", ferry),
        ("Why do so many people get off at Harbour?", ferry),
        ("Les montées descendent-elles après le port ?", navette),
        ("Pourquoi tant de gens descendent-ils au port ?", navette),
        ("How many people will get off at School tomorrow?", ferry),
        ("Who got off at Harbour?", ferry),
    ],
)
def test_a_verb_that_means_something_else_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    assert not any(figure in asked(question, draw) for figure in ("120", "95", "110", "30", "25"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What is the only pier where more people get on than off?", ferry, ("Boardings", "Market")),
        ("Welches ist die einzige Haltestelle mit weniger Einsteigern als Aussteigern?", bahn, ("Schule", "Hafen")),
        ("Quel est le seul arrêt où il y a plus de montées que de descentes ?", navette, ("Marché", "Musée")),
        ("¿En qué parada hay más subidas que bajadas?", autobus, ("Mercado", "Museo")),
        ("승차가 하차보다 많은 유일한 정류장은 어디야?", maeul, ("시장", "박물관")),
        ("唯一一个胜比负多的球队是哪个？", liansai, ("雄狮队", "猎豹队")),
    ],
)
def test_the_only_place_is_where_one_is_higher(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Can you give me, in order, the two piers with the most boardings?", ferry, ("2", "Market", "Harbour")),
        ("Nenn mir bitte die zwei Haltestellen mit den meisten Einsteigern.", bahn, ("2", "Markt", "Hafen")),
        ("Tu peux me donner, dans l'ordre, les deux arrêts qui ont le plus de descentes ?", navette, ("Port", "École")),
        ("¿Puedes darme las dos paradas con más bajadas?", autobus, ("Puerto", "Escuela")),
    ],
)
def test_a_polite_question_for_a_few_is_one_for_them(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)
    assert "30" not in asked(question, draw)
