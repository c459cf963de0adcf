"""The type of a ``%vision`` command, and the context in which it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.notebook.grammar import Syntax
from vision_magic.notebook.namespace import Names
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from vision_magic.notebook.state import ShellState

__all__ = ["Command", "CommandContext", "Values", "count_of", "say"]

Values = Mapping[str, Any]
"""The values of the arguments of a command, by their `dest`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandContext:
    """The context in which a command runs.

    Attributes
    ----------
    names : mapping
        The variables of the notebook.
    state : ShellState
        The state of the extension for the notebook.
    retry : callable
        Asks the last question again.
    assign : callable
        Sets a variable of the notebook: called with its name and value.
    live : bool
        Whether the user is watching; recordings are then replayed at the recorded pace.
    """

    names: Names
    state: ShellState
    retry: Callable[[], None]
    assign: Callable[[str, object], None]
    live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Syntax):
    """A command: its syntax, and the function that carries it out.

    Attributes
    ----------
    name : str
        The word after ``%vision``.
    run : callable
        Called with the values of its arguments, and the context.
    """

    name: str
    run: Callable[[Values, CommandContext], None]


def say(text: str) -> None:
    """Print text, which is the output of a command."""
    print(clean_text(text))  # noqa: T201


def count_of(things: int, noun: str) -> str:
    """Return a count with its noun: ``1 answer``, ``2 answers``."""
    return f"{things:,} {noun}{'' if things == 1 else 's'}"
