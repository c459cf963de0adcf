"""How long a line is beyond a limit, parts of the day, equal neighbours, and courses asked for with both directions."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def attic() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Hour of day", ylabel="Temperature (°C)")
    axes.plot(range(0, 25, 2), [12, 11, 10, 11, 14, 18, 22, 25, 26, 23, 19, 15, 13])
    return figure


def ferries() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Hour of day (h)", ylabel="Passengers per hour")
    axes.plot(range(5, 23), [2, 8, 22, 30, 28, 25, 20, 18, 17, 16, 18, 22, 28, 30, 26, 20, 12, 6], label="East")
    axes.plot(range(5, 23), [1, 3, 10, 20, 29, 30, 22, 17, 19, 18, 15, 20, 30, 34, 28, 25, 14, 9], label="West")
    axes.legend()
    return figure


def choir() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel="Singers")
    axes.plot(range(2015, 2022), [24, 31, 36, 36, 41, 33, 38])
    return figure


def yeast() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Temperature (°C)", ylabel="Gas given off (mL/min)")
    axes.plot([10, 15, 20, 25, 30, 35, 40, 45, 50], [0.4, 0.9, 1.8, 3.1, 4.7, 5.9, 5.2, 2.3, 0.3])
    return figure


def trail() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Distance (km)", ylabel="Altitude (m)")
    axes.fill_between(range(9), [420, 520, 650, 860, 1000, 1180, 1100, 900, 600])
    return figure


def pond() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Water temperature (°C)")
    axes.bar(["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"], [2, 3, 6.5, 10, 14.5, 18, 19.6])
    return figure


def league() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Month", ylabel="Points won")
    axes.plot(["Sep", "Oct", "Nov", "Dec"], [12, 9, 8, 4], label="Harriers")
    axes.plot(["Sep", "Oct", "Nov", "Dec"], [5, 6, 6, 9], label="Rovers")
    axes.legend()
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How long was it above 20 °C?", ("11", "19.5", "8.5 hours")),
        ("From when to when was it above 20 °C?", ("11", "19.5")),
        ("Wie lange war es wärmer als 20 °C?", ("8,5 Stunden",)),
        ("Pendant combien d'heures a-t-il fait plus de 20 °C ?", ("8,5 heures",)),
        ("¿Cuánto tiempo estuvo por encima de 20 °C?", ("8,5 horas",)),
        ("20도보다 높았던 시간은 몇 시간인가요?", ("8.5 시간",)),
        ("超过20度持续了多长时间？", ("8.5 小时",)),
        ("How warm was it at noon?", ("22 °C",)),
        ("Quelle était la température à midi ?", ("22 °C",)),
        ("Quelle température faisait-il à minuit ?", ("12 °C",)),
        ("¿Qué temperatura hacía al mediodía?", ("22 °C",)),
        ("What was the temperature at 8 in the morning?", ("14 °C",)),
        ("When was it warmest in the morning?", ("18 °C", "10")),
        ("When did it first go above 15 °C in the morning?", ("10", "18 °C")),
        ("Wie warm war es höchstens am Nachmittag?", ("26 °C",)),
        ("Quelle était la température la plus haute l'après-midi ?", ("26 °C",)),
        ("¿Cuándo superó por primera vez los 15 grados por la mañana?", ("18 °C",)),
        ("오후 최고 기온은 몇 도였나요?", ("26 °C",)),
        ("上午什么时候首次超过15度？", ("18 °C",)),
        ("Was it warmer in the morning or in the evening?", ("19 °C", "14.33 °C")),
    ],
)
def test_spans_and_parts_of_a_day(question: str, words: tuple[str, ...]) -> None:
    told(question, attic, words)


def test_the_first_hour_of_a_morning() -> None:
    told("Ab welcher Stunde gab es am Vormittag erstmals mehr West als East?", ferries, ("9 h", "29", "28"))
    told("오전에 West가 가장 많은 시간은?", ferries, ("30", "10 h"))


@pytest.mark.parametrize(
    "question",
    [
        "How many passengers did West have at 3 in the morning?",
        "Combien de passagers pour West à 3 h du matin ?",
        "¿Cuántos pasajeros tuvo West a las 3 de la mañana?",
        "새벽 3시에 West는 몇 명인가요?",
        "凌晨3点West有多少人？",
    ],
)
def test_an_hour_that_is_not_drawn_is_no_part_of_the_day(question: str) -> None:
    answer = asked(question, ferries)
    assert "3 h" not in answer.replace("= 6 h", "3 h"), answer


@pytest.mark.parametrize(
    "question",
    [
        "Which two years in a row had the same number of singers?",
        "In which year did nothing change from the year before?",
        "Welche zwei Jahre hintereinander hatten gleich viele Singers?",
        "Quelles deux années consécutives avaient le même nombre ?",
        "¿Qué dos años seguidos tuvieron el mismo número?",
        "어느 두 해가 연속으로 수가 같았나요?",
        "哪两年连续人数相同？",
    ],
)
def test_equal_neighbours(question: str) -> None:
    told(question, choir, ("2017", "2018", "36"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("At what temperature did the fermentation go fastest?", yeast, ("5.9 mL/min", "35 °C")),
        ("Bei welcher Temperatur läuft die Gärung am schnellsten?", yeast, ("5,9 mL/min", "35 °C")),
        ("À quelle température la fermentation est-elle la plus rapide ?", yeast, ("5,9 mL/min", "35 °C")),
        ("¿A qué temperatura fue más rápida la fermentación?", yeast, ("5,9 mL/min", "35 °C")),
        ("몇 도에서 발효가 가장 빨랐나요?", yeast, ("5.9 mL/min", "35 °C")),
        ("多少度时发酵最快？", yeast, ("5.9 mL/min", "35 °C")),
        ("What happens to the gas once it gets hotter than 35 °C?", yeast, ("falls", "5.9", "0.3")),
        ("Was passiert über 35 °C?", yeast, ("fällt", "5,9", "0,3")),
        ("Que se passe-t-il au-delà de 35 °C ?", yeast, ("diminue", "5,9", "0,3")),
        ("¿Qué pasa por encima de 35 °C?", yeast, ("baja", "5,9", "0,3")),
        ("35도가 넘으면 어떻게 되나요?", yeast, ("감소", "5.9", "0.3")),
        ("超过35度以后会怎么样？", yeast, ("下降", "5.9", "0.3")),
        ("After 5 km, was it uphill or downhill?", trail, ("falls", "1180", "600")),
        ("5km 이후로는 오르막이었나요, 내리막이었나요?", trail, ("감소", "1180", "600")),
        ("Después del km 5, ¿se sube o se baja?", trail, ("baja", "1180", "600")),
        ("1월부터 7월까지 수온이 올랐나요, 내렸나요?", pond, ("증가", "2 °C", "19.6 °C")),
        ("Did it rise or fall in May?", pond, ("14.5 °C", "4.5 °C")),
        ("Did the Harriers get better or worse as the season went on?", league, ("falls", "12", "4")),
        ("Wurden die Harriers im Laufe der Saison besser oder schlechter?", league, ("fällt", "12", "4")),
        ("Est-ce que les Harriers se sont améliorés ou ont empiré ?", league, ("diminue", "12", "4")),
        ("¿Harriers fue a más o a menos a lo largo de la temporada?", league, ("baja", "12", "4")),
        ("갈수록 Harriers는 늘어나나요, 줄어드나요?", league, ("감소", "12", "4")),
        ("Harriers是变好还是变差了？", league, ("下降", "12", "4")),
    ],
)
def test_courses_with_both_directions(question: str, draw: object, words: tuple[str, ...]) -> None:
    told(question, draw, words)  # type: ignore[arg-type]
    answer = asked(question, draw)  # type: ignore[arg-type]
    assert not any(f": {no}" in answer for no in ("No.", "Nein.", "Non.", "아니요.", "否")), answer


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("Is the pond warmer or colder in May than in June?", pond, "June"),
        ("What happens to the price above 35 °C?", yeast, ""),
    ],
)
def test_a_comparison_is_no_course(question: str, draw: object, word: str) -> None:
    answer = asked(question, draw)  # type: ignore[arg-type]
    assert word in answer
    assert "falls from" not in answer, answer


def drones() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Time (min)", ylabel="Speed (km/h)")
    for name, speeds in {"Hawk": [60, 52, 41, 30], "Kite": [48, 47, 46, 45], "Wren": [30, 29, 28, 27]}.items():
        axes.plot([0, 5, 10, 15], speeds, label=name)
    axes.legend()
    return figure


@pytest.mark.parametrize(
    "question",
    [
        "Which drone is the fastest at the end?",
        "Welche Drohne ist am Ende am schnellsten?",
        "Quel drone est le plus rapide à la fin ?",
        "¿Qué dron es el más rápido al final?",
        "마지막에 가장 빠른 드론은 무엇인가요?",
        "最后哪架无人机最快？",
    ],
)
def test_the_fastest_at_an_end_has_the_highest_speed_there(question: str) -> None:
    answer = asked(question, drones)
    assert "45 km/h" in answer, answer
    assert answer.index("Kite") < answer.index("Hawk"), answer
