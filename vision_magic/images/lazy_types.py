"""Is this object of a type that is named by its path? Answered without importing anybody's library.

An object of a class from a library can only exist once that library is loaded, so a library that is not in
``sys.modules`` has no objects.
"""

from __future__ import annotations

import sys

__all__ = ["is_of", "name_of", "path_of"]


def is_of(obj: object, path: str) -> bool:
    """Whether `obj` is an instance of the class at a path such as ``"matplotlib.figure.Figure"``."""
    module, _, name = path.rpartition(".")
    kind = getattr(sys.modules.get(module), name, None)
    return isinstance(kind, type) and isinstance(obj, kind)


def name_of(obj: object) -> str:
    """Return an object's class for a message: ``torch.Tensor``, ``int``."""
    return path_of(type(obj))


def path_of(kind: type) -> str:
    """Return where a class lives; nothing is said of builtins."""
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
