"""The state of the extension for one shell.

It is an attribute of the shell and not of a module: two shells in one process share nothing, and `unload` removes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.notebook.conversations import Conversations
from vision_magic.notebook.display_history import DisplayHistory

__all__ = ["ShellState", "forget_state", "state_of"]

_ATTRIBUTE: Final = "_vision_magic"


@dataclass(slots=True, eq=False)
class ShellState:
    """State that the magics, completion and the panels of one notebook share.

    Attributes
    ----------
    display_history : DisplayHistory
        The images that the notebook displayed; it records them while the extension is loaded.
    conversations : Conversations
        The conversations of the notebook.
    listed_models : tuple of str
        The models that ``%vision models`` last listed, for completion.
    page_shows_widgets : bool or None
        Whether a page has said that it shows the widget of the last answer; None if that is not known yet.
    """

    display_history: DisplayHistory
    conversations: Conversations = field(default_factory=Conversations)
    listed_models: tuple[str, ...] = ()
    page_shows_widgets: bool | None = None


def state_of(shell: Any) -> ShellState:
    """Return the state of a shell; a panel may ask for it before the extension is loaded."""
    state: ShellState = vars(shell).setdefault(_ATTRIBUTE, ShellState(DisplayHistory(shell)))
    return state


def forget_state(shell: Any) -> None:
    """Remove the state from a shell."""
    vars(shell).pop(_ATTRIBUTE, None)
