"""Conversion of every kind of object in docs/pictures.md: one test per row."""

from __future__ import annotations

import io
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image as PILImage

import vision_magic as vm
from vision_magic.errors import ImageError
from vision_magic.images import registry
from vision_magic.images.convert import as_image, images_in, is_image
from vision_magic.images.converters import browser_figures

DOCS = Path(__file__).parents[2] / "docs" / "pictures.md"

RED = (255, 0, 0)


def red(width: int = 40, height: int = 30) -> PILImage.Image:
    return PILImage.new("RGB", (width, height), RED)


def png() -> bytes:
    buffer = io.BytesIO()
    red().save(buffer, "PNG")
    return buffer.getvalue()


def array() -> Any:
    return np.array(red())


def figure() -> Figure:
    made = Figure(figsize=(3, 2), dpi=80)
    made.add_subplot().plot([0, 1], [0, 1], color="red")
    return made


def pandas_plot() -> Any:
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame({"a": [1, 2]}).plot(ax=figure().axes[0])


def facets() -> Any:
    seaborn = pytest.importorskip("seaborn")
    pandas = pytest.importorskip("pandas")
    return seaborn.FacetGrid(pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}), col="b")


def joint() -> Any:
    seaborn = pytest.importorskip("seaborn")
    return seaborn.jointplot(x=[1, 2, 3], y=[1, 2, 3])


def pairs() -> Any:
    seaborn = pytest.importorskip("seaborn")
    pandas = pytest.importorskip("pandas")
    return seaborn.PairGrid(pandas.DataFrame({"a": [1, 2], "b": [2, 1]}))


def seaborn_object() -> Any:
    objects = pytest.importorskip("seaborn.objects")
    return objects.Plot(x=[1, 2], y=[1, 2]).add(objects.Dot())


def plotly_figure() -> Any:
    return pytest.importorskip("plotly.graph_objects").Figure(data={"type": "scatter", "x": [1, 2], "y": [1, 2]})


def altair_chart() -> Any:
    altair = pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    return altair.Chart(altair.Data(values=[{"a": 1, "b": 2}])).mark_point().encode(x="a:Q", y="b:Q")


def holoviews_curve() -> Any:
    holoviews = pytest.importorskip("holoviews")
    holoviews.extension("matplotlib")
    return holoviews.Curve([1, 2, 3])


def xarray_bands() -> Any:
    xarray = pytest.importorskip("xarray")
    return xarray.DataArray(np.moveaxis(array(), -1, 0), dims=("band", "y", "x"))


def dask_array() -> Any:
    return pytest.importorskip("dask.array").from_array(array())


def ipython_image() -> Any:
    from IPython.display import Image

    return Image(data=png())


def widget_image() -> Any:
    from ipywidgets import Image

    return Image(value=png(), format="png")


def open_file() -> Any:
    return io.BufferedReader(io.BytesIO(png()))  # type: ignore[arg-type]  # as open(path, "rb") gives it


def image_input() -> Any:
    widget = vm.ImageInput()
    widget._add("red.png", red(), ())
    return widget


class ShowsItself:
    def _repr_png_(self) -> bytes:
        return png()


class ShowsBundle:
    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"image/png": png(), "text/plain": "x"}, {}


class GivesArray:
    """An array like those of JAX and TensorFlow."""

    shape = (30, 40, 3)
    dtype = np.dtype("uint8")

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        return array()


class OnGpu:
    """An array like CuPy's: NumPy cannot read it, ``get`` copies it."""

    shape = (30, 40, 3)
    dtype = np.dtype("uint8")
    __cuda_array_interface__: Any = {}  # noqa: RUF012

    def __array__(self) -> Any:
        raise TypeError("Implicit conversion to a NumPy array is not allowed.")

    def get(self) -> Any:
        return array()


def animation() -> Any:
    from matplotlib.animation import FuncAnimation

    drawn = figure()
    made = FuncAnimation(drawn, lambda frame: drawn.axes[0].lines, frames=2, cache_frame_data=False)
    made._draw_was_started = True  # type: ignore[attr-defined]  # it warns if it is deleted without being drawn
    return made


class Display:
    """A display like those of scikit-learn, which store their figure."""

    def __init__(self) -> None:
        self.figure_ = figure()


class Cloud:
    """A word cloud, which returns its picture."""

    def to_image(self) -> Any:
        return red()


class DataSet:
    """A data set like those of pydicom."""

    PhotometricInterpretation = "RGB"

    @property
    def pixel_array(self) -> Any:
        return array()


def stand_in(path: str, **members: Any) -> Any:
    """Return an object of a class of a library that is too large for the tests."""
    module, _, name = path.rpartition(".")
    if module not in sys.modules:
        sys.modules[module] = types.ModuleType(module)
    kind = type(name, (), {"__module__": module, **members})
    setattr(sys.modules[module], name, kind)
    return kind()


def plotnine_plot() -> Any:
    return stand_in("plotnine.ggplot.ggplot", _repr_mimebundle_=ShowsBundle._repr_mimebundle_)


def lets_plot_plot() -> Any:
    return stand_in("lets_plot.plot.core.PlotSpec", to_png=lambda self, path: path.write(png()))


def folium_map() -> Any:
    return stand_in("folium.folium.Map", png_enabled=True, _repr_png_=lambda self: png())


class Own:
    def __vision_image__(self) -> Any:
        return array()


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close the figures of pyplot, with which seaborn draws, and forget the stand-ins for libraries."""
    before = set(sys.modules)
    yield
    for name in [each for each in set(sys.modules) - before if not hasattr(sys.modules[each], "__file__")]:
        if name.partition(".")[0] in ("plotnine", "lets_plot", "folium", "pydicom"):
            del sys.modules[name]
    from matplotlib import pyplot as plt

    plt.close("all")


# Keyed by the first cell of the row in docs/pictures.md.
KINDS: dict[str, Callable[[], Any]] = {
    "Pillow image": red,
    "NumPy array": array,
    "JAX, TensorFlow and other arrays": GivesArray,
    "CuPy array": OnGpu,
    "xarray.DataArray": xarray_bands,
    "dask array": dask_array,
    "memoryview": lambda: memoryview(array()),
    "matplotlib Figure": figure,
    "matplotlib SubFigure": lambda: drawn_part(),
    "matplotlib Axes": lambda: figure().axes[0],
    "matplotlib artist": lambda: figure().axes[0].lines[0],
    "bars, error bars, stems": lambda: figure().axes[0].bar([1], [1]),
    "colour bar, animation, canvas": animation,
    "what a plotting function returns": lambda: figure().axes[0].bar([1], [1], color="red"),
    "pandas plot": pandas_plot,
    "stored figure": Display,
    "seaborn FacetGrid": facets,
    "seaborn PairGrid": pairs,
    "seaborn JointGrid": joint,
    "seaborn.objects.Plot": seaborn_object,
    "plotnine plot": plotnine_plot,
    "lets-plot plot": lets_plot_plot,
    "Altair chart": altair_chart,
    "HoloViews, hvPlot": holoviews_curve,
    "folium map": folium_map,
    "IPython.display.Image": ipython_image,
    "ipywidgets.Image": widget_image,
    "bytes, bytearray": lambda: bytearray(png()),
    "pathlib.Path": lambda: DOCS.parent / "static" / "gallery" / "matplotlib.webp",
    "open file": open_file,
    "data URI": lambda: vm.url(as_image(red()).data_uri),
    "displays as PNG or JPEG": ShowsItself,
    "MIME bundle with PNG or JPEG": ShowsBundle,
    "method that returns a picture": Cloud,
    "property `pixel_array`": DataSet,
    "method `__vision_image__`": Own,
    "ImageInput": image_input,
}

# Rows whose part cannot run in every test environment; each has a test of its own below.
ELSEWHERE = {"PyTorch tensor", "plotly Figure", "bokeh figure", "address", "list, tuple, column", "table"}


def drawn_part() -> Any:
    part = Figure(figsize=(4, 2), dpi=80).subfigures(1, 2)[0]
    part.subplots().plot([1, 2], color="red")
    return part


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_becomes_a_picture_with_its_red_in_it(kind: str) -> None:
    obj = KINDS[kind]()
    image = as_image(obj)
    assert min(image.width, image.height) >= 20
    assert image.source
    if kind in ("seaborn FacetGrid", "seaborn PairGrid", "seaborn JointGrid", "seaborn.objects.Plot"):
        return  # drawn in seaborn's default colours
    if kind in ("Altair chart", "HoloViews, hvPlot", "bars, error bars, stems", "pandas plot", "pathlib.Path"):
        return  # drawn in other colours
    pixels = np.asarray(image.to_pil().convert("RGB")).astype(int)
    assert ((pixels[..., 0] > 200) & (pixels[..., 1] < 60)).sum() > 20
    assert is_image(obj) or kind in ("open file", "MIME bundle with PNG or JPEG")


def test_the_table_in_the_docs_has_a_row_for_each_kind_and_no_other() -> None:
    table = DOCS.read_text(encoding="utf-8").partition("## Kinds")[2].partition("## ")[0]
    rows = re.findall(r"^\| (?!you have)([^|]+?) +\|", table, re.MULTILINE)
    assert set(rows) == {*KINDS, *ELSEWHERE}
    assert len(rows) == len(set(rows))


# --- parts that are not everywhere --------------------------------------------------------------------------------


def test_a_tensor_of_pytorch_has_its_channels_moved() -> None:
    torch = pytest.importorskip("torch")
    made = as_image(torch.from_numpy(np.moveaxis(array(), -1, 0).copy()))
    assert made.to_pil().getpixel((0, 0)) == RED
    assert "channels moved last" in made.note
    assert as_image(torch.zeros(3, 4, requires_grad=True)).width == 4
    assert as_image(torch.zeros(3, 4, dtype=torch.bfloat16)).width == 4


def test_what_pytorch_gives_is_used_as_pytorch_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversion steps on a stand-in: PyTorch is too large for the tests."""

    class Tensor:
        dtype = "torch.uint8"
        shape = (3, 30, 40)

        def _self(self) -> Tensor:
            return self

        detach = cpu = resolve_conj = resolve_neg = _self

        def numpy(self) -> Any:
            return np.moveaxis(array(), -1, 0)

    module = types.ModuleType("torch")
    module.Tensor = Tensor  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "torch", module)
    image = as_image(Tensor())
    assert (image.width, image.height) == (40, 30)
    assert image.source == "torch.Tensor (3, 30, 40) uint8"
    assert image.to_pil().getpixel((0, 0)) == RED


def test_plotly_is_drawn_by_its_exporter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = plotly_figure()
    monkeypatch.setattr(type(made), "to_image", lambda self, format: png())
    assert as_image(made).source == "plotly figure"


@pytest.mark.parametrize(
    ("make", "module", "fix"),
    [
        pytest.param(plotly_figure, "kaleido", "pip install kaleido", id="F9 plotly"),
        pytest.param(altair_chart, "vl_convert", "pip install vl-convert-python", id="F9 Altair"),
    ],
)
def test_where_an_exporter_is_missing_its_name_is_said(
    make: Callable[[], Any], module: str, fix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make()
    monkeypatch.setitem(sys.modules, module, None)  # as if it were not installed
    with pytest.raises(ImageError) as caught:
        as_image(made)
    assert fix in str(caught.value)
    assert "save the figure as PNG yourself" in str(caught.value)


@pytest.mark.parametrize(
    ("make", "method", "module"),
    [
        pytest.param(plotly_figure, "to_image", "kaleido", id="F9 plotly"),
        pytest.param(altair_chart, "save", "vl_convert", id="F9 Altair"),
    ],
)
def test_an_exporter_that_fails_is_not_advised_to_be_installed(
    make: Callable[[], Any], method: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make()
    monkeypatch.setitem(sys.modules, module, sys.modules.get(module) or types.ModuleType(module))
    monkeypatch.setattr(type(made), method, mock.Mock(side_effect=ValueError("no Chrome\nhere")))
    with pytest.raises(ImageError, match=r"its exporter failed \(ValueError: no Chrome here\)") as caught:
        as_image(made)
    assert "pip install" not in str(caught.value)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
@pytest.mark.parametrize(
    ("transformer", "rows"),
    [("default", 10), ("default", 6000), ("json", 6000), ("csv", 6000), ("vegafusion", 6000)],
)
def test_f9_a_chart_is_exported_with_its_data_whatever_transformer_is_set(
    transformer: str, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altair = pytest.importorskip("altair")
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("vl_convert")
    monkeypatch.chdir(tmp_path)
    table = pandas.DataFrame({"a": range(rows), "b": range(rows)})
    chart = altair.Chart(table).mark_line(color="red").encode(x="a:Q", y="b:Q")
    with altair.data_transformers.enable(transformer):
        image = as_image(chart)
        assert altair.data_transformers.active == transformer
    pixels = np.asarray(image.to_pil().convert("RGB")).astype(int)
    assert ((pixels[..., 0] > 200) & (pixels[..., 1] < 60)).sum() > 500
    assert list(tmp_path.iterdir()) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_f9_a_chart_whose_data_is_elsewhere_is_not_sent_empty_without_a_word() -> None:
    altair = pytest.importorskip("altair")
    pytest.importorskip("vl_convert")

    def chart(data: Any) -> Any:
        return altair.Chart(data).mark_point().encode(x="a:Q")

    for made in (chart("nowhere.json"), chart("a.csv") + chart("b.csv"), chart(altair.UrlData("file:///c.csv"))):
        with pytest.raises(ImageError, match=r"which its exporter cannot read; the chart would be empty"):
            as_image(made)
    note = as_image(chart("http://127.0.0.1:9/a.json?key=secret")).note
    assert note == "without marks if http://127.0.0.1:9/a.json did not load"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_f9_the_reason_of_a_chart_that_cannot_be_made_is_named() -> None:
    altair = pytest.importorskip("altair")
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("vl_convert")
    made = altair.Chart(pandas.DataFrame({"a": [1]})).mark_point().encode(x="missing")
    with pytest.raises(ImageError, match=r"exporter failed \(ValueError: .*missing") as caught:
        as_image(made)
    assert "pip install" not in str(caught.value)


def test_bokeh_without_its_exporter_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    plotting = pytest.importorskip("bokeh.plotting")
    monkeypatch.setitem(sys.modules, "selenium", None)  # as if it were not installed
    with pytest.raises(ImageError, match="pip install selenium"):
        as_image(plotting.figure())


def test_an_exporter_that_hangs_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    made = plotly_figure()
    released = threading.Event()
    monkeypatch.setattr(browser_figures, "_EXPORT_TIMEOUT", 0.05)
    monkeypatch.setattr(type(made), "to_image", lambda self, format: released.wait(10))
    with pytest.raises(ImageError, match="did not finish within"):
        as_image(made)
    released.set()


# --- objects that are refused -------------------------------------------------------------------------------------


def test_a_table_is_refused_with_the_two_ways_that_work() -> None:
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})
    with pytest.raises(ImageError, match=r"a DataFrame of 3 rows and 2 columns, .* df\.plot\(\); .*\{df\}"):
        as_image(table)
    assert not is_image(table)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda: io.StringIO("text"), r"in text mode; .*'rb'", id="a text file"),
        pytest.param(lambda: io.BytesIO(b""), "has 0 bytes", id="an empty file"),
        pytest.param(lambda: io.BytesIO(b"x" * 30), "could not be decoded as a picture", id="a file of junk"),
        pytest.param(mock.Mock, "as_image got unittest.mock.Mock", id="an object that has every attribute"),
        pytest.param(lambda: memoryview(b"junk junk"), "could not be decoded", id="a view of junk"),
        pytest.param(lambda: vm.ask("Hi?", profile="embedded"), "does not display as PNG or JPEG", id="a reply"),
        pytest.param(lambda: vm.url("https://example.org/x.png"), "fetch=True", id="an address"),
    ],
)
def test_what_looks_like_a_picture_and_is_none_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(ImageError, match=said):
        as_image(make())


def test_an_ipython_image_by_address_is_not_fetched() -> None:
    from IPython.display import Image

    with pytest.raises(ImageError, match="its pixels are not available here"):
        as_image(Image(url="https://example.org/x.png"))


def test_an_open_file_is_left_where_it_stood() -> None:
    file = io.BytesIO(png())
    file.seek(7)
    assert as_image(file).source == "open file"
    assert file.tell() == 7
    file.close()
    with pytest.raises(ImageError, match="closed"):
        as_image(file)


# --- holders of pictures (F15) ------------------------------------------------------------------------------------


class Slotted:
    __slots__ = ("fig",)

    def __init__(self) -> None:
        self.fig = figure()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: types.SimpleNamespace(fig=figure()), id="F15 fig"),
        pytest.param(lambda: types.SimpleNamespace(figure=figure()), id="F15 figure"),
        pytest.param(Display, id="F15 figure_"),
        pytest.param(Slotted, id="F15 slots"),
        pytest.param(lambda: figure().canvas, id="F15 canvas"),
        pytest.param(animation, id="F15 animation"),
        pytest.param(lambda: xarray_grid(), id="F15 xarray"),
        pytest.param(lambda: colour_bar(), id="F15 colour bar"),
        pytest.param(
            lambda: stand_in("yellowbrick.base.Visualizer", fig=property(lambda self: figure())), id="F15 yellowbrick"
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_an_object_that_stores_a_figure_stands_for_it(make: Callable[[], Any]) -> None:
    made = make()
    assert is_image(made)
    assert as_image(made).width > 100


def xarray_grid() -> Any:
    xarray = pytest.importorskip("xarray")
    return xarray.DataArray(np.zeros((2, 4, 4)), dims=("t", "y", "x")).plot(col="t")


def colour_bar() -> Any:
    drawn = figure()
    return drawn.colorbar(drawn.axes[0].imshow(np.eye(3)))


class Anything:
    def __getattr__(self, name: str) -> Any:
        return figure()


class Failing:
    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError("no")


class Hostile:
    """An object whose attributes have the right names and nothing else."""

    figure = "figure"
    fig = property(lambda self: 1 / 0)
    to_image = None
    pixel_array = 3

    def to_png(self, path: str) -> None:
        raise AssertionError("called unasked")


@pytest.mark.parametrize("make", [mock.Mock, mock.MagicMock, Anything, Failing, lambda: Anything, lambda: types])
def test_f15_what_only_looks_like_a_holder_is_refused_and_nothing_of_it_is_called(make: Callable[[], Any]) -> None:
    made = make()
    assert not is_image(made)
    [same] = images_in(made)
    assert same is made
    with pytest.raises(ImageError, match="as_image got"):
        as_image(made)


def test_f15_the_way_is_named_where_a_method_needs_arguments() -> None:
    with pytest.raises(ImageError, match=r"has a method to_png\(…\): call it, and pass"):
        as_image(Hostile())


@pytest.mark.parametrize("error", [ValueError("not generated"), NotImplementedError()])
def test_f15_an_error_of_a_method_is_told(error: Exception) -> None:
    class Empty:
        def to_image(self) -> Any:
            raise error

    with pytest.raises(ImageError, match=rf"Empty could not be converted to a picture \({type(error).__name__}"):
        as_image(Empty())


def test_f15_a_dicom_data_set_needs_pixels() -> None:
    members = {"pixel_array": property(lambda self: array()), "PhotometricInterpretation": "MONOCHROME1"}
    with_pixels = stand_in("pydicom.dataset.Dataset", __contains__=lambda self, name: name == "PixelData", **members)
    assert "the lowest stands for white" in as_image(with_pixels).note
    without = stand_in("pydicom.dataset.Dataset", __contains__=lambda self, name: False, **members)
    assert not is_image(without)
    with pytest.raises(ImageError, match="as_image got"):
        as_image(without)


def test_f15_a_map_without_a_screenshot_says_how_to_take_one() -> None:
    with pytest.raises(ImageError, match=r"map\._to_png\(\)"):
        as_image(stand_in("folium.folium.Map", png_enabled=False))


# --- several ------------------------------------------------------------------------------------------------------


def test_a_collection_stands_for_the_pictures_in_it() -> None:
    first, second = red(), red()
    assert images_in([first, (second, first)]) == [first, second, first]
    column = pytest.importorskip("pandas").Series([first, second], dtype=object)
    assert images_in(column) == [first, second]
    objects = np.empty(2, dtype=object)
    objects[:] = [first, second]
    assert images_in(objects) == [first, second]


def test_what_pyplot_returns_stands_for_its_figure() -> None:
    made = figure()
    axes = made.axes[0]
    assert images_in(axes.plot([1, 2])) == [
        axes.lines[-1]
    ]  # a single line is returned as it is; converting it gives its figure
    assert images_in(axes.plot([1, 2], [[1, 2], [3, 4]])) == [made]
    assert images_in(axes.hist([1, 2, 2])) != []
    assert as_image(images_in(axes.hist([1, 2, 2]))[0]).source.startswith("matplotlib")
    grid = Figure(figsize=(4, 2))
    assert images_in(grid.subplots(2, 2)) == [grid]
    assert as_image(axes.errorbar([1], [1], yerr=[1])).width > 20


def test_too_many_pictures_and_none_are_refused() -> None:
    with pytest.raises(ImageError, match=r"The list has more than 64 pictures; pass fewer, such as x\[:8\]"):
        images_in([red()] * 100)
    with pytest.raises(ImageError, match="The list is empty"):
        images_in([])


# --- third parties ------------------------------------------------------------------------------------------------


def test_a_method_of_its_own_goes_before_what_an_object_is() -> None:
    class Mine(np.ndarray):
        def __vision_image__(self) -> Any:
            return red(3, 5)

    image = as_image(np.zeros((2, 2)).view(Mine))
    assert (image.width, image.height) == (3, 5)


def test_a_converter_that_goes_in_a_circle_is_stopped() -> None:
    class Circle:
        def __vision_image__(self) -> Any:
            return Circle()

    with pytest.raises(ImageError, match="needs the same conversion again"):
        as_image(Circle())


def test_an_error_of_somebody_elses_converter_is_told() -> None:
    class Broken:
        def __vision_image__(self) -> Any:
            raise RuntimeError("the scanner is cold")

    with pytest.raises(
        ImageError, match=r"Broken could not be converted to a picture \(RuntimeError: the scanner is cold\)"
    ):
        as_image(Broken())


def lab(name: str, **members: Any) -> Any:
    """Return an object of somebody else's class."""
    return type(name, (), {"__module__": "lab", **members})()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        pytest.param(None, "returned None; expected a picture", id="no return"),
        pytest.param([[1, 2], [3, 4]], r"returned a list of 2; .* np\.array\(x\)", id="a list of numbers"),
        pytest.param(("x", red()), r"returned a tuple of 2; expected one picture: pass one of them", id="a tuple"),
        pytest.param("x.png", r"returned the string 'x\.png', .* pathlib\.Path", id="a string"),
        pytest.param({"thumb": red()}, r"returned dict; .* x\['thumb'\]", id="a dict"),
        pytest.param(red, "returned the function red; expected a picture: call it", id="a function"),
        pytest.param(np.zeros(5), r"returned an array of shape \(5,\)", id="an array that is no picture"),
        pytest.param(b"abc", "returned what is not sent as a picture: 3 B of data", id="no picture in bytes"),
        pytest.param(vm.ConvertedImage(pixels=[[1]], source="s"), "returned a list of 1", id="a list as pixels"),  # type: ignore[arg-type]
    ],
)
def test_what_somebody_elses_code_returns_instead_of_a_picture_is_named(result: Any, said: str) -> None:
    slide = lab("Slide", __vision_image__=lambda self: result)
    with pytest.raises(ImageError, match=rf"^lab\.Slide\.__vision_image__ {said}"):
        as_image(slide)
    if not isinstance(result, vm.ConvertedImage):
        with pytest.raises(ImageError, match=rf"^lab\.Cloud\.to_image {said}"):
            as_image(lab("Cloud", to_image=lambda self: result))


def test_a_converter_that_returns_no_picture_is_named_with_its_class() -> None:
    slide = stand_in("folium.Storyboard")

    @vm.converts("folium.Storyboard")
    def from_slide(slide: object) -> object:
        return None

    try:
        with pytest.raises(ImageError, match=r"^The converter from_slide for folium\.Storyboard returned None"):
            as_image(slide)
        with pytest.raises(
            ImageError, match=r"registered for 'folium\.Storyboard': .* @vision_magic\.converts\('lab\.Storyboard'\)"
        ):
            as_image(lab("Storyboard"))
        again = stand_in("folium.Storyboard")
        with pytest.raises(ImageError, match="make it again"):
            as_image(slide)
        with pytest.raises(ImageError, match="returned None"):
            as_image(again)
    finally:
        del registry._converters["folium.Storyboard"]


@pytest.mark.parametrize(
    ("obj", "said"),
    [
        pytest.param(lab("A", __vision_image__=property(lambda self: array())), "without @property", id="a property"),
        pytest.param(lab("A", __vision_image__=3), "is int and not a method", id="an attribute"),
        pytest.param(lab("A", __vision_img__=array), "would have to be called __vision_image__", id="misspelt"),
        pytest.param(
            lab("A", __vision_image__=lambda self, level: 1), r"Check lab\.A\.__vision_image__", id="arguments"
        ),
        pytest.param(lab("A", _repr_png_=lambda self: red()), r"A\._repr_png_ returned PIL", id="_repr_png_"),
        pytest.param(lab("A", _repr_png_=lambda self: b"abc"), "lab.A displays as data that is not", id="its data"),
        pytest.param(lab("A", pixel_array=property(lambda self: None)), r"A\.pixel_array returned None", id="pixels"),
        pytest.param((1 for _ in "ab"), r"a generator; expected a picture: .* list\(x\)", id="a generator"),
    ],
)
def test_a_kind_that_is_defined_in_a_wrong_way_says_how_to_define_it(obj: Any, said: str) -> None:
    with pytest.raises(ImageError, match=said):
        as_image(obj)


def test_a_method_on_the_object_alone_is_not_looked_for() -> None:
    slide = lab("Slide")
    slide.__vision_image__ = array
    with pytest.raises(ImageError, match="define it as a method of the class"):
        as_image(slide)


def test_a_converted_image_checks_itself_and_accepts_what_as_image_accepts() -> None:
    with pytest.raises(ImageError, match=r"ConvertedImage got notes='level 2'; .* notes=\('level 2',\)"):
        vm.ConvertedImage(pixels=array(), notes="level 2")  # type: ignore[arg-type]
    with pytest.raises(ImageError, match="source=3; expected a string"):
        vm.ConvertedImage(pixels=array(), source=3)  # type: ignore[arg-type]
    encoded = vm.ConvertedImage(pixels=png(), notes=("level 2",))  # type: ignore[arg-type]
    image = as_image(lab("Slide", __vision_image__=lambda self: encoded))
    assert (image.source, image.note) == ("lab.Slide", "level 2")
    assert vm.ConvertedImage(png()).pixels == png()  # type: ignore[arg-type]


class _Readable:
    """An array of one's own, whose shape and dtype are set on the object."""

    def __init__(self) -> None:
        self.data = np.eye(30, 40)
        self.shape, self.dtype, self.ndim = self.data.shape, self.data.dtype, 2

    def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
        return self.data


def test_an_array_of_ones_own_may_set_its_shape_on_the_object() -> None:
    assert as_image(_Readable()).original == (40, 30)
    assert is_image(_Readable())
    with pytest.raises(ImageError, match=r"NumPy can read.*: pass np\.asarray\(x\)"):
        as_image(lab("Bare", __array__=lambda self: np.eye(9)))


def test_a_range_for_a_picture_is_refused_with_the_way_out() -> None:
    slide = lab("Slide", __vision_image__=lambda self: as_image(np.eye(30, 40), range=(0, 2)))
    with pytest.raises(ImageError, match="a class of your own returns this array"):
        as_image(slide, range=(0, 2))


@pytest.mark.parametrize(
    ("register", "said"),
    [
        pytest.param(lambda: vm.converts(Own), r"converts\('\w+(\.\w+)*\.Own'\)", id="the class itself"),  # type: ignore[arg-type]
        pytest.param(lambda: vm.converts(red), r"@vision_magic\.converts\('somelibrary\.Slide'\)", id="no path"),  # type: ignore[arg-type]
        pytest.param(lambda: vm.converts("Slide"), r"converts\('__main__\.Slide'\)", id="a class of the notebook"),
        pytest.param(lambda: vm.converts("a.B")(3), "on the line above its def", id="no function"),  # type: ignore[arg-type]
    ],
)
def test_a_registration_of_something_else_says_how_to_register(register: Callable[[], object], said: str) -> None:
    with pytest.raises(ImageError, match=said):
        register()


def test_no_library_is_imported_for_the_kinds() -> None:
    import subprocess

    program = (
        "import sys, vision_magic as vm\n"
        "image = vm.as_image(b'" + png().hex() + "' and bytes.fromhex('" + png().hex() + "'))\n"
        "print(*sorted({'numpy', 'matplotlib', 'torch', 'pandas', 'plotly', 'altair', 'IPython'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == ""


def test_nothing_in_a_list_is_dropped_without_a_word() -> None:
    made = figure()
    for several in ([made, 3], [3, made, "hello"], [made, None], (made, "x")):
        with pytest.raises(ImageError, match="as_image got"):
            [as_image(one) for one in images_in(several)]
    assert images_in([made, figure()])[0] is made


@pytest.mark.parametrize(
    ("dims", "shape", "suggested"),
    [
        pytest.param(("band", "y", "x"), (7, 20, 30), ["a[0]", "a[[2, 1, 0]]"], id="F16 seven bands"),
        pytest.param(("time", "y", "x"), (9, 20, 30), ["a[0]", "a.max(axis=0)"], id="F16 a stack"),
        pytest.param(("part", "y", "x"), (3, 20, 30), ["a.transpose(..., 'part')", "a[0]"], id="F16 channels first"),
        pytest.param(("time", "band", "y", "x"), (2, 3, 20, 30), ["a[0]"], id="F16 a batch with bands"),
        pytest.param(("time", "part", "y", "x"), (2, 3, 20, 30), ["a[0].transpose(..., 'part')"], id="F16 a batch"),
    ],
)
def test_what_is_suggested_for_an_array_of_xarray_works_in_xarray(
    dims: tuple[str, ...], shape: tuple[int, ...], suggested: list[str]
) -> None:
    xarray = pytest.importorskip("xarray")
    array = xarray.DataArray(np.zeros(shape), dims=dims)
    with pytest.raises(ImageError) as caught:
        as_image(array)
    for expression in suggested:
        assert expression in str(caught.value)
        assert as_image(eval(expression, {"a": array})).original == (30, 20)


def test_f16_the_only_band_of_a_file_is_shown_and_stated() -> None:
    xarray = pytest.importorskip("xarray")
    image = as_image(xarray.DataArray(np.zeros((1, 20, 30)), dims=("band", "y", "x")))
    assert (image.width, image.height) == (30, 20)
    assert image.note == "the only band; 0 to 1 shown as black to white"


def test_f16_an_array_of_dask_keeps_its_mask() -> None:
    dask = pytest.importorskip("dask.array")
    image = as_image(dask.ma.masked_equal(dask.from_array(np.array([[0.0, 9999.0, 1.0]])), 9999))
    assert image.note == "0 to 1 shown as black to white; 1 masked value shown as black"
