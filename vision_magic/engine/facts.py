"""What is measured in one picture, and when? Each fact at its first use, once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from vision_magic.engine import reading
from vision_magic.engine.chart.roles import Plot, find_plot
from vision_magic.engine.measure import Blobs, Look, count_blobs, look_at, on_white
from vision_magic.engine.reading import Text

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["Facts", "facts_of", "texts_only_in"]


class Facts:
    """The facts of one picture, measured lazily: size and colours in milliseconds, text when it is asked for.

    Parameters
    ----------
    picture : PIL.Image.Image
        As decoded, upright.
    name : str
        How sentences call it: ``"The picture"``, ``"Picture 2"``.
    """

    def __init__(self, picture: PILImage.Image, *, name: str = "The picture") -> None:
        self.picture = picture
        self.name = name

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.picture.size

    @cached_property
    def flat(self) -> PILImage.Image:
        """The picture as RGB, transparent parts on white."""
        return on_white(self.picture)

    @cached_property
    def look(self) -> Look:
        """Kind, colours, transparency."""
        return look_at(self.picture)

    @cached_property
    def blobs(self) -> Blobs:
        """Separate areas."""
        return count_blobs(self.flat)

    @cached_property
    def _reading(self) -> tuple[tuple[Text, ...], str]:
        try:
            return reading.read_text(self.flat), ""
        except reading.ReadingError as error:
            return (), str(error)

    @property
    def texts(self) -> tuple[Text, ...]:
        """What was read, from top to bottom."""
        return self._reading[0]

    @property
    def unread(self) -> str:
        """Why no text was read, as a sentence; empty where reading went well."""
        return self._reading[1]

    @cached_property
    def plot(self) -> Plot | None:
        """The plot, where axes were found."""
        return find_plot(self.flat, self._reading[0])


def facts_of(pictures: Sequence[PILImage.Image]) -> list[Facts]:
    """Return the facts of each picture, numbered where there are several."""
    if len(pictures) == 1:
        return [Facts(pictures[0])]
    return [Facts(picture, name=f"Picture {number}") for number, picture in enumerate(pictures, start=1)]


def texts_only_in(facts: Facts, other: Facts) -> list[str]:
    """Return the texts of one picture that were not read in another; spaces do not count."""
    left = [_letters(text.text) for text in other.texts]
    only = []
    for text in facts.texts:
        if _letters(text.text) in left:
            left.remove(_letters(text.text))
        else:
            only.append(text.text)
    return only


def _letters(text: str) -> str:
    return "".join(text.split())
