"""Paths of the files of a session, checked when they are named and not when an answer has arrived."""

from __future__ import annotations

import os
from pathlib import Path

from vision_magic.errors import VisionError
from vision_magic.reprs import short_repr

__all__ = ["as_path", "read_file", "reason", "user_folder"]


def as_path(value: object, owner: str, example: str, error: type[VisionError]) -> Path:
    """Return a path as an absolute one, since a notebook may change its working directory later.

    Parameters
    ----------
    value : object
        The path; ``~`` is the home folder.
    owner : str
        What got the path, for the message.
    example : str
        The name of a file, for the message.
    error : type
        The class of the error.

    Raises
    ------
    VisionError
        The value cannot be a path on this system.
    """
    try:
        if not isinstance(value, str | Path) or not str(value):
            raise TypeError("not a path")
        path = Path(value).expanduser().absolute()
        if b"\0" in os.fsencode(path):
            raise ValueError("a path cannot hold a NUL")
    except TypeError:
        raise error(f"{owner} got {short_repr(value)}; expected the path of a file, such as {example!r}.") from None
    except (ValueError, RuntimeError, OSError) as problem:
        raise error(
            f"{owner} got {short_repr(value)}, which cannot be a path here ({reason(problem)}); expected the path of a "
            f"file, such as {example!r}."
        ) from None
    return path


def user_folder(kind: str, error: type[VisionError]) -> Path:
    """Return the folder of the package for files of this kind, ``"cache"`` or ``"data"``, in the user's home.

    Raises
    ------
    VisionError
        It is not known, such as without a home folder.
    """
    try:
        import platformdirs

        find = platformdirs.user_cache_path if kind == "cache" else platformdirs.user_data_path
        return find("vision_magic")
    except Exception as problem:  # it asks the system, the environment and files
        raise error(f"The folder for files of this kind is not known ({reason(problem)}); set HOME.") from None


def read_file(path: Path) -> bytes:
    """Read a file; a pipe or a device is not read, since it may be endless.

    Raises
    ------
    OSError, ValueError
        It cannot be read; the path is impossible.
    """
    if path.exists() and not path.is_file():
        raise IsADirectoryError("it is a folder, a device or a pipe")
    return path.read_bytes()


def reason(problem: Exception) -> str:
    """Return in a few words why a file cannot be used."""
    words = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return " ".join(words.split()) or type(problem).__name__
