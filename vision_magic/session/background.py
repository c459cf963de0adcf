"""Replies in the background: a thread asks while the caller does other work, and can be stopped from any thread."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from vision_magic.errors import WireError

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply
    from vision_magic.session.stream import AsyncReplyStream

__all__ = ["BackgroundReply"]


class BackgroundReply:
    """A reply that is written while other code runs.

    Parameters
    ----------
    stream : AsyncReplyStream
        The answer, from `vision_magic.astream` or `Conversation.astream`; not yet started.

    Attributes
    ----------
    error : Exception or None
        The error that ended the call.
    """

    def __init__(self, stream: AsyncReplyStream) -> None:
        self._stream = stream
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._cancel: Callable[[], object] | None = None
        self._stopped = False
        self._reply: Reply | None = None
        self.error: Exception | None = None

    def start(
        self,
        on_event: Callable[[Event, Callable[[], Reply]], None] | None = None,
        on_end: Callable[[BackgroundReply], None] | None = None,
    ) -> BackgroundReply:
        """Ask in another thread, and return this object at once.

        Parameters
        ----------
        on_event : callable, optional
            Called in the other thread with each event, and with a function that returns the reply so far.
        on_end : callable, optional
            Called in the other thread with this object, once, when the call has ended.
        """

        def run() -> None:
            try:
                asyncio.run(self._follow(on_event))
            except asyncio.CancelledError:
                pass
            finally:
                self._ended.set()
                if on_end is not None:
                    on_end(self)

        # The copied context tells the kernel which cell the outputs belong to.
        work = contextvars.copy_context().run
        threading.Thread(target=work, args=(run,), name="vision_magic-answer", daemon=True).start()
        return self

    async def _follow(self, on_event: Callable[[Event, Callable[[], Reply]], None] | None) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        with self._lock:
            if self._stopped or task is None:
                return
            self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            async with self._stream as events:
                async for event in events:
                    if on_event is not None:
                        on_event(event, lambda: events.reply)
        except Exception as error:  # of any class, also from `on_event`: nothing else would report it
            self.error = error
            self._reply = error.partial if isinstance(error, WireError) else None
        finally:
            with self._lock:
                self._cancel = None

    def stop(self) -> None:
        """Stop the call from any thread: the connection is closed, and what has arrived is kept."""
        with self._lock:
            again, self._stopped = self._stopped, True
            if self._cancel is not None and not again:  # a second one would cancel the closing of the connection
                self._cancel()

    @property
    def done(self) -> bool:
        """Whether the call has ended."""
        return self._ended.is_set()

    @property
    def reply(self) -> Reply:
        """The reply so far."""
        return self._reply or self._stream.reply

    def wait(self, timeout: float | None = None) -> Reply:
        """Wait until the call has ended, and return the reply.

        Parameters
        ----------
        timeout : float, optional
            Longest time to wait (seconds); by default there is no limit.

        Raises
        ------
        TimeoutError
            The call has not ended in time; it continues.
        VisionError
            The call failed; `reply` is what arrived before.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError(f"The answer is still being written after {timeout} s; .reply is the reply so far.")
        if self.error is not None:
            raise self.error
        return self.reply

    def __repr__(self) -> str:
        return f"<BackgroundReply: {self.reply.state if self.done else 'still being written'}>"
