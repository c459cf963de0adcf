"""Words and numbers that are parts of names and mean none of them, and names of dates as they are said."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.found import found, panel
from tests.engine.questions.live import asked
from vision_magic.engine.chart.data import ChartPanel
from vision_magic.engine.questions.operations import Bounds

STATIONS = ["Main Street", "Station Square", "Castle Park"]
AIR = panel("Month", ["Jan", "Nov"], "NO2 (µg/m³)", STATIONS, kind="line", title="Nitrogen dioxide by station")
DAYS = panel("Day", ["1 Mar", "5 Mar", "10 Mar", "12 Mar"], "Faulty parts", ["M1", "M2"])
HOURS = panel("Hour", ["9", "10", "11", "12"], "Parcels")
DEPTHS = panel("Jour", [1.0, 3.0, 5.0], "Humidité (%)", ["10 cm", "30 cm"], kind="line")
DATES = panel("날짜", ["3/1", "3/5", "3/15"], "PM2.5", ["서울", "인천"])
OIL = panel("Mois", ["janv. 22", "nov. 22", "mai 23"], "Prix (€)")
PRICES = panel("Monat", ["Jan 22", "Okt 22", "Jan 23"], "Preis (€)", ["Butter", "Mehl"])
VISITORS = panel("월", ["5월", "6월", "10월"], "방문객")
GAS = panel("Month", ["Jan", "Feb", "Jun"], "Gas (m³)")
QUARTERS = panel("Quarter", ["Q1 22", "Q3 22", "Q1 23"], "People", ["Joiners", "Leavers"])
COSTS = panel("Quarter", ["Q1/23", "Q3/23", "Q1/24"], "Cost (k€)", ["Data", "Web"])


@pytest.mark.parametrize("text", ["Which station was highest in November?", "the mean over all stations in November"])
def test_the_noun_of_a_title_is_no_name(text: str) -> None:
    assert found(text, AIR).series == ()


def test_the_word_of_a_name_is_one_in_capitals() -> None:
    assert found("How high was it at Station Sq in November?", AIR).series == ("Station Square",)


@pytest.mark.parametrize(
    ("text", "drawn", "limit"),
    [
        ("Did M2 stay under 10 on all days?", DAYS, 10),
        ("last hour with more than 10", HOURS, 10),
        ("c'est descendu sous les 10 % ?", DEPTHS, 10),
        ("서울이 15 이하로 깨끗했던 날은?", DATES, 15),
    ],
)
def test_a_number_that_values_pass_is_no_name(text: str, drawn: ChartPanel, limit: float) -> None:
    asked = found(text, drawn)
    assert asked.threshold is not None
    assert (asked.threshold.limit, asked.places) == (limit, ())


@pytest.mark.parametrize(
    ("text", "drawn", "place"),
    [
        ("How many faulty parts on 10 March for M1?", DAYS, "10 Mar"),
        ("parcels at 10", HOURS, "10"),
        ("prix en novembre 22 ?", OIL, "nov. 22"),
        ("prix en novembre 2022 ?", OIL, "nov. 22"),
        ("Was kostete Mehl im Oktober 22?", PRICES, "Okt 22"),
        ("오월에는 손님이 얼마나 들었어?", VISITORS, "5월"),
        ("유월 손님은?", VISITORS, "6월"),
        ("이월 사용량은 얼마죠?", GAS, "Feb"),
        ("Wie viel Gas im Jänner?", GAS, "Jan"),
        ("Joiners in the third quarter of 2022?", QUARTERS, "Q3 22"),
        ("q3 2022, leavers", QUARTERS, "Q3 22"),
        ("Was kostete Data im dritten Quartal 23?", COSTS, "Q3/23"),
    ],
)
def test_a_date_is_found_as_it_is_said(text: str, drawn: ChartPanel, place: str) -> None:
    asked = found(text, drawn)
    assert (asked.places, asked.amounts, asked.rank) == ((place,), (), 1)


def test_dates_bound_a_part_of_the_axis() -> None:
    assert found("de novembre 22 à mai 23, combien ?", OIL).bounds == Bounds(low="nov. 22", high="mai 23")


def test_a_month_of_a_year_that_is_not_drawn_is_no_place() -> None:
    assert "nov. 22" not in found("prix en novembre 2023 ?", OIL).places


MEDIA = panel("Channel", ["Print media", "Radio", "Posters"], "Waiting time (min)", kind="box plot")
READERS = panel("Reader", ["Martin", "Grandma", "Dan", "Austria", "Tim"], "Pages")


@pytest.mark.parametrize(
    ("text", "drawn", "places"),
    [
        # forms of a name that are words of questions
        ("What is the median of the posters?", MEDIA, ("Posters",)),
        ("Which channels have a median over 12?", MEDIA, ()),
        ("Wie hoch ist der Median bei Radio?", MEDIA, ("Radio",)),
        ("How many times was it above 10?", READERS, ()),
        ("Combien de pages dans la dernière barre ?", READERS, ()),
        # words of their own, and other persons
        ("How many pages did Grandpa read?", READERS, ()),
        ("How many pages did Martina read?", READERS, ()),
        ("Combien de pages pour Martine ?", READERS, ()),
        ("Wie viele Seiten waren es in Australien?", READERS, ()),
        ("¿Cuántas páginas para Martina?", READERS, ()),
        # names that are spelt otherwise
        ("How many pages did Gradnma read?", READERS, ("Grandma",)),
        ("How many pages did Marttin read?", READERS, ("Martin",)),
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, drawn: ChartPanel, places: tuple[str, ...]) -> None:
    assert found(text, drawn).places == places


@pytest.mark.parametrize(
    ("text", "drawn", "word"),
    [
        ("Combien de personnes au centre ?", READERS, "between"),
        ("Combien de pages à l'entrée ?", READERS, "between"),
        ("¿Cuántas compras hay?", READERS, "compare"),
        ("Wie viele schreiben?", READERS, "describe"),
        ("How much for the creation?", READERS, "correlation"),
    ],
)
def test_a_word_of_its_own_is_not_corrected(text: str, drawn: ChartPanel, word: str) -> None:
    assert word not in found(text, drawn).words
    assert word not in found(text, drawn).operations


def stalls() -> Figure:
    """Draw how many visitors the stalls of a museum's fair had, two of which are named after where they stand."""
    figure = Figure()
    axes = figure.add_subplot(title="Visitors of the fair in town", xlabel="Stall", ylabel="Visitors")
    axes.bar(["Town bakery", "Behind the museum", "Old mill", "Harbour", "Castle"], [48, 30, 12, 75, 40])
    return figure


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Where in the town were there the most visitors?", "75, at “Harbour”"),
        ("Which stall in the town had the fewest visitors?", "12, at “Old mill”"),
        ("Wo in der Stadt waren die meisten Besucher?", "75, bei „Harbour“"),
        ("Où en ville y a-t-il eu le plus de visiteurs ?", "75, à « Harbour »"),
        ("¿Dónde en la ciudad hubo más visitantes?", "75, en «Harbour»"),
        ("도시에서 방문객이 가장 많은 곳은 어디인가요?", "75"),
        ("城里哪里的访客最多？", "75"),
        ("How many visitors did the bakery have?", "48"),
        ("How many visitors were there behind the museum?", "30"),
    ],
)
def test_a_word_of_the_scene_is_no_place_where_the_highest_of_all_is_asked_for(question: str, words: str) -> None:
    assert words in asked(question, stalls)
