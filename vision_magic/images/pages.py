"""Pages of PDF files as images."""

from __future__ import annotations

import contextlib
import io
import math
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from vision_magic.errors import ImageError
from vision_magic.images.converters.encoded import read_file, read_path
from vision_magic.images.decode import MAX_PIXELS
from vision_magic.images.encode import encode_whole
from vision_magic.images.file_formats import format_of
from vision_magic.images.image import Image
from vision_magic.images.registry import ConvertedImage
from vision_magic.reprs import short_repr
from vision_magic.text import one_line

__all__ = ["pages"]

_MAX_PAGES: Final = 64  # of one call, as many as one request may have pictures
_START: Final = 1024  # bytes before which a PDF must begin
_POINTS: Final = 72  # in an inch
_WRONG_PASSWORD: Final = 4  # FPDF_ERR_PASSWORD

_lock = threading.Lock()  # PDFium may be used by one thread at a time


def pages(source: str | Path | bytes | BinaryIO, *numbers: int | Iterable[int], dpi: float = 150) -> list[Image]:
    """Return pages of a PDF as images, to be used like any other pictures.

    It needs pypdfium2: ``pip install "vision-magic[pdf]"``.

    Parameters
    ----------
    source : str, Path, bytes or file
        The path of a PDF, its content, or a file opened for reading bytes.
    *numbers : int or iterable of int
        Numbers of the pages, from 1, or ranges of them: ``1, 3``, ``range(2, 5)``. By default all pages, at most 64.
    dpi : float
        Resolution (pixels per inch). A page of A4 at 150 has 1240×1754 pixels.

    Returns
    -------
    list of Image
        One for each number, in the order given. `Image.source` is ``"page 1"`` and the name of the file.

    Raises
    ------
    ImageError
        The PDF cannot be read, is protected by a password, has no such page, or a page is too large at this resolution.

    Examples
    --------
    >>> import vision_magic as vm
    >>> first, third = vm.pages("report.pdf", 1, 3)  # doctest: +SKIP
    >>> vm.ask("What changed between them?", first, third)  # doctest: +SKIP
    """
    resolution = _checked_dpi(dpi)
    wanted = _checked_numbers(numbers)
    data, name = _read(source)
    with _lock, _opened(data, name) as document:
        chosen = _chosen(wanted, len(document), name)
        return [_page(document, number, resolution, name) for number in chosen]


def _checked_dpi(dpi: object) -> float:
    is_number = isinstance(dpi, int | float) and not isinstance(dpi, bool)
    if not is_number or not 1 <= dpi <= 2400:  # type: ignore[operator]  # it is a number
        raise ImageError(f"dpi got {short_repr(dpi)}; expected pixels per inch from 1 to 2400, such as 150.")
    return float(dpi)  # type: ignore[arg-type]


def _checked_numbers(numbers: tuple[object, ...]) -> list[int]:
    """Return the numbers of pages, with those of ranges in their places."""
    found: list[int] = []
    for item in numbers:
        try:
            several = [item] if isinstance(item, int | str) else list(item)  # type: ignore[call-overload]  # or TypeError
        except TypeError:
            several = [item]
        for number in several:
            if isinstance(number, bool) or not isinstance(number, int):
                raise ImageError(f"pages got {short_repr(number)}; expected numbers of pages: 1, 3, or range(1, 4).")
            found.append(number)
    if numbers and not found:
        raise ImageError("pages got an empty range; expected numbers of pages: 1, 3, or range(1, 4).")
    return found


def _read(source: Any) -> tuple[bytes, str]:
    """Return the content of a PDF, and its name for messages."""
    if issubclass(type(source), str | Path):
        path = Path(source)
        return _checked_pdf(read_path(path), str(path)), path.name
    if issubclass(type(source), bytes | bytearray):
        return _checked_pdf(bytes(source), "pages"), ""
    if issubclass(type(source), io.IOBase) and not isinstance(source, io.TextIOBase):
        return _checked_pdf(read_file(source), "pages"), ""
    raise ImageError(
        f"pages got {short_repr(source)}; expected the path of a PDF, its bytes, or a file opened with 'rb'."
    )


def _checked_pdf(data: bytes, name: str) -> bytes:
    if b"%PDF-" in data[:_START]:
        return data
    found = format_of(data)
    what = f"is in the format {found.name}" if found else f"starts with {data[:8]!r}" if data else "is empty"
    advice = " Pass the picture itself." if found and found.is_picture else ""
    raise ImageError(f"{name}: the data {what}; expected a PDF.{advice}")


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    try:
        import pypdfium2
    except ImportError:
        raise ImageError('The pages of a PDF need pypdfium2: pip install "vision-magic[pdf]"') from None
    what = one_line(name) or "The PDF"
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _WRONG_PASSWORD:
            raise ImageError(
                f"{what} is protected by a password. Save a copy without it, such as with "
                'pikepdf.open(path, password="…").save(copy), and pass that.'
            ) from None
        raise ImageError(f"{what} is damaged or cut off ({error}). Save or download it again.") from None
    try:
        document.init_forms()  # so that what was filled in is drawn too
        yield document
    finally:
        document.close()


def _chosen(wanted: list[int], count: int, name: str) -> list[int]:
    what = one_line(name) or "The PDF"
    has = f"{what} has {count} page{'' if count == 1 else 's'}"
    for number in wanted:
        if not 1 <= number <= count:
            raise ImageError(f"pages got {number}; {has}, counted from 1.")
    chosen = wanted or list(range(1, count + 1))
    if len(chosen) > _MAX_PAGES:
        raise ImageError(
            f"{has}, and {len(chosen)} were asked for; at most {_MAX_PAGES} become pictures. Name some: "
            "vision_magic.pages(path, 1, 3), or range(1, 9)."
        )
    if not chosen:
        raise ImageError(f"{has}; expected at least one.")
    return chosen


def _page(document: Any, number: int, dpi: float, name: str) -> Image:
    import pypdfium2

    try:
        page = document[number - 1]
        try:
            _check_page(page.get_size(), number, dpi)
            pixels = page.render(scale=dpi / _POINTS, rev_byteorder=True).to_pil()
        finally:
            page.close()
    except ImageError:
        raise
    except (pypdfium2.PdfiumError, ValueError, OverflowError, MemoryError) as error:
        raise ImageError(
            f"Page {number} of {one_line(name) or 'the PDF'} cannot be drawn ({type(error).__name__}: {error}). "
            "Save the PDF again with another program, or try a lower dpi."
        ) from None
    source = f"page {number}, file {one_line(name)}" if name else f"page {number}"
    return encode_whole(ConvertedImage(pixels=pixels.convert("RGB"), source=source, notes=(f"{dpi:g} dpi",)))


def _check_page(size: tuple[float, float], number: int, dpi: float) -> None:
    width, height = (math.ceil(length * dpi / _POINTS) for length in size)
    if width * height > MAX_PIXELS:
        fitting = int(0.99 * dpi * math.sqrt(MAX_PIXELS / (width * height)))
        inches = " × ".join(f"{length / _POINTS:.0f}" for length in size)
        step = f"Use dpi={fitting}." if fitting else "It is not a page that could be read as a picture."
        raise ImageError(
            f"Page {number} measures {inches} inches: at {dpi:g} dpi, {width * height / 1e6:.0f} million pixels; the "
            f"limit is {MAX_PIXELS / 1e6:.0f} million. {step}"
        )
