"""The options of one question to many pictures: ``%%vision --each``."""

from __future__ import annotations

from typing import Final

from vision_magic.notebook.grammar import Argument
from vision_magic.notebook.option_makers import option

__all__ = ["EACH_ONLY", "MANY"]

MANY: Final = "Many pictures"
"""Their heading in the help."""

EACH_ONLY: Final[tuple[Argument, ...]] = (
    option(
        "--each",
        group=MANY,
        metavar="PICTURES",
        cell_only=True,
        completer="pictures",
        help="ask about each of these pictures, and show a table with a row for each: a list, a dict, a Series, a "
        "folder, a stack of arrays or a generator; pictures that are named as usual are sent with every row",
        example="--each frames -o rows",
    ),
    option(
        "--run",
        group=MANY,
        metavar="NAME",
        cell_only=True,
        completer="run",
        help="file of the rows, NAME.vision.sqlite; the same cell again asks only about what is missing",
        example="--each frames --run moths",
    ),
    option(
        "--sample",
        group=MANY,
        metavar="COUNT",
        type="number",
        cell_only=True,
        help="ask only about the first pictures, and say what the rest will take; rows.go_on() asks about it",
        example="--each frames --sample 50 -o rows",
    ),
    option(
        "--repeat",
        group=MANY,
        metavar="COUNT",
        type="number",
        cell_only=True,
        help="how often each picture is asked about",
        example="--each frames --repeat 5",
    ),
    option(
        "--cap",
        group=MANY,
        metavar="LIMIT",
        type="number",
        cell_only=True,
        help="the most that may be spent: tokens, or money in the unit of your prices",
        example='--each frames --cap "20 EUR"',
    ),
    option(
        "--rate",
        group=MANY,
        metavar="NUMBER",
        type="number",
        cell_only=True,
        help="the most requests in a second",
        example="--each frames --rate 8",
    ),
    option(
        "--concurrency",
        group=MANY,
        metavar="COUNT",
        type="number",
        cell_only=True,
        help="the most requests at the same time (16 by default)",
        example="--each frames --concurrency 64",
    ),
    option(
        "--image-format",
        group=MANY,
        metavar="FORMAT",
        choices=("jpeg", "png"),
        cell_only=True,
        help="send every picture in this format; JPEG is several times smaller for photographs",
        example="--each frames --image-format jpeg",
    ),
)
"""The options of one question to many pictures."""
