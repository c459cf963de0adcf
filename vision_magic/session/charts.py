"""Charts read from pictures: a digitiser that needs no clicks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import anyio.to_thread

from vision_magic.engine.chart.data import Chart
from vision_magic.errors import ReadingError
from vision_magic.images.convert import as_image

__all__ = ["aread_chart", "read_chart"]


def read_chart(image: object, **options: Any) -> Chart:
    """Read the data of a chart from its pixels, without a model and without a network.

    The axes are calibrated by their tick labels and tick marks; then lines, bars and points are measured between them.
    Each series says how large its uncertainty is, and whether it passed every check. The pixels are read also of a live
    figure, whose exact data `facts` returns.

    Parameters
    ----------
    image : object
        A picture of any kind that `as_image` takes.
    **options
        As for `as_image`; ``max_side`` is 2048 pixels by default.

    Returns
    -------
    Chart
        Without panels if no axes were found; ``unread`` then says so.

    Raises
    ------
    ImageError
        The object is not a picture, or an option is invalid.
    ReadingError
        The extra ``reader``, which reads the text of the axes, is not installed, or it failed.

    Examples
    --------
    >>> import vision_magic as vm
    >>> from PIL import Image
    >>> chart = vm.read_chart(Image.new("RGB", (320, 200), "navy"))
    >>> chart
    <Chart: no axes were found>
    """
    from vision_magic.engine.facts import Facts

    encoded = as_image(image, **options)
    facts = Facts(encoded.to_pil())
    if facts.reading_error:
        raise ReadingError(_advice(facts.reading_error))
    return replace(facts.chart, image=encoded)


def _advice(reason: str) -> str:
    from vision_magic.engine.reading import available

    if available():
        return reason
    return 'read_chart reads the text of the axes with the extra `reader`: pip install "vision-magic[reader]".'


async def aread_chart(image: object, **options: Any) -> Chart:
    """Read a chart from asynchronous code, in a thread; as `read_chart`.

    Examples
    --------
    >>> chart = await vm.aread_chart(Path("chart.png"))  # doctest: +SKIP
    """
    return await anyio.to_thread.run_sync(partial(read_chart, image, **options), abandon_on_cancel=True)
