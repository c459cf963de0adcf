"""Rendering of matplotlib figures and axes, as a notebook shows them, without changing them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap, Normalize
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import ImageError
from vision_magic.images import decode
from vision_magic.images.convert import as_image


def red_and_blue() -> Figure:
    """Return a figure with two axes side by side, one red, one blue."""
    figure = Figure(figsize=(4, 2), dpi=80)
    for axes, colour in zip(figure.subplots(1, 2, gridspec_kw={"wspace": 0.5}), ("red", "blue"), strict=True):
        axes.set_facecolor(colour)
        axes.set_title(colour)
    return figure


def shares(obj: object) -> tuple[float, float]:
    """Return the shares of red and blue pixels."""
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


LAYOUTS = ["constrained", *(pytest.param(name, marks=pytest.mark.slow) for name in ("tight", "compressed"))]


def test_drawing_leaves_the_figure_as_it_was() -> None:
    figure = red_and_blue()
    as_image(figure)
    as_image(figure.axes[0])
    assert figure.dpi == 80
    assert tuple(figure.get_size_inches()) == (4, 2)
    assert len(figure.axes) == 2
    assert not plt.get_fignums()


@pytest.mark.parametrize("layout", [None, *LAYOUTS])
def test_drawing_leaves_resolution_size_and_layout_engine(layout: str | None) -> None:
    figure = Figure(figsize=(4, 2), dpi=77, layout=layout)
    left, right = figure.subplots(1, 2)
    left.plot([1, 5])
    canvas, engine = figure.canvas, figure.get_layout_engine()

    def state() -> tuple[object, ...]:
        return figure.dpi, tuple(figure.get_size_inches()), left.get_xlim(), left.get_ylim(), right.get_xlim()

    before = state()
    for drawn in (figure, left, right):
        as_image(drawn)
    assert state() == before
    assert figure.canvas is canvas
    assert figure.get_layout_engine() is engine
    assert figure.axes == [left, right]


def test_drawing_moves_no_axes_that_stands_where_its_owner_put_it() -> None:
    figure = Figure(figsize=(4, 2), dpi=80)
    axes = figure.add_axes((0.3, 0.3, 0.5, 0.4))
    as_image(axes)
    as_image(figure)
    assert axes.get_position().bounds == pytest.approx((0.3, 0.3, 0.5, 0.4))


def test_a_figure_that_was_changed_since_it_was_drawn_is_drawn_anew() -> None:
    figure = red_and_blue()
    as_image(figure)
    figure.axes[0].set_facecolor("blue")
    assert shares(figure)[0] == 0
    assert shares(figure.axes[0])[1] > 0.5


def test_drawing_opens_no_window_of_pyplot() -> None:
    open_before = plt.get_fignums()
    as_image(red_and_blue())
    assert plt.get_fignums() == open_before


def test_users_settings_for_saving_do_not_reach_what_is_seen() -> None:
    with plt.rc_context({"savefig.dpi": 10, "savefig.transparent": True, "savefig.facecolor": "lime"}):
        changed = as_image(red_and_blue())
    assert changed.data == as_image(red_and_blue()).data


def test_a_figures_own_ground_is_seen() -> None:
    figure = red_and_blue()
    figure.set_facecolor("yellow")
    assert as_image(figure).to_pil().getpixel((0, 0)) == (255, 255, 0)
    figure.set_facecolor("none")
    image = as_image(figure)
    assert image.to_pil().getpixel((0, 0)) == (255, 255, 255)
    assert image.note == "transparency shown on white"


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
    with pytest.raises(ImageError, match="The figure is empty"):
        as_image(make())
    plt.close("all")


def test_axes_that_cannot_be_seen_are_refused() -> None:
    figure = red_and_blue()
    figure.axes[0].set_visible(False)
    with pytest.raises(ImageError, match="invisible"):
        as_image(figure.axes[0])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_axes_is_cut_out_where_its_layout_puts_it(layout: str) -> None:
    """A layout engine places the axes when the figure is drawn; a box taken before that cut through them."""
    figure = Figure(figsize=(4, 2), dpi=80, layout=layout)
    for axes, colour in zip(figure.subplots(1, 2), ("red", "blue"), strict=True):
        axes.set_facecolor(colour)
        axes.set_ylabel("a label\nof three\nlines", fontsize=18)
    first, again = as_image(figure.axes[1]), as_image(figure.axes[1])
    assert first.data == again.data or layout == "tight"  # which shifts slightly with every drawing
    red, blue = shares(figure.axes[0]), shares(figure.axes[1])
    assert red[0] > 0.1
    assert red[1] == 0
    assert blue[1] > 0.1
    assert blue[0] == 0


def test_an_axes_that_was_removed_is_refused() -> None:
    figure = red_and_blue()
    axes = figure.axes[0]
    axes.remove()
    with pytest.raises(ImageError, match="removed from its figure"):
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


def test_an_axes_is_cut_out_with_its_own_title_and_not_its_neighbours() -> None:
    """Each title has its own colour, so that it can be found in the pixels."""
    figure = Figure(figsize=(5, 4), dpi=60, layout="constrained")
    colours = ["red", "blue", "lime", "magenta"]
    for axes, colour in zip(figure.subplots(2, 2).flat, colours, strict=True):
        axes.set_title("title", color=colour, fontsize=24)
    values = {"red": (255, 0, 0), "blue": (0, 0, 255), "lime": (0, 255, 0), "magenta": (255, 0, 255)}

    def seen(obj: object) -> set[str]:
        pixels = np.asarray(as_image(obj).to_pil().convert("RGB"))
        return {name for name, value in values.items() if (pixels == value).all(axis=2).any()}

    assert seen(figure) == set(colours)
    assert [seen(axes) for axes in figure.axes] == [{colour} for colour in colours]


def test_a_cut_out_axes_shows_the_pixels_of_the_figure() -> None:
    figure = Figure(figsize=(4, 3), dpi=80)
    axes = figure.add_axes((0.3, 0.3, 0.4, 0.4))
    axes.set_facecolor("red")
    axes.set_title("title", color="blue")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=80)
    whole = np.asarray(PILImage.open(buffer).convert("RGB"))
    cut = np.asarray(as_image(axes).to_pil().convert("RGB"))
    height, width = cut.shape[:2]
    box = axes.get_tightbbox()
    assert box is not None
    left, top = round(box.x0) - 4, round(whole.shape[0] - box.y1) - 4  # a margin of 0.05 inches
    differences = [
        np.abs(whole[y : y + height, x : x + width].astype(int) - cut).mean()
        for y in range(top - 3, top + 4)
        for x in range(left - 3, left + 4)
    ]
    assert min(differences) < 6  # text is rendered at other subpixel positions


def test_a_part_of_a_figure_is_cut_out() -> None:
    figure = Figure(figsize=(4, 2), dpi=80)
    left, right = figure.subfigures(1, 2)
    left.subplots().set_facecolor("red")
    right.subplots().set_facecolor("blue")
    image = as_image(left)
    assert image.source == "part of a matplotlib figure"
    assert shares(left)[0] > 0.2
    assert shares(left)[1] == 0
    assert image.width < as_image(figure).width


@pytest.mark.parametrize("projection", ["polar", "3d"])
def test_axes_of_every_projection_are_cut_out(projection: str) -> None:
    axes = Figure(figsize=(3, 3)).add_subplot(projection=projection)
    assert as_image(axes).source == "matplotlib axes"


def test_a_figure_of_nothing_but_text_is_drawn() -> None:
    figure = Figure(figsize=(4, 2))
    figure.text(0.5, 0.5, "words", color="red", fontsize=40)
    assert shares(figure)[0] > 0.05


def test_a_figure_that_matplotlib_cannot_draw_is_refused_with_its_reason() -> None:
    for drawn in (Figure, lambda: Figure(layout="constrained")):
        figure = drawn()
        figure.subplots().set_title(r"$\frac{a$")
        for obj in (figure, figure.axes[0]):
            with pytest.raises(ImageError, match=r"matplotlib cannot draw .*ValueError: .*frac"):
                as_image(obj)


def test_a_figure_over_the_cap_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MAX_PIXELS", 10_000)
    with pytest.raises(ImageError, match="Use a lower resolution"):
        as_image(red_and_blue())


# --- colour bars (F10) --------------------------------------------------------------------------------------------


def both_axes() -> tuple[Figure, Any, Any]:
    made = Figure(figsize=(6, 2), dpi=60)
    left, right = made.subplots(1, 2)
    return made, left, right


def green_bar(made: Figure, **where: Any) -> None:
    """Add a green colour bar that belongs to no image, as geopandas does."""
    mappable = ScalarMappable(Normalize(0, 7), ListedColormap(["lime"]))
    made.colorbar(mappable, **where)


def mapped(axes: Any, limit: float = 7) -> Any:
    return axes.scatter([0, 1], [0, 1], c=[0, limit], s=1, cmap=ListedColormap(["lime"]), vmin=0, vmax=limit)


def _beside(made: Figure, left: Any, right: Any) -> None:
    green_bar(made, ax=left)


def _shared(made: Figure, left: Any, right: Any) -> None:
    green_bar(made, ax=[left, right])


def _shared_by_image(made: Figure, left: Any, right: Any) -> None:
    made.colorbar(mapped(left), ax=[left, right])


def _own_axes_same_colours(made: Figure, left: Any, right: Any) -> None:
    mapped(left)
    mapped(right, 8)
    green_bar(made, cax=made.add_axes((0.95, 0.1, 0.02, 0.8)))


def _own_axes_nearest(made: Figure, left: Any, right: Any) -> None:
    green_bar(made, cax=made.add_axes((0.02, 0.1, 0.02, 0.8)))


def _own_axes_of_one_image(made: Figure, left: Any, right: Any) -> None:
    mapped(left)
    made.colorbar(mapped(right), cax=made.add_axes((0.95, 0.1, 0.02, 0.8)))


def _inset(made: Figure, left: Any, right: Any) -> None:
    green_bar(made, cax=left.inset_axes((1.05, 0, 0.05, 1)))


def _divider(made: Figure, left: Any, right: Any) -> None:
    from mpl_toolkits.axes_grid1 import make_axes_locatable

    green_bar(made, cax=make_axes_locatable(left).append_axes("right", size="5%"))


@pytest.mark.parametrize(
    ("add", "on_left", "on_right"),
    [
        pytest.param(_beside, True, False, id="F10 of a ScalarMappable"),
        pytest.param(_shared, True, True, id="F10 shared"),
        pytest.param(_shared_by_image, True, True, id="F10 of an image, shared"),
        pytest.param(_own_axes_same_colours, True, False, id="F10 in its own axes, same colours"),
        pytest.param(_own_axes_nearest, True, False, id="F10 in its own axes, nearest"),
        pytest.param(_own_axes_of_one_image, True, True, id="F10 in its own axes, for two images"),
        pytest.param(_inset, True, False, id="F10 inset"),
        pytest.param(_divider, True, False, id="F10 divider"),
    ],
)
def test_an_axes_is_cut_out_with_the_colour_bar_that_explains_it(
    add: Callable[..., None], on_left: bool, on_right: bool
) -> None:
    made, left, right = both_axes()
    add(made, left, right)
    assert [green_share(left) > 0.005, green_share(right) > 0.005] == [on_left, on_right]


def green_share(obj: object) -> float:
    pixels = np.asarray(as_image(obj).to_pil().convert("RGB"))
    return float((pixels == (0, 255, 0)).all(axis=2).mean())


def test_f10_each_axes_keeps_its_own_bar_although_all_have_the_same_colours() -> None:
    made, left, right = both_axes()
    for axes in (left, right):
        made.colorbar(mapped(axes), ax=axes)
    widths = [as_image(axes).width for axes in (left, right, made)]
    assert max(widths[:2]) < 0.6 * widths[2]


def test_f10_an_inset_of_the_figure_is_cut_out_with_its_axes() -> None:
    made, left, _ = both_axes()
    box = left.get_position()
    made.add_axes((box.x0 + 0.05, box.y0 + 0.2, 0.1, 0.3)).set_facecolor("lime")
    assert green_share(left) > 0.02


# --- the tight box (F11, F12) -------------------------------------------------------------------------------------


def plotted(layout: str | None = None) -> Figure:
    made = Figure(figsize=(4, 3), dpi=80, layout=layout)
    made.subplots().plot([0, 3], [0, 3], label="a long label")
    return made


def _legend(made: Figure) -> None:
    made.axes[0].legend(loc="upper left", bbox_to_anchor=(1, 1))


def _figure_legend(made: Figure) -> None:
    made.legend(loc="upper center", bbox_to_anchor=(0.5, 1.3))


def _suptitle(made: Figure) -> None:
    made.suptitle("two\nlines", y=1.2)


def _annotation(made: Figure) -> None:
    made.axes[0].annotate("far", (3, 3), (4, 4), arrowprops={})


def _text(made: Figure) -> None:
    made.text(1.2, 0.5, "outside")


def _usual(add: Callable[[Figure], None], layout: str | None, drawn: bool) -> bool:
    return not drawn and (layout is None or (layout == "constrained" and add in (_figure_legend, _text)))


@pytest.mark.parametrize(
    ("add", "layout", "drawn"),
    [
        pytest.param(add, layout, drawn, marks=() if _usual(add, layout, drawn) else pytest.mark.slow)
        for add in (_legend, _figure_legend, _suptitle, _annotation, _text)
        for layout, drawn in ((None, False), (None, True), ("constrained", False), ("tight", False))
    ],
)
def test_f11_a_figure_is_drawn_as_the_notebook_shows_it(
    add: Callable[[Figure], None], layout: str | None, drawn: bool
) -> None:
    """The reference is what matplotlib's inline backend displays."""
    from IPython.core.pylabtools import print_figure

    def make() -> Figure:
        made = plotted(layout)
        add(made)
        if drawn:
            FigureCanvasAgg(made).draw()
        return made

    shown = np.asarray(PILImage.open(io.BytesIO(print_figure(make()))).convert("RGB")).astype(int)
    sent = np.asarray(as_image(make()).to_pil().convert("RGB")).astype(int)
    assert sent.shape == shown.shape
    assert np.abs(sent - shown).max() < 10


@pytest.mark.parametrize(
    ("add", "said"),
    [
        pytest.param(lambda made: made.axes[0].text(60, 60, "far away"), "the text 'far away'", id="F12 text"),
        pytest.param(lambda made: made.axes[0].text(1e12, 1, "x"), "the text 'x'", id="F12 very far"),
        pytest.param(
            lambda made: made.axes[0].annotate("note", (1, 1), (90, 60)), "the text 'note'", id="F12 annotation"
        ),
        pytest.param(lambda made: made.text(30, 60, "lost"), "the text 'lost'", id="F12 text of the figure"),
        pytest.param(lambda made: made.axes[0].legend(bbox_to_anchor=(80, 80)), "the Legend", id="F12 legend"),
        pytest.param(lambda made: made.axes[0].set_title("long" * 3000), "the text 'longlong", id="F12 long title"),
        pytest.param(
            lambda made: made.axes[0].text(1, 1, "big", fontsize=30000), "the text 'big'", id="F12 large font"
        ),
    ],
)
@pytest.mark.parametrize(
    "part", [pytest.param(False, id="figure"), pytest.param(True, marks=pytest.mark.slow, id="axes")]
)
def test_a_box_that_a_distant_artist_enlarges_is_refused_before_it_is_drawn(
    add: Callable[[Figure], Any], said: str, part: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = plotted()
    add(made)
    monkeypatch.setattr(Figure, "savefig", None)  # nothing is drawn
    if part and said == "the text 'lost'":
        return  # a text of the figure is not part of its axes
    with pytest.raises(ImageError, match=r"The figure's tight box would be .* pixels, .* times the figure") as caught:
        as_image(made.axes[0] if part else made)
    assert said in str(caught.value)
    assert "set_in_layout(False)" in str(caught.value)


def test_f12_the_advice_works_and_clipped_artists_do_not_count() -> None:
    made = plotted()
    made.axes[0].text(60, 60, "clipped", clip_on=True)
    far = made.axes[0].text(60, 60, "far away")
    with pytest.raises(ImageError):
        as_image(made)
    far.set_in_layout(False)
    assert as_image(made).width < 400


@pytest.mark.slow
def test_f12_a_small_figure_with_a_large_table_is_not_refused() -> None:
    """A tiny figure whose table the tight box shows whole is a usual trick."""
    made = Figure(figsize=(0.5, 0.5), dpi=100)
    axes = made.subplots()
    axes.axis("off")
    axes.table([["a long cell of a table"] * 8] * 30, loc="center", colWidths=[2] * 8)
    image = as_image(made)
    assert image.width * image.height > 25 * 50 * 50


@pytest.mark.parametrize("change", [lambda made: made.set_size_inches(1e6, 1), lambda made: made.set_dpi(1e5)])
@pytest.mark.parametrize("part", [False, True], ids=["figure", "axes"])
def test_f12_a_huge_figure_is_refused_before_it_is_drawn(change: Callable[[Figure], None], part: bool) -> None:
    made = plotted()
    change(made)
    with pytest.raises(ImageError, match="Use a lower resolution"):
        as_image(made.axes[0] if part else made)
