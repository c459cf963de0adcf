r"""Spans of TeX in a question, whose braces are its own: ``{a}`` in ``\frac{a}{b}`` is not a name in the notebook.

A span is, within a paragraph,

- a command with the groups directly behind it: ``\frac{a}{b}``, ``\sqrt[3]{x}``, ``\text{name}``, and ``\{x}``; also
  ``\frac {a} {b}``, with blanks before the groups that a usual command takes, and accents: ``\'{a}``;
- a superscript or subscript with its groups: ``^{n}``, ``_{i}``; but not ``_`` between two names that are filled in, as
  in ``{a}_{b}``;
- mathematics: ``$…$``, ``$$…$$``, ``\(…\)``, ``\[…\]`` and ``\begin{align}…\end{align}``.

A dollar sign begins mathematics as in Pandoc's Markdown; sums of money with words between them are not mathematics.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

__all__ = ["TexSpans"]

_MARKS: Final = re.compile(r"[\\^_$]")
_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)\*?(?:\[[^\[\]{}\n]{0,40}\])*")
_GROUPS: Final = {  # that a command takes, with or without blanks before them
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac", "binom", "overset", "underset", "stackrel", "textcolor"), 2),
    **dict.fromkeys(("sqrt", "text", "textbf", "textit", "textrm", "operatorname", "boldsymbol", "bm", "pmb"), 1),
    **dict.fromkeys(("mathrm", "mathbf", "mathbb", "mathcal", "mathit", "mathsf", "mathfrak", "mathscr"), 1),
    **dict.fromkeys(("hat", "bar", "vec", "tilde", "dot", "ddot", "widehat", "widetilde", "overline", "underline"), 1),
}
_BLANKS: Final = re.compile(r"[ \t]{0,8}\n?[ \t]{0,8}")
_ACCENTS: Final = frozenset("\\'`\"^~=.,;:!")  # and spaces; what begins with \\$ or \\% is text
_ENVIRONMENT: Final = re.compile(r"\\begin\{(\w+\*?)\}")
_CLOSING: Final = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_WORDS: Final = re.compile(r"(?<![\w{])[^\W\d_]{2,}(?![\w}])")
_TEX_ONLY: Final = re.compile(r"[\\^_]")


class TexSpans:
    """The spans of a text.

    Parameters
    ----------
    text : str
        The text.
    names : dict of int to int
        Where each ``{name}`` begins and ends; ``_`` behind one that is filled in is not a subscript.
    """

    def __init__(self, text: str, names: dict[int, int]) -> None:
        self._text = text
        self._names = {end: start for start, end in names.items()}
        self._end = 0  # of the last span
        self._groups: dict[int, int] = {}  # where each balanced brace begins and ends
        self._missing: set[str] = set()  # closing marks that do not follow in this paragraph
        spans = list(self._spans()) if _MARKS.search(text) else []
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, position: int) -> bool:
        """Whether a position is in a span."""
        number = bisect_right(self._starts, position) - 1
        return number >= 0 and position < self._ends[number]

    def _spans(self) -> Iterator[tuple[int, int]]:
        start = 0
        for end in (*(match.start() for match in _PARAGRAPH.finditer(self._text)), len(self._text)):
            self._missing.clear()
            self._groups.update(_balanced(self._text, start, end))
            yield from self._in_paragraph(start, end)
            start = end

    def _in_paragraph(self, position: int, end: int) -> Iterator[tuple[int, int]]:
        while (mark := _MARKS.search(self._text, position, end)) is not None:
            start = mark.start()
            finish = self._end_of_span(start, end)
            if finish > start:
                self._end = finish
                yield start, finish
            position = max(finish, start + (2 if mark[0] == "\\" else 1))

    def _end_of_span(self, start: int, end: int) -> int:
        """Return the end of the span that begins with a mark; the position of the mark if it is only a character."""
        text = self._text
        pair = text[start : start + 2]
        if pair in _CLOSING:
            return self._behind(_CLOSING[pair], start + 2, end) or start
        if text[start] == "$":
            return self._end_of_dollars(start, end)
        if text[start] == "\\":
            return self._end_of_command(start, end)
        is_joint = text[start] == "_" and self._names.get(start, -1) >= self._end  # {before}_{after}
        return start if is_joint else self._behind_groups(start + 1) or start

    def _end_of_command(self, start: int, end: int) -> int:
        if self._text.startswith("\\{", start):
            return start + 2
        if environment := _ENVIRONMENT.match(self._text, start, end):
            closing = f"\\end{{{environment[1]}}}"
            inside = environment.end()
            return self._behind(closing, inside, end) or self._behind_groups(inside) or inside
        command = _COMMAND.match(self._text, start, end)
        if command is None:
            return self._end_of_accent(start)
        spaced = _GROUPS.get(command[1], 0)
        return self._behind_groups(command.end()) or self._behind_spaced_groups(command.end(), spaced, end) or start

    def _end_of_accent(self, start: int) -> int:
        behind = start + 2
        if self._text[start + 1 : behind] not in _ACCENTS:
            return start
        # A brace behind two backslashes is one character here, as it is behind one.
        return self._behind_groups(behind) or (behind + 1 if self._text.startswith("\\\\{", start) else start)

    def _behind_spaced_groups(self, position: int, count: int, end: int) -> int:
        """Return the position behind the next groups of a command, with blanks before them; 0 if none follows."""
        found = 0
        for _ in range(count):
            blanks = _BLANKS.match(self._text, position, end)
            position = self._behind_groups(blanks.end() if blanks else position)
            if not position:
                break
            found = position
        return found

    def _end_of_dollars(self, start: int, end: int) -> int:
        """Return the end of ``$…$``; only the next dollar sign can close it."""
        closing = self._text.find("$", start + 1, end)
        while closing > 0 and self._text[closing - 1] == "\\":
            closing = self._text.find("$", closing + 1, end)
        if closing < 0:
            return start
        inside, following = self._text[start + 1 : closing], self._text[closing + 1 : closing + 2]
        is_open = bool(inside) and not inside[0].isspace() and not inside[-1].isspace()
        is_closed = not (following.isalnum() or following == "{")
        return closing + 1 if is_open and is_closed and _is_mathematics(inside) else start

    def _behind(self, closing: str, start: int, end: int) -> int:
        """Return the position behind a closing mark; 0 if it does not follow, which is looked for only once."""
        found = -1 if closing in self._missing else self._text.find(closing, start, end)
        if found < 0:
            self._missing.add(closing)
            return 0
        return found + len(closing)

    def _behind_groups(self, start: int) -> int:
        """Return the position behind the groups that begin here; 0 if none does."""
        position = start
        while position in self._groups:
            position = self._groups[position]
        return position if position > start else 0


def _balanced(text: str, start: int, end: int) -> dict[int, int]:
    """Return where each balanced group of braces begins, and the position behind it."""
    groups: dict[int, int] = {}
    opened: list[int] = []
    for brace in re.compile(r"(?<!\\)[{}]").finditer(text, start, end):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            groups[opened.pop()] = brace.end()
    return groups


def _is_mathematics(inside: str) -> bool:
    """Whether the text between two dollar signs is mathematics; ``5 for {name} or 7`` is about money."""
    return _TEX_ONLY.search(inside) is not None or _WORDS.search(inside) is None
