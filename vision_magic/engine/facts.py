"""Facts about an image, each measured at its first use and only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from vision_magic.engine import reading
from vision_magic.engine.blobs import Blobs, count_blobs
from vision_magic.engine.chart.agreement import completed, has_numbers
from vision_magic.engine.chart.data import Chart
from vision_magic.engine.chart.from_facts import chart_of_facts, is_complete
from vision_magic.engine.chart.plot import Plot
from vision_magic.engine.chart.read import chart_of_image
from vision_magic.engine.chart.roles import find_plot
from vision_magic.engine.cut_texts import without_cut_texts
from vision_magic.engine.measure import Measurements, measure
from vision_magic.engine.pixels import on_white
from vision_magic.engine.texts import Text
from vision_magic.engine.tone import Tone, find_tone
from vision_magic.images.figure_facts.values import Facts as FigureFacts

if TYPE_CHECKING:
    from PIL import Image as PILImage

__all__ = ["NO_AXES", "Facts", "facts_of", "texts_only_in"]

NO_AXES: Final = "No axes were found in the picture: two lines with tick labels below and on the left."


class Facts:
    """The facts of one image. Size and colours take milliseconds; its text takes a second or more.

    Parameters
    ----------
    image : PIL.Image.Image
        The decoded image, upright.
    name : str
        Its name at the start of a sentence: ``"The picture"``, ``"Picture 2"``.
    figure : FigureFacts, optional
        What its figure object knows of itself.
    """

    def __init__(self, image: PILImage.Image, *, name: str = "The picture", figure: FigureFacts | None = None) -> None:
        self.image = image
        self.name = name
        self.figure = figure

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.image.size

    @cached_property
    def rgb(self) -> PILImage.Image:
        """The image as RGB, its transparent parts on white."""
        return on_white(self.image)

    @cached_property
    def measurements(self) -> Measurements:
        """Size, kind, main colours and transparency."""
        return measure(self.image)

    @cached_property
    def blobs(self) -> Blobs:
        """Separate areas that stand out from the background."""
        return count_blobs(self.rgb)

    @cached_property
    def tone(self) -> Tone | None:
        """How dark, light or even the image is; None if it has contrast."""
        return find_tone(self.rgb)

    @property
    def hides_areas(self) -> bool:
        """Whether areas may be in the image that differ too little to be counted: zero is then not a count."""
        tone = self.tone
        return tone is not None and tone.low < tone.high and not self.blobs.count

    @cached_property
    def _reading(self) -> tuple[tuple[Text, ...], str]:
        try:
            return reading.read_text(self.rgb), ""
        except reading.ReadingError as error:
            return (), str(error)

    @property
    def texts(self) -> tuple[Text, ...]:
        """The lines of text, from top to bottom."""
        return self._reading[0]

    @property
    def reading_error(self) -> str:
        """The reason why no text was read, as a sentence; empty if reading succeeded."""
        return self._reading[1]

    @cached_property
    def plot(self) -> Plot | None:
        """The plot; None if no axes were found."""
        return find_plot(self.rgb, without_cut_texts(self.texts, self.rgb))

    @cached_property
    def chart(self) -> Chart:
        """The data of the plot, measured in its pixels; without panels if no axes were found."""
        try:
            chart = chart_of_image(self.rgb, self.plot, self.texts)
        except Exception:  # a picture of a kind that was not thought of; its text is still read
            chart = Chart()
        return chart if chart.panels else replace(chart, unread=(self.reading_error or NO_AXES,))

    @cached_property
    def known(self) -> Chart | None:
        """What the figure object knows of its chart; None if there is none that holds all of its series."""
        complete = self.figure is not None and is_complete(self.figure)
        chart = chart_of_facts(self.figure) if self.figure is not None and complete else None
        return chart if chart is not None and chart.panels else None

    @cached_property
    def data(self) -> Chart:
        """The data of the chart: what the figure object holds, and the rest measured in the pixels."""
        if self.known is None:
            return self.chart
        return self.known if all(map(has_numbers, self.known.series)) else completed(self.known, self.chart)


def facts_of(images: Sequence[PILImage.Image], figures: Sequence[FigureFacts | None] = ()) -> list[Facts]:
    """Return the facts of each image; several images are numbered.

    Parameters
    ----------
    images : sequence of PIL.Image.Image
        The images.
    figures : sequence of FigureFacts or None
        For each image, what its figure object knows of itself.
    """
    names = ["The picture"] if len(images) == 1 else [f"Picture {number}" for number in range(1, len(images) + 1)]
    known = (*figures, *[None] * len(images))
    return [Facts(image, name=name, figure=figure) for image, name, figure in zip(images, names, known, strict=False)]


def texts_only_in(facts: Facts, other: Facts) -> list[str]:
    """Return the texts of one image that were not read in the other, ignoring spaces."""
    unmatched = [_without_spaces(text.text) for text in other.texts]
    only = []
    for text in facts.texts:
        if _without_spaces(text.text) in unmatched:
            unmatched.remove(_without_spaces(text.text))
        else:
            only.append(text.text)
    return only


def _without_spaces(text: str) -> str:
    return "".join(text.split())
