"""SQLite files that several threads and kernels share."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from vision_magic.session.store.database import Database

SCHEMA = ("CREATE TABLE IF NOT EXISTS numbers (number INTEGER)",)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "numbers.sqlite", SCHEMA, 1)


def add(database: Database, number: int) -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO numbers VALUES (?)", (number,))


def numbers(database: Database) -> list[int]:
    with database.transaction(write=False) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM numbers ORDER BY number")]


def open_files(database: Database) -> list[Path]:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [link for link in links if link.readlink() == database.path]


def at_the_same_time(count: int, function: Callable[[int], object]) -> None:
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        function(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_many_threads_write_and_none_finds_the_file_locked(database: Database) -> None:
    """Each with a connection of its own, some waited longer than SQLite does: database is locked."""
    failed: list[Exception] = []

    def write(number: int) -> None:
        try:
            for place in range(10):
                add(database, 10 * number + place)
        except Exception as error:
            failed.append(error)

    at_the_same_time(16, write)
    assert failed == []
    assert numbers(database) == list(range(160))


def test_only_its_owner_can_read_the_file(database: Database) -> None:
    add(database, 1)
    assert stat.S_IMODE(database.path.stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="lists the open files of Linux")
def test_nothing_stays_open_between_two_uses(database: Database) -> None:
    at_the_same_time(4, lambda number: add(database, number))
    assert open_files(database) == []
    with pytest.raises(KeyError), database.transaction():
        raise KeyError
    assert open_files(database) == []
    with database.transaction():
        assert open_files(database) != []


def test_a_block_that_fails_changes_nothing(database: Database) -> None:
    add(database, 1)

    def fail() -> None:
        with database.transaction() as connection:
            connection.execute("DELETE FROM numbers")
            connection.execute("DELETE FROM letters")

    with pytest.raises(sqlite3.OperationalError, match="letters"):
        fail()
    assert numbers(database) == [1]


def test_a_file_that_is_deleted_while_a_thread_waits_is_made_again(database: Database) -> None:
    waiting = threading.Thread(target=add, args=(database, 2))
    with database.transaction() as connection:
        connection.execute("INSERT INTO numbers VALUES (1)")
        waiting.start()
        while database._users < 2:
            pass
        database.path.unlink()
    waiting.join()
    assert numbers(database) == [2]


def test_reading_creates_no_file(database: Database) -> None:
    with pytest.raises(OSError, match=r"numbers\.sqlite"):
        numbers(database)
    assert not database.path.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_process_that_is_forked_while_a_thread_writes_does_not_wait_for_that_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It inherits a lock that nobody releases. For SQLite, the file is then locked there."""
    monkeypatch.setattr("vision_magic.session.store.database._LOCK_TIMEOUT", 0.01)
    entered, leave = threading.Event(), threading.Event()

    def write() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO numbers VALUES (2)")
            entered.set()
            leave.wait()

    def write_in_child() -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            add(database, 3)

    def fork(write: Callable[[], None]) -> int | None:
        child = multiprocessing.get_context("fork").Process(target=write)
        child.start()
        child.join(timeout=10)
        return child.exitcode

    thread = threading.Thread(target=write)
    thread.start()
    entered.wait()
    assert fork(write_in_child) == 0
    leave.set()
    thread.join()
    assert fork(lambda: add(database, 3)) == 0
    assert numbers(database) == [2, 3]
