"""Rendering of the images that a model made, at a limited size; an address is shown as a link and never loaded."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Final

from vision_magic.chat.output_images import host_of
from vision_magic.chat.reply import Choice
from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image
from vision_magic.images.encode import fits
from vision_magic.images.image import Image
from vision_magic.images.options import ImageOptions
from vision_magic.render.markup import link_html, plain_html
from vision_magic.render.theme import SMALL
from vision_magic.text import clean_text, format_bytes

__all__ = ["output_images_html", "output_images_text"]

# Longest side (pixels) and size (bytes) of what is shown: of the copy that a notebook file keeps, and of the one that
# is sent again with each snapshot while the answer is being written.
_KEPT: Final = (1024, 1_000_000)
_LIVE: Final = (512, 100_000)


def output_images_html(choice: Choice, *, live: bool = False) -> str:
    """Return the images of a choice as HTML; small copies of them where `live`."""
    images = "".join(_image_html(image, *(_LIVE if live else _KEPT)) for image in choice.output_images)
    links = "".join(f"<p>{link_html('a picture, not loaded', url)}</p>" for url in choice.image_addresses)
    return images + links


def output_images_text(choice: Choice) -> str:
    """Return a line for each image of a choice: ``[picture 1024 × 1024]``, or the address that was not loaded."""
    return "\n".join(_lines(choice))


def _lines(choice: Choice) -> Iterator[str]:
    for image in choice.output_images:
        yield f"[picture {image.width} × {image.height}]"
    for url in choice.image_addresses:
        yield clean_text(f"[picture at {host_of(url)}, not loaded: {url}]")


@functools.lru_cache(maxsize=16)  # an answer is drawn many times while it is being written
def _image_html(image: Image, side: int, size: int) -> str:
    try:
        limits = ImageOptions(max_side=side, max_bytes=size)
        shown = image if fits(image, limits) else as_image(image, max_side=side, max_bytes=size)
    except ImageError:  # an Image that the user made from invalid bytes; the reply is still shown
        return plain_html("[picture that cannot be read]")
    kind = image.media_type.removeprefix("image/").upper()
    about = f"{image.width} × {image.height} · {kind} · {format_bytes(len(image.data))}"
    if (shown.width, shown.height) != (image.width, image.height):
        about += f" · shown at {shown.width} × {shown.height}"
    style = "max-width:100%;height:auto;display:block;margin:8px 0 2px"
    return (
        f'<img src="{shown.data_uri}" alt="Picture of the answer, {image.width} × {image.height} pixels" '
        f'width="{shown.width}" style="{style}"><div style="{SMALL}">{about}</div>'
    )
