"""The picture in one output of a notebook (F8)."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from IPython import display as shows
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image, images_in
from vision_magic.images.lazy_types import type_name
from vision_magic.notebook.output_pictures import MissingPicture, picture_in, picture_parts


def encoded(width: int, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    frames = [PILImage.new("L", (width, 20), shade) for shade in (0, 90, 180)]
    more: dict[str, Any] = {"save_all": True, "append_images": frames[1:]} if kind == "GIF" else {}
    frames[0].save(buffer, kind, **more)
    return buffer.getvalue()


def uri(width: int, kind: str = "PNG") -> str:
    return f"data:image/{kind.lower()};base64,{base64.b64encode(encoded(width, kind)).decode()}"


def seen(data: dict[str, Any], obj: object = None) -> list[int] | str | None:
    """Return the widths of the pictures in an output, the reason why there are none, or None if none was shown."""
    picture = picture_in(picture_parts(data), obj, name="" if obj is None else type_name(obj))
    if picture is None:
        return None
    try:
        return [as_image(image).width for image in images_in(picture)]
    except ImageError as error:
        return str(error)


def svg() -> str:
    return '<svg xmlns="http://www.w3.org/2000/svg" width="99"><rect/></svg>'


@pytest.mark.parametrize(
    ("data", "widths"),
    [
        pytest.param({"image/png": encoded(31)}, [31], id="F8 PNG"),
        pytest.param({"image/jpeg": encoded(31, "JPEG")}, [31], id="F8 JPEG"),
        pytest.param({"image/gif": base64.b64encode(encoded(32, "GIF")).decode()}, [32], id="F8 GIF"),
        pytest.param({"image/webp": encoded(33, "WEBP")}, [33], id="F8 WebP"),
        pytest.param({"image/svg+xml": svg(), "image/png": encoded(34)}, [34], id="F8 SVG with PNG"),
        pytest.param({"text/html": f"<h3>x</h3><img src='{uri(35)}'>"}, [35], id="F8 HTML"),
        pytest.param(
            {"text/html": f"<img src='{uri(35)}'><img src='{uri(36, 'GIF')}'>"}, [35, 36], id="F8 HTML of two"
        ),
        pytest.param({"text/html": f"<img src='{uri(35).replace('+', '%2B')}'>"}, [35], id="F8 HTML, quoted"),
        pytest.param({"text/markdown": f"# x\n![y]({uri(37)})"}, [37], id="F8 Markdown"),
        pytest.param({"text/markdown": f"<img src='{uri(38)}'>"}, [38], id="F8 HTML in Markdown"),
    ],
)
def test_what_has_pixels_is_taken(data: dict[str, Any], widths: list[int]) -> None:
    assert seen({**data, "text/plain": "x"}) == widths


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param({"image/svg+xml": svg()}, "is SVG, .*cairosvg", id="F8 SVG"),
        pytest.param({"text/html": svg()}, "is SVG, .*cairosvg", id="F8 SVG in HTML"),
        pytest.param({"text/html": "<img src='data:image/svg+xml;base64,AA=='>"}, "SVG.*cairosvg", id="F8 SVG by URI"),
        pytest.param({"image/avif": b"x"}, "a format that is not decoded", id="F8 another format"),
        pytest.param({"application/pdf": b"x"}, "is a PDF.*page to PNG", id="F8 PDF"),
        pytest.param({"video/mp4": b"x"}, "is a video.*one frame", id="F8 video"),
        pytest.param({"text/html": "<video src=x></video>"}, "is a video.*one frame", id="F8 video in HTML"),
        pytest.param({"text/html": "<iframe src=x></iframe>"}, "iframe.*screenshot", id="F8 a frame"),
        pytest.param({"text/html": "<iframe srcdoc='leaflet'></iframe>"}, r"iframe.*_to_png\(\)", id="F8 folium"),
        pytest.param({"text/html": "<canvas></canvas>"}, "a canvas", id="F8 canvas"),
        pytest.param({"text/html": "<img src='https://a.org/x.png?key=1'>"}, r"x\.png, .*fetch=True", id="F8 address"),
        pytest.param({"text/html": f"<img src='{uri(5)}'><img src=b.png>"}, "address, b.png", id="F8 one by address"),
        pytest.param({"text/html": f"<img src='{uri(5)}'>{svg()}"}, "is SVG", id="F8 one as SVG"),
        pytest.param({"text/markdown": "![x](a.png)"}, "by its address, a.png", id="F8 Markdown by address"),
        pytest.param({"text/html": "<div id=a></div><script>Plotly.x</script>"}, "script.*kaleido", id="F8 plotly"),
        pytest.param({"text/html": "<div id=a></div><script>vegaEmbed</script>"}, "vl-convert", id="F8 Vega"),
        pytest.param({"application/vnd.bokehjs_exec.v0+json": ""}, "a bokeh figure.*%%vision p", id="F8 bokeh"),
        pytest.param({"application/javascript": "element.append(1)"}, "a script", id="F8 JavaScript"),
        pytest.param({"application/geo+json": {}}, "a map", id="F8 GeoJSON"),
        pytest.param({"text/html": "<img src='data:image/png;base64,AAAA'>"}, "could not be decoded", id="F8 damaged"),
    ],
)
def test_what_has_no_pixels_is_refused_with_a_way_out(data: dict[str, Any], said: str) -> None:
    words = seen({**data, "text/plain": "x"})
    assert isinstance(words, str)
    assert re.search(said, words), words
    assert "key=1" not in words
    assert "\n" not in words


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": "array([1])"},
        {"text/html": "<table><tr><td>1</td></tr></table>"},
        {"text/html": "<audio src=x></audio>"},
        {"text/html": "<div id=a>table</div><script>sort()</script>"},
        {"text/html": "<script>Plotly = 1</script>"},
        {"text/markdown": "**a** `![`"},
        {"text/latex": "$x$"},
        {"application/json": {}},
        {"application/javascript": "Jupyter.notebook.kernel"},
        {"application/javascript": "element.x", "application/vnd.bokehjs_load.v0+json": "element.x"},
        {"application/vnd.holoviews_exec.v0+json": "", "text/html": "<div id=a></div><script>1</script>"},
        {"image/png": "", "text/html": ""},
        {"text/html": None, "image/png": None, 5: b"x"},
    ],
    ids=lambda data: f"F8 {str(data)[:40]}",
)
def test_text_tables_and_loaders_are_not_pictures(data: dict[str, Any]) -> None:
    assert seen(data) is None


def displayed(obj: Any, **more: Any) -> list[int] | str | None:
    """Return what is seen of an object as IPython's own classes display it."""
    method = getattr(obj, "_repr_mimebundle_", None) or (lambda: {"text/html": obj._repr_html_()})
    data = method()
    return seen({**(data[0] if isinstance(data, tuple) else data or {}), **more}, obj)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        pytest.param(lambda: shows.Image(data=encoded(41)), [41], id="F8 Image"),
        pytest.param(lambda: shows.Image(data=encoded(42, "GIF"), format="gif"), [42], id="F8 GIF"),
        pytest.param(lambda: shows.Image(url="https://a.org/x.png"), "fetch=True", id="F8 Image by address"),
        pytest.param(lambda: shows.IFrame("https://a.org", 300, 300), "iframe", id="F8 IFrame"),
        pytest.param(lambda: shows.YouTubeVideo("abc"), "one frame", id="F8 YouTube"),
        pytest.param(lambda: shows.Video("https://a.org/x.mp4"), "a video", id="F8 Video"),
        pytest.param(lambda: shows.HTML("<b>x</b>"), None, id="F8 HTML of text"),
    ],
)
def test_the_classes_of_ipython(make: Callable[[], Any], expected: Any) -> None:
    obj = make()
    found = displayed(obj) if not isinstance(obj, shows.Image) or obj.url else seen({"image/png": obj.data}, obj)
    assert (found == expected) if not isinstance(expected, str) else expected in str(found)


def test_f8_data_with_decorations_is_not_a_picture() -> None:
    dask = pytest.importorskip("dask.array")
    xarray = pytest.importorskip("xarray")
    chunked = dask.zeros((1000, 1000))
    assert "<svg" in chunked._repr_html_()
    for data in (chunked, xarray.Dataset({"a": (("y", "x"), chunked)}), xarray.DataArray(np.eye(3))):
        assert displayed(data) is None


def test_f8_the_object_is_converted_where_its_display_has_no_pixels() -> None:
    made = Figure(figsize=(2, 1), dpi=60)
    made.text(0.5, 0.5, "words")
    for data in ({"image/svg+xml": svg()}, {"application/pdf": b"x"}, {"text/html": svg()}):
        assert picture_in(picture_parts(data), made, name="Figure") is made


@pytest.mark.parametrize("failed", [True, False])
def test_f8_a_failed_display_is_refused_and_one_without_pixels_is_text(failed: bool) -> None:
    picture = picture_in({}, object(), name="Slide", failed=failed)
    assert isinstance(picture, MissingPicture) is failed
    assert not failed or "a Slide whose display failed" in picture.reason  # type: ignore[union-attr]


def in_widget(widget: Any) -> list[int] | str | None:
    return seen({"application/vnd.jupyter.widget-view+json": {"model_id": widget.model_id}, "text/plain": "x"}, widget)


def test_f8_pictures_in_widgets() -> None:
    import ipywidgets
    import traitlets
    from anywidget import AnyWidget

    import vision_magic as vm

    class Drawing(AnyWidget):
        _esm = traitlets.Unicode("export default {}").tag(sync=True)

    image = ipywidgets.Image(value=encoded(51), format="png")
    slider, text = ipywidgets.IntSlider(), ipywidgets.HTML("<b>x</b>")
    assert in_widget(image) == [51]
    assert in_widget(ipywidgets.VBox([slider, ipywidgets.HBox([text, image])])) == [51]
    assert in_widget(ipywidgets.HBox([image, image])) == [51, 51]
    assert in_widget(ipywidgets.HTML(f"<img src='{uri(52)}'>")) == [52]
    assert in_widget(ipywidgets.Tab([slider, image], selected_index=1)) == [51]
    for none in (
        slider,
        text,
        ipywidgets.VBox([slider]),
        ipywidgets.Output(),
        ipywidgets.Tab([slider, image], selected_index=0),
    ):
        assert in_widget(none) is None
    output = ipywidgets.Output()
    output.outputs = ({"output_type": "display_data", "data": {"image/png": encoded(53)}, "metadata": {}},)
    assert in_widget(output) == [53]
    for refused in (Drawing(), ipywidgets.VBox([image, Drawing()]), ipywidgets.Video(value=b"x")):
        assert "The picture shown last is a" in str(in_widget(refused))
    by_address = ipywidgets.Image(value=b"https://a.org/x.png", format="url")
    assert "fetch=True" in str(in_widget(by_address))
    panel = vm.ImageInput()
    panel._add("x.png", PILImage.new("L", (55, 20)), ())
    assert in_widget(panel) == [55]


def test_f8_a_widget_that_was_published_without_its_object_is_found() -> None:
    import ipywidgets

    image = ipywidgets.Image(value=encoded(54), format="png")
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": image.model_id}}
    assert seen(view) == [54]
    assert seen({"application/vnd.jupyter.widget-view+json": {"model_id": "unknown"}}) is None
    assert seen({"application/vnd.jupyter.widget-view+json": "damaged"}) is None


def test_f8_an_interactive_canvas_stands_for_its_figure_as_it_is_now() -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    made = Figure(figsize=(2, 1), dpi=60)
    made.subplots().set_facecolor("red")
    picture = picture_in(picture_parts({"image/png": encoded(5)}), FigureCanvasAgg(made))
    made.axes[0].set_facecolor("blue")
    image = as_image(picture).to_pil().convert("RGB")
    assert image.getpixel((image.width // 2, image.height // 2)) == (0, 0, 255)


def test_f8_a_widget_that_fails_is_refused() -> None:
    import ipywidgets

    output = ipywidgets.Output()
    output.outputs = ({"data": 3},)
    assert "could not be read (TypeError" in str(in_widget(output))
