"""The way of a part to its server: upload, creation, and where it went on after a kernel was killed in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vision_magic.each.batch.lines import LineFile, SentLine, halves
from vision_magic.each.batch.parts import Part, Parts
from vision_magic.errors import ServerError, WireError
from vision_magic.wire.batch_answers import ServerBatch, is_size_refusal, may_be_created
from vision_magic.wire.retry import LONGEST_WAIT, retry_delay

if TYPE_CHECKING:
    from vision_magic.wire.files import FileServer

__all__ = ["MAX_ATTEMPTS", "WAIT_AGAIN", "Sender", "is_enqueued", "wait_before"]

MAX_ATTEMPTS: Final = 12
"""How often a batch is created for which the server has no room; it may be larger than all the room there is."""

WAIT_AGAIN: Final = 600.0
"""After how long a part that the server refused for now is tried again while others are still running (seconds)."""

_TRIES: Final = 5
_LOOKS: Final = 3  # for a batch whose creation was not answered: the list may not have it at once
_ENQUEUED: Final = (
    "token_limit_exceeded",
    "enqueued token limit",
    "enqueued tokens",
    "batch_limit",
    "too many batches",
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends the parts of a job.

    Attributes
    ----------
    parts : Parts
        Where each step is stored before the next one is taken.
    files : FileServer
        The server.
    on_refused : callable
        Called with a line that is too large for the server even alone, and the reason.
    """

    parts: Parts
    files: FileServer
    on_refused: Callable[[SentLine, str], None]

    def send(self, file: LineFile, known: Part) -> Iterator[Part]:
        """Upload a file, split where the server wants less at a time, and create a batch of each part."""
        part = self.parts.add(file, known)
        try:
            part = self._upload(part, file)
        except ServerError as error:
            self.parts.drop(part, str(error))
            if not is_size_refusal(error):
                raise
            if len(file.lines) == 1:
                self.on_refused(file.lines[0], str(error))
                return
            yield from self._send_halves(file, known)
            return
        yield self.create(part)

    def _send_halves(self, file: LineFile, known: Part) -> Iterator[Part]:
        split = halves(file)
        try:
            for half in split:
                yield from self.send(half, known)
        finally:
            for half in split:
                half.path.unlink(missing_ok=True)

    def _upload(self, part: Part, file: LineFile) -> Part:
        """Upload a file; where the answer is lost, look whether the server has it before it is sent again."""
        for attempt in range(1, _TRIES + 1):
            try:
                file_id = self.files.upload(file.path, part.file_name)
            except WireError as error:
                file_id = self.files.find_file(part.file_name, file.size) if may_be_created(error) else ""
                if not file_id:
                    self._rest(error, attempt)
                    continue
            return self.parts.save(part, state="uploaded", file=file_id, uploads=attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _rest(self, error: WireError, attempt: int) -> None:
        wait = error.retry_after
        lasting = not error.retryable and not may_be_created(error)
        if lasting or attempt == _TRIES or (wait is not None and wait > LONGEST_WAIT):
            raise error
        time.sleep(retry_delay(attempt, wait))

    def create(self, part: Part) -> Part:
        """Create the batch of an uploaded part.

        If the creation is not answered, the batch is looked for in the server's list, and created again only where it
        is certain that it does not exist.
        """
        for attempt in range(1, _TRIES + 1):
            part = self.parts.save(part, state="creating", attempts=part.attempts + 1, tried=_now(), error="")
            try:
                return self._created(part, self.files.create(part.file, part.url, part.metadata))
            except WireError as error:
                if may_be_created(error):
                    if (found := self._find(part)) is not None:
                        return self._created(part, found)
                    part = self.parts.save(part, state="uploaded", error=str(error))
                    self._rest(error, attempt)
                elif isinstance(error, ServerError) and is_enqueued(error.code or "", str(error)):
                    return self.parts.save(part, state="waiting", error=str(error))
                else:
                    self.parts.save(part, state="uploaded", error=str(error))
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _created(self, part: Part, batch: ServerBatch) -> Part:
        return self.parts.save(part, state="created", batch=batch.id, status=batch.status, started=_now(), error="")

    def _find(self, part: Part) -> ServerBatch | None:
        """Return the batch of a creation that was not answered; None if it is certain that there is none."""
        for look in range(1, _LOOKS + 1):
            try:
                found = self.files.find_batch(part.metadata, part.file if part.attempts == 1 else "")
            except WireError as error:
                error.args = (
                    f"It is not known whether {self.files.host} has started this batch: the creation was not answered, "
                    f"and the list of batches cannot be read ({error}). Nothing is sent twice: the same call looks "
                    "again. job.cancel() of vm.jobs() gives these pictures up, so that they can be sent anew.",
                )
                raise
            if found is not None:
                return found
            if look < _LOOKS:
                time.sleep(float(look))
        return None

    def resume(self, part: Part) -> Part:
        """Go on with a part where a kernel that was killed has left it."""
        if part.state == "uploading":
            file_id = self.files.find_file(part.file_name, part.size)
            if not file_id:
                return self.parts.drop(
                    part, "The upload was interrupted; the pictures are sent again by the same call."
                )
            part = self.parts.save(part, state="uploaded", file=file_id)
        elif part.state == "creating":
            found = self._find(part)
            if found is not None:
                return self._created(part, found)
        elif part.state not in ("uploaded", "waiting"):
            return part
        return self.create(part)


def is_enqueued(code: str, message: str) -> bool:
    """Return whether a server refused a batch only for now, since too many tokens are enqueued; it costs nothing."""
    text = f"{code} {message}".lower()
    return any(words in text for words in _ENQUEUED)


def wait_before(attempts: int) -> float:
    """Return how long a part waits for room at the server while no other one is running (seconds)."""
    return 0.0 if attempts < 2 else float(min(WAIT_AGAIN, 30 * 2 ** (attempts - 2)))


def _now() -> float:
    return float(round(time.time()))
