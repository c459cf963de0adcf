"""What happens at ``%load_ext vision_magic``? The magics are registered and the displays are watched."""

from __future__ import annotations

from typing import Any

from vision_magic.notebook.magics import VisionMagics
from vision_magic.notebook.shown import Shown

__all__ = ["load", "unload"]

_loaded: dict[int, Shown] = {}


def load(shell: Any) -> None:
    """Put the magics into a shell; loading twice is loading once."""
    if id(shell) in _loaded:
        return
    shown = _loaded[id(shell)] = Shown(shell)
    shell.register_magics(VisionMagics(shell, shown))


def unload(shell: Any) -> None:
    """Take the magics out of a shell again and leave its displays as they were."""
    shown = _loaded.pop(id(shell), None)
    if shown is None:
        return
    shown.stop()
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("vision", None)
