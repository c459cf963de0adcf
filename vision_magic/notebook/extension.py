"""Loading and unloading of the extension in a shell: magics, display history and Tab completion."""

from __future__ import annotations

import functools
import threading
from typing import Any

from vision_magic.notebook import completer, input_transforms, tracebacks
from vision_magic.notebook.magics import VisionMagics
from vision_magic.notebook.state import forget_state, state_of
from vision_magic.notebook.views.progress import show_progress
from vision_magic.session.default import session

__all__ = ["load", "unload"]


def load(shell: Any) -> None:
    """Load the extension into a shell; no effect if it is loaded already."""
    state = state_of(shell)
    if state.display_history.recording:
        return
    state.display_history.start()
    shell.register_magics(VisionMagics(shell, state))
    completer.register(shell)
    input_transforms.register(shell)
    tracebacks.register(shell)
    session.state.show_progress = functools.partial(show_progress, shell)
    if getattr(shell, "kernel", None) is not None:
        # The libraries of widgets and HTTP take a third of a second: load them before the first question.
        threading.Thread(target=_load_libraries, name="vision_magic-load", daemon=True).start()


def _load_libraries() -> None:
    import vision_magic.notebook.views.live
    import vision_magic.session.run  # noqa: F401


def unload(shell: Any) -> None:
    """Remove the extension and its state from a shell."""
    history = state_of(shell).display_history
    forget_state(shell)
    if not history.recording:
        return
    history.stop()
    completer.unregister(shell)
    input_transforms.unregister(shell)
    tracebacks.unregister(shell)
    session.state.show_progress = None
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("vision", None)
