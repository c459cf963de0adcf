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

_SIDE: Final = 1024  # pixels of the longer side, as it is shown
# Longest side (pixels) and size (bytes) of the data: of the copy that a notebook file keeps, and of the one that is
# sent with each snapshot while the answer is being written, which the page draws as large, so that nothing jumps.
_KEPT: Final = (_SIDE, 1_000_000)
_LIVE: Final = (_SIDE // 2, 100_000)


def output_images_html(choice: Choice, *, live: bool = False) -> str:
    """Return the images of a choice as HTML; small copies of them where `live`."""
    images = "".join(_image_html(image, *(_LIVE if live else _KEPT)) for image in choice.output_images)
    links = "".join(f"<p>{link_html(url, 'a picture, not loaded')}</p>" for url in choice.image_addresses)
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
        copy = image if fits(image, limits) else as_image(image, max_side=side, max_bytes=size)
    except ImageError:  # an Image that the user made from invalid bytes; the reply is still shown
        return plain_html("[picture that cannot be read]")
    kind = image.media_type.removeprefix("image/").upper()
    about = f"{image.width} × {image.height} · {kind} · {format_bytes(len(image.data))}"
    scale = min(1.0, _SIDE / max(image.width, image.height))
    width, height = round(image.width * scale), round(image.height * scale)
    if scale < 1:
        about += f" · shown at {width} × {height}"
    style = "max-width:100%;height:auto;display:block;margin:8px 0 2px"
    return (
        f'<img src="{copy.data_uri}" alt="Picture of the answer, {image.width} × {image.height} pixels" '
        f'width="{width}" style="{style}"><div style="{SMALL}">{about}</div>'
    )
