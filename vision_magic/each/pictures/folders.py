"""The files of a folder or of a pattern with wildcards, in natural order."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from vision_magic.errors import RunError
from vision_magic.images.converters.encoded import PICTURE_SUFFIXES
from vision_magic.session.paths import reason

__all__ = ["Files", "files_of", "natural_key"]

_WILDCARDS: Final = re.compile(r"[*?\[]")
_DIGITS: Final = re.compile(r"(\d+)")
_SHOWN: Final = 5  # suffixes of files that were left out
_ZARR: Final = ("zarr.json", ".zarray", ".zgroup")
_HDF5: Final = 'h5py.File(path)["images"]'
_FRAMES: Final = "vision_magic.frames(path, 64)"
_ARRAYS: Final = {
    ".zarr": 'zarr.open_array(path), or zarr.open_group(path)["images"]',
    **dict.fromkeys((".h5", ".hdf5", ".hdf"), _HDF5),
    ".npy": 'numpy.load(path, mmap_mode="r")',
    ".npz": 'numpy.load(path)["images"]',
    ".pdf": "vision_magic.pages(path)",
    ".csv": 'the paths in a column of it, pandas.read_csv(path)["file"].map(pathlib.Path)',
    ".parquet": "pandas.read_parquet(path)",
    **dict.fromkeys((".gif", ".mp4", ".mov", ".avi", ".mkv", ".webm"), _FRAMES),
}
_PATTERN: Final = 'a pattern, Path("moths/*.jpg")'


@dataclass(frozen=True, slots=True)
class Files:
    """Files that were found.

    Attributes
    ----------
    folder : Path
        The folder, absolute.
    names : sequence of str
        The paths of the files in it, with ``/``, in natural order.
    left_out : str
        The files that are not pictures by their suffixes, and the hidden pictures, in words; empty if there are none.
    """

    folder: Path
    names: Sequence[str]
    left_out: str = ""

    def path(self, at: int) -> Path:
        """Return the path of a file."""
        return self.folder / self.names[at]


def files_of(path: Path) -> Files:
    """Return the pictures in a folder and its subfolders, or those of a pattern.

    Hidden files and folders, such as ``.ipynb_checkpoints``, do not count.

    Parameters
    ----------
    path : Path
        A folder, or a pattern with ``*``, ``?``, ``[…]`` or ``**``; ``~`` is the home folder.

    Raises
    ------
    RunError
        It is a single file, does not exist, cannot be read, or has no pictures.
    """
    try:
        path = path if os.path.lexists(path) else path.expanduser()
        if path.is_dir():
            if any((path / name).exists() for name in _ZARR):
                raise RunError(f"{path} is a zarr store; pass an array of it: {_ARRAYS['.zarr']}.")
            return _pictures(path, _walk(path), f"The folder {path}")
        if path.suffix.lower() in _ARRAYS and path.is_file():
            raise RunError(f"{path} is one file; pass what is in it: {_ARRAYS[path.suffix.lower()]}.")
        if os.path.lexists(path):
            raise RunError(
                f"{path} is one file; expected a folder of pictures. For one picture use vision_magic.ask, or pass a "
                f"list, [Path({str(path)!r})]; for the frames of a file, vision_magic.frames(path, 8)."
            )
        folder, pattern = _split(path)
        if pattern:
            return _pictures(folder, _matches(folder, pattern), f"The pattern {path}")
    except (OSError, ValueError, RuntimeError, NotImplementedError) as error:
        if isinstance(error, RunError):
            raise
        raise RunError(
            f"{path} cannot be read ({reason(error)}); expected a folder of pictures, or {_PATTERN}."
        ) from None
    raise RunError(f"{path} does not exist, relative to {Path.cwd()}; expected a folder of pictures, or {_PATTERN}.")


def natural_key(name: str) -> tuple[tuple[str | int, ...], ...]:
    """Return the key by which names are sorted as people do: ``a2`` before ``a10``, folder by folder."""
    # Texts and numbers alternate, and so are never compared with each other. The name itself decides between equals.
    parts = (_DIGITS.split(part.casefold()) for part in name.split("/"))
    natural = (tuple(int(bit) if at % 2 else bit for at, bit in enumerate(bits)) for bits in parts)
    return (*natural, (name,))


def _split(path: Path) -> tuple[Path, str]:
    """Return the folder before the first part with a wildcard, and the rest; the rest is empty if there is none."""
    parts = path.parts
    first = next((at for at, part in enumerate(parts) if _WILDCARDS.search(part)), len(parts))
    return Path(*parts[:first]), "/".join(parts[first:])


def _matches(folder: Path, pattern: str) -> Iterator[str]:
    for path in folder.glob(pattern):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts[:-1]):
            yield name.as_posix()


def _walk(folder: Path) -> Iterator[str]:
    """Yield the files of a folder and its subfolders; a folder that several links lead to is walked once."""
    seen = {_identity(folder)}
    for root, folders, files in os.walk(folder, followlinks=True, onerror=_raise):
        kept = [(name, _identity(Path(root, name))) for name in sorted(folders) if not name.startswith(".")]
        folders[:] = [name for name, identity in kept if identity not in seen]
        seen.update(identity for _, identity in kept)
        prefix = Path(root).relative_to(folder).as_posix()
        prefix = "" if prefix == "." else f"{prefix}/"
        yield from (f"{prefix}{name}" for name in files)


def _identity(folder: Path) -> tuple[int, int] | str:
    try:
        status = folder.stat()
    except OSError:
        return str(folder)
    return (status.st_dev, status.st_ino)


def _raise(error: OSError) -> None:
    raise error


def _pictures(folder: Path, names: Iterator[str], what: str) -> Files:
    found: list[str] = []
    others: Counter[str] = Counter()
    hidden = 0
    for name in names:
        path = PurePosixPath(name)
        suffix = path.suffix.lower()
        if path.name.startswith("."):
            hidden += suffix in PICTURE_SUFFIXES
        elif suffix in PICTURE_SUFFIXES:
            found.append(name)
        else:
            others[suffix or "no suffix"] += 1
    left_out = _left_out(others, hidden)
    if not found:
        raise RunError(
            f"{what} has no pictures ({', '.join(PICTURE_SUFFIXES)})"
            + (f"; it has {left_out}. Pass other files as a list of Paths." if left_out else ".")
        )
    return Files(Path(folder).absolute(), sorted(found, key=natural_key), f"{left_out} left out" if left_out else "")


def _left_out(others: Counter[str], hidden: int) -> str:
    parts = []
    if others:
        count = others.total()
        by_count = sorted(others.items(), key=lambda item: (-item[1], item[0]))
        kinds = [f"{number:,} {suffix}" for suffix, number in by_count[:_SHOWN]]
        listed = ", ".join(kinds) + (", …" if len(others) > _SHOWN else "")
        what = "1 file that is not a picture" if count == 1 else f"{count:,} files that are not pictures"
        parts.append(f"{what} ({listed})")
    if hidden:
        parts.append(f"{hidden:,} hidden picture{'s' * (hidden != 1)}")
    return " and ".join(parts)
