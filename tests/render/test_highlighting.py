"""Colours in code: which code has them, and that no code takes long."""

from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from tests.render.pages import Page
from vision_magic.render.highlighting import LEXERS, MAX_CODE, highlight, lexer_name
from vision_magic.render.markup import safe_html

# What made lexers slow: each of these takes minutes in some lexer of Pygments if it is repeated often enough.
PIECES = ["\n", "a ", "'\\", "//", "[[", "{"]


@pytest.mark.parametrize("language", ["python", "py", "C++", "JSON", "tsx", "r", "dockerfile"])
def test_a_known_language_is_coloured(language: str) -> None:
    assert "<span" in highlight('if (x == 1) { "a" } # b\n', language)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        pytest.param("x = 1\n" * 1_000, "python", id="many characters"),
        pytest.param("\n" * 400, "python", id="many lines"),
        pytest.param(f"x = '{'a' * 600}'", "python", id="a long line"),
        pytest.param(f"x ={' ' * 200}1", "python", id="many blanks"),
        pytest.param("class A\n{\n}\n", "csharp", id="a lexer that is slow for any code"),
        pytest.param("x = 1", "no-such-language", id="an unknown language"),
        pytest.param("x = 1", "", id="no language"),
    ],
)
def test_any_other_code_is_plain_and_whole(code: str, language: str) -> None:
    assert not highlight(code, language)
    page = Page(safe_html(f"```{language}\n{code}\n```"))
    assert page.code == f"{code}\n"
    assert [tag.name for tag in page.tags] == ["pre", "code"]


def test_a_long_request_in_json_is_still_coloured() -> None:
    assert "<span" in highlight(f'{{"text": "{"a " * 4_000}"}}', "json")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(LEXERS.values())))
def test_b1_every_lexer_is_fast_for_any_code_within_the_limits(name: str) -> None:
    """Code of twenty times this length took a lexer minutes; here, all pieces together take less than a second."""
    assert get_lexer_by_name(name)
    for piece in PIECES:
        line = piece * (480 // len(piece))
        for code in (piece * (MAX_CODE // len(piece)), f"{line}\n" * (MAX_CODE // (len(line) + 1))):
            if lexer_name(code, name):
                highlight(code, name)


@pytest.mark.parametrize(
    "language", ["cpp", "c", "java", "csharp", "python", "ipython", "markdown", "makefile", "groovy", "sas", "stata"]
)
@pytest.mark.parametrize("code", ["\n" * 60_000, " " * 60_000, "a\n" * 60_000], ids=["line ends", "blanks", "lines"])
def test_b1_a_long_block_of_code_is_shown_at_once(language: str, code: str) -> None:
    assert Page(safe_html(f"```{language}\n{code}\n```")).code == f"{code}\n"
