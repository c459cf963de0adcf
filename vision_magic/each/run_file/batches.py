"""The batches of a run: JSON documents with numbers in the run's file, which outlive the kernel."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vision_magic.each.run_file.database import RunDatabase
from vision_magic.each.run_file.row_columns import to_json

__all__ = ["Batches"]


class Batches:
    """The batches of a run.

    Parameters
    ----------
    database : RunDatabase
        The database of the run.
    """

    def __init__(self, database: RunDatabase) -> None:
        self._database = database

    def add(self, document: Mapping[str, Any]) -> int:
        """Store a document and return its number.

        Raises
        ------
        RunError
            It is not of JSON values, or cannot be written.
        """
        values = (_kind(document), to_json(document))
        with self._database.transaction("A batch") as database:
            made = database.execute("INSERT INTO batches (kind, document) VALUES (?, ?)", values)
            return int(made.lastrowid or 0)

    def update(self, number: int, document: Mapping[str, Any]) -> None:
        """Replace the document with a number; errors as for `add`."""
        values = (_kind(document), to_json(document), number)
        with self._database.transaction("A batch") as database:
            database.execute("UPDATE batches SET kind = ?, document = ? WHERE id = ?", values)

    def list(self, kind: str | None = None) -> list[tuple[int, dict[str, Any]]]:
        """Return the documents with their numbers, oldest first; all, or those with this member ``"kind"``."""
        where, values = ("", ()) if kind is None else ("WHERE kind = ?", (kind,))
        found = self._database.query(f"SELECT id, document FROM batches {where} ORDER BY id", values)
        return [(number, json.loads(document)) for number, document in found]


def _kind(document: Mapping[str, Any]) -> str:
    return str(document.get("kind", ""))
