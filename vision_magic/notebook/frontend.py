"""Code that all widgets share: their scripts and style sheets, and handling of messages while a cell runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

__all__ = ["handle_beside_cells", "join_files", "script"]

_SHARED: Final = Path(__file__).with_suffix(".js")


def script(*paths: Path) -> str:
    """Return the script of a widget: the shared functions, then these files. There is no bundler."""
    return join_files(_SHARED, *paths)


def join_files(*paths: Path) -> str:
    """Return the texts of these files, one after another."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def handle_beside_cells(comm: Any) -> None:
    """Handle the messages of a widget, such as Stop, while a cell runs, if the kernel supports it.

    ipykernel 7 handles comm messages in threads during a cell. Since 7.4 they go to the shell that last sent on the
    comm, which is the busy one: https://github.com/ipython/ipykernel/pull/1565. Handling a message during a cell also
    makes matplotlib show the pending figure of the cell in the wrong place:
    https://github.com/ipython/ipykernel/issues/1564. This function switches off both for one comm.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda data, default: default
    if hasattr(comm, "_msg_callback"):
        comm.handle_msg = lambda message: comm._msg_callback(message) if comm._msg_callback else None
