"""Rendering of Markdown while it is being written, block by block.

A block is closed when a complete line has begun the next one, and is then rendered once. An incomplete last line does
not close a block, since it may still belong to it: ``2`` may become ``2. more``, the next item of a list. A later
definition of a link can change a closed block; rendering the whole text at the end corrects that.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from vision_magic.render.markup import block_starts, safe_html
from vision_magic.render.mathematics import PARTIAL

__all__ = ["IncrementalMarkdown", "MarkdownUpdate", "close_delimiters"]

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_CODE = re.compile(r"`[^`]*`")
_STRONG = re.compile(r"\*\*(?=\S)(?:.+?)(?<=\S)\*\*")
_STRONG_OPEN = re.compile(r"\*\*(?=[^\s*])")
_EMPHASIS_OPEN = re.compile(r"(?<![\w*\\])\*(?=[^\s*])[^*]*$")
_LINK_OPEN = re.compile(r"!?\[([^\[\]]+)\]\([^()\s]*$")


@dataclass(frozen=True, slots=True)
class MarkdownUpdate:
    """The changes since the last update.

    Attributes
    ----------
    first : int
        Number of blocks that were closed before.
    closed : tuple of str
        The rendered blocks that have been closed since.
    open : str
        The rendered block that is still being written.
    """

    first: int
    closed: tuple[str, ...]
    open: str


@dataclass(slots=True)
class IncrementalMarkdown:
    """Renderer of a text that grows.

    Attributes
    ----------
    render : callable
        Renders the Markdown of one block, given the link definitions before it; by default to safe HTML.
    count : int
        Number of closed blocks.
    """

    render: Callable[[str, dict[str, Any]], str] = safe_html
    count: int = 0
    _closed: int = 0  # characters in the closed blocks
    _links: dict[str, Any] = field(default_factory=dict)  # definitions in the closed blocks

    def update(self, text: str, *, final: bool = False) -> MarkdownUpdate:
        """Return the changes since the last update.

        Parameters
        ----------
        text : str
            The whole text so far; it begins with the text of the last update.
        final : bool
            Whether the text is complete.
        """
        rest = text[self._closed :]
        starts = [start for start in block_starts(rest, partial=not final) if start and "\n" in rest[start:]]
        closed = tuple(self.render(rest[start:end], self._links) for start, end in pairwise([0, *starts]))
        result = MarkdownUpdate(self.count, closed, self._render_open(rest[starts[-1] if starts else 0 :], final))
        self._closed += starts[-1] if starts else 0
        self.count += len(closed)
        return result

    def _render_open(self, block: str, final: bool) -> str:
        links = copy.deepcopy(self._links)  # a definition that is still being written must not be remembered
        if final:
            return self.render(block, links)
        return self.render(close_delimiters(block), links | {PARTIAL: True})


def close_delimiters(block: str) -> str:
    """Return an unfinished block as it will probably look: open delimiters closed, half-written ones removed.

    Without this, a reader first sees the Markdown of bold text and links, and a table as a line of bars.
    """
    above, line_end, line = block.rpartition("\n")
    if len(_FENCE.findall(block)) % 2 or _in_mathematics(block) or block.startswith("    "):
        return block  # in code and mathematics, these characters are literal
    if block.lstrip().startswith("|") and block.count("\n") < 2:
        return _as_table(block)
    return f"{above}{line_end}{_close_line(line)}"


def _in_mathematics(text: str) -> bool:
    return bool(text.count("$$") % 2) or text.rfind(r"\[") > text.rfind(r"\]")


def _as_table(text: str) -> str:
    """Return the header row of a table with the delimiter row that makes it a table."""
    head = text.strip().partition("\n")[0].rstrip()
    columns = head.strip("|").count("|") + 1
    return f"{head}{'' if head.endswith('|') else ' |'}\n{'|---' * columns}|"


def _close_line(line: str) -> str:
    if line.count("`") % 2:
        return line[:-1] if line.endswith("`") else f"{line}`"
    line = _LINK_OPEN.sub(r"\1", line)
    rest = _STRONG.sub("", _CODE.sub("", line))
    if line.endswith("**") and rest.endswith("**"):
        return line[:-2]
    if _STRONG_OPEN.search(rest):
        return f"{line}*" if line.endswith("*") else f"{line.rstrip()}**"
    if line.endswith(" *"):
        return line[:-1]
    return f"{line.rstrip()}*" if _EMPHASIS_OPEN.search(rest) else line
