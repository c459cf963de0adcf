"""Evaluation of the names in a cell, without a shell."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import VisionError
from vision_magic.images.convert import as_image
from vision_magic.notebook.namespace import fill, names_nothing, near_misses

NAMES = {"fig": np.zeros((5, 5)), "_figure": 1, "open": open, "Out": {}, "maths": math, "plotted": len, "year": 1982}


@pytest.mark.parametrize(
    ("prompt", "meant"),
    [
        pytest.param("{figg}", "fig", id="a picture"),
        pytest.param("{fgi}", "fig", id="N13 less like a picture, which would be missing"),
        pytest.param("{yeer}", "", id="not near enough"),
        pytest.param("{years[0]}", "year", id="a value"),
        pytest.param("{fig} {year}", "", id="names that are there"),
        pytest.param("{{figg}}", "", id="escaped"),
        pytest.param("{_fgure} {opens} {outs} {math} {plotte}", "", id="what is no variable of theirs"),
        pytest.param('{"figg": 1}', "", id="JSON"),
    ],
)
def test_only_near_misses_of_variables_are_noted(prompt: str, meant: str) -> None:
    notes = near_misses(prompt, NAMES)
    assert [note.partition("did you mean ")[2] for note in notes] == ([f"{meant}?)"] if meant else [])


@pytest.mark.parametrize(
    ("word", "nothing"),
    [("fig", False), ("fig[0]", False), ("last:2", False), ("what", True), ("is", True), ("this?", True)],
)
def test_words_of_a_question_are_distinguished_from_pictures(word: str, nothing: bool) -> None:
    assert names_nothing(word, NAMES) is nothing


# --- pictures and text in a question (F14) ------------------------------------------------------------------------


def png() -> bytes:
    buffer = io.BytesIO()
    PILImage.new("RGB", (30, 20), "red").save(buffer, "PNG")
    return buffer.getvalue()


class Displayed:
    """An object with the methods that it is given; its text is "text"."""

    calls = 0

    def __str__(self) -> str:
        return "text"


def displayed(**methods: Callable[..., Any]) -> Any:
    return type("Displayed", (Displayed,), methods)()


def bundle(data: Any) -> Callable[..., Any]:
    def method(self: Any, include: object = None, exclude: object = None) -> Any:
        type(self).calls += 1
        return data

    return method


def raising(self: object, **options: object) -> Any:
    raise RuntimeError("cold")


def not_this_time(self: object, **options: object) -> Any:
    raise NotImplementedError


PICTURES: dict[str, Callable[[], Any]] = {
    "_repr_png_": lambda: displayed(_repr_png_=lambda self: png()),
    "_repr_jpeg_": lambda: displayed(_repr_jpeg_=lambda self: (png(), {})),
    "_repr_mimebundle_": lambda: displayed(_repr_mimebundle_=bundle({"image/png": png(), "text/html": "<b>"})),
    "bundle and metadata": lambda: displayed(_repr_mimebundle_=bundle(({"image/png": png()}, {}))),
    "a list of them": lambda: [displayed(_repr_mimebundle_=bundle({"image/png": png()}))] * 2,
    "figure and axes": lambda: ((fig := Figure(figsize=(2, 2))), fig.subplots()),
    "array of axes": lambda: Figure(figsize=(2, 2)).subplots(2, 2),
    "boxplot": lambda: Figure(figsize=(2, 2)).subplots().boxplot([1, 2]),
    "a holder": lambda: type("Grid", (), {"fig": Figure(figsize=(2, 2))})(),
}
TEXTS: dict[str, Callable[[], Any]] = {
    "_repr_html_": lambda: displayed(_repr_html_=lambda self: "<img src=x>"),
    "no PNG this time": lambda: displayed(_repr_png_=lambda self: None),
    "a bundle of text": lambda: displayed(_repr_mimebundle_=bundle({"text/html": "<b>"})),
    "a bundle of None": lambda: displayed(_repr_mimebundle_=bundle(None)),
    "not implemented": lambda: displayed(_repr_mimebundle_=not_this_time),
    "plain": displayed,
}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"F14 {kind}") for kind in PICTURES])
def test_a_picture_in_a_question_is_sent_as_a_picture(kind: str) -> None:
    value = PICTURES[kind]()
    _, filled, _ = fill("What is {p}?", {"p": value})
    assert not isinstance(filled, str)


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"F14 {kind}") for kind in TEXTS])
def test_anything_else_in_a_question_is_sent_as_text(kind: str) -> None:
    assert fill("What is {p}?", {"p": TEXTS[kind]()}) == ["What is text?"]


def test_f14_a_table_stays_text() -> None:
    pandas = pytest.importorskip("pandas")
    [question] = fill("What is {p}?", {"p": pandas.DataFrame({"a": [1]})})
    assert isinstance(question, str)


def test_f14_an_object_is_displayed_once() -> None:
    value = displayed(_repr_mimebundle_=bundle({"image/png": png()}))
    [_, filled] = fill("What is {p}", {"p": value})
    assert as_image(filled).width == 30
    assert type(value).calls == 1


@pytest.mark.parametrize("method", ["_repr_png_", "_repr_mimebundle_", "__str__"])
def test_f14_an_object_that_fails_gives_one_line(method: str) -> None:
    with pytest.raises(VisionError, match="RuntimeError: cold"):
        fill("What is {p}?", {"p": displayed(**{method: raising})})


@pytest.mark.parametrize("expression", ["a.transpose(1, 0)", "a[len(a):]", "a[(0, 1)]", "a * 2"])
def test_an_expression_of_a_picture_in_braces_is_refused_and_not_left_out(expression: str) -> None:
    with pytest.raises(VisionError, match="is not filled in: braces take a name"):
        fill(f"How many in {{{expression}}}?", {"a": np.zeros((30, 40), np.uint8)})


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("a[:15, :20]", (15, 20)),
        ("a[1:].T[::-1, :]", (40, 29)),
        ("a[top:, 5:-left]", (20, 25)),
        ("stack[i]", (30, 40)),
        ("stack[0, :9]", (9, 40)),
        ("stack[..., :9]", (30, 9)),
        ('parts["left", i]', (30, 40)),
        ("parts[key, 1]", (30, 40)),
    ],
)
def test_indexes_and_slices_in_braces_may_be_several_and_have_names(path: str, shape: tuple[int, int]) -> None:
    array = np.zeros((30, 40), np.uint8)
    names = {"a": array, "stack": array[None], "parts": {("left", 0): array, ("left", 1): array}}
    found = fill(f"How many in {{{path}}}?", names | {"top": 10, "left": 10, "i": 0, "key": "left"})[1]
    assert np.shape(found)[-2:] == shape


def test_an_unknown_name_in_an_index_is_said() -> None:
    with pytest.raises(VisionError, match="'j' is not a name in the notebook"):
        fill("What is {a[j]}?", {"a": np.zeros((2, 3, 3))})


def test_blanks_inside_the_braces_of_a_picture_are_said() -> None:
    with pytest.raises(VisionError, match=r"blanks inside its braces.* write \{a\[:9\]\}\."):
        fill("Is { a[:9] } dark?", {"a": np.zeros((30, 40), np.uint8)})


@pytest.mark.parametrize(
    "text", ["{c[1, 2]}", r"$\frac{a[1]}{a[2]}$", r"$\frac{ a }{a * 2}$", "{{a[1, 2]}}", "{a}", "{ a, b }", "{a: 1}"]
)
def test_other_braces_are_not_refused(text: str) -> None:
    fill(text, {"a": np.zeros((30, 40), np.uint8), "b": [1, 2]})
