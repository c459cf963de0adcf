"""The steps of an exchange, and what comes of each: what the exchange decides and a connection performs."""

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
    """Send a request; answered with `ResponseHead` or `TransportFailure`. What was being read is closed first."""

    method: Literal["GET", "POST"]
    path: str
    body: Body | None = None


@dataclass(slots=True)  # not frozen: there is one for each chunk, and a frozen one takes three times as long to make
class Read:
    """Read the next bytes until a moment on the exchange's clock; answered with bytes, None or `TransportFailure`."""

    until: float | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait (seconds)."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """What a response begins with; the names of the headers in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransportFailure:
    """What the transport reported instead of an answer: how it failed, and in which words."""

    kind: Literal["connect", "timeout", "cut", "garbled"]
    words: str


Step = Send | Read | Pause | Emit
Outcome = ResponseHead | TransportFailure | bytes | None
