"""Time limits for the parts of a call."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Timeouts", "timeouts_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Time limits for the parts of a call, in seconds; None means no limit.

    Attributes
    ----------
    connect : float
        For opening the connection.
    first_token : float or None
        From sending the request to the first text, reasoning, refusal or tool call.
    idle : float or None
        From one of these to the next. Comments that keep a connection alive do not count.
    total : float or None
        For the whole call.
    """

    connect: float = 10.0
    first_token: float | None = 120.0
    idle: float | None = 60.0
    total: float | None = None


def timeouts_for(*, loopback: bool) -> Timeouts:
    """Return the default time limits.

    A server on this machine (`loopback`) gets more time: it may load a model first, and it processes prompts slowly.
    """
    return Timeouts(first_token=600.0, idle=300.0) if loopback else Timeouts()
