"""Candidates of Tab completion: values of arguments, and names from the notebook."""

from __future__ import annotations

import contextlib
import keyword
import os
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from vision_magic import settings
from vision_magic.errors import SettingsError, VisionError
from vision_magic.images.convert import is_image
from vision_magic.naming import as_word, is_model_id, quoted
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.namespace import Names
from vision_magic.session.default import session

__all__ = [
    "EXPRESSIONS",
    "Candidates",
    "Known",
    "images_of",
    "labelled",
    "last_images",
    "usual_names",
    "values_of",
    "variables_of",
]

Candidates = list[tuple[str, str]]
"""Pairs of a completion and its kind."""

_RUN: Final = ".vision.sqlite"
_FUNCTIONS: Final = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_CODE: Final = (types.ModuleType, type, *_FUNCTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The names and values that completion can offer."""

    names: Names
    conversations: tuple[str, ...]
    models: tuple[str, ...]


def values_of(argument: Argument, known: Known, fragment: str = "", *, quotable: bool = True) -> Candidates:
    """Return the candidates for the value of an argument, each as it is written on the line.

    Parameters
    ----------
    argument : Argument
        The argument.
    known : Known
        What can be offered.
    fragment : str
        The beginning of the value. Names that need quotes are offered once a quote is open.
    quotable : bool
        Whether the value may be in quotes; not so directly after ``=``.
    """
    source = _SOURCES.get(argument.completer)
    found = labelled((*argument.choices, *argument.suggestions), "value")
    found = found if source is None else [*found, *source(known)]
    quote = fragment[:1] if fragment[:1] in ("'", '"') else ""
    if quote and not quotable:
        return []
    # A name with a character that cannot be seen is not offered: it would not be what it seems to be.
    return [(_written(name, quote), kind) for name, kind in found if name.isprintable() and (quote or _is_plain(name))]


def _written(name: str, quote: str) -> str:
    return quoted(name, quote) if quote else name


def _is_plain(name: str) -> bool:
    return as_word(name) == name


def _profiles(known: Known) -> Candidates:
    try:
        names = settings.profile_names()
    except SettingsError:
        names = sorted(settings.PROFILES)  # the error is shown when the settings are used, not while completing
    return labelled(names, "profile")


def _color_maps(known: Known) -> Candidates:
    matplotlib = sys.modules.get("matplotlib")  # importing it here would take half a second
    return labelled(sorted(getattr(matplotlib, "colormaps", ())), "colour map")


def _environment(known: Known) -> Candidates:
    """Return the names of environment variables that may hold keys, never their values."""
    return labelled(sorted(name for name in os.environ if name.endswith(("_KEY", "_TOKEN"))), "environment variable")


def _models(known: Known) -> Candidates:
    """Return the models of the profiles, of earlier calls, and those listed by ``%vision models``."""
    # A server chooses the names that it lists and answers with, so only plain ids of them are offered.
    models = {*filter(is_model_id, (*known.models, *(record.model for record in session.state.ledger.records)))}
    with contextlib.suppress(VisionError):  # the error is shown when the settings are used
        models |= {session.settings().model, *settings.profile_models()}
    return labelled(sorted(models - {""}), "model")


def _conversations(known: Known) -> Candidates:
    return labelled(sorted(known.conversations), "conversation")


def _runs(known: Known) -> Candidates:
    """Return the names of the runs whose files are in the working folder."""
    with contextlib.suppress(OSError):
        return labelled(
            sorted(path.name.removesuffix(_RUN) for path in islice(Path.cwd().glob(f"*{_RUN}"), 100)), "run"
        )
    return []


def _of_kinds(*kinds: type) -> Callable[[Known], Candidates]:
    """Return a source that offers the variables of some types."""

    def source(known: Known) -> Candidates:
        return labelled(sorted(name for name, value in known.names.items() if _is(value, kinds)), "variable")

    return source


_SOURCES: Final[Mapping[str, Callable[[Known], Candidates]]] = {
    "color map": _color_maps,
    "conversation": _conversations,
    "dict": _of_kinds(dict),
    "environment variable": _environment,
    "function": _of_kinds(type, dict, *_FUNCTIONS),
    "model": _models,
    "picture": lambda known: images_of(known.names),
    "pictures": lambda known: sorted(variables_of(known.names), key=lambda one: one[1] != "pictures"),
    "profile": _profiles,
    "run": _runs,
}
"""The source of candidates for each `completer` of an argument."""

EXPRESSIONS: Final = (
    "dict",
    "function",
    "pictures",
)  # values that may be any expression, which IPython completes better


def usual_names(names: Names) -> Names:
    """Return the names that can be written in a cell; a notebook's globals may have other names too."""
    return {
        name: value
        for name, value in dict(names).items()  # a copy, because an answer in the background may set a variable
        if isinstance(name, str) and name.isidentifier() and name[0] != "_" and not keyword.iskeyword(name)
    }


def variables_of(names: Names) -> Candidates:
    """Return the images, then the other variables, without modules, classes and functions."""
    images = images_of(names)
    offered = {name for name, _ in images}
    others = sorted(name for name, value in names.items() if name not in offered and not _is(value, _CODE))
    return [*images, *labelled(others, "variable")]


def images_of(names: Names) -> Candidates:
    """Return the images, then the lists of images; an object that raises an error when inspected is left out."""
    is_one = _image_test()
    one = sorted(name for name, value in names.items() if _safely(is_one, value))
    several = sorted(name for name, value in names.items() if _safely(lambda it: any(map(is_one, _first(it))), value))
    return [*labelled(one, "picture"), *labelled(several, "pictures")]


def _image_test() -> Callable[[object], bool]:
    """Return `is_image` with a result per class, which keeps completion fast: many objects have few classes."""
    known: dict[type, bool] = {}

    def test(value: object) -> bool:
        kind = type(value)
        if hasattr(kind, "shape") or issubclass(kind, bytes | bytearray):
            return is_image(value)  # depends on the object, not on its class
        if kind not in known:
            known[kind] = _safely(is_image, value)
        return known[kind]

    return test


def _first(value: Any) -> Iterable[object]:
    """Return the first item of a list, or of the array that plt.subplots returns, to represent the others."""
    if isinstance(value, list | tuple):
        return islice(value, 1)
    if type(value).__name__ == "ndarray" and value.dtype.kind == "O":
        return islice(value.flat, 1)
    return ()


def last_images(names: Names) -> Candidates:
    """Return the words that stand for the images displayed last."""
    return labelled(("last:2",) if "last" in names else ("last", "last:2"), "pictures")


def labelled(texts: Iterable[str], kind: str) -> Candidates:
    """Return candidates of one kind."""
    return [(text, kind) for text in texts]


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    return _safely(lambda it: isinstance(it, kinds), value)


def _safely(test: Callable[[Any], bool], value: object) -> bool:
    """Return the result of a test, or False if it fails: inspecting a broken object may raise anything."""
    try:
        return test(value)
    except Exception:
        return False
