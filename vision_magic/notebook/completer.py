"""Tab completion on the lines of the magics, and of ``{names}`` in a question."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from IPython.core.completer import SimpleCompletion, context_matcher

from vision_magic.errors import CellError
from vision_magic.notebook.candidates import (
    EXPRESSIONS,
    Candidates,
    Known,
    images_of,
    labelled,
    last_images,
    usual_names,
    values_of,
    variables_of,
)
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.grammar import Argument, LineReader, Syntax
from vision_magic.notebook.namespace import Names
from vision_magic.notebook.options import CELL
from vision_magic.notebook.state import ShellState, state_of
from vision_magic.notebook.words import Word, words_of

__all__ = ["Completions", "completions", "in_question", "register", "unregister"]

_IDENTIFIER: Final = "vision_magic"  # the name of the matcher in IPython's settings: disable_matchers
_MAGIC: Final = re.compile(r"\s*(%%?)vision\s")
_OPEN_BRACE: Final = re.compile(r"(?<!\{)(?:\{\{)*\{(\w*)$")  # an odd number of braces: doubled ones are text


class Completions(NamedTuple):
    """The completions at a cursor.

    Attributes
    ----------
    fragment : str
        The unfinished word.
    candidates : list of (str, str)
        Its possible replacements, each with its kind.
    exclusive : bool
        Whether IPython offers nothing else; if False, any Python expression is possible at the cursor.
    """

    fragment: str
    candidates: Candidates
    exclusive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cursor:
    """The place of the cursor on a line.

    Attributes
    ----------
    fragment : str
        The unfinished word, as typed.
    reader : LineReader
        The reader of the line, which has read the finished words.
    option : Argument or None
        The option whose value is expected.
    assigned : bool
        Whether the value follows an equals sign.
    """

    fragment: str
    reader: LineReader
    option: Argument | None
    assigned: bool = False

    @property
    def in_option(self) -> bool:
        """Whether the unfinished word is an option."""
        return not self.reader.options_ended and self.fragment.startswith("-")


def completions(
    line: str, names: Names, *, cell: bool, conversations: Iterable[str] = (), models: Iterable[str] = ()
) -> Completions:
    """Return what can come next on a line.

    Parameters
    ----------
    line : str
        The text between the magic and the cursor.
    names : mapping
        The variables of the notebook.
    cell : bool
        Whether the magic is ``%%vision``; ``%vision`` otherwise.
    conversations : iterable of str
        The names of the notebook's conversations.
    models : iterable of str
        The models that ``%vision models`` last listed.
    """
    known = Known(names=usual_names(names), conversations=tuple(conversations), models=tuple(models))
    words = words_of(line)
    fragment = line[words.pop().start :] if words and words[-1].end == len(line) else ""
    if cell:
        cursor = _cursor(words, fragment, CELL)
        found = _in_cell(cursor, known)
        exclusive = cursor.in_option or (cursor.option is not None and cursor.option.completer not in EXPRESSIONS)
    elif words:
        command = COMMANDS.get(words[0].text)
        cursor = _cursor(words[1:], fragment, command or Syntax(prog="%vision"))
        found, exclusive = _in_command(cursor, known), True
    else:
        return Completions(fragment, _starting(fragment, labelled(COMMANDS, "command")))
    return Completions(cursor.fragment, _starting(cursor.fragment, found), exclusive)


def in_question(line: str, names: Names) -> Completions | None:
    """Return what can follow an open ``{`` at the end of a line of the question; None if there is none."""
    brace = _OPEN_BRACE.search(line)
    if brace is None:
        return None
    usual = {name: value for name, value in usual_names(names).items() if name.startswith(brace[1])}
    return Completions(brace[1], variables_of(usual), exclusive=False)


def _starting(fragment: str, candidates: Candidates) -> Candidates:
    return [(text, kind) for text, kind in candidates if text.startswith(fragment)]


def _cursor(words: Sequence[Word], fragment: str, syntax: Syntax) -> _Cursor:
    reader = LineReader(syntax)
    for word in words:
        with contextlib.suppress(CellError):  # the line is still being written
            reader.read(word)
    option = reader.pending
    flag, equals, value = fragment.partition("=")
    assigned = syntax.option(flag) if equals and not reader.options_ended else None
    if assigned is not None and assigned.takes_value:
        return _Cursor(fragment=value, reader=reader, option=assigned, assigned=True)
    return _Cursor(fragment=fragment, reader=reader, option=option)


def _in_cell(cursor: _Cursor, known: Known) -> Candidates:
    if cursor.in_option:
        return _flags(cursor)
    if cursor.option is not None:
        return values_of(cursor.option, known, cursor.fragment, quotable=not cursor.assigned)
    starting = {name: value for name, value in known.names.items() if name.startswith(cursor.fragment)}
    flags = [] if cursor.reader.options_ended or cursor.fragment else _flags(cursor)
    return [*images_of(starting), *last_images(known.names), *flags]


def _in_command(cursor: _Cursor, known: Known) -> Candidates:
    if cursor.in_option:
        return _flags(cursor)
    argument = cursor.option or (None if cursor.reader.words else cursor.reader.syntax.positional)
    return [] if argument is None else values_of(argument, known, cursor.fragment, quotable=not cursor.assigned)


def _flags(cursor: _Cursor) -> Candidates:
    """Return the options that are not yet on the line; after one dash, the short forms first."""
    used = cursor.reader.values
    pending = cursor.reader.pending
    open_options = [
        option
        for option in cursor.reader.syntax.options
        if option.repeatable or not (option.dest in used or option is pending)
    ]
    flags = [flag for option in open_options for flag in option.option_strings]
    short = [flag for flag in flags if not flag.startswith("--")] if cursor.fragment else []
    return labelled([*short, *(flag for flag in flags if flag.startswith("--"))], "option")


class _NoCandidates(list[SimpleCompletion]):
    """An empty list that is truthy: IPython lets a matcher suppress the others only if it has candidates."""

    def __len__(self) -> int:
        return 1


def register(shell: Any) -> None:
    """Register the completer in a shell; no effect if it is registered already."""
    unregister(shell)

    def vision_matcher(context: Any) -> dict[str, Any]:
        try:
            return _answer(context, _visible(shell), state_of(shell))
        except Exception:  # IPython would print the traceback in the middle of the line
            return {"completions": []}

    # Before the others, which then do not have to run.
    matcher = context_matcher(identifier=_IDENTIFIER, priority=100)(vision_matcher)
    shell.Completer.custom_matchers.append(matcher)


def unregister(shell: Any) -> None:
    """Undo `register`."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _IDENTIFIER]


def _visible(shell: Any) -> Names:
    """Return the variables of a notebook without those of IPython, such as ``In`` and ``exit``."""
    hidden = shell.user_ns_hidden
    missing = object()
    return {name: value for name, value in dict(shell.user_ns).items() if hidden.get(name, missing) is not value}


def _answer(context: Any, names: Names, state: ShellState) -> dict[str, Any]:
    """Return IPython's matcher result for a cursor anywhere in any cell."""
    lines = context.full_text.split("\n")
    before = lines[context.cursor_line][: context.cursor_position]
    first = next((number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), 0)
    cell_magic = _MAGIC.match(f"{lines[first]} ")
    if cell_magic and cell_magic[1] == "%%" and context.cursor_line > first:
        return _matcher_result(in_question(before, names))
    magic = _MAGIC.match(before)
    if magic is None or (magic[1] == "%%" and context.cursor_line != first):
        return _matcher_result(None)
    found = completions(
        before[magic.end() :],
        names,
        cell=magic[1] == "%%",
        conversations=state.conversations.named,
        models=state.listed_models,
    )
    return _matcher_result(found)


def _matcher_result(found: Completions | None) -> dict[str, Any]:
    """Convert completions to IPython's matcher result; exclusive or non-empty ones suppress other matchers."""
    if found is None or not (found.candidates or found.exclusive):
        return {"completions": []}
    return {
        "completions": [SimpleCompletion(text, type=kind) for text, kind in found.candidates] or _NoCandidates(),
        "matched_fragment": found.fragment,
        "suppress": True,
        "ordered": True,
    }
