"""Rendering of a receipt as HTML: a fold with thumbnails and a table."""

from __future__ import annotations

from typing import Final

from vision_magic.chat.display import mime_bundle
from vision_magic.chat.receipt import Receipt
from vision_magic.render.markup import plain_html
from vision_magic.render.theme import SMALL
from vision_magic.render.thumbnails import thumbnails_html
from vision_magic.text import clean_text

__all__ = ["receipt_bundle", "receipt_html"]

_CELL: Final = "padding:1px 12px 1px 0;text-align:left;vertical-align:top;border:0;background:none"


@mime_bundle.register
def receipt_bundle(receipt: Receipt) -> dict[str, str]:
    """Return the MIME bundle of a receipt, with its fold open."""
    return {"text/html": receipt_html(receipt, opened=True), "text/plain": str(receipt)}


def receipt_html(receipt: Receipt, *, opened: bool = False) -> str:
    """Return a receipt as a fold: thumbnails in the order sent, then a table of what was sent and used."""
    thumbnails = thumbnails_html([sent.image for sent in receipt.images])
    rows = "".join(
        f'<tr><td style="{_CELL};white-space:nowrap">{plain_html(label)}</td>'
        f'<td style="{_CELL}">{plain_html(clean_text(text))}</td></tr>'
        for label, text in receipt.rows()
    )
    title = f"Receipt: {receipt.summary}" if receipt.state != "not sent" else f"Not sent: {receipt.summary}"
    return (
        f'<details style="{SMALL};margin-top:8px"{" open" if opened else ""}><summary>{plain_html(title)}</summary>'
        f"<div>{thumbnails}</div>"
        f'<table style="margin:4px 0;border-collapse:collapse">{rows}</table></details>'
    )
