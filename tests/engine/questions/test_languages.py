"""Questions as they are typed in German, French, Spanish, Korean and Chinese, and what the answer must say."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.language import language_of
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.vocabulary.accents import without_accents


def values(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear")


DISHES: Final = ("떡볶이", "김밥", "라면", "순대", "튀김")
KOREAN_MONTHS: Final = tuple(f"{number}월" for number in range(1, 13))
CHINESE_MONTHS: Final = tuple(f"{number}月" for number in range(1, 9))
CITIES: Final = ("Madrid", "Barcelona", "Valencia", "Sevilla", "Bilbao")
BREADS: Final = ("Baguettes", "Croissants", "Tartes")
COSTS: Final = ("Loyer", "Courses", "Loisirs", "Épargne")
YEARS: Final = tuple(float(year) for year in range(2016, 2025))
QUARTERS: Final = ("Q1", "Q2", "Q3", "Q4")
GAMES: Final = ("1차전", "2차전", "3차전")
WEEK: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
STEPS: Final = (8200, 7450, 10300, 6900, 9100, 12800, 4300)
KOREAN_WEEK: Final = ("월", "화", "수", "목", "금", "토", "일")
MINUTES: Final = (30, 45, 0, 60, 20, 90, 75)
GERMAN_DAYS: Final = ("Montag", "Dienstag", "Freitag")
PLAYERS: Final = ("Ruiz", "López", "Díaz", "Vega")
GERMAN_MONTHS: Final = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")

PROVIDERS: Final = ("Nordwind", "Alpha", "TeleSüd")
REASONS: Final = ("Price too high", "Missing feature", "Poor support")
REGIONS: Final = ("Nord", "Süd", "West")
QUARTER_DAYS: Final = tuple(f"{year}-{month:02}-01" for year in (2019, 2020) for month in (1, 4, 7, 10))

CHARTS: Final[dict[str, Chart]] = {
    "rain": chart(
        "Niederschlag in Freiburg",
        names("Monat", *GERMAN_MONTHS),
        values("Niederschlag (mm)", "mm"),
        one("bars", GERMAN_MONTHS, (61, 48, 52, 70, 103, 112, 98, 91, 77, 69, 66, 72)),
    ),
    "power": chart(
        "Stromverbrauch",
        ChartAxis(label="Jahr", scale="linear"),
        values("Verbrauch (kWh)", "kWh"),
        one("line", YEARS, (3400, 3350, 3300, 3180, 3420, 3390, 3100, 2900, 2850), "Müller"),
        one("line", YEARS, (2500, 2620, 2700, 2810, 3050, 3140, 3200, 3260, 3300), "Schmidt"),
    ),
    "bakery": chart(
        "Ventes de la boulangerie",
        names("Produit", *BREADS),
        values("Ventes (milliers)", "milliers"),
        one("bars", BREADS, (42.5, 31.2, 8.4), "2023"),
        one("bars", BREADS, (45.0, 28.7, 10.2), "2024"),
    ),
    "budget": chart("Budget mensuel", names("", *COSTS), values(""), one("pie", COSTS, (50.0, 25.0, 9.0, 16.0))),
    "rents": chart(
        "Alquiler medio",
        values("Alquiler (€/mes)", "€/mes"),
        names("", *CITIES),
        one("horizontal bars", CITIES, (1280, 1350, 980, 860, 1100)),
    ),
    "dishes": chart(
        "메뉴별 판매량",
        names("메뉴", *DISHES),
        values("판매량 (그릇)", "그릇"),
        one("bars", DISHES, (320, 410, 275, 150, 190)),
    ),
    "warmth": chart(
        "월별 평균 기온",
        names("월", *KOREAN_MONTHS),
        values("기온 (°C)", "°C"),
        one("line", KOREAN_MONTHS, (-2.0, 0.7, 6.1, 12.6, 18.2, 22.7, 25.3, 26.1, 21.6, 15.0, 7.5, 0.2), "서울"),
        one("line", KOREAN_MONTHS, (3.6, 5.4, 9.1, 13.8, 17.9, 21.0, 24.4, 26.0, 22.6, 17.9, 11.9, 5.8), "부산"),
    ),
    "week": chart("Schritte pro Tag", names("Tag", *WEEK), values("Schritte"), one("bars", WEEK, STEPS)),
    "sport": chart(
        "주간 운동 시간", names("요일", *KOREAN_WEEK), values("운동 시간 (분)", "분"), one("bars", KOREAN_WEEK, MINUTES)
    ),
    "delays": chart(
        "Retards par ligne",
        names("", "A", "B", "D"),
        values("Retard (min)", "min"),
        one("bars", ("A", "B", "D"), (4.2, 7.8, 9.3)),
    ),
    "jobless": chart(
        "Tasa de paro",
        ChartAxis(label="Año", scale="linear"),
        values("Paro (%)", "%"),
        one("line", YEARS[:6], (19.6, 17.2, 15.3, 14.1, 15.5, 14.8)),
    ),
    "level": chart(
        "Pegel der Elbe",
        ChartAxis(label="", scale="date"),
        values("Pegel (cm)", "cm"),
        one("line", tuple(f"2024-06-{day:02}" for day in range(1, 9)), (210, 225, 260, 310, 380, 455, 512, 498)),
    ),
    "canteen": chart(
        "Verkaufte Essen",
        names("", *GERMAN_DAYS),
        values("Essen"),
        one("bars", GERMAN_DAYS, (80, 75, 40), "Fleisch"),
        one("bars", GERMAN_DAYS, (50, 55, 65), "Vegetarisch"),
        one("bars", GERMAN_DAYS, (20, 25, 35), "Vegan"),
    ),
    "goals": chart(
        "Goles por jugador",
        names("", *PLAYERS),
        values("Goles"),
        one("bars", PLAYERS, (14, 9, 11, 6), "Ida"),
        one("bars", PLAYERS, (10, 13, 11, 8), "Vuelta"),
    ),
    "houses": chart(
        "아파트 매매가",
        ChartAxis(label="연도", scale="linear"),
        values("가격 (억 원)", "억 원"),
        one("line", YEARS[2:8], (8.1, 8.8, 10.4, 12.2, 12.6, 11.9), "서울"),
        one("line", YEARS[2:8], (3.3, 3.4, 4.1, 5.2, 5.5, 5.0), "경기"),
    ),
    "taxis": chart(
        "시간대별 택시 호출",
        ChartAxis(label="시간", scale="linear"),
        values("호출 수 (건)", "건"),
        one("line", tuple(float(hour) for hour in range(0, 24, 3)), (320, 110, 90, 410, 250, 270, 480, 560)),
    ),
    "growth": chart(
        "GDP增速",
        ChartAxis(label="年份", scale="linear"),
        values("增速(%)", "%"),
        one("line", YEARS[:8], (6.8, 6.9, 6.7, 6.0, 2.2, 8.4, 3.0, 5.2), "中国"),
        one("line", YEARS[:8], (1.8, 2.5, 3.0, 2.5, -2.2, 5.8, 1.9, 2.5), "美国"),
    ),
    "medals": chart(
        "Médailles",
        names("", "France", "Italie"),
        values("Nombre"),
        one("stacked bars", ("France", "Italie"), (16, 12), "Or"),
        one("stacked bars", ("France", "Italie"), (26, 13), "Argent"),
    ),
    "games": chart(
        "경기별 득점",
        names("경기", *GAMES),
        values("득점"),
        one("line", GAMES, (88, 92, 95), "우리 팀"),
        one("line", GAMES, (85, 97, 95), "상대 팀"),
    ),
    "weight": chart(
        "减肥记录",
        ChartAxis(label="周", scale="linear"),
        values("体重(公斤)", "公斤"),
        one("line", tuple(map(float, range(1, 7))), (78.5, 77.6, 77.0, 77.2, 76.1, 75.3)),
    ),
    "battery": chart(
        "Akkustand",
        ChartAxis(label="Zeit (h)", unit="h", scale="linear"),
        values("Akku (%)", "%"),
        one("line", tuple(map(float, range(6))), (100, 93, 85, 74, 66, 52), "A"),
        one("line", tuple(map(float, range(6))), (100, 96, 91, 87, 82, 76), "B"),
    ),
    "quarters": chart(
        "Revenue",
        names("", *QUARTERS),
        values("Revenue (million USD)", "million USD"),
        one("bars", QUARTERS, (12.5, 14.2, 13.1, 18.9)),
    ),
    "agencies": chart(
        "Satisfaction client par agence",
        values("note moyenne (sur 10)"),
        names("", "Lyon", "Paris"),
        one("horizontal bars", ("Lyon", "Paris"), (8.1, 7.2)),
    ),
    "mix": chart(
        "Stromerzeugung",
        ChartAxis(label="Jahr", scale="linear"),
        values("TWh", "TWh"),
        one("line", YEARS[:3], (126, 132, 114), "Wind"),
        one("line", YEARS[:3], (74, 68, 86), "Kohle"),
    ),
    "providers": chart("Marktanteile", names("", *PROVIDERS), values(""), one("pie", PROVIDERS, (34.5, 27.0, 19.5))),
    "channels": chart(
        "New customers by channel",
        names("2024", *QUARTERS),
        values("customers"),
        one("stacked bars", QUARTERS, (120, 135, 150, 171), "organic"),
        one("stacked bars", QUARTERS, (90, 110, 95, 130), "paid"),
    ),
    "reasons": chart(
        "Why customers left",
        values("responses"),
        names("", *REASONS),
        one("horizontal bars", REASONS, (148, 112, 61)),
    ),
    "regions": chart(
        "Umsatz nach Region",
        names("", *REGIONS),
        values("Mio. €", "Mio. €"),
        one("bars", REGIONS, (18.4, 25.1, 22.7), "2022"),
        one("bars", REGIONS, (19.9, 24.3, 26.8), "2023"),
    ),
    "museum": chart(
        "Museum visitors per quarter",
        ChartAxis(label="quarter", scale="date"),
        values("visitors (thousand)", "thousand"),
        one("line", QUARTER_DAYS, (3.3, 4.8, 6.2, 4.2, 2.6, 0.3, 2.1, 0.9)),
    ),
    "suppliers": chart(
        "Size of suppliers",
        ChartAxis(label="employees", scale="log"),
        values("turnover (million €)", "million €"),
        one("points", (40.0, 900.0, 1100.0, 5000.0), (9.0, 1500.0, 800.0, 900.0)),
    ),
    "shops": chart(
        "两家门店月销售额",
        names("月份", *CHINESE_MONTHS),
        values("销售额(万元)", "万元"),
        one("line", CHINESE_MONTHS, (12, 15, 14, 18, 22, 25, 24, 28), "东门店"),
        one("line", CHINESE_MONTHS, (20, 19, 21, 20, 18, 17, 19, 20), "西门店"),
    ),
}


def answer(name: str, question: str) -> str:
    charts = [CHARTS[name]]
    return " ".join(answer_query(parse_query(question, charts), charts))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("rain", "Durchschnittsniederschlag?", "Der Mittelwert ist 76,58 mm"),
        ("rain", "wie hoch war der Gesamtniederschlag im ersten Halbjahr", "446 mm (6 Werte)"),
        ("rain", "Wie viel fiel im dritten Quartal insgesamt?", "266 mm (3 Werte)"),
        ("power", "In welchen Jahren lag Müller über 3.300 kWh?", "4 von 9 Werten"),
        ("power", "Wer lag 2024 hoeher?", "„Schmidt“ ist im Jahr 2024 am höchsten"),
        ("bakery", "Quel produit s'est le mieux vendu en 2024 ?", "45 milliers, à « Baguettes »"),
        ("budget", "combien represente l'epargne ?", "« Épargne » représente 16 %"),
        ("budget", "C'est quoi comme graphique ?", "un diagramme circulaire"),
        ("rents", "¿En qué ciudades se pagan más de 1.000 euros?", "3 de 5 valores"),
        ("rents", "¿Es Barcelona más cara que Madrid?", "Sí. «Barcelona»"),
        ("rents", "cuanto cuesta en Bilbao", "1100 €/mes"),
        ("dishes", "가장 안 팔린 메뉴와 그 판매량을 알려주세요.", "최솟값은 150 그릇"),
        ("dishes", "두 번째로 인기 있는 메뉴는?", "“떡볶이”"),
        ("warmth", "부산이 서울보다 더운 달은 언제야?", "1월, 2월, 3월, 4월, 9월"),
        ("warmth", "7월에는 어디가 더 더워?", "7월에 “서울”이 가장 높습니다: 25.3 °C"),
        ("warmth", "서울의 연교차는?", "폭은 28.1 °C"),
        ("warmth", "1월에 서울이랑 부산 기온 차이는?", "1월에 “서울”(-2 °C)은 “부산”(3.6 °C)보다 5.6 °C 낮습니다"),
        ("battery", "Wie voll ist A nach 5 Stunden?", "„A“ bei Zeit = 5 h ist 52 %"),
        ("battery", "Wie viel Prozent verliert B pro Stunde?", "Prozentpunkte je h"),
        ("battery", "Welches Handy hält länger durch?", "„B“ ist in 5 von 6 Fällen höher als „A“"),
        ("jobless", "¿Ha bajado el paro últimamente?", "Sí. «Paro» baja de 15,5 % (2020) a 14,8 % (2021)"),
        ("jobless", "¿Cuánto subió de 2019 a 2020?", "de 14,1 % (2019) a 15,5 % (2020)"),
        ("quarters", "4분기 매출은 1분기보다 몇 퍼센트 높아?", "51.2 % 높습니다"),
        ("quarters", "第二季度收入是多少?", "在“Q2”,值是 14.2"),
        ("rents", "¿Es Sevilla más barata que Madrid?", "Sí. «Sevilla»"),
        ("rents", "¿Cuál es la más barata?", "860 €/mes, en «Sevilla»"),
        ("games", "우리 팀이 이긴 경기는?", "3개 중 1개에서 “상대 팀”보다 높습니다: “1차전”"),
        ("games", "동점인 경기는?", "같습니다: “3차전” (95)"),
        ("weight", "一共瘦了多少公斤?", "减少 3.2 公斤"),
        ("weight", "第几周体重反弹了?", "上升:周 4 (77 公斤 → 77.2 公斤)"),
        ("week", "Wie viele Schritte waren es am Samstag?", "„Sa“ ist 12.800"),
        ("week", "Wie viele Schritte habe ich unter der Woche insgesamt gemacht?", "zusammen: 41.950"),
        ("week", "An wie vielen Tagen habe ich 8.000 Schritte geschafft?", "4 von 7 Werten"),
        ("sport", "운동 제일 많이 한 요일은?", "최댓값은 90 분이며, “토”"),
        ("sport", "주말에 총 몇 분 운동했어?", "합계: 165 분"),
        ("sport", "목요일이 월요일보다 몇 분 더 길어?", "“목”(60 분)은 “월”(30 분)보다 30 분"),
        ("delays", "Quelle est la ligne la plus ponctuelle ?", "4,2 min"),
        ("jobless", "¿En qué año subió el paro?", "sube en: 2020 (14,1 % → 15,5 %)"),
        ("jobless", "¿Cuándo bajó por primera vez del 15 %?", "por debajo de 15 % en 2019: 14,1 %"),
        ("level", "Wann war der Höchststand?", "512 cm, am 7. Juni 2024"),
        ("level", "Um wie viele cm ist der Pegel vom 1. bis zum 7. Juni gestiegen?", "um 302 cm"),
        ("level", "An wie vielen Tagen lag der Pegel über 4 m?", "3 von 8 Werten liegen über 400 cm"),
        ("canteen", "Welcher Anteil war am Montag vegan?", "13 % der Summe aus (20 von 150)"),
        ("canteen", "Wie viele Fleischgerichte gab es am Freitag?", "„Fleisch“ bei „Freitag“ ist 40"),
        ("canteen", "Was lief am Freitag am besten?", "„Vegetarisch“ ist bei „Freitag“ am höchsten: 65"),
        ("canteen", "Wird Vegan immer beliebter?", "„Vegan“ steigt von 20"),
        ("goals", "¿Qué jugador marcó lo mismo en las dos?", "coinciden en «Díaz» (11)"),
        ("goals", "¿Qué jugadores marcaron más en la vuelta que en la ida?", "2 de 4 casos: «López» y «Vega»"),
        ("houses", "2018년 대비 2023년 서울 가격은 몇 % 올랐어?", "46.9 % 증가"),
        ("taxis", "오후 9시는 오전 9시보다 몇 건 더 많아?", "150 건 높습니다"),
        ("growth", "美国哪一年出现负增长?", "8 个值中有 1 个低于 0 %: 2020 (-2.2 %)"),
        ("growth", "哪个国家的增速一直更高?", "“中国”在全部 8 处都高于“美国”"),
        ("medals", "Combien de médailles d'or pour l'Italie ?", "« Or » à « Italie » est 12"),
        ("medals", "La France a-t-elle plus d'argent que d'or ?", "Oui. « Argent »"),
        ("mix", "Welchen Anteil hatte Wind 2018?", "57 % der Summe aus (114 TWh von 200 TWh)"),
        ("mix", "Wächst Kohle schneller als Wind?", "Ja. „Kohle“ ändert sich am schnellsten"),
        ("mix", "Kohle progresse-t-il plus vite que Wind ?", "Oui. « Kohle » change le plus vite"),
        ("providers", "Wer ist Marktführer?", "34,5 %, bei „Nordwind“"),
        ("providers", "¿Quién es el líder?", "en «Nordwind»"),
        ("providers", "1위는 누구야?", "“Nordwind”"),
        ("providers", "第一名是谁?", "“Nordwind”"),
        ("providers", "Wie groß ist der Abstand zwischen den beiden größten Anbietern?", "7,5 Prozentpunkte"),
        ("channels", "¿Qué porcentaje del cuarto trimestre vino de anuncios pagados?", "43 % del total en «Q4»"),
        ("channels", "Quel canal a rapporté le plus de clients sur l'année ?", "« organic »"),
        ("channels", "哪个渠道带来的客户最多?", "“organic”:576"),
        ("reasons", "¿Cuántos clientes más se fueron por el precio que por el mal soporte?", "en 87"),
        ("regions", "Welche Region ist 2023 am stärksten gewachsen?", "„West“ ist am stärksten gewachsen: um 4,1"),
        ("regions", "哪个地区增长最多?", "“West”增长最多"),
        (
            "museum",
            "Le nombre de visiteurs est-il revenu au niveau de 2019 en 2020 ?",
            "Non. Au total, 2019 a 18,5 milliers",
        ),
        ("museum", "哪个季度的参观人数最多?", "6.2 千,出现在2019年第3季度。"),
        ("museum", "2019년 방문자 수는 총 몇 명이었나요?", "18.5 천입니다"),
        ("suppliers", "Wie viele Lieferanten haben mehr als 1000 Mitarbeiter?", "2 von 4 Werten"),
        ("shops", "西门店哪个月卖得最差?", "最小值是 17 万元,出现在6月"),
        ("shops", "东门店上半年一共卖了多少?", "总和是 106 万元(6 个值)"),
        ("shops", "3月份两家店差多少?", "在3月“东门店”(14 万元)比“西门店”(21 万元)低 7 万元"),
    ],
)
def test_the_answer_says_what_was_asked(name: str, question: str, words: str) -> None:
    assert words in answer(name, question)


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("providers", "Welcher Anbieter hat den höchsten Gewinn?", "Gewinn"),
        ("providers", "Welcher Anbieter ist am zuverlässigsten?", "zuverlässigsten"),
        ("providers", "Quel opérateur est le plus rentable ?", "rentable"),
        ("providers", "¿Qué operador es el más innovador?", "innovador"),
        ("providers", "가장 비싼 통신사는?", "비싼"),
        ("providers", "哪家运营商最赚钱?", "赚钱"),
        ("channels", "Wie hoch war der Umsatz im Q4?", "Umsatz"),
        ("agencies", "Quelle agence a le plus de clients ?", "clients"),
        ("regions", "Wie groß ist der Umsatz pro Mitarbeiter im Westen?", "pro Mitarbeiter"),
        ("sport", "어느 채널로 가장 많이 운동했어?", "채널로"),
        ("rents", "¿Cuántos habitantes tiene Sevilla?", "habitantes"),
    ],
)
def test_a_word_that_nothing_accounts_for_is_named(name: str, question: str, word: str) -> None:
    query = parse_query(question, [CHARTS[name]])
    assert query.operations == ("unheard",)
    assert query.unheard == word


def test_a_summary_is_no_sum() -> None:
    assert "Summe" not in answer("power", "Fass das Diagramm bitte kurz zusammen.")


@pytest.mark.parametrize(
    ("question", "limit"),
    [
        ("über 3.300 kWh?", 3300.0),
        ("über 3.300,5 kWh?", 3300.5),
        ("über 3,300.5 kWh?", 3300.5),
        ("über 3 300 kWh?", 3300.0),
        ("über 3'300 kWh?", 3300.0),
        ("über 2950,25 kWh?", 2950.25),
        ("über 1.234.567 kWh?", 1234567.0),
    ],
)
def test_marks_between_thousands_are_told_from_decimal_ones(question: str, limit: float) -> None:
    threshold = parse_query(f"Wann liegt der Verbrauch {question}", [CHARTS["power"]]).threshold
    assert threshold is not None
    assert threshold.limit == limit


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Durchschnittstemperatur?", "de"),
        ("Alternativtext bitte", "de"),
        ("cuanto ha bajado desde abril hasta octubre", "es"),
        ("mois le plus eleve", "fr"),
        ("total sales by region", "en"),
    ],
)
def test_the_language_is_told_of_few_words_and_without_accents(text: str, language: str) -> None:
    assert language_of(text) == language


def test_accents_of_words_that_they_tell_apart_stay() -> None:
    assert without_accents("où|élevée?s?") == "où|[ée]lev[ée]e?s?"
    assert without_accents(r"größt\w*") == r"gr(?:ö|oe)(?:ß|ss)t\w*"
    assert without_accents("m[aá]s") == "m[aá]s"
