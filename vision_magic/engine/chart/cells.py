"""Heat maps around which no axes were found: the names beside their cells may be few, or stand above them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Final

from vision_magic.engine.chart.axes import Axes, TextPool
from vision_magic.engine.chart.frames import find_frames
from vision_magic.engine.chart.heatmaps import find_heat_map
from vision_magic.engine.chart.plot import Panel
from vision_magic.engine.chart.sides import take_other_sides
from vision_magic.engine.texts import Text

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["find_cells"]

_MOST_FRAMES: Final = 6
"""The cells fill one of the largest frames."""

_LEAST: Final = 0.05
"""They cover at least this share of the image."""


def find_cells(image: PILImage.Image, texts: Sequence[Text]) -> Panel | None:
    """Return the panel around the cells of a heat map, with its title and colour bar; None if there are no cells.

    Parameters
    ----------
    image : PIL.Image.Image
        An RGB image.
    texts : sequence of Text
        The texts that were read.
    """
    import numpy as np

    heights = [text.height for text in texts if not text.rotated]
    if not heights:
        return None
    pixels, line = np.asarray(image), float(median(heights))
    for frame in find_frames(image)[:_MOST_FRAMES]:
        found = None
        if frame.area > _LEAST * image.width * image.height:
            found = find_heat_map(pixels, Panel(frame=frame), texts)
        if found is None:
            continue
        axes = Axes(frame=found.frame, x_ticks=(), y_ticks=())
        beside = [text for text in texts if not found.frame.contains(*text.centre)]
        others = take_other_sides(axes, [axes], TextPool(free=beside, line_height=line), pixels)
        title = _title(found.frame.left, found.frame.right, found.frame.top, texts, line)
        return Panel(frame=found.frame, x=found.x, y=found.y, title=title, colour_bar=others.bar)
    return None


def _title(left: int, right: int, top: int, texts: Sequence[Text], line: float) -> str:
    """Return the text above the cells and in the middle of them."""
    above = [
        text
        for text in texts
        if -0.5 * line <= top - text.box[3] <= 2 * line and abs(text.centre[0] - (left + right) / 2) <= line
    ]
    return above[0].text if len(above) == 1 and any(map(str.isalpha, above[0].text)) else ""
