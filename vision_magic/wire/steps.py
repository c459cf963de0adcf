"""The steps of an exchange, which a connection performs, and their outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vision_magic.drive import Emit

if TYPE_CHECKING:
    from vision_magic.wire.body import Body

__all__ = ["Outcome", "Pause", "Read", "ResponseHead", "Send", "Step", "TransportFailure"]


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request, and close the previous response first. The outcome is `ResponseHead` or `TransportFailure`.

    The head of the response must arrive by the time `until` on the exchange's clock. A path that begins with ``//``
    is one of the server, any other is below the base URL.
    """

    method: Literal["GET", "POST"]
    path: str
    body: Body | None = None
    until: float | None = None


@dataclass(slots=True)  # not frozen: there is one for each chunk, and a frozen one takes three times as long to create
class Read:
    """Read the next bytes, at most until a time on the exchange's clock.

    The outcome is bytes, None at the end of the response, or `TransportFailure`.
    """

    until: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """The status and headers of a response; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransportFailure:
    """A failure that the transport reported instead of a response.

    Attributes
    ----------
    kind : str
        When it happened.
    words : str
        The transport's message.
    cause : str
        What caused it, as far as that is known.
    proxy : str
        The proxy that was in use, without its password; empty for none.
    """

    kind: Literal["connect", "timeout", "cut", "garbled"]
    words: str
    cause: Literal["", "certificate", "plain", "tls", "host", "refused", "proxy"] = ""
    proxy: str = ""


Step = Send | Read | Pause | Emit
Outcome = ResponseHead | TransportFailure | bytes | None
