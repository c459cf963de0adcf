"""Recordings in use: a store of exchanges, and the mode that decides how each request is handled."""

from __future__ import annotations

import contextlib
import datetime
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Protocol

from vision_magic.chat.request import ChatRequest
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.reprs import short_repr
from vision_magic.session.paths import as_path, reason
from vision_magic.session.store.exchange import RecordedExchange, canonical_request
from vision_magic.session.store.json_lines import JsonLinesStore
from vision_magic.session.store.matching import Match, Rule, match_recording, models_in_place
from vision_magic.session.store.miss import explain_miss

__all__ = ["MODES", "ExchangeStore", "Mode", "Recording", "Recordings"]

Mode = Literal["replay", "record", "once", "refresh"]

MODES: Final[Mapping[str, str]] = {
    "replay": "answers come from this file, and no server is asked",
    "record": "every question is asked, and its answer is added",
    "once": "only questions without a recorded answer are asked, and their answers are added",
    "refresh": "every question is asked; the first answer replaces the file, and the others are added",
}
"""Description of each mode."""


_FASTEST: Final = 1e9


class ExchangeStore(Protocol):
    """A file of recorded exchanges in some format."""

    path: Path

    def __iter__(self) -> Iterator[RecordedExchange]:
        """Iterate over all exchanges, oldest first."""

    def count(self) -> int:
        """Return the number of exchanges."""

    def candidates(self, request: Mapping[str, Any], *, host: str = "", cell: str = "") -> Sequence[RecordedExchange]:
        """Return the exchanges that may answer a canonical request, the newest first."""

    def add(self, exchange: RecordedExchange, *, cell: str = "") -> None:
        """Add an exchange; raise `RecordingError` if that fails."""

    def clear(self) -> int:
        """Forget all exchanges and return how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A store of exchanges in use.

    Attributes
    ----------
    store : ExchangeStore
        The file.
    mode : {"replay", "record", "once", "refresh"}
        How requests are handled; see `MODES`.
    speed : float
        1 replays at the recorded pace, 0 without waiting.
    images : bool
        Whether the images themselves are recorded in addition to their hashes.
    rule : Rule
        Chooses the candidate of the store that answers a request.
    """

    store: ExchangeStore
    mode: Mode
    speed: float = 1.0
    images: bool = False
    rule: Rule = match_recording

    def __repr__(self) -> str:
        return f"<Recording {self.store.path.name}: {self.mode}>"

    @property
    def replays(self) -> bool:
        """Whether answers can come from the store."""
        return self.mode in ("replay", "once")

    @property
    def records(self) -> bool:
        """Whether new answers are added to the store."""
        return self.mode != "replay"

    def canonical(self, request: ChatRequest) -> Mapping[str, Any]:
        """Return the canonical form of a request, for `find` and `add`. It decodes the images, which takes a while."""
        return canonical_request(request, images=self.images)

    def find(
        self,
        request: ChatRequest,
        *,
        host: str = "",
        cell: str = "",
        fresh: bool = False,
        sample: int = 0,
        canonical: Mapping[str, Any] | None = None,
    ) -> Match | None:
        """Return the recorded exchange that answers a request, or None if the server has to be asked.

        Parameters
        ----------
        request : ChatRequest
            The request.
        host : str
            The server that would be asked; only kept answers depend on it.
        cell : str
            The front end's identifier of the cell that asks, or an empty string.
        fresh : bool
            Whether to ask the server even if there is an answer; ignored by a replay.
        sample : int
            How many answers to the same request were used before. Each recorded one is used once, the newest first.
        canonical : mapping, optional
            The canonical form of the request, if it is known already.

        Raises
        ------
        RecordingMiss
            A replay has no answer; the message describes how the closest exchange differs.
        """
        if not self.replays or (fresh and self.records):
            return None
        asked = canonical_request(request) if canonical is None else canonical
        match = self.rule(asked, self.store.candidates(asked, host=host, cell=cell), not self.records, sample)
        if match is None and not self.records:
            raise RecordingMiss(explain_miss(asked, list(self.store), self.store.path.name))
        return match

    def check_reader(self, request: ChatRequest) -> None:
        """Refuse to record the embedded reader's answer in place of the recorded one of a language model.

        Raises
        ------
        RecordingError
            Another model's answer to this request is in the store.
        """
        asked = self.canonical(request)
        models = models_in_place(asked, self.store.candidates(asked))
        if models:
            name = self.store.path.name
            raise RecordingError(
                f"{name} has an answer of {', '.join(models)} to this question, which one of the embedded reader would "
                f"replace. Replay it with %vision replay {name}, or choose a model with %vision use."
            )

    def add(
        self,
        request: ChatRequest,
        chunks: Sequence[tuple[float, Mapping[str, Any]]],
        *,
        host: str,
        cell: str = "",
        canonical: Mapping[str, Any] | None = None,
    ) -> None:
        """Add a request and its answer.

        Parameters
        ----------
        request : ChatRequest
            The request.
        chunks : sequence of (float, mapping)
            The chunks of the answer, each with its time in seconds since the request.
        host : str
            The server that answered.
        cell : str
            The front end's identifier of the cell that asked, or an empty string.
        canonical : mapping, optional
            The canonical form of the request, if it is known already.

        Raises
        ------
        RecordingError
            The file cannot be written.
        """
        times = [0.0, *(at for at, _ in chunks)]
        exchange = RecordedExchange(
            request=self.canonical(request) if canonical is None else canonical,
            chunks=[(max(0.0, at - before), chunk) for before, (at, chunk) in zip(times, chunks, strict=False)],
            host=host,
            date=datetime.date.today().isoformat(),
        )
        self.store.add(exchange, cell=cell)


class Recordings:
    """The recording in use: the chosen one, otherwise the one that ``VISION_MAGIC_CASSETTE`` names."""

    def __init__(self) -> None:
        self._chosen: Recording | None = None
        self._named: tuple[str, str, Recording] | None = None  # path and mode in the environment, and their recording
        self._lock = threading.Lock()

    def active(self) -> Recording | None:
        """Return the recording in use, or None."""
        return self._chosen or self._from_environment()

    def use(self, path: str | Path, mode: str = "replay", *, speed: float = 1.0, images: bool = False) -> Recording:
        """Use a recording from now on.

        Parameters
        ----------
        path : str or Path
            The file, one JSON line for each exchange.
        mode : {"replay", "record", "once", "refresh"}
            How requests are handled; see `MODES`.
        speed : float
            1 replays at the recorded pace, 0 without waiting.
        images : bool
            Whether the images themselves are recorded in addition to their hashes.

        Raises
        ------
        RecordingError
            The file cannot be read, or does not exist and cannot be replayed; or the mode or the speed is invalid.
        """
        recording = _opened(as_path(path, "recording", "lesson.vision.jsonl", RecordingError), mode, speed, images)
        self._chosen = recording
        return recording

    def stop(self) -> None:
        """Stop using the chosen recording; the one that the environment names is used instead."""
        self._chosen = None

    @contextlib.contextmanager
    def recording(
        self, path: str | Path, mode: str = "once", *, speed: float = 1.0, images: bool = False
    ) -> Iterator[Recording]:
        """Use a recording inside a ``with`` block, then the previous one again. The parameters are those of `use`."""
        before = self._chosen
        try:
            yield self.use(path, mode, speed=speed, images=images)
        finally:
            self._chosen = before

    def _from_environment(self) -> Recording | None:
        """Return the recording that the environment names; it is opened again only if the name has changed."""
        path = os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
        mode = os.environ.get("VISION_MAGIC_CASSETTE_MODE", "").strip() or "replay"
        if not path:
            return None
        with self._lock:
            if self._named is None or self._named[:2] != (path, mode):
                file = as_path(path, "VISION_MAGIC_CASSETTE", "lesson.vision.jsonl", RecordingError)
                self._named = (path, mode, _opened(file, mode, 0.0, False))
            return self._named[2]


def _opened(path: Path, mode: str, speed: float, images: bool) -> Recording:
    if not isinstance(mode, str) or mode not in MODES:
        raise RecordingError(f"mode got {short_repr(mode)}; expected one of {', '.join(MODES)}.")
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0 <= speed < _FASTEST:
        raise RecordingError(
            f"speed got {short_repr(speed)}; expected a number of at least 0: 1 is the recorded pace, 0 does not wait."
        )
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:  # a name that is too long, a folder that may not be read
        raise RecordingError(f"{path} cannot be used ({reason(error)}).") from None
    if mode == "replay" and not exists:
        raise RecordingError(_missing(path))
    if is_folder:
        raise RecordingError(f"{path} is a folder; expected a file, such as lesson.vision.jsonl.")
    store = JsonLinesStore(path)
    if mode == "refresh":
        store.clear()
    return Recording(store=store, mode=mode, speed=float(speed), images=images)  # type: ignore[arg-type]  # one of MODES


def _missing(path: Path) -> str:
    """Return the message for a file that is not there: first for those who were given it, then for who makes it."""
    is_here = path.parent == Path.cwd()
    name, place = (path.name, "beside the notebook; the folder now is ") if is_here else (str(path), "into ")
    return f"{name} does not exist. Put it {place}{path.parent}. To make a lesson, record it: %vision record {name}."
