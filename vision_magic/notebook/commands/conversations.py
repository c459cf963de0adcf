"""Commands about conversations: ``history``, ``undo``, ``retry``, ``fork``, ``reset``."""

from __future__ import annotations

from typing import Final

from vision_magic.errors import CellError
from vision_magic.naming import as_word
from vision_magic.notebook.commands.command import Command, CommandContext, Values, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.views.conversation_html import conversation_html

__all__ = ["COMMANDS"]

_CONVERSATION: Final = Argument(
    dest="name", metavar="NAME", nargs="?", default="", completer="conversation", help="the name of one conversation"
)


def _history(values: Values, context: CommandContext) -> None:
    conversation = context.state.conversations.find(values["name"])
    context.show(f"{conversation!r}\n\n{conversation}", conversation_html(conversation))


def _undo(values: Values, context: CommandContext) -> None:
    conversation = context.state.conversations.find("")
    for turn in conversation.undo(int(values["count"])):
        say(f"Taken back: {turn.question}")
    say(f"{conversation!r}")


def _retry(values: Values, context: CommandContext) -> None:
    context.retry()


def _fork(values: Values, context: CommandContext) -> None:
    name, conversations = values["name"], context.state.conversations
    if name in conversations.named:
        raise CellError(f"A conversation called {name!r} exists already; choose another name.")
    twin = conversations.find("").fork(name)
    conversations.make_current(twin)
    say(f"{twin!r}; %%vision --chat {as_word(name)} continues it.")


def _reset(values: Values, context: CommandContext) -> None:
    conversation = context.state.conversations.find(values["name"])
    conversation.reset()
    say(f"{conversation!r}: the next cell that continues it starts from the beginning.")


COMMANDS: Final = (
    Command(
        name="history",
        group="Conversations",
        prog="%vision history",
        run=_history,
        positional=_CONVERSATION,
        help="show the last conversation, or the one called NAME",
    ),
    Command(
        name="undo",
        group="Conversations",
        prog="%vision undo",
        run=_undo,
        positional=Argument(
            dest="count",
            metavar="COUNT",
            nargs="?",
            default="1",
            pattern=r"[1-9]\d{0,3}",
            help="how many turns: %vision undo 2",
        ),
        help="take back the last question and its answer",
    ),
    Command(
        name="retry",
        group="Conversations",
        prog="%vision retry",
        run=_retry,
        help="ask the last question again; the new answer replaces the old one",
    ),
    Command(
        name="fork",
        group="Conversations",
        prog="%vision fork",
        run=_fork,
        positional=Argument(dest="name", metavar="NAME", help="a name for the new conversation"),
        help="copy the last conversation under a new name; --chat NAME continues the copy",
    ),
    Command(
        name="reset",
        group="Conversations",
        prog="%vision reset",
        run=_reset,
        positional=_CONVERSATION,
        help="forget the turns of the last conversation, or of the one called NAME",
    ),
)
