"""Commands about requests: ``last``, ``usage``, ``config``."""

from __future__ import annotations

from typing import Final

from vision_magic.errors import CellError
from vision_magic.notebook.commands.command import Command, CommandContext, Values, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.namespace import last_images
from vision_magic.notebook.option_values import json_or_text, option_values
from vision_magic.notebook.options import CALL_OPTIONS
from vision_magic.notebook.views.static import show_image
from vision_magic.session.default import session
from vision_magic.setting_rules import shown

__all__ = ["COMMANDS"]

_ANY_QUESTION: Final = "What is this?"  # a request needs one, but the preview of its images does not show it


def _last(values: Values, context: CommandContext) -> None:
    count = int(values["count"])
    options = option_values({name: value for name, value in values.items() if name != "count"}, context.names)
    history = context.state.display_history
    request = session.prepare(*last_images(history.last(count), count), _ANY_QUESTION, **options)
    with history.paused():
        for image in request.images:
            show_image(image)
        say(str(session.receipt_for(request, **options)))


def _usage(values: Values, context: CommandContext) -> None:
    say(str(session.usage()))


def _config(values: Values, context: CommandContext) -> None:
    options = option_values({name: value for name, value in values.items() if name != "pairs"}, context.names)
    for pair in values["pairs"]:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise CellError(f"%vision config got {shown(pair)}; expected NAME=VALUE, such as max_tokens_total=100000.")
        options[name.replace("-", "_")] = json_or_text(text)
    lines = [f"{name:<20} {value}" for name, value in session.configure(**options).items()]
    say("\n".join(lines) or "No option is set for this session; %vision config NAME=VALUE sets one.")


COMMANDS: Final = (
    Command(
        name="last",
        prog="%vision last",
        run=_last,
        positional=Argument(
            dest="count",
            metavar="COUNT",
            nargs="?",
            default="1",
            pattern=r"[1-9]\d{0,3}",
            help="how many pictures: %vision last 2",
        ),
        options=CALL_OPTIONS,
        help="show the picture that a %%vision cell without one would send, and its receipt",
    ),
    Command(
        name="usage",
        prog="%vision usage",
        run=_usage,
        help="show the tokens used so far, by model and cell, and their cost if you have set prices",
    ),
    Command(
        name="config",
        prog="%vision config",
        run=_config,
        positional=Argument(dest="pairs", metavar="NAME=VALUE ...", nargs="*", help="NAME=VALUE"),
        options=CALL_OPTIONS,
        help="set options for all cells, such as temperature=0.2, or max_tokens_total=100000 as a cap for the session",
    ),
)
