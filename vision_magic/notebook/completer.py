"""What can come next on a %%vision or %vision line? Options, their values and the notebook's names, for the Tab key."""

from __future__ import annotations

import contextlib
import keyword
import os
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from IPython.core.completer import SimpleCompletion, context_matcher

from vision_magic import settings
from vision_magic.errors import CellError, SettingsError, VisionError
from vision_magic.images.convert import is_image
from vision_magic.notebook.cell import end_of_word
from vision_magic.notebook.commands import LISTED, NAMES, OWN_WORDS
from vision_magic.notebook.conversations import conversations_of
from vision_magic.notebook.options import ABOUT_THE_CELL, BY_FLAG, OPTIONS, Option
from vision_magic.session import approval
from vision_magic.session.default import session
from vision_magic.session.recordings import MODES

__all__ = ["completions", "in_question", "register", "unregister"]

Names = Mapping[str, Any]
Candidates = list[tuple[str, str]]

_IDENTIFIER: Final = "vision_magic"  # under which IPython's settings know the matcher: disable_matchers
_MAGIC: Final = re.compile(r"\s*(%%?)vision\s")
_HOLE: Final = re.compile(r"(?<!\{)(?:\{\{)*\{(\w*)$")  # an odd number of braces: doubled ones are text

_CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "approve": approval.WORDS,
    "detail": ("auto", "low", "high"),
    "response_format": ("text", "json_object"),
    "tool_choice": ("none", "auto", "required"),
}
_FUNCTIONS: Final = (types.FunctionType, types.BuiltinFunctionType, types.MethodType)
_OF_NAMES: Final[Mapping[str, tuple[type, ...]]] = {
    "schema": (type, dict, *_FUNCTIONS),
    "tools": (type, dict, *_FUNCTIONS),
    "response_format": (dict,),
    "logit_bias": (dict,),
    "stream_options": (dict,),
}
_NO_VARIABLES: Final = (types.ModuleType, type, *_FUNCTIONS)
_OF_PROFILES: Final = ("use", "models", "login")
_OF_CHATS: Final = ("history", "reset")
_WITH_OPTIONS: Final = (*_OF_PROFILES, "last")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the cursor stands: the unfinished word, the pictures before it, the option whose value it is."""

    fragment: str
    words: tuple[str, ...] = ()
    used: frozenset[str] = frozenset()
    option: Option | None = None
    only_words: bool = False

    @property
    def in_option(self) -> bool:
        return not self.only_words and self.fragment.startswith("-")

    @property
    def is_value(self) -> bool:
        return self.option is not None and not self.in_option


def completions(line: str, names: Names, *, cell: bool, chats: Iterable[str] = ()) -> tuple[str, Candidates]:
    """Return what can come next on a line.

    Parameters
    ----------
    line : str
        What stands between the magic and the cursor.
    names : mapping
        The variables of the notebook.
    cell : bool
        Whether it is ``%%vision``; ``%vision`` otherwise.
    chats : iterable of str
        The names of the notebook's conversations.

    Returns
    -------
    (str, list of (str, str))
        The unfinished word, and what may take its place, each with its kind.
    """
    place = _place(line)
    found = _candidates(place, _usual(names), _each(sorted(filter(_is_one_word, chats)), "conversation"), cell=cell)
    return place.fragment, [(text, kind) for text, kind in found if text.startswith(place.fragment)]


def in_question(line: str, names: Names) -> tuple[str, Candidates] | None:
    """Return what can stand after an open ``{`` at the end of a line of the question; None where none is open."""
    hole = _HOLE.search(line)
    if hole is None:
        return None
    usual = {name: value for name, value in _usual(names).items() if name.startswith(hole[1])}
    pictures = _pictures(usual)
    known = {name for name, _ in pictures}
    others = sorted(name for name, value in usual.items() if name not in known and not _is(value, _NO_VARIABLES))
    return hole[1], [*pictures, *_each(others, "variable")]


def _place(line: str) -> _Place:
    """Read a line up to the cursor as `cell.parse` does, but never fail: it is still being written."""
    words, fragment = _split(line)
    pictures: list[str] = []
    used: set[str] = set()
    option: Option | None = None
    for position, word in enumerate(words):
        if word == "--":
            rest = (*pictures, *words[position + 1 :])
            return _Place(fragment=fragment, words=rest, used=frozenset(used), only_words=True)
        flag, equals, _ = word.partition("=")
        if flag in BY_FLAG:
            used.add(BY_FLAG[flag].name)
            option = BY_FLAG[flag] if BY_FLAG[flag].value and not equals else None
        elif option is None:
            pictures.append(word)
        elif option.many != "more":
            option = None
    flag, equals, value = fragment.partition("=")
    if equals and flag in BY_FLAG and BY_FLAG[flag].value:
        fragment, option = value, BY_FLAG[flag]
    return _Place(fragment=fragment, words=tuple(pictures), used=frozenset(used), option=option)


def _split(line: str) -> tuple[list[str], str]:
    """Return the finished words of a line and the unfinished one, which may have an open quote or bracket."""
    words: list[str] = []
    start = 0
    while start < len(line):
        if line[start].isspace():
            start += 1
            continue
        try:
            end = end_of_word(line, start)
        except CellError:
            end = len(line)
        if end == len(line):
            return words, line[start:]
        words.append(line[start:end])
        start = end
    return words, ""


def _candidates(place: _Place, names: Names, chats: Candidates, *, cell: bool) -> Candidates:
    if place.option is not None and place.is_value:
        return chats if place.option.name == "chat" else _values(place.option, names)
    if not cell:
        return _of_command(place, chats)
    if place.in_option:
        return _flags(place)
    starting = {name: value for name, value in names.items() if name.startswith(place.fragment)}
    return [*_pictures(starting), *_last(names), *([] if place.only_words or place.fragment else _flags(place))]


def _of_command(place: _Place, chats: Candidates) -> Candidates:
    """Return what can follow ``%vision``: a command, then its profile, conversation or own words, and options."""
    if not place.words:
        return [] if place.in_option else _each(NAMES, "command")
    command, *rest = place.words
    if command in OWN_WORDS:
        return _own_words(command, rest, place)
    if place.in_option:
        return [(flag, kind) for flag, kind in _flags(place) if command in _WITH_OPTIONS and _is_setting(flag)]
    if rest:
        return []
    return _profiles() if command in _OF_PROFILES else chats if command in _OF_CHATS else []


def _own_words(command: str, rest: list[str], place: _Place) -> Candidates:
    """Return what can follow a command about files; its file is not looked for."""
    about = OWN_WORDS[command]
    if rest[-1:] == ["--mode"]:
        return _each((mode for mode in MODES if mode != "replay"), "value")
    if place.in_option:
        return _each((f"--{name}" for name in about.options if f"--{name}" not in rest), "option")
    return [] if rest else _each(about.first, "value")


def _is_setting(flag: str) -> bool:
    """Whether an option says how is asked; the others are about one cell and its reply."""
    return BY_FLAG[flag].name not in ABOUT_THE_CELL


def _flags(place: _Place) -> Candidates:
    """Return the options that are not yet on the line, the short forms first; those only after one dash."""
    open_options = [option for option in OPTIONS if option.many in ("again", "others") or option.name not in place.used]
    flags = [flag for option in open_options for flag in option.flags]
    short = [flag for flag in flags if not flag.startswith("--")] if place.fragment else []
    return _each([*short, *(flag for flag in flags if flag.startswith("--"))], "option")


def _values(option: Option, names: Names) -> Candidates:
    found = _each(_CLOSED.get(option.name, ()), "value")
    if option.name in _SOURCES:
        found.extend(_SOURCES[option.name]())
    if option.name in _OF_NAMES:
        kinds = _OF_NAMES[option.name]
        found.extend(_each(sorted(name for name, value in names.items() if _is(value, kinds)), "variable"))
    return found


def _profiles() -> Candidates:
    try:
        names = settings.profile_names()
    except SettingsError:
        names = sorted(settings.PROFILES)  # what is wrong is said where settings are used; Tab is no place for it
    return _each(filter(_is_one_word, names), "profile")


def _is_one_word(name: str) -> bool:
    """Whether a name can stand on a line without quotes."""
    return re.fullmatch(r"\w[\w.:/@+-]*", name) is not None


def _colour_maps() -> Candidates:
    matplotlib = sys.modules.get("matplotlib")  # where it is not loaded yet, half a second would pass
    return _each(sorted(getattr(matplotlib, "colormaps", ())), "colour map")


def _key_names() -> Candidates:
    """Return the names of environment variables that look as if they hold keys; never what they hold."""
    return _each(sorted(name for name in os.environ if name.endswith(("_KEY", "_TOKEN"))), "environment variable")


def _models() -> Candidates:
    """Return the models that this session knows: of the profiles, asked before, listed by ``%vision models``."""
    known = {*LISTED, *(record.model for record in session.state.ledger.records)}
    with contextlib.suppress(VisionError):  # what is wrong is said where settings are used
        known |= {session.settings().model, *settings.profile_models()}
    return _each(sorted(known - {""}), "model")


_SOURCES: Final[Mapping[str, Callable[[], Candidates]]] = {
    "model": _models,
    "profile": _profiles,
    "cmap": _colour_maps,
    "key_env": _key_names,
}


def _usual(names: Names) -> Names:
    """Return the names that can be written in a cell: a notebook's globals may hold any others."""
    return {
        name: value
        for name, value in dict(names).items()  # a copy: an answer in the background may name a variable meanwhile
        if isinstance(name, str) and name.isidentifier() and name[0] != "_" and not keyword.iskeyword(name)
    }


def _pictures(names: Names) -> Candidates:
    """Return the pictures, as `visible_pictures`, and the lists of pictures; one broken object hides no other."""
    is_one = _picture_test()
    one = sorted(name for name, value in names.items() if _safely(is_one, value))
    several = sorted(name for name, value in names.items() if _safely(lambda it: any(map(is_one, _first(it))), value))
    return [*_each(one, "picture"), *_each(several, "pictures")]


def _picture_test() -> Callable[[object], bool]:
    """Return `is_image`, asked once a class: a notebook has many objects of few kinds, and Tab must not wait."""
    known: dict[type, bool] = {}

    def test(value: object) -> bool:
        kind = type(value)
        if hasattr(kind, "shape") or issubclass(kind, bytes | bytearray):
            return is_image(value)  # here the object decides, not its class
        if kind not in known:
            known[kind] = _safely(is_image, value)
        return known[kind]

    return test


def _first(value: Any) -> Iterable[object]:
    """Return the first in a list, or in what plt.subplots gives: it stands for the others, which can be many."""
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
    """Return what a test says; an object that breaks when it is looked at passes none."""
    try:
        return test(value)
    except Exception:
        return False


class _Nothing(list[SimpleCompletion]):
    """No candidate, and yet an answer: IPython lets a matcher silence the others only where it has any to give."""

    def __len__(self) -> int:
        return 1


def register(shell: Any) -> None:
    """Let a shell complete the lines of the magics; twice is once."""
    unregister(shell)

    def vision_matcher(context: Any) -> dict[str, Any]:
        try:
            return _answer(context, _visible(shell), conversations_of(shell).named)
        except Exception:  # IPython would show the traceback in the middle of the line
            return {"completions": []}

    # Before the others, which then need not run.
    matcher = context_matcher(identifier=_IDENTIFIER, priority=100)(vision_matcher)
    shell.Completer.custom_matchers.append(matcher)


def unregister(shell: Any) -> None:
    """Take that out of a shell again."""
    matchers = shell.Completer.custom_matchers
    matchers[:] = [one for one in matchers if getattr(one, "matcher_identifier", "") != _IDENTIFIER]


def _visible(shell: Any) -> Names:
    """Return the variables of a notebook without those that IPython put there, such as ``In`` and ``exit``."""
    hidden = shell.user_ns_hidden
    missing = object()
    return {name: value for name, value in dict(shell.user_ns).items() if hidden.get(name, missing) is not value}


def _answer(context: Any, names: Names, chats: Iterable[str]) -> dict[str, Any]:
    """Return what IPython is told for a cursor anywhere in any cell."""
    lines = context.full_text.split("\n")
    before = lines[context.cursor_line][: context.cursor_position]
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = _MAGIC.match(f"{lines[first]} ")
    if head and head[1] == "%%" and context.cursor_line > first:
        found = in_question(before, names)
        return {"completions": []} if found is None else _told(*found)
    magic = _MAGIC.match(before)
    if magic is None or (magic[1] == "%%" and context.cursor_line != first):
        return {"completions": []}
    cell, line = magic[1] == "%%", before[magic.end() :]
    fragment, found_here = completions(line, names, cell=cell, chats=chats)
    return _told(fragment, found_here, alone=not (cell and _may_be_expression(_place(line))))


def _may_be_expression(place: _Place) -> bool:
    """Whether any Python may stand there, which IPython completes better: ``axes[0].fig``, ``Out[5]``."""
    return not place.in_option and (place.option is None or place.option.name in _OF_NAMES)


def _told(fragment: str, found: Candidates, *, alone: bool = False) -> dict[str, Any]:
    """Return candidates as IPython takes them; others are silenced where there are some, or where `alone` says so."""
    if not found and not alone:
        return {"completions": []}
    return {
        "completions": [SimpleCompletion(text, type=kind) for text, kind in found] or _Nothing(),
        "matched_fragment": fragment,
        "suppress": True,
        "ordered": True,
    }
