"""The command about batch jobs: ``jobs``."""

from __future__ import annotations

from typing import Final

from vision_magic.notebook.commands.command import Command, CommandContext, Values
from vision_magic.notebook.grammar import Argument

__all__ = ["COMMANDS"]


def _jobs(values: Values, context: CommandContext) -> None:
    from vision_magic.each.batch.jobs import jobs

    found = jobs(values["folder"])
    context.show(repr(found), found._repr_html_())


COMMANDS: Final = (
    Command(
        name="jobs",
        group="Many pictures",
        prog="%vision jobs",
        run=_jobs,
        positional=Argument(
            dest="folder",
            metavar="FOLDER",
            nargs="?",
            default=".",
            help="the folder with the files of the runs; the working folder by default",
        ),
        help="show the state of the batch jobs in FOLDER, which vm.batch(…) has made",
    ),
)
