"""How long each part of a call may take."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Timeouts", "timeouts_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long each part of a call may take, in seconds; None for as long as it takes.

    Attributes
    ----------
    connect : float
        Until the connection stands.
    first_token : float or None
        From sending until the first text, reasoning, refusal or tool call.
    idle : float or None
        Between one of these and the next. Comments that keep a connection open do not count as life.
    total : float or None
        The whole call.
    """

    connect: float = 10.0
    first_token: float | None = 120.0
    idle: float | None = 60.0
    total: float | None = None


def timeouts_for(*, loopback: bool) -> Timeouts:
    """Return the timeouts for a server: this machine's own may load a model first, and reads long prompts slowly."""
    return Timeouts(first_token=600.0, idle=300.0) if loopback else Timeouts()
