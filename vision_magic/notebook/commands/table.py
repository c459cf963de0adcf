"""The commands of ``%vision``: their table, their help, and the function that runs a line."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Final

from vision_magic.errors import CellError
from vision_magic.naming import near_miss
from vision_magic.notebook.commands import charts, conversations, recordings, requests, servers
from vision_magic.notebook.commands.command import Command, CommandContext, Values, say
from vision_magic.notebook.grammar import Syntax, parse_words
from vision_magic.notebook.options import CALL_OPTIONS
from vision_magic.notebook.words import words_of

__all__ = ["COMMANDS", "help_text", "meaning_of", "run", "usage_of"]

_COLUMN: Final = 26  # the column of the help in which the descriptions begin
_WIDTH: Final = 110


def run(line: str, context: CommandContext) -> None:
    """Carry out a ``%vision`` line.

    Raises
    ------
    VisionError
        The command is unknown or fails.
    """
    words = words_of(re.sub(r"^last:", "last ", line.strip()))  # also last:2, as on a %%vision line
    if any(word.is_mark(flag) for word in words for flag in ("-h", "--help")):
        say(help_text())
        return
    name = words[0].text if words else "status"
    command = COMMANDS.get(name)
    if command is None:
        raise CellError(
            f"%vision has no command {name!r}{near_miss(name, COMMANDS)}; expected one of {', '.join(COMMANDS)}. "
            "A question starts with %%vision."
        )
    command.run(parse_words(words[1:], command), context)


def _help(values: Values, context: CommandContext) -> None:
    say(help_text())


COMMANDS: Final[Mapping[str, Command]] = {
    command.name: command
    for command in (
        *servers.COMMANDS,
        *requests.COMMANDS,
        *charts.COMMANDS,
        *conversations.COMMANDS,
        *recordings.COMMANDS,
        Command(name="help", prog="%vision help", run=_help, help="show this help"),
    )
}
"""Every command by its name, in the order of the help."""


def help_text() -> str:
    """Return the help of the line magic: every command and what it does."""
    rows = [(usage_of(command), meaning_of(command)) for command in COMMANDS.values()]
    return "\n".join(_row(usage, meaning) for usage, meaning in (*rows, ("%%vision --help", "how to ask a question")))


def usage_of(command: Syntax) -> str:
    """Return the usage of a command: ``%vision history [NAME]``."""
    words = [command.prog]
    if command.positional is not None:
        metavar = command.positional.metavar
        words.append(f"[{metavar}]" if command.positional.nargs else metavar)
    if command.options is CALL_OPTIONS:
        words.append("[options]")
    else:
        words.extend(f"[{option.usage}]" for option in command.options)
    return " ".join(words)


def meaning_of(command: Syntax) -> str:
    """Return the description of a command and its own options."""
    own = () if command.options is CALL_OPTIONS else command.options
    return "; ".join((command.help, *(f"{option.option_strings[-1]}: {option.help}" for option in own)))


def _row(usage: str, meaning: str) -> str:
    lines = textwrap.wrap(meaning, _WIDTH - _COLUMN, break_long_words=False, break_on_hyphens=False)
    if len(usage) < _COLUMN - 1:
        return "\n".join((f"{usage:<{_COLUMN}}{lines[0]}", *(" " * _COLUMN + line for line in lines[1:])))
    return "\n".join((usage, *(" " * _COLUMN + line for line in lines)))
