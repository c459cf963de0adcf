"""Numbers whose unit says whether they are values or places: a unit that is written out, or the hours of a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.figure import Figure

from tests.engine.questions.found import found, panel
from tests.engine.questions.live import asked, told

LATENCY = panel("Hour of day", [0.0, 6.0, 9.0, 12.0], "Latency (ms)", ["p50", "p95"], kind="line")
SLEEP = panel("Day", ["Mon", "Tue", "Wed"], "Sleep (hours)")
SCREEN = panel("Tag", ["Mo", "Di", "Mi"], "Minuten", ["WhatsApp", "YouTube"])
DURATIONS = panel("Duration (min)", [0.0, 20.0, 40.0, 60.0], "Operations", kind="histogram")


@pytest.mark.parametrize(
    "text", ["quelle latence p95 à 9 h ?", "Wie hoch war p95 um 9 Uhr?", "9시에 p95는 얼마예요?", "9点的p95是多少？"]
)
def test_an_hour_of_the_day_is_no_duration(text: str) -> None:
    asked = found(text, LATENCY)
    assert (asked.places, asked.amounts) == ((9.0,), ())


@pytest.mark.parametrize(
    ("text", "limit"), [("When was p95 above 2 seconds?", 2000.0), ("Wann lag p95 über 0,5 Sekunden?", 500.0)]
)
def test_a_duration_beside_hours_of_the_day_is_a_value(text: str, limit: float) -> None:
    asked = found(text, LATENCY)
    assert asked.threshold is not None
    assert (asked.threshold.limit, asked.threshold.of_places) == (limit, False)


@pytest.mark.parametrize("text", ["7시간 잔 날은?", "days with exactly 7 hours", "Jour avec exactement 7 heures ?"])
def test_a_unit_that_an_axis_writes_out_is_known(text: str) -> None:
    asked = found(text, SLEEP)
    assert (asked.places, asked.amounts) == ((), (7.0,))


def test_a_label_that_is_a_unit_is_one() -> None:
    limit = found("War WhatsApp jeden Tag unter einer Stunde?", SCREEN).threshold
    assert limit is not None
    assert limit.limit == 60.0


@pytest.mark.parametrize(
    "text", ["How many took more than 40 min?", "Wie viele dauerten über 40 Minuten?", "40분 넘게 걸린 건 몇 건이에요?"]
)
def test_a_limit_of_the_bins_of_a_histogram_asks_for_their_counts(text: str) -> None:
    limit = found(text, DURATIONS).threshold
    assert limit is not None
    assert (limit.limit, limit.of_places) == (40.0, False)


def test_marks_are_no_minutes() -> None:
    hours = panel("Hours", [2.0, 4.0, 6.0], "Score", kind="points")
    assert found("考88分的那个人学了几个小时？", hours).places != (88 / 60,)


def dune() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Wanderdüne", xlabel="Jahr", ylabel="Vorrücken (m pro Jahr)")
    axes.plot([2016, 2017, 2018, 2019], [4, 7, 6, 9], label="Düne")
    return figure


def turbines() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Leistung", xlabel="Uhrzeit (h)", ylabel="Leistung (kW)")
    for name, values in {"Nord": [2, 5, 8], "Süd": [3, 6, 4]}.items():
        axes.plot([8, 12, 16], values, label=name)
    axes.legend()
    return figure


def stamps() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(title="Verkaufte Karten", xlabel="Motiv", ylabel="Verkaufte Karten (Stück)")
    axes.bar(["Hafen", "Turm", "Brücke"], [40, 15, 31])
    return figure


@pytest.mark.parametrize(
    ("question", "draw", "words"),
    [
        ("Um wie viele Meter ist die Düne 2017 vorgerückt?", dune, ("7 m pro Jahr",)),
        ("Wie viele Meter waren es 2017?", dune, ("7 m pro Jahr",)),
        ("Combien de mètres la dune a-t-elle avancé en 2017 ?", dune, ("7 m pro Jahr",)),
        ("Wie viel Kilowatt lieferte Nord um 16 Uhr?", turbines, ("8 kW",)),
        ("Combien de kilowatts fournit Nord à 16 h ?", turbines, ("8 kW",)),
        ("¿Cuántos kilovatios da Nord a las 16 h?", turbines, ("8 kW",)),
        ("Nord는 16시에 몇 킬로와트였나요?", turbines, ("8 kW",)),
        ("Nord在16点是多少千瓦？", turbines, ("8 kW",)),
        ("Wovon wurde am wenigsten verkauft, und wie viele Exemplare waren es?", stamps, ("15 Stück", "Turm")),
        ("Combien d'exemplaires de Turm ont été vendus ?", stamps, ("15 Stück",)),
    ],
)
def test_amounts_are_asked_for_in_words_for_their_unit(
    question: str, draw: Callable[[], Figure], words: tuple[str, ...]
) -> None:
    told(question, draw, words)


@pytest.mark.parametrize(
    ("question", "draw", "word"),
    [
        ("Wie viele Kilowattstunden lieferte Nord um 16 Uhr?", turbines, "Kilowattstunden"),
        ("Wie viele Kilogramm waren es 2017?", dune, "Kilogramm"),
    ],
)
def test_a_unit_of_another_kind_is_declined(question: str, draw: Callable[[], Figure], word: str) -> None:
    answer = asked(question, draw)
    assert f"„{word}“ verstehe ich hier nicht" in answer, answer
