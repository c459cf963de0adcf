"""A run in a thread of its own, which the caller waits for and can interrupt at any moment."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import TYPE_CHECKING, Final

from vision_magic.errors import Interrupted

if TYPE_CHECKING:
    from vision_magic.each.driver import DriveEnd
    from vision_magic.each.run import Run
    from vision_magic.each.table.table import Table

__all__ = ["in_thread"]

_TICK: Final = 0.2  # seconds; a wait without an end cannot be interrupted everywhere
_PATIENCE: Final = 0.8  # seconds for closing the connections after an interrupt


class _Thread:
    """The thread of a run, with an event loop of its own."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._ended = threading.Event()
        self.end: DriveEnd | None = None
        self.error: BaseException | None = None

    def start(self) -> None:
        # The copied context tells the kernel which cell the outputs belong to.
        work = contextvars.copy_context().run
        threading.Thread(target=work, args=(self._work,), name="vision_magic-each", daemon=True).start()

    def _work(self) -> None:
        try:
            asyncio.run(self._follow())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # of any class: it is raised again where the run is waited for
            self.error = error
        finally:
            self._ended.set()

    async def _follow(self) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        self._run.on_stop(lambda: loop.call_soon_threadsafe(task.cancel))
        self.end = await self._run.drive()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, and return whether it has come."""
        if seconds is not None:
            return self._ended.wait(seconds)
        while not self._ended.wait(_TICK):
            pass
        return True


def in_thread(run: Run) -> Table:
    """Carry out a run and return its table; errors are those of `Run.result`.

    Raises
    ------
    Interrupted
        A person interrupted it; ``partial`` is the table so far.
    """
    thread = _Thread(run)
    try:
        try:
            with run.shown():
                thread.start()
                try:
                    thread.wait()
                    if thread.error is not None:
                        raise thread.error
                    run.ended(thread.end)
                except KeyboardInterrupt:
                    run.stop()
                    thread.wait(_PATIENCE)
                    run.progress.end("interrupted")
                    raise
                except BaseException:
                    run.progress.end("ended early")
                    raise
        finally:
            run.close()
        return run.result(thread.end)
    except KeyboardInterrupt:
        run.stop()
        stopped = Interrupted("Interrupted; all connections are closed, and the rows so far are in .partial.")
        stopped.partial = run.table()
        raise stopped from None
