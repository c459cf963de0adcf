"""Time of rendering, which grows with the length of a text and not with its square, whatever the text is."""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Callable
from typing import Any

import pytest
import rich.console
from hypothesis import Phase, assume, given, settings, strategies as st

from tests.render.pages import Page
from vision_magic.notebook.views import terminal
from vision_magic.render.incremental_markdown import IncrementalMarkdown, close_delimiters
from vision_magic.render.limits import DENSE
from vision_magic.render.markup import MAX_MARKDOWN, block_starts, safe_html

pytestmark = pytest.mark.slow

SIZE = 200_000

# Each takes about a second at most. What grows with the square of the length takes half a minute or much longer, and
# pytest-timeout ends it.
HOSTILE = {
    "B2 round brackets": "\\(",
    "B2 square brackets": "\\[",
    "B2 strong and emphasis": "**a *b ",
    "display below display": "\\[\n",
    "198 lines of display": "\\[\n" * 198 + "\\] b\n",
    "display in lists": "- a\n" + "  \\[\n" * 150 + "b\n\\]\n\n",
    "links in links": "[a](",
    "opening brackets": "[",
    "pictures": "![",
    "references": "[x][",
    "underscores": "_",
    "backticks": "`",
    "dollars": "$a",
    "unclosed definitions": "[a\n",
    "unclosed titles": "[a]: b 'c\n",
    "line ends": "\n",
    "fences": "```\n",
    "open emphasis": "``* __|}a*",
}


def repeated(piece: str, size: int = SIZE) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def in_steps(text: str, step: int = 4_000) -> None:
    blocks = IncrementalMarkdown()
    for end in range(step, len(text) + step, step):
        blocks.update(text[:end])
    blocks.update(text, final=True)


def on_a_terminal(text: str) -> None:
    console = rich.console.Console(file=io.StringIO(), width=80, force_terminal=True)
    console.print(terminal._as_markdown(text))


@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, piece in HOSTILE.items()])
def test_b2_a_hostile_text_is_rendered_in_linear_time(piece: str) -> None:
    text = repeated(piece)
    assert isinstance(safe_html(text), str)
    assert isinstance(close_delimiters(text), str)


@pytest.mark.timeout(40)
@pytest.mark.parametrize("mark", ["\\(", "\\["])
def test_b2_formulas_that_are_never_closed_are_searched_for_once(mark: str) -> None:
    """The search for each closing mark went to the end of the text; all of these took minutes together."""
    for piece in (mark, f"a{mark}", f"{mark} ", f"{mark}\\{{"):
        assert mark[1] in safe_html(repeated(piece, MAX_MARKDOWN))


@pytest.mark.parametrize("piece", ["**a *b ", "``* __|}a*", "[a](b", "**a", "*a "])
def test_b2_of_a_long_line_the_delimiters_stay_open(piece: str) -> None:
    text = repeated(piece, 10 * SIZE)
    assert close_delimiters(text) == text
    assert close_delimiters(f"{text}\n**bold") == f"{text}\n**bold**"


@pytest.mark.parametrize("name", ["B2 round brackets", "open emphasis", "unclosed titles"])
def test_b2_a_hostile_text_is_rendered_in_linear_time_while_it_is_written(name: str) -> None:
    in_steps(repeated(HOSTILE[name], SIZE // 2))


@pytest.mark.parametrize("name", ["B2 strong and emphasis", "references", "fences"])
def test_b2_a_hostile_text_is_shown_on_a_terminal_in_linear_time(name: str) -> None:
    on_a_terminal(repeated(HOSTILE[name], SIZE // 4))


MARKS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "```",
            "~~",
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "<",
            "&",
            "\\",
            "\\(",
            "\\[",
            "\\]",
            "$",
            "$$",
        ),
        *(
            "|",
            "|-",
            "- ",
            "1. ",
            "> ",
            "# ",
            "\n",
            "\n\n",
            "    ",
            " ",
            "a",
            "b ",
            "'",
            '"',
            "[a]: b\n",
            "```c\n",
            "=\n",
        ),
    ]
)


def calls(act: Callable[[str], Any], text: str) -> int:
    """Return how many functions are called for a text, of Python and of C: a measure of work that does not vary."""
    count = 0

    def on_event(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(on_event)
    try:
        act(text)
    finally:
        sys.setprofile(before)
    return count


# Not the incremental blocks: their work steps up at some lengths, and is in proportion to the text only in between.
WAYS = {
    "safe_html": safe_html,
    "block_starts": functools.partial(block_starts, partial=True),
    "terminal": on_a_terminal,
}


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=4, phases=[Phase.generate])
@given(pieces=st.lists(MARKS, min_size=1, max_size=4).map("".join))
def test_the_work_for_four_times_the_text_is_about_four_times_the_work(way: str, pieces: str) -> None:
    # The oldest rich goes through all definitions of links anew for each; newer ones do not.
    assume(way != "terminal" or "]: " not in pieces)
    WAYS[way](pieces)  # what is loaded and cached at first
    short, long = (calls(WAYS[way], repeated(pieces, size)) for size in (2_000, 8_000))
    assert long < 7 * short + 20_000


# What is not rendered is said in words


def test_a_paragraph_with_too_many_marks_is_shown_as_it_was_written_and_says_so() -> None:
    page = Page(safe_html("*a " * 6_000 + "\n\n*b*"))
    assert page.text.startswith("*a *a *a ")
    assert DENSE in page.text
    assert [tag.name for tag in page.tags] == ["p", "em", "p", "em"]


def test_a_long_paragraph_with_few_marks_keeps_them() -> None:
    assert len(Page(safe_html("So **much** to say about that. " * 700)).named("strong")) == 700


def test_a_very_long_text_is_shown_as_it_was_written_and_says_so() -> None:
    html = safe_html("**a**\n" * (MAX_MARKDOWN // 6 + 1))
    assert f"longer than {MAX_MARKDOWN:,} characters" in html
    assert "**a**<br>**a**" in html
    assert "<strong>" not in html


def test_short_rows_of_a_wide_table_do_not_fill_it_with_empty_cells_without_end() -> None:
    wide = f"{'|a' * 250}|\n{'|-' * 250}|\n" + "a\n" * 20_000
    assert len(safe_html(wide)) < 10 * len(wide)


def test_a_table_with_some_short_rows_is_whole() -> None:
    rows = len(Page(safe_html("|a|b|c|\n|-|-|-|\n" + "|1|\n" * 500)).named("tr"))
    assert rows == 501


def test_a_definition_that_is_used_often_does_not_fill_the_page() -> None:
    html = safe_html(f"[a]: https://e.example/{'x' * 3_000}\n\n{('[a] ' * 300 + chr(10) * 2) * 160}")
    assert len(html) < 20 * SIZE
    assert "<a href" in html


def test_of_a_long_host_the_end_is_shown() -> None:
    text = Page(safe_html(f"[bank](https://bank.example.{'x.' * 60}evil.example)")).text
    assert text.strip().endswith("x.evil.example)")
    assert len(text) < 150


# While it is written


def test_a_long_block_of_code_is_closed_in_parts_that_are_all_code() -> None:
    text = "```python\n" + "".join(f"line_{number} = {number}\n" for number in range(2_000)) + "```\n\nThe *end*.\n"
    blocks, closed, largest = IncrementalMarkdown(), list[str](), 0
    for end in range(500, len(text) + 500, 500):
        update = blocks.update(text[:end])
        closed += update.closed
        largest = max(largest, len(update.open))
    last = blocks.update(text, final=True)
    closed += [*last.closed, last.open]
    pages = [Page(html) for html in closed]
    assert "".join(page.code for page in pages) == text.partition("\n")[2].partition("```")[0]
    assert "<em>end</em>" in closed[-1]
    assert len(closed) > 3
    assert largest < 60_000  # what a page gets at each drawing


def test_a_definition_in_the_open_block_is_used_and_not_remembered() -> None:
    blocks = IncrementalMarkdown()
    blocks.update("[a]: https://one.example\n\nSo\n\n")
    assert "one.example" in blocks.update("[a]: https://one.example\n\nSo\n\n[a]").open
    text = "[a]: https://one.example\n\nSo\n\n[b]: https://t"
    blocks.update(text)
    assert "https://two.example" in blocks.update(f"{text}wo.example\n\n[b] [a]", final=True).open
