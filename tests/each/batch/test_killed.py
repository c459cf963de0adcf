"""A kernel that is killed between upload, creation, poll and download: nothing is lost, and nothing is paid twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.each.batch_server import BatchServer, Loopback
from vision_magic.each.batch.batch import batch
from vision_magic.each.batch.job import BatchJob
from vision_magic.each.batch.jobs import jobs
from vision_magic.each.batch.parts import pending_in
from vision_magic.errors import Interrupted
from vision_magic.session.session import Session

PROGRAM = """
import sys
from pathlib import Path
from vision_magic.each.batch.batch import batch
from vision_magic.errors import Interrupted
from vision_magic.session.session import Session

url, folder = sys.argv[1:]
job = batch("What is it?", Path(folder), run="moths", base_url=url, model="model-1", session=Session())
print(job, flush=True)
job.wait(every=0.01)
"""


class Held:
    """Holds the answer to the first call of one operation until the process that asked is killed."""

    def __init__(self, operation: str) -> None:
        self.operation = operation
        self.reached = threading.Event()
        self.killed = threading.Event()

    def __call__(self, operation: str) -> None:
        if operation == self.operation and not self.killed.is_set():
            self.reached.set()
            assert self.killed.wait(30)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pictures").mkdir()
    for number in range(5):
        PILImage.new("RGB", (8 + number, 8)).save(tmp_path / "pictures" / f"{number}.png")
    return tmp_path


@pytest.fixture
def loopback() -> Iterator[tuple[BatchServer, str]]:
    server = BatchServer()
    with Loopback(server) as running:
        yield server, running.url


def kill_at(operation: str, server: BatchServer, url: str) -> None:
    """Run the program until the server has carried out an operation, and kill it before the answer."""
    held = Held(operation)
    server.hold = held
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, url, "pictures"], env=os.environ)
    try:
        assert held.reached.wait(30)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        held.killed.set()


@pytest.mark.parametrize("operation", ["upload", "create", "retrieve", "content"])
def test_the_same_call_goes_on_after_a_kill(operation: str, loopback: tuple[BatchServer, str], folder: Path) -> None:
    server, url = loopback
    kill_at(operation, server, url)
    job = batch("What is it?", folder / "pictures", run="moths", base_url=url, model="model-1", session=Session())
    job.wait(every=0.01)
    assert [row.state for row in job.run.rows()] == ["done"] * 5
    assert [Path(row.key).name for row in job.run.rows()] == [f"{number}.png" for number in range(5)]
    assert len(server.batches) == 1
    assert server.calls["upload"] == 1
    assert server.deleted == ["file-1"]
    assert not pending_in(job.run)
    job.close()


@pytest.mark.parametrize("operation", ["upload", "create"])
def test_jobs_goes_on_without_the_pictures(operation: str, loopback: tuple[BatchServer, str]) -> None:
    server, url = loopback
    kill_at(operation, server, url)
    [job] = jobs(".")
    assert len(server.batches) == (0 if operation == "upload" else 1)  # looking at jobs starts nothing
    job.wait(every=0.01)
    assert [row.state for row in job.run.rows()] == ["done"] * 5
    assert len(server.batches) == 1
    job.close()


def test_an_upload_that_did_not_arrive_is_sent_again_by_the_same_call(
    loopback: tuple[BatchServer, str], folder: Path
) -> None:
    server, url = loopback

    def ask(**options: Any) -> BatchJob:
        where = {"base_url": url, "model": "model-1", "run": "moths", "session": Session()}
        return batch("What is it?", folder / "pictures", **where | options)

    def interrupt(request: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    with pytest.raises(Interrupted, match="the same call goes on"):
        ask(transport=httpx.MockTransport(interrupt))
    [job] = jobs(".")
    job.wait(every=0.01)
    assert list(job.run.rows()) == []
    assert "nothing sent" in repr(job)
    job.close()
    job = ask()
    job.wait(every=0.01)
    assert [row.state for row in job.run.rows()] == ["done"] * 5
    assert len(server.batches) == 1
    job.close()


def test_two_kernels_that_watch_one_job_write_its_rows_once(loopback: tuple[BatchServer, str], folder: Path) -> None:
    _, url = loopback
    job = batch("What is it?", folder / "pictures", run="moths", base_url=url, model="model-1", session=Session())
    [other] = jobs(".")
    watchers = [threading.Thread(target=each.wait, kwargs={"every": 0.01}) for each in (job, other)]
    for thread in watchers:
        thread.start()
    for thread in watchers:
        thread.join()
    assert [row.state for row in job.run.rows()] == ["done"] * 5
    job.close()
    other.close()
