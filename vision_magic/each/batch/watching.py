"""The watch over a job at its server: its parts are asked for, collected, tidied up, gone on with and cancelled."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from vision_magic.each.batch.collecting import Collector
from vision_magic.each.batch.parts import Part, Parts
from vision_magic.each.batch.sending import MAX_ATTEMPTS, WAIT_AGAIN, Sender, is_enqueued, wait_before
from vision_magic.each.run_file.run_file import RunFile
from vision_magic.errors import RunError, ServerError, WireError

if TYPE_CHECKING:
    from pathlib import Path

    from vision_magic.chat.schema import Schema
    from vision_magic.wire.batch_answers import ServerBatch
    from vision_magic.wire.files import FileServer

__all__ = ["Watcher"]

_MAX_CHECKS: Final = 5  # of a batch that has ended, for its files
_LEFT: Final = ("uploading", "uploaded", "creating", "waiting")  # states of a part that was not sent completely


class Watcher:
    """Watches the parts of a job.

    Parameters
    ----------
    run : RunFile
        The file of the run.
    connect : callable
        Returns the files of the server; raises `SettingsError` without its key.
    schema : Schema or None
        The shape that each answer must have.
    host : str
        The server's name in messages.

    Attributes
    ----------
    run : RunFile
        The file of the run.
    parts : Parts
        The parts in it.
    host : str
        The server's name.
    trouble : str
        Why the server could not be asked the last time; empty if it could.
    """

    def __init__(self, run: RunFile, connect: Callable[[], FileServer], schema: Schema | None, host: str) -> None:
        self.run = run
        self.parts = Parts(run.batches)
        self.host = host
        self._connect = connect
        self._collector = Collector(run, self.parts, schema, host)
        self.trouble = ""

    def poll(self, *, start: bool) -> None:
        """Ask for each part once, and write the rows of those that have ended.

        Parameters
        ----------
        start : bool
            Whether to go on with parts that were not sent completely, which may create batches.
        """
        self.trouble = ""
        if not any(_needs_server(part) for part in self.parts):
            return
        files = self._connect()
        for part in self.parts:
            if part.state == "created":
                part = self._asked(part, files)
            if part.state == "ended":
                part = self._collected(part, files)
            self._tidy(part, files)
        if start and any(part.state in _LEFT for part in self.parts):
            self._go_on(files)

    def _asked(self, part: Part, files: FileServer) -> Part:
        """Ask for the state of a part's batch."""
        batch = files.batch(part.batch)
        counts = {
            "status": batch.status,
            "total": batch.total or part.count,
            "completed": batch.completed,
            "failed": batch.failed,
        }
        if not batch.ended:
            return self.parts.save(part, **counts)
        words = "; ".join(message for _, message in batch.errors)
        if batch.status == "failed" and part.attempts < MAX_ATTEMPTS and _is_enqueued(batch):
            return self.parts.save(part, state="waiting", **counts | {"error": words, "tried": time.time()})
        if batch.completed and not batch.output_file and part.checks < _MAX_CHECKS:
            return self.parts.save(part, **counts | {"checks": part.checks + 1})  # its files come a moment later
        ended = {"output": batch.output_file, "errors": batch.error_file, "error": words}
        return self.parts.save(part, state="ended", **counts | ended)

    def _collected(self, part: Part, files: FileServer) -> Part:
        """Write the rows of a part; if its files are not there for several polls, they never will be."""
        try:
            return self._collector.collect(part, files)
        except ServerError as error:
            if error.status not in (404, 410):
                raise
            if part.checks < _MAX_CHECKS:
                self.trouble = str(error)
                return self.parts.save(part, checks=part.checks + 1)
            return self._collector.read(self.parts.save(part, error=f"The answers cannot be downloaded: {error}"), ())

    def _tidy(self, part: Part, files: FileServer) -> None:
        """Delete the uploaded pictures when all lines have rows."""
        if not _has_file_to_delete(part) or not files.delete(part.file):
            return
        for _ in range(1, part.uploads):  # whose answers were lost, and which the server's list has only now
            if other := files.find_file(part.file_name):
                files.delete(other)
        self.parts.save(part, deleted=True)

    def _go_on(self, files: FileServer) -> None:
        """Go on with parts that were not sent completely, unless another kernel is sending them right now."""
        try:
            with RunFile.open(self.run.path, self.run.mark):
                self.resume(files)
        except RunError as error:
            self.trouble = str(error)

    def resume(self, files: FileServer) -> None:
        """Go on with parts that were not sent completely; this kernel holds the run."""
        sender = Sender(self.parts, files, lambda line, words: None)
        for part in self.parts:
            if part.state in _LEFT and (part.state != "waiting" or self._is_due(part)):
                sender.resume(part)

    def _is_due(self, part: Part) -> bool:
        if any(other.is_active for other in self.parts):
            return time.time() - part.tried > WAIT_AGAIN
        return time.time() - part.tried > wait_before(part.attempts)

    def read(self, part: Part, paths: Iterable[Path]) -> Part:
        """Write a row for each line of a part from files of answers."""
        return self._collector.read(part, paths)

    def cancel(self) -> None:
        """Cancel what the server works on, and give up what was not started."""
        files = self._connect()
        for part in self.parts:
            if part.state == "created":
                self._cancel(part, files)
            elif part.state in _LEFT:
                self._give_up(part, files)

    def _give_up(self, part: Part, files: FileServer) -> None:
        """Cancel a part that was not sent completely, if it exists at the server."""
        if part.state == "creating":
            with contextlib.suppress(WireError):  # the server lists no batches: nothing more can be done
                found = files.find_batch(part.metadata)
                if found is not None:
                    self._cancel(self.parts.save(part, state="created", batch=found.id), files)
                    return
        self._tidy(self.parts.drop(part, "It was cancelled before it was started."), files)

    def _cancel(self, part: Part, files: FileServer) -> None:
        try:
            self.parts.save(part, status=files.cancel(part.batch).status)
        except ServerError as error:
            if error.status == 404:
                self.parts.drop(part, f"{self.host} does not know this batch any more.")
            elif error.status not in (400, 409):  # it has just ended
                raise


def _has_file_to_delete(part: Part) -> bool:
    return part.is_over and bool(part.file) and not part.deleted and not part.keep_files


def _needs_server(part: Part) -> bool:
    return _has_file_to_delete(part) or not (part.is_over or part.state == "written")


def _is_enqueued(batch: ServerBatch) -> bool:
    """Whether a batch failed as a whole only since too many tokens are enqueued."""
    reasons = [is_enqueued(code, message) for code, message in batch.errors]
    return not batch.output_file and bool(reasons) and all(reasons)
