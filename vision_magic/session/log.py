"""The log of this process."""

from __future__ import annotations

from pathlib import Path

from vision_magic.chat.reply import Reply
from vision_magic.session.store.log import ExchangeLog

__all__ = ["LOG", "active", "add", "log", "status"]

LOG = ExchangeLog()  # moves into Session


def log(where: str | Path | bool | None = True) -> Path | None:
    """Log every exchange from now on, or stop logging.

    Parameters
    ----------
    where : str, Path, bool or None
        The file; True for the usual one, False to stop, None for the one that ``VISION_MAGIC_LOG`` names.

    Returns
    -------
    Path or None
        The file, or None if nothing is logged now.
    """
    return LOG.use(where)


def active() -> Path | None:
    """Return the file, or None if nothing is logged."""
    return LOG.path


def add(reply: Reply, *, cell: str = "", failed: bool = False) -> None:
    """Log one exchange, complete or not."""
    LOG.add(reply, cell=cell, failed=failed)


def status() -> str:
    """Return whether exchanges are logged, how many there are, and where."""
    return LOG.status()
