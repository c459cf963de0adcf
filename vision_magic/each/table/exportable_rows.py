"""The rows of a run as columns: their fields, their labels, and what other tools read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vision_magic.each.row import Key
from vision_magic.each.table.columns import Field, Fields, cells_of, columns_of, fields_of, with_found
from vision_magic.each.table.export import to_csv, to_pandas, to_parquet, to_polars
from vision_magic.each.table.selected_rows import SelectedRows
from vision_magic.errors import RunError
from vision_magic.naming import near_miss
from vision_magic.reprs import short_repr

__all__ = ["ExportableRows"]


class ExportableRows(SelectedRows):
    """Rows of a run with their labels, which are exported as columns."""

    @property
    def labels(self) -> dict[Key, Any]:
        """The labels that people have given, by key."""
        return self._run.labels

    def label(self, key: Key) -> Any:
        """Return what a person said of a picture; None if nobody did."""
        return self._run.label(key)

    # -- columns -----------------------------------------------------------------------------------------------

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON Schema of the answers, or None."""
        return self._run.mark.get("schema")

    @property
    def key_names(self) -> tuple[str, ...]:
        """The names of the index or column that the keys come from; empty if they have none."""
        return tuple(self._run.key_names)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the answers by the schema; none without a schema."""
        return fields_of(self.schema).known

    def _all_fields(self) -> Fields:
        """Return the fields of the schema, and those of the answers that it does not name."""
        return with_found(fields_of(self.schema), (row.value for row in self if row.value is not None))

    def to_dicts(self, *, corrected: bool = False) -> list[dict[str, Any]]:
        """Return the rows as dicts by column; parameters as for `to_pandas`."""
        fields = self._all_fields().known
        return [cells_of(row, fields, corrected=corrected) for row in self]

    def to_pandas(self, *, corrected: bool = False) -> Any:
        """Return the rows as a pandas ``DataFrame``, with the keys as its index; all rows are loaded.

        The types are nullable: ``Int64``, ``Float64``, ``boolean``, ``string``, and ``category`` for a ``Literal`` or
        an Enum. A row without an answer has NA in its fields, and its reason in ``error``.

        Parameters
        ----------
        corrected : bool
            Put the labels that people gave in the place of the model's values, also where it has none. A column
            ``corrected`` then names the fields whose values were changed; ``label`` has all that a person said.

        Raises
        ------
        RunError
            pandas is not installed.
        """
        repeated = self._run.has_repeats
        return to_pandas(self, self._all_fields(), self.key_names, repeated=repeated, corrected=corrected)

    def to_polars(self, *, corrected: bool = False) -> Any:
        """Return the rows as a polars ``DataFrame`` with a column for the keys; parameters as for `to_pandas`.

        pandas must be installed, too.

        Raises
        ------
        RunError
            One of them is not installed.
        """
        return to_polars(self.to_pandas(corrected=corrected))

    def to_csv(self, path: str | Path, *, columns: Sequence[str] | None = None, corrected: bool = False) -> Path:
        """Write the rows as CSV, one by one, and return the path; a file that exists is replaced.

        Lists and records are written as JSON, and what is missing as nothing. A text that a spreadsheet would take for
        a formula is written as it is.

        Parameters
        ----------
        path : str or Path
            The file.
        columns : sequence of str, optional
            The columns after the key, in their order; by default all.
        corrected : bool
            As for `to_pandas`.

        Raises
        ------
        RunError
            There is no such column, or the file cannot be written.
        """
        fields = self._all_fields()
        known = [field.name for field in fields] + columns_of(repeated=self._run.has_repeats, corrected=corrected)
        chosen = known if columns is None else _chosen_columns(columns, known)
        return to_csv(self, fields, Path(path), chosen, corrected=corrected)

    def to_parquet(self, path: str | Path, *, corrected: bool = False) -> Path:
        """Write the rows as Parquet, and return the path; ``pandas.read_parquet`` reads the same types back.

        Lists and records are written as JSON. What Parquet does not have becomes something simpler: keys such as paths
        become strings, and categories that are integers become integers.

        Parameters
        ----------
        path : str or Path
            The file.
        corrected : bool
            As for `to_pandas`.

        Raises
        ------
        RunError
            pandas or pyarrow is not installed, or the file cannot be written.
        """
        return to_parquet(self.to_pandas(corrected=corrected), Path(path))


def _chosen_columns(columns: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the names of columns that exist; the key, which is always the first one, may be among them."""
    if isinstance(columns, str):
        raise RunError(f"columns got {short_repr(columns)}; expected a list of names, [{columns!r}].")
    for name in columns:
        if name not in ("key", *known):
            near = near_miss(str(name), known)
            raise RunError(f"columns got {short_repr(name)}{near}; expected names among {', '.join(known)}.")
    return [name for name in dict.fromkeys(columns) if name != "key"]
