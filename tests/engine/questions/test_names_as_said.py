"""Names as questions say them: what things have or do not have, ages, times of titles, adjectives, names in quotes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final

import pytest
from matplotlib.figure import Figure

import vision_magic as vm
from tests.engine.questions.live import asked, told
from tests.engine.questions.test_plain_figures import stack


def houses(having: str, lacking: str, labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.scatter([50, 60, 70], [300, 400, 500], label=having)
    axes.scatter([40, 55, 80], [200, 250, 450], label=lacking)
    axes.legend()
    return figure


def english() -> Figure:
    return houses("with garage", "no garage", ("Size (m²)", "Price (k€)"))


def german() -> Figure:
    return houses("mit Garage", "ohne Garage", ("Größe (m²)", "Preis (k€)"))


def french() -> Figure:
    return houses("avec garage", "sans garage", ("Surface (m²)", "Prix (k€)"))


def spanish() -> Figure:
    return houses("con garaje", "sin garaje", ("Superficie (m²)", "Precio (k€)"))


def korean() -> Figure:
    return houses("주차장 있음", "주차장 없음", ("면적 (m²)", "가격 (백만 원)"))


def chinese() -> Figure:
    return houses("有车库", "无车库", ("面积 (m²)", "价格 (万元)"))


def growth(dose: str, height: str) -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel=dose, ylabel=height).plot([0, 1, 2, 3], [12.4, 15, 19, 18])
    return figure


def oats() -> Figure:
    return growth("Fertiliser dose (g)", "Height (cm)")


def hafer() -> Figure:
    return growth("Düngermenge (g)", "Höhe (cm)")


def avoine() -> Figure:
    return growth("Dose d'engrais (g/L)", "Hauteur (cm)")


def avena() -> Figure:
    return growth("Dosis de abono (g)", "Altura (cm)")


def rice() -> Figure:
    return growth("비료량 (g)", "키 (cm)")


def wheat() -> Figure:
    return growth("施肥量(克)", "高度(cm)")


def bars(names: list[str], title: str, labels: tuple[str, str]) -> Figure:
    figure = Figure()
    figure.add_subplot(title=title, xlabel=labels[0], ylabel=labels[1]).bar(names, [1840, 2315, 1270])
    return figure


def bakery() -> Figure:
    return bars(["Bread", "Cake", "Rolls"], "Bakery revenue, March 2024", ("Product", "Revenue (£)"))


def metzger() -> Figure:
    return bars(["Wurst", "Schinken", "Braten"], "Umsatz der Metzgerei im März 2024", ("Ware", "Umsatz (€)"))


def ventes() -> Figure:
    return bars(["Pain", "Gâteaux", "Glaces"], "Ventes de mars 2024", ("Produit", "Ventes (€)"))


def store() -> Figure:
    return bars(["도시락", "음료", "과자"], "편의점 3월 상품군별 매출", ("상품군", "매출 (만 원)"))


def shop() -> Figure:
    return bars(["盒饭", "饮料", "零食"], "便利店3月各商品销售额", ("商品", "销售额(元)"))


def readers(ages: list[str], answers: list[str], labels: tuple[str, str]) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    stack(axes, ages, dict(zip(answers, [[8, 17, 55], [45, 48, 30], [47, 35, 15]], strict=True)))
    return figure


def papers() -> Figure:
    return readers(["18–29", "30–64", "65+"], ["Daily", "Sometimes", "Never"], ("Age (years)", "Respondents (%)"))


def prensa() -> Figure:
    return readers(["16–29", "30–64", "65 o más"], ["A diario", "A veces", "Nunca"], ("Edad (años)", "Encuestados (%)"))


def zeitung() -> Figure:
    ages = ["18–29", "30–64", "65 und älter"]
    return readers(ages, ["täglich", "manchmal", "nie"], ("Alter (Jahre)", "Befragte (%)"))


def members() -> Figure:
    figure = Figure()
    figure.add_subplot(xlabel="월", ylabel="신규 회원 수 (명)").plot(["1월", "2월", "3월", "4월"], [64, 58, 47, 39])
    return figure


def braking() -> Figure:
    figure = Figure()
    names = ["Trockener Beton", "Nasser Beton", "Loser Kies", "Eis"]
    figure.add_subplot(xlabel="Fahrbahn", ylabel="Bremsweg (m)").bar(names, [12.5, 17, 19.5, 68])
    return figure


def rooms() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="星期", ylabel="会议室")
    image = axes.imshow([[5.5, 6, 7.5], [3, 4.5, 5]])
    axes.set_xticks(range(3), ["周一", "周二", "周三"])
    axes.set_yticks(range(2), ["春风厅", "夏荷厅"])
    figure.colorbar(image, label="使用时长(小时)")
    return figure


def halls() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Day", ylabel="Room")
    image = axes.imshow([[5.5, 6, 7.5], [3, 4.5, 5]])
    axes.set_xticks(range(3), ["Mon", "Tue", "Wed"])
    axes.set_yticks(range(2), ["Elm", "Oak"])
    figure.colorbar(image, label="Hours used")
    return figure


def pulse() -> Figure:
    figure = Figure()
    days = [date(2024, 3, 4) + timedelta(weeks=number) for number in range(6)]
    figure.add_subplot(xlabel="测量日期", ylabel="静息心率(次/分钟)").plot(days, [76, 75, 77, 74, 72, 70])
    return figure


def floors() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Electricity use (MWh)")
    axes.bar([0, 1, 2], [41, 36, 37], 0.4, label="2023")
    axes.bar([0.4, 1.4, 2.4], [37, 38, 33], 0.4, label="2024")
    axes.set_xticks(range(3), ["Lobby", "Attic", "Cellar"])
    axes.legend()
    return figure


def puppies() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Gewicht der Welpen", xlabel="Woche", ylabel="Gewicht (kg)")
    axes.plot([1, 2, 3, 4, 5], [2, 3, 4, 5, 6], label="Luna")
    axes.plot([1, 2, 3, 4, 5], [2.5, 3, 3.5, 3.4, 4], label="Balu")
    axes.legend()
    return figure


def family() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Presupuesto de la familia en mayo (total: 1600 €)")
    axes.pie([900, 600, 100], labels=["Vivienda", "Comida", "Ropa"], autopct="%.0f%%")
    return figure


def haushalt() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Haushaltsbudget im Mai (gesamt: 1600 €)")
    axes.pie([900, 600, 100], labels=["Wohnen", "Essen", "Kleidung"], autopct="%.0f%%")
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # what things have
        ("Average price of the houses that have a garage?", english, ("“with garage”", "400")),
        ("What is the cheapest house without a garage?", english, ("“no garage”", "200")),
        ("Wie teuer ist das teuerste Haus ohne Garage?", german, ("„ohne Garage“", "450")),
        ("Durchschnittspreis der Häuser, die eine Garage haben?", german, ("„mit Garage“", "400")),
        ("Quel est le prix moyen des maisons qui ont un garage ?", french, ("« avec garage »", "400")),
        ("¿Cuál es la más barata que no tiene garaje?", spanish, ("«sin garaje»", "200")),
        ("주차장이 없는 집 중 가장 비싼 것은?", korean, ("“주차장 없음”", "450")),
        ("没有车库的房子最贵的是多少?", chinese, ("“无车库”", "450")),
        ("带车库的房子平均价格是多少?", chinese, ("“有车库”", "400")),
        # zero of an axis of doses
        ("How tall are they without fertilizer?", oats, ("12.4 cm",)),
        ("Welche Höhe ergibt sich ohne Düngung?", hafer, ("12,4 cm",)),
        ("Quelle est la hauteur sans engrais ?", avoine, ("12,4 cm",)),
        ("¿Cuál es la altura sin abono?", avena, ("12,4 cm",)),
        ("비료 없이 키는 얼마인가요?", rice, ("12.4 cm",)),
        ("不施肥时高度是多少?", wheat, ("12.4 cm",)),
        # times that the title has of all
        ("What was the revenue of cake in March 2024?", bakery, ("2315",)),
        ("Welche Ware hatte im März den höchsten Umsatz?", metzger, ("„Schinken“", "2315")),
        ("Quel produit s'est le plus vendu en mars ?", ventes, ("« Gâteaux »", "2315")),
        ("3월에 매출이 제일 높은 상품군은 뭐야?", store, ("“음료”", "2315")),
        ("3月份饮料卖了多少?", shop, ("2315",)),
        # ages
        ("What percentage of people over 65 never read?", papers, ("“Never”", "15 %")),
        ("How many of those aged 65 and over read sometimes?", papers, ("30 %",)),
        ("¿Cuántos de los mayores de 65 leen a diario?", prensa, ("«A diario»", "55 %")),
        ("Wie viele der über 65-Jährigen lesen täglich?", zeitung, ("„täglich“", "55 %")),
        # other words for a name, or a part of it
        ("2월에는 새 회원이 몇 명 들어왔나요?", members, ("58",)),
        ("Wie viele Meter mehr braucht man auf nassem als auf trockenem Beton?", braking, ("4,5 m",)),
        ("Ist der Bremsweg auf nassem Beton länger als auf trockenem?", braking, ("Ja", "17 m", "12,5 m")),
        ("Wie lang ist der Bremsweg auf losem Kies?", braking, ("19,5 m",)),
        # which row and which column
        ("哪个会议室在星期几用得最久?", rooms, ("“春风厅”行“周三”列",)),
        ("哪个房间在周几使用时间最短?", rooms, ("“夏荷厅”行“周一”列",)),
        ("Which room is used most, and when?", halls, ("row “Elm”, column “Wed”",)),
        ("Which hall is used longest on which day?", halls, ("row “Elm”, column “Wed”",)),
        # what is drawn, in words that nothing on the axis has
        ("4月1日的心率是多少?", pulse, ("72",)),
        ("On average, how much did an area use in 2023?", floors, ("38 MWh",)),
        ("¿Cuántos euros se destinan a ropa?", family, ("6,25 %",)),
        ("Wie viel Euro werden für Essen ausgegeben?", haushalt, ("37,5 %",)),
        # steps, and not the whole course
        ("Hat einer der Hunde zwischendurch abgenommen?", puppies, ("Ja", "„Balu“", "3,5 kg → 3,4 kg")),
        ("Hat Luna zwischendurch abgenommen?", puppies, ("Nein", "„Luna“")),
        ("Did any of them lose weight in between?", puppies, ("Yes", "“Balu”")),
        ("Balu a-t-il maigri à un moment ?", puppies, ("Oui", "« Balu »")),
    ],
)
def test_a_name_is_found_as_it_is_said(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("¿La respuesta «Nunca» sube o baja con la edad?", prensa, ("«Nunca» baja", "47 %", "15 %")),
        ("¿Cuál es el valor de «A diario» en «16–29»?", prensa, ("8 %",)),
        ("Steigt oder fällt „nie“ mit dem Alter?", zeitung, ("„nie“ fällt", "47 %")),
        ('Does it say "Daily"?', papers, ("in its text",)),
    ],
)
def test_a_name_in_quotation_marks_is_no_text(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    answer = vm.ask(question, draw(), profile="embedded").text
    assert [word for word in words if word not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("How tall do they get without water?", oats),
        ("Quelle est la hauteur sans eau ?", avoine),
        ("Which house without a garden is cheapest?", english),
        ("Which product sold best in May?", bakery),
        ("Wie viel Umsatz machte Wurst im März 2023?", metzger),
        ("4월에 매출이 제일 높은 상품군은?", store),
        ("Wie viele Sekunden braucht man auf Eis?", braking),
        ("Hat eine der Katzen abgenommen?", puppies),
        ("¿Cuántos kilos se destinan a ropa?", family),
        ("3月18日的血压是多少?", pulse),
        ("How much gas did an area use in 2023?", floors),
    ],
)
def test_what_only_sounds_like_a_name_is_not_answered(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    told = ("From the figure", "Aus dem", "D'après l'objet", "Del objeto", "그림 객체에서", "来自图形对象")
    assert not any(word in answer for word in told), answer


def _floors(names: str, label: str, noun: str) -> Callable[[], Figure]:
    def draw() -> Figure:
        figure = Figure()
        figure.add_subplot(xlabel=label, ylabel=noun).bar(names.split("/"), [90, 12, 21, 28, 24])
        return figure

    return cache(draw)


HOUSE: Final = _floors("Ground floor/1st floor/2nd floor/3rd floor/4th floor", "Floor", "Parcels")
HAUS: Final = _floors("EG/1. Stock/2. Stock/3. Stock/4. Stock", "Stockwerk", "Pakete")
IMMEUBLE: Final = _floors("RDC/1er étage/2e étage/3e étage/4e étage", "Étage", "Colis")
CASA: Final = _floors("Bajo/1.º/2.º/3.º/4.º", "Planta", "Paquetes")
BUILDING: Final = _floors("지하/1층/2층/3층/4층", "층", "택배")
LOU: Final = _floors("地下/1楼/2楼/3楼/4楼", "楼层", "包裹")


def cuentos() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Mes", ylabel="Cuentos")
    for number, values in ((1, [10, 14, 18]), (2, [11, 19, 13]), (3, [20, 25, 22])):
        axes.plot(["octubre", "noviembre", "diciembre"], values, label=f"{number}.º de primaria")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        # ordinals before their noun, or where they are no ranks
        ("How many parcels on the third floor?", HOUSE, ("“3rd floor”", "28")),
        ("How many more on the third than on the first floor?", HOUSE, ("“3rd floor”", "“1st floor”", "16")),
        ("Which is the third largest?", HOUSE, ("“4th floor”", "24")),
        ("How many parcels on the ninth floor?", HOUSE, ("no value", "“ninth floor”")),
        ("Wie viele Pakete gab es im dritten Stock?", HAUS, ("„3. Stock“", "28")),
        ("Wie groß ist der Unterschied zwischen dem zweiten und dem vierten Stock?", HAUS, ("21", "24", "um 3")),
        ("Hatte der dritte Stock mehr als der vierte?", HAUS, ("Ja", "28", "24")),
        ("Wie viele Pakete im fünften Stock?", HAUS, ("keinen Wert",)),
        ("Combien de colis au troisième étage ?", IMMEUBLE, ("« 3e étage »", "28")),
        ("Combien de colis au premier ?", IMMEUBLE, ("« 1er étage »", "12")),
        ("¿Cuál es la diferencia entre la segunda y la cuarta planta?", CASA, ("«2.º»", "«4.º»", "3")),
        ("¿Cuántos paquetes llegaron al segundo?", CASA, ("«2.º»", "21")),
        ("¿Cuál es la segunda planta con más paquetes?", CASA, ("«3.º»", "28")),
        ("삼층에는 택배가 몇 개야?", BUILDING, ("“3층”", "28")),
        ("三楼有多少包裹?", LOU, ("“3楼”", "28")),
        ("二层和四层差多少?", LOU, ("“2楼”", "“4楼”", "3")),
        ("¿Cuál es la media de segundo?", cuentos, ("«2.º de primaria»", "14,33")),
        ("¿En qué mes leyó más cuentos tercero?", cuentos, ("«3.º de primaria»", "25", "noviembre")),
        ("¿Quién quedó tercero en octubre?", cuentos, ("«1.º de primaria»", "10")),
    ],
)
def test_an_ordinal_is_a_name_where_it_is_no_rank(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


def soil(below: str, above: str, labels: tuple[str, str]) -> Callable[[], Figure]:
    """Return a figure of two depths, one of which is named by its length."""

    def draw() -> Figure:
        figure = Figure()
        axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
        axes.plot([1, 2, 3, 4], [9, 14, 17, 12], marker="o", label=above)
        axes.plot([1, 2, 3, 4], [7, 8, 10, 11], marker="o", label=below)
        axes.legend()
        return figure

    return cache(draw)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        (
            "How warm was it at 40 cm on day 3?",
            soil("40 cm depth", "Air", ("Day", "Temperature (°C)")),
            ("40 cm", "10"),
        ),
        (
            "What was the highest temperature at a depth of 40 cm?",
            soil("40 cm depth", "Air", ("Day", "Temperature (°C)")),
            ("“40 cm depth”", "11 °C"),
        ),
        (
            "Was war die höchste Temperatur in 2 Metern?",
            soil("Tiefe 2 m", "Luft", ("Tag", "Temperatur (°C)")),
            ("„Tiefe 2 m“", "11 °C"),
        ),
        (
            "Quelle était la température maximale à 2 mètres ?",
            soil("2 m de profondeur", "Air", ("Jour", "Température (°C)")),
            ("« 2 m de profondeur »", "11 °C"),
        ),
        (
            "¿Cuál fue la temperatura máxima a 2 metros?",
            soil("2 m de profundidad", "Aire", ("Día", "Temperatura (°C)")),
            ("«2 m de profundidad»", "11 °C"),
        ),
        ("2미터에서 가장 높은 온도는?", soil("수심 2 m", "공기", ("날", "온도 (°C)")), ("“수심 2 m”", "11 °C")),
        ("2米处最高温度是多少?", soil("2 m 深", "空气", ("日", "温度 (°C)")), ("“2 m 深”", "11 °C")),
    ],
)
def test_a_length_is_the_name_that_has_it(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_a_length_along_an_axis_is_no_name() -> None:
    draw = soil("2 m depth", "Air", ("Distance (m)", "Temperature (°C)"))
    told("What was the temperature of Air at 2 m?", draw, ("“Air”", "14 °C"))
