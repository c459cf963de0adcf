"""Coefficients of agreement, judged by scikit-learn and krippendorff."""

from __future__ import annotations

import math
import random
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest

from vision_magic.each.evaluation.agreement import cohen_kappa, fleiss_kappa, kappa_interval, krippendorff_alpha
from vision_magic.each.evaluation.statistics import bootstrap, wilson


def _tables(number: int) -> Iterator[tuple[list[int], list[int], int]]:
    """Yield answers of two raters, of few and of many classes, of little and of much agreement."""
    chance = random.Random(1)
    for _ in range(number):
        classes, n, share = chance.randint(1, 8), chance.randint(1, 60), chance.random()
        first = [chance.randrange(classes) for _ in range(n)]
        yield first, [one if chance.random() < share else chance.randrange(classes) for one in first], classes


def _judged(first: Sequence[int], second: Sequence[int], classes: int, weights: Any) -> float:
    from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]  # long to load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where it is not defined
        return float(cohen_kappa_score(first, second, weights=weights, labels=range(classes)))


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_is_that_of_scikit_learn(weights: Any) -> None:
    undefined = 0
    for first, second, classes in _tables(1000 if weights is None else 100):
        kappa = cohen_kappa(Counter(zip(first, second, strict=True)), weights, range(classes))
        assert kappa == pytest.approx(_judged(first, second, classes, weights), abs=1e-12, nan_ok=True)
        undefined += math.isnan(kappa)
    assert undefined > 0  # the case is among them


def test_weights_need_no_order_where_the_answers_have_one() -> None:
    pairs = {(1, 1): 8, (1, 2): 3, (2, 3): 2, (3, 3): 5, (3, 1): 1}
    assert cohen_kappa(pairs, "linear") == cohen_kappa(pairs, "linear", [1, 2, 3])
    assert cohen_kappa(pairs, "linear") > cohen_kappa(pairs)
    assert not math.isnan(cohen_kappa({("a", 1): 2, (1, "a"): 1}, "linear"))


def test_kappa_of_nothing_is_nan() -> None:
    assert math.isnan(cohen_kappa({}))
    assert all(math.isnan(end) for end in kappa_interval({}))
    assert all(math.isnan(end) for end in kappa_interval({("a", "a"): 5}))
    assert all(math.isnan(end) for end in kappa_interval({("a", "a"): 5000}))


def test_complete_agreement_of_few_is_not_taken_for_certain() -> None:
    assert kappa_interval({("a", "a"): 10, ("b", "b"): 10}) == pytest.approx((1 - 2 * (1 - wilson(20, 20)[0]), 1.0))


TRUE = {("pro", "pro"): 0.4, ("pro", "meta"): 0.1, ("meta", "pro"): 0.08, ("meta", "meta"): 0.27, ("ana", "ana"): 0.15}


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_the_interval_for_many_pairs_is_near_that_of_the_bootstrap(weights: Any) -> None:
    pairs = {pair: round(2500 * share) for pair, share in TRUE.items()}
    order = ["pro", "meta", "ana"]
    expected = bootstrap(pairs, lambda drawn: cohen_kappa(drawn, weights, order), replicates=400)
    assert kappa_interval(pairs, weights, order) == pytest.approx(expected, abs=0.004)


# J. L. Fleiss, Measuring nominal scale agreement among many raters, 1971, as in the article of Wikipedia.
FLEISS = [
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
]


def test_fleiss_kappa_of_the_example() -> None:
    units = [list(Counter(dict(enumerate(counts))).elements()) for counts in FLEISS]
    assert fleiss_kappa(units) == pytest.approx(0.20993, abs=5e-6)


def test_fleiss_kappa_and_nominal_alpha_differ_by_the_sample_alone() -> None:
    chance = random.Random(4)
    units = [[chance.choice("aab") for _ in range(5)] for _ in range(30)]
    kappa = fleiss_kappa(units)
    assert krippendorff_alpha(units) == pytest.approx(kappa + (1 - kappa) / 150, abs=1e-12)


def test_fleiss_kappa_refuses_units_of_different_sizes() -> None:
    with pytest.raises(ValueError, match=r"units of \[2, 3\] answers"):
        fleiss_kappa([["a", "a"], ["a", "b", "a"]])


@pytest.mark.parametrize("metric", ["nominal", "interval"])
def test_alpha_is_that_of_krippendorff_with_gaps(metric: Any) -> None:
    import krippendorff  # type: ignore[import-untyped]

    chance = random.Random(6)
    for _ in range(40):
        units = [
            [chance.randint(0, 4) + (index % 3) for _ in range(chance.randint(0, 5))]
            for index in range(chance.randint(4, 20))
        ]
        data = np.full((5, len(units)), np.nan)
        for at, unit in enumerate(units):
            data[: len(unit), at] = unit
        expected = krippendorff.alpha(reliability_data=data, level_of_measurement=metric)
        assert krippendorff_alpha(units, metric) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("units", [[], [["a"]], [["a", "a"], ["a", "a"]]])
def test_alpha_without_anything_to_compare_is_nan(units: Any) -> None:
    assert math.isnan(krippendorff_alpha(units))


def test_other_coefficients_of_nothing_are_nan() -> None:
    assert math.isnan(fleiss_kappa([]))
    assert math.isnan(krippendorff_alpha([[2.0, 2.0]], "interval"))
