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
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.errors import ImageError
from vision_magic.images.lazy_types import is_instance, type_name
from vision_magic.images.refusal import GOT, PROTOCOL, refusal
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
    "is_own_kind",
    "reason_of",
]

_MAX_DEPTH = 8  # a converter may return an object that has a converter itself; deeper chains are assumed to be cycles


@dataclass(frozen=True, slots=True)
class ConvertedImage:
    """The result of a converter: pixels, their source, and notes on the decisions that were made.

    Attributes
    ----------
    pixels : PIL.Image.Image or ndarray
        A Pillow image of any mode, or an array of shape (H, W), (H, W, 3) or (H, W, 4), which is mapped to 8-bit
        pixels by the rules of `vision_magic.as_image`. What else `as_image` accepts is converted.
    source : str
        The kind of object, such as ``"matplotlib figure"``; by default the name of its class.
    notes : tuple of str
        The rules that were applied.

    Raises
    ------
    ImageError
        `source` or `notes` has another type.
    """

    pixels: PILImage.Image | NDArray[Any]
    _: KW_ONLY
    source: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.source, str):
            raise ImageError(f"ConvertedImage got source={short_repr(self.source)}; expected a string.")
        if not isinstance(self.notes, tuple | list) or not all(isinstance(note, str) for note in self.notes):
            instead = f": notes=({self.notes!r},)" if isinstance(self.notes, str) else ""
            raise ImageError(
                f"ConvertedImage got notes={short_repr(self.notes)}; expected a tuple of strings{instead}."
            )
        object.__setattr__(self, "notes", tuple(self.notes))


Converter = Callable[[Any], object]

# Process-wide on purpose, like the registries of copyreg and functools.singledispatch.
_converters: dict[str, Converter] = {}
_by_behaviour: list[tuple[Callable[[Any], bool], Converter, Callable[[Any], str]]] = []


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

    Examples
    --------
    >>> import vision_magic as vm
    >>> @vm.converts("somelibrary.Slide")
    ... def from_slide(slide):
    ...     return vm.ConvertedImage(pixels=slide.to_numpy(), source="slide", notes=("level 2",))
    """
    if not isinstance(path, str) or not all(part.isidentifier() for part in path.split(".")) or "." not in path:
        raise ImageError(
            f"converts got {short_repr(path)}; expected the path of a class as a string: "
            f"@vision_magic.converts({_example(path)!r})."
        )

    def register(converter: Converter) -> Converter:
        if not callable(converter):
            raise ImageError(
                f"converts({path!r}) got {short_repr(converter)}; expected a function that takes the object: write "
                f"@vision_magic.converts({path!r}) on the line above its def."
            )
        _converters.pop(path, None)
        _converters[path] = converter
        return converter

    return register


def _example(path: object) -> str:
    """Return the path that was probably meant: a class, or a name without its module, is one of the notebook."""
    if isinstance(path, type):
        return f"{path.__module__}.{path.__qualname__}"
    return f"__main__.{path}" if isinstance(path, str) and path.isidentifier() else "somelibrary.Slide"


def converts_if(
    test: Callable[[Any], bool], maker: Callable[[Any], str] = lambda obj: ""
) -> Callable[[Converter], Converter]:
    """Register a converter for objects that pass a test; tests run in order, after all classes were compared.

    `maker` names the code of the object's class that gives the picture, for messages.
    """

    def register(converter: Converter) -> Converter:
        _by_behaviour.append((test, converter, maker))
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
    return next((converter for test, converter, _ in _by_behaviour if test(obj)), None)


def is_own_kind(obj: object) -> bool:
    """Whether somebody else's code says how an object becomes a picture: its class, or a registered converter."""
    converter = converter_for(obj)
    return converter is not None and not _is_of_package(type(obj) if converter is _by_protocol else converter)


def _maker(converter: Converter, obj: object) -> str:
    """Return the name of somebody else's function or method that gives the picture; empty for one of this package."""
    if converter is _by_protocol:
        return "" if _is_of_package(type(obj)) else f"{type_name(obj)}.{PROTOCOL}"
    if _is_of_package(converter):
        return next((maker(obj) for _, other, maker in _by_behaviour if other is converter), "")
    return f"The converter {getattr(converter, '__name__', short_repr(converter))} for {type_name(obj)}"


def _is_of_package(code: object) -> bool:
    return str(getattr(code, "__module__", "")).partition(".")[0] == __name__.partition(".")[0]


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
        raise ImageError(refusal(obj, _foreign_paths()))
    result = _call(converter, obj)
    own = _maker(converter, obj)
    described = result if isinstance(result, ConvertedImage) else ConvertedImage(pixels=result)  # type: ignore[arg-type]
    if described is result and (not own or _replaces_ours(converter, described.pixels)):
        return described
    if described.pixels is obj or depth == 0:
        raise ImageError(
            f"The converter for {type_name(obj)} returned an object that needs the same conversion again; "
            "expected pixels, such as an array or a Pillow image."
        )
    inner = _converted(described.pixels, depth - 1, own)
    source = described.source or type_name(obj)
    return ConvertedImage(pixels=inner.pixels, source=source, notes=(*described.notes, *inner.notes))


def _replaces_ours(converter: Converter, pixels: object) -> bool:
    """Whether a converter is registered for the Pillow images or arrays that it returns: nothing else converts them."""
    known = is_instance(pixels, "PIL.Image.Image") or is_instance(pixels, "numpy.ndarray")
    return known and converter_for(pixels) is converter


def _converted(result: object, depth: int, maker: str) -> ConvertedImage:
    """Convert what a converter returned; an error names it, if it is somebody else's."""
    if not maker:
        return _resolve(result, depth)
    if result is None:
        raise ImageError(
            f"{maker} returned None; expected a picture, such as an array or a Pillow image. "
            "Check that it ends with return …."
        )
    try:
        inner = _resolve(result, depth)
        if is_instance(inner.pixels, "numpy.ndarray"):
            from vision_magic.images.pixels import check_array

            check_array(inner.pixels)  # type: ignore[arg-type]
    except ImageError as error:
        message = str(error)
        told = message.removeprefix(GOT) if message.startswith(GOT) else f"what is not sent as a picture: {message}"
        raise ImageError(f"{maker} returned {told}") from error
    return inner


def _foreign_paths() -> list[str]:
    """Return the paths of the classes for which somebody else has registered a converter."""
    return [path for path, converter in _converters.items() if not _is_of_package(converter)]


def _call(converter: Converter, obj: object) -> object:
    try:
        return converter(obj)
    except ImageError:
        raise
    except MemoryError:
        raise ImageError(f"Not enough memory to convert {type_name(obj)} to a picture; shrink it first.") from None
    except Exception as error:  # third-party code may raise anything
        own = _maker(converter, obj)
        check = f"Check {own[0].lower() if ' ' in own else own[0]}{own[1:]}, or convert" if own else "Convert"
        raise ImageError(
            f"{type_name(obj)} could not be converted to a picture ({reason_of(error)}). "
            f"{check} it yourself to an array, a Pillow image or encoded bytes."
        ) from error


def reason_of(error: BaseException) -> str:
    """Return the class and the message of an error of other code, on one line."""
    try:
        message = " ".join(str(error).split())[:300]
    except Exception:
        message = ""
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _by_protocol(obj: Any) -> object:
    method = getattr(obj, PROTOCOL)
    if not callable(method):
        raise ImageError(
            f"{type_name(obj)}.{PROTOCOL} is {type_name(method)} and not a method; expected a method that returns a "
            f"picture: def {PROTOCOL}(self): return …, without @property."
        )
    return method()
