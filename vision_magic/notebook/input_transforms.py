"""Transforms of a cell's text before IPython reads it, so that more ways of writing ``%%vision`` are understood.

All but one act only on cells whose first line that is neither blank nor a comment is ``%%vision``. The other is for
lines such as ``%vision fig What is it?``, which IPython would take for a question about the name ``it``.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any, Final

__all__ = ["line_with_question_mark", "magic_first", "register", "unregister", "with_body"]

_MAGIC: Final = re.compile(r"(?P<indent>\s*)%%vision(?P<rest>(?:[\s\\].*)?)", re.DOTALL)  # not %%vision?, which is help
_ASKED: Final = re.compile(r"([ \t]*)%vision[ \t]+([^\s?].*\?)\s*")
_CONTINUED: Final = re.compile(r"\s*(?<!\\)(?:\\\\)*\\\s*$")


def register(shell: Any) -> None:
    """Add the transforms to a shell, before its own."""
    shell.input_transformers_cleanup[:0] = _TRANSFORMS


def unregister(shell: Any) -> None:
    """Undo `register`."""
    for transform in _TRANSFORMS:
        with contextlib.suppress(ValueError):  # something else has removed it
            shell.input_transformers_cleanup.remove(transform)


def magic_first(lines: list[str]) -> list[str]:
    """Begin a cell with its ``%%vision`` line: without comments and indentation before it, on a single line.

    A byte order mark is removed, and a line that ends with a backslash continues on the next one.
    """
    start = next((number for number, line in enumerate(lines) if not _is_skipped(line, number)), None)
    magic = _MAGIC.fullmatch(_without_mark(lines[start], start)) if start is not None else None
    if start is None or magic is None:
        return lines
    indent = magic["indent"]
    rest, body = magic["rest"], [line.removeprefix(indent) for line in lines[start + 1 :]]
    while body and _CONTINUED.search(rest):
        rest = f"{_CONTINUED.sub('', rest)} {body.pop(0).lstrip()}"
    return [f"%%vision {_CONTINUED.sub('', rest).strip()}".rstrip() + "\n", *body]


def _is_skipped(line: str, number: int) -> bool:
    text = _without_mark(line, number).strip()
    return not text or text.startswith("#")


def _without_mark(line: str, number: int) -> str:
    return line.removeprefix("\ufeff") if number == 0 else line


def with_body(lines: list[str]) -> list[str]:
    """Add an empty line to a cell that is only a ``%%vision`` line.

    IPython rejects a cell magic without a body before it calls the magic, even for ``%%vision --help``.
    """
    alone = lines and _MAGIC.fullmatch(lines[0]) and not any(line.strip() for line in lines[1:])
    return [lines[0].rstrip("\n") + "\n", "\n"] if alone else lines


# IPython skips such a transform when it checks whether an input is complete. Otherwise a terminal would run the
# %%vision line immediately, before the question below it can be typed.
with_body.has_side_effects = True  # type: ignore[attr-defined]


def line_with_question_mark(lines: list[str]) -> list[str]:
    """Call the magic on ``%vision`` lines that end with a question mark, which IPython would take for its own help."""
    if lines and lines[0].startswith("%%"):
        return lines  # the body of a cell magic belongs to that magic
    return [_called(line) for line in lines]


def _called(line: str) -> str:
    asked = _ASKED.fullmatch(line)
    return f"{asked[1]}get_ipython().run_line_magic('vision', {asked[2]!r})\n" if asked else line


_TRANSFORMS: Final = (magic_first, with_body, line_with_question_mark)
