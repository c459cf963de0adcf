"""Is a lesson being recorded, or played? The recording of this process, and what is done with each question."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from vision_magic.errors import RecordingError
from vision_magic.wire.cassette import Cassette

__all__ = ["MODES", "Mode", "Tape", "active", "recording", "stop", "use"]

Mode = Literal["replay", "record", "once", "refresh"]

MODES: Final[dict[str, str]] = {
    "replay": "answers come from the file; nobody else is asked",
    "record": "every question is asked, and its answer added to the file",
    "once": "what the file answers comes from it, everything else is asked and added",
    "refresh": "the file begins anew",
}
"""What is done with a question, by mode."""


@dataclass(frozen=True, slots=True)
class Tape:
    """A recording in use.

    Attributes
    ----------
    cassette : Cassette
        The file.
    mode : {"replay", "record", "once", "refresh"}
        What is done with a question.
    speed : float
        1 plays in the recorded rhythm, 0 at once.
    pictures : bool
        Whether the pictures themselves are recorded.
    """

    cassette: Cassette
    mode: Mode
    speed: float = 1.0
    pictures: bool = False

    @property
    def plays(self) -> bool:
        """Whether answers can come from the file."""
        return self.mode in ("replay", "once")

    @property
    def records(self) -> bool:
        """Whether new answers go into it."""
        return self.mode != "replay"


_tape: Tape | None = None
_from_environment: tuple[str, str, Tape] | None = None


def active() -> Tape | None:
    """Return the recording in use: what was chosen here, else what ``VISION_MAGIC_CASSETTE`` names."""
    return _tape or _of_the_environment()


def use(path: str | Path, mode: str = "replay", *, speed: float = 1.0, pictures: bool = False) -> Tape:
    """Use a recording from now on.

    Raises
    ------
    RecordingError
        The file cannot be read, is not there to be played, or the mode is none.
    """
    global _tape
    _tape = _opened(Path(path), mode, speed, pictures)
    return _tape


def stop() -> None:
    """Use no recording any more."""
    global _tape
    _tape = None


@contextlib.contextmanager
def recording(path: str | Path, mode: str = "once", *, speed: float = 1.0, pictures: bool = False) -> Iterator[Tape]:
    """Use a recording inside a ``with`` block.

    Parameters
    ----------
    path : str or Path
        The file, one JSON line an exchange.
    mode : {"once", "replay", "record", "refresh"}
        ``replay`` asks nobody; ``record`` asks every question and adds its answer; ``once`` plays what is there and
        records the rest; ``refresh`` begins the file anew.
    speed : float
        1 plays in the recorded rhythm, 0 at once.
    pictures : bool
        Whether the pictures themselves are recorded, and not only their hashes.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "lesson.jsonl"
    >>> with vm.recording(path):
    ...     first = vm.ask("What size is it?", Image.new("RGB", (9, 9)), profile="embedded")
    >>> with vm.recording(path, "replay", speed=0):
    ...     again = vm.ask("What size is it?", Image.new("RGB", (9, 9)))
    >>> first.text == again.text
    True
    """
    global _tape
    before = _tape
    _tape = _opened(Path(path), mode, speed, pictures)
    try:
        yield _tape
    finally:
        _tape = before


def _opened(path: Path, mode: str, speed: float, pictures: bool) -> Tape:
    if mode not in MODES:
        raise RecordingError(f"mode got {mode!r}; expected one of {', '.join(MODES)}.")
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0 <= speed < float("inf"):
        raise RecordingError(f"speed got {speed!r}; expected a number from 0 up: 1 is as recorded, 0 is at once.")
    path = path.expanduser().absolute()  # a notebook may go to another folder meanwhile
    if mode == "replay" and not path.exists():
        raise RecordingError(f"{path} is not there to be played; record it first: %vision record {path}.")
    if path.is_dir():
        raise RecordingError(f"{path} is a folder; expected a file, such as lesson.jsonl.")
    cassette = Cassette(path)
    if mode == "refresh":
        cassette.clear()
    return Tape(cassette, mode, float(speed), pictures)  # type: ignore[arg-type]  # one of MODES


def _of_the_environment() -> Tape | None:
    """Return what the environment names; opened once, and again where it names another."""
    global _from_environment
    path = os.environ.get("VISION_MAGIC_CASSETTE", "").strip()
    mode = os.environ.get("VISION_MAGIC_CASSETTE_MODE", "").strip() or "replay"
    if not path:
        return None
    if _from_environment is None or _from_environment[:2] != (path, mode):
        _from_environment = (path, mode, _opened(Path(path), mode, 0.0, False))
    return _from_environment[2]
