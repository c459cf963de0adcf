"""Chunks that do not come back: why, in words, and what becomes of their rows."""

from __future__ import annotations

import time
from concurrent.futures import BrokenExecutor
from typing import Final

from vision_magic.each.cluster.backlog import Item
from vision_magic.each.cluster.payload import own_version
from vision_magic.each.row import Row
from vision_magic.errors import RunError
from vision_magic.secrets import redact
from vision_magic.text import one_line

__all__ = ["KEPT", "MOST_IN_VAIN", "failure_of", "given_up", "in_words", "is_given_up"]

KEPT: Final = "What the workers had answered is kept, and the same cell again asks only about the rest."

MOST_IN_VAIN: Final = 20
"""The most chunks one after another that may come back without a row."""

_MOST_LOSSES: Final = 2  # of a row that was alone in its chunk
_SHOWN: Final = 300  # characters of an error


def failure_of(error: BaseException, *, is_closed: bool, in_vain: int) -> RunError | None:
    """Return why no chunk will come back any more; None if the next one may.

    Parameters
    ----------
    error : BaseException
        What the future of a chunk raised.
    is_closed : bool
        Whether the executor is known to be shut down.
    in_vain : int
        How many chunks have come to nothing, one after another.
    """
    words = in_words(error)
    if isinstance(error, BrokenExecutor):
        return RunError(
            f"A process of the pool ended abruptly, and the pool with it ({words}). {KEPT} A broken "
            "pool takes no more work: pass a new one, in the same cell or to error.partial.go_on(executor=…). If it "
            "happens again, the memory may be too small for so many processes."
        )
    if isinstance(error, ImportError | AttributeError) and "vision_magic" in str(error):
        return RunError(
            f"The workers cannot load vision_magic ({words}). Install the version of this notebook on them: "
            f"{own_version()}."
        )
    if is_closed:
        return RunError(f"The executor was shut down ({words}). {KEPT}")
    if in_vain >= MOST_IN_VAIN:
        return RunError(f"{in_vain} chunks one after another came to nothing ({words}). {KEPT}")
    return None


def is_given_up(items: list[Item]) -> bool:
    """Return whether a chunk that got lost is not asked again: its only row has ended worker after worker."""
    return len(items) == 1 and items[0].losses >= _MOST_LOSSES


def given_up(item: Item, error: BaseException) -> Row:
    """Return the row of a picture that is not asked again."""
    times = item.losses + 1
    return Row(
        key=item.task.key,
        repeat=item.task.repeat,
        state="failed",
        error=(
            f"The worker that asked about this picture ended abruptly, {times} times ({in_words(error)}). Opening the "
            "picture may take more memory than it has."
        ),
        at=time.time(),
    )


def in_words(error: BaseException) -> str:
    """Return an error of an engine for a message, on one line and without keys."""
    text = one_line(redact(str(error)))
    return f"{type(error).__name__}: {text[:_SHOWN]}" if text else type(error).__name__
