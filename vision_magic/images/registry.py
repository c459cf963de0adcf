"""The registry of converters, which turn objects into pixels.

There are three ways to add a kind of object::

    @vision_magic.converts("somelibrary.Slide")      # for a class of another library
    def from_slide(slide): return slide.to_numpy()

    class Slide:                                     # for your own class; vision_magic is not imported
        def __vision_image__(self): return self.pixels

    class Slide:                                     # for any class that a notebook displays as PNG or JPEG
        def _repr_png_(self): ...

Each returns anything that `as_image` accepts: an array, a Pillow image, a figure, encoded bytes. It can also return a
`ConvertedImage`, which also states where the pixels come from and which decisions were made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_instance, type_name, type_path
from vision_magic.reprs import short_repr

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image as PILImage

__all__ = [
    "PROTOCOL",
    "ConvertedImage",
    "Converter",
    "convert_object",
    "converter_for",
    "converts",
    "converts_if",
    "reason_of",
]

PROTOCOL = "__vision_image__"

_MAX_DEPTH = 8  # a converter may return an object that has a converter itself; deeper chains are assumed to be cycles


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertedImage:
    """The result of a converter: pixels, their source, and notes on the decisions that were made.

    Attributes
    ----------
    pixels : PIL.Image.Image or ndarray
        A Pillow image of any mode, or an array of shape (H, W), (H, W, 3) or (H, W, 4), which is mapped to 8-bit
        pixels by the rules of `vision_magic.as_image`.
    source : str
        The kind of object, such as ``"matplotlib figure"``.
    notes : tuple of str
        The rules that were applied.
    """

    pixels: PILImage.Image | NDArray[Any]
    source: str
    notes: tuple[str, ...] = ()


Converter = Callable[[Any], object]

# Names of methods that return or write a picture, for the message about an object that is not converted.
_EXPORTS = ("to_image", "to_pil", "to_png", "write_png", "write_image", "export_png", "save_png", "savefig")

# Process-wide on purpose, like the registries of copyreg and functools.singledispatch.
_converters: dict[str, Converter] = {}
_by_behaviour: list[tuple[Callable[[Any], bool], Converter]] = []


def converts(path: str) -> Callable[[Converter], Converter]:
    """Register a converter for a class by its path.

    The library is not imported: the class is looked up when an object is converted. Later registrations take precedence
    over earlier ones.

    Parameters
    ----------
    path : str
        Module and name of the class, such as ``"torch.Tensor"``. Instances of subclasses are converted too.

    Returns
    -------
    callable
        A decorator for a function that takes the object and returns anything that `as_image` accepts, or a
        `ConvertedImage`.

    Raises
    ------
    ImageError
        `path` cannot be the path of a class.
    """
    if not isinstance(path, str) or not all(part.isidentifier() for part in path.split(".")) or "." not in path:
        raise ImageError(
            f"converts got {short_repr(path)}; expected the path of a class as a string, such as 'somelibrary.Slide'."
        )

    def register(converter: Converter) -> Converter:
        _converters.pop(path, None)
        _converters[path] = converter
        return converter

    return register


def converts_if(test: Callable[[Any], bool]) -> Callable[[Converter], Converter]:
    """Register a converter for objects that pass a test; tests run in order, after all classes were compared."""

    def register(converter: Converter) -> Converter:
        _by_behaviour.append((test, converter))
        return converter

    return register


def converter_for(obj: Any) -> Converter | None:
    """Return the converter for an object, or None if there is none."""
    if getattr(type(obj), PROTOCOL, None) is not None:  # looked up on the class: mocks and proxies have every attribute
        return _by_protocol
    for path in reversed(_converters):
        if is_instance(obj, path):
            return _converters[path]
    if issubclass(type(obj), type):  # isinstance would use the object's own __class__, which may fail
        return None
    return next((converter for test, converter in _by_behaviour if test(obj)), None)


def convert_object(obj: object) -> ConvertedImage:
    """Convert an object of any registered kind to pixels.

    Raises
    ------
    ImageError
        The object has no converter, or its converter failed.
    """
    return _resolve(obj, _MAX_DEPTH)


def _resolve(obj: object, depth: int) -> ConvertedImage:
    converter = converter_for(obj)
    if converter is None:
        raise ImageError(_refusal(obj))
    result = _call(converter, obj)
    if isinstance(result, ConvertedImage):
        return result
    if result is obj or depth == 0:
        raise ImageError(
            f"The converter for {type_name(obj)} returned an object that needs the same conversion again; "
            "expected pixels, such as an array or a Pillow image."
        )
    inner = _resolve(result, depth - 1)
    return ConvertedImage(pixels=inner.pixels, source=type_name(obj), notes=inner.notes)


def _call(converter: Converter, obj: object) -> object:
    try:
        return converter(obj)
    except ImageError:
        raise
    except MemoryError:
        raise ImageError(f"Not enough memory to convert {type_name(obj)} to a picture; shrink it first.") from None
    except Exception as error:  # third-party code may raise anything
        raise ImageError(
            f"{type_name(obj)} could not be converted to a picture ({reason_of(error)}). "
            "Convert it yourself to an array, a Pillow image or encoded bytes."
        ) from error


def reason_of(error: BaseException) -> str:
    """Return the class and the message of an error of other code, on one line."""
    try:
        message = " ".join(str(error).split())[:300]
    except Exception:
        message = ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _by_protocol(obj: Any) -> object:
    return getattr(obj, PROTOCOL)()


def _refusal(obj: Any) -> str:
    if obj is None:
        return (
            "as_image got NoneType, that is None; expected a picture. cv2.imread returns None for a file that is "
            "missing or not a picture, and plt.show() always does: check the path, or what the name was set to."
        )
    if issubclass(type(obj), str):
        return _refusal_of_string(obj)
    if issubclass(type(obj), type):
        return f"as_image got the class {type_path(obj)} itself; expected an instance of it."
    method = next((name for name in _EXPORTS if callable(getattr(type(obj), name, None))), "")
    if method:
        return (
            f"as_image got {type_name(obj)}, which has a method {method}(…): call it, and pass the picture that it "
            "returns, or the pathlib.Path(…) of the PNG file that it writes."
        )
    return (
        f"as_image got {type_name(obj)}; expected a figure, axes, Pillow image, array, bytes, pathlib.Path or any "
        f"object that displays as PNG or JPEG. Add other kinds with vision_magic.converts or a method {PROTOCOL}."
    )


def _refusal_of_string(text: str) -> str:
    shown = f"{text[:60]!r}{'…' if len(text) > 60 else ''}"
    got = f"as_image got the string {shown}, which is never read as a file name or an address."
    if text[:5].lower() == "data:" or "://" in text[:12]:
        return f"{got} Expected a picture: use vision_magic.url(…) for an address or a data URI."
    return f"{got} Expected a picture: use pathlib.Path(…) for a file, vision_magic.url(…) for an address."
