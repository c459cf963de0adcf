"""The table of a run: one row for each picture, read from the run's file when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.evaluation.agreement import Weights
from vision_magic.each.evaluation.classes import Comparison
from vision_magic.each.evaluation.consistency import Consistency
from vision_magic.each.evaluation.evaluate import (
    Kind,
    Scale,
    compare_tables,
    compare_with_labels,
    consistency_of_rows,
)
from vision_magic.each.evaluation.labels import checked_label, merged_label
from vision_magic.each.evaluation.numbers import NumericComparison
from vision_magic.each.pictures.tasks import Tasks, tasks_of
from vision_magic.each.plan import EMBEDDED
from vision_magic.each.row import Key
from vision_magic.each.run_file.run_file import RunFile, path_of
from vision_magic.each.table.columns import Fields, fields_of
from vision_magic.each.table.doubts import is_corrected
from vision_magic.each.table.exportable_rows import ExportableRows
from vision_magic.each.table.usage import Rest
from vision_magic.each.table.view import next_step, summary_of, view_of, with_images
from vision_magic.errors import RunError
from vision_magic.images.convert import as_image
from vision_magic.images.image import Image
from vision_magic.render.rows_table import RowsView, rows_html, rows_text
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    pass

__all__ = ["Table"]

_SHOWN: Final = 10  # rows
_SIDE: Final = 128  # pixels of a picture whose thumbnail is shown


class Table(ExportableRows):
    """One row for each picture of a run, in the order of the pictures.

    The rows are in the file of the run and are read when they are needed, so that a table of a million rows takes no
    memory; `to_pandas` loads all of them. A table of a run that goes on grows.

    ``len(rows)`` is the number of rows so far, ``for row in rows`` yields each `Row`, ``rows[key]`` is the row of a
    picture, and ``rows[:10]`` a table of the first ten.

    Parameters
    ----------
    run : RunFile
        The file of the run.
    pictures : callable, optional
        Loads the picture of a key, as any object that `as_image` accepts; raises ``KeyError`` where it cannot.
    total : int, optional
        The number of rows that the run will have; None if that is unknown.
    left_out : str
        What of a folder is no picture of the run, in words; empty if everything is.
    prices : mapping, optional
        The prices of the settings.
    estimate : callable, optional
        Returns what the rest of the run will take, or None.
    go_on : callable, optional
        Goes on with the run and returns its table; it gets the keywords of `go_on`.
    """

    def __init__(
        self,
        run: RunFile,
        *,
        pictures: Callable[[Key], object] | None = None,
        total: int | None = None,
        left_out: str = "",
        prices: Mapping[str, Any] | None = None,
        estimate: Callable[[], Rest | None] | None = None,
        go_on: Callable[..., Table] | None = None,
    ) -> None:
        super().__init__(run, total, prices)
        self._pictures = pictures
        self._left_out = left_out
        self._estimate = estimate
        self._go_on = go_on

    # -- the rest of the run -----------------------------------------------------------------------------------

    @property
    def rest(self) -> Rest | None:
        """What the pictures that have no row yet will take; None if there are none, or if it is unknown."""
        if self._estimate is None or not self.is_whole:
            return None
        return self._estimate()

    @property
    def can_go_on(self) -> bool:
        """Whether `go_on` is possible."""
        return self._go_on is not None and self.is_whole

    def go_on(self, **options: Any) -> Table:
        """Ask about the pictures that have no answer yet, and return the table.

        Parameters
        ----------
        **options
            What changes from here on: ``cap``, ``sample``, ``concurrency``, ``rate``, ``executor``, ``progress``.

        Raises
        ------
        RunError
            The table was opened from a file, or is a part of another one: there is nothing to go on with.
        """
        if self._go_on is None or not self.can_go_on:
            raise RunError(
                "This table has no pictures to go on with, since it was opened from a file or is a part of another "
                "one. Call ask_each with the same question, pictures and run; it asks only about what is missing."
            )
        return self._go_on(**options)

    @classmethod
    def open(cls, run: str | Path, pictures: Any = None, *, key: Any = None) -> Table:
        """Open the table of a run from its file, also while the run goes on in another kernel.

        Parameters
        ----------
        run : str or Path
            The name of the run, such as ``"moths"`` for ``moths.vision.sqlite`` in the working folder, or a path.
        pictures, key : optional
            The pictures and their keys as they were given to `ask_each`, to show them beside their rows.

        Raises
        ------
        RunError
            There is no such file, or it cannot be read.
        """
        file = RunFile.read(path_of(run))
        if pictures is None:
            return cls(file)
        tasks = tasks_of(pictures, key=key)
        return cls(file, pictures=_Loaded(tasks), total=tasks.total, left_out=tasks.left_out)

    # -- pictures and labels -----------------------------------------------------------------------------------

    def picture(self, key: Key, *, max_side: int | None = None) -> Image:
        """Load the picture of a key again.

        Parameters
        ----------
        key : Key
            Its key. Without other pictures, a `Path` is read as a file.
        max_side : int, optional
            Shrink it until no side is longer (pixels).

        Raises
        ------
        RunError
            The pictures are not at hand.
        ImageError
            It cannot be opened.
        """
        return as_image(self._source(key), max_side=max_side)

    def _source(self, key: Key) -> object:
        if self._pictures is None and isinstance(key, Path):
            return key
        try:
            if self._pictures is not None:
                return self._pictures(key)
        except KeyError:
            pass
        raise RunError(
            f"The picture {short_repr(key)} is not at hand. Call ask_each with the same question, pictures and run; it "
            "asks only about what is missing, and its table has the pictures."
        )

    @property
    def has_pictures(self) -> bool:
        """Whether the pictures themselves are at hand."""
        return self._pictures is not None

    def set_label(self, key: Key, label: Any, by: str = "") -> None:
        """Write into the file of the run what a person says of a picture.

        Parameters
        ----------
        key : Key
            The key of a row.
        label : JSON value or None
            The right answer: a value for the only field, or a dict by field, of all fields or some. Labels of other
            fields stay; a field that is None is taken back. None removes the whole label.
        by : str
            Who says so.

        Raises
        ------
        KeyError
            No row has this key.
        RunError
            There is no such field, there are several and the label does not say which one it is about, or the label
            is of another type than the field.
        """
        if self._run.row(key) is None:
            raise KeyError(f"{self._no_row(key)}.")
        label = checked_label(key, label, self.fields)
        self._run.set_label(key, merged_label(self.label(key), label), by)

    # -- evaluation --------------------------------------------------------------------------------------------

    def against(
        self,
        labels: Any = None,
        field: str | None = None,
        *,
        kind: Kind | None = None,
        order: Sequence[Any] | None = None,
        weights: Weights = "linear",
        confidence: str | None = None,
    ) -> Comparison | NumericComparison:
        """Compare the answers with labels.

        Of a picture that was asked about several times, the most frequent answer counts, or the mean of numbers.

        Parameters
        ----------
        labels : dict or Series, optional
            The right answer for each key: a value, or a dict by field. By default the labels in the file of the run.
        field : str, optional
            The field that the labels are of; the only one by default. Without a schema, the text is compared.
        kind : {"classes", "numbers"}, optional
            Compare as classes or as numbers; by default what the schema says: integers and floats are numbers.
        order : sequence, optional
            All classes in their order, if they have one, for weighted κ.
        weights : {"linear", "quadratic"}
            How the distance of ordered classes counts in weighted κ.
        confidence : str, optional
            The field in which the model says how sure it is; the wrong answers that it is surest of are listed first.

        Returns
        -------
        Comparison or NumericComparison

        Raises
        ------
        RunError
            The labels have no key of a row, or no possible answer; or there is no such field.
        """
        labels = self.labels if labels is None else labels
        scale = Scale(kind=kind, order=order, weights=weights, confidence=confidence)
        return compare_with_labels(self, labels, field, scale, self._thumbnails())

    def agree(
        self,
        other: Table,
        field: str | None = None,
        *,
        kind: Kind | None = None,
        order: Sequence[Any] | None = None,
        weights: Weights = "linear",
    ) -> Comparison | NumericComparison:
        """Compare the answers with those of another table, such as that of another model; parameters as for `against`.

        Parameters
        ----------
        other : Table
            The other table, of the same pictures under the same keys.
        """
        scale = Scale(kind=kind, order=order, weights=weights)
        return compare_tables(self, other, field, scale, self._thumbnails())

    def consistency(self, field: str | None = None, *, kind: Kind | None = None) -> Consistency:
        """Return how consistent the answers about the same picture are; parameters as for `against`."""
        return consistency_of_rows(self, field, Scale(kind=kind), self._thumbnails())

    def review(self, field: str = "", by: str | None = None) -> Any:
        """Return a widget that shows the pictures one by one, with their answers, and takes labels.

        Parameters
        ----------
        field : str
            The field that is labelled; by default those of each row that are in doubt, or else the first one that has
            classes.
        by : str, optional
            Who labels; it is written with each label. By default, the name under which you are logged in.
        """
        # By its name: widgets are of a layer above this one.
        return importlib.import_module("vision_magic.notebook.widgets.review").Review(self, field, by)

    def _thumbnails(self) -> Callable[[Key], Image | None] | None:
        return self._small_picture if self.has_pictures else None

    # -- display -----------------------------------------------------------------------------------------------

    def _view(self) -> RowsView:
        """Return what is shown: how many rows there are, and the first ones, without their pictures."""
        rows = list(self[:_SHOWN])
        number, counts = len(self), self.counts
        more = next_step(number, self.total, counts, self.rest, again=not self._is_embedded) if self.can_go_on else ""
        doubtful = self._in_doubt(counts) if self.is_whole else 0  # in a part of the table they were chosen
        left_out = self._left_out if self.is_whole else ""
        fields = fields_of(self.schema)
        corrected = self._corrected(fields) if doubtful or self._is_doubtful else 0
        summary = summary_of(number, self.total, counts, doubtful, self.usage, left_out, more, corrected=corrected)
        return view_of(rows, fields, self.key_names, summary, number - len(rows))

    def _corrected(self, fields: Fields) -> int:
        """Return the number of doubtful answers that a person has corrected."""
        return sum(row.state == "done" and is_corrected(row, fields.known) for row in self._labelled_in_doubt())

    @property
    def _is_embedded(self) -> bool:
        """Whether the embedded reader answered, which gives the same answer again."""
        return self._run.mark.get("server") == EMBEDDED

    def __repr__(self) -> str:
        return rows_text(self._view())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        view = self._view()
        images = [self._small_picture(row.key) for row in self[:_SHOWN]] if self.has_pictures else []
        return {"text/html": rows_html(with_images(view, images)), "text/plain": rows_text(view)}

    def _small_picture(self, key: Key) -> Image | None:
        """Return a picture for its thumbnail; None if it cannot be opened."""
        try:
            return self.picture(key, max_side=_SIDE)
        except Exception:  # of the user's loader, too: the row is shown without its picture
            return None


class _Loaded:
    """Loads the picture of a key from a collection."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    def __call__(self, key: Key) -> object:
        task = self._tasks.find(key)
        if task is None:
            raise KeyError(key)
        return task.load()
