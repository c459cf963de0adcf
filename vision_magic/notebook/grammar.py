"""The grammar of the lines of ``%%vision`` and ``%vision``: their arguments, in argparse's vocabulary.

The cell magic, the commands and completion parse a line in the same two steps: `words.words_of` splits it, and a
`LineReader` assigns the words to the arguments of a `Syntax`.

argparse itself cannot be used, for three reasons. A word may be an expression with brackets and quotes, and a quoted
word is never an option, which a list of strings cannot express. Completion has to know what is expected at the cursor
of an unfinished line. An error must be short, state the next step, and never repeat a key that was typed by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from vision_magic.errors import CellError
from vision_magic.naming import near_option
from vision_magic.notebook.words import KEY_ADVICE, Word
from vision_magic.session.elsewhere import OTHERS_NAMES

__all__ = ["Action", "Argument", "LineReader", "Syntax", "Type", "parse_words"]

_KEY_FLAGS: Final = frozenset({"--key", "--api-key", "--apikey", "--token", "--api-token"})
_FEW: Final = 3  # options that fit into an error message

Action = Literal["store", "store_const", "append", "store_or_append"]
Type = Literal["text", "number", "numbers", "flag", "json", "pair", "headers", "color_map", "tools", "schema"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument of a line, in argparse's vocabulary.

    Attributes
    ----------
    dest : str
        The name of its value.
    help : str
        Its description; for a positional argument, the expected values.
    option_strings : tuple of str
        The spellings of an option, the long form last; empty for a positional argument.
    metavar : str
        The name of its value in the help; empty for a switch.
    nargs : {None, "?", "*", "+"}
        Number of words: one, at most one, any number, or at least one.
    action : {"store", "store_const", "append", "store_or_append"}
        ``"store"`` stores the value, and ``"store_const"`` stores `const` (a switch). ``"append"`` makes a list of the
        values of a repeatable option, ``"store_or_append"`` only if it is repeated.
    const : object
        The value of a switch.
    default : object
        The value if the line has none; None leaves the argument out.
    choices : tuple of str
        The only values that are accepted.
    pattern : str
        A regular expression that a positional argument must match.
    suggestions : tuple of str
        Values that completion offers, among others.
    completer : str
        The kind of values that completion offers, such as ``"model"``; the kinds are in `candidates`.
    type : str
        The type to which `option_values` converts the value.
    group : str
        The heading under which the help lists the argument.
    example : str
        An example of its use.
    cell_only : bool
        Whether it concerns one cell and its reply rather than the call; ``%vision use`` does not accept it.
    """

    dest: str
    help: str
    option_strings: tuple[str, ...] = ()
    metavar: str = ""
    nargs: Literal["?", "*", "+"] | None = None
    action: Action = "store"
    const: object = True
    default: object = None
    choices: tuple[str, ...] = ()
    pattern: str = ""
    suggestions: tuple[str, ...] = ()
    completer: str = ""
    type: Type = "text"
    group: str = ""
    example: str = ""
    cell_only: bool = False

    @property
    def takes_value(self) -> bool:
        """Whether a value follows; otherwise it is a switch."""
        return self.action != "store_const"

    @property
    def repeatable(self) -> bool:
        """Whether the option may be given more than once."""
        return self.action in ("append", "store_or_append")

    @property
    def usage(self) -> str:
        """The option with the name of its value."""
        return " ".join(filter(None, (", ".join(self.option_strings), self.metavar)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """The arguments that a line may have.

    Attributes
    ----------
    prog : str
        The magic, with the command if there is one: ``%vision use``.
    help : str
        The description.
    positional : Argument or None
        The argument to which words belong that are not part of an option.
    options : tuple of Argument
        The options.
    elsewhere : mapping of str to str
        What to write instead, for names that are not options, with underscores.
    """

    prog: str
    help: str = ""
    positional: Argument | None = None
    options: tuple[Argument, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def option(self, flag: str) -> Argument | None:
        """Return the option with this spelling, or None."""
        return next((option for option in self.options if flag in option.option_strings), None)

    @property
    def flags(self) -> tuple[str, ...]:
        """All spellings of all options."""
        return tuple(flag for option in self.options for flag in option.option_strings)


class LineReader:
    """Assigns words to the arguments of a syntax, one word after another.

    Attributes
    ----------
    values : dict
        The values of the options so far by their `dest`: strings, and constants of switches.
    words : list of str
        The words that are not part of an option.
    pending : Argument or None
        The option to which the next word belongs, unless that word is an option itself.
    options_ended : bool
        Whether ``--`` was read: every later word is a positional argument.
    """

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.values: dict[str, Any] = {}
        self.words: list[str] = []
        self.pending: Argument | None = None
        self.options_ended = False
        self._flag = ""  # the spelling of the pending option
        self._word_count = 0  # the number of words that it already has

    def read(self, word: Word) -> None:
        """Read one word.

        Raises
        ------
        CellError
            An unknown option, a missing or superfluous value, an open quote or bracket.
        """
        word.check_closed()
        if self.options_ended:
            self.words.append(word.text)
        elif word.is_mark("--"):
            self._end_option()
            self.options_ended = True
        elif self._is_value(word):
            self._take(self.pending, self._flag, word.text)
        elif word.is_option:
            self._end_option()
            self._begin_option(*word.text.partition("="))
        else:
            word.check_no_key()
            self.words.append(word.text)

    def finish(self) -> dict[str, Any]:
        """Return the values of all arguments, by their `dest`; an argument that the line does not name is left out.

        Raises
        ------
        CellError
            A missing value, or too many words.
        """
        self._end_option()
        values = self.values | self._positional()
        for option in self.syntax.options:
            if option.default is not None:
                values.setdefault(option.dest, option.default)
        return values

    def _is_value(self, word: Word) -> bool:
        """Whether a word is a value of the pending option; its first value may look like an option."""
        if self.pending is None:
            return False
        if not word.is_option:
            return True
        return self._word_count == 0 and self.syntax.option(word.text.partition("=")[0]) is None

    def _begin_option(self, flag: str, equals: str, value: str) -> None:
        option = self._option(flag)
        if not option.takes_value:
            if equals:
                raise CellError(
                    f"{flag} got {value!r}; expected no value, because it is a switch{self._opposite(option)}."
                )
            self.values[option.dest] = option.const
        elif equals:
            self._take(option, flag, value)
            self.pending = None
        else:
            self.pending, self._flag, self._word_count = option, flag, 0

    def _opposite(self, switch: Argument) -> str:
        others = [one for one in self.syntax.options if one.dest == switch.dest and one is not switch]
        return f", and its opposite is {others[0].option_strings[-1]}" if others else ""

    def _option(self, flag: str) -> Argument:
        if flag in _KEY_FLAGS:
            raise CellError(f"{flag} is not an option. {KEY_ADVICE}")
        option = self.syntax.option(flag)
        if option is None:
            name = flag.strip("-").replace("-", "_")
            if instead := self.syntax.elsewhere.get(name):
                raise CellError(f"Unknown option {flag}. {instead}")
            near = near_option(OTHERS_NAMES.get(name, flag), self.syntax.flags)
            raise CellError(f"Unknown option {flag}{near}. {self._known_options(name)}")
        return option

    def _known_options(self, unknown: str) -> str:
        if len(self.syntax.options) > _FEW and self.syntax.prog.startswith("%vision "):
            return f"{self.syntax.prog} --help says what it takes."
        if len(self.syntax.options) > _FEW:
            return f"All options: %%vision --help. A field that only one server supports: -p {unknown or 'NAME'}=VALUE."
        known = ", ".join(option.option_strings[-1] for option in self.syntax.options)
        return f"{self.syntax.prog} takes {known or 'no options'}."

    def _take(self, option: Argument | None, flag: str, text: str) -> None:
        assert option is not None
        if option.choices and text not in option.choices:
            raise CellError(f"{flag} got {text!r}; expected {_one_of(option.choices)}.")
        self._word_count += 1
        if option.nargs == "+":
            self.values[option.dest] = [*(self.values[option.dest] if self._word_count > 1 else ()), text]
            return  # more may follow
        self.pending = None
        if option.action == "append" or (option.action == "store_or_append" and option.dest in self.values):
            before = self.values.get(option.dest, [])
            self.values[option.dest] = [*(before if isinstance(before, list) else [before]), text]
        else:
            self.values[option.dest] = text

    def _end_option(self) -> None:
        option, self.pending = self.pending, None
        if option is not None and self._word_count == 0:
            raise CellError(f"{self._flag} got no value; expected {option.metavar}, such as {option.example}.")

    def _positional(self) -> dict[str, Any]:
        argument = self.syntax.positional
        if argument is not None and argument.nargs == "*":
            return {argument.dest: tuple(self.words)}
        if argument is None or len(self.words) > 1:
            self._check_words(not self.words)
            return {}
        if self.words:
            self._check_words(_accepts(argument, self.words[0]))
        value = self.words[0] if self.words else argument.default
        if value is None and argument.nargs is None:
            raise CellError(f"{self.syntax.prog} got no {argument.metavar}; expected {argument.help}.")
        return {} if value is None else {argument.dest: value}

    def _check_words(self, accepted: bool) -> None:
        if not accepted:
            said, argument = " ".join(self.words), self.syntax.positional
            expected = argument.help if argument is not None else "nothing after it"
            raise CellError(f"{self.syntax.prog} got {said!r}; expected {expected}.")


def _accepts(argument: Argument, word: str) -> bool:
    if argument.choices:
        return word in argument.choices
    return not argument.pattern or re.fullmatch(argument.pattern, word) is not None


def parse_words(words: Sequence[Word], syntax: Syntax) -> Mapping[str, Any]:
    """Return the values that words give to the arguments of a syntax, by their `dest`.

    Raises
    ------
    CellError
        The words do not follow the syntax.
    """
    reader = LineReader(syntax)
    for word in words:
        reader.read(word)
    return reader.finish()


def _one_of(choices: Sequence[str]) -> str:
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last
