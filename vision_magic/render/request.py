"""Rendering of a request that was not sent: its receipt, and its JSON without the data of its pictures."""

from __future__ import annotations

from collections.abc import Sequence

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.receipt import Receipt, receipt_of_request
from vision_magic.chat.request import ChatRequest
from vision_magic.render.markup import safe_html
from vision_magic.render.receipt import receipt_html
from vision_magic.render.theme import style_html
from vision_magic.render.wire_trace import code_block, preview
from vision_magic.text import clean_text

__all__ = ["request_bundle", "unsent_bundle"]


@mime_bundle.register
def request_bundle(request: ChatRequest) -> dict[str, str]:
    """Return the MIME bundle of a request, such as `vision_magic.prepare` returns it."""
    return unsent_bundle(receipt_of_request(request), (), preview(request))


def unsent_bundle(receipt: Receipt, head: Sequence[str], body: str) -> dict[str, str]:
    """Return the MIME bundle of what would be sent.

    Parameters
    ----------
    receipt : Receipt
        What is sent, and to whom.
    head : sequence of str
        The address and the headers, for people; empty if they are not known.
    body : str
        The request as JSON, without its data URIs.
    """
    # As Markdown, since the page would style a bare <pre> as printed output, and colours help to read JSON.
    code = safe_html(code_block(head, body))
    return {
        "text/html": f'{style_html()}{receipt_html(receipt, opened=True)}<div class="vision-magic-text">{code}</div>',
        "text/plain": clean_text("\n".join((str(receipt), "", *head, body))),
    }
