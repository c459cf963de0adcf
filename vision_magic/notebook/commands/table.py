"""The commands of ``%vision``: their table, their help, and the function that runs a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from vision_magic.errors import CellError
from vision_magic.naming import near_miss, near_option
from vision_magic.notebook.commands import charts, conversations, jobs, recordings, requests, servers
from vision_magic.notebook.commands.command import Command, CommandContext, Values
from vision_magic.notebook.elsewhere import DURATION, SAVING
from vision_magic.notebook.grammar import Argument, Syntax, parse_words
from vision_magic.notebook.help import Page, Section, option_page, option_rows, page_html, page_text, topic_page
from vision_magic.notebook.options import CALL_OPTIONS, CELL, TOPICS
from vision_magic.notebook.words import Word, words_of

__all__ = ["COMMANDS", "commands_page", "meaning_of", "run", "usage_of"]

_CLOSING: Final = f"""\
`%%vision --help` says how to ask a question. The topics of its options are
{", ".join(TOPICS)}.
`%vision use`, `models`, `login`, `last` and `config` also take the options that concern a call.
"""


def run(line: str, context: CommandContext) -> None:
    """Carry out a ``%vision`` line.

    Raises
    ------
    VisionError
        The command is unknown or fails.
    """
    words = words_of(re.sub(r"^last:", "last ", line.strip()))  # also last:2, as on a %%vision line
    name = words[0].text if words else "status"
    command = COMMANDS.get(name.rstrip("?") if len(words) == 1 else name)
    if name.endswith("?") and command is not None:
        _show(command_page(command), context)  # %vision use?
        return
    if any(word.is_mark(flag) for word in words for flag in ("-h", "--help")):
        _show(commands_page() if command is None else command_page(command), context)
        return
    if command is None:
        raise CellError(_no_command(words, context))
    if name == "help" and len(words) == 2:  # %vision help --range
        _help({"topic": words[1].text}, context)
        return
    command.run(parse_words(words[1:], command), context)


def _no_command(words: Sequence[Word], context: CommandContext) -> str:
    words[0].check_no_key()
    name = words[0].text
    is_name = re.split(r"\W", name, maxsplit=1)[0] in context.names
    if is_name or (len(words) > 1 and words[-1].text.endswith("?")):
        picture = f" {name}" if is_name else ""
        return (
            f"%vision takes a command, and %%vision a question: begin a cell with %%vision{picture}, and write the "
            "question on the lines below it."
        )
    if name in SAVING:
        return f"%vision has no command {name!r}. {DURATION}"
    return (
        f"%vision has no command {name!r}{near_miss(name, COMMANDS)}. %vision help lists the commands; a question "
        "begins with %%vision."
    )


def _help(values: Values, context: CommandContext) -> None:
    topic = values.get("topic", "")
    if not topic:
        page = commands_page()
    elif topic in TOPICS:
        page = topic_page(topic)
    elif topic in COMMANDS:
        page = command_page(COMMANDS[topic])
    elif (of_option := option_page(topic)) is not None:
        page = of_option
    else:
        known = (*TOPICS, *COMMANDS, *CELL.flags)
        raise CellError(
            f"%vision help got {topic!r}{near_option(topic, known)}; expected a command, an option, or one of the "
            f"topics {', '.join(TOPICS)}."
        )
    _show(page, context)


def _show(page: Page, context: CommandContext) -> None:
    context.show(page_text(page), page_html(page))


COMMANDS: Final[Mapping[str, Command]] = {
    command.name: command
    for command in (
        *servers.COMMANDS,
        *requests.COMMANDS,
        *charts.COMMANDS,
        *conversations.COMMANDS,
        *jobs.COMMANDS,
        *recordings.COMMANDS,
        Command(
            name="help",
            prog="%vision help",
            group="Help",
            run=_help,
            positional=Argument(
                dest="topic",
                metavar="TOPIC",
                nargs="?",
                suggestions=(*TOPICS,),
                help="a topic, a command or an option, such as pictures",
            ),
            help="show this list, the options of a topic or command, or one option",
        ),
    )
}
"""Every command by its name, in the order of the help."""


def commands_page() -> Page:
    """Return the help of the line magic: every command and what it does."""
    groups = dict.fromkeys(command.group for command in COMMANDS.values())
    sections = (Section(title=group, rows=tuple(_row(one) for one in _group(group))) for group in groups)
    return Page(sections=tuple(sections), closing=_CLOSING)


def command_page(command: Command) -> Page:
    """Return the help of one command: what it does, and its options."""
    row = (usage_of(command), command.help, "")
    own = () if command.options is CALL_OPTIONS else option_rows(command.options)
    takes = "It also takes the options of `%%vision` that concern a call; `%vision help` lists their topics."
    paragraphs = (takes if command.options is CALL_OPTIONS else "", command.closing() if command.closing else "")
    return Page(sections=(Section(rows=(row, *own)),), closing="\n\n".join(filter(None, paragraphs)))


def _group(group: str) -> list[Command]:
    return [command for command in COMMANDS.values() if command.group == group]


def _row(command: Command) -> tuple[str, str, str]:
    return (" ".join(filter(None, (command.prog, _argument(command)))), command.help, "")


def usage_of(command: Syntax) -> str:
    """Return the usage of a command: ``%vision history [NAME]``."""
    own = ["[options]"] if command.options is CALL_OPTIONS else [f"[{option.usage}]" for option in command.options]
    return " ".join(filter(None, (command.prog, _argument(command), *own)))


def _argument(command: Syntax) -> str:
    if command.positional is None:
        return ""
    metavar = command.positional.metavar
    return f"[{metavar}]" if command.positional.nargs else metavar


def meaning_of(command: Syntax) -> str:
    """Return the description of a command and its own options."""
    own = () if command.options is CALL_OPTIONS else command.options
    return "; ".join((command.help, *(f"{option.option_strings[-1]}: {option.help}" for option in own)))
