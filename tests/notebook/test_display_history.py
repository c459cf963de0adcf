"""Recording of the pictures that a notebook displays."""

from __future__ import annotations

import base64
import gc
import io
import sys
from typing import Any

import pytest
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from vision_magic.errors import ImageError
from vision_magic.images import registry
from vision_magic.images.convert import as_image
from vision_magic.notebook.display_history import DisplayHistory
from vision_magic.notebook.state import state_of


@pytest.fixture
def shown(run: Run) -> DisplayHistory:
    return state_of(run.shell).display_history


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    PILImage.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def last_size(shown: DisplayHistory) -> tuple[int, int]:
    image = as_image(shown.last()[0])
    return image.width, image.height


def test_nothing_has_been_shown_at_first(shown: DisplayHistory) -> None:
    assert shown.last() == []


def test_a_pillow_image_as_last_expression_is_seen(run: Run, shown: DisplayHistory) -> None:
    run.shell.user_ns["picture"] = PILImage.new("RGB", (31, 17))
    run("picture")
    assert last_size(shown) == (31, 17)
    assert as_image(shown.last()[0]).source == "Pillow image, as shown"


@pytest.mark.parametrize(
    "payload",
    [pytest.param(png(21, 22), id="bytes"), pytest.param(base64.b64encode(png(21, 22)).decode(), id="Base64")],
)
def test_a_raw_bundle_is_seen(shown: DisplayHistory, payload: object) -> None:
    display({"image/png": payload, "text/plain": "x"}, raw=True)
    assert last_size(shown) == (21, 22)


def test_the_last_of_several_wins_and_text_does_not_count(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    display(PILImage.new("L", (7, 8)))
    display("text", {"text/html": "<b>html</b>"})
    run("1 + 1")
    assert last_size(shown) == (7, 8)


def test_what_is_captured_was_not_shown(run: Run, shown: DisplayHistory) -> None:
    run.shell.user_ns["picture"] = PILImage.new("L", (9, 9))
    display(PILImage.new("L", (5, 6)))
    run("%%capture\ndisplay(picture)")
    assert last_size(shown) == (5, 6)


def test_our_own_answers_are_not_pictures(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (70, 80), 3))
    run("%%vision\nWhat size is it?")
    assert last_size(shown) == (70, 80)


def test_an_open_pyplot_figure_counts_where_none_was_shown(shown: DisplayHistory) -> None:
    from matplotlib import pyplot as plt

    figure: Figure = plt.figure(figsize=(3, 2))
    figure.text(0.5, 0.5, "open")
    try:
        assert shown.last() == [figure]
    finally:
        plt.close(figure)
    assert shown.last() == []


def test_the_memory_of_pictures_is_bounded(shown: DisplayHistory) -> None:
    for side in range(1, 40):
        display(PILImage.new("L", (side, side)))
    assert len(shown._records) < 20
    assert last_size(shown) == (39, 39)


def test_showing_what_would_be_sent_does_not_change_it(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (70, 80), 3))
    run("%vision last")
    assert "70×80" in run.out
    run("%vision last --max-side 40")
    assert last_size(shown) == (70, 80)


def test_a_display_hook_that_gives_nothing_is_left_alone(run: Run, shown: DisplayHistory) -> None:
    class Own:
        def _ipython_display_(self) -> None:
            pass

    answer: Any = run.shell.display_formatter.format(Own())
    assert answer == ({}, {})
    assert shown.last() == []


def figure() -> Figure:
    made = Figure(figsize=(3, 2), dpi=80)
    made.add_subplot().plot([0, 1])
    return made


def as_inline(made: Figure) -> Figure:
    """Display a figure as matplotlib's inline backend does: as a PNG that the formatter makes."""
    from IPython.core.pylabtools import print_figure

    display({"image/png": print_figure(made, base64=True)}, raw=True)
    return made


@pytest.fixture
def inline(run: Run) -> Any:
    from IPython.core.pylabtools import select_figure_formats

    select_figure_formats(run.shell, {"png"})


@pytest.mark.usefixtures("inline")
def test_a_figure_that_was_shown_is_not_drawn_again_until_it_changes(shown: DisplayHistory, monkeypatch: Any) -> None:
    made = figure()
    display(made)
    first = shown.as_displayed(made)
    with monkeypatch.context() as no_drawing:
        no_drawing.setattr(Figure, "savefig", None)
        no_drawing.setattr(Figure, "draw", None)
        image = as_image(first)
    assert image.source == "matplotlib figure, as shown"
    assert image.note == ""
    assert b"Software" not in image.data
    made.axes[0].set_title("changed")
    assert shown.as_displayed(made) is made


@pytest.mark.usefixtures("inline")
def test_a_figure_without_its_own_ground_is_laid_on_one(shown: DisplayHistory) -> None:
    made = figure()
    made.set_facecolor("none")
    display(made)
    assert as_image(shown.last()[0]).note == "transparency shown on white"


@pytest.mark.usefixtures("inline")
def test_the_options_of_a_call_hold_for_what_was_shown(shown: DisplayHistory) -> None:
    display(figure())
    assert as_image(shown.last()[0], max_side=100).width == 100
    assert len(as_image(shown.last()[0], max_bytes=3000).data) <= 3000


@pytest.mark.usefixtures("inline")
def test_the_same_figure_shown_twice_is_one_picture(shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    made = figure()
    display(made)
    display(made)
    assert [as_image(picture).width < 10 for picture in shown.last(2)] == [True, False]


def test_the_last_two_come_in_the_order_in_which_they_were_shown(run: Run, shown: DisplayHistory) -> None:
    for side in (30, 40, 50):
        display(PILImage.new("L", (side, side)))
    assert [as_image(picture).width for picture in shown.last(2)] == [40, 50]
    run("%%vision last:2\nWhat size are they?")
    assert [image.width for image in run.shell.user_ns["_vision"].images] == [40, 50]
    run("%%vision last\nWhat size is it?")
    assert [image.width for image in run.shell.user_ns["_vision"].images] == [50]
    assert "last:5 got 3 of 5" in run.fails("%%vision last:5\nWhat?")
    assert "such as last:2" in run.fails("%%vision last:0\nWhat?")
    run.shell.user_ns["last"] = PILImage.new("L", (70, 70))
    run("%%vision last\nWhat size is it?")
    assert [image.width for image in run.shell.user_ns["_vision"].images] == [70]


def test_objects_are_not_kept_alive_but_for_the_newest(shown: DisplayHistory) -> None:
    import weakref

    first, second = PILImage.new("L", (5, 5)), PILImage.new("L", (6, 6))
    alive = weakref.ref(first), weakref.ref(second)
    display(first)
    display(second)
    del first, second
    gc.collect()
    assert alive[0]() is None
    assert alive[1]() is not None
    assert [as_image(picture).width for picture in shown.last(2)] == [5, 6]


def test_the_bytes_that_are_kept_are_bounded(shown: DisplayHistory) -> None:
    for number in range(5):
        display({"image/png": png(10 + number, 5) + bytes(20_000_000)}, raw=True)
    assert shown._bytes() < 70_000_000
    assert as_image(shown.last()[0]).width == 14


def test_a_figure_that_the_browser_draws_is_found_by_its_object(run: Run, shown: DisplayHistory) -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    made = objects.Figure(data={"type": "scatter", "y": [1, 2]})
    display({"application/vnd.plotly.v1+json": {"data": [{"type": "scatter", "y": [3]}], "layout": {}}}, raw=True)
    rebuilt: Any = shown.last()[0]
    assert list(rebuilt.data[0].y) == [3]
    shown._see({"text/html": "<div>", "text/plain": "Figure"}, made)
    assert shown.last() == [made]


def test_a_displayed_picture_serves_where_the_exporter_is_missing(shown: DisplayHistory, monkeypatch: Any) -> None:
    objects = pytest.importorskip("plotly.graph_objects")
    made = objects.Figure(data={"type": "scatter", "y": [1, 2]})
    shown._see({"image/png": png(31, 17), "text/plain": "Figure"}, made)

    def missing(self: object, format: str) -> bytes:
        raise ValueError("no exporter")

    monkeypatch.setattr(type(made), "to_image", missing)
    assert as_image(shown.as_displayed(made)).width == 31
    monkeypatch.setattr(type(made), "to_image", lambda self, format: png(62, 34))
    assert as_image(shown.as_displayed(made)).width == 62


def test_facts_of_the_figure_shown_last_are_sent(run: Run, shown: DisplayHistory) -> None:
    made = figure()
    made.axes[0].set_xlabel("Depth (m)")
    shown._see({"image/png": png(31, 17), "text/plain": "Figure"}, made)
    run("%%vision last --facts\nWhat is it?")
    receipt = run.shell.user_ns["_vision"].receipt
    assert "Depth (m)" in receipt.images[0].facts
    assert "Depth (m)" in run.shell.user_ns["_vision"].request.to_wire()["messages"][0]["content"][1]["text"]


# --- the newest, or a refusal (F8) --------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="99"><rect/></svg>'


def refused(shown: DisplayHistory) -> str:
    [picture] = shown.last()
    with pytest.raises(ImageError) as caught:
        as_image(picture)
    return str(caught.value)


def test_f8_an_older_picture_is_not_sent_instead_of_one_without_pixels(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (70, 80)))
    display({"text/html": "<iframe src='x'></iframe>", "text/plain": "x"}, raw=True)
    assert "iframe" in refused(shown)
    for line in ("%%vision", "%%vision last", "%%vision last:2"):
        assert "an older one is not sent instead" in run.fails(f"{line}\nWhat is it?")
    assert "an older one is not sent instead" in run.fails("%vision last")
    run("%%vision --no-image\nHello?")
    assert run.shell.user_ns["_vision"].images == ()
    display({"text/html": "<b>a table</b>", "text/plain": "x"}, raw=True)
    assert "iframe" in refused(shown)  # what is not a picture changes nothing


def test_f8_several_pictures_in_one_output_are_one_of_the_last(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (30, 30)))
    uris = [f"<img src='data:image/png;base64,{base64.b64encode(png(side, 5)).decode()}'>" for side in (40, 50)]
    display({"text/html": "".join(uris)}, raw=True)
    run("%%vision last\nWhat size are they?")
    assert [image.width for image in run.shell.user_ns["_vision"].images] == [40, 50]
    run("%%vision last:2\nWhat size are they?")
    assert [image.width for image in run.shell.user_ns["_vision"].images] == [30, 40, 50]


def test_f8_an_update_replaces_what_it_updates(shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    handle: Any = display(PILImage.new("L", (7, 8)), display_id=True)
    assert last_size(shown) == (7, 8)
    handle.update(PILImage.new("L", (9, 10)))
    assert last_size(shown) == (9, 10)
    assert len(shown.last(5)) == 2
    display(PILImage.new("L", (11, 12)))
    handle.update(PILImage.new("L", (13, 14)))
    assert [as_image(picture).width for picture in shown.last(5)] == [5, 11, 13]
    handle.update({"text/plain": "done"}, raw=True)
    assert [as_image(picture).width for picture in shown.last(5)] == [5, 11]


def test_f8_an_object_that_publishes_its_output_itself_is_known(shown: DisplayHistory) -> None:
    """A figure of plotly publishes its specification; facts and the exporter then had only a copy of it."""
    objects = pytest.importorskip("plotly.graph_objects")
    bundle = {"application/vnd.plotly.v1+json": {"data": [], "layout": {}}}
    kind = type("Own", (objects.Figure,), {"_ipython_display_": lambda self: display(bundle, raw=True)})
    made = kind(data={"type": "scatter", "y": [1, 2]})
    display(made)
    assert shown.last() == [made]
    display(bundle, raw=True)
    assert type(shown.last()[0]) is objects.Figure


def test_f8_a_display_that_failed_is_not_passed_over(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    run("class Slide:\n    def _repr_png_(self): raise RuntimeError('cold')\nSlide()")
    assert "Slide whose display failed" in refused(shown)
    display(PILImage.new("L", (5, 6)))
    run("class Table:\n    def _repr_html_(self): raise RuntimeError('cold')\nTable()")
    assert last_size(shown) == (5, 6)


@pytest.mark.usefixtures("inline")
def test_f8_a_figure_that_cannot_be_drawn_is_refused_with_its_reason(run: Run, shown: DisplayHistory) -> None:
    display(figure())
    broken = figure()
    broken.axes[0].set_title(r"$\frac{a$")
    display(broken)
    assert "matplotlib cannot draw the figure" in refused(shown)


def test_f8_a_pillow_image_in_a_mode_without_png_is_seen(shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    display(PILImage.new("F", (7, 8)))
    assert last_size(shown) == (7, 8)


def test_f8_an_object_that_is_gone_is_refused_and_not_passed_over(shown: DisplayHistory) -> None:
    class Drawn:
        __slots__ = ()

    display(PILImage.new("L", (5, 6)))
    shown._see({"image/svg+xml": SVG, "text/plain": "x"}, Drawn())
    display(PILImage.new("L", (7, 8)))
    older, newer = shown.last(2)
    assert as_image(newer).width == 7
    with pytest.raises(ImageError, match=r"is SVG \(.*Drawn\)"):
        as_image(older)


def test_f8_our_own_outputs_are_not_pictures(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (70, 80), 3))
    run("%%vision\nWhat size is it?")
    run("_vision")
    run("display(_vision, _vision.receipt)")
    assert last_size(shown) == (70, 80)
    run("_vision.images[0]")
    assert as_image(shown.last()[0]) is run.shell.user_ns["_vision"].images[0]


def test_f8_a_display_never_fails_because_it_is_recorded(run: Run, shown: DisplayHistory) -> None:
    class Strange(dict[str, Any]):
        def items(self) -> Any:
            raise RuntimeError("no")

    display(Strange({"text/html": "<img src=x>"}), raw=True)
    assert shown.last() == []


def test_f8_an_animation_is_its_first_frame(shown: DisplayHistory) -> None:
    buffer = io.BytesIO()
    frames = [PILImage.new("L", (33, 20), shade) for shade in (0, 90, 180)]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    display(PILImage.new("L", (5, 6)))
    display({"image/gif": buffer.getvalue(), "text/plain": "x"}, raw=True)
    assert last_size(shown) == (33, 20)
    assert as_image(shown.last()[0]).note == "first of 3 frames"


def test_f8_the_memory_of_html_is_bounded(shown: DisplayHistory) -> None:
    for number in range(6):
        display({"text/html": f"<iframe src='{number}'></iframe>" + "x" * 20_000_000}, raw=True)
    assert shown._bytes() < 70_000_000
    assert "iframe" in refused(shown)


# -- what shows no pixels ------------------------------------------------------------------------------------------


class Slide:
    def __vision_image__(self) -> Any:
        return PILImage.new("L", (11, 12))


def test_a_kind_of_ones_own_counts_as_last_value_and_however_it_displays(run: Run, shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    run.shell.user_ns["slide"] = Slide()
    run("slide")
    assert last_size(shown) == (11, 12)
    run("%%vision\nHow large is it?")
    assert "11 × 12" in run.shell.user_ns["_vision"].text

    class Preview(Slide):
        def _repr_png_(self) -> bytes:
            return png(3, 4)

    class Prints(Slide):
        def _ipython_display_(self) -> None:
            display({"text/plain": "a slide"}, raw=True)

    for kind in (Preview, Prints):
        display(PILImage.new("L", (5, 6)))
        display(kind())
        assert last_size(shown) == (11, 12)


def test_a_class_with_a_registered_converter_counts(shown: DisplayHistory, monkeypatch: pytest.MonkeyPatch) -> None:
    class Scan:
        pass

    def from_scan(scan: object) -> object:
        return PILImage.new("L", (13, 14))

    monkeypatch.setitem(registry._converters, f"{__name__}.Scan", from_scan)
    monkeypatch.setattr(sys.modules[__name__], "Scan", Scan, raising=False)
    display(Scan())
    assert last_size(shown) == (13, 14)


def test_an_own_kind_that_is_gone_is_refused_and_not_passed_over(shown: DisplayHistory) -> None:
    display(PILImage.new("L", (5, 6)))
    display(Slide())
    display(PILImage.new("L", (7, 8)))
    gc.collect()
    older = shown.last(2)[0]
    with pytest.raises(ImageError, match="Slide that does not exist any more"):
        as_image(older)


def test_a_picture_that_a_terminal_shows_as_text_counts(run: Run, shown: DisplayHistory) -> None:
    run.shell.display_formatter.active_types = ["text/plain"]
    run.shell.user_ns |= {"picture": PILImage.new("L", (9, 8)), "figure": figure()}
    run("figure")
    assert as_image(shown.last()[0]).source == "matplotlib figure"
    run("picture")
    assert last_size(shown) == (9, 8)
    run("figure.axes[0].set_title('text')")
    assert last_size(shown) == (9, 8)


def test_a_figure_that_nothing_displays_counts_after_its_cell_in_a_terminal(run: Run, shown: DisplayHistory) -> None:
    from matplotlib import pyplot as plt

    run.shell.user_ns |= {"plt": plt, "picture": PILImage.new("L", (9, 8))}
    run("picture")
    run("fig, _ = plt.subplots(figsize=(2, 1)); other, _ = plt.subplots(figsize=(3, 1)); plt.show()")
    try:
        assert shown.last(3)[1:] == [run.shell.user_ns["fig"], run.shell.user_ns["other"]]
        run("picture")
        assert last_size(shown) == (9, 8)
        run.shell.user_ns["fig"].canvas.draw()  # as a window does
        run("fig.suptitle('changed')")
        assert shown.last() == [run.shell.user_ns["fig"]]
        run("empty = plt.figure()")
        assert shown.last() == [run.shell.user_ns["fig"]]
    finally:
        plt.close("all")


def test_in_a_notebook_only_a_figure_with_a_window_counts_without_a_display(
    run: Run, shown: DisplayHistory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib import pyplot as plt

    monkeypatch.setattr(run.shell, "kernel", object(), raising=False)
    display(PILImage.new("L", (9, 8)))
    run.shell.user_ns["plt"] = plt
    try:
        shown._note_open_figures()
        made, _ = plt.subplots(figsize=(2, 1))
        shown._see_open_figures()
        assert last_size(shown) == (9, 8)
        monkeypatch.setattr(type(made.canvas), "required_interactive_framework", "qt")
        shown._see_open_figures()
        assert shown.last() == [made]
    finally:
        plt.close("all")
