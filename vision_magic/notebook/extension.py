"""Loading and unloading of the extension in a shell: magics, display history and Tab completion."""

from __future__ import annotations

import threading
from typing import Any

from vision_magic.notebook import completer
from vision_magic.notebook.magics import VisionMagics
from vision_magic.notebook.state import forget_state, state_of

__all__ = ["load", "unload"]


def load(shell: Any) -> None:
    """Load the extension into a shell; no effect if it is loaded already."""
    state = state_of(shell)
    if state.display_history.recording:
        return
    state.display_history.start()
    shell.register_magics(VisionMagics(shell, state))
    completer.register(shell)
    shell.input_transformers_cleanup.insert(0, with_body)
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
    shell.input_transformers_cleanup.remove(with_body)
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("vision", None)


def with_body(lines: list[str]) -> list[str]:
    """Add an empty line to a cell that is only a ``%%vision`` line.

    IPython rejects a cell magic without a body before it calls the magic, even for ``%%vision --help``.
    """
    alone = lines and lines[0].startswith("%%vision") and not any(line.strip() for line in lines[1:])
    if not alone or lines[0].startswith("%%vision?"):  # IPython itself shows the help for this
        return lines
    return [lines[0].rstrip("\n") + "\n", "\n"]


# IPython skips such a transformer when it checks whether an input is complete. Otherwise a terminal would run the
# %%vision line immediately, before the question below it can be typed.
with_body.has_side_effects = True  # type: ignore[attr-defined]
