"""How is a model's text shown safely? Markdown to HTML without a single live part; control characters made visible.

What a model wrote is hostile input: a picture can carry words that steer it. Nothing here loads, runs or
points anywhere but to http, https and mailto links whose host can be read.
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

__all__ = ["block_starts", "plain_html", "safe_html"]

_SCHEMES = {"http", "https", "mailto"}

# fmt: off
_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
    "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
}
# fmt: on


def block_starts(markdown: str, *, partial: bool = False) -> list[int]:
    """Return where each block of a text begins, but the first: offsets of line starts.

    Parameters
    ----------
    markdown : str
        As for `safe_html`.
    partial : bool
        Whether it is still being written: mathematics that is not closed goes on then, as code does.
    """
    lines = [0]
    for line in markdown.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    parser = _renderer()
    tokens: list[Any] = []
    # What stands within a block is of no interest.
    parser.block.parse(_same_lines(markdown), parser, {PARTIAL: partial}, tokens)
    # Only the outermost tokens: what is in a list or a quotation belongs to it.
    starts = [token.map[0] for token in tokens if token.level == 0 and token.map and token.nesting >= 0]
    return [lines[start] for start in starts[1:] if start < len(lines)]


def _same_lines(markdown: str) -> str:
    """Return a text whose lines are the ones that Python's `splitlines` sees."""
    return "\n".join(markdown.splitlines()) + ("\n" if markdown.endswith("\n") else "")


def safe_html(markdown: str, environment: dict[str, Any] | None = None) -> str:
    """Return Markdown from a model as HTML that loads nothing, runs nothing and styles nothing.

    Parameters
    ----------
    markdown : str
        Headings, lists, tables, code, ``$mathematics$``; raw HTML is shown as text, a picture as its words.
    environment : dict, optional
        Definitions of links from the text above; those in this text are added. `PARTIAL` tells that it is still
        being written.
    """
    import nh3

    rendered: str = _renderer().render(clean_text(markdown), {} if environment is None else environment)
    cleaned: str = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={
            "a": {"href", "title"},
            "span": {"style"},
            "ol": {"start"},
            "td": {"style"},
            "th": {"style"},
        },
        attribute_filter=_kept,
        # As in the outputs that JupyterLab itself makes safe: a page that is left takes the answer along.
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties={"color", "text-align"},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return clean_text(cleaned)  # again: an entity such as &#x202e; is a character only now


def plain_html(text: str) -> str:
    """Return text as HTML that shows it as it is: no markup, no mathematics."""
    return escape(clean_text(text))


@functools.cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "highlight": _highlight})
    parser.enable(["table", "strikethrough"])
    use_mathematics(parser)
    parser.validateLink = _allowed  # type: ignore[method-assign]  # its documented way to restrict links
    parser.add_render_rule("text", _plain)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """Drop a link to nowhere, which would be to the notebook itself: the parser asks nobody about an empty one."""
    return value if attribute != "href" or _allowed(value) else None


def _allowed(url: str) -> bool:
    """Whether a link leads to a host of its own: a browser takes ``https:/logout`` for a place of the notebook's."""
    try:
        address = urlsplit(url)
    except ValueError:  # such as http://[
        return False
    scheme = address.scheme.lower()
    return scheme in _SCHEMES and bool(address.path if scheme == "mailto" else address.netloc)


def _host(url: str) -> str:
    """Return where a link leads, without a user name: https://bank.example@evil.example leads to evil.example."""
    try:
        address = urlsplit(url)
    except ValueError:
        return url
    return address.netloc.rpartition("@")[2] or address.path.lstrip("/")


def _plain(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return escape(tokens[index].content)


def _image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Show the words of a picture, never the picture: loading it would tell a stranger that it was read."""
    token = tokens[index]
    alt = token.content or "no description"
    host = _host(str(token.attrGet("src") or ""))
    return escape(f"[picture: {alt}{', ' + host if host else ''}]")


def _link_close(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """End a link with its host in words, where its text does not show it."""
    start = next(place for place in range(index - 1, -1, -1) if tokens[place].type == "link_open")
    href = str(tokens[start].attrGet("href") or "")
    shown = "".join(token.content for token in tokens[start + 1 : index])
    host = _host(href)
    told = shown == href and "@" not in urlsplit(href).netloc  # https://bank.example@evil.example reads like a bank's
    return "</a>" if not host or told else f"</a> ({escape(host)})"


def _highlight(code: str, language: str, attributes: str) -> str:
    """Colour code with the theme's own colours for code, by `style`, since the sanitiser drops classes."""
    from pygments import lex
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return ""  # markdown-it then escapes the code itself
    pieces = list(lex(code, lexer))
    if "".join(value for _, value in pieces) != code:
        return ""  # a lexer that leaves something out
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
    escaped = html.escape(value)
    for prefix, name in _COLOURS:
        if str(kind).startswith(prefix):
            return f'<span style="color:var(--jp-mirror-editor-{name}-color)">{escaped}</span>'
    return escaped
