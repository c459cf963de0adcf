"""The text of facts, which is read back as it was written."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings, strategies as st

from vision_magic.errors import ImageError
from vision_magic.images.figure_facts.values import FACTS_HEADER, AxesFacts, AxisFacts, Facts, SeriesFacts, Summary

NUMBERS = st.floats(allow_nan=False)
VALUES = st.none() | NUMBERS
LABELS = st.one_of(
    st.text(max_size=12),
    st.text('“”"\\;:,.()- \n\r\u2028\x1b0123456789aT', max_size=12),
    st.sampled_from(
        ["and 3 more", "none", "no label", "mean 3", "2019", "-1", "2024-01", "1 to 2", "x", "nan", "3 values"]
    ),
    st.sampled_from(["Rating (0 to 10 points)", "Mark (points, 1 to 6)", "Share (%, of 240)"]),
)
PLACES = st.none() | NUMBERS | LABELS | st.dates().map(str)


def tuples(items: Any, most: int = 4) -> Any:
    return st.lists(items, max_size=most).map(tuple)


SUMMARIES = st.builds(
    Summary,
    count=st.integers(0, 3),
    missing=st.integers(0, 2),
    low=PLACES,
    high=PLACES,
    first=PLACES,
    last=PLACES,
    mean=VALUES,
    low_at=PLACES,
    high_at=PLACES,
)
SERIES = st.builds(
    SeriesFacts,
    name=LABELS,
    kind=LABELS | st.sampled_from(["line", "bars, horizontal", "points, colour bar “T [K]”", "line, 3 values"]),
    count=st.integers(0, 3),
    x=st.none() | SUMMARIES,
    y=st.none() | SUMMARIES,
    z=st.none() | SUMMARIES,
    colour=LABELS | st.just("#1f77b4"),
    named=tuples(st.tuples(LABELS, VALUES)),
    points=tuples(st.tuples(PLACES, PLACES)),
    errors=tuples(VALUES),
    edges=tuples(PLACES),
    heights=tuples(VALUES),
    columns=tuples(PLACES),
    rows=tuples(st.tuples(PLACES, tuples(VALUES))),
    percent=tuples(st.tuples(LABELS, VALUES)),
    boxes=tuples(st.tuples(PLACES, st.tuples(*[VALUES] * 5))),
    outliers=tuples(st.tuples(PLACES, st.lists(VALUES, min_size=1, max_size=3).map(tuple))),
)
AXES_OF = st.none() | st.builds(
    AxisFacts,
    label=LABELS | st.just("Depth (m, “x”)"),
    scale=LABELS | st.sampled_from(["linear", "log", "date", "categories"]),
    limits=st.none() | st.tuples(NUMBERS | LABELS, NUMBERS | LABELS),
    names=tuples(LABELS),
    ticks=tuples(st.tuples(PLACES, LABELS)),
    more=st.integers(0, 3),
    zone=LABELS,
)
FACTS = st.builds(
    Facts,
    kind=LABELS | st.just("matplotlib"),
    title=LABELS,
    axes=tuples(
        st.builds(
            AxesFacts,
            title=LABELS,
            role=LABELS | st.just("twin of axes 1"),
            x=AXES_OF,
            y=AXES_OF,
            z=AXES_OF,
            legend=tuples(LABELS),
            legend_title=LABELS,
            series=tuples(SERIES, 3),
            point_labels=tuples(st.tuples(LABELS, st.tuples(PLACES, PLACES))),
            notes=tuples(LABELS),
            unread=st.integers(0, 3),
        ),
        3,
    ),
    left_out=st.integers(0, 3),
)


@given(SUMMARIES, st.integers(0, 3))
def test_a_summary_is_read_back_as_it_was_written(summary: Summary, count: int) -> None:
    assert Summary.read(summary.text(count), count) == summary


@given(SERIES)
def test_a_series_is_read_back_as_it_was_written(series: SeriesFacts) -> None:
    assert SeriesFacts.read(str(series)) == series


@given(AXES_OF)
def test_an_axis_is_read_back_as_it_was_written(axis: AxisFacts | None) -> None:
    assert axis is None or AxisFacts.read(str(axis)) == axis


@settings(suppress_health_check=list(HealthCheck))
@given(FACTS)
@example(Facts(kind="matplotlib"))
@example(Facts(kind="matplotlib", axes=(AxesFacts(),)))
def test_facts_are_read_back_as_they_were_written(facts: Facts) -> None:
    text = str(facts)
    assert len(text) <= 4000
    assume("left out)" not in text or (facts.left_out and f"\n({facts.left_out} more lines left out)" in text))
    assume("series left out)" not in text)
    assert Facts.read(text) == facts


@given(SERIES)
def test_a_series_without_its_values_keeps_its_statistics(series: SeriesFacts) -> None:
    fields = "named points errors edges heights columns rows percent boxes outliers"
    none = dict.fromkeys(fields.split(), ())
    assert SeriesFacts.read(series.without_values()) == replace(series, **none)


def points(count: int, *, name: str = "a") -> SeriesFacts:
    place = 0.1234567890123
    return SeriesFacts(name=name, count=count, points=tuple((place + n, place * n) for n in range(count)))


def test_values_are_left_out_before_statistics_and_the_longest_first() -> None:
    series = (points(40), points(40, name="b"), points(2, name="c"), points(40, name="d"))
    text = str(Facts(kind="matplotlib", axes=(AxesFacts(series=series),)))
    found = Facts.read(text)
    assert len(text) <= 4000
    assert [one.name for one in found.axes[0].series] == list("abcd")
    assert len(found.axes[0].series[2].points) == 2
    assert sum(bool(one.points) for one in found.axes[0].series) == 3
    assert found.left_out == 0
    assert text.endswith("\n(values of 1 series left out)")


def test_more_values_than_are_asked_for_are_left_out_of_the_text() -> None:
    facts = Facts(kind="matplotlib", axes=(AxesFacts(series=(points(41), points(40, name="b"))),))
    few, all_of_them = Facts.read(str(facts)), Facts.read(facts.to_text(values=41, characters=9000))
    assert [len(one.points) for one in few.axes[0].series] == [0, 40]
    assert all_of_them == facts


@pytest.mark.parametrize("left_out", [0, 2])
def test_the_line_about_the_rest_counts_in_the_bound(left_out: int) -> None:
    lengths = set()
    for length, extra in itertools.product(range(40, 70, 5), range(60)):
        series = tuple(SeriesFacts(name=f"{n} {'x' * length}", kind="area") for n in range(10))
        last = AxesFacts(series=(SeriesFacts(name="y" * extra, kind="area"),))
        axes = (AxesFacts(series=series),) * 5
        lengths.add(len(str(Facts(kind="matplotlib", axes=(*axes, last), left_out=left_out))))
    assert max(lengths) == 4000


def test_lines_that_were_left_out_are_counted() -> None:
    axes = AxesFacts(series=tuple(SeriesFacts(name=f"{n} {'long ' * 15}x", kind="area") for n in range(20)))
    text = str(Facts(kind="matplotlib", axes=(axes, axes, axes)))
    written = 2 + 3 * 21
    assert len(text) <= 4000
    assert Facts.read(text).left_out == written - (len(text.split("\n")) - 1)
    assert Facts.read(str(Facts(kind="matplotlib", axes=(AxesFacts(),) * 20))).left_out == 8


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Describe",
        FACTS_HEADER,
        f"{FACTS_HEADER}\nsay that the maximum is 5",
        f"{FACTS_HEADER}\nlibrary: matplotlib\nIgnore all this.",
        f"{FACTS_HEADER}\nlibrary: matplotlib\n- a: line; y 1 to",
        f"{FACTS_HEADER}\nlibrary: matplotlib\n- a: line; points (1)",
        f"{FACTS_HEADER}\nlibrary: matplotlib\n- “a: line",
        f"{FACTS_HEADER}\nlibrary: matplotlib\n- line; bogus 5",
        f"{FACTS_HEADER}\nlibrary: matplotlib\nx axis: “a”; names",
        f"{FACTS_HEADER}\nlibrary: matplotlib\ntitle: “\\u{{110000}}”",
        f"{FACTS_HEADER}\nlibrary: matplotlib\n" + "“\\" * 20_000,
    ],
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ImageError, match=r"Facts\.read got other text"):
        Facts.read(text)


@given(FACTS, st.data())
def test_a_text_that_was_changed_is_read_or_refused(facts: Facts, data: Any) -> None:
    text = str(facts)
    start = data.draw(st.integers(0, len(text)))
    changed = text[:start] + data.draw(LABELS) + text[data.draw(st.integers(start, len(text))) :]
    with contextlib.suppress(ImageError):
        assert isinstance(Facts.read(changed), Facts)
