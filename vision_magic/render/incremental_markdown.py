"""Rendering of Markdown while it is being written, block by block.

A block is closed when a complete line has begun the next one, and is then rendered once. An incomplete last line does
not close a block, since it may still belong to it: ``2`` may become ``2. more``, the next item of a list. A later
definition of a link can change a closed block; rendering the whole text at the end corrects that.

A block that becomes very long is closed in parts, and a long block is rendered again only when it has grown by a
sixteenth. The work for the whole text therefore grows with its length, and not with its square.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from vision_magic.render.markup import block_starts, safe_html
from vision_magic.render.mathematics import PARTIAL

__all__ = ["IncrementalMarkdown", "MarkdownUpdate", "close_delimiters"]

# Sizes of blocks: their characters, and as many again for each line as a line costs.
_LINE: Final = 20
_MAX_OPEN: Final = 12_000  # an open block
_SHORT: Final = 2_000  # an open block that is rendered at each update; also a line whose delimiters are closed
_GROWTH: Final = 8  # a longer block is rendered again when it has grown by this fraction of what is above _SHORT

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
    _fence: str = ""  # the first line of a block of code whose first parts are closed
    _links: dict[str, Any] = field(default_factory=dict)  # definitions in the closed blocks
    _rendered: int = 0  # size of the open block when it was rendered last
    _open: str = ""

    def update(self, text: str, *, final: bool = False) -> MarkdownUpdate:
        """Return the changes since the last update.

        Parameters
        ----------
        text : str
            The whole text so far; it begins with the text of the last update.
        final : bool
            Whether the text is complete.
        """
        first, growth = self.count, _size(text, self._closed) - self._rendered
        if not final and self._rendered > _SHORT and 0 <= growth < (self._rendered - _SHORT) // _GROWTH:
            return MarkdownUpdate(first, (), self._open)
        closed = tuple(self._close(text, final))
        self._rendered = _size(text, self._closed)
        self._open = self._render_open(self._fence + text[self._closed :], final)
        return MarkdownUpdate(first, closed, self._open)

    def _close(self, text: str, final: bool) -> Iterator[str]:
        """Close the blocks that are complete, and the parts of an open block that is too long; yield them rendered."""
        rest = self._fence + text[self._closed :]
        last_line = rest.rfind("\n")
        starts = [start for start in block_starts(rest, partial=not final) if 0 < start <= last_line]
        for start, end in pairwise([0, *starts]):
            yield self._render_closed(rest[start:end])
        if starts:
            self._closed = len(text) - len(rest) + starts[-1]
            self._fence = ""
        while not final and _size(text, self._closed) > _MAX_OPEN:
            part = _first_part(text[self._closed : self._closed + _MAX_OPEN])
            yield self._render_closed(self._fence + part)
            self._fence = _open_fence(self._fence + part)
            self._closed += len(part)

    def _render_closed(self, block: str) -> str:
        self.count += 1
        return self.render(block, self._links)

    def _render_open(self, block: str, final: bool) -> str:
        # In an environment of its own: a definition that is still being written must not be remembered.
        links = self._links | {"references": ChainMap({}, self._links.get("references", {})), "duplicate_refs": []}
        if final:
            return self.render(block, links)
        return self.render(close_delimiters(block), links | {PARTIAL: True})


def _size(text: str, start: int = 0) -> int:
    return len(text) - start + _LINE * text.count("\n", start)


def _first_part(block: str) -> str:
    """Return the beginning of a long block, up to a line that is not indented, or to any line, or to a word."""
    while _size(block) > _MAX_OPEN:
        block = block[: len(block) // 2]
    lines = [match.start() + 1 for match in re.finditer(r"\n(?=\S)", block)]
    return block[: (lines or [block.rfind("\n") + 1])[-1] or block.rfind(" ") + 1 or len(block)]


def _open_fence(block: str) -> str:
    """Return the first line of a block of code that is not closed; empty for any other block."""
    line, end, _ = block.partition("\n")
    is_open = end and _FENCE.match(line) and not block_starts(f"{block}x\n")
    return line + end if is_open else ""


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
    if len(line) > _SHORT:
        return line
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
