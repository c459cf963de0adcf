"""Questions about error bars, bins, sums of places, lines of reference and ranks, in every language."""

from __future__ import annotations

from typing import Final

import pytest

from tests.engine.questions.charts import chart, names, one
from vision_magic.engine.chart.data import Chart, ChartAxis
from vision_magic.engine.questions.answers.answer import answer_query
from vision_magic.engine.questions.parse import parse_query
from vision_magic.engine.questions.topics.totals import about_total


def axis(label: str, unit: str = "") -> ChartAxis:
    return ChartAxis(label=label, unit=unit, scale="linear")


WEEKS: Final = (0.0, 2.0, 4.0, 8.0)
EDGES: Final = (0.0, 30.0, 60.0, 90.0, 120.0)
LIMIT: Final = one("reference line", (0.0,), (50.0,), "alarm level", rgb=(214, 39, 40))
SHIFTS: Final = ("Mo", "Di", "Mi")
ROUNDS: Final = (1.0, 2.0, 3.0)

CHARTS: Final[dict[str, Chart]] = {
    "pain": chart(
        "Knee pain",
        axis("Week"),
        axis("Score"),
        one("points", WEEKS, (8.0, 7.0, 5.0, 3.0), "Gel", extra={"error": (0.5, 0.5, 0.5, 0.5)}),
        one("points", WEEKS, (8.2, 7.6, 6.4, 6.0), "Placebo", extra={"error": (0.5, 0.4, 0.5, 0.5)}),
    ),
    "waits": chart(
        "",
        axis("Wait (min)", "min"),
        axis("Number of callers"),
        one(
            "histogram",
            tuple(15.0 + edge for edge in EDGES[:-1]),
            (10.0, 40.0, 30.0, 20.0),
            extra={"left": EDGES[:-1], "right": EDGES[1:]},
        ),
    ),
    "noise": chart(
        "Lärm",
        names("Straße", "Kanal", "Markt", "Hafen", "Park"),
        axis("Pegel (dB)", "dB"),
        one("bars", ("Kanal", "Markt", "Hafen", "Park"), (48.0, 57.0, 63.0, 41.0)),
        LIMIT,
    ),
    "shifts": chart(
        "Montage",
        names("Tag", *SHIFTS),
        axis("Stück"),
        one("bars", SHIFTS, (52.0, 47.0, 60.0), "Früh"),
        one("bars", SHIFTS, (44.0, 51.0, 49.0), "Spät"),
        one("reference line", (0.0,), (50.0,), "Soll"),
    ),
    "league": chart(
        "Tabelle",
        axis("Spieltag"),
        ChartAxis(label="Tabellenplatz", scale="linear", limits=(6.0, 1.0)),
        one("line", ROUNDS, (2.0, 1.0, 3.0), "Ahl"),
        one("line", ROUNDS, (1.0, 3.0, 2.0), "Brück"),
        one("line", ROUNDS, (3.0, 2.0, 1.0), "Celle"),
    ),
    "survey": chart(
        "Umfrage",
        axis("Anteil (%)", "%"),
        names("", "Lohn", "Kantine"),
        *(
            one("stacked bars", ("Lohn", "Kantine"), values, name)
            for name, values in {
                "sehr zufrieden": (20.0, 10.0),
                "eher zufrieden": (35.0, 25.0),
                "eher unzufrieden": (30.0, 40.0),
                "sehr unzufrieden": (15.0, 25.0),
            }.items()
        ),
    ),
    "prices": chart(
        "",
        axis("Year"),
        axis("Inflation (%)", "%"),
        one("line", (2020.0, 2021.0, 2022.0, 2023.0), (3.5, 5.0, 9.1, 4.2), "AT"),
        one("line", (2020.0, 2021.0, 2022.0, 2023.0), (3.9, 4.1, 7.9, 6.0), "DE"),
        one("reference line", (0.0,), (2.0,), "Ziel der EZB"),
    ),
    "marks": chart(
        "",
        axis("Note"),
        axis("Anzahl Kinder"),
        one("bars", (1.0, 2.0, 3.0), (2.0, 5.0, 3.0), "6a"),
        one("bars", (1.0, 2.0, 3.0), (1.0, 3.0, 6.0), "6b"),
    ),
}


def answer(name: str, question: str) -> str:
    charts = [CHARTS[name]]
    return " ".join(answer_query(parse_query(question, charts), charts))


@pytest.mark.parametrize(
    ("name", "question", "words"),
    [
        ("pain", "Do the error bars overlap at week 2?", "Yes. The interval of “Gel” at Week 2 is 6.5 to 7.5"),
        (
            "pain",
            "Ab welcher Woche überlappen sich die Fehlerbalken nicht mehr?",
            "Ab Week 4 überlappen sie sich nicht",
        ),
        ("pain", "Se chevauchent-elles à la semaine 8 ?", "Non. L'intervalle de « Gel »"),
        ("pain", "¿Dónde no se solapan las barras de error?", "No se solapan en 2 de 4 puntos"),
        ("waits", "Which bracket was the most common?", "The commonest bin is 30–60 min, with 40"),
        ("waits", "Combien ont attendu moins d'1h30 ?", "80 sur 100 (80 %) sont au-dessous de 90 min"),
        ("waits", "pct of callers within the first hour?", "50 % are below 60 min (50 of 100)"),
        ("waits", "¿Qué porcentaje esperó 60 minutos o más?", "El 50 % están en 60 min o más"),
        ("noise", "Welche Straßen liegen über der roten Linie?", "„Markt“ (57 dB) und „Hafen“ (63 dB)"),
        ("noise", "Which streets did not exceed the alarm level?", "“Kanal” (48 dB) and “Park” (41 dB)"),
        ("noise", "Combien font Kanal et Park réunis ?", "« Kanal » et « Park » ensemble : 89 dB"),
        ("noise", "Ist Hafen lauter als Kanal und Park zusammen?", "Nein. „Hafen“ (63 dB) ist um 26 dB niedriger"),
        ("shifts", "Hat die Spätschicht am Mittwoch ihr Soll geschafft?", "Nein. Der Wert von „Spät“ bei „Mi“ ist 49"),
        ("shifts", "Wie oft wurde das Soll insgesamt erreicht?", "Insgesamt liegen 3 von 6 Werten bei mindestens 50"),
        ("league", "Wer stand nach dem zweiten Spieltag ganz oben?", "„Ahl“ ist bei Spieltag 2 Nummer 1 von 3"),
        ("league", "An wie vielen Spieltagen war Celle Spitzenreiter?", "an 1 von 3 Stellen Nummer 1: Spieltag 3"),
        ("survey", "Wie viel Prozent sind mit der Kantine zufrieden?", "Die Summe bei „Kantine“ ist 35 "),
        ("prices", "Hat Österreich das Zwei-Prozent-Ziel je erreicht?", "Nein. „AT“ liegt nie bei höchstens 2 %"),
        (
            "prices",
            "Wann lag Österreich zum ersten Mal über Deutschland?",
            "zum ersten Mal im Jahr 2021 über „DE“: 5 %",
        ),
        ("prices", "¿En cuánto se multiplicó la inflación de Austria entre 2020 y 2022?", "2,6 veces"),
        ("marks", "Wie ist der Notendurchschnitt der 6a?", "Der Mittelwert von Note von „6a“ ist 2,1"),
        ("marks", "Wie viele in der 6b haben eine Eins oder Zwei?", "zusammen: 4 (1 + 3)"),
    ],
)
def test_the_answer_says_what_was_asked(name: str, question: str, words: str) -> None:
    assert words in answer(name, question)


@pytest.mark.parametrize(
    ("name", "question", "word"),
    [
        ("pain", "Do the error bars of men overlap at week 2?", "men"),
        ("waits", "Wie viele Frauen haben weniger als eine Stunde gewartet?", "Frauen"),
        ("noise", "Wie viele Tage lag Hafen?", "Tage"),
        ("shifts", "Hat die Spätschicht im Werk Nord ihr Soll geschafft?", "Werk"),
        ("prices", "Wie hoch war das Wachstum in Italien 2021?", "Italien"),
    ],
)
def test_a_word_of_which_nothing_is_known_is_named(name: str, question: str, word: str) -> None:
    assert word in answer(name, question).partition("” here")[0].partition("“ verstehe")[0]


def test_the_series_are_added_up_at_each_place() -> None:
    joined, text = about_total(CHARTS["shifts"], "An welchem Tag wurde insgesamt am wenigsten gefertigt?", "de")
    assert "Der niedrigste Wert ist 96, bei „Mo“" in " ".join(answer_query(parse_query(text, [joined]), [joined]))
