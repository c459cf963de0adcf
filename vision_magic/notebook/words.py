"""Splitting of a ``%%vision`` or ``%vision`` line into words with their positions and quotes."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Final

from vision_magic.errors import CellError
from vision_magic.secret_rules import has_secret_form

__all__ = ["KEY_ADVICE", "Word", "words_of"]

KEY_ADVICE: Final = (
    "Cells stay in the notebook and in IPython's history, so replace this key. Type the new one at %vision login, or "
    "put it in an environment variable and name that with --key-env NAME."
)

_COMMENT: Final = re.compile(r"#(?:\s|$)")
_PAIRS: Final = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a line.

    Attributes
    ----------
    text : str
        The text, without the quotes if the whole word is one quoted string.
    start, end : int
        The position in the line.
    quoted : bool
        Whether it is one quoted string, which is never an option.
    open : str
        The quote or bracket that is not closed; the word then extends to the end of the line.
    """

    text: str
    start: int
    end: int
    quoted: bool = False
    open: str = ""

    @property
    def is_option(self) -> bool:
        """Whether it looks like an option; a negative number does not."""
        return not self.quoted and len(self.text) > 1 and self.text[0] == "-" and not self.text[1].isdigit()

    def check_closed(self) -> None:
        """Raise `CellError` if a quote or bracket is open."""
        if self.open in ("'", '"'):
            raise CellError(
                f"The line has an open quote: {self.text[:40]!r}. Write the question on the lines below %%vision."
            )
        if self.open:
            raise CellError(f"The line has no {self.open!r} for {self.text[:40]!r}.")

    def check_no_key(self) -> None:
        """Raise `CellError` if it looks like a key; an expression may contain an address with a signature."""
        if re.fullmatch(r"[\w.\-]+", self.text) and has_secret_form(self.text):
            raise CellError(f"The line holds what looks like a key. {KEY_ADVICE}")

    def is_mark(self, text: str) -> bool:
        """Whether it is this mark, such as ``--``, without quotes."""
        return not self.quoted and self.text == text


def words_of(line: str) -> list[Word]:
    r"""Split a line at spaces outside quotes and brackets; malformed lines are split too.

    A word that is one quoted string is read as a Python string, so ``"\n"`` is a line end. Quotes inside a word stay,
    so that ``rows["north"]`` is an expression. A comment, ``# …`` after a space, ends the line; ``#fff`` is a word.
    """
    found: list[Word] = []
    position = 0
    while position < len(line):
        if line[position].isspace():
            position += 1
            continue
        if _COMMENT.match(line, position):
            break
        end, still_open = _end_of_word(line, position)
        found.append(_word(line, position, end, still_open))
        position = end
    return found


def _end_of_word(line: str, start: int) -> tuple[int, str]:
    """Return the end of a word, at a space outside quotes and brackets, and the quote or bracket that is still open."""
    closing: list[str] = []
    position = start
    while position < len(line):
        char = line[position]
        if char.isspace() and not closing:
            break
        if char in "\"'":
            end = _end_of_quote(line, position)
            if end is None:
                return len(line), char
            position = end
            continue
        if char in _PAIRS:
            closing.append(_PAIRS[char])
        elif closing and char == closing[-1]:
            closing.pop()
        position += 1
    return position, closing[-1] if closing else ""


def _end_of_quote(line: str, start: int) -> int | None:
    position = start + 1
    while position < len(line) and line[position] != line[start]:
        position += 2 if line[position] == "\\" else 1
    return position + 1 if position < len(line) else None


def _word(line: str, start: int, end: int, still_open: str) -> Word:
    text = line[start:end]
    if still_open or text[0] not in "\"'" or _end_of_quote(text, 0) != len(text):
        return Word(text=text, start=start, end=end, open=still_open)
    try:
        return Word(text=str(ast.literal_eval(text)), start=start, end=end, quoted=True)
    except (ValueError, SyntaxError):
        return Word(text=text[1:-1], start=start, end=end, quoted=True)
