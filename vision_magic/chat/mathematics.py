r"""Which parts of a model's Markdown are mathematics, and how is it shown? As its source, which the notebook typesets.

Models write ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]``, the display forms within a line, on lines of their own and
right below a line of text. Everything else that a typesetter would take for mathematics, as a price, is kept from it.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["GROWING", "escape", "use_mathematics"]

GROWING = "growing"
"""In the parser's environment: the text is still being written, so that what is not closed may yet be."""

# What starts mathematics outside of dollars too: \( and \[ and \begin{…}.
_MARKS = re.compile(r"[$\\]")

# Commands that draw or move boxes over what stands around them, make links, set styles and ids, load code, or change
# what other cells' mathematics means.
_ACTIVE = re.compile(
    r"\\(?:html[A-Za-z]*|(?:[Rr]ule|Space|smash|raise|lower|raisebox|move(?:left|right)|href|url|(?:eq)?ref|class|cssId"
    r"|style|data|bbox|require|includegraphics|unicode|mmlToken|action|toggle|texttip|tooltip|label|def|[gex]def|let"
    r"|futurelet|csname|(?:re)?new(?:command|environment|tagform)|usetagform|providecommand|definecolor|Newextarrow"
    r"|mathtoolsset|DeclareMathOperator|DeclarePairedDelimiters?X{0,2}P{0,2})(?![A-Za-z]))"
)

_DISPLAY = {"$$": "$$", r"\[": r"\]"}
_WITHIN_A_LINE = {**_DISPLAY, r"\(": r"\)"}
_LINES = 200  # of a formula at most; what does not end is looked through no further
_FORMULA = re.compile(r"[\\^_=<>+]")  # in "$$ to $$$", which are classes of prices, there is nothing of it


def use_mathematics(parser: MarkdownIt) -> None:
    """Let a parser take mathematics for what it is."""
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    # Without these two, prices ("$5 and $6") become mathematics.
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, renderer=_source)
    parser.inline.ruler.before("math_inline", "marked_math", _marked)
    # In the place of the plugin's, which is not seen right below a line of text.
    parser.block.ruler.at("math_block", _on_its_own_lines, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.add_render_rule("marked_math", _marked_html)


def escape(text: str) -> str:
    """Escape text that is no mathematics: the notebook's typesetter does not look across an element."""
    return _MARKS.sub(r"<span>\g<0></span>", html.escape(text))


def _marked(state: Any, silent: bool) -> bool:
    r"""Take ``\(…\)``, ``\[…\]`` and ``$$…$$`` within a line: a rule of the parser, which tells if it applies here."""
    opening = state.src[state.pos : state.pos + 2]
    closing = _WITHIN_A_LINE.get(opening, "")
    end = state.src.find(closing, state.pos + 2, state.posMax) if closing else -1
    content = state.src[state.pos + 2 : end].strip() if end > 0 else ""
    if not content or (opening == "$$" and not _is_formula(state.src, content, end)):
        return False
    if not silent:
        token = state.push("marked_math", "span", 0)
        token.content = content
        token.meta = {"display_mode": opening in _DISPLAY}
    state.pos = end + 2
    return True


def _is_formula(source: str, content: str, end: int) -> bool:
    return bool(_FORMULA.search(content)) and "$" not in content[:1] and source[end + 2 : end + 3] != "$"


def _on_its_own_lines(state: Any, first: int, last: int, silent: bool) -> bool:
    r"""Take lines from ``$$`` or ``\[`` to the one that ends it, and nothing else on these two."""
    lines = []
    closing = None
    for number in range(first, min(last, first + _LINES)):
        line = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        if number == first:
            closing = _DISPLAY.get(line[:2])
            if closing is None or state.is_code_block(first) or line[2:3] == "$":
                return False
            line = line[2:]
        elif line and state.sCount[number] < state.blkIndent:
            return False  # the item of the list, or the quotation, has ended
        before, closed, after = line.partition(closing)
        lines.append(before)
        if closed:
            return not after and _take(state, first, number + 1, lines, silent)
    # What is being written is mathematics up to where it has come, as code is.
    return (
        bool(state.env.get(GROWING)) and len(lines) < _LINES and _take(state, first, first + len(lines), lines, silent)
    )


def _take(state: Any, first: int, end: int, lines: list[str], silent: bool) -> bool:
    if not silent:
        token = state.push("math_block", "math", 0)
        token.block = True
        token.content = "\n".join(lines)
        token.map = [first, end]
        state.line = end
    return True


def _marked_html(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return f"<span>{_source(tokens[index].content, tokens[index].meta)}</span>"


def _source(content: str, options: dict[str, Any]) -> str:
    """Leave mathematics as its source: the notebook typesets it. Commands that act are shown as text."""
    mark = "$$" if options.get("display_mode") else "$"
    source = f"{mark}{content}{mark}"
    return escape(source) if _ACTIVE.search(content) else html.escape(source)
