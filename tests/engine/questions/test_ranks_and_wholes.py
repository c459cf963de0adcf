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


def snow() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Nieve por estación de esquí, 2023", xlabel="Mes", ylabel="Estación")
    image = axes.imshow([[52, 48, 61, 40], [30, 44, 70, 12], [21, 25, 33, 18]])
    axes.set_xticks(range(4), ["enero", "febrero", "marzo", "abril"])
    axes.set_yticks(range(3), ["Baqueira", "Formigal", "Cerler"])
    figure.colorbar(image, label="Nieve (cm)")
    return figure


def rain() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Mes", ylabel="Lluvia (mm)")
    months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    axes.bar(months, [40, 35, 30, 50, 40, 20, 5, 4, 25, 60, 70, 55])
    return figure


def visits(rows: list[str], columns: list[str], labels: tuple[str, str, str]) -> Figure:
    """Return a heat map of which the first row and the third column have the highest cell."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    image = axes.imshow([[52, 48, 61, 40, 20], [30, 44, 16, 12, 25], [21, 25, 33, 18, 11]])
    axes.set_xticks(range(5), columns)
    axes.set_yticks(range(3), rows)
    figure.colorbar(image, label=labels[2])
    return figure


def jongmok() -> Figure:
    return visits(["농구", "배드민턴", "탁구"], ["월", "화", "수", "목", "금"], ("요일", "종목", "인원 (명)"))


def chuangkou() -> Figure:
    return visits(["面食", "盖饭", "麻辣烫"], ["周一", "周二", "周三", "周四", "周五"], ("星期", "窗口", "人数(人)"))


def regale() -> Figure:
    return visits(["Krimi", "Sachbuch", "Comic"], ["Mo", "Di", "Mi", "Do", "Fr"], ("Tag", "Regal", "Ausleihen"))


def plats() -> Figure:
    columns = ["lundi", "mardi", "mercredi", "jeudi", "vendredi"]
    return visits(["Gratin", "Couscous", "Salade"], columns, ("Jour", "Plat", "Repas servis"))


def water(months: list[str], labels: tuple[str, str], names: tuple[str, str]) -> Figure:
    """Return stacked bars: the first has nothing in two months, and the second in the last."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar(months, [0, 0, 15, 40, 70, 90], label=names[0])
    axes.bar(months, [5, 6, 8, 12, 15, 0], bottom=[0, 0, 15, 40, 70, 90], label=names[1])
    axes.legend()
    return figure


def lawn() -> Figure:
    return water(["Jan", "Feb", "Mar", "Apr", "May", "Jun"], ("Month", "Water (m³)"), ("Lawn", "Beds"))


def rasen() -> Figure:
    return water(["Jan", "Feb", "Mär", "Apr", "Mai", "Jun"], ("Monat", "Wasser (m³)"), ("Rasen", "Beete"))


def pelouse() -> Figure:
    return water(["janv", "févr", "mars", "avril", "mai", "juin"], ("Mois", "Eau (m³)"), ("Pelouse", "Potager"))


def olivar() -> Figure:
    return water(["ene", "feb", "mar", "abr", "may", "jun"], ("Mes", "Agua (m³)"), ("Olivar", "Huerta"))


def jandi() -> Figure:
    return water([f"{month}월" for month in range(1, 7)], ("월", "사용량 (톤)"), ("잔디", "텃밭"))


def caoping() -> Figure:
    return water([f"{month}月" for month in range(1, 7)], ("月份", "用水量(吨)"), ("草坪", "菜地"))


def goals(players: list[str], labels: tuple[str, str], names: tuple[str, str]) -> Figure:
    """Return two bars for each of four players, of whom the second has the same in both."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar([place - 0.2 for place in range(4)], [5, 8, 3, 9], 0.4, label=names[0])
    axes.bar([place + 0.2 for place in range(4)], [7, 8, 6, 4], 0.4, label=names[1])
    axes.set_xticks(range(4), players)
    axes.legend()
    return figure


def league() -> Figure:
    return goals(["Ann", "Ben", "Cleo", "Dan"], ("Player", "Goals"), ("Autumn", "Spring"))


def liga() -> Figure:
    return goals(["Anna", "Bert", "Clara", "Dirk"], ("Spieler", "Tore"), ("Hinrunde", "Rückrunde"))


def ligue() -> Figure:
    return goals(["Anne", "Basile", "Chloé", "Denis"], ("Joueur", "Buts"), ("Aller", "Retour"))


def torneo() -> Figure:
    return goals(["Ana", "Bruno", "Carla", "Dani"], ("Jugador", "Goles"), ("Ida", "Vuelta"))


def rigeu() -> Figure:
    return goals(["민수", "지훈", "서연", "하나"], ("선수", "골"), ("전반기", "후반기"))


def liansai() -> Figure:
    return goals(["小明", "小红", "小李", "小王"], ("球员", "进球"), ("上半季", "下半季"))


def waits() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="等待时间 (分钟)", ylabel="病人数 (人)")
    axes.hist([5, 6, 7, 12, 13, 14, 15, 22, 23, 24, 25, 26, 33, 34, 45], bins=range(0, 60, 10))
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # a station is no season, where rows are stations
        ("¿Qué estación tuvo más nieve en marzo?", snow, ("«Formigal»", "70 cm")),
        ("¿Qué estación tuvo más nieve en total?", snow, ("«Baqueira»", "201 cm")),
        ("¿En qué estación llueve más?", rain, ("otoño", "155 mm")),
        # where, and on which day, is a cell
        ("¿Dónde y en qué mes se da el valor más alto de todos?", snow, ("70 cm", "«Formigal»", "marzo")),
        ("Où et quel jour se trouve la valeur la plus élevée ?", plats, ("61", "« Gratin »", "« mercredi »")),
        ("Wo und an welchem Tag ist der höchste Wert von allen?", regale, ("61", "„Krimi“", "„Mi“")),
        ("어디서 무슨 요일에 가장 많아?", jongmok, ("61 명", "“농구”", "“수”")),
        ("哪里星期几人最多？", chuangkou, ("61 人", "“面食”", "“周三”")),
        ("Quel jour y a-t-il le plus de repas ?", plats, ("« mardi »", "117")),
        # from day to day, and "these few days"
        ("농구는 월요일부터 수요일까지 모두 몇 명이야?", jongmok, ("161 명",)),
        ("화요일부터 금요일까지 배드민턴 평균은 몇 명이야?", jongmok, ("24.25 명",)),
        ("面食窗口这几天一共多少人？", chuangkou, ("221 人",)),
        ("图里一共有几天？", chuangkou, ("5 个类别",)),
        ("等待 20 到 40 分钟的有多少人？", waits, ("有 7 人",)),
        # months at zero are counted
        ("How many months was the lawn at zero?", lawn, ("2 of 6",)),
        ("Wie viele Monate lag der Rasen bei null?", rasen, ("2 von 6",)),
        ("Combien de mois la pelouse est-elle restée à zéro ?", pelouse, ("2 des 6",)),
        ("¿Cuántos meses estuvo el olivar a cero?", olivar, ("2 de 6",)),
        ("잔디가 0톤이었던 달은 몇 개월이야?", jandi, ("6개 중 2개",)),
        ("草坪有几个月用水量为零？", caoping, ("6 个值中有 2 个",)),
        # the same in both
        ("Whose goals were the same in autumn and spring?", league, ("equal at “Ben” (8)",)),
        ("Who scored the same in both halves?", league, ("equal at “Ben” (8)",)),
        ("Wer schoss in beiden Runden gleich viele Tore?", liga, ("gleich bei „Bert“ (8)",)),
        ("Qui a marqué autant de buts à l'aller qu'au retour ?", ligue, ("égaux pour « Basile » (8)",)),
        ("¿Qué jugador tiene el mismo número de goles en ambas?", torneo, ("«Bruno» (8)",)),
        ("전반기와 후반기 골이 같은 선수는 누구야?", rigeu, ("“지훈” (8)",)),
        ("谁两个半季的进球数相同？", liansai, ("“小红” (8)",)),
        # from the most to the least, and the other way round
        (
            "Classe les joueurs de celui qui a marqué le plus à l'aller à celui qui a marqué le moins.",
            ligue,
            ("« Denis » (9), « Basile » (8)",),
        ),
        (
            "Classe les joueurs de celui qui a marqué le moins à l'aller à celui qui a marqué le plus.",
            ligue,
            ("« Chloé » (3), « Anne » (5)",),
        ),
        ("Ordena los meses del que tiene más agua en la huerta al que tiene menos.", olivar, ("mayo (15 m³), abril",)),
        (
            "Ordne die Monate von dem mit dem meisten Wasser für die Beete bis zu dem mit dem wenigsten.",
            rasen,
            ("Mai (15 m³), April",),
        ),
    ],
)
def test_cells_spans_and_equal_values(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("¿Cuántos meses hubo riego en el olivar?", olivar),
        ("Whose salary was the same in both seasons?", league),
        ("Qui a le même salaire à l'aller et au retour ?", ligue),
        ("谁上半季和下半季工资一样？", liansai),
    ],
)
def test_what_is_neither_counted_nor_equal(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(words in answer for words in ("rom the figure", "Del objeto", "D'après l'objet", "来自")), answer


def fruit_of_cities() -> Figure:
    """Draw how much of three fruits four cities picked, on top of each other."""
    figure = Figure()
    axes = figure.add_subplot(xlabel="City", ylabel="Harvest (t)")
    names, base = ["Hillside", "Lakeside", "Northfield", "Southfield"], [0.0] * 4
    for fruit, tons in {"Apples": [40, 12, 30, 25], "Plums": [35, 20, 8, 31], "Quinces": [20, 15, 10, 9]}.items():
        axes.bar(names, tons, bottom=base, label=fruit)
        base = [low + high for low, high in zip(base, tons, strict=True)]
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("In how many of the cities are plums the largest harvest?", ("2 of 4", "“Lakeside” and “Southfield”")),
        ("In which cities are plums the smallest of the three?", ("number 3 at 1 of 4", "“Northfield”")),
        ("In wie vielen Städten ist Plums am höchsten?", ("2 von 4", "„Lakeside“ und „Southfield“")),
        ("Dans combien de villes Plums est-il le plus élevé ?", ("2 des 4", "« Lakeside » et « Southfield »")),
        ("¿En cuántas ciudades es Plums el más alto?", ("2 de 4", "«Lakeside» y «Southfield»")),
        ("몇 곳에서 Plums가 가장 높나요?", ("4곳 중 2곳", "Lakeside")),
        ("Plums在几个地方最高？", ("4 处中的 2 处", "Lakeside")),
        ("In which city are plums highest?", ("35 t, at “Hillside”",)),
    ],
)
def test_at_how_many_places_one_series_is_the_highest_of_all(question: str, words: tuple[str, ...]) -> None:
    told(question, fruit_of_cities, words)
