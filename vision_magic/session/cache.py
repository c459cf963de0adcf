"""The kept answers of this process."""

from __future__ import annotations

from vision_magic.session.store.cache import Cache
from vision_magic.session.store.recording import Recording

__all__ = ["CACHE", "active", "clear", "is_on", "keep", "status"]

CACHE = Cache()  # moves into Session


def keep(on: bool | None = True) -> bool:
    """Turn the keeping of answers on or off; None leaves it to ``VISION_MAGIC_KEEP``. Return whether it is on."""
    return CACHE.keep(on)


def is_on() -> bool:
    """Whether answers are kept."""
    return CACHE.is_on


def active() -> Recording | None:
    """Return the kept answers as a recording, or None if none are kept."""
    return CACHE.active()


def clear() -> int:
    """Delete all kept answers and return how many there were."""
    return CACHE.clear()


def status() -> str:
    """Return whether answers are kept, how many there are, and where."""
    return CACHE.status()
