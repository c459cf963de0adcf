"""The answers of a batch: downloaded, joined with their lines by the ids, and written as rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from vision_magic.each.batch.lines import Answer, SentLine, answers_in, number_in
from vision_magic.each.batch.parts import Part, Parts
from vision_magic.each.pictures.keys import decode_key
from vision_magic.each.reply_row import row_of_reply
from vision_magic.each.row import Row
from vision_magic.errors import WireError
from vision_magic.wire.batch_answers import line_error, reply_in

if TYPE_CHECKING:
    from vision_magic.chat.schema import Schema
    from vision_magic.wire.files import FileServer

__all__ = ["Collector", "failed_row"]

_AT_ONCE: Final = 2_000  # rows in one commit, which waits for the disk

_WHY: Final[Mapping[str, str]] = {
    "completed": "{host} gave no answer for this picture: it is neither in the file of answers nor in that of errors.",
    "expired": "The batch expired before this picture was answered.",
    "cancelled": "The batch was cancelled before this picture was answered.",
    "failed": "{host} refused the whole batch: {error}",
    "": "The file has no answer for this picture.",
}
_ASK_AGAIN: Final = "The same call again, or vm.ask_each with the same run, asks it again."


class _RunFile(Protocol):
    def finished(self) -> set[tuple[str, int]]: ...
    def add_all(self, rows: Iterable[tuple[Row, int | None]]) -> None: ...


@dataclass(slots=True)
class _Outcome:
    """What became of the lines of a part."""

    answered: set[int] = field(default_factory=set)
    failed: dict[int, str] = field(default_factory=dict)
    unknown: int = 0
    repeated: int = 0
    model: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Collector:
    """Writes the rows of parts that have ended.

    Parameters
    ----------
    run : RunFile
        The file of the run.
    parts : Parts
        The parts in it.
    schema : Schema or None
        The shape that the answers must have.
    host : str
        The server's name in messages.
    """

    def __init__(self, run: _RunFile, parts: Parts, schema: Schema | None, host: str) -> None:
        self._run = run
        self._parts = parts
        self._schema = schema
        self._host = host

    def collect(self, part: Part, files: FileServer) -> Part:
        """Download the answers and errors of a part that has ended, and write a row for each of its lines.

        If the kernel is killed meanwhile, the same is done again: a row replaces itself.
        """
        with tempfile.TemporaryDirectory(prefix="vision_magic-") as folder:
            paths: list[Path] = []
            for file_id in filter(None, (part.output, part.errors)):
                paths.append(Path(folder) / str(len(paths)))
                files.download(file_id, paths[-1])
            return self.read(part, paths)

    def read(self, part: Part, paths: Iterable[Path]) -> Part:
        """Write a row for each line of a part from files of answers and errors, in any order."""
        lines = self._parts.lines(part)
        finished = self._run.finished()
        outcome = _Outcome()
        waiting: list[tuple[Row, int | None]] = []
        for row, line in self._rows(part, paths, lines, outcome):
            # A picture that was asked live meanwhile keeps its row.
            if (line.key, line.repeat) not in finished:
                waiting.append((row, line.position))
            if len(waiting) >= _AT_ONCE:
                self._run.add_all(waiting)
                waiting = []
        if waiting:
            self._run.add_all(waiting)
        return self._parts.save(
            part,
            state="collected",
            total=len(lines),
            completed=len(outcome.answered),
            failed=len(lines) - len(outcome.answered),
            model=outcome.model,
            prompt_tokens=outcome.prompt_tokens,
            completion_tokens=outcome.completion_tokens,
            error=_notes(part, outcome),
        )

    def _rows(
        self, part: Part, paths: Iterable[Path], lines: Mapping[int, SentLine], outcome: _Outcome
    ) -> Iterator[tuple[Row, SentLine]]:
        """Yield the rows of the answers, then of the errors and of the lines that have neither."""
        for answer in (answer for path in paths for answer in answers_in(path)):
            number = number_in(answer.custom_id, part.token)
            line = lines.get(-1 if number is None else number)
            if line is None:
                outcome.unknown += 1
            elif line.number in outcome.answered:
                outcome.repeated += 1
            else:
                row = self._row(part, line, answer)
                outcome.model = row.model or outcome.model
                outcome.prompt_tokens += row.prompt_tokens
                outcome.completion_tokens += row.completion_tokens
                if row.state == "failed" and not row.text:
                    outcome.failed[line.number] = row.error  # unless another line of the files has its answer
                else:
                    outcome.answered.add(line.number)
                    yield row, line
        why = _WHY.get(part.status, _WHY["completed"]).format(
            host=self._host, error=part.error or "no reason was given."
        )
        for line in lines.values():
            if line.number not in outcome.answered:
                error = outcome.failed.get(line.number, why)
                yield failed_row(line, f"{error} {_ASK_AGAIN}", part.batch), line

    def _row(self, part: Part, line: SentLine, answer: Answer) -> Row:
        if not answer.is_reply:
            error = answer.error or answer.body
            return failed_row(line, line_error(answer.status, error, host=self._host), part.batch)
        try:
            reply = reply_in(answer.body, host=self._host)
        except WireError as error:
            return failed_row(line, str(error), part.batch)
        return row_of_reply(self._schema, reply, worker=part.batch, **_about(line))


def failed_row(line: SentLine, error: str, batch: str = "") -> Row:
    """Return the row of a line without an answer."""
    return Row(state="failed", error=error, at=time.time(), worker=batch, **_about(line))


def _about(line: SentLine) -> dict[str, Any]:
    return {
        "key": decode_key(line.key),
        "repeat": line.repeat,
        "tries": 1,
        "picture": line.picture,
        "width": line.width,
        "height": line.height,
        "note": line.note,
    }


def _notes(part: Part, outcome: _Outcome) -> str:
    """Return what should be known of a part: why it failed, and answers that nobody had asked for."""
    notes = [part.error] if part.error else []
    if outcome.unknown:
        notes.append(f"{outcome.unknown:,} lines with unknown ids were ignored.")
    if outcome.repeated:
        notes.append(f"{outcome.repeated:,} lines answered a picture again and were ignored.")
    return " ".join(notes)
