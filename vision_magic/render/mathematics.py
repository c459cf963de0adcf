r"""Mathematics in a model's Markdown: its source for a page that typesets it, and MathML for any other page.

Models write ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]`` (the display forms within a line, on separate lines, or
directly below a line of text), environments such as ``align`` without delimiters, and fenced blocks of ``math``.
Anything else that a typesetter would mistake for mathematics, such as prices in dollars, is hidden from it.

A formula is written as two elements. The first holds the source, in dollars: JupyterLab and the exports of nbconvert
typeset it. The second holds MathML and is hidden, unless a style sheet says otherwise, as `answer.css` does where the
source has not been typeset. The sanitizers of JupyterLab and of other sites drop MathML and style sheets but keep
letters, which must stay hidden: JupyterLab keeps ``style``, and GitHub ``rp``, which is hidden by itself.
"""

from __future__ import annotations

import functools
import html
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

from vision_magic.render.mathml import mathml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["CLASSES", "PARTIAL", "escape", "use_mathematics"]

CLASSES: Final = {name: {"vision-magic-tex"} for name in ("span", "div")} | {"rp": {"vision-magic-mathml"}}
"""Classes of the elements of a formula."""

PARTIAL = "partial"
"""Key in the parser's environment that is set while the text is being written: an open formula may be closed later."""

# Characters that can begin mathematics: a dollar, and the backslash of \(, \[ and \begin{…}.
_MARKS = re.compile(r"[$\\]")

# Commands that draw or move boxes over surrounding content, make links, set styles and ids, load code, or redefine
# commands for other cells.
_ACTIVE = re.compile(
    r"\\(?:html[A-Za-z]*|(?:[Rr]ule|Space|smash|raise|lower|raisebox|move(?:left|right)|href|url|(?:eq)?ref|class|cssId"
    r"|style|data|bbox|require|includegraphics|unicode|mmlToken|action|toggle|texttip|tooltip|label|def|[gex]def|let"
    r"|futurelet|csname|(?:re)?new(?:command|environment|tagform)|usetagform|providecommand|definecolor|Newextarrow"
    r"|mathtoolsset|DeclareMathOperator|DeclarePairedDelimiters?X{0,2}P{0,2})(?![A-Za-z]))"
)

_CLOSING = {"$$": "$$", r"\[": r"\]", r"\(": r"\)", "$": "$"}
_DISPLAY = ("$$", r"\[")
_ENVIRONMENT = re.compile(r"\\begin\{((?:align|alignat|equation|gather|multline|eqnarray)\*?)\}")
_MAX_LINES = 200  # in which the end of a formula is searched
_FORMULA = re.compile(r"[\\^_=<>+]|^\w+$")  # not in "$$ to $$$", which are classes of prices
_SIGN = re.compile(r"[\\^_={}]")
_MAX_MATHML: Final = 30_000  # characters of formulas in a text that are also written as MathML: about a second's work
_WRITTEN: Final = "mathml"  # the key of their number in the parser's environment
_WORD = re.compile(r"\s[A-Za-z]{2}")
_DOLLAR = re.compile(r"(?:\\.|[^\\$])*\$", re.DOTALL)  # up to the next dollar without a backslash


def use_mathematics(parser: MarkdownIt) -> None:
    """Add the rules for mathematics to a parser."""
    parser.inline.ruler.before("escape", "formula", _within_a_line)
    between = ["paragraph", "reference", "blockquote", "list"]  # mathematics may directly follow a line of text
    parser.block.ruler.before("fence", "formula", _on_its_own_lines, {"alt": between})
    for kind, rule in (("formula", _inline_html), ("formula_block", _block_html), ("fence", _fence)):
        parser.add_render_rule(kind, rule)


def escape(text: str) -> str:
    """Escape text that is not mathematics. The span prevents the typesetter from finding a pair of delimiters."""
    return _MARKS.sub(r"<span>\g<0></span>", html.escape(text))


def _within_a_line(state: Any, silent: bool) -> bool:
    """Parse mathematics within a line; a parser rule, which returns whether it applies."""
    source, start = state.src, state.pos
    opening = next((mark for mark in _CLOSING if source.startswith(mark, start)), None)
    if opening is None:
        return False
    inner, closing = start + len(opening), _CLOSING[opening]
    if closing == "$":
        found = _DOLLAR.match(source, inner, state.posMax)
        end = found.end() - 1 if found else -1
    else:
        end = next(iter(_positions(source, closing)[bisect_left(_positions(source, closing), inner) :]), -1)
    content, after = source[inner : max(end, inner)], end + len(closing)
    before, behind = source[max(start - 1, 0) : start], source[after : after + 1]
    if not content.strip() or not _is_formula(opening, before, content, behind):
        return False
    if not silent:
        token = state.push("formula", "span", 0)
        token.content, token.meta = content.strip(), {"display": opening in _DISPLAY}
    state.pos = after
    return True


def _is_formula(opening: str, before: str, content: str, after: str) -> bool:
    """Whether the text between two delimiters is mathematics rather than prices or text between two code spans."""
    if "$" not in opening:
        return True
    if "`" in content:
        return False
    if opening == "$$":
        return bool(_FORMULA.search(content.strip())) and "$" not in (content[0], after)
    apart = content[0].isspace() or content[-1].isspace()
    priced = content[0].isdigit() and _WORD.search(content) and not _SIGN.search(content)  # $10 each, or 5$
    return not (apart or priced or before.isdigit() or before == "$" or after.isdigit())


def _on_its_own_lines(state: Any, first: int, last: int, silent: bool) -> bool:
    """Parse lines from a delimiter or environment to its end, if the first and last line hold nothing else."""
    line = _line(state, first)
    environment = _ENVIRONMENT.match(line)
    opening = environment[0] if environment else line[:2]
    closing = rf"\end{{{environment[1]}}}" if environment else _CLOSING.get(opening) if opening in _DISPLAY else None
    if closing is None or state.is_code_block(first) or line[2:3] == "$":
        return False
    after = state.bMarks[first] + state.tShift[first] + len(opening)
    end = _closing_line(state, first, closing, after)
    if end >= min(last, first + _MAX_LINES):
        # While the text is being written, an open formula extends to the end of the text, as a fence does.
        open_still = state.env.get(PARTIAL) and last - first < _MAX_LINES and not _leaves(state, first, last)
        return bool(open_still) and _take(state, first, last, _lines(state, first, last), silent, is_open=True)
    if not _line(state, end).endswith(closing) or _leaves(state, first, end + 1):
        return False
    inner = _lines(state, first, end + 1)[len(opening) : -len(closing)]
    formula = f"{opening}{inner}{closing}" if environment else inner.strip()
    nothing_after = f"{inner}{closing}".find(closing) == len(inner)
    return bool(inner.strip()) and nothing_after and _take(state, first, end + 1, formula, silent)


def _closing_line(state: Any, first: int, closing: str, after: int) -> int:
    """Return the number of the line with the next closing delimiter; a number behind the last one if there is none."""
    positions = _positions(state.src, closing)
    place = bisect_left(positions, after)
    return bisect_left(state.eMarks, positions[place], first) if place < len(positions) else len(state.eMarks)


@functools.lru_cache(maxsize=32)  # asked for at each opening delimiter of a text, where searching would be quadratic
def _positions(source: str, delimiter: str) -> tuple[int, ...]:
    """Return where a delimiter stands in a text."""
    return tuple(match.start() for match in re.finditer(re.escape(delimiter), source))


def _leaves(state: Any, first: int, end: int) -> bool:
    """Whether the list item or quotation ends within these lines."""
    return any(state.sCount[line] < state.blkIndent and not state.isEmpty(line) for line in range(first + 1, end))


def _line(state: Any, number: int) -> str:
    line: str = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
    return line.rstrip()


def _lines(state: Any, first: int, end: int) -> str:
    return "\n".join(_line(state, number) for number in range(first, end))


def _take(state: Any, first: int, end: int, source: str, silent: bool, *, is_open: bool = False) -> bool:
    if not silent:
        token = state.push("formula_block", "div", 0)
        token.block = True
        token.content = source
        token.meta = {"open": is_open}
        token.map = [first, end]
        state.line = end
    return True


def _inline_html(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return _formula(token.content, "span", env, display=token.meta["display"])


def _block_html(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if token.meta["open"]:
        return f"<div>{escape(token.content)}</div>\n"
    return f"{_formula(token.content, 'div', env, display=True)}\n"


def _fence(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Show a fence of ``math`` as a formula, and any other fence as code."""
    token = tokens[index]
    if token.info.strip() != "math" or not token.content.strip():
        return str(self.fence(tokens, index, options, env))
    return f"{_formula(token.content.strip(), 'div', env, display=True)}\n"


def _formula(source: str, element: str, env: Any, *, display: bool) -> str:
    """Return a formula in delimiters, and as MathML; a formula with active commands as code."""
    mark = "$$" if display else "$"
    marked = f"{mark}{source}{mark}"
    if _ACTIVE.search(source):
        return f"<{element}><code>{escape(marked)}</code></{element}>"
    env[_WRITTEN] = env.get(_WRITTEN, 0) + len(source)
    shown = mathml(source, display=display) if env[_WRITTEN] <= _MAX_MATHML else ""
    set_by_us = f'<rp class="vision-magic-mathml"><span style="display:none">{shown}</span></rp>' if shown else ""
    return f'<{element} class="vision-magic-tex">{html.escape(marked)}</{element}>{set_by_us}'
