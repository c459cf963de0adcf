"""Tracebacks of errors that were raised on purpose: they end in the user's own line, without frames of this package."""

from __future__ import annotations

import itertools
import traceback
from types import TracebackType
from typing import Any, Final

from vision_magic.errors import VisionError

__all__ = ["in_users_code", "register", "unregister"]

_PACKAGE: Final = "vision_magic."


def register(shell: Any) -> None:
    """Shorten the tracebacks of a shell, unless it shows errors in a way that somebody else has set."""
    if not shell.custom_exceptions:
        shell.set_custom_exc((VisionError,), _show)


def unregister(shell: Any) -> None:
    """Undo `register`."""
    if shell.custom_exceptions == (VisionError,):
        shell.set_custom_exc((), None)


def _show(
    shell: Any, kind: type, error: VisionError, frames: TracebackType | None, tb_offset: int | None = None
) -> None:
    shell.showtraceback((kind, error, in_users_code(frames)), tb_offset=tb_offset)


def in_users_code(frames: TracebackType | None) -> TracebackType | None:
    """Return a copy of a traceback without the frames of this package at its end.

    They say nothing to the person whose call was wrong: the message says what was wrong with it. Frames of the user
    that this package has called, such as those of a converter, stay, and so do all frames between them.
    """
    all_frames = [frame for frame, _ in traceback.walk_tb(frames)]
    ours = itertools.takewhile(_is_ours, reversed(all_frames))
    kept = len(all_frames) - sum(1 for _ in ours)
    return _first(frames, kept) if kept else frames


def _is_ours(frame: Any) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith(_PACKAGE)


def _first(frames: TracebackType | None, count: int) -> TracebackType | None:
    if frames is None or count == 0:
        return None
    return TracebackType(_first(frames.tb_next, count - 1), frames.tb_frame, frames.tb_lasti, frames.tb_lineno)
