"""Conversion of objects to images by `as_image`: the kinds, and the errors for all other objects."""

from __future__ import annotations

import io
import math
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from PIL import Image as PILImage

from vision_magic.errors import ImageError
from vision_magic.images import registry
from vision_magic.images.convert import as_image, is_image
from vision_magic.images.decode import MAX_BYTES
from vision_magic.images.image import Image
from vision_magic.images.registry import ConvertedImage, converts
from vision_magic.text import format_bytes

RED, BLUE = (255, 0, 0), (0, 0, 255)


def two_pixels() -> PILImage.Image:
    """Return an image of two pixels, red and blue, so that left and right differ."""
    made = PILImage.new("RGB", (2, 1), RED)
    made.putpixel((1, 0), BLUE)
    return made


def encoded(kind: str = "PNG", **more: Any) -> bytes:
    buffer = io.BytesIO()
    two_pixels().save(buffer, kind, **more)
    return buffer.getvalue()


def pixels(image: Image) -> list[Any]:
    return list(image.to_pil().get_flattened_data())


def test_every_kind_gives_the_same_pixels(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(encoded())
    array = np.array([[RED, BLUE]], dtype=np.uint8)
    for obj in (two_pixels(), array, encoded(), encoded("BMP"), encoded("TIFF"), tmp_path / "x.png"):
        image = as_image(obj)
        assert pixels(image) == [RED, BLUE], obj
        assert (image.width, image.height, image.media_type) == (2, 1, "image/png")


def test_an_image_stays_what_it_is() -> None:
    image = as_image(two_pixels())
    assert as_image(image) is image


def test_a_data_uri_holds_the_bytes_in_plain_base64() -> None:
    import base64

    image = as_image(two_pixels())
    head, _, body = image.data_uri.partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(body, validate=True) == image.data
    assert len(body) % 4 == 0


def test_an_image_shows_its_size_and_kind_and_not_its_bytes() -> None:
    image = as_image(two_pixels())
    assert repr(image) == f"<Image: Pillow image, 2×1 PNG, {len(image.data)} B>"
    assert image._repr_mimebundle_()["image/png"] == image.data


@pytest.mark.parametrize(
    ("obj", "said"),
    [
        pytest.param("x.png", "pathlib.Path(…) for a file", id="a text"),
        pytest.param("https://example.org/x.png", "never read as a file name or an address", id="an address"),
        pytest.param(5, "as_image got int", id="a number"),
        pytest.param(None, "as_image got None; expected a picture. plt.show() always returns None", id="None"),
        pytest.param(None, "cv2.imread does for a file that is missing", id="F18 cv2.imread"),
        pytest.param(plt, "the module matplotlib.pyplot; expected a figure or picture", id="a module that plots"),
        pytest.param(math, "the module math; expected a figure or picture made with it.", id="any module"),
        pytest.param(plt.show, "the function show; expected a picture: call it", id="a function that is not called"),
        pytest.param("s3://bucket/x.png", "use vision_magic.url(…)", id="an address of another kind"),
        pytest.param([1, 2], "as_image got a list of 2; expected one picture", id="a list"),
        pytest.param(object, "got the class object itself", id="a class"),
        pytest.param(b"", "has 0 bytes", id="no bytes"),
        pytest.param(b"not a picture", "could not be decoded as a picture", id="junk"),
        pytest.param(Path("/nowhere/x.png"), "No such file", id="no such file"),
        pytest.param(Path("/"), "directory", id="a folder"),
        pytest.param(PILImage.new("RGB", (0, 3)), "at least 1×1", id="no pixels"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_next_step(obj: object, said: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(obj)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (two_pixels(), True),
        (np.zeros((3, 4)), True),
        (np.zeros((3, 4, 3)), True),
        (np.zeros(3), False),
        (np.float64(3), False),
        (encoded(), True),
        (encoded("JPEG"), True),
        (b"text", False),
        ("x.png", False),
        (Path("x.png"), True),
        (Figure(), True),
        ([], False),
        (None, False),
    ],
)
def test_in_a_question_a_name_stands_for_a_picture_or_for_its_text(obj: object, expected: bool) -> None:
    assert is_image(obj) is expected


@pytest.fixture
def somebodys_library() -> Iterator[type]:
    """A third-party library that is loaded, with a type that Pillow does not know."""
    module = types.ModuleType("somebodys")
    kind = type("Slide", (), {})
    module.Slide = kind  # type: ignore[attr-defined]
    before = dict(registry._converters)
    sys.modules["somebodys"] = module
    yield kind
    del sys.modules["somebodys"]
    registry._converters.clear()
    registry._converters.update(before)


def test_a_third_partys_kind_joins_by_its_path_and_its_library_is_not_imported(somebodys_library: type) -> None:
    @converts("somebodys.Slide")
    def from_slide(slide: object) -> ConvertedImage:
        return ConvertedImage(pixels=two_pixels(), source="slide")

    @converts("neverloaded.Thing")
    def from_thing(thing: object) -> ConvertedImage:
        raise AssertionError

    assert as_image(somebodys_library()).source == "slide"
    assert as_image(type("Derived", (somebodys_library,), {})()).source == "slide"
    assert "neverloaded" not in sys.modules


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (34_400, "34 kB"), (999_499, "999 kB"), (1_300_000, "1.3 MB")],
)
def test_sizes_are_said_as_people_say_them(count: int, words: str) -> None:
    assert format_bytes(count) == words


@pytest.mark.parametrize("max_side", [0, -5, True, 10.5, "10", [10]])
def test_a_size_that_is_none_is_refused(max_side: Any) -> None:
    """A negative size once gave an image of a single pixel."""
    with pytest.raises(ImageError, match=r"max_side got .*; expected a whole number of pixels, at least 1"):
        as_image(two_pixels(), max_side=max_side)


def test_a_size_may_be_a_number_of_numpys() -> None:
    assert as_image(PILImage.new("L", (40, 20)), max_side=np.int64(10)).width == 10  # type: ignore[arg-type]


def noise() -> bytes:
    buffer = io.BytesIO()
    PILImage.effect_noise((200, 200), 90).save(buffer, "PNG")
    return buffer.getvalue()


def test_an_opened_file_that_is_cut_off_is_refused_only_now_and_by_name() -> None:
    """Pillow reads an opened file only when its pixels are needed, and raises an OSError then."""
    opened = PILImage.open(io.BytesIO(noise()[:2000]))
    with pytest.raises(ImageError, match=r"cannot be read \(OSError: .*\)\. Check that its file is complete"):
        as_image(opened)


def test_a_closed_file_is_refused() -> None:
    opened = PILImage.open(io.BytesIO(noise()))
    opened.close()
    with pytest.raises(ImageError, match="still open"):
        as_image(opened)


def test_a_picture_of_pillows_is_left_as_it_was() -> None:
    made = PILImage.new("RGBA", (40, 20), (1, 2, 3, 4))
    made.info["comment"] = "mine"
    before = made.tobytes(), made.mode, made.size, dict(made.info)
    as_image(made, max_side=10)
    assert (made.tobytes(), made.mode, made.size, dict(made.info)) == before


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param(Path("a\0b"), "cannot be read", id="a NUL"),
        pytest.param(Path("/dev/zero"), "a device or a pipe, which may be endless", id="a device without end"),
        pytest.param(Path("/nowhere/x.png"), f"Check the path, relative to {Path.cwd()}", id="nowhere"),
    ],
)
def test_a_path_that_cannot_be_read_is_refused_at_once(path: Path, said: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("polt.png", "did you mean 'plot.png'?", id="F18 a near miss"),
        pytest.param("plot.PNG", "did you mean 'plot.png'?", id="another case"),
        pytest.param("missing/deep/plot.png", "the folder 'missing' does not exist in", id="a missing folder"),
        pytest.param(".", "a directory; expected a file, such as '", id="F18 a directory"),
        pytest.param("plot.png/x", "Not a directory", id="a file as a folder"),
        pytest.param("x" * 300, "File name too long", id="E6 too long"),
        pytest.param("a\0b", "cannot be read", id="E6 a NUL"),
        pytest.param("pipe", "a pipe", id="E6 a pipe"),
    ],
)
def test_a_path_that_is_no_picture_is_refused_with_what_is_nearest(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "plot.png").write_bytes(encoded())
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ImageError) as caught:
        as_image(tmp_path / name)
    assert said in str(caught.value)


@pytest.mark.parametrize("address", ["https://example.org/a/x.png", "http://example.org/x.png"])
def test_f18_an_address_as_a_path_is_refused_with_the_way_to_pass_it(address: str) -> None:
    with pytest.raises(ImageError) as caught:
        as_image(Path(address))
    assert f"vision_magic.url({address!r})" in str(caught.value)


@pytest.mark.parametrize("name", ["~nobody-of-this-name/a.png", "~\0/a.png"])
def test_e6_a_home_that_is_not_known_is_refused(name: str) -> None:
    with pytest.raises(ImageError, match=r"home folder of a user|cannot be read"):
        as_image(Path(name))


def test_e6_a_path_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(encoded())
    monkeypatch.setenv("HOME", str(tmp_path))
    assert as_image(Path("~/a.png")).source == "file a.png"
    monkeypatch.chdir(tmp_path)
    Path("~x.png").write_bytes(encoded())
    assert as_image(Path("~x.png")).source == "file ~x.png"


def test_e6_a_file_name_that_is_not_unicode_is_made_visible(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9\n\x1b[2J.png")
    path.write_bytes(encoded())
    source = as_image(path).source
    assert source.encode("utf-8").startswith(b"file caf")
    assert source.isprintable()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    with pytest.raises(ImageError, match="a pipe"):
        as_image(pipe)


def test_a_file_over_the_cap_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)  # a sparse file, which takes no space
    with pytest.raises(ImageError, match=r"The file has 160\.0 MB; the limit is 160\.0 MB"):
        as_image(path)


def test_a_text_that_names_a_picture_is_still_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.png").write_bytes(encoded())
    monkeypatch.chdir(tmp_path)
    for text in ("x.png", str(tmp_path / "x.png"), f"file://{tmp_path}/x.png", as_image(two_pixels()).data_uri):
        with pytest.raises(ImageError, match="never read as a file name or an address"):
            as_image(text)
        assert not is_image(text)


def test_a_later_converter_goes_before_an_earlier_one(somebodys_library: type) -> None:
    @converts("PIL.Image.Image")
    def from_pil(image: object) -> ConvertedImage:
        return ConvertedImage(pixels=PILImage.new("RGB", (1, 1), BLUE), source="mine", notes=("a rule",))

    image = as_image(two_pixels())
    assert (image.source, image.note, pixels(image)) == ("mine", "a rule", [BLUE])


def test_a_converter_that_was_taken_back_is_gone() -> None:
    """The fixture restores the registry, so that tests do not affect each other."""
    assert as_image(two_pixels()).source == "Pillow image"
    assert "somebodys.Slide" not in registry._converters


@pytest.mark.parametrize(
    "shown", [repr, str, "{}".format, lambda image: repr([image])], ids=["r", "s", "f", "in a list"]
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_no_text_of_an_image_holds_its_bytes_or_their_base64(kind: str, shown: Any) -> None:
    import base64

    source = PILImage.merge("RGB", [PILImage.effect_noise((600, 400), 90) for _ in range(3)])
    image = as_image(source if kind == "JPEG" else two_pixels())
    assert image.media_type == f"image/{kind.lower()}"
    words = shown(image)
    assert len(words) < 100
    for part in (base64.b64encode(image.data).decode()[:12], "base64", "\\x"):
        assert part not in words


def test_what_a_notebook_gets_is_the_picture_and_a_short_text() -> None:
    image = as_image(two_pixels())
    bundle = image._repr_mimebundle_()
    assert bundle == {"image/png": image.data, "text/plain": repr(image)}


def test_an_image_cannot_be_changed_and_equal_pixels_are_equal() -> None:
    image = as_image(two_pixels())
    with pytest.raises(AttributeError):
        image.note = "nothing was decided"  # type: ignore[misc]
    assert image == as_image(two_pixels())


@pytest.mark.parametrize(
    ("obj", "source"),
    [
        pytest.param(two_pixels(), "Pillow image", id="Pillow"),
        pytest.param(encoded(), "PNG bytes", id="PNG"),
        pytest.param(encoded("BMP"), "BMP bytes", id="BMP"),
        pytest.param(np.zeros((1, 2, 3), np.uint8), "array (1, 2, 3) uint8", id="array"),
    ],
)
def test_the_source_says_what_kind_of_object_it_was(obj: object, source: str) -> None:
    assert as_image(obj).source == source


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "GIF", "BMP", "PNG"])
def test_every_lossless_format_gives_the_same_pixels(tmp_path: Path, kind: str) -> None:
    data = encoded(kind, **({"lossless": True} if kind == "WEBP" else {}))
    path = tmp_path / "picture of mine"  # the content decides, not the name
    path.write_bytes(data)
    assert pixels(as_image(data)) == pixels(as_image(path)) == [RED, BLUE]
    assert as_image(path).source == "file picture of mine"


def test_a_jpeg_gives_nearly_the_same_pixels() -> None:
    halves = PILImage.new("RGB", (32, 16), RED)
    halves.paste(BLUE, (16, 0, 32, 16))
    buffer = io.BytesIO()
    halves.save(buffer, "JPEG", quality=95)
    difference = np.abs(np.asarray(as_image(buffer.getvalue()).to_pil()).astype(int) - np.asarray(halves))
    assert max(difference[:, :12].max(), difference[:, 20:].max()) < 12  # at the boundary, JPEG mixes the colours


def test_a_subclass_is_taken_as_what_it_is_a_kind_of() -> None:
    class Mine(np.ndarray):
        pass

    assert pixels(as_image(np.array([[RED, BLUE]], np.uint8).view(Mine))) == [RED, BLUE]


def test_a_class_that_only_says_that_it_is_a_picture_is_none() -> None:
    fake = type("Image", (), {"__module__": "PIL.Image"})
    with pytest.raises(ImageError, match=r"as_image got PIL\.Image\.Image"):
        as_image(fake())


def test_a_converter_that_says_why_not_is_heard(somebodys_library: type) -> None:
    @converts("somebodys.Slide")
    def from_slide(slide: object) -> ConvertedImage:
        raise ImageError("The slide is blank; expected one with something on it.")

    with pytest.raises(ImageError, match="The slide is blank"):
        as_image(somebodys_library())


def test_what_a_converter_makes_is_flattened_shrunk_and_packed_like_all_else(somebodys_library: type) -> None:
    @converts("somebodys.Slide")
    def from_slide(slide: object) -> ConvertedImage:
        return ConvertedImage(
            pixels=PILImage.new("RGBA", (40, 20), (0, 0, 0, 0)), source="slide", notes=("first slide",)
        )

    image = as_image(somebodys_library(), max_side=20)
    assert (image.width, image.height) == (20, 10)
    assert image.note == "first slide; transparency shown on white; shrunk from 40×20"
    assert is_image(somebodys_library())


def test_converts_gives_the_function_back(somebodys_library: type) -> None:
    def from_slide(slide: object) -> ConvertedImage:
        return ConvertedImage(pixels=two_pixels(), source="slide")

    assert converts("somebodys.Slide")(from_slide) is from_slide
