"""Names of colours in words."""

from __future__ import annotations

import re

from vision_magic.engine.colours import colour_name, rgb_of
from vision_magic.engine.pixels import RGB
from vision_magic.engine.questions.language import Language
from vision_magic.engine.questions.phrases.sentences import PHRASES, say

__all__ = ["colour_in", "colour_of_code"]

_CODE = re.compile(r"#[0-9a-f]{6}")


def colour_in(rgb: RGB, language: Language) -> str:
    """Return the name of a colour in a language; empty if it has none there."""
    *shade, word = colour_name(rgb).split()
    if f"colour {word}" not in PHRASES:
        return ""
    colour = say(f"colour {word}", language)
    return say(shade[0], language, colour=colour) if shade and shade[0] in PHRASES else colour


def colour_of_code(name: str, language: Language) -> str:
    """Return the colour that stands for a name, such as that of a wedge without one: ``blue (#1f77b4)``; else empty."""
    if _CODE.fullmatch(name) is None:
        return ""
    colour = colour_in(rgb_of(int(name[1:], 16)), language)
    return f"{colour} ({name})" if colour else name
