"""Colours in code, for code that is short and regular enough to be coloured at once.

Pygments' lexers try regular expressions at every position. Many take time that grows with the square of the code, some
for nothing but blank lines. Only lexers that were measured are used, and only within limits that keep each of them
fast for any code (`tests/render/test_highlighting.py`). Longer code is shown without colours.
"""

from __future__ import annotations

import functools
import html
import re
from typing import Final

__all__ = ["LEXERS", "MAX_CODE", "highlight", "lexer_name"]

MAX_CODE: Final = 5_000
"""Length (characters) up to which code is coloured in most languages."""

# The lexer of JSON is not made of regular expressions, and fast for any text; that of Java is slow for many words.
_LIMITS: Final = {"json": 20_000, "java": 1_000}
_MAX_LINES: Final = 300
# Not in code that a person reads, and what makes the lexers slow: long lines, and many blanks or blank lines in a row.
_IRREGULAR: Final = re.compile(r"[^\n]{500}|\s{100}")

# A lexer, and the words after an opening fence for which it is used.
_WORDS: Final = """
bash: bash sh shell zsh | c: c h | console: console shell-session | cpp: cpp c++ | css: css | dart: dart
diff: diff udiff | docker: docker dockerfile | elixir: elixir | go: go golang | graphql: graphql | haskell: haskell hs
html: html htm | ini: ini | java: java | js: js javascript mjs
json: json jsonc json5 geojson | jsx: jsx | julia: julia jl
kotlin: kotlin kt | latex: latex tex | lua: lua | matlab: matlab | perl: perl | php: php | powershell: powershell ps1
pycon: pycon | python: python py python3 py3 ipython ipython3 | r: r | ruby: ruby rb | rust: rust rs | scala: scala
scss: scss | sql: sql | swift: swift | toml: toml | ts: ts typescript tsx | xml: xml svg | yaml: yaml yml
"""
LEXERS: Final = {
    word: name.strip()
    for name, _, words in (entry.partition(":") for entry in _WORDS.strip().replace("\n", "|").split("|"))
    for word in words.split()
}


def lexer_name(code: str, language: str) -> str:
    """Return the name of the lexer that colours this code; empty for code that is shown without colours."""
    name = LEXERS.get(language.lower(), "")
    if len(code) > _LIMITS.get(name, MAX_CODE):
        return ""
    regular = name == "json" or (code.count("\n") <= _MAX_LINES and not _IRREGULAR.search(code))
    return name if regular else ""


def highlight(code: str, language: str) -> str:
    """Return code as HTML in the theme's colours; empty for code that is shown without colours.

    The colours are `style` attributes, since the sanitizer drops classes.
    """
    name = lexer_name(code, language)
    return _highlight(code, name) if name else ""


@functools.lru_cache(maxsize=128)  # a block is rendered while it grows, when it is closed, and in the whole answer
def _highlight(code: str, name: str) -> str:
    from pygments import lex
    from pygments.lexers import get_lexer_by_name

    pieces = list(lex(code, get_lexer_by_name(name, stripnl=False, ensurenl=False)))
    if "".join(value for _, value in pieces) != code:
        return ""  # the lexer has left something out
    return "".join(_coloured(kind, value) for kind, value in pieces)


_COLOURS: Final = (
    ("Token.Comment", "comment"),
    ("Token.Keyword", "keyword"),
    ("Token.Literal.String", "string"),
    ("Token.Literal.Number", "number"),
    ("Token.Name.Builtin", "builtin"),
    ("Token.Name.Function", "def"),
    ("Token.Operator", "operator"),
)


def _coloured(kind: object, value: str) -> str:
    escaped, name = html.escape(value), _colour(kind)
    return f'<span style="color:var(--jp-mirror-editor-{name}-color)">{escaped}</span>' if name else escaped


@functools.cache
def _colour(kind: object) -> str:
    """Return the theme's colour name for a kind of token; empty for the colour of text."""
    return next((name for prefix, name in _COLOURS if str(kind).startswith(prefix)), "")
