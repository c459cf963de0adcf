"""The lock of a run: it ends with its kernel, however that ends; and no row is lost when the kernel is killed."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from vision_magic.each.row import Row
from vision_magic.each.run_file.lock import Holder, RunLock, RunLocked
from vision_magic.each.run_file.run_file import RunFile
from vision_magic.errors import RunError

HOLD = """
import sys, time, pathlib
from vision_magic.each.run_file.lock import RunLock
lock = RunLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""

# Each row is printed when it has been written.
WRITE = """
import itertools, pathlib, sys
from vision_magic.each.row import Row
from vision_magic.each.run_file.run_file import RunFile
run = RunFile.open(pathlib.Path(sys.argv[1]), {"question": "?"})
for at in itertools.count(len(run)):
    run.set_order(f"key {at}", at)
    run.add(Row(key=f"key {at}", state="done", text="x" * 500))
    print(at, flush=True)
"""

FORK = HOLD.replace(
    "time.sleep(60)", "import os\nif os.fork():\n    time.sleep(60)\nelse:\n    time.sleep(60)\n    os._exit(0)"
)


@contextlib.contextmanager
def process(program: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        try:
            yield running
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


def line_of(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "moths.lock"


def test_a_lock_is_held_once_and_leaves_no_file_behind(path: Path) -> None:
    lock = RunLock(path)
    with pytest.raises(RunLocked) as caught:
        RunLock(path)
    assert caught.value.holder.pid == os.getpid()
    lock.release()
    lock.release()
    assert not path.exists()
    RunLock(path).release()


def test_a_lock_that_is_forgotten_is_released(path: Path) -> None:
    RunLock(path)
    RunLock(path).release()


def test_a_file_that_nobody_holds_does_not_lock(path: Path) -> None:
    path.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": 0}))
    RunLock(path).release()
    path.write_text("damaged")
    RunLock(path).release()


def test_a_lock_that_cannot_be_written_leaves_no_file_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*values: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            RunLock(path)
    assert not path.exists()


def test_a_lock_of_another_kernel_says_which_and_ends_when_it_is_killed(path: Path) -> None:
    with process(HOLD, path) as other:
        assert line_of(other) == "held"
        with pytest.raises(
            RunLocked, match=rf"another kernel \(process {other.pid} on this machine, since \d\d:\d\d\)"
        ):
            RunLock(path)
        other.kill()
        other.wait()
        assert path.exists()
        RunLock(path).release()
    assert not path.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_a_lock_ends_with_its_kernel_though_a_process_that_it_forked_lives_on(path: Path) -> None:
    with process(FORK, path) as other:
        assert line_of(other) == "held"
        other.kill()  # and not its child
        other.wait()
        RunLock(path).release()


@pytest.mark.parametrize(
    ("holder", "words"),
    [
        (Holder(), "another kernel"),
        (Holder(7, "node12"), r"another kernel (process 7 on node12)"),
        (Holder(os.getpid(), socket.gethostname()), "another cell or thread of this kernel"),
    ],
)
def test_the_holder_is_named_in_words(holder: Holder, words: str) -> None:
    assert str(holder) == words


def test_a_run_that_another_kernel_writes_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "moths.vision.sqlite"
    with process(WRITE, path) as other:
        line_of(other)
        with pytest.raises(RunError, match=rf"is written by another kernel \(process {other.pid} on this machine"):
            RunFile.open(path, {"question": "?"})
        with RunFile.read(path) as run:  # it can be read
            assert run.row("key 0") is not None


def test_a_kernel_that_is_killed_at_any_moment_loses_no_row_and_damages_no_file(tmp_path: Path) -> None:
    path, moments = tmp_path / "moths.vision.sqlite", random.Random(21)
    written = -1
    for _ in range(5):
        with process(WRITE, path) as kernel:
            assert int(line_of(kernel)) == written + 1  # it goes on where the one before was killed
            time.sleep(moments.uniform(0, 0.15))
            kernel.kill()
            assert kernel.stdout is not None
            said = kernel.stdout.read().split("\n")
        database = sqlite3.connect(path)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        database.close()
        with RunFile.read(path) as run:
            kept = [row.key for row in run.rows()]
            assert run.counts() == {"done": len(kept)}
        # The last row may have been written and not been said.
        written = len(kept) - 1
        assert kept == [f"key {at}" for at in range(written + 1)]
        assert written >= max((int(word) for word in said[:-1]), default=0)
    with RunFile.open(path, {"question": "?"}) as run:
        run.add(Row(key="last", state="done"))
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
