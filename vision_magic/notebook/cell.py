"""Parsing of the text of a ``%%vision`` cell, independent of the notebook."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from vision_magic.errors import CellError
from vision_magic.notebook.grammar import parse_words
from vision_magic.notebook.options import CELL
from vision_magic.notebook.tex import TexSpans
from vision_magic.notebook.words import KEY_ADVICE, words_of
from vision_magic.secret_rules import has_secret_form

__all__ = ["PATH", "Placeholder", "VisionCell", "is_in_tex", "parse", "pieces", "tex_placeholders"]

# A name, then attributes and indexes: {fig}, {axes[0]}, {table.caption}, {rows["north"]}, {img[100:200, :50]}.
PATH: Final = r"""[^\W\d]\w*(?:\.[^\W\d]\w*|\[(?:[-\w:,.\s]|'[^'\]]*'|"[^"\]]*")+\])*"""
_BRACES: Final = re.compile(rf"\{{\{{([^{{}}]*|\{{{PATH}\}})\}}\}}|\{{({PATH})\}}")
_NBVAL_MARKER: Final = re.compile(r"\s*#\s*NBVAL_\w+\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionCell:
    """A cell as it was written.

    Attributes
    ----------
    images : tuple of str
        The Python expressions on its first line, in order.
    prompt : str
        The question, with its placeholders.
    options : mapping
        The values of its options by their `dest`: strings, and the constants of switches.
    """

    images: tuple[str, ...] = ()
    prompt: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A ``{path}`` in the prompt that stands for an object in the notebook; `source` is its text in the prompt."""

    path: str
    source: str


def parse(line: str, body: str = "") -> VisionCell:
    """Parse a cell.

    Parameters
    ----------
    line : str
        The rest of the line after ``%%vision``: images and options in any order; ``NAME <<`` may come first.
    body : str
        The lines below it.

    Raises
    ------
    CellError
        An unknown option, a missing value, an open quote or bracket, or what looks like a key.
    """
    words = words_of(line)
    options: dict[str, Any] = {}
    if len(words) > 1 and words[1].is_mark("<<"):
        options["out"] = words[0].text
        words = words[2:]
    options.update(parse_words(words, CELL))
    prompt = _prompt(body)
    if has_secret_form(prompt):
        raise CellError(f"The question holds what looks like a key; nothing was sent. {KEY_ADVICE}")
    return VisionCell(images=options.pop("images"), prompt=prompt, options=options)


def _prompt(body: str) -> str:
    """Return the question without lines that are markers for nbval, and without the indentation of all its lines."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return textwrap.dedent("\n".join(line for line in lines if not _NBVAL_MARKER.match(line))).strip()


def pieces(prompt: str) -> tuple[str | Placeholder, ...]:
    """Split a prompt into its text and placeholders, in order.

    The prompt is parsed only once: braces in the value of a placeholder have no meaning. ``{{x}}`` is the literal text
    ``{x}``; braces around anything but a path are literal too, and so are those of TeX (`TexSpans`). ``{{{x}}}`` is a
    placeholder in braces, also in TeX.
    """
    found: list[str | Placeholder] = []
    position = 0
    tex = _tex_spans(prompt)
    for match in _BRACES.finditer(prompt):
        found.append(prompt[position : match.start()])
        doubled, path = match[1], match[2]
        if path is not None:
            found.append(match[0] if tex.covers(match.start()) else Placeholder(path, match[0]))
        elif doubled.startswith("{"):
            found.extend(["{", Placeholder(doubled[1:-1], doubled), "}"])
        else:
            found.append(f"{{{doubled}}}")
        position = match.end()
    return tuple(piece for piece in (*found, prompt[position:]) if piece)


def tex_placeholders(prompt: str) -> tuple[Placeholder, ...]:
    """Return what would be placeholders if it were not in TeX."""
    tex = _tex_spans(prompt)
    found = (match for match in _BRACES.finditer(prompt) if match[2] is not None and tex.covers(match.start()))
    return tuple(Placeholder(match[2], match[0]) for match in found)


def is_in_tex(prompt: str) -> Callable[[int], bool]:
    """Return a function that tells whether a position of a prompt is in TeX."""
    return _tex_spans(prompt).covers


def _tex_spans(prompt: str) -> TexSpans:
    return TexSpans(prompt, {match.start(): match.end() for match in _BRACES.finditer(prompt) if match[2] is not None})
