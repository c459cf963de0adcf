"""Transforms of a cell's text before IPython reads it, so that more ways of writing ``%%vision`` are understood.

They act only on cells whose first line that is neither blank nor a comment is ``%%vision``.
"""

from __future__ import annotations

import contextlib
import re
from typing import Any, Final

__all__ = ["magic_first", "register", "unregister", "with_body"]

_MAGIC: Final = re.compile(r"(?P<indent>\s*)%%vision(?P<rest>(?:[\s\\].*)?)", re.DOTALL)  # not %%vision?, which is help
_CONTINUED: Final = re.compile(r"\s*(?<!\\)(?:\\\\)*\\\s*$")


def register(shell: Any) -> None:
    """Add the transforms to a shell, before its own."""
    shell.input_transformers_cleanup[:0] = [magic_first, with_body]


def unregister(shell: Any) -> None:
    """Undo `register`."""
    for transform in (magic_first, with_body):
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
