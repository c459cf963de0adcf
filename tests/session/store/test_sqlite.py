"""The SQLite file of exchanges: its size, its totals, and kernels that share it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from vision_magic.session.store import sqlite
from vision_magic.session.store.exchange import RecordedExchange
from vision_magic.session.store.sqlite import SqliteStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.sqlite"


def exchange(name: str, text: str = "x", *, pixels: str = "") -> RecordedExchange:
    images = [{"pixels": pixels}] if pixels else []
    request = {"model": "m", "messages": [name], "options": {}, "images": images}
    chunks = [(0.0, {"choices": [{"index": 0, "delta": {"content": text}}]})]
    return RecordedExchange(request=request, chunks=chunks, host="h")


def rows(file: Path) -> int:
    database = sqlite3.connect(file)
    try:
        return int(database.execute("SELECT COUNT(*) FROM answers").fetchone()[0])
    finally:
        database.close()


def test_half_a_letter_in_an_answer_costs_nothing(file: Path) -> None:
    SqliteStore(file, 10_000).add(exchange("a", "half \ud83d"))
    assert rows(file) == 1


def test_beyond_its_size_the_oldest_answers_go(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SqliteStore(file, 5000)
    times = iter(range(100))
    monkeypatch.setattr(sqlite.time, "time", lambda: float(next(times)))
    for number in range(20):
        store.add(exchange(str(number), "x " * 250))
    assert 3 <= rows(file) <= 8
    assert store.candidates(exchange("19").request, host="h")
    assert not store.candidates(exchange("0").request, host="h")


def test_the_totals_are_those_of_the_table(file: Path) -> None:
    """They are kept by triggers: to sum the table made each answer slower to keep than the one before."""
    store = SqliteStore(file, 3000)
    for number in range(12):
        store.add(exchange(str(number % 9), "x " * 25 * number))
        lines = [one.to_line().encode() for one in store]
        assert store.totals() == (len(lines), sum(map(len, lines)))
        assert store.count() == rows(file)
    assert 0 < store.count() < 9
    assert store.clear() == len(lines)
    assert store.totals() == (0, 0)


def test_the_same_request_has_one_answer_and_the_last_one(file: Path) -> None:
    store = SqliteStore(file, 10_000)
    for text in ("old", "new"):
        store.add(exchange("a", text))
    (only,) = store
    assert only.chunks[0][1]["choices"][0]["delta"]["content"] == "new"


def test_a_candidate_has_the_same_images_or_comes_from_the_same_cell(file: Path) -> None:
    store = SqliteStore(file, 10_000)
    for cell, pixels in (("cell-1", "a"), ("cell-1", "b"), ("", "c")):
        store.add(exchange("What?", pixels=pixels), cell=cell)

    def found(pixels: str, host: str = "h", cell: str = "") -> list[str]:
        request = exchange("What?", pixels=pixels).request
        return [one.request["images"][0]["pixels"] for one in store.candidates(request, host=host, cell=cell)]

    assert found("a") == ["a"]
    assert found("d") == []
    assert found("d", cell="cell-1") == ["b"]
    assert found("d", cell="cell-2") == []
    assert found("a", host="another") == []


def test_an_answer_that_a_damaged_file_gives_to_another_question_is_not_used(file: Path) -> None:
    """A loss of power can leave a row that leads to the line of another one."""
    store = SqliteStore(file, 10_000)
    store.add(exchange("a"))
    store.add(exchange("b"))
    with sqlite3.connect(file) as database:
        database.execute("UPDATE answers SET line = (SELECT line FROM answers ORDER BY at LIMIT 1)")
    database.close()
    assert [one.request["messages"] for one in store.candidates(exchange("a").request, host="h")] == [["a"]]
    assert store.candidates(exchange("b").request, host="h") == []


def test_a_request_with_numbers_as_names_is_found_again(file: Path) -> None:
    store = SqliteStore(file, 10_000)
    request = {**exchange("a").request, "options": {"logit_bias": {9: 1, 10: 2.0}}}
    store.add(replace(exchange("a"), request=request))
    assert len(store.candidates(request, host="h")) == 1


def test_questions_that_differ_only_in_what_is_hidden_are_different_ones(file: Path) -> None:
    """A line holds neither keys nor base64; what distinguishes two questions is hashed before that is cut."""
    store = SqliteStore(file, 10_000)
    store.add(exchange("Decode " + "QUJD" * 100))
    assert store.candidates(exchange("Decode " + "QUJD" * 100).request, host="h")
    assert not store.candidates(exchange("Decode " + "QUJE" * 100).request, host="h")


STORE = """
    import pathlib, sys
    from vision_magic.session.store.exchange import RecordedExchange
    from vision_magic.session.store.sqlite import SqliteStore
    print("ready", flush=True)
    sys.stdin.readline()
    for file in sys.argv[2:]:
        store = SqliteStore(pathlib.Path(file), 10_000)
        for number in range(5):
            request = {"model": sys.argv[1], "messages": [number], "options": {}, "images": []}
            store.add(RecordedExchange(request=request, chunks=[], host="h"))
"""


def test_two_kernels_that_begin_a_file_at_once_lose_nothing(tmp_path: Path) -> None:
    """Of two that turned a new file to WAL at once, one was refused without a wait, and its answer not kept."""
    files = [tmp_path / str(number) / "answers.sqlite" for number in range(12)]
    kernels = [
        subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(STORE), name, *map(str, files)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for kernel in kernels:
        assert kernel.stdout is not None
        assert kernel.stdout.readline() == "ready\n"
    for kernel in kernels:
        assert kernel.stdin is not None
        kernel.stdin.write("go\n")
        kernel.stdin.flush()
    for kernel in kernels:
        kernel.communicate(timeout=60)
    assert [kernel.returncode for kernel in kernels] == [0, 0]
    assert [rows(file) for file in files] == [10] * len(files)
