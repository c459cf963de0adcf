"""Two bars at each name, one for each time or one for the plan: who improved, how many, and whether all."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.live import asked, told


def _pairs(names: list[str], first: list[float], second: list[float], series: tuple[str, str], **labels: str) -> Figure:
    figure = Figure()
    axes = figure.add_subplot(**labels)
    at = range(len(names))
    axes.bar([one - 0.2 for one in at], first, 0.4, label=series[0])
    axes.bar([one + 0.2 for one in at], second, 0.4, label=series[1])
    axes.set_xticks(at, names)
    axes.legend()
    return figure


def two_tests() -> Figure:
    names, series = ["Ana", "Ben", "Chloe", "David"], ("First test", "Second test")
    return _pairs(names, [62, 75, 88, 70], [71, 73, 92, 70], series, ylabel="Score", title="Maths test results")


def diet() -> Figure:
    names = ["Mr Olsen", "Ms Park", "Mr Ruiz", "Ms Weber", "Mr Dubois"]
    labels = {"ylabel": "Weight (kg)", "xlabel": "Patient", "title": "Weight before and after the diet"}
    return _pairs(names, [98, 74, 110, 82, 91], [91, 75, 99, 78, 91], ("Before", "After"), **labels)


def rain() -> Figure:
    names, labels = ["Oslo", "Bergen", "Tromsø"], {"ylabel": "Rainfall (mm)", "xlabel": "City"}
    return _pairs(names, [80, 240, 102], [95, 210, 102], ("2022", "2023"), **labels)


def budget() -> Figure:
    names, labels = ["Rent", "Food", "Transport", "Leisure"], {"ylabel": "Amount (€)", "title": "Household budget"}
    return _pairs(names, [900, 400, 150, 200], [900, 465, 120, 260], ("Plan", "Actual"), **labels)


def delays() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(ylabel="Delay (min)", title="Delay of the school bus")
    axes.bar(["Mon", "Tue", "Wed", "Thu", "Fri"], [4, 7, 2, 11, 9])
    return figure


def phones() -> Figure:
    names, labels = ["08:00", "18:00", "22:00"], {"ylabel": "Battery (%)", "xlabel": "Time"}
    return _pairs(names, [100, 38, 12], [90, 45, 30], ("Sara", "Tom"), **labels)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did all students improve?", ("No.", "2 of 4", "“Ana”", "The others: “Ben” (75 → 73) and “David”")),
        ("Did anyone do worse in the second test?", ("Yes.", "1 of 4: “Ben” (75 → 73)")),
        ("Who got worse?", ("falls at “Ben” (75 → 73)",)),
        ("Did most students improve?", ("No.", "2 of 4")),
        ("How many students improved?", ("2 of 4: “Ana” (62 → 71) and “Chloe”",)),
        ("Who was better in the first test than in the second?", ("falls at “Ben”",)),
        ("Who stayed the same?", ("“David” (70 → 70)",)),
        ("Did Ana improve?", ("Yes.", "by 9")),
        ("Was the average higher in the second test?", ("Yes.", "76.5")),
        ("Who improved the most?", ("“Ana” grew most",)),
        ("Haben sich alle verbessert?", ("Nein.", "2 von 4")),
        ("Est-ce que tous ont progressé ?", ("Non.", "2 sur 4")),
        ("¿Quién empeoró?", ("«Ben» (75 → 73)",)),
        ("모두 성적이 올랐나요?", ("아니요.", "4개 중 2개")),
        ("所有人都进步了吗？", ("不是", "4 个中有 2 个")),
        ("Wer war im zweiten Test am besten?", ("„Second test“ ist 92",)),
        ("Qui a eu la meilleure note au deuxième test ?", ("« Second test » est 92",)),
    ],
)
def test_who_improves_from_one_test_to_the_next(question: str, words: tuple[str, ...]) -> None:
    told(question, two_tests, words)


@pytest.mark.parametrize(
    "question",
    ["Did all the boys improve?", "Did Emma improve?", "Why did Ben do worse?", "Did everyone study more?"],
)
def test_others_than_those_drawn_do_not_improve(question: str) -> None:
    answer = asked(question, two_tests)
    assert " of 4" not in answer, answer
    assert "→" not in answer, answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did everyone lose weight?", ("No.", "3 of 5", "The others: “Ms Park”")),
        ("Who lost more than 5 kilos?", ("2 of 5 (above 5 kg): “Mr Olsen” (98 kg → 91 kg) and “Mr Ruiz”",)),
        ("Did anyone lose more than 10 kg?", ("Yes.", "“Mr Ruiz” (110 kg → 99 kg)")),
        ("Who did not lose weight?", ("“Ms Park”", "“Mr Dubois”")),
        ("Is anyone heavier now than before?", ("Yes.", "“Ms Park” (74 kg → 75 kg)")),
        ("How much weight did they lose altogether?", ("21 kg lower",)),
        ("Who is lightest now?", ("“After” is 75 kg",)),
        ("Was Mr Ruiz still over 100 kg afterwards?", ("No.", "99 kg")),
        ("War Frau Park nachher schwerer als vorher?", ("Ja.", "75 kg")),
        ("Wie viele haben abgenommen?", ("3 von 5",)),
        ("누가 체중이 줄었나요?", ("“Mr Olsen” (98 kg → 91 kg)",)),
        ("谁变重了？", ("“Ms Park” (74 kg → 75 kg)",)),
    ],
)
def test_who_is_lighter_after_than_before(question: str, words: tuple[str, ...]) -> None:
    told(question, diet, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where did it rain less in 2023 than in 2022?", ("falls at “Bergen” (240 mm → 210 mm)",)),
        ("In how many cities did it rain less in 2023?", ("1 of 3: “Bergen”",)),
        ("Did it get wetter everywhere?", ("No.", "1 of 3: “Oslo”")),
        ("¿Llovió más en Bergen en 2023 que en 2022?", ("No.", "30 mm")),
        ("A-t-il plu davantage à Oslo en 2023 qu'en 2022 ?", ("Oui.", "15 mm")),
    ],
)
def test_where_there_is_less_in_one_year_than_in_another(question: str, words: tuple[str, ...]) -> None:
    told(question, rain, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Did they overspend in all categories?", ("No.", "2 of 4: “Food” (400 € → 465 €) and “Leisure”")),
        ("Did they overspend anywhere?", ("Yes.", "2 of 4")),
        ("Did they stay within budget everywhere?", ("No.", "The others: “Food”")),
        ("Did they spend more on food than planned?", ("Yes.", "65 €")),
        ("How much did they spend in total?", ("“Actual” is 1745 €",)),
        ("How much was planned in total?", ("“Plan” is 1650 €",)),
        ("How much more than planned did they spend altogether?", ("95 € higher",)),
        ("Wofür wurde mehr ausgegeben als geplant?", ("„Actual“ liegt in 2 von 4 Fällen über „Plan“",)),
        ("Combien de catégories ont dépassé le budget ?", ("2 cas sur 4",)),
        ("계획보다 더 많이 쓴 항목은 무엇인가요?", ("“Food” (400 € → 465 €)",)),
        ("哪些项目超出了计划？", ("“Food” (400 € → 465 €)",)),
    ],
)
def test_what_is_over_budget(question: str, words: tuple[str, ...]) -> None:
    told(question, budget, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was the bus later on Thursday than on Tuesday?", ("Yes.", "4 min higher")),
        ("Was Friday worse than Tuesday?", ("Yes.", "2 min higher")),
        ("Was the bus earlier on Thursday than on Monday?", ("No.", "7 min higher")),
        ("War der Bus am Montag später als am Dienstag?", ("Nein.", "3 min niedriger")),
        ("Le bus était-il moins en retard jeudi que mardi ?", ("Non.",)),
        ("周三比周二晚吗？", ("不是",)),
        ("De combien de minutes le bus était-il en retard mardi ?", ("7 min",)),
        ("Wie spät kam der Bus am Donnerstag?", ("11 min",)),
        ("Was it late by more than 3 minutes on Wednesday?", ("No.", "2 min")),
    ],
)
def test_later_than_is_so_or_not(question: str, words: tuple[str, ...]) -> None:
    told(question, delays, words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Was Sara's phone fuller than Tom's at 18:00?", ("No.", "7 percentage points lower")),
        ("Was Sara's phone emptier than Tom's at 22:00?", ("Yes.", "18 percentage points lower")),
        ("War Saras Handy um 22 Uhr leerer als Toms?", ("Ja.",)),
        ("La batterie de Sara était-elle plus faible que celle de Tom à 22h ?", ("Oui.",)),
    ],
)
def test_fuller_than_is_so_or_not(question: str, words: tuple[str, ...]) -> None:
    told(question, phones, words)
