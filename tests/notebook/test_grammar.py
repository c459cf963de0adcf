"""The grammar that the cell magic, the commands and completion share."""

from __future__ import annotations

import pytest

from vision_magic.errors import CellError
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.grammar import Argument, LineReader, Syntax, parse_words
from vision_magic.notebook.options import CALL_OPTIONS, CELL
from vision_magic.notebook.words import words_of

_MODE = Argument(
    option_strings=("--mode",),
    dest="mode",
    metavar="MODE",
    choices=("fast", "slow"),
    help="how to try",
    example="--mode fast",
)
SYNTAX = Syntax(
    prog="%vision try",
    positional=Argument(dest="file", metavar="FILE", help="one file"),
    options=(
        _MODE,
        Argument(option_strings=("-q", "--quiet"), dest="quiet", action="store_const", help="say nothing"),
        Argument(option_strings=("--names",), dest="names", metavar="NAME…", nargs="+", help="names"),
    ),
)


def test_words_know_their_place_and_whether_they_are_quoted() -> None:
    line = """  axes[0, 1]  "two words" it's open"""
    found = [(word.text, line[word.start : word.end], word.quoted, word.open) for word in words_of(line)]
    assert found == [
        ("axes[0, 1]", "axes[0, 1]", False, ""),
        ("two words", '"two words"', True, ""),
        ("it's open", "it's open", False, "'"),
    ]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        pytest.param("a", {"file": "a"}, id="a positional"),
        pytest.param("--mode fast a -q", {"file": "a", "mode": "fast", "quiet": True}, id="options anywhere"),
        pytest.param("a --names b c", {"file": "a", "names": ["b", "c"]}, id="several values"),
        pytest.param("--names=b a", {"file": "a", "names": ["b"]}, id="one of several after ="),
        pytest.param("-- -q", {"file": "-q"}, id="no options after two dashes"),
        pytest.param("'-q'", {"file": "-q"}, id="a quoted word is not an option"),
        pytest.param("a -q  # it's a comment", {"file": "a", "quiet": True}, id="a comment"),
        pytest.param("#fff -q #", {"file": "#fff", "quiet": True}, id="a word that begins like a comment"),
        pytest.param("'# a'", {"file": "# a"}, id="a quoted word is not a comment"),
    ],
)
def test_words_become_values_of_arguments(line: str, values: dict[str, object]) -> None:
    assert parse_words(words_of(line), SYNTAX) == values


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("a b", "%vision try got 'a b'; expected one file.", id="two words for one"),
        pytest.param("", "%vision try got no FILE; expected one file.", id="no word for one"),
        pytest.param("a --mode", "--mode got no value; expected MODE, such as --mode fast.", id="no value"),
        pytest.param("a --mode quick", "--mode got 'quick'; expected fast or slow.", id="not a choice"),
        pytest.param("a --quit", "Unknown option --quit (did you mean '--quiet'?). ", id="near miss"),
        pytest.param("a --zz", "Unknown option --zz. %vision try takes --mode, --quiet, --names.", id="unknown"),
        pytest.param("a -q=1", "-q got '1'; expected no value, because it is a switch.", id="value of a switch"),
        pytest.param("a --mode -- b", "--mode got no value", id="two dashes are not a value"),
    ],
)
def test_an_error_says_what_was_expected(line: str, message: str) -> None:
    with pytest.raises(CellError) as caught:
        parse_words(words_of(line), SYNTAX)
    assert str(caught.value).startswith(message)


def test_a_reader_knows_which_option_waits_for_its_value() -> None:
    """So Tab knows what to offer."""
    reader = LineReader(SYNTAX)
    for word in words_of("a --mode"):
        reader.read(word)
    assert reader.pending is _MODE
    assert reader.words == ["a"]


def test_the_options_of_every_command_take_their_own_examples() -> None:
    for syntax in (CELL, *COMMANDS.values()):
        for option in syntax.options:
            reader = LineReader(syntax)
            for word in words_of(option.example):
                reader.read(word)
            assert option.dest in reader.values, (syntax.prog, option.example)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "help"])
def test_no_command_takes_a_key_or_an_option_of_cells(name: str) -> None:
    for line in ("--api-key sk-0123456789", "--dry-run"):
        with pytest.raises(CellError) as caught:
            parse_words(words_of(line), COMMANDS[name])
        assert "sk-0123456789" not in str(caught.value)


def test_commands_about_calls_take_every_option_of_a_call() -> None:
    assert [name for name, command in COMMANDS.items() if command.options is CALL_OPTIONS] == [
        *("use", "models", "login", "last", "config"),
    ]
