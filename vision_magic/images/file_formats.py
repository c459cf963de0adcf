"""Names of file formats by their first bytes, and how a file of each becomes a picture that can be passed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["FileFormat", "format_of"]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format.

    Attributes
    ----------
    name : str
        The name.
    advice : str
        How to open it, as a sentence.
    is_picture : bool
        Whether such data is a picture, as opposed to a document, a table or an archive.
    """

    name: str
    advice: str
    is_picture: bool = True


def _pillow(name: str) -> FileFormat:
    return FileFormat(name, "Open it with Pillow and pass that: PIL.Image.open(path).")


def _other(name: str, advice: str) -> FileFormat:
    return FileFormat(name, advice, is_picture=False)


_SAVE: Final = "Save it as PNG or JPEG and pass that file."
_FRAME: Final = "Pass some of its frames: vision_magic.frames(path, 8)."
_RAW: Final = "Develop it with rawpy: rawpy.imread(path).postprocess()."
_HEIF: Final = (
    "Open it with pillow-heif: pip install pillow-heif, pillow_heif.register_heif_opener(), then PIL.Image.open(path)."
)
_UNPACK: Final = "Unpack it and pass the picture in it."

_HEIC = FileFormat("HEIC", _HEIF)
_AVIF = _pillow("AVIF")
_MP4 = FileFormat("MP4 video", _FRAME)
_JPEG_XL = FileFormat(
    "JPEG XL",
    "Open it with pillow-jxl-plugin: pip install pillow-jxl-plugin, import pillow_jxl, then PIL.Image.open(path).",
)
_JPEG_2000 = _pillow("JPEG 2000")
_ICO = _pillow("ICO")
_EXR = FileFormat("OpenEXR", "Read its numbers and pass them: imageio.v3.imread(path), with range= for their limits.")
_NETPBM = _pillow("Netpbm (PPM, PGM, PBM)")
_HDF5 = _other("HDF5", 'Read a data set with h5py and pass it: h5py.File(path)["name"][:].')
_SVG = FileFormat("SVG", "Draw it with cairosvg and pass the bytes: cairosvg.svg2png(url=path).")
_HTML = _other(
    "HTML", "It is a web page, perhaps an error page of a download; fetch the picture itself: vision_magic.url(…)."
)
_BASE64 = FileFormat("Base64 text of a picture", "Decode it first: base64.b64decode(data), or vision_magic.url(…).")
_GZIP = _other("gzip", "Unpack it first: gzip.open(path).read(); of a .nii.gz, pass a slice of nibabel.load(path).")

# Brands of files that begin with a box "ftyp"; any other brand is a video.
_BRANDS: Final = {
    **dict.fromkeys((b"avif", b"avis"), _AVIF),
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"heif"), _HEIC
    ),
    b"crx ": FileFormat("Canon raw (CR3)", _RAW),
    b"jp2 ": _JPEG_2000,
    b"jxl ": _JPEG_XL,
}

# Offset, signature and format; the first one that fits counts.
_SIGNATURES: Final[tuple[tuple[int, bytes, FileFormat], ...]] = (
    (0, b"\xff\x0a", _JPEG_XL),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", _JPEG_XL),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", _JPEG_2000),
    (0, b"\xff\x4f\xff\x51", _JPEG_2000),
    (0, b"8BPS", _pillow("Photoshop (PSD)")),
    (0, b"%PDF", _other("PDF", "Pass its pages as pictures: vision_magic.pages(path, 1).")),
    (0, b"%!PS", FileFormat("PostScript", _SAVE)),
    (0, b"\xc5\xd0\xd3\xc6", FileFormat("PostScript", _SAVE)),
    (0, b"\0\0\1\0", _ICO),
    (0, b"\0\0\2\0", FileFormat("Windows cursor (CUR)", "Open it with Pillow and pass that: PIL.Image.open(path).")),
    (0, b"icns", _pillow("ICNS")),
    (0, b"\x76\x2f\x31\x01", _EXR),
    (0, b"#?RADIANCE", FileFormat("Radiance HDR", "Read its numbers and pass them: imageio.v3.imread(path).")),
    (0, b"#?RGBE", FileFormat("Radiance HDR", "Read its numbers and pass them: imageio.v3.imread(path).")),
    (128, b"DICM", FileFormat("DICOM", "Read it with pydicom and pass its pixels: pydicom.dcmread(path).pixel_array.")),
    (0, b"SIMPLE  =", FileFormat("FITS", "Read it with astropy and pass its data: astropy.io.fits.getdata(path).")),
    (0, b"XTENSION=", FileFormat("FITS", "Read it with astropy and pass its data: astropy.io.fits.getdata(path).")),
    (0, b"\x89HDF\r\n\x1a\n", _HDF5),
    (512, b"\x89HDF\r\n\x1a\n", _HDF5),
    (0, b"CDF\1", _other("netCDF", 'Read a variable with xarray: xarray.open_dataset(path)["name"].')),
    (0, b"CDF\2", _other("netCDF", 'Read a variable with xarray: xarray.open_dataset(path)["name"].')),
    (0, b"\x93NUMPY", FileFormat("NumPy array (NPY)", "Load it and pass the array: numpy.load(path).")),
    (0, b"MATLAB 5.0 MAT-file", _other("MATLAB", "Read a variable with scipy: scipy.io.loadmat(path)['name'].")),
    (344, b"n+1\0", FileFormat("NIfTI", "Pass a slice of it: nibabel.load(path).get_fdata()[..., 0].")),
    (0, b"NRRD0", FileFormat("NRRD", "Pass a slice of it: nrrd.read(path)[0].")),
    (0, b"\x1aE\xdf\xa3", FileFormat("Matroska or WebM video", _FRAME)),
    (8, b"AVI ", FileFormat("AVI video", _FRAME)),
    (8, b"WAVE", _other("WAV sound", "It is not a picture; pass its spectrogram as a figure.")),
    (0, b"\0\0\1\xba", FileFormat("MPEG video", "Convert it, ffmpeg -i path new.mp4, and pass some of its frames.")),
    (0, b"II+\0", FileFormat("BigTIFF", "Read it with tifffile and pass the array: tifffile.imread(path).")),
    (0, b"MM\0+", FileFormat("BigTIFF", "Read it with tifffile and pass the array: tifffile.imread(path).")),
    (8, b"CR\2", FileFormat("Canon raw (CR2)", _RAW)),
    (0, b"IIU\0", FileFormat("Panasonic raw (RW2)", _RAW)),
    (0, b"IIRO", FileFormat("Olympus raw (ORF)", _RAW)),
    (0, b"FUJIFILMCCD-RAW", FileFormat("Fujifilm raw (RAF)", _RAW)),
    (0, b"DDS ", _pillow("DDS")),
    (0, b"qoif", _pillow("QOI")),
    (0, b"\x0a\x05\x01", _pillow("PCX")),
    (0, b"gimp xcf", FileFormat("GIMP (XCF)", _SAVE)),
    (0, b"AT&TFORM", FileFormat("DjVu", _SAVE)),
    (0, b"PK\3\4", _other("zip", f"{_UNPACK[:-1]}: zipfile.ZipFile(path); an .npz holds arrays for numpy.load(path).")),
    (0, b"PK\5\6", _other("empty zip", _UNPACK)),
    (0, b"\x1f\x8b", _GZIP),
    (0, b"BZh", _other("bzip2", _UNPACK)),
    (0, b"\xfd7zXZ\0", _other("xz", _UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", _other("Zstandard", _UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", _other("7z", _UNPACK)),
    (0, b"Rar!", _other("RAR", _UNPACK)),
    (257, b"ustar", _other("tar", _UNPACK)),
    (0, b"PAR1", _other("Parquet", "Read the column of pictures with pandas: pandas.read_parquet(path).")),
    (0, b"SQLite format 3", _other("SQLite", "Read the picture from its table and pass the bytes.")),
    (0, b"\x80\4\x95", _other("pickle", "It can run code when it is loaded, and is not read. Pass the object itself.")),
    (0, b"version https://git-lfs", _other("Git LFS pointer", "The picture is not downloaded yet: git lfs pull.")),
    (0, b"iVBORw0KGgo", _BASE64),
    (0, b"/9j/", _BASE64),
    (0, b"data:image/", FileFormat("data URI", "Pass vision_magic.url(text), with text a string.")),
    # Of the formats that are read, for data that is damaged or of a rare kind.
    (0, b"\x89PNG", FileFormat("PNG", "It is damaged or cut off; save or download it again.")),
    (0, b"\xff\xd8\xff", FileFormat("JPEG", "It is damaged or cut off; save or download it again.")),
    (0, b"GIF8", FileFormat("GIF", "It is damaged or cut off; save or download it again.")),
    (8, b"WEBP", FileFormat("WebP", "It is damaged or cut off; save or download it again.")),
    (0, b"BM", FileFormat("BMP", "It is damaged or cut off; save or download it again.")),
    *(
        (0, mark, FileFormat("TIFF", "It is damaged, or of a kind that tifffile reads: tifffile.imread(path)."))
        for mark in (b"II*\0", b"MM\0*")
    ),
)

_TEXT_START: Final = 2000  # bytes
_TEXTS: Final[tuple[tuple[re.Pattern[str], FileFormat], ...]] = (
    (re.compile(r"(?:<\?xml.*?)?\s*(?:<!--.*?-->\s*)*(?:<!doctype svg.*?>\s*)?<(?:\w+:)?svg\b", re.I | re.S), _SVG),
    (re.compile(r"<(?:!doctype html|html|head|body)\b", re.I), _HTML),
    (re.compile(r"<\?xml", re.I), _other("XML", "It is not a picture; perhaps an error message of a download.")),
    (re.compile(r"P[1-6]\s+(?:#.*\s+)*\d+\s+\d"), _NETPBM),
    (
        re.compile(r'[\[{]\s*(?:["\[{\]}\d-]|$)'),
        _other("JSON", "Look for a picture or a message in it: json.loads(data)."),
    ),
)


def format_of(data: bytes) -> FileFormat | None:
    """Return the format of data by its first bytes; None if it is unknown."""
    if data[4:8] == b"ftyp":
        # A brand such as mif1 is that of several kinds; the brands that follow tell.
        return _AVIF if b"avif" in data[8:64] else _BRANDS.get(data[8:12], _MP4)
    for offset, signature, found in _SIGNATURES:
        if data.startswith(signature, offset):
            return found
    start = data[:_TEXT_START].removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()
    return next((found for pattern, found in _TEXTS if pattern.match(start)), None)
