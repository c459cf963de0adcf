"""Tab completion on the lines of the magics, and of ``{names}`` in a question."""

from __future__ import annotations

import contextlib
import keyword
import os
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from IPython.core.completer import SimpleCompletion, context_matcher

from vision_magic import settings
from vision_magic.errors import CellError, SettingsError, VisionError
from vision_magic.images.convert import is_image
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.grammar import Argument, LineReader, Syntax, Word, words_of
from vision_magic.notebook.options import CELL
from vision_magic.notebook.state import ShellState, state_of
from vision_magic.session import ask
from vision_magic.session.usage import LEDGER

__all__ = ["Completions", "completions", "in_question", "register", "unregister"]

Names = Mapping[str, Any]
Candidates = list[tuple[str, str]]

_IDENTIFIER: Final = "vision_magic"  # the name of the matcher in IPython's settings: disable_matchers
_MAGIC: Final = re.compile(r"\s*(%%?)vision\s")
_OPEN_BRACE: Final = re.compile(r"(?<!\{)(?:\{\{)*\{(\w*)$")  # an odd number of braces: doubled ones are text

_FUNCTIONS: Final = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_CODE: Final = (types.ModuleType, type, *_FUNCTIONS)


class Completions(NamedTuple):
    """What Tab offers.

    Attributes
    ----------
    fragment : str
        The unfinished word.
    candidates : list of (str, str)
        What may take its place, each with its kind.
    exclusive : bool
        Whether IPython offers nothing beside them; otherwise any Python expression may be at this place.
    """

    fragment: str
    candidates: Candidates
    exclusive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the values of arguments are chosen from."""

    names: Names
    conversations: tuple[str, ...]
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cursor:
    """The place of the cursor on a line.

    Attributes
    ----------
    fragment : str
        The unfinished word, as it is written.
    reader : LineReader
        Has read the finished words.
    option : Argument or None
        The option whose value is expected.
    """

    fragment: str
    reader: LineReader
    option: Argument | None

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
        The models that ``%vision models`` listed last.
    """
    known = _Known(names=_usual(names), conversations=tuple(conversations), models=tuple(models))
    words = words_of(line)
    fragment = line[words.pop().start :] if words and words[-1].end == len(line) else ""
    if cell:
        cursor = _cursor(words, fragment, CELL)
        found = _in_cell(cursor, known)
        exclusive = cursor.in_option or (cursor.option is not None and cursor.option.completer not in _EXPRESSIONS)
    elif words:
        command = COMMANDS.get(words[0].text)
        cursor = _cursor(words[1:], fragment, command or Syntax(prog="%vision"))
        found, exclusive = _in_command(cursor, known), True
    else:
        return Completions(fragment, _starting(fragment, _each(COMMANDS, "command")))
    return Completions(cursor.fragment, _starting(cursor.fragment, found), exclusive)


def in_question(line: str, names: Names) -> Completions | None:
    """Return what can follow an open ``{`` at the end of a line of the question; None if there is none."""
    brace = _OPEN_BRACE.search(line)
    if brace is None:
        return None
    usual = {name: value for name, value in _usual(names).items() if name.startswith(brace[1])}
    images = _images(usual)
    offered = {name for name, _ in images}
    others = sorted(name for name, value in usual.items() if name not in offered and not _is(value, _CODE))
    return Completions(brace[1], [*images, *_each(others, "variable")], exclusive=False)


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
        fragment, option = value, assigned
    return _Cursor(fragment=fragment, reader=reader, option=option)


def _in_cell(cursor: _Cursor, known: _Known) -> Candidates:
    if cursor.in_option:
        return _flags(cursor)
    if cursor.option is not None:
        return _values(cursor.option, known)
    starting = {name: value for name, value in known.names.items() if name.startswith(cursor.fragment)}
    flags = [] if cursor.reader.options_ended or cursor.fragment else _flags(cursor)
    return [*_images(starting), *_last(known.names), *flags]


def _in_command(cursor: _Cursor, known: _Known) -> Candidates:
    if cursor.in_option:
        return _flags(cursor)
    argument = cursor.option or (None if cursor.reader.words else cursor.reader.syntax.positional)
    return [] if argument is None else _values(argument, known)


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
    return _each([*short, *(flag for flag in flags if flag.startswith("--"))], "option")


def _values(argument: Argument, known: _Known) -> Candidates:
    source = _SOURCES.get(argument.completer)
    found = _each((*argument.choices, *argument.suggestions), "value")
    return found if source is None else [*found, *source(known)]


def _profiles(known: _Known) -> Candidates:
    try:
        names = settings.profile_names()
    except SettingsError:
        names = sorted(settings.PROFILES)  # the error is shown where the settings are used, not at Tab
    return _each(filter(_is_one_word, names), "profile")


def _is_one_word(name: str) -> bool:
    """Whether a name can be on a line without quotes."""
    return re.fullmatch(r"\w[\w.:/@+-]*", name) is not None


def _color_maps(known: _Known) -> Candidates:
    matplotlib = sys.modules.get("matplotlib")  # importing it here would take half a second
    return _each(sorted(getattr(matplotlib, "colormaps", ())), "colour map")


def _environment(known: _Known) -> Candidates:
    """Return the names of environment variables that may hold keys, never their values."""
    return _each(sorted(name for name in os.environ if name.endswith(("_KEY", "_TOKEN"))), "environment variable")


def _models(known: _Known) -> Candidates:
    """Return the models of the profiles, of earlier calls, and those listed by ``%vision models``."""
    models = {*known.models, *(entry.model for entry in LEDGER.entries)}
    with contextlib.suppress(VisionError):  # the error is shown where the settings are used
        models |= {ask.settings_for().model, *settings.profile_models()}
    return _each(sorted(models - {""}), "model")


def _conversations(known: _Known) -> Candidates:
    return _each(sorted(filter(_is_one_word, known.conversations)), "conversation")


def _of_kinds(*kinds: type) -> Callable[[_Known], Candidates]:
    """Return what offers the variables of some types."""

    def source(known: _Known) -> Candidates:
        return _each(sorted(name for name, value in known.names.items() if _is(value, kinds)), "variable")

    return source


_SOURCES: Final[Mapping[str, Callable[[_Known], Candidates]]] = {
    "color map": _color_maps,
    "conversation": _conversations,
    "dict": _of_kinds(dict),
    "environment variable": _environment,
    "function": _of_kinds(type, dict, *_FUNCTIONS),
    "model": _models,
    "profile": _profiles,
}
"""What Tab offers, by the `completer` of an argument."""

_EXPRESSIONS: Final = ("dict", "function")  # where any expression may be, which IPython completes better


def _usual(names: Names) -> Names:
    """Return the names that can be written in a cell; a notebook's globals may hold any others."""
    return {
        name: value
        for name, value in dict(names).items()  # a copy, because an answer in the background may set a variable
        if isinstance(name, str) and name.isidentifier() and name[0] != "_" and not keyword.iskeyword(name)
    }


def _images(names: Names) -> Candidates:
    """Return the images, as `visible_images` does, and the lists of images; a broken object hides no other."""
    is_one = _image_test()
    one = sorted(name for name, value in names.items() if _safely(is_one, value))
    several = sorted(name for name, value in names.items() if _safely(lambda it: any(map(is_one, _first(it))), value))
    return [*_each(one, "picture"), *_each(several, "pictures")]


def _image_test() -> Callable[[object], bool]:
    """Return `is_image`, called once for each class: a notebook has many objects of few classes, and Tab is fast."""
    known: dict[type, bool] = {}

    def test(value: object) -> bool:
        kind = type(value)
        if hasattr(kind, "shape") or issubclass(kind, bytes | bytearray):
            return is_image(value)  # the object decides, not its class
        if kind not in known:
            known[kind] = _safely(is_image, value)
        return known[kind]

    return test


def _first(value: Any) -> Iterable[object]:
    """Return the first item of a list, or of the array that plt.subplots returns; it stands for the others."""
    if isinstance(value, list | tuple):
        return islice(value, 1)
    if type(value).__name__ == "ndarray" and value.dtype.kind == "O":
        return islice(value.flat, 1)
    return ()


def _last(names: Names) -> Candidates:
    return _each(("last:2",) if "last" in names else ("last", "last:2"), "last pictures")


def _each(texts: Iterable[str], kind: str) -> Candidates:
    return [(text, kind) for text in texts]


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    return _safely(lambda it: isinstance(it, kinds), value)


def _safely(test: Callable[[Any], bool], value: object) -> bool:
    """Return the result of a test, False if it fails: looking at a broken object may raise anything."""
    try:
        return test(value)
    except Exception:
        return False


class _NoCandidates(list[SimpleCompletion]):
    """An empty list that is true: IPython lets a matcher suppress the others only if it has candidates."""

    def __len__(self) -> int:
        return 1


def register(shell: Any) -> None:
    """Let a shell complete the lines of the magics; no effect the second time."""
    unregister(shell)

    def vision_matcher(context: Any) -> dict[str, Any]:
        try:
            return _answer(context, _visible(shell), state_of(shell))
        except Exception:  # IPython would print the traceback in the middle of the line
            return {"completions": []}

    # Before the others, which then need not run.
    matcher = context_matcher(identifier=_IDENTIFIER, priority=100)(vision_matcher)
    shell.Completer.custom_matchers.append(matcher)


def unregister(shell: Any) -> None:
    """Undo `register`."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _IDENTIFIER]


def _visible(shell: Any) -> Names:
    """Return the variables of a notebook without IPython's own, such as ``In`` and ``exit``."""
    hidden = shell.user_ns_hidden
    missing = object()
    return {name: value for name, value in dict(shell.user_ns).items() if hidden.get(name, missing) is not value}


def _answer(context: Any, names: Names, state: ShellState) -> dict[str, Any]:
    """Return IPython's matcher result for a cursor anywhere in any cell."""
    lines = context.full_text.split("\n")
    before = lines[context.cursor_line][: context.cursor_position]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
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
    """Return completions in IPython's terms; other matchers are suppressed if there are some, or if exclusive."""
    if found is None or not (found.candidates or found.exclusive):
        return {"completions": []}
    return {
        "completions": [SimpleCompletion(text, type=kind) for text, kind in found.candidates] or _NoCandidates(),
        "matched_fragment": found.fragment,
        "suppress": True,
        "ordered": True,
    }
