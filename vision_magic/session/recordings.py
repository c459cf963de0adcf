"""The recording of this process."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from vision_magic.session.store.recording import MODES, Mode, Recording, Recordings

__all__ = ["MODES", "Mode", "Recording", "active", "recording", "stop", "use"]

_RECORDINGS = Recordings()  # moves into Session


def active() -> Recording | None:
    """Return the recording in use, or None."""
    return _RECORDINGS.active()


def use(path: str | Path, mode: str = "replay", *, speed: float = 1.0, images: bool = False) -> Recording:
    """Use a recording from now on."""
    return _RECORDINGS.use(path, mode, speed=speed, images=images)


def stop() -> None:
    """Stop using the chosen recording."""
    _RECORDINGS.stop()


def recording(
    path: str | Path, mode: str = "once", *, speed: float = 1.0, images: bool = False
) -> AbstractContextManager[Recording]:
    """Use a recording inside a ``with`` block.

    Parameters
    ----------
    path : str or Path
        The file, one JSON line for each exchange.
    mode : {"once", "replay", "record", "refresh"}
        ``replay`` asks no server; ``record`` asks every question and adds its answer; ``once`` replays what is recorded
        and records the rest; ``refresh`` starts the file anew.
    speed : float
        1 replays at the recorded pace, 0 without waiting.
    images : bool
        Whether the images themselves are recorded, and not only their hashes.

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
    return _RECORDINGS.recording(path, mode, speed=speed, images=images)
