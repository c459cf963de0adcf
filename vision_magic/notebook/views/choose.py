"""Choice of a view: live or updating for a user's notebook, static for one that a program runs, text for a terminal."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from vision_magic.errors import SettingsError
from vision_magic.images.lazy_types import is_instance
from vision_magic.notebook.state import state_of
from vision_magic.notebook.views.static import StaticView
from vision_magic.notebook.views.terminal import terminal_view
from vision_magic.notebook.views.updating import UpdatingView

if TYPE_CHECKING:
    from vision_magic.notebook.views.base import View

__all__ = ["can_wait", "choose_mode", "mode_of", "view_for"]

# The ids of messages from jupyter_client in Python; front ends in a page use UUIDs.
_PYTHON_CLIENT: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{24}_")

Wanted = Literal["auto", "live", "updating", "static"]
Mode = Literal["auto", "live", "updating", "static", "terminal"]


def view_for(shell: Any) -> View:
    """Return a new view for a shell, as ``VISION_MAGIC_DISPLAY`` names it or as its client supports it."""
    mode = mode_of(shell)
    if mode == "terminal":
        return terminal_view()
    if mode == "static":
        return StaticView()
    if mode == "updating":
        return UpdatingView()
    # Imported here, because the widget libraries take a quarter of a second.
    from vision_magic.notebook.views.live import LiveView

    return LiveView(state_of(shell) if mode == "auto" else None)


def can_wait(shell: Any) -> bool:
    """Whether an output can change after its cell has ended, which is impossible if a program runs the notebook."""
    return mode_of(shell) in ("auto", "live", "updating")


def mode_of(shell: Any) -> Mode:
    """Return how outputs are shown now: as ``VISION_MAGIC_DISPLAY`` names it, or as the client supports it."""
    return choose_mode(shell, os.environ.get("VISION_MAGIC_DISPLAY", "auto"))


def choose_mode(shell: Any, wanted: str) -> Mode:
    """Return how answers are shown; ``auto`` is live where a page shows widgets, and updating elsewhere.

    Parameters
    ----------
    shell : InteractiveShell
        The shell. That of a kernel shows whether a user or a program runs it: nbval, nbclient and papermill send
        ``allow_stdin: false`` with each cell; JupyterLab, Notebook and VS Code send true. So do consoles, which show
        text as it arrives but no change of an output.
    wanted : {"auto", "live", "updating", "static"}
        ``auto`` decides by what the client sent with the cell.
    """
    if wanted not in get_args(Wanted):
        raise SettingsError(f"VISION_MAGIC_DISPLAY is {wanted!r}; expected auto, live, updating or static.")
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return "terminal"
    if is_instance(shell.display_pub, "IPython.core.displaypub.CapturingDisplayPublisher"):
        return "static"  # %%capture keeps every update
    if wanted == "auto":
        request = kernel.get_parent() or {}
        if not request.get("content", {}).get("allow_stdin"):
            return "static"
        return "terminal" if _from_console(request) else "auto"
    return wanted  # type: ignore[return-value]  # one of them, as was checked


def _from_console(request: Mapping[str, Any]) -> bool:
    """Whether a request is from ``jupyter console``, qtconsole or Spyder: Python clients without cells."""
    is_python = _PYTHON_CLIENT.match(str(request.get("header", {}).get("msg_id"))) is not None
    return is_python and "cellId" not in request.get("metadata", {})
