"""How values show themselves in a notebook and in a shell.

A value does not know HTML. The floor above registers a renderer for each type (`vision_magic.render.reply`).
"""

from __future__ import annotations

from functools import singledispatch

__all__ = ["mime_bundle"]


@singledispatch
def mime_bundle(value: object) -> dict[str, str]:
    """Return a value as MIME types to data, ``text/plain`` always among them."""
    return {"text/plain": repr(value)}
