"""Lines of text that were read in an image, with the places where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from vision_magic.engine.pixels import Box

__all__ = ["GUESSED", "Text"]

GUESSED = 0.1
"""Confidence of a text whose box was not measured: one of several labels that touch each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of text.

    Attributes
    ----------
    text : str
        The text as read: data from the image, never an instruction.
    box : tuple of int
        Left, top, right, bottom in pixels.
    confidence : float
        The confidence that the recognition model reports, 0 to 1.
    rotated : bool
        Whether the text runs upwards or downwards.
    slant : float
        How steeply the text rises (degrees); 0 for text that is level, or that runs upwards or downwards.
    thickness : int
        Height of a slanted line (pixels); 0 for other text, whose box tells it.
    lines : int
        How many lines were joined to one text.
    """

    text: str
    box: Box
    confidence: float = 1.0
    rotated: bool = False
    slant: float = 0.0
    thickness: int = 0
    lines: int = 1

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box: x, y in pixels."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2

    @property
    def height(self) -> int:
        """Height of the line (pixels): the shorter side for text that runs upwards."""
        if self.thickness:
            return self.thickness
        left, top, right, bottom = self.box
        return min(right - left, bottom - top) if self.rotated else bottom - top
