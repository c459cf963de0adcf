"""Type checks by the name of a class, without importing its library.

An object of a library's class can exist only if the library is loaded. If the library is not in ``sys.modules``, no
object is an instance of its classes, and there is no need to import it.
"""

from __future__ import annotations

import sys

__all__ = ["is_instance", "type_name", "type_path"]


def is_instance(obj: object, path: str) -> bool:
    """Whether `obj` is an instance of the class with this path, such as ``"matplotlib.figure.Figure"``."""
    module, _, name = path.rpartition(".")
    kind = getattr(sys.modules.get(module), name, None)
    try:
        return isinstance(kind, type) and isinstance(obj, kind)
    except Exception:  # a proxy whose __class__ fails
        return False


def type_name(obj: object) -> str:
    """Return the name of an object's class for messages, such as ``torch.Tensor`` or ``int``."""
    return type_path(type(obj))


def type_path(kind: type) -> str:
    """Return the module and qualified name of a class; for builtins the name alone."""
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
