"""The base class of the views, and the messages that several views show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vision_magic.chat.events import RetryScheduled, RetryStarted
from vision_magic.errors import VisionError
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.events import Event
    from vision_magic.chat.reply import Reply

__all__ = ["View", "format_error", "format_retry"]


class View:
    """The output of one answer. The base class shows nothing; each view overrides the methods that it needs."""

    def begin(self, target: str, stop: Callable[[], None], *, background: bool = False) -> None:
        """Show the model and host, before anything has arrived.

        Parameters
        ----------
        target : str
            Model and host, as in ``model · host``.
        stop : callable
            Ends the call, from any thread.
        background : bool
            Whether no cell waits for the answer, so that interrupting the kernel would stop another cell.
        """

    def sent(self) -> None:
        """Note that the images have been read and encoded, and the request has been sent."""

    def event(self, event: Event, reply: Callable[[], Reply]) -> None:
        """Process one event; `reply` returns the reply so far."""

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Show the final reply, complete or not.

        Parameters
        ----------
        reply : Reply
            The reply.
        plain : bool
            Whether its text is shown as it was written, which takes no time: an earlier call was interrupted.
        """

    def fail(self, message: str) -> bool:
        """Remove the status line, since nothing arrived, and show the message.

        The message is empty if the cell itself fails and shows the error.

        Returns
        -------
        bool
            Whether all outputs of the cell were cleared.
        """
        return False


def format_error(error: Exception) -> str:
    """Return the message of an error, with the name of its class if it is not a `VisionError`."""
    name = "" if isinstance(error, VisionError) else f"{type(error).__name__}: "
    return clean_text(f"{name}{error}")


def format_retry(event: RetryScheduled | RetryStarted) -> str:
    """Return the status line of a retry: the pause and its reason, or that the request was sent again."""
    if isinstance(event, RetryStarted):
        return "sent again, waiting for the first token"
    return clean_text(f"retrying in {event.seconds:.1f} s · {event.reason}")
