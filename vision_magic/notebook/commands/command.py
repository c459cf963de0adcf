"""The type of a ``%vision`` command, the context in which it runs, and its output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vision_magic.notebook.grammar import Syntax
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.views.static import show_html
from vision_magic.render.plain_table import table_html
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
    rich : bool
        Whether the front end shows HTML: a notebook, not a terminal.
    """

    names: Names
    state: ShellState
    retry: Callable[[], None]
    assign: Callable[[str, object], None]
    live: bool = False
    rich: bool = False

    def show(self, text: str, html: str) -> None:
        """Show the output of a command: as HTML where that is shown, otherwise as text."""
        if not self.rich:
            say(text)
            return
        with self.state.display_history.paused():
            show_html(html, clean_text(text))

    def show_rows(self, rows: Iterable[tuple[str, str]], width: int = 9) -> None:
        """Show pairs of a name and a value as a table; in text, the values begin after `width` characters."""
        pairs = list(rows)
        self.show("\n".join(f"{name:<{width}} {value}".rstrip() for name, value in pairs), table_html(pairs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Syntax):
    """A command: its syntax, and the function that carries it out.

    Attributes
    ----------
    name : str
        The word after ``%vision``.
    group : str
        The heading under which the help lists it.
    run : callable
        Called with the values of its arguments, and the context.
    closing : callable or None
        Returns the last paragraph of its help, in Markdown.
    """

    name: str
    group: str
    run: Callable[[Values, CommandContext], None]
    closing: Callable[[], str] | None = None


def say(text: str) -> None:
    """Print text, which is the output of a command."""
    print(clean_text(text))  # noqa: T201


def count_of(things: int, noun: str) -> str:
    """Return a count with its noun: ``1 answer``, ``2 answers``."""
    return f"{things:,} {noun}{'' if things == 1 else 's'}"
