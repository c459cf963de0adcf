"""What a table reads from the file of a run, judged by reading all rows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from tests.each.run_files import close_runs, run_of
from vision_magic.each.row import Row, State
from vision_magic.each.run_file import rows as run_rows
from vision_magic.each.run_file.rows import RunRows


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_runs()


def some_row(chance: random.Random, key: int, repeat: int) -> Row:
    state: Any = chance.choice(["done"] * 6 + ["failed", "refused", "stopped"])
    return Row(
        key=key,
        repeat=repeat,
        state=state,
        value=chance.choice(["pro", "meta"]) if state == "done" else None,
        doubt=chance.choice(["", "", "", "repaired once"]),
        model=chance.choice(["a", "b"]),
        prompt_tokens=chance.randrange(1000),
        completion_tokens=chance.randrange(100),
        estimated=chance.random() < 0.1,
        seconds=chance.randrange(64) / 8,
        tries=chance.randint(1, 3),
    )


def is_doubtful(row: Row, rows: list[Row]) -> bool:
    answers = {other.value for other in rows if other.key == row.key and other.state == "done"}
    return row.state in ("failed", "refused") or row.doubt != "" or (row.state == "done" and len(answers) > 1)


@pytest.mark.parametrize("repeats", [1, 3])
def test_selected_rows_and_sums_are_those_of_all_rows(monkeypatch: pytest.MonkeyPatch, repeats: int) -> None:
    """Rows are also written twice, as when a failed one is asked about again."""
    monkeypatch.setattr(run_rows, "_PAGE", 7)
    chance = random.Random(repeats)
    order = chance.sample(range(50), 50)
    run = run_of(some_row(chance, key, repeat) for key in order for repeat in range(repeats))
    for _ in range(60):
        run.add(some_row(chance, chance.choice(order), chance.randrange(repeats)))
    rows = list(run.rows())
    table = RunRows(run)
    assert [(row.key, row.repeat) for row in rows] == [(key, repeat) for key in order for repeat in range(repeats)]
    assert list(table.rows()) == rows
    assert (table.pictures(), table.has_repeats) == (50, repeats > 1)
    for states in (None, *({state} for state in get_args(State)), {"failed", "refused"}, {"done", "stopped"}):
        expected = [row for row in rows if states is None or row.state in states]
        assert list(table.rows(states=states)) == expected
        assert table.count(states=states) == len(expected)
        for start, stop in ((0, 3), (5, 20), (len(expected) - 2, len(expected)), (len(expected), None), (999, 1000)):
            assert list(table.rows(states=states, start=max(0, start), stop=stop)) == expected[max(0, start) : stop]
    doubtful = [row for row in rows if is_doubtful(row, rows)]
    assert list(table.rows(doubtful=True)) == doubtful
    assert list(table.rows(doubtful=True, start=3, stop=11)) == doubtful[3:11]
    assert table.count(doubtful=True) == len(doubtful)
    totals = {(sums.state, sums.model): sums for sums in table.totals()}
    groups = Counter((row.state, row.model) for row in rows)
    assert {group: sums.rows for group, sums in totals.items()} == groups
    for (state, model), sums in totals.items():
        group = [row for row in rows if (row.state, row.model) == (state, model)]
        assert sums.prompt_tokens == sum(row.prompt_tokens for row in group)
        assert sums.completion_tokens == sum(row.completion_tokens for row in group)
        assert (sums.seconds, sums.tries) == (sum(row.seconds for row in group), sum(row.tries for row in group))
        assert bool(sums.estimated) == any(row.estimated for row in group)
    assert table.repeats(order[0]) == rows[:repeats]
