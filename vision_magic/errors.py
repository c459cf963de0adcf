"""Everything raised on purpose: one tree.

::

    VisionError                 a message says what arrived, what was expected, the next step
    ├── ImageError            an object that cannot become a picture
    ├── RequestError            a field of the request with a value that no server accepts
    ├── SettingsError           a profile, settings file, key or address that cannot be used
    ├── RecordingError          a recording that cannot be read or written
    │   └── RecordingMiss       it has no answer to this question
    ├── CellError               a ``%%vision`` cell that cannot be understood
    └── WireError               a call that did not end well; ``.partial`` keeps what arrived
        ├── ConnectionFailed    no answer: refused, unknown host, time-out
        ├── ServerError         the server answered with an error; ``.status``, ``.code``
        ├── BrokenReply         bytes that are no reply, or a reply that ended too early
        │   └── TruncatedReply  the stream ended without saying that it was complete
        ├── SpendingCapReached  max_tokens_total would be passed: not sent, or stopped
        └── Interrupted         the person stopped it (also a KeyboardInterrupt)
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "BrokenReply",
    "CellError",
    "ConnectionFailed",
    "ImageError",
    "Interrupted",
    "RecordingError",
    "RecordingMiss",
    "RequestError",
    "ServerError",
    "SettingsError",
    "SpendingCapReached",
    "TruncatedReply",
    "VisionError",
    "WireError",
]


class VisionError(Exception):
    """The root of everything that vision_magic raises on purpose."""


class ImageError(VisionError, ValueError):
    """An object that cannot become a picture."""


class RequestError(VisionError, ValueError):
    """A field of the request with a value that no server accepts."""


class SettingsError(VisionError, ValueError):
    """A profile, settings file, key or address that cannot be used."""


class RecordingError(VisionError, ValueError):
    """A recording that cannot be read or written."""


class RecordingMiss(RecordingError):
    """A recording has no answer to this question; nobody else was asked."""


class CellError(VisionError, ValueError):
    """A ``%%vision`` cell that cannot be understood."""


class WireError(VisionError):
    """A call that did not end well.

    Attributes
    ----------
    partial : Reply or None
        What had arrived until then; None where nothing had.
    passing : bool
        Whether the same call may go well a moment later.
    retry_after : float or None
        How long the server asked to wait, in seconds; None where it did not.
    """

    partial: Any = None  # a Reply; its floor is above this one
    retryable: bool = False
    retry_after: float | None = None


class ConnectionFailed(WireError):
    """The server was not reached, or did not answer in time."""


class ServerError(WireError):
    """The server answered with an error.

    Attributes
    ----------
    status : int or None
        The HTTP status, or None where the error came inside a stream.
    code : str or None
        The server's own name for the error, such as ``insufficient_quota``.
    server_message : str
        The server's own message, shortened and without secrets.
    """

    def __init__(
        self, message: str, *, status: int | None = None, code: str | None = None, server_message: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.server_message = server_message


class BrokenReply(WireError):
    """Bytes that are no reply, or a reply that broke off."""


class TruncatedReply(BrokenReply):
    """The stream ended without a finish reason and without ``[DONE]``."""


class SpendingCapReached(WireError):
    """``max_tokens_total`` would be passed: the question was not sent, or its answer was stopped."""


class Interrupted(WireError, KeyboardInterrupt):
    """The person stopped the call; the connection is closed and the partial reply is kept.

    It is also a ``KeyboardInterrupt``: code that lets interrupts pass lets this one pass.
    """
