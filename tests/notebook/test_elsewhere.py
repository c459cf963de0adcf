"""An option of the magic given to a function, and the reverse: each is answered with what to write there."""

from __future__ import annotations

import pytest

import vision_magic as vm
from tests.notebook.conftest import Run
from vision_magic.errors import RequestError
from vision_magic.naming import near_option
from vision_magic.notebook.commands.table import COMMANDS
from vision_magic.notebook.elsewhere import ON_A_LINE
from vision_magic.notebook.options import CELL
from vision_magic.session.elsewhere import IN_A_CALL, OTHERS_NAMES
from vision_magic.session.prepare import OPTION_NAMES

ON_THE_LINE = {flag.strip("-").replace("-", "_") for flag in CELL.flags}
SET_BY_ITSELF = {"cell", "trace"}


def test_every_option_has_its_place_in_a_call_and_on_the_line() -> None:
    assert ON_THE_LINE - set(OPTION_NAMES) - IN_A_CALL.keys() == set()
    assert set(OPTION_NAMES) - ON_THE_LINE - ON_A_LINE.keys() - SET_BY_ITSELF == set()
    assert IN_A_CALL.keys() & set(OPTION_NAMES) == set()
    assert ON_A_LINE.keys() & ON_THE_LINE == set()
    assert {name for name, said in ON_A_LINE.items() if "It is a command" in said} <= COMMANDS.keys()
    assert set(OTHERS_NAMES.values()) <= set(OPTION_NAMES) & ON_THE_LINE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dry_run", 'vm.prepare("…", fig) returns the request'),
        ("out", 'peak = vm.ask("…", fig)'),
        ("no_facts", "write facts=False"),
        ("chat", "vm.Conversation()"),
        ("t", "write temperature=…"),
        ("temp", "did you mean 'temperature'?"),
        ("colormap", "did you mean 'cmap'?"),
        ("reasoning_effort", "extra={'reasoning_effort': …}"),
    ],
)
def test_an_option_of_the_magic_in_a_call(name: str, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        vm.ask("What?", **{name: True})
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("max_tokens=300", "On the line, write --max-tokens 300."),
        ("image=scan", "Pictures are named without an option"),
        ("--prices 3", "vm.use(prices=…)"),
        ("--transport x", 'vm.ask("…", fig, transport=…)'),
        ("--stream", "--no-stream waits"),
        ("--history", "%vision history"),
        ("--facts=False", "its opposite is --no-facts"),
        ("--facts False", "write --facts, or --no-facts"),
        ("--max_side 9", "did you mean '--max-side'?"),
        ("--provider x", "did you mean '--profile'?"),
        ("--reasoning-effort low", "-p reasoning_effort=VALUE"),
        ("--picture scan", "%%vision fig"),
    ],
)
def test_an_argument_of_a_call_on_the_line(run: Run, words: str, said: str) -> None:
    assert said in run.fails(f"%%vision {words}\nWhat?")


@pytest.mark.parametrize(("name", "meant"), [("--picture", ""), ("--as", ""), ("system_prompt", "system")])
def test_what_is_only_a_little_similar_is_not_suggested(name: str, meant: str) -> None:
    assert near_option(name, ["--wire", "--facts", "system", "-s"]) == (f" (did you mean {meant!r}?)" if meant else "")


def test_the_request_that_prepare_returns_is_shown_as_in_a_dry_run(run: Run) -> None:
    assert run('import vision_magic as vm; vm.prepare("What?")').success
    assert "state      not sent" in run.out
    assert '"role": "user"' in run.out


def test_a_conversation_checks_its_options_at_once() -> None:
    with pytest.raises(RequestError, match="Unknown option 'temprature'"):
        vm.Conversation(temprature=0.2)
