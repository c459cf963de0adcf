"""Consistency of a model with itself: the answers to the same question about the same picture."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.each.evaluation.agreement import fleiss_kappa, krippendorff_alpha
from vision_magic.each.evaluation.pairs import most_frequent
from vision_magic.each.evaluation.statistics import Interval, wilson, z_quantile
from vision_magic.each.evaluation.words import consensus_html, number_words, paragraph_html, share_words
from vision_magic.each.progress.words import key_words
from vision_magic.each.row import Key
from vision_magic.images.image import Image
from vision_magic.text import clean_text

__all__ = ["Consensus", "Consistency", "consistency_of"]

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The answers about one picture.

    Attributes
    ----------
    key : Key
        The picture.
    value : str, bool, int or float
        The most frequent answer, the first of those that are equally frequent; the mean of numbers.
    share : float
        The share of the answers that equal the most frequent one (above 0, to 1).
    values : tuple
        All answers, in their order.
    """

    key: Key
    value: Any
    share: float
    values: tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Consistency:
    """How consistently a model answers the same question about the same picture.

    Attributes
    ----------
    field : str
        The field whose answers are compared.
    numbers : bool
        Whether the answers are numbers, whose distances count.
    n : int
        The number of pictures with at least two answers.
    repeats : int
        The number of answers about a picture, at most.
    equal : int
        The pictures whose answers are all equal.
    left_out : int
        The pictures with fewer than two answers.
    alpha : float
        Krippendorff's α, nominal or for numbers of the interval kind; NaN if nothing varies.
    fleiss : float
        Fleiss' κ; NaN for numbers, if pictures were not answered equally often, or if nothing varies.
    within_deviation : float
        For numbers, the standard deviation of the answers about one picture; otherwise NaN.
    different : tuple of Consensus
        The pictures whose answers are not all equal, those with the least agreement first.
    """

    field: str
    numbers: bool
    n: int
    repeats: int
    equal: int
    left_out: int
    alpha: float
    fleiss: float
    within_deviation: float
    different: tuple[Consensus, ...] = dataclasses.field(repr=False)
    picture: Callable[[Any], Image | None] | None = dataclasses.field(default=None, repr=False, compare=False)

    @property
    def equal_share(self) -> float:
        """The share of pictures whose answers are all equal (0 to 1); NaN without pictures."""
        return self.equal / self.n if self.n else math.nan

    @property
    def equal_share_interval(self) -> Interval:
        """Wilson's 95 % interval of `equal_share`."""
        return wilson(self.equal, self.n)

    @property
    def repeatability(self) -> float:
        """For numbers: two answers about one picture differ by less than this with a probability of 95 %."""
        return z_quantile() * math.sqrt(2) * self.within_deviation

    def summary(self) -> list[str]:
        """Return how consistent the answers are, in sentences."""
        if not self.n:
            return [f"{self.field}: no picture has two answers; ask several times with ask_each(…, repeat=5)."]
        share = share_words(self.equal_share, self.equal_share_interval)
        lines = [f"{self.field}: all answers equal for {self.equal:,} of {self.n:,} pictures, {share}."]
        if math.isnan(self.alpha):
            lines.append("Krippendorff's α is not defined: all answers are the same, so that nothing varies.")
        else:
            fleiss = "" if math.isnan(self.fleiss) else f"; Fleiss' κ {number_words(self.fleiss)}"
            lines.append(f"Krippendorff's α {number_words(self.alpha)}{fleiss}.")
        if self.numbers:
            lines.append(
                f"Within a picture, the standard deviation is {self.within_deviation:.3g}; two answers differ by less "
                f"than {self.repeatability:.3g} in 95 % of the cases."
            )
        if self.left_out:
            lines.append(f"{self.left_out:,} with fewer than two answers, left out.")
        return lines

    def __repr__(self) -> str:
        lines = self.summary()
        for one in self.different[:_SHOWN]:
            lines.append(f"{key_words(one.key)}: {self.words(one)}")
        if len(self.different) > _SHOWN:
            lines.append(f"and {len(self.different) - _SHOWN:,} more")
        return clean_text("\n".join(lines))

    def words(self, one: Consensus) -> str:
        """Return the answers about a picture in words, the most frequent first."""
        if self.numbers:
            return f"{min(one.values):.6g} to {max(one.values):.6g}, mean {one.value:.6g}"
        counts = Counter(one.values).most_common()
        return ", ".join(f"{value} {count} of {len(one.values)}" for value, count in counts)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        folded = consensus_html(
            [(one.key, self.words(one)) for one in self.different[:_SHOWN]], len(self.different), self.picture
        )
        return {"text/html": f"<div>{paragraph_html(self.summary())}{folded}</div>", "text/plain": repr(self)}


def consistency_of(
    answers: Iterable[tuple[Key, Sequence[Any]]],
    *,
    field: str,
    numbers: bool,
    picture: Callable[[Any], Image | None] | None = None,
) -> Consistency:
    """Return the consistency of answers.

    Parameters
    ----------
    answers : iterable of (key, sequence)
        The answers about each picture, without those that failed.
    field, numbers, picture
        See `Consistency`.
    """
    units: list[Sequence[Any]] = []
    different: list[Consensus] = []
    left_out = 0
    for key, values in answers:
        if len(values) < 2:
            left_out += 1
            continue
        units.append(values)
        value, share = most_frequent(values)
        if share < 1:
            mean = math.fsum(values) / len(values) if numbers else value
            different.append(Consensus(key=key, value=mean, share=share, values=tuple(values)))
    sizes = {len(unit) for unit in units}
    return Consistency(
        field=field,
        numbers=numbers,
        n=len(units),
        repeats=max(sizes, default=0),
        equal=len(units) - len(different),
        left_out=left_out,
        alpha=krippendorff_alpha(units, "interval" if numbers else "nominal"),
        fleiss=fleiss_kappa(units) if len(sizes) == 1 and not numbers else math.nan,
        within_deviation=_within(units) if numbers and units else math.nan,
        different=tuple(sorted(different, key=_spread if numbers else lambda one: one.share)),
        picture=picture,
    )


def _within(units: Sequence[Sequence[float]]) -> float:
    """Return the standard deviation within pictures, pooled over all."""
    squares = []
    for unit in units:
        mean = math.fsum(unit) / len(unit)
        squares += [(value - mean) ** 2 for value in unit]
    return math.sqrt(math.fsum(squares) / (len(squares) - len(units)))


def _spread(one: Consensus) -> float:
    return float(min(one.values) - max(one.values))
