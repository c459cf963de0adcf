"""The help of the magics: pages that fit on a screen, and the pages of topics and commands behind them."""

from __future__ import annotations

import re

import pytest

from tests.notebook.conftest import Run
from vision_magic.notebook.commands.table import COMMANDS, commands_page
from vision_magic.notebook.help import Page, cell_page, page_html, page_text, topic_page
from vision_magic.notebook.options import OPTIONS, TOPICS, options_of

SCREEN = 48  # lines of a terminal on a laptop
WIDTH = 112

PAGES = {"%%vision --help": cell_page(), "%vision help": commands_page(), **{one: topic_page(one) for one in TOPICS}}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_fits_on_a_screen(page: Page) -> None:
    lines = page_text(page).splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= WIDTH


def test_the_page_of_the_cell_names_every_option_and_the_topic_that_explains_it(run: Run) -> None:
    run("%%vision --help")
    front = run.out
    for topic, heading in TOPICS.items():
        assert f"%vision help {topic}" in front
        run(f"%vision help {topic}")
        for option in options_of(heading):
            assert option.option_strings[-1] in front
            assert option.usage in run.out
            assert " ".join(option.help.split()[:4]) in run.out
            assert option.example in run.out
    assert {option.group for option in OPTIONS} == set(TOPICS.values())


def test_the_list_of_commands_has_each_once_and_a_page_for_it(run: Run) -> None:
    run("%vision help")
    listed = re.findall(r"^  %vision ?([a-z]*)", run.out, re.MULTILINE)
    assert sorted(one or "status" for one in listed) == sorted(COMMANDS)
    for name, command in COMMANDS.items():
        run(f"%vision help {name}")
        assert all(option.example in run.out for option in command.options if len(command.options) < 5)


def test_an_unknown_topic_gets_the_nearest(run: Run) -> None:
    assert "did you mean 'pictures'?" in run.fails("%vision help picture")
    assert "or one of the topics request, pictures" in run.fails("%vision help xyz")


@pytest.mark.parametrize("name", ["range", "--range", "max_side", "-t"])
def test_one_option_is_explained(run: Run, name: str) -> None:
    assert run(f"%vision help {name}").success, run.out
    assert len([line for line in run.out.splitlines() if line.startswith("  -")]) == 1


def test_a_page_as_html_shows_what_is_typed_literally() -> None:
    html = page_html(Page(intro="Ask `<b>`.", sections=PAGES["pictures"].sections, closing="An `end`."))
    assert "<code>&lt;b&gt;</code>" in html
    assert "--max-side PIXELS</code>" in html
    assert "<b>" not in html
