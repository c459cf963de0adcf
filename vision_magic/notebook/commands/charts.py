"""The command about the data of a chart: ``read``."""

from __future__ import annotations

from typing import Final

from vision_magic.errors import CellError
from vision_magic.notebook.commands.command import Command, CommandContext, Values
from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.resolve import named_images, variable_name
from vision_magic.notebook.views.static import show_chart
from vision_magic.session.charts import read_chart

__all__ = ["COMMANDS"]


def _read(values: Values, context: CommandContext) -> None:
    variable = variable_name(values.get("out"))
    expression = values["picture"]
    history = context.state.display_history
    images = named_images(expression, context.names, history)
    if len(images) != 1:
        raise CellError(
            f"{expression} holds {len(images)} pictures, and %vision read reads one; name it, such as axes[0], or call "
            "vision_magic.read_chart for each."
        )
    chart = read_chart(images[0])
    if variable:
        context.assign(variable, chart)
    with history.paused():
        show_chart(chart)


COMMANDS: Final = (
    Command(
        name="read",
        group="Pictures",
        prog="%vision read",
        run=_read,
        positional=Argument(
            dest="picture",
            metavar="PICTURE",
            nargs="?",
            default="last",
            completer="picture",
            suggestions=("last",),
            help="one picture, such as fig; in quotes if it has spaces",
        ),
        options=(
            Argument(
                option_strings=("-o", "--out"),
                dest="out",
                metavar="NAME",
                help="keep the chart in this variable",
                example="-o data",
            ),
        ),
        help="read the data of a chart from its pixels; without PICTURE, from the one shown last",
    ),
)
