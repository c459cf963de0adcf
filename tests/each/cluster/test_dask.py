"""Rows that are asked by the workers of a Dask cluster, on this machine."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from tests.each.chat_server import ChatServer
from tests.each.on_workers import (
    LARGE,
    PICTURE,
    Kept,
    as_typed_in_a_notebook,
    count_more_than_estimated,
    pictures,
    plan_for,
)
from vision_magic.each.driver import CAP_REACHED, COMPLETE
from vision_magic.each.pictures.loaders import CallLoader, ObjectLoader
from vision_magic.each.pictures.task import Task
from vision_magic.errors import RequestError, SettingsError

pytestmark = pytest.mark.slow  # each test starts workers

distributed = pytest.importorskip("distributed")

KEY = "sk-dask-0123456789abcdef"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Yield the client of two workers, each a process of its own with two threads."""
    options = {"n_workers": 2, "threads_per_worker": 2, "dashboard_address": "127.0.0.1:0", "memory_limit": 0}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.mark.parametrize("of", ["client", "executor"])
def test_each_row_comes_once_from_one_of_the_workers(client: Any, server: ChatServer, of: str) -> None:
    kept = Kept(total=60)
    end = kept.run(client if of == "client" else client.get_executor(), plan_for(server), pictures(60))
    assert (end.reason, end.error) == (COMPLETE, None)
    assert kept.keys == [("moth", at) for at in range(60)]
    assert kept.states == {"done"}
    assert {row.worker.partition(" on ")[0] for row in kept.rows} == {"0", "1"}
    assert len(server.bodies) == 60


def test_only_the_workers_ask_that_a_person_chose(client: Any, server: ChatServer) -> None:
    chosen = sorted(client.nthreads())[:1]
    kept = Kept()
    assert kept.run(client.get_executor(workers=chosen), plan_for(server), pictures(20)).reason == COMPLETE
    assert len({row.worker for row in kept.rows}) == 1


@pytest.mark.parametrize("concurrency", [1, 16, 64])
def test_the_cap_is_never_passed_and_nine_tenths_are_used(client: Any, server: ChatServer, concurrency: int) -> None:
    count_more_than_estimated(server)
    cap = 40 * sum(server.counted)
    tasks = [Task(at, ObjectLoader(LARGE)) for at in range(200)]
    end = Kept().run(client, plan_for(server), tasks, cap=cap, concurrency=concurrency)
    assert end.reason == CAP_REACHED
    assert 0.9 * cap <= server.tokens <= cap


def test_what_the_scheduler_knows_of_a_run_is_its_chunks_by_number(
    client: Any, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its dashboard shows the names of tasks, and their arguments if they fail."""
    monkeypatch.setenv("MOTH_KEY", KEY)
    client.run(set_variable, "MOTH_KEY", KEY)
    server.open.clear()
    seen: list[str] = []

    def look() -> None:
        server.asked.acquire()
        try:
            seen.extend(client.run_on_scheduler(everything_of, needles=[KEY, "colour", "'moth'"]))
        finally:
            server.open.set()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    kept = Kept()
    end = kept.run(client, plan_for(server, key_env="MOTH_KEY"), pictures(3))
    client.run(set_variable, "MOTH_KEY", "")
    assert end.reason == COMPLETE
    looking.join()
    assert set(server.keys) == {f"Bearer {KEY}"}
    names = [name for name in seen if not name.startswith("found:")]
    assert names
    assert all(name.startswith("vision_magic-") for name in names)
    assert [name for name in seen if name.startswith("found:")] == []


def set_variable(name: str, value: str) -> None:
    os.environ[name] = value


def everything_of(dask_scheduler: Any, needles: list[str]) -> list[str]:
    """Return the names of the tasks, and which of the needles is in what the scheduler prints of them."""
    tasks = dask_scheduler.tasks
    printed = " ".join(map(repr, tasks.values())) + repr(dask_scheduler.get_events())
    return [*map(str, tasks), *(f"found: {needle}" for needle in needles if needle in printed)]


def test_a_worker_without_the_key_says_so_before_it_asks(
    client: Any, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTH_KEY", KEY)  # here, not there
    kept = Kept()
    end = kept.run(client, plan_for(server, key_env="MOTH_KEY"), pictures(500))
    assert isinstance(end.error, SettingsError)
    assert "has no MOTH_KEY" in end.reason
    assert (kept.rows, server.keys) == ([], [])


def test_code_of_a_notebook_travels(client: Any, server: ChatServer) -> None:
    load = as_typed_in_a_notebook("def load(size):\n    return np.full((size, size), 7, np.uint8)", "load", np=np)
    record = as_typed_in_a_notebook("from pydantic import BaseModel\nclass Moth(BaseModel):\n    wings: int", "Moth")
    server.answer = lambda body: '{"wings": 4}'
    kept = Kept()
    tasks = [Task(at, CallLoader(lambda at=at: load(20 + at))) for at in range(9)]
    assert kept.run(client, plan_for(server, schema=record), tasks).reason == COMPLETE
    assert [row.value for row in kept.rows] == [{"wings": 4}] * 9


def test_a_stopped_run_returns_what_the_workers_had(client: Any, server: ChatServer) -> None:
    stopped = threading.Event()
    kept = Kept(total=50)
    seen = iter(range(1000))

    def answer(body: dict[str, Any]) -> str:
        if next(seen) == 30:
            stopped.set()
            server.open.clear()
        return "blue"

    server.answer, server.latency = answer, 0.01
    end = kept.run(client, plan_for(server), pictures(5000), stopped=stopped, chunk=100)
    assert end.reason == "stopped"
    assert len(kept.rows) >= 20
    server.open.set()
    assert client.submit(abs, -1).result() == 1  # the workers are free again


def test_a_row_whose_chunk_was_cancelled_by_someone_else_is_asked_again(client: Any, server: ChatServer) -> None:
    server.open.clear()

    def cancel() -> None:
        server.asked.acquire()
        try:
            for key in client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)):
                client.cancel([distributed.Future(key, client)], force=True)
        finally:
            server.open.set()

    cancelling = threading.Thread(target=cancel, daemon=True)
    cancelling.start()
    kept = Kept()
    end = kept.run(client, plan_for(server), pictures(4))
    cancelling.join()
    assert end.reason == COMPLETE
    assert kept.keys == [("moth", at) for at in range(4)]


def test_a_client_that_is_closed_is_refused(client: Any, server: ChatServer) -> None:
    other = distributed.Client(client.cluster)
    other.close()
    with pytest.raises(RequestError, match="a client of Dask that is closed"):
        Kept().run(other, plan_for(server), pictures(3))


def test_a_client_that_is_closed_in_the_middle_keeps_the_rows(client: Any, server: ChatServer) -> None:
    other = distributed.Client(client.cluster, set_as_default=False)
    kept = Kept(on_row=lambda row: other.close())
    end = kept.run(other, plan_for(server), [Task(at, ObjectLoader(PICTURE)) for at in range(50)])
    assert "the same cell again asks only about the rest" in end.reason
    assert len(kept.rows) >= 1
