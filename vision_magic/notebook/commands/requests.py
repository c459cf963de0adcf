"""Commands about requests: ``last``, ``usage``, ``config``."""

from __future__ import annotations

from typing import Any, Final

from vision_magic.errors import CellError
from vision_magic.notebook.commands.command import Command, CommandContext, Values, say
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.namespace import last_images
from vision_magic.notebook.option_values import json_or_text, option_values
from vision_magic.notebook.options import CALL_OPTIONS, TYPES
from vision_magic.notebook.views.static import show_image
from vision_magic.render.receipt import receipt_html
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
        receipt = session.receipt_for(request, **options)
        context.show(str(receipt), receipt_html(receipt, opened=True))


def _usage(values: Values, context: CommandContext) -> None:
    report = session.usage()
    context.show(str(report), report._repr_html_())


def _config(values: Values, context: CommandContext) -> None:
    options = option_values({name: value for name, value in values.items() if name != "pairs"}, context.names)
    for pair in values["pairs"]:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise CellError(f"%vision config got {shown(pair)}; expected NAME=VALUE, such as max_tokens_total=100000.")
        options |= _option(name.replace("-", "_"), text, context)
    chosen = session.configure(**options)
    if chosen:
        context.show_rows(((name, str(value)) for name, value in chosen.items()), width=20)
    else:
        say("No option is set for this session; %vision config NAME=VALUE sets one.")


def _option(name: str, text: str, context: CommandContext) -> dict[str, Any]:
    """Return an option with its value, which is JSON, or numbers as on the line of a cell."""
    value = json_or_text(text)
    if TYPES.get(name) == "numbers" and isinstance(value, str):
        return option_values({name: text}, context.names)
    return {name: value}


COMMANDS: Final = (
    Command(
        name="last",
        group="Pictures",
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
        help="show the picture that a cell sends if it names none, and its receipt",
    ),
    Command(
        name="usage",
        group="Options and usage",
        prog="%vision usage",
        run=_usage,
        help="show the tokens used so far, by model and cell, and their cost at your prices",
    ),
    Command(
        name="config",
        group="Options and usage",
        prog="%vision config",
        run=_config,
        positional=Argument(dest="pairs", metavar="NAME=VALUE ...", nargs="*", help="NAME=VALUE"),
        options=CALL_OPTIONS,
        help="set options for all cells: temperature=0.2, or max_tokens_total=100000 as a cap",
    ),
)
