"""Collections of pictures, and what plotting functions return (F13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image
from vision_magic.images.image_collection import images_in


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def axes() -> Any:
    return Figure(figsize=(3, 2), dpi=60).subplots()


def with_parts(make: Callable[[Figure], Any]) -> Any:
    return make(Figure(figsize=(3, 2), dpi=60))


VALUES = np.arange(20.0)

RETURNED: dict[str, Callable[[], Any]] = {
    "(fig, ax)": lambda: plt.subplots(),
    "(fig, array of axes)": lambda: plt.subplots(2, 2),
    "(fig, [ax, ax])": lambda: with_parts(lambda fig: (fig, list(fig.subplots(1, 2)))),
    "(fig, dict of axes)": lambda: plt.subplot_mosaic("AB;CC"),
    "dict of axes": lambda: plt.subplot_mosaic("AB")[1],
    "array of axes": lambda: plt.subplots(2, 2)[1],
    "nested lists": lambda: with_parts(lambda fig: [[fig], [list(fig.subplots(1, 2))], fig]),
    "duplicates": lambda: with_parts(lambda fig: [fig, fig, fig.subplots(), fig.axes[0]]),
    "the axes twice": lambda: [axes()] * 2,
    "hist": lambda: axes().hist(VALUES),
    "hist of several": lambda: axes().hist([VALUES, VALUES]),
    "hist step": lambda: axes().hist(VALUES, histtype="step"),
    "hist2d": lambda: axes().hist2d(VALUES, VALUES),
    "specgram": lambda: axes().specgram(np.tile(VALUES, 30)),
    "acorr": lambda: axes().acorr(VALUES),
    "boxplot": lambda: axes().boxplot(VALUES),
    "violinplot": lambda: axes().violinplot(VALUES),
    "bar": lambda: axes().bar([1], [1]),
    "bar_label": lambda: with_parts(lambda fig: (ax := fig.subplots()).bar_label(ax.bar([1], [1]))),
    "pie": lambda: axes().pie([1, 2], labels=["a", "b"]),
    "errorbar": lambda: axes().errorbar(VALUES, VALUES, yerr=VALUES),
    "stem": lambda: axes().stem(VALUES),
    "plot": lambda: axes().plot(VALUES),
    "plot of several": lambda: axes().plot(np.c_[VALUES, VALUES]),
    "stackplot": lambda: axes().stackplot(VALUES, VALUES, VALUES),
    "eventplot": lambda: axes().eventplot([[1], [2]]),
    "contour": lambda: axes().contour(np.outer(VALUES, VALUES)),
    "streamplot": lambda: axes().streamplot(VALUES, VALUES, np.ones((20, 20)), np.ones((20, 20))),
}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"F13 {kind}") for kind in RETURNED])
def test_what_a_plotting_function_returns_is_its_figure_once(kind: str) -> None:
    [image] = images_in(RETURNED[kind]())
    assert as_image(image).width > 50


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda table: table.hist(), id="F13 hist"),
        pytest.param(lambda table: table.plot(subplots=True), id="F13 subplots"),
        pytest.param(lambda table: table.boxplot(return_type="both"), id="F13 boxplot"),
        pytest.param(lambda table: table.boxplot(by="g", return_type="axes"), id="F13 boxplot by"),
    ],
)
def test_what_pandas_returns_is_its_figure_once(make: Callable[[Any], Any]) -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 4.0, 5.0], "g": ["x", "y", "x"]})
    assert [type(image) for image in images_in(make(table))] == [plt.Figure]


def test_different_pictures_stay_several() -> None:
    first, second = axes(), axes()
    photo, array = PILImage.new("L", (30, 20)), np.zeros((20, 30))
    assert images_in([first.figure, second.figure]) == [first.figure, second.figure]
    assert images_in({"a": first.figure, "b": second.figure}) == [first.figure, second.figure]
    assert images_in([first, photo, second]) == [first, photo, second]
    assert images_in([photo, photo]) == [photo, photo]
    assert images_in((first.figure, array))[1] is array  # an image, not the counts of a histogram
    assert images_in([first.figure, first, photo]) == [first.figure, photo]
    two = Figure().subplots(1, 2)
    assert images_in([two[0], photo, two[1]]) == [two[0], photo, two[1]]  # cut out one by one


def test_a_grid_of_seaborn_and_its_figure_are_one() -> None:
    seaborn = pytest.importorskip("seaborn")
    pandas = pytest.importorskip("pandas")
    grid = seaborn.FacetGrid(pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}), col="b")
    assert images_in([grid, grid.figure, *grid.axes.flat]) == [grid.figure]
    assert images_in([grid]) == [grid]


def test_a_dict_of_anything_else_is_not_a_collection() -> None:
    for other in ({"a": 1}, {"a": axes(), "b": 2}, {}):
        assert images_in(other) == [other]
        with pytest.raises(ImageError, match="as_image got dict"):
            as_image(other)


def test_a_list_that_contains_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(ImageError, match="contains itself, or is nested too deeply"):
        images_in(endless)


def test_many_parts_of_a_figure_are_not_many_pictures() -> None:
    assert len(images_in(axes().plot(np.zeros((3, 100))))) == 1
    with pytest.raises(ImageError, match="more than 64 pictures"):
        images_in([Figure() for _ in range(65)])


def test_an_artist_that_was_removed_is_refused_when_it_is_converted() -> None:
    ax = axes()
    [line] = ax.plot(VALUES)
    line.remove()
    [same] = images_in([line])
    with pytest.raises(ImageError, match="not part of a figure any more"):
        as_image(same)
