"""The pictures that a notebook has shown, seen on their way out."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image as PILImage

from tests.notebook.conftest import Run
from vision_magic.notebook import extension
from vision_magic.notebook.shown import Shown


@pytest.fixture
def shown(run: Run) -> Shown:
    return extension._loaded[id(run.shell)]


def png(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    PILImage.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def last_size(shown: Shown) -> tuple[int, int]:
    image = shown.last()
    assert image is not None
    return image.width, image.height


def test_nothing_has_been_shown_at_first(shown: Shown) -> None:
    assert shown.last() is None


def test_a_pillow_image_as_last_expression_is_seen(run: Run, shown: Shown) -> None:
    run.shell.user_ns["picture"] = PILImage.new("RGB", (31, 17))
    run("picture")
    assert last_size(shown) == (31, 17)
    assert "as shown" in str(shown.last())


@pytest.mark.parametrize(
    "payload",
    [pytest.param(png(21, 22), id="bytes"), pytest.param(base64.b64encode(png(21, 22)).decode(), id="Base64")],
)
def test_a_raw_bundle_is_seen(shown: Shown, payload: object) -> None:
    display({"image/png": payload, "text/plain": "x"}, raw=True)
    assert last_size(shown) == (21, 22)


def test_the_last_of_several_wins_and_text_does_not_count(run: Run, shown: Shown) -> None:
    display(PILImage.new("L", (5, 6)))
    display(PILImage.new("L", (7, 8)))
    display("text", {"text/html": "<b>html</b>"})
    run("1 + 1")
    assert last_size(shown) == (7, 8)


def test_what_is_captured_was_not_shown(run: Run, shown: Shown) -> None:
    run.shell.user_ns["picture"] = PILImage.new("L", (9, 9))
    display(PILImage.new("L", (5, 6)))
    run("%%capture\ndisplay(picture)")
    assert last_size(shown) == (5, 6)


def test_our_own_answers_are_no_pictures(run: Run, shown: Shown) -> None:
    display(PILImage.new("L", (70, 80), 3))
    run("%%vision\nWhat size is it?")
    assert last_size(shown) == (70, 80)


def test_an_open_pyplot_figure_counts_where_none_was_shown(shown: Shown) -> None:
    from matplotlib import pyplot as plt

    figure: Figure = plt.figure(figsize=(3, 2))
    figure.text(0.5, 0.5, "open")
    try:
        image = shown.last()
        assert image is not None
        assert image.source == "matplotlib figure"
    finally:
        plt.close(figure)
    assert shown.last() is None


def test_the_memory_of_pictures_is_bounded(shown: Shown) -> None:
    for side in range(1, 40):
        display(PILImage.new("L", (side, side)))
    assert len(shown._records) < 20
    assert last_size(shown) == (39, 39)


def test_showing_what_would_be_sent_does_not_change_it(run: Run, shown: Shown) -> None:
    display(PILImage.new("L", (70, 80), 3))
    run("%vision last")
    assert "70×80" in run.out
    run("%vision last --max-side 40")
    assert last_size(shown) == (70, 80)


def test_a_display_hook_that_gives_nothing_is_left_alone(run: Run, shown: Shown) -> None:
    class Own:
        def _ipython_display_(self) -> None:
            pass

    answer: Any = run.shell.display_formatter.format(Own())
    assert answer == ({}, {})
    assert shown.last() is None
