"""Coefficients of agreement beyond chance: Cohen's κ, Fleiss' κ and Krippendorff's α.

Each is NaN where it is not defined: where all raters give the same answer to everything, agreement by chance is
complete, and there is nothing beyond it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar

from vision_magic.each.evaluation.statistics import NO_INTERVAL, Interval, bootstrap, wilson, z_quantile

__all__ = ["Weights", "cohen_kappa", "fleiss_kappa", "kappa_interval", "krippendorff_alpha"]

Weights = Literal["linear", "quadratic"]

Answer = TypeVar("Answer", bound=Hashable)
Pairs = Mapping[tuple[Answer, Answer], int]

_BOOTSTRAP_TO: Final = 1000  # pairs; with more, the large-sample interval is the same to two digits


def cohen_kappa(
    pairs: Mapping[tuple[Answer, Answer], int],
    weights: Weights | None = None,
    order: Sequence[Answer] | None = None,
) -> float:
    """Return Cohen's κ of two raters.

    Parameters
    ----------
    pairs : mapping of (answer, answer) to int
        How often each pair of answers occurs.
    weights : {"linear", "quadratic"}, optional
        Count a pair of neighbouring classes as a smaller disagreement than one of distant classes.
    order : sequence, optional
        All classes in their order, for the weights; by default, the sorted answers.

    Returns
    -------
    float
        1 for complete agreement, 0 for as much as by chance, below 0 for less; NaN if it is not defined.

    References
    ----------
    J. Cohen, A coefficient of agreement for nominal scales, 1960; the weighted one, 1968.
    """
    firsts, seconds, n = _margins(pairs)
    if weights is None:
        agreed = sum(count for (first, second), count in pairs.items() if first == second)
        chance = sum(count * seconds[answer] for answer, count in firsts.items())
        return (n * agreed - chance) / (n * n - chance) if n * n != chance else math.nan
    distance = _distance(weights, order if order is not None else _sorted({*firsts, *seconds}))
    observed = sum(count * distance(*pair) for pair, count in pairs.items())
    expected = sum(
        one * other * distance(first, second) for first, one in firsts.items() for second, other in seconds.items()
    )
    return 1 - observed * n / expected if expected else math.nan


def _margins(pairs: Pairs[Answer]) -> tuple[Counter[Answer], Counter[Answer], int]:
    """Return how often each rater gave each answer, and the number of pairs."""
    firsts: Counter[Answer] = Counter()
    seconds: Counter[Answer] = Counter()
    for (first, second), count in pairs.items():
        firsts[first] += count
        seconds[second] += count
    return firsts, seconds, sum(firsts.values())


def _distance(weights: Weights | None, order: Sequence[Answer]) -> Callable[[Answer, Answer], int]:
    """Return the disagreement of two answers: 0 or 1, or by how many classes they differ, or its square."""
    if weights is None:
        return lambda first, second: int(first != second)
    places = {answer: place for place, answer in enumerate(order)}
    power = {"linear": 1, "quadratic": 2}[weights]
    return lambda first, second: abs(places[first] - places[second]) ** power


def _sorted(answers: Collection[Answer]) -> list[Answer]:
    try:
        return sorted(answers)  # type: ignore[type-var]
    except TypeError:  # of several types
        return sorted(answers, key=repr)


def kappa_interval(
    pairs: Mapping[tuple[Answer, Answer], int],
    weights: Weights | None = None,
    order: Sequence[Answer] | None = None,
    *,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Return the interval of Cohen's κ: by the bootstrap, or by its standard error for more than 1,000 pairs.

    Where all pairs agree, both would say that κ is certainly 1. The lower end is then that of Wilson's interval of the
    agreement, with the agreement by chance as it was observed.

    Parameters
    ----------
    pairs, weights, order
        As for `cohen_kappa`.
    level : float
        The probability with which it covers the true value, above 0 and below 1.
    seed : int
        The start of the random numbers of the bootstrap.
    """
    n = sum(pairs.values())
    if all(first == second for first, second in pairs):
        chance = sum(count * count for count in pairs.values()) / (n * n or 1)
        return (1 - (1 - wilson(n, n, level)[0]) / (1 - chance), 1.0) if 0 < chance < 1 else NO_INTERVAL
    if n > _BOOTSTRAP_TO:
        return _large_sample_interval(pairs, weights, order, level)
    if weights is not None and order is None:
        order = _sorted({answer for pair in pairs for answer in pair})
    return bootstrap(pairs, lambda drawn: cohen_kappa(drawn, weights, order), level=level, seed=seed)


def _large_sample_interval(
    pairs: Pairs[Answer], weights: Weights | None, order: Sequence[Answer] | None, level: float
) -> Interval:
    """Return the interval by the standard error of Fleiss, Cohen and Everitt (1969), in terms of disagreement."""
    kappa = cohen_kappa(pairs, weights, order)
    if math.isnan(kappa):
        return NO_INTERVAL
    firsts, seconds, n = _margins(pairs)
    distance = _distance(weights, order if order is not None else _sorted({*firsts, *seconds}))
    of_first = {one: sum(count * distance(one, two) for two, count in seconds.items()) / n for one in firsts}
    of_second = {two: sum(count * distance(one, two) for one, count in firsts.items()) / n for two in seconds}
    expected = sum(count * of_first[one] for one, count in firsts.items()) / n
    observed = sum(count * distance(*pair) for pair, count in pairs.items()) / n
    # By the delta method: κ = 1 - observed / expected, and each pair changes both.
    change = {
        (one, two): distance(one, two) / expected - observed * (of_first[one] + of_second[two]) / expected**2
        for one, two in pairs
    }
    mean = sum(count * change[pair] for pair, count in pairs.items()) / n
    variance = sum(count * (change[pair] - mean) ** 2 for pair, count in pairs.items()) / n**2
    half = z_quantile(level) * math.sqrt(variance)
    return max(-1.0, kappa - half), min(1.0, kappa + half)


def fleiss_kappa(units: Iterable[Collection[Hashable]]) -> float:
    """Return Fleiss' κ of units that were answered equally often.

    Parameters
    ----------
    units : iterable of collections
        The answers about each picture, at least two each.

    Raises
    ------
    ValueError
        The numbers of answers differ; `krippendorff_alpha` allows that.
    """
    total: Counter[Hashable] = Counter()
    agreed, pictures, sizes = 0, 0, set()
    for unit in units:
        counts = Counter(unit)
        sizes.add(counts.total())
        pictures += 1
        agreed += sum(count * (count - 1) for count in counts.values())
        total.update(counts)
    if not pictures:
        return math.nan
    if len(sizes) > 1 or min(sizes) < 2:
        raise ValueError(f"fleiss_kappa got units of {sorted(sizes)} answers; expected the same number, at least 2.")
    n, m = total.total(), sizes.pop()
    chance = sum(count * count for count in total.values())
    # (observed - expected) / (1 - expected), over a common denominator
    return (agreed * n - chance * (m - 1)) / ((n * n - chance) * (m - 1)) if n * n != chance else math.nan


def krippendorff_alpha(
    units: Iterable[Collection[Hashable]], metric: Literal["nominal", "interval"] = "nominal"
) -> float:
    """Return Krippendorff's α of pictures that were answered several times, not all equally often.

    Parameters
    ----------
    units : iterable of collections
        The answers about each picture; pictures with fewer than two say nothing and are left out.
    metric : {"nominal", "interval"}
        Whether answers are equal or different, or numbers whose squared differences count.

    References
    ----------
    K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011.
    """
    several = [unit for unit in units if len(unit) > 1]
    if not several:
        return math.nan
    return _nominal_alpha(several) if metric == "nominal" else _interval_alpha(several)


def _nominal_alpha(units: Sequence[Collection[Hashable]]) -> float:
    total: Counter[Hashable] = Counter()
    observed = []
    for unit in units:
        counts = Counter(unit)
        total.update(counts)
        m = counts.total()
        observed.append((m * m - sum(count * count for count in counts.values())) / (m - 1))
    n = total.total()
    expected = n * n - sum(count * count for count in total.values())
    return 1 - (n - 1) * math.fsum(observed) / expected if expected else math.nan


def _interval_alpha(units: Sequence[Collection[Any]]) -> float:
    numbers = [number for unit in units for number in unit]
    n = len(numbers)
    expected = _squares(numbers) / (n - 1)
    observed = math.fsum(len(unit) * _squares(list(unit)) / (len(unit) - 1) for unit in units) / n
    return 1 - observed / expected if expected else math.nan


def _squares(numbers: Sequence[float]) -> float:
    """Return the sum of the squared distances from the mean."""
    mean = math.fsum(numbers) / len(numbers)
    return math.fsum((number - mean) ** 2 for number in numbers)
