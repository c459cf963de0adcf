"""Pictures in displayed HTML: images that are embedded in it, and what only a browser can draw.

The scan is a single pass, and only a few tags matter: parsers of whole documents take quadratic time for some input,
and a notebook may display HTML of many megabytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

__all__ = ["HtmlPictures", "may_show_pictures", "pictures_in_html"]

_DRAWN: Final = {
    "canvas": "a canvas",
    "embed": "an embedded document",
    "iframe": "a page of its own (iframe)",
    "object": "an embedded document",
    "svg": "SVG",
    "video": "a video",
}
_SKIPPED: Final = ("script", "style", "template", "noscript", "textarea", "title")
_MOUNTS: Final = ("div", "span", "figure", "section", "main", "p")
_SMALL: Final = 32  # CSS pixels; smaller images and drawings are icons

_QUICK: Final = re.compile(rf"<(?:img|image|script|{'|'.join(_DRAWN)})\b|\burl\(", re.IGNORECASE)
_START: Final = re.compile(rf"<!--|<(img|{'|'.join((*_DRAWN, *_SKIPPED, *_MOUNTS))})\b", re.IGNORECASE)
_REST: Final = re.compile(r"""(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE: Final = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_CLOSED: Final = re.compile(r"\s*+</", re.IGNORECASE)
_BACKGROUND: Final = re.compile(
    r"""\bbackground(?:-image)?\s*+:[^;]{0,80}?\burl\(\s*+["']?([^"')\s]++)""", re.IGNORECASE
)
_PIXELS: Final = re.compile(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px)?\s*$")


@dataclass(slots=True)
class HtmlPictures:
    """What HTML shows: the sources of its images, and the first thing that only a browser can draw.

    Attributes
    ----------
    sources : list of str
        The ``src`` of each image, such as a data URI.
    drawn : str
        What the browser draws, such as ``"SVG"``; empty if there is nothing of this kind.
    """

    sources: list[str] = field(default_factory=list)
    drawn: str = ""


def may_show_pictures(text: str) -> bool:
    """Whether HTML has any tag that can show a picture; most tables and texts have none."""
    return _QUICK.search(text) is not None


def pictures_in_html(text: str) -> HtmlPictures:
    """Return the images in HTML, and what else it draws. Icons and hidden elements are left out.

    A script draws into an empty element with an id, as those of Altair, plotly and lets-plot do, or into an image
    without a source, as that of a matplotlib animation does.
    """
    found = HtmlPictures()
    scripts = mounts = False
    for name, attributes, empty in _tags(text):
        if name == "script":
            scripts = True
        elif name in _MOUNTS:
            mounts = mounts or (empty and "id" in attributes)
            _add_background(found, attributes)
        elif name == "img" and not attributes.get("src"):
            mounts = mounts or "id" in attributes
        elif not _is_icon(attributes):
            if name == "img":
                found.sources.append(attributes["src"])
            else:
                found.drawn = found.drawn or _DRAWN[name]
    if scripts and mounts and not found.drawn:
        found.drawn = "a drawing that a script makes in the browser"
    return found


def _add_background(found: HtmlPictures, attributes: dict[str, str]) -> None:
    background = _BACKGROUND.search(attributes.get("style", ""))
    if background is not None and not _is_icon(attributes):
        found.sources.append(background[1])


def _tags(text: str) -> Iterator[tuple[str, dict[str, str], bool]]:
    """Yield the name and attributes of each start tag that matters, and whether the element is empty.

    The position only moves forward, and the end of the text ends an unfinished tag, so that the time is linear.
    """
    position = 0
    while start := _START.search(text, position):
        name = (start[1] or "").lower()
        if not name:
            position = text.find("-->", start.end()) + 3
            if position < 3:
                return
            continue
        rest = _REST.match(text, start.end())
        if rest is None:
            return
        if name == "script" or name not in _SKIPPED:
            yield name, _attributes(rest[0]), _CLOSED.match(text, rest.end()) is not None
        position = rest.end()
        if name in _SKIPPED or (name == "svg" and not rest[0].endswith("/>")):
            closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, position)
            if closing is None:
                return
            position = closing.end()


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): html.unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag)}


def _is_icon(attributes: dict[str, str]) -> bool:
    """Whether an element is hidden, or as small as the icons with which libraries decorate tables."""
    style = {
        name.strip().lower(): value for name, _, value in (each.partition(":") for each in _declarations(attributes))
    }
    if style.get("display", "").strip() == "none" or "icon" in attributes.get("class", "").lower():
        return True
    sizes = [attributes.get("width"), attributes.get("height"), style.get("width"), style.get("height")]
    pixels = [int(match[1]) for size in sizes if size is not None and (match := _PIXELS.match(size))]
    return bool(pixels) and min(pixels) <= _SMALL


def _declarations(attributes: dict[str, str]) -> list[str]:
    return attributes.get("style", "")[:2000].split(";")
