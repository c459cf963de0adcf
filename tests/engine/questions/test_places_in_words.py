"""Places of numbers that are written as words: "day nine", "in der dritten Woche", "at seven", "deuxième trimestre"."""

from __future__ import annotations

import pytest

from tests.engine.questions.found import found, panel

WEEKS = panel("Week", [float(week) for week in range(1, 11)], "Distance (km)", ["Anna", "Tobias"], kind="line")
PUPPY = panel("Alter (Wochen)", [8.0, 10.0, 12.0, 14.0], "Gewicht (kg)", kind="line")
AGES = panel("Age (years)", [float(age) for age in range(2, 13)], "Height (cm)", ["Tom", "Lily"], kind="line")
HOURS = panel("Hour", [float(hour) for hour in range(0, 24, 2)], "Output (MW)", kind="area")
CLOCK = panel("Time", ["10:00", "11:00", "12:00", "13:00", "14:00"], "Wind (knots)", kind="line")
QUARTERS = panel("Quartal", ["Q1", "Q2", "Q3", "Q4"], "Umsatz", ["Bahnhof", "Online"])
TERMS = panel("Classe", ["6e A", "6e B"], "Absences", ["Trimestre 1", "Trimestre 2"])
GAMES = panel("Game", ["Game 1", "Game 2", "Game 3"], "Pins", ["Rita", "Zack"])
WEEKS_IN_CHINESE = panel("週次", ["第1週", "第2週", "第3週", "第4週"], "里程", ["輕鬆跑", "間歇"])


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("How far did Anna run in the third week?", 3.0),
        ("Anna in week seven?", 7.0),
        ("Wie weit lief Anna in der dritten Woche?", 3.0),
        ("Wie weit lief Anna in Woche sieben?", 7.0),
        ("Combien Anna a-t-elle couru la quatrième semaine ?", 4.0),
        ("¿cuánto corrió Anna la tercera semana?", 3.0),
        ("셋째 주에 Anna는 몇 km 달렸어?", 3.0),
        ("Anna第五周跑了多少？", 5.0),
    ],
)
def test_a_week_in_words_is_a_place(text: str, week: float) -> None:
    asked = found(text, WEEKS)
    assert (asked.places, asked.rank) == ((week,), 1)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Which week was second by distance?", 2),
        ("la deuxième semaine la plus longue pour Anna", 2),
        ("Anna's second longest week", 2),
        ("두 번째로 많이 달린 주는?", 2),
    ],
)
def test_an_ordinal_that_ranks_is_no_place(text: str, rank: int) -> None:
    asked = found(text, WEEKS)
    assert (asked.places, asked.rank) == ((), rank)


@pytest.mark.parametrize(
    "text", ["How far did Anna run in two weeks?", "Anna over the ten weeks", "jede zweite Woche lief Anna mehr"]
)
def test_how_long_something_took_is_no_place(text: str) -> None:
    assert found(text, WEEKS).places == ()


def test_a_week_that_is_not_drawn_stays_in_words() -> None:
    late = panel("Week", [40.0, 41.0, 42.0], "Admissions", kind="line")
    assert found("How many came in the third week?", late).places == ()


@pytest.mark.parametrize(
    ("text", "age"),
    [("How tall was Lily at seven, please?", 7.0), ("How tall is a nine year old?", 9.0), ("Lily at age six", 6.0)],
)
def test_an_age_in_words_is_a_place(text: str, age: float) -> None:
    assert found(text, AGES).places == (age,)


def test_weeks_of_age_are_places() -> None:
    assert found("Wie schwer war er mit zwölf Wochen?", PUPPY).places == (12.0,)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("MW at eight o'clock", 8.0),
        ("output at six in the evening", 18.0),
        ("Wie viel um acht Uhr?", 8.0),
        ("la production à dix heures", 10.0),
        ("¿cuánto a las ocho?", 8.0),
    ],
)
def test_an_hour_in_words_is_a_place(text: str, hour: float) -> None:
    assert found(text, HOURS).places == (hour,)


@pytest.mark.parametrize(("text", "hour"), [("wind at one o'clock", "13:00"), ("Wind um elf Uhr?", "11:00")])
def test_an_hour_in_words_is_the_name_of_it(text: str, hour: str) -> None:
    assert found(text, CLOCK).places == (hour,)


@pytest.mark.parametrize(
    ("text", "quarter"), [("Umsatz im zweiten Quartal?", "Q2"), ("Online im dritten Quartal?", "Q3")]
)
def test_a_quarter_in_words_is_the_name_of_it(text: str, quarter: str) -> None:
    asked = found(text, QUARTERS)
    assert (asked.places, asked.rank) == ((quarter,), 1)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Combien d'absences en 6e A au premier trimestre ?", "Trimestre 1"),
        ("la 6e B au T2, combien ?", "Trimestre 2"),
        ("la 6e B au deuxième trimestre ?", "Trimestre 2"),
    ],
)
def test_a_series_with_a_number_is_found_by_its_ordinal_and_its_initial(text: str, term: str) -> None:
    assert found(text, TERMS).series == (term,)


@pytest.mark.parametrize("text", ["What did Zack bowl in the second game?", "who won game two"])
def test_a_name_with_a_number_is_found_by_its_words(text: str) -> None:
    assert found(text, GAMES).places == ("Game 2",)


def test_a_chinese_name_with_a_number_is_found_by_its_words() -> None:
    assert found("第三週全部跑了幾公里", WEEKS_IN_CHINESE).places == ("第3週",)
