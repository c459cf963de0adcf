"""Rendering of a model's Markdown as safe HTML, with control characters made visible.

A model's text is untrusted input, since text in an image can steer the model. The HTML runs nothing and loads nothing.
Its only links are http, https and mailto links whose host the reader can see.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from vision_magic.addresses import MAX_LINK, is_page
from vision_magic.render.highlighting import highlight
from vision_magic.render.limits import use_limits
from vision_magic.render.mathematics import CLASSES, PARTIAL, escape, use_mathematics
from vision_magic.render.mathml import ATTRIBUTES, TAGS as MATHML_TAGS, is_allowed
from vision_magic.text import clean_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from nh3 import Cleaner

__all__ = ["MAX_MARKDOWN", "block_starts", "link_html", "plain_html", "plain_lines_html", "safe_html"]

MAX_MARKDOWN: Final = 300_000
"""Length (characters) of a text up to which its Markdown is rendered."""

_MAX_URLS: Final = 1_000_000  # characters of all links of a text, which can refer to one definition many times
_URLS: Final = "urls"  # the key of their number in the parser's environment
_MAX_HOST: Final = 100  # characters shown of a host; its end says whose it is

_SCHEMES = {"http", "https", "mailto"}

# fmt: off
_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code",
    "em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
    "rp", *MATHML_TAGS,
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
    if len(markdown) > MAX_MARKDOWN:
        return f"<p><em>{_TOO_LONG}</em></p>\n{plain_lines_html(markdown)}"
    rendered: str = _renderer().render(clean_text(markdown), {} if environment is None else environment)
    return clean_text(
        _sanitizer().clean(rendered)
    )  # again, since an entity such as &#x202e; becomes a character only here


def plain_html(text: str) -> str:
    """Return HTML that shows text literally, without markup or mathematics."""
    return escape(clean_text(text))


def link_html(url: str, text: str = "") -> str:
    """Return a link with its host in parentheses, as a model's own links have it; plain text if it may lead nowhere.

    Parameters
    ----------
    url : str
        The address, which names a host.
    text : str
        The text of the link; by default the address.
    """
    text = text or url
    if not _allowed(url):
        return plain_html(text)
    address = url.replace("<", "%3C").replace(">", "%3E")  # old sanitisers leave them as they are
    link = _sanitizer().clean(f'<a href="{html.escape(address)}">{plain_html(text)}</a>')
    return clean_text(link) if _shows_host(text, url) else f"{clean_text(link)} ({plain_html(_host(url))})"


def plain_lines_html(text: str) -> str:
    """Return HTML that shows text literally, with its line ends."""
    return f"<p>{plain_html(text).replace(chr(10), '<br>')}</p>"


_TOO_LONG: Final = f"Shown as plain text, because it is longer than {MAX_MARKDOWN:,} characters."


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
            **dict.fromkeys(MATHML_TAGS, ATTRIBUTES),
        },
        allowed_classes=CLASSES,
        attribute_filter=_filter_attribute,
        # In a new tab, as in outputs that JupyterLab sanitizes: leaving the page would lose a running answer.
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties={"color", "text-align", "display"},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


@functools.cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "highlight": lambda code, language, _: highlight(code, language)})
    parser.enable(["table", "strikethrough"])
    use_limits(parser)
    use_mathematics(parser)
    parser.validateLink = _allowed  # type: ignore[method-assign]  # the documented way to restrict links
    parser.add_render_rule("text", _plain)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("link_close", _link_close)
    return parser


def _filter_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Remove values that formulas do not need, and an empty link, which would lead to the notebook itself."""
    if tag in MATHML_TAGS:
        return value if is_allowed(attribute, value) else None
    return value if attribute != "href" or _allowed(value) else None


def _allowed(url: str) -> bool:
    """Whether a link names a host or a mailbox, and so leads away from the notebook."""
    return is_page(url) or (len(url) <= MAX_LINK and re.match(r"mailto:[^?#]", url, re.IGNORECASE) is not None)


def _host(url: str) -> str:
    """Return the host of a link, without a user name: https://bank.example@evil.example leads to evil.example."""
    try:
        address = urlsplit(url)
    except ValueError:
        return url
    host = address.netloc.rpartition("@")[2] or address.path.lstrip("/")
    return host if len(host) <= _MAX_HOST else f"…{host[-_MAX_HOST:]}"


def _plain(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    return escape(tokens[index].content)


def _image(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Show the alternative text of an image, never the image itself: loading it would notify its host."""
    token = tokens[index]
    alt = token.content or "no description"
    host = _host(str(token.attrGet("src") or ""))
    return escape(f"[picture: {alt}{', ' + host if host else ''}]")


def _link_open(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """Begin a link, unless the links of this text have become too long altogether."""
    token = tokens[index]
    env[_URLS] = env.get(_URLS, 0) + sum(len(str(value)) for value in token.attrs.values())
    token.hidden = env[_URLS] > _MAX_URLS
    return str(self.renderToken(tokens, index, options, env))


def _link_close(self: Any, tokens: Any, index: int, options: Any, env: Any) -> str:
    """End a link with its host in parentheses, unless its text is the address."""
    start = next(place for place in range(index - 1, -1, -1) if tokens[place].type == "link_open")
    if tokens[start].hidden:
        return ""
    href = str(tokens[start].attrGet("href") or "")
    shown = "".join(token.content for token in tokens[start + 1 : index])
    host = _host(href)
    return "</a>" if not host or _shows_host(shown, href) else f"</a> ({escape(host)})"


def _shows_host(text: str, url: str) -> bool:
    """Whether the text of a link is its address.

    One with a user name does not show its host: https://bank.example@evil.example looks like a bank.
    """
    return text == url and "@" not in urlsplit(url).netloc
