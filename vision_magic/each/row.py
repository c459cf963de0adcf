"""A row: what became of one picture that was asked about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Literal

__all__ = ["Key", "Row", "State"]

Key = Any
"""What names a picture: a string, a number, a path, a date, or a tuple of these; `keys` writes and reads it."""

State = Literal["done", "failed", "refused", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Row:
    """The answer about one picture, or the reason why there is none.

    Attributes
    ----------
    key : str, int, float, tuple, date or path
        The name of the picture among the others, of the type that it was given in.
    repeat : int
        Which time this picture is asked, from 0; more than 0 only where each is asked several times.
    state : {"done", "failed", "refused", "stopped"}
        ``refused`` means that the model declined, ``stopped`` that the answer was cut short by a person.
    value : JSON values
        The typed answer as plain JSON values; None without a schema, or where the state is not ``done``.
    text : str
        The answer as the model wrote it.
    error : str
        Why there is no answer, with the next step; empty if there is one.
    doubt : str
        Why the answer should be looked at by a person, such as "repaired once"; empty if nothing speaks against it.
    model, system_fingerprint : str
        The model as the server named it, and the server's configuration.
    prompt_tokens, completion_tokens : int
        The tokens of all attempts, as the server counted them, or else estimated.
    cached_tokens : int
        Those of the prompt that the server had in its cache, as far as it counts them.
    estimated : bool
        Whether the tokens are estimated.
    seconds : float
        The time from the first request to the end of the answer (seconds).
    tries : int
        The number of requests that were sent.
    picture : str
        SHA-256 of the encoded picture, in hexadecimal digits, as in the log; empty if it could not be read.
    width, height : int
        The size of the picture as it was sent (pixels); 0 if it could not be read.
    note : str
        What was done to the picture before it was sent, such as "shrunk from 4000×3000".
    at : float
        When the row was written (seconds since 1970).
    worker : str
        The worker of a cluster that asked; empty on this machine.
    label : JSON value or None
        What a person said of the picture; None if nobody did.
    """

    key: Key
    state: State
    repeat: int = 0
    value: Any = None
    text: str = ""
    error: str = ""
    doubt: str = ""
    model: str = ""
    system_fingerprint: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False
    seconds: float = 0.0
    tries: int = 0
    picture: str = ""
    width: int = 0
    height: int = 0
    note: str = ""
    at: float = 0.0
    worker: str = ""
    label: Any = None

    def __repr__(self) -> str:
        """Return what differs from an empty row, with the time as a date."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        told = {field.name: told[field.name] for field in fields(self) if told[field.name] != field.default}
        words = {name: repr(value) for name, value in told.items()}
        if self.at:
            words["at"] = f"{datetime.fromtimestamp(self.at, UTC):%Y-%m-%dT%H:%M:%SZ}"
        return f"Row({', '.join(f'{name}={word}' for name, word in words.items())})"

    @property
    def tokens(self) -> int:
        """The tokens of the question and the answer."""
        return self.prompt_tokens + self.completion_tokens
