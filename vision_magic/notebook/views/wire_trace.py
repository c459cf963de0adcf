"""The output of ``--wire``: the traffic between client and server, below the answer."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vision_magic.notebook.views.choose import can_wait

if TYPE_CHECKING:
    from vision_magic.render.wire_trace import WireTrace

__all__ = ["TraceOutput", "show_wire_trace"]

_INTERVAL = 0.25  # seconds between two updates, each of which renders the whole table


class TraceOutput:
    """The output of a trace in a notebook."""

    def __init__(self, shell: Any, trace: WireTrace) -> None:
        self._shell = shell
        self._trace = trace
        self._handle: Any = None
        self._updated = 0.0

    def update(self) -> None:
        """Update the output in a live notebook; to be called after each event."""
        if can_wait(self._shell) and time.monotonic() - self._updated > _INTERVAL:
            self._updated = time.monotonic()
            self._show({"text/html": self._trace.html(done=False), "text/plain": ""})

    def end(self) -> None:
        """Show the whole trace, unless nothing was sent."""
        if self._trace.begun:
            self._show({"text/html": self._trace.html(), "text/plain": self._trace.text()})

    def forget(self) -> None:
        """Make a new output from now on, since the one that there was has been cleared."""
        self._handle = None

    def _show(self, data: dict[str, str]) -> None:
        from IPython.display import display

        if self._handle is None:
            self._handle = display(data, raw=True, display_id=True)
        else:
            self._handle.update(data, raw=True)


@contextlib.contextmanager
def show_wire_trace(shell: Any, trace: WireTrace) -> Iterator[TraceOutput | None]:
    """Show a trace in an output of its own when the block ends; in a terminal, as text.

    Yields
    ------
    TraceOutput or None
        The output; None in a terminal.
    """
    if getattr(shell, "kernel", None) is None:
        yield None
        sys.stdout.write(f"\n{trace.text()}\n")
        return
    output = TraceOutput(shell, trace)
    try:
        yield output
    finally:
        output.end()
