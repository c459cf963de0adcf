"""Rows that are asked on the workers of an executor."""

from __future__ import annotations

import asyncio
import pickle
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.each.chat_server import ChatServer
from tests.each.on_workers import (
    LARGE,
    PICTURE,
    Kept,
    Watched,
    as_typed_in_a_notebook,
    count_more_than_estimated,
    pictures,
    plan_for,
)
from vision_magic.each.budget import Cap
from vision_magic.each.cluster.payload import Chunk, Outcome, Sealed, unpack
from vision_magic.each.cluster.worker import run_chunk
from vision_magic.each.driver import CAP_REACHED, COMPLETE
from vision_magic.each.pictures.loaders import CallLoader, FileLoader, ObjectLoader
from vision_magic.each.pictures.task import Task
from vision_magic.each.row import Row
from vision_magic.errors import RequestError, RunError, SettingsError

KEY = "sk-cluster-0123456789abcdef"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as server:
        yield server


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


# --- Rows


def test_each_row_comes_once_under_its_key_and_says_who_asked(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept(total=30)
    end = kept.run(threads, plan_for(server), pictures(30))
    assert (end.reason, end.error, end.tokens) == (COMPLETE, None, 30 * 120)
    assert kept.keys == [("moth", at) for at in range(30)]
    assert kept.states == {"done"}
    assert all(row.worker and row.text == "It is blue." and (row.width, row.height) == (64, 48) for row in kept.rows)
    counts = kept.progress.counts()
    assert (counts.done, counts.in_flight, counts.prompt_tokens) == (30, 0, 3000)


def test_no_more_requests_are_in_flight_than_the_run_allows(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    server.latency = 0.01
    Kept(total=60).run(threads, plan_for(server), pictures(60), concurrency=5)
    assert server.most_at_once <= 5


def test_one_request_at_a_time_means_one_chunk_at_a_time(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    Kept().run(threads, plan_for(server), pictures(9), concurrency=1)
    assert (len(server.bodies), server.most_at_once) == (9, 1)


def test_repeats_of_a_picture_are_rows_of_their_own(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    kept.run(threads, plan_for(server), [Task("a", ObjectLoader(PICTURE), repeat) for repeat in range(5)])
    assert sorted((row.key, row.repeat) for row in kept.rows) == [("a", repeat) for repeat in range(5)]


def test_a_picture_that_cannot_be_opened_is_a_failed_row(
    server: ChatServer, threads: ThreadPoolExecutor, tmp_path: Path
) -> None:
    kept = Kept()
    end = kept.run(threads, plan_for(server), [*pictures(3), Task("gone", FileLoader(tmp_path / "gone.png"))])
    failed = [row for row in kept.rows if row.state == "failed"]
    assert end.reason == COMPLETE
    assert [row.key for row in failed] == ["gone"]
    assert "gone.png" in failed[0].error


def test_typed_answers_come_as_values(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    server.answer = lambda body: '{"value": "blue"}' if len(server.bodies) > 2 else '{"colour": "blue"}'
    kept = Kept()
    kept.run(threads, plan_for(server, schema="colour: str", repair=True), pictures(2), concurrency=1)
    assert [row.value for row in kept.rows] == [{"colour": "blue"}] * 2


def test_what_a_server_does_not_support_is_learnt_once(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    server.unsupported = "response_format"
    server.answer = lambda body: '{"colour": "blue"}'
    kept = Kept()
    kept.run(threads, plan_for(server, schema="colour: str"), pictures(40), concurrency=1)
    assert [row.value for row in kept.rows] == [{"colour": "blue"}] * 40
    assert server.refused <= 3  # one for each form of it


def test_the_usage_of_the_workers_is_that_of_the_session(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    kept.run(threads, plan_for(server), pictures(7))
    assert kept.state.ledger.total == 7 * 120
    assert sum(record.prompt_tokens for record in kept.state.ledger.records) == 700


def test_a_generator_that_raises_ends_the_run_after_the_rows_before_it(
    server: ChatServer, threads: ThreadPoolExecutor
) -> None:
    def generate() -> Iterator[Task]:
        yield from pictures(4)
        raise OSError("the camera is gone")

    kept = Kept()
    end = kept.run(threads, plan_for(server), generate())
    assert len(kept.rows) == 4
    assert str(end.error) == "the camera is gone"
    assert end.reason == "the pictures ended in an error"


def test_an_error_of_whoever_keeps_the_rows_ends_the_run(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    def full(row: Row) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        Kept(on_row=full).run(threads, plan_for(server), pictures(200))
    assert len(server.bodies) < 200


def test_a_chunk_runs_where_an_event_loop_runs_already(server: ChatServer) -> None:
    """The engines of ipyparallel run one."""
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(1))

    async def in_a_loop() -> Sealed:
        return run_chunk(watched.chunks[0])

    outcome: Outcome = unpack(asyncio.run(in_a_loop()).data)
    assert [row.state for row in outcome.rows] == ["done"]


# --- Chunks


def test_the_first_chunk_of_each_process_is_one_row(server: ChatServer) -> None:
    server.latency = 0.01
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(40), chunk=10)
    assert watched.chunks[0].rows == 1
    assert max(chunk.rows for chunk in watched.chunks) == 10


def test_a_process_that_has_not_asked_yet_asks_one_row_of_a_larger_chunk(server: ChatServer) -> None:
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(40), chunk=10)
    large = next(chunk for chunk in watched.chunks if chunk.rows == 10)
    chunk: Chunk = replace(unpack(large.data), proven=frozenset())
    outcome: Outcome = unpack(run_chunk(replace(large, data=pickle.dumps(chunk))).data)
    assert [row.key for row in outcome.rows] == [0]
    assert outcome.left == tuple(range(1, 10))


def test_a_chunk_that_gets_lost_is_asked_again(server: ChatServer) -> None:
    lost = iter([False, False, True, True])
    kept = Kept()
    end = kept.run(Watched(is_lost=lambda chunk: next(lost, False)), plan_for(server), pictures(30))
    assert end.reason == COMPLETE
    assert kept.keys == [("moth", at) for at in range(30)]


def test_a_picture_that_ends_its_worker_each_time_fails_alone(server: ChatServer) -> None:
    def holds_it(chunk: Sealed) -> bool:
        tasks = unpack(unpack(chunk.data).tasks)
        return any(task.load() == "poison" for task in tasks)

    kept = Kept()
    tasks = [Task(at, ObjectLoader("poison" if at == 21 else PICTURE)) for at in range(30)]
    end = kept.run(Watched(is_lost=holds_it), plan_for(server), tasks)
    failed = [row for row in kept.rows if row.state == "failed"]
    assert end.reason == COMPLETE
    assert kept.keys == list(range(30))
    assert [row.key for row in failed] == [21]
    assert "ended abruptly" in failed[0].error


def test_chunks_that_all_get_lost_end_the_run(server: ChatServer) -> None:
    kept = Kept()
    watched = Watched(is_lost=lambda chunk: True)
    end = kept.run(watched, plan_for(server), pictures(1000))
    assert isinstance(end.error, RunError)
    assert "the worker was killed" in end.reason
    assert len(watched.chunks) <= 60


# --- Caps, rates and pauses


@pytest.mark.parametrize("concurrency", [1, 16, 64])
def test_the_cap_is_never_passed_and_nine_tenths_are_used(
    server: ChatServer, threads: ThreadPoolExecutor, concurrency: int
) -> None:
    count_more_than_estimated(server)
    cap = 40 * sum(server.counted)
    kept = Kept()
    tasks = [Task(at, ObjectLoader(LARGE)) for at in range(200)]
    end = kept.run(threads, plan_for(server), tasks, cap=cap, concurrency=concurrency)
    assert end.reason == CAP_REACHED
    assert 0.9 * cap <= server.tokens <= cap
    assert end.spent == server.tokens == 1.0 * sum(row.tokens for row in kept.rows)


def test_a_cap_in_money_is_kept_too(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    plan = plan_for(server, prices={"model-1": (10, 100)})
    cap = Cap(amount=0.1, unit="EUR", prompt=10 / 1e6, completion=100 / 1e6)
    kept = Kept()
    kept.run(threads, plan, pictures(200), cap=None)
    assert len(kept.rows) == 200
    from vision_magic.each.cluster.leases import whole_cap

    assert whole_cap(cap, 5000, 1000) == replace(cap, amount=4000 * 10 / 1e6)


def test_the_tokens_of_the_session_limit_a_run_too(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    plan = plan_for(server, max_tokens_total=3000)
    end = Kept().run(threads, plan, pictures(100))
    assert end.reason == CAP_REACHED
    assert 2700 <= server.tokens <= 3000


def test_a_cap_that_is_too_small_for_a_row_sends_nothing(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    end = Kept().run(threads, plan_for(server), pictures(5), cap=10)
    assert (end.reason, server.bodies) == (CAP_REACHED, [])


def test_no_row_fails_where_a_server_refuses_for_a_while(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    server.limit, server.latency = 10, 0.05  # fewer in a second than any machine sends
    kept = Kept(total=20)
    end = kept.run(threads, plan_for(server), pictures(20), concurrency=64)
    assert kept.states == {"done"}
    assert server.refused
    assert end.refused <= server.refused


def test_the_workers_share_the_rate(server: ChatServer) -> None:
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(20), rate=100, concurrency=8)
    assert {unpack(chunk.data).rate for chunk in watched.chunks} == {50}


# --- Keys


def test_a_key_does_not_travel(server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTH_KEY", KEY)
    watched = Watched()
    kept = Kept()
    kept.run(watched, plan_for(server, key_env="MOTH_KEY"), pictures(12))
    assert set(server.keys) == {f"Bearer {KEY}"}
    travelled = [pickle.dumps(chunk) + chunk.data for chunk in watched.chunks]
    assert all(KEY.encode() not in data for data in travelled)
    assert all(KEY not in repr(chunk) for chunk in watched.chunks)
    assert all(KEY.encode() not in pickle.dumps(run_chunk(chunk)) for chunk in watched.chunks[:1])


def test_nothing_of_a_question_shows_in_what_an_engine_prints(server: ChatServer) -> None:
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(3))
    assert repr(watched.chunks[0]).startswith("Sealed(rows=1, version=")
    assert "colour" not in repr(watched.chunks[0])


def test_a_worker_without_the_key_says_so_before_it_asks(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    end = kept.run(threads, plan_for(server, key_env="MOTH_KEY"), pictures(500))
    assert isinstance(end.error, SettingsError)
    assert end.reason.count("has no MOTH_KEY") == 1
    assert "set MOTH_KEY where the workers start" in end.reason
    assert (kept.rows, server.keys) == ([], [])


def test_a_worker_without_the_variable_of_a_header_says_so(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    end = Kept().run(threads, plan_for(server, headers={"X-Lab": {"env": "LAB_KEY"}}), pictures(5))
    assert "has no LAB_KEY" in end.reason


def test_a_typed_key_stays_here(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    plan = plan_for(server)
    assert plan.settings.origin is not None
    kept.state.keys.remember(plan.settings.origin, KEY)
    with pytest.raises(SettingsError, match=r"typed keys do not travel.*key_env='NAME'"):
        kept.run(threads, plan, pictures(5))
    end = kept.run(threads, plan_for(server, key_env="MOTH_KEY"), pictures(5))
    assert "has no MOTH_KEY. The key that was typed with %vision login stays in this process." in end.reason
    assert server.keys == []


# --- What a notebook defines


def test_functions_and_classes_of_a_notebook_travel_as_code(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    load = as_typed_in_a_notebook("def load(size=40):\n    return np.full((size, size), 7, np.uint8)", "load", np=np)
    colour = as_typed_in_a_notebook(
        "from pydantic import BaseModel\nclass Colour(BaseModel):\n    colour: str", "Colour"
    )
    server.answer = lambda body: '{"colour": "blue"}'
    watched = Watched()
    kept = Kept()
    end = kept.run(watched, plan_for(server, schema=colour), [Task(at, CallLoader(lambda: load())) for at in range(5)])
    assert end.reason == COMPLETE
    assert [row.value for row in kept.rows] == [{"colour": "blue"}] * 5
    assert {row.width for row in kept.rows} == {40}


def test_without_cloudpickle_they_are_refused_in_words(
    server: ChatServer, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    load = as_typed_in_a_notebook("def load():\n    pass", "load")
    tasks = [*pictures(2), Task("mine", CallLoader(load))]
    kept = Kept()
    end = kept.run(threads, plan_for(server), tasks, chunk=3)
    assert isinstance(end.error, RequestError)
    assert "The picture 'mine' cannot be sent to a worker" in end.reason
    assert 'pip install "vision-magic[dask]"' in end.reason
    with pytest.raises(RequestError, match="The schema or an option cannot be sent"):
        kept.run(
            threads,
            plan_for(
                server,
                schema=as_typed_in_a_notebook(
                    "from pydantic import BaseModel\nclass Colour(BaseModel):\n    colour: str", "Colour"
                ),
            ),
            pictures(2),
        )


def test_what_this_package_has_travels_without_cloudpickle(
    server: ChatServer, threads: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    kept = Kept()
    assert kept.run(threads, plan_for(server, schema="colour: str"), pictures(5)).reason == COMPLETE


def test_a_picture_that_cannot_be_pickled_is_named(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    end = kept.run(threads, plan_for(server), [*pictures(4), Task("locked", ObjectLoader(threading.Lock()))])
    assert isinstance(end.error, RequestError)
    assert "The picture 'locked' cannot be sent to a worker" in end.reason


def test_code_that_a_worker_cannot_load_is_an_error_in_words(server: ChatServer) -> None:
    class Loader:
        def __call__(self) -> Any:
            return PICTURE

        def __reduce__(self) -> Any:
            return __import__, ("helpers_of_a_thesis",)

    kept = Kept()
    with ThreadPoolExecutor(1) as threads:
        end = kept.run(threads, plan_for(server), [Task(0, Loader())])
    assert "could not unpack the pictures" in end.reason
    assert "No module named 'helpers_of_a_thesis'" in end.reason
    assert "client.upload_file" in end.reason


def test_another_version_on_a_worker_is_an_error_in_words(server: ChatServer) -> None:
    watched = Watched()
    Kept().run(watched, plan_for(server), pictures(1))
    outcome: Outcome = unpack(run_chunk(replace(watched.chunks[0], version="0.0.1")).data)
    assert isinstance(outcome.error, SettingsError)
    assert "this notebook 0.0.1. Install the same version on both" in str(outcome.error)


# --- Pixels


def test_large_pictures_in_memory_are_refused_before_anything_is_sent(
    server: ChatServer, threads: ThreadPoolExecutor
) -> None:
    with pytest.raises(RequestError, match=r"in memory \(2000\.0 MB\).*100\.0 MB.*zarr"):
        Kept().run(threads, plan_for(server), pictures(5), size_in_memory=2_000_000_000)
    assert server.bodies == []


def test_pictures_of_a_generator_are_refused_once_they_are_too_many(
    server: ChatServer, threads: ThreadPoolExecutor
) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (100, 100), np.uint8)
    kept = Kept()
    end = kept.run(
        threads, plan_for(server), (Task(at, ObjectLoader(noise + at)) for at in range(100)), max_bytes=300_000
    )
    assert isinstance(end.error, RequestError)
    assert 0 < len(kept.rows) < 30


# --- The end


def test_a_stopped_run_returns_what_has_come(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    stopped = threading.Event()
    kept = Kept(on_row=lambda row: (len(server.bodies) > 12 and stopped.set(), None)[1])
    server.latency = 0.01
    end = kept.run(threads, plan_for(server), pictures(5000), stopped=stopped)
    assert end.reason == "stopped"
    assert 12 < len(kept.rows) < 5000
    assert kept.progress.counts().in_flight == 0


def test_requests_that_are_under_way_are_given_up_at_a_stop(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    stopped = threading.Event()
    server.open.clear()
    kept = Kept()

    def stop() -> None:
        server.asked.acquire()
        stopped.set()

    threading.Thread(target=stop).start()
    end = kept.run(threads, plan_for(server), pictures(50), stopped=stopped)
    assert (end.reason, kept.rows) == ("stopped", [])


def test_an_executor_that_is_shut_down_is_an_error_and_the_rows_are_kept(server: ChatServer) -> None:
    threads = ThreadPoolExecutor(2)
    kept = Kept(on_row=lambda row: threads.shutdown(wait=False))
    end = kept.run(threads, plan_for(server), pictures(50))
    assert isinstance(end.error, RunError)
    assert "takes no more chunks" in end.reason
    assert "the same cell again asks only about the rest" in end.reason
    assert 1 <= len(kept.rows) <= 2


@pytest.mark.parametrize("executor", [3, "dask", ThreadPoolExecutor, None])
def test_what_is_no_executor_is_refused(server: ChatServer, executor: object) -> None:
    with pytest.raises(RequestError, match="expected something with submit"):
        Kept().run(executor, plan_for(server), pictures(1))


def test_objects_of_this_process_are_refused(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    import httpx

    with pytest.raises(RequestError, match="transport is an object of this process"):
        Kept().run(threads, plan_for(server, transport=httpx.AsyncHTTPTransport()), pictures(1))


def test_a_server_that_refuses_the_key_ends_the_run(server: ChatServer, threads: ThreadPoolExecutor) -> None:
    kept = Kept()
    plan = plan_for(server)
    end = kept.run(
        threads, replace(plan, settings=replace(plan.settings, base_url=f"{server.url}/nowhere")), pictures(50)
    )
    assert end.reason == COMPLETE  # this server answers everywhere
    assert len(kept.rows) == 50
