"""Intervals, judged by SciPy."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import scipy  # type: ignore[import-untyped]

from vision_magic.each.evaluation.statistics import bootstrap, mean_interval, percentiles, t_quantile, wilson


@pytest.mark.parametrize(("successes", "n"), [(0, 10), (1, 10), (10, 10), (47, 50), (500, 1000), (1, 1)])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_interval_of_a_share_is_wilsons(successes: int, n: int, level: float) -> None:
    expected = scipy.stats.binomtest(successes, n).proportion_ci(level, "wilson")
    assert wilson(successes, n, level) == pytest.approx((expected.low, expected.high), abs=1e-14)


def test_an_interval_of_nothing_is_nan() -> None:
    for ends in (wilson(0, 0), mean_interval([1.0]), percentiles([math.nan]), bootstrap({}, len)):
        assert all(math.isnan(end) for end in ends)


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 10, 30, 100, 10_000])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_students_quantiles(freedom: int, level: float) -> None:
    assert t_quantile(level, freedom) == pytest.approx(scipy.stats.t.ppf((1 + level) / 2, freedom), rel=1e-9)


def test_the_interval_of_a_mean_is_students() -> None:
    values = [1.0, 2.5, 2.0, 4.0, 3.5]
    expected = scipy.stats.t.interval(0.95, 4, np.mean(values), scipy.stats.sem(values))
    assert mean_interval(values) == pytest.approx(expected, rel=1e-9)


def test_percentiles_are_interpolated_like_numpys() -> None:
    values = [random.Random(2).random() for _ in range(101)]
    assert percentiles([*values, math.nan]) == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])))


def test_the_bootstrap_is_the_same_each_time_and_near_the_exact_interval() -> None:
    counts = {True: 70, False: 30}
    ends = bootstrap(counts, lambda drawn: drawn.get(True, 0) / 100)
    assert ends == bootstrap(counts, lambda drawn: drawn.get(True, 0) / 100)
    assert ends == pytest.approx(tuple(scipy.stats.binom.ppf([0.025, 0.975], 100, 0.7) / 100), abs=0.011)
