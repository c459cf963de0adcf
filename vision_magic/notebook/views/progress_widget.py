"""The widget of a run that goes on. Its state is HTML that the kernel has made safe, and holds only what is shown."""

from __future__ import annotations

import traitlets

from vision_magic.notebook.views.page import PageWidget, page_script, page_style

__all__ = ["LiveProgress"]


class LiveProgress(PageWidget):
    """A run while it goes on."""

    _esm = page_script("progress.js")
    _css = page_style("progress.css")

    rows = traitlets.Unicode("", help="how many rows there are").tag(sync=True)
    pace = traitlets.Unicode("", help="the bar, the pace, and a pause").tag(sync=True)
    pictures = traitlets.Unicode("", help="the last pictures with their answers").tag(sync=True)
    ended = traitlets.Unicode("", help="what stays, for a page that was reloaded").tag(sync=True)
