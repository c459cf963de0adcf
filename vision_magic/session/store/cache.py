"""The cache of kept answers, which are reused as long as nothing that produced them has changed.

It is off by default; ``%vision keep on``, ``vm.keep(True)`` or ``VISION_MAGIC_KEEP=on`` turns it on. Kept answers are a
recording in mode ``once``, in a database in the user's cache folder. The key of an answer is its messages, options,
model, server and the pixels of its images.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from vision_magic.errors import SettingsError
from vision_magic.reprs import short_repr
from vision_magic.session.paths import reason, user_folder
from vision_magic.session.store.database import UNUSABLE
from vision_magic.session.store.matching import match_kept_answer
from vision_magic.session.store.recording import Recording
from vision_magic.session.store.sqlite import SqliteStore

__all__ = ["Cache"]

_MAX_BYTES: Final = 64 * 1024 * 1024


class Cache:
    """The kept answers.

    Parameters
    ----------
    path : Path, optional
        The file; by default ``answers.sqlite`` in the user's cache folder.
    max_bytes : int
        Largest total size of the answers (bytes); the oldest are deleted first.
    """

    def __init__(self, path: Path | None = None, max_bytes: int = _MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._on: bool | None = None
        self._opened: SqliteStore | None = None

    @property
    def path(self) -> Path:
        """The file that holds the answers."""
        return self._path or user_folder("cache", SettingsError) / "answers.sqlite"

    @property
    def is_on(self) -> bool:
        """Whether answers are kept."""
        if self._on is None:
            return os.environ.get("VISION_MAGIC_KEEP", "").strip().lower() in ("on", "1", "true")
        return self._on

    def keep(self, on: bool | None = True) -> bool:
        """Turn the cache on or off.

        Parameters
        ----------
        on : bool or None
            None means that ``VISION_MAGIC_KEEP`` decides.

        Returns
        -------
        bool
            Whether answers are kept now.
        """
        if on is not None and not isinstance(on, bool):
            raise SettingsError(f"keep got {short_repr(on)}; expected True, False, or None for VISION_MAGIC_KEEP.")
        self._on = on
        return self.is_on

    def active(self) -> Recording | None:
        """Return the kept answers as a recording, or None if none are kept."""
        if not self.is_on:
            return None
        return Recording(store=self._store(), mode="once", speed=0.0, rule=match_kept_answer)

    def clear(self) -> int:
        """Delete all kept answers and return how many there were.

        Raises
        ------
        SettingsError
            The file cannot be used.
        """
        return self._store().clear()

    def status(self) -> str:
        """Return whether answers are kept, how many there are, and where."""
        state = "Answers are kept" if self.is_on else "Answers are not kept"
        try:
            if not self.path.exists():
                return f"{state}; none are stored yet."
            count, size = self._store().totals()
        except SettingsError as error:
            return f"{state}; {error}"
        except UNUSABLE as error:
            return f"{state}; {self.path} cannot be used ({reason(error)})"
        return f"{state}; {count:,} {'is' if count == 1 else 'are'} stored, {size / 1e6:.1f} MB, in {self.path}"

    def _store(self) -> SqliteStore:
        """Return the store of the file, the same for all threads, so that they take turns."""
        path, store = self.path, self._opened
        if store is None or store.path != path:
            store = self._opened = SqliteStore(path, self._max_bytes)
        return store
