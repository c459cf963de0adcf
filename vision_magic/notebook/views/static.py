"""Outputs that do not change: a complete answer, a dry run, an image."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from vision_magic.chat.display import mime_bundle
from vision_magic.images.image import Image, RemoteImage
from vision_magic.notebook.views.base import View
from vision_magic.render.markup import safe_html
from vision_magic.render.receipt import receipt_html
from vision_magic.render.reply import output_metadata, reply_bundle
from vision_magic.render.theme import style_html
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.chat.receipt import Receipt
    from vision_magic.chat.reply import Reply
    from vision_magic.engine.chart.data import Chart

__all__ = ["StaticView", "show_chart", "show_dry_run", "show_image"]


class StaticView(View):
    """A single output at the end of the answer, since programs that run notebooks ignore updates of an output."""

    def end(self, reply: Reply, *, plain: bool = False) -> None:
        """Display the reply."""
        from IPython.display import display

        # Raw, since the Markdown and HTML classes would read a file or fetch an address that their string names.
        display(reply_bundle(reply, plain=plain), raw=True, metadata=output_metadata(reply))


def show_dry_run(shell: Any, receipt: Receipt, request: str) -> None:
    """Show what would be sent: the receipt, and the request as JSON without its data URIs."""
    text = clean_text(f"{receipt}\n\n{request}")
    if getattr(shell, "kernel", None) is None:
        sys.stdout.write(text + "\n")
        return
    from IPython.display import display

    # As Markdown, since the page would style a bare <pre> as printed output, and colours help to read JSON.
    code = safe_html(f"```json\n{request}\n```")
    html = f'{style_html()}{receipt_html(receipt, opened=True)}<div class="vision-magic-text">{code}</div>'
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
