"""Comparison of classes: accuracy, agreement beyond chance, each class, and which classes are confused."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from vision_magic.each.evaluation.agreement import Weights, cohen_kappa, kappa_interval
from vision_magic.each.evaluation.pairs import Missing, Pair
from vision_magic.each.evaluation.statistics import Interval, wilson
from vision_magic.each.evaluation.words import (
    aligned,
    class_words,
    different_html,
    fold_html,
    interval_words,
    matrix_text,
    missing_words,
    number_words,
    paragraph_html,
    picture_html,
    scores_html,
    share_words,
    unanswered_words,
)
from vision_magic.images.image import Image
from vision_magic.render.confusion import confusion_svg
from vision_magic.reprs import short_repr
from vision_magic.text import clean_text

__all__ = ["ClassScore", "Comparison", "compare_classes", "is_alike"]

_FEW: Final = 12  # classes of a schema that are all shown, also those that do not occur


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """How well one class is recognised.

    Attributes
    ----------
    name : str, bool, int or float
        The class.
    precision : float
        The share of the answers of this class that are right (0 to 1); NaN if there are none.
    recall : float
        The share of the pictures of this class that were recognised (0 to 1); NaN if there are none.
    f1 : float
        The harmonic mean of both: 2 · right / (labels + answers); NaN without either.
    support : int
        The number of labels of this class.
    """

    name: Any
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Answers compared with labels, or with the answers of another table.

    Attributes
    ----------
    field : str
        The field that is compared.
    kind : {"labels", "tables"}
        What the answers are compared with.
    counts : mapping of (class, class) to int
        How often each pair of a label and an answer occurs.
    classes : tuple
        All classes, in the order of the schema, or else sorted.
    missing : Missing
        The pictures that could not be compared.
    different : tuple of Pair
        The pairs that differ; in order of the pictures.
    names : (str, str)
        What is compared: ``("label", "answer")``, or the models of both tables, that of the other one first.
    weights : {"linear", "quadratic"} or None
        How distances between ordered classes count in `weighted_kappa`.
    kappa, kappa_interval : float, (float, float)
        Cohen's κ and its 95 % interval; NaN if it is not defined.
    weighted_kappa : float
        Weighted κ of ordered classes; NaN without an order.
    """

    field: str
    kind: Literal["labels", "tables"]
    counts: Mapping[tuple[Any, Any], int] = dataclasses.field(repr=False)
    classes: tuple[Any, ...]
    missing: Missing
    different: tuple[Pair, ...] = dataclasses.field(repr=False)
    names: tuple[str, str] = ("label", "answer")
    weights: Weights | None = None
    kappa: float = math.nan
    kappa_interval: Interval = (math.nan, math.nan)
    weighted_kappa: float = math.nan
    picture: Callable[[Any], Image | None] | None = dataclasses.field(default=None, repr=False, compare=False)

    @property
    def n(self) -> int:
        """The number of pictures that were compared."""
        return sum(self.counts.values())

    @property
    def equal(self) -> int:
        """The number of pictures on which both are equal."""
        return sum(count for (reference, answer), count in self.counts.items() if reference == answer)

    @property
    def accuracy(self) -> float:
        """The share of equal pairs among all pairs (0 to 1); NaN without any."""
        return self.equal / self.n if self.n else math.nan

    @property
    def accuracy_interval(self) -> Interval:
        """Wilson's 95 % interval of `accuracy`."""
        return wilson(self.equal, self.n)

    @property
    def accuracy_with_unanswered(self) -> float:
        """The share of equal pairs if each picture without an answer counts as wrong (0 to 1)."""
        every = self.n + self.missing.unanswered
        return self.equal / every if every else math.nan

    @property
    def accuracy_with_unanswered_interval(self) -> Interval:
        """Wilson's 95 % interval of `accuracy_with_unanswered`."""
        return wilson(self.equal, self.n + self.missing.unanswered)

    @property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """The confusion matrix: a row for each class of the labels, a column for each class of the answers."""
        return tuple(tuple(self.counts.get((one, other), 0) for other in self.classes) for one in self.classes)

    @property
    def per_class(self) -> tuple[ClassScore, ...]:
        """Precision, recall and F1 of each class."""
        labels: Counter[Any] = Counter()
        answers: Counter[Any] = Counter()
        for (reference, answer), count in self.counts.items():
            labels[reference] += count
            answers[answer] += count
        return tuple(self._score(name, labels[name], answers[name]) for name in self.classes)

    def _score(self, name: Any, labels: int, answers: int) -> ClassScore:
        right = self.counts.get((name, name), 0)
        return ClassScore(
            name=name,
            precision=right / answers if answers else math.nan,
            recall=right / labels if labels else math.nan,
            f1=2 * right / (labels + answers) if labels + answers else math.nan,
            support=labels,
        )

    @property
    def worst(self) -> tuple[Pair, ...]:
        """The pairs that differ: those that the model was surest of first, then the doubtful ones, then the others."""
        return tuple(sorted(self.different, key=_how_bad))

    def to_svg(self) -> str:
        """Return the confusion matrix as SVG, for a file or a paper."""
        rows, columns = self.names
        return confusion_svg(self.classes, self.matrix, rows=rows, columns=columns)

    # -- display -----------------------------------------------------------------------------------------------

    def summary(self) -> list[str]:
        """Return what was compared, and how much of it is equal, in sentences."""
        lines = [self._result()]
        if self.missing.unanswered and self.kind == "labels":
            share = share_words(self.accuracy_with_unanswered, self.accuracy_with_unanswered_interval)
            if self.n:
                lines.append(f"{self.missing.unanswered:,} more without an answer; counted as wrong, accuracy {share}.")
            else:
                lines.append(unanswered_words(self.missing.unanswered))
        lines += missing_words(self.missing, self.kind)
        lines += self._spelling()
        lines.append(self._kappa_in_words())
        return [line for line in lines if line]

    def _spelling(self) -> list[str]:
        """Return how many pairs differ only in how they are written; that is not for us to decide."""
        count = sum(number for pair, number in self.counts.items() if pair[0] != pair[1] and is_alike(*pair))
        if not count:
            return []
        reference, answer = next(pair for pair in self.counts if pair[0] != pair[1] and is_alike(*pair))
        return [
            f"{count:,} {'differs' if count == 1 else 'differ'} only in case, blanks or punctuation, such as "
            f"{short_repr(reference)} and {short_repr(answer)}. Write them alike, as with .str.strip().str.lower()."
        ]

    def _result(self) -> str:
        if not self.n:
            return f"{self.field}: no picture could be compared."
        share = share_words(self.accuracy, self.accuracy_interval)
        pictures = "picture" if self.n == 1 else "pictures"
        if self.kind == "labels":
            return f"{self.field}: {self.equal:,} of {self.n:,} labelled {pictures} right, accuracy {share}."
        return f"{self.field}: {self.equal:,} of {self.n:,} {pictures} answered alike, agreement {share}."

    def _kappa_in_words(self) -> str:
        if not self.n:
            return ""
        if math.isnan(self.kappa):
            return "Cohen's κ is not defined: there is only one class, so that agreement by chance is complete."
        weighted = ""
        if not math.isnan(self.weighted_kappa):
            weighted = f"; with {self.weights} weights {number_words(self.weighted_kappa)}"
        return f"Cohen's κ {interval_words(self.kappa, self.kappa_interval)}{weighted}."

    def __repr__(self) -> str:
        if not self.n:
            return "\n".join(self.summary())
        rows, columns = self.names
        parts = [*self.summary(), "", matrix_text(self.classes, self.matrix, f"{rows} \\ {columns}")]
        if self.kind == "labels":
            parts += ["", aligned(self._score_rows())]
        return clean_text("\n".join(parts))

    def _score_rows(self) -> list[list[str]]:
        rows = [
            [
                class_words(one.name),
                *(number_words(value) for value in (one.precision, one.recall, one.f1)),
                f"{one.support:,}",
            ]
            for one in self.per_class
        ]
        return [["class", "precision", "recall", "F1", "labels"], *rows]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self._html(), "text/plain": repr(self)}

    def _html(self) -> str:
        parts = [paragraph_html(self.summary())]
        if self.n:
            parts.append(picture_html(self.to_svg(), self._alt()))
        if self.n and self.kind == "labels":
            parts.append(fold_html("Each class", scores_html(self._score_rows())))
        if self.different:
            title = f"{'Wrong' if self.kind == 'labels' else 'Different'} answers: {len(self.different):,}"
            parts.append(different_html(self.worst, self.names, self.picture, title))
        return f"<div>{''.join(parts)}</div>"

    def _alt(self) -> str:
        """Return what the picture shows, for those who cannot see it."""
        rows, columns = self.names
        return f"Confusion matrix, {rows} by {columns}. " + matrix_text(self.classes, self.matrix, "")


def _how_bad(pair: Pair) -> tuple[bool, float, bool]:
    return pair.confidence is None, -(pair.confidence or 0.0), not pair.doubt


def compare_classes(
    pairs: Iterable[Pair],
    *,
    field: str,
    kind: Literal["labels", "tables"],
    missing: Callable[[], Missing],
    names: tuple[str, str] = ("label", "answer"),
    categories: Sequence[Any] = (),
    ordered: bool = False,
    weights: Weights = "linear",
    picture: Callable[[Any], Image | None] | None = None,
) -> Comparison:
    """Compare pairs of classes.

    Parameters
    ----------
    pairs : iterable of Pair
        The pairs; they are read once, and only those that differ are kept.
    field, kind, names, weights, picture
        See `Comparison`.
    missing : callable
        Returns what could not be compared; it is asked after the last pair.
    categories : sequence
        The possible classes in the order of the schema; those that occur besides them follow.
    ordered : bool
        Whether the categories are in an order that has a meaning.
    """
    counts: Counter[tuple[Any, Any]] = Counter()
    different = []
    for pair in pairs:
        counts[pair.reference, pair.answer] += 1
        if pair.reference != pair.answer:
            different.append(pair)
    classes = _classes(counts, categories)
    return Comparison(
        field=field,
        kind=kind,
        counts=dict(counts),
        classes=classes,
        missing=missing(),
        different=tuple(different),
        names=names,
        weights=weights if ordered else None,
        kappa=cohen_kappa(counts),
        kappa_interval=kappa_interval(counts),
        weighted_kappa=cohen_kappa(counts, weights, classes) if ordered else math.nan,
        picture=picture,
    )


def _classes(counts: Iterable[tuple[Any, Any]], categories: Sequence[Any]) -> tuple[Any, ...]:
    """Return the classes: those of the schema that occur, in its order, then the others, sorted."""
    found = {name for pair in counts for name in pair}
    known = [name for name in categories if name in found or len(categories) <= _FEW]
    others = sorted(found - set(categories), key=lambda name: (str(type(name)), name))
    return (*known, *others)


def is_alike(one: Any, other: Any) -> bool:
    """Whether two classes are the same string but for case, blanks and punctuation."""
    return isinstance(one, str) and isinstance(other, str) and _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
