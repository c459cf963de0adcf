"""Paths of the files of a session, checked when they are named and not when an answer has arrived."""

from __future__ import annotations

import os
from pathlib import Path

from vision_magic.errors import VisionError
from vision_magic.reprs import short_repr

__all__ = ["as_path", "reason"]


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


def reason(problem: Exception) -> str:
    """Return in a few words why a file cannot be used."""
    words = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return " ".join(words.split()) or type(problem).__name__
