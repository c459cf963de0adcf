"""Confidence intervals: of a share, of a mean, of a correlation, and by the bootstrap."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from statistics import NormalDist
from typing import Final, TypeVar

__all__ = ["Interval", "bootstrap", "mean_interval", "percentiles", "t_quantile", "wilson", "z_quantile"]

Interval = tuple[float, float]
"""The lower and the upper end; NaN for both where there is none."""

NO_INTERVAL: Final[Interval] = (math.nan, math.nan)

_LEVEL: Final = 0.95
_REPLICATES: Final = 2000  # the ends of an interval are then good to about 0.05 of its length
_STEPS: Final = 200  # of a continued fraction, and of a search

Item = TypeVar("Item", bound=Hashable)


def z_quantile(level: float = _LEVEL) -> float:
    """Return the quantile of the normal distribution for a two-sided interval, such as 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(successes: int, n: int, level: float = _LEVEL) -> Interval:
    """Return Wilson's score interval of a share.

    Unlike the share ± 1.96 standard errors, it covers what it promises for few trials and for shares near 0 and 1, and
    never ends outside them.

    Parameters
    ----------
    successes, n : int
        How many of how many.
    level : float
        The probability with which it covers the true share, above 0 and below 1.

    Returns
    -------
    (float, float)
        Its ends (0 to 1); NaN without trials.
    """
    if n == 0:
        return NO_INTERVAL
    z = z_quantile(level)
    share, square = successes / n, z * z / n
    centre = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / n + square / (4 * n)) / (1 + square)
    # Exact at the ends, where rounding would leave 1e-17.
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    return low, 1.0 if successes == n else min(1.0, centre + half)


def mean_interval(values: Sequence[float], level: float = _LEVEL) -> Interval:
    """Return Student's interval of a mean; NaN for fewer than two values."""
    n = len(values)
    if n < 2:
        return NO_INTERVAL
    mean = math.fsum(values) / n
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t_quantile(level, n - 1) * deviation / math.sqrt(n)
    return mean - half, mean + half


def t_quantile(level: float, freedom: int) -> float:
    """Return the quantile of Student's distribution for a two-sided interval.

    Parameters
    ----------
    level : float
        The probability between the negative and the positive quantile, above 0 and below 1.
    freedom : int
        Degrees of freedom, 1 or more.
    """
    low, high = 0.0, 1.0
    while _outside_t(high, freedom) > 1 - level:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _outside_t(middle, freedom) > 1 - level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _outside_t(t: float, freedom: int) -> float:
    """Return the probability of a Student variable beyond ±t."""
    return _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """Return the regularised incomplete beta function (Numerical Recipes, section 6.4)."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    if x > (a + 1) / (a + b + 2):  # the fraction converges quickly on the other side
        return 1 - math.exp(log_front) * _beta_fraction(b, a, 1 - x) / b
    return math.exp(log_front) * _beta_fraction(a, b, x) / a


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300


def percentiles(values: Sequence[float], level: float = _LEVEL, bias: float = 0.0) -> Interval:
    """Return the ends between which the middle values lie, without NaN; NaN if there are none.

    A `bias` (standard deviations) moves both ends by twice as much.
    """
    known = sorted(value for value in values if not math.isnan(value))
    if not known:
        return NO_INTERVAL
    normal, half = NormalDist(), z_quantile(level)
    return _percentile(known, normal.cdf(2 * bias - half)), _percentile(known, normal.cdf(2 * bias + half))


def _percentile(known: Sequence[float], share: float) -> float:
    """Return a percentile of sorted values, interpolated as NumPy does."""
    place = share * (len(known) - 1)
    below = math.floor(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (place - below) * (known[above] - known[below])


def bootstrap(
    counts: Mapping[Item, int],
    statistic: Callable[[Mapping[Item, int]], float],
    *,
    level: float = _LEVEL,
    replicates: int = _REPLICATES,
    seed: int = 0,
) -> Interval:
    """Return the bias-corrected bootstrap interval of a statistic of counted items (Efron, 1981).

    The items are drawn again, as many as there are, with replacement. The ends are percentiles of what is drawn, moved
    by twice the share by which these lie below what was observed. The same counts have the same interval on every
    machine: it does not depend on which libraries are installed.

    Parameters
    ----------
    counts : mapping of item to int
        How often each item was observed, such as each pair of a label and an answer.
    statistic : callable
        Computes the statistic from counts; NaN where it is not defined, which is left out.
    level : float
        The probability with which it covers the true value, above 0 and below 1.
    replicates : int
        How often the items are drawn.
    seed : int
        The start of the random numbers.
    """
    items = list(counts)
    n = sum(counts.values())
    if n == 0:
        return NO_INTERVAL
    chance = random.Random(seed)
    places, sums = range(len(items)), list(itertools.accumulate(counts.values()))
    found = []
    for _ in range(replicates):
        drawn = Counter(chance.choices(places, cum_weights=sums, k=n))  # integers, which are counted faster than items
        found.append(statistic({items[place]: count for place, count in drawn.items()}))
    return percentiles(found, level, _bias(found, statistic(counts)))


def _bias(found: Sequence[float], observed: float) -> float:
    """Return by how many standard deviations the statistic that was observed lies above the median of those drawn."""
    drawn = [value for value in found if not math.isnan(value)]
    below = sum((value < observed) + 0.5 * (value == observed) for value in drawn)
    if not 0 < below < len(drawn):  # also where nothing is observed
        return 0.0
    return NormalDist().inv_cdf(below / len(drawn))
