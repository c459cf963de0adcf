"""The lock of a run: a file beside the run's file, which the kernel that writes the run holds.

The system releases it when the kernel ends, however it ends. It is not the lock of SQLite, which is held only while a
row is written, so that others can read a run that goes on.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

__all__ = ["Holder", "RunLock", "RunLocked"]

_TRIES: Final = 5  # each time the file was deleted by a kernel that has just ended
_LOCKED_BYTE: Final = 1 << 20  # on Windows a locked byte cannot be read, so it is behind the text


@dataclass(frozen=True, slots=True)
class Holder:
    """The kernel that holds a lock.

    Attributes
    ----------
    pid : int
        Its process; 0 if it is not known.
    host : str
        Its machine.
    since : float
        When it began (seconds since 1970).
    """

    pid: int = 0
    host: str = ""
    since: float = 0.0

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        return self.host == socket.gethostname()

    def __str__(self) -> str:
        if not self.pid:
            return "another kernel"
        since = f", since {time.strftime('%H:%M', time.localtime(self.since))}" if self.since else ""
        if self.is_here and self.pid == os.getpid():
            return f"another cell or thread of this kernel{since}"
        return f"another kernel (process {self.pid} on {'this machine' if self.is_here else self.host}{since})"


class RunLocked(Exception):
    """Another kernel holds the lock.

    Attributes
    ----------
    holder : Holder
        Which one.
    """

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder))
        self.holder = holder


class RunLock:
    """The lock of a run, held from the moment that it is made until `release`.

    Parameters
    ----------
    path : Path
        The lock's own file; its folder exists.

    Raises
    ------
    RunLocked
        Another kernel, or another run of this one, holds it.
    OSError
        The file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._process = os.getpid()
        self._file: int | None = None
        for _ in range(_TRIES):
            if self._taken():
                return
        raise RunLocked(_holder(path))

    def release(self) -> None:
        """Release the lock; no effect if it is released already, or in a forked process."""
        file, self._file = self._file, None
        if file is None:
            return
        if self._process != os.getpid():
            os.close(file)
            return
        if sys.platform == "win32":  # an open file cannot be deleted there
            os.close(file)
            with contextlib.suppress(OSError):
                self.path.unlink()
        else:
            # Deleted while it is locked: whoever locks the deleted file sees that it is not the one at the path.
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(file)

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # the interpreter may be shutting down
            self.release()

    def _taken(self) -> bool:
        """Take the lock; return False if that is worth another try."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not _lock(file):
                return self._is_left_over()
            if not _is_at(file, self.path):
                return False
            try:
                _write_holder(file)
            except OSError:  # a full disk
                self.path.unlink()
                raise
            self._file, file = file, -1
            return True
        finally:
            if file >= 0:
                os.close(file)

    def _is_left_over(self) -> bool:
        """Delete a lock whose kernel has ended, but not the children that it forked, which hold its open files.

        Raises
        ------
        RunLocked
            The kernel has not ended, or nothing is known of it.
        """
        holder = _holder(self.path)
        if holder.pid and holder.is_here and not _is_alive(holder.pid):
            with contextlib.suppress(OSError):
                self.path.unlink()
            return False
        raise RunLocked(holder)


def _lock(file: int) -> bool:
    """Lock an open file; where the file system has no locks, do nothing."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(file, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # some network file systems
        return True
    return True


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file is still the one at a path."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def _write_holder(file: int) -> None:
    text = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": round(time.time(), 3)})
    os.ftruncate(file, 0)
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, text.encode())


def _holder(path: Path) -> Holder:
    try:
        found: Any = json.loads(path.read_bytes())
        return Holder(int(found["pid"]), str(found["host"]), float(found["since"]))
    except (OSError, ValueError, KeyError, TypeError):  # it has just been made, or just been deleted
        return Holder()


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # it has no fork, so that nobody else holds the lock of a kernel
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
