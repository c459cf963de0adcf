"""Series and places whose names are days of months, along hours, and months in Chinese numerals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told
from vision_magic.engine.questions.names.named_days import undrawn_day, with_named_days


def courses(names: tuple[str, str], labels: tuple[str, str]) -> Figure:
    """Return two lines along the hours of a day: 20 + hour to noon and back, and 40 − 2 · hour to noon and back."""
    figure = Figure()
    axes = figure.add_subplot(xlabel=labels[0], ylabel=labels[1])
    hours = range(24)
    axes.plot(hours, [20 + min(hour, 24 - hour) for hour in hours], label=names[0])
    axes.plot(hours, [40 - 2 * min(hour, 24 - hour) for hour in hours], label=names[1])
    axes.legend()
    return figure


def english() -> Figure:
    return courses(("Mon 4 March", "Tue 9 July"), ("Hour of day", "Load (MW)"))


def german() -> Figure:
    return courses(("Montag, 4. März", "Dienstag, 9. Juli"), ("Uhrzeit (Stunde)", "Last (MW)"))


def french() -> Figure:
    return courses(("lundi 4 mars", "mardi 9 juillet"), ("Heure", "Charge (MW)"))


def spanish() -> Figure:
    return courses(("lunes, 4 de marzo", "martes, 9 de julio"), ("Hora del día", "Carga (MW)"))


def korean() -> Figure:
    return courses(("3월 4일", "7월 9일"), ("시각(시)", "부하(MW)"))


def chinese() -> Figure:
    return courses(("3月4日（周一）", "7月9日（周二）"), ("时刻（点）", "负荷（MW）"))


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("What was the load on 4 March at 7 am?", english, ("“Mon 4 March” at Hour of day 7 is 27 MW",)),
        ("What was the load at 2 pm on the 9th of July?", english, ("at Hour of day 14 is 20 MW",)),
        ("At what time was the load highest on March 4th?", english, ("32 MW, at Hour of day 12",)),
        ("How far apart were the highest and the lowest load on July 9?", english, ("a span of 24 MW",)),
        ("Wie hoch war die Last am 4. März um 9 Uhr?", german, ("„Montag, 4. März“ bei Uhrzeit = 9 Stunde ist 29",)),
        ("Um wie viel Uhr war die Last am 9. Juli am niedrigsten?", german, ("16 MW, bei Uhrzeit = 12 Stunde.",)),
        ("Quelle était la charge le 4 mars à 7 h ?", french, ("« lundi 4 mars » à Heure 7 est 27 MW",)),
        ("À quelle heure la charge était-elle la plus haute le 4 mars ?", french, ("32 MW, à Heure 12",)),
        ("¿Qué carga había el 9 de julio a las 7?", spanish, ("26 MW",)),
        ("3월 4일 7시 부하는 얼마였나요?", korean, ("27 MW",)),
        ("3月4日7点的负荷是多少？", chinese, ("27 MW",)),
        ("七月九日的最低负荷是多少？", chinese, ("“7月9日（周二）”的最小值是 16 MW",)),
    ],
)
def test_days_are_series_and_hours_places(question: str, draw: Callable[[], Figure], words: tuple[str, ...]) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("What was the load on 5 March at 7 am?", english, "5 March"),
        ("Wie hoch war die Last am 4. Mai um 9 Uhr?", german, "4. Mai"),
        ("Quelle était la charge le 10 juillet à 7 h ?", french, "10 juillet"),
        ("3월 5일 7시 부하는 얼마였나요?", korean, "3월"),
        ("3月5日7点的负荷是多少？", chinese, "3月"),
    ],
)
def test_other_days_are_not_drawn(question: str, draw: Callable[[], Figure], word: str) -> None:
    answer = asked(question, draw)
    assert word in answer
    assert "27" not in answer


def test_days_with_years() -> None:
    names = ["4 March 2023", "4 March 2024"]
    assert with_named_days("on 4 March", names, "en") == "on 4 March"  # either of them
    assert with_named_days("on March 4, 2024", names, "en") == "on 4 March 2024"
    assert undrawn_day("on 4 March 2022", names, "en") == "4 March 2022"
    assert undrawn_day("on 4 March", names, "en") == ""
    assert undrawn_day("on 4 March", ["4 March"], "en") == ""


def choir() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(xlabel="月份", ylabel="声部")
    image = axes.imshow([[90, 80, 84], [70, 75, 60]])
    axes.set_xticks(range(3), ["十月", "十一月", "十二月"])
    axes.set_yticks(range(2), ["女高音", "男低音"])
    figure.colorbar(image, label="出勤率（%）")
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("女高音十一月的出勤率是多少？", ("80 %",)),
        ("十二月哪个声部出勤率最高？", ("女高音", "84 %")),
        ("男低音在哪个月出勤最差？", ("60 %", "十二月")),
        ("从十月到十二月，男低音的出勤率下降了多少个百分点？", ("减少 10 个百分点",)),
        ("十月份有几个声部的出勤率低于80%？", ("2 个值中有 1 个",)),
        ("女高音九月的出勤率是多少？", ("9",)),
    ],
)
def test_months_in_numerals(question: str, words: tuple[str, ...]) -> None:
    told(question, choir, words)
