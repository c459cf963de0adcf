r"""Formulas as MathML, which browsers show without a typesetter of the page.

latex2mathml reads the TeX, in Python: whatever a formula is, it ends with an exception that can be caught. What it
makes of TeX that it does not know is refused here; from the rest, what browsers show of MathML (MathML Core) is made.
Only known elements, attributes and values are written; the sanitizer goes through them again with the whole text.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from vision_magic.text import clean_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["ATTRIBUTES", "TAGS", "is_allowed", "mathml"]

MAX_SOURCE: Final = 2_000  # characters of a formula
MAX_DEPTH: Final = 30  # of groups in each other; the time grows with the square of it

# fmt: off
TAGS: Final = frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom",
    "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "menclose",
})
# fmt: on
"""Elements of a formula. None of them loads, links or acts, and none can hold HTML."""

_WORD: Final = r"[a-z]{1,20}"
_LENGTH: Final = r"(?:-0?\.\d{1,9}|\d?(?:\.\d{1,9})?)(?:em)?"  # below ten letters, so that nothing moves far
_VALUES: Final = {
    **dict.fromkeys(("lspace", "rspace", "width", "minsize", "maxsize", "linethickness"), _LENGTH),
    **dict.fromkeys(("accent", "accentunder", "stretchy", "fence", "largeop", "movablelimits", "form"), _WORD),
    **dict.fromkeys(("display", "displaystyle", "columnalign", "notation"), _WORD),
    "mathvariant": r"[a-z-]{1,25}",
    "mathcolor": r"[A-Za-z]{1,25}|#[0-9A-Fa-f]{3,6}",
    "scriptlevel": r"\d",
}
ATTRIBUTES: Final = frozenset(_VALUES)
"""Attributes of these elements."""
_OF_SPACE: Final = {"mspace"}  # the elements whose width is a width: another one is filled, and would overlap the next

# Environments, as what the library knows and shows without numbers, which JupyterLab does not show either.
_ALIGNED: Final = "align align* aligned alignat alignat* alignedat split eqnarray eqnarray*"
_LINES: Final = "gather gather* gathered multline multline* equation equation*"
_AS_THEY_ARE: Final = "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases array"
_ENVIRONMENTS: Final = {
    **dict.fromkeys(_ALIGNED.split(), "align*"),
    **dict.fromkeys(_LINES.split(), "matrix"),
    **{name: name for name in _AS_THEY_ARE.split()},
}
_STACKED: Final = re.compile(r"\\begin\s*\{(?:gather|multline|equation)")
_BOUND: Final = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}(\{\d+\})?")
_NOT_SHOWN: Final = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])|(?<=\\\\)\s*\[[^\[\]]{0,20}\]")
_UNKNOWN: Final = re.compile(r"(?<!\\)(?:\\\\)*%|\$")  # comments, and mathematics within text
_GROUP: Final = re.compile(r"\\[\\{}]|\{|\}|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\begin|\\end")

_LIMITS: Final = {"lim", "max", "min", "sup", "inf", "lim sup", "lim inf", "limsup", "liminf"}
_QUANTITIES: Final = frozenset("∞∂∇∅∀∃∄∠°%")  # mathematical symbols that are no operators


def mathml(source: str, *, display: bool) -> str:
    """Return a formula as MathML; empty for TeX that is too long, too deep, wrong, or not known."""
    if len(source) > MAX_SOURCE or _UNKNOWN.search(source) or _depth(source) > MAX_DEPTH:
        return ""
    return _convert(source, display)


def is_allowed(attribute: str, value: str) -> bool:
    """Whether formulas need this value of an attribute."""
    return re.fullmatch(_VALUES.get(attribute, ""), value) is not None


class _UnknownTexError(Exception):
    """A command, a mark or an environment that would be shown as something else."""


@functools.lru_cache(maxsize=256)  # a formula is rendered while its block grows, when it is closed, and at the end
def _convert(source: str, display: bool) -> str:
    from latex2mathml.converter import convert_to_element

    try:
        known = _BOUND.sub(_known_environment, _NOT_SHOWN.sub("", source))
        tree = convert_to_element(known, display="block" if display else "inline")
        return _written(tree, _STACKED.search(source) is not None)
    except Exception:  # its own errors, and IndexError, StopIteration, ValueError and RecursionError of odd formulas
        return ""


def _known_environment(bound: re.Match[str]) -> str:
    name = _ENVIRONMENTS.get(bound[2])
    if name is None:
        raise _UnknownTexError
    return rf"\{bound[1]}{{{name}}}"


def _depth(source: str) -> int:
    """Return how deep the groups of a formula are nested."""
    depth = deepest = 0
    for mark in _GROUP.findall(source):
        if mark in ("{", r"\left", r"\begin"):
            depth += 1
            deepest = max(deepest, depth)
        elif mark in ("}", r"\right", r"\end"):
            depth -= 1
    return deepest


def _written(node: Element, stacked: bool) -> str:
    """Return an element with what it holds as HTML."""
    tag, attributes = node.tag, dict(node.attrib)
    text = clean_text(html.unescape(node.text or ""))
    if tag not in TAGS or not _is_known(node, text):
        raise _UnknownTexError
    if tag in ("mi", "mo"):
        tag, text, added = _operator(tag, text, attributes)
        attributes |= added
    if stacked and tag == "mtable":
        attributes["displaystyle"] = "true"
    if tag == "msub" and (node[0].text or "") in _LIMITS:
        tag, attributes = "munder", {}
    written = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in attributes.items()
        if is_allowed(name, value) and (name != "width" or tag in _OF_SPACE)
    )
    return f"<{tag}{written}>{html.escape(text)}{''.join(_written(child, stacked) for child in node)}</{tag}>"


def _is_known(node: Element, text: str) -> bool:
    """Whether an element is what the formula says; the library writes what it does not know as an identifier."""
    odd = node.text == "&" or "\\" in text or (text and len(node) > 0)
    return not odd and "linebreak" not in node.attrib


def _operator(tag: str, text: str, attributes: dict[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return an identifier or operator with the spaces of its kind: the library calls many operators identifiers."""
    if len(text) > 1 and text.isalpha() and "mathvariant" not in attributes:  # sin, lim
        limits = {"movablelimits": "true"} if text in _LIMITS else {}
        return "mo", text, {"lspace": "0.167em", "rspace": "0.167em", **limits}
    if tag == "mi" and len(text) == 1 and unicodedata.category(text) == "Sm" and text not in _QUANTITIES:
        return "mo", "\u223c" if text == "~" else text, {}
    return tag, text, {}
