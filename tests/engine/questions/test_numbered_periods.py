"""Questions that name places by a period and its number, points that are months or days, and what they measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked


def doses() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Week", ylabel="Weight (kg)")
    axes.plot(range(1, 11), [60, 62, 63, 65, 66, 68, 69, 71, 72, 74], label="5 mg")
    axes.plot(range(1, 11), [70, 69, 68, 66, 65, 64, 63, 62, 61, 59], label="10 mg")
    axes.legend()
    return figure


def cultures() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="배양 기간 (일)", ylabel="세균 수 (log CFU/mL)")
    axes.plot([0, 10, 20], [1, 8, 7], label="10°C 배양")
    axes.plot([0, 10, 20], [1, 9, 5], label="20°C 배양")
    axes.legend()
    return figure


def points(names: str, label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel=label, ylabel="Ice creams sold")
    for number, name in enumerate(names.split(), 3):
        axes.annotate(name, (10 * number, 2 * number + 1), xytext=(4, 4), textcoords="offset points")
    numbers = range(3, 3 + len(names.split()))
    axes.scatter([10 * number for number in numbers], [2 * number + 1 for number in numbers])
    return figure


def months() -> Figure:
    return points("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "Sunshine (hours)")


def winter() -> Figure:
    return points("Jan Feb Mar Apr", "Sunshine (hours)")


def weekdays() -> Figure:
    return points("Mon Tue Wed Thu Fri Sat Sun", "Temperature (°C)")


@pytest.mark.parametrize(
    ("question", "draw", "expected"),
    [
        ("What was the weight with 10 mg in week 5?", doses, ("“10 mg”", "65 kg")),
        ("What was the weight with 5 mg in week 10?", doses, ("“5 mg”", "74 kg")),
        ("What was the weight with 10 mg in the 5th week?", doses, ("“10 mg”", "65 kg")),
        ("Wie hoch war das Gewicht mit 10 mg in Woche 5?", doses, ("„10 mg“", "65 kg")),
        ("Quel était le poids avec 10 mg à la semaine 5 ?", doses, ("« 10 mg »", "65 kg")),
        ("¿Cuál era el peso con 10 mg en la semana 5?", doses, ("«10 mg»", "65 kg")),
        ("10주차에 5 mg의 값은?", doses, ("“5 mg”", "74 kg")),
        ("第10周哪个更高？", doses, ("74 kg", "59 kg")),
        ("第5周10 mg的重量是多少？", doses, ("“10 mg”", "65 kg")),
        ("10일째에 20°C 배양의 세균 수는 얼마였어요?", cultures, ("“20°C 배양”", "9 log")),
        ("20일째에는 어느 온도에서 배양한 세균이 가장 많았나요?", cultures, ("“10°C 배양”", "7 log")),
        ("第二十天20°C的细菌数是多少？", cultures, ("“20°C 배양”", "5 log")),
        ("Which temperature had the most bacteria on day 20?", cultures, ("“10°C 배양”", "7 log")),
        ("9월에는 아이스크림이 몇 개 팔렸나요?", months, ("“Sep”", "23")),
        ("9月的日照有多少小时？", months, ("“Sep”", "110 hours")),
        ("九月卖出多少冰淇淋？", months, ("“Sep”", "23")),
        ("How many hours of sunshine in September?", months, ("“Sep”", "110 hours")),
        ("Wie viele Sonnenstunden gab es im September?", months, ("„Sep“", "110 hours")),
        ("¿Cuántos helados se vendieron en septiembre?", months, ("«Sep»", "23")),
        ("수요일 기온은 몇 도였나요?", weekdays, ("“Wed”", "50 °C")),
        ("星期三的温度是多少？", weekdays, ("“Wed”", "50 °C")),
    ],
)
def test_numbers_of_periods_are_no_parts_of_names(
    question: str, draw: Callable[[], Figure], expected: tuple[str, ...]
) -> None:
    answer = asked(question, draw)

    assert all(part in answer for part in expected), answer


def test_a_month_that_no_point_has_has_no_value() -> None:
    answer = asked("9월의 값은 얼마인가요?", winter)

    assert not any(f"“{name}”" in answer for name in ("Jan", "Feb", "Mar", "Apr")), answer


def course(label: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="Year", ylabel=label)
    axes.plot([2000, 2010, 2020], [2.0, 1.8, 1.4], label="Italy")
    axes.plot([2000, 2010, 2020], [1.7, 1.5, 1.9], label="Sweden")
    axes.legend()
    return figure


def growth() -> Figure:
    return course("Growth rate (%)")


def deaths() -> Figure:
    return course("Death rate (per 1000 people)")


def births() -> Figure:
    return course("Birth rate (children per woman)")


def bills() -> Figure:
    return course("Bill (€)")


def particles() -> Figure:
    return course("Number of particles")


def assists() -> Figure:
    return course("Assists")


@pytest.mark.parametrize(
    ("question", "draw", "expected"),
    [
        ("Wie hoch war die Wachstumsrate von Italien 2020?", growth, "1,4 %"),
        ("Quel était le taux de croissance de l'Italie en 2020 ?", growth, "1,4 %"),
        ("¿Cuál fue la tasa de crecimiento de Italia en 2020?", growth, "es 1,4 %"),
        ("2020년 이탈리아의 성장률은 얼마인가요?", growth, "값은 1.4 %"),
        ("2020年意大利的增长率是多少？", growth, "值是 1.4 %"),
        ("2010년 이탈리아의 사망률은 얼마인가요?", deaths, "1.8"),
        ("2010년 이탈리아의 출산율은 얼마인가요?", births, "1.8"),
        ("2010年意大利的出生率是多少？", births, "1.8"),
        ("2010년 이탈리아의 요금은 얼마였나요?", bills, "1.8 €"),
        ("2010년 스웨덴의 입자는 몇 개인가요?", particles, "1.5"),
        ("2010年瑞典的助攻是多少？", assists, "1.5"),
        ("意大利的死亡率越来越高还是越来越低？", deaths, "下降"),
        ("2010년 이탈리아의 pH는 얼마인가요?", deaths, "“pH”"),
        ("2010年意大利的pH是多少？", deaths, "“pH”"),
    ],
)
def test_what_is_measured_has_its_nouns_in_all_languages(
    question: str, draw: Callable[[], Figure], expected: str
) -> None:
    answer = asked(question, draw)

    assert expected in answer, answer
    assert "不是" not in answer, answer
