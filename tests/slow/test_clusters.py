"""Runs on clusters whose workers and drivers are killed, and on engines that take long to start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.each.chat_server import ChatServer
from tests.each.on_workers import Kept, as_typed_in_a_notebook, pictures, plan_for
from vision_magic.each.driver import COMPLETE
from vision_magic.each.pictures.loaders import CallLoader
from vision_magic.each.pictures.task import Task
from vision_magic.each.run_file.run_file import RunFile

distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]
CHUNK = 16


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(latency=0.05) as server:
        yield server


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Yield a cluster of two workers that are started again when they die."""
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=0
        ) as cluster,
    ):
        yield cluster


def test_a_worker_of_dask_that_is_killed_loses_no_row(server: ChatServer, cluster: Any) -> None:
    with distributed.Client(cluster) as client:
        processes = client.run(os.getpid)
        kept = Kept(total=300)

        def kill() -> None:
            while len(server.bodies) < 100:
                time.sleep(0.01)
            os.kill(next(iter(processes.values())), signal.SIGKILL)

        threading.Thread(target=kill).start()
        end = kept.run(client, plan_for(server), pictures(300), chunk=CHUNK)
    assert end.reason == COMPLETE
    assert kept.keys == [("moth", at) for at in range(300)]
    assert kept.states == {"done"}
    assert len(server.bodies) <= 300 + 2 * CHUNK


def test_a_picture_that_kills_each_worker_fails_alone(server: ChatServer, cluster: Any) -> None:
    with distributed.Client(cluster) as client:
        kept = Kept(total=21)
        tasks = [*pictures(20), Task(("moth", 20), CallLoader(lambda: os._exit(9)))]
        end = kept.run(client, plan_for(server), tasks, chunk=4)
    assert end.reason == COMPLETE
    assert [row.key for row in kept.rows if row.state == "failed"] == [("moth", 20)]
    assert kept.keys == [("moth", at) for at in range(21)]


DRIVER = """
import sys
from multiprocessing import get_context

from PIL import Image

from vision_magic.each.ask_each import ask_each

def executor_at(address):
    if address == "pool":
        from concurrent.futures import ProcessPoolExecutor
        return ProcessPoolExecutor(2, get_context("spawn"))
    from distributed import Client
    return Client(address)

if __name__ == "__main__":
    address, url, file, number = sys.argv[1:]
    pictures = [Image.new("L", (30 + at % 50, 20), 90) for at in range(int(number))]
    options = {"base_url": url, "model": "model-1", "progress": False}
    print(len(ask_each("What?", pictures, run=file, executor=executor_at(address), **options)))
"""


@pytest.mark.parametrize("of", ["dask", "pool"])
def test_a_driver_that_is_killed_loses_no_row_and_its_workers_stop(
    server: ChatServer, cluster: Any, tmp_path: Path, of: str
) -> None:
    number, script, file = 400, tmp_path / "driver.py", tmp_path / "moths.vision.sqlite"
    script.write_text(DRIVER)
    address = cluster.scheduler_address if of == "dask" else "pool"
    command = [sys.executable, str(script), address, server.url, str(tmp_path / "moths"), str(number)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    driver = subprocess.Popen(command, env=environment)
    while len(server.bodies) < 150:
        time.sleep(0.01)
        assert driver.poll() is None
    driver.kill()
    driver.wait()
    asked = -1
    while asked != len(server.bodies):  # until the workers have noticed
        asked = len(server.bodies)
        time.sleep(1)
    assert asked < number
    kept = len(list(RunFile.read(file).rows()))
    again = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert again.stdout.split()[-1] == str(number)
    rows = list(RunFile.read(file).rows())
    assert [row.key for row in rows] == list(range(number))
    assert {row.state for row in rows} == {"done"}
    assert len(server.bodies) == number + (asked - kept)


# --- ipyparallel


@pytest.fixture(scope="module")
def engines() -> Iterator[Any]:
    """Yield the client of two engines, each of which runs an event loop."""
    ipyparallel = pytest.importorskip("ipyparallel")
    with ipyparallel.Cluster(n=2, log_level=40) as client:
        yield client


@pytest.mark.parametrize("of", ["client", "executor", "view", "all engines"])
def test_the_engines_of_ipyparallel_ask(server: ChatServer, engines: Any, of: str) -> None:
    load = as_typed_in_a_notebook("def load(size):\n    return np.full((size, size), 7, np.uint8)", "load", np=np)
    executor = {
        "client": lambda: engines,
        "executor": engines.executor,
        "view": engines.load_balanced_view,
        "all engines": lambda: engines[:],
    }[of]()
    kept = Kept(total=60)
    end = kept.run(executor, plan_for(server), [Task(at, CallLoader(lambda at=at: load(20 + at))) for at in range(60)])
    assert end.reason == COMPLETE
    assert kept.keys == list(range(60))
    assert len(server.bodies) == 60


def test_a_stopped_run_ends_on_ipyparallel(server: ChatServer, engines: Any) -> None:
    stopped = threading.Event()
    kept = Kept(on_row=lambda row: stopped.set())
    end = kept.run(engines, plan_for(server), pictures(5000), stopped=stopped)
    assert end.reason == "stopped"
    assert engines[:].apply_sync(abs, -1) == [1, 1]


# --- Ray


def test_ray_asks_by_a_wrapper_of_its_futures(server: ChatServer) -> None:
    ray = pytest.importorskip("ray")

    class RayExecutor:
        """The one of docs/cluster.md."""

        def submit(self, function: Any, *arguments: Any) -> Any:
            return ray.remote(function).remote(*arguments).future()

    ray.init(num_cpus=2, include_dashboard=False)
    try:
        kept = Kept(total=60)
        end = kept.run(RayExecutor(), plan_for(server), pictures(60))
        assert end.reason == COMPLETE
        assert kept.keys == [("moth", at) for at in range(60)]
    finally:
        ray.shutdown()
