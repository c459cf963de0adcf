"""How is a question answered while other things go on? In a thread of its own, that can be stopped from any other."""

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

__all__ = ["Answering"]


class Answering:
    """A question that is being answered; `reply` is as far as it has come, `wait` gives the whole.

    Parameters
    ----------
    stream : AsyncReplyStream
        The answer, from `vision_magic.astream` or `Conversation.astream`; not yet begun.
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
        listen: Callable[[Event, Callable[[], Reply]], None] | None = None,
        finish: Callable[[Answering], None] | None = None,
    ) -> Answering:
        """Ask, and return at once.

        Parameters
        ----------
        listen : callable, optional
            Takes each event as it comes, and a function that gives the reply so far; called in the other thread.
        finish : callable, optional
            Called there once, with this object, when all is over.
        """

        def run() -> None:
            try:
                asyncio.run(self._follow(listen))
            except asyncio.CancelledError:
                pass
            finally:
                self._ended.set()
                if finish is not None:
                    finish(self)

        # The copied context tells the kernel which cell the outputs belong to.
        work = contextvars.copy_context().run
        threading.Thread(target=work, args=(run,), name="vision_magic-answer", daemon=True).start()
        return self

    async def _follow(self, listen: Callable[[Event, Callable[[], Reply]], None] | None) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        with self._lock:
            if self._stopped or task is None:
                return
            self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            async with self._stream as events:
                async for event in events:
                    if listen is not None:
                        listen(event, lambda: events.reply)
        except Exception as error:  # also a fault of ours or of `listen`: nobody else is there to hear of it
            self.error = error
            self._reply = error.partial if isinstance(error, WireError) else None
        finally:
            with self._lock:
                self._cancel = None

    def stop(self) -> None:
        """End the call, from any thread: the connection is closed and what arrived is kept."""
        with self._lock:
            again, self._stopped = self._stopped, True
            if self._cancel is not None and not again:  # a second one would cancel the closing of the connection
                self._cancel()

    @property
    def done(self) -> bool:
        """Whether all is over."""
        return self._ended.is_set()

    @property
    def reply(self) -> Reply:
        """The reply as far as it has come."""
        return self._reply or self._stream.reply

    def wait(self, timeout: float | None = None) -> Reply:
        """Return the reply when all is over.

        Raises
        ------
        TimeoutError
            It is not, after so many seconds; it goes on.
        VisionError
            The call did not end well; `reply` keeps what arrived.
        """
        if not self._ended.wait(timeout):
            raise TimeoutError(f"The answer is still being written after {timeout} s; .reply has what there is.")
        if self.error is not None:
            raise self.error
        return self.reply

    def __repr__(self) -> str:
        return f"<Answering: {self.reply.state if self.done else 'still being written'}>"
