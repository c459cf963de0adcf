"""Rows that are asked by the processes of a pool."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from tests.each.chat_server import ChatServer
from tests.each.on_workers import Kept, as_typed_in_a_notebook, pictures, plan_for
from vision_magic.each.driver import COMPLETE
from vision_magic.each.pictures.loaders import CallLoader
from vision_magic.each.pictures.task import Task
from vision_magic.errors import RunError


@pytest.fixture
def processes() -> Iterator[ProcessPoolExecutor]:
    """Yield a pool whose processes have nothing of this one: no fork."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as processes:
        yield processes


def test_other_processes_ask_what_a_notebook_defines_and_a_process_that_dies_loses_no_row(
    processes: ProcessPoolExecutor,
) -> None:
    """One pool for all of it, since its processes take a second to start."""
    load = as_typed_in_a_notebook("def load(size):\n    return np.full((size, size), 7, np.uint8)", "load", np=np)
    colour = as_typed_in_a_notebook("from enum import Enum\nclass Colour(Enum):\n    BLUE = 'blue'", "Colour")
    with ChatServer(answer=lambda body: '{"value": "blue"}') as server:
        plan = plan_for(server, schema=colour)
        kept = Kept(total=40)
        end = kept.run(processes, plan, [Task(at, CallLoader(lambda at=at: load(20 + at))) for at in range(40)])
        assert end.reason == COMPLETE
        assert kept.keys == list(range(40))
        assert [row.width for row in sorted(kept.rows, key=lambda row: row.key)] == list(range(20, 60))
        assert {row.value for row in kept.rows} == {"blue"}
        assert str(os.getpid()) not in {row.worker.rpartition(":")[2] for row in kept.rows}

        kept, asked = Kept(), len(server.bodies)
        end = kept.run(processes, plan, [*pictures(30), Task(("moth", 30), CallLoader(lambda: os._exit(9)))], chunk=4)
        assert isinstance(end.error, RunError)
        assert "A process of the pool ended abruptly" in end.reason
        assert "the same cell again asks only about the rest" in end.reason
        assert 16 <= len(kept.rows) <= 30
        assert len(server.bodies) - asked - len(kept.rows) <= 2 * 4

        end = Kept().run(processes, plan, pictures(3))
        assert "The executor takes no more chunks (BrokenProcessPool" in end.reason
