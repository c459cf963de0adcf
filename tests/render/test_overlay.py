"""Marks over a picture: their place, their dashes, and a picture that stays small."""

from __future__ import annotations

import base64
import io
from itertools import groupby

import pytest
from PIL import Image as PILImage

from vision_magic.images.image import Image
from vision_magic.render.overlay import Overlay, Ring, Stroke, overlay_uri

RED = (220, 0, 60)


def picture(width: int, height: int, ground: str = "white") -> Image:
    buffer = io.BytesIO()
    PILImage.new("RGB", (width, height), ground).save(buffer, "PNG")
    return Image(data=buffer.getvalue(), media_type="image/png", width=width, height=height)


def drawn(overlay: Overlay, width: int = 120, height: int = 60, ground: str = "white") -> PILImage.Image:
    source, size = overlay_uri(picture(width, height, ground), overlay)
    image = PILImage.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))).convert("RGB")
    assert image.size == size
    return image


def is_red(image: PILImage.Image, x: int, y: int) -> bool:
    red, green, _ = image.getpixel((x, y))  # type: ignore[misc]  # of an RGB image
    return bool(red > green + 60)


def middle_of(image: PILImage.Image, x: int) -> float:
    """Return the middle of what is drawn in a column, weighted by how red it is."""
    greens = [255 - image.getpixel((x, y))[1] for y in range(image.height)]  # type: ignore[index]
    return sum(y * weight for y, weight in enumerate(greens)) / sum(greens)


@pytest.mark.parametrize("y", [20.0, 20.25, 20.5, 33.8])
def test_a_stroke_is_drawn_at_its_place_to_a_fraction_of_a_pixel(y: float) -> None:
    assert middle_of(drawn(Overlay([Stroke(((10, y), (100, y)), RED)])), 50) == pytest.approx(y, abs=0.3)


def test_a_picture_is_shrunk_with_its_marks() -> None:
    image = drawn(Overlay([Stroke(((0, 500), (1800, 500)), RED)]), 1800, 1000)
    assert image.size == (900, 500)
    assert middle_of(image, 400) == pytest.approx(250, abs=0.5)


def test_a_dashed_stroke_has_gaps_also_around_corners() -> None:
    points = tuple((float(x), 30.0) for x in range(10, 111))
    for stroke in (Stroke(points, RED, dashed=True), Stroke((points[0], points[-1]), RED, dashed=True)):
        image = drawn(Overlay([stroke]))
        runs = [red for red, _ in groupby(range(10, 110), lambda x, image=image: is_red(image, x, 30))]
        assert 15 <= len(runs) <= 25
    whole = drawn(Overlay([Stroke(points, RED)]))
    assert all(is_red(whole, x, 30) for x in range(11, 109))


def test_a_ring_leaves_its_middle_open() -> None:
    image = drawn(Overlay(rings=[Ring((50, 30), RED), Ring((90, 30), RED, dashed=True)]))
    assert not is_red(image, 50, 30)
    assert any(is_red(image, x, 30) for x in (45, 46))
    around = {place for place in range(80, 100) for y in range(20, 40) if is_red(image, place, y)}
    assert around
    assert not is_red(image, 90, 30)


def test_what_lies_outside_the_picture_is_cut_off() -> None:
    image = drawn(Overlay([Stroke(((-500, 30), (5000, 30)), RED, dashed=True)], [Ring((-90, -90), RED)]))
    assert image.size == (120, 60)


@pytest.mark.parametrize(("ground", "shown"), [("white", (255, 255, 255)), ("black", (0, 0, 0)), ("navy", (0, 0, 128))])
def test_the_ground_keeps_its_colour(ground: str, shown: tuple[int, int, int]) -> None:
    assert drawn(Overlay(), ground=ground).getpixel((5, 5)) == shown


def test_a_photograph_is_embedded_as_jpeg_and_a_picture_without_marks_is_not_faded() -> None:
    noise = PILImage.effect_noise((700, 700), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "PNG")
    source, _ = overlay_uri(Image(data=buffer.getvalue(), media_type="image/png", width=700, height=700), Overlay())
    assert source.startswith("data:image/jpeg;base64,")
    assert len(source) < 700_000
    half = PILImage.new("RGB", (40, 40), "white")
    half.paste((200, 0, 0), (5, 5, 35, 35))
    buffer = io.BytesIO()
    half.save(buffer, "PNG")
    image = Image(data=buffer.getvalue(), media_type="image/png", width=40, height=40)
    shades = []
    for overlay in (Overlay(), Overlay(rings=[Ring((1, 1), RED)])):
        source, _ = overlay_uri(image, overlay)
        shown = PILImage.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))).convert("RGB")
        shades.append(shown.getpixel((20, 20)))
    assert shades[0] == (200, 0, 0)
    assert min(shades[1]) > 100  # towards the white of the edge


def test_no_marks_and_single_points_are_no_obstacle() -> None:
    assert drawn(Overlay([Stroke((), RED), Stroke(((5, 5),), RED), Stroke(((5, 5), (5, 5)), RED, dashed=True)])).size
