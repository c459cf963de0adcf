"""Which function makes a picture of this object? One open registry, keyed by the paths of classes.

A kind of object joins in one of three ways::

    @vision_magic.converts("somelibrary.Slide")      # for a class that belongs to somebody else
    def from_slide(slide): return slide.to_numpy()

    class Slide:                                     # for a class of your own: nothing of ours is imported
        def __vision_image__(self): return self.pixels

    class Slide:                                     # whatever shows itself in a notebook as PNG or JPEG
        def _repr_png_(self): ...

Each returns a picture of any kind that is known: an array, a Pillow image, a figure, encoded bytes; or a
`ConvertedImage`, which also says where the pixels come from and what was decided on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_of, name_of, path_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image as PILImage

__all__ = ["PROTOCOL", "ConvertedImage", "Converter", "converter_for", "converts", "converts_if", "picture_of"]

PROTOCOL = "__vision_image__"

_DEEPEST = 8  # a picture of a picture of a picture …: more is a circle


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedImage:
    """What a converter makes of an object: pixels, where they come from, and what was decided on the way.

    Attributes
    ----------
    pixels : PIL.Image.Image or ndarray
        An array becomes 8-bit pixels by the rules of `vision_magic.as_image`.
    source : str
        The kind of object, in words: ``"matplotlib figure"``.
    notes : tuple of str
        Rules that were applied, in words.
    """

    pixels: PILImage.Image | NDArray[Any]
    source: str
    notes: tuple[str, ...] = ()


Converter = Callable[[Any], object]

_converters: dict[str, Converter] = {}
_by_behaviour: list[tuple[Callable[[Any], bool], Converter]] = []


def converts(path: str) -> Callable[[Converter], Converter]:
    """Register a converter for the class at `path`, such as ``"torch.Tensor"``.

    The library is not imported: the class is looked up when an object comes that may be of it. A later
    registration goes before earlier ones. The function takes the object and returns any picture.
    """

    def register(converter: Converter) -> Converter:
        _converters.pop(path, None)
        _converters[path] = converter
        return converter

    return register


def converts_if(test: Callable[[Any], bool]) -> Callable[[Converter], Converter]:
    """Register a converter for what behaves in some way, of whatever class; asked after all classes, in order."""

    def register(converter: Converter) -> Converter:
        _by_behaviour.append((test, converter))
        return converter

    return register


def converter_for(obj: object) -> Converter | None:
    """Return the function that makes a picture of an object; None where it is no picture."""
    if getattr(type(obj), PROTOCOL, None) is not None:  # of the class: some objects have every attribute
        return _by_protocol
    for path in reversed(_converters):
        if is_of(obj, path):
            return _converters[path]
    return None if isinstance(obj, type) else next((made for test, made in _by_behaviour if test(obj)), None)


def picture_of(obj: object) -> ConvertedImage:
    """Return the pixels of an object of any registered kind.

    Raises
    ------
    ImageError
        It is none, or its converter could not make a picture of it.
    """
    return _resolve(obj, _DEEPEST)


def _resolve(obj: object, depth: int) -> ConvertedImage:
    converter = converter_for(obj)
    if converter is None:
        raise ImageError(_refusal(obj))
    made = _converted(converter, obj)
    if isinstance(made, ConvertedImage):
        return made
    if made is obj or depth == 0:
        raise ImageError(f"The converter of {name_of(obj)} gives no picture but itself again; expected pixels.")
    inner = _resolve(made, depth - 1)
    return ConvertedImage(pixels=inner.pixels, source=name_of(obj), notes=inner.notes)


def _converted(converter: Converter, obj: object) -> object:
    try:
        return converter(obj)
    except ImageError:
        raise
    except MemoryError:
        raise ImageError(f"There is not memory enough to make a picture of {name_of(obj)}; shrink it first.") from None
    except Exception as error:  # other people's code: their libraries, or their converter
        reason = " ".join(str(error).split())[:300]
        raise ImageError(
            f"{name_of(obj)} could not be made a picture ({type(error).__name__}: {reason}). "
            "Make one yourself: an array, a Pillow image or encoded bytes."
        ) from error


def _by_protocol(obj: Any) -> object:
    return getattr(obj, PROTOCOL)()


def _refusal(obj: object) -> str:
    if isinstance(obj, str):
        return (
            f"as_image got the text {obj[:60]!r}; a text is never taken for a file or an address. Expected a picture: "
            "pathlib.Path(…) names a file, vision_magic.url(…) an address."
        )
    if isinstance(obj, type):
        return f"as_image got type, the class {path_of(obj)} itself; expected an object of it."
    return (
        f"as_image got {name_of(obj)}; expected a figure, axes, Pillow image, array, bytes, pathlib.Path or anything "
        f"that shows itself as PNG. Other kinds join by vision_magic.converts or a method {PROTOCOL}."
    )
