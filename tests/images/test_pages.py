"""Pages of PDF files as pictures, and files that are none, are protected, or would be too large."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import vision_magic as vm
from tests.session.scripted import Scripted, images_in, says
from vision_magic.errors import ImageError
from vision_magic.images import pages as module

GREYS = ("0.2", "0.5", "0.8")  # of the pages


def pdf(*greys: str, box: str = "0 0 144 72", encrypted: bool = False) -> bytes:
    """Return a PDF whose pages are filled with these greys. PDFium needs no table of its objects."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(greys)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(greys)} /MediaBox [{box}] >>")
    for number, grey in enumerate(greys):
        drawn = f"{grey} g 0 0 1000 1000 re f"
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {4 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    body = "".join(f"{number} 0 obj\n{content}\nendobj\n" for number, content in enumerate(objects, 1))
    protection = ""
    if encrypted:
        key = "0" * 64
        protection = f" /Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<00><00>]"
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R{protection} >>\n%%EOF\n".encode()


def grey_of(image: vm.Image) -> float:
    return round(image.to_pil().convert("L").getpixel((10, 10)) / 255, 1)  # type: ignore[operator]  # an integer


@pytest.mark.parametrize(
    ("numbers", "greys"),
    [
        pytest.param((), [0.2, 0.5, 0.8], id="all"),
        pytest.param((1, 3), [0.2, 0.8], id="two"),
        pytest.param((3, 1, 3), [0.8, 0.2, 0.8], id="any order"),
        pytest.param((range(2, 4),), [0.5, 0.8], id="a range"),
        pytest.param((1, [2, 3]), [0.2, 0.5, 0.8], id="a list"),
    ],
)
def test_pages_are_counted_from_one(numbers: tuple[Any, ...], greys: list[float]) -> None:
    assert [grey_of(image) for image in vm.pages(pdf(*GREYS), *numbers)] == greys


def test_a_page_has_its_size_and_its_name(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(*GREYS))
    for source in (file, str(file)):
        [image] = vm.pages(source, 2, dpi=100)
        assert (image.width, image.height, image.source, image.note) == (200, 100, "page 2, file report.pdf", "100 dpi")
    with file.open("rb") as opened:
        [image] = vm.pages(opened, 1)
    assert (image.width, image.source, image.note) == (300, "page 1", "150 dpi")


def test_a_page_is_shrunk_only_when_it_is_sent() -> None:
    [image] = vm.pages(pdf("0.5"), 1, dpi=1800)
    assert image.width == 3600
    assert vm.as_image(image).width == 2048
    assert vm.as_image(image, max_side=3000).width == 3000


def test_pages_are_asked_about() -> None:
    server = Scripted(says("Grey."))
    reply = vm.ask("What is on them?", vm.pages(pdf(*GREYS), 1, 3), **server.options)
    assert images_in(server.bodies[0]) == 2
    assert [image.source for image in reply.images if isinstance(image, vm.Image)] == ["page 1", "page 3"]


@pytest.mark.parametrize(
    ("source", "numbers", "said"),
    [
        pytest.param(pdf(*GREYS), (0,), "The PDF has 3 pages, counted from 1", id="page 0"),
        pytest.param(pdf(*GREYS), (4,), "The PDF has 3 pages", id="behind the last"),
        pytest.param(pdf("1"), (range(1, 9),), "The PDF has 1 page,", id="a long range"),
        pytest.param(pdf("1"), (True,), "expected numbers of pages", id="True"),
        pytest.param(pdf("1"), ("1-3",), "expected numbers of pages", id="a string"),
        pytest.param(pdf("1"), (1.0,), "expected numbers of pages", id="a float"),
        pytest.param(pdf("1"), ([],), "empty range", id="an empty list"),
        pytest.param(pdf(*["1"] * 65), (), "at most 64 become pictures. Name some", id="too many"),
        pytest.param(pdf("1", encrypted=True), (1,), "protected by a password. Save a copy", id="protected"),
        pytest.param(pdf("1")[:60], (1,), "damaged or cut off", id="cut off"),
        pytest.param(b"%PDF-1.4\n" + bytes(500), (1,), "damaged", id="zeros"),
        pytest.param(b"", (1,), "the data is empty; expected a PDF", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n", (1,), "in the format PNG; expected a PDF. Pass the picture", id="a PNG"),
        pytest.param(pdf("1", box="0 0 14400 14400"), (1,), r"200 × 200 inches.* Use dpi=\d+", id="a huge page"),
        pytest.param(pdf("1", box="0 0 900000000 900000000"), (1,), "million", id="a bomb"),
        pytest.param(Path("nowhere.pdf"), (1,), "nowhere.pdf: It cannot be read", id="a missing file"),
        pytest.param(7, (1,), "expected the path of a PDF", id="a number"),
    ],
)
def test_what_is_wrong_is_said_with_the_next_step(source: Any, numbers: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ImageError, match=said):
        vm.pages(source, *numbers)


@pytest.mark.parametrize("dpi", [0, -1, True, "150", float("nan"), 1e9])
def test_a_resolution_is_checked(dpi: Any) -> None:
    with pytest.raises(ImageError, match="expected pixels per inch"):
        vm.pages(pdf("1"), 1, dpi=dpi)


def test_the_resolution_that_is_advised_fits() -> None:
    source = pdf("1", box="0 0 14400 14400")
    with pytest.raises(ImageError, match="Use dpi") as error:
        vm.pages(source, 1)
    advised = int(str(error.value).rpartition("dpi=")[2].removesuffix("."))
    module._check_page((14400, 14400), 1, advised)


def test_a_pdf_given_as_a_picture_leads_here(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf("1"))
    for source in (tmp_path / "report.pdf", pdf("1"), io.BytesIO(pdf("1"))):
        with pytest.raises(ImageError, match=r"in the format PDF .*vision_magic\.pages\(path, 1\)"):
            vm.as_image(source)


def test_without_the_library_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['pypdfium2'] = None\n"
        "import vision_magic as vm\n"
        "try: vm.pages(b'%PDF-1.4', 1)\n"
        "except vm.ImageError as error: print(error)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == 'The pages of a PDF need pypdfium2: pip install "vision-magic[pdf]"\n'
