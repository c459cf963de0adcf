"""Charts read from pictures: what is taken, and what is an error."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from PIL import Image

import vision_magic as vm
from vision_magic.engine import reading
from vision_magic.engine.reading import TextReader


def bars() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.add_subplot()
    axes.bar(["plums", "pears", "apples"], [48, 21, 34])
    axes.set(title="Harvest", ylabel="Weight (t)")
    return figure


def saved(figure: Figure, path: Path) -> Path:
    figure.savefig(path, dpi=100)
    return path


def test_the_values_of_a_live_figure_are_read_from_its_pixels() -> None:
    chart = vm.read_chart(bars())
    (series,) = chart
    assert series.source == "pixels"
    assert series.sure
    assert series.x == ("plums", "pears", "apples")
    assert series.y == pytest.approx((48, 21, 34), abs=3 * series.sigma)
    assert 0 < series.sigma < 0.5
    assert chart.image is not None
    assert chart.image.source == "matplotlib figure"


@pytest.mark.slow
def test_what_is_drawn_over_the_picture_is_where_it_was_found() -> None:
    """Values go to pixels by the inverse of what turned pixels into values, or by the places of names."""
    chart = vm.read_chart(bars())
    panel = chart.panels[0]
    for (x, y), place, value in zip(chart[0].places, chart[0].x, chart[0].y, strict=True):
        assert panel.x.pixel(place) == pytest.approx(x, abs=2)
        assert panel.y.pixel(value) == pytest.approx(y, abs=0.01)
    assert panel.x.agrees == (True, True, True)
    assert all(panel.y.agrees)


@pytest.mark.slow
def test_files_bytes_and_images_are_taken(tmp_path: Path) -> None:
    path = saved(bars(), tmp_path / "bars.png")
    data = path.read_bytes()
    charts = [vm.read_chart(each) for each in (path, data, Image.open(io.BytesIO(data)), vm.as_image(path))]
    assert all(chart == charts[0] for chart in charts)
    assert len(charts[0]) == 1


def test_a_picture_without_axes_is_an_empty_chart_that_says_so() -> None:
    chart = vm.read_chart(Image.new("RGB", (300, 200), "navy"))
    assert not chart
    assert chart.panels == ()
    assert "No axes were found" in " ".join(chart.unread)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"max_side": 0}, "max_side got 0", id="a value"),
        pytest.param({"range": (1, 0)}, "range got", id="a range"),
    ],
)
def test_an_option_that_is_wrong_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(vm.ImageError, match=said):
        vm.read_chart(Image.new("RGB", (30, 20)), **options)


@pytest.mark.parametrize("thing", [None, "bars.png", 3, object(), vm.Chart()])
def test_what_is_not_a_picture_is_refused(thing: object) -> None:
    with pytest.raises(vm.ImageError):
        vm.read_chart(thing)


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(vm.ReadingError, match=r'pip install "vision-magic\[reader\]"'):
        vm.read_chart(Image.new("RGB", (300, 200)))


def test_a_library_that_fails_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(reader: TextReader) -> None:
        raise RuntimeError("native code")

    monkeypatch.setattr(TextReader, "backend", property(fails))
    reading._shared_reader.cache_clear()
    with pytest.raises(vm.ReadingError, match="RuntimeError"):
        vm.read_chart(Image.new("RGB", (301, 200)))


@pytest.mark.slow
def test_several_charts_are_read_from_asynchronous_code() -> None:
    async def read() -> list[vm.Chart]:
        pictures = [Image.new("RGB", (300, 200), name) for name in ("red", "green")]
        return await asyncio.gather(*(vm.aread_chart(picture) for picture in pictures))

    assert [len(chart) for chart in asyncio.run(read())] == [0, 0]
