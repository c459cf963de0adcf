"""The rank of one of several names, empty cells of a heat map, and amounts of a whole that a title names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def fruit(names: list[str], labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar(names, [40, 22, 31, 12])
    return figure


def apples() -> Figure:
    return fruit(["apple", "pear", "cherry", "plum"], ("Fruit", "Sold (kg)"))


def obst() -> Figure:
    return fruit(["Apfel", "Birne", "Kirsche", "Pflaume"], ("Sorte", "Verkauf (kg)"))


def pommes() -> Figure:
    return fruit(["pomme", "poire", "cerise", "prune"], ("Fruit", "Ventes (kg)"))


def manzanas() -> Figure:
    return fruit(["manzana", "pera", "cereza", "ciruela"], ("Fruta", "Ventas (kg)"))


def gwail() -> Figure:
    return fruit(["사과", "배", "체리", "자두"], ("과일", "판매량 (kg)"))


def shuiguo() -> Figure:
    return fruit(["苹果", "梨", "樱桃", "李子"], ("水果", "销量(公斤)"))


def slots(columns: list[str], rows: list[str], labels: tuple[str, str, str]) -> Figure:
    """Draw a heat map with two zeros."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    image = axes.imshow([[3, 2, 0, 4], [5, 6, 7, 2], [1, 0, 3, 2]])
    axes.set_xticks(range(4), columns)
    axes.set_yticks(range(3), rows)
    figure.colorbar(image, label=labels[2])
    return figure


def gym() -> Figure:
    return slots(["Mon", "Tue", "Wed", "Thu"], ["morning", "noon", "evening"], ("Day", "Time of day", "Visitors"))


def waschraum() -> Figure:
    rows = ["8–11 Uhr", "11–14 Uhr", "14–17 Uhr"]
    return slots(["Mo", "Di", "Mi", "Do"], rows, ("Wochentag", "Tageszeit", "Waschgänge"))


def laverie() -> Figure:
    return slots(["lun", "mar", "mer", "jeu"], ["matin", "midi", "soir"], ("Jour", "Moment", "Lessives"))


def lavanderia() -> Figure:
    return slots(["lun", "mar", "mié", "jue"], ["mañana", "tarde", "noche"], ("Día", "Franja", "Lavados"))


def setak() -> Figure:
    return slots(["월", "화", "수", "목"], ["아침", "점심", "저녁"], ("요일", "시간대", "세탁 횟수"))


def xiyi() -> Figure:
    return slots(["周一", "周二", "周三", "周四"], ["上午", "中午", "晚上"], ("星期", "时段", "洗衣次数"))


def budget(names: list[str], title: str) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title).pie([38, 22, 25, 15], labels=names, autopct="%d %%")
    return figure


def town() -> Figure:
    return budget(["Nurseries", "Roads", "Parks", "Museums"], "Town budget (total: €60 million)")


def stadt() -> Figure:
    return budget(["Kitas", "Straßen", "Parks", "Museen"], "Haushalt der Stadt (insgesamt 60 Mio. €)")


def ville() -> Figure:
    return budget(["Crèches", "Routes", "Parcs", "Musées"], "Budget de la ville (total : 60 M€)")


def pueblo() -> Figure:
    return budget(["Guarderías", "Calles", "Parques", "Museos"], "Presupuesto (total: 60 millones de euros)")


def dosi() -> Figure:
    return budget(["보육", "도로", "공원", "박물관"], "시 예산 구성 (총 60억 원)")


def chengshi() -> Figure:
    return budget(["教育", "道路", "公园", "博物馆"], "市预算构成(总计60亿元)")


def districts() -> Figure:
    return budget(["Nurseries", "Roads", "Parks", "Museums"], "Budget of 12 districts, 2024")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # the rank of one name, though the order of all is mentioned
        ("If we sort from most to least, what place is the pear in?", apples, ("“pear” is number 3 of 4",)),
        ("Wenn man der Größe nach ordnet, auf welchem Platz landet die Birne?", obst, ("„Birne“", "Rang 3 von 4")),
        ("Si on classe du plus vendu au moins vendu, à quelle place est la poire ?", pommes, ("rang 3 sur 4",)),
        ("Si ordenamos de más a menos, ¿en qué puesto queda la pera?", manzanas, ("«pera»", "puesto 3 de 4")),
        ("많은 순으로 정렬하면 체리는 몇 번째야?", gwail, ("“체리”", "4개 중 2위")),
        ("按销量从高到低排序,李子排在第几位?", shuiguo, ("“李子”在 4 个中排第 4",)),
        # the cells that are empty, and no others
        ("When was nobody there?", gym, ("2 of 12", "“Wed”", "“Tue”")),
        ("Zu welcher Zeit wurde gar nicht gewaschen?", waschraum, ("2 von 12", "„Mi“", "„Di“")),
        ("Quand n'y a-t-il eu aucune lessive ?", laverie, ("2 des 12", "« mer »", "« mar »")),
        ("¿Cuándo no se lavó nada?", lavanderia, ("2 de 12", "«mié»", "«mar»")),
        ("언제 세탁을 전혀 안 했어?", setak, ("12개 값 중 2개", "“수”", "“화”")),
        ("哪个时段一次也没有洗?", xiyi, ("12 个值中有 2 个", "“周三”", "“周二”")),
        # amounts of a whole
        # an order of a few of them, and where it begins
        ("Rank the two fruits with the lowest sales.", apples, ("2 lowest", "“plum” (12 kg) and “pear” (22 kg)")),
        ("Sortiere die zwei größten Sorten.", obst, ("2 höchsten", "„Apfel“ (40 kg) und „Kirsche“ (31 kg)")),
        ("Classe les deux fruits les plus vendus, du plus petit au plus grand.", pommes, ("« pomme »", "« cerise »")),
        ("Classe les fruits de la plus petite vente à la plus grande.", pommes, ("De la plus basse", "prune")),
        ("Ordena las dos frutas más vendidas.", manzanas, ("2 valores más altos", "«manzana»", "«cereza»")),
        ("가장 많이 팔린 과일 2개를 순서대로 정렬해 줘.", gwail, ("“사과”", "“체리”")),
        ("把销量最高的两种水果从高到低排列。", shuiguo, ("“苹果”", "“樱桃”")),
        # amounts of a whole
        ("How many million euros go to roads?", town, ("22 %", "€60 million", "€13.2 million")),
        ("Wie viele Millionen Euro gehen in die Straßen?", stadt, ("22 %", "60 Mio. €", "13,2 Mio. €")),
        ("Les routes représentent combien de millions d'euros ?", ville, ("22 %", "60 M€", "13,2 M€")),
        ("Quel est le montant consacré aux parcs ?", ville, ("25 %", "15 M€")),
        ("¿Cuántos millones de euros se gastan en calles?", pueblo, ("22 %", "13,2 millones de euros")),
        ("도로에는 몇 억 원이 들어가?", dosi, ("22 %", "60억 원", "13.2억 원")),
        ("道路花了多少亿元?", chengshi, ("22 %", "60亿元", "13.2亿元")),
    ],
)
def test_ranks_empty_cells_and_amounts(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("Zu welcher Zeit wurde gar nicht gewaschen?", waschraum, "11–14"),
        ("How many million euros go to roads?", districts, "million euros"),
        ("What percentage goes to roads?", town, "€"),
        ("Wenn man der Größe nach ordnet, auf welchem Platz landet die Birne?", obst, "Apfel"),
    ],
)
def test_what_is_not_asked_for_is_not_told(question: str, draw: Callable[[], Figure], word: str) -> None:
    assert word not in asked(question, draw)
