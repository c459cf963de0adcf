"""How is Markdown rendered while it is being written? Block by block: what is finished is rendered once.

A block is finished when the next one has begun on a line that is whole: a line that is still growing may turn out to
go on with the block above it (``2`` becomes ``2. more`` of a list). What a later definition would change in an earlier
block, such as a reference link, is put right at the end, when the whole text is rendered once more.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from vision_magic.chat.markup import block_starts, safe_html

__all__ = ["Blocks", "Grown"]


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

    def grow(self, text: str) -> Grown:
        """Return what has come since the last look at the text, which only ever gets longer."""
        rest = text[self._done :]
        starts = [start for start in block_starts(rest) if start and "\n" in rest[start:]]
        bounds = list(pairwise([0, *starts]))
        finished = tuple(self.render(rest[start:end], self._links) for start, end in bounds)
        # A copy: a definition that is still being written must not count.
        growing = self.render(rest[starts[-1] if starts else 0 :], copy.deepcopy(self._links))
        grown = Grown(self.count, finished, growing)
        self._done += starts[-1] if starts else 0
        self.count += len(finished)
        return grown
