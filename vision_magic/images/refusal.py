"""Messages on objects that no converter takes: what arrived, and what to pass or to define instead."""

from __future__ import annotations

import difflib
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from vision_magic.images.lazy_types import type_name, type_path
from vision_magic.reprs import short_repr

__all__ = ["GOT", "PROTOCOL", "misnamed", "refusal"]

PROTOCOL: Final = "__vision_image__"

GOT: Final = "as_image got "
"""The beginning of a message, in whose place another one stands where the user did not call `as_image`."""

_LEVELS: Final = 4  # of lists in lists: those of an array of pictures

_EXPORTS: Final = ("to_image", "to_pil", "to_png", "write_png", "write_image", "export_png", "save_png", "savefig")
"""Names of methods that return or write a picture."""


def refusal(obj: Any, registered: Sequence[str] = ()) -> str:
    """Return the message on an object that is not converted.

    Parameters
    ----------
    obj : object
        The object.
    registered : sequence of str
        The paths of the classes for which the user has registered a converter.
    """
    return f"{GOT}{_rest(obj, registered)}"


def _rest(obj: Any, registered: Sequence[str]) -> str:
    told = next((told for kinds, told in _KINDS if issubclass(type(obj), kinds)), None)
    if told is not None:
        return told(obj)
    if own := misnamed(obj) or _registered_otherwise(obj, registered):
        return f"{type_name(obj)}; {own}"
    if callable(getattr(type(obj), "__array__", None)):
        return f"{type_name(obj)}, which NumPy can read, but which has no shape and dtype: pass np.asarray(x)."
    method = next((name for name in _EXPORTS if callable(getattr(type(obj), name, None))), "")
    if method:
        return (
            f"{type_name(obj)}, which has a method {method}(…): call it, and pass the picture that it "
            "returns, or the pathlib.Path(…) of the PNG file that it writes."
        )
    return (
        f"{type_name(obj)}; expected a figure, axes, Pillow image, array, bytes, pathlib.Path or any "
        f"object that displays as PNG or JPEG. Add other kinds with vision_magic.converts or a method {PROTOCOL}."
    )


def _of_none(_: None) -> str:
    return (
        "None; expected a picture. plt.show() always returns None, and cv2.imread does for a file "
        "that is missing or not a picture: check the path, or what the name was set to."
    )


def _of_string(text: str) -> str:
    shown = f"{text[:60]!r}{'…' if len(text) > 60 else ''}"
    got = f"the string {shown}, which is never read as a file name or an address."
    if text[:5].lower() == "data:" or "://" in text[:12]:
        return f"{got} Expected a picture: use vision_magic.url(…) for an address or a data URI."
    return f"{got} Expected a picture: use pathlib.Path(…) for a file, vision_magic.url(…) for an address."


def _of_list(items: Sequence[Any]) -> str:
    what = f"a {type(items).__name__} of {len(items)}; expected one picture"
    inner: Any = items
    for _ in range(_LEVELS):  # a list may contain itself
        inner = inner[0] if issubclass(type(inner), list | tuple) and inner else inner
    if issubclass(type(inner), int | float):
        return f"{what}: make an array of the numbers, np.array(x)."
    return f"{what}: pass one of them, x[0]. vision_magic.ask and %%vision take several."


def _of_unordered(items: object) -> str:
    return f"a {type(items).__name__}; expected a picture: make a list of what is in it, list(x)."


def _of_mapping(items: Mapping[Any, Any]) -> str:
    example = f", such as x[{short_repr(next(iter(items)))}]" if len(items) else ""
    return f"{type_name(items)}; expected a picture: pass what is stored in it{example}."


def _of_class(kind: type) -> str:
    return f"the class {type_path(kind)} itself; expected an instance of it."


def _of_module(module: types.ModuleType) -> str:
    current = ", such as its current figure, gcf()" if callable(getattr(module, "gcf", None)) else ""
    return f"the module {module.__name__}; expected a figure or picture made with it{current}."


def _of_function(function: Any) -> str:
    return f"the function {getattr(function, '__name__', '')}; expected a picture: call it, and pass what it returns."


def _of_coroutine(_: object) -> str:
    return "a coroutine; expected a picture: await it, and pass what it returns."


_KINDS: Final[tuple[tuple[Any, Callable[[Any], str]], ...]] = (
    (types.NoneType, _of_none),
    (str, _of_string),
    ((list, tuple), _of_list),
    ((types.GeneratorType, set, frozenset, map, filter, zip), _of_unordered),
    (Mapping, _of_mapping),
    (type, _of_class),
    (types.ModuleType, _of_module),
    ((types.FunctionType, types.BuiltinFunctionType, types.MethodType), _of_function),
    (types.CoroutineType, _of_coroutine),
)


def misnamed(obj: object) -> str:
    """Return the advice for an object whose method for a picture is not where, or not called as, it should be."""
    own = [name for kind in type(obj).__mro__ for name in vars(kind)]
    if inspect.getattr_static(obj, PROTOCOL, None) is not None:  # without running code of its class, which has none
        return f"its {PROTOCOL} is set on the object, where it is not looked for: define it as a method of the class."
    close = difflib.get_close_matches(PROTOCOL, own, n=1, cutoff=0.8)
    return f"its method {close[0]} would have to be called {PROTOCOL}." if close else ""


def _registered_otherwise(obj: object, registered: Sequence[str]) -> str:
    """Return the advice for an object of a class that was registered by another path, or before it was redefined."""
    path = type_path(type(obj))
    if path in registered:
        return "it was made before its class was defined anew, and only the new class has a converter: make it again."
    name = type(obj).__name__
    close = [other for other in registered if other.rpartition(".")[2] == name]
    close = close or difflib.get_close_matches(path, registered, n=1, cutoff=0.8)
    if not close:
        return ""
    return f"a converter is registered for {close[0]!r}: to use it here, write @vision_magic.converts({path!r})."
