"""Outputs that do not change: a complete answer, a dry run, an image."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from vision_magic.chat.display import mime_bundle
from vision_magic.images.image import Image, RemoteImage
from vision_magic.notebook.views.base import View
from vision_magic.render.reply import output_metadata, reply_bundle
from vision_magic.render.request import unsent_bundle
from vision_magic.render.wire_trace import preview
from vision_magic.session.default import session
from vision_magic.session.endpoints import request_head

if TYPE_CHECKING:
    from vision_magic.chat.reply import Reply
    from vision_magic.engine.chart.data import Chart
    from vision_magic.session.prepare import PreparedCall

__all__ = ["StaticView", "show_chart", "show_dry_run", "show_html", "show_image"]


class StaticView(View):
    """A single output at the end of the answer, since programs that run notebooks ignore updates of an output."""

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Display the reply."""
        from IPython.display import display

        # Raw, since the Markdown and HTML classes would read a file or fetch an address that their string names.
        display(reply_bundle(reply, plain=plain), raw=True, metadata=output_metadata(reply))


def show_dry_run(shell: Any, call: PreparedCall) -> None:
    """Show what would be sent: the receipt, to which address, and the request as JSON without its data URIs."""
    head = request_head(call.settings, session.state)
    bundle = unsent_bundle(call.receipt, head, preview(call.request, call.settings.host))
    if getattr(shell, "kernel", None) is None:
        sys.stdout.write(bundle["text/plain"] + "\n")
    else:
        show_html(bundle["text/html"], bundle["text/plain"])


def show_html(html: str, text: str) -> None:
    """Show HTML, with text for front ends that show no HTML."""
    from IPython.display import display

    display({"text/html": html, "text/plain": text}, raw=True)


def show_image(image: Image | RemoteImage) -> None:
    """Show an image as it would be sent; a remote image is not shown, since an output never loads an address."""
    from IPython.display import display

    if not isinstance(image, RemoteImage):
        display({image.media_type: image.data, "text/plain": repr(image)}, raw=True)


def show_chart(chart: Chart) -> None:
    """Show a chart that was read, over its picture."""
    from IPython.display import display

    display(mime_bundle(chart), raw=True)
