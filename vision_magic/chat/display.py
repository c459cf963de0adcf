"""Representations of values for notebooks and terminals.

Values know nothing about HTML. The layer above registers a renderer for each type (`vision_magic.render`); it is
loaded together with `vision_magic.session`, from which every reply comes.
"""

from __future__ import annotations

from functools import singledispatch

__all__ = ["mime_bundle"]


@singledispatch
def mime_bundle(value: object) -> dict[str, str]:
    """Return a value's representations by MIME type; ``text/plain`` is always among them."""
    return {"text/plain": repr(value)}
