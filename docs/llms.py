"""The file llms.txt of the site: a list of its pages for language models, after https://llmstxt.org."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes

__all__ = ["text", "write"]

PROJECT = Path(__file__).parent.parent / "pyproject.toml"


def write(app: Any, error: Exception | None) -> None:
    """Write the file into a site that has been built."""
    if error is None and app.builder.format == "html":
        Path(app.outdir, "llms.txt").write_text(text(app), encoding="utf-8")


def text(app: Any) -> str:
    """Return the content of the file: what the project is, then the pages of each part with their first sentences."""
    about = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["description"]
    parts = "\n".join("\n".join(_part(app, name)) for name in app.env.toctree_includes[app.config.root_doc])
    return f"# {app.config.project}\n\n> {about}\n\n{parts}"


def _part(app: Any, name: str) -> Iterator[str]:
    yield f"## {app.env.titles[name].astext()}\n"
    for page in (name, *app.env.toctree_includes.get(name, ())):
        link = f"[{app.env.titles[page].astext()}]({app.builder.get_target_uri(page)})"
        yield f"- {link}: {_first_sentence(app, page)}".removesuffix(": ")
    yield ""


def _first_sentence(app: Any, page: str) -> str:
    """Return the sentence below the title of a page; empty if a table or a list stands there."""
    title = app.env.get_doctree(page).next_node(nodes.title)
    below = title.next_node(descend=False, siblings=True) if title is not None else None
    if not isinstance(below, nodes.paragraph):
        return ""
    return " ".join(below.astext().split()).partition(". ")[0].rstrip(".:") + "."
