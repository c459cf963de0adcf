"""Functions that make the options of ``%%vision``."""

from __future__ import annotations

from typing import Any

from vision_magic.chat.request import FIELDS
from vision_magic.notebook.grammar import Argument, Type

__all__ = ["field", "option", "switch"]


def option(*flags: str, group: str, help: str, example: str = "", **more: Any) -> Argument:
    """Return an option; by default its `dest` is its long form."""
    dest = more.pop("dest", flags[-1].removeprefix("--").replace("-", "_"))
    return Argument(option_strings=flags, dest=dest, group=group, help=help, example=example or flags[-1], **more)


def switch(*flags: str, group: str, help: str, **more: Any) -> Argument:
    """Return an option without a value."""
    return option(*flags, group=group, help=help, action="store_const", **more)


def field(
    name: str, example: str, *, metavar: str = "", short: str = "", group: str = "The request", **more: Any
) -> Argument:
    """Return the option for a field of the request, described by the field's rule."""
    rule = FIELDS[name]
    types: dict[str, Type] = {"number": "number", "integer": "number", "json": "json", "flag": "flag"}
    make = option if metavar else switch
    return make(
        *((short,) if short else ()),
        f"--{name.replace('_', '-')}",
        dest=name,
        group=group,
        metavar=metavar,
        help=f"{rule.description}; {rule.expected}" if metavar else rule.description,
        example=example,
        **{"type": types.get(rule.kind, "text"), **more},
    )
