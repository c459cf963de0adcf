"""How is Markdown rendered while it is being written? Block by block: what is finished is rendered once.

A block is finished when the next one has begun on a line that is whole: a line that is still growing may turn out to
go on with the block above it (``2`` becomes ``2. more`` of a list). What a later definition would change in an earlier
block, such as a reference link, is put right at the end, when the whole text is rendered once more.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from vision_magic.render.markup import block_starts, safe_html
from vision_magic.render.mathematics import GROWING

__all__ = ["Blocks", "Grown", "as_closed"]

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")
_STRONG = re.compile(r"\*\*(?=\S)(?:.+?)(?<=\S)\*\*")
_STRONG_BEGUN = re.compile(r"\*\*(?=[^\s*])")
_EMPHASIS_BEGUN = re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*]*$")
_LINK_BEGUN = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*$")


@dataclass(frozen=True, slots=True)
class Grown:
    """What has come since the last look.

    Attributes
    ----------
    first : int
        How many blocks were finished before.
    finished : tuple of str
        Each block that is finished now, rendered.
    open : str
        What is still being written, rendered.
    """

    first: int
    finished: tuple[str, ...]
    open: str


@dataclass(slots=True)
class Blocks:
    """One growing text; `count` blocks of it are finished.

    Attributes
    ----------
    render : callable
        Takes a block's text and the definitions of links so far; to safe HTML where nothing else is said.
    """

    render: Callable[[str, dict[str, Any]], str] = safe_html
    count: int = 0
    _done: int = 0  # characters in the finished blocks
    _links: dict[str, Any] = field(default_factory=dict)  # definitions of links, for the blocks below them

    def grow(self, text: str, *, over: bool = False) -> Grown:
        """Return what has come since the last look at the text, which only ever gets longer, until it is over."""
        rest = text[self._done :]
        starts = [start for start in block_starts(rest, growing=not over) if start and "\n" in rest[start:]]
        bounds = list(pairwise([0, *starts]))
        finished = tuple(self.render(rest[start:end], self._links) for start, end in bounds)
        still_open = rest[starts[-1] if starts else 0 :]
        # A copy: a definition that is still being written must not count.
        links = copy.deepcopy(self._links)
        if over:
            growing = self.render(still_open, links)
        else:
            growing = self.render(as_closed(still_open), links | {GROWING: True})
        grown = Grown(self.count, finished, growing)
        self._done += starts[-1] if starts else 0
        self.count += len(finished)
        return grown


def as_closed(text: str) -> str:
    """Return an unfinished block as it will look: marks that are open in its last line are closed, halves left out.

    Without it every ``**bold**`` and every link stands there in its marks first, and a table as a line of strokes.
    """
    above, line_end, line = text.rpartition("\n")
    if len(_FENCE.findall(text)) % 2 or _in_mathematics(text) or text.startswith("    "):
        return text  # code or mathematics, whose marks are meant
    if text.lstrip().startswith("|") and text.count("\n") < 2:
        return _as_table(text)
    return f"{above}{line_end}{_closed(line)}"


def _in_mathematics(text: str) -> bool:
    return bool(text.count("$$") % 2) or text.rfind(r"\[") > text.rfind(r"\]")


def _as_table(text: str) -> str:
    """Return the first lines of a table with the line of strokes that makes it one."""
    head = text.strip().partition("\n")[0].rstrip()
    columns = head.strip("|").count("|") + 1
    return f"{head}{'' if head.endswith('|') else ' |'}\n{'|---' * columns}|"


def _closed(line: str) -> str:
    if line.count("`") % 2:
        return line[:-1] if line.endswith("`") else f"{line}`"
    line = _LINK_BEGUN.sub(r"\1", line)
    rest = _STRONG.sub("", _CODE.sub("", line))
    if line.endswith("**") and rest.endswith("**"):
        return line[:-2]
    if _STRONG_BEGUN.search(rest):
        return f"{line}*" if line.endswith("*") else f"{line.rstrip()}**"
    if line.endswith(" *"):
        return line[:-1]
    return f"{line.rstrip()}*" if _EMPHASIS_BEGUN.search(rest) else line
