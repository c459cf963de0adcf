"""Batches against aimock (npm `@copilotkit/aimock`), a server with files and batches that others wrote."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image as PILImage

from tests.real_servers.conftest import Start, from_npm
from vision_magic.each.batch.batch import batch
from vision_magic.each.batch.job import BatchJob
from vision_magic.each.batch.jobs import jobs
from vision_magic.session.session import Session

Ask = Callable[..., BatchJob]


@pytest.fixture(scope="module")
def url(start: Start, tmp_path_factory: pytest.TempPathFactory) -> str:
    program = from_npm("aimock")
    config = tmp_path_factory.mktemp("aimock") / "aimock.json"
    config.write_text("{}")
    return start([str(program), "-c", str(config), "-p", "{port}"], "/health") + "/v1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ask(url: str) -> Iterator[Ask]:
    made: list[BatchJob] = []

    def start(pictures: Any = None, outcome: str = "completed", **options: Any) -> BatchJob:
        given = pictures or [PILImage.new("RGB", (8 + number, 8)) for number in range(5)]
        where = {"base_url": url, "model": "gpt-4o", "headers": {"X-AIMock-Batch-Outcome": outcome}}
        made.append(batch("What is it?", given, run="moths", session=Session(), **where | options))
        return made[-1]

    yield start
    for job in made:
        job.close()


def files_at(url: str) -> set[str]:
    return {item["id"] for item in httpx.get(f"{url}/files?limit=100", trust_env=False).json()["data"]}


def states(job: BatchJob) -> list[str]:
    return [row.state for row in job.run.rows()]


def test_a_batch_goes_from_upload_to_rows(ask: Ask, url: str) -> None:
    before = files_at(url)
    job = ask()
    assert "validating 0 of 5" in repr(job)
    uploaded = files_at(url) - before
    assert len(uploaded) == 1
    job.refresh()
    assert "in progress 0 of 5" in repr(job)
    job.refresh()
    assert states(job) == ["done"] * 5
    assert {row.text for row in job.run.rows()} == {"Mock batch completion"}
    assert {row.worker for row in job.run.rows()} == set(job.ids)
    assert not uploaded & files_at(url)
    assert "uploaded files deleted" in repr(job)


@pytest.mark.parametrize("outcome", ["failed", "expired", "cancelled"])
def test_a_batch_that_ends_badly_gives_failed_rows_which_the_next_call_asks_again(outcome: str, ask: Ask) -> None:
    job = ask(outcome=outcome)
    job.wait(every=0.05)
    assert states(job) == ["failed"] * 5
    assert all(row.error for row in job.run.rows())
    again = ask()
    again.wait(every=0.05)
    assert states(again) == ["done"] * 5


def test_a_job_that_is_cancelled_ends(ask: Ask) -> None:
    job = ask()
    job.cancel()
    job.wait(every=0.05)
    assert job.finished
    assert "cancelled 0 of 5" in repr(job)


def test_a_file_above_its_limit_of_10_mb_is_split(ask: Ask) -> None:
    random.seed(1)
    noise = [PILImage.frombytes("RGB", (900, 800), random.randbytes(900 * 800 * 3)) for _ in range(5)]
    job = ask(noise, image_format="png")
    assert len(job.ids) > 1
    job.wait(every=0.05)
    assert states(job) == ["done"] * 5


def test_a_job_is_found_again_after_a_restart(ask: Ask) -> None:
    ask().close()
    [job] = jobs()
    job.wait(every=0.05)
    assert states(job) == ["done"] * 5
    job.close()


def test_what_is_uploaded_is_what_ask_sends(ask: Ask, url: str) -> None:
    before = files_at(url)
    ask([PILImage.new("RGB", (8, 8))], temperature=0.5)
    [made] = files_at(url) - before
    line = json.loads(httpx.get(f"{url}/files/{made}/content", trust_env=False).text)
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    assert line["body"]["temperature"] == 0.5
    assert "stream" not in line["body"]
