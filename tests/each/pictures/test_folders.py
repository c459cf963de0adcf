"""Pictures in a folder or of a pattern: their order, their names, and what is left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from vision_magic.each.pictures.folders import files_of, natural_key
from vision_magic.errors import RunError


@pytest.fixture
def moths(tmp_path: Path) -> Path:
    folder = tmp_path / "moths"
    for name in (
        "m10.png", "m2.png", "M1.PNG", "labels.csv", "README", "night/n1.jpeg", "night/n2.tiff", "night/deep/x.webp",
        ".ipynb_checkpoints/m2.png", ".DS_Store", "night/._n1.jpeg", "notes.csv", "raw.cr2", "empty/.keep",
        "store/zarr.json", "cells.h5",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def test_a_folder_is_its_pictures_in_natural_order_and_says_what_it_left_out(moths: Path) -> None:
    files = files_of(moths)
    assert files.names == ["M1.PNG", "m2.png", "m10.png", "night/deep/x.webp", "night/n1.jpeg", "night/n2.tiff"]
    others = "6 files that are not pictures (2 .csv, 1 .cr2, 1 .h5, 1 .json, 1 no suffix)"
    assert files.left_out == f"{others} and 1 hidden picture left out"
    assert files.path(4) == moths / "night" / "n1.jpeg"


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.png", ["m2.png", "m10.png"]),
        ("m?.png", ["m2.png"]),
        ("m[12]*.png", ["m2.png", "m10.png"]),
        ("*", ["M1.PNG", "m2.png", "m10.png"]),
        ("**/*.jpeg", ["night/n1.jpeg"]),
        ("night/*", ["n1.jpeg", "n2.tiff"]),
        ("n*/*.jpeg", ["night/n1.jpeg"]),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="upper and lower case are the same there")
def test_the_names_of_a_pattern_begin_behind_its_fixed_folders(moths: Path, pattern: str, names: list[str]) -> None:
    assert files_of(moths / pattern).names == names


def test_relative_paths_become_absolute(moths: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(moths.parent)
    for path in (Path("moths"), Path("moths/*.png")):
        files = files_of(path)
        monkeypatch.chdir(moths)
        assert files.path(0).is_absolute()
        assert files.path(0).exists()
        monkeypatch.chdir(moths.parent)


def test_a_folder_whose_name_has_a_wildcard_is_that_folder(tmp_path: Path) -> None:
    folder = tmp_path / "run [1]"
    folder.mkdir()
    (folder / "a.png").touch()
    assert files_of(folder).names == ["a.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_followed_and_a_circle_of_them_ends(moths: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.png").touch()
    (moths / "linked").symlink_to(other)
    (moths / "again").symlink_to(moths)
    (other / "back").symlink_to(moths)
    (moths / "m3.png").symlink_to(moths / "m2.png")
    (moths / "broken").symlink_to(tmp_path / "nowhere")
    names = files_of(moths).names
    assert "linked/o.png" in names
    assert "m3.png" in names
    assert len(names) == 8


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("M1.PNG", r"is one file; expected a folder.*vision_magic\.ask, or pass a list, \[Path\('.*/M1\.PNG'\)\]"),
        ("labels.csv", r"is one file; pass what is in it: the paths in a column of it, pandas\.read_csv\(path\)"),
        ("store", r"is a zarr store; pass an array of it: zarr\.open_array\(path\)"),
        ("cells.h5", r'pass what is in it: h5py\.File\(path\)\["images"\]\.'),
        ("nowhere", r"does not exist, relative to .*; expected a folder of pictures, or a pattern, Path\("),
        ("*.gif", r"The pattern .* has no pictures \(\.png, .*\.tiff\)\.$"),
        ("*.cr2", r"has no pictures .*; it has 1 file that is not a picture \(1 \.cr2\)\. Pass other files as a list"),
        ("nowhere/*.png", "has no pictures"),
        ("empty", r"The folder .*empty has no pictures \(\.png"),
        ("a\0b", "does not exist|cannot be read"),
    ],
)
def test_what_has_no_pictures_is_an_error(moths: Path, name: str, words: str) -> None:
    with pytest.raises(RunError, match=words):
        files_of(moths / name)


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=8), max_size=6))
def test_the_natural_order_is_an_order_of_all_names(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=natural_key) == sorted(names, key=natural_key)


def test_numbers_are_ordered_by_their_value() -> None:
    names = ["a/2", "10", "9", "a10b2", "a10b10", "a2b3", "b/1", "a/10", "²"]
    assert sorted(names, key=natural_key) == ["9", "10", "a/2", "a/10", "a2b3", "a10b2", "a10b10", "b/1", "²"]
