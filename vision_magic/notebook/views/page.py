"""Widgets that a page shows while a cell runs: they hear the page and its Stop button, and end with the cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from vision_magic.notebook.frontend import handle_beside_cells, join_files, script
from vision_magic.notebook.views.pacing import later
from vision_magic.render.theme import STYLE_SHEET

__all__ = ["PageWidget", "close_when_ready", "kernel_id", "page_script", "page_style", "widget_view"]

_HERE: Final = Path(__file__).parent
_PAGE_READY: Final = 2.0  # seconds after which the page has created the widget


def page_script(name: str) -> str:
    """Return the script of such a widget, preceded by what they share."""
    return script(_HERE / "page.js", _HERE / name)


def page_style(name: str) -> str:
    """Return the style sheet of such a widget, preceded by what they share."""
    return join_files(STYLE_SHEET, _HERE / "page.css", _HERE / name)


class PageWidget(anywidget.AnyWidget):
    """A widget that hears whether a page shows it, and its Stop button, also while a cell runs.

    Parameters
    ----------
    stop : callable
        Ends what the widget shows, from any thread.
    page_ready : callable
        Called when a page has made the widget.
    **traits
        The state of the widget.

    Attributes
    ----------
    pages : set of str
        The pages that have shown it; the second is the first one after a reload.
    """

    kernel_id = traitlets.Unicode("", help="for interrupting a busy kernel").tag(sync=True)
    background = traitlets.Bool(False, help="whether no cell waits for it, so that the kernel is not interrupted").tag(
        sync=True
    )

    def __init__(self, stop: Callable[[], None], page_ready: Callable[[], None] = lambda: None, **traits: Any) -> None:
        super().__init__(**traits)
        self.pages: set[str] = set()
        self._stop = stop
        self._page_ready = page_ready
        self.on_msg(self._on_message)
        handle_beside_cells(self.comm)

    def _on_message(self, widget: object, content: Any, buffers: object) -> None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "stop":
            self.send({"kind": "stopping"})  # acknowledges Stop, so that the page does not interrupt the kernel
            self._stop()
        elif kind == "hello":
            self.pages.add(str(content.get("page")))
            self.send({"kind": "heard"})
            self._page_ready()

    def close(self) -> None:
        """Close the widget and its layout, which ipywidgets would otherwise keep in the kernel and the page."""
        super().close()
        self.layout.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"  # without an address, so that outputs stay equal


def widget_view(widget: anywidget.AnyWidget) -> dict[str, Any]:
    """Return the part of an output that shows a widget."""
    view = {"version_major": 2, "version_minor": 1, "model_id": widget.model_id}
    return {"application/vnd.jupyter.widget-view+json": view}


def close_when_ready(widget: PageWidget, begun: float, now: float) -> None:
    """Close a widget when its page is ready: an earlier close would make the page report an error.

    Parameters
    ----------
    widget : PageWidget
        The widget.
    begun, now : float
        When it was shown, and the time now (seconds of the monotonic clock).
    """
    # From now on if no page was heard: the kernel may hear it only after the cell.
    wait = (begun if widget.pages else now) + _PAGE_READY - now
    if wait <= 0:
        widget.close()
        return
    later(wait, widget.close)


def kernel_id() -> str:
    """Return the Jupyter server's id of this kernel; empty if it is unknown."""
    try:
        from ipykernel.connect import get_connection_file

        name = Path(get_connection_file()).stem
    except Exception:  # not a kernel, or not one of ipykernel
        return ""
    match = re.search(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)
    return match[0] if match else ""
