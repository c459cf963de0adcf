"""Comparison of numbers: bias, errors, limits of agreement and correlation."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from vision_magic.each.evaluation.pairs import Missing, Pair
from vision_magic.each.evaluation.statistics import NO_INTERVAL, Interval, mean_interval, t_quantile, z_quantile
from vision_magic.each.evaluation.words import (
    different_html,
    missing_words,
    paragraph_html,
    picture_html,
    scores_html,
    unanswered_words,
)
from vision_magic.images.image import Image
from vision_magic.render.bland_altman import bland_altman_svg
from vision_magic.text import clean_text

__all__ = ["NumericComparison", "compare_numbers"]


@dataclass(frozen=True, kw_only=True)
class NumericComparison:
    """Numbers compared with labels, or with those of another table.

    A difference is the answer minus the label, or minus the answer of the other table. All intervals are of 95 %.

    Attributes
    ----------
    field : str
        The field that is compared.
    kind : {"labels", "tables"}
        What the answers are compared with.
    pairs : tuple of Pair
        The pairs, in order of the pictures.
    missing : Missing
        The pictures that could not be compared.
    names : (str, str)
        What is compared: ``("label", "answer")``, or the models of both tables, that of the other one first.
    """

    field: str
    kind: Literal["labels", "tables"]
    pairs: tuple[Pair, ...] = dataclasses.field(repr=False)
    missing: Missing
    names: tuple[str, str] = ("label", "answer")
    picture: Callable[[Any], Image | None] | None = dataclasses.field(default=None, repr=False, compare=False)

    @property
    def n(self) -> int:
        """The number of pictures that were compared."""
        return len(self.pairs)

    @property
    def differences(self) -> list[float]:
        """The differences, in order of the pictures."""
        return [float(pair.answer) - float(pair.reference) for pair in self.pairs]

    @property
    def bias(self) -> float:
        """The mean difference; above 0 if the answers are too large. NaN without pairs."""
        return _mean(self.differences)

    @property
    def bias_interval(self) -> Interval:
        """Student's interval of `bias`."""
        return mean_interval(self.differences)

    @property
    def mae(self) -> float:
        """The mean absolute difference."""
        return _mean([abs(difference) for difference in self.differences])

    @property
    def mae_interval(self) -> Interval:
        """Student's interval of `mae`, which does not end below 0."""
        low, high = mean_interval([abs(difference) for difference in self.differences])
        return max(low, 0.0) if self.n > 1 else low, high

    @property
    def rmse(self) -> float:
        """The root of the mean squared difference."""
        return math.sqrt(_mean([difference**2 for difference in self.differences])) if self.n else math.nan

    @property
    def rmse_interval(self) -> Interval:
        """The interval of `rmse`, from Student's interval of the mean squared difference."""
        if self.n < 2:
            return NO_INTERVAL
        low, high = mean_interval([difference**2 for difference in self.differences])
        return math.sqrt(max(low, 0.0)), math.sqrt(high)

    @property
    def deviation(self) -> float:
        """The standard deviation of the differences; NaN for fewer than two."""
        if self.n < 2:
            return math.nan
        return math.sqrt(_squares(self.differences) / (self.n - 1))

    @property
    def limits(self) -> Interval:
        """The limits of agreement of Bland and Altman (1986): 95 % of the differences lie between them, if normal."""
        half = z_quantile() * self.deviation
        return self.bias - half, self.bias + half

    @property
    def limits_intervals(self) -> tuple[Interval, Interval]:
        """The intervals of both `limits`, by Bland and Altman's standard error."""
        if self.n < 2:
            return NO_INTERVAL, NO_INTERVAL
        z = z_quantile()
        half = t_quantile(0.95, self.n - 1) * self.deviation * math.sqrt(1 / self.n + z * z / (2 * (self.n - 1)))
        low, high = self.limits
        return (low - half, low + half), (high - half, high + half)

    @property
    def correlation(self) -> float:
        """Pearson's r; NaN if one side is constant. Two that correlate need not agree: see `concordance`."""
        answers, references = self._sides()
        product = math.sqrt(_squares(answers)) * math.sqrt(_squares(references)) if self.n > 1 else 0.0
        return max(-1.0, min(1.0, _products(answers, references) / product)) if product else math.nan

    @property
    def correlation_interval(self) -> Interval:
        """The interval of `correlation` by Fisher's transformation; NaN for fewer than four pairs."""
        r = self.correlation
        if math.isnan(r) or self.n < 4:
            return NO_INTERVAL
        if abs(r) == 1:
            return r, r
        half = z_quantile() / math.sqrt(self.n - 3)
        return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)

    @property
    def concordance(self) -> float:
        """Lin's concordance correlation coefficient: 1 only if all pairs are equal; NaN if nothing varies."""
        if self.n < 2:
            return math.nan
        answers, references = self._sides()
        apart = self.n * (_mean(answers) - _mean(references)) ** 2
        spread = _squares(answers) + _squares(references) + apart
        return 2 * _products(answers, references) / spread if spread else math.nan

    @property
    def worst(self) -> tuple[Pair, ...]:
        """The pairs that differ, those that differ most first."""
        different = [pair for pair in self.pairs if pair.answer != pair.reference]
        return tuple(sorted(different, key=lambda pair: -abs(float(pair.answer) - float(pair.reference))))

    def _sides(self) -> tuple[list[float], list[float]]:
        return [float(pair.answer) for pair in self.pairs], [float(pair.reference) for pair in self.pairs]

    def to_svg(self) -> str:
        """Return the Bland–Altman plot as SVG, for a file or a paper.

        Raises
        ------
        ValueError
            There are no pairs.
        """
        if not self.n:
            raise ValueError("There are no pairs of numbers to draw; see `missing` for what could not be compared.")
        other, own = self.names
        return bland_altman_svg(*self._sides(), self.bias, self.limits, names=(own, other))

    # -- display -----------------------------------------------------------------------------------------------

    def summary(self) -> list[str]:
        """Return what was compared, and how far it differs, in sentences."""
        what = f"{'labelled ' * (self.kind == 'labels')}picture{'s' * (self.n != 1)}"
        if not self.n:
            return [f"{self.field}: no picture could be compared.", *self._missing()]
        bias = f"bias {_words(self.bias, self.bias_interval)}"
        return [f"{self.field}: {self.n:,} {what}, {bias}, mean absolute error {_number(self.mae)}.", *self._missing()]

    def _missing(self) -> list[str]:
        words = missing_words(self.missing, self.kind)
        if self.missing.unanswered and self.kind == "labels":
            count = self.missing.unanswered
            more = f"{count:,} more without an answer, which no error counts."
            words.insert(0, more if self.n else unanswered_words(count))
        return words

    def rows(self) -> list[tuple[str, str]]:
        """Return the names of all figures, and each with its interval in words."""
        low, high = self.limits
        return [
            ("bias", _words(self.bias, self.bias_interval)),
            ("mean absolute error", _words(self.mae, self.mae_interval)),
            ("root mean squared error", _words(self.rmse, self.rmse_interval)),
            ("limits of agreement", "–" if math.isnan(low) else f"{_number(low)} to {_number(high)}"),
            ("correlation", _words(self.correlation, self.correlation_interval)),
            ("concordance", _number(self.concordance)),
        ]

    def __repr__(self) -> str:
        lines = self.summary()
        if self.n:
            width = max(len(name) for name, _ in self.rows())
            lines += [
                "",
                f"{'':<{width}}  with its 95 % interval",
                *(f"{name:<{width}}  {words}" for name, words in self.rows()),
            ]
        return clean_text("\n".join(lines))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self._html(), "text/plain": repr(self)}

    def _html(self) -> str:
        parts = [paragraph_html(self.summary())]
        if self.n:
            figures = "; ".join(f"{name} {words}" for name, words in self.rows())
            parts.append(picture_html(self.to_svg(), f"Bland–Altman plot of {self.n:,} pairs. {figures}"))
            parts.append(scores_html([("", "with its 95 % interval"), *self.rows()]))
        if worst := self.worst:
            parts.append(different_html(worst, self.names, self.picture, "The largest differences"))
        return f"<div>{''.join(parts)}</div>"


def compare_numbers(
    pairs: Iterable[Pair],
    *,
    field: str,
    kind: Literal["labels", "tables"],
    missing: Callable[[], Missing],
    names: tuple[str, str] = ("label", "answer"),
    picture: Callable[[Any], Image | None] | None = None,
) -> NumericComparison:
    """Compare pairs of numbers; parameters as for `compare_classes`."""
    found = tuple(pairs)
    return NumericComparison(field=field, kind=kind, pairs=found, missing=missing(), names=names, picture=picture)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if values else math.nan


def _squares(values: Sequence[float]) -> float:
    return _products(values, values)


def _products(first: Sequence[float], second: Sequence[float]) -> float:
    """Return the sum of the products of the distances from the means."""
    one, two = _mean(first), _mean(second)
    return math.fsum((a - one) * (b - two) for a, b in zip(first, second, strict=True))


def _words(value: float, ends: Interval) -> str:
    if math.isnan(ends[0]):
        return _number(value)
    return f"{_number(value)} ({_number(ends[0])} to {_number(ends[1])})"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3g}".replace("-", "−")
