"""Decoding of untrusted data within limits, and removal of everything but the pixels."""

from __future__ import annotations

import base64
import contextlib
import io
import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from PIL import Image as PILImage, ImageCms, PngImagePlugin

from vision_magic.errors import ImageError
from vision_magic.images import decode
from vision_magic.images.convert import as_image, is_image
from vision_magic.images.converters import encoded
from vision_magic.images.decode import decode_image
from vision_magic.images.file_formats import format_of


def saved(image: PILImage.Image, kind: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def png_that_claims(width: int, height: int, rows: bytes = b"\0") -> bytes:
    """Return a small PNG whose header claims a huge size."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + block(b"IHDR", header) + block(b"IDAT", zlib.compress(rows)) + block(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(png_that_claims(10_000, 8_800), "88 million pixels; the limit is 50 million", id="88 megapixels"),
        pytest.param(saved(PILImage.new("L", (99, 99)), "PNG")[:60], "could not be decoded as a picture", id="cut off"),
        pytest.param(
            png_that_claims(10_000, 8_800, bytes(10_001 * 8_800)),
            "88 million pixels",
            id="88 megapixels that are there",
        ),
        pytest.param(png_that_claims(20_000, 20_000), "the limit is 50 million", id="beyond Pillow's own limit"),
        pytest.param(png_that_claims(2**31 - 1, 2**31 - 1), "the limit is 50 million", id="beyond all bounds"),
        pytest.param(b"", "0 bytes; expected PNG", id="zero bytes"),
        pytest.param(b"\0" * 1000, "not be decoded as a picture", id="zeros"),
        pytest.param(b"just a text", "starting with b'just a t' could not be decoded", id="junk"),
        pytest.param(
            saved(PILImage.new("RGB", (99, 99)), "JPEG")[:-200], "not be decoded as a picture", id="JPEG cut off"
        ),
        pytest.param(saved(PILImage.new("RGB", (99, 99)), "GIF")[:30], "not be decoded as a picture", id="GIF cut off"),
        pytest.param(
            saved(PILImage.new("RGB", (99, 99)), "PNG")[:8], "not be decoded as a picture", id="nothing but a signature"
        ),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "PDF"), "not be decoded as a picture", id="PDF"),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "TGA"), "not be decoded as a picture", id="TGA"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not be decoded as a picture", id="SVG"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not be decoded as a picture", id="EPS"),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "ICO"), "not be decoded as a picture", id="ICO"),
        pytest.param(saved(PILImage.new("RGB", (16, 16)), "PPM"), "not be decoded as a picture", id="PPM"),
    ],
)
def test_what_could_do_harm_is_refused_before_it_is_decoded(data: bytes, said: str) -> None:
    with pytest.raises(ImageError) as caught:
        decode_image(data)
    assert said in str(caught.value)


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "MAX_BYTES", 10)
    with pytest.raises(ImageError, match="the limit is 10 B"):
        decode_image(saved(PILImage.new("L", (9, 9)), "PNG"))


def test_as_many_pixels_as_allowed_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(PILImage.new("L", (10, 9)), "PNG")
    monkeypatch.setattr(decode, "MAX_PIXELS", 90)
    assert decode_image(data)[0].size == (10, 9)
    monkeypatch.setattr(decode, "MAX_PIXELS", 89)
    with pytest.raises(ImageError, match=r"The picture is 10×9.*Shrink it"):
        decode_image(data)


def test_a_file_that_is_too_large_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(saved(PILImage.new("L", (9, 9)), "PNG"))
    monkeypatch.setattr(encoded, "MAX_BYTES", 10)
    with pytest.raises(ImageError, match=r"large\.png: The file has .* the limit is 10 B"):
        as_image(path)


@given(st.binary(max_size=300))
def test_no_junk_raises_anything_but_a_picture_error(data: bytes) -> None:
    with pytest.raises(ImageError):
        as_image(data)


def sample_files() -> dict[str, bytes]:
    image = PILImage.effect_mandelbrot((24, 16), (-2, -1.5, 1, 1.5), 40).convert("RGB")
    made = {kind: saved(image, kind) for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")}
    return made | {"I;16": saved(PILImage.new("I;16", (9, 9), 700), "TIFF"), "everything": photograph_with_everything()}


@given(data=st.data())
def test_a_mutated_picture_is_a_picture_or_a_picture_error(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(WHOLE)))
    changed = bytearray(WHOLE[kind])
    # A changed byte matters most in a header.
    places = st.integers(0, len(changed) - 1) | st.integers(0, min(64, len(changed)) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=12)):
        changed[place] = value
    cut = data.draw(st.none() | st.integers(0, len(changed)))
    with contextlib.suppress(ImageError):
        as_image(bytes(changed[:cut]))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_of_pillows(data: bytes) -> None:
    with pytest.raises(ImageError):
        decode_image(b"\x89PNG\r\n\x1a\n" + data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_damaged_pictures_are_pictures_or_refused(kind: str) -> None:
    chance = random.Random(7)
    whole = bytearray(saved(PILImage.effect_mandelbrot((40, 30), (-2, -1.5, 1, 1.5), 60).convert("RGB"), kind))
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            decode_image(bytes(data))
        except ImageError:
            continue


def photograph_with_everything() -> bytes:
    """Return a rotated JPEG with a GPS position, a comment, a colour profile and a description."""
    upper_left_red = PILImage.new("RGB", (40, 20), "blue")
    upper_left_red.paste("red", (0, 0, 20, 10))
    return with_everything(upper_left_red)


def with_everything(image: PILImage.Image) -> bytes:
    exif = PILImage.Exif()
    exif[0x0112] = 6  # rotated by 90 degrees
    exif[0x010E] = "SECRET description"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(
        image, "JPEG", quality=95, exif=exif, comment=b"SECRET comment", icc_profile=profile, xmp=b"SECRET xmp"
    )


def test_what_leaves_is_pixels_only_and_upright() -> None:
    image = as_image(photograph_with_everything())
    sent = image.to_pil()
    assert (sent.width, sent.height) == (20, 40)
    red, _, blue = sent.getpixel((15, 5))  # the upper left corner of the rotated image is now at the right
    assert red > 200 > 60 > blue
    assert image.note == "turned upright"
    assert b"SECRET" not in image.data
    assert not sent.getexif()
    assert not {"icc_profile", "comment", "exif", "xmp", "Description"} & set(sent.info)


WHOLE = sample_files()


def test_the_fixture_holds_what_has_to_go() -> None:
    data = photograph_with_everything()
    for held in (b"SECRET description", b"SECRET comment", b"SECRET xmp", b"ICC_PROFILE"):
        assert held in data
    opened = PILImage.open(io.BytesIO(data))
    assert opened.getexif()[0x0112] == 6
    assert dict(opened.getexif().get_ifd(0x8825)) == {1: "N", 2: (48.0, 51.0, 29.0)}


def chunks(png: bytes) -> set[bytes]:
    """Return the types of the chunks in a PNG."""
    found, place = set(), 8
    while place < len(png):
        found.add(png[place + 4 : place + 8])
        place += 12 + struct.unpack(">I", png[place : place + 4])[0]
    return found


def segments(jpeg: bytes) -> set[int]:
    """Return the markers of a JPEG before its pixels: 0xE1 and up are EXIF, XMP and profiles, 0xFE a comment."""
    found, place = set(), 2
    while jpeg[place + 1] != 0xDA:
        found.add(jpeg[place + 1])
        place += 2 + struct.unpack(">H", jpeg[place + 2 : place + 4])[0]
    return found


@pytest.mark.parametrize("opened", [False, True], ids=["as bytes", "as Pillow image"])
def test_a_png_leaves_with_nothing_but_pixels(opened: bool) -> None:
    data = photograph_with_everything()
    image = as_image(PILImage.open(io.BytesIO(data)) if opened else data)
    assert image.media_type == "image/png"
    assert chunks(image.data) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("opened", [False, True], ids=["as bytes", "as Pillow image"])
@pytest.mark.parametrize("max_side", [None, 500])
def test_a_jpeg_leaves_with_nothing_but_pixels(opened: bool, max_side: int | None) -> None:
    noise = PILImage.merge("RGB", [PILImage.effect_noise((600, 400), 90) for _ in range(3)])
    data = with_everything(noise)
    image = as_image(PILImage.open(io.BytesIO(data)) if opened else data, max_side=max_side)
    assert image.media_type == "image/jpeg"
    assert segments(data) >= {0xE1, 0xE2, 0xFE}
    assert not segments(image.data) & {*range(0xE1, 0xF0), 0xFE}
    assert b"SECRET" not in image.data


@pytest.mark.parametrize(
    ("tag", "turned"),
    [
        (0, "ABCD"),  # unknown
        (1, "ABCD"),
        (2, "BADC"),
        (3, "DCBA"),
        (4, "CDAB"),
        (5, "ACBD"),
        (6, "CADB"),
        (7, "DBCA"),
        (8, "BDAC"),
        (9, "ABCD"),  # not a valid orientation
    ],
)
@pytest.mark.parametrize("opened", [False, True], ids=["as bytes", "as Pillow image"])
def test_every_orientation_of_a_camera_is_turned_upright(tag: int, turned: str, opened: bool) -> None:
    lying = PILImage.new("L", (2, 2))
    lying.putdata([ord(letter) for letter in "ABCD"])
    exif = PILImage.Exif()
    exif[0x0112] = tag
    data = saved(lying, "PNG", exif=exif)
    image = as_image(PILImage.open(io.BytesIO(data)) if opened else data)
    assert bytes(image.to_pil().get_flattened_data()).decode() == turned
    assert image.note == ("" if turned == "ABCD" else "turned upright")


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG"])
def test_every_kind_of_animation_gives_its_first_frame(kind: str) -> None:
    frames = [PILImage.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    lossless = {"lossless": True} if kind == "WEBP" else {}
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], **lossless)
    image = as_image(data)
    assert set(image.to_pil().get_flattened_data()) == {(255, 0, 0)}
    assert image.note == "first of 2 frames"


def test_of_an_opened_animation_the_chosen_frame_is_taken_and_it_is_said() -> None:
    frames = [PILImage.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    opened = PILImage.open(io.BytesIO(saved(frames[0], "GIF", save_all=True, append_images=frames[1:])))
    opened.seek(1)
    image = as_image(opened)
    assert set(image.to_pil().get_flattened_data()) == {(0, 0, 255)}
    assert image.note == "frame 2 of 2"
    assert opened.tell() == 1


@pytest.mark.parametrize("size", [(30, 30), (600, 400)], ids=["as PNG", "as JPEG"])
def test_texts_and_profiles_of_a_png_and_a_pillow_image_are_left_behind(size: tuple[int, int]) -> None:
    noise = PILImage.merge("RGB", [PILImage.effect_noise(size, 90) for _ in range(3)])
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "SECRET")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = saved(noise, "PNG", pnginfo=texts, icc_profile=profile)
    for obj in (data, PILImage.open(io.BytesIO(data))):
        image = as_image(obj)
        assert b"SECRET" not in image.data
        assert not {"icc_profile", "Comment"} & set(image.to_pil().info)


def test_of_an_animation_the_first_frame_is_taken_and_it_is_said() -> None:
    frames = [PILImage.new("RGB", (9, 9), colour) for colour in ("red", "blue", "lime")]
    image = as_image(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert image.to_pil().getpixel((4, 4)) == (255, 0, 0)
    assert image.note == "first of 3 frames"


def test_pillows_own_limits_are_left_as_they_are() -> None:
    before = PILImage.MAX_IMAGE_PIXELS
    with pytest.raises(ImageError):
        decode_image(png_that_claims(10_000, 8_800))
    assert before == PILImage.MAX_IMAGE_PIXELS


@pytest.mark.parametrize("side", [10_000, 20_000], ids=["where Pillow only warns", "where Pillow refuses"])
def test_a_picture_that_claims_too_much_is_too_large_and_not_damaged(side: int) -> None:
    with pytest.raises(ImageError, match=r"the limit is 50 million.*Shrink it"):
        decode_image(png_that_claims(side, side))


@pytest.mark.parametrize(
    ("orientation", "corner", "note"),
    [
        pytest.param(0, (0, 0), "", id="0: unknown"),
        pytest.param(1, (0, 0), "", id="1: upright"),
        pytest.param(2, (1, 0), "turned upright", id="2: mirrored"),
        pytest.param(3, (1, 1), "turned upright", id="3: upside down"),
        pytest.param(4, (0, 1), "turned upright", id="4: upside down, mirrored"),
        pytest.param(5, (0, 0), "turned upright", id="5: on its side, mirrored"),
        pytest.param(6, (1, 0), "turned upright", id="6: on its side"),
        pytest.param(7, (1, 1), "turned upright", id="7: on its other side, mirrored"),
        pytest.param(8, (0, 1), "turned upright", id="8: on its other side"),
        pytest.param(9, (0, 0), "", id="9: no such"),
    ],
)
@pytest.mark.parametrize("opened", [False, True], ids=["bytes", "Pillow image"])
def test_it_is_turned_as_the_camera_says_and_said_only_where_it_was(
    orientation: int, corner: tuple[int, int], note: str, opened: bool
) -> None:
    """Cameras also write 0, for unknown; the note once claimed a rotation then."""
    exif = PILImage.Exif()
    exif[0x0112] = orientation
    lying = PILImage.new("RGB", (40, 20), "blue")
    lying.paste("red", (0, 0, 20, 10))
    data = saved(lying, "PNG", exif=exif)
    image = as_image(PILImage.open(io.BytesIO(data)) if opened else data)
    sent = image.to_pil()
    red = [
        (x, y)
        for x in (0, 1)
        for y in (0, 1)
        if sent.getpixel((x * (sent.width - 1), y * (sent.height - 1))) == (255, 0, 0)
    ]
    assert red == [corner]
    assert sent.size == ((20, 40) if 5 <= orientation <= 8 else (40, 20))
    assert image.note == note


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9])
def test_a_picture_that_breaks_off_is_refused(kind: str, share: float) -> None:
    whole = saved(PILImage.merge("RGB", [PILImage.effect_noise((60, 60), 90) for _ in range(3)]), kind)
    with pytest.raises(ImageError):
        decode_image(whole[: int(len(whole) * share)])


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param({"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0SECRET"}, id="EXIF"),
        pytest.param({"xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>"}, id="XMP"),
        pytest.param({"comment": b"SECRET"}, id="comment"),
        pytest.param({"icc_profile": b"SECRET" * 40}, id="profile"),
    ],
)
@pytest.mark.parametrize("size", [(40, 40), (600, 400)], ids=["as PNG", "as JPEG"])
def test_each_kind_of_metadata_is_gone_from_what_is_in_the_data_uri(
    secret: dict[str, Any], size: tuple[int, int]
) -> None:
    photograph = PILImage.merge("RGB", [PILImage.effect_noise(size, 90) for _ in range(3)])
    data = saved(photograph, "JPEG", **secret)
    assert b"SECRET" in data
    sent = base64.b64decode(as_image(data).data_uri.partition(",")[2], validate=True)
    assert b"SECRET" not in sent
    info = PILImage.open(io.BytesIO(sent)).info
    assert not {"exif", "xmp", "comment", "icc_profile"} & set(info)


def test_where_a_photograph_was_taken_does_not_leave() -> None:
    exif = PILImage.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)}
    data = saved(PILImage.new("RGB", (40, 40), "navy"), "JPEG", exif=exif)
    assert PILImage.open(io.BytesIO(data)).getexif().get_ifd(0x8825)[2] == (48.0, 51.0, 30.0)
    assert not as_image(data).to_pil().getexif().get_ifd(0x8825)
    assert not as_image(PILImage.open(io.BytesIO(data))).to_pil().getexif()


def test_two_thousand_mutated_headers_give_only_our_errors_in_bounded_memory() -> None:
    """Run in a process with limited memory, which a decompression bomb would end."""
    program = """
import io, random, resource, sys, warnings
from PIL import Image
from vision_magic.errors import ImageError
from vision_magic.images.convert import as_image, is_image
warnings.simplefilter("error")
image = Image.effect_noise((60, 40), 90)
seeds = []
for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"):
    buffer = io.BytesIO()
    image.save(buffer, kind)
    seeds.append(buffer.getvalue())
as_image(seeds[0])
for seed in seeds:
    as_image(seed)
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 700_000_000, used + 700_000_000))
choose = random.Random(4)
opened = refused = 0
for number in range(2000):
    data = bytearray(seeds[number % len(seeds)])
    for _ in range(choose.randint(1, 6)):
        data[choose.randrange(min(len(data), 80))] = choose.randrange(256)
    try:
        as_image(bytes(data))
        opened += 1
    except ImageError:
        refused += 1
print(opened, refused)
"""
    if not Path("/proc/self/statm").exists():
        # Not Linux: the limit is relative to the memory that the process already uses, which is read there.
        pytest.skip("the memory of a process cannot be read here")
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    opened, refused = map(int, said.stdout.split())
    assert opened + refused == 2000
    assert min(opened, refused) > 100


def test_colours_of_a_wider_profile_are_converted_and_a_broken_one_is_left_out() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    original = PILImage.new("RGB", (40, 30), (200, 30, 30))
    wide = saved(original, "PNG", icc_profile=lab.tobytes())
    broken = saved(original, "PNG", icc_profile=b"no profile at all")
    srgb = saved(original, "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert "colour profile ignored" in as_image(broken).note
    assert as_image(broken).to_pil().getpixel((0, 0)) == (200, 30, 30)
    assert as_image(srgb).note == ""
    assert as_image(wide).note in ("colours converted to sRGB", "damaged colour profile ignored")


def test_an_array_over_the_cap_is_refused_with_the_step_that_fits() -> None:
    array = np.broadcast_to(np.uint8(7), (20_000, 10_000))
    with pytest.raises(ImageError, match=r"200 million pixels; .*Use fewer: a\[::2, ::2\]"):
        as_image(array)


def box(*brands: bytes) -> bytes:
    """Return the beginning of a file that names its brands."""
    content = b"ftyp" + brands[0] + b"\0\0\0\0" + b"".join(brands[1:])
    return struct.pack(">I", len(content) + 4) + content + b"\0\0\0\x08mdat" + bytes(500)


OTHER_FORMATS = [
    ("HEIC", box(b"heic", b"mif1"), "pillow-heif"),
    ("HEIC", box(b"mif1", b"heic"), "pillow-heif"),
    ("AVIF", box(b"avif", b"mif1"), "PIL.Image.open"),
    ("AVIF", box(b"mif1", b"avif", b"miaf"), "PIL.Image.open"),
    ("MP4 video", box(b"isom", b"mp42"), "frame"),
    ("MP4 video", box(b"qt  "), "frame"),
    ("Canon raw (CR3)", box(b"crx "), "rawpy"),
    ("JPEG XL", b"\xff\x0a" + bytes(50), "pillow_jxl"),
    ("JPEG XL", b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(50), "pillow_jxl"),
    ("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50), "PIL.Image.open"),
    ("JPEG 2000", b"\xff\x4f\xff\x51" + bytes(50), "PIL.Image.open"),
    ("Photoshop (PSD)", b"8BPS\0\1" + bytes(50), "PIL.Image.open"),
    ("PDF", b"%PDF-1.7\n", "vision_magic.pages(path, 1)"),
    ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n", "PNG"),
    ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cairosvg"),
    ("SVG", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by x -->\n<svg/>", "cairosvg"),
    ("SVG", b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x'><svg:svg/>", "cairosvg"),
    ("ICO", b"\0\0\1\0\1\0" + bytes(50), "PIL.Image.open"),
    ("OpenEXR", b"\x76\x2f\x31\x01" + bytes(50), "imageio"),
    ("Radiance HDR", b"#?RADIANCE\n", "imageio"),
    ("DICOM", bytes(128) + b"DICM" + bytes(50), "pydicom.dcmread(path).pixel_array"),
    ("FITS", b"SIMPLE  =                    T", "astropy.io.fits.getdata"),
    ("BigTIFF", b"II+\0\x08\0", "tifffile"),
    ("BigTIFF", b"MM\0+\0\x08", "tifffile"),
    ("TIFF", b"II*\0" + bytes(50), "tifffile"),
    ("TIFF", b"MM\0*" + bytes(50), "tifffile"),
    ("Canon raw (CR2)", b"II*\0\x10\0\0\0CR\2\0", "rawpy"),
    ("HDF5", b"\x89HDF\r\n\x1a\n" + bytes(50), "h5py"),
    ("HDF5", b"MATLAB 7.3 MAT-file".ljust(512) + b"\x89HDF\r\n\x1a\n", "h5py"),
    ("netCDF", b"CDF\1" + bytes(50), "xarray"),
    ("NumPy array (NPY)", b"\x93NUMPY\1\0" + bytes(50), "numpy.load"),
    ("zip", b"PK\3\4" + bytes(50), "zipfile"),
    ("gzip", b"\x1f\x8b\x08" + bytes(50), "gzip"),
    ("NIfTI", bytes(344) + b"n+1\0", "nibabel"),
    ("HTML", b"\n<!DOCTYPE html><html>", "web page"),
    ("HTML", b"<html><body>404", "web page"),
    ("JSON", b'{"error": "not found"}', "json.loads"),
    ("JSON", b"[]", "json.loads"),
    ("Git LFS pointer", b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"),
    ("Base64 text of a picture", base64.b64encode(saved(PILImage.new("L", (9, 9)), "PNG")), "b64decode"),
    ("data URI", b"data:image/png;base64,iVBORw0KGgo=", "vision_magic.url"),
    ("Netpbm (PPM, PGM, PBM)", saved(PILImage.new("RGB", (16, 16)), "PPM"), "PIL.Image.open"),
    ("Matroska or WebM video", b"\x1aE\xdf\xa3" + bytes(50), "frame"),
    ("AVI video", b"RIFF\0\0\0\0AVI LIST", "frame"),
    ("PNG", saved(PILImage.new("L", (99, 99)), "PNG")[:60], "cut off"),
    ("JPEG", saved(PILImage.new("RGB", (99, 99)), "JPEG")[:-200], "cut off"),
]


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [pytest.param(*one, id=f"F18 {one[0]} {number}") for number, one in enumerate(OTHER_FORMATS)],
)
def test_f18_a_format_that_is_not_read_is_named_with_the_way_to_open_it(
    name: str, data: bytes, advice: str, tmp_path: Path
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    for obj in (data, bytearray(data), io.BytesIO(data), path):
        with pytest.raises(ImageError) as caught:
            as_image(obj)
        assert f"in the format {name} could not be decoded as a picture" in str(caught.value)
        assert advice in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [b"just a text", b"Paris is a town", b"\0" * 1000, b"P1 means first", b"ftypheic", b"", b"{name} is this", b"<b>"],
)
def test_f18_other_data_is_given_no_name(data: bytes) -> None:
    assert format_of(data) is None


@pytest.mark.parametrize("kind", ["AVIF", "JPEG2000", "ICO", "PPM", "ICNS", "DDS", "PCX"])
def test_f18_what_pillow_opens_is_accepted_as_advised(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "picture"
    PILImage.new("RGB", (32, 32), "red").save(path, kind)
    with pytest.raises(ImageError, match=r"PIL\.Image\.open\(path\)"):
        as_image(path)
    with PILImage.open(path) as opened:
        assert as_image(opened).to_pil().convert("RGB").getpixel((16, 16))[0] > 240  # type: ignore[index]


def test_f18_pictures_in_other_formats_stand_for_pictures_in_a_question() -> None:
    """Their bytes would be sent as text otherwise."""
    assert is_image(box(b"heic"))
    assert is_image(b"<svg/>")
    assert not is_image(b'{"a": 1}')
    assert not is_image(b"%PDF-1.7")
