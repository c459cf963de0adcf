"""Rendering of images as thumbnails in HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from vision_magic.images.image import Image, RemoteImage
from vision_magic.render.theme import BORDER
from vision_magic.text import clean_text

__all__ = ["thumbnails_html"]

_HEIGHT: Final = 64  # pixels
_MAX_IMAGES: Final = 12  # thumbnails; the other images are only counted
_STYLE: Final = f"height:{_HEIGHT}px;margin:4px 8px 0 0;display:inline-block;border:1px solid {BORDER}"


def thumbnails_html(images: Sequence[Image | RemoteImage]) -> str:
    """Return the thumbnails of the first images, in order, and how many more there are."""
    thumbnails = "".join(_thumbnail(image, number, len(images)) for number, image in enumerate(images[:_MAX_IMAGES], 1))
    more = f"<div>and {len(images) - _MAX_IMAGES} more</div>" if len(images) > _MAX_IMAGES else ""
    return f"{thumbnails}{more}"


def _thumbnail(image: Image | RemoteImage, number: int, count: int) -> str:
    if isinstance(image, RemoteImage):
        return ""  # showing an output must not load anything from the network
    try:
        source = image.thumbnail(_HEIGHT)
    except (OSError, ValueError):  # an Image that the user made from invalid bytes; the reply is still shown
        return ""
    alt = html.escape(clean_text(f"Picture {number} of {count}: {image.source}, {image.width}×{image.height} pixels"))
    return f'<img src="{source}" alt="{alt}" height="{_HEIGHT}" style="{_STYLE}">'
