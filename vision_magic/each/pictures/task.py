"""A task: a picture that is to be asked about, not yet loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vision_magic.each.row import Key

__all__ = ["Task"]


@dataclass(frozen=True, slots=True)
class Task:
    """A picture that is to be asked about.

    Attributes
    ----------
    key : Key
        The name of the picture.
    load : callable
        Returns the picture, as any object that `as_image` accepts. It is called in a thread, shortly before the
        picture is sent, and its result is not kept. Loaders of this package can be pickled.
    repeat : int
        Which time this picture is asked, from 0.
    """

    key: Key
    load: Callable[[], object]
    repeat: int = 0
