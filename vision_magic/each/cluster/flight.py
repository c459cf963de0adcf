"""A chunk while a worker has it, and the file that tells workers on this machine that the run goes on."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vision_magic.each.cluster.backlog import Item
from vision_magic.each.cluster.leases import Grant

__all__ = ["Flight", "alive_file"]


@dataclass(slots=True, eq=False)
class Flight:
    """A chunk that a worker has.

    Attributes
    ----------
    name : str
        Its name, as the engine knows it.
    items : list of Item
        Its tasks.
    grant : Grant
        What it may spend.
    concurrency : int
        The requests that it may have in flight at once.
    is_calibrated : bool
        Whether it left after a server had counted a question.
    future : Future
        Its outcome.
    """

    name: str
    items: list[Item]
    grant: Grant
    concurrency: int
    is_calibrated: bool
    future: Any = None


@contextlib.contextmanager
def alive_file() -> Iterator[str]:
    """Make an empty file that exists while a run goes on, and yield its path."""
    handle, path = tempfile.mkstemp(prefix="vision_magic-run-")
    os.close(handle)
    try:
        yield path
    finally:
        Path(path).unlink(missing_ok=True)
