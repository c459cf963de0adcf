"""JSON Lines files in unusual states: cut off, foreign, on a full disk, shared."""

from __future__ import annotations

import concurrent.futures
import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.session.store.exchanges import exchange, figure, find, miss, question, recorded, text_of
from vision_magic.errors import RecordingError, RecordingMiss
from vision_magic.images.convert import as_image
from vision_magic.session.store.json_lines import JsonLinesStore


def test_what_a_crash_cut_in_the_middle_of_a_line_costs_that_line_alone(path: Path) -> None:
    recorded(path, exchange(question("One")), exchange(question("Zwei é世界"), "drei é世界"))
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    letter = whole.index("世".encode())
    for length in (*range(first, len(whole) - 1, 31), letter + 1, letter + 2, len(whole) - 2):
        path.write_bytes(whole[:length])
        assert JsonLinesStore(path).count() == 1


def test_after_a_crash_the_recording_goes_on_and_is_read_again(path: Path) -> None:
    recorded(path, exchange(question("One"), "eins"), exchange(question("Two"), "zwei"))
    path.write_bytes(path.read_bytes()[:-40])
    recorded(path, exchange(question("Three"), "drei"))
    tape = JsonLinesStore(path)
    assert [text_of(find(tape, question(words)).exchange) for words in ("One", "Three")] == ["eins", "drei"]
    assert "Two" in miss(tape, question("Two"))


def test_a_last_line_without_its_end_is_read_and_not_glued_to_the_next(path: Path) -> None:
    recorded(path, exchange(question("One"), "eins"))
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    tape = recorded(path, exchange(question("Two"), "zwei"))
    assert [text_of(find(tape, question(words)).exchange) for words in ("One", "Two")] == ["eins", "zwei"]


def test_a_kernel_that_dies_while_it_records_loses_nothing_before(path: Path) -> None:
    script = f"""
        import os, pathlib, sys
        from vision_magic.session.store.exchange import RecordedExchange
        from vision_magic.session.store.json_lines import JsonLinesStore
        tape = JsonLinesStore(pathlib.Path({str(path)!r}))
        for number in range(3):
            tape.add(RecordedExchange(request={{"number": number, "images": []}}, chunks=[]))
        os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert JsonLinesStore(path).count() == 3


def test_blank_lines_and_line_ends_of_windows_do_no_harm(path: Path) -> None:
    recorded(path, exchange(question("One")), exchange(question("Two")))
    path.write_bytes(b"\n" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert JsonLinesStore(path).count() == 2


def line_with(**changes: Any) -> str:
    return json.dumps({**json.loads(exchange(question()).to_line()), **changes})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(
            line_with(version=3) + "\n",
            "line 1: not an exchange (version 3; this vision_magic reads version 2: delete it and record again)",
            id="newer",
        ),
        pytest.param(
            line_with(version=1) + "\n", "version 1; this vision_magic reads version 2: delete it and", id="older"
        ),
        pytest.param(
            line_with(version=3), "version 3; this vision_magic reads version 2", id="newer, without a line end"
        ),
        pytest.param(line_with(request=None) + "\n", "the request or the answer is missing", id="no question"),
        pytest.param(line_with(chunks={}) + "\n", "the request or the answer is missing", id="no answer"),
        pytest.param(line_with(chunks=[[1]]) + "\n", "line 1: not an exchange", id="half a chunk"),
        pytest.param(line_with(chunks=[["soon", {}]]) + "\n", "line 1: not an exchange", id="a delay in words"),
        pytest.param(f"{line_with()}\n[1]\n{line_with()}\n", "line 2: not an exchange", id="other JSON in between"),
        pytest.param(
            '{"log": {"entries": []}}\n', "it was not written by vision_magic", id="a recording of another tool"
        ),
        pytest.param("# My notes\n\nBuy milk\n", "line 1: not an exchange", id="a text"),
        pytest.param("My notes", "line 1: not an exchange", id="a text without a line end"),
        pytest.param("[" * 100_000, "line 1: not an exchange", id="brackets without end"),
    ],
)
def test_a_file_that_is_no_recording_says_where_and_why(path: Path, content: str, why: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordingError) as caught:
        JsonLinesStore(path)
    assert not isinstance(caught.value, RecordingMiss)
    assert str(caught.value).startswith(f"{path}, line ")
    assert why in str(caught.value)


def test_a_file_of_other_bytes_says_so(path: Path) -> None:
    path.write_bytes(as_image(figure()).data)
    with pytest.raises(RecordingError, match="line 1: not an exchange"):
        JsonLinesStore(path)


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="could not be read as a recording"):
        JsonLinesStore(tmp_path)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    tape = JsonLinesStore(tmp_path / "tape.jsonl")
    tape.path = tmp_path / "file" / "tape.jsonl"
    with pytest.raises(RecordingError, match="could not be recorded in"):
        tape.add(exchange(question()))


def test_a_full_disk_is_told_and_leaves_the_lines_before(path: Path) -> None:
    resource = pytest.importorskip("resource")
    tape = recorded(path, exchange(question("One"), "eins"))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, before[1]))
        with pytest.raises(RecordingError, match=r"could not be recorded in .*full"):
            tape.add(exchange(question("Two"), "zwei"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert JsonLinesStore(path).count() == 1
    recorded(path, exchange(question("Three"), "drei"))
    assert JsonLinesStore(path).count() == 2


def test_clearing_begins_anew(path: Path) -> None:
    tape = recorded(path, exchange(question()))
    tape.clear()
    tape.clear()
    assert JsonLinesStore(path).count() == 1
    assert tape.count() == 0
    assert "holds no answers yet" in miss(tape, question())
    tape.add(exchange(question("Anew?")))
    tape.add(exchange(question("More?")))
    assert JsonLinesStore(path).count() == 2


def test_two_recordings_of_one_file_lose_nothing_of_each_other(path: Path) -> None:
    one, other = JsonLinesStore(path), JsonLinesStore(path)
    one.add(exchange(question("One")))
    other.add(exchange(question("Two")))
    one.add(exchange(question("Three")))
    assert JsonLinesStore(path).count() == 3


def test_threads_that_add_at_once_lose_nothing(path: Path) -> None:
    store = JsonLinesStore(path)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.add(exchange(question(f"Question {number}"))), range(40)))
    assert store.count() == JsonLinesStore(path).count() == 40


def test_numbers_that_are_equal_are_the_same_option(path: Path) -> None:
    store = recorded(path, exchange(question(temperature=1, extra={"nested": [2.0]})))
    assert find(store, question(temperature=1.0, extra={"nested": [2]})).note == ""
