"""The batch jobs of a folder, found again after a restart."""

from __future__ import annotations

import contextlib
import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vision_magic.each.batch.job import BatchJob
from vision_magic.each.batch.parts import Parts
from vision_magic.each.batch.server import files_of, schema_of
from vision_magic.each.batch.watching import Watcher
from vision_magic.each.run_file.run_file import RunFile, path_of
from vision_magic.errors import RequestError, RunError, VisionError
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import SMALL
from vision_magic.session.paths import as_path
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.session.session import Session
    from vision_magic.session.state import SessionState

__all__ = ["Jobs", "jobs"]

_SUFFIXES: Final = (".sqlite", ".sqlite3", ".db")


class Jobs(list[BatchJob]):
    """The batch jobs of a folder; displays one on each line.

    Parameters
    ----------
    found : list of BatchJob
        The jobs.
    folder : Path
        The folder.
    """

    def __init__(self, found: list[BatchJob], folder: Path) -> None:
        super().__init__(found)
        self.folder = folder

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or f"No batch jobs in {self.folder}; vm.batch(…, run='NAME') makes one."

    def _repr_html_(self) -> str:
        if not self:
            return f'<div style="{SMALL}">{plain_html(clean_text(repr(self)))}</div>'
        return "".join(job._repr_html_() for job in self)


def jobs(folder: str | os.PathLike[str] = ".", *, session: Session | None = None, **options: Any) -> Jobs:
    """Return the batch jobs of all runs in a folder, each asked for once; rows of those that have ended are written.

    A server that cannot be reached is no error: `BatchJob.error` says why. Nothing is created: what a killed kernel
    has left between the upload and the creation goes on with ``job.refresh()``, ``job.wait()``, or the same call of
    `batch`.

    Parameters
    ----------
    folder : str or path
        The folder with the files of the runs. With the working folder come the jobs of runs without a name, as long as
        they have not ended: their files are in the user's data folder.
    session : Session, optional
        The session; by default that of `vision_magic.ask`.
    **options
        ``transport`` or ``client``, as for `ask`.

    Returns
    -------
    list of BatchJob
        Sorted by their names.

    Raises
    ------
    RequestError
        There is no such folder.

    Examples
    --------
    >>> rows = vm.jobs("runs")[0].wait()  # doctest: +SKIP
    """
    from vision_magic.session.default import session as default

    place = as_path(folder, "jobs", "runs", RequestError)
    if not place.is_dir():
        raise RequestError(f"jobs got {str(folder)!r}; expected a folder with files of runs.")
    state = (session or default).state
    found = [job for path in _files_in(place) if (job := _job(path, state, options)) is not None]
    if place == Path.cwd():
        with contextlib.suppress(RunError):  # without a home folder, there are none
            unnamed = (_job(path, state, options) for path in _files_in(path_of(None).parent))
            found += [job for job in unnamed if job is not None and not _closed_if_finished(job)]
    return Jobs(found, place)


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix.lower() in _SUFFIXES and path.is_file())


def _job(path: Path, state: SessionState, options: dict[str, Any]) -> BatchJob | None:
    """Return the job of a run, asked for once; None if the file has none."""
    try:
        run = RunFile.read(path)
    except RunError:
        return None  # not the file of a run, or of another version: `ask_each` says so
    part = next(iter(Parts(run.batches)), None)
    if part is None:
        run.close()
        return None
    server = part.server
    connect = functools.partial(files_of, server, state, options)
    job = BatchJob(
        Watcher(run, connect, schema_of(server), str(server.get("host", ""))),
        prices=server.get("prices"),
        discount=float(server.get("discount", 1)),
    )
    _poll(job)
    return job


def _closed_if_finished(job: BatchJob) -> bool:
    finished = job.finished
    if finished:
        job.close()
    return finished


def _poll(job: BatchJob) -> None:
    try:
        job.watcher.poll(start=False)
    except VisionError as error:
        job.watcher.trouble = str(error)
