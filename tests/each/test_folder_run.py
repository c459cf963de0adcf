"""A folder of pictures from end to end, asked of the embedded reader: its rows are in a file, by the paths in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as PILImage

from vision_magic.each.ask_each import ask_each
from vision_magic.each.run_file.run_file import RunFile
from vision_magic.engine import reading

SIZES = {"a2.png": (40, 30), "a10.png": (64, 48), "sub/b.png": (32, 32)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading.TextReader, "_read_with_ocr", lambda reader, image: ())  # no text is in them
    reading._shared_reader.cache_clear()
    for name, size in SIZES.items():
        path = tmp_path / "moths" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        PILImage.new("RGB", size, "red").save(path)
    (tmp_path / "moths" / "a3.png").write_bytes(b"damaged")
    (tmp_path / "moths" / "labels.csv").touch()
    yield tmp_path / "moths"
    reading._shared_reader.cache_clear()


def test_a_folder_becomes_rows_by_the_paths_of_its_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = ask_each("How large is this picture?", folder, run="moths")
    left_out = "1 file that is not a picture (1 .csv) left out"
    assert capsys.readouterr().out == f"complete · 4 rows · 1 failed · {left_out}\n"
    assert [line.partition(left_out)[1] for line in repr(table).splitlines()][:2] == [left_out, ""]
    with RunFile.read(folder.with_name("moths.vision.sqlite")) as run:
        rows = {row.key: row for row in run.rows()}
    assert list(rows) == ["a2.png", "a3.png", "a10.png", "sub/b.png"]
    assert {name: (row.width, row.height) for name, row in rows.items() if row.state == "done"} == SIZES
    assert all(
        f"{width}" in rows[name].text and f"{height}" in rows[name].text for name, (width, height) in SIZES.items()
    )
    assert rows["a3.png"].state == "failed"
    assert "could not be decoded as a picture" in rows["a3.png"].error


def test_pictures_that_are_added_are_asked_and_the_others_are_kept(folder: Path) -> None:
    ask_each("How large is this picture?", folder, run="moths", progress=False)
    path = folder.with_name("moths.vision.sqlite")
    with RunFile.read(path) as run:
        before = {row.key: row for row in run.rows("done")}
    PILImage.new("RGB", (20, 10), "blue").save(folder / "a3.png")  # repaired
    PILImage.new("RGB", (20, 20), "blue").save(folder / "a1.png")
    ask_each("How large is this picture?", folder, run="moths", progress=False)
    with RunFile.read(path) as run:
        after = {row.key: row for row in run.rows()}
    assert list(after) == ["a1.png", "a2.png", "a3.png", "a10.png", "sub/b.png"]
    assert {row.state for row in after.values()} == {"done"}
    assert {key: after[key] for key in before} == before
