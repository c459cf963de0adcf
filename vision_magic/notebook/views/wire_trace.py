"""The output of ``--wire``: the traffic between client and server, below the answer."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from vision_magic.notebook.views.choose import can_wait

if TYPE_CHECKING:
    from vision_magic.render.wire_trace import WireTrace

__all__ = ["show_wire_trace"]

_INTERVAL = 0.25  # seconds between two updates, each of which renders the whole table


@contextlib.contextmanager
def show_wire_trace(shell: Any, trace: WireTrace) -> Iterator[Callable[[], None]]:
    """Show a trace in an output of its own when the block ends.

    Yields
    ------
    callable
        Updates the output in a live notebook; to be called after each event.
    """
    if getattr(shell, "kernel", None) is None:
        yield lambda: None
        sys.stdout.write(f"\n{trace.text()}\n")
        return
    from IPython.display import display

    handle: Any = None
    updated = 0.0

    def update() -> None:
        nonlocal handle, updated
        if can_wait(shell) and time.monotonic() - updated > _INTERVAL:
            updated = time.monotonic()
            data = {"text/html": trace.html(done=False), "text/plain": ""}
            if handle is None:
                handle = display(data, raw=True, display_id=True)
            else:
                handle.update(data, raw=True)

    try:
        yield update
    finally:
        data = {"text/html": trace.html(), "text/plain": trace.text()}
        if handle is None:
            display(data, raw=True)
        else:
            handle.update(data, raw=True)
