"""Words that are not understood: those that cannot change an answer are left, all others hinder it."""

from __future__ import annotations

import pytest

from tests.engine.questions.charts import MONTHS, chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.checks.roles import Role, role_of
from vision_magic.engine.questions.checks.roles_in_korean import KoreanRole, role_in_korean
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.places.spelled import with_fractions, with_numbers

YEARS = tuple(float(year) for year in range(2014, 2020))
CHARTS: dict[str, Chart] = {
    "dye": chart(
        "Absorbance of the dye",
        ChartAxis(label="Wavelength (nm)", unit="nm", scale="linear"),
        ChartAxis(label="Absorbance", scale="linear"),
        one("line", (400.0, 450.0, 500.0, 550.0, 600.0), (0.1, 0.4, 0.9, 0.7, 0.3)),
    ),
    "birds": chart(
        "Birds",
        ChartAxis(label="Year", scale="linear"),
        ChartAxis(label="Breeding pairs", scale="linear"),
        one("line", YEARS, (120, 118, 110, 105, 98, 96), "stork"),
        one("line", YEARS, (60, 64, 70, 73, 79, 108), "crane"),
    ),
    "lines": chart(
        "Voyageurs par ligne",
        names("", "Ligne A", "Ligne B", "Ligne C"),
        ChartAxis(label="Voyageurs", scale="linear"),
        one("bars", ("Ligne A", "Ligne B", "Ligne C"), (5400, 7200, 3100)),
    ),
    "cafe": chart(
        "월별 카페 매출",
        names("월", *(f"{month}월" for month in range(1, 13))),
        ChartAxis(label="매출 (만원)", unit="만원", scale="linear"),
        one(
            "bars",
            tuple(f"{month}월" for month in range(1, 13)),
            (310, 280, 350, 400, 420, 460, 520, 540, 430, 390, 370, 450),
        ),
    ),
    "water": chart(
        "Consumo de agua",
        names("Mes", "enero", "febrero", "marzo", "abril"),
        ChartAxis(label="Litros", scale="linear"),
        one("bars", ("enero", "febrero", "marzo", "abril"), (210, 305, 222, 340)),
        one("reference line", (0.0,), (300,), "límite"),
    ),
    "rents": chart(
        "Loyer moyen",
        ChartAxis(label="Année", scale="linear"),
        ChartAxis(label="€", unit="€", scale="linear"),
        one("line", YEARS, (22, 23, 24, 23.5, 25, 26), "Paris"),
        one("line", YEARS, (11, 12, 12.5, 13, 13.5, 14), "Lyon"),
    ),
    "home": chart(
        "Gastos del hogar",
        ChartAxis(),
        ChartAxis(),
        one("pie", ("alquiler", "comida", "ocio"), (48, 32, 20)),
    ),
    "quarters": chart(
        "Bakery",
        names("", "bread", "cake"),
        ChartAxis(label="€", unit="€", scale="linear"),
        one("bars", ("bread", "cake"), (50, 24), "Q1"),
        one("bars", ("bread", "cake"), (48, 30), "Q2"),
        one("bars", ("bread", "cake"), (45, 32), "Q3"),
    ),
    "office": chart(
        "Tickets",
        names("", "Mon", "Tue", "Wed", "Thu", "Fri"),
        ChartAxis(label="Tickets per day", scale="linear"),
        one("bars", ("Mon", "Tue", "Wed", "Thu", "Fri"), (64, 52, 49, 55, 71)),
    ),
    "rain": chart(
        "",
        names("", *MONTHS),
        ChartAxis(label="Rain (mm)", unit="mm", scale="linear"),
        one("bars", MONTHS, (47, 44, 50, 75, 91, 76, 64, 62, 88, 99, 82, 55)),
    ),
}


def answer(name: str, question: str) -> str:
    return " ".join(answer_query(parse_query(question, [CHARTS[name]]), [CHARTS[name]]))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("dye", "What's the absorbance at 600 nanometres?", "0.3"),
        ("birds", "Which species did the rangers say grew most?", "“crane” grew most"),
        ("birds", "Welche Art hat am stärksten zugenommen?", "„crane“"),
        ("birds", "In what year did the number of storks reach its all-time low?", "96, in 2019"),
        ("lines", "Quelle ligne transporte le plus de voyageurs ?", "« Ligne B »"),
        ("cafe", "여름 매출 합계는 얼마인가요?", "1520"),
        ("rain", "¿Cuánto llueve en total en verano?", "202"),
        ("rain", "Wie viel Regen fiel insgesamt im Herbst?", "269"),
        ("rain", "How many months got more than eighty millimetres?", "4 of 12"),
        ("rain", "Does the y axis start at zero?", "The y axis"),
        ("water", "¿En qué meses se superó el límite?", "2 de 4"),
        ("rents", "En quelle année le loyer parisien a-t-il baissé ?", "2017"),
        ("home", "¿Cuál es el gasto más alto después del alquiler?", "«comida»"),
        ("quarters", "What was our best quarter overall?", "“Q2” has the highest sum: 78 €"),
        ("office", "Is Friday busier than Monday?", "Yes. “Fri” (71) is 7 higher than “Mon” (64)"),
    ],
)
def test_a_word_that_cannot_change_the_answer_is_left(name: str, question: str, words: str) -> None:
    assert words in answer(name, question)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("birds", "Which species is the most threatened?"),
        ("birds", "How many ringed storks were there in 2015?"),
        ("birds", "How many breeding pairs were there in Bavaria in 2015?"),
        ("birds", "Which species suffers most?"),
        ("dye", "What's the viscosity at 600 nm?"),
        ("lines", "Quelle ligne a le plus de voyageurs mécontents ?"),
        ("lines", "Quelle ligne a le plus de voyageurs en Bretagne ?"),
        ("rain", "Is it normal in December?"),
        ("office", "How many tickets were resolved on Monday?"),
        ("office", "Who handles the most tickets?"),
        ("rents", "Combien de maisons y avait-il à Lyon en 2016 ?"),
        ("quarters", "Which product keeps growing?"),
        ("dye", "How long do children wait at 600 nm?"),
        ("cafe", "매출이 가장 높은 지점은 서울에서 어디인가요?"),
    ],
)
def test_a_word_that_may_change_the_answer_hinders_it(name: str, question: str) -> None:
    assert not any(character.isdigit() for character in answer(name, question).partition(":")[2])


@pytest.mark.parametrize(
    ("text", "word", "language", "role"),
    [
        ("which kettle boils first?", "kettle", "en", "thing"),
        ("when did the water start boiling in winter?", "winter", "en", "limit"),
        ("which is the most splendid?", "splendid", "en", "degree"),
        ("how many ringed storks were there?", "ringed", "en", "attribute"),
        ("when did they finish?", "finish", "en", "verb"),
        ("how quickly did it rise?", "quickly", "en", "adverb"),
        ("Wie viele Kinder haben gewählt?", "gewählt", "de", "verb"),
        ("Wie viele Kinder gibt es in Bayern?", "Bayern", "de", "limit"),
        ("Was ist am tollsten?", "tollsten", "de", "degree"),
        ("quelle ligne transporte le plus ?", "transporte", "fr", "verb"),
        ("¿qué planta produjo más?", "planta", "es", "thing"),
    ],
)
def test_the_words_beside_it_tell_what_a_word_does(text: str, word: str, language: str, role: Role) -> None:
    def is_own(other: str) -> bool:
        return other in ("storks", "ligne", "Kinder")

    assert role_of(text, text.index(word), language, is_own) == role  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("손님이 가장 북적인 요일은?", "손님이", "measured"),
        ("가장 눈부신 요일은?", "눈부신", "degree"),
        ("강남에서 가장 높은 달은?", "강남에서", "limit"),
        ("얼마나 더 팔았나요?", "팔았나요", "verb"),
        ("몇 사이클 만에 넘었나요?", "사이클", "counted"),
        ("여성 손님은 얼마나 많나요?", "여성", "bare"),
        ("염색한 머리는 몇 명인가요?", "염색한", "attribute"),
        ("전차를 타는 사람은 몇 명인가요?", "전차를", "attribute"),
        ("뚜껑이 열린 날은 언제예요?", "열린", "verb"),
    ],
)
def test_the_particle_of_a_korean_word_tells_what_it_does(text: str, word: str, role: KoreanRole) -> None:
    tokens = text.rstrip("?").split()
    assert role_in_korean(tokens, tokens.index(word), word, lambda other: False) == role


def test_round_numbers_and_parts_are_written_as_figures_after_a_comparison() -> None:
    assert with_numbers("more than eighty", "en") == "more than 80"
    assert with_numbers("eighty people", "en") == "eighty people"
    assert with_fractions("is it over a third?", "en") == "is it over 33.3333 %?"
    assert with_fractions("mehr als ein Viertel", "de") == "mehr als 25 %"
