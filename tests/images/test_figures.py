"""matplotlib's figures and axes, drawn as the notebook would show them and left as they were."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from vision_magic.errors import PictureError
from vision_magic.images.convert import as_image


def red_and_blue() -> Figure:
    """Return two axes side by side, one filled with red, one with blue."""
    figure = Figure(figsize=(4, 2), dpi=80)
    for axes, colour in zip(figure.subplots(1, 2, gridspec_kw={"wspace": 0.5}), ("red", "blue"), strict=True):
        axes.set_facecolor(colour)
        axes.set_title(colour)
    return figure


def shares(obj: object) -> tuple[float, float]:
    """Return which shares of a picture are red and blue."""
    pixels = np.asarray(as_image(obj).to_pil().convert("RGB"))
    return tuple(float((pixels == colour).all(axis=2).mean()) for colour in ((255, 0, 0), (0, 0, 255)))  # type: ignore[return-value]


def test_a_figure_is_drawn_whole() -> None:
    image = as_image(red_and_blue())
    red, blue = shares(red_and_blue())
    assert image.source == "matplotlib figure"
    assert image.media_type == "image/png"
    assert abs(red - blue) < 0.02
    assert red > 0.2


def test_an_axes_is_cut_out_of_its_figure() -> None:
    left, right = red_and_blue().axes
    assert shares(left)[0] > 0.5
    assert shares(left)[1] == 0
    assert shares(right)[1] > 0.5
    assert shares(right)[0] == 0
    assert as_image(left).source == "matplotlib axes"


def test_a_figure_that_pyplot_has_closed_is_still_drawn() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    before = as_image(figure)
    plt.close(figure)
    assert as_image(figure).data == before.data


def test_drawing_leaves_the_figure_as_it_was() -> None:
    figure = red_and_blue()
    as_image(figure)
    as_image(figure.axes[0])
    assert figure.dpi == 80
    assert tuple(figure.get_size_inches()) == (4, 2)
    assert len(figure.axes) == 2
    assert not plt.get_fignums()


def test_users_settings_for_saving_do_not_reach_what_is_seen() -> None:
    with plt.rc_context({"savefig.dpi": 10, "savefig.transparent": True, "savefig.facecolor": "lime"}):
        changed = as_image(red_and_blue())
    assert (changed.width, changed.height) == (as_image(red_and_blue()).width, as_image(red_and_blue()).height)


def test_a_part_of_a_figure_shows_its_figure() -> None:
    figure = Figure(figsize=(4, 2))
    left, right = figure.subfigures(1, 2)
    left.subplots().set_facecolor("red")
    right.subplots().set_facecolor("blue")
    assert shares(figure)[0] > 0
    assert shares(left.axes[0])[0] > 0.5


@pytest.mark.parametrize("make", [Figure, plt.figure], ids=["Figure", "pyplot"])
def test_an_empty_figure_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(PictureError, match="The figure is empty"):
        as_image(make())
    plt.close("all")


def test_axes_that_cannot_be_seen_are_refused() -> None:
    figure = red_and_blue()
    figure.axes[0].set_visible(False)
    with pytest.raises(PictureError, match="invisible"):
        as_image(figure.axes[0])


@pytest.mark.parametrize("layout", ["tight", "constrained", "compressed"])
def test_an_axes_is_cut_out_where_its_layout_puts_it(layout: str) -> None:
    """A layout engine places the axes when the figure is drawn: cut out before, it was cut through."""
    figure = Figure(figsize=(4, 2), dpi=80, layout=layout)
    for axes, colour in zip(figure.subplots(1, 2), ("red", "blue"), strict=True):
        axes.set_facecolor(colour)
        axes.set_ylabel("a label\nof three\nlines", fontsize=18)
    first, again = as_image(figure.axes[1]), as_image(figure.axes[1])
    assert first.data == again.data or layout == "tight"  # which moves a little at every drawing
    red, blue = shares(figure.axes[0]), shares(figure.axes[1])
    assert red[0] > 0.1
    assert red[1] == 0
    assert blue[1] > 0.1
    assert blue[0] == 0


def test_an_axes_that_was_removed_is_refused() -> None:
    figure = red_and_blue()
    axes = figure.axes[0]
    axes.remove()
    with pytest.raises(PictureError, match="removed from its figure"):
        as_image(axes)


def test_a_title_and_labels_are_inside_the_cut() -> None:
    figure = Figure(figsize=(4, 3), dpi=80)
    axes = figure.subplots()
    axes.set_title("title", color="red", fontsize=30)
    axes.set_xlabel("label", color="blue", fontsize=30)
    whole, cut = shares(figure), shares(axes)
    assert min(cut) > 0
    assert cut[0] >= whole[0] * 0.9
    assert cut[1] >= whole[1] * 0.9
