"""Choice of a view: live for a user's notebook, static for a notebook that a program runs, text for a terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal

from vision_magic.errors import SettingsError
from vision_magic.notebook.views.static import StaticView
from vision_magic.notebook.views.terminal import terminal_view

if TYPE_CHECKING:
    from vision_magic.notebook.views.base import View

__all__ = ["can_wait", "choose_mode", "view_for"]

Mode = Literal["live", "static", "terminal"]


def view_for(shell: Any) -> View:
    """Return a new view for a shell, as ``VISION_MAGIC_DISPLAY`` names it or as its client supports it."""
    mode = choose_mode(shell, _wanted_mode())
    if mode == "live":
        # Imported here, because the widget libraries take a quarter of a second.
        from vision_magic.notebook.views.live import LiveView

        return LiveView()
    return StaticView() if mode == "static" else terminal_view()


def can_wait(shell: Any) -> bool:
    """Whether an output can change after its cell has ended, which is impossible if a program runs the notebook."""
    return choose_mode(shell, _wanted_mode()) == "live"


def choose_mode(shell: Any, wanted: str) -> Mode:
    """Return how answers are shown.

    Parameters
    ----------
    shell : InteractiveShell
        The shell. That of a kernel shows whether a user or a program runs it: nbval, nbclient and papermill send
        ``allow_stdin: false`` with each cell; JupyterLab, Notebook and VS Code send true.
    wanted : {"auto", "live", "static"}
        ``auto`` decides by ``allow_stdin``.
    """
    if wanted not in ("auto", "live", "static"):
        raise SettingsError(f"VISION_MAGIC_DISPLAY is {wanted!r}; expected auto, live or static.")
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return "terminal"
    if wanted == "auto":
        content = (kernel.get_parent() or {}).get("content", {})
        return "live" if content.get("allow_stdin") else "static"
    return "live" if wanted == "live" else "static"


def _wanted_mode() -> str:
    return os.environ.get("VISION_MAGIC_DISPLAY", "auto")
