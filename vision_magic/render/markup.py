"""Rendering of a model's Markdown as safe HTML, with control characters made visible.

A model's text is untrusted input, since text in an image can steer the model. The HTML runs nothing and loads nothing.
Its only links are http, https and mailto links whose host the reader can see.
"""

from __future__ import annotations

import functools
import html
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vision_magic.render.mathematics import PARTIAL, escape, use_mathematics
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from nh3 import Cleaner

__all__ = ["block_starts", "plain_html", "safe_html"]

_SCHEMES = {"http", "https", "mailto"}

# fmt: off
_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
    "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
}
# fmt: on


def block_starts(markdown: str, *, partial: bool = False) -> list[int]:
    """Return the offsets at which the top-level blocks of a text begin, except the first block.

    Parameters
    ----------
    markdown : str
        The text, as for `safe_html`.
    partial : bool
        Whether the text is still being written. Unclosed mathematics then extends to the end of the text, as code does.
    """
    lines = [0]
    for line in markdown.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    parser = _renderer()
    tokens: list[Any] = []
    # Only blocks are parsed, not the text inside them.
    parser.block.parse(_same_lines(markdown), parser, {PARTIAL: partial}, tokens)
    # Only top-level tokens, since a block inside a list or quotation is part of it.
    starts = [token.map[0] for token in tokens if token.level == 0 and token.map and token.nesting >= 0]
    return [lines[start] for start in starts[1:] if start < len(lines)]


def _same_lines(markdown: str) -> str:
    """Replace every line end that ``str.splitlines`` recognises by a newline."""
    return "\n".join(markdown.splitlines()) + ("\n" if markdown.endswith("\n") else "")


def safe_html(markdown: str, environment: dict[str, Any] | None = None) -> str:
    """Return Markdown from a model as HTML that loads nothing, runs nothing and changes no styles of the page.

    Parameters
    ----------
    markdown : str
        Headings, lists, tables, code and ``$mathematics$``. Raw HTML is shown as text, an image as its alternative
        text.
    environment : dict, optional
        The parser's environment: link definitions of the text above, to which those of this text are added, and
        `PARTIAL` if the text is still being written.
    """
    rendered: str = _renderer().render(clean_text(markdown), {} if environment is None else environment)
    return clean_text(
        _sanitizer().clean(rendered)
    )  # again, since an entity such as &#x202e; becomes a character only here


def plain_html(text: str) -> str:
    """Return HTML that shows text literally, without markup or mathematics."""
    return escape(clean_text(text))


@functools.cache
def _sanitizer() -> Cleaner:
    from nh3 import Cleaner

    return Cleaner(
        tags=_TAGS,
        attributes={
            "a": {"href", "title"},
            "span": {"style"},
            "ol": {"start"},
            "td": {"style"},
            "th": {"style"},
        },
        attribute_filter=_filter_attribute,
        # In a new tab, as in outputs that JupyterLab sanitizes: leaving the page would lose a running answer.
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties={"color", "text-align"},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


@functools.cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    use_mathematics(parser)
    parser.validateLink = _allowed  # type: ignore[method-assign]  # the documented way to restrict links
    parser.add_render_rule("text", _plain)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Remove an empty link, which the parser does not validate and which would lead to the notebook itself."""
    return value if attribute != "href" or _allowed(value) else None


def _allowed(url: str) -> bool:
    """Whether a link names a host: a browser resolves ``https:/logout`` to the host of the notebook."""
    try:
        address = urlsplit(url)
    except ValueError:  # such as http://[
        return False
    scheme = address.scheme.lower()
    return scheme in _SCHEMES and bool(address.path if scheme == "mailto" else address.netloc)


def _host(url: str) -> str:
    """Return the host of a link, without a user name: https://bank.example@evil.example leads to evil.example."""
    try:
        address = urlsplit(url)
    except ValueError:
        return url
    return address.netloc.rpartition("@")[2] or address.path.lstrip("/")


def _plain(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return escape(tokens[index].content)


def _image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Show the alternative text of an image, never the image itself: loading it would notify its host."""
    token = tokens[index]
    alt = token.content or "no description"
    host = _host(str(token.attrGet("src") or ""))
    return escape(f"[picture: {alt}{', ' + host if host else ''}]")


def _link_close(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """End a link with its host in parentheses, unless its text is the address."""
    start = next(place for place in range(index - 1, -1, -1) if tokens[place].type == "link_open")
    href = str(tokens[start].attrGet("href") or "")
    shown = "".join(token.content for token in tokens[start + 1 : index])
    host = _host(href)
    # An address with a user name does not show its host: https://bank.example@evil.example looks like a bank.
    shows_host = shown == href and "@" not in urlsplit(href).netloc
    return "</a>" if not host or shows_host else f"</a> ({escape(host)})"


@functools.lru_cache(maxsize=128)  # a block is rendered while it grows, when it is closed, and in the whole answer
def _highlight(code: str, language: str, attributes: str) -> str:
    """Highlight code in the theme's colours, with `style` attributes, since the sanitizer drops classes."""
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return ""  # markdown-it then escapes the code
    pieces = list(lex(code, lexer))
    if "".join(value for _, value in pieces) != code:
        return ""  # the lexer has left something out
    return "".join(_coloured(kind, value) for kind, value in pieces)


_COLOURS = (
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
