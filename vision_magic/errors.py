"""The exceptions that vision_magic raises on purpose.

::

    VisionError                 base class; a message says what arrived, what was expected and the next step
    ├── ImageError              an object cannot be converted to an image
    ├── RequestError            a request field has a value that no server accepts
    ├── SettingsError           a profile, settings file, key or address cannot be used
    ├── ReadingError            the embedded reader cannot read the text in a picture
    ├── RecordingError          a recording cannot be read or written
    │   └── RecordingMiss       the recording has no answer to this request
    ├── RunError                the pictures, a key or the file of a run of ``ask_each`` cannot be used
    ├── CellError               a ``%%vision`` cell cannot be parsed
    └── WireError               a call failed; ``.partial`` holds the part of the reply that arrived
        ├── ConnectionFailed    no response: connection refused, unknown host, timeout
        ├── ServerError         the server returned an error; ``.status``, ``.code``
        ├── BrokenReply         the response is not a valid reply, or the connection broke off
        │   └── TruncatedReply  the stream ended without a completion marker
        ├── SpendingCapReached  ``max_tokens_total`` would be exceeded: not sent, or stopped
        └── Interrupted         the user stopped the call (also a ``KeyboardInterrupt``)
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "BrokenReply",
    "CellError",
    "ConnectionFailed",
    "ImageError",
    "Interrupted",
    "ReadingError",
    "RecordingError",
    "RecordingMiss",
    "RequestError",
    "RunError",
    "ServerError",
    "SettingsError",
    "SpendingCapReached",
    "TruncatedReply",
    "VisionError",
    "WireError",
]


class VisionError(Exception):
    """Base class of all exceptions that vision_magic raises on purpose."""


class ImageError(VisionError, ValueError):
    """An object cannot be converted to an image, or an image option is invalid."""


class RequestError(VisionError, ValueError):
    """A request field has a value that no server accepts."""


class SettingsError(VisionError, ValueError):
    """A profile, settings file, key or address cannot be used."""


class ReadingError(VisionError):
    """The embedded reader cannot read the text in a picture: its libraries are not installed, or they failed."""


class RecordingError(VisionError, ValueError):
    """A recording cannot be read or written."""


class RecordingMiss(RecordingError):
    """The recording has no answer to this request; no server was called."""


class RunError(VisionError, ValueError):
    """The pictures, a key or the file of a run of `ask_each` cannot be used, or the run ended early.

    Attributes
    ----------
    partial : Table or None
        The rows so far, if the run had begun.
    """

    partial: Any = None  # a Table: typed as Any because each/ is above this module


class CellError(VisionError, ValueError):
    """A ``%%vision`` cell cannot be parsed."""


class WireError(VisionError):
    """A call failed.

    Attributes
    ----------
    partial : Reply or None
        The part of the reply that arrived, or None if nothing did.
    retryable : bool
        Whether the same call may succeed if it is repeated.
    retry_after : float or None
        Seconds that the server asked the client to wait, or None.
    """

    partial: Any = None  # a Reply: typed as Any because chat/ is above this module
    retryable: bool = False
    retry_after: float | None = None


class ConnectionFailed(WireError):
    """The server could not be reached, or did not respond in time."""


class ServerError(WireError):
    """The server returned an error.

    Attributes
    ----------
    status : int or None
        HTTP status code, or None if the error was sent inside a stream.
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
    """The response is not a valid reply, or the connection broke off."""


class TruncatedReply(BrokenReply):
    """The stream ended without a finish reason and without ``[DONE]``."""


class SpendingCapReached(WireError):
    """``max_tokens_total`` would be exceeded: the request was not sent, or its reply was stopped."""


class Interrupted(WireError, KeyboardInterrupt):
    """The user stopped the call; the connection is closed and the partial reply is kept.

    It is also a ``KeyboardInterrupt``, so ``except Exception`` does not catch it.
    """
