"""Patterns are compiled once: the cache of `re` is too small for those of one question."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from vision_magic.engine.questions import patterns

PACKAGE = Path(patterns.__file__).parent
_SEARCHING = {"search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"}


def searches_with_re(source: str) -> bool:
    """Return whether a module gives patterns to `re` itself, which would compile them for each question."""
    tree = ast.parse(source)
    imported = any(isinstance(node, ast.Import) and node.names[0].name == "re" for node in ast.walk(tree))
    called = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "re"
    }
    return imported and bool(called & _SEARCHING)


def test_questions_are_searched_with_patterns_that_are_kept() -> None:
    modules = sorted(PACKAGE.glob("*.py"))
    assert [path.name for path in modules if searches_with_re(path.read_text(encoding="utf-8"))] == []


def test_the_check_can_fail() -> None:
    assert searches_with_re("import re\nre.search('a', 'b')")
    assert not searches_with_re("from vision_magic.engine.questions import patterns as re\nre.search('a', 'b')")
    assert not searches_with_re("import re\nre.compile('a')")


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.DOTALL])
def test_kept_patterns_do_what_those_of_re_do(flags: int) -> None:
    pattern, text = r"(a)(.)", "xAb a\ncab"
    for name in ("search", "match", "fullmatch"):
        found, expected = (getattr(module, name)(pattern, text, flags) for module in (patterns, re))
        assert (found and found.span()) == (expected and expected.span())
    assert patterns.findall(pattern, text, flags) == re.findall(pattern, text, flags)
    assert [one.span() for one in patterns.finditer(pattern, text, flags)] == [
        one.span() for one in re.finditer(pattern, text, flags)
    ]
    assert patterns.sub(pattern, r"\2", text, 1, flags) == re.sub(pattern, r"\2", text, count=1, flags=flags)
    assert patterns.subn(pattern, r"\2", text, flags=flags) == re.subn(pattern, r"\2", text, flags=flags)
    assert patterns.split(pattern, text, 1, flags) == re.split(pattern, text, maxsplit=1, flags=flags)
