"""What travels between the driver of a run and the workers of a cluster: chunks of rows out, and their answers back.

Neither holds a key or pixels, unless the pictures themselves are in memory. Both are sealed: what an engine shows of
its tasks, in a dashboard or a log, is the number of rows.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from vision_magic.each.pictures.task import Task
from vision_magic.each.row import Key, Row
from vision_magic.errors import RequestError, VisionError
from vision_magic.reprs import short_repr
from vision_magic.secrets import redact
from vision_magic.text import one_line

if TYPE_CHECKING:
    from vision_magic.each.budget import Cap
    from vision_magic.each.driver import DriveEnd
    from vision_magic.each.plan import Plan
    from vision_magic.session.usage import UsageRecord
    from vision_magic.wire.quirks import QuirkBook

__all__ = ["Chunk", "Outcome", "Sealed", "own_python", "own_version", "pack", "seal", "unpack"]


@dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes that travel, with nothing to be read from outside.

    Attributes
    ----------
    rows : int
        The number of rows inside.
    version : str
        The version of vision_magic that wrote them.
    python : str
        The version of Python.
    data : bytes
        A pickle.
    """

    rows: int
    version: str
    python: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """What one worker is to ask.

    Attributes
    ----------
    plan, tasks : bytes
        The plan and the tasks, as `pack` returns them. They are unpacked when the chunk is known to be for this worker.
    run : str
        The name of the run, which engines see: random letters.
    concurrency : int
        The most requests in flight at once.
    rate : float or None
        The most requests in a second.
    cap : Cap or None
        What it may spend.
    factor : float or None
        The largest factor of a counted question to its estimate so far.
    longest : int or None
        The longest answer so far (tokens).
    quirks : QuirkBook
        What is known of the server.
    is_key_typed : bool
        Whether the driver has a typed key, which stays with it.
    proven : frozenset of str
        The processes that have asked a row already. Any other asks only the first row of its chunk.
    alive : str
        A file that exists until the run ends or is stopped. It says nothing on a machine that does not have it.
    """

    plan: bytes = field(repr=False)
    tasks: bytes = field(repr=False)
    run: str
    concurrency: int
    rate: float | None = None
    cap: Cap | None = None
    factor: float | None = None
    longest: int | None = None
    quirks: QuirkBook = field(repr=False)
    is_key_typed: bool = False
    proven: frozenset[str] = frozenset()
    alive: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a worker brings back.

    Attributes
    ----------
    worker : str
        Its name, for people.
    process : str
        What tells its process from others.
    rows : tuple of Row
        The rows that it asked. Their keys are the positions of their tasks in the chunk.
    left : tuple of int
        The positions of the tasks that it did not ask.
    seconds : float
        How long it took (seconds).
    end : DriveEnd or None
        How the drive ended; None if nothing was driven, or it was stopped.
    usage : tuple of UsageRecord
        The tokens of its requests, for the session of the driver.
    pause : float
        How long the server wants no requests, from the end of the chunk (seconds).
    factor, longest, quirks
        As those of the chunk, with what it learnt; None for the last if nothing was asked.
    needed : float
        What a row must have at its disposal, in the unit of the cap; 0 if that is not known.
    error : VisionError or None
        Why no chunk will fare better: a key that is missing, a loader that cannot be unpacked.
    """

    worker: str
    process: str
    rows: tuple[Row, ...] = ()
    left: tuple[int, ...] = ()
    seconds: float = 0.0
    end: DriveEnd | None = None
    usage: tuple[UsageRecord, ...] = ()
    pause: float = 0.0
    factor: float | None = None
    longest: int | None = None
    quirks: QuirkBook | None = None
    needed: float = 0.0
    error: VisionError | None = None


def seal(value: Chunk | Outcome, rows: int) -> Sealed:
    """Seal what is to travel."""
    return Sealed(rows, own_version(), own_python(), pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def own_version() -> str:
    """Return the version of vision_magic that is installed; empty if it is imported from a folder of sources."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("vision-magic")
    except PackageNotFoundError:
        return ""


def own_python() -> str:
    """Return the version of Python, on which code that travels depends."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def pack(value: Plan | Sequence[Task], names: Sequence[Key] = ()) -> bytes:
    """Pickle a plan or tasks, with what a notebook defines itself: its functions and classes are sent as code.

    Parameters
    ----------
    value : Plan or sequence of Task
        What is to travel.
    names : sequence of Key
        The names of the tasks for people.

    Raises
    ------
    RequestError
        Something in them cannot be pickled, or would not be found on a worker.
    """
    try:
        import cloudpickle
    except ImportError:
        return _plain_pickle(value, names)
    try:
        return bytes(cloudpickle.dumps(value))
    except Exception as error:  # whatever the objects of the user raise
        _refuse(value, names, error)


def unpack(data: bytes) -> Any:
    """Return what was packed; whatever the code in it raises."""
    return pickle.loads(data)


def _plain_pickle(value: Plan | Sequence[Task], names: Sequence[Key]) -> bytes:
    file = io.BytesIO()
    try:
        _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(value)
    except Exception as error:
        _refuse(value, names, error)
    return file.getvalue()


class _Pickler(pickle.Pickler):
    """A pickler that refuses what a worker could not find: it writes down names, and a notebook has no name there."""

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, type) or callable(obj):
            name = getattr(obj, "__qualname__", "")
            if getattr(obj, "__module__", "") == "__main__" or "<lambda>" in name or "<locals>" in name:
                raise pickle.PicklingError(f"{name or short_repr(obj)} is defined in the notebook")
        return NotImplemented


def _refuse(value: Plan | Sequence[Task], names: Sequence[Key], error: Exception) -> NoReturn:
    what = _culprit(value, names) if isinstance(value, Sequence) else "The schema or an option"
    try:
        import cloudpickle  # noqa: F401
    except ImportError:
        advice = 'install cloudpickle, which sends what a notebook defines as code: pip install "vision-magic[dask]"'
    else:
        advice = "pass paths, arrays, or functions that open what they need when they are called"
    words = one_line(redact(str(error)))[:_SHOWN]
    raise RequestError(f"{what} cannot be sent to a worker ({type(error).__name__}: {words}); {advice}.") from None


_SHOWN: Final = 300  # characters of an error


def _culprit(tasks: Sequence[Task], names: Sequence[Key]) -> str:
    """Name the first picture that cannot be pickled."""
    for task, name in zip(tasks, names, strict=False):
        try:
            pack([task])
        except RequestError:
            return f"The picture {short_repr(name)}"
    return "A picture"
