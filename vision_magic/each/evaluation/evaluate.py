"""Evaluation of the rows of a run: against labels, against another table, and against themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Protocol

from vision_magic.each.evaluation.agreement import Weights
from vision_magic.each.evaluation.classes import Comparison, compare_classes, is_alike
from vision_magic.each.evaluation.consistency import Consistency, consistency_of
from vision_magic.each.evaluation.numbers import NumericComparison, compare_numbers
from vision_magic.each.evaluation.pairs import (
    Missing,
    Pair,
    answer_of,
    answers_by_picture,
    chosen_field,
    is_number,
    labels_by_key,
    value_of,
)
from vision_magic.each.row import Key, Row
from vision_magic.each.table.columns import Field
from vision_magic.errors import RunError
from vision_magic.images.image import Image
from vision_magic.images.lazy_types import is_instance
from vision_magic.reprs import short_repr

__all__ = ["Answers", "Kind", "Scale", "compare_tables", "compare_with_labels", "consistency_of_rows"]

Kind = Literal["classes", "numbers"]

PictureOf = Callable[[Any], Image | None]

_LISTED: Final = 5  # values in a message
_FEW: Final = 20  # rows that are read one after another in the time of one that is looked up


class Answers(Protocol):
    """The rows whose answers are evaluated, those of a picture after each other."""

    @property
    def is_whole(self) -> bool:
        """Whether these are all rows of the run, rather than a part of them."""

    @property
    def pictures(self) -> int:
        """The number of pictures that have a row."""

    @property
    def model(self) -> str:
        """The model that was asked."""

    def __len__(self) -> int:
        """Return the number of rows."""

    def answers(self, key: Key) -> list[Row]:
        """Return all rows of a picture."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the answers by the schema."""

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How the answers are compared.

    Attributes
    ----------
    kind : {"classes", "numbers"} or None
        As classes, which are equal or not, or as numbers, whose distance counts; None for what the schema says.
    order : sequence or None
        All classes in their order, if they have one.
    weights : {"linear", "quadratic"}
        How the distance of ordered classes counts in weighted κ.
    confidence : str or None
        The field in which the model says how sure it is.
    """

    kind: Kind | None = None
    order: Sequence[Any] | None = None
    weights: Weights = "linear"
    confidence: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in (None, "classes", "numbers"):
            raise RunError(f"kind is {short_repr(self.kind)}; expected 'classes' or 'numbers'.")
        if self.weights not in ("linear", "quadratic"):
            raise RunError(f"weights is {short_repr(self.weights)}; expected 'linear' or 'quadratic'.")

    def is_numeric(self, field: Field, examples: Iterable[Any]) -> bool:
        """Whether a field is compared as numbers; the examples decide where the schema does not."""
        if self.kind is not None:
            return self.kind == "numbers"
        if field.kind in ("unknown", "object"):
            examples = list(examples)
            return bool(examples) and all(is_number(value) for value in examples)
        return field.kind in ("integer", "number") and self.order is None


class _Tally:
    """Counts what could not be compared."""

    def __init__(self) -> None:
        self.missing = Missing()

    def count(self, name: str, number: int = 1) -> None:
        self.missing = replace(self.missing, **{name: getattr(self.missing, name) + number})

    def result(self) -> Missing:
        return self.missing


# -- labels ----------------------------------------------------------------------------------------------------


def compare_with_labels(
    rows: Answers, labels: Any, name: str | None, scale: Scale, picture: PictureOf | None
) -> Comparison | NumericComparison:
    """Compare answers with labels.

    Parameters
    ----------
    rows : Answers
        The rows.
    labels : mapping or Series
        A label for each key.
    name : str or None
        The field.
    scale : Scale
        How they are compared.
    picture : callable or None
        Returns the picture of a key for its thumbnail, or None.
    """
    if is_instance(labels, "pandas.DataFrame") or is_instance(labels, "polars.DataFrame"):
        column = name or next((field.name for field in rows.fields), "label")
        raise RunError(
            f"labels is a DataFrame; expected one column for each call: rows.against(truth[{column!r}], {column!r}), "
            "with a pandas Series or a dict by the keys of the pictures, as of truth = frame.set_index('key')."
        )
    given = _fields_of(labels)
    field = chosen_field(_first_of(rows.fields, given), name or (given[0] if len(given) == 1 else None))
    known = labels_by_key(labels, field)
    if not known:
        raise RunError("There are no labels; pass them as a dict or a Series by key, or give some with rows.review().")
    numbers = scale.is_numeric(field, known.values())
    known = {key: _like_answers(label, field) for key, label in known.items()}
    _check_labels(known, field, scale, numbers)
    tally = _Tally()
    pairs = _pairs_with_labels(rows, known, field, _confidence(rows, scale), numbers, tally)
    return _compared(pairs, "labels", ("label", "answer"), field, scale, numbers, tally, picture)


def _fields_of(labels: Any) -> list[str]:
    """Return the names of the fields of labels by field."""
    values = labels.values() if isinstance(labels, Mapping) else ()
    return list(dict.fromkeys(name for label in values if isinstance(label, Mapping) for name in label))


def _first_of(fields: Sequence[Field], names: Sequence[str]) -> list[Field]:
    """Return fields with those that have labels before the others, since the first one is the example in a message."""
    return sorted(fields, key=lambda field: field.name not in names)


def _like_answers(label: Any, field: Field) -> Any:
    """Return a label of a yes-or-no field as such: files of labels often have 0 and 1."""
    return bool(label) if field.kind == "boolean" and label in (0, 1) else label


def _check_labels(labels: Mapping[Key, Any], field: Field, scale: Scale, numbers: bool) -> None:
    if numbers:
        wrong = next((label for label in labels.values() if not is_number(label)), None)
        if wrong is not None:
            raise RunError(f"A label is {short_repr(wrong)}; expected numbers for {field.name!r}, or kind='classes'.")
        return
    possible = scale.order or ((False, True) if field.kind == "boolean" else field.categories)
    if possible and not any(label in possible for label in labels.values()):
        alike = any(is_alike(label, one) for label in labels.values() for one in possible)
        write = "Write them alike, as with .str.strip().str.lower(): they differ in case, blanks or punctuation."
        advice = write if alike else "Translate the labels first."
        raise RunError(
            f"No label is a possible answer: the labels are {_listed(labels.values())}, and the answers about "
            f"{field.name!r} {_listed(possible)}. {advice}"
        )


def _listed(values: Iterable[Any]) -> str:
    different = list(dict.fromkeys(values))
    return ", ".join(map(short_repr, different[:_LISTED])) + (", …" if len(different) > _LISTED else "")


def _confidence(rows: Answers, scale: Scale) -> Field | None:
    return None if scale.confidence is None else chosen_field(rows.fields, scale.confidence)


def _pairs_with_labels(
    rows: Answers, labels: Mapping[Key, Any], field: Field, confidence: Field | None, numbers: bool, tally: _Tally
) -> Iterator[Pair]:
    left = dict(labels)
    for key, group in _labelled(rows, labels, tally):
        reference = left.pop(key)
        answer = answer_of(group, field, numbers=numbers, confidence=confidence)
        if answer.value is None:
            tally.count("unanswered")
            continue
        yield Pair(key=key, reference=reference, answer=answer.value, doubt=answer.doubt, confidence=answer.confidence)
    if len(left) == len(labels) and len(rows):
        example = next(iter(rows)).key
        raise RunError(
            f"No label has the key of a row: the labels have keys such as {short_repr(next(iter(left)))}, the rows "
            f"{short_repr(example)}."
        )
    tally.count("no_row", len(left))


def _labelled(rows: Answers, labels: Mapping[Key, Any], tally: _Tally) -> Iterator[tuple[Key, list[Row]]]:
    """Yield the rows of each picture that has a label; of a few among many, without reading the others."""
    if rows.is_whole and len(labels) * _FEW < len(rows):
        tally.count("no_reference", rows.pictures)
        for key in labels:
            if group := rows.answers(key):
                tally.count("no_reference", -1)
                yield key, group
        return
    for key, group in answers_by_picture(rows):
        if key in labels:
            yield key, group
        else:
            tally.count("no_reference")


# -- tables ----------------------------------------------------------------------------------------------------


def compare_tables(
    rows: Answers, other: Answers, name: str | None, scale: Scale, picture: PictureOf | None
) -> Comparison | NumericComparison:
    """Compare the answers of two tables, those of the other in memory; parameters as for `compare_with_labels`."""
    field, others = chosen_field(rows.fields, name), chosen_field(other.fields, name)
    examples = (value for row in rows if (value := value_of(row, field)) is not None)
    numbers = scale.is_numeric(field, (value for value, _ in zip(examples, range(_LISTED), strict=False)))
    known = {key: answer_of(group, others, numbers=numbers).value for key, group in answers_by_picture(other)}
    tally = _Tally()
    pairs = _pairs_of_tables(rows, known, field, numbers, tally)
    names = (other.model, rows.model) if other.model and rows.model not in ("", other.model) else ("other", "answer")
    return _compared(pairs, "tables", names, field, scale, numbers, tally, picture)


def _pairs_of_tables(
    rows: Answers, others: dict[Key, Any], field: Field, numbers: bool, tally: _Tally
) -> Iterator[Pair]:
    for key, group in answers_by_picture(rows):
        if key not in others:
            tally.count("no_reference")
            continue
        reference = others.pop(key)
        answer = answer_of(group, field, numbers=numbers)
        if answer.value is None or reference is None:
            tally.count("unanswered")
        else:
            yield Pair(key=key, reference=reference, answer=answer.value, doubt=answer.doubt)
    tally.count("no_row", len(others))


def _compared(
    pairs: Iterable[Pair],
    kind: Literal["labels", "tables"],
    names: tuple[str, str],
    field: Field,
    scale: Scale,
    numbers: bool,
    tally: _Tally,
    picture: PictureOf | None,
) -> Comparison | NumericComparison:
    if numbers:
        return compare_numbers(pairs, field=field.name, kind=kind, missing=tally.result, names=names, picture=picture)
    categories = scale.order or field.categories
    return compare_classes(
        pairs,
        field=field.name,
        kind=kind,
        missing=tally.result,
        names=names,
        categories=categories,
        ordered=scale.order is not None or (bool(categories) and all(map(is_number, categories))),
        weights=scale.weights,
        picture=picture,
    )


# -- repeats ---------------------------------------------------------------------------------------------------


def consistency_of_rows(rows: Answers, name: str | None, scale: Scale, picture: PictureOf | None) -> Consistency:
    """Return how consistent the answers about the same picture are; parameters as for `compare_with_labels`."""
    field = chosen_field(rows.fields, name)
    examples = (value for row in rows if (value := value_of(row, field)) is not None)
    numbers = scale.is_numeric(field, (value for value, _ in zip(examples, range(_LISTED), strict=False)))
    answers = ((key, _values(group, field, numbers)) for key, group in answers_by_picture(rows))
    return consistency_of(answers, field=field.name, numbers=numbers, picture=picture)


def _values(rows: Iterable[Row], field: Field, numbers: bool) -> list[Any]:
    values = [value for row in rows if (value := value_of(row, field)) is not None]
    return [value for value in values if is_number(value)] if numbers else values
