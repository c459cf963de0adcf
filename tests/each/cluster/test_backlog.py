"""The tasks that no worker has yet."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator

from vision_magic.each.cluster.backlog import Backlog, Item
from vision_magic.each.pictures.task import Task


def task(key: int) -> Task:
    return Task(key, bytes)


def keys(items: list[Item]) -> list[int]:
    return [item.task.key for item in items]


def taken(backlog: Backlog, rows: int) -> list[Item]:
    """Return the next tasks, as soon as they are there."""
    while not (items := backlog.take(rows)) and not backlog.is_empty:
        time.sleep(0.001)
    return items


def test_tasks_come_in_order_and_the_rest_is_smaller() -> None:
    backlog = Backlog(map(task, range(7)))
    assert [keys(taken(backlog, 3)) for _ in range(4)] == [[0, 1, 2], [3, 4, 5], [6], []]
    assert backlog.is_empty


def test_no_more_tasks_are_read_than_the_next_chunk_needs() -> None:
    read: list[int] = []

    def generate() -> Iterator[Task]:
        for key in itertools.count():
            read.append(key)
            yield task(key)

    backlog = Backlog(generate())
    assert keys(taken(backlog, 4)) == [0, 1, 2, 3]
    time.sleep(0.02)
    assert len(read) == 4
    backlog.close()


def test_tasks_that_were_not_asked_come_first_again_in_their_order() -> None:
    backlog = Backlog(map(task, range(6)))
    items = taken(backlog, 4)
    backlog.put_back(items[1:])
    assert keys(backlog.take(2)) == [1, 2]
    assert keys(backlog.take(2)) == [3]
    assert keys(taken(backlog, 2)) == [4, 5]


def test_a_chunk_that_got_lost_goes_in_halves_until_one_row_is_alone() -> None:
    backlog = Backlog(map(task, range(5)))
    backlog.put_back_lost(taken(backlog, 5))
    first = backlog.take(100)
    assert keys(first) == [0, 1, 2]
    backlog.put_back_lost(first)
    assert [(keys(items), items[0].losses) for items in iter(lambda: backlog.take(100), [])] == [
        ([0, 1], 2),
        ([2], 2),
        ([3, 4], 1),
    ]


def test_a_slow_generator_gives_smaller_chunks_instead_of_a_long_wait() -> None:
    more = threading.Event()

    def generate() -> Iterator[Task]:
        yield task(0)
        more.wait(10)
        yield task(1)

    backlog = Backlog(generate())
    assert keys(taken(backlog, 50)) == [0]
    more.set()
    assert keys(taken(backlog, 50)) == [1]


def test_the_error_of_a_generator_comes_after_the_tasks_before_it() -> None:
    def generate() -> Iterator[Task]:
        yield task(0)
        raise OSError("the disk is gone")

    backlog = Backlog(generate())
    assert keys(taken(backlog, 50)) == [0]
    assert taken(backlog, 50) == []
    assert str(backlog.error) == "the disk is gone"
