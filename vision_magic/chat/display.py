"""Representations of values for notebooks and terminals.

Values know nothing about HTML. The layer above registers a renderer for each type (`vision_magic.render`); a value of
another layer names the module of its renderer as ``RENDERER``.
"""

from __future__ import annotations

import importlib
from functools import singledispatch
from typing import Final

__all__ = ["mime_bundle"]

_RENDERERS: Final = "vision_magic.render"  # by name: it is loaded when a value is first shown, and its layer is above


@singledispatch
def mime_bundle(value: object) -> dict[str, str]:
    """Return a value's representations by MIME type; ``text/plain`` is always among them."""
    importlib.import_module(getattr(type(value), "RENDERER", _RENDERERS))
    render = mime_bundle.dispatch(type(value))
    if render is mime_bundle.dispatch(object):
        return {"text/plain": repr(value)}
    return render(value)
