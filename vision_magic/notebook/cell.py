"""What does a ``%%vision`` cell say? Its text to a VisionCell, without looking at the notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vision_magic.errors import CellError
from vision_magic.naming import near_miss
from vision_magic.notebook.options import BY_FLAG, Option

__all__ = ["Placeholder", "VisionCell", "end_of_word", "parse", "pieces"]

_KEY_FLAGS = {"--key", "--api-key", "--apikey", "--token", "--api-token"}
_PAIRS = {"(": ")", "[": "]", "{": "}"}

# A name, then attributes and indexes: {fig}, {axes[0]}, {table.caption}, {rows["north"]}.
_PATH = r"""[^\W\d]\w*(?:\.[^\W\d]\w*|\[(?:[-\w:\s]+|'[^'\]]*'|"[^"\]]*")\])*"""
_BRACES = re.compile(rf"\{{\{{([^{{}}]*|\{{{_PATH}\}})\}}\}}|\{{({_PATH})\}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionCell:
    """A cell as it was written.

    Attributes
    ----------
    images : tuple of str
        Python expressions from the line, in order.
    prompt : str
        The question, with its braces.
    options : mapping
        Values as text, by what they set; switches as their constants.
    """

    images: tuple[str, ...] = ()
    prompt: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place in the prompt where ``{path}`` stands for something in the notebook; `source` is the text of it."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    quoted: bool = False

    @property
    def is_option(self) -> bool:
        return not self.quoted and len(self.text) > 1 and self.text[0] == "-" and not self.text[1].isdigit()


def parse(line: str, body: str = "") -> VisionCell:
    """Return what a cell says.

    Parameters
    ----------
    line : str
        What follows ``%%vision``: pictures and options in any order; ``NAME <<`` may come first.
    body : str
        The lines below it.

    Raises
    ------
    CellError
        An unknown option, a missing value or an open quote.
    """
    words = list(_words(line))
    options: dict[str, Any] = {}
    if len(words) >= 2 and words[1] == _Word("<<"):
        options["out"] = words[0].text
        words = words[2:]
    images: list[str] = []
    while words:
        word = words.pop(0)
        if word == _Word("--"):
            images.extend(rest.text for rest in words)
            break
        if word.is_option:
            _take_option(word.text, words, options)
        else:
            images.append(word.text)
    return VisionCell(images=tuple(images), prompt=_prompt(body), options=options)


def _prompt(body: str) -> str:
    """Return the question without the marker lines that nbval reads in a cell."""
    lines = [line for line in body.splitlines() if not re.match(r"\s*#\s*NBVAL_\w+\s*$", line)]
    return "\n".join(lines).strip()


def _take_option(text: str, words: list[_Word], options: dict[str, Any]) -> None:
    flag, equals, value = text.partition("=")
    option = _known(flag)
    if not option.value:
        if equals:
            raise CellError(f"{flag} got {value!r}; expected no value, it is a switch.")
        options[option.name] = option.constant
    elif option.many == "more" and not equals:
        options[option.name] = _following(flag, option, words)
    else:
        given = value if equals else _value(flag, option, words)
        if option.many == "others" and option.name in options:
            before = options[option.name]
            options[option.name] = [*(before if isinstance(before, list) else [before]), given]
        elif option.many == "again":
            options.setdefault(option.name, []).append(given)
        else:
            options[option.name] = given


def _known(flag: str) -> Option:
    if flag in _KEY_FLAGS:
        raise CellError(
            f"{flag} is no option: what is written in a cell stays in the notebook and in IPython's history, so that "
            "key should be replaced by a new one. Put it in an environment variable and name that with --key-env NAME."
        )
    if flag not in BY_FLAG:
        raise CellError(f"Unknown option {flag}{near_miss(flag, BY_FLAG)}. All options: %%vision --help.")
    return BY_FLAG[flag]


def _value(flag: str, option: Option, words: list[_Word]) -> str:
    if not words or (words[0].is_option and words[0].text.partition("=")[0] in BY_FLAG):
        raise CellError(f"{flag} got no value; expected {option.value}, such as {option.example}.")
    return words.pop(0).text


def _following(flag: str, option: Option, words: list[_Word]) -> list[str]:
    values = [_value(flag, option, words)]
    while words and not words[0].is_option:
        values.append(words.pop(0).text)
    return values


def _words(line: str) -> Iterator[_Word]:
    r"""Split a line at its spaces, but not inside quotes or brackets.

    A word that is one quoted string is a Python string: ``"\n"`` is a line end. Quotes inside a word stay,
    so that ``rows["north"]`` is an expression.
    """
    position = 0
    while position < len(line):
        if line[position].isspace():
            position += 1
            continue
        end = end_of_word(line, position)
        yield _unquoted(line[position:end])
        position = end


def end_of_word(line: str, start: int) -> int:
    """Return where a word that starts at a place ends: at a space outside of quotes and brackets.

    Raises
    ------
    CellError
        A quote or a bracket is open.
    """
    closing: list[str] = []
    position = start
    while position < len(line):
        char = line[position]
        if char.isspace() and not closing:
            break
        if char in "\"'":
            position = _end_of_quote(line, position)
            continue
        if char in _PAIRS:
            closing.append(_PAIRS[char])
        elif closing and char == closing[-1]:
            closing.pop()
        position += 1
    if closing:
        raise CellError(f"The line has no {closing[-1]!r} for {line[start : start + 40]!r}.")
    return position


def _end_of_quote(line: str, start: int) -> int:
    position = start + 1
    while position < len(line) and line[position] != line[start]:
        position += 2 if line[position] == "\\" else 1
    if position >= len(line):
        raise CellError(
            f"The line has an open quote: {line[start : start + 40]!r}. A question goes on the lines below %%vision."
        )
    return position + 1


def _unquoted(word: str) -> _Word:
    if word[0] not in "\"'" or _end_of_quote(word, 0) != len(word):
        return _Word(word)
    try:
        return _Word(str(ast.literal_eval(word)), quoted=True)
    except (ValueError, SyntaxError):
        return _Word(word[1:-1], quoted=True)


def pieces(prompt: str) -> tuple[str | Placeholder, ...]:
    """Return a prompt as texts and holes, in order; read once, so that what fills a hole is never read again.

    ``{{x}}`` is the text ``{x}``; braces around anything but a path stay as they are.
    """
    found: list[str | Placeholder] = []
    position = 0
    for match in _BRACES.finditer(prompt):
        found.append(prompt[position : match.start()])
        doubled, path = match[1], match[2]
        if path is not None:
            found.append(Placeholder(path, match[0]))
        elif doubled.startswith("{"):
            found.extend(["{", Placeholder(doubled[1:-1], doubled), "}"])
        else:
            found.append(f"{{{doubled}}}")
        position = match.end()
    return tuple(piece for piece in (*found, prompt[position:]) if piece)
