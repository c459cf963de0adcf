"""Questions about values that are taken together: means and sums of series, of rows, of named things, and of all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from tests.engine.questions.test_plain_figures import clubs, pool, stack, waste


def drones() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Flight (h)", ylabel="Charge (%)")
    for name, values in {"Ant": [100, 80, 40], "Bee": [100, 70, 20], "Cat": [100, 90, 60]}.items():
        axes.plot([0, 2, 4], values, label=name)
    axes.legend()
    return figure


def rents() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Average rent by city", xlabel="Year", ylabel="Rent (€)")
    axes.plot([2020, 2021], [600, 640], label="Linz")
    axes.plot([2020, 2021], [800, 900], label="Graz")
    axes.legend()
    return figure


def table(rows: list[str], columns: list[str], labels: tuple[str, str, str]) -> Figure:
    """Draw a heat map of three rows with a colour bar."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    image = axes.imshow([[9, 14, 30], [7, 12, 26], [20, 40, 60]])
    axes.set_xticks(range(3), columns)
    axes.set_yticks(range(3), rows)
    figure.colorbar(image, label=labels[2])
    return figure


def rink() -> Figure:
    return table(["Montag", "Dienstag", "Samstag"], ["8 Uhr", "14 Uhr", "16 Uhr"], ("Uhrzeit", "Tag", "Anzahl Gäste"))


def hall() -> Figure:
    return table(["Lundi", "Mardi", "Samedi"], ["8 h", "10 h", "12 h"], ("Heure", "Jour", "Nombre de nageurs"))


def court() -> Figure:
    return table(["9–11시", "11–13시", "13–15시"], ["월", "화", "수"], ("요일", "시간대", "이용자 수 (명)"))


def station() -> Figure:
    return table(["周一", "周二", "周日"], ["7时", "15时", "18时"], ("时段", "星期", "客流量(人次)"))


def pie(names: list[str], title: str) -> Figure:
    """Draw a pie of 40, 25, 20 and 15 %."""
    figure = Figure()
    figure.add_subplot(title=title).pie([40, 25, 20, 15], labels=names, autopct="%d%%")
    return figure


def spending() -> Figure:
    return pie(["Rent", "Food", "Travel", "Fun"], "Monthly spending (%)")


def ausgaben() -> Figure:
    return pie(["Miete", "Essen", "Reisen", "Freizeit"], "Monatliche Ausgaben (%)")


def gastos() -> Figure:
    return pie(["Alquiler", "Comida", "Viajes", "Ocio"], "Gastos del mes (%)")


def costs() -> Figure:
    return pie(["월세", "식비", "교통비", "여가"], "한 달 지출 구성 (%)")


def budget() -> Figure:
    return pie(["房租", "餐饮", "交通", "娱乐"], "每月支出构成(%)")


def survey(title: str, label: str, answers: list[str]) -> Figure:
    """Draw the answers of three ages to a question."""
    figure = Figure()
    axes = figure.add_subplot(title=title, xlabel="", ylabel=label)
    stack(
        axes, ["18–29", "30–49", "50–64"], dict(zip(answers, [[20, 30, 40], [50, 40, 35], [30, 30, 25]], strict=True))
    )
    return figure


def museums() -> Figure:
    return survey("Encuesta: ¿cada cuánto visita usted un museo?", "Encuestados (%)", ["A menudo", "Rara vez", "Jamás"])


def books() -> Figure:
    return survey("À quelle fréquence lisez-vous des livres ?", "Personnes (%)", ["Souvent", "Rarement", "Jamais"])


def lesen() -> Figure:
    return survey("Umfrage: Wie oft lesen Sie Bücher?", "Befragte (%)", ["oft", "selten", "nie"])


def plants() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Electricity use (MWh)")
    months = [date(2023, month, 1) for month in range(1, 5)]
    axes.plot(months, [40, 30, 20, 55], label="East plant")
    axes.plot(months, [30, 35, 40, 30], label="West plant")
    axes.legend()
    return figure


def factories() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="월", ylabel="전력 사용량 (MWh)")
    axes.plot(["1월", "2월", "3월"], [40, 30, 20], label="동부 공장")
    axes.plot(["1월", "2월", "3월"], [30, 35, 40], label="서부 공장")
    axes.legend()
    return figure


def harvest(labels: tuple[str, str], names: list[str], years: str = "{}") -> Figure:
    """Draw the stacks of three crops in four years, 120, 170, 145 and 150 high."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    values = [[60, 80, 40, 90], [50, 70, 45, 30], [10, 20, 60, 30]]
    stack(axes, [years.format(year) for year in range(2019, 2023)], dict(zip(names, values, strict=True)))
    return figure


def ernte() -> Figure:
    return harvest(("Jahr", "Ernte (t)"), ["Weizen", "Roggen", "Hafer"])


def cosecha() -> Figure:
    return harvest(("Año", "Cosecha (t)"), ["Trigo", "Maíz", "Avena"])


def orchards() -> Figure:
    return harvest(("Année", "Récolte (t)"), ["Verger Nord", "Verger Sud", "Verger Est"])


def fruits() -> Figure:
    return harvest(("年份", "产量(吨)"), ["苹果", "梨", "柿子"], "{}年")


def fields() -> Figure:
    return harvest(("연도", "수확량 (t)"), ["사과", "자두", "포도"], "{}년")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What's the average charge of the three drones at 2 hours?", drones, ("mean", "80 %", "“Bee” 70 %")),
        ("How high was the charge on average at hour 4?", drones, ("mean", "is 40 %")),
        ("How many swimmers are there on average at 12 pm?", pool, ("mean", "28", "“Wed” 41")),
        ("Wie viele Gäste sind um 16 Uhr im Durchschnitt da?", rink, ("Mittelwert", "38,67")),
        ("Quelle est la moyenne des jours à 10 h ?", hall, ("moyenne", "est 22")),
        ("En moyenne, combien de nageurs à 12 h ?", hall, ("moyenne", "38,67")),
        ("수요일 평균 이용자 수는?", court, ("평균", "38.67")),
        ("18点平均有多少人次?", station, ("平均值是 38.67",)),
        ("15时平均每天多少人?", station, ("平均值是 22",)),
        # "수" is the number of something, and no Wednesday
        ("13–15시 시간대의 요일 평균 이용자 수는 얼마인가요?", court, ("“13–15시”", "40")),
    ],
)
def test_the_mean_of_all_series_at_a_place(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def test_a_mean_that_is_drawn_is_not_averaged_again() -> None:
    answer = asked("Wie hoch war die durchschnittliche Miete 2021?", rents)
    assert [word for word in ("640", "900") if word not in answer] == [], answer


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("How many more swimmers are there on Monday than on Friday?", pool, ("summed up", "75", "33", "42 higher")),
        ("Is 12 pm busier than 10 am?", pool, ("summed up", "Yes", "112", "52")),
        ("Sind um 16 Uhr mehr Gäste da als um 14 Uhr?", rink, ("Ja", "116", "66")),
        ("Combien de nageurs de plus le samedi que le lundi ?", hall, ("120", "53", "67")),
        ("수요일은 월요일보다 이용자가 몇 명 더 많아?", court, ("합계", "116", "36", "80")),
        ("周日比周一多多少人次?", station, ("合计", "120", "53", "67")),
        # hours as they are said
        ("수요일 11시부터 13시까지 이용자는 몇 명이었나요?", court, ("“11–13시”", "26")),
        ("화요일 오후 1시부터 3시까지는 몇 명이야?", court, ("“13–15시”", "40")),
        ("下午三点周日比周二多多少人次?", station, ("“15时”", "40", "12", "28")),
        ("下午六点周一有多少人?", station, ("“18时”", "30")),
        ("Wie viele Gäste sind am Samstag um sechzehn Uhr da?", rink, ("60",)),
    ],
)
def test_rows_and_columns_are_compared_by_their_sums(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Do rent and food exceed half of the spending?", spending, ("Yes", "65 %")),
        ("Are food and travel more than half of all spending?", spending, ("No", "45 %")),
        ("Is rent more than a third of the total?", spending, ("Yes", "40 %")),
        ("Übersteigen Essen und Reisen ein Drittel der Ausgaben?", ausgaben, ("Ja", "45 %")),
        ("Sind Reisen und Freizeit über der Hälfte?", ausgaben, ("Nein", "35 %")),
        ("¿La comida y los viajes son más de un tercio del total?", gastos, ("Sí", "45 %")),
        ("¿El ocio y los viajes superan la mitad de los gastos?", gastos, ("No", "35 %")),
        ("월세와 식비가 전체의 절반을 넘나요?", costs, ("네", "65 %")),
        ("교통비와 여가는 절반 미만인가요?", costs, ("네", "35 %")),
        ("餐饮和交通超过总支出的三分之一吗?", budget, ("是的", "45 %")),
        ("房租超过总支出的三分之一吗?", budget, ("是的", "40 %")),
        ("餐饮占总支出的三分之一以上吗?", budget, ("不是", "25 %")),
        # of another one, and not of all
        ("Is food more than half of rent?", spending, ("Yes", "0.625 times")),
        ("식비는 월세의 절반을 넘나요?", costs, ("0.625배",)),
        # those who do one or the other, and not which of them is more
        ("Was lief im Februar besser, Restmüll oder Papier, und um wie viel?", waste, ("„Restmüll“", "um 30 kg")),
        ("Entre los de 30–49, ¿cuántos visitan un museo a menudo o rara vez?", museums, ("70 %",)),
        ("¿Qué porcentaje de los de 50–64 respondió a menudo o rara vez?", museums, ("75 %",)),
        ("Parmi les 30–49 ans, combien lisent souvent ou rarement ?", books, ("70 %",)),
        ("Wie viele der 18–29-Jährigen lesen selten oder nie?", lesen, ("80 %",)),
        ("Wie viel Prozent der 30–49-Jährigen lesen oft oder selten?", lesen, ("70 %",)),
    ],
)
def test_named_things_are_taken_together(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        (
            "Which plant used more over the whole period, and by how much?",
            plants,
            ("“East plant”", "145", "10 MWh more"),
        ),
        ("Which plant consumed less overall, and what was the difference?", plants, ("“West plant”", "135", "less")),
        ("Quelle plant a consommé le moins sur toute la période, et de combien ?", plants, ("« West plant »", "135")),
        ("¿Qué plant consumió más en total, y por cuánto?", plants, ("«East plant»", "145")),
        ("전체 기간에 어느 공장이 더 많이 썼어? 차이는 얼마야?", factories, ("“서부 공장”", "105", "15 MWh")),
        ("1년 동안 어느 공장이 전기를 더 적게 썼어?", factories, ("“동부 공장”", "90")),
    ],
)
def test_which_series_has_more_in_all(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Quelle a été la plus mauvaise année, tous vergers confondus ?", orchards, ("120 t", "2019")),
        ("Quelle a été la meilleure année, les trois vergers réunis ?", orchards, ("170 t", "2020")),
        ("Was war das beste Jahr, alle Sorten zusammen?", ernte, ("170 t", "2020")),
        ("War die Gesamternte 2022 größer als im Vorjahr?", ernte, ("Ja", "150 t", "145 t")),
        ("War die gesamte Ernte 2021 kleiner als 2020?", ernte, ("Ja", "145 t", "170 t")),
        ("Um wie viel Tonnen war die Gesamternte 2020 höher als 2019?", ernte, ("50 t",)),
        ("Wie oft überstieg die Gesamternte 147 t?", ernte, ("2 von 4", "170 t", "150 t")),
        (
            "La récolte totale de 2021 a-t-elle été supérieure à celle de l'année précédente ?",
            orchards,
            ("Non", "170 t"),
        ),
        ("¿Cuántos años pasó la cosecha total de 147 toneladas?", cosecha, ("2 de 4", "150 t")),
        ("¿Fue la cosecha total de 2022 mayor que la del año anterior?", cosecha, ("Sí", "150 t", "145 t")),
        ("총 수확량이 147t를 넘은 해는 몇 번이야?", fields, ("4개 중 2개",)),
        ("总产量超过147吨的有几年?", fruits, ("2 个",)),
        ("2022年总产量比前一年多吗?", fruits, ("是的", "150", "145")),
    ],
)
def test_all_series_are_added_up(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw"),
    [
        ("Which plant emitted more over the whole period?", plants),
        ("How many members are there on average in football and tennis?", clubs),
        ("War der Gesamtgewinn im Februar größer als im Januar?", waste),
    ],
)
def test_what_is_not_drawn_is_not_added(question: str, draw: Callable[[], Figure]) -> None:
    answer = asked(question, draw)
    assert not any(word in answer for word in ("From the figure", "Aus dem", "그림 객체에서", "来自图形对象")), answer


def hours_of_power(label: str, values: str, names: list[str]) -> Figure:
    hours = list(range(24))
    parts = [[5 + abs(12 - hour) for hour in hours], [30 - abs(14 - hour) for hour in hours], [4] * 24]
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel=values)
    axes.stackplot(hours, *parts, labels=names)
    axes.legend()
    return figure


def french_power() -> Figure:
    return hours_of_power("Heure (h)", "Consommation (kWh)", ["Cuisine", "Salles", "Gymnase"])


def german_power() -> Figure:
    return hours_of_power("Stunde des Tages", "Verbrauch (kWh)", ["Küche", "Räume", "Turnhalle"])


def chinese_power() -> Figure:
    return hours_of_power("时间 (时)", "用电量 (kWh)", ["厨房", "教室", "体育馆"])


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("À quelle heure la consommation totale est-elle au plus haut ?", french_power, ("41 kWh",)),
        ("À quel moment la consommation totale est-elle la plus faible ?", french_power, ("37 kWh",)),
        ("Um wie viel Uhr ist der Gesamtverbrauch am höchsten?", german_power, ("41 kWh",)),
        ("几点总用电量最低?", chinese_power, ("37 kWh",)),
    ],
)
def test_the_hour_of_the_whole_is_asked_for(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def quiz(label: str, values: str, columns: list[str], rows: list[str], team: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title=values, xlabel=label, ylabel=team)
    image = axes.imshow([[7, 4, 9, 6], [8, 8, 3, 10], [5, 6, 6, 4]])
    axes.set_xticks(range(4), columns)
    axes.set_yticks(range(3), rows)
    figure.colorbar(image, label=values)
    return figure


def english_quiz() -> Figure:
    return quiz("Round", "Points", ["History", "Music", "Film", "Sport"], ["Owls", "Foxes", "Crabs"], "Team")


def german_quiz() -> Figure:
    return quiz("Runde", "Punkte", ["Geschichte", "Musik", "Film", "Sport"], ["Eulen", "Reiher", "Krabben"], "Team")


def spanish_quiz() -> Figure:
    return quiz("Ronda", "Puntos", ["Historia", "Música", "Cine", "Deporte"], ["Linces", "Zorros", "Osos"], "Equipo")


def korean_quiz() -> Figure:
    return quiz("라운드", "점수", ["역사", "음악", "영화", "스포츠"], ["부엉이", "여우", "꽃게"], "팀")


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Which team won when you add up all rounds?", english_quiz, ("Foxes", "29")),
        ("Which team won overall?", english_quiz, ("Foxes", "29")),
        ("Wer hat insgesamt gewonnen?", german_quiz, ("Reiher", "29")),
        ("¿Qué equipo ganó sumando todas las rondas?", spanish_quiz, ("Zorros", "29")),
        ("모든 라운드를 합치면 어느 팀이 우승이야?", korean_quiz, ("여우", "29")),
        ("In which round did the Foxes struggle most?", english_quiz, ("3", "Film")),
        ("In welcher Runde schwächelten die Reiher am meisten?", german_quiz, ("3", "Film")),
        ("¿En qué ronda flojearon más los Zorros?", spanish_quiz, ("3", "Cine")),
        ("¿En qué ronda brillaron más los Zorros?", spanish_quiz, ("10", "Deporte")),
        ("여우는 어느 라운드에서 가장 부진했어?", korean_quiz, ("3", "영화")),
        ("How many eights were there in total?", english_quiz, ("8 comes 2×", "History", "Music")),
        ("Wie viele Sechsen gab es?", german_quiz, ("6 kommt 3× vor",)),
        ("¿Cuántos dieces hubo en total?", spanish_quiz, ("10 aparece 1×", "Deporte")),
        ("8점은 몇 번 나왔어?", korean_quiz, ("8: 2번",)),
    ],
)
def test_teams_win_and_falter_in_rounds(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def lunches(names: tuple[str, str], days: list[str], labels: tuple[str, str]) -> Figure:
    """Return bars of two kinds: 200, 175, 135 and 200 in all."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    axes.bar([place - 0.2 for place in range(4)], [140, 110, 90, 120], 0.4, label=names[0])
    axes.bar([place + 0.2 for place in range(4)], [60, 65, 45, 80], 0.4, label=names[1])
    axes.set_xticks(range(4), days)
    axes.legend()
    return figure


def lunches_english() -> Figure:
    return lunches(("Eaten in", "Takeaway"), ["Mon", "Tue", "Wed", "Thu"], ("Day", "Number of meals"))


def lunches_french() -> Figure:
    days = ["lundi", "mardi", "mercredi", "jeudi"]
    return lunches(("Sur place", "À emporter"), days, ("Jour", "Nombre de repas"))


def lunches_spanish() -> Figure:
    days = ["lunes", "martes", "miércoles", "jueves"]
    return lunches(("En sala", "Para llevar"), days, ("Día", "Número de comidas"))


def lunches_korean() -> Figure:
    return lunches(("매장", "포장"), ["월", "화", "수", "목"], ("요일", "식사 수"))


def lunches_chinese() -> Figure:
    return lunches(("堂食", "外卖"), ["周一", "周二", "周三", "周四"], ("星期", "份数"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        (
            "If I take both kinds together, what percentage of Wednesday's meals was takeaway?",
            lunches_english,
            ("33 %",),
        ),
        ("What percentage of Tuesday's meals were takeaway, counting both kinds?", lunches_english, ("65 of 175",)),
        ("Of all the meals on Thursday, what percentage was eaten in?", lunches_english, ("120 of 200",)),
        ("What share of all takeaway meals was sold on Monday?", lunches_english, ("60 of 250",)),
        ("Adding up both kinds, did Tuesday or Thursday see more meals?", lunches_english, ("(200)", "(175)")),
        ("Did Tuesday or Wednesday see more meals in total?", lunches_english, ("(175)", "(135)")),
        ("En additionnant les deux, y a-t-il eu plus de repas mardi ou jeudi ?", lunches_french, ("(175)", "(200)")),
        ("Sumando los dos tipos, ¿hubo más comidas el martes o el jueves?", lunches_spanish, ("(175)", "(200)")),
        ("둘을 합쳐서 수요일 식사 중 포장은 몇 퍼센트인가요?", lunches_korean, ("135 중 45",)),
        ("两种合起来算，周三的份数里外卖占百分之几？", lunches_chinese, ("135 中的 45",)),
    ],
)
def test_both_kinds_together(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


def prints() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Imprenta", ylabel="Páginas impresas")
    stack(axes, ["Alta", "Baja"], {"Mapas": [30, 20], "Guías": [10, 80], "Sellos": [25, 15]})
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("¿Qué porcentaje de lo que imprimió Alta fueron mapas?", ("46 %", "30 de 65")),
        ("¿De qué se imprimió más en total: mapas, guías o sellos?", ("«Guías»", "90")),
    ],
)
def test_forms_of_irregular_verbs(question: str, words: tuple[str, ...]) -> None:
    told(question, prints, words)


def delays() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Retrasos", xlabel="Día", ylabel="Destino")
    image = axes.imshow([[12, 9, 8], [30, 22, 25], [15, 14, 16]])
    axes.set_xticks(range(3), ["lunes", "martes", "miércoles"])
    axes.set_yticks(range(3), ["Lisboa", "Londres", "Roma"])
    figure.colorbar(image, label="Retraso medio (minutos)")
    return figure


def test_a_mean_is_not_added_up_and_the_most_punctual_has_the_least_delay() -> None:
    told("¿Qué destino es el más puntual de media en toda la semana?", delays, ("Lisboa", "más bajo (media)"))


def theatre() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Seats")
    axes.bar([0.8, 1.8, 2.8], [226, 312, 341], 0.4, label="Stalls")
    axes.bar([1.2, 2.2, 3.2], [83, 145, 152], 0.4, label="Balcony")
    axes.set_xticks([1, 2, 3], ["Arcadia", "Hamlet", "Cabaret"])
    axes.legend()
    return figure


def test_what_is_no_participle_is_a_part_of_all() -> None:
    told("What share of Arcadia's audience sits in the balcony?", theatre, ("27 %", "83 of 309"))
