"""Citations: the pages that an answer names as its sources, in the order in which the server names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from vision_magic.addresses import is_page
from vision_magic.chat.received import dicts, string
from vision_magic.text import one_line

__all__ = ["CHUNK_FIELDS", "Citation", "Citations", "citations_in"]

CHUNK_FIELDS: Final = ("citations", "search_results")  # beside the choices: Perplexity, xAI
_FIELDS: Final = ("annotations", *CHUNK_FIELDS)  # of a choice's message: OpenAI, OpenRouter; gateways
_MAX_CITATIONS: Final = 200  # of one choice
_MAX_TITLE: Final = 300  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A page that an answer names as its source. Both fields are untrusted.

    Attributes
    ----------
    url : str
        The address, with http or https.
    title : str
        The title of the page; empty if the server sends none.
    """

    url: str
    title: str = ""


class Citations:
    """Collects the citations of a choice. Each page counts once, and servers repeat them in every chunk."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}  # by address

    def add_chunk(self, chunk: Mapping[str, Any]) -> None:
        """Add the citations that a chunk has beside its choices."""
        for name in CHUNK_FIELDS:
            self._add(chunk.get(name))

    def add(self, content: Mapping[str, Any]) -> None:
        """Add the citations of a delta or a message: in fields of their own, and in the parts of its content."""
        for name in _FIELDS:
            if name in content:
                self._add(content[name])
        parts = content.get("content")
        if type(parts) is list:
            for part in dicts(parts[:_MAX_CITATIONS]):
                self._add([part] if string(part.get("type")).endswith("reference") else part.get("annotations"))

    def _add(self, values: object) -> None:
        for url, title in _found(values):
            if url in self._titles or len(self._titles) < _MAX_CITATIONS:
                self._titles[url] = self._titles.get(url) or title

    def build(self) -> tuple[Citation, ...]:
        """Return the citations so far."""
        return tuple(Citation(url=url, title=title) for url, title in list(self._titles.items()))


def citations_in(chunk: Mapping[str, Any]) -> tuple[Citation, ...]:
    """Return the citations in a chunk: beside its choices, and in them."""
    found = Citations()
    found.add_chunk(chunk)
    for choice in dicts(chunk.get("choices")):
        for content in (choice.get("delta"), choice.get("message")):
            if isinstance(content, dict):
                found.add(content)
    return found.build()


def _found(values: object) -> Iterator[tuple[str, str]]:
    """Yield the address and the title of each page in a list of addresses, annotations or search results."""
    for value in values[:_MAX_CITATIONS] if isinstance(values, list) else ():
        page = value.get("url_citation", value) if isinstance(value, dict) else {"url": value}
        if isinstance(page, dict) and is_page(url := string(page.get("url")).strip()):
            yield url, one_line(string(page.get("title")), _MAX_TITLE)
