"""Limits of the Markdown parser, for texts that would take much longer, or become much longer, than they are.

A paragraph with thousands of marks takes time that grows with the square of its length, and short rows of a wide table
are filled up with empty cells. What exceeds a limit is shown as it was written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["DENSE", "is_dense", "use_limits"]

DENSE: Final = "Shown as plain text, because it has too many marks."
"""The words below a paragraph that is not parsed."""

# Length of a paragraph (characters) times the number of its marks: 10,000 marks alone, or 2,000 in 50,000 characters.
_MAX_WORK: Final = 100_000_000
_MARK: Final = re.compile(r"[^\w\s.,;:?'\"()-]")

_MAX_EMPTY_CELLS: Final = 5_000  # of all tables of a text
_EMPTY_CELLS: Final = "empty_cells"  # the key of their number in the parser's environment


def use_limits(parser: MarkdownIt) -> None:
    """Set the limits of a parser."""
    parser.core.ruler.at("inline", _inline)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def is_dense(text: str) -> bool:
    """Whether a paragraph has so many marks that it is shown as plain text."""
    return len(text) ** 2 > _MAX_WORK and len(text) * len(_MARK.findall(text)) > _MAX_WORK


def _inline(state: Any) -> None:
    """Parse the text in blocks; a rule of the parser's core."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if is_dense(token.content):
            token.children += [Token("text", "", 0, content=token.content), Token("softbreak", "br", 0)]
            token.children += [
                Token("em_open", "em", 1),
                Token("text", "", 0, content=DENSE),
                Token("em_close", "em", -1),
            ]
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _table(state: Any, first: int, last: int, silent: bool) -> bool:
    """Parse a table up to the row at which too many cells were left out; a rule of the parser's blocks."""
    from markdown_it.rules_block import table

    if not table(state, first, last, True):
        return False
    return silent or table(state, first, _last_row(state, first, last), False)


def _last_row(state: Any, first: int, last: int) -> int:
    """Return the line at which a table ends at the latest, and count its empty cells."""
    columns = _cells(state, first)
    empty = state.env.get(_EMPTY_CELLS, 0)
    for line in range(first + 2, last):
        if state.isEmpty(line):
            break
        empty += max(0, columns - _cells(state, line))
        if empty > _MAX_EMPTY_CELLS:
            last = line
            break
    state.env[_EMPTY_CELLS] = empty
    return last


def _cells(state: Any, line: int) -> int:
    """Return the number of cells in a line, or one or two more."""
    count: int = state.src.count("|", state.bMarks[line], state.eMarks[line])
    return count + 1
