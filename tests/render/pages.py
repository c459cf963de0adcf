"""A page as a browser would read it: the tags, attributes and texts of some HTML, to judge what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from vision_magic.render import mathml
from vision_magic.render.theme import style_html

VOID = {"br", "hr"}
TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("em", "strong", "s", "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div"),
    *("rp", *mathml.TAGS),
}
ATTRIBUTES = {"href", "title", "rel", "style", "start", "target", "class"}
CLASSES = {"vision-magic-tex", "vision-magic-mathml"}
# What no output holds. Joiners and variation selectors, which some scripts and emoji need, are tested on their own.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\u00ad\u034f\u115f\u1160\u17b4"
    "\u17b5\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a]|(?<![\u1820-\u18aa])[\u180b-\u180f]|(?<![\U0001f3f4\U000e0061-\U000e007a])[\U000e0000-\U000e0fff]"
)
ACTIVE = re.compile(
    r"\\(href|url|class|cssId|style|html[a-z]*|require|def|newcommand|renewcommand|bbox|unicode|label|[Rr]ule|Space|smash"
    r"|raise(box)?|DeclarePairedDelimiter[A-Z]*|definecolor)(?![A-Za-z])"
)


@dataclass(frozen=True)
class Tag:
    """One opening tag."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, name: str) -> str:
        return dict(self.attributes).get(name, "")


@dataclass(frozen=True)
class Words:
    """Text, and the names of the elements that it stands in, outermost first."""

    text: str
    inside: tuple[str, ...]


class Page(HTMLParser):
    """HTML, read."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.words: list[Words] = []
        self.others: list[str] = []  # comments, declarations, instructions
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, tuple((name, value or "") for name, value in attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(Words(data, tuple(self.open)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)

    @property
    def code(self) -> str:
        return "".join(words.text for words in self.words if "code" in words.inside)

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]


def scheme(url: str) -> str:
    """Return the scheme that a browser sees: it strips blanks and controls first."""
    found = re.match(r"([^:/?#]*):", re.sub(r"[\x00-\x20]", "", url))
    return found[1].lower() if found else ""


def without_ours(source: str) -> str:
    """Return the HTML of a reply without our own style sheet, copy buttons and class names.

    What is left is the model's. Only where they stand exactly as ours do: what a model wrote to look like them stays,
    and is judged.
    """
    button = 'button type="button" class="vision-magic-copy" hidden style="[^"<>]*"(?: data-source="[^"<>]*")?'
    source = re.sub(f"<{button}>Copy</button>", "", source.replace(style_html(), ""))
    return re.sub(r'<div class="vision-magic-(answer|answer vision-magic-growing|text|code)"', "<div", source)


def assert_harmless(source: str, *, tags: set[str] = TAGS, styles: set[str] | None = None) -> Page:
    """Assert that the HTML loads, runs, covers and points to nothing, and return it read."""
    page = Page(source)
    assert page.open == []
    assert page.others == []
    assert {tag.name for tag in page.tags} <= tags
    for tag in page.tags:
        _assert_harmless_tag(tag, styles or {"color", "text-align"})
    for words in page.words:
        _assert_harmless_words(words)
    assert not UNSAFE.search(source)
    assert not UNSAFE.search(page.text)
    return page


def _assert_harmless_tag(tag: Tag, styles: set[str]) -> None:
    names = [name for name, _ in tag.attributes]
    if tag.name in mathml.TAGS:
        assert all(mathml.is_allowed(*attribute) for attribute in tag.attributes)
        return
    assert set(names) <= ATTRIBUTES
    assert tag["class"] in {"", *CLASSES}
    assert len(set(names)) == len(names)
    if "href" in names:
        assert tag.name == "a"
        assert scheme(tag["href"]) in {"http", "https", "mailto"}
        assert tag["rel"] == "noopener noreferrer nofollow"
        assert tag["target"] == "_blank"  # a click takes nobody away from the notebook
    for rule in filter(None, tag["style"].removesuffix("display:none").split(";")):
        assert rule.partition(":")[0].strip() in styles
        assert not re.search(r"url|expression|image|@|\\", rule)


def _assert_harmless_words(words: Words) -> None:
    """Outside of code, what starts mathematics stands alone in an element, or is mathematics that only shows."""
    if {"code", "pre"} & set(words.inside) or not re.search(r"[$\\]", words.text):
        return
    if words.inside[-1] == "span" and words.text in ("$", "\\"):
        return
    source = words.text.strip()
    assert source.startswith("$")
    assert source.endswith("$")
    assert not ACTIVE.search(source)
