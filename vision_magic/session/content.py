"""The content of a question: texts and pictures become the parts of a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from vision_magic.chat.messages import FactsPart, ImagePart, Part, TextPart
from vision_magic.errors import ImageError, RequestError
from vision_magic.images.convert import image_of, images_in
from vision_magic.images.converters.browser_figures import ExportFailed
from vision_magic.images.displayed import DisplayedImage
from vision_magic.images.figure_facts.values import NOT_DRAWN
from vision_magic.images.image import RemoteImage
from vision_magic.images.options import ImageOptions
from vision_magic.settings import Settings
from vision_magic.text import one_line

__all__ = ["ARRAY_OPTIONS", "check_facts", "image_options", "parts_of", "picture_parts"]

ARRAY_OPTIONS: Final = ("range", "percentile", "cmap")
"""The options of a call that say how arrays become pictures."""

_ADDRESS = re.compile(r"(?:https?|ftp|s3|gs|file)://\S+|data:image/\S+", re.IGNORECASE)
_REASON: Final = 500  # characters of why a figure was not drawn
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|pdf)", re.IGNORECASE)


def parts_of(parts: Sequence[object], settings: Settings, call_options: Mapping[str, Any]) -> tuple[Part, ...]:
    """Return the texts and pictures of a question as parts of a message.

    Raises
    ------
    RequestError
        There is no text, or a text is the name of a file or an address.
    """
    content: list[Part] = []
    for part in _flat(parts):
        content.extend(_text_parts(part) if isinstance(part, str) else _image_parts(part, settings, call_options))
    if not any(isinstance(part, ImagePart | FactsPart) for part in content):
        _check_names([part.text for part in content if type(part) is TextPart])
    if not any(type(part) is TextPart for part in content):
        raise RequestError("The question is empty; write what you want to know about the picture.")
    return tuple(content)


def check_facts(content: Sequence[Part], settings: Settings) -> None:
    """Raise `ImageError` if facts were asked for and no picture has any."""
    if settings.facts and not any(isinstance(part, FactsPart) for part in content):
        raise ImageError(
            "facts was set, but no picture has facts; expected a figure object of matplotlib, plotly or Altair. "
            "Name the figure itself, or leave facts out."
        )


def _flat(parts: Sequence[object]) -> list[object]:
    try:
        return list(_flatten(parts))
    except RecursionError:
        raise RequestError("A list of pictures contains itself, or is nested too deeply; pass the pictures.") from None


def _flatten(parts: Iterable[object]) -> Iterator[object]:
    """Yield the parts, with the items of each list, tuple, column or grid of pictures in its place."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, list | tuple) and any(isinstance(item, str) for item in part):
            yield from _flatten(part)
        else:
            yield from images_in(part)


def _text_parts(text: str) -> Iterator[Part]:
    """Yield a string as text; nothing if it is blank.

    The name of an existing file is refused: a model that is asked about the name alone makes something up.
    """
    if _FILE_NAME.fullmatch(text) and _is_file(text):
        raise RequestError(_file_advice(text))
    if text.strip():
        yield TextPart(str(text), getattr(text, "filled", ()))


def _check_names(texts: Sequence[str]) -> None:
    """Refuse a question without a picture if one of its strings is nothing but the name of a file or an address.

    Beside pictures such a string is the label of one of them.
    """
    for text in texts:
        if _ADDRESS.fullmatch(text):
            raise RequestError(
                f"{one_line(text, 80)!r} is a string, and a string is never taken for an address. To send the picture "
                "there, pass vision_magic.url(…) with it."
            )
        if _FILE_NAME.fullmatch(text):
            raise RequestError(_file_advice(text))


def _file_advice(text: str) -> str:
    return (
        f"{text!r} is a string, and a string is never taken for a file. To send the picture in that file, pass "
        f"pathlib.Path({text!r})."
    )


def _is_file(text: str) -> bool:
    try:
        return Path(text).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):  # too long, impossible, or in the home folder of nobody
        return False


def _image_parts(obj: object, settings: Settings, call_options: Mapping[str, Any]) -> Iterator[Part]:
    """Yield a picture and its facts; for the embedded reader the facts alone, if nothing here can draw the figure."""
    try:
        yield from picture_parts(obj, settings, image_options(settings, call_options))
    except ExportFailed as error:
        known_facts, _ = _facts_of(obj, settings) if settings.embedded else ("", "")
        if not known_facts:
            raise
        yield FactsPart(f"{NOT_DRAWN}{one_line(str(error), _REASON)}\n{known_facts}", by_default=settings.facts is None)


def picture_parts(obj: object, settings: Settings, options: ImageOptions) -> Iterator[Part]:
    """Yield a picture, and its facts if they are wanted and it has any.

    Parameters
    ----------
    obj : object
        What `as_image` accepts, or the address of a picture.
    settings : Settings
        Their level of detail, and whether facts are wanted.
    options : ImageOptions
        As `image_options` returns them.
    """
    if isinstance(obj, RemoteImage):
        yield ImagePart(obj, settings.detail)
        return
    image = image_of(obj, options)
    known_facts, data_hash = _facts_of(obj, settings)
    yield ImagePart(image, settings.detail, data_hash)
    if known_facts:
        yield FactsPart(known_facts, by_default=settings.facts is None)


def image_options(settings: Settings, call_options: Mapping[str, Any], image_format: str | None = None) -> ImageOptions:
    """Return how pictures are encoded for a call.

    Raises
    ------
    ImageError
        An option for arrays, or the format, is invalid.
    """
    return ImageOptions(
        max_side=settings.max_side,
        max_bytes=settings.max_bytes,
        max_image_tokens=settings.max_image_tokens,
        model=settings.model,
        detail=settings.detail,
        format=image_format,
        **{name: value for name, value in call_options.items() if name in ARRAY_OPTIONS},
    )


_STAYS_HERE: Final = 60_000
"""Characters of the facts for the embedded reader, which cost nothing, and from which it answers exactly."""


def _facts_of(obj: object, settings: Settings) -> tuple[str, str]:
    """Return what a figure object knows of itself, as text, and the hash of its data; both empty for anything else."""
    from vision_magic.images.figure_facts.data_hash import data_hash
    from vision_magic.images.figure_facts.facts import facts
    from vision_magic.images.figure_facts.summaries import MAX_VALUES

    try:
        known = facts(obj.obj if isinstance(obj, DisplayedImage) else obj)
        text = ""
        if settings.wants_facts:
            text = known.to_text(values=MAX_VALUES, characters=_STAYS_HERE) if settings.embedded else str(known)
        return text, data_hash(known)
    except Exception:  # figures hold objects of any library; without facts, there are still the pixels
        return "", ""
