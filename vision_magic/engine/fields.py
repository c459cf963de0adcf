"""Facts by name: tables of fields, and records that compute a field at its first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from vision_magic.engine.errors import SchemaMismatch

__all__ = ["Field", "Record", "Table", "letters"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One fact: its name, how it is found, and other names for it, separated by spaces.

    The function raises `SchemaMismatch` with the reason if the fact could not be measured.
    """

    name: str
    find: Callable[[T], Any]
    others: str = ""


class Table(Generic[T]):
    """The fields of one kind of subject.

    Parameters
    ----------
    *fields : Field
        A name means the first field that has it.
    published : str
        The names of the fields in the JSON of an answer, separated by spaces; all fields if it is empty.
    own : callable, optional
        Returns a function for a name that the subject itself gives, or None.
    """

    def __init__(
        self,
        *fields: Field[T],
        published: str = "",
        own: Callable[[T, str], Callable[[], Any] | None] = lambda subject, name: None,
    ) -> None:
        self.fields = {field.name: field for field in fields}
        self.published = tuple(published.split()) or tuple(self.fields)
        self.own = own
        self._names = {name: field.name for field in reversed(fields) for name in field.others.split()}
        self._names |= {letters(field.name): field.name for field in fields}

    def name_of(self, name: str) -> str | None:
        """Return the field that a property means: ``x_label`` for ``xLabel`` and ``X label``."""
        return self._names.get(letters(name))


class Record(Mapping[str, Any], Generic[T]):
    """The facts of one subject by name, each computed at its first use."""

    def __init__(self, subject: T, table: Table[T]) -> None:
        self._subject = subject
        self._table = table
        self._values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._values:
            self._values[name] = self._table.fields[name].find(self._subject)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.fields)

    def __len__(self) -> int:
        return len(self._table.fields)

    def find(self, name: str) -> Callable[[], Any] | None:
        """Return a function for the fact that a property means; None if there is none."""
        known = self._table.name_of(name)
        return (lambda: self[known]) if known is not None else self._table.own(self._subject, name)

    def published(self) -> dict[str, Any]:
        """Return the published facts; None for those that could not be measured."""
        return {name: self.or_none(name) for name in self._table.published}

    def or_none(self, name: str) -> Any:
        """Return a fact; None if it could not be measured."""
        try:
            return self[name]
        except SchemaMismatch:
            return None


def letters(name: str) -> str:
    """Return the letters and digits of a name, in lower case."""
    return re.sub(r"[\W_]", "", name.lower())
