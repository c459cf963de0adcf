"""What happens at ``%load_ext vision_magic``? The magics are registered and the displays are watched."""

from __future__ import annotations

import threading
from typing import Any

from vision_magic.notebook import completer
from vision_magic.notebook.display_history import DisplayHistory
from vision_magic.notebook.magics import VisionMagics

__all__ = ["load", "unload"]

_loaded: dict[int, DisplayHistory] = {}


def load(shell: Any) -> None:
    """Put the magics into a shell; loading twice is loading once."""
    if id(shell) in _loaded:
        return
    shown = _loaded[id(shell)] = DisplayHistory(shell)
    shell.register_magics(VisionMagics(shell, shown))
    completer.register(shell)
    shell.input_transformers_cleanup.insert(0, with_body)
    if getattr(shell, "kernel", None) is not None:
        # The widgets' libraries take a quarter of a second: by the first question they are there.
        threading.Thread(target=_load_live_view, name="vision_magic-load", daemon=True).start()


def _load_live_view() -> None:
    import vision_magic.notebook.live  # noqa: F401


def unload(shell: Any) -> None:
    """Take the magics out of a shell again and leave its displays as they were."""
    shown = _loaded.pop(id(shell), None)
    if shown is None:
        return
    shown.stop()
    completer.unregister(shell)
    shell.input_transformers_cleanup.remove(with_body)
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("vision", None)


def with_body(lines: list[str]) -> list[str]:
    """Give a ``%%vision`` line that stands alone an empty line below.

    IPython refuses a cell magic without a body before the magic is asked, also ``%%vision --help``.
    """
    alone = lines and lines[0].startswith("%%vision") and not any(line.strip() for line in lines[1:])
    if not alone or lines[0].startswith("%%vision?"):  # which IPython answers with the help
        return lines
    return [lines[0].rstrip("\n") + "\n", "\n"]


# IPython then leaves it out where it asks whether an input is complete: in a terminal, the question is typed
# on the lines after this one.
with_body.has_side_effects = True  # type: ignore[attr-defined]
