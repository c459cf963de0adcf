"""The sources of an answer, below it: links that show their hosts."""

from __future__ import annotations

from vision_magic.chat.reply import Choice
from vision_magic.render.markup import link_html
from vision_magic.render.theme import SMALL

__all__ = ["citations_html", "citations_text"]


def citations_html(choice: Choice) -> str:
    """Return the sources of a choice as a numbered list; empty if there are none."""
    items = "".join(f"<li>{link_html(page.url, page.title)}</li>" for page in choice.citations)
    return f'<div style="{SMALL};margin-top:8px">Sources<ol style="margin-top:0">{items}</ol></div>' if items else ""


def citations_text(choice: Choice) -> str:
    """Return the sources of a choice as lines of text; empty if there are none."""
    pages = enumerate(choice.citations, 1)
    lines = [f"{number}. {page.title}{' ' if page.title else ''}<{page.url}>" for number, page in pages]
    return "\n".join(["Sources:", *lines]) if lines else ""
